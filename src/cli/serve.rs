//! `annals serve`: arguments and printing; the preview itself is in [`crate::serve`].

use std::net::{IpAddr, Ipv4Addr};
use std::path::Path;

use clap::Args;

use super::{ContentArguments, Exit, print};
use crate::build::Options;
use crate::error::Error;
use crate::serve;

#[derive(Args)]
pub(super) struct Arguments {
    /// The port; 0 chooses any free one
    #[arg(long, default_value_t = 4000)]
    port: u16,
    /// The address to listen on: 0.0.0.0 or :: lets other machines connect
    #[arg(long, value_name = "ADDRESS", value_parser = address, default_value = "127.0.0.1")]
    host: IpAddr,
    /// A host name that requests may use, besides IP addresses and localhost; repeatable
    #[arg(long, value_name = "NAME", value_parser = name)]
    allow_host: Vec<String>,
    /// Open the site in a browser
    #[arg(long)]
    open: bool,
    /// Show only errors in the terminal; warnings are counted
    #[arg(long)]
    errors_only: bool,
    #[command(flatten)]
    content: ContentArguments,
}

/// Parses the IP address of `--host`. `localhost` and an IPv6 address in brackets are accepted too.
fn address(text: &str) -> Result<IpAddr, String> {
    if text.eq_ignore_ascii_case("localhost") {
        return Ok(Ipv4Addr::LOCALHOST.into());
    }
    let bare = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(text);
    let help = "write an address of this machine, such as 192.168.1.5; 0.0.0.0 and [::] mean all of them";
    bare.parse().map_err(|_| format!("this is not an IP address; {help}. Names are allowed with --allow-host"))
}

/// Parses the host name of `--allow-host` into the form that browsers send: in lower case and in ASCII.
fn name(text: &str) -> Result<String, String> {
    match url::Host::parse(text.trim_end_matches('.')) {
        Ok(url::Host::Domain(name)) => Ok(name),
        Ok(_) => Err("IP addresses work without it; write a name, such as preview.example.org".to_owned()),
        Err(_) => Err("write the name alone, without http:// and port: preview.example.org".to_owned()),
    }
}

pub(super) fn run(root: &Path, arguments: &Arguments) -> Result<Exit, Error> {
    let preview = serve::Preview {
        root: root.to_owned(),
        options: Options { preview: true, ..arguments.content.options(None) },
        host: serve::Host { address: arguments.host, names: arguments.allow_host.clone() },
        port: arguments.port,
    };
    let preview_is_open = preview.host.is_open();
    let on_ready = |addresses: &[String]| {
        let Some((address, others)) = addresses.split_first() else { return };
        if preview_is_open {
            let drafts = if arguments.content.drafts { ", drafts too" } else { "" };
            print::note(&format!("warning: anyone who can reach this machine can read this site{drafts}"));
        }
        print::note(&format!("The site is at {address} and updates as you edit. Press Ctrl-C to stop."));
        for other in others {
            print::note(&format!("           also {other}"));
        }
        if arguments.open && open::that(address).is_err() {
            print::note("no browser could be opened");
        }
    };
    let errors_only = arguments.errors_only;
    let on_report = move |report: &crate::diagnostic::Report| {
        let errors = errors_only.then(|| report.errors_only());
        // A report that cannot be printed is still shown in the page.
        let _ = print::report(errors.as_ref().unwrap_or(report), super::Format::Human, Path::new("."));
    };
    serve::run(preview, on_ready, on_report)?;
    Ok(Exit::Done)
}
