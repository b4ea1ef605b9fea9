"""The rarer expressions: CASE, CAST, EXTRACT, OVER, COLLATE, tuples, steps into JSON."""

from .elements import (
    BinaryExpression,
    BindParameter,
    ClauseElement,
    ColumnElement,
    Null,
    Ordering,
    UnaryExpression,
    coerce,
    coerce_condition,
    coerce_expression,
    literal_column,
)
from .type_api import NULLTYPE, to_instance


class Case(ColumnElement):
    def __init__(self, *whens, value=None, else_=None):
        if len(whens) == 1 and isinstance(whens[0], dict):
            whens = tuple(whens[0].items())
        elif len(whens) == 1 and isinstance(whens[0], list):
            from ..exc import ArgumentError

            raise ArgumentError(
                'The "whens" argument to case() is now passed as a series of positional elements, rather than as a list.'
            )
        self.value = None if value is None else coerce(value)
        self.whens = [(self._condition(when), coerce_expression(then)) for when, then in whens]
        self.else_ = None if else_ is None else coerce_expression(else_)
        self.type = NULLTYPE
        for one in [then for _, then in self.whens] + ([self.else_] if self.else_ is not None else []):
            if one.type is not NULLTYPE:
                self.type = one.type

    def _condition(self, when):
        if self.value is not None:
            return coerce(when, self.value)
        return coerce_condition(when)

    def lower(self, scope):
        return {
            "Case": {
                "value": None if self.value is None else self.value.lower(scope),
                "whens": [[when.lower(scope), then.lower(scope)] for when, then in self.whens],
                "otherwise": None if self.else_ is None else self.else_.lower(scope),
            }
        }

    def froms(self, found):
        for one in self.get_children():
            one.froms(found)

    def get_children(self, **kw):
        out = [] if self.value is None else [self.value]
        for when, then in self.whens:
            out += [when, then]
        return tuple(out) if self.else_ is None else tuple(out) + (self.else_,)


def case(*whens, value=None, else_=None):
    return Case(*whens, value=value, else_=else_)


class Cast(ColumnElement):
    def __init__(self, expression, type_):
        self.type = to_instance(type_)
        self.clause = expression if isinstance(expression, ClauseElement) else coerce_typed(expression, self.type)
        self.clause = coerce(self.clause)

    @property
    def _bind_name(self):
        return self.clause._bind_name

    def lower(self, scope):
        return {"Cast": {"operand": self.clause.lower(scope), "type": self.type.data()}}

    def froms(self, found):
        self.clause.froms(found)

    def get_children(self, **kw):
        return (self.clause,)


class TryCast(Cast):
    pass


def coerce_typed(value, kind):
    element = getattr(value, "__clause_element__", None)
    if element is not None:
        return element()
    if value is None:
        return Null()
    return BindParameter(None, value, kind, unique=True)


def cast(expression, type_):
    return Cast(expression, type_)


def try_cast(expression, type_):
    return TryCast(expression, type_)


class TypeCoerce(ColumnElement):
    """An expression that only Python sees as another type."""

    def __init__(self, expression, type_):
        self.type = to_instance(type_)
        self.clause = coerce_typed(expression, self.type) if not isinstance(expression, ClauseElement) else coerce(expression)

    @property
    def _bind_name(self):
        return self.clause._bind_name

    def lower(self, scope):
        return self.clause.lower(scope)

    def froms(self, found):
        self.clause.froms(found)


def type_coerce(expression, type_):
    return TypeCoerce(expression, type_)


class Extract(ColumnElement):
    def __init__(self, field, expr):
        from .sqltypes import INTEGERTYPE

        self.field = field
        self.expr = coerce(expr)
        self.type = INTEGERTYPE

    def lower(self, scope):
        return {"Extract": {"field": self.field, "operand": self.expr.lower(scope)}}

    def froms(self, found):
        self.expr.froms(found)

    def get_children(self, **kw):
        return (self.expr,)


def extract(field, expr):
    return Extract(field, expr)


class Collation(ColumnElement):
    def __init__(self, expression, collation):
        self.element = coerce(expression)
        self.collation = collation
        self.type = self.element.type

    def lower(self, scope):
        return {"Collate": {"operand": self.element.lower(scope), "collation": self.collation}}

    def froms(self, found):
        self.element.froms(found)

    def get_children(self, **kw):
        return (self.element,)


def collate(expression, collation):
    return Collation(expression, collation)


class Tuple(ColumnElement):
    def __init__(self, *clauses, types=None):
        self.clauses = [coerce(one) for one in clauses]
        if types:
            self.clauses = [coerce_typed(one, to_instance(kind)) for one, kind in zip(clauses, types)]

    def lower(self, scope):
        return {"List": [one.lower(scope) for one in self.clauses]}

    def froms(self, found):
        for one in self.clauses:
            one.froms(found)

    def _compare(self, operator, other):
        if isinstance(other, (tuple, list)):
            other = Tuple(*[coerce(one, mine) for one, mine in zip(other, self.clauses)])
        return ColumnElement._compare(self, operator, other)

    def get_children(self, **kw):
        return tuple(self.clauses)


def tuple_(*clauses, types=None):
    return Tuple(*clauses, types=types)


class Over(ColumnElement):
    def __init__(self, element, partition_by=None, order_by=None, range_=None, rows=None, groups=None):
        self.element = element
        self.partition_by = _several(partition_by)
        self.order_by = _several(order_by)
        self.frame = _frame(range_, rows, groups)
        self.type = element.type

    def window(self, scope):
        return {
            "partition_by": [one.lower(scope) for one in self.partition_by],
            "order_by": [one.lower(scope) for one in self.order_by],
            "frame": self.frame,
        }

    def lower(self, scope):
        data = self.element.lower(scope)
        data["Function"]["over"] = self.window(scope)
        return data

    def froms(self, found):
        for one in self.get_children():
            one.froms(found)

    def get_children(self, **kw):
        return (self.element,) + tuple(self.partition_by) + tuple(self.order_by)


def _several(value):
    if value is None:
        return []
    if isinstance(value, (list, tuple)):
        return [coerce_name(one) for one in value]
    return [coerce_name(value)]


def coerce_name(value):
    """ORDER BY and its like take names as text."""
    return literal_column(value) if isinstance(value, str) else coerce(value)


def _frame(range_, rows, groups):
    """`rows=(None, 0)` and its like as SQL: None is unbounded, 0 the current row."""
    given = [(word, ends) for word, ends in (("RANGE", range_), ("ROWS", rows), ("GROUPS", groups)) if ends is not None]
    if not given:
        return None
    if len(given) > 1:
        from ..exc import ArgumentError

        raise ArgumentError("only one of 'rows', 'range_', or 'groups' may be provided")
    word, (first, last) = given[0]
    return "%s BETWEEN %s AND %s" % (word, _frame_end(first, "PRECEDING"), _frame_end(last, "FOLLOWING"))


def _frame_end(value, unbounded):
    if value is None:
        return "UNBOUNDED " + unbounded
    if value == 0:
        return "CURRENT ROW"
    return "%d %s" % (abs(value), "PRECEDING" if value < 0 else "FOLLOWING")


def over(element, partition_by=None, order_by=None, range_=None, rows=None, groups=None):
    return Over(element, partition_by, order_by, range_, rows, groups)


def funcfilter(func, *criterion):
    return func.filter(*criterion)


def within_group(element, *order_by):
    return element.within_group(*order_by)


def between(expr, lower_bound, upper_bound, symmetric=False):
    return coerce(expr).between(lower_bound, upper_bound)


def distinct(expr):
    return coerce_name(expr).distinct()


def desc(column):
    return coerce_name(column).desc()


def asc(column):
    return coerce_name(column).asc()


def nulls_first(column):
    return Ordering(coerce_name(column), "NULLS FIRST")


def nulls_last(column):
    return Ordering(coerce_name(column), "NULLS LAST")


def any_(expr):
    return UnaryExpression("ANY", coerce(expr))


def all_(expr):
    return UnaryExpression("ALL", coerce(expr))


def bitwise_not(expr):
    return coerce(expr).bitwise_not()


def label(name, element, type_=None):
    from .elements import Label

    return Label(name, element, type_)


def custom_op(opstring, precedence=0, is_comparison=False, **kw):
    def operator(left, right):
        return left.op(opstring, precedence, is_comparison)(right)

    return operator


def item(element, index):
    """`expression[index]`: a step or a path into a document, an element of an array."""
    kind = element.type
    if isinstance(index, slice):
        raise NotImplementedError("slices of arrays are not supported here")
    if getattr(kind, "_is_json", False):
        if isinstance(index, (tuple, list)):
            import json

            path = BindParameter(None, json.dumps(list(index)), unique=True, base=element._bind_name)
            return BinaryExpression(element, path, "JsonPath", kind)
        return BinaryExpression(element, coerce_index(element, index), "JsonIndex", kind)
    item_type = getattr(kind, "item_type", None)
    if item_type is not None:
        return BinaryExpression(element, coerce_index(element, index), "JsonIndex", item_type)
    raise NotImplementedError("Operator 'getitem' is not supported on this expression")


def coerce_index(element, index):
    if isinstance(index, ClauseElement):
        return index
    return BindParameter(None, index, unique=True, base=element._bind_name)


def as_text(element):
    """A step into a document whose end is text: `->>`, which SQLite and PostgreSQL both have."""
    from .sqltypes import Text

    if isinstance(element, BinaryExpression) and element.operator == "JsonIndex":
        return BinaryExpression(element.left, element.right, {"Custom": "->>"}, Text())
    if isinstance(element, BinaryExpression) and element.operator == "JsonPath":
        return BinaryExpression(element.left, element.right, {"Custom": "#>>"}, Text())
    return TypeCoerce(element, Text())


nullsfirst = nulls_first
nullslast = nulls_last
