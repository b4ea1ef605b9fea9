"""Finding the object of a model or of the database that a place names."""


def find(sides, kind, schema, table, name, columns):
    """`columns` tells unnamed constraints apart."""
    key = f"{schema}.{table}" if schema else table
    owner = next((side.tables[key] for side in sides if key in side.tables), None)
    if owner is None or kind == "table":
        return owner
    return _FINDERS[kind](owner, name, columns)


def _column(table, name, columns):
    return next((column for column in table.c if column.name == name), None)


def _index(table, name, columns):
    return next((index for index in table.indexes if index.name == name), None)


def _constraint(table, name, columns):
    named = [one for one in table.constraints if name is not None and one.name == name]
    if named:
        return named[0]
    same = [one for one in table.constraints if [column.name for column in getattr(one, "columns", ())] == columns]
    return same[0] if same else None


_FINDERS = {
    "column": _column,
    "index": _index,
    "unique_constraint": _constraint,
    "foreign_key_constraint": _constraint,
    "check_constraint": _constraint,
    "primary_key_constraint": _constraint,
}
