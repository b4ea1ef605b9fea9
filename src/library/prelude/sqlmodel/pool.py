"""`sqlmodel.pool`."""

from sqlalchemy.pool import StaticPool
