"""The types of SQLModel's fields."""

import datetime

from sqlalchemy import types
from sqlalchemy.sql.sqltypes import DateTime, Interval, String
from sqlalchemy.sql.type_api import TypeDecorator


class AutoString(TypeDecorator):
    """Text; on MySQL, which asks for a length, of 255 characters."""

    impl = String
    cache_ok = True
    mysql_default_length = 255

    def load_dialect_impl(self, dialect):
        if self.impl.length is None and dialect.name in ("mysql", "mariadb"):
            return String(self.mysql_default_length)
        return TypeDecorator.load_dialect_impl(self, dialect)


class UTCDateTime(TypeDecorator):
    """Moments with a time zone, kept in UTC."""

    impl = DateTime
    cache_ok = True

    def __init__(self):
        TypeDecorator.__init__(self, timezone=True)

    # Its constructor takes nothing, so nothing is shown.
    def __repr__(self):
        return "UTCDateTime()"

    def _repr_pairs(self):
        return ()

    def coerce_compared_value(self, op, value):
        return Interval() if isinstance(value, datetime.timedelta) else self

    def process_bind_param(self, value, dialect):
        if value is None:
            return None
        if value.utcoffset() is None:
            raise ValueError(
                "Datetime values must have timezone information. Use datetime.now(timezone.utc), or annotate the field with"
                " NaiveDatetime for naive storage."
            )
        return value.astimezone(datetime.timezone.utc)

    def process_result_value(self, value, dialect):
        if value is None:
            return None
        if value.utcoffset() is None:
            return value.replace(tzinfo=datetime.timezone.utc)
        return value.astimezone(datetime.timezone.utc)
