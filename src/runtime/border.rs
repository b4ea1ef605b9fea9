//! Between the world and Python: requests and answers as values of the machine.

use super::answer::Reply;
use super::setup::Setup;
use crate::error::{Error, Place, Result};
use crate::host::Host;
use serde::de::DeserializeOwned;
use std::rc::Rc;
use std::time::Duration;

/// The machine of a run.
pub(super) struct Border {}

/// How a turn of the machine ended.
pub(super) enum Turn {
    /// It asks.
    Asked,
    /// Its instructions are used up.
    Spent,
    /// It is through.
    Done(Result<()>),
}

/// A request that is being answered.
pub(super) struct Asked<'a> {
    pub(super) name: String,
    border: &'a mut Border,
}

impl Asked<'_> {
    /// The argument at this place, as data.
    pub(super) fn load<T: DeserializeOwned>(&self, _at: usize) -> Result<T> {
        let _ = &self.border;
        Err(Error::unsupported("Retort", "Python"))
    }
}

/// The functions of env.py that autogenerate asks.
pub(super) struct Hook<'a> {
    border: &'a mut Border,
}

impl Asked<'_> {
    pub(super) fn hook(&mut self, _: usize) -> Result<Option<Hook<'_>>> {
        Ok(None)
    }
}

impl Hook<'_> {
    pub(super) fn has(&self, _: &str) -> bool {
        let _ = &self.border;
        false
    }

    pub(super) fn begin(&mut self, _: &crate::schema::MetaData) -> Result<()> {
        Ok(())
    }

    pub(super) fn truth(&mut self, _: &str, _: &[serde_json::Value]) -> Result<bool> {
        Ok(true)
    }

    pub(super) fn opinion(&mut self, _: &str, _: &[serde_json::Value]) -> Result<crate::autogenerate::Opinion> {
        Ok(crate::autogenerate::Opinion::None)
    }
}

impl Border {
    pub(super) fn new(_setup: &Setup, _host: Rc<dyn Host>) -> Result<Self> {
        Err(Error::unsupported("Retort", "running env.py"))
    }

    pub(super) fn resume(&mut self, _instructions: u64) -> Turn {
        Turn::Done(Ok(()))
    }

    pub(super) fn request_name(&self) -> &str {
        ""
    }

    pub(super) fn place(&self, _file: Option<&str>) -> Option<Place> {
        None
    }

    pub(super) fn asked(&mut self) -> Asked<'_> {
        Asked { name: String::new(), border: self }
    }

    pub(super) fn reply(&mut self, result: Result<Reply>) -> Result<()> {
        result.map(|_| ())
    }

    pub(super) fn endless(&self, patience: Duration) -> Error {
        Error::new(crate::error::Kind::Limit(format!(
            "Python computed for {} seconds without an end",
            patience.as_secs()
        )))
    }
}
