"""The types that the language has without a name."""

from _typing import (
    AsyncGeneratorType, BuiltinFunctionType, CellType, CodeType, CoroutineType, EllipsisType, FunctionType,
    GeneratorType, GenericAlias, GetSetDescriptorType, MappingProxyType, MemberDescriptorType, MethodDescriptorType,
    MethodType, ModuleType, NoneType, NotImplementedType, TracebackType, Union,
)

LambdaType = FunctionType
BuiltinMethodType = BuiltinFunctionType
UnionType = Union


class SimpleNamespace:
    def __init__(self, mapping_or_iterable=(), /, **kwargs):
        self.__dict__.update(mapping_or_iterable)
        self.__dict__.update(kwargs)

    def __repr__(self):
        name = "namespace" if type(self) is SimpleNamespace else type(self).__name__
        return f"{name}({', '.join(f'{key}={value!r}' for key, value in self.__dict__.items())})"

    def __eq__(self, other):
        if not isinstance(other, SimpleNamespace):
            return NotImplemented
        return self.__dict__ == other.__dict__

    __hash__ = None

    def __replace__(self, /, **kwargs):
        return type(self)({**self.__dict__, **kwargs})


class DynamicClassAttribute:
    """A property of instances; a class attribute of the same name is left to the metaclass."""

    def __init__(self, fget=None, fset=None, fdel=None, doc=None):
        self.fget, self.fset, self.fdel = fget, fset, fdel
        self.__doc__ = doc or fget.__doc__

    def __get__(self, instance, owner=None):
        if instance is None:
            raise AttributeError()
        return self.fget(instance)

    def __set__(self, instance, value):
        if self.fset is None:
            raise AttributeError("can't set attribute")
        self.fset(instance, value)


def resolve_bases(bases):
    resolved = []
    for base in bases:
        if not isinstance(base, type) and hasattr(base, "__mro_entries__"):
            resolved.extend(base.__mro_entries__(bases))
        else:
            resolved.append(base)
    return tuple(resolved)


def new_class(name, bases=(), kwds=None, exec_body=None):
    kwds = dict(kwds or {})
    resolved = resolve_bases(bases)
    meta = kwds.pop("metaclass", type(resolved[0]) if resolved else type)
    for base in resolved:
        if issubclass(type(base), meta):
            meta = type(base)
    namespace = {}
    if exec_body is not None:
        exec_body(namespace)
    if resolved != tuple(bases):
        namespace["__orig_bases__"] = bases
    return meta(name, resolved, namespace, **kwds)


def get_original_bases(cls, /):
    return cls.__dict__.get("__orig_bases__", cls.__bases__)


def coroutine(func):
    return func
