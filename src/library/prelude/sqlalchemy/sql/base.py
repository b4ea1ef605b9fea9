"""What rows come from: tables, and everything that can stand in FROM."""

from .elements import ClauseElement, ColumnClause


class ColumnCollection:
    """`table.c`: columns by name, as attributes, by position and in order."""

    __slots__ = ("_by_key",)

    def __init__(self, by_key=None):
        self._by_key = {} if by_key is None else by_key

    def __getattr__(self, name):
        try:
            return self._by_key[name]
        except KeyError:
            raise AttributeError(name) from None

    def __getitem__(self, key):
        if isinstance(key, str):
            return self._by_key[key]
        values = list(self._by_key.values())
        if isinstance(key, int):
            return values[key]
        if isinstance(key, slice):
            return ColumnCollection({one.key: one for one in values[key]})
        return ColumnCollection({name: self._by_key[name] for name in key})

    def get(self, key, default=None):
        return self._by_key.get(key, default)

    def __iter__(self):
        return iter(self._by_key.values())

    def __len__(self):
        return len(self._by_key)

    def __bool__(self):
        return True

    def __contains__(self, key):
        if not isinstance(key, str):
            from ..exc import ArgumentError

            raise ArgumentError("__contains__ requires a string argument")
        return key in self._by_key

    def contains_column(self, column):
        return any(one is column for one in self._by_key.values())

    def keys(self):
        return list(self._by_key)

    def values(self):
        return list(self._by_key.values())

    def items(self):
        return list(self._by_key.items())

    def as_readonly(self):
        return self

    def add(self, column, key=None):
        self._by_key[key or column.key] = column

    def corresponding_column(self, column, require_embedded=False):
        for one in self._by_key.values():
            if one is column or getattr(one, "_proxies", None) is column:
                return one
        return None

    def __str__(self):
        return "%s(%s)" % (type(self).__name__, ", ".join(str(one) for one in self._by_key.values()))

    def __repr__(self):
        return str(self)


ReadOnlyColumnCollection = ColumnCollection


class Selectable(ClauseElement):
    is_selectable = True


class FromClause(Selectable):
    """What can stand in FROM. `_by_key` holds its columns."""

    name = None
    schema = None
    primary_key = ()
    foreign_keys = ()

    def __hash__(self):
        return id(self)

    @property
    def c(self):
        return ColumnCollection(self._columns())

    columns = c
    exported_columns = c

    def _columns(self):
        return self._by_key

    def froms(self, found):
        found[id(self)] = self

    def _reference(self, scope):
        """The name under which its columns are written."""
        raise NotImplementedError(type(self).__name__)

    def from_data(self, scope):
        raise NotImplementedError(type(self).__name__)

    def lower(self, scope):
        return {"Star": self._reference(scope)}

    def parts(self):
        """The simple selectables inside, for joins."""
        return [self]

    def select(self, *args):
        from .selectable import select

        return select(self)

    def _as_select(self):
        return self.select()

    def alias(self, name=None, flat=False):
        from .selectable import Alias

        return Alias(self, name)

    def join(self, right, onclause=None, isouter=False, full=False):
        from .selectable import Join

        return Join(self, right, onclause, isouter, full)

    def outerjoin(self, right, onclause=None, full=False):
        from .selectable import Join

        return Join(self, right, onclause, True, full)

    def tablesample(self, sampling, name=None, seed=None):
        raise NotImplementedError("TABLESAMPLE is not supported here")

    def is_derived_from(self, other):
        return self is other

    def corresponding_column(self, column, require_embedded=False):
        return self.c.corresponding_column(column)


class TableClause(FromClause):
    """`table("t", column("x"))`: a table that is only a name and columns."""

    def __init__(self, name, *columns, schema=None):
        self.name = name
        self.schema = schema
        self._by_key = {}
        self._name_data = None
        for one in columns:
            self.append_column(one)

    @property
    def fullname(self):
        return "%s.%s" % (self.schema, self.name) if self.schema else str(self.name)

    def append_column(self, column):
        if column.table is not None and column.table is not self:
            from ..exc import ArgumentError

            raise ArgumentError("column object '%s' already assigned to table '%s'" % (column.key, column.table.name))
        column.table = self
        self._by_key[column.key] = column

    @property
    def description(self):
        return self.name

    def name_data(self):
        data = self._name_data
        if data is None:
            data = {"schema": self.schema, "name": str(self.name)}
            self._name_data = data
        return data

    def _reference(self, scope):
        return self.name_data()

    def from_data(self, scope):
        return {"Table": {"name": self.name_data(), "alias": None}}

    def insert(self):
        from .dml import Insert

        return Insert(self)

    def update(self):
        from .dml import Update

        return Update(self)

    def delete(self):
        from .dml import Delete

        return Delete(self)

    def __str__(self):
        return self.fullname


def table(name, *columns, **kw):
    return TableClause(name, *columns, **kw)


class Executable:
    pass


class SchemaEventTarget:
    pass


class _NoArg:
    def __repr__(self):
        return "_NoArg.NO_ARG"


NO_ARG = _NoArg()
