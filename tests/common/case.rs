//! One case of the corpus of mistakes: a markdown file that holds a site and its report. `tests/README.md` has the format.

use std::fmt::Write;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use icu_properties::props::{DefaultIgnorableCodePoint, GeneralCategory};
use icu_properties::{CodePointMapData, CodePointSetData};
use unicode_normalization::is_nfc;

use super::{Run, Site};

/// The files that a site has unless its case says otherwise.
const DEFAULT_SITE: [(&str, &str); 2] = [
    ("site.toml", "title = \"Test\"\n"),
    ("content/events/alpha.md", "+++\ntitle = \"Test\"\ndate = 2020-01-01\nkind = \"meeting\"\n+++\nText.\n"),
];

/// A mistake with its site and the report that it must get.
pub(crate) struct Case {
    /// The name of its file, without the ending.
    pub name: String,
    text: String,
    files: Vec<(String, Content)>,
    /// `None` in a new case that has not been blessed yet.
    report: Option<Report>,
}

enum Content {
    File(Vec<u8>),
    SymbolicLink(String),
    Absent,
}

struct Report {
    text: String,
    /// Where the block is in the case's file, fences included.
    place: Range<usize>,
}

impl Case {
    /// All cases of `tests/broken/`, by name.
    pub(crate) fn all() -> Vec<Self> {
        let entries = fs::read_dir(folder()).expect("tests/broken is there");
        let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("the folder can be read").path()).collect();
        files.sort();
        let visible =
            files.iter().filter(|file| file.file_name().is_none_or(|name| name.as_encoded_bytes()[0] != b'.'));
        visible.map(|file| Self::read(file)).collect()
    }

    fn read(file: &Path) -> Self {
        assert!(
            file.extension().is_some_and(|ending| ending == "md"),
            "{}: a case is one markdown file",
            file.display()
        );
        let name = file.file_stem().expect("a file has a name").to_string_lossy();
        let text = fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        Self::parse(&name, &text).unwrap_or_else(|problem| panic!("{}: {problem}", file.display()))
    }

    /// Reads a case from its text.
    pub(crate) fn parse(name: &str, text: &str) -> Result<Self, String> {
        let mut case = Self { name: name.to_owned(), text: text.to_owned(), files: Vec::new(), report: None };
        let mut end = 0;
        let mut lines = text.split_inclusive('\n').map(|line| {
            end += line.len();
            (line, end - line.len()..end)
        });
        if !lines.next().is_some_and(|(line, _)| line.starts_with("# ")) {
            return Err("the first line must be a heading: # …".to_owned());
        }
        let mut prose = false;
        while let Some((line, opening)) = lines.next() {
            let ticks = line.len() - line.trim_start_matches('`').len();
            if ticks < 3 {
                prose |= !line.trim().is_empty();
                continue;
            }
            let (fence, info) = line.split_at(ticks);
            if !prose {
                return Err("say what is wrong and why the report is right, before the first block".to_owned());
            }
            let Some((_, closing)) = lines.find(|(line, _)| line.trim_end_matches('\n') == fence) else {
                return Err(format!("the block {} has no end", line.trim_end()));
            };
            let body = &text[opening.end..closing.start];
            case.add(info.trim_end(), body, opening.start..closing.end)
                .map_err(|problem| format!("in the block {}: {problem}", line.trim_end()))?;
        }
        Ok(case)
    }

    fn add(&mut self, info: &str, body: &str, place: Range<usize>) -> Result<(), String> {
        let (info, bytes) = match info.strip_suffix(" escaped") {
            Some(info) => (info, unescape(body)?),
            None => (info, body.as_bytes().to_vec()),
        };
        if info == "report" {
            let text = String::from_utf8(bytes).map_err(|_| "a report is UTF-8")?;
            return match self.report.replace(Report { text, place }) {
                Some(_) => Err("the case already has a report".to_owned()),
                None => Ok(()),
            };
        }
        let (kind, path) = info.split_once(' ').ok_or("which file? Write its path after the language")?;
        let path = path_of(path)?;
        if self.files.iter().any(|(other, _)| *other == path) {
            return Err("the case already has this file".to_owned());
        }
        let content = match kind {
            "symlink" => Content::SymbolicLink(body.trim_end().to_owned()),
            "absent" if body.is_empty() => Content::Absent,
            "absent" => return Err("a file that is absent has no text".to_owned()),
            _ => Content::File(bytes),
        };
        self.files.push((path, content));
        Ok(())
    }

    /// Writes the site into a folder of its own.
    pub(crate) fn site(&self) -> Site {
        let site = Site::empty();
        for (path, text) in DEFAULT_SITE {
            if !self.files.iter().any(|(other, _)| other == path) {
                site.write(path, text);
            }
        }
        for (path, content) in &self.files {
            match content {
                Content::File(bytes) => site.write(path, bytes),
                Content::SymbolicLink(target) => site.link(path, target),
                Content::Absent => {}
            }
        }
        site
    }

    /// Builds the site and returns its report: `exit` and the status in a line, then everything on standard error.
    pub(crate) fn run(&self) -> String {
        let Run { code, stderr, .. } = self.site().run(&["build", "--output", "public"]);
        format!("exit {code}\n{stderr}")
    }

    /// The report that a build of the site must give; empty if the case has none yet.
    pub(crate) fn report(&self) -> &str {
        self.report.as_ref().map_or("", |report| &report.text)
    }

    /// The whole text of its file.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// The same case with another report. Everything else in its file stays as it is.
    pub(crate) fn with_report(&self, report: &str) -> Self {
        let block = block("report", report);
        let text = match &self.report {
            Some(Report { place, .. }) => format!("{}{block}{}", &self.text[..place.start], &self.text[place.end..]),
            None => format!("{}\n\n{block}", self.text.trim_end()),
        };
        Self::parse(&self.name, &text).unwrap_or_else(|problem| panic!("{}: {problem}", self.name))
    }

    /// Writes the case to its file.
    pub(crate) fn save(&self) {
        fs::write(folder().join(format!("{}.md", self.name)), &self.text).expect("the case can be written");
    }

    /// Returns the lines of the case's file with characters that nobody can see or tell apart, each after its number.
    pub(crate) fn unseen(&self) -> Vec<String> {
        let lines = self.text.lines().zip(1..);
        lines
            .filter(|(line, _)| needs_escapes(&format!("{line}\n")))
            .map(|(line, n)| format!("{n}: {line:?}"))
            .collect()
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/broken")
}

/// Reads a path in the first line of a fence. It is in quotes if it has spaces or escapes.
fn path_of(text: &str) -> Result<String, String> {
    match text.strip_prefix('"').and_then(|text| text.strip_suffix('"')) {
        Some(text) => String::from_utf8(unescape(text)?).map_err(|_| "a path is UTF-8".to_owned()),
        None if text.contains(' ') => Err("a path with spaces needs quotes".to_owned()),
        None => Ok(text.to_owned()),
    }
}

/// A fenced block, whose fence is longer than any fence in its text.
fn block(info: &str, text: &str) -> String {
    let longest = text.lines().map(|line| line.len() - line.trim_start_matches('`').len()).max().unwrap_or_default();
    let fence = "`".repeat(3.max(longest + 1));
    if needs_escapes(text) {
        format!("{fence}{info} escaped\n{}{fence}\n", escape(text))
    } else {
        format!("{fence}{info}\n{text}{fence}\n")
    }
}

/// Whether a block needs escapes for a text: it has unseen characters or spaces at the end of a line, is not NFC, or lacks a
/// line end at its end.
fn needs_escapes(text: &str) -> bool {
    let open = !text.is_empty() && !text.ends_with('\n');
    open || text.contains(" \n") || text.contains(is_unseen) || !is_nfc(text)
}

/// Whether a character is invisible or looks like a plain space: by general category, or because renderers ignore it by
/// default.
fn is_unseen(c: char) -> bool {
    use GeneralCategory::{Control, Format, LineSeparator, ParagraphSeparator, PrivateUse, SpaceSeparator, Unassigned};
    let blank = match CodePointMapData::<GeneralCategory>::new().get(c) {
        Control => c != '\n',
        SpaceSeparator => c != ' ',
        Format | LineSeparator | ParagraphSeparator | PrivateUse | Unassigned => true,
        _ => false,
    };
    blank || CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(c)
}

fn escape(text: &str) -> String {
    use GeneralCategory::{EnclosingMark, NonspacingMark, SpacingMark};
    let composed = is_nfc(text);
    let is_loose_mark = |c| {
        let category = CodePointMapData::<GeneralCategory>::new().get(c);
        !composed && matches!(category, EnclosingMark | NonspacingMark | SpacingMark)
    };
    let mut out = String::new();
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            ' ' if rest.peek().is_none_or(|next| *next == '\n') => out.push_str("\\x20"),
            _ if is_unseen(c) || is_loose_mark(c) => {
                write!(out, "\\u{{{:x}}}", u32::from(c)).expect("a string takes everything");
            }
            _ => out.push(c),
        }
    }
    if !out.is_empty() && !out.ends_with('\n') {
        out.push_str("\\\n");
    }
    out
}

/// Returns the bytes that a text with escapes means.
fn unescape(text: &str) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\\') {
        bytes.extend(before.as_bytes());
        let wrong = || format!("`\\{}` is no escape", after.split_whitespace().next().unwrap_or_default());
        let kind = after.chars().next().ok_or_else(wrong)?;
        rest = &after[kind.len_utf8()..];
        match kind {
            '\\' => bytes.push(b'\\'),
            'r' => bytes.push(b'\r'),
            't' => bytes.push(b'\t'),
            '\n' => {}
            'x' => {
                let digits = rest.get(..2).ok_or_else(wrong)?;
                bytes.push(u8::from_str_radix(digits, 16).map_err(|_| wrong())?);
                rest = &rest[2..];
            }
            'u' => {
                let (digits, after) = rest.strip_prefix('{').and_then(|text| text.split_once('}')).ok_or_else(wrong)?;
                let c = u32::from_str_radix(digits, 16).ok().and_then(char::from_u32).ok_or_else(wrong)?;
                bytes.extend(c.encode_utf8(&mut [0; 4]).as_bytes());
                rest = after;
            }
            _ => return Err(wrong()),
        }
    }
    bytes.extend(rest.as_bytes());
    Ok(bytes)
}
