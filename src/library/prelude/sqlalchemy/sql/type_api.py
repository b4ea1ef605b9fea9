"""What every type of column can do, and the two ways in which users make their own."""

# Stands for an argument without a default: its value is always shown, without its name.
REQUIRED = object()
MISSING = object()


def show(obj, pairs):
    """The repr of a type: those arguments that differ from their defaults, in the order of the signature."""
    out = []
    for name, default in pairs:
        value = getattr(obj, name, MISSING)
        if default is REQUIRED:
            out.append(repr(value))
        elif value is not MISSING and value != default:
            out.append("%s=%r" % (name, value))
    return "%s(%s)" % (type(obj).__name__, ", ".join(out))


def signature(cls):
    """The arguments of a user's own constructor, as `show` wants them."""
    init = cls.__init__
    code = getattr(init, "__code__", None)
    if code is None:
        return ()
    names = code.co_varnames[1 : code.co_argcount]
    defaults = init.__defaults__ or ()
    first = len(names) - len(defaults)
    return [(name, REQUIRED if at < first else defaults[at - first]) for at, name in enumerate(names)]


def is_ours(cls):
    module = cls.__module__
    return module.startswith("sqlalchemy.") or module == "sqlalchemy"


class TypeEngine:
    """A type. `_shown` names the arguments of its constructor with their defaults."""

    _shown = ()
    _data = None
    _variants = None
    _concatenates = False
    _schema_type = False
    hashable = True
    sort_key_function = None
    should_evaluate_none = False
    render_bind_cast = False
    _is_type_decorator = False

    def __repr__(self):
        return show(self, self._shown if is_ours(type(self)) else signature(type(self)))

    def __str__(self):
        return self.compile()

    def data(self):
        """The type as the engine knows it."""
        data = self._data
        if data is None:
            if is_ours(type(self)):
                data = self._lowered()
            else:
                data = custom(self, {"Type": {"base": self._own_base()._lowered_as(self), "by_dialect": {}}})
            if self._variants:
                variants = {name: one.data() for name, one in sorted(self._variants.items())}
                data = {"Variant": {"base": data, "variants": variants}}
            self._data = data
        return data

    def _own_base(self):
        for cls in type(self).__mro__:
            if is_ours(cls):
                return cls
        return TypeEngine

    @classmethod
    def _lowered_as(cls, instance):
        return cls._lowered(instance, cls.__name__)

    def _lowered(self, name=None):
        return "Null"

    def with_variant(self, type_, *dialects):
        if not dialects:
            from ..exc import ArgumentError

            raise ArgumentError("At least one dialect name is required")
        new = self.copy()
        variants = dict(self._variants or ())
        for name in dialects:
            if name in variants:
                from ..exc import ArgumentError

                raise ArgumentError("Dialect %r is already present in the mapping for this %r" % (name, self))
            variants[name] = to_instance(type_)
        new._variants = variants
        return new

    @property
    def _variant_mapping(self):
        return self._variants or {}

    def copy(self, **kw):
        new = object.__new__(type(self))
        new.__dict__.update(self.__dict__)
        new._data = None
        return new

    def adapt(self, cls, **kw):
        return to_instance(cls)

    def evaluates_none(self):
        new = self.copy()
        new.should_evaluate_none = True
        return new

    def compile(self, dialect=None):
        from .._border import compile_type

        return compile_type(self, dialect)

    def dialect_impl(self, dialect):
        return self._for(dialect)

    def load_dialect_impl(self, dialect):
        return self._for(dialect)

    def _for(self, dialect):
        """This type on a dialect: a variant where there is one."""
        if self._variants and dialect is not None:
            return self._variants.get(dialect.name, self)
        return self

    def _unwrapped_dialect_impl(self, dialect):
        return self._for(dialect)

    @property
    def python_type(self):
        raise NotImplementedError()

    def bind_processor(self, dialect):
        return None

    def result_processor(self, dialect, coltype):
        return None

    def literal_processor(self, dialect):
        return None

    def bind_expression(self, bindvalue):
        return None

    def column_expression(self, colexpr):
        return None

    def compare_values(self, x, y):
        return x == y

    def coerce_compared_value(self, op, value):
        return literal_type(value, self)

    def get_dbapi_type(self, dbapi):
        return None

    def as_generic(self, allow_nulltype=False):
        return self

    def _compare_type_affinity(self, other):
        return self._type_affinity is other._type_affinity

    @property
    def _type_affinity(self):
        for cls in type(self).__mro__:
            if cls.__dict__.get("_is_affinity"):
                return cls
        return type(self)

    @property
    def _static_cache_key(self):
        return (type(self), repr(self))

    def encode(self, value, dialect):
        """A value of a script as a literal of the engine."""
        from .._literal import literal

        return literal(value)

    def decoder(self, dialect):
        """A function from what the database gives to what scripts see, or None where that is the same."""
        return None


class TypeEngineMixin:
    pass


class ExternalType:
    cache_ok = None


def custom(instance, stores):
    """A type of somebody else's as data: its name, what its repr shows, and what it stores."""
    cls = type(instance)
    arguments = []
    for name, default in instance._repr_pairs():
        value = instance._repr_value(name)
        if default is REQUIRED:
            arguments.append(["", argument(value)])
        elif value is not MISSING and value != default:
            arguments.append([name, argument(value)])
    return {
        "Custom": {
            "module": cls.__module__,
            "class": cls.__qualname__,
            "arguments": arguments,
            "stores": stores,
        }
    }


def _repr_pairs(self):
    return signature(type(self))


def _repr_value(self, name):
    return getattr(self, name, MISSING)


TypeEngine._repr_pairs = _repr_pairs
TypeEngine._repr_value = _repr_value


def argument(value):
    """An argument of a type's constructor as data."""
    if isinstance(value, type) and issubclass(value, TypeEngine):
        return {"Type": to_instance(value).data()}
    if isinstance(value, TypeEngine):
        return {"Type": value.data()}
    from .._literal import literal_or_repr

    return {"Literal": literal_or_repr(value)}


class UserDefinedType(ExternalType, TypeEngine):
    """A type of the user's own: `get_col_spec` says what the database is told."""

    ensure_kwarg = "get_col_spec"

    def coerce_compared_value(self, op, value):
        return self

    def data(self):
        if self._data is None:
            spec = getattr(self, "get_col_spec", None)
            text = spec() if spec is not None else type(self).__name__
            self._data = custom(self, {"Spec": text})
        return self._data

    def encode(self, value, dialect):
        process = self.bind_processor(dialect)
        if process is not None:
            value = process(value)
        from .._literal import literal

        return literal(value)

    def decoder(self, dialect):
        return self.result_processor(dialect, None)


class TypeDecorator(ExternalType, TypeEngine):
    """A type that changes the values of another one, its `impl`."""

    _is_type_decorator = True
    impl = None

    def __init__(self, *args, **kwargs):
        impl = type(self).impl
        if impl is None:
            raise AttributeError("TypeDecorator implementations require a class-level variable 'impl' which refers to the class of type being decorated")
        if isinstance(impl, type):
            impl = impl(*args, **kwargs)
        self.impl = impl

    @property
    def impl_instance(self):
        impl = self.impl
        if isinstance(impl, type):
            impl = to_instance(impl)
        return impl

    def __repr__(self):
        return show_as(self, self._repr_pairs())

    def _repr_pairs(self):
        impl = self.impl_instance
        return impl._shown if is_ours(type(impl)) else impl._repr_pairs()

    def _repr_value(self, name):
        value = self.__dict__.get(name, MISSING)
        if value is MISSING:
            value = getattr(type(self), name, MISSING)
        if value is MISSING:
            value = getattr(self.impl_instance, name, MISSING)
        return value

    def __getattr__(self, name):
        if name.startswith("__") or name == "impl":
            raise AttributeError(name)
        return getattr(self.impl_instance, name)

    def copy(self, **kw):
        new = TypeEngine.copy(self)
        return new

    def load_dialect_impl(self, dialect):
        return self.impl_instance

    def type_engine(self, dialect):
        return self.load_dialect_impl(dialect)

    def dialect_impl(self, dialect):
        return self

    def coerce_compared_value(self, op, value):
        return self

    def coerce_to_is_types(self):
        return (type(None),)

    @property
    def python_type(self):
        return self.impl_instance.python_type

    @property
    def _concatenates(self):
        return self.impl_instance._concatenates

    @property
    def _type_affinity(self):
        return self.impl_instance._type_affinity

    def data(self):
        if self._data is None:
            base = self.impl_instance.data()
            by_dialect = {}
            if type(self).load_dialect_impl is not TypeDecorator.load_dialect_impl:
                by_dialect, base = self._by_dialect(base)
            data = custom(self, {"Type": {"base": base, "by_dialect": by_dialect}})
            if self._variants:
                variants = {name: one.data() for name, one in sorted(self._variants.items())}
                data = {"Variant": {"base": data, "variants": variants}}
            self._data = data
        return self._data

    def _by_dialect(self, base):
        from ..engine.dialect import by_name

        found = {}
        for name in ("sqlite", "postgresql", "mysql", "mssql", "oracle"):
            one = to_instance(self.load_dialect_impl(by_name(name))).data()
            if one != base:
                found[name] = one
        return found, base

    def process_literal_param(self, value, dialect):
        return self.process_bind_param(value, dialect)

    def process_bind_param(self, value, dialect):
        return value

    def process_result_value(self, value, dialect):
        return value

    def encode(self, value, dialect):
        from ..engine.dialect import default

        dialect = dialect or default()
        impl = to_instance(self.load_dialect_impl(dialect))
        return impl.encode(self.process_bind_param(value, dialect), dialect)

    def decoder(self, dialect):
        from ..engine.dialect import default

        dialect = dialect or default()
        inner = to_instance(self.load_dialect_impl(dialect)).decoder(dialect)
        if type(self).process_result_value is TypeDecorator.process_result_value:
            return inner
        process = self.process_result_value
        if inner is None:
            return lambda value: process(value, dialect)
        return lambda value: process(None if value is None else inner(value), dialect)

    # A decorator sees NULL as well.
    _decodes_none = True


def show_as(obj, pairs):
    out = []
    for name, default in pairs:
        value = obj._repr_value(name)
        if default is REQUIRED:
            out.append(repr(value))
        elif value is not MISSING and value != default:
            out.append("%s=%r" % (name, value))
    return "%s(%s)" % (type(obj).__name__, ", ".join(out))


class Variant(TypeDecorator):
    def __init__(self, *args, **kw):
        raise NotImplementedError("Variant is no longer used in SQLAlchemy 2.0; this is a placeholder symbol for backwards compatibility.")


class NullType(TypeEngine):
    _is_affinity = True

    def __str__(self):
        return "NULL"


NULLTYPE = NullType()
#: The instances that stand for classes.
INSTANCES = {}


def to_instance(kind, *args, **kw):
    """The type that was meant: an instance as it is, a class called without arguments (once for all columns)."""
    if isinstance(kind, TypeEngine):
        return kind
    if kind is None:
        return NULLTYPE
    found = INSTANCES.get(kind)
    if found is None:
        if not callable(kind):
            from ..exc import ArgumentError

            raise ArgumentError("Object %r is not legal as a type" % (kind,))
        found = kind()
        INSTANCES[kind] = found
    return found


def to_type(kind):
    return to_instance(kind)


_LITERAL_TYPES = {}


def literal_type(value, other=None):
    """The type that a bound value has next to `other`."""
    if value is None:
        return NULLTYPE if other is None else other
    if not _LITERAL_TYPES:
        from .sqltypes import literal_types

        _LITERAL_TYPES.update(literal_types())
    found = None
    for cls in type(value).__mro__:
        found = _LITERAL_TYPES.get(cls)
        if found is not None:
            break
    if other is not None and other is not NULLTYPE:
        if found is None or found._type_affinity is other._type_affinity or not is_literal_apart(found, other):
            return other
    return found or NULLTYPE


def is_literal_apart(found, other):
    """Whether a value of type `found` keeps its own type beside a column of type `other`."""
    return other._type_affinity.__name__ in ("Integer", "Numeric", "Date", "DateTime", "Time", "Interval") and found._type_affinity.__name__ in (
        "Integer",
        "Numeric",
        "Interval",
        "Date",
        "DateTime",
    )


def NotNullable(value):
    return value


def Nullable(value):
    return value
