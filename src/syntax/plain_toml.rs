//! The TOML that nearly all entries have, read in one pass: `key = value` with simple values, `[table]` and `[[list]]`.
//!
//! Everything else (escapes, dotted keys, inline tables, numbers with a point, and whatever is wrong) is left to the full
//! parser. It would read the same tree; a test compares the two.

use super::Piece;
use super::node::{Key, Node, Table, Value};

/// How deep plain TOML can be nested: a list in a table in a list of tables in the outermost table.
const DEPTH: usize = 4;

/// Reads a piece of plain TOML. `None` if something in it is not plain, or may be wrong.
#[must_use]
pub(super) fn parse<'t>(piece: &Piece<'t>) -> Option<Node<'t>> {
    if piece.max_depth < DEPTH {
        return None;
    }
    let mut reader = Reader { text: piece.text, offset: piece.offset, at: 0 };
    let mut root = Table::with_capacity(16);
    // The entry of the outermost table that the lines belong to, once there was a header.
    let mut header = None;
    loop {
        reader.skip_spaces();
        match reader.next() {
            None => break,
            Some(b'\n' | b'#') => reader.end_of_line()?,
            Some(b'[') => header = Some(reader.header(&mut root)?),
            Some(_) => {
                let (key, value) = reader.entry()?;
                let table = open_table(&mut root, header)?;
                if table.iter().any(|(other, _)| other.name == key.name) {
                    return None;
                }
                table.push((key, value));
            }
        }
    }
    Some(Node { span: piece.offset..piece.offset + piece.text.len(), value: Value::Table(root) })
}

/// The table that the last header began, or the outermost one.
fn open_table<'r, 't>(root: &'r mut Table<'t>, header: Option<usize>) -> Option<&'r mut Table<'t>> {
    let Some(header) = header else { return Some(root) };
    match &mut root[header].1.value {
        Value::Table(table) => Some(table),
        Value::List(tables) => match &mut tables.last_mut()?.value {
            Value::Table(table) => Some(table),
            _ => None,
        },
        _ => None,
    }
}

struct Reader<'t> {
    text: &'t str,
    /// Bytes of the file before the text.
    offset: usize,
    at: usize,
}

impl<'t> Reader<'t> {
    fn rest(&self) -> &'t [u8] {
        &self.text.as_bytes()[self.at..]
    }

    fn next(&self) -> Option<u8> {
        self.rest().first().copied()
    }

    /// Takes the next bytes for which a condition holds.
    fn take(&mut self, is_of_kind: impl Fn(u8) -> bool) -> &'t str {
        let start = self.at;
        self.at += self.rest().iter().position(|byte| !is_of_kind(*byte)).unwrap_or(self.rest().len());
        &self.text[start..self.at]
    }

    fn skip_spaces(&mut self) {
        self.take(|byte| byte == b' ' || byte == b'\t');
    }

    /// Takes `mark`; `None` if something else is next.
    fn expect(&mut self, mark: &str) -> Option<()> {
        let is_next = self.rest().starts_with(mark.as_bytes());
        self.at += mark.len();
        is_next.then_some(())
    }

    /// Takes the rest of a line, which may only be a comment.
    fn end_of_line(&mut self) -> Option<()> {
        self.skip_spaces();
        if self.next() == Some(b'#') {
            self.take(|byte| !is_control(byte) || byte == b'\t');
        }
        match self.next() {
            None => Some(()),
            Some(_) => self.expect("\n"),
        }
    }

    fn node(&self, start: usize, value: Value<'t>) -> Node<'t> {
        Node { span: start + self.offset..self.at + self.offset, value }
    }

    fn key(&mut self) -> Option<Key<'t>> {
        let start = self.at + self.offset;
        let name = self.take(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
        (!name.is_empty()).then(|| Key { span: start..self.at + self.offset, name: name.into() })
    }

    /// Takes `[table]` or `[[list]]`, and adds the table. Returns the index of its entry in the outermost table.
    fn header(&mut self, root: &mut Table<'t>) -> Option<usize> {
        let start = self.at;
        let is_list = self.rest().starts_with(b"[[");
        self.expect(if is_list { "[[" } else { "[" })?;
        let key = self.key()?;
        self.expect(if is_list { "]]" } else { "]" })?;
        let table = self.node(start, Value::Table(Table::with_capacity(8)));
        self.end_of_line()?;
        let Some(index) = root.iter().position(|(other, _)| other.name == key.name) else {
            let span = table.span.clone();
            let value = if is_list { Node { span, value: Value::List(vec![table]) } } else { table };
            root.push((key, value));
            return Some(root.len() - 1);
        };
        match &mut root[index].1.value {
            Value::List(tables) if is_list && matches!(tables.first()?.value, Value::Table(_)) => tables.push(table),
            _ => return None,
        }
        Some(index)
    }

    /// Takes `key = value`, and the rest of the line.
    fn entry(&mut self) -> Option<(Key<'t>, Node<'t>)> {
        let key = self.key()?;
        self.skip_spaces();
        self.expect("=")?;
        self.skip_spaces();
        let start = self.at;
        let value = match self.next()? {
            b'"' => self.text()?,
            b'[' => self.list()?,
            _ => self.word()?,
        };
        let node = self.node(start, value);
        self.end_of_line()?;
        Some((key, node))
    }

    /// Takes a text on one line between double quotes, without escapes.
    fn text(&mut self) -> Option<Value<'t>> {
        self.expect("\"")?;
        let text = self.take(|byte| !matches!(byte, b'"' | b'\\') && !is_control(byte));
        self.expect("\"")?;
        // Three quotes begin a text of several lines.
        (!text.is_empty() || self.next() != Some(b'"')).then_some(Value::Text(text.into()))
    }

    /// Takes a list of texts, which may extend over several lines.
    fn list(&mut self) -> Option<Value<'t>> {
        self.expect("[")?;
        let mut items = Vec::with_capacity(4);
        loop {
            self.take(|byte| matches!(byte, b' ' | b'\t' | b'\n'));
            let start = self.at;
            if self.next()? == b'"' {
                let text = self.text()?;
                items.push(self.node(start, text));
                self.take(|byte| matches!(byte, b' ' | b'\t' | b'\n'));
                if self.next()? == b',' {
                    self.at += 1;
                    continue;
                }
            }
            self.expect("]")?;
            return Some(Value::List(items));
        }
    }

    /// Takes `true`, `false`, a whole number of at most 18 digits, or a day.
    fn word(&mut self) -> Option<Value<'t>> {
        let word = self.take(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        match word {
            "true" => return Some(Value::Bool(true)),
            "false" => return Some(Value::Bool(false)),
            _ if is_day(word.as_bytes()) => return Some(Value::Datetime(word)),
            _ => {}
        }
        let is_number = word.len() <= 18 && word.bytes().all(|byte| byte.is_ascii_digit());
        let is_plain = is_number && (word.len() == 1 || !word.starts_with('0'));
        is_plain.then(|| word.parse().ok()).flatten().map(|number| Value::Integer { number, plain: None })
    }
}

/// Whether a byte is a control character, on which only the full parser decides.
fn is_control(byte: u8) -> bool {
    byte < b' ' || byte == 0x7F
}

/// Whether a word is a date such as `2017-11-20`, up to the 28th, so that it exists in every month. Others are left to the full
/// parser.
fn is_day(word: &[u8]) -> bool {
    let is_of_form = |(at, byte): (usize, &u8)| if matches!(at, 4 | 7) { *byte == b'-' } else { byte.is_ascii_digit() };
    word.len() == 10
        && word.iter().enumerate().all(is_of_form)
        && (&b"01"[..]..=b"12").contains(&&word[5..7])
        && (&b"01"[..]..=b"28").contains(&&word[8..])
}
