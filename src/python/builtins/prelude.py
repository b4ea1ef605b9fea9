# Builtins that call back into Python: in Python, so that what they call may suspend.

def _collect(iterable):
    return [item for item in iterable]

def _take(iterable, most):
    items = []
    for item in iterable:
        items.append(item)
        if len(items) == most:
            break
    return items

def _contains(container, item):
    for known in container:
        if known is item or known == item:
            return True
    return False

def _iterate_items(value):
    at = 0
    try:
        while True:
            yield value[at]
            at += 1
    except (IndexError, StopIteration):
        pass

def _iterate_call(function, sentinel):
    while True:
        value = function()
        if value == sentinel:
            return
        yield value

def any(iterable, /):
    for item in iterable:
        if item:
            return True
    return False

def all(iterable, /):
    for item in iterable:
        if not item:
            return False
    return True

def _sum(iterable, start):
    total = start
    for item in iterable:
        total = total + item
    return total

def map(function, iterable, /, *iterables, strict=False):
    if iterables:
        return _map_many(function, zip(iterable, *iterables, strict=strict))
    return _map(function, iter(iterable))

def _map(function, iterator):
    for item in iterator:
        yield function(item)

def _map_many(function, iterator):
    for items in iterator:
        yield function(*items)

def filter(function, iterable, /):
    return _filter(function, iter(iterable))

def _filter(function, iterator):
    if function is None:
        for item in iterator:
            if item:
                yield item
    else:
        for item in iterator:
            if function(item):
                yield item

def _zip(iterables, strict):
    return _zipped([iter(iterable) for iterable in iterables], strict)

def _zipped(iterators, strict):
    if not iterators:
        return
    end = object()
    while True:
        items = []
        for at, iterator in enumerate(iterators):
            item = next(iterator, end)
            if item is end:
                if not strict:
                    return
                if at:
                    plural = " " if at == 1 else "s 1-"
                    raise ValueError(f"zip() argument {at + 1} is shorter than argument{plural}{at}")
                for other in range(1, len(iterators)):
                    if next(iterators[other], end) is not end:
                        plural = " " if other == 1 else "s 1-"
                        raise ValueError(f"zip() argument {other + 1} is longer than argument{plural}{other}")
                return
            items.append(item)
        yield tuple(items)

def _enumerate(iterable, count):
    for item in iterable:
        yield count, item
        count += 1

def _reversed(value):
    at = len(value)
    while at > 0:
        at -= 1
        yield value[at]

def _best(items, key, least):
    items = iter(items)
    best = next(items)
    mark = best if key is None else key(best)
    for item in items:
        other = item if key is None else key(item)
        if (other < mark) if least else (other > mark):
            best, mark = item, other
    return best

async def anext(iterator, *default):
    if not default:
        return await type(iterator).__anext__(iterator)
    try:
        return await type(iterator).__anext__(iterator)
    except StopAsyncIteration:
        return default[0]

def aiter(iterable, /):
    return type(iterable).__aiter__(iterable)
