"""`sqlmodel.sql`."""


def __getattr__(name):
    if name in ("sqltypes", "expression"):
        from importlib import import_module

        return import_module("sqlmodel.sql." + name)
    raise AttributeError("module 'sqlmodel.sql' has no attribute %r" % (name,))
