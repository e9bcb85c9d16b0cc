//! Names beside places, without overlaps.
//!
//! Greedy: the place with the most events chooses first among eight positions around its circle, and eight a little further
//! out; a name without room is not written. Circles and names keep their size on the screen however large the map is shown, so
//! positions are computed for each scale at which the map may be shown.

use super::geometry::{Rect, Xy};

/// The most names that are placed.
const MOST: usize = 400;
/// Room between a circle and its name, in pixels.
const GAP: f64 = 3.0;

/// A circle that may get a name.
#[derive(Clone, Debug)]
pub(super) struct Mark {
    /// The middle of its circle, in map pixels.
    pub at: Xy,
    /// The radius of its circle, in screen pixels.
    pub radius: f64,
    /// The width of its name, in screen pixels.
    pub width: f64,
}

/// The position of a name relative to the middle of its circle, in screen pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Position {
    /// The point on the baseline that `anchor` refers to.
    pub x: f64,
    pub y: f64,
    /// -1 if the name begins at the point, 0 if it is centred there, 1 if it ends there.
    pub anchor: i8,
}

/// Finds a position for the name of each mark; `None` if it has no room. Marks choose in the order in which they are given.
/// `size` is the font size in screen pixels; `preferred` has the positions at another scale, which are tried first.
pub(super) fn place(marks: &[Mark], size: f64, field: &Field, preferred: &[Option<Position>]) -> Vec<Option<Position>> {
    let circle = |mark: &Mark| {
        let reach = mark.radius * field.unit;
        Rect::sized(mark.at.0 - reach, mark.at.1 - reach, 2.0 * reach, 2.0 * reach)
    };
    let circles: Vec<Rect> = marks.iter().map(circle).collect();
    let mut taken: Vec<Rect> = Vec::new();
    let mut positions = vec![None; marks.len()];
    for (number, mark) in marks.iter().enumerate().take(MOST) {
        let preferred = preferred.get(number).copied().flatten();
        let further = around(mark.radius + 0.5 * size, size);
        for position in preferred.into_iter().chain(around(mark.radius, size)).chain(further) {
            let text = extent(mark, position, size, field.unit);
            let free = field.edge.holds(&text)
                && !taken.iter().any(|other| other.meets(&text))
                && !circles.iter().enumerate().any(|(other, circle)| other != number && circle.meets(&text));
            if free {
                taken.push(text);
                positions[number] = Some(position);
                break;
            }
        }
    }
    positions
}

/// The area in which names may be placed.
pub(super) struct Field {
    /// The box that a name may not leave, in map pixels.
    pub edge: Rect,
    /// How many map pixels one screen pixel is.
    pub unit: f64,
}

/// Returns the box of a name in map pixels.
pub(super) fn extent(mark: &Mark, position: Position, size: f64, unit: f64) -> Rect {
    let left = match position.anchor {
        -1 => position.x,
        0 => position.x - mark.width / 2.0,
        _ => position.x - mark.width,
    };
    let (left, top) = (mark.at.0 + left * unit, mark.at.1 + (position.y - 0.78 * size) * unit);
    Rect::sized(left, top, mark.width * unit, size * unit)
}

/// Returns the eight positions around a circle, best first: right, left, the corners, above, below.
fn around(radius: f64, size: f64) -> [Position; 8] {
    let (out, aslant) = (radius + GAP, radius * 0.71 + GAP * 0.5);
    let (middle, above, below) = (0.28 * size, -aslant, aslant + 0.72 * size);
    let side = |x: f64, y: f64| Position { x: tenth(x), y: tenth(y), anchor: if x > 0.0 { -1 } else { 1 } };
    let over = |y: f64| Position { x: 0.0, y: tenth(y), anchor: 0 };
    [
        side(out, middle),
        side(-out, middle),
        side(aslant, above),
        side(aslant, below),
        side(-aslant, above),
        side(-aslant, below),
        over(-out),
        over(out + 0.75 * size),
    ]
}

fn tenth(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

/// Estimates the width of a text at a font size, in a wide serif typeface: generously, because readers' fonts differ.
pub(super) fn width(text: &str, size: f64) -> f64 {
    let letter = |c: char| match c {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | '\'' | '’' | ':' | ';' | '|' | '!' => 0.33,
        'f' | 't' | 'r' | ' ' | '-' | '(' | ')' | '/' => 0.42,
        'm' | 'w' | 'M' | 'W' | '@' | '%' | '—' => 0.96,
        'A'..='Z' => 0.75,
        _ if c.is_ascii() => 0.59,
        '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' => 0.0,
        '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}' => 1.05,
        '\u{ff00}'..='\u{ffef}' | '\u{1f000}'.. => 1.1,
        _ if c.is_uppercase() => 0.78,
        _ => 0.64,
    };
    text.chars().map(letter).sum::<f64>() * size
}
