"""`SQLModel`, `Field` and `Relationship`."""

import enum
import typing

from pydantic import AwareDatetime, BaseModel, NaiveDatetime, collected, fill
from pydantic.fields import FieldInfo, Undefined
from sqlalchemy.orm import annotations
from sqlalchemy.orm.decl_api import declared_attr, registry
from sqlalchemy.orm.properties import Mapped, MappedAnnotation
from sqlalchemy.orm.relationships import Relationship as _Relationship
from sqlalchemy.orm.scan import map_class
from sqlalchemy.sql.schema import Column, ForeignKey

from .sql.sqltypes import AutoString, UTCDateTime


class SQLModelField(FieldInfo):
    primary_key = Undefined
    foreign_key = Undefined
    ondelete = Undefined
    unique = Undefined
    nullable = Undefined
    index = Undefined
    sa_type = Undefined
    sa_column = Undefined
    sa_column_args = Undefined
    sa_column_kwargs = Undefined


# pydantic's own Field says nothing about columns.
for _name in ("primary_key", "foreign_key", "ondelete", "unique", "nullable", "index", "sa_type", "sa_column", "sa_column_args", "sa_column_kwargs"):
    setattr(FieldInfo, _name, Undefined)

_COLUMN = ("primary_key", "foreign_key", "ondelete", "unique", "nullable", "index", "sa_type", "sa_column_args", "sa_column_kwargs")


def Field(default=Undefined, *, default_factory=None, sa_column=Undefined, **kw):
    if sa_column is not Undefined:
        for key in _COLUMN:
            if kw.get(key, Undefined) is not Undefined:
                raise RuntimeError("Passing %s is not supported when also passing a sa_column" % key)
        kw["sa_column"] = sa_column
    made = SQLModelField(default, default_factory)
    for key, value in kw.items():
        if value is not None or key == "nullable":
            setattr(made, key, value)
    return made


class RelationshipInfo:
    is_relationship = True

    def __init__(self, **kw):
        self.options = kw


def Relationship(
    *,
    back_populates=None,
    cascade_delete=False,
    passive_deletes=False,
    link_model=None,
    sa_relationship=None,
    sa_relationship_args=None,
    sa_relationship_kwargs=None,
):
    if sa_relationship is not None and (sa_relationship_args is not None or sa_relationship_kwargs is not None):
        raise RuntimeError("Passing sa_relationship_args or sa_relationship_kwargs is not supported when also passing a sa_relationship")
    return RelationshipInfo(
        back_populates=back_populates,
        cascade_delete=cascade_delete,
        passive_deletes=passive_deletes,
        link_model=link_model,
        sa_relationship=sa_relationship,
        args=sa_relationship_args or (),
        kwargs=sa_relationship_kwargs or {},
    )


default_registry = registry()


def is_table_model_class(cls):
    return bool(isinstance(cls, type) and getattr(cls, "model_config", {}).get("table"))


class SQLModel(BaseModel):
    """The base of SQLModel's classes; `table=True` makes a table of one."""

    metadata = default_registry.metadata
    registry = default_registry
    _sa_registry = default_registry
    __allow_unmapped__ = True
    _keeps_fields = True
    _inherited_relationships = {}

    def __init_subclass__(cls, table=False, registry=None, **kw):
        cls.model_config = {**_config(cls), **{key: value for key, value in kw.items()}}
        mapped_parent = any("__mapper__" in base.__dict__ for base in cls.__mro__[1:])
        cls.model_config.pop("table", None)
        if table:
            cls.model_config["table"] = True
        relationships = {}
        for name, value in list(cls.__dict__.items()):
            if isinstance(value, RelationshipInfo):
                relationships[name] = value
        cls.__sqlmodel_relationships__ = relationships
        cls.model_fields = collected(cls)
        _tidy(cls)
        if registry is not None:
            cls.registry = registry
            cls.metadata = registry.metadata
            cls.__abstract__ = True
        if table and not mapped_parent:
            _map(cls, relationships)

    def __init__(self, **data):
        cls = type(self)
        if is_table_model_class(cls):
            fill(self, data, False)
            for name in cls.__mapper__.properties():
                if name in data:
                    setattr(self, name, data[name])
        else:
            fill(self, data, True)

    @declared_attr
    def __tablename__(cls):
        return cls.__name__.lower()

    def sqlmodel_update(self, obj, *, update=None):
        values = dict(obj) if isinstance(obj, dict) else {name: getattr(obj, name) for name in type(obj).model_fields}
        values.update(update or {})
        for key, value in values.items():
            if key in type(self).model_fields:
                setattr(self, key, value)
        return self


def _config(cls):
    own = cls.__dict__.get("model_config")
    inherited = {}
    for base in reversed(cls.__mro__[1:]):
        inherited.update(base.__dict__.get("model_config", {}))
    if own:
        inherited.update(own)
    return inherited


def _tidy(cls):
    """Fields are no attributes of the class; their defaults are."""
    for name, field in cls.model_fields.items():
        if isinstance(cls.__dict__.get(name), FieldInfo):
            delattr(cls, name)
    for name in cls.__sqlmodel_relationships__:
        if isinstance(cls.__dict__.get(name), RelationshipInfo):
            delattr(cls, name)


def _map(cls, relationships):
    for name, field in cls.model_fields.items():
        setattr(cls, name, column_of(cls, name, field))
    every = {}
    for base in reversed(cls.__mro__):
        every.update(base.__dict__.get("__sqlmodel_relationships__", {}))
    for name, info in every.items():
        setattr(cls, name, _relationship(cls, name, info))
    map_class(cls, cls.registry)


def _relationship(cls, name, info):
    options = info.options
    if options["sa_relationship"] is not None:
        return options["sa_relationship"]
    kw = dict(options["kwargs"])
    if options["back_populates"]:
        kw.setdefault("back_populates", options["back_populates"])
    if options["cascade_delete"]:
        kw.setdefault("cascade", "all, delete-orphan")
    if options["passive_deletes"]:
        kw.setdefault("passive_deletes", options["passive_deletes"])
    link = options["link_model"]
    if link is not None:
        kw["secondary"] = link.__table__
    made = _Relationship(*options["args"], **kw)
    annotation = _annotation(cls, name)
    if type(annotation) is not MappedAnnotation:
        annotation = MappedAnnotation(Mapped, annotation)
    made.annotation = annotation
    return made


def _annotation(cls, name):
    from sqlalchemy.orm.scan import _annotations

    for base in cls.__mro__:
        found = _annotations(base) if base is not object else {}
        if name in found:
            return found[name]
    return None


# Columns from fields.


def column_of(cls, name, field):
    """The column of a field, as SQLModel makes it."""
    given = field.sa_column
    if isinstance(given, Column):
        return given
    kind = type_of(cls, field)
    primary_key = _said(field.primary_key, False)
    nullable = not primary_key and _noneable(cls, field)
    nullable = _said(field.nullable, nullable)
    args = []
    foreign_key = _said(field.foreign_key, None)
    if foreign_key:
        ondelete = _said(field.ondelete, None)
        if ondelete == "SET NULL" and not nullable:
            raise RuntimeError('ondelete="SET NULL" requires nullable=True')
        args.append(ForeignKey(foreign_key, ondelete=ondelete))
    kw = {"primary_key": primary_key, "nullable": nullable, "index": _said(field.index, False), "unique": _said(field.unique, False)}
    if field.default_factory is not None:
        kw["default"] = field.default_factory
    elif field.default is not Undefined:
        kw["default"] = field.default
    args += list(_said(field.sa_column_args, ()))
    kw.update(_said(field.sa_column_kwargs, {}))
    return Column(*args, type_=kind, **kw)


def _said(value, otherwise):
    return otherwise if value is Undefined else value


def _noneable(cls, field):
    annotation = field.annotation
    if isinstance(annotation, str):
        annotation = annotations.evaluate(annotation, cls)
    if hasattr(annotation, "__metadata__"):
        # pydantic looks inside.
        annotation = annotation.__origin__
    if isinstance(annotation, annotations.Either) or annotations.is_union(annotation):
        return annotations.nullable_and_type(annotation, cls)[0]
    if not field.is_required() and field.default is not Undefined:
        return annotation is None or annotation is type(None)
    return False


def _plain_type(cls, annotation):
    """(the class that a field holds, what Annotated says about it)."""
    metadata = []
    while True:
        if isinstance(annotation, str):
            found = annotations.evaluate(annotation, cls)
            if isinstance(found, str):
                break
            annotation = found
        if hasattr(annotation, "__metadata__"):
            metadata += list(annotation.__metadata__)
            annotation = annotation.__origin__
        elif isinstance(annotation, annotations.Either) or annotations.is_union(annotation):
            parts = annotation.parts if isinstance(annotation, annotations.Either) else annotation.__args__
            rest = [one for one in parts if one is not None and one is not type(None)]
            if len(rest) != 1:
                raise ValueError("Cannot have a (non-optional) union as a SQLAlchemy field")
            annotation = rest[0]
        elif getattr(annotation, "__origin__", None) is not None:
            annotation = annotation.__origin__
        elif hasattr(annotation, "__supertype__"):
            annotation = annotation.__supertype__
        else:
            break
    return annotation, metadata


def _constraint(field, metadata, name):
    value = getattr(field, name, None)
    for one in metadata:
        value = value if value is not None else getattr(one, name, None)
    return value


def type_of(cls, field):
    if field.sa_type is not Undefined:
        return field.sa_type
    kind, metadata = _plain_type(cls, field.annotation)
    if kind is None:
        raise ValueError("Missing field type")
    from sqlalchemy.sql import sqltypes

    for one in metadata:
        if one is NaiveDatetime:
            kind = NaiveDatetime
        elif one is AwareDatetime:
            kind = AwareDatetime
    if not isinstance(kind, type):
        if kind is typing.Literal:
            raise TypeError("issubclass() arg 1 must be a class")
        raise ValueError("%s has no matching SQLAlchemy type" % (kind,))
    if kind is NaiveDatetime:
        return sqltypes.DateTime(timezone=False)
    if kind is AwareDatetime:
        return UTCDateTime()
    return _by_class(kind, field, metadata, sqltypes)


def _by_class(kind, field, metadata, sqltypes):
    import datetime
    import decimal
    import uuid

    if issubclass(kind, enum.Enum):
        return sqltypes.Enum(kind)
    if issubclass(kind, str) or kind.__module__ in ("pathlib", "ipaddress"):
        length = _constraint(field, metadata, "max_length")
        return AutoString(length=length) if length else AutoString()
    for base, made in (
        (float, sqltypes.Float),
        (bool, sqltypes.Boolean),
        (int, sqltypes.Integer),
        (datetime.datetime, UTCDateTime),
        (datetime.date, sqltypes.Date),
        (datetime.timedelta, sqltypes.Interval),
        (datetime.time, sqltypes.Time),
        (bytes, sqltypes.LargeBinary),
    ):
        if issubclass(kind, base):
            return made()
    if issubclass(kind, decimal.Decimal):
        return sqltypes.Numeric(
            precision=_constraint(field, metadata, "max_digits"), scale=_constraint(field, metadata, "decimal_places")
        )
    if issubclass(kind, uuid.UUID):
        return sqltypes.Uuid()
    raise ValueError("%s has no matching SQLAlchemy type" % (kind,))
