"""`sqlalchemy.dialects.postgresql.named_types`: the same names as its package."""


def __getattr__(name):
    import sqlalchemy.dialects.postgresql as package

    return getattr(package, "dialect" if name.startswith("PGDialect") else name)
