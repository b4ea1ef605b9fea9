"""`os.path`, which is posixpath."""

import posixpath
import sys

sys.modules["os.path"] = posixpath
