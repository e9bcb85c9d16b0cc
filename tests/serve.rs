//! The live preview: it shows the site, follows edits, shows problems, and answers to nobody else.

mod common;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use common::{Site, annals};

struct Preview {
    process: Child,
    port: u16,
}

impl Preview {
    fn of(site: &Site) -> Self {
        let mut process = annals()
            .args(["serve", "--port", "0", "--root"])
            .arg(site.root())
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
        Self { process, port }
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

    /// Asks until the answer holds a text.
    #[track_caller]
    fn wait_for(&self, path: &str, text: &str) {
        let start = Instant::now();
        while !self.get(path).contains(text) {
            assert!(start.elapsed() < Duration::from_secs(20), "{path} never held {text}: {}", self.get(path));
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// The first state that the stream of events tells.
    fn state(&self) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("the preview answers");
        stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a timeout can be set");
        let request = format!("GET /.annals/events HTTP/1.1\r\nHost: localhost:{}\r\n\r\n", self.port);
        stream.write_all(request.as_bytes()).expect("the request can be sent");
        let lines = BufReader::new(stream).lines().map(|line| line.expect("the stream can be read"));
        lines.filter_map(|line| line.strip_prefix("data:").map(str::to_owned)).next().expect("a state is told")
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
fn a_mistake_is_shown_over_the_last_good_site() {
    let site = Site::new().event("a", "2017-11-20", "");
    let preview = Preview::of(&site);
    assert!(preview.state().contains("\"report\":\"\""));
    let site = site.event("a", "2017-11-20", "actors = [\"nobody\"]\n");
    let start = Instant::now();
    while !preview.state().contains("unknown-actor") {
        assert!(start.elapsed() < Duration::from_secs(20), "the mistake is never told");
        std::thread::sleep(Duration::from_millis(20));
    }
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
