"""`sqlalchemy.orm`: mapped classes and sessions. Names are imported when they are first used."""


def _names():
    found = {}
    for module, names in (
        (
            "decl_api",
            "DeclarativeBase DeclarativeBaseNoMeta DeclarativeMeta MappedAsDataclass as_declarative declarative_base"
            " declarative_mixin declared_attr has_inherited_table mapped_as_dataclass registry synonym_for",
        ),
        (
            "properties",
            "ColumnProperty Composite CompositeProperty DynamicMapped InstrumentedAttribute Mapped MappedColumn MappedSQLExpression"
            " MapperProperty ORMDescriptor QueryableAttribute Synonym SynonymProperty WriteOnlyMapped column_property composite"
            " deferred mapped_column orm_insert_sentinel query_expression reconstructor synonym validates",
        ),
        (
            "relationships",
            "MANYTOMANY MANYTOONE ONETOMANY AppenderQuery Relationship RelationshipProperty attribute_keyed_dict"
            " attribute_mapped_collection backref column_keyed_dict column_mapped_collection dynamic_loader foreign keyfunc_mapping"
            " mapped_collection relationship remote",
        ),
        (
            "mapper",
            "Mapper class_mapper clear_mappers configure_mappers object_mapper",
        ),
        ("query", "Bundle Query aliased AliasedClass"),
        (
            "session",
            "Session SessionTransaction close_all_sessions make_transient make_transient_to_detached object_session"
            " scoped_session sessionmaker",
        ),
        (
            "options",
            "Load contains_eager defaultload defer immediateload joinedload lazyload load_only noload raiseload selectinload"
            " subqueryload undefer undefer_group with_expression with_loader_criteria with_polymorphic with_parent"
            " polymorphic_union selectin_polymorphic",
        ),
    ):
        for name in names.split():
            found[name] = module
    return found


_WHERE = _names()
__all__ = list(_WHERE)
_MODULES = ("attributes", "exc", "session", "query", "decl_api", "properties", "relationships", "mapper", "options", "collections", "events")


def __getattr__(name):
    from importlib import import_module

    if name in _WHERE:
        value = getattr(import_module("sqlalchemy.orm." + _WHERE[name]), name)
        globals()[name] = value
        return value
    if name in _MODULES:
        return import_module("sqlalchemy.orm." + name)
    if name in ("join", "outerjoin"):
        return getattr(import_module("sqlalchemy.sql.selectable"), name)
    raise AttributeError(
        "module 'sqlalchemy.orm' has no attribute %r; if SQLAlchemy has it, it is not supported here" % (name,)
    )
