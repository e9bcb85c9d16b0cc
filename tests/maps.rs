//! The map page, and the small maps in the pages of events and places.

use crate::common::Site;

fn place(name: &str, more: &str) -> String {
    format!("+++\nname = \"{name}\"\n{more}+++\n")
}

fn site() -> Site {
    Site::new()
        .file("content/places/damascus.md", place("Damascus", "lat = 33.51\nlon = 36.28\ncountry = \"SY\"\n"))
        .file("content/places/geneva.md", place("Geneva <& Lake>", "lat = 46.2\nlon = 6.1\n"))
        .file("content/places/syria.md", place("Syria", "lat = 35.0\nlon = 38.5\nprecision = \"country\"\n"))
        .event("one", "2012-06-30", "places = [\"geneva\"]\n")
        .event("two", "2012-07-01", "places = [\"geneva\", \"damascus\"]\n")
        .event("three", "2012-07-02", "places = [\"syria\"]\n")
        .event("four", "2012-07-03", "places = [\"damascus\", \"geneva\"]\n")
}

#[test]
fn every_place_is_a_link_on_the_map_page() {
    let site = site();
    let page = site.build().page("map.html");
    let (figure, list) = page.split_once("</figure>").expect("there is a figure");
    for id in ["damascus", "geneva"] {
        // Once on the wide and once on the narrow sheet.
        assert_eq!(figure.matches(&format!("<a class=\"spot\" href=\"places/{id}.html\"")).count(), 2, "{id}");
        assert!(list.contains(&format!("<tr id=\"place-{id}\">")), "{id} has no row");
        assert!(list.contains(&format!("href=\"places/{id}.html\"")), "{id} is not in the list");
    }
    assert!(figure.contains("aria-label=\"Geneva &lt;&amp; Lake&gt;: 3 events, 2012\""));
    assert!(page.contains("Natural Earth"), "the page says whose ground it is");
}

#[test]
fn the_map_page_says_where_most_events_were_and_how_many_in_the_country_that_it_is_about() {
    let page = site().build().page("map.html");
    assert!(page.contains("Most frequent place: Geneva &lt;&amp; Lake&gt;, with 3 of 4 events (75%)."), "{page}");
    assert!(!page.contains("itself is the place"));
    let about = site().file("site.toml", "title = \"T\"\n\n[map]\nfocus = [\"damascus\"]\n");
    assert!(about.build().page("map.html").contains("(75%). Syria itself: 2 (50%)."));
}

#[test]
fn a_place_without_a_point_is_listed_and_not_drawn() {
    let site = site();
    let page = site.build().page("map.html");
    let (figure, list) = page.split_once("</figure>").expect("there is a figure");
    assert!(!figure.contains("places/syria.html"));
    let elsewhere = list.split("Places not on the map").nth(1).expect("there is a list of them");
    assert!(elsewhere.contains("href=\"places/syria.html\""));
    assert!(!site.page("places/syria.html").contains("class=\"locator\""));
    assert!(!site.page("events/three.html").contains("class=\"locator\""));
}

#[test]
fn a_site_without_any_point_says_so() {
    let site = Site::new().file("content/places/syria.md", place("Syria", "")).event(
        "one",
        "2012-06-30",
        "places = [\"syria\"]\n",
    );
    let page = site.build().page("map.html");
    assert!(!page.contains("<svg") && page.contains("No place in this timeline has coordinates"));
    assert!(page.contains("href=\"places/syria.html\""));
}

#[test]
fn pages_of_events_and_places_show_where() {
    let site = site();
    site.build();
    let map = |path: &str| {
        let page = site.page(path);
        let figure = page.split("<figure class=\"locator\">").nth(1).unwrap_or_else(|| panic!("{path} has no map"));
        figure.split("</figure>").next().expect("it ends").to_owned()
    };
    let (one, two) = (map("events/one.html"), map("events/two.html"));
    assert!(one.contains("href=\"../map.html#place-geneva\""), "{one}");
    assert!(one.contains("aria-label=\"Map: Geneva &lt;&amp; Lake&gt;\""));
    assert_eq!((one.matches("<circle").count(), two.matches("<circle").count()), (1, 2));
    assert_eq!(one, map("places/geneva.html"), "the same place has the same map");
    assert_eq!(two, map("events/four.html"), "the order of places is no other map");
}

#[test]
fn the_grounds_of_small_maps_are_files_that_pages_share() {
    let site = site();
    site.build();
    let ground = |path: &str| {
        let page = site.page(path);
        let address = page.split("<image href=\"../").nth(1).unwrap_or_else(|| panic!("{path} has no ground"));
        address.split('"').next().expect("it ends").to_owned()
    };
    assert_eq!(ground("events/one.html"), "maps/geneva.svg");
    assert_eq!(ground("places/damascus.html"), "maps/damascus.svg");
    let both = ground("events/two.html");
    assert!(both.starts_with("maps/several/") && both.ends_with(".svg"), "{both}");
    assert_eq!(both, ground("events/four.html"));
    let mut grounds: Vec<String> = site.output().into_iter().map(|(path, _)| path).collect();
    grounds.retain(|path| path.starts_with("maps/"));
    assert_eq!(grounds, ["maps/damascus.svg", "maps/geneva.svg", both.as_str()]);
    for path in grounds {
        let ground = site.page(&path);
        assert!(ground.starts_with("<svg xmlns=") && ground.contains("fill=\"#fff\""), "{path}: {ground}");
    }
}
