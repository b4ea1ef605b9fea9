"""`alembic.command`: commands are the program's; inside a script they are named, not run."""


def _command(name):
    def function(config, *args, **kw):
        raise NotImplementedError(
            "alembic.command.%s() cannot be called inside a script here; run `alembic %s`" % (name, name)
        )

    function.__name__ = name
    return function


for _name in (
    "branches check current downgrade edit ensure_version heads history init list_templates "
    "merge revision show stamp upgrade"
).split():
    globals()[_name] = _command(_name)
