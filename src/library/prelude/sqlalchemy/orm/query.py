"""`session.query(…)`, and classes under other names."""

from .. import exc
from ..sql.elements import ClauseElement, literal_column
from ..sql.selectable import Select, as_from


class Query:
    """A SELECT that belongs to a session."""

    def __init__(self, entities, session=None, _select=None):
        self.session = session
        self._entities = entities
        self._select = _select if _select is not None else Select(*entities)

    def _with(self, select):
        new = type(self)(self._entities, self.session, select)
        return new

    def __clause_element__(self):
        return self._select

    @property
    def statement(self):
        return self._select

    selectable = statement

    def subquery(self, name=None, **kw):
        return self._select.subquery(name)

    def cte(self, name=None, recursive=False, **kw):
        return self._select.cte(name, recursive)

    def scalar_subquery(self):
        return self._select.scalar_subquery()

    as_scalar = scalar_subquery

    def label(self, name):
        return self._select.label(name)

    def exists(self):
        from ..sql.selectable import Exists

        return Exists(self._select)

    # Building.

    def filter(self, *conditions):
        return self._with(self._select.where(*conditions))

    where = filter

    def filter_by(self, **values):
        return self._with(self._select.filter_by(**values))

    def order_by(self, *clauses):
        if len(clauses) == 1 and (clauses[0] is None or clauses[0] is False):
            new = self._select._clone()
            new._order = ()
            return self._with(new)
        return self._with(self._select.order_by(*clauses))

    def group_by(self, *clauses):
        return self._with(self._select.group_by(*clauses))

    def having(self, *conditions):
        return self._with(self._select.having(*conditions))

    def limit(self, limit):
        return self._with(self._select.limit(limit))

    def offset(self, offset):
        return self._with(self._select.offset(offset))

    def slice(self, start, stop):
        return self._with(self._select.slice(start, stop))

    def distinct(self, *expr):
        return self._with(self._select.distinct(*expr))

    def join(self, target, onclause=None, *more, isouter=False, full=False):
        return self._with(self._select.join(target, onclause, isouter, full))

    def outerjoin(self, target, onclause=None, full=False):
        return self.join(target, onclause, isouter=True, full=full)

    def select_from(self, *sources):
        return self._with(self._select.select_from(*sources))

    def options(self, *options):
        return self

    with_hint = options

    def execution_options(self, **kw):
        return self

    def yield_per(self, count):
        return self

    def enable_eagerloads(self, value):
        return self

    def autoflush(self, setting):
        return self

    def populate_existing(self):
        return self

    def with_for_update(self, **kw):
        return self._with(self._select.with_for_update(**kw))

    def correlate(self, *sources):
        return self._with(self._select.correlate(*sources))

    def params(self, *args, **kw):
        values = dict(args[0]) if args else {}
        values.update(kw)
        new = self._with(self._select)
        new._parameters = values
        return new

    def with_entities(self, *entities):
        new = self._with(self._select.with_only_columns(*entities, maintain_column_froms=True))
        new._entities = entities
        return new

    def add_columns(self, *columns):
        new = self._with(self._select.add_columns(*columns))
        new._entities = tuple(self._entities) + columns
        return new

    def add_entity(self, entity, alias=None):
        return self.add_columns(entity)

    def with_session(self, session):
        new = self._with(self._select)
        new.session = session
        return new

    def union(self, *others):
        return self._compound("union", others)

    def union_all(self, *others):
        return self._compound("union_all", others)

    def _compound(self, how, others):
        made = getattr(self._select, how)(*[one._select for one in others])
        return self._with(made)

    # Reading.

    def _result(self):
        return self.session.execute(self._select, getattr(self, "_parameters", None))

    def _single(self):
        if len(self._entities) != 1:
            return False
        one = self._entities[0]
        return not isinstance(one, ClauseElement) and (hasattr(one, "__mapper__") or getattr(one, "_is_entity", False))

    def all(self):
        result = self._result()
        if self._single():
            seen = []
            known = set()
            for one in result.scalars().all():
                if id(one) not in known:
                    known.add(id(one))
                    seen.append(one)
            return seen
        return result.all()

    def __iter__(self):
        return iter(self.all())

    def __getitem__(self, item):
        if isinstance(item, slice):
            return self.slice(item.start or 0, item.stop).all()
        return self.offset(item).limit(1).all()[0]

    def first(self):
        found = self.limit(1).all() if not self._select._limit_clause else self.all()
        return found[0] if found else None

    def one_or_none(self):
        found = self.all()
        if len(found) > 1:
            raise exc.MultipleResultsFound("Multiple rows were found when one or none was required")
        return found[0] if found else None

    def one(self):
        found = self.all()
        if not found:
            raise exc.NoResultFound("No row was found when one was required")
        if len(found) > 1:
            raise exc.MultipleResultsFound("Multiple rows were found when exactly one was required")
        return found[0]

    def scalar(self):
        try:
            found = self.one()
        except exc.NoResultFound:
            return None
        return found if self._single() else found[0]

    def get(self, ident):
        return self.session.get(self._entities[0], ident)

    def count(self):
        from ..sql.functions import func

        inner = self._select.subquery()
        return self.session.execute(Select(func.count(literal_column("*"))).select_from(inner)).scalar()

    # Writing.

    def _target(self):
        return self._entities[0]

    def update(self, values, synchronize_session="auto", update_args=None):
        from ..sql.dml import Update

        statement = Update(self._target()).where(*self._select._where)
        given = {}
        for key, value in values.items():
            if isinstance(key, str):
                column = self._target().__mapper__.find_column(key) if hasattr(self._target(), "__mapper__") else None
                key = key if column is None else column.key
            given[key] = value
        return self.session.execute(statement.values(given)).rowcount

    def delete(self, synchronize_session="auto", delete_args=None):
        from ..sql.dml import Delete

        return self.session.execute(Delete(self._target()).where(*self._select._where)).rowcount

    def __str__(self):
        return str(self._select)


class AliasedClass:
    """A mapped class under another name."""

    _is_entity = True

    def __init__(self, cls, alias=None, name=None, flat=False):
        self._cls = cls
        self.__mapper__ = cls.__mapper__
        self._name = name or cls.__name__
        self._alias = alias if alias is not None else cls.__mapper__.selectable.alias(name or cls.__mapper__.selectable.name + "_1")

    def __clause_element__(self):
        return self._alias

    @property
    def mapper(self):
        return self.__mapper__

    @property
    def selectable(self):
        return self._alias

    def _entity_columns(self):
        return [self._alias.c[column.key] for column in self.__mapper__.columns_by_key.values()]

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        column = self.__mapper__.find_column(name)
        if column is not None:
            return self._alias.c[column.key]
        found = getattr(self._cls, name)
        if hasattr(found, "_join_target"):
            return _AliasedRelationship(found, self._alias)
        return found


class _AliasedRelationship:
    def __init__(self, relationship, alias):
        self.relationship = relationship
        self.alias = alias

    def _join_target(self, start, outer, full, onclause=None, target=None):
        from ..sql.selectable import Join

        self.relationship.settle()
        target = target if target is not None else as_from(self.relationship.target)
        return Join(start, target, self.relationship._condition(self.alias, target), outer, full)


def aliased(element, alias=None, name=None, flat=False, adapt_on_names=False):
    if isinstance(element, ClauseElement):
        return element.alias(name)
    return AliasedClass(element, alias, name, flat)


class Bundle:
    def __init__(self, name, *columns):
        raise NotImplementedError("Bundle is not supported here")
