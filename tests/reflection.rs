//! What is known of tables from before is what asking anew would tell.

use retort::database::{guard::Guard, shelf::Shelf};
use retort::dialect::{self, Wanted};
use retort::host::Connection;
use retort::schema::MetaData;

/// Statements after each of which the schema is reflected.
const HISTORY: &str = "
CREATE TABLE parent (a INTEGER, b TEXT, PRIMARY KEY (a, b))
CREATE TABLE child (id INTEGER PRIMARY KEY, a INTEGER, b TEXT, FOREIGN KEY (a, b) REFERENCES parent)
CREATE TABLE other (id INTEGER PRIMARY KEY, child_id INTEGER REFERENCES child (id), note TEXT UNIQUE CHECK (note <> ''))
CREATE INDEX ix_note ON other (note DESC) WHERE note IS NOT NULL
CREATE VIEW seen AS SELECT id, note FROM other
ALTER TABLE other ADD COLUMN more NUMERIC(10, 2) DEFAULT 1
DROP INDEX ix_note
CREATE UNIQUE INDEX ix_note ON other (note, more)
ALTER TABLE other RENAME COLUMN note TO remark
ALTER TABLE child RENAME TO kid
DROP VIEW seen
DROP TABLE parent
CREATE TABLE parent (b TEXT PRIMARY KEY)
CREATE TABLE \"odd ' name\" (\"a \"\" b\" INTEGER, c TEXT AS (1) STORED) STRICT
CREATE INDEX \"odd ' index\" ON \"odd ' name\" (c)
";

fn reflected(connection: &mut dyn Connection, wanted: &Wanted) -> MetaData {
    let dialect = dialect::by_name("sqlite").expect("SQLite is there");
    dialect.reflect(connection, wanted).expect("reflected")
}

#[test]
fn tables_that_are_known_are_as_if_asked_for_anew() {
    let shelf = Shelf::new(Guard::default());
    let wishes = [
        Wanted::default(),
        Wanted { views: true, ..Wanted::default() },
        Wanted { tables: Some(vec!["other".into(), "Child".into()]), ..Wanted::default() },
    ];
    for statement in HISTORY.lines().filter(|line| !line.is_empty()) {
        shelf.open("a.db").expect("opens").execute(statement, &[]).expect(statement);
        let image = shelf.image("a.db").expect("an image");
        for wanted in &wishes {
            let mut fresh = retort::database::sqlite::Sqlite::look(&image, &Guard::default()).expect("an image");
            let fresh = reflected(&mut fresh, wanted);
            let mut opened = shelf.open("a.db").expect("opens");
            for times in ["first", "second"] {
                assert_eq!(reflected(&mut opened, wanted), fresh, "the {times} time after {statement}");
            }
        }
    }
}

#[test]
fn a_key_that_names_no_columns_means_the_others_primary_key() {
    let shelf = Shelf::new(Guard::default());
    let mut connection = shelf.open("a.db").expect("opens");
    connection.execute("CREATE TABLE parent (a INTEGER, b TEXT, PRIMARY KEY (b, a))", &[]).expect("made");
    connection
        .execute("CREATE TABLE child (x INTEGER, y TEXT, FOREIGN KEY (y, x) REFERENCES parent)", &[])
        .expect("made");
    for tables in [None, Some(vec!["child".to_string()])] {
        let found = reflected(&mut connection, &Wanted { tables, ..Wanted::default() });
        let child = found.tables.iter().find(|table| table.name.name == "child").expect("reflected");
        let key = child.constraints.iter().find_map(|it| match &it.kind {
            retort::schema::table::ConstraintKind::ForeignKey(key) => Some(key.referred_columns.clone()),
            _ => None,
        });
        assert_eq!(key, Some(vec!["b".into(), "a".into()]));
    }
}
