"""Rules over whole enumerations: a part of enum."""

from enum import StrEnum


def unique(enumeration):
    doubles = [(name, one._name_) for name, one in enumeration.__members__.items() if name != one._name_]
    if doubles:
        listed = ", ".join(f"{alias} -> {name}" for alias, name in doubles)
        raise ValueError(f"duplicate values found in {enumeration!r}: {listed}")
    return enumeration


class EnumCheck(StrEnum):
    CONTINUOUS = "no skipped integer values"
    NAMED_FLAGS = "multi-flag aliases may not contain unnamed flags"
    UNIQUE = "one name per value"


CONTINUOUS, NAMED_FLAGS, UNIQUE = EnumCheck


class verify:
    def __init__(self, *checks):
        self.checks = checks

    def __call__(self, enumeration):
        for check in self.checks:
            if check is UNIQUE:
                doubles = [(n, m._name_) for n, m in enumeration.__members__.items() if n != m._name_]
                if doubles:
                    listed = ", ".join(f"{alias} -> {name}" for alias, name in doubles)
                    raise ValueError(f"aliases found in {enumeration!r}: {listed}")
            elif check is CONTINUOUS:
                values = {one._value_ for one in enumeration}
                missing = sorted(set(range(min(values), max(values) + 1)) - values)
                if missing:
                    raise ValueError(
                        f"invalid {enumeration!r}: missing values {', '.join(map(str, missing))}"
                    )
        return enumeration


def global_enum(cls, update_str=False):
    import sys

    sys.modules[cls.__module__].__dict__.update(cls.__members__)
    return cls
