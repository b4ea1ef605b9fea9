"""Python files that are run by their path, not by their name."""

import os

from _retort import run_file


def load_module_py(module_id, path):
    return run_file(str(path), module_id)


def load_python_file(dir_, filename):
    module_id = filename.rsplit(".", 1)[0].replace("-", "_")
    return load_module_py(module_id, os.path.join(str(dir_), filename))
