"""What the surface asks of the engine without a database: SQL as text."""

from _retort import ask

from .sql.scope import Scope


class Compiled:
    """What `.compile()` gives: its text, and the values of its parameters."""

    def __init__(self, string, params, statement, dialect):
        self.string = string
        self.params = params
        self.statement = statement
        self.dialect = dialect

    def __str__(self):
        return self.string

    def construct_params(self, params=None, **kw):
        return {**self.params, **(params or {})}

    @property
    def positiontup(self):
        return list(self.params)


def dialect_name(dialect):
    if dialect is None:
        return "default"
    return dialect if isinstance(dialect, str) else dialect.name


def compile_element(element, dialect=None, compile_kwargs=None, **kw):
    """A statement, an expression or DDL as text."""
    name = dialect_name(dialect)
    literal = bool((compile_kwargs or {}).get("literal_binds"))
    if hasattr(element, "_lowers_ddl"):
        return Compiled(element.sql(name), {}, element, dialect)
    scope = Scope(None if isinstance(dialect, str) else dialect, named=not literal)
    if hasattr(element, "statement"):
        data = {"statement": element.statement(scope)}
    else:
        data = {"expression": lowered(element, scope)}
    text = ask("compile", name, data, {"literal_binds": literal})
    return Compiled(text, scope.parameters, element, dialect)


def lowered(element, scope):
    """Where an expression stands alone, a label stands with its name."""
    from .sql.elements import Label

    data = element.lower(scope)
    if isinstance(element, Label) and element.name is not None:
        return {"Label": {"operand": data, "name": str(element.name)}}
    return data


def sql_of(element, dialect=None):
    """An expression as text with its values in it."""
    return ask("compile", dialect_name(dialect), {"expression": element.lower(Scope(bare=True))}, {"literal_binds": True})


def compile_type(kind, dialect=None):
    return ask("compile", dialect_name(dialect), {"type": kind.data()}, {})


def compile_ddl(operation, dialect=None):
    return ask("compile", dialect_name(dialect), {"ddl": operation}, {})


def create_type(kind, bind, checkfirst):
    """A type that databases keep apart: only PostgreSQL has such."""
    _type_statement(kind, bind, checkfirst, "create_type")


def drop_type(kind, bind, checkfirst):
    _type_statement(kind, bind, checkfirst, "drop_type")


def _type_statement(kind, bind, checkfirst, what):
    if bind is None or bind.dialect.name != "postgresql":
        return
    number = bind._number_now()
    ask(what, number, kind.data(), bool(checkfirst))
