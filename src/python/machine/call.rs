//! Calls of Python functions: arguments to parameters.

use crate::python::compile::CodeKind;
use crate::python::heap::classes;
use crate::python::heap::object::{Data, Function, Generator, GeneratorKind, GeneratorState};
use crate::python::machine::code::Code;
use crate::python::machine::{Activation, Frame, Machine, suggest};
use crate::python::native::{Args, Flow, Raise};
use crate::python::value::{Handle, Value};
use smallvec::SmallVec;

impl Machine {
    #[inline]
    pub(crate) fn function(&self, handle: Handle) -> &Function {
        match self.heap.data(handle) {
            Data::Function(function) => function,
            _ => unreachable!("a function handle points at a function"),
        }
    }

    /// A frame for a call with any arguments, or the generator that will run it.
    pub(crate) fn enter_function(&mut self, handle: Handle, args: Args) -> Result<Option<Flow>, Raise> {
        let floor = self.stack.len();
        self.bind(handle, args)?;
        self.start_frame(handle, floor, floor)
    }

    /// Starts a function whose positional arguments already lie on the stack from `base` on. False: it wants binding,
    /// and nothing has changed.
    pub(crate) fn enter_in_place(&mut self, handle: Handle, base: usize, floor: usize) -> Result<bool, Raise> {
        if !self.fill_in_place(handle, base) {
            return Ok(false);
        }
        if let Some(flow) = self.start_frame(handle, base, floor)? {
            self.stack.truncate(floor);
            self.apply(flow)?;
        }
        Ok(true)
    }

    // Completes positional arguments to parameters, unless that is wrong or takes names.
    fn fill_in_place(&mut self, handle: Handle, base: usize) -> bool {
        let Data::Function(function) = self.heap.data(handle) else { unreachable!("a function") };
        let params = function.code.params;
        let (given, positional) = (self.stack.len() - base, params.positional as usize);
        let simple = params.keyword_only == 0 && !params.args && !params.kwargs;
        if given == positional && simple {
            return true;
        }
        let missing = positional.saturating_sub(given);
        if given > positional && !params.args
            || missing > function.defaults.len()
            || function.keyword_defaults.len() < params.keyword_only as usize
        {
            return false;
        }
        let from = function.defaults.len() - missing;
        if simple {
            self.stack.extend_from_slice(&function.defaults[from..]);
            return true;
        }
        let extra: SmallVec<[Value; 4]> = self.stack[(base + positional).min(base + given)..].into();
        self.stack.truncate(base + positional);
        self.stack.extend_from_slice(&function.defaults[from..]);
        self.fill_rest(handle, &extra);
        true
    }

    // Parameters that no positional argument is for.
    fn fill_rest(&mut self, handle: Handle, extra: &[Value]) {
        let code = self.function(handle).code.clone();
        self.link(&code);
        let params = code.params;
        let (first, last) = (params.positional as usize, (params.positional + params.keyword_only) as usize);
        let function = self.function(handle);
        let defaults = code.body().locals[first..last].iter().map(|name| function.keyword_default(*name));
        let defaults: SmallVec<[Value; 8]> = defaults.collect();
        self.stack.extend_from_slice(&defaults);
        if params.args {
            let extra = self.heap.tuple(extra);
            self.stack.push(extra);
        }
        if params.kwargs {
            let dict = self.new_dict();
            self.stack.push(dict.into());
        }
    }

    // The parameters are on the stack from `base` on.
    fn start_frame(&mut self, handle: Handle, base: usize, floor: usize) -> Result<Option<Flow>, Raise> {
        if self.frames.len() >= self.limits.depth {
            self.stack.truncate(floor);
            return Err(self.error(classes::RECURSION_ERROR, "maximum recursion depth exceeded"));
        }
        let code = self.function(handle).code.clone();
        self.link(&code);
        let (kind, size) = (code.kind, code.body().locals.len() - code.free);
        let Data::Function(function) = self.heap.data(handle) else { unreachable!("a function") };
        self.stack.resize(base + size, Value::Unbound);
        self.stack.extend(function.closure.iter().map(|cell| Value::Object(*cell)));
        let mut frame = Frame::new(code, function.globals, base, floor);
        frame.namespace = function.namespace;
        let kind = match kind {
            CodeKind::Generator => GeneratorKind::Generator,
            CodeKind::Coroutine => GeneratorKind::Coroutine,
            CodeKind::AsyncGenerator => GeneratorKind::AsyncGenerator,
            _ => {
                self.switched = true;
                self.frames.push(Activation::Python(frame));
                return Ok(None);
            }
        };
        let (name, qualname) = (function.name, function.qualname);
        let saved = self.stack.split_off(base);
        self.stack.truncate(floor);
        Ok(Some(self.new_generator(kind, frame, saved, name, qualname).into()))
    }

    fn new_generator(
        &mut self,
        kind: GeneratorKind,
        frame: Frame,
        saved: Vec<Value>,
        name: Value,
        qualname: Value,
    ) -> Value {
        let class = match kind {
            GeneratorKind::Generator => classes::GENERATOR,
            GeneratorKind::Coroutine => classes::COROUTINE,
            GeneratorKind::AsyncGenerator => classes::ASYNC_GENERATOR,
        };
        let state = GeneratorState::Suspended(Box::new(frame), saved);
        let generator = Generator { kind, started: false, state, name, qualname };
        self.heap.alloc(class, Data::Generator(Box::new(generator))).into()
    }

    // Pushes the parameters' values, or leaves the stack as it was.
    fn bind(&mut self, handle: Handle, args: Args) -> Result<(), Raise> {
        let code = self.function(handle).code.clone();
        self.link(&code);
        let params = code.params;
        let (positional, named) = (params.positional as usize, (params.positional + params.keyword_only) as usize);
        let base = self.stack.len();
        let taken = args.len().min(positional);
        self.stack.extend_from_slice(&args[..taken]);
        self.stack.resize(base + named, Value::Unbound);
        let extra = &args[taken..];
        let result = self.bind_rest(handle, &code, base, extra, &args);
        if result.is_err() {
            self.stack.truncate(base);
        }
        result
    }

    fn bind_rest(
        &mut self,
        handle: Handle,
        code: &Code,
        base: usize,
        extra: &[Value],
        args: &Args,
    ) -> Result<(), Raise> {
        let params = code.params;
        let named = (params.positional + params.keyword_only) as usize;
        let mut others = Vec::new();
        for (name, value) in &args.keywords {
            let from = params.positional_only as usize;
            match code.body().locals[from..named].iter().position(|local| local == name) {
                Some(at) if self.stack[base + from + at].is_unbound() => self.stack[base + from + at] = *value,
                Some(_) => {
                    let message = format!(
                        "{}() got multiple values for argument '{}'",
                        self.heap.name(code.qualname),
                        self.heap.name(*name)
                    );
                    return Err(self.type_error(&message));
                }
                None => others.push((*name, *value)),
            }
        }
        if !others.is_empty() && !params.kwargs {
            return Err(self.unexpected_keyword(code, &others));
        }
        if !extra.is_empty() && !params.args {
            return Err(self.too_many_positional(handle, code, args, base));
        }
        self.fill_defaults(handle, code, base)?;
        if params.args {
            let extra = self.heap.tuple(extra);
            self.stack.push(extra);
        }
        if params.kwargs {
            let dict = self.new_dict();
            others.iter().for_each(|(name, value)| self.heap.set_name(dict, *name, *value));
            self.stack.push(dict.into());
        }
        Ok(())
    }

    fn fill_defaults(&mut self, handle: Handle, code: &Code, base: usize) -> Result<(), Raise> {
        let params = code.params;
        let (positional, named) = (params.positional as usize, (params.positional + params.keyword_only) as usize);
        let Data::Function(function) = self.heap.data(handle) else { unreachable!("a function") };
        let slots = &mut self.stack[base..base + named];
        let open = |slot: &&mut Value| slot.is_unbound();
        for (slot, value) in slots[..positional].iter_mut().rev().zip(function.defaults.iter().rev()) {
            *slot = slot.or(*value);
        }
        for (slot, name) in
            slots[positional..].iter_mut().zip(&code.body().locals[positional..]).filter(|(slot, _)| open(slot))
        {
            *slot = function.keyword_default(*name);
        }
        if !slots.iter().any(|slot| slot.is_unbound()) {
            return Ok(());
        }
        let missing = |from: usize, to: usize| -> Vec<usize> {
            (from..to).filter(|at| self.stack[base + at].is_unbound()).collect()
        };
        let (first, second) = (missing(0, positional), missing(positional, named));
        let (places, kind) = if first.is_empty() { (second, "keyword-only") } else { (first, "positional") };
        let names: Vec<String> =
            places.iter().map(|at| format!("'{}'", self.heap.name(code.body().locals[*at]))).collect();
        let plural = if names.len() == 1 { "" } else { "s" };
        let message = format!(
            "{}() missing {} required {kind} argument{plural}: {}",
            self.heap.name(code.qualname),
            names.len(),
            listed(&names)
        );
        Err(self.type_error(&message))
    }

    fn unexpected_keyword(&mut self, code: &Code, others: &[(Handle, Value)]) -> Raise {
        let params = code.params;
        let wrong: Vec<&str> = others.iter().map(|(name, _)| self.heap.name(*name)).collect();
        let only: Vec<&str> =
            code.body().locals[..params.positional_only as usize].iter().map(|name| self.heap.name(*name)).collect();
        let passed: Vec<&str> = only.iter().copied().filter(|name| wrong.contains(name)).collect();
        let message = if passed.is_empty() {
            let known = &code.body().locals
                [params.positional_only as usize..(params.positional + params.keyword_only) as usize];
            let hint = suggest::nearest(wrong[0], known.iter().map(|name| self.heap.name(*name)));
            let hint = hint.map(|name| format!(". Did you mean '{name}'?")).unwrap_or_default();
            format!("{}() got an unexpected keyword argument '{}'{hint}", self.heap.name(code.qualname), wrong[0])
        } else {
            let passed = passed.join(", ");
            format!(
                "{}() got some positional-only arguments passed as keyword arguments: '{passed}'",
                self.heap.name(code.qualname)
            )
        };
        self.type_error(&message)
    }

    fn too_many_positional(&mut self, handle: Handle, code: &Code, args: &Args, base: usize) -> Raise {
        let params = code.params;
        let (most, defaults) = (params.positional as usize, self.function(handle).defaults.len());
        let takes =
            if defaults > 0 { format!("from {} to {most}", most - defaults.min(most)) } else { most.to_string() };
        let plural = if most == 1 && defaults == 0 { "" } else { "s" };
        let keyword_only =
            (most..most + params.keyword_only as usize).filter(|at| !self.stack[base + at].is_unbound()).count();
        let given = args.len();
        let given = match keyword_only {
            0 => format!("{given} {}", if given == 1 { "was" } else { "were" }),
            n => format!(
                "{given} positional argument{} (and {n} keyword-only argument{}) were",
                if given == 1 { "" } else { "s" },
                if n == 1 { "" } else { "s" }
            ),
        };
        let message =
            format!("{}() takes {takes} positional argument{plural} but {given} given", self.heap.name(code.qualname));
        self.type_error(&message)
    }
}

impl Function {
    /// The default of a parameter that is only given by name, or unbound.
    fn keyword_default(&self, name: Handle) -> Value {
        let default = self.keyword_defaults.iter().find(|(known, _)| *known == name);
        default.map_or(Value::Unbound, |(_, value)| *value)
    }
}

/// `'a'`, `'a' and 'b'`, `'a', 'b', and 'c'`
fn listed(names: &[String]) -> String {
    match names {
        [one] => one.clone(),
        [one, two] => format!("{one} and {two}"),
        [most @ .., last] => format!("{}, and {last}", most.join(", ")),
        [] => String::new(),
    }
}
