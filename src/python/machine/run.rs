//! The loop: one instruction after the other.

use crate::python::compile::{Binary, Compare};
use crate::python::heap::classes;
use crate::python::heap::object::{Data, GeneratorState};
use crate::python::machine::code::Op;
use crate::python::machine::{Activation, Block, Frame, Machine};
use crate::python::native::{Args, Flow, Raise};
use crate::python::value::{Handle, Value};

/// Why the loop has stopped.
pub(crate) enum Pause {
    /// `outcome` is set.
    Outcome,
    /// `pending` is set.
    Request,
    Budget,
}

impl Machine {
    /// Runs until there is an outcome, a request, or no fuel.
    pub(crate) fn run(&mut self) -> Pause {
        loop {
            if self.outcome.is_some() {
                return Pause::Outcome;
            }
            if self.pending.is_some() {
                return Pause::Request;
            }
            if self.fuel == 0 {
                return Pause::Budget;
            }
            if self.has_dropped() {
                self.close_dropped();
                continue;
            }
            if self.heap.full()
                && let Err(raise) = self.tidy()
            {
                self.unwind(raise);
                continue;
            }
            self.switched = false;
            if let Err(raise) = self.run_frame() {
                self.unwind(raise);
            }
        }
    }

    fn tidy(&mut self) -> Result<(), Raise> {
        if self.leaf_depth == 0 {
            self.collect();
        }
        self.reserve(0)
    }

    /// Runs a leaf callback to its outcome.
    pub(crate) fn run_leaf(&mut self) -> Result<Value, Raise> {
        let saved = std::mem::replace(&mut self.fuel, self.limits.leaf_instructions);
        let result = loop {
            match self.run() {
                Pause::Outcome => break self.outcome.take().expect("the outcome is set"),
                Pause::Request => {
                    let name = self.pending.take().map(|request| request.name).unwrap_or_default();
                    self.waiting = false;
                    let raise = self.runtime_error(&format!("{name:?} cannot be asked inside a callback"));
                    self.unwind(raise);
                }
                Pause::Budget => {
                    self.fuel = 1000;
                    let raise = self.error(classes::STOP, "a callback that cannot be suspended runs for too long");
                    self.unwind(raise);
                }
            }
        };
        let spent = self.limits.leaf_instructions.saturating_sub(self.fuel);
        self.fuel = saved.saturating_sub(spent).max(1);
        result
    }

    // The interpreter's heart: longer than other functions, because one `match` that the compiler turns into one
    // jump table is what makes it quick. Rare instructions are in `step`. Calls and returns stay inside.
    #[inline(never)]
    fn run_frame(&mut self) -> Result<(), Raise> {
        'frame: loop {
            let top = self.frames.len() - 1;
            let Activation::Python(frame) = &self.frames[top] else { unreachable!("a Python frame is on top") };
            let code = frame.code.clone();
            let body = code.body();
            let ops = &*body.ops;
            let globals = frame.globals;
            let base = frame.base as usize;
            let mut pc = frame.pc as usize;
            macro_rules! sync {
                () => {
                    if let Activation::Python(frame) = &mut self.frames[top] {
                        frame.pc = pc as u32;
                    }
                };
            }
            macro_rules! leave_if_switched {
                () => {
                    if self.switched {
                        if self.has_to_leave() {
                            return Ok(());
                        }
                        self.switched = false;
                        continue 'frame;
                    }
                };
            }
            macro_rules! slow {
                ($call:expr) => {{
                    sync!();
                    $call?;
                    leave_if_switched!();
                }};
            }
            loop {
                if self.fuel == 0 {
                    sync!();
                    return Ok(());
                }
                self.fuel -= 1;
                let op = &ops[pc];
                pc += 1;
                match *op {
                    Op::LoadFast(slot) => {
                        let value = self.stack[base + slot as usize];
                        if value.is_unbound() {
                            sync!();
                            return Err(self.unbound_local(body.locals[slot as usize]));
                        }
                        self.stack.push(value);
                    }
                    Op::StoreFast(slot) => {
                        let value = self.pop();
                        self.stack[base + slot as usize] = value;
                    }
                    Op::Const(at) => self.stack.push(body.consts[at as usize]),
                    Op::PushNone => self.stack.push(Value::None),
                    Op::PushUnbound => self.stack.push(Value::Unbound),
                    Op::Pop => {
                        self.stack.pop();
                    }
                    Op::Copy(depth) => self.stack.push(self.stack[self.stack.len() - depth as usize]),
                    Op::Swap(depth) => {
                        let top = self.stack.len() - 1;
                        self.stack.swap(top, top + 1 - depth as usize);
                    }
                    Op::Jump(target) => {
                        let back = (target as usize) < pc;
                        pc = target as usize;
                        if back && self.heap.full() {
                            sync!();
                            return Ok(());
                        }
                    }
                    Op::JumpIfFalse(target) | Op::JumpIfTrue(target) => {
                        let wanted = matches!(op, Op::JumpIfTrue(_));
                        match self.truth_of_top() {
                            Some(truth) => {
                                self.stack.pop();
                                if truth == wanted {
                                    pc = target as usize;
                                }
                            }
                            None => {
                                pc -= 1;
                                slow!(self.replace_by_truth());
                            }
                        }
                    }
                    Op::JumpIfFalseOrPop(target) | Op::JumpIfTrueOrPop(target) => {
                        let wanted = matches!(op, Op::JumpIfTrueOrPop(_));
                        match self.truth_of_top() {
                            Some(truth) if truth == wanted => pc = target as usize,
                            Some(_) => drop(self.pop()),
                            None => slow!(self.jump_or_pop(target, wanted)),
                        }
                    }
                    Op::JumpIfNone(target) => {
                        if self.pop().is_none() {
                            pc = target as usize;
                        }
                    }
                    Op::Not => match self.truth_of_top() {
                        Some(truth) => self.replace_top(Value::Bool(!truth)),
                        None => slow!(self.not_op()),
                    },
                    Op::Is { not } => {
                        let right = self.pop();
                        let same = self.top() == right;
                        self.replace_top(Value::Bool(same != not));
                    }
                    Op::Contains { not } => slow!(self.contains_op(not)),
                    Op::ForIter(target) => match self.top() {
                        Value::Object(handle) if matches!(self.heap.data(handle), Data::Iterator(_)) => {
                            match self.native_next(handle) {
                                Ok(Some(item)) => self.stack.push(item),
                                Ok(None) => {
                                    self.stack.pop();
                                    pc = target as usize;
                                }
                                Err(raise) => {
                                    sync!();
                                    return Err(raise);
                                }
                            }
                        }
                        _ => slow!(self.advance()),
                    },
                    Op::GetIter => slow!(self.get_iter()),
                    Op::Subscript => slow!(self.subscript_op()),
                    Op::BuildList(count) => slow!(self.build_list(count)),
                    Op::BuildTuple(count) => slow!(self.build_tuple(count)),
                    Op::BuildDict(count) => slow!(self.build_dict(count)),
                    Op::Binary(operator) | Op::InPlace(operator) => {
                        let right = self.pop();
                        let left = self.pop();
                        match quick_binary(operator, left, right) {
                            Some(value) => self.stack.push(value),
                            None => slow!(self.binary_op(*op, operator, left, right)),
                        }
                    }
                    Op::Compare(operator) => {
                        let right = self.pop();
                        let left = self.pop();
                        match self.quick_compare(operator, left, right) {
                            Some(truth) => self.stack.push(Value::Bool(truth)),
                            None => slow!(self.compare_op(operator, left, right)),
                        }
                    }
                    Op::LoadAttr(name) => {
                        let object = self.pop();
                        match self.quick_attribute(object, name) {
                            Some(value) => self.stack.push(value),
                            None => slow!(self.slow_attribute(object, name)),
                        }
                    }
                    Op::LoadMethod(name) => {
                        let object = self.pop();
                        match self.quick_method(object, name) {
                            Some((method, receiver)) => self.stack.extend([method, receiver]),
                            None => {
                                self.stack.push(Value::Unbound);
                                slow!(self.slow_attribute(object, name));
                            }
                        }
                    }
                    Op::StoreAttr(name) => slow!(self.store_attr(name)),
                    Op::LoadGlobal(name) => match self.find_global(globals, name) {
                        Some(value) => self.stack.push(value),
                        None => slow!(self.late_global(name)),
                    },
                    Op::Call(count) => {
                        sync!();
                        self.call_op(count as usize)?;
                        if self.heap.full() {
                            return Ok(());
                        }
                        leave_if_switched!();
                    }
                    Op::Return => {
                        self.return_op()?;
                        leave_if_switched!();
                    }
                    op => {
                        sync!();
                        self.step(op, &code, base)?;
                        leave_if_switched!();
                        let Activation::Python(frame) = &self.frames[top] else { unreachable!("the frame is there") };
                        pc = frame.pc as usize;
                    }
                }
            }
        }
    }

    // Whether more is to be done than going on with the frame on top.
    #[inline]
    fn has_to_leave(&self) -> bool {
        self.outcome.is_some() || self.pending.is_some() || self.heap.full() || self.has_dropped()
    }

    #[inline]
    fn truth_of_top(&mut self) -> Option<bool> {
        match self.top() {
            Value::Bool(truth) => Some(truth),
            Value::None => Some(false),
            value => self.quick_truth(value),
        }
    }

    #[inline]
    fn replace_top(&mut self, value: Value) {
        *self.stack.last_mut().expect("the compiler balances the stack") = value;
    }

    /// The value on top, taken.
    #[inline]
    pub(crate) fn pop(&mut self) -> Value {
        self.stack.pop().expect("the compiler balances the stack")
    }

    #[inline]
    pub(crate) fn top(&self) -> Value {
        *self.stack.last().expect("the compiler balances the stack")
    }

    /// The n values on top, taken.
    pub(crate) fn pop_many(&mut self, count: usize) -> Vec<Value> {
        let from = self.stack.len() - count;
        self.stack.split_off(from)
    }

    #[inline]
    pub(crate) fn frame(&mut self) -> &mut Frame {
        match self.frames.last_mut() {
            Some(Activation::Python(frame)) => frame,
            _ => unreachable!("a Python frame is on top"),
        }
    }

    fn call_op(&mut self, count: usize) -> Result<(), Raise> {
        let floor = self.stack.len() - count - 2;
        let (callable, base) = match self.stack[floor] {
            Value::Unbound => (self.stack[floor + 1], floor + 2),
            method => (method, floor + 1),
        };
        let Value::Object(handle) = callable else { return self.call_from_stack(callable, base, floor) };
        match self.heap.data(handle) {
            Data::Function(_) => {
                if self.enter_in_place(handle, base, floor)? {
                    return Ok(());
                }
            }
            Data::Native(native) => {
                let native = native.call;
                let args = Args::from(&self.stack[base..]);
                self.stack.truncate(floor);
                let flow = native(self, args)?;
                return self.apply(flow);
            }
            Data::Class(_) => {
                if base == floor + 2 && self.construct_in_place(handle, floor)? {
                    return Ok(());
                }
            }
            _ => {}
        }
        self.call_from_stack(callable, base, floor)
    }

    fn call_from_stack(&mut self, callable: Value, base: usize, floor: usize) -> Result<(), Raise> {
        let args = Args::from(&self.stack[base..]);
        self.stack.truncate(floor);
        self.start(callable, args)
    }

    /// Calls; the result arrives on the frame's stack.
    pub(super) fn start(&mut self, callable: Value, args: Args) -> Result<(), Raise> {
        match self.enter(callable, args)? {
            Some(flow) => self.apply(flow),
            None => Ok(()),
        }
    }

    fn return_op(&mut self) -> Result<(), Raise> {
        let value = self.pop();
        self.switched = true;
        let frame = self.frame();
        let (base, floor, generator, instead) = (frame.base, frame.floor, frame.generator, frame.instead);
        self.frames.truncate(self.frames.len() - 1);
        self.let_go(base as usize);
        self.stack.truncate(floor as usize);
        if let Some(generator) = generator {
            return self.generator_returned(generator, value);
        }
        if instead.is_unbound() {
            return self.apply(Flow::Value(value));
        }
        if !value.is_none() {
            return Err(self.init_returned(value));
        }
        self.apply(Flow::Value(instead))
    }

    fn generator_returned(&mut self, generator: Handle, value: Value) -> Result<(), Raise> {
        let Data::Generator(data) = self.heap.data_mut(generator) else { unreachable!("a generator returns") };
        data.state = GeneratorState::Done;
        let asynchronous = data.kind == crate::python::heap::object::GeneratorKind::AsyncGenerator;
        if let Some(Activation::Python(frame)) = self.frames.last()
            && let op @ (Op::ForIter(target) | Op::Send(target)) = frame.code.body().ops[frame.pc as usize - 1]
            && !asynchronous
        {
            self.end_iteration(op, target, value);
            return Ok(());
        }
        if asynchronous {
            return Err(Raise(self.exception(classes::STOP_ASYNC_ITERATION, &[])));
        }
        let args: &[Value] = if value.is_none() { &[] } else { &[value] };
        Err(Raise(self.exception(classes::STOP_ITERATION, args)))
    }

    /// Enters a `try`.
    pub(crate) fn push_block(&mut self, handler: u32, below_top: bool) {
        let height = self.stack.len() as u32 - u32::from(below_top);
        let frame = self.frame();
        frame.blocks.push(Block { handler, height: height - frame.base, handled: frame.handled });
    }
}

/// Arithmetic of machine numbers, where the result is one, too.
fn quick_binary(operator: Binary, left: Value, right: Value) -> Option<Value> {
    match (left, right) {
        (Value::Int(a), Value::Int(b)) => match operator {
            Binary::Add => a.checked_add(b).map(Value::Int),
            Binary::Sub => a.checked_sub(b).map(Value::Int),
            Binary::Mul => a.checked_mul(b).map(Value::Int),
            Binary::FloorDiv if b > 0 => Some(Value::Int(a.div_euclid(b))),
            Binary::Mod if b > 0 => Some(Value::Int(a.rem_euclid(b))),
            Binary::And => Some(Value::Int(a & b)),
            Binary::Or => Some(Value::Int(a | b)),
            _ => None,
        },
        (Value::Float(a), Value::Float(b)) => match operator {
            Binary::Add => Some(Value::Float(a + b)),
            Binary::Sub => Some(Value::Float(a - b)),
            Binary::Mul => Some(Value::Float(a * b)),
            _ => None,
        },
        _ => None,
    }
}

impl Machine {
    fn quick_compare(&self, operator: Compare, left: Value, right: Value) -> Option<bool> {
        match (left, right) {
            (Value::Int(a), Value::Int(b)) => Some(match operator {
                Compare::Eq => a == b,
                Compare::Ne => a != b,
                Compare::Lt => a < b,
                Compare::Le => a <= b,
                Compare::Gt => a > b,
                Compare::Ge => a >= b,
            }),
            _ => match operator {
                Compare::Eq => self.heap.quick_eq(left, right).filter(|_| self.both_plain(left, right)),
                Compare::Ne => {
                    self.heap.quick_eq(left, right).filter(|_| self.both_plain(left, right)).map(|equal| !equal)
                }
                _ => None,
            },
        }
    }

    // Identity says nothing about `==` of objects with an `__eq__` of their own.
    fn both_plain(&self, left: Value, right: Value) -> bool {
        [left, right].iter().all(|value| match value {
            Value::Object(handle) => {
                matches!(self.heap.object(*handle).class, classes::STR | classes::INT | classes::BYTES)
            }
            _ => true,
        })
    }
}
