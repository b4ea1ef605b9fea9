"""Where a module would come from."""

import os
import sys


class ModuleSpec:
    def __init__(self, name, loader=None, *, origin=None, is_package=None):
        self.name, self.loader, self.origin = name, loader, origin
        self.submodule_search_locations = [os.path.dirname(origin)] if is_package and origin else None
        self.parent = name if is_package else name.rpartition(".")[0]


class _Loader:
    def __init__(self, path):
        self.path = path

    def exec_module(self, module):
        with open(self.path) as file:
            code = compile(file.read(), self.path, "exec")
        exec(code, module.__dict__)


def find_spec(name, package=None):
    if name in sys.modules:
        return ModuleSpec(name, origin=getattr(sys.modules[name], "__file__", None))
    relative = name.replace(".", "/")
    for folder in sys.path:
        base = os.path.join(folder or os.getcwd(), relative)
        if os.path.isfile(base + ".py"):
            return ModuleSpec(name, _Loader(base + ".py"), origin=base + ".py")
        if os.path.isfile(os.path.join(base, "__init__.py")):
            path = os.path.join(base, "__init__.py")
            return ModuleSpec(name, _Loader(path), origin=path, is_package=True)
        if os.path.isdir(base):
            return ModuleSpec(name, None, is_package=True)
    return ModuleSpec(name) if name in sys.builtin_module_names else None


def spec_from_file_location(name, location=None, *, loader=None, submodule_search_locations=None):
    return ModuleSpec(name, loader or _Loader(os.fspath(location)), origin=os.fspath(location))


def module_from_spec(spec):
    module = type(sys)(spec.name)
    module.__file__, module.__spec__ = spec.origin, spec
    return module
