//! Queries in a text: blocks with the info word `events`, and links to `@count`.

use pulldown_cmark::{CowStr, Event, TagEnd};

use super::converter::{Converter, plain_text, shown};
use super::numerals::only_number;
use super::query::{Purpose, Query, TextQuery};
use super::text::slot;
use crate::diagnostic::{Code, Span};
use crate::syntax::{Decode, Decoder, Key, Language, Node, Piece, Value, parse_toml};

/// The info word of a block that holds a query.
const BLOCK: &str = "events";
/// The beginning of an address that asserts a number.
const COUNT: &str = "@count";

/// Whether a block with this info string holds a query.
pub(super) fn is_block(info: &str) -> bool {
    info.split_whitespace().next() == Some(BLOCK)
}

/// Whether an address asserts a number, or is meant to.
pub(super) fn is_count(address: &str) -> bool {
    address.strip_prefix(COUNT).is_some_and(|rest| !rest.contains('.'))
}

/// The keys of a query that can have only one value.
const SINGLE: [&str; 3] = ["from", "to", "vote"];
/// The keys that mean something only in a block.
const OF_BLOCKS: [&str; 3] = ["events", "show", "order"];

/// Returns why the address of a count cannot be read as a query. Wrong keys and values are reported when it is decoded.
fn unlike_a_query(address: &str) -> Option<String> {
    let rest = address.strip_prefix(COUNT)?;
    if rest.is_empty() {
        return None;
    }
    let Some(pairs) = rest.strip_prefix('?') else { return Some(format!("`{address}` is not the address of a count")) };
    let mut seen: Vec<&str> = Vec::new();
    for pair in pairs.split('&').filter(|pair| !pair.is_empty()) {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        if key.is_empty() || value.is_empty() {
            return Some(format!("`{pair}` is not a key with a value"));
        }
        if OF_BLOCKS.contains(&key) {
            return Some(format!("`{key}` belongs in a block of `events`, not in a count"));
        }
        if SINGLE.contains(&key) && seen.contains(&key) {
            return Some(format!("`{key}` is given twice"));
        }
        seen.push(key);
    }
    None
}

impl<'a> Converter<'a> {
    /// Converts a fenced block whose text is a query to the slot for the events that match it.
    pub(super) fn query_block(&mut self, pieces: &[(Event<'a>, Span)], block: Span) {
        let inside = match (pieces.first(), pieces.last()) {
            (Some((_, first)), Some((_, last))) => first.start..last.end,
            _ => block.start..block.start,
        };
        let text = &self.markdown.text[inside.clone()];
        // In a list or a quotation, lines have something before them. TOML ignores indentation, but not `>`.
        let is_prefixed = |pair: &[(Event<'_>, Span)]| {
            let between = pair[0].1.end..pair[1].1.start;
            self.markdown.text.get(between).is_none_or(|between| !between.trim().is_empty())
        };
        if pieces.windows(2).any(is_prefixed) {
            let help = "begin its lines without `>`, outside of the quotation";
            self.report(Code::InvalidQuery, block, "the query is part of a quotation").help(help);
            return;
        }
        let piece = Piece {
            file: self.markdown.file,
            text,
            offset: self.markdown.offset + inside.start,
            max_depth: self.markdown.settings.limits.front_matter_depth,
            fenced: false,
        };
        let (mut node, problems) = parse_toml(&piece);
        let is_broken = !problems.is_empty();
        self.problems.extend(problems);
        node.span = self.in_file(&block);
        let query = self.decoded(&node);
        if is_broken {
            return;
        }
        self.body.queries.extend(query.map(|query| TextQuery { query, purpose: Purpose::Show, span: node.span }));
        let number = self.body.queries.len().saturating_sub(1);
        self.out.push(Event::Html(format!("{}\n", slot::list(number)).into()));
    }

    /// Converts a link that asserts a number to its words, and notes the query and the number, to be checked later.
    pub(super) fn count(&mut self, address: &CowStr<'_>, pieces: &[(Event<'a>, Span)], span: &Span) {
        let words = plain_text(pieces.iter().map(|(event, _)| event.clone()));
        self.words_of_count(pieces);
        let node = self.query_of(address, span);
        if let Some(message) = unlike_a_query(address) {
            let help = "write the keys and values of the query after a question mark: @count?kind=veto&actor=russia";
            self.report(Code::InvalidQuery, span.clone(), message).help(help);
            return;
        }
        let Some(query) = self.decoded(&node) else { return };
        let place = pieces.first().zip(pieces.last()).map(|((_, first), (_, last))| first.start..last.end);
        let place = self.in_file(&place.unwrap_or_else(|| span.clone()));
        let Some((number, zero)) = only_number(&words) else {
            let help = format!("write one number in digits between the brackets: [22]({address})");
            self.report(Code::InvalidQuery, span.clone(), format!("`{words}` is not a number to check")).help(help);
            return;
        };
        self.body.queries.push(TextQuery { query, purpose: Purpose::Assert { number, zero }, span: place });
    }

    /// Shows the words of a count with their emphasis. Pictures and whatever else a link may hold are not part of a number.
    fn words_of_count(&mut self, pieces: &[(Event<'a>, Span)]) {
        let emphasis = |tag: TagEnd| matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough);
        for (event, _) in pieces {
            match event {
                Event::Text(text) => self.out.push(Event::Text(shown(text.clone()))),
                Event::Code(text) => self.out.push(Event::Code(shown(text.clone()))),
                Event::SoftBreak | Event::HardBreak => self.out.push(event.clone()),
                Event::Start(tag) if emphasis(tag.to_end()) => self.out.push(event.clone()),
                Event::End(tag) if emphasis(*tag) => self.out.push(event.clone()),
                _ => {}
            }
        }
    }

    /// Returns the query in `@count?kind=veto&actor=russia` as a tree. A key that is repeated has a list of values.
    fn query_of(&self, address: &str, span: &Span) -> Node<'static> {
        let whole = self.in_file(span);
        // Without a place in the text, as for a link by reference, everything is reported at the link.
        let start = self.markdown.text[span.clone()].rfind(address).map(|at| whole.start + at);
        let mut table: Vec<(Key<'static>, Node<'static>)> = Vec::new();
        let pairs = address.strip_prefix(COUNT).and_then(|rest| rest.strip_prefix('?')).unwrap_or_default();
        let mut at = COUNT.len() + 1;
        for pair in pairs.split('&') {
            let place = |from: usize, to: usize| start.map_or_else(|| whole.clone(), |start| start + from..start + to);
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let decoded = |text: &str| percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned();
            let key = Key { span: place(at, at + name.len()), name: decoded(name).into() };
            let value_at = (at + name.len() + 1).min(at + pair.len());
            let value = Node { span: place(value_at, at + pair.len()), value: Value::Text(decoded(value).into()) };
            at += pair.len() + 1;
            if pair.is_empty() {
                continue;
            }
            match table.iter_mut().find(|(known, _)| known.name == key.name) {
                Some((_, Node { value: Value::List(values), .. })) => values.push(value),
                Some((_, known)) => {
                    let first = std::mem::replace(known, Node { span: known.span.clone(), value: Value::Nothing });
                    known.value = Value::List(vec![first, value]);
                }
                None => table.push((key, value)),
            }
        }
        Node { span: whole, value: Value::Table(table) }
    }

    /// Decodes a query; `None` if something in it was reported.
    fn decoded(&mut self, node: &Node<'_>) -> Option<Query> {
        let mut decoder = Decoder::new(self.markdown.file, self.markdown.file_text, Language::Toml);
        let query = Query::decode(node, &mut decoder);
        let (mut problems, _) = decoder.finish();
        if problems.is_empty() {
            query.check(self.markdown.file, &mut problems);
        }
        let is_sound = problems.is_empty();
        self.problems.extend(problems);
        is_sound.then_some(query)
    }
}
