//! Elements for which annals writes the HTML itself: headings, tables, tasks.

use pulldown_cmark::{Alignment, Event, HeadingLevel, Tag, TagEnd};

use super::converter::{Converter, inline, is_inline};
use super::finding::code_of;
use super::text::slot;
use super::words::slug;
use crate::diagnostic::{Code, Span};
use crate::foreign::notations;
use crate::id::{self, is_of_id};

impl Converter<'_> {
    pub(super) fn open_heading(&mut self, level: HeadingLevel, own: Option<&str>, span: Span) {
        let words = self.headings.pop_front().unwrap_or_default();
        self.report_attributes(own, &words, &span);
        let anchor = match own {
            Some(own) => self.own_anchor(own, &span),
            None => self.slug_of(&words, &span),
        };
        let html = [slot::HEADING, "<", self.tag(level), " id=\"", slot::ID, &anchor, "\">"].concat();
        self.out.push(Event::Html(html.into()));
        // The heading's own id is its anchor for authors.
        self.anchored("<span");
    }

    pub(super) fn close_heading(&mut self, level: HeadingLevel) {
        let html = ["</span>", slot::HEADING, "</", self.tag(level), ">\n"].concat();
        self.out.push(Event::Html(html.into()));
    }

    /// Begins an element whose text can be linked to: a paragraph, heading, list item or row. `tag` is the beginning of its tag.
    pub(super) fn anchored(&mut self, tag: &'static str) {
        self.body.anchored += 1;
        self.out.push(inline(tag));
        self.out.push(Event::InlineHtml(slot::anchor(self.body.anchored)));
    }

    /// Returns the name of a heading's tag. The highest is `h2`, because `h1` is the page's title.
    fn tag(&self, level: HeadingLevel) -> &'static str {
        ["h2", "h3", "h4", "h5", "h6"][(level as usize + self.shift).clamp(2, 6) - 2]
    }

    /// Returns the anchor `{#own}` that an author gave to a heading, in NFC, or its slug if it is invalid, which is
    /// reported.
    fn own_anchor(&mut self, own: &str, heading: &Span) -> String {
        let own = id::normalise(own);
        let span = self.braces(heading);
        if own.is_empty() || own.starts_with('_') || !own.chars().all(is_of_id) {
            let message = format!("`{own}` cannot be the anchor of a heading");
            let help =
                format!("an anchor has letters, digits, `-` and `_`, and does not begin with `_`: {{#{}}}", slug(&own));
            self.report(Code::InvalidId, span, message).help(help);
            return slug(&own);
        }
        if !self.body.anchors.insert(own.clone()) {
            self.report_duplicate_anchor(&own, span);
        }
        self.own_anchors.insert(own.clone());
        own
    }

    fn report_duplicate_anchor(&mut self, anchor: &str, span: Span) {
        let message = format!("two headings have the anchor `{anchor}`");
        self.report(Code::DuplicateAnchor, span, message).help(format!("give this one another: {{#{anchor}-2}}"));
    }

    /// Reports braces at the end of a heading that contain anything but an anchor, because the parser drops them.
    fn report_attributes(&mut self, own: Option<&str>, words: &str, heading: &Span) {
        let span = self.braces(heading);
        let written = &self.markdown.text[span.clone()];
        let is_shown = !written.ends_with('}') || words.trim_end().ends_with('}');
        let is_anchor = own.is_some_and(|own| {
            written.strip_prefix("{#").and_then(|id| id.strip_suffix('}')).map(str::trim) == Some(own)
        });
        if is_shown || is_anchor {
            return;
        }
        if let Some(found) = notations(written).next() {
            self.report(code_of(&found), span, found.message()).help("delete it; for code, use backticks");
            return;
        }
        let anchor = written.split([' ', '{', '}']).find(|part| part.starts_with('#'));
        let help = match anchor {
            Some(anchor) => format!("annals supports anchors but no other attributes: {{{anchor}}}"),
            None => "annals supports anchors but no other attributes; put literal braces between backticks".to_owned(),
        };
        let message = format!("`{written}` would be lost");
        self.report(Code::SilentChange, span, message).help(help);
    }

    /// Returns the bytes of the braces at the end of a heading, or of its whole line if it has none.
    fn braces(&self, heading: &Span) -> Span {
        let written = &self.markdown.text[heading.clone()];
        let first = if written.starts_with('#') {
            written.lines().next().unwrap_or_default()
        } else {
            // A setext heading (CommonMark, section 4.3) ends with a line of hyphens or equals signs.
            written.trim_end().rsplit_once('\n').map_or(written, |(words, _)| words)
        };
        let written = first.trim_end().trim_end_matches('#').trim_end();
        let end = written.len();
        let start = written.rfind('{').unwrap_or(0);
        // `{{ … }}` begins with the first of two.
        let start = if written[..start].ends_with('{') { start - 1 } else { start };
        heading.start + start..heading.start + end
    }

    /// Returns an anchor that no previous heading has: `talks`, `talks-1`, `talks-2`. Reports a slug that an author gave to
    /// an earlier heading.
    fn slug_of(&mut self, text: &str, heading: &Span) -> String {
        let base = slug(text);
        if self.own_anchors.contains(&base) {
            let end = self.markdown.text[heading.clone()].lines().next().unwrap_or_default().trim_end().len();
            self.report_duplicate_anchor(&base, heading.start..heading.start + end);
        }
        let uses = self.slugs.entry(base.clone()).or_default();
        loop {
            let slug = match *uses {
                0 => base.clone(),
                number => format!("{base}-{number}"),
            };
            *uses += 1;
            if self.body.anchors.insert(slug.clone()) {
                return slug;
            }
        }
    }

    /// Writes the beginning or end of a part of a table. Cells are aligned by class, because inline styles would need a
    /// weaker Content-Security-Policy.
    pub(super) fn table(&mut self, event: &Event<'_>) {
        let html = match event {
            Event::Start(Tag::Table(columns)) => {
                self.columns.0.clone_from(columns);
                "<table>"
            }
            Event::Start(Tag::TableHead) => {
                self.in_table_head = true;
                self.columns.1 = 0;
                self.out.push(inline("<thead>"));
                return self.anchored("<tr");
            }
            Event::Start(Tag::TableRow) => {
                self.columns.1 = 0;
                return self.anchored("<tr");
            }
            Event::Start(Tag::TableCell) => {
                let column = self.columns.0.get(self.columns.1).copied().unwrap_or(Alignment::None);
                self.columns.1 += 1;
                cell(self.in_table_head, column)
            }
            Event::End(TagEnd::Table) => "</tbody></table>\n",
            Event::End(TagEnd::TableHead) => {
                self.in_table_head = false;
                "</tr></thead><tbody>\n"
            }
            Event::End(TagEnd::TableRow) => "</tr>\n",
            _ if self.in_table_head => "</th>",
            _ => "</td>",
        };
        self.out.push(inline(html));
    }

    /// Writes the checkbox of a task, disabled, and begins its label, which contains the task's words.
    pub(super) fn task(&mut self, done: bool) {
        let checked = if done { " checked" } else { "" };
        self.out.push(inline(format!(r#"<label><input type="checkbox" disabled{checked}> "#)));
        self.in_task = true;
    }

    /// Closes a task's label before the first block, because a label cannot contain blocks.
    pub(super) fn end_task_before(&mut self, event: &Event<'_>) {
        let goes_on = match event {
            Event::Start(tag) => is_inline(tag),
            Event::End(end) => !matches!(end, TagEnd::Item | TagEnd::Paragraph),
            Event::Rule => false,
            _ => true,
        };
        if self.in_task && !goes_on {
            self.in_task = false;
            self.out.push(inline("</label>"));
        }
    }
}

fn cell(is_head: bool, column: Alignment) -> &'static str {
    match (is_head, column) {
        (true, Alignment::None) => "<th>",
        (true, Alignment::Left) => r#"<th class="align-left">"#,
        (true, Alignment::Center) => r#"<th class="align-center">"#,
        (true, Alignment::Right) => r#"<th class="align-right">"#,
        (false, Alignment::None) => "<td>",
        (false, Alignment::Left) => r#"<td class="align-left">"#,
        (false, Alignment::Center) => r#"<td class="align-center">"#,
        (false, Alignment::Right) => r#"<td class="align-right">"#,
    }
}
