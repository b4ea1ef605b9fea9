//! Data out of values.

use crate::python::data::Mismatch;
use crate::python::heap::object::Data;
use crate::python::machine::Machine;
use crate::python::value::Value;
use serde::de::value::{MapDeserializer, SeqDeserializer, StrDeserializer};
use serde::de::{self, EnumAccess, IntoDeserializer, VariantAccess, Visitor};

/// Data within data, at most: a list may hold itself.
const DEPTH: u32 = 400;

/// A value that is being read.
#[derive(Clone, Copy)]
pub(super) struct Reader<'m> {
    pub(super) machine: &'m Machine,
    pub(super) value: Value,
    pub(super) depth: u32,
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
pub(super) struct Variant<'m> {
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

pub(super) struct Content<'m>(Reader<'m>);

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
