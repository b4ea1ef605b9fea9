"""Reads the body of a declarative class: columns, mixins, tables, inheritance."""

from _columns import collect

from ..sql.constraints import Constraint, Index
from ..sql.schema import Column, Table
from . import annotations
from .mapper import Mapper
from .properties import VALIDATORS, Composite, MappedAnnotation, MappedColumn, MapperProperty, Validated

_MIXINS = {}
_OF_BASES = ("registry", "metadata", "type_annotation_map")


def map_class(cls, registry):
    """Makes the table and the mapper of a declarative class."""
    bases = cls.__bases__
    if len(bases) == 1:
        # Models have one base, and it is the same for all of them.
        known = _BASES.get(bases[0])
        if known is None:
            known = _BASES[bases[0]] = _behind(cls)
        parent, mixins, said = known
    else:
        parent, mixins, said = _behind(cls)
    columns = {}
    properties = {}
    _collect_own(cls, registry, columns, properties)
    for base in mixins:
        for name, value in _mixin(base):
            if name not in columns and name not in properties and not _overridden(cls, base, name):
                _collect_mixin(cls, registry, columns, properties, base, name, value)
    space = cls.__dict__
    table = _table(cls, registry, parent, columns, space, said)
    arguments = {}
    if said or "__mapper_args__" in space:
        arguments = _directive(cls, "__mapper_args__") or {}
    finish(cls, registry, parent, table, columns, properties, arguments)


_BASES = {}
_DIRECTIVES = ("__tablename__", "__table_args__", "__mapper_args__", "__table__")


def _behind(cls):
    """What stands behind a class: its mapped parent, the mixins that give something, and whether any says a directive."""
    parent = _mapped_parent(cls)
    mixins = []
    said = False
    for base in cls.__mro__[1:]:
        if any(name in base.__dict__ for name in _DIRECTIVES):
            said = True
        if "__mapper__" not in base.__dict__ and _mixin(base):
            mixins.append(base)
    return parent, mixins, said


def _mapped_parent(cls):
    for base in cls.__mro__[1:]:
        mapper = base.__dict__.get("__mapper__")
        if mapper is not None:
            return mapper
    return None


def _annotations(cls):
    own = cls.__dict__.get("__annotations__")
    if own is None:
        # Python 3.14 keeps a function there until somebody asks.
        own = cls.__annotations__ if _has_annotations(cls) else {}
    return own


def _has_annotations(cls):
    space = cls.__dict__
    return "__annotate__" in space or "__annotate_func__" in space or "__annotations_cache__" in space or not _annotations_inherit(cls)


def _annotations_inherit(cls):
    return not hasattr(type, "__annotations__")


def _relevant(value):
    return isinstance(value, (Column, MapperProperty)) or hasattr(value, "fget") and hasattr(value, "_cascading")


# What every class's namespace has.
_ALWAYS = (
    "__module__",
    "__qualname__",
    "__tablename__",
    "__table_args__",
    "__mapper_args__",
    "__doc__",
    "__dict__",
    "__weakref__",
    "__annotations__",
    "__annotate__",
    "__annotate_func__",
    "__firstlineno__",
    "__static_attributes__",
    "__table__",
    "__abstract__",
)


def _ordered(cls, said):
    """The names of a class's body in the order in which SQLAlchemy reads them: what is assigned, merged with what is annotated."""
    space = cls.__dict__
    if not set(space).difference(said, _ALWAYS):
        return list(said)
    assigned = [name for name, value in space.items() if name[:2] != "__" and _relevant(value)]
    if not said:
        return assigned
    both = {name for name in assigned if name in said}
    if len(both) == len(assigned):
        return list(said)
    out = []
    lists = [iter(assigned), iter(said)]
    while True:
        for name in lists[0]:
            if name in both:
                both.discard(name)
                lists.reverse()
                break
            out.append(name)
        else:
            out.extend(lists[1])
            return out


def _collect_own(cls, registry, columns, properties):
    said = _annotations(cls)
    space = cls.__dict__
    if "metadata" in said or "metadata" in space:
        _reserved(cls, space.get("metadata"), said.get("metadata"))
    plain = annotations.plain_types(registry)
    names = _ordered(cls, said)
    at = 0
    while True:
        at = collect(cls, names, at, said, columns, plain, MappedAnnotation, MappedColumn)
        if at == len(names):
            return
        _collect_one(cls, registry, columns, properties, names[at], said)
        at += 1


def _collect_one(cls, registry, columns, properties, name, said):
    """What is no plain column."""
    value = cls.__dict__.get(name)
    annotation = said.get(name)
    if type(value) is MappedColumn and type(annotation) is MappedAnnotation:
        annotations.apply(value, annotation.item, cls, name, registry)
        if value.name is None:
            value.name = value.key = name
        value._attribute = name
        columns[name] = value
    else:
        _collect_other(cls, registry, columns, properties, name, value, annotation)


def _reserved(cls, value, annotation):
    if _relevant(value) or annotation is not None and annotations.mapped(annotation, cls) is not None:
        from ..exc import InvalidRequestError

        raise InvalidRequestError("Attribute name 'metadata' is reserved when using the Declarative API.")


def _collect_other(cls, registry, columns, properties, name, value, annotation):
    if name[:2] == "__":
        return
    if annotation is not None:
        said = annotation
        annotation = annotations.mapped(said, cls)
        if annotation is None and isinstance(value, (MappedColumn, MapperProperty)):
            annotations.must_be_mapped(said, cls, name)
    if isinstance(value, Column):
        if annotation is not None and isinstance(value, MappedColumn):
            annotations.apply(value, annotation.item, cls, name, registry)
        _keep(columns, name, value)
    elif isinstance(value, MapperProperty):
        if annotation is not None:
            value.annotation = annotation
        properties[name] = value
        if isinstance(value, Composite):
            _collect_composite(cls, registry, columns, value)
    elif value is not None and hasattr(value, "_cascading"):
        _collect_declared(cls, registry, columns, properties, name, value)
    elif annotation is not None:
        _collect_annotated(cls, registry, columns, name, annotation, value, name in cls.__dict__)


def _collect_composite(cls, registry, columns, composite):
    for name, column in composite.columns_of(cls, registry).items():
        _keep(columns, name, column)
        setattr(cls, name, column)


def _keep(columns, name, column):
    """A column that was given no name has its attribute's."""
    if column.name is None:
        column.name = name
        column.key = name
    elif column.key is None:
        column.key = column.name
    if column._attribute is None:
        column._attribute = name
    columns[name] = column


def _collect_annotated(cls, registry, columns, name, annotation, value, assigned):
    """`name: Mapped[X]`, alone or with a plain value."""
    if assigned and (not _is_plain(value)):
        return
    column = MappedColumn()
    annotations.apply(column, annotation.item, cls, name, registry)
    if assigned:
        column._dataclass = {**(column._dataclass or {}), "default": value}
    _keep(columns, name, column)
    setattr(cls, name, column)


def _is_plain(value):
    return not hasattr(value, "__get__") or value is None


def _mixin(base):
    """What a class that is not mapped gives to those that are."""
    known = _MIXINS.get(base)
    if known is None:
        known = []
        if base is not object:
            said = _annotations(base)
            space = base.__dict__
            names = [one for one in _ordered(base, said) if one[:2] != "__" and one not in _OF_BASES]
            every = [(name, space.get(name)) for name in names]
            # Columns are copied before anything else is looked at.
            known += [one for one in every if isinstance(one[1], Column)]
            known += [one for one in every if not isinstance(one[1], Column)]
        _MIXINS[base] = known
    return known


def _overridden(cls, base, name):
    """Whether a class nearer in the MRO has an attribute of this name."""
    for one in cls.__mro__:
        if one is base:
            return False
        if name in one.__dict__ and "__mapper__" not in one.__dict__:
            return True
        if name in one.__dict__ and not _declared_cascading(base, name):
            return True
    return False


def _declared_cascading(base, name):
    return getattr(base.__dict__.get(name), "_cascading", False)


def _collect_mixin(cls, registry, columns, properties, base, name, value):
    said = _annotations(base).get(name)
    annotation = annotations.mapped(said, base) if said is not None else None
    if isinstance(value, Column):
        column = value._copy()
        if annotation is not None and isinstance(column, MappedColumn):
            annotations.apply(column, annotation.item, base, name, registry)
        _keep(columns, name, column)
        setattr(cls, name, column)
    elif isinstance(value, MapperProperty):
        new = object.__new__(type(value))
        new.__dict__.update(value.__dict__)
        if annotation is not None:
            new.annotation = annotation
        properties[name] = new
        setattr(cls, name, new)
    elif value is not None and hasattr(value, "_cascading"):
        _collect_declared(cls, registry, columns, properties, name, value)
    elif annotation is not None:
        _collect_annotated(cls, registry, columns, name, annotation, value, name in base.__dict__)


def _collect_declared(cls, registry, columns, properties, name, declared):
    """What `declared_attr` gives for this class."""
    value = declared.fget(cls)
    if isinstance(value, Column):
        if value.table is not None:
            return
        returned = getattr(declared.fget, "__annotations__", {}).get("return")
        annotation = annotations.mapped(returned, cls) if returned is not None else None
        if annotation is not None and isinstance(value, MappedColumn):
            annotations.apply(value, annotation.item, cls, name, registry)
        _keep(columns, name, value)
    elif isinstance(value, MapperProperty):
        properties[name] = value
    setattr(cls, name, value)


def _directive(cls, name):
    """`__tablename__`, `__table_args__`, `__mapper_args__`: the class's own, or a mixin's, but not a mapped parent's."""
    for base in cls.__mro__:
        if name in base.__dict__:
            if base is not cls and "__mapper__" in base.__dict__:
                value = base.__dict__[name]
                # A parent's own word is not ours; a mixin's behind it is asked again.
                if not hasattr(value, "_cascading"):
                    return None
            return getattr(cls, name)
    return None


def _table(cls, registry, parent, columns, space, said):
    name = None
    args = ()
    kw = {}
    if said or "__table__" in space:
        table = space.get("__table__")
        if table is None and "__table__" not in space and parent is None:
            table = _directive(cls, "__table__")
        if table is not None:
            return _given_table(cls, table, columns)
    name = space.get("__tablename__")
    if type(name) is not str:
        name = _directive(cls, "__tablename__")
    declared = sorted(columns.values(), key=_sort_order) if MappedColumn._sorts else columns.values()
    if name is None:
        if parent is None:
            from ..exc import InvalidRequestError

            raise InvalidRequestError(
                "Class %r does not have a __table__ or __tablename__ specified and does not inherit from an existing"
                " table-mapped class." % (cls,)
            )
        return _shared_table(cls, parent, declared)
    if parent is not None and parent.local_table is not None and parent.local_table.name == name and "__tablename__" not in cls.__dict__:
        return _shared_table(cls, parent, declared)
    if said or "__table_args__" in space:
        args, kw = _arguments(_directive(cls, "__table_args__"))
    make = getattr(cls, "__table_cls__", Table)
    return make(name, cls.metadata, *declared, *args, **kw)


def _sort_order(column):
    return column._sort_order


def _arguments(given):
    if given is None:
        return (), {}
    if isinstance(given, dict):
        return (), given
    if isinstance(given, (tuple, list)):
        if given and isinstance(given[-1], dict):
            return tuple(given[:-1]), given[-1]
        return tuple(given), {}
    from ..exc import ArgumentError

    raise ArgumentError("__table_args__ value must be a tuple, dict, or None")


def _given_table(cls, table, columns):
    for column in columns.values():
        if column.table is None and column.key not in table._by_key:
            table.append_column(column)
    taken = {id(one) for one in columns.values()}
    for key, column in table._by_key.items():
        if id(column) not in taken and key not in columns:
            _keep(columns, key, column)
            setattr(cls, key, column)
    return table


def _shared_table(cls, parent, declared):
    """Single-table inheritance: new columns go to the parent's table."""
    table = parent.local_table
    for column in declared:
        known = table._by_key.get(column.key)
        if known is None:
            table.append_column(column)
    args, kw = _arguments(_directive(cls, "__table_args__") if "__table_args__" in cls.__dict__ else None)
    for one in args:
        if isinstance(one, (Constraint, Index)):
            one.attach(table)
    return table


def finish(cls, registry, parent, table, columns, properties, arguments):
    """The mapper, and the class's attributes."""
    mapper = Mapper(cls, registry, table, parent, columns, properties, arguments)
    cls.__table__ = table
    cls.__mapper__ = mapper
    registry.mappers.append(mapper)
    registry._class_registry[cls.__name__] = cls
    for key, one in properties.items():
        one.declare(cls, key)
        if cls.__dict__.get(key) is not one:
            setattr(cls, key, one)
    if VALIDATORS:
        _validators(cls, mapper)


def _validators(cls, mapper):
    for value in list(cls.__dict__.values()):
        for name in getattr(value, "_validates", ()) if callable(value) else ():
            column = mapper.find_column(name)
            if column is not None:
                setattr(cls, name, Validated(column, value))


def map_imperatively(cls, registry, table, properties, kw):
    parent = _mapped_parent(cls)
    columns = {}
    others = {}
    renamed = {}
    for key, one in properties.items():
        if isinstance(one, Column):
            columns[key] = one
            renamed[id(one)] = key
        else:
            others[key] = one
    if table is not None:
        for key, column in table._by_key.items():
            if id(column) not in renamed:
                columns[key] = column
    elif parent is not None:
        table = parent.local_table
    arguments = {key: value for key, value in kw.items() if value is not None}
    for key, column in columns.items():
        if column._attribute is None:
            column._attribute = key
        setattr(cls, key, column)
    finish(cls, registry, parent, table, columns, others, arguments)
    return cls.__mapper__
