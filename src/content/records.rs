//! The format of front matter: the contract with authors, one struct per kind of document.
//!
//! Each list of fields is at once the decoder, the list of known keys and the JSON Schema.

use serde_json::json;

use super::formed::{CountryCode, WikidataId};
use super::id_ref::{IdRef, PathText};
use super::source::{Account, Source};
use super::vote::Vote;
use crate::date::EdtfDate;
use crate::diagnostic::Code;
use crate::fields::{Colour, Confidence, EventDate, Extra, FullDate, Line, Private};
use crate::syntax::{Decode, Decoder, Node, Schema, Spanned, Type, Value, choice, object_schema, record};

/// How prominently the timeline shows an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Importance {
    /// 1: a turning point.
    Landmark,
    /// 2: the default.
    #[default]
    Normal,
    /// 3: lists show only its title and facts, not its summary.
    Minor,
}

impl Importance {
    /// Returns the number in front matter: 1, 2 or 3.
    #[must_use]
    pub const fn number(self) -> u8 {
        match self {
            Self::Landmark => 1,
            Self::Normal => 2,
            Self::Minor => 3,
        }
    }

    const HELP: &'static str = "it is 1 (landmark), 2 (normal) or 3 (minor), without quotes";

    /// Returns the number for a text that an author wrote in its place: `"1"`, `landmark`, `high`.
    fn meant(word: &str) -> Option<u8> {
        Some(match word.trim().to_lowercase().as_str() {
            "1" | "landmark" | "high" | "major" => 1,
            "2" | "normal" | "medium" => 2,
            "3" | "minor" | "low" => 3,
            _ => return None,
        })
    }
}

impl Decode for Importance {
    const REQUIRED: bool = false;

    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Self {
        match node.value {
            Value::Integer { number: 1, .. } => Self::Landmark,
            Value::Integer { number: 2, .. } => Self::Normal,
            Value::Integer { number: 3, .. } => Self::Minor,
            Value::Integer { number, .. } => {
                let message = format!("{number} is not a level of importance");
                decoder.report(Code::InvalidValue, node.span.clone(), message).help(Self::HELP);
                Self::Normal
            }
            Value::Broken => Self::Normal,
            _ => {
                decoder.wrong_type(node, Type::WholeNumber);
                if let Some(diagnostic) = decoder.problems.last_mut() {
                    let number = match &node.value {
                        Value::Text(text) => Self::meant(text),
                        _ => None,
                    };
                    let meant = number.map(|number| format!("; write {number}")).unwrap_or_default();
                    diagnostic.help(format!("{}{meant}", Self::HELP));
                }
                Self::Normal
            }
        }
    }

    fn placeholder() -> Self {
        Self::Normal
    }

    fn schema() -> Schema {
        object_schema(json!({ "enum": [1, 2, 3], "default": 2 }))
    }
}

choice! {
    /// How exactly a place may be shown.
    pub enum Precision("a precision") {
        /// As given.
        Exact = "exact",
        /// Rounded to two decimals, about a kilometre.
        City = "city",
        /// Rounded to one decimal, about ten kilometres.
        Region = "region",
        /// Not shown as a point at all.
        Country = "country",
    }
}

record! {
    /// A picture beside the entry.
    pub struct Media("a picture") {
        /// The file, by its path from the entry's folder: JPEG, PNG or WebP.
        file: Spanned<PathText>,
        /// What the picture shows, for readers who cannot see it.
        alt: Line,
        /// The text below it.
        caption: Option<Line>,
        /// Who made it.
        credit: Option<Line>,
        /// The licence under which it may be shown, preferably an SPDX identifier.
        licence: Option<Line>,
    }
}

record! {
    /// Something that was corrected after publication.
    pub struct Correction("a correction") {
        /// The day of the correction.
        date: FullDate,
        /// What was wrong and what was done.
        note: Line,
    }
}

record! {
    /// What every document has, whatever it describes.
    pub struct Common("a document") {
        /// One or two plain sentences.
        summary: Option<Line>,
        /// Pictures.
        media: Vec<Media>,
        /// Old ids or paths that redirect here.
        aliases: Vec<Spanned<PathText>>,
        /// Values for the site's own templates.
        extra: Extra,
        /// Notes that never reach any output.
        private: Private,
    }
}

record! {
    /// An event: something that happened at a time.
    pub struct EventMatter("an event") {
        /// A short headline.
        title: Line,
        /// The headline in few words, for places where the title has no room.
        short_title: Option<Line>,
        /// When it happened: a TOML date or any EDTF text.
        date: Spanned<EventDate>,
        /// The kind of event: one that site.toml defines, or a built-in one.
        kind: Spanned<IdRef>,
        /// Who took part: ids of actors.
        actors: Vec<Spanned<IdRef>>,
        /// Where it happened: ids of places.
        places: Vec<Spanned<IdRef>>,
        /// The processes it belongs to: ids of processes.
        processes: Vec<Spanned<IdRef>>,
        /// Free words, which the event's page shows.
        tags: Vec<Line>,
        /// How well it is established. Without the key: site.toml's default.
        confidence: Option<Confidence>,
        /// 1 a landmark, 2 normal, 3 minor.
        importance: Importance,
        /// Earlier events that this one continues or answers.
        follows: Vec<Spanned<IdRef>>,
        /// Whether it is still being written; a draft is not published.
        draft: bool,
        /// The day before which it is not published (UTC).
        embargo: Option<FullDate>,
        /// Why it was retracted. The page keeps its address and shows only this and the title.
        retracted: Option<Line>,
        /// Its item in Wikidata, such as Q7747.
        wikidata: Option<WikidataId>,
        /// How a body voted.
        vote: Option<Vote>,
        /// Where its claims come from.
        sources: Vec<Source>,
        /// Who says what, where accounts differ.
        accounts: Vec<Account>,
        /// Something that was corrected after publication.
        corrections: Vec<Correction>,
        ..common: Common,
    }
}

record! {
    /// Where something happened.
    pub struct PlaceMatter("a place") {
        /// The name as readers know it.
        name: Line,
        /// Latitude in degrees, WGS 84, −90 to 90.
        lat: Option<Spanned<f64>>,
        /// Longitude in degrees, WGS 84, −180 to 180.
        lon: Option<Spanned<f64>>,
        /// The country, as an ISO 3166-1 alpha-2 code.
        country: Option<CountryCode>,
        /// The place that contains it: the id of a place.
        within: Option<Spanned<IdRef>>,
        /// How exactly the place may be shown.
        precision: Option<Precision>,
        /// Its item in Wikidata, such as Q7747.
        wikidata: Option<WikidataId>,
        ..common: Common,
    }
}

record! {
    /// A thread of events that belong together.
    pub struct ProcessMatter("a process") {
        /// The name as readers know it.
        name: Line,
        /// When it ran: EDTF.
        date: Option<EdtfDate>,
        /// Its colour in charts, as #rgb or #rrggbb.
        colour: Option<Colour>,
        /// Its item in Wikidata, such as Q7747.
        wikidata: Option<WikidataId>,
        ..common: Common,
    }
}

record! {
    /// A text about the site.
    pub struct PageMatter("a page") {
        /// The page's title.
        title: Line,
        /// Its position in the menu, lowest first; without the key it is not in the menu.
        nav: Option<i64>,
        ..common: Common,
    }
}
