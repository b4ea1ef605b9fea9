"""`sqlalchemy.engine.interfaces`: names for annotations."""

from .dialect import Dialect, ExecutionContext

ReflectedColumn = ReflectedIndex = ReflectedForeignKeyConstraint = ReflectedUniqueConstraint = dict
ReflectedPrimaryKeyConstraint = ReflectedCheckConstraint = ReflectedTableComment = dict
DBAPIConnection = DBAPICursor = object
