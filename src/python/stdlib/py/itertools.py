"""Iterators made of iterators."""


class count:
    def __init__(self, start=0, step=1):
        self._next, self._step = start, step

    def __iter__(self):
        return self

    def __next__(self):
        value = self._next
        self._next += self._step
        return value

    def __repr__(self):
        return f"count({self._next!r})" if self._step == 1 else f"count({self._next!r}, {self._step!r})"


class repeat:
    def __init__(self, object, times=None):
        self._object, self._times = object, times if times is None else max(times, 0)

    def __iter__(self):
        return self

    def __next__(self):
        if self._times is not None:
            if not self._times:
                raise StopIteration
            self._times -= 1
        return self._object

    def __len__(self):
        if self._times is None:
            raise TypeError("len() of unsized object")
        return self._times

    def __repr__(self):
        return f"repeat({self._object!r})" if self._times is None else f"repeat({self._object!r}, {self._times})"


def cycle(iterable):
    seen = []
    for item in iterable:
        yield item
        seen.append(item)
    while seen:
        yield from seen


def accumulate(iterable, func=None, *, initial=None):
    iterator = iter(iterable)
    total = initial
    if initial is None:
        for total in iterator:
            break
        else:
            return
    yield total
    for item in iterator:
        total = total + item if func is None else func(total, item)
        yield total


class chain:
    def __init__(self, *iterables):
        self._items = _flat(iterables)

    @classmethod
    def from_iterable(cls, iterables):
        self = cls()
        self._items = _flat(iterables)
        return self

    def __iter__(self):
        return self

    def __next__(self):
        return next(self._items)


def _flat(iterables):
    for iterable in iterables:
        yield from iterable


def compress(data, selectors):
    return (item for item, wanted in zip(data, selectors) if wanted)


def dropwhile(predicate, iterable):
    iterator = iter(iterable)
    for item in iterator:
        if not predicate(item):
            yield item
            break
    yield from iterator


def takewhile(predicate, iterable):
    for item in iterable:
        if not predicate(item):
            return
        yield item


def filterfalse(predicate, iterable):
    for item in iterable:
        if not (item if predicate is None else predicate(item)):
            yield item


def starmap(function, iterable):
    for args in iterable:
        yield function(*args)


def islice(iterable, *args):
    bounds = slice(*args)
    start, stop, step = bounds.start or 0, bounds.stop, 1 if bounds.step is None else bounds.step
    if start < 0 or (stop is not None and stop < 0):
        raise ValueError("Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.")
    if step < 1:
        raise ValueError("Step for islice() must be a positive integer or None.")
    return _islice(iter(iterable), start, stop, step)


def _islice(iterator, start, stop, step):
    wanted = start
    place = 0
    while stop is None or place < stop:
        if stop is not None and wanted >= stop and place >= stop:
            return
        try:
            item = next(iterator)
        except StopIteration:
            return
        if place == wanted:
            yield item
            wanted += step
        place += 1


class groupby:
    def __init__(self, iterable, key=None):
        self._iterator = iter(iterable)
        self._key = key
        self._done = False
        self._group = None
        self._pending = []

    def _advance(self):
        """Puts the next item and its key into the waiting place."""
        try:
            item = next(self._iterator)
        except StopIteration:
            self._done = True
            return
        self._pending = [(item if self._key is None else self._key(item), item)]

    def __iter__(self):
        return self

    def __next__(self):
        if self._group is None:
            self._advance()
        else:
            key = self._group[0]
            while not self._done and (not self._pending or self._pending[0][0] == key):
                self._advance()
        if self._done:
            raise StopIteration
        self._group = group = (self._pending[0][0],)
        return group[0], self._items(group)

    def _items(self, group):
        while self._group is group and not self._done:
            if not self._pending:
                self._advance()
                continue
            if self._pending[0][0] != group[0]:
                return
            item = self._pending.pop()[1]
            yield item


def tee(iterable, n=2):
    iterator = iter(iterable)
    queues = [[] for _ in range(n)]

    def copies(queue):
        while True:
            if not queue:
                try:
                    item = next(iterator)
                except StopIteration:
                    return
                for other in queues:
                    other.append(item)
            yield queue.pop(0)

    return tuple(copies(queue) for queue in queues)


def zip_longest(*iterables, fillvalue=None):
    iterators = [iter(iterable) for iterable in iterables]
    alive = len(iterators)
    while alive:
        row = []
        for place, iterator in enumerate(iterators):
            if iterator is None:
                row.append(fillvalue)
                continue
            try:
                row.append(next(iterator))
            except StopIteration:
                alive -= 1
                if not alive:
                    return
                iterators[place] = None
                row.append(fillvalue)
        yield tuple(row)


def product(*iterables, repeat=1):
    pools = [tuple(pool) for pool in iterables] * repeat
    rows = [()]
    for pool in pools[:-1]:
        rows = [row + (item,) for row in rows for item in pool]
    if not pools:
        yield ()
        return
    for row in rows:
        for item in pools[-1]:
            yield row + (item,)


def _places(size, r, again):
    """Increasing places into a pool; `again` lets a place repeat."""
    places = [0] * r if again else list(range(r))
    if (r > size and not again) or (r and not size):
        return
    yield places
    while True:
        for at in reversed(range(r)):
            if places[at] != (size - 1 if again else at + size - r):
                break
        else:
            return
        first = places[at] + 1
        for after in range(at, r):
            places[after] = first if again else first + after - at
        yield places


def combinations(iterable, r):
    pool = tuple(iterable)
    for places in _places(len(pool), r, False):
        yield tuple(pool[place] for place in places)


def combinations_with_replacement(iterable, r):
    pool = tuple(iterable)
    for places in _places(len(pool), r, True):
        yield tuple(pool[place] for place in places)


def permutations(iterable, r=None):
    pool = tuple(iterable)
    r = len(pool) if r is None else r
    return _permutations(tuple(range(len(pool))), pool, r)


def _permutations(left, pool, r):
    if r > len(left):
        return
    if r == 0:
        yield ()
        return
    for at, place in enumerate(left):
        for rest in _permutations(left[:at] + left[at + 1:], pool, r - 1):
            yield (pool[place],) + rest


def pairwise(iterable):
    iterator = iter(iterable)
    for before in iterator:
        break
    else:
        return
    for after in iterator:
        yield before, after
        before = after


def batched(iterable, n, *, strict=False):
    if n < 1:
        raise ValueError("n must be at least one")
    iterator = iter(iterable)
    while batch := tuple(islice(iterator, n)):
        if strict and len(batch) != n:
            raise ValueError("batched(): incomplete batch")
        yield batch
