//! Slots: what many pages show alike is in their contexts only as a short text, which is filled in when the template has run.
//!
//! So a context is small, and its key is known before anything in it is rendered. A slot names the key of what fills it, so
//! contexts with equal slots give equal pages, and no author's text can be taken for a slot.

use tera::Value;

use super::frame::Part;
use super::items::Form;
use crate::key::Key;
use crate::timeline::{EventIx, ListIx};

/// Characters that are not in any text: Unicode reserves them for a program's own use.
pub(super) const OPEN: &str = "\u{FDD0}";
pub(super) const CLOSE: &str = "\u{FDD1}";

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
    /// The text that stands for it in a context. `key` is the key of what fills it.
    pub fn value(self, key: Key) -> Value {
        Value::safe_string(&self.text(key))
    }

    /// The same as plain text.
    pub fn text(self, key: Key) -> String {
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

    /// The slot with its key, from the text between its two marks.
    pub fn parse(text: &[u8]) -> Option<(Self, Key)> {
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
