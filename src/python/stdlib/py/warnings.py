"""Warnings: what is wrong, but not wrong enough to stop."""

import sys
import _frames

__all__ = [
    "warn", "warn_explicit", "showwarning", "formatwarning", "filterwarnings", "simplefilter", "resetwarnings",
    "catch_warnings", "deprecated",
]

filters = [
    ("default", None, DeprecationWarning, "__main__", 0), ("ignore", None, DeprecationWarning, None, 0),
    ("ignore", None, PendingDeprecationWarning, None, 0), ("ignore", None, ImportWarning, None, 0),
    ("ignore", None, ResourceWarning, None, 0),
]
defaultaction = "default"
onceregistry = {}
_seen = set()


class WarningMessage:
    def __init__(self, message, category, filename, lineno, file=None, line=None, source=None):
        self.message, self.category, self.filename, self.lineno = message, category, filename, lineno
        self.file, self.line, self.source = file, line, source
        self._category_name = category.__name__ if category else None

    def __str__(self):
        return (
            f"{{message : {self.message!r}, category : {self._category_name!r}, filename : {self.filename!r}, "
            f"lineno : {self.lineno}, line : {self.line!r}}}"
        )


def _source_line(filename, lineno):
    import linecache

    return linecache.getline(filename, lineno).strip()


def formatwarning(message, category, filename, lineno, line=None):
    line = _source_line(filename, lineno) if line is None else line.strip()
    shown = f"{filename}:{lineno}: {category.__name__}: {message}\n"
    return shown + (f"  {line}\n" if line else "")


def showwarning(message, category, filename, lineno, file=None, line=None):
    (file or sys.stderr).write(formatwarning(message, category, filename, lineno, line))


_show_by_default = showwarning


def simplefilter(action, category=Warning, lineno=0, append=False):
    _add((action, None, category, None, lineno), append)


def filterwarnings(action, message="", category=Warning, module="", lineno=0, append=False):
    import re

    if action not in ("error", "ignore", "always", "default", "module", "once", "all"):
        raise ValueError(f"invalid action: {action!r}")
    pattern = re.compile(message, re.I) if message else None
    _add((action, pattern, category, re.compile(module) if module else None, lineno), append)


def _add(item, append):
    _seen.clear()
    if append:
        filters.append(item)
        return
    if item in filters:
        filters.remove(item)
    filters.insert(0, item)


def resetwarnings():
    filters[:] = []
    _seen.clear()


def _action(text, category, module, lineno):
    for action, message, wanted, where, line in filters:
        if message is not None and not message.match(text):
            continue
        if not issubclass(category, wanted) or (line and line != lineno):
            continue
        if where is None or (where == module if isinstance(where, str) else where.match(module)):
            return action
    return defaultaction


def warn_explicit(message, category, filename, lineno, module=None, registry=None, module_globals=None, source=None):
    lineno = int(lineno)
    module = module or filename.removesuffix(".py")
    if isinstance(message, Warning):
        text, category = str(message), message.__class__
    else:
        text = message
        message = category(message)
    action = _action(text, category, module, lineno)
    if action == "ignore":
        return
    if action == "error":
        raise message
    keys = {"once": (text, category), "default": (text, category, filename, lineno), "module": (text, category, module)}
    if action in keys:
        if keys[action] in _seen:
            return
        _seen.add(keys[action])
    if _recorders:
        _recorders[-1].append(WarningMessage(message, category, filename, lineno, source=source))
    else:
        showwarning(message, category, filename, lineno)


_recorders = []


def warn(message, category=None, stacklevel=1, source=None, *, skip_file_prefixes=()):
    if isinstance(message, Warning):
        category = message.__class__
    category = UserWarning if category is None else category
    if not (isinstance(category, type) and issubclass(category, Warning)):
        raise TypeError(f"category must be a Warning subclass, not {type(category).__name__!r}")
    filename, lineno, module = _caller(stacklevel)
    warn_explicit(message, category, filename, lineno, module)


def _caller(stacklevel):
    frames = _frames.visible()
    if not frames:
        return "<sys>", 0, "sys"
    path, _, line, module = frames[min(max(stacklevel, 1), len(frames)) - 1]
    return path, line, module


class catch_warnings:
    def __init__(self, *, record=False, module=None, action=None, category=Warning, lineno=0, append=False):
        self._record = record
        self._filter = None if action is None else (action, category, lineno, append)

    def __enter__(self):
        self._saved = filters[:]
        _seen.clear()
        log = None
        if self._record:
            log = []
            _recorders.append(log)
        if self._filter is not None:
            simplefilter(*self._filter)
        return log

    def __exit__(self, *exc_info):
        filters[:] = self._saved
        _seen.clear()
        if self._record:
            _recorders.pop()


class deprecated:
    def __new__(cls, message, /, *, category=DeprecationWarning, stacklevel=1):
        from typing_extensions import deprecated

        return deprecated(message, category=category, stacklevel=stacklevel)
