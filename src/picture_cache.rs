//! Copies of pictures, kept from one build to the next: `.cache/annals/pictures/` in the site's folder.
//!
//! A copy's key is the bytes of the picture's file and everything else that determines the copy, so a hit is always right
//! and nothing has to be invalidated. The folder is optional: if it cannot be read or written, copies are made again. It is
//! not part of the site, and git ignores it.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use sha2::{Digest, Sha256};

use crate::pictures::{Format, Header, PARAMETERS, Picture, Refusal, Variant};

/// The folders from the site's root down to the copies.
const FOLDERS: [&str; 3] = [".cache", "annals", "pictures"];

/// The folder of kept copies.
pub struct Cache {
    folder: PathBuf,
    /// False if one of the folders is a symbolic link, which might point outside the site: then nothing is kept.
    usable: bool,
    used: Mutex<BTreeSet<String>>,
    /// Gives temporary files distinct names.
    written: AtomicUsize,
}

impl Cache {
    /// The cache of the site in a folder. Nothing is made until there is something to keep.
    #[must_use]
    pub fn of_site(root: &Path) -> Self {
        let mut folder = root.to_owned();
        let mut usable = true;
        for name in FOLDERS {
            folder.push(name);
            usable &= !folder.is_symlink();
        }
        Self { folder, usable, used: Mutex::default(), written: AtomicUsize::new(0) }
    }

    /// Removes the copies that this build did not use. Call it at the end of a successful build.
    pub fn sweep(&self) {
        let used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        let files = if self.usable { fs::read_dir(&self.folder) } else { return };
        for file in files.into_iter().flatten().flatten() {
            if !file.file_name().to_str().is_some_and(|name| used.contains(name)) {
                // A file that cannot be removed does no harm.
                let _ = fs::remove_file(file.path());
            }
        }
    }

    fn get(&self, name: &str, format: Format) -> Option<Vec<u8>> {
        self.used.lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned());
        let file = self.folder.join(name);
        let is_file = self.usable && fs::symlink_metadata(&file).is_ok_and(|kept| kept.is_file());
        // A machine that lost power may have left a name without its bytes.
        fs::read(file).ok().filter(|bytes| is_file && Format::of(bytes) == Some(format))
    }

    fn keep(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        if !self.usable {
            return Ok(());
        }
        fs::create_dir_all(&self.folder)?;
        if let Some(ours) = self.folder.parent()
            && !ours.join(".gitignore").exists()
        {
            fs::write(ours.join(".gitignore"), "*\n")?;
        }
        let number = self.written.fetch_add(1, Ordering::Relaxed);
        let unfinished = self.folder.join(format!("{}-{number}.part", std::process::id()));
        fs::write(&unfinished, bytes)?;
        fs::rename(&unfinished, self.folder.join(name))
    }
}

/// A picture's file: read once, and decoded when the first copy that was not kept is needed.
pub struct Original {
    file: PathBuf,
    bytes: Vec<u8>,
    digest: [u8; 32],
    picture: Option<Picture>,
}

impl Original {
    /// Reads the file.
    ///
    /// # Errors
    /// What reading says.
    pub fn read(file: &Path) -> io::Result<Self> {
        let bytes = fs::read(file)?;
        let digest = Sha256::digest(&bytes).into();
        Ok(Self { file: file.to_owned(), bytes, digest, picture: None })
    }

    /// The file that was read.
    #[must_use]
    pub fn file(&self) -> &Path {
        &self.file
    }

    /// The bytes of a copy, from the cache or newly made and then cached.
    ///
    /// # Errors
    /// [`Refusal`] if the picture cannot be decoded, or has changed since its header was read.
    pub fn copy(&mut self, header: &Header, variant: &Variant, cache: &Cache) -> Result<Vec<u8>, Refusal> {
        let name = self.name_of(variant);
        if let Some(bytes) = cache.get(&name, variant.format) {
            return Ok(bytes);
        }
        let picture = match &mut self.picture {
            Some(picture) => picture,
            none => none.insert(Picture::decode(&self.bytes)?),
        };
        if picture.header() != header {
            return Err(Refusal::Broken("the file changed while the site was being built"));
        }
        let bytes = picture.encode(variant)?;
        // A folder that cannot be written only costs time in the next build.
        let _ = cache.keep(&name, &bytes);
        Ok(bytes)
    }

    /// The file name of a cached copy: a hash of the picture's bytes, the copy's parameters and annals' version.
    fn name_of(&self, variant: &Variant) -> String {
        let mut hash = Sha256::new();
        // Another version may have other encoders in it.
        hash.update(env!("CARGO_PKG_VERSION"));
        hash.update(PARAMETERS);
        hash.update(self.digest);
        hash.update(variant.width.to_be_bytes());
        hash.update(variant.height.to_be_bytes());
        let mut name = String::with_capacity(70);
        for byte in hash.finalize() {
            // Writing to memory cannot fail.
            let _ = write!(name, "{byte:02x}");
        }
        name.push('.');
        name.push_str(variant.format.ending());
        name
    }
}
