//! The live preview: it shows the site, follows edits, shows problems, and answers nobody else.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use crate::common::{Site, annals};
use crate::pictures::encoded;

struct Preview {
    process: Child,
    port: u16,
}

impl Preview {
    fn of(site: &Site) -> Self {
        Self::at(site.root(), &[]).0
    }

    /// Starts a preview of a folder. Returns it, and what it printed until it was ready.
    fn at(root: &Path, arguments: &[&str]) -> (Self, String) {
        let mut process = annals()
            .args(["serve", "--port", "0", "--root"])
            .arg(root)
            .args(arguments)
            .stderr(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .expect("annals can be run");
        let mut lines = BufReader::new(process.stderr.take().expect("its errors are piped"));
        let mut said = String::new();
        let port = loop {
            let mut line = String::new();
            assert!(lines.read_line(&mut line).expect("it says something") > 0, "the preview ended: {said}");
            said.push_str(&line);
            if let Some(rest) = line.split("http://127.0.0.1:").nth(1) {
                break rest.split('/').next().and_then(|port| port.parse().ok()).expect("the address has a port");
            }
        };
        std::thread::spawn(move || std::io::copy(&mut lines, &mut std::io::sink()));
        (Self { process, port }, said)
    }

    /// Sends a GET request as a browser does that reached the preview by a host name, which is in the header `Host`.
    fn get_by(&self, host: &str, path: &str) -> String {
        self.ask(&format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"))
    }

    /// Waits until the state that open pages get contains a text, for 20 seconds at most.
    #[track_caller]
    fn wait_until_told(&self, text: &str) {
        let start = Instant::now();
        while !self.state().contains(text) {
            assert!(start.elapsed() < Duration::from_secs(20), "{text} is never told: {}", self.state());
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Returns the version of the state, the earliest version that differs from it in style sheets at most, and the earliest
    /// that differs in pages at most.
    fn versions(&self) -> (u64, u64, u64) {
        let state: serde_json::Value = serde_json::from_str(&self.state()).expect("the state is JSON");
        let number = |key: &str| state[key].as_u64().expect("a number");
        (number("version"), number("sameButStyles"), number("sameAssets"))
    }

    /// Waits for a version at least as new as this, for 20 seconds at most.
    #[track_caller]
    fn wait_for_version(&self, version: u64) -> (u64, u64, u64) {
        let start = Instant::now();
        loop {
            let now = self.versions();
            if now.0 >= version {
                return now;
            }
            assert!(start.elapsed() < Duration::from_secs(20), "version {version} never comes: {now:?}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    fn ask(&self, request: &str) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("the preview answers");
        stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a timeout can be set");
        stream.write_all(request.as_bytes()).expect("the request can be sent");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("the answer can be read");
        String::from_utf8_lossy(&answer).into_owned()
    }

    fn get(&self, path: &str) -> String {
        self.ask(&format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n\r\n", self.port))
    }

    /// Requests a path until the answer contains a text, for 20 seconds at most.
    #[track_caller]
    fn wait_for(&self, path: &str, text: &str) {
        let start = Instant::now();
        while !self.get(path).contains(text) {
            assert!(start.elapsed() < Duration::from_secs(20), "{path} never held {text}: {}", self.get(path));
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// The first state in the event stream.
    fn state(&self) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("the preview answers");
        stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a timeout can be set");
        let request = format!("GET /.annals/events HTTP/1.1\r\nHost: localhost:{}\r\n\r\n", self.port);
        stream.write_all(request.as_bytes()).expect("the request can be sent");
        let lines = BufReader::new(stream).lines().map(|line| line.expect("the stream can be read"));
        lines.filter_map(|line| line.strip_prefix("data:").map(str::to_owned)).next().expect("a state is sent")
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[test]
fn the_preview_shows_the_site_and_follows_edits() {
    let site = Site::new().event("a", "2017-11-20", "");
    let preview = Preview::of(&site);
    let home = preview.get("/");
    assert!(home.starts_with("HTTP/1.1 200") && home.contains("Event a"), "{home}");
    assert!(home.contains("connect-src 'self'") && home.contains("/.annals/preview.js"), "{home}");
    assert!(preview.get("/assets/annals.css").contains("text/css"));
    assert!(preview.get("/events/none.html").starts_with("HTTP/1.1 404"));
    let site = site.event("a", "2017-11-20", "summary = \"An edit.\"\n");
    preview.wait_for("/events/a.html", "An edit.");
    let site = site.event("b", "2017-11-21", "");
    preview.wait_for("/", "Event b");
    let site = site.file("templates/404.html", "own 404");
    drop(site);
    assert!(!preview.get("/.annals/preview.css").is_empty());
}

#[test]
fn open_pages_learn_what_an_edit_changed() {
    let site = Site::new()
        .event("a", "2017-11-20", "")
        .file("templates/404.html", "")
        .file("static/own.css", "p { color: red }")
        .file("static/own.js", "0");
    let preview = Preview::of(&site);
    let mut last = preview.versions();
    assert_eq!([last.0; 2], [last.1, last.2]);
    // A file, its new text, and whether the edit changes more than style sheets and more than pages.
    let edits = [
        ("static/own.css", "p { color: blue }", [false, true]),
        ("content/events/a.md", "+++\ntitle = \"A\"\ndate = 2017-11-20\nkind = \"meeting\"\n+++\n", [true, false]),
        ("templates/404.html", "own", [true, false]),
        ("static/own.js", "1", [true, true]),
        ("content/events/b.md", "+++\ntitle = \"B\"\ndate = 2017-11-20\nkind = \"meeting\"\n+++\n", [true, false]),
        ("content/events/plan.pdf", "%PDF-1.4", [true, true]),
        ("site.toml", "title = \"Other\"\n", [true, true]),
    ];
    for (path, text, [is_more_than_styles, is_more_than_pages]) in edits {
        site.write(path, text);
        let now = preview.wait_for_version(last.0 + 1);
        assert_eq!(now.1, if is_more_than_styles { now.0 } else { last.1 }, "{path}: sameButStyles");
        assert_eq!(now.2, if is_more_than_pages { now.0 } else { last.2 }, "{path}: sameAssets");
        last = now;
    }
}

/// Two events, of which the second shows the title of the first; an actor; and a page that links to the second and cites
/// nothing.
fn quoting() -> Site {
    Site::new()
        .file("site.toml", "title = \"Test\"\n[gates]\nuncited_paragraph = \"note\"\n")
        .file("content/actors/un.md", "+++\nname = \"United Nations\"\nkind = \"organisation\"\n+++\n")
        .file("content/events/a.md", event_a("First", "", "One sentence.[^s]"))
        .file("content/events/b.md", event_b("Second", "After [[a]] and [this](a.md#_p1).[^s]"))
        .file("content/pages/about.md", "+++\ntitle = \"About\"\n+++\nSee [[b]].\n")
}

fn event_a(title: &str, more: &str, text: &str) -> String {
    let source = "[[sources]]\nid = \"s\"\ntitle = \"Record\"\npublisher = \"UN\"\ndate = \"2017\"\n";
    format!(
        "+++\ntitle = \"{title}\"\ndate = 2017-11-20\nkind = \"meeting\"\nactors = [\"un\"]\n{more}{source}+++\n{text}\n"
    )
}

fn event_b(title: &str, text: &str) -> String {
    event_a(title, "", text).replace("11-20", "11-21")
}

/// What an edit changes: a file, and its text.
type Edit = (&'static str, String);

#[test]
fn after_any_edit_the_preview_is_what_a_build_makes() {
    let (a, b) = ("content/events/a.md", "content/events/b.md");
    let quote = "After [[a]] and [this](a.md#_p1).[^s]";
    let edits: [Edit; 24] = [
        (a, event_a("First", "", "Another sentence.[^s]")),
        (a, event_a("A first one, which another entry quotes", "", "Another sentence.[^s]")),
        (b, event_b("A second one that a page quotes", quote)),
        (a, event_a("First", "summary = \"In short.\"\n", "Another sentence.[^s]")),
        (a, event_a("First", "summary = \"In other words.\"\n", "A third sentence.[^s]")),
        (a, event_a("First", "", "A third sentence.[^s]")),
        (a, event_a("First", "", "## A heading\n\nA third sentence.[^s]\n\nAnd more.[^s]")),
        (a, event_a("First", "", "## Another heading\n\nA third sentence.[^s]\n\nAnd more.[^s]")),
        (a, event_a("First", "", "A third sentence.[^s]\n\nAnd more.")),
        (a, event_a("First", "", "A third sentence.[^s]\n\nAnd still more, uncited.")),
        (a, event_a("First", "", "A third sentence.[^s]\n\nAnd still more, [linked](b.md).")),
        (a, event_a("First", "", "A third sentence.[^s]\n\nAnd still more, [linked](../pages/about.md).")),
        (a, event_a("First", "", "One.[^s]\n\nTwo.[^s]")),
        (a, event_a("First", "", "One.[^s]\n\nTwo.[^s]").replace("11-20", "11-22")),
        (a, event_a("First", "", "One and one[^s] more.[^s]\n\nTwo.").replace("11-20", "11-22")),
        (a, event_a("First", "", "One.[^s]\n\nTwo.[^s]")),
        (b, event_b("Second", &quote.replace("_p1", "_p2"))),
        (a, event_a("First", "", "One.[^s] And two.[^s]")),
        (a, event_a("First", "", "One sentence, and [a link](b.md#nowhere).[^s]")),
        (a, event_a("First", "", "One longer sentence,\nand [a link](b.md#nowhere).[^s]")),
        (a, event_a("First", "", "One sentence.[^s]")),
        (b, event_b("Second", "After it:\n\n```events\nactor = \"un\"\n```\n\nWords.[^s]")),
        (
            b,
            event_b("Second", "After it:\n\n```events\nactor = \"un\"\n```\n\nOther words.[^s]")
                .replace("11-21", "11-19"),
        ),
        (b, event_b("Second", quote)),
    ];
    let site = quoting();
    let preview = Preview::of(&site);
    for (number, (file, text)) in edits.into_iter().enumerate() {
        let before = preview.state();
        site.write(file, text);
        let start = Instant::now();
        while preview.state() == before {
            assert!(start.elapsed() < Duration::from_secs(20), "edit {number} is never told");
            std::thread::sleep(Duration::from_millis(5));
        }
        let run = site.run(&["build"]);
        let is_page = |(path, _): &(String, Vec<u8>)| run.code == 0 && path.ends_with(".html");
        for (path, bytes) in site.output().into_iter().filter(is_page) {
            let shown = preview.get(&format!("/{path}"));
            let shown = shown.split_once("\r\n\r\n").map_or("", |(_, body)| body);
            let shown = shown.lines().filter(|line| !line.contains("/.annals/")).map(str::trim);
            let built = String::from_utf8(bytes).expect("a page is text");
            assert!(shown.eq(built.lines().map(str::trim)), "edit {number}: the preview shows another {path}");
        }
        let state: serde_json::Value = serde_json::from_str(&preview.state()).expect("the state is JSON");
        let report = state["report"].as_str().expect("a report is text").trim();
        // The terminal also counts problems.
        let reported = run.stderr.rsplit_once("\n\n").map_or("", |(report, _)| report);
        assert_eq!(report, reported, "edit {number}");
    }
}

#[test]
fn a_picture_that_is_replaced_is_shown_in_its_new_size() {
    let media = "[[media]]\nfile = \"p.png\"\nalt = \"A map\"\n";
    let picture = |width| encoded(width, 10, image::ImageFormat::Png);
    let site = Site::new().event("a", "2017-11-20", media).file("content/events/p.png", picture(20));
    let preview = Preview::of(&site);
    preview.wait_for("/events/a.html", "width=\"20\"");
    site.write("content/events/p.png", picture(30));
    preview.wait_for("/events/a.html", "width=\"30\"");
}

#[test]
fn a_mistake_is_shown_over_the_last_good_site() {
    let site = Site::new().event("a", "2017-11-20", "");
    let preview = Preview::of(&site);
    let (first, ..) = preview.versions();
    assert!(preview.state().contains("\"report\":\"\""));
    let site = site.event("a", "2017-11-20", "actors = [\"nobody\"]\n");
    preview.wait_until_told("unknown-actor");
    assert_eq!(preview.versions(), (first + 1, first, first), "pages reload, although the site is the same");
    assert!(preview.get("/events/a.html").contains("Event a"), "the last good site is gone");
    drop(site);
}

#[test]
fn a_site_that_is_broken_from_the_start_shows_its_report() {
    let site = Site::new().event("a", "2017-02-30", "");
    let preview = Preview::of(&site);
    assert!(preview.get("/").contains("/.annals/preview.js"));
    assert!(preview.state().contains("invalid-date"));
}

#[test]
fn nobody_else_is_answered_and_nothing_else_is_served() {
    let site = Site::new().event("a", "2017-11-20", "").file("secret.txt", "secret");
    let preview = Preview::of(&site);
    for host in ["evil.example", "evil.example:4000", "127.0.0.1", "localhost:1"] {
        let answer = preview.ask(&format!("GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"));
        assert!(answer.starts_with("HTTP/1.1 403"), "{host}: {answer}");
    }
    for path in [
        "/secret.txt",
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/events/../../secret.txt",
        "/site.toml",
        "//etc/passwd",
        "/..%2fsecret.txt",
    ] {
        let answer = preview.get(path);
        assert!(
            !answer.contains("title = ") && !answer.contains("\r\n\r\nsecret") && !answer.contains("root:"),
            "{path}: {answer}"
        );
    }
    let post = preview.ask(&format!(
        "POST / HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
        preview.port
    ));
    assert!(post.starts_with("HTTP/1.1 405"), "{post}");
}

/// Writes an entry that says a word, and waits until its page does.
#[track_caller]
fn follows(preview: &Preview, site: &Site, word: &str) {
    site.write(
        "content/events/a.md",
        format!(
            r#"+++
title = "{word}"
date = 2017-01-01
kind = "meeting"
+++
Text.
"#
        ),
    );
    preview.wait_for("/events/a.html", &format!("<h1>{word}"));
}

fn rename(site: &Site, from: &str, to: &str) {
    fs::rename(site.path(from), site.path(to)).expect("it can be renamed");
}

#[test]
fn folders_that_are_replaced_are_followed() {
    let site = Site::new()
        .event("a", "2017-11-20", "")
        .file("static/x.txt", "one")
        .file("templates/404.html", "one")
        .file("locales/en.ftl", "timeline = One\n");
    let preview = Preview::of(&site);
    let first = preview.versions().0;
    rename(&site, "content", "away");
    preview.wait_for_version(first + 1);
    rename(&site, "away", "content");
    follows(&preview, &site, "Back");
    fs::remove_dir_all(site.path("content")).expect("it can be removed");
    follows(&preview, &site, "Again");
    // A checkout or a synchronised disk may prepare the new folder before it replaces the old one.
    site.write(
        "new/events/a.md",
        r#"+++
title = "New"
date = 2017-01-01
kind = "meeting"
+++
"#,
    );
    rename(&site, "content", "old");
    rename(&site, "new", "content");
    preview.wait_for("/events/a.html", "<h1>New");
    follows(&preview, &site, "Newer");
    for (folder, file, path) in [("static", "x.txt", "/x.txt"), ("templates", "404.html", "/none.html")] {
        rename(&site, folder, "away");
        std::thread::sleep(Duration::from_millis(60));
        rename(&site, "away", folder);
        site.write(&format!("{folder}/{file}"), "two");
        preview.wait_for(path, "two");
        fs::remove_dir_all(site.path(folder)).expect("it can be removed");
        site.write(&format!("{folder}/{file}"), "three");
        preview.wait_for(path, "three");
    }
    fs::remove_dir_all(site.path("locales")).expect("it can be removed");
    preview.wait_for("/", "Timeline");
    site.write("locales/en.ftl", "timeline = Two\n");
    preview.wait_for("/", "Two");
}

#[test]
fn a_replaced_root_is_followed_and_a_missing_one_is_reported() {
    let site = Site::empty()
        .file("one/site.toml", "title = \"One\"\n")
        .file(
            "one/content/pages/p.md",
            r#"+++
title = "P"
+++
One.
"#,
        )
        .file("two/site.toml", "title = \"Two\"\n")
        .file(
            "two/content/pages/p.md",
            r#"+++
title = "P"
+++
Two.
"#,
        );
    let (preview, _) = Preview::at(&site.path("one"), &[]);
    rename(&site, "one", "gone");
    preview.wait_until_told("there is no site.toml");
    assert!(preview.get("/p.html").contains("One."), "the last state stays");
    rename(&site, "two", "one");
    preview.wait_for("/p.html", "Two.");
    preview.wait_until_told("\"report\":\"\"");
    site.write(
        "one/content/pages/p.md",
        r#"+++
title = "P"
+++
Three.
"#,
    );
    preview.wait_for("/p.html", "Three.");
}

#[cfg(unix)]
#[test]
fn a_link_to_the_root_that_is_switched_is_followed() {
    use std::os::unix::fs::symlink;
    let mut site = Site::empty();
    for name in ["one", "two"] {
        site = site.file(&format!("{name}/site.toml"), "title = \"T\"\n").file(
            &format!("{name}/content/pages/p.md"),
            format!(
                r#"+++
title = "P"
+++
This is {name}.
"#
            ),
        );
    }
    symlink("one", site.path("current")).expect("links can be made");
    let (preview, _) = Preview::at(&site.path("current"), &[]);
    assert!(preview.get("/p.html").contains("This is one."));
    symlink("two", site.path("next")).expect("links can be made");
    rename(&site, "next", "current");
    preview.wait_for("/p.html", "This is two.");
    site.write(
        "two/content/pages/p.md",
        r#"+++
title = "P"
+++
Edited.
"#,
    );
    preview.wait_for("/p.html", "Edited.");
}

#[test]
fn many_changes_at_once_are_one_build() {
    let mut site = Site::new().event("a", "2017-11-20", "");
    for number in 0..150 {
        site = site.file(
            &format!("away/e{number}.md"),
            r#"+++
title = "E"
date = 2017-01-01
kind = "meeting"
+++
"#,
        );
    }
    let preview = Preview::of(&site);
    let first = preview.versions().0;
    rename(&site, "away", "content/events/2017");
    preview.wait_for("/events/e149.html", "HTTP/1.1 200");
    std::thread::sleep(Duration::from_secs(3));
    assert_eq!(preview.versions().0, first + 1);
}

#[cfg(unix)]
#[test]
fn unreadable_files_are_reported_and_the_preview_continues() {
    let site = Site::new().event("a", "2017-11-20", "");
    let preview = Preview::of(&site);
    let made = std::process::Command::new("mkfifo").arg(site.path("content/events/pipe.md")).status();
    assert!(made.expect("mkfifo can be run").success());
    preview.wait_until_told("this is a named pipe");
    fs::remove_file(site.path("content/events/pipe.md")).expect("it can be removed");
    preview.wait_until_told("\"report\":\"\"");
    site.write("content/events/b.md/x.txt", "x");
    preview.wait_until_told("this is a folder");
    fs::remove_dir_all(site.path("content/events/b.md")).expect("it can be removed");
    site.write("content/events/b.md", b"\xff\xfe");
    preview.wait_until_told("not-utf8");
    assert!(preview.get("/events/a.html").contains("Event a"));
    fs::remove_file(site.path("content/events/b.md")).expect("it can be removed");
    follows(&preview, &site, "On");
}

#[test]
fn a_page_that_cannot_be_made_says_why_and_reloads() {
    let site = Site::new().event("a", "2017-11-20", "").file("templates/404.html", "{{ nothing.like.this }}");
    let preview = Preview::of(&site);
    let page = preview.get("/none.html");
    assert!(page.starts_with("HTTP/1.1 500") && page.contains("template-error"), "{page}");
    assert!(page.contains("/.annals/preview.js") && page.contains("text/html"), "{page}");
}

#[test]
fn files_have_their_types_whatever_the_case_of_their_endings() {
    let site = Site::new()
        .file("static/Logo.SVG", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>")
        .file("static/Plan.PDF", "%PDF-1.7")
        .file("static/font.WOFF2", "x")
        .file("static/data.GeoJSON", "{}")
        .file("static/re\u{301}union.Txt", "x");
    let preview = Preview::of(&site);
    for (path, expected) in [
        ("/Logo.SVG", "image/svg+xml"),
        ("/Plan.PDF", "application/pdf"),
        ("/font.WOFF2", "font/woff2"),
        ("/data.GeoJSON", "application/geo+json"),
        ("/re%CC%81union.Txt", "text/plain; charset=utf-8"),
        ("/r%C3%A9union.Txt", "text/plain; charset=utf-8"),
    ] {
        let answer = preview.get(path);
        assert!(answer.contains(&format!("content-type: {expected}\r\n")), "{path}: {answer}");
    }
}

#[test]
fn others_may_look_where_the_author_says_so() {
    let site = Site::new().event("a", "2017-11-20", "");
    let (preview, said) =
        Preview::at(site.root(), &["--host", "0.0.0.0", "--allow-host", "Desk.example.org", "--drafts"]);
    assert!(said.contains("warning: anyone who can reach this machine can read this site, drafts too"), "{said}");
    for host in ["127.0.0.1", "192.168.1.5:8080", "[fe80::1]:4000", "localhost:8080", "desk.example.org"] {
        let answer = preview.get_by(host, "/");
        assert!(answer.starts_with("HTTP/1.1 200"), "{host}: {answer}");
    }
    for host in ["evil.example", "evil.example:4000", "x.desk.example.org", "127.0.0.1.evil.example"] {
        let answer = preview.get_by(host, "/");
        assert!(answer.starts_with("HTTP/1.1 403"), "{host}: {answer}");
    }
    let twice = preview.ask("GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
    assert!(!twice.starts_with("HTTP/1.1 200"), "{twice}");
    assert!(preview.state().contains("\"report\":\"\""), "pages get edits there too");
}

#[test]
fn without_a_wish_only_this_machine_is_listened_to() {
    let (_, said) = Preview::at(Site::new().event("a", "2017-01-01", "").root(), &[]);
    assert!(!said.contains("warning") && said.matches("http://").count() == 1, "{said}");
    for (arguments, word) in [
        (["--host", "example.org"], "not an IP address"),
        (["--host", "192.0.2.1"], "--host"),
        (["--allow-host", "http://a.example"], "without http://"),
        (["--allow-host", "127.0.0.1"], "without it"),
    ] {
        let site = Site::new().event("a", "2017-01-01", "");
        let run = site.run(&["serve", "--port", "0", arguments[0], arguments[1]]);
        assert!(run.code == 2 && run.stderr.contains(word), "{arguments:?}: {}", run.stderr);
    }
}
