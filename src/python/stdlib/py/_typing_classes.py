"""Classes to inherit from, protocols and files, and the variables among their parameters: a part of typing."""

from abc import ABCMeta
from typing import Generic, TypeVar

AnyStr = TypeVar("AnyStr", bytes, str)
T = TypeVar("T")
KT = TypeVar("KT")
VT = TypeVar("VT")
T_co = TypeVar("T_co", covariant=True)
T_contra = TypeVar("T_contra", contravariant=True)


def _protocol_members(cls):
    names = []
    for base in cls.__mro__:
        if base.__name__ in ("Protocol", "Generic", "object"):
            continue
        if getattr(base, "_is_protocol", False):
            names.extend(name for name in base.__dict__ if not name.startswith("_abc_"))
            names.extend(getattr(base, "__annotations__", {}))
    ignored = {
        "__module__", "__qualname__", "__doc__", "__dict__", "__weakref__", "__slots__", "__parameters__",
        "__orig_bases__", "__init_subclass__", "__subclasshook__", "_is_protocol", "_is_runtime_protocol", "__init__",
        "__abstractmethods__", "__annotations__", "__annotate__", "__annotate_func__", "__annotations_cache__",
        "__firstlineno__", "__static_attributes__", "__type_params__", "__protocol_attrs__", "__class_getitem__",
        "__new__", "__non_callable_proto_members__",
    }
    return {name for name in names if name not in ignored}


class _ProtocolMeta(ABCMeta):
    def __call__(cls, *args, **kwargs):
        if cls.__dict__.get("_is_protocol"):
            raise TypeError("Protocols cannot be instantiated")
        return super().__call__(*args, **kwargs)

    def __instancecheck__(cls, instance):
        if not cls.__dict__.get("_is_protocol"):
            return super().__instancecheck__(instance)
        if super().__instancecheck__(instance):
            return True
        if not getattr(cls, "_is_runtime_protocol", False):
            raise TypeError("Instance and class checks can only be used with @runtime_checkable protocols")
        return all(hasattr(instance, name) for name in _protocol_members(cls))

    def __subclasscheck__(cls, subclass):
        if cls.__dict__.get("_is_protocol") and getattr(cls, "_is_runtime_protocol", False):
            if all(hasattr(subclass, name) for name in _protocol_members(cls)):
                return True
        return super().__subclasscheck__(subclass)


class Protocol(Generic, metaclass=_ProtocolMeta):
    __module__ = "typing"
    __slots__ = ()
    _is_protocol = True

    def __init_subclass__(cls, /, **kwargs):
        super().__init_subclass__(**kwargs)
        cls._is_protocol = any(base is Protocol for base in cls.__bases__)


Protocol._is_protocol_root = Protocol


def runtime_checkable(cls):
    if not getattr(cls, "_is_protocol", False):
        raise TypeError(f"@runtime_checkable can be only applied to protocol classes, got {cls!r}")
    cls._is_runtime_protocol = True
    return cls


@runtime_checkable
class SupportsInt(Protocol):
    __module__ = "typing"

    def __int__(self): ...


@runtime_checkable
class SupportsFloat(Protocol):
    __module__ = "typing"

    def __float__(self): ...


@runtime_checkable
class SupportsIndex(Protocol):
    __module__ = "typing"

    def __index__(self): ...


@runtime_checkable
class SupportsAbs(Protocol):
    __module__ = "typing"

    def __abs__(self): ...


def is_protocol(tp):
    return isinstance(tp, type) and bool(tp.__dict__.get("_is_protocol")) and tp is not Protocol


def get_protocol_members(tp):
    return frozenset(_protocol_members(tp))


class IO(Generic[AnyStr]):
    __module__ = "typing"
    __slots__ = ()


class TextIO(IO[str]):
    __module__ = "typing"
    __slots__ = ()


class BinaryIO(IO[bytes]):
    __module__ = "typing"
    __slots__ = ()
