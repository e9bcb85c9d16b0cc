//! Checks that archived copies are at known archives, or identified by their hash.

use super::references::Resolver;
use crate::config::Archives;
use crate::content::EventMatter;
use crate::diagnostic::Code;

impl Resolver<'_, '_> {
    /// Reports archived copies at hosts that are not known archives, unless the entry gives the copy's hash.
    pub(super) fn archives(&mut self, archives: &Archives, event: &EventMatter) {
        for source in event.sources.iter().filter(|source| source.archive_sha256.is_none() && !source.unread.0) {
            let Some(archive) = &source.archive else { continue };
            let Some(host) = archives.unknown_host(&archive.value) else { continue };
            let way_out = format!(
                "add hosts = [\"{host}\"] under [archives] in site.toml, or the copy's hash as `archive_sha256`"
            );
            let help = match archives.nearest(&host) {
                Some(near) => format!("{near} Otherwise {way_out}"),
                None => format!(
                    "{way_out}; the known archives are web.archive.org, archive.today, perma.cc, webcitation.org and those \
                     of the UN and of national libraries"
                ),
            };
            let message = format!("`{host}` is not a known archive, so nothing shows that the copy stays as it is");
            self.report(Code::UnknownArchive, archive.span.clone(), message).help(help);
        }
    }
}
