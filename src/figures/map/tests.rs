use super::*;

fn spot<'a>(name: &'a str, lat: f64, lon: f64, count: usize) -> Spot<'a> {
    Spot { id: name, name, url: "places/x.html", lat, lon, count, words: "some events" }
}

const WORDS: Words<'static> = Words { title: "Map", description: "Where.", events: &|count| format!("{count} events") };

#[test]
fn smoke() {
    let out = map(&[spot("Damascus", 33.5, 36.3, 10), spot("New York", 40.7, -74.0, 3)], &WORDS);
    assert!(out.contains("Damascus"));
}
