"""What extensions import from here, as far as it makes sense under this engine."""

from sqlalchemy import __version__ as sqlalchemy_version

sqla_14 = True
sqla_2 = True


def _get_constraint_final_name(constraint, dialect):
    return constraint.name


def constraint_name_or_none(name):
    return name if isinstance(name, str) else None
