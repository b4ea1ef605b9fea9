//! The embedder's side: schedule, resume, answer.

use crate::error;
use crate::python::compile::Source;
use crate::python::heap::{classes, names};
use crate::python::machine::run::Pause;
use crate::python::machine::{Activation, Machine};
use crate::python::native::{Args, Flow, Raise, Request};
use crate::python::report;
use crate::python::report::Raised;
use crate::python::value::{Handle, Value};
use std::rc::Rc;

/// Why `resume` has come back.
#[derive(Debug)]
pub enum Turn {
    /// The scheduled work has its result.
    Done(Value),
    /// It ended with an exception.
    Raised(Box<Raised>),
    /// The program asks; answer and resume.
    Request(Request),
    /// The budget is spent; resume to go on.
    Budget,
}

impl Machine {
    /// Schedules a call. One thing is scheduled at a time.
    pub fn call(&mut self, callable: Value, args: impl Into<Args>) {
        self.frames.clear();
        self.stack.clear();
        self.outcome = None;
        self.settled = None;
        self.pending = None;
        self.frames.push(Activation::Root);
        if let Err(raise) = self.apply(Flow::call(callable, args)) {
            self.unwind(raise);
        }
    }

    /// Schedules an import of a module by its dotted name; the result is the module itself.
    pub fn import(&mut self, name: &str) {
        let name_value = self.heap.str(name);
        let importer = self.native("import", |machine, args| machine.import_module(args[0]));
        self.call(importer, [name_value]);
    }

    /// Schedules a file as `python path` would run it: its name is `__main__`.
    pub fn run_file(&mut self, path: &str, source: &str) {
        self.run_source(path, source, "__main__");
    }

    /// Schedules a source as a module of the given name, which `sys.modules` gets; the result is the module.
    pub fn run_source(&mut self, path: &str, source: &str, name: &str) {
        let module = self.new_module(name);
        let key = self.heap.intern(name);
        self.heap.set_name(self.modules, key, module.into());
        self.run_in(module, path, source);
    }

    /// Schedules a source in the namespace of a module that is there.
    pub fn run_in(&mut self, module: Handle, path: &str, source: &str) {
        let dict = self.module_dict(module);
        let file = self.heap.str(path);
        self.heap.set_name(dict, names::FILE, file);
        let source = Rc::new(Source::new(path, source, false));
        let text = self.heap.str(path);
        let runner = match self.compiled(&source) {
            Ok(code) => self.module_function(code, dict),
            Err(wrong) => {
                let raise = self.syntax_error(&wrong, &source);
                let fails = self.native("run", |_, args| Err(Raise(args[0])));
                self.call(fails, [raise.0]);
                return;
            }
        };
        let _ = text;
        self.call(runner, []);
        if let Some(Activation::Python(frame)) = self.frames.last_mut() {
            frame.instead = Value::Unbound;
        }
    }

    /// Runs until the work is done, a question is asked, or so many instructions have been executed.
    pub fn resume(&mut self, budget: u64) -> Turn {
        if std::mem::take(&mut self.interrupted) {
            let raise = self.error(classes::STOP, "stopped");
            self.pending = None;
            self.unwind(raise);
        }
        (self.fuel, self.budget) = (budget, budget);
        self.native_work = 0;
        let mut pause = self.run();
        if matches!(pause, Pause::Outcome) && self.has_last_words() {
            pause = self.run();
        }
        self.spent += budget - self.fuel;
        match pause {
            Pause::Budget => Turn::Budget,
            Pause::Request => {
                let request = self.pending.clone().expect("the request is set");
                self.waiting = true;
                Turn::Request(request)
            }
            Pause::Outcome => match self.final_outcome() {
                Ok(value) => Turn::Done(value),
                Err(raise) => Turn::Raised(Box::new(self.report(raise))),
            },
        }
    }

    // Whether generators that nobody holds any more are to be closed before the outcome is told.
    fn has_last_words(&mut self) -> bool {
        let stopped = matches!(self.outcome, Some(Err(Raise(error))) if self.heap.class_of(error) == classes::STOP);
        if self.open.is_empty() || self.settled.is_some() || stopped {
            return false;
        }
        self.settled = self.outcome.take();
        self.frames.push(Activation::Root);
        if !self.close_forgotten() {
            self.frames.clear();
            self.outcome = self.settled.take();
        }
        self.outcome.is_none()
    }

    fn final_outcome(&mut self) -> Result<Value, Raise> {
        let last = self.outcome.take();
        self.settled.take().or(last).expect("the outcome is set")
    }

    /// Answers the question that `resume` came back with; an exception is raised where it was asked.
    pub fn answer(&mut self, answer: Result<Value, Raise>) {
        self.waiting = false;
        self.pending = None;
        if let Err(raise) = answer.and_then(|value| self.apply(Flow::Value(value))) {
            self.unwind(raise);
        }
    }

    /// Stops the program at the next `resume`; no handler runs.
    pub fn interrupt(&mut self) {
        self.interrupted = true;
    }

    /// How many instructions have been executed.
    pub fn spent(&self) -> u64 {
        self.spent
    }

    /// Runs what is scheduled to its end. Questions are answered by `ask`. For embedders that never wait.
    pub fn finish(
        &mut self,
        mut ask: impl FnMut(&mut Machine, &Request) -> Result<Value, Raise>,
    ) -> Result<Value, Box<Raised>> {
        loop {
            match self.resume(1_000_000) {
                Turn::Done(value) => return Ok(value),
                Turn::Raised(raised) => return Err(raised),
                Turn::Budget => {}
                Turn::Request(request) => {
                    let answer = ask(self, &request);
                    self.answer(answer);
                }
            }
        }
    }

    /// The user's frames, outermost first: where the program stands.
    pub fn frames(&self) -> Vec<error::Place> {
        let python = self.frames.iter().filter_map(|activation| match activation {
            Activation::Python(frame) if !frame.code.source.hidden => Some(frame),
            _ => None,
        });
        python.map(|frame| report::place(&frame.code, frame.pc.saturating_sub(1), &self.heap)).collect()
    }

    /// Where a machine stands whose budget is spent: at the instruction that comes next, or at the call that led out of
    /// the user's files.
    pub fn stopped_at(&self) -> Option<error::Place> {
        let mut above = 0;
        self.frames.iter().rev().find_map(|activation| {
            above += 1;
            match activation {
                Activation::Python(frame) if !frame.code.source.hidden => {
                    let pc = if above == 1 { frame.pc } else { frame.pc.saturating_sub(1) };
                    Some(report::place(&frame.code, pc, &self.heap))
                }
                _ => None,
            }
        })
    }
}
