"""Small helpers that Alembic's own modules and its extensions share."""

import uuid

_NOT_ESTABLISHED = (
    "Can't invoke function '%s', as the proxy object has not yet been "
    "established for the Alembic '%s' class.  "
    "Try placing this code inside a callable."
)

EMPTY_DICT = {}


class Proxied:
    """A class whose current instance stands behind the functions of modules: `op`, `context`."""

    _modules = ()
    _current = None
    #: Plain values that such a module has while an instance is current.
    _proxied_values = ()

    @classmethod
    def _proxied_names(cls):
        return [name for name in dir(cls) if not name.startswith("_") and callable(getattr(cls, name))]

    @classmethod
    def _add_proxy(cls, name):
        """Makes the functions for a method that was added later (`register_operation`)."""
        for namespace in cls._modules:
            namespace[name] = _proxy(cls, name)

    def _install_proxy(self):
        cls = type(self)
        self._proxy_before = cls._current
        cls._current = self
        for namespace in cls._modules:
            self._show_values(namespace)

    def _show_values(self, namespace):
        for name in self._proxied_values:
            namespace[name] = getattr(self, name)

    def _remove_proxy(self):
        cls = type(self)
        cls._current = self._proxy_before
        for namespace in cls._modules:
            for name in cls._proxied_values:
                if cls._current is None:
                    namespace.pop(name, None)
                else:
                    namespace[name] = getattr(cls._current, name)


def _proxy(cls, name):
    def function(*args, **kw):
        current = cls._current
        if current is None:
            raise NameError(_NOT_ESTABLISHED % (name, cls.__name__))
        return getattr(current, name)(*args, **kw)

    function.__name__ = name
    function.__qualname__ = name
    return function


def proxy_functions(cls, namespace):
    """Fills a module's namespace with a function for every public method of `cls`."""
    cls._modules = (*cls._modules, namespace)
    for name in cls._proxied_names():
        namespace[name] = _proxy(cls, name)
    if cls._current is not None:
        cls._current._show_values(namespace)


class Dispatcher:
    """A function by class: the nearest class of the MRO that has one."""

    def __init__(self):
        self._registry = {}
        self._found = {}

    def dispatch_for(self, target, *, qualifier="default", replace=False):
        def decorate(fn):
            if (target, qualifier) in self._registry and not replace:
                raise ValueError("%r key already registered" % (target,))
            self._registry[(target, qualifier)] = fn
            self._found.clear()
            return fn

        return decorate

    def find(self, obj, qualifier="default"):
        if not self._registry:
            return None
        wanted = (type(obj), qualifier)
        if wanted not in self._found:
            self._found[wanted] = self._nearest(*wanted)
        return self._found[wanted]

    def _nearest(self, kind, qualifier):
        for cls in kind.__mro__:
            fn = self._registry.get((cls, qualifier)) or self._registry.get((cls, "default"))
            if fn is not None:
                return fn
        return None

    def dispatch(self, obj, qualifier="default"):
        fn = self.find(obj, qualifier)
        if fn is None:
            raise ValueError("no dispatch function for object: %s" % (obj,))
        return fn


class immutabledict(dict):
    """A dict that is not meant to be changed."""

    def union(self, other):
        return immutabledict({**self, **other})


class memoized_property:
    """A property that is computed once."""

    def __init__(self, fget, doc=None):
        self.fget = fget
        self.__doc__ = doc or fget.__doc__
        self.__name__ = fget.__name__

    def __get__(self, obj, cls):
        if obj is None:
            return self
        obj.__dict__[self.__name__] = result = self.fget(obj)
        return result


def rev_id():
    return uuid.uuid4().hex[-12:]


def to_tuple(value, default=None):
    if value is None:
        return default
    if isinstance(value, str) or not hasattr(value, "__iter__"):
        return (value,)
    return tuple(value)


def to_list(value, default=None):
    if value is None:
        return default
    if isinstance(value, str) or not hasattr(value, "__iter__"):
        return [value]
    return list(value)


def unique_list(values):
    return list(dict.fromkeys(values))
