"""Autogenerate for scripts: comparing on request, and where extensions register themselves."""

from _retort import ask
from alembic.operations import ops
from alembic.operations._operation import read
from alembic.util.langhelpers import Dispatcher

from . import revision


class _Comparators(Dispatcher):
    """Comparison functions that a user adds; `env.py` registers them for "schema" or "table"."""

    def dispatch_for(self, target, *args, **kw):
        raise NotImplementedError(
            "autogenerate comparison functions of your own (comparators.dispatch_for(%r)) "
            "are not supported by Retort" % (target,)
        )


comparators = _Comparators()
renderers = Dispatcher()


class AutogenContext:
    """What hooks learn about a comparison."""

    def __init__(self, migration_context, metadata=None, opts=None):
        self.migration_context = migration_context
        self.opts = opts if opts is not None else migration_context.opts
        self.metadata = metadata if metadata is not None else self.opts.get("target_metadata")
        self.connection = migration_context.connection
        self.dialect = migration_context.dialect
        self.imports = set()


class RevisionContext:
    """What `process_revision_directives` knows of the command."""

    def __init__(self, config, script_directory, command_args):
        self.config = config
        self.script_directory = script_directory
        self.command_args = command_args


def produce_migrations(context, metadata):
    found = revision.difference(context, metadata)
    return ops.MigrationScript(
        rev_id=None,
        upgrade_ops=ops.UpgradeOps([read(op) for op in found["upgrade"]]),
        downgrade_ops=ops.DowngradeOps([read(op) for op in found["downgrade"]]),
        message="",
    )


def compare_metadata(context, metadata):
    return produce_migrations(context, metadata).upgrade_ops.as_diffs()


def render_python_code(
    up_or_down_op,
    sqlalchemy_module_prefix="sa.",
    alembic_module_prefix="op.",
    render_as_batch=False,
    imports=(),
    render_item=None,
    migration_context=None,
    user_module_prefix=None,
):
    options = {
        "sqlalchemy_module_prefix": sqlalchemy_module_prefix,
        "alembic_module_prefix": alembic_module_prefix,
        "user_module_prefix": user_module_prefix,
        "render_as_batch": render_as_batch,
    }
    dialect = migration_context.dialect.name if migration_context else "default"
    return ask("render", dialect, up_or_down_op.data_of_ops(migration_context), options)
