//! Types: `sa.String(length=50)`, `postgresql.JSONB(astext_type=sa.Text())`, `app.types.Money()`.

use super::{Answer, Item, Writer, python};
use crate::{
    error::Result,
    schema::{
        Type,
        types::{Argument, Enum},
    },
};

impl Writer<'_> {
    /// A type as a revision writes it, with the imports that it needs.
    pub(super) fn type_of(&mut self, ty: &Type) -> Result<String> {
        match self.ask(Item::Type(ty))? {
            Answer::Default => {}
            Answer::Text(text) => return Ok(text),
            Answer::Nothing => return Ok("None".into()),
        }
        if let Type::Variant { base, variants } = ty {
            let mut text = self.type_of(base)?;
            for (dialect, variant) in variants {
                text += &format!(".with_variant({}, {})", self.type_of(variant)?, python::text(dialect));
            }
            return Ok(text);
        }
        let prefix = self.prefix(ty);
        let mut render = |inner: &Type| self.type_of(inner);
        Ok(prefix + &written(ty, &mut render)?)
    }

    fn prefix(&mut self, ty: &Type) -> String {
        let dialect = match ty {
            Type::Dialect { dialect, .. } => Some(dialect),
            Type::Enum(it) => it.dialect.as_ref(),
            Type::Array { dialect, .. } => dialect.as_ref(),
            Type::Custom { module, .. } => {
                return self.options.user_prefix.clone().unwrap_or_else(|| format!("{module}."));
            }
            _ => None,
        };
        let Some(dialect) = dialect else { return self.sa().into() };
        self.imports.insert(format!("from sqlalchemy.dialects import {dialect}"));
        format!("{dialect}.")
    }
}

/// A type as Python's `repr` writes it, in log lines and in the differences of `check`.
pub fn repr(ty: &Type) -> String {
    let mut plain = |inner: &Type| Ok(repr(inner));
    let text = match ty {
        Type::Variant { base, .. } => Ok(repr(base)),
        // These two forget their arguments.
        Type::Interval { .. } => Ok("Interval()".into()),
        Type::Enum(it) => written(&Type::Enum(Enum { create_type: true, ..it.clone() }), &mut plain),
        other => written(other, &mut plain),
    };
    text.unwrap_or_default()
}

type Inner<'a> = &'a mut dyn FnMut(&Type) -> Result<String>;

/// `Class(arguments)`: the arguments that differ from their defaults, in the order of the signature.
fn written(ty: &Type, inner: Inner<'_>) -> Result<String> {
    let (class, arguments): (&str, Vec<Option<String>>) = match ty {
        Type::Null => ("NullType", Vec::new()),
        Type::String { class, length, collation } => {
            (class, vec![number("length", *length), text("collation", collation.as_ref())])
        }
        Type::Integer { class } => (class, Vec::new()),
        Type::Numeric { class, precision, scale, asdecimal, decimal_return_scale } => {
            let numbers = (*precision, *scale, *decimal_return_scale);
            (class, numeric(class, numbers, *asdecimal))
        }
        Type::Boolean { class, create_constraint, name } => {
            (class, vec![flag("create_constraint", *create_constraint, false), text("name", name.as_ref())])
        }
        Type::Temporal { class, timezone } => (class, vec![flag("timezone", *timezone, false)]),
        Type::Interval { native, second_precision, day_precision } => (
            "Interval",
            vec![
                flag("native", *native, true),
                number("second_precision", *second_precision),
                number("day_precision", *day_precision),
            ],
        ),
        Type::Binary { class, length } => (class, vec![number("length", *length)]),
        Type::Enum(it) => (if it.dialect.is_some() { "ENUM" } else { "Enum" }, enumeration(it)),
        Type::Json { class, none_as_null } => (class, vec![flag("none_as_null", *none_as_null, false)]),
        Type::Uuid { class, as_uuid, native_uuid } => {
            (class, vec![flag("as_uuid", *as_uuid, true), flag("native_uuid", *native_uuid, true)])
        }
        Type::Pickle => ("PickleType", Vec::new()),
        Type::Array { item, dimensions, as_tuple, .. } => {
            ("ARRAY", vec![Some(inner(item)?), flag("as_tuple", *as_tuple, false), number("dimensions", *dimensions)])
        }
        Type::Dialect { class, arguments, .. } => (class, listed(arguments, inner)?),
        Type::Custom { class, arguments, .. } => (class.rsplit('.').next().unwrap_or(class), listed(arguments, inner)?),
        Type::Variant { base, .. } => return written(base, inner),
    };
    Ok(format!("{class}({})", arguments.into_iter().flatten().collect::<Vec<_>>().join(", ")))
}

fn listed(arguments: &[(String, Argument)], inner: Inner<'_>) -> Result<Vec<Option<String>>> {
    let mut list = Vec::new();
    for (name, argument) in arguments {
        let value = match argument {
            Argument::Literal(value) => python::literal(value),
            Argument::Type(ty) => inner(ty)?,
        };
        list.push(Some(if name.is_empty() { value } else { format!("{name}={value}") }));
    }
    Ok(list)
}

fn numeric(class: &str, numbers: (Option<u32>, Option<i32>, Option<u32>), asdecimal: bool) -> Vec<Option<String>> {
    let (precision, scale, decimal_return_scale) = numbers;
    let exact = matches!(class, "Numeric" | "NUMERIC" | "DECIMAL");
    let asdecimal = flag("asdecimal", asdecimal, exact);
    let returned = number("decimal_return_scale", decimal_return_scale);
    let (precision, scale) = (number("precision", precision), number("scale", scale));
    if exact { vec![precision, scale, returned, asdecimal] } else { vec![precision, asdecimal, returned] }
}

fn enumeration(it: &Enum) -> Vec<Option<String>> {
    let labels = it.labels.iter().map(|label| Some(python::text(label)));
    let options = [
        text("name", it.name.as_ref()),
        text("schema", it.schema.as_ref()),
        it.metadata.then(|| "metadata=MetaData()".into()),
        flag("inherit_schema", it.inherit_schema, false),
        flag("native_enum", it.native_enum, true),
        flag("create_constraint", it.create_constraint, false),
        number("length", it.length),
        flag("create_type", it.create_type, true),
    ];
    labels.chain(options).collect()
}

fn number<T: ToString>(name: &str, value: Option<T>) -> Option<String> {
    value.map(|value| format!("{name}={}", value.to_string()))
}

fn text(name: &str, value: Option<&String>) -> Option<String> {
    value.map(|value| format!("{name}={}", python::text(value)))
}

fn flag(name: &str, value: bool, default: bool) -> Option<String> {
    (value != default).then(|| format!("{name}={}", python::boolean(value)))
}
