//! Edits: of files, of rows; and the button that makes a revision.

use super::{Done, Workbench, trouble};
use crate::files;
use crate::shell::paths;
use crate::view::rows::{has_rowid, key_columns, quoted};
use crate::view::value::typed;
use retort::dialect::Dialect;
use retort::error::{Error, Result};
use retort::host::Files;
use retort::schema::{Literal, Table};
use retort_protocol::Reply;
use retort_protocol::files::{Place, Span, Spot, Trouble};
use retort_protocol::rows::Edit;
use retort_protocol::terminal::{Ink, Tone};

impl Workbench {
    pub(super) fn write(&mut self, number: u32, path: &str, text: &str) -> Done {
        files::write(&self.world.host, path, text).map_err(|error| trouble(&error))?;
        self.told.wrote(path, text);
        self.diagnose(number, path, text);
        self.show_changed(number);
        self.forecast_after(path, text);
        Ok(())
    }

    pub(super) fn create(&mut self, number: u32, path: &str, text: &str) -> Done {
        if self.world.host.entry(&paths::absolute(path)).is_some() {
            return Err(refused(format!("There is already something called {path}")));
        }
        files::write(&self.world.host, path, text).map_err(|error| trouble(&error))?;
        self.changed(number);
        Ok(())
    }

    pub(super) fn rename(&mut self, number: u32, from: &str, to: &str) -> Done {
        if self.world.host.entry(&paths::absolute(to)).is_some() {
            return Err(refused(format!("There is already something called {to}")));
        }
        if to.starts_with(&format!("{from}/")) {
            return Err(refused(format!("{from} cannot go into itself")));
        }
        let moving = self.below(from);
        if moving.is_empty() {
            return Err(refused(format!("There is nothing called {from}")));
        }
        for path in moving {
            let text = files::text(&self.world.host, &paths::absolute(&path));
            let text = text.ok_or_else(|| refused(format!("{path} is not a text that can be renamed here")))?;
            let moved = format!("{to}{}", &path[from.len()..]);
            files::write(&self.world.host, &moved, &text).map_err(|error| trouble(&error))?;
        }
        self.delete(number, from)
    }

    /// A file, or all that are in a folder.
    fn below(&self, path: &str) -> Vec<String> {
        let folder = format!("{path}/");
        let all = self.world.host.all_files().into_iter().map(|(file, _)| file);
        let relative = all.filter_map(|file| paths::relative(&file).map(str::to_string));
        relative.filter(|file| file == path || file.starts_with(&folder)).collect()
    }

    pub(super) fn delete(&mut self, number: u32, path: &str) -> Done {
        let gone = self.below(path);
        if gone.is_empty() {
            self.world.host.remove(&paths::absolute(path)).map_err(|error| trouble(&error))?;
        }
        self.world.host.remove_tree(&paths::absolute(path));
        self.world.settle();
        gone.iter().for_each(|file| drop(self.wrong.remove(file)));
        self.changed(number);
        Ok(())
    }

    /// Files changed: the track is read anew, and what was foreseen counts no more.
    fn changed(&mut self, number: u32) {
        self.show_changed(number);
        self.forecast.stale();
    }

    fn show_changed(&mut self, number: u32) {
        let before = self.graph.clone();
        self.survey();
        self.show_files(number);
        if self.note() || before.revisions().ne(self.graph.revisions()) {
            self.show_scene(number);
        }
        self.checkpoint();
    }

    pub(super) fn make_revision(&mut self, number: u32, message: &str) -> Done {
        let quoted = message.replace('\\', "\\\\").replace('"', "\\\"");
        let line = format!("alembic revision --autogenerate -m \"{quoted}\"");
        self.say(number, Reply::Output(vec![Ink { tone: Tone::Plain, text: format!("$ {line}\n") }]));
        self.type_line(number, &line)
    }

    /// Opens a file that was just made.
    pub(super) fn show_made(&mut self, number: u32, files: &[String]) {
        let made = files.iter().filter_map(|path| paths::relative(path)).find(|path| path.ends_with(".py"));
        if let Some(path) = made {
            let start = Place { line: 1, column: 1 };
            self.say(number, Reply::Show(Spot { path: path.into(), span: Span { start, end: start } }));
        }
    }

    // Rows

    pub(super) fn edit_rows(&mut self, number: u32, edit: &Edit) -> Done {
        if self.standing.open.is_some() {
            return Err(refused("Rows are edited between revisions; finish or leave this one first".into()));
        }
        let path = self.world.database().ok_or_else(|| refused("There is no database yet".into()))?;
        self.apply_edit(&path, edit).map_err(|error| Trouble {
            says: retort_protocol::words::Words::plain("Nothing was changed."),
            ..trouble(&error)
        })?;
        self.rows_changed(number);
        Ok(())
    }

    fn apply_edit(&mut self, path: &str, edit: &Edit) -> Result<()> {
        let mut connection = self.world.connect(path)?;
        connection.enforce_foreign_keys(true);
        let schema = self.schema_here()?;
        let (Edit::Set { table, .. } | Edit::Insert { table, .. } | Edit::Delete { table, .. }) = edit;
        let definition = schema.tables.iter().find(|it| it.name.name == *table);
        let definition = definition.ok_or_else(|| Error::command(format!("There is no table called {table}")))?;
        if self.world.is_on_server() && has_rowid(definition) && !matches!(edit, Edit::Insert { .. }) {
            return Err(Error::command(format!(
                "{table} has no primary key: its rows are changed with SQL in the terminal"
            )));
        }
        let writing = Writing { dialect: self.dialect(), on_server: self.world.is_on_server(), values: Vec::new() };
        let (sql, values) = statement(writing, definition, edit);
        connection.execute(&sql, &values)?;
        Ok(())
    }

    /// Rows were changed by hand: they are what they are, and nothing is lit any more.
    pub(super) fn rows_changed(&mut self, number: u32) {
        self.tape.clear();
        self.failure = None;
        self.standing.failed = None;
        self.survey();
        self.show_scene(number);
        self.forecast.stale();
        self.checkpoint();
    }
}

fn refused(title: String) -> Trouble {
    Trouble { title, ..Trouble::default() }
}

/// A statement while its values are collected, as a dialect writes it.
struct Writing {
    dialect: &'static dyn Dialect,
    /// Whether the server reads every value as its column asks.
    on_server: bool,
    values: Vec<Literal>,
}

impl Writing {
    /// The place of a value that was typed, which becomes what its column holds.
    fn typed(&mut self, table: &Table, column: &str, text: Option<&str>) -> String {
        if self.on_server {
            return self.value(text.map_or(Literal::Null, |text| Literal::Text(text.into())));
        }
        let declared = table.column(column).and_then(|column| self.dialect.type_sql(&column.ty).ok());
        self.value(typed(text, &declared.unwrap_or_default()))
    }

    fn value(&mut self, literal: Literal) -> String {
        self.values.push(literal);
        if self.on_server { format!("${}", self.values.len()) } else { "?".into() }
    }

    // A key is the row's number; in a table without numbers, the values of its primary key.
    fn row(&mut self, table: &Table, key: &str) -> String {
        if has_rowid(table) {
            return format!("_rowid_ = {}", self.value(key.parse().map_or(Literal::Null, Literal::Integer)));
        }
        let columns = key_columns(table);
        let conditions = columns.iter().zip(key.split('\u{1f}'));
        let condition =
            |(column, text): (&String, &str)| format!("{} = {}", quoted(column), self.typed(table, column, Some(text)));
        conditions.map(condition).collect::<Vec<_>>().join(" AND ")
    }
}

fn statement(mut writing: Writing, table: &Table, edit: &Edit) -> (String, Vec<Literal>) {
    let name = quoted(&table.name.name);
    let sql = match edit {
        Edit::Set { key, column, value, .. } => {
            let value = writing.typed(table, column, value.as_deref());
            format!("UPDATE {name} SET {} = {value} WHERE {}", quoted(column), writing.row(table, key))
        }
        Edit::Delete { key, .. } => format!("DELETE FROM {name} WHERE {}", writing.row(table, key)),
        Edit::Insert { values, .. } if values.is_empty() => format!("INSERT INTO {name} DEFAULT VALUES"),
        Edit::Insert { values, .. } => {
            let columns: Vec<String> = values.iter().map(|(column, _)| quoted(column)).collect();
            let places = values.iter().map(|(column, text)| writing.typed(table, column, text.as_deref()));
            let places: Vec<String> = places.collect();
            format!("INSERT INTO {name} ({}) VALUES ({})", columns.join(", "), places.join(", "))
        }
    };
    (sql, writing.values)
}
