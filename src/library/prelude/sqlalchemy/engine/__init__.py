"""`sqlalchemy.engine`. Names are imported when they are first used."""

_WHERE = {}
for _module, _names in (
    ("base", "Connection Engine NestedTransaction RootTransaction Transaction TwoPhaseTransaction"),
    ("create", "create_engine create_mock_engine create_pool_from_url engine_from_config"),
    ("url", "URL make_url"),
    ("result", "BaseRow CursorResult FilterResult FrozenResult IteratorResult MappingResult Result Row RowMapping ScalarResult TupleResult"),
    ("reflection", "Inspector ObjectKind ObjectScope"),
    ("dialect", "Dialect ExecutionContext"),
):
    for _name in _names.split():
        _WHERE[_name] = _module
__all__ = list(_WHERE)
_MODULES = ("base", "create", "url", "result", "reflection", "dialect", "default", "interfaces", "cursor", "row")


def __getattr__(name):
    from importlib import import_module

    if name in _WHERE:
        value = getattr(import_module("sqlalchemy.engine." + _WHERE[name]), name)
        globals()[name] = value
        return value
    if name in _MODULES:
        return import_module("sqlalchemy.engine." + name)
    raise AttributeError(
        "module 'sqlalchemy.engine' has no attribute %r; if SQLAlchemy has it, it is not supported here" % (name,)
    )
