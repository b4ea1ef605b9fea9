"""`pydantic.networks`."""

from . import AnyHttpUrl, AnyUrl, EmailStr, HttpUrl, PostgresDsn
