"""Names against patterns with stars."""

import re


def translate(pat):
    out, at = [], 0
    while at < len(pat):
        c = pat[at]
        at += 1
        end = pat.find("]", at + (2 if pat[at:at + 1] == "!" else 1)) if c == "[" else -1
        if c == "*":
            out.append(".*")
        elif c == "?":
            out.append(".")
        elif end >= 0:
            inside = pat[at:end].replace("\\", "\\\\")
            out.append(f"[{'^' + inside[1:] if inside[0] == '!' else inside}]")
            at = end + 1
        else:
            out.append(re.escape(c))
    return f"(?s:{''.join(out)})\\Z"


def fnmatchcase(name, pat):
    return re.match(translate(pat), name) is not None


fnmatch = fnmatchcase


def filter(names, pat):
    match = re.compile(translate(pat)).match
    return [name for name in names if match(name)]
