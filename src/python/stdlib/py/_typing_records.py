"""NamedTuple and TypedDict of typing."""

import collections
from typing import NotRequired, Required, _as_type, get_origin


def _named_tuple_class(name, namespace, bare):
    hints = bare.__annotations__
    defaults = [namespace[field] for field in hints if field in namespace]
    cls = collections.namedtuple(name, list(hints), defaults=defaults)
    cls.__module__ = namespace.get("__module__")
    cls.__annotations__ = dict(hints)
    for key, value in namespace.items():
        kept = key not in hints and key not in ("__module__", "__qualname__", "__annotations__", "__annotate__", "__annotate_func__", "__slots__", "__orig_bases__", "__classcell__", "__classdictcell__", "__static_attributes__", "__firstlineno__")
        if kept:
            setattr(cls, key, value)
    cls.__orig_bases__ = (NamedTuple,)
    return cls


class _NamedTuple:
    """`class X(NamedTuple):` and `NamedTuple("X", [...])`."""

    def __call__(self, typename, fields=(), /):
        fields = list(fields)
        cls = collections.namedtuple(typename, [name for name, _ in fields])
        cls.__annotations__ = {name: _as_type(hint) for name, hint in fields}
        return cls

    def __mro_entries__(self, bases):
        return (_NamedTupleMaker,)

    def __repr__(self):
        return "<function NamedTuple>"


class _NamedTupleMakerMeta(type):
    def __new__(mcls, name, bases, namespace, **kwargs):
        if not bases:
            return super().__new__(mcls, name, bases, namespace)
        bare = type.__new__(type, name, (), {key: value for key, value in namespace.items() if key not in ("__classcell__", "__classdictcell__")})
        return _named_tuple_class(name, namespace, bare)


class _NamedTupleMaker(metaclass=_NamedTupleMakerMeta):
    pass


NamedTuple = _NamedTuple()


class _TypedDictMeta(type):
    def __new__(mcls, name, bases, namespace, total=True, **kwargs):
        cls = super().__new__(mcls, name, (dict,), namespace)
        required, optional, hints = set(), set(), {}
        for base in bases:
            required |= getattr(base, "__required_keys__", frozenset())
            optional |= getattr(base, "__optional_keys__", frozenset())
            hints.update(base.__dict__.get("_hints", {}))
        own = dict(cls.__annotations__)
        for key, hint in own.items():
            origin = get_origin(hint)
            needed = origin is Required or (total and origin is not NotRequired)
            (required if needed else optional).add(key)
            (optional if needed else required).discard(key)
        hints.update(own)
        cls._hints = hints
        cls.__annotations__ = hints
        cls.__required_keys__ = frozenset(required)
        cls.__optional_keys__ = frozenset(optional)
        cls.__total__ = total
        return cls

    def __call__(cls, *args, **kwargs):
        return dict(*args, **kwargs)

    def __instancecheck__(cls, instance):
        raise TypeError("TypedDict does not support instance and class checks")

    def __subclasscheck__(cls, other):
        raise TypeError("TypedDict does not support instance and class checks")


class _TypedDict:
    def __call__(self, typename, fields=None, /, *, total=True):
        return _TypedDictMeta(typename, (), {"__annotations__": dict(fields or {})}, total=total)

    def __mro_entries__(self, bases):
        return (_TypedDictBase,)

    def __repr__(self):
        return "<function TypedDict>"


_TypedDictBase = type.__new__(_TypedDictMeta, "TypedDict", (dict,), {})
TypedDict = _TypedDict()
