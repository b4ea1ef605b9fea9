"""URLs of databases."""

from ..exc import ArgumentError

_SAFE = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-~"


class URL:
    """`dialect+driver://username:password@host:port/database?query`."""

    def __init__(self, drivername, username=None, password=None, host=None, port=None, database=None, query=None):
        self.drivername = drivername
        self.username = username
        self.password = password
        self.host = host
        self.port = port
        self.database = database
        self.query = query or {}

    @classmethod
    def create(cls, drivername, username=None, password=None, host=None, port=None, database=None, query=None):
        if not isinstance(drivername, str) or not drivername:
            raise TypeError("drivername must be a string")
        if port is not None:
            try:
                port = int(port)
            except ValueError:
                raise TypeError("Port argument must be an integer or None") from None
        return cls(drivername, username, password, host, port, database, dict(query or {}))

    def _fields(self):
        return {
            "drivername": self.drivername,
            "username": self.username,
            "password": self.password,
            "host": self.host,
            "port": self.port,
            "database": self.database,
            "query": self.query,
        }

    def set(self, drivername=None, username=None, password=None, host=None, port=None, database=None, query=None):
        fields = self._fields()
        for key, value in (
            ("drivername", drivername),
            ("username", username),
            ("password", password),
            ("host", host),
            ("port", port),
            ("database", database),
            ("query", query),
        ):
            if value is not None:
                fields[key] = value
        return URL.create(**fields)

    def _replace(self, **changes):
        return URL.create(**{**self._fields(), **changes})

    def update_query_dict(self, values, append=False):
        return self._replace(query={**self.query, **values})

    def update_query_pairs(self, pairs, append=False):
        return self.update_query_dict(dict(pairs))

    def update_query_string(self, text, append=False):
        return self.update_query_dict(_query(text))

    def difference_update_query(self, names):
        return self._replace(query={key: value for key, value in self.query.items() if key not in names})

    def get_backend_name(self):
        return self.drivername.split("+")[0]

    def get_driver_name(self):
        name, _, driver = self.drivername.partition("+")
        return driver or self.get_dialect().driver

    def get_dialect(self, _is_async=False):
        from .dialect import by_name

        name, _, driver = self.drivername.partition("+")
        return by_name("postgresql" if name == "postgres" else name, driver or None)

    def translate_connect_args(self, names=None, **kw):
        found = {}
        for key in ("host", "database", "username", "password", "port"):
            value = getattr(self, key)
            if value is not None:
                found[kw.get(key, key)] = value
        return found

    @property
    def normalized_query(self):
        return {key: (value,) if isinstance(value, str) else tuple(value) for key, value in self.query.items()}

    def render_as_string(self, hide_password=True):
        text = self.drivername + "://"
        if self.username is not None:
            text += quote(self.username)
            if self.password is not None:
                text += ":" + ("***" if hide_password else quote(str(self.password)))
            text += "@"
        if self.host is not None:
            text += "[%s]" % self.host if ":" in self.host else self.host
        if self.port is not None:
            text += ":" + str(self.port)
        if self.database is not None:
            text += "/" + self.database
        if self.query:
            pairs = []
            for key in sorted(self.query):
                value = self.query[key]
                for one in [value] if isinstance(value, str) else value:
                    pairs.append("%s=%s" % (quote_plus(key), quote_plus(one)))
            text += "?" + "&".join(pairs)
        return text

    def __str__(self):
        return self.render_as_string()

    def __repr__(self):
        return self.render_as_string()

    def __to_string__(self, hide_password=True):
        return self.render_as_string(hide_password)

    def __eq__(self, other):
        return isinstance(other, URL) and self._fields() == other._fields()

    def __hash__(self):
        return hash(self.render_as_string(False))


def quote(text, safe=_SAFE + " +"):
    out = []
    for char in text:
        if char in safe:
            out.append(char)
        else:
            out.extend("%%%02X" % byte for byte in char.encode("utf-8"))
    return "".join(out)


def quote_plus(text):
    return quote(text, _SAFE + " ").replace(" ", "+")


def unquote(text):
    if "%" not in text:
        return text
    out = bytearray()
    at = 0
    raw = text.encode("utf-8")
    while at < len(raw):
        if raw[at] == 37 and at + 2 < len(raw) + 0:
            digits = raw[at + 1 : at + 3].decode("ascii", "replace")
            if len(digits) == 2 and all(one in "0123456789abcdefABCDEF" for one in digits):
                out.append(int(digits, 16))
                at += 3
                continue
        out.append(raw[at])
        at += 1
    return out.decode("utf-8")


def _query(text):
    found = {}
    for pair in text.split("&"):
        if not pair:
            continue
        key, _, value = pair.partition("=")
        key = unquote(key.replace("+", " "))
        value = unquote(value.replace("+", " "))
        if key in found:
            old = found[key]
            found[key] = (old if isinstance(old, tuple) else (old,)) + (value,)
        else:
            found[key] = value
    return found


def make_url(name_or_url):
    """A URL from its text; a URL stays what it is."""
    if isinstance(name_or_url, URL):
        return name_or_url
    text = name_or_url.render_as_string(False) if hasattr(name_or_url, "render_as_string") else name_or_url
    if not isinstance(text, str):
        raise ArgumentError("Expected string or URL object, got %r" % (text,))
    name, found, rest = text.partition("://")
    if not found or not name or not all(char.isalnum() or char in "_+" for char in name):
        raise ArgumentError("Could not parse SQLAlchemy URL from given URL string")
    rest, _, query = rest.partition("?")
    host, slash, database = rest.partition("/")
    fields = {"database": database if slash else None}
    if "@" in host:
        login, _, host = host.rpartition("@")
        username, colon, password = login.partition(":")
        fields["username"] = unquote(username)
        fields["password"] = unquote(password) if colon else None
    elif "@" in rest and "/" in rest.rpartition("@")[0]:
        # A password with a slash in it.
        login, _, tail = rest.rpartition("@")
        username, colon, password = login.partition(":")
        if colon:
            host, slash, database = tail.partition("/")
            fields = {"database": database if slash else None, "username": unquote(username), "password": unquote(password)}
    fields["port"] = None
    if host.startswith("["):
        inner, _, after = host[1:].partition("]")
        host = inner
        if after.startswith(":"):
            fields["port"] = after[1:]
    elif ":" in host:
        host, _, port = host.rpartition(":")
        fields["port"] = port
    if fields["port"]:
        if not fields["port"].isdigit():
            raise ArgumentError("Could not parse SQLAlchemy URL from given URL string")
        fields["port"] = int(fields["port"])
    else:
        fields["port"] = None
    fields["host"] = host or None
    if fields["database"] == "":
        fields["database"] = None if name.split("+")[0] == "sqlite" else ""
    fields["query"] = _query(query)
    return URL(name, **fields)
