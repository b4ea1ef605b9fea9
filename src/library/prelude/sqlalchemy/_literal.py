"""Python's values as the engine's literals."""

import datetime
import decimal
import enum
import uuid


def literal(value):
    """The literal of a value that a database can hold."""
    kind = type(value)
    if kind is str:
        return {"Text": value}
    if value is None:
        return "Null"
    if kind is bool:
        return {"Boolean": value}
    if kind is int:
        return integer(value)
    if kind is float:
        return {"Float": value}
    return other(value)


def integer(value):
    if -9223372036854775808 <= value <= 9223372036854775807:
        return {"Integer": value}
    return {"Decimal": str(value)}


def other(value):
    if isinstance(value, (bytes, bytearray)):
        return {"Bytes": list(value)}
    if isinstance(value, enum.Enum):
        return enumerated(value)
    if isinstance(value, str):
        return {"Text": str.__str__(value)}
    if isinstance(value, int):
        return integer(int(value))
    if isinstance(value, float):
        return {"Float": float(value)}
    if isinstance(value, decimal.Decimal):
        return {"Decimal": str(value)}
    if isinstance(value, datetime.datetime):
        return {"DateTime": str(value)}
    if isinstance(value, datetime.date):
        return {"Date": str(value)}
    if isinstance(value, datetime.time):
        return {"Time": str(value)}
    if isinstance(value, datetime.timedelta):
        return {"Interval": (value.days * 86400 + value.seconds) * 1000000 + value.microseconds}
    if isinstance(value, uuid.UUID):
        return {"Uuid": str(value)}
    if isinstance(value, (list, tuple)):
        return {"List": [literal(one) for one in value]}
    if isinstance(value, dict):
        import json

        return {"Json": json.dumps(value)}
    raise TypeError("type '%s' is not supported" % type(value).__name__)


def enumerated(value):
    if isinstance(value, str):
        return {"Text": str.__str__(value.value)}
    if isinstance(value, int):
        return {"Integer": int(value)}
    return {"Text": value.name}


def literal_or_repr(value):
    """The literal of a value, or where it has none the text of its repr."""
    try:
        return literal(value)
    except TypeError:
        return {"Text": repr(value)}


def info(values):
    """`info=` as far as it is made of literals."""
    found = {}
    for key, value in values.items():
        if isinstance(key, str):
            try:
                found[key] = literal(value)
            except TypeError:
                pass
    return found
