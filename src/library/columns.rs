//! Columns, which are made by the thousand: `Column(…)`, a table that takes its columns, the body of a mapped class.
//! What is not plain is left to the prelude's Python.

use super::attributes::{class, class_of, class_says, dict, dict_of, object, own, says, set, set_of_names};
use crate::python::{Args, Flow, Handle, Machine, Module, Raise, Value, classes};

/// Fills the module `_columns`.
pub(super) fn fill(machine: &mut Machine, module: Module) {
    module
        .function(machine, "found", found)
        .function(machine, "annotates", annotates)
        .function(machine, "attach", attach)
        .function(machine, "collect", collect)
        .function(machine, "copy_said", copy_said);
}

/// `found(Column)`: gives the class its `__init__`.
fn found(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let [column] = args.exactly(machine, "found")?;
    let column = class(machine, column, "Column")?;
    machine.extend(column).method("__init__", init);
    let name = machine.heap.intern("__init__");
    machine.class_changed(column, name);
    Ok(Value::None.into())
}

/// `annotates(Mapped)`: gives the class what makes `Mapped[X]`.
fn annotates(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let [mapped] = args.exactly(machine, "annotates")?;
    let mapped = class(machine, mapped, "Mapped")?;
    machine.extend(mapped).class_method("__class_getitem__", annotated);
    Ok(Value::None.into())
}

/// `Mapped[item]`, or that of a subclass.
fn annotated(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let [origin, item] = args.exactly(machine, "__class_getitem__")?;
    let annotation = class_of(machine, origin, "_annotation")?;
    let made = machine.empty_instance(annotation)?;
    let instance = made.handle().expect("an instance is an object");
    set(machine, instance, "origin", origin);
    set(machine, instance, "item", item);
    Ok(made.into())
}

/// `copy_said(from, to, names)`: gives an object those attributes among `names` that another one holds itself.
fn copy_said(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let [from, to, names] = args.exactly(machine, "copy_said")?;
    let (from, to) = (object(machine, from, "what is copied")?, object(machine, to, "the copy")?);
    let names = set_of_names(machine, names, "names")?;
    for (name, value) in machine.own_entries(from) {
        if machine.dict_get(names, name)?.is_some() {
            let name = machine.heap.name_of(name);
            machine.set_own(to, name, value);
        }
    }
    Ok(Value::None.into())
}

/// `Column(name, type, *items, **said)`. What it does not know goes to `Column._rest(type, said, items)`.
fn init(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let Some(column) = args.first().and_then(|column| column.handle()) else {
        return Err(machine.type_error("Column.__init__() needs an argument"));
    };
    let mut given = args.get(1..).unwrap_or_default();
    if let Some(first) = given.first().filter(|first| first.is_none() || machine.heap.text(**first).is_some()) {
        if !first.is_none() {
            named(machine, column, *first);
        }
        given = &given[1..];
    }
    let mut kind = Value::None;
    if let Some(first) = given.first()
        && (first.is_none() || is_type(machine, *first) || machine.is_instance(*first, classes::TYPE))
    {
        kind = typed(machine, column, *first)?;
        given = &given[1..];
    }
    let keys = given.iter().take_while(|item| is_foreign_key(machine, **item)).count();
    referring(machine, column, &given[..keys]);
    let rest = said(machine, column, &args.keywords)?;
    if kind.is_none() && rest.is_none() && keys == given.len() {
        return Ok(Value::None.into());
    }
    let items = machine.heap.tuple(&given[keys..]);
    let method = machine.get_attr(column.into(), "_rest")?;
    Ok(Flow::call(method, [kind, rest, items]))
}

fn named(machine: &mut Machine, column: Handle, name: Value) {
    for attribute in ["name", "key"] {
        set(machine, column, attribute, name);
    }
}

/// Sets the column's type; a class that was not used before is given back.
fn typed(machine: &mut Machine, column: Handle, kind: Value) -> Result<Value, Raise> {
    if kind.is_none() {
        return Ok(kind);
    }
    let mut found = Some(kind);
    if !is_type(machine, kind) {
        let instances = dict_of(machine, column.into(), "_instances")?;
        found = machine.dict_get(instances, kind)?;
    }
    let Some(found) = found else { return Ok(kind) };
    set(machine, column, "type", found);
    Ok(Value::None)
}

/// Whether a value is an instance of `TypeEngine`, by an attribute that only such classes have.
fn is_type(machine: &mut Machine, value: Value) -> bool {
    class_says(machine, value, "_schema_type").is_some()
}

fn is_foreign_key(machine: &mut Machine, value: Value) -> bool {
    class_says(machine, value, "_is_foreign_key").is_some()
}

fn referring(machine: &mut Machine, column: Handle, keys: &[Value]) {
    if keys.is_empty() {
        return;
    }
    for key in keys {
        set(machine, key.handle().expect("only objects have classes of scripts"), "parent", column.into());
    }
    let keys = machine.heap.list(keys.to_vec());
    set(machine, column, "foreign_keys", keys);
}

/// Keyword arguments; a dict of those that want Python, or None.
fn said(machine: &mut Machine, column: Handle, keywords: &[(Handle, Value)]) -> Result<Value, Raise> {
    let mut rest = Vec::new();
    let (mut in_key, mut takes_null, mut default) = (false, None, None);
    for (name, value) in keywords {
        match machine.heap.text((*name).into()).unwrap_or_default() {
            "nullable" => takes_null = Some(*value),
            "primary_key" => in_key = machine.truth(*value)?,
            "index" | "unique" | "comment" | "doc" | "system" | "autoincrement" => {
                machine.set_own(column, *name, *value);
            }
            "info" => set(machine, column, "_info", *value),
            "insert_sentinel" | "_proxies" | "_insert_sentinel" | "omit_from_statements" => {}
            "server_default" => {
                default = Some(rest.len());
                rest.push((*name, *value));
            }
            _ => rest.push((*name, *value)),
        }
    }
    nullability(machine, column, in_key, takes_null)?;
    if let Some(at) = default
        && plain_default(machine, rest[at].1)
    {
        server_default(machine, column, rest.remove(at).1)?;
    }
    if rest.is_empty() {
        return Ok(Value::None);
    }
    let dict = machine.dict_of(&[]);
    let handle = dict.handle().expect("a dict is an object");
    for (name, value) in rest {
        machine.dict_set(handle, name.into(), value)?;
    }
    Ok(dict)
}

/// Whether a server default is text or an expression, or none at all.
fn plain_default(machine: &mut Machine, value: Value) -> bool {
    value.is_none()
        || machine.heap.class_of(value) == classes::STR
        || class_says(machine, value, "is_clause_element") == Some(Value::Bool(true))
}

fn server_default(machine: &mut Machine, column: Handle, value: Value) -> Result<(), Raise> {
    if value.is_none() {
        return Ok(());
    }
    let clause = class_of(machine, column.into(), "_default_clause")?;
    let default = machine.empty_instance(clause)?;
    let instance = default.handle().expect("an instance is an object");
    set(machine, instance, "arg", value);
    set(machine, instance, "column", column.into());
    set(machine, column, "server_default", default);
    Ok(())
}

/// A key takes no NULL, unless that is said.
fn nullability(machine: &mut Machine, column: Handle, in_key: bool, said: Option<Value>) -> Result<(), Raise> {
    if in_key {
        set(machine, column, "primary_key", Value::Bool(true));
        if said.is_none_or(Value::is_none) {
            set(machine, column, "nullable", Value::Bool(false));
        }
    }
    if let Some(value) = said
        && machine.heap.text(value) != Some("<null unspecified>")
        && !(in_key && value.is_none())
    {
        set(machine, column, "nullable", value);
        set(machine, column, "_user_nullable", value);
    }
    Ok(())
}

/// `attach(table, items)`: gives the table its first plain columns, and adds those of the key to it. The answer is a
/// list of the columns that bring something more, and a list of the items that were not taken.
fn attach(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let [table, items] = args.exactly(machine, "attach")?;
    let by_key = dict_of(machine, table, "_by_key")?;
    let items = machine.items(items)?;
    let (mut taken, mut key, mut bring) = (0, Vec::new(), Vec::new());
    for item in &items {
        if !free(machine, by_key, *item)? {
            break;
        }
        taken += 1;
        let column = item.handle().expect("only objects have classes of scripts");
        set(machine, column, "table", table);
        let own_key = own(machine, column, "key").unwrap_or(Value::None);
        machine.dict_set(by_key, own_key, *item)?;
        if says(machine, column, "primary_key")? {
            key.push(*item);
        }
        if brings(machine, column)? {
            bring.push(*item);
        }
    }
    if !key.is_empty() {
        let primary_key = machine.get_attr(table, "primary_key")?;
        let primary_key = object(machine, primary_key, "primary_key")?;
        let key = machine.heap.list(key);
        set(machine, primary_key, "_columns", key);
    }
    let (bring, rest) = (machine.heap.list(bring), machine.heap.list(items[taken..].to_vec()));
    Ok(machine.heap.tuple(&[bring, rest]).into())
}

/// Whether it is a column with a name that has no table yet, and the table none of its key.
fn free(machine: &mut Machine, by_key: Handle, item: Value) -> Result<bool, Raise> {
    if class_says(machine, item, "_is_column").is_none() {
        return Ok(false);
    }
    let column = item.handle().expect("only objects have classes of scripts");
    let (table, name) = (own(machine, column, "table"), own(machine, column, "name"));
    if table.is_some_and(|table| !table.is_none()) || name.is_none_or(Value::is_none) {
        return Ok(false);
    }
    let key = own(machine, column, "key").unwrap_or(Value::None);
    Ok(machine.dict_get(by_key, key)?.is_none())
}

/// Whether something else of the table comes from this column: a constraint, an index.
fn brings(machine: &mut Machine, column: Handle) -> Result<bool, Raise> {
    for name in ["index", "unique", "foreign_keys", "constraints", "_waiting"] {
        if says(machine, column, name)? {
            return Ok(true);
        }
    }
    let Some(kind) = own(machine, column, "type") else { return Ok(false) };
    if class_says(machine, kind, "_schema_type") != Some(Value::Bool(true)) {
        return Ok(false);
    }
    let checked = machine.get_attr(kind, "create_constraint")?;
    machine.truth(checked)
}

/// `collect(class, names, at, said, columns, plain, annotation, column)`: the columns of a mapped class's body, from
/// the name at `at` on, as far as they are plain: `x: Mapped[X]`, perhaps with a `mapped_column`, and X a type of
/// `plain`, perhaps or None. The answer is the place of the first name that is something else.
fn collect(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let [mapped, names, at, said, columns, plain, annotation, column] = args.exactly(machine, "collect")?;
    let body = Body {
        class: class(machine, mapped, "what is mapped")?,
        said: dict(machine, said, "annotations")?,
        columns: dict(machine, columns, "columns")?,
        plain: dict(machine, plain, "plain types")?,
        annotation: class(machine, annotation, "an annotation's class")?,
        column: class(machine, column, "a column's class")?,
    };
    let names = machine.items(names)?;
    let Value::Int(mut at) = at else { return Ok(at.into()) };
    while let Some(name) = names.get(at as usize) {
        if !body.took(machine, *name)? {
            break;
        }
        at += 1;
    }
    Ok(Value::Int(at).into())
}

/// The body of a mapped class.
struct Body {
    class: Handle,
    said: Handle,
    columns: Handle,
    plain: Handle,
    annotation: Handle,
    column: Handle,
}

impl Body {
    /// Takes a column; false where it is none, or not a plain one.
    fn took(&self, machine: &mut Machine, name: Value) -> Result<bool, Raise> {
        let Some(annotation) = machine.dict_get(self.said, name)?.and_then(Value::handle) else { return Ok(false) };
        if machine.heap.class_of(annotation.into()) != self.annotation {
            return Ok(false);
        }
        let item = own(machine, annotation, "item").unwrap_or(Value::None);
        let Some((kind, nullable)) = self.plain_type(machine, item)? else { return Ok(false) };
        let name_handle = machine.heap.name_of(name);
        let space = machine.heap.class(self.class).dict;
        let column = match machine.heap.get_name(space, name_handle) {
            Some(value) if machine.heap.class_of(value) == self.column => object(machine, value, "a column")?,
            Some(_) => return Ok(false),
            None if machine.heap.text(name).is_some_and(|name| name.starts_with("__")) => return Ok(false),
            None => self.unwritten(machine, name_handle)?,
        };
        if own(machine, column, "_user_nullable").is_none_or(Value::is_none) {
            set(machine, column, "nullable", Value::Bool(nullable));
        }
        let untyped = class_says(machine, column.into(), "type");
        if own(machine, column, "type").or(untyped) == untyped && own(machine, column, "foreign_keys").is_none() {
            set(machine, column, "type", kind);
        }
        if own(machine, column, "name").is_none_or(Value::is_none) {
            named(machine, column, name);
        }
        set(machine, column, "_attribute", name);
        machine.dict_set(self.columns, name, column.into())?;
        Ok(true)
    }

    /// The type, and whether NULL is among it.
    fn plain_type(&self, machine: &mut Machine, item: Value) -> Result<Option<(Value, bool)>, Raise> {
        let (item, nullable) = match machine.union_parts(item) {
            None => (item, false),
            Some([one, none] | [none, one]) if *none == classes::NONE_TYPE.into() => (*one, true),
            Some(_) => return Ok(None),
        };
        if !machine.is_instance(item, classes::TYPE) {
            return Ok(None);
        }
        Ok(machine.dict_get(self.plain, item)?.map(|kind| (kind, nullable)))
    }

    /// The column of an annotation that nothing is assigned to.
    fn unwritten(&self, machine: &mut Machine, name: Handle) -> Result<Handle, Raise> {
        let column = machine.empty_instance(self.column)?;
        let space = machine.heap.class(self.class).dict;
        machine.heap.set_name(space, name, column);
        machine.class_changed(self.class, name);
        Ok(column.handle().expect("an instance is an object"))
    }
}
