//! The first bytes of files other than entries: their types, and the dimensions of pictures.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::walk::unread;
use crate::diagnostic::Problems;
use crate::file_type::{self, FileType};
use crate::pictures::{self, Header, Refusal};
use crate::source_path::{Folder, SourcePath};

/// Types of files and headers of pictures, by path from the site's root.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Beginnings {
    /// The type of each file.
    pub types: BTreeMap<SourcePath, FileType>,
    /// The headers of JPEG, PNG and WebP pictures, or why annals refuses them.
    pub pictures: BTreeMap<SourcePath, Result<Header, Refusal>>,
}

type Looked = (SourcePath, io::Result<(FileType, Option<Result<Header, Refusal>>)>);

/// Reads the beginning of every file, because pictures are recognised by their bytes, not by their names.
pub(super) fn look_at(
    content_files: &BTreeMap<String, PathBuf>,
    static_files: &BTreeMap<String, PathBuf>,
) -> (Beginnings, Problems) {
    let of_content = content_files.par_iter().map(|file| (Folder::Content, file));
    let all = of_content.chain(static_files.par_iter().map(|file| (Folder::Static, file)));
    let looked: Vec<Looked> = all.map(|(top, (inside, path))| (top.file(inside), beginning(path))).collect();
    let mut beginnings = Beginnings::default();
    let mut problems = Problems::default();
    for (file, found) in looked {
        match found {
            Ok((file_type, header)) => {
                beginnings.pictures.extend(header.map(|header| (file.clone(), header)));
                beginnings.types.insert(file, file_type);
            }
            Err(error) => unread(&file, &error, &mut problems),
        }
    }
    (beginnings, problems)
}

fn beginning(path: &Path) -> io::Result<(FileType, Option<Result<Header, Refusal>>)> {
    let mut file = File::open(path)?;
    let mut bytes = Vec::with_capacity(file_type::BEGINNING);
    Read::by_ref(&mut file).take(file_type::BEGINNING as u64).read_to_end(&mut bytes)?;
    let file_type = FileType::of(&bytes);
    if !matches!(file_type, FileType::Jpeg | FileType::Png | FileType::WebP) {
        return Ok((file_type, None));
    }
    file.seek(SeekFrom::Start(0))?;
    Ok((file_type, pictures::inspect(file)?))
}
