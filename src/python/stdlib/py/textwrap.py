"""Paragraphs and their margins."""

import re

__all__ = ["TextWrapper", "wrap", "fill", "dedent", "indent", "shorten"]
_BLANKS = "\t\n\x0b\x0c\r "


class TextWrapper:
    def __init__(
        self, width=70, initial_indent="", subsequent_indent="", expand_tabs=True, replace_whitespace=True,
        fix_sentence_endings=False, break_long_words=True, drop_whitespace=True, break_on_hyphens=True, tabsize=8, *,
        max_lines=None, placeholder=" [...]",
    ):
        self.width, self.initial_indent, self.subsequent_indent = width, initial_indent, subsequent_indent
        self.expand_tabs, self.replace_whitespace, self.tabsize = expand_tabs, replace_whitespace, tabsize
        self.break_long_words, self.drop_whitespace = break_long_words, drop_whitespace
        self.break_on_hyphens, self.max_lines, self.placeholder = break_on_hyphens, max_lines, placeholder

    def _chunks(self, text):
        text = text.expandtabs(self.tabsize) if self.expand_tabs else text
        if self.replace_whitespace:
            text = "".join([" " if c in _BLANKS else c for c in text])
        chunks = re.findall(r"[ \t\n\r\x0b\x0c]+|[^ \t\n\r\x0b\x0c]+", text)
        if not self.break_on_hyphens:
            return chunks
        parts = []
        for chunk in chunks:
            parts.extend(re.findall(r".*?[A-Za-z](?:-+)(?=[A-Za-z]{2})|.+", chunk, re.S) if "-" in chunk else [chunk])
        return parts

    def wrap(self, text):
        if self.width <= 0:
            raise ValueError(f"invalid width {self.width!r} (must be > 0)")
        chunks = self._chunks(text)[::-1]
        lines = []
        while chunks:
            indent = self.subsequent_indent if lines else self.initial_indent
            room = self.width - len(indent)
            if self.drop_whitespace and not chunks[-1].strip() and lines:
                chunks.pop()
                if not chunks:
                    break
            line, size = self._line(chunks, room)
            if not line:
                continue
            if self.max_lines is None or len(lines) + 1 < self.max_lines or self._is_last(chunks, size, room):
                lines.append(indent + "".join(line))
                continue
            self._shorten(line, size, room, indent, lines)
            break
        return lines

    def _is_last(self, chunks, size, room):
        rest = not chunks or (self.drop_whitespace and len(chunks) == 1 and not chunks[0].strip())
        return rest and size <= room

    def _line(self, chunks, room):
        line, size = [], 0
        while chunks and size + len(chunks[-1]) <= room:
            size += len(chunks[-1])
            line.append(chunks.pop())
        if chunks and len(chunks[-1]) > room:
            space = max(room - size, 1) if room >= 1 else 1
            if self.break_long_words:
                chunk = chunks[-1]
                line.append(chunk[:space])
                chunks[-1] = chunk[space:]
            elif not line:
                line.append(chunks.pop())
            size = sum(map(len, line))
        if self.drop_whitespace and line and not line[-1].strip():
            size -= len(line.pop())
        return line, size

    def _shorten(self, line, size, room, indent, lines):
        while line:
            if line[-1].strip() and size + len(self.placeholder) <= room:
                lines.append(indent + "".join(line) + self.placeholder)
                return
            size -= len(line.pop())
        if lines:
            before = lines[-1].rstrip()
            if len(before) + len(self.placeholder) <= self.width:
                lines[-1] = before + self.placeholder
                return
        lines.append(indent + self.placeholder.lstrip())

    def fill(self, text):
        return "\n".join(self.wrap(text))


def wrap(text, width=70, **kwargs):
    return TextWrapper(width=width, **kwargs).wrap(text)


def fill(text, width=70, **kwargs):
    return TextWrapper(width=width, **kwargs).fill(text)


def shorten(text, width, **kwargs):
    return TextWrapper(width=width, max_lines=1, **kwargs).fill(" ".join(text.strip().split()))


def dedent(text):
    lines = text.split("\n")
    margin = None
    for line in lines:
        body = line.lstrip(" \t")
        if not body.strip():
            continue
        own = line[:len(line) - len(body)]
        if margin is None:
            margin = own
        while not own.startswith(margin):
            margin = margin[:-1]
    size = len(margin or "")
    return "\n".join([line[size:] if line.strip() else "" for line in lines])


def indent(text, prefix, predicate=None):
    wanted = predicate or (lambda line: line.strip())
    return "".join([prefix + line if wanted(line) else line for line in text.splitlines(True)])
