"""Schema objects that stand in no model: what an operation says about a table, made into SQLAlchemy's objects under
the naming convention of `target_metadata`."""

from _objects import become
from sqlalchemy import CheckConstraint
from sqlalchemy import Column
from sqlalchemy import ForeignKeyConstraint
from sqlalchemy import Index
from sqlalchemy import MetaData
from sqlalchemy import PrimaryKeyConstraint
from sqlalchemy import Table
from sqlalchemy import UniqueConstraint
from sqlalchemy import schema as sa_schema
from sqlalchemy.sql import naming
from sqlalchemy.types import NULLTYPE
from sqlalchemy.types import Integer

from alembic.util.langhelpers import unique_list


def metadata(context):
    """An empty MetaData with the naming convention of the running environment's target."""
    target = context.opts.get("target_metadata") if context is not None else None
    convention = getattr(target, "naming_convention", None)
    return MetaData(naming_convention=convention) if convention else MetaData()


def conventional(context):
    """Whether SQLAlchemy's own naming convention is in force, which names nothing but indexes."""
    target = context.opts.get("target_metadata") if context is not None else None
    convention = getattr(target, "naming_convention", None)
    return not convention or convention is naming.DEFAULT


def plain_table(context, name, columns, schema):
    columns = [Column(column, NULLTYPE) for column in unique_list(columns)]
    return Table(name, metadata(context), *columns, schema=schema)


def primary_key(context, name, table_name, columns, schema=None, **kw):
    table = plain_table(context, table_name, columns, schema)
    constraint = PrimaryKeyConstraint(*[table.c[column] for column in columns], name=name, **kw)
    table.append_constraint(constraint)
    return constraint


def unique(context, name, table_name, columns, schema=None, **kw):
    table = plain_table(context, table_name, columns, schema)
    constraint = UniqueConstraint(*[table.c[column] for column in columns], name=name, **kw)
    table.append_constraint(constraint)
    return constraint


def check(context, name, table_name, condition, schema=None, **kw):
    table = Table(table_name, metadata(context), Column("x", Integer), schema=schema)
    constraint = CheckConstraint(condition, name=name, _autoattach=False, **kw)
    table.append_constraint(constraint)
    return constraint


def foreign_key(
    context,
    name,
    source,
    referent,
    local_cols,
    remote_cols,
    source_schema=None,
    referent_schema=None,
    **kw,
):
    own = source == referent and source_schema == referent_schema
    table = plain_table(context, source, [*local_cols, *(remote_cols if own else ())], source_schema)
    if not own:
        columns = [Column(column, NULLTYPE) for column in remote_cols]
        Table(referent, table.metadata, *columns, schema=referent_schema)
    referred = f"{referent_schema}.{referent}" if referent_schema else referent
    targets = [f"{referred}.{column}" for column in remote_cols]
    constraint = ForeignKeyConstraint(list(local_cols), targets, name=name, **kw)
    table.append_constraint(constraint)
    return constraint


def exclude(context, name, table_name, elements, schema=None, **kw):
    from sqlalchemy.dialects.postgresql import ExcludeConstraint

    columns = [element for element, _ in elements if isinstance(element, str)]
    table = plain_table(context, table_name, columns, schema)
    constraint = ExcludeConstraint(*elements, name=name, **kw)
    table.append_constraint(constraint)
    return constraint


def index(context, name, table_name, columns, schema=None, **kw):
    names = [column for column in columns if isinstance(column, str)]
    table = plain_table(context, table_name or "no_table", names, schema)
    parts = [table.c[column] if isinstance(column, str) else column for column in columns]
    if not names:
        kw["_table"] = table
    return Index(name, *parts, **kw)


_GENERIC = {
    "foreignkey": lambda name: ForeignKeyConstraint([], [], name=name),
    "primary": lambda name: PrimaryKeyConstraint(name=name),
    "unique": lambda name: UniqueConstraint(name=name),
    "check": lambda name: CheckConstraint("", name=name),
    None: lambda name: sa_schema.Constraint(name=name),
}


def known_kind(type_):
    if type_ not in _GENERIC:
        raise TypeError("'type' can be one of %s" % ", ".join(sorted(repr(kind) for kind in _GENERIC)))
    return type_


def generic_constraint(context, name, table_name, type_, schema=None):
    """A constraint of which only the name and the kind are known."""
    constraint = _GENERIC[known_kind(type_)](name)
    Table(table_name, metadata(context), schema=schema).append_constraint(constraint)
    return constraint


class Promised(Table):
    """The table that `op.create_table` gives. Hardly anybody looks at one, so it is made when somebody does."""

    def __getattribute__(self, name):
        return getattr(_made(self), name)

    def __setattr__(self, name, value):
        setattr(_made(self), name, value)


def promised(operation, context):
    made = object.__new__(Promised)
    object.__setattr__(made, "_promise", (operation, context))
    return made


def _made(table):
    operation, context = object.__getattribute__(table, "_promise")
    become(table, Table)
    del table._promise
    return operation.to_table(context, into=table)


def table(context, name, *items, constraints_included=False, into=None, **kw):
    """A table of columns, constraints and indexes that may already belong to another one; `into` is an empty one."""
    columns = [_copied(item) for item in items if isinstance(item, Column)]
    if constraints_included:
        # Their constraints and indexes are among the items already.
        for column in columns:
            column.unique = column.index = False
    if into is None:
        made = Table(name, metadata(context), *columns, **kw)
    else:
        made = into
        made.__init__(name, metadata(context), *columns, **kw)
    for item in items:
        if isinstance(item, Index) or (isinstance(item, sa_schema.Constraint) and not _type_bound(item)):
            made.append_constraint(_copied(item, made))
    return made


def _type_bound(constraint):
    return bool(getattr(constraint, "_type_bound", False))


def _copied(item, target=None):
    if isinstance(item, Column):
        return item._copy() if getattr(item, "table", None) is not None else item
    parent = getattr(item, "parent", None)
    if parent is None or parent is target:
        return item
    return item._copy(target_table=target)
