from .impl import OracleImpl  # noqa: F401
