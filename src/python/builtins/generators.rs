//! Generators, coroutines and iterators as objects.

use crate::python::builtins::none;
use crate::python::builtins::numbers::repr_of_data;
use crate::python::heap::classes;
use crate::python::heap::object::{AsyncStepKind, Data};
use crate::python::machine::Machine;
use crate::python::native::{Args, Flow, Raise};
use crate::python::value::{Handle, Value};

pub(super) fn found(machine: &mut Machine) {
    for class in [classes::GENERATOR, classes::COROUTINE] {
        machine
            .extend(class)
            .method("send", |machine, args| {
                let [own, value] = args.exactly(machine, "send")?;
                machine.resume_generator(handle(own), Ok(value))
            })
            .method("throw", |machine, args| {
                let exception = thrown(machine, &args)?;
                machine.resume_generator(handle(args[0]), Err(exception))
            })
            .method("close", |machine, args| machine.close_generator(handle(args[0])))
            .method("__repr__", repr_of_data)
            .build();
    }
    machine.extend(classes::GENERATOR).method("__iter__", itself).method("__next__", next).build();
    machine.extend(classes::COROUTINE).method("__await__", itself).build();
    asynchronous(machine);
    let iterators = [
        classes::LIST_ITERATOR,
        classes::TUPLE_ITERATOR,
        classes::STR_ITERATOR,
        classes::BYTES_ITERATOR,
        classes::RANGE_ITERATOR,
        classes::DICT_KEY_ITERATOR,
        classes::DICT_VALUE_ITERATOR,
        classes::DICT_ITEM_ITERATOR,
        classes::SET_ITERATOR,
        classes::REVERSED,
        classes::ZIP,
        classes::ENUMERATE,
        classes::ITERATOR,
    ];
    for class in iterators {
        machine.extend(class).method("__iter__", itself).method("__next__", next).build();
    }
}

fn asynchronous(machine: &mut Machine) {
    machine
        .extend(classes::ASYNC_GENERATOR)
        .method("__aiter__", itself)
        .method("__anext__", |machine, args| step(machine, args[0], AsyncStepKind::Send, Value::None))
        .method("asend", |machine, args| {
            let [own, value] = args.exactly(machine, "asend")?;
            step(machine, own, AsyncStepKind::Send, value)
        })
        .method("athrow", |machine, args| {
            let exception = thrown(machine, &args)?;
            step(machine, args[0], AsyncStepKind::Throw, exception)
        })
        .method("aclose", |machine, args| step(machine, args[0], AsyncStepKind::Close, Value::None))
        .build();
    machine
        .extend(classes::ASYNC_STEP)
        .method("__await__", itself)
        .method("__iter__", itself)
        .method("__next__", |machine, args| machine.async_step(handle(args[0]), Ok(Value::None)))
        .method("send", |machine, args| {
            let [own, value] = args.exactly(machine, "send")?;
            machine.async_step(handle(own), Ok(value))
        })
        .method("throw", |machine, args| {
            let exception = thrown(machine, &args)?;
            machine.async_step(handle(args[0]), Err(exception))
        })
        .method("close", |_, _| none())
        .build();
}

fn handle(value: Value) -> Handle {
    value.handle().expect("methods of generators get one")
}

fn itself(_: &mut Machine, args: Args) -> Result<Flow, Raise> {
    Ok(args[0].into())
}

fn next(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    machine.next_of(args[0])
}

fn thrown(machine: &mut Machine, args: &Args) -> Result<Value, Raise> {
    machine.thrown(&Args::from(&args[1..]))
}

fn step(machine: &mut Machine, generator: Value, kind: AsyncStepKind, value: Value) -> Result<Flow, Raise> {
    let _ = Data::Plain;
    Ok(machine.new_async_step(handle(generator), kind, value).into())
}
