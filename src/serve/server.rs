//! The HTTP server of the preview, and the thread that rebuilds the site.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::io::ErrorKind;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use tokio::sync::watch;
use tokio_stream::StreamExt;
use tokio_stream::wrappers::WatchStream;

use super::host::Host;
use super::watch::Watch;
use super::{content_type, page};
use crate::build::{MakeError, Options, Ready, Timings, read};
use crate::diagnostic::{self, Code, Problems, Report, Texts};
use crate::error::Error;
use crate::load::Changes;
use crate::outputs::Output;

/// What to preview and where.
#[derive(Clone, Debug)]
pub(crate) struct Preview {
    /// The site's folder.
    pub root: PathBuf,
    /// Which entries are shown.
    pub options: Options,
    /// The address to listen on, and the host names that requests may use.
    pub host: Host,
    /// The port; 0 chooses any free one.
    pub port: u16,
}

/// How long to wait before a site that cannot be read is read again: site.toml may be in the middle of being replaced.
const AWAY: Duration = Duration::from_millis(300);

/// Returns the error for an address that cannot be listened on.
fn unavailable(address: SocketAddr, source: std::io::Error) -> Error {
    if matches!(source.kind(), ErrorKind::AddrNotAvailable | ErrorKind::InvalidInput) {
        Error::usage(format!("this machine cannot listen on {}", address.ip()))
            .because(source)
            .hint("name another address with --host")
    } else {
        Error::usage(format!("port {} cannot be used", address.port())).because(source).hint("name another with --port")
    }
}

/// Returns the error for a failure of the system under the server itself.
fn failed(source: std::io::Error) -> Error {
    Error::machine("the preview cannot run").because(source)
}

/// A state of the site: the last version that could be made, and the current report.
#[derive(Clone)]
struct Current {
    version: u64,
    /// The earliest version from which this one differs only in style sheets.
    same_but_styles: u64,
    /// The earliest version from which this one differs only in pages.
    same_assets: u64,
    site: Option<Arc<Made>>,
    report: Report,
}

/// A site to show.
struct Made {
    ready: Arc<Ready>,
    /// Its files, listed when a file that needs the list is first asked for, or right after the site has been shown.
    list: OnceLock<List>,
}

struct List {
    outputs: Vec<Output>,
    by_path: BTreeMap<String, usize>,
    problems: Problems,
}

struct Shared {
    preview: Preview,
    current: RwLock<Arc<Current>>,
    changes: watch::Sender<u64>,
    port: u16,
}

/// Serves until the process ends. `on_ready` gets the addresses, the one for this machine first; `on_report` gets the report
/// after each reading of the site, even if it is empty.
///
/// # Errors
/// An [`Error`] if the preview cannot start.
pub(crate) fn run(
    preview: Preview,
    on_ready: impl FnOnce(&[String]),
    on_report: impl Fn(&Report) + Send + 'static,
) -> Result<(), Error> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(failed)?;
    let mut watch = Watch::new(&preview.root);
    let mut ready = read(&preview.root, &preview.options, None, &mut Timings::default())?;
    runtime.block_on(async {
        let address = SocketAddr::from((preview.host.address, preview.port));
        let listener = tokio::net::TcpListener::bind(address).await;
        let listener = listener.map_err(|error| unavailable(address, error))?;
        let port = listener.local_addr().map_err(failed)?.port();
        let shared = Arc::new(Shared {
            current: RwLock::new(Arc::new(Current::first(&ready))),
            changes: watch::Sender::new(1),
            preview,
            port,
        });
        on_report(&shared.current().report);
        let updating = Arc::clone(&shared);
        std::thread::spawn(move || {
            let mut pending = Changes::none();
            loop {
                pending = pending.and(watch.wait());
                if updating.update(&mut ready, &pending, &on_report) {
                    pending = Changes::none();
                }
            }
        });
        on_ready(&shared.preview.host.urls(port));
        let router = Router::new().fallback(answer).with_state(shared);
        axum::serve(listener, router).await.map_err(failed)
    })
}

impl Made {
    fn new(ready: &Arc<Ready>) -> Arc<Self> {
        Arc::new(Self { ready: Arc::clone(ready), list: OnceLock::new() })
    }

    fn list(&self) -> &List {
        self.list.get_or_init(|| {
            let (outputs, problems) = self.ready.plan();
            let by_path = outputs.iter().enumerate();
            let by_path = by_path.map(|(number, output)| (output.path.as_str().to_owned(), number)).collect();
            List { outputs, by_path, problems }
        })
    }

    /// Returns a file by its path. An event's page is found without the list, because it is what authors look at while they
    /// write.
    fn output(&self, path: &str) -> Option<Output> {
        let of_event = || if self.list.get().is_none() { self.ready.event_page(path) } else { None };
        of_event().or_else(|| {
            let list = self.list();
            list.by_path.get(path).map(|number| list.outputs[*number].clone())
        })
    }
}

impl Current {
    /// Returns the first state. Its version is the time in milliseconds, so that pages of an earlier preview see that they are
    /// old.
    fn first(ready: &Arc<Ready>) -> Self {
        let time = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_millis();
        let version = u64::try_from(time).unwrap_or_default();
        let none =
            Self { version, same_but_styles: version, same_assets: version, site: None, report: Report::default() };
        let shown = none.after(ready);
        shown.listed(&none).unwrap_or(shown)
    }

    /// Returns the next state. A site with errors is not shown; the last one without errors stays.
    fn after(&self, ready: &Arc<Ready>) -> Self {
        let report = ready.report(Problems::default());
        if report.has_errors() {
            // Open pages show the report, and need not reload for it.
            return Self { report, same_but_styles: self.same_but_styles, ..self.next() };
        }
        Self { report, site: Some(Made::new(ready)), ..self.next() }
    }

    /// Returns the same site as a new version, in which everything may differ from earlier ones.
    fn next(&self) -> Self {
        let version = self.version + 1;
        Self { version, same_but_styles: version, same_assets: version, ..self.clone() }
    }

    /// Returns the state that follows once the files of this one are listed; `None` if nothing is wrong with the list. `last`
    /// is the state before.
    fn listed(&self, last: &Self) -> Option<Self> {
        let made = self.site.as_ref().filter(|_| !self.report.has_errors())?;
        let problems = &made.list().problems;
        if problems.is_empty() {
            return None;
        }
        let report = made.ready.report(problems.clone());
        Some(if report.has_errors() {
            Self { report, site: last.site.clone(), ..self.next() }
        } else {
            Self { report, ..self.clone() }
        })
    }
}

impl Shared {
    fn current(&self) -> Arc<Current> {
        Arc::clone(&self.current.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Shows a state to every open page.
    fn show(&self, next: Current) {
        let version = next.version;
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(next);
        self.changes.send_replace(version);
    }

    /// Brings the site up to date. Open pages follow as soon as one can be made; the list of files comes after that. Returns
    /// whether the site could be read.
    fn update(&self, last: &mut Arc<Ready>, changes: &Changes, on_report: &impl Fn(&Report)) -> bool {
        let again = |changes: &Changes| {
            read(&self.preview.root, &self.preview.options, Some((last, changes)), &mut Timings::default())
        };
        let ready = again(changes).or_else(|_| {
            std::thread::sleep(AWAY);
            again(&Changes::Any)
        });
        let current = self.current();
        let ready = match ready {
            Ok(ready) => ready,
            Err(error) => {
                let next = Current { report: unloadable(&error), ..current.next() };
                on_report(&next.report);
                self.show(next);
                return false;
            }
        };
        let mut next = if Arc::ptr_eq(&ready, last) && !current.report.has_errors() {
            let same_but_styles = match changes.are_of_styles(&self.preview.root) {
                true => current.same_but_styles,
                false => current.version + 1,
            };
            Current { same_but_styles, ..current.next() }
        } else {
            current.after(&ready)
        };
        if changes.are_of_pages(&self.preview.root) {
            next.same_assets = current.same_assets;
        }
        *last = ready;
        self.show(next.clone());
        if let Some(listed) = next.listed(&current) {
            next = listed;
            self.show(next.clone());
        }
        on_report(&next.report);
        true
    }

    /// Returns the current state as the event that open pages get.
    fn state(&self) -> Event {
        let current = self.current();
        let report = diagnostic::human(&current.report, false);
        let state = serde_json::json!({
            "version": current.version,
            "sameButStyles": current.same_but_styles,
            "sameAssets": current.same_assets,
            "report": report,
        });
        Event::default().event("state").data(state.to_string())
    }
}

/// Returns the report on a site that can no longer be read at all.
fn unloadable(error: &Error) -> Report {
    let mut problems = Problems::default();
    problems
        .report(Code::UnreadableFile, &crate::config::FILE.into(), error.what())
        .help("the page shows the last version that could be read; restore the file, or stop the preview");
    Report::new(problems, &Texts::new())
}

/// Returns whether a request has exactly one `Host`, and it names this server.
fn is_for_us(headers: &HeaderMap, host: &Host, port: u16) -> bool {
    let mut hosts = headers.get_all(header::HOST).iter();
    let first = hosts.next().and_then(|host| host.to_str().ok()).unwrap_or_default();
    hosts.next().is_none() && host.allows(first, port)
}

const NOT_FOR_US: &str =
    "this preview answers only requests for addresses of this machine, localhost, and names given with --allow-host";

async fn answer(State(shared): State<Arc<Shared>>, method: Method, uri: Uri, headers: HeaderMap) -> Response {
    if !is_for_us(&headers, &shared.preview.host, shared.port) {
        return (StatusCode::FORBIDDEN, NOT_FOR_US).into_response();
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

/// Responds with a file of the site, looked up in the list of what a build would write, so that nothing else on the disk can
/// be reached.
fn file(shared: &Shared, path: &str) -> Response {
    let current = shared.current();
    let Some(made) = &current.site else {
        return typed("report.html", page::only_report(current.version));
    };
    let decoded = percent_encoding::percent_decode_str(path).decode_utf8_lossy();
    let mut name = crate::id::normalise(decoded.trim_start_matches('/'));
    if name.is_empty() || name.ends_with('/') {
        name.push_str("index.html");
    }
    let found = made.output(&name);
    let status = if found.is_some() { StatusCode::OK } else { StatusCode::NOT_FOUND };
    let Some(output) = found.or_else(|| made.output("404.html")) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let name = output.path.as_str().to_owned();
    let bytes = match made.ready.make(&output) {
        Ok(bytes) => bytes,
        Err(error) => return broken(made, &output, error, current.version),
    };
    if !is_html(&name) {
        return (status, typed(&name, bytes)).into_response();
    }
    let html = String::from_utf8_lossy(&bytes);
    (status, typed(&name, page::with_preview(&html, current.version))).into_response()
}

/// Responds to a request for a file that cannot be made with the report: in a page that reloads once the file can be made, or
/// as plain text if it is not a page.
fn broken(made: &Made, output: &Output, error: MakeError, version: u64) -> Response {
    let text = match error {
        MakeError::Template(error) => diagnostic::human(&made.ready.render_report(vec![(output, error)]), false),
        MakeError::Picture(problems) => diagnostic::human(&Report::new(problems, &Texts::new()), false),
        MakeError::Machine(error) => diagnostic::shown(&error.to_string()),
    };
    let response = match is_html(output.path.as_str()) {
        true => typed("report.html", page::of_text(&text, version)),
        false => typed("report.txt", text),
    };
    (StatusCode::INTERNAL_SERVER_ERROR, response).into_response()
}

fn is_html(name: &str) -> bool {
    content_type::of(name).starts_with("text/html")
}

fn typed(name: &str, body: impl Into<Body>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, content_type::of(name)),
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (headers, body.into()).into_response()
}
