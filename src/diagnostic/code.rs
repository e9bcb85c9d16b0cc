//! Every kind of problem that annals reports, in one list.
//!
//! A code's name is part of the contract with authors and their tools: it never changes its meaning.
//! `docs/diagnostics.md` gives an example of each, and a test keeps the two lists in step.

use Severity::{Error, Note, Warning};
use serde::{Deserialize, Serialize};

/// Whether a problem prevents publishing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Severity {
    /// The content is wrong, ambiguous or unresolvable: nothing is published.
    Error,
    /// The content can be published, but an editor should look.
    Warning,
    /// Something to know that prevents nothing: what a gate at the level `note` finds, and a history that is incomplete.
    Note,
}

impl Severity {
    /// Returns the word used in every report format: `error`, `warning` or `note`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

macro_rules! codes {
    ($($variant:ident $name:literal $severity:ident $meaning:literal;)*) => {
        /// A kind of problem. The name is stable and kebab-case.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Code {
            $(#[doc = $meaning] $variant,)*
        }

        impl Code {
            /// All codes, in the order of the documentation.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The stable name, such as `unknown-actor`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// Whether this kind of problem is an error or a warning, where site.toml does not say otherwise.
            #[must_use]
            pub const fn severity(self) -> Severity {
                match self { $(Self::$variant => $severity,)* }
            }

            /// What the code means, in one sentence.
            #[must_use]
            pub const fn meaning(self) -> &'static str {
                match self { $(Self::$variant => $meaning,)* }
            }
        }
    };
}

codes! {
    NotUtf8 "not-utf8" Error "The file is not UTF-8 text.";
    UnreadableFile "unreadable-file" Error "A file cannot be read, or something that is not a file has its name.";
    UnfetchedFile "unfetched-file" Error "A file is only a pointer of Git LFS or git-annex.";
    InvalidName "invalid-name" Error "A file has a name that cannot be used.";
    EmptyFile "empty-file" Error "The file is empty.";
    TooLarge "too-large" Error "The file or the picture is larger than the limit in site.toml.";
    ControlCharacter "control-character" Error "The text contains a control character or an invisible character that changes the direction of text.";
    NoFrontMatter "no-front-matter" Error "The entry does not begin with front matter.";
    UnclosedFrontMatter "unclosed-front-matter" Error "The front matter has no closing line.";
    TomlSyntax "toml-syntax" Error "The TOML cannot be read.";
    YamlSyntax "yaml-syntax" Error "The YAML cannot be read, or uses a part of YAML that annals refuses.";
    DuplicateKey "duplicate-key" Error "A key is set twice.";
    NestingTooDeep "nesting-too-deep" Error "Tables, lists or markdown blocks are nested deeper than the limit.";
    UnknownKey "unknown-key" Error "The key means nothing here.";
    MissingKey "missing-key" Error "A required key is missing.";
    WrongType "wrong-type" Error "The value has the wrong type for the key.";
    InvalidValue "invalid-value" Error "The value is not one that the key accepts.";
    EmptyValue "empty-value" Error "The value is empty where one is needed.";
    InvalidDate "invalid-date" Error "The date is not EDTF, or there is no such day.";
    DatesOutOfOrder "dates-out-of-order" Error "Something certainly ends, or was read, before it began.";
    InvalidId "invalid-id" Error "The name cannot be an id.";
    InvalidUrl "invalid-url" Error "The address is not a URL, or not one of http or https.";
    InvalidLanguage "invalid-language" Error "The language is not a BCP 47 tag with registered subtags.";
    InvalidColour "invalid-colour" Error "The colour is not written #rgb or #rrggbb.";
    InvalidCoordinates "invalid-coordinates" Error "Latitude or longitude is out of range, or one is given without the other.";
    DuplicateId "duplicate-id" Error "Two documents of one kind have the same id, or ids that differ only in case.";
    DuplicateSource "duplicate-source" Error "Two sources of one entry have the same id.";
    DuplicateReference "duplicate-reference" Error "A list names the same thing twice.";
    UnknownKind "unknown-kind" Error "The site does not define the event's kind.";
    UnknownActor "unknown-actor" Error "No actor has this id.";
    UnknownPlace "unknown-place" Error "No place has this id.";
    UnknownProcess "unknown-process" Error "No process has this id.";
    UnknownEvent "unknown-event" Error "No event has this id.";
    UnknownSource "unknown-source" Error "A citation or an account names a source that the entry does not have.";
    ImpossibleVote "impossible-vote" Error "A vote has more votes than the body had members, more names than votes, a voter with two votes, or an outcome that its numbers rule out.";
    UnknownArchive "unknown-archive" Error "An archived copy is neither at a known archive nor identified by its hash.";
    FollowsLater "follows-later" Error "An event follows one that certainly came later.";
    Cycle "cycle" Error "A relation forms a cycle.";
    DeadLink "dead-link" Error "A link names a document that does not exist.";
    DeadAnchor "dead-anchor" Error "A link names an anchor that the page does not have.";
    UnpublishedLink "unpublished-link" Error "A link or relation names an entry that will not be published.";
    MissingFile "missing-file" Error "A link or picture names a file that is neither in static/ nor beside the entry.";
    MissingAlt "missing-alt" Error "A picture has no alt text for readers who cannot see it.";
    UnreadablePicture "unreadable-picture" Error "A picture cannot be read, or is of a type that annals does not accept.";
    RefusedFile "refused-file" Error "A linked file is of a type that could run script in the reader's browser.";
    RefusedUrl "refused-url" Error "A link or picture has an address that annals does not allow.";
    TooManyLinks "too-many-links" Error "The entry has more links than the limit in site.toml.";
    FailedLink "failed-link" Error "Something looks like a link, but markdown does not read it as one.";
    AmbiguousLink "ambiguous-link" Error "A link by id fits documents of several kinds.";
    InvalidQuery "invalid-query" Error "A query in a text cannot be read, or a number that it asserts is not one.";
    WrongCount "wrong-count" Error "A text gives a number of events that is not right.";
    DuplicateAnchor "duplicate-anchor" Error "Two headings of one text have the same anchor.";
    VisibleComment "visible-comment" Error "A comment would be published.";
    TemplateCode "template-code" Error "A text contains code for another program, which would be printed.";
    MergeConflict "merge-conflict" Error "A file contains the marks of an unfinished merge.";
    RawHtml "raw-html" Error "The text contains raw HTML, which the site refuses.";
    InvalidAlias "invalid-alias" Error "The alias is neither an id nor a path inside the site.";
    AliasCollision "alias-collision" Error "An alias would replace a page or another alias.";
    OutputCollision "output-collision" Error "Two things would be written to the same file of the site.";
    SymlinkOutside "symlink-outside" Error "A symbolic link points outside the site.";
    TemplateError "template-error" Error "A template cannot be compiled or rendered.";
    LocaleError "locale-error" Error "A file of interface words cannot be read.";
    FailedMarkup "failed-markup" Warning "Mark-up has no effect, and its characters would be printed.";
    SilentChange "silent-change" Warning "Markdown would show something other than what is written.";
    EmptyQuery "empty-query" Warning "No event fits the query of a list.";
    SingleSource "single-source" Warning "An event rests on one source.";
    NoPrimaryDocument "no-primary-document" Warning "An event has neither a document nor a statement among its sources.";
    UncitedParagraph "uncited-paragraph" Warning "A paragraph of an event cites nothing and links to no other entry.";
    UnarchivedLandmark "unarchived-landmark" Warning "A landmark has a source without an archived copy.";
    OneSidedAccounts "one-sided-accounts" Warning "All accounts of an event are from one side.";
    VoteCitedToTextAlone "vote-cited-to-text-alone" Warning "A vote has no source but the text that was voted on, which does not hold the tally.";
    DescribedTitle "described-title" Warning "The title of a source is a description.";
    RelayedSource "relayed-source" Warning "A source was read where somebody relays it.";
    UncitedSource "uncited-source" Warning "A source is never cited.";
    IncompleteSource "incomplete-source" Warning "A source has no publisher or no date.";
    UnusedActor "unused-actor" Warning "No event names this actor.";
    UnusedPlace "unused-place" Warning "No event names this place.";
    SharedName "shared-name" Warning "Two actors have a name in common.";
    OwnAlias "own-alias" Warning "An alias is the document's own id.";
    MisnamedFile "misnamed-file" Warning "A file's extension does not match its contents.";
    UnportableName "unportable-name" Warning "A file has a name that some systems cannot store.";
    StrayFile "stray-file" Warning "Nothing uses the file, or it is an editor's backup copy.";
    SymlinkSkipped "symlink-skipped" Warning "A symbolic link is not followed.";
    NoContact "no-contact" Warning "A site that will be published has neither a contact nor a repository.";
    IncompleteHistory "incomplete-history" Note "The history of the entries cannot be read, or begins late.";
}
