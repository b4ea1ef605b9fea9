"""Implementations by dialect: their names and facts; the work is the engine's."""


class DefaultImpl:
    """What a dialect does of its own. Subclasses of a user register themselves by `__dialect__`."""

    __dialect__ = "default"
    transactional_ddl = False
    command_terminator = ";"
    batch_separator = None
    _registry = {}

    def __init_subclass__(cls, **kw):
        super().__init_subclass__(**kw)
        if "__dialect__" in cls.__dict__:
            DefaultImpl._registry[cls.__dialect__] = cls

    @classmethod
    def get_by_dialect(cls, dialect):
        return DefaultImpl._registry.get(dialect.name, DefaultImpl)

    def __init__(self, dialect, context):
        self.dialect = dialect
        self.context = context
        if context.opts.get("transactional_ddl") is not None:
            self.transactional_ddl = context.opts["transactional_ddl"]

    @property
    def connection(self):
        return self.context.connection

    @property
    def bind(self):
        return self.context.connection

    @property
    def as_sql(self):
        return self.context.as_sql

    def start_migrations(self):
        """A hook before the first step."""

    def static_output(self, text):
        self.context.static_output(text)

    def execute(self, sql, execution_options=None):
        self.context.execute(sql, execution_options)

    def emit_begin(self):
        self.static_output("BEGIN" + self.command_terminator)

    def emit_commit(self):
        self.static_output("COMMIT" + self.command_terminator)

    def write_statement(self, sql):
        self.static_output(sql.replace("\t", "    ").rstrip() + self.command_terminator)


class SQLiteImpl(DefaultImpl):
    __dialect__ = "sqlite"


class PostgresqlImpl(DefaultImpl):
    __dialect__ = "postgresql"
    transactional_ddl = True


class MySQLImpl(DefaultImpl):
    __dialect__ = "mysql"


class MariaDBImpl(MySQLImpl):
    __dialect__ = "mariadb"


class MSSQLImpl(DefaultImpl):
    __dialect__ = "mssql"
    transactional_ddl = True
    batch_separator = "GO"

    def emit_begin(self):
        self.static_output("BEGIN TRANSACTION" + self.command_terminator)

    def emit_commit(self):
        super().emit_commit()
        self._separate()

    def write_statement(self, sql):
        super().write_statement(sql)
        self._separate()

    def _separate(self):
        separator = self.context.opts.get("mssql_batch_separator", self.batch_separator)
        if separator:
            self.static_output(separator)


class OracleImpl(DefaultImpl):
    __dialect__ = "oracle"
    command_terminator = ""
    batch_separator = "/"

    def emit_begin(self):
        self.static_output("SET TRANSACTION READ WRITE")
        self._separate()

    def emit_commit(self):
        self.static_output("COMMIT")
        self._separate()

    def write_statement(self, sql):
        super().write_statement(sql)
        self._separate()

    def _separate(self):
        separator = self.context.opts.get("oracle_batch_separator", self.batch_separator)
        if separator:
            self.static_output(separator)
