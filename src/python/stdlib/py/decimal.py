"""Decimal numbers: an integer of digits, a power of ten, and a context that rounds."""

import math as _math
import numbers as _numbers
from _decimal_context import (
    Clamped, Context, ConversionSyntax, DecimalException, DivisionByZero, DivisionUndefined, FloatOperation,
    Inexact, InvalidContext, InvalidOperation, MAX_EMAX, MAX_PREC, MIN_EMIN, Overflow, ROUND_05UP, ROUND_CEILING,
    ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, Rounded, Subnormal,
    Underflow, _digits_in, _rounded, _signal, _ten,
)

class DecimalTuple(tuple):
    def __new__(cls, sign, digits, exponent):
        return tuple.__new__(cls, (sign, digits, exponent))

    sign = property(lambda self: self[0])
    digits = property(lambda self: self[1])
    exponent = property(lambda self: self[2])

    def __repr__(self):
        return f"DecimalTuple(sign={self[0]!r}, digits={self[1]!r}, exponent={self[2]!r})"


def _parsed(text):
    """Sign, digits, exponent and kind of a literal."""
    text = text.strip().replace("_", "")
    negative = text[:1] == "-"
    body = text[1:] if text[:1] in ("+", "-") else text
    low = body.lower()
    if low in ("inf", "infinity"):
        return negative, 0, 0, "F"
    for kind, name in (("N", "snan"), ("n", "nan")):
        if low.startswith(name) and (low == name or low[len(name):].isdigit()):
            return negative, int(low[len(name):] or 0), 0, kind
    mantissa, mark, exponent = low.partition("e")
    whole, point, part = mantissa.partition(".")
    digits = whole + part
    if not digits.isdecimal() or (mark and not exponent.lstrip("+-").isdecimal()) or exponent[:2] in ("+-", "-+", "--", "++"):
        return None
    return negative, int(digits), (int(exponent) if mark else 0) - len(part), ""


class Decimal:
    __slots__ = ("_negative", "_int", "_exp", "_kind")

    def __new__(cls, value="0", context=None):
        if isinstance(value, Decimal):
            return cls._made(value._negative, value._int, value._exp, value._kind)
        if isinstance(value, str):
            parsed = _parsed(value)
            if parsed is None:
                context = context or getcontext()
                return _signal(
                    InvalidOperation, InvalidOperation([ConversionSyntax]), context, cls._made(False, 0, 0, "n")
                )
            return cls._made(*parsed)
        if isinstance(value, int):
            return cls._made(value < 0, abs(int(value)), 0, "")
        if isinstance(value, float):
            return cls._of_float(value)
        if isinstance(value, (tuple, list)):
            return cls._of_tuple(value)
        raise TypeError(f"conversion from {type(value).__name__} to Decimal is not supported")

    @classmethod
    def _made(cls, negative, digits, exponent, kind=""):
        self = object.__new__(cls)
        self._negative, self._int, self._exp, self._kind = negative, digits, exponent, kind
        return self

    @classmethod
    def _of_float(cls, value):
        if value != value:
            return cls._made(False, 0, 0, "n")
        if value in (float("inf"), float("-inf")):
            return cls._made(value < 0, 0, 0, "F")
        numerator, denominator = value.as_integer_ratio()
        # The denominator is a power of two, and 1/2**k has k decimals.
        power = denominator.bit_length() - 1
        return cls._made(_math.copysign(1.0, value) < 0, abs(numerator) * 5**power, -power)

    @classmethod
    def _of_tuple(cls, value):
        if len(value) != 3:
            raise ValueError("argument must be a sequence of length 3")
        sign, digits, exponent = value
        if exponent in ("F", "n", "N"):
            return cls._made(bool(sign), 0, 0, exponent)
        number = 0
        for digit in digits:
            number = number * 10 + digit
        return cls._made(bool(sign), number, exponent)

    @classmethod
    def from_float(cls, f):
        return cls(f)

    @classmethod
    def from_number(cls, number):
        return cls(number)

    def as_tuple(self):
        exponent = self._kind or self._exp
        digits = () if self._kind in ("n", "N") and not self._int else tuple(int(d) for d in str(self._int))
        return DecimalTuple(int(self._negative), digits if self._kind != "F" else (0,), exponent)

    def as_integer_ratio(self):
        if self._kind:
            wrong = "Infinity" if self._kind == "F" else "NaN"
            raise (OverflowError if wrong == "Infinity" else ValueError)(f"cannot convert {wrong} to integer ratio")
        value = -self._int if self._negative else self._int
        if self._exp >= 0:
            return value * _ten(self._exp), 1
        denominator = _ten(-self._exp)
        common = _math.gcd(value, denominator)
        return value // common, denominator // common

    # Text

    def __repr__(self):
        return f"Decimal('{self}')"

    def _special(self):
        words = {"F": "Infinity", "n": "NaN", "N": "sNaN"}
        payload = str(self._int) if self._kind in ("n", "N") and self._int else ""
        return ("-" if self._negative else "") + words[self._kind] + payload

    def __str__(self):
        return self._special() if self._kind else self._text(False)

    def to_eng_string(self, context=None):
        return self._special() if self._kind else self._text(True)

    def _text(self, engineering):
        digits = str(self._int)
        left = self._exp + len(digits)
        if self._exp <= 0 and left > -6:
            place = left
        elif not engineering:
            place = 1
        elif self._int == 0:
            place = (left + 1) % 3 - 1
        else:
            place = (left - 1) % 3 + 1
        if place <= 0:
            whole, part = "0", "." + "0" * -place + digits
        elif place >= len(digits):
            whole, part = digits + "0" * (place - len(digits)), ""
        else:
            whole, part = digits[:place], "." + digits[place:]
        exponent = "" if left == place else f"E{left - place:+d}"
        return ("-" if self._negative else "") + whole + part + exponent

    def __format__(self, spec, context=None):
        import _format

        return _format.decimal(self, spec)

    # Conversion

    def __int__(self):
        if self._kind:
            if self._kind == "F":
                raise OverflowError("cannot convert Infinity to integer")
            raise ValueError("cannot convert NaN to integer")
        value = self._int * _ten(self._exp) if self._exp >= 0 else self._int // _ten(-self._exp)
        return -value if self._negative else value

    __trunc__ = __int__

    def __float__(self):
        if self._kind == "N":
            raise ValueError("cannot convert signaling NaN to float")
        return float(str(self))

    def __bool__(self):
        return bool(self._kind) or self._int != 0

    @property
    def real(self):
        return self

    @property
    def imag(self):
        return Decimal(0)

    def conjugate(self):
        return self

    def __hash__(self):
        if self._kind == "N":
            raise TypeError("Cannot hash a signaling NaN value.")
        if self._kind == "n":
            return object.__hash__(self)
        if self._kind == "F":
            return hash(float("-inf" if self._negative else "inf"))
        if self._exp >= 0 or self._int % _ten(-self._exp) == 0:
            return hash(int(self))
        # A number that a float is has that float's hash; any other may have one of its own.
        near = float(str(self))
        if Decimal(near)._compared(self) == 0:
            return hash(near)
        least = self.normalize(Context(prec=MAX_PREC))
        return hash(("Decimal", least._negative, least._int, least._exp))

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    def __reduce__(self):
        return type(self), (str(self),)

    # Rounding

    def _fitted(self, context):
        """This number in the context's precision."""
        if self._kind:
            return self
        digits = _digits_in(self._int)
        result = self
        if digits > context.prec:
            drop = digits - context.prec
            kept = _rounded(self._int, drop, context.rounding, self._negative)
            exponent = self._exp + drop
            if _digits_in(kept) > context.prec:
                kept //= 10
                exponent += 1
            context.flags[Inexact] = context.flags[Rounded] = True
            result = Decimal._made(self._negative, kept, exponent)
        if result._int and result.adjusted() > context.Emax:
            return _signal(Overflow, Overflow([Overflow]), context, Decimal._made(self._negative, 0, 0, "F"))
        return result

    def adjusted(self):
        return 0 if self._kind else self._exp + max(_digits_in(self._int), 1) - 1

    def quantize(self, exp, rounding=None, context=None):
        context = context or getcontext()
        exp = _converted(exp)
        if self._kind or exp._kind:
            if self._kind in ("n", "N"):
                return self
            if self._kind == exp._kind == "F":
                return Decimal(self)
            return _signal(InvalidOperation, InvalidOperation([InvalidOperation]), context, _NAN)
        drop = exp._exp - self._exp
        kept = _rounded(self._int, drop, rounding or context.rounding, self._negative)
        if _digits_in(kept) > context.prec:
            return _signal(InvalidOperation, InvalidOperation([InvalidOperation]), context, _NAN)
        return Decimal._made(self._negative, kept, exp._exp)

    def same_quantum(self, other, context=None):
        return self._kind == other._kind and (bool(self._kind) or self._exp == other._exp)

    def to_integral_value(self, rounding=None, context=None):
        if self._kind or self._exp >= 0:
            return Decimal(self)
        rounding = rounding or (context or getcontext()).rounding
        return Decimal._made(self._negative, _rounded(self._int, -self._exp, rounding, self._negative), 0)

    to_integral = to_integral_exact = to_integral_value

    def __round__(self, n=None):
        if n is None:
            return int(self.to_integral_value(ROUND_HALF_EVEN))
        return self.quantize(Decimal._made(False, 1, -n), ROUND_HALF_EVEN)

    def __floor__(self):
        return int(self.to_integral_value(ROUND_FLOOR))

    def __ceil__(self):
        return int(self.to_integral_value(ROUND_CEILING))

    def normalize(self, context=None):
        fitted = self._fitted(context or getcontext())
        if fitted._kind:
            return fitted
        value, exponent = fitted._int, fitted._exp
        if not value:
            return Decimal._made(fitted._negative, 0, 0)
        while value % 10 == 0:
            value //= 10
            exponent += 1
        return Decimal._made(fitted._negative, value, exponent)

    # Arithmetic

    def _nan_of(self, other, context):
        for one in (self, other):
            if one._kind == "N":
                return _signal(InvalidOperation, InvalidOperation([InvalidOperation]), context, _NAN)
        return self if self._kind == "n" else other if other._kind == "n" else None

    def _added(self, other, context):
        if self._kind or other._kind:
            nan = self._nan_of(other, context)
            if nan is not None:
                return nan
            if self._kind and other._kind and self._negative != other._negative:
                return _signal(InvalidOperation, InvalidOperation([InvalidOperation]), context, _NAN)
            return self if self._kind else other
        exponent = min(self._exp, other._exp)
        left, right = _scaled(self, exponent, context, other), _scaled(other, exponent, context, self)
        total = left + right
        if total:
            return Decimal._made(total < 0, abs(total), exponent)._fitted(context)
        both = self._negative and other._negative
        down = context.rounding == ROUND_FLOOR and self._negative != other._negative
        return Decimal._made(both or down, 0, exponent)

    def _multiplied(self, other, context):
        negative = self._negative != other._negative
        if self._kind or other._kind:
            nan = self._nan_of(other, context)
            if nan is not None:
                return nan
            if not self or not other:
                return _signal(InvalidOperation, InvalidOperation([InvalidOperation]), context, _NAN)
            return Decimal._made(negative, 0, 0, "F")
        return Decimal._made(negative, self._int * other._int, self._exp + other._exp)._fitted(context)

    def _divided(self, other, context):
        negative = self._negative != other._negative
        if self._kind or other._kind:
            nan = self._nan_of(other, context)
            if nan is not None:
                return nan
            if self._kind and other._kind:
                return _signal(InvalidOperation, InvalidOperation([InvalidOperation]), context, _NAN)
            return Decimal._made(negative, 0, 0, "F") if self._kind else Decimal._made(negative, 0, context.Emin)
        if not other._int:
            if not self._int:
                return _signal(InvalidOperation, InvalidOperation([DivisionUndefined]), context, _NAN)
            return _signal(
                DivisionByZero, DivisionByZero([DivisionByZero]), context, Decimal._made(negative, 0, 0, "F")
            )
        ideal = self._exp - other._exp
        if not self._int:
            return Decimal._made(negative, 0, ideal)
        shift = max(_digits_in(other._int) - _digits_in(self._int) + context.prec + 1, 0)
        quotient, rest = divmod(self._int * _ten(shift), other._int)
        exponent = ideal - shift
        if rest:
            # A last digit that is not 0 or 5 stands for all that follows, so that rounding is right.
            quotient += 1 if quotient % 5 == 0 else 0
        else:
            while exponent < ideal and quotient % 10 == 0:
                quotient //= 10
                exponent += 1
        return Decimal._made(negative, quotient, exponent)._fitted(context)

    def _whole_division(self, other, context):
        """Quotient and remainder as integers of the smaller exponent."""
        if self._kind in ("n", "N") or other._kind in ("n", "N"):
            nan = self._nan_of(other, context)
            return nan, nan
        if self._kind:
            nan = _signal(InvalidOperation, InvalidOperation([InvalidOperation]), context, _NAN)
            return nan, nan
        if not other:
            signal = InvalidOperation if not self else DivisionByZero
            inner = DivisionUndefined if not self else DivisionByZero
            answer = _signal(signal, signal([inner]), context, _NAN)
            return answer, answer
        if other._kind:
            return Decimal(0), Decimal(self)
        exponent = min(self._exp, other._exp)
        quotient, rest = divmod(self._int * _ten(self._exp - exponent), other._int * _ten(other._exp - exponent))
        if _digits_in(quotient) > context.prec:
            nan = _signal(InvalidOperation, InvalidOperation([InvalidOperation]), context, _NAN)
            return nan, nan
        negative = self._negative != other._negative
        return Decimal._made(negative, quotient, 0), Decimal._made(self._negative, rest, exponent)

    def _power(self, other, context):
        if other._kind or self._kind:
            raise NotImplementedError("powers of NaN and Infinity")
        whole = other._exp >= 0 or other._int % _ten(-other._exp) == 0
        if not whole:
            if other == Decimal("0.5"):
                return self.sqrt(context)
            return (self.ln(context) * other).exp(context)
        count = int(other)
        if not self and count <= 0:
            if count == 0:
                return _signal(InvalidOperation, InvalidOperation([InvalidOperation]), context, _NAN)
            return Decimal._made(self._negative and count % 2 == 1, 0, 0, "F")
        if count >= 0:
            negative = self._negative and count % 2 == 1
            if _digits_in(self._int) * count < 5000:
                return Decimal._made(negative, self._int**count, self._exp * count)._fitted(context)
        wider = context.copy()
        wider.prec = context.prec + 10 + _digits_in(abs(count))
        result, base, left = Decimal(1), self, abs(count)
        while left:
            if left & 1:
                result = result._multiplied(base, wider)
            base = base._multiplied(base, wider)
            left >>= 1
        return result._fitted(context) if count >= 0 else Decimal(1)._divided(result, context)

    def sqrt(self, context=None):
        context = context or getcontext()
        if self._kind in ("n", "N"):
            return self
        if self._negative and self._int or (self._kind == "F" and self._negative):
            return _signal(InvalidOperation, InvalidOperation([InvalidOperation]), context, _NAN)
        if self._kind:
            return Decimal(self)
        if not self._int:
            return Decimal._made(self._negative, 0, self._exp // 2)
        ideal = self._exp // 2
        value, exponent = self._int, self._exp
        shift = max(2 * (context.prec + 1) - _digits_in(value), 0)
        shift += (exponent - shift) % 2
        value *= _ten(shift)
        root = _math.isqrt(value)
        exponent = (exponent - shift) // 2
        if root * root != value:
            root += 1 if root % 5 == 0 else 0
        else:
            while exponent < ideal and root % 10 == 0:
                root //= 10
                exponent += 1
        return Decimal._made(False, root, exponent)._fitted(context)

    def exp(self, context=None):
        context = context or getcontext()
        if self._kind:
            return Decimal(0) if self._kind == "F" and self._negative else Decimal(self)
        wider = Context(prec=context.prec + 12)
        halvings = max(self.adjusted() + 1, 0) * 4 + 4
        x = self._divided(Decimal(2**halvings), wider)
        total = term = Decimal(1)
        count = 0
        while term and term.adjusted() > -wider.prec - 2:
            count += 1
            term = term._multiplied(x, wider)._divided(Decimal(count), wider)
            total = total._added(term, wider)
        for _ in range(halvings):
            total = total._multiplied(total, wider)
        return Decimal(1) if not self else total._fitted(context)

    def ln(self, context=None):
        context = context or getcontext()
        if not self:
            return Decimal("-Infinity")
        if self._negative:
            return _signal(InvalidOperation, InvalidOperation([InvalidOperation]), context, _NAN)
        if self == 1:
            return Decimal(0)
        wider = Context(prec=context.prec + 10)
        guess = Decimal(repr(_math.log(float(self)) if -300 < self.adjusted() < 300 else self.adjusted() * 2.302585092994046))
        for _ in range(8):
            power = guess.exp(wider)
            step = (self._added(-power, wider)._divided(self._added(power, wider), wider))._multiplied(Decimal(2), wider)
            guess = guess._added(step, wider)
            if not step or step.adjusted() < -wider.prec + 2:
                break
        return guess._fitted(context)

    def log10(self, context=None):
        context = context or getcontext()
        if self._int and not self._negative and self.normalize()._int == 1:
            return Decimal(self.normalize()._exp)
        wider = Context(prec=context.prec + 6)
        return self.ln(wider)._divided(Decimal(10).ln(wider), context)

    def __neg__(self):
        context = getcontext()
        if not self._kind and not self._int:
            return Decimal._made(context.rounding == ROUND_FLOOR, 0, self._exp)
        return Decimal._made(not self._negative, self._int, self._exp, self._kind)._fitted(context)

    def __pos__(self):
        if not self._kind and not self._int:
            return Decimal._made(False, 0, self._exp)
        return self._fitted(getcontext())

    def __abs__(self):
        return Decimal._made(False, self._int, self._exp, self._kind)._fitted(getcontext())

    def copy_abs(self):
        return Decimal._made(False, self._int, self._exp, self._kind)

    def copy_negate(self):
        return Decimal._made(not self._negative, self._int, self._exp, self._kind)

    def copy_sign(self, other, context=None):
        return Decimal._made(_converted(other)._negative, self._int, self._exp, self._kind)

    def __add__(self, other):
        other = _operand(other)
        return other if other is NotImplemented else self._added(other, getcontext())

    __radd__ = __add__

    def __sub__(self, other):
        other = _operand(other)
        return other if other is NotImplemented else self._added(other.copy_negate(), getcontext())

    def __rsub__(self, other):
        other = _operand(other)
        return other if other is NotImplemented else other._added(self.copy_negate(), getcontext())

    def __mul__(self, other):
        other = _operand(other)
        return other if other is NotImplemented else self._multiplied(other, getcontext())

    __rmul__ = __mul__

    def __truediv__(self, other):
        other = _operand(other)
        return other if other is NotImplemented else self._divided(other, getcontext())

    def __rtruediv__(self, other):
        other = _operand(other)
        return other if other is NotImplemented else other._divided(self, getcontext())

    def __floordiv__(self, other):
        other = _operand(other)
        return other if other is NotImplemented else self._whole_division(other, getcontext())[0]

    def __rfloordiv__(self, other):
        other = _operand(other)
        return other if other is NotImplemented else other // self

    def __mod__(self, other):
        other = _operand(other)
        if other is NotImplemented:
            return other
        context = getcontext()
        if not self._kind and not other._kind and not other._int and self._int:
            return _signal(InvalidOperation, InvalidOperation([InvalidOperation]), context, _NAN)
        return self._whole_division(other, context)[1]._fitted(context)

    def __rmod__(self, other):
        other = _operand(other)
        return other if other is NotImplemented else other % self

    def __divmod__(self, other):
        other = _operand(other)
        return other if other is NotImplemented else self._whole_division(other, getcontext())

    def __rdivmod__(self, other):
        other = _operand(other)
        return other if other is NotImplemented else divmod(other, self)

    def __pow__(self, other, modulo=None):
        other = _operand(other)
        if other is NotImplemented:
            return other
        if modulo is not None:
            return Decimal(pow(int(self), int(other), int(modulo)))
        return self._power(other, getcontext())

    def __rpow__(self, other):
        other = _operand(other)
        return other if other is NotImplemented else other._power(self, getcontext())

    def fma(self, other, third, context=None):
        context = context or getcontext()
        exact = Context(prec=MAX_PREC)
        return self._multiplied(_converted(other), exact)._added(_converted(third), context)

    def remainder_near(self, other, context=None):
        context = context or getcontext()
        other = _converted(other)
        quotient = self._divided(other, Context(prec=context.prec * 2)).to_integral_value(ROUND_HALF_EVEN)
        return self._added((quotient * other).copy_negate(), context)

    def scaleb(self, other, context=None):
        return Decimal._made(self._negative, self._int, self._exp + int(other), self._kind)

    def logb(self, context=None):
        return Decimal(self.adjusted())

    # Comparison

    def _compared(self, other):
        """-1, 0 or 1; not for NaN."""
        if self._kind == "F" or other._kind == "F":
            left = 0 if self._kind != "F" else -1 if self._negative else 1
            right = 0 if other._kind != "F" else -1 if other._negative else 1
            return (left > right) - (left < right)
        if not self._int or not other._int or self._negative != other._negative:
            left = 0 if not self._int else -1 if self._negative else 1
            right = 0 if not other._int else -1 if other._negative else 1
            return (left > right) - (left < right)
        exponent = min(self._exp, other._exp)
        left, right = self._int * _ten(self._exp - exponent), other._int * _ten(other._exp - exponent)
        order = (left > right) - (left < right)
        return -order if self._negative else order

    def _comparison(self, other, equality):
        """What to compare with: NotImplemented, None for NaN, or a Decimal."""
        if isinstance(other, float):
            other = Decimal(other)
        other = _operand(other)
        if other is NotImplemented:
            return other
        if self._kind in ("n", "N") or other._kind in ("n", "N"):
            signaling = "N" in (self._kind, other._kind)
            if signaling or not equality:
                _signal(InvalidOperation, InvalidOperation([InvalidOperation]), getcontext(), None)
            return None
        return other

    def __eq__(self, other):
        other = self._comparison(other, True)
        return other if other is NotImplemented else other is not None and self._compared(other) == 0

    def __lt__(self, other):
        other = self._comparison(other, False)
        return other if other is NotImplemented else other is not None and self._compared(other) < 0

    def __le__(self, other):
        other = self._comparison(other, False)
        return other if other is NotImplemented else other is not None and self._compared(other) <= 0

    def __gt__(self, other):
        other = self._comparison(other, False)
        return other if other is NotImplemented else other is not None and self._compared(other) > 0

    def __ge__(self, other):
        other = self._comparison(other, False)
        return other if other is NotImplemented else other is not None and self._compared(other) >= 0

    def compare(self, other, context=None):
        other = _converted(other)
        nan = self._nan_of(other, context or getcontext())
        return Decimal(self._compared(other)) if nan is None else nan

    def compare_total(self, other, context=None):
        other = _converted(other)
        order = self._compared(other)
        if not order:
            order = (self._exp > other._exp) - (self._exp < other._exp)
            order = -order if self._negative else order
        return Decimal(order)

    def max(self, other, context=None):
        other = _converted(other)
        return self if self >= other else other

    def min(self, other, context=None):
        other = _converted(other)
        return self if self <= other else other

    def is_nan(self):
        return self._kind in ("n", "N")

    def is_qnan(self):
        return self._kind == "n"

    def is_snan(self):
        return self._kind == "N"

    def is_infinite(self):
        return self._kind == "F"

    def is_finite(self):
        return not self._kind

    def is_signed(self):
        return self._negative

    def is_zero(self):
        return not self._kind and not self._int

    def is_normal(self, context=None):
        return not self._kind and self._int != 0

    def is_subnormal(self, context=None):
        return False

    def is_canonical(self):
        return True

    def canonical(self):
        return self

    def number_class(self, context=None):
        if self._kind:
            return "NaN" if self._kind == "n" else "sNaN" if self._kind == "N" else f"{'-' if self._negative else '+'}Infinity"
        return ("-" if self._negative else "+") + ("Normal" if self._int else "Zero")


_NAN = Decimal("NaN")
_numbers.Number.register(Decimal)


def _operand(other):
    if isinstance(other, Decimal):
        return other
    return Decimal(other) if isinstance(other, int) else NotImplemented


def _converted(other):
    found = _operand(other)
    if found is NotImplemented:
        raise TypeError(f"conversion from {type(other).__name__} to Decimal is not supported")
    return found


def _scaled(value, exponent, context, other):
    """A signed count of units of ten to the exponent."""
    units = value._int * _ten(value._exp - exponent)
    return -units if value._negative else units


DefaultContext = Context()
BasicContext = Context(prec=9, rounding=ROUND_HALF_UP)
ExtendedContext = Context(prec=9, traps=[])
_current = [Context()]


def getcontext():
    return _current[0]


def setcontext(context, /):
    _current[0] = context.copy() if context in (DefaultContext, BasicContext, ExtendedContext) else context


class localcontext:
    def __init__(self, ctx=None, **kwargs):
        self.new_context = (ctx or getcontext()).copy()
        for name, value in kwargs.items():
            setattr(self.new_context, name, value)

    def __enter__(self):
        self.saved_context = getcontext()
        _current[0] = self.new_context
        return self.new_context

    def __exit__(self, *exc_info):
        _current[0] = self.saved_context


def IEEEContext(bits, /):
    return Context(prec=9 * (bits // 32) - 2, Emax=3 * (1 << (bits // 16 + 3)))
