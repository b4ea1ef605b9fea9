//! `%` and `str.format`: templates filled with values.

use crate::python::heap::classes;
use crate::python::heap::object::Data;
use crate::python::machine::Machine;
use crate::python::native::{Args, Raise};
use crate::python::text::{self, percent, template};
use crate::python::value::Value;

/// The arguments of `%`: taken in order, or by key.
struct Arguments {
    all: Value,
    items: Vec<Value>,
    used: usize,
    mapping: bool,
}

impl Machine {
    /// `template % arguments`
    pub(crate) fn percent(&mut self, format: Value, arguments: Value) -> Result<Value, Raise> {
        let text = self.heap.text(format).expect("a str").to_owned();
        let pieces = percent::parse(&text).map_err(|wrong| self.wrong(&wrong))?;
        let tuple = arguments.handle().is_some_and(|handle| matches!(self.heap.data(handle), Data::Tuple(_)));
        let items = if tuple { self.items(arguments)? } else { vec![arguments] };
        let mapping = !tuple && self.heap.text(arguments).is_none() && self.has_getitem(arguments);
        let mut arguments = Arguments { all: arguments, items, used: 0, mapping };
        let mut out = String::new();
        for piece in pieces {
            match piece {
                percent::Piece::Literal(text) => out.push_str(&text),
                percent::Piece::Conversion(conversion) => out.push_str(&self.converted(conversion, &mut arguments)?),
            }
        }
        if arguments.used < arguments.items.len() && !arguments.mapping {
            return Err(self.type_error("not all arguments converted during string formatting"));
        }
        Ok(self.heap.str(&out))
    }

    fn has_getitem(&mut self, value: Value) -> bool {
        let class = self.heap.class_of(value);
        self.lookup(class, crate::python::heap::names::GETITEM).is_some()
    }

    fn next_argument(&mut self, arguments: &mut Arguments) -> Result<Value, Raise> {
        let Some(value) = arguments.items.get(arguments.used) else {
            return Err(self.type_error("not enough arguments for format string"));
        };
        arguments.used += 1;
        Ok(*value)
    }

    fn counted(&mut self, arguments: &mut Arguments) -> Result<i64, Raise> {
        match self.next_argument(arguments)? {
            Value::Int(count) => Ok(count),
            _ => Err(self.type_error("* wants int")),
        }
    }

    fn converted(&mut self, mut conversion: percent::Conversion, arguments: &mut Arguments) -> Result<String, Raise> {
        if conversion.width == percent::Count::Argument {
            let width = self.counted(arguments)?;
            conversion.set_width(width);
        }
        if conversion.precision == percent::Count::Argument {
            let precision = self.counted(arguments)?;
            conversion.set_precision(precision);
        }
        let value = match &conversion.key {
            Some(_) if !arguments.mapping => return Err(self.type_error("format requires a mapping")),
            Some(key) => {
                let key = self.heap.str(key);
                arguments.used = arguments.items.len();
                self.get_item(arguments.all, key)?
            }
            None => self.next_argument(arguments)?,
        };
        self.converted_value(&conversion, value)
    }

    fn converted_value(&mut self, conversion: &percent::Conversion, value: Value) -> Result<String, Raise> {
        match conversion.kind {
            's' => Ok(conversion.text(&self.str(value)?)),
            'r' => Ok(conversion.text(&self.repr(value)?)),
            'a' => Ok(conversion.text(&text::quote::escape_non_ascii(&self.repr(value)?))),
            'c' => {
                match (self.heap.text(value).map(str::to_owned), self.big(value)) {
                    (Some(text), _) if text.chars().count() == 1 => Ok(conversion.text(&text)),
                    (_, Some(code)) => conversion.character(&code).map_err(|wrong| self.wrong(&wrong)),
                    _ => Err(self
                        .type_error("%c requires an int or a unicode character, not a string of length other than 1")),
                }
            }
            'd' | 'i' | 'u' | 'x' | 'X' | 'o' => self.converted_int(conversion, value),
            _ => match self.float_of(value)? {
                Some(x) => Ok(conversion.float(x)),
                None => {
                    let message = format!("must be real number, not {}", self.type_name(value));
                    Err(self.type_error(&message))
                }
            },
        }
    }

    fn converted_int(&mut self, conversion: &percent::Conversion, value: Value) -> Result<String, Raise> {
        let whole = match (self.big(value), self.number(value)) {
            (Some(int), _) => Some(int),
            (None, Some(x)) if matches!(conversion.kind, 'd' | 'i' | 'u') => {
                num_traits::FromPrimitive::from_f64(x.trunc())
            }
            _ => None,
        };
        match whole {
            Some(int) => Ok(conversion.int(&int)),
            None => {
                let wanted = if matches!(conversion.kind, 'd' | 'i' | 'u') {
                    "a real number is required"
                } else {
                    "an integer is required"
                };
                let message = format!("%{} format: {wanted}, not {}", conversion.kind, self.type_name(value));
                Err(self.type_error(&message))
            }
        }
    }

    /// A float, or what `__float__` gives.
    pub(crate) fn float_of(&mut self, value: Value) -> Result<Option<f64>, Raise> {
        if let Some(x) = self.number(value) {
            return Ok(Some(x));
        }
        if let Some(answer) = self.call_special(value, crate::python::heap::names::FLOAT, [])? {
            return Ok(self.number(answer));
        }
        match self.call_special(value, crate::python::heap::names::INDEX, [])? {
            Some(answer) => Ok(self.number(answer)),
            None => Ok(None),
        }
    }

    /// `template.format(*args, **kwargs)`
    pub(crate) fn str_format(&mut self, format: &str, args: &Args) -> Result<String, Raise> {
        let pieces = template::parse(format).map_err(|wrong| self.wrong(&wrong))?;
        let mut automatic = 0;
        self.filled(&pieces, args, &mut automatic)
    }

    fn filled(&mut self, pieces: &[template::Piece], args: &Args, automatic: &mut usize) -> Result<String, Raise> {
        let mut out = String::new();
        for piece in pieces {
            match piece {
                template::Piece::Literal(text) => out.push_str(text),
                template::Piece::Field(field) => out.push_str(&self.field(field, args, automatic)?),
            }
        }
        Ok(out)
    }

    fn field(&mut self, field: &template::Field, args: &Args, automatic: &mut usize) -> Result<String, Raise> {
        let mut value = self.field_argument(&field.first, args, automatic)?;
        for step in &field.path {
            value = match step {
                template::Step::Attribute(name) => self.get_attr(value, name)?,
                template::Step::Index(at) => self.get_item(value, Value::from(*at))?,
                template::Step::Key(key) => {
                    let key = self.heap.str(key);
                    self.get_item(value, key)?
                }
            };
        }
        let spec = self.filled(&field.spec, args, automatic)?;
        let converted = match field.conversion {
            Some('r') => self.repr(value)?,
            Some('s') => self.str(value)?,
            Some('a') => text::quote::escape_non_ascii(&self.repr(value)?),
            _ => return self.format(value, &spec),
        };
        let value = self.heap.str(&converted);
        self.format(value, &spec)
    }

    fn field_argument(&mut self, first: &template::First, args: &Args, automatic: &mut usize) -> Result<Value, Raise> {
        let at = match first {
            template::First::Name(name) => {
                let key = self.heap.intern(name);
                // `format_map` keeps the mapping in the place of the named arguments.
                return match (args.keyword(key), args.keyword(classes::DICT)) {
                    (Some(value), _) => Ok(value),
                    (None, Some(mapping)) => self.get_item(mapping, key.into()),
                    (None, None) => Err(self.key_error(key.into())),
                };
            }
            template::First::Index(at) => *at,
            template::First::Auto => {
                *automatic += 1;
                *automatic - 1
            }
        };
        match args.get(at) {
            Some(value) => Ok(*value),
            None => {
                let message = format!("Replacement index {at} out of range for positional args tuple");
                Err(self.index_error(&message))
            }
        }
    }
}
