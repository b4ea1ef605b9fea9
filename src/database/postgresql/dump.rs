//! The statements that make a database once more: what a dump holds, said by the catalogue's own functions.
//!
//! Everything that the deparser of PostgreSQL writes (`pg_get_constraintdef` and its kin) it also reads. Left out are
//! rights, policies and what belongs to an extension, which its `CREATE EXTENSION` makes again.

use crate::error::DatabaseError;
use crate::host::Connection;
use crate::schema::Literal;

/// What is the user's: neither PostgreSQL's own nor an extension's.
const OURS: &str = "n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema' AND NOT EXISTS \
                    (SELECT FROM pg_catalog.pg_depend e WHERE e.objid = x.oid AND e.deptype = 'e')";

/// Statements, each of them written by a query, in an order in which they can be run. `{ours}` is [`OURS`] for `x`.
const PARTS: &[&str] = &[
    "SELECT format('CREATE EXTENSION IF NOT EXISTS %I', extname) FROM pg_catalog.pg_extension WHERE extname <> 'plpgsql' \
     ORDER BY oid",
    "SELECT format('CREATE SCHEMA %I', n.nspname) FROM pg_catalog.pg_namespace n WHERE n.nspname NOT LIKE 'pg\\_%' \
     AND n.nspname NOT IN ('information_schema', 'public') ORDER BY 1",
    "SELECT format('CREATE TYPE %I.%I AS ENUM (%s)', n.nspname, x.typname, (SELECT string_agg(quote_literal(l.enumlabel), \
     ', ' ORDER BY l.enumsortorder) FROM pg_catalog.pg_enum l WHERE l.enumtypid = x.oid)) FROM pg_catalog.pg_type x \
     JOIN pg_catalog.pg_namespace n ON n.oid = x.typnamespace WHERE x.typtype = 'e' AND {ours} ORDER BY x.oid",
    "SELECT format('CREATE DOMAIN %I.%I AS %s', n.nspname, x.typname, pg_catalog.format_type(x.typbasetype, x.typtypmod)) \
     || coalesce(' DEFAULT ' || x.typdefault, '') || CASE WHEN x.typnotnull THEN ' NOT NULL' ELSE '' END \
     || coalesce((SELECT string_agg(format(' CONSTRAINT %I %s', k.conname, pg_catalog.pg_get_constraintdef(k.oid)), '' \
     ORDER BY k.conname) FROM pg_catalog.pg_constraint k WHERE k.contypid = x.oid AND k.contype = 'c'), '') \
     FROM pg_catalog.pg_type x JOIN pg_catalog.pg_namespace n ON n.oid = x.typnamespace WHERE x.typtype = 'd' AND {ours} \
     ORDER BY x.oid",
    "SELECT format('CREATE TYPE %I.%I AS (%s)', n.nspname, x.typname, (SELECT string_agg(format('%I %s', a.attname, \
     pg_catalog.format_type(a.atttypid, a.atttypmod)), ', ' ORDER BY a.attnum) FROM pg_catalog.pg_attribute a \
     WHERE a.attrelid = x.typrelid AND a.attnum > 0 AND NOT a.attisdropped)) FROM pg_catalog.pg_type x \
     JOIN pg_catalog.pg_class c ON c.oid = x.typrelid AND c.relkind = 'c' \
     JOIN pg_catalog.pg_namespace n ON n.oid = x.typnamespace WHERE {ours} ORDER BY x.oid",
    "SELECT pg_catalog.pg_get_functiondef(x.oid) FROM pg_catalog.pg_proc x \
     JOIN pg_catalog.pg_namespace n ON n.oid = x.pronamespace WHERE x.prokind IN ('f', 'p') AND {ours} ORDER BY x.oid",
    "SELECT format('CREATE SEQUENCE %I.%I AS %s INCREMENT %s MINVALUE %s MAXVALUE %s START %s CACHE %s%s', n.nspname, \
     x.relname, pg_catalog.format_type(s.seqtypid, NULL), s.seqincrement, s.seqmin, s.seqmax, s.seqstart, s.seqcache, \
     CASE WHEN s.seqcycle THEN ' CYCLE' ELSE '' END) FROM pg_catalog.pg_class x \
     JOIN pg_catalog.pg_sequence s ON s.seqrelid = x.oid JOIN pg_catalog.pg_namespace n ON n.oid = x.relnamespace \
     WHERE {ours} AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend i WHERE i.objid = x.oid AND i.deptype = 'i') ORDER BY x.oid",
    "SELECT format('CREATE %sTABLE %I.%I (%s)%s', CASE WHEN x.relpersistence = 'u' THEN 'UNLOGGED ' ELSE '' END, \
     n.nspname, x.relname, (SELECT string_agg(format('%I %s', a.attname, \
     pg_catalog.format_type(a.atttypid, a.atttypmod)) \
     || CASE WHEN a.attcollation <> t.typcollation THEN format(' COLLATE %I', l.collname) ELSE '' END \
     || CASE WHEN a.attidentity <> '' THEN format(' GENERATED %s AS IDENTITY (SEQUENCE NAME %s INCREMENT %s MINVALUE %s \
     MAXVALUE %s START %s CACHE %s%s)', CASE a.attidentity WHEN 'a' THEN 'ALWAYS' ELSE 'BY DEFAULT' END, \
     i.seqrelid::regclass, i.seqincrement, i.seqmin, i.seqmax, i.seqstart, i.seqcache, \
     CASE WHEN i.seqcycle THEN ' CYCLE' ELSE '' END) \
     WHEN a.attgenerated = 's' THEN format(' GENERATED ALWAYS AS (%s) STORED', pg_catalog.pg_get_expr(d.adbin, d.adrelid)) \
     WHEN a.attgenerated <> '' THEN format(' GENERATED ALWAYS AS (%s) VIRTUAL', pg_catalog.pg_get_expr(d.adbin, d.adrelid)) \
     WHEN d.oid IS NOT NULL THEN ' DEFAULT ' || pg_catalog.pg_get_expr(d.adbin, d.adrelid) ELSE '' END \
     || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END, ', ' ORDER BY a.attnum) FROM pg_catalog.pg_attribute a \
     JOIN pg_catalog.pg_type t ON t.oid = a.atttypid \
     LEFT JOIN pg_catalog.pg_collation l ON l.oid = a.attcollation \
     LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum \
     LEFT JOIN pg_catalog.pg_depend o ON o.refobjid = a.attrelid AND o.refobjsubid = a.attnum AND o.deptype = 'i' \
     AND o.classid = 'pg_catalog.pg_class'::regclass \
     LEFT JOIN pg_catalog.pg_sequence i ON i.seqrelid = o.objid AND a.attidentity <> '' \
     WHERE a.attrelid = x.oid AND a.attnum > 0 AND NOT a.attisdropped AND (a.attidentity = '' OR i.seqrelid IS NOT NULL)), \
     CASE WHEN x.relkind = 'p' THEN ' PARTITION BY ' || pg_catalog.pg_get_partkeydef(x.oid) ELSE '' END) \
     FROM pg_catalog.pg_class x JOIN pg_catalog.pg_namespace n ON n.oid = x.relnamespace \
     WHERE x.relkind IN ('r', 'p') AND x.relpersistence <> 't' AND {ours} ORDER BY x.oid",
    "SELECT format('ALTER TABLE ONLY %s ATTACH PARTITION %s %s', p.inhparent::regclass, x.oid::regclass, \
     pg_catalog.pg_get_expr(x.relpartbound, x.oid)) FROM pg_catalog.pg_class x \
     JOIN pg_catalog.pg_inherits p ON p.inhrelid = x.oid JOIN pg_catalog.pg_namespace n ON n.oid = x.relnamespace \
     WHERE x.relispartition AND x.relkind IN ('r', 'p') AND {ours} ORDER BY x.oid",
    "SELECT format('ALTER SEQUENCE %s OWNED BY %s.%I', x.oid::regclass, o.refobjid::regclass, a.attname) \
     FROM pg_catalog.pg_class x JOIN pg_catalog.pg_namespace n ON n.oid = x.relnamespace \
     JOIN pg_catalog.pg_depend o ON o.objid = x.oid AND o.deptype = 'a' AND o.refobjsubid > 0 \
     JOIN pg_catalog.pg_attribute a ON a.attrelid = o.refobjid AND a.attnum = o.refobjsubid \
     WHERE x.relkind = 'S' AND {ours} ORDER BY x.oid",
    "{rows}",
    "SELECT format('SELECT pg_catalog.setval(%L, %s)', format('%I.%I', schemaname, sequencename), last_value) \
     FROM pg_catalog.pg_sequences WHERE last_value IS NOT NULL ORDER BY 1",
    "SELECT format('ALTER TABLE ONLY %s ADD CONSTRAINT %I %s', x.conrelid::regclass, x.conname, \
     pg_catalog.pg_get_constraintdef(x.oid)) FROM pg_catalog.pg_constraint x \
     JOIN pg_catalog.pg_namespace n ON n.oid = x.connamespace WHERE x.conrelid <> 0 AND x.contype IN ('p', 'u', 'x', 'c', 'f') \
     AND x.conislocal AND x.conparentid = 0 AND {ours} ORDER BY x.contype = 'f', x.contype = 'c', x.oid",
    "SELECT CASE WHEN x.relkind = 'I' THEN replace(pg_catalog.pg_get_indexdef(x.oid), ' ON ONLY ', ' ON ') \
     ELSE pg_catalog.pg_get_indexdef(x.oid) END FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid \
     JOIN pg_catalog.pg_namespace n ON n.oid = x.relnamespace WHERE {ours} AND NOT x.relispartition AND NOT EXISTS \
     (SELECT FROM pg_catalog.pg_constraint k WHERE k.conindid = x.oid AND k.contype IN ('p', 'u', 'x')) ORDER BY x.oid",
    "SELECT format('CREATE %sVIEW %I.%I AS %s', CASE WHEN x.relkind = 'm' THEN 'MATERIALIZED ' ELSE '' END, n.nspname, \
     x.relname, rtrim(pg_catalog.pg_get_viewdef(x.oid), ';')) FROM pg_catalog.pg_class x \
     JOIN pg_catalog.pg_namespace n ON n.oid = x.relnamespace WHERE x.relkind IN ('v', 'm') AND {ours} ORDER BY x.oid",
    "SELECT pg_catalog.pg_get_triggerdef(t.oid) FROM pg_catalog.pg_trigger t JOIN pg_catalog.pg_class x ON x.oid = t.tgrelid \
     JOIN pg_catalog.pg_namespace n ON n.oid = x.relnamespace WHERE NOT t.tgisinternal AND {ours} ORDER BY t.oid",
    "SELECT format('COMMENT ON %s %s IS %L', CASE WHEN d.objsubid > 0 THEN 'COLUMN' WHEN x.relkind = 'v' THEN 'VIEW' \
     WHEN x.relkind = 'm' THEN 'MATERIALIZED VIEW' WHEN x.relkind IN ('i', 'I') THEN 'INDEX' \
     WHEN x.relkind = 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, x.oid::regclass || coalesce((SELECT format('.%I', a.attname) \
     FROM pg_catalog.pg_attribute a WHERE a.attrelid = x.oid AND a.attnum = d.objsubid AND d.objsubid > 0), ''), \
     d.description) FROM pg_catalog.pg_description d JOIN pg_catalog.pg_class x ON x.oid = d.objoid \
     AND d.classoid = 'pg_catalog.pg_class'::regclass JOIN pg_catalog.pg_namespace n ON n.oid = x.relnamespace \
     WHERE {ours} ORDER BY x.oid, d.objsubid",
    "SELECT format('COMMENT ON CONSTRAINT %I ON %s IS %L', k.conname, k.conrelid::regclass, d.description) \
     FROM pg_catalog.pg_description d JOIN pg_catalog.pg_constraint k ON k.oid = d.objoid \
     AND d.classoid = 'pg_catalog.pg_constraint'::regclass JOIN pg_catalog.pg_class x ON x.oid = k.conrelid \
     JOIN pg_catalog.pg_namespace n ON n.oid = x.relnamespace WHERE {ours} ORDER BY k.oid",
];

/// By table: the query that writes the statement which puts its rows back.
const ROWS: &str = "SELECT format('SELECT ''INSERT INTO %s (%s) OVERRIDING SYSTEM VALUE VALUES '' || string_agg(format(''(%s)'', %s), '', '') \
     FROM ONLY %s HAVING count(*) > 0', replace(x.oid::regclass::text, '''', ''''''), \
     replace(string_agg(format('%I', a.attname), ', ' ORDER BY a.attnum), '''', ''''''), \
     string_agg('%L', ', ' ORDER BY a.attnum), string_agg(format('%I', a.attname), ', ' ORDER BY a.attnum), x.oid::regclass) \
     FROM pg_catalog.pg_class x JOIN pg_catalog.pg_namespace n ON n.oid = x.relnamespace \
     JOIN pg_catalog.pg_attribute a ON a.attrelid = x.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' \
     WHERE x.relkind = 'r' AND x.relpersistence <> 't' AND {ours} GROUP BY x.oid ORDER BY x.oid";

/// What empties a database: every schema of the user's goes, and `public` is there again.
const EMPTY: &str = "SELECT format('DROP EXTENSION %I CASCADE', extname) FROM pg_catalog.pg_extension WHERE extname <> 'plpgsql' \
     UNION ALL SELECT format('DROP SCHEMA %I CASCADE', nspname) FROM pg_catalog.pg_namespace \
     WHERE nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema'";

/// The statements that make this database out of an empty one.
pub fn statements(connection: &mut dyn Connection) -> Result<Vec<String>, DatabaseError> {
    // Without a path every name is written with its schema.
    let path = texts(connection, "SELECT current_setting('search_path')")?.concat();
    texts(connection, "SELECT set_config('search_path', '', false)")?;
    let found = all(connection);
    connection.execute(&format!("SELECT set_config('search_path', '{}', false)", path.replace('\'', "''")), &[])?;
    found
}

fn all(connection: &mut dyn Connection) -> Result<Vec<String>, DatabaseError> {
    let mut found = Vec::new();
    for part in PARTS {
        if *part != "{rows}" {
            found.extend(texts(connection, &part.replace("{ours}", OURS))?);
            continue;
        }
        for query in texts(connection, &ROWS.replace("{ours}", OURS))? {
            found.extend(texts(connection, &query)?);
        }
    }
    Ok(found)
}

/// Replaces what is in the database by what [`statements`] gave, or leaves it as it is; no transaction may be open.
pub fn restore(connection: &mut dyn Connection, statements: &[String]) -> Result<(), DatabaseError> {
    connection.execute("BEGIN", &[])?;
    let done = put_back(connection, statements);
    connection.execute(if done.is_ok() { "COMMIT" } else { "ROLLBACK" }, &[])?;
    done
}

fn put_back(connection: &mut dyn Connection, statements: &[String]) -> Result<(), DatabaseError> {
    for statement in texts(connection, EMPTY)? {
        connection.execute(&statement, &[])?;
    }
    connection.execute("CREATE SCHEMA public", &[])?;
    // A function may speak of tables that come later.
    connection.execute("SET LOCAL check_function_bodies = off", &[])?;
    statements.iter().try_for_each(|statement| connection.execute(statement, &[]).map(drop))
}

fn texts(connection: &mut dyn Connection, sql: &str) -> Result<Vec<String>, DatabaseError> {
    let rows = connection.execute(sql, &[])?.rows;
    let text = |row: Vec<Literal>| match row.into_iter().next() {
        Some(Literal::Text(text)) => Some(text),
        _ => None,
    };
    Ok(rows.into_iter().filter_map(text).collect())
}
