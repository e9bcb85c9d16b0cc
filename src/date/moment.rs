//! Moments: whole seconds in UTC, as git records them, written as in RFC 3339.

use std::fmt;

use chrono::{DateTime, Datelike as _, Timelike as _, Utc};
use serde::{Deserialize, Serialize};

use super::Day;

/// The last second of the year 9999, beyond which RFC 3339 cannot write a moment.
const LAST: i64 = 253_402_300_799;

/// A moment in UTC, exact to the second, from 1970 to 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Moment(i64);

impl Moment {
    /// Returns the moment this many seconds after 1970-01-01T00:00:00Z (Unix time), clamped to the years 1970 to 9999.
    #[must_use]
    pub fn of_seconds(seconds: i64) -> Self {
        Self(seconds.clamp(0, LAST))
    }

    /// Returns midnight UTC at the beginning of a day.
    #[must_use]
    pub fn of_day(day: Day) -> Self {
        let epoch = Day { year: 1970, month: 1, day: 1 };
        Self::of_seconds((day.number() - epoch.number()).saturating_mul(86_400))
    }

    /// Returns its day in UTC.
    #[must_use]
    pub fn day(self) -> Day {
        let date = self.date();
        let small = |number: u32| u8::try_from(number).unwrap_or(1);
        Day { year: date.year().into(), month: small(date.month()), day: small(date.day()) }
    }

    /// Returns its time of day in UTC, without seconds: `09:05`.
    #[must_use]
    pub fn time(self) -> String {
        let date = self.date();
        format!("{:02}:{:02}", date.hour(), date.minute())
    }

    fn date(self) -> DateTime<Utc> {
        DateTime::from_timestamp(self.0, 0).unwrap_or_default()
    }
}

impl fmt::Display for Moment {
    /// RFC 3339: `2026-11-29T20:15:30Z`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.date().format("%Y-%m-%dT%H:%M:%SZ"))
    }
}

#[cfg(test)]
mod tests {
    use super::Moment;

    #[test]
    fn a_moment_is_written_in_utc_and_stays_in_its_range() {
        assert_eq!(Moment::of_seconds(1_795_983_330).to_string(), "2026-11-29T20:15:30Z");
        assert_eq!(Moment::of_seconds(-5).to_string(), "1970-01-01T00:00:00Z");
        assert_eq!(Moment::of_seconds(i64::MAX).to_string(), "9999-12-31T23:59:59Z");
        let day = Moment::of_seconds(1_795_983_330).day();
        assert_eq!(day.to_string(), "2026-11-29");
        assert_eq!(Moment::of_day(day).to_string(), "2026-11-29T00:00:00Z");
        assert_eq!(Moment::of_seconds(1_795_983_330).time(), "20:15");
    }
}
