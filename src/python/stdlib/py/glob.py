"""Files by patterns."""

import os
from fnmatch import fnmatchcase

_MAGIC = "*?["


def has_magic(s):
    return any(c in s for c in _MAGIC)


def glob(pathname, *, root_dir=None, recursive=False, include_hidden=False):
    return list(iglob(pathname, root_dir=root_dir, recursive=recursive, include_hidden=include_hidden))


def iglob(pathname, *, root_dir=None, recursive=False, include_hidden=False):
    parts = [part for part in os.fspath(pathname).split("/") if part]
    start = "/" if os.fspath(pathname).startswith("/") else ""
    return iter(_found(start, parts, root_dir or "", recursive, include_hidden))


def _found(base, parts, root, recursive, hidden):
    if not parts:
        return [base] if base else []
    first, rest = parts[0], parts[1:]
    if recursive and first == "**":
        found = _found(base, rest, root, recursive, hidden) if rest else [os.path.join(base, "")] if base else []
        for name in _names(base, root, hidden):
            path = os.path.join(base, name)
            if os.path.isdir(os.path.join(root, path)):
                found += _found(path, parts, root, recursive, hidden)
            elif not rest:
                found.append(path)
        return found
    if not has_magic(first):
        path = os.path.join(base, first)
        there = os.path.join(root, path)
        return _found(path, rest, root, recursive, hidden) if os.path.exists(there) else []
    found = []
    for name in _names(base, root, hidden or first.startswith(".")):
        if fnmatchcase(name, first):
            path = os.path.join(base, name)
            if not rest or os.path.isdir(os.path.join(root, path)):
                found += _found(path, rest, root, recursive, hidden)
    return found


def _names(base, root, hidden):
    folder = os.path.join(root, base) or "."
    if not os.path.isdir(folder):
        return []
    return [name for name in os.listdir(folder) if hidden or not name.startswith(".")]


def escape(pathname):
    return "".join([f"[{c}]" if c in _MAGIC else c for c in pathname])
