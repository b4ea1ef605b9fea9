"""Versions of installed packages, of which there are ours."""


class PackageNotFoundError(ModuleNotFoundError):
    def __str__(self):
        return f"No package metadata was found for {self.args[0]}"


_VERSIONS = {"alembic": "1.20.1", "SQLAlchemy": "2.0.58", "sqlalchemy": "2.0.58", "sqlmodel": "0.0.27"}


def version(distribution_name):
    if distribution_name not in _VERSIONS:
        raise PackageNotFoundError(distribution_name)
    return _VERSIONS[distribution_name]


def entry_points(**params):
    return []
