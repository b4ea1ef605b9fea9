"""Events: heard are those of connections and of tables; the others are accepted."""

_HEARD = []


def listen(target, identifier, fn, *args, **kw):
    _HEARD.append((target, identifier, fn))


def listens_for(target, identifier, *args, **kw):
    def decorate(fn):
        listen(target, identifier, fn)
        return fn

    return decorate


def remove(target, identifier, fn):
    for at, one in enumerate(_HEARD):
        if one[0] is target and one[1] == identifier and one[2] is fn:
            del _HEARD[at]
            return


def contains(target, identifier, fn):
    return any(one[0] is target and one[1] == identifier and one[2] is fn for one in _HEARD)


def heard(target, identifier):
    """The functions that listen to an event of `target`, or of its class."""
    found = []
    for one, name, fn in _HEARD:
        if name == identifier and (one is target or isinstance(one, type) and isinstance(target, one)):
            found.append(fn)
    return found


class Events:
    pass


def registers(*args):
    return lambda fn: fn


class EventTarget:
    pass
