//! Columns and what fills them.

use super::{Answer, Item, Writer, python, table::schema_keyword};
use crate::{
    error::Result,
    ops,
    schema::{self, ServerDefault, table::Autoincrement},
};

impl Writer<'_> {
    /// `sa.Column(…)`; `None` where `render_item` leaves it out.
    pub(super) fn column(&mut self, column: &schema::Column) -> Result<Option<String>> {
        match self.ask(Item::Column(column))? {
            Answer::Default => {}
            Answer::Text(text) => return Ok(Some(text)),
            Answer::Nothing => return Ok(None),
        }
        let mut arguments = vec![python::text(&column.name), self.type_of(&column.ty)?];
        if let Some(default) = &column.server_default
            && let Some(text) = self.server_default(Some(default))?
        {
            let positional = matches!(default, ServerDefault::Computed { .. } | ServerDefault::Identity(_));
            arguments.push(if positional { text } else { format!("server_default={text}") });
        }
        if column.autoincrement != Autoincrement::Auto {
            arguments.push(format!("autoincrement={}", autoincrement(column.autoincrement)));
        }
        arguments.push(format!("nullable={}", python::boolean(column.nullable)));
        if column.system {
            arguments.push("system=True".into());
        }
        if let Some(comment) = &column.comment {
            arguments.push(format!("comment={}", python::text(comment)));
        }
        arguments.extend(self.keyword_arguments(&column.options)?);
        Ok(Some(format!("{}Column({})", self.sa(), arguments.join(", "))))
    }

    /// A server default; `None` in the answer of `render_item` leaves it out.
    fn server_default(&mut self, default: Option<&ServerDefault>) -> Result<Option<String>> {
        match self.ask(Item::ServerDefault(default))? {
            Answer::Default => {}
            Answer::Text(text) => return Ok(Some(text)),
            Answer::Nothing => return Ok(None),
        }
        let sa = self.sa();
        Ok(Some(match default {
            None => "None".into(),
            Some(ServerDefault::Literal(text)) => python::text(without_quotes(text)),
            Some(ServerDefault::Expression(expression)) => {
                format!("{sa}text({})", python::text(&self.dialect.default_text(expression)?))
            }
            Some(ServerDefault::Computed { sql, persisted }) => {
                let persisted = persisted.map_or_else(String::new, |it| format!("persisted={}", python::boolean(it)));
                format!("{sa}Computed({}, {persisted})", python::text(sql))
            }
            Some(ServerDefault::Identity(identity)) => {
                format!("{sa}Identity({})", identity_options(identity).join(", "))
            }
            Some(ServerDefault::Fetched) => format!("{sa}FetchedValue()"),
        }))
    }

    pub(super) fn add_column(&mut self, op: &ops::AddColumn) -> Result<String> {
        let mut arguments = Vec::new();
        if !self.in_batch {
            arguments.push(python::text(&op.table.name));
        }
        arguments.push(self.column(&op.column)?.unwrap_or_default());
        let places = [("insert_before", &op.insert_before), ("insert_after", &op.insert_after)];
        for (key, place) in places.iter().filter(|_| self.in_batch) {
            arguments.extend(place.as_ref().map(|place| format!("{key}={}", python::text(place))));
        }
        if !self.in_batch {
            arguments.extend(op.table.schema.as_ref().map(|schema| format!("schema={}", python::text(schema))));
            let flags = [
                ("if_not_exists", op.if_not_exists),
                ("inline_references", op.inline_references),
                ("inline_primary_key", op.inline_primary_key),
            ];
            arguments.extend(flags.iter().filter(|(_, on)| *on).map(|(key, _)| format!("{key}=True")));
        }
        Ok(format!("{}add_column({})", self.op(), arguments.join(", ")))
    }

    pub(super) fn drop_column(&self, op: &ops::DropColumn) -> String {
        let name = python::text(&op.column);
        if self.in_batch {
            return format!("{}drop_column({name})", self.op());
        }
        let (table, schema) = (python::text(&op.table.name), schema_keyword(op.table.schema.as_deref()));
        let if_exists = if op.if_exists { ", if_exists=True" } else { "" };
        let options = op.options.iter().filter_map(|(key, value)| match value {
            schema::Expr::Literal { value, .. } => Some(format!(", {key}={}", python::literal(value))),
            _ => None,
        });
        format!("{}drop_column({table}, {name}{schema}{if_exists}{})", self.op(), options.collect::<String>())
    }

    pub(super) fn alter_column(&mut self, op: &ops::AlterColumn) -> Result<String> {
        let (to, existing) = (&op.to, &op.existing);
        let mut aspects = Vec::new();
        if let Some(ty) = &existing.ty {
            aspects.push(format!("existing_type={}", self.type_of(ty)?));
        }
        if let Some(default) = &to.server_default {
            let text = self.server_default(default.as_ref())?;
            aspects.push(format!("server_default={}", text.unwrap_or_else(|| "None".into())));
        }
        if let Some(name) = &op.new_name {
            aspects.push(format!("new_column_name={}", python::text(name)));
        }
        if let Some(ty) = &to.ty {
            aspects.push(format!("type_={}", self.type_of(ty)?));
        }
        aspects.extend(to.nullable.map(|it| format!("nullable={}", python::boolean(it))));
        if let Some(comment) = &to.comment {
            aspects.push(format!("comment={}", super::operation::or_none(comment.as_deref())));
        }
        if let Some(Some(comment)) = &existing.comment {
            aspects.push(format!("existing_comment={}", python::text(comment)));
        }
        if let (None, Some(nullable)) = (to.nullable, existing.nullable) {
            aspects.push(format!("existing_nullable={}", python::boolean(nullable)));
        }
        aspects.extend(to.autoincrement.map(|it| format!("autoincrement={}", autoincrement(it))));
        if let (None, Some(Some(default))) = (&to.server_default, &existing.server_default) {
            let text = self.server_default(Some(default))?;
            aspects.push(format!("existing_server_default={}", text.unwrap_or_else(|| "None".into())));
        }
        if let Some(schema) = op.table.schema.as_ref().filter(|_| !self.in_batch) {
            aspects.push(format!("schema={}", python::text(schema)));
        }
        aspects.extend(self.keyword_arguments(&op.options)?);
        aspects.extend(self.places(op));
        let table = if self.in_batch { String::new() } else { format!("{}, ", python::text(&op.table.name)) };
        let aspects = aspects.iter().map(|aspect| format!(",\n           {aspect}")).collect::<String>();
        Ok(format!("{}alter_column({table}{}{aspects})", self.op(), python::text(&op.column)))
    }

    fn places(&self, op: &ops::AlterColumn) -> Vec<String> {
        let places = [("insert_before", &op.insert_before), ("insert_after", &op.insert_after)];
        let written =
            places.iter().filter(|_| self.in_batch).filter_map(|(key, place)| place.as_ref().map(|it| (key, it)));
        written.map(|(key, place)| format!("{key}={}", python::text(place))).collect()
    }
}

/// A quote at either end goes; Alembic takes them for left-overs of reflection.
fn without_quotes(text: &str) -> &str {
    let text = text.strip_prefix('\'').unwrap_or(text);
    text.strip_suffix('\'').unwrap_or(text)
}

fn autoincrement(value: Autoincrement) -> &'static str {
    match value {
        Autoincrement::Auto => "'auto'",
        Autoincrement::Yes => "True",
        Autoincrement::No => "False",
        Autoincrement::IgnoreForeignKey => "'ignore_fk'",
    }
}

fn identity_options(identity: &schema::table::Identity) -> Vec<String> {
    let flag = |key: &str, value: Option<bool>| value.map(|it| format!("{key}={}", python::boolean(it)));
    let number = |key: &str, value: Option<i64>| value.map(|it| format!("{key}={it}"));
    let options = [
        flag("always", Some(identity.always)),
        flag("on_null", identity.on_null),
        number("start", identity.start),
        number("increment", identity.increment),
        number("minvalue", identity.minvalue),
        number("maxvalue", identity.maxvalue),
        flag("nominvalue", identity.nominvalue),
        flag("nomaxvalue", identity.nomaxvalue),
        flag("cycle", identity.cycle),
        number("cache", identity.cache),
        flag("order", identity.order),
    ];
    options.into_iter().flatten().collect()
}
