"""Operations on columns."""

from sqlalchemy import Column
from sqlalchemy.types import NULLTYPE

from . import _data
from . import schemaobj
from ._data import lift
from ._data import lower
from ._operation import AlterTableOp


class AddColumnOp(AlterTableOp):
    data_tag = "AddColumn"
    #: What autogenerate says that the column brings with it; otherwise the column itself tells.
    _brings = None

    def __init__(
        self,
        table_name,
        column,
        *,
        schema=None,
        if_not_exists=None,
        inline_references=None,
        inline_primary_key=None,
        **kw,
    ):
        super().__init__(table_name, schema=schema)
        self.column = column
        self.if_not_exists = if_not_exists
        self.inline_references = inline_references
        self.inline_primary_key = inline_primary_key
        self.kw = kw

    def reverse(self):
        made = DropColumnOp.from_column_and_tablename(self.schema, self.table_name, self.column)
        made.if_exists = self.if_not_exists
        return made

    def to_diff_tuple(self):
        return ("add_column", self.schema, self.table_name, self.column)

    def to_column(self):
        return self.column

    @classmethod
    def from_column(cls, col):
        return cls(col.table.name, col, schema=col.table.schema)

    @classmethod
    def from_column_and_tablename(cls, schema, tname, col):
        return cls(tname, col, schema=schema)

    def to_data(self, context):
        table = lower.table(schemaobj.table(context, self.table_name, self.column, schema=self.schema))
        if self._brings is None:
            constraints = [one for one in table["constraints"] if "PrimaryKey" not in one["kind"]]
            indexes = table["indexes"]
        else:
            constraints, indexes = self._brings
        return _data.of(
            "AddColumn",
            table=table["name"],
            column=table["columns"][0],
            constraints=constraints,
            indexes=indexes,
            if_not_exists=bool(self.if_not_exists),
            inline_references=bool(self.inline_references),
            inline_primary_key=bool(self.inline_primary_key),
            insert_before=self.kw.get("insert_before"),
            insert_after=self.kw.get("insert_after"),
        )

    @classmethod
    def from_data(cls, fields):
        table = fields["table"]
        brings = (fields.get("constraints", []), fields.get("indexes", []))
        kw = {key: fields[key] for key in ("insert_before", "insert_after") if fields.get(key)}
        made = cls(
            table["name"],
            _own_or_lifted(table, fields["column"], *brings),
            schema=table["schema"],
            if_not_exists=fields.get("if_not_exists") or None,
            inline_references=fields.get("inline_references") or None,
            inline_primary_key=fields.get("inline_primary_key") or None,
            **kw,
        )
        made._brings = brings
        return made


def _own_or_lifted(table, column, constraints=(), indexes=()):
    """The model's own column, or one in a table of its own."""
    own = _data.own(column)
    if own is not None:
        return own
    data = {"name": table, "columns": [column], "constraints": constraints, "indexes": indexes}
    return next(iter(lift.table(data).c))


class DropColumnOp(AlterTableOp):
    data_tag = "DropColumn"

    def __init__(self, table_name, column_name, *, schema=None, if_exists=None, _reverse=None, **kw):
        super().__init__(table_name, schema=schema)
        self.column_name = column_name
        self.kw = kw
        self.if_exists = if_exists
        self._reverse = _reverse

    def to_diff_tuple(self):
        return ("remove_column", self.schema, self.table_name, self.to_column())

    def reverse(self):
        if self._reverse is None:
            raise ValueError("operation is not reversible; original column is not present")
        made = AddColumnOp.from_column_and_tablename(self.schema, self.table_name, self._reverse.column)
        made.if_not_exists = self.if_exists
        return made

    @classmethod
    def from_column_and_tablename(cls, schema, tname, col):
        reverse = AddColumnOp.from_column_and_tablename(schema, tname, col)
        return cls(tname, col.name, schema=schema, _reverse=reverse)

    def to_column(self, migration_context=None):
        return self._reverse.column if self._reverse is not None else Column(self.column_name, NULLTYPE)

    def to_data(self, context):
        return _data.of(
            "DropColumn",
            table=_data.table_name(self.table_name, self.schema),
            column=str(self.column_name),
            if_exists=bool(self.if_exists),
            existing=lower.column(self._reverse.column) if self._reverse else None,
            options=_data.options(self.kw),
        )

    @classmethod
    def from_data(cls, fields):
        table = fields["table"]
        if fields.get("existing"):
            column = _own_or_lifted(table, fields["existing"])
            made = cls.from_column_and_tablename(table["schema"], table["name"], column)
        else:
            made = cls(table["name"], fields["column"], schema=table["schema"])
        made.if_exists = fields.get("if_exists") or None
        made.kw = _data.option_values(fields.get("options", {}))
        return made


_AUTOINCREMENT = {True: "Yes", False: "No", "auto": "Auto", "ignore_fk": "IgnoreForeignKey"}
_AUTOINCREMENT_VALUES = {data: value for value, data in _AUTOINCREMENT.items()}


class AlterColumnOp(AlterTableOp):
    data_tag = "AlterColumn"

    def __init__(
        self,
        table_name,
        column_name,
        *,
        schema=None,
        existing_type=None,
        existing_server_default=False,
        existing_nullable=None,
        existing_comment=None,
        modify_nullable=None,
        modify_comment=False,
        modify_server_default=False,
        modify_name=None,
        modify_type=None,
        **kw,
    ):
        super().__init__(table_name, schema=schema)
        self.column_name = column_name
        self.existing_type = existing_type
        self.existing_server_default = existing_server_default
        self.existing_nullable = existing_nullable
        self.existing_comment = existing_comment
        self.modify_nullable = modify_nullable
        self.modify_comment = modify_comment
        self.modify_server_default = modify_server_default
        self.modify_name = modify_name
        self.modify_type = modify_type
        self.kw = kw

    def has_changes(self):
        return (
            self.modify_nullable is not None
            or self.modify_server_default is not False
            or self.modify_type is not None
            or self.modify_comment is not False
            or self.modify_name is not None
            or any(key.startswith("modify_") for key in self.kw)
        )

    def reverse(self):
        swapped = dict(self.kw)
        swapped.update(
            existing_type=self.existing_type,
            existing_nullable=self.existing_nullable,
            existing_server_default=self.existing_server_default,
            existing_comment=self.existing_comment,
        )
        if self.modify_nullable is not None:
            swapped.update(existing_nullable=self.modify_nullable, modify_nullable=self.existing_nullable)
        if self.modify_type is not None:
            swapped.update(existing_type=self.modify_type, modify_type=self.existing_type)
        if self.modify_server_default is not False:
            swapped.update(
                existing_server_default=self.modify_server_default,
                modify_server_default=self.existing_server_default,
            )
        if self.modify_comment is not False:
            swapped.update(existing_comment=self.modify_comment, modify_comment=self.existing_comment)
        column = self.column_name
        if self.modify_name is not None:
            column, swapped["modify_name"] = self.modify_name, self.column_name
        return type(self)(self.table_name, column, schema=self.schema, **swapped)

    def to_diff_tuple(self):
        """A list of tuples, one for each aspect that changes."""
        where = (self.schema, self.table_name, self.column_name)
        known = {
            "existing_type": self.existing_type,
            "existing_nullable": self.existing_nullable,
            "existing_server_default": self.existing_server_default,
            "existing_comment": self.existing_comment,
        }
        changes = [
            ("modify_type", "existing_type", self.modify_type, None),
            ("modify_nullable", "existing_nullable", self.modify_nullable, None),
            ("modify_default", "existing_server_default", self.modify_server_default, False),
            ("modify_comment", "existing_comment", self.modify_comment, False),
        ]
        diffs = []
        for kind, existing, value, unsaid in changes:
            if value is unsaid:
                continue
            if kind == "modify_type":
                order = ("existing_nullable", "existing_server_default", "existing_comment")
            elif kind == "modify_comment":
                order = ("existing_nullable", "existing_type", "existing_server_default")
            elif kind == "modify_nullable":
                order = ("existing_type", "existing_server_default", "existing_comment")
            else:
                order = ("existing_nullable", "existing_type", "existing_comment")
            diffs.append((kind, *where, {key: known[key] for key in order}, known[existing], value))
        return diffs

    def to_data(self, context):
        self._complain()
        return _data.of(
            "AlterColumn",
            table=_data.table_name(self.table_name, self.schema),
            column=str(self.column_name),
            to={
                "type": _data.type_(self.modify_type),
                "nullable": self.modify_nullable,
                "server_default": _data.server_default(self.modify_server_default),
                "comment": _data.comment(self.modify_comment),
                "autoincrement": _AUTOINCREMENT.get(self.kw.get("autoincrement")),
            },
            new_name=None if self.modify_name is None else str(self.modify_name),
            existing={
                "type": _data.type_(self.existing_type),
                "nullable": self.existing_nullable,
                "server_default": _data.server_default(self.existing_server_default),
                "comment": [] if self.existing_comment is None else [self.existing_comment],
                "autoincrement": _AUTOINCREMENT.get(self.kw.get("existing_autoincrement")),
            },
            insert_before=self.kw.get("insert_before"),
            insert_after=self.kw.get("insert_after"),
            options=_data.options(self._dialect_options()),
            type_constraints=self._type_constraints(context, self.modify_name, self.modify_type),
            existing_type_constraints=self._type_constraints(context, None, self.existing_type),
        )

    def _complain(self):
        if self.kw.get("autoincrement") is None and self.kw.get("existing_autoincrement") is None:
            return
        if not self.dialect_counts_itself():
            from alembic.util.messaging import warn

            warn("autoincrement and existing_autoincrement only make sense for MySQL", stacklevel=3)

    @staticmethod
    def dialect_counts_itself():
        from alembic.operations.base import Operations

        current = Operations._current
        return current is not None and current.migration_context.dialect.name in ("mysql", "mariadb")

    def _dialect_options(self):
        own = ("autoincrement", "existing_autoincrement", "insert_before", "insert_after")
        return {key: value for key, value in self.kw.items() if key not in own}

    def _type_constraints(self, context, new_name, type_):
        """The CHECK that a Boolean or an Enum brings with it."""
        if type_ is None:
            return []
        column = Column(new_name or self.column_name, type_)
        table = lower.table(schemaobj.table(context, self.table_name, column, schema=self.schema))
        return [one for one in table["constraints"] if one.get("source") == "Type"]

    @classmethod
    def from_data(cls, fields):
        table, to, existing = fields["table"], fields["to"], fields["existing"]
        kw = {key: fields[key] for key in ("insert_before", "insert_after") if fields.get(key)}
        for key, aspects in (("autoincrement", to), ("existing_autoincrement", existing)):
            if aspects.get("autoincrement") is not None:
                kw[key] = _AUTOINCREMENT_VALUES[aspects["autoincrement"]]
        comment = existing.get("comment") or [None]
        return cls(
            table["name"],
            fields["column"],
            schema=table["schema"],
            existing_type=lift.type_(existing["type"]) if existing.get("type") else None,
            existing_server_default=_data.server_default_value(existing.get("server_default")),
            existing_nullable=existing.get("nullable"),
            existing_comment=comment[0],
            modify_nullable=to.get("nullable"),
            modify_comment=to["comment"][0] if to.get("comment") else False,
            modify_server_default=_data.server_default_value(to.get("server_default")),
            modify_name=fields.get("new_name"),
            modify_type=lift.type_(to["type"]) if to.get("type") else None,
            **kw,
            **_data.option_values(fields.get("options", {})),
        )
