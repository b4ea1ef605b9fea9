//! Named databases in memory: what files are to a shell, the shelf is to the page.

use super::guard::Guard;
use super::sqlite::Sqlite;
use super::world::World;
use crate::error::DatabaseError;
use crate::host::{Connection, Kept};
use crate::schema::Literal;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Shelves so far: SQLite's named memory databases are known to the whole process.
static SHELVES: AtomicU64 = AtomicU64::new(0);

/// Databases by path. Every opening of a path gives another connection to the same database.
pub struct Shelf {
    number: u64,
    guard: Guard,
    keepers: RefCell<BTreeMap<String, Keeper>>,
    world: RefCell<Option<Rc<World>>>,
    kept: Rc<Kept>,
}

/// SQLite forgets a memory database with its last connection; this one stays open, and never writes.
struct Keeper {
    connection: Sqlite,
    /// The last image, with the version of the database that it is of.
    image: Option<(i64, Rc<[u8]>)>,
}

impl Shelf {
    /// An empty shelf whose connections are under this guard.
    pub fn new(guard: Guard) -> Self {
        Shelf::keeping(Rc::default(), guard)
    }

    /// The same, whose connections know what others have reflected.
    pub fn keeping(kept: Rc<Kept>, guard: Guard) -> Self {
        Shelf {
            number: SHELVES.fetch_add(1, Ordering::Relaxed),
            guard,
            keepers: RefCell::default(),
            world: RefCell::default(),
            kept,
        }
    }

    /// A connection to the database of this path, which is made if need be.
    pub fn open(&self, path: &str) -> Result<Sqlite, DatabaseError> {
        if !self.keepers.borrow().contains_key(path) {
            let keeper = Sqlite::address(&self.address(path), &self.guard)?;
            self.keepers.borrow_mut().insert(path.into(), Keeper { connection: keeper, image: None });
        }
        let mut connection = Sqlite::address(&self.address(path), &self.guard)?;
        connection.keep(Rc::clone(&self.kept));
        if let Some(world) = self.world.borrow().as_ref() {
            connection.follow(Rc::clone(world));
        }
        Ok(connection)
    }

    /// Connections that are opened from now on take time and randomness from this world.
    pub fn follow(&self, world: World) {
        *self.world.borrow_mut() = Some(Rc::new(world));
    }

    // The path is hexadecimal so that nothing in it means anything in an address.
    fn address(&self, path: &str) -> String {
        let name: String = path.bytes().map(|byte| format!("{byte:02x}")).collect();
        format!("file:/shelf{}-{name}?vfs=memdb", self.number)
    }

    /// The paths of all databases, sorted.
    pub fn paths(&self) -> Vec<String> {
        self.keepers.borrow().keys().cloned().collect()
    }

    /// A database as bytes; `None` where there is none. As long as nothing was committed, the bytes are the same ones.
    pub fn image(&self, path: &str) -> Option<Rc<[u8]>> {
        self.keepers.borrow_mut().get_mut(path)?.image()
    }

    /// Makes a database of these bytes, or replaces its contents; none of its connections may be in a transaction.
    pub fn put(&self, path: &str, image: &[u8]) -> Result<(), DatabaseError> {
        self.open(path)?.load(image)
    }

    /// Takes a database away; connections to it that are still open keep it to themselves.
    pub fn remove(&self, path: &str) {
        self.keepers.borrow_mut().remove(path);
    }
}

impl Keeper {
    fn image(&mut self) -> Option<Rc<[u8]>> {
        let version = self.version()?;
        if let Some((_, image)) = self.image.as_ref().filter(|(known, _)| *known == version) {
            return Some(Rc::clone(image));
        }
        let image: Rc<[u8]> = self.connection.serialize().ok()?.into();
        self.image = Some((version, Rc::clone(&image)));
        Some(image)
    }

    /// A number that changes whenever another connection has committed something.
    fn version(&mut self) -> Option<i64> {
        let rows = self.connection.execute("PRAGMA data_version", &[]).ok()?.rows;
        match rows.first()?.first()? {
            Literal::Integer(version) => Some(*version),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn connections_of_one_path_see_one_database() {
        let shelf = Shelf::new(Guard::default());
        shelf.open("a b?.db").expect("opens").execute("CREATE TABLE t AS SELECT 7 AS n", &[]).expect("made");
        let seen = shelf.open("a b?.db").expect("opens").execute("SELECT n FROM t", &[]).expect("read");
        assert_eq!(seen.rows, [[Literal::Integer(7)]]);
        assert!(shelf.open("other.db").expect("opens").execute("SELECT n FROM t", &[]).is_err());
    }

    #[test]
    fn an_image_is_made_anew_when_something_was_committed() {
        let shelf = Shelf::new(Guard::default());
        let mut connection = shelf.open("a.db").expect("opens");
        let mut run = |sql: &str| drop(connection.execute(sql, &[]).expect(sql));
        run("CREATE TABLE t (n)");
        let first = shelf.image("a.db").expect("an image");
        assert!(Rc::ptr_eq(&first, &shelf.image("a.db").expect("an image")));
        run("INSERT INTO t VALUES (1)");
        assert_ne!(first, shelf.image("a.db").expect("an image"));
    }

    #[test]
    fn an_image_moves_a_database_to_another_shelf() {
        let (one, two) = (Shelf::new(Guard::default()), Shelf::new(Guard::default()));
        one.open("a.db").expect("opens").execute("CREATE TABLE t AS SELECT 7 AS n", &[]).expect("made");
        two.put("a.db", &one.image("a.db").expect("an image")).expect("put");
        assert_eq!(two.open("a.db").expect("opens").execute("SELECT n FROM t", &[]).expect("read").rows.len(), 1);
    }
}
