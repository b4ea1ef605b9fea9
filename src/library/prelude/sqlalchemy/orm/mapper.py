"""Mappers: what a class's attributes mean in tables."""

from ..sql.elements import ClauseElement, and_


class Mapper:
    is_mapper = True
    _configured = False

    def __init__(self, class_, registry, table, inherits, columns, properties, arguments):
        self.class_ = class_
        self.entity = class_
        self.registry = registry
        self.local_table = table
        self.inherits = inherits
        # Attributes of this class's own table (or, in single-table inheritance, those added to the parent's).
        self.own_columns = columns
        self.own_properties = properties
        self.arguments = arguments
        self.polymorphic_identity = arguments.get("polymorphic_identity")
        self.subclasses = []
        if inherits is not None:
            inherits.subclasses.append(self)
        elif table is not None and not arguments.get("primary_key"):
            self._primary_key()

    @property
    def mapper(self):
        return self

    def configure(self):
        """Resolves relationships to classes, and adds their backrefs."""
        if self._configured:
            return
        self._configured = True
        for one in list(self.own_properties.values()):
            settle = getattr(one, "settle", None)
            if settle is not None:
                settle()

    @property
    def single(self):
        return self.inherits is not None and self.local_table is self.inherits.local_table

    def lineage(self):
        """This mapper and those that it inherits from, the root first."""
        out = [self]
        while out[0].inherits is not None:
            out.insert(0, out[0].inherits)
        return out

    @property
    def base_mapper(self):
        return self.lineage()[0]

    @property
    def tables(self):
        out = []
        for one in self.lineage():
            if one.local_table is not None and not any(one.local_table is two for two in out):
                out.append(one.local_table)
        return out

    @property
    def columns_by_key(self):
        """Attribute name to column; of a key that both tables have, the parent's is the identity."""
        found = self.__dict__.get("_columns_by_key")
        if found is None:
            found = {}
            for one in self.lineage():
                for key, column in one.own_columns.items():
                    if key not in found:
                        found[key] = column
            self._columns_by_key = found
        return found

    def find_column(self, key):
        return self.columns_by_key.get(key)

    def key_of(self, column):
        for key, one in self.columns_by_key.items():
            if one is column:
                return key
        for one in self.lineage():
            for key, other in one.own_columns.items():
                if other is column:
                    return key
        return None

    @property
    def column_attrs(self):
        return Attributes({key: AttributeOf(key, [one]) for key, one in self.columns_by_key.items()})

    @property
    def c(self):
        from ..sql.base import ColumnCollection

        return ColumnCollection(self.columns_by_key)

    columns = c

    @property
    def relationships(self):
        from .relationships import Relationship

        self.configure()
        return Attributes({key: one for key, one in self.properties().items() if isinstance(one, Relationship)})

    @property
    def attrs(self):
        self.configure()
        found = {key: AttributeOf(key, [one]) for key, one in self.columns_by_key.items()}
        found.update(self.properties())
        return Attributes(found)

    all_orm_descriptors = attrs

    def properties(self):
        found = {}
        for one in self.lineage():
            found.update(one.own_properties)
        return found

    def get_property(self, key, _configure_mappers=False):
        found = self.attrs.get(key)
        if found is None:
            from ..exc import InvalidRequestError

            raise InvalidRequestError("Mapper '%s' has no property '%s'" % (self, key))
        return found

    def has_property(self, key):
        return key in self.attrs

    @property
    def primary_key(self):
        return tuple(self._primary_key())

    def _primary_key(self):
        given = self.arguments.get("primary_key")
        if given:
            return [one if isinstance(one, ClauseElement) else one.__clause_element__() for one in given]
        root = self.base_mapper
        found = list(root.local_table.primary_key)
        if not found:
            from ..exc import ArgumentError

            raise ArgumentError(
                "Mapper %s could not assemble any primary key columns for mapped table '%s'" % (self, root.local_table.description)
            )
        return found

    def primary_keys(self):
        """The attribute names of the primary key."""
        found = self.__dict__.get("_primary_keys")
        if found is None:
            found = [self.key_of(one) for one in self._primary_key()]
            self._primary_keys = found
        return found

    def identity_of(self, instance):
        return tuple(instance.__dict__.get(key) for key in self.primary_keys())

    primary_key_from_instance = identity_of

    @property
    def persist_selectable(self):
        return self.selectable

    mapped_table = persist_selectable

    @property
    def selectable(self):
        """The table, or the join of the tables of the lineage."""
        found = self.__dict__.get("_selectable")
        if found is None:
            tables = self.tables
            found = tables[0]
            for one in tables[1:]:
                found = found.join(one, self._inherit_condition(one))
            self._selectable = found
        return found

    def _inherit_condition(self, table):
        for one in self.lineage():
            if one.local_table is table:
                given = one.arguments.get("inherit_condition")
                if given is not None:
                    return given
                parents = one.inherits.tables
                conditions = []
                for key in table.foreign_keys:
                    referred = key._referred_or_none()
                    if referred is not None and any(referred.table is parent for parent in parents) and key.parent.primary_key:
                        conditions.append(referred == key.parent)
                return and_(*conditions) if conditions else None
        return None

    def __clause_element__(self):
        return self.selectable

    def selected_columns(self):
        """The columns of a SELECT of this class."""
        return list(self.columns_by_key.values())

    # Polymorphism.

    @property
    def polymorphic_on(self):
        for one in self.lineage():
            on = one.arguments.get("polymorphic_on")
            if on is not None:
                if isinstance(on, str):
                    return one.columns_by_key.get(on)
                return on
        return None

    def subtree(self):
        out = [self]
        for one in self.subclasses:
            out += one.subtree()
        return out

    def polymorphic_map(self):
        return {one.polymorphic_identity: one for one in self.base_mapper.subtree() if one.polymorphic_identity is not None}

    def single_condition(self):
        """In single-table inheritance a class selects only its own rows."""
        on = self.polymorphic_on
        if not self.single or on is None:
            return None
        return on.in_([one.polymorphic_identity for one in self.subtree() if one.polymorphic_identity is not None])

    # Loading.

    def load_attribute(self, instance, column):
        """The value of a column's attribute that the instance does not hold: expired, or never set."""
        from .state import load_column

        return load_column(self, instance, column)

    def load_expression(self, instance, property):
        from .state import load_expression

        return load_expression(self, instance, property)

    def isa(self, other):
        return any(one is other for one in self.lineage())

    def iterate_properties(self):
        return iter(self.attrs)

    def __repr__(self):
        return "<Mapper at 0x%x; %s>" % (id(self), self.class_.__name__)

    def __str__(self):
        return "Mapper[%s(%s)]" % (self.class_.__name__, self.local_table.description)


class AttributeOf:
    def __init__(self, key, columns):
        self.key = key
        self.columns = columns

    @property
    def expression(self):
        return self.columns[0]


class Attributes:
    """`mapper.attrs`: properties by name, iterated in order."""

    def __init__(self, found):
        self._found = found

    def __iter__(self):
        return iter(self._found.values())

    def __getattr__(self, name):
        if name == "_found" or name not in self._found:
            raise AttributeError(name)
        return self._found[name]

    def __getitem__(self, name):
        return self._found[name]

    def __contains__(self, name):
        return name in self._found

    def __len__(self):
        return len(self._found)

    def get(self, name, default=None):
        return self._found.get(name, default)

    def keys(self):
        return list(self._found)

    def values(self):
        return list(self._found.values())

    def items(self):
        return list(self._found.items())


def class_mapper(class_, configure=True):
    mapper = getattr(class_, "__mapper__", None)
    if mapper is None:
        from .exc import UnmappedClassError

        raise UnmappedClassError(class_)
    return mapper


def object_mapper(instance):
    return class_mapper(type(instance))


#: All registries of the program.
REGISTRIES = []


def configure_mappers():
    """Relationships are resolved when they are used; this resolves all of them."""
    for one in REGISTRIES:
        one.configure()


def clear_mappers():
    for one in REGISTRIES:
        one.dispose()
