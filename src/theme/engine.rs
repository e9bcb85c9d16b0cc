//! Tera with the built-in templates, overridden by a site's own.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use fluent_bundle::FluentValue;
use tera::{Context, Error, ErrorKind, Kwargs, ReportError, State, Tera, TeraResult, Value};

use super::locale::Locale;
use super::{built_in, template_help};
use crate::diagnostic::{Code, Diagnostic, Texts};
use crate::markup::script_safe;

/// The compiled templates.
pub struct Engine {
    tera: Tera,
}

/// Why a page could not be rendered, at a place in a template if Tera gives one.
#[derive(Clone, Debug)]
pub struct RenderError {
    /// The diagnostic, in the template's file.
    pub diagnostic: Diagnostic,
}

impl fmt::Display for RenderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.diagnostic.file, self.diagnostic.message)
    }
}

impl std::error::Error for RenderError {}

impl Engine {
    /// Compiles the built-in templates, overridden by a site's own. Each broken template is reported once and replaced by the
    /// built-in one of the same name, or an empty one, so that the others are still checked.
    #[must_use]
    pub fn new(of_site: &BTreeMap<String, Arc<str>>, locale: &Arc<Locale>) -> (Self, Vec<Diagnostic>) {
        let built_in = built_in::templates();
        let mut texts: BTreeMap<String, String> = built_in
            .iter()
            .map(|(name, text)| (name.to_string(), (*text).to_owned()))
            .chain(of_site.iter().map(|(name, text)| (name.clone(), text.to_string())))
            .collect();
        let mut diagnostics: Vec<Diagnostic> = Vec::new();
        loop {
            let mut tera = with_functions(locale);
            let Err(error) = tera.add_raw_templates(&texts) else {
                return (Self { tera }, diagnostics);
            };
            let mut progress = false;
            for diagnostic in compile_errors(&error, &texts) {
                let name = template_name(&diagnostic).to_owned();
                let stand_in = built_in.get(name.as_str()).copied().unwrap_or_default();
                if texts.get(&name).is_some_and(|text| text != stand_in) {
                    texts.insert(name, stand_in.to_owned());
                    progress = true;
                }
                diagnostics.push(diagnostic);
            }
            if !progress {
                // The built-in templates compile on their own, as a test ensures.
                let mut tera = with_functions(locale);
                let _ = tera.add_raw_templates(&built_in);
                return (Self { tera }, diagnostics);
            }
        }
    }

    /// Reports a site's templates that replace no built-in one, have no component, and are not named by any other template.
    #[must_use]
    pub fn unused(of_site: &BTreeMap<String, Arc<str>>) -> Vec<Diagnostic> {
        let built_in = built_in::templates();
        let named = |name: &str| of_site.iter().any(|(other, text)| other != name && text.contains(name));
        let unused = of_site.iter().filter(|(name, text)| {
            !built_in.contains_key(name.as_str()) && !text.contains("component ") && !named(name)
        });
        let warning = |(name, _): (&String, &Arc<str>)| {
            let file = format!("templates/{name}").into();
            let help = crate::syntax::nearest(name, built_in.keys().map(AsRef::as_ref));
            let help = help.unwrap_or_else(|| "include it in another template, or delete it".to_owned());
            Diagnostic::whole(Code::StrayFile, &file, "no page is made with this template").help(help)
        };
        unused.map(warning).collect()
    }

    /// Values that every template gets.
    pub fn set_globals(&mut self, globals: Vec<(&'static str, Value)>) {
        for (name, value) in globals {
            self.tera.global_context().insert_value(name, value);
        }
    }

    /// Renders a template into bytes.
    ///
    /// # Errors
    /// [`RenderError`] if the template uses something that does not exist.
    pub fn render(&self, template: &str, context: &Context) -> Result<Vec<u8>, RenderError> {
        let mut out = Vec::with_capacity(16 * 1024);
        match self.tera.render_to(template, context, &mut out) {
            Ok(()) => Ok(out),
            Err(error) => Err(RenderError { diagnostic: diagnostic(&error, &BTreeMap::new()) }),
        }
    }

    /// The texts of all templates in use, for reports that point into them.
    #[must_use]
    pub fn texts(of_site: &BTreeMap<String, Arc<str>>) -> Texts {
        let built_in = built_in::templates();
        let own = of_site.iter().map(|(name, text)| (format!("templates/{name}").into(), Arc::clone(text)));
        built_in.iter().map(|(name, text)| (format!("templates/{name}").into(), Arc::from(*text))).chain(own).collect()
    }
}

/// An engine with every filter and function that annals adds to Tera's own. `docs/templates.md` lists them.
fn with_functions(locale: &Arc<Locale>) -> Tera {
    let mut tera = Tera::default();
    tera.autoescape_on([".html", ".xml"]);
    let words = Arc::clone(locale);
    tera.register_function("text", move |arguments: Kwargs, _: &State<'_>| text(&words, &arguments));
    tera.register_filter("json", |value: Value, _: Kwargs, _: &State<'_>| json(&value));
    tera
}

/// `text(key="sources-count", count=3)`: a message of the interface with arguments.
fn text(locale: &Locale, arguments: &Kwargs) -> TeraResult<Value> {
    let key = arguments.must_get::<&str>("key")?;
    if !locale.has(key) {
        return Err(Error::message(format!("there is no message `{key}` in locales/")));
    }
    let mut values: Vec<(&str, FluentValue<'_>)> = Vec::new();
    for (name, value) in arguments.iter() {
        let name = name.as_str().unwrap_or_default();
        let value = match (value.as_i64(), value.as_str()) {
            _ if name == "key" => continue,
            (Some(number), _) => FluentValue::from(number),
            (None, Some(text)) => FluentValue::from(text.to_owned()),
            (None, None) => FluentValue::from(value.to_string()),
        };
        values.push((name, value));
    }
    locale.try_text(key, &values).map(Value::from).map_err(Error::message)
}

/// `value | json`: a value as JSON that is safe inside a script element.
fn json(value: &Value) -> TeraResult<Value> {
    let json = serde_json::to_string(value).map_err(Error::message)?;
    Ok(Value::safe_string(&script_safe(&json)))
}

/// Tera's errors for templates that do not compile. Unknown filters, functions and components come as one text with a report
/// for each.
fn compile_errors(error: &Error, texts: &BTreeMap<String, String>) -> Vec<Diagnostic> {
    let ErrorKind::Msg(message) = error.kind() else {
        return vec![diagnostic(error, texts)];
    };
    let reports: Vec<Diagnostic> =
        message.split("error: ").filter_map(|report| written_report(report, texts)).collect();
    if !reports.is_empty() {
        return reports;
    }
    // A report on two templates has no place, but the sentence names one of them.
    let named = texts
        .keys()
        .rev()
        .find(|name| message.contains(&format!("`{name}`")) || message.contains(&format!("'{name}'")));
    let file = format!("templates/{}", named.map_or("", String::as_str)).into();
    let sentence = message.lines().next().unwrap_or_default();
    let help = template_help::unknown_name(sentence, texts.keys().map(String::as_str));
    vec![Diagnostic::whole(Code::TemplateError, &file, lower_first(sentence)).help(help)]
}

/// Parses a report that Tera has formatted: sentence, `--> name:line:column`, and carets below the line.
fn written_report(report: &str, texts: &BTreeMap<String, String>) -> Option<Diagnostic> {
    let mut lines = report.lines();
    let sentence = lines.next()?;
    let mut place = lines.next()?.trim().strip_prefix("--> ")?.rsplitn(3, ':');
    let column: usize = place.next()?.parse().ok()?;
    let line: usize = place.next()?.parse().ok()?;
    let name = place.next()?;
    let length = lines.take(3).map(|line| line.matches('^').count()).max().unwrap_or(0);
    let text = texts.get(name)?;
    let start: usize = text.split_inclusive('\n').take(line - 1).map(str::len).sum();
    let before = text[start..].chars().take(column - 1).map(char::len_utf8).sum::<usize>();
    let marked = text[start + before..].chars().take(length).map(char::len_utf8).sum::<usize>();
    let file = format!("templates/{name}").into();
    let span = start + before..start + before + marked;
    let known = texts.keys().map(String::as_str);
    let help = template_help::unknown_name(sentence, known);
    Some(Diagnostic::at(Code::TemplateError, &file, span, lower_first(sentence)).help(help))
}

fn template_name(diagnostic: &Diagnostic) -> &str {
    diagnostic.file.strip_prefix("templates/").unwrap_or(&diagnostic.file)
}

/// Tera's report as a diagnostic: its file, place and sentence, with help.
fn diagnostic(error: &Error, texts: &BTreeMap<String, String>) -> Diagnostic {
    let place =
        |report: &ReportError| (format!("templates/{}", report.filename()).into(), lower_first(report.message()));
    let whole = |name: &str, message: String, help: &str| {
        let file = format!("templates/{name}").into();
        Diagnostic::whole(Code::TemplateError, &file, message).help(help)
    };
    match error.kind() {
        ErrorKind::SyntaxError(report) => {
            let (file, message) = place(report);
            let explained = template_help::syntax(
                texts.get(report.filename()).map_or("", String::as_str),
                report.span().range.clone(),
                &message,
            );
            Diagnostic::at(Code::TemplateError, &file, explained.span, explained.message).help(explained.help)
        }
        ErrorKind::RenderingError(report) => {
            let (file, message) = place(report);
            let help = template_help::nearest_listed(&message);
            Diagnostic::at(Code::TemplateError, &file, report.span().range.clone(), message).maybe_help(help)
        }
        ErrorKind::MissingParent { current, parent } => whole(
            current,
            format!("the template extends `{parent}`, which does not exist"),
            "create it in templates/, or extend \"base.html\"",
        ),
        ErrorKind::CircularExtend { tpl, inheritance_chain } => {
            let chain = inheritance_chain.join(" → ");
            whole(tpl, format!("templates extend one another in a cycle: {chain}"), "remove one of the {% extends %}")
        }
        ErrorKind::CircularInclude { tpl, include_chain } => {
            let chain = include_chain.join(" → ");
            whole(tpl, format!("templates include one another in a cycle: {chain}"), "remove one of the {% include %}")
        }
        other => {
            let message = other.to_string();
            whole(
                "",
                message.lines().next().unwrap_or_default().to_owned(),
                "docs/templates.md describes what templates can use",
            )
        }
    }
}

/// A sentence of Tera's in the form of annals' messages: without a capital and a full stop.
fn lower_first(text: &str) -> String {
    let mut characters = text.trim_end_matches('.').chars();
    let first = characters.next().map(|c| c.to_lowercase().to_string()).unwrap_or_default();
    first + characters.as_str()
}
