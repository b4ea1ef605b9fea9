"""Loader options: accepted; related rows are loaded when they are asked for."""


class Load:
    def __init__(self, *entities):
        pass

    def _more(self, *args, **kw):
        return self

    joinedload = selectinload = subqueryload = lazyload = immediateload = noload = raiseload = _more
    contains_eager = defaultload = load_only = defer = undefer = undefer_group = options = _more
    selectin_polymorphic = with_expression = and_ = _more


def joinedload(*keys, **kw):
    return Load()


selectinload = subqueryload = lazyload = immediateload = noload = raiseload = joinedload
contains_eager = defaultload = load_only = defer = undefer = undefer_group = joinedload
with_expression = with_loader_criteria = selectin_polymorphic = joinedload


def with_polymorphic(base, classes, **kw):
    from .query import aliased

    return aliased(base)


def with_parent(instance, prop, from_entity=None):
    return prop.reverse() == instance


def polymorphic_union(*args, **kw):
    raise NotImplementedError("polymorphic_union is not supported here")
