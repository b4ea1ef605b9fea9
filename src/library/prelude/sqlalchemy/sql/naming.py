"""Naming conventions: the names that constraints and indexes get when they are attached to a table."""

from .elements import _NONE_NAME, conv

DEFAULT = {"ix": "ix_%(column_0_label)s"}


def name(const, table, convention):
    """Gives `const` the name that its table's convention makes, where one applies."""
    if convention is DEFAULT:
        if const._prefix == "ix" and const.name is None:
            columns = const._named_columns()
            const.name = conv("ix_" + (label(columns[0], table) if columns else ""))
        return
    given = const.name
    if given is _NONE_NAME or type(given) is conv:
        return
    template = convention.get(const._prefix)
    if template is None:
        template = _by_class(const, convention)
        if template is None:
            return
    if given is None or "constraint_name" in template:
        const.name = conv(_filled(template, const, table, convention))


def settled(const):
    """The name of a constraint that is about to be written."""
    if const.name is not _NONE_NAME:
        return const.name
    convention = const.table.metadata.naming_convention
    template = convention.get(const._prefix)
    if template is None:
        return None
    if "%(constraint_name)s" in template:
        _unnamed()
    return conv(_filled(template, const, const.table, convention))


def _by_class(const, convention):
    for cls in type(const).__mro__:
        if cls in convention:
            return convention[cls]
    return None


def _filled(template, const, table, convention):
    out = []
    rest = template
    while True:
        at = rest.find("%(")
        if at < 0:
            out.append(rest)
            return "".join(out).replace("%%", "%")
        end = rest.index(")", at)
        out.append(rest[:at])
        out.append(str(_token(rest[at + 2 : end], const, table, convention)))
        # `s` follows the parenthesis.
        rest = rest[end + 2 :]


def _token(token, const, table, convention):
    own = convention.get(token)
    if own is not None:
        return own(const, table)
    if token == "table_name":
        return table.name
    if token == "referred_table_name":
        return const.elements[0]._parts()[1]
    if token == "constraint_name":
        return _constraint_name(const)
    for prefix in ("referred_column_", "column_"):
        if token.startswith(prefix):
            found = _column_token(token[len(prefix) :], prefix, const, table)
            if found is not None:
                return found
    raise KeyError(token)


def _constraint_name(const):
    if const.name is None:
        _unnamed()
    return const.name


def _unnamed():
    from ..exc import InvalidRequestError

    raise InvalidRequestError(
        "Naming convention including %(constraint_name)s token requires that constraint is explicitly named."
    )


def _column_token(rest, prefix, const, table):
    """`0_name`, `0N_name`, `0_N_name`, and the same with `key` and `label`."""
    digits = 0
    while digits < len(rest) and rest[digits].isdigit():
        digits += 1
    if digits == 0:
        return None
    number = int(rest[:digits])
    rest = rest[digits:]
    for mark, glue in (("_N_", "_"), ("N_", "")):
        if rest.startswith(mark):
            every = _values(rest[len(mark) :], prefix, const, table)
            return None if every is None else glue.join(every)
    if not rest.startswith("_"):
        return None
    every = _values(rest[1:], prefix, const, table)
    if every is None:
        return None
    return every[number] if number < len(every) else ""


def _values(what, prefix, const, table):
    if prefix == "referred_column_":
        if what != "name":
            return None
        return [element._parts()[2] for element in const.elements]
    columns = list(const._named_columns())
    if what == "name":
        return [str(one.name) for one in columns]
    if what == "key":
        return [str(one.key) for one in columns]
    if what == "label":
        return [label(one, table) for one in columns]
    return None


def label(column, table):
    """SQLAlchemy's label of a column: schema, table and column."""
    if column.table is not None:
        table = column.table
    if table.schema:
        return "%s_%s_%s" % (table.schema.replace(".", "_"), table.name, column.name)
    return "%s_%s" % (table.name, column.name)
