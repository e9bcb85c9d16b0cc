//! The format of front matter: the contract with authors, one struct per kind of document.
//!
//! Each list of fields is at once the decoder, the list of known keys and the JSON Schema.

use serde_json::json;

use crate::date::EdtfDate;
use crate::diagnostic::Code;
use crate::fields::{Colour, Confidence, EventDate, Extra, FullDate, LanguageTag, Line, Private, WebUrl};
use crate::id;
use crate::syntax::{
    Decode, Decoder, FieldSchema, Fields, Keys, Node, Record, Schema, Spanned, Value, choice, object_schema, record,
};

/// An id that names another document, normalised to NFC. Whether it exists is checked later.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct IdRef(pub String);

impl Decode for IdRef {
    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Self {
        let Some(text) = decoder.exact_text(node) else {
            return Self::placeholder();
        };
        if text.trim().is_empty() {
            decoder
                .report(Code::EmptyValue, node.span.clone(), "the id is empty")
                .help("write an id between the quotes, or remove the quotes");
            return Self::placeholder();
        }
        Self(id::normalise(text))
    }

    fn placeholder() -> Self {
        Self(String::new())
    }

    fn schema() -> Schema {
        object_schema(json!({ "type": "string", "minLength": 1 }))
    }
}

/// The path of a file or of an old page as written; `None` if it could not be read, which was reported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathText(pub Option<String>);

impl Decode for PathText {
    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Self {
        Self(decoder.trimmed_text(node).map(str::to_owned))
    }

    fn placeholder() -> Self {
        Self(None)
    }

    fn schema() -> Schema {
        String::schema()
    }
}

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
    /// The number in front matter: 1, 2 or 3.
    #[must_use]
    pub const fn number(self) -> u8 {
        match self {
            Self::Landmark => 1,
            Self::Normal => 2,
            Self::Minor => 3,
        }
    }

    const HELP: &'static str = "it is 1 (landmark), 2 (normal) or 3 (minor), without quotes";

    /// The number that an author meant by a word.
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
                decoder.wrong_type(node, "a whole number");
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
    /// What sort of actor somebody is.
    pub enum ActorKind("a kind of actor") {
        /// A human being.
        Person = "person",
        /// A state or its government.
        State = "state",
        /// An organisation, a body, a court.
        Organisation = "organisation",
        /// An armed group that is not a state's.
        ArmedGroup = "armed-group",
        /// A group of states or organisations that act together.
        Coalition = "coalition",
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
    /// Where a claim comes from. Cited in the text as `[^id]`.
    pub struct Source("a source") {
        /// The name it is cited by, unique within the entry.
        id: Spanned<IdRef>,
        /// The title as published, or a description of the document.
        title: Line,
        /// Who published it.
        publisher: Option<Line>,
        /// Where it can be read.
        url: Option<WebUrl>,
        /// When it was published: EDTF. `XXXX` means that the source has no date.
        date: Option<EdtfDate>,
        /// The day on which it was read, not before its publication.
        accessed: Option<Spanned<FullDate>>,
        /// An archived copy.
        archive: Option<WebUrl>,
        /// The language it is written in, as a BCP 47 tag.
        language: Option<LanguageTag>,
        ..unread: Unread,
    }
}

/// Whether a part of a table could not be read, which was reported. What the table seems to lack may be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unread(pub bool);

impl Record for Unread {
    const FIELDS: &'static [(&'static str, Keys)] = &[];

    fn take(fields: &Fields<'_>, _: &mut Decoder<'_>) -> Self {
        Self(fields.has_unread())
    }

    fn placeholder() -> Self {
        Self(true)
    }

    fn schema() -> Vec<FieldSchema> {
        Vec::new()
    }
}

record! {
    /// What one party says about an event.
    pub struct Account("an account") {
        /// Who says it: an actor's id.
        by: Spanned<IdRef>,
        /// What they say, in the author's words.
        says: Line,
        /// The source that reports it: the id of one of the entry's sources.
        source: Option<Spanned<IdRef>>,
        ..unread: Unread,
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
    /// An office that an actor held.
    pub struct Role("a role") {
        /// The office.
        title: Line,
        /// When it began: EDTF.
        from: Option<EdtfDate>,
        /// When it ended: EDTF. Not before `from`.
        to: Option<Spanned<EdtfDate>>,
    }
}

record! {
    /// Somebody who acts.
    pub struct ActorMatter("an actor") {
        /// The name as readers know it.
        name: Line,
        /// What sort of actor it is.
        kind: Option<ActorKind>,
        /// The actors it belongs to: ids of actors.
        part_of: Vec<Spanned<IdRef>>,
        /// Its item in Wikidata, such as Q7747.
        wikidata: Option<WikidataId>,
        /// The offices it held.
        roles: Vec<Role>,
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

/// The id of a Wikidata item: `Q` and digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WikidataId(pub String);

/// An ISO 3166-1 alpha-2 code: two capital letters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountryCode(pub String);

/// Declares a text type with a fixed form.
macro_rules! formed_text {
    ($name:ident, $what:literal, $help:literal, $pattern:literal, $valid:expr, $meant:expr) => {
        impl Decode for $name {
            fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Self {
                let Some(text) = decoder.exact_text(node) else {
                    return Self::placeholder();
                };
                if decoder.refuse_empty(node, text, || $help.to_owned()) {
                    return Self::placeholder();
                }
                let valid: fn(&str) -> bool = $valid;
                if !valid(text) {
                    let message = format!(concat!("`{}` is not ", $what), text);
                    let meant: fn(&str) -> String = $meant;
                    let meant = Some(meant(text)).filter(|meant| valid(meant));
                    let help = meant.map_or_else(|| $help.to_owned(), |meant| format!("write \"{meant}\""));
                    decoder.report(Code::InvalidValue, node.span.clone(), message).help(help);
                }
                Self(text.to_owned())
            }

            fn placeholder() -> Self {
                Self(String::new())
            }

            fn schema() -> Schema {
                object_schema(json!({ "type": "string", "pattern": $pattern }))
            }
        }
    };
}

formed_text!(
    WikidataId,
    "a Wikidata item",
    "write it as Q and digits: Q7747",
    "^Q[1-9][0-9]*$",
    |text| {
        let digits = text.strip_prefix('Q').unwrap_or_default();
        digits.parse::<u64>().is_ok_and(|number| number > 0) && !digits.starts_with(['0', '+'])
    },
    // The URL of an item ends in its id.
    |text| {
        let name = text.trim_end_matches('/').rsplit('/').next().unwrap_or_default().to_uppercase();
        if name.starts_with(|c: char| c.is_ascii_digit()) { format!("Q{name}") } else { name }
    }
);
formed_text!(
    CountryCode,
    "a country code",
    "write the two capital letters of ISO 3166-1: RU",
    "^[A-Z]{2}$",
    |text| text.len() == 2 && text.bytes().all(|b| b.is_ascii_uppercase()),
    |text| text.trim().to_uppercase()
);
