"""The names of PostgreSQL's driver: its errors. Connections are SQLAlchemy's to make."""

from _retort_dbapi import exceptions

apilevel = "2.0"
paramstyle = "pyformat"
threadsafety = 2

globals().update(exceptions(__name__, pgcode=None, pgerror=None))


def connect(*args, **kw):
    raise NotImplementedError("psycopg2.connect: in Retort connections are made by SQLAlchemy's engines")
