"""The errors of SQLAlchemy, with its words."""


class HasDescriptionCode:
    code = None
    _what = "error"

    def __init__(self, *args, **kw):
        code = kw.pop("code", None)
        if code is not None:
            self.code = code
        super().__init__(*args, **kw)

    def _code_str(self):
        if not self.code:
            return ""
        return "(Background on this %s at: https://sqlalche.me/e/20/%s)" % (self._what, self.code)

    def __str__(self):
        message = super().__str__()
        if self.code:
            return message + " " + self._code_str()
        return message


class SQLAlchemyError(HasDescriptionCode, Exception):
    def _message(self):
        if len(self.args) == 1:
            return str(self.args[0])
        return str(self.args)

    def _sql_message(self):
        message = self._message()
        if self.code:
            message = message + " " + self._code_str()
        return message

    def __str__(self):
        return self._sql_message()


class ArgumentError(SQLAlchemyError):
    pass


class DuplicateColumnError(ArgumentError):
    pass


class ObjectNotExecutableError(ArgumentError):
    def __init__(self, target):
        super().__init__("Not an executable object: %r" % (target,))
        self.target = target


class NoSuchModuleError(ArgumentError):
    pass


class NoForeignKeysError(ArgumentError):
    pass


class AmbiguousForeignKeysError(ArgumentError):
    pass


class ConstraintColumnNotFoundError(ArgumentError):
    pass


class CircularDependencyError(SQLAlchemyError):
    def __init__(self, message, cycles, edges, msg=None, code=None):
        if msg is None:
            message = message + " (%s)" % ", ".join(repr(one) for one in cycles)
        else:
            message = msg
        super().__init__(message, code=code)
        self.cycles = cycles
        self.edges = edges


class CompileError(SQLAlchemyError):
    pass


class UnsupportedCompilationError(CompileError):
    code = "l7de"

    def __init__(self, compiler, element_type, message=None):
        tail = ": %s" % message if message else ""
        super().__init__("Compiler %r can't render element of type %s%s" % (compiler, element_type, tail))
        self.compiler = compiler
        self.element_type = element_type
        self.message = message


class IdentifierError(SQLAlchemyError):
    pass


class DisconnectionError(SQLAlchemyError):
    invalidate_pool = False


class InvalidatePoolError(DisconnectionError):
    invalidate_pool = True


class TimeoutError(SQLAlchemyError):
    pass


class InvalidRequestError(SQLAlchemyError):
    pass


class IllegalStateChangeError(InvalidRequestError):
    pass


class NoInspectionAvailable(InvalidRequestError):
    pass


class PendingRollbackError(InvalidRequestError):
    pass


class ResourceClosedError(InvalidRequestError):
    pass


class NoSuchColumnError(InvalidRequestError, KeyError):
    pass


class NoResultFound(InvalidRequestError):
    pass


class MultipleResultsFound(InvalidRequestError):
    pass


class NoReferenceError(InvalidRequestError):
    pass


class AwaitRequired(InvalidRequestError):
    code = "xd1r"


class MissingGreenlet(InvalidRequestError):
    code = "xd2s"


class NoReferencedTableError(NoReferenceError):
    def __init__(self, message, tname):
        super().__init__(message)
        self.table_name = tname


class NoReferencedColumnError(NoReferenceError):
    def __init__(self, message, tname, cname):
        super().__init__(message)
        self.table_name = tname
        self.column_name = cname


class NoSuchTableError(InvalidRequestError):
    pass


class UnreflectableTableError(InvalidRequestError):
    pass


class UnboundExecutionError(InvalidRequestError):
    pass


class DontWrapMixin:
    pass


def _shown_value(value):
    text = repr(value)
    if len(text) > 300:
        return "%s ... (%d characters truncated) ... %s" % (text[:150], len(text) - 300, text[-150:])
    return text


def _shown_set(values):
    if isinstance(values, dict):
        return "{%s}" % ", ".join("%r: %s" % (key, _shown_value(value)) for key, value in values.items())
    if not isinstance(values, tuple):
        return _shown_value(values)
    return "(%s%s)" % (", ".join(_shown_value(value) for value in values), "," if len(values) == 1 else "")


def _shown_parameters(params):
    """Ten sets at most, and of a long value its two ends."""
    if not isinstance(params, list):
        return _shown_set(params)
    shown = [_shown_set(values) for values in params]
    if len(shown) <= 10:
        return "[%s]" % ", ".join(shown)
    left_out = " ... displaying 10 of %i total bound parameter sets ... " % len(shown)
    return "[%s %s %s]" % (", ".join(shown[:8]), left_out, ", ".join(shown[-2:]))


class StatementError(SQLAlchemyError):
    statement = None
    params = None
    orig = None
    ismulti = None
    hide_parameters = False

    def __init__(self, message, statement=None, params=None, orig=None, hide_parameters=False, code=None, ismulti=None):
        super().__init__(message, code=code)
        self.statement = statement
        self.params = params
        self.orig = orig
        self.ismulti = ismulti
        self.hide_parameters = hide_parameters
        self.detail = []

    def add_detail(self, msg):
        self.detail.append(msg)

    def _sql_message(self):
        details = [self._message()]
        if self.statement:
            details.append("[SQL: %s]" % (self.statement,))
            if self.params:
                if self.hide_parameters:
                    details.append("[SQL parameters hidden due to hide_parameters=True]")
                else:
                    details.append("[parameters: %s]" % _shown_parameters(self.params))
        code = self._code_str()
        if code:
            details.append(code)
        return "\n".join(["(%s)" % one for one in self.detail] + details)


class DBAPIError(StatementError):
    code = "dbapi"

    def __init__(
        self, statement, params, orig, hide_parameters=False, connection_invalidated=False, code=None, ismulti=None
    ):
        try:
            text = str(orig)
        except Exception as error:
            text = "Error in str() of DB-API-generated exception: " + str(error)
        origin = type(orig)
        super().__init__(
            "(%s.%s) %s" % (origin.__module__, origin.__name__, text),
            statement,
            params,
            orig,
            hide_parameters,
            code=code,
            ismulti=ismulti,
        )
        self.connection_invalidated = connection_invalidated


class InterfaceError(DBAPIError):
    code = "rvf5"


class DatabaseError(DBAPIError):
    code = "4xp6"


class DataError(DatabaseError):
    code = "9h9h"


class OperationalError(DatabaseError):
    code = "e3q8"


class IntegrityError(DatabaseError):
    code = "gkpj"


class InternalError(DatabaseError):
    code = "2j85"


class ProgrammingError(DatabaseError):
    code = "f405"


class NotSupportedError(DatabaseError):
    code = "tw8g"


class SATestSuiteWarning(Warning):
    pass


class SADeprecationWarning(HasDescriptionCode, DeprecationWarning):
    pass


class Base20DeprecationWarning(SADeprecationWarning):
    pass


class LegacyAPIWarning(Base20DeprecationWarning):
    pass


class MovedIn20Warning(Base20DeprecationWarning):
    pass


class SAPendingDeprecationWarning(PendingDeprecationWarning):
    pass


class SAWarning(HasDescriptionCode, RuntimeWarning):
    _what = "warning"
