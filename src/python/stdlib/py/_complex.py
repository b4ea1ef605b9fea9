"""Complex numbers: the class behind `2j` and `complex`."""

import math
import re

_FORM = re.compile(r"""
    \s*\(?\s*
    (?P<real>[+-]?(?:\d[\d_]*\.?[\d_]*|\.\d+|inf|nan)(?:e[+-]?\d+)?(?![\d.]*j))?
    (?P<imag>[+-]?(?:(?:\d[\d_]*\.?[\d_]*|\.\d+|inf|nan)(?:e[+-]?\d+)?)?j)?
    \s*\)?\s*""", re.VERBOSE | re.IGNORECASE)


def _part(x):
    text = repr(x)
    return text[:-2] if text.endswith(".0") else text


def _parsed(text):
    found = _FORM.fullmatch(text)
    if found is None or found["real"] is None and found["imag"] is None:
        raise ValueError("complex() arg is a malformed string")
    imag = found["imag"]
    if imag is not None:
        imag = imag[:-1]
        imag = float(imag + "1" if imag in ("", "+", "-") else imag)
    return float(found["real"] or 0), imag or 0.0


def _pair(value):
    """The parts of a number, or None."""
    if isinstance(value, complex):
        return value.real, value.imag
    if isinstance(value, (int, float)):
        return float(value), 0.0
    return None


def _arithmetic(name, operate):
    def forward(self, other):
        pair = _pair(other)
        return NotImplemented if pair is None else operate((self.real, self.imag), pair)

    def backward(self, other):
        pair = _pair(other)
        return NotImplemented if pair is None else operate(pair, (self.real, self.imag))

    return forward, backward


def _add(a, b):
    return complex(a[0] + b[0], a[1] + b[1])


def _sub(a, b):
    return complex(a[0] - b[0], a[1] - b[1])


def _mul(a, b):
    return complex(a[0] * b[0] - a[1] * b[1], a[0] * b[1] + a[1] * b[0])


def _div(a, b):
    if b == (0.0, 0.0):
        raise ZeroDivisionError("complex division by zero")
    if abs(b[0]) >= abs(b[1]):
        ratio = b[1] / b[0]
        under = b[0] + b[1] * ratio
        return complex((a[0] + a[1] * ratio) / under, (a[1] - a[0] * ratio) / under)
    ratio = b[0] / b[1]
    under = b[0] * ratio + b[1]
    return complex((a[0] * ratio + a[1]) / under, (a[1] * ratio - a[0]) / under)


def _pow(a, b):
    if b == (0.0, 0.0):
        return complex(1.0)
    if a == (0.0, 0.0):
        if b[1] != 0.0 or b[0] < 0.0:
            raise ZeroDivisionError("zero to a negative or complex power")
        return complex()
    if b[1] == 0.0 and b[0] == int(b[0]) and abs(b[0]) <= 100:
        return _whole_power(a, int(b[0]))
    size, angle = math.hypot(*a), math.atan2(a[1], a[0])
    length = size ** b[0] * math.exp(-b[1] * angle)
    turn = b[0] * angle + b[1] * math.log(size)
    return complex(length * math.cos(turn), length * math.sin(turn))


def _whole_power(a, n):
    result, base, left = complex(1.0), complex(*a), abs(n)
    while left:
        if left & 1:
            result = result * base
        base, left = base * base, left >> 1
    return result if n >= 0 else _div((1.0, 0.0), (result.real, result.imag))


class complex:
    """A number with a real and an imaginary part."""

    __slots__ = ("real", "imag")

    def __new__(cls, real=0, imag=0):
        self = object.__new__(cls)
        if isinstance(real, str):
            if imag != 0:
                raise TypeError("complex() can't take second arg if first is a string")
            a, b = _parsed(real)
        else:
            a, b = cls._parts(real, imag)
        object.__setattr__(self, "real", a)
        object.__setattr__(self, "imag", b)
        return self

    @staticmethod
    def _parts(real, imag):
        if hasattr(real, "__complex__") and not isinstance(real, complex):
            real = real.__complex__()
        first = _pair(real) or (float(real), 0.0)
        second = _pair(imag) or (float(imag), 0.0)
        if not isinstance(real, complex) and not isinstance(imag, complex):
            return first[0], second[0]
        return first[0] - second[1], first[1] + second[0]

    def __setattr__(self, name, value):
        raise AttributeError("readonly attribute")

    def conjugate(self):
        return complex(self.real, -self.imag)

    def __complex__(self):
        return self

    def __repr__(self):
        imag = _part(self.imag)
        if self.real == 0.0 and math.copysign(1.0, self.real) > 0:
            return f"{imag}j"
        sign = "" if imag.startswith("-") else "+"
        return f"({_part(self.real)}{sign}{imag}j)"

    def __format__(self, spec):
        return format(str(self), spec)

    def __hash__(self):
        return hash(self.real) if self.imag == 0.0 else hash((self.real, self.imag))

    def __eq__(self, other):
        pair = _pair(other)
        return NotImplemented if pair is None else (self.real, self.imag) == pair

    def __bool__(self):
        return self.real != 0.0 or self.imag != 0.0

    def __abs__(self):
        return math.hypot(self.real, self.imag)

    def __neg__(self):
        return complex(-self.real, -self.imag)

    def __pos__(self):
        return self

    __add__, __radd__ = _arithmetic("add", _add)
    __sub__, __rsub__ = _arithmetic("sub", _sub)
    __mul__, __rmul__ = _arithmetic("mul", _mul)
    __truediv__, __rtruediv__ = _arithmetic("truediv", _div)
    __pow__, __rpow__ = _arithmetic("pow", _pow)


complex.__module__ = "builtins"
