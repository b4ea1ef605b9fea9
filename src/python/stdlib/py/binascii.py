"""Bytes as hexadecimal and base64 text."""


class Error(ValueError):
    pass


class Incomplete(Exception):
    pass


_LETTERS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_VALUES = {letter: value for value, letter in enumerate(_LETTERS)}


def hexlify(data, sep=None, bytes_per_sep=1):
    text = bytes(data).hex() if sep is None else bytes(data).hex(sep, bytes_per_sep)
    return text.encode("ascii")


b2a_hex = hexlify


def unhexlify(hexstr):
    text = hexstr if isinstance(hexstr, str) else hexstr.decode("ascii")
    if len(text) % 2:
        raise Error("Odd-length string")
    try:
        return bytes([int(text[at:at + 2], 16) for at in range(0, len(text), 2)])
    except ValueError:
        raise Error("Non-hexadecimal digit found") from None


a2b_hex = unhexlify


def b2a_base64(data, *, newline=True):
    out = []
    data = bytes(data)
    for at in range(0, len(data), 3):
        chunk = data[at:at + 3]
        value = int.from_bytes(chunk + b"\0" * (3 - len(chunk)), "big")
        letters = [_LETTERS[value >> shift & 63] for shift in (18, 12, 6, 0)]
        out.extend(letters[:len(chunk) + 1] + [61] * (3 - len(chunk)))
    return bytes(out) + (b"\n" if newline else b"")


def a2b_base64(data, /, *, strict_mode=False):
    data = data.encode("ascii") if isinstance(data, str) else bytes(data)
    value = bits = padding = count = 0
    out = []
    for byte in data:
        if byte == 61:
            padding += 1
            continue
        if byte not in _VALUES:
            if strict_mode:
                raise Error("Only base64 data is allowed")
            continue
        count += 1
        value = (value << 6 | _VALUES[byte]) & 0xFFFFFF
        bits += 6
        if bits >= 8:
            bits -= 8
            out.append(value >> bits & 255)
    if count % 4 == 1:
        raise Error(
            f"Invalid base64-encoded string: number of data characters ({count}) cannot be 1 more than a multiple of 4"
        )
    if count % 4 and padding < 4 - count % 4:
        raise Error("Incorrect padding")
    return bytes(out)


def crc32(data, value=0, /):
    crc = value ^ 0xFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0xEDB88320 if crc & 1 else 0)
    return crc ^ 0xFFFFFFFF
