"""Objects to the engine's values: plain data in the form of the engine's `schema` and `ops`."""

from _objects import holds

from ._literal import info as _info
from ._literal import literal as _literal
from ._literal import literal_or_repr
from .sql.constraints import Constraint
from .sql.elements import _NONE_NAME, ClauseElement, TextClause, conv
from .sql.naming import settled
from .sql.scope import BARE, Scope
from .sql.type_api import NULLTYPE, TypeEngine, literal_type, to_instance

# The objects behind `origin` numbers, so that a hook gets back what it knows; 0 is none.
_OBJECTS = [None]


def origin(number):
    """The object of an `origin` number."""
    return _OBJECTS[number]


def _number(thing):
    _OBJECTS.append(thing)
    return len(_OBJECTS) - 1


def name(text):
    return None if text is None else {"text": str(text), "conv": isinstance(text, conv)}


def table_name(text, schema=None):
    return {"schema": schema, "name": str(text)}


def metadata(given):
    convention = given.naming_convention
    for one in given.tables.values():
        refers(one)
    plain = {str(key): text for key, text in convention.items() if isinstance(text, str) and isinstance(key, str)}
    if plain == {"ix": "ix_%(column_0_label)s"}:
        plain = {}
    return {"tables": [table(one) for one in given.tables.values()], "naming": plain, "schema": given.schema}


def refers(table):
    """What a model refers to must be there; what an operation refers to need not."""
    for one in table._by_key.values():
        for key in one.foreign_keys:
            key.column


def table(given):
    columns = []
    for one in given._by_key.values():
        columns.append(column(one))
    constraints = []
    many = given.constraints
    if len(many) > 2:
        many = sorted(many, key=_creation_order)
    for one in many:
        if one._prefix != "pk" or one._columns:
            constraints.append(constraint(one))
    data = {
        "name": given.name_data(),
        "columns": columns,
        "constraints": constraints,
        "indexes": [index(one) for one in given.indexes],
        "origin": _number(given),
    }
    if given.comment is not None:
        data["comment"] = given.comment
    if given._prefixes:
        data["prefixes"] = given._prefixes
    if given._kwargs:
        data["options"] = options(given._kwargs)
    if given._info:
        data["info"] = _info(given._info)
    return data


def _creation_order(one):
    return one._creation_order


_AUTOINCREMENT = {"auto": "Auto", True: "Yes", False: "No", "ignore_fk": "IgnoreForeignKey"}


def column(given):
    kind = given.type
    _OBJECTS.append(given)
    data = {
        "name": given.name,
        "type": kind._data or kind.data(),
        "nullable": given.nullable,
        "origin": len(_OBJECTS) - 1,
    }
    if given.primary_key:
        data["primary_key"] = True
    # What was not said stands on the class, not in the object.
    if holds(given, _RARE):
        _more(given, data)
    if given.key != given.name:
        data["key"] = given.key
    return data


_RARE = frozenset(("server_default", "autoincrement", "comment", "system", "default", "_kwargs", "_info"))


def _more(given, data):
    if given.server_default is not None:
        data["server_default"] = given.server_default.data()
    if given.autoincrement != "auto":
        data["autoincrement"] = _AUTOINCREMENT[given.autoincrement]
    if given.comment is not None:
        data["comment"] = given.comment
    if given.system:
        data["system"] = True
    if given.default is not None and given.default.is_sequence:
        data["sequence"] = str(given.default.name)
    if given._kwargs:
        data["options"] = options(given._kwargs)
    if given._info:
        data["info"] = _info(given._info)


def constraint(given):
    named = given.name
    if named is _NONE_NAME:
        named = settled(given)
    data = {"name": name(named), "kind": _kind(given), "origin": _number(given)}
    if given._type_bound:
        data["source"] = "Type"
    elif given._column_flag:
        data["source"] = "Column"
    if given._column_name is not None:
        data["column"] = given._column_name
    if given.deferrable is not None:
        data["deferrable"] = given.deferrable
    if given.initially is not None:
        data["initially"] = given.initially
    if given.comment is not None:
        data["comment"] = given.comment
    if given._kwargs:
        data["options"] = options(given._kwargs)
    return data


def _kind(given):
    if type(given) is Constraint:
        from .exc import ArgumentError

        raise ArgumentError("a constraint of no kind cannot be created")
    return given.data()


def index(given):
    data = {
        "name": name(given.name),
        "expressions": [_indexed(one) for one in given.expressions],
        "origin": _number(given),
    }
    if given.unique:
        data["unique"] = True
    if given._kwargs:
        data["options"] = options(given._kwargs)
    if given._info:
        data["info"] = _info(given._info)
    return data


def _indexed(one):
    if isinstance(one, str):
        return {"Column": {"name": one}}
    return one.lower(BARE)


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
