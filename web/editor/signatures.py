"""Writes src/signatures.json: what the editor completes, with the signatures of the real packages.

    .tools/venv/bin/python web/editor/signatures.py

The names and signatures are read from the packages; the descriptions are ours.
"""
import enum
import inspect
import json
import re
import types
from pathlib import Path

import alembic.context
import alembic.op
import sqlalchemy
import sqlalchemy.orm
import sqlmodel
from alembic.operations import BatchOperations

DESCRIPTIONS = {
    "sa": """
BigInteger a large whole number
Boolean true or false
CheckConstraint a condition that every row must meet
Column a column of a table
Computed a column that the database computes
Date a day
DateTime a day and a time
Enum one of several labels
Float an approximate number
ForeignKey the column points to a column of another table
ForeignKeyConstraint several columns point to another table's
Identity the database numbers the rows
Index an index over columns or expressions
Integer a whole number
Interval a span of time
JSON a JSON value
LargeBinary bytes
MetaData the tables of a schema, and how their constraints are named
Numeric an exact decimal number
PrimaryKeyConstraint the columns that name a row
SmallInteger a small whole number
String text of a limited length
Table a table
Text text of any length
Time a time of day
UniqueConstraint no two rows have the same values here
Unicode text of a limited length
Uuid a UUID
bindparam a value given when the statement runs
case CASE WHEN
cast CAST to a type
column a column by its name alone, for statements
create_engine opens a database
delete DELETE FROM a table
false the database's word for false
func the database's functions: func.now()
insert INSERT INTO a table
inspect what a database holds
literal a value inside a statement
literal_column SQL that stands for a column
null the database's NULL
select SELECT
table a table by its name alone, for statements
text SQL as text, with :parameters
true the database's word for true
update UPDATE a table
""",
    "orm": """
DeclarativeBase the class from which your models inherit
Mapped the type of a mapped attribute
Session a unit of work
backref the other side of a relationship
column_property an attribute from a SQL expression
declarative_base a base class, in the older style
declared_attr an attribute computed for each model
mapped_column a column of a model
registry a collection of mapped classes
relationship related objects as an attribute
sessionmaker makes sessions
synonym another name of an attribute
""",
    "sqlmodel": """
Field a field of a model, and its column
Relationship related objects as an attribute
SQLModel the class from which your models inherit
Session a unit of work
create_engine opens a database
select SELECT
""",
    "op": """
add_column adds a column to a table
alter_column changes a column: its name, type, default, comment, or whether it may be NULL
batch_alter_table changes a table in one go; SQLite rebuilds it where ALTER is not enough
bulk_insert inserts rows
create_check_constraint adds a condition that every row must meet
create_exclude_constraint adds an EXCLUDE constraint (PostgreSQL)
create_foreign_key adds a foreign key
create_index creates an index
create_primary_key adds a primary key
create_table creates a table
create_table_comment sets the comment of a table
create_unique_constraint adds a unique constraint
drop_column removes a column
drop_constraint removes a constraint by its name
drop_index removes an index
drop_table removes a table
drop_table_comment removes the comment of a table
execute runs a statement
f marks a name as final, so that no convention changes it
get_bind the connection of this run
get_context the context of this run
inline_literal a value written into the statement
rename_table gives a table another name
run_async runs an async function over the connection
""",
    "context": """
begin_transaction opens the transaction around the migrations
configure tells how to run: connection or url, target_metadata, options
get_x_argument what -x gave on the command line
is_offline_mode whether --sql was given
run_migrations runs them
""",
}


def modules():
    yield "sa", sqlalchemy, "sqlalchemy"
    yield "orm", sqlalchemy.orm, "sqlalchemy.orm"
    yield "sqlmodel", sqlmodel, "sqlmodel"
    yield "op", alembic.op, "alembic.op"
    yield "batch_op", BatchOperations, "alembic.op"
    yield "context", alembic.context, "alembic.context"


def main():
    found = {short: dict(entries(short, module)) for short, module, _ in modules()}
    path = Path(__file__).parent / "src" / "signatures.json"
    lines = [f" {json.dumps(short)}: {{\n" + ",\n".join(f"  {json.dumps(name)}: {json.dumps(entry)}" for name, entry in names.items()) + "\n }" for short, names in found.items()]
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n")
    print({short: len(names) for short, names in found.items()})


def entries(short, module):
    """Pairs of a name and [kind, signature, description]."""
    described = dict(line.split(" ", 1) for line in DESCRIPTIONS.get(short, DESCRIPTIONS["op"]).strip().split("\n"))
    for name in sorted(vars(module) if short == "batch_op" else dir(module)):
        value = getattr(module, name)
        if wanted(short, name, value, described):
            yield name, [kind(value), signature(value, short == "batch_op"), described.get(name, "")]


def wanted(short, name, value, described):
    if name.startswith("_") or inspect.ismodule(value):
        return False
    if short in ("sa", "orm", "sqlmodel"):
        # The types in both spellings, and whatever has a description.
        is_type = isinstance(value, type) and issubclass(value, sqlalchemy.types.TypeEngine)
        return name in described or (short == "sa" and is_type)
    return callable(value) and (name in described or short == "batch_op")


def kind(value):
    return "class" if isinstance(value, type) else "function"


def signature(value, is_method):
    """The parameters as one would write them, without annotations."""
    try:
        parameters = list(inspect.signature(value).parameters.values())
    except (TypeError, ValueError):
        return "()"
    parameters = [each for each in parameters if not each.name.startswith("_") or each.name.startswith("__")]
    if is_method and parameters and parameters[0].name == "self":
        parameters = parameters[1:]
    shown, starred = [], False
    for each in parameters:
        if each.kind is each.KEYWORD_ONLY and not starred:
            shown, starred = shown + ["*"], True
        starred = starred or each.kind is each.VAR_POSITIONAL
        shown.append(parameter(each))
    return "(" + ", ".join(shown) + ")"


def parameter(each):
    name = {each.VAR_POSITIONAL: "*", each.VAR_KEYWORD: "**"}.get(each.kind, "") + each.name.lstrip("_")
    if each.default is each.empty or name.startswith("*"):
        return name
    plain = each.default is None or type(each.default) in (bool, int, str, float)
    return f"{name}={each.default!r}" if plain else f"{name}=…"


if __name__ == "__main__":
    main()
