"""Walks through expressions."""


def iterate(obj, opts=None):
    todo = [obj]
    while todo:
        one = todo.pop(0)
        yield one
        todo.extend(one.get_children())


def traverse(obj, opts, visitors):
    for one in iterate(obj):
        visit = visitors.get(getattr(one, "__visit_name__", None))
        if visit is not None:
            visit(one)
    return obj


class Visitable:
    pass


class InternalTraversal:
    pass
