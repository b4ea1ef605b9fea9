"""Types as they are written: forms that remember what they were given."""

import types
from _typing import ForwardRef, Union
from _typing_classes import (
    IO, KT, T, VT, AnyStr, BinaryIO, Protocol, SupportsAbs, SupportsFloat, SupportsIndex, SupportsInt, T_co, T_contra,
    TextIO, get_protocol_members, is_protocol, runtime_checkable,
)
from _typing_hints import get_type_hints
from _typing_records import NamedTuple, TypedDict, _TypedDictMeta
from types import GenericAlias, NoneType

TYPE_CHECKING = False


def _shown(item):
    """A type as a reader would write it."""
    if item is None or item is NoneType:
        return "None" if item is None else "NoneType"
    if item is ...:
        return "..."
    if isinstance(item, (GenericAlias, Union)):
        return repr(item)
    if isinstance(item, type):
        if item.__module__ == "builtins":
            return item.__qualname__
        return f"{item.__module__}.{item.__qualname__}"
    if isinstance(item, tuple):
        return "[" + ", ".join(map(_shown, item)) + "]"
    if isinstance(item, list):
        return "[" + ", ".join(map(_shown, item)) + "]"
    if isinstance(item, types.FunctionType):
        return item.__name__
    return repr(item)


def _as_type(item):
    """None stands for its type, a text for a name that is looked up later."""
    if item is None:
        return NoneType
    if isinstance(item, str):
        return ForwardRef(item)
    return item


class _Form:
    """A special form: subscripted by a function of its own."""

    def __init__(self, name, subscript=None):
        self._name = name
        self._subscript = subscript
        self.__name__ = self.__qualname__ = name
        self.__module__ = "typing"

    def __getitem__(self, items):
        if self._subscript is None:
            raise TypeError(f"{self!r} is not subscriptable")
        return self._subscript(self, items)

    def __call__(self, *args, **kwargs):
        raise TypeError(f"Cannot instantiate {self!r}")

    def __instancecheck__(self, instance):
        raise TypeError(f"{self!r} cannot be used with isinstance()")

    def __subclasscheck__(self, cls):
        raise TypeError(f"{self!r} cannot be used with issubclass()")

    def __mro_entries__(self, bases):
        raise TypeError(f"Cannot subclass {self!r}")

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]

    def __repr__(self):
        return f"typing.{self._name}"

    def __reduce__(self):
        return self._name


def _parameters(args):
    found = []
    for arg in args:
        if isinstance(arg, (list, tuple)):
            inner = _parameters(arg)
        elif isinstance(arg, _Variable):
            inner = (arg,)
        elif isinstance(arg, (GenericAlias, Union)):
            inner = _parameters(arg.__args__)
        else:
            inner = arg.__parameters__ if isinstance(arg, _Alias) else ()
        for one in inner:
            if one not in found:
                found.append(one)
    return tuple(found)


def _substituted(arg, table):
    if isinstance(arg, _Variable):
        return table.get(arg, arg)
    if isinstance(arg, (list, tuple)):
        return type(arg)(_substituted(one, table) for one in arg)
    if isinstance(arg, Union):
        return Union[tuple(_substituted(one, table) for one in arg.__args__)]
    if isinstance(arg, GenericAlias):
        return GenericAlias(arg.__origin__, tuple(_substituted(one, table) for one in arg.__args__))
    if isinstance(arg, _Alias) and arg.__parameters__:
        return arg[tuple(table.get(one, one) for one in arg.__parameters__)]
    return arg


class _Alias:
    """A form with its arguments."""

    def __init__(self, origin, args, name=None, shown=None):
        self.__origin__ = origin
        self.__args__ = args if isinstance(args, tuple) else (args,)
        self._name = name
        self._shown = shown
        self.__parameters__ = _parameters(self.__args__)
        self.__module__ = "typing" if name else getattr(origin, "__module__", "typing")

    def __getitem__(self, items):
        items = items if isinstance(items, tuple) else (items,)
        if not self.__parameters__:
            raise TypeError(f"{self!r} is not a generic class")
        if len(items) != len(self.__parameters__):
            many = "many" if len(items) > len(self.__parameters__) else "few"
            raise TypeError(
                f"Too {many} arguments for {self!r}; actual {len(items)}, expected {len(self.__parameters__)}"
            )
        table = {old: _as_type(new) for old, new in zip(self.__parameters__, items)}
        args = tuple(_substituted(arg, table) for arg in self.__args__)
        return self._with(args)

    def _with(self, args):
        return type(self)(self.__origin__, args, self._name, self._shown)

    def copy_with(self, args):
        return self._with(tuple(args))

    def __call__(self, *args, **kwargs):
        result = self.__origin__(*args, **kwargs)
        try:
            result.__orig_class__ = self
        except (AttributeError, TypeError):
            pass
        return result

    def __getattr__(self, name):
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return getattr(self.__dict__["__origin__"], name)

    def __mro_entries__(self, bases):
        if isinstance(self.__origin__, _Form):
            return self.__origin__.__mro_entries__(bases)
        if self.__origin__ is Generic and any(
            isinstance(base, _Alias) and base is not self and isinstance(base.__origin__, type)
            and base.__origin__ is not Generic and issubclass(base.__origin__, Generic) for base in bases
        ):
            return ()
        return (self.__origin__,)

    def __eq__(self, other):
        if not isinstance(other, _Alias):
            return NotImplemented
        return self.__origin__ is other.__origin__ and self.__args__ == other.__args__

    def __hash__(self):
        return hash((self.__origin__, self.__args__))

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]

    def __instancecheck__(self, instance):
        raise TypeError("Subscripted generics cannot be used with class and instance checks")

    def __subclasscheck__(self, cls):
        raise TypeError("Subscripted generics cannot be used with class and instance checks")

    def __repr__(self):
        name = f"typing.{self._name}" if self._name else _shown(self.__origin__)
        args = ", ".join(map(_shown, self.__args__)) or "()"
        return f"{name}[{args}]"


class _CallableAlias(_Alias):
    def __repr__(self):
        name = f"typing.{self._name}" if self._name else _shown(self.__origin__)
        *parameters, result = self.__args__
        if parameters == [...]:
            listed = "..."
        elif len(parameters) == 1 and isinstance(parameters[0], ParamSpec):
            listed = repr(parameters[0])
        else:
            listed = "[" + ", ".join(map(_shown, parameters)) + "]"
        return f"{name}[{listed}, {_shown(result)}]"


def _callable_alias(origin, items, name=None):
    if not isinstance(items, tuple) or len(items) != 2:
        raise TypeError("Callable must be used as Callable[[arg, ...], result].")
    parameters, result = items
    if isinstance(parameters, (list, tuple)):
        args = tuple(map(_as_type, parameters))
    else:
        args = (parameters,)
    return _CallableAlias(origin, args + (_as_type(result),), name)


class _Name:
    """`typing.List` and its sisters: an older name of a class."""

    def __init__(self, origin, count, name):
        self._origin = origin
        self._count = count
        self._name = name

    @property
    def __name__(self):
        return self._name

    __qualname__ = __name__

    @property
    def __origin__(self):
        """The class; one that is named is imported when somebody wants it."""
        if isinstance(self._origin, str):
            from importlib import import_module

            module, _, name = self._origin.rpartition(".")
            self._origin = getattr(import_module(module), name)
        return self._origin

    def __getitem__(self, items):
        if self._name == "Callable":
            return _callable_alias(self.__origin__, items, "Callable")
        if items == () and self._name == "Tuple":
            return _Alias(self.__origin__, (), self._name)
        items = tuple(map(_as_type, items if isinstance(items, tuple) else (items,)))
        if self._count >= 0 and len(items) != self._count:
            many = "many" if len(items) > self._count else "few"
            raise TypeError(f"Too {many} arguments for {self!r}; actual {len(items)}, expected {self._count}")
        return _Alias(self.__origin__, items, self._name)

    def __call__(self, *args, **kwargs):
        return self.__origin__(*args, **kwargs)

    def __getattr__(self, name):
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return getattr(self.__origin__, name)

    def __mro_entries__(self, bases):
        return (self.__origin__,)

    def __instancecheck__(self, instance):
        return isinstance(instance, self.__origin__)

    def __subclasscheck__(self, cls):
        return issubclass(cls, self.__origin__)

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]

    def __repr__(self):
        return f"typing.{self._name}"


def _is_union(item):
    return isinstance(item, Union)


def _optional(form, item):
    return Union[_as_type(item), None]


class _LiteralAlias(_Alias):
    def __eq__(self, other):
        if not isinstance(other, _LiteralAlias):
            return NotImplemented
        return {(type(v), v) for v in self.__args__} == {(type(v), v) for v in other.__args__}

    def __hash__(self):
        return hash(frozenset((type(v), v) for v in self.__args__))

    def __repr__(self):
        return f"typing.Literal[{', '.join(map(repr, self.__args__))}]"


def _literal(form, values):
    flat = []
    for value in values if isinstance(values, tuple) else (values,):
        for one in value.__args__ if isinstance(value, _LiteralAlias) else (value,):
            if not any(type(one) is type(known) and one == known for known in flat):
                flat.append(one)
    return _LiteralAlias(form, tuple(flat), "Literal")


class _AnnotatedAlias(_Alias):
    def __init__(self, origin, metadata):
        if isinstance(origin, _AnnotatedAlias):
            metadata = origin.__metadata__ + metadata
            origin = origin.__origin__
        super().__init__(origin, (origin,), "Annotated")
        self.__metadata__ = metadata

    def _with(self, args):
        return _AnnotatedAlias(args[0], self.__metadata__)

    def __eq__(self, other):
        if not isinstance(other, _AnnotatedAlias):
            return NotImplemented
        return self.__origin__ == other.__origin__ and self.__metadata__ == other.__metadata__

    def __hash__(self):
        return hash((self.__origin__, self.__metadata__))

    def __repr__(self):
        return f"typing.Annotated[{_shown(self.__origin__)}, {', '.join(map(repr, self.__metadata__))}]"


def _annotated(form, items):
    if not isinstance(items, tuple) or len(items) < 2:
        raise TypeError("Annotated[...] should be used with at least two arguments (a type and an annotation).")
    return _AnnotatedAlias(_as_type(items[0]), items[1:])


def _single(form, item):
    if isinstance(item, tuple):
        raise TypeError(f"{form!r} accepts only single type.")
    return _Alias(form, (_as_type(item),), form._name)


def _concatenate(form, items):
    return _Alias(form, tuple(map(_as_type, items if isinstance(items, tuple) else (items,))), "Concatenate")


class _AnyMeta(type):
    def __instancecheck__(self, instance):
        if self is Any:
            raise TypeError("typing.Any cannot be used with isinstance()")
        return super().__instancecheck__(instance)

    def __repr__(self):
        return "typing.Any" if self is Any else super().__repr__()


class Any(metaclass=_AnyMeta):
    def __new__(cls, *args, **kwargs):
        if cls is Any:
            raise TypeError("Any cannot be instantiated")
        return super().__new__(cls)


Optional = _Form("Optional", _optional)
ClassVar = _Form("ClassVar", _single)
Final = _Form("Final", _single)
Required = _Form("Required", _single)
NotRequired = _Form("NotRequired", _single)
ReadOnly = _Form("ReadOnly", _single)
TypeGuard = _Form("TypeGuard", _single)
TypeIs = _Form("TypeIs", _single)
Unpack = _Form("Unpack", _single)
Concatenate = _Form("Concatenate", _concatenate)
Literal = _Form("Literal", _literal)
Annotated = _Form("Annotated", _annotated)
NoReturn = _Form("NoReturn")
Never = _Form("Never")
Self = _Form("Self")
LiteralString = _Form("LiteralString")
TypeAlias = _Form("TypeAlias")


class _Variable:
    """What the kinds of type variables share."""

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]

    def __mro_entries__(self, bases):
        raise TypeError(f"Cannot subclass an instance of {type(self).__name__}")

    def has_default(self):
        return self.__default__ is not NoDefault


class _NoDefault:
    def __repr__(self):
        return "typing.NoDefault"


NoDefault = _NoDefault()


class TypeVar(_Variable):
    def __init__(
        self, name, *constraints, bound=None, covariant=False, contravariant=False, infer_variance=False,
        default=NoDefault,
    ):
        if len(constraints) == 1:
            raise TypeError("A single constraint is not allowed")
        if constraints and bound is not None:
            raise TypeError("Constraints cannot be combined with bound=...")
        self.__name__ = name
        self.__constraints__ = tuple(map(_as_type, constraints))
        self.__bound__ = None if bound is None else _as_type(bound)
        self.__covariant__ = covariant
        self.__contravariant__ = contravariant
        self.__infer_variance__ = infer_variance
        self.__default__ = default
        self.__module__ = "typing"

    def __repr__(self):
        if self.__infer_variance__:
            return self.__name__
        return ("+" if self.__covariant__ else "-" if self.__contravariant__ else "~") + self.__name__


class _ParamPart:
    def __init__(self, origin, name):
        self.__origin__ = origin
        self._name = name

    def __repr__(self):
        return f"{self.__origin__.__name__}.{self._name}"


class ParamSpec(_Variable):
    def __init__(self, name, *, bound=None, covariant=False, contravariant=False, default=NoDefault):
        self.__name__ = name
        self.__bound__ = bound
        self.__default__ = default
        self.__module__ = "typing"

    @property
    def args(self):
        return _ParamPart(self, "args")

    @property
    def kwargs(self):
        return _ParamPart(self, "kwargs")

    def __repr__(self):
        return f"~{self.__name__}"


class TypeVarTuple(_Variable):
    def __init__(self, name, *, default=NoDefault):
        self.__name__ = name
        self.__default__ = default
        self.__module__ = "typing"

    def __iter__(self):
        yield Unpack[self]

    def __repr__(self):
        return self.__name__


class TypeAliasType:
    """What `type X = …` makes; the value is asked for late."""

    def __init__(self, name, value, *, type_params=()):
        self.__name__ = name
        self.__type_params__ = self.__parameters__ = type_params
        self._value = value
        self.__module__ = "typing"

    @property
    def __value__(self):
        return self._value() if isinstance(self._value, types.FunctionType) else self._value

    def __getitem__(self, items):
        return _Alias(self, items if isinstance(items, tuple) else (items,))

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]

    def __repr__(self):
        return self.__name__


def _type_var(name):
    """What `def f[T]` and `class C[T]` call."""
    return TypeVar(name, infer_variance=True)


def _alias(name, thunk):
    """What the statement `type X = …` calls."""
    return TypeAliasType(name, thunk)


def _is_root(cls):
    """Whether it is `Generic` or `Protocol`, from which generic classes come."""
    return cls is Generic or getattr(cls, "_is_protocol_root", None) is cls


class Generic:
    __slots__ = ()
    _is_protocol = False

    @classmethod
    def __class_getitem__(cls, items):
        items = items if isinstance(items, tuple) else (items,)
        items = tuple(map(_as_type, items))
        if _is_root(cls):
            if not all(isinstance(item, _Variable) or getattr(item, "__origin__", None) is Unpack for item in items):
                raise TypeError(f"Parameters to {cls.__name__}[...] must all be type variables or parameter specification variables.")
            return _Alias(cls, items, cls.__name__)
        parameters = getattr(cls, "__parameters__", ())
        if not parameters and not hasattr(cls, "__type_params__"):
            raise TypeError(f"{cls!r} is not a generic class")
        return _Alias(cls, items)

    def __init_subclass__(cls, /, **kwargs):
        super().__init_subclass__(**kwargs)
        bases = cls.__dict__.get("__orig_bases__", ())
        own = [base for base in bases if isinstance(base, _Alias) and _is_root(base.__origin__)]
        parameters = own[0].__parameters__ if own else _parameters(bases)
        cls.__parameters__ = parameters or tuple(cls.__dict__.get("__type_params__", ()))


class NewType:
    def __init__(self, name, tp):
        self.__name__ = self.__qualname__ = name
        self.__supertype__ = tp
        self.__module__ = "__main__"

    def __call__(self, value, /):
        return value

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]

    def __repr__(self):
        return f"{self.__module__}.{self.__qualname__}"


Text = str

List = _Name(list, 1, "List")
Dict = _Name(dict, 2, "Dict")
Set = _Name(set, 1, "Set")
FrozenSet = _Name(frozenset, 1, "FrozenSet")
Tuple = _Name(tuple, -1, "Tuple")
Type = _Name(type, 1, "Type")
DefaultDict = _Name("collections.defaultdict", 2, "DefaultDict")
OrderedDict = _Name("collections.OrderedDict", 2, "OrderedDict")
Counter = _Name("collections.Counter", 1, "Counter")
ChainMap = _Name("collections.ChainMap", 2, "ChainMap")
Deque = _Name("collections.deque", 1, "Deque")
Hashable = _Name("collections.abc.Hashable", 0, "Hashable")
Sized = _Name("collections.abc.Sized", 0, "Sized")
Awaitable = _Name("collections.abc.Awaitable", 1, "Awaitable")
Coroutine = _Name("collections.abc.Coroutine", 3, "Coroutine")
AsyncIterable = _Name("collections.abc.AsyncIterable", 1, "AsyncIterable")
AsyncIterator = _Name("collections.abc.AsyncIterator", 1, "AsyncIterator")
AsyncGenerator = _Name("collections.abc.AsyncGenerator", -1, "AsyncGenerator")
Iterable = _Name("collections.abc.Iterable", 1, "Iterable")
Iterator = _Name("collections.abc.Iterator", 1, "Iterator")
Generator = _Name("collections.abc.Generator", -1, "Generator")
Reversible = _Name("collections.abc.Reversible", 1, "Reversible")
Container = _Name("collections.abc.Container", 1, "Container")
Collection = _Name("collections.abc.Collection", 1, "Collection")
Callable = _Name("collections.abc.Callable", 2, "Callable")
AbstractSet = _Name("collections.abc.Set", 1, "AbstractSet")
MutableSet = _Name("collections.abc.MutableSet", 1, "MutableSet")
Mapping = _Name("collections.abc.Mapping", 2, "Mapping")
MutableMapping = _Name("collections.abc.MutableMapping", 2, "MutableMapping")
MappingView = _Name("collections.abc.MappingView", 1, "MappingView")
KeysView = _Name("collections.abc.KeysView", 1, "KeysView")
ItemsView = _Name("collections.abc.ItemsView", 2, "ItemsView")
ValuesView = _Name("collections.abc.ValuesView", 1, "ValuesView")
Sequence = _Name("collections.abc.Sequence", 1, "Sequence")
MutableSequence = _Name("collections.abc.MutableSequence", 1, "MutableSequence")
ContextManager = _Name("contextlib.AbstractContextManager", -1, "ContextManager")
AsyncContextManager = _Name("contextlib.AbstractAsyncContextManager", -1, "AsyncContextManager")


def __getattr__(name):
    """`Pattern` and `Match`: most who import typing never need the regular expressions behind them."""
    if name not in ("Pattern", "Match"):
        raise AttributeError(f"module 'typing' has no attribute {name!r}")
    import re

    return _Name(getattr(re, name), 1, name)


def get_origin(tp):
    if isinstance(tp, _AnnotatedAlias):
        return Annotated
    if _is_union(tp):
        return Union
    if isinstance(tp, (_Alias, _Name, GenericAlias, _ParamPart)):
        return tp.__origin__
    if tp is Generic:
        return Generic
    return None


def get_args(tp):
    if isinstance(tp, _AnnotatedAlias):
        return (tp.__origin__,) + tp.__metadata__
    if isinstance(tp, _CallableAlias) or (
        isinstance(tp, GenericAlias) and tp.__origin__ is Callable.__origin__
    ):
        *parameters, result = tp.__args__
        if parameters == [...] or (len(parameters) == 1 and isinstance(parameters[0], ParamSpec)):
            return (parameters[0], result)
        return (parameters, result)
    if isinstance(tp, (_Alias, GenericAlias)) or _is_union(tp):
        return tp.__args__
    return ()


def cast(typ, val):
    return val


def assert_type(val, typ, /):
    return val


def reveal_type(obj, /):
    import sys

    print(f"Runtime type is {type(obj).__name__!r}", file=sys.stderr)
    return obj


def assert_never(arg, /):
    raise AssertionError(f"Expected code to be unreachable, but got: {arg!r}")


def overload(func):
    def _overload_dummy(*args, **kwds):
        raise NotImplementedError(
            "You should not call an overloaded function. A series of @overload-decorated functions outside a stub "
            "module should always be followed by an implementation that is not @overload-ed."
        )

    return _overload_dummy


def get_overloads(func):
    return []


def clear_overloads():
    pass


def _flagged(name):
    def decorate(obj):
        try:
            setattr(obj, name, True)
        except (AttributeError, TypeError):
            pass
        return obj

    return decorate


final = _flagged("__final__")
override = _flagged("__override__")
no_type_check = _flagged("__no_type_check__")


def dataclass_transform(**kwargs):
    def decorate(cls_or_fn):
        cls_or_fn.__dataclass_transform__ = kwargs
        return cls_or_fn

    return decorate


def is_typeddict(tp):
    return isinstance(tp, _TypedDictMeta)
