//! Names in SQL: when they are quoted, and how (SQLAlchemy's `IdentifierPreparer`).

use super::Features;
use crate::error::{Error, Result};
use crate::schema::{Name, TableName};

/// A name as SQL writes it: quoted if it is reserved, has upper-case letters or characters that plain names cannot have.
pub fn quote(features: &Features, name: &str) -> String {
    if needs_quotes(features, name) { quoted(features, name) } else { name.to_string() }
}

/// A name in quotes, whatever it is.
pub fn quoted(features: &Features, name: &str) -> String {
    let (left, right) = features.quotes;
    let mut text = String::with_capacity(name.len() + 2);
    text.push(left);
    for letter in name.chars() {
        if letter == right {
            text.push(right);
        }
        text.push(letter);
    }
    text.push(right);
    text
}

/// A table's name with its schema.
pub fn table(features: &Features, name: &TableName) -> String {
    match &name.schema {
        Some(schema) => format!("{}.{}", quote(features, schema), quote(features, &name.name)),
        None => quote(features, &name.name),
    }
}

/// A table's name in an ALTER TABLE of Alembic's, which quotes the parts of a dotted schema one by one.
pub fn altered_table(features: &Features, name: &TableName) -> String {
    match &name.schema {
        Some(schema) => format!("{}.{}", dotted(features, schema), quote(features, &name.name)),
        None => quote(features, &name.name),
    }
}

/// Names in a list: `a, "B"`.
pub fn list<'a>(features: &Features, names: impl IntoIterator<Item = &'a String>) -> String {
    let names: Vec<String> = names.into_iter().map(|name| quote(features, name)).collect();
    names.join(", ")
}

/// The name of a constraint or an index: final names that are too long are cut and end in four digits of their MD5, as
/// SQLAlchemy does; a long name that somebody wrote is an error.
pub fn constraint(features: &Features, name: &Name) -> Result<String> {
    Ok(quote(features, &shortened(features, name)?))
}

/// The name as the database will know it, without quotes.
pub fn shortened(features: &Features, name: &Name) -> Result<String> {
    let longest = features.longest_name;
    if name.text.chars().count() <= longest {
        return Ok(name.text.clone());
    }
    if !name.conv {
        return Err(Error::command(format!(
            "Identifier '{}' exceeds maximum length of {longest} characters",
            name.text
        )));
    }
    let digest = super::md5::hexadecimal(name.text.as_bytes());
    let kept: String = name.text.chars().take(longest - 8).collect();
    Ok(format!("{kept}_{}", &digest[digest.len() - 4..]))
}

/// A phrase of keywords such as "SET NULL", which goes into SQL as it is; anything else is refused.
pub fn phrase(text: &str) -> Result<&str> {
    let words = text.split_whitespace().all(|word| word.chars().all(|it| it.is_alphanumeric() || it == '_'));
    if words && !text.is_empty() && !text.starts_with(char::is_whitespace) && !text.ends_with(char::is_whitespace) {
        Ok(text)
    } else {
        Err(Error::command(format!("Unexpected SQL phrase: '{text}' (matching against '^\\\\w+(?:\\\\s+\\\\w+)*$')")))
    }
}

/// Whether a name has characters that no plain name has, its case left aside.
pub fn has_illegal_characters(name: &str) -> bool {
    name.is_empty() || !name.chars().all(|it| it.is_ascii_alphanumeric() || it == '_' || it == '$')
}

fn needs_quotes(features: &Features, name: &str) -> bool {
    has_illegal_characters(name)
        || name.starts_with(|it: char| it.is_ascii_digit() || it == '$')
        || name.chars().any(|it| it.is_ascii_uppercase())
        || features.reserved_words.binary_search(&name).is_ok()
}

fn dotted(features: &Features, schema: &str) -> String {
    let parts: Vec<String> = schema.split('.').map(|part| quote(features, part)).collect();
    parts.join(".")
}
