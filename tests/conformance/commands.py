"""Terminal sessions: every command of Alembic, with its options, its messages and its exit codes.

A line of a session is a command line, or one of
    write PATH       the file's text follows, indented by four spaces
    replace PATH     two lines follow, `- OLD` and `+ NEW`; `\\n` stands for a new line
    sql STATEMENT    run on the project's database by a connection of its own
    psql COMMAND     what the real psql prints
A session whose second line is `server postgresql` starts with an empty database on a server of its own, which is found by
the environment's PGHOST, PGUSER and PGDATABASE.
"""
import os
import re
import shutil
import sqlite3
import tempfile
from pathlib import Path

import server
from shell import Shell

HERE = Path(__file__).parent
MIGRATIONS = HERE.parent.parent / "migrations"
# Sets decide the order of these lines.
VARYING = re.compile(r"alembic (-\S+ )*(branches|current|history|heads|list_templates|show|upgrade|downgrade|stamp|merge|check)")


def record():
    for page in sorted((HERE / "sessions").rglob("*.txt")):
        with tempfile.TemporaryDirectory() as place:
            yield page.stem, session(page.read_text(), Shell(Path(place) / "project"))


def session(text, shell):
    """The facts of a session, by line; a line that comes again is numbered."""
    lines, folder = text.split("\n"), shell.folder
    first = re.match(r"project (\S+)$", lines[0])
    if first[1] == "none":
        folder.mkdir()
    else:
        shutil.copytree(MIGRATIONS / first[1], folder)
    facts = {"project": {"project": first[1]}}
    at = 1
    if lines[1] == "server postgresql":
        at = 2
        server.emptied()
        os.environ |= server.environment()
    while at < len(lines):
        line = lines[at]
        at += 1
        if not line or line.startswith("#"):
            continue
        body = []
        while at < len(lines) and belongs(line, lines[at]):
            body.append(lines[at])
            at += 1
        facts[named(line, facts)] = step(shell, line, body)
    return facts


def belongs(line, next_line):
    """Whether the next line is part of the body of `line`."""
    if line.startswith("replace "):
        return next_line[:2] in ("- ", "+ ")
    return line.startswith("write ") and (next_line == "" or next_line.startswith("    "))


def named(line, facts):
    count = 1 + sum(1 for name in facts if name == line or re.fullmatch(re.escape(line) + r"  #\d+", name))
    return line if count == 1 else f"{line}  #{count}"


def step(shell, line, body):
    word, _, rest = line.partition(" ")
    if word == "write":
        text = "".join(row[4:] + "\n" for row in body).rstrip("\n") + "\n"
        (shell.folder / rest).parent.mkdir(parents=True, exist_ok=True)
        (shell.folder / rest).write_text(text)
        return {"write": rest, "text": text}
    if word == "replace":
        return replace(shell.folder / rest, rest, [row[2:].replace("\\n", "\n") for row in body])
    if word == "psql":
        return {"psql": rest, "rows": server.psql(rest)}
    if word == "sql":
        return sql(shell.folder, rest)
    said = shell.run(line)
    return said | ({"order_stable": False} if VARYING.match(line) else {})


def replace(file, path, sides):
    old, new = sides
    text = file.read_text()
    assert old in text, f"{path} does not hold {old!r}"
    file.write_text(text.replace(old, new, 1))
    return {"replace": path, "old": old, "new": new}


def sql(folder, statement):
    (file,) = folder.glob("*.db")
    connection = sqlite3.connect(file)
    rows = [list(row) for row in connection.execute(statement)]
    connection.commit()
    connection.close()
    return {"sql": statement, "rows": rows}
