//! What an event or a list of works rests on, in words: how many sources of which sort.

use crate::content::SourceKind;
use crate::theme::Locale;
use crate::timeline::Event;

/// Returns "Rests on 2 primary sources and 3 press reports."; `None` if no source says what sort of work it is.
pub(super) fn words(event: &Event, locale: &Locale) -> Option<String> {
    of_kinds("grounds", &event.sources.iter().map(|source| source.kind).collect::<Vec<_>>(), locale)
}

/// Does the same for sources of these kinds, in the message with this key.
pub(super) fn of_kinds(key: &str, kinds: &[Option<SourceKind>], locale: &Locale) -> Option<String> {
    kinds.iter().find(|kind| kind.is_some())?;
    let count = |is_one: &dyn Fn(Option<SourceKind>) -> bool| kinds.iter().filter(|kind| is_one(**kind)).count();
    let counts = [
        ("grounds-primary", count(&|kind| kind.is_some_and(SourceKind::is_primary))),
        ("grounds-press", count(&|kind| kind == Some(SourceKind::Press))),
        ("grounds-dataset", count(&|kind| kind == Some(SourceKind::Dataset))),
        ("grounds-other", count(&|kind| kind.is_none())),
    ];
    let parts = counts.iter().filter(|(_, count)| *count > 0).map(|(key, count)| locale.count(key, *count));
    let parts: Vec<String> = parts.collect();
    let (last, before) = parts.split_last()?;
    let list = match before {
        [] => last.clone(),
        several => {
            let separator = locale.text("list-separator", &[]);
            [several.join(&separator), locale.text("list-and", &[]), last.clone()].concat()
        }
    };
    Some(locale.text(key, &[("list", list.into())]))
}
