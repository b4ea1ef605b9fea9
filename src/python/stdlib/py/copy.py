"""Copies, shallow and deep."""

import types


class Error(Exception):
    pass


error = Error
_ATOMS = (
    type(None), type(...), type(NotImplemented), int, float, bool, bytes, str, type, range, property,
    types.FunctionType, types.BuiltinFunctionType, types.ModuleType,
)


def _atomic(x):
    return type(x) in _ATOMS or isinstance(x, type) or callable(x) and not hasattr(type(x), "__dict__")


def copy(x):
    cls = type(x)
    if _atomic(x):
        return x
    if cls in (list, dict, set, bytearray):
        return x.copy()
    if cls in (tuple, frozenset):
        return x
    own = getattr(cls, "__copy__", None)
    if own is not None:
        return own(x)
    return _rebuilt(x, lambda value: value)


def deepcopy(x, memo=None, _nil=[]):
    memo = {} if memo is None else memo
    known = memo.get(id(x), _nil)
    if known is not _nil:
        return known
    if _atomic(x):
        return x
    made = _deep(x, memo)
    if made is not x:
        memo[id(x)] = made
        # The original is kept alive, so that its id is not given to another object.
        memo.setdefault(id(memo), []).append(x)
    return made


def _deep(x, memo):
    cls = type(x)
    if cls is list:
        memo[id(x)] = made = []
        for item in x:
            made.append(deepcopy(item, memo))
        return made
    if cls is dict:
        memo[id(x)] = made = {}
        for key, value in x.items():
            made[deepcopy(key, memo)] = deepcopy(value, memo)
        return made
    if cls is tuple:
        items = [deepcopy(item, memo) for item in x]
        same = all(new is old for new, old in zip(items, x))
        return x if same else memo.get(id(x)) or tuple(items)
    if cls in (set, frozenset):
        return cls([deepcopy(item, memo) for item in x])
    if cls is types.MethodType:
        return type(x)(x.__func__, deepcopy(x.__self__, memo))
    own = getattr(cls, "__deepcopy__", None)
    if own is not None:
        return own(x, memo)
    return _rebuilt(x, lambda value: deepcopy(value, memo), memo)


def _slot_names(cls):
    names = []
    for base in cls.__mro__:
        slots = base.__dict__.get("__slots__", ())
        names.extend([slots] if isinstance(slots, str) else slots)
    return [name for name in names if name not in ("__dict__", "__weakref__")]


def _rebuilt(x, convert, memo=None):
    cls = type(x)
    if isinstance(x, BaseException):
        made = cls.__new__(cls, *[convert(arg) for arg in x.args])
        made.args = tuple(convert(arg) for arg in x.args)
    elif "__reduce__" in _methods(cls):
        function, args, *rest = x.__reduce__()
        return function(*[convert(arg) for arg in args])
    elif isinstance(x, (list, dict, set, tuple, str, int, float, bytes)):
        made = _rebuilt_native(x, cls, convert, memo)
    else:
        made = cls.__new__(cls)
    if memo is not None:
        memo[id(x)] = made
    state = x.__getstate__() if "__getstate__" in _methods(cls) else None
    if state is not None:
        state = convert(state)
        if hasattr(made, "__setstate__"):
            made.__setstate__(state)
        else:
            made.__dict__.update(state)
        return made
    for name, value in getattr(x, "__dict__", {}).items():
        made.__dict__[name] = convert(value)
    for name in _slot_names(cls):
        if name.startswith("__") and not name.endswith("__"):
            name = f"_{cls.__name__.lstrip('_')}{name}"
        try:
            value = getattr(x, name)
        except AttributeError:
            continue
        object.__setattr__(made, name, convert(value))
    return made


def _methods(cls):
    return {name for base in cls.__mro__ if base is not object and base.__module__ != "builtins" for name in base.__dict__}


def _rebuilt_native(x, cls, convert, memo):
    if isinstance(x, (tuple, str, int, float, bytes)):
        plain = next(base for base in (tuple, str, int, float, bytes) if isinstance(x, base))
        return plain.__new__(cls, [convert(item) for item in x] if plain is tuple else x)
    made = cls.__new__(cls)
    if memo is not None:
        memo[id(x)] = made
    if isinstance(x, list):
        for item in list.__iter__(x):
            list.append(made, convert(item))
    elif isinstance(x, dict):
        for key, value in dict.items(x):
            dict.__setitem__(made, convert(key), convert(value))
    else:
        for item in x:
            set.add(made, convert(item))
    return made


def replace(obj, /, **changes):
    method = getattr(type(obj), "__replace__", None)
    if method is None:
        raise TypeError(f"replace() does not support {type(obj).__name__} objects")
    return method(obj, **changes)
