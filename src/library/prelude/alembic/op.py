"""`alembic.op`: the operations of the revision that is running; each name stands for a method of `Operations`."""

from alembic.operations.base import Operations
from alembic.util.langhelpers import proxy_functions

proxy_functions(Operations, globals())
