"""Reads the spec pages: a level-two heading is a case, its fenced blocks are named by their info string."""
import re
from pathlib import Path

FENCE = re.compile(r"^```(?P<info>[^\n]*)\n(?P<text>.*?)^```$", re.M | re.S)


def cases(page: Path):
    """The cases of a page, as pairs of heading and blocks by info string."""
    for part in re.split(r"^## ", page.read_text(), flags=re.M)[1:]:
        heading, _, body = part.partition("\n")
        yield heading.strip(), {match["info"].strip(): match["text"] for match in FENCE.finditer(body)}


def bless(page: Path, heading: str, info: str, text: str):
    """Writes `text` as the block `info` of a case: in its place if it is there, otherwise after the last block."""
    parts = re.split(r"^(?=## )", page.read_text(), flags=re.M)
    block = f"```{info}\n{text}```"
    for index, part in enumerate(parts):
        if not part.startswith(f"## {heading}\n"):
            continue
        there = re.compile(rf"^```{re.escape(info)}\n.*?^```$", re.M | re.S)
        if there.search(part):
            parts[index] = there.sub(lambda _: block, part)
        else:
            parts[index] = part.rstrip("\n") + f"\n\n{block}\n\n"
    page.write_text("".join(parts).rstrip("\n") + "\n")
