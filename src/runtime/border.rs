//! Between the world and Python: requests and answers as values of the machine.

use super::answer::Reply;
use super::setup::Setup;
use crate::autogenerate::Opinion;
use crate::error::{DatabaseError, Diagnostic, Error, Kind, Place, Result};
use crate::host::{Host, Rows};
use crate::library;
use crate::python::{Args, Flow, Limits, Machine, Module, Raise, Request, Turn as MachineTurn, Value, classes, data};
use crate::schema::{Literal, MetaData};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;
use std::rc::Rc;
use std::time::Duration;

/// The machine of a run.
pub(super) struct Border {
    machine: Machine,
    request: Option<Request>,
    /// The exception of a hook, on its way back through Rust.
    raised: Option<Raise>,
}

/// How a turn of the machine ended.
pub(super) enum Turn {
    /// It asks.
    Asked,
    /// Its instructions are used up.
    Spent,
    /// It is through.
    Done(Result<()>),
}

/// A request that is being answered.
pub(super) struct Asked<'a> {
    pub(super) name: String,
    border: &'a mut Border,
    args: Vec<Value>,
}

/// A machine with everything that scripts import, its paths set.
pub(super) fn machine(host: Rc<dyn Host>, paths: &[String]) -> Machine {
    let mut machine = Machine::new(host, Limits::default());
    library::install(&mut machine);
    machine.native_module("_retort", fill);
    paths.iter().rev().for_each(|path| machine.add_path(path));
    machine
}

/// `_retort`: how the prelude reaches the engine.
fn fill(machine: &mut Machine, module: Module) {
    module.function(machine, "ask", ask).function(machine, "run_file", run_file);
}

fn ask(machine: &mut Machine, args: Args) -> std::result::Result<Flow, Raise> {
    let name = args.first().and_then(|name| machine.heap.text(*name)).unwrap_or_default().to_string();
    if name == "compile" {
        return crate::library::compile::compile(machine, &args[1..]).map(Flow::from);
    }
    Ok(Flow::ask(&name, &args[1..]))
}

fn run_file(machine: &mut Machine, args: Args) -> std::result::Result<Flow, Raise> {
    let [path, name] = args.exactly(machine, "run_file")?;
    let text = |value| machine.heap.text(value).unwrap_or_default().to_string();
    let (path, name) = (text(path), text(name));
    machine.run_aside(&path, &name)
}

impl Border {
    pub(super) fn new(setup: &Setup, host: Rc<dyn Host>) -> Result<Self> {
        let mut machine = machine(host, &paths(setup)?);
        machine.import("alembic._main");
        Ok(Border { machine, request: None, raised: None })
    }

    /// A machine that runs a file as Python's program does: as `__main__`, its folder first on the path.
    pub(super) fn script(setup: &Setup, host: Rc<dyn Host>, path: &str) -> Result<Self> {
        let source = String::from_utf8_lossy(&host.read(path)?).into_owned();
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder).to_string();
        let mut machine = machine(host, &[vec![folder], paths(setup)?].concat());
        machine.run_file(path, &source);
        Ok(Border { machine, request: None, raised: None })
    }

    pub(super) fn resume(&mut self, instructions: u64) -> Turn {
        match self.machine.resume(instructions) {
            MachineTurn::Budget => Turn::Spent,
            MachineTurn::Done(_) => Turn::Done(Ok(())),
            MachineTurn::Raised(raised) => Turn::Done(self.ended(raised.exception, raised.traceback)),
            MachineTurn::Request(request) => {
                self.request = Some(request);
                Turn::Asked
            }
        }
    }

    pub(super) fn findings(&self) -> &[Diagnostic] {
        self.machine.findings()
    }

    pub(super) fn request_name(&self) -> &str {
        self.request.as_ref().map_or("", |request| &request.name)
    }

    /// The innermost line of this file, or else of the project.
    pub(super) fn place(&self, file: Option<&str>) -> Option<Place> {
        let places = self.machine.frames();
        let own = file.and_then(|file| places.iter().rev().find(|place| place.file == file));
        own.or(places.last()).cloned()
    }

    pub(super) fn asked(&mut self) -> Asked<'_> {
        let (name, args) = self.request.as_ref().map(|it| (it.name.clone(), it.args.clone())).unwrap_or_default();
        Asked { name, args, border: self }
    }

    /// Gives the answer; an error that no script may catch is given back.
    /// `refused` are the values of the statement that the database would not have.
    pub(super) fn reply(&mut self, result: Result<Reply>, refused: &[Vec<Literal>]) -> Result<()> {
        self.request = None;
        let answer = match result {
            Ok(reply) => Ok(self.lift(&reply)?),
            Err(error) => Err(self.raise(error, refused)?),
        };
        self.machine.answer(answer);
        Ok(())
    }

    /// Python computes and computes.
    pub(super) fn endless(&self, patience: Duration) -> Error {
        let seconds = patience.as_secs();
        let place = self.machine.stopped_at();
        let place =
            place.map_or_else(String::new, |it| format!(" ({}, line {}: {})", it.file, it.span.line, it.line_text));
        Error::new(Kind::Limit(format!("Python was stopped after computing for {seconds} seconds{place}")))
    }

    fn lift(&mut self, reply: &Reply) -> Result<Value> {
        let machine = &mut self.machine;
        Ok(match reply {
            Reply::None => Value::None,
            Reply::Number(number) => Value::Int(*number as i64),
            Reply::Bool(truth) => Value::Bool(*truth),
            Reply::Text(text) => machine.heap.str(text),
            Reply::Texts(texts) => lifted(machine, texts)?,
            Reply::Rows(rows) => rows_value(machine, rows)?,
            Reply::MetaData(metadata) => lifted(machine, &**metadata)?,
            Reply::Found(found) => lifted(machine, &**found)?,
            Reply::Data(json) => lifted(machine, json)?,
        })
    }

    fn raise(&mut self, error: Error, refused: &[Vec<Literal>]) -> Result<Raise> {
        if let Some(raised) = self.raised.take().filter(|_| matches!(error.kind, Kind::Python(_))) {
            return Ok(raised);
        }
        match &error.kind {
            Kind::Limit(_) | Kind::Interrupted => Err(error),
            Kind::Command(message) => Ok(self.raise_class("alembic.util.exc", "CommandError", message)),
            Kind::Database(database) => Ok(self.raise_database(database, refused)),
            Kind::Unsupported { .. } | Kind::Python(_) => Ok(library::compile::exception(&mut self.machine, &error)),
            _ => Ok(self.machine.runtime_error(&error.to_string())),
        }
    }

    fn raise_class(&mut self, module: &str, class: &str, message: &str) -> Raise {
        let found = self.machine.import_now(module).and_then(|module| self.machine.get_attr(module, class));
        let Ok(class) = found else { return self.machine.runtime_error(message) };
        let message = self.machine.heap.str(message);
        match self.machine.call_leaf(class, [message]) {
            Ok(exception) => Raise(exception),
            Err(raise) => raise,
        }
    }

    fn raise_database(&mut self, error: &DatabaseError, refused: &[Vec<Literal>]) -> Raise {
        let module = self.machine.import_now("_retort_errors");
        let function = match module.and_then(|module| self.machine.get_attr(module, "raise_database")) {
            Ok(function) => function,
            Err(raise) => return raise,
        };
        let class = format!("{:?}", error.class);
        let words = (class, &error.message, &error.code, &error.sql);
        let mut args = match lifted(&mut self.machine, &words) {
            Ok(args) => self.machine.items(args).unwrap_or_default(),
            Err(_) => Vec::new(),
        };
        args.push(values(&mut self.machine, refused));
        match self.machine.call_leaf(function, Args::from(args.as_slice())) {
            Ok(exception) => Raise(exception),
            Err(raise) => raise,
        }
    }

    /// What an exception that nobody caught means for the command.
    fn ended(&mut self, exception: Value, traceback: crate::error::Traceback) -> Result<()> {
        if self.is(exception, "alembic.util.exc", "CommandError") {
            return Err(Error::command(traceback.message));
        }
        if self.machine.is_instance(exception, classes::STOP) {
            return Err(Error::new(Kind::Limit(traceback.text.trim_end().to_string())));
        }
        if traceback.class == "SystemExit" {
            return exit(traceback);
        }
        Err(Error::new(Kind::Python(traceback)))
    }

    fn is(&mut self, exception: Value, module: &str, class: &str) -> bool {
        let found = self.machine.module(module).map(|module| self.machine.get_attr(module, class));
        let class = found.and_then(std::result::Result::ok).and_then(Value::handle);
        class.is_some_and(|class| self.machine.is_instance(exception, class))
    }
}

/// `sys.exit()` in a script: a number is the exit code, a text is said.
fn exit(mut traceback: crate::error::Traceback) -> Result<()> {
    match traceback.message.as_str() {
        "" | "0" | "None" => Ok(()),
        text => {
            traceback.text = if text.parse::<i64>().is_ok() { String::new() } else { format!("{text}\n") };
            Err(Error::new(Kind::Python(traceback)))
        }
    }
}

impl Asked<'_> {
    /// The argument at this place, as data; one that was not given is None.
    pub(super) fn load<T: DeserializeOwned>(&self, at: usize) -> Result<T> {
        let value = self.args.get(at).copied().unwrap_or(Value::None);
        data::load(&self.border.machine, value)
            .map_err(|misfit| Error::command(format!("the request {:?} of a script: {misfit}", self.name)))
    }

    /// A value that the prelude's own lowering has made, or data.
    pub(super) fn take<T: DeserializeOwned + 'static>(&mut self, at: usize) -> Result<T> {
        let value = self.args.get(at).copied().unwrap_or(Value::None);
        match library::lower::take(&mut self.border.machine, value) {
            Some(lowered) => Ok(lowered),
            None => self.load(at),
        }
    }

    /// A list of such values.
    pub(super) fn take_all<T: 'static>(&mut self, at: usize) -> Vec<T> {
        let machine = &mut self.border.machine;
        let values = self.args.get(at).and_then(|list| machine.items(*list).ok()).unwrap_or_default();
        values.into_iter().filter_map(|value| library::lower::take(machine, value)).collect()
    }

    /// A name, or several, if one was given.
    pub(super) fn names(&self, at: usize) -> Result<Option<Vec<String>>> {
        match self.load::<Option<String>>(at) {
            Ok(one) => Ok(one.map(|one| vec![one])),
            Err(_) => self.load(at).map(Some),
        }
    }

    /// The hooks of env.py, if it gave any: an object, and the names of those it has.
    pub(super) fn hook(&mut self, at: usize) -> Result<Option<Hook<'_>>> {
        let value = self.args.get(at).copied().unwrap_or(Value::None);
        if value.is_none() {
            return Ok(None);
        }
        let parts = self.border.machine.items(value).unwrap_or_default();
        let [object, has] = parts[..] else { return Ok(None) };
        let has = data::load(&self.border.machine, has).map_err(|misfit| Error::command(misfit.to_string()))?;
        Ok(Some(Hook { border: self.border, object, has }))
    }
}

/// The functions of env.py that autogenerate asks.
pub(super) struct Hook<'a> {
    border: &'a mut Border,
    object: Value,
    has: Vec<String>,
}

impl Hook<'_> {
    pub(super) fn has(&self, name: &str) -> bool {
        self.has.iter().any(|it| it == name)
    }

    /// Shows the database's side.
    pub(super) fn begin(&mut self, reflected: &MetaData) -> Result<()> {
        let reflected = lifted(&mut self.border.machine, reflected)?;
        self.call("begin", &[reflected]).map(|_| ())
    }

    /// A hook's yes or no.
    pub(super) fn truth(&mut self, name: &str, args: &[Json]) -> Result<bool> {
        Ok(matches!(self.asked(name, args)?, Value::Bool(true)))
    }

    /// What a hook thinks of a difference.
    pub(super) fn opinion(&mut self, name: &str, args: &[Json]) -> Result<Opinion> {
        let answer = self.asked(name, args)?;
        Ok(match answer {
            Value::None => Opinion::None,
            Value::Bool(_) => Opinion::Same,
            text => Opinion::Differs(self.border.machine.heap.text(text).unwrap_or("True").to_string()),
        })
    }

    fn asked(&mut self, name: &str, args: &[Json]) -> Result<Value> {
        let args: Vec<Value> = args.iter().map(|arg| lifted(&mut self.border.machine, arg)).collect::<Result<_>>()?;
        self.call(name, &args)
    }

    fn call(&mut self, name: &str, args: &[Value]) -> Result<Value> {
        let machine = &mut self.border.machine;
        let answer = machine.get_attr(self.object, name).and_then(|method| machine.call_leaf(method, Args::from(args)));
        answer.map_err(|raise| {
            self.border.raised = Some(raise);
            let report = self.border.machine.report(raise);
            Error::new(Kind::Python(report.traceback))
        })
    }
}

fn lifted<T: Serialize + ?Sized>(machine: &mut Machine, value: &T) -> Result<Value> {
    data::lift(machine, value).map_err(|misfit| Error::command(misfit.to_string()))
}

/// The rows of an answer, their cells as plain values of Python.
fn rows_value(machine: &mut Machine, rows: &Rows) -> Result<Value> {
    let mut lists = Vec::with_capacity(rows.rows.len());
    for row in &rows.rows {
        let cells: Vec<Value> = row.iter().map(|cell| cell_value(machine, cell)).collect();
        lists.push(machine.heap.list(cells));
    }
    let lists = machine.heap.list(lists);
    let (columns, types) = (lifted(machine, &rows.columns)?, lifted(machine, &rows.types)?);
    let last_id = rows.last_id.map_or(Value::None, Value::Int);
    let affected = Value::Int(rows.affected as i64);
    let parts = [("columns", columns), ("types", types), ("rows", lists), ("affected", affected), ("last_id", last_id)];
    Ok(machine.dict_of(&parts))
}

/// The values of a statement, as they were bound: a list for each execution.
fn values(machine: &mut Machine, executions: &[Vec<Literal>]) -> Value {
    let bound = |literal: &Literal| match literal {
        Literal::Boolean(truth) => Literal::Integer(i64::from(*truth)),
        Literal::Decimal(text) => text.parse().map_or_else(|_| literal.clone(), Literal::Float),
        other => other.clone(),
    };
    let mut sets = Vec::with_capacity(executions.len());
    for set in executions.iter().filter(|set| !set.is_empty()) {
        let cells: Vec<Value> = set.iter().map(|value| cell_value(machine, &bound(value))).collect();
        sets.push(machine.heap.list(cells));
    }
    machine.heap.list(sets)
}

fn cell_value(machine: &mut Machine, cell: &Literal) -> Value {
    match cell {
        Literal::Null => Value::None,
        Literal::Boolean(truth) => Value::Bool(*truth),
        Literal::Integer(number) | Literal::Interval(number) => Value::Int(*number),
        Literal::Float(number) => Value::Float(*number),
        Literal::Bytes(bytes) => data::lift(machine, &Raw(bytes)).unwrap_or(Value::None),
        Literal::Text(text)
        | Literal::Decimal(text)
        | Literal::Date(text)
        | Literal::Time(text)
        | Literal::DateTime(text)
        | Literal::Uuid(text)
        | Literal::Json(text) => machine.heap.str(text),
        Literal::List(items) => {
            let items = items.iter().map(|item| cell_value(machine, item)).collect();
            machine.heap.list(items)
        }
    }
}

/// `sys.path` as Alembic leaves it: `shims` beside the project, `prepend_sys_path`.
fn paths(setup: &Setup) -> Result<Vec<String>> {
    let prepended = setup.config.prepend_sys_path()?;
    let prepended: Vec<String> = prepended.iter().map(|path| setup.config.absolute(path)).collect();
    Ok([setup.config.absolute("shims")].into_iter().chain(prepended).collect())
}

/// Bytes that are `bytes` to Python.
struct Raw<'a>(&'a [u8]);

impl Serialize for Raw<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.serialize_bytes(self.0)
    }
}
