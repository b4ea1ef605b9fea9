"""What a session knows about an instance, and the loading of what an instance does not hold."""

from ..sql.elements import and_


class InstanceState:
    """`inspect(instance)`."""

    is_instance = True

    def __init__(self, instance):
        self.obj_ = instance
        self.session_state = instance.__dict__.get("_sa_instance_state")

    @property
    def object(self):
        return self.obj_

    def obj(self):
        return self.obj_

    @property
    def mapper(self):
        return type(self.obj_).__mapper__

    @property
    def class_(self):
        return type(self.obj_)

    @property
    def dict(self):
        return self.obj_.__dict__

    @property
    def session(self):
        return None if self.session_state is None else self.session_state.session

    @property
    def transient(self):
        return self.session is None and not self.has_identity

    @property
    def pending(self):
        return self.session is not None and not self.session_state.persistent

    @property
    def persistent(self):
        return self.session is not None and self.session_state.persistent and not self.session_state.deleted

    @property
    def detached(self):
        return self.session is None and self.has_identity

    @property
    def deleted(self):
        return self.session_state is not None and self.session_state.deleted

    @property
    def has_identity(self):
        return self.session_state is not None and self.session_state.persistent

    @property
    def identity(self):
        return self.mapper.identity_of(self.obj_) if self.has_identity else None

    @property
    def modified(self):
        return self.session_state is not None and bool(self.session_state.changes(self.obj_))

    @property
    def unloaded(self):
        return {key for key in self.mapper.columns_by_key if key not in self.obj_.__dict__}

    @property
    def attrs(self):
        from .mapper import Attributes

        return Attributes({key: AttributeState(self.obj_, key) for key in self.mapper.attrs.keys()})


class AttributeState:
    def __init__(self, instance, key):
        self.instance = instance
        self.key = key

    @property
    def value(self):
        return getattr(self.instance, self.key)

    loaded_value = value


class Held:
    """Kept in an instance under `_sa_instance_state`."""

    __slots__ = ("session", "persistent", "deleted", "committed", "collections")

    def __init__(self, session):
        self.session = session
        self.persistent = False
        self.deleted = False
        # The values that the database has, as far as they are known.
        self.committed = {}
        self.collections = {}

    def changes(self, instance):
        """The attributes of columns that were set since the database was last told."""
        found = {}
        committed = self.committed
        values = instance.__dict__
        for key in type(instance).__mapper__.columns_by_key:
            if key in values:
                value = values[key]
                if key not in committed:
                    found[key] = value
                elif value is not committed[key] and _differ(value, committed[key]):
                    found[key] = value
        return found


def _differ(one, other):
    if hasattr(one, "is_clause_element"):
        return True
    try:
        return bool(one != other)
    except TypeError:
        return True


def held(instance):
    return instance.__dict__.get("_sa_instance_state")


def _session_of(instance, key):
    state = held(instance)
    if state is None or not state.persistent:
        return None
    if state.session is None:
        from .exc import DetachedInstanceError

        raise DetachedInstanceError(
            "Instance <%s at 0x%x> is not bound to a Session; attribute refresh operation cannot proceed"
            % (type(instance).__name__, id(instance))
        )
    return state.session


def load_column(mapper, instance, column):
    key = column._attribute
    if key not in mapper.columns_by_key:
        key = mapper.key_of(column)
    session = _session_of(instance, key)
    if session is None:
        return None
    session._load_missing(instance)
    return instance.__dict__.get(key)


def load_expression(mapper, instance, prop):
    from ..sql.selectable import Select

    session = _session_of(instance, prop.key)
    if session is None:
        return None
    query = Select(prop.expression)
    value = session.execute(query.where(session._identity_condition(mapper, mapper.identity_of(instance)))).scalar()
    instance.__dict__[prop.key] = value
    return value


def load_relationship(relationship, instance):
    from .relationships import MANYTOONE, Collection

    state = held(instance)
    if state is None or not state.persistent:
        if not relationship.uselist:
            return None
        made = instance.__dict__[relationship.key] = Collection(relationship, instance)
        return made
    session = state.session
    if session is None:
        from .exc import DetachedInstanceError

        raise DetachedInstanceError(
            "Parent instance <%s at 0x%x> is not bound to a Session; lazy load operation of attribute '%s' cannot proceed"
            % (type(instance).__name__, id(instance), relationship.key)
        )
    if relationship.lazy in ("dynamic", "write_only"):
        return query_of(relationship, instance, session)
    if relationship.direction == MANYTOONE:
        value = _referred(relationship, instance, session)
    else:
        rows = query_of(relationship, instance, session).all()
        if relationship.uselist:
            value = Collection(relationship, instance)
            for one in rows:
                value.put(one)
            state.collections[relationship.key] = list(rows)
        else:
            value = rows[0] if rows else None
    instance.__dict__[relationship.key] = value
    return value


def _referred(relationship, instance, session):
    target = relationship.target.__mapper__
    values = {there: getattr(instance, here._attribute or here.key) for here, there in relationship.pairs}
    if any(value is None for value in values.values()):
        return None
    keys = target.primary_key
    if len(keys) == len(values) and all(any(one is there for there in values) for one in keys):
        identity = tuple(next(value for there, value in values.items() if there is one) for one in keys)
        return session.get(relationship.target, identity)
    return session.query(relationship.target).filter(and_(*[there == value for there, value in values.items()])).first()


def query_of(relationship, instance, session):
    """The query for the other side of a relationship."""
    query = session.query(relationship.target)
    own = lambda here: getattr(instance, here._attribute or here.key)  # noqa: E731
    if relationship.secondary is not None:
        query = query.join(relationship.secondary, and_(*[here == there for here, there in relationship.secondary_pairs]))
        query = query.filter(and_(*[there == own(here) for here, there in relationship.pairs]))
    else:
        query = query.filter(and_(*[there == own(here) for here, there in relationship.pairs]))
    order = relationship.order_by
    if order:
        if callable(order) and not hasattr(order, "lower"):
            order = order()
        if isinstance(order, str):
            order = _ordering(relationship, order)
        query = query.order_by(*(order if isinstance(order, (list, tuple)) else [order]))
    return query


def _ordering(relationship, text):
    """`order_by="Child.position.desc()"`."""
    down = text.endswith(".desc()")
    name = text[:-7] if down else text
    column = relationship._named_column(name)
    return column.desc() if down else column
