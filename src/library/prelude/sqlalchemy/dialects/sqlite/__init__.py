"""SQLite."""

from ...sql import sqltypes
from ...sql.dml import Insert as _Insert
from ...sql.sqltypes import (
    BLOB,
    BOOLEAN,
    CHAR,
    DECIMAL,
    FLOAT,
    INTEGER,
    NUMERIC,
    REAL,
    SMALLINT,
    TEXT,
    TIMESTAMP,
    VARCHAR,
)


class _Stored:
    """Dates as text of the user's own shape."""

    dialect_name = "sqlite"

    def __init__(self, storage_format=None, regexp=None, **kw):
        self._storage_format = storage_format
        self._regexp = regexp
        self.truncate_microseconds = kw.pop("truncate_microseconds", False)
        self.timezone = kw.pop("timezone", False)

    def _lowered(self, name=None):
        return {"Dialect": {"dialect": "sqlite", "class": name or type(self).__name__, "arguments": []}}


class DATE(_Stored, sqltypes.Date):
    pass


class DATETIME(_Stored, sqltypes.DateTime):
    pass


class TIME(_Stored, sqltypes.Time):
    pass


class JSON(sqltypes.JSON):
    def _lowered(self, name=None):
        return {"Dialect": {"dialect": "sqlite", "class": name or "JSON", "arguments": []}}


class Insert(_Insert):
    pass


def insert(table):
    return Insert(table)


def __getattr__(name):
    if name == "dialect":
        from ...engine.dialect import by_name

        return lambda **kw: by_name("sqlite")
    if name in ("base", "pysqlite", "aiosqlite", "json", "dml"):
        import sys

        return sys.modules[__name__]
    raise AttributeError("module 'sqlalchemy.dialects.sqlite' has no attribute %r; if SQLAlchemy has it, it is not supported here" % (name,))
