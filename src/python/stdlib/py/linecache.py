"""Lines of source files."""

import _host


def getlines(filename, module_globals=None):
    import os

    path = os.path.abspath(filename)
    if filename.startswith("<") or _host.entry(path) != "file":
        return []
    text = _host.read(path).decode("utf-8", "replace")
    return [line if line.endswith("\n") else line + "\n" for line in text.splitlines(True)]


def getline(filename, lineno, module_globals=None):
    lines = getlines(filename)
    return lines[lineno - 1] if 1 <= lineno <= len(lines) else ""


def checkcache(filename=None):
    pass


def clearcache():
    pass
