"""What a database said, as the exception that SQLAlchemy makes of it."""


def raise_database(kind, message, code, sql, parameters):
    """Raises `sqlalchemy.exc.<kind>` from the driver's own error."""
    import sqlite3

    from sqlalchemy import exc

    driver = getattr(sqlite3, kind)(message)
    driver.sqlite_errorname = code
    wrapped = getattr(exc, kind)(sql, _shown(parameters), driver)
    raise wrapped from driver


def _shown(parameters):
    if not parameters:
        return ()
    rows = [tuple(row) for row in parameters]
    return rows[0] if len(rows) == 1 else rows
