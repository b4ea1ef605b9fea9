"""Files, environment and paths of the host. Variables set here are the program's own."""

import _host
import posixpath as path
from abc import ABC as _ABC, abstractmethod as _abstractmethod
from collections.abc import MutableMapping as _MutableMapping
from posixpath import altsep, curdir, defpath, devnull, extsep, fspath, pardir, pathsep, sep

name = "posix"
linesep = "\n"
error = OSError
F_OK, R_OK, W_OK, X_OK = 0, 4, 2, 1
O_RDONLY, O_WRONLY, O_RDWR = 0, 1, 2


class _Environ(_MutableMapping):
    def __init__(self, values):
        self._values = values

    def __getitem__(self, key):
        if not isinstance(key, str):
            raise TypeError(f"str expected, not {type(key).__name__}")
        return self._values[key]

    def __setitem__(self, key, value):
        for one in (key, value):
            if not isinstance(one, str):
                raise TypeError(f"str expected, not {type(one).__name__}")
        self._values[key] = value

    def __delitem__(self, key):
        del self._values[key]

    def __iter__(self):
        return iter(list(self._values))

    def __len__(self):
        return len(self._values)

    def __repr__(self):
        return f"environ({self._values!r})"

    def copy(self):
        return dict(self._values)

    def __or__(self, other):
        return {**self._values, **other}

    def __ror__(self, other):
        return {**other, **self._values}


environ = _Environ(_host.variables())
_here = [_host.cwd()]


class PathLike(_ABC):
    __slots__ = ()

    @_abstractmethod
    def __fspath__(self):
        raise NotImplementedError

    @classmethod
    def __subclasshook__(cls, subclass):
        return hasattr(subclass, "__fspath__") if cls is PathLike else NotImplemented


def getenv(key, default=None):
    return environ.get(key, default)


def putenv(key, value):
    environ[key] = value


def unsetenv(key):
    environ.pop(key, None)


def getcwd():
    return _here[0]


def chdir(path):
    there = _folder(path)
    _here[0] = there


def getpid():
    return 1


def getppid():
    return 0


def getuid():
    return 1000


def getlogin():
    return "retort"


def cpu_count():
    return 1


def urandom(size, /):
    return _host.random(size)


def fsencode(filename):
    filename = fspath(filename)
    return filename.encode() if isinstance(filename, str) else filename


def fsdecode(filename):
    filename = fspath(filename)
    return filename.decode() if isinstance(filename, bytes) else filename


def _folder(given):
    there = path.abspath(given)
    entry = _host.entry(there)
    if entry is None:
        raise FileNotFoundError(2, "No such file or directory", fspath(given))
    if entry != "folder":
        raise NotADirectoryError(20, "Not a directory", fspath(given))
    return there


def listdir(path="."):
    return list(_host.list(_folder(path)))


class DirEntry:
    def __init__(self, folder, name):
        self.name, self.path = name, path.join(folder, name)

    def is_file(self, *, follow_symlinks=True):
        return path.isfile(self.path)

    def is_dir(self, *, follow_symlinks=True):
        return path.isdir(self.path)

    def is_symlink(self):
        return False

    def stat(self, *, follow_symlinks=True):
        return stat(self.path)

    def __fspath__(self):
        return self.path

    def __repr__(self):
        return f"<DirEntry {self.name!r}>"


class _Scan:
    def __init__(self, entries):
        self._entries = iter(entries)

    def __iter__(self):
        return self

    def __next__(self):
        return next(self._entries)

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        pass

    def close(self):
        pass


def scandir(path="."):
    return _Scan([DirEntry(fspath(path), name) for name in listdir(path)])


def walk(top, topdown=True, onerror=None, followlinks=False):
    top = fspath(top)
    if not path.isdir(top):
        return
    names = listdir(top)
    folders = [name for name in names if path.isdir(path.join(top, name))]
    files = [name for name in names if name not in folders]
    if topdown:
        yield top, folders, files
    for name in folders:
        yield from walk(path.join(top, name), topdown, onerror, followlinks)
    if not topdown:
        yield top, folders, files


def mkdir(path, mode=0o777):
    _make_folder(path, False)


def _make_folder(given, parents):
    there = path.abspath(given)
    if _host.entry(there) is not None:
        raise FileExistsError(17, "File exists", fspath(given))
    if not parents and _host.entry(path.dirname(there)) != "folder":
        raise FileNotFoundError(2, "No such file or directory", fspath(given))
    _host.create_folder(there)


def makedirs(name, mode=0o777, exist_ok=False):
    if not (exist_ok and path.isdir(name)):
        _make_folder(name, True)


def remove(path, *, dir_fd=None):
    there = _existing(path)
    if _host.entry(there) == "folder":
        raise IsADirectoryError(21, "Is a directory", fspath(path))
    _host.remove(there)


unlink = remove


def rmdir(path):
    there = _folder(path)
    if _host.list(there):
        raise OSError(39, "Directory not empty", fspath(path))
    _host.remove(there)


def _existing(given):
    there = path.abspath(given)
    if _host.entry(there) is None:
        raise FileNotFoundError(2, "No such file or directory", fspath(given))
    return there


def rename(src, dst):
    there = _existing(src)
    if _host.entry(there) == "folder":
        raise OSError(95, "Folders cannot be renamed here", fspath(src))
    _host.write(path.abspath(dst), _host.read(there))
    _host.remove(there)


replace = rename


def access(path, mode):
    return _host.entry(_abs(path)) is not None


def _abs(given):
    return path.abspath(given)


class stat_result:
    def __init__(self, size, is_folder):
        self.st_size = size
        self.st_mode = 0o40755 if is_folder else 0o100644
        self.st_mtime = self.st_ctime = self.st_atime = 0.0
        self.st_uid = self.st_gid = 1000


def stat(path, *, dir_fd=None, follow_symlinks=True):
    there = _existing(path)
    if _host.entry(there) == "folder":
        return stat_result(0, True)
    return stat_result(len(_host.read(there)), False)


lstat = stat


def chmod(path, mode):
    _existing(path)


def strerror(code, /):
    return {2: "No such file or directory", 17: "File exists", 20: "Not a directory", 21: "Is a directory"}.get(
        code, f"Unknown error {code}"
    )


def system(command):
    raise OSError(1, "Programs cannot be started here")


popen = system


def get_terminal_size(fallback=(80, 24)):
    return terminal_size(fallback)


class terminal_size(tuple):
    columns = property(lambda self: self[0])
    lines = property(lambda self: self[1])


def _exit(status):
    raise SystemExit(status)
