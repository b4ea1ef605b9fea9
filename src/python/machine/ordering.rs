//! Comparisons of built-in values.

use crate::python::compile::Compare;
use crate::python::heap::object::Data;
use crate::python::machine::Machine;
use crate::python::native::Raise;
use crate::python::value::{Handle, Value};
use std::cmp::Ordering;

impl Machine {
    /// The result of a comparison of what native values hold, or `NotImplemented`.
    pub(crate) fn builtin_compare(&mut self, operator: Compare, left: Value, right: Value) -> Result<Value, Raise> {
        if matches!(operator, Compare::Eq | Compare::Ne)
            && let Some(equal) = self.heap.quick_eq(left, right)
        {
            return Ok(Value::Bool(equal == (operator == Compare::Eq)));
        }
        if let (Some(a), Some(b)) = (self.number(left), self.number(right)) {
            let order = match (self.big(left), self.big(right)) {
                (Some(a), Some(b)) => Some(a.cmp(&b)),
                _ => a.partial_cmp(&b),
            };
            return Ok(Value::Bool(ordered(operator, order)));
        }
        let (Value::Object(a), Value::Object(b)) = (left, right) else { return Ok(Value::NotImplemented) };
        match (self.heap.data(a), self.heap.data(b)) {
            (Data::Str(a), Data::Str(b)) => Ok(Value::Bool(ordered(operator, Some(a.text.cmp(&b.text))))),
            (Data::Bytes(a), Data::Bytes(b)) => Ok(Value::Bool(ordered(operator, Some(a.cmp(b))))),
            (Data::Bytes(_) | Data::ByteArray(_), Data::Bytes(_) | Data::ByteArray(_)) => {
                let (a, b) = (self.bytes_of(left).unwrap_or_default(), self.bytes_of(right).unwrap_or_default());
                Ok(Value::Bool(ordered(operator, Some(a.cmp(&b)))))
            }
            (Data::List(a), Data::List(b)) => {
                let (a, b) = (a.clone(), b.clone());
                self.compare_sequences(operator, &a, &b)
            }
            (Data::Tuple(a), Data::Tuple(b)) => {
                let (a, b) = (a.clone(), b.clone());
                self.compare_sequences(operator, &a, &b)
            }
            (Data::Dict(_), Data::Dict(_)) if matches!(operator, Compare::Eq | Compare::Ne) => {
                let equal = self.guarded(|machine| machine.dicts_equal(a, b))?;
                Ok(Value::Bool(equal == (operator == Compare::Eq)))
            }
            (Data::Set(_) | Data::View(..), Data::Set(_) | Data::View(..)) => self.compare_sets(operator, left, right),
            (Data::Range(x), Data::Range(y)) if matches!(operator, Compare::Eq | Compare::Ne) => {
                let (x, y) = (**x, **y);
                let (n, m) = (x.len(), y.len());
                let equal = n == m && (n == 0 || x.start == y.start && (n == 1 || x.step == y.step));
                Ok(Value::Bool(equal == (operator == Compare::Eq)))
            }
            (Data::Method(x), Data::Method(y)) if matches!(operator, Compare::Eq | Compare::Ne) => {
                let equal = x.function == y.function && x.receiver == y.receiver;
                Ok(Value::Bool(equal == (operator == Compare::Eq)))
            }
            (Data::Slice(x), Data::Slice(y)) => {
                let (x, y) = (**x, **y);
                self.compare_sequences(operator, &x, &y)
            }
            _ => Ok(Value::NotImplemented),
        }
    }

    fn dicts_equal(&mut self, a: Handle, b: Handle) -> Result<bool, Raise> {
        if self.heap.dict(a).len() != self.heap.dict(b).len() {
            return Ok(false);
        }
        for (key, value) in self.dict_entries(a) {
            match self.dict_get(b, key)? {
                Some(other) if self.equals(value, other)? => {}
                _ => return Ok(false),
            }
        }
        Ok(true)
    }

    fn compare_sequences(&mut self, operator: Compare, a: &[Value], b: &[Value]) -> Result<Value, Raise> {
        self.guarded(|machine| {
            if a.len() != b.len() && matches!(operator, Compare::Eq | Compare::Ne) {
                return Ok(Value::Bool(operator == Compare::Ne));
            }
            for (x, y) in a.iter().zip(b) {
                if !machine.equals(*x, *y)? {
                    return match operator {
                        Compare::Eq => Ok(Value::Bool(false)),
                        Compare::Ne => Ok(Value::Bool(true)),
                        _ => machine.settled(|machine| machine.compare(operator, *x, *y)),
                    };
                }
            }
            Ok(Value::Bool(ordered(operator, Some(a.len().cmp(&b.len())))))
        })
    }
}

pub(crate) fn ordered(operator: Compare, order: Option<Ordering>) -> bool {
    match operator {
        Compare::Eq => order == Some(Ordering::Equal),
        Compare::Ne => order != Some(Ordering::Equal),
        Compare::Lt => order == Some(Ordering::Less),
        Compare::Le => matches!(order, Some(Ordering::Less | Ordering::Equal)),
        Compare::Gt => order == Some(Ordering::Greater),
        Compare::Ge => matches!(order, Some(Ordering::Greater | Ordering::Equal)),
    }
}
