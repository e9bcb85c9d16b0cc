//! Marks that git leaves in a file when it cannot complete a merge.

use super::code::Code;
use super::problems::Problems;
use crate::source_path::SourcePath;

/// How often a mark repeats its character.
const LENGTH: usize = 7;

/// Reports each unresolved conflict in a text as one error.
///
/// A mark is a line that begins with exactly seven `<`, `>` or `|`. Seven `=` are a mark only between those: elsewhere they
/// underline a heading.
#[must_use]
pub(crate) fn unresolved_merges(file: &SourcePath, text: &str) -> Problems {
    let mut problems = Problems::default();
    if !may_hold_marks(text) {
        return problems;
    }
    let mut open = false;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let mark = mark(line);
        if mark == Some(b'<') || (mark.is_some_and(|mark| mark != b'=') && !open) {
            let shown = line.trim_end();
            let message = format!("the line `{shown}` is left over from an unfinished merge");
            let help =
                "keep the version that is right, and delete the other one and the lines <<<<<<<, ======= and >>>>>>>";
            let span = at..at + shown.len();
            problems.report(Code::MergeConflict, (file, span), message).help(help);
        }
        match mark {
            Some(b'<') => open = true,
            Some(b'>') => open = false,
            _ => {}
        }
        at += line.len();
    }
    problems
}

/// Blanks all but one side of each conflict, so that checks of the rest of the file report nothing more about it. The
/// remaining text keeps its positions.
#[must_use]
pub(crate) fn one_side(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let (mut open, mut other) = (false, false);
    for line in text.split_inclusive('\n') {
        let mark = mark(line).filter(|mark| open || *mark != b'=');
        match mark {
            Some(b'<') => (open, other) = (true, false),
            Some(b'>') => (open, other) = (false, false),
            Some(_) => other = open,
            None => {}
        }
        if mark.is_some() || other {
            out.extend(line.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }));
        } else {
            out.push_str(line);
        }
    }
    out
}

fn may_hold_marks(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr3_iter(b'<', b'>', b'|', bytes).any(|at| bytes[at..].starts_with(&[bytes[at]; LENGTH]))
}

/// Returns the character of a mark, if the line is one.
fn mark(line: &str) -> Option<u8> {
    let first = *line.as_bytes().first().filter(|byte| b"<>|=".contains(byte))?;
    let length = line.bytes().take_while(|byte| *byte == first).count();
    let stands_alone = line[length..].is_empty() || line[length..].starts_with(char::is_whitespace);
    // A table row may begin with `|||||||` and a heading with `=======`, so white space or the end of the line must follow
    // these.
    let is_mark = length == LENGTH && (stands_alone || matches!(first, b'<' | b'>'));
    is_mark.then_some(first)
}

#[cfg(test)]
mod tests {
    use super::{one_side, unresolved_merges};

    fn places(text: &str) -> Vec<usize> {
        let found = unresolved_merges(&"x".into(), text);
        found.into_iter().filter_map(|problem| Some(problem.span()?.start)).collect()
    }

    #[test]
    fn each_conflict_is_reported_once_at_its_beginning() {
        let conflict = "<<<<<<< HEAD\r\na\r\n||||||| base\r\nb\r\n=======\r\nc\r\n>>>>>>> x\r\n";
        assert_eq!(places(&format!("{conflict}d\n{conflict}")), [0, conflict.len() + 2]);
        assert_eq!(places("a\n>>>>>>> x\n"), [2]);
        assert_eq!(places("a\n|||||||\n"), [2]);
    }

    #[test]
    fn what_only_looks_like_a_mark_is_none() {
        for text in [
            "Title\n=======\n",
            "<<<<<<<< a\n",
            "a <<<<<<< b\n",
            ">>>>>>\n",
            "|||||||a|\n",
            "|||||||| a\n",
            " <<<<<<< a\n",
        ] {
            assert_eq!(places(text), [0; 0], "{text}");
        }
    }

    #[test]
    fn one_side_keeps_its_places() {
        let text = "a\n<<<<<<< H\nb\n||||||| x\nc\n=======\nd\n>>>>>>> y\ne\n=======\n";
        let side = one_side(text);
        assert_eq!(side.split_whitespace().collect::<Vec<_>>(), ["a", "b", "e", "======="]);
        assert_eq!((side.len(), side.find('e')), (text.len(), text.find("e\n=")));
    }
}
