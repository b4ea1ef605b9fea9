# Reads the attributes of a revision's module.


def _many(value):
    if value is None:
        return []
    return [value] if isinstance(value, str) else list(value)


def header(module):
    missing = object()
    down = getattr(module, "down_revision", missing)
    return {
        "revision": getattr(module, "revision", None),
        "down_revision": None if down is missing else _many(down),
        "depends_on": _many(getattr(module, "depends_on", None)),
        "branch_labels": _many(getattr(module, "branch_labels", None)),
        "doc": module.__doc__ or "",
    }
