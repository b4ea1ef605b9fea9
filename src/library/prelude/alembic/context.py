"""`alembic.context`: the environment that runs env.py; each name stands for a method of `EnvironmentContext`."""

from alembic.runtime.environment import EnvironmentContext
from alembic.util.langhelpers import proxy_functions

proxy_functions(EnvironmentContext, globals())
