"""The types and statements of single databases."""

__all__ = ("mssql", "mysql", "oracle", "postgresql", "sqlite")


def __getattr__(name):
    if name in __all__:
        from importlib import import_module

        return import_module("sqlalchemy.dialects." + name)
    raise AttributeError("module 'sqlalchemy.dialects' has no attribute %r" % (name,))
