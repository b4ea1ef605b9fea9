//! `a, *b, c = …`

use crate::python::heap::names;
use crate::python::machine::Machine;
use crate::python::native::{Flow, Keep, Raise, Then};
use crate::python::value::Value;

impl Machine {
    pub(super) fn unpack(&mut self, count: usize) -> Result<(), Raise> {
        let value = self.pop();
        if let Some(items) = self.items_of(value).filter(|items| items.len() == count) {
            let items: Vec<Value> = items.iter().rev().copied().collect();
            self.stack.extend(items);
            return Ok(());
        }
        self.unpackable(value)?;
        let native = self.native_items(value)?;
        self.push_continuation(
            Then::Value(unpacked),
            Keep::from_slice(&[Value::from(count), Value::Bool(native.is_some())]),
        );
        // An endless iterator must not be read to its end to see that it is too long.
        let flow = match native {
            Some(items) => self.heap.list(items).into(),
            None => self.prelude_call("_take", &[value, Value::from(count + 1)])?,
        };
        self.apply(flow)
    }

    fn unpackable(&mut self, value: Value) -> Result<(), Raise> {
        let class = self.heap.class_of(value);
        if self.lookup(class, names::ITER).is_some()
            || self.lookup(class, names::GETITEM).is_some()
            || self.native_iter(value).is_some()
        {
            return Ok(());
        }
        if let Some(raise) = self.placeholder_used(value) {
            return Err(raise);
        }
        let message = format!("cannot unpack non-iterable {} object", self.type_name(value));
        Err(self.type_error(&message))
    }

    pub(super) fn unpack_ex(&mut self, before: usize, after: usize) -> Result<(), Raise> {
        let value = self.pop();
        self.unpackable(value)?;
        let flow = self.collect_items(value, &[Value::from(before), Value::from(after)], |machine, keep, items| {
            let (Value::Int(before), Value::Int(after)) = (keep[0], keep[1]) else { unreachable!("kept as ints") };
            let (before, after) = (before as usize, after as usize);
            let items = machine.items(items)?;
            if items.len() < before + after {
                let message =
                    format!("not enough values to unpack (expected at least {}, got {})", before + after, items.len());
                return Err(machine.value_error(&message));
            }
            let middle = machine.heap.list(items[before..items.len() - after].to_vec());
            let mut all: Vec<Value> = items[items.len() - after..].iter().rev().copied().collect();
            all.push(middle);
            all.extend(items[..before].iter().rev());
            machine.push_all_but_last(&all)
        })?;
        self.apply(flow)
    }

    // A continuation's result is one value; the others go to the frame's stack before it.
    fn push_all_but_last(&mut self, values: &[Value]) -> Result<Flow, Raise> {
        let Some((last, others)) = values.split_last() else { return Ok(Flow::Done) };
        self.stack.extend_from_slice(others);
        Ok((*last).into())
    }
}

fn unpacked(machine: &mut Machine, keep: Keep, items: Value) -> Result<Flow, Raise> {
    let Value::Int(count) = keep[0] else { unreachable!("kept as an int") };
    let (count, items) = (count as usize, machine.items(items)?);
    if items.len() != count {
        let message = if items.len() > count {
            match keep[1] {
                Value::Bool(true) => format!("too many values to unpack (expected {count}, got {})", items.len()),
                _ => format!("too many values to unpack (expected {count})"),
            }
        } else {
            format!("not enough values to unpack (expected {count}, got {})", items.len())
        };
        return Err(machine.value_error(&message));
    }
    let all: Vec<Value> = items.iter().rev().copied().collect();
    machine.push_all_but_last(&all)
}
