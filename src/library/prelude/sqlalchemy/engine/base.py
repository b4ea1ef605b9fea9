"""Engines, connections, transactions. What they do is asked of the engine behind `_retort`."""

# Loaded before the first statement: what a database says is raised while a question waits, when nothing may be imported.
import _retort_errors  # noqa: F401
from _retort import ask

from .. import exc
from ..sql.base import FromClause
from ..sql.scope import Scope
from ..sql.type_api import NULLTYPE
from .result import CursorResult


class Engine:
    """A place to get connections from."""

    _is_engine = True

    def __init__(self, url, poolclass, options):
        self.url = url
        self.options = options
        self.dialect = url.get_dialect()
        for key in ("json_serializer", "json_deserializer"):
            if options.get(key) is not None:
                setattr(self.dialect, "_" + key, options[key])
        self.pool = options.get("pool") or poolclass()
        self.echo = options.get("echo", False)
        self.name = self.dialect.name
        self.driver = self.dialect.driver
        self._execution_options = dict(options.get("execution_options") or {})
        self.hide_parameters = bool(options.get("hide_parameters"))
        # A database in memory lives as long as its only connection.
        self._kept = None

    @property
    def engine(self):
        return self

    def _opened(self):
        """The number of an open connection."""
        if self._kept is not None:
            return self._kept
        connect_args = self.options.get("connect_args") or {}
        plain = {key: value for key, value in connect_args.items() if isinstance(value, (str, int, float, bool))}
        if self.options.get("isolation_level"):
            plain["isolation_level"] = self.options["isolation_level"]
        number = ask("connect", self.url.render_as_string(False), plain)
        if getattr(self.pool, "_keeps", False):
            self._kept = number
        self._greet(number)
        return number

    def _greet(self, number):
        """`connect` events: most often a PRAGMA."""
        import sys

        event = sys.modules.get("sqlalchemy.event")
        if event is None:
            return
        raw = DBAPIConnection(number)
        for name in ("connect", "first_connect", "checkout"):
            for target in (self, self.pool):
                for fn in event.heard(target, name):
                    fn(raw, None) if name != "checkout" else fn(raw, None, None)

    def _closed(self, number):
        if self._kept != number:
            ask("close", number)

    def connect(self):
        return Connection(self)

    def begin(self):
        return _Begun(self)

    def raw_connection(self):
        return DBAPIConnection(self._opened())

    def dispose(self, close=True):
        if self._kept is not None:
            ask("close", self._kept)
            self._kept = None

    def execution_options(self, **kw):
        new = object.__new__(type(self))
        new.__dict__.update(self.__dict__)
        new._execution_options = {**self._execution_options, **kw}
        return new

    def get_execution_options(self):
        return self._execution_options

    def clear_compiled_cache(self):
        pass

    def __repr__(self):
        return "Engine(%r)" % (self.url,)


class _Begun:
    """`with engine.begin() as connection:`"""

    def __init__(self, engine):
        self.engine = engine

    def __enter__(self):
        self.connection = self.engine.connect()
        self.transaction = self.connection.begin()
        return self.connection

    def __exit__(self, kind, error, trace):
        try:
            if kind is None:
                if self.transaction.is_active:
                    self.transaction.commit()
            elif self.transaction.is_active:
                self.transaction.rollback()
        finally:
            self.connection.close()


class Transaction:
    """A transaction, or a savepoint when it has a name."""

    def __init__(self, connection, name=None, parent=None):
        self.connection = connection
        self.name = name
        self.parent = parent
        self.is_active = True

    @property
    def is_valid(self):
        return self.is_active

    def commit(self):
        if not self.is_active:
            raise exc.InvalidRequestError("This transaction is inactive")
        self._end("commit")

    def rollback(self):
        if self.is_active:
            self._end("rollback")

    def close(self):
        if self.is_active:
            self._end("rollback")

    def _end(self, how):
        connection = self.connection
        self.is_active = False
        if self.name is None:
            connection._transaction = None
            connection._nested = None
            ask(how, connection._number)
        else:
            connection._nested = self.parent
            ask("release" if how == "commit" else "rollback_to", connection._number, self.name)

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        if not self.is_active:
            return
        if kind is None:
            try:
                self.commit()
            except BaseException:
                self.is_active = True
                self.rollback()
                raise
        else:
            self.rollback()


class RootTransaction(Transaction):
    pass


class NestedTransaction(Transaction):
    pass


TwoPhaseTransaction = Transaction


class Connection:
    """One connection. A transaction begins with the first statement, as in SQLAlchemy 2."""

    def __init__(self, engine, number=None):
        self.engine = engine
        self.dialect = engine.dialect
        self._number = engine._opened() if number is None else number
        self._borrowed = number is not None
        self._transaction = None
        self._nested = None
        self._savepoints = 0
        self._execution_options = dict(engine._execution_options)
        self.closed = False
        self.invalidated = False
        self.info = {}

    # Transactions.

    def _number_now(self):
        if self.closed:
            raise exc.ResourceClosedError("This Connection is closed")
        return self._number

    def _autobegin(self):
        number = self._number_now()
        if self._transaction is None:
            self._transaction = RootTransaction(self)
            if self._execution_options.get("isolation_level") != "AUTOCOMMIT":
                ask("begin", number)

    def begin(self):
        if self._transaction is not None:
            raise exc.InvalidRequestError(
                "This connection has already initialized a SQLAlchemy Transaction() object via begin() or autobegin; can't"
                " call begin() here unless rollback() or commit() is called first."
            )
        self._autobegin()
        return self._transaction

    def begin_nested(self):
        self._autobegin()
        self._savepoints += 1
        name = "sa_savepoint_%d" % self._savepoints
        ask("savepoint", self._number, name)
        self._nested = NestedTransaction(self, name, self._nested)
        return self._nested

    def begin_twophase(self, xid=None):
        raise NotImplementedError("two-phase transactions are not supported here")

    def commit(self):
        if self._transaction is not None:
            self._transaction.commit()

    def rollback(self):
        if self._transaction is not None:
            self._transaction.rollback()

    def in_transaction(self):
        return self._transaction is not None and self._transaction.is_active

    def in_nested_transaction(self):
        return self._nested is not None and self._nested.is_active

    def get_transaction(self):
        return self._transaction

    def get_nested_transaction(self):
        return self._nested

    def close(self):
        if self.closed:
            return
        if self._transaction is not None:
            self._transaction.close()
        self.closed = True
        if not self._borrowed:
            self.engine._closed(self._number)

    def invalidate(self, exception=None):
        self.invalidated = True

    def detach(self):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.close()

    # Options.

    def execution_options(self, **kw):
        self._execution_options.update(kw)
        return self

    def get_execution_options(self):
        return self._execution_options

    def get_isolation_level(self):
        return self._execution_options.get("isolation_level", "SERIALIZABLE")

    @property
    def default_isolation_level(self):
        return "SERIALIZABLE"

    def schema_for_object(self, obj):
        return obj.schema

    @property
    def connection(self):
        return DBAPIConnection(self._number_now())

    def get_raw_connection(self):
        return self.connection

    def run_callable(self, function, *args, **kw):
        return function(self, *args, **kw)

    # Statements.

    def execute(self, statement, parameters=None, *, execution_options=None):
        if isinstance(statement, str):
            raise exc.ObjectNotExecutableError(statement)
        if hasattr(statement, "_lowers_ddl"):
            return self._execute_ddl(statement)
        if hasattr(statement, "is_sequence"):
            return self.execute(statement.next_value())
        own = getattr(statement, "_execute_on_connection", None)
        if own is not None:
            return own(self, parameters, execution_options)
        if not hasattr(statement, "statement"):
            statement = _selected(statement)
        self._autobegin()
        from .execution import run

        options = {**self._execution_options, **getattr(statement, "_execution_options", {}), **(execution_options or {})}
        try:
            return run(self, statement, parameters, options)
        except exc.DBAPIError as error:
            error.hide_parameters = self.engine.hide_parameters
            raise

    def scalar(self, statement, parameters=None, *, execution_options=None):
        return self.execute(statement, parameters, execution_options=execution_options).scalar()

    def scalars(self, statement, parameters=None, *, execution_options=None):
        return self.execute(statement, parameters, execution_options=execution_options).scalars()

    def stream(self, statement, parameters=None, **kw):
        return self.execute(statement, parameters)

    def exec_driver_sql(self, statement, parameters=None, execution_options=None):
        self._autobegin()
        try:
            answer = ask("driver_sql", self._number, statement, plain_parameters(parameters, statement))
        except exc.DBAPIError as error:
            error.hide_parameters = self.engine.hide_parameters
            if isinstance(parameters, dict):
                error.params = parameters
            raise
        return answered(answer, None)

    def _execute_ddl(self, statement):
        self._autobegin()
        operation = getattr(statement, "operation", None)
        if operation is not None and not hasattr(statement, "statement_text") and type(statement).operation is not _ddl().operation:
            ask("operations", self._number, [statement.operation()], "ddl")
        else:
            ask("driver_sql", self._number, statement.sql(self.dialect), [])
        return CursorResult([], [], False)

    # What tables, MetaData and the Inspector ask.

    def _operations(self, data, what):
        self._autobegin()
        ask("operations", self._number, data, what)

    def _table_names(self, schema):
        self._autobegin()
        return list(ask("table_names", self._number, schema))

    def _view_names(self, schema):
        self._autobegin()
        return list(ask("view_names", self._number, schema))

    def _schema_names(self):
        self._autobegin()
        return list(ask("schema_names", self._number))

    def _reflect(self, schema, names):
        self._autobegin()
        return ask("reflect", self._number, schema, names)


def _ddl():
    from ..sql.ddl import ExecutableDDLElement

    return ExecutableDDLElement


def _selected(statement):
    """Functions and tables can be executed by themselves."""
    from ..sql.elements import ClauseElement
    from ..sql.selectable import Select

    if isinstance(statement, ClauseElement):
        return Select(statement)
    element = getattr(statement, "__clause_element__", None)
    if element is not None:
        return Select(element())
    raise exc.ObjectNotExecutableError(statement)


# Texts and comments hold no parameters; `:name`, `@name` and `$name` are SQLite's.
_NAMED = r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|--[^\n]*|/\*[\s\S]*?\*/|[:@$]([A-Za-z_]\w*)"


def plain_parameters(parameters, statement):
    """Parameters of `exec_driver_sql` as the driver takes them: in the order of their first mention."""
    from .._literal import literal

    if parameters is None:
        return []
    if isinstance(parameters, dict):
        import re

        names = [found[1] for found in re.finditer(_NAMED, statement) if found[1] is not None]
        missing = [name for name in names if name not in parameters]
        if missing:
            raise exc.ProgrammingError(
                statement, parameters, Exception("You did not supply a value for binding parameter :%s." % missing[0])
            )
        return [literal(parameters[name]) for name in dict.fromkeys(names)]
    if parameters and isinstance(parameters[0], (tuple, list, dict)):
        return [plain_parameters(one, statement) for one in parameters]
    return [literal(value) for value in parameters]


def answered(answer, columns, dialect=None):
    """The database's answer as a result; `columns` are (key, type) of the statement, where it tells them."""
    keys = list(answer["columns"])
    rows = answer["rows"]
    if columns and len(columns) == len(keys):
        # What a text gives is known to the database alone.
        keys = [there if key == "_no_label" else key for (key, _), there in zip(columns, keys)]
        rows = decoded(rows, columns, dialect)
    else:
        rows = [tuple(row) for row in rows]
    result = CursorResult(keys, rows, bool(answer["columns"]))
    result.rowcount = answer["affected"] if not answer["columns"] else -1
    result.lastrowid = answer["last_id"]
    return result


def decoded(rows, columns, dialect):
    decoders = []
    for at, (_, kind) in enumerate(columns):
        decoder = None if kind is NULLTYPE else kind.decoder(dialect)
        if decoder is not None:
            decoders.append((at, decoder, getattr(kind, "_decodes_none", False)))
    if not decoders:
        return [tuple(row) for row in rows]
    out = []
    for row in rows:
        row = list(row)
        for at, decoder, takes_none in decoders:
            value = row[at]
            if value is not None or takes_none:
                row[at] = decoder(value)
        out.append(tuple(row))
    return out


class DBAPIConnection:
    """The driver's connection, as `connect` events and raw_connection() see it."""

    isolation_level = ""

    def __init__(self, number):
        self._number = number

    @property
    def dbapi_connection(self):
        return self

    driver_connection = dbapi_connection
    connection = dbapi_connection

    def cursor(self):
        return DBAPICursor(self._number)

    def execute(self, sql, parameters=()):
        return self.cursor().execute(sql, parameters)

    def executescript(self, sql):
        return self.cursor().executescript(sql)

    def commit(self):
        if ask("in_transaction", self._number):
            ask("commit", self._number)

    def rollback(self):
        if ask("in_transaction", self._number):
            ask("rollback", self._number)

    def close(self):
        pass

    def create_function(self, *args, **kw):
        pass

    create_collation = create_aggregate = create_function


class DBAPICursor:
    description = None
    rowcount = -1
    lastrowid = None

    def __init__(self, number):
        self._number = number
        self._rows = []

    def execute(self, sql, parameters=()):
        answer = ask("driver_sql", self._number, sql, plain_parameters(parameters, sql))
        self._rows = [tuple(row) for row in answer["rows"]]
        self.rowcount = answer["affected"]
        self.lastrowid = answer["last_id"]
        self.description = [(name, None, None, None, None, None, None) for name in answer["columns"]] or None
        return self

    def executemany(self, sql, many):
        for one in many:
            self.execute(sql, one)
        return self

    def executescript(self, sql):
        for one in sql.split(";"):
            if one.strip():
                self.execute(one)
        return self

    def fetchone(self):
        return self._rows.pop(0) if self._rows else None

    def fetchall(self):
        rows, self._rows = self._rows, []
        return rows

    def fetchmany(self, size=1):
        rows, self._rows = self._rows[:size], self._rows[size:]
        return rows

    def close(self):
        pass

    def __iter__(self):
        return iter(self.fetchall())

    def __enter__(self):
        return self

    def __exit__(self, *error):
        pass
