"""Values over several lines."""

import sys


class PrettyPrinter:
    def __init__(self, indent=1, width=80, depth=None, stream=None, *, compact=False, sort_dicts=True, underscore_numbers=False):
        self._indent, self._width, self._depth = indent, width, depth
        self._stream, self._compact, self._sort = stream, compact, sort_dicts

    def pprint(self, object):
        (self._stream or sys.stdout).write(self.pformat(object) + "\n")

    def pformat(self, object):
        return self._shown(object, 0, 0, 1)

    def _flat(self, object, level):
        if self._depth is not None and level > self._depth and isinstance(object, (dict, list, tuple, set)):
            return {dict: "{...}", list: "[...]", tuple: "(...)"}.get(type(object), "{...}")
        if type(object) is dict:
            pairs = [f"{self._flat(k, level)}: {self._flat(v, level + 1)}" for k, v in self._items(object)]
            return "{" + ", ".join(pairs) + "}"
        if type(object) is list:
            return "[" + ", ".join([self._flat(item, level + 1) for item in object]) + "]"
        if type(object) is tuple:
            inside = ", ".join([self._flat(item, level + 1) for item in object])
            return f"({inside},)" if len(object) == 1 else f"({inside})"
        if type(object) is set and object:
            return "{" + ", ".join([repr(item) for item in _sorted(object)]) + "}"
        return repr(object)

    def _items(self, object):
        if not self._sort:
            return list(object.items())
        try:
            return sorted(object.items(), key=lambda pair: pair[0])
        except TypeError:
            return sorted(object.items(), key=lambda pair: (str(type(pair[0])), str(pair[0])))

    def _shown(self, object, indent, allowance, level):
        flat = self._flat(object, level)
        if len(flat) <= self._width - indent - allowance or not isinstance(object, (dict, list, tuple, set, frozenset)):
            return flat
        inner = indent + self._indent
        pad = " " * (self._indent - 1)
        if isinstance(object, dict):
            parts = self._pairs(object, inner, allowance, level)
            opening, closing = "{", "}"
        else:
            items = list(object) if isinstance(object, (list, tuple)) else _sorted(object)
            parts = self._parts(items, inner, allowance, level)
            opening, closing = ("[", "]") if isinstance(object, list) else ("(", ")") if isinstance(object, tuple) else ("{", "}")
            closing = "," + closing if isinstance(object, tuple) and len(items) == 1 else closing
        return opening + pad + (",\n" + " " * inner).join(parts) + closing

    def _parts(self, items, inner, allowance, level):
        last = len(items) - 1
        return [self._shown(item, inner, allowance + 1 if at == last else 1, level + 1) for at, item in enumerate(items)]

    def _pairs(self, object, inner, allowance, level):
        parts = []
        pairs = self._items(object)
        for at, (key, value) in enumerate(pairs):
            head = self._flat(key, level) + ": "
            room = allowance + 1 if at == len(pairs) - 1 else 1
            parts.append(head + self._shown(value, inner + len(head), room, level + 1))
        return parts


def _sorted(items):
    try:
        return sorted(items)
    except TypeError:
        return sorted(items, key=lambda item: (str(type(item)), str(item)))


def pprint(object, stream=None, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True, underscore_numbers=False):
    PrettyPrinter(indent, width, depth, stream, compact=compact, sort_dicts=sort_dicts).pprint(object)


def pformat(object, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True, underscore_numbers=False):
    return PrettyPrinter(indent, width, depth, compact=compact, sort_dicts=sort_dicts).pformat(object)


def pp(object, *args, sort_dicts=False, **kwargs):
    pprint(object, *args, sort_dicts=sort_dicts, **kwargs)


def saferepr(object):
    return repr(object)
