//! SQLAlchemy's objects to values of `schema`, read straight from the heap. What only the prelude's Python knows
//! (expressions, types, the constraints of dialects) it gives as data.

mod constraints;
mod create;
mod foreign_keys;
mod tables;
mod types;

use super::attributes;
use crate::python::{Args, Flow, Handle, Machine, Module, Payload, Raise, Value, classes, data};
use crate::schema::{Literal, MetaData, NamingConvention, table};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;

/// A value of the engine on its way to it, inside an object of Python's.
pub struct Lowered<T>(Option<T>);

impl<T: 'static> Payload for Lowered<T> {}

/// Takes the value out of an object that holds one.
pub fn take<T: 'static>(machine: &mut Machine, value: Value) -> Option<T> {
    machine.payload_mut::<Lowered<T>>(value).and_then(|lowered| lowered.0.take())
}

/// Fills the module `_lowering`.
#[expect(clippy::redundant_closure_for_method_calls, reason = "the methods' own lifetimes are not general enough")]
pub(super) fn fill(machine: &mut Machine, module: Module) {
    let class = machine.class("_lowering", "Lowered", &[]).build();
    module
        .set(machine, "Lowered", class.into())
        .function(machine, "models", models)
        .function(machine, "metadata", |machine, args| one(machine, args, |lower, given| lower.metadata(given)))
        .function(machine, "table", |machine, args| one(machine, args, |lower, given| lower.table(given)))
        .function(machine, "column", |machine, args| one(machine, args, |lower, given| lower.column(given)))
        .function(machine, "constraint", |machine, args| one(machine, args, |lower, given| lower.constraint(given)))
        .function(machine, "index", |machine, args| one(machine, args, |lower, given| lower.index(given)))
        .function(machine, "create_table", create::create_table)
        .function(machine, "refers", refers)
        .function(machine, "referred", referred);
}

/// `models(lower, metadata)`: all tables, as a value for the engine.
fn models(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let [prelude, given] = args.exactly(machine, "models")?;
    let lowered = Lowering::new(machine, prelude)?.metadata(given)?;
    wrapped(machine, prelude, lowered)
}

/// `table(lower, table)` and the like: an object as data.
fn one<T: Serialize>(
    machine: &mut Machine,
    args: Args,
    lower: fn(&mut Lowering<'_>, Value) -> Result<T, Raise>,
) -> Result<Flow, Raise> {
    let [prelude, given] = args.exactly(machine, "lower")?;
    let lowered = lower(&mut Lowering::new(machine, prelude)?, given)?;
    data::lift(machine, &lowered).map(Flow::from).map_err(|misfit| machine.runtime_error(&misfit.0))
}

/// `refers(lower, table)`: raises where the table refers to what is not there.
fn refers(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let [prelude, given] = args.exactly(machine, "refers")?;
    Lowering::new(machine, prelude)?.refers(given)?;
    Ok(Value::None.into())
}

/// `referred(key)`: the column that a `ForeignKey` refers to, or None where that is not known.
fn referred(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let [key] = args.exactly(machine, "referred")?;
    let mut lowering = Lowering { machine, prelude: Value::None, objects: None };
    Ok(lowering.referred(key)?.unwrap_or(Value::None).into())
}

fn wrapped<T: 'static>(machine: &mut Machine, prelude: Value, lowered: T) -> Result<Flow, Raise> {
    let class = attributes::class_of(machine, prelude, "Lowered")?;
    Ok(machine.instance(class, Lowered(Some(lowered))).into())
}

/// A lowering while it goes on.
struct Lowering<'m> {
    machine: &'m mut Machine,
    /// The module `sqlalchemy._lower`.
    prelude: Value,
    /// The list of objects behind `origin` numbers, where hooks may ask for them.
    objects: Option<Handle>,
}

impl Lowering<'_> {
    fn new(machine: &mut Machine, prelude: Value) -> Result<Lowering<'_>, Raise> {
        let objects = machine.get_attr(prelude, "_OBJECTS")?;
        let objects = machine.list_handle(objects);
        Ok(Lowering { machine, prelude, objects })
    }

    fn metadata(&mut self, given: Value) -> Result<MetaData, Raise> {
        let tables = self.dict_of(given, "tables")?;
        let tables: Vec<Value> = self.machine.dict_entries(tables).into_iter().map(|(_, table)| table).collect();
        for table in &tables {
            self.refers(*table)?;
        }
        let convention = self.get(given, "naming_convention")?;
        let schema = self.text_of(given, "schema")?;
        let naming = self.naming(convention)?;
        let tables = tables.into_iter().map(|table| self.table(table)).collect::<Result<_, _>>()?;
        Ok(MetaData { tables, naming, schema })
    }

    /// The templates of a convention; functions are Python's own affair, and the default says nothing.
    fn naming(&mut self, convention: Value) -> Result<NamingConvention, Raise> {
        let mut naming = BTreeMap::new();
        for key in self.machine.items(convention)? {
            let template = self.machine.get_item(convention, key)?;
            if let (Some(key), Some(template)) = (self.text(key), self.text(template)) {
                naming.insert(key, template);
            }
        }
        if naming.len() == 1 && naming.get("ix").is_some_and(|template| template == "ix_%(column_0_label)s") {
            naming.clear();
        }
        Ok(NamingConvention(naming))
    }

    /// The number by which hooks get the object back.
    fn origin(&mut self, object: Value) -> table::Origin {
        match self.objects {
            Some(objects) => table::Origin(self.machine.list_push(objects, object) as u32),
            None => table::Origin::default(),
        }
    }

    fn options(&mut self, given: Value) -> Result<table::Options, Raise> {
        self.said(given, "_kwargs", "options")
    }

    fn info(&mut self, given: Value) -> Result<BTreeMap<String, Literal>, Raise> {
        self.said(given, "_info", "_info")
    }

    /// An attribute that is rarely said, as a function of the prelude has it.
    fn said<T: DeserializeOwned + Default>(&mut self, given: Value, name: &str, function: &str) -> Result<T, Raise> {
        let value = self.get(given, name)?;
        if value.is_none() || !self.machine.truth(value)? {
            return Ok(T::default());
        }
        let function = self.get(self.prelude, function)?;
        let data = self.machine.call_leaf(function, [value])?;
        self.load(data)
    }

    // Small words

    fn get(&mut self, object: Value, name: &str) -> Result<Value, Raise> {
        self.machine.get_attr(object, name)
    }

    fn dict_of(&mut self, object: Value, name: &str) -> Result<Handle, Raise> {
        attributes::dict_of(self.machine, object, name)
    }

    /// An attribute of the object itself, not of its class.
    fn own(&mut self, object: Value, name: &str) -> Option<Value> {
        attributes::own(self.machine, object.handle()?, name)
    }

    fn truth_of(&mut self, object: Value, name: &str) -> Result<bool, Raise> {
        let value = self.get(object, name)?;
        self.machine.truth(value)
    }

    fn text_of(&mut self, object: Value, name: &str) -> Result<Option<String>, Raise> {
        let value = self.get(object, name)?;
        if value.is_none() {
            return Ok(None);
        }
        match self.text(value) {
            Some(text) => Ok(Some(text)),
            None => self.machine.str(value).map(Some),
        }
    }

    fn text(&self, value: Value) -> Option<String> {
        self.machine.heap.text(value).map(str::to_owned)
    }

    fn items_of(&mut self, object: Value, name: &str) -> Result<Vec<Value>, Raise> {
        let value = self.get(object, name)?;
        if value.is_none() { Ok(Vec::new()) } else { self.machine.items(value) }
    }

    /// What a method without arguments gives, as a value.
    fn asked<T: DeserializeOwned>(&mut self, object: Value, method: &str) -> Result<T, Raise> {
        let method = self.get(object, method)?;
        let data = self.machine.call_leaf(method, [])?;
        self.load(data)
    }

    fn load<T: DeserializeOwned>(&mut self, value: Value) -> Result<T, Raise> {
        data::load(self.machine, value).map_err(|misfit| self.machine.error(classes::TYPE_ERROR, &misfit.0))
    }

    /// What the class of a value says under a name.
    fn class_says(&mut self, value: Value, name: &str) -> Option<Value> {
        attributes::class_says(self.machine, value, name)
    }
}
