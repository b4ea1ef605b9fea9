"""MySQL and MariaDB: their types."""

from ...sql import sqltypes
from ...sql.dml import Insert as _Insert
from ...sql.sqltypes import BINARY, BLOB, BOOLEAN, DATE, VARBINARY, DialectType
from ...sql.type_api import show

_MORE = (("charset", None), ("collation", None), ("ascii", False), ("binary", False), ("unicode", False), ("national", False))
_TEXT = _MORE + (("length", None),)
_SIGNS = (("unsigned", False), ("zerofill", False))


class _Own(DialectType):
    dialect_name = "mysql"


class _IntegerType(_Own):
    _shown = (("display_width", None),) + _SIGNS

    def __init__(self, display_width=None, unsigned=False, zerofill=False):
        self.display_width = display_width
        self.unsigned = unsigned
        self.zerofill = zerofill


class INTEGER(_IntegerType, sqltypes.INTEGER):
    pass


class BIGINT(_IntegerType, sqltypes.BIGINT):
    pass


class SMALLINT(_IntegerType, sqltypes.SMALLINT):
    pass


class MEDIUMINT(_IntegerType, sqltypes.Integer):
    pass


class TINYINT(_IntegerType, sqltypes.Integer):
    pass


class _NumericType(_Own):
    _shown = (("precision", None), ("scale", None), ("asdecimal", True)) + _SIGNS
    decimal_return_scale = None

    def __init__(self, precision=None, scale=None, asdecimal=True, unsigned=False, zerofill=False, **kw):
        self.precision = precision
        self.scale = scale
        self.asdecimal = asdecimal
        self.unsigned = unsigned
        self.zerofill = zerofill


class NUMERIC(_NumericType, sqltypes.NUMERIC):
    pass


class DECIMAL(_NumericType, sqltypes.DECIMAL):
    pass


class _FloatType(_NumericType):
    _shown = (("precision", None), ("scale", None), ("asdecimal", False)) + _SIGNS


class DOUBLE(_FloatType, sqltypes.DOUBLE):
    pass


class REAL(_FloatType, sqltypes.REAL):
    pass


class FLOAT(_FloatType, sqltypes.FLOAT):
    def __init__(self, precision=None, scale=None, asdecimal=False, **kw):
        _NumericType.__init__(self, precision, scale, asdecimal, **kw)


class _StringType(_Own):
    _shown = _TEXT

    def __init__(self, length=None, charset=None, collation=None, ascii=False, unicode=False, binary=False, national=False, **kw):
        self.length = length
        self.charset = charset
        self.collation = collation if collation is not None else kw.get("collate")
        self.ascii = ascii
        self.unicode = unicode
        self.binary = binary
        self.national = national


class VARCHAR(_StringType, sqltypes.VARCHAR):
    pass


class CHAR(_StringType, sqltypes.CHAR):
    pass


class NVARCHAR(_StringType, sqltypes.NVARCHAR):
    def __init__(self, length=None, **kw):
        _StringType.__init__(self, length, national=True, **kw)


class NCHAR(_StringType, sqltypes.NCHAR):
    def __init__(self, length=None, **kw):
        _StringType.__init__(self, length, national=True, **kw)


class JSON(_Own, sqltypes.JSON):
    _shown = (("none_as_null", False),)


class TEXT(_StringType, sqltypes.TEXT):
    pass


class _UnlimitedText(_StringType, sqltypes.Text):
    _shown = _MORE

    def __init__(self, **kw):
        _StringType.__init__(self, **kw)


class LONGTEXT(_UnlimitedText):
    pass


class MEDIUMTEXT(_UnlimitedText):
    pass


class TINYTEXT(_UnlimitedText):
    pass


class _Blob(_Own, sqltypes._Binary):
    _shown = (("length", None),)


class LONGBLOB(_Blob):
    pass


class MEDIUMBLOB(_Blob):
    pass


class TINYBLOB(_Blob):
    pass


class BIT(_Own):
    _shown = (("length", None),)

    def __init__(self, length=None):
        self.length = length


class YEAR(_Own):
    _shown = (("display_width", None),)

    def __init__(self, display_width=None):
        self.display_width = display_width


class INET4(_Own):
    pass


class INET6(_Own):
    pass


class _Fractional:
    _shown = (("timezone", False), ("fsp", None))

    def __init__(self, timezone=False, fsp=None):
        self.timezone = timezone
        self.fsp = fsp


class DATETIME(_Fractional, _Own, sqltypes.DATETIME):
    pass


class TIMESTAMP(_Fractional, _Own, sqltypes.TIMESTAMP):
    pass


class TIME(_Fractional, _Own, sqltypes.TIME):
    pass


class ENUM(sqltypes.Enum):
    dialect_name = "mysql"

    def __init__(self, *enums, **kw):
        for key in ("charset", "ascii", "unicode", "binary", "national"):
            setattr(self, key, kw.pop(key, None))
        collation = kw.pop("collation", None)
        kw.pop("strict", None)
        sqltypes.Enum.__init__(self, *enums, **kw)
        self.collation = collation


class SET(_StringType, sqltypes.String):
    _shown = _MORE

    def __init__(self, *values, retrieve_as_bitwise=False, **kw):
        self.values = list(values)
        self.retrieve_as_bitwise = retrieve_as_bitwise
        _StringType.__init__(self, **kw)

    def __repr__(self):
        inner = show(self, self._shown)[4:-1]
        return "SET(%s)" % ", ".join([repr(one) for one in self.values] + ([inner] if inner else []))

    def _lowered(self, name=None):
        data = DialectType._lowered(self, name)
        values = [["", {"Literal": {"Text": one}}] for one in self.values]
        data["Dialect"]["arguments"] = values + data["Dialect"]["arguments"]
        return data


class Insert(_Insert):
    def on_duplicate_key_update(self, *args, **kw):
        raise NotImplementedError("ON DUPLICATE KEY UPDATE is not supported here")


def insert(table):
    return Insert(table)


def __getattr__(name):
    if name == "dialect":
        from ...engine.dialect import by_name

        return lambda **kw: by_name("mysql")
    if name in ("base", "types", "pymysql", "mysqldb"):
        import sys

        return sys.modules[__name__]
    raise AttributeError("module 'sqlalchemy.dialects.mysql' has no attribute %r; if SQLAlchemy has it, it is not supported here" % (name,))
