"""Classes written as a list of fields."""

import copy as _copy
import types

__all__ = [
    "dataclass", "field", "Field", "FrozenInstanceError", "InitVar", "KW_ONLY", "MISSING", "fields", "asdict", "astuple",
    "make_dataclass", "replace", "is_dataclass",
]

_FIELDS = "__dataclass_fields__"
_PARAMS = "__dataclass_params__"


class FrozenInstanceError(AttributeError):
    pass


class _Marker:
    def __init__(self, name):
        self._name = name

    def __repr__(self):
        return self._name


class _MissingType:
    def __repr__(self):
        return "<dataclasses._MISSING_TYPE object>"


class _KwOnlyType:
    pass


MISSING = _MissingType()
KW_ONLY = _KwOnlyType()
_FIELD, _FIELD_CLASSVAR, _FIELD_INITVAR = _Marker("_FIELD"), _Marker("_FIELD_CLASSVAR"), _Marker("_FIELD_INITVAR")
_FACTORY = _Marker("<factory>")


class InitVar:
    def __init__(self, type):
        self.type = type

    def __class_getitem__(cls, type):
        return InitVar(type)

    def __repr__(self):
        name = self.type.__name__ if isinstance(self.type, type) else repr(self.type)
        return f"dataclasses.InitVar[{name}]"


class Field:
    __slots__ = (
        "name", "type", "default", "default_factory", "repr", "hash", "init", "compare", "metadata", "kw_only", "doc",
        "_field_type",
    )

    def __init__(self, default, default_factory, init, repr, hash, compare, metadata, kw_only, doc=None):
        self.name = None
        self.type = None
        self.default = default
        self.default_factory = default_factory
        self.init = init
        self.repr = repr
        self.hash = hash
        self.compare = compare
        self.metadata = types.MappingProxyType({} if metadata is None else metadata)
        self.kw_only = kw_only
        self.doc = doc
        self._field_type = None

    def __repr__(self):
        return (
            f"Field(name={self.name!r},type={self.type!r},default={self.default!r},"
            f"default_factory={self.default_factory!r},init={self.init!r},repr={self.repr!r},hash={self.hash!r},"
            f"compare={self.compare!r},metadata={self.metadata!r},kw_only={self.kw_only!r},doc={self.doc!r},"
            f"_field_type={self._field_type})"
        )

    def __set_name__(self, owner, name):
        hook = getattr(type(self.default), "__set_name__", None)
        if hook:
            hook(self.default, owner, name)


class _Params:
    def __init__(self, **options):
        self.__dict__.update(options)

    def __repr__(self):
        return f"_DataclassParams({','.join(f'{name}={value!r}' for name, value in self.__dict__.items())})"


def field(
    *, default=MISSING, default_factory=MISSING, init=True, repr=True, hash=None, compare=True, metadata=None,
    kw_only=MISSING, doc=None,
):
    if default is not MISSING and default_factory is not MISSING:
        raise ValueError("cannot specify both default and default_factory")
    return Field(default, default_factory, init, repr, hash, compare, metadata, kw_only, doc)


def _is_class_var(hint):
    if isinstance(hint, str):
        return hint.startswith(("ClassVar", "typing.ClassVar", "t.ClassVar"))
    import typing

    return hint is typing.ClassVar or typing.get_origin(hint) is typing.ClassVar


def _is_init_var(hint):
    if isinstance(hint, str):
        return hint.startswith(("InitVar", "dataclasses.InitVar"))
    return hint is InitVar or type(hint) is InitVar


def _is_kw_only(hint):
    return hint in ("KW_ONLY", "dataclasses.KW_ONLY") if isinstance(hint, str) else hint is KW_ONLY


def _made(cls, name, hint, kw_only):
    default = cls.__dict__.get(name, MISSING)
    if isinstance(default, Field):
        made = default
    else:
        made = field(default=default)
    made.name, made.type = name, hint
    made._field_type = _FIELD_CLASSVAR if _is_class_var(hint) else _FIELD_INITVAR if _is_init_var(hint) else _FIELD
    if made._field_type is _FIELD_CLASSVAR:
        if made.default_factory is not MISSING:
            raise TypeError(f"field {name} cannot have a default factory")
    elif made.kw_only is MISSING:
        made.kw_only = kw_only
    if made._field_type is _FIELD and made.default is not MISSING and made.default.__class__.__hash__ is None:
        raise ValueError(
            f"mutable default {type(made.default)} for field {name} is not allowed: use default_factory"
        )
    return made


def _own_fields(cls, kw_only):
    made = []
    for name, hint in _annotations(cls).items():
        if _is_kw_only(hint):
            kw_only = True
            continue
        made.append(_made(cls, name, hint, kw_only))
    for name, value in list(cls.__dict__.items()):
        if isinstance(value, Field) and name not in [one.name for one in made]:
            raise TypeError(f"{name!r} is a field but has no type annotation")
    return made


def _annotations(cls):
    return dict(getattr(cls, "__annotations__", {}) or {})


def _arguments(cls_name, init_fields, args, kwargs):
    """The values of `__init__`'s parameters, bound as a function's would be."""
    positional = [one for one in init_fields if not one.kw_only]
    if len(args) > len(positional):
        needed = sum(1 for one in positional if not _has_default(one)) + 1
        most = len(positional) + 1
        takes = f"from {needed} to {most}" if needed != most else f"{most}"
        plural = "s" if most != 1 else ""
        raise TypeError(
            f"{cls_name}.__init__() takes {takes} positional argument{plural} but {len(args) + 1} were given"
        )
    values = {one.name: value for one, value in zip(positional, args)}
    names = {one.name for one in init_fields}
    for name, value in kwargs.items():
        if name not in names:
            raise TypeError(f"{cls_name}.__init__() got an unexpected keyword argument {name!r}")
        if name in values:
            raise TypeError(f"{cls_name}.__init__() got multiple values for argument {name!r}")
        values[name] = value
    missing = [one for one in init_fields if one.name not in values and not _has_default(one)]
    for kw_only, kind in ((False, "positional"), (True, "keyword-only")):
        names = [one.name for one in missing if bool(one.kw_only) == kw_only]
        if names:
            raise TypeError(_missing_message(cls_name, names, kind))
    return values


def _missing_message(cls_name, names, kind):
    quoted = [repr(name) for name in names]
    listed = " and ".join(quoted) if len(quoted) < 3 else ", ".join(quoted[:-1]) + ", and " + quoted[-1]
    plural = "s" if len(names) > 1 else ""
    return f"{cls_name}.__init__() missing {len(names)} required {kind} argument{plural}: {listed}"


def _has_default(one):
    return one.default is not MISSING or one.default_factory is not MISSING


def _default(one):
    return one.default_factory() if one.default_factory is not MISSING else one.default


def _init(cls, all_fields, frozen):
    kept = [one for one in all_fields.values() if one._field_type is not _FIELD_CLASSVAR]
    init_fields = [one for one in kept if one.init]
    seen_default = None
    for one in init_fields:
        if one.kw_only:
            continue
        if _has_default(one):
            seen_default = one.name
        elif seen_default is not None:
            raise TypeError(f"non-default argument {one.name!r} follows default argument {seen_default!r}")
    ordered = [one for one in init_fields if not one.kw_only] + [one for one in init_fields if one.kw_only]
    init_vars = [one for one in kept if one._field_type is _FIELD_INITVAR]
    post = hasattr(cls, "__post_init__")

    def __init__(self, /, *args, **kwargs):
        values = _arguments(cls.__qualname__, ordered, args, kwargs)
        for one in kept:
            if one.name in values:
                value = values[one.name]
            elif _has_default(one):
                value = values[one.name] = _default(one)
            else:
                continue
            if one._field_type is _FIELD:
                if not one.init and one.default_factory is MISSING:
                    continue
                object.__setattr__(self, one.name, value) if frozen else setattr(self, one.name, value)
        if post:
            self.__post_init__(*[values[one.name] for one in init_vars])

    __init__.__qualname__ = f"{cls.__qualname__}.__init__"
    __init__._dataclass_parameters = ordered
    __init__.__annotations__ = {one.name: one.type for one in ordered} | {"return": None}
    return __init__


def _shown_fields(cls):
    return [one for one in getattr(cls, _FIELDS).values() if one._field_type is _FIELD]


def _repr(self):
    own = self.__class__
    if id(self) in _running:
        return "..."
    _running.add(id(self))
    try:
        parts = [f"{one.name}={getattr(self, one.name)!r}" for one in _shown_fields(own) if one.repr]
    finally:
        _running.discard(id(self))
    return f"{own.__qualname__}({', '.join(parts)})"


_running = set()


def _values(self, names):
    return tuple([getattr(self, name) for name in names])


def _compared(operation, names):
    def method(self, other):
        if other.__class__ is not self.__class__:
            return NotImplemented
        return operation(_values(self, names), _values(other, names))

    return method


_ORDER = {
    "__lt__": lambda a, b: a < b,
    "__le__": lambda a, b: a <= b,
    "__gt__": lambda a, b: a > b,
    "__ge__": lambda a, b: a >= b,
}


def _eq(names):
    def __eq__(self, other):
        if self is other:
            return True
        if other.__class__ is not self.__class__:
            return NotImplemented
        return _values(self, names) == _values(other, names)

    return __eq__


def _freeze(cls, names):
    def __setattr__(self, name, value):
        if type(self) is cls or name in names:
            raise FrozenInstanceError(f"cannot assign to field {name!r}")
        super(cls, self).__setattr__(name, value)

    def __delattr__(self, name):
        if type(self) is cls or name in names:
            raise FrozenInstanceError(f"cannot delete field {name!r}")
        super(cls, self).__delattr__(name)

    for method in (__setattr__, __delattr__):
        name = method.__name__
        if name in cls.__dict__:
            raise TypeError(f"Cannot overwrite attribute {name} in class {cls.__name__}")
        method.__qualname__ = f"{cls.__qualname__}.{name}"
        setattr(cls, name, method)


def _put(cls, name, function):
    if name in cls.__dict__:
        return True
    function.__qualname__ = f"{cls.__qualname__}.{name}"
    function.__name__ = name
    setattr(cls, name, function)
    return False


def _process(cls, params):
    all_fields = {}
    frozen_bases = []
    for base in cls.__mro__[-1:0:-1]:
        inherited = base.__dict__.get(_FIELDS)
        if inherited is not None:
            all_fields.update(inherited)
            frozen_bases.append(base.__dict__[_PARAMS].frozen)
    own = _own_fields(cls, params.kw_only)
    for one in own:
        all_fields[one.name] = one
        if isinstance(cls.__dict__.get(one.name), Field):
            if one.default is MISSING:
                delattr(cls, one.name)
            else:
                setattr(cls, one.name, one.default)
    if frozen_bases:
        if any(frozen_bases) and not params.frozen:
            raise TypeError("cannot inherit non-frozen dataclass from a frozen one")
        if params.frozen and not all(frozen_bases):
            raise TypeError("cannot inherit frozen dataclass from a non-frozen one")
    if params.order and not params.eq:
        raise ValueError("eq must be true if order is true")
    setattr(cls, _FIELDS, all_fields)
    setattr(cls, _PARAMS, params)
    had_eq = "__eq__" in cls.__dict__
    _add_methods(cls, all_fields, params)
    _hash_after(cls, all_fields, params, had_eq)
    cls.__match_args__ = cls.__dict__.get("__match_args__") or tuple(
        one.name for one in all_fields.values()
        if one.init and not one.kw_only and one._field_type is not _FIELD_CLASSVAR
    )
    if not cls.__doc__:
        cls.__doc__ = cls.__name__
    return _slotted(cls) if params.slots else cls


def _add_methods(cls, all_fields, params):
    if params.init:
        cls.__init__ = _init(cls, all_fields, params.frozen)
    cls.__replace__ = _replace
    if params.repr:
        _put(cls, "__repr__", lambda self: _repr(self))
    compared = [one.name for one in all_fields.values() if one._field_type is _FIELD and one.compare]
    if params.order:
        for name, operation in _ORDER.items():
            if _put(cls, name, _compared(operation, compared)):
                raise TypeError(
                    f"Cannot overwrite attribute {name} in class {cls.__name__}. Consider using functools.total_ordering"
                )
    if params.frozen:
        _freeze(cls, set(all_fields))


def _hash_after(cls, all_fields, params, had_eq):
    explicit = cls.__dict__.get("__hash__", MISSING)
    if params.eq and not had_eq:
        names = [one.name for one in all_fields.values() if one._field_type is _FIELD and one.compare]
        _put(cls, "__eq__", _eq(names))
    if explicit is None and had_eq:
        explicit = MISSING
    names = [
        one.name for one in all_fields.values()
        if one._field_type is _FIELD and (one.compare if one.hash is None else one.hash)
    ]

    def __hash__(self):
        return hash(_values(self, names))

    if params.unsafe_hash:
        if explicit is not MISSING:
            raise TypeError(f"Cannot overwrite attribute __hash__ in class {cls.__name__}")
        cls.__hash__ = __hash__
    elif params.eq and explicit is MISSING:
        cls.__hash__ = __hash__ if params.frozen else None


def _slotted(cls):
    """The class made anew, its fields as slots."""
    inherited = {name for base in cls.__mro__[1:-1] for name in base.__dict__.get("__slots__", ())}
    names = tuple(
        one.name for one in getattr(cls, _FIELDS).values()
        if one._field_type is _FIELD and one.name not in inherited
    )
    namespace = {
        name: value for name, value in cls.__dict__.items() if name not in names and name not in ("__dict__", "__weakref__")
    }
    namespace["__slots__"] = names
    return type(cls)(cls.__name__, cls.__bases__, namespace)


def dataclass(
    cls=None, /, *, init=True, repr=True, eq=True, order=False, unsafe_hash=False, frozen=False, match_args=True,
    kw_only=False, slots=False, weakref_slot=False,
):
    params = _Params(
        init=init, repr=repr, eq=eq, order=order, unsafe_hash=unsafe_hash, frozen=frozen, match_args=match_args,
        kw_only=kw_only, slots=slots, weakref_slot=weakref_slot,
    )
    return (lambda cls: _process(cls, params)) if cls is None else _process(cls, params)


def fields(class_or_instance):
    try:
        known = getattr(class_or_instance, _FIELDS)
    except AttributeError:
        raise TypeError("must be called with a dataclass type or instance") from None
    return tuple(one for one in known.values() if one._field_type is _FIELD)


def _is_instance(obj):
    return hasattr(type(obj), _FIELDS)


def is_dataclass(obj):
    return hasattr(obj if isinstance(obj, type) else type(obj), _FIELDS)


def _converted(obj, factory, convert):
    if _is_instance(obj):
        return convert(obj)
    if isinstance(obj, tuple) and hasattr(obj, "_fields"):
        return type(obj)(*[_converted(item, factory, convert) for item in obj])
    if isinstance(obj, (list, tuple)):
        return type(obj)(_converted(item, factory, convert) for item in obj)
    if isinstance(obj, dict):
        pairs = ((_converted(k, factory, convert), _converted(v, factory, convert)) for k, v in obj.items())
        if hasattr(type(obj), "default_factory") or hasattr(obj, "default_factory"):
            result = type(obj)(obj.default_factory)
            for key, value in pairs:
                result[key] = value
            return result
        return type(obj)(pairs)
    return _copy.deepcopy(obj)


def asdict(obj, *, dict_factory=dict):
    if not _is_instance(obj):
        raise TypeError("asdict() should be called on dataclass instances")

    def convert(one):
        return dict_factory([(f.name, _converted(getattr(one, f.name), dict_factory, convert)) for f in fields(one)])

    return convert(obj)


def astuple(obj, *, tuple_factory=tuple):
    if not _is_instance(obj):
        raise TypeError("astuple() should be called on dataclass instances")

    def convert(one):
        return tuple_factory([_converted(getattr(one, f.name), tuple_factory, convert) for f in fields(one)])

    return convert(obj)


def replace(obj, /, **changes):
    if not _is_instance(obj):
        raise TypeError("replace() should be called on dataclass instances")
    return _replace(obj, **changes)


def _replace(self, /, **changes):
    for one in getattr(self, _FIELDS).values():
        if one._field_type is _FIELD_CLASSVAR:
            continue
        if not one.init:
            if one.name in changes:
                raise TypeError(
                    f"field {one.name} is declared with init=False, it cannot be specified with replace()"
                )
            continue
        if one.name not in changes:
            if one._field_type is _FIELD_INITVAR and one.default is MISSING:
                raise TypeError(f"InitVar {one.name!r} must be specified with replace()")
            changes[one.name] = getattr(self, one.name)
    return self.__class__(**changes)


def make_dataclass(cls_name, fields, *, bases=(), namespace=None, **options):
    body = dict(namespace or {})
    hints = {}
    for item in fields:
        name, hint, *default = (item, "typing.Any") if isinstance(item, str) else item
        hints[name] = hint
        if default:
            body[name] = default[0]
    body["__annotations__"] = hints
    module = options.pop("module", None)
    cls = types.new_class(cls_name, bases, {}, lambda namespace: namespace.update(body))
    if module is not None:
        cls.__module__ = module
    return dataclass(cls, **options)
