"""SQLModel: pydantic's classes as tables. What it takes over from SQLAlchemy is imported when it is first used."""

from .main import Field, Relationship, SQLModel
from .sql.sqltypes import AutoString, UTCDateTime

__version__ = "0.0.50"


def __getattr__(name):
    if name in ("Session",):
        from .orm.session import Session as value
    elif name in ("select", "col"):
        from .sql import expression

        value = getattr(expression, name)
    elif name in ("sql", "main", "orm", "ext", "pool"):
        from importlib import import_module

        return import_module("sqlmodel." + name)
    else:
        import sqlalchemy

        try:
            value = getattr(sqlalchemy, name)
        except AttributeError:
            raise AttributeError(
                "module 'sqlmodel' has no attribute %r; if SQLModel has it, it is not supported here" % (name,)
            ) from None
    globals()[name] = value
    return value
