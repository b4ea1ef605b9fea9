"""Oracle: its types."""

from ..sql import sqltypes
from ..sql.sqltypes import BLOB, CHAR, CLOB, DOUBLE_PRECISION, NCHAR, NVARCHAR, REAL, VARCHAR, DialectType

NVARCHAR2 = NVARCHAR
_TEXT = (("length", None), ("collation", None))


class _Own(DialectType):
    dialect_name = "oracle"


class VARCHAR2(_Own, sqltypes.VARCHAR):
    _shown = _TEXT


class NCLOB(_Own, sqltypes.Text):
    _shown = _TEXT


class LONG(_Own, sqltypes.Text):
    _shown = _TEXT


class RAW(_Own, sqltypes._Binary):
    _shown = (("length", None),)


class BFILE(_Own, sqltypes.LargeBinary):
    _shown = (("length", None),)


class ROWID(_Own):
    pass


class DATE(_Own, sqltypes.DateTime):
    _shown = (("timezone", False),)


class TIMESTAMP(_Own, sqltypes.TIMESTAMP):
    _shown = (("timezone", False), ("local_timezone", False))

    def __init__(self, timezone=False, local_timezone=False):
        self.timezone = timezone
        self.local_timezone = local_timezone


class INTERVAL(_Own, sqltypes._AbstractInterval):
    _shown = (("day_precision", None), ("second_precision", None))

    def __init__(self, day_precision=None, second_precision=None):
        self.day_precision = day_precision
        self.second_precision = second_precision


class NUMBER(_Own, sqltypes.Numeric):
    _shown = (("precision", None), ("scale", None), ("asdecimal", None))

    def __init__(self, precision=None, scale=None, asdecimal=None):
        self.precision = precision
        self.scale = scale
        self.asdecimal = bool(scale and scale > 0) if asdecimal is None else asdecimal
        self.decimal_return_scale = None


class FLOAT(_Own, sqltypes.FLOAT):
    _shown = (("binary_precision", None), ("asdecimal", False), ("decimal_return_scale", None))

    def __init__(self, binary_precision=None, asdecimal=False, decimal_return_scale=None):
        self.binary_precision = binary_precision
        sqltypes.FLOAT.__init__(self, asdecimal=asdecimal, decimal_return_scale=decimal_return_scale)


class BINARY_DOUBLE(_Own, sqltypes.Double):
    _shown = (("precision", None), ("asdecimal", False), ("decimal_return_scale", None))


class BINARY_FLOAT(_Own, sqltypes.Float):
    _shown = (("precision", None), ("asdecimal", False), ("decimal_return_scale", None))


class VECTOR(_Own):
    _shown = (("dim", None), ("storage_format", None), ("storage_type", None))

    def __init__(self, dim=None, storage_format=None, storage_type=None):
        self.dim = dim
        self.storage_format = storage_format
        self.storage_type = storage_type


def __getattr__(name):
    if name == "dialect":
        from ..engine.dialect import by_name

        return lambda **kw: by_name("oracle")
    if name in ("base", "cx_oracle"):
        import sys

        return sys.modules[__name__]
    raise AttributeError("module 'sqlalchemy.dialects.oracle' has no attribute %r; if SQLAlchemy has it, it is not supported here" % (name,))
