//! The three forms of a report: for people, for programs, for a code host's annotations.

use std::borrow::Cow;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use serde::Serialize;

use super::code::Severity;
use super::problems::Place;
use super::report::{Lines, Located, Report};
use super::text::{harmless, is_command, is_hidden, shown};

/// Renders a report for people, one block for each problem in the style of rustc: notes and warnings first, so that errors are
/// at the end of a long report. `colour` adds ANSI escapes.
#[must_use]
pub(crate) fn human(report: &Report, colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let of = |severity| report.diagnostics.iter().filter(move |l| l.diagnostic.severity() == severity);
    let mut out = String::new();
    for located in of(Severity::Note).chain(of(Severity::Warning)).chain(of(Severity::Error)) {
        out.push_str(&block(&renderer, located));
        out.push_str("\n\n");
    }
    harmless(&out, colour)
}

/// Reports with more problems than this end with the number of each kind.
const EASILY_READ: usize = 10;

/// Returns how many problems there are, in words: of each kind if there are many, notes and warnings first, then in all. Empty
/// if there are none.
#[must_use]
pub(crate) fn summary(report: &Report) -> String {
    let (errors, warnings, notes) = (report.errors(), report.warnings(), report.notes());
    let mut out = String::new();
    if errors + warnings + notes > EASILY_READ {
        let mut totals: Vec<_> =
            report.totals().iter().map(|((code, severity), count)| (*severity, *count, code.name())).collect();
        totals.sort_by(|a, b| (b.0, a.1, b.2).cmp(&(a.0, b.1, a.2)));
        let width = totals.iter().map(|(_, count, _)| count.to_string().len()).max().unwrap_or_default();
        for (severity, count, name) in totals {
            out.push_str(&format!("{count:>width$} {}[{name}]\n", severity.name()));
        }
        out.push('\n');
    }
    let parts = [(errors, "error"), (warnings, "warning"), (notes, "note")];
    let parts: Vec<String> =
        parts.into_iter().filter(|(count, _)| *count > 0).map(|(count, noun)| counted(count, noun)).collect();
    if !parts.is_empty() {
        out.push_str(&format!("{}\n", listed(&parts)));
    }
    out
}

/// Joins a list in English: `1 error, 2 warnings and 3 notes`.
fn listed(parts: &[String]) -> String {
    match parts {
        [first @ .., second, last] => {
            first.iter().map(|part| format!("{part}, ")).collect::<String>() + second + " and " + last
        }
        _ => parts.concat(),
    }
}

/// Writes a number of things: `1 event`, `2 events`, `0 events`. `noun` must form its plural with `s`.
#[must_use]
pub(crate) fn counted(count: usize, noun: &str) -> String {
    match count {
        1 => format!("1 {noun}"),
        _ => format!("{count} {noun}s"),
    }
}

fn block(renderer: &Renderer, located: &Located) -> String {
    let diagnostic = &located.diagnostic;
    let level = match diagnostic.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let title = level.primary_title(diagnostic.message()).id(diagnostic.code().name());
    let mut group = pointing(Group::with_title(title), diagnostic.file(), diagnostic.span().is_some(), &located.lines);
    if let Some(help) = located.help() {
        group = group.element(Level::HELP.message(help));
    }
    let also = diagnostic.also().iter().zip(&located.also).map(|((place, what), lines)| {
        let title = Level::NOTE.secondary_title(what.as_str());
        pointing(Group::with_title(title), &place.file, place.span.is_some(), lines)
    });
    renderer.render(&[group].into_iter().chain(also).collect::<Vec<_>>())
}

/// Adds the place that a group points at: an excerpt, or the file with line and column.
fn pointing<'r>(group: Group<'r>, file: &str, is_part: bool, lines: &'r Lines) -> Group<'r> {
    let file = shown(file);
    match &lines.excerpt {
        Some(excerpt) => group.element(
            Snippet::source(excerpt.text.as_str())
                .line_start(lines.start.line)
                .path(file)
                .annotation(AnnotationKind::Primary.span(excerpt.span.clone())),
        ),
        None if is_part => group.element(Origin::path(file).line(lines.start.line).char_column(lines.start.column)),
        None => group.element(Origin::path(file)),
    }
}

#[derive(Serialize)]
struct JsonReport<'a> {
    diagnostics: Vec<JsonDiagnostic<'a>>,
    errors: usize,
    warnings: usize,
    notes: usize,
}

#[derive(Serialize)]
struct JsonDiagnostic<'a> {
    severity: &'static str,
    code: &'static str,
    #[serde(flatten)]
    place: JsonPlace<'a>,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    also: Vec<JsonNote<'a>>,
}

/// A second place that belongs to a problem.
#[derive(Serialize)]
struct JsonNote<'a> {
    #[serde(flatten)]
    place: JsonPlace<'a>,
    message: &'a str,
}

#[derive(Serialize)]
struct JsonPlace<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
}

/// Returns the report as one JSON object. `end_line` and `end_column` name the character after the offending text.
///
/// # Panics
/// Never: the object contains only strings and numbers.
#[must_use]
pub(crate) fn json(report: &Report) -> String {
    let object = JsonReport {
        diagnostics: report.diagnostics.iter().map(json_diagnostic).collect(),
        errors: report.errors(),
        warnings: report.warnings(),
        notes: report.notes(),
    };
    escaped(&serde_json::to_string(&object).expect("strings and numbers always serialise"))
}

/// Escapes every hidden character in JSON, and `#` where a build service would see a command. Both occur only in strings, so
/// the value is the same.
fn escaped(json: &str) -> String {
    if !json.contains(|c: char| is_hidden(c) || c == '#') {
        return json.to_owned();
    }
    let mut out = String::with_capacity(json.len() + 64);
    for (at, c) in json.char_indices() {
        if is_hidden(c) || (c == '#' && is_command(&json[at..])) {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                out.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            out.push(c);
        }
    }
    out
}

fn json_diagnostic(located: &Located) -> JsonDiagnostic<'_> {
    let diagnostic = &located.diagnostic;
    let also = diagnostic.also().iter().zip(&located.also);
    JsonDiagnostic {
        severity: diagnostic.severity().name(),
        code: diagnostic.code().name(),
        place: json_place(diagnostic.file(), &located.lines),
        message: diagnostic.message(),
        help: located.help(),
        also: also
            .map(|((Place { file, .. }, what), lines)| JsonNote { place: json_place(file, lines), message: what })
            .collect(),
    }
}

fn json_place<'a>(file: &'a str, lines: &Lines) -> JsonPlace<'a> {
    JsonPlace {
        file,
        line: lines.start.line,
        column: lines.start.column,
        end_line: lines.end.line,
        end_column: lines.end.column,
    }
}

/// Returns the report as GitHub workflow commands, which become annotations on the changed lines. `root` is the path from the
/// repository's folder to the site's, empty or ending in `/`, because annotations name files from the former.
#[must_use]
pub(crate) fn github(report: &Report, root: &str) -> String {
    let mut out = String::new();
    for located in &report.diagnostics {
        let diagnostic = &located.diagnostic;
        // All sentences are already one line each; the line breaks between them are added here.
        let mut message = diagnostic.message().to_owned();
        if let Some(help) = located.help() {
            message.push_str(&format!("\nhelp: {help}"));
        }
        for ((Place { file, .. }, what), Lines { start, .. }) in diagnostic.also().iter().zip(&located.also) {
            message.push_str(&format!("\n{what}: {}:{}:{}", shown(&format!("{root}{file}")), start.line, start.column));
        }
        out.push_str(&format!(
            "::{} file={},line={},col={},endLine={},endColumn={},title={}::{}\n",
            command(diagnostic.severity()),
            property(&shown(&format!("{root}{}", diagnostic.file()))),
            located.lines.start.line,
            located.lines.start.column,
            located.lines.end.line,
            located.lines.end.column,
            property(diagnostic.code().name()),
            message_text(&message),
        ));
    }
    out
}

/// Returns the workflow command for problems of a severity.
const fn command(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    }
}

/// Escapes the text of a workflow command. Older commands, which begin with `##[`, work anywhere in a line.
fn message_text(text: &str) -> String {
    let text = text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    harmless(&text, false)
}

/// Escapes a property of a workflow command.
fn property(text: &str) -> String {
    message_text(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::{counted, escaped};

    #[test]
    fn json_keeps_its_value_and_shows_nothing_hidden() {
        let value = serde_json::json!({ "a": "\u{9b}31m\u{7f}\u{202e}\u{e0041}\u{2028} ##[group]x ## [y] é" });
        let json = escaped(&value.to_string());
        assert!(json.is_ascii() || json.chars().all(|c| !super::is_hidden(c)), "{json}");
        assert!(json.contains("\\u009b") && json.contains("\\u0023#[group]") && json.contains("## [y]"), "{json}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&json).expect("it is JSON"), value);
    }

    #[test]
    fn one_of_a_kind_is_singular() {
        assert_eq!([0, 1, 2].map(|count| counted(count, "event")), ["0 events", "1 event", "2 events"]);
    }
}
