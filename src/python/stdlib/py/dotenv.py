"""Files of variables, as python-dotenv reads them."""

import os
import re
import _frames

__all__ = ["load_dotenv", "dotenv_values", "find_dotenv", "get_key", "set_key", "unset_key"]

_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "f": "\f", "b": "\b", "v": "\v", "a": "\a"}
_VARIABLE = re.compile(r"\$\{(?P<name>[^\}:]*)(?::-(?P<default>[^\}]*))?\}")


def _single(text, at):
    """A value in single quotes, from behind the quote: its text and where it ends."""
    out = []
    while at < len(text) and text[at] != "'":
        if text[at] == "\\" and text[at + 1:at + 2] in ("\\", "'"):
            at += 1
        out.append(text[at])
        at += 1
    return None if at >= len(text) else ("".join(out), at + 1)


def _double(text, at):
    out = []
    while at < len(text) and text[at] != '"':
        c = text[at]
        follows = text[at + 1:at + 2]
        if c == "\\" and (follows in _ESCAPES or follows in ("\\", "'", '"')) and follows:
            out.append(_ESCAPES.get(follows, follows))
            at += 2
            continue
        out.append(c)
        at += 1
    return None if at >= len(text) else ("".join(out), at + 1)


def _line_end(text, at):
    end = text.find("\n", at)
    return len(text) if end < 0 else end + 1


_KEY = re.compile(r"\s*(?:export[ \t]+)?(?:'(?P<quoted>[^']+)'|(?P<plain>[^=#\s]+))[ \t]*(?P<equals>=[ \t]*)?")


def _bindings(text):
    """Names and values, in the file's order; a name alone has the value None."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    at = 0
    while at < len(text):
        while at < len(text) and text[at].isspace():
            at += 1
        if at < len(text) and text[at] == "#":
            at = _line_end(text, at)
            continue
        if at >= len(text):
            return
        match = _KEY.match(text, at)
        if match is None:
            at = _line_end(text, at)
            continue
        name = match.group("quoted") or match.group("plain")
        at = match.end()
        value = None
        if match.group("equals") is not None:
            found = _value(text, at)
            if found is None:
                at = _line_end(text, at)
                continue
            value, at = found
        rest = text[at:_line_end(text, at)].strip()
        at = _line_end(text, at)
        if not rest or rest.startswith("#"):
            yield name, value


def _value(text, at):
    c = text[at:at + 1]
    if c == "'":
        return _single(text, at + 1)
    if c == '"':
        return _double(text, at + 1)
    end = at
    while end < len(text) and text[end] != "\n":
        end += 1
    return re.sub(r"\s+#.*", "", text[at:end]).rstrip(), end


def _resolved(bindings, override):
    values = {}
    for name, value in bindings:
        if value is None:
            values[name] = None
            continue

        def replaced(match):
            known = {**os.environ, **values} if override else {**values, **os.environ}
            found = known.get(match.group("name"))
            default = match.group("default")
            return (default or "") if found is None else found

        values[name] = _VARIABLE.sub(replaced, value)
    return values


def _read(dotenv_path, stream, encoding, verbose=False):
    if stream is not None:
        return stream.read()
    path = dotenv_path or find_dotenv()
    if path and os.path.isfile(path):
        with open(path, encoding=encoding) as file:
            return file.read()
    return ""


def dotenv_values(dotenv_path=None, stream=None, verbose=False, interpolate=True, encoding="utf-8"):
    if dotenv_path is None and stream is None:
        dotenv_path = find_dotenv()
    bindings = list(_bindings(_read(dotenv_path, stream, encoding)))
    return _resolved(bindings, True) if interpolate else dict(bindings)


def load_dotenv(dotenv_path=None, stream=None, verbose=False, override=False, interpolate=True, encoding="utf-8"):
    if dotenv_path is None and stream is None:
        dotenv_path = find_dotenv()
    bindings = list(_bindings(_read(dotenv_path, stream, encoding)))
    values = _resolved(bindings, override) if interpolate else dict(bindings)
    for name, value in values.items():
        if value is not None and (override or name not in os.environ):
            os.environ[name] = value
    return bool(values)


def find_dotenv(filename=".env", raise_error_if_not_found=False, usecwd=False):
    """Looks in the folder of the script that asks, and in those above it."""
    folder = os.getcwd() if usecwd else _asking_folder()
    while True:
        path = os.path.join(folder, filename)
        if os.path.isfile(path):
            return path
        above = os.path.dirname(folder)
        if above == folder:
            break
        folder = above
    if raise_error_if_not_found:
        raise IOError("File not found")
    return ""


def _asking_folder():
    for path, *_ in _frames.visible():
        if os.path.isfile(path):
            return os.path.dirname(os.path.abspath(path))
    return os.getcwd()


def get_key(dotenv_path, key_to_get, encoding="utf-8"):
    return dotenv_values(dotenv_path, encoding=encoding).get(key_to_get)


def set_key(dotenv_path, key_to_set, value_to_set, quote_mode="always", export=False, encoding="utf-8"):
    lines = []
    if os.path.isfile(dotenv_path):
        with open(dotenv_path, encoding=encoding) as file:
            lines = [line for line in file if line.partition("=")[0].strip().removeprefix("export ").strip() != key_to_set]
    shown = value_to_set if quote_mode == "never" else "'" + value_to_set.replace("'", "\\'") + "'"
    lines.append(f"{'export ' if export else ''}{key_to_set}={shown}\n")
    with open(dotenv_path, "w", encoding=encoding) as file:
        file.write("".join(lines))
    return True, key_to_set, value_to_set


def unset_key(dotenv_path, key_to_unset, quote_mode="always", encoding="utf-8"):
    with open(dotenv_path, encoding=encoding) as file:
        lines = list(file)
    kept = [line for line in lines if line.partition("=")[0].strip() != key_to_unset]
    with open(dotenv_path, "w", encoding=encoding) as file:
        file.write("".join(kept))
    return len(kept) < len(lines) or None, key_to_unset
