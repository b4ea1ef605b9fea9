"""`pydantic.main`."""

from . import BaseModel
