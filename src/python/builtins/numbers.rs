//! `int`, `bool`, `float`, and the operators of all native types as methods.

use crate::python::compile::{Compare, Unary};
use crate::python::heap::object::Data;
use crate::python::heap::{classes, names};
use crate::python::machine::{BINARY, COMPARE, Machine};
use crate::python::native::{Args, ClassBuilder, Flow, Raise};
use crate::python::text;
use crate::python::value::{Handle, Value};
use num_bigint::{BigInt, Sign};
use num_integer::Integer;
use num_traits::{FromPrimitive, Signed, ToPrimitive, Zero};

pub(super) fn found(machine: &mut Machine) {
    let all: Vec<usize> = (0..14).filter(|at| *at != 3).collect();
    for class in [classes::INT, classes::FLOAT] {
        binaries(machine.extend(class), &all).build();
        comparisons(machine.extend(class)).build();
        machine
            .extend(class)
            .method("__neg__", |machine, args| unary(machine, Unary::Neg, args[0]))
            .method("__pos__", |machine, args| unary(machine, Unary::Pos, args[0]))
            .method("__bool__", |machine, args| Ok(Value::Bool(machine.number(args[0]) != Some(0.0)).into()))
            .method("__repr__", repr_of_data)
            .method("__hash__", hash_of_data)
            .method("__format__", format_of_data)
            .method("__abs__", |machine, args| abs(machine, args[0]).map(Flow::from))
            .method("__float__", |machine, args| Ok(Value::Float(machine.number(args[0]).unwrap_or_default()).into()))
            .method("__int__", |machine, args| int_of_number(machine, args[0]))
            .method("__trunc__", |machine, args| int_of_number(machine, args[0]))
            .method("__floor__", |machine, args| rounded_to_int(machine, args[0], f64::floor))
            .method("__ceil__", |machine, args| rounded_to_int(machine, args[0], f64::ceil))
            .method("__round__", round)
            .method("conjugate", |_, args| Ok(args[0].into()))
            .build();
    }
    ints(machine);
    floats(machine);
    machine
        .extend(classes::BOOL)
        .constructor(|machine, args| match args.get(1) {
            Some(value) => machine.truth_flow(*value),
            None => Ok(Value::Bool(false).into()),
        })
        .build();
    let repr = machine.heap.get_name(machine.heap.class(classes::OBJECT).dict, names::REPR).expect("object has a repr");
    machine.extend(classes::BOOL).attribute("__repr__", repr).build();
    for class in [classes::NONE_TYPE, classes::ELLIPSIS_TYPE, classes::NOT_IMPLEMENTED_TYPE] {
        machine
            .extend(class)
            .method("__repr__", repr_of_data)
            .method("__bool__", |_, args| Ok(Value::Bool(!args[0].is_none()).into()))
            .build();
    }
}

fn ints(machine: &mut Machine) {
    machine
        .extend(classes::INT)
        .constructor(int_new)
        .method("__invert__", |machine, args| unary(machine, Unary::Invert, args[0]))
        .method("__index__", |machine, args| int_of_number(machine, args[0]))
        .method("bit_length", |machine, args| {
            Ok(Value::Int(machine.big(args[0]).unwrap_or_default().bits() as i64).into())
        })
        .method("bit_count", |machine, args| {
            let big = machine.big(args[0]).unwrap_or_default();
            Ok(Value::Int(big.magnitude().iter_u64_digits().map(|digit| i64::from(digit.count_ones())).sum()).into())
        })
        .method("is_integer", |_, _| Ok(Value::Bool(true).into()))
        .method("as_integer_ratio", |machine, args| Ok(machine.heap.tuple(&[args[0], Value::Int(1)]).into()))
        .method("to_bytes", to_bytes)
        .class_method("from_bytes", from_bytes)
        .build();
}

fn floats(machine: &mut Machine) {
    machine
        .extend(classes::FLOAT)
        .constructor(float_new)
        .method("is_integer", |machine, args| {
            let x = machine.number(args[0]).unwrap_or_default();
            Ok(Value::Bool(x.is_finite() && x.fract() == 0.0).into())
        })
        .method("as_integer_ratio", ratio)
        .method("hex", |machine, args| {
            let x = machine.number(args[0]).unwrap_or_default();
            Ok(machine.heap.str(&hex(x)).into())
        })
        .build();
}

/// The binary operators at these places, and their reflections, as methods.
pub(crate) fn binaries<'a>(mut builder: ClassBuilder<'a>, places: &[usize]) -> ClassBuilder<'a> {
    const FORWARD: [fn(&mut Machine, Args) -> Result<Flow, Raise>; 14] = [
        forward::<0>,
        forward::<1>,
        forward::<2>,
        forward::<3>,
        forward::<4>,
        forward::<5>,
        forward::<6>,
        forward::<7>,
        forward::<8>,
        forward::<9>,
        forward::<10>,
        forward::<11>,
        forward::<12>,
        forward::<13>,
    ];
    const REFLECTED: [fn(&mut Machine, Args) -> Result<Flow, Raise>; 14] = [
        reflected::<0>,
        reflected::<1>,
        reflected::<2>,
        reflected::<3>,
        reflected::<4>,
        reflected::<5>,
        reflected::<6>,
        reflected::<7>,
        reflected::<8>,
        reflected::<9>,
        reflected::<10>,
        reflected::<11>,
        reflected::<12>,
        reflected::<13>,
    ];
    for place in places {
        let names = [BINARY[*place].name(), BINARY[*place].reflected()]
            .map(|name| names::TABLE[(name.0 - names::INIT.0) as usize]);
        builder = builder.method(names[0], FORWARD[*place]).method(names[1], REFLECTED[*place]);
    }
    builder
}

fn forward<const OP: usize>(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let [left, right] = two(machine, &args)?;
    if OP == 7
        && let Some(modulus) = args.get(2)
    {
        return pow_mod(machine, left, right, *modulus);
    }
    Ok(machine.builtin_binary(BINARY[OP], left, right)?.into())
}

fn reflected<const OP: usize>(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let [right, left] = two(machine, &args)?;
    Ok(machine.builtin_binary(BINARY[OP], left, right)?.into())
}

fn two(machine: &mut Machine, args: &Args) -> Result<[Value; 2], Raise> {
    match args[..] {
        [a, b, ..] => Ok([a, b]),
        _ => {
            let message = format!("expected 1 argument, got {}", args.len().saturating_sub(1));
            Err(machine.type_error(&message))
        }
    }
}

/// The comparisons as methods.
pub(crate) fn comparisons(builder: ClassBuilder<'_>) -> ClassBuilder<'_> {
    builder
        .method("__eq__", compare::<0>)
        .method("__ne__", compare::<1>)
        .method("__lt__", compare::<2>)
        .method("__le__", compare::<3>)
        .method("__gt__", compare::<4>)
        .method("__ge__", compare::<5>)
}

fn compare<const OP: usize>(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let [left, right] = two(machine, &args)?;
    // Of different kinds of data nothing is known: the other side is asked.
    if OP < 2 && !same_kind(machine, left, right) {
        return Ok(Value::NotImplemented.into());
    }
    if OP < 2
        && let (Some(a), Some(b)) = (machine.heap.text(left), machine.heap.text(right))
    {
        return Ok(Value::Bool((a == b) == (OP == 0)).into());
    }
    if OP < 2
        && let (Some(a), Some(b)) = (machine.big(left), machine.big(right))
    {
        return Ok(Value::Bool((a == b) == (OP == 0)).into());
    }
    let operator: Compare = COMPARE[OP];
    Ok(machine.builtin_compare(operator, left, right)?.into())
}

fn same_kind(machine: &Machine, left: Value, right: Value) -> bool {
    if machine.number(left).is_some() && machine.number(right).is_some() {
        return true;
    }
    match (left, right) {
        (Value::Object(a), Value::Object(b)) => {
            let (a, b) = (machine.heap.data(a), machine.heap.data(b));
            std::mem::discriminant(a) == std::mem::discriminant(b)
                || matches!((a, b), (Data::Set(_) | Data::View(..), Data::Set(_) | Data::View(..)))
                || matches!((a, b), (Data::Bytes(_) | Data::ByteArray(_), Data::Bytes(_) | Data::ByteArray(_)))
        }
        _ => false,
    }
}

pub(crate) fn repr_of_data(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let text = machine.repr_of_data(args[0])?;
    Ok(machine.heap.str(&text).into())
}

pub(crate) fn hash_of_data(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    Ok(Value::Int(machine.hash_of_data(args[0])? as i64).into())
}

pub(crate) fn format_of_data(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let spec = args.get(1).and_then(|spec| machine.heap.text(*spec)).unwrap_or_default().to_owned();
    let text = machine.format_of_data(args[0], &spec)?;
    Ok(machine.heap.str(&text).into())
}

fn unary(machine: &mut Machine, operator: Unary, value: Value) -> Result<Flow, Raise> {
    Ok(machine.unary_of_data(operator, value)?.unwrap_or(Value::NotImplemented).into())
}

pub(crate) fn abs(machine: &mut Machine, value: Value) -> Result<Value, Raise> {
    Ok(match machine.big(value) {
        Some(int) => machine.int(int.abs()),
        None => Value::Float(machine.number(value).unwrap_or_default().abs()),
    })
}

fn int_of_number(machine: &mut Machine, value: Value) -> Result<Flow, Raise> {
    rounded_to_int(machine, value, f64::trunc)
}

fn rounded_to_int(machine: &mut Machine, value: Value, round: fn(f64) -> f64) -> Result<Flow, Raise> {
    if let Some(int) = machine.big(value) {
        return Ok(machine.int(int).into());
    }
    let x = machine.number(value).unwrap_or_default();
    match BigInt::from_f64(round(x)) {
        Some(int) => Ok(machine.int(int).into()),
        None if x.is_nan() => Err(machine.value_error("cannot convert float NaN to integer")),
        None => Err(machine.overflow_error("cannot convert float infinity to integer")),
    }
}

// A subclass of int or float holds its number as data.
fn made(machine: &mut Machine, class: Handle, value: Value) -> Value {
    match (class, value) {
        (classes::INT | classes::FLOAT, _) => value,
        (_, Value::Float(x)) => machine.heap.alloc(class, Data::Float(x)).into(),
        _ => {
            let big = machine.big(value).unwrap_or_default();
            machine.heap.alloc(class, Data::Int(Box::new(big))).into()
        }
    }
}

fn class_of_args(machine: &Machine, args: &Args, default: Handle) -> Handle {
    args.first().and_then(|class| machine.class_handle(*class)).unwrap_or(default)
}

fn int_new(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let class = class_of_args(machine, &args, classes::INT);
    let [_, value, base] = args.take(machine, "int", ["", "", "base"], 1)?;
    let result = match (value, base) {
        (Value::Unbound, _) => Value::Int(0),
        (value, Value::Unbound) => int_of(machine, value)?,
        (value, base) => {
            let Some(text) = machine.heap.text(value).map(str::to_owned) else {
                return Err(machine.type_error("int() can't convert non-string with explicit base"));
            };
            let base = machine.small_index(base)?;
            let int = text::int::parse(&text, base as u32).map_err(|wrong| machine.wrong(&wrong))?;
            machine.int(int)
        }
    };
    Ok(made(machine, class, result).into())
}

fn int_of(machine: &mut Machine, value: Value) -> Result<Value, Raise> {
    if let Value::Int(_) = value {
        return Ok(value);
    }
    if let Some(text) = machine.heap.text(value).map(str::to_owned) {
        let int = text::int::parse(&text, 10).map_err(|wrong| machine.wrong(&wrong))?;
        return Ok(machine.int(int));
    }
    if let Some(bytes) = machine.bytes_of(value) {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let int = text::int::parse(&text, 10).map_err(|wrong| machine.wrong(&wrong))?;
        return Ok(machine.int(int));
    }
    for name in [names::INT, names::INDEX, names::TRUNC] {
        if let Some(answer) = machine.call_special(value, name, [])? {
            return Ok(answer);
        }
    }
    let message = format!(
        "int() argument must be a string, a bytes-like object or a real number, not '{}'",
        machine.type_name(value)
    );
    Err(machine.type_error(&message))
}

fn float_new(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let class = class_of_args(machine, &args, classes::FLOAT);
    let [_, value] = args.take(machine, "float", ["", ""], 1)?;
    let x = match (value, machine.heap.text(value).map(str::to_owned)) {
        (Value::Unbound, _) => 0.0,
        (_, Some(text)) => match text::float::parse(&text) {
            Some(x) => x,
            None => {
                let message = format!("could not convert string to float: {}", text::quote::repr(&text));
                return Err(machine.value_error(&message));
            }
        },
        (value, None) => match machine.float_of(value)? {
            Some(x) => x,
            None => {
                let message =
                    format!("float() argument must be a string or a real number, not '{}'", machine.type_name(value));
                return Err(machine.type_error(&message));
            }
        },
    };
    if x.is_infinite() && machine.big(value).is_some() {
        return Err(machine.overflow_error("int too large to convert to float"));
    }
    Ok(made(machine, class, Value::Float(x)).into())
}

/// `round(number, digits)` of what a value holds.
pub(crate) fn round(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let digits = args.get(1).copied().filter(|digits| !digits.is_none());
    if let Some(int) = machine.big(args[0]) {
        let digits = match digits {
            Some(digits) => machine.small_index(digits)?,
            None => 0,
        };
        if digits >= 0 {
            return Ok(machine.int(int).into());
        }
        let unit = BigInt::from(10).pow(digits.unsigned_abs().min(10_000) as u32);
        let (quotient, rest) = int.div_mod_floor(&unit);
        let twice = &rest * 2;
        let up = twice > unit || twice == unit && quotient.is_odd();
        return Ok(machine.int((quotient + BigInt::from(u8::from(up))) * unit).into());
    }
    let x = machine.number(args[0]).unwrap_or_default();
    match digits {
        None => rounded_to_int(machine, args[0], f64::round_ties_even),
        Some(digits) => {
            let digits = machine.small_index(digits)?;
            Ok(Value::Float(round_to(x, digits)).into())
        }
    }
}

// Through the exact decimal digits, as CPython does.
fn round_to(x: f64, digits: i64) -> f64 {
    if !x.is_finite() || digits > 300 {
        return x;
    }
    if digits >= 0 {
        return format!("{x:.*}", digits as usize).parse().unwrap_or(x);
    }
    if digits < -308 {
        return 0.0;
    }
    let unit = 10f64.powi((-digits) as i32);
    (x / unit).round_ties_even() * unit
}

pub(crate) fn pow_mod(machine: &mut Machine, base: Value, exponent: Value, modulus: Value) -> Result<Flow, Raise> {
    let (Some(a), Some(b), Some(m)) = (machine.big(base), machine.big(exponent), machine.big(modulus)) else {
        return Err(machine.type_error("pow() 3rd argument not allowed unless all arguments are integers"));
    };
    if m.is_zero() {
        return Err(machine.value_error("pow() 3rd argument cannot be 0"));
    }
    if b.is_negative() {
        return match a.modinv(&m) {
            Some(inverse) => Ok(machine.int(inverse.modpow(&-b, &m)).into()),
            None => Err(machine.value_error("base is not invertible for the given modulus")),
        };
    }
    Ok(machine.int(a.modpow(&b, &m)).into())
}

fn to_bytes(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let [value, length, order, signed] = args.take(machine, "to_bytes", ["", "length", "byteorder", "signed"], 1)?;
    let length = if length.is_unbound() { 1 } else { machine.small_index(length)? as usize };
    let little = machine.heap.text(order) == Some("little");
    let signed = !signed.is_unbound() && machine.truth(signed)?;
    let int = machine.big(value).unwrap_or_default();
    if int.is_negative() && !signed {
        return Err(machine.overflow_error("can't convert negative int to unsigned"));
    }
    let mut bytes = if signed { int.to_signed_bytes_le() } else { int.to_bytes_le().1 };
    if bytes.len() > length && !(int.is_zero() || bytes[length..].iter().all(|byte| *byte == 0) && !signed) {
        return Err(machine.overflow_error("int too big to convert"));
    }
    machine.reserve(length)?;
    bytes.resize(length, if int.is_negative() { 0xff } else { 0 });
    if !little {
        bytes.reverse();
    }
    Ok(machine.new_bytes(&bytes).into())
}

fn from_bytes(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let [_, bytes, order, signed] = args.take(machine, "from_bytes", ["", "bytes", "byteorder", "signed"], 2)?;
    let mut bytes = match machine.bytes_of(bytes) {
        Some(bytes) => bytes,
        None => machine
            .items(bytes)?
            .into_iter()
            .filter_map(|item| if let Value::Int(byte) = item { u8::try_from(byte).ok() } else { None })
            .collect(),
    };
    if machine.heap.text(order) == Some("little") {
        bytes.reverse();
    }
    let signed = !signed.is_unbound() && machine.truth(signed)?;
    let int = if signed { BigInt::from_signed_bytes_be(&bytes) } else { BigInt::from_bytes_be(Sign::Plus, &bytes) };
    Ok(machine.int(int).into())
}

fn ratio(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let x = machine.number(args[0]).unwrap_or_default();
    if !x.is_finite() {
        return Err(machine.overflow_error("cannot convert Infinity to integer ratio"));
    }
    let (mut numerator, mut denominator) = (x, BigInt::from(1));
    while numerator.fract() != 0.0 {
        numerator *= 2.0;
        denominator *= 2;
    }
    let pair = [BigInt::from_f64(numerator).unwrap_or_default(), denominator].map(|part| machine.int(part));
    Ok(machine.heap.tuple(&pair).into())
}

fn hex(x: f64) -> String {
    if x == 0.0 || !x.is_finite() {
        return if x == 0.0 {
            format!("{}0x0.0p+0", if x.is_sign_negative() { "-" } else { "" })
        } else {
            text::float::repr(x)
        };
    }
    let bits = x.to_bits();
    let (exponent, fraction) = ((bits >> 52 & 0x7ff) as i64, bits & ((1 << 52) - 1));
    let (lead, exponent) = if exponent == 0 { (0, -1022) } else { (1, exponent - 1023) };
    let sign = if x < 0.0 { "-" } else { "" };
    format!("{sign}0x{lead}.{fraction:013x}p{exponent:+}")
}

impl Machine {
    /// A `bytes` object.
    pub fn new_bytes(&mut self, bytes: &[u8]) -> Value {
        self.heap.alloc(classes::BYTES, Data::Bytes(bytes.into())).into()
    }

    /// A machine number from an int, if it fits.
    pub fn small(&self, value: Value) -> Option<i64> {
        self.big(value)?.to_i64()
    }
}
