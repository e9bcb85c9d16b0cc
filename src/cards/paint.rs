//! From SVG to PNG: painted by resvg, and written with a palette, which is a quarter as large.

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};
use rustc_hash::FxHashMap;

use super::{HEIGHT, WIDTH};

/// The most colours of a palette.
const MOST_COLOURS: usize = 256;

/// Paints the SVG of a card, and returns it as PNG (ISO/IEC 15948) with a palette.
#[must_use]
pub(crate) fn png(svg: &[u8]) -> Vec<u8> {
    let tree = Tree::from_data(svg, &Options::default()).expect("annals writes SVG that resvg reads");
    let mut canvas = Pixmap::new(WIDTH, HEIGHT).expect("a card has a size");
    resvg::render(&tree, Transform::identity(), &mut canvas.as_mut());
    encoded(&rows(canvas.data()))
}

/// Adjacent rows with the same pixels: the runs of one row, each a colour (`0x00RRGGBB`) and a number of pixels, and how
/// many such rows there are.
struct Rows {
    runs: Vec<(u32, usize)>,
    count: usize,
}

/// Returns the rows of a picture with four bytes a pixel (RGBA). The paper covers everything, so no pixel is transparent.
fn rows(data: &[u8]) -> Vec<Rows> {
    let rows: Vec<&[u8]> = data.chunks_exact(4 * WIDTH as usize).collect();
    let same = |rows: &[&[u8]]| {
        let pixels = rows[0].as_chunks::<4>().0;
        let colour = |run: &[[u8; 4]]| (u32::from_be_bytes([0, run[0][0], run[0][1], run[0][2]]), run.len());
        Rows { runs: pixels.chunk_by(|a, b| a == b).map(colour).collect(), count: rows.len() }
    };
    rows.chunk_by(|a, b| a == b).map(same).collect()
}

fn encoded(rows: &[Rows]) -> Vec<u8> {
    let palette = palette(rows);
    let entries: Vec<u8> = palette.iter().flat_map(|colour| colour.to_be_bytes()[1..].to_vec()).collect();
    let mut bytes = Vec::with_capacity(1 << 15);
    let mut encoder = png::Encoder::new(&mut bytes, WIDTH, HEIGHT);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_palette(entries);
    // The usual level, 6, makes files a tenth smaller and takes twice as long.
    encoder.set_deflate_compression(png::DeflateCompression::Level(3));
    encoder.set_filter(png::Filter::NoFilter);
    let written = encoder.write_header().and_then(|mut writer| writer.write_image_data(&indices(rows, &palette)));
    written.expect("writing to memory cannot fail");
    bytes
}

/// Returns the most frequent colours, at most [`MOST_COLOURS`], by number of pixels and then by value.
fn palette(rows: &[Rows]) -> Vec<u32> {
    let of_rows =
        |rows: &Rows| rows.runs.iter().map(|(colour, length)| (*colour, length * rows.count)).collect::<Vec<_>>();
    let mut runs: Vec<(u32, usize)> = rows.iter().flat_map(of_rows).collect();
    runs.sort_unstable();
    let pixels = |runs: &[(u32, usize)]| runs.iter().map(|(_, length)| length).sum::<usize>();
    let of_colour = |runs: &[(u32, usize)]| (std::cmp::Reverse(pixels(runs)), runs[0].0);
    let mut counts: Vec<_> = runs.chunk_by(|(a, _), (b, _)| a == b).map(of_colour).collect();
    counts.sort_unstable();
    counts.into_iter().map(|(_, colour)| colour).take(MOST_COLOURS).collect()
}

/// Returns the number of each pixel's colour in the palette, or that of the nearest colour.
fn indices(rows: &[Rows], palette: &[u32]) -> Vec<u8> {
    let number = |at: usize| u8::try_from(at).unwrap_or_default();
    let mut known: FxHashMap<u32, u8> = palette.iter().enumerate().map(|(at, colour)| (*colour, number(at))).collect();
    let mut indices = Vec::with_capacity((WIDTH * HEIGHT) as usize);
    for rows in rows {
        let begin = indices.len();
        for (colour, length) in &rows.runs {
            let index = *known.entry(*colour).or_insert_with(|| {
                let nearest = palette.iter().enumerate().min_by_key(|(_, other)| distance(**other, *colour));
                number(nearest.map_or(0, |(at, _)| at))
            });
            indices.resize(indices.len() + length, index);
        }
        let end = indices.len();
        (1..rows.count).for_each(|_| indices.extend_from_within(begin..end));
    }
    indices
}

/// Returns the squared distance between two colours in RGB.
fn distance(a: u32, b: u32) -> u32 {
    a.to_be_bytes().iter().zip(b.to_be_bytes()).map(|(a, b)| u32::from(a.abs_diff(b)).pow(2)).sum()
}

#[cfg(test)]
mod tests {
    use super::{MOST_COLOURS, Rows, indices, palette};

    #[test]
    fn frequent_colours_stay_and_rare_ones_become_the_nearest() {
        let mut runs: Vec<(u32, usize)> = (0..300).map(|grey| (grey * 0x0001_0101 % 0x00FF_FFFF, 2)).collect();
        runs.push((0x00AB_CDEF, 9));
        let rows = [Rows { runs, count: 2 }, Rows { runs: vec![(0x00AB_CDF0, 3)], count: 1 }];
        let palette = palette(&rows);
        assert_eq!((palette.len(), palette[0]), (MOST_COLOURS, 0x00AB_CDEF));
        let indices = indices(&rows, &palette);
        assert_eq!(indices.len(), 2 * 609 + 3);
        assert_eq!((indices[0], indices[608], indices[609], indices[1220]), (1, 0, 1, 0));
    }
}
