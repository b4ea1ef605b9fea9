"""`op.batch_alter_table`: operations gathered, then run at once."""

from sqlalchemy import Column
from sqlalchemy import MetaData
from sqlalchemy import Table
from sqlalchemy import _lower as lower

from . import _data

_RECREATE = {"auto": "Auto", "always": "Always", "never": "Never"}


class BatchOperationsImpl:
    """The arguments of a batch and what was asked for inside."""

    def __init__(
        self,
        operations,
        table_name,
        schema,
        recreate,
        copy_from,
        table_args,
        table_kwargs,
        reflect_args,
        reflect_kwargs,
        naming_convention,
        partial_reordering,
    ):
        if recreate not in _RECREATE:
            raise ValueError("recreate may be one of 'auto', 'always', or 'never'.")
        self.operations = operations
        self.table_name = table_name
        self.schema = schema
        self.recreate = recreate
        self.copy_from = copy_from
        self.table_args = table_args
        self.table_kwargs = dict(table_kwargs)
        self.reflect_args = reflect_args
        self.reflect_kwargs = dict(reflect_kwargs)
        self.naming_convention = naming_convention
        self.partial_reordering = partial_reordering
        self.batch = []

    def __enter__(self):
        from .base import BatchOperations

        return BatchOperations(self.operations.migration_context, impl=self)

    def __exit__(self, kind, value, trace):
        if kind is None:
            self.flush()

    @property
    def dialect(self):
        return self.operations.migration_context.dialect

    def add(self, data):
        self.batch.append(data)

    def flush(self):
        """Hands the batch to the engine; an empty one only if a rebuild was asked for."""
        if not self.batch and self.recreate != "always":
            return
        self.operations._run(
            _data.of(
                "ModifyTable",
                table=_data.table_name(self.table_name, self.schema),
                operations=self.batch,
                batch=self._arguments(),
            )
        )

    def _arguments(self):
        if not (
            self.table_args
            or self.table_kwargs
            or self.reflect_args
            or self.naming_convention
            or self.partial_reordering
            or self.copy_from is not None
        ):
            return {"recreate": _RECREATE[self.recreate]}
        added = self._lowered_arguments(self.table_args)
        reflected = self._lowered_arguments(self.reflect_args)
        convention = self.naming_convention or {}
        return {
            "recreate": _RECREATE[self.recreate],
            "copy_from": None if self.copy_from is None else lower.table(self.copy_from),
            "constraints": [one for one in added["constraints"] if _says_something(one)],
            "indexes": added["indexes"],
            "options": _data.options(self.table_kwargs),
            "reflect_columns": reflected["columns"],
            "partial_reordering": [[str(name) for name in names] for names in self.partial_reordering or ()],
            "naming": {kind: text for kind, text in convention.items() if isinstance(text, str)},
        }

    def _lowered_arguments(self, items):
        """`table_args` may name columns of the table that is there: a stand-in has them, as far as they are said."""
        if not items:
            return {"columns": [], "constraints": [], "indexes": []}
        table = Table(self.table_name, MetaData(naming_convention=self.naming_convention or {}), schema=self.schema)
        columns = [item for item in items if isinstance(item, Column)]
        for column in columns:
            table.append_column(column)
        for item in items:
            if not isinstance(item, Column):
                for name in _names(item):
                    if name not in table.c:
                        table.append_column(Column(name))
                table.append_constraint(item)
        data = lower.table(table)
        data["columns"] = data["columns"][: len(columns)]
        return data


def _names(item):
    """The columns that a constraint or an index gives by their names."""
    given = getattr(item, "_pending", None) or getattr(item, "expressions", ())
    return [one for one in given if isinstance(one, str)]


def _says_something(constraint):
    """Every Table has a primary key, be it an empty one."""
    primary_key = constraint["kind"].get("PrimaryKey")
    return primary_key is None or bool(primary_key["columns"])
