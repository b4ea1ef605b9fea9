"""`sqlalchemy.sql`: the language of expressions."""

_MODULES = ("sqltypes", "schema", "elements", "functions", "selectable", "dml", "ddl", "expression", "type_api", "base", "naming", "operators", "util", "visitors", "compiler")


def __getattr__(name):
    from importlib import import_module

    if name in _MODULES:
        return import_module("sqlalchemy.sql." + name)
    value = getattr(import_module("sqlalchemy.sql.expression"), name)
    globals()[name] = value
    return value
