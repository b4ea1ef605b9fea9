"""SELECT, joins, aliases, subqueries, CTEs."""

from .base import ColumnCollection, FromClause, Selectable, TableClause
from .elements import (
    BindParameter,
    ClauseElement,
    ColumnClause,
    ColumnElement,
    Label,
    UnaryExpression,
    and_,
    coerce,
    coerce_condition,
    literal_column,
)
from .nodes import _several
from .scope import Scope
from .type_api import NULLTYPE, to_instance


def as_from(value):
    """What somebody gave as a source of rows."""
    if isinstance(value, FromClause):
        return value
    if isinstance(value, ClauseElement):
        if value._is_text:
            return TextFrom(value)
        if hasattr(value, "subquery"):
            return value.subquery()
        return value
    entity = getattr(value, "__clause_element__", None) or getattr(value, "_from_clause", None)
    if entity is not None:
        return entity()
    if hasattr(value, "__table__"):
        return entity_from(value)
    from ..exc import ArgumentError

    raise ArgumentError("FROM expression, such as a Table or alias() object, expected, got %r." % (value,))


def entity_from(cls):
    mapper = getattr(cls, "__mapper__", None)
    return mapper.selectable if mapper is not None else cls.__table__


class TextFrom(FromClause):
    def __init__(self, text):
        self.text = text
        self._by_key = {}

    def from_data(self, scope):
        return {"Text": self.text.text}


class AliasedReturnsRows(FromClause):
    """Something under another name; its columns are made when asked for."""

    def __init__(self, element, name=None):
        self.element = element
        self.name = name
        self._made = None

    def _columns(self):
        if self._made is None:
            self._made = {}
            for key, source in self._sources():
                self._made[key] = self._proxied(source, key)
        return self._made

    def _sources(self):
        return list(self.element._columns().items())

    def _proxied(self, source, key):
        new = ColumnClause(getattr(source, "name", None) or key, source.type, _selectable=self)
        new.key = key
        new._proxies = source
        new.primary_key = source.primary_key
        return new

    @property
    def primary_key(self):
        return [one for one in self._columns().values() if one.primary_key]

    @property
    def original(self):
        return self.element

    def _own_name(self, scope):
        if self.name is not None:
            return self.name
        return scope.anonymous(self, getattr(self.element, "name", None) or "anon")

    def _reference(self, scope):
        return {"name": self._own_name(scope)}

    def is_derived_from(self, other):
        return self is other or self.element.is_derived_from(other)


class Alias(AliasedReturnsRows):
    @property
    def table(self):
        return self.element

    def from_data(self, scope):
        name = self._own_name(scope)
        if isinstance(self.element, TableClause):
            return {"Table": {"name": self.element.name_data(), "alias": name}}
        inner = self.element.from_data(scope)
        if "Subquery" in inner:
            inner["Subquery"]["alias"] = name
        return inner


class TableValuedAlias(AliasedReturnsRows):
    pass


class FunctionAlias(AliasedReturnsRows):
    """A function that gives rows."""

    def __init__(self, call, name=None, names=()):
        super().__init__(call, name)
        self._names = names

    def _sources(self):
        if not self._names:
            return [(self.element.name, self.element)]
        found = []
        for one in self._names:
            column = ColumnClause(one) if isinstance(one, str) else one
            found.append((column.key, column))
        return found

    @property
    def column(self):
        return list(self._columns().values())[0]

    def alias(self, name=None, **kw):
        return FunctionAlias(self.element, name, self._names)

    def from_data(self, scope):
        return {"Function": {"call": self.element.lower(scope), "alias": self._own_name(scope)}}

    def render_derived(self, **kw):
        return self


class Subquery(AliasedReturnsRows):
    lateral = False

    def _sources(self):
        return [(key, source) for key, _, source in self.element.result_columns()]

    def _proxied(self, source, key):
        new = AliasedReturnsRows._proxied(self, source, key)
        new.name = key
        return new

    def from_data(self, scope):
        name = self._own_name(scope)
        return {
            "Subquery": {"statement": in_from(self.element, scope, self.lateral), "alias": name, "lateral": self.lateral}
        }

    def alias(self, name=None, flat=False):
        new = type(self)(self.element, name)
        return new


def in_from(element, scope, separate):
    saved = scope.labelled
    scope.labelled = True
    try:
        return element.lower_nested(scope, separate)
    finally:
        scope.labelled = saved


class Lateral(Subquery):
    lateral = True


class CTE(AliasedReturnsRows):
    """WITH name AS (…)."""

    def __init__(self, element, name=None, recursive=False, nesting=False):
        super().__init__(element, name)
        self.recursive = recursive
        self._first = None

    def _sources(self):
        return [(key, source) for key, _, source in (self._first or self).element.result_columns()]

    def _proxied(self, source, key):
        new = AliasedReturnsRows._proxied(self, source, key)
        new.name = key
        return new

    def _own_name(self, scope):
        return (self._first or self).name or scope.anonymous(self._first or self, "anon")

    def from_data(self, scope):
        name = self._own_name(scope)
        if name not in scope.ctes:
            # Entered before its statement is lowered, because a recursive one selects from itself.
            entry = {"name": name, "recursive": self.recursive, "statement": None}
            scope.ctes[name] = entry
            entry["statement"] = in_from(self.element, scope, True)
            # What it uses itself comes before it.
            del scope.ctes[name]
            scope.ctes[name] = entry
        return {"Table": {"name": {"name": name}, "alias": None}}

    def froms(self, found):
        found[id(self._first or self)] = self._first or self

    def _compound(self, method, others):
        new = CTE(getattr(self.element, method)(*others), self.name, self.recursive)
        # Columns of the first part name the CTE inside the second part as well.
        new._made = self._columns()
        for one in new._made.values():
            one.table = new
        self._first = new
        return new

    def union(self, *others):
        return self._compound("union", others)

    def union_all(self, *others):
        return self._compound("union_all", others)

    def alias(self, name=None, flat=False):
        return Alias(self, name)


class Join(FromClause):
    def __init__(self, left, right, onclause=None, isouter=False, full=False):
        self.left = as_from(left)
        self.right = as_from(right)
        if onclause is None:
            onclause = join_condition(self.left, self.right)
        else:
            onclause = coerce_condition(onclause)
        self.onclause = onclause
        self.isouter = isouter
        self.full = full

    def _columns(self):
        found = {}
        for part in self.parts():
            for key, one in part._columns().items():
                found["%s_%s" % (part.name, key)] = one
        return found

    def parts(self):
        return self.left.parts() + self.right.parts()

    @property
    def primary_key(self):
        return [one for part in self.parts() for one in part.primary_key]

    def froms(self, found):
        found[id(self)] = self

    def from_data(self, scope):
        return {
            "Join": {
                "left": self.left.from_data(scope),
                "right": self.right.from_data(scope),
                "on": self.onclause.lower(scope),
                "outer": self.isouter,
                "full": self.full,
            }
        }

    def is_derived_from(self, other):
        return any(one is other for one in self.parts())


def join_condition(left, right):
    """ON, as the foreign keys between two tables say."""
    found = []
    for here, there in ((right, left), (left, right)):
        for mine in here.parts():
            for other in there.parts():
                found += _links(mine, other)
        if found:
            break
    from .. import exc

    names = (_described(left), _described(right))
    if not found:
        raise exc.NoForeignKeysError("Can't find any foreign key relationships between '%s' and '%s'." % names)
    constraints = []
    for constraint, _ in found:
        if constraint not in constraints:
            constraints.append(constraint)
    if len(constraints) > 1:
        raise exc.AmbiguousForeignKeysError(
            "Can't determine join between '%s' and '%s'; tables have more than one foreign key constraint relationship"
            " between them. Please specify the 'onclause' of this join explicitly." % names
        )
    return and_(*[condition for _, condition in found])


def _described(part):
    if isinstance(part, Join):
        return "Join object on %s(%d) and %s(%d)" % (_described(part.left), id(part.left), _described(part.right), id(part.right))
    return part.name


def _links(mine, other):
    found = []
    target = other
    while isinstance(target, Alias):
        target = target.element
    for one in mine._columns().values():
        source = one
        while getattr(source, "_proxies", None) is not None:
            source = source._proxies
        for key in source.foreign_keys:
            referred = key._referred_or_none()
            if referred is not None and referred.table is target:
                there = other._columns().get(referred.key)
                found.append((key.constraint or key, there == one))
    return found


def join(left, right, onclause=None, isouter=False, full=False):
    return Join(left, right, onclause, isouter, full)


def outerjoin(left, right, onclause=None, full=False):
    return Join(left, right, onclause, True, full)


def alias(selectable, name=None, flat=False):
    return as_from(selectable).alias(name)


def lateral(selectable, name=None):
    return Lateral(selectable, name)


def _optional(value):
    if value is None:
        return None
    if isinstance(value, ClauseElement):
        return value
    return BindParameter(None, value, to_instance(_integer()), unique=True)


def _integer():
    from .sqltypes import Integer

    return Integer


class SelectBase(Selectable):
    """What SELECT and UNION have in common."""

    _order = ()
    _limit_clause = None
    _offset_clause = None
    _is_select = True

    def subquery(self, name=None):
        return Subquery(self, name)

    def alias(self, name=None, flat=False):
        return Subquery(self, name)

    def lateral(self, name=None):
        return Lateral(self, name)

    def cte(self, name=None, recursive=False, nesting=False):
        return CTE(self, name, recursive, nesting)

    def scalar_subquery(self):
        return ScalarSelect(self)

    as_scalar = scalar_subquery

    def label(self, name):
        return self.scalar_subquery().label(name)

    def exists(self):
        return Exists(self)

    def _as_select(self):
        return self

    def union(self, *others):
        return CompoundSelect("UNION", self, *others)

    def union_all(self, *others):
        return CompoundSelect("UNION ALL", self, *others)

    def intersect(self, *others):
        return CompoundSelect("INTERSECT", self, *others)

    def intersect_all(self, *others):
        return CompoundSelect("INTERSECT ALL", self, *others)

    def except_(self, *others):
        return CompoundSelect("EXCEPT", self, *others)

    def except_all(self, *others):
        return CompoundSelect("EXCEPT ALL", self, *others)

    def order_by(self, *clauses):
        new = self._clone()
        if len(clauses) == 1 and clauses[0] is None:
            new._order = ()
        else:
            new._order = tuple(self._order) + tuple(self._ordering(one) for one in clauses)
        return new

    def _ordering(self, one):
        if isinstance(one, (int, float)):
            from ..exc import ArgumentError

            raise ArgumentError("ORDER BY expression expected, got %r." % (one,))
        return _several(one)[0]

    def get_final_froms(self):
        return list(self._sources())

    def limit(self, limit):
        new = self._clone()
        new._limit_clause = _optional(limit)
        return new

    def offset(self, offset):
        new = self._clone()
        new._offset_clause = _optional(offset)
        return new

    def fetch(self, count, with_ties=False, percent=False):
        return self.limit(count)

    def slice(self, start, stop):
        return self.offset(start or None).limit(stop - (start or 0))

    def options(self, *options):
        new = self._clone()
        new._options = getattr(self, "_options", ()) + options
        return new

    def with_for_update(self, *args, **kw):
        new = self._clone()
        new._for_update = True
        return new

    @property
    def selected_columns(self):
        return ColumnCollection({key: one for key, _, one in self.result_columns()})

    exported_columns = selected_columns
    c = selected_columns
    columns = selected_columns

    def _columns(self):
        return {key: one for key, _, one in self.result_columns()}

    def froms(self, found):
        pass

    def lower_nested(self, scope, separate=False):
        """Inside another statement; `separate`: what the enclosing SELECT selects from is not meant."""
        if not separate:
            return self.statement(scope)
        saved = scope.enclosing
        scope.enclosing = []
        try:
            return self.statement(scope)
        finally:
            scope.enclosing = saved

    def lower(self, scope):
        return {"Subquery": self.lower_nested(scope)}

    def with_statement_hint(self, *args, **kw):
        return self

    with_hint = with_statement_hint


class Select(SelectBase):
    """SELECT."""

    _where = ()
    _from = ()
    _joins = ()
    _group = ()
    _having = ()
    _distinct = False
    _says_distinct = False
    _for_update = False
    _correlated = None

    def __init__(self, *entities):
        self._raw = [self._entity(one) for one in entities]

    def _entity(self, value):
        if isinstance(value, (list, tuple)):
            from ..exc import ArgumentError

            raise ArgumentError(
                "Column expression, FROM clause, or other columns clause element expected, got %r. Did you mean to say select(%s)?"
                % (value, ", ".join(repr(one) for one in value))
            )
        if isinstance(value, ClauseElement):
            return value
        if getattr(value, "_is_entity", False) or hasattr(value, "__mapper__"):
            return value
        element = getattr(value, "__clause_element__", None)
        if element is not None:
            return element()
        if isinstance(value, str):
            from ..exc import ArgumentError

            raise ArgumentError(
                "Textual column expression %r should be explicitly declared with text(%r), or use column(%r) for more specificity"
                % (value, value, value)
            )
        if value is None or isinstance(value, (int, float, bool)):
            return coerce(value)
        from ..exc import ArgumentError

        raise ArgumentError("Column expression, FROM clause, or other columns clause element expected, got %r." % (value,))

    # Building.

    def with_only_columns(self, *entities, maintain_column_froms=False):
        new = self._clone()
        if maintain_column_froms:
            new._from = tuple(self._from) + tuple(self._sources())
        new._raw = [self._entity(one) for one in entities]
        return new

    def add_columns(self, *entities):
        new = self._clone()
        new._raw = self._raw + [self._entity(one) for one in entities]
        return new

    column = add_columns

    def where(self, *conditions):
        new = self._clone()
        new._where = tuple(self._where) + tuple(coerce_condition(one) for one in conditions)
        return new

    filter = where

    def filter_by(self, **values):
        target = self._joins[-1][0] if self._joins else self._raw[0]
        return self.where(*[_attribute(target, name) == value for name, value in values.items()])

    def select_from(self, *sources):
        new = self._clone()
        new._from = tuple(self._from) + tuple(as_from(one) for one in sources)
        return new

    def join(self, target, onclause=None, isouter=False, full=False):
        new = self._clone()
        new._joins = tuple(self._joins) + ((target, onclause, isouter, full, None),)
        return new

    def outerjoin(self, target, onclause=None, full=False):
        return self.join(target, onclause, True, full)

    def join_from(self, left, target, onclause=None, isouter=False, full=False):
        new = self._clone()
        new._joins = tuple(self._joins) + ((target, onclause, isouter, full, left),)
        return new

    def outerjoin_from(self, left, target, onclause=None, full=False):
        return self.join_from(left, target, onclause, True, full)

    def group_by(self, *clauses):
        new = self._clone()
        if len(clauses) == 1 and clauses[0] is None:
            new._group = ()
        else:
            new._group = tuple(self._group) + tuple(_several(one)[0] for one in clauses)
        return new

    def having(self, *conditions):
        new = self._clone()
        new._having = tuple(self._having) + tuple(coerce_condition(one) for one in conditions)
        return new

    def distinct(self, *expr):
        new = self._clone()
        new._distinct = True
        return new

    def correlate(self, *sources):
        new = self._clone()
        new._correlated = [] if len(sources) == 1 and sources[0] is None else [as_from(one) for one in sources]
        return new

    def correlate_except(self, *sources):
        return self

    def prefix_with(self, *prefixes, dialect=None):
        return self

    suffix_with = prefix_with

    def set_label_style(self, style):
        return self

    def reduce_columns(self, only_synonyms=True):
        return self

    def add_cte(self, *ctes, nest_here=False):
        new = self._clone()
        new._added = tuple(getattr(self, "_added", ())) + ctes
        return new

    @property
    def whereclause(self):
        return and_(*self._where) if self._where else None

    @property
    def inner_columns(self):
        return iter([one for _, _, one in self.result_columns()])

    # Reading.

    def entities(self):
        """What is selected, entity by entity: (entity or None, its columns)."""
        found = []
        for one in self._raw:
            if isinstance(one, ClauseElement):
                if isinstance(one, FromClause):
                    found.append((None, list(one._columns().values())))
                else:
                    found.append((None, [one]))
            else:
                found.append((one, entity_columns(one)))
        return found

    def _flat(self):
        return [one for _, columns in self.entities() for one in columns]

    def result_columns(self):
        """(key, name in SQL or None where it is the expression's own, expression) for each column."""
        return [(key or "_no_label", name, one) for key, name, one in self._named(Scope())]

    def _named(self, scope):
        taken = {}
        out = []
        for one in self._flat():
            if _is_distinct(one):
                out.append((one.element.key, None, one))
                continue
            key = one.key if isinstance(one, (ColumnClause, Label)) else None
            name = one.name if isinstance(one, (ColumnClause, Label)) else None
            label = None
            if isinstance(one, Label):
                if name is None:
                    name = scope.anonymous(one, "anon") if scope is not None else "anon"
                label = name
            elif name is None and not one._is_text:
                label = name = self._made_label(one, scope)
            elif name is not None and name in taken and not getattr(one, "is_literal", False):
                count = taken[name]
                taken[name] = count + 1
                label = name = "%s_%d" % (name, count)
            if name is not None and name not in taken:
                taken[name] = 1
            out.append((key if key is not None and label is None else name, label, one))
        return out

    def _made_label(self, one, scope):
        from .functions import FunctionElement
        from .nodes import Cast

        inner = one
        while isinstance(inner, Cast):
            inner = inner.clause
        if inner is not one and isinstance(inner, ColumnClause):
            return inner.name
        base = "anon"
        if isinstance(one, FunctionElement):
            base = one.name
        if isinstance(one, ScalarSelect) and not one._is_exists:
            base = "anon"
        if scope is None:
            return base + "_1"
        return scope.anonymous(one, base)

    def _sources(self):
        """What it selects from, before correlation."""
        found = {}
        for one in self._from:
            found[id(one)] = one
        self._joined(found)
        for one in self._raw:
            if isinstance(one, ClauseElement):
                one.froms(found)
            else:
                entity = as_from(one)
                found[id(entity)] = entity
        for one in self._where:
            one.froms(found)
        hidden = set()
        for one in found.values():
            if isinstance(one, Join):
                hidden |= _inside(one)
        return [one for one in found.values() if id(one) not in hidden]

    def _joined(self, found):
        """Adds the joins of `.join(…)` to `found`."""
        last = None
        for target, onclause, outer, full, left in self._joins:
            start = as_from(left) if left is not None else last
            if start is None or (left is not None and last is not None and not last.is_derived_from(start)):
                if start is None:
                    start = self._leftmost(target, found)
                found.pop(id(start), None)
            elif left is not None and last is not None:
                start = last
            found.pop(id(start), None)
            last = self._join_to(start, target, onclause, outer, full)
            found[id(last)] = last
        return last

    def _leftmost(self, target, found):
        if found:
            return list(found.values())[0]
        others = {}
        for one in self._raw:
            if isinstance(one, ClauseElement):
                one.froms(others)
            else:
                entity = as_from(one)
                others[id(entity)] = entity
        owner = getattr(target, "_join_parent", None)
        if owner is not None:
            return as_from(owner())
        aim = as_from(target) if not hasattr(target, "_join_target") else None
        candidates = [one for one in others.values() if one is not aim]
        if not candidates:
            from ..exc import InvalidRequestError

            raise InvalidRequestError(
                "Can't determine which FROM clause to join from, please use the .select_from() method to establish an explicit left side."
            )
        return candidates[0]

    def _join_to(self, start, target, onclause, outer, full):
        if hasattr(target, "_join_target"):
            return target._join_target(start, outer, full, onclause)
        if onclause is not None and hasattr(onclause, "_join_target"):
            return onclause._join_target(start, outer, full, None, as_from(target))
        return Join(start, target, onclause, outer, full)

    # Lowering.

    def statement(self, scope):
        # Names of results are given out first, in the order in which SQLAlchemy meets them.
        saved = scope.enclosing
        own = self._sources()
        visible = self._correlate(own, saved)
        scope.enclosing = saved + own
        outermost = not saved and not getattr(scope, "_inside", False)
        scope._inside = True
        try:
            data = {"columns": self._lowered_columns(scope)}
            data["from"] = [one.from_data(scope) for one in visible]
            self._clauses(data, scope)
        finally:
            scope.enclosing = saved
        for cte in getattr(self, "_added", ()):
            cte.from_data(scope)
        if outermost and scope.ctes:
            data["with"] = list(scope.ctes.values())
            scope.ctes = {}
        if outermost:
            scope._inside = False
        return {"Select": data}

    def _correlate(self, own, enclosing):
        if not enclosing:
            return own
        if self._correlated is not None:
            out = [id(one) for one in self._correlated]
            return [one for one in own if id(one) not in out]
        outer = set()
        for one in enclosing:
            outer.add(id(one))
            for part in one.parts():
                outer.add(id(part))
        left = [one for one in own if id(one) not in outer]
        # A SELECT never loses its last source this way.
        return left or own

    def _lowered_columns(self, scope):
        out = []
        labelled, scope.labelled = scope.labelled, False
        for key, label, one in self._named(scope):
            lowered = one.lower(scope)
            if _is_distinct(one):
                # `select(distinct(c))` is SELECT DISTINCT.
                self._says_distinct = True
                lowered = one.element.lower(scope)
            if labelled and label is None and isinstance(one, ColumnClause) and not one.is_literal:
                label = one.name
            if label is not None:
                lowered = {"Label": {"operand": lowered, "name": str(label)}}
            out.append(lowered)
        return out

    def _clauses(self, data, scope):
        where = self._where + self._of_entities()
        if where:
            data["conditions"] = [one.lower(scope) for one in _flattened(where)]
        if self._group:
            data["group_by"] = [one.lower(scope) for one in self._group]
        if self._having:
            data["having"] = [one.lower(scope) for one in _flattened(self._having)]
        if self._order:
            data["order_by"] = [self._lowered_order(one, scope) for one in self._order]
        if self._limit_clause is not None:
            data["limit"] = self._limit_clause.lower(scope)
        if self._offset_clause is not None:
            data["offset"] = self._offset_clause.lower(scope)
        if self._distinct or self._says_distinct:
            data["distinct"] = True
        if self._for_update:
            data["for_update"] = True

    def _of_entities(self):
        """A class of single-table inheritance selects only its own rows."""
        found = []
        for one in self._raw:
            mapper = None if isinstance(one, ClauseElement) else getattr(one, "__mapper__", None)
            if mapper is not None and mapper.inherits is not None:
                condition = mapper.single_condition()
                if condition is not None:
                    found.append(condition)
        return tuple(found)

    def _lowered_order(self, one, scope):
        """ORDER BY names a label that is selected instead of repeating its expression."""
        from .elements import Ordering

        if isinstance(one, Ordering):
            return {"Suffix": {"operand": self._lowered_order(one.element, scope), "operator": one.modifier}}
        if isinstance(one, Label) and one.name is not None and any(one is column for column in self._flat()):
            return {"Column": {"name": one.name}}
        return one.lower(scope)


def _is_distinct(one):
    return isinstance(one, UnaryExpression) and one.operator == "DISTINCT" and isinstance(one.element, ColumnClause)


def _flattened(conditions):
    both = and_(*conditions)
    from .elements import BooleanClauseList

    if isinstance(both, BooleanClauseList) and both.is_and:
        return both.clauses
    return [both]


def _inside(joined):
    found = set()
    for side in (joined.left, joined.right):
        found.add(id(side))
        if isinstance(side, Join):
            found |= _inside(side)
    return found


def _attribute(target, name):
    if isinstance(target, FromClause):
        return target.c[name]
    if isinstance(target, ClauseElement):
        return target.table.c[name] if target.table is not None else target
    found = getattr(target, name, None)
    if found is None:
        from ..exc import InvalidRequestError

        raise InvalidRequestError('Entity namespace for "%s" has no property "%s"' % (_entity_name(target), name))
    return found


def _entity_name(target):
    return getattr(target, "__tablename__", None) or getattr(target, "__name__", repr(target))


def entity_columns(entity):
    """The columns of a mapped class, or of an alias of one."""
    if getattr(entity, "_is_entity", False):
        return entity._entity_columns()
    return entity.__mapper__.selected_columns()


class ScalarSelect(ColumnElement):
    """A SELECT where a value stands."""

    _is_exists = False

    def __init__(self, element):
        self.element = element
        columns = element.result_columns()
        self.type = columns[0][2].type if columns else NULLTYPE

    def lower(self, scope):
        return {"Subquery": self.element.lower_nested(scope)}

    def where(self, *conditions):
        return ScalarSelect(self.element.where(*conditions))

    def correlate(self, *sources):
        return ScalarSelect(self.element.correlate(*sources))

    def correlate_except(self, *sources):
        return self

    @property
    def c(self):
        from ..exc import InvalidRequestError

        raise InvalidRequestError("Scalar Select expression has no columns; use this object directly within a column-level expression.")

    columns = c


class Exists(UnaryExpression):
    """EXISTS (SELECT …)."""

    _is_exists = True

    def __init__(self, element=None):
        if element is None:
            element = Select(literal_column("*"))
        elif isinstance(element, ScalarSelect):
            element = element.element
        elif not isinstance(element, SelectBase):
            element = Select(element)
        UnaryExpression.__init__(self, "EXISTS", element)

    def lower(self, scope):
        return {"Prefix": {"operator": "EXISTS", "operand": {"Subquery": self.element.lower_nested(scope)}}}

    def froms(self, found):
        pass

    def where(self, *conditions):
        return Exists(self.element.where(*conditions))

    def select_from(self, *sources):
        return Exists(self.element.select_from(*sources))

    def correlate(self, *sources):
        return Exists(self.element.correlate(*sources))

    def select(self):
        return Select(self)

    def get_children(self, **kw):
        return ()


class CompoundSelect(SelectBase):
    """UNION and its like."""

    def __init__(self, operator, *selects):
        self.operator = operator
        self.selects = [one._as_select() for one in selects]

    def result_columns(self):
        return self.selects[0].result_columns()

    def entities(self):
        return self.selects[0].entities()

    def statement(self, scope):
        outermost = not getattr(scope, "_inside", False)
        scope._inside = True
        data = {
            "operator": self.operator,
            "parts": [one.lower_nested(scope, True) for one in self.selects],
            "order_by": [one.lower(scope) for one in self._order],
            "limit": None if self._limit_clause is None else self._limit_clause.lower(scope),
            "offset": None if self._offset_clause is None else self._offset_clause.lower(scope),
        }
        if outermost:
            scope._inside = False
            if scope.ctes:
                data["with"] = list(scope.ctes.values())
                scope.ctes = {}
        return {"Compound": data}

    def group_by(self, *clauses):
        return self


class TextualSelect(SelectBase):
    """`text("SELECT …").columns(…)`."""

    def __init__(self, text, columns):
        self.element = text
        self.columns_given = [coerce(one) for one in columns]

    def result_columns(self):
        return [(one.key, None, one) for one in self.columns_given]

    def entities(self):
        return [(None, [one]) for one in self.columns_given]

    def statement(self, scope):
        return self.element.statement(scope)

    def bindparams(self, *binds, **names):
        return TextualSelect(self.element.bindparams(*binds, **names), self.columns_given)


class ValuesClause(FromClause):
    def __init__(self, *columns, name=None, literal_binds=False):
        raise NotImplementedError("VALUES as a table is not supported here")


def select(*entities):
    return Select(*entities)


def exists(*args):
    if len(args) == 1 and isinstance(args[0], (SelectBase, ScalarSelect)):
        return Exists(args[0])
    return Exists(Select(*args)) if args else Exists()


def union(*selects):
    return CompoundSelect("UNION", *selects)


def union_all(*selects):
    return CompoundSelect("UNION ALL", *selects)


def intersect(*selects):
    return CompoundSelect("INTERSECT", *selects)


def intersect_all(*selects):
    return CompoundSelect("INTERSECT ALL", *selects)


def except_(*selects):
    return CompoundSelect("EXCEPT", *selects)


def except_all(*selects):
    return CompoundSelect("EXCEPT ALL", *selects)


def cte(selectable, name=None, recursive=False):
    return CTE(selectable, name, recursive)


def values(*columns, **kw):
    return ValuesClause(*columns, **kw)
