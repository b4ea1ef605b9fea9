"""A flush: what instances say becomes INSERT, UPDATE and DELETE, in an order that foreign keys allow."""

from ..sql.ddl import sort_tables
from ..sql.dml import Delete, Insert, Update
from ..sql.elements import ClauseElement, and_
from .relationships import MANYTOMANY, MANYTOONE, ONETOMANY
from .state import Held, held


def flush(session):
    _cascade_all(session)
    _insert_all(session)
    _unlink_removed(session)
    for one in list(session.identity_map.values()):
        if not held(one).deleted:
            _follow_relationships(one)
            update_instance(session, one)
    _link_all(session)
    _delete_all(session)


def _cascade_all(session):
    for one in list(session._new) + list(session.identity_map.values()):
        if not held(one).deleted:
            session._cascade(one)


def _insert_all(session):
    waiting = session._new
    session._new = []
    if not waiting:
        return
    parents = _parents(waiting)
    rank = _ranks(waiting)
    done = set()
    try:
        for one in sorted(waiting, key=lambda instance: rank.get(id(type(instance).__mapper__.tables[0]), 0)):
            _insert_after_parents(session, one, parents, done)
    except BaseException:
        session._new = [one for one in waiting if not held(one).persistent]
        raise


def _ranks(instances):
    """Referred tables come first."""
    tables = []
    for one in instances:
        for table in type(one).__mapper__.tables:
            if not any(table is other for other in tables):
                tables.append(table)
    return {id(table): at for at, table in enumerate(sort_tables(tables))}


def _parents(waiting):
    """For each new instance those that hold it in a collection."""
    found = {}
    for one in waiting:
        for key, relationship in type(one).__mapper__.relationships.items():
            if relationship.direction == ONETOMANY:
                for child in _several(one.__dict__.get(key)):
                    found.setdefault(id(child), []).append((one, relationship))
    return found


def _several(value):
    if value is None:
        return []
    return list(value) if isinstance(value, (list, tuple, set)) else [value]


def _insert_after_parents(session, instance, parents, done):
    if id(instance) in done:
        return
    done.add(id(instance))
    for key, relationship in type(instance).__mapper__.relationships.items():
        if relationship.direction == MANYTOONE:
            other = instance.__dict__.get(key)
            if other is not None and held(other) is not None and not held(other).persistent:
                _insert_after_parents(session, other, parents, done)
    for parent, relationship in parents.get(id(instance), ()):
        if not held(parent).persistent:
            _insert_after_parents(session, parent, parents, done)
        _copy_keys(parent, instance, relationship.pairs)
    _follow_relationships(instance)
    insert_instance(session, instance)
    session.identity_map[session._key(instance)] = instance


def _copy_keys(parent, child, pairs):
    for here, there in pairs:
        value = getattr(parent, here._attribute or here.key)
        child.__dict__[there._attribute or there.key] = value


def _follow_relationships(instance):
    """Foreign keys say what relationships say."""
    values = instance.__dict__
    for key, relationship in type(instance).__mapper__.relationships.items():
        if key not in values or relationship.viewonly:
            continue
        value = values[key]
        if relationship.direction == MANYTOONE:
            if value is not None:
                _copy_keys_back(value, instance, relationship.pairs)
            elif held(instance) is not None and held(instance).persistent:
                for here, _ in relationship.pairs:
                    if not here.primary_key:
                        values[here._attribute or here.key] = None
        elif relationship.direction == ONETOMANY and held(instance) is not None and held(instance).persistent:
            for child in _several(value):
                _copy_keys(instance, child, relationship.pairs)


def _copy_keys_back(target, instance, pairs):
    for here, there in pairs:
        value = getattr(target, there._attribute or there.key)
        if value is not None:
            instance.__dict__[here._attribute or here.key] = value


def insert_instance(session, instance):
    mapper = type(instance).__mapper__
    values = instance.__dict__
    on = mapper.polymorphic_on
    if on is not None:
        key = mapper.key_of(on)
        if key is not None and values.get(key) is None:
            values[key] = mapper.polymorphic_identity
    identity = None
    for table in mapper.tables:
        row = _row(mapper, table, values)
        if identity is not None:
            for column, value in zip(table.primary_key, identity):
                row[column.key] = value
        result = session.connection().execute(Insert(table), [row] if row else None)
        made = result.inserted_primary_key
        if identity is None and made is not None:
            identity = tuple(made)
        for key, value in (result._inserted or {}).items():
            name = mapper.key_of(table._by_key[key]) if key in table._by_key else None
            if name is not None and not isinstance(value, ClauseElement):
                values[name] = value
            elif name is not None:
                values.pop(name, None)
    _inserted(session, instance, mapper, identity)


def _row(mapper, table, values):
    """What an INSERT says; None where a default waits says nothing."""
    row = {}
    for key, column in _columns_of(mapper, table):
        if key not in values:
            plain = column.default is None and column.server_default is None and not column.primary_key
            if plain and column.computed is None and not column.type.should_evaluate_none:
                row[column.key] = None
            continue
        value = values[key]
        if value is None and (column.default is not None or column.server_default is not None or column.primary_key):
            if not column.type.should_evaluate_none:
                continue
        row[column.key] = value
    return row


def _columns_of(mapper, table):
    for one in mapper.lineage():
        for key, column in one.own_columns.items():
            if column.table is table:
                yield key, column


def _inserted(session, instance, mapper, identity):
    state = held(instance)
    if state is None:
        state = instance.__dict__["_sa_instance_state"] = Held(session)
    state.persistent = True
    values = instance.__dict__
    for key, value in zip(mapper.primary_keys(), identity or ()):
        if value is not None:
            values[key] = value
    for key, column in mapper.columns_by_key.items():
        if key in values:
            if values[key] is None and column.server_default is not None:
                # The database knows it.
                del values[key]
            else:
                state.committed[key] = values[key]
        elif column.server_default is None:
            values[key] = state.committed[key] = None
    state.committed["#"] = mapper.identity_of(instance)


def update_instance(session, instance):
    state = held(instance)
    changes = state.changes(instance)
    if not changes:
        return
    mapper = type(instance).__mapper__
    identity = state.committed.get("#") or mapper.identity_of(instance)
    for table in mapper.tables:
        values = {column.key: changes[key] for key, column in _columns_of(mapper, table) if key in changes}
        if not values:
            continue
        condition = and_(*[column == value for column, value in zip(table.primary_key, identity)])
        result = session.connection().execute(Update(table).where(condition).values(values))
        if result.rowcount == 0:
            from .exc import StaleDataError

            raise StaleDataError(
                "UPDATE statement on table '%s' expected to update 1 row(s); 0 were matched." % table.description
            )
        for key, column in _columns_of(mapper, table):
            if column.onupdate is not None and key not in changes:
                instance.__dict__.pop(key, None)
                state.committed.pop(key, None)
    for key, value in changes.items():
        if isinstance(value, ClauseElement):
            instance.__dict__.pop(key, None)
            state.committed.pop(key, None)
        else:
            state.committed[key] = value
    now = mapper.identity_of(instance)
    if None not in now and now != identity:
        session.identity_map.pop((mapper.base_mapper.class_, identity), None)
        session.identity_map[(mapper.base_mapper.class_, now)] = instance
        state.committed["#"] = now


def _unlink_removed(session):
    """Children that were taken out of a collection lose their foreign key, or go with it."""
    for one in list(session.identity_map.values()):
        for key, relationship in type(one).__mapper__.relationships.items():
            collection = one.__dict__.get(key)
            removed = getattr(collection, "removed", None)
            if not removed or relationship.direction != ONETOMANY:
                continue
            for child in removed:
                if any(child is other for other in collection) or held(child) is None or not held(child).persistent:
                    continue
                if "delete-orphan" in relationship.cascade:
                    if not held(child).deleted:
                        session.delete(child)
                else:
                    for _, there in relationship.pairs:
                        child.__dict__[there._attribute or there.key] = None
            del removed[:]


def _link_all(session):
    """Rows of the tables between two sides."""
    linked = set()
    for one in list(session.identity_map.values()):
        state = held(one)
        if state.deleted:
            continue
        for key, relationship in type(one).__mapper__.relationships.items():
            if relationship.direction != MANYTOMANY or key not in one.__dict__ or relationship.viewonly:
                continue
            now = _several(one.__dict__[key])
            before = state.collections.get(key, [])
            for other in now:
                if not any(other is old for old in before):
                    _link(session, relationship, one, other, linked)
            for other in before:
                if not any(other is new for new in now):
                    _unlink(session, relationship, one, other)
            state.collections[key] = now


def _pair(relationship, one, other):
    row = {there.key: getattr(one, here._attribute or here.key) for here, there in relationship.pairs}
    row.update({here.key: getattr(other, there._attribute or there.key) for here, there in relationship.secondary_pairs})
    return row


def _link(session, relationship, one, other, linked):
    row = _pair(relationship, one, other)
    key = (relationship.secondary.key, tuple(sorted(row.items())))
    back = relationship.reverse()
    if key in linked:
        return
    if back is not None and any(one is two for two in held(other).collections.get(back.key, ())):
        return
    linked.add(key)
    session.connection().execute(Insert(relationship.secondary), row)


def _unlink(session, relationship, one, other):
    row = _pair(relationship, one, other)
    table = relationship.secondary
    session.connection().execute(Delete(table).where(and_(*[table.c[key] == value for key, value in row.items()])))


def _delete_all(session):
    going = session._deleted
    session._deleted = []
    if not going:
        return
    for one in going:
        _leave(session, one)
    rank = _ranks(going)
    for one in sorted(going, key=lambda instance: -rank.get(id(type(instance).__mapper__.tables[0]), 0)):
        mapper = type(one).__mapper__
        identity = held(one).committed.get("#") or mapper.identity_of(one)
        for table in reversed(mapper.tables):
            condition = and_(*[column == value for column, value in zip(table.primary_key, identity)])
            session.connection().execute(Delete(table).where(condition))
        session.identity_map.pop((mapper.base_mapper.class_, tuple(identity)), None)
        held(one).session = None


def _leave(session, instance):
    """What pointed at an instance that goes."""
    for key, relationship in type(instance).__mapper__.relationships.items():
        if relationship.viewonly or relationship.passive_deletes:
            continue
        if relationship.direction == ONETOMANY and not ({"delete", "all"} & relationship.cascade):
            for child in _several(getattr(instance, key)):
                if held(child) is not None and held(child).persistent and not held(child).deleted:
                    for _, there in relationship.pairs:
                        child.__dict__[there._attribute or there.key] = None
                    update_instance(session, child)
        elif relationship.direction == MANYTOMANY:
            table = relationship.secondary
            values = [there == getattr(instance, here._attribute or here.key) for here, there in relationship.pairs]
            session.connection().execute(Delete(table).where(and_(*values)))
