"""Files beside the modules of a package."""

import importlib
import pathlib


def files(anchor):
    module = importlib.import_module(anchor) if isinstance(anchor, str) else anchor
    return pathlib.Path(module.__file__).parent


def read_text(anchor, *names, encoding="utf-8", errors="strict"):
    return files(anchor).joinpath(*names).read_text(encoding, errors)


def read_binary(anchor, *names):
    return files(anchor).joinpath(*names).read_bytes()
