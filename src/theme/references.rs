//! References in messages (Fluent): which messages, terms and functions a pattern names, and where.

use fluent_syntax::ast::{Expression, Identifier, InlineExpression, Pattern, PatternElement};

/// What a pattern refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Target<'r> {
    /// A message by its key, and perhaps one of its attributes.
    Message(&'r str, Option<&'r str>),
    /// A term, by its key without the hyphen.
    Term(&'r str),
    /// A function.
    Function(&'r str),
}

impl<'r> Target<'r> {
    /// Returns the key or the name of what is meant, as a part of the text that was parsed.
    pub(super) const fn name(self) -> &'r str {
        match self {
            Self::Message(name, _) | Self::Term(name) | Self::Function(name) => name,
        }
    }
}

/// Returns everything that a pattern refers to, in every variant of its selections, in the order of the text.
pub(super) fn references<'r>(pattern: &Pattern<&'r str>) -> Vec<Target<'r>> {
    let mut found = Vec::new();
    in_pattern(pattern, &mut found);
    found
}

fn in_pattern<'r>(pattern: &Pattern<&'r str>, found: &mut Vec<Target<'r>>) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            in_expression(expression, found);
        }
    }
}

fn in_expression<'r>(expression: &Expression<&'r str>, found: &mut Vec<Target<'r>>) {
    match expression {
        Expression::Inline(inline) => in_inline(inline, found),
        Expression::Select { selector, variants } => {
            in_inline(selector, found);
            variants.iter().for_each(|variant| in_pattern(&variant.value, found));
        }
    }
}

fn in_inline<'r>(inline: &InlineExpression<&'r str>, found: &mut Vec<Target<'r>>) {
    let name = |id: &Identifier<&'r str>| id.name;
    let arguments = match inline {
        InlineExpression::MessageReference { id, attribute } => {
            found.push(Target::Message(id.name, attribute.as_ref().map(name)));
            None
        }
        InlineExpression::TermReference { id, arguments, .. } => {
            found.push(Target::Term(id.name));
            arguments.as_ref()
        }
        InlineExpression::FunctionReference { id, arguments } => {
            found.push(Target::Function(id.name));
            Some(arguments)
        }
        InlineExpression::Placeable { expression } => return in_expression(expression, found),
        InlineExpression::StringLiteral { .. }
        | InlineExpression::NumberLiteral { .. }
        | InlineExpression::VariableReference { .. } => None,
    };
    if let Some(arguments) = arguments {
        arguments.positional.iter().for_each(|argument| in_inline(argument, found));
        arguments.named.iter().for_each(|argument| in_inline(&argument.value, found));
    }
}
