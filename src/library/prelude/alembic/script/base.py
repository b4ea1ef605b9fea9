"""`ScriptDirectory`: the revisions of a project; the graph itself is the engine's."""

import posixpath

from _retort import ask
from alembic.util.exc import CommandError
from alembic.util.langhelpers import memoized_property
from alembic.util.langhelpers import to_tuple
from alembic.util.pyfiles import load_module_py


class ScriptDirectory:
    """The revisions of a project."""

    def __init__(self, dir=None, **kw):
        self.dir = dir if dir is not None else ask("script_location")
        self._modules = {}

    @classmethod
    def from_config(cls, config):
        return cls(ask("script_location"))

    @property
    def versions(self):
        return posixpath.join(self.dir, "versions")

    @property
    def env_py_location(self):
        return posixpath.join(self.dir, "env.py")

    def _module_at(self, path):
        """The module of a revision; a file is run once in a run."""
        if path not in self._modules:
            name = posixpath.basename(path).rsplit(".", 1)[0]
            self._modules[path] = load_module_py(name + "_py", path)
        return self._modules[path]

    def _script(self, data):
        return None if data is None else Script(self, data)

    def _scripts(self, many):
        return [Script(self, data) for data in many]

    def as_revision_number(self, id_):
        found = ask("revision_number", id_)
        return tuple(found) if id_ == "heads" else _one(found)

    def _starting_heads(self, id_):
        found = [self.get_revision(one) for one in to_tuple(id_) if one not in (None, "base")]
        return tuple(one.revision for one in found if one is not None)

    def get_revision(self, id_):
        return self._script(ask("get_revision", id_))

    def get_revisions(self, id_):
        return tuple(self._scripts(ask("get_revisions", list(to_tuple(id_, default=())))))

    def get_all_current(self, id_):
        return set(self._scripts(ask("all_current", list(to_tuple(id_, default=())))))

    def get_current_head(self):
        return ask("current_head")

    def get_heads(self, consider_depends_on=False):
        return list(ask("script_heads", bool(consider_depends_on)))

    def get_base(self):
        bases = self.get_bases()
        if len(bases) > 1:
            raise CommandError("The script directory has multiple bases. Please use get_bases().")
        return bases[0] if bases else None

    def get_bases(self):
        return list(ask("script_bases"))

    def walk_revisions(self, base="base", head="heads"):
        yield from self._scripts(ask("walk_revisions", base, head))

    def iterate_revisions(self, upper, lower, **kw):
        yield from self._scripts(ask("walk_revisions", lower, upper))


def _one(found):
    return found[0] if found else None


class Script:
    """One revision."""

    def __init__(self, directory, data):
        self._directory = directory
        self._data = data
        self.revision = data["id"]
        self.path = data["path"]
        self.doc = data["doc"]
        self.longdoc = data["long_doc"]
        self.down_revision = _unwrapped(data["down"])
        self.dependencies = _unwrapped(data["depends_on"])
        self.branch_labels = set(data["labels"])
        self.nextrev = frozenset(data["next"])
        self.is_head = data["is_head"]
        self.is_base = not data["down"]
        self.is_branch_point = len(data["next"]) > 1
        self.is_merge_point = len(data["down"]) > 1

    def __eq__(self, other):
        return isinstance(other, Script) and self.revision == other.revision

    def __hash__(self):
        return hash(self.revision)

    @memoized_property
    def module(self):
        return self._directory._module_at(self.path)

    @property
    def filename(self):
        return posixpath.basename(self.path)

    def __str__(self):
        return ask("describe_revision", self.revision)


def _unwrapped(ids):
    if not ids:
        return None
    return ids[0] if len(ids) == 1 else tuple(ids)
