"""What scripts take from `sqlalchemy.util`."""


def to_list(value, default=None):
    if value is None:
        return default
    if isinstance(value, (list, tuple)):
        return list(value)
    return [value]


def to_set(value):
    return set(to_list(value, []))


def immutabledict(*args):
    return dict(*args)


def asbool(value):
    if isinstance(value, str):
        value = value.strip().lower()
        if value in ("true", "yes", "on", "y", "t", "1"):
            return True
        if value in ("false", "no", "off", "n", "f", "0"):
            return False
        raise ValueError("String is not true/false: %r" % value)
    return bool(value)


def memoized_property(function):
    return property(function)


class OrderedSet(list):
    def add(self, item):
        if item not in self:
            self.append(item)


OrderedDict = dict
EMPTY_DICT = {}


class symbol:
    def __init__(self, name, doc=None):
        self.name = name


def await_only(awaitable):
    raise NotImplementedError("await_only is not supported here")


def greenlet_spawn(fn, *args, **kw):
    async def run():
        return fn(*args, **kw)

    return run()
