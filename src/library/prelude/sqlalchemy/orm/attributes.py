"""What scripts take from `sqlalchemy.orm.attributes`."""

from ..sql.schema import Column
from .state import held

InstrumentedAttribute = QueryableAttribute = Column


def flag_modified(instance, key):
    """The attribute is written at the next flush, whatever it holds."""
    state = held(instance)
    if state is not None:
        state.committed.pop(key, None)


def set_attribute(instance, key, value):
    setattr(instance, key, value)


def set_committed_value(instance, key, value):
    instance.__dict__[key] = value
    state = held(instance)
    if state is not None:
        state.committed[key] = value


def get_attribute(instance, key):
    return getattr(instance, key)


def instance_state(instance):
    from .state import InstanceState

    return InstanceState(instance)


def instance_dict(instance):
    return instance.__dict__


def get_history(instance, key):
    raise NotImplementedError("get_history is not supported here")
