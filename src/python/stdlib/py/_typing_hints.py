"""Annotations with their names looked up: a part of typing."""

from types import GenericAlias, NoneType
from typing import ForwardRef, NotRequired, ReadOnly, Required, Union, _Alias, _AnnotatedAlias, _LiteralAlias, get_origin


def _evaluated(hint, globalns, localns):
    if hint is None:
        return NoneType
    if isinstance(hint, str):
        return _evaluated(eval(hint, globalns, localns), globalns, localns)
    if isinstance(hint, ForwardRef):
        return _evaluated(eval(hint.__forward_arg__, globalns, localns), globalns, localns)
    if isinstance(hint, _LiteralAlias) or not isinstance(hint, (_Alias, GenericAlias, Union)):
        return hint
    args = tuple(
        [_evaluated(one, globalns, localns) for one in arg] if isinstance(arg, list)
        else _evaluated(arg, globalns, localns) if not isinstance(arg, type(...)) else arg
        for arg in hint.__args__
    )
    if args == hint.__args__:
        return hint
    if isinstance(hint, Union):
        return Union[args]
    if isinstance(hint, GenericAlias):
        return GenericAlias(hint.__origin__, args)
    return hint._with(args)


def _bare(hint):
    """A hint without Annotated, Required and NotRequired."""
    if isinstance(hint, _AnnotatedAlias):
        return _bare(hint.__origin__)
    if get_origin(hint) in (Required, NotRequired, ReadOnly):
        return _bare(hint.__args__[0])
    if isinstance(hint, _LiteralAlias) or not isinstance(hint, (_Alias, GenericAlias, Union)):
        return hint
    args = tuple(map(_bare, hint.__args__))
    if args == hint.__args__:
        return hint
    if isinstance(hint, Union):
        return Union[args]
    return GenericAlias(hint.__origin__, args) if isinstance(hint, GenericAlias) else hint._with(args)


def get_type_hints(obj, globalns=None, localns=None, include_extras=False):
    import sys

    if getattr(obj, "__no_type_check__", None):
        return {}
    hints = {}
    if isinstance(obj, type):
        for base in reversed(obj.__mro__):
            module = sys.modules.get(base.__module__)
            names = dict(getattr(module, "__dict__", {})) if globalns is None else globalns
            own = dict(base.__dict__) if localns is None else localns
            for name, hint in getattr(base, "__annotations__", {}).items() if base is not object else ():
                hints[name] = _evaluated(hint, names, own)
    else:
        inner = obj
        while hasattr(inner, "__wrapped__"):
            inner = inner.__wrapped__
        names = getattr(inner, "__globals__", None) or getattr(inner, "__dict__", {})
        names = names if globalns is None else globalns
        own = names if localns is None else localns
        for name, hint in (getattr(obj, "__annotations__", None) or {}).items():
            hints[name] = _evaluated(hint, names, own)
    return hints if include_extras else {name: _bare(hint) for name, hint in hints.items()}
