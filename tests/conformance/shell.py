"""A terminal in a folder: `alembic` and the few other commands that a session needs."""
import os
import re
import runpy
import shlex
import sys
import tempfile
import traceback
from pathlib import Path

import alembic.config  # noqa: F401  imported before forking, so that a command costs milliseconds
import sqlalchemy.ext.asyncio  # noqa: F401
import sqlmodel  # noqa: F401

FOLDED = "INFO  [alembic.runtime.plugins] setting up autogenerate plugin "


class Shell:
    """Runs command lines in `folder`, each in a process of its own."""

    def __init__(self, folder):
        self.folder = Path(folder)

    def beside(self, folder):
        """The same terminal in another folder."""
        return Shell(folder)

    def run(self, line):
        """What the command line says, and its exit code."""
        words = shlex.split(line)
        with tempfile.TemporaryFile() as stdout, tempfile.TemporaryFile() as stderr:
            child = os.fork()
            if child == 0:
                os._exit(inside(self.folder, words, stdout.fileno(), stderr.fileno()))
            code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
            return {"stdout": self.said(stdout), "stderr": self.said(stderr), "code": code}

    def said(self, stream):
        stream.seek(0)
        text = stream.read().decode()
        for real in {str(self.folder.resolve()), str(self.folder)}:
            text = text.replace(real, "/project")
        text = re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?", "<date>", text)
        text = re.sub(r"\S+/site-packages/(\S+?)(:\d+:)?(?=\s|$)", r"<packages>/\1", text)
        text = re.sub(r" at 0x[0-9a-f]+", " at 0x…", text)
        return without_frames(text.split("\n")[:-1] if text.endswith("\n") else text.split("\n") if text else [])


def without_frames(lines):
    """The lines of a traceback are Python's own business: its first and its last are kept."""
    kept, inside_traceback = [], False
    for line in lines:
        if line.startswith("Traceback "):
            kept, inside_traceback = kept + [line], True
        elif not (inside_traceback and line.startswith(" ")):
            kept, inside_traceback = kept + [line], inside_traceback and line == ""
    return [line for line in kept if "(Background on this error" not in line]


def forget_the_recorder():
    """The project may call its modules as the recorder calls its own."""
    here = str(Path(__file__).parent)
    sys.path[:] = [place for place in sys.path if place and str(Path(place).resolve()) != here]
    for name, module in list(sys.modules.items()):
        if name != "__main__" and str(getattr(module, "__file__", None) or "").startswith(here):
            del sys.modules[name]


def inside(folder, words, stdout, stderr):
    """The child's life: becomes the command, and gives its exit code."""
    os.dup2(stdout, 1)
    os.dup2(stderr, 2)
    sys.stdout = open(1, "w", closefd=False)
    sys.stderr = open(2, "w", closefd=False)
    os.chdir(folder)
    forget_the_recorder()
    os.environ["COLUMNS"] = "200"
    os.environ["EDITOR"] = "true"
    code = 0
    try:
        command, *arguments = words
        sys.argv = words
        if command == "alembic":
            alembic.config.main(argv=arguments, prog="alembic")
        elif command == "python":
            sys.argv = arguments
            sys.path.insert(0, str(folder))
            runpy.run_path(arguments[0], run_name="__main__")
        else:
            print(f"{command}: not known here")
            code = 127
    except SystemExit as leaving:
        code = leaving.code if isinstance(leaving.code, int) else 1 if leaving.code else 0
    except BaseException:
        traceback.print_exc()
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    return code & 255
