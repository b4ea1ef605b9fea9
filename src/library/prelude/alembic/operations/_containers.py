"""Operations that hold others."""

from alembic.util.langhelpers import to_list

from . import _data
from ._operation import MigrateOperation
from ._operation import read


class OpContainer(MigrateOperation):
    def __init__(self, ops=()):
        self.ops = list(ops)

    def is_empty(self):
        return not self.ops

    def as_diffs(self):
        return list(self._ops_as_diffs(self))

    @classmethod
    def _ops_as_diffs(cls, container):
        for op in container.ops:
            if hasattr(op, "ops"):
                yield from cls._ops_as_diffs(op)
            else:
                yield op.to_diff_tuple()

    def _reversed(self):
        return [op.reverse() for op in reversed(self.ops)]

    def data_of_ops(self, context):
        return [op.to_data(context) for op in self.ops]


class ModifyTableOps(OpContainer):
    data_tag = "ModifyTable"

    def __init__(self, table_name, ops, *, schema=None):
        super().__init__(ops)
        self.table_name = table_name
        self.schema = schema

    def reverse(self):
        return ModifyTableOps(self.table_name, self._reversed(), schema=self.schema)

    def to_data(self, context):
        return _data.of(
            "ModifyTable",
            table=_data.table_name(self.table_name, self.schema),
            operations=self.data_of_ops(context),
            batch=getattr(self, "_batch", None),
        )

    @classmethod
    def from_data(cls, fields):
        table = fields["table"]
        made = cls(table["name"], [read(op) for op in fields["operations"]], schema=table["schema"])
        made._batch = fields.get("batch")
        return made


class UpgradeOps(OpContainer):
    def __init__(self, ops=(), upgrade_token="upgrades"):
        super().__init__(ops)
        self.upgrade_token = upgrade_token

    def reverse_into(self, downgrade_ops):
        downgrade_ops.ops[:] = self._reversed()
        return downgrade_ops

    def reverse(self):
        return self.reverse_into(DowngradeOps(ops=[]))


class DowngradeOps(OpContainer):
    def __init__(self, ops=(), downgrade_token="downgrades"):
        super().__init__(ops)
        self.downgrade_token = downgrade_token

    def reverse(self):
        return UpgradeOps(ops=self._reversed())


class MigrationScript(MigrateOperation):
    """A revision file to be."""

    def __init__(
        self,
        rev_id,
        upgrade_ops,
        downgrade_ops,
        *,
        message=None,
        imports=(),
        head=None,
        splice=None,
        branch_label=None,
        version_path=None,
        depends_on=None,
    ):
        self.rev_id = rev_id
        self.message = message
        self.imports = set(imports)
        self.head = head
        self.splice = splice
        self.branch_label = branch_label
        self.version_path = str(version_path) if version_path else None
        self.depends_on = depends_on
        self.upgrade_ops = upgrade_ops
        self.downgrade_ops = downgrade_ops

    @property
    def upgrade_ops(self):
        return _only(self._upgrade_ops, "UpgradeOps", "upgrade_ops_list")

    @upgrade_ops.setter
    def upgrade_ops(self, value):
        self._upgrade_ops = to_list(value)
        for ops in self._upgrade_ops:
            assert isinstance(ops, UpgradeOps)

    @property
    def downgrade_ops(self):
        return _only(self._downgrade_ops, "DowngradeOps", "downgrade_ops_list")

    @downgrade_ops.setter
    def downgrade_ops(self, value):
        self._downgrade_ops = to_list(value)
        for ops in self._downgrade_ops:
            assert isinstance(ops, DowngradeOps)

    @property
    def upgrade_ops_list(self):
        return self._upgrade_ops

    @property
    def downgrade_ops_list(self):
        return self._downgrade_ops


def _only(ops, kind, list_name):
    if len(ops) > 1:
        raise ValueError(
            "This MigrationScript instance has a multiple-entry list for %s; "
            "please use the %s attribute." % (kind, list_name)
        )
    return ops[0] if ops else None
