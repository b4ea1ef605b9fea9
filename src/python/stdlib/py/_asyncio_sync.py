"""`asyncio`'s locks and queues."""

import collections
import heapq

from _asyncio_loop import get_running_loop


class QueueEmpty(Exception):
    """Nothing is in the queue."""


class QueueFull(Exception):
    """The queue holds as much as it may."""


class QueueShutDown(Exception):
    """The queue was shut down."""


class BrokenBarrierError(RuntimeError):
    """The barrier is broken."""


class _Waiters:
    """Those who wait, in order."""

    def __init__(self):
        self._waiters = collections.deque()

    async def _turn(self):
        waiter = get_running_loop().create_future()
        self._waiters.append(waiter)
        try:
            await waiter
        finally:
            if waiter in self._waiters:
                self._waiters.remove(waiter)

    def _wake(self, count=1):
        for waiter in list(self._waiters):
            if count > 0 and not waiter.done():
                waiter.set_result(None)
                self._waiters.remove(waiter)
                count -= 1


class _Entered:
    async def __aenter__(self):
        await self.acquire()
        return None

    async def __aexit__(self, *exc_info):
        self.release()


class Lock(_Waiters, _Entered):
    def __init__(self):
        super().__init__()
        self._locked = False

    def __repr__(self):
        return f"<asyncio.locks.Lock object [{'locked' if self._locked else 'unlocked'}]>"

    def locked(self):
        return self._locked

    async def acquire(self):
        while self._locked:
            await self._turn()
        self._locked = True
        return True

    def release(self):
        if not self._locked:
            raise RuntimeError("Lock is not acquired.")
        self._locked = False
        self._wake()


class Semaphore(_Waiters, _Entered):
    def __init__(self, value=1):
        super().__init__()
        if value < 0:
            raise ValueError("Semaphore initial value must be >= 0")
        self._value = value

    def locked(self):
        return self._value == 0

    async def acquire(self):
        while self._value <= 0:
            await self._turn()
        self._value -= 1
        return True

    def release(self):
        self._value += 1
        self._wake()


class BoundedSemaphore(Semaphore):
    def __init__(self, value=1):
        super().__init__(value)
        self._most = value

    def release(self):
        if self._value >= self._most:
            raise ValueError("BoundedSemaphore released too many times")
        super().release()


class Event(_Waiters):
    def __init__(self):
        super().__init__()
        self._set = False

    def is_set(self):
        return self._set

    def set(self):
        self._set = True
        self._wake(len(self._waiters))

    def clear(self):
        self._set = False

    async def wait(self):
        while not self._set:
            await self._turn()
        return True


class Condition(_Waiters, _Entered):
    def __init__(self, lock=None):
        super().__init__()
        self._lock = lock or Lock()
        self.locked, self.acquire, self.release = self._lock.locked, self._lock.acquire, self._lock.release

    async def wait(self):
        if not self.locked():
            raise RuntimeError("cannot wait on un-acquired lock")
        self.release()
        try:
            await self._turn()
        finally:
            await self.acquire()
        return True

    async def wait_for(self, predicate):
        while not (result := predicate()):
            await self.wait()
        return result

    def notify(self, n=1):
        if not self.locked():
            raise RuntimeError("cannot notify on un-acquired lock")
        self._wake(n)

    def notify_all(self):
        self.notify(len(self._waiters))


class Queue:
    def __init__(self, maxsize=0):
        self._maxsize, self._unfinished = maxsize, 0
        self._getters, self._putters, self._joiners = _Waiters(), _Waiters(), _Waiters()
        self._queue = collections.deque()

    maxsize = property(lambda self: self._maxsize)

    def _put(self, item):
        self._queue.append(item)

    def _get(self):
        return self._queue.popleft()

    def qsize(self):
        return len(self._queue)

    def empty(self):
        return not self._queue

    def full(self):
        return 0 < self._maxsize <= len(self._queue)

    async def put(self, item):
        while self.full():
            await self._putters._turn()
        self.put_nowait(item)

    def put_nowait(self, item):
        if self.full():
            raise QueueFull
        self._put(item)
        self._unfinished += 1
        self._getters._wake()

    async def get(self):
        while not self._queue:
            await self._getters._turn()
        return self.get_nowait()

    def get_nowait(self):
        if not self._queue:
            raise QueueEmpty
        item = self._get()
        self._putters._wake()
        return item

    def task_done(self):
        if self._unfinished <= 0:
            raise ValueError("task_done() called too many times")
        self._unfinished -= 1
        if self._unfinished == 0:
            self._joiners._wake(len(self._joiners._waiters))

    async def join(self):
        while self._unfinished > 0:
            await self._joiners._turn()


class LifoQueue(Queue):
    def _get(self):
        return self._queue.pop()


class PriorityQueue(Queue):
    def __init__(self, maxsize=0):
        super().__init__(maxsize)
        self._queue = []

    def _put(self, item):
        heapq.heappush(self._queue, item)

    def _get(self):
        return heapq.heappop(self._queue)
