"""Logging set up from an ini file or a dict."""

import configparser
import logging
import os
import sys
from posixpath import exists


def fileConfig(fname, defaults=None, disable_existing_loggers=True, encoding=None):
    if isinstance(fname, configparser.RawConfigParser):
        parser = fname
    else:
        parser = configparser.ConfigParser(defaults)
        if hasattr(fname, "readline"):
            parser.read_file(fname)
        else:
            if not exists(fname):
                raise FileNotFoundError(f"{fname} doesn't exist")
            parser.read(fname, encoding=encoding)
            if not parser.sections():
                raise RuntimeError(f"{fname} is an empty file")
    formatters = _formatters(parser)
    for handler in list(logging._handlers.values()):
        handler.close()
    logging._handlers.clear()
    handlers = _handlers(parser, formatters)
    _loggers(parser, handlers, disable_existing_loggers)


def _listed(parser, section):
    return [name.strip() for name in parser[section]["keys"].split(",") if name.strip()]


def _named(name):
    """The object of a dotted name, its module imported."""
    import importlib

    parts = name.split(".")
    module = importlib.import_module(parts[0])
    found, path = module, parts[0]
    for part in parts[1:]:
        path += "." + part
        if not hasattr(found, part):
            importlib.import_module(path)
        found = getattr(found, part)
    return found


def _evaluated(text):
    """What an ini file writes as Python: `(sys.stderr,)` and its like, in the names of logging."""
    if text == "(sys.stderr,)":
        return (sys.stderr,)
    if text in ("()", "{}"):
        return () if text == "()" else {}
    return eval(text, {**vars(logging), "sys": sys, "logging": logging, "os": os})


def _formatters(parser):
    made = {}
    for name in _listed(parser, "formatters"):
        section = parser[f"formatter_{name}"]
        cls = _named(section["class"]) if section.get("class") else logging.Formatter
        options = {}
        if section.get("defaults", raw=True):
            options["defaults"] = _evaluated(section.get("defaults", raw=True))
        made[name] = cls(
            section.get("format", raw=True), section.get("datefmt", raw=True), section.get("style", raw=True, fallback="%"),
            **options,
        )
    return made


def _handlers(parser, formatters):
    made, targets = {}, []
    for name in _listed(parser, "handlers"):
        section = parser[f"handler_{name}"]
        written = section["class"]
        cls = getattr(logging, written, None) or _handler_class(written)
        args = _evaluated(section.get("args", "()"))
        options = _evaluated(section.get("kwargs", "{}"))
        handler = cls(*args, **options)
        handler.set_name(name)
        if section.get("level"):
            handler.setLevel(section["level"])
        if section.get("formatter"):
            handler.setFormatter(formatters[section["formatter"]])
        if section.get("target"):
            targets.append((handler, section["target"]))
        made[name] = handler
    for handler, target in targets:
        handler.target = made[target]
    return made


def _handler_class(written):
    if written.startswith("handlers."):
        written = "logging." + written
    return _named(written)


def _loggers(parser, handlers, disable_existing):
    names = _listed(parser, "loggers")
    if "root" not in names:
        raise ValueError("'root' is not in list")
    root = logging.root
    _set_up(root, parser["logger_root"], handlers)
    existing = sorted(logging.Logger.manager.loggerDict)
    configured = []
    for name in names:
        if name == "root":
            continue
        section = parser[f"logger_{name}"]
        logger = logging.getLogger(section["qualname"])
        configured.append(section["qualname"])
        logger.propagate = bool(section.getint("propagate", fallback=1))
        logger.disabled = False
        _set_up(logger, section, handlers)
    for name in existing:
        if name in configured:
            continue
        logger = logging.Logger.manager.loggerDict[name]
        if any(name.startswith(one + ".") for one in configured):
            logger.level, logger.handlers, logger.propagate = logging.NOTSET, [], True
        else:
            logger.disabled = disable_existing


def _set_up(logger, section, handlers):
    if section.get("level"):
        logger.setLevel(section["level"])
    for handler in logger.handlers[:]:
        logger.removeHandler(handler)
    for name in section.get("handlers", "").split(","):
        if name.strip():
            logger.addHandler(handlers[name.strip()])


def _value(value):
    if isinstance(value, str) and value.startswith("ext://"):
        return _named(value[len("ext://"):])
    return value


def dictConfig(config):
    if config.get("version") != 1:
        raise ValueError(f"Unsupported version: {config.get('version')}" if "version" in config else "dictionary doesn't specify a version")
    if not config.get("incremental") and config.get("disable_existing_loggers", True):
        wanted = config.get("loggers", {})
        for name, logger in logging.Logger.manager.loggerDict.items():
            if name not in wanted and not any(name.startswith(one + ".") for one in wanted):
                logger.disabled = True
    formatters = {name: _formatter(one) for name, one in config.get("formatters", {}).items()}
    filters = {name: _made(one, logging.Filter) for name, one in config.get("filters", {}).items()}
    handlers = {}
    for name, one in config.get("handlers", {}).items():
        handlers[name] = _handler(name, dict(one), formatters, filters)
    for name, one in config.get("loggers", {}).items():
        logger = logging.getLogger(name)
        logger.disabled = False
        if "propagate" in one:
            logger.propagate = one["propagate"]
        _set_up_dict(logger, one, handlers, filters)
    if "root" in config:
        _set_up_dict(logging.root, config["root"], handlers, filters)


def _made(options, default):
    options = {name: _value(value) for name, value in options.items()}
    factory = options.pop("()", default)
    return (_named(factory) if isinstance(factory, str) else factory)(**options)


def _formatter(options):
    if "()" in options:
        return _made(options, None)
    cls = _named(options["class"]) if "class" in options else logging.Formatter
    return cls(options.get("format"), options.get("datefmt"), options.get("style", "%"))


def _handler(name, options, formatters, filters):
    formatter, level = options.pop("formatter", None), options.pop("level", None)
    wanted = options.pop("filters", ())
    cls = _named(options.pop("class")) if "class" in options else None
    handler = _made(options, cls)
    handler.set_name(name)
    if formatter:
        handler.setFormatter(formatters[formatter])
    if level is not None:
        handler.setLevel(level)
    for one in wanted:
        handler.addFilter(filters[one] if isinstance(one, str) else one)
    return handler


def _set_up_dict(logger, options, handlers, filters):
    if options.get("level") is not None:
        logger.setLevel(options["level"])
    for handler in logger.handlers[:]:
        logger.removeHandler(handler)
    for name in options.get("handlers", ()):
        logger.addHandler(handlers[name])
    for one in options.get("filters", ()):
        logger.addFilter(filters[one] if isinstance(one, str) else one)
