//! A slide of TimelineJS as an entry, whether it was JSON or a row of a sheet.

use super::at::At;
use super::dates::year_text;
use super::entry::{Entry, Harvest, NeededKind, Wish};
use super::html;
use super::loss::{Issue, Losses};
use super::options::Options;
use super::plain::{destination, line, line_value, push_escaped};
use crate::content::{MatterValue, slug};
use crate::date::EdtfDate;
use crate::fields::web_url;
use crate::id;

/// The kind of events whose input names none.
pub(super) const EVENT: &str = "event";

/// The parts of a date, as written; empty where they are missing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Parts {
    /// The year. There is no year 0: -44 is 44 BC.
    pub year: String,
    /// The month, 1 to 12.
    pub month: String,
    /// The day of the month.
    pub day: String,
    /// The time of day: `hh:mm:ss`, or `9:30 am`.
    pub time: String,
}

impl Parts {
    fn is_empty(&self) -> bool {
        self.year.is_empty()
    }
}

/// A slide.
#[derive(Clone, Debug, Default)]
pub(super) struct Slide {
    /// Where it is in the input.
    pub at: At,
    /// The id that the author gave.
    pub id: String,
    /// When it begins.
    pub start: Parts,
    /// When it ends.
    pub end: Parts,
    /// The title, with HTML.
    pub headline: String,
    /// The text, in HTML.
    pub text: String,
    /// The address of a picture, film or page.
    pub media: String,
    /// The words below the media, with HTML.
    pub caption: String,
    /// Who made the media, with HTML.
    pub credit: String,
    /// What the media shows, in plain words.
    pub alt: String,
    /// The row of the timeline that the slide is in, which becomes a process.
    pub group: String,
    /// What annals has no key for, by name.
    pub rest: Vec<(String, String)>,
}

impl Slide {
    /// Returns what it has besides its dates, its headline and its text, each with its name.
    fn others(&self) -> impl Iterator<Item = (&str, &str)> {
        let named = [
            ("media", &self.media),
            ("caption", &self.caption),
            ("credit", &self.credit),
            ("alt", &self.alt),
            ("group", &self.group),
            ("unique_id", &self.id),
        ];
        let rest = self.rest.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        named.into_iter().map(|(name, value)| (name, value.as_str())).chain(rest).filter(|(_, value)| !value.is_empty())
    }

    /// Returns what annals has no key for as the value of `extra`.
    fn extra(&self, losses: &mut Losses) -> Option<MatterValue> {
        let mut extra = Vec::new();
        for (key, value) in &self.rest {
            if let Some(kept) = line_value(value) {
                losses.keep(key, value);
                extra.push((super::columns::column_key(&key.replace('.', "_")), kept));
            }
        }
        (!extra.is_empty()).then_some(MatterValue::Table(extra))
    }
}

/// Adds the event of a slide.
///
/// # Errors
/// [`Issue`] if it has no valid date, or neither a headline nor a text.
pub(super) fn add_event(slide: &Slide, options: &Options, harvest: &mut Harvest) -> Result<(), Issue> {
    let date = options.widening.apply(date_of(slide, &mut harvest.losses)?, &mut harvest.losses.precision);
    let text = text_of(slide, &mut harvest.losses);
    let headline = headline(slide, &text);
    let Some(title) = line_value(&headline) else {
        return Err(Issue::new(&slide.at, Some("headline"), "the slide has neither a headline nor a text"));
    };
    let wish = match id::check(&slide.id) {
        Ok(()) => Wish::Given(slide.id.clone()),
        Err(_) => {
            if !slide.id.is_empty() {
                let how = "it cannot be an id of annals, so the id was made from the date and the title";
                harvest.losses.change("unique_id", &slide.id, how);
            }
            Wish::Made(format!("{}-{}", date.slug(), slug(&headline)))
        }
    };
    let mut entry = Entry::event(wish, slide.at.clone());
    entry.set("title", Some(title));
    entry.set("date", Some(MatterValue::Date(date.canonical())));
    let kind = options.kind.clone().unwrap_or_else(|| EVENT.to_owned());
    harvest.need(kind_named(&kind));
    entry.set("kind", Some(kind.into()));
    entry.processes.extend(harvest.processes.add(&html::words(&slide.group), ""));
    entry.set("extra", slide.extra(&mut harvest.losses));
    entry.text = text;
    harvest.entries.push(entry);
    Ok(())
}

/// Returns the built-in kind with an id, or a new one of the family `words` whose name is made from the id.
#[must_use]
pub(super) fn kind_named(id: &str) -> NeededKind {
    let words = id.replace(['-', '_'], " ");
    let mut letters = words.chars();
    let name = letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect());
    let built_in = super::settings::built_in().iter().find(|kind| kind.id == id).cloned();
    built_in.unwrap_or_else(|| NeededKind::new(id, &name, "words"))
}

/// Takes the title and the description of a new site from the slide that TimelineJS shows first.
pub(super) fn add_title(slide: &Slide, is_new: bool, harvest: &mut Harvest) {
    let (title, description) = (line(&html::words(&slide.headline)), line(&html::words(&slide.text)));
    for (key, field, value) in [("title", "title", title), ("description", "title.text", description)] {
        if is_new && !value.is_empty() {
            harvest.settings.push((key, value.into()));
        } else if !value.is_empty() {
            harvest.losses.lose(field, &value, "the site has a site.toml already");
        }
    }
    let dates = [("start_date", slide.start.year.as_str()), ("end_date", slide.end.year.as_str())];
    for (field, value) in dates.into_iter().filter(|(_, year)| !year.is_empty()).chain(slide.others()) {
        harvest.losses.lose(&format!("title.{field}"), value, "the home page has none");
    }
}

/// Adds the process of an era; if a group of slides has the same name, its process only gets the date, and the rest is lost.
///
/// # Errors
/// [`Issue`] if it has no name or no dates.
pub(super) fn add_era(slide: &Slide, harvest: &mut Harvest) -> Result<(), Issue> {
    let date = date_of(slide, &mut harvest.losses)?;
    let name = line(&html::words(&slide.headline));
    let value = Some(MatterValue::Date(date.canonical()));
    if let Some(process) = harvest.processes.find(&name, "") {
        if harvest.processes.fact(process, "date").is_some_and(|known| Some(known) != value.as_ref()) {
            harvest.losses.lose("era", &name, "an earlier era has this name");
        }
        harvest.processes.tell(process, "date", value);
        let text = [("text", slide.text.as_str())].into_iter().filter(|(_, text)| !text.is_empty());
        for (field, value) in text.chain(slide.others()) {
            let why = "a group of slides has the era's name, and gives it only the dates";
            harvest.losses.lose(&format!("era.{field}"), value, why);
        }
        return Ok(());
    }
    if name.is_empty() {
        return Err(Issue::new(&slide.at, Some("headline"), "the era has no name"));
    }
    let wish = Wish::Given(super::names::id_of(&name));
    let mut entry = Entry::document(id::Collection::Processes, wish, slide.at.clone());
    entry.set("name", line_value(&name));
    entry.set("date", value);
    entry.set("extra", slide.extra(&mut harvest.losses));
    entry.text = text_of(slide, &mut harvest.losses);
    for (field, value) in slide.others().filter(|(field, _)| matches!(*field, "group" | "unique_id")) {
        harvest.losses.lose(&format!("era.{field}"), value, "a process has none");
    }
    harvest.entries.push(entry);
    Ok(())
}

/// Returns the words of the headline, or else the first 80 characters of the text.
fn headline(slide: &Slide, text: &str) -> String {
    let headline = line(&html::words(&slide.headline));
    if !headline.is_empty() || text.is_empty() {
        return headline;
    }
    let words = line(&html::words(&slide.text));
    match words.char_indices().nth(80) {
        Some((end, _)) => format!("{}…", words[..end].trim_end()),
        None => words,
    }
}

/// Converts HTML to markdown, and counts the elements that were dropped.
pub(super) fn html_text(html: &str, field: &str, losses: &mut Losses) -> String {
    if super::plain::refused(html) > 0 {
        losses.change(field, html, "characters that control text or turn its direction were removed");
    }
    let converted = html::markdown(html);
    for (element, count) in converted.dropped {
        let why = match element.as_str() {
            "a" => "its address is not that of a web page; its words stay",
            "img" => "pictures must be files of the site; it became a link",
            _ => "markdown has no such element",
        };
        for _ in 0..count {
            losses.lose(&format!("{field}: <{element}>"), "", why);
        }
    }
    converted.markdown
}

/// Returns the text of a slide, with a link to its picture, film or page below it, and the credit.
fn text_of(slide: &Slide, losses: &mut Losses) -> String {
    let mut text = html_text(&slide.text, "text", losses);
    let (caption, credit) = (html::words(&slide.caption), html::words(&slide.credit));
    let words = [&caption, &slide.alt].into_iter().find(|words| !words.trim().is_empty()).cloned().unwrap_or_default();
    if !caption.trim().is_empty() && !slide.alt.trim().is_empty() && caption.trim() != slide.alt.trim() {
        losses.lose("alt", &slide.alt, "the link has the caption as its words");
    }
    let address = address(&slide.media);
    let link = match &address {
        Some(address) => {
            let mut escaped = String::new();
            push_escaped(&mut escaped, &line(&words), false);
            // Inside a link, brackets must be closed or escaped.
            let escaped = escaped.replace("\\[", "[").replace('[', "\\[");
            let shown = if escaped.is_empty() { "Media" } else { &escaped };
            let link = format!("[{shown}]({})", destination(address));
            losses.change("media", &slide.media, "it became a link below the text: pictures must be files of the site");
            link
        }
        None => {
            // TimelineJS also shows a quotation that is written as HTML.
            let is_html = slide.media.trim_start().starts_with('<');
            let quoted = if is_html { html_text(&slide.media, "media", losses) } else { String::new() };
            if !quoted.is_empty() {
                losses.change("media", &slide.media, "its HTML became markdown below the text");
                text.push_str(if text.is_empty() { "" } else { "\n\n" });
                text.push_str(&quoted);
            } else if !slide.media.is_empty() {
                losses.lose("media", &slide.media, "it is not the address of a web page");
            }
            let mut link = String::new();
            push_escaped(&mut link, line(&words).as_str(), true);
            link
        }
    };
    let mut line = link;
    if !credit.trim().is_empty() {
        line.push_str(if line.is_empty() { "" } else { " — " });
        let words = super::plain::line(&credit);
        let begins = line.is_empty();
        push_escaped(&mut line, &words, begins);
    }
    if !line.is_empty() {
        text.push_str(if text.is_empty() { "" } else { "\n\n" });
        text.push_str(&line);
    }
    text
}

/// Returns the web address in a field that holds an address, or HTML with `src` or `href`, such as a frame.
fn address(media: &str) -> Option<String> {
    let media = media.trim();
    let in_html = ["src=", "href="].into_iter().filter_map(|name| {
        let rest = media.split_once(name)?.1.trim_start_matches(['"', '\'']);
        rest.split(['"', '\'', ' ', '>']).next()
    });
    let all = if media.starts_with('<') { in_html.collect::<Vec<_>>() } else { vec![media] };
    let all = all.into_iter().map(|address| match address.strip_prefix("//") {
        Some(rest) => format!("https://{rest}"),
        None => address.to_owned(),
    });
    all.into_iter().find(|address| !address.contains(['<', '>']) && web_url(address).is_ok())
}

/// Returns the date of a slide: as precise as its parts, and an interval if it ends on another day.
fn date_of(slide: &Slide, losses: &mut Losses) -> Result<EdtfDate, Issue> {
    if slide.start.is_empty() {
        return Err(Issue::new(&slide.at, Some("start_date.year"), "the slide has no date"));
    }
    let start = day_of(&slide.start, &slide.at, "start_date", losses)?;
    let time = time_of(&slide.start.time);
    if !slide.start.time.is_empty() && time.is_none() {
        let issue = Issue::new(&slide.at, Some("start_date"), format!("`{}` is not a time of day", slide.start.time));
        losses.notes.push(issue.help("the day was imported"));
    }
    let end = end_of(slide, &start, losses)?;
    let text = if start == end {
        let ends_later = !slide.end.time.is_empty() && time_of(&slide.end.time) != time;
        if ends_later {
            losses.lose("time", &slide.end.time, "a date has only one time of day");
        }
        match time {
            Some(time) if is_day(&start) => {
                losses.change("time", &slide.start.time, "TimelineJS has no time zones, so it is a local time");
                format!("{start}T{time}")
            }
            Some(_) => {
                losses.lose("time", &slide.start.time, "the slide has a time, but no day");
                start.clone()
            }
            None => start.clone(),
        }
    } else {
        for time in [&slide.start.time, &slide.end.time].into_iter().filter(|time| !time.is_empty()) {
            losses.lose("time", time, "a range of days has no times");
        }
        format!("{start}/{end}")
    };
    EdtfDate::parse(&text).map_err(|error| {
        let issue = Issue::new(&slide.at, Some("start_date"), format!("`{text}` is not a date: {}", error.reason));
        match crate::date::impossible_day(&text) {
            Some(help) => issue.help(help),
            None => issue,
        }
    })
}

/// Returns the day, month or year on which a slide ends: `start` if it names no year for its end.
fn end_of(slide: &Slide, start: &str, losses: &mut Losses) -> Result<String, Issue> {
    if !slide.end.is_empty() {
        return day_of(&slide.end, &slide.at, "end_date", losses);
    }
    for (field, value) in [("end_date.month", &slide.end.month), ("end_date.day", &slide.end.day)] {
        if !value.is_empty() {
            losses.lose(field, value, "the end has no year");
        }
    }
    Ok(start.to_owned())
}

fn is_day(edtf: &str) -> bool {
    edtf.len() == 10 && edtf.as_bytes()[4] == b'-'
}

/// Writes the parts of a date in EDTF: `2017`, `2017-11` or `2017-11-20`.
fn day_of(parts: &Parts, at: &At, field: &str, losses: &mut Losses) -> Result<String, Issue> {
    let number = |name: &str, text: &str| {
        let plain: String = text.chars().filter(|c| !matches!(c, ',' | ' ' | '\u{a0}' | '\u{202f}' | '\'')).collect();
        let plain = plain.strip_suffix(".0").unwrap_or(&plain);
        plain.parse::<i64>().map_err(|_| {
            let field = format!("{field}.{name}");
            Issue::new(at, Some(&field), format!("`{}` is not a number", crate::date::shortened(text)))
        })
    };
    let mut year = number("year", &parts.year)?;
    if year < 0 {
        losses.change("year", &parts.year, "TimelineJS shows -44 as 44 BCE, which EDTF writes -0043");
        year += 1;
    }
    let mut text = year_text(year);
    for (name, part) in [("month", &parts.month), ("day", &parts.day)] {
        if is_zero(part) {
            break;
        }
        let number = number(name, part)?;
        if !(1..=31).contains(&number) || (name == "month" && number > 12) {
            let field = format!("{field}.{name}");
            return Err(Issue::new(at, Some(&field), format!("there is no {name} {number}")));
        }
        text.push_str(&format!("-{number:02}"));
    }
    if is_zero(&parts.month) && !is_zero(&parts.day) {
        losses.lose("day", &parts.day, "the slide has a day, but no month");
    }
    Ok(text)
}

/// Returns whether a part of a date is missing, or zero, which means the same to TimelineJS.
fn is_zero(part: &str) -> bool {
    part.trim_matches(['0', ' ']).is_empty()
}

/// Converts `9:30`, `09:30:15` or `9:30 pm` to `hh:mm:ss`; `None` if it is no time of day.
fn time_of(text: &str) -> Option<String> {
    let lower = text.trim().to_lowercase();
    let is_half = |mark: &str| lower.ends_with(mark);
    let half = if is_half("pm") || is_half("p.m.") {
        Some(12)
    } else if is_half("am") || is_half("a.m.") {
        Some(0)
    } else {
        None
    };
    let digits = lower.trim_end_matches(|c: char| !c.is_ascii_digit());
    let mut numbers = digits.split([':', '.']).map(|part| part.trim().parse::<u8>().ok());
    let hour = numbers.next()??;
    let minute = numbers.next().unwrap_or(Some(0))?;
    let second = numbers.next().unwrap_or(Some(0))?;
    let hour = half.map_or(hour, |half| hour % 12 + half);
    (hour < 24 && minute < 60 && second < 60).then(|| format!("{hour:02}:{minute:02}:{second:02}"))
}

#[cfg(test)]
mod tests {
    use super::time_of;

    #[test]
    fn times_are_read_as_people_write_them() {
        let read = |text| time_of(text).unwrap_or_default();
        for (text, expected) in [
            ("9:30", "09:30:00"),
            ("09:30:15", "09:30:15"),
            ("9:30 PM", "21:30:00"),
            ("12:05 am", "00:05:00"),
            ("noon", ""),
            ("25:00", ""),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }
}
