"""The Inspector: what a database holds."""

from .. import _lift as lift
from .. import exc


class ObjectKind:
    TABLE = "table"
    VIEW = "view"
    ANY = "any"


class ObjectScope:
    DEFAULT = "default"
    TEMPORARY = "temporary"
    ANY = "any"


class Inspector:
    def __init__(self, bind):
        self.bind = bind
        self.engine = bind.engine
        self.dialect = bind.dialect
        self._tables = {}

    @classmethod
    def from_engine(cls, bind):
        return cls(bind)

    def _ask(self, question):
        if hasattr(self.bind, "_number_now"):
            return question(self.bind)
        with self.bind.connect() as connection:
            return question(connection)

    def clear_cache(self):
        self._tables = {}

    @property
    def info_cache(self):
        return self._tables

    @property
    def default_schema_name(self):
        return self.dialect.default_schema_name

    def get_schema_names(self, **kw):
        return self._ask(lambda connection: connection._schema_names())

    def get_table_names(self, schema=None, **kw):
        return self._ask(lambda connection: connection._table_names(schema))

    def get_view_names(self, schema=None, **kw):
        return self._ask(lambda connection: connection._view_names(schema))

    def get_materialized_view_names(self, schema=None, **kw):
        return []

    def get_temp_table_names(self, **kw):
        return []

    get_temp_view_names = get_temp_table_names

    def get_sequence_names(self, schema=None, **kw):
        return []

    def get_sorted_table_and_fkc_names(self, schema=None, **kw):
        names = self.get_table_names(schema)
        return [(name, set()) for name in names] + [(None, [])]

    def has_table(self, table_name, schema=None, **kw):
        return table_name in self.get_table_names(schema) or table_name in self.get_view_names(schema)

    def has_schema(self, schema_name, **kw):
        return schema_name in self.get_schema_names()

    def has_sequence(self, sequence_name, schema=None, **kw):
        return False

    def has_index(self, table_name, index_name, schema=None, **kw):
        return any(one["name"] == index_name for one in self.get_indexes(table_name, schema))

    def has_column(self, table_name, column_name, schema=None, **kw):
        return any(one["name"] == column_name for one in self.get_columns(table_name, schema))

    def _table(self, name, schema):
        key = (schema, str(name))
        found = self._tables.get(key)
        if found is None:
            data = self._ask(lambda connection: connection._reflect(schema, [str(name)]))
            if not data["tables"]:
                raise exc.NoSuchTableError(str(name) if schema is None else "%s.%s" % (schema, name))
            found = self._tables[key] = data["tables"][0]
        return found

    def get_columns(self, table_name, schema=None, **kw):
        table = self._table(table_name, schema)
        keys = []
        for one in table.get("constraints", ()):
            inner = _of(one, "PrimaryKey")
            if inner is not None:
                keys = inner["columns"]
        return [self._column(one, keys) for one in table["columns"]]

    def _column(self, data, keys):
        found = {
            "name": data["name"],
            "type": lift.type_(data["type"]),
            "nullable": data["nullable"],
            "default": None,
            "primary_key": keys.index(data["name"]) + 1 if data["name"] in keys else 0,
        }
        default = data.get("server_default")
        if default is not None and default != "Fetched":
            ((kind, inner),) = default.items()
            if kind == "Literal":
                found["default"] = "'%s'" % inner
            elif kind == "Expression":
                found["default"] = inner["Text"] if "Text" in inner else str(lift.expr(inner))
            elif kind == "Computed":
                found["computed"] = {"sqltext": inner["sql"], "persisted": inner.get("persisted")}
            elif kind == "Identity":
                found["identity"] = inner
        if self.dialect.supports_comments:
            found["comment"] = data.get("comment")
        if data.get("autoincrement") == "Yes":
            found["autoincrement"] = True
        return found

    def _constraints(self, table_name, schema, kind):
        for one in self._table(table_name, schema).get("constraints", ()):
            inner = _of(one, kind)
            if inner is not None:
                yield one, inner

    def get_pk_constraint(self, table_name, schema=None, **kw):
        for one, inner in self._constraints(table_name, schema, "PrimaryKey"):
            return {"constrained_columns": list(inner["columns"]), "name": _name(one)}
        return {"constrained_columns": [], "name": None}

    get_primary_keys = get_pk_constraint

    def get_foreign_keys(self, table_name, schema=None, **kw):
        found = []
        for one, inner in self._constraints(table_name, schema, "ForeignKey"):
            options = {}
            for key in ("onupdate", "ondelete", "match"):
                if inner.get(key) is not None:
                    options[key] = inner[key]
            for key in ("deferrable", "initially"):
                if one.get(key) is not None:
                    options[key] = one[key]
            found.append(
                {
                    "name": _name(one),
                    "constrained_columns": list(inner["columns"]),
                    "referred_schema": inner["referred"].get("schema"),
                    "referred_table": inner["referred"]["name"],
                    "referred_columns": list(inner["referred_columns"]),
                    "options": options,
                }
            )
        return found

    def get_unique_constraints(self, table_name, schema=None, **kw):
        return [
            {"name": _name(one), "column_names": list(inner["columns"])}
            for one, inner in self._constraints(table_name, schema, "Unique")
        ]

    def get_check_constraints(self, table_name, schema=None, **kw):
        found = []
        for one, inner in self._constraints(table_name, schema, "Check"):
            condition = inner["condition"]
            text = condition["Text"] if "Text" in condition else str(lift.expr(condition))
            found.append({"sqltext": text, "name": _name(one)})
        return found

    def get_indexes(self, table_name, schema=None, **kw):
        found = []
        for one in self._table(table_name, schema).get("indexes", ()):
            names = []
            expressions = []
            for part in one["expressions"]:
                column = part.get("Column") if isinstance(part, dict) else None
                names.append(column["name"] if column else None)
                expressions.append(column["name"] if column else part.get("Text", str(part)))
            entry = {
                "name": one["name"]["text"] if one["name"] else None,
                "column_names": names,
                # SQLite answers with its own number.
                "unique": int(one.get("unique", False)) if self.dialect.name == "sqlite" else bool(one.get("unique", False)),
                "dialect_options": {key: lift.expr(value) for key, value in (one.get("options") or {}).items()},
            }
            if None in names:
                entry["expressions"] = expressions
            found.append(entry)
        return found

    def get_table_comment(self, table_name, schema=None, **kw):
        if not self.dialect.supports_comments:
            raise NotImplementedError()
        return {"text": self._table(table_name, schema).get("comment")}

    def get_table_options(self, table_name, schema=None, **kw):
        return {}

    def get_view_definition(self, view_name, schema=None, **kw):
        rows = self._ask(
            lambda connection: connection.exec_driver_sql(
                "SELECT sql FROM sqlite_master WHERE type = 'view' AND name = ?", (view_name,)
            ).fetchall()
        )
        return rows[0][0] if rows else None

    def get_enums(self, schema=None, **kw):
        return []

    def _every(self, method, schema, filter_names):
        names = filter_names if filter_names is not None else self.get_table_names(schema)
        return {(schema, name): method(name, schema) for name in names}

    def get_multi_columns(self, schema=None, filter_names=None, **kw):
        return self._every(self.get_columns, schema, filter_names)

    def get_multi_indexes(self, schema=None, filter_names=None, **kw):
        return self._every(self.get_indexes, schema, filter_names)

    def get_multi_foreign_keys(self, schema=None, filter_names=None, **kw):
        return self._every(self.get_foreign_keys, schema, filter_names)

    def get_multi_pk_constraint(self, schema=None, filter_names=None, **kw):
        return self._every(self.get_pk_constraint, schema, filter_names)

    def get_multi_unique_constraints(self, schema=None, filter_names=None, **kw):
        return self._every(self.get_unique_constraints, schema, filter_names)

    def get_multi_check_constraints(self, schema=None, filter_names=None, **kw):
        return self._every(self.get_check_constraints, schema, filter_names)

    def reflect_table(self, table, include_columns=None, exclude_columns=(), **kw):
        from ..sql.ddl import autoload

        autoload(table, self.bind, include_columns, ())

    reflecttable = reflect_table


def _of(constraint, kind):
    return constraint["kind"].get(kind)


def _name(constraint):
    name = constraint.get("name")
    return None if name is None else name["text"]
