"""Operations on whole tables."""

from . import _data
from . import schemaobj
from ._data import lift
from ._data import lower
from ._operation import AlterTableOp
from ._operation import MigrateOperation


class CreateTableOp(MigrateOperation):
    data_tag = "CreateTable"

    def __init__(
        self,
        table_name,
        columns,
        *,
        schema=None,
        if_not_exists=None,
        _namespace_metadata=None,
        _constraints_included=False,
        **kw,
    ):
        self.table_name = table_name
        self.columns = columns
        self.schema = schema
        self.if_not_exists = if_not_exists
        self.info = kw.pop("info", {})
        self.comment = kw.pop("comment", None)
        self.prefixes = kw.pop("prefixes", None)
        self.kw = kw
        self._namespace_metadata = _namespace_metadata
        self._constraints_included = _constraints_included

    def reverse(self):
        return DropTableOp.from_table(self.to_table(), _namespace_metadata=self._namespace_metadata)

    #: The model's own table, where autogenerate found it missing.
    _own = None

    def to_diff_tuple(self):
        return ("add_table", self._own if self._own is not None else self.to_table())

    @classmethod
    def from_table(cls, table, *, _namespace_metadata=None):
        return cls(
            table.name,
            list(table.c) + list(table.constraints),
            schema=table.schema,
            _namespace_metadata=_namespace_metadata or table.metadata,
            _constraints_included=True,
            comment=table.comment,
            info=dict(table.info),
            prefixes=list(getattr(table, "_prefixes", ())),
            **dict(table.dialect_kwargs),
        )

    def to_table(self, migration_context=None, into=None):
        return schemaobj.table(
            migration_context,
            self.table_name,
            *self.columns,
            constraints_included=self._constraints_included,
            into=into,
            schema=self.schema,
            comment=self.comment,
            info=dict(self.info) if self.info else {},
            prefixes=list(self.prefixes) if self.prefixes else [],
            **self.kw,
        )

    def to_data(self, context):
        return self.data_of(self.to_table(context))

    def value(self, context):
        """The operation for the engine alone, without a Table, or None where its arguments want one."""
        if self.kw or self.info or self.prefixes or self._constraints_included:
            return None
        conventional = schemaobj.conventional(context)
        return lower.create_table(
            self.table_name, self.columns, self.schema, self.comment, self.if_not_exists, conventional
        )

    def data_of(self, table):
        return _data.of("CreateTable", table=lower.table(table), if_not_exists=bool(self.if_not_exists))

    @classmethod
    def from_data(cls, fields):
        own = _data.own(fields["table"])
        made = cls.from_table(own if own is not None else lift.table(fields["table"]))
        made._own = own
        made.if_not_exists = fields.get("if_not_exists") or None
        return made


class DropTableOp(MigrateOperation):
    data_tag = "DropTable"

    def __init__(self, table_name, *, schema=None, if_exists=None, table_kw=None, _reverse=None):
        self.table_name = table_name
        self.schema = schema
        self.if_exists = if_exists
        self.table_kw = table_kw or {}
        self.comment = self.table_kw.pop("comment", None)
        self.info = self.table_kw.pop("info", None)
        self.prefixes = self.table_kw.pop("prefixes", None)
        self._reverse = _reverse

    def to_diff_tuple(self):
        return ("remove_table", self.to_table())

    def reverse(self):
        return CreateTableOp.from_table(self.to_table())

    @classmethod
    def from_table(cls, table, *, _namespace_metadata=None):
        reverse = CreateTableOp.from_table(table, _namespace_metadata=_namespace_metadata)
        kw = {"comment": reverse.comment, "info": reverse.info, "prefixes": reverse.prefixes, **reverse.kw}
        return cls(table.name, schema=table.schema, table_kw=kw, _reverse=reverse)

    def to_table(self, migration_context=None):
        return schemaobj.table(
            migration_context,
            self.table_name,
            *(self._reverse.columns if self._reverse else ()),
            constraints_included=bool(self._reverse and self._reverse._constraints_included),
            schema=self.schema,
            comment=self.comment,
            info=dict(self.info) if self.info else {},
            prefixes=list(self.prefixes) if self.prefixes else [],
            **self.table_kw,
        )

    def to_data(self, context):
        return _data.of(
            "DropTable",
            name=_data.table_name(self.table_name, self.schema),
            if_exists=bool(self.if_exists),
            existing=lower.table(self.to_table()) if self._reverse else None,
        )

    @classmethod
    def from_data(cls, fields):
        if fields.get("existing"):
            made = cls.from_table(lift.table(fields["existing"]))
            made.if_exists = fields.get("if_exists") or None
            return made
        return cls(fields["name"]["name"], schema=fields["name"]["schema"], if_exists=fields.get("if_exists") or None)


class RenameTableOp(AlterTableOp):
    data_tag = "RenameTable"

    def __init__(self, old_table_name, new_table_name, *, schema=None):
        super().__init__(old_table_name, schema=schema)
        self.new_table_name = new_table_name

    def to_data(self, context):
        return _data.of(
            "RenameTable",
            name=_data.table_name(self.table_name, self.schema),
            new_name=str(self.new_table_name),
        )

    @classmethod
    def from_data(cls, fields):
        return cls(fields["name"]["name"], fields["new_name"], schema=fields["name"]["schema"])


class CreateTableCommentOp(AlterTableOp):
    data_tag = "CreateTableComment"

    def __init__(self, table_name, comment, *, schema=None, existing_comment=None):
        super().__init__(table_name, schema=schema)
        self.comment = comment
        self.existing_comment = existing_comment

    def reverse(self):
        if self.existing_comment is None:
            return DropTableCommentOp(self.table_name, existing_comment=self.comment, schema=self.schema)
        return CreateTableCommentOp(
            self.table_name, self.existing_comment, existing_comment=self.comment, schema=self.schema
        )

    def to_table(self, migration_context=None):
        return schemaobj.table(migration_context, self.table_name, schema=self.schema, comment=self.comment)

    def to_diff_tuple(self):
        return ("add_table_comment", self.to_table(), self.existing_comment)

    def to_data(self, context):
        return _data.of(
            "CreateTableComment",
            table=_data.table_name(self.table_name, self.schema),
            comment=self.comment,
            existing=self.existing_comment,
        )

    @classmethod
    def from_data(cls, fields):
        table = fields["table"]
        return cls(
            table["name"], fields["comment"], schema=table["schema"], existing_comment=fields.get("existing")
        )


class DropTableCommentOp(AlterTableOp):
    data_tag = "DropTableComment"

    def __init__(self, table_name, *, schema=None, existing_comment=None):
        super().__init__(table_name, schema=schema)
        self.existing_comment = existing_comment

    def reverse(self):
        return CreateTableCommentOp(self.table_name, self.existing_comment, schema=self.schema)

    def to_table(self, migration_context=None):
        return schemaobj.table(migration_context, self.table_name, schema=self.schema)

    def to_diff_tuple(self):
        return ("remove_table_comment", self.to_table())

    def to_data(self, context):
        return _data.of(
            "DropTableComment",
            table=_data.table_name(self.table_name, self.schema),
            existing=self.existing_comment,
        )

    @classmethod
    def from_data(cls, fields):
        table = fields["table"]
        return cls(table["name"], schema=table["schema"], existing_comment=fields.get("existing"))
