"""References that here keep what they refer to."""

from collections import UserDict


class ref:
    def __init__(self, obj, callback=None):
        self._obj = obj

    def __call__(self):
        return self._obj

    def __eq__(self, other):
        return self._obj == other._obj if isinstance(other, ref) else NotImplemented

    def __hash__(self):
        return hash(self._obj)


ReferenceType = ref
WeakMethod = ref


def proxy(obj, callback=None):
    return obj


class WeakValueDictionary(UserDict):
    pass


class WeakKeyDictionary(UserDict):
    pass


class WeakSet(set):
    pass


class finalize:
    def __init__(self, obj, func, /, *args, **kwargs):
        self.alive = True

    def __call__(self, _=None):
        self.alive = False

    detach = __call__
