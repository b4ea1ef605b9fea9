"""Expressions: what columns, values and conditions can be asked."""

from .scope import BARE, Scope
from .type_api import NULLTYPE, TypeEngine, literal_type, to_instance


class quoted_name(str):
    """A name with a word about its quotes."""

    quote = None

    def __new__(cls, value, quote=None):
        if value is None:
            return None
        if isinstance(value, cls) and (quote is None or value.quote == quote):
            return value
        self = str.__new__(cls, value)
        self.quote = quote
        return self

    @classmethod
    def construct(cls, value, quote):
        return None if value is None else cls(value, quote)

    def __repr__(self):
        return str.__repr__(self)


class conv(str):
    """A final name: no naming convention is applied to it again."""

    _is_conv = True

    def __repr__(self):
        return str.__repr__(self)


class _NoneName:
    def __repr__(self):
        return "_NoneName.NONE_NAME"


# The name of a type's CHECK that was given none: a convention names it, but only when it is written out.
_NONE_NAME = _NoneName()


class ClauseElement:
    """A part of SQL."""

    type = NULLTYPE
    _is_text = False
    _is_entity = False
    is_selectable = False
    is_clause_element = True
    description = None

    def lower(self, scope):
        return {"Text": self._by_user(scope)}

    def _by_user(self, scope):
        """The text that the user's own `@compiles` function gives."""
        for cls in type(self).__mro__:
            known = cls.__dict__.get("_compilers")
            if known:
                name = getattr(scope.dialect, "name", None)
                function = known.get(name) or known.get("default")
                if function is not None:
                    return function(self, UserCompiler(scope))
        raise NotImplementedError("%s has no form in SQL here" % type(self).__name__)

    def froms(self, found):
        """Adds what the element selects from to `found`, a dict by identity."""

    def _clone(self):
        new = object.__new__(type(self))
        new.__dict__.update(self.__dict__)
        return new

    def compile(self, bind=None, dialect=None, **kw):
        from .._border import compile_element

        return compile_element(self, dialect if dialect is not None else getattr(bind, "dialect", None), **kw)

    def __str__(self):
        return str(self.compile())

    def __bool__(self):
        raise TypeError("Boolean value of this clause is not defined")

    def self_group(self, against=None):
        return self

    def __and__(self, other):
        return and_(self, other)

    def __rand__(self, other):
        return and_(other, self)

    def __or__(self, other):
        return or_(self, other)

    def __ror__(self, other):
        return or_(other, self)

    def __invert__(self):
        return self._negated()

    def _negated(self):
        return UnaryExpression("NOT", self)

    def unique_params(self, *args, **kw):
        return self.params(*args, **kw)

    def params(self, *args, **kw):
        values = dict(args[0]) if args else {}
        values.update(kw)
        return With(self, values)

    def compare(self, other, **kw):
        return self is other

    def get_children(self, **kw):
        return ()

    def execution_options(self, **kw):
        new = self._clone()
        new._execution_options = {**getattr(self, "_execution_options", {}), **kw}
        return new

    def get_execution_options(self):
        return getattr(self, "_execution_options", {})


class UserCompiler:
    """What a `@compiles` function is given: it writes the parts of an element."""

    def __init__(self, scope):
        self.scope = scope
        self.dialect = scope.dialect

    def process(self, element, **kw):
        from .._border import sql_of

        if isinstance(element, TypeEngine):
            return element.compile(self.dialect)
        return sql_of(element, self.dialect)

    @property
    def preparer(self):
        return self.dialect.identifier_preparer


class With(ClauseElement):
    """A statement together with values of its parameters."""

    def __init__(self, element, values):
        self.element = element
        self.values = values

    def lower(self, scope):
        scope.parameters.update(self.values)
        return self.element.lower(scope)

    def __getattr__(self, name):
        if name == "element":
            raise AttributeError(name)
        return getattr(self.element, name)


def coerce(value, against=None):
    """What somebody wrote beside an expression, as an expression."""
    if isinstance(value, ClauseElement):
        if value.is_selectable and hasattr(value, "scalar_subquery"):
            return value.scalar_subquery()
        return value
    element = getattr(value, "__clause_element__", None)
    if element is not None:
        return element()
    if value is None:
        return Null()
    if against is None:
        return BindParameter(None, value, unique=True)
    return BindParameter(None, value, literal_type(value, against.type), unique=True, base=against._bind_name)


def coerce_expression(value):
    """An argument that stands as an expression of its own; Python's None, True and False are SQL's."""
    if value is None:
        return Null()
    if value is True:
        return True_()
    if value is False:
        return False_()
    return coerce(value)


def coerce_condition(value):
    """A condition of WHERE, AND, OR."""
    if value is True:
        return True_()
    if value is False:
        return False_()
    if value is None:
        return Null()
    if isinstance(value, ClauseElement):
        if value.is_selectable and hasattr(value, "scalar_subquery"):
            return value.scalar_subquery()
        return value
    element = getattr(value, "__clause_element__", None)
    if element is not None:
        return element()
    from ..exc import ArgumentError

    if isinstance(value, str):
        raise ArgumentError(
            "Textual SQL expression %r should be explicitly declared as text(%r)" % (_short(value), _short(value))
        )
    raise ArgumentError("SQL expression for WHERE/HAVING role expected, got %r." % (value,))


def _short(text):
    return text if len(text) < 100 else text[:97] + "..."


class ColumnElement(ClauseElement):
    """An expression with a value: the operators of Python make conditions and new expressions of it."""

    _bind_name = "param"
    name = None
    key = None
    primary_key = False
    foreign_keys = ()
    table = None
    comparator = property(lambda self: self)

    def __hash__(self):
        return id(self)

    @property
    def expression(self):
        return self

    @property
    def proxy_set(self):
        return {self}

    base_columns = proxy_set

    def _compare(self, operator, other):
        from .sqltypes import BOOLEANTYPE

        if other is True:
            other = True_()
        elif other is False:
            other = False_()
        else:
            other = coerce(other, self)
        return BinaryExpression(self, other, operator, BOOLEANTYPE)

    def __eq__(self, other):
        if other is None or isinstance(other, Null):
            return self._compare("Is", other)
        return self._compare("Eq", other)

    def __ne__(self, other):
        if other is None or isinstance(other, Null):
            return self._compare("IsNot", other)
        return self._compare("Ne", other)

    def __lt__(self, other):
        return self._compare("Lt", other)

    def __le__(self, other):
        return self._compare("Le", other)

    def __gt__(self, other):
        return self._compare("Gt", other)

    def __ge__(self, other):
        return self._compare("Ge", other)

    def is_(self, other):
        return self._compare("Is", other)

    def is_not(self, other):
        return self._compare("IsNot", other)

    isnot = is_not

    def is_distinct_from(self, other):
        return self._compare("IsDistinctFrom", other)

    def is_not_distinct_from(self, other):
        return self._compare("IsNotDistinctFrom", other)

    isnot_distinct_from = is_not_distinct_from

    def _arithmetic(self, operator, other, reverse=False):
        other = coerce(other, self)
        kind = self.type
        if operator == "Add" and (kind._concatenates or other.type._concatenates):
            operator = "Concat"
        if kind is NULLTYPE:
            kind = other.type
        else:
            kind = arithmetic_type(kind, operator, other.type)
        if reverse:
            return BinaryExpression(other, self, operator, kind)
        return BinaryExpression(self, other, operator, kind)

    def __add__(self, other):
        return self._arithmetic("Add", other)

    def __radd__(self, other):
        return self._arithmetic("Add", other, True)

    def __sub__(self, other):
        return self._arithmetic("Sub", other)

    def __rsub__(self, other):
        return self._arithmetic("Sub", other, True)

    def __mul__(self, other):
        return self._arithmetic("Mul", other)

    def __rmul__(self, other):
        return self._arithmetic("Mul", other, True)

    def __truediv__(self, other):
        return self._arithmetic("Div", other)

    def __rtruediv__(self, other):
        return self._arithmetic("Div", other, True)

    def __floordiv__(self, other):
        return self._arithmetic("FloorDiv", other)

    def __rfloordiv__(self, other):
        return self._arithmetic("FloorDiv", other, True)

    def __mod__(self, other):
        return self._arithmetic("Mod", other)

    def __rmod__(self, other):
        return self._arithmetic("Mod", other, True)

    def __lshift__(self, other):
        return self.op("<<")(other)

    def __rshift__(self, other):
        return self.op(">>")(other)

    def __neg__(self):
        return UnaryExpression("-", self, self.type)

    def concat(self, other):
        return BinaryExpression(self, coerce(other, self), "Concat", self.type)

    def bitwise_and(self, other):
        return self.op("&")(other)

    def bitwise_or(self, other):
        return self.op("|")(other)

    def bitwise_xor(self, other):
        return self.op("^")(other)

    def bitwise_not(self):
        return UnaryExpression("~", self, self.type)

    def bitwise_lshift(self, other):
        return self.op("<<")(other)

    def bitwise_rshift(self, other):
        return self.op(">>")(other)

    def op(self, opstring, precedence=0, is_comparison=False, return_type=None, python_impl=None):
        def call(other):
            if return_type is not None:
                kind = to_instance(return_type)
            elif is_comparison:
                from .sqltypes import BOOLEANTYPE

                kind = BOOLEANTYPE
            else:
                kind = self.type
            return BinaryExpression(self, coerce(other, self), {"Custom": opstring}, kind)

        return call

    def bool_op(self, opstring, precedence=0, python_impl=None):
        return self.op(opstring, precedence, True)

    def operate(self, op, *other, **kw):
        return op(self, *other, **kw)

    def like(self, other, escape=None):
        return self._like("Like", other, escape)

    def not_like(self, other, escape=None):
        return self._like("NotLike", other, escape)

    notlike = not_like

    def ilike(self, other, escape=None):
        return self._like("Ilike", other, escape)

    def not_ilike(self, other, escape=None):
        return self._like("NotIlike", other, escape)

    notilike = not_ilike

    def _like(self, operator, other, escape=None):
        new = self._compare(operator, other)
        new.escape = escape
        return new

    def _affixed(self, other, before, after, escape, autoescape):
        if autoescape:
            escape = escape or "/"
            other = other.replace(escape, escape + escape).replace("%", escape + "%").replace("_", escape + "_")
        part = coerce(other, self)
        from .sqltypes import STRINGTYPE

        if before:
            part = BinaryExpression(literal_column("'%'"), part, "Concat", STRINGTYPE)
        if after:
            part = BinaryExpression(part, literal_column("'%'"), "Concat", STRINGTYPE)
        return part, escape

    def startswith(self, other, escape=None, autoescape=False):
        return self._like("Like", *self._affixed(other, False, True, escape, autoescape))

    def endswith(self, other, escape=None, autoescape=False):
        return self._like("Like", *self._affixed(other, True, False, escape, autoescape))

    def contains(self, other, escape=None, autoescape=False, **kw):
        own = getattr(self.type, "_contains_operator", None)
        if own is not None:
            return self.op(own, is_comparison=True)(other)
        return self._like("Like", *self._affixed(other, True, True, escape, autoescape))

    def istartswith(self, other, escape=None, autoescape=False):
        part, escape = self._affixed(other, False, True, escape, autoescape)
        return _lowercase(self)._like("Like", _lowercase(part), escape)

    def iendswith(self, other, escape=None, autoescape=False):
        part, escape = self._affixed(other, True, False, escape, autoescape)
        return _lowercase(self)._like("Like", _lowercase(part), escape)

    def icontains(self, other, escape=None, autoescape=False):
        part, escape = self._affixed(other, True, True, escape, autoescape)
        return _lowercase(self)._like("Like", _lowercase(part), escape)

    def match(self, other, **kw):
        return self.op("MATCH", is_comparison=True)(other)

    def regexp_match(self, pattern, flags=None):
        return self._compare("Regexp", pattern)

    def regexp_replace(self, pattern, replacement, flags=None):
        from .functions import Function

        extra = () if flags is None else (flags,)
        return Function("regexp_replace", self, pattern, replacement, *extra, type_=self.type)

    def in_(self, other):
        return self._in("In", other)

    def not_in(self, other):
        return self._in("NotIn", other)

    notin_ = not_in

    def _in(self, operator, other):
        from .sqltypes import BOOLEANTYPE

        if isinstance(other, ClauseElement):
            if isinstance(other, BindParameter):
                other = other._as_expanding(self)
            elif hasattr(other, "scalar_subquery"):
                other = other.scalar_subquery()
            elif other.is_selectable:
                other = other._as_select().scalar_subquery()
        else:
            other = Values(self, other)
        return BinaryExpression(self, other, operator, BOOLEANTYPE)

    def between(self, cleft, cright, symmetric=False):
        return Between(self, coerce(cleft, self), coerce(cright, self))

    def desc(self):
        return Ordering(self, "DESC")

    def asc(self):
        return Ordering(self, "ASC")

    def nulls_first(self):
        return Ordering(self, "NULLS FIRST")

    def nulls_last(self):
        return Ordering(self, "NULLS LAST")

    nullsfirst = nulls_first
    nullslast = nulls_last

    def distinct(self):
        return UnaryExpression("DISTINCT", self, self.type)

    def any_(self):
        return UnaryExpression("ANY", self, self.type)

    def all_(self):
        return UnaryExpression("ALL", self, self.type)

    def collate(self, collation):
        from .nodes import Collation

        return Collation(self, collation)

    def label(self, name):
        return Label(name, self)

    def cast(self, type_):
        from .nodes import Cast

        return Cast(self, type_)

    def __getitem__(self, index):
        from .nodes import item

        return item(self, index)

    def __contains__(self, other):
        raise NotImplementedError("Operator 'contains' is not supported on this expression")

    def __iter__(self):
        raise TypeError("%r object is not iterable" % type(self).__name__)

    @property
    def astext(self):
        from .nodes import as_text

        return as_text(self)

    def as_string(self):
        from .nodes import as_text

        return as_text(self)

    def as_integer(self):
        from .nodes import Cast, as_text
        from .sqltypes import INTEGERTYPE

        return Cast(as_text(self), INTEGERTYPE)

    def as_float(self):
        from .nodes import Cast, as_text
        from .sqltypes import Float

        return Cast(as_text(self), Float())

    def as_boolean(self):
        from .nodes import as_text

        return as_text(self)

    def as_json(self):
        return self

    def has_key(self, other):
        return self.op("?", is_comparison=True)(other)

    def has_any(self, other):
        return self.op("?|", is_comparison=True)(other)

    def has_all(self, other):
        return self.op("?&", is_comparison=True)(other)

    def contained_by(self, other):
        return self.op("<@", is_comparison=True)(other)

    def overlap(self, other):
        return self.op("&&", is_comparison=True)(other)

    def any(self, other, operator=None):
        return BindParameter(None, other, unique=True, base=self._bind_name) == UnaryExpression("ANY", self)

    def all(self, other, operator=None):
        return BindParameter(None, other, unique=True, base=self._bind_name) == UnaryExpression("ALL", self)

    def shares_lineage(self, othercolumn):
        return self is othercolumn

    def _negated(self):
        return UnaryExpression("NOT", self)

    @property
    def anon_label(self):
        return self.label(None)


class SQLColumnExpression(ColumnElement):
    pass


ColumnOperators = ColumnElement
Operators = ClauseElement


def _lowercase(element):
    from .functions import Function

    return Function("lower", element, type_=element.type)


def arithmetic_type(left, operator, right):
    """The type of a sum, a product, …"""
    if operator == "Div" and left._type_affinity.__name__ == "Integer":
        from .sqltypes import NUMERICTYPE

        return NUMERICTYPE
    family = left._type_affinity.__name__
    other = right._type_affinity.__name__
    if family == "Integer" and other == "Numeric":
        return right
    if family in ("DateTime", "Date", "Time") and other == family and operator == "Sub":
        from .sqltypes import Interval

        return Interval()
    return left


_NEGATIONS = {
    "Eq": "Ne",
    "Ne": "Eq",
    "Lt": "Ge",
    "Ge": "Lt",
    "Gt": "Le",
    "Le": "Gt",
    "Is": "IsNot",
    "IsNot": "Is",
    "In": "NotIn",
    "NotIn": "In",
    "Like": "NotLike",
    "NotLike": "Like",
    "Ilike": "NotIlike",
    "NotIlike": "Ilike",
    "IsDistinctFrom": "IsNotDistinctFrom",
    "IsNotDistinctFrom": "IsDistinctFrom",
}


class BinaryExpression(ColumnElement):
    escape = None

    def __init__(self, left, right, operator, type_=NULLTYPE):
        self.left = left
        self.right = right
        self.operator = operator
        self.type = type_

    # A comparison of a column with itself is true, so that columns can be found in lists and dicts.
    def __bool__(self):
        if self.operator == "Eq":
            return self.left is self.right
        if self.operator == "Ne":
            return self.left is not self.right
        raise TypeError("Boolean value of this clause is not defined")

    def __hash__(self):
        return id(self)

    def _negated(self):
        opposite = None if isinstance(self.operator, dict) else _NEGATIONS.get(self.operator)
        if opposite is None:
            return UnaryExpression("NOT", self)
        new = self._clone()
        new.operator = opposite
        return new

    def lower(self, scope):
        data = {"left": self.left.lower(scope), "operator": self.operator, "right": self.right.lower(scope)}
        if self.escape is not None:
            data["escape"] = self.escape
        return {"Binary": data}

    def froms(self, found):
        self.left.froms(found)
        self.right.froms(found)

    def get_children(self, **kw):
        return (self.left, self.right)


class Between(ColumnElement):
    def __init__(self, operand, low, high, negated=False):
        from .sqltypes import BOOLEANTYPE

        self.operand = operand
        self.low = low
        self.high = high
        self.negated = negated
        self.type = BOOLEANTYPE

    def _negated(self):
        return Between(self.operand, self.low, self.high, not self.negated)

    def lower(self, scope):
        return {
            "Between": {
                "operand": self.operand.lower(scope),
                "low": self.low.lower(scope),
                "high": self.high.lower(scope),
                "negated": self.negated,
            }
        }

    def froms(self, found):
        self.operand.froms(found)
        self.low.froms(found)
        self.high.froms(found)

    def get_children(self, **kw):
        return (self.operand, self.low, self.high)


class UnaryExpression(ColumnElement):
    """An operator before its operand."""

    def __init__(self, operator, element, type_=None):
        self.operator = operator
        self.element = element
        if type_ is None:
            from .sqltypes import BOOLEANTYPE

            type_ = BOOLEANTYPE
        self.type = type_

    def _negated(self):
        if self.operator == "NOT":
            return self.element
        return UnaryExpression("NOT", self)

    def lower(self, scope):
        return {"Prefix": {"operator": self.operator, "operand": self.element.lower(scope)}}

    def froms(self, found):
        self.element.froms(found)

    def get_children(self, **kw):
        return (self.element,)


class Ordering(ColumnElement):
    """DESC, ASC, NULLS FIRST, NULLS LAST after an expression."""

    def __init__(self, element, modifier):
        self.element = element
        self.modifier = modifier
        self.type = element.type

    def lower(self, scope):
        return {"Suffix": {"operand": self.element.lower(scope), "operator": self.modifier}}

    def froms(self, found):
        self.element.froms(found)

    def get_children(self, **kw):
        return (self.element,)


class BooleanClauseList(ColumnElement):
    """AND, OR over conditions."""

    def __init__(self, is_and, clauses):
        from .sqltypes import BOOLEANTYPE

        self.is_and = is_and
        self.clauses = clauses
        self.type = BOOLEANTYPE

    def lower(self, scope):
        return {"Junction": {"and": self.is_and, "parts": [one.lower(scope) for one in self.clauses]}}

    def froms(self, found):
        for one in self.clauses:
            one.froms(found)

    def get_children(self, **kw):
        return tuple(self.clauses)

    def __iter__(self):
        return iter(self.clauses)

    def __len__(self):
        return len(self.clauses)


ClauseList = BooleanClauseList


def _junction(is_and, conditions):
    neutral, decisive = (True_, False_) if is_and else (False_, True_)
    flat = []
    given = [coerce_condition(one) for one in conditions]
    for one in given:
        if isinstance(one, decisive):
            return one
        if isinstance(one, BooleanClauseList) and one.is_and == is_and:
            flat.extend(one.clauses)
        elif not isinstance(one, neutral):
            flat.append(one)
    if not flat:
        return given[0] if given else BooleanClauseList(is_and, [])
    return flat[0] if len(flat) == 1 else BooleanClauseList(is_and, flat)


def and_(*clauses):
    return _junction(True, clauses)


def or_(*clauses):
    return _junction(False, clauses)


def not_(clause):
    clause = coerce_condition(clause)
    if isinstance(clause, True_):
        return False_()
    if isinstance(clause, False_):
        return True_()
    return ~clause


class Values(ColumnElement):
    """The values of IN."""

    def __init__(self, left, values):
        self.left = left
        # Other iterables than these are most often slips: a string, a generator that is empty the second time.
        if isinstance(values, (str, bytes)) or not hasattr(values, "__iter__"):
            from ..exc import ArgumentError

            raise ArgumentError("IN expression list, SELECT construct, or bound parameter object expected, got %r." % (values,))
        self.values = list(values)

    def lower(self, scope):
        if scope.named and not any(isinstance(one, ClauseElement) for one in self.values):
            name = scope.anonymous(self, self.left._bind_name)
            scope.parameters[name] = self.values
            return {"Parameter": {"name": name, "expanding": True}}
        return {"List": [self._value(one, scope) for one in self.values]}

    def _value(self, value, scope):
        if isinstance(value, (tuple, list)):
            kinds = getattr(self.left, "clauses", None) or ()
            if len(kinds) == len(value):
                return {"List": [coerce(one, kind).lower(scope) for one, kind in zip(value, kinds)]}
        if isinstance(value, ClauseElement):
            return value.lower(scope)
        return lowered_value(value, self.left.type if value is not None else NULLTYPE, scope)

    def froms(self, found):
        for one in self.values:
            if isinstance(one, ClauseElement):
                one.froms(found)


def lowered_value(value, kind, scope):
    """A value as a literal of its type."""
    literal = kind.encode(value, scope.dialect)
    if kind is NULLTYPE or scope.bare:
        return {"Literal": {"value": literal}}
    return {"Literal": {"value": literal, "type": kind.data()}}


_REQUIRED = object()


class BindParameter(ColumnElement):
    """A value, or a place for one."""

    def __init__(
        self,
        key,
        value=_REQUIRED,
        type_=None,
        unique=False,
        required=None,
        quote=None,
        callable_=None,
        expanding=False,
        isoutparam=False,
        literal_execute=False,
        base="param",
    ):
        self.callable = callable_
        self.required = value is _REQUIRED and callable_ is None
        self.value = None if value is _REQUIRED else value
        self.key = key
        self.unique = unique or key is None
        self.base = key or base
        self.expanding = expanding
        self.literal_execute = literal_execute
        if type_ is None:
            sample = self.value
            if expanding and sample:
                sample = list(sample)[0]
            self.type = NULLTYPE if self.required else literal_type(sample)
        else:
            self.type = to_instance(type_)

    @property
    def effective_value(self):
        return self.callable() if self.callable is not None else self.value

    @property
    def _bind_name(self):
        return "param"

    def _as_expanding(self, left):
        new = self._clone()
        new.expanding = True
        if new.type is NULLTYPE:
            new.type = left.type
        return new

    def _with_value(self, value, **kw):
        new = self._clone()
        new.value = value
        new.required = False
        if new.type is NULLTYPE:
            new.type = literal_type(value)
        return new

    def lower(self, scope):
        name = self.key
        if self.unique:
            if not scope.named:
                return self._literal(scope)
            name = scope.anonymous(self, self.base)
        elif not self.required and not scope.named and name not in scope.given and name not in scope.parameters:
            return self._literal(scope)
        if not self.required and name not in scope.parameters:
            scope.parameters[name] = self.effective_value
        data = {"name": name, "type": None if self.type is NULLTYPE else self.type.data()}
        if self.expanding:
            data["expanding"] = True
        return {"Parameter": data}

    def _literal(self, scope):
        value = self.effective_value
        if self.expanding:
            return {"List": [lowered_value(one, self.type, scope) for one in value]}
        return lowered_value(value, self.type, scope)

    def __repr__(self):
        return "BindParameter(%r, %r, type_=%r)" % (self.key or "%%(%d param)s" % id(self), self.value, self.type)


def bindparam(key, value=_REQUIRED, type_=None, **kw):
    return BindParameter(key, value, type_, **kw)


def literal(value, type_=None, literal_execute=False):
    if isinstance(value, ClauseElement):
        return value
    return BindParameter(None, value, type_, unique=True)


class Null(ColumnElement):
    def lower(self, scope):
        return {"Constant": "Null"}

    @classmethod
    def _instance(cls):
        return cls()


class True_(ColumnElement):
    @property
    def type(self):
        from .sqltypes import BOOLEANTYPE

        return BOOLEANTYPE

    def lower(self, scope):
        return {"Constant": "True"}

    def _negated(self):
        return False_()


class False_(ColumnElement):
    @property
    def type(self):
        from .sqltypes import BOOLEANTYPE

        return BOOLEANTYPE

    def lower(self, scope):
        return {"Constant": "False"}

    def _negated(self):
        return True_()


def null():
    return Null()


def true():
    return True_()


def false():
    return False_()


class Label(ColumnElement):
    def __init__(self, name, element, type_=None):
        element = coerce(element)
        if isinstance(element, Label):
            element = element.element
        self.element = element
        self.name = name
        self.key = name
        self.type = to_instance(type_) if type_ is not None else element.type

    @property
    def _bind_name(self):
        return self.name or "param"

    @property
    def foreign_keys(self):
        return self.element.foreign_keys

    def lower(self, scope):
        # Inside an expression SQLAlchemy writes what the label names.
        return self.element.lower(scope)

    def froms(self, found):
        self.element.froms(found)

    def get_children(self, **kw):
        return (self.element,)


class ColumnClause(ColumnElement):
    """`column("x")`, and the columns of `table(…)`."""

    is_literal = False
    server_default = None
    default = None
    onupdate = None
    nullable = True
    foreign_keys = ()

    def __init__(self, text, type_=None, is_literal=False, _selectable=None):
        self.name = text
        self.key = text
        self.table = _selectable
        self.type = to_instance(type_)
        if is_literal:
            self.is_literal = True

    @property
    def _bind_name(self):
        return self.key

    @property
    def description(self):
        return self.name

    def lower(self, scope):
        if self.is_literal:
            return {"LiteralColumn": self.name}
        if scope.bare:
            return {"Column": {"name": self.name}}
        table = self.table
        data = {"name": self.name}
        if table is not None:
            data["table"] = table._reference(scope)
        if self.type is not NULLTYPE:
            data["type"] = self.type.data()
        return {"Column": data}

    def froms(self, found):
        if self.table is not None:
            found[id(self.table)] = self.table

    def _proxy(self, selectable, name=None):
        """This column as a column of an alias or a subquery."""
        new = ColumnClause(name or self.name, self.type, _selectable=selectable)
        new.key = name or self.key
        new._proxies = self
        new.primary_key = self.primary_key
        return new

    @property
    def foreign_keys_of_source(self):
        source = self
        while getattr(source, "_proxies", None) is not None:
            source = source._proxies
        return source.foreign_keys

    def _references(self, other):
        return False

    def __repr__(self):
        return "<%s.%s at 0x%x; %s>" % (type(self).__module__, type(self).__name__, id(self), self.name)


def column(text, type_=None, is_literal=False, _selectable=None):
    return ColumnClause(text, type_, is_literal, _selectable)


def literal_column(text, type_=None):
    return ColumnClause(text, type_, is_literal=True)


class TextClause(ClauseElement):
    """`text("…")`: SQL as written, with `:name` for parameters."""

    _is_text = True
    _bind_name = "param"
    key = None
    name = None
    foreign_keys = ()

    def __init__(self, text):
        self.text = text
        self._bound = {}

    def __hash__(self):
        return id(self)

    @property
    def selectable(self):
        return self

    def bindparams(self, *binds, **names):
        new = self._clone()
        new._bound = dict(self._bound)
        for one in binds:
            new._bound[one.key] = one
        for name, value in names.items():
            old = new._bound.get(name)
            new._bound[name] = BindParameter(name, value) if old is None else old._with_value(value)
        return new

    def columns(self, *columns, **types):
        from .selectable import TextualSelect

        named = [one for one in columns] + [column(name, kind) for name, kind in types.items()]
        return TextualSelect(self, named)

    def lower(self, scope):
        return {"Text": self.text} if not self._bound else {"Text": self._inlined(scope)}

    def _inlined(self, scope):
        for name, bind in self._bound.items():
            if not bind.required and name not in scope.parameters:
                scope.parameters[name] = bind.effective_value
        return self.text

    def statement(self, scope):
        parameters = []
        for name, bind in self._bound.items():
            data = {"value": None, "type": None, "expanding": bind.expanding}
            if bind.type is not NULLTYPE:
                data["type"] = bind.type.data()
            if not bind.required:
                data["value"] = self._bound_value(bind, scope)
            parameters.append([name, data])
        return {"Text": {"sql": self.text, "binds": True, "parameters": parameters}}

    def _bound_value(self, bind, scope):
        value = bind.effective_value
        if bind.expanding:
            return {"List": [bind.type.encode(one, scope.dialect) for one in value]}
        return bind.type.encode(value, scope.dialect)

    def __eq__(self, other):
        return self._group().__eq__(other)

    def __ne__(self, other):
        return self._group().__ne__(other)

    def _group(self):
        return literal_column(self.text)

    def label(self, name):
        return Label(name, literal_column(self.text))

    def desc(self):
        return Ordering(self, "DESC")

    def asc(self):
        return Ordering(self, "ASC")

    def nulls_last(self):
        return Ordering(self, "NULLS LAST")

    def nulls_first(self):
        return Ordering(self, "NULLS FIRST")

    def _negated(self):
        return UnaryExpression("NOT", self)

    def __repr__(self):
        return "<%s.%s object at 0x%x>" % (type(self).__module__, type(self).__name__, id(self))


def text(text):
    return TextClause(text)
