//! A buffer for SVG markup, and numbers as SVG writes them.

use std::fmt::Write as _;

use crate::markup::escaped;

/// SVG markup under construction. Only [`Svg::title`] escapes what it writes.
#[derive(Default)]
pub(super) struct Svg {
    out: String,
}

impl Svg {
    /// Writes markup unchanged. Text from authors must go through [`escaped`].
    pub(super) fn raw(&mut self, markup: &str) {
        self.out.push_str(markup);
    }

    /// Writes formatted markup unchanged.
    pub(super) fn write(&mut self, markup: std::fmt::Arguments<'_>) {
        // Writing to memory cannot fail.
        let _ = self.out.write_fmt(markup);
    }

    /// Writes a `title` element, which browsers show on hover and screen readers announce. Escapes the text.
    pub(super) fn title(&mut self, text: &str) {
        self.write(format_args!("<title>{}</title>", escaped(text)));
    }

    /// Returns the SVG.
    #[must_use]
    pub(super) fn finish(self) -> String {
        self.out
    }
}

/// Formats a number with at most two decimals and without trailing zeros: `12.5`, `3`.
#[must_use]
pub(super) fn number(value: f64) -> String {
    let text = format!("{value:.2}");
    let short = text.trim_end_matches('0').trim_end_matches('.');
    if short == "-0" { "0".to_owned() } else { short.to_owned() }
}

/// Returns the share that a part is of a whole; 0 of nothing.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "columns and events are few enough for a chart")]
pub(super) fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn numbers_are_short() {
        assert_eq!([12.5, 3.0, -0.001, 99.999].map(number), ["12.5", "3", "0", "100"]);
    }
}
