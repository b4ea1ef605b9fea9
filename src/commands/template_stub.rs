//! Stands in until script::template is there.
use crate::error::{Error, Result};
use std::collections::BTreeMap;
pub(super) type Variables = BTreeMap<String, Value>;
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Text(String),
}
impl From<&serde_json::Value> for Value {
    fn from(value: &serde_json::Value) -> Self {
        Value::Text(value.to_string())
    }
}
impl From<String> for Value {
    fn from(value: String) -> Self {
        Value::Text(value)
    }
}
impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Value::Text(value.into())
    }
}
pub(super) struct Template {
    pub(super) name: &'static str,
    pub(super) files: &'static [(&'static str, &'static str)],
}
impl Template {
    pub(super) fn synopsis(&self) -> String {
        String::new()
    }
}
pub(super) static ALL: [Template; 0] = [];
pub(super) fn by_name(name: &str) -> Option<&'static Template> {
    ALL.iter().find(|it| it.name == name)
}
pub(super) fn render(_: &str, _: &Variables) -> Result<String> {
    Err(Error::unsupported("Retort", "templates"))
}
pub(super) struct Both {
    pub(super) upgrade: String,
    pub(super) downgrade: String,
    pub(super) imports: Vec<String>,
}
pub(super) fn both(_: &crate::runtime::Pass) -> Result<Both> {
    Err(Error::unsupported("Retort", "rendering"))
}
pub(super) fn variables(_: &crate::script::draft::Draft) -> Variables {
    Variables::new()
}
