"""What stands for a connection under `--sql`."""

from sqlalchemy import _lower as lower


class ScriptConnection:
    """Writes what is executed, and has no rows to give."""

    def __init__(self, dialect, context):
        self.dialect = dialect
        self._context = context

    @property
    def engine(self):
        return self

    def connect(self, **kw):
        return self

    def execution_options(self, **kw):
        return self

    def in_transaction(self):
        return False

    def execute(self, statement, parameters=None, **kw):
        if parameters:
            statement = statement.bindparams(**parameters)
        operation = getattr(statement, "operation", None)
        if hasattr(statement, "_lowers_ddl"):
            self._context.impl.write_statement(statement.sql(self.dialect))
        elif operation is not None and not lower.is_statement(statement):
            self._context.run_operation(operation())
        else:
            self._context.execute(statement)

    def exec_driver_sql(self, statement, parameters=None, **kw):
        self._context.impl.write_statement(statement)

    def _operations(self, operations, what):
        for data in operations:
            self._context.run_operation(data)
