//! `sys` and `_retort`.

use crate::host::Stream;
use crate::python::builtins::none;
use crate::python::heap::object::Data;
use crate::python::heap::{classes, names};
use crate::python::machine::Machine;
use crate::python::native::{Args, Flow, Module, Payload, Raise};
use crate::python::value::Value;

/// `sys.stdout`, `sys.stderr`: the console's ends.
struct Console(Stream);

impl Payload for Console {}

pub(super) fn found(machine: &mut Machine) {
    machine.native_module("sys", sys);
    machine.native_module("_retort", retort);
}

impl Machine {
    /// What `sys` has under a name, if it was imported and somebody may have changed it.
    pub(crate) fn system_value(&self, name: &str) -> Option<Value> {
        let module = self.module("sys")?.handle()?;
        let dict = self.module_dict_of(module)?;
        self.heap.get_name(dict, self.heap.interned(name)?).filter(|value| !value.is_none())
    }
}

fn retort(machine: &mut Machine, module: Module) {
    module.function(machine, "ask", |machine, args| {
        let Some((name, rest)) = args.split_first() else { return Err(machine.type_error("ask() needs a name")) };
        let name = machine.heap.text(*name).unwrap_or_default().to_owned();
        Ok(Flow::ask(&name, rest))
    });
}

fn sys(machine: &mut Machine, module: Module) {
    let (path, modules) = (machine.path, machine.modules);
    module.set(machine, "path", path);
    module.set(machine, "modules", modules.into());
    for (name, text) in [
        ("version", "3.14.0 (Retort)"),
        ("platform", "linux"),
        ("byteorder", "little"),
        ("executable", "/usr/bin/python3"),
        ("prefix", "/usr"),
        ("base_prefix", "/usr"),
        ("exec_prefix", "/usr"),
    ] {
        let text = machine.heap.str(text);
        module.set(machine, name, text);
    }
    module.set(machine, "maxsize", Value::Int(i64::MAX));
    module.set(machine, "maxunicode", Value::Int(0x10_ffff));
    module.set(machine, "dont_write_bytecode", Value::Bool(true));
    versions(machine, module);
    streams(machine, module);
    let empty = machine.heap.str("");
    let argv = machine.heap.list(vec![empty]);
    module.set(machine, "argv", argv);
    module
        .function(machine, "exc_info", |machine, _| {
            let exception = machine.handled();
            if exception.is_none() {
                return Ok(machine.heap.tuple(&[Value::None; 3]).into());
            }
            let class = machine.heap.class_of(exception).into();
            let trace = machine.get_name(exception, names::TRACEBACK)?;
            Ok(machine.heap.tuple(&[class, exception, trace]).into())
        })
        .function(machine, "exception", |machine, _| Ok(machine.handled().into()))
        .function(machine, "exit", |machine, args| Err(Raise(machine.exception(classes::SYSTEM_EXIT, &args))))
        .function(machine, "getrecursionlimit", |machine, _| Ok(Value::from(machine.limits.depth).into()))
        .function(machine, "setrecursionlimit", |_, _| none())
        .function(machine, "getdefaultencoding", |machine, _| Ok(machine.heap.str("utf-8").into()))
        .function(machine, "getfilesystemencoding", |machine, _| Ok(machine.heap.str("utf-8").into()))
        .function(machine, "intern", |_, args| Ok(args[0].into()))
        .function(machine, "getsizeof", |_, _| Ok(Value::Int(56).into()))
        .function(machine, "getrefcount", |_, _| Ok(Value::Int(2).into()));
}

fn versions(machine: &mut Machine, module: Module) {
    let simple = machine.heap.str("final");
    let version = machine.heap.tuple(&[Value::Int(3), Value::Int(14), Value::Int(0), simple, Value::Int(0)]);
    module.set(machine, "version_info", version);
    module.set(machine, "hexversion", Value::Int(0x030e_00f0));
}

fn streams(machine: &mut Machine, module: Module) {
    let class = machine
        .class("_io", "Console", &[])
        .method("write", |machine, args| {
            let [own, text] = args.exactly(machine, "write")?;
            let Some(text) = machine.heap.text(text).map(str::to_owned) else {
                let message = format!("write() argument must be str, not {}", machine.type_name(text));
                return Err(machine.type_error(&message));
            };
            let stream = machine.payload::<Console>(own).map_or(Stream::Out, |console| console.0);
            crate::host::Console::write(&*machine.host, stream, &text);
            Ok(Value::from(text.chars().count()).into())
        })
        .method("flush", |_, _| none())
        .method("isatty", |_, _| Ok(Value::Bool(false).into()))
        .method("fileno", |machine, _| Err(machine.error(classes::OS_ERROR, "the console has no file descriptor")))
        .getter("name", |machine, args| {
            let is_error = matches!(machine.payload::<Console>(args[0]), Some(Console(Stream::Err)));
            Ok(machine.heap.str(if is_error { "<stderr>" } else { "<stdout>" }).into())
        })
        .getter("encoding", |machine, _| Ok(machine.heap.str("utf-8").into()))
        .build();
    for (name, stream) in [("stdout", Stream::Out), ("stderr", Stream::Err)] {
        let value = machine.instance(class, Console(stream));
        module.set(machine, name, value);
        module.set(machine, &format!("__{name}__"), value);
    }
    let _ = (Data::Plain, Args::default());
}
