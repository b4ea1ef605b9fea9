"""`sqlalchemy.sql.expression`: the same names that `sqlalchemy` has."""


def __getattr__(name):
    import sqlalchemy

    module = sqlalchemy._WHERE.get(name)
    if module is None or module.startswith(".engine"):
        from . import base, elements, selectable

        for one in (elements, selectable, base):
            if hasattr(one, name):
                return getattr(one, name)
        raise AttributeError(
            "module 'sqlalchemy.sql.expression' has no attribute %r; if SQLAlchemy has it, it is not supported here" % (name,)
        )
    return getattr(sqlalchemy, name)
