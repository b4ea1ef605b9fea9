"""The types of SQLAlchemy: generic ones, and the SQL standard's in upper case."""

import datetime as _datetime
import decimal as _decimal

from .type_api import NULLTYPE, REQUIRED, NullType, TypeDecorator, TypeEngine, UserDefinedType, is_ours, show, to_instance

_LENGTH = (("length", None), ("collation", None))


class Concatenable:
    pass


class Indexable:
    pass


class SchemaType:
    """A type that brings something of its own into the schema: a CHECK, or an enumeration."""

    _schema_type = True
    name = None
    schema = None
    metadata = None
    inherit_schema = False
    create_constraint = False

    def create(self, bind=None, checkfirst=True):
        """Makes the type where the database has such types."""
        from .._border import create_type

        create_type(self, bind, checkfirst)

    def drop(self, bind=None, checkfirst=True):
        from .._border import drop_type

        drop_type(self, bind, checkfirst)


class Emulated:
    pass


class String(TypeEngine, Concatenable):
    _shown = _LENGTH
    _is_affinity = True
    _concatenates = True
    python_type = str

    # What is not said stands on the class, so that all types without arguments are one.
    length = None
    collation = None

    def __init__(self, length=None, collation=None):
        if length is not None:
            self.length = length
        if collation is not None:
            self.collation = collation

    def _lowered(self, name=None):
        return {"String": {"class": name or type(self).__name__, "length": self.length, "collation": self.collation}}

    _plain = ("String", _lowered)


class Text(String):
    pass


class Unicode(String):
    pass


class UnicodeText(Text):
    pass


class VARCHAR(String):
    pass


class NVARCHAR(Unicode):
    pass


class CHAR(String):
    pass


class NCHAR(Unicode):
    pass


class TEXT(Text):
    pass


class CLOB(Text):
    pass


class Integer(TypeEngine):
    _is_affinity = True
    python_type = int

    def _lowered(self, name=None):
        return {"Integer": {"class": name or type(self).__name__}}

    _plain = ("Integer", _lowered)


class SmallInteger(Integer):
    pass


class BigInteger(Integer):
    pass


class INTEGER(Integer):
    pass


INT = INTEGER


class SMALLINT(SmallInteger):
    pass


class BIGINT(BigInteger):
    pass


class Numeric(TypeEngine):
    _shown = (("precision", None), ("scale", None), ("decimal_return_scale", None), ("asdecimal", True))
    _is_affinity = True
    _default_decimal_return_scale = 10
    precision = None
    scale = None
    decimal_return_scale = None
    asdecimal = True

    def __init__(self, precision=None, scale=None, decimal_return_scale=None, asdecimal=True):
        if precision is not None:
            self.precision = precision
        if scale is not None:
            self.scale = scale
        if decimal_return_scale is not None:
            self.decimal_return_scale = decimal_return_scale
        if asdecimal is not True:
            self.asdecimal = asdecimal

    @property
    def python_type(self):
        return _decimal.Decimal if self.asdecimal else float

    @property
    def _effective_decimal_return_scale(self):
        if self.decimal_return_scale is not None:
            return self.decimal_return_scale
        if self.scale is not None:
            return self.scale
        return self._default_decimal_return_scale

    def _lowered(self, name=None):
        return {
            "Numeric": {
                "class": name or type(self).__name__,
                "precision": self.precision,
                "scale": self.scale,
                "asdecimal": bool(self.asdecimal),
                "decimal_return_scale": self.decimal_return_scale,
            }
        }

    _plain = ("Numeric", _lowered)

    def decoder(self, dialect):
        if not self.asdecimal:
            return float
        pattern = "%%.%df" % self._effective_decimal_return_scale

        def decode(value):
            if isinstance(value, str):
                return _decimal.Decimal(value)
            return _decimal.Decimal(pattern % value)

        return decode


class Float(Numeric):
    _shown = (("precision", None), ("asdecimal", False), ("decimal_return_scale", None))
    asdecimal = False

    def __init__(self, precision=None, asdecimal=False, decimal_return_scale=None):
        if precision is not None:
            self.precision = precision
        if asdecimal is not False:
            self.asdecimal = asdecimal
        if decimal_return_scale is not None:
            self.decimal_return_scale = decimal_return_scale

    def decoder(self, dialect):
        return Numeric.decoder(self, dialect) if self.asdecimal else None


class Double(Float):
    pass


class NUMERIC(Numeric):
    pass


class DECIMAL(Numeric):
    pass


class FLOAT(Float):
    pass


class REAL(Float):
    pass


class DOUBLE(Double):
    pass


class DOUBLE_PRECISION(Double):
    pass


class Boolean(SchemaType, TypeEngine):
    _shown = (("create_constraint", False), ("name", None))
    _is_affinity = True
    python_type = bool

    def __init__(self, create_constraint=False, name=None, _create_events=True, _adapted_from=None):
        if create_constraint is not False:
            self.create_constraint = create_constraint
        if name is not None:
            self.name = name

    def _lowered(self, name=None):
        return {
            "Boolean": {
                "class": name or type(self).__name__,
                "create_constraint": bool(self.create_constraint),
                "name": self.name,
            }
        }

    _plain = ("Boolean", _lowered)

    def encode(self, value, dialect):
        if value is None:
            return "Null"
        if value is True or value is False:
            return {"Boolean": value}
        if value in (0, 1):
            return {"Boolean": bool(value)}
        if isinstance(value, int):
            raise ValueError("Value %r is not None, True, or False" % (value,))
        raise TypeError("Not a boolean value: %r" % (value,))

    def decoder(self, dialect):
        return bool


class BOOLEAN(Boolean):
    pass


class _Temporal(TypeEngine):
    timezone = False

    def _lowered(self, name=None):
        return {"Temporal": {"class": name or type(self).__name__, "timezone": bool(self.timezone)}}

    _plain = ("Temporal", _lowered)


def _date(value):
    return _datetime.date.fromisoformat(value[:10]) if isinstance(value, str) else value


def _moment(value):
    return _datetime.datetime.fromisoformat(value) if isinstance(value, str) else value


def _clock(value):
    return _datetime.time.fromisoformat(value) if isinstance(value, str) else value


class Date(_Temporal):
    _is_affinity = True
    python_type = _datetime.date

    def encode(self, value, dialect):
        if value is None:
            return "Null"
        if not isinstance(value, _datetime.date):
            raise TypeError("SQLite Date type only accepts Python date objects as input.")
        return {"Date": "%04d-%02d-%02d" % (value.year, value.month, value.day)}

    def decoder(self, dialect):
        return _date


class DateTime(_Temporal):
    _shown = (("timezone", False),)
    _is_affinity = True
    python_type = _datetime.datetime

    def __init__(self, timezone=False):
        if timezone is not False:
            self.timezone = timezone

    def encode(self, value, dialect):
        if value is None:
            return "Null"
        if isinstance(value, _datetime.datetime):
            return {"DateTime": str(value)}
        if isinstance(value, _datetime.date):
            return {"DateTime": "%04d-%02d-%02d 00:00:00" % (value.year, value.month, value.day)}
        raise TypeError("SQLite DateTime type only accepts Python datetime and date objects as input.")

    def decoder(self, dialect):
        return _moment


class Time(_Temporal):
    _shown = (("timezone", False),)
    _is_affinity = True
    python_type = _datetime.time

    def __init__(self, timezone=False):
        if timezone is not False:
            self.timezone = timezone

    def encode(self, value, dialect):
        if value is None:
            return "Null"
        if not isinstance(value, _datetime.time):
            raise TypeError("SQLite Time type only accepts Python time objects as input.")
        return {"Time": str(value)}

    def decoder(self, dialect):
        return _clock


class DATE(Date):
    pass


class DATETIME(DateTime):
    pass


class TIMESTAMP(DateTime):
    pass


class TIME(Time):
    pass


_EPOCH = _datetime.datetime(1970, 1, 1)


class _AbstractInterval(TypeEngine):
    _is_affinity = True
    python_type = _datetime.timedelta


class Interval(Emulated, _AbstractInterval, TypeDecorator):
    _shown = (("native", True), ("second_precision", None), ("day_precision", None))
    impl = DateTime
    cache_ok = True

    def __init__(self, native=True, second_precision=None, day_precision=None):
        self.impl = DateTime()
        self.native = native
        self.second_precision = second_precision
        self.day_precision = day_precision

    # SQLAlchemy shows what its DateTime was made with, and that is nothing.
    def __repr__(self):
        return type(self).__name__ + "()"

    def data(self):
        return TypeEngine.data(self)

    def _lowered(self, name=None):
        return {
            "Interval": {
                "native": bool(self.native),
                "second_precision": self.second_precision,
                "day_precision": self.day_precision,
            }
        }

    def encode(self, value, dialect):
        if value is None:
            return "Null"
        return {"DateTime": (_EPOCH + value).isoformat(" ", "microseconds")}

    def decoder(self, dialect):
        return lambda value: _moment(value) - _EPOCH


class _Binary(TypeEngine):
    _shown = (("length", None),)
    _is_affinity = True
    python_type = bytes

    def __init__(self, length=None):
        self.length = length

    def _lowered(self, name=None):
        return {"Binary": {"class": name or type(self).__name__, "length": self.length}}


class LargeBinary(_Binary):
    pass


class BLOB(LargeBinary):
    pass


class BINARY(_Binary):
    pass


class VARBINARY(_Binary):
    pass


class Enum(String, SchemaType, Emulated):
    """Labels, given as strings or as a class of Python's enum."""

    _schema_type = True
    _concatenates = True
    dialect_name = None
    create_type = True

    def __init__(self, *enums, **kw):
        self.native_enum = kw.pop("native_enum", True)
        self.create_constraint = kw.pop("create_constraint", False)
        self.values_callable = kw.pop("values_callable", None)
        self.omit_aliases = kw.pop("omit_aliases", True)
        self.validate_strings = kw.pop("validate_strings", False)
        self._set_labels(enums or kw.pop("_enums", ()))
        longest = 0
        for label in self.enums:
            if len(label) > longest:
                longest = len(label)
        self._default_length = longest
        length = kw.pop("length", longest)
        if length is not None and length < longest:
            raise ValueError(
                "When provided, length must be larger or equal than the length of the longest enum value. %s < %s"
                % (length, longest)
            )
        self.length = length
        self.collation = None
        name = kw.pop("name", None)
        if name is None and self.enum_class is not None and self.enums:
            name = self.enum_class.__name__.lower()
        self.name = name
        self.schema = kw.pop("schema", None)
        self.metadata = kw.pop("metadata", None)
        self.inherit_schema = kw.pop("inherit_schema", False)
        if self.metadata is not None and self.schema is None:
            self.schema = self.metadata.schema

    def _set_labels(self, enums):
        if len(enums) == 1 and hasattr(enums[0], "__members__"):
            cls = enums[0]
            self.enum_class = cls
            members = {}
            for key, member in cls.__members__.items():
                if member.name == key or not self.omit_aliases:
                    members[key] = member
            labels = list(self.values_callable(cls)) if self.values_callable else list(members)
            self.enums = labels
            self._objects = dict(zip(labels, members.values()))
            self._labels = dict(zip(members.values(), labels))
        else:
            self.enum_class = None
            self.enums = list(enums)
            self._objects = None
            self._labels = None

    @property
    def python_type(self):
        return self.enum_class or str

    @property
    def _enums_argument(self):
        return [self.enum_class] if self.enum_class is not None else self.enums

    def __repr__(self):
        out = [repr(label) for label in self.enums]
        for name, default in self._enum_shown():
            value = getattr(self, name)
            if value != default:
                out.append("%s=%r" % (name, value))
        return "%s(%s)" % (type(self).__name__, ", ".join(out))

    def _enum_shown(self):
        return (
            ("name", None),
            ("schema", None),
            ("metadata", None),
            ("inherit_schema", False),
            ("native_enum", True),
            ("create_constraint", False),
            ("length", self._default_length),
        )

    def _lowered(self, name=None):
        return {
            "Enum": {
                "dialect": self.dialect_name,
                "labels": self.enums,
                "name": self.name,
                "schema": self.schema,
                "native_enum": bool(self.native_enum),
                "create_constraint": bool(self.create_constraint),
                "length": None if self.length == self._default_length else self.length,
                "create_type": bool(self.create_type),
                "metadata": self.metadata is not None,
                "inherit_schema": bool(self.inherit_schema),
            }
        }

    def _label(self, value):
        if self._labels is not None:
            try:
                if value in self._labels:
                    return self._labels[value]
            except TypeError:
                pass
        if isinstance(value, str) and (value in self.enums or not self.validate_strings):
            return value
        raise LookupError(
            "%r is not among the defined enum values. Enum name: %s. Possible values: %s"
            % (value, self.name, _shortened(self.enums))
        )

    def encode(self, value, dialect):
        if value is None:
            return "Null"
        return {"Text": str(self._label(value))}

    def decoder(self, dialect):
        objects = self._objects
        if objects is None:
            return None

        def decode(value):
            try:
                return objects[value]
            except KeyError:
                raise LookupError(
                    "%r is not among the defined enum values. Enum name: %s. Possible values: %s"
                    % (value, self.name, _shortened(self.enums))
                ) from None

        return decode


def _shortened(labels):
    shown = [label if len(label) <= 11 else label[:9] + ".." for label in labels]
    if len(shown) > 4:
        shown = shown[:3] + ["..."] + shown[-1:]
    return ", ".join(shown)


class JSON(Indexable, TypeEngine):
    _shown = (("none_as_null", False),)
    _is_affinity = True
    _is_json = True
    hashable = False
    python_type = dict
    NULL = "JSON_NULL"

    class JSONElementType(TypeEngine):
        pass

    class JSONIndexType(JSONElementType):
        pass

    class JSONIntIndexType(JSONIndexType):
        pass

    class JSONStrIndexType(JSONIndexType):
        pass

    class JSONPathType(JSONElementType):
        pass

    def __init__(self, none_as_null=False):
        self.none_as_null = none_as_null

    @property
    def should_evaluate_none(self):
        return not self.none_as_null

    def _lowered(self, name=None):
        return {"Json": {"class": name or type(self).__name__, "none_as_null": bool(self.none_as_null)}}

    def encode(self, value, dialect):
        if value is None and self.none_as_null:
            return "Null"
        import json

        if value is JSON.NULL:
            value = None
        serializer = getattr(dialect, "_json_serializer", None) or json.dumps
        return {"Json": serializer(value)}

    def decoder(self, dialect):
        import json

        loads = getattr(dialect, "_json_deserializer", None) or json.loads
        return lambda value: loads(value) if isinstance(value, (str, bytes)) else value


class Uuid(Emulated, TypeEngine):
    _shown = (("as_uuid", True), ("native_uuid", True))
    _is_affinity = True

    def __init__(self, as_uuid=True, native_uuid=True):
        self.as_uuid = as_uuid
        self.native_uuid = native_uuid

    @property
    def python_type(self):
        import uuid

        return uuid.UUID if self.as_uuid else str

    def _lowered(self, name=None):
        return {
            "Uuid": {
                "class": name or type(self).__name__,
                "as_uuid": bool(self.as_uuid),
                "native_uuid": bool(self.native_uuid),
            }
        }

    def encode(self, value, dialect):
        if value is None:
            return "Null"
        import uuid

        if isinstance(value, uuid.UUID):
            return {"Uuid": str(value)}
        if self.as_uuid:
            # SQLAlchemy asks the value for its `hex`, and says so where it has none.
            return {"Uuid": str(uuid.UUID(value.hex))}
        return {"Uuid": str(uuid.UUID(value))}

    def decoder(self, dialect):
        import uuid

        if self.as_uuid:
            return lambda value: value if isinstance(value, uuid.UUID) else uuid.UUID(value)
        return lambda value: str(uuid.UUID(value))


class UUID(Uuid):
    _shown = (("as_uuid", True),)

    def __init__(self, as_uuid=True):
        self.as_uuid = as_uuid
        self.native_uuid = True


class PickleType(TypeDecorator):
    _shown = (("length", None),)
    impl = LargeBinary
    cache_ok = True

    def __init__(self, protocol=5, pickler=None, comparator=None, impl=None):
        self.impl = to_instance(impl) if impl is not None else LargeBinary()
        self.protocol = protocol
        self.pickler = pickler
        self.comparator = comparator

    def data(self):
        return "Pickle" if is_ours(type(self)) else TypeDecorator.data(self)

    def encode(self, value, dialect):
        if value is None:
            return "Null"
        raise NotImplementedError("PickleType: pickled values are not supported here")

    def decoder(self, dialect):
        def decode(value):
            if value is None:
                return None
            raise NotImplementedError("PickleType: pickled values are not supported here")

        return decode


class ARRAY(SchemaType, Indexable, Concatenable, TypeEngine):
    _shown = (("item_type", REQUIRED), ("as_tuple", False), ("dimensions", None), ("zero_indexes", False))
    _is_affinity = True
    _concatenates = True
    _schema_type = False
    dialect_name = None
    python_type = list

    def __init__(self, item_type, as_tuple=False, dimensions=None, zero_indexes=False):
        if isinstance(item_type, ARRAY):
            raise ValueError("Do not nest ARRAY types; ARRAY(basetype) handles multi-dimensional arrays of basetype")
        self.item_type = to_instance(item_type)
        self.as_tuple = as_tuple
        self.dimensions = dimensions
        self.zero_indexes = zero_indexes

    def _lowered(self, name=None):
        return {
            "Array": {
                "dialect": self.dialect_name,
                "item": self.item_type.data(),
                "dimensions": self.dimensions,
                "as_tuple": bool(self.as_tuple),
            }
        }

    def encode(self, value, dialect):
        if value is None:
            return "Null"
        return {"List": [self.item_type.encode(one, dialect) for one in value]}


class TupleType(TypeEngine):
    def __init__(self, *types):
        self.types = [to_instance(one) for one in types]


class TableValueType(TypeEngine):
    def __init__(self, *elements):
        self._elements = elements


class MatchType(Boolean):
    pass


BOOLEANTYPE = Boolean()
STRINGTYPE = String()
INTEGERTYPE = Integer()
NUMERICTYPE = Numeric()
DATETIME_TIMEZONE = DateTime(timezone=True)
MATCHTYPE = MatchType()


def literal_types():
    """The types that Python's own values have."""
    import uuid

    return {
        bool: BOOLEANTYPE,
        int: INTEGERTYPE,
        float: Float(),
        str: STRINGTYPE,
        bytes: LargeBinary(),
        _datetime.datetime: DateTime(),
        _datetime.date: Date(),
        _datetime.time: Time(),
        _datetime.timedelta: Interval(),
        _decimal.Decimal: NUMERICTYPE,
        uuid.UUID: Uuid(),
    }


class DialectType(TypeEngine):
    """A type that only one dialect has."""

    dialect_name = None

    def _lowered(self, name=None):
        from .type_api import MISSING, argument

        arguments = []
        for key, default in self._shown:
            value = getattr(self, key, MISSING)
            if default is REQUIRED:
                arguments.append(["", argument(value)])
            elif value is not MISSING and value != default:
                arguments.append([key, argument(value)])
        return {"Dialect": {"dialect": self.dialect_name, "class": name or type(self).__name__, "arguments": arguments}}
