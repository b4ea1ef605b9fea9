"""Tables and columns."""

import _columns

from . import naming
from .base import ColumnCollection, Executable, FromClause, TableClause
from .constraints import (
    CheckConstraint,
    ColumnCollectionConstraint,
    Constraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Ordered,
    PrimaryKeyConstraint,
    SchemaItem,
    UniqueConstraint,
    check_options,
    wait_for,
)
from .defaults import (
    CallableColumnDefault,
    ColumnDefault,
    ColumnElementColumnDefault,
    Computed,
    DefaultClause,
    DefaultGenerator,
    FetchedValue,
    HasConditionalDDL,
    Identity,
    IdentityOptions,
    ScalarElementColumnDefault,
    Sequence,
    default_generator,
)
from .elements import _NONE_NAME, ClauseElement, ColumnClause, conv, quoted_name
from .type_api import INSTANCES, NULLTYPE, to_instance

BLANK_SCHEMA = "<blank schema>"
NULL_UNSPECIFIED = "<null unspecified>"
RETAIN_SCHEMA = "<retain schema>"


class Column(ColumnClause, SchemaItem):
    """A column of a table. What was not said stands on the class, so that a plain column costs little."""

    __visit_name__ = "column"
    _is_column = True
    index = None
    unique = None
    comment = None
    doc = None
    system = False
    autoincrement = "auto"
    primary_key = False
    nullable = True
    table = None
    default = None
    server_default = None
    onupdate = None
    server_onupdate = None
    computed = None
    identity = None
    constraints = ()
    foreign_keys = ()
    is_literal = False
    _sort_order = 0
    _user_nullable = None
    _waiting = None
    _untyped = False
    # The name under which a mapped class has it.
    _attribute = None
    inherit_cache = True
    _instances = INSTANCES
    _default_clause = DefaultClause

    name = None
    key = None
    type = NULLTYPE

    def _rest(self, kind, kw, items):
        """What `__init__`, which is native, leaves: a type's class that is new, words that are not plain, other items."""
        if kind is not None:
            self.type = to_instance(kind)
        if kw is not None:
            self._said(kw)
        for one in items:
            self._given(one)

    def _said(self, kw):
        """Keyword arguments."""
        for key, value in kw.items():
            if key == "server_default":
                if value is not None:
                    self._server(value, False)
            elif key == "default" or key == "insert_default":
                if value is not None:
                    self.default = default_generator(value, self)
            elif key == "onupdate":
                if value is not None:
                    self.onupdate = default_generator(value, self, True)
            elif key == "server_onupdate":
                if value is not None:
                    self._server(value, True)
            elif key == "key":
                if value is not None:
                    self.key = value
            elif key == "name":
                if value is not None:
                    self.name = value
                    if kw.get("key") is None:
                        self.key = value
            elif key == "type_":
                self.type = to_instance(value)
            elif key == "quote":
                if value is not None:
                    self._quoted(value, kw.get("name"))
            else:
                self._said_more(key, value)

    def _quoted(self, quote, name):
        name = self.name if name is None else name
        if name is None:
            from ..exc import ArgumentError

            raise ArgumentError("Explicit 'name' is required when sending 'quote' argument")
        self.name = quoted_name(name, quote)

    def _said_more(self, key, value):
        """An argument of a single dialect."""
        check_options({key: value})
        self.kwargs[key] = value

    def _server(self, value, for_update):
        if not isinstance(value, FetchedValue):
            value = DefaultClause(value, for_update)
        self._given(value._for_update_of(for_update))

    def _given(self, item):
        """One of the positional arguments after name and type."""
        if isinstance(item, ForeignKey):
            item.parent = self
            self.foreign_keys = list(self.foreign_keys) + [item]
        elif isinstance(item, FetchedValue):
            item.column = self
            if item.for_update:
                self.server_onupdate = item
            else:
                self.server_default = item
                item._set_on(self)
        elif isinstance(item, DefaultGenerator):
            item.column = self
            if item.for_update:
                self.onupdate = item
            else:
                self.default = item
        elif isinstance(item, Constraint):
            item.parent = self
            self.constraints = list(self.constraints) + [item]
        elif item is not None:
            from ..exc import ArgumentError

            raise ArgumentError("'SchemaItem' object, such as a 'Column' or a 'Constraint' expected, got %r" % (item,))

    def _attach(self, table):
        """Becomes a column of `table`, with all that its shorthands mean."""
        if self.name is None:
            from ..exc import ArgumentError

            raise ArgumentError("Column must be constructed with a non-blank name or assign a non-blank .name before adding to a Table.")
        self.table = table
        table._by_key[self.key] = self
        if self.primary_key:
            table.primary_key.added(self, table)
        self._bring(table)

    def _bring(self, table):
        """Gives its table the constraints and indexes that its shorthands mean."""
        kind = self.type
        if kind._schema_type and kind.create_constraint:
            self._check_type(kind, table)
        if self.index:
            if self.index is not True and isinstance(self.index, str):
                from ..exc import ArgumentError

                raise ArgumentError(
                    "The 'index' keyword argument on Column is boolean only.  To create indexes with a specific name,"
                    " create an explicit Index object external to the Table."
                )
            object.__new__(Index)._from_column(self, table)
        elif self.unique:
            if self.unique is not True and isinstance(self.unique, str):
                from ..exc import ArgumentError

                raise ArgumentError(
                    "The 'unique' keyword argument on Column is boolean only.  To create unique constraints or indexes with"
                    " a specific name, append an explicit UniqueConstraint to the Table's list of elements, or create an"
                    " explicit Index object external to the Table."
                )
            object.__new__(UniqueConstraint)._from_column(self, table)
        for key in self.foreign_keys:
            if key.constraint is None:
                key.attach(table)
        for one in self.constraints:
            one._column_flag = True
            one._column_name = self.name
            one.attach(table)
        if self._waiting:
            waiting, self._waiting = self._waiting, None
            for one in waiting:
                if one.parent is None:
                    wait_for(one, one._pending if isinstance(one, Constraint) else one._named_columns())

    def _check_type(self, kind, table):
        """The CHECK of a Boolean or an Enum."""
        labels = getattr(kind, "enums", None)
        values = [0, 1] if labels is None else labels
        check = CheckConstraint(
            self.in_(values),
            name=_NONE_NAME if kind.name is None else kind.name,
            _autoattach=False,
            _type_bound=True,
        )
        check._column_name = self.name
        check.attach(table)

    def copy(self, **kw):
        return self._copy(**kw)

    def _copy(self, **kw):
        new = object.__new__(type(self))
        new.__dict__.update(self.__dict__)
        new.table = None
        new._attribute = None
        new._waiting = None
        if self.foreign_keys:
            new.foreign_keys = []
            for key in self.foreign_keys:
                if key.constraint is None or key.constraint._column_flag:
                    one = key._copy(**kw)
                    one.parent = new
                    new.foreign_keys.append(one)
        if self.constraints:
            new.constraints = [one._copy() for one in self.constraints]
        for key in ("default", "server_default", "onupdate", "server_onupdate"):
            value = self.__dict__.get(key)
            if value is not None:
                one = value._copy_for(new)
                new.__dict__[key] = one
                if one is not value and key == "server_default":
                    one._set_on(new)
        if self._kwargs is not None:
            new._kwargs = dict(self._kwargs)
        return new

    def references(self, column):
        return any(key._referred_or_none() is column for key in self.foreign_keys)

    def append_foreign_key(self, key):
        self._given(key)
        if self.table is not None:
            key.attach(self.table)

    @property
    def description(self):
        return self.name

    def __str__(self):
        if self.name is None:
            return "(no name)"
        if self.table is None or getattr(self.table, "name", None) is None:
            return str(self.name)
        return "%s.%s" % (self.table.description, self.name)

    # As an attribute of a mapped class: the class sees the column, an instance its value.

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        mapper = getattr(type(instance), "__mapper__", None)
        if mapper is None:
            return self
        return mapper.load_attribute(instance, self)

    def __clause_element__(self):
        return self

    def _property(self):
        from ..orm.properties import ColumnProperty

        return ColumnProperty(self)

    is_attribute = True

    @property
    def parent(self):
        return self.__dict__.get("_parent_mapper")

    @property
    def class_(self):
        return self.__dict__.get("_owner")

    def __repr__(self):
        out = [repr(self.name), repr(self.type)]
        out += [repr(one) for one in self.foreign_keys]
        out += [repr(one) for one in self.constraints]
        out.append("table=None" if self.table is None else "table=<%s>" % self.table.description)
        if self.key != self.name:
            out.append("key=%r" % (self.key,))
        if self.primary_key:
            out.append("primary_key=True")
        if not self.nullable:
            out.append("nullable=%r" % (self.nullable,))
        for key in ("onupdate", "default", "server_default", "comment"):
            value = getattr(self, key)
            if value is not None and value != "":
                out.append("%s=%r" % (key, value))
        return "Column(%s)" % ", ".join(out)

    prop = property(_property)
    # Last, because from here on the name means the attribute.
    property = prop


_columns.found(Column)


_TABLE_FLAGS = ("quote", "quote_schema", "implicit_returning", "listeners", "must_exist", "_extend_on", "_no_init")


class Table(TableClause, SchemaItem, Executable):
    """A table of a MetaData; asked for again by its name, the same one."""

    __visit_name__ = "table"
    _is_table = True
    _ready = False
    comment = None
    _name_data = None
    _prefixes = ()

    def __new__(cls, *args, **kw):
        if len(args) < 2:
            # Deep copies make an empty one.
            return object.__new__(cls)
        metadata = args[1]
        if not metadata.tables and not kw:
            return object.__new__(cls)
        key = table_key(args[0], kw.get("schema"), metadata)
        existing = metadata.tables.get(key)
        if existing is None:
            if kw and kw.get("must_exist"):
                from ..exc import InvalidRequestError

                raise InvalidRequestError("Table '%s' not defined" % key)
            return object.__new__(cls)
        more = len(args) > 2 or any(one not in ("schema", "keep_existing", "extend_existing") for one in kw)
        if not kw.get("keep_existing") and not kw.get("extend_existing") and more:
            from ..exc import InvalidRequestError

            raise InvalidRequestError(
                "Table '%s' is already defined for this MetaData instance.  Specify 'extend_existing=True' to redefine"
                " options and columns on an existing Table object." % key
            )
        return existing

    def __init__(
        self,
        name,
        metadata,
        *args,
        schema=None,
        autoload_with=None,
        autoload_replace=True,
        keep_existing=False,
        extend_existing=False,
        resolve_fks=True,
        include_columns=None,
        comment=None,
        info=None,
        prefixes=None,
        **options,
    ):
        if self._ready:
            if not keep_existing:
                self._extend(args, autoload_with, comment, info, options)
            return
        self._ready = True
        self.name = name if type(name) is str else _table_name(name)
        self.metadata = metadata
        if schema is None:
            schema = metadata.schema
        elif schema == BLANK_SCHEMA:
            schema = None
        self.schema = schema
        self.key = "%s.%s" % (schema, name) if schema else str(name)
        self._by_key = {}
        self.constraints = Ordered()
        self.indexes = Ordered()
        if comment is not None:
            self.comment = comment
        if prefixes:
            self._prefixes = list(prefixes)
        if info is not None:
            self._info = info
        self.primary_key = key = object.__new__(PrimaryKeyConstraint)
        key._implied_by(self)
        self.constraints.append(key)
        if len(metadata.naming_convention) > 1:
            naming.name(key, self, metadata.naming_convention)
        if options:
            self._options(options)
            if options.get("quote") is not None:
                self.name = quoted_name(name, options["quote"])
        metadata.tables[self.key] = self
        try:
            if autoload_with is not None:
                from .ddl import autoload

                autoload(self, autoload_with, include_columns, args)
            bring, rest = _columns.attach(self, args)
            if key._columns:
                key._extended(self)
            for one in bring:
                one._bring(self)
            for one in rest:
                if one is not None:
                    self._given(one)
        except BaseException:
            metadata.tables.pop(self.key, None)
            raise
        if metadata._untyped:
            metadata._settle(self)

    def _options(self, options):
        for flag in _TABLE_FLAGS:
            options.pop(flag, None) if flag != "quote" else None
        options = {key: value for key, value in options.items() if key != "quote"}
        if options:
            self._kwargs = check_options(options)

    def _extend(self, args, autoload_with, comment, info, options):
        if autoload_with is not None:
            from .ddl import autoload

            autoload(self, autoload_with, None, args)
        for one in args:
            self._given(one, True)
        if comment is not None:
            self.comment = comment
        if info is not None:
            self._info = info
        self.kwargs.update({key: value for key, value in options.items() if key not in _TABLE_FLAGS})

    def _given(self, item, replace=False):
        if isinstance(item, Column):
            if item.table is not None and item.table is not self:
                from ..exc import ArgumentError

                raise ArgumentError("Column object '%s' already assigned to Table '%s'" % (item.key, item.table.description))
            self.append_column(item, replace)
        elif isinstance(item, (Constraint, Index)):
            if item.parent is not self:
                item.attach(self)
        elif hasattr(item, "_table_event"):
            item._table_event(self)
        else:
            from ..exc import ArgumentError

            raise ArgumentError("'SchemaItem' object, such as a 'Column' or a 'Constraint' expected, got %r" % (item,))

    def append_column(self, column, replace_existing=False):
        if column.key in self._by_key:
            self._replaced(column, replace_existing)
        column._attach(self)

    def _replaced(self, column, allowed):
        old = self._by_key[column.key]
        if old is column:
            return
        if not allowed:
            from ..exc import DuplicateColumnError

            raise DuplicateColumnError(
                "A column with name '%s' is already present in table '%s'." % (column.key, self.name)
            )
        for key in old.foreign_keys:
            if key.constraint is not None:
                self.constraints.discard(key.constraint)
        self.primary_key._columns = [one for one in self.primary_key._columns if one is not old]

    def append_constraint(self, constraint):
        # One that names columns is there since they are.
        if constraint.parent is not self:
            constraint.attach(self)

    def _settle_types(self, keys):
        """A column without a type takes the type of the column that it references."""
        for key in keys:
            if key.parent is not None and key.parent.type is NULLTYPE:
                referred = key._referred_or_none()
                if referred is not None and referred.type is not NULLTYPE:
                    key.parent.type = referred.type
                else:
                    self.metadata._untyped.append(key)

    @property
    def fullname(self):
        return self.key

    @property
    def foreign_keys(self):
        return Ordered(key for one in self._by_key.values() for key in one.foreign_keys)

    @property
    def foreign_key_constraints(self):
        return Ordered(one for one in self.constraints if isinstance(one, ForeignKeyConstraint))

    @property
    def _sorted_constraints(self):
        return sorted(self.constraints, key=_creation_order)

    @property
    def autoincrement_column(self):
        return self._autoincrement_column

    @property
    def _autoincrement_column(self):
        keys = self.primary_key._columns
        for one in keys:
            if one.autoincrement is True:
                return one
        if len(keys) != 1:
            return None
        one = keys[0]
        from .sqltypes import Integer

        if one.autoincrement is False or one.type._type_affinity is not Integer:
            return None
        if one.foreign_keys and one.autoincrement != "ignore_fk":
            return None
        if one.server_default is not None and one.identity is None:
            return None
        if one.default is not None and not isinstance(one.default, Sequence):
            return None
        return one

    def create(self, bind, checkfirst=False):
        from .ddl import create_tables

        create_tables(bind, [self], checkfirst)

    def drop(self, bind, checkfirst=False):
        from .ddl import drop_tables

        drop_tables(bind, [self], checkfirst)

    def exists(self, bind=None):
        from ..inspection import inspect

        return inspect(bind).has_table(self.name, schema=self.schema)

    def to_metadata(self, metadata, schema=RETAIN_SCHEMA, referred_schema_fn=None, name=None):
        from .ddl import copied

        return copied(self, metadata, schema, name)

    tometadata = to_metadata

    def add_is_dependent_on(self, table):
        self.__dict__.setdefault("_extra_dependencies", []).append(table)

    def __str__(self):
        return self.key

    def __repr__(self):
        out = [repr(self.name), repr(self.metadata)]
        out += [repr(one) for one in self._by_key.values()]
        out.append("schema=%r" % (self.schema,))
        return "Table(%s)" % ", ".join(out)


def _creation_order(one):
    return one._creation_order


def _table_name(name):
    if name is None or not isinstance(name, str):
        from ..exc import ArgumentError

        raise ArgumentError("Table name must be a string, got %r" % (name,))
    return name


def table_key(name, schema, metadata):
    if schema is None:
        schema = metadata.schema
    elif schema == BLANK_SCHEMA:
        schema = None
    return "%s.%s" % (schema, name) if schema else str(name)


class MetaData(SchemaItem):
    """A collection of tables."""

    __visit_name__ = "metadata"

    def __init__(self, schema=None, quote_schema=None, naming_convention=None, info=None):
        if schema is not None and not isinstance(schema, str):
            from ..exc import ArgumentError

            raise ArgumentError("expected schema argument to be a string, got %s." % type(schema))
        self.tables = {}
        self.schema = schema
        self.naming_convention = naming_convention or naming.DEFAULT
        if info is not None:
            self._info = info
        # Foreign keys whose columns wait for a type.
        self._untyped = []

    def __contains__(self, table):
        key = table if isinstance(table, str) else table.key
        return key in self.tables

    def _settle(self, table):
        waiting, self._untyped = self._untyped, []
        for key in waiting:
            key.parent.table._settle_types([key])

    @property
    def sorted_tables(self):
        from .ddl import sort_tables

        return sort_tables(sorted(self.tables.values(), key=_table_sort_key))

    def create_all(self, bind, tables=None, checkfirst=True):
        from .ddl import create_tables

        create_tables(bind, self._chosen(tables), checkfirst)

    def drop_all(self, bind, tables=None, checkfirst=True):
        from .ddl import drop_tables

        drop_tables(bind, self._chosen(tables), checkfirst)

    def _chosen(self, tables):
        if tables is None:
            return self.sorted_tables
        from .ddl import sort_tables

        return sort_tables(list(tables))

    def reflect(self, bind, schema=None, views=False, only=None, extend_existing=False, autoload_replace=True, resolve_fks=True, **kw):
        from .ddl import reflect

        reflect(self, bind, schema, views, only, extend_existing)

    def clear(self):
        self.tables.clear()

    def remove(self, table):
        self.tables.pop(table.key, None)

    def __repr__(self):
        return "MetaData()"


def _table_sort_key(table):
    return table.key


def sort_tables(tables, skip_fn=None, extra_dependencies=None):
    from .ddl import sort_tables as sort

    return sort(list(tables))
