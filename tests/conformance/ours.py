"""Runs our program where real Alembic was recorded, and real Alembic on what our program writes.

    python ours.py PROGRAM [sessions|samples|exports] [-v]

Ends with `N passed, N failed`. What differs on purpose stands in intended.txt, with its reason.
"""
import difflib
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import commands
import database
import samples
from record import VECTORS, canonical
from shell import Shell

HERE = Path(__file__).parent


class Ours(Shell):
    """A terminal in which `alembic` is our program."""

    program = None

    def beside(self, folder):
        return Ours(folder)

    def run(self, line):
        command, *arguments = shlex.split(line)
        if command != "alembic":
            return super().run(line)
        with tempfile.TemporaryFile() as stdout, tempfile.TemporaryFile() as stderr:
            quiet = {"stdin": subprocess.DEVNULL, "stdout": stdout, "stderr": stderr, "timeout": 60}
            environment = os.environ | {"EDITOR": "true", "COLUMNS": "200"}
            ended = subprocess.run([self.program, *arguments], cwd=self.folder, env=environment, **quiet)
            return {"stdout": self.said(stdout), "stderr": self.said(stderr), "code": ended.returncode & 255}


def main(program, wanted, verbose):
    with tempfile.TemporaryDirectory() as place:
        # Under the name of the one whose place it takes.
        Ours.program = f"{place}/alembic"
        os.symlink(Path(program).resolve(), Ours.program)
        return compare(wanted, verbose)


def compare(wanted, verbose):
    intended = dict(re.findall(r"^(\S.*?)  # ([a-z].+)$", (HERE / "intended.txt").read_text(), re.M))
    passed, failed = 0, 0
    for name, difference in (found for part in (sessions, samples_, exports) if part.__name__.strip("_") in wanted for found in part()):
        if difference is None or name in intended:
            passed += 1
        else:
            failed += 1
            print(f"  differs: {name}" + (f"\n{difference}" if verbose else ""))
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


def sessions():
    """Each command of each session: output, log lines and exit code as recorded."""
    for page in sorted((HERE / "sessions").rglob("*.txt")):
        recorded = json.loads((VECTORS / "commands" / f"{page.stem}.json").read_text())
        with tempfile.TemporaryDirectory() as place:
            try:
                found = commands.session(page.read_text(), Ours(Path(place) / "project"))
            except Exception as error:
                yield f"{page.stem}: the session", f"    broke off: {type(error).__name__}: {error}"
                continue
        for line, facts in found.items():
            yield f"{page.stem}: {line}", difference(spoken(recorded.get(line, {})), spoken(facts))


def spoken(facts):
    """What a command says to a person: not its tracebacks, which are Python's own."""
    if "code" not in facts:
        return facts
    logged = [line for line in facts["stderr"] if re.match(r"(INFO|WARNI|ERROR|DEBUG)  ?\[|usage:|alembic", line)]
    return {"stdout": facts["stdout"], "stderr": logged, "code": facts["code"]}


def samples_():
    """Each step of each sample: the same schema and the same rows."""
    for path in sorted((VECTORS / "samples").glob("*.json")):
        recorded = json.loads(path.read_text())
        with tempfile.TemporaryDirectory() as place:
            copy = Path(place) / path.stem
            shutil.copytree(samples.MIGRATIONS / path.stem, copy)
            try:
                found = samples.walk(Ours(copy))
            except Exception as error:
                yield f"{path.stem}: the walk", f"    broke off: {type(error).__name__}: {error}"
                continue
        for step, facts in found.items():
            yield f"{path.stem}: {step}", difference(held(recorded.get(step, {})), held(facts))


def held(facts):
    """What a database holds after a step, and what was said."""
    return {key: facts.get(key) for key in ("schema", "rows")} | spoken(facts)


def exports():
    """Projects that our program makes, run by real Alembic: up, nothing left to do, down."""
    for page in sorted((HERE.parent / "spec" / "autogenerate").glob("*.md")):
        yield from exported(page)


def exported(page):
    import pages

    recorded = json.loads((VECTORS / "autogenerate" / f"{page.stem}.json").read_text())
    for heading, blocks in pages.cases(page):
        facts = recorded[heading]
        # Where Alembic's own revision cannot be run, ours, which says the same, cannot either.
        if "python current" in blocks or facts["errors"] or facts["residue"].get("upgrade"):
            continue
        with tempfile.TemporaryDirectory() as place:
            yield f"{page.stem}: {heading}", export(Path(place) / "project", blocks["python target"])


def export(folder, models):
    """Ours makes a project and its revision; real Alembic takes it up, finds nothing more, and takes it down."""
    folder.mkdir()
    ours, real = Ours(folder), Shell(folder)
    tail = "\n\nif 'metadata' not in globals():\n    metadata = Base.metadata\n"
    (folder / "models.py").write_text(models + tail)
    made = ours.run("alembic init migrations")
    edit(folder / "alembic.ini", r"^sqlalchemy\.url = .*$", "sqlalchemy.url = sqlite:///./app.db")
    edit(folder / "migrations/env.py", r"^target_metadata = None$", "from models import metadata as target_metadata")
    edit(folder / "migrations/script.py.mako", r"^import sqlalchemy as sa$", "import sqlalchemy as sa\nimport sqlmodel")
    steps = [(ours, "alembic revision --autogenerate -m made"), (real, "alembic upgrade head"), (real, "alembic check"), (real, "alembic downgrade base")]
    for shell, line in steps:
        said = shell.run(line) if made["code"] == 0 else made
        if said["code"]:
            who = "ours" if shell is ours else "real"
            return "\n".join(f"    {row}" for row in [f"{who}: {line}", *said["stdout"], *said["stderr"][-4:]])
    return None


def edit(file, pattern, text):
    if file.exists():
        file.write_text(re.sub(pattern, lambda _: text, file.read_text(), flags=re.M))


def difference(wanted, found):
    """Nothing, or the lines that differ."""
    if canonical(wanted) == canonical(found):
        return None
    sides = (json.dumps(side, indent=1, ensure_ascii=False, sort_keys=True).split("\n") for side in (wanted, found))
    return "\n".join("    " + line for line in difflib.unified_diff(*sides, "alembic", "ours", lineterm="", n=1))


if __name__ == "__main__":
    words = [word for word in sys.argv[2:] if word != "-v"] or ["sessions", "samples", "exports"]
    sys.exit(main(sys.argv[1], words, "-v" in sys.argv))
