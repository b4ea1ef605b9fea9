"""The names of Python's SQLite driver: its errors, and a connection for scripts that open a file themselves."""

from _retort import ask

apilevel = "2.0"
paramstyle = "qmark"
threadsafety = 1
PARSE_DECLTYPES = 1
PARSE_COLNAMES = 2


class Warning(Exception):
    pass


class Error(Exception):
    sqlite_errorcode = None
    sqlite_errorname = None


class InterfaceError(Error):
    pass


class DatabaseError(Error):
    pass


class DataError(DatabaseError):
    pass


class OperationalError(DatabaseError):
    pass


class IntegrityError(DatabaseError):
    pass


class InternalError(DatabaseError):
    pass


class ProgrammingError(DatabaseError):
    pass


class NotSupportedError(DatabaseError):
    pass


from sqlalchemy.engine.base import DBAPIConnection as Connection  # noqa: E402
from sqlalchemy.engine.base import DBAPICursor as Cursor  # noqa: E402

Row = tuple


def connect(database, **kw):
    return Connection(ask("connect", "sqlite:///" + str(database), {}))
