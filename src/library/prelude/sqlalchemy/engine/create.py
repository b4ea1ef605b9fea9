"""Making engines."""

from ..exc import ArgumentError
from .url import make_url

_POOL = (
    "pool",
    "pool_size",
    "max_overflow",
    "pool_recycle",
    "pool_timeout",
    "pool_pre_ping",
    "pool_use_lifo",
    "pool_reset_on_return",
    "pool_logging_name",
    "pool_events",
)
_OTHERS = (
    "future",
    "echo",
    "echo_pool",
    "connect_args",
    "creator",
    "module",
    "isolation_level",
    "logging_name",
    "hide_parameters",
    "encoding",
    "convert_unicode",
    "query_cache_size",
    "label_length",
    "max_identifier_length",
    "execution_options",
    "json_serializer",
    "json_deserializer",
    "paramstyle",
    "plugins",
    "native_datetime",
    "enable_from_linting",
    "insertmanyvalues_page_size",
    "use_insertmanyvalues",
    "implicit_returning",
    "client_encoding",
    "executemany_mode",
    "fast_executemany",
    "skip_autocommit_rollback",
    "async_creator",
    "server_side_cursors",
    "use_native_hstore",
)


def create_engine(url, **kw):
    """An engine; nothing is opened before it is asked to connect."""
    from .base import Engine

    url = make_url(url)
    poolclass = kw.pop("poolclass", None)
    for key in kw:
        if key not in _POOL and key not in _OTHERS:
            raise TypeError(
                "Invalid argument(s) '%s' sent to create_engine(), using configuration %s/%s/%s.  Please check that the"
                " keyword arguments are appropriate for this combination of components."
                % (key, type(url.get_dialect()).__name__, (poolclass or _pool_of(url)).__name__, "Engine")
            )
    return Engine(url, poolclass or _pool_of(url), kw)


def _pool_of(url):
    from .. import pool

    if url.get_backend_name() == "sqlite" and is_memory(url):
        return pool.SingletonThreadPool
    return pool.QueuePool


def is_memory(url):
    database = url.database or ""
    return database in ("", ":memory:") or "mode=memory" in database or url.query.get("mode") == "memory"


def engine_from_config(configuration, prefix="sqlalchemy.", **kw):
    """An engine from an ini file's section."""
    options = {key[len(prefix) :]: value for key, value in configuration.items() if key.startswith(prefix)}
    options["_coerce_config"] = True
    options.update(kw)
    options.pop("_coerce_config")
    try:
        url = options.pop("url")
    except KeyError:
        raise KeyError("url") from None
    return create_engine(url, **{key: _coerced(key, value) for key, value in options.items()})


_BOOLEANS = ("echo", "echo_pool", "pool_pre_ping", "future", "hide_parameters")
_NUMBERS = ("pool_size", "max_overflow", "pool_recycle", "query_cache_size")


def _coerced(key, value):
    """Values of ini files are text."""
    if not isinstance(value, str):
        return value
    if key in _BOOLEANS:
        return value.strip().lower() in ("true", "yes", "on", "y", "t", "1")
    if key in _NUMBERS:
        return int(value)
    return value


def create_mock_engine(url, executor, **kw):
    """An engine that hands each statement to a function."""
    return MockEngine(make_url(url).get_dialect(), executor)


class MockEngine:
    def __init__(self, dialect, executor):
        self.dialect = dialect
        self.executor = executor

    @property
    def engine(self):
        return self

    def connect(self):
        return self

    def execute(self, statement, parameters=None, execution_options=None):
        return self.executor(statement, parameters)

    def _operations(self, data, what):
        from ..sql.elements import text
        from .._border import compile_ddl

        for one in data:
            self.executor(text(compile_ddl(one, self.dialect)))

    def _number_now(self):
        raise ArgumentError("a mock engine has no connection")

    def _table_names(self, schema):
        return []


def create_pool_from_url(url, **kw):
    return create_engine(url, **kw).pool
