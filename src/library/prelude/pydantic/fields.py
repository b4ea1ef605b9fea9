"""`Field(…)`."""


class _Undefined:
    def __repr__(self):
        return "PydanticUndefined"

    def __bool__(self):
        return False


Undefined = PydanticUndefined = _Undefined()


class FieldInfo:
    """What a field says; what it does not say stands on the class."""

    annotation = None
    alias = None
    repr = True
    max_length = None
    max_digits = None
    decimal_places = None
    description = None
    title = None

    def __init__(self, default=Undefined, default_factory=None, **kw):
        self.default = Undefined if default is Ellipsis else default
        self.default_factory = default_factory
        for key, value in kw.items():
            if value is not None:
                setattr(self, key, value)

    def is_required(self):
        return self.default is Undefined and self.default_factory is None

    def get_default(self, call_default_factory=False, **kw):
        if self.default_factory is not None and call_default_factory:
            return self.default_factory()
        return self.default

    def copy(self):
        new = object.__new__(type(self))
        new.__dict__.update(self.__dict__)
        return new

    @property
    def metadata(self):
        return [self]


def Field(default=Undefined, *, default_factory=None, **kw):
    return FieldInfo(default, default_factory, **kw)


def PrivateAttr(default=None, *, default_factory=None, **kw):
    return default_factory() if default_factory is not None else default


def computed_field(function=None, **kw):
    return function if function is not None else (lambda one: one)


def constraints_of(field):
    return field
