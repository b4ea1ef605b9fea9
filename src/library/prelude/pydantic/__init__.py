"""The shapes of pydantic that models and settings are written with. Values are taken as they are: nothing is validated."""

import typing

from .fields import Field, FieldInfo, PrivateAttr, Undefined, computed_field, constraints_of

__version__ = "2.14.3"
VERSION = __version__


class ConfigDict(dict):
    pass


class ValidationError(ValueError):
    pass


class PydanticUserError(TypeError):
    pass


class BaseModel:
    model_config = {}
    model_fields = {}
    __private_attributes__ = {}

    def __init_subclass__(cls, **kw):
        for key in list(kw):
            if key not in ("table", "registry"):
                kw.pop(key)
        super().__init_subclass__()
        cls.model_fields = collected(cls)

    def __init__(self, **data):
        fill(self, data, True)

    @classmethod
    def model_validate(cls, obj, **kw):
        if isinstance(obj, dict):
            values = dict(obj)
        else:
            values = {name: getattr(obj, name) for name in cls.model_fields if hasattr(obj, name)}
        values.update(kw.get("update") or {})
        return cls(**values)

    @classmethod
    def model_construct(cls, _fields_set=None, **values):
        self = cls.__new__(cls)
        fill(self, values, False)
        return self

    @classmethod
    def model_validate_json(cls, text, **kw):
        import json

        return cls(**json.loads(text))

    @classmethod
    def model_rebuild(cls, **kw):
        return True

    @classmethod
    def parse_obj(cls, obj):
        return cls.model_validate(obj)

    from_orm = parse_obj
    construct = model_construct

    @classmethod
    def update_forward_refs(cls, **kw):
        pass

    def model_dump(self, *, include=None, exclude=None, exclude_unset=False, exclude_none=False, exclude_defaults=False, **kw):
        found = {}
        for name, field in type(self).model_fields.items():
            if (include is not None and name not in include) or (exclude is not None and name in exclude):
                continue
            if exclude_unset and name not in self.__dict__.get("__fields_set__", ()):
                continue
            value = getattr(self, name)
            if exclude_none and value is None or exclude_defaults and value == field.default:
                continue
            found[name] = dumped(value)
        return found

    def dict(self, **kw):
        return self.model_dump(**kw)

    def model_dump_json(self, **kw):
        import json

        return json.dumps(self.model_dump(**kw), default=str)

    json = model_dump_json

    def model_copy(self, *, update=None, deep=False):
        new = object.__new__(type(self))
        new.__dict__.update(self.__dict__)
        new.__dict__.pop("_sa_instance_state", None)
        for key, value in (update or {}).items():
            setattr(new, key, value)
        return new

    copy = model_copy

    def model_post_init(self, context):
        pass

    @property
    def model_fields_set(self):
        return set(self.__dict__.get("__fields_set__", ()))

    def __repr__(self):
        shown = ["%s=%r" % (name, getattr(self, name, None)) for name, field in type(self).model_fields.items() if field.repr]
        return "%s(%s)" % (type(self).__name__, ", ".join(shown))

    def __str__(self):
        return " ".join("%s=%r" % (name, getattr(self, name, None)) for name in type(self).model_fields)

    def __eq__(self, other):
        if type(self) is not type(other):
            return NotImplemented
        return all(getattr(self, name, None) == getattr(other, name, None) for name in type(self).model_fields)

    def __hash__(self):
        return id(self)


def dumped(value):
    if isinstance(value, BaseModel):
        return value.model_dump()
    if isinstance(value, list):
        return [dumped(one) for one in value]
    return value


def fill(self, data, required):
    """Sets the fields of a new instance."""
    cls = type(self)
    missing = []
    for name, field in cls.model_fields.items():
        key = name if name in data else (field.alias if field.alias in data else None)
        if key is not None:
            setattr(self, name, data[key])
        elif field.default_factory is not None:
            setattr(self, name, field.default_factory())
        elif field.default is not Undefined:
            setattr(self, name, field.default)
        elif required:
            missing.append(name)
    self.__dict__["__fields_set__"] = [name for name in data]
    if missing:
        raise ValidationError(
            "%d validation error%s for %s\n%s"
            % (len(missing), "" if len(missing) == 1 else "s", cls.__name__, "\n".join("%s\n  Field required" % one for one in missing))
        )
    self.model_post_init(None)


def collected(cls):
    """The fields of a model: those of its bases first, in their order."""
    found = {}
    for base in reversed(cls.__mro__[1:]):
        found.update(base.__dict__.get("model_fields", {}))
    for name, annotation in own_annotations(cls).items():
        if name.startswith("_") or name in ("model_config", "model_fields") or is_class_var(annotation):
            continue
        value = cls.__dict__.get(name, Undefined)
        if hasattr(value, "fget") or getattr(value, "is_relationship", False):
            continue
        if getattr(getattr(annotation, "__origin__", None), "__name__", "") == "Mapped":
            continue
        found[name] = field_of(name, annotation, value)
        if name in cls.__dict__ and value is not Undefined:
            if isinstance(value, FieldInfo) and not getattr(cls, "_keeps_fields", False):
                delattr(cls, name)
    return found


def own_annotations(cls):
    """The annotations of the class itself, texts among them evaluated as far as their names are known."""
    from sqlalchemy.orm.scan import _annotations

    return dict(_annotations(cls))


def is_class_var(annotation):
    if isinstance(annotation, str):
        return "ClassVar" in annotation
    return annotation is typing.ClassVar or getattr(annotation, "__origin__", None) is typing.ClassVar


def field_of(name, annotation, value):
    inner = annotation
    for one in getattr(annotation, "__metadata__", ()):
        if isinstance(one, FieldInfo):
            inner = one.copy()
            inner.annotation = annotation
            if value is not Undefined and not isinstance(value, FieldInfo):
                inner.default = value
            return inner
    if isinstance(value, FieldInfo):
        value.annotation = annotation
        return value
    made = FieldInfo(value)
    made.annotation = annotation
    return made


# Validators: accepted.


def _decorator(*fields, **kw):
    def mark(function):
        return function

    return mark


def validator(*fields, **kw):
    return _decorator()


field_validator = field_serializer = root_validator = validator


def model_validator(*args, **kw):
    return _decorator()


def model_serializer(*args, **kw):
    if args and callable(args[0]):
        return args[0]
    return _decorator()


def validate_call(function=None, **kw):
    return function if function is not None else _decorator()


class TypeAdapter:
    def __init__(self, type_, **kw):
        self.type = type_

    def validate_python(self, value, **kw):
        return value


def create_model(name, **fields):
    raise NotImplementedError("pydantic.create_model is not supported here")


class EmailStr(str):
    pass


class NameEmail(str):
    pass


class AnyUrl(str):
    pass


AnyHttpUrl = HttpUrl = PostgresDsn = RedisDsn = AnyUrl


class SecretStr(str):
    def get_secret_value(self):
        return str(self)


SecretBytes = bytes


class StringConstraints:
    def __init__(self, **kw):
        self.max_length = kw.get("max_length")
        self.min_length = kw.get("min_length")


def constr(**kw):
    return typing.Annotated[str, StringConstraints(**kw)]


def conint(**kw):
    return int


def condecimal(**kw):
    import decimal

    return typing.Annotated[decimal.Decimal, FieldInfo(**kw)]


PositiveInt = NegativeInt = NonNegativeInt = StrictInt = int
PositiveFloat = NonNegativeFloat = StrictFloat = float
StrictStr = str
StrictBool = bool

Json = dict


class AwareDatetime:
    pass


class NaiveDatetime:
    pass


class BeforeValidator:
    def __init__(self, func):
        self.func = func


AfterValidator = PlainValidator = WrapValidator = PlainSerializer = WrapSerializer = BeforeValidator


class Discriminator:
    def __init__(self, *args, **kw):
        pass


Tag = Discriminator


def __getattr__(name):
    if name in ("UUID1", "UUID3", "UUID4", "UUID5"):
        import uuid

        return uuid.UUID
    raise AttributeError("module 'pydantic' has no attribute %r; if pydantic has it, it is not supported here" % (name,))
