"""`func.name(…)`: functions, and what some of them give."""

from .elements import BindParameter, ClauseElement, ColumnElement, coerce, coerce_expression
from .type_api import NULLTYPE, to_instance


class FunctionElement(ColumnElement):
    """A call."""

    _packages = ()
    _filter = None
    _window = None
    _within = None

    def __init__(self, *clauses, **kw):
        self.clause_expr = self
        self.clauses = [_argument(one, self.name) for one in clauses]
        kind = kw.get("type_")
        if kind is not None:
            self.type = to_instance(kind)

    @property
    def _bind_name(self):
        return self.name

    @property
    def key(self):
        return self.name

    @property
    def columns(self):
        return [self]

    def _arguments(self, scope):
        return [one.lower(scope) for one in self.clauses]

    def lower(self, scope):
        data = {"name": ".".join(self._packages + (self.name,)), "arguments": self._arguments(scope)}
        if self.type is not NULLTYPE and not scope.bare:
            data["type"] = self.type.data()
        if self._filter is not None:
            data["filter"] = self._filter.lower(scope)
        if self._within is not None:
            raise NotImplementedError("WITHIN GROUP is not supported here")
        if self._window is not None:
            data["over"] = self._window.window(scope)
        return {"Function": data}

    def froms(self, found):
        for one in self.clauses:
            one.froms(found)

    def get_children(self, **kw):
        return tuple(self.clauses)

    def over(self, partition_by=None, order_by=None, rows=None, range_=None, groups=None):
        from .nodes import Over

        return Over(self, partition_by, order_by, range_, rows, groups)

    def filter(self, *conditions):
        from .elements import and_

        new = self._clone()
        new.clause_expr = new
        new._filter = and_(*conditions)
        return new

    def within_group(self, *order_by):
        new = self._clone()
        new._within = [coerce(one) for one in order_by]
        return new

    def alias(self, name=None, joins_implicitly=False):
        from .selectable import FunctionAlias

        return FunctionAlias(self, name)

    def table_valued(self, *names, **kw):
        from .selectable import FunctionAlias

        return FunctionAlias(self, kw.get("name"), names)

    def column_valued(self, name=None, **kw):
        from .selectable import FunctionAlias

        return FunctionAlias(self, name).column

    def scalar_table_valued(self, name, type_=None):
        return self

    def self_group(self, against=None):
        return self

    def select(self):
        from .selectable import select

        return select(self)


def _argument(value, name):
    """A value's parameter is called after the function."""
    if isinstance(value, ClauseElement) or value is None or isinstance(value, bool) or hasattr(value, "__clause_element__"):
        return coerce_expression(value)
    return BindParameter(None, value, unique=True, base=name)


class Function(FunctionElement):
    def __init__(self, name, *clauses, **kw):
        self.name = name
        if kw.get("packagenames"):
            self._packages = tuple(kw["packagenames"])
        super().__init__(*clauses, **kw)


class GenericFunction(FunctionElement):
    """A function that the user describes by a class."""

    name = None
    inherit_cache = True

    def __init__(self, *args, **kw):
        if self.name is None:
            self.name = getattr(type(self), "identifier", None) or type(self).__name__
        kind = type(self).__dict__.get("type")
        super().__init__(*args, **kw)
        if kind is not None:
            self.type = to_instance(kind)
        package = getattr(type(self), "package", None)
        if package:
            self._packages = (package,)


class Count(Function):
    def _arguments(self, scope):
        if not self.clauses:
            return [{"Star": None}]
        return [one.lower(scope) for one in self.clauses]


def _of_first(call):
    for one in call.clauses:
        if one.type is not NULLTYPE:
            return one.type
    return NULLTYPE


def _integer(call):
    from .sqltypes import INTEGERTYPE

    return INTEGERTYPE


def _string(call):
    from .sqltypes import STRINGTYPE

    return STRINGTYPE


def _moment(call):
    from .sqltypes import DateTime

    return DateTime()


def _date(call):
    from .sqltypes import Date

    return Date()


def _time(call):
    from .sqltypes import Time

    return Time()


def _numeric(call):
    from .sqltypes import NUMERICTYPE

    return NUMERICTYPE


def _array(call):
    from .sqltypes import ARRAY

    return ARRAY(_of_first(call))


# What the functions that SQLAlchemy knows by name give.
_TYPES = {
    "count": _integer,
    "char_length": _integer,
    "rank": _integer,
    "dense_rank": _integer,
    "next_value": _integer,
    "percent_rank": _numeric,
    "cume_dist": _numeric,
    "max": _of_first,
    "min": _of_first,
    "sum": _of_first,
    "coalesce": _of_first,
    "mode": _of_first,
    "now": _moment,
    "current_timestamp": _moment,
    "localtimestamp": _moment,
    "sysdate": _moment,
    "current_date": _date,
    "current_time": _time,
    "localtime": _time,
    "concat": _string,
    "current_user": _string,
    "session_user": _string,
    "user": _string,
    "array_agg": _array,
    "aggregate_strings": _string,
}


class _FunctionGenerator:
    """`func`: any name is a function's name; dots are packages."""

    def __init__(self, path=()):
        self.__dict__["_path"] = path

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        if name.endswith("_"):
            name = name[:-1]
        return _FunctionGenerator(self._path + (name,))

    def __call__(self, *args, **kw):
        path = self._path
        name = path[-1]
        if len(path) > 1:
            return Function(name, *args, packagenames=path[:-1], **kw)
        lower = name.lower()
        call = Count(name, *args, **kw) if lower == "count" else Function(name, *args, **kw)
        if not kw or "type_" not in kw:
            known = _TYPES.get(lower)
            if known is not None:
                call.type = known(call)
        return call


func = _FunctionGenerator()


def register_function(identifier, fn, package="_default"):
    pass


class AnsiFunction(GenericFunction):
    pass


class ReturnTypeFromArgs(GenericFunction):
    pass


def now():
    return func.now()


def current_timestamp():
    return func.current_timestamp()


def count(*args):
    return func.count(*args)
