"""SQLAlchemy as migrations use it. Names are imported when they are first used."""

__version__ = "2.0.58"

_TYPES = (
    "ARRAY BIGINT BINARY BLOB BOOLEAN BigInteger Boolean CHAR CLOB DATE DATETIME DECIMAL DOUBLE DOUBLE_PRECISION Date DateTime"
    " Double Enum FLOAT Float INT INTEGER Integer Interval JSON LargeBinary NCHAR NUMERIC NVARCHAR Numeric PickleType REAL"
    " SMALLINT SmallInteger String TEXT TIME TIMESTAMP Text Time TupleType UUID Unicode UnicodeText Uuid VARBINARY VARCHAR"
    " TypeDecorator"
)
_SCHEMA = (
    "BLANK_SCHEMA CallableColumnDefault CheckConstraint Column ColumnDefault Computed Constraint DefaultClause FetchedValue"
    " ForeignKey ForeignKeyConstraint Identity Index MetaData PrimaryKeyConstraint Sequence Table UniqueConstraint"
)
_ELEMENTS = (
    "BinaryExpression BindParameter BooleanClauseList ClauseElement ClauseList ColumnClause ColumnElement ColumnOperators"
    " False_ Label Null Operators SQLColumnExpression TextClause True_ UnaryExpression and_ bindparam column false literal"
    " literal_column not_ null or_ quoted_name text true"
)
_NODES = (
    "Case Cast Extract Over TryCast Tuple TypeCoerce all_ any_ asc between bitwise_not case cast collate custom_op desc distinct"
    " extract funcfilter label nulls_first nulls_last over try_cast tuple_ type_coerce within_group"
)
_SELECTABLE = (
    "Alias AliasedReturnsRows CTE CompoundSelect Exists Join Lateral ScalarSelect Select SelectBase Subquery TableValuedAlias"
    " TextualSelect alias cte except_ except_all exists intersect intersect_all join lateral outerjoin select union union_all"
    " values"
)


def _names():
    found = {}
    for module, names in (
        (".sql.sqltypes", _TYPES),
        (".sql.schema", _SCHEMA),
        (".sql.elements", _ELEMENTS),
        (".sql.nodes", _NODES),
        (".sql.selectable", _SELECTABLE),
        (".sql.dml", "Delete Insert Update UpdateBase ValuesBase delete insert update"),
        (".sql.functions", "Function FunctionElement func"),
        (".sql.base", "ColumnCollection Executable FromClause Selectable TableClause table"),
        (".sql.ddl", "BaseDDLElement DDL DDLElement ExecutableDDLElement"),
        (".engine.create", "create_engine create_mock_engine engine_from_config create_pool_from_url"),
        (".engine.url", "URL make_url"),
        (".engine.base", "Connection Engine NestedTransaction RootTransaction Transaction"),
        (".engine.result", "CursorResult MappingResult Result Row RowMapping ScalarResult"),
        (".engine.reflection", "Inspector"),
        (".inspection", "inspect"),
        (".pool", "AssertionPool AsyncAdaptedQueuePool NullPool Pool QueuePool SingletonThreadPool StaticPool"),
        (".engine.dialect", "Dialect"),
        (".sql.type_api", "NotNullable Nullable"),
    ):
        for name in names.split():
            found[name] = module
    found["nullsfirst"] = found["nullslast"] = ".sql.nodes"
    return found


_WHERE = _names()
__all__ = list(_WHERE)
_MODULES = ("exc", "types", "schema", "sql", "orm", "engine", "pool", "event", "dialects", "ext", "util", "inspection")


def __getattr__(name):
    module = _WHERE.get(name)
    if module is None:
        if name in _MODULES:
            from importlib import import_module

            return import_module("sqlalchemy." + name)
        raise AttributeError(
            "module 'sqlalchemy' has no attribute %r; if SQLAlchemy has it, it is not supported here" % (name,)
        )
    from importlib import import_module

    value = getattr(import_module("sqlalchemy" + module), name)
    globals()[name] = value
    return value


def __dir__():
    return sorted(_WHERE) + list(_MODULES)
