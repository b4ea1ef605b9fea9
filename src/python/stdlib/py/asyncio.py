"""Coroutines driven to their ends, one after the other: nothing here waits for anything outside."""

import inspect

__all__ = [
    "run", "gather", "sleep", "get_event_loop", "get_running_loop", "new_event_loop", "set_event_loop",
    "iscoroutinefunction", "iscoroutine", "Lock", "Event", "Semaphore", "Queue", "wait_for", "to_thread",
    "create_task", "ensure_future", "Future", "Task", "TimeoutError", "CancelledError", "Runner", "shield", "timeout",
    "wait", "as_completed", "TaskGroup", "current_task",
]


class CancelledError(BaseException):
    pass


class InvalidStateError(Exception):
    pass


TimeoutError = TimeoutError
QueueEmpty = type("QueueEmpty", (Exception,), {})
QueueFull = type("QueueFull", (Exception,), {})
FIRST_COMPLETED, FIRST_EXCEPTION, ALL_COMPLETED = "FIRST_COMPLETED", "FIRST_EXCEPTION", "ALL_COMPLETED"
_running = []
_current = [None]


class _Pause:
    def __await__(self):
        yield None


class Future:
    def __init__(self, *, loop=None):
        self._done, self._result, self._error, self._callbacks, self._cancelled = False, None, None, [], False

    def done(self):
        return self._done

    def cancelled(self):
        return self._cancelled

    def cancel(self, msg=None):
        if self._done:
            return False
        self._cancelled = True
        self._finish(None, CancelledError())
        return True

    def result(self):
        if not self._done:
            raise InvalidStateError("Result is not set.")
        if self._error is not None:
            raise self._error
        return self._result

    def exception(self):
        if not self._done:
            raise InvalidStateError("Exception is not set.")
        return self._error

    def set_result(self, result):
        self._finish(result, None)

    def set_exception(self, exception):
        self._finish(None, exception() if isinstance(exception, type) else exception)

    def _finish(self, result, error):
        self._done, self._result, self._error = True, result, error
        for callback in self._callbacks:
            callback(self)

    def add_done_callback(self, callback, *, context=None):
        if self._done:
            callback(self)
        else:
            self._callbacks.append(callback)

    def __await__(self):
        while not self._done:
            yield None
        return self.result()


class Task(Future):
    """A coroutine in the loop's list: a step of it is taken in each round."""

    def __init__(self, coro, *, loop=None, name=None, context=None):
        super().__init__()
        if not hasattr(coro, "send"):
            coro = _awaiting(coro)
        self._coro, self._name = coro, name or "Task"
        self._cancel_wanted = False

    def get_name(self):
        return self._name

    def set_name(self, value):
        self._name = value

    def get_coro(self):
        return self._coro

    def cancel(self, msg=None):
        if self._done:
            return False
        self._cancel_wanted = True
        return True

    def step(self):
        before, _current[0] = _current[0], self
        try:
            if self._cancel_wanted:
                self._cancel_wanted = False
                self._coro.throw(CancelledError())
            else:
                self._coro.send(None)
        except StopIteration as stop:
            self._finish(stop.value, None)
        except CancelledError as error:
            self._cancelled = True
            self._finish(None, error)
        except BaseException as error:
            self._finish(None, error)
        finally:
            _current[0] = before


async def _awaiting(awaitable):
    return await awaitable


class AbstractEventLoop:
    def __init__(self):
        self._tasks = []
        self._closed = False

    def create_task(self, coro, *, name=None, context=None):
        task = Task(coro, name=name)
        self._tasks.append(task)
        return task

    def create_future(self):
        return Future()

    def run_until_complete(self, future):
        if _running:
            raise RuntimeError("This event loop is already running")
        if not isinstance(future, Future):
            if not hasattr(future, "__await__") and not hasattr(future, "send"):
                raise TypeError("An asyncio.Future, a coroutine or an awaitable is required")
            future = self.create_task(future)
        _running.append(self)
        try:
            idle = 0
            while not future.done():
                if not self._round():
                    idle += 1
                    if idle > 1000:
                        raise RuntimeError("the coroutines wait for each other, and none can go on")
                else:
                    idle = 0
        finally:
            _running.pop()
        return future.result()

    def _round(self):
        """A step of every task; says whether one of them ended."""
        ended = False
        for task in list(self._tasks):
            if not task.done():
                task.step()
            if task.done():
                self._tasks.remove(task)
                ended = True
        return ended

    def run_in_executor(self, executor, func, *args):
        future = Future()
        try:
            future.set_result(func(*args))
        except Exception as error:
            future.set_exception(error)
        return future

    def call_soon(self, callback, *args, context=None):
        async def call():
            callback(*args)

        return self.create_task(call())

    call_soon_threadsafe = call_soon

    def is_running(self):
        return self in _running

    def is_closed(self):
        return self._closed

    def close(self):
        self._closed = True

    def stop(self):
        pass

    def time(self):
        import time

        return time.monotonic()

    def set_debug(self, enabled):
        pass

    async def shutdown_asyncgens(self):
        pass

    async def shutdown_default_executor(self, timeout=None):
        pass


_set = [None]


def get_running_loop():
    if not _running:
        raise RuntimeError("no running event loop")
    return _running[-1]


def get_event_loop():
    if _running:
        return _running[-1]
    if _set[0] is None:
        _set[0] = AbstractEventLoop()
    return _set[0]


def new_event_loop():
    return AbstractEventLoop()


def set_event_loop(loop):
    _set[0] = loop


class DefaultEventLoopPolicy:
    def get_event_loop(self):
        return get_event_loop()

    def new_event_loop(self):
        return new_event_loop()

    def set_event_loop(self, loop):
        set_event_loop(loop)


WindowsSelectorEventLoopPolicy = DefaultEventLoopPolicy


def set_event_loop_policy(policy):
    pass


def get_event_loop_policy():
    return DefaultEventLoopPolicy()


def run(main, *, debug=None, loop_factory=None):
    if _running:
        raise RuntimeError("asyncio.run() cannot be called from a running event loop")
    if not hasattr(main, "send"):
        raise ValueError(f"a coroutine was expected, got {main!r}")
    return (loop_factory or new_event_loop)().run_until_complete(main)


class Runner:
    def __init__(self, *, debug=None, loop_factory=None):
        self._loop = None
        self._factory = loop_factory or new_event_loop

    def get_loop(self):
        if self._loop is None:
            self._loop = self._factory()
        return self._loop

    def run(self, coro, *, context=None):
        return self.get_loop().run_until_complete(coro)

    def close(self):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        self.close()


def current_task(loop=None):
    return _current[0]


def all_tasks(loop=None):
    return set((loop or get_running_loop())._tasks)


def create_task(coro, *, name=None, context=None):
    return get_running_loop().create_task(coro, name=name)


def ensure_future(coro_or_future, *, loop=None):
    if isinstance(coro_or_future, Future):
        return coro_or_future
    return (loop or get_event_loop()).create_task(coro_or_future)


async def sleep(delay, result=None):
    """No time passes; the others have their turn."""
    await _Pause()
    return result


def gather(*coros_or_futures, return_exceptions=False):
    futures = [ensure_future(one) for one in coros_or_futures]

    async def gathered():
        results = []
        for future in futures:
            try:
                results.append(await future)
            except Exception as error:
                if not return_exceptions:
                    raise
                results.append(error)
        return results

    return ensure_future(gathered())


async def wait_for(fut, timeout):
    return await fut


async def shield(arg):
    return await arg


async def wait(fs, *, timeout=None, return_when=ALL_COMPLETED):
    futures = [ensure_future(one) for one in fs]
    while True:
        done = {one for one in futures if one.done()}
        enough = len(done) == len(futures) or (done and return_when == FIRST_COMPLETED)
        if enough or (return_when == FIRST_EXCEPTION and any(one.exception() for one in done)):
            return done, set(futures) - done
        await _Pause()


def as_completed(fs, *, timeout=None):
    return iter([ensure_future(one) for one in fs])


async def to_thread(func, /, *args, **kwargs):
    return func(*args, **kwargs)


def iscoroutinefunction(func):
    return inspect.iscoroutinefunction(func)


def iscoroutine(obj):
    return inspect.iscoroutine(obj)


def isfuture(obj):
    return isinstance(obj, Future)


class timeout:
    def __init__(self, delay):
        self._delay = delay

    async def __aenter__(self):
        return self

    async def __aexit__(self, *exc_info):
        return False


class TaskGroup:
    def __init__(self):
        self._own = []

    async def __aenter__(self):
        return self

    def create_task(self, coro, *, name=None, context=None):
        task = create_task(coro, name=name)
        self._own.append(task)
        return task

    async def __aexit__(self, typ, value, traceback):
        errors = []
        for task in self._own:
            if value is not None:
                task.cancel()
            try:
                await task
            except CancelledError:
                pass
            except Exception as error:
                errors.append(error)
        if errors:
            raise ExceptionGroup("unhandled errors in a TaskGroup", errors)
        return False


class Lock:
    def __init__(self):
        self._locked = False

    def locked(self):
        return self._locked

    async def acquire(self):
        while self._locked:
            await _Pause()
        self._locked = True
        return True

    def release(self):
        if not self._locked:
            raise RuntimeError("Lock is not acquired.")
        self._locked = False

    async def __aenter__(self):
        await self.acquire()

    async def __aexit__(self, *exc_info):
        self.release()


class Semaphore:
    def __init__(self, value=1):
        self._value = value

    def locked(self):
        return self._value == 0

    async def acquire(self):
        while self._value <= 0:
            await _Pause()
        self._value -= 1
        return True

    def release(self):
        self._value += 1

    async def __aenter__(self):
        await self.acquire()

    async def __aexit__(self, *exc_info):
        self.release()


BoundedSemaphore = Semaphore


class Event:
    def __init__(self):
        self._set = False

    def is_set(self):
        return self._set

    def set(self):
        self._set = True

    def clear(self):
        self._set = False

    async def wait(self):
        while not self._set:
            await _Pause()
        return True


class Queue:
    def __init__(self, maxsize=0):
        self._items, self._maxsize, self._unfinished = [], maxsize, 0

    def qsize(self):
        return len(self._items)

    def empty(self):
        return not self._items

    def full(self):
        return 0 < self._maxsize <= len(self._items)

    async def put(self, item):
        while self.full():
            await _Pause()
        self.put_nowait(item)

    def put_nowait(self, item):
        if self.full():
            raise QueueFull
        self._items.append(item)
        self._unfinished += 1

    async def get(self):
        while not self._items:
            await _Pause()
        return self._items.pop(0)

    def get_nowait(self):
        if not self._items:
            raise QueueEmpty
        return self._items.pop(0)

    def task_done(self):
        self._unfinished -= 1

    async def join(self):
        while self._unfinished > 0:
            await _Pause()
