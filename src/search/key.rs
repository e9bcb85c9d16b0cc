//! Keys of what the index is made from. If a key is the same, so is what is made.

use super::corpus::Corpus;
use super::documents::{COLLECTIONS, Document, actor_lines, event_lines};
use crate::key::{Key, Keyer};
use crate::timeline::KindIx;

/// Returns the key of everything that is indexed or shown of a document.
pub(super) fn of_document(corpus: &Corpus<'_>, document: Document) -> Key {
    let mut keyer = Keyer::default();
    // The words of dates come from the language.
    keyer.key(corpus.locale.key());
    corpus.typed.documents().iter().for_each(|word| _ = keyer.text(word));
    keyer.text(&document.url(corpus));
    match document.entry(corpus.timeline) {
        Some(entry) => entry.add_words_to(&mut keyer),
        None => document.lines(corpus, &mut |field, line| _ = keyer.number(field as u64).text(line)),
    }
    if let Document::Actor(ix) = document {
        actor_lines(&corpus.timeline[ix], &mut |field, line| _ = keyer.number(field as u64).text(line));
    }
    if let Document::Process(ix) = document {
        keyer.maybe(corpus.timeline[ix].date.as_ref().map(ToString::to_string).as_deref());
    }
    if let Document::Event(ix) = document {
        event_lines(corpus, ix, &mut |field, line| _ = keyer.number(field as u64).text(line));
        let event = &corpus.timeline[ix];
        keyer.text(&event.date.canonical());
        let kind = &corpus.timeline[event.kind];
        keyer.text(&kind.id).text(kind.family.name());
        for source in &event.sources {
            keyer.maybe(source.url.as_deref());
            keyer.maybe(source.date.as_ref().map(ToString::to_string).as_deref());
        }
    }
    keyer.finish()
}

/// Returns the key of the whole index: the number of files of terms, the keys of the documents, and the kinds that the
/// filter offers.
pub(super) fn of_index(corpus: &Corpus<'_>, terms: usize, documents: &[Key]) -> Key {
    let mut keyer = Keyer::default();
    keyer.number(terms as u64);
    documents.iter().for_each(|key| _ = keyer.key(*key));
    for (number, kind) in corpus.timeline.kinds.iter().enumerate() {
        keyer.text(&kind.id).text(corpus.kind_name(KindIx(number))).text(kind.family.name());
    }
    for (id, key) in COLLECTIONS {
        keyer.text(id).text(&corpus.locale.text(&format!("one-of-{key}"), &[]));
    }
    keyer.finish()
}
