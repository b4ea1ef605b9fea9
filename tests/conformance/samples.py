"""The projects of migrations/, one revision up and one down at a time, with their rows."""
import re
import shutil
import sqlite3
import tempfile
from pathlib import Path

import database
from shell import Shell

MIGRATIONS = Path(__file__).parent.parent.parent / "migrations"


def record():
    for project in sorted(path for path in MIGRATIONS.iterdir() if (path / "alembic.ini").exists()):
        with tempfile.TemporaryDirectory() as place:
            copy = Path(place) / project.name
            shutil.copytree(project, copy)
            yield project.name, walk(Shell(copy))


def walk(shell):
    """Facts by step: `upgrade REVISION` in the order of a walk to head, then `downgrade REVISION` back to base."""
    project = shell.folder
    order = planned(shell)
    facts = {}
    for revision in order:
        facts[f"upgrade {revision}"] = step(shell, project, "upgrade", revision)
        seed(project, revision)
    facts["check"] = shell.run("alembic check")
    downs = planned_down(shell)
    for revision, below in downs:
        facts[f"downgrade {revision}"] = step(shell, project, "downgrade", below)
    facts["upgrade head --sql"] = loosely(shell.run("alembic upgrade head --sql"))
    # Which row of a merge is kept and which is deleted is chance, and so is the rest of the script.
    if not any("@" in below for _, below in downs):
        facts["downgrade head:base --sql"] = loosely(shell.run(f"alembic downgrade {order[-1]}:base --sql"))
    facts["history -v"] = loosely(shell.run("alembic history -v"))
    return facts


def loosely(said):
    """Marked as varying in order: branches are listed, and taken, in the order of a set."""
    return {**said, "order_stable": False}


def planned(shell):
    """The revisions in the order of a run to head, made on a copy."""
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place) / "project"
        shutil.copytree(shell.folder, copy)
        lines = shell.beside(copy).run("alembic upgrade head")["stderr"]
    return re.findall(r"Running upgrade .*?-> (\w+)", "\n".join(lines))


def planned_down(shell):
    """Each revision with the target that takes back just it."""
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place) / "project"
        shutil.copytree(shell.folder, copy)
        lines = shell.beside(copy).run("alembic downgrade base")["stderr"]
    found = re.findall(r"Running downgrade (\w+) -> ([\w, ]*?), ", "\n".join(lines))
    parents = [below for _, below in found]
    return [(revision, narrowed(revision, below, parents)) for revision, below in found]


def narrowed(revision, below, parents):
    """A target below `revision` that takes back nothing else: beside another branch it must name the branch."""
    if "," in below:
        return below.split(", ")[0]
    return f"{revision}@{below}" if parents.count(below) > 1 else below or "base"


def step(shell, project, command, target):
    said = shell.run(f"alembic {command} {target}")
    (file,) = project.glob("*.db")
    with sqlite3.connect(file) as connection:
        return {**said, "schema": database.schema(connection), "rows": database.rows(connection)}


def seed(project, revision):
    """Runs seed.sql where its first line says."""
    text = (project / "seed.sql").read_text()
    if re.match(r"-- after: (\w+)", text)[1] != revision:
        return
    (file,) = project.glob("*.db")
    with sqlite3.connect(file) as connection:
        connection.executescript(text)
