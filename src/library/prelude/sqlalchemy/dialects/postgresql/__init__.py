"""PostgreSQL: its types, its constraints, ON CONFLICT."""

from ...sql import sqltypes
from ...sql.constraints import ColumnCollectionConstraint, wait_for
from ...sql.dml import Insert as _Insert
from ...sql.elements import ClauseElement, ColumnClause, coerce_condition, text
from ...sql.scope import BARE
from ...sql.sqltypes import (
    BIGINT,
    BOOLEAN,
    CHAR,
    DATE,
    DOUBLE_PRECISION,
    FLOAT,
    INTEGER,
    NUMERIC,
    REAL,
    SMALLINT,
    TEXT,
    UUID,
    VARCHAR,
    DialectType,
)
from ...sql.type_api import REQUIRED, TypeEngine, show, to_instance

_NAME = "postgresql"


class _Own(DialectType):
    dialect_name = _NAME


class BYTEA(_Own, sqltypes.LargeBinary):
    _shown = (("length", None),)


class CITEXT(_Own, sqltypes.TEXT):
    _shown = (("length", None), ("collation", None))


class INET(_Own):
    pass


class CIDR(_Own):
    pass


class MACADDR(_Own):
    pass


class MACADDR8(_Own):
    pass


class MONEY(_Own):
    pass


class OID(_Own):
    pass


class REGCLASS(_Own):
    pass


class REGCONFIG(_Own):
    pass


class TSVECTOR(_Own):
    pass


class TSQUERY(_Own):
    pass


class JSONPATH(_Own):
    pass


class BIT(_Own):
    _shown = (("length", None), ("varying", False))

    def __init__(self, length=None, varying=False):
        # BIT alone has one bit; BIT VARYING has no limit.
        self.length = length if varying or length is not None else 1
        self.varying = varying


class TIMESTAMP(_Own, sqltypes.TIMESTAMP):
    _shown = (("timezone", False), ("precision", None))

    def __init__(self, timezone=False, precision=None):
        self.timezone = timezone
        self.precision = precision


class TIME(_Own, sqltypes.TIME):
    _shown = (("timezone", False), ("precision", None))

    def __init__(self, timezone=False, precision=None):
        self.timezone = timezone
        self.precision = precision


class INTERVAL(_Own, sqltypes._AbstractInterval):
    _shown = (("precision", None), ("fields", None))

    def __init__(self, precision=None, fields=None):
        self.precision = precision
        self.fields = fields


class JSON(_Own, sqltypes.JSON):
    _shown = (("none_as_null", False), ("astext_type", None))

    def __init__(self, none_as_null=False, astext_type=None):
        self.none_as_null = none_as_null
        self.astext_type = astext_type if astext_type is not None else sqltypes.Text()


class JSONB(JSON):
    _contains_operator = "@>"


class HSTORE(_Own):
    _shown = (("text_type", None),)
    _contains_operator = "@>"

    def __init__(self, text_type=None):
        self.text_type = text_type if text_type is not None else sqltypes.Text()


class ARRAY(sqltypes.ARRAY):
    dialect_name = _NAME
    _contains_operator = "@>"


class array(ClauseElement):
    """ARRAY[…]."""

    def __init__(self, clauses, type_=None):
        raise NotImplementedError("postgresql.array is not supported here")


class _Range(_Own):
    pass


class INT4RANGE(_Range):
    pass


class INT8RANGE(_Range):
    pass


class NUMRANGE(_Range):
    pass


class DATERANGE(_Range):
    pass


class TSRANGE(_Range):
    pass


class TSTZRANGE(_Range):
    pass


class INT4MULTIRANGE(_Range):
    pass


class INT8MULTIRANGE(_Range):
    pass


class NUMMULTIRANGE(_Range):
    pass


class DATEMULTIRANGE(_Range):
    pass


class TSMULTIRANGE(_Range):
    pass


class TSTZMULTIRANGE(_Range):
    pass


class NamedType(sqltypes.SchemaType):
    pass


class ENUM(NamedType, sqltypes.Enum):
    """A type of its own in the database."""

    dialect_name = _NAME

    def __init__(self, *enums, name=None, create_type=True, **kw):
        native = kw.pop("native_enum", None)
        if native is False:
            import warnings

            warnings.warn("the native_enum flag does not apply to the sqlalchemy.dialects.postgresql.ENUM datatype; this type always refers to ENUM.")
        sqltypes.Enum.__init__(self, *enums, name=name, **kw)
        self.create_type = create_type

    def _enum_shown(self):
        return (
            ("name", None),
            ("schema", None),
            ("metadata", None),
            ("inherit_schema", False),
        )


class DOMAIN(NamedType, _Own):
    _shown = (("name", REQUIRED), ("data_type", REQUIRED))

    def __init__(self, name, data_type, *, collation=None, default=None, constraint_name=None, not_null=None, check=None, create_type=True, **kw):
        self.name = name
        self.data_type = to_instance(data_type)
        self.collation = collation
        self.default = default
        self.constraint_name = constraint_name
        self.not_null = not_null
        self.check = text(check) if isinstance(check, str) else check
        self.create_type = create_type
        self.schema = kw.get("schema")

    def __repr__(self):
        return show(self, self._shown)

    def _lowered(self, name=None):
        from ...sql.type_api import argument

        arguments = [["", argument(self.name)], ["", argument(self.data_type)]]
        for key in ("collation", "default", "constraint_name", "not_null"):
            value = getattr(self, key)
            if value is not None:
                arguments.append([key, argument(value.text if isinstance(value, ClauseElement) and value._is_text else value)])
        if self.check is not None:
            arguments.append(["check", argument(self.check.text if self.check._is_text else str(self.check))])
        if not self.create_type:
            arguments.append(["create_type", argument(False)])
        return {"Dialect": {"dialect": _NAME, "class": "DOMAIN", "arguments": arguments}}


class ExcludeConstraint(ColumnCollectionConstraint):
    """EXCLUDE USING gist (…)."""

    _prefix = "ex"
    __visit_name__ = "exclude_constraint"

    def __init__(self, *elements, name=None, deferrable=None, initially=None, using="gist", where=None, ops=None, **kw):
        self.using = using
        self.where = text(where) if isinstance(where, str) else (None if where is None else coerce_condition(where))
        self._elements = list(elements)
        columns = [one for one, _ in elements if isinstance(one, (str, ColumnClause)) and not getattr(one, "is_literal", False)]
        ColumnCollectionConstraint.__init__(
            self, *columns, name=name, deferrable=deferrable, initially=initially, _autoattach=False, **kw
        )
        wait_for(self, [one for one in columns if not isinstance(one, str)])

    @property
    def operators(self):
        return {one if isinstance(one, str) else getattr(one, "name", str(one)): operator for one, operator in self._elements}

    def data(self):
        elements = []
        for one, operator in self._elements:
            lowered = {"Column": {"name": one}} if isinstance(one, str) else one.lower(BARE)
            elements.append([lowered, operator])
        return {
            "Exclude": {
                "elements": elements,
                "using": self.using,
                "condition": None if self.where is None else self.where.lower(BARE),
            }
        }

    def _copy(self, target_table=None, **kw):
        elements = [(one.key if isinstance(one, ColumnClause) and not one.is_literal else one, operator) for one, operator in self._elements]
        new = ExcludeConstraint(*elements, name=self.name, using=self.using, where=self.where)
        return self._shared(new)


class Insert(_Insert):
    pass


def insert(table):
    return Insert(table)


def array_agg(*args, **kw):
    from ...sql.functions import func

    return func.array_agg(*args, **kw)


def aggregate_order_by(target, *order_by):
    raise NotImplementedError("postgresql.aggregate_order_by is not supported here")


_PARTS = ("base", "psycopg2", "asyncpg", "psycopg", "pg8000", "json", "array", "ranges", "types", "named_types", "dml", "ext")


def __getattr__(name):
    if name == "dialect":
        from ...engine.dialect import by_name

        return lambda **kw: by_name(_NAME)
    if name == "Range":
        raise AttributeError("postgresql.Range is not supported here")
    if name in _PARTS:
        import sys

        return sys.modules[__name__]
    raise AttributeError(
        "module 'sqlalchemy.dialects.postgresql' has no attribute %r; if SQLAlchemy has it, it is not supported here" % (name,)
    )
