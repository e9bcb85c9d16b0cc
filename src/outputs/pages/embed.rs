//! The page for frames of other sites, and the code that shows it there.

use tera::Value;

use super::head::Head;
use super::lists::BELOW_ONE;
use super::page::Page;
use super::writer::PageWriter;
use crate::markup::escaped;
use crate::outputs::draft::Draft;
use crate::outputs::values::object;
use crate::timeline::{EventIx, Process, Timeline};

/// How many of the latest events the page shows if its script does not run.
const LATEST: usize = 10;
/// Stands for the base URL in the code of a site that has none.
const UNKNOWN_BASE: &str = "https://YOUR-SITE/";
/// The script of a page with frames, which gives each the height in pixels that it asks for, up to 20,000.
const RESIZE: &str = r#"<script>
  addEventListener("message", ({ data, source }) => {
    if (data?.type !== "annals:resize") return;
    for (const frame of document.querySelectorAll("iframe.annals")) {
      if (frame.contentWindow === source) frame.height = Math.min(data.height, 20000);
    }
  });
</script>"#;

impl<'a> PageWriter<'a> {
    /// Returns the page for frames.
    pub(super) fn embed(&self) -> Draft<'a> {
        let timeline = self.timeline();
        let title = self.word("embed");
        let latest: Vec<EventIx> = timeline.all_events().rev().take(LATEST).collect();
        let home = timeline.config.base_url.as_deref().map(|base| Page::Home.path(timeline).canonical(base));
        let mut context = self.context(Head { canonical: false, ..Head::new(&title) });
        context.insert("home", home.map(|url| Value::safe_string(&url)));
        context.insert("items", self.items(&latest, BELOW_ONE));
        context.insert("dates", dates(&timeline.config.language));
        self.write("embed.html", context)
    }

    /// Returns what another site needs to show the timeline: the code, and the address of an example, which shows the
    /// process with the most events.
    pub(super) fn embed_code(&self) -> Value {
        let timeline = self.timeline();
        let busiest = busiest(timeline);
        let query = busiest.map(|process| {
            let id: String = url::form_urlencoded::byte_serialize(process.entry.id.id.as_bytes()).collect();
            format!("?process={id}")
        });
        let address = Page::Embed.path(timeline).url() + &query.unwrap_or_default();
        let base = timeline.config.base_url.as_deref().unwrap_or(UNKNOWN_BASE);
        let title = escaped(&timeline.config.title);
        let frame = format!(
            "<iframe class=\"annals\"\n  src=\"{}\"\n  title=\"{title}\"\n  width=\"100%\" height=\"600\" style=\"border: 0\" \
             loading=\"lazy\"\n  sandbox=\"allow-scripts allow-popups allow-popups-to-escape-sandbox\"></iframe>",
            escaped(&[base, &address].concat()),
        );
        object! {
            "code": format!("{frame}\n{RESIZE}"),
            "url": Value::safe_string(&address),
            "is_placeholder": timeline.config.base_url.is_none(),
            "parameters": self.parameters(busiest),
        }
    }

    /// Lists the parameters of the address, each with an example; `process` is that of the process.
    fn parameters(&self, process: Option<&Process>) -> Vec<Value> {
        let timeline = self.timeline();
        let actor = timeline.actors.iter().rev().max_by_key(|actor| actor.events.len());
        let mut years = timeline.years.iter().filter_map(|year| four_digits(year.year));
        let first = years.next().unwrap_or_else(|| "2017".to_owned());
        let last = years.next_back().unwrap_or_else(|| first.clone());
        let parameter = |name: &str, value: &str| {
            object! {
                "example": format!("{name}={value}"),
                "meaning": self.word(&format!("embed-meaning-{name}")),
            }
        };
        let process = process.map(|process| parameter("process", &process.entry.id.id));
        let actor = actor.map(|actor| parameter("actor", &actor.entry.id.id));
        let rest =
            [("from", &*first), ("to", &(last + "-06")), ("order", "newest"), ("limit", "10"), ("theme", "dark")];
        process.into_iter().chain(actor).chain(rest.map(|(name, value)| parameter(name, value))).collect()
    }
}

/// Returns the process with the most events: of several, the first.
fn busiest(timeline: &Timeline) -> Option<&Process> {
    timeline.processes.iter().rev().max_by_key(|process| process.events.len())
}

/// Returns a year as EDTF writes it in four digits: `2017`, `-0044`; `None` if it has more, which the page cannot read.
fn four_digits(year: i64) -> Option<String> {
    match year {
        0..=9999 => Some(format!("{year:04}")),
        -9999..=-1 => Some(format!("{year:05}")),
        _ => None,
    }
}

/// Returns the BCP 47 tag with which a browser writes dates as the site does. With `en` alone, a date would begin with the
/// month.
fn dates(language: &str) -> &str {
    if language == "en" { "en-GB" } else { language }
}
