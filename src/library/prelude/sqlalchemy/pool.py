"""Pools by name. Connections are opened when they are used; how many are kept is the engine's affair."""


class Pool:
    def __init__(self, *args, **kw):
        self.options = kw

    def status(self):
        return type(self).__name__

    def dispose(self):
        pass

    def size(self):
        return 1

    def checkedout(self):
        return 0


class QueuePool(Pool):
    pass


class NullPool(Pool):
    pass


class StaticPool(Pool):
    _keeps = True


class SingletonThreadPool(Pool):
    _keeps = True


class AssertionPool(Pool):
    pass


class AsyncAdaptedQueuePool(QueuePool):
    pass


class FallbackAsyncAdaptedQueuePool(AsyncAdaptedQueuePool):
    pass


class PoolProxiedConnection:
    pass


class _ConnectionFairy:
    pass


class _ConnectionRecord:
    pass
