//! Pictures in front matter: whether the file exists and can be shown, and what its copies are called.

use std::collections::BTreeSet;

use super::files::Files;
use super::links::{report_problem, report_refusal};
use super::meant;
use super::references::{References, Resolver};
use crate::config::Limits;
use crate::content::{self, Document, slug};
use crate::diagnostic::Code;
use crate::fields::Line;
use crate::file_type::{self, FileType, Flaw};
use crate::pictures::Header;
use crate::source_path::Folder;
use crate::syntax::nearest;
use crate::timeline::Media;

/// The longest name of a copy, in bytes, without width and extension; with these it fits every file system.
const LONGEST_NAME: usize = 150;

impl References {
    /// Adds the pictures of a document that can be shown to [`References::media`], and reports the others.
    pub(super) fn take_media(
        &mut self,
        document: &Document,
        resolver: &mut Resolver<'_, '_>,
        files: &Files<'_>,
        limits: &Limits,
    ) {
        let mut names = BTreeSet::new();
        for (item, file) in document.matter.common().media.iter().zip(&document.media_files) {
            let Some(file) = file else { continue };
            self.media_files.push(file.clone());
            if !files.content.contains(file.as_str()) {
                self.media_files.extend(report_missing(item, file, document, resolver, files));
                continue;
            }
            let Some(header) = header(item, file, resolver, files) else { continue };
            let limit = limits.picture_pixels as u64;
            if header.pixels() > limit {
                let (width, height) = (header.width, header.height);
                let message =
                    format!("the picture has {} pixels ({width} × {height}); the limit is {limit}", header.pixels());
                let help = "save a smaller copy, or raise `picture_pixels` under [limits] in site.toml";
                resolver.report(Code::TooLarge, item.file.span.clone(), message).help(help);
                continue;
            }
            let words = |line: &Option<Line>| line.as_ref().map(ToString::to_string);
            let id = &document.id;
            self.media.push(Media {
                stem: format!("media/{}/{}/{}", id.collection.folder(), id.id, own_name(file, &mut names)),
                file: file.clone(),
                header: header.clone(),
                alt: item.alt.to_string(),
                caption: words(&item.caption),
                credit: words(&item.credit),
                licence: words(&item.licence),
            });
        }
    }
}

/// Reports a picture whose file does not exist. Returns the files that may be meant, by their paths inside `content/`.
fn report_missing(
    item: &content::Media,
    file: &str,
    document: &Document,
    resolver: &mut Resolver<'_, '_>,
    files: &Files<'_>,
) -> Vec<String> {
    let inside = document.file.within(Folder::Content).unwrap_or(&document.file);
    let named = item.file.value.0.as_deref().unwrap_or(file);
    let meant: Vec<&str> =
        meant::files(named, files).into_iter().filter_map(|(in_content, path)| in_content.then_some(path)).collect();
    let written: Vec<String> = meant.iter().map(|path| format!("\"{}\"", meant::relative(path, inside))).collect();
    let folder = inside.rsplit_once('/').map_or("", |(folder, _)| folder);
    let beside = files.content.iter().filter_map(|path| path.strip_prefix(folder)?.strip_prefix('/'));
    let help = meant::write(&written)
        .or_else(|| resolver.allowance.spend(Code::MissingFile).then(|| nearest(named, beside)).flatten())
        .unwrap_or_else(|| "put the file there".to_owned());
    let message = format!("there is no file {}", Folder::Content.file(file));
    resolver.report(Code::MissingFile, item.file.span.clone(), message).help(help);
    meant.into_iter().map(str::to_owned).collect()
}

fn header<'f>(
    item: &content::Media,
    file: &str,
    resolver: &mut Resolver<'_, '_>,
    files: &'f Files<'_>,
) -> Option<&'f Header> {
    let span = &item.file.span;
    let path = Folder::Content.file(file);
    let found = files.types.get(&path).copied().unwrap_or(FileType::Other);
    // The file is missing wherever it is named, so it is reported once, on the file.
    if let Some(problem) = file_type::missing(found) {
        problem.report(&path, &mut resolver.problems);
        return None;
    }
    if files.is_active(&path) {
        let message = format!("`{file}` is a file in which browsers may run scripts");
        let help = "convert it to PNG, or put it into static/ and show it in the text: ![…](…)";
        resolver.report(Code::RefusedFile, span.clone(), message).help(help);
        return None;
    }
    match files.pictures.get(&path) {
        Some(Ok(header)) => match header.no_copies {
            None => {
                if let Some(problem) = file_type::misnamed(file, found) {
                    report_problem(file, problem, span, resolver);
                }
                return Some(header);
            }
            Some(refusal) => report_refusal(file, refusal, span, resolver),
        },
        Some(Err(refusal)) => report_refusal(file, *refusal, span, resolver),
        None => {
            let problem = match found.is_shown() {
                false => file_type::no_picture(found),
                true => Flaw {
                    code: Code::UnreadablePicture,
                    message: format!("is {}, not JPEG, PNG or WebP", found.one()),
                    help: "save it as one of these".to_owned(),
                },
            };
            report_problem(file, problem, span, resolver);
        }
    }
    None
}

/// Returns a name for the copies of a file that no other picture of the entry has, ignoring letter case.
fn own_name(file: &str, names: &mut BTreeSet<String>) -> String {
    let name = file.rsplit('/').next().unwrap_or(file);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let mut base = slug(stem);
    while base.len() > LONGEST_NAME {
        base.pop();
    }
    let mut own = base.clone();
    for number in 2.. {
        if names.insert(own.clone()) {
            break;
        }
        own = format!("{base}-{number}");
    }
    own
}
