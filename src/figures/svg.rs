//! Writing SVG.

use std::fmt::Write as _;

use crate::markup::escaped;

/// SVG that is being written.
#[derive(Default)]
pub struct Svg {
    out: String,
}

impl Svg {
    /// Writes markup unchanged. Text from authors must go through [`escaped`].
    pub fn raw(&mut self, markup: &str) {
        self.out.push_str(markup);
    }

    /// Writes formatted markup unchanged.
    pub fn write(&mut self, markup: std::fmt::Arguments<'_>) {
        // Writing to memory cannot fail.
        let _ = self.out.write_fmt(markup);
    }

    /// A `title`, which browsers show on hover and read aloud.
    pub fn title(&mut self, text: &str) {
        self.write(format_args!("<title>{}</title>", escaped(text)));
    }

    /// Returns the SVG.
    #[must_use]
    pub fn finish(self) -> String {
        self.out
    }
}

/// A number with at most two decimals and no trailing zeros: `12.5`, `3`.
#[must_use]
pub fn number(value: f64) -> String {
    let text = format!("{value:.2}");
    let short = text.trim_end_matches('0').trim_end_matches('.');
    if short == "-0" { "0".to_owned() } else { short.to_owned() }
}

#[cfg(test)]
pub(super) mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::number;
    use crate::config::Config;
    use crate::content::{Document, Settings, SourceFile};
    use crate::date::Day;
    use crate::id::Collection;
    use crate::timeline::{Publication, Timeline, resolve};

    /// A Timeline of fictitious meetings of the actors `a` and `b` on these dates.
    pub fn timeline(dates: &[&str]) -> Timeline {
        let event = |(number, date): (usize, &&str)| {
            let text = format!(
                "+++\ntitle = \"Event {number} <&>\"\ndate = \"{date}\"\nkind = \"meeting\"\nimportance = 1\nactors = [\"a\", \"b\"]\nprocesses = [\"p\"]\n+++\n"
            );
            (Collection::Events, format!("content/events/e{number}.md"), text)
        };
        let named = |collection: Collection, id: &str| {
            (
                collection,
                format!("content/{}/{id}.md", collection.folder()),
                format!("+++\nname = \"Name {id}\"\n+++\n"),
            )
        };
        let others = [(Collection::Actors, "a"), (Collection::Actors, "b"), (Collection::Processes, "p")];
        let files = dates.iter().enumerate().map(event).chain(others.map(|(collection, id)| named(collection, id)));
        let (config, _) = Config::parse("title = \"T\"");
        let settings = Settings { limits: config.limits, raw_html: config.raw_html };
        let parse = |(collection, file, text): (Collection, String, String)| {
            let source = SourceFile { file: file.into(), text: text.into() };
            Document::parse(collection, &source, &settings).0
        };
        let documents = files.map(parse).collect();
        let today = Day { year: 2026, month: 1, day: 1 };
        let publication = Publication { drafts: false, future: false, today };
        let (types, pictures) = (BTreeMap::new(), BTreeMap::new());
        let files = crate::timeline::Files {
            content: BTreeSet::new(),
            in_static: BTreeSet::new(),
            types: &types,
            pictures: &pictures,
        };
        let resolved = resolve(config, documents, &files, &publication);
        assert!(resolved.diagnostics.is_empty(), "{:?}", resolved.diagnostics);
        resolved.timeline
    }

    #[test]
    fn numbers_are_short() {
        assert_eq!([12.5, 3.0, -0.001, 99.999].map(number), ["12.5", "3", "0", "100"]);
    }
}
