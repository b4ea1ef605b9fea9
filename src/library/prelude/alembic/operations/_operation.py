"""What all operations share."""

from alembic.util.langhelpers import memoized_property


class MigrateOperation:
    """One operation. `to_data` says it in the engine's form; `from_data` of a subclass reads that form back."""

    #: The engine's name of the operation: the tag of its data.
    data_tag = None
    #: Subclasses by that tag.
    _by_tag = {}

    def __init_subclass__(cls, **kw):
        super().__init_subclass__(**kw)
        if cls.__dict__.get("data_tag"):
            MigrateOperation._by_tag[cls.data_tag] = cls

    @memoized_property
    def info(self):
        return {}

    def reverse(self):
        raise NotImplementedError

    def to_diff_tuple(self):
        raise NotImplementedError

    def to_data(self, context):
        raise NotImplementedError("%s has no form of its own in the engine" % type(self).__name__)

    @classmethod
    def from_data(cls, fields):
        raise NotImplementedError


def read(data):
    """The operation that the engine's data says."""
    ((tag, fields),) = data.items()
    if tag not in MigrateOperation._by_tag:
        from . import ops

        # Whoever looks at all of it has all of its classes made.
        vars(ops)
    return MigrateOperation._by_tag[tag].from_data(fields)


class AlterTableOp(MigrateOperation):
    """An operation on a table that exists."""

    def __init__(self, table_name, *, schema=None):
        self.table_name = table_name
        self.schema = schema
