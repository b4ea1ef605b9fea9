"""Sessions: a small unit of work over Core."""

from .. import exc
from ..sql.elements import ClauseElement, and_
from .state import Held, held


class SessionTransaction:
    """What `session.begin()` gives."""

    def __init__(self, session, savepoint=None):
        self.session = session
        self.savepoint = savepoint
        self.is_active = True
        self.nested = savepoint is not None

    def commit(self):
        self.is_active = False
        if self.savepoint is not None:
            self.session.flush()
            self.savepoint.commit()
        else:
            self.session.commit()

    def rollback(self):
        self.is_active = False
        if self.savepoint is not None:
            self.savepoint.rollback()
            self.session._forget_new()
            self.session.expire_all()
        else:
            self.session.rollback()

    close = rollback

    def __enter__(self):
        return self if self.savepoint is not None else self.session

    def __exit__(self, kind, error, trace):
        if not self.is_active:
            return
        if kind is None:
            self.commit()
        else:
            self.rollback()


class Session:
    def __init__(self, bind=None, *, autoflush=True, future=True, expire_on_commit=True, autobegin=True, binds=None, info=None, **kw):
        self.bind = bind
        self.autoflush = autoflush
        self.expire_on_commit = expire_on_commit
        self.binds = binds or {}
        self.info = dict(info or {})
        self._connection = None
        # A connection whose transaction somebody else began is not committed here.
        self._foreign = False
        self._new = []
        self._deleted = []
        self.identity_map = {}
        self._savepoint = None
        self._flushing = False

    # The connection.

    def get_bind(self, mapper=None, **kw):
        if self.bind is None:
            bound = next(iter(self.binds.values()), None)
            if bound is None:
                raise exc.UnboundExecutionError("Could not locate a bind configured on session")
            return bound
        return self.bind

    def connection(self, bind_arguments=None, execution_options=None):
        if self._connection is None:
            bind = self.get_bind()
            if hasattr(bind, "_number_now"):
                self._foreign = bind.in_transaction()
                self._connection = bind
            else:
                self._connection = bind.connect()
        return self._connection

    @property
    def autocommit(self):
        return False

    @property
    def is_active(self):
        return True

    def in_transaction(self):
        return self._connection is not None and self._connection.in_transaction()

    def in_nested_transaction(self):
        return self._connection is not None and self._connection.in_nested_transaction()

    def get_transaction(self):
        return SessionTransaction(self) if self.in_transaction() else None

    def begin(self, nested=False):
        if nested:
            return self.begin_nested()
        return SessionTransaction(self)

    def begin_nested(self):
        self.flush()
        return SessionTransaction(self, self.connection().begin_nested())

    def commit(self):
        self.flush()
        connection = self._connection
        if connection is not None and not self._foreign:
            connection.commit()
        if self.expire_on_commit:
            self.expire_all()
        self._release()

    def rollback(self):
        connection = self._connection
        if connection is not None:
            connection.rollback()
        self._forget_new()
        for one in self._deleted:
            held(one).deleted = False
        self._deleted = []
        self.expire_all()
        self._release()

    def _forget_new(self):
        for one in self._new:
            one.__dict__.pop("_sa_instance_state", None)
        self._new = []

    def _release(self):
        connection = self._connection
        if connection is not None and not hasattr(self.get_bind(), "_number_now"):
            connection.close()
        self._connection = None

    def close(self):
        if self._connection is not None:
            if not self._foreign:
                self._connection.rollback()
            self._release()
        self.expunge_all()

    invalidate = reset = close

    def prepare(self):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.close()

    # Instances.

    def add(self, instance, _warn=True):
        if not hasattr(type(instance), "__mapper__"):
            from .exc import UnmappedInstanceError

            raise UnmappedInstanceError(instance)
        self._add(instance)

    def _add(self, instance):
        state = held(instance)
        if state is None:
            state = instance.__dict__["_sa_instance_state"] = Held(self)
            self._new.append(instance)
        elif state.session is not self:
            if state.session is not None:
                raise exc.InvalidRequestError(
                    "Object '<%s at 0x%x>' is already attached to session '%s' (this is '%s')"
                    % (type(instance).__name__, id(instance), id(state.session), id(self))
                )
            state.session = self
            if state.persistent:
                self.identity_map[self._key(instance)] = instance
            else:
                self._new.append(instance)
        if state.deleted:
            state.deleted = False
            self._deleted = [one for one in self._deleted if one is not instance]
        self._cascade(instance)

    def _cascade(self, instance):
        """What hangs on an instance through relationships comes along."""
        values = instance.__dict__
        for key, one in type(instance).__mapper__.relationships.items():
            related = values.get(key)
            if related is None or "save-update" not in one.cascade and "all" not in one.cascade:
                continue
            for other in list(related) if one.uselist and isinstance(related, list) else [related]:
                state = held(other)
                if state is None or state.session is None:
                    self._add(other)

    def add_all(self, instances):
        for one in instances:
            self.add(one)

    def delete(self, instance):
        state = held(instance)
        if state is None or not state.persistent:
            raise exc.InvalidRequestError("Instance '<%s at 0x%x>' is not persisted" % (type(instance).__name__, id(instance)))
        if not state.deleted:
            state.deleted = True
            self._deleted.append(instance)
            self._cascade_delete(instance)

    def _cascade_delete(self, instance):
        for key, one in type(instance).__mapper__.relationships.items():
            if "delete" in one.cascade or "all" in one.cascade or "all, delete-orphan" in one.cascade:
                related = getattr(instance, key)
                for other in list(related) if isinstance(related, list) else ([related] if related is not None else []):
                    if held(other) is not None and held(other).persistent:
                        self.delete(other)

    def delete_all(self, instances):
        for one in instances:
            self.delete(one)

    def expunge(self, instance):
        state = held(instance)
        if state is None or state.session is not self:
            raise exc.InvalidRequestError("Instance <%s at 0x%x> is not present in this Session" % (type(instance).__name__, id(instance)))
        state.session = None
        self._new = [one for one in self._new if one is not instance]
        for key, one in list(self.identity_map.items()):
            if one is instance:
                del self.identity_map[key]

    def expunge_all(self):
        for one in list(self.identity_map.values()) + self._new:
            state = held(one)
            if state is not None:
                state.session = None
        self.identity_map = {}
        self._new = []
        self._deleted = []

    def merge(self, instance, *, load=True, options=None):
        mapper = type(instance).__mapper__
        identity = mapper.identity_of(instance)
        found = None if None in identity else self.get(type(instance), identity)
        if found is None:
            found = type(instance).__new__(type(instance))
            self.add(found)
        for key in mapper.columns_by_key:
            if key in instance.__dict__:
                found.__dict__[key] = instance.__dict__[key]
        for key, one in mapper.relationships.items():
            value = instance.__dict__.get(key)
            if value is None:
                continue
            if one.uselist:
                setattr(found, key, [self.merge(other) for other in value])
            else:
                setattr(found, key, self.merge(value))
        return found

    def refresh(self, instance, attribute_names=None, with_for_update=None):
        self._autoflush()
        self._expire(instance, attribute_names)
        self._load_missing(instance)

    def expire(self, instance, attribute_names=None):
        self._expire(instance, attribute_names)

    def expire_all(self):
        for one in self.identity_map.values():
            self._expire(one)

    def _expire(self, instance, names=None):
        state = held(instance)
        mapper = type(instance).__mapper__
        values = instance.__dict__
        for key in names or list(mapper.columns_by_key) + list(mapper.properties()):
            values.pop(key, None)
            state.committed.pop(key, None)
            state.collections.pop(key, None)
        if names is None:
            # What names the row stays known.
            state.committed["#"] = state.committed.get("#")

    @property
    def new(self):
        return list(self._new)

    @property
    def deleted(self):
        return list(self._deleted)

    @property
    def dirty(self):
        return [one for one in self.identity_map.values() if held(one).changes(one) and not held(one).deleted]

    def is_modified(self, instance, include_collections=True):
        return bool(held(instance).changes(instance))

    def __contains__(self, instance):
        state = held(instance)
        return state is not None and state.session is self and not state.deleted

    def __iter__(self):
        return iter(self._new + list(self.identity_map.values()))

    def _key(self, instance):
        mapper = type(instance).__mapper__
        return (mapper.base_mapper.class_, mapper.identity_of(instance))

    # Loading.

    @property
    def no_autoflush(self):
        return _NoAutoflush(self)

    def _autoflush(self):
        if self.autoflush and not self._flushing:
            self.flush()

    def _identity_condition(self, mapper, identity):
        return and_(*[column == value for column, value in zip(mapper.primary_key, identity)])

    def get(self, entity, ident, *, options=None, populate_existing=False, with_for_update=None, **kw):
        mapper = entity.__mapper__
        if isinstance(ident, dict):
            ident = tuple(ident[key] for key in mapper.primary_keys())
        elif not isinstance(ident, (tuple, list)):
            ident = (ident,)
        ident = tuple(ident)
        found = self.identity_map.get((mapper.base_mapper.class_, ident))
        if found is not None and not populate_existing:
            if held(found).deleted and not self._deleted:
                return None
            return found if isinstance(found, entity) else None
        return self.query(entity).filter(self._identity_condition(mapper, ident)).first()

    def get_one(self, entity, ident, **kw):
        found = self.get(entity, ident, **kw)
        if found is None:
            raise exc.NoResultFound("No row was found when one was required")
        return found

    def _load_missing(self, instance):
        """Reads the attributes that an instance does not hold."""
        from ..sql.selectable import Select

        mapper = type(instance).__mapper__
        state = held(instance)
        identity = state.committed.get("#") or mapper.identity_of(instance)
        missing = {key: one for key, one in mapper.columns_by_key.items() if key not in instance.__dict__}
        query = Select(*missing.values()).select_from(mapper.selectable).where(self._identity_condition(mapper, identity))
        row = self.connection().execute(query).first()
        if row is None:
            from .exc import ObjectDeletedError

            raise ObjectDeletedError(
                "Instance '<%s at 0x%x>' has been deleted, or its row is otherwise not present." % (type(instance).__name__, id(instance))
            )
        for key, value in zip(missing, row):
            instance.__dict__[key] = value
            state.committed[key] = value

    def query(self, *entities, **kw):
        from .query import Query

        return Query(entities, self)

    def execute(self, statement, params=None, *, execution_options=None, bind_arguments=None, **kw):
        if isinstance(statement, str):
            raise exc.ArgumentError("Textual SQL expression %r should be explicitly declared as text(%r)" % (statement, statement))
        self._autoflush()
        connection = self.connection()
        if getattr(statement, "_is_dml", False):
            return self._execute_dml(connection, statement, params, execution_options)
        result = connection.execute(statement, params, execution_options=execution_options)
        entities = getattr(statement, "entities", None)
        if entities is None:
            return result
        return self._with_entities(result, entities())

    def _execute_dml(self, connection, statement, params, execution_options):
        entity = statement.entity
        if entity is not None and params is not None:
            many = [params] if isinstance(params, dict) else list(params)
            params = [self._by_column(entity.__mapper__, one) for one in many]
            if len(params) == 1:
                params = params[0]
            if getattr(statement, "is_update", False) and not statement._where:
                return self._update_by_key(connection, entity, many)
        result = connection.execute(statement, params, execution_options=execution_options)
        if entity is not None or getattr(statement, "is_update", False) or getattr(statement, "is_delete", False):
            self._reread(statement)
        if statement._returning:
            return self._with_entities(result, statement.entities())
        return result

    def _reread(self, statement):
        """Instances of a table that was changed by a statement are read again when they are asked."""
        for one in list(self.identity_map.values()):
            if any(table is statement.table for table in type(one).__mapper__.tables) and not held(one).changes(one):
                identity = type(one).__mapper__.identity_of(one)
                self._expire(one)
                held(one).committed["#"] = identity if None not in identity else held(one).committed.get("#")

    def _by_column(self, mapper, values):
        """Attribute names to column keys."""
        found = {}
        for key, value in values.items():
            column = mapper.find_column(key)
            found[key if column is None else column.key] = value
        return found

    def _update_by_key(self, connection, entity, many):
        from ..sql.dml import Update

        mapper = entity.__mapper__
        keys = mapper.primary_keys()
        result = None
        for one in many:
            condition = self._identity_condition(mapper, tuple(one[key] for key in keys))
            values = self._by_column(mapper, {key: value for key, value in one.items() if key not in keys})
            result = connection.execute(Update(mapper.local_table).where(condition).values(values))
        return result

    def _with_entities(self, result, entities):
        """Rows of columns become rows of instances."""
        if all(entity is None for entity, _ in entities):
            return result
        keys = []
        plan = []
        at = 0
        for entity, columns in entities:
            if entity is None:
                keys += result._keys[at : at + len(columns)]
                plan += [(None, place) for place in range(at, at + len(columns))]
            else:
                keys.append(getattr(entity, "__name__", None) or entity._name)
                plan.append((entity, (at, at + len(columns), columns)))
            at += len(columns)
        rows = []
        for row in result._rows:
            values = []
            for entity, where in plan:
                if entity is None:
                    values.append(row[where])
                else:
                    values.append(self._instance(entity, where[2], row[where[0] : where[1]]))
            rows.append(tuple(values))
        from ..engine.result import CursorResult

        return CursorResult(keys, rows)

    def _instance(self, entity, columns, values):
        mapper = entity.__mapper__
        keys = list(mapper.columns_by_key)
        by_key = dict(zip(keys, values))
        identity = tuple(by_key[key] for key in mapper.primary_keys())
        if all(one is None for one in identity):
            return None
        found = self.identity_map.get((mapper.base_mapper.class_, identity))
        if found is None:
            found = self._made(self._class_of_row(mapper, by_key))
            self.identity_map[(mapper.base_mapper.class_, identity)] = found
        state = held(found)
        held_values = found.__dict__
        for key, value in by_key.items():
            if key not in held_values:
                held_values[key] = value
                state.committed[key] = value
        state.committed["#"] = identity
        return found

    def _class_of_row(self, mapper, by_key):
        on = mapper.polymorphic_on
        if on is None:
            return mapper.class_
        value = by_key.get(mapper.key_of(on))
        found = mapper.polymorphic_map().get(value)
        return found.class_ if found is not None else mapper.class_

    def _made(self, cls):
        instance = cls.__new__(cls)
        state = instance.__dict__["_sa_instance_state"] = Held(self)
        state.persistent = True
        for name in dir(cls) if getattr(cls, "_has_reconstructor", False) else ():
            function = getattr(cls, name, None)
            if getattr(function, "_reconstructs", False):
                function(instance)
        return instance

    def scalar(self, statement, params=None, **kw):
        return self.execute(statement, params, **kw).scalar()

    def scalars(self, statement, params=None, **kw):
        return self.execute(statement, params, **kw).scalars()

    # Writing.

    def flush(self, objects=None):
        if self._flushing:
            return
        if not self._new and not self._deleted and not self.identity_map:
            return
        self._flushing = True
        try:
            from .unitofwork import flush

            flush(self)
        finally:
            self._flushing = False

    def bulk_save_objects(self, objects, return_defaults=False, update_changed_only=True, preserve_order=True):
        from .unitofwork import insert_instance, update_instance

        for one in objects:
            state = held(one)
            if state is not None and state.persistent:
                update_instance(self, one)
            else:
                insert_instance(self, one)
                one.__dict__.pop("_sa_instance_state", None)

    def bulk_insert_mappings(self, mapper, mappings, return_defaults=False, render_nulls=False):
        mapper = getattr(mapper, "__mapper__", mapper)
        rows = [self._by_column(mapper, one) for one in mappings]
        if rows:
            self.connection().execute(mapper.local_table.insert(), rows)

    def bulk_update_mappings(self, mapper, mappings):
        mapper = getattr(mapper, "__mapper__", mapper)
        self._update_by_key(self.connection(), mapper.class_, list(mappings))


class _NoAutoflush:
    def __init__(self, session):
        self.session = session

    def __enter__(self):
        self.saved = self.session.autoflush
        self.session.autoflush = False
        return self.session

    def __exit__(self, *error):
        self.session.autoflush = self.saved


class sessionmaker:
    """Makes sessions that are all alike."""

    def __init__(self, bind=None, *, class_=Session, **kw):
        kw["bind"] = bind
        self.kw = kw
        self.class_ = class_

    def __call__(self, **more):
        return self.class_(**{**self.kw, **more})

    def configure(self, **more):
        self.kw.update(more)

    def begin(self):
        return _Begun(self())

    def __class_getitem__(cls, item):
        return cls


class _Begun:
    """`with Session.begin() as session:`"""

    def __init__(self, session):
        self.session = session

    def __enter__(self):
        return self.session

    def __exit__(self, kind, error, trace):
        try:
            if kind is None:
                self.session.commit()
            else:
                self.session.rollback()
        finally:
            self.session.close()


class scoped_session:
    """One session for everybody who asks."""

    def __init__(self, session_factory, scopefunc=None):
        self.session_factory = session_factory
        self.registry = self
        self._session = None

    def __call__(self, **kw):
        if self._session is None or kw:
            self._session = self.session_factory(**kw)
        return self._session

    def remove(self):
        if self._session is not None:
            self._session.close()
            self._session = None

    def configure(self, **kw):
        self.session_factory.configure(**kw)

    def query_property(self, query_cls=None):
        return _QueryProperty(self)

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(self(), name)


class _QueryProperty:
    def __init__(self, scoped):
        self.scoped = scoped

    def __get__(self, instance, owner):
        return self.scoped().query(owner)


def object_session(instance):
    state = held(instance)
    return None if state is None else state.session


def make_transient(instance):
    state = held(instance)
    if state is not None and state.session is not None:
        state.session.expunge(instance)
    instance.__dict__.pop("_sa_instance_state", None)


def make_transient_to_detached(instance):
    state = instance.__dict__["_sa_instance_state"] = Held(None)
    state.persistent = True


def close_all_sessions():
    pass
