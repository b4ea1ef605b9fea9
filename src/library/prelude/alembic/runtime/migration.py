"""`MigrationContext`: a connection, or a script's output, from Alembic's point of view."""

import logging
import sys
from contextlib import contextmanager
from contextlib import nullcontext

from sqlalchemy import _lower as lower
from sqlalchemy.engine import Engine
from sqlalchemy.engine import make_url
from sqlalchemy.sql.elements import TextClause

from _retort import ask
from alembic import ddl
from alembic.operations import ops
from alembic.util.exc import CommandError
from alembic.util.langhelpers import to_tuple

from .offline import ScriptConnection

__all__ = ["MigrationContext", "MigrationInfo"]

log = logging.getLogger(__name__)


class MigrationContext:
    """The database side of a run."""

    def __init__(self, dialect, connection, opts, environment_context=None):
        self.environment_context = environment_context
        self.opts = opts
        self.dialect = dialect
        self.script = opts.get("script")
        self.as_sql = bool(opts.get("as_sql", False))
        self.purge = opts.get("purge", False)
        self.transactional_ddl = opts.get("transactional_ddl")
        self.output_buffer = opts.get("output_buffer") or sys.stdout
        self.version_table = opts.get("version_table", "alembic_version")
        self.version_table_schema = opts.get("version_table_schema", None)
        self.on_version_apply_callbacks = opts.get("on_version_apply", ())
        self._transaction_per_migration = opts.get("transaction_per_migration", False)
        self._start_from_rev = opts.get("starting_rev")
        self._transaction = None
        if self.as_sql:
            self.connection = ScriptConnection(dialect, self)
            self._in_external_transaction = False
        else:
            self.connection = connection
            self._in_external_transaction = connection is not None and connection.in_transaction()
        self.impl = ddl.DefaultImpl.get_by_dialect(dialect)(dialect, self)
        self._number = ask("context", self._data())
        self._announce()

    def _data(self):
        """What the engine has to know."""
        return {
            "connection": None if self.as_sql else getattr(self.connection, "_number", None),
            "dialect": self.dialect.name,
            "offline": self.as_sql,
            "transactional": self.impl.transactional_ddl,
            "external": bool(self._in_external_transaction),
            "version_table": {
                "name": {"schema": self.version_table_schema, "name": self.version_table},
                "primary_key": bool(self.opts.get("version_table_pk", True)),
            },
            "literal_binds": bool(self.opts.get("literal_binds", False)),
        }

    def _announce(self):
        log.info("Context impl %s.", type(self.impl).__name__)
        if self.as_sql:
            log.info("Generating static SQL")
        transactional = "transactional" if self.impl.transactional_ddl else "non-transactional"
        log.info("Will assume %s DDL.", transactional)

    @classmethod
    def configure(
        cls,
        connection=None,
        url=None,
        dialect_name=None,
        dialect=None,
        environment_context=None,
        dialect_opts=None,
        opts=None,
    ):
        opts = {} if opts is None else opts
        if connection is not None:
            if isinstance(connection, Engine):
                raise CommandError(
                    "'connection' argument to configure() is expected "
                    "to be a sqlalchemy.engine.Connection instance, got %r" % (connection,)
                )
            dialect = connection.dialect
        elif url:
            dialect = _dialect(url, dialect_opts)
        elif dialect_name:
            dialect = _dialect("%s://" % dialect_name, dialect_opts)
        elif not dialect:
            raise Exception("Connection, url, or dialect_name is required.")
        return cls(dialect, connection, opts, environment_context)

    @property
    def bind(self):
        return self.connection

    @property
    def config(self):
        return self.environment_context.config if self.environment_context else None

    # Transactions

    def begin_transaction(self, _per_migration=False):
        """Alembic's rule: one transaction for the run where DDL is transactional, else one for each revision."""
        if self._in_external_transaction:
            return nullcontext()
        if self.impl.transactional_ddl:
            now = _per_migration == self._transaction_per_migration
        else:
            now = _per_migration
        if not now:
            return nullcontext()
        if self.as_sql:
            return self._scripted_transaction() if self.impl.transactional_ddl else nullcontext()
        if self._transaction is not None:
            return nullcontext()
        return self._real_transaction()

    @contextmanager
    def _scripted_transaction(self):
        self.impl.emit_begin()
        yield
        self.impl.emit_commit()

    @contextmanager
    def _real_transaction(self):
        self._transaction = _joined(self.connection)
        try:
            yield self._transaction
        except BaseException:
            transaction, self._transaction = self._transaction, None
            if transaction is not None:
                transaction.rollback()
            raise
        transaction, self._transaction = self._transaction, None
        if transaction is not None:
            transaction.commit()

    @contextmanager
    def autocommit_block(self):
        group = ask("group_begin", "Autocommit", "autocommit block")
        joined = self._leave_transaction()
        try:
            yield
        finally:
            self._enter_transaction(joined)
            ask("group_end", group)

    def _leave_transaction(self):
        if self.as_sql:
            if self.impl.transactional_ddl:
                self.impl.emit_commit()
            return None
        joined = self._transaction is not None
        if joined:
            self._transaction.commit()
            self._transaction = None
        ask("autocommit", self._number, True)
        return joined

    def _enter_transaction(self, joined):
        if self.as_sql:
            if self.impl.transactional_ddl:
                self.impl.emit_begin()
            return
        ask("autocommit", self._number, False)
        if joined:
            self._transaction = _joined(self.connection)

    # Versions

    def get_current_revision(self):
        heads = self.get_current_heads()
        if len(heads) > 1:
            raise CommandError(
                "Version table '%s' has more than one head present; please use get_current_heads()"
                % self.version_table
            )
        return heads[0] if heads else None

    def get_current_heads(self):
        if self.as_sql:
            start = self._start_from_rev
            if start == "base":
                start = None
            elif start is not None and self.script:
                start = self.script._starting_heads(start)
            return to_tuple(start, default=())
        if self._start_from_rev:
            raise CommandError("Can't specify current_rev to context when using a database connection")
        return tuple(ask("current_heads", self._number))

    def stamp(self, script_directory, revision):
        self._output(ask("stamp", self._number, revision))

    def run_migrations(self, **kw):
        self.impl.start_migrations()
        heads = self._prepared_heads()
        for number, (step, function) in enumerate(self._plan(heads)):
            self._run_step(number, step, function, kw)

    def _prepared_heads(self):
        if self.purge:
            if self.as_sql:
                raise CommandError("Can't use --purge with --sql mode")
            ask("ensure_version_table", self._number, True)
            return ()
        heads = self.get_current_heads()
        if not self.as_sql and not heads and not self.opts.get("dont_mutate", False):
            ask("ensure_version_table", self._number, False)
        return heads

    def _plan(self, heads):
        """The steps that the command wants. Commands that want none do their own work here."""
        answer = ask("plan", self._number, list(heads))
        self._output(answer["sql"])
        if "autogenerate" in answer:
            from alembic.autogenerate.revision import compare

            compare(self, answer["autogenerate"])
        for line in answer.get("warnings", ()):
            from alembic.util.messaging import warn

            warn(line, stacklevel=1)
        # A function that is missing is missed before anything is run.
        return [(step, self._function(step)) for step in answer["steps"]]

    def _run_step(self, number, step, function, kw):
        with self.begin_transaction(_per_migration=True):
            self._output(ask("step_begin", self._number, number))
            log.info("Running %s", step["log"])
            if self.as_sql:
                self.static_output("-- Running %s" % step["short_log"])
            if function is not None:
                function(**kw)
            moved = ask("step_end", self._number, number)
            self._output(moved.get("sql"))
            info = MigrationInfo(self.script, step)
            for callback in self.on_version_apply_callbacks:
                callback(ctx=self, step=info, heads=set(moved["heads"]), run_args=kw)
        ask("step_closed", self._number, number)

    def _function(self, step):
        if step["function"] is None:
            return None
        return getattr(self.script._module_at(step["path"]), step["function"])

    # Executing

    def run_operation(self, data):
        """One operation in the engine's form."""
        self._output(ask("operation", self._number, data))

    def execute(self, sql, execution_options=None):
        if isinstance(sql, (str, TextClause)) or (self.as_sql and lower.is_statement(sql)):
            data = ops.ExecuteSQLOp(sql, execution_options=execution_options).to_data(self)
            self.run_operation(data)
        else:
            # Core statements may have defaults to compute, DDL constructs have their own ways.
            self.connection.execute(sql)

    def _output(self, statements):
        """Offline, the engine answers with statements instead of running them."""
        for sql in statements or ():
            self.impl.write_statement(sql)

    def static_output(self, text):
        self.output_buffer.write(text + "\n\n")
        flush = getattr(self.output_buffer, "flush", None)
        if flush is not None:
            flush()


def _dialect(url, options):
    found = make_url(url).get_dialect()
    return found(**(options or {})) if isinstance(found, type) else found


def _joined(connection):
    """The transaction that a connection is in, or a new one."""
    return connection.get_transaction() or connection.begin()


class MigrationInfo:
    """What `on_version_apply` learns about a step."""

    def __init__(self, script, step):
        self._script = script
        self.is_upgrade = step["upgrade"]
        self.is_stamp = step["function"] is None
        self.up_revision_id = step["up"][0] if step["up"] else None
        self.up_revision_ids = tuple(step["up"])
        self.down_revision_ids = tuple(step["down"])

    @property
    def is_migration(self):
        return not self.is_stamp

    @property
    def source_revision_ids(self):
        return self.down_revision_ids if self.is_upgrade else self.up_revision_ids

    @property
    def destination_revision_ids(self):
        return self.up_revision_ids if self.is_upgrade else self.down_revision_ids

    @property
    def up_revision(self):
        return self._script.get_revision(self.up_revision_id)

    @property
    def up_revisions(self):
        return self._script.get_revisions(self.up_revision_ids)

    @property
    def down_revisions(self):
        return self._script.get_revisions(self.down_revision_ids)

    @property
    def source_revisions(self):
        return self._script.get_revisions(self.source_revision_ids)

    @property
    def destination_revisions(self):
        return self._script.get_revisions(self.destination_revision_ids)
