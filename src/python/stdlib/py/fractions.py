"""Fractions, always in lowest terms."""

import math
import numbers
import re
from decimal import Decimal

__all__ = ["Fraction"]

_FORM = re.compile(r"\s*([+-]?)(?=\d|\.\d)(\d*)(?:/(\d+)|(?:\.(\d*))?(?:[eE]([+-]?\d+))?)\s*")


def _parsed(text):
    found = _FORM.fullmatch(text)
    if found is None:
        raise ValueError(f"Invalid literal for Fraction: {text!r}")
    sign, whole, under, decimals, exponent = found.groups()
    if under is not None:
        top, bottom = int(whole or 0), int(under)
    else:
        decimals, exponent = decimals or "", int(exponent or 0)
        top, bottom = int((whole or "0") + decimals), 10 ** len(decimals)
        top, bottom = (top * 10 ** exponent, bottom) if exponent >= 0 else (top, bottom * 10 ** -exponent)
    return -top if sign == "-" else top, bottom


def _operator(exact, inexact):
    def forward(a, b):
        if isinstance(b, (int, Fraction)):
            return exact(a, Fraction(b))
        return inexact(float(a), b) if isinstance(b, float) else NotImplemented

    def backward(b, a):
        if isinstance(a, int):
            return exact(Fraction(a), b)
        return inexact(a, float(b)) if isinstance(a, float) else NotImplemented

    return forward, backward


class Fraction(numbers.Rational):
    __slots__ = ("_numerator", "_denominator")

    def __new__(cls, numerator=0, denominator=None):
        self = super().__new__(cls)
        top, bottom = cls._ratio(numerator, denominator)
        if bottom == 0:
            raise ZeroDivisionError(f"Fraction({top}, 0)")
        shared = math.gcd(top, bottom) * (-1 if bottom < 0 else 1)
        self._numerator, self._denominator = top // shared, bottom // shared
        return self

    @staticmethod
    def _ratio(numerator, denominator):
        if denominator is None:
            if isinstance(numerator, str):
                return _parsed(numerator)
            if isinstance(numerator, Fraction):
                return numerator._numerator, numerator._denominator
            if isinstance(numerator, (int, float, Decimal)):
                return numerator.as_integer_ratio()
            raise TypeError("argument should be a string or a Rational instance or have the as_integer_ratio() method")
        if not isinstance(numerator, (int, Fraction)) or not isinstance(denominator, (int, Fraction)):
            raise TypeError("both arguments should be Rational instances")
        return numerator.numerator * denominator.denominator, denominator.numerator * numerator.denominator

    numerator = property(lambda self: self._numerator)
    denominator = property(lambda self: self._denominator)

    @classmethod
    def from_float(cls, f):
        return cls(*f.as_integer_ratio())

    @classmethod
    def from_decimal(cls, dec):
        return cls(*dec.as_integer_ratio())

    def as_integer_ratio(self):
        return self._numerator, self._denominator

    def is_integer(self):
        return self._denominator == 1

    def limit_denominator(self, max_denominator=1000000):
        if max_denominator < 1:
            raise ValueError("max_denominator should be at least 1")
        if self._denominator <= max_denominator:
            return Fraction(self)
        p0, q0, p1, q1, n, d = 0, 1, 1, 0, self._numerator, self._denominator
        while True:
            a = n // d
            q2 = q0 + a * q1
            if q2 > max_denominator:
                break
            p0, q0, p1, q1 = p1, q1, p0 + a * p1, q2
            n, d = d, n - a * d
        k = (max_denominator - q0) // q1
        bound1, bound2 = Fraction(p0 + k * p1, q0 + k * q1), Fraction(p1, q1)
        return bound2 if abs(bound2 - self) <= abs(bound1 - self) else bound1

    def __repr__(self):
        return f"{self.__class__.__name__}({self._numerator}, {self._denominator})"

    def __str__(self):
        return str(self._numerator) if self._denominator == 1 else f"{self._numerator}/{self._denominator}"

    def __format__(self, spec):
        return format(float(self), spec) if spec and spec[-1] in "eEfFgG%" else format(str(self), spec)

    __add__, __radd__ = _operator(
        lambda a, b: Fraction(a._numerator * b._denominator + b._numerator * a._denominator,
                              a._denominator * b._denominator), lambda a, b: a + b)
    __sub__, __rsub__ = _operator(
        lambda a, b: Fraction(a._numerator * b._denominator - b._numerator * a._denominator,
                              a._denominator * b._denominator), lambda a, b: a - b)
    __mul__, __rmul__ = _operator(
        lambda a, b: Fraction(a._numerator * b._numerator, a._denominator * b._denominator), lambda a, b: a * b)
    __truediv__, __rtruediv__ = _operator(
        lambda a, b: Fraction(a._numerator * b._denominator, a._denominator * b._numerator), lambda a, b: a / b)
    __floordiv__, __rfloordiv__ = _operator(
        lambda a, b: (a._numerator * b._denominator) // (a._denominator * b._numerator), lambda a, b: a // b)
    __mod__, __rmod__ = _operator(lambda a, b: a - b * (a // b), lambda a, b: a % b)

    def __divmod__(self, other):
        return self // other, self % other

    def __pow__(self, power):
        if isinstance(power, Fraction) and power._denominator == 1:
            power = power._numerator
        if isinstance(power, int):
            if power >= 0:
                return Fraction(self._numerator ** power, self._denominator ** power)
            return Fraction(self._denominator ** -power, self._numerator ** -power)
        return float(self) ** float(power)

    def __rpow__(self, base):
        return base ** (self._numerator if self._denominator == 1 else float(self))

    def __neg__(self):
        return Fraction(-self._numerator, self._denominator)

    def __pos__(self):
        return Fraction(self)

    def __abs__(self):
        return Fraction(abs(self._numerator), self._denominator)

    def __int__(self):
        return -(-self._numerator // self._denominator) if self._numerator < 0 else self._numerator // self._denominator

    __trunc__ = __int__

    def __floor__(self):
        return self._numerator // self._denominator

    def __ceil__(self):
        return -(-self._numerator // self._denominator)

    def __round__(self, ndigits=None):
        if ndigits is None:
            floor, rest = divmod(self._numerator, self._denominator)
            if rest * 2 != self._denominator:
                return floor + (rest * 2 > self._denominator)
            return floor + floor % 2
        shift = 10 ** abs(ndigits)
        return Fraction(round(self * shift), shift) if ndigits > 0 else Fraction(round(self / shift) * shift)

    def __float__(self):
        return self._numerator / self._denominator

    def __bool__(self):
        return self._numerator != 0

    def __hash__(self):
        if self._denominator == 1:
            return hash(self._numerator)
        return hash(float(self)) if Fraction(float(self)) == self else hash((self._numerator, self._denominator))

    def __eq__(self, other):
        if isinstance(other, (int, Fraction)):
            return self.as_integer_ratio() == (other.numerator, other.denominator)
        if isinstance(other, float):
            return float(self) == other and (math.isinf(other) or Fraction(other) == self)
        return NotImplemented

    def _compared(self, other):
        """Less than zero, zero or more, as the difference is; None for what is no number."""
        if isinstance(other, (int, Fraction)):
            return self._numerator * other.denominator - other.numerator * self._denominator
        return float(self) - other if isinstance(other, float) else None

    def __lt__(self, other):
        difference = self._compared(other)
        return NotImplemented if difference is None else difference < 0

    def __le__(self, other):
        difference = self._compared(other)
        return NotImplemented if difference is None else difference <= 0

    def __gt__(self, other):
        difference = self._compared(other)
        return NotImplemented if difference is None else difference > 0

    def __ge__(self, other):
        difference = self._compared(other)
        return NotImplemented if difference is None else difference >= 0
