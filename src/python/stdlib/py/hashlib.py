"""Digests."""

import _hash

algorithms_guaranteed = algorithms_available = {"md5", "sha1", "sha224", "sha256", "sha384", "sha512"}
_SIZES = {"md5": (16, 64), "sha1": (20, 64), "sha224": (28, 64), "sha256": (32, 64), "sha384": (48, 128), "sha512": (64, 128)}


class _Digest:
    def __init__(self, name, data=b""):
        self.name = name
        self.digest_size, self.block_size = _SIZES[name]
        self._data = b""
        self.update(data)

    def update(self, data, /):
        if isinstance(data, str):
            raise TypeError("Strings must be encoded before hashing")
        self._data += bytes(data)

    def digest(self):
        return _hash.digest(self.name, self._data)

    def hexdigest(self):
        return self.digest().hex()

    def copy(self):
        return _Digest(self.name, self._data)

    def __repr__(self):
        return f"<{self.name} _hashlib.HASH object @ 0x7f0000000000>"


def new(name, data=b"", *, usedforsecurity=True):
    plain = name.lower().replace("-", "")
    if plain not in _SIZES:
        raise ValueError(f"unsupported hash type {name}")
    return _Digest(plain, data)


def _named(name):
    def construct(data=b"", *, usedforsecurity=True, string=None):
        return _Digest(name, data if string is None else string)

    construct.__name__ = construct.__qualname__ = f"openssl_{name}"
    return construct


md5 = _named("md5")
sha1 = _named("sha1")
sha224 = _named("sha224")
sha256 = _named("sha256")
sha384 = _named("sha384")
sha512 = _named("sha512")


def pbkdf2_hmac(hash_name, password, salt, iterations, dklen=None):
    import hmac

    size = _SIZES[hash_name][0]
    length = size if dklen is None else dklen
    key, block = b"", 0
    while len(key) < length:
        block += 1
        last = hmac.digest(password, salt + block.to_bytes(4, "big"), hash_name)
        total = int.from_bytes(last, "big")
        for _ in range(iterations - 1):
            last = hmac.digest(password, last, hash_name)
            total ^= int.from_bytes(last, "big")
        key += total.to_bytes(size, "big")
    return key[:length]
