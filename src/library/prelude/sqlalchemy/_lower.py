"""Objects to the engine's values: plain data in the form of the engine's `schema` and `ops`."""

import sys

import _lowering

from ._literal import info as _info
from ._literal import literal as _literal
from ._literal import literal_or_repr
from .sql.constraints import Constraint
from .sql.elements import _NONE_NAME, ClauseElement, TextClause, conv
from .sql.naming import settled
from .sql.scope import BARE, Scope  # noqa: F401
from .sql.type_api import NULLTYPE, TypeEngine, literal_type, to_instance

_HERE = sys.modules[__name__]
Lowered = _lowering.Lowered
# The objects behind `origin` numbers, so that a hook gets back what it knows; 0 is none.
_OBJECTS = [None]


def origin(number):
    """The object of an `origin` number."""
    return _OBJECTS[number]


def name(text):
    return None if text is None else {"text": str(text), "conv": isinstance(text, conv)}


def table_name(text, schema=None):
    return {"schema": schema, "name": str(text)}


def models(given):
    """All tables of a MetaData, as a value for the engine alone."""
    return _lowering.models(_HERE, given)


def metadata(given):
    return _lowering.metadata(_HERE, given)


def refers(table):
    """What a model refers to must be there; what an operation refers to need not."""
    _lowering.refers(_HERE, table)


def table(given):
    return _lowering.table(_HERE, given)


def column(given):
    return _lowering.column(_HERE, given)


def constraint(given):
    return _lowering.constraint(_HERE, given)


def index(given):
    return _lowering.index(_HERE, given)


def create_table(name, items, schema, comment, if_not_exists, conventional):
    """`op.create_table` as a value for the engine alone, or None where its arguments want a Table."""
    return _lowering.create_table(_HERE, name, items, schema, comment, if_not_exists, conventional)


def kind(given):
    """What a constraint demands."""
    if type(given) is Constraint:
        from .exc import ArgumentError

        raise ArgumentError("a constraint of no kind cannot be created")
    return given.data()


def options(given):
    """Arguments of single dialects."""
    return {key: expr(value) for key, value in given.items() if value is not None}


def type_(given):
    return to_instance(given).data()


def server_default(given):
    """`server_default=…` as it may be written: text, an expression, `Computed`, `Identity`."""
    if hasattr(given, "is_server_default"):
        return given.data()
    from .sql.defaults import DefaultClause

    return DefaultClause(given).data()


def expr(given):
    """An expression, or a value as it stands."""
    element = given if isinstance(given, ClauseElement) else None
    if element is None and hasattr(given, "__clause_element__"):
        element = given.__clause_element__()
    if element is not None:
        return element.lower(Scope(bare=True))
    if isinstance(given, (list, tuple)) and any(isinstance(one, ClauseElement) for one in given):
        return {"List": [expr(one) for one in given]}
    return {"Literal": {"value": literal_or_repr(given)}}


def value(given, type_=None):
    """A value as a literal of a type."""
    if isinstance(given, ClauseElement):
        return expr(given)
    kind = NULLTYPE if type_ is None else to_instance(type_)
    if kind is NULLTYPE:
        kind = literal_type(given)
    data = {"value": kind.encode(given, None)}
    if kind is not NULLTYPE:
        data["type"] = kind.data()
    return {"Literal": data}


literal = literal_or_repr


def is_statement(given):
    return isinstance(given, TextClause) or hasattr(given, "statement") or getattr(given, "_is_dml", False)


def statement(given, dialect=None):
    """A statement as it is executed, its values in it."""
    if hasattr(given, "_lowers_ddl"):
        return {"Text": {"sql": given.sql(dialect), "binds": False, "parameters": []}}
    if hasattr(given, "statement"):
        return given.statement(Scope(dialect))
    if isinstance(given, ClauseElement):
        from .sql.selectable import Select

        return Select(given).statement(Scope(dialect))
    return {"Text": {"sql": str(given), "binds": True, "parameters": []}}
