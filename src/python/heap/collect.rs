//! Mark and sweep.

use crate::python::heap::object::{Data, GeneratorState, Iterator, Object};
use crate::python::heap::{Attrs, Dict, Heap};
use crate::python::value::{Handle, Value};

impl Heap {
    /// Frees what cannot be reached from `roots`. The caller promises that no Rust code holds other values.
    /// Of the watched objects, those that are reached, and those that are not: these live until the next time.
    pub(crate) fn collect(&mut self, roots: Vec<Value>, watched: Vec<Handle>) -> (Vec<Handle>, Vec<Handle>) {
        self.mark(roots);
        let (living, dying): (Vec<Handle>, Vec<Handle>) =
            watched.into_iter().partition(|handle| self.object(*handle).marked);
        self.mark_from(dying.clone());
        self.sweep();
        (living, dying)
    }

    /// Those of the candidates that cannot be reached.
    pub(crate) fn unreachable(&mut self, roots: Vec<Value>, candidates: &[Handle]) -> Vec<Handle> {
        self.mark(roots);
        let found = candidates.iter().copied().filter(|handle| !self.object(*handle).marked).collect();
        self.objects.iter_mut().for_each(|object| object.marked = false);
        found
    }

    fn mark(&mut self, roots: Vec<Value>) {
        let mut work: Vec<Handle> = roots.into_iter().filter_map(Value::handle).collect();
        work.extend(self.held());
        work.extend(self.pinned_handles());
        self.mark_from(work);
    }

    fn mark_from(&mut self, found: Vec<Handle>) {
        let mut work = Vec::with_capacity(found.len());
        work.extend(found.into_iter().filter(|handle| self.is_new(*handle)));
        let mut inside = Vec::new();
        while let Some(handle) = work.pop() {
            children(self.object(handle), &mut |value| inside.extend(value.handle()));
            work.extend(inside.drain(..).filter(|handle| self.is_new(*handle)));
        }
    }

    // Whether an object is marked only now.
    fn is_new(&mut self, handle: Handle) -> bool {
        !std::mem::replace(&mut self.object_mut(handle).marked, true)
    }

    fn sweep(&mut self) {
        let (mut free, mut used) = (None, 0);
        for (at, object) in self.objects.iter_mut().enumerate() {
            if object.marked {
                object.marked = false;
                used += size_of::<Object>() + object.bytes();
            } else {
                object.attrs = Attrs::Empty;
                object.data = Data::Free(free);
                free = Some(at as u32);
            }
        }
        self.swept(free, used);
    }
}

fn children(object: &Object, visit: &mut dyn FnMut(Value)) {
    visit(object.class.into());
    match &object.attrs {
        Attrs::Empty => {}
        Attrs::Own(map) => map.iter().for_each(|(name, value)| {
            visit(name.into());
            visit(value);
        }),
        Attrs::Shared(dict) => visit((*dict).into()),
    }
    data(&object.data, visit);
}

fn data(data: &Data, visit: &mut dyn FnMut(Value)) {
    match data {
        Data::List(items) => items.iter().copied().for_each(visit),
        Data::Tuple(items) => items.iter().copied().for_each(visit),
        Data::Dict(dict) | Data::Set(dict) => table(dict, visit),
        Data::Slice(parts) => parts.iter().copied().for_each(visit),
        Data::Module(handle) | Data::Proxy(handle) | Data::View(_, handle) => visit((*handle).into()),
        Data::StaticMethod(value) | Data::ClassMethod(value) | Data::Cell(value) => visit(*value),
        Data::Method(method) => [method.function, method.receiver].into_iter().for_each(visit),
        Data::Property(p) => [p.get, p.set, p.delete, p.doc, p.name].into_iter().for_each(visit),
        Data::Super(s) => [s.after.into(), s.receiver, s.start.into()].into_iter().for_each(visit),
        Data::Member(member) => [member.name.into(), member.owner.into()].into_iter().for_each(visit),
        Data::Function(_) | Data::Class(_) | Data::Generator(_) => callable(data, visit),
        Data::AsyncStep(step) => [step.generator.into(), step.value].into_iter().for_each(visit),
        Data::Iterator(iterator) => progress(iterator, visit),
        Data::Exception(e) => [e.args, e.cause, e.context].into_iter().for_each(visit),
        Data::Payload(payload) => payload.visit(visit),
        _ => {}
    }
}

fn callable(data: &Data, visit: &mut dyn FnMut(Value)) {
    match data {
        Data::Function(f) => {
            f.closure.iter().for_each(|cell| visit((*cell).into()));
            f.defaults.iter().copied().for_each(&mut *visit);
            f.keyword_defaults.iter().for_each(|(_, value)| visit(*value));
            visit(f.globals.into());
            f.namespace.into_iter().for_each(|dict| visit(dict.into()));
            [f.name, f.qualname, f.doc, f.module, f.annotations, f.type_params].into_iter().for_each(visit);
        }
        Data::Class(class) => {
            visit(class.dict.into());
            class.bases.iter().chain(&class.mro).chain(&class.subclasses).for_each(|h| visit((*h).into()));
        }
        Data::Generator(generator) => {
            visit(generator.name);
            visit(generator.qualname);
            if let GeneratorState::Suspended(frame, stack) = &generator.state {
                frame.visit(visit);
                stack.iter().copied().for_each(visit);
            }
        }
        _ => {}
    }
}

fn progress(iterator: &Iterator, visit: &mut dyn FnMut(Value)) {
    match iterator {
        Iterator::Sequence { source, .. } | Iterator::Reversed { source, .. } => visit(*source),
        Iterator::Table { dict, .. } => visit((*dict).into()),
        Iterator::Items { items, .. } | Iterator::Zip { parts: items, .. } => items.iter().copied().for_each(visit),
        Iterator::Enumerate { part, .. } => visit(*part),
        Iterator::Range { .. } | Iterator::Done => {}
    }
}

fn table(dict: &Dict, visit: &mut dyn FnMut(Value)) {
    for entry in dict.iter() {
        visit(entry.key);
        visit(entry.value);
    }
}
