"""Regular expressions over the engine's own matcher."""

import _re
from _re_flags import (
    A, ASCII, DEBUG, DOTALL, I, IGNORECASE, L, LOCALE, M, MULTILINE, NOFLAG, RegexFlag, S, U, UNICODE, VERBOSE, X,
)
from types import GenericAlias

__all__ = [
    "match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer", "compile", "purge", "escape",
    "error", "Pattern", "Match", "A", "I", "L", "M", "S", "X", "U", "ASCII", "IGNORECASE", "LOCALE", "MULTILINE",
    "DOTALL", "VERBOSE", "UNICODE", "NOFLAG", "RegexFlag", "PatternError",
]


class PatternError(Exception):
    __module__ = "re"

    def __init__(self, msg, pattern=None, pos=None):
        self.msg, self.pattern, self.pos = msg, pattern, pos
        self.lineno = self.colno = None
        sentence = msg
        if pattern is not None and pos is not None:
            sentence = f"{msg} at position {pos}"
            newline = "\n" if isinstance(pattern, str) else b"\n"
            self.lineno = pattern.count(newline, 0, pos) + 1
            self.colno = pos - pattern.rfind(newline, 0, pos)
            if newline in pattern:
                sentence = f"{sentence} (line {self.lineno}, column {self.colno})"
        super().__init__(sentence)


error = PatternError
_SEARCH, _START, _FULL = 0, 1, 2


class Match:
    """A match: the text, and where each group begins and ends in it."""

    __slots__ = ("re", "string", "pos", "endpos", "lastindex", "_spans")
    __class_getitem__ = classmethod(GenericAlias)

    def __init__(self, re, string, pos, endpos, found):
        self.re, self.string, self.pos, self.endpos = re, string, pos, endpos
        self._spans, self.lastindex = found

    def _number(self, group):
        if isinstance(group, str):
            if group not in self.re.groupindex:
                raise IndexError("no such group")
            return self.re.groupindex[group]
        group = group.__index__()
        if not 0 <= group <= self.re.groups:
            raise IndexError("no such group")
        return group

    def _text(self, number, default=None):
        start, end = self._spans[number]
        return default if start < 0 else self.string[start:end]

    def group(self, *groups):
        if not groups:
            return self._text(0)
        if len(groups) == 1:
            return self._text(self._number(groups[0]))
        return tuple([self._text(self._number(group)) for group in groups])

    def __getitem__(self, group):
        return self._text(self._number(group))

    def groups(self, default=None):
        return tuple([self._text(number, default) for number in range(1, self.re.groups + 1)])

    def groupdict(self, default=None):
        return {name: self._text(number, default) for name, number in self.re.groupindex.items()}

    def start(self, group=0, /):
        return self._spans[self._number(group)][0]

    def end(self, group=0, /):
        return self._spans[self._number(group)][1]

    def span(self, group=0, /):
        return self._spans[self._number(group)]

    @property
    def regs(self):
        return tuple(self._spans)

    @property
    def lastgroup(self):
        for name, number in self.re.groupindex.items():
            if number == self.lastindex:
                return name
        return None

    def expand(self, template):
        return self.re._expanded(self.re._template(template), self)

    def __bool__(self):
        return True

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    def __repr__(self):
        return f"<re.Match object; span={self.span()!r}, match={self.group()!r}>"


class Pattern:
    __slots__ = ("pattern", "flags", "groups", "groupindex", "_handle", "_bytes")
    __class_getitem__ = classmethod(GenericAlias)

    def __init__(self, pattern, flags):
        self.pattern = pattern
        self._bytes = isinstance(pattern, (bytes, bytearray))
        self._handle, self.flags, self.groups, names = _re.compile(pattern, int(flags))
        if self._handle is None:
            raise PatternError(self.flags, pattern, self.groups)
        self.groupindex = dict(names)

    def _bounds(self, string, pos, endpos):
        if self._bytes != isinstance(string, (bytes, bytearray)):
            if not isinstance(string, (str, bytes, bytearray)):
                raise TypeError(f"expected string or bytes-like object, got {type(string).__name__!r}")
            raise TypeError(
                "cannot use a bytes pattern on a string-like object" if self._bytes
                else "cannot use a string pattern on a bytes-like object"
            )
        size = len(string)
        return max(pos, 0), size if endpos is None else max(min(endpos, size), 0)

    def _one(self, string, pos, endpos, anchor):
        start, end = self._bounds(string, pos, endpos)
        if start > end:
            return None
        found = _re.find(self._handle, string, start, end, anchor)
        return None if found is None else Match(self, string, start, end, found)

    def match(self, string, pos=0, endpos=None):
        return self._one(string, pos, endpos, _START)

    def fullmatch(self, string, pos=0, endpos=None):
        return self._one(string, pos, endpos, _FULL)

    def search(self, string, pos=0, endpos=None):
        return self._one(string, pos, endpos, _SEARCH)

    def _all(self, string, pos=0, endpos=None, limit=0):
        start, end = self._bounds(string, pos, endpos)
        if start > end:
            return []
        return [Match(self, string, start, end, found) for found in _re.find_all(self._handle, string, start, end, limit)]

    def finditer(self, string, pos=0, endpos=None):
        return iter(self._all(string, pos, endpos))

    def findall(self, string, pos=0, endpos=None):
        empty = b"" if self._bytes else ""
        found = self._all(string, pos, endpos)
        if self.groups == 0:
            return [match._text(0) for match in found]
        if self.groups == 1:
            return [match._text(1, empty) for match in found]
        return [match.groups(empty) for match in found]

    def split(self, string, maxsplit=0):
        parts, at = [], 0
        if maxsplit < 0:
            return [string]
        for match in self._all(string, limit=maxsplit):
            parts.append(string[at:match.start()])
            parts.extend(match.groups())
            at = match.end()
        parts.append(string[at:])
        return parts

    def sub(self, repl, string, count=0):
        return self.subn(repl, string, count)[0]

    def subn(self, repl, string, count=0):
        empty = b"" if self._bytes else ""
        if callable(repl):
            replace = repl
        else:
            template = self._template(repl)
            replace = lambda match: self._expanded(template, match)
        parts, at = [], 0
        found = self._all(string, limit=max(count, 0)) if count >= 0 else []
        for match in found:
            start, end = match._spans[0]
            parts.append(string[at:start])
            parts.append(replace(match))
            at = end
        parts.append(string[at:])
        return empty.join(parts), len(found)

    def _template(self, repl):
        parts, wrong, place = _re.template(self._handle, repl)
        if parts is None:
            raise IndexError(wrong) if place is None else PatternError(wrong, repl, place)
        return parts

    def _expanded(self, template, match):
        empty = b"" if self._bytes else ""
        return empty.join([match._text(part, empty) if isinstance(part, int) else part for part in template])

    def __eq__(self, other):
        if not isinstance(other, Pattern):
            return NotImplemented
        return self.flags == other.flags and self.pattern == other.pattern and self._bytes == other._bytes

    def __hash__(self):
        return hash((self.pattern, self.flags))

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    def __repr__(self):
        names = {2: "re.IGNORECASE", 4: "re.LOCALE", 8: "re.MULTILINE", 16: "re.DOTALL", 64: "re.VERBOSE", 256: "re.ASCII"}
        shown = "|".join(name for bit, name in names.items() if self.flags & bit)
        pattern = repr(self.pattern)
        pattern = pattern if len(pattern) <= 200 else pattern[:200]
        return f"re.compile({pattern}{', ' + shown if shown else ''})"


_known = {}


def compile(pattern, flags=0):
    if isinstance(pattern, Pattern):
        if flags:
            raise ValueError("cannot process flags argument with a compiled pattern")
        return pattern
    if not isinstance(pattern, (str, bytes, bytearray)):
        raise TypeError("first argument must be string or compiled pattern")
    key = (type(pattern), pattern, int(flags))
    found = _known.get(key)
    if found is None:
        if len(_known) > 300:
            _known.clear()
        found = _known[key] = Pattern(pattern, flags)
    return found


def match(pattern, string, flags=0):
    return compile(pattern, flags).match(string)


def fullmatch(pattern, string, flags=0):
    return compile(pattern, flags).fullmatch(string)


def search(pattern, string, flags=0):
    return compile(pattern, flags).search(string)


def sub(pattern, repl, string, count=0, flags=0):
    return compile(pattern, flags).sub(repl, string, count)


def subn(pattern, repl, string, count=0, flags=0):
    return compile(pattern, flags).subn(repl, string, count)


def split(pattern, string, maxsplit=0, flags=0):
    return compile(pattern, flags).split(string, maxsplit)


def findall(pattern, string, flags=0):
    return compile(pattern, flags).findall(string)


def finditer(pattern, string, flags=0):
    return compile(pattern, flags).finditer(string)


def purge():
    _known.clear()


def escape(pattern):
    if isinstance(pattern, (bytes, bytearray)):
        return _re.escape(pattern.decode("latin-1")).encode("latin-1")
    return _re.escape(pattern)
