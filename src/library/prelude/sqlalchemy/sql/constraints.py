"""Constraints and indexes."""

from _columns import copy_said
from _lowering import referred

from . import naming
from .elements import ClauseElement, ColumnClause, coerce_condition, quoted_name, text
from .scope import BARE
from .type_api import NULLTYPE

# Numbers in the order of definition.
ORDERS = iter(range(1, 1 << 60))


class Ordered(list):
    """What SQLAlchemy keeps in a set; here in the order of definition."""

    def add(self, item):
        if not any(one is item for one in self):
            self.append(item)

    def discard(self, item):
        for at, one in enumerate(self):
            if one is item:
                del self[at]
                return

    def remove(self, item):
        for at, one in enumerate(self):
            if one is item:
                del self[at]
                return
        raise KeyError(item)

    def __contains__(self, item):
        return any(one is item for one in self)

    def difference(self, other):
        return Ordered(one for one in self if not any(one is two for two in other))

    def union(self, other):
        return Ordered(list(self) + list(other))


class SchemaItem:
    __visit_name__ = "schema_item"
    _info = None
    _kwargs = None

    @property
    def info(self):
        if self._info is None:
            self._info = {}
        return self._info

    @info.setter
    def info(self, value):
        self._info = value

    @property
    def kwargs(self):
        """Arguments of single dialects: `sqlite_where`."""
        if self._kwargs is None:
            self._kwargs = {}
        return self._kwargs

    dialect_kwargs = kwargs

    @property
    def dialect_options(self):
        return DialectOptions(self.kwargs)


class DialectOptions:
    def __init__(self, options):
        self.options = options

    def __getitem__(self, dialect):
        return OptionsOf(self.options, dialect)


class OptionsOf:
    """The options of one dialect; what was not given is None or False, which read the same here."""

    def __init__(self, options, dialect):
        self.options = options
        self.dialect = dialect

    def __getitem__(self, name):
        return self.options.get("%s_%s" % (self.dialect, name))

    def get(self, name, default=None):
        return self.options.get("%s_%s" % (self.dialect, name), default)

    def __setitem__(self, name, value):
        self.options["%s_%s" % (self.dialect, name)] = value

    def __contains__(self, name):
        return "%s_%s" % (self.dialect, name) in self.options


def check_options(options):
    for key in options:
        if key.find("_") <= 0:
            raise TypeError("Additional arguments should be named <dialectname>_<argument>, got '%s'" % key)
    return options


_SAID = ("deferrable", "initially", "comment", "onupdate", "ondelete", "use_alter", "link_to_name", "match", "_column_flag")


def _keep(given, said, known):
    """Gives an object keyword arguments as its own; what was not said stands on the class."""
    options = {}
    for key, value in said.items():
        if key in known:
            if value is not None:
                setattr(given, key, value)
        elif key == "info":
            given._info = value
        else:
            options[key] = value
    if options:
        given._kwargs = check_options(options)


class Constraint(SchemaItem):
    """`_prefix` is the convention's key."""

    _prefix = None
    _type_bound = False
    # It came from a column's shorthand.
    _column_flag = False
    #: The column that it was written on, or whose type brought it.
    _column_name = None
    _implicit = False
    parent = None
    deferrable = None
    initially = None
    comment = None
    __visit_name__ = "constraint"

    def __init__(self, name=None, deferrable=None, initially=None, info=None, comment=None, **options):
        self.name = name
        self._creation_order = next(ORDERS)
        _keep(self, {"deferrable": deferrable, "initially": initially, "info": info, "comment": comment, **options}, _SAID)

    @property
    def table(self):
        parent = self.parent
        if parent is not None and getattr(parent, "_is_table", False):
            return parent
        from ..exc import InvalidRequestError

        raise InvalidRequestError(
            "This constraint is not bound to a table.  Did you mean to call table.append_constraint(constraint) ?"
        )

    def attach(self, table):
        self.parent = table
        table.constraints.append(self)
        naming.name(self, table, table.metadata.naming_convention)

    _set_parent = attach

    def _named_columns(self):
        return list(self.columns)

    def _shared(self, new):
        new.deferrable = self.deferrable
        new.initially = self.initially
        new.comment = self.comment
        new._info = self._info
        new._kwargs = self._kwargs
        new._column_flag = self._column_flag
        new._type_bound = self._type_bound
        return new

    def copy(self, **kw):
        return self._copy(**kw)

    def _repr_arguments(self):
        return []

    def __repr__(self):
        out = self._repr_arguments()
        for key in ("name", "deferrable", "initially"):
            value = getattr(self, key)
            if value is not None:
                out.append("%s=%r" % (key, value))
        return "%s(%s)" % (type(self).__name__, ", ".join(out))


class ColumnCollectionConstraint(Constraint):
    """A constraint over columns, given by name or as objects."""

    def __init__(self, *columns, name=None, _autoattach=True, **said):
        self.name = name
        self._creation_order = next(ORDERS)
        self._pending = columns
        self._columns = []
        if said:
            _keep(self, said, _SAID)
        if _autoattach and columns and not isinstance(columns[0], str):
            wait_for(self, columns)

    @property
    def columns(self):
        from .base import ColumnCollection

        return ColumnCollection({one.key: one for one in self._columns or self._known()})

    c = columns

    def _known(self):
        return [one for one in self._pending if not isinstance(one, str)]

    def attach(self, table):
        self._columns = self._resolved(table)
        self.parent = table
        table.constraints.append(self)
        naming.name(self, table, table.metadata.naming_convention)

    _set_parent = attach

    def _resolved(self, table):
        by_key = table._by_key
        found = []
        for one in self._pending:
            if isinstance(one, str):
                column = by_key.get(one)
                if column is None:
                    missing(self, table, one)
            else:
                column = one
            found.append(column)
        return found

    def _named_columns(self):
        return self._columns

    def contains_column(self, column):
        return any(one is column for one in self._columns)

    def __iter__(self):
        return iter(self._columns)

    def __len__(self):
        return len(self._columns)

    def __contains__(self, column):
        if isinstance(column, str):
            return any(one.key == column for one in self._columns)
        return self.contains_column(column)

    def _names(self):
        return [one if isinstance(one, str) else one.key for one in self._pending]

    def _copy(self, target_table=None, **kw):
        names = [one.key for one in self._columns] or self._names()
        return self._shared(type(self)(*names, name=self.name, _autoattach=False))

    def _repr_arguments(self):
        return [repr(one) for one in self._columns]


def missing(const, table, name):
    from ..exc import ConstraintColumnNotFoundError

    raise ConstraintColumnNotFoundError(
        "Can't create %s on table '%s': no column named '%s' is present." % (type(const).__name__, table.description, name)
    )


def wait_for(const, columns):
    """Attaches a constraint that names Column objects as soon as all of them have their table."""
    objects = [one for one in columns if getattr(one, "_is_column", False)]
    if not objects or any(isinstance(one, str) for one in columns):
        return
    waiting = [one for one in objects if one.table is None]
    if waiting:
        for one in waiting:
            one._waiting = (one._waiting or []) + [const]
    elif const.parent is None:
        const.attach(objects[0].table)


class UniqueConstraint(ColumnCollectionConstraint):
    _prefix = "uq"
    __visit_name__ = "unique_constraint"

    def _from_column(self, column, table):
        """The constraint of `unique=True`: an `__init__` and `attach` of what that says."""
        self.name = None
        self._creation_order = next(ORDERS)
        self._column_flag = True
        self._pending = self._columns = [column]
        self.parent = table
        table.constraints.append(self)
        naming.name(self, table, table.metadata.naming_convention)

    def data(self):
        return {"Unique": {"columns": [str(one.name) for one in self._columns]}}


class PrimaryKeyConstraint(ColumnCollectionConstraint):
    _prefix = "pk"
    __visit_name__ = "primary_key_constraint"

    def attach(self, table):
        self.parent = table
        old = table.primary_key
        if old is not self and old is not None:
            table.constraints.discard(old)
        table.primary_key = self
        table.constraints.append(self)
        if self._pending:
            if old is not None and old is not self:
                for one in table._by_key.values():
                    one.primary_key = False
            self._columns = self._resolved(table)
            for one in self._columns:
                one.primary_key = True
                if one._user_nullable is None:
                    one.nullable = False
        elif old is not None and old is not self:
            # `PrimaryKeyConstraint(name="…")`: only names the key that the columns make.
            self._columns = old._columns
        naming.name(self, table, table.metadata.naming_convention)

    _set_parent = attach

    name = None
    _pending = ()

    def _implied_by(self, table):
        """The key that every table has, before it has columns: an `__init__` without arguments."""
        self._creation_order = next(ORDERS)
        self._columns = []
        self._implicit = True
        self.parent = table

    def added(self, column, table):
        """`column` is part of the key that the columns make."""
        self._columns.append(column)
        self._extended(table)

    def _extended(self, table):
        """The key that the columns make has others now, which a convention may name."""
        if self._implicit:
            convention = table.metadata.naming_convention
            if "pk" in convention or len(convention) > 1:
                self.name = None
                naming.name(self, table, convention)

    @property
    def columns_autoinc_first(self):
        return list(self._columns)

    def data(self):
        return {"PrimaryKey": {"columns": [str(one.name) for one in self._columns]}}


class CheckConstraint(ColumnCollectionConstraint):
    _prefix = "ck"
    __visit_name__ = "check_constraint"

    def __init__(
        self,
        sqltext,
        name=None,
        deferrable=None,
        initially=None,
        table=None,
        info=None,
        _create_rule=None,
        _autoattach=True,
        _type_bound=False,
        **options,
    ):
        self.sqltext = text(sqltext) if isinstance(sqltext, str) else coerce_condition(sqltext)
        columns = [] if isinstance(sqltext, str) else columns_in(self.sqltext)
        ColumnCollectionConstraint.__init__(
            self,
            *columns,
            name=name,
            deferrable=deferrable,
            initially=initially,
            info=info,
            _autoattach=_autoattach and table is None,
            **options,
        )
        if _type_bound:
            self._type_bound = True
        if table is not None:
            self.attach(table)

    @property
    def is_column_level(self):
        return not getattr(self.parent, "_is_table", False)

    def data(self):
        return {"Check": {"condition": self.sqltext.lower(BARE)}}

    def _copy(self, target_table=None, **kw):
        condition = self.sqltext
        if target_table is not None and not condition._is_text:
            condition = moved(condition, self.parent, target_table)
        new = CheckConstraint(condition, name=self.name, _autoattach=False, _type_bound=self._type_bound)
        return self._shared(new)

    def _repr_arguments(self):
        return [repr(self.sqltext)]


def columns_in(expression):
    """The columns of an expression, each once."""
    found = []
    todo = [expression]
    while todo:
        one = todo.pop(0)
        if isinstance(one, ColumnClause) and not one.is_literal:
            if not any(one is other for other in found):
                found.append(one)
        else:
            todo.extend(one.get_children())
    return found


def moved(expression, old, new):
    """The same expression over the columns of another table."""
    if isinstance(expression, ColumnClause):
        return new._by_key.get(expression.key, expression) if expression.table is old else expression
    copy = expression._clone()
    for key, value in expression.__dict__.items():
        if isinstance(value, ClauseElement):
            copy.__dict__[key] = moved(value, old, new)
        elif isinstance(value, list) and value and isinstance(value[0], ClauseElement):
            copy.__dict__[key] = [moved(one, old, new) for one in value]
    return copy


_SAID_OF_KEYS = frozenset(
    ("name", "onupdate", "ondelete", "deferrable", "initially", "use_alter", "link_to_name", "match", "comment")
)
# What the constraint of a ForeignKey has of it.
_OF_KEYS = _SAID_OF_KEYS.union(("_info", "_kwargs"))


class ForeignKey(SchemaItem):
    """A column's reference: "table.column", or the Column itself."""

    __visit_name__ = "foreign_key"
    _is_foreign_key = True
    parent = None
    constraint = None
    name = None
    onupdate = None
    ondelete = None
    deferrable = None
    initially = None
    use_alter = False
    link_to_name = False
    match = None
    comment = None
    _column = None

    def __init__(self, column, _constraint=None, _unresolvable=False, **said):
        if type(column) is not str:
            column = self._target(column)
        self._colspec = column
        if _constraint is not None:
            self.constraint = _constraint
        if said:
            _keep(self, said, _SAID_OF_KEYS)

    def _target(self, column):
        element = getattr(column, "__clause_element__", None)
        if element is not None and not isinstance(column, ClauseElement):
            column = element()
        if not isinstance(column, str):
            if not isinstance(column, ColumnClause):
                from ..exc import ArgumentError

                raise ArgumentError("String column name or Column object expected, got %r." % (column,))
            self._column = column
        return column

    def attach(self, table):
        """Becomes a constraint of its column's table."""
        new = ForeignKeyConstraint.__new__(ForeignKeyConstraint)
        new._from_column(self)
        self.constraint = new
        new.attach(table)

    def _parts(self):
        """(schema or None, table, column)."""
        column = self._column
        if column is not None and column.table is not None:
            return (column.table.schema, column.table.name, column.key)
        parts = self._colspec.split(".")
        if len(parts) == 1:
            return (self._default_schema(), parts[0], self.parent.key if self.parent is not None else None)
        schema = ".".join(parts[:-2]) if len(parts) > 2 else self._default_schema()
        return (schema, parts[-2], parts[-1])

    def _default_schema(self):
        if self.parent is not None and self.parent.table is not None:
            return self.parent.table.metadata.schema
        return None

    def _table_key(self):
        if self._column is not None:
            return None if self._column.table is None else self._column.table.key
        schema, table, _ = self._parts()
        return "%s.%s" % (schema, table) if schema else table

    def _get_colspec(self, schema=None, table_name=None):
        if table_name is None and schema is None:
            if self._column is not None and self._column.table is not None:
                return "%s.%s" % (self._column.table.fullname, self._column.key)
            return self._colspec
        _, table, column = self._parts()
        return ".".join([one for one in (schema, table_name or table, column) if one])

    @property
    def target_fullname(self):
        return self._get_colspec()

    def _referred_or_none(self):
        return referred(self)

    @property
    def referred_table(self):
        """The table, also where it lacks the column."""
        if self._column is None and self.parent is not None and self.parent.table is not None:
            table = self.parent.table.metadata.tables.get(self._table_key())
            if table is not None:
                return table
        return self.column.table

    @property
    def column(self):
        found = self._referred_or_none()
        if found is not None:
            return found
        from .. import exc

        parent = self.parent
        if parent is None or parent.table is None:
            raise exc.InvalidRequestError("this ForeignKey object does not yet have a parent Column associated with it.")
        key = self._table_key()
        table = parent.table.metadata.tables.get(key)
        if table is None:
            raise exc.NoReferencedTableError(
                "Foreign key associated with column '%s.%s' could not find table '%s' with which to generate a foreign key"
                " to target column '%s'" % (parent.table.name, parent.name, key, self._parts()[2]),
                key,
            )
        raise exc.NoReferencedColumnError(
            "Could not initialize target column for ForeignKey '%s' on table '%s': table '%s' has no column named '%s'"
            % (self.target_fullname, parent.table.name, table.name, self._parts()[2]),
            table.name,
            self._parts()[2],
        )

    def references(self, table):
        found = self._referred_or_none()
        return found is not None and found.table is table

    def get_referent(self, table):
        found = self._referred_or_none()
        return found if found is not None and found.table is table else None

    def _copy(self, schema=None, **kw):
        spec = self._colspec if self._column is None or self._column.table is None else self._get_colspec(schema)
        if self._column is not None and self._column.table is None:
            spec = self._column
        new = ForeignKey(
            spec,
            use_alter=self.use_alter,
            name=self.name,
            onupdate=self.onupdate,
            ondelete=self.ondelete,
            deferrable=self.deferrable,
            initially=self.initially,
            link_to_name=self.link_to_name,
            match=self.match,
            comment=self.comment,
            info=self._info,
        )
        new._kwargs = self._kwargs
        return new

    copy = _copy

    def __repr__(self):
        return "ForeignKey(%r)" % (self._get_colspec(),)


class ForeignKeyConstraint(ColumnCollectionConstraint):
    _prefix = "fk"
    __visit_name__ = "foreign_key_constraint"

    onupdate = None
    ondelete = None
    use_alter = False
    link_to_name = False
    match = None

    def __init__(self, columns, refcolumns, name=None, onupdate=None, ondelete=None, table=None, **said):
        self.name = name
        self._creation_order = next(ORDERS)
        self._pending = columns = list(columns)
        self._columns = []
        self.elements = elements = []
        for one in refcolumns:
            elements.append(ForeignKey(one, self))
        if len(columns) != len(elements):
            self._uneven(columns)
        if said or name is not None or onupdate is not None or ondelete is not None:
            said.update(onupdate=onupdate, ondelete=ondelete)
            _keep(self, said, _SAID)
            said = {key: value for key, value in said.items() if key in _SAID_OF_KEYS}
            for one in elements:
                _keep(one, {**said, "name": name}, _SAID_OF_KEYS)
        if table is not None:
            self.attach(table)
        elif columns and not isinstance(columns[0], str):
            wait_for(self, columns)

    def _uneven(self, columns):
        if len(set(one if isinstance(one, str) else id(one) for one in columns)) != len(self.elements):
            from ..exc import ArgumentError

            raise ArgumentError(
                "ForeignKeyConstraint number of constrained columns must match the number of referenced columns."
            )

    def _from_column(self, key):
        """The constraint of `ForeignKey` in a column's arguments."""
        self.name = None
        copy_said(key, self, _OF_KEYS)
        self._creation_order = next(ORDERS)
        self._column_flag = True
        self.elements = [key]
        self._pending = [key.parent]
        self._columns = [key.parent]

    def attach(self, table):
        columns = self._columns = self._resolved(table)
        self.parent = table
        untyped = False
        for element, column in zip(self.elements, columns):
            if element.parent is None:
                element.parent = column
                column.foreign_keys = list(column.foreign_keys) + [element]
            if column.type is NULLTYPE:
                untyped = True
        table.constraints.append(self)
        naming.name(self, table, table.metadata.naming_convention)
        if untyped:
            table._settle_types(self.elements)

    _set_parent = attach

    @property
    def column_keys(self):
        return [one.key for one in self._columns] or self._names()

    @property
    def referred_table(self):
        return self.elements[0].column.table

    def data(self):
        schema, table, _ = self.elements[0]._parts()
        data = {
            "columns": [str(one.name) for one in self._columns],
            "referred": {"schema": schema, "name": str(table)},
            "referred_columns": [self._referred_name(one) for one in self.elements],
        }
        if self.ondelete is not None:
            data["ondelete"] = self.ondelete
        if self.onupdate is not None:
            data["onupdate"] = self.onupdate
        if self.match is not None:
            data["match"] = self.match
        if self.use_alter:
            data["use_alter"] = True
        if self.link_to_name:
            data["link_to_name"] = True
        return {"ForeignKey": data}

    def _referred_name(self, element):
        found = element._referred_or_none()
        return str(found.name) if found is not None else str(element._parts()[2])

    def _copy(self, schema=None, target_table=None, **kw):
        new = ForeignKeyConstraint(
            self.column_keys,
            [one._get_colspec(schema) if one._column is None or one._column.table is not None else one._column for one in self.elements],
            name=self.name,
            onupdate=self.onupdate,
            ondelete=self.ondelete,
            use_alter=self.use_alter,
            link_to_name=self.link_to_name,
            match=self.match,
        )
        return self._shared(new)

    def _repr_arguments(self):
        return [repr(self.column_keys), repr([one._get_colspec() for one in self.elements])]


class Index(SchemaItem):
    __visit_name__ = "index"
    _prefix = "ix"
    _column_flag = False
    parent = None
    table = None

    def __init__(self, name, *expressions, unique=False, quote=None, info=None, _table=None, _column_flag=False, **options):
        self.name = quoted_name(name, quote) if quote is not None else name
        self.unique = unique
        self._creation_order = next(ORDERS)
        if info is not None:
            self._info = info
        if _column_flag:
            self._column_flag = True
        if options:
            self._kwargs = check_options(options)
        self.expressions = [_as_expression(one) for one in expressions]
        self._strings = any(isinstance(one, str) for one in self.expressions)
        if _table is not None:
            self.attach(_table)
        elif not self._strings:
            self._wait()

    def _from_column(self, column, table):
        """The index of `index=True`: an `__init__` and `attach` of what that says."""
        self.name = None
        self.unique = bool(column.unique)
        self._creation_order = next(ORDERS)
        self._column_flag = True
        self.expressions = [column]
        self._strings = False
        self.table = self.parent = table
        table.indexes.append(self)
        convention = table.metadata.naming_convention
        if convention is naming.DEFAULT:
            self.name = naming.conv("ix_" + naming.label(column, table))
        else:
            naming.name(self, table, convention)

    def _wait(self):
        columns = []
        for one in self.expressions:
            columns += columns_in(one)
        wait_for(self, columns)

    def attach(self, table):
        if self.table is not None and self.table is not table:
            from ..exc import ArgumentError

            raise ArgumentError(
                "Index '%s' is against table '%s', and cannot be associated with table '%s'."
                % (self.name, self.table.description, table.description)
            )
        if self._strings:
            by_key = table._by_key
            resolved = []
            for one in self.expressions:
                if isinstance(one, str):
                    column = by_key.get(one)
                    if column is None:
                        missing(self, table, one)
                    one = column
                resolved.append(one)
            self.expressions = resolved
            self._strings = False
        self.table = table
        self.parent = table
        table.indexes.append(self)
        naming.name(self, table, table.metadata.naming_convention)

    _set_parent = attach

    def _named_columns(self):
        found = []
        for one in self.expressions:
            if not isinstance(one, str):
                found += columns_in(one)
        return found

    @property
    def columns(self):
        from .base import ColumnCollection

        return ColumnCollection({one.key: one for one in self._named_columns()})

    c = columns

    def create(self, bind, checkfirst=False):
        from .ddl import create_index

        create_index(self, bind, checkfirst)

    def drop(self, bind, checkfirst=False):
        from .ddl import drop_index

        drop_index(self, bind, checkfirst)

    def _copy(self, target_table=None, **kw):
        old = self.table
        expressions = []
        for one in self.expressions:
            if isinstance(one, ColumnClause) and not one.is_literal:
                one = one.key
            elif not isinstance(one, str) and target_table is not None:
                one = moved(one, old, target_table)
            expressions.append(one)
        new = Index(self.name, *expressions, unique=self.unique, info=self._info, _table=target_table, _column_flag=self._column_flag)
        new._kwargs = self._kwargs
        return new

    def __repr__(self):
        out = [repr(self.name)] + [repr(one) for one in self.expressions]
        if self.unique:
            out.append("unique=True")
        return "Index(%s)" % ", ".join(out)


def _as_expression(value):
    if isinstance(value, str) or isinstance(value, ClauseElement):
        return value
    element = getattr(value, "__clause_element__", None)
    if element is not None:
        return element()
    from ..exc import ArgumentError

    raise ArgumentError("String column name or column expression for DDL constraint expected, got %r." % (value,))
