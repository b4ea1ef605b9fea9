"""`Rewriter`: a `process_revision_directives` made of functions by operation."""

from alembic.operations import ops
from alembic.util.langhelpers import Dispatcher
from alembic.util.langhelpers import to_list


class Rewriter:
    def __init__(self):
        self.dispatch = Dispatcher()
        self._chained = ()

    def chain(self, other):
        made = type(self)()
        made.__dict__.update(self.__dict__)
        made._chained = (*self._chained, other)
        return made

    def rewrites(self, operator):
        return self.dispatch.dispatch_for(operator)

    def process_revision_directives(self, context, revision, directives):
        directives[:] = [new for directive in directives for new in self._rewritten(context, revision, directive)]

    def __call__(self, context, revision, directives):
        self.process_revision_directives(context, revision, directives)
        for process in self._chained:
            process(context, revision, directives)

    def _rewritten(self, context, revision, directive):
        fn = self.dispatch.find(directive)
        seen = self.__dict__.setdefault("_seen", [])
        if fn is None or any(one is directive for one in seen):
            found = [directive]
        else:
            found = to_list(fn(context, revision, directive)) or []
            seen.extend(found)
        for one in found:
            self._descend(context, revision, one)
        return found

    def _descend(self, context, revision, directive):
        if isinstance(directive, ops.MigrationScript):
            for container in (*directive.upgrade_ops_list, *directive.downgrade_ops_list):
                self._rewrite_inside(context, revision, container)
        elif isinstance(directive, ops.OpContainer):
            directive.ops[:] = [
                new for op in directive.ops for new in self._rewritten(context, revision, op)
            ]

    def _rewrite_inside(self, context, revision, container):
        fn = self.dispatch.find(container)
        if fn is not None:
            replaced = to_list(fn(context, revision, container)) or []
            if len(replaced) != 1:
                raise ValueError("Can only return single object for UpgradeOps traverse")
            container.ops[:] = replaced[0].ops
        self._descend(context, revision, container)
