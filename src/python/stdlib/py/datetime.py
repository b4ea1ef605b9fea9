"""Dates and times of the proleptic Gregorian calendar; the clock is the host's."""

import _host
from _calendar_days import _EPOCH, _MONTHS, _WEEKDAYS, _civil, _days_in, _ordinal
from _timedelta import UTC, _DAY, _offset_text, _qualified, _round_half_even, timedelta, timezone, tzinfo

__all__ = ["date", "datetime", "time", "timedelta", "timezone", "tzinfo", "MINYEAR", "MAXYEAR", "UTC"]

MINYEAR = 1
MAXYEAR = 9999
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
            return cls(*_text.parse_date(text))
        except _text.NoFormat:
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
        return cls(*_text.strptime(text, format)[:3])

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
        return _text.strftime(self, format)

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
date.resolution = timedelta._of(_DAY)


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
            return cls(*_text.parse_time(text[1:] if text[:1] in ("T", "t") else text))
        except _text.NoFormat:
            raise ValueError(f"Invalid isoformat string: {text!r}") from None

    @classmethod
    def strptime(cls, text, format):
        return cls(*_text.strptime(text, format)[3:])

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
        return _text.strftime(self, format)

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
time.resolution = timedelta.resolution


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
            cut = _text.date_length(text)
            values = _text.parse_date(text[:cut])
            if cut == len(text):
                return cls(*values)
            if cut + 1 == len(text):
                raise _text.NoFormat
            return cls(*values, *_text.parse_time(text[cut + 1:]))
        except _text.NoFormat:
            raise ValueError(f"Invalid isoformat string: {text!r}") from None

    @classmethod
    def strptime(cls, text, format):
        return cls(*_text.strptime(text, format))

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
datetime.resolution = timedelta.resolution


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


import _datetime_text as _text
