//! Expressions.

use crate::python::compile::code::{Const, Name, Op};
use crate::python::compile::op::{Binary, Compare, Unary};
use crate::python::compile::scope::Reach;
use crate::python::compile::{CodeKind, Compiler, check};
use ruff_python_ast::{self as ast, Expr, Number};

/// Decimal digits of an int that are read, as in CPython: more take quadratic time.
const MOST_DIGITS: usize = 4300;

impl<'a> Compiler<'a> {
    pub(crate) fn expr(&mut self, expr: &'a Expr) {
        self.at(expr, |compiler| compiler.expression(expr));
    }

    // A dispatcher over the tree's kinds.
    fn expression(&mut self, expr: &'a Expr) {
        match expr {
            Expr::BoolOp(e) => self.bool_op(e),
            Expr::Named(e) => self.named(e),
            Expr::BinOp(e) => self.bin_op(e),
            Expr::UnaryOp(e) => self.unary_op(e),
            Expr::Lambda(e) => self.lambda(e),
            Expr::If(e) => self.conditional(e),
            Expr::Dict(e) => self.dict(e),
            Expr::Set(e) => self.set(e),
            Expr::ListComp(e) => self.list_comprehension(e),
            Expr::SetComp(e) => self.set_comprehension(e),
            Expr::DictComp(e) => self.dict_comprehension(e),
            Expr::Generator(e) => self.generator_expression(e),
            Expr::Await(e) => {
                self.wants_async(e, "await");
                self.expr(&e.value);
                self.await_top();
            }
            Expr::Yield(e) => self.yield_(e),
            Expr::YieldFrom(e) => self.yield_from(e),
            Expr::Compare(e) => self.compare(e),
            Expr::Call(e) => self.call(e),
            Expr::FString(e) => self.f_string(e),
            Expr::TString(_) => self.unsupported("template strings (t\"...\") are not supported"),
            Expr::StringLiteral(e) => self.text_literal(e.value.to_str()),
            Expr::BytesLiteral(e) => {
                let bytes = e.value.bytes().collect();
                self.constant(Const::Bytes(bytes));
            }
            Expr::NumberLiteral(e) => self.number(&e.value),
            Expr::BooleanLiteral(e) => self.constant(Const::Bool(e.value)),
            Expr::NoneLiteral(_) => drop(self.emit(Op::PushNone)),
            Expr::EllipsisLiteral(_) => self.constant(Const::Ellipsis),
            Expr::Attribute(e) => {
                self.expr(&e.value);
                let name = self.names.intern(&self.mangled_attribute(&e.attr));
                self.emit(Op::LoadAttr(name));
            }
            Expr::Subscript(e) => {
                self.expr(&e.value);
                self.expr(&e.slice);
                self.emit(Op::Subscript);
            }
            Expr::Starred(_) => self.unsupported("can't use starred expression here"),
            Expr::Name(e) => self.name(&e.id),
            Expr::List(e) => self.sequence(&e.elts, Op::BuildList),
            Expr::Tuple(e) => self.sequence(&e.elts, Op::BuildTuple),
            Expr::Slice(e) => self.slice(e),
            Expr::IpyEscapeCommand(_) => self.unsupported("escape commands are not Python"),
        }
    }

    pub(crate) fn unsupported(&mut self, what: &str) {
        let span = self.unit.span;
        self.faults.push(check::diagnostic(self.source, span.start, span.end, what));
        self.emit(Op::PushNone);
    }

    pub(super) fn text_literal(&mut self, text: &str) {
        if text.len() <= 64 {
            self.text(text);
        } else {
            let text = self.names.intern(text);
            self.constant(Const::Text(text));
        }
    }

    fn number(&mut self, number: &Number) {
        let value = match number {
            Number::Int(int) => match int.as_i64() {
                Some(small) => Const::Int(small),
                None => self.big_number(&int.to_string()),
            },
            Number::Float(x) => Const::Float(x.to_bits()),
            Number::Complex { imag, .. } => return self.imaginary(*imag),
        };
        self.constant(value);
    }

    // Complex numbers are a class in Python: a literal is a call.
    fn imaginary(&mut self, imag: f64) {
        self.emit(Op::PushUnbound);
        self.complex_class();
        self.constant(Const::Float(0f64.to_bits()));
        self.constant(Const::Float(imag.to_bits()));
        self.emit(Op::Call(2));
    }

    fn complex_class(&mut self) {
        let (importer, name) = (self.names.intern("__import__"), self.names.intern("complex"));
        self.emit(Op::PushUnbound);
        self.emit(Op::LoadGlobal(importer));
        self.text("_complex");
        self.emit(Op::Call(1));
        self.emit(Op::LoadAttr(name));
    }

    fn name(&mut self, name: &str) {
        if name == "complex"
            && matches!(self.scopes.reach(self.unit.scope, name), Reach::Global | Reach::Name)
            && !self.scopes.all[0].own_names().any(|own| own == name)
        {
            return self.complex_class();
        }
        self.load_name(name);
    }

    fn big_number(&mut self, text: &str) -> Const {
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        let decimal = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'_');
        if decimal && digits > MOST_DIGITS {
            self.unsupported(&format!(
                "Exceeds the limit ({MOST_DIGITS} digits) for integer string conversion: value has {digits} digits; \
                 use sys.set_int_max_str_digits() to increase the limit - Consider hexadecimal for huge integer \
                 literals to avoid decimal conversion limits."
            ));
        }
        Const::Big(self.names.intern(text))
    }

    fn bool_op(&mut self, e: &'a ast::ExprBoolOp) {
        let mut jumps = Vec::new();
        for (at, value) in e.values.iter().enumerate() {
            self.expr(value);
            if at + 1 < e.values.len() {
                jumps.push(self.emit(match e.op {
                    ast::BoolOp::And => Op::JumpIfFalseOrPop(0),
                    ast::BoolOp::Or => Op::JumpIfTrueOrPop(0),
                }));
            }
        }
        jumps.into_iter().for_each(|jump| self.unit.patch(jump));
    }

    fn named(&mut self, e: &'a ast::ExprNamed) {
        self.expr(&e.value);
        self.emit(Op::Copy(1));
        if let Expr::Name(name) = &*e.target {
            self.store_name(&name.id);
        }
    }

    fn bin_op(&mut self, e: &'a ast::ExprBinOp) {
        self.expr(&e.left);
        self.expr(&e.right);
        self.emit(Op::Binary(binary(e.op)));
    }

    fn unary_op(&mut self, e: &'a ast::ExprUnaryOp) {
        if let (ast::UnaryOp::USub, Expr::NumberLiteral(number)) = (e.op, &*e.operand) {
            match &number.value {
                Number::Int(int) if int.as_i64().is_some() => {
                    return self.constant(Const::Int(-int.as_i64().unwrap_or_default()));
                }
                Number::Float(x) => return self.constant(Const::Float((-x).to_bits())),
                _ => {}
            }
        }
        self.expr(&e.operand);
        self.emit(match e.op {
            ast::UnaryOp::Not => Op::Not,
            ast::UnaryOp::USub => Op::Unary(Unary::Neg),
            ast::UnaryOp::UAdd => Op::Unary(Unary::Pos),
            ast::UnaryOp::Invert => Op::Unary(Unary::Invert),
        });
    }

    fn conditional(&mut self, e: &'a ast::ExprIf) {
        let otherwise = self.jump_unless(&e.test);
        self.expr(&e.body);
        let end = self.emit(Op::Jump(0));
        otherwise.into_iter().for_each(|jump| self.unit.patch(jump));
        self.expr(&e.orelse);
        self.unit.patch(end);
    }

    /// Jumps, to be patched, for when a condition is false.
    pub(crate) fn jump_unless(&mut self, test: &'a Expr) -> Vec<usize> {
        match test {
            Expr::UnaryOp(e) if e.op == ast::UnaryOp::Not => {
                self.expr(&e.operand);
                vec![self.at(test, |compiler| compiler.emit(Op::JumpIfTrue(0)))]
            }
            Expr::BoolOp(e) if e.op == ast::BoolOp::And => {
                e.values.iter().flat_map(|value| self.jump_unless(value)).collect()
            }
            _ => {
                self.expr(test);
                vec![self.at(test, |compiler| compiler.emit(Op::JumpIfFalse(0)))]
            }
        }
    }

    fn dict(&mut self, e: &'a ast::ExprDict) {
        if e.items.iter().all(|item| item.key.is_some()) && e.items.len() < 100 {
            for item in &e.items {
                self.expr(item.key.as_ref().expect("every item has a key"));
                self.expr(&item.value);
            }
            self.emit(Op::BuildDict(e.items.len() as u32));
            return;
        }
        self.emit(Op::BuildDict(0));
        for item in &e.items {
            match &item.key {
                Some(key) => {
                    self.expr(key);
                    self.expr(&item.value);
                    self.emit(Op::DictAdd(1));
                }
                None => {
                    self.expr(&item.value);
                    self.emit(Op::DictUpdate);
                }
            }
        }
    }

    fn set(&mut self, e: &'a ast::ExprSet) {
        if e.elts.iter().any(Expr::is_starred_expr) {
            self.emit(Op::BuildSet(0));
            for element in &e.elts {
                match element {
                    Expr::Starred(starred) => {
                        self.expr(&starred.value);
                        self.emit(Op::SetUpdate);
                    }
                    element => {
                        self.expr(element);
                        self.emit(Op::SetAdd(1));
                    }
                }
            }
            return;
        }
        e.elts.iter().for_each(|element| self.expr(element));
        self.emit(Op::BuildSet(e.elts.len() as u32));
    }

    fn sequence(&mut self, elements: &'a [Expr], build: fn(u32) -> Op) {
        if elements.iter().any(Expr::is_starred_expr) || elements.len() > 1000 {
            self.spread_list(elements);
            if build(0) == Op::BuildTuple(0) {
                self.emit(Op::ListToTuple);
            }
            return;
        }
        elements.iter().for_each(|element| self.expr(element));
        self.emit(build(elements.len() as u32));
    }

    /// A list of elements, some of them starred.
    pub(crate) fn spread_list(&mut self, elements: &'a [Expr]) {
        self.emit(Op::BuildList(0));
        for element in elements {
            match element {
                Expr::Starred(starred) => {
                    self.expr(&starred.value);
                    self.emit(Op::ListExtend);
                }
                element => {
                    self.expr(element);
                    self.emit(Op::ListAppend(1));
                }
            }
        }
    }

    fn slice(&mut self, e: &'a ast::ExprSlice) {
        let parts = [&e.lower, &e.upper];
        for part in parts {
            match part {
                Some(part) => self.expr(part),
                None => drop(self.emit(Op::PushNone)),
            }
        }
        if let Some(step) = &e.step {
            self.expr(step);
        }
        self.emit(Op::BuildSlice(if e.step.is_some() { 3 } else { 2 }));
    }

    /// Waits for the awaitable on top; its result is there afterwards.
    pub(crate) fn await_top(&mut self) {
        self.emit(Op::GetAwaitable);
        self.delegate();
    }

    /// The loop of `yield from`: the iterator is on top, then its result.
    pub(crate) fn delegate(&mut self) {
        self.emit(Op::PushNone);
        let start = self.unit.here();
        let end = self.emit(Op::Send(0));
        self.emit(Op::Yield);
        self.emit(Op::Jump(start));
        self.unit.patch(end);
    }

    fn yield_(&mut self, e: &'a ast::ExprYield) {
        self.wants_function(e, "yield");
        match &e.value {
            Some(value) => self.expr(value),
            None => drop(self.emit(Op::PushNone)),
        }
        self.emit(if self.unit.kind == CodeKind::AsyncGenerator { Op::YieldAsync } else { Op::Yield });
    }

    fn yield_from(&mut self, e: &'a ast::ExprYieldFrom) {
        self.wants_function(e, "yield from");
        if self.unit.kind == CodeKind::AsyncGenerator || self.unit.kind == CodeKind::Coroutine {
            self.fault(e, "'yield from' inside async function");
        }
        self.expr(&e.value);
        self.emit(Op::GetYieldFromIter);
        self.delegate();
    }

    fn compare(&mut self, e: &'a ast::ExprCompare) {
        self.expr(&e.left);
        let last = e.ops.len() - 1;
        let mut jumps = Vec::new();
        for (at, (op, right)) in e.ops.iter().zip(&e.comparators).enumerate() {
            self.expr(right);
            if at < last {
                self.emit(Op::Swap(2));
                self.emit(Op::Copy(2));
            }
            self.comparison(*op);
            if at < last {
                jumps.push(self.emit(Op::JumpIfFalseOrPop(0)));
            }
        }
        if !jumps.is_empty() {
            let end = self.emit(Op::Jump(0));
            jumps.into_iter().for_each(|jump| self.unit.patch(jump));
            self.emit(Op::Swap(2));
            self.emit(Op::Pop);
            self.unit.patch(end);
        }
    }

    fn comparison(&mut self, op: ast::CmpOp) {
        self.emit(match op {
            ast::CmpOp::Eq => Op::Compare(Compare::Eq),
            ast::CmpOp::NotEq => Op::Compare(Compare::Ne),
            ast::CmpOp::Lt => Op::Compare(Compare::Lt),
            ast::CmpOp::LtE => Op::Compare(Compare::Le),
            ast::CmpOp::Gt => Op::Compare(Compare::Gt),
            ast::CmpOp::GtE => Op::Compare(Compare::Ge),
            ast::CmpOp::Is => Op::Is { not: false },
            ast::CmpOp::IsNot => Op::Is { not: true },
            ast::CmpOp::In => Op::Contains { not: false },
            ast::CmpOp::NotIn => Op::Contains { not: true },
        });
    }

    fn call(&mut self, e: &'a ast::ExprCall) {
        let before = self.unit.span;
        match &*e.func {
            Expr::Attribute(attribute) => {
                self.expr(&attribute.value);
                let name = self.names.intern(&self.mangled_attribute(&attribute.attr));
                self.at(&*e.func, |compiler| compiler.emit(Op::LoadMethod(name)));
            }
            func => {
                self.emit(Op::PushUnbound);
                self.expr(func);
            }
        }
        self.unit.span = before;
        if self.is_bare_super(e) {
            self.load_name("__class__");
            self.first_argument();
            self.emit(Op::Call(2));
            return;
        }
        self.call_with(&e.arguments);
    }

    fn is_bare_super(&self, e: &ast::ExprCall) -> bool {
        let named = matches!(&*e.func, Expr::Name(name) if &*name.id == "super");
        let reach = || matches!(self.scopes.reach(self.unit.scope, "__class__"), Reach::Free);
        named && e.arguments.is_empty() && reach() && !self.unit.locals.is_empty()
    }

    fn first_argument(&mut self) {
        let name = self.names.text(self.unit.locals[0]).to_owned();
        self.load_name(&name);
    }

    /// The arguments and the call itself; the callable is on the stack.
    pub(crate) fn call_with(&mut self, arguments: &'a ast::Arguments) {
        self.keywords_differ(arguments);
        let spread = arguments.args.iter().any(Expr::is_starred_expr)
            || arguments.keywords.iter().any(|keyword| keyword.arg.is_none());
        if spread {
            self.spread_list(&arguments.args);
            let names = !arguments.keywords.is_empty();
            if names {
                self.keyword_dict(&arguments.keywords);
            }
            self.emit(Op::CallSpread { names });
            return;
        }
        arguments.args.iter().for_each(|arg| self.expr(arg));
        if arguments.keywords.is_empty() {
            self.emit(Op::Call(arguments.args.len() as u32));
            return;
        }
        let names: Vec<Name> =
            arguments.keywords.iter().filter_map(|k| k.arg.as_ref()).map(|arg| self.names.intern(arg)).collect();
        arguments.keywords.iter().for_each(|keyword| self.expr(&keyword.value));
        let names = self.unit.constant(Const::Names(names));
        self.emit(Op::CallNames { count: arguments.args.len() as u16, names });
    }

    /// A dict of keyword arguments, some of them `**mapping`.
    pub(crate) fn keyword_dict(&mut self, keywords: &'a [ast::Keyword]) {
        self.emit(Op::BuildDict(0));
        for keyword in keywords {
            match &keyword.arg {
                Some(name) => {
                    self.text(name);
                    self.expr(&keyword.value);
                    self.emit(Op::BuildDict(1));
                }
                None => self.expr(&keyword.value),
            }
            self.emit(Op::DictMerge);
        }
    }
}

pub(crate) fn binary(op: ast::Operator) -> Binary {
    match op {
        ast::Operator::Add => Binary::Add,
        ast::Operator::Sub => Binary::Sub,
        ast::Operator::Mult => Binary::Mul,
        ast::Operator::MatMult => Binary::MatMul,
        ast::Operator::Div => Binary::TrueDiv,
        ast::Operator::Mod => Binary::Mod,
        ast::Operator::Pow => Binary::Pow,
        ast::Operator::LShift => Binary::LShift,
        ast::Operator::RShift => Binary::RShift,
        ast::Operator::BitOr => Binary::Or,
        ast::Operator::BitXor => Binary::Xor,
        ast::Operator::BitAnd => Binary::And,
        ast::Operator::FloorDiv => Binary::FloorDiv,
    }
}
