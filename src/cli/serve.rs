//! `annals serve`

use std::path::Path;

use clap::Args;

use super::{ContentArguments, Exit, Failure, print};
use crate::build::Options;
use crate::serve;

#[derive(Args)]
pub(super) struct Arguments {
    /// The port on 127.0.0.1
    #[arg(long, default_value_t = 4000)]
    port: u16,
    /// Open the site in a browser
    #[arg(long)]
    open: bool,
    /// Show errors only in the terminal; warnings are counted
    #[arg(long)]
    errors_only: bool,
    #[command(flatten)]
    content: ContentArguments,
}

pub(super) fn run(root: &Path, arguments: &Arguments) -> Result<Exit, Failure> {
    let preview = serve::Preview {
        root: root.to_owned(),
        options: Options { preview: true, ..arguments.content.options(None) },
        port: arguments.port,
    };
    let ready = |address: &str| {
        print::note(&format!("The site is at {address} and follows your edits. Ctrl-C ends it."));
        if arguments.open && open::that(address).is_err() {
            print::note("no browser could be opened");
        }
    };
    let errors_only = arguments.errors_only;
    let told = move |report: &crate::diagnostic::Report| {
        let errors = errors_only.then(|| report.errors_only());
        // A report that cannot be printed is still shown in the page.
        let _ = print::report(errors.as_ref().unwrap_or(report), super::Format::Human, Path::new("."));
    };
    serve::run(preview, ready, told).map_err(|error| match error {
        serve::ServeError::Load(error) => error.into(),
        serve::ServeError::Port(port, error) => {
            Failure::Usage(format!("port {port} cannot be used: {error}; name another with --port"))
        }
        serve::ServeError::Io(error) => Failure::Machine(error.to_string()),
    })?;
    Ok(Exit::Done)
}
