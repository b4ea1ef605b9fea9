"""What Alembic says beside its log."""

import logging
import sys
import warnings
from contextlib import contextmanager

log = logging.getLogger(__name__)

# Without a configuration of its own, Alembic's log goes nowhere.
logging.getLogger("alembic").addHandler(logging.NullHandler())


def write_outstream(stream, *text, quiet=False):
    if not quiet:
        for part in text:
            stream.write(part.decode("utf-8") if isinstance(part, bytes) else part)


def msg(text, newline=True, flush=False, quiet=False):
    write_outstream(sys.stdout, text, "\n" if newline else "", quiet=quiet)


@contextmanager
def status(status_msg, newline=False, quiet=False):
    msg(status_msg + " ...", newline, quiet=quiet)
    try:
        yield
    except BaseException:
        write_outstream(sys.stdout, "  FAILED\n", quiet=quiet)
        raise
    write_outstream(sys.stdout, "  done\n", quiet=quiet)


def err(message, quiet=False):
    log.error(message)
    msg(f"FAILED: {message}", quiet=quiet)
    sys.exit(-1)


def obfuscate_url_pw(url):
    from sqlalchemy.engine import make_url

    return make_url(url).render_as_string(hide_password=True)


def warn(message, stacklevel=2):
    warnings.warn(message, UserWarning, stacklevel=stacklevel + 1)


def warn_deprecated(message, stacklevel=2):
    warnings.warn(message, DeprecationWarning, stacklevel=stacklevel + 1)


def format_as_comma(value):
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    try:
        return ", ".join(value)
    except TypeError:
        raise ValueError("Don't know how to comma-format %r" % value) from None
