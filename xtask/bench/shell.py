"""Whole processes against each other: `python shell.py OURS ALEMBIC FOLDER`.

Prints `what|ours|theirs|ratio|must hold|yes or NO`. Leaves in FOLDER, for the page's turn, a project of 100 and one of
1,000 tables, with the changed models as models.next.py, and Alembic's seconds in theirs.json.
"""
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import project

RUNS = 3
ONE_MORE = ["revision", "--autogenerate", "-m", "one more", "--rev-id", "feedfeedfeed"]


def main(ours, theirs, folder):
    with tempfile.TemporaryDirectory() as place:
        compare(Path(place), 100, {"ours": ours, "theirs": theirs})
    shutil.rmtree(folder, ignore_errors=True)
    Path(folder).mkdir(parents=True)
    seconds = {tables: for_the_page(Path(folder) / str(tables), tables, theirs) for tables in (100, 1000)}
    (Path(folder) / "theirs.json").write_text(json.dumps(seconds))


def for_the_page(folder, tables, alembic):
    """Alembic's seconds for one column more; the project is left as it was before."""
    prepared(folder, tables, alembic)
    once([alembic, "upgrade", "head"], folder)
    before = (folder / "models.py").read_text()
    project.change(folder, tables)
    seconds, _ = best(alembic, folder, ONE_MORE, before=forget)
    forget(folder)
    (folder / "models.py").rename(folder / "models.next.py")
    (folder / "models.py").write_text(before)
    return seconds


def compare(place, tables, programs):
    made = {who: prepared(place / who, tables, programs["theirs"]) for who in programs}
    upgrade = {who: best(programs[who], made[who], ["upgrade", "head"], before=empty) for who in programs}
    # One column more, against the database at head.
    for folder in made.values():
        project.change(folder, tables)
    autogenerate = {who: best(programs[who], made[who], ONE_MORE, before=forget) for who in programs}
    for what, found in ((f"upgrade head, {tables} tables", upgrade), (f"revision --autogenerate, {tables} tables", autogenerate)):
        (ours, our_memory), (theirs, their_memory) = found["ours"], found["theirs"]
        say(what, f"{ours * 1000:.1f} ms", f"{theirs * 1000:.0f} ms", theirs / ours, 50, "times faster")
        say(f"{what}: memory", f"{our_memory:.1f} MB", f"{their_memory:.1f} MB", their_memory / our_memory, 5, "times less")


def say(what, ours, theirs, ratio, least, words):
    print("|".join([what, ours, theirs, f"{ratio:.1f}", f"{least} {words}", "yes" if ratio >= least else "NO"]), flush=True)


def prepared(folder, tables, alembic):
    """A project with its first revision, made by real Alembic for both."""
    folder.mkdir()
    project.write(folder, tables)
    subprocess.run([alembic, "revision", "--autogenerate", "-m", "all", "--rev-id", "beefbeefbeef"], cwd=folder, check=True, capture_output=True)
    return folder


def empty(folder):
    (folder / "app.db").unlink(missing_ok=True)


def forget(folder):
    for file in (folder / "migrations/versions").glob("feedfeedfeed*"):
        file.unlink()


def best(program, folder, arguments, before):
    """Median seconds of wall time, and the most megabytes."""
    found = []
    for _ in range(RUNS):
        before(folder)
        found.append(once([program, *arguments], folder))
    return statistics.median(seconds for seconds, _ in found), max(memory for _, memory in found)


def once(command, folder):
    start = time.perf_counter()
    child = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    said = child.stderr.read()
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - start
    if status:
        sys.exit(f"{' '.join(command)} failed:\n{said.decode()[-2000:]}")
    return seconds, usage.ru_maxrss / 1024


if __name__ == "__main__":
    main(*(str(Path(each).absolute()) for each in sys.argv[1:4]))
