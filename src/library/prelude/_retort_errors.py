"""What a database said, as the exception that SQLAlchemy makes of it."""


def raise_database(kind, message, code, sql, parameters):
    """Raises `sqlalchemy.exc.<kind>` from the driver's own error."""
    from sqlalchemy import exc

    driver = _postgresql(kind, message, code) if _is_sqlstate(code) else _sqlite(kind, message, code)
    wrapped = getattr(exc, kind)(sql, _shown(parameters), driver)
    raise wrapped from driver


def _is_sqlstate(code):
    """SQLite's own codes are numbers of up to four digits."""
    return code is not None and len(code) == 5


def _sqlite(kind, message, code):
    import sqlite3

    driver = getattr(sqlite3, kind)(message)
    driver.sqlite_errorname = code
    return driver


def _postgresql(kind, message, code):
    import psycopg2
    from psycopg2 import errors

    # Class 08: there is no session, and so nothing that a server could have called by a code.
    try:
        cls = getattr(psycopg2, kind) if code.startswith("08") else errors.lookup(code)
    except KeyError:
        cls = getattr(psycopg2, kind)
    driver = cls(message + "\n")
    driver.pgcode = None if code.startswith("08") else code
    driver.pgerror = message
    return driver


def _shown(parameters):
    if not parameters:
        return ()
    rows = [tuple(row) for row in parameters]
    return rows[0] if len(rows) == 1 else rows
