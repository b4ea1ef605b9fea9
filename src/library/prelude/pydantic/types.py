"""`pydantic.types`."""

from . import PositiveInt, SecretStr, constr
