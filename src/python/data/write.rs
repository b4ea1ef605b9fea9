//! Values made of data.

use crate::python::data::Mismatch;
use crate::python::heap::object::Data;
use crate::python::machine::Machine;
use crate::python::value::{Handle, Value};
use serde::ser::{self, Serialize};

/// Where a value is made.
pub(super) struct Writer<'m> {
    pub(super) machine: &'m mut Machine,
}

impl Writer<'_> {
    fn again(&mut self) -> Writer<'_> {
        Writer { machine: self.machine }
    }

    fn variant(self, name: &str, content: Value) -> Value {
        self.machine.dict_of(&[(name, content)])
    }
}

/// Items of a list that is being made, perhaps inside a variant.
pub(super) struct Items<'m> {
    writer: Writer<'m>,
    variant: Option<&'static str>,
    items: Vec<Value>,
}

impl<'m> Items<'m> {
    fn new(writer: Writer<'m>, variant: Option<&'static str>) -> Self {
        Items { writer, variant, items: Vec::new() }
    }

    fn push<T: Serialize + ?Sized>(&mut self, item: &T) -> Result<(), Mismatch> {
        let item = item.serialize(self.writer.again())?;
        self.items.push(item);
        Ok(())
    }

    fn finish(self) -> Value {
        let list = self.writer.machine.heap.list(self.items);
        match self.variant {
            Some(name) => self.writer.variant(name, list),
            None => list,
        }
    }
}

/// Entries of a dict that is being made, perhaps inside a variant.
pub(super) struct Entries<'m> {
    writer: Writer<'m>,
    variant: Option<&'static str>,
    dict: Handle,
    key: Value,
}

impl<'m> Entries<'m> {
    fn new(writer: Writer<'m>, variant: Option<&'static str>) -> Self {
        let dict = writer.machine.new_dict();
        Entries { writer, variant, dict, key: Value::None }
    }

    fn field<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Result<(), Mismatch> {
        let value = value.serialize(self.writer.again())?;
        let name = self.writer.machine.heap.intern(name);
        self.writer.machine.heap.set_name(self.dict, name, value);
        Ok(())
    }

    fn finish(self) -> Value {
        match self.variant {
            Some(name) => self.writer.variant(name, self.dict.into()),
            None => self.dict.into(),
        }
    }
}

impl<'m> ser::Serializer for Writer<'m> {
    type Ok = Value;
    type Error = Mismatch;
    type SerializeSeq = Items<'m>;
    type SerializeTuple = Items<'m>;
    type SerializeTupleStruct = Items<'m>;
    type SerializeTupleVariant = Items<'m>;
    type SerializeMap = Entries<'m>;
    type SerializeStruct = Entries<'m>;
    type SerializeStructVariant = Entries<'m>;

    fn serialize_bool(self, value: bool) -> Result<Value, Mismatch> {
        Ok(Value::Bool(value))
    }

    fn serialize_i8(self, value: i8) -> Result<Value, Mismatch> {
        Ok(Value::Int(value.into()))
    }

    fn serialize_i16(self, value: i16) -> Result<Value, Mismatch> {
        Ok(Value::Int(value.into()))
    }

    fn serialize_i32(self, value: i32) -> Result<Value, Mismatch> {
        Ok(Value::Int(value.into()))
    }

    fn serialize_i64(self, value: i64) -> Result<Value, Mismatch> {
        Ok(Value::Int(value))
    }

    fn serialize_u8(self, value: u8) -> Result<Value, Mismatch> {
        Ok(Value::Int(value.into()))
    }

    fn serialize_u16(self, value: u16) -> Result<Value, Mismatch> {
        Ok(Value::Int(value.into()))
    }

    fn serialize_u32(self, value: u32) -> Result<Value, Mismatch> {
        Ok(Value::Int(value.into()))
    }

    fn serialize_u64(self, value: u64) -> Result<Value, Mismatch> {
        i64::try_from(value).map(Value::Int).map_err(|_| Mismatch("a number is too large".into()))
    }

    fn serialize_f32(self, value: f32) -> Result<Value, Mismatch> {
        Ok(Value::Float(value.into()))
    }

    fn serialize_f64(self, value: f64) -> Result<Value, Mismatch> {
        Ok(Value::Float(value))
    }

    fn serialize_char(self, value: char) -> Result<Value, Mismatch> {
        Ok(self.machine.heap.str(&value.to_string()))
    }

    fn serialize_str(self, value: &str) -> Result<Value, Mismatch> {
        Ok(self.machine.heap.str(value))
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<Value, Mismatch> {
        Ok(self.machine.heap.alloc(crate::python::heap::classes::BYTES, Data::Bytes(value.into())).into())
    }

    fn serialize_none(self) -> Result<Value, Mismatch> {
        Ok(Value::None)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Value, Mismatch> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<Value, Mismatch> {
        Ok(Value::None)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<Value, Mismatch> {
        Ok(Value::None)
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<Value, Mismatch> {
        Ok(self.machine.heap.intern(variant).into())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<Value, Mismatch> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        mut self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<Value, Mismatch> {
        let content = value.serialize(self.again())?;
        Ok(self.variant(variant, content))
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Items<'m>, Mismatch> {
        Ok(Items::new(self, None))
    }

    fn serialize_tuple(self, _: usize) -> Result<Items<'m>, Mismatch> {
        Ok(Items::new(self, None))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Items<'m>, Mismatch> {
        Ok(Items::new(self, None))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Items<'m>, Mismatch> {
        Ok(Items::new(self, Some(variant)))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Entries<'m>, Mismatch> {
        Ok(Entries::new(self, None))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Entries<'m>, Mismatch> {
        Ok(Entries::new(self, None))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Entries<'m>, Mismatch> {
        Ok(Entries::new(self, Some(variant)))
    }
}

/// serde has a trait for each kind of sequence; here they are one.
macro_rules! items {
    ($($kind:ident $push:ident),*) => {$(
        impl ser::$kind for Items<'_> {
            type Ok = Value;
            type Error = Mismatch;

            fn $push<T: Serialize + ?Sized>(&mut self, item: &T) -> Result<(), Mismatch> {
                self.push(item)
            }

            fn end(self) -> Result<Value, Mismatch> {
                Ok(self.finish())
            }
        }
    )*};
}

items!(
    SerializeSeq serialize_element,
    SerializeTuple serialize_element,
    SerializeTupleStruct serialize_field,
    SerializeTupleVariant serialize_field
);

impl ser::SerializeMap for Entries<'_> {
    type Ok = Value;
    type Error = Mismatch;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Mismatch> {
        self.key = key.serialize(self.writer.again())?;
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Mismatch> {
        let value = value.serialize(self.writer.again())?;
        let set = self.writer.machine.dict_set(self.dict, self.key, value);
        set.map_err(|_| Mismatch("a key of a map cannot be hashed".into()))
    }

    fn end(self) -> Result<Value, Mismatch> {
        Ok(self.finish())
    }
}

impl ser::SerializeStruct for Entries<'_> {
    type Ok = Value;
    type Error = Mismatch;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Mismatch> {
        self.field(name, value)
    }

    fn end(self) -> Result<Value, Mismatch> {
        Ok(self.finish())
    }
}

impl ser::SerializeStructVariant for Entries<'_> {
    type Ok = Value;
    type Error = Mismatch;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Mismatch> {
        self.field(name, value)
    }

    fn end(self) -> Result<Value, Mismatch> {
        Ok(self.finish())
    }
}
