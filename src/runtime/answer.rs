//! Requests of scripts, by name, and who answers them.

use super::border::Asked;
use super::compare::Found;
use super::graph_answers;
use super::setup::Setup;
use super::world::{Outgoing, World};
use crate::dialect::Names;
use crate::error::{Error, Place, Result};
use crate::host::Rows;
use crate::schema::{Literal, MetaData, Statement};
use crate::{config, ops};
use serde_json::{Value as Json, json};

/// What Python gets.
pub(super) enum Reply {
    None,
    Number(usize),
    Bool(bool),
    Text(String),
    Texts(Vec<String>),
    Rows(Box<Rows>),
    MetaData(Box<MetaData>),
    Found(Box<Found>),
    Data(Json),
}

/// Answers a request. `place` is the line of the project that asks.
pub(super) fn answer(world: &mut World, asked: &mut Asked<'_>, place: Option<Place>) -> Result<Reply> {
    let name = asked.name.clone();
    match name.as_str() {
        "connect" => connect(world, asked),
        "close" => world.close(asked.load(0)?).map(|()| Reply::None),
        "begin" => Ok(Reply::None),
        "commit" => commit(world, asked),
        "rollback" => Ok(world.link(asked.load(0)?)?.rollback().map(|()| Reply::None)?),
        "savepoint" => savepoint(world, asked, "SAVEPOINT"),
        "release" => savepoint(world, asked, "RELEASE SAVEPOINT"),
        "rollback_to" => savepoint(world, asked, "ROLLBACK TO SAVEPOINT"),
        "in_transaction" => Ok(Reply::Bool(world.link(asked.load(0)?)?.in_transaction())),
        "execute" => execute(world, asked, place),
        "driver_sql" => driver_sql(world, asked, place),
        "operations" => operations(world, asked, place),
        "reflect" => reflect(world, asked),
        "table_names" => names(world, asked, Names::Tables),
        "view_names" => names(world, asked, Names::Views),
        "schema_names" => Ok(Reply::Texts(world.names(asked.load(0)?, Names::Schemas, None)?)),
        "server" => server(world, asked),
        "start" => Ok(Reply::Data(start(world))),
        "context" => Ok(Reply::Number(world.configure(asked.load(0)?)?)),
        "current_heads" => Ok(Reply::Texts(world.current_heads(asked.load(0)?)?)),
        "ensure_version_table" => world.ensure_version_table(asked.load(0)?, asked.load(1)?).map(Reply::Texts),
        "plan" => data(&world.plan(asked.load(0)?, asked.load(1)?)?),
        "step_begin" => Ok(Reply::Texts(world.step_begin(asked.load(0)?, asked.load(1)?)?)),
        "step_end" => data(&world.step_end(asked.load(0)?, asked.load(1)?)?),
        "step_closed" => world.step_closed(asked.load(0)?).map(|()| Reply::None),
        "stamp" => stamp(world, asked),
        "autocommit" => autocommit(world, asked),
        "operation" => Ok(Reply::Texts(world.operation(asked.load(0)?, asked.take(1)?, place)?)),
        "group_begin" => Ok(Reply::Number(group_begin(world, asked, place)?)),
        "group_end" => group_end(world, asked),
        "diff" => super::compare::diff(world, asked),
        "render" => super::compare::render(asked),
        "finish" => finish(world, asked),
        "toml" => Ok(Reply::Data(toml(world))),
        "template_directory" => Ok(Reply::Text("/retort/templates".into())),
        "script_location" => Ok(Reply::Text(world.setup.directory.path.clone())),
        _ => graph_answers::answer(&world.setup.graph, asked),
    }
}

/// Whether answering a request changes the database or its transaction, so that a step before it is over.
pub(super) fn moves_database(name: &str) -> bool {
    matches!(
        name,
        "close"
            | "commit"
            | "rollback"
            | "savepoint"
            | "release"
            | "rollback_to"
            | "operations"
            | "operation"
            | "step_begin"
            | "step_end"
            | "step_closed"
            | "autocommit"
            | "stamp"
            | "finish"
    )
}

/// A value in the form of its serde data.
pub(super) fn data<T: serde::Serialize>(value: &T) -> Result<Reply> {
    serde_json::to_value(value).map(Reply::Data).map_err(|error| Error::command(error.to_string()))
}

// Connections

fn connect(world: &mut World, asked: &Asked<'_>) -> Result<Reply> {
    let url: String = asked.load(0)?;
    world.connect(&url).map(Reply::Number)
}

fn commit(world: &mut World, asked: &Asked<'_>) -> Result<Reply> {
    let link = world.link(asked.load(0)?)?;
    link.commit()?;
    Ok(Reply::None)
}

fn savepoint(world: &mut World, asked: &Asked<'_>, words: &str) -> Result<Reply> {
    let name: String = asked.load(1)?;
    let sql = format!("{words} {name}");
    world.send_quietly(asked.load(0)?, &Outgoing { sql: &sql, executions: &[Vec::new()] })?;
    Ok(Reply::None)
}

fn autocommit(world: &mut World, asked: &Asked<'_>) -> Result<Reply> {
    if let Some(link) = world.online(asked.load(0)?) {
        world.link(link)?.set_autocommit(asked.load(1)?)?;
    }
    Ok(Reply::None)
}

// Statements

type Parameters = std::collections::BTreeMap<String, Literal>;

fn execute(world: &mut World, asked: &Asked<'_>, place: Option<Place>) -> Result<Reply> {
    let statement: Statement = asked.load(1)?;
    let sets: Vec<Parameters> = asked.load(2)?;
    let sets: Vec<Vec<(String, Literal)>> = sets.into_iter().map(|set| set.into_iter().collect()).collect();
    Ok(Reply::Rows(Box::new(world.execute(asked.load(0)?, &statement, &sets, place)?)))
}

fn driver_sql(world: &mut World, asked: &Asked<'_>, place: Option<Place>) -> Result<Reply> {
    let sql: String = asked.load(1)?;
    // A list, or a list of lists.
    let executions = match asked.load::<Option<Vec<Vec<Literal>>>>(2) {
        Ok(many) => many.filter(|many| !many.is_empty()).unwrap_or_else(|| vec![Vec::new()]),
        Err(_) => vec![asked.load(2)?],
    };
    let rows = world.send(asked.load(0)?, &Outgoing { sql: &sql, executions: &executions }, place)?;
    Ok(Reply::Rows(Box::new(rows)))
}

fn operations(world: &mut World, asked: &Asked<'_>, place: Option<Place>) -> Result<Reply> {
    let operations: Vec<ops::Operation> = asked.load(1)?;
    let name: String = asked.load(2)?;
    world.operate_group(asked.load(0)?, operations, &name, place)?;
    Ok(Reply::None)
}

fn reflect(world: &mut World, asked: &Asked<'_>) -> Result<Reply> {
    Ok(Reply::MetaData(Box::new(world.reflect(asked.load(0)?, asked.load(1)?, asked.load(2)?)?)))
}

fn names(world: &mut World, asked: &Asked<'_>, what: Names) -> Result<Reply> {
    let schema: Option<String> = asked.load(1)?;
    world.names(asked.load(0)?, what, schema.as_deref()).map(Reply::Texts)
}

fn server(world: &mut World, asked: &Asked<'_>) -> Result<Reply> {
    data(&world.link(asked.load(0)?)?.connection.server())
}

// The environment

/// What env.py is started with; the names are those of Alembic's `EnvironmentContext` and argparse's namespace.
fn start(world: &World) -> Json {
    let setup = &world.setup;
    let opts = &setup.opts;
    let some = |wanted: bool| if wanted { json!(true) } else { Json::Null };
    let destination = match opts.destination_rev.as_slice() {
        [] => Json::Null,
        [one] if setup.command != "stamp" => json!(one),
        many => json!(many),
    };
    json!({
        "command": setup.command,
        "env": setup.directory.env_py(),
        "ini": setup.config.ini_file.as_deref().map(|file| setup.config.absolute(file)),
        "toml": setup.config.toml_file.as_deref().map(|file| setup.config.absolute(file)),
        "section": setup.config.section,
        "raise_errors": setup.raise_errors,
        "words": words(setup),
        "opts": {
            "as_sql": opts.as_sql,
            "starting_rev": opts.starting_rev,
            "destination_rev": destination,
            "tag": opts.tag,
            "purge": some(opts.purge),
            "dont_mutate": some(opts.dont_mutate),
            "template_args": if opts.takes_template_args { json!({}) } else { Json::Null },
        },
    })
}

/// argparse's namespace: the program's words and the command's own.
fn words(setup: &Setup) -> Json {
    let mut words = setup.opts.words.clone();
    words.insert("x".into(), if setup.x.is_empty() { Json::Null } else { json!(setup.x) });
    words.insert("quiet".into(), json!(setup.quiet));
    words.insert("name".into(), json!(setup.config.section));
    words.insert("raiseerr".into(), json!(setup.raise_errors));
    words.insert("config".into(), Json::Null);
    Json::Object(words)
}

fn toml(world: &World) -> Json {
    let table = &world.setup.config.toml;
    Json::Object(table.iter().map(|(key, value)| (key.clone(), toml_value(value))).collect())
}

fn toml_value(value: &config::toml::Value) -> Json {
    use config::toml::Value;
    match value {
        Value::Text(text) => json!(text),
        Value::Integer(number) => json!(number),
        Value::Other(text) => json!(text),
        Value::Boolean(truth) => json!(truth),
        Value::List(items) => Json::Array(items.iter().map(toml_value).collect()),
        Value::Table(table) => {
            Json::Object(table.iter().map(|(key, value)| (key.clone(), toml_value(value))).collect())
        }
    }
}

fn finish(world: &mut World, asked: &Asked<'_>) -> Result<Reply> {
    let made = super::compare::made(world, asked)?;
    world.task.finish(made).map(|()| Reply::None)
}

fn stamp(world: &mut World, asked: &Asked<'_>) -> Result<Reply> {
    let targets = asked.names(1)?.unwrap_or_default();
    world.stamp(asked.load(0)?, &targets).map(Reply::Texts)
}

fn group_begin(world: &mut World, asked: &Asked<'_>, place: Option<Place>) -> Result<usize> {
    let label: String = asked.load(1)?;
    Ok(world.begin_group(&label, place) as usize)
}

fn group_end(world: &mut World, asked: &Asked<'_>) -> Result<Reply> {
    world.recorder.end_group(asked.load(0)?);
    Ok(Reply::None)
}
