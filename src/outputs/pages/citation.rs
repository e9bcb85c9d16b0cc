//! How to cite an entry of the timeline: as plain text, for biblatex, and as CSL-JSON.
//!
//! The citation is of the entry, not of its event. It has only what is known: a date if the entry was corrected, and an address
//! if the site has one. The day of reading is for a script to add, because only the reader knows it.

use std::fmt::Write as _;

use serde_json::Value as Json;

use crate::config::Config;
use crate::date::{Day, EdtfDate};
use crate::theme::Locale;
use crate::timeline::Event;

/// What a script replaces in [`Form::accessed`] by the day, as 2017-11-20.
const DAY: &str = "%1";

/// A citation in one form, split where the day of reading belongs.
pub(super) struct Form {
    /// What comes before it.
    pub text: String,
    /// What to add with the day of reading; `None` if the site has no address.
    pub accessed: Option<String>,
    /// What comes after it.
    pub end: String,
}

/// An entry as a work to cite.
pub(super) struct Citation<'a> {
    /// The entry's id.
    pub id: &'a str,
    /// Its title.
    pub title: &'a str,
    /// Who wrote it, which is all that is known of its authors: the title of the site, in the role of an organisation.
    pub author: &'a str,
    /// When its event happened.
    pub date: &'a EdtfDate,
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
            author: &config.title,
            date: &event.date,
            url: config.base_url.as_ref().map(|base| event.entry.path().canonical(base)),
            language: &config.language,
            corrected: event.corrections.last().map(|correction| correction.date),
            licence: config.licence.as_deref(),
        }
    }

    /// One line for people.
    pub fn plain(&self, locale: &Locale) -> Form {
        let title = locale.text("citation-plain", &[("author", self.author.into()), ("title", self.title.into())]);
        let known = Some(self.date).filter(|date| !date.is_unknown());
        let date = known.map(|date| locale.text("citation-date", &[("date", date.words(locale).into())]));
        let corrected = self.corrected.map(|day| {
            let day = day.words(locale);
            locale.text("citation-corrected", &[("date", day.into())])
        });
        let licence = self.licence_note(locale).map(|note| format!("{note}."));
        let parts = [Some(title), date, corrected, licence];
        let accessed = || locale.text("citation-accessed", &[("date", DAY.into())]);
        Form {
            text: parts.into_iter().flatten().collect::<Vec<_>>().join(" "),
            accessed: self.url.as_ref().map(|_| format!(" {}", accessed())),
            end: self.url.as_ref().map(|url| format!(" {url}")).unwrap_or_default(),
        }
    }

    /// An `@online` entry for biblatex in UTF-8. Double braces keep the capitals of titles, and keep the author from being read as
    /// a list of names.
    pub fn bibtex(&self, locale: &Locale) -> Form {
        let field = |name: &str, value: &str| format!(",\n  {name} = {{{value}}}");
        let author = field("author", &format!("{{{}}}", latex(self.author)));
        let title = field("title", &format!("{{{}}}", latex(self.title)));
        let date = self.corrected.map(|day| field("date", &day.to_string())).unwrap_or_default();
        // biblatex reads addresses verbatim, so they need no escapes, only balanced braces.
        let url = self.url.as_ref().map(|url| field("url", &url.replace('{', "%7B").replace('}', "%7D")));
        let licence = self.licence_note(locale).map(|note| field("addendum", &latex(&note))).unwrap_or_default();
        let accessed = url.as_ref().map(|_| field("urldate", DAY));
        let url = url.unwrap_or_default();
        Form {
            text: format!("@online{{{}{author}{title}{date}{url}", bibtex_key(self.id)),
            accessed,
            end: format!("{licence},\n}}"),
        }
    }

    /// A list with one item, by the schema of CSL-JSON (`csl-data.json` of the Citation Style Language 1.0), which has no field for
    /// a licence, so that is a note.
    pub fn csl_json(&self, locale: &Locale) -> Form {
        let text = |text: &str| Json::from(text).to_string();
        let field = |name: &str, value: &str| format!("    \"{name}\": {value}");
        let issued =
            self.corrected.map(|day| format!("{{ \"date-parts\": [[{}, {}, {}]] }}", day.year, day.month, day.day));
        let url = self.url.as_deref().map(text);
        let fields = [
            ("id", Some(text(self.id))),
            ("type", Some(text("webpage"))),
            ("author", Some(format!("[{{ \"literal\": {} }}]", text(self.author)))),
            ("title", Some(text(self.title))),
            ("language", Some(text(self.language))),
            ("issued", issued),
            ("URL", url.clone()),
        ];
        let lines = fields.iter().filter_map(|(name, value)| Some(field(name, value.as_ref()?)));
        let licence = self.licence_note(locale).map(|note| format!(",\n{}", field("note", &text(&note))));
        Form {
            text: format!("[\n  {{\n{}", lines.collect::<Vec<_>>().join(",\n")),
            accessed: url.map(|_| format!(",\n{}", field("accessed", &format!("{{ \"raw\": \"{DAY}\" }}")))),
            end: format!("{}\n  }}\n]", licence.unwrap_or_default()),
        }
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
    use std::sync::LazyLock;

    use serde_json::Value as Json;

    use super::{Citation, Form};
    use crate::date::{Day, EdtfDate};
    use crate::theme::Locale;

    const AWKWARD: &str = "100 % of A&B_C: {\"x\"} \\ #1 $2 ~ ^ القاهرة";

    fn locale() -> Locale {
        let (config, _) = crate::config::Config::parse("title = \"T\"\n");
        Locale::new(&config.language, &BTreeMap::new()).0
    }

    fn citation(title: &str) -> Citation<'_> {
        static DATE: LazyLock<EdtfDate> = LazyLock::new(|| EdtfDate::parse("2017-11").expect("it is a date"));
        Citation {
            id: "2017-11-20-قمة",
            title,
            author: "Peace and War: 90 %",
            date: &DATE,
            url: Some("https://example.org/a%20b_c/#x".to_owned()),
            language: "en",
            corrected: Some(Day { year: 2018, month: 1, day: 2 }),
            licence: Some("CC-BY-4.0"),
        }
    }

    /// What the page says without scripts.
    fn unread(form: &Form) -> String {
        format!("{}{}", form.text, form.end)
    }

    /// What it says when a script has filled in the day.
    fn read(form: &Form) -> String {
        let accessed = form.accessed.as_deref().unwrap_or_default();
        format!("{}{}{}", form.text, accessed.replace("%1", "2026-11-29"), form.end)
    }

    #[test]
    fn bibtex_escapes_what_latex_would_obey_and_keeps_its_braces_in_pairs() {
        assert_eq!(
            read(&citation(AWKWARD).bibtex(&locale())),
            r#"@online{2017-11-20-u642u645u629,
  author = {{Peace and War: 90 \%}},
  title = {{100 \% of A\&B\_C: \textbraceleft{}"x"\textbraceright{} \textbackslash{} \#1 \$2 \textasciitilde{} \textasciicircum{} القاهرة}},
  date = {2018-01-02},
  url = {https://example.org/a%20b_c/#x},
  urldate = {2026-11-29},
  addendum = {Texts: CC-BY-4.0},
}"#
        );
        let open = unread(&citation("an open { brace").bibtex(&locale()));
        assert_eq!(open.matches('{').count(), open.matches('}').count());
        assert!(!open.contains("urldate"), "{open}");
    }

    #[test]
    fn csl_json_is_json_whatever_the_title() {
        let form = citation(AWKWARD).csl_json(&locale());
        for text in [unread(&form), read(&form)] {
            let item: Json = serde_json::from_str(&text).expect("it is JSON");
            assert_eq!(item[0]["title"], AWKWARD);
            assert_eq!(item[0]["type"], "webpage");
            assert_eq!(item[0]["author"], serde_json::json!([{ "literal": "Peace and War: 90 %" }]));
            assert_eq!(item[0]["issued"], serde_json::json!({ "date-parts": [[2018, 1, 2]] }));
        }
        let item: Json = serde_json::from_str(&read(&form)).expect("it is JSON");
        assert_eq!(item[0]["accessed"], serde_json::json!({ "raw": "2026-11-29" }));
    }

    #[test]
    fn what_is_not_known_is_not_said() {
        let unknown = EdtfDate::parse("XXXX").expect("it is a date");
        let bare = Citation { url: None, corrected: None, licence: None, date: &unknown, ..citation("T") };
        let item: Json = serde_json::from_str(&read(&bare.csl_json(&locale()))).expect("it is JSON");
        let keys: Vec<&String> = item[0].as_object().expect("it is an object").keys().collect();
        assert!(!keys.iter().any(|key| ["issued", "URL", "note", "accessed"].contains(&key.as_str())), "{keys:?}");
        let bibtex = read(&bare.bibtex(&locale()));
        assert!(!bibtex.contains("date") && !bibtex.contains("url"), "{bibtex}");
        assert_eq!(read(&bare.plain(&locale())), "Peace and War: 90 %, “T”.");
        let form = citation("T").plain(&locale());
        assert_eq!(
            unread(&form),
            "Peace and War: 90 %, “T”. Date of the event: November 2017. Last corrected on 2 January 2018. Texts: CC-BY-4.0. https://example.org/a%20b_c/#x"
        );
        assert!(read(&form).ends_with(" Texts: CC-BY-4.0. Accessed on 2026-11-29. https://example.org/a%20b_c/#x"));
    }
}
