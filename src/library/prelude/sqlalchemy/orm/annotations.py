"""What `Mapped[…]` says about a column: whether it takes NULL, and its type."""

import sys
import typing

from ..sql.type_api import NULLTYPE, TypeEngine, to_instance
from .properties import Mapped, MappedAnnotation

_NONE = type(None)


class Either:
    """A union of which not all parts could be found."""

    def __init__(self, parts):
        self.parts = parts


def mapped(annotation, cls):
    """What is inside `Mapped[…]`, as a MappedAnnotation, or None where the annotation is another one."""
    if type(annotation) is MappedAnnotation:
        return annotation
    if isinstance(annotation, str):
        annotation = evaluate(annotation, cls)
        if type(annotation) is MappedAnnotation:
            return annotation
    if isinstance(annotation, type) and issubclass(annotation, Mapped):
        return MappedAnnotation(annotation, typing.Any)
    return None


def nullable_and_type(item, cls):
    """Takes NULL out of a union."""
    if isinstance(item, str):
        item = evaluate(item, cls)
    if isinstance(item, Either):
        parts = item.parts
    elif is_union(item):
        parts = item.__args__
    else:
        return item is None or item is _NONE, item
    rest = [one for one in parts if one is not None and one is not _NONE]
    nullable = len(rest) < len(parts)
    if len(rest) == 1:
        return nullable, rest[0]
    return nullable, item


def is_union(item):
    if type(item).__name__ in ("UnionType", "_UnionGenericAlias", "Union"):
        return True
    return getattr(item, "__origin__", None) is typing.Union


_FIXED = {}


def plain_types(registry):
    """The types that need no look at their annotation, where the registry has no say of its own."""
    if registry.type_annotation_map:
        return {}
    return _FIXED or _fixed()


def _fixed():
    """The types that Python's types stand for."""
    import datetime
    import decimal
    import uuid

    from ..sql import sqltypes

    _FIXED.update(
        {
            int: sqltypes.INTEGERTYPE,
            str: sqltypes.STRINGTYPE,
            bool: sqltypes.BOOLEANTYPE,
            float: sqltypes.Float(),
            bytes: sqltypes.LargeBinary(),
            decimal.Decimal: sqltypes.NUMERICTYPE,
            datetime.datetime: sqltypes.DateTime(),
            datetime.date: sqltypes.Date(),
            datetime.time: sqltypes.Time(),
            datetime.timedelta: sqltypes.Interval(),
            uuid.UUID: sqltypes.Uuid(),
        }
    )
    return _FIXED


def resolve(item, registry):
    """The column type of a Python type, or None."""
    own = registry.type_annotation_map
    if own:
        found = _looked_up(own, item)
        if found is not None:
            return to_instance(found)
    found = _looked_up(_FIXED or _fixed(), item)
    if found is not None:
        return found
    if isinstance(item, type):
        return _of_class(item, own)
    if getattr(item, "__origin__", None) is typing.Literal or type(item).__name__ == "_LiteralGenericAlias":
        from ..sql.sqltypes import Enum

        pattern = _looked_up(own, typing.Literal) if own else None
        return _like(pattern, [str(one) for one in item.__args__], native_enum=False)
    supertype = getattr(item, "__supertype__", None)
    if supertype is not None:
        return resolve(supertype, registry)
    value = getattr(item, "__value__", None)
    if value is not None:
        return resolve(value, registry)
    if hasattr(item, "__metadata__"):
        return resolve(item.__origin__, registry)
    return None


def _looked_up(known, item):
    try:
        return known.get(item)
    except TypeError:
        return None


def _of_class(cls, own):
    import enum

    if issubclass(cls, enum.Enum):
        pattern = _looked_up(own, enum.Enum) if own else None
        for base in cls.__mro__:
            if own and pattern is None and base is not cls:
                found = _looked_up(own, base)
                if found is not None and issubclass(base, enum.Enum):
                    pattern = found
        return _like(pattern, [cls])
    return None


def _like(pattern, labels, **kw):
    """An Enum of `labels` made like `pattern`, an Enum in `type_annotation_map`."""
    from ..sql.sqltypes import Enum

    if pattern is None:
        return Enum(*labels, **kw)
    pattern = to_instance(pattern)
    if not isinstance(pattern, Enum):
        return pattern
    given = dict(
        native_enum=pattern.native_enum,
        create_constraint=pattern.create_constraint,
        values_callable=pattern.values_callable,
        validate_strings=pattern.validate_strings,
    )
    if pattern.length != pattern._default_length:
        given["length"] = pattern.length
    if pattern.name is not None and pattern.enum_class is None:
        given["name"] = pattern.name
    return type(pattern)(*labels, **given)


def apply(column, item, cls, key, registry):
    """Says on the column what its annotation says."""
    nullable, item = nullable_and_type(item, cls)
    pattern = _annotated_column(item)
    if pattern is not None:
        _merge(column, pattern)
    inner_nullable, inner = nullable_and_type(item.__origin__, cls) if hasattr(item, "__metadata__") else (False, item)
    if column._user_nullable is None:
        column.nullable = nullable or inner_nullable
    if column.type is NULLTYPE and not column.foreign_keys:
        found = resolve(item, registry)
        if found is None and inner is not item:
            found = resolve(inner, registry)
        if found is None:
            _not_found(inner, cls, key)
        column.type = found


def _annotated_column(item):
    for one in getattr(item, "__metadata__", ()):
        if getattr(one, "_takes_annotation", False):
            return one
    return None


_MERGED = ("index", "unique", "comment", "doc", "system", "autoincrement", "_sort_order", "_info", "_dataclass")


def _merge(column, pattern):
    """What `Annotated[…, mapped_column(…)]` says, as far as the column says nothing itself."""
    said = column.__dict__
    if column.type is NULLTYPE:
        column.type = pattern.type
    for key in _MERGED:
        if key in pattern.__dict__ and said.get(key) is None:
            said[key] = pattern.__dict__[key]
    if pattern.primary_key:
        column.primary_key = True
        column.nullable = False
    if column._user_nullable is None and pattern._user_nullable is not None:
        column.nullable = column._user_nullable = pattern._user_nullable
    if pattern.name is not None and column.name is None:
        column.name = pattern.name
        column.key = pattern.key
    for key in ("default", "onupdate", "server_default", "server_onupdate"):
        value = pattern.__dict__.get(key)
        if value is not None and said.get(key) is None:
            said[key] = value._copy_for(column)
            if key == "server_default":
                said[key]._set_on(column)
    for one in pattern.foreign_keys:
        if not column.foreign_keys:
            column._given(one._copy())
    for one in pattern.constraints:
        column._given(one._copy())
    if pattern._kwargs:
        column._kwargs = {**pattern._kwargs, **(column._kwargs or {})}


def _not_found(item, cls, key):
    from .exc import MappedAnnotationError

    if isinstance(item, TypeEngine) or isinstance(item, type) and issubclass(item, TypeEngine):
        raise MappedAnnotationError(
            "The type provided inside the %r attribute Mapped annotation is the SQLAlchemy type %s. Expected a Python"
            " type instead" % (key, item)
        )
    if not isinstance(item, type) and not hasattr(item, "__origin__"):
        raise MappedAnnotationError(
            "The object provided inside the %r attribute Mapped annotation is not a Python type, it's the object %r."
            " Expected a Python type." % (key, item)
        )
    raise MappedAnnotationError(
        "Could not locate SQLAlchemy Core type when resolving for Python type indicated by '%s' inside the Mapped[]"
        " annotation for the %r attribute; the type object is not resolvable by the registry" % (item, key)
    )


def must_be_mapped(said, cls, key):
    """Refuses `key: int = mapped_column()`, unless the class allows it."""
    text = said if isinstance(said, str) else repr(getattr(said, "__origin__", said))
    if "Mapped" in text or "ClassVar" in text or getattr(cls, "__allow_unmapped__", False):
        return
    from .exc import MappedAnnotationError

    raise MappedAnnotationError(
        'Type annotation for "%s.%s" can\'t be correctly interpreted for Annotated Declarative Table form.  ORM annotations'
        " should normally make use of the ``Mapped[]`` generic type, or other ORM-compatible generic type, as a container"
        " for the actual type, which indicates the intent that the attribute is mapped. Class variables that are not"
        " intended to be mapped by the ORM should use ClassVar[].  To allow Annotated Declarative to disregard legacy"
        ' annotations which don\'t use Mapped[] to pass, set "__allow_unmapped__ = True" on the class or a superclass this'
        " class." % (cls.__name__, key),
        code="zlpr",
    )


# Annotations as text: a name that is not there yet, or quotes.


def evaluate(text, cls):
    """The value of an annotation's text, as far as its names can be found; a name that cannot stays text."""
    tokens = _tokens(text)
    value, at = _union(tokens, 0, _namespace(cls), cls)
    return value if at == len(tokens) else text


def _namespace(cls):
    """The names of the class's module, also of one that `sys.modules` does not hold."""
    module = sys.modules.get(cls.__module__)
    if module is not None:
        return module.__dict__
    return getattr(cls.__dict__.get("__annotate_func__"), "__globals__", {})


def _tokens(text):
    out = []
    word = ""
    quote = None
    for char in text:
        if quote is not None:
            if char == quote:
                out.append((quote, word))
                word, quote = "", None
            else:
                word += char
        elif char in "'\"":
            quote = char
        elif char in "[],|()":
            if word:
                out.append(("name", word))
                word = ""
            out.append((char, char))
        elif char in " \t\n":
            if word:
                out.append(("name", word))
                word = ""
        else:
            word += char
    if word:
        out.append(("name", word))
    return out


def _union(tokens, at, namespace, cls):
    value, at = _term(tokens, at, namespace, cls)
    parts = [value]
    while at < len(tokens) and tokens[at][0] == "|":
        value, at = _term(tokens, at + 1, namespace, cls)
        parts.append(value)
    return (Either(parts) if len(parts) > 1 else parts[0]), at


def _term(tokens, at, namespace, cls):
    kind, text = tokens[at]
    at += 1
    if kind in "'\"":
        value = text
    elif kind in "[(":
        value, at = _list(tokens, at, namespace, cls)
        value = list(value)
    elif text[0].isdigit():
        value = int(text) if text.isdigit() else text
    else:
        value = _named(text, namespace, cls)
    if at < len(tokens) and tokens[at][0] == "[":
        items, at = _list(tokens, at + 1, namespace, cls)
        if not isinstance(value, str):
            items = _quoted(items, value)
            value = value[items[0] if len(items) == 1 else tuple(items)]
    return value, at


def _quoted(items, value):
    """Unions that are not all known stand as they are only inside Mapped and Optional."""
    if value is typing.Optional:
        return items
    if isinstance(value, type) and issubclass(value, Mapped):
        return items
    return [typing.Any if isinstance(one, Either) else one for one in items]


def _list(tokens, at, namespace, cls):
    out = []
    while at < len(tokens) and tokens[at][0] not in ("]", ")"):
        if tokens[at][0] == ",":
            at += 1
            continue
        value, at = _union(tokens, at, namespace, cls)
        out.append(value)
    return out, at + 1


_BUILTINS = {
    "int": int,
    "str": str,
    "float": float,
    "bool": bool,
    "bytes": bytes,
    "list": list,
    "dict": dict,
    "set": set,
    "tuple": tuple,
    "None": None,
    "object": object,
}


def _named(text, namespace, cls):
    parts = text.split(".")
    if parts[0] in namespace:
        value = namespace[parts[0]]
    elif parts[0] in _BUILTINS:
        value = _BUILTINS[parts[0]]
    elif parts[0] in cls.__dict__ and not hasattr(cls.__dict__[parts[0]], "lower"):
        value = cls.__dict__[parts[0]]
    else:
        return text
    for one in parts[1:]:
        value = getattr(value, one, None)
        if value is None:
            return text
    return value
