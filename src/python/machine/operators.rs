//! Operators: native values at once, all others by their special methods, reflected ones too.

use crate::python::compile::{Binary, Compare, Unary};
use crate::python::heap::names;
use crate::python::heap::object::Data;
use crate::python::machine::Machine;
use crate::python::machine::code::Op;
use crate::python::native::{Args, Flow, Keep, Raise, Then};
use crate::python::value::{Handle, Value};

/// An operator whose operands' methods are asked in turn.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operator {
    Binary(Binary),
    InPlace(Binary),
    Compare(Compare),
}

/// Which method is asked.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    InPlace,
    Forward,
    Reflected,
}

pub(crate) const BINARY: [Binary; 14] = [
    Binary::Add,
    Binary::Sub,
    Binary::Mul,
    Binary::MatMul,
    Binary::TrueDiv,
    Binary::FloorDiv,
    Binary::Mod,
    Binary::Pow,
    Binary::LShift,
    Binary::RShift,
    Binary::And,
    Binary::Or,
    Binary::Xor,
    Binary::DivMod,
];
pub(crate) const COMPARE: [Compare; 6] = [Compare::Eq, Compare::Ne, Compare::Lt, Compare::Le, Compare::Gt, Compare::Ge];

impl Binary {
    /// As in source text.
    pub(crate) fn sign(self) -> &'static str {
        ["+", "-", "*", "@", "/", "//", "%", "** or pow()", "<<", ">>", "&", "|", "^", "divmod()"][self as usize]
    }

    pub(crate) fn name(self) -> Handle {
        Handle(names::ADD.0 + self as u32)
    }

    pub(crate) fn reflected(self) -> Handle {
        Handle(names::RADD.0 + self as u32)
    }

    fn in_place(self) -> Handle {
        Handle(names::IADD.0 + self as u32)
    }
}

impl Compare {
    pub(crate) fn sign(self) -> &'static str {
        ["==", "!=", "<", "<=", ">", ">="][self as usize]
    }

    pub(crate) fn name(self) -> Handle {
        Handle(names::EQ.0 + self as u32)
    }

    fn swapped(self) -> Compare {
        [Compare::Eq, Compare::Ne, Compare::Gt, Compare::Ge, Compare::Lt, Compare::Le][self as usize]
    }
}

impl Operator {
    fn method(self, stage: Stage) -> Handle {
        match (self, stage) {
            (Operator::InPlace(op), Stage::InPlace) => op.in_place(),
            (Operator::Binary(op) | Operator::InPlace(op), Stage::Reflected) => op.reflected(),
            (Operator::Binary(op) | Operator::InPlace(op), _) => op.name(),
            (Operator::Compare(op), Stage::Reflected) => op.swapped().name(),
            (Operator::Compare(op), _) => op.name(),
        }
    }

    fn encoded(self) -> i64 {
        match self {
            Operator::Binary(op) => op as i64,
            Operator::InPlace(op) => 100 + op as i64,
            Operator::Compare(op) => 200 + op as i64,
        }
    }

    fn decoded(code: i64) -> Operator {
        match code {
            200.. => Operator::Compare(COMPARE[code as usize - 200]),
            100.. => Operator::InPlace(BINARY[code as usize - 100]),
            _ => Operator::Binary(BINARY[code as usize]),
        }
    }
}

impl Machine {
    pub(crate) fn binary_op(&mut self, op: Op, operator: Binary, left: Value, right: Value) -> Result<(), Raise> {
        let in_place = matches!(op, Op::InPlace(_));
        let flow = if in_place { self.in_place(operator, left, right)? } else { self.binary(operator, left, right)? };
        self.apply(flow)
    }

    pub(crate) fn compare_op(&mut self, operator: Compare, left: Value, right: Value) -> Result<(), Raise> {
        let flow = self.compare(operator, left, right)?;
        self.apply(flow)
    }

    /// `left + right`
    pub(crate) fn binary(&mut self, operator: Binary, left: Value, right: Value) -> Result<Flow, Raise> {
        if self.is_native(left) && self.is_native(right) {
            let value = self.builtin_binary(operator, left, right)?;
            if value != Value::NotImplemented {
                return Ok(value.into());
            }
        }
        self.first_asked(Operator::Binary(operator), left, right)
    }

    fn in_place(&mut self, operator: Binary, left: Value, right: Value) -> Result<Flow, Raise> {
        if self.is_native(left) {
            if let Some(flow) = self.builtin_in_place(operator, left, right)? {
                return Ok(flow);
            }
            if self.is_native(right) {
                return self.binary(operator, left, right);
            }
        }
        self.first_asked(Operator::InPlace(operator), left, right)
    }

    /// `left < right`
    pub(crate) fn compare(&mut self, operator: Compare, left: Value, right: Value) -> Result<Flow, Raise> {
        if self.is_native(left) && self.is_native(right) {
            let value = self.builtin_compare(operator, left, right)?;
            if value != Value::NotImplemented {
                return Ok(value.into());
            }
        }
        self.first_asked(Operator::Compare(operator), left, right)
    }

    /// Whether no operator of the value is written in Python.
    pub(crate) fn is_native(&self, value: Value) -> bool {
        match value {
            Value::Object(handle) => {
                let object = self.heap.object(handle);
                self.heap.class(object.class).native && !matches!(object.data, Data::Payload(_))
            }
            _ => true,
        }
    }

    fn first_asked(&mut self, operator: Operator, left: Value, right: Value) -> Result<Flow, Raise> {
        let (a, b) = (self.heap.class_of(left), self.heap.class_of(right));
        let reflected = operator.method(Stage::Reflected);
        let eager = a != b
            && self.heap.is_subclass(b, a)
            && self.lookup(b, reflected).is_some_and(|found| self.lookup(a, reflected) != Some(found));
        let mut stages: Vec<Stage> = match operator {
            Operator::InPlace(_) => vec![Stage::InPlace],
            _ => vec![],
        };
        let both = if eager { [Stage::Reflected, Stage::Forward] } else { [Stage::Forward, Stage::Reflected] };
        stages.extend(both);
        if a == b && !matches!(operator, Operator::Compare(_)) {
            stages.retain(|stage| *stage != Stage::Reflected);
        }
        let queue = stages.iter().rev().fold(0, |queue, stage| queue * 4 + *stage as i64 + 1);
        self.next_asked(operator, left, right, queue)
    }

    fn next_asked(&mut self, operator: Operator, left: Value, right: Value, mut queue: i64) -> Result<Flow, Raise> {
        while queue > 0 {
            let stage = [Stage::InPlace, Stage::Forward, Stage::Reflected][(queue % 4) as usize - 1];
            queue /= 4;
            let (receiver, other) = if stage == Stage::Reflected { (right, left) } else { (left, right) };
            let class = self.heap.class_of(receiver);
            let Some(method) = self.lookup(class, operator.method(stage)) else { continue };
            if method == Value::None {
                continue;
            }
            if Some(method) == self.known.ne.given() {
                return self.unequal(receiver, other, (operator, left, right, queue));
            }
            let (callable, args) = self.receiver_first(method, receiver, Args::from([other]))?;
            let keep = Keep::from_slice(&[left, right, operator.encoded().into(), queue.into()]);
            self.push_continuation(Then::Value(operator_answered), keep);
            return Ok(Flow::call(callable, args));
        }
        self.unanswered(operator, left, right)
    }

    // `object.__ne__` turns the answer of `__eq__` round.
    fn unequal(&mut self, receiver: Value, other: Value, rest: (Operator, Value, Value, i64)) -> Result<Flow, Raise> {
        let class = self.heap.class_of(receiver);
        let eq = self.lookup(class, names::EQ).expect("object has an __eq__");
        let (callable, args) = self.receiver_first(eq, receiver, Args::from([other]))?;
        let keep = Keep::from_slice(&[rest.1, rest.2, rest.0.encoded().into(), rest.3.into(), Value::Bool(true)]);
        self.push_continuation(Then::Value(operator_answered), keep);
        Ok(Flow::call(callable, args))
    }

    fn unanswered(&mut self, operator: Operator, left: Value, right: Value) -> Result<Flow, Raise> {
        let (a, b) = (self.type_name(left), self.type_name(right));
        let message = match operator {
            Operator::Compare(Compare::Eq) => return Ok(Value::Bool(left == right).into()),
            Operator::Compare(Compare::Ne) => return Ok(Value::Bool(left != right).into()),
            Operator::Compare(op) => format!("'{}' not supported between instances of '{a}' and '{b}'", op.sign()),
            Operator::Binary(op) => self.unsupported_operands(op, op.sign(), (left, &a), (right, &b)),
            Operator::InPlace(op) => {
                let sign = if op == Binary::Pow { "**=".to_owned() } else { format!("{}=", op.sign()) };
                self.unsupported_operands(op, &sign, (left, &a), (right, &b))
            }
        };
        Err(self.type_error(&message))
    }

    fn unsupported_operands(&self, op: Binary, sign: &str, left: (Value, &str), right: (Value, &str)) -> String {
        let sequence = |value: Value| match value.handle().map(|handle| self.heap.data(handle)) {
            Some(Data::Str(_)) => Some("str"),
            Some(Data::List(_)) => Some("list"),
            Some(Data::Tuple(_)) => Some("tuple"),
            _ => None,
        };
        match (op, sequence(left.0), sequence(right.0)) {
            (Binary::Add, Some(kind), _) if sign == "+" || kind == "str" => {
                format!("can only concatenate {kind} (not \"{}\") to {kind}", right.1)
            }
            (Binary::Mul, Some(_), _) => format!("can't multiply sequence by non-int of type '{}'", right.1),
            (Binary::Mul, _, Some(_)) => format!("can't multiply sequence by non-int of type '{}'", left.1),
            _ => format!("unsupported operand type(s) for {sign}: '{}' and '{}'", left.1, right.1),
        }
    }

    /// `-value`
    pub(crate) fn unary(&mut self, operator: Unary, value: Value) -> Result<Flow, Raise> {
        if let Some(result) = self.builtin_unary(operator, value)? {
            return Ok(result.into());
        }
        let (name, sign) = match operator {
            Unary::Neg => (names::NEG, "unary -"),
            Unary::Pos => (names::POS, "unary +"),
            Unary::Invert => (names::INVERT, "unary ~"),
        };
        match self.special(value, name, [])? {
            Some(flow) => Ok(flow),
            None => {
                let message = format!("bad operand type for {sign}: '{}'", self.type_name(value));
                Err(self.type_error(&message))
            }
        }
    }

    /// `left == right`, at once.
    pub fn equals(&mut self, left: Value, right: Value) -> Result<bool, Raise> {
        if left == right {
            return Ok(true);
        }
        if let Some(answer) = self.heap.quick_eq(left, right) {
            return Ok(answer);
        }
        let answer = self.settled(|machine| machine.compare(Compare::Eq, left, right))?;
        self.truth(answer)
    }

    /// `left < right`, at once.
    pub fn less(&mut self, left: Value, right: Value) -> Result<bool, Raise> {
        let answer = if self.is_native(left) && self.is_native(right) {
            self.builtin_compare(Compare::Lt, left, right)?
        } else {
            Value::NotImplemented
        };
        match answer {
            Value::Bool(answer) => Ok(answer),
            _ => {
                let answer = self.settled(|machine| machine.compare(Compare::Lt, left, right))?;
                self.truth(answer)
            }
        }
    }
}

fn operator_answered(machine: &mut Machine, keep: Keep, answer: Value) -> Result<Flow, Raise> {
    let (Value::Int(operator), Value::Int(queue)) = (keep[2], keep[3]) else { unreachable!("kept as ints") };
    if answer == Value::NotImplemented {
        return machine.next_asked(Operator::decoded(operator), keep[0], keep[1], queue);
    }
    if keep.len() == 5 {
        let truth = machine.truth(answer)?;
        return Ok(Value::Bool(!truth).into());
    }
    Ok(answer.into())
}
