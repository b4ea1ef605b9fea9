//! A host that remembers what Python says, so that it stands in the trace.

use super::trace::Event;
use crate::error::{DatabaseError, Result};
use crate::host::{Clock, Connection, Console, Databases, Entry, Environment, Files, Host, Random, Stream};
use std::cell::RefCell;
use std::rc::Rc;

/// A host in front of another one; only its console does more.
pub(super) struct Listening {
    host: Rc<dyn Host>,
    heard: RefCell<Vec<Event>>,
}

impl Listening {
    pub(super) fn to(host: Rc<dyn Host>) -> Self {
        Listening { host, heard: RefCell::default() }
    }

    /// What was said since the last call.
    pub(super) fn take(&self) -> Vec<Event> {
        self.heard.take()
    }
}

impl Console for Listening {
    fn write(&self, stream: Stream, text: &str) {
        let mut heard = self.heard.borrow_mut();
        match heard.last_mut() {
            Some(Event::Output { stream: last, text: said }) if *last == stream => said.push_str(text),
            _ => heard.push(Event::Output { stream, text: text.into() }),
        }
        Console::write(self.host.as_ref(), stream, text);
    }
}

impl Files for Listening {
    fn entry(&self, path: &str) -> Option<Entry> {
        self.host.entry(path)
    }

    fn read(&self, path: &str) -> Result<Vec<u8>> {
        self.host.read(path)
    }

    fn write(&self, path: &str, bytes: &[u8]) -> Result<()> {
        Files::write(self.host.as_ref(), path, bytes)
    }

    fn list(&self, path: &str) -> Result<Vec<String>> {
        self.host.list(path)
    }

    fn create_folder(&self, path: &str) -> Result<()> {
        self.host.create_folder(path)
    }

    fn remove(&self, path: &str) -> Result<()> {
        self.host.remove(path)
    }
}

impl Environment for Listening {
    fn variables(&self) -> Vec<(String, String)> {
        self.host.variables()
    }

    fn working_directory(&self) -> String {
        self.host.working_directory()
    }
}

impl Clock for Listening {
    fn now(&self) -> i64 {
        self.host.now()
    }

    fn utc_offset(&self) -> i32 {
        self.host.utc_offset()
    }
}

impl Random for Listening {
    fn fill(&self, buffer: &mut [u8]) {
        self.host.fill(buffer);
    }
}

impl Databases for Listening {
    fn open(&self, url: &str) -> std::result::Result<Box<dyn Connection>, DatabaseError> {
        self.host.open(url)
    }
}
