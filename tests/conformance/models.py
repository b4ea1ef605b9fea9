"""The models of the pairs as values: SQLAlchemy's objects in the form of the engine's `schema`, as `library::lower` has
to give them. So comparing and writing are tested without running any Python."""
import json

import sqlalchemy as sa
from sqlalchemy import types
from sqlalchemy.dialects import postgresql, registry
from sqlalchemy.sql import elements, functions, operators

import autogenerate
import pages

NOTHING = "import sqlalchemy as sa\nmetadata = sa.MetaData()\n"


def record():
    for page in sorted(autogenerate.SPEC.glob("*.md")):
        yield page.stem, {heading: both(blocks) for heading, blocks in pages.cases(page)}


def both(blocks):
    current, target = blocks.get("python current", NOTHING), blocks["python target"]
    return {side: metadata(autogenerate.load(source)) for side, source in (("current", current), ("target", target))}


def metadata(it):
    return {"tables": [table(one) for one in it.tables.values()]}


def given(**fields):
    """The fields that say something; the others have defaults."""
    said = ("nullable", "deferrable")
    return {key: value for key, value in fields.items() if value not in (None, False, {}) or key in said}


def table(it):
    on_columns = [check for one in it.columns for check in one.constraints]
    constraints = sorted(it.constraints, key=lambda one: one._creation_order) + on_columns
    keyless = [one for one in constraints if isinstance(one, sa.PrimaryKeyConstraint) and not len(one.columns)]
    return given(
        name=given(schema=it.schema, name=it.name),
        columns=[column(one) for one in it.columns],
        constraints=[constraint(one) for one in constraints if one not in keyless],
        indexes=[index(one) for one in sorted(it.indexes, key=lambda one: str(one.name))],
        comment=it.comment,
        prefixes=list(it._prefixes) or None,
        options=options(it.dialect_kwargs),
    )


def column(it):
    counting = {"auto": None, True: "Yes", False: "No", "ignore_fk": "IgnoreForeignKey"}
    return given(
        name=it.name,
        key=it.key if it.key != it.name else None,
        type=type_(it.type),
        nullable=it.nullable,
        primary_key=it.primary_key,
        autoincrement=counting[it.autoincrement],
        server_default=default(it.server_default),
        comment=it.comment,
        system=it.system,
        options=options(it.dialect_kwargs),
    )


def default(it):
    if it is None:
        return None
    if isinstance(it, sa.Computed):
        return {"Computed": {"sql": it.sqltext.text, "persisted": it.persisted}}
    if isinstance(it, sa.Identity):
        return {"Identity": given(always=it.always, start=it.start, increment=it.increment, cycle=it.cycle)}
    if isinstance(it, sa.DefaultClause):
        return {"Literal": it.arg} if isinstance(it.arg, str) else {"Expression": expression(it.arg)}
    return "Fetched"


def constraint(it):
    source = "Column" if isinstance(it.parent, sa.Column) else None
    return given(
        name=name(it.name),
        kind=kind(it),
        deferrable=it.deferrable,
        initially=it.initially,
        source="Type" if getattr(it, "_type_bound", False) else source,
        options=options(it.dialect_kwargs),
    )


def kind(it):
    if isinstance(it, sa.PrimaryKeyConstraint):
        return {"PrimaryKey": {"columns": [one.name for one in it.columns]}}
    if isinstance(it, sa.UniqueConstraint):
        return {"Unique": {"columns": [one.name for one in it.columns]}}
    if isinstance(it, sa.CheckConstraint):
        return {"Check": {"condition": expression(it.sqltext)}}
    there = it.elements[0].column.table
    return {
        "ForeignKey": given(
            columns=[one.parent.name for one in it.elements],
            referred=given(schema=there.schema, name=there.name),
            referred_columns=[one.column.name for one in it.elements],
            ondelete=it.ondelete,
            onupdate=it.onupdate,
            match=it.match,
            use_alter=bool(it.use_alter),
            link_to_name=it.link_to_name,
        )
    }


def index(it):
    return given(
        name=name(it.name),
        expressions=[expression(one) for one in it.expressions],
        unique=bool(it.unique),
        options=options(it.dialect_kwargs),
    )


def name(it):
    return {"text": str(it), "conv": isinstance(it, elements.conv)} if isinstance(it, str) else None


def options(them):
    return {key: option(value) for key, value in them.items()}


def option(value):
    if isinstance(value, elements.ClauseElement):
        return expression(value)
    if isinstance(value, list | tuple):
        return {"List": [option(one) for one in value]}
    return {"Literal": {"value": literal(value)}}


def literal(value):
    kinds = {bool: "Boolean", int: "Integer", float: "Float", str: "Text"}
    if value is None:
        return "Null"
    if isinstance(value, dict):
        return {"Json": json.dumps(value)}
    return {kinds[type(value)]: value}


BINARY = {
    operators.eq: "Eq", operators.ne: "Ne", operators.lt: "Lt", operators.le: "Le", operators.gt: "Gt",
    operators.ge: "Ge", operators.add: "Add", operators.sub: "Sub", operators.mul: "Mul", operators.concat_op: "Concat",
    operators.like_op: "Like", operators.in_op: "In", operators.is_: "Is", operators.is_not: "IsNot",
}  # fmt: skip
MODIFIERS = {operators.desc_op: "DESC", operators.asc_op: "ASC", operators.nulls_last_op: "NULLS LAST"}


def expression(it):
    match it:
        case elements.TextClause():
            return {"Text": it.text}
        case sa.Column():
            return {"Column": {"name": it.name}}
        case elements.ColumnClause():
            return {"LiteralColumn": it.name} if it.is_literal else {"Column": {"name": it.name}}
        case elements._textual_label_reference():
            return {"LiteralColumn": it.element}
        case elements.Null() | elements.True_() | elements.False_():
            return {"Constant": type(it).__name__.strip("_")}
        case elements.BindParameter():
            return {"Literal": {"value": literal(it.value)}}
        case elements.Grouping():
            return {"Group": expression(it.element)}
        case elements.UnaryExpression():
            return {"Suffix": {"operand": expression(it.element), "operator": MODIFIERS[it.modifier]}}
        case functions.FunctionElement():
            return {"Function": {"name": it.name, "arguments": [expression(one) for one in it.clauses]}}
        case elements.BinaryExpression():
            left, right = expression(it.left), expression(it.right)
            return {"Binary": {"left": left, "operator": BINARY[it.operator], "right": right}}
        case elements.BooleanClauseList():
            return {"Junction": {"and": it.operator is operators.and_, "parts": [expression(one) for one in it.clauses]}}
    raise TypeError(f"an expression that no pair used so far: {it!r}")


def type_(it):
    if it._variant_mapping:
        return {"Variant": {"base": base(it), "variants": {key: type_(one) for key, one in it._variant_mapping.items()}}}
    return base(it)


def base(it):
    module, name_ = type(it).__module__, type(it).__name__
    match it:
        case types.PickleType():
            return "Pickle"
        case types.Interval():
            precisions = given(second_precision=it.second_precision, day_precision=it.day_precision)
            return {"Interval": {"native": it.native, **precisions}}
        case types.UserDefinedType():
            return {"Custom": custom(it, {"Spec": it.get_col_spec()})}
        case types.TypeDecorator():
            return {"Custom": custom(it, {"Type": {"base": type_(it.impl_instance), "by_dialect": by_dialect(it)}})}
        case postgresql.ENUM():
            return {"Enum": enumeration(it, "postgresql")}
    if module.startswith("sqlalchemy.dialects"):
        return {"Dialect": {"dialect": module.split(".")[2], "class": name_, "arguments": arguments(it)}}
    if not module.startswith("sqlalchemy."):
        return {"Custom": custom(it, {"Type": {"base": type_(type(it).__mro__[1]()), "by_dialect": {}}})}
    return family(it, name_)


def family(it, name_):
    match it:
        case types.Enum():
            return {"Enum": enumeration(it, None)}
        case types.NullType():
            return "Null"
        case types.String():
            return {"String": given(**{"class": name_}, length=it.length, collation=it.collation)}
        case types.Integer():
            return {"Integer": {"class": name_}}
        case types.Numeric():
            scale = None if isinstance(it, types.Float) else it.scale
            facts = given(precision=it.precision, scale=scale, decimal_return_scale=it.decimal_return_scale)
            return {"Numeric": {"class": name_, **facts, "asdecimal": it.asdecimal}}
        case types.Boolean():
            return {"Boolean": {"class": name_, "create_constraint": it.create_constraint, **given(name=it.name)}}
        case types.DateTime() | types.Time():
            return {"Temporal": {"class": name_, "timezone": it.timezone}}
        case types.Date():
            return {"Temporal": {"class": name_, "timezone": False}}
        case types.JSON():
            return {"Json": {"class": name_, "none_as_null": it.none_as_null}}
        case types.Uuid():
            return {"Uuid": {"class": name_, "as_uuid": it.as_uuid, "native_uuid": it.native_uuid}}
        case types.ARRAY():
            facts = given(dimensions=it.dimensions)
            return {"Array": {"item": type_(it.item_type), **facts, "as_tuple": it.as_tuple}}
        case types._Binary():
            return {"Binary": given(**{"class": name_}, length=it.length)}
    raise TypeError(f"a type that no pair used so far: {it!r}")


def custom(it, stores):
    return {"module": type(it).__module__, "class": type(it).__qualname__, "arguments": arguments(it), "stores": stores}


def by_dialect(it):
    """What `load_dialect_impl` gives where it is not the type's own implementation."""
    base_ = type_(it.impl_instance)
    dialects = [registry.load(one)() for one in ("mssql", "mysql", "oracle", "postgresql", "sqlite")]
    theirs = {one.name: type_(it.load_dialect_impl(one)) for one in dialects}
    return {name_: found for name_, found in theirs.items() if found != base_}


def arguments(it):
    """What the type's repr shows, as pairs of name and value."""
    shown = repr(it)
    positional, named = eval("(lambda *a, **k: (a, k))" + shown[shown.index("(") :], vars(types).copy())
    value = lambda one: {"Type": type_(one)} if isinstance(one, types.TypeEngine) else {"Literal": literal(one)}
    return [["", value(one)] for one in positional] + [[key, value(one)] for key, one in named.items()]


def enumeration(it, dialect):
    return {
        "labels": list(it.enums),
        "native_enum": bool(it.native_enum),
        "create_constraint": bool(it.create_constraint),
        "create_type": getattr(it, "create_type", True),
        "metadata": it.metadata is not None,
        "inherit_schema": bool(it.inherit_schema),
        **given(
            dialect=dialect,
            name=it.name,
            schema=it.schema,
            length=it.length if it.length != it._default_length else None,
        ),
    }
