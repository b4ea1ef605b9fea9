//! Exceptions that Rust raises.

use crate::python::heap::object::{Data, Exception};
use crate::python::heap::{classes, names};
use crate::python::machine::Machine;
use crate::python::native::Raise;
use crate::python::text;
use crate::python::value::{Handle, Value};

macro_rules! raisers {
    ($($name:ident $class:ident;)*) => {
        impl Machine {
            $(
                #[doc = concat!("A new `", stringify!($class), "` with a message.")]
                pub fn $name(&mut self, message: &str) -> Raise {
                    self.error(classes::$class, message)
                }
            )*
        }
    };
}

raisers! {
    type_error TYPE_ERROR;
    value_error VALUE_ERROR;
    index_error INDEX_ERROR;
    overflow_error OVERFLOW_ERROR;
    runtime_error RUNTIME_ERROR;
    zero_division ZERO_DIVISION_ERROR;
}

impl Machine {
    /// A new exception of a class with a message.
    pub fn error(&mut self, class: Handle, message: &str) -> Raise {
        let message = self.heap.str(message);
        Raise(self.exception(class, &[message]))
    }

    /// An exception object, not raised yet. For native exception classes.
    pub fn exception(&mut self, class: Handle, args: &[Value]) -> Value {
        let args = self.heap.tuple(args);
        let exception =
            Exception { args, cause: Value::None, context: Value::None, suppress: false, trace: Vec::new() };
        self.heap.alloc(class, Data::Exception(Box::new(exception))).into()
    }

    /// A `KeyError` of a key.
    pub fn key_error(&mut self, key: Value) -> Raise {
        Raise(self.exception(classes::KEY_ERROR, &[key]))
    }

    /// What an algorithm over text found wrong.
    pub fn wrong(&mut self, wrong: &text::Wrong) -> Raise {
        let class = match wrong.kind {
            text::Kind::Type => classes::TYPE_ERROR,
            text::Kind::Overflow => classes::OVERFLOW_ERROR,
            text::Kind::Value => classes::VALUE_ERROR,
        };
        self.error(class, &wrong.message)
    }

    pub(crate) fn attribute_error(&mut self, message: &str, object: Value, name: Handle) -> Raise {
        let raise = self.error(classes::ATTRIBUTE_ERROR, message);
        self.note_attribute(raise.0, names::ATTR_NAME, name.into());
        self.note_attribute(raise.0, names::OBJ, object);
        raise
    }

    pub(crate) fn name_error(&mut self, class: Handle, message: &str, name: Handle) -> Raise {
        let raise = self.error(class, message);
        self.note_attribute(raise.0, names::ATTR_NAME, name.into());
        raise
    }

    /// Sets an attribute of an object as plain data.
    pub(crate) fn note_attribute(&mut self, object: Value, name: Handle, value: Value) {
        if let Value::Object(handle) = object {
            self.set_own(handle, name, value);
        }
    }

    pub(crate) fn out_of_memory(&mut self) -> Raise {
        let limit = self.limits.heap_bytes >> 20;
        self.error(classes::STOP, &format!("the program needs more than {limit} MB of memory"))
    }

    pub(crate) fn exception_data(&self, value: Value) -> Option<&Exception> {
        match self.heap.data(value.handle()?) {
            Data::Exception(exception) => Some(exception),
            _ => None,
        }
    }

    pub(crate) fn exception_data_mut(&mut self, value: Value) -> Option<&mut Exception> {
        match self.heap.data_mut(value.handle()?) {
            Data::Exception(exception) => Some(exception),
            _ => None,
        }
    }
}
