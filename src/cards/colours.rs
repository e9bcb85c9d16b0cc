//! The colours of cards: those of the built-in style sheet in light.

/// Colours by the names of their custom properties in `styles/tokens.css`.
pub(super) const COLOURS: [(&str, &str); 10] = [
    ("paper", "#fbfaf6"),
    ("ink", "#1c1a17"),
    ("quiet", "#5d574e"),
    ("rule", "#d8d2c6"),
    ("talks", "#0a6299"),
    ("decisions", "#8c2f6b"),
    ("agreements", "#0b6b50"),
    ("pressure", "#a63f00"),
    ("persons", "#6f5600"),
    ("words", "#4d5663"),
];

/// Returns a colour as `#rrggbb` by its name, or black if there is none.
pub(super) fn colour(name: &str) -> &'static str {
    COLOURS.iter().find(|(of, _)| *of == name).map_or("#000000", |(_, colour)| colour)
}

/// Returns the style sheet of a card.
pub(super) fn style() -> String {
    let (paper, rule) = (colour("paper"), colour("rule"));
    let classes = COLOURS.iter().map(|(name, colour)| match *name {
        "paper" | "ink" | "quiet" | "rule" => format!(".{name}{{fill:{colour}}}"),
        family => format!(".family-{family}{{fill:{colour};color:{colour}}}"),
    });
    let shapes = format!(
        ".all{{fill:{rule}}}.band{{fill-opacity:.22}}.vague{{fill-opacity:.55}}\
         .line{{fill:none;stroke:currentColor;stroke-width:12}}.round{{stroke-linecap:round}}.soft{{stroke-opacity:.55}}\
         .link{{fill:none;stroke:currentColor;stroke-width:3}}\
         .hollow{{fill:{paper};stroke:currentColor;stroke-width:4}}.is-approximate{{stroke-dasharray:7 5}}"
    );
    classes.chain([shapes]).collect()
}

#[cfg(test)]
mod tests {
    use super::{COLOURS, colour};

    #[test]
    fn cards_have_the_colours_of_the_style_sheet() {
        let tokens = include_str!("../../styles/tokens.css");
        let light = tokens.split("@media").next().expect("the first part is there");
        for (name, colour) in COLOURS {
            assert!(light.contains(&format!("--{name}: {colour};")), "--{name} is not {colour} in styles/tokens.css");
        }
    }

    /// The relative luminance of a colour (WCAG 2.2).
    fn luminance(colour: &str) -> f64 {
        let part = |at: usize| {
            let value = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).expect("it is hexadecimal")) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
    }

    #[test]
    fn texts_can_be_read_on_the_paper() {
        let paper = luminance(colour("paper"));
        for (name, colour) in COLOURS.into_iter().filter(|(name, _)| !["paper", "rule"].contains(name)) {
            let contrast = (paper + 0.05) / (luminance(colour) + 0.05);
            assert!(contrast >= 5.0, "{name}: {contrast:.2}");
        }
    }
}
