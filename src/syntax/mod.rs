//! Structured text: front matter and site.toml.
//!
//! TOML and YAML both become a [`Node`] tree in which every key and value knows its bytes in the author's file.
//! [`Decode`] turns a tree into one of annals' types and collects every problem on the way: a broken value is reported once
//! and replaced by a placeholder, so that the rest of the document is still checked. The `record!` macro makes a struct, its
//! decoder and its JSON Schema from one list of fields.
//!
//! Guesses at what a broken line was meant to be (`slips.rs`, `lists.rs`, `toml_help.rs`, `yaml_help.rs`, `bare_date.rs`) only
//! go into reports. A guess is never used as a value.

mod bare_date;
// The macros of this file name its functions, and those of `schema`, from every room that uses them.
pub(crate) mod decode;
mod decoder;
mod fields;
mod lists;
mod node;
mod plain_toml;
pub(crate) mod schema;
mod slips;
mod suggest;
mod toml;
mod toml_help;
mod type_help;
mod yaml;
mod yaml_help;

pub(crate) use decode::{Named, Record, Spanned};
pub(crate) use decode::{choice, record};
pub(crate) use decoder::{Decode, Decoder, Field, Keys};
pub(crate) use fields::Fields;
pub(crate) use node::{Key, Node, Type, Value};
pub(crate) use schema::{FieldSchema, Schema, object as object_schema};
pub(crate) use slips::{is_dash, is_plus, json_entry};
pub(crate) use suggest::{Allowance, did_you_mean, nearest, nearest_names};
pub(crate) use toml::parse as parse_toml;
pub(crate) use yaml::parse as parse_yaml;

use crate::diagnostic::{Problems, Span};
use crate::source_path::SourcePath;

/// The language of front matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    /// TOML between `+++` lines.
    Toml,
    /// YAML between `---` lines.
    Yaml,
}

impl Language {
    /// Returns the line that precedes and follows front matter in this language.
    #[must_use]
    pub(crate) const fn fence(self) -> &'static str {
        match self {
            Self::Toml => "+++",
            Self::Yaml => "---",
        }
    }

    /// The language's name.
    #[must_use]
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Toml => "TOML",
            Self::Yaml => "YAML",
        }
    }

    /// Returns the sign between key and value.
    const fn sign(self) -> char {
        match self {
            Self::Toml => '=',
            Self::Yaml => ':',
        }
    }

    /// Returns that sign with the space, if any, that is customary before it.
    const fn between(self) -> &'static str {
        match self {
            Self::Toml => " =",
            Self::Yaml => ":",
        }
    }

    const fn other(self) -> Self {
        match self {
            Self::Toml => Self::Yaml,
            Self::Yaml => Self::Toml,
        }
    }
}

/// A piece of a file to parse.
#[derive(Clone, Debug)]
pub(crate) struct Piece<'a> {
    /// The file, relative to the root.
    pub file: &'a SourcePath,
    /// The piece itself.
    pub text: &'a str,
    /// The byte of the file at which the piece begins.
    pub offset: usize,
    /// How deep tables and lists may be nested; the outermost table is the first level.
    pub max_depth: usize,
    /// Whether it is front matter, whose fences (`+++`, `---`) name its language.
    pub fenced: bool,
}

impl Piece<'_> {
    /// Converts bytes of the piece to bytes of the file.
    const fn in_file(&self, span: &Span) -> Span {
        span.start + self.offset..span.end + self.offset
    }
}

/// The result of parsing a piece: a tree (empty if nothing could be read) and its problems.
pub(crate) type Parsed<'t> = (Node<'t>, Problems);

const DEPTH_HELP: &str = "write the value with fewer levels, or raise `front_matter_depth` under [limits] in site.toml";
const DUPLICATE_HELP: &str = "remove one of the two lines, or move it to the table it belongs to";
