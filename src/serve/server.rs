//! The HTTP side of the preview.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use tokio::sync::watch;
use tokio_stream::StreamExt;
use tokio_stream::wrappers::WatchStream;

use super::page;
use super::watch::Watch;
use crate::build::{MakeError, Options, Prepared, Timings, prepare};
use crate::diagnostic::{self, Report, Texts};
use crate::load::LoadError;

/// What to preview and where.
#[derive(Clone, Debug)]
pub struct Preview {
    /// The site's folder.
    pub root: PathBuf,
    /// Which entries are shown.
    pub options: Options,
    /// The port on 127.0.0.1; 0 takes any free one.
    pub port: u16,
}

/// Why a preview could not begin.
#[derive(Debug)]
pub enum ServeError {
    /// There is no site, or it cannot be read.
    Load(LoadError),
    /// The port is taken or not allowed.
    Port(u16, std::io::Error),
    /// The machine failed.
    Io(std::io::Error),
}

/// A state of the site: the last that could be made, and what is wrong now.
struct Current {
    version: u64,
    site: Option<Arc<Made>>,
    report: Report,
}

struct Made {
    prepared: Prepared,
    by_path: BTreeMap<String, usize>,
}

struct Shared {
    preview: Preview,
    current: RwLock<Arc<Current>>,
    changes: watch::Sender<u64>,
    port: u16,
}

/// Serves until the process is ended. `ready` is told the address, `told` every report that has something to tell.
///
/// # Errors
/// [`ServeError`] where the preview cannot begin.
pub fn run(
    preview: Preview,
    ready: impl FnOnce(&str),
    told: impl Fn(&Report) + Send + 'static,
) -> Result<(), ServeError> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(ServeError::Io)?;
    let mut watch = Watch::new(&preview.root).map_err(|error| ServeError::Io(std::io::Error::other(error)))?;
    let first = prepare(&preview.root, &preview.options, &mut Timings::default()).map_err(ServeError::Load)?;
    runtime.block_on(async {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, preview.port));
        let port = preview.port;
        let listener = tokio::net::TcpListener::bind(address).await.map_err(|error| ServeError::Port(port, error))?;
        let port = listener.local_addr().map_err(ServeError::Io)?.port();
        let shared = Arc::new(Shared {
            current: RwLock::new(Arc::new(Current::new(1, first, None))),
            changes: watch::Sender::new(1),
            preview,
            port,
        });
        told(&shared.current().report);
        let updating = Arc::clone(&shared);
        std::thread::spawn(move || {
            while watch.wait() {
                updating.update(&told);
            }
        });
        ready(&format!("http://127.0.0.1:{port}/"));
        let router = Router::new().fallback(answer).with_state(shared);
        axum::serve(listener, router).await.map_err(ServeError::Io)
    })
}

impl Current {
    /// A new state. A site with errors is not shown; the last one without stays.
    fn new(version: u64, prepared: Prepared, last: Option<Arc<Made>>) -> Self {
        let report = prepared.report.clone();
        let made = || {
            let by_path = prepared.outputs.iter().enumerate();
            let by_path = by_path.map(|(number, output)| (output.path.as_str().to_owned(), number)).collect();
            Arc::new(Made { prepared, by_path })
        };
        let site = if report.has_errors() { last } else { Some(made()) };
        Self { version, site, report }
    }
}

impl Shared {
    fn current(&self) -> Arc<Current> {
        Arc::clone(&self.current.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Makes the site anew and tells every open page.
    fn update(&self, told: &impl Fn(&Report)) {
        let Ok(prepared) = prepare(&self.preview.root, &self.preview.options, &mut Timings::default()) else {
            return; // site.toml is being replaced: another change will follow
        };
        told(&prepared.report);
        let mut current = self.current.write().unwrap_or_else(PoisonError::into_inner);
        let version = current.version + 1;
        let last = current.site.clone();
        *current = Arc::new(Current::new(version, prepared, last));
        drop(current);
        self.changes.send_replace(version);
    }

    /// The state as an open page is told it.
    fn state(&self) -> Event {
        let current = self.current();
        let report = diagnostic::human(&current.report, false);
        let state = serde_json::json!({ "version": current.version, "report": report });
        Event::default().event("state").data(state.to_string())
    }
}

/// Only a browser on this machine that asked for this server is answered: another name in `Host` is a page elsewhere
/// that had its own name lead here (DNS rebinding).
fn is_for_us(headers: &HeaderMap, port: u16) -> bool {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    ["127.0.0.1", "localhost"].iter().any(|name| host == format!("{name}:{port}") || (port == 80 && host == *name))
}

async fn answer(State(shared): State<Arc<Shared>>, method: Method, uri: Uri, headers: HeaderMap) -> Response {
    if !is_for_us(&headers, shared.port) {
        return (StatusCode::FORBIDDEN, "this preview answers to 127.0.0.1 and localhost only").into_response();
    }
    if method != Method::GET && method != Method::HEAD {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    match uri.path().strip_prefix(page::PREFIX) {
        Some("events") => events(&shared),
        Some("preview.js") => typed("preview.js", page::SCRIPT),
        Some("preview.css") => typed("preview.css", page::STYLE),
        _ => {
            let path = uri.path().to_owned();
            let made = tokio::task::spawn_blocking(move || file(&shared, &path)).await;
            made.unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
        }
    }
}

fn events(shared: &Arc<Shared>) -> Response {
    let shared = Arc::clone(shared);
    let states = WatchStream::new(shared.changes.subscribe());
    let stream = states.map(move |_| Ok::<Event, Infallible>(shared.state()));
    Sse::new(stream).keep_alive(KeepAlive::default()).into_response()
}

/// A file of the site, looked up in the list of what a build would write: nothing else on the disk can be reached.
fn file(shared: &Shared, path: &str) -> Response {
    let current = shared.current();
    let Some(made) = &current.site else {
        return typed("report.html", page::only_report(current.version));
    };
    let decoded = percent_encoding::percent_decode_str(path).decode_utf8_lossy();
    let mut name = decoded.trim_start_matches('/').to_owned();
    if name.is_empty() || name.ends_with('/') {
        name.push_str("index.html");
    }
    let (name, status) = match made.by_path.contains_key(&name) {
        true => (name, StatusCode::OK),
        false => ("404.html".to_owned(), StatusCode::NOT_FOUND),
    };
    let Some(output) = made.by_path.get(&name).map(|number| &made.prepared.outputs[*number]) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let bytes = match made.prepared.make(output) {
        Ok(bytes) => bytes,
        Err(error) => return broken(made, output, error),
    };
    if !is_html(&name) {
        return (status, typed(&name, bytes)).into_response();
    }
    let html = String::from_utf8_lossy(&bytes);
    (status, typed(&name, page::with_preview(&html, current.version))).into_response()
}

/// A page that cannot be made: the report of why, as plain text.
fn broken(made: &Made, output: &crate::outputs::Output, error: MakeError) -> Response {
    let text = match error {
        MakeError::Template(error) => diagnostic::human(&made.prepared.render_report(vec![(output, error)]), false),
        MakeError::Picture(diagnostic) => diagnostic::human(&Report::new(vec![diagnostic], &Texts::new()), false),
        MakeError::Io(file, error) => format!("{}: {error}\n", file.display()),
    };
    (StatusCode::INTERNAL_SERVER_ERROR, typed("report.txt", text)).into_response()
}

fn is_html(name: &str) -> bool {
    content_type(name).starts_with("text/html")
}

fn typed(name: &str, body: impl Into<Body>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, content_type(name)),
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (headers, body.into()).into_response()
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" | "geojson" => "application/json",
        "xml" => "application/xml",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "pdf" => "application/pdf",
        "woff2" => "font/woff2",
        "txt" | "ftl" => "text/plain; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        _ => "application/octet-stream",
    }
}
