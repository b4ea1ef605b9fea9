"""Declarative classes: bases, registries, `declared_attr`."""

from ..sql.schema import MetaData
from .mapper import REGISTRIES
from .scan import map_class


class registry:
    """The mapped classes that know each other by name."""

    def __init__(self, *, metadata=None, class_registry=None, type_annotation_map=None, constructor=None):
        self.metadata = metadata if metadata is not None else MetaData()
        self._class_registry = {} if class_registry is None else class_registry
        self.type_annotation_map = dict(type_annotation_map or ())
        self.constructor = constructor or _constructor
        self.mappers = []
        REGISTRIES.append(self)

    def update_type_annotation_map(self, more):
        self.type_annotation_map.update(more)

    def mapped(self, cls):
        _with_constructor(cls, self.constructor)
        cls.registry = self
        cls.metadata = self.metadata
        map_class(cls, self)
        return cls

    map_declaratively = mapped

    def mapped_as_dataclass(self, cls=None, **kw):
        from .dataclass import made

        if cls is None:
            return lambda one: self.mapped_as_dataclass(one, **kw)
        self.mapped(cls)
        made(cls, kw)
        return cls

    def as_declarative_base(self, **kw):
        return lambda cls: self.generate_base(cls=cls, name=cls.__name__, **kw)

    def generate_base(self, mapper=None, cls=object, name="Base", metaclass=None):
        bases = cls if isinstance(cls, tuple) else (cls,)
        if bases == (object,):
            bases = (Declared,)
        elif not any(issubclass(one, Declared) for one in bases):
            bases = bases + (Declared,)
        space = {"registry": self, "metadata": self.metadata, "_is_declarative_base": True, "__abstract__": True}
        if not any("__init__" in one.__dict__ for one in bases if one is not Declared):
            space["__init__"] = self.constructor
        if any("__module__" in one.__dict__ for one in bases if one is not Declared):
            space["__module__"] = bases[0].__module__
        return type(name, bases, space)

    def map_imperatively(self, cls, local_table=None, properties=None, **kw):
        from .scan import map_imperatively

        _with_constructor(cls, self.constructor)
        return map_imperatively(cls, self, local_table, properties or {}, kw)

    def configure(self, cascade=False):
        for mapper in self.mappers:
            mapper.configure()

    def dispose(self, cascade=False):
        self._class_registry.clear()
        self.mappers.clear()


def _constructor(self, **kwargs):
    """The __init__ of mapped classes: an argument for each attribute."""
    cls = type(self)
    for key, value in kwargs.items():
        if not hasattr(cls, key):
            raise TypeError("%r is an invalid keyword argument for %s" % (key, cls.__name__))
        setattr(self, key, value)


_constructor.__name__ = "__init__"


def _with_constructor(cls, constructor):
    if cls.__init__ is object.__init__:
        cls.__init__ = constructor


class Declared:
    """What every declarative base derives from; its subclasses are mapped as they are made."""

    def __init_subclass__(cls, **kw):
        if "_is_declarative_base" in cls.__dict__ or cls.__dict__.get("_is_root"):
            return
        options = _dataclass_options(cls, kw)
        super().__init_subclass__(**kw)
        if cls.__dict__.get("__abstract__"):
            if options is not None:
                cls._dataclass_defaults = options
            return
        map_class(cls, cls.registry)
        if options is not None:
            from .dataclass import made

            made(cls, options)


_OPTIONS = ("init", "repr", "eq", "order", "unsafe_hash", "match_args", "kw_only", "dataclass_callable")


def _dataclass_options(cls, kw):
    """The arguments of `MappedAsDataclass` in the class statement, or None where the class is no dataclass."""
    if not getattr(cls, "_is_dataclass_base", False):
        return None
    options = dict(getattr(cls, "_dataclass_defaults", {}))
    for key in _OPTIONS:
        if key in kw:
            options[key] = kw.pop(key)
    return options


class DeclarativeBase(Declared):
    """The base of a program's own base class."""

    _is_root = True

    def __init_subclass__(cls, **kw):
        if DeclarativeBase not in cls.__bases__ and not _is_new_root(cls):
            super().__init_subclass__(**kw)
            return
        if cls.__dict__.get("_is_root"):
            return
        _set_up(cls, _dataclass_options(cls, kw))


def _is_new_root(cls):
    """A class that derives from a base without a registry (DeclarativeBaseNoMeta, or a mixin in front)."""
    return getattr(cls, "registry", None) is None


def _set_up(cls, options):
    """A program's own base class gets its registry and its metadata."""
    own = cls.__dict__
    found = own.get("registry")
    if found is None:
        found = registry(
            metadata=getattr(cls, "metadata", None),
            type_annotation_map=getattr(cls, "type_annotation_map", None),
        )
        cls.registry = found
    elif own.get("type_annotation_map"):
        found.update_type_annotation_map(own["type_annotation_map"])
    if getattr(cls, "metadata", None) is None:
        cls.metadata = found.metadata
    else:
        found.metadata = cls.metadata
    cls._is_declarative_base = True
    if options is not None:
        cls._dataclass_defaults = options
    if cls.__init__ is object.__init__:
        cls.__init__ = found.constructor


class DeclarativeBaseNoMeta(DeclarativeBase):
    _is_root = True

    def __init_subclass__(cls, **kw):
        if DeclarativeBaseNoMeta in cls.__bases__:
            _set_up(cls, _dataclass_options(cls, kw))
        else:
            super().__init_subclass__(**kw)


class MappedAsDataclass:
    """Beside a declarative base, or as a mixin: mapped classes become dataclasses."""

    _is_dataclass_base = True

    def __init_subclass__(cls, **kw):
        if issubclass(cls, Declared):
            super().__init_subclass__(**kw)
            return
        options = {key: kw.pop(key) for key in _OPTIONS if key in kw}
        if options:
            cls._dataclass_defaults = options
        super().__init_subclass__(**kw)


DeclarativeMeta = type


def declarative_base(
    *,
    metadata=None,
    mapper=None,
    cls=object,
    name="Base",
    class_registry=None,
    type_annotation_map=None,
    constructor=None,
    metaclass=None,
):
    made = registry(
        metadata=metadata,
        class_registry=class_registry,
        type_annotation_map=type_annotation_map,
        constructor=constructor,
    )
    return made.generate_base(mapper=mapper, cls=cls, name=name)


def as_declarative(**kw):
    def decorate(cls):
        kw["cls"] = cls
        kw["name"] = cls.__name__
        return declarative_base(**kw)

    return decorate


def declarative_mixin(cls):
    return cls


def mapped_as_dataclass(registry, **kw):
    return lambda cls: registry.mapped_as_dataclass(cls, **kw)


def has_inherited_table(cls):
    return any(getattr(one, "__table__", None) is not None for one in cls.__mro__[1:])


class declared_attr:
    """A method of a mixin that makes an attribute for each mapped class."""

    _cascading = False

    def __init__(self, fget, cascading=False):
        self.fget = getattr(fget, "__func__", fget)
        self.__doc__ = fget.__doc__
        if cascading:
            self._cascading = True

    def __get__(self, instance, owner):
        return self.fget(owner)

    @classmethod
    def directive(cls, fget):
        return cls(fget)

    @classmethod
    def cascading(cls, fget):
        return cls(fget, True)


def synonym_for(name, map_column=False):
    from .properties import Synonym

    def decorate(function):
        return Synonym(name, descriptor=function)

    return decorate
