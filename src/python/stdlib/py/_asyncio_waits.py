"""`asyncio`'s ways to wait for several things, or not for too long."""

from _asyncio_loop import (
    CancelledError, Future, create_task, current_task, ensure_future, get_running_loop,
)

FIRST_COMPLETED, FIRST_EXCEPTION, ALL_COMPLETED = "FIRST_COMPLETED", "FIRST_EXCEPTION", "ALL_COMPLETED"


class _Pause:
    def __await__(self):
        yield None


async def sleep(delay, result=None):
    """Only the loop's clock moves: the others have their turn."""
    if delay <= 0:
        await _Pause()
        return result
    loop = get_running_loop()
    future = loop.create_future()
    handle = loop.call_later(delay, _set_unless_done, future)
    try:
        await future
    finally:
        handle.cancel()
    return result


def _set_unless_done(future):
    if not future.done():
        future.set_result(None)


def gather(*coros_or_futures, return_exceptions=False):
    futures = [ensure_future(one) for one in coros_or_futures]
    outer = Gathered(futures)
    if not futures:
        outer.set_result([])

    def ended(future):
        if outer.done():
            return
        if not return_exceptions and (future.cancelled() or future.exception() is not None):
            outer.set_exception(future._error)
        elif all(one.done() for one in futures):
            outer.set_result([one._result if one._error is None else one._error for one in futures])

    for future in futures:
        future.add_done_callback(ended)
    return outer


class Gathered(Future):
    """What `gather` gives: cancelling it cancels its parts."""

    def __init__(self, parts):
        super().__init__(loop=parts[0]._loop if parts else None)
        self._parts = parts

    def cancel(self, msg=None):
        if self.done():
            return False
        cancelled = [part.cancel(msg) for part in self._parts]
        return any(cancelled)


async def wait_for(fut, timeout):
    async with Timeout(None if timeout is None else get_running_loop().time() + timeout):
        return await fut


async def shield(arg):
    inner = ensure_future(arg)
    outer = get_running_loop().create_future()

    def ended(future):
        if not outer.done():
            outer._finish(future._state, future._result, future._error)

    inner.add_done_callback(ended)
    return await outer


async def wait(fs, *, timeout=None, return_when=ALL_COMPLETED):
    futures = list(fs)
    if not futures:
        raise ValueError("Set of Tasks/Futures is empty.")
    if any(not isinstance(one, Future) for one in futures):
        raise TypeError("Passing coroutines is forbidden, use tasks explicitly.")
    loop = get_running_loop()
    waiter = loop.create_future()

    def enough():
        done = [one for one in futures if one.done()]
        if len(done) == len(futures) or done and return_when == FIRST_COMPLETED:
            return True
        return return_when == FIRST_EXCEPTION and any(not one.cancelled() and one.exception() for one in done)

    def ended(future):
        if enough():
            _set_unless_done(waiter)

    for future in futures:
        future.add_done_callback(ended)
    handle = None if timeout is None else loop.call_later(timeout, _set_unless_done, waiter)
    try:
        if not enough():
            await waiter
    finally:
        if handle is not None:
            handle.cancel()
        for future in futures:
            future.remove_done_callback(ended)
    done = {one for one in futures if one.done()}
    return done, set(futures) - done


def as_completed(fs, *, timeout=None):
    futures = [ensure_future(one) for one in fs]
    loop = futures[0]._loop if futures else None
    promised = [loop.create_future() for _ in futures]
    waiting = list(promised)
    for future in futures:
        future.add_done_callback(lambda ended: waiting.pop(0).set_result(ended))

    async def one(promise):
        return (await promise).result()

    for promise in promised:
        yield one(promise)


async def to_thread(func, /, *args, **kwargs):
    return func(*args, **kwargs)


class Timeout:
    """Cancels the task around it when its time has come, and says so."""

    def __init__(self, when):
        self._when, self._handle, self._expired, self._entered = when, None, False, False

    def when(self):
        return self._when

    def expired(self):
        return self._expired

    def reschedule(self, when):
        self._when = when
        if self._handle is not None:
            self._handle.cancel()
        self._handle = None if when is None else get_running_loop().call_at(when, self._expire)

    def _expire(self):
        self._expired = True
        self._task.cancel()

    async def __aenter__(self):
        self._task = current_task()
        if self._task is None:
            raise RuntimeError("Timeout should be used inside a task")
        self._before = self._task.cancelling()
        self.reschedule(self._when)
        return self

    async def __aexit__(self, typ, value, traceback):
        if self._handle is not None:
            self._handle.cancel()
        if self._expired and self._task.uncancel() <= self._before and typ is not None:
            if issubclass(typ, CancelledError):
                raise TimeoutError from value
        return None


def timeout(delay):
    return Timeout(None if delay is None else get_running_loop().time() + delay)


def timeout_at(when):
    return Timeout(when)


class TaskGroup:
    """Tasks that end together: the first failure cancels the others."""

    def __init__(self):
        self._tasks, self._errors, self._parent, self._aborting = [], [], None, False

    async def __aenter__(self):
        self._parent = current_task()
        return self

    def create_task(self, coro, *, name=None, context=None):
        task = create_task(coro, name=name)
        self._tasks.append(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task):
        if task.cancelled() or task.exception() is None:
            return
        self._errors.append(task.exception())
        if not self._aborting:
            self._abort()
            if not self._leaving:
                self._parent.cancel()

    _leaving = False

    def _abort(self):
        self._aborting = True
        for task in self._tasks:
            task.cancel()

    async def __aexit__(self, typ, value, traceback):
        self._leaving = True
        if typ is not None:
            self._abort()
        cancelled = value if typ is not None and issubclass(typ, CancelledError) else None
        while left := [task for task in self._tasks if not task.done()]:
            try:
                await wait(left)
            except CancelledError as error:
                cancelled = error
                self._abort()
        await sleep(0)
        if self._errors:
            if cancelled is not None:
                self._parent.uncancel()
            if typ is not None and cancelled is None:
                self._errors.append(value)
            raise BaseExceptionGroup("unhandled errors in a TaskGroup", self._errors) from None
        if cancelled is not None and typ is None:
            raise cancelled
        return False
