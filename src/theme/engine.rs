//! Tera with the built-in templates, overridden by a site's own.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use fluent_bundle::FluentValue;
use tera::{Context, Error, ErrorKind, Kwargs, ReportError, State, Tera, TeraResult, Value};

use super::locale::Locale;
use super::{built_in, template_help};
use crate::buffers;
use crate::diagnostic::{Code, Diagnostic, Place, Problems, Span, Texts};
use crate::key::{Key, Keyer};
use crate::markup::script_safe;
use crate::source_path::Folder;

/// The compiled templates.
#[derive(Clone)]
pub struct Engine {
    tera: Tera,
    key: Key,
}

/// Why a page could not be rendered: a problem of a template, with its place there if Tera gives one.
#[derive(Clone, Debug)]
pub struct RenderError(pub Box<Diagnostic>);

impl fmt::Display for RenderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.0.file(), self.0.message())
    }
}

impl std::error::Error for RenderError {}

impl Engine {
    /// Compiles the built-in templates, overridden by a site's own. Each broken template is reported once and replaced by the
    /// built-in one of the same name, or an empty one, so that the others are still checked.
    #[must_use]
    pub fn new(of_site: &BTreeMap<String, Arc<str>>, locale: &Arc<Locale>) -> (Self, Problems) {
        let built_in = built_in::templates();
        let mut texts: BTreeMap<String, String> = built_in
            .iter()
            .map(|(name, text)| (name.to_string(), (*text).to_owned()))
            .chain(of_site.iter().map(|(name, text)| (name.clone(), text.to_string())))
            .collect();
        let mut problems = Problems::default();
        loop {
            let mut tera = with_functions(locale);
            let Err(error) = tera.add_raw_templates(&texts) else {
                return (Self { tera, key: key_of(&texts) }, problems);
            };
            let mut progress = false;
            for diagnostic in compile_errors(&error, &texts) {
                let name = diagnostic.file().within(Folder::Templates).unwrap_or_default().to_owned();
                let stand_in = built_in.get(name.as_str()).copied().unwrap_or_default();
                if texts.get(&name).is_some_and(|text| text != stand_in) {
                    texts.insert(name, stand_in.to_owned());
                    progress = true;
                }
                problems.push(diagnostic);
            }
            if !progress {
                // The built-in templates compile on their own, as a test ensures.
                let mut tera = with_functions(locale);
                let _ = tera.add_raw_templates(&built_in);
                return (Self { tera, key: key_of(&texts) }, problems);
            }
        }
    }

    /// Reports a site's templates that replace no built-in one, have no component, and are not named by any other template.
    #[must_use]
    pub fn unused(of_site: &BTreeMap<String, Arc<str>>) -> Problems {
        let built_in = built_in::templates();
        let named = |name: &str| of_site.iter().any(|(other, text)| other != name && text.contains(name));
        let unused = of_site.iter().filter(|(name, text)| {
            !built_in.contains_key(name.as_str()) && !text.contains("component ") && !named(name)
        });
        let mut problems = Problems::default();
        for (name, _) in unused {
            let near = crate::syntax::nearest(name, built_in.keys().map(AsRef::as_ref));
            let help = near.unwrap_or_else(|| "include it in another template, or delete it".to_owned());
            let file = Folder::Templates.file(name);
            problems.report(Code::StrayFile, &file, "no page is made with this template").help(help);
        }
        problems
    }

    /// Returns the key of all templates, by name and text.
    #[must_use]
    pub const fn key(&self) -> Key {
        self.key
    }

    /// Sets values that every template gets.
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
        let mut out = buffers::take();
        match self.tera.render_to(template, context, &mut out) {
            Ok(()) => Ok(out),
            Err(error) => Err(RenderError(Box::new(diagnostic(&error, &BTreeMap::new())))),
        }
    }

    /// Renders a part of a page and passes its text to `take`. The buffer is used again, because there are many more parts
    /// than pages.
    ///
    /// # Errors
    /// [`RenderError`] if the template uses something that does not exist.
    pub fn part<T>(&self, template: &str, context: &Context, take: impl FnOnce(&str) -> T) -> Result<T, RenderError> {
        let bytes = self.render(template, context)?;
        let part = take(&String::from_utf8_lossy(&bytes));
        buffers::give_back(bytes);
        Ok(part)
    }

    /// Returns the texts of all templates in use, for reports that point into them.
    #[must_use]
    pub fn texts(of_site: &BTreeMap<String, Arc<str>>) -> Texts {
        let built_in = built_in::templates();
        let own = of_site.iter().map(|(name, text)| (Folder::Templates.file(name), Arc::clone(text)));
        built_in.iter().map(|(name, text)| (Folder::Templates.file(name), Arc::from(*text))).chain(own).collect()
    }
}

fn key_of(texts: &BTreeMap<String, String>) -> Key {
    let mut keyer = Keyer::default();
    for (name, text) in texts {
        keyer.text(name).text(text);
    }
    keyer.finish()
}

/// Returns an engine with every filter and function that annals adds to Tera's own. `docs/templates.md` lists them.
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

/// Splits Tera's error for templates that do not compile into problems. Unknown filters, functions and components come as
/// one text with a report for each.
fn compile_errors(error: &Error, texts: &BTreeMap<String, String>) -> Problems {
    let mut problems = Problems::default();
    let ErrorKind::Msg(message) = error.kind() else {
        problems.push(diagnostic(error, texts));
        return problems;
    };
    for (place, sentence) in message.split("error: ").filter_map(|report| written_report(report, texts)) {
        let help = template_help::unknown_name(sentence, texts.keys().map(String::as_str));
        problems.report(Code::TemplateError, place, lower_first(sentence)).help(help);
    }
    if problems.is_empty() {
        // A report on two templates has no place, but the sentence names one of them.
        let named = texts
            .keys()
            .rev()
            .find(|name| message.contains(&format!("`{name}`")) || message.contains(&format!("'{name}'")));
        let file = Folder::Templates.file(named.map_or("", String::as_str));
        let sentence = message.lines().next().unwrap_or_default();
        let help = template_help::unknown_name(sentence, texts.keys().map(String::as_str));
        problems.report(Code::TemplateError, &file, lower_first(sentence)).help(help);
    }
    problems
}

/// Parses a report that Tera has formatted: sentence, `--> name:line:column`, and carets below the line.
fn written_report<'r>(report: &'r str, texts: &BTreeMap<String, String>) -> Option<(Place, &'r str)> {
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
    let span = start + before..start + before + marked;
    Some(((&Folder::Templates.file(name), span).into(), sentence))
}

/// Turns Tera's error into a problem of a template.
fn diagnostic(error: &Error, texts: &BTreeMap<String, String>) -> Diagnostic {
    let (place, message, help) = explained(error, texts);
    let mut diagnostic = Diagnostic::new(Code::TemplateError, place, message);
    diagnostic.maybe_help(help);
    diagnostic
}

/// Returns where a template is wrong, how, and what to do about it.
fn explained(error: &Error, texts: &BTreeMap<String, String>) -> (Place, String, Option<String>) {
    let whole = |name: &str, message: String, help: &str| {
        (Place::from(&Folder::Templates.file(name)), message, Some(help.to_owned()))
    };
    match error.kind() {
        ErrorKind::SyntaxError(report) => {
            let text = texts.get(report.filename()).map_or("", String::as_str);
            let explained = template_help::syntax(text, report.span().range.clone(), &lower_first(report.message()));
            (place(report, explained.span), explained.message, Some(explained.help))
        }
        ErrorKind::RenderingError(report) => {
            let message = lower_first(report.message());
            let help = template_help::nearest_listed(&message);
            (place(report, report.span().range.clone()), message, help)
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

fn place(report: &ReportError, span: Span) -> Place {
    (&Folder::Templates.file(report.filename()), span).into()
}

/// Turns a sentence of Tera's into the form of annals' messages: no capital at the beginning and no full stop.
fn lower_first(text: &str) -> String {
    let mut characters = text.trim_end_matches('.').chars();
    let first = characters.next().map(|c| c.to_lowercase().to_string()).unwrap_or_default();
    first + characters.as_str()
}
