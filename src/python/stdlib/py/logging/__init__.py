"""Log lines: loggers in a tree, handlers, formatters."""

import sys
import time
import _frames
import traceback
import warnings
from string import Template

__all__ = [
    "BASIC_FORMAT", "BufferingFormatter", "CRITICAL", "DEBUG", "ERROR", "FATAL", "FileHandler", "Filter", "Formatter",
    "Handler", "INFO", "LogRecord", "Logger", "LoggerAdapter", "NOTSET", "NullHandler", "StreamHandler", "WARN",
    "WARNING", "addLevelName", "basicConfig", "captureWarnings", "critical", "debug", "disable", "error", "exception",
    "fatal", "getLevelName", "getLogger", "getLoggerClass", "info", "log", "makeLogRecord", "setLoggerClass",
    "shutdown", "warn", "warning", "lastResort", "raiseExceptions", "getLevelNamesMapping",
]

CRITICAL = FATAL = 50
ERROR = 40
WARNING = WARN = 30
INFO = 20
DEBUG = 10
NOTSET = 0
BASIC_FORMAT = "%(levelname)s:%(name)s:%(message)s"
raiseExceptions = True
_levels = {50: "CRITICAL", 40: "ERROR", 30: "WARNING", 20: "INFO", 10: "DEBUG", 0: "NOTSET"}
_names = {
    "CRITICAL": 50, "FATAL": 50, "ERROR": 40, "WARN": 30, "WARNING": 30, "INFO": 20, "DEBUG": 10, "NOTSET": 0,
}
_started = time.time()
_handlers = {}


def getLevelName(level):
    if level in _levels:
        return _levels[level]
    return _names.get(level, f"Level {level}")


def getLevelNamesMapping():
    return dict(_names)


def addLevelName(level, levelName):
    _levels[level] = levelName
    _names[levelName] = level


def _level(level):
    if isinstance(level, int):
        return level
    if not isinstance(level, str):
        raise TypeError(f"Level not an integer or a valid string: {level!r}")
    if level not in _names:
        raise ValueError(f"Unknown level: {level!r}")
    return _names[level]


class LogRecord:
    def __init__(self, name, level, pathname, lineno, msg, args, exc_info, func=None, sinfo=None, **kwargs):
        if args and len(args) == 1 and isinstance(args[0], dict) and args[0]:
            args = args[0]
        filename = pathname[pathname.rfind("/") + 1 :]
        dot = filename.rfind(".")
        created = time.time()
        # At once: an attribute at a time costs a program that logs much more than all the rest of logging.
        self.__dict__.update(
            name=name,
            msg=msg,
            args=args,
            levelname=getLevelName(level),
            levelno=level,
            pathname=pathname,
            filename=filename,
            module=filename[:dot] if dot > 0 else filename,
            exc_info=exc_info,
            exc_text=None,
            stack_info=sinfo,
            lineno=lineno,
            funcName=func,
            created=created,
            msecs=int((created - int(created)) * 1000) + 0.0,
            relativeCreated=(created - _started) * 1000,
            thread=1,
            threadName="MainThread",
            process=1,
            processName="MainProcess",
            taskName=None,
        )

    def getMessage(self):
        message = str(self.msg)
        return message % self.args if self.args else message

    def __repr__(self):
        return f'<LogRecord: {self.name}, {self.levelno}, {self.pathname}, {self.lineno}, "{self.msg}">'


def makeLogRecord(dict):
    record = LogRecord(None, None, "", 0, "", (), None, None)
    record.__dict__.update(dict)
    return record


class _Percent:
    default = "%(message)s"
    asctime = "%(asctime)"

    def __init__(self, fmt, defaults=None):
        self._fmt = fmt or self.default
        self._defaults = defaults or {}

    def uses_time(self):
        return self.asctime in self._fmt

    def values(self, record):
        return {**self._defaults, **record.__dict__} if self._defaults else record.__dict__

    def format(self, record):
        return self._fmt % self.values(record)


class _Braces(_Percent):
    default = "{message}"
    asctime = "{asctime"

    def format(self, record):
        return self._fmt.format(**self.values(record))


class _Dollars(_Percent):
    default = "${message}"

    def uses_time(self):
        return "$asctime" in self._fmt or "${asctime}" in self._fmt

    def format(self, record):
        return Template(self._fmt).substitute(**self.values(record))


_STYLES = {"%": _Percent, "{": _Braces, "$": _Dollars}


class Formatter:
    converter = time.localtime
    default_time_format = "%Y-%m-%d %H:%M:%S"
    default_msec_format = "%s,%03d"

    def __init__(self, fmt=None, datefmt=None, style="%", validate=True, *, defaults=None):
        if style not in _STYLES:
            raise ValueError(f"Style must be one of: {','.join(_STYLES)}")
        self._style = _STYLES[style](fmt, defaults)
        self._fmt, self.datefmt = self._style._fmt, datefmt

    def formatTime(self, record, datefmt=None):
        moment = type(self).__dict__.get("converter", time.localtime)(record.created)
        if datefmt:
            return time.strftime(datefmt, moment)
        shown = time.strftime(self.default_time_format, moment)
        return self.default_msec_format % (shown, record.msecs) if self.default_msec_format else shown

    def formatException(self, ei):
        return "".join(traceback.format_exception(ei[0], ei[1], ei[2])).removesuffix("\n")

    def formatStack(self, stack_info):
        return stack_info

    def usesTime(self):
        return self._style.uses_time()

    def formatMessage(self, record):
        return self._style.format(record)

    def format(self, record):
        record.message = record.getMessage()
        if self.usesTime():
            record.asctime = self.formatTime(record, self.datefmt)
        shown = self.formatMessage(record)
        if not (record.exc_info or record.exc_text or record.stack_info):
            return shown
        if record.exc_info and not record.exc_text:
            record.exc_text = self.formatException(record.exc_info)
        for more in (record.exc_text, self.formatStack(record.stack_info) if record.stack_info else None):
            if more:
                shown = shown.removesuffix("\n") + "\n" + more
        return shown


_defaultFormatter = Formatter()


class BufferingFormatter:
    def __init__(self, linefmt=None):
        self.linefmt = linefmt or _defaultFormatter

    def format(self, records):
        return "".join([self.linefmt.format(record) for record in records])


class Filter:
    def __init__(self, name=""):
        self.name = name

    def filter(self, record):
        return not self.name or record.name == self.name or record.name.startswith(self.name + ".")


class Filterer:
    def __init__(self):
        self.filters = []

    def addFilter(self, filter):
        if filter not in self.filters:
            self.filters.append(filter)

    def removeFilter(self, filter):
        if filter in self.filters:
            self.filters.remove(filter)

    def filter(self, record):
        if not self.filters:
            return record
        for one in self.filters:
            result = one.filter(record) if hasattr(one, "filter") else one(record)
            if not result:
                return False
            if isinstance(result, LogRecord):
                record = result
        return record


class Handler(Filterer):
    def __init__(self, level=NOTSET):
        super().__init__()
        self.name = None
        self.level = _level(level)
        self.formatter = None

    def get_name(self):
        return self.name

    def set_name(self, name):
        self.name = name
        _handlers[name] = self

    def setLevel(self, level):
        self.level = _level(level)

    def setFormatter(self, fmt):
        self.formatter = fmt

    def format(self, record):
        return (self.formatter or _defaultFormatter).format(record)

    def emit(self, record):
        raise NotImplementedError("emit must be implemented by Handler subclasses")

    def handle(self, record):
        kept = self.filter(record)
        if kept:
            self.emit(kept)
        return kept

    def handleError(self, record):
        if raiseExceptions:
            sys.stderr.write("--- Logging error ---\n")
            traceback.print_exc()
            sys.stderr.write(f"Message: {record.msg!r}\nArguments: {record.args}\n")

    def acquire(self):
        pass

    def release(self):
        pass

    def createLock(self):
        pass

    def flush(self):
        pass

    def close(self):
        pass

    def __repr__(self):
        return f"<{self.__class__.__name__} ({getLevelName(self.level)})>"


class StreamHandler(Handler):
    terminator = "\n"

    def __init__(self, stream=None):
        super().__init__()
        self.stream = sys.stderr if stream is None else stream

    def setStream(self, stream):
        old, self.stream = self.stream, stream
        return old

    def flush(self):
        if self.stream and hasattr(self.stream, "flush"):
            self.stream.flush()

    def emit(self, record):
        try:
            self.stream.write(self.format(record) + self.terminator)
            self.flush()
        except RecursionError:
            raise
        except Exception:
            self.handleError(record)

    def __repr__(self):
        name = getattr(self.stream, "name", "")
        return f"<{self.__class__.__name__} {str(name) + ' ' if name else ''}({getLevelName(self.level)})>"


class FileHandler(StreamHandler):
    """Lines at the end of a file of the host."""

    def __init__(self, filename, mode="a", encoding=None, delay=False, errors=None):
        import os

        self.baseFilename = os.path.abspath(filename)
        self.mode, self.encoding, self.errors = mode, encoding, errors
        super().__init__(self._opened())

    def _opened(self):
        import io

        return io.open(self.baseFilename, self.mode, encoding=self.encoding, errors=self.errors)

    def close(self):
        self.stream.close()


class NullHandler(Handler):
    def handle(self, record):
        pass

    def emit(self, record):
        pass


class _LastResort(StreamHandler):
    def __init__(self, level):
        Handler.__init__(self, level)

    @property
    def stream(self):
        return sys.stderr


lastResort = _LastResort(WARNING)


class Logger(Filterer):
    def __init__(self, name, level=NOTSET):
        super().__init__()
        self.name, self.level = name, _level(level)
        self.parent, self.propagate, self.handlers, self.disabled = None, True, [], False

    def setLevel(self, level):
        self.level = _level(level)

    def getEffectiveLevel(self):
        logger = self
        while logger is not None:
            if logger.level:
                return logger.level
            logger = logger.parent
        return NOTSET

    def isEnabledFor(self, level):
        return not self.disabled and self.manager.disable < level and level >= self.getEffectiveLevel()

    def debug(self, msg, *args, **kwargs):
        if self.isEnabledFor(DEBUG):
            self._log(DEBUG, msg, args, **kwargs)

    def info(self, msg, *args, **kwargs):
        if self.isEnabledFor(INFO):
            self._log(INFO, msg, args, **kwargs)

    def warning(self, msg, *args, **kwargs):
        if self.isEnabledFor(WARNING):
            self._log(WARNING, msg, args, **kwargs)

    warn = warning

    def error(self, msg, *args, **kwargs):
        if self.isEnabledFor(ERROR):
            self._log(ERROR, msg, args, **kwargs)

    def exception(self, msg, *args, exc_info=True, **kwargs):
        self.error(msg, *args, exc_info=exc_info, **kwargs)

    def critical(self, msg, *args, **kwargs):
        if self.isEnabledFor(CRITICAL):
            self._log(CRITICAL, msg, args, **kwargs)

    fatal = critical

    def log(self, level, msg, *args, **kwargs):
        if not isinstance(level, int):
            raise TypeError("level must be an integer")
        if self.isEnabledFor(level):
            self._log(level, msg, args, **kwargs)

    def findCaller(self, stack_info=False, stacklevel=1):
        frames = _frames.visible()
        shown = None
        if stack_info:
            shown = "Stack (most recent call last):\n" + "".join(traceback.format_stack()).removesuffix("\n")
        if not frames:
            return "(unknown file)", 0, "(unknown function)", shown
        at = stacklevel - 1 if 0 < stacklevel <= len(frames) else (0 if stacklevel < 1 else -1)
        path, function, line, _ = frames[at]
        return path, line, function, shown

    def makeRecord(self, name, level, fn, lno, msg, args, exc_info, func=None, extra=None, sinfo=None):
        record = _factory[0](name, level, fn, lno, msg, args, exc_info, func, sinfo)
        if not extra:
            return record
        for key, value in extra.items():
            if key in ("message", "asctime") or key in record.__dict__:
                raise KeyError(f"Attempt to overwrite {key!r} in LogRecord")
            record.__dict__[key] = value
        return record

    def _log(self, level, msg, args, exc_info=None, extra=None, stack_info=False, stacklevel=1):
        path, line, function, stack = self.findCaller(stack_info, stacklevel)
        if isinstance(exc_info, BaseException):
            exc_info = (type(exc_info), exc_info, exc_info.__traceback__)
        elif exc_info and not isinstance(exc_info, tuple):
            exc_info = sys.exc_info()
        self.handle(self.makeRecord(self.name, level, path, line, msg, args, exc_info, function, extra, stack))

    def handle(self, record):
        if self.disabled:
            return
        kept = self.filter(record)
        if kept:
            self.callHandlers(kept)

    def addHandler(self, hdlr):
        if hdlr not in self.handlers:
            self.handlers.append(hdlr)

    def removeHandler(self, hdlr):
        if hdlr in self.handlers:
            self.handlers.remove(hdlr)

    def hasHandlers(self):
        logger = self
        while logger:
            if logger.handlers:
                return True
            logger = logger.parent if logger.propagate else None
        return False

    def callHandlers(self, record):
        logger, found, level = self, 0, record.levelno
        while logger is not None:
            for handler in logger.handlers:
                found += 1
                if level >= handler.level:
                    handler.handle(record)
            if not logger.propagate:
                break
            logger = logger.parent
        if not found and lastResort and record.levelno >= lastResort.level:
            lastResort.handle(record)

    def getChild(self, suffix):
        return getLogger(suffix if self is root else f"{self.name}.{suffix}")

    def getChildren(self):
        return {one for one in self.manager.loggerDict.values() if one.parent is self}

    def __repr__(self):
        return f"<{self.__class__.__name__} {self.name} ({getLevelName(self.getEffectiveLevel())})>"


class RootLogger(Logger):
    def __init__(self, level):
        super().__init__("root", level)


class Manager:
    def __init__(self, root):
        self.root, self.disable, self.loggerDict, self.loggerClass = root, 0, {}, Logger

    def getLogger(self, name):
        if not isinstance(name, str):
            raise TypeError("A logger name must be a string")
        if name not in self.loggerDict:
            logger = self.loggerDict[name] = self.loggerClass(name)
            logger.manager = self
            self._adopt(logger)
        return self.loggerDict[name]

    def _adopt(self, logger):
        """Places a new logger between its next ancestor and that one's descendants."""
        above = logger.name
        logger.parent = self.root
        while "." in above:
            above = above.rpartition(".")[0]
            if above in self.loggerDict:
                logger.parent = self.loggerDict[above]
                break
        for other in self.loggerDict.values():
            if other.name.startswith(logger.name + ".") and other.parent is logger.parent:
                other.parent = logger


root = RootLogger(WARNING)
Logger.root = root
Logger.manager = Manager(root)
_factory = [LogRecord]


class LoggerAdapter:
    def __init__(self, logger, extra=None, merge_extra=False):
        self.logger, self.extra, self.merge_extra = logger, extra, merge_extra

    def process(self, msg, kwargs):
        kwargs["extra"] = {**self.extra, **kwargs.get("extra", {})} if self.merge_extra and self.extra else self.extra
        return msg, kwargs

    def log(self, level, msg, *args, **kwargs):
        if self.isEnabledFor(level):
            msg, kwargs = self.process(msg, kwargs)
            self.logger.log(level, msg, *args, **kwargs)

    def debug(self, msg, *args, **kwargs):
        self.log(DEBUG, msg, *args, **kwargs)

    def info(self, msg, *args, **kwargs):
        self.log(INFO, msg, *args, **kwargs)

    def warning(self, msg, *args, **kwargs):
        self.log(WARNING, msg, *args, **kwargs)

    def error(self, msg, *args, **kwargs):
        self.log(ERROR, msg, *args, **kwargs)

    def exception(self, msg, *args, exc_info=True, **kwargs):
        self.log(ERROR, msg, *args, exc_info=exc_info, **kwargs)

    def critical(self, msg, *args, **kwargs):
        self.log(CRITICAL, msg, *args, **kwargs)

    def isEnabledFor(self, level):
        return self.logger.isEnabledFor(level)

    def setLevel(self, level):
        self.logger.setLevel(level)

    @property
    def name(self):
        return self.logger.name


def getLogger(name=None):
    if not name or name == root.name:
        return root
    return Logger.manager.getLogger(name)


def getLoggerClass():
    return Logger.manager.loggerClass


def setLoggerClass(klass):
    Logger.manager.loggerClass = klass


def setLogRecordFactory(factory):
    _factory[0] = factory


def getLogRecordFactory():
    return _factory[0]


def getHandlerByName(name):
    return _handlers.get(name)


def basicConfig(
    *, force=False, encoding=None, errors=None, handlers=None, stream=None, filename=None, filemode="a", style="%",
    datefmt=None, format=None, level=None,
):
    if force:
        for handler in root.handlers[:]:
            root.removeHandler(handler)
            handler.close()
    if root.handlers:
        return
    if handlers is None:
        handlers = [FileHandler(filename, filemode, encoding) if filename else StreamHandler(stream)]
    formats = {"%": BASIC_FORMAT, "{": "{levelname}:{name}:{message}", "$": "${levelname}:${name}:${message}"}
    if style not in formats:
        raise ValueError(f"Style must be one of: {','.join(formats)}")
    formatter = Formatter(format or formats[style], datefmt, style)
    for handler in handlers:
        if handler.formatter is None:
            handler.setFormatter(formatter)
        root.addHandler(handler)
    if level is not None:
        root.setLevel(level)


def _on_root(name):
    def function(msg, *args, **kwargs):
        if not root.handlers:
            basicConfig()
        getattr(root, name)(msg, *args, **kwargs)

    function.__name__ = name
    return function


debug, info, warning, error = _on_root("debug"), _on_root("info"), _on_root("warning"), _on_root("error")
critical = fatal = _on_root("critical")
exception, warn = _on_root("exception"), warning


def log(level, msg, *args, **kwargs):
    if not root.handlers:
        basicConfig()
    root.log(level, msg, *args, **kwargs)


def disable(level=CRITICAL):
    Logger.manager.disable = _level(level)


def captureWarnings(capture):
    def show(message, category, filename, lineno, file=None, line=None):
        getLogger("py.warnings").warning("%s", warnings.formatwarning(message, category, filename, lineno, line))

    warnings.showwarning = show if capture else warnings._show_by_default


def shutdown(handlerList=None):
    pass
