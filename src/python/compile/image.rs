//! Compiled modules as one string of bytes, from which the machine takes what it runs, function by function.
//!
//! Each code has a head (what making a function needs) and a body (what running it needs), spread over the three streams
//! of a [`Writer`]; those inside one code follow one another. Behind the streams come the lengths of the codes, the texts,
//! then the modules, sorted by name. The last words say where each begins.

use crate::python::compile::bytes::{Place, Writer, push};
use crate::python::compile::code::{Const, Draft, Name, Names, Op, Span};

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
    pub(crate) const QUALNAME: u8 = 11;
}

/// Modules as bytes: dotted names and their code, sorted by name.
pub(crate) fn image(modules: &[(Name, Draft)], names: &Names) -> Vec<u8> {
    let mut to = Writer::default();
    let places = codes(modules, &mut to);
    let mut bytes = Vec::new();
    let mut ends = Vec::new();
    for stream in [&to.ops, &to.names, &to.rest] {
        ends.push(bytes.len());
        bytes.extend_from_slice(stream);
    }
    ends.push(bytes.len());
    for code in places.windows(2) {
        let (from, to) = (code[0], code[1]);
        let sizes = [to.ops - from.ops, to.names - from.names, to.rest - from.rest];
        sizes.into_iter().for_each(|size| push(size as u64, &mut bytes));
    }
    ends.push(bytes.len());
    for text in &names.texts {
        push(text.len() as u64, &mut bytes);
        bytes.extend_from_slice(text.as_bytes());
    }
    ends.push(bytes.len());
    modules.iter().for_each(|(name, _)| wide(name.0 as usize, &mut bytes));
    ends.into_iter().for_each(|end| wide(end, &mut bytes));
    bytes
}

// Four bytes, for what is found by its place.
fn wide(number: usize, to: &mut Vec<u8>) {
    to.extend_from_slice(&(number as u32).to_le_bytes());
}

// Writes the modules' codes, then those inside them, and so on; where each begins, and where the last ends.
fn codes(modules: &[(Name, Draft)], to: &mut Writer) -> Vec<Place> {
    let mut queue: Vec<&Draft> = modules.iter().map(|(_, draft)| draft).collect();
    let mut places = vec![Place::default()];
    while let Some(draft) = queue.get(places.len() - 1).copied() {
        code(draft, queue.len() + 1 - places.len(), to);
        queue.extend(&draft.codes);
        places.push(to.place());
    }
    places
}

// Writes a code; the first of those inside it comes so many codes later.
fn code(draft: &Draft, inside: usize, to: &mut Writer) {
    head(draft, to);
    to.size(draft.locals.len());
    draft.locals.iter().for_each(|name| to.name(*name));
    to.size(draft.consts.len());
    draft.consts.iter().for_each(|value| constant(value, to));
    to.size(draft.codes.len());
    if !draft.codes.is_empty() {
        to.size(inside);
    }
    to.likely = [Some(draft.name); 2];
    for op in &draft.ops {
        op.write(to);
        if let Op::MakeFunction { code, .. } = op {
            to.likely[0] = Some(draft.codes[*code as usize].name);
        }
    }
    spans(&draft.spans, to);
}

fn head(draft: &Draft, to: &mut Writer) {
    to.name(draft.name);
    to.name(draft.prefix);
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
            to.rest.extend_from_slice(&bits.to_le_bytes());
        }
        Const::Name(text) => tagged(tag::NAME, *text, to),
        Const::Text(text) => tagged(tag::TEXT, *text, to),
        Const::Bytes(bytes) => {
            to.byte(tag::BYTES);
            to.size(bytes.len());
            to.rest.extend_from_slice(bytes);
        }
        Const::Ellipsis => to.byte(tag::ELLIPSIS),
        Const::Names(names) => {
            to.byte(tag::NAMES);
            to.size(names.len());
            names.iter().for_each(|name| to.name(*name));
        }
        Const::Qualname => to.byte(tag::QUALNAME),
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
