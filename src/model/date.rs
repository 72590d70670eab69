//! Dates as far as they are known, and moments. Printing them is `language/`'s.

use jiff::{civil, tz::TimeZone};

/// A calendar date in a record, as far as the record knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum Date {
    /// A day.
    Day(civil::Date),
    /// A month of a year: `2021-09`.
    Month(i16, i8),
    /// A year: `2021`.
    Year(i16),
    /// A financial year, named by the year in whose April it begins: `2015/16` is 2015.
    FinancialYear(i16),
    /// The record says that it is not known.
    Unknown,
}

/// A moment, with the day on which it falls in the site's zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct Instant {
    /// The moment.
    pub at: jiff::Timestamp,
    /// The day in the site's zone.
    pub day: civil::Date,
    /// The time of day in the site's zone, if the author gave one.
    pub time: Option<civil::Time>,
}

/// Why a time of day is no single moment where clocks change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum ClockChange {
    /// The clocks go forward over it.
    Skipped,
    /// The clocks go back and it comes twice.
    Twice,
}

/// A time zone.
pub type Zone = TimeZone;

/// The time zone called `name` (`Europe/London`), from the data inside the binary, so that every machine has the same.
#[must_use]
pub fn zone_named(name: &str) -> Option<Zone> {
    jiff::tz::TimeZoneDatabase::bundled().get(name).ok()
}

/// The names of all time zones.
#[must_use]
pub fn zone_names() -> Vec<String> {
    jiff::tz::TimeZoneDatabase::bundled().available().map(|name| name.to_string()).collect()
}

impl Date {
    /// Reads a date as staff write it: `2026-03-12`, `12 March 2026`, `12/03/2026` (day first), `2021-09`,
    /// `September 2021`, `2021`, `2015/16`, `2015-16`, `unknown`. `None` if it is none of these or no day of the calendar.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.eq_ignore_ascii_case("unknown") {
            return Some(Self::Unknown);
        }
        parse_iso(text).or_else(|| parse_slashes(text)).or_else(|| parse_words(text))
    }

    /// The first day it can mean. `None` if nothing is known.
    #[must_use]
    pub fn earliest(self) -> Option<civil::Date> {
        match self {
            Self::Day(day) => Some(day),
            Self::Month(year, month) => day(year, month, 1),
            Self::Year(year) => day(year, 1, 1),
            Self::FinancialYear(year) => day(year, 4, 1),
            Self::Unknown => None,
        }
    }

    /// The last day it can mean. `None` if nothing is known.
    #[must_use]
    pub fn latest(self) -> Option<civil::Date> {
        match self {
            Self::Day(day) => Some(day),
            Self::Month(year, month) => day(year, month, 1).map(civil::Date::last_of_month),
            Self::Year(year) => day(year, 12, 31),
            Self::FinancialYear(year) => day(year + 1, 3, 31),
            Self::Unknown => None,
        }
    }

    /// The calendar year of its first day.
    #[must_use]
    pub fn year(self) -> Option<i16> {
        self.earliest().map(civil::Date::year)
    }

    /// The day, if the date is known to the day.
    #[must_use]
    pub fn day(self) -> Option<civil::Date> {
        match self {
            Self::Day(day) => Some(day),
            _ => None,
        }
    }

    /// The date as machines read it: `2026-03-12`, `2021-09`, `2021`. `None` for a financial year and an unknown date.
    #[must_use]
    pub fn iso(self) -> Option<String> {
        match self {
            Self::Day(day) => Some(day.to_string()),
            Self::Month(year, month) => Some(format!("{year:04}-{month:02}")),
            Self::Year(year) => Some(format!("{year:04}")),
            Self::FinancialYear(_) | Self::Unknown => None,
        }
    }
}

impl Instant {
    /// The moment that `day` begins, or its `time`, in `zone`.
    /// `None` if that time does not exist there or happens twice (the hour when clocks change).
    #[must_use]
    pub fn new(day: civil::Date, time: Option<civil::Time>, zone: &Zone) -> Option<Self> {
        let local = day.to_datetime(time.unwrap_or(civil::Time::midnight()));
        let zoned = zone.to_ambiguous_zoned(local);
        let at = if time.is_some() { zoned.unambiguous().ok()? } else { zoned.compatible().ok()? }.timestamp();
        Some(Self { at, day, time })
    }

    /// Reads ISO only: `2026-12-01`, `2026-12-01 09:00`, `2026-12-01T09:00`, with an offset or `Z` if need be.
    #[must_use]
    pub fn parse(text: &str, zone: &Zone) -> Option<Self> {
        let text = text.trim();
        if let Some(Date::Day(day)) = parse_iso(text) {
            return Self::new(day, None, zone);
        }
        if !text.get(..10).is_some_and(|head| matches!(parse_iso(head), Some(Date::Day(_)))) {
            return None;
        }
        if let Ok(at) = text.parse::<jiff::Timestamp>() {
            return Some(Self::from_timestamp(at, zone));
        }
        let local: civil::DateTime = text.parse().ok()?;
        Self::new(local.date(), Some(local.time()), zone)
    }

    /// Why `text`, a day and a time that [`Instant::parse`] does not take, is no single moment in `zone`, if the
    /// clocks are the reason.
    #[must_use]
    pub fn clock_change(text: &str, zone: &Zone) -> Option<ClockChange> {
        let local: civil::DateTime = text.trim().parse().ok()?;
        match zone.to_ambiguous_timestamp(local).offset() {
            jiff::tz::AmbiguousOffset::Gap { .. } => Some(ClockChange::Skipped),
            jiff::tz::AmbiguousOffset::Fold { .. } => Some(ClockChange::Twice),
            jiff::tz::AmbiguousOffset::Unambiguous { .. } => None,
        }
    }

    /// The moment `at`, seen from `zone`.
    #[must_use]
    pub fn from_timestamp(at: jiff::Timestamp, zone: &Zone) -> Self {
        let local = at.to_zoned(zone.clone());
        Self { at, day: local.date(), time: Some(local.time()) }
    }
}

fn day(year: i16, month: i8, day: i8) -> Option<civil::Date> {
    civil::Date::new(year, month, day).ok()
}

fn number<N: std::str::FromStr>(text: &str) -> Option<N> {
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    text.parse().ok()
}

/// `2026-03-12`, `2021-09`, `2021`; and `2015-16` where 16 can be no month.
fn parse_iso(text: &str) -> Option<Date> {
    let mut parts = text.split('-');
    let year = parts.next().filter(|year| year.len() == 4).and_then(number)?;
    match (parts.next(), parts.next(), parts.next()) {
        (None, ..) => Some(Date::Year(year)),
        (Some(second), None, _) if second.len() == 2 => match number(second)? {
            month @ 1..=12 => Some(Date::Month(year, month)),
            next if following(year, next) => Some(Date::FinancialYear(year)),
            _ => None,
        },
        (Some(month), Some(last), None) if month.len() == 2 && last.len() == 2 => {
            day(year, number(month)?, number(last)?).map(Date::Day)
        }
        _ => None,
    }
}

/// `12/03/2026`, day first as the British write it, and `2015/16`.
fn parse_slashes(text: &str) -> Option<Date> {
    let mut parts = text.split('/').map(str::trim);
    match (parts.next()?, parts.next()?, parts.next(), parts.next()) {
        (year, next, None, _) if year.len() == 4 && (next.len() == 2 || next.len() == 4) => {
            let year = number(year)?;
            let next: i16 = number(next)?;
            (next == year + 1 || following(year, i8::try_from(next).ok()?)).then_some(Date::FinancialYear(year))
        }
        (first, month, Some(year), None) if year.len() == 4 => {
            day(number(year)?, number(month)?, number(first)?).map(Date::Day)
        }
        _ => None,
    }
}

fn following(year: i16, two_digits: i8) -> bool {
    (year + 1) % 100 == i16::from(two_digits)
}

/// The months as English has them, in small letters: what authors and readers type.
pub const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// `12 March 2026`, `12th March, 2026`, `Thursday 12 March 2026`, `March 2026`, `12 Mar 2026`.
fn parse_words(text: &str) -> Option<Date> {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let lower = text.to_lowercase().replace(',', " ");
    let mut words: Vec<&str> = lower.split_whitespace().collect();
    if words.first().is_some_and(|word| DAYS.contains(word)) {
        words.remove(0);
    }
    let month_of = |word: &str| {
        let word = word.trim_end_matches('.');
        let index = MONTHS.iter().position(|month| word.len() >= 3 && month.starts_with(word))?;
        i8::try_from(index + 1).ok()
    };
    let year_of = |word: &str| Some(word).filter(|word| word.len() == 4).and_then(number);
    match words.as_slice() {
        [month, year] => Some(Date::Month(year_of(year)?, month_of(month)?)),
        [first, month, year] => {
            let first =
                first.trim_end_matches("st").trim_end_matches("nd").trim_end_matches("rd").trim_end_matches("th");
            day(year_of(year)?, month_of(month)?, number(first)?).map(Date::Day)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        match Date::parse(text) {
            Some(Date::FinancialYear(year)) => format!("FY{year}"),
            Some(Date::Unknown) => "unknown".into(),
            Some(date) => date.iso().unwrap_or_default(),
            None => "no date".into(),
        }
    }

    #[test]
    fn dates_as_staff_write_them() {
        for (typed, meant) in [
            ("2026-03-12", "2026-03-12"),
            ("12 March 2026", "2026-03-12"),
            ("Thursday 12th March, 2026", "2026-03-12"),
            ("12 Mar 2026", "2026-03-12"),
            ("12/03/2026", "2026-03-12"),
            ("2021-09", "2021-09"),
            ("September 2021", "2021-09"),
            ("2021", "2021"),
            ("2015/16", "FY2015"),
            ("2015-16", "FY2015"),
            ("1999/2000", "FY1999"),
            ("unknown", "unknown"),
            ("2026-02-30", "no date"),
            ("2026-13-01", "no date"),
            ("2015/17", "no date"),
            ("13/13/2026", "no date"),
            ("soon", "no date"),
            ("", "no date"),
            ("12 Ma 2026", "no date"),
        ] {
            assert_eq!(shown(typed), meant, "{typed}");
        }
    }

    #[test]
    fn the_hour_when_clocks_change_is_no_moment() {
        let zone = Zone::get("Europe/London").expect("the zone data is inside the binary");
        for (typed, fine) in [
            ("2026-10-25 01:30", false),
            ("2026-03-29 01:30", false),
            ("2026-10-25 03:30", true),
            ("2026-10-25T01:30Z", true),
            ("2026-12-01", true),
            ("12/03/2026", false),
            ("1 December 2026", false),
        ] {
            assert_eq!(Instant::parse(typed, &zone).is_some(), fine, "{typed}");
        }
    }
}
