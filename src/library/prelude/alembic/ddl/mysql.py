from .impl import MySQLImpl, MariaDBImpl  # noqa: F401
