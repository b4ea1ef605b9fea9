"""DDL: creating, dropping, reflecting and copying tables."""

from .. import _lower as lower
from .base import Executable
from .elements import ClauseElement


def connected(bind):
    """The connection that a `bind` means, and whether it was opened for this."""
    if hasattr(bind, "sync_engine") or hasattr(bind, "run_sync"):
        from ..exc import ArgumentError

        raise ArgumentError("an async engine cannot create tables by itself; use `await connection.run_sync(metadata.create_all)`")
    if hasattr(bind, "_number_now"):
        return bind, False
    return bind.connect(), True


def run(bind, data, what):
    """Runs operations as one group."""
    connection, opened = connected(bind)
    try:
        if data:
            connection._operations(data, what)
        if opened:
            connection.commit()
    finally:
        if opened:
            connection.close()


def names_there(bind, schema):
    connection, opened = connected(bind)
    try:
        return set(connection._table_names(schema))
    finally:
        if opened:
            connection.close()


def _missing(bind, tables, there):
    """Those of `tables` that are (not) in the database."""
    known = {}
    found = []
    for one in tables:
        if one.schema not in known:
            known[one.schema] = names_there(bind, one.schema)
        if (one.name in known[one.schema]) == there:
            found.append(one)
    return found


def create_tables(bind, tables, checkfirst=True):
    connection, opened = connected(bind)
    try:
        if checkfirst:
            tables = _missing(connection, tables, False)
        run(connection, [{"CreateTable": {"table": lower.table(one)}} for one in tables], "create_all")
        if opened:
            connection.commit()
    finally:
        if opened:
            connection.close()


def drop_tables(bind, tables, checkfirst=True):
    connection, opened = connected(bind)
    try:
        tables = list(reversed(tables))
        if checkfirst:
            tables = _missing(connection, tables, True)
        run(connection, [{"DropTable": {"name": one.name_data()}} for one in tables], "drop_all")
        if opened:
            connection.commit()
    finally:
        if opened:
            connection.close()


def create_index(index, bind, checkfirst=False):
    run(bind, [_create_index(index, checkfirst)], "create_index")


def _create_index(index, if_not_exists=False):
    return {"CreateIndex": {"table": index.table.name_data(), "index": lower.index(index), "if_not_exists": bool(if_not_exists)}}


def drop_index(index, bind, checkfirst=False):
    run(bind, [_drop_index(index, checkfirst)], "drop_index")


def _drop_index(index, if_exists=False):
    table = None if index.table is None else index.table.name_data()
    return {"DropIndex": {"table": table, "name": lower.name(index.name), "if_exists": bool(if_exists)}}


def sort_tables(tables, skip_fn=None, extra_dependencies=None):
    """Referred tables first; inside a cycle the order that was given."""
    left = []
    for one in tables:
        if not any(one is other for other in left):
            left.append(one)
    parents = {}
    for one in left:
        found = {}
        for key in one.foreign_keys:
            if key.use_alter or (key.constraint is not None and key.constraint.use_alter):
                continue
            referred = key.referred_table
            if referred is not one:
                found[id(referred)] = True
        for other in one.__dict__.get("_extra_dependencies", ()):
            found[id(other)] = True
        parents[id(one)] = found
    out = []
    remaining = {id(one) for one in left}
    while left:
        ready = [one for one in left if not any(key in remaining for key in parents[id(one)])]
        if not ready:
            ready = left
        for one in ready:
            remaining.discard(id(one))
        out += ready
        left = [one for one in left if id(one) in remaining]
    return out


def sort_tables_and_constraints(tables, filter_fn=None, extra_dependencies=None):
    return [(one, set()) for one in sort_tables(tables)] + [(None, [])]


def reflect(metadata, bind, schema=None, views=False, only=None, extend_existing=False):
    """Reads the tables of a database into `metadata`."""
    if schema is None:
        schema = metadata.schema
    connection, opened = connected(bind)
    try:
        names = None
        if only is not None:
            there = connection._table_names(schema)
            if views:
                there = there + connection._view_names(schema)
            names = [one for one in there if only(one, metadata)] if callable(only) else list(only)
            absent = [one for one in names if one not in there]
            if absent:
                from ..exc import InvalidRequestError

                raise InvalidRequestError(
                    "Could not reflect: requested table(s) not available in %r%s: (%s)"
                    % (connection.engine, " schema %r" % schema if schema else "", ", ".join(absent))
                )
        data = connection._reflect(schema, names)
    finally:
        if opened:
            connection.close()
    from .. import _lift as lift

    for one in data["tables"]:
        _reflected(one, metadata, extend_existing, lift)


def _reflected(data, metadata, extend_existing, lift):
    schema = data["name"].get("schema")
    key = "%s.%s" % (schema, data["name"]["name"]) if schema else data["name"]["name"]
    if key not in metadata.tables:
        lift.table(data, metadata)
    elif extend_existing:
        table = metadata.tables[key]
        for one in data["columns"]:
            table.append_column(lift.column(one), replace_existing=True)


def autoload(table, bind, include_columns, args):
    """`Table(autoload_with=…)`: columns as the database has them; those that were given win."""
    from ..engine.reflection import Inspector

    if isinstance(bind, Inspector):
        bind = bind.bind
    connection, opened = connected(bind)
    try:
        data = connection._reflect(table.schema, [str(table.name)])
    finally:
        if opened:
            connection.close()
    if not data["tables"]:
        from ..exc import NoSuchTableError

        raise NoSuchTableError(table.key)
    data = data["tables"][0]
    from .. import _lift as lift

    given = [one.name for one in args if hasattr(one, "_is_column")]
    for one in data["columns"]:
        if one["name"] not in given and one["name"] not in table._by_key:
            if include_columns is None or one["name"] in include_columns:
                table.append_column(lift.column(one))
    for one in data.get("constraints", ()):
        if _within(one["kind"], table, given):
            lift.constraint(one, table)
    for one in data.get("indexes", ()):
        lift.index(one, table)
    if data.get("comment") is not None and table.comment is None:
        table.comment = data["comment"]


def _within(kind, table, given):
    """Whether a reflected constraint stands on columns that were not given anew."""
    ((_, inner),) = kind.items()
    return all(one in table._by_key and (one not in given) for one in inner.get("columns", ()))


def copied(table, metadata, schema, name=None):
    """`to_metadata`: the same table in another MetaData."""
    from .schema import RETAIN_SCHEMA, Table, table_key

    if schema == RETAIN_SCHEMA:
        schema = table.schema
    elif schema is None:
        schema = metadata.schema
    name = name or table.name
    key = table_key(name, schema, metadata)
    if key in metadata.tables:
        return metadata.tables[key]
    new = Table(
        name,
        metadata,
        *[_without_shorthand(one._copy(schema=schema)) for one in table._by_key.values()],
        schema=schema,
        comment=table.comment,
        prefixes=table._prefixes,
        info=table._info,
        **(table._kwargs or {}),
    )
    for one in table._sorted_constraints:
        if one._prefix == "pk" and not one._columns:
            continue
        if not one._type_bound and not (one._column_flag and one._prefix == "ck"):
            one._copy(schema=_schema_of_copy(one, table, schema), target_table=new).attach(new)
    for one in table.indexes:
        one._copy(target_table=new)
    return new


def _schema_of_copy(constraint, table, schema):
    return schema if schema != table.schema else None


def _without_shorthand(column):
    """Its constraints and indexes are copied as what they became."""
    column.index = column.unique = None
    column.foreign_keys = ()
    return column


class BaseDDLElement(ClauseElement):
    _lowers_ddl = True


class ExecutableDDLElement(BaseDDLElement, Executable):
    target = None

    def against(self, target):
        new = self._clone()
        new.target = target
        return new

    def execute_if(self, dialect=None, callable_=None, state=None):
        return self

    def operation(self):
        raise NotImplementedError("%s is not supported here" % type(self).__name__)

    def sql(self, dialect=None):
        from .._border import compile_ddl

        return compile_ddl(self.operation(), dialect)

    def __str__(self):
        return self.sql()

    def __call__(self, target, bind, **kw):
        return bind.execute(self.against(target))


DDLElement = ExecutableDDLElement


class DDL(ExecutableDDLElement):
    """A statement as text, often after an event."""

    def __init__(self, statement, context=None):
        self.statement_text = statement
        self.context = context or {}

    def sql(self, dialect=None):
        values = dict(self.context)
        if self.target is not None:
            values.update(table=self.target.name, schema=self.target.schema or "", fullname=self.target.fullname)
        return self.statement_text % values if "%" in self.statement_text else self.statement_text


class _OfTable(ExecutableDDLElement):
    def __init__(self, element, if_exists=False, if_not_exists=False, **kw):
        self.element = element
        self.if_exists = if_exists
        self.if_not_exists = if_not_exists


class CreateTable(_OfTable):
    def operation(self):
        lower.refers(self.element)
        data = lower.table(self.element)
        data["indexes"] = []
        return {"CreateTable": {"table": data, "if_not_exists": bool(self.if_not_exists)}}


class DropTable(_OfTable):
    def operation(self):
        return {"DropTable": {"name": self.element.name_data(), "if_exists": bool(self.if_exists)}}


class CreateIndex(_OfTable):
    def operation(self):
        return _create_index(self.element, self.if_not_exists)


class DropIndex(_OfTable):
    def operation(self):
        return _drop_index(self.element, self.if_exists)


class AddConstraint(_OfTable):
    def operation(self):
        return {"AddConstraint": {"table": self.element.table.name_data(), "constraint": lower.constraint(self.element)}}


class DropConstraint(_OfTable):
    def operation(self):
        kinds = {"fk": "ForeignKey", "pk": "PrimaryKey", "uq": "Unique", "ck": "Check"}
        return {
            "DropConstraint": {
                "table": self.element.table.name_data(),
                "name": lower.name(self.element.name),
                "kind": kinds.get(self.element._prefix),
                "if_exists": bool(self.if_exists),
            }
        }


class SetTableComment(_OfTable):
    def operation(self):
        return {"CreateTableComment": {"table": self.element.name_data(), "comment": self.element.comment}}


class CreateColumn(BaseDDLElement):
    def __init__(self, element):
        self.element = element


class SetColumnComment(_OfTable):
    pass


class CreateSequence(_OfTable):
    def sql(self, dialect=None):
        from .._border import compile_type

        sequence = self.element
        parts = ["CREATE SEQUENCE", "IF NOT EXISTS" if self.if_not_exists else "", _sequence_name(sequence, dialect)]
        if sequence.data_type is not None:
            parts.append("AS %s" % compile_type(sequence.data_type, dialect))
        return " ".join(part for part in (*parts, *sequence.clauses()) if part)


class DropSequence(_OfTable):
    def sql(self, dialect=None):
        parts = ("DROP SEQUENCE", "IF EXISTS" if self.if_exists else "", _sequence_name(self.element, dialect))
        return " ".join(part for part in parts if part)


def _sequence_name(sequence, dialect):
    from .._border import compile_element
    from .elements import column

    parts = [sequence.schema, sequence.name] if sequence.schema else [sequence.name]
    return ".".join(str(compile_element(column(str(part)), dialect)) for part in parts)


class CreateSchema(ExecutableDDLElement):
    def __init__(self, name, if_not_exists=False):
        self.element = name
        self.if_not_exists = if_not_exists

    def sql(self, dialect=None):
        return "CREATE SCHEMA %s%s" % ("IF NOT EXISTS " if self.if_not_exists else "", self.element)


class DropSchema(ExecutableDDLElement):
    def __init__(self, name, cascade=False, if_exists=False):
        self.element = name
        self.cascade = cascade
        self.if_exists = if_exists

    def sql(self, dialect=None):
        return "DROP SCHEMA %s%s%s" % ("IF EXISTS " if self.if_exists else "", self.element, " CASCADE" if self.cascade else "")
