"""The functions of env.py that autogenerate asks: the engine calls them by the methods here."""

from sqlalchemy import _lift as lift
from sqlalchemy import _lower as lower

from . import _objects


class Hooks:
    """What env.py gave to `context.configure`. Objects of the models are the user's own; those of the database are
    made when a function wants to see one."""

    def __init__(self, context, metadata):
        self._context = context
        self._opts = context.opts
        self._metadata = metadata
        self._reflected = None
        self._data = None

    def given(self):
        """Itself and what it has, or nothing where env.py gave no function at all."""
        opts = self._opts
        has = [name for name in ("include_name", "include_object") if opts.get(name)]
        has += [name for name in ("compare_type", "compare_server_default") if callable(opts.get(name))]
        return (self, has) if has else None

    def begin(self, reflected):
        """The database's side, as data."""
        self._data = reflected
        self._reflected = None

    def _find(self, reflected, what):
        """`what` is [kind, schema, table, name, columns, number of the models' object]."""
        *place, number = what
        if number and not reflected:
            return lower.origin(number)
        if not reflected:
            return _objects.find(self._metadata, *place)
        if self._reflected is None:
            self._reflected = lift.metadata(self._data or {"tables": []})
        return _objects.find([self._reflected], *place)

    def include_name(self, name, kind, parents):
        return bool(self._opts["include_name"](name, kind, parents))

    def include_object(self, what, reflected, other, name):
        found = self._find(reflected, what)
        compared = self._find(not reflected, other) if other is not None else None
        return bool(self._opts["include_object"](found, name, what[0], reflected, compared))

    def compare_type(self, current, target):
        inspected, own = self._find(True, current), self._find(False, target)
        return self._opinion(self._opts["compare_type"](self._context, inspected, own, inspected.type, own.type))

    def compare_server_default(self, current, target, inspected_text, metadata_text):
        inspected, own = self._find(True, current), self._find(False, target)
        return self._opinion(
            self._opts["compare_server_default"](
                self._context, inspected, own, inspected_text, own.server_default, metadata_text
            )
        )

    def _opinion(self, answer):
        """None, False, or the `repr` of what says that they differ."""
        if answer is None:
            return None
        return repr(answer) if answer else False
