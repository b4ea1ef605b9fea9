from .api import AutogenContext
from .api import compare_metadata
from .api import comparators
from .api import produce_migrations
from .api import render_python_code
from .api import renderers
from .api import RevisionContext
from .rewriter import Rewriter
