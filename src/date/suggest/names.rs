//! Names of months in several languages, and words around dates that carry no meaning.

/// Months in English, German, French, Spanish, Italian, Portuguese, Dutch, Turkish and Kurdish (Kurmanji), in Russian (in
/// the cases that dates have), in Arabic (of Syria, Egypt and the Maghreb, and the first in Latin letters), Persian and
/// Kurdish (Sorani), as [`super::clean`] leaves them. Three letters are enough if they are unambiguous.
#[rustfmt::skip]
const MONTHS: [&[&str]; 12] = [
    &["january", "januar", "jaenner", "janner", "janvier", "enero", "gennaio", "janeiro", "januari", "ocak", "cile",
      "rebendan", "يناير", "جانفي", "ژانويه", "января", "январь", "январе"],
    &["february", "februar", "fevrier", "febrero", "febbraio", "fevereiro", "februari", "subat", "sibat", "resemi", "shubat",
      "فبراير", "شباط", "فيفري", "فوريه", "شوبات", "февраля", "февраль", "феврале"],
    &["march", "marz", "maerz", "mars", "marzo", "marco", "maart", "mrz", "mart", "adar", "adhar", "azar", "مارس", "اذار",
      "ئازار", "ئادار", "марта", "март", "марте"],
    &["april", "avril", "abril", "aprile", "nisan", "avrel", "ابريل", "نيسان", "افريل", "اوريل", "апреля", "апрель",
      "апреле"],
    &["may", "mai", "mayo", "maggio", "maio", "mei", "mayis", "gulan", "ayyar", "مايو", "ايار", "ماي", "مه", "مي", "ئايار",
      "مايس", "мая", "май", "маи", "мае"],
    &["june", "juni", "juin", "junio", "giugno", "junho", "haziran", "heziran", "puspar", "huzayran", "يونيو", "حزيران", "جوان",
      "ژوئن", "حوزەيران", "июня", "июнь", "июне"],
    &["july", "juli", "juillet", "julio", "luglio", "julho", "temmuz", "tirmeh", "tammuz", "يوليو", "تموز", "جويلية",
      "يوليوز", "ژوئيه", "جولاي", "تەمموز", "تەممووز", "июля", "июль", "июле"],
    &["august", "aout", "agosto", "augustus", "agustos", "tebax", "gelawej", "ab", "اغسطس", "اب", "اوت", "غشت", "اگوست",
      "ئاب", "августа", "август", "августе"],
    &["september", "septembre", "septiembre", "settembre", "setembro", "eylul", "ilon", "rezber", "aylul", "سبتمبر", "ايلول",
      "شتنبر", "سپتامبر", "ئەيلوول", "ئەيلول", "сентября", "сентябрь", "сентябре"],
    &["october", "oktober", "octobre", "octubre", "ottobre", "outubro", "ekim", "cotmeh", "اكتوبر", "اكتبر", "октября",
      "октябрь", "октябре"],
    &["november", "novembre", "noviembre", "novembro", "kasim", "mijdar", "نوفمبر", "نونبر", "نوامبر", "ноября", "ноябрь",
      "ноябре"],
    &["december", "dezember", "decembre", "diciembre", "dicembre", "dezembro", "aralik", "berfanbar", "ديسمبر", "دجنبر",
      "دسامبر", "декабря", "декабрь", "декабре"],
];

/// Months of two words, in Arabic and Kurdish: the first word, the second, and the month. The second is the first or the
/// second month of that name. An article may precede it.
const MONTHS_OF_TWO_WORDS: &[(&[&str], &[&str], u8)] =
    &[(KANUN, SECOND, 1), (TISHRIN, FIRST, 10), (TISHRIN, SECOND, 11), (KANUN, FIRST, 12)];
const KANUN: &[&str] = &["كانون", "kanun", "kanoun", "kanoon", "kanuna", "كانووني"];
const TISHRIN: &[&str] = &["تشرين", "tishrin", "tishreen", "tishrine", "teshrin", "teshreen", "تشريني", "ciriya"];
const FIRST: &[&str] = &["الاول", "اول", "awwal", "awal", "yekem", "pesin", "يەكەم"];
const SECOND: &[&str] = &["الثاني", "ثاني", "ثان", "thani", "thany", "duyem", "pasin", "دووەم"];
const ARTICLES: &[&str] = &["al", "el", "ath", "at", "ul", "as"];

/// Replaces every month of two words in a text by its English name.
pub(super) fn in_one_word(text: &str) -> String {
    let words: Vec<(usize, &str)> = words_of(text);
    let mut out = String::with_capacity(text.len());
    let mut copied = 0;
    for (at, (start, first)) in words.iter().enumerate() {
        let second = |offset: usize| words.get(at + offset).copied();
        let Some((from, word)) = (match second(1) {
            Some((_, article)) if ARTICLES.contains(&article) => second(2),
            other => other,
        }) else {
            continue;
        };
        let is_close = text[start + first.len()..from].chars().all(|c| c.is_alphabetic() || " -'".contains(c));
        let month = MONTHS_OF_TWO_WORDS
            .iter()
            .find(|(firsts, seconds, _)| is_close && firsts.contains(first) && seconds.contains(&word));
        if let Some((_, _, month)) = month {
            out.push_str(&text[copied..*start]);
            out.push_str(&english(*month).to_lowercase());
            copied = from + word.len();
        }
    }
    out.push_str(&text[copied..]);
    out
}

/// Returns the words of a text, each with the byte at which it begins.
fn words_of(text: &str) -> Vec<(usize, &str)> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (c.is_alphabetic(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                words.push((from, &text[from..at]));
                start = None;
            }
            _ => {}
        }
    }
    words
}

const FILLERS: &[&str] = &[
    "the", "of", "on", "in", "at", "de", "del", "le", "el", "am", "den", "der", "im", "year", "month", "st", "nd",
    "rd", "th", "г", "года", "году", "в", "من", "شهر", "عام", "سنة",
];

const WEEKDAYS: &[&str] = &["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// Returns the number of the month, 1 to 12, that a word names or, with three bytes or more, abbreviates unambiguously.
pub(super) fn month(word: &str) -> Option<u8> {
    let of_word = |exact: bool| {
        let fits = |name: &&str| if exact { *name == word } else { word.len() >= 3 && name.starts_with(word) };
        let mut found = (1..=12).zip(MONTHS).filter(|(_, names)| names.iter().any(&fits));
        found.next().filter(|_| found.next().is_none()).map(|(number, _)| number)
    };
    of_word(true).or_else(|| of_word(false))
}

/// Whether a word after a time may name a time zone: `CET`, `Europe/Oslo`, `America/Port-au-Prince`.
pub(super) fn is_zone(word: &str) -> bool {
    word.starts_with(char::is_alphabetic) && word.chars().all(|c| c.is_alphabetic() || matches!(c, '/' | '_' | '-'))
}

/// The offset of a time zone whose abbreviation has no other meaning.
pub(super) fn offset_of(zone: &str) -> Option<&'static str> {
    Some(match zone {
        "wet" => "+00:00",
        "cet" | "west" => "+01:00",
        "eet" | "cest" => "+02:00",
        "eest" => "+03:00",
        _ => return None,
    })
}

/// Whether a word beside a date carries no meaning.
pub(super) fn is_filler(word: &str) -> bool {
    FILLERS.contains(&word) || (word.len() >= 3 && WEEKDAYS.iter().any(|day| day.starts_with(word)))
}

/// Returns the EDTF code of a season, 21 to 24.
pub(super) fn season(word: &str) -> Option<u8> {
    match word {
        "spring" | "fruhling" | "fruhjahr" | "printemps" => Some(21),
        "summer" | "sommer" | "ete" => Some(22),
        "autumn" | "fall" | "herbst" | "automne" => Some(23),
        "winter" | "hiver" => Some(24),
        _ => None,
    }
}

/// Returns the number, 1 to 4, that a word names, as in "first quarter".
pub(super) fn ordinal(word: &str) -> Option<u8> {
    ["first", "second", "third", "fourth"]
        .iter()
        .position(|name| *name == word)
        .and_then(|at| u8::try_from(at + 1).ok())
}

/// The English name of a month.
pub(super) fn english(month: u8) -> String {
    let name = MONTHS.get(usize::from(month).wrapping_sub(1)).map_or("", |names| names[0]);
    let (first, rest) = name.split_at(name.len().min(1));
    format!("{}{rest}", first.to_uppercase())
}
