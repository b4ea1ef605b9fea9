"""Alembic's surface: what revisions and env.py import. The engine behind it answers through `_retort.ask`."""

from . import context
from . import op

__version__ = "1.20.1"
