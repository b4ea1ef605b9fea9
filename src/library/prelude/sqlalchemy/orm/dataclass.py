"""Mapped classes as dataclasses: `__init__`, `__repr__` and `__eq__` from the attributes."""

from ..sql.schema import Column
from .properties import MapperProperty

_MISSING = object()


class Field:
    def __init__(self, name, default, factory, init, repr, kw_only, compare):
        self.name = name
        self.default = default
        self.factory = factory
        self.init = init
        self.repr = repr
        self.kw_only = kw_only
        self.compare = compare


def made(cls, options):
    fields = {}
    for base in reversed(cls.__mro__):
        for one in base.__dict__.get("_dataclass_fields_", ()):
            fields[one.name] = one
    own = _own_fields(cls, options.get("kw_only", False))
    for one in own:
        fields[one.name] = one
    cls._dataclass_fields_ = own
    every = list(fields.values())
    cls.__dataclass_fields__ = {one.name: one for one in every}
    if options.get("init", True) and "__init__" not in cls.__dict__:
        cls.__init__ = _init(cls, [one for one in every if one.init])
    if options.get("repr", True) and "__repr__" not in cls.__dict__:
        cls.__repr__ = _repr([one.name for one in every if one.repr])
    if options.get("eq", True) and "__eq__" not in cls.__dict__:
        cls.__eq__ = _eq([one.name for one in every if one.compare])
        cls.__hash__ = None if not options.get("unsafe_hash") else lambda self: id(self)


def _own_fields(cls, kw_only):
    from .scan import _annotations

    names = list(_annotations(cls))
    for base in cls.__mro__[1:]:
        if "__mapper__" not in base.__dict__ and base is not object and not base.__dict__.get("_is_root"):
            names += [name for name in _annotations(base) if name not in names]
    out = []
    for name in names:
        value = cls.__dict__.get(name, _MISSING)
        if isinstance(value, (Column, MapperProperty)):
            out.append(_field(name, value, getattr(value, "_dataclass", None) or {}, kw_only))
    return out


def _field(name, value, said, kw_only):
    default = said.get("default", _MISSING)
    if default is _MISSING and isinstance(value, Column) and value.default is not None and value.default.is_scalar and "default_factory" not in said:
        default = value.default.arg
    return Field(
        name,
        default,
        said.get("default_factory", _MISSING),
        said.get("init", True),
        said.get("repr", True),
        said.get("kw_only", kw_only),
        said.get("compare", True),
    )


def _init(cls, fields):
    places = [one for one in fields if not one.kw_only]
    names = {one.name for one in fields}

    def __init__(self, *args, **kwargs):
        if len(args) > len(places):
            raise TypeError(
                "__init__() takes %d positional arguments but %d were given" % (len(places) + 1, len(args) + 1)
            )
        for one, value in zip(places, args):
            if one.name in kwargs:
                raise TypeError("__init__() got multiple values for argument '%s'" % one.name)
            kwargs[one.name] = value
        for name in kwargs:
            if name not in names:
                raise TypeError("__init__() got an unexpected keyword argument '%s'" % name)
        missing = []
        for one in fields:
            if one.name in kwargs:
                value = kwargs[one.name]
            elif one.factory is not _MISSING:
                value = one.factory()
            elif one.default is not _MISSING:
                value = one.default
            else:
                missing.append(one.name)
                continue
            setattr(self, one.name, value)
        if missing:
            raise TypeError(
                "__init__() missing %d required argument%s: %s"
                % (len(missing), "" if len(missing) == 1 else "s", " and ".join(repr(name) for name in missing))
            )
        after = getattr(self, "__post_init__", None)
        if after is not None:
            after()

    return __init__


def _repr(names):
    def __repr__(self):
        return "%s(%s)" % (type(self).__qualname__, ", ".join("%s=%r" % (name, getattr(self, name)) for name in names))

    return __repr__


def _eq(names):
    def __eq__(self, other):
        if type(other) is not type(self):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in names)

    return __eq__
