"""The names of Python's SQLite driver: its errors, and a connection for scripts that open a file themselves."""

from _retort import ask
from _retort_dbapi import exceptions

apilevel = "2.0"
paramstyle = "qmark"
threadsafety = 1
PARSE_DECLTYPES = 1
PARSE_COLNAMES = 2

globals().update(exceptions(__name__, sqlite_errorcode=None, sqlite_errorname=None))

from sqlalchemy.engine.base import DBAPIConnection as Connection  # noqa: E402
from sqlalchemy.engine.base import DBAPICursor as Cursor  # noqa: E402

Row = tuple


def connect(database, **kw):
    return Connection(ask("connect", "sqlite:///" + str(database), {}))
