//! Pictures that take long to make, kept from one build to the next in the site's folder: copies of pictures in
//! `.cache/annals/pictures/`, painted social cards in `.cache/annals/cards/`.
//!
//! A picture's name is the hash of what it is made from and of everything else that determines it, so a hit is always right and
//! nothing has to be invalidated.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use sha2::{Digest, Sha256};

use crate::cache_folder::CacheFolder;
use crate::pictures::{Format, Header, PARAMETERS, Picture, Refusal, Variant};

/// The kept pictures of a site.
pub(crate) struct Cache {
    copies: Kept,
    cards: Kept,
}

/// A folder of kept pictures, and the names of those that this build used.
struct Kept {
    folder: CacheFolder,
    used: Mutex<BTreeSet<String>>,
}

impl Cache {
    /// Opens the cache of the site at `root`. Nothing is written until there is something to keep.
    #[must_use]
    pub(crate) fn of_site(root: &Path) -> Self {
        let folder = |name| Kept::new(CacheFolder::of_site(root).folder(name));
        Self { copies: folder("pictures"), cards: folder("cards") }
    }

    /// Returns a cache that keeps nothing, so that every picture is made.
    #[must_use]
    pub(crate) fn none() -> Self {
        Self { copies: Kept::new(CacheFolder::none()), cards: Kept::new(CacheFolder::none()) }
    }

    /// Removes the pictures that this build did not use. Call it at the end of a successful build.
    pub(crate) fn sweep(&self) {
        self.copies.sweep();
        self.cards.sweep();
    }

    /// Protects a picture from [`Cache::sweep`], for a build that uses it without reading it.
    pub(crate) fn touch(&self, name: &str) {
        // A name is a hash, so at most one of the folders has it.
        self.copies.touch(name);
        self.cards.touch(name);
    }

    /// Returns the PNG of a social card, and its name in the cache. `paint` is called if the card is not there, and the result
    /// is kept.
    #[must_use]
    pub(crate) fn painted(&self, svg: &[u8], paint: impl FnOnce(&[u8]) -> Vec<u8>) -> (Vec<u8>, String) {
        let mut hash = Sha256::new();
        // Another version may paint differently.
        hash.update(env!("CARGO_PKG_VERSION"));
        hash.update(svg);
        let name = file_name(hash, Format::Png);
        let bytes = self.cards.get(&name, Format::Png).unwrap_or_else(|| {
            let bytes = paint(svg);
            self.cards.put(&name, &bytes);
            bytes
        });
        (bytes, name)
    }
}

impl Kept {
    fn new(folder: CacheFolder) -> Self {
        Self { folder, used: Mutex::default() }
    }

    fn sweep(&self) {
        let used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        self.folder.retain(|name| used.contains(name));
    }

    fn touch(&self, name: &str) {
        self.used.lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned());
    }

    fn put(&self, name: &str, bytes: &[u8]) {
        // A folder that cannot be written only costs time in the next build.
        let _ = self.folder.write(name, &[bytes]);
    }

    fn get(&self, name: &str, format: Format) -> Option<Vec<u8>> {
        self.touch(name);
        // A machine that lost power may have left a name without its bytes.
        self.folder.read(name).filter(|bytes| Format::of(bytes) == Some(format))
    }
}

/// A picture's file. It is read once, and decoded when a copy is needed that was not kept.
pub(crate) struct Original {
    file: PathBuf,
    bytes: Vec<u8>,
    digest: [u8; 32],
    picture: Option<Picture>,
}

impl Original {
    /// Reads the file.
    ///
    /// # Errors
    /// The error of reading the file.
    pub(crate) fn read(file: &Path) -> io::Result<Self> {
        let bytes = fs::read(file)?;
        let digest = Sha256::digest(&bytes).into();
        Ok(Self { file: file.to_owned(), bytes, digest, picture: None })
    }

    /// Returns the path of the file that was read.
    #[must_use]
    pub(crate) fn file(&self) -> &Path {
        &self.file
    }

    /// Returns the bytes of a copy, from the cache or newly made and then cached.
    ///
    /// # Errors
    /// [`Refusal`] if the picture cannot be decoded, or has changed since its header was read.
    pub(crate) fn copy(&mut self, header: &Header, variant: &Variant, cache: &Cache) -> Result<Vec<u8>, Refusal> {
        let name = self.name_of(variant);
        if let Some(bytes) = cache.copies.get(&name, variant.format) {
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
        cache.copies.put(&name, &bytes);
        Ok(bytes)
    }

    /// Returns the file name of a cached copy: a hash of the picture's bytes, the copy's parameters and annals' version.
    #[must_use]
    pub(crate) fn name_of(&self, variant: &Variant) -> String {
        let mut hash = Sha256::new();
        // Another version may have other encoders in it.
        hash.update(env!("CARGO_PKG_VERSION"));
        hash.update(PARAMETERS);
        hash.update(self.digest);
        hash.update(variant.width.to_be_bytes());
        hash.update(variant.height.to_be_bytes());
        file_name(hash, variant.format)
    }
}

/// Returns a hash in hexadecimal digits, with the extension of a format.
fn file_name(hash: Sha256, format: Format) -> String {
    let mut name = String::with_capacity(70);
    for byte in hash.finalize() {
        // Writing to memory cannot fail.
        let _ = write!(name, "{byte:02x}");
    }
    name.push('.');
    name.push_str(format.ending());
    name
}
