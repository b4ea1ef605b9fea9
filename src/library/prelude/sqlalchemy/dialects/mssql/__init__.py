"""SQL Server: its types."""

from ...sql import sqltypes
from ...sql.sqltypes import (
    BIGINT,
    BINARY,
    CHAR,
    DATE,
    DATETIME,
    DECIMAL,
    FLOAT,
    INTEGER,
    NCHAR,
    NUMERIC,
    NVARCHAR,
    SMALLINT,
    TEXT,
    VARCHAR,
    DialectType,
)


class _Own(DialectType):
    dialect_name = "mssql"


class BIT(_Own, sqltypes.Boolean):
    _shown = ()


class TINYINT(_Own, sqltypes.Integer):
    _shown = ()


class JSON(_Own, sqltypes.JSON):
    _shown = (("none_as_null", False),)


class MONEY(_Own):
    pass


class SMALLMONEY(_Own):
    pass


class SQL_VARIANT(_Own):
    pass


class IMAGE(_Own, sqltypes.LargeBinary):
    _shown = (("length", None),)


class XML(_Own, sqltypes.Text):
    _shown = (("length", None), ("collation", None))


class NTEXT(_Own, sqltypes.UnicodeText):
    _shown = (("length", None), ("collation", None))


class SMALLDATETIME(_Own, sqltypes.DateTime):
    _shown = (("timezone", False),)


class DATETIME2(_Own, sqltypes.DateTime):
    _shown = (("precision", None),)

    def __init__(self, precision=None, **kw):
        self.precision = precision
        self.timezone = kw.get("timezone", False)


class DATETIMEOFFSET(DATETIME2):
    pass


class TIME(_Own, sqltypes.TIME):
    _shown = (("precision", None),)

    def __init__(self, precision=None, **kw):
        self.precision = precision


class REAL(_Own, sqltypes.REAL):
    _shown = ()

    def __init__(self, **kw):
        sqltypes.REAL.__init__(self, precision=24, **kw)


class DOUBLE_PRECISION(_Own, sqltypes.DOUBLE_PRECISION):
    _shown = ()

    def __init__(self, **kw):
        sqltypes.DOUBLE_PRECISION.__init__(self, precision=53, **kw)


class TIMESTAMP(_Own, sqltypes._Binary):
    _shown = (("convert_int", False),)

    def __init__(self, convert_int=False):
        self.convert_int = convert_int


class ROWVERSION(TIMESTAMP):
    pass


class UNIQUEIDENTIFIER(_Own, sqltypes.Uuid):
    _shown = (("as_uuid", True),)

    def __init__(self, as_uuid=True):
        self.as_uuid = as_uuid
        self.native_uuid = True


class VARBINARY(_Own, sqltypes.VARBINARY):
    _shown = (("length", None), ("filestream", False))

    def __init__(self, length=None, filestream=False):
        self.length = length
        self.filestream = filestream


def __getattr__(name):
    if name == "dialect":
        from ...engine.dialect import by_name

        return lambda **kw: by_name("mssql")
    if name in ("base", "pyodbc"):
        import sys

        return sys.modules[__name__]
    raise AttributeError("module 'sqlalchemy.dialects.mssql' has no attribute %r; if SQLAlchemy has it, it is not supported here" % (name,))
