"""`sqlalchemy.dialects.mysql.base`: the same names as its package."""


def __getattr__(name):
    import sqlalchemy.dialects.mysql as package

    return getattr(package, "dialect" if name.startswith("MySQLDialect") else name)
