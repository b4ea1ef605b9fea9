//! f-strings: their texts, and what stands between braces.

use crate::python::compile::Compiler;
use crate::python::compile::code::Op;
use crate::python::compile::op::Conversion;
use ruff_python_ast::{self as ast, InterpolatedStringElement};

impl<'a> Compiler<'a> {
    pub(super) fn f_string(&mut self, e: &'a ast::ExprFString) {
        let mut count = 0;
        for part in &e.value {
            match part {
                ast::FStringPart::Literal(literal) => {
                    self.text_literal(&literal.value);
                    count += 1;
                }
                ast::FStringPart::FString(f_string) => count += self.elements(&f_string.elements),
            }
        }
        if count != 1 {
            self.emit(Op::BuildString(count));
        }
    }

    fn elements(&mut self, elements: &'a ast::InterpolatedStringElements) -> u32 {
        let mut count = 0;
        for element in elements {
            match element {
                InterpolatedStringElement::Literal(literal) => self.text_literal(&literal.value),
                InterpolatedStringElement::Interpolation(interpolation) => count += self.interpolation(interpolation),
            }
            count += 1;
        }
        count
    }

    // Gives how many more parts than one it has left: `{x=}` has its own text before it.
    fn interpolation(&mut self, e: &'a ast::InterpolatedElement) -> u32 {
        let mut extra = 0;
        if let Some(debug) = &e.debug_text {
            self.text_literal(debug.as_str());
            extra = 1;
        }
        self.expr(&e.expression);
        let plain = e.debug_text.is_some() && e.format_spec.is_none();
        let conversion = match e.conversion {
            ast::ConversionFlag::Str => Conversion::Str,
            ast::ConversionFlag::Repr => Conversion::Repr,
            ast::ConversionFlag::Ascii => Conversion::Ascii,
            ast::ConversionFlag::None if plain => Conversion::Repr,
            ast::ConversionFlag::None => Conversion::None,
        };
        if let Some(spec) = &e.format_spec {
            let count = self.elements(&spec.elements);
            if count != 1 {
                self.emit(Op::BuildString(count));
            }
        }
        self.at(&*e.expression, |compiler| compiler.emit(Op::Format { conversion, spec: e.format_spec.is_some() }));
        extra
    }
}
