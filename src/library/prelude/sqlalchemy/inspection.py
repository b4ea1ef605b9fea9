"""`inspect()`."""


def inspect(subject, raiseerr=True):
    """What is known about an engine, a connection, a mapped class or an instance."""
    if hasattr(subject, "_number_now") or hasattr(subject, "_is_engine"):
        from .engine.reflection import Inspector

        return Inspector(subject)
    if isinstance(subject, type):
        mapper = getattr(subject, "__mapper__", None)
        if mapper is not None:
            mapper.configure()
            return mapper
    elif getattr(subject, "_is_entity", False) or getattr(subject, "is_mapper", False):
        return subject
    elif hasattr(type(subject), "__mapper__"):
        from .orm.state import InstanceState

        return InstanceState(subject)
    elif getattr(subject, "is_clause_element", False):
        return subject
    elif hasattr(subject, "run_sync"):
        from .exc import NoInspectionAvailable

        raise NoInspectionAvailable(
            "Inspection on an AsyncConnection is currently not supported. Please use ``run_sync`` to pass a callable where"
            " it's possible to call ``inspect`` on the passed connection."
        )
    if not raiseerr:
        return None
    from .exc import NoInspectionAvailable

    raise NoInspectionAvailable(
        "No inspection system is available for object of type %s" % (type(subject),)
    )
