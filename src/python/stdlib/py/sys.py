"""What `sys` has beyond the machine's own part."""

import _frames


class _VersionInfo(tuple):
    major = property(lambda self: self[0])
    minor = property(lambda self: self[1])
    micro = property(lambda self: self[2])
    releaselevel = property(lambda self: self[3])
    serial = property(lambda self: self[4])

    def __repr__(self):
        names = ("major", "minor", "micro", "releaselevel", "serial")
        return f"sys.version_info({', '.join(f'{name}={value!r}' for name, value in zip(names, self))})"


class _Record:
    def __init__(self, **values):
        self.__dict__.update(values)


version_info = _VersionInfo(version_info)
implementation = _Record(name="cpython", version=version_info, cache_tag="cpython-314")
flags = _Record(debug=0, optimize=0, interactive=0, utf8_mode=1, dev_mode=False)
hash_info = _Record(width=64, modulus=(1 << 61) - 1)
float_info = _Record(max=1.7976931348623157e308, min=2.2250738585072014e-308, dig=15, epsilon=2.220446049250313e-16)
warnoptions = []
meta_path = []
path_hooks = []
path_importer_cache = {}
builtin_module_names = ("builtins", "sys", "math")
copyright = ""
api_version = 1013
ps1, ps2 = ">>> ", "... "


class _Frame:
    """A frame of the user's: where it stands, nothing more."""

    def __init__(self, frames):
        path, function, line, module = frames[0]
        self.f_code = _Record(co_filename=path, co_name=function, co_qualname=function, co_flags=0)
        self.f_lineno = line
        self.f_globals = modules[module].__dict__ if module in modules else {"__name__": module}
        self.f_locals = {}
        self.f_back = _Frame(frames[1:]) if len(frames) > 1 else None


def _getframe(depth=0, /):
    frames = _frames.visible()
    if depth >= len(frames):
        raise ValueError("call stack is not deep enough")
    return _Frame(frames[depth:])


def excepthook(type, value, traceback, /):
    from traceback import print_exception

    print_exception(value)


def displayhook(value, /):
    if value is not None:
        print(repr(value))


def gettrace():
    return None


def settrace(function, /):
    pass


def getprofile():
    return None


def is_finalizing():
    return False


def audit(event, /, *args):
    pass
