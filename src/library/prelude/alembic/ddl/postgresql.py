from .impl import PostgresqlImpl  # noqa: F401
