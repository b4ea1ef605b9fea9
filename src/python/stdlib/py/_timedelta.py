"""Spans of time, and zones that are a span away from UTC: a part of datetime."""

_DAY = 86400_000000


def _offset_text(offset, separator=":"):
    if offset is None:
        return ""
    total = offset._total()
    sign = "-" if total < 0 else "+"
    minutes, rest = divmod(abs(total), 60_000000)
    text = f"{sign}{minutes // 60:02d}{separator}{minutes % 60:02d}"
    if rest:
        text += f"{separator}{rest // 1000000:02d}"
        if rest % 1000000:
            text += f".{rest % 1000000:06d}"
    return text


def _round_half_even(numerator, denominator):
    quotient, rest = divmod(numerator, denominator)
    if rest * 2 > denominator or (rest * 2 == denominator and quotient % 2):
        quotient += 1
    return quotient


def _micros(value, unit):
    """So many microseconds are `value` times `unit`; floats are rounded half to even at the end."""
    if isinstance(value, int):
        return value * unit, 0.0
    if isinstance(value, float):
        if value != value or value in (float("inf"), float("-inf")):
            raise ValueError("cannot convert float NaN or infinity to integer") if value != value else OverflowError(
                "cannot convert float infinity to integer"
            )
        whole = int(value)
        return whole * unit, (value - whole) * unit
    raise TypeError(f"unsupported type for timedelta component: {type(value).__name__}")


class timedelta:
    __module__ = "datetime"
    __slots__ = ("_days", "_seconds", "_microseconds")

    def __new__(cls, days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0, weeks=0):
        whole, part = 0, 0.0
        for value, unit in (
            (days, _DAY), (seconds, 1000000), (microseconds, 1), (milliseconds, 1000), (minutes, 60_000000),
            (hours, 3600_000000), (weeks, 7 * _DAY),
        ):
            if value:
                more, fraction = _micros(value, unit)
                whole += more
                part += fraction
            elif not isinstance(value, (int, float)):
                raise TypeError(f"unsupported type for timedelta component: {type(value).__name__}")
        return cls._of(whole + round(part))

    @classmethod
    def _of(cls, total):
        self = object.__new__(cls)
        days, rest = divmod(total, _DAY)
        if abs(days) > 999999999:
            raise OverflowError(f"days={days}; must have magnitude <= 999999999")
        self._days = days
        self._seconds, self._microseconds = divmod(rest, 1000000)
        return self

    def _total(self):
        return self._days * _DAY + self._seconds * 1000000 + self._microseconds

    @property
    def days(self):
        return self._days

    @property
    def seconds(self):
        return self._seconds

    @property
    def microseconds(self):
        return self._microseconds

    def total_seconds(self):
        return self._total() / 1000000

    def __repr__(self):
        parts = []
        for name in ("days", "seconds", "microseconds"):
            if value := getattr(self, name):
                parts.append(f"{name}={value}")
        return f"{_qualified(self)}({', '.join(parts) or '0'})"

    def __str__(self):
        minutes, seconds = divmod(self._seconds, 60)
        text = f"{minutes // 60}:{minutes % 60:02d}:{seconds:02d}"
        if self._days:
            plural = "" if abs(self._days) == 1 else "s"
            text = f"{self._days} day{plural}, {text}"
        return text + (f".{self._microseconds:06d}" if self._microseconds else "")

    def __add__(self, other):
        return timedelta._of(self._total() + other._total()) if isinstance(other, timedelta) else NotImplemented

    __radd__ = __add__

    def __sub__(self, other):
        return timedelta._of(self._total() - other._total()) if isinstance(other, timedelta) else NotImplemented

    def __neg__(self):
        return timedelta._of(-self._total())

    def __pos__(self):
        return timedelta._of(self._total())

    def __abs__(self):
        return -self if self._days < 0 else +self

    def __mul__(self, other):
        if isinstance(other, int):
            return timedelta._of(self._total() * other)
        if isinstance(other, float):
            numerator, denominator = other.as_integer_ratio()
            return timedelta._of(_round_half_even(self._total() * numerator, denominator))
        return NotImplemented

    __rmul__ = __mul__

    def __floordiv__(self, other):
        if isinstance(other, timedelta):
            return self._total() // other._total()
        return timedelta._of(self._total() // other) if isinstance(other, int) else NotImplemented

    def __truediv__(self, other):
        if isinstance(other, timedelta):
            return self._total() / other._total()
        if isinstance(other, int):
            if other < 0:
                return timedelta._of(_round_half_even(-self._total(), -other))
            return timedelta._of(_round_half_even(self._total(), other))
        if isinstance(other, float):
            numerator, denominator = other.as_integer_ratio()
            if numerator < 0:
                numerator, denominator = -numerator, -denominator
            total = self._total() * denominator
            return timedelta._of(_round_half_even(total, numerator))
        return NotImplemented

    def __mod__(self, other):
        return timedelta._of(self._total() % other._total()) if isinstance(other, timedelta) else NotImplemented

    def __divmod__(self, other):
        if not isinstance(other, timedelta):
            return NotImplemented
        quotient, rest = divmod(self._total(), other._total())
        return quotient, timedelta._of(rest)

    def __eq__(self, other):
        return self._total() == other._total() if isinstance(other, timedelta) else NotImplemented

    def __lt__(self, other):
        return self._total() < other._total() if isinstance(other, timedelta) else NotImplemented

    def __le__(self, other):
        return self._total() <= other._total() if isinstance(other, timedelta) else NotImplemented

    def __gt__(self, other):
        return self._total() > other._total() if isinstance(other, timedelta) else NotImplemented

    def __ge__(self, other):
        return self._total() >= other._total() if isinstance(other, timedelta) else NotImplemented

    def __hash__(self):
        return hash(("timedelta", self._total()))

    def __bool__(self):
        return self._total() != 0

    def __reduce__(self):
        return timedelta, (self._days, self._seconds, self._microseconds)


timedelta.min = timedelta._of(-999999999 * _DAY)
timedelta.max = timedelta._of(1000000000 * _DAY - 1)
timedelta.resolution = timedelta._of(1)


def _qualified(value):
    cls = type(value)
    return f"{cls.__module__}.{cls.__qualname__}"


class tzinfo:
    __module__ = "datetime"
    __slots__ = ()

    def tzname(self, dt):
        raise NotImplementedError("tzinfo subclass must override tzname()")

    def utcoffset(self, dt):
        raise NotImplementedError("tzinfo subclass must override utcoffset()")

    def dst(self, dt):
        raise NotImplementedError("tzinfo subclass must override dst()")

    def fromutc(self, dt):
        if dt.tzinfo is not self:
            raise ValueError("dt.tzinfo is not self")
        offset = dt.utcoffset()
        if offset is None:
            raise ValueError("fromutc() requires a non-None utcoffset() result")
        summer = dt.dst()
        if summer is None:
            raise ValueError("fromutc() requires a non-None dst() result")
        if standard := offset - summer:
            dt += standard
            summer = dt.dst()
        return dt + summer


class timezone(tzinfo):
    __module__ = "datetime"
    __slots__ = ("_offset", "_name")

    def __new__(cls, offset, name=None):
        if not isinstance(offset, timedelta):
            raise TypeError("offset must be a timedelta")
        if name is not None and not isinstance(name, str):
            raise TypeError("name must be a string")
        if not -_DAY < offset._total() < _DAY:
            raise ValueError(
                "offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24), "
                f"not {offset!r}"
            )
        self = object.__new__(cls)
        self._offset, self._name = offset, name
        return self

    def utcoffset(self, dt):
        return self._offset

    def dst(self, dt):
        return None

    def fromutc(self, dt):
        return dt + self._offset

    def tzname(self, dt):
        if self._name is not None:
            return self._name
        return "UTC" + _offset_text(self._offset) if self._offset else "UTC"

    def __eq__(self, other):
        return self._offset == other._offset if isinstance(other, timezone) else NotImplemented

    def __hash__(self):
        return hash(self._offset)

    def __repr__(self):
        if self is timezone.utc:
            return "datetime.timezone.utc"
        name = "" if self._name is None else f", {self._name!r}"
        return f"{_qualified(self)}({self._offset!r}{name})"

    def __str__(self):
        return self.tzname(None)

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self


UTC = timezone.utc = timezone(timedelta._of(0), None)
timezone.min = timezone(timedelta._of(-1439 * 60_000000))
timezone.max = timezone(timedelta._of(1439 * 60_000000))
