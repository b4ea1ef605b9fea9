//! The module `math`.

use crate::python::{Args, Flow, Handle, Machine, Module, Native, Raise, Value, names};
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed, ToPrimitive, Zero};

/// Functions of one float, and whether a finite argument may have an infinite result.
const OF_ONE: &[(&str, Native)] = &[
    ("sin", |m, a| of_one(m, a, f64::sin)),
    ("cos", |m, a| of_one(m, a, f64::cos)),
    ("tan", |m, a| of_one(m, a, f64::tan)),
    ("asin", |m, a| of_one(m, a, f64::asin)),
    ("acos", |m, a| of_one(m, a, f64::acos)),
    ("atan", |m, a| of_one(m, a, f64::atan)),
    ("sinh", |m, a| of_one(m, a, f64::sinh)),
    ("cosh", |m, a| of_one(m, a, f64::cosh)),
    ("tanh", |m, a| of_one(m, a, f64::tanh)),
    ("asinh", |m, a| of_one(m, a, f64::asinh)),
    ("acosh", |m, a| of_one(m, a, f64::acosh)),
    ("atanh", |m, a| of_one(m, a, f64::atanh)),
    ("exp", |m, a| of_one(m, a, f64::exp)),
    ("expm1", |m, a| of_one(m, a, f64::exp_m1)),
    ("exp2", |m, a| of_one(m, a, f64::exp2)),
    ("log1p", |m, a| of_one(m, a, f64::ln_1p)),
    ("sqrt", |m, a| of_one(m, a, f64::sqrt)),
    ("cbrt", |m, a| of_one(m, a, f64::cbrt)),
    ("fabs", |m, a| of_one(m, a, f64::abs)),
    ("degrees", |m, a| of_one(m, a, |x| x * (180.0 / std::f64::consts::PI))),
    ("radians", |m, a| of_one(m, a, |x| x * (std::f64::consts::PI / 180.0))),
    ("log2", |m, a| logarithm(m, a, f64::log2)),
    ("log10", |m, a| logarithm(m, a, f64::log10)),
];

const OF_TWO: &[(&str, Native)] = &[
    ("atan2", |m, a| of_two(m, a, f64::atan2)),
    ("copysign", |m, a| of_two(m, a, f64::copysign)),
    ("fmod", |m, a| of_two(m, a, |x, y| x % y)),
    ("remainder", |m, a| of_two(m, a, remainder)),
    ("pow", |m, a| of_two(m, a, f64::powf)),
];

const OTHERS: &[(&str, Native)] = &[
    ("log", log),
    ("floor", |m, a| rounded(m, a, names::FLOOR, f64::floor)),
    ("ceil", |m, a| rounded(m, a, names::CEIL, f64::ceil)),
    ("trunc", |m, a| rounded(m, a, names::TRUNC, f64::trunc)),
    ("isnan", |m, a| question(m, a, f64::is_nan)),
    ("isinf", |m, a| question(m, a, f64::is_infinite)),
    ("isfinite", |m, a| question(m, a, f64::is_finite)),
    ("isclose", isclose),
    ("gcd", gcd),
    ("lcm", lcm),
    ("factorial", factorial),
    ("comb", comb),
    ("perm", perm),
    ("isqrt", isqrt),
    ("hypot", hypot),
    ("dist", dist),
    ("fsum", fsum),
    ("prod", prod),
    ("modf", modf),
    ("frexp", frexp),
    ("ldexp", ldexp),
];

/// Fills the module `math`.
pub(super) fn fill(machine: &mut Machine, module: Module) {
    let constants = [
        ("pi", std::f64::consts::PI),
        ("e", std::f64::consts::E),
        ("tau", std::f64::consts::TAU),
        ("inf", f64::INFINITY),
        ("nan", f64::NAN),
    ];
    for (name, value) in constants {
        module.set(machine, name, Value::Float(value));
    }
    for (name, function) in OF_ONE.iter().chain(OF_TWO).chain(OTHERS) {
        module.function(machine, name, *function);
    }
}

fn float(machine: &mut Machine, value: Value) -> Result<f64, Raise> {
    if let Some(x) = machine.number(value) {
        return Ok(x);
    }
    if let Some(method) = machine.find_attr(value, "__float__")? {
        let answer = machine.call_leaf(method, [])?;
        if let Value::Float(x) = answer {
            return Ok(x);
        }
    }
    let message = format!("must be real number, not {}", machine.type_name(value));
    Err(machine.type_error(&message))
}

fn checked(machine: &mut Machine, result: f64, arguments: &[f64]) -> Result<Flow, Raise> {
    if result.is_nan() && !arguments.iter().any(|x| x.is_nan()) {
        return Err(machine.value_error("math domain error"));
    }
    if result.is_infinite() && arguments.iter().all(|x| x.is_finite()) {
        return Err(machine.overflow_error("math range error"));
    }
    Ok(Value::Float(result).into())
}

fn of_one(machine: &mut Machine, args: Args, function: fn(f64) -> f64) -> Result<Flow, Raise> {
    let [x] = args.exactly(machine, "math")?;
    let x = float(machine, x)?;
    checked(machine, function(x), &[x])
}

fn of_two(machine: &mut Machine, args: Args, function: fn(f64, f64) -> f64) -> Result<Flow, Raise> {
    let [x, y] = args.exactly(machine, "math")?;
    let (x, y) = (float(machine, x)?, float(machine, y)?);
    checked(machine, function(x, y), &[x, y])
}

fn remainder(x: f64, y: f64) -> f64 {
    if y.is_infinite() && x.is_finite() { x } else { x - y * (x / y).round_ties_even() }
}

/// A logarithm, also of integers that no float can hold.
fn logarithm(machine: &mut Machine, args: Args, function: fn(f64) -> f64) -> Result<Flow, Raise> {
    let [value] = args.exactly(machine, "log")?;
    let x = log_of(machine, value, function)?;
    Ok(Value::Float(x).into())
}

fn log_of(machine: &mut Machine, value: Value, function: fn(f64) -> f64) -> Result<f64, Raise> {
    let big = machine.big(value).filter(|big| big.bits() > 1000);
    if let Some(big) = big.filter(BigInt::is_positive) {
        let shift = big.bits() - 60;
        let top = (big >> shift).to_f64().expect("60 bits fit");
        return Ok(function(top) + shift as f64 * function(2.0));
    }
    let x = float(machine, value)?;
    if x <= 0.0 { Err(machine.value_error("math domain error")) } else { Ok(function(x)) }
}

fn log(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let [x, base] = args.take(machine, "log", ["", ""], 1)?;
    let top = log_of(machine, x, f64::ln)?;
    if base.is_unbound() {
        return Ok(Value::Float(top).into());
    }
    let bottom = log_of(machine, base, f64::ln)?;
    if bottom == 0.0 {
        return Err(machine.zero_division("division by zero"));
    }
    Ok(Value::Float(top / bottom).into())
}

/// `floor`, `ceil`, `trunc`: integers stay, floats are rounded, others are asked.
fn rounded(machine: &mut Machine, args: Args, method: Handle, function: fn(f64) -> f64) -> Result<Flow, Raise> {
    let [value] = args.exactly(machine, "floor")?;
    match value {
        Value::Int(_) => return Ok(value.into()),
        Value::Bool(truth) => return Ok(Value::Int(truth.into()).into()),
        Value::Float(x) => return whole(machine, function(x)),
        _ => {}
    }
    let method = machine.heap.text(method.into()).unwrap_or_default().to_owned();
    if let Some(method) = machine.find_attr(value, &method)? {
        return Ok(Flow::call(method, []));
    }
    let x = float(machine, value)?;
    whole(machine, function(x))
}

fn whole(machine: &mut Machine, x: f64) -> Result<Flow, Raise> {
    if x.is_nan() {
        return Err(machine.value_error("cannot convert float NaN to integer"));
    }
    if x.is_infinite() {
        return Err(machine.overflow_error("cannot convert float infinity to integer"));
    }
    let value = <BigInt as num_traits::FromPrimitive>::from_f64(x).expect("a finite float");
    Ok(machine.int(value).into())
}

fn question(machine: &mut Machine, args: Args, question: fn(f64) -> bool) -> Result<Flow, Raise> {
    let [x] = args.exactly(machine, "isnan")?;
    let x = float(machine, x)?;
    Ok(Value::Bool(question(x)).into())
}

fn isclose(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let [a, b, relative, absolute] = args.take(machine, "isclose", ["a", "b", "rel_tol", "abs_tol"], 2)?;
    let (a, b) = (float(machine, a)?, float(machine, b)?);
    let relative = float(machine, relative.or(Value::Float(1e-9)))?;
    let absolute = float(machine, absolute.or(Value::Float(0.0)))?;
    if relative < 0.0 || absolute < 0.0 {
        return Err(machine.value_error("tolerances must be non-negative"));
    }
    let close = !a.is_infinite() && !b.is_infinite() && (a - b).abs() <= absolute.max(relative * a.abs().max(b.abs()));
    let same = a.partial_cmp(&b) == Some(std::cmp::Ordering::Equal);
    Ok(Value::Bool(same || close).into())
}

fn integers(machine: &mut Machine, args: &[Value]) -> Result<Vec<BigInt>, Raise> {
    args.iter().map(|value| machine.index(*value)).collect()
}

#[expect(clippy::needless_pass_by_value, reason = "the shape of a native function")]
fn gcd(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let result = integers(machine, &args)?.into_iter().fold(BigInt::zero(), |a, b| a.gcd(&b));
    Ok(machine.int(result).into())
}

#[expect(clippy::needless_pass_by_value, reason = "the shape of a native function")]
fn lcm(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let result = integers(machine, &args)?.into_iter().fold(BigInt::one(), |a, b| a.lcm(&b));
    Ok(machine.int(result).into())
}

/// A count that is small enough to be computed with.
fn count(machine: &mut Machine, value: Value, what: &str) -> Result<u64, Raise> {
    let value = machine.small_index(value)?;
    if value < 0 {
        return Err(machine.value_error(&format!("{what} must be a non-negative integer")));
    }
    if value > 100_000 {
        return Err(machine.overflow_error(&format!("{what} is too large")));
    }
    Ok(value as u64)
}

fn factorial(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let [n] = args.exactly(machine, "factorial")?;
    if machine.big(n).is_some_and(|n| n.is_negative()) {
        return Err(machine.value_error("factorial() not defined for negative values"));
    }
    let n = count(machine, n, "n")?;
    let result = (1..=n).fold(BigInt::one(), |product, k| product * k);
    Ok(machine.int(result).into())
}

fn comb(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let [n, k] = args.exactly(machine, "comb")?;
    let (n, k) = (count(machine, n, "n")?, count(machine, k, "k")?);
    let result =
        if k > n { BigInt::zero() } else { (0..k.min(n - k)).fold(BigInt::one(), |c, i| c * (n - i) / (i + 1)) };
    Ok(machine.int(result).into())
}

fn perm(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let [n, k] = args.take(machine, "perm", ["", ""], 1)?;
    let n = count(machine, n, "n")?;
    let k = if k.is_unbound() || k.is_none() { n } else { count(machine, k, "k")? };
    let result = if k > n { BigInt::zero() } else { (0..k).fold(BigInt::one(), |p, i| p * (n - i)) };
    Ok(machine.int(result).into())
}

fn isqrt(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let [n] = args.exactly(machine, "isqrt")?;
    let n = machine.index(n)?;
    if n.is_negative() {
        return Err(machine.value_error("isqrt() argument must be nonnegative"));
    }
    let root = n.sqrt();
    Ok(machine.int(root).into())
}

#[expect(clippy::needless_pass_by_value, reason = "the shape of a native function")]
fn hypot(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let mut result = 0.0;
    for value in args.iter() {
        result = f64::hypot(result, float(machine, *value)?);
    }
    Ok(Value::Float(result).into())
}

fn floats(machine: &mut Machine, iterable: Value) -> Result<Vec<f64>, Raise> {
    let items = machine.items(iterable)?;
    items.into_iter().map(|item| float(machine, item)).collect()
}

fn dist(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let [p, q] = args.exactly(machine, "dist")?;
    let (p, q) = (floats(machine, p)?, floats(machine, q)?);
    if p.len() != q.len() {
        return Err(machine.value_error("both points must have the same number of dimensions"));
    }
    let result = p.iter().zip(&q).fold(0.0, |sum: f64, (a, b)| sum.hypot(a - b));
    Ok(Value::Float(result).into())
}

/// Shewchuk's exact sum: partial sums that do not overlap.
fn fsum(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let [iterable] = args.exactly(machine, "fsum")?;
    let mut partials: Vec<f64> = Vec::new();
    for mut x in floats(machine, iterable)? {
        let mut kept = 0;
        for at in 0..partials.len() {
            let mut y = partials[at];
            if x.abs() < y.abs() {
                std::mem::swap(&mut x, &mut y);
            }
            let high = x + y;
            let low = y - (high - x);
            if low != 0.0 {
                partials[kept] = low;
                kept += 1;
            }
            x = high;
        }
        partials.truncate(kept);
        partials.push(x);
    }
    Ok(Value::Float(partials.iter().rev().sum()).into())
}

fn prod(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let [iterable, start] = args.take(machine, "prod", ["", "start"], 1)?;
    let mut result = start.or(Value::Int(1));
    for item in machine.items(iterable)? {
        let method = machine.get_attr(result, "__mul__")?;
        let product = machine.call_leaf(method, [item])?;
        result = if product == Value::NotImplemented {
            let method = machine.get_attr(item, "__rmul__")?;
            machine.call_leaf(method, [result])?
        } else {
            product
        };
    }
    Ok(result.into())
}

fn modf(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let [x] = args.exactly(machine, "modf")?;
    let x = float(machine, x)?;
    let fraction = if x.is_infinite() { 0.0_f64.copysign(x) } else { (x - x.trunc()).copysign(x) };
    Ok(machine.heap.tuple(&[Value::Float(fraction), Value::Float(x.trunc())]).into())
}

fn frexp(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let [x] = args.exactly(machine, "frexp")?;
    let x = float(machine, x)?;
    let (mut mantissa, mut exponent) = (x, 0);
    if x != 0.0 && x.is_finite() {
        while mantissa.abs() >= 1.0 {
            mantissa /= 2.0;
            exponent += 1;
        }
        while mantissa.abs() < 0.5 {
            mantissa *= 2.0;
            exponent -= 1;
        }
    }
    Ok(machine.heap.tuple(&[Value::Float(mantissa), Value::Int(exponent)]).into())
}

fn ldexp(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let [x, exponent] = args.exactly(machine, "ldexp")?;
    let x = float(machine, x)?;
    let exponent = machine.small_index(exponent)?.clamp(-2200, 2200) as i32;
    // In two steps, since 2 to the exponent alone may be beyond a float's range.
    let half = exponent / 2;
    let result = x * 2.0_f64.powi(half) * 2.0_f64.powi(exponent - half);
    checked(machine, result, &[x])
}
