"""Newer names of typing, all of which typing has."""

import collections.abc
from typing import (
    IO, AbstractSet, Annotated, Any, AnyStr, AsyncContextManager, AsyncGenerator, AsyncIterable, AsyncIterator,
    Awaitable, BinaryIO, Callable, ChainMap, ClassVar, Collection, Concatenate, Container, ContextManager, Coroutine,
    Counter, DefaultDict, Deque, Dict, Final, ForwardRef, FrozenSet, Generator, Generic, Hashable, ItemsView, Iterable,
    Iterator, KeysView, List, Literal, LiteralString, Mapping, MappingView, MutableMapping, MutableSequence,
    MutableSet, NamedTuple, Never, NewType, NoDefault, NoReturn, NotRequired, Optional, OrderedDict, ParamSpec,
    Protocol, ReadOnly, Required, Reversible, Self, Sequence, Set, Sized, SupportsAbs, SupportsFloat,
    SupportsIndex, SupportsInt, Text, TextIO, Tuple, Type, TypeAlias, TypeAliasType, TypedDict, TypeGuard, TypeIs,
    TypeVar, TypeVarTuple, Union, Unpack, ValuesView, TYPE_CHECKING, assert_never, assert_type, cast, clear_overloads,
    dataclass_transform, final, get_args, get_origin, get_overloads, get_protocol_members, get_type_hints, is_protocol,
    is_typeddict, no_type_check, overload, override, reveal_type, runtime_checkable,
)

runtime = runtime_checkable
Buffer = collections.abc.Buffer


class Doc:
    def __init__(self, documentation, /):
        self.documentation = documentation

    def __repr__(self):
        return f"Doc({self.documentation!r})"


class deprecated:
    def __init__(self, message, /, *, category=DeprecationWarning, stacklevel=1):
        self.message, self.category, self.stacklevel = message, category, stacklevel

    def __call__(self, arg, /):
        import functools
        import warnings

        message, category, stacklevel = self.message, self.category, self.stacklevel
        if category is None or isinstance(arg, type):
            arg.__deprecated__ = message
            return arg

        @functools.wraps(arg)
        def wrapper(*args, **kwargs):
            warnings.warn(message, category=category, stacklevel=stacklevel + 1)
            return arg(*args, **kwargs)

        wrapper.__deprecated__ = message
        return wrapper


def get_original_bases(cls, /):
    return cls.__dict__.get("__orig_bases__", cls.__bases__)
