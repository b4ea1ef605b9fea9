"""`sqlalchemy.dialects.sqlite.base`."""

from . import *  # noqa: F403
from . import DATE, DATETIME, TIME, JSON, insert
