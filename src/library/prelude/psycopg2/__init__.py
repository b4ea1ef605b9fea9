"""The names of PostgreSQL's driver: its errors. Connections are SQLAlchemy's to make."""

apilevel = "2.0"
paramstyle = "pyformat"
threadsafety = 2


class Warning(Exception):
    pass


class Error(Exception):
    pgcode = None
    pgerror = None


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


def connect(*args, **kw):
    raise NotImplementedError("psycopg2.connect: in Retort connections are made by SQLAlchemy's engines")
