//! Types of columns. SQLAlchemy's plain ones are read here, since every column has one; the others say themselves what
//! they are.

use super::Lowering;
use crate::python::{Raise, Value, names};
use crate::schema::Type;

impl Lowering<'_> {
    pub(super) fn type_(&mut self, kind: Value) -> Result<Type, Raise> {
        if let Some(data) = self.own(kind, "_data").filter(|data| !data.is_none()) {
            return self.load(data);
        }
        match self.plain_type(kind)? {
            Some(plain) => Ok(plain),
            None => self.asked(kind, "data"),
        }
    }

    /// An instance of one of SQLAlchemy's classes whose `_lowered` is that of its family, which `_plain` names.
    fn plain_type(&mut self, kind: Value) -> Result<Option<Type>, Raise> {
        let Some(plain) = self.class_says(kind, "_plain") else { return Ok(None) };
        let [family, lowered] = self.machine.items(plain)?[..] else { return Ok(None) };
        let own = self.class_says(kind, "_lowered") == Some(lowered) && self.own(kind, "_variants").is_none();
        if !own || !self.is_sqlalchemys(kind) {
            return Ok(None);
        }
        let class = self.machine.heap.class(self.machine.heap.class_of(kind)).name.to_string();
        let family = self.text(family).unwrap_or_default();
        self.of_family(&family, class, kind)
    }

    fn is_sqlalchemys(&mut self, kind: Value) -> bool {
        let space = self.machine.heap.class(self.machine.heap.class_of(kind)).dict;
        let module = self.machine.heap.get_name(space, names::MODULE);
        module.and_then(|module| self.machine.heap.text(module)).is_some_and(|name| name.starts_with("sqlalchemy."))
    }

    fn of_family(&mut self, family: &str, class: String, kind: Value) -> Result<Option<Type>, Raise> {
        Ok(Some(match family {
            "Integer" => Type::Integer { class },
            "String" => {
                let Some(length) = self.number(kind, "length")? else { return Ok(None) };
                Type::String { class, length, collation: self.text_of(kind, "collation")? }
            }
            "Temporal" => Type::Temporal { class, timezone: self.truth_of(kind, "timezone")? },
            "Boolean" => Type::Boolean {
                class,
                create_constraint: self.truth_of(kind, "create_constraint")?,
                name: self.text_of(kind, "name")?,
            },
            "Numeric" => {
                let Some(scale) = self.number(kind, "scale")? else { return Ok(None) };
                let lengths = [self.number(kind, "precision")?, self.number(kind, "decimal_return_scale")?];
                let [Some(precision), Some(decimal_return_scale)] = lengths else { return Ok(None) };
                let asdecimal = self.truth_of(kind, "asdecimal")?;
                Type::Numeric { class, precision, scale, asdecimal, decimal_return_scale }
            }
            _ => return Ok(None),
        }))
    }

    /// A number that may be None; nothing where it is something else.
    fn number<N: TryFrom<i64>>(&mut self, kind: Value, name: &str) -> Result<Option<Option<N>>, Raise> {
        Ok(match self.get(kind, name)? {
            Value::None => Some(None),
            Value::Int(number) => N::try_from(number).ok().map(Some),
            _ => None,
        })
    }
}
