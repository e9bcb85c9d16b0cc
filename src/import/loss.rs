//! The loss report: what an import read, wrote, changed and could not keep, for people and as JSON.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use super::at::At;
use crate::date::shortened;

/// How many examples of a field are shown.
const EXAMPLES: usize = 3;
/// How many problems people are shown; JSON has them all.
const SHOWN: usize = 20;

/// Something in the input that an author should look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Issue {
    /// Where it is.
    pub at: At,
    /// The column or key, if it is about one.
    pub field: Option<String>,
    /// What is wrong, in a sentence without a full stop.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

impl Issue {
    /// Makes an issue without help. `field` is the column or key that it is about.
    #[must_use]
    pub(crate) fn new(at: &At, field: Option<&str>, message: impl Into<String>) -> Self {
        Self { at: at.clone(), field: field.map(ToOwned::to_owned), message: message.into(), help: None }
    }

    /// Adds what to do about it.
    #[must_use]
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    fn json(&self, input: &str) -> Json {
        let mut json = json!({ "file": self.file(input), "message": self.message });
        let numbers = [("line", self.at.line), ("column", self.at.column)];
        for (key, number) in numbers.into_iter().filter(|(_, number)| *number > 0) {
            json[key] = number.into();
        }
        let texts = [("field", &self.field), ("help", &self.help)];
        for (key, text) in texts.into_iter().filter_map(|(key, text)| Some((key, text.as_ref()?))) {
            json[key] = text.as_str().into();
        }
        json
    }

    fn file(&self, input: &str) -> String {
        if self.at.file.is_empty() { input.to_owned() } else { format!("{input}/{}", self.at.file) }
    }

    /// Returns the issue on one line: `events.csv:12: event_date: …; help`.
    #[must_use]
    pub(crate) fn text(&self, input: &str) -> String {
        let mut text = self.file(input);
        for number in [self.at.line, self.at.column].into_iter().filter(|number| *number > 0) {
            text.push_str(&format!(":{number}"));
        }
        let field = self.field.as_ref().map(|field| format!("{field}: ")).unwrap_or_default();
        let help = self.help.as_ref().map(|help| format!("; {help}")).unwrap_or_default();
        format!("{text}: {field}{}{help}", self.message)
    }
}

/// How often something occurred, with examples.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    /// How often.
    pub count: usize,
    /// The first three different values, shortened.
    pub examples: Vec<String>,
    /// Why it was lost, or what became of it.
    pub why: String,
}

impl Tally {
    fn add(&mut self, value: &str) {
        self.count += 1;
        if self.examples.len() < EXAMPLES {
            let example = shortened(value.trim());
            if !example.is_empty() && !self.examples.contains(&example) {
                self.examples.push(example);
            }
        }
    }

    fn json(&self, field: &str) -> Json {
        json!({ "field": field, "count": self.count, "examples": self.examples, "why": self.why })
    }

    fn text(&self, field: &str) -> String {
        let examples: Vec<String> = self.examples.iter().map(|example| format!("`{example}`")).collect();
        let examples = if examples.is_empty() { String::new() } else { format!(": {}", examples.join(", ")) };
        format!("{:>8}  {field}{examples} ({})\n", self.count, self.why)
    }
}

/// What occurred, by field: a tally for each reason, in the order in which they occurred.
type Tallies = BTreeMap<String, Vec<Tally>>;

/// What could not be taken over unchanged, counted by field and reason.
#[derive(Debug, Default)]
pub(crate) struct Losses {
    /// How many rows, slides, files or documents were read.
    pub read: usize,
    /// Those that became no entry, with the reason.
    pub refused: Vec<Issue>,
    /// What was imported although something is wrong with it.
    pub notes: Vec<Issue>,
    /// Fields without a home.
    pub lost: Tallies,
    /// Fields that are kept under `[extra]`.
    pub extra: Tallies,
    /// Values that were changed.
    pub changed: Tallies,
    /// Days that may be more precise than is known.
    pub precision: Suspects,
    /// How many events have no source.
    pub unsourced: usize,
}

/// Days that may be more precise than is known, among all events that are dated to the day.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Suspects {
    /// Events that are dated to the day.
    pub days: usize,
    /// Those on 1 January.
    pub first_of_january: usize,
    /// Those on the first of another month.
    pub first_of_month: usize,
}

impl Losses {
    /// Counts a field of one entry that has no home.
    pub(crate) fn lose(&mut self, field: &str, value: &str, why: &str) {
        count(&mut self.lost, field, value, why);
    }

    /// Counts a field of one entry that was kept under `[extra]`.
    pub(crate) fn keep(&mut self, field: &str, value: &str) {
        count(&mut self.extra, field, value, "[extra]");
    }

    /// Counts a value of one entry that was changed. `value` is what it was.
    pub(crate) fn change(&mut self, field: &str, value: &str, how: &str) {
        count(&mut self.changed, field, value, how);
    }
}

fn count(tallies: &mut Tallies, field: &str, value: &str, why: &str) {
    if !tallies.contains_key(field) {
        tallies.insert(field.to_owned(), Vec::new());
    }
    let Some(of_field) = tallies.get_mut(field) else { return };
    let known = of_field.iter().position(|tally| tally.why == why).unwrap_or_else(|| {
        of_field.push(Tally { why: why.to_owned(), ..Tally::default() });
        of_field.len() - 1
    });
    of_field[known].add(value);
}

/// Returns each tally with its field.
fn each(tallies: &Tallies) -> impl Iterator<Item = (&str, &Tally)> {
    tallies.iter().flat_map(|(field, of_field)| of_field.iter().map(move |tally| (field.as_str(), tally)))
}

/// What became of the documents of one collection.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Written {
    /// Files that were written.
    pub new: usize,
    /// Documents that were there already, with the same contents or under the same name.
    pub unchanged: usize,
}

/// Spellings that were taken for one name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Merge {
    /// The folder of the document: `actors`.
    pub folder: &'static str,
    /// The document's id.
    pub id: String,
    /// The spelling that became its name.
    pub name: String,
    /// The others.
    pub others: Vec<String>,
    /// Whether the document was there already, so that the others were not added to it.
    pub is_kept: bool,
}

/// The report of an import.
#[derive(Debug, Default)]
pub(crate) struct Report {
    /// The word for the format.
    pub format: String,
    /// The input, as it was named.
    pub input: String,
    /// Whether nothing was to be written.
    pub is_dry: bool,
    /// What was lost.
    pub losses: Losses,
    /// What became of the documents, by folder.
    pub written: Vec<(&'static str, Written)>,
    /// Files that have other contents than the import would write, and were kept.
    pub kept: Vec<(String, At)>,
    /// Spellings that were taken for one name.
    pub merges: Vec<Merge>,
    /// What was done to site.toml, or has to be: a sentence, and lines to add.
    pub settings: Option<(String, String)>,
}

impl Report {
    /// Returns whether something in the input became no entry.
    #[must_use]
    pub(crate) fn has_refusals(&self) -> bool {
        !self.losses.refused.is_empty()
    }

    /// Returns the report as one JSON object, whose keys docs/import.md describes.
    #[must_use]
    pub(crate) fn json(&self) -> Json {
        let losses = &self.losses;
        let tallies = |of: &Tallies| each(of).map(|(field, tally)| tally.json(field)).collect::<Vec<_>>();
        let issues = |of: &[Issue]| of.iter().map(|issue| issue.json(&self.input)).collect::<Vec<_>>();
        let written = |of: fn(&Written) -> usize| -> Json {
            self.written.iter().map(|(folder, written)| ((*folder).to_owned(), Json::from(of(written)))).collect()
        };
        let kept = self.kept.iter().map(|(file, at)| json!({ "file": file, "input": at.file, "line": at.line }));
        let merged = self.merges.iter().map(|merge| {
            json!({ "folder": merge.folder, "id": merge.id, "name": merge.name, "others": merge.others, "kept": merge.is_kept })
        });
        let precision = self.suspicions().into_iter().map(|(what, count, option)| {
            json!({ "days": what, "count": count, "of": losses.precision.days, "option": option })
        });
        json!({
            "format": self.format,
            "input": self.input,
            "dry_run": self.is_dry,
            "read": losses.read,
            "written": written(|written| written.new),
            "unchanged": written(|written| written.unchanged),
            "kept": kept.collect::<Vec<_>>(),
            "refused": issues(&losses.refused),
            "notes": issues(&losses.notes),
            "lost": tallies(&losses.lost),
            "extra": tallies(&losses.extra),
            "changed": tallies(&losses.changed),
            "merged": merged.collect::<Vec<_>>(),
            "precision": precision.collect::<Vec<_>>(),
            "without_source": losses.unsourced,
            "settings": self.settings.as_ref().map(|(what, lines)| json!({ "message": what, "lines": lines })),
        })
    }

    /// Returns the report for people, with at most 20 items in each list of issues.
    #[must_use]
    pub(crate) fn text(&self) -> String {
        let losses = &self.losses;
        let mut text = self.headline();
        let section = |text: &mut String, title: &str, of: &Tallies| {
            if !of.is_empty() {
                text.push_str(&format!("\n{title}\n"));
                each(of).for_each(|(field, tally)| text.push_str(&tally.text(field)));
            }
        };
        section(&mut text, "Lost: fields that have no home in annals", &losses.lost);
        section(&mut text, "Kept under [extra], which only a site's own templates show", &losses.extra);
        section(&mut text, "Changed", &losses.changed);
        self.push_names(&mut text);
        let suspicions = self.suspicions();
        if !suspicions.is_empty() {
            text.push_str("\nPerhaps false precision\n");
            for (what, count, option) in suspicions {
                let of = losses.precision.days;
                text.push_str(&format!(
                    "{count:>8}  of {of} events dated to the day are on {what}; if only the period is known, use {option}\n"
                ));
            }
        }
        if losses.unsourced > 0 {
            let counted = crate::diagnostic::counted(losses.unsourced, "event");
            text.push_str(&format!("\n{counted} without a source; --unsourced-as-drafts makes drafts of them\n"));
        }
        for (title, issues) in [("Imported, but look at it", &losses.notes), ("Not imported", &losses.refused)] {
            push_issues(&mut text, title, issues, &self.input);
        }
        if !self.kept.is_empty() {
            text.push_str("\nKept: these files exist with other contents\n");
            let shown = self.kept.iter().take(SHOWN);
            shown.for_each(|(file, at)| {
                let line = if at.line > 0 { format!(" (line {})", at.line) } else { String::new() };
                text.push_str(&format!("    {file}{line}\n"));
            });
            push_rest(&mut text, self.kept.len());
        }
        if let Some((what, lines)) = &self.settings {
            text.push_str(&format!("\n{what}\n"));
            lines.lines().for_each(|line| text.push_str(&format!("{}\n", format!("    {line}").trim_end())));
        }
        text
    }

    fn headline(&self) -> String {
        let counted = |of: fn(&Written) -> usize| -> Vec<String> {
            let counts = self.written.iter().map(|(folder, written)| (folder, of(written)));
            counts
                .filter(|(_, count)| *count > 0)
                .map(|(folder, count)| format!("{count} {}", noun(folder, count)))
                .collect()
        };
        let (new, unchanged) = (counted(|written| written.new), counted(|written| written.unchanged));
        let verb = if self.is_dry { "would write" } else { "wrote" };
        let mut text = if new.is_empty() && unchanged.is_empty() {
            format!("{}: nothing to import\n", self.input)
        } else if new.is_empty() {
            format!("{}: nothing changed\n", self.input)
        } else {
            format!("{}: {verb} {}\n", self.input, new.join(", "))
        };
        if !unchanged.is_empty() {
            text.push_str(&format!("already there: {}\n", unchanged.join(", ")));
        }
        text
    }

    fn push_names(&self, text: &mut String) {
        if self.merges.is_empty() {
            return;
        }
        text.push_str("\nTaken for one name; --keep-spellings gives each spelling a document of its own\n");
        for merge in self.merges.iter().take(SHOWN) {
            let others: Vec<String> = merge.others.iter().map(|other| format!("`{other}`")).collect();
            let kept = if merge.is_kept { "; not added to its document, which was there already" } else { "" };
            text.push_str(&format!(
                "    {}/{}: `{}` also as {}{kept}\n",
                merge.folder,
                merge.id,
                merge.name,
                others.join(", ")
            ));
        }
        push_rest(text, self.merges.len());
    }

    /// Returns the days that are more frequent than by chance: which, how many, and the option that widens them.
    fn suspicions(&self) -> Vec<(&'static str, usize, &'static str)> {
        let Suspects { days, first_of_january, first_of_month } = self.losses.precision;
        let mut found = Vec::new();
        // By chance, one day in 365 is 1 January, and one in 33 the first of another month.
        if first_of_january >= 3 && first_of_january * 50 > days {
            found.push(("1 January", first_of_january, "--january-1-as-year"));
        }
        if first_of_month >= 5 && first_of_month * 10 > days {
            found.push(("the first of another month", first_of_month, "--day-1-as-month"));
        }
        found
    }
}

fn noun(folder: &str, count: usize) -> &str {
    if count != 1 {
        return folder;
    }
    crate::id::Collection::of_folder(folder).map_or("", crate::id::Collection::noun)
}

fn push_issues(text: &mut String, title: &str, issues: &[Issue], input: &str) {
    if !issues.is_empty() {
        text.push_str(&format!("\n{title}: {}\n", issues.len()));
        issues.iter().take(SHOWN).for_each(|issue| text.push_str(&format!("    {}\n", issue.text(input))));
        push_rest(text, issues.len());
    }
}

fn push_rest(text: &mut String, all: usize) {
    if all > SHOWN {
        text.push_str(&format!("    … and {} more; --format json lists them all\n", all - SHOWN));
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Losses, Report};

    #[test]
    fn every_reason_for_a_loss_is_reported() {
        let mut losses = Losses::default();
        for (value, why) in [("1", "too old"), ("2", "too new"), ("3", "too old")] {
            losses.lose("day", value, why);
        }
        let report = Report { losses, ..Report::default() };
        let told = json!([
            { "field": "day", "count": 2, "examples": ["1", "3"], "why": "too old" },
            { "field": "day", "count": 1, "examples": ["2"], "why": "too new" },
        ]);
        assert_eq!(report.json()["lost"], told);
        assert!(report.text().contains("\n       2  day: `1`, `3` (too old)\n       1  day: `2` (too new)\n"));
    }
}
