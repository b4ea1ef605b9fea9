"""Programs over SQLAlchemy and SQLModel: what they print under the real ones.

A page of programs/*.txt is cut at `### NAME`; what stands before the first comes before each program, the part `after`
behind each. A program that raises ends with the exception's class and message.
"""
import importlib
import io
import re
import sys
import tempfile
import warnings
from contextlib import redirect_stdout
from pathlib import Path

import sqlmodel

HERE = Path(__file__).parent


def record():
    for page in sorted((HERE / "programs").glob("*.txt")):
        with tempfile.TemporaryDirectory() as folder:
            sys.path.insert(0, folder)
            yield page.stem, {name: printed(folder, name, text) for name, text in programs(page.read_text())}
            sys.path.remove(folder)


def programs(page):
    """Each program with what comes before and behind it."""
    before, *parts = re.split(r"^### ", page, flags=re.M)
    named = [part.split("\n", 1) for part in parts]
    after = next((text for name, text in named if name == "after"), "")
    return [(name, before + text + after) for name, text in named if name != "after"]


def printed(folder, name, text):
    """What the program prints, line by line."""
    (Path(folder) / f"program_{name}.py").write_text(text)
    sqlmodel.SQLModel.metadata.clear()
    sqlmodel.main.default_registry.dispose()
    out, end = io.StringIO(), ""
    with redirect_stdout(out), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            importlib.import_module(f"program_{name}")
        except Exception as error:
            end = f"{type(error).__name__}: {error}".split("\n(Background")[0]
    return (out.getvalue() + end).rstrip("\n").split("\n")
