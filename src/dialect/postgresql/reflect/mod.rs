//! What a PostgreSQL database holds: six queries, however many tables there are. They hold on 11 and later.

mod assemble;
mod row;
mod types;

use crate::dialect::{Names, Wanted};
use crate::error::Result;
use crate::host::Connection;
use crate::schema::{Literal, MetaData};
pub(super) use assemble::OWNED_SEQUENCE;
use row::Row;
use rustc_hash::FxHashMap;

/// Rows by the OID of the table that they belong to.
type ByTable = FxHashMap<i64, Vec<Row>>;

/// Everything that was asked of the database.
struct Catalogue {
    tables: Vec<Row>,
    columns: ByTable,
    constraints: ByTable,
    indexes: ByTable,
    types: types::Named,
}

/// Tables, and views if wanted, sorted by name.
pub(super) fn reflect(connection: &mut dyn Connection, wanted: &Wanted) -> Result<MetaData> {
    let catalogue = Catalogue::read(connection, wanted)?;
    let tables = catalogue.tables.iter().map(|table| assemble::table(&catalogue, wanted, table)).collect();
    Ok(MetaData { tables, ..MetaData::default() })
}

/// Names of tables, views, schemas or sequences, without the system's own.
pub(super) fn names(connection: &mut dyn Connection, what: Names, schema: Option<&str>) -> Result<Vec<String>> {
    let kinds = match what {
        Names::Tables => "'r', 'p'",
        Names::Views => "'v'",
        Names::Sequences => "'S'",
        Names::Schemas => {
            let sql = "SELECT nspname FROM pg_catalog.pg_namespace WHERE nspname NOT LIKE 'pg\\_%' ORDER BY nspname";
            return texts(connection, sql);
        }
    };
    let sql = format!(
        "SELECT c.relname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace \
         WHERE c.relkind IN ({kinds}) AND c.relpersistence <> 't' AND {} ORDER BY c.relname",
        within(schema)
    );
    texts(connection, &sql)
}

fn texts(connection: &mut dyn Connection, sql: &str) -> Result<Vec<String>> {
    let rows = connection.execute(sql, &[])?;
    Ok(rows.rows.into_iter().map(|row| Row(row).text(0)).collect())
}

/// A schema's relations; without one, those that a name alone reaches.
fn within(schema: Option<&str>) -> String {
    match schema {
        Some(schema) => format!("n.nspname = {}", quoted(schema)),
        None => "pg_catalog.pg_table_is_visible(c.oid) AND n.nspname <> 'pg_catalog'".into(),
    }
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

impl Catalogue {
    fn read(connection: &mut dyn Connection, wanted: &Wanted) -> Result<Self> {
        let mut all = |sql: String| -> Result<Vec<Row>> {
            Ok(connection.execute(&sql, &[])?.rows.into_iter().map(Row).collect())
        };
        let tables = all(tables(wanted))?;
        let oids: Vec<String> = tables.iter().map(|row| row.number(0).to_string()).collect();
        let oids = format!("ANY ('{{{}}}'::oid[])", oids.join(","));
        Ok(Catalogue {
            columns: by_table(all(columns(&oids))?),
            constraints: by_table(all(constraints(&oids))?),
            indexes: by_table(all(indexes(&oids))?),
            types: types::Named::new(&all(ENUMS.into())?, &all(DOMAINS.into())?),
            tables,
        })
    }
}

fn by_table(rows: Vec<Row>) -> ByTable {
    let mut found = ByTable::default();
    for row in rows {
        found.entry(row.number(0)).or_default().push(row);
    }
    found
}

/// OID, name, comment.
fn tables(wanted: &Wanted) -> String {
    let kinds = if wanted.views { "'r', 'p', 'v', 'm'" } else { "'r', 'p'" };
    let only = wanted.tables.as_ref().map_or_else(String::new, |names| {
        let names: Vec<String> = names.iter().map(|name| quoted(name)).collect();
        format!(" AND c.relname = ANY (ARRAY[{}]::name[])", names.join(", "))
    });
    format!(
        "SELECT c.oid, c.relname, pg_catalog.obj_description(c.oid, 'pg_class') FROM pg_catalog.pg_class c \
         JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace \
         WHERE c.relkind IN ({kinds}) AND {}{only} ORDER BY c.relname",
        within(wanted.schema.as_deref())
    )
}

/// Table, name, type, default or expression, NOT NULL, comment, generated, identity, the identity's sequence (start,
/// increment, minimum, maximum, cache, cycle), collation, the sequence that belongs to the column.
fn columns(oids: &str) -> String {
    format!(
        "SELECT a.attrelid, a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod), \
         pg_catalog.pg_get_expr(d.adbin, d.adrelid), a.attnotnull, \
         pg_catalog.col_description(a.attrelid, a.attnum), a.attgenerated::text, a.attidentity::text, \
         s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache, s.seqcycle, \
         CASE WHEN a.attcollation <> t.typcollation THEN l.collname END, q.relname \
         FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type t ON t.oid = a.atttypid \
         LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum \
         LEFT JOIN pg_catalog.pg_collation l ON l.oid = a.attcollation \
         LEFT JOIN pg_catalog.pg_depend o ON o.refclassid = 'pg_catalog.pg_class'::regclass \
         AND o.refobjid = a.attrelid AND o.refobjsubid = a.attnum \
         AND o.classid = 'pg_catalog.pg_class'::regclass AND o.deptype IN ('a', 'i') \
         AND EXISTS (SELECT FROM pg_catalog.pg_sequence e WHERE e.seqrelid = o.objid) \
         LEFT JOIN pg_catalog.pg_class q ON q.oid = o.objid \
         LEFT JOIN pg_catalog.pg_sequence s ON s.seqrelid = q.oid \
         WHERE a.attrelid = {oids} AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attrelid, a.attnum"
    )
}

/// Table, name, kind, own columns, the other table's schema, name, whether it needs no schema, its columns, ON UPDATE, ON
/// DELETE, MATCH, deferrable, deferred, definition, comment, the constraint's own schema.
fn constraints(oids: &str) -> String {
    let names = |table: &str, keys: &str| {
        format!(
            "ARRAY(SELECT a.attname FROM unnest(k.{keys}) WITH ORDINALITY AS u(n, i) JOIN pg_catalog.pg_attribute a \
             ON a.attrelid = k.{table} AND a.attnum = u.n ORDER BY u.i)"
        )
    };
    format!(
        "SELECT k.conrelid, k.conname, k.contype::text, {}, m.nspname, f.relname, \
         pg_catalog.pg_table_is_visible(f.oid), {}, k.confupdtype::text, k.confdeltype::text, k.confmatchtype::text, \
         k.condeferrable, k.condeferred, pg_catalog.pg_get_constraintdef(k.oid, true), \
         pg_catalog.obj_description(k.oid, 'pg_constraint'), n.nspname \
         FROM pg_catalog.pg_constraint k JOIN pg_catalog.pg_namespace n ON n.oid = k.connamespace \
         LEFT JOIN pg_catalog.pg_class f ON f.oid = k.confrelid \
         LEFT JOIN pg_catalog.pg_namespace m ON m.oid = f.relnamespace \
         WHERE k.conrelid = {oids} AND k.contype IN ('p', 'u', 'f', 'c') ORDER BY k.conrelid, k.conname",
        names("conrelid", "conkey"),
        names("confrelid", "confkey")
    )
}

/// Table, name, unique, number of key columns, what is indexed, which of it is an expression, options per column, operator
/// classes, which of them are the usual ones, method, storage parameters, condition, the constraint that it serves,
/// definition.
fn indexes(oids: &str) -> String {
    "SELECT i.indrelid, c.relname, i.indisunique, i.indnkeyatts, \
     ARRAY(SELECT CASE WHEN i.indkey[n] = 0 THEN pg_catalog.pg_get_indexdef(i.indexrelid, n + 1, true) \
     ELSE (SELECT a.attname::text FROM pg_catalog.pg_attribute a WHERE a.attrelid = i.indrelid AND a.attnum = i.indkey[n]) \
     END FROM generate_series(0, i.indnatts - 1) n ORDER BY n), \
     ARRAY(SELECT i.indkey[n] = 0 FROM generate_series(0, i.indnatts - 1) n ORDER BY n), \
     ARRAY(SELECT i.indoption[n] FROM generate_series(0, i.indnkeyatts - 1) n ORDER BY n), \
     ARRAY(SELECT p.opcname::text FROM generate_series(0, i.indnkeyatts - 1) n \
     JOIN pg_catalog.pg_opclass p ON p.oid = i.indclass[n] ORDER BY n), \
     ARRAY(SELECT p.opcdefault FROM generate_series(0, i.indnkeyatts - 1) n \
     JOIN pg_catalog.pg_opclass p ON p.oid = i.indclass[n] ORDER BY n), \
     m.amname, c.reloptions, pg_catalog.pg_get_expr(i.indpred, i.indrelid), k.conname, \
     pg_catalog.pg_get_indexdef(i.indexrelid) \
     FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid \
     JOIN pg_catalog.pg_am m ON m.oid = c.relam \
     LEFT JOIN pg_catalog.pg_constraint k ON k.conindid = i.indexrelid AND k.conrelid = i.indrelid \
     AND k.contype IN ('p', 'u', 'x') \
     WHERE NOT i.indisprimary AND i.indrelid = "
        .to_owned()
        + oids
        + " ORDER BY i.indrelid, c.relname"
}

/// Schema, name, whether the name alone reaches it, labels.
const ENUMS: &str = "SELECT n.nspname, t.typname, pg_catalog.pg_type_is_visible(t.oid), \
     ARRAY(SELECT e.enumlabel::text FROM pg_catalog.pg_enum e WHERE e.enumtypid = t.oid ORDER BY e.enumsortorder) \
     FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace WHERE t.typtype = 'e'";

/// Schema, name, whether the name alone reaches it, the type below, default, NOT NULL, collation, first CHECK: name and
/// definition.
const DOMAINS: &str = "SELECT n.nspname, t.typname, pg_catalog.pg_type_is_visible(t.oid), \
     pg_catalog.format_type(t.typbasetype, t.typtypmod), t.typdefault, t.typnotnull, \
     CASE WHEN t.typcollation <> b.typcollation THEN l.collname END, k.conname, \
     pg_catalog.pg_get_constraintdef(k.oid, true) \
     FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace \
     JOIN pg_catalog.pg_type b ON b.oid = t.typbasetype \
     LEFT JOIN pg_catalog.pg_collation l ON l.oid = t.typcollation \
     LEFT JOIN LATERAL (SELECT k.oid, k.conname FROM pg_catalog.pg_constraint k \
     WHERE k.contypid = t.oid AND k.contype = 'c' ORDER BY k.oid LIMIT 1) k ON true \
     WHERE t.typtype = 'd' AND n.nspname NOT IN ('pg_catalog', 'information_schema')";

/// A literal that stands for itself.
fn flag(value: bool) -> crate::schema::Expr {
    crate::schema::Expr::literal(Literal::Boolean(value))
}
