//! The algebra of sets and of the keys of dicts.

use crate::python::compile::{Binary, Compare};
use crate::python::heap::classes;
use crate::python::heap::object::{Data, ViewKind};
use crate::python::machine::Machine;
use crate::python::native::Raise;
use crate::python::value::{Handle, Value};

impl Machine {
    fn is_setlike(&self, value: Value) -> bool {
        value.handle().is_some_and(|handle| {
            matches!(self.heap.data(handle), Data::Set(_) | Data::View(ViewKind::Keys | ViewKind::Items, _))
        })
    }

    pub(crate) fn set_binary(&mut self, operator: Binary, left: Value, right: Value) -> Result<Value, Raise> {
        if !self.is_setlike(left) || !self.is_setlike(right) {
            return Ok(Value::NotImplemented);
        }
        let class = if self.is_instance(left, classes::FROZENSET) { classes::FROZENSET } else { classes::SET };
        self.combined(operator, left, right, class)
    }

    /// Union, intersection, difference or symmetric difference of two iterables.
    pub(crate) fn combined(
        &mut self,
        operator: Binary,
        left: Value,
        right: Value,
        class: Handle,
    ) -> Result<Value, Raise> {
        let (a, b) = (self.items(left)?, self.items(right)?);
        let result = self.new_set(class, &[])?;
        let set = result.handle().expect("a set");
        let known = self.new_set(classes::SET, &b)?.handle().expect("a set");
        match operator {
            Binary::Or => {
                for item in a.iter().chain(&b) {
                    self.dict_set(set, *item, Value::None)?;
                }
            }
            Binary::And | Binary::Sub => {
                for item in a {
                    if self.dict_get(known, item)?.is_some() == (operator == Binary::And) {
                        self.dict_set(set, item, Value::None)?;
                    }
                }
            }
            _ => {
                let own = self.new_set(classes::SET, &a)?.handle().expect("a set");
                for item in a {
                    if self.dict_get(known, item)?.is_none() {
                        self.dict_set(set, item, Value::None)?;
                    }
                }
                for item in b {
                    if self.dict_get(own, item)?.is_none() {
                        self.dict_set(set, item, Value::None)?;
                    }
                }
            }
        }
        Ok(result)
    }

    pub(crate) fn compare_sets(&mut self, operator: Compare, left: Value, right: Value) -> Result<Value, Raise> {
        if !self.is_setlike(left) || !self.is_setlike(right) {
            return Ok(Value::NotImplemented);
        }
        let answer = match operator {
            Compare::Eq | Compare::Ne => {
                let equal = self.len(left)? == self.len(right)? && self.is_subset(left, right)?;
                equal == (operator == Compare::Eq)
            }
            Compare::Le => self.is_subset(left, right)?,
            Compare::Ge => self.is_subset(right, left)?,
            Compare::Lt => self.len(left)? < self.len(right)? && self.is_subset(left, right)?,
            Compare::Gt => self.len(right)? < self.len(left)? && self.is_subset(right, left)?,
        };
        Ok(Value::Bool(answer))
    }

    /// Whether every item of the left is one of the right.
    pub(crate) fn is_subset(&mut self, left: Value, right: Value) -> Result<bool, Raise> {
        let known = match right.handle() {
            Some(right) if matches!(self.heap.data(right), Data::Set(_) | Data::Dict(_)) => right,
            _ => {
                let items = self.items(right)?;
                self.new_set(classes::SET, &items)?.handle().expect("a set")
            }
        };
        for item in self.items(left)? {
            if self.dict_get(known, item)?.is_none() {
                return Ok(false);
            }
        }
        Ok(true)
    }
}
