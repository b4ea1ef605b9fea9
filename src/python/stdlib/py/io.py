"""Texts and bytes that behave like files, and the host's files."""

import _host
from abc import ABC as _ABC

SEEK_SET, SEEK_CUR, SEEK_END = 0, 1, 2
DEFAULT_BUFFER_SIZE = 8192


class UnsupportedOperation(OSError, ValueError):
    pass


class IOBase(_ABC):
    closed = False
    _closed_message = "I/O operation on closed file"

    def close(self):
        self.closed = True

    def flush(self):
        pass

    def _open(self):
        if self.closed:
            raise ValueError(self._closed_message)

    def __enter__(self):
        self._open()
        return self

    def __exit__(self, *exc_info):
        self.close()

    def __iter__(self):
        return self

    def __next__(self):
        line = self.readline()
        if not line:
            raise StopIteration
        return line

    def readlines(self, hint=-1):
        return list(self)

    def writelines(self, lines):
        for line in lines:
            self.write(line)

    def readable(self):
        return True

    def writable(self):
        return True

    def seekable(self):
        return True

    def isatty(self):
        return False

    def fileno(self):
        raise UnsupportedOperation("fileno")


class TextIOBase(IOBase):
    encoding = "utf-8"
    errors = None
    newlines = None


class RawIOBase(IOBase):
    pass


class BufferedIOBase(IOBase):
    pass


class _Memory(IOBase):
    """A value of one kind with a place in it."""

    def __init__(self, value):
        self._value = value
        self._at = 0

    def getvalue(self):
        self._open()
        return self._value

    def read(self, size=-1, /):
        self._open()
        end = len(self._value) if size is None or size < 0 else self._at + size
        part = self._value[self._at:end]
        self._at += len(part)
        return part

    def readline(self, size=-1, /):
        self._open()
        found = self._value.find(self._newline, self._at)
        end = len(self._value) if found < 0 else found + 1
        return self.read(min(end - self._at, size) if size is not None and size >= 0 else end - self._at)

    def write(self, part, /):
        self._open()
        if self._at > len(self._value):
            self._value += self._filler * (self._at - len(self._value))
        if self._at == len(self._value):
            self._value += part
        else:
            self._value = self._value[:self._at] + part + self._value[self._at + len(part):]
        self._at += len(part)
        return len(part)

    def seek(self, offset, whence=0, /):
        self._open()
        self._at = max(offset + (0, self._at, len(self._value))[whence], 0)
        return self._at

    def tell(self):
        self._open()
        return self._at

    def truncate(self, size=None, /):
        size = self._at if size is None else size
        self._value = self._value[:size]
        return size


class StringIO(_Memory, TextIOBase):
    _newline = "\n"
    _filler = "\0"

    def __init__(self, initial_value="", newline="\n"):
        if not isinstance(initial_value, (str, type(None))):
            raise TypeError(f"initial_value must be str or None, not {type(initial_value).__name__}")
        super().__init__(initial_value or "")

    def write(self, s, /):
        if not isinstance(s, str):
            raise TypeError(f"string argument expected, got {type(s).__name__!r}")
        return super().write(s)


class BytesIO(_Memory, BufferedIOBase):
    _newline = b"\n"
    _filler = b"\0"

    def __init__(self, initial_bytes=b""):
        super().__init__(bytes(initial_bytes or b""))

    def write(self, b, /):
        if isinstance(b, str):
            raise TypeError("a bytes-like object is required, not 'str'")
        return super().write(bytes(b))

    def getbuffer(self):
        return self.getvalue()


class _File:
    """What a text and a bytes file of the host share: it is read at once and written when it is closed."""

    _closed_message = "I/O operation on closed file."

    def _start(self, path, mode, value):
        self.name, self.mode, self._path = path, mode, path
        self._reads = "r" in mode or "+" in mode
        self._writes = any(letter in mode for letter in "wax+")
        self._changed = "w" in mode or "x" in mode
        self._value = value
        self._at = len(value) if "a" in mode else 0

    def readable(self):
        return self._reads

    def writable(self):
        return self._writes

    def read(self, size=-1, /):
        self._open()
        if not self._reads:
            raise UnsupportedOperation("not readable")
        return super().read(size)

    def write(self, part, /):
        self._open()
        if not self._writes:
            raise UnsupportedOperation("not writable")
        self._changed = True
        return super().write(part)

    def flush(self):
        if self._changed and not self.closed:
            _host.write(self._path, self._bytes())
            self._changed = False

    def close(self):
        self.flush()
        self.closed = True


class TextIOWrapper(_File, StringIO):
    def __init__(self, path, mode, value, encoding, errors, newline):
        self.encoding, self.errors = encoding, errors
        if newline is None:
            value = value.replace("\r\n", "\n").replace("\r", "\n")
        self._start(path, mode, value)

    def _bytes(self):
        return self._value.encode(self.encoding, self.errors)

    def __repr__(self):
        return f"<_io.TextIOWrapper name={self.name!r} mode={self.mode!r} encoding={self.encoding!r}>"


class BufferedFile(_File, BytesIO):
    def __init__(self, path, mode, value):
        self._start(path, mode, value)

    def _bytes(self):
        return self._value

    def __repr__(self):
        return f"<_io.BufferedReader name={self.name!r}>"



def open(
    file, mode="r", buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None,
):
    import os

    name = os.fspath(file)
    path = os.path.abspath(name)
    if sum(letter in mode for letter in "rwax") != 1 or set(mode) - set("rwaxbt+"):
        raise ValueError(f"invalid mode: {mode!r}")
    entry = _host.entry(path)
    if entry == "folder":
        raise IsADirectoryError(21, "Is a directory", name)
    if entry is None and "r" in mode:
        raise FileNotFoundError(2, "No such file or directory", name)
    if entry is not None and "x" in mode:
        raise FileExistsError(17, "File exists", name)
    if entry is None and _host.entry(os.path.dirname(path)) != "folder":
        raise FileNotFoundError(2, "No such file or directory", name)
    value = _host.read(path) if entry and ("r" in mode or "a" in mode) else b""
    if "b" in mode:
        made = BufferedFile(path, mode, value)
    else:
        encoding = "utf-8" if encoding in (None, "locale") else encoding
        errors = errors or "strict"
        made = TextIOWrapper(path, mode, value.decode(encoding, errors), encoding, errors, newline)
    made.name = name
    return made
