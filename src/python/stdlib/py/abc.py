"""Abstract classes: what is missing is named when an instance is wanted."""

from _abstract import missing as _missing


def abstractmethod(function):
    function.__isabstractmethod__ = True
    return function


class abstractproperty(property):
    __isabstractmethod__ = True


class abstractclassmethod(classmethod):
    __isabstractmethod__ = True


class abstractstaticmethod(staticmethod):
    __isabstractmethod__ = True


class ABCMeta(type):
    def __new__(mcls, name, bases, namespace, /, **kwargs):
        cls = super().__new__(mcls, name, bases, namespace, **kwargs)
        cls.__abstractmethods__ = _missing(cls)
        cls._abc_registered = []
        return cls

    def __call__(cls, *args, **kwargs):
        missing = cls.__abstractmethods__
        if missing:
            plural = "s" if len(missing) > 1 else ""
            names = ", ".join(f"'{name}'" for name in sorted(missing))
            raise TypeError(
                f"Can't instantiate abstract class {cls.__name__} without an implementation "
                f"for abstract method{plural} {names}"
            )
        return super().__call__(*args, **kwargs)

    def register(cls, subclass):
        cls._abc_registered.append(subclass)
        return subclass

    def __instancecheck__(cls, instance):
        return cls.__subclasscheck__(type(instance))

    def __subclasscheck__(cls, subclass):
        if cls in type.mro(subclass):
            return True
        answer = cls.__subclasshook__(subclass)
        if answer is not NotImplemented:
            return answer
        for known in cls._abc_registered:
            if issubclass(subclass, known):
                return True
        for child in type.__subclasses__(cls):
            if isinstance(child, ABCMeta) and issubclass(subclass, child):
                return True
        return False


class ABC(metaclass=ABCMeta):
    __slots__ = ()


def update_abstractmethods(cls):
    if isinstance(cls, ABCMeta):
        cls.__abstractmethods__ = _missing(cls)
    return cls


def get_cache_token():
    return 0
