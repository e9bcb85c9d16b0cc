//! Readers can report an error, or correct it, from every entry.

use crate::common::Site;

const ENTRIES: [&str; 5] = ["events/e.html", "actors/a.html", "places/p.html", "processes/q.html", "about.html"];

fn site(keys: &str) -> Site {
    let event = r#"+++
title = "Ö & “x”"
date = 2017-11-20
kind = "meeting"
actors = ["a"]
places = ["p"]
processes = ["q"]
+++
"#;
    let site = Site::new()
        .file("site.toml", format!("title = \"T\"\nbase_url = \"https://example.org/t/\"\n{keys}"))
        .file("content/events/e.md", event)
        .file("content/actors/a.md", "+++\nname = \"A\"\n+++\n")
        .file("content/places/p.md", "+++\nname = \"P\"\n+++\n")
        .file("content/processes/q.md", "+++\nname = \"Q\"\n+++\n")
        .file("content/pages/about.md", "+++\ntitle = \"About\"\n+++\n");
    site.build();
    site
}

/// The address of the link to report an error in an entry.
#[track_caller]
fn report(site: &Site, path: &str) -> String {
    let page = site.page(path);
    let (_, rest) = page.split_once("<a class=\"report\" href=\"").unwrap_or_else(|| panic!("{path} has no link"));
    let (address, rest) = rest.split_once('"').expect("it ends");
    assert!(rest.starts_with(">Report an error</a>"));
    address.replace("&amp;", "&")
}

#[test]
fn a_mailbox_gets_a_letter_with_title_date_and_address() {
    let site = site("contact = \"mailto:desk@example.org\"\n");
    assert_eq!(
        report(&site, "events/e.html"),
        "mailto:desk@example.org?subject=Error%20in%20%E2%80%9C%C3%96%20%26%20%E2%80%9Cx%E2%80%9D%E2%80%9D&body=%C3%96%20%26%20%E2%80%9Cx%E2%80%9D%0D%0A20%20November%202017%0D%0Ahttps%3A%2F%2Fexample.org%2Ft%2Fevents%2Fe.html%0D%0A%0D%0AWhat%20is%20wrong%2C%20and%20which%20source%20shows%20it%3F%0D%0A"
    );
    for path in ENTRIES {
        assert!(report(&site, path).starts_with("mailto:desk@example.org?subject=Error%20in%20"), "{path}");
        assert!(!site.page(path).contains("Edit this entry"), "{path}: there is no repository");
    }
}

#[test]
fn a_form_gets_what_it_can_take() {
    let form = site("contact = \"https://example.net/form?site=t&x=1\"\n");
    assert_eq!(report(&form, "about.html"), "https://example.net/form?site=t&x=1");
    let issues = site("contact = \"https://github.com/o/r/issues/new\"\n");
    let link = report(&issues, "actors/a.html");
    assert!(
        link.starts_with(
            "https://github.com/o/r/issues/new?title=Error%20in%20%E2%80%9CA%E2%80%9D&body=A%0Ahttps%3A%2F%2F"
        ),
        "{link}"
    );
    let own = site("contact = \"https://example.org/t/about.html#report\"\n");
    assert_eq!(report(&own, "events/e.html"), "../about.html#report");
    assert_eq!(report(&own, "about.html"), "about.html#report");
}

#[test]
fn a_repository_gives_links_to_its_files_and_issues_in_the_form_of_its_host() {
    for (repository, edit, history, report_url) in [
        (
            "https://github.com/o/r/",
            "https://github.com/o/r/edit/HEAD/",
            "https://github.com/o/r/commits/HEAD/",
            "https://github.com/o/r/issues/new?title=",
        ),
        (
            "https://gitlab.com/g/s/r.git",
            "https://gitlab.com/g/s/r/-/blob/HEAD/",
            "https://gitlab.com/g/s/r/-/commits/HEAD/",
            "https://gitlab.com/g/s/r/-/issues/new?issue%5Btitle%5D=",
        ),
        (
            "https://codeberg.org/o/r",
            "https://codeberg.org/o/r/src/commit/HEAD/",
            "https://codeberg.org/o/r/commits/commit/HEAD/",
            "https://codeberg.org/o/r/issues/new?title=",
        ),
        (
            "https://bitbucket.org/o/r",
            "https://bitbucket.org/o/r/src/HEAD/",
            "https://bitbucket.org/o/r/history-node/HEAD/",
            "https://bitbucket.org/o/r/issues/new",
        ),
    ] {
        let site = site(&format!("repository = \"{repository}\"\n"));
        for path in ENTRIES {
            assert!(site.page(path).contains(&format!("<a href=\"{edit}content/")), "{path} of {repository}");
            assert!(report(&site, path).starts_with(report_url), "{}", report(&site, path));
        }
        assert!(site.page("events/e.html").contains(&format!("<a href=\"{history}content/events/e.md\"")));
    }
    let other = site("repository = \"https://example.net/o/r\"\n");
    assert!(other.page("about.html").contains("https://example.net/o/r/edit/HEAD/content/pages/about.md"));
    assert!(!other.page("about.html").contains("Report an error"), "whether the host has issues is not known");
    let both = site("repository = \"https://github.com/o/r\"\ncontact = \"mailto:desk@example.org\"\n");
    assert!(report(&both, "events/e.html").starts_with("mailto:"));
}

#[test]
fn a_site_that_nobody_can_write_to_is_warned_before_it_is_published() {
    let keys = |keys: &str| Site::new().file("site.toml", format!("title = \"T\"\n{keys}")).codes();
    assert_eq!(keys("base_url = \"https://example.org/\"\n"), ["no-contact"]);
    assert!(keys("").is_empty(), "it is not to be published yet");
    assert!(keys("base_url = \"https://example.org/\"\ncontact = \"mailto:a@b.org\"\n").is_empty());
    assert!(keys("base_url = \"https://example.org/\"\nrepository = \"https://example.net/r\"\n").is_empty());
    assert_eq!(
        keys("base_url = \"https://example.org/\"\ncontact = \"a@b.org\"\n"),
        ["invalid-url"],
        "one mistake, one report"
    );
    assert_eq!(keys("base_url = \"https://example.org//x\"\n"), ["invalid-url"]);
}
