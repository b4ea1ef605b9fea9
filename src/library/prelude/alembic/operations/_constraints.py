"""Operations on constraints."""

from alembic.util.langhelpers import to_tuple

from . import _data
from . import schemaobj
from ._data import lift
from ._data import lower
from ._operation import MigrateOperation


class AddConstraintOp(MigrateOperation):
    data_tag = "AddConstraint"
    constraint_type = None
    #: Subclasses by the tag of a constraint's kind.
    _by_kind = {}

    def __init_subclass__(cls, kind=None, **kw):
        super().__init_subclass__(**kw)
        if kind:
            AddConstraintOp._by_kind[kind] = cls

    @classmethod
    def from_constraint(cls, constraint):
        return AddConstraintOp.from_data(
            {
                "table": _data.table_name(constraint.table.name, constraint.table.schema),
                "constraint": lower.constraint(constraint),
            }
        )

    def to_constraint(self, migration_context=None):
        raise NotImplementedError

    def reverse(self):
        return DropConstraintOp.from_constraint(self.to_constraint())

    def to_diff_tuple(self):
        return ("add_constraint", self.to_constraint())

    def _where(self):
        return _data.table_name(self.table_name, self.schema)

    def to_data(self, context):
        constraint = lower.constraint(self.to_constraint(context))
        return _data.of("AddConstraint", table=self._where(), constraint=constraint)

    @classmethod
    def from_data(cls, fields):
        constraint = fields["constraint"]
        ((kind, said),) = constraint["kind"].items()
        return AddConstraintOp._by_kind[kind]._read(
            _data.name_object(constraint.get("name")), fields["table"], said, _common(constraint)
        )


def _common(constraint):
    """Keyword arguments that constraints of every kind may have."""
    said = {key: constraint[key] for key in ("deferrable", "initially") if constraint.get(key) is not None}
    return {**said, **_data.option_values(constraint.get("options", {}))}


class CreatePrimaryKeyOp(AddConstraintOp, kind="PrimaryKey"):
    constraint_type = "primarykey"

    def __init__(self, constraint_name, table_name, columns, *, schema=None, **kw):
        self.constraint_name = constraint_name
        self.table_name = table_name
        self.columns = columns
        self.schema = schema
        self.kw = kw

    def to_constraint(self, migration_context=None):
        return schemaobj.primary_key(
            migration_context, self.constraint_name, self.table_name, self.columns, schema=self.schema, **self.kw
        )

    @classmethod
    def _read(cls, name, table, said, kw):
        return cls(name, table["name"], said["columns"], schema=table["schema"], **kw)


class CreateUniqueConstraintOp(AddConstraintOp, kind="Unique"):
    constraint_type = "unique"

    def __init__(self, constraint_name, table_name, columns, *, schema=None, **kw):
        self.constraint_name = constraint_name
        self.table_name = table_name
        self.columns = columns
        self.schema = schema
        self.kw = kw

    def to_constraint(self, migration_context=None):
        return schemaobj.unique(
            migration_context, self.constraint_name, self.table_name, self.columns, schema=self.schema, **self.kw
        )

    @classmethod
    def _read(cls, name, table, said, kw):
        return cls(name, table["name"], said["columns"], schema=table["schema"], **kw)


class CreateForeignKeyOp(AddConstraintOp, kind="ForeignKey"):
    constraint_type = "foreignkey"

    def __init__(self, constraint_name, source_table, referent_table, local_cols, remote_cols, **kw):
        self.constraint_name = constraint_name
        self.source_table = source_table
        self.referent_table = referent_table
        self.local_cols = list(to_tuple(local_cols))
        self.remote_cols = list(to_tuple(remote_cols))
        self.kw = kw

    def to_diff_tuple(self):
        return ("add_fk", self.to_constraint())

    def to_constraint(self, migration_context=None):
        return schemaobj.foreign_key(
            migration_context,
            self.constraint_name,
            self.source_table,
            self.referent_table,
            self.local_cols,
            self.remote_cols,
            **self.kw,
        )

    def _where(self):
        return _data.table_name(self.source_table, self.kw.get("source_schema"))

    @classmethod
    def _read(cls, name, table, said, kw):
        for key in ("onupdate", "ondelete", "match"):
            if said.get(key):
                kw[key] = said[key]
        if said.get("use_alter"):
            kw["use_alter"] = True
        return cls(
            name,
            table["name"],
            said["referred"]["name"],
            said["columns"],
            said["referred_columns"],
            source_schema=table["schema"],
            referent_schema=said["referred"]["schema"],
            **kw,
        )


class CreateCheckConstraintOp(AddConstraintOp, kind="Check"):
    constraint_type = "check"

    def __init__(self, constraint_name, table_name, condition, *, schema=None, **kw):
        self.constraint_name = constraint_name
        self.table_name = table_name
        self.condition = condition
        self.schema = schema
        self.kw = kw

    def to_constraint(self, migration_context=None):
        return schemaobj.check(
            migration_context, self.constraint_name, self.table_name, self.condition, schema=self.schema, **self.kw
        )

    @classmethod
    def _read(cls, name, table, said, kw):
        return cls(name, table["name"], lift.expr(said["condition"]), schema=table["schema"], **kw)


class CreateExcludeConstraintOp(AddConstraintOp, kind="Exclude"):
    constraint_type = "exclude"

    def __init__(self, constraint_name, table_name, elements, *, where=None, schema=None, **kw):
        self.constraint_name = constraint_name
        self.table_name = table_name
        self.elements = elements
        self.where = where
        self.schema = schema
        self.kw = kw

    def to_constraint(self, migration_context=None):
        kw = dict(self.kw)
        if self.where is not None:
            kw["where"] = self.where
        return schemaobj.exclude(
            migration_context, self.constraint_name, self.table_name, self.elements, schema=self.schema, **kw
        )

    @classmethod
    def _read(cls, name, table, said, kw):
        elements = [(lift.expr(element), operator) for element, operator in said["elements"]]
        where = lift.expr(said["condition"]) if said.get("condition") else None
        return cls(name, table["name"], elements, where=where, schema=table["schema"], using=said["using"], **kw)


_KINDS = {"foreignkey": "ForeignKey", "primary": "PrimaryKey", "unique": "Unique", "check": "Check"}
_KIND_WORDS = {kind: word for word, kind in _KINDS.items()}


class DropConstraintOp(MigrateOperation):
    data_tag = "DropConstraint"

    def __init__(
        self, constraint_name, table_name, type_=None, *, schema=None, if_exists=None, _reverse=None
    ):
        self.constraint_name = constraint_name
        self.table_name = table_name
        self.constraint_type = type_
        self.schema = schema
        self.if_exists = if_exists
        self._reverse = _reverse

    def reverse(self):
        return AddConstraintOp.from_constraint(self.to_constraint())

    def to_diff_tuple(self):
        kind = "remove_fk" if self.constraint_type == "foreignkey" else "remove_constraint"
        return (kind, self.to_constraint())

    @classmethod
    def from_constraint(cls, constraint):
        ((kind, _),) = lower.constraint(constraint)["kind"].items()
        return cls(
            constraint.name,
            constraint.table.name,
            schema=constraint.table.schema,
            type_=_KIND_WORDS.get(kind),
            _reverse=AddConstraintOp.from_constraint(constraint),
        )

    def to_constraint(self):
        if self._reverse is None:
            raise ValueError("constraint cannot be produced; original constraint is not present")
        constraint = self._reverse.to_constraint()
        constraint.name = self.constraint_name
        return constraint

    def to_data(self, context):
        schemaobj.known_kind(self.constraint_type)
        return _data.of(
            "DropConstraint",
            table=_data.table_name(self.table_name, self.schema),
            name=self._conventional_name(context),
            kind=_KINDS.get(self.constraint_type),
            if_exists=bool(self.if_exists),
            existing=lower.constraint(self.to_constraint()) if self._reverse else None,
        )

    def _conventional_name(self, context):
        """A plain name may be one that the naming convention completes: `positive` to `ck_account_positive`."""
        if self.constraint_name is None or self.constraint_type in (None, "foreignkey"):
            return _data.name(self.constraint_name)
        constraint = schemaobj.generic_constraint(
            context, self.constraint_name, self.table_name, self.constraint_type, schema=self.schema
        )
        return lower.constraint(constraint)["name"]

    @classmethod
    def from_data(cls, fields):
        table = fields["table"]
        reverse = None
        if fields.get("existing"):
            reverse = AddConstraintOp.from_data({"table": table, "constraint": fields["existing"]})
        return cls(
            _data.name_object(fields["name"]),
            table["name"],
            type_=_KIND_WORDS.get(fields.get("kind")),
            schema=table["schema"],
            if_exists=fields.get("if_exists") or None,
            _reverse=reverse,
        )
