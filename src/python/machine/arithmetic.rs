//! Operators of native values, by what they hold.

use crate::python::compile::{Binary, Unary};
use crate::python::heap::object::Data;
use crate::python::heap::{classes, names};
use crate::python::machine::Machine;
use crate::python::native::{Flow, Raise};
use crate::python::value::{Handle, Value};
use num_bigint::{BigInt, Sign};
use num_integer::Integer;
use num_traits::{Signed, ToPrimitive, Zero};
use std::rc::Rc;

/// Bits that an int may have: with more, one division takes seconds and cannot be interrupted.
const BITS: u64 = 1 << 22;

/// Containers that one instruction may look into: one that holds itself in many places would never end.
const MOST_WORK: u64 = 20_000_000;

impl Machine {
    /// An int of any size.
    pub fn int(&mut self, value: BigInt) -> Value {
        match value.to_i64() {
            Some(small) => Value::Int(small),
            None => self.heap.alloc(classes::INT, Data::Int(Box::new(value))).into(),
        }
    }

    /// A float, if the value is a number that is not complex.
    pub fn number(&self, value: Value) -> Option<f64> {
        match value {
            Value::Float(x) => Some(x),
            Value::Int(x) => Some(x as f64),
            Value::Bool(x) => Some(f64::from(u8::from(x))),
            Value::Object(handle) => match self.heap.data(handle) {
                Data::Float(x) => Some(*x),
                Data::Int(int) => int.to_f64(),
                _ => None,
            },
            _ => None,
        }
    }

    fn is_float(&self, value: Value) -> bool {
        match value {
            Value::Float(_) => true,
            Value::Object(handle) => matches!(self.heap.data(handle), Data::Float(_)),
            _ => false,
        }
    }

    /// The result of a binary operator on what native values hold, or `NotImplemented`.
    pub(crate) fn builtin_binary(&mut self, operator: Binary, left: Value, right: Value) -> Result<Value, Raise> {
        if let (Some(a), Some(b)) = (self.number(left), self.number(right)) {
            if self.is_float(left) || self.is_float(right) {
                return self.float_binary(operator, a, b, (left, right));
            }
            return self.int_binary(operator, left, right);
        }
        let (Value::Object(a), _) = (left, right) else {
            return if operator == Binary::Mul { self.repeated(right, left) } else { Ok(Value::NotImplemented) };
        };
        match (operator, self.heap.data(a)) {
            (Binary::Mod, Data::Str(_)) => self.percent(left, right),
            (Binary::Mod, Data::Bytes(_)) => Ok(Value::NotImplemented),
            (Binary::Mul, _) => {
                let first = self.repeated(left, right)?;
                if first == Value::NotImplemented { self.repeated(right, left) } else { Ok(first) }
            }
            (Binary::Add, _) => self.concatenated(left, right),
            (Binary::Or | Binary::And | Binary::Sub | Binary::Xor, Data::Set(_) | Data::View(..)) => {
                self.set_binary(operator, left, right)
            }
            (Binary::Or, Data::Dict(_)) => self.dict_or(a, right),
            _ => Ok(Value::NotImplemented),
        }
    }

    fn dict_or(&mut self, left: Handle, right: Value) -> Result<Value, Raise> {
        match right.handle().filter(|right| matches!(self.heap.data(*right), Data::Dict(_))) {
            None => Ok(Value::NotImplemented),
            Some(right) => {
                let dict = self.new_dict();
                self.dict_update(dict, left)?;
                self.dict_update(dict, right)?;
                Ok(dict.into())
            }
        }
    }

    fn float_binary(&mut self, operator: Binary, a: f64, b: f64, operands: (Value, Value)) -> Result<Value, Raise> {
        let division = |machine: &mut Machine, message: &str| Err(machine.zero_division(message));
        Ok(Value::Float(match operator {
            Binary::Add => a + b,
            Binary::Sub => a - b,
            Binary::Mul => a * b,
            Binary::TrueDiv if b == 0.0 => return division(self, "division by zero"),
            Binary::TrueDiv => a / b,
            Binary::FloorDiv if b == 0.0 => return division(self, "float floor division by zero"),
            Binary::FloorDiv => float_divmod(a, b).0,
            Binary::Mod if b == 0.0 => return division(self, "float modulo by zero"),
            Binary::Mod => float_divmod(a, b).1,
            Binary::Pow => return self.float_pow(a, b),
            Binary::DivMod if b == 0.0 => return division(self, "float floor division by zero"),
            Binary::DivMod => {
                let (quotient, rest) = float_divmod(a, b);
                return Ok(self.heap.tuple(&[quotient.into(), rest.into()]));
            }
            _ => {
                let _ = operands;
                return Ok(Value::NotImplemented);
            }
        }))
    }

    fn float_pow(&mut self, a: f64, b: f64) -> Result<Value, Raise> {
        if a == 0.0 && b < 0.0 {
            return Err(self.zero_division("zero to a negative power"));
        }
        let result = a.powf(b);
        if result.is_infinite() && a.is_finite() && b.is_finite() {
            let number = Value::Int(34);
            let text = self.heap.str("Numerical result out of range");
            return Err(Raise(self.exception(classes::OVERFLOW_ERROR, &[number, text])));
        }
        if result.is_nan() && !a.is_nan() && !b.is_nan() {
            return Err(self.value_error("complex numbers are not supported"));
        }
        Ok(Value::Float(result))
    }

    fn int_binary(&mut self, operator: Binary, left: Value, right: Value) -> Result<Value, Raise> {
        if let (Value::Bool(a), Value::Bool(b)) = (left, right) {
            match operator {
                Binary::And => return Ok(Value::Bool(a & b)),
                Binary::Or => return Ok(Value::Bool(a | b)),
                Binary::Xor => return Ok(Value::Bool(a ^ b)),
                _ => {}
            }
        }
        let (a, b) = (self.big(left).expect("an int"), self.big(right).expect("an int"));
        let zero = b.is_zero();
        let result = match operator {
            Binary::Add => a + b,
            Binary::Sub => a - b,
            Binary::Mul => {
                self.fits(a.bits() + b.bits())?;
                a * b
            }
            Binary::TrueDiv if zero => return Err(self.zero_division("division by zero")),
            Binary::TrueDiv => return self.true_div(&a, &b),
            Binary::FloorDiv | Binary::Mod | Binary::DivMod if zero => {
                return Err(self.zero_division(if operator == Binary::Mod {
                    "integer modulo by zero"
                } else {
                    "integer division or modulo by zero"
                }));
            }
            Binary::FloorDiv => a.div_floor(&b),
            Binary::Mod => a.mod_floor(&b),
            Binary::DivMod => {
                let (quotient, rest) = a.div_mod_floor(&b);
                let pair = [self.int(quotient), self.int(rest)];
                return Ok(self.heap.tuple(&pair));
            }
            Binary::Pow => return self.int_pow(&a, &b),
            Binary::LShift | Binary::RShift => return self.shift(operator, &a, &b),
            Binary::And => a & b,
            Binary::Or => a | b,
            Binary::Xor => a ^ b,
            Binary::MatMul => return Ok(Value::NotImplemented),
        };
        Ok(self.int(result))
    }

    fn true_div(&mut self, a: &BigInt, b: &BigInt) -> Result<Value, Raise> {
        if a.bits() <= 53 && b.bits() <= 53 {
            return Ok(Value::Float(a.to_f64().unwrap_or(0.0) / b.to_f64().unwrap_or(1.0)));
        }
        // Scaled so that the quotient has 66 bits or more, then rounded once; the sticky bit keeps ties right.
        let shift = 66 + b.bits() as i64 - a.bits() as i64;
        let (up, down) =
            if shift > 0 { (a.abs() << shift as u64, b.abs()) } else { (a.abs(), b.abs() << (-shift) as u64) };
        let (mut quotient, rest) = up.div_rem(&down);
        if !rest.is_zero() {
            quotient |= BigInt::from(1);
        }
        let value = quotient.to_f64().unwrap_or(f64::INFINITY) * 2f64.powi((-shift) as i32);
        if value.is_infinite() {
            return Err(self.overflow_error("integer division result too large for a float"));
        }
        Ok(Value::Float(if a.is_negative() == b.is_negative() { value } else { -value }))
    }

    fn int_pow(&mut self, a: &BigInt, b: &BigInt) -> Result<Value, Raise> {
        if b.is_negative() {
            return match (a.to_f64(), b.to_f64()) {
                (Some(a), Some(b)) => self.float_pow(a, b),
                _ => Err(self.overflow_error("int too large to convert to float")),
            };
        }
        let exponent =
            b.to_u32().filter(|exponent| a.bits().saturating_mul(u64::from(*exponent)) < BITS || a.bits() < 2);
        match exponent {
            Some(exponent) => Ok(self.int(a.pow(exponent))),
            None if a.bits() < 2 => Ok(self.int(if b.is_even() { a * a } else { a.clone() })),
            None => Err(self.too_large_an_int()),
        }
    }

    fn fits(&mut self, bits: u64) -> Result<(), Raise> {
        if bits > BITS { Err(self.too_large_an_int()) } else { Ok(()) }
    }

    fn too_large_an_int(&mut self) -> Raise {
        self.error(classes::MEMORY_ERROR, &format!("an int may have {BITS} bits at most"))
    }

    fn shift(&mut self, operator: Binary, a: &BigInt, b: &BigInt) -> Result<Value, Raise> {
        if b.is_negative() {
            return Err(self.value_error("negative shift count"));
        }
        let count = b.to_u64().unwrap_or(u64::MAX);
        let result = match operator {
            Binary::RShift if count > a.bits() => BigInt::from(if a.is_negative() { -1 } else { 0 }),
            Binary::RShift => a >> count,
            _ if count.saturating_add(a.bits()) > BITS && !a.is_zero() => return Err(self.too_large_an_int()),
            _ if a.is_zero() => BigInt::zero(),
            _ => a << count,
        };
        Ok(self.int(result))
    }

    fn repeated(&mut self, sequence: Value, times: Value) -> Result<Value, Raise> {
        let Value::Object(handle) = sequence else { return Ok(Value::NotImplemented) };
        let times = match self.big(times) {
            Some(times) => times,
            None if self.native_len(handle).is_some() && self.has_index(times) => self.index(times)?,
            None => return Ok(Value::NotImplemented),
        };
        let times = if times.sign() == Sign::Minus { 0 } else { times.to_usize().unwrap_or(usize::MAX / 64) };
        let unit = match self.heap.data(handle) {
            Data::Str(text) => text.text.len(),
            Data::Bytes(bytes) => bytes.len(),
            Data::ByteArray(bytes) => bytes.len(),
            Data::List(items) => items.len() * 16,
            Data::Tuple(items) => items.len() * 16,
            _ => return Ok(Value::NotImplemented),
        };
        self.reserve(unit.saturating_mul(times))?;
        let result = match self.heap.data(handle) {
            Data::Str(text) => {
                return Ok({
                    let text = text.text.repeat(times);
                    self.heap.str(&text)
                });
            }
            Data::Bytes(bytes) => Data::Bytes(bytes.repeat(times).into()),
            Data::ByteArray(bytes) => Data::ByteArray(bytes.repeat(times)),
            Data::List(items) => Data::List(items.repeat(times)),
            Data::Tuple(items) => Data::Tuple(items.repeat(times).into()),
            _ => unreachable!("the sequences above"),
        };
        let class = match &result {
            Data::Bytes(_) => classes::BYTES,
            Data::ByteArray(_) => classes::BYTEARRAY,
            Data::List(_) => classes::LIST,
            _ => classes::TUPLE,
        };
        Ok(self.heap.alloc(class, result).into())
    }

    fn has_index(&mut self, value: Value) -> bool {
        let class = self.heap.class_of(value);
        self.lookup(class, names::INDEX).is_some()
    }

    fn concatenated(&mut self, left: Value, right: Value) -> Result<Value, Raise> {
        let (Value::Object(a), Value::Object(b)) = (left, right) else { return Ok(Value::NotImplemented) };
        let (class, data) = match (self.heap.data(a), self.heap.data(b)) {
            (Data::Str(a), Data::Str(b)) => {
                let text: Rc<str> = [&*a.text, &*b.text].concat().into();
                let size = text.len();
                let value = self.heap.str_of(text);
                if size > 1 << 16 {
                    self.reserve(0)?;
                }
                return Ok(value);
            }
            (Data::List(a), Data::List(b)) => (classes::LIST, Data::List([a.as_slice(), b].concat())),
            (Data::Tuple(a), Data::Tuple(b)) => (classes::TUPLE, Data::Tuple([&**a, b].concat().into())),
            (Data::Bytes(a), Data::Bytes(b)) => (classes::BYTES, Data::Bytes([&**a, b].concat().into())),
            (Data::Bytes(a), Data::ByteArray(b)) => (classes::BYTES, Data::Bytes([&**a, b].concat().into())),
            (Data::ByteArray(a), Data::Bytes(b)) => (classes::BYTEARRAY, Data::ByteArray([a.as_slice(), b].concat())),
            (Data::ByteArray(a), Data::ByteArray(b)) => {
                (classes::BYTEARRAY, Data::ByteArray([a.as_slice(), b].concat()))
            }
            _ => return Ok(Value::NotImplemented),
        };
        Ok(self.heap.alloc(class, data).into())
    }

    fn builtin_in_place_list(&mut self, list: Handle, right: Value) -> Result<Flow, Raise> {
        self.collect_items(right, &[list.into()], |machine, keep, items| {
            let items = machine.items(items)?;
            machine.list_extend(keep[0].handle().expect("a list"), &items);
            Ok(keep[0].into())
        })
    }

    /// Operators that change a native value in place.
    pub(crate) fn builtin_in_place(
        &mut self,
        operator: Binary,
        left: Value,
        right: Value,
    ) -> Result<Option<Flow>, Raise> {
        let Value::Object(handle) = left else { return Ok(None) };
        match (operator, self.heap.data(handle)) {
            (Binary::Add, Data::List(_)) => self.builtin_in_place_list(handle, right).map(Some),
            (Binary::Or, Data::Dict(_)) => {
                match right.handle().filter(|right| matches!(self.heap.data(*right), Data::Dict(_))) {
                    Some(right) => {
                        self.dict_update(handle, right)?;
                        Ok(Some(left.into()))
                    }
                    None => Ok(None),
                }
            }
            (Binary::Or | Binary::And | Binary::Sub | Binary::Xor, Data::Set(_))
                if self.heap.object(handle).class == classes::SET =>
            {
                let result = self.set_binary(operator, left, right)?;
                let Some(other) = result.handle() else { return Ok(None) };
                let table = std::mem::take(self.heap.dict_mut(other));
                *self.heap.dict_mut(handle) = table;
                Ok(Some(left.into()))
            }
            (Binary::Mul, Data::List(_)) => {
                let result = self.repeated(left, right)?;
                let Some(other) = result.handle() else { return Ok(None) };
                let items = self.items(other.into())?;
                *self.heap.data_mut(handle) = Data::List(items);
                Ok(Some(left.into()))
            }
            _ => Ok(None),
        }
    }

    /// Runs something that recurses in Rust, a limited number of levels deep.
    pub(crate) fn guarded<T>(&mut self, body: impl FnOnce(&mut Machine) -> Result<T, Raise>) -> Result<T, Raise> {
        if self.rust_depth > 100 {
            return Err(self.error(classes::RECURSION_ERROR, "maximum recursion depth exceeded"));
        }
        self.native_work += 1;
        if self.native_work > MOST_WORK {
            return Err(self.error(classes::STOP, "the program looks into one value for too long"));
        }
        self.rust_depth += 1;
        let result = body(self);
        self.rust_depth -= 1;
        result
    }

    pub(crate) fn builtin_unary(&mut self, operator: Unary, value: Value) -> Result<Option<Value>, Raise> {
        if !self.is_native(value) {
            return Ok(None);
        }
        self.unary_of_data(operator, value)
    }

    /// A unary operator on what a value holds.
    pub(crate) fn unary_of_data(&mut self, operator: Unary, value: Value) -> Result<Option<Value>, Raise> {
        if self.is_float(value) {
            let x = self.number(value).expect("a float");
            return Ok(match operator {
                Unary::Neg => Some(Value::Float(-x)),
                Unary::Pos => Some(Value::Float(x)),
                Unary::Invert => None,
            });
        }
        Ok(self.big(value).map(|int| match operator {
            Unary::Neg => self.int(-int),
            Unary::Pos => self.int(int),
            Unary::Invert => self.int(-int - 1),
        }))
    }

    /// The index that a value stands for: an int, or what its `__index__` gives.
    pub fn index(&mut self, value: Value) -> Result<BigInt, Raise> {
        if let Some(int) = self.big(value) {
            return Ok(int);
        }
        match self.call_special(value, names::INDEX, [])? {
            Some(result) if self.big(result).is_some() => Ok(self.big(result).expect("an int")),
            _ => {
                let message = format!("'{}' object cannot be interpreted as an integer", self.type_name(value));
                Err(self.type_error(&message))
            }
        }
    }

    /// An index that fits a machine word; beyond it, the nearest that does.
    pub fn small_index(&mut self, value: Value) -> Result<i64, Raise> {
        let int = self.index(value)?;
        Ok(int.to_i64().unwrap_or(if int.is_negative() { i64::MIN } else { i64::MAX }))
    }
}

fn float_divmod(a: f64, b: f64) -> (f64, f64) {
    let mut rest = a % b;
    let mut quotient = (a - rest) / b;
    if rest == 0.0 {
        rest = 0f64.copysign(b);
    } else if (b < 0.0) != (rest < 0.0) {
        rest += b;
        quotient -= 1.0;
    }
    let mut floor = quotient.floor();
    if quotient - floor > 0.5 {
        floor += 1.0;
    }
    (if quotient == 0.0 { 0f64.copysign(a / b) } else { floor }, rest)
}
