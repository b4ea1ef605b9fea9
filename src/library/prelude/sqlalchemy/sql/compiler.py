"""Compilers by name; how SQL is written is the engine's affair here."""

from .._border import Compiled

RESERVED_WORDS = frozenset()


class SQLCompiler:
    pass


class DDLCompiler:
    pass


class IdentifierPreparer:
    pass
