//! The floor: the work that no build can avoid. It reads the events of a site, parses their front matter, converts their
//! markdown and writes one page for each; it checks, sorts, links and lists nothing.
//!
//! `cargo bench --bench floor -- SITE OUT [COPIED]`, or `cargo xtask bench`, which alternates it with annals. With a third folder, it
//! also copies all files of that folder, such as a site that annals built: no program can write that site in less time.

use std::fs;
use std::path::Path;
use std::time::Instant;

use pulldown_cmark::{Options, Parser, html};
use rayon::prelude::*;
use walkdir::WalkDir;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let (site, out, copied) = match arguments.as_slice() {
        [site, out] => (site, out, None),
        [site, out, copied] => (site, out, Some(copied)),
        _ => {
            eprintln!("usage: floor SITE OUT [COPIED]");
            return;
        }
    };
    let start = Instant::now();
    if let Some(copied) = copied {
        copy(Path::new(copied), &Path::new(out).join("copy"));
    }
    let out = Path::new(out).join("events");
    fs::create_dir_all(&out).expect("the output folder can be made");
    let files: Vec<_> = WalkDir::new(Path::new(site).join("content/events"))
        .sort_by_file_name()
        .into_iter()
        .map(|entry| entry.expect("the folder can be read").into_path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
        .collect();
    files.par_iter().for_each(|path| {
        let text = fs::read_to_string(path).expect("the entry can be read");
        let (matter, body) = text[4..].split_once("\n+++\n").expect("the entry has front matter");
        let matter: toml::Table = toml::from_str(matter).expect("the front matter is TOML");
        let title = matter["title"].as_str().unwrap_or_default();
        let mut page = format!("<!doctype html>\n<title>{title}</title>\n<h1>{title}</h1>\n");
        html::push_html(&mut page, Parser::new_ext(body, Options::all()));
        let name = path.with_extension("html");
        fs::write(out.join(name.file_name().expect("a file has a name")), page).expect("the page can be written");
    });
    println!("{} pages in {:.3} s", files.len(), start.elapsed().as_secs_f64());
}

fn copy(from: &Path, to: &Path) {
    let mut files = Vec::new();
    for entry in WalkDir::new(from) {
        let entry = entry.expect("the folder can be read");
        let path = to.join(entry.path().strip_prefix(from).expect("the file is in the folder"));
        if entry.file_type().is_dir() {
            fs::create_dir_all(path).expect("the folder can be made");
        } else {
            files.push((entry.into_path(), path));
        }
    }
    files.par_iter().for_each(|(from, to)| {
        let bytes = fs::read(from).expect("the file can be read");
        fs::write(to, bytes).expect("the file can be written");
    });
}
