//! The page folds words exactly as the build does: both run over the same texts, all of Unicode among them.
//!
//! It needs Node.js, as the browser tests do.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use annals::steps::{Form, TABLE, forms};
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

/// Runs the page's script over texts on standard input, one per line in JSON, and prints the words of each, with an asterisk
/// after their other forms; `null` for a text with a character that this Node.js does not know.
const PROGRAM: &str = r"
const fs = require('node:fs');
const context = {};
require('node:vm').runInNewContext(fs.readFileSync(process.argv[1], 'utf8'), context);
const known = (text) => !/\p{Cn}/u.test(text);
const words = (text) => (known(text) ? context.annalsText.tokens(text).flatMap(({ word, forms }) => [word, ...forms.map((form) => `${form}*`)]) : null);
const texts = JSON.parse(fs.readFileSync(0, 'utf8'));
process.stdout.write(JSON.stringify(texts.map(words)));
";

const AWKWARD: [&str; 29] = [
    "İstanbul",
    "ISTANBUL ısı",
    "Erdoğan",
    "ﷺ",
    "ﬁn ﬀ",
    "أحمد احمد",
    "مكتبة ٱلله سـلام کتاب ی",
    "ß ẞ Straße",
    "Å Ǻ A\u{30a}\u{301}",
    "ไทย ภาษาไทย",
    "联合国安全理事会 U.N.安理会3号",
    "コーヒー ｺｰﾋｰ か\u{3099}",
    "👍 🇸🇾 1️⃣",
    "\u{301}\u{302}",
    "a\u{301}\u{301}b",
    "ΟΔΥΣΣΕΥΣ Ὀδυσσεύς σς",
    "ŉ",
    "\u{212a}elvin \u{2126}",
    "ＦＵＬＬ ｗｉｄｔｈ １２３",
    "al-Assad, Syria's, ʿAlī, Dar‘a",
    "한국어 각",
    "x² ½ ① ㏂ ℃",
    "\u{feff}a\u{200b}b\u{200d}c\u{ad}d",
    "والأسد وبدمشق لروسيا للأمم وللأمم بالأمم كالأمم الحل الله والله ولد فلسطين",
    "می\u{200c}شود کتاب\u{200c}ها \u{200c}a\u{200c} a\u{200c}bc\u{200c}\u{200c}de برای",
    "و\u{640}الأسد والْأَسَد \u{200f}والأسد\u{200e} ﻭﺍﻷﺳﺪ",
    "२०१७ ๒๐๑๗ ໒໐ ၂၀ ٢٠١٧ ۲۰۱۷ 𝟚𝟘 ꘠꘡ 🯰🯱",
    "\u{600}١ \u{ad} a\u{ad} ไ\u{ad}ท",
    "क्षि हिन्दी ไทย\u{e33} ໜ",
];

fn of_the_build(text: &str) -> Vec<String> {
    let mut all = Vec::new();
    forms(text, |word, form| all.push(if form == Form::Part { format!("{word}*") } else { word.to_owned() }));
    all
}

fn of_the_page(texts: &[String]) -> Vec<Option<Vec<String>>> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts/fold.js");
    let mut command = Command::new("node");
    command.arg("-e").arg(PROGRAM).arg(script).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut node = command.spawn().expect("Node.js can be run: this test needs it");
    let mut input = node.stdin.take().expect("it reads");
    let json = serde_json::to_vec(texts).expect("texts are JSON");
    let writer = std::thread::spawn(move || input.write_all(&json).expect("it takes the texts"));
    let output = node.wait_with_output().expect("it ends");
    writer.join().expect("all was written");
    assert!(output.status.success(), "the script failed");
    serde_json::from_slice(&output.stdout).expect("it prints JSON")
}

/// Returns every assigned character of this program's Unicode version, alone, between letters and doubled.
fn all_of_unicode() -> impl Iterator<Item = String> {
    let unknown = [GeneralCategory::Unassigned, GeneralCategory::PrivateUse, GeneralCategory::Surrogate];
    let known = move |c: &char| !unknown.contains(&c.general_category());
    ('\0'..=char::MAX).filter(known).map(|c| format!("{c} x{c}y {c}{c}"))
}

#[test]
fn the_page_and_the_build_fold_alike() {
    let long = ["ß", "ab", "é\u{301}", "\u{10400}"].map(|letter| letter.repeat(80));
    let table = TABLE.iter().map(|(from, to)| format!("{from} a{from}b {to}"));
    let awkward = AWKWARD.map(str::to_owned);
    let texts: Vec<String> = awkward.into_iter().chain(long).chain(table).chain(all_of_unicode()).collect();
    let answers = of_the_page(&texts);
    assert_eq!(answers.len(), texts.len());
    let known = answers.iter().flatten().count();
    assert!(known > 140_000, "only {known} texts were compared");
    let differ = texts.iter().zip(answers).filter_map(|(text, page)| {
        let (page, build) = (page?, of_the_build(text));
        (page != build).then(|| format!("{text:?}: the page {page:?}, the build {build:?}"))
    });
    let differ: Vec<String> = differ.take(20).collect();
    assert!(differ.is_empty(), "{differ:#?}");
}
