"""The modules in a folder."""

import importlib
import os
import sys


class ModuleInfo(tuple):
    module_finder = property(lambda self: self[0])
    name = property(lambda self: self[1])
    ispkg = property(lambda self: self[2])

    def __repr__(self):
        return f"ModuleInfo(module_finder={self[0]!r}, name={self[1]!r}, ispkg={self[2]!r})"


class FileFinder:
    def __init__(self, path):
        self.path = path

    def __repr__(self):
        return f"FileFinder({self.path!r})"


def iter_modules(path=None, prefix=""):
    seen = set()
    for folder in sys.path if path is None else path:
        if not os.path.isdir(folder or "."):
            continue
        for name in sorted(os.listdir(folder or ".")):
            full = os.path.join(folder, name)
            module, suffix = os.path.splitext(name)
            is_package = os.path.isfile(os.path.join(full, "__init__.py"))
            wanted = (suffix == ".py" and module != "__init__") or is_package
            if wanted and module not in seen and module.isidentifier():
                seen.add(module)
                yield ModuleInfo((FileFinder(folder), prefix + module, is_package))


def walk_packages(path=None, prefix="", onerror=None):
    for info in iter_modules(path, prefix):
        yield info
        if not info.ispkg:
            continue
        try:
            module = importlib.import_module(info.name)
        except ImportError:
            if onerror is not None:
                onerror(info.name)
            continue
        except Exception:
            if onerror is None:
                raise
            onerror(info.name)
            continue
        yield from walk_packages(getattr(module, "__path__", None) or [], info.name + ".", onerror)


def get_data(package, resource):
    module = importlib.import_module(package)
    with open(os.path.join(os.path.dirname(module.__file__), resource), "rb") as file:
        return file.read()


def extend_path(path, name):
    return path


def resolve_name(name):
    module, _, attribute = name.partition(":")
    found = importlib.import_module(module)
    for part in attribute.split(".") if attribute else ():
        found = getattr(found, part)
    return found
