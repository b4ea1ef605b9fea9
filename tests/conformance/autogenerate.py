"""Pairs of models from tests/spec/autogenerate/*.md: what Alembic finds between them, writes, and does with it."""
import logging
import re
import subprocess
import sys
import tomllib
import warnings
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from alembic import op as op_module
from alembic.autogenerate import api, render
from alembic.autogenerate.api import AutogenContext, RevisionContext
from alembic.config import Config
from alembic.operations import Operations, ops
from alembic.runtime.migration import MigrationContext

import database
import pages

SPEC = Path(__file__).parent.parent / "spec" / "autogenerate"
SEEDS = ("1", "2", "3")


def record():
    unstable = orders()
    for page in sorted(SPEC.glob("*.md")):
        facts = {}
        for heading, blocks in pages.cases(page):
            found = case(blocks)
            found["order_stable"] = f"{page.stem}: {heading}" not in unstable
            facts[heading] = found
            if found["order_stable"]:
                pages.bless(page, heading, "python upgrade", found["upgrade"])
        yield page.stem, facts


def orders():
    """The cases whose rendered text varies with the seed of Python's hashes: asked of other processes."""
    texts = [
        subprocess.Popen(
            [sys.executable, __file__],
            env={"PYTHONHASHSEED": seed},
            stdout=subprocess.PIPE,
            text=True,
        )
        for seed in SEEDS
    ]
    answers = [eval(process.communicate()[0]) for process in texts]
    return {name for name in answers[0] if len({answer[name] for answer in answers}) > 1}


def case(blocks):
    """Everything that Alembic does for one pair of models."""
    options = tomllib.loads(blocks.get("toml configure", ""))
    engine = sa.create_engine("sqlite://", poolclass=sa.pool.StaticPool)
    with engine.connect() as connection:
        load(blocks.get("python current", "import sqlalchemy as sa\nmetadata = sa.MetaData()\n")).create_all(connection)
        for statement in filter(str.strip, blocks.get("sql rows", "").split(";")):
            connection.exec_driver_sql(statement)
        connection.commit()
        facts = {"schema": {"current": database.schema(connection)}}
        if "sql rows" in blocks:
            facts["rows"] = {"current": database.rows(connection)}
        metadata = load(blocks["python target"])
        script, log, complaints, context = diff(connection, metadata, options)
        facts |= written(script, context) | {"log": log, "warnings": complaints}
        facts["sql"], facts["errors"], facts["residue"] = {}, {}, {}
        for direction in ("upgrade", "downgrade"):
            run(connection, direction, facts, options, metadata)
            if facts["errors"].get(direction):
                break
            if direction == "downgrade":
                metadata = load(blocks.get("python current", "import sqlalchemy as sa\nmetadata = sa.MetaData()\n"))
            again, *_ = diff(connection, metadata, options)
            facts["residue"][direction] = operations(again.upgrade_ops.ops, context)
    return facts


def load(source):
    """The MetaData that a models file makes: its `metadata`, or its `Base`'s."""
    sqlmodel = sys.modules.get("sqlmodel")
    if sqlmodel:
        sqlmodel.SQLModel.metadata.clear()
        sqlmodel.main.default_registry.dispose()
    scope = {"__name__": "models"}
    exec(compile(source, "models.py", "exec"), scope)
    return scope["metadata"] if "metadata" in scope else scope["Base"].metadata


def diff(connection, metadata, options):
    """Alembic's script between the database and `metadata`, its log lines, its warnings and its context."""
    logged = []
    handler = logging.Handler()
    handler.emit = lambda entry: logged.append(placeless(f"{entry.levelname:<5.5} [{entry.name}] {entry.getMessage()}"))
    logger = logging.getLogger("alembic.autogenerate")
    logger.setLevel(logging.INFO)
    logger.addHandler(handler)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        context = MigrationContext.configure(connection, opts={"target_metadata": metadata} | options)
        script = api.produce_migrations(context, metadata)
        texts = AutogenContext(context, metadata)
    logger.removeHandler(handler)
    return script, logged, [str(warning.message) for warning in caught], texts


def placeless(text):
    """The text without addresses of objects in memory."""
    return re.sub(r" at 0x[0-9a-f]+", " at 0x…", text)


def written(script, context):
    """The text of the revision, and its operations one by one."""
    settings = dict(context.migration_context.opts)
    rendering = lambda part: render._render_cmd_body(part, context).rstrip() + "\n"
    settings.setdefault("sqlalchemy_module_prefix", "sa.")
    settings.setdefault("alembic_module_prefix", "op.")
    settings.setdefault("user_module_prefix", None)
    settings.setdefault("render_as_batch", False)
    settings.setdefault("render_item", None)
    context.opts.update(settings)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        upgrade, downgrade = rendering(script.upgrade_ops), rendering(script.downgrade_ops)
        return {
            "imports": sorted(context.imports),
            "upgrade": upgrade,
            "downgrade": downgrade,
            "operations": {
                "upgrade": operations(script.upgrade_ops.ops, context),
                "downgrade": operations(script.downgrade_ops.ops, context),
            },
        }


def operations(found, context):
    """Each operation as the name of its class, its table and its line of Python."""
    flat = []
    for one in found:
        if isinstance(one, ops.ModifyTableOps):
            flat += operations(one.ops, context)
        else:
            with without_batch(context), warnings.catch_warnings():
                warnings.simplefilter("ignore")
                lines = render.render_op(context, one)
            flat.append({"op": type(one).__name__, "table": getattr(one, "table_name", None), "python": "\n".join(lines)})
    return flat


@contextmanager
def without_batch(context):
    before = context.opts.get("render_as_batch"), context.opts.setdefault("sqlalchemy_module_prefix", "sa.")
    context.opts.setdefault("alembic_module_prefix", "op.")
    context.opts.setdefault("user_module_prefix", None)
    context.opts.setdefault("render_item", None)
    context.opts["render_as_batch"] = False
    yield
    context.opts["render_as_batch"] = before[0]


def run(connection, direction, facts, options, metadata):
    """Runs the rendered text, and notes the statements, the schema, the rows and the error."""
    statements = []

    def note(conn, cursor, statement, parameters, context, executemany):
        if not statement.lstrip().upper().startswith(("PRAGMA", "SELECT")):
            statements.append(database.orderly(statement) if "_alembic_tmp_" in statement else statement)

    sa.event.listen(connection, "before_cursor_execute", note)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            context = MigrationContext.configure(connection, opts={"target_metadata": metadata} | options)
            with Operations.context(context):
                scope = {"op": op_module, "sa": sa}
                # A project with SQLModel imports it in script.py.mako.
                imports = facts["imports"] + ["import sqlmodel"] * ("sqlmodel." in facts[direction])
                source = "\n".join(imports) + "\n" + facts[direction]
                exec(compile(source, "revision.py", "exec"), scope)
        connection.commit()
    except Exception as error:
        connection.rollback()
        facts["errors"][direction] = f"{type(error).__name__}: {error}".split("\n(Background")[0]
    sa.event.remove(connection, "before_cursor_execute", note)
    facts["sql"][direction] = statements
    facts["schema"][direction] = database.schema(connection)
    if "rows" in facts:
        facts["rows"][direction] = database.rows(connection)


if __name__ == "__main__":
    texts = {}
    for spec in sorted(SPEC.glob("*.md")):
        for title, parts in pages.cases(spec):
            texts[f"{spec.stem}: {title}"] = (lambda facts: facts["upgrade"] + facts["downgrade"] + str(facts["log"]) + str(facts["sql"]))(case(parts))
    print(texts)
