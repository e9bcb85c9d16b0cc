//! Slots: short texts in the contexts of pages, in place of what many pages show alike. They are filled when the template
//! has run.
//!
//! So a context is small, and its key is known before anything in it is rendered. A slot contains the key of what fills it,
//! so contexts with equal slots give equal pages, and no author's text can be taken for a slot.

use tera::Value;

use super::frame::Part;
use super::items::Form;
use crate::key::Key;
use crate::timeline::{EventIx, ListIx};

/// Begin and end a slot: noncharacters, which Unicode reserves for a program's own use and no file of a site may contain.
/// The marks of words that fell back to English (`theme/fallback.rs`) are others.
pub(super) const OPEN: &str = "\u{FDE0}";
pub(super) const CLOSE: &str = "\u{FDE1}";

/// What fills a slot.
#[derive(Clone, Copy)]
pub(super) enum Slot {
    /// An event in a list of this form.
    Event(EventIx, Form),
    /// A work by its number, as lists of sources show it.
    Work(usize),
    /// A list of events in a text.
    List(ListIx),
    /// A part of the page's frame.
    Frame(Part),
}

impl Slot {
    /// Returns the text that represents it in a context. `key` is the key of what fills it.
    pub(super) fn value(self, key: Key) -> Value {
        Value::safe_string(&self.text(key))
    }

    /// Does the same as plain text: the form, a number, and the key, separated by spaces, between the two marks.
    pub(super) fn text(self, key: Key) -> String {
        match self {
            Self::Event(EventIx(number), Form::Link) => format!("{OPEN}link {number} {key}{CLOSE}"),
            Self::Event(EventIx(number), Form::Row) => format!("{OPEN}row {number} {key}{CLOSE}"),
            Self::Event(EventIx(number), Form::Item(level)) => format!("{OPEN}{level} {number} {key}{CLOSE}"),
            Self::Work(number) => format!("{OPEN}work {number} {key}{CLOSE}"),
            Self::List(ListIx(number)) => format!("{OPEN}list {number} {key}{CLOSE}"),
            Self::Frame(Part::Header) => format!("{OPEN}header 0 {key}{CLOSE}"),
            Self::Frame(Part::Footer) => format!("{OPEN}footer 0 {key}{CLOSE}"),
        }
    }

    /// Parses the text between the two marks into the slot and its key.
    pub(super) fn parse(text: &[u8]) -> Option<(Self, Key)> {
        let mut parts = std::str::from_utf8(text).ok()?.split(' ');
        let (sort, number, key) = (parts.next()?, parts.next()?.parse().ok()?, parts.next()?);
        let key = Key::from_number(u128::from_str_radix(key, 16).ok()?);
        let slot = match sort {
            "link" => Self::Event(EventIx(number), Form::Link),
            "row" => Self::Event(EventIx(number), Form::Row),
            "work" => Self::Work(number),
            "list" => Self::List(ListIx(number)),
            "header" => Self::Frame(Part::Header),
            "footer" => Self::Frame(Part::Footer),
            level => Self::Event(EventIx(number), Form::Item(level.parse().ok()?)),
        };
        Some((slot, key))
    }
}
