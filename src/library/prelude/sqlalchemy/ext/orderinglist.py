"""Ordering lists: ordinary collections here."""


def ordering_list(attr, count_from=None, **kw):
    return list


OrderingList = list
