"""What scripts take from `sqlalchemy.sql.util`."""

from .constraints import columns_in


def find_tables(clause, **kw):
    found = {}
    clause.froms(found)
    return list(found.values())


def find_columns(clause):
    return set(columns_in(clause))
