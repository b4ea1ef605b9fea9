"""The clock, which is the host's. Sleeping takes no time."""

import _host

timezone = -_host.utc_offset()
altzone = timezone
daylight = 0
tzname = ("UTC", "UTC")
_started = _host.now()


class struct_time(tuple):
    tm_year = property(lambda self: self[0])
    tm_mon = property(lambda self: self[1])
    tm_mday = property(lambda self: self[2])
    tm_hour = property(lambda self: self[3])
    tm_min = property(lambda self: self[4])
    tm_sec = property(lambda self: self[5])
    tm_wday = property(lambda self: self[6])
    tm_yday = property(lambda self: self[7])
    tm_isdst = property(lambda self: self[8])

    def __repr__(self):
        names = ("year", "mon", "mday", "hour", "min", "sec", "wday", "yday", "isdst")
        return f"time.struct_time({', '.join(f'tm_{name}={value}' for name, value in zip(names, self))})"


def time():
    return _host.now() / 1000000


def time_ns():
    return _host.now() * 1000


def perf_counter():
    return (_host.now() - _started) / 1000000


monotonic = process_time = thread_time = perf_counter


def perf_counter_ns():
    return (_host.now() - _started) * 1000


monotonic_ns = perf_counter_ns


def sleep(seconds, /):
    """Nothing waits here: a migration that sleeps goes on at once."""
    if seconds < 0:
        raise ValueError("sleep length must be non-negative")


def _moment(seconds):
    import datetime

    return datetime.datetime.fromtimestamp(time() if seconds is None else seconds, datetime.timezone.utc)


def gmtime(seconds=None):
    return struct_time((*_moment(seconds).timetuple()[:8], 0))


def localtime(seconds=None):
    return gmtime((time() if seconds is None else seconds) - timezone)


def mktime(t):
    import datetime

    wall = datetime.datetime(*t[:6], tzinfo=datetime.timezone.utc)
    return wall.timestamp() + timezone


def strftime(format, t=None):
    import datetime

    return datetime.datetime(*(localtime() if t is None else t)[:6]).strftime(format)


def strptime(text, format="%a %b %d %H:%M:%S %Y"):
    import datetime

    return datetime.datetime.strptime(text, format).timetuple()


def asctime(t=None):
    return strftime("%a %b %e %H:%M:%S %Y", t)


def ctime(seconds=None):
    return asctime(localtime(seconds))
