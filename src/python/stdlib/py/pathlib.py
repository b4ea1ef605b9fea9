"""Paths as objects."""

import os
import posixpath

__all__ = ["PurePath", "PurePosixPath", "Path", "PosixPath"]


class _Parents:
    def __init__(self, path):
        self._paths = []
        while path.parent._text != path._text:
            path = path.parent
            self._paths.append(path)

    def __len__(self):
        return len(self._paths)

    def __getitem__(self, index):
        found = self._paths[index]
        return tuple(found) if isinstance(index, slice) else found

    def __iter__(self):
        return iter(self._paths)


def _cleaned(segments):
    text = posixpath.join(*segments) if segments else ""
    rooted = text.startswith("/")
    parts = [part for part in text.split("/") if part and part != "."]
    return ("/" if rooted else "") + "/".join(parts) or ("." if not rooted else "/")


class PurePath:
    def __new__(cls, *args, **kwargs):
        if cls is PurePath:
            cls = PurePosixPath
        elif cls is Path:
            cls = PosixPath
        return object.__new__(cls)

    def __init__(self, *args):
        self._text = _cleaned([os.fspath(arg) for arg in args])

    def with_segments(self, *segments):
        return type(self)(*segments)

    def __fspath__(self):
        return self._text

    def __str__(self):
        return self._text

    def __repr__(self):
        return f"{type(self).__name__}({self._text!r})"

    def as_posix(self):
        return self._text

    def __bytes__(self):
        return self._text.encode()

    def as_uri(self):
        from urllib.parse import quote

        if not self.is_absolute():
            raise ValueError("relative path can't be expressed as a file URI")
        return "file://" + quote(self._text)

    def __eq__(self, other):
        return self._text == other._text if isinstance(other, PurePath) else NotImplemented

    def __hash__(self):
        return hash(self._text)

    def __lt__(self, other):
        return self.parts < other.parts if isinstance(other, PurePath) else NotImplemented

    def __le__(self, other):
        return self.parts <= other.parts if isinstance(other, PurePath) else NotImplemented

    def __gt__(self, other):
        return self.parts > other.parts if isinstance(other, PurePath) else NotImplemented

    def __ge__(self, other):
        return self.parts >= other.parts if isinstance(other, PurePath) else NotImplemented

    def __truediv__(self, key):
        return self.with_segments(self, key) if isinstance(key, (str, PurePath)) else NotImplemented

    def __rtruediv__(self, key):
        return self.with_segments(key, self) if isinstance(key, str) else NotImplemented

    @property
    def drive(self):
        return ""

    @property
    def root(self):
        return "/" if self.is_absolute() else ""

    anchor = root

    @property
    def parts(self):
        body = tuple(part for part in self._text.split("/") if part and part != ".")
        return ("/",) + body if self.is_absolute() else body

    @property
    def parent(self):
        return self.with_segments(posixpath.dirname(self._text) or ".")

    @property
    def parents(self):
        return _Parents(self)

    @property
    def name(self):
        return "" if self._text in (".", "/") else posixpath.basename(self._text)

    @property
    def suffix(self):
        return posixpath.splitext(self.name)[1]

    @property
    def suffixes(self):
        name = self.name.lstrip(".")
        return ["." + part for part in name.split(".")[1:]]

    @property
    def stem(self):
        return posixpath.splitext(self.name)[0]

    def is_absolute(self):
        return self._text.startswith("/")

    def joinpath(self, *args):
        return self.with_segments(self, *args)

    def with_name(self, name):
        if not self.name:
            raise ValueError(f"{self!r} has an empty name")
        if not name or "/" in name or name == ".":
            raise ValueError(f"Invalid name {name!r}")
        return self.with_segments(posixpath.dirname(self._text), name)

    def with_stem(self, stem):
        return self.with_name(stem + self.suffix)

    def with_suffix(self, suffix):
        if suffix and (not suffix.startswith(".") or suffix == "."):
            raise ValueError(f"Invalid suffix {suffix!r}")
        return self.with_name(self.stem + suffix)

    def relative_to(self, other, *more, walk_up=False):
        other = self.with_segments(other, *more)
        if self.is_relative_to(other):
            return self.with_segments(*self.parts[len(other.parts):])
        if walk_up and self.is_absolute() == other.is_absolute():
            return self.with_segments(posixpath.relpath(self._text, other._text))
        raise ValueError(f"{self._text!r} is not in the subpath of {other._text!r}")

    def is_relative_to(self, other, *more):
        other = self.with_segments(other, *more)
        return self.parts[:len(other.parts)] == other.parts

    def match(self, pattern, *, case_sensitive=None):
        from fnmatch import fnmatchcase

        wanted = self.with_segments(pattern).parts
        own = self.parts
        if len(wanted) > len(own) or (wanted[0] == "/" and len(wanted) != len(own)):
            return False
        return all(fnmatchcase(part, one) for part, one in zip(reversed(own), reversed(wanted)))

    def full_match(self, pattern, *, case_sensitive=None):
        return _matches(self.parts, self.with_segments(pattern).parts)


def _matches(parts, pattern):
    from fnmatch import fnmatchcase

    if not pattern:
        return not parts
    if pattern[0] == "**":
        return any(_matches(parts[at:], pattern[1:]) for at in range(len(parts) + 1))
    return bool(parts) and fnmatchcase(parts[0], pattern[0]) and _matches(parts[1:], pattern[1:])


class PurePosixPath(PurePath):
    pass


class Path(PurePath):
    @classmethod
    def cwd(cls):
        return cls(os.getcwd())

    @classmethod
    def home(cls):
        return cls(posixpath.expanduser("~"))

    def expanduser(self):
        return self.with_segments(posixpath.expanduser(self._text))

    def absolute(self):
        return self if self.is_absolute() else self.with_segments(os.getcwd(), self._text)

    def resolve(self, strict=False):
        if strict:
            os.stat(self._text)
        return self.with_segments(posixpath.abspath(self._text))

    def exists(self, *, follow_symlinks=True):
        return posixpath.exists(self._text)

    def is_file(self, *, follow_symlinks=True):
        return posixpath.isfile(self._text)

    def is_dir(self, *, follow_symlinks=True):
        return posixpath.isdir(self._text)

    def is_symlink(self):
        return False

    def stat(self, *, follow_symlinks=True):
        return os.stat(self._text)

    def samefile(self, other):
        return posixpath.samefile(self, other)

    def open(self, mode="r", buffering=-1, encoding=None, errors=None, newline=None):
        import io

        return io.open(self, mode, buffering, encoding, errors, newline)

    def read_text(self, encoding=None, errors=None, newline=None):
        with self.open("r", encoding=encoding, errors=errors, newline=newline) as file:
            return file.read()

    def read_bytes(self):
        with self.open("rb") as file:
            return file.read()

    def write_text(self, data, encoding=None, errors=None, newline=None):
        if not isinstance(data, str):
            raise TypeError(f"data must be str, not {type(data).__name__}")
        with self.open("w", encoding=encoding, errors=errors, newline=newline) as file:
            return file.write(data)

    def write_bytes(self, data):
        with self.open("wb") as file:
            return file.write(data)

    def touch(self, mode=0o666, exist_ok=True):
        if not self.exists():
            self.write_bytes(b"")
        elif not exist_ok:
            raise FileExistsError(17, "File exists", self._text)

    def iterdir(self):
        return iter([self._child(name) for name in os.listdir(self._text)])

    def _child(self, name):
        return self.with_segments(self._text, name) if self._text != "." else self.with_segments(name)

    def mkdir(self, mode=0o777, parents=False, exist_ok=False):
        if exist_ok and self.is_dir():
            return
        os.makedirs(self._text) if parents else os.mkdir(self._text)

    def rmdir(self):
        os.rmdir(self._text)

    def unlink(self, missing_ok=False):
        if not (missing_ok and not self.exists()):
            os.unlink(self._text)

    def rename(self, target):
        os.rename(self._text, target)
        return self.with_segments(target)

    replace = rename

    def chmod(self, mode):
        os.chmod(self._text, mode)

    def glob(self, pattern, *, case_sensitive=None):
        pattern = os.fspath(pattern)
        if not pattern:
            raise ValueError(f"Unacceptable pattern: {pattern!r}")
        found = []
        self._glob([part for part in pattern.split("/") if part], found)
        return iter(found)

    def rglob(self, pattern, *, case_sensitive=None):
        return self.glob("**/" + os.fspath(pattern))

    def _glob(self, parts, found):
        from fnmatch import fnmatchcase

        if not parts:
            if self not in found:
                found.append(self)
            return
        first, rest = parts[0], parts[1:]
        if not self.is_dir():
            return
        if first == "**":
            self._glob(rest, found)
            for child in self.iterdir():
                if child.is_dir():
                    child._glob(parts, found)
            return
        for child in self.iterdir():
            if fnmatchcase(child.name, first):
                child._glob(rest, found)

    def walk(self, top_down=True, on_error=None, follow_symlinks=False):
        for folder, folders, files in os.walk(self._text, top_down):
            yield self.with_segments(folder), folders, files


class PosixPath(Path, PurePosixPath):
    pass


class PureWindowsPath(PurePath):
    def __new__(cls, *args):
        raise NotImplementedError("Windows paths")
