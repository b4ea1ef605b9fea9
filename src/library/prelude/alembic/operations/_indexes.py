"""Operations on indexes."""

from sqlalchemy import Column
from sqlalchemy import Index
from sqlalchemy import MetaData
from sqlalchemy import Table
from sqlalchemy.sql.elements import conv

from . import _data
from . import schemaobj
from ._data import lift
from ._data import lower
from ._operation import MigrateOperation


def _lifted(table, index):
    """An Index on a table of its own columns."""
    columns = [part["Column"]["name"] for part in index["expressions"] if "Column" in part]
    owner = schemaobj.plain_table(None, table["name"], columns, table["schema"])
    return lift.index(index, owner)


def _detached(index):
    """A copy on a table of the indexed columns alone."""
    columns = [part for part in index.expressions if isinstance(part, Column)]
    copies = {part.name: Column(part.name, part.type, nullable=part.nullable) for part in columns}
    owner = Table(index.table.name, MetaData(), *copies.values(), schema=index.table.schema)
    parts = [copies[part.name] if isinstance(part, Column) else part for part in index.expressions]
    return Index(index.name, *parts, unique=index.unique, _table=owner)


class CreateIndexOp(MigrateOperation):
    data_tag = "CreateIndex"

    def __init__(self, index_name, table_name, columns, *, schema=None, unique=False, if_not_exists=None, **kw):
        self.index_name = index_name
        self.table_name = table_name
        self.columns = columns
        self.schema = schema
        self.unique = unique
        self.if_not_exists = if_not_exists
        self.kw = kw

    def reverse(self):
        return DropIndexOp.from_index(self.to_index())

    #: The model's own index, where autogenerate found it missing.
    _own = None

    def to_diff_tuple(self):
        return ("add_index", self.to_index() if self._own is None else _detached(self._own))

    @classmethod
    def from_index(cls, index):
        columns = [getattr(part, "name", None) if hasattr(part, "table") else part for part in index.expressions]
        return cls(
            index.name,
            index.table.name,
            columns,
            schema=index.table.schema,
            unique=index.unique,
            **dict(index.dialect_kwargs),
        )

    def to_index(self, migration_context=None):
        return schemaobj.index(
            migration_context,
            self.index_name,
            self.table_name,
            self.columns,
            schema=self.schema,
            unique=self.unique,
            **self.kw,
        )

    def _plain(self, context):
        """The index as data where it is a final name over names of columns: then it wants no Index."""
        name = self.index_name
        final = type(name) is conv or type(name) is str and schemaobj.conventional(context)
        if not final or self.kw or type(self.columns) is not list or not self.columns:
            return None
        expressions = []
        for one in self.columns:
            if type(one) is not str:
                return None
            expressions.append({"Column": {"name": one}})
        return {"name": _data.name(name), "expressions": expressions, "unique": bool(self.unique)}

    def to_data(self, context):
        return _data.of(
            "CreateIndex",
            table=_data.table_name(self.table_name, self.schema),
            index=self._plain(context) or lower.index(self.to_index(context)),
            if_not_exists=bool(self.if_not_exists),
        )

    @classmethod
    def from_data(cls, fields):
        own = _data.own(fields["index"])
        made = cls.from_index(own if own is not None else _lifted(fields["table"], fields["index"]))
        made._own = own
        made.if_not_exists = fields.get("if_not_exists") or None
        return made


class DropIndexOp(MigrateOperation):
    data_tag = "DropIndex"
    #: The types of the table's columns, where autogenerate found the index in the database.
    _types = {}

    def __init__(self, index_name, table_name=None, *, schema=None, if_exists=None, _reverse=None, **kw):
        self.index_name = index_name
        self.table_name = table_name
        self.schema = schema
        self.if_exists = if_exists
        self._reverse = _reverse
        self.kw = kw

    def to_diff_tuple(self):
        return ("remove_index", self.to_index())

    def reverse(self):
        return CreateIndexOp.from_index(self.to_index())

    @classmethod
    def from_index(cls, index):
        return cls(
            index.name,
            table_name=index.table.name,
            schema=index.table.schema,
            _reverse=CreateIndexOp.from_index(index),
            unique=index.unique,
            **dict(index.dialect_kwargs),
        )

    def to_index(self, migration_context=None):
        columns = self._reverse.columns if self._reverse else ["x"]
        made = schemaobj.index(
            migration_context, self.index_name, self.table_name, columns, schema=self.schema, **self.kw
        )
        for column in made.table.c:
            column.type = self._types.get(column.name, column.type)
        return made

    def to_data(self, context):
        own = {key: value for key, value in self.kw.items() if key != "unique"}
        return _data.of(
            "DropIndex",
            table=_data.table_name(self.table_name, self.schema) if self.table_name else None,
            name=_data.name(self.index_name),
            schema=self.schema,
            if_exists=bool(self.if_exists),
            options=_data.options(own),
            existing=lower.index(self.to_index(context)) if self._reverse else None,
        )

    @classmethod
    def from_data(cls, fields):
        if fields.get("existing") and fields.get("table"):
            made = cls.from_index(_lifted(fields["table"], fields["existing"]))
        else:
            table = fields.get("table") or {}
            made = cls(
                _data.name_object(fields["name"]),
                table.get("name"),
                schema=fields.get("schema") or table.get("schema"),
            )
        made.if_exists = fields.get("if_exists") or None
        return made
