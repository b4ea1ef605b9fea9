from .impl import MSSQLImpl  # noqa: F401
