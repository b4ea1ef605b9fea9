//! Data out of values.
//!
//! Each method asks a visitor for no more than its kind of value needs: what it could ask for is compiled for every type
//! there is, and would be a tenth of the program in the browser.

use crate::python::data::Mismatch;
use crate::python::heap::object::Data;
use crate::python::machine::Machine;
use crate::python::value::Value;
use serde::de::{self, DeserializeSeed, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor};

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
    fn with(self, value: Value) -> Reader<'m> {
        Reader { value, ..self }
    }

    fn deeper(self) -> Result<Reader<'m>, Mismatch> {
        if self.depth > DEPTH {
            return Err(Mismatch("data is nested too deeply".into()));
        }
        Ok(Reader { depth: self.depth + 1, ..self })
    }

    fn object(self) -> Option<&'m Data> {
        self.value.handle().map(|handle| self.machine.heap.data(handle))
    }

    fn text(self) -> Option<&'m str> {
        self.machine.heap.text(self.value)
    }

    fn truth(self) -> Option<bool> {
        match self.value {
            Value::Bool(truth) => Some(truth),
            _ => None,
        }
    }

    fn integer(self) -> Option<i64> {
        match self.value {
            Value::Int(number) => Some(number),
            _ => match self.object()? {
                Data::Int(number) => i64::try_from(number.as_ref()).ok(),
                _ => None,
            },
        }
    }

    fn float(self) -> Option<f64> {
        match self.value {
            Value::Float(number) => Some(number),
            _ => match self.object() {
                Some(Data::Float(number)) => Some(*number),
                _ => self.integer().map(|number| number as f64),
            },
        }
    }

    fn bytes(self) -> Option<&'m [u8]> {
        match self.object()? {
            Data::Bytes(bytes) => Some(bytes),
            Data::ByteArray(bytes) => Some(bytes),
            _ => None,
        }
    }

    // Bytes are a sequence where a Vec<u8> is wanted.
    fn items(self, expected: &dyn de::Expected) -> Result<Sequence<'m>, Mismatch> {
        let items: Vec<Value> = match self.object() {
            Some(Data::List(items)) => items.clone(),
            Some(Data::Tuple(items)) => items.to_vec(),
            Some(Data::Set(dict)) => dict.iter().map(|entry| entry.key).collect(),
            _ => {
                let bytes = self.bytes().ok_or_else(|| self.unlike(expected))?;
                bytes.iter().map(|byte| Value::Int((*byte).into())).collect()
            }
        };
        Ok(Sequence { within: self.deeper()?, items: items.into_iter() })
    }

    fn entries(self, expected: &dyn de::Expected) -> Result<Mapping<'m>, Mismatch> {
        let Some(Data::Dict(dict)) = self.object() else { return Err(self.unlike(expected)) };
        let entries: Vec<_> = dict.iter().map(|entry| (entry.key, entry.value)).collect();
        Ok(Mapping { within: self.deeper()?, entries: entries.into_iter(), value: Value::None })
    }

    fn variant(self, expected: &dyn de::Expected) -> Result<Variant<'m>, Mismatch> {
        match self.object() {
            Some(Data::Str(_)) => Ok(Variant { name: self, content: self.with(Value::Unbound) }),
            Some(Data::Dict(dict)) if dict.len() == 1 => {
                let entry = dict.iter().next().expect("a dict of one entry has one");
                let within = self.deeper()?;
                Ok(Variant { name: within.with(entry.key), content: within.with(entry.value) })
            }
            _ => Err(self.unlike(expected)),
        }
    }

    fn unlike(self, expected: &dyn de::Expected) -> Mismatch {
        Mismatch(format!("a value of type '{}' is not {expected}", self.machine.type_name(self.value)))
    }
}

/// Methods that read one kind of value, and so call for one method of a visitor.
macro_rules! read {
    ($($method:ident: $read:ident => $visit:ident;)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
            match self.$read() {
                Some(it) => visitor.$visit(it),
                None => Err(self.unlike(&visitor)),
            }
        }
    )*};
}

impl<'de> de::Deserializer<'de> for Reader<'_> {
    type Error = Mismatch;

    read! {
        deserialize_bool: truth => visit_bool;
        deserialize_i8: integer => visit_i64;
        deserialize_i16: integer => visit_i64;
        deserialize_i32: integer => visit_i64;
        deserialize_i64: integer => visit_i64;
        deserialize_u8: integer => visit_i64;
        deserialize_u16: integer => visit_i64;
        deserialize_u32: integer => visit_i64;
        deserialize_u64: integer => visit_i64;
        deserialize_f32: float => visit_f64;
        deserialize_f64: float => visit_f64;
        deserialize_char: text => visit_str;
        deserialize_str: text => visit_str;
        deserialize_string: text => visit_str;
        deserialize_identifier: text => visit_str;
        deserialize_bytes: bytes => visit_bytes;
        deserialize_byte_buf: bytes => visit_bytes;
    }

    // What takes anything would take it apart once more for each type: what comes from Python says what it is.
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        Err(self.unlike(&visitor))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        if self.value.is_none() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        if self.value.is_none() { visitor.visit_unit() } else { Err(self.unlike(&visitor)) }
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Mismatch> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Mismatch> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        let items = self.items(&visitor)?;
        visitor.visit_seq(items)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Mismatch> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        let entries = self.entries(&visitor)?;
        visitor.visit_map(entries)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        self.deserialize_map(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        let variant = self.variant(&visitor)?;
        visitor.visit_enum(variant)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        visitor.visit_unit()
    }
}

/// Items that are being read.
struct Sequence<'m> {
    within: Reader<'m>,
    items: std::vec::IntoIter<Value>,
}

impl<'de> SeqAccess<'de> for Sequence<'_> {
    type Error = Mismatch;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Mismatch> {
        self.items.next().map(|item| seed.deserialize(self.within.with(item))).transpose()
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.items.len())
    }
}

/// Entries that are being read.
struct Mapping<'m> {
    within: Reader<'m>,
    entries: std::vec::IntoIter<(Value, Value)>,
    value: Value,
}

impl<'de> MapAccess<'de> for Mapping<'_> {
    type Error = Mismatch;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Mismatch> {
        let Some((key, value)) = self.entries.next() else { return Ok(None) };
        self.value = value;
        seed.deserialize(self.within.with(key)).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Mismatch> {
        seed.deserialize(self.within.with(self.value))
    }
}

/// A variant, whose content is unbound when it has none.
struct Variant<'m> {
    name: Reader<'m>,
    content: Reader<'m>,
}

impl<'de, 'm> EnumAccess<'de> for Variant<'m> {
    type Error = Mismatch;
    type Variant = Content<'m>;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Content<'m>), Mismatch> {
        Ok((seed.deserialize(self.name)?, Content(self.content)))
    }
}

struct Content<'m>(Reader<'m>);

impl<'de> VariantAccess<'de> for Content<'_> {
    type Error = Mismatch;

    fn unit_variant(self) -> Result<(), Mismatch> {
        let empty = matches!(self.0.value, Value::None | Value::Unbound);
        if empty { Ok(()) } else { Err(self.0.unlike(&"a variant without content")) }
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, Mismatch> {
        seed.deserialize(self.0)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Mismatch> {
        de::Deserializer::deserialize_seq(self.0, visitor)
    }

    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], visitor: V) -> Result<V::Value, Mismatch> {
        de::Deserializer::deserialize_map(self.0, visitor)
    }
}
