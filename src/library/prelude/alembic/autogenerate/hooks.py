"""The functions of env.py that autogenerate asks: the engine calls them by the methods here."""

from sqlalchemy import _lift as lift

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
        """Itself, or nothing where env.py gave no function at all."""
        opts = self._opts
        functions = [opts.get(name) for name in ("include_name", "include_object")]
        functions += [fn for fn in (opts.get("compare_type"), opts.get("compare_server_default")) if callable(fn)]
        if not any(functions):
            return None
        return {
            "object": self,
            "include_name": bool(opts.get("include_name")),
            "include_object": bool(opts.get("include_object")),
            "compare_type": callable(opts.get("compare_type")),
            "compare_server_default": callable(opts.get("compare_server_default")),
        }

    def begin(self, reflected):
        """The database's side, as data."""
        self._data = reflected
        self._reflected = None

    def _database(self):
        if self._reflected is None:
            self._reflected = lift.metadata(self._data or {"tables": []})
        return self._reflected

    def _side(self, reflected, what):
        """`what` is [kind, schema, table, name, number]: enough to find one object."""
        sides = [self._database()] if reflected else self._metadata
        return _objects.find(sides, *what)

    def include_name(self, name, kind, parents):
        return bool(self._opts["include_name"](name, kind, parents))

    def include_object(self, what, reflected, other):
        found = self._side(reflected, what)
        compared = self._side(not reflected, other) if other is not None else None
        name = what[3] if what[0] != "table" else what[2]
        return bool(self._opts["include_object"](found, name, what[0], reflected, compared))

    def compare_type(self, what):
        inspected, own = self._side(True, what), self._side(False, what)
        return self._opts["compare_type"](self._context, inspected, own, inspected.type, own.type)

    def compare_server_default(self, what, inspected_text, metadata_text):
        inspected, own = self._side(True, what), self._side(False, what)
        return self._opts["compare_server_default"](
            self._context, inspected, own, inspected_text, own.server_default, metadata_text
        )
