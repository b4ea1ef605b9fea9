//! Python's values as data and back: how operations, statements and rows cross the border.
//!
//! The shapes are serde's own: a dict is a struct or a map, a list or a tuple a sequence, a string a variant without
//! content, a dict of one entry a variant with content. Only plain values cross; an object of a class is a mistake of the
//! surface and says so.

use crate::python::heap::object::Data;
use crate::python::machine::Machine;
use crate::python::value::{Handle, Value};
use serde::de::value::{MapDeserializer, SeqDeserializer, StrDeserializer};
use serde::de::{self, DeserializeOwned, EnumAccess, IntoDeserializer, VariantAccess, Visitor};
use serde::ser::{self, Serialize};
use std::fmt;

/// Data within data, at most: a list may hold itself.
const DEPTH: u32 = 400;

/// Why a value is not the data that was expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch(pub String);

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Mismatch {}

impl de::Error for Mismatch {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Mismatch(message.to_string())
    }
}

impl ser::Error for Mismatch {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Mismatch(message.to_string())
    }
}

/// The data in a value.
pub fn load<T: DeserializeOwned>(machine: &Machine, value: Value) -> Result<T, Mismatch> {
    T::deserialize(Reader { machine, value, depth: 0 })
}

/// A value made of data.
pub fn lift<T: Serialize + ?Sized>(machine: &mut Machine, data: &T) -> Result<Value, Mismatch> {
    data.serialize(Writer { machine })
}

/// A value that is being read.
#[derive(Clone, Copy)]
struct Reader<'m> {
    machine: &'m Machine,
    value: Value,
    depth: u32,
}

impl<'m> Reader<'m> {
    fn inside(self, value: Value) -> Reader<'m> {
        Reader { value, depth: self.depth + 1, ..self }
    }

    fn object(self) -> Option<&'m Data> {
        self.value.handle().map(|handle| self.machine.heap.data(handle))
    }

    fn text(self) -> Option<&'m str> {
        self.machine.heap.text(self.value)
    }

    fn refused(self) -> Mismatch {
        Mismatch(format!("a value of type '{}' is not data", self.machine.type_name(self.value)))
    }

    fn visit_object<'de, V: Visitor<'de>>(self, data: &'m Data, visitor: V) -> Result<V::Value, Mismatch> {
        if self.depth > DEPTH {
            return Err(Mismatch("data is nested too deeply".into()));
        }
        match data {
            Data::Str(text) => visitor.visit_str(&text.text),
            Data::Int(number) => {
                i64::try_from(number.as_ref()).map_err(|_| self.refused()).and_then(|it| visitor.visit_i64(it))
            }
            Data::Float(number) => visitor.visit_f64(*number),
            Data::Bytes(bytes) => visitor.visit_bytes(bytes),
            Data::ByteArray(bytes) => visitor.visit_bytes(bytes),
            Data::List(items) => self.visit_items(items, visitor),
            Data::Tuple(items) => self.visit_items(items, visitor),
            Data::Set(dict) => {
                let items: Vec<Value> = dict.iter().map(|entry| entry.key).collect();
                self.visit_items(&items, visitor)
            }
            Data::Dict(dict) => {
                let entries = dict.iter().map(|entry| (self.inside(entry.key), self.inside(entry.value)));
                visitor.visit_map(MapDeserializer::new(entries))
            }
            _ => Err(self.refused()),
        }
    }

    fn visit_items<'de, V: Visitor<'de>>(self, items: &[Value], visitor: V) -> Result<V::Value, Mismatch> {
        visitor.visit_seq(SeqDeserializer::new(items.iter().map(|item| self.inside(*item))))
    }
}

impl IntoDeserializer<'_, Mismatch> for Reader<'_> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> de::Deserializer<'de> for Reader<'_> {
    type Error = Mismatch;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        match self.value {
            Value::None => visitor.visit_unit(),
            Value::Bool(truth) => visitor.visit_bool(truth),
            Value::Int(number) => visitor.visit_i64(number),
            Value::Float(number) => visitor.visit_f64(number),
            Value::Object(handle) => self.visit_object(self.machine.heap.data(handle), visitor),
            Value::Unbound | Value::NotImplemented | Value::Ellipsis => Err(self.refused()),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        if self.value.is_none() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Mismatch> {
        visitor.visit_newtype_struct(self)
    }

    // Bytes are a sequence where a Vec<u8> is wanted.
    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        match self.object() {
            Some(Data::Bytes(bytes)) => visitor.visit_seq(SeqDeserializer::new(bytes.iter().copied())),
            Some(Data::ByteArray(bytes)) => visitor.visit_seq(SeqDeserializer::new(bytes.iter().copied())),
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        if let Some(text) = self.text() {
            return visitor.visit_enum(StrDeserializer::new(text));
        }
        match self.object() {
            Some(Data::Dict(dict)) if dict.len() == 1 => {
                let entry = dict.iter().next().expect("a dict of one entry has one");
                visitor.visit_enum(Variant { name: self.inside(entry.key), content: self.inside(entry.value) })
            }
            _ => Err(self.refused()),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        visitor.visit_unit()
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct tuple
        tuple_struct map struct identifier
    }
}

/// A variant with content.
struct Variant<'m> {
    name: Reader<'m>,
    content: Reader<'m>,
}

impl<'de, 'm> EnumAccess<'de> for Variant<'m> {
    type Error = Mismatch;
    type Variant = Content<'m>;

    fn variant_seed<S: de::DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Content<'m>), Mismatch> {
        Ok((seed.deserialize(self.name)?, Content(self.content)))
    }
}

struct Content<'m>(Reader<'m>);

impl<'de> VariantAccess<'de> for Content<'_> {
    type Error = Mismatch;

    fn unit_variant(self) -> Result<(), Mismatch> {
        if self.0.value.is_none() { Ok(()) } else { Err(self.0.refused()) }
    }

    fn newtype_variant_seed<S: de::DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, Mismatch> {
        seed.deserialize(self.0)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Mismatch> {
        de::Deserializer::deserialize_any(self.0, visitor)
    }

    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], visitor: V) -> Result<V::Value, Mismatch> {
        de::Deserializer::deserialize_any(self.0, visitor)
    }
}

/// Where a value is made.
struct Writer<'m> {
    machine: &'m mut Machine,
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
struct Items<'m> {
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
struct Entries<'m> {
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

impl ser::SerializeSeq for Items<'_> {
    type Ok = Value;
    type Error = Mismatch;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, item: &T) -> Result<(), Mismatch> {
        self.push(item)
    }

    fn end(self) -> Result<Value, Mismatch> {
        Ok(self.finish())
    }
}

impl ser::SerializeTuple for Items<'_> {
    type Ok = Value;
    type Error = Mismatch;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, item: &T) -> Result<(), Mismatch> {
        self.push(item)
    }

    fn end(self) -> Result<Value, Mismatch> {
        Ok(self.finish())
    }
}

impl ser::SerializeTupleStruct for Items<'_> {
    type Ok = Value;
    type Error = Mismatch;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, item: &T) -> Result<(), Mismatch> {
        self.push(item)
    }

    fn end(self) -> Result<Value, Mismatch> {
        Ok(self.finish())
    }
}

impl ser::SerializeTupleVariant for Items<'_> {
    type Ok = Value;
    type Error = Mismatch;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, item: &T) -> Result<(), Mismatch> {
        self.push(item)
    }

    fn end(self) -> Result<Value, Mismatch> {
        Ok(self.finish())
    }
}

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
