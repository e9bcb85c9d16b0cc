//! Dates as tools write them: a moment in the forms of RFC 3339, YAML, git, Java and others.
//!
//! Only forms with one meaning are read here. Other forms that people write are refused, and the help gives what they may
//! mean (`suggest/`).

use super::{EdtfDate, InvalidDate};

impl EdtfDate {
    /// Reads EDTF, and moments as tools write them: with white space around them, a space or `t` for `T`, an hour of one digit,
    /// no seconds, a fraction of a second, `z`, `UTC`, `GMT`, or an offset such as `+0200` or `+2`.
    ///
    /// EDTF has no fractions of a second, so they are dropped. Missing seconds become `:00`, which words do not show.
    ///
    /// # Errors
    /// [`InvalidDate`], as for [`EdtfDate::parse`].
    ///
    /// ```
    /// use annals::steps::EdtfDate;
    /// let date = EdtfDate::read("2017-11-20 09:30 +0200").expect("it has one meaning");
    /// assert_eq!(date.canonical(), "2017-11-20T09:30:00+02:00");
    /// ```
    pub fn read(text: &str) -> Result<Self, InvalidDate> {
        let trimmed = text.trim();
        let parsed = match moment(trimmed) {
            Some(moment) => Self::parse(&moment),
            None => Self::parse(trimmed),
        };
        parsed.map_err(|error| InvalidDate { offset: error.offset + (text.len() - text.trim_start().len()), ..error })
    }
}

/// Rewrites a moment in EDTF; `None` if the text is not a moment.
fn moment(text: &str) -> Option<String> {
    let (day, rest) = text.split_at_checked(10)?;
    let is_day =
        day.bytes().enumerate().all(|(at, b)| if matches!(at, 4 | 7) { b == b'-' } else { b.is_ascii_digit() });
    let clock =
        rest.strip_prefix(['T', 't']).or_else(|| Some(rest.trim_start()).filter(|clock| clock.len() < rest.len()));
    let (time, zone) = clock_and_zone(clock.filter(|_| is_day)?)?;
    Some(format!("{day}T{time}{}", offset(zone)?))
}

/// Splits a text that begins with a time, such as `9:30` or `09:30:15.123`, into the time as `hh:mm:ss` and what follows it,
/// the zone. `None` if it begins otherwise. Does not check that the time exists.
pub(super) fn clock_and_zone(text: &str) -> Option<(String, &str)> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let (hour, rest) = text.split_at(digits(text));
    let rest = rest.strip_prefix(':')?;
    let (minute, rest) = rest.split_at(digits(rest));
    let (second, rest) = match rest.strip_prefix(':') {
        Some(rest) => rest.split_at(digits(rest)),
        None => ("00", rest),
    };
    if !matches!(hour.len(), 1 | 2) || minute.len() != 2 || second.len() != 2 {
        return None;
    }
    let has_seconds = text.len() - rest.len() > hour.len() + 3;
    let rest = match rest.strip_prefix(['.', ',']) {
        Some(fraction) if has_seconds && digits(fraction) > 0 => &fraction[digits(fraction)..],
        Some(_) => return None,
        None => rest,
    };
    Some((format!("{hour:0>2}:{minute}:{second}"), rest.trim_start()))
}

/// Rewrites an offset from UTC in EDTF: `Z`, `UTC`, `+0200`, `+02` or `+2:00`. Empty for a local time, which has none; `None`
/// if the text is something else.
pub(super) fn offset(text: &str) -> Option<String> {
    if ["z", "utc", "gmt"].iter().any(|name| text.eq_ignore_ascii_case(name)) {
        return Some("Z".to_owned());
    }
    // Go writes "+0000 UTC".
    let text = text.strip_suffix(" UTC").unwrap_or(text);
    let Some(sign) = text.chars().next() else { return Some(String::new()) };
    let digits = text.strip_prefix(['+', '-'])?;
    let (hours, minutes) = match digits.split_once(':') {
        Some(parts) => parts,
        None if digits.len() == 4 && digits.is_ascii() => digits.split_at(2),
        None => (digits, "00"),
    };
    let is_number = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if !matches!(hours.len(), 1 | 2) || minutes.len() != 2 || !is_number(hours) || !is_number(minutes) {
        return None;
    }
    let offset = format!("{sign}{hours:0>2}:{minutes}");
    // RFC 3339 writes -00:00 if the local time is unknown; EDTF writes Z.
    Some(if offset == "-00:00" { "Z".to_owned() } else { offset })
}

#[cfg(test)]
mod tests {
    use super::EdtfDate;

    #[test]
    fn what_tools_write_is_read_where_it_has_one_meaning() {
        let forms = [
            ("2017-11-20T09:30Z", "2017-11-20T09:30:00Z"),
            ("2017-11-20 09:30", "2017-11-20T09:30:00"),
            ("2017-11-20  9:30:05", "2017-11-20T09:30:05"),
            ("2017-11-20T09:30:00.000Z", "2017-11-20T09:30:00Z"),
            ("2017-11-20T09:30:59,987654321Z", "2017-11-20T09:30:59Z"),
            ("2017-11-20t09:30:00z", "2017-11-20T09:30:00Z"),
            ("2017-11-20T09:30:00+0200", "2017-11-20T09:30:00+02:00"),
            ("2017-11-20T09:30:00+02", "2017-11-20T09:30:00+02:00"),
            ("2017-11-20 09:30:00 -5", "2017-11-20T09:30:00-05:00"),
            ("2017-11-20 09:30:00.5 +0530", "2017-11-20T09:30:00+05:30"),
            ("2017-11-20 09:30:00 UTC", "2017-11-20T09:30:00Z"),
            ("2017-11-20 09:30:00 +0000 UTC", "2017-11-20T09:30:00+00:00"),
            ("2017-11-20T09:30:00-00:00", "2017-11-20T09:30:00Z"),
            (" 2017-11\n", "2017-11"),
        ];
        for (written, canonical) in forms {
            let date = EdtfDate::read(written).unwrap_or_else(|error| panic!("{written}: {}", error.reason));
            assert_eq!(date.canonical(), canonical, "{written}");
            assert_eq!(EdtfDate::read(canonical).map(|date| date.canonical()).as_deref(), Ok(canonical), "{written}");
        }
    }

    #[test]
    fn what_has_no_one_meaning_is_not_read() {
        for text in [
            "2017-11-20 24:00",
            "2017-11-20T09",
            "2017-11-20T09:30.5",
            "2017-11-20T9:3",
            "2017-11-20 09:30 CET",
            "2017-11-20T09:30:00+25:00",
            "2017-11-20 09:30 +0200 CEST",
            "2017-11-20T",
            "2017-11-20 ",
            "2017-02-30 09:30",
            "09:30",
        ] {
            let read = EdtfDate::read(text);
            assert!(read.is_err() || text.ends_with(' '), "{text}: {read:?}");
        }
    }
}
