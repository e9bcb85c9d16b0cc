//! How to cite an entry, or the timeline: as plain text, for biblatex, and as CSL-JSON.
//!
//! What is cited is the entry, not its event. A citation has only what is known: a date if the entry was corrected, and an
//! address if the site has one. The day of access is added by a script, because only the reader knows it.

use serde_json::Value as Json;
use tera::Value;

use super::writer::PageWriter;
use crate::config::{Author, Config};
use crate::date::{Day, EdtfDate};
use crate::exports::{Dataset, bibtex_key, latex, verbatim};
use crate::key::Keyer;
use crate::outputs::draft::Context;
use crate::outputs::values::object;
use crate::theme::Locale;
use crate::timeline::Event;

/// Where a script puts the day of access into [`Form::accessed`], as 2017-11-20.
const DAY: &str = "%1";

/// A citation in one form, split where the day of access belongs.
pub(super) struct Form {
    /// What comes before it.
    pub text: String,
    /// What a script adds there, with [`DAY`] in it; `None` if the site has no address.
    pub accessed: Option<String>,
    /// What comes after it.
    pub end: String,
}

/// An entry, or the whole timeline, as a work to cite.
#[derive(Hash)]
pub(super) struct Citation<'a> {
    /// The id of the entry, or `timeline`.
    pub id: &'a str,
    /// Whether it is the whole timeline.
    pub is_dataset: bool,
    /// Its title.
    pub title: &'a str,
    /// Who wrote it: the site's authors, or else its publisher, or else the site in the role of an organisation.
    pub authors: Vec<Author>,
    /// The title of the site that has the entry; `None` if the site is the author.
    pub container: Option<&'a str>,
    /// When the entry's event happened; `None` if that is unknown.
    pub date: Option<&'a EdtfDate>,
    /// Its absolute address.
    pub url: Option<String>,
    /// The BCP 47 tag of its language.
    pub language: &'a str,
    /// The day of the entry's last correction, or of the timeline's last update.
    pub corrected: Option<Day>,
    /// The version of the timeline.
    pub version: Option<&'a str>,
    /// The Digital Object Identifier of the timeline.
    pub doi: Option<&'a str>,
    /// The licence of the site's texts.
    pub licence: Option<&'a str>,
}

impl<'a> Citation<'a> {
    /// Makes the citation of an event's entry.
    pub(super) fn of(event: &'a Event, config: &'a Config) -> Self {
        let authors = config.publication.creators(&config.title);
        let is_author = matches!(authors.as_slice(), [Author::Organisation(name)] if *name == config.title);
        Self {
            id: &event.entry.id.id,
            is_dataset: false,
            title: &event.entry.title,
            authors,
            container: Some(config.title.as_str()).filter(|_| !is_author),
            date: Some(&event.date).filter(|date| !date.is_unknown()),
            url: config.base_url.as_ref().map(|base| event.entry.path().canonical(base)),
            language: &config.language,
            corrected: event.corrections.last().map(|correction| correction.date),
            version: None,
            doi: None,
            licence: config.licence.as_deref(),
        }
    }

    /// Makes the citation of the whole timeline.
    pub(super) fn of_timeline(dataset: &Dataset<'a>) -> Self {
        let config = dataset.config();
        Self {
            id: "timeline",
            is_dataset: true,
            title: &config.title,
            authors: config.publication.creators(&config.title),
            container: None,
            date: None,
            url: config.base_url.clone(),
            language: &config.language,
            corrected: dataset.updated(),
            version: config.publication.version.as_deref(),
            doi: config.publication.doi.as_deref(),
            licence: config.licence.as_deref(),
        }
    }

    /// Writes one line for people.
    pub(super) fn plain(&self, locale: &Locale) -> Form {
        let authors = self.authors.iter().map(Author::name).collect::<Vec<_>>().join("; ");
        let title = match self.container {
            // A timeline that names neither authors nor a publisher is its own author.
            None if authors == self.title => locale.text("citation-plain-alone", &[("title", self.title.into())]),
            None => locale.text("citation-plain", &[("author", authors.into()), ("title", self.title.into())]),
            Some(site) => {
                let arguments = [("author", authors.into()), ("title", self.title.into()), ("site", site.into())];
                locale.text("citation-plain-in", &arguments)
            }
        };
        let date = self.date.map(|date| locale.text("citation-date", &[("date", date.words(locale).into())]));
        let version = self.version.map(|version| locale.text("citation-version", &[("version", version.into())]));
        let corrected = self.corrected.map(|day| {
            let day = day.words(locale);
            locale
                .text(if self.is_dataset { "citation-updated" } else { "citation-corrected" }, &[("date", day.into())])
        });
        let doi = self.doi.map(|doi| format!("https://doi.org/{doi}."));
        let licence = self.licence_note(locale).map(|note| format!("{note}."));
        let parts = [Some(title), version, date, corrected, doi, licence];
        let accessed = || locale.text("citation-accessed", &[("date", DAY.into())]);
        Form {
            text: parts.into_iter().flatten().collect::<Vec<_>>().join(" "),
            accessed: self.url.as_ref().map(|_| format!(" {}", accessed())),
            end: self.url.as_ref().map(|url| format!(" {url}")).unwrap_or_default(),
        }
    }

    /// Writes an `@online` or `@dataset` entry for biblatex in UTF-8. Double braces keep the capitals of titles, and keep
    /// an organisation from being read as a list of names.
    pub(super) fn bibtex(&self, locale: &Locale) -> Form {
        let field = |name: &str, value: &str| format!(",\n  {name} = {{{value}}}");
        let maybe = |name: &str, value: Option<String>| value.map(|value| field(name, &value)).unwrap_or_default();
        let authors = self.authors.iter().map(|author| match author {
            Author::Person { .. } => latex(&author.name()),
            Author::Organisation(name) => format!("{{{}}}", latex(name)),
        });
        let author = field("author", &authors.collect::<Vec<_>>().join(" and "));
        let title = field("title", &format!("{{{}}}", latex(self.title)));
        let site = maybe("organization", self.container.map(|site| format!("{{{}}}", latex(site))));
        let date = maybe("date", self.corrected.map(|day| day.to_string()));
        let version = maybe("version", self.version.map(latex));
        let doi = maybe("doi", self.doi.map(verbatim));
        let url = maybe("url", self.url.as_deref().map(verbatim));
        let licence = maybe("addendum", self.licence_note(locale).map(|note| latex(&note)));
        let kind = if self.is_dataset { "dataset" } else { "online" };
        Form {
            text: format!("@{kind}{{{}{author}{title}{site}{date}{version}{doi}{url}", bibtex_key(self.id)),
            accessed: self.url.as_ref().map(|_| field("urldate", DAY)),
            end: format!("{licence},\n}}"),
        }
    }

    /// Writes a list with one item, by the schema of CSL-JSON (`csl-data.json` of the Citation Style Language 1.0). The
    /// schema has no variable for a licence, so that is a `note`.
    pub(super) fn csl_json(&self, locale: &Locale) -> Form {
        let text = |text: &str| Json::from(text).to_string();
        let field = |name: &str, value: &str| format!("    \"{name}\": {value}");
        let authors = self.authors.iter().map(|author| match author {
            Author::Person { family, given } => {
                format!("{{ \"family\": {}, \"given\": {} }}", text(family), text(given))
            }
            Author::Organisation(name) => format!("{{ \"literal\": {} }}", text(name)),
        });
        let issued =
            self.corrected.map(|day| format!("{{ \"date-parts\": [[{}, {}, {}]] }}", day.year, day.month, day.day));
        let url = self.url.as_deref().map(text);
        let kind = if self.is_dataset { "dataset" } else { "webpage" };
        let fields = [
            ("id", Some(text(self.id))),
            ("type", Some(text(kind))),
            ("author", Some(format!("[{}]", authors.collect::<Vec<_>>().join(", ")))),
            ("title", Some(text(self.title))),
            ("container-title", self.container.map(text)),
            ("version", self.version.map(text)),
            ("language", Some(text(self.language))),
            ("issued", issued),
            ("DOI", self.doi.map(text)),
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

impl<'a> PageWriter<'a> {
    /// Adds a citation in all its forms to a context.
    pub(super) fn insert_citation(&self, citation: Citation<'a>, context: &mut Context<'a>) {
        let locale = self.locale();
        let key = Keyer::default().value(&citation).finish();
        context.insert_later("citation", key, move || citation.forms(locale).into());
    }
}

impl Citation<'_> {
    fn forms(&self, locale: &Locale) -> Vec<Value> {
        let form = |id: &str, name: &str, form: Form| {
            object! {
                "id": id,
                "name": locale.text(name, &[]),
                "text": form.text,
                "accessed": form.accessed,
                "end": form.end,
            }
        };
        vec![
            form("_as-text", "cite-plain", self.plain(locale)),
            form("_as-bibtex", "cite-bibtex", self.bibtex(locale)),
            form("_as-csl-json", "cite-csl", self.csl_json(locale)),
        ]
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::sync::LazyLock;

    use serde_json::Value as Json;

    use super::{Citation, Form};
    use crate::config::Author;
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
            is_dataset: false,
            authors: vec![Author::of("Peace and War: 90 %")],
            container: None,
            version: None,
            doi: None,
            date: Some(&DATE),
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
        let bare = Citation { url: None, corrected: None, licence: None, date: None, ..citation("T") };
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
