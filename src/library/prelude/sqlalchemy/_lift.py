"""The engine's values to objects: reflected tables, what autogenerate found, operations that hooks see."""

from .sql.elements import ClauseElement, conv


def name(data):
    if data is None:
        return None
    return conv(data["text"]) if data.get("conv") else data["text"]


def metadata(data, into=None):
    """All tables of a database; their names are final."""
    from .sql.schema import MetaData

    made = into if into is not None else MetaData(naming_convention=data.get("naming") or None)
    for one in data["tables"]:
        table(one, made)
    return made


def table(data, metadata=None, schema=None):
    from .sql.schema import MetaData, Table

    if metadata is None:
        metadata = MetaData()
    name_ = data["name"]
    made = Table(
        name_["name"],
        metadata,
        *[column(one) for one in data["columns"]],
        schema=name_.get("schema"),
        comment=data.get("comment"),
        prefixes=data.get("prefixes"),
        info=values(data.get("info")) or None,
        **options(data),
    )
    for one in data.get("constraints", ()):
        constraint(one, made)
    for one in data.get("indexes", ()):
        index(one, made)
    return made


def options(data):
    return {key: expr(one) for key, one in (data.get("options") or {}).items()}


def values(data):
    return {key: literal(one) for key, one in (data or {}).items()}


_AUTOINCREMENT = {"Auto": "auto", "Yes": True, "No": False, "IgnoreForeignKey": "ignore_fk"}


def column(data):
    from .sql.schema import Column

    kw = options(data)
    if data.get("primary_key"):
        kw["primary_key"] = True
    kw["nullable"] = data["nullable"]
    for key in ("key", "comment"):
        if data.get(key) is not None:
            kw[key] = data[key]
    if data.get("system"):
        kw["system"] = True
    if data.get("autoincrement", "Auto") != "Auto":
        kw["autoincrement"] = _AUTOINCREMENT[data["autoincrement"]]
    if data.get("info"):
        kw["info"] = values(data["info"])
    extra = []
    if data.get("server_default") is not None:
        default = server_default(data["server_default"])
        if isinstance(default, (str, ClauseElement)):
            kw["server_default"] = default
        else:
            extra.append(default)
    if data.get("sequence"):
        from .sql.defaults import Sequence

        extra.append(Sequence(data["sequence"]))
    return Column(data["name"], type_(data["type"]), *extra, **kw)


def server_default(data):
    """As `server_default=` is written."""
    from .sql.defaults import Computed, FetchedValue, Identity

    if data == "Fetched":
        return FetchedValue()
    ((kind, inner),) = data.items()
    if kind == "Literal":
        return inner
    if kind == "Expression":
        made = expr(inner)
        return made if isinstance(made, ClauseElement) else _literal_element(made)
    if kind == "Computed":
        return Computed(inner["sql"], persisted=inner.get("persisted"))
    return Identity(**{key: value for key, value in inner.items() if value is not None})


def _literal_element(value):
    from .sql.elements import literal as made

    return made(value)


def constraint(data, table):
    from .sql import constraints

    ((kind, inner),) = data["kind"].items()
    kw = options(data)
    kw["name"] = name(data.get("name"))
    for key in ("deferrable", "initially"):
        if data.get(key) is not None:
            kw[key] = data[key]
    made = _CONSTRAINTS[kind](constraints, inner, kw, table)
    if data.get("source") == "Column":
        made._column_flag = True
    elif data.get("source") == "Type":
        made._type_bound = True
    if data.get("column") is not None:
        made._column_name = data["column"]
    if data.get("comment") is not None:
        made.comment = data["comment"]
    if made.parent is None:
        made.attach(table)
    return made


def _primary_key(constraints, inner, kw, table):
    return constraints.PrimaryKeyConstraint(*_keys(table, inner["columns"]), **kw)


def _unique(constraints, inner, kw, table):
    return constraints.UniqueConstraint(*_keys(table, inner["columns"]), **kw)


def _keys(table, names):
    """The keys of columns by their names."""
    keys = {one.name: one.key for one in table._by_key.values()}
    return [keys.get(one, one) for one in names]


def _foreign_key(constraints, inner, kw, table):
    referred = inner["referred"]
    where = referred["name"] if not referred.get("schema") else "%s.%s" % (referred["schema"], referred["name"])
    for key in ("ondelete", "onupdate", "match"):
        if inner.get(key) is not None:
            kw[key] = inner[key]
    for key in ("use_alter", "link_to_name"):
        if inner.get(key):
            kw[key] = True
    targets = ["%s.%s" % (where, one) for one in inner["referred_columns"]]
    return constraints.ForeignKeyConstraint(_keys(table, inner["columns"]), targets, **kw)


def _check(constraints, inner, kw, table):
    condition = expr(inner["condition"])
    return constraints.CheckConstraint(condition, _autoattach=False, **kw)


def _exclude(constraints, inner, kw, table):
    from .dialects.postgresql import ExcludeConstraint

    elements = [(expr(one), operator) for one, operator in inner["elements"]]
    where = expr(inner["condition"]) if inner.get("condition") else None
    return ExcludeConstraint(*elements, using=inner["using"], where=where, **kw)


_CONSTRAINTS = {
    "PrimaryKey": _primary_key,
    "Unique": _unique,
    "ForeignKey": _foreign_key,
    "Check": _check,
    "Exclude": _exclude,
}


def index(data, table):
    from .sql.constraints import Index

    keys = {one.name: one.key for one in table._by_key.values()}
    parts = []
    for one in data["expressions"]:
        named = one.get("Column") if isinstance(one, dict) else None
        if named is not None and named["name"] in keys:
            parts.append(table._by_key[keys[named["name"]]])
        else:
            parts.append(expr(one))
    return Index(name(data["name"]), *parts, unique=data.get("unique", False), _table=table, **options(data))


def type_(data):
    from .sql import sqltypes

    if data == "Null":
        return sqltypes.NULLTYPE
    if data == "Pickle":
        return sqltypes.PickleType()
    ((family, inner),) = data.items()
    return _TYPES[family](sqltypes, inner)


def _class(types, inner):
    return getattr(types, inner["class"])


def _string(types, inner):
    return _class(types, inner)(length=inner.get("length"), collation=inner.get("collation"))


def _numeric(types, inner):
    cls = _class(types, inner)
    kw = {"precision": inner.get("precision"), "asdecimal": inner["asdecimal"]}
    if inner.get("decimal_return_scale") is not None:
        kw["decimal_return_scale"] = inner["decimal_return_scale"]
    if not issubclass(cls, types.Float):
        kw["scale"] = inner.get("scale")
    return cls(**kw)


def _temporal(types, inner):
    cls = _class(types, inner)
    return cls() if issubclass(cls, types.Date) else cls(timezone=inner["timezone"])


def _interval(types, inner):
    return types.Interval(inner["native"], inner.get("second_precision"), inner.get("day_precision"))


def _enum(types, inner):
    kw = {}
    for key in ("name", "schema", "length"):
        if inner.get(key) is not None:
            kw[key] = inner[key]
    for key in ("native_enum", "create_constraint", "inherit_schema"):
        if key in inner:
            kw[key] = inner[key]
    if inner.get("dialect") == "postgresql":
        from .dialects.postgresql import ENUM

        kw.pop("native_enum", None)
        return ENUM(*inner["labels"], create_type=inner.get("create_type", True), **kw)
    if inner.get("dialect") == "mysql":
        from .dialects.mysql import ENUM

        return ENUM(*inner["labels"], **kw)
    return types.Enum(*inner["labels"], **kw)


def _array(types, inner):
    cls = types.ARRAY
    if inner.get("dialect") == "postgresql":
        from .dialects.postgresql import ARRAY as cls
    return cls(type_(inner["item"]), as_tuple=inner.get("as_tuple", False), dimensions=inner.get("dimensions"))


def _uuid(types, inner):
    if inner["class"] == "UUID":
        return types.UUID(as_uuid=inner["as_uuid"])
    return types.Uuid(as_uuid=inner["as_uuid"], native_uuid=inner["native_uuid"])


def _dialect(types, inner):
    from importlib import import_module

    cls = getattr(import_module("sqlalchemy.dialects." + inner["dialect"]), inner["class"])
    args, kw = arguments(inner)
    return cls(*args, **kw)


def arguments(inner):
    args = []
    kw = {}
    for key, one in inner["arguments"]:
        ((kind, value),) = one.items()
        value = type_(value) if kind == "Type" else literal(value)
        if key == "":
            args.append(value)
        else:
            kw[key] = value
    return args, kw


def _custom(types, inner):
    """Somebody else's class where it can still be found, otherwise what it stores."""
    import sys

    cls = sys.modules.get(inner["module"])
    for part in inner["class"].split("."):
        cls = getattr(cls, part, None)
    args, kw = arguments(inner)
    if cls is not None:
        try:
            return cls(*args, **kw)
        except TypeError:
            pass
    ((kind, stores),) = inner["stores"].items()
    if kind == "Type":
        return type_(stores["base"])
    return types.NULLTYPE


def _variant(types, inner):
    made = type_(inner["base"])
    for dialect, one in inner["variants"].items():
        made = made.with_variant(type_(one), dialect)
    return made


_TYPES = {
    "String": _string,
    "Integer": lambda types, inner: _class(types, inner)(),
    "Numeric": _numeric,
    "Boolean": lambda types, inner: _class(types, inner)(create_constraint=inner["create_constraint"], name=inner.get("name")),
    "Temporal": _temporal,
    "Interval": _interval,
    "Binary": lambda types, inner: _class(types, inner)(length=inner.get("length")),
    "Enum": _enum,
    "Json": lambda types, inner: _class(types, inner)(none_as_null=inner["none_as_null"]),
    "Uuid": _uuid,
    "Array": _array,
    "Dialect": _dialect,
    "Custom": _custom,
    "Variant": _variant,
}


def literal(data):
    """A literal as Python's value."""
    if data == "Null":
        return None
    ((kind, value),) = data.items()
    if kind in ("Boolean", "Integer", "Float", "Text"):
        return value
    if kind == "Bytes":
        return bytes(value)
    if kind == "List":
        return [literal(one) for one in value]
    return _other(kind, value)


def _other(kind, value):
    import datetime

    if kind == "Json":
        import json

        return json.loads(value)
    if kind == "Decimal":
        import decimal

        return decimal.Decimal(value)
    if kind == "Uuid":
        import uuid

        return uuid.UUID(value)
    if kind == "Date":
        return datetime.date.fromisoformat(value)
    if kind == "Time":
        return datetime.time.fromisoformat(value)
    if kind == "DateTime":
        return datetime.datetime.fromisoformat(value)
    return datetime.timedelta(microseconds=value)


class Lifted(ClauseElement):
    """An expression of the engine that scripts only hand on."""

    def __init__(self, data):
        self.data_ = data

    def lower(self, scope):
        return self.data_

    def __hash__(self):
        return id(self)


def expr(data):
    """An expression; a value where it is one."""
    from .sql import elements

    ((kind, inner),) = data.items()
    if kind == "Text":
        return elements.text(inner)
    if kind == "Literal":
        return literal(inner["value"])
    if kind == "Column":
        return elements.column(inner["name"], type_(inner["type"]) if inner.get("type") else None)
    if kind == "LiteralColumn":
        return elements.literal_column(inner)
    if kind == "Function" and not inner.get("over") and not inner.get("filter"):
        return _function(inner)
    if kind == "Suffix":
        operand = expr(inner["operand"])
        if isinstance(operand, ClauseElement):
            return elements.Ordering(operand, inner["operator"])
    if kind == "List":
        return [expr(one) for one in inner]
    return Lifted(data)


def _function(inner):
    from .sql.functions import Function

    *packages, last = inner["name"].split(".")
    arguments = [expr(one) if "Star" not in one else Lifted(one) for one in inner["arguments"]]
    kind = type_(inner["type"]) if inner.get("type") else None
    return Function(last, *arguments, packagenames=packages, type_=kind)


class Statement(ClauseElement):
    """A statement of the engine that scripts only hand on."""

    def __init__(self, data):
        self.data_ = data

    def statement(self, scope):
        return self.data_


def statement(data):
    text = data.get("Text") if isinstance(data, dict) else None
    if text is not None and not text["parameters"]:
        from .sql.elements import text as made

        return made(text["sql"])
    return Statement(data)
