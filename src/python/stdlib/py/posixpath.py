"""Paths as texts."""

import _host

sep = "/"
curdir = "."
pardir = ".."
extsep = "."
pathsep = ":"
defpath = "/bin:/usr/bin"
altsep = None
devnull = "/dev/null"


def fspath(path):
    if isinstance(path, (str, bytes)):
        return path
    method = getattr(type(path), "__fspath__", None)
    if method is None:
        raise TypeError(f"expected str, bytes or os.PathLike object, not {type(path).__name__}")
    return method(path)


def join(a, *paths):
    path = fspath(a)
    for part in map(fspath, paths):
        if part.startswith("/"):
            path = part
        elif not path or path.endswith("/"):
            path += part
        else:
            path += "/" + part
    return path


def split(p):
    p = fspath(p)
    at = p.rfind("/") + 1
    head, tail = p[:at], p[at:]
    return (head.rstrip("/") or head) if head else head, tail


def dirname(p):
    return split(p)[0]


def basename(p):
    return split(p)[1]


def splitext(p):
    p = fspath(p)
    start = p.rfind("/") + 1
    dot = p.rfind(".")
    if dot > start and p[start:dot].strip("."):
        return p[:dot], p[dot:]
    return p, ""


def splitdrive(p):
    return "", fspath(p)


def isabs(s):
    return fspath(s).startswith("/")


def normpath(path):
    path = fspath(path)
    rooted = path.startswith("/")
    kept = []
    for part in path.split("/"):
        if part in ("", "."):
            continue
        if part == ".." and kept and kept[-1] != "..":
            kept.pop()
        elif part != ".." or not rooted:
            kept.append(part)
    return ("/" if rooted else "") + "/".join(kept) or "."


def abspath(path):
    import os

    return normpath(join(os.getcwd(), path))


def realpath(filename, *, strict=False):
    return abspath(filename)


def relpath(path, start=None):
    if not path:
        raise ValueError("no path specified")
    here = [part for part in abspath(start or ".").split("/") if part]
    there = [part for part in abspath(path).split("/") if part]
    common = len([0 for _ in _shared(here, there)])
    return "/".join([".."] * (len(here) - common) + there[common:]) or "."


def _shared(a, b):
    for left, right in zip(a, b):
        if left != right:
            return
        yield left


def commonprefix(m):
    if not m:
        return ""
    first, last = min(m), max(m)
    return "".join(_shared(first, last)) if isinstance(first, str) else list(_shared(first, last))


def commonpath(paths):
    paths = [fspath(path) for path in paths]
    if not paths:
        raise ValueError("commonpath() arg is an empty sequence")
    if len({path.startswith("/") for path in paths}) > 1:
        raise ValueError("Can't mix absolute and relative paths")
    split_paths = [[part for part in path.split("/") if part and part != "."] for path in paths]
    shared = list(_shared(min(split_paths), max(split_paths)))
    return ("/" if paths[0].startswith("/") else "") + "/".join(shared)


def exists(path):
    return _host.entry(abspath(path)) is not None


lexists = exists


def isfile(path):
    return _host.entry(abspath(path)) == "file"


def isdir(path):
    return _host.entry(abspath(path)) == "folder"


def islink(path):
    return False


def ismount(path):
    return abspath(path) == "/"


def getsize(filename):
    import os

    return os.stat(filename).st_size


def getmtime(filename):
    import os

    return os.stat(filename).st_mtime


def samefile(a, b):
    return abspath(a) == abspath(b)


def expanduser(path):
    import os

    path = fspath(path)
    if path == "~" or path.startswith("~/"):
        return os.environ.get("HOME", "/").rstrip("/") + path[1:] or "/"
    return path


def expandvars(path):
    import os
    import re

    def value(match):
        return os.environ.get(match.group(1) or match.group(2), match.group())

    return re.sub(r"\$(?:(\w+)|\{([^}]*)\})", value, fspath(path), flags=re.ASCII)


def normcase(s):
    return fspath(s)
