//! Names of files: what desktops leave behind, what no name may hold, and what some systems cannot store.
//!
//! A name is judged by itself, in NFC. Nothing here looks at a disk.

use icu_properties::CodePointMapData;
use icu_properties::props::{GeneralCategory, JoiningType};
use unicode_normalization::char::{canonical_combining_class, is_combining_mark};
use unicode_script::{Script, UnicodeScript};

/// The longest name of a file that common file systems accept, in bytes of UTF-8.
pub(crate) const LONGEST_NAME: usize = 255;
/// The longest path inside the written site, in bytes. macOS accepts 1,024 for a whole path, from the root of its disk.
pub(crate) const LONGEST_PATH: usize = 900;
/// How much of a name is quoted in a report, in characters.
const QUOTED: usize = 60;

/// Names that Windows reserves for devices, in lower case. A reserved name with an ending is reserved too.
const DEVICES: &[&str] = &[
    "con", "conin$", "conout$", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8",
    "com9", "com¹", "com²", "com³", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9", "lpt¹",
    "lpt²", "lpt³",
];

/// What desktops drop into folders that somebody opens or copies, in lower case.
const LITTER: &[&[u8]] = &[b".ds_store", b"thumbs.db", b"ehthumbs.db", b"desktop.ini"];

/// Whether a file is one that a desktop put there by itself: `.DS_Store`, `Thumbs.db`, `desktop.ini`, and the `._name`
/// in which macOS keeps a file's attributes on foreign disks.
#[must_use]
pub(crate) fn is_litter(name: &[u8]) -> bool {
    name.starts_with(b"._") || LITTER.iter().any(|litter| name.eq_ignore_ascii_case(litter))
}

/// Whether a file is one that an editor keeps beside the file that is open in it and deletes afterwards: swap files of vim
/// and Kate, locks of Emacs, LibreOffice and Microsoft Office.
#[must_use]
pub(crate) fn is_editor_lock(name: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let is_swap = name.starts_with('.') && (matches!(ending, "swp" | "swo" | "swn" | "swx" | "kate-swp"));
    is_swap || name.starts_with(".#") || name.starts_with(".~lock.") || name.starts_with("~$")
}

/// Whether a file is an earlier version of another, as editors, `patch` and merge tools leave them: `a.txt~`, `#a.txt#`,
/// `a.txt.bak`, `a.txt.orig`, `a.txt.rej`.
#[must_use]
pub(crate) fn is_backup(name: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    (name.len() > 1 && name.ends_with('~'))
        || (name.len() > 2 && name.starts_with('#') && name.ends_with('#'))
        || ["bak", "orig", "rej"].iter().any(|backup| ending.eq_ignore_ascii_case(backup))
}

/// Whether Windows reserves the name for a device, so that no file can have it there. `stem` is a name without its ending.
#[must_use]
pub(crate) fn is_device(stem: &str) -> bool {
    DEVICES.contains(&stem.to_lowercase().as_str())
}

/// Returns why no file may have this name, in words that complete "the name …", and what to do about it. `None` if a file may
/// have it: it is short enough, has no control characters, and does not end in a dot or a space.
#[must_use]
pub(crate) fn flaw(name: &str) -> Option<(String, String)> {
    if name.len() > LONGEST_NAME {
        let message = format!("has {} bytes; file systems allow {LONGEST_NAME}", name.len());
        return Some((message, "give it a shorter name".to_owned()));
    }
    if let Some(c) = name.chars().find(|c| is_control(*c)) {
        let message = format!("contains {}, which file names must not contain", named(c));
        return Some((
            message,
            match name {
                "Icon\r" => "delete it: macOS stores the folder's icon in it".to_owned(),
                _ => {
                    let clean: String = name.chars().filter(|c| !is_control(*c)).collect();
                    format!("rename it to `{}`", quoted(clean.trim()))
                }
            },
        ));
    }
    let trimmed = name.trim_end_matches(['.', ' ']);
    if trimmed.len() < name.len() {
        let last = if name.ends_with(' ') { "a space" } else { "a dot" };
        let help = match trimmed {
            "" => "rename it".to_owned(),
            _ => format!("rename it to `{}`", quoted(trimmed)),
        };
        return Some((format!("ends in {last}, which Windows drops silently"), help));
    }
    None
}

/// Returns why some systems cannot store a file of this name, or no author can type it, in words that complete "the name …",
/// and what to do about it. `None` if there is no reason.
#[must_use]
pub(crate) fn unportable(name: &str) -> Option<(String, String)> {
    if let Some(c) = name.chars().find(|c| "<>:\"|?*\\".contains(*c)) {
        let clean: String = name.chars().map(|c| if "<>:\"|?*\\".contains(c) { '-' } else { c }).collect();
        return Some((
            format!("contains `{c}`, which Windows does not allow in names"),
            format!("rename it to `{}`", quoted(&clean)),
        ));
    }
    let (stem, ending) = name.split_once('.').map_or((name, ""), |(stem, ending)| (stem, ending));
    if is_device(stem.trim_end()) {
        let dot = if ending.is_empty() { "" } else { "." };
        let help = format!("rename it, for example to `{}-{dot}{}`", stem.trim_end(), quoted(ending));
        return Some((format!("is that of a Windows device (`{stem}`)"), help));
    }
    let hidden = name.char_indices().find(|(at, c)| is_invisible(*c) && !joins(name, *at));
    hidden.map(|(_, c)| {
        let clean: String = name.chars().filter(|c| !is_invisible(*c)).collect();
        (format!("contains {}, which is invisible", named(c)), format!("rename it to `{}`", quoted(&clean)))
    })
}

/// Returns a character as a report names it: itself between backquotes, or its code point and name if it cannot be seen.
#[must_use]
pub(crate) fn named(c: char) -> String {
    let words = match c {
        '\t' => " (a tab)",
        '\n' | '\r' => " (a line end)",
        '\u{A0}' => " (a no-break space)",
        '\u{AD}' => " (a soft hyphen)",
        '\u{200B}' => " (a zero-width space)",
        '\u{200C}' => " (a zero-width non-joiner)",
        '\u{200D}' => " (a zero-width joiner)",
        '\u{FEFF}' => " (a byte order mark)",
        _ => "",
    };
    if c == ' ' {
        "a space".to_owned()
    } else if c.is_whitespace() || is_control(c) || is_invisible(c) {
        format!("U+{:04X}{words}", u32::from(c))
    } else {
        format!("`{c}`")
    }
}

/// Returns the beginning of a name that may be very long, with `…` for the rest and U+FFFD for control characters.
#[must_use]
pub(crate) fn quoted(name: &str) -> String {
    let mut rest = name.chars();
    let begins = rest.by_ref().take(QUOTED).map(|c| if is_control(c) { char::REPLACEMENT_CHARACTER } else { c });
    let mut quoted: String = begins.collect();
    if rest.next().is_some() {
        quoted.push('…');
    }
    quoted
}

/// Whether a character is a control character, a line or paragraph separator, or an embedding, override or isolate of text
/// direction (UAX #9).
fn is_control(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Whether a character leaves no mark: a format character (general category Cf), a filler, a variation selector, or one for
/// private use, which only some fonts show.
pub(crate) fn is_invisible(c: char) -> bool {
    if c.is_ascii() {
        return false;
    }
    let filler = matches!(c, '\u{034F}' | '\u{115F}' | '\u{1160}' | '\u{3164}' | '\u{FFA0}' | '\u{FE00}'..='\u{FE0F}');
    let category = CodePointMapData::<GeneralCategory>::new().get(c);
    filler || matches!(category, GeneralCategory::Format | GeneralCategory::PrivateUse)
}

/// Whether the character at a byte of a text is a join control where it changes how the letters around it look: U+200C
/// between letters that would join (rule A1 of UAX #31, section 2.3.1), U+200C or U+200D after a virama (A2 and B).
#[must_use]
pub(crate) fn joins(text: &str, at: usize) -> bool {
    let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else { return false };
    if !matches!(c, '\u{200C}' | '\u{200D}') {
        return false;
    }
    let (before, after) = (&text[..at], &text[at + c.len_utf8()..]);
    let virama = before.chars().rev().take_while(|c| is_combining_mark(*c)).any(|c| canonical_combining_class(c) == 9);
    if virama {
        let letter = before.chars().rev().find(|c| !is_combining_mark(*c)).is_some_and(char::is_alphabetic);
        // A joiner may end a word (Sinhala, Malayalam chillus); a non-joiner keeps two letters apart.
        return letter
            && (c == '\u{200D}' || after.chars().find(|c| !is_combining_mark(*c)).is_some_and(char::is_alphabetic));
    }
    if c == '\u{200D}' {
        return false;
    }
    let joining = CodePointMapData::<JoiningType>::new();
    let seen = |c: &char| joining.get(*c) != JoiningType::Transparent;
    let (left, right) = (before.chars().rev().find(seen), after.chars().find(seen));
    let (Some(left), Some(right)) = (left, right) else { return false };
    let of_one_script = left.script() == right.script() || [left, right].iter().any(|c| c.script() == Script::Common);
    of_one_script
        && matches!(joining.get(left), JoiningType::DualJoining | JoiningType::LeftJoining)
        && matches!(joining.get(right), JoiningType::DualJoining | JoiningType::RightJoining)
}

#[cfg(test)]
mod tests {
    use super::{flaw, is_backup, is_editor_lock, is_litter, joins, named, unportable};

    #[test]
    fn join_controls_stand_where_they_change_what_is_seen() {
        for word in ["می\u{200C}خواهم", "خانه\u{200C}ها", "शक्\u{200C}ति", "ක්\u{200D}රි", "क्\u{200D}ष"]
        {
            let at = word.find(['\u{200C}', '\u{200D}']).expect("each has one");
            assert!(joins(word, at), "{word:?}");
        }
        for word in [
            "a\u{200C}b",
            "\u{200C}می",
            "می\u{200C}",
            "می\u{200C}\u{200C}خ",
            "د\u{200C}ر",
            "می\u{200D}خ",
            "می\u{200C}b",
        ] {
            let at = word.find(['\u{200C}', '\u{200D}']).expect("each has one");
            assert!(!joins(word, at), "{word:?}");
        }
    }

    #[test]
    fn names_that_no_system_or_not_every_system_has() {
        for name in ["Icon\r", "a\nb", "a\tb", "a\u{7f}", "a.", "a ", "a\u{202e}b", &"x".repeat(256)] {
            assert!(flaw(name).is_some(), "{name:?}");
        }
        for name in [
            "con.txt",
            "COM1",
            "nul.tar.gz",
            "CONIN$",
            "conout$.log",
            "Com².txt",
            "lpt¹",
            "a:b",
            "x?",
            "a\\b",
            "a\u{200b}b",
            "a|b",
        ] {
            assert!(flaw(name).is_none() && unportable(name).is_some(), "{name:?}");
        }
        for name in
            [".nojekyll", "a b.jpg", "می\u{200C}خواهم.png", "réunion.png", "console.txt", "com0", "conin", "a..b"]
        {
            assert!(flaw(name).is_none() && unportable(name).is_none(), "{name:?}");
        }
        for name in ["._a.jpg", ".DS_Store", "Thumbs.db", "thumbs.db", "Desktop.ini"] {
            assert!(is_litter(name.as_bytes()), "{name}");
        }
        for name in ["a.txt~", "#a.txt#", "a.txt.orig", "a.BAK", "a.rej", ".a.un~"] {
            assert!(is_backup(name) && !is_editor_lock(name), "{name}");
        }
        for name in [".a.swp", ".a.md.swo", ".#a", ".~lock.a.odt#", "~$a.docx", ".a.kate-swp"] {
            assert!(is_editor_lock(name), "{name}");
        }
        for name in ["a.txt", "~", "#", "##", "#a", "a#", "bak", "orig.txt", "a.swp", "~a"] {
            assert!(!is_backup(name) && !is_editor_lock(name), "{name}");
        }
        assert_eq!(named('\u{200B}'), "U+200B (a zero-width space)");
        assert_eq!(named('ж'), "`ж`");
    }
}
