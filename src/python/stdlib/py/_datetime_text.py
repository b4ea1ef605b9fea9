"""Dates and times as texts: ISO's form, strftime and strptime. A part of datetime."""

from _calendar_days import _EPOCH, _MONTHS, _WEEKDAYS, _civil, _ordinal
from datetime import UTC, _offset_text, date, datetime, time, timedelta, timezone


class NoFormat(Exception):
    """The text is not in ISO's format."""


def _digits(text, count):
    if len(text) != count or not text.isascii() or not text.isdigit():
        raise NoFormat
    return int(text)


def date_length(text):
    """How long the date is at the beginning of a date and time."""
    if len(text) < 7:
        raise NoFormat
    if "W" in text[4:6]:
        at = 8 if text[4] == "-" else 7
        if text[4] == "-":
            return 10 if text[at:at + 1] == "-" else 8
        return 8 if text[at:at + 1].isdigit() else 7
    return 10 if text[4] == "-" else 8


def parse_date(text):
    if len(text) < 7:
        raise NoFormat
    year = _digits(text[:4], 4)
    dashed = text[4] == "-"
    rest = text[5:] if dashed else text[4:]
    if rest[:1] == "W":
        week = _digits(rest[1:3], 2)
        day = rest[3:]
        if dashed and day:
            if day[0] != "-":
                raise NoFormat
            day = day[1:]
        found = date.fromisocalendar(year, week, _digits(day, 1) if day else 1)
        return found.year, found.month, found.day
    if dashed:
        if len(rest) != 5 or rest[2] != "-":
            raise NoFormat
        return year, _digits(rest[:2], 2), _digits(rest[3:], 2)
    return year, _digits(rest[:2], 2), _digits(rest[2:], 2)


def _parse_clock(text):
    """Hours, minutes, seconds and microseconds."""
    text, point, fraction = text.replace(",", ".").partition(".")
    if point and (not fraction.isdigit() or not fraction.isascii()):
        raise NoFormat
    parts = text.split(":") if ":" in text else [text[at:at + 2] for at in range(0, len(text), 2)]
    if not parts or len(parts) > 3 or (point and len(parts) < 3):
        raise NoFormat
    values = [_digits(part, 2) for part in parts] + [0, 0]
    return values[0], values[1] if len(parts) > 1 else 0, values[2] if len(parts) > 2 else 0, int((fraction + "000000")[:6])


def parse_time(text):
    zone = None
    for sign in "+-Z":
        if sign in text:
            text, _, offset = text.partition(sign)
            if sign == "Z":
                if offset:
                    raise NoFormat
                zone = UTC
            else:
                zone = _parse_zone(sign, offset)
            break
    return (*_parse_clock(text), zone)


def _parse_zone(sign, text):
    hours, minutes, seconds, micros = _parse_clock(text)
    delta = timedelta(hours=hours, minutes=minutes, seconds=seconds, microseconds=micros)
    return timezone(-delta if sign == "-" else delta) if delta else UTC


def strftime(value, format):
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
        return strftime(value, longer[letter])
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


def strptime(text, format):
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
    except NoFormat:
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
