//! Databases at moments, opened to be looked at. Those that were looked at last stay open, for a step shows again what the
//! step before it has shown.

use retort::database::guard::Guard;
use retort::database::images::Image;
use retort::database::picture;
use retort::database::sqlite::Sqlite;
use retort::dialect::Wanted;
use retort::error::{DatabaseError, Result};
use retort::host::Kept;
use retort::schema::{Expr, Literal, MetaData, TableName};
use std::cell::{OnceCell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

/// How many stay open: before the revision, before the step, behind it, and one more.
const OPEN: usize = 4;

/// A database at a moment.
pub struct Look {
    image: Image,
    database: RefCell<Sqlite>,
    schema: OnceCell<Rc<MetaData>>,
}

impl Look {
    /// The database at this moment.
    pub fn image(&self) -> &Image {
        &self.image
    }

    /// Reads from it.
    pub fn read<T>(&self, read: impl FnOnce(&mut Sqlite) -> T) -> T {
        read(&mut self.database.borrow_mut())
    }

    /// Its schema, reflected once.
    pub fn schema(&self) -> Result<Rc<MetaData>> {
        if let Some(schema) = self.schema.get() {
            return Ok(Rc::clone(schema));
        }
        let schema = Rc::new(self.read(schema)?);
        Ok(Rc::clone(self.schema.get_or_init(|| schema)))
    }
}

// What PostgreSQL told of itself, if it is a picture of that: rows with a key are known by it there.
fn schema(database: &mut Sqlite) -> Result<MetaData> {
    let Some(mut told) = picture::schema(database)? else {
        return retort::dialect::by_name("sqlite")?.reflect(database, &Wanted::default());
    };
    for table in &mut told.tables {
        // An index that a constraint has made is told with it.
        table.indexes.retain(|index| !index.info.contains_key("duplicates_constraint"));
        table.name = TableName { schema: None, name: picture::name_in_picture(table) };
        if table.primary_key().is_some() {
            table.options.insert("sqlite_with_rowid".into(), Expr::literal(Literal::Boolean(false)));
        }
    }
    Ok(told)
}

/// The moments that were looked at last.
pub struct Looks {
    kept: Rc<Kept>,
    open: RefCell<VecDeque<Rc<Look>>>,
}

impl Looks {
    /// None so far; what was reflected of other moments is known.
    pub fn keeping(kept: Rc<Kept>) -> Self {
        Looks { kept, open: RefCell::default() }
    }

    /// Looks at a moment. All images must have been kept in one place.
    pub fn at(&self, image: &Image, guard: &Guard) -> Result<Rc<Look>, DatabaseError> {
        let mut open = self.open.borrow_mut();
        if let Some(at) = open.iter().position(|look| look.image.same(image)) {
            let look = open.remove(at).expect("it was found there");
            open.push_back(Rc::clone(&look));
            return Ok(look);
        }
        let mut database = Sqlite::look(&image.bytes(), guard)?;
        database.keep(Rc::clone(&self.kept));
        let look = Rc::new(Look { image: image.clone(), database: RefCell::new(database), schema: OnceCell::new() });
        open.push_back(Rc::clone(&look));
        if open.len() > OPEN {
            open.pop_front();
        }
        Ok(look)
    }
}
