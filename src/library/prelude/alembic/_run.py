"""A command that needs env.py: what the engine starts."""

import logging

from _retort import ask
from alembic.autogenerate import revision
from alembic.config import Config
from alembic.config import Namespace
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory
from alembic.util import messaging
from alembic.util.exc import CommandError
from alembic.util.pyfiles import load_module_py


def main():
    start = ask("start")
    options = Namespace(**start["words"])
    config = Config(start["ini"], start["toml"], ini_section=start["section"], cmd_opts=options)
    revision.forget()
    try:
        _environment(config, start)
        ask("finish", revision.finished(start["command"]))
    except CommandError as error:
        if not start["raise_errors"]:
            messaging.log.error("%s", error)
        raise


def _environment(config, start):
    opts = {key: value for key, value in start["opts"].items() if value is not None}
    with EnvironmentContext(config, ScriptDirectory.from_config(config), **opts) as environment:
        load_module_py("env_py", start["env"])
    return environment
