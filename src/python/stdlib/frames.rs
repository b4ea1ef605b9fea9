//! Where the program stands, and how its errors are told: for `sys`, `warnings`, `logging` and `traceback`.

use crate::python::machine::Activation;
use crate::python::{Args, Flow, Machine, Module, Raise, Value, names};

/// Fills the module `_frames`.
pub(super) fn fill(machine: &mut Machine, module: Module) {
    module.function(machine, "visible", visible).function(machine, "traceback", traceback);
    module.function(machine, "entries", entries);
}

/// `visible()`: path, function, line and module's name of each frame that is not ours, the innermost first.
fn visible(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let [] = args.exactly(machine, "visible")?;
    let mut places = Vec::new();
    for activation in machine.frames.iter().rev() {
        if let Activation::Python(frame) = activation
            && !frame.code.source.hidden
        {
            let span = frame.code.span(frame.pc.saturating_sub(1));
            let line = frame.code.source.position(span.start).0;
            let module = machine.heap.get_name(frame.globals, names::NAME).unwrap_or(Value::None);
            places.push((frame.code.source.path.clone(), frame.code.name, line, module));
        }
    }
    let mut rows = Vec::with_capacity(places.len());
    for (path, function, line, module) in places {
        let path = machine.heap.str(&path);
        rows.push(machine.heap.tuple(&[path, function.into(), Value::Int(i64::from(line)), module]));
    }
    Ok(machine.heap.list(rows).into())
}

/// `entries(tb)`: path, line, function and text of each frame that an error passed, the outermost first.
fn entries(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let [trace] = args.exactly(machine, "entries")?;
    let error = machine.items_of(trace).and_then(|items| items.first().copied()).unwrap_or(Value::None);
    let places = machine.report(Raise(error)).traceback.frames;
    let mut rows = Vec::with_capacity(places.len());
    for place in places {
        let (path, function) = (machine.heap.str(&place.file), machine.heap.str(&place.function));
        let text = machine.heap.str(&place.line_text);
        rows.push(machine.heap.tuple(&[path, Value::Int(i64::from(place.span.line)), function, text]));
    }
    Ok(machine.heap.list(rows).into())
}

/// `traceback(error)`: what is printed when nobody catches it.
fn traceback(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let [error] = args.exactly(machine, "traceback")?;
    let text = machine.traceback_text(error);
    Ok(machine.heap.str(&text).into())
}
