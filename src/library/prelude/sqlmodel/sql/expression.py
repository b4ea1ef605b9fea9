"""`select()` of SQLModel, and the other names of SQLAlchemy's expressions."""

from sqlalchemy.sql.selectable import Select


class SelectOfScalar(Select):
    pass


def select(*entities, **kw):
    return SelectOfScalar(*entities) if len(entities) == 1 else Select(*entities)


def col(column_expression):
    return column_expression


def __getattr__(name):
    import sqlalchemy

    return getattr(sqlalchemy, name)
