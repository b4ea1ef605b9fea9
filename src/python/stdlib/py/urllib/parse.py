"""Addresses taken apart and put together."""

_SAFE = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~"


def quote(string, safe="/", encoding=None, errors=None):
    if isinstance(string, str):
        string = string.encode(encoding or "utf-8", errors or "strict")
    elif encoding is not None or errors is not None:
        raise TypeError("quote() doesn't support 'encoding' for bytes")
    return quote_from_bytes(string, safe)


def quote_from_bytes(bs, safe="/"):
    if not isinstance(bs, (bytes, bytearray)):
        raise TypeError("quote_from_bytes() expected bytes")
    safe = safe.decode("ascii", "ignore") if isinstance(safe, bytes) else safe
    kept = {ord(c) for c in _SAFE + safe if ord(c) < 128}
    return "".join([chr(byte) if byte in kept else f"%{byte:02X}" for byte in bs])


def quote_plus(string, safe="", encoding=None, errors=None):
    if isinstance(string, (bytes, bytearray)):
        return quote_from_bytes(string, safe + " ").replace(" ", "+")
    return quote(string, safe + " ", encoding, errors).replace(" ", "+")


_HEX = "0123456789abcdefABCDEF"


def unquote_to_bytes(string):
    data = string.encode("utf-8") if isinstance(string, str) else bytes(string)
    first, *parts = data.split(b"%")
    out = [first]
    for part in parts:
        digits = part[:2].decode("latin-1")
        if len(digits) == 2 and all(c in _HEX for c in digits):
            out.append(bytes([int(digits, 16)]) + part[2:])
        else:
            out.append(b"%" + part)
    return b"".join(out)


def unquote(string, encoding="utf-8", errors="replace"):
    if isinstance(string, bytes):
        return unquote_to_bytes(string).decode(encoding, errors)
    return unquote_to_bytes(string).decode(encoding, errors) if "%" in string else string


def unquote_plus(string, encoding="utf-8", errors="replace"):
    return unquote(string.replace("+", " "), encoding, errors)


class _Result(tuple):
    _fields = ()

    def __new__(cls, *values):
        return tuple.__new__(cls, values)

    def __repr__(self):
        parts = ", ".join(f"{name}={value!r}" for name, value in zip(self._fields, self))
        return f"{type(self).__name__}({parts})"

    def _replace(self, **changes):
        return type(self)(*[changes.get(name, value) for name, value in zip(self._fields, self)])

    def _asdict(self):
        return dict(zip(self._fields, self))

    def __getattr__(self, name):
        fields = type(self)._fields
        if name in fields:
            return self[fields.index(name)]
        raise AttributeError(name)

    def _userinfo(self):
        userinfo, at, _ = self.netloc.rpartition("@")
        user, colon, password = userinfo.partition(":")
        return (user if at else None, password if at and colon else None)

    def _hostinfo(self):
        host = self.netloc.rpartition("@")[2]
        if host.startswith("["):
            name, _, rest = host[1:].partition("]")
            return name, rest.partition(":")[2]
        name, _, port = host.partition(":")
        return name, port

    @property
    def username(self):
        return self._userinfo()[0]

    @property
    def password(self):
        return self._userinfo()[1]

    @property
    def hostname(self):
        return self._hostinfo()[0].lower() or None

    @property
    def port(self):
        port = self._hostinfo()[1]
        if not port:
            return None
        if not port.isdigit():
            raise ValueError(f"Port could not be cast to integer value as {port!r}")
        if int(port) > 65535:
            raise ValueError("Port out of range 0-65535")
        return int(port)


class SplitResult(_Result):
    _fields = ("scheme", "netloc", "path", "query", "fragment")

    def geturl(self):
        return urlunsplit(self)


class ParseResult(_Result):
    _fields = ("scheme", "netloc", "path", "params", "query", "fragment")

    def geturl(self):
        return urlunparse(self)


class DefragResult(_Result):
    _fields = ("url", "fragment")


_SCHEME = "abcdefghijklmnopqrstuvwxyz0123456789+-."


def urlsplit(url, scheme="", allow_fragments=True):
    url = url.lstrip("".join(map(chr, range(33)))).replace("\n", "").replace("\r", "").replace("\t", "")
    netloc = query = fragment = ""
    at = url.find(":")
    if at > 0 and url[0].isascii() and url[0].isalpha() and all(c in _SCHEME for c in url[:at].lower()):
        scheme, url = url[:at].lower(), url[at + 1:]
    if url[:2] == "//":
        end = min([place for c in "/?#" if (place := url.find(c, 2)) >= 0], default=len(url))
        netloc, url = url[2:end], url[end:]
        if ("[" in netloc) != ("]" in netloc):
            raise ValueError("Invalid IPv6 URL")
    if allow_fragments and "#" in url:
        url, fragment = url.split("#", 1)
    if "?" in url:
        url, query = url.split("?", 1)
    return SplitResult(scheme, netloc, url, query, fragment)


def urlparse(url, scheme="", allow_fragments=True):
    scheme, netloc, path, query, fragment = urlsplit(url, scheme, allow_fragments)
    params = ""
    if scheme in ("", "ftp", "http", "https", "sftp", "sip", "tel") and ";" in path.rpartition("/")[2]:
        path, params = _params(path)
    return ParseResult(scheme, netloc, path, params, query, fragment)


def _params(path):
    at = path.find(";", path.rfind("/") if "/" in path else 0)
    return path[:at], path[at + 1:]


def urlunsplit(components):
    scheme, netloc, path, query, fragment = components
    url = path
    if netloc or (scheme == "file" and url[:2] != "//"):
        if url and url[:1] != "/":
            url = "/" + url
        url = "//" + netloc + url
    if scheme:
        url = scheme + ":" + url
    return url + ("?" + query if query else "") + ("#" + fragment if fragment else "")


def urlunparse(components):
    scheme, netloc, path, params, query, fragment = components
    return urlunsplit((scheme, netloc, f"{path};{params}" if params else path, query, fragment))


def urldefrag(url):
    base, _, fragment = url.partition("#")
    return DefragResult(base, fragment)


def urljoin(base, url, allow_fragments=True):
    if not base or not url:
        return url or base
    old, new = urlsplit(base), urlsplit(url, urlsplit(base).scheme)
    if new.scheme != old.scheme:
        return url
    if new.netloc:
        return urlunsplit(new)
    if not new.path:
        return urlunsplit((old.scheme, old.netloc, old.path, new.query or old.query, new.fragment))
    path = new.path if new.path.startswith("/") else old.path.rpartition("/")[0] + "/" + new.path
    kept = []
    parts = path.split("/")
    for part in parts:
        if part == "..":
            if len(kept) > 1:
                kept.pop()
        elif part != ".":
            kept.append(part)
    if parts[-1] in (".", ".."):
        kept.append("")
    return urlunsplit((old.scheme, old.netloc, "/".join(kept), new.query, new.fragment))


def parse_qsl(qs, keep_blank_values=False, strict_parsing=False, encoding="utf-8", errors="replace", max_num_fields=None, separator="&"):
    pairs = []
    for part in qs.split(separator):
        name, equals, value = part.partition("=")
        if not part or (not equals and not keep_blank_values) or (not value and not keep_blank_values):
            if strict_parsing and not equals:
                raise ValueError(f"bad query field: {part!r}")
            continue
        pairs.append((unquote_plus(name, encoding, errors), unquote_plus(value, encoding, errors)))
    return pairs


def parse_qs(qs, keep_blank_values=False, strict_parsing=False, encoding="utf-8", errors="replace", max_num_fields=None, separator="&"):
    found = {}
    for name, value in parse_qsl(qs, keep_blank_values, strict_parsing, encoding, errors, max_num_fields, separator):
        found.setdefault(name, []).append(value)
    return found


def urlencode(query, doseq=False, safe="", encoding=None, errors=None, quote_via=quote_plus):
    pairs = query.items() if hasattr(query, "items") else query
    out = []
    for name, value in pairs:
        several = doseq and not isinstance(value, (str, bytes)) and hasattr(value, "__iter__")
        for one in value if several else [value]:
            shown = [part if isinstance(part, bytes) else str(part) for part in (name, one)]
            out.append("=".join([quote_via(part, safe) for part in shown]))
    return "&".join(out)
