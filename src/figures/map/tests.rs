//! What readers of a map can rely on.

use super::frame::{Frame, choose};
use super::geometry::{Rect, Xy, clip_line, clip_ring};
use super::ground::{Detail, Shapes};
use super::labels::{Field, Mark, extent, place, width};
use super::view::View;
use super::*;

fn spot<'a>(name: &'a str, lat: f64, lon: f64, count: usize) -> Spot<'a> {
    Spot { id: name, name, url: "places/x.html", lat, lon, count, words: "some events", is_focus: false }
}

const LABELS: Labels<'static> =
    Labels { title: "Map", description: "Where.", events: &|count| format!("{count} events") };

/// Places of talks, most of them around the Mediterranean.
fn talks() -> Vec<Spot<'static>> {
    vec![
        spot("New York", 40.75, -73.97, 68),
        spot("Geneva", 46.2, 6.14, 14),
        spot("Lausanne", 46.52, 6.63, 1),
        spot("Brussels", 50.85, 4.35, 13),
        spot("Vienna", 48.2, 16.37, 3),
        spot("Damascus", 33.5, 36.3, 17),
        spot("Amman", 31.95, 35.9, 3),
        spot("Ankara", 39.93, 32.86, 4),
        spot("Moscow", 55.75, 37.6, 10),
        spot("Sochi", 43.6, 39.7, 9),
        spot("Cairo", 30.0, 31.2, 3),
        spot("Washington", 38.9, -77.0, 11),
        spot("Beijing", 39.9, 116.4, 1),
    ]
}

/// Forty places from Lisbon to Tehran.
fn forty() -> Vec<(String, f64, f64)> {
    (0..40_u32)
        .map(|n| {
            let (lat, lon) = (28.0 + f64::from(n * 7 % 31), -8.0 + f64::from(n * 13 % 59));
            (format!("Place number {n}"), lat, lon)
        })
        .collect()
}

#[test]
fn distant_places_are_in_small_maps_beside_the_region_of_the_others() {
    let spots = talks();
    let names = |group: &[usize]| group.iter().map(|number| spots[*number].name).collect::<Vec<_>>();
    let Frame::Region { core, far } = choose(&spots) else { panic!("the map is of the world") };
    assert_eq!(core.len(), 10);
    assert!(names(&core).contains(&"Moscow"));
    assert_eq!(
        far.iter().map(|group| names(group)).collect::<Vec<_>>(),
        [vec!["New York", "Washington"], vec!["Beijing"]]
    );
}

#[test]
fn the_key_shows_no_circle_twice() {
    let key = |most: usize| {
        let svg = map(&[spot("Geneva", 46.2, 6.14, most), spot("Vienna", 48.2, 16.37, 1)], &LABELS);
        let key = svg.split("class=\"map-key\"").nth(1).map(|rest| rest.split("</g>").next().unwrap_or_default());
        key.map_or(0, |key| key.matches("<circle").count())
    };
    assert_eq!(key(1), 0, "all circles are the same");
    assert_eq!([2, 4, 5, 10].map(key), [2, 2, 2, 3]);
}

/// The numbers in an attribute of each `svg` element whose class begins with `class`, in order.
fn numbers(svg: &str, class: &str, attribute: &str) -> Vec<Vec<f64>> {
    let elements = svg.split("<svg class=\"").filter(|element| element.starts_with(class));
    let value = |element: &str| {
        let value = element.split(&format!(" {attribute}=\"")).nth(1).and_then(|rest| rest.split('"').next());
        value.unwrap_or_default().split(' ').map(|number| number.parse().expect("it is a number")).collect()
    };
    elements.map(value).collect()
}

#[test]
fn small_maps_are_below_the_main_one_and_beside_each_other() {
    let svg = map(&talks(), &LABELS);
    for sheet in svg.split_inclusive("</svg>\n") {
        let bottom = numbers(sheet, "map-main", "height")[0][0];
        let [tops, lefts, widths] = ["y", "x", "width"].map(|of| numbers(sheet, "map-inset", of).concat());
        assert_eq!(tops.len(), 2);
        assert!(tops.iter().all(|top| *top > bottom), "{tops:?} {bottom}");
        assert!(lefts[0] + widths[0] < lefts[1], "{lefts:?} {widths:?}");
    }
}

#[test]
fn the_first_step_goes_to_the_busiest_place_of_the_main_map_or_where_the_site_says() {
    let near = |svg: &str, name: &str| {
        let focus = &numbers(svg, "map-main", "data-focus")[0];
        let link = svg.split(&format!("data-place=\"{name}\"")).nth(1).expect("it is on the map");
        let at = link.split("translate(").nth(1).and_then(|rest| rest.split(')').next()).expect("it is somewhere");
        let at: Vec<f64> = at.split(' ').map(|number| number.parse().expect("it is a number")).collect();
        (focus[0] - at[0]).hypot(focus[1] - at[1]) < 12.0
    };
    let mut spots = talks();
    let svg = map(&spots, &LABELS);
    assert!(near(&svg, "Damascus") && !near(&svg, "Geneva"), "four cities of hosts do not outweigh it");
    for spot in &mut spots {
        spot.is_focus = spot.name == "Moscow";
    }
    assert!(near(&map(&spots, &LABELS), "Moscow"));
}

#[test]
fn a_busy_place_has_its_name_before_its_small_neighbours() {
    let mut spots = vec![spot("Great", 50.0, 10.0, 90)];
    spots.extend(
        [("North", 50.6, 10.0), ("South", 49.4, 10.0), ("West", 50.0, 9.0), ("East", 50.0, 11.0)]
            .map(|(name, lat, lon)| spot(name, lat, lon, 1)),
    );
    spots.extend([spot("Rome", 41.9, 12.5, 3), spot("Oslo", 59.9, 10.7, 3)]);
    let svg = map(&spots, &LABELS);
    assert_eq!(svg.matches(">Great</text>").count().min(2), 2, "it has no name on one of the sheets");
}

#[test]
fn places_all_over_the_earth_make_a_map_of_the_world() {
    let spots = [
        spot("London", 51.5, -0.1, 3),
        spot("Tokyo", 35.7, 139.7, 3),
        spot("Lima", -12.0, -77.0, 3),
        spot("Sydney", -33.9, 151.2, 3),
        spot("Lagos", 6.5, 3.4, 3),
        spot("Washington", 38.9, -77.0, 3),
    ];
    assert_eq!(choose(&spots), Frame::World);
    let svg = map(&spots, &LABELS);
    assert!(svg.contains(">Tokyo</text>") && !svg.contains("map-inset"));
}

#[test]
fn places_on_both_sides_of_the_180th_meridian_are_one_region() {
    let spots = [spot("Anadyr", 64.7, 177.5, 2), spot("Nome", 64.5, -165.4, 2)];
    assert_eq!(choose(&spots), Frame::Region { core: vec![0, 1], far: vec![] });
    let points: Vec<Xy> = spots.iter().map(Spot::position).collect();
    let view = View::region(&points, (400.0, 240.0), 30.0, 9.0);
    let window = view.window();
    assert!(window.width() < 40.0, "{window:?}");
    assert!(view.point(points[0]).0 < 60.0 && view.point(points[1]).0 > 340.0, "west is left, east is right");
    let ground = Shapes::of(&view).draw(Detail { tolerance: 0.5, least: 1.0 });
    assert!(ground.land.matches(['M', 'm']).count() >= 3, "Asia, America and Saint Lawrence Island: {}", ground.land);
}

#[test]
fn one_place_is_seen_with_what_lies_around_it() {
    let spots = [spot("Damascus", 33.5, 36.3, 1)];
    assert_eq!(choose(&spots), Frame::Region { core: vec![0], far: vec![] });
    let svg = map(&spots, &LABELS);
    assert!(svg.contains(r#"class="land""#) && svg.contains(r#"class="border""#));
    let view = View::region(&[(36.3, 33.5)], (1000.0, 510.0), 30.0, 9.0);
    let (x, y) = view.point((36.3, 33.5));
    assert!((x - 500.0).abs() < 0.01 && (y - 255.0).abs() < 0.01);
}

#[test]
fn without_places_there_is_no_map() {
    assert_eq!(map(&[], &LABELS), "");
    assert_eq!(locator_ground(&[]), "");
    assert_eq!(locator_marks(&[]), "");
}

#[test]
fn every_place_is_a_link_with_a_name_on_each_sheet() {
    let names = forty();
    let spots: Vec<Spot<'_>> = names.iter().map(|(name, lat, lon)| spot(name, *lat, *lon, 3)).collect();
    let svg = map(&spots, &LABELS);
    for spot in &spots {
        let link = format!(r#"data-place="{0}" aria-label="{0}: some events""#, spot.name);
        assert_eq!(svg.matches(&link).count(), 2, "{}", spot.name);
    }
}

#[test]
fn a_map_of_forty_places_is_light_and_so_is_every_locator() {
    let names = forty();
    let spots: Vec<Spot<'_>> = names.iter().map(|(name, lat, lon)| spot(name, *lat, *lon, 250)).collect();
    let svg = map(&spots, &LABELS);
    assert!(svg.len() < 150_000, "the map has {} bytes", svg.len());
    let shores =
        [("Bergen", 60.4, 5.3), ("Athens", 38.0, 23.7), ("Punta Arenas", -53.2, -70.9), ("Makassar", -5.1, 119.4)];
    let inland = [("Geneva", 46.2, 6.1), ("Iqaluit", 63.7, -68.5), ("Turku", 60.5, 22.3), ("Longyearbyen", 78.2, 15.6)];
    for place in shores.into_iter().chain(inland) {
        let ground = locator_ground(&[(place.1, place.2)]);
        assert!((1_000..6_400).contains(&ground.len()), "the ground around {} has {} bytes", place.0, ground.len());
        assert!(locator_marks(&[place]).contains(&format!(">{}</text>", place.0)));
    }
    let far = [shores[0], shores[2], shores[3]];
    let ground = locator_ground(&far.map(|(_, lat, lon)| (lat, lon)));
    assert!(ground.len() < 6_400, "the ground of three far places has {} bytes", ground.len());
    assert_eq!(locator_marks(&far).matches("<circle").count(), 3);
}

#[test]
fn the_same_places_give_the_same_map() {
    assert_eq!(map(&talks(), &LABELS), map(&talks(), &LABELS));
}

#[test]
fn names_lie_neither_on_names_nor_on_circles() {
    for unit in [0.4, 1.0, 1.35] {
        let names = forty();
        let view = View::region(
            &names.iter().map(|(_, lat, lon)| (*lon, *lat)).collect::<Vec<_>>(),
            (1000.0, 500.0),
            40.0,
            9.0,
        );
        let marks: Vec<Mark> = names
            .iter()
            .map(|(name, lat, lon)| Mark { at: view.point((*lon, *lat)), radius: 8.0, width: width(name, 14.0) })
            .collect();
        let edge = Rect::sized(0.0, 0.0, 1000.0, 500.0);
        let positions = place(&marks, 14.0, &Field { edge, unit }, &[]);
        let texts: Vec<(usize, Rect)> = positions
            .iter()
            .enumerate()
            .filter_map(|(number, position)| Some((number, extent(&marks[number], (*position)?, 14.0, unit))))
            .collect();
        assert!(texts.len() > 15, "only {} names found room", texts.len());
        for (number, text) in &texts {
            assert!(edge.holds(text));
            assert!(!texts.iter().any(|(other, box_)| other != number && box_.meets(text)));
            let reach = 8.0 * unit;
            let circle = |mark: &Mark| Rect::sized(mark.at.0 - reach, mark.at.1 - reach, 2.0 * reach, 2.0 * reach);
            assert!(!marks.iter().enumerate().any(|(other, mark)| other != *number && circle(mark).meets(text)));
        }
    }
}

#[test]
fn places_that_share_a_point_are_drawn_beside_each_other() {
    let spots = [spot("A", 33.5, 36.3, 5), spot("B", 33.5, 36.3, 5), spot("C", 33.5, 36.3, 2)];
    let svg = map(&spots, &LABELS);
    let at = |part: &str| {
        let (x, rest) = part.split_once(' ').expect("a point has two numbers");
        let y = rest.split(')').next().expect("it ends");
        (x.parse::<f64>().expect("it is a number"), y.parse::<f64>().expect("it is a number"))
    };
    let links = svg.split(r#"class="spot""#).skip(1);
    let points: Vec<Xy> = links.map(|link| at(link.split("translate(").nth(1).expect("it stands somewhere"))).collect();
    assert_eq!(points.len(), 6);
    for sheet in points.chunks(3) {
        for (a, b) in [(0, 1), (0, 2), (1, 2)] {
            let apart = (sheet[a].0 - sheet[b].0).hypot(sheet[a].1 - sheet[b].1);
            assert!((8.0..30.0).contains(&apart), "{apart} pixels apart");
        }
    }
}

#[test]
fn names_are_escaped() {
    let svg = map(&[Spot { words: "<&\"'", ..spot("<script>&\"'", 1.0, 2.0, 1) }], &LABELS)
        + &locator_marks(&[("<b>\"", 1.0, 2.0)]);
    assert!(!svg.contains("<script") && !svg.contains("<b>") && svg.contains("&lt;script&gt;&amp;&quot;&#39;"));
}

#[test]
fn poles_and_meridians_break_nothing() {
    let edges = [(90.0, 0.0), (-90.0, 0.0), (0.0, 180.0), (0.0, -180.0), (89.9, 179.9), (-89.9, -179.9), (0.0, 0.0)];
    for pair in edges.windows(2) {
        let ((lat, lon), (other_lat, other_lon)) = (pair[0], pair[1]);
        let spots = [spot("A", lat, lon, 1), spot("B", other_lat, other_lon, 0)];
        let svg = map(&spots, &LABELS) + &locator_marks(&[("A", lat, lon), ("B", other_lat, other_lon)]);
        let svg = svg + &locator_ground(&[(lat, lon), (other_lat, other_lon)]);
        assert!(!svg.contains("NaN") && !svg.contains("inf"), "{pair:?}");
        assert_eq!(svg.matches("<a class=\"spot").count(), 4);
    }
}

#[test]
fn what_is_visible_is_in_the_window() {
    for (lat, lon) in [(33.5, 36.3), (64.5, -165.4), (78.0, 15.0), (-85.0, 20.0), (0.0, 179.0)] {
        let view = View::region(&[(lon, lat)], (300.0, 200.0), 30.0, 20.0);
        let window = view.window();
        for (x, y) in [(-14.0, -9.0), (0.0, 0.0), (9.0, 6.0), (-5.0, 8.0)] {
            let position = (lon + x, (lat + y).clamp(-90.0, 90.0));
            if view.canvas().contains(view.project(position)) {
                assert!(window.contains(position), "{position:?} lies outside {window:?}");
            }
        }
    }
}

#[test]
fn a_ring_is_cut_at_the_edge_of_the_picture() {
    let rect = Rect::sized(0.0, 0.0, 10.0, 10.0);
    let cut = clip_ring(vec![(-5.0, 5.0), (5.0, -5.0), (15.0, 5.0), (5.0, 15.0)], &rect);
    assert!(cut.iter().all(|point| rect.contains(*point)), "{cut:?}");
    assert!((super::geometry::area(&cut) - 100.0).abs() < 1e-9);
    assert_eq!(clip_ring(vec![(20.0, 0.0), (30.0, 0.0), (25.0, 9.0)], &rect), []);
    let around = clip_ring(vec![(-9.0, -9.0), (19.0, -9.0), (19.0, 19.0), (-9.0, 19.0)], &rect);
    assert!((super::geometry::area(&around) - 100.0).abs() < 1e-9);
}

#[test]
fn a_line_is_cut_into_the_parts_that_are_seen() {
    let rect = Rect::sized(0.0, 0.0, 10.0, 10.0);
    let parts = clip_line(&[(-5.0, 5.0), (5.0, 5.0), (5.0, 20.0), (8.0, 20.0), (8.0, 5.0)], &rect);
    assert_eq!(parts, [vec![(0.0, 5.0), (5.0, 5.0), (5.0, 10.0)], vec![(8.0, 10.0), (8.0, 5.0)]]);
}
