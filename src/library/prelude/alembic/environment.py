from .runtime.environment import *  # noqa: F401,F403
