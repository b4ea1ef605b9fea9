"""Functions of functions."""

from types import GenericAlias, MethodType

WRAPPER_ASSIGNMENTS = ("__module__", "__name__", "__qualname__", "__doc__", "__annotations__", "__type_params__")
WRAPPER_UPDATES = ("__dict__",)
_absent = object()


def update_wrapper(wrapper, wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    for name in assigned:
        try:
            value = getattr(wrapped, name)
        except AttributeError:
            continue
        try:
            setattr(wrapper, name, value)
        except (AttributeError, TypeError):
            pass
    for name in updated:
        getattr(wrapper, name).update(getattr(wrapped, name, {}))
    wrapper.__wrapped__ = wrapped
    return wrapper


def wraps(wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    return lambda wrapper: update_wrapper(wrapper, wrapped, assigned, updated)


class partial:
    def __new__(cls, func, /, *args, **keywords):
        if not callable(func):
            raise TypeError("the first argument must be callable")
        self = super().__new__(cls)
        if isinstance(func, partial):
            args = func.args + args
            keywords = {**func.keywords, **keywords}
            func = func.func
        self.func, self.args, self.keywords = func, args, keywords
        return self

    def __call__(self, /, *args, **keywords):
        return self.func(*self.args, *args, **{**self.keywords, **keywords})

    def __get__(self, instance, owner=None):
        return self if instance is None else MethodType(self, instance)

    def __repr__(self):
        parts = [repr(self.func), *map(repr, self.args)]
        parts += [f"{name}={value!r}" for name, value in self.keywords.items()]
        return f"functools.{self.__class__.__qualname__}({', '.join(parts)})"

    __class_getitem__ = classmethod(GenericAlias)


class partialmethod:
    def __init__(self, func, /, *args, **keywords):
        self.func, self.args, self.keywords = func, args, keywords

    def __get__(self, instance, owner=None):
        bound = self.func.__get__(instance, owner) if hasattr(self.func, "__get__") else self.func
        return partial(bound, *self.args, **self.keywords)


def reduce(function, iterable, initial=_absent, /):
    iterator = iter(iterable)
    if initial is _absent:
        try:
            value = next(iterator)
        except StopIteration:
            raise TypeError("reduce() of empty iterable with no initial value") from None
    else:
        value = initial
    for item in iterator:
        value = function(value, item)
    return value


class _CacheInfo(tuple):
    hits = property(lambda self: self[0])
    misses = property(lambda self: self[1])
    maxsize = property(lambda self: self[2])
    currsize = property(lambda self: self[3])

    def __repr__(self):
        return f"CacheInfo(hits={self[0]}, misses={self[1]}, maxsize={self[2]}, currsize={self[3]})"


def lru_cache(maxsize=128, typed=False):
    if callable(maxsize):
        return _cached(maxsize, 128, False)
    if maxsize is not None:
        maxsize = max(maxsize, 0)
    return lambda function: _cached(function, maxsize, typed)


def cache(function, /):
    return _cached(function, None, False)


def _key(args, kwargs, typed):
    key = args
    if kwargs:
        key += (_absent,) + tuple(kwargs.items())
    if typed:
        key += tuple(type(value) for value in args) + tuple(type(value) for value in kwargs.values())
    return key


def _cached(function, maxsize, typed):
    known = {}
    counts = [0, 0]

    def wrapper(*args, **kwargs):
        key = _key(args, kwargs, typed)
        if key in known:
            counts[0] += 1
            value = known.pop(key)
            known[key] = value
            return value
        counts[1] += 1
        value = function(*args, **kwargs)
        if maxsize != 0:
            known[key] = value
            if maxsize is not None and len(known) > maxsize:
                del known[next(iter(known))]
        return value

    def cache_clear():
        known.clear()
        counts[:] = [0, 0]

    wrapper.cache_info = lambda: _CacheInfo((counts[0], counts[1], maxsize, len(known)))
    wrapper.cache_clear = cache_clear
    wrapper.cache_parameters = lambda: {"maxsize": maxsize, "typed": typed}
    return update_wrapper(wrapper, function)


class cached_property:
    def __init__(self, func):
        self.func = func
        self.attrname = None
        self.__doc__ = func.__doc__
        self.__module__ = getattr(func, "__module__", None)

    def __set_name__(self, owner, name):
        if self.attrname is None:
            self.attrname = name
        elif name != self.attrname:
            raise TypeError(
                f"Cannot assign the same cached_property to two different names ({self.attrname!r} and {name!r})."
            )

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        if self.attrname is None:
            raise TypeError("Cannot use cached_property instance without calling __set_name__ on it.")
        values = instance.__dict__
        if self.attrname not in values:
            values[self.attrname] = self.func(instance)
        return values[self.attrname]

    __class_getitem__ = classmethod(GenericAlias)


def _ordering(name, root, answer):
    def method(self, other):
        result = getattr(type(self), root)(self, other)
        return result if result is NotImplemented else answer(self, other, result)

    method.__name__ = name
    return method


_ORDERINGS = {
    "__lt__": {
        "__gt__": lambda a, b, lt: not lt and a != b,
        "__le__": lambda a, b, lt: lt or a == b,
        "__ge__": lambda a, b, lt: not lt,
    },
    "__le__": {
        "__ge__": lambda a, b, le: not le or a == b,
        "__lt__": lambda a, b, le: le and a != b,
        "__gt__": lambda a, b, le: not le,
    },
    "__gt__": {
        "__lt__": lambda a, b, gt: not gt and a != b,
        "__ge__": lambda a, b, gt: gt or a == b,
        "__le__": lambda a, b, gt: not gt,
    },
    "__ge__": {
        "__le__": lambda a, b, ge: not ge or a == b,
        "__gt__": lambda a, b, ge: ge and a != b,
        "__lt__": lambda a, b, ge: not ge,
    },
}


def total_ordering(cls):
    roots = [name for name in _ORDERINGS if getattr(cls, name, None) is not getattr(object, name, None)]
    if not roots:
        raise ValueError("must define at least one ordering operation: < > <= >=")
    root = max(roots)
    for preferred in ("__lt__", "__le__", "__gt__", "__ge__"):
        if preferred in roots:
            root = preferred
            break
    for name, answer in _ORDERINGS[root].items():
        if name not in roots:
            setattr(cls, name, _ordering(name, root, answer))
    return cls


def cmp_to_key(mycmp):
    class K:
        __slots__ = ("obj",)

        def __init__(self, obj):
            self.obj = obj

        def __lt__(self, other):
            return mycmp(self.obj, other.obj) < 0

        def __gt__(self, other):
            return mycmp(self.obj, other.obj) > 0

        def __eq__(self, other):
            return mycmp(self.obj, other.obj) == 0

        def __le__(self, other):
            return mycmp(self.obj, other.obj) <= 0

        def __ge__(self, other):
            return mycmp(self.obj, other.obj) >= 0

        __hash__ = None

    return K


def singledispatch(func):
    registry = {object: func}

    def dispatch(cls):
        for base in cls.__mro__:
            if base in registry:
                return registry[base]
        for known in reversed(list(registry)):
            if issubclass(cls, known):
                return registry[known]
        return func

    def register(cls, func=None):
        if func is None:
            if isinstance(cls, type):
                return lambda function: register(cls, function)
            func = cls
            import typing

            hints = typing.get_type_hints(func)
            cls = next(hint for name, hint in hints.items() if name != "return")
        for one in getattr(cls, "__args__", (cls,)) if not isinstance(cls, type) else (cls,):
            registry[one] = func
        return func

    def wrapper(*args, **kwargs):
        if not args:
            raise TypeError(f"{func.__name__} requires at least 1 positional argument")
        return dispatch(args[0].__class__)(*args, **kwargs)

    wrapper.register = register
    wrapper.dispatch = dispatch
    wrapper.registry = registry
    return update_wrapper(wrapper, func)


class singledispatchmethod:
    def __init__(self, func):
        self.dispatcher = singledispatch(func)
        self.func = func

    def register(self, cls, method=None):
        return self.dispatcher.register(cls, func=method)

    def __get__(self, instance, owner=None):
        def method(*args, **kwargs):
            chosen = self.dispatcher.dispatch(args[0].__class__)
            return chosen.__get__(instance, owner)(*args, **kwargs)

        return update_wrapper(method, self.func)
