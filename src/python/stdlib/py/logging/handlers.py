"""Handlers that are asked for by name."""

import logging


class MemoryHandler(logging.Handler):
    def __init__(self, capacity, flushLevel=logging.ERROR, target=None, flushOnClose=True):
        super().__init__()
        self.capacity, self.flushLevel, self.target, self.buffer = capacity, flushLevel, target, []

    def emit(self, record):
        self.buffer.append(record)
        if len(self.buffer) >= self.capacity or record.levelno >= self.flushLevel:
            self.flush()

    def flush(self):
        if self.target:
            for record in self.buffer:
                self.target.handle(record)
            self.buffer.clear()


class RotatingFileHandler(logging.FileHandler):
    def __init__(self, filename, mode="a", maxBytes=0, backupCount=0, encoding=None, delay=False, errors=None):
        super().__init__(filename, mode, encoding, delay, errors)


class TimedRotatingFileHandler(logging.FileHandler):
    def __init__(self, filename, when="h", interval=1, backupCount=0, encoding=None, **options):
        super().__init__(filename, "a", encoding)
