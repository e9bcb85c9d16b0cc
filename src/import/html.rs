//! HTML as markdown: what readers saw, without what ran.
//!
//! html5ever's tokenizer cuts the text into tags and words; no tree is built, so that no nesting is too deep. Every word is
//! escaped. What markdown cannot express is dropped and counted by the name of its element.

use std::cell::RefCell;

use html5ever::buffer_queue::BufferQueue;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};

use super::html_writer::{Converted, Writer};
use super::plain::clean;

/// Converts a piece of HTML.
#[must_use]
pub(super) fn markdown(html: &str) -> Converted {
    written(html, Writer::default())
}

/// Returns the words of a piece of HTML without mark-up, on one line. A text without tags and references keeps its lines.
#[must_use]
pub(super) fn words(html: &str) -> String {
    if !html.contains(['<', '&']) {
        return clean(html);
    }
    written(html, Writer::of_words()).markdown.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn written(html: &str, writer: Writer) -> Converted {
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from(clean(html).as_str()));
    let tokenizer = Tokenizer::new(Sink(RefCell::new(writer)), TokenizerOpts::default());
    let _ = tokenizer.feed(&queue);
    tokenizer.end();
    tokenizer.sink.0.into_inner().finish()
}

struct Sink(RefCell<Writer>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        let mut writer = self.0.borrow_mut();
        match token {
            Token::TagToken(tag) => {
                writer.tag(&tag);
                return after(&tag, writer.is_in_xml());
            }
            Token::CharacterTokens(text) => writer.words(&text),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// Returns how the tokenizer is to go on after a tag: the contents of some elements are no tags (HTML, section 13.2.6.4), except
/// in drawings and formulas.
fn after(tag: &Tag, is_in_xml: bool) -> TokenSinkResult<()> {
    if tag.kind != TagKind::StartTag || tag.self_closing || is_in_xml {
        return TokenSinkResult::Continue;
    }
    match &*tag.name {
        "script" => TokenSinkResult::RawData(RawKind::ScriptData),
        "style" | "iframe" | "noembed" | "noframes" | "xmp" => TokenSinkResult::RawData(RawKind::Rawtext),
        "title" | "textarea" => TokenSinkResult::RawData(RawKind::Rcdata),
        "plaintext" => TokenSinkResult::Plaintext,
        _ => TokenSinkResult::Continue,
    }
}

#[cfg(test)]
mod tests {
    use super::{markdown, words};

    #[test]
    fn html_becomes_the_markdown_of_what_readers_saw() {
        for (html, expected) in [
            ("<p>One</p><p>Two</p>", "One\n\nTwo"),
            ("a <b>bold</b>, <em> not </em>so", "a **bold**, *not* so"),
            ("<a href=\"https://example.org/a_(b)\">here</a>.", "[here](<https://example.org/a_(b)>)."),
            ("<a href=\"javascript:x\">here</a>", "here"),
            ("a<br>b<br><br>c", "a\\\nb\n\nc"),
            ("<ul><li>one</li><li>two</li></ul>end", "- one\n- two\n\nend"),
            ("<ol><li>one<li><p>two</p></ol>", "1. one\n2. two"),
            ("<blockquote><p>so</p><p>it is</p></blockquote>then", "> so\n\n> it is\n\nthen"),
            ("<h1>Title</h1>text", "## Title\n\ntext"),
            ("x<script>alert(1)</script>y", "xy"),
            ("x<script>document.write(\"<script>\")</script>y", "xy"),
            ("x<script>if (a</b>/) '<!--<p>'</script>y", "xy"),
            ("x<style>a::before { content: '<style>' }</style>y", "xy"),
            ("x<form><script>'</form>'</script><textarea><form></textarea></form>y", "xy"),
            ("x<svg><style>a{}</style><title/><script/></svg>y", "xy"),
            ("<xmp><b>so</b></xmp>", "\\<b>so\\</b>"),
            ("<ol><li># one<li>- two<li> <b>three</b></ol>", "1. \\# one\n2. \\- two\n3. **three**"),
            ("<ul><li>1. one<li># two</ul>", "- 1\\. one\n- \\# two"),
            ("<p><b># so,</b>it is", "\\# so,it is"),
            ("<p>2017. <b># so</b>", "2017\\. **# so**"),
            ("1 &lt; 2 &amp; *3* [4](5) {{x}}", "1 \\< 2 & \\*3\\* [4\\](5) \\{\\{x\\}\\}"),
            ("<b>open <i>both</b> after", "open *both* after"),
            ("<b></b><i> </i>x", "x"),
            ("# not a heading", "\\# not a heading"),
            ("un<b>believ</b>able", "un**believ**able"),
            ("<img src=\"https://example.org/a.jpg\" alt=\"A flag\">", "[A flag](https://example.org/a.jpg)"),
        ] {
            assert_eq!(markdown(html).markdown, expected, "{html}");
        }
    }

    #[test]
    fn what_cannot_be_kept_is_counted() {
        let converted = markdown("<script>a</script><iframe src=x></iframe><marquee>b</marquee><script>c</script>");
        assert_eq!(converted.markdown, "b");
        let dropped: Vec<_> = converted.dropped.iter().map(|(name, count)| (name.as_str(), *count)).collect();
        assert_eq!(dropped, [("iframe", 1), ("marquee", 1), ("script", 2)]);
    }

    #[test]
    fn a_headline_is_its_words() {
        assert_eq!(words("<b>Talks</b><br/>in &quot;Sochi&quot;"), "Talks in \"Sochi\"");
        assert_eq!(words("plain"), "plain");
        assert_eq!(words("<b>-</b> 5 <i>&gt;</i> 4"), "- 5 > 4");
    }

    #[test]
    fn deep_nesting_does_no_harm() {
        let html = format!(
            "{}x{}",
            "<div><blockquote><ul><li>".repeat(20_000),
            "</li></ul></blockquote></div>".repeat(20_000)
        );
        assert!(markdown(&html).markdown.ends_with('x'));
    }
}
