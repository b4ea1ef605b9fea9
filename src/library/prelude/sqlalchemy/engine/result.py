"""Rows, and ways to read them."""

from .. import exc


class Row:
    """A row: a tuple whose values also have names."""

    __slots__ = ("_data", "_names")

    def __init__(self, names, data):
        self._names = names
        self._data = data

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        at = self._names.get(name)
        if at is None:
            raise AttributeError("Could not locate column in row for column '%s'" % name)
        return self._data[at]

    def __getitem__(self, key):
        return self._data[key]

    def __iter__(self):
        return iter(self._data)

    def __len__(self):
        return len(self._data)

    def __contains__(self, value):
        return value in self._data

    def __eq__(self, other):
        return self._data == (other._data if isinstance(other, Row) else other)

    def __ne__(self, other):
        return not self == other

    def __lt__(self, other):
        return self._data < (other._data if isinstance(other, Row) else other)

    def __gt__(self, other):
        return self._data > (other._data if isinstance(other, Row) else other)

    def __hash__(self):
        return hash(self._data)

    def __repr__(self):
        return repr(self._data)

    @property
    def _mapping(self):
        return RowMapping(self._names, self._data)

    def _asdict(self):
        return {name: self._data[at] for name, at in self._names.items() if isinstance(name, str)}

    @property
    def _fields(self):
        return tuple(name for name in self._names if isinstance(name, str))

    def _tuple(self):
        return self._data

    @property
    def _t(self):
        return self._data

    @property
    def t(self):
        return self._data

    tuple = _tuple

    def count(self, value):
        return self._data.count(value)

    def index(self, value):
        return self._data.index(value)


BaseRow = Row


class RowMapping:
    """A row by the names of its columns."""

    __slots__ = ("_names", "_data")

    def __init__(self, names, data):
        self._names = names
        self._data = data

    def __getitem__(self, key):
        at = self._names.get(key) if isinstance(key, str) else None
        if at is None and not isinstance(key, str):
            at = self._names.get(getattr(key, "name", None) or getattr(key, "key", None))
        if at is None:
            raise exc.NoSuchColumnError("Could not locate column in row for column '%s'" % (key,))
        return self._data[at]

    def get(self, key, default=None):
        try:
            return self[key]
        except exc.NoSuchColumnError:
            return default

    def keys(self):
        return [name for name in self._names]

    def values(self):
        return [self._data[at] for at in self._names.values()]

    def items(self):
        return [(name, self._data[at]) for name, at in self._names.items()]

    def __iter__(self):
        return iter(self._names)

    def __len__(self):
        return len(self._names)

    def __contains__(self, key):
        return key in self._names

    def __eq__(self, other):
        return dict(self.items()) == (dict(other.items()) if isinstance(other, RowMapping) else other)

    def __repr__(self):
        return repr(dict(self.items()))


class RMKeyView:
    def __init__(self, keys):
        self._keys = keys

    def __iter__(self):
        return iter(self._keys)

    def __len__(self):
        return len(self._keys)

    def __contains__(self, key):
        return key in self._keys

    def __getitem__(self, at):
        return self._keys[at]

    def __eq__(self, other):
        return list(self._keys) == list(other)

    def __repr__(self):
        return "RMKeyView(%r)" % (list(self._keys),)


class Result:
    """The rows of a statement. They are all here already; reading moves on through them."""

    def __init__(self, keys, rows, returns_rows=True):
        self._keys = list(keys)
        self._rows = rows
        self._at = 0
        self.returns_rows = returns_rows
        self.closed = False
        self._names = {}
        for at, key in enumerate(self._keys):
            if key not in self._names:
                self._names[key] = at
        self._seen = None
        self._strategy = None

    # How one row is shown; ScalarResult and MappingResult show others.

    def _shown(self, row):
        return Row(self._names, row)

    def _open(self):
        if not self.returns_rows:
            raise exc.ResourceClosedError("This result object does not return rows. It has been closed automatically.")
        if self.closed:
            raise exc.ResourceClosedError("This result object is closed.")

    def _next(self):
        rows = self._rows
        while self._at < len(rows):
            row = rows[self._at]
            self._at += 1
            if self._seen is not None:
                key = self._identity(row) if self._strategy is None else self._strategy(self._shown(row))
                if key in self._seen:
                    continue
                self._seen.add(key)
            return row
        return None

    def _identity(self, row):
        try:
            hash(row)
            return row
        except TypeError:
            return tuple(id(one) for one in row)

    def __iter__(self):
        return iter(self.fetchall())

    def __next__(self):
        row = self.fetchone()
        if row is None:
            raise StopIteration
        return row

    def fetchone(self):
        self._open()
        row = self._next()
        return None if row is None else self._shown(row)

    def fetchall(self):
        self._open()
        if self._seen is None:
            rows = self._rows[self._at :] if self._at else self._rows
            self._at = len(self._rows)
            shown = self._shown
            return [shown(row) for row in rows]
        out = []
        while True:
            row = self._next()
            if row is None:
                return out
            out.append(self._shown(row))

    def all(self):
        return self.fetchall()

    def fetchmany(self, size=None):
        self._open()
        out = []
        while size is None or len(out) < size:
            row = self._next()
            if row is None:
                break
            out.append(self._shown(row))
        return out

    def partitions(self, size=None):
        while True:
            part = self.fetchmany(size)
            if not part:
                return
            yield part

    def first(self):
        self._open()
        row = self._next()
        self.close()
        return None if row is None else self._shown(row)

    def one_or_none(self):
        row = self._only(False)
        return None if row is None else self._shown(row)

    def one(self):
        return self._shown(self._only(True))

    def _only(self, required):
        self._open()
        row = self._next()
        if row is None:
            self.close()
            if required:
                raise exc.NoResultFound("No row was found when one was required")
            return None
        if self._next() is not None:
            self.close()
            raise exc.MultipleResultsFound(
                "Multiple rows were found when exactly one was required"
                if required
                else "Multiple rows were found when one or none was required"
            )
        self.close()
        return row

    def scalar(self):
        self._open()
        row = self._next()
        self.close()
        return None if row is None else row[0]

    def scalar_one(self):
        return self._only(True)[0]

    def scalar_one_or_none(self):
        row = self._only(False)
        return None if row is None else row[0]

    def _as(self, cls, *args):
        new = cls.__new__(cls)
        new.__dict__.update(self.__dict__)
        self._at = len(self._rows)
        return new

    def scalars(self, index=0):
        new = self._as(ScalarResult)
        new._index = index if isinstance(index, int) else self._names[getattr(index, "key", index)]
        return new

    def mappings(self):
        return self._as(MappingResult)

    def tuples(self):
        return self

    @property
    def t(self):
        return self

    def columns(self, *names):
        places = [one if isinstance(one, int) else self._names[getattr(one, "key", one)] for one in names]
        self._rows = [tuple(row[at] for at in places) for row in self._rows]
        self._keys = [self._keys[at] for at in places]
        self._names = {key: at for at, key in enumerate(self._keys)}
        return self

    def unique(self, strategy=None):
        self._seen = set()
        self._strategy = strategy
        return self

    def yield_per(self, num):
        return self

    def freeze(self):
        return lambda: self._as(type(self))

    def merge(self, *others):
        for one in others:
            self._rows = list(self._rows) + list(one._rows)
        return self

    def keys(self):
        return RMKeyView(self._keys)

    def close(self):
        self.closed = True

    def _soft_close(self, hard=False):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.close()

    def execution_options(self, **kw):
        return self


class ScalarResult(Result):
    _index = 0

    def _shown(self, row):
        return row[self._index]

    def _identity(self, row):
        value = row[self._index]
        try:
            hash(value)
            return value
        except TypeError:
            return id(value)


class MappingResult(Result):
    def _shown(self, row):
        return RowMapping(self._names, row)


class CursorResult(Result):
    """What a connection gives."""

    rowcount = -1
    lastrowid = None
    inserted_primary_key = None
    inserted_primary_key_rows = None
    context = None
    is_insert = False

    @property
    def cursor(self):
        return None

    def last_inserted_params(self):
        return self._inserted

    def last_updated_params(self):
        return self._inserted

    def supports_sane_rowcount(self):
        return True

    def lastrow_has_defaults(self):
        return False

    @property
    def returned_defaults(self):
        return None


FilterResult = FrozenResult = IteratorResult = TupleResult = ChunkedIteratorResult = MergedResult = Result
