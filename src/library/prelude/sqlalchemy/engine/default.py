"""`sqlalchemy.engine.default`."""

from .dialect import DefaultDialect, Dialect
