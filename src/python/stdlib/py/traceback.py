"""How errors are told."""

import sys
import _frames


class FrameSummary:
    def __init__(self, filename, lineno, name, line=None):
        self.filename, self.lineno, self.name, self._line = filename, lineno, name, line

    @property
    def line(self):
        if self._line is None:
            import linecache

            self._line = linecache.getline(self.filename, self.lineno).strip()
        return self._line

    def __iter__(self):
        return iter([self.filename, self.lineno, self.name, self.line])

    def __getitem__(self, index):
        return (self.filename, self.lineno, self.name, self.line)[index]

    def __len__(self):
        return 4

    def __repr__(self):
        return f"<FrameSummary file {self.filename}, line {self.lineno} in {self.name}>"


class StackSummary(list):
    def format(self):
        return format_list(self)


def walk_tb(tb):
    while tb is not None:
        yield tb.tb_frame, tb.tb_lineno
        tb = tb.tb_next


def walk_stack(frame):
    while frame is not None:
        yield frame, frame.f_lineno
        frame = frame.f_back


def extract_tb(tb, limit=None):
    frames = StackSummary(FrameSummary(*entry) for entry in ([] if tb is None else _frames.entries(tb)))
    return frames if limit is None else StackSummary(frames[:limit] if limit >= 0 else frames[limit:])


def extract_stack(f=None, limit=None):
    visible = _frames.visible() if f is None else [
        (frame.f_code.co_filename, frame.f_code.co_name, lineno, None) for frame, lineno in walk_stack(f)
    ]
    frames = StackSummary(FrameSummary(path, line, function) for path, function, line, _ in reversed(visible))
    return frames if limit is None else StackSummary(frames[-limit:])


def format_list(extracted_list):
    shown = []
    for filename, lineno, name, line in extracted_list:
        shown.append(f'  File "{filename}", line {lineno}, in {name}\n' + (f"    {line.strip()}\n" if line else ""))
    return shown


def format_tb(tb, limit=None):
    return format_list(extract_tb(tb, limit))


def format_stack(f=None, limit=None):
    return format_list(extract_stack(f, limit))


def print_tb(tb, limit=None, file=None):
    (file or sys.stderr).write("".join(format_tb(tb, limit)))


def print_stack(f=None, limit=None, file=None):
    (file or sys.stderr).write("".join(format_stack(f, limit)))


_absent = object()


def format_exception_only(exc, /, value=_absent, *, show_group=False):
    error = exc if value is _absent else value
    if error is None:
        return ["NoneType: None\n"]
    cls = type(error)
    name = cls.__qualname__ if cls.__module__ in ("builtins", "__main__") else f"{cls.__module__}.{cls.__qualname__}"
    try:
        text = str(error)
    except Exception:
        text = "<exception str() failed>"
    lines = [f"{name}: {text}\n" if text else f"{name}\n"]
    for note in getattr(error, "__notes__", ()):
        lines += [line + "\n" for line in str(note).split("\n")]
    return lines


def format_exception(exc, /, value=_absent, tb=_absent, limit=None, chain=True, **kwargs):
    error = exc if value is _absent else value
    if error is None:
        return format_exception_only(error)
    if chain:
        return _frames.traceback(error).splitlines(True)
    lines = format_tb(error.__traceback__, limit)
    return (["Traceback (most recent call last):\n"] if lines else []) + lines + format_exception_only(error)


def print_exception(exc, /, value=_absent, tb=_absent, limit=None, file=None, chain=True, **kwargs):
    (file or sys.stderr).write("".join(format_exception(exc, value, tb, limit, chain)))


def format_exc(limit=None, chain=True):
    return "".join(format_exception(sys.exception(), limit=limit, chain=chain))


def print_exc(limit=None, file=None, chain=True):
    print_exception(sys.exception(), limit=limit, file=file, chain=chain)


class TracebackException:
    def __init__(self, exc_type, exc_value, exc_traceback, *, limit=None, **kwargs):
        self._lines = format_exception(exc_type, exc_value, exc_traceback, limit)
        self._last = format_exception_only(exc_value)
        self.stack = extract_tb(exc_traceback, limit)
        self.exc_type = exc_type

    @classmethod
    def from_exception(cls, exc, **kwargs):
        return cls(type(exc), exc, exc.__traceback__, **kwargs)

    def format(self, *, chain=True, **kwargs):
        return iter(self._lines)

    def format_exception_only(self, **kwargs):
        return iter(self._last)
