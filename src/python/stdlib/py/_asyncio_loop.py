"""`asyncio`'s futures, tasks and loop. Its clock is its own: when all wait, it is moved to the next time-out."""

import heapq
import inspect
import time as _time

_running = []
_chosen = [None]


class CancelledError(BaseException):
    """The future or task was cancelled."""


class InvalidStateError(Exception):
    """The operation is not allowed in this state."""


class Future:
    """A value that is not there yet."""

    def __init__(self, *, loop=None):
        self._loop = loop or get_event_loop()
        self._state, self._result, self._error, self._callbacks = "PENDING", None, None, []

    def __repr__(self):
        shown = {"PENDING": "pending", "CANCELLED": "cancelled"}.get(self._state, "finished")
        if self._state == "FINISHED":
            shown += f" exception={self._error!r}" if self._error is not None else f" result={self._result!r}"
        return f"<{type(self).__name__} {shown}>"

    def get_loop(self):
        return self._loop

    def done(self):
        return self._state != "PENDING"

    def cancelled(self):
        return self._state == "CANCELLED"

    def cancel(self, msg=None):
        if self.done():
            return False
        self._finish("CANCELLED", None, CancelledError(*([] if msg is None else [msg])))
        return True

    def result(self):
        if not self.done():
            raise InvalidStateError("Result is not set.")
        if self._error is not None:
            raise self._error
        return self._result

    def exception(self):
        if not self.done():
            raise InvalidStateError("Exception is not set.")
        if self.cancelled():
            raise self._error
        return self._error

    def set_result(self, result):
        self._finish("FINISHED", result, None)

    def set_exception(self, exception):
        self._finish("FINISHED", None, exception() if isinstance(exception, type) else exception)

    def _finish(self, state, result, error):
        if self.done():
            raise InvalidStateError("invalid state")
        self._state, self._result, self._error = state, result, error
        callbacks, self._callbacks = self._callbacks, []
        for callback in callbacks:
            self._loop.call_soon(callback, self)

    def add_done_callback(self, callback, *, context=None):
        if self.done():
            self._loop.call_soon(callback, self)
        else:
            self._callbacks.append(callback)

    def remove_done_callback(self, callback):
        kept = [one for one in self._callbacks if one != callback]
        removed = len(self._callbacks) - len(kept)
        self._callbacks = kept
        return removed

    def __await__(self):
        if not self.done():
            yield self
        return self.result()

    __iter__ = __await__


class Task(Future):
    """A coroutine that the loop drives from one future to the next."""

    _count = 0

    def __init__(self, coro, *, loop=None, name=None, context=None):
        super().__init__(loop=loop)
        if not hasattr(coro, "send"):
            coro = _awaiting(coro)
        Task._count += 1
        self._coro, self._name = coro, str(name) if name is not None else f"Task-{Task._count}"
        self._waits_for, self._cancel_wanted, self._cancels = None, None, 0
        self._loop._tasks.append(self)
        self._loop.call_soon(self._step)

    def get_name(self):
        return self._name

    def set_name(self, value):
        self._name = str(value)

    def get_coro(self):
        return self._coro

    def cancel(self, msg=None):
        if self.done():
            return False
        self._cancels += 1
        if self._waits_for is not None and self._waits_for.cancel(msg):
            return True
        self._cancel_wanted = CancelledError(*([] if msg is None else [msg]))
        return True

    def cancelling(self):
        return self._cancels

    def uncancel(self):
        self._cancels = max(0, self._cancels - 1)
        return self._cancels

    def _step(self, awaited=None):
        if self.done():
            return
        self._waits_for = None
        error, self._cancel_wanted = self._cancel_wanted, None
        before, self._loop._current = self._loop._current, self
        try:
            waits_for = self._coro.send(None) if error is None else self._coro.throw(error)
        except StopIteration as stop:
            self._end("FINISHED", stop.value, None)
        except CancelledError as error:
            self._end("CANCELLED", None, error)
        except (KeyboardInterrupt, SystemExit) as error:
            self._end("FINISHED", None, error)
            raise
        except BaseException as error:
            self._end("FINISHED", None, error)
        else:
            self._wait(waits_for)
        finally:
            self._loop._current = before

    def _end(self, state, result, error):
        self._loop._tasks.remove(self)
        self._finish(state, result, error)

    def _wait(self, future):
        if future is None:
            self._loop.call_soon(self._step)
            return
        if not isinstance(future, Future):
            self._cancel_wanted = RuntimeError(f"Task got bad yield: {future!r}")
            self._loop.call_soon(self._step)
            return
        self._waits_for = future
        future.add_done_callback(self._step)
        if self._cancel_wanted is not None and future.cancel():
            self._cancel_wanted = None


async def _awaiting(awaitable):
    return await awaitable


class Handle:
    """A call that the loop will make."""

    def __init__(self, callback, args, when=None):
        self._callback, self._args, self._when, self._cancelled = callback, args, when, False

    def cancel(self):
        self._cancelled = True

    def cancelled(self):
        return self._cancelled

    def when(self):
        return self._when

    def _run(self):
        if not self._cancelled:
            self._callback(*self._args)


class AbstractEventLoop:
    """Calls what is ready, in order; then what is due next."""

    def __init__(self):
        self._ready, self._timers, self._tasks = [], [], []
        self._order, self._skipped, self._current = 0, 0.0, None
        self._closed = self._stopping = False

    def time(self):
        return _time.monotonic() + self._skipped

    def create_task(self, coro, *, name=None, context=None):
        return Task(coro, loop=self, name=name)

    def create_future(self):
        return Future(loop=self)

    def call_soon(self, callback, *args, context=None):
        handle = Handle(callback, args)
        self._ready.append(handle)
        return handle

    call_soon_threadsafe = call_soon

    def call_later(self, delay, callback, *args, context=None):
        return self.call_at(self.time() + delay, callback, *args)

    def call_at(self, when, callback, *args, context=None):
        handle = Handle(callback, args, when)
        self._order += 1
        heapq.heappush(self._timers, (when, self._order, handle))
        return handle

    def run_in_executor(self, executor, func, *args):
        future = Future(loop=self)
        try:
            future.set_result(func(*args))
        except Exception as error:
            future.set_exception(error)
        return future

    def run_until_complete(self, future):
        if self._closed:
            raise RuntimeError("Event loop is closed")
        if _running:
            raise RuntimeError("This event loop is already running")
        return self._drive(future)

    def _drive(self, future):
        if not isinstance(future, Future):
            if not hasattr(future, "__await__") and not hasattr(future, "send"):
                raise TypeError("An asyncio.Future, a coroutine or an awaitable is required")
            future = self.create_task(future)
        _running.append(self)
        try:
            while not future.done():
                self._turn()
        finally:
            _running.pop()
        return future.result()

    def run_forever(self):
        self._stopping = False
        _running.append(self)
        try:
            while not self._stopping and (self._ready or self._timers):
                self._turn()
        finally:
            _running.pop()

    def _turn(self):
        if not self._ready:
            self._wait_for_timer()
        ready, self._ready = self._ready, []
        while ready:
            handle = ready.pop(0)
            try:
                handle._run()
            except BaseException:
                self._ready[:0] = ready
                raise

    def _wait_for_timer(self):
        if not self._timers:
            raise RuntimeError("the coroutines wait for each other, and none can go on")
        self._skipped += max(0.0, self._timers[0][0] - self.time())
        now = self.time() + 1e-9
        while self._timers and self._timers[0][0] <= now:
            self._ready.append(heapq.heappop(self._timers)[2])

    def is_running(self):
        return self in _running

    def is_closed(self):
        return self._closed

    def close(self):
        self._closed = True

    def stop(self):
        self._stopping = True

    def get_debug(self):
        return False

    def set_debug(self, enabled):
        pass

    def set_exception_handler(self, handler):
        pass

    def add_signal_handler(self, sig, callback, *args):
        pass

    async def shutdown_asyncgens(self):
        pass

    async def shutdown_default_executor(self, timeout=None):
        pass


BaseEventLoop = SelectorEventLoop = AbstractEventLoop


def get_running_loop():
    if not _running:
        raise RuntimeError("no running event loop")
    return _running[-1]


def get_event_loop():
    if _running:
        return _running[-1]
    if _chosen[0] is None:
        _chosen[0] = AbstractEventLoop()
    return _chosen[0]


def new_event_loop():
    return AbstractEventLoop()


def set_event_loop(loop):
    _chosen[0] = loop


class DefaultEventLoopPolicy:
    """There is one kind of loop, and it is chosen already."""

    def get_event_loop(self):
        return get_event_loop()

    def new_event_loop(self):
        return new_event_loop()

    def set_event_loop(self, loop):
        set_event_loop(loop)


def set_event_loop_policy(policy):
    pass


def get_event_loop_policy():
    return DefaultEventLoopPolicy()


def run(main, *, debug=None, loop_factory=None):
    if _running:
        raise RuntimeError("asyncio.run() cannot be called from a running event loop")
    if not inspect.isawaitable(main):
        raise TypeError("An asyncio.Future, a coroutine or an awaitable is required")
    return _until_all_ended((loop_factory or new_event_loop)(), main)


def _until_all_ended(loop, main):
    try:
        return loop.run_until_complete(main)
    finally:
        left = list(loop._tasks)
        for task in left:
            task.cancel()
        while any(not task.done() for task in left):
            loop._drive(_ended(left))
        loop.close()


async def _ended(tasks):
    for task in tasks:
        try:
            await task
        except BaseException:
            pass


def _run_nested(coro):
    """Drives a coroutine to its end inside a call that may stand in another loop's coroutine."""
    before, _running[:] = list(_running), []
    try:
        return _until_all_ended(new_event_loop(), coro)
    finally:
        _running[:] = before


class Runner:
    """Several coroutines, one after the other, in one loop."""

    def __init__(self, *, debug=None, loop_factory=None):
        self._loop, self._factory = None, loop_factory or new_event_loop

    def get_loop(self):
        if self._loop is None:
            self._loop = self._factory()
        return self._loop

    def run(self, coro, *, context=None):
        return self.get_loop().run_until_complete(coro)

    def close(self):
        if self._loop is not None:
            self._loop.close()

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        self.close()


def current_task(loop=None):
    return (loop or get_running_loop())._current


def all_tasks(loop=None):
    return set((loop or get_running_loop())._tasks)


def create_task(coro, *, name=None, context=None):
    return get_running_loop().create_task(coro, name=name)


def ensure_future(coro_or_future, *, loop=None):
    if isinstance(coro_or_future, Future):
        return coro_or_future
    if not inspect.isawaitable(coro_or_future):
        raise TypeError("An asyncio.Future, a coroutine or an awaitable is required")
    return (loop or get_event_loop()).create_task(coro_or_future)
