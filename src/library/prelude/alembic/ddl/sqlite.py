from .impl import SQLiteImpl  # noqa: F401
