//! How to cite an entry of the timeline: as plain text, for biblatex, and as CSL-JSON.
//!
//! The citation is of the entry, not of its event. It has only what is known: a date if the entry was corrected, an address if
//! the site has one, and no date of access, which only the reader knows.

use std::fmt::Write as _;

use serde_json::Value as Json;

use crate::config::Config;
use crate::date::Day;
use crate::theme::Locale;
use crate::timeline::Event;

/// An entry as a work to cite.
pub(super) struct Citation<'a> {
    /// The entry's id.
    pub id: &'a str,
    /// Its title.
    pub title: &'a str,
    /// The title of the site it is part of.
    pub site: &'a str,
    /// Its absolute address.
    pub url: Option<String>,
    /// The BCP 47 tag of its language.
    pub language: &'a str,
    /// The day of its last correction.
    pub corrected: Option<Day>,
    /// The licence of the site's texts.
    pub licence: Option<&'a str>,
}

impl<'a> Citation<'a> {
    /// The citation of an event's entry.
    pub fn of(event: &'a Event, config: &'a Config) -> Self {
        Self {
            id: &event.entry.id.id,
            title: &event.entry.title,
            site: &config.title,
            url: config.base_url.as_ref().map(|base| event.entry.path().canonical(base)),
            language: &config.language,
            corrected: event.corrections.last().map(|correction| correction.date),
            licence: config.licence.as_deref(),
        }
    }

    /// One line for people.
    pub fn plain(&self, locale: &Locale) -> String {
        let title = locale.text("citation-plain", &[("title", self.title.into()), ("site", self.site.into())]);
        let corrected = self.corrected.map(|day| {
            let day = day.words(locale);
            locale.text("citation-corrected", &[("date", day.into())])
        });
        let licence = self.licence_note(locale).map(|note| format!("{note}."));
        let parts = [Some(title), corrected, licence, self.url.clone()];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    /// An `@online` entry for biblatex in UTF-8. Double braces keep the capitals of titles, and keep the site's title from being
    /// read as a list of names.
    pub fn bibtex(&self, locale: &Locale) -> String {
        let mut entry = format!("@online{{{}", bibtex_key(self.id));
        let mut field = |name: &str, value: Option<String>| {
            if let Some(value) = value {
                let _ = write!(entry, ",\n  {name} = {{{value}}}");
            }
        };
        field("title", Some(format!("{{{}}}", latex(self.title))));
        field("organization", Some(format!("{{{}}}", latex(self.site))));
        field("date", self.corrected.map(|day| day.to_string()));
        // biblatex reads addresses verbatim, so they need no escapes, only balanced braces.
        field("url", self.url.as_ref().map(|url| url.replace('{', "%7B").replace('}', "%7D")));
        field("addendum", self.licence_note(locale).map(|note| latex(&note)));
        entry.push_str(",\n}");
        entry
    }

    /// A list with one item, by the schema of CSL-JSON (`csl-data.json` of the Citation Style Language 1.0), which has no field for
    /// a licence, so that is a note.
    pub fn csl_json(&self, locale: &Locale) -> String {
        let note = self.licence_note(locale);
        let issued =
            self.corrected.map(|day| format!("{{ \"date-parts\": [[{}, {}, {}]] }}", day.year, day.month, day.day));
        let text = |text: &str| Json::from(text).to_string();
        let fields = [
            ("id", Some(text(self.id))),
            ("type", Some(text("webpage"))),
            ("title", Some(text(self.title))),
            ("container-title", Some(text(self.site))),
            ("language", Some(text(self.language))),
            ("issued", issued),
            ("URL", self.url.as_deref().map(text)),
            ("note", note.as_deref().map(text)),
        ];
        let lines = fields.iter().filter_map(|(name, value)| Some(format!("    \"{name}\": {}", value.as_ref()?)));
        format!("[\n  {{\n{}\n  }}\n]", lines.collect::<Vec<_>>().join(",\n"))
    }

    fn licence_note(&self, locale: &Locale) -> Option<String> {
        self.licence.map(|licence| locale.text("licence-note", &[("licence", licence.into())]))
    }
}

/// An id as a BibTeX key: ASCII letters, digits, `-` and `_`; other characters become their code points.
fn bibtex_key(id: &str) -> String {
    let mut key = String::new();
    for c in id.chars() {
        if c.is_ascii_alphanumeric() || matches!(c, '-' | '_') {
            key.push(c);
        } else {
            let _ = write!(key, "u{:x}", u32::from(c));
        }
    }
    key
}

/// A text escaped for LaTeX. A brace becomes a command, because BibTeX counts braces even after a backslash.
fn latex(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => out.push_str(r"\textbackslash{}"),
            '{' => out.push_str(r"\textbraceleft{}"),
            '}' => out.push_str(r"\textbraceright{}"),
            '~' => out.push_str(r"\textasciitilde{}"),
            '^' => out.push_str(r"\textasciicircum{}"),
            '%' | '&' | '_' | '#' | '$' => out.extend(['\\', c]),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::Value as Json;

    use super::Citation;
    use crate::date::Day;
    use crate::theme::Locale;

    const AWKWARD: &str = "100 % of A&B_C: {\"x\"} \\ #1 $2 ~ ^ القاهرة";

    fn locale() -> Locale {
        let (config, _) = crate::config::Config::parse("title = \"T\"\n");
        Locale::new(&config.language, &BTreeMap::new()).0
    }

    fn citation(title: &str) -> Citation<'_> {
        Citation {
            id: "2017-11-20-قمة",
            title,
            site: "Peace and War: 90 %",
            url: Some("https://example.org/a%20b_c/#x".to_owned()),
            language: "en",
            corrected: Some(Day { year: 2018, month: 1, day: 2 }),
            licence: Some("CC-BY-4.0"),
        }
    }

    #[test]
    fn bibtex_escapes_what_latex_would_obey_and_keeps_its_braces_in_pairs() {
        let entry = citation(AWKWARD).bibtex(&locale());
        assert_eq!(
            entry,
            r#"@online{2017-11-20-u642u645u629,
  title = {{100 \% of A\&B\_C: \textbraceleft{}"x"\textbraceright{} \textbackslash{} \#1 \$2 \textasciitilde{} \textasciicircum{} القاهرة}},
  organization = {{Peace and War: 90 \%}},
  date = {2018-01-02},
  url = {https://example.org/a%20b_c/#x},
  addendum = {Texts: CC-BY-4.0},
}"#
        );
        let open = citation("an open { brace").bibtex(&locale());
        assert_eq!(open.matches('{').count(), open.matches('}').count());
    }

    #[test]
    fn csl_json_is_json_whatever_the_title() {
        let item: Json = serde_json::from_str(&citation(AWKWARD).csl_json(&locale())).expect("it is JSON");
        assert_eq!(item[0]["title"], AWKWARD);
        assert_eq!(item[0]["type"], "webpage");
        assert_eq!(item[0]["issued"], serde_json::json!({ "date-parts": [[2018, 1, 2]] }));
    }

    #[test]
    fn what_is_not_known_is_not_said() {
        let bare = Citation { url: None, corrected: None, licence: None, ..citation("T") };
        let item: Json = serde_json::from_str(&bare.csl_json(&locale())).expect("it is JSON");
        let keys: Vec<&String> = item[0].as_object().expect("it is an object").keys().collect();
        assert!(!keys.iter().any(|key| ["issued", "URL", "note", "accessed"].contains(&key.as_str())), "{keys:?}");
        assert!(!bare.bibtex(&locale()).contains("date") && !bare.bibtex(&locale()).contains("url"));
        assert_eq!(bare.plain(&locale()), "“T”, in: Peace and War: 90 %.");
        assert_eq!(
            citation("T").plain(&locale()),
            "“T”, in: Peace and War: 90 %. Last corrected on 2 January 2018. Texts: CC-BY-4.0. https://example.org/a%20b_c/#x"
        );
    }
}
