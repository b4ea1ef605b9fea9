"""Contexts of Decimal: precision, rounding, and the signals that are raised. A part of decimal."""

ROUND_DOWN = "ROUND_DOWN"
ROUND_HALF_UP = "ROUND_HALF_UP"
ROUND_HALF_EVEN = "ROUND_HALF_EVEN"
ROUND_CEILING = "ROUND_CEILING"
ROUND_FLOOR = "ROUND_FLOOR"
ROUND_UP = "ROUND_UP"
ROUND_HALF_DOWN = "ROUND_HALF_DOWN"
ROUND_05UP = "ROUND_05UP"
MAX_PREC = 999999999999999999
MAX_EMAX = 999999999999999999
MIN_EMIN = -999999999999999999


class DecimalException(ArithmeticError):
    __module__ = "decimal"


class InvalidOperation(DecimalException):
    __module__ = "decimal"


class ConversionSyntax(InvalidOperation):
    __module__ = "decimal"


class DivisionByZero(DecimalException, ZeroDivisionError):
    __module__ = "decimal"


class DivisionUndefined(InvalidOperation, ZeroDivisionError):
    __module__ = "decimal"


class InvalidContext(InvalidOperation):
    __module__ = "decimal"


class Inexact(DecimalException):
    __module__ = "decimal"


class Rounded(DecimalException):
    __module__ = "decimal"


class Clamped(DecimalException):
    __module__ = "decimal"


class Subnormal(DecimalException):
    __module__ = "decimal"


class Overflow(Inexact, Rounded):
    __module__ = "decimal"


class Underflow(Inexact, Rounded, Subnormal):
    __module__ = "decimal"


class FloatOperation(DecimalException, TypeError):
    __module__ = "decimal"


_SIGNALS = [Clamped, DivisionByZero, Inexact, Overflow, Rounded, Underflow, InvalidOperation, Subnormal, FloatOperation]


def _signal(signal, message, context, answer):
    """Raises a trapped signal, or gives what stands in its place."""
    context.flags[signal] = True
    if context.traps.get(signal):
        raise message if isinstance(message, BaseException) else signal(message)
    return answer


def _ten(power):
    return 10**power


def _digits_in(value):
    return len(str(value)) if value else 0


def _rounded(value, drop, rounding, negative):
    """A count of units with `drop` digits rounded away."""
    if drop <= 0:
        return value * _ten(-drop)
    unit = _ten(drop)
    kept, rest = divmod(value, unit)
    if not rest:
        return kept
    half = rest * 2 - unit
    up = {
        ROUND_DOWN: False,
        ROUND_UP: True,
        ROUND_HALF_UP: half >= 0,
        ROUND_HALF_DOWN: half > 0,
        ROUND_HALF_EVEN: half > 0 or (half == 0 and kept % 2 == 1),
        ROUND_CEILING: not negative,
        ROUND_FLOOR: negative,
        ROUND_05UP: kept % 5 == 0,
    }
    if rounding not in up:
        raise TypeError("valid values for rounding are:\n  [ROUND_CEILING, ROUND_FLOOR, ROUND_UP, ROUND_DOWN,\n   ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN,\n   ROUND_05UP]")
    return kept + 1 if up[rounding] else kept


def _decimal():
    import decimal

    return decimal


class Context:
    __module__ = "decimal"

    def __init__(
        self, prec=28, rounding=ROUND_HALF_EVEN, Emin=-999999, Emax=999999, capitals=1, clamp=0, flags=None, traps=None,
    ):
        self.prec, self.rounding, self.Emin, self.Emax = prec, rounding, Emin, Emax
        self.capitals, self.clamp = capitals, clamp
        trapped = [InvalidOperation, DivisionByZero, Overflow] if traps is None else traps
        self.traps = trapped if isinstance(trapped, dict) else {signal: signal in trapped for signal in _SIGNALS}
        self.flags = flags if isinstance(flags, dict) else {signal: False for signal in _SIGNALS}

    def copy(self):
        return Context(
            self.prec, self.rounding, self.Emin, self.Emax, self.capitals, self.clamp, dict(self.flags),
            dict(self.traps),
        )

    __copy__ = copy

    def clear_flags(self):
        self.flags = {signal: False for signal in self.flags}

    def create_decimal(self, num="0"):
        return _decimal().Decimal(num)._fitted(self)

    def create_decimal_from_float(self, f):
        return _decimal().Decimal.from_float(f)._fitted(self)

    def add(self, a, b):
        return _decimal().Decimal(a)._added(_decimal().Decimal(b), self)

    def subtract(self, a, b):
        return _decimal().Decimal(a)._added(-_decimal().Decimal(b), self)

    def multiply(self, a, b):
        return _decimal().Decimal(a)._multiplied(_decimal().Decimal(b), self)

    def divide(self, a, b):
        return _decimal().Decimal(a)._divided(_decimal().Decimal(b), self)

    def quantize(self, a, b):
        return _decimal().Decimal(a).quantize(_decimal().Decimal(b), context=self)

    def sqrt(self, a):
        return _decimal().Decimal(a).sqrt(self)

    def plus(self, a):
        return _decimal().Decimal(a)._fitted(self)

    def __repr__(self):
        return (
            f"Context(prec={self.prec}, rounding={self.rounding}, Emin={self.Emin}, Emax={self.Emax}, "
            f"capitals={self.capitals}, clamp={self.clamp}, "
            f"flags=[{', '.join(s.__name__ for s, on in self.flags.items() if on)}], "
            f"traps=[{', '.join(s.__name__ for s, on in self.traps.items() if on)}])"
        )
