"""One execution: parameters and defaults in, rows out."""

from _retort import ask

from .. import exc
from .._literal import literal
from ..sql.elements import BindParameter, ClauseElement
from ..sql.scope import Scope
from ..sql.type_api import NULLTYPE
from .base import answered
from .dialect import ExecutionContext


def run(connection, statement, parameters, options):
    many = _several(parameters)
    kind = _kind(statement)
    if kind == "insert":
        return insert(connection, statement, many, options)
    if kind == "update":
        return update(connection, statement, many, options)
    return plain(connection, statement, many, options)


def _kind(statement):
    inner = getattr(statement, "element", statement) if type(statement).__name__ == "With" else statement
    if getattr(inner, "is_insert", False):
        return "insert"
    if getattr(inner, "is_update", False):
        return "update"
    return None


def _several(parameters):
    """None, one dict, or a list of dicts: always a list, or None."""
    if parameters is None:
        return None
    if isinstance(parameters, dict) or hasattr(parameters, "keys"):
        return [dict(parameters)]
    parameters = list(parameters)
    if not parameters:
        return None
    if not all(isinstance(one, dict) or hasattr(one, "keys") for one in parameters):
        raise exc.ArgumentError("List argument must consist only of dictionaries")
    return [dict(one) for one in parameters]


def plain(connection, statement, many, options):
    dialect = connection.dialect
    scope = Scope(dialect, given=tuple(many[0]) if many else ())
    data = statement.statement(scope)
    types = _parameter_types(statement, data)
    rows = []
    for one in many or [{}]:
        missing = {key: value for key, value in scope.parameters.items() if key not in one}
        rows.append(_encoded({**missing, **one}, types, dialect))
    answer = ask("execute", connection._number, data, rows if many or rows[0] else [], _options(options))
    return answered(answer, _columns(statement), dialect)


def _options(options):
    return {key: value for key, value in options.items() if isinstance(value, (str, int, bool, float)) or value is None}


def _columns(statement):
    inner = getattr(statement, "element", statement) if type(statement).__name__ == "With" else statement
    if getattr(inner, "_is_dml", False) and not inner._returning:
        return None
    named = getattr(inner, "result_columns", None)
    if named is None:
        return None
    return [(key, one.type) for key, _, one in named()]


def _parameter_types(statement, data):
    """The types of named parameters, as far as the statement tells."""
    found = {}
    text = getattr(statement, "_bound", None)
    if text:
        for name, bind in text.items():
            if bind.type is not NULLTYPE:
                found[name] = bind.type
        return found
    todo = [statement]
    seen = 0
    while todo and seen < 10000:
        seen += 1
        one = todo.pop()
        if isinstance(one, BindParameter):
            if one.key is not None and one.type is not NULLTYPE:
                found[one.key] = one.type
            continue
        for key in ("_where", "_raw", "_having", "selects", "_order", "_values"):
            part = getattr(one, key, None)
            if part:
                todo += [two for two in (part.values() if isinstance(part, dict) else part) if isinstance(two, ClauseElement)]
        todo += list(one.get_children())
    return found


def _encoded(values, types, dialect):
    out = {}
    for key, value in values.items():
        kind = types.get(key)
        if isinstance(value, (list, tuple, set)) and (kind is None or not hasattr(kind, "item_type")):
            out[key] = {"List": [literal(one) if kind is None else kind.encode(one, dialect) for one in value]}
        else:
            out[key] = literal(value) if kind is None else kind.encode(value, dialect)
    return out


# INSERT.


def insert(connection, statement, many, options):
    dialect = connection.dialect
    rows = statement.rows()
    if statement._select is not None:
        return _inserted(connection, statement, statement.statement(Scope(dialect)), [], None, options)
    if many and len(many) > 1 and rows is None:
        return _insert_many(connection, statement, many, options)
    if many:
        rows = [_filled(statement.table, rows[0] if rows else {}, one) for one in many]
    if not statement._columns_known():
        return _inserted(connection, statement, statement.lowered(Scope(dialect), rows), [], None, options)
    rows = [with_defaults(statement.table, one, dialect, "default") for one in rows or [{}]]
    if _same_keys(rows):
        return _inserted(connection, statement, statement.lowered(Scope(dialect), rows), [], rows, options)
    return _one_by_one(connection, statement, rows, options)


def _filled(table, row, given):
    """A row of VALUES with the values of an execution: of columns, and of `bindparam("…")` under names of their own."""
    binds = {one.key for one in row.values() if isinstance(one, BindParameter) and one.key in given}
    filled = {
        key: given[one.key] if isinstance(one, BindParameter) and one.key in binds else one for key, one in row.items()
    }
    filled.update({key: value for key, value in given.items() if key not in binds})
    return filled


def _same_keys(rows):
    first = set(rows[0])
    return all(set(one) == first for one in rows)


def _one_by_one(connection, statement, rows, options):
    result = None
    count = 0
    for one in rows:
        result = _inserted(connection, statement, statement.lowered(Scope(connection.dialect), [one]), [], [one], options)
        count += max(result.rowcount, 0)
    result.rowcount = count
    return result


def _insert_many(connection, statement, many, options):
    """One statement, executed with each row."""
    dialect = connection.dialect
    table = statement.table
    if table._columns():
        many = [with_defaults(table, one, dialect, "default") for one in many]
    first = {_name(table, key) for key in many[0]}
    if any(isinstance(value, ClauseElement) for one in many for value in one.values()) or statement._returning or not _alike(many, first, table):
        return _one_by_one_collected(connection, statement, many, options)
    names = [_name(table, key) for key in many[0]]
    columns = {one.name: one for one in table._columns().values()}
    values = {key: BindParameter(_name(table, key), type_=columns[_name(table, key)].type if _name(table, key) in columns else None) for key in many[0]}
    data = statement.lowered(Scope(dialect, given=tuple(names)), [values])
    rows = []
    for one in many:
        row = {}
        for key, value in one.items():
            name = _name(table, key)
            column = columns.get(name)
            row[name] = literal(value) if column is None or column.type is NULLTYPE else column.type.encode(value, dialect)
        rows.append(row)
    return _inserted(connection, statement, data, rows, None, options)


def _alike(many, first, table):
    for one in many[1:]:
        if {_name(table, key) for key in one} != first:
            missing = first - {_name(table, key) for key in one}
            if missing and not table._columns():
                raise exc.StatementError("A value is required for bind parameter %r" % sorted(missing)[0])
            return False
    return True


def _one_by_one_collected(connection, statement, many, options):
    rows = []
    result = None
    for one in many:
        result = _inserted(connection, statement, statement.lowered(Scope(connection.dialect), [one]), [], [one], options)
        rows += result._rows
    result._rows = rows
    result.rowcount = len(many)
    return result


def _name(table, key):
    if not isinstance(key, str):
        return key.name
    column = table._columns().get(key)
    return key if column is None else str(column.name)


def _inserted(connection, statement, data, rows, given, options):
    answer = ask("execute", connection._number, data, rows, _options(options))
    result = answered(answer, _columns(statement), connection.dialect)
    result.is_insert = True
    result._inserted = given[0] if given else {}
    if given is not None and len(given) == 1:
        result.inserted_primary_key = primary_key(statement.table, given[0], answer["last_id"])
        result.inserted_primary_key_rows = [result.inserted_primary_key]
    return result


def primary_key(table, row, last_id):
    keys = list(table.primary_key or ())
    if not keys:
        return None
    from .result import Row

    named = {(key if isinstance(key, str) else key.key): value for key, value in row.items()}
    values = []
    for one in keys:
        value = named.get(one.key, named.get(one.name))
        if isinstance(value, ClauseElement):
            value = None
        if value is None and len(keys) == 1:
            value = last_id
        values.append(value)
    return Row({one.key: at for at, one in enumerate(keys)}, tuple(values))


def with_defaults(table, row, dialect, which):
    """A row with what the columns' own defaults give."""
    named = {(key if isinstance(key, str) else key.key) for key in row}
    full = None
    for key, column in table._columns().items():
        default = column.default if which == "default" else column.onupdate
        if default is None or key in named or column.name in named or default.is_sequence:
            continue
        if full is None:
            full = dict(row)
        if default.is_clause_element:
            value = default.arg
            full[key] = value.__clause_element__() if not isinstance(value, ClauseElement) else value
        else:
            full[key] = default.value(ExecutionContext(full, dialect))
    return row if full is None else full


# UPDATE.


def update(connection, statement, many, options):
    dialect = connection.dialect
    if many and (len(many) > 1 or statement._values is None or _has_parameters(statement)):
        return _update_each(connection, statement, many, options)
    values = dict(statement._values or {})
    if many:
        values.update(many[0])
    if statement.table._columns():
        values = with_defaults(statement.table, values, dialect, "onupdate")
    scope = Scope(dialect)
    data = statement.lowered(scope, values)
    parameters = [_encoded(scope.parameters, {}, dialect)] if scope.parameters else []
    answer = ask("execute", connection._number, data, parameters, _options(options))
    return answered(answer, _columns(statement), dialect)


def _has_parameters(statement):
    return bool(_parameter_types(statement, None)) or any(
        isinstance(one, BindParameter) and one.key for one in (statement._values or {}).values()
    )


def _update_each(connection, statement, many, options):
    """`execute(update.where(c == bindparam("x")), [{…}, …])`: names that are no parameters are SET."""
    dialect = connection.dialect
    named = set(_names_of_parameters(statement))
    result = None
    count = 0
    for one in many:
        values = dict(statement._values or {})
        values.update({key: value for key, value in one.items() if key not in named})
        if statement.table._columns():
            values = with_defaults(statement.table, values, dialect, "onupdate")
        scope = Scope(dialect, given=tuple(named))
        data = statement.lowered(scope, values)
        types = _parameter_types(statement, data)
        given = {key: value for key, value in one.items() if key in named}
        answer = ask("execute", connection._number, data, [_encoded({**scope.parameters, **given}, types, dialect)], _options(options))
        result = answered(answer, _columns(statement), dialect)
        count += max(result.rowcount, 0)
    result.rowcount = count
    return result


def _names_of_parameters(statement):
    todo = list(statement._where) + [one for one in (statement._values or {}).values() if isinstance(one, ClauseElement)]
    while todo:
        one = todo.pop()
        if isinstance(one, BindParameter):
            if one.key is not None and not one.unique:
                yield one.key
        else:
            todo += list(one.get_children())
