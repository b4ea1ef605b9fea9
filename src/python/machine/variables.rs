//! Instructions on variables: locals, cells, names of a class body, globals.

use crate::python::heap::classes;
use crate::python::heap::object::Data;
use crate::python::machine::Machine;
use crate::python::machine::code::Code;
use crate::python::native::Raise;
use crate::python::value::{Handle, Value};

impl Machine {
    pub(super) fn delete_fast(&mut self, code: &Code, base: usize, slot: u32) -> Result<(), Raise> {
        let place = base + slot as usize;
        if self.stack[place].is_unbound() {
            return Err(self.unbound_local(code.body().locals[slot as usize]));
        }
        self.stack[place] = Value::Unbound;
        Ok(())
    }

    pub(super) fn make_cell(&mut self, base: usize, slot: u32) -> Result<(), Raise> {
        let place = base + slot as usize;
        let cell = self.heap.alloc(classes::CELL, Data::Cell(self.stack[place]));
        self.stack[place] = cell.into();
        Ok(())
    }

    fn cell(&self, base: usize, slot: u32) -> Handle {
        self.stack[base + slot as usize].handle().expect("a cell is an object")
    }

    fn cell_value(&self, base: usize, slot: u32) -> Option<Value> {
        match self.heap.data(self.cell(base, slot)) {
            Data::Cell(value) => value.given(),
            _ => unreachable!("a cell's slot holds a cell"),
        }
    }

    pub(super) fn load_deref(&mut self, code: &Code, base: usize, slot: u32) -> Result<(), Raise> {
        match self.cell_value(base, slot) {
            Some(value) => {
                self.stack.push(value);
                Ok(())
            }
            None => Err(self.unbound_deref(code, slot)),
        }
    }

    fn unbound_deref(&mut self, code: &Code, slot: u32) -> Raise {
        let name = code.body().locals[slot as usize];
        if (slot as usize) < code.body().locals.len() - code.free {
            return self.unbound_local(name);
        }
        let text = self.heap.name(name).to_owned();
        let message =
            format!("cannot access free variable '{text}' where it is not associated with a value in enclosing scope");
        self.name_error(classes::NAME_ERROR, &message, name)
    }

    pub(crate) fn unbound_local(&mut self, name: Handle) -> Raise {
        let message =
            format!("cannot access local variable '{}' where it is not associated with a value", self.heap.name(name));
        self.name_error(classes::UNBOUND_LOCAL_ERROR, &message, name)
    }

    pub(crate) fn unknown_name(&mut self, name: Handle) -> Raise {
        let message = format!("name '{}' is not defined", self.heap.name(name));
        self.name_error(classes::NAME_ERROR, &message, name)
    }

    pub(super) fn store_deref(&mut self, base: usize, slot: u32) -> Result<(), Raise> {
        let value = self.pop();
        let cell = self.cell(base, slot);
        *self.heap.data_mut(cell) = Data::Cell(value);
        Ok(())
    }

    pub(super) fn delete_deref(&mut self, base: usize, slot: u32) -> Result<(), Raise> {
        let cell = self.cell(base, slot);
        *self.heap.data_mut(cell) = Data::Cell(Value::Unbound);
        Ok(())
    }

    pub(super) fn load_class_deref(&mut self, code: &Code, base: usize, slot: u16, name: Handle) -> Result<(), Raise> {
        match self.in_namespace(name)? {
            Some(value) => {
                self.stack.push(value);
                Ok(())
            }
            None => self.load_deref(code, base, u32::from(slot)),
        }
    }

    fn in_namespace(&mut self, name: Handle) -> Result<Option<Value>, Raise> {
        let Some(namespace) = self.frame().namespace else { return Ok(None) };
        if self.heap.class(self.heap.object(namespace).class).native {
            return Ok(self.heap.get_name(namespace, name));
        }
        match self.get_item(namespace.into(), name.into()) {
            Ok(value) => Ok(Some(value)),
            Err(raise) if self.is_instance(raise.0, classes::KEY_ERROR) => Ok(None),
            Err(raise) => Err(raise),
        }
    }

    pub(crate) fn global(&mut self, name: Handle) -> Option<Value> {
        let globals = self.frame().globals;
        self.find_global(globals, name)
    }

    pub(super) fn load_name(&mut self, name: Handle) -> Result<(), Raise> {
        let found = match self.in_namespace(name)? {
            Some(value) => Some(value),
            None => self.global(name),
        };
        match found {
            Some(value) => {
                self.stack.push(value);
                Ok(())
            }
            None => self.late_global(name),
        }
    }

    pub(super) fn store_name(&mut self, name: Handle) -> Result<(), Raise> {
        let value = self.pop();
        let frame = self.frame();
        let namespace = frame.namespace.unwrap_or(frame.globals);
        if self.heap.class(self.heap.object(namespace).class).native {
            self.heap.set_name(namespace, name, value);
            return Ok(());
        }
        self.settled(|machine| machine.assign_item(namespace.into(), name.into(), value)).map(drop)
    }

    pub(super) fn delete_name(&mut self, name: Handle) -> Result<(), Raise> {
        let frame = self.frame();
        let namespace = frame.namespace.unwrap_or(frame.globals);
        match self.heap.delete_name(namespace, name) {
            Some(_) => Ok(()),
            None => Err(self.unknown_name(name)),
        }
    }

    pub(super) fn store_global(&mut self, name: Handle) -> Result<(), Raise> {
        let value = self.pop();
        let globals = self.frame().globals;
        self.heap.set_name(globals, name, value);
        Ok(())
    }

    pub(super) fn delete_global(&mut self, name: Handle) -> Result<(), Raise> {
        let globals = self.frame().globals;
        match self.heap.delete_name(globals, name) {
            Some(_) => Ok(()),
            None => Err(self.unknown_name(name)),
        }
    }
}
