//! The built-in style sheet: its files make one sheet, and keep to what `styles/tokens.css` says of layers and breakpoints.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::common::{Site, files};

/// The widths of the screen that rules may ask for, as `styles/tokens.css` names them.
const BREAKPOINTS: [&str; 5] = ["30rem", "48rem", "64rem", "68rem", "76rem"];

/// Properties for sides of the screen. For text from right to left, these are other sides of the text, so rules use logical
/// properties.
const PHYSICAL: &str = "left right top bottom width height min-width min-height max-width max-height margin-left margin-right \
                        margin-top margin-bottom padding-left padding-right padding-top padding-bottom border-left \
                        border-right border-top border-bottom border-top-left-radius border-top-right-radius \
                        border-bottom-left-radius border-bottom-right-radius";

/// A declaration, for one selector of its rule.
struct Declaration {
    file: String,
    selector: String,
    property: String,
    value: String,
    /// The at-rules around it, the outermost first.
    context: Vec<String>,
}

/// The files of `styles/` with their texts.
fn sheets() -> Vec<(String, String)> {
    let texts = files(&root().join("styles")).into_iter();
    texts.map(|(name, bytes)| (name, String::from_utf8(bytes).expect("it is text"))).collect()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn without_comments(css: &str) -> String {
    let parts = css.split("/*").enumerate();
    parts.map(|(at, part)| if at == 0 { part } else { part.split_once("*/").map_or("", |(_, rest)| rest) }).collect()
}

/// All declarations with their selectors written out, nesting and lists resolved.
fn declarations() -> Vec<Declaration> {
    let mut found = Vec::new();
    for (file, css) in sheets() {
        let mut context: Vec<Vec<String>> = Vec::new();
        let mut rest = without_comments(&css);
        while let Some(end) = end_of_statement(&rest) {
            let after = rest.split_off(end + 1);
            let sign = rest.pop();
            let statement = rest.split_whitespace().collect::<Vec<_>>().join(" ");
            rest = after;
            match sign {
                Some('{') => context.push(split(&statement, ',')),
                Some('}') => {
                    context.pop();
                }
                _ => found.extend(declared(&file, &statement, &context)),
            }
        }
        assert!(context.is_empty() && rest.trim().is_empty(), "{file} ends inside a rule");
    }
    found
}

/// Returns the byte position of the first `{`, `}` or `;` outside of brackets and strings.
fn end_of_statement(css: &str) -> Option<usize> {
    let (mut depth, mut string) = (0, None);
    css.char_indices().find_map(|(at, letter)| {
        match (string, letter) {
            (Some(quote), _) => string = (quote != letter).then_some(quote),
            (None, '"' | '\'') => string = Some(letter),
            (None, '(' | '[') => depth += 1,
            (None, ')' | ']') => depth -= 1,
            (None, '{' | '}' | ';') if depth == 0 => return Some(at),
            _ => {}
        }
        None
    })
}

/// Splits a list at the separators outside of brackets, and trims the parts.
fn split(list: &str, separator: char) -> Vec<String> {
    let mut depth = 0;
    let at_top = |letter: char| {
        depth += i32::from("([".contains(letter)) - i32::from(")]".contains(letter));
        letter == separator && depth == 0
    };
    list.split(at_top).map(|part| part.trim().to_owned()).collect()
}

/// Returns a declaration once for each selector of its rule, with nesting resolved; nothing if the statement is an at-rule.
fn declared(file: &str, statement: &str, context: &[Vec<String>]) -> Vec<Declaration> {
    let Some((property, value)) = statement.split_once(": ").filter(|_| !statement.starts_with('@')) else {
        return Vec::new();
    };
    let is_at_rule = |list: &&Vec<String>| list[0].starts_with('@');
    let at_rules: Vec<String> = context.iter().filter(is_at_rule).map(|list| list.join(", ")).collect();
    let mut selectors = vec![String::new()];
    for list in context.iter().filter(|list| !is_at_rule(list)) {
        let nested = |outer: &String| list.iter().map(|inner| inner.replace('&', outer)).collect::<Vec<_>>();
        selectors = selectors.iter().flat_map(nested).collect();
    }
    let declaration = |selector| Declaration {
        file: file.to_owned(),
        selector,
        property: property.to_owned(),
        value: value.to_owned(),
        context: at_rules.clone(),
    };
    selectors.into_iter().map(declaration).collect()
}

#[test]
fn a_site_gets_all_files_as_one_sheet() {
    let site = Site::new();
    site.build();
    let sheet = site.page("assets/annals.css");
    for (name, css) in sheets().into_iter().filter(|(name, _)| name != "embed.css") {
        let bare = without_comments(&css);
        let lines: Vec<&str> = bare.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        assert!(lines.len() > 5, "{name} has hardly a rule");
        assert!(sheet.contains(&lines.join("\n")), "assets/annals.css lacks {name}");
    }
    assert!(sheet.starts_with("@layer tokens, base, parts, states, print;"), "the order of layers comes first");
    assert!(!sheet.contains("/*"), "comments are for who reads the source");
}

#[test]
fn the_sheet_of_embed_html_has_tokens_and_lists_and_no_typeface() {
    let site = Site::new();
    site.build();
    let sheet = site.page("assets/embed.css");
    assert!(sheet.starts_with("@layer tokens, base, parts, states, print;"), "the order of layers comes first");
    for rule in ["--paper: ", "[data-theme=\"dark\"]", ".mark {", ".event {", ".embed {"] {
        assert!(sheet.contains(rule), "{rule}");
    }
    for rule in ["@font-face", "url(", "/*", ".site-header"] {
        assert!(!sheet.contains(rule), "{rule}");
    }
}

#[test]
fn files_are_short_and_have_one_declaration_a_line() {
    for (name, css) in sheets() {
        assert!(css.lines().count() <= 450, "styles/{name} is too long");
        for (number, line) in css.lines().enumerate() {
            let place = format!("styles/{name}:{}: {line}", number + 1);
            assert!(line.chars().count() <= 120, "{place}");
            assert!(line.matches(';').count() <= 1 && !(line.contains('{') && line.contains('}')), "{place}");
        }
    }
}

#[test]
fn every_rule_is_in_a_layer_and_none_is_important() {
    for Declaration { file, selector, property, value, context } in declarations() {
        let is_rule = !context.iter().any(|at_rule| at_rule.starts_with("@font-face") || at_rule.starts_with("@page"));
        let is_layered = context.first().is_some_and(|at_rule| at_rule.starts_with("@layer "));
        assert!(is_layered || !is_rule, "{file}: {selector} {{ {property} }} is in no layer");
        assert!(!value.contains('!'), "{file}: {selector} {{ {property}: {value} }}");
    }
}

#[test]
fn no_rule_is_defined_twice() {
    let mut seen = BTreeMap::new();
    for Declaration { file, selector, property, value, context } in declarations() {
        if context.iter().any(|at_rule| at_rule.starts_with("@font-face")) {
            continue;
        }
        let said = format!("{file}: {selector} {{ {property}: {value} }}");
        if let Some(before) = seen.insert((selector, property, context), said.clone()) {
            panic!("{before}, and again {said}");
        }
    }
}

#[test]
fn sides_are_those_of_the_text() {
    for Declaration { file, selector, property, value, .. } in declarations() {
        let is_physical = PHYSICAL.split(' ').any(|side| side == property)
            || (["text-align", "float", "clear"].contains(&property.as_str()) && ["left", "right"].contains(&&*value));
        assert!(!is_physical, "{file}: {selector} {{ {property}: {value} }}");
        let parts = split(&value, ' ');
        let differ = parts.len() == 4 && parts[1] != parts[3];
        let has_sides = ["margin", "padding", "inset", "border-width"].contains(&property.as_str());
        assert!(!(has_sides && differ), "{file}: {selector} {{ {property}: {value} }}");
    }
}

#[test]
fn rules_ask_for_the_named_breakpoints_only() {
    let tokens = fs::read_to_string(root().join("styles/tokens.css")).expect("it is there");
    let table: Vec<&str> = tokens.split('|').map(str::trim).filter(|cell| cell.ends_with("rem")).collect();
    assert_eq!(table, BREAKPOINTS, "the table in styles/tokens.css");
    let mut asked = BTreeSet::new();
    for Declaration { file, context, .. } in declarations() {
        for at_rule in context.iter().filter(|at_rule| at_rule.starts_with("@media")) {
            assert!(!at_rule.contains("-width") && !at_rule.contains("-height"), "{file}: {at_rule}");
            if let Some((_, width)) = at_rule.split_once("(width ") {
                let width = width.split(')').next().unwrap_or(width).trim_start_matches(['<', '>', '=', ' ']);
                assert!(BREAKPOINTS.contains(&width), "{file}: {at_rule}");
                asked.insert(width.to_owned());
            }
        }
    }
    assert_eq!(asked.into_iter().collect::<Vec<_>>(), BREAKPOINTS, "each is asked for");
}

#[test]
fn every_class_occurs_on_a_page() {
    let mut sources = String::new();
    for folder in ["templates", "scripts", "src"] {
        for (name, bytes) in files(&root().join(folder)) {
            if [".html", ".js", ".rs"].iter().any(|ending| name.ends_with(ending)) {
                sources.push_str(&String::from_utf8_lossy(&bytes));
            }
        }
    }
    let words: BTreeSet<&str> = sources.split(|c: char| !c.is_alphanumeric() && c != '-' && c != '_').collect();
    // Code composes some names, as in `glyph-{kind}`. So a class is used if its beginning occurs before a bracket, and its end
    // is a number or occurs as a word.
    let composed = |class: &str| {
        let parts = class.match_indices('-').map(|(at, _)| (&class[..=at], &class[at + 1..]));
        let mut parts = parts.filter(|(beginning, _)| sources.contains(&format!("{beginning}{{")));
        parts.any(|(_, end)| end.chars().all(|c| c.is_ascii_digit()) || words.contains(end))
    };
    let mut classes = BTreeSet::new();
    for Declaration { selector, .. } in declarations() {
        for part in selector.split('.').skip(1) {
            let end = part.find(|c: char| !c.is_alphanumeric() && c != '-' && c != '_').unwrap_or(part.len());
            classes.insert(part[..end].to_owned());
        }
    }
    assert!(classes.len() > 150, "only {} classes were found", classes.len());
    let unused: Vec<&String> = classes.iter().filter(|class| !words.contains(&***class) && !composed(class)).collect();
    assert!(unused.is_empty(), "on no page: {unused:?}");
}

#[test]
fn colours_and_typefaces_are_tokens() {
    let functions = ["rgb(", "rgba(", "hsl(", "hwb(", "lab(", "lch(", "oklab(", "oklch(", "color("];
    let names = ["black", "white", "gray", "grey", "red", "green", "blue"];
    let mut tokens = 0;
    for Declaration { file, selector, property, value, context } in declarations() {
        if property.starts_with("--") && file == "tokens.css" {
            tokens += 1;
            continue;
        }
        let place = format!("{file}: {selector} {{ {property}: {value} }}");
        let words: Vec<&str> = value.split([' ', ',', '(', ')']).collect();
        // `url(#…)` is a part of a drawing.
        let is_hexadecimal = |word: &&str| word.starts_with('#') && word[1..].chars().all(|c| c.is_ascii_hexdigit());
        let is_colour = words.iter().any(|word| is_hexadecimal(word) || names.contains(word))
            || functions.iter().any(|function| split(&value, ' ').iter().any(|part| part.starts_with(function)));
        assert!(!is_colour, "{place}");
        let is_face = context.iter().any(|at_rule| at_rule.starts_with("@font-face"));
        let is_typeface = ["font-family", "font"].contains(&property.as_str());
        assert!(is_face || !is_typeface || value == "inherit" || value.starts_with("var(--"), "{place}");
    }
    assert!(tokens > 60, "only {tokens} tokens were found");
}

/// The tokens of a sheet by scheme: for all, for light and for dark.
struct Look {
    all: BTreeMap<String, String>,
    light: BTreeMap<String, String>,
    dark: BTreeMap<String, String>,
}

/// The tokens in the rules of a sheet, which must hold nothing else. `print` is left out.
fn look(css: &str) -> Look {
    let mut found = Look { all: BTreeMap::new(), light: BTreeMap::new(), dark: BTreeMap::new() };
    let mut context: Vec<String> = Vec::new();
    for line in without_comments(css).lines().map(str::trim) {
        if let Some(selector) = line.strip_suffix('{') {
            context.push(selector.trim().to_owned());
        } else if line == "}" {
            context.pop();
        } else if let Some((token, value)) = line.split_once(": ").filter(|(token, _)| token.starts_with("--")) {
            let at_rules = context.join(" ");
            let scheme = match () {
                () if at_rules.contains("print") => continue,
                () if at_rules.contains("dark") => &mut found.dark,
                () if at_rules.contains("screen") => &mut found.light,
                () => &mut found.all,
            };
            assert!(context.iter().all(|rule| rule.starts_with('@') || rule == ":root"), "{line} is not in :root");
            scheme.insert(token.to_owned(), value.trim_end_matches(';').to_owned());
        }
    }
    found
}

/// The contrast of two colours, from 1 to 21, as WCAG 2.2 defines it.
fn contrast(one: &str, other: &str) -> f64 {
    let luminance = |colour: &str| {
        let digits = colour.strip_prefix('#').unwrap_or_else(|| panic!("{colour} is no colour in digits"));
        let long: String =
            if digits.len() == 3 { digits.chars().flat_map(|c| [c, c]).collect() } else { digits.to_owned() };
        let weights = [0.2126, 0.7152, 0.0722].iter().enumerate();
        weights.fold(0.0, |sum, (at, weight)| {
            let part = u8::from_str_radix(&long[at * 2..at * 2 + 2], 16).expect("two digits");
            let part = f64::from(part) / 255.0;
            let linear = if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) };
            sum + weight * linear
        })
    };
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// Asserts that colours of text have a contrast of at least 4.5 with their grounds (WCAG 2.2, 1.4.3), and those of the focus
/// and of places one of 3 (1.4.11).
fn assert_legible(colours: &BTreeMap<String, String>, name: &str) {
    let text = ["ink", "quiet", "accent", "talks", "decisions", "agreements", "pressure", "persons", "words"];
    let on_paper = text.iter().map(|text| (*text, "paper", 4.5));
    let on_maps = [("ink", "land", 4.5), ("ink", "sea", 4.5), ("focus", "paper", 3.0), ("spot", "land", 3.0)];
    for (token, ground, least) in on_paper.chain(on_maps) {
        let [colour, under] = [token, ground].map(|token| &colours[&format!("--{token}")]);
        let found = contrast(colour, under);
        assert!(found >= least, "{name}: --{token} on --{ground} has a contrast of {found:.2}, less than {least}");
    }
}

#[test]
fn text_can_be_read_in_both_schemes() {
    assert!((contrast("#fff", "#000000") - 21.0).abs() < 0.001);
    let tokens = fs::read_to_string(root().join("styles/tokens.css")).expect("it is there");
    let Look { all, dark, .. } = look(&tokens.replace("@layer tokens {", "@layer {"));
    assert_legible(&all, "light");
    assert_legible(&all.into_iter().chain(dark).collect(), "dark");
}

/// The files in docs/a-second-look.md: paths with texts.
fn second_look() -> Vec<(String, String)> {
    let page = fs::read_to_string(root().join("docs/a-second-look.md")).expect("it is there");
    let blocks = page.split("`:\n\n```").collect::<Vec<_>>();
    let file = |pair: &[&str]| {
        let path = pair[0].rsplit('`').next().expect("a path is before it").to_owned();
        let (_, text) = pair[1].split_once('\n').expect("a language");
        (path, text.split("```").next().expect("an end").to_owned())
    };
    blocks.windows(2).map(file).collect()
}

#[test]
fn a_second_look_is_made_of_tokens_that_the_sheet_uses() {
    let files = second_look();
    let paths: Vec<&str> = files.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(paths, ["static/assets/courier.css", "templates/head.html", "templates/footer.html"]);
    let add = |site: Site, (path, text): &(String, String)| site.file(path, text);
    let site = files.iter().fold(Site::new().event("one", "2017-11-20", ""), add);
    site.build();

    let sheet = site.page("assets/annals.css");
    let own = site.page("assets/courier.css");
    let Look { all, light, dark } = look(&own);
    for token in all.keys().chain(light.keys()).chain(dark.keys()) {
        let is_used = [")", ","].iter().any(|end| sheet.contains(&format!("var({token}{end}")));
        assert!(is_used, "no rule uses {token}");
    }
    assert_eq!(light.keys().collect::<Vec<_>>(), dark.keys().collect::<Vec<_>>(), "both schemes have the same tokens");
    assert!(all.len() + light.len() > 25, "only {} tokens", all.len() + light.len());
    // Nothing but tokens in `:root`, for each scheme.
    let rest = own.lines().map(str::trim).filter(|line| !line.starts_with("--") && !line.starts_with("/*"));
    let rest: BTreeSet<&str> = rest.filter(|line| !["", "}", ":root {"].contains(line)).collect();
    assert_eq!(
        rest.into_iter().collect::<Vec<_>>(),
        ["@media screen and (prefers-color-scheme: dark) {", "@media screen {"]
    );
    assert_legible(&light, "light");
    assert_legible(&dark, "dark");

    for (page, to_root) in [("index.html", ""), ("events/one.html", "../"), ("timeline/2017.html", "../")] {
        let html = site.page(page);
        let link = |sheet: &str| html.find(&format!("<link rel=\"stylesheet\" href=\"{to_root}assets/{sheet}\">"));
        assert!(link("annals.css").expect("the sheet") < link("courier.css").expect("the own sheet"), "{page}");
        assert!(html.contains("<strong>The Example Courier</strong>"), "{page} has another footer");
        assert!(!html.contains("Made with annals"), "{page} has the built-in footer too");
    }
}
