//! Social cards: the pictures that other sites show beside a link to a page.
//!
//! Texts and a chart in, SVG out; SVG in, PNG out. This room knows nothing of a timeline. Texts become outlines of the letters
//! of two embedded faces, so a card looks alike everywhere and nothing that an author wrote is ever parsed as SVG. A text with
//! a letter that the faces lack cannot be written: [`written`] says so, and callers leave it off.

mod colours;
mod faces;
mod headline;
mod layout;
mod paint;

pub(crate) use faces::written;
pub(crate) use layout::CHART_WIDTH;
pub(crate) use paint::png;

use crate::key::{Key, Keyer};

/// The width of a card in pixels.
pub(crate) const WIDTH: u32 = 1200;
/// The height of a card in pixels.
pub(crate) const HEIGHT: u32 = 630;

/// What is on a card. Each text is one that [`written`] returned.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Card {
    /// The name of the site, small at the top.
    pub site: Option<String>,
    /// What is above the heading, piece by piece.
    pub lead: Vec<Piece>,
    /// The heading, large and over several lines.
    pub heading: String,
    /// What is below the heading: the first of these that fits on a line.
    pub notes: Vec<String>,
    /// The chart at the foot.
    pub chart: Option<Chart>,
}

/// A text in one colour.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Piece {
    /// The text.
    pub text: String,
    /// The class that gives its colour: that of a family (`family-talks`), `ink` or `quiet`.
    pub class: String,
}

/// A chart along time, [`CHART_WIDTH`] wide. Its height is what the texts leave.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Chart {
    /// Columns above the axis as SVG: each is a unit wide, and a unit high for each of its events.
    pub columns: String,
    /// How many columns there are, and how many units high the highest is.
    pub size: (usize, usize),
    /// What is highlighted among the columns: from where to where in pixels, and its class.
    pub band: Option<(f64, f64, String)>,
    /// Marks below the axis as SVG in pixels. The axis is at 0.
    pub marks: String,
    /// How many pixels the marks need below the axis.
    pub below: f64,
    /// Labels of the axis: each with the position in pixels at which it begins.
    pub labels: Vec<(f64, String)>,
}

impl Card {
    /// Returns the key of everything on the card.
    #[must_use]
    pub(crate) fn key(&self) -> Key {
        let mut keyer = Keyer::default();
        keyer.maybe(self.site.as_deref()).number(self.lead.len() as u64);
        self.lead.iter().for_each(|piece| _ = keyer.text(&piece.text).text(&piece.class));
        keyer.text(&self.heading).number(self.notes.len() as u64);
        self.notes.iter().for_each(|note| _ = keyer.text(note));
        if let Some(chart) = &self.chart {
            keyer.text(&chart.columns).number(chart.size.0 as u64).number(chart.size.1 as u64);
            if let Some((from, to, class)) = &chart.band {
                keyer.number(from.to_bits()).number(to.to_bits()).text(class);
            }
            keyer.text(&chart.marks).number(chart.below.to_bits());
            chart.labels.iter().for_each(|(x, label)| _ = keyer.number(x.to_bits()).text(label));
        }
        keyer.finish()
    }

    /// Returns the card as SVG without text elements.
    #[must_use]
    pub(crate) fn svg(&self) -> String {
        layout::svg(self)
    }
}
