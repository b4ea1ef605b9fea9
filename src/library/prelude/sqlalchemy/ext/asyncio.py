"""Async engines, connections and sessions: the ordinary ones behind `await`."""

from .. import exc
from ..engine.create import create_engine, engine_from_config
from ..orm.session import Session


class AsyncEngine:
    def __init__(self, sync_engine):
        self.sync_engine = sync_engine

    @property
    def url(self):
        return self.sync_engine.url

    @property
    def dialect(self):
        return self.sync_engine.dialect

    @property
    def name(self):
        return self.sync_engine.name

    @property
    def driver(self):
        return self.sync_engine.driver

    @property
    def pool(self):
        return self.sync_engine.pool

    def connect(self):
        return AsyncConnection(self)

    def begin(self):
        return _AsyncBegin(self)

    def execution_options(self, **kw):
        return AsyncEngine(self.sync_engine.execution_options(**kw))

    async def dispose(self, close=True):
        self.sync_engine.dispose(close)

    def __repr__(self):
        return "AsyncEngine(%r)" % (self.sync_engine.url,)


class AsyncConnection:
    """Opened by `await` or by `async with`."""

    def __init__(self, engine, sync_connection=None):
        self.engine = engine
        self.sync_engine = engine.sync_engine
        self.sync_connection = sync_connection

    def __await__(self):
        return self.start().__await__()

    async def start(self):
        if self.sync_connection is None:
            self.sync_connection = self.sync_engine.connect()
        return self

    async def __aenter__(self):
        return await self.start()

    async def __aexit__(self, *error):
        await self.close()

    @property
    def _open(self):
        if self.sync_connection is None:
            raise exc.InvalidRequestError("AsyncConnection context has not been started and object has not been awaited.")
        return self.sync_connection

    @property
    def dialect(self):
        return self.sync_engine.dialect

    @property
    def closed(self):
        return self._open.closed

    async def run_sync(self, fn, *args, **kw):
        return fn(self._open, *args, **kw)

    async def execute(self, statement, parameters=None, **kw):
        return self._open.execute(statement, parameters, **kw)

    async def exec_driver_sql(self, statement, parameters=None, **kw):
        return self._open.exec_driver_sql(statement, parameters, **kw)

    async def scalar(self, statement, parameters=None, **kw):
        return self._open.scalar(statement, parameters, **kw)

    async def scalars(self, statement, parameters=None, **kw):
        return self._open.scalars(statement, parameters, **kw)

    async def stream(self, statement, parameters=None, **kw):
        return AsyncResult(self._open.execute(statement, parameters))

    async def execution_options(self, **kw):
        self._open.execution_options(**kw)
        return self

    def begin(self):
        return AsyncTransaction(self, False)

    def begin_nested(self):
        return AsyncTransaction(self, True)

    def in_transaction(self):
        return self._open.in_transaction()

    def in_nested_transaction(self):
        return self._open.in_nested_transaction()

    def get_transaction(self):
        return self._open.get_transaction()

    async def commit(self):
        self._open.commit()

    async def rollback(self):
        self._open.rollback()

    async def close(self):
        if self.sync_connection is not None:
            self.sync_connection.close()

    aclose = close

    async def invalidate(self, exception=None):
        self._open.invalidate()

    async def get_raw_connection(self):
        return self._open.connection


class AsyncTransaction:
    def __init__(self, connection, nested):
        self.connection = connection
        self.nested = nested
        self.sync_transaction = None

    async def start(self):
        sync = self.connection._open
        self.sync_transaction = sync.begin_nested() if self.nested else sync.begin()
        return self

    def __await__(self):
        return self.start().__await__()

    @property
    def is_active(self):
        return self.sync_transaction.is_active

    async def commit(self):
        self.sync_transaction.commit()

    async def rollback(self):
        self.sync_transaction.rollback()

    async def close(self):
        self.sync_transaction.close()

    async def __aenter__(self):
        return await self.start()

    async def __aexit__(self, kind, error, trace):
        self.sync_transaction.__exit__(kind, error, trace)


class _AsyncBegin:
    """`async with engine.begin() as connection:`"""

    def __init__(self, engine):
        self.connection = engine.connect()

    async def __aenter__(self):
        await self.connection.start()
        self.transaction = self.connection.sync_connection.begin()
        return self.connection

    async def __aexit__(self, kind, error, trace):
        try:
            self.transaction.__exit__(kind, error, trace)
        finally:
            await self.connection.close()


class AsyncResult:
    """A result that is read by `async for`."""

    def __init__(self, result):
        self._result = result

    async def __aiter__(self):
        for row in self._result.all():
            yield row

    def scalars(self, index=0):
        return AsyncResult(self._result.scalars(index))

    def mappings(self):
        return AsyncResult(self._result.mappings())

    async def all(self):
        return self._result.all()

    async def fetchall(self):
        return self._result.fetchall()

    async def first(self):
        return self._result.first()

    async def one(self):
        return self._result.one()

    async def one_or_none(self):
        return self._result.one_or_none()

    async def scalar(self):
        return self._result.scalar()

    async def close(self):
        self._result.close()


AsyncScalarResult = AsyncMappingResult = AsyncResult


class AsyncSession:
    sync_session_class = Session

    def __init__(self, bind=None, *, binds=None, sync_session_class=None, **kw):
        self.bind = bind
        bind = getattr(bind, "sync_engine", bind) if not isinstance(bind, AsyncConnection) else bind.sync_connection
        self.sync_session = (sync_session_class or self.sync_session_class)(bind=bind, **kw)

    async def __aenter__(self):
        return self

    async def __aexit__(self, *error):
        await self.close()

    @property
    def new(self):
        return self.sync_session.new

    @property
    def dirty(self):
        return self.sync_session.dirty

    @property
    def info(self):
        return self.sync_session.info

    def add(self, instance):
        self.sync_session.add(instance)

    def add_all(self, instances):
        self.sync_session.add_all(instances)

    def expunge(self, instance):
        self.sync_session.expunge(instance)

    def expunge_all(self):
        self.sync_session.expunge_all()

    def expire(self, instance, attribute_names=None):
        self.sync_session.expire(instance, attribute_names)

    def expire_all(self):
        self.sync_session.expire_all()

    def in_transaction(self):
        return self.sync_session.in_transaction()

    def __contains__(self, instance):
        return instance in self.sync_session

    def get_bind(self, *args, **kw):
        return self.sync_session.get_bind()

    async def run_sync(self, fn, *args, **kw):
        return fn(self.sync_session, *args, **kw)

    async def connection(self, **kw):
        sync = self.sync_session.connection()
        return AsyncConnection(AsyncEngine(sync.engine), sync)

    async def execute(self, statement, params=None, **kw):
        return self.sync_session.execute(statement, params, **kw)

    async def scalar(self, statement, params=None, **kw):
        return self.sync_session.scalar(statement, params, **kw)

    async def scalars(self, statement, params=None, **kw):
        return self.sync_session.scalars(statement, params, **kw)

    async def stream(self, statement, params=None, **kw):
        return AsyncResult(self.sync_session.execute(statement, params))

    async def stream_scalars(self, statement, params=None, **kw):
        return AsyncResult(self.sync_session.scalars(statement, params))

    async def get(self, entity, ident, **kw):
        return self.sync_session.get(entity, ident, **kw)

    async def get_one(self, entity, ident, **kw):
        return self.sync_session.get_one(entity, ident, **kw)

    async def delete(self, instance):
        self.sync_session.delete(instance)

    async def merge(self, instance, **kw):
        return self.sync_session.merge(instance, **kw)

    async def refresh(self, instance, attribute_names=None, **kw):
        self.sync_session.refresh(instance, attribute_names)

    async def flush(self, objects=None):
        self.sync_session.flush()

    async def commit(self):
        self.sync_session.commit()

    async def rollback(self):
        self.sync_session.rollback()

    async def close(self):
        self.sync_session.close()

    aclose = reset = close

    def begin(self):
        return _SessionBegin(self, False)

    def begin_nested(self):
        return _SessionBegin(self, True)


class _SessionBegin:
    def __init__(self, session, nested):
        self.session = session
        self.nested = nested

    async def start(self):
        sync = self.session.sync_session
        self.transaction = sync.begin_nested() if self.nested else sync.begin()
        return self

    def __await__(self):
        return self.start().__await__()

    async def commit(self):
        self.transaction.commit()

    async def rollback(self):
        self.transaction.rollback()

    async def __aenter__(self):
        await self.start()
        return self

    async def __aexit__(self, kind, error, trace):
        self.transaction.__exit__(kind, error, trace)


AsyncSessionTransaction = _SessionBegin


class async_sessionmaker:
    def __init__(self, bind=None, *, class_=AsyncSession, **kw):
        kw["bind"] = bind
        self.kw = kw
        self.class_ = class_

    def __call__(self, **more):
        return self.class_(**{**self.kw, **more})

    def configure(self, **more):
        self.kw.update(more)

    def begin(self):
        return _MakerBegin(self())

    def __class_getitem__(cls, item):
        return cls


class _MakerBegin:
    def __init__(self, session):
        self.session = session

    async def __aenter__(self):
        return self.session

    async def __aexit__(self, kind, error, trace):
        try:
            if kind is None:
                await self.session.commit()
            else:
                await self.session.rollback()
        finally:
            await self.session.close()


class async_scoped_session:
    def __init__(self, session_factory, scopefunc=None):
        self.session_factory = session_factory
        self._session = None

    def __call__(self, **kw):
        if self._session is None:
            self._session = self.session_factory(**kw)
        return self._session

    async def remove(self):
        if self._session is not None:
            await self._session.close()
            self._session = None

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(self(), name)


class AsyncAttrs:
    """A mixin: `await instance.awaitable_attrs.children`."""

    @property
    def awaitable_attrs(self):
        return _Awaitable(self)


class _Awaitable:
    def __init__(self, instance):
        self.instance = instance

    def __getattr__(self, name):
        async def read():
            return getattr(self.instance, name)

        return read()


def _checked(engine):
    if not engine.dialect.is_async:
        raise exc.InvalidRequestError(
            "The asyncio extension requires an async driver to be used. The loaded '%s' is not async." % (engine.dialect.driver,)
        )
    return AsyncEngine(engine)


def create_async_engine(url, **kw):
    return _checked(create_engine(url, **kw))


def async_engine_from_config(configuration, prefix="sqlalchemy.", **kw):
    return _checked(engine_from_config(configuration, prefix, **kw))


def create_async_pool_from_url(url, **kw):
    return create_engine(url, **kw).pool


def async_object_session(instance):
    return None


def async_session(session):
    return None


async def close_all_sessions():
    pass
