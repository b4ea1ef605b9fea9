"""Operations that execute SQL or insert rows."""

from sqlalchemy.sql.elements import ClauseElement

from . import _data
from ._data import lift
from ._data import lower
from ._operation import MigrateOperation


class ExecuteSQLOp(MigrateOperation):
    data_tag = "Execute"

    def __init__(self, sqltext, *, execution_options=None):
        self.sqltext = sqltext
        self.execution_options = execution_options

    def to_diff_tuple(self):
        return ("execute", self.sqltext)

    def to_data(self, context):
        given = self.execution_options or {}
        options = [[key, lower.literal(value)] for key, value in given.items()]
        return _data.of("Execute", statement=self._statement(), options=options)

    def _statement(self):
        if isinstance(self.sqltext, str):
            return {"Text": {"sql": str(self.sqltext), "binds": True, "parameters": []}}
        return lower.statement(self.sqltext)

    @classmethod
    def from_data(cls, fields):
        text = fields["statement"].get("Text")
        return cls(text["sql"] if text and not text["parameters"] else lift.statement(fields["statement"]))


class BulkInsertOp(MigrateOperation):
    data_tag = "BulkInsert"

    def __init__(self, table, rows, *, multiinsert=True):
        self.table = table
        self.rows = rows
        self.multiinsert = multiinsert

    def to_data(self, context):
        check_rows(self.rows)
        keys = [key for row in self.rows[: 1 if self.multiinsert else None] for key in row]
        columns = [column for column in self.table.c if column.key in keys]
        unknown = sorted({key for key in keys if key not in {column.key for column in self.table.c}})
        if unknown:
            from sqlalchemy.exc import CompileError

            raise CompileError("Unconsumed column names: %s" % ", ".join(unknown))
        return _data.of(
            "BulkInsert",
            table=_data.table_name(self.table.name, getattr(self.table, "schema", None)),
            columns=[[column.name, lower.type_(column.type)] for column in columns],
            rows=[[self._cell(row, column, number) for column in columns] for number, row in enumerate(self.rows)],
            multiinsert=bool(self.multiinsert),
        )

    def _cell(self, row, column, number):
        if column.key not in row:
            from sqlalchemy.exc import InvalidRequestError

            if not self.multiinsert:
                return {"Constant": "Null"}
            raise InvalidRequestError(
                "A value is required for bind parameter '%s', in parameter group %d" % (column.key, number)
            )
        value = row[column.key]
        if isinstance(value, ClauseElement):
            return lower.expr(value)
        return lower.value(value, column.type)


def check_rows(rows):
    if not isinstance(rows, list):
        raise TypeError("List expected")
    if rows and not isinstance(rows[0], dict):
        raise TypeError("List of dictionaries expected")
