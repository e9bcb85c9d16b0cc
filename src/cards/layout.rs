//! Where everything on a card is.

use super::colours::{colour, style};
use super::faces::{Line, Weight};
use super::headline::{Headline, Room};
use super::{Card, Chart, HEIGHT, Piece, WIDTH};

/// The space at the left and the right, in pixels.
const EDGE: f64 = 72.0;
/// The width of texts and of the chart, in pixels.
pub const CHART_WIDTH: f64 = 1056.0;
/// The size of small texts, in pixels: on a card that is shown 400 pixels wide, a third of it.
const SMALL: f64 = 32.0;
/// The baseline of the site's name.
const SITE: f64 = 112.0;
/// The baseline of what is above the heading.
const LEAD: f64 = 188.0;
/// The baseline of the labels of the axis.
const LABELS: f64 = 596.0;
/// From the foot of the chart's shapes to the baseline of the labels.
const LABEL_HEIGHT: f64 = 34.0;
/// The size of the labels of the axis.
const LABEL: f64 = 26.0;
/// The sizes of the heading with a line above it, and the most lines of each.
const HEADING: [(f64, usize); 6] = [(84.0, 1), (72.0, 2), (60.0, 2), (52.0, 3), (46.0, 3), (42.0, 3)];

/// A card as SVG.
pub fn svg(card: &Card) -> String {
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{HEIGHT}\"><style>{}</style>\
         <path class=\"paper\" d=\"M0 0H{WIDTH}V{HEIGHT}H0Z\"/><path class=\"ink\" d=\"M{EDGE} 52h{CHART_WIDTH}v6h-{CHART_WIDTH}ZM{EDGE} 62h{CHART_WIDTH}v2h-{CHART_WIDTH}Z\"/>",
        style()
    );
    if let Some(site) = &card.site {
        svg.push_str(&one_line(site, "quiet", SITE, Weight::Regular));
    }
    if !card.lead.is_empty() {
        svg.push_str(&lead(&card.lead));
    }
    let baseline = heading(card, &mut svg);
    if let Some(note) = note(&card.notes) {
        svg.push_str(&one_line(note, "quiet", baseline + 50.0, Weight::Regular));
    }
    if let Some(chart) = &card.chart {
        chart_at_foot(chart, &mut svg);
    }
    svg.push_str("</svg>");
    svg
}

/// Draws the heading, and returns the baseline of its last line.
fn heading(card: &Card, svg: &mut String) -> f64 {
    let room = Room { weight: Weight::Semibold, width: CHART_WIDTH, sizes: &HEADING };
    let Headline { size, lines } = room.set(&card.heading);
    let top = if card.lead.is_empty() { SITE + 20.0 } else { LEAD + 10.0 };
    let mut baseline = top + 0.06 * size;
    for line in lines {
        baseline += (size * 1.1).round();
        svg.push_str(&Line::new(&line, Weight::Semibold).path("ink", (EDGE, baseline - 0.1 * size), size));
    }
    baseline
}

/// A text on one line; if it is too long, smaller, and then with an ellipsis.
fn one_line(text: &str, class: &str, baseline: f64, weight: Weight) -> String {
    let sizes = [(SMALL, 1), (28.0, 1)];
    let Headline { size, lines } = Room { weight, width: CHART_WIDTH, sizes: &sizes }.set(text);
    let line = lines.first().map_or("", String::as_str);
    Line::new(line, weight).path(class, (EDGE, baseline), size)
}

/// The line above the heading, in several colours.
fn lead(pieces: &[Piece]) -> String {
    let lines: Vec<Line> = pieces.iter().map(|piece| Line::new(&piece.text, Weight::Semibold)).collect();
    let width: f64 = lines.iter().map(|line| line.width).sum();
    let Some(size) = [36.0, SMALL, 28.0].into_iter().find(|size| width * size <= CHART_WIDTH) else {
        let whole: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
        return one_line(&whole, "ink", LEAD, Weight::Semibold);
    };
    let mut x = EDGE;
    let mut svg = String::new();
    for (piece, line) in pieces.iter().zip(&lines) {
        svg.push_str(&line.path(&piece.class, (x, LEAD), size));
        x += line.width * size;
    }
    svg
}

/// The first note that fits on a line, or else the last.
fn note(notes: &[String]) -> Option<&str> {
    let fits = |note: &&String| Line::new(note, Weight::Regular).width * SMALL <= CHART_WIDTH;
    notes.iter().find(fits).or(notes.last()).map(String::as_str)
}

/// The chart, its axis, and those labels that have room.
fn chart_at_foot(chart: &Chart, svg: &mut String) {
    let axis = LABELS - LABEL_HEIGHT - chart.below;
    svg.push_str(&format!(
        "<g transform=\"translate({EDGE} {axis})\">{}<path class=\"ink\" d=\"M0 0h{CHART_WIDTH}v2H0Z\"/></g>",
        chart.shapes
    ));
    let mut end = 0.0;
    for (x, label) in &chart.labels {
        let line = Line::new(label, Weight::Regular);
        if *x >= end && x + line.width * LABEL <= CHART_WIDTH {
            svg.push_str(&line.path("quiet", (EDGE + x, LABELS), LABEL));
            end = x + line.width * LABEL + LABEL;
        }
    }
    debug_assert!(svg.contains(colour("rule")), "the style sheet is there");
}
