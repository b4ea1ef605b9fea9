"""What stands in the body of a mapped class, relationships apart."""

import _columns

from ..sql.schema import Column

_DATACLASS = ("init", "repr", "default_factory", "compare", "kw_only", "hash", "dataclass_metadata")
_MAPPING = ("deferred", "deferred_group", "deferred_raiseload", "active_history", "use_existing_column", "group", "raiseload")


class MappedAnnotation:
    """`Mapped[X]`."""

    __slots__ = ("origin", "item")

    def __init__(self, origin, item):
        self.origin = origin
        self.item = item

    @property
    def __origin__(self):
        return self.origin

    @property
    def __args__(self):
        return (self.item,)

    def __repr__(self):
        return "sqlalchemy.orm.base.%s[%r]" % (self.origin.__name__, self.item)

    def __or__(self, other):
        return self

    __ror__ = __or__


class Mapped:
    """The annotation of a mapped attribute. `Mapped[X]` is native: models are full of it."""

    _annotation = MappedAnnotation


_columns.annotates(Mapped)


class DynamicMapped(Mapped):
    _lazy = "dynamic"


class WriteOnlyMapped(Mapped):
    _lazy = "write_only"


ORMDescriptor = Mapped


class MappedColumn(Column):
    """`mapped_column(…)`: a column whose annotation says what it does not say itself."""

    _takes_annotation = True
    _dataclass = None
    #: Whether any column of the program says `sort_order`.
    _sorts = False

    def _said_more(self, key, value):
        if key == "sort_order":
            self._sort_order = value
            MappedColumn._sorts = True
        elif key in _DATACLASS:
            if value is not _UNSAID:
                self._dataclass = {**(self._dataclass or {}), key: value}
        elif key not in _MAPPING:
            Column._said_more(self, key, value)

    @property
    def column(self):
        return self


class _Unsaid:
    pass


_UNSAID = _Unsaid()

mapped_column = MappedColumn


def orm_insert_sentinel(name=None, type_=None, **kw):
    return MappedColumn(name, type_)


class MapperProperty:
    """Something in a class's body that is not a column of its table."""

    key = None
    parent = None
    info = None
    doc = None

    def declare(self, cls, key):
        """Is told its class and its name."""
        self.key = key
        self.parent_class = cls

    @property
    def class_attribute(self):
        return getattr(self.parent_class, self.key)


class ColumnProperty(MapperProperty):
    """A column under its attribute, or an expression that is selected with the class."""

    def __init__(self, expression, *more, deferred=False, **kw):
        self.expression = expression
        self.columns = [expression] + list(more)
        self.deferred = deferred
        self.key = getattr(expression, "_attribute", None) or getattr(expression, "key", None)

    def declare(self, cls, key):
        MapperProperty.declare(self, cls, key)

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        return type(instance).__mapper__.load_expression(instance, self)

    def __clause_element__(self):
        return self.expression.label(self.key)

    def __getattr__(self, name):
        if name.startswith("__") or name in ("expression", "parent_class"):
            raise AttributeError(name)
        return getattr(self.expression, name)

    def __eq__(self, other):
        return self.expression == other

    def __hash__(self):
        return id(self)


MappedSQLExpression = ColumnProperty
InstrumentedAttribute = Column
QueryableAttribute = Column


def column_property(column, *more, **kw):
    """A column stays a column; several, or an expression, become a property."""
    if isinstance(column, Column) and column.table is None and not more:
        return column
    element = getattr(column, "scalar_subquery", None)
    if element is not None:
        column = element()
    return ColumnProperty(column, *more, **kw)


def deferred(column, *more, **kw):
    return column_property(column, *more)


def query_expression(default_expr=None, **kw):
    from ..sql.elements import null

    return ColumnProperty(null() if default_expr is None else default_expr)


class Synonym(MapperProperty):
    def __init__(self, name, map_column=None, descriptor=None, comparator_factory=None, **kw):
        self.name = name
        self.descriptor = descriptor

    def __get__(self, instance, owner=None):
        if instance is None:
            return getattr(owner, self.name)
        if self.descriptor is not None:
            return self.descriptor.__get__(instance, owner)
        return getattr(instance, self.name)

    def __set__(self, instance, value):
        if self.descriptor is not None:
            self.descriptor.__set__(instance, value)
        else:
            setattr(instance, self.name, value)


SynonymProperty = Synonym


def synonym(name, **kw):
    return Synonym(name, **kw)


class Composite(MapperProperty):
    """Several columns as one object."""

    def __init__(self, class_=None, *attrs, **kw):
        if class_ is not None and not isinstance(class_, type) and (isinstance(class_, (Column, str)) or attrs):
            class_, attrs = None, (class_, *attrs)
        self.composite_class = class_
        self.attrs = list(attrs)

    annotation = None

    def columns_of(self, cls, registry):
        """The columns that stand inside, by name, each as the class's own annotation says."""
        from . import annotations

        if self.composite_class is None and self.annotation is not None:
            self.composite_class = annotations.nullable_and_type(self.annotation.item, cls)[1]
        said = _parameters(self.composite_class)
        self.attrs += [MappedColumn() for _ in list(said)[len(self.attrs) :]]
        found = {}
        for at, one in enumerate(self.attrs):
            if not isinstance(one, Column) or one.table is not None:
                continue
            name = list(said)[at] if at < len(said) else None
            if isinstance(one, MappedColumn) and name is not None:
                annotations.apply(one, said[name], cls, name, registry)
            found[one.name or name] = one
        return found

    def _names(self, owner):
        return [one if isinstance(one, str) else one._attribute or one.key for one in self.attrs]

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        values = [getattr(instance, one) for one in self._names(owner)]
        return None if all(one is None for one in values) else self.composite_class(*values)

    def __set__(self, instance, value):
        names = self._names(type(instance))
        if value is None:
            values = [None] * len(names)
        elif hasattr(value, "__composite_values__"):
            values = value.__composite_values__()
        else:
            values = [getattr(value, one) for one in type(value).__dataclass_fields__]
        for name, one in zip(names, values):
            setattr(instance, name, one)


def _parameters(cls):
    """The parameters of a class's `__init__`, with their annotations."""
    said = dict(getattr(getattr(cls, "__init__", None), "__annotations__", {}))
    if hasattr(cls, "__dataclass_fields__"):
        said = {name: field.type for name, field in cls.__dataclass_fields__.items() if field.init}
    said.pop("return", None)
    return said


CompositeProperty = Composite


def composite(class_=None, *attrs, **kw):
    return Composite(class_, *attrs, **kw)


# Says whether any class of the program validates at all.
VALIDATORS = []


def validates(*names, include_removes=False, include_backrefs=True):
    """Marks a method that sees values before they are set."""

    def mark(function):
        function._validates = names
        VALIDATORS.append(names)
        return function

    return mark


class Validated:
    """An attribute whose values a method of the class sees first."""

    def __init__(self, column, function):
        self.column = column
        self.function = function

    def __get__(self, instance, owner=None):
        if instance is None:
            return self.column
        key = self.column._attribute
        if key in instance.__dict__:
            return instance.__dict__[key]
        return self.column.__get__(instance, owner)

    def __set__(self, instance, value):
        key = self.column._attribute
        instance.__dict__[key] = self.function(instance, key, value)


def reconstructor(function):
    function._reconstructs = True
    return function
