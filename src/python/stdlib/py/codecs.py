"""Encodings by name."""

BOM_UTF8 = b"\xef\xbb\xbf"
BOM_UTF16_LE = b"\xff\xfe"
BOM_UTF16_BE = b"\xfe\xff"


def encode(obj, encoding="utf-8", errors="strict"):
    return obj.encode(encoding, errors)


def decode(obj, encoding="utf-8", errors="strict"):
    return obj.decode(encoding, errors)


def open(filename, mode="r", encoding=None, errors="strict", buffering=-1):
    import io

    return io.open(filename, mode, encoding=encoding, errors=errors)


class CodecInfo:
    def __init__(self, name):
        self.name = name


def lookup(encoding):
    "".encode(encoding)
    return CodecInfo(encoding.lower().replace("_", "-"))
