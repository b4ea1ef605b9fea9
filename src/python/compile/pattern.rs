//! Patterns of `match`: each subject lies in a local slot, a failure jumps with an empty operand stack.

use crate::python::compile::Compiler;
use crate::python::compile::code::{Const, Op};
use crate::python::compile::op::Compare;
use ruff_python_ast::{self as ast, Pattern};

impl<'a> Compiler<'a> {
    // A dispatcher over the kinds of patterns.
    pub(crate) fn pattern(&mut self, pattern: &'a Pattern, subject: u32, fails: &mut Vec<usize>) {
        match pattern {
            Pattern::MatchValue(p) => {
                self.emit(Op::LoadFast(subject));
                self.expr(&p.value);
                self.emit(Op::Compare(Compare::Eq));
                fails.push(self.emit(Op::JumpIfFalse(0)));
            }
            Pattern::MatchSingleton(p) => {
                self.emit(Op::LoadFast(subject));
                self.constant(match p.value {
                    ast::Singleton::None => Const::None,
                    ast::Singleton::True => Const::Bool(true),
                    ast::Singleton::False => Const::Bool(false),
                });
                self.emit(Op::Is { not: false });
                fails.push(self.emit(Op::JumpIfFalse(0)));
            }
            Pattern::MatchSequence(p) => self.sequence_pattern(&p.patterns, subject, fails),
            Pattern::MatchMapping(p) => self.mapping_pattern(p, subject, fails),
            Pattern::MatchClass(p) => self.class_pattern(p, subject, fails),
            Pattern::MatchStar(_) => self.unsupported("a star pattern stands in a sequence"),
            Pattern::MatchAs(p) => {
                if let Some(inner) = &p.pattern {
                    self.pattern(inner, subject, fails);
                }
                self.capture(p.name.as_ref(), subject);
            }
            Pattern::MatchOr(p) => self.or_pattern(&p.patterns, subject, fails),
        }
    }

    fn capture(&mut self, name: Option<&'a ast::Identifier>, subject: u32) {
        if let Some(name) = name {
            self.emit(Op::LoadFast(subject));
            self.store_name(name);
        }
    }

    fn or_pattern(&mut self, patterns: &'a [Pattern], subject: u32, fails: &mut Vec<usize>) {
        let mut ends = Vec::new();
        for (at, pattern) in patterns.iter().enumerate() {
            if at + 1 == patterns.len() {
                self.pattern(pattern, subject, fails);
                break;
            }
            let mut own = Vec::new();
            self.pattern(pattern, subject, &mut own);
            ends.push(self.emit(Op::Jump(0)));
            own.into_iter().for_each(|jump| self.unit.patch(jump));
        }
        ends.into_iter().for_each(|end| self.unit.patch(end));
    }

    // Tests the subject with an op that leaves its answer over it.
    fn test(&mut self, subject: u32, op: Op, fails: &mut Vec<usize>) {
        self.emit(Op::LoadFast(subject));
        self.emit(op);
        self.emit(Op::Swap(2));
        self.emit(Op::Pop);
        fails.push(self.emit(Op::JumpIfFalse(0)));
    }

    fn sequence_pattern(&mut self, patterns: &'a [Pattern], subject: u32, fails: &mut Vec<usize>) {
        self.test(subject, Op::MatchSequence, fails);
        let star = patterns.iter().position(|pattern| matches!(pattern, Pattern::MatchStar(_)));
        let least = patterns.len() - usize::from(star.is_some());
        self.emit(Op::LoadFast(subject));
        self.emit(Op::GetLen);
        self.emit(Op::Swap(2));
        self.emit(Op::Pop);
        self.constant(Const::Int(least as i64));
        self.emit(Op::Compare(if star.is_some() { Compare::Ge } else { Compare::Eq }));
        fails.push(self.emit(Op::JumpIfFalse(0)));
        for (at, pattern) in patterns.iter().enumerate() {
            match (pattern, star) {
                (Pattern::MatchStar(p), _) => self.star(p, subject, at, patterns.len() - at - 1),
                (_, Some(star)) if at > star => {
                    self.part(pattern, subject, Const::Int(at as i64 - patterns.len() as i64), fails);
                }
                _ => self.part(pattern, subject, Const::Int(at as i64), fails),
            }
        }
    }

    fn star(&mut self, p: &'a ast::PatternMatchStar, subject: u32, before: usize, after: usize) {
        let Some(name) = &p.name else { return };
        self.emit(Op::BuildList(0));
        self.emit(Op::LoadFast(subject));
        self.constant(Const::Int(before as i64));
        self.constant(if after == 0 { Const::None } else { Const::Int(-(after as i64)) });
        self.emit(Op::BuildSlice(2));
        self.emit(Op::Subscript);
        self.emit(Op::ListExtend);
        self.store_name(name);
    }

    // An item of what is in a slot, matched by a pattern of its own.
    fn part(&mut self, pattern: &'a Pattern, from: u32, key: Const, fails: &mut Vec<usize>) {
        if pattern.is_wildcard() && matches!(pattern, Pattern::MatchAs(p) if p.name.is_none()) {
            return;
        }
        self.emit(Op::LoadFast(from));
        self.constant(key);
        self.emit(Op::Subscript);
        let slot = self.unit.temporary(self.names);
        self.emit(Op::StoreFast(slot));
        self.pattern(pattern, slot, fails);
    }

    fn mapping_pattern(&mut self, p: &'a ast::PatternMatchMapping, subject: u32, fails: &mut Vec<usize>) {
        self.test(subject, Op::MatchMapping, fails);
        let (keys, values) = (self.unit.temporary(self.names), self.unit.temporary(self.names));
        p.keys.iter().for_each(|key| self.key(key));
        self.emit(Op::BuildTuple(p.keys.len() as u32));
        self.emit(Op::StoreFast(keys));
        self.emit(Op::LoadFast(subject));
        self.emit(Op::LoadFast(keys));
        self.emit(Op::MatchKeys);
        self.emit(Op::StoreFast(values));
        self.emit(Op::Pop);
        self.emit(Op::Pop);
        self.emit(Op::LoadFast(values));
        fails.push(self.emit(Op::JumpIfNone(0)));
        for (at, pattern) in p.patterns.iter().enumerate() {
            self.part(pattern, values, Const::Int(at as i64), fails);
        }
        if let Some(rest) = &p.rest {
            self.emit(Op::LoadFast(subject));
            self.emit(Op::LoadFast(keys));
            self.emit(Op::DictRest(p.keys.len() as u32));
            self.store_name(rest);
            self.emit(Op::Pop);
        }
    }

    fn class_pattern(&mut self, p: &'a ast::PatternMatchClass, subject: u32, fails: &mut Vec<usize>) {
        let parts = self.unit.temporary(self.names);
        self.emit(Op::LoadFast(subject));
        self.expr(&p.cls);
        let names = p.arguments.keywords.iter().map(|keyword| self.names.intern(&keyword.attr)).collect();
        self.constant(Const::Names(names));
        self.emit(Op::MatchClass(p.arguments.patterns.len() as u32));
        self.emit(Op::StoreFast(parts));
        self.emit(Op::LoadFast(parts));
        fails.push(self.emit(Op::JumpIfNone(0)));
        let patterns = p.arguments.patterns.iter().chain(p.arguments.keywords.iter().map(|keyword| &keyword.pattern));
        for (at, pattern) in patterns.enumerate() {
            self.part(pattern, parts, Const::Int(at as i64), fails);
        }
    }
}
