"""What stands for a connection under `--sql`."""


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
        operations = getattr(statement, "_ddl_operations", None)
        if operations is not None:
            for data in operations(self.dialect):
                self._context.run_operation(data)
        else:
            self._context.execute(statement)

    def exec_driver_sql(self, statement, parameters=None, **kw):
        self._context.impl.write_statement(statement)

    def _run_ddl(self, operations, kind):
        for data in operations:
            self._context.run_operation(data)

    def _run_ddl_visitor(self, visitor, element, **kw):
        element._script_ddl(self)
