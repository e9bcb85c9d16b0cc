//! From SVG to PNG: painted by resvg, and written with a palette, which is a quarter as large.

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};
use rustc_hash::FxHashMap;

use super::{HEIGHT, WIDTH};

/// The most colours of a palette.
const MOST_COLOURS: usize = 256;

/// The PNG (ISO/IEC 15948) of a card.
#[must_use]
pub fn png(svg: &[u8]) -> Vec<u8> {
    let tree = Tree::from_data(svg, &Options::default()).expect("annals writes SVG that resvg reads");
    let mut canvas = Pixmap::new(WIDTH, HEIGHT).expect("a card has a size");
    resvg::render(&tree, Transform::identity(), &mut canvas.as_mut());
    let pixels = canvas.data().as_chunks::<4>().0;
    // The paper covers everything, so no pixel is transparent.
    let colours: Vec<u32> = pixels.iter().map(|[red, green, blue, _]| u32::from_be_bytes([0, *red, *green, *blue])).collect();
    encoded(&colours)
}

fn encoded(colours: &[u32]) -> Vec<u8> {
    let palette = palette(colours);
    let entries: Vec<u8> = palette.iter().flat_map(|colour| colour.to_be_bytes()[1..].to_vec()).collect();
    let mut bytes = Vec::with_capacity(1 << 15);
    let mut encoder = png::Encoder::new(&mut bytes, WIDTH, HEIGHT);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_palette(entries);
    encoder.set_compression(png::Compression::Balanced);
    encoder.set_filter(png::Filter::NoFilter);
    let written = encoder.write_header().and_then(|mut writer| writer.write_image_data(&indices(colours, &palette)));
    written.expect("writing to memory cannot fail");
    bytes
}

/// The most frequent colours, by number of pixels and then by value.
fn palette(colours: &[u32]) -> Vec<u32> {
    let mut runs: Vec<(u32, usize)> = colours.chunk_by(|a, b| a == b).map(|run| (run[0], run.len())).collect();
    runs.sort_unstable();
    let of_colour = |runs: &[(u32, usize)]| (std::cmp::Reverse(runs.iter().map(|(_, length)| length).sum::<usize>()), runs[0].0);
    let mut counts: Vec<_> = runs.chunk_by(|(a, _), (b, _)| a == b).map(of_colour).collect();
    counts.sort_unstable();
    counts.into_iter().map(|(_, colour)| colour).take(MOST_COLOURS).collect()
}

/// The number of each pixel's colour in the palette, or that of the nearest colour.
fn indices(colours: &[u32], palette: &[u32]) -> Vec<u8> {
    let number = |at: usize| u8::try_from(at).unwrap_or_default();
    let mut known: FxHashMap<u32, u8> = palette.iter().enumerate().map(|(at, colour)| (*colour, number(at))).collect();
    let mut indices = Vec::with_capacity(colours.len());
    for run in colours.chunk_by(|a, b| a == b) {
        let index = *known.entry(run[0]).or_insert_with(|| {
            let nearest = palette.iter().enumerate().min_by_key(|(_, colour)| distance(**colour, run[0]));
            number(nearest.map_or(0, |(at, _)| at))
        });
        indices.resize(indices.len() + run.len(), index);
    }
    indices
}

/// How different two colours are.
fn distance(a: u32, b: u32) -> u32 {
    a.to_be_bytes().iter().zip(b.to_be_bytes()).map(|(a, b)| u32::from(a.abs_diff(b)).pow(2)).sum()
}

#[cfg(test)]
mod tests {
    use super::{MOST_COLOURS, indices, palette};

    #[test]
    fn frequent_colours_stay_and_rare_ones_become_the_nearest() {
        let mut colours: Vec<u32> = (0..300).flat_map(|grey| vec![grey * 0x0001_0101 % 0x00FF_FFFF; 2]).collect();
        colours.extend([0x00AB_CDEF; 9]);
        let palette = palette(&colours);
        assert_eq!((palette.len(), palette[0]), (MOST_COLOURS, 0x00AB_CDEF));
        let indices = indices(&colours, &palette);
        assert_eq!((indices.len(), indices[0], indices[601]), (609, 1, 0));
    }
}
