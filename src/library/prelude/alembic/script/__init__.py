from .base import Script
from .base import ScriptDirectory

__all__ = ["Script", "ScriptDirectory"]
