"""JSON: text to values, values to text."""

import _json

__all__ = ["dump", "dumps", "load", "loads", "JSONDecoder", "JSONDecodeError", "JSONEncoder"]


class JSONDecodeError(ValueError):
    def __init__(self, msg, doc, pos):
        line = doc.count("\n", 0, pos) + 1
        column = pos - doc.rfind("\n", 0, pos)
        super().__init__(f"{msg}: line {line} column {column} (char {pos})")
        self.msg, self.doc, self.pos, self.lineno, self.colno = msg, doc, pos, line, column


JSONDecodeError.__module__ = "json.decoder"
_BLANKS = " \t\n\r"
_ESCAPES = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_WORDS = {"null": None, "true": True, "false": False}
_NUMBERS = {"NaN": float("nan"), "Infinity": float("inf"), "-Infinity": float("-inf")}


class JSONDecoder:
    def __init__(
        self, *, object_hook=None, parse_float=None, parse_int=None, parse_constant=None, strict=True,
        object_pairs_hook=None,
    ):
        self.object_hook, self.object_pairs_hook = object_hook, object_pairs_hook
        self.parse_float, self.parse_int = parse_float or float, parse_int or int
        self.parse_constant = parse_constant or _NUMBERS.__getitem__
        self.strict = strict

    def decode(self, s):
        value, end = self._value(s, self._blank(s, 0))
        end = self._blank(s, end)
        if end != len(s):
            raise JSONDecodeError("Extra data", s, end)
        return value

    def raw_decode(self, s, idx=0):
        return self._value(s, idx)

    def _blank(self, s, at):
        while at < len(s) and s[at] in _BLANKS:
            at += 1
        return at

    def _value(self, s, at):
        c = s[at:at + 1]
        if c == '"':
            return self._string(s, at + 1)
        if c == "{":
            return self._object(s, at + 1)
        if c == "[":
            return self._array(s, at + 1)
        for word, value in _WORDS.items():
            if s.startswith(word, at):
                return value, at + len(word)
        for word in _NUMBERS:
            if s.startswith(word, at):
                return self.parse_constant(word), at + len(word)
        return self._number(s, at)

    def _number(self, s, at):
        end = _json.number_end(s, at)
        if end == at:
            raise JSONDecodeError("Expecting value", s, at)
        text = s[at:end]
        is_float = "." in text or "e" in text or "E" in text
        return (self.parse_float if is_float else self.parse_int)(text), end

    def _string(self, s, at):
        text, end, wrong = _json.string(s, at, self.strict)
        if wrong is not None:
            raise JSONDecodeError(wrong, s, end)
        return text, end

    def _array(self, s, at):
        items = []
        at = self._blank(s, at)
        if s[at:at + 1] == "]":
            return items, at + 1
        while True:
            value, at = self._value(s, at)
            items.append(value)
            at = self._blank(s, at)
            c = s[at:at + 1]
            if c == "]":
                return items, at + 1
            if c != ",":
                raise JSONDecodeError("Expecting ',' delimiter", s, at)
            comma = at
            at = self._blank(s, at + 1)
            if s[at:at + 1] == "]":
                raise JSONDecodeError("Illegal trailing comma before end of array", s, comma)

    def _object(self, s, at):
        pairs = []
        at = self._blank(s, at)
        if s[at:at + 1] == "}":
            return self._made(pairs), at + 1
        while True:
            if s[at:at + 1] != '"':
                raise JSONDecodeError("Expecting property name enclosed in double quotes", s, at)
            key, at = self._string(s, at + 1)
            at = self._blank(s, at)
            if s[at:at + 1] != ":":
                raise JSONDecodeError("Expecting ':' delimiter", s, at)
            value, at = self._value(s, self._blank(s, at + 1))
            pairs.append((key, value))
            at = self._blank(s, at)
            c = s[at:at + 1]
            if c == "}":
                return self._made(pairs), at + 1
            if c != ",":
                raise JSONDecodeError("Expecting ',' delimiter", s, at)
            comma = at
            at = self._blank(s, at + 1)
            if s[at:at + 1] == "}":
                raise JSONDecodeError("Illegal trailing comma before end of object", s, comma)

    def _made(self, pairs):
        if self.object_pairs_hook is not None:
            return self.object_pairs_hook(pairs)
        return dict(pairs) if self.object_hook is None else self.object_hook(dict(pairs))


class JSONEncoder:
    item_separator = ", "
    key_separator = ": "

    def __init__(
        self, *, skipkeys=False, ensure_ascii=True, check_circular=True, allow_nan=True, sort_keys=False, indent=None,
        separators=None, default=None,
    ):
        self.skipkeys, self.ensure_ascii, self.check_circular = skipkeys, ensure_ascii, check_circular
        self.allow_nan, self.sort_keys = allow_nan, sort_keys
        self.indent = " " * indent if isinstance(indent, int) else indent
        if separators is not None:
            self.item_separator, self.key_separator = separators
        elif indent is not None:
            self.item_separator = ","
        if default is not None:
            self.default = default

    def default(self, o):
        raise TypeError(f"Object of type {o.__class__.__name__} is not JSON serializable")

    def encode(self, o):
        return "".join(self.iterencode(o))

    def iterencode(self, o, _one_shot=False):
        parts = []
        self._write(o, 0, parts, [])
        return parts

    def _write(self, o, depth, parts, above):
        plain = self._plain(o)
        if plain is not None:
            parts.append(plain)
        elif isinstance(o, (list, tuple)):
            self._nested(o, depth, parts, above, "[]", [(None, item) for item in o])
        elif isinstance(o, dict):
            self._nested(o, depth, parts, above, "{}", self._pairs(o))
        else:
            self._enter(o, above)
            self._write(self.default(o), depth, parts, above)
            above.pop()

    def _enter(self, o, above):
        if self.check_circular and any(one is o for one in above):
            raise ValueError("Circular reference detected")
        above.append(o)

    def _plain(self, o):
        if isinstance(o, str):
            return _json.quote(str.__str__(o), self.ensure_ascii)
        if o is None:
            return "null"
        if o is True:
            return "true"
        if o is False:
            return "false"
        if isinstance(o, int):
            return int.__repr__(o)
        return self._float(o) if isinstance(o, float) else None

    def _float(self, o):
        if o == o and o not in (float("inf"), float("-inf")):
            return float.__repr__(o)
        if not self.allow_nan:
            raise ValueError(f"Out of range float values are not JSON compliant: {o!r}")
        return "NaN" if o != o else "Infinity" if o > 0 else "-Infinity"

    def _pairs(self, o):
        items = sorted(o.items()) if self.sort_keys else o.items()
        pairs = []
        for key, value in items:
            if not isinstance(key, str):
                shown = self._plain(key)
                if shown is None:
                    if self.skipkeys:
                        continue
                    raise TypeError(f"keys must be str, int, float, bool or None, not {key.__class__.__name__}")
                key = shown
            pairs.append((key, value))
        return pairs

    def _nested(self, o, depth, parts, above, brackets, pairs):
        if not pairs:
            parts.append(brackets)
            return
        self._enter(o, above)
        newline = "" if self.indent is None else "\n" + self.indent * (depth + 1)
        parts.append(brackets[0] + newline)
        first = True
        for key, value in pairs:
            if not first:
                parts.append(self.item_separator + newline)
            first = False
            if key is not None:
                parts.append(_json.quote(key, self.ensure_ascii) + self.key_separator)
            self._write(value, depth + 1, parts, above)
        if self.indent is not None:
            parts.append("\n" + self.indent * depth)
        parts.append(brackets[1])
        above.pop()


def dumps(
    obj, *, skipkeys=False, ensure_ascii=True, check_circular=True, allow_nan=True, cls=None, indent=None,
    separators=None, default=None, sort_keys=False, **kw,
):
    return (cls or JSONEncoder)(
        skipkeys=skipkeys, ensure_ascii=ensure_ascii, check_circular=check_circular, allow_nan=allow_nan,
        indent=indent, separators=separators, default=default, sort_keys=sort_keys, **kw,
    ).encode(obj)


def dump(obj, fp, **options):
    fp.write(dumps(obj, **options))


def loads(
    s, *, cls=None, object_hook=None, parse_float=None, parse_int=None, parse_constant=None, object_pairs_hook=None,
    **kw,
):
    if isinstance(s, str):
        if s.startswith("\ufeff"):
            raise JSONDecodeError("Unexpected UTF-8 BOM (decode using utf-8-sig)", s, 0)
    elif isinstance(s, (bytes, bytearray)):
        s = s.decode("utf-8-sig")
    else:
        raise TypeError(f"the JSON object must be str, bytes or bytearray, not {s.__class__.__name__}")
    options = {
        "object_hook": object_hook, "parse_float": parse_float, "parse_int": parse_int,
        "parse_constant": parse_constant, "object_pairs_hook": object_pairs_hook,
    }
    kw.update({name: value for name, value in options.items() if value is not None})
    if cls is None and not kw:
        value, wrong, place = _json.loads(s)
        if wrong is not None:
            raise JSONDecodeError(wrong, s, place)
        return value
    return (cls or JSONDecoder)(**kw).decode(s)


def load(fp, **options):
    return loads(fp.read(), **options)
