"""Dates and times of the proleptic Gregorian calendar; the clock is the host's."""

import _host

__all__ = ["date", "datetime", "time", "timedelta", "timezone", "tzinfo", "MINYEAR", "MAXYEAR", "UTC"]

MINYEAR = 1
MAXYEAR = 9999
_EPOCH = 719163
_DAY = 86400_000000
_WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_MONTHS = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
]
_BEFORE = [0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334]


def _is_leap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _days_in(year, month):
    return 29 if month == 2 and _is_leap(year) else (0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month]


def _ordinal(year, month, day):
    before = year - 1
    leap = 1 if month > 2 and _is_leap(year) else 0
    return before * 365 + before // 4 - before // 100 + before // 400 + _BEFORE[month] + leap + day


def _civil(ordinal):
    """Year, month and day of an ordinal, by the calendar's cycle of 400 years."""
    days = ordinal - 1
    cycles, days = divmod(days, 146097)
    centuries = min(days // 36524, 3)
    days -= centuries * 36524
    fours, days = divmod(days, 1461)
    years = min(days // 365, 3)
    days -= years * 365
    year = cycles * 400 + centuries * 100 + fours * 4 + years + 1
    month = 12
    while True:
        before = _BEFORE[month] + (1 if month > 2 and _is_leap(year) else 0)
        if days >= before:
            return year, month, days - before + 1
        month -= 1


def _index(value):
    if isinstance(value, int):
        return value
    if hasattr(value, "__index__"):
        return value.__index__()
    raise TypeError(f"'{type(value).__name__}' object cannot be interpreted as an integer")


def _check_date(year, month, day):
    year, month, day = _index(year), _index(month), _index(day)
    if not MINYEAR <= year <= MAXYEAR:
        raise ValueError(f"year must be in {MINYEAR}..{MAXYEAR}, not {year}")
    if not 1 <= month <= 12:
        raise ValueError(f"month must be in 1..12, not {month}")
    most = _days_in(year, month)
    if not 1 <= day <= most:
        raise ValueError(f"day {day} must be in range 1..{most} for month {month} in year {year}")
    return year, month, day


def _check_time(hour, minute, second, microsecond, fold):
    values = []
    for name, value, most in (
        ("hour", hour, 23), ("minute", minute, 59), ("second", second, 59), ("microsecond", microsecond, 999999),
    ):
        value = _index(value)
        if not 0 <= value <= most:
            raise ValueError(f"{name} must be in 0..{most}, not {value}")
        values.append(value)
    if fold not in (0, 1):
        raise ValueError(f"fold must be either 0 or 1, not {fold}")
    return values


def _check_tzinfo(tz):
    if tz is not None and not isinstance(tz, tzinfo):
        raise TypeError(f"tzinfo argument must be None or of a tzinfo subclass, not type {type(tz).__name__!r}")


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


timedelta.min = timedelta(-999999999)
timedelta.max = timedelta(days=999999999, hours=23, minutes=59, seconds=59, microseconds=999999)
timedelta.resolution = timedelta(microseconds=1)


def _qualified(value):
    cls = type(value)
    return f"{cls.__module__}.{cls.__qualname__}"


class tzinfo:
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


UTC = timezone.utc = timezone(timedelta(0), None)
timezone.min = timezone(-timedelta(hours=23, minutes=59))
timezone.max = timezone(timedelta(hours=23, minutes=59))


def _iso_start(year):
    """The ordinal of the Monday of an ISO year's first week."""
    first = _ordinal(year, 1, 1)
    weekday = (first + 6) % 7
    monday = first - weekday
    return monday + 7 if weekday > 3 else monday


class _IsoDate(tuple):
    year = property(lambda self: self[0])
    week = property(lambda self: self[1])
    weekday = property(lambda self: self[2])

    def __repr__(self):
        return f"datetime.IsoCalendarDate(year={self[0]}, week={self[1]}, weekday={self[2]})"


class date:
    __slots__ = ("_year", "_month", "_day")

    def __new__(cls, year, month=None, day=None):
        if month is None or day is None:
            missing, at = ("month", 2) if month is None else ("day", 3)
            raise TypeError(f"function missing required argument '{missing}' (pos {at})")
        self = object.__new__(cls)
        self._year, self._month, self._day = _check_date(year, month, day)
        return self

    @classmethod
    def today(cls):
        return cls.fromtimestamp(_host.now() / 1000000)

    @classmethod
    def fromtimestamp(cls, timestamp):
        return cls.fromordinal(_EPOCH + (int(timestamp // 1) + _host.utc_offset()) // 86400)

    @classmethod
    def fromordinal(cls, ordinal):
        if ordinal < 1:
            raise ValueError("ordinal must be >= 1")
        year, month, day = _civil(ordinal)
        if year > MAXYEAR:
            raise ValueError(f"year {year} is out of range")
        return cls(year, month, day)

    @classmethod
    def fromisoformat(cls, text):
        if not isinstance(text, str):
            raise TypeError("fromisoformat: argument must be str")
        try:
            return cls(*_parse_date(text))
        except _NoFormat:
            raise ValueError(f"Invalid isoformat string: {text!r}") from None

    @classmethod
    def fromisocalendar(cls, year, week, day):
        if not 1 <= day <= 7:
            raise ValueError(f"Invalid weekday: {day} (range is [1, 7])")
        ordinal = _iso_start(year) + (week - 1) * 7 + day - 1
        if not 1 <= week <= 53 or (week == 53 and ordinal - day + 1 >= _iso_start(year + 1)):
            raise ValueError(f"Invalid week: {week}")
        return cls.fromordinal(ordinal)

    @classmethod
    def strptime(cls, text, format):
        return cls(*_strptime(text, format)[:3])

    @property
    def year(self):
        return self._year

    @property
    def month(self):
        return self._month

    @property
    def day(self):
        return self._day

    def toordinal(self):
        return _ordinal(self._year, self._month, self._day)

    def weekday(self):
        return (self.toordinal() + 6) % 7

    def isoweekday(self):
        return self.toordinal() % 7 or 7

    def isocalendar(self):
        year = self._year
        today = self.toordinal()
        if today < _iso_start(year):
            year -= 1
        elif today >= _iso_start(year + 1):
            year += 1
        week, day = divmod(today - _iso_start(year), 7)
        return _IsoDate((year, week + 1, day + 1))

    def isoformat(self):
        return f"{self._year:04d}-{self._month:02d}-{self._day:02d}"

    def __str__(self):
        return self.isoformat()

    def __repr__(self):
        return f"{_qualified(self)}({self._year}, {self._month}, {self._day})"

    def ctime(self):
        return f"{_WEEKDAYS[self.weekday()][:3]} {_MONTHS[self._month - 1][:3]} {self._day:2d} 00:00:00 {self._year:04d}"

    def strftime(self, format):
        return _strftime(self, format)

    def __format__(self, format):
        if not isinstance(format, str):
            raise TypeError(f"must be str, not {type(format).__name__}")
        return self.strftime(format) if format else str(self)

    def timetuple(self):
        return _time_tuple(self, -1)

    def replace(self, year=None, month=None, day=None):
        return type(self)(
            self._year if year is None else year, self._month if month is None else month,
            self._day if day is None else day,
        )

    __replace__ = replace

    def __add__(self, other):
        if not isinstance(other, timedelta):
            return NotImplemented
        ordinal = self.toordinal() + other._days
        if not 0 < ordinal <= 3652059:
            raise OverflowError("date value out of range")
        return type(self).fromordinal(ordinal)

    __radd__ = __add__

    def __sub__(self, other):
        if isinstance(other, timedelta):
            return self + timedelta(-other._days)
        if isinstance(other, date):
            return timedelta(self.toordinal() - other.toordinal())
        return NotImplemented

    def _key(self):
        return (self._year, self._month, self._day)

    def _comparable(self, other):
        return isinstance(other, date) and not isinstance(other, datetime)

    def __eq__(self, other):
        return self._key() == other._key() if self._comparable(other) else NotImplemented

    def __lt__(self, other):
        return self._key() < other._key() if self._comparable(other) else NotImplemented

    def __le__(self, other):
        return self._key() <= other._key() if self._comparable(other) else NotImplemented

    def __gt__(self, other):
        return self._key() > other._key() if self._comparable(other) else NotImplemented

    def __ge__(self, other):
        return self._key() >= other._key() if self._comparable(other) else NotImplemented

    def __hash__(self):
        return hash(("date", self._year, self._month, self._day))

    def __reduce__(self):
        return type(self), (self._year, self._month, self._day)

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self


date.min = date(1, 1, 1)
date.max = date(9999, 12, 31)
date.resolution = timedelta(1)


def _time_repr(hour, minute, second, microsecond):
    parts = [str(hour), str(minute)]
    if second or microsecond:
        parts.append(str(second))
    if microsecond:
        parts.append(str(microsecond))
    return parts


def _time_text(hour, minute, second, microsecond, timespec):
    if timespec == "auto":
        timespec = "microseconds" if microsecond else "seconds"
    clock = f"{hour:02d}:{minute:02d}:{second:02d}"
    shown = {
        "hours": clock[:2], "minutes": clock[:5], "seconds": clock, "milliseconds": f"{clock}.{microsecond // 1000:03d}",
        "microseconds": f"{clock}.{microsecond:06d}",
    }
    if timespec not in shown:
        raise ValueError("Unknown timespec value")
    return shown[timespec]


class time:
    __slots__ = ("_hour", "_minute", "_second", "_microsecond", "_tzinfo", "_fold")

    def __new__(cls, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0):
        values = _check_time(hour, minute, second, microsecond, fold)
        _check_tzinfo(tzinfo)
        self = object.__new__(cls)
        self._hour, self._minute, self._second, self._microsecond = values
        self._tzinfo, self._fold = tzinfo, fold
        return self

    @classmethod
    def fromisoformat(cls, text):
        if not isinstance(text, str):
            raise TypeError("fromisoformat: argument must be str")
        try:
            return cls(*_parse_time(text[1:] if text[:1] in ("T", "t") else text))
        except _NoFormat:
            raise ValueError(f"Invalid isoformat string: {text!r}") from None

    @classmethod
    def strptime(cls, text, format):
        return cls(*_strptime(text, format)[3:])

    @property
    def hour(self):
        return self._hour

    @property
    def minute(self):
        return self._minute

    @property
    def second(self):
        return self._second

    @property
    def microsecond(self):
        return self._microsecond

    @property
    def tzinfo(self):
        return self._tzinfo

    @property
    def fold(self):
        return self._fold

    def utcoffset(self):
        return None if self._tzinfo is None else self._tzinfo.utcoffset(None)

    def tzname(self):
        return None if self._tzinfo is None else self._tzinfo.tzname(None)

    def dst(self):
        return None if self._tzinfo is None else self._tzinfo.dst(None)

    def isoformat(self, timespec="auto"):
        clock = _time_text(self._hour, self._minute, self._second, self._microsecond, timespec)
        return clock + _offset_text(self.utcoffset())

    def __str__(self):
        return self.isoformat()

    def __repr__(self):
        parts = _time_repr(self._hour, self._minute, self._second, self._microsecond)
        if self._tzinfo is not None:
            parts.append(f"tzinfo={self._tzinfo!r}")
        if self._fold:
            parts.append("fold=1")
        return f"{_qualified(self)}({', '.join(parts)})"

    def strftime(self, format):
        return _strftime(self, format)

    def __format__(self, format):
        return self.strftime(format) if format else str(self)

    def replace(self, hour=None, minute=None, second=None, microsecond=None, tzinfo=True, *, fold=None):
        return type(self)(
            self._hour if hour is None else hour, self._minute if minute is None else minute,
            self._second if second is None else second, self._microsecond if microsecond is None else microsecond,
            self._tzinfo if tzinfo is True else tzinfo, fold=self._fold if fold is None else fold,
        )

    __replace__ = replace

    def _micros(self):
        offset = self.utcoffset()
        total = ((self._hour * 60 + self._minute) * 60 + self._second) * 1000000 + self._microsecond
        return total - (0 if offset is None else offset._total())

    def _ordered(self, other):
        if not isinstance(other, time):
            return False
        if (self.utcoffset() is None) != (other.utcoffset() is None):
            raise TypeError("can't compare offset-naive and offset-aware times")
        return True

    def __eq__(self, other):
        if not isinstance(other, time):
            return NotImplemented
        return (self.utcoffset() is None) == (other.utcoffset() is None) and self._micros() == other._micros()

    def __lt__(self, other):
        return self._micros() < other._micros() if self._ordered(other) else NotImplemented

    def __le__(self, other):
        return self._micros() <= other._micros() if self._ordered(other) else NotImplemented

    def __gt__(self, other):
        return self._micros() > other._micros() if self._ordered(other) else NotImplemented

    def __ge__(self, other):
        return self._micros() >= other._micros() if self._ordered(other) else NotImplemented

    def __hash__(self):
        return hash(("time", self._micros()))

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self


time.min = time(0, 0, 0)
time.max = time(23, 59, 59, 999999)
time.resolution = timedelta(microseconds=1)


def _local_zone():
    return timezone(timedelta(seconds=_host.utc_offset()))


class datetime(date):
    __slots__ = ("_hour", "_minute", "_second", "_microsecond", "_tzinfo", "_fold")

    def __new__(
        cls, year, month=None, day=None, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0,
    ):
        self = date.__new__(cls, year, month, day)
        values = _check_time(hour, minute, second, microsecond, fold)
        _check_tzinfo(tzinfo)
        self._hour, self._minute, self._second, self._microsecond = values
        self._tzinfo, self._fold = tzinfo, fold
        return self

    @classmethod
    def _of(cls, micros, tz):
        """The wall time so many microseconds after the first moment of the year 1."""
        days, rest = divmod(micros, _DAY)
        if not 0 < days + 1 <= 3652059:
            raise OverflowError("date value out of range")
        year, month, day = _civil(days + 1)
        seconds, microsecond = divmod(rest, 1000000)
        return cls(year, month, day, seconds // 3600, seconds // 60 % 60, seconds % 60, microsecond, tz)

    @classmethod
    def _at(cls, micros, tz):
        """The moment so many microseconds after 1970 in UTC, told in a zone or by the local clock."""
        start = (_EPOCH - 1) * _DAY
        if tz is None:
            return cls._of(start + micros + _host.utc_offset() * 1000000, None)
        _check_tzinfo(tz)
        return tz.fromutc(cls._of(start + micros, tz))

    @classmethod
    def now(cls, tz=None):
        return cls._at(_host.now(), tz)

    @classmethod
    def utcnow(cls):
        return cls._of((_EPOCH - 1) * _DAY + _host.now(), None)

    @classmethod
    def today(cls):
        return cls.now()

    @classmethod
    def fromtimestamp(cls, timestamp, tz=None):
        return cls._at(_timestamp_micros(timestamp), tz)

    @classmethod
    def utcfromtimestamp(cls, timestamp):
        return cls._of((_EPOCH - 1) * _DAY + _timestamp_micros(timestamp), None)

    @classmethod
    def combine(cls, date, time, tzinfo=True):
        return cls(
            date.year, date.month, date.day, time.hour, time.minute, time.second, time.microsecond,
            time.tzinfo if tzinfo is True else tzinfo, fold=time.fold,
        )

    @classmethod
    def fromisoformat(cls, text):
        if not isinstance(text, str):
            raise TypeError("fromisoformat: argument must be str")
        try:
            cut = _date_length(text)
            values = _parse_date(text[:cut])
            if cut == len(text):
                return cls(*values)
            if cut + 1 == len(text):
                raise _NoFormat
            return cls(*values, *_parse_time(text[cut + 1:]))
        except _NoFormat:
            raise ValueError(f"Invalid isoformat string: {text!r}") from None

    @classmethod
    def strptime(cls, text, format):
        return cls(*_strptime(text, format))

    @property
    def hour(self):
        return self._hour

    @property
    def minute(self):
        return self._minute

    @property
    def second(self):
        return self._second

    @property
    def microsecond(self):
        return self._microsecond

    @property
    def tzinfo(self):
        return self._tzinfo

    @property
    def fold(self):
        return self._fold

    def date(self):
        return date(self._year, self._month, self._day)

    def time(self):
        return time(self._hour, self._minute, self._second, self._microsecond, fold=self._fold)

    def timetz(self):
        return time(self._hour, self._minute, self._second, self._microsecond, self._tzinfo, fold=self._fold)

    def utcoffset(self):
        return None if self._tzinfo is None else self._tzinfo.utcoffset(self)

    def tzname(self):
        return None if self._tzinfo is None else self._tzinfo.tzname(self)

    def dst(self):
        return None if self._tzinfo is None else self._tzinfo.dst(self)

    def _wall(self):
        seconds = (self._hour * 60 + self._minute) * 60 + self._second
        return (self.toordinal() - 1) * _DAY + seconds * 1000000 + self._microsecond

    def _moment(self):
        offset = self.utcoffset()
        return self._wall() - (0 if offset is None else offset._total())

    def timestamp(self):
        micros = self._wall() - (_EPOCH - 1) * _DAY
        offset = self.utcoffset()
        local = _host.utc_offset() * 1000000 if offset is None else offset._total()
        return (micros - local) / 1000000

    def timetuple(self):
        summer = self.dst()
        return _time_tuple(self, -1 if summer is None else int(bool(summer)))

    def utctimetuple(self):
        offset = self.utcoffset()
        return _time_tuple(self if offset is None else (self - offset), 0)

    def astimezone(self, tz=None):
        _check_tzinfo(tz)
        zone = _local_zone() if tz is None else tz
        if self._tzinfo is zone:
            return self
        offset = self.utcoffset()
        local = timedelta(seconds=_host.utc_offset()) if offset is None else offset
        utc = (self - local).replace(tzinfo=zone)
        return zone.fromutc(utc)

    def isoformat(self, sep="T", timespec="auto"):
        clock = _time_text(self._hour, self._minute, self._second, self._microsecond, timespec)
        return f"{self._year:04d}-{self._month:02d}-{self._day:02d}{sep}{clock}{_offset_text(self.utcoffset())}"

    def __str__(self):
        return self.isoformat(sep=" ")

    def __repr__(self):
        parts = [str(self._year), str(self._month), str(self._day)]
        parts += _time_repr(self._hour, self._minute, self._second, self._microsecond)
        if self._tzinfo is not None:
            parts.append(f"tzinfo={self._tzinfo!r}")
        if self._fold:
            parts.append("fold=1")
        return f"{_qualified(self)}({', '.join(parts)})"

    def ctime(self):
        return (
            f"{_WEEKDAYS[self.weekday()][:3]} {_MONTHS[self._month - 1][:3]} {self._day:2d} "
            f"{self._hour:02d}:{self._minute:02d}:{self._second:02d} {self._year:04d}"
        )

    def replace(
        self, year=None, month=None, day=None, hour=None, minute=None, second=None, microsecond=None, tzinfo=True, *,
        fold=None,
    ):
        return type(self)(
            self._year if year is None else year, self._month if month is None else month,
            self._day if day is None else day, self._hour if hour is None else hour,
            self._minute if minute is None else minute, self._second if second is None else second,
            self._microsecond if microsecond is None else microsecond, self._tzinfo if tzinfo is True else tzinfo,
            fold=self._fold if fold is None else fold,
        )

    __replace__ = replace

    def __add__(self, other):
        if not isinstance(other, timedelta):
            return NotImplemented
        return type(self)._of(self._wall() + other._total(), self._tzinfo)

    __radd__ = __add__

    def __sub__(self, other):
        if isinstance(other, timedelta):
            return type(self)._of(self._wall() - other._total(), self._tzinfo)
        if not isinstance(other, datetime):
            return NotImplemented
        if (self.utcoffset() is None) != (other.utcoffset() is None):
            raise TypeError("can't subtract offset-naive and offset-aware datetimes")
        return timedelta._of(self._moment() - other._moment())

    def _comparable(self, other):
        if not isinstance(other, datetime):
            return False
        if (self.utcoffset() is None) != (other.utcoffset() is None):
            raise TypeError("can't compare offset-naive and offset-aware datetimes")
        return True

    def _key(self):
        return self._moment()

    def __eq__(self, other):
        if not isinstance(other, datetime):
            return NotImplemented
        return (self.utcoffset() is None) == (other.utcoffset() is None) and self._moment() == other._moment()

    def __hash__(self):
        return hash(("datetime", self._moment()))

    def __reduce__(self):
        return type(self), (
            self._year, self._month, self._day, self._hour, self._minute, self._second, self._microsecond, self._tzinfo,
        )


datetime.min = datetime(1, 1, 1)
datetime.max = datetime(9999, 12, 31, 23, 59, 59, 999999)
datetime.resolution = timedelta(microseconds=1)


def _timestamp_micros(timestamp):
    if isinstance(timestamp, int):
        return timestamp * 1000000
    numerator, denominator = float(timestamp).as_integer_ratio()
    return _round_half_even(numerator * 1000000, denominator)


def _time_tuple(value, is_dst):
    from time import struct_time

    day_of_year = value.toordinal() - _ordinal(value.year, 1, 1) + 1
    clock = (value.hour, value.minute, value.second) if isinstance(value, datetime) else (0, 0, 0)
    return struct_time((value.year, value.month, value.day, *clock, value.weekday(), day_of_year, is_dst))


class _NoFormat(Exception):
    """The text is not in ISO's format."""


def _digits(text, count):
    if len(text) != count or not text.isascii() or not text.isdigit():
        raise _NoFormat
    return int(text)


def _date_length(text):
    """How long the date is at the beginning of a date and time."""
    if len(text) < 7:
        raise _NoFormat
    if "W" in text[4:6]:
        at = 8 if text[4] == "-" else 7
        if text[4] == "-":
            return 10 if text[at:at + 1] == "-" else 8
        return 8 if text[at:at + 1].isdigit() else 7
    return 10 if text[4] == "-" else 8


def _parse_date(text):
    if len(text) < 7:
        raise _NoFormat
    year = _digits(text[:4], 4)
    dashed = text[4] == "-"
    rest = text[5:] if dashed else text[4:]
    if rest[:1] == "W":
        week = _digits(rest[1:3], 2)
        day = rest[3:]
        if dashed and day:
            if day[0] != "-":
                raise _NoFormat
            day = day[1:]
        found = date.fromisocalendar(year, week, _digits(day, 1) if day else 1)
        return found.year, found.month, found.day
    if dashed:
        if len(rest) != 5 or rest[2] != "-":
            raise _NoFormat
        return year, _digits(rest[:2], 2), _digits(rest[3:], 2)
    return year, _digits(rest[:2], 2), _digits(rest[2:], 2)


def _parse_clock(text):
    """Hours, minutes, seconds and microseconds."""
    text, point, fraction = text.replace(",", ".").partition(".")
    if point and (not fraction.isdigit() or not fraction.isascii()):
        raise _NoFormat
    parts = text.split(":") if ":" in text else [text[at:at + 2] for at in range(0, len(text), 2)]
    if not parts or len(parts) > 3 or (point and len(parts) < 3):
        raise _NoFormat
    values = [_digits(part, 2) for part in parts] + [0, 0]
    return values[0], values[1] if len(parts) > 1 else 0, values[2] if len(parts) > 2 else 0, int((fraction + "000000")[:6])


def _parse_time(text):
    zone = None
    for sign in "+-Z":
        if sign in text:
            text, _, offset = text.partition(sign)
            if sign == "Z":
                if offset:
                    raise _NoFormat
                zone = UTC
            else:
                zone = _parse_zone(sign, offset)
            break
    return (*_parse_clock(text), zone)


def _parse_zone(sign, text):
    hours, minutes, seconds, micros = _parse_clock(text)
    delta = timedelta(hours=hours, minutes=minutes, seconds=seconds, microseconds=micros)
    return timezone(-delta if sign == "-" else delta) if delta else UTC


def _strftime(value, format):
    out = []
    at = 0
    while at < len(format):
        c = format[at]
        at += 1
        if c != "%" or at == len(format):
            out.append(c)
            continue
        letter = format[at]
        at += 1
        if letter in "-:" and at < len(format):
            letter += format[at]
            at += 1
        out.append(_field(value, letter))
    return "".join(out)


def _field(value, letter):
    if letter in _CLOCK_FIELDS:
        clock = value if hasattr(value, "hour") else time()
        return _CLOCK_FIELDS[letter](clock)
    day = value if isinstance(value, date) else date(1900, 1, 1)
    if letter in _DATE_FIELDS:
        return _DATE_FIELDS[letter](day)
    if letter in ("z", ":z", "Z"):
        if not hasattr(value, "utcoffset"):
            return ""
        return value.tzname() or "" if letter == "Z" else _offset_text(value.utcoffset(), ":" if letter == ":z" else "")
    if letter[0] == "-" and len(letter) == 2:
        shown = _field(value, letter[1])
        return shown.lstrip("0") or "0" if shown.isdigit() else shown
    longer = {"c": "%a %b %e %H:%M:%S %Y", "x": "%m/%d/%y", "X": "%H:%M:%S", "D": "%m/%d/%y", "F": "%Y-%m-%d",
              "T": "%H:%M:%S", "R": "%H:%M", "r": "%I:%M:%S %p"}
    if letter in longer:
        return _strftime(value, longer[letter])
    plain = {"%": "%", "n": "\n", "t": "\t"}
    return plain.get(letter, "%" + letter)


_CLOCK_FIELDS = {
    "H": lambda t: f"{t.hour:02d}",
    "I": lambda t: f"{t.hour % 12 or 12:02d}",
    "M": lambda t: f"{t.minute:02d}",
    "S": lambda t: f"{t.second:02d}",
    "f": lambda t: f"{t.microsecond:06d}",
    "p": lambda t: "AM" if t.hour < 12 else "PM",
}
_DATE_FIELDS = {
    "Y": lambda d: str(d.year),
    "y": lambda d: f"{d.year % 100:02d}",
    "C": lambda d: f"{d.year // 100:02d}",
    "m": lambda d: f"{d.month:02d}",
    "d": lambda d: f"{d.day:02d}",
    "e": lambda d: f"{d.day:2d}",
    "b": lambda d: _MONTHS[d.month - 1][:3],
    "h": lambda d: _MONTHS[d.month - 1][:3],
    "B": lambda d: _MONTHS[d.month - 1],
    "a": lambda d: _WEEKDAYS[d.weekday()][:3],
    "A": lambda d: _WEEKDAYS[d.weekday()],
    "w": lambda d: str(d.isoweekday() % 7),
    "u": lambda d: str(d.isoweekday()),
    "j": lambda d: f"{d.toordinal() - _ordinal(d.year, 1, 1) + 1:03d}",
    "U": lambda d: f"{_week_of_year(d, 6):02d}",
    "W": lambda d: f"{_week_of_year(d, 0):02d}",
    "G": lambda d: str(d.isocalendar()[0]),
    "V": lambda d: f"{d.isocalendar()[1]:02d}",
    "s": lambda d: str(int(d.timestamp())) if isinstance(d, datetime) else str((d.toordinal() - _EPOCH) * 86400),
}


def _week_of_year(day, first):
    in_year = day.toordinal() - _ordinal(day.year, 1, 1)
    return (in_year + 7 - (day.weekday() - first) % 7) // 7


_NUMBERS = {"Y": 4, "m": 2, "d": 2, "e": 2, "H": 2, "I": 2, "M": 2, "S": 2, "f": 6, "y": 2, "j": 3, "w": 1, "u": 1}


def _strptime(text, format):
    """The arguments of a datetime whose text is given."""
    found = {}
    at = 0
    place = 0
    format = format.replace("%c", "%a %b %d %H:%M:%S %Y").replace("%x", "%m/%d/%y").replace("%X", "%H:%M:%S")
    format = format.replace("%T", "%H:%M:%S").replace("%F", "%Y-%m-%d").replace("%D", "%m/%d/%y")
    wrong = ValueError(f"time data {text!r} does not match format {format!r}")
    while place < len(format):
        c = format[place]
        place += 1
        if c == "%":
            if place == len(format):
                raise ValueError(f"stray % in format {format!r}")
            at = _read_field(text, at, format[place], found, wrong, format)
            place += 1
        elif c.isspace():
            if at >= len(text) or not text[at].isspace():
                raise wrong
            while at < len(text) and text[at].isspace():
                at += 1
        elif at < len(text) and text[at].lower() == c.lower():
            at += 1
        else:
            raise wrong
    if at < len(text):
        raise ValueError(f"unconverted data remains: {text[at:]}")
    return _assembled(found)


def _read_field(text, at, letter, found, wrong, format):
    if letter in _NUMBERS:
        end = at
        most = _NUMBERS[letter]
        while end < len(text) and end - at < most and text[end].isdigit():
            end += 1
        if end == at or (letter == "Y" and end - at < 4):
            raise wrong
        found[letter] = int((text[at:end] + "000000")[:6]) if letter == "f" else int(text[at:end])
        limits = {"m": (1, 12), "d": (1, 31), "H": (0, 23), "I": (1, 12), "M": (0, 59), "S": (0, 61), "j": (1, 366)}
        if letter in limits and not limits[letter][0] <= found[letter] <= limits[letter][1]:
            if end - at == 2 and limits[letter][0] <= int(text[at:end - 1]) <= limits[letter][1]:
                end -= 1
                found[letter] = int(text[at:end])
            else:
                raise wrong
        return end
    names = {"b": _MONTHS, "B": _MONTHS, "h": _MONTHS, "a": _WEEKDAYS, "A": _WEEKDAYS, "p": ["AM", "PM"]}
    if letter in names:
        for number, name in enumerate(names[letter]):
            name = name if letter in "BAp" else name[:3]
            if text[at:at + len(name)].lower() == name.lower():
                found["b" if letter in "Bh" else letter] = number + 1 if letter in "bBh" else number
                return at + len(name)
        raise wrong
    if letter == "z":
        return _read_zone(text, at, found, wrong)
    if letter == "Z":
        for name in ("UTC", "GMT"):
            if text[at:at + 3].upper() == name:
                found["Z"] = name
                return at + 3
        return at
    if letter == "%":
        if text[at:at + 1] != "%":
            raise wrong
        return at + 1
    raise ValueError(f"{letter!r} is a bad directive in format {format!r}")


def _read_zone(text, at, found, wrong):
    if text[at:at + 1] in ("Z", "z"):
        found["z"] = UTC
        return at + 1
    if text[at:at + 1] not in ("+", "-"):
        raise wrong
    end = at + 1
    while end < len(text) and (text[end].isdigit() or text[end] in ":."):
        end += 1
    try:
        found["z"] = _parse_zone(text[at], text[at + 1:end])
    except _NoFormat:
        raise wrong from None
    return end


def _assembled(found):
    year = found.get("Y", 1900)
    if "y" in found:
        year = found["y"] + (2000 if found["y"] < 69 else 1900)
    month = found.get("m", found.get("b", 1))
    day = found.get("d", found.get("e", 1))
    hour = found.get("H", 0)
    if "I" in found:
        hour = found["I"] % 12 + 12 * found.get("p", 0)
    if "j" in found and "m" not in found and "b" not in found:
        _, month, day = _civil(_ordinal(year, 1, 1) + found["j"] - 1)
    return year, month, day, hour, found.get("M", 0), found.get("S", 0), found.get("f", 0), found.get("z")
