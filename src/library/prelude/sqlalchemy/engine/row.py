"""`sqlalchemy.engine.row`."""

from .result import BaseRow, Row, RowMapping
