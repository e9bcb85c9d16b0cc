//! The outputs: one flat list of files, each made independently from shared values.
//!
//! [`plan()`] makes the list, [`Renderer::draft`] makes one file. No job holds another's page, so a pool of
//! threads can drain the list, and a preview can make a single page when it is asked for.
//!
//! Files come in families ([`OUTPUT_FAMILIES`]): pages, grounds of small maps, filter data, the events of embed.html, the
//! search index, open data, feeds, social cards, how the site was built, and the sitemap.

mod absolute;
mod card;
mod cards;
mod data;
mod draft;
mod embed;
mod event_list;
mod family;
mod feed;
mod filter;
mod globals;
mod ground;
mod job;
mod pages;
mod plan;
mod provenance;
mod renderer;
mod search;
mod site;
mod sitemap;
mod values;

pub(crate) use draft::{Draft, Maker};
pub use job::{Job, OUTPUT_FAMILIES};
pub use plan::{Content, Output};
pub(crate) use plan::{event_page, plan, sorts};
pub(crate) use renderer::Renderer;
