//! `eval` and `exec` of text: programs of the sandbox are as safe as the program that makes them.

use crate::python::compile::Source;
use crate::python::native::Keep;
use crate::python::{Args, Flow, Handle, Machine, Native, Raise, Value};
use std::rc::Rc;

/// Where an evaluated expression leaves its value.
const RESULT: &str = "__evaluated__";

/// Puts `eval` and `exec` into the builtins.
pub(super) fn add(machine: &mut Machine) {
    for (name, call) in [("eval", eval as Native), ("exec", exec)] {
        let function = machine.native(name, call);
        let name = machine.heap.intern(name);
        let builtins = machine.builtins;
        machine.heap.set_name(builtins, name, function);
    }
}

/// `eval(text, globals, locals)`: in a copy of the names, since an expression assigns to none.
fn eval(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let [text, globals, locals] = args.take(machine, "eval", ["", "globals", "locals"], 1)?;
    let Some(text) = machine.heap.text(text).map(str::to_owned) else {
        return Err(machine.type_error("eval() arg 1 must be a string"));
    };
    let names = machine.new_dict();
    let absent = |scope: Value| scope.is_unbound() || scope.is_none();
    // Locals that are not given are the globals that are.
    let locals = if absent(locals) { globals } else { locals };
    for scope in [globals, locals] {
        let given = if absent(scope) { caller(machine) } else { scope.handle() };
        for (key, value) in given.map(|dict| machine.dict_entries(dict)).unwrap_or_default() {
            machine.dict_set(names, key, value)?;
        }
    }
    // The parentheses let an expression go over several lines, as it may in `eval`.
    let program = format!("{RESULT} = (\n{}\n)", text.trim());
    let function = compiled(machine, &program, names)?;
    Ok(Flow::call_then(function, [], &[names.into()], evaluated))
}

#[expect(clippy::needless_pass_by_value, reason = "the shape of a continuation")]
fn evaluated(machine: &mut Machine, keep: Keep, _: Value) -> Result<Flow, Raise> {
    let names = keep[0].handle().expect("a dict");
    let name = machine.heap.str(RESULT);
    Ok(machine.dict_get(names, name)?.unwrap_or(Value::None).into())
}

/// `exec(text, globals)`: in the names that are given.
fn exec(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let [text, globals, locals] = args.take(machine, "exec", ["", "globals", "locals"], 1)?;
    let Some(text) = machine.heap.text(text).map(str::to_owned) else {
        return Err(machine.type_error("exec() arg 1 must be a string"));
    };
    let scope = if locals.is_unbound() || locals.is_none() { globals } else { locals };
    let names = if scope.is_unbound() || scope.is_none() { caller(machine) } else { scope.handle() };
    let names = names.unwrap_or_else(|| machine.new_dict());
    let function = compiled(machine, &text, names)?;
    Ok(Flow::call_then(function, [], &[], |_, _, _| Ok(Value::None.into())))
}

fn caller(machine: &Machine) -> Option<Handle> {
    machine.frames.iter().rev().find_map(|activation| match activation {
        crate::python::machine::Activation::Python(frame) => Some(frame.globals),
        _ => None,
    })
}

fn compiled(machine: &mut Machine, text: &str, names: Handle) -> Result<Value, Raise> {
    let source = Rc::new(Source::new("<string>", text, false));
    match machine.compiled(&source) {
        Ok(code) => Ok(machine.module_function(code, names)),
        Err(wrong) => Err(machine.syntax_error(&wrong, &source)),
    }
}
