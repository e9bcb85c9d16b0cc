//! The list of families of outputs, and pages at any depth.

use std::collections::BTreeSet;
use std::path::Path;

use annals::steps::{
    Content, Day, Goal, Job, OUTPUT_FAMILIES, Options, Output, Prepared, Publication, SitePath, Timings, prepare,
};

/// The golden site, which has something of everything.
fn golden() -> Prepared {
    golden_for(Goal::Site)
}

fn golden_for(goal: Goal) -> Prepared {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/forms/site");
    let today = Day { year: 2026, month: 1, day: 1 };
    let publication = Publication { drafts: false, future: false, today };
    let options = Options { goal, publication, base_url: None, preview: false, commit: None, cache: true };
    prepare(&root, &options, &mut Timings::default()).expect("the golden site can be read")
}

#[test]
fn a_check_plans_the_files_of_a_build_without_their_texts() {
    let (built, checked) = (golden(), golden_for(Goal::Report));
    let paths = |prepared: &Prepared| prepared.outputs.iter().map(|output| output.path.clone()).collect::<Vec<_>>();
    assert_eq!(paths(&checked), paths(&built));
    let kept = |prepared: &Prepared| {
        let events = &prepared.ready.renderer.site.timeline.events;
        events.iter().map(|event| event.entry.text.markdown.len() + event.entry.lead.len()).sum::<usize>()
    };
    assert!(kept(&built) > 0 && kept(&checked) == 0, "{} and {}", kept(&built), kept(&checked));
}

fn job(output: &Output) -> Option<&Job> {
    match &output.content {
        Content::Render(job) => Some(job),
        _ => None,
    }
}

#[test]
fn each_family_in_the_list_is_planned_rendered_and_described() {
    let prepared = golden();
    let timeline = &prepared.ready.renderer.site.timeline;
    let architecture = Path::new(env!("CARGO_MANIFEST_DIR")).join("ARCHITECTURE.md");
    let architecture = std::fs::read_to_string(architecture).expect("ARCHITECTURE.md can be read");
    let row = architecture.lines().find(|line| line.starts_with("| `outputs/`")).expect("outputs/ has a row");
    for family in OUTPUT_FAMILIES {
        let is_of_family = |output: &&Output| job(output).is_some_and(|job| job.family() == *family);
        let outputs: Vec<&Output> = prepared.outputs.iter().filter(is_of_family).collect();
        assert!(!outputs.is_empty(), "no file of the family `{family}` is planned");
        for output in outputs {
            let path = job(output).map(|job| job.path(timeline));
            assert_eq!(path.as_ref(), Some(&output.path), "a job knows where it is written");
            let bytes = prepared.ready.make(output).expect("the file can be made");
            assert!(!bytes.is_empty(), "{} is empty", output.path);
        }
        assert!(row.contains(family), "the row of outputs/ in ARCHITECTURE.md does not name `{family}`");
    }
}

#[test]
fn exactly_the_indexed_pages_are_in_the_sitemap_and_all_other_pages_say_noindex() {
    let prepared = golden();
    let text =
        |output: &Output| String::from_utf8(prepared.ready.make(output).expect("it can be made")).expect("UTF-8");
    let sitemap = prepared.outputs.iter().find(|output| output.path.as_str() == "sitemap.xml");
    let sitemap = text(sitemap.expect("there is a sitemap"));
    let mut pages = 0;
    for output in &prepared.outputs {
        let Some(job) = job(output).filter(|_| output.path.as_str().ends_with(".html")) else { continue };
        let address = format!("<loc>{}</loc>", output.path.canonical("https://example.org/forms/"));
        assert_eq!(sitemap.contains(&address), job.is_indexed(), "{}", output.path);
        assert_eq!(text(output).contains("noindex"), !job.is_indexed(), "{}", output.path);
        pages += 1;
    }
    assert!(pages > 20, "only {pages} pages");
}

#[test]
fn a_page_links_to_files_that_are_there_however_deep_it_is() {
    let prepared = golden();
    let paths: BTreeSet<&str> = prepared.outputs.iter().map(|output| output.path.as_str()).collect();
    for folder in ["", "ar/", "ar/draft/", "ar/draft/2/"] {
        let mut links = 0;
        let pages = prepared.outputs.iter().filter(|output| job(output).is_some());
        for page in pages.filter(|output| output.path.as_str().ends_with(".html")) {
            let mut page = page.clone();
            page.path = SitePath::new(format!("{folder}{}", page.path));
            let html = prepared.ready.make(&page).expect("the page can be made");
            let html = String::from_utf8(html).expect("pages are UTF-8");
            for link in relative_links(&html) {
                let target = target(page.path.as_str(), link);
                let found = target.as_deref().is_some_and(|target| paths.contains(target));
                assert!(found, "{} links to `{link}`, which is {target:?}", page.path);
                links += 1;
            }
        }
        assert!(links > 500, "only {links} links in {folder}");
    }
}

/// Returns the relative addresses in a page, except fragments alone.
fn relative_links(html: &str) -> impl Iterator<Item = &str> {
    let values = [" href=\"", " src=\"", " action=\""].map(|name| html.split(name).skip(1));
    let addresses = values.into_iter().flatten().filter_map(|rest| rest.split('"').next());
    addresses.filter(|address| {
        let scheme = address.split(['/', '#', '?']).next().is_some_and(|first| first.contains(':'));
        !scheme && !address.is_empty() && !address.starts_with(['#', '/'])
    })
}

/// Resolves a relative link on a page to a path inside the site; `None` if it goes above the site's root.
fn target(page: &str, link: &str) -> Option<String> {
    let mut folders: Vec<&str> = page.split('/').collect();
    folders.pop();
    let link = link.split(['#', '?']).next().unwrap_or_default();
    let link = percent_encoding::percent_decode_str(link).decode_utf8_lossy().into_owned();
    for part in link.split('/') {
        if part == ".." {
            folders.pop()?;
        } else {
            folders.push(part);
        }
    }
    Some(folders.join("/"))
}
