"""`alembic.config.Config`: alembic.ini as env.py sees it."""

import os
import posixpath
import sys
from configparser import ConfigParser

from _retort import ask
from alembic.util.exc import CommandError
from alembic.util.langhelpers import memoized_property


class Config:
    """The configuration of a run."""

    cmd_opts = None
    config_file_name = None
    toml_file_name = None
    config_ini_section = None

    def __init__(
        self,
        file_=None,
        toml_file=None,
        ini_section="alembic",
        output_buffer=None,
        stdout=sys.stdout,
        cmd_opts=None,
        config_args=(),
        attributes=None,
    ):
        self.config_file_name = str(file_) if file_ else None
        self.toml_file_name = str(toml_file) if toml_file else None
        self.config_ini_section = ini_section
        self.output_buffer = output_buffer
        self.stdout = stdout
        self.cmd_opts = cmd_opts
        self.config_args = dict(config_args)
        self.toml_args = dict(config_args)
        if attributes:
            self.attributes.update(attributes)

    @memoized_property
    def attributes(self):
        return {}

    def print_stdout(self, text, *arg):
        if not getattr(self.cmd_opts, "quiet", False):
            self.stdout.write((str(text) % arg if arg else str(text)) + "\n")

    @memoized_property
    def file_config(self):
        if self.config_file_name:
            here = posixpath.dirname(posixpath.abspath(self.config_file_name))
        else:
            here = os.getcwd()
        self.config_args["here"] = here
        parser = ConfigParser(self.config_args)
        if self.config_file_name:
            parser.read([self.config_file_name])
        else:
            parser.add_section(self.config_ini_section)
        return parser

    @memoized_property
    def toml_alembic_config(self):
        return ask("toml", self.toml_file_name) if self.toml_file_name else {}

    def get_template_directory(self):
        return ask("template_directory")

    def get_section(self, name, default=None):
        if not self.file_config.has_section(name):
            return default
        return dict(self.file_config.items(name))

    def set_main_option(self, name, value):
        self.set_section_option(self.config_ini_section, name, value)

    def remove_main_option(self, name):
        self.file_config.remove_option(self.config_ini_section, name)

    def set_section_option(self, section, name, value):
        if not self.file_config.has_section(section):
            self.file_config.add_section(section)
        self.file_config.set(section, name, value)

    def get_section_option(self, section, name, default=None):
        if not self.file_config.has_section(section):
            raise CommandError(
                "No config file %r found, or file has no '[%s]' section" % (self.config_file_name, section)
            )
        if self.file_config.has_option(section, name):
            return self.file_config.get(section, name)
        return default

    def get_main_option(self, name, default=None):
        return self.get_section_option(self.config_ini_section, name, default)

    def get_alembic_option(self, name, default=None):
        if self.file_config.has_option(self.config_ini_section, name):
            return self.file_config.get(self.config_ini_section, name)
        return _interpolated(self.toml_alembic_config.get(name, default), self.toml_args)

    def get_alembic_boolean_option(self, name):
        if self.file_config.has_option(self.config_ini_section, name):
            return self.file_config.get(self.config_ini_section, name) == "true"
        value = self.toml_alembic_config.get(name, False)
        if not isinstance(value, bool):
            raise CommandError(f"boolean value expected for TOML parameter {name!r}")
        return value

    @property
    def messaging_opts(self):
        return {"quiet": bool(getattr(self.cmd_opts, "quiet", False))}


def _interpolated(value, args):
    if isinstance(value, str):
        return value % args
    if isinstance(value, list):
        return [_interpolated(item, args) for item in value]
    if isinstance(value, dict):
        return {key: _interpolated(item, args) for key, item in value.items()}
    return value


class Namespace:
    """The words of the command line, as argparse would have read them."""

    def __init__(self, **options):
        self.__dict__.update(options)

    def __repr__(self):
        return "Namespace(%s)" % ", ".join(f"{key}={value!r}" for key, value in self.__dict__.items())

    def __contains__(self, key):
        return key in self.__dict__
