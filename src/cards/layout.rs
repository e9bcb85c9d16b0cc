//! Where everything on a card is. Lengths are in pixels; vertical positions count from the top of the card.

use super::colours::style;
use super::faces::{Line, Weight};
use super::headline::{Headline, Room};
use super::{Card, Chart, HEIGHT, Piece, WIDTH};

/// The space at the left and the right.
const EDGE: f64 = 72.0;
/// The width of texts and of the chart, in pixels.
pub(crate) const CHART_WIDTH: f64 = 1056.0;
/// The size of small texts: on a card that is shown 400 pixels wide, a third of it.
const SMALL: f64 = 31.0;
/// The top of the thick line, which is 6 pixels high.
const TOP: f64 = 40.0;
/// The top of the thin line below it, which is 2 pixels high: if the site's name is between them, and if not.
const THIN: (f64, f64) = (110.0, 52.0);
/// The baseline of the site's name.
const SITE: f64 = 89.0;
/// From the thin line to the baseline of what is above the heading.
const LEAD: f64 = 58.0;
/// The baseline of the labels of the axis.
const LABELS: f64 = 602.0;
/// From the foot of the chart's shapes to the baseline of the labels.
const LABEL_HEIGHT: f64 = 32.0;
/// The size of the labels of the axis.
const LABEL: f64 = 26.0;
/// The sizes of the heading, each with the most lines that it may have.
const HEADING: [(f64, usize); 6] = [(84.0, 1), (70.0, 2), (60.0, 2), (54.0, 3), (46.0, 4), (40.0, 5)];
/// The distance from one baseline of the heading to the next, as a multiple of its size.
const LEADING: f64 = 1.1;
/// The least space between texts and columns.
const GAP: f64 = 34.0;
/// The most height for one event, and for the highest column.
const COLUMN: (f64, f64) = (48.0, 250.0);

/// Returns a card as SVG.
pub(super) fn svg(card: &Card) -> String {
    let thin = if card.site.is_some() { THIN.0 } else { THIN.1 };
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{HEIGHT}\"><style>{}</style>\
         <path class=\"paper\" d=\"M0 0H{WIDTH}V{HEIGHT}H0Z\"/>\
         <path class=\"ink\" d=\"M{EDGE} {TOP}h{CHART_WIDTH}v6h-{CHART_WIDTH}ZM{EDGE} {thin}h{CHART_WIDTH}v2h-{CHART_WIDTH}Z\"/>",
        style()
    );
    if let Some(site) = &card.site {
        svg.push_str(&one_line(site, "ink", SITE, Weight::Regular));
    }
    let mut baseline = thin + 2.0;
    if !card.lead.is_empty() {
        baseline += LEAD;
        svg.push_str(&lead(&card.lead, baseline));
    }
    baseline = heading(&card.heading, baseline, &mut svg);
    if let Some(note) = note(&card.notes) {
        baseline += 1.6 * SMALL;
        svg.push_str(&one_line(note, "quiet", baseline, Weight::Regular));
    }
    if let Some(chart) = &card.chart {
        chart_below(chart, baseline, &mut svg);
    }
    svg.push_str("</svg>");
    svg
}

/// Draws the heading below a baseline, and returns the baseline of its last line.
fn heading(text: &str, above: f64, svg: &mut String) -> f64 {
    let room = Room { weight: Weight::Semibold, width: CHART_WIDTH, sizes: &HEADING };
    let Headline { size, lines } = room.set(text);
    let mut baseline = above + 10.0;
    for (number, line) in lines.iter().enumerate() {
        baseline += (size * if number == 0 { 1.0 } else { LEADING }).round();
        svg.push_str(&Line::new(line, Weight::Semibold).path("ink", (EDGE, baseline), size));
    }
    baseline
}

/// Returns a text on one line: if it is too long, smaller, and then with an ellipsis.
fn one_line(text: &str, class: &str, baseline: f64, weight: Weight) -> String {
    let sizes = [(SMALL, 1), (27.0, 1)];
    let Headline { size, lines } = Room { weight, width: CHART_WIDTH, sizes: &sizes }.set(text);
    let line = lines.first().map_or("", String::as_str);
    Line::new(line, weight).path(class, (EDGE, baseline), size)
}

/// Returns the line above the heading, in several colours; in one and with an ellipsis if it is too long for the smallest
/// size.
fn lead(pieces: &[Piece], baseline: f64) -> String {
    let lines: Vec<Line> = pieces.iter().map(|piece| Line::new(&piece.text, Weight::Semibold)).collect();
    let width: f64 = lines.iter().map(|line| line.width).sum();
    let Some(size) = [36.0, SMALL, 27.0].into_iter().find(|size| width * size <= CHART_WIDTH) else {
        let whole: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
        return one_line(&whole, "ink", baseline, Weight::Semibold);
    };
    let mut x = EDGE;
    let mut svg = String::new();
    for (piece, line) in pieces.iter().zip(&lines) {
        svg.push_str(&line.path(&piece.class, (x, baseline), size));
        x += line.width * size;
    }
    svg
}

/// Returns the first note that fits on a line, or else the last.
fn note(notes: &[String]) -> Option<&str> {
    let fits = |note: &&String| Line::new(note, Weight::Regular).width * SMALL <= CHART_WIDTH;
    notes.iter().find(fits).or(notes.last()).map(String::as_str)
}

/// Draws the chart, as high as there is room below the texts, its axis, and those labels that have room.
fn chart_below(chart: &Chart, baseline: f64, svg: &mut String) {
    let axis = LABELS - LABEL_HEIGHT - chart.below;
    #[expect(clippy::cast_precision_loss, reason = "columns and events are few")]
    let (count, highest) = (chart.size.0.max(1) as f64, chart.size.1.max(1) as f64);
    let room = (axis - baseline - GAP).clamp(0.0, COLUMN.1);
    let unit = (room / highest).min(COLUMN.0);
    let width = CHART_WIDTH / count;
    svg.push_str(&format!(
        "<g transform=\"translate({EDGE} {axis})\"><g transform=\"translate(0 {:.2}) scale({width:.5} {unit:.5})\">{}</g>",
        -unit * highest,
        chart.columns
    ));
    if let Some((from, to, class)) = &chart.band {
        let top = -unit * highest - 8.0;
        svg.push_str(&format!("<path class=\"{class}\" d=\"M{from:.2} {top:.2}H{to:.2}V10H{from:.2}Z\"/>"));
    }
    svg.push_str(&format!("<path class=\"ink\" d=\"M0 0h{CHART_WIDTH}v2H0Z\"/>{}</g>", chart.marks));
    let mut end = 0.0;
    for (x, label) in &chart.labels {
        let line = Line::new(label, Weight::Regular);
        if *x >= end && x + line.width * LABEL <= CHART_WIDTH {
            svg.push_str(&line.path("quiet", (EDGE + x, LABELS), LABEL));
            end = x + line.width * LABEL + LABEL;
        }
    }
}
