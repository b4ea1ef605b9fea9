"""Errors of the revision graph, under Alembic's names."""

from alembic.util.exc import CommandError


class RevisionError(Exception):
    """Something about the graph."""


class ResolutionError(RevisionError):
    """A name that names nothing, or too much."""
