"""Extensions."""


def __getattr__(name):
    if name in ("asyncio", "declarative", "hybrid", "associationproxy", "mutable", "compiler", "automap", "orderinglist", "indexable"):
        from importlib import import_module

        return import_module("sqlalchemy.ext." + name)
    raise AttributeError("module 'sqlalchemy.ext' has no attribute %r; if SQLAlchemy has it, it is not supported here" % (name,))
