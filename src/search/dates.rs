//! Days as numbers, and dates as they stand in texts and queries.
//!
//! Input: words and digits. Output: a [`Span`] of days. A day is counted from 0001-01-01, which is 1. Not here: the dates
//! of documents, which are `model::Date`, and the clock.

use jiff::SignedDuration;
use jiff::civil::Date;

use super::letters::is_number;
use crate::model::MONTHS;

/// The days from one to another, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// Its first day.
    pub first: u32,
    /// Its last day.
    pub last: u32,
}

/// The day before the first that has a number.
const BEFORE: Date = Date::constant(0, 12, 31);

/// The number of a day; `None` for a day before the first.
pub fn day_number(day: Date) -> Option<u32> {
    u32::try_from(day.duration_since(BEFORE).as_hours() / 24).ok().filter(|number| *number > 0)
}

/// The day of a number; of a number that is too large, the last day of the calendar.
pub fn day_of(number: u32) -> Date {
    BEFORE.saturating_add(SignedDuration::from_hours(24 * i64::from(number)))
}

/// The days from one to another; `None` if there is no such day as one of the two.
fn span(first: Option<Date>, last: Option<Date>) -> Option<Span> {
    Some(Span { first: day_number(first?)?, last: day_number(last?)? })
}

fn date(year: i16, month: u8, day: u8) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// A span of one day; `None` if the calendar has no such day.
pub fn day(year: i16, month: u8, day: u8) -> Option<Span> {
    span(date(year, month, day), date(year, month, day))
}

/// A whole month; `None` if there is no such month.
pub fn month_of(year: i16, month: u8) -> Option<Span> {
    let first = date(year, month, 1);
    span(first, first.map(Date::last_of_month))
}

/// A calendar year; `None` if it is not one of 1 to 9999.
pub fn year(year: i16) -> Option<Span> {
    span(date(year, 1, 1), date(year, 12, 31))
}

/// The financial year that begins in April of `year`; `None` if the calendar ends before it does.
pub fn financial_year(year: i16) -> Option<Span> {
    span(date(year, 4, 1), date(year.checked_add(1)?, 3, 31))
}

/// 1 to 12 for the name of a month or its first three letters; 0 for anything else.
pub fn month(folded: &str) -> u8 {
    let fits = |month: &&str| *month == folded || (folded.len() == 3 && month.starts_with(folded));
    let index = MONTHS.iter().position(fits).or((folded == "sept").then_some(8));
    index.and_then(|index| u8::try_from(index + 1).ok()).unwrap_or(0)
}

/// The day that a key of digits means: `14/3/2021`, `14/3/21`, `14.3.2021`, `2021-03-14`; `None` for anything else.
pub fn of_digits(main: &str) -> Option<Span> {
    let separator = main.chars().find(|letter| !letter.is_ascii_digit())?;
    let parts: Vec<&str> = main.split(separator).collect();
    let [first, second, third] = parts.as_slice() else { return None };
    let number = |part: &str, lengths: std::ops::RangeInclusive<usize>| {
        part.parse::<i16>().ok().filter(|_| lengths.contains(&part.len()) && is_number(part))
    };
    let small = |part: &str| number(part, 1..=2).and_then(|number| u8::try_from(number).ok());
    match separator {
        '-' => day(number(first, 4..=4)?, small(second)?, small(third)?),
        '/' if third.len() == 2 => day(2000 + number(third, 2..=2)?, small(second)?, small(first)?),
        '/' | '.' => day(number(third, 4..=4)?, small(second)?, small(first)?),
        _ => None,
    }
}

/// The financial year that `2021/22`, `2021-22` or `2021/2022` means; `None` if the second year does not follow the first.
pub fn of_financial_year(main: &str) -> Option<Span> {
    let (first, second) = main.split_once(['/', '-'])?;
    if first.len() != 4 || !is_number(first) || !is_number(second) {
        return None;
    }
    let (first, next): (i16, i16) = (first.parse().ok()?, second.parse().ok()?);
    let follows = match second.len() {
        2 => (first + 1) % 100 == next,
        4 => first + 1 == next,
        _ => false,
    };
    if follows { financial_year(first) } else { None }
}

impl Span {
    /// The keys under which a mention of these days is found; none if they are more than a month.
    pub fn keys(&self) -> Vec<String> {
        let day = day_of(self.first);
        let of_month = format!("@{:04}-{:02}", day.year(), day.month());
        match self.last - self.first {
            0 => vec![format!("{of_month}-{:02}", day.day()), of_month],
            1..=30 => vec![of_month],
            _ => Vec::new(),
        }
    }

    /// Whether the two share a day.
    pub fn overlaps(&self, other: Span) -> bool {
        self.first <= other.last && other.first <= self.last
    }
}
