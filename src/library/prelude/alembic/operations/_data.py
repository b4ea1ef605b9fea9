"""How operations cross the border: plain data in the form of the engine's `ops`."""

from sqlalchemy import _lift as lift
from sqlalchemy import _lower as lower
from sqlalchemy.schema import DefaultClause
from sqlalchemy.sql.elements import conv


def table_name(name, schema=None):
    return {"schema": schema, "name": str(name)}


def own(data):
    """The user's own object behind data of a model; nothing for what the database gave."""
    return lower.origin(data["origin"]) if data.get("origin") else None


def name(text):
    return None if text is None else {"text": str(text), "conv": isinstance(text, conv)}


def name_object(data):
    if data is None:
        return None
    return conv(data["text"]) if data["conv"] else data["text"]


def options(keywords):
    """Arguments of single dialects, those that say something."""
    return {key: lower.expr(value) for key, value in keywords.items() if value is not None}


def option_values(data):
    return {key: lift.expr(value) for key, value in data.items()}


def of(tag, /, **fields):
    return {tag: fields}


def server_default(value):
    """`server_default=…` of alter_column: `[]` not said, `[None]` dropped, `[default]`."""
    return [] if value is False else [None if value is None else lower.server_default(value)]


def server_default_value(said):
    """As an object of its own, as autogenerate takes it from a model or from the database."""
    if not said:
        return False
    if said[0] is None:
        return None
    made = lift.server_default(said[0])
    return made if hasattr(made, "has_argument") else DefaultClause(made)


def comment(value):
    return [] if value is False else [value]


def type_(value):
    return None if value is None else lower.type_(value)
