"""Dialects as scripts see them: a name, a driver and what the database can do."""


class _DBAPI:
    """Stands for the driver's module; its errors are what SQLAlchemy wraps."""

    def __init__(self, name):
        self.__name__ = name
        self.paramstyle = "qmark"

    def __getattr__(self, name):
        if self.__name__ in ("psycopg2", "psycopg", "asyncpg"):
            import psycopg2 as driver
        else:
            import sqlite3 as driver
        return getattr(driver, name)


class Dialect:
    driver = None
    supports_alter = True
    supports_comments = True
    supports_native_enum = False
    supports_native_boolean = True
    supports_native_uuid = False
    supports_sequences = False
    supports_schemas = True
    server_version_info = None
    default_schema_name = None
    max_identifier_length = 9999
    paramstyle = "named"
    name = "default"
    is_async = False
    _json_serializer = None
    _json_deserializer = None
    max_index_name_length = None
    max_constraint_name_length = None
    construct_arguments = ()

    def __init__(self, **kw):
        for key, value in kw.items():
            setattr(self, key, value)

    @property
    def dbapi(self):
        return _DBAPI(self.driver or self.name)

    @property
    def identifier_preparer(self):
        return Preparer(self)

    def type_descriptor(self, type_):
        from ..sql.type_api import to_instance

        return to_instance(type_)

    def has_table(self, connection, table_name, schema=None, **kw):
        from ..inspection import inspect

        return inspect(connection).has_table(table_name, schema=schema)

    def get_table_names(self, connection, schema=None, **kw):
        return connection._table_names(schema)

    @property
    def type_compiler_instance(self):
        return TypeCompiler(self)

    type_compiler = type_compiler_instance

    @property
    def ddl_compiler(self):
        raise NotImplementedError("a dialect's compilers are not supported here")

    def __repr__(self):
        return "<sqlalchemy.dialects.%s dialect>" % self.name


DefaultDialect = Dialect


class TypeCompiler:
    def __init__(self, dialect):
        self.dialect = dialect

    def process(self, type_, **kw):
        return type_.compile(self.dialect)


class Preparer:
    """Quotes names."""

    def __init__(self, dialect):
        self.dialect = dialect

    def quote(self, name, force=None):
        from .._border import compile_element
        from ..sql.elements import column

        return str(compile_element(column(str(name)), self.dialect))

    quote_identifier = quote

    def quote_schema(self, name, force=None):
        return self.quote(name)

    def format_table(self, table, use_schema=True, name=None):
        schema = self.quote(table.schema) + "." if table.schema and use_schema else ""
        return schema + self.quote(name or table.name)

    def format_column(self, column, use_table=False, name=None, table_name=None, **kw):
        return self.quote(name or column.name)

    def format_constraint(self, constraint):
        return None if constraint.name is None else self.quote(constraint.name)

    format_index = format_constraint


class _SQLite(Dialect):
    name = "sqlite"
    driver = "pysqlite"
    supports_alter = False
    supports_comments = False
    supports_native_boolean = False
    paramstyle = "qmark"
    server_version_info = (3, 50, 4)
    default_schema_name = "main"


class _PostgreSQL(Dialect):
    name = "postgresql"
    driver = "psycopg2"
    supports_native_enum = True
    supports_native_uuid = True
    supports_sequences = True
    paramstyle = "pyformat"
    server_version_info = (17, 0)
    default_schema_name = "public"
    max_identifier_length = 63


class _MySQL(Dialect):
    name = "mysql"
    driver = "mysqldb"
    supports_native_enum = True
    supports_native_boolean = False
    paramstyle = "format"
    max_identifier_length = 255
    is_mariadb = False


class _MariaDB(_MySQL):
    name = "mariadb"
    is_mariadb = True


class _MSSQL(Dialect):
    name = "mssql"
    driver = "pyodbc"
    supports_native_boolean = False
    max_identifier_length = 128


class _Oracle(Dialect):
    name = "oracle"
    driver = "cx_oracle"
    supports_native_boolean = False
    max_identifier_length = 128


_CLASSES = {
    "default": Dialect,
    "sqlite": _SQLite,
    "postgresql": _PostgreSQL,
    "mysql": _MySQL,
    "mariadb": _MariaDB,
    "mssql": _MSSQL,
    "oracle": _Oracle,
}
_KNOWN = {}


def by_name(name, driver=None):
    """The dialect of a name; one for all its users."""
    key = (name, driver)
    found = _KNOWN.get(key)
    if found is None:
        cls = _CLASSES.get(name)
        if cls is None:
            from ..exc import NoSuchModuleError

            raise NoSuchModuleError("Can't load plugin: sqlalchemy.dialects:%s" % (name if driver is None else "%s.%s" % (name, driver)))
        found = cls()
        if driver is not None:
            found.driver = driver
        found.is_async = found.driver in ("aiosqlite", "asyncpg", "aiomysql", "asyncmy", "psycopg_async")
        _KNOWN[key] = found
    return found


def default():
    return by_name("default")


class ExecutionContext:
    """What a default's function may ask: the row's other values."""

    def __init__(self, parameters, dialect):
        self.current_parameters = parameters
        self.dialect = dialect

    def get_current_parameters(self, isolate_multiinsert_groups=True):
        return self.current_parameters
