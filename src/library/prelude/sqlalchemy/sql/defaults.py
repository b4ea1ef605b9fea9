"""Defaults of columns: Python's own, and those that the database computes."""

from .elements import ClauseElement, text
from .type_api import NULLTYPE, to_instance


class HasConditionalDDL:
    pass


class FetchedValue:
    """Something in the database fills the column."""

    is_server_default = True
    has_argument = False
    is_clause_element = False
    is_identity = False
    column = None

    def __init__(self, for_update=False):
        self.for_update = for_update

    def _for_update_of(self, for_update):
        if for_update and not self.for_update:
            new = object.__new__(type(self))
            new.__dict__.update(self.__dict__)
            new.for_update = True
            return new
        return self

    def _set_on(self, column):
        pass

    def _copy_for(self, column):
        return self

    def data(self):
        return "Fetched"


class DefaultClause(FetchedValue):
    """`server_default=…`: text that is quoted, or an expression."""

    has_argument = True
    is_server_default = True
    for_update = False
    reflected = False

    def __init__(self, arg, for_update=False, _reflected=False):
        if not isinstance(arg, (str, ClauseElement)):
            element = getattr(arg, "__clause_element__", None)
            if element is None:
                from ..exc import ArgumentError

                raise ArgumentError(
                    "Argument 'arg' is expected to be one of type '<class 'str'>' or"
                    " '<class 'sqlalchemy.sql.elements.ClauseElement'>' or '<class 'sqlalchemy.sql.elements.TextClause'>', got '%s'" % (type(arg),)
                )
            arg = element()
        self.arg = arg
        if for_update:
            self.for_update = for_update
        if _reflected:
            self.reflected = _reflected

    def data(self):
        arg = self.arg
        if isinstance(arg, str):
            return {"Literal": str(arg)}
        from .scope import BARE

        return {"Expression": arg.lower(BARE)}

    def __repr__(self):
        return "DefaultClause(%r, for_update=%r)" % (self.arg, self.for_update)


PassiveDefault = DefaultClause


class Computed(FetchedValue):
    """`Computed("a + b")`: a generated column."""

    for_update = False
    has_argument = True

    def __init__(self, sqltext, persisted=None):
        self.sqltext = text(sqltext) if isinstance(sqltext, str) else sqltext
        self.persisted = persisted

    def _set_on(self, column):
        if column.default is not None:
            from ..exc import ArgumentError

            raise ArgumentError("A generated column cannot specify a server_default or a server_onupdate argument")
        column.computed = self
        column.server_onupdate = self

    def _copy_for(self, column):
        new = Computed(self.sqltext, self.persisted)
        new.column = column
        return new

    def data(self):
        from .._border import sql_of

        arg = self.sqltext
        sql = arg.text if arg._is_text else sql_of(arg)
        return {"Computed": {"sql": sql, "persisted": self.persisted}}

    def __repr__(self):
        return "Computed(%r, persisted=%r)" % (self.sqltext, self.persisted)


class IdentityOptions:
    _names = ("start", "increment", "minvalue", "maxvalue", "nominvalue", "nomaxvalue", "cycle", "cache", "order")

    def __init__(self, *args, **kw):
        given = dict(zip(self._names, args))
        given.update(kw)
        for name in self._names:
            setattr(self, name, given.get(name))

    def clauses(self):
        """As DDL writes them."""
        values = ("INCREMENT BY %s", "increment"), ("START WITH %s", "start"), ("MINVALUE %s", "minvalue")
        values += ("MAXVALUE %s", "maxvalue"), ("CACHE %s", "cache")
        out = [text % getattr(self, name) for text, name in values if getattr(self, name) is not None]
        out += ["NO MINVALUE"] * bool(self.nominvalue) + ["NO MAXVALUE"] * bool(self.nomaxvalue)
        if self.cycle is not None:
            out.append("CYCLE" if self.cycle else "NO CYCLE")
        return out

    def options_data(self):
        return {name: getattr(self, name) for name in self._names if getattr(self, name) is not None}


class Identity(FetchedValue, IdentityOptions):
    """`Identity(start=…)`: GENERATED AS IDENTITY."""

    for_update = False
    is_identity = True

    def __init__(self, always=False, on_null=None, start=None, increment=None, **kw):
        IdentityOptions.__init__(self, start=start, increment=increment, **kw)
        self.always = always
        self.on_null = on_null

    def _set_on(self, column):
        if column._user_nullable is None:
            column.nullable = False
        column.identity = self

    def _copy_for(self, column):
        new = object.__new__(Identity)
        new.__dict__.update(self.__dict__)
        new.column = column
        return new

    def data(self):
        return {"Identity": self.identity_data()}

    def identity_data(self):
        data = self.options_data()
        data["always"] = bool(self.always)
        if self.on_null is not None:
            data["on_null"] = self.on_null
        return data

    def __repr__(self):
        out = []
        for name in ("always", "on_null") + self._names:
            value = getattr(self, name)
            if value is not None and not (name == "always" and value is False):
                out.append("%s=%r" % (name, value))
        return "Identity(%s)" % ", ".join(out)


class DefaultGenerator:
    is_sequence = False
    is_server_default = False
    is_clause_element = False
    is_callable = False
    is_scalar = False
    for_update = False
    column = None
    has_arg = False

    def _copy_for(self, column):
        return self


class ColumnDefault(DefaultGenerator):
    """A default that Python gives: a value, a function, or an expression."""

    has_arg = True

    def __new__(cls, arg=None, for_update=False):
        if cls is ColumnDefault:
            cls = _kind(arg)
        return object.__new__(cls)

    def __init__(self, arg, for_update=False):
        self.arg = arg
        if for_update:
            self.for_update = True

    def __repr__(self):
        return "%s(%r)" % (type(self).__name__, self.arg)

    def value(self, context):
        """What the column gets in a row."""
        return self.arg


class ScalarElementColumnDefault(ColumnDefault):
    is_scalar = True


class ColumnElementColumnDefault(ColumnDefault):
    is_clause_element = True


class CallableColumnDefault(ColumnDefault):
    is_callable = True

    def __init__(self, arg, for_update=False):
        ColumnDefault.__init__(self, arg, for_update)
        self.takes_context = _takes_argument(arg)

    def value(self, context):
        return self.arg(context) if self.takes_context else self.arg()


def _takes_argument(function):
    code = getattr(function, "__code__", None)
    if code is None:
        inner = getattr(function, "__func__", None)
        if inner is None:
            return False
        code = getattr(inner, "__code__", None)
        return code is not None and code.co_argcount > 1
    return code.co_argcount - len(getattr(function, "__defaults__", None) or ()) > 0


def _kind(arg):
    if isinstance(arg, ClauseElement) or hasattr(arg, "__clause_element__"):
        return ColumnElementColumnDefault
    if callable(arg):
        return CallableColumnDefault
    return ScalarElementColumnDefault


def default_generator(value, column, for_update=False):
    if not isinstance(value, DefaultGenerator):
        value = ColumnDefault(value, for_update)
    elif for_update:
        value.for_update = True
    value.column = column
    return value


class Sequence(IdentityOptions, DefaultGenerator):
    """`Sequence("name")`."""

    is_sequence = True
    __visit_name__ = "sequence"

    def __init__(self, name, start=None, increment=None, schema=None, metadata=None, quote=None, optional=False, data_type=None, for_update=False, **kw):
        IdentityOptions.__init__(self, start=start, increment=increment, **kw)
        self.name = name
        self.schema = schema if schema is not None else (metadata.schema if metadata is not None else None)
        self.metadata = metadata
        self.optional = optional
        self.data_type = None if data_type is None else to_instance(data_type)
        if for_update:
            self.for_update = True

    def next_value(self):
        from .functions import func

        return func.nextval(self.name)

    def create(self, bind, checkfirst=True):
        raise NotImplementedError("sequences are not supported by this database")

    drop = create

    def __repr__(self):
        out = [repr(self.name)]
        for name in ("start", "increment", "schema"):
            if getattr(self, name) is not None:
                out.append("%s=%r" % (name, getattr(self, name)))
        return "Sequence(%s)" % ", ".join(out)
