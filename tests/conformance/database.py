"""What a SQLite database holds, as values that can be compared."""
import datetime
import re


def schema(connection):
    """Every object of the schema as SQLite describes it: its own text, and columns, indexes and foreign keys by PRAGMA."""
    rows = execute(connection, "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type DESC, name")
    tables = {}
    for kind, name, table, sql in rows:
        if kind == "table" and not name.startswith("sqlite_"):
            tables[name] = describe(connection, name, sql)
    others = [
        {"type": kind, "name": name, "table": table, "sql": sql}
        for kind, name, table, sql in rows
        if kind != "table" and sql is not None
    ]
    return {"tables": tables, "others": others}


def describe(connection, table, sql):
    return {
        "sql": orderly(sql),
        "columns": [
            {"name": name, "type": type_, "notnull": notnull, "default": default, "pk": pk, "hidden": hidden}
            for _, name, type_, notnull, default, pk, hidden in execute(connection, f'PRAGMA table_xinfo("{table}")')
        ],
        "indexes": sorted(
            (index(connection, row) for row in execute(connection, f'PRAGMA index_list("{table}")')),
            key=lambda found: (found["origin"], found["name"], found["columns"]),
        ),
        "foreign_keys": foreign_keys(connection, table),
    }


def index(connection, row):
    _, name, unique, origin, partial = row
    columns = [
        f"{column or '<expression>'} {collation}{' DESC' if descending else ''}"
        for _, _, column, descending, collation, is_key in execute(connection, f'PRAGMA index_xinfo("{name}")')
        if is_key
    ]
    # Names that SQLite makes up are numbered in the order of the constraints, which Alembic leaves to chance.
    shown = "<auto>" if name.startswith("sqlite_autoindex_") else name
    return {"name": shown, "unique": unique, "origin": origin, "partial": partial, "columns": columns}


def foreign_keys(connection, table):
    keys = {}
    for number, _, target, here, there, on_update, on_delete, match in execute(
        connection, f'PRAGMA foreign_key_list("{table}")'
    ):
        key = keys.setdefault(number, [target, [], [], on_update, on_delete, match])
        key[1].append(here)
        key[2].append(there)
    fields = ("table", "from", "to", "on_update", "on_delete", "match")
    return sorted((dict(zip(fields, key)) for key in keys.values()), key=lambda key: str(key))


def rows(connection):
    """All rows of all tables, each table's sorted by its text."""
    names = execute(connection, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")
    shown = lambda row: [timeless(value) for value in row]
    return {name: sorted((shown(row) for row in execute(connection, f'SELECT * FROM "{name}"')), key=str) for (name,) in names}


def timeless(value):
    """The value, or `<now>` if the database's clock gave it just now."""
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", value):
        return value
    age = datetime.datetime.now(datetime.UTC).replace(tzinfo=None) - datetime.datetime.fromisoformat(value)
    return "<now>" if age < datetime.timedelta(hours=1) else value


def execute(connection, sql):
    """Runs `sql` on a connection of SQLAlchemy or of sqlite3."""
    if hasattr(connection, "exec_driver_sql"):
        return connection.exec_driver_sql(sql).fetchall()
    return connection.execute(sql).fetchall()


def orderly(sql):
    """A CREATE TABLE with its constraints sorted: a batch copies them through a set, and so leaves their order to chance."""
    lines = (sql or "").split("\n")
    kinds = ("CONSTRAINT ", "UNIQUE (", "CHECK (", "FOREIGN KEY(", "PRIMARY KEY (")
    first = next((at for at, line in enumerate(lines) if line.strip().startswith(kinds)), None)
    if first is None or lines[-1].split(")")[0].strip():
        return sql
    indent = lines[first][: len(lines[first]) - len(lines[first].lstrip())]
    clauses = sorted(line.strip().rstrip(", ") for line in lines[first:-1])
    return "\n".join(lines[:first] + [", \n".join(indent + clause for clause in clauses), lines[-1]])
