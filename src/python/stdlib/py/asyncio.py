"""Coroutines driven to their ends by one loop: nothing here waits for anything outside, and sleeping takes no time."""

import inspect

from _asyncio_loop import (
    AbstractEventLoop, BaseEventLoop, CancelledError, DefaultEventLoopPolicy, Future, Handle, InvalidStateError,
    Runner, SelectorEventLoop, Task, _run_nested, all_tasks, create_task, current_task, ensure_future,
    get_event_loop, get_event_loop_policy, get_running_loop, new_event_loop, run, set_event_loop,
    set_event_loop_policy,
)
from _asyncio_sync import (
    BoundedSemaphore, BrokenBarrierError, Condition, Event, LifoQueue, Lock, PriorityQueue, Queue, QueueEmpty,
    QueueFull, QueueShutDown, Semaphore,
)
from _asyncio_waits import (
    ALL_COMPLETED, FIRST_COMPLETED, FIRST_EXCEPTION, TaskGroup, Timeout, as_completed, gather, shield, sleep,
    timeout, timeout_at, to_thread, wait, wait_for,
)

TimeoutError = TimeoutError
WindowsSelectorEventLoopPolicy = WindowsProactorEventLoopPolicy = DefaultEventLoopPolicy


def iscoroutinefunction(func):
    return inspect.iscoroutinefunction(func)


def iscoroutine(obj):
    return inspect.iscoroutine(obj)


def isfuture(obj):
    return isinstance(obj, Future)
