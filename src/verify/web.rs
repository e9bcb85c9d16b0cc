//! A copy on a host.

use std::cell::RefCell;
use std::fs;
use std::path::Path;

use url::Url;

use super::curl::{self, Response};
use super::found::{Answer, BATCH, Found};
use super::scratch::Scratch;
use crate::diagnostic::shown;
use crate::error::Error;
use crate::id::SitePath;
use crate::sum;

/// A file that no site has.
const NO_PAGE: &str = "annals-verify/no-such-page.html";

pub(super) struct OnHost {
    base: Url,
    scratch: Scratch,
    /// The number of files that were reached by way of a redirect, and one of them with where it redirects to.
    redirected: RefCell<(usize, Option<(String, String)>)>,
    /// A file that browsers will not use as what it is, and its `Content-Type`; the first one that was found.
    mistyped: RefCell<Option<(String, String)>>,
}

/// Returns whether browsers use a file with this `Content-Type` as what its name says. Only types that pages need are checked.
fn is_usable(path: &str, media_type: &str) -> bool {
    let media_type = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match path.rsplit_once('.').map(|(_, ending)| ending) {
        Some("html") => media_type == "text/html",
        Some("css") => media_type == "text/css",
        Some("js") => media_type.ends_with("/javascript") || media_type == "application/x-javascript",
        Some("svg") => media_type == "image/svg+xml",
        _ => true,
    }
}

impl OnHost {
    pub(super) fn new(base: &str) -> Result<Self, Error> {
        let base = Url::parse(base).map_err(|error| Error::usage(format!("{base}: {error}")))?;
        Ok(Self { base, scratch: Scratch::new()?, redirected: RefCell::default(), mistyped: RefCell::default() })
    }

    fn url(&self, path: &str) -> String {
        // The base ends in a slash.
        format!("{}{}", self.base, SitePath::new(path).url())
    }

    fn answer(&self, path: &str, number: usize, response: &Response) -> Answer {
        let file = self.scratch.path().join(number.to_string());
        if response.redirects > 0 {
            let to = Url::parse(&response.url).ok();
            if to.is_none_or(|to| to.host_str() != self.base.host_str()) {
                return Answer::Other(format!("the host redirects to {}", shown(&response.url)));
            }
            let mut redirected = self.redirected.borrow_mut();
            redirected.0 += 1;
            redirected.1.get_or_insert_with(|| (path.to_owned(), shown(&response.url)));
        }
        if response.status == 200 && !is_usable(path, &response.media_type) {
            let mut mistyped = self.mistyped.borrow_mut();
            mistyped.get_or_insert_with(|| (path.to_owned(), shown(&response.media_type)));
        }
        match response.status {
            200 => Answer::File(file),
            status => Answer::Status(status, file),
        }
    }

    /// Fetches one address below the base: the answer and its bytes.
    fn one(&self, path: &str) -> Result<(Response, Vec<u8>), Error> {
        let response = curl::fetch(&[self.url(path)], self.clean()?)?.pop().unwrap_or_default();
        // An empty answer leaves no file.
        Ok((response, fs::read(self.scratch.path().join("0")).unwrap_or_default()))
    }

    /// Empties the folder for answers and returns it.
    fn clean(&self) -> Result<&Path, Error> {
        for number in 0..BATCH {
            match fs::remove_file(self.scratch.path().join(number.to_string())) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    return Err(Error::at(self.scratch.path(), error));
                }
                _ => {}
            }
        }
        Ok(self.scratch.path())
    }
}

impl Found for OnHost {
    fn fetch(&self, paths: &[&str]) -> Result<Vec<Answer>, Error> {
        let urls: Vec<String> = paths.iter().map(|path| self.url(path)).collect();
        let responses = curl::fetch(&urls, self.clean()?)?;
        let mut answers = Vec::with_capacity(paths.len());
        for (number, (path, response)) in paths.iter().zip(responses).enumerate() {
            let file = self.scratch.path().join(number.to_string());
            if !file.exists() {
                // An empty answer leaves no file.
                fs::write(&file, []).map_err(|error| Error::at(&file, error))?;
            }
            answers.push(self.answer(path, number, &response));
        }
        Ok(answers)
    }

    /// Reads the copy's own list of sums, because a host does not list its files.
    fn others(&self, is_known: &dyn Fn(&str) -> bool) -> Result<Vec<String>, Error> {
        let (_, list) = self.one(sum::FILE)?;
        let listed = sum::parse(&String::from_utf8_lossy(&list)).unwrap_or_default();
        Ok(listed.into_keys().filter(|path| !is_known(path)).map(|path| shown(&path)).collect())
    }

    /// Netlify and Cloudflare Pages read their settings from such files.
    fn consumes(&self, path: &str) -> bool {
        matches!(path, "_headers" | "_redirects")
    }

    fn notes(&self, home: &[u8], missing_page: &[u8]) -> Result<Vec<String>, Error> {
        let mut notes = Vec::new();
        if let (files, Some((path, to))) = &*self.redirected.borrow() {
            notes.push(match files {
                1 => format!("{path} is reached by a redirect to {to}"),
                _ => format!("{files} files are reached by redirects, for example {path} at {to}"),
            });
        }
        if let Some((path, media_type)) = &*self.mistyped.borrow() {
            let given = if media_type.is_empty() { "no type".to_owned() } else { format!("the type {media_type}") };
            notes.push(format!("{path} has {given}, so browsers will not use it as what it is"));
        }
        let (answer, bytes) = self.one("")?;
        if answer.status != 200 || bytes != home {
            notes.push(format!("the address {} does not show index.html", self.base));
        }
        let (answer, bytes) = self.one(NO_PAGE)?;
        if answer.status != 404 {
            notes.push(format!("a missing page has the status {} instead of 404", answer.status));
        }
        if bytes != missing_page {
            notes.push("a missing page does not show 404.html".to_owned());
        }
        Ok(notes)
    }
}
