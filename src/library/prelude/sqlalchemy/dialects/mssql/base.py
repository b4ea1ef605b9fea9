"""`sqlalchemy.dialects.mssql.base`: the same names as its package."""


def __getattr__(name):
    import sqlalchemy.dialects.mssql as package

    return getattr(package, name)
