//! The keys of events.json that are read, and what each holds. The keys of front matter have the same names.

use crate::id::Collection;

/// The keys of a table, each with what it holds. A key that ends in `!` is needed.
pub(super) type Keys = &'static [(&'static str, Shape)];

/// What a key holds.
#[derive(Clone, Copy, Debug)]
pub(super) enum Shape {
    /// Words on one line.
    Words,
    /// A date in EDTF.
    Date,
    /// A whole number.
    Number,
    /// Degrees.
    Decimal,
    /// True or false. `false` is left out, except under `adopted`.
    Bool,
    /// A list of words.
    List,
    /// The id of a document.
    Ref(Collection),
    /// A list of such ids.
    Refs(Collection),
    /// A table with these keys.
    Table(Keys),
    /// A list of tables.
    Tables(Keys),
    /// A picture's file, by its path inside `content/`.
    File,
    /// An archived copy.
    Archive,
    /// A value that annals derives again, or that `annals.rs` reads separately.
    Derived,
}

use Collection::{Actors, Events, Pages, Places, Processes};
use Shape::{Archive, Bool, Date, Decimal, Derived, File, List, Number, Ref, Refs, Table, Tables, Words};

const MEDIA: Keys = &[("file!", File), ("alt!", Words), ("caption", Words), ("credit", Words), ("licence", Words)];

const VOTE: Keys = &[
    ("body!", Ref(Actors)),
    ("document", Words),
    ("yes!", Number),
    ("no!", Number),
    ("abstained", Number),
    ("absent", Number),
    ("against", Refs(Actors)),
    ("abstaining", Refs(Actors)),
    ("not_voting", Refs(Actors)),
    ("adopted!", Bool),
];

const SOURCE: Keys = &[
    ("id!", Words),
    ("title!", Words),
    ("title_is_description", Bool),
    ("kind", Words),
    ("publisher", Words),
    ("relay", Words),
    ("url", Words),
    ("date", Date),
    ("accessed", Date),
    ("archive", Archive),
    ("archive_sha256", Words),
    ("language", Words),
];

const ACCOUNT: Keys = &[("by!", Ref(Actors)), ("says!", Words), ("source", Words), ("confidence", Words)];

/// The keys of an event.
pub(super) const EVENT: Keys = &[
    ("id", Derived),
    ("url", Derived),
    ("path", Derived),
    ("earliest", Derived),
    ("latest", Derived),
    ("created", Derived),
    ("updated", Derived),
    ("text", Derived),
    ("title", Words),
    ("short_title", Words),
    ("date", Date),
    ("kind", Words),
    ("summary", Words),
    ("actors", Refs(Actors)),
    ("places", Refs(Places)),
    ("processes", Refs(Processes)),
    ("tags", List),
    ("confidence", Words),
    ("importance", Number),
    ("wikidata", Words),
    ("follows", Refs(Events)),
    ("aliases", List),
    ("vote", Table(VOTE)),
    ("sources", Tables(SOURCE)),
    ("accounts", Tables(ACCOUNT)),
    ("media", Tables(MEDIA)),
    ("corrections", Tables(&[("date!", Date), ("note!", Words)])),
];

/// The keys of a retracted event.
pub(super) const RETRACTED: Keys = &[
    ("id", Derived),
    ("url", Derived),
    ("path", Derived),
    ("title", Words),
    ("date", Date),
    ("kind", Words),
    ("reason", Derived),
    ("aliases", List),
];

/// The keys of an actor.
pub(super) const ACTOR: Keys = &[
    ("id", Derived),
    ("url", Derived),
    ("path", Derived),
    ("text", Derived),
    ("name", Words),
    ("names", List),
    ("native_name", Words),
    ("kind", Words),
    ("part_of", Refs(Actors)),
    ("wikidata", Words),
    ("roles", Tables(&[("title!", Words), ("from", Date), ("to", Date)])),
    ("members", Tables(&[("count!", Number), ("from", Date)])),
    ("member_of", Tables(&[("actor!", Ref(Actors)), ("from", Date), ("to", Date)])),
    ("became", Tables(&[("actor!", Ref(Actors)), ("date", Date)])),
    ("summary", Words),
    ("media", Tables(MEDIA)),
    ("aliases", List),
];

/// The keys of a place.
pub(super) const PLACE: Keys = &[
    ("id", Derived),
    ("url", Derived),
    ("path", Derived),
    ("text", Derived),
    ("name", Words),
    ("lat", Decimal),
    ("lon", Decimal),
    ("country", Words),
    ("within", Ref(Places)),
    ("precision", Words),
    ("wikidata", Words),
    ("summary", Words),
    ("media", Tables(MEDIA)),
    ("aliases", List),
];

/// The keys of a process.
pub(super) const PROCESS: Keys = &[
    ("id", Derived),
    ("url", Derived),
    ("path", Derived),
    ("text", Derived),
    ("name", Words),
    ("date", Date),
    ("colour", Words),
    ("wikidata", Words),
    ("summary", Words),
    ("media", Tables(MEDIA)),
    ("aliases", List),
];

/// The keys of a page.
pub(super) const PAGE: Keys = &[
    ("id", Derived),
    ("url", Derived),
    ("path", Derived),
    ("text", Derived),
    ("title", Words),
    ("nav", Number),
    ("summary", Words),
    ("media", Tables(MEDIA)),
    ("aliases", List),
];

/// The lists of documents in the file, in the order in which they are read.
pub(super) const LISTS: &[(&str, Collection, Keys)] = &[
    ("actors", Actors, ACTOR),
    ("places", Places, PLACE),
    ("processes", Processes, PROCESS),
    ("pages", Pages, PAGE),
    ("events", Events, EVENT),
    ("retracted", Events, RETRACTED),
];
