"""Literals out of text; trees are not on board."""

import re

_STRING = r"""(?:[rRbBuU]{0,2}(?:'''(?:[^\\]|\\.)*?'''|\"\"\"(?:[^\\]|\\.)*?\"\"\"|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"))"""
_NUMBER = r"(?:0[xX][0-9a-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][-+]?\d+)?)"
_TOKEN = re.compile(rf"\s+|{_STRING}|{_NUMBER}|None\b|True\b|False\b|set\(\)|[-+,:\[\](){{}}]", re.S)


def literal_eval(node_or_string):
    """The value of a literal; anything that would run is refused."""
    if not isinstance(node_or_string, str):
        raise ValueError(f"malformed node or string: {node_or_string!r}")
    text = node_or_string.lstrip(" \t")
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        called = match is not None and match.group() == "(" and re.search(r"[\w\])'\"]\s*$", text[:at])
        if match is None or called:
            raise ValueError(f"malformed node or string: {text!r}")
        at = match.end()
    return eval(text, {"set": set})
