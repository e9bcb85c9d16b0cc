//! Names of months in several languages, and words around dates that carry no meaning.

/// Months in English, German, French, Spanish, Italian, Portuguese and Dutch, without accents, in
/// Arabic and in Russian (both cases). Three letters are enough if they are unambiguous.
const MONTHS: [&[&str]; 12] = [
    &[
        "january",
        "januar",
        "jaenner",
        "janner",
        "janvier",
        "enero",
        "gennaio",
        "janeiro",
        "januari",
        "يناير",
        "января",
        "январь",
    ],
    &[
        "february",
        "februar",
        "fevrier",
        "febrero",
        "febbraio",
        "fevereiro",
        "februari",
        "فبراير",
        "شباط",
        "февраля",
        "февраль",
    ],
    &["march", "marz", "maerz", "mars", "marzo", "marco", "maart", "mrz", "مارس", "آذار", "марта", "март"],
    &["april", "avril", "abril", "aprile", "أبريل", "نيسان", "апреля", "апрель"],
    &["may", "mai", "mayo", "maggio", "maio", "mei", "مايو", "أيار", "мая", "май", "маи"],
    &["june", "juni", "juin", "junio", "giugno", "junho", "يونيو", "حزيران", "июня", "июнь"],
    &["july", "juli", "juillet", "julio", "luglio", "julho", "يوليو", "تموز", "июля", "июль"],
    &["august", "aout", "agosto", "augustus", "أغسطس", "آب", "августа", "август"],
    &["september", "septembre", "septiembre", "settembre", "setembro", "سبتمبر", "أيلول", "сентября", "сентябрь"],
    &["october", "oktober", "octobre", "octubre", "ottobre", "outubro", "أكتوبر", "октября", "октябрь"],
    &["november", "novembre", "noviembre", "novembro", "نوفمبر", "ноября", "ноябрь"],
    &["december", "dezember", "decembre", "diciembre", "dicembre", "dezembro", "ديسمبر", "декабря", "декабрь"],
];

const FILLERS: &[&str] = &[
    "the", "of", "on", "in", "at", "de", "del", "le", "el", "am", "den", "der", "im", "year", "month", "st", "nd",
    "rd", "th", "г", "года", "году",
];

const WEEKDAYS: &[&str] = &["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// The number of a month, 1 to 12.
pub(super) fn month(word: &str) -> Option<u8> {
    let of_word = |exact: bool| {
        let fits = |name: &&str| if exact { *name == word } else { word.len() >= 3 && name.starts_with(word) };
        let mut found = (1..=12).zip(MONTHS).filter(|(_, names)| names.iter().any(&fits));
        found.next().filter(|_| found.next().is_none()).map(|(number, _)| number)
    };
    of_word(true).or_else(|| of_word(false))
}

/// Whether a word beside a date carries no meaning.
pub(super) fn is_filler(word: &str) -> bool {
    FILLERS.contains(&word) || (word.len() >= 3 && WEEKDAYS.iter().any(|day| day.starts_with(word)))
}

/// The EDTF code of a season.
pub(super) fn season(word: &str) -> Option<u8> {
    match word {
        "spring" | "fruhling" | "fruhjahr" | "printemps" => Some(21),
        "summer" | "sommer" | "ete" => Some(22),
        "autumn" | "fall" | "herbst" | "automne" => Some(23),
        "winter" | "hiver" => Some(24),
        _ => None,
    }
}

/// A number in words, as in "first quarter".
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
