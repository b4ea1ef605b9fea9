"""`EnvironmentContext`: what `alembic.context` is while env.py runs."""

from alembic.operations.base import Operations
from alembic.util.exc import CommandError
from alembic.util.langhelpers import Proxied
from alembic.util.langhelpers import to_tuple

from .migration import MigrationContext

__all__ = ["EnvironmentContext"]


class EnvironmentContext(Proxied):
    """A command's view of its environment."""

    _migration_context = None
    _proxied_values = ("config", "script")
    config = None
    script = None

    def __init__(self, config, script, **kw):
        self.config = config
        self.script = script
        self.context_opts = kw

    def __enter__(self):
        self._install_proxy()
        return self

    def __exit__(self, *exception):
        self._remove_proxy()

    def is_offline_mode(self):
        return self.context_opts.get("as_sql", False)

    def is_transactional_ddl(self):
        return self.get_context().impl.transactional_ddl

    def requires_connection(self):
        return not self.is_offline_mode()

    def get_head_revision(self):
        return self.script.as_revision_number("head")

    def get_head_revisions(self):
        return self.script.as_revision_number("heads")

    def get_starting_revision_argument(self):
        if self._migration_context is not None:
            return self.script.as_revision_number(self.get_context()._start_from_rev)
        if "starting_rev" in self.context_opts:
            return self.script.as_revision_number(self.context_opts["starting_rev"])
        raise CommandError("No starting revision argument is available.")

    def get_revision_argument(self):
        return self.script.as_revision_number(self.context_opts["destination_rev"])

    def get_tag_argument(self):
        return self.context_opts.get("tag", None)

    def get_x_argument(self, as_dictionary=False):
        options = self.config.cmd_opts
        value = (options.x or []) if options is not None else []
        if not as_dictionary:
            return value
        pairs = [argument.partition("=") for argument in value]
        return {key: text for key, _, text in pairs}

    def configure(
        self,
        connection=None,
        url=None,
        dialect_name=None,
        dialect_opts=None,
        transactional_ddl=None,
        transaction_per_migration=False,
        output_buffer=None,
        starting_rev=None,
        tag=None,
        template_args=None,
        render_as_batch=False,
        target_metadata=None,
        include_name=None,
        include_object=None,
        include_schemas=False,
        process_revision_directives=None,
        compare_type=True,
        compare_server_default=False,
        render_item=None,
        literal_binds=False,
        upgrade_token="upgrades",
        downgrade_token="downgrades",
        alembic_module_prefix="op.",
        sqlalchemy_module_prefix="sa.",
        user_module_prefix=None,
        on_version_apply=None,
        autogenerate_plugins=None,
        **kw,
    ):
        opts = self.context_opts
        given = {
            "transactional_ddl": transactional_ddl,
            "output_buffer": output_buffer if output_buffer is not None else self.config.output_buffer,
            "starting_rev": starting_rev or None,
            "tag": tag or None,
            "autogenerate_plugins": autogenerate_plugins,
            "render_item": render_item,
            "compare_server_default": compare_server_default,
        }
        opts.update({key: value for key, value in given.items() if value is not None})
        if template_args and "template_args" in opts:
            opts["template_args"].update(template_args)
        opts.update(
            transaction_per_migration=transaction_per_migration,
            target_metadata=target_metadata,
            include_name=include_name,
            include_object=include_object,
            include_schemas=include_schemas,
            render_as_batch=render_as_batch,
            upgrade_token=upgrade_token,
            downgrade_token=downgrade_token,
            sqlalchemy_module_prefix=sqlalchemy_module_prefix,
            alembic_module_prefix=alembic_module_prefix,
            user_module_prefix=user_module_prefix,
            literal_binds=literal_binds,
            process_revision_directives=process_revision_directives,
            on_version_apply=to_tuple(on_version_apply, default=()),
            compare_type=compare_type,
            script=self.script,
        )
        opts.update(kw)
        self._migration_context = MigrationContext.configure(
            connection=connection,
            url=url,
            dialect_name=dialect_name,
            environment_context=self,
            dialect_opts=dialect_opts,
            opts=opts,
        )

    def run_migrations(self, **kw):
        assert self._migration_context is not None
        with Operations.context(self._migration_context):
            self.get_context().run_migrations(**kw)

    def execute(self, sql, execution_options=None):
        self.get_context().execute(sql, execution_options=execution_options)

    def static_output(self, text):
        self.get_context().static_output(text)

    def begin_transaction(self):
        return self.get_context().begin_transaction()

    def get_context(self):
        if self._migration_context is None:
            raise Exception("No context has been configured yet.")
        return self._migration_context

    def get_bind(self):
        return self.get_context().bind

    def get_impl(self):
        return self.get_context().impl
