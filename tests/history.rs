//! How entries changed, from git: what pages show, and what no file ever holds.
//!
//! Each test makes a repository of its own. Moments are given, so that every run gives the same commits.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::common::{Run, Site, annals, files, run};

/// What must be in no file of a site.
const CANARY: &str = "canary-7f3a";
/// The message of every commit, and a part of every name and address in it.
const MESSAGE: &str = "told-to-nobody";

/// A site in a repository.
struct Repository {
    site: Site,
    /// The folder of the repository.
    top: PathBuf,
    commits: std::cell::Cell<u64>,
    format: &'static str,
}

/// An event with these lines in its front matter.
fn event(title: &str, more: &str) -> String {
    format!("+++\ntitle = \"{title}\"\nkind = \"meeting\"\n{more}+++\nText.\n")
}

fn git(folder: &Path, arguments: &[&str]) -> String {
    let mut command = Command::new("git");
    command.current_dir(folder).args(["-c", "user.name=Told-To-Nobody", "-c", "user.email=told-to-nobody@example.org"]);
    command.args(["-c", "init.defaultBranch=main", "-c", "commit.gpgSign=false", "-c", "protocol.file.allow=always"]);
    command.args(arguments).env("GIT_CONFIG_NOSYSTEM", "1").env("GIT_CONFIG_GLOBAL", "/dev/null");
    let output = command.output().expect("git is installed");
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

impl Repository {
    fn new() -> Self {
        Self::of(Site::new().file(
            "site.toml",
            "title = \"T\"\nbase_url = \"https://example.org/\"\ncontact = \"mailto:a@example.org\"\n",
        ))
    }

    fn of(site: Site) -> Self {
        let top = site.root().to_owned();
        Self::at(site, top, "sha1")
    }

    fn at(site: Site, top: PathBuf, format: &'static str) -> Self {
        git(&top, &["init", "--quiet", "--object-format", format]);
        fs::write(top.join(".gitignore"), "public\n.cache\n").expect("the file can be written");
        Self { site, top, commits: 0.into(), format }
    }

    /// Commits everything, at 09:00 UTC of the day after the previous commit; the first is on 1 January 2020. Returns the first
    /// 10 digits of the id.
    fn commit(&self) -> String {
        let number = self.commits.get() + 1;
        self.commits.set(number);
        self.commit_on(&format!("2020-01-{number:02}T10:00:00+01:00"))
    }

    fn commit_on(&self, moment: &str) -> String {
        git(&self.top, &["add", "--all"]);
        let mut command = Command::new("git");
        command.current_dir(&self.top).args([
            "-c",
            "user.name=Told-To-Nobody",
            "-c",
            "user.email=told-to-nobody@e.org",
        ]);
        command.args(["-c", "commit.gpgSign=false", "commit", "--quiet", "--allow-empty", "--message", MESSAGE]);
        command.env("GIT_AUTHOR_DATE", moment).env("GIT_COMMITTER_DATE", moment);
        assert!(command.status().expect("git is installed").success());
        self.head()
    }

    fn head(&self) -> String {
        git(&self.top, &["rev-parse", "HEAD"])[..10].to_owned()
    }

    /// Writes an event, `a`, and commits.
    fn write(&self, title: &str, more: &str) -> String {
        self.site.write("content/events/a.md", event(title, more));
        self.commit()
    }

    /// Builds the site and returns the text of the history on a page, without markup, in one line.
    #[track_caller]
    fn history(&self, path: &str) -> String {
        self.site.build();
        let page = self.site.page(path);
        let (_, rest) = page.split_once("<h2 id=\"_history\">").unwrap_or_else(|| panic!("{path} has no history"));
        words(rest.split_once("</section>").expect("it ends").0)
    }

    #[track_caller]
    fn changes(&self) -> String {
        self.site.build();
        let page = self.site.page("changes.html");
        words(page.split_once("<main").expect("it has a main part").1.split_once("</main>").expect("it ends").0)
    }

    /// Builds with and without drafts, future events and the cache. Asserts that no file has the canary, exact coordinates,
    /// what git records about people, or the id of an object.
    #[track_caller]
    fn assert_discreet(&self) {
        for options in [&["build"][..], &["build", "--drafts", "--future"], &["build", "--no-cache", "--drafts"]] {
            let built = self.site.run(options);
            assert_eq!(built.code, 0, "{}", built.stderr);
            let ids = git(&self.top, &["rev-list", "--objects", "--all"]);
            let ids: Vec<&str> = ids.lines().filter_map(|line| line.get(..20)).collect();
            for (path, bytes) in self.site.output() {
                let text = String::from_utf8_lossy(&bytes).to_lowercase();
                for word in [CANARY, MESSAGE, "33.51", "36.29"] {
                    assert!(!text.contains(word), "{path} tells {word} with {options:?}");
                }
                assert!(!ids.iter().any(|id| text.contains(id)), "{path} names an object of the repository");
            }
        }
    }
}

/// Returns the text of HTML with single spaces.
fn words(html: &str) -> String {
    let text = html.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect::<Vec<_>>();
    text.join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Pages have a history at all. Otherwise, tests of what is absent from it would prove nothing.
#[test]
fn changed_facts_are_shown_with_moment_and_commit() {
    let repository = Repository::new();
    let first = repository.write("A", "date = \"2017-11\"\n");
    let second = repository.write("A", "date = 2017-11-20\nconfidence = \"disputed\"\n");
    assert_eq!(
        repository.history("events/a.html"),
        format!(
            "How this entry changed 2 January 2020 09:00 UTC Commit {second} Changed \
             Date November 2017 → 20 November 2017 Confidence Confirmed → Disputed \
             1 January 2020 09:00 UTC Commit {first} Added Changes to all entries"
        )
    );
    let page = repository.site.page("events/a.html");
    assert!(
        page.contains("<del>November 2017</del> <span class=\"change-word\">→</span> <ins>20\u{a0}November 2017</ins>")
    );
    assert!(page.contains("datetime=\"2020-01-02T09:00:00Z\""));
    assert!(page.contains("\"datePublished\":\"2020-01-01\"") && page.contains("\"dateModified\":\"2020-01-02\""));
    assert!(repository.site.page("sitemap.xml").contains("<lastmod>2020-01-02</lastmod>"));
    let changes = repository.changes();
    assert!(
        changes.contains(&format!("2 January 2020 09:00 UTC Commit {second} Changed A Date November 2017 →")),
        "{changes}"
    );
    assert!(changes.contains(&format!("1 January 2020 09:00 UTC Commit {first} Added A")), "{changes}");
    assert!(repository.site.page("corrections.html").contains("href=\"changes.html\""));
    repository.assert_discreet();
}

#[test]
fn lists_of_facts_tell_what_was_added_and_removed() {
    let repository = Repository::new();
    for name in ["beta", "gamma"] {
        repository.site.write(&format!("content/actors/{name}.md"), format!("+++\nname = \"The {name}\"\n+++\n"));
    }
    let vote = "[vote]\nbody = \"beta\"\nadopted = true\nno = 2\nyes = ";
    repository.write("A", &format!("date = 2017-11-20\nactors = [\"beta\"]\n{vote}11\n"));
    let sources = "[[sources]]\nid = \"s\"\ntitle = \"Minutes\"\npublisher = \"P\"\ndate = 2017-11-21\n";
    repository.write("A", &format!("date = 2017-11-20\nactors = [\"gamma\"]\n{vote}12\n{sources}"));
    let history = repository.history("events/a.html");
    let facts = "Changed Actors added The gamma removed The beta In favour 11 → 12 \
                 Sources added Minutes, P, 21 November 2017";
    assert!(history.contains(facts), "{history}");
    assert!(
        repository.site.page("events/a.html").contains("<ins><a href=\"../actors/gamma.html\">The gamma</a></ins>")
    );
}

#[test]
fn corrections_edits_and_retractions_are_distinguished() {
    let repository = Repository::new();
    let date = "date = 2017-11-20\n";
    repository.write("A", date);
    repository.write("A", &format!("{date}[[corrections]]\ndate = 2020-01-02\nnote = \"The day was wrong.\"\n"));
    let history = repository.history("events/a.html");
    assert!(history.contains("Corrected The day was wrong. 1 January 2020"), "{history}");
    repository.site.write("content/events/b.md", event("B", date));
    repository.commit();
    repository.site.write("content/events/b.md", event("B", date).replace("Text.", "Other words."));
    repository.commit();
    let history = repository.history("events/b.html");
    assert!(history.contains("09:00 UTC Commit") && history.contains("Edited text"), "{history}");
    repository.site.write("content/events/b.md", event("B", &format!("{date}retracted = \"It did not happen.\"\n")));
    repository.commit();
    let changes = repository.changes();
    assert!(changes.contains("Retracted B It did not happen. 2 January 2020"), "{changes}");
    assert_eq!(changes.matches(" B ").count(), 1, "nothing else of a retracted entry is shown: {changes}");
}

#[test]
fn formatting_and_private_matter_change_nothing() {
    let repository = Repository::new();
    let text = "+++\ntitle = \"A\"\ndate = 2017-11-20\nkind = \"meeting\"\n+++\nTwo words\nand *two* more.\n";
    repository.site.write("content/events/a.md", text);
    repository.commit();
    for other in [
        text.replace("words\nand", "words and"),
        text.replace("*two*", "_two_"),
        text.replace("title = \"A\"\ndate", "# A comment.\ntitle = 'A'\ndate"),
        text.replace("+++\nTwo", "[private]\nnote = \"ask\"\n+++\nTwo"),
        text.replace("more.", "more.\n\n<!-- Hidden. -->"),
    ] {
        repository.site.write("content/events/a.md", other);
        repository.commit();
    }
    let history = repository.history("events/a.html");
    assert!(history.starts_with("How this entry changed 1 January 2020 09:00 UTC"), "{history}");
}

/// Whatever was never published, although an earlier revision has it, is in no file with any options.
#[test]
fn what_was_never_published_stays_so() {
    let repository = Repository::new();
    let date = "date = 2017-11-20\n";
    let wrong = "date = 1999-01-01\nsummary = \"canary-7f3a\"\n";
    // Private matter and comments.
    repository.write("A", &format!("{date}[private]\nnote = \"{CANARY}\"\n"));
    repository.write("A", &format!("# {CANARY}\n{date}"));
    repository.write("A", &format!("{date}[extra]\nnote = \"canary\"\n"));
    // Drafts, gated and embargoed revisions between published ones.
    repository.write(CANARY, &format!("{wrong}draft = true\n"));
    repository.write(CANARY, &format!("{wrong}confidence = \"unverified\"\n"));
    repository.write(CANARY, &format!("{wrong}embargo = 2020-02-01\n"));
    // What cannot be read, or could not be published.
    repository.site.write("content/events/a.md", format!("{CANARY} without front matter"));
    repository.commit();
    repository.site.write("content/events/a.md", event(CANARY, date).replace("Text.", "<div>raw</div>"));
    repository.commit();
    // A retraction, and what the entry claimed before.
    repository.write("Restored", date);
    repository.site.write("content/events/b.md", event(CANARY, date));
    repository.commit();
    repository.site.write("content/events/b.md", event("B", &format!("{date}retracted = \"Wrong.\"\n")));
    repository.commit();
    // An actor that is gone.
    repository.site.write("content/actors/secret-canary-7f3a.md", "+++\nname = \"canary-7f3a\"\n+++\n");
    repository.write("Restored", &format!("{date}actors = [\"secret-canary-7f3a\"]\n"));
    fs::remove_file(repository.site.path("content/actors/secret-canary-7f3a.md")).expect("it is there");
    repository.write("Restored", date);
    // Exact coordinates before the precision was set.
    let place = |lines: &str| format!("+++\nname = \"Place\"\n{lines}+++\n");
    repository.site.write("content/places/p.md", place("lat = 33.5138\nlon = 36.2765\n"));
    repository.commit();
    repository.site.write("content/places/p.md", place("lat = 33.5199\nlon = 36.2999\n"));
    repository.commit();
    repository.site.write("content/places/p.md", place("lat = 33.5199\nlon = 36.2999\nprecision = \"region\"\n"));
    repository.commit();
    let settings = "title = \"T\"\nbase_url = \"https://example.org/\"\n[publish]\nconfidence = [\"confirmed\"]\n";
    repository.site.write("site.toml", settings);
    repository.commit();
    repository.assert_discreet();
    let history = repository.history("events/a.html");
    assert!(history.contains("Title A → Restored"), "{history}");
    assert!(history.contains("Actors added no longer in this timeline"), "{history}");
    let place = repository.history("places/p.html");
    assert!(place.contains("Precision added to about ten kilometres") && !place.contains("Coordinates"), "{place}");
}

#[test]
fn only_events_have_a_confidence_that_can_hide_their_history() {
    let repository = Repository::new();
    let settings = "title = \"T\"\nbase_url = \"https://example.org/\"\ndefault_confidence = \"unverified\"\n";
    repository.site.write("site.toml", format!("{settings}[publish]\nconfidence = [\"confirmed\"]\n"));
    for (kind, key) in [("actors", "name"), ("places", "name"), ("processes", "name"), ("pages", "title")] {
        repository.site.write(&format!("content/{kind}/x.md"), format!("+++\n{key} = \"Old\"\n+++\nText.\n"));
    }
    repository.write("Hidden", "date = 2017-11-20\nactors = [\"x\"]\nplaces = [\"x\"]\nprocesses = [\"x\"]\n");
    for (kind, key) in [("actors", "name"), ("places", "name"), ("processes", "name"), ("pages", "title")] {
        repository.site.write(&format!("content/{kind}/x.md"), format!("+++\n{key} = \"New\"\n+++\nText.\n"));
    }
    repository.write(
        "A",
        "date = 2017-11-20\nconfidence = \"confirmed\"\nactors = [\"x\"]\nplaces = [\"x\"]\nprocesses = [\"x\"]\n",
    );
    repository.write(
        "B",
        "date = 2017-11-20\nconfidence = \"confirmed\"\nactors = [\"x\"]\nplaces = [\"x\"]\nprocesses = [\"x\"]\n",
    );
    for page in ["actors/x.html", "places/x.html", "processes/x.html", "x.html"] {
        let history = repository.history(page);
        assert!(history.contains("Old → New"), "{page}: {history}");
    }
    let history = repository.history("events/a.html");
    assert!(history.contains("A → B") && !history.contains("Hidden"), "{history}");
}

#[test]
fn a_restored_entry_does_not_tell_what_it_said_before_its_retraction() {
    let repository = Repository::new();
    repository.write(CANARY, "date = 2017-11-20\n");
    repository.write("A", "date = 2017-11-20\nretracted = \"Wrong.\"\n");
    repository.write("A", "date = 2017-11-20\n");
    repository.write("Better", "date = 2017-11-20\n");
    let history = repository.history("events/a.html");
    assert!(
        history.contains("Title A → Better") && history.contains("What changed earlier is not known here."),
        "{history}"
    );
    repository.assert_discreet();
}

#[test]
fn an_embargo_that_ended_in_time_counts() {
    let repository = Repository::new();
    repository.write("A", "date = 2017-11-20\nembargo = 2020-01-05\n");
    repository.site.write("content/events/a.md", event("B", "date = 2017-11-20\n"));
    repository.commit_on("2020-01-05T08:00:00Z");
    let history = repository.history("events/a.html");
    assert!(history.contains("Title A → B") && history.contains("5 January 2020 00:00 UTC"), "{history}");
}

#[test]
fn a_site_without_git_is_the_same_as_one_without_history() {
    let repository = Repository::new();
    repository.write("A", "date = 2017-11-20\n");
    repository.write("B", "date = 2017-11-20\n");
    let with = |settings: &str| {
        let site = Site::copy_of(repository.site.root());
        site.write("site.toml", format!("title = \"T\"\n{settings}"));
        site
    };
    let without = with("");
    fs::remove_dir_all(without.path(".git")).expect("it is there");
    without.build();
    let off = with("[history]\nenabled = false\n");
    off.build();
    // `build.json` names the commit, and `SHA256SUMS` has its sum.
    let pages = |site: &Site| {
        let is_proof = |path: &str| ["build.json", "SHA256SUMS"].contains(&path);
        site.output().into_iter().filter(|(path, _)| !is_proof(path)).collect::<Vec<_>>()
    };
    assert_eq!(pages(&without), pages(&off));
    assert!(!without.path("public/changes.html").exists());
    assert!(!without.page("events/a.html").contains("_history"));
    let unborn = with("");
    fs::remove_dir_all(unborn.path(".git")).expect("it is there");
    git(unborn.root(), &["init", "--quiet"]);
    let built = unborn.run(&["build"]);
    assert!(built.code == 0 && built.stderr.is_empty(), "{}", built.stderr);
    assert_eq!(pages(&without), pages(&unborn));
    let quiet = with("[history]\nfacts = false\n");
    quiet.build();
    let page = quiet.page("events/a.html");
    assert!(page.contains("_history") && page.contains("Changed") && !page.contains("<del>"));
}

#[test]
fn an_entry_that_is_not_committed_has_no_history() {
    let repository = Repository::new();
    repository.write("A", "date = 2017-11-20\n");
    repository.site.write("content/events/b.md", event("B", "date = 2017-11-20\n"));
    repository.site.write("content/events/a.md", event("On disk", "date = 2017-11-20\n"));
    let history = repository.history("events/a.html");
    assert!(history.contains("1 January 2020 09:00 UTC") && !history.contains("On disk"), "{history}");
    assert!(repository.site.page("events/a.html").contains("<h1>On disk</h1>"));
    assert!(!repository.site.page("events/b.html").contains("_history"));
}

/// Runs annals on a site in a folder of a repository, wherever that is.
#[track_caller]
fn build_in(root: &Path) -> Run {
    let built = run(annals().arg("--root").arg(root).arg("build"));
    assert_eq!(built.code, 0, "{}", built.stderr);
    built
}

#[test]
fn a_shallow_clone_knows_where_its_history_begins() {
    let repository = Repository::new();
    repository.write("A", "date = 2017-11-20\n");
    repository.write("B", "date = 2017-11-20\n");
    repository.write("C", "date = 2017-11-20\n");
    let clone = Site::empty();
    let url = format!("file://{}", repository.top.display());
    git(clone.root(), &["clone", "--quiet", "--depth=2", &url, "clone"]);
    let root = clone.path("clone");
    let built = build_in(&root);
    assert!(built.stderr.contains("note[incomplete-history]"), "{}", built.stderr);
    assert!(
        built.stderr.contains("shallow clone: the history of the entries begins on 2020-01-02"),
        "{}",
        built.stderr
    );
    let page = fs::read_to_string(root.join("public/events/a.html")).expect("it is there");
    let history = words(page.split_once("id=\"_history\"").expect("there is a history").1);
    assert!(history.contains("Title B → C") && !history.contains("Added"), "{history}");
    assert!(history.contains("What changed earlier is not known here."), "{history}");
    let changes = fs::read_to_string(root.join("public/changes.html")).expect("it is there");
    assert!(words(&changes).contains("This site knows what changed since 2 January 2020."));
    git(&root, &["fetch", "--quiet", "--unshallow"]);
    build_in(&root);
    let page = fs::read_to_string(root.join("public/events/a.html")).expect("it is there");
    assert!(
        page.contains("Title") && words(&page).contains("Added"),
        "the rest of the history is read as soon as it is there"
    );
}

#[test]
fn renamed_and_moved_entries_keep_their_history() {
    let repository = Repository::new();
    repository.write("A", "date = 2017-11-20\n");
    repository.write("B", "date = 2017-11-20\n");
    // Another name, which the entry keeps as an alias although most of the text changed.
    fs::remove_file(repository.site.path("content/events/a.md")).expect("it is there");
    let renamed = event("B", "date = 2017-11-20\naliases = [\"a\"]\n");
    repository.site.write("content/events/new.md", &renamed);
    repository.commit();
    let history = repository.history("events/new.html");
    assert!(history.contains("Title A → B") && history.contains("Added"), "{history}");
    // A folder of its own, and all of it changed.
    fs::remove_file(repository.site.path("content/events/new.md")).expect("it is there");
    let other =
        "date = 2017-11-20\nsummary = \"Quite another summary, much longer than all that was there before it.\"\n";
    repository.site.write("content/events/2017/new.md", event("C", &format!("{other}aliases = [\"a\"]\n")));
    repository.commit();
    let history = repository.history("events/new.html");
    assert!(history.contains("Title B → C") && history.contains("Title A → B"), "{history}");
    // The whole site goes into a sub-folder.
    let moved = repository.site.path("sites/syria");
    fs::create_dir_all(&moved).expect("folders can be made");
    for name in ["content", "site.toml"] {
        fs::rename(repository.site.path(name), moved.join(name)).expect("it can be moved");
    }
    repository.commit();
    build_in(&moved);
    let page = fs::read_to_string(moved.join("public/events/new.html")).expect("it is there");
    let history = words(page.split_once("id=\"_history\"").expect("there is a history").1);
    assert!(
        history.contains("Title B → C") && history.contains("Title A → B") && history.contains("Added"),
        "{history}"
    );
}

/// Short entries resemble each other, so git takes the deletion of one and the addition of another for a renaming.
#[test]
fn an_entry_does_not_get_the_history_of_another() {
    let repository = Repository::new();
    let long = |word: &str| {
        let tags: String = (0..6).map(|number| format!("    \"a tag that both have, number {number}\",\n")).collect();
        format!("date = 2017-11-20\nsummary = \"{word}\"\ntags = [\n{tags}]\n")
    };
    repository.write(CANARY, &long("One"));
    fs::remove_file(repository.site.path("content/events/a.md")).expect("it is there");
    repository.site.write("content/events/b.md", event("B", &long("Two")));
    repository.commit();
    repository.assert_discreet();
    assert!(repository.history("events/b.html").contains("2 January 2020 09:00 UTC"));
}

#[test]
fn what_a_branch_did_counts_when_it_is_merged() {
    let repository = Repository::new();
    repository.write("A", "date = 2017-11-20\n");
    git(&repository.top, &["switch", "--quiet", "--create", "branch"]);
    repository.write("Draft of a branch", "date = 2017-11-20\n");
    repository.write("B", "date = 2017-11-20\n");
    git(&repository.top, &["switch", "--quiet", "main"]);
    repository.site.write("content/events/b.md", event("Other", "date = 2017-11-20\n"));
    repository.commit();
    git(&repository.top, &["merge", "--quiet", "--no-ff", "--no-edit", "branch"]);
    let merge = repository.head();
    let history = repository.history("events/a.html");
    assert!(history.contains(&format!("Commit {merge} Changed Title A → B")), "{history}");
    assert!(!history.contains("Draft of a branch"), "{history}");
}

#[test]
fn a_sub_folder_and_sha_256_make_no_difference() {
    let site = Site::empty().file("sites/syria/site.toml", "title = \"T\"\nrepository = \"https://code.example.org/o/r\"\nrepository_host = \"forgejo\"\nrepository_branch = \"main\"\n");
    let top = site.root().to_owned();
    let repository = Repository::at(site, top, "sha256");
    assert_eq!(repository.format, "sha256");
    repository.site.write("sites/syria/content/events/a.md", event("A", "date = \"2017\"\n"));
    let first = repository.commit();
    let root = repository.site.path("sites/syria");
    build_in(&root);
    let page = fs::read_to_string(root.join("public/events/a.html")).expect("it is there");
    for address in [
        format!("<a href=\"https://code.example.org/o/r/commit/{first}\" rel=\"external\">{first}</a>"),
        "https://code.example.org/o/r/_edit/main/sites/syria/content/events/a.md".to_owned(),
        "https://code.example.org/o/r/commits/branch/main/sites/syria/content/events/a.md".to_owned(),
        "https://code.example.org/o/r/issues/new?title=".to_owned(),
    ] {
        assert!(page.contains(&address), "{address}");
    }
}

#[test]
fn a_repository_that_git_does_not_trust_or_cannot_read_is_reported() {
    let repository = Repository::new();
    repository.write("A", "date = 2017-11-20\n");
    let mut command = annals();
    command.arg("--root").arg(repository.site.root()).arg("build").env("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1");
    let built = run(command.env("HOME", "/nonexistent").env_remove("XDG_CONFIG_HOME"));
    assert_eq!(built.code, 0, "{}", built.stderr);
    assert!(built.stderr.contains("another user owns the repository"), "{}", built.stderr);
    assert!(!repository.site.path("public/changes.html").exists());
    let mut command = annals();
    command.arg("--root").arg(repository.site.root()).args(["build", "--no-cache"]).env("PATH", "/nonexistent");
    let built = run(&mut command);
    assert_eq!(built.code, 0, "{}", built.stderr);
    assert!(built.stderr.contains("git cannot be run"), "{}", built.stderr);
    let built = repository.site.run(&["build", "--strict"]);
    assert!(built.code == 0 && repository.site.path("public/changes.html").exists(), "{}", built.stderr);
}

/// The configuration of a repository may come from an attacker, and that of the user may change how git works.
#[test]
fn nothing_that_is_configured_is_run_and_no_setting_changes_a_byte() {
    let repository = Repository::new();
    repository.write("A", "date = 2017-11-20\n");
    fs::rename(repository.site.path("content/events/a.md"), repository.site.path("content/events/b.md"))
        .expect("a move");
    repository.commit();
    repository.site.build();
    let plain = repository.site.output();
    let ran = repository.site.path("ran");
    let script = repository.site.path("run.sh");
    fs::write(&script, format!("#!/bin/sh\ntouch {}\ncat\n", ran.display())).expect("the file can be written");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).expect("it can be made executable");
    }
    let script = script.to_str().expect("the path is UTF-8");
    for setting in [
        ["core.pager", script],
        ["core.fsmonitor", script],
        ["core.hooksPath", script],
        ["diff.external", script],
        ["diff.x.textconv", script],
        ["filter.x.smudge", script],
        ["gpg.program", script],
        ["log.showSignature", "true"],
        ["log.mailmap", "true"],
        ["log.date", "relative"],
        ["log.decorate", "full"],
        ["log.follow", "true"],
        ["diff.renames", "false"],
        ["diff.relative", "true"],
        ["color.ui", "always"],
        ["core.quotePath", "true"],
        ["core.abbrev", "4"],
        ["format.pretty", "fuller"],
    ] {
        git(&repository.top, &["config", setting[0], setting[1]]);
    }
    fs::write(repository.top.join(".git/info/attributes"), "*.md filter=x diff=x\n").expect("the file can be written");
    let mut command = annals();
    command.arg("--root").arg(repository.site.root()).args(["build", "--no-cache"]);
    command.envs([
        ("TZ", "Asia/Kathmandu"),
        ("LC_ALL", "ar_SA.UTF-8"),
        ("GIT_DIR", "/nonexistent"),
        ("GIT_TRACE", "0"),
    ]);
    fs::remove_dir_all(repository.site.path(".cache")).expect("it is there");
    let built = run(&mut command);
    assert_eq!(built.code, 0, "{}", built.stderr);
    assert_eq!(plain, repository.site.output());
    assert!(!ran.exists(), "something was run");
}

#[test]
fn a_commit_without_a_change_on_disk_is_noticed() {
    let repository = Repository::new();
    repository.write("A", "date = 2017-11-20\n");
    repository.site.build();
    let kept = repository.site.run(&["build", "--timings"]);
    assert!(!kept.stderr.contains("history"), "nothing changed, so git is not asked: {}", kept.stderr);
    repository.site.write("content/events/a.md", event("B", "date = 2017-11-20\n"));
    assert!(!repository.history("events/a.html").contains("A → B"));
    repository.commit();
    assert!(repository.history("events/a.html").contains("Title A → B"));
    let incremental = repository.site.output();
    fs::remove_dir_all(repository.site.path(".cache")).expect("it is there");
    fs::remove_dir_all(repository.site.path("public")).expect("it is there");
    repository.site.build();
    assert_eq!(incremental, files(&repository.site.path("public")));
}

/// New commits are read on top of the log that an earlier build kept. Files are deleted, restored and moved in between, and two
/// exchange their names, which git takes for two changed texts.
#[test]
fn a_history_read_in_parts_is_the_same_as_one_read_at_once() {
    let repository = Repository::new();
    let path = |name: &str| repository.site.path(&format!("content/events/{name}.md"));
    let text = |title: &str| {
        let summary = format!("The summary of {title}, which is long enough that git knows it again. ").repeat(4);
        event(title, &format!("date = 2017-11-20\nsummary = \"{summary}\"\n"))
    };
    let steps: [&dyn Fn(); 8] = [
        &|| fs::write(path("a"), text("Alpha")).expect("it can be written"),
        &|| fs::write(path("b"), text("Beta")).expect("it can be written"),
        &|| fs::remove_file(path("a")).expect("it is there"),
        &|| fs::write(path("a"), text("Alpha again")).expect("it can be written"),
        &|| {
            fs::rename(path("a"), path("x")).expect("it can be moved");
            fs::rename(path("b"), path("a")).expect("it can be moved");
            fs::rename(path("x"), path("b")).expect("it can be moved");
        },
        &|| fs::rename(path("b"), path("c")).expect("it can be moved"),
        &|| fs::write(path("b"), text("Gamma")).expect("it can be written"),
        &|| fs::write(path("c"), text("Delta")).expect("it can be written"),
    ];
    fs::create_dir_all(repository.site.path("content/events")).expect("folders can be made");
    for (number, step) in steps.iter().enumerate() {
        step();
        repository.commit();
        repository.site.build();
        let fresh = Site::copy_of(repository.site.root());
        fs::remove_dir_all(fresh.path(".cache")).expect("it is there");
        fs::remove_dir_all(fresh.path("public")).expect("it is there");
        fresh.build();
        assert!(repository.site.output() == fresh.output(), "the site differs after step {number}");
    }
    let history = repository.history("events/c.html");
    assert!(history.contains("Title Alpha again → Delta"), "{history}");
}
