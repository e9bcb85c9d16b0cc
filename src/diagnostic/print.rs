//! The three forms of a report: for people, for programs, for a code host's annotations.

use annotate_snippets::{AnnotationKind, Level, Origin, Renderer, Snippet};
use serde::Serialize;

use super::report::{Located, Report};
use super::{Severity, shown};

/// The report as people read it, one block a problem, in the manner of rustc. `colour` adds ANSI escapes.
#[must_use]
pub fn human(report: &Report, colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let mut out = String::new();
    for located in &report.diagnostics {
        out.push_str(&block(&renderer, located));
        out.push_str("\n\n");
    }
    out
}

fn block(renderer: &Renderer, located: &Located) -> String {
    let diagnostic = &located.diagnostic;
    let level = match diagnostic.code.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(diagnostic.message.as_str()).id(diagnostic.code.name());
    let file = shown(&diagnostic.file);
    let mut group = match &located.excerpt {
        Some(excerpt) => title.element(
            Snippet::source(excerpt.text.as_str())
                .line_start(located.start.line)
                .path(file.as_str())
                .annotation(AnnotationKind::Primary.span(excerpt.span.clone())),
        ),
        None if diagnostic.span.is_some() => {
            title.element(Origin::path(file.as_str()).line(located.start.line).char_column(located.start.column))
        }
        None => title.element(Origin::path(file.as_str())),
    };
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    renderer.render(&[group])
}

#[derive(Serialize)]
struct JsonReport<'a> {
    diagnostics: Vec<JsonDiagnostic<'a>>,
    errors: usize,
    warnings: usize,
}

#[derive(Serialize)]
struct JsonDiagnostic<'a> {
    severity: &'static str,
    code: &'static str,
    file: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
}

/// The report as one JSON object. `end_line` and `end_column` name the character after the offending text.
///
/// # Panics
/// Never: the object holds only strings and numbers.
#[must_use]
pub fn json(report: &Report) -> String {
    let object = JsonReport {
        diagnostics: report.diagnostics.iter().map(json_diagnostic).collect(),
        errors: report.errors(),
        warnings: report.warnings(),
    };
    serde_json::to_string(&object).expect("strings and numbers always serialise")
}

fn json_diagnostic(located: &Located) -> JsonDiagnostic<'_> {
    let diagnostic = &located.diagnostic;
    JsonDiagnostic {
        severity: diagnostic.code.severity().name(),
        code: diagnostic.code.name(),
        file: &diagnostic.file,
        line: located.start.line,
        column: located.start.column,
        end_line: located.end.line,
        end_column: located.end.column,
        message: &diagnostic.message,
        help: diagnostic.help.as_deref(),
    }
}

/// The report as GitHub workflow commands, which become annotations on the changed lines. `root` leads from the
/// repository's folder to the site's, for annotations name files from there.
#[must_use]
pub fn github(report: &Report, root: &str) -> String {
    let mut out = String::new();
    for located in &report.diagnostics {
        let diagnostic = &located.diagnostic;
        let help = diagnostic.help.iter().map(|h| format!("\nhelp: {h}"));
        let message = format!("{}{}", diagnostic.message, help.collect::<String>());
        out.push_str(&format!(
            "::{} file={},line={},col={},endLine={},endColumn={},title={}::{}\n",
            diagnostic.code.severity().name(),
            property(&format!("{root}{}", diagnostic.file)),
            located.start.line,
            located.start.column,
            located.end.line,
            located.end.column,
            property(diagnostic.code.name()),
            message_text(&message),
        ));
    }
    out
}

/// Escapes the text of a workflow command.
fn message_text(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes a property of a workflow command.
fn property(text: &str) -> String {
    message_text(text).replace(':', "%3A").replace(',', "%2C")
}
