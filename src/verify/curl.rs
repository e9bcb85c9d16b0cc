//! Fetching files with the `curl` executable.
//!
//! The machine's own curl knows its certificates and proxies, and the system keeps it up to date. Certificate authorities built
//! into annals would be out of date long before the site is.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::error::Error;

/// What a host answered, except the bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Response {
    /// The HTTP status, after redirects.
    pub status: u16,
    /// How many redirects there were.
    pub redirects: u32,
    /// The address after redirects.
    pub url: String,
    /// The value of `Content-Type`; empty if the host sends none.
    pub media_type: String,
}

/// curl's format of the line about each address, with tabs between the values.
const WRITE_OUT: &str =
    r"%{filename_effective}\t%{http_code}\t%{num_redirects}\t%{url_effective}\t%{content_type}\t%{errormsg}\n";

/// Fetches addresses into the files `0`, `1`, … of a folder, by their positions. An error status is an answer like any other;
/// an empty answer leaves no file.
///
/// # Errors
/// An [`Error`] if curl is missing, or a host does not answer.
pub(super) fn fetch(urls: &[String], folder: &Path) -> Result<Vec<Response>, Error> {
    let failed = |error| Error::machine("curl, which fetches the files").because(error).hint("install curl");
    let mut curl = Command::new("curl")
        .args(["--disable", "--config", "-"])
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(failed)?;
    let mut stdin = curl.stdin.take();
    let written = std::thread::scope(|scope| {
        let writing = scope.spawn(|| match stdin.take() {
            Some(mut stdin) => stdin.write_all(config(urls).as_bytes()),
            None => Ok(()),
        });
        let output = curl.wait_with_output();
        // Curl reads all of it before it begins, unless it does not know an option.
        let _ = writing.join();
        output
    });
    let output = written.map_err(failed)?;
    let text = String::from_utf8_lossy(&output.stdout);
    let mut responses = vec![None; urls.len()];
    for line in text.lines() {
        let (number, response) = response(line)?;
        if let Some(place) = responses.get_mut(number) {
            *place = Some(response);
        }
    }
    let silent = || Error::machine("curl gave no answer").hint("annals needs curl 7.75 or later");
    responses.into_iter().collect::<Option<Vec<_>>>().ok_or_else(silent)
}

/// Returns what curl reads as its configuration: options, and each address with its file.
fn config(urls: &[String]) -> String {
    let mut text = String::from(concat!(
        "silent\nparallel\nparallel-max = 8\ncompressed\nlocation\nmax-redirs = 5\ngloboff\npath-as-is\n",
        "proto = \"=http,https\"\nproto-redir = \"=http,https\"\nconnect-timeout = 20\nmax-time = 300\nretry = 2\n",
    ));
    // Writing to memory cannot fail.
    let _ = writeln!(text, "user-agent = \"annals/{}\"", env!("CARGO_PKG_VERSION"));
    let _ = writeln!(text, "write-out = \"{WRITE_OUT}\"");
    for (number, url) in urls.iter().enumerate() {
        let _ = writeln!(text, "url = \"{url}\"\noutput = \"{number}\"");
    }
    text
}

fn response(line: &str) -> Result<(usize, Response), Error> {
    let fields: Vec<&str> = line.split('\t').collect();
    let [number, status, redirects, url, media_type, ref message @ ..] = fields[..] else {
        return Err(Error::machine(format!("curl printed: {line}")));
    };
    let message = message.join(" ");
    if !message.is_empty() {
        return Err(Error::machine(format!("{url}: {message}")));
    }
    let number = number.parse().map_err(|_| Error::machine(format!("curl printed: {line}")))?;
    let (status, redirects) = (status.parse().unwrap_or_default(), redirects.parse().unwrap_or_default());
    let (url, media_type) = (url.to_owned(), media_type.to_owned());
    Ok((number, Response { status, redirects, url, media_type }))
}

#[cfg(test)]
mod tests {
    use super::response;

    #[test]
    fn an_answer_and_a_failure_are_recognised() {
        let (number, answer) = response("3\t404\t1\thttp://127.0.0.1/a\ttext/html\t").expect("it is an answer");
        assert_eq!((number, answer.status, answer.redirects, answer.url.as_str()), (3, 404, 1, "http://127.0.0.1/a"));
        let failure = response("0\t000\t0\thttps://x.invalid/\t\tCould not resolve host: x.invalid");
        assert_eq!(
            failure.expect_err("it failed").to_string(),
            "https://x.invalid/: Could not resolve host: x.invalid"
        );
    }
}
