"""Bytes as text of 64, 32 or 16 letters."""

import binascii


def _bytes(s):
    if isinstance(s, str):
        try:
            return s.encode("ascii")
        except UnicodeEncodeError:
            raise ValueError("string argument should contain only ASCII characters") from None
    if not isinstance(s, (bytes, bytearray)):
        raise TypeError(f"argument should be a bytes-like object or ASCII string, not {s.__class__.__name__!r}")
    return bytes(s)


def b64encode(s, altchars=None):
    if not isinstance(s, (bytes, bytearray)):
        raise TypeError(f"a bytes-like object is required, not {type(s).__name__!r}")
    encoded = binascii.b2a_base64(s, newline=False)
    return encoded if altchars is None else encoded.replace(b"+", altchars[:1]).replace(b"/", altchars[1:])


def b64decode(s, altchars=None, validate=False):
    s = _bytes(s)
    if altchars is not None:
        altchars = _bytes(altchars)
        s = s.replace(altchars[:1], b"+").replace(altchars[1:], b"/")
    return binascii.a2b_base64(s, strict_mode=validate)


def standard_b64encode(s):
    return b64encode(s)


def standard_b64decode(s):
    return b64decode(s)


def urlsafe_b64encode(s):
    return b64encode(s, b"-_")


def urlsafe_b64decode(s):
    return b64decode(s, b"-_")


encodebytes = binascii.b2a_base64


def decodebytes(s):
    return binascii.a2b_base64(s)


def b16encode(s):
    return binascii.hexlify(s).upper()


def b16decode(s, casefold=False):
    s = _bytes(s)
    if not casefold and s != s.upper():
        raise binascii.Error("Non-base16 digit found")
    return binascii.unhexlify(s)


_B32 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"


def b32encode(s):
    out = bytearray()
    for at in range(0, len(s), 5):
        chunk = bytes(s[at:at + 5])
        value = int.from_bytes(chunk + b"\0" * (5 - len(chunk)), "big")
        kept = -(-len(chunk) * 8 // 5)
        out += bytes([_B32[value >> 35 - 5 * place & 31] for place in range(kept)]) + b"=" * (8 - kept)
    return bytes(out)


def b32decode(s, casefold=False, map01=None):
    s = _bytes(s)
    s = s.upper() if casefold else s
    if len(s) % 8:
        raise binascii.Error("Incorrect padding")
    digits = s.rstrip(b"=")
    value = 0
    for byte in digits:
        if byte not in _B32:
            raise binascii.Error("Non-base32 digit found")
        value = value << 5 | _B32.index(byte)
    size = len(digits) * 5 // 8
    return (value >> len(digits) * 5 - size * 8).to_bytes(size, "big")
