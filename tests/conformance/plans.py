"""Graphs of revisions: what a command would run in them, and where it would end."""
import re
import tempfile
import warnings
from pathlib import Path

from alembic.config import Config
from alembic.runtime.migration import HeadMaintainer, MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError

# A revision a line: its id, what it follows, and marks: `label:x`, `needs:x` (depends_on).
GRAPHS = {
    "line": "a1 <- base\nb2 <- a1\nc3 <- b2\nd4 <- c3",
    "long names": "ae1027a6acf9 <- base\nae9e2f5dd0c1 <- ae1027a6acf9\nbb27a1c3f0de <- ae9e2f5dd0c1",
    "branch": "a1 <- base\nb1 <- a1 label:left\nb2 <- b1\nc1 <- a1 label:right\nc2 <- c1",
    "merge": "a1 <- base\nb1 <- a1 label:left\nc1 <- a1 label:right\nm1 <- b1 c1\nd1 <- m1",
    "two bases": "a1 <- base label:shop\na2 <- a1\nx1 <- base label:blog\nx2 <- x1",
    "dependency": "a1 <- base label:core\na2 <- a1\na3 <- a2\nx1 <- base label:web needs:a2\nx2 <- x1",
    "diamonds": "a <- base\nb <- a\nc <- a\nd <- b c\ne <- d\nf <- d\ng <- e f",
    "three ways": "a <- base\nb <- a\nc <- a\nd <- a\nm <- b c\nn <- m d",
    "empty": "",
}

# A command a line: what is applied now (or `base`), the command and its target.
PLANS = {
    "line": """
base upgrade head
base upgrade heads
base upgrade b2
base upgrade +1
base upgrade +2
base upgrade +9
base upgrade b2+1
base upgrade c3-1
a1 upgrade head
a1 upgrade a1
b2 upgrade a1
d4 upgrade +1
b2 upgrade b
b2 upgrade zz
d4 downgrade base
d4 downgrade -1
d4 downgrade -2
d4 downgrade -9
d4 downgrade b2
d4 downgrade c3-1
d4 downgrade a1+1
b2 downgrade c3
b2 downgrade b2
base downgrade base
base downgrade -1
d4 downgrade +1
base stamp head
d4 stamp base
a1 stamp c3
d4 stamp a1
""",
    "long names": """
base upgrade ae10
base upgrade ae1
base upgrade ae
base upgrade a
base upgrade bb
bb27a1c3f0de downgrade ae9e
""",
    "branch": """
base upgrade head
base upgrade heads
base upgrade left@head
base upgrade right@head
base upgrade left@+1
base upgrade left@+2
b2 upgrade right@head
a1 upgrade +1
b1 upgrade left@+1
b2,c2 upgrade heads
b2,c2 downgrade base
b2,c2 downgrade -1
b2,c2 downgrade left@-1
b2,c2 downgrade left@base
b2,c2 downgrade a1
b2,c2 downgrade b1
b2,c2 downgrade left@a1
b2 downgrade -1
b1 upgrade c1
b2 stamp c2
base stamp heads
b2,c2 stamp base
b2,c2 stamp a1
""",
    "merge": """
base upgrade head
b1 upgrade head
b1,c1 upgrade head
b1,c1 upgrade +1
d1 downgrade base
d1 downgrade -1
d1 downgrade -2
d1 downgrade b1
d1 downgrade left@b1
m1 downgrade -1
m1 downgrade c1
m1 downgrade a1
b1,c1 downgrade -1
b1 stamp m1
m1 stamp b1
base stamp m1
""",
    "two bases": """
base upgrade head
base upgrade heads
base upgrade shop@head
base upgrade blog@+1
a2 upgrade blog@head
a2,x2 downgrade base
a2,x2 downgrade shop@base
a2,x2 downgrade shop@-1
a2,x2 downgrade x1
a2 downgrade blog@base
a1,x1 upgrade +1
""",
    "dependency": """
base upgrade web@head
base upgrade x1
a3 upgrade web@head
base upgrade heads
base upgrade head
x2 downgrade web@base
x2,a3 downgrade core@base
x2,a3 downgrade a1
x2,a3 downgrade core@-1
x2 downgrade -1
x1,a3 stamp x2
""",
    "diamonds": """
base upgrade head
d upgrade head
g downgrade d
g downgrade base
e,f upgrade head
b upgrade d
""",
    "three ways": """
base upgrade head
b,c,d upgrade head
m,d upgrade head
n downgrade base
n downgrade m
n downgrade -1
""",
    "empty": """
base upgrade head
base upgrade heads
base downgrade base
base downgrade -1
base upgrade abc
base stamp head
""",
}
ASKED = ("head", "heads", "base", "a1", "a", "left@head", "right@base", "left@a1", "x1@head", "nothing", "head-1", "base+1", "a1+1")


def record():
    for name, text in GRAPHS.items():
        with tempfile.TemporaryDirectory() as place:
            script = directory(Path(place), text)
            facts = {"graph": {"graph": text.split("\n"), **shape(script)}}
            for line in PLANS[name].strip().split("\n"):
                current, command, target = line.split()
                facts[line] = plan(script, current, command, target)
            for symbol in ASKED:
                facts[f"resolve {symbol}"] = attempt(lambda: {"revisions": ids(script.get_revisions(symbol))})
            yield name.replace(" ", "-"), facts


def directory(place, text):
    """A project whose revisions are those of `text`."""
    (place / "versions").mkdir()
    for line in filter(None, text.split("\n")):
        name, _, rest = line.partition(" <- ")
        words = rest.split()
        below = [word for word in words if ":" not in word and word != "base"]
        marks = lambda kind: [word.partition(":")[2] for word in words if word.startswith(kind + ":")] or None
        (place / "versions" / f"{name}_.py").write_text(
            f'"""{name}"""\nrevision = {name!r}\n'
            f"down_revision = {(below[0] if len(below) == 1 else tuple(below)) if below else None!r}\n"
            f"branch_labels = {marks('label')!r}\ndepends_on = {marks('needs')!r}\n"
            "def upgrade(): pass\ndef downgrade(): pass\n"
        )
    config = Config()
    config.set_main_option("script_location", str(place))
    config.set_main_option("path_separator", "os")
    return ScriptDirectory.from_config(config)


def shape(script):
    return {
        "heads": sorted(script.get_heads()),
        "bases": sorted(script.get_bases()),
        "history": [
            re.sub(r"\(([^()]+, [^()]+)\)", lambda labels: "(" + ", ".join(sorted(labels[1].split(", "))) + ")", line)
            for line in (entry.cmd_format(verbose=False, include_branches=True, include_doc=False) for entry in script.walk_revisions())
        ],
    }


def plan(script, current, command, target):
    """The steps of a command, the version rows after each, and the heads at the end; or the error."""
    applied = () if current == "base" else tuple(current.split(","))
    makes = {"upgrade": script._upgrade_revs, "downgrade": script._downgrade_revs}

    def run():
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            if command == "stamp":
                steps = script._stamp_revs(target, applied)
            else:
                steps = makes[command](target, applied)
            heads = HeadMaintainer(Rows(), set(applied))
            shown = []
            for step in steps:
                heads.update_to_step(step)
                shown.append({"step": step.short_log, "heads": sorted(heads.heads)})
        found = {"steps": shown, "heads": sorted(heads.heads)}
        return found | ({"warnings": [str(warning.message) for warning in caught]} if caught else {})

    return attempt(run)


class Rows:
    """Stands in for the database of the version table: every statement changes one row."""

    class _Impl:
        transactional_ddl = False

        class _Result:
            rowcount = 1

        def _exec(self, *_arguments, **_options):
            return self._Result()

    impl = _Impl()
    as_sql = False
    dialect = type("_Dialect", (), {"supports_sane_rowcount": True})()

    def __init__(self):
        self._version = MigrationContext.configure(dialect_name="sqlite")._version


def attempt(run):
    try:
        return run()
    except CommandError as error:
        return {"error": str(error)}
    except Exception as error:
        return {"crash": f"{type(error).__name__}: {error}"}


def ids(found):
    return sorted(script.revision for script in found if script is not None)
