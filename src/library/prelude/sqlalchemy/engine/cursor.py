"""`sqlalchemy.engine.cursor`."""

from .result import CursorResult

LegacyCursorResult = ResultProxy = CursorResult
