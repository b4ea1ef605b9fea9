"""INSERT, UPDATE, DELETE."""

from .base import ColumnCollection
from .elements import BindParameter, ClauseElement, coerce, coerce_condition
from .selectable import Join, SelectBase, _flattened, as_from


def column_of(table, key):
    """The column that a key of VALUES means, or None where the table does not tell its columns."""
    if isinstance(key, ClauseElement):
        return key
    element = getattr(key, "__clause_element__", None)
    if element is not None:
        return element()
    return table._columns().get(key)


class UpdateBase(ClauseElement):
    is_dml = True
    _is_dml = True
    _returning = ()
    _ctes = ()
    entity = None

    def __init__(self, table):
        self.entity = None if isinstance(table, ClauseElement) else table
        self.table = as_from(table)

    def returning(self, *columns, **kw):
        new = self._clone()
        new._returning = tuple(self._returning) + columns
        return new

    def add_cte(self, *ctes, nest_here=False):
        new = self._clone()
        new._ctes = tuple(self._ctes) + ctes
        return new

    def with_hint(self, *args, **kw):
        return self

    def prefix_with(self, *prefixes, dialect=None):
        new = self._clone()
        new._prefixes = tuple(getattr(self, "_prefixes", ())) + tuple(str(one) if isinstance(one, str) else one.text for one in prefixes)
        return new

    def options(self, *options):
        return self

    def entities(self):
        """What RETURNING gives."""
        from .selectable import Select

        return Select(*self._returning).entities()

    def result_columns(self):
        from .selectable import Select

        return Select(*self._returning).result_columns()

    @property
    def exported_columns(self):
        return ColumnCollection({key: one for key, _, one in self.result_columns()})

    def _finished(self, data, scope):
        if self._returning:
            from .selectable import Select

            data["returning"] = Select(*self._returning)._lowered_columns(scope)
        for cte in self._ctes:
            cte.from_data(scope)
        if scope.ctes:
            data["with"] = list(scope.ctes.values())
            scope.ctes = {}
        return data

    def lower(self, scope):
        return self.statement(scope)

    def lower_nested(self, scope, separate=False):
        return self.statement(scope)

    def cte(self, name=None, recursive=False, nesting=False):
        from .selectable import CTE

        return CTE(self, name, recursive)

    def _keyed(self, values):
        """VALUES by column name, in the order of the table's columns."""
        named = {}
        for key, value in values.items():
            column = column_of(self.table, key)
            if column is None and self.table._columns():
                from ..exc import CompileError

                raise CompileError("Unconsumed column names: %s" % key)
            name = column.name if column is not None else key
            named[name] = (column, value)
        return named

    def _value(self, column, name, value, scope):
        if isinstance(value, ClauseElement) or hasattr(value, "__clause_element__"):
            value = coerce(value)
            if isinstance(value, BindParameter) and column is not None and value.type._data == "Null":
                value.type = column.type
            return value.lower(scope)
        if scope.named:
            scope.parameters[name] = value
            return {"Parameter": {"name": name}}
        from .elements import lowered_value
        from .type_api import NULLTYPE, literal_type

        kind = column.type if column is not None and column.type is not NULLTYPE else literal_type(value)
        return lowered_value(value, kind, scope)


class ValuesBase(UpdateBase):
    _values = None

    def _merged(self, args, kw):
        given = dict(args[0]) if args and isinstance(args[0], dict) else {}
        if args and isinstance(args[0], (tuple, list)):
            given = dict(zip([one.key for one in self.table._columns().values()], args[0]))
        given.update(kw)
        return given


class Insert(ValuesBase):
    _select = None
    _rows = None
    _conflict = None
    _prefixes = ()
    _inline = False
    is_insert = True

    def values(self, *args, **kw):
        new = self._clone()
        if args and isinstance(args[0], (list, tuple)) and args[0] and isinstance(args[0][0], (dict, tuple, list)):
            new._rows = list(self._rows or ()) + [self._row(one) for one in args[0]]
            return new
        new._values = {**(self._values or {}), **self._merged(args, kw)}
        return new

    def _row(self, row):
        return row if isinstance(row, dict) else self._merged((row,), {})

    def from_select(self, names, select, include_defaults=True):
        new = self._clone()
        new._select = ([one if isinstance(one, str) else one.name for one in names], select)
        return new

    def inline(self):
        return self

    def return_defaults(self, *cols, **kw):
        return self

    # ON CONFLICT, where a dialect's own insert() was imported.

    def on_conflict_do_nothing(self, index_elements=None, constraint=None, index_where=None):
        new = self._clone()
        new._conflict = (index_elements, constraint, index_where, {}, None)
        return new

    def on_conflict_do_update(self, index_elements=None, constraint=None, index_where=None, set_=None, where=None):
        new = self._clone()
        new._conflict = (index_elements, constraint, index_where, dict(set_.items() if hasattr(set_, "items") else set_), where)
        return new

    @property
    def excluded(self):
        from .selectable import Alias

        return Alias(self.table, "excluded").c

    inserted = excluded

    def rows(self):
        """The rows of VALUES; one row unless several were given."""
        if self._rows is not None:
            return [{**(self._values or {}), **row} for row in self._rows]
        return None if self._values is None else [self._values]

    def statement(self, scope):
        return self.lowered(scope, self.rows())

    def _columns_known(self):
        return bool(self.table._columns())

    def lowered(self, scope, rows):
        data = {"table": self.table.name_data()}
        if self._prefixes:
            data["prefixes"] = list(self._prefixes)
        if self._select is not None:
            data["columns"], select = list(self._select[0]), self._select[1]
            data["source"] = {"Select": select.lower_nested(scope)}
        elif rows is None and scope.named:
            data.update(self._all_columns())
        elif not rows or not rows[0]:
            data["columns"] = []
            data["source"] = "Default"
        else:
            data.update(self._lowered_rows(scope, rows))
        if self._conflict is not None:
            data["on_conflict"] = self._lowered_conflict(scope)
        return {"Insert": self._finished(data, scope)}

    def _all_columns(self):
        """`str(table.insert())`: a parameter for each column."""
        names = [one.name for one in self.table._columns().values()]
        return {"columns": names, "source": {"Values": [[{"Parameter": {"name": name}} for name in names]]}}

    def _lowered_rows(self, scope, rows):
        first = self._keyed(rows[0])
        order = [one.name for one in self.table._columns().values() if one.name in first]
        order += [name for name in first if name not in order]
        lowered = []
        for at, row in enumerate(rows):
            keyed = first if at == 0 else self._keyed(row)
            values = []
            for name in order:
                if name not in keyed:
                    from ..exc import CompileError

                    raise CompileError(
                        "Can't mix single-values and multiple values formats in one statement: row %d has no value for %s" % (at, name)
                    )
                column, value = keyed[name]
                parameter = name if len(rows) == 1 else "%s_m%d" % (name, at)
                values.append(self._value(column, parameter, value, scope))
            lowered.append(values)
        return {"columns": [str(name) for name in order], "source": {"Values": lowered}}

    def _lowered_conflict(self, scope):
        elements, constraint, where, values, condition = self._conflict
        columns = []
        for one in elements or ():
            name = one if isinstance(one, str) else getattr(one, "name", None)
            columns.append({"Column": {"name": name}} if name else one.lower(scope))
        if constraint is not None and not isinstance(constraint, str):
            constraint = constraint.name
        keyed = self._keyed(values)
        return {
            "columns": columns,
            "constraint": constraint,
            "target_condition": None if where is None else coerce_condition(where).lower(scope),
            "set": [[name, self._value(column, name, value, scope)] for name, (column, value) in keyed.items()],
            "condition": None if condition is None else coerce_condition(condition).lower(scope),
        }


class Update(ValuesBase):
    _where = ()
    _ordered = None
    is_update = True

    def values(self, *args, **kw):
        new = self._clone()
        new._values = {**(self._values or {}), **self._merged(args, kw)}
        return new

    def ordered_values(self, *pairs):
        new = self._clone()
        new._values = dict(pairs)
        new._ordered = True
        return new

    def where(self, *conditions):
        new = self._clone()
        new._where = tuple(self._where) + tuple(coerce_condition(one) for one in conditions)
        return new

    filter = where

    def filter_by(self, **values):
        return self.where(*[self.table.c[name] == value for name, value in values.items()])

    def statement(self, scope):
        return self.lowered(scope, self._values)

    def lowered(self, scope, values):
        if values is None:
            values = {one.key: BindParameter(one.name) for one in self.table._columns().values()}
        keyed = self._keyed(values)
        order = list(keyed)
        if not self._ordered:
            known = [one.name for one in self.table._columns().values() if one.name in keyed]
            order = known + [name for name in order if name not in known]
        pairs = []
        saved = scope.enclosing
        scope.enclosing = [self.table]
        scope._inside = True
        for name in order:
            column, value = keyed[name]
            pairs.append([str(name), self._value(column, name, value, scope)])
        data = {"table": self.table.name_data(), "set": pairs}
        others = self._others(values)
        if others:
            data["from"] = [one.from_data(scope) for one in others]
        if self._where:
            data["conditions"] = [one.lower(scope) for one in _flattened(self._where)]
        scope.enclosing = saved
        scope._inside = False
        return {"Update": self._finished(data, scope)}

    def _others(self, values):
        found = {}
        for one in self._where:
            one.froms(found)
        for value in (values or {}).values():
            if isinstance(value, ClauseElement):
                value.froms(found)
        found.pop(id(self.table), None)
        return list(found.values())


class Delete(UpdateBase):
    _where = ()
    is_delete = True

    def where(self, *conditions):
        new = self._clone()
        new._where = tuple(self._where) + tuple(coerce_condition(one) for one in conditions)
        return new

    filter = where

    def filter_by(self, **values):
        return self.where(*[self.table.c[name] == value for name, value in values.items()])

    def statement(self, scope):
        data = {"table": self.table.name_data()}
        found = {}
        for one in self._where:
            one.froms(found)
        found.pop(id(self.table), None)
        saved = scope.enclosing
        scope.enclosing = [self.table]
        scope._inside = True
        if found:
            data["using"] = [one.from_data(scope) for one in found.values()]
        if self._where:
            data["conditions"] = [one.lower(scope) for one in _flattened(self._where)]
        scope.enclosing = saved
        scope._inside = False
        return {"Delete": self._finished(data, scope)}


def insert(table):
    return Insert(table)


def update(table):
    return Update(table)


def delete(table):
    return Delete(table)
