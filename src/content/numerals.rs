//! Whole numbers in texts, in the decimal digits of any script (Unicode's general category Nd).

/// The zeros of the scripts in which numbers are written today. The other nine digits follow each of them.
const ZEROS: [char; 25] = [
    '0', '٠', '۰', '߀', '०', '০', '੦', '૦', '୦', '௦', '౦', '೦', '൦', '෦', '๐', '໐', '༠', '၀', '០', '᠐', '᥆', '᧐', '᮰',
    '᱀', '０',
];

/// Signs that may separate groups of three digits.
const SEPARATORS: [char; 9] = [',', '.', '\'', '’', ' ', '\u{A0}', '\u{202F}', '\u{2009}', '٬'];

/// The value of a decimal digit, and the zero of its script.
fn digit(c: char) -> Option<(u32, char)> {
    ZEROS.into_iter().find_map(|zero| {
        let value = u32::from(c).checked_sub(u32::from(zero)).filter(|value| *value < 10)?;
        Some((value, zero))
    })
}

/// Returns the only whole number in a text, and the zero of its script; `None` if there is none, more than one, or one that
/// is too large.
pub(super) fn only_number(text: &str) -> Option<(usize, char)> {
    let chars: Vec<char> = text.chars().collect();
    let start = chars.iter().position(|c| digit(*c).is_some())?;
    let (_, zero) = digit(chars[start])?;
    let value_at =
        |at: usize| chars.get(at).and_then(|c| digit(*c)).filter(|(_, of)| *of == zero).map(|(value, _)| value);
    let (mut number, mut at) = (0_usize, start);
    loop {
        while let Some(value) = value_at(at) {
            number = number.checked_mul(10)?.checked_add(usize::try_from(value).ok()?)?;
            at += 1;
        }
        let is_group = (1..=3).all(|next| value_at(at + next).is_some()) && value_at(at + 4).is_none();
        if !(is_group && SEPARATORS.contains(&chars[at])) {
            break;
        }
        at += 1;
    }
    chars[at..].iter().all(|c| digit(*c).is_none()).then_some((number, zero))
}

/// A number in the digits of a script, given by its zero, without separators.
#[must_use]
pub(crate) fn in_digits(number: usize, zero: char) -> String {
    let digits = number.to_string();
    let of_script = |c: char| char::from_u32(u32::from(zero) + c.to_digit(10)?);
    digits.chars().filter_map(of_script).collect()
}

#[cfg(test)]
mod tests {
    use super::{in_digits, only_number};

    #[test]
    fn a_number_is_read_in_the_digits_of_any_script() {
        for (text, number, zero) in [
            ("22", 22, '0'),
            ("22 rounds", 22, '0'),
            ("٢٢ جولة", 22, '٠'),
            ("۱۲۳", 123, '۰'),
            ("२२", 22, '०'),
            ("２２", 22, '０'),
            ("10,000 events", 10_000, '0'),
            ("1 234 567", 1_234_567, '0'),
            ("١٬٢٣٤", 1234, '٠'),
            ("0", 0, '0'),
        ] {
            assert_eq!(only_number(text), Some((number, zero)), "{text}");
            assert_eq!(only_number(&in_digits(number, zero)), Some((number, zero)), "{text}");
        }
    }

    #[test]
    fn a_text_without_exactly_one_number_has_none() {
        for text in ["", "twenty-two", "22 of 30", "1,23", "2٢", "99999999999999999999999"] {
            assert_eq!(only_number(text), None, "{text}");
        }
    }
}
