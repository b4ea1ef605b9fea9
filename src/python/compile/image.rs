//! Compiled modules as one string of bytes, from which the machine takes what it runs, function by function.
//!
//! Codes come first, each behind those inside it: a head (what making a function needs) and a body (what running it
//! needs). Then the texts, one behind the other, and the place of every sixteenth; then the modules, sorted by name.
//! The last twelve bytes say where texts, places and modules begin.

use crate::python::compile::bytes::Writer;
use crate::python::compile::code::{Const, Draft, Name, Names, Span};

/// The places of so many texts are found by walking from one that is known.
pub(crate) const STRIDE: usize = 16;

/// Kinds of constants.
pub(crate) mod tag {
    pub(crate) const NONE: u8 = 0;
    pub(crate) const FALSE: u8 = 1;
    pub(crate) const TRUE: u8 = 2;
    pub(crate) const INT: u8 = 3;
    pub(crate) const BIG: u8 = 4;
    pub(crate) const FLOAT: u8 = 5;
    pub(crate) const NAME: u8 = 6;
    pub(crate) const TEXT: u8 = 7;
    pub(crate) const BYTES: u8 = 8;
    pub(crate) const ELLIPSIS: u8 = 9;
    pub(crate) const NAMES: u8 = 10;
}

/// Modules as bytes: dotted names and their code, sorted by name. The names that are used most come first.
pub(crate) fn image(modules: &[(Name, Draft)], names: &Names) -> Vec<u8> {
    let mut counted = Writer::default();
    modules.iter().for_each(|(name, draft)| {
        counted.name(*name);
        code(draft, &mut counted);
    });
    let mut by_use: Vec<usize> = (0..names.texts.len()).collect();
    counted.uses.resize(names.texts.len(), 0);
    by_use.sort_by_key(|at| std::cmp::Reverse(counted.uses[*at]));
    let mut order = vec![0; by_use.len()];
    by_use.iter().enumerate().for_each(|(place, at)| order[*at] = place as u32);
    let texts = by_use.into_iter().map(|at| &*names.texts[at]);
    written(modules, texts, Writer { order, ..Writer::default() })
}

fn written<'a>(modules: &[(Name, Draft)], texts: impl Iterator<Item = &'a str>, mut to: Writer) -> Vec<u8> {
    let places: Vec<(Name, usize)> = modules.iter().map(|(name, draft)| (*name, code(draft, &mut to))).collect();
    let (mut marks, texts_at) = (Vec::new(), to.bytes.len());
    for (at, text) in texts.enumerate() {
        if at % STRIDE == 0 {
            marks.push(to.bytes.len() - texts_at);
        }
        to.size(text.len());
        to.bytes.extend_from_slice(text.as_bytes());
    }
    let marks_at = to.bytes.len();
    marks.into_iter().for_each(|mark| wide(mark, &mut to));
    let modules_at = to.bytes.len();
    for (name, at) in places {
        wide(to.order[name.0 as usize] as usize, &mut to);
        wide(at, &mut to);
    }
    [texts_at, marks_at, modules_at].into_iter().for_each(|at| wide(at, &mut to));
    to.bytes
}

// Four bytes, for what is found by its place.
fn wide(number: usize, to: &mut Writer) {
    to.bytes.extend_from_slice(&(number as u32).to_le_bytes());
}

// Writes a code behind those inside it; where it begins.
fn code(draft: &Draft, to: &mut Writer) -> usize {
    let inside: Vec<usize> = draft.codes.iter().map(|draft| code(draft, to)).collect();
    let at = to.bytes.len();
    head(draft, to);
    to.size(draft.locals.len());
    draft.locals.iter().for_each(|name| to.name(*name));
    to.size(draft.consts.len());
    draft.consts.iter().for_each(|value| constant(value, to));
    to.size(inside.len());
    inside.iter().for_each(|inside| to.size(at - inside));
    to.size(draft.ops.len());
    draft.ops.iter().for_each(|op| op.write(to));
    spans(&draft.spans, to);
    at
}

fn head(draft: &Draft, to: &mut Writer) {
    to.name(draft.name);
    to.name(draft.qualname);
    let params = draft.params;
    let doc = u8::from(draft.doc.is_some());
    to.byte(draft.kind as u8 | u8::from(params.args) << 3 | u8::from(params.kwargs) << 4 | doc << 5);
    [params.positional_only, params.positional, params.keyword_only].into_iter().for_each(|count| to.number(count));
    to.number(draft.free);
    to.number(draft.first_line);
    if let Some(doc) = draft.doc {
        to.name(doc);
    }
}

fn constant(value: &Const, to: &mut Writer) {
    match value {
        Const::None => to.byte(tag::NONE),
        Const::Bool(truth) => to.byte(if *truth { tag::TRUE } else { tag::FALSE }),
        Const::Int(number) => {
            to.byte(tag::INT);
            to.signed(*number);
        }
        Const::Big(text) => tagged(tag::BIG, *text, to),
        Const::Float(bits) => {
            to.byte(tag::FLOAT);
            to.bytes.extend_from_slice(&bits.to_le_bytes());
        }
        Const::Name(text) => tagged(tag::NAME, *text, to),
        Const::Text(text) => tagged(tag::TEXT, *text, to),
        Const::Bytes(bytes) => {
            to.byte(tag::BYTES);
            to.size(bytes.len());
            to.bytes.extend_from_slice(bytes);
        }
        Const::Ellipsis => to.byte(tag::ELLIPSIS),
        Const::Names(names) => {
            to.byte(tag::NAMES);
            to.size(names.len());
            names.iter().for_each(|name| to.name(*name));
        }
    }
}

fn tagged(tag: u8, text: Name, to: &mut Writer) {
    to.byte(tag);
    to.name(text);
}

// How many ops in a row have a span, how far it starts from the one before, how long it is.
fn spans(spans: &[Span], to: &mut Writer) {
    let mut before = 0;
    for same in spans.chunk_by(|one, next| one == next) {
        to.size(same.len());
        to.signed(i64::from(same[0].start) - before);
        to.number(same[0].end - same[0].start);
        before = i64::from(same[0].start);
    }
}
