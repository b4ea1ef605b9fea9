"""The exceptions that PEP 249 asks of every driver."""

_BASES = {
    "Warning": Exception,
    "Error": Exception,
    "InterfaceError": "Error",
    "DatabaseError": "Error",
    "DataError": "DatabaseError",
    "OperationalError": "DatabaseError",
    "IntegrityError": "DatabaseError",
    "InternalError": "DatabaseError",
    "ProgrammingError": "DatabaseError",
    "NotSupportedError": "DatabaseError",
}


def exceptions(module, **attributes):
    """The classes of a driver, by name; `attributes` are those of its `Error`."""
    made = {}
    for name, base in _BASES.items():
        namespace = {"__module__": module, **(attributes if name == "Error" else {})}
        made[name] = type(name, (made.get(base, base),), namespace)
    return made
