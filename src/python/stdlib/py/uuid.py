"""Identifiers of 128 bits; randomness and clock are the host's."""

import _host

RESERVED_NCS, RFC_4122, RESERVED_MICROSOFT, RESERVED_FUTURE = [
    "reserved for NCS compatibility", "specified in RFC 4122", "reserved for Microsoft compatibility",
    "reserved for future definition",
]


class SafeUUID:
    safe, unsafe, unknown = 0, -1, None


class UUID:
    __slots__ = ("_int",)

    def __init__(self, hex=None, bytes=None, bytes_le=None, fields=None, int=None, version=None, *, is_safe=None):
        given = [hex, bytes, bytes_le, fields, int]
        if sum(value is not None for value in given) != 1:
            raise TypeError("one of the hex, bytes, bytes_le, fields, or int arguments must be given")
        if hex is not None:
            digits = hex.replace("urn:", "").replace("uuid:", "").strip("{}").replace("-", "")
            if len(digits) != 32:
                raise ValueError("badly formed hexadecimal UUID string")
            int = _int(digits, 16)
        elif bytes_le is not None:
            if len(bytes_le) != 16:
                raise ValueError("bytes_le is not a 16-char string")
            bytes = bytes_le[3::-1] + bytes_le[5:3:-1] + bytes_le[7:5:-1] + bytes_le[8:]
        if bytes is not None:
            if len(bytes) != 16:
                raise ValueError("bytes is not a 16-char string")
            int = _int.from_bytes(bytes, "big")
        if fields is not None:
            int = _of_fields(fields)
        if not 0 <= int < 1 << 128:
            raise ValueError("int is out of range (need a 128-bit value)")
        if version is not None:
            if not 1 <= version <= 8:
                raise ValueError("illegal version number")
            int = int & ~(0xC000 << 48) | 0x8000 << 48
            int = int & ~(0xF000 << 64) | version << 76
        object.__setattr__(self, "_int", int)

    @property
    def int(self):
        return self._int

    @property
    def is_safe(self):
        return SafeUUID.unknown

    def __setattr__(self, name, value):
        raise TypeError("UUID objects are immutable")

    @property
    def hex(self):
        return f"{self._int:032x}"

    def __str__(self):
        digits = self.hex
        return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"

    def __repr__(self):
        return f"{self.__class__.__name__}({str(self)!r})"

    def __int__(self):
        return self._int

    @property
    def bytes(self):
        return self._int.to_bytes(16, "big")

    @property
    def bytes_le(self):
        raw = self.bytes
        return raw[3::-1] + raw[5:3:-1] + raw[7:5:-1] + raw[8:]

    @property
    def fields(self):
        return (self.time_low, self.time_mid, self.time_hi_version, self.clock_seq_hi_variant, self.clock_seq_low, self.node)

    @property
    def time_low(self):
        return self._int >> 96

    @property
    def time_mid(self):
        return self._int >> 80 & 0xFFFF

    @property
    def time_hi_version(self):
        return self._int >> 64 & 0xFFFF

    @property
    def clock_seq_hi_variant(self):
        return self._int >> 56 & 0xFF

    @property
    def clock_seq_low(self):
        return self._int >> 48 & 0xFF

    @property
    def clock_seq(self):
        return (self.clock_seq_hi_variant & 0x3F) << 8 | self.clock_seq_low

    @property
    def node(self):
        return self._int & 0xFFFFFFFFFFFF

    @property
    def time(self):
        return (self.time_hi_version & 0x0FFF) << 48 | self.time_mid << 32 | self.time_low

    @property
    def urn(self):
        return "urn:uuid:" + str(self)

    @property
    def variant(self):
        top = self.clock_seq_hi_variant
        return RESERVED_NCS if not top & 0x80 else RFC_4122 if not top & 0x40 else (
            RESERVED_MICROSOFT if not top & 0x20 else RESERVED_FUTURE
        )

    @property
    def version(self):
        return self._int >> 76 & 0xF if self.variant == RFC_4122 else None

    def __eq__(self, other):
        return self._int == other._int if isinstance(other, UUID) else NotImplemented

    def __lt__(self, other):
        return self._int < other._int if isinstance(other, UUID) else NotImplemented

    def __le__(self, other):
        return self._int <= other._int if isinstance(other, UUID) else NotImplemented

    def __gt__(self, other):
        return self._int > other._int if isinstance(other, UUID) else NotImplemented

    def __ge__(self, other):
        return self._int >= other._int if isinstance(other, UUID) else NotImplemented

    def __hash__(self):
        return hash(self._int)

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    def __reduce__(self):
        return UUID, (self.hex,)


_int = int


def _of_fields(fields):
    if len(fields) != 6:
        raise ValueError("fields is not a 6-tuple")
    low, mid, high, seq_high, seq_low, node = fields
    return low << 96 | mid << 80 | high << 64 | seq_high << 56 | seq_low << 48 | node


def getnode():
    return 0x020000000001


def uuid1(node=None, clock_seq=None):
    ticks = _host.now() * 10 + 0x01B21DD213814000
    if clock_seq is None:
        clock_seq = int.from_bytes(_host.random(2), "big") & 0x3FFF
    node = getnode() if node is None else node
    fields = (
        ticks & 0xFFFFFFFF, ticks >> 32 & 0xFFFF, ticks >> 48 & 0x0FFF, clock_seq >> 8 & 0x3F, clock_seq & 0xFF, node,
    )
    return UUID(fields=fields, version=1)


def uuid3(namespace, name):
    from hashlib import md5

    name = name.encode() if isinstance(name, str) else name
    return UUID(bytes=md5(namespace.bytes + name).digest()[:16], version=3)


def uuid4():
    return UUID(bytes=_host.random(16), version=4)


def uuid5(namespace, name):
    from hashlib import sha1

    name = name.encode() if isinstance(name, str) else name
    return UUID(bytes=sha1(namespace.bytes + name).digest()[:16], version=5)


def uuid7():
    millis = _host.now() // 1000
    return UUID(int=(millis & 0xFFFFFFFFFFFF) << 80 | int.from_bytes(_host.random(10), "big"), version=7)


NAMESPACE_DNS = UUID("6ba7b810-9dad-11d1-80b4-00c04fd430c8")
NAMESPACE_URL = UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8")
NAMESPACE_OID = UUID("6ba7b812-9dad-11d1-80b4-00c04fd430c8")
NAMESPACE_X500 = UUID("6ba7b814-9dad-11d1-80b4-00c04fd430c8")
NIL = UUID("00000000-0000-0000-0000-000000000000")
MAX = UUID("ffffffff-ffff-ffff-ffff-ffffffffffff")
