//! The comparison of models and database for `revision --autogenerate` and `check`, and the hooks that it asks.

use super::answer::Reply;
use super::border::{Asked, Hook};
use super::task::Made;
use super::world::World;
use crate::autogenerate::{self, Kind, Object, Opinion, Pair, Parents, Policy};
use crate::dialect::{self, Wanted};
use crate::error::{Error, Result};
use crate::ops::Operation;
use crate::schema::{Column, Constraint, Index, MetaData, Table, table::ConstraintKind};
use crate::script::render;
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

/// What `context.configure` says about the comparison.
#[derive(Deserialize)]
struct Options {
    include_schemas: bool,
    compare_type: bool,
    compare_server_default: bool,
    plugins: Vec<String>,
    /// Whether somebody in Python wants to see the operations.
    shown: bool,
}

/// What a comparison found, as Python sees it.
#[derive(Serialize, Default)]
pub(super) struct Found {
    /// The number of a comparison whose operations nobody in Python wants to see.
    compared: Option<usize>,
    upgrade: Vec<Operation>,
    downgrade: Vec<Operation>,
    log: Vec<(String, String)>,
    warnings: Vec<String>,
    /// The columns of the tables that lose an index: objects of hooks know their types.
    indexed: BTreeMap<String, Vec<Column>>,
}

/// The operations of a comparison, up and down.
pub(super) type Compared = (Vec<Operation>, Vec<Operation>);

/// Compares the models with the database of a context.
pub(super) fn diff(world: &mut World, asked: &mut Asked<'_>) -> Result<Reply> {
    let context: usize = asked.load(0)?;
    let target = merged(asked.take_all(1));
    let options: Options = asked.load(2)?;
    let link = world.online(context).ok_or_else(|| {
        Error::command("autogenerate can't use as_sql=True as it prevents querying the database for schema information")
    })?;
    let current = reflected(world, link, &target, options.include_schemas)?;
    let version_table = world.contexts[context].configured.version_table.name.clone();
    let compared = autogenerate::Options {
        types: options.compare_type,
        server_defaults: options.compare_server_default,
        checks: options.plugins.iter().any(|name| name == autogenerate::CHECK_PLUGIN),
        version_table,
    };
    let dialect = world.contexts[context].dialect;
    let pair = Pair { current: &current, target: &target };
    let found = match asked.hook(3)? {
        None => autogenerate::diff(pair, dialect, &compared, &mut autogenerate::Everything)?,
        Some(mut hook) => {
            hook.begin(&current)?;
            autogenerate::diff(pair, dialect, &compared, &mut Hooks { hook })?
        }
    };
    let downgrade = reversed(&found.operations)?;
    let log = found.log.into_iter().map(|line| (line.logger.to_string(), line.message)).collect();
    let mut answer = Found { log, warnings: found.warnings, ..Found::default() };
    if options.shown {
        answer.indexed = indexed(&found.operations, &current);
        (answer.upgrade, answer.downgrade) = (found.operations, downgrade);
    } else {
        answer.compared = Some(world.compared.len());
        world.compared.push((found.operations, downgrade));
    }
    Ok(Reply::Found(Box::new(answer)))
}

/// What is to be written, with the operations of comparisons that Python has not seen.
pub(super) fn made(world: &mut World, asked: &Asked<'_>) -> Result<Made> {
    let mut made: Made = asked.load(0)?;
    for pass in made.scripts.iter_mut().flatten().flat_map(|script| &mut script.passes) {
        if let Some(compared) = pass.compared.and_then(|number| world.compared.get_mut(number)) {
            (pass.upgrade, pass.downgrade) = std::mem::take(compared);
        }
    }
    Ok(made)
}

fn indexed(operations: &[Operation], current: &MetaData) -> BTreeMap<String, Vec<Column>> {
    let mut tables = BTreeMap::new();
    for operation in operations {
        match operation {
            Operation::ModifyTable(op) => tables.extend(indexed(&op.operations, current)),
            Operation::DropIndex(op) => {
                let table = current.tables.iter().find(|table| Some(&table.name) == op.table.as_ref());
                tables.extend(table.map(|table| (table.name.name.clone(), table.columns.clone())));
            }
            _ => {}
        }
    }
    tables
}

fn reversed(operations: &[Operation]) -> Result<Vec<Operation>> {
    crate::ops::reverse::reverse(operations)
}

/// Several `MetaData` are one.
fn merged(many: Vec<MetaData>) -> MetaData {
    let mut many = many.into_iter();
    let mut first = many.next().unwrap_or_default();
    many.for_each(|other| first.tables.extend(other.tables));
    first
}

fn reflected(world: &mut World, link: usize, target: &MetaData, all_schemas: bool) -> Result<MetaData> {
    let link = world.link(link)?;
    let wanted = |schema| Wanted { schema, tables: None, views: false };
    let mut found = link.dialect.reflect(link.connection.as_mut(), &wanted(None))?;
    if all_schemas {
        let mut schemas: Vec<&String> = target.tables.iter().filter_map(|table| table.name.schema.as_ref()).collect();
        schemas.sort();
        schemas.dedup();
        for schema in schemas {
            let more = link.dialect.reflect(link.connection.as_mut(), &wanted(Some(schema.clone())))?;
            found.tables.extend(more.tables);
        }
    }
    Ok(found)
}

/// `render_python_code`.
pub(super) fn render(asked: &mut Asked<'_>) -> Result<Reply> {
    #[derive(Deserialize)]
    struct Prefixes {
        sqlalchemy_module_prefix: String,
        alembic_module_prefix: String,
        user_module_prefix: Option<String>,
        render_as_batch: bool,
    }
    let dialect = dialect::by_name(&asked.load::<String>(0)?)?;
    let operations: Vec<Operation> = asked.load(1)?;
    let prefixes: Prefixes = asked.load(2)?;
    let options = render::Options {
        sqlalchemy_prefix: prefixes.sqlalchemy_module_prefix,
        alembic_prefix: prefixes.alembic_module_prefix,
        user_prefix: prefixes.user_module_prefix,
        as_batch: prefixes.render_as_batch,
    };
    let text = render::body(&operations, dialect, &options, &mut render::Plain)?;
    Ok(Reply::Text(render::indented(&text)))
}

/// The hooks of env.py behind [`Policy`].
struct Hooks<'a> {
    hook: Hook<'a>,
}

impl Policy for Hooks<'_> {
    fn include_name(&mut self, name: Option<&str>, kind: Kind, parents: &Parents) -> Result<bool> {
        if !self.hook.has("include_name") {
            return Ok(true);
        }
        let mut names = json!({"schema_name": parents.schema});
        let qualified = match &parents.schema {
            Some(schema) => format!("{schema}.{}", parents.table),
            None => parents.table.clone(),
        };
        names["schema_qualified_table_name"] = json!(qualified);
        if kind != Kind::Table {
            names["table_name"] = json!(parents.table);
        }
        self.hook.truth("include_name", &[json!(name), json!(kind.word()), names])
    }

    fn include_object(
        &mut self,
        object: Object<'_>,
        name: Option<&str>,
        kind: Kind,
        reflected: bool,
        compare_to: Option<Object<'_>>,
    ) -> Result<bool> {
        if !self.hook.has("include_object") {
            return Ok(true);
        }
        let (what, other) = (place(object, kind), compare_to.map(|other| place(other, kind)));
        self.hook.truth("include_object", &[what, json!(reflected), json!(other), json!(name)])
    }

    fn compare_type(&mut self, tables: Pair<&Table>, columns: Pair<&Column>) -> Result<Opinion> {
        if !self.hook.has("compare_type") {
            return Ok(Opinion::None);
        }
        let (current, target) = sides(tables, columns);
        self.hook.opinion("compare_type", &[current, target])
    }

    fn compare_server_default(
        &mut self,
        tables: Pair<&Table>,
        columns: Pair<&Column>,
        rendered: Pair<Option<&str>>,
    ) -> Result<Opinion> {
        if !self.hook.has("compare_server_default") {
            return Ok(Opinion::None);
        }
        let (current, target) = sides(tables, columns);
        let texts = [json!(rendered.current), json!(rendered.target)];
        self.hook.opinion("compare_server_default", &[&[current, target], &texts[..]].concat())
    }

    fn ask(&mut self, _: &str) -> Result<bool> {
        Err(Error::unsupported("Retort", "asking a database while it is compared"))
    }
}

fn sides(tables: Pair<&Table>, columns: Pair<&Column>) -> (Json, Json) {
    let current = place(Object::Column(tables.current, columns.current), Kind::Column);
    (current, place(Object::Column(tables.target, columns.target), Kind::Column))
}

/// What finds an object: its kind, its table, its name, its columns, and the number by which the models' side knows it.
fn place(object: Object<'_>, kind: Kind) -> Json {
    let (table, name, columns, origin) = match object {
        Object::Table(table) => (table, None, Vec::new(), table.origin),
        Object::Column(table, column) => (table, Some(column.name.clone()), Vec::new(), column.origin),
        Object::Index(table, index) => (table, index_name(index), Vec::new(), index.origin),
        Object::Constraint(table, constraint) => {
            let name = constraint.name.as_ref().map(|name| name.text.clone());
            (table, name, columns(constraint), constraint.origin)
        }
    };
    json!([kind.word(), table.name.schema, table.name.name, name, columns, origin.0])
}

fn index_name(index: &Index) -> Option<String> {
    index.name.as_ref().map(|name| name.text.clone())
}

fn columns(constraint: &Constraint) -> Vec<String> {
    match &constraint.kind {
        ConstraintKind::PrimaryKey { columns } | ConstraintKind::Unique { columns } => columns.clone(),
        ConstraintKind::ForeignKey(key) => key.columns.clone(),
        ConstraintKind::Check { .. } | ConstraintKind::Exclude { .. } => Vec::new(),
    }
}
