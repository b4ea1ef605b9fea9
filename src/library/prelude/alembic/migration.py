from .runtime.migration import *  # noqa: F401,F403
