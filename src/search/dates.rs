//! Days as numbers, and dates as they stand in texts and queries.
//!
//! Enters: words and digits. Leaves: a [`Span`] of days. A day is counted from 0001-01-01, which is 1. Absent: the dates
//! of documents, which are `model::Date`, and the clock.

use crate::model::MONTHS;

/// The days from one to another, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The first.
    pub first: u32,
    /// The last.
    pub last: u32,
}

/// The number of a day; nothing if the calendar has no such day.
pub fn day_number(year: i16, month: u8, day: u8) -> Option<u32> {
    if !(1..=9999).contains(&year) || !(1..=12).contains(&month) || day < 1 || day > days_of(year, month) {
        return None;
    }
    let (year, month, day) = (u32::try_from(year).ok()?, u32::from(month), u32::from(day));
    // A year that begins in March has its leap day at its end.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    Some(365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day - 306)
}

/// Year, month and day of a number.
pub fn civil(number: u32) -> (i16, u8, u8) {
    let mut year = i16::try_from(number / 366 + 1).unwrap_or(i16::MAX);
    while day_number(year + 1, 1, 1).is_some_and(|first| first <= number) {
        year += 1;
    }
    let first_of = |month: u8| day_number(year, month, 1).unwrap_or(u32::MAX);
    let month = (1..=12).rev().find(|month| first_of(*month) <= number).unwrap_or(1);
    (year, month, u8::try_from(number - first_of(month) + 1).unwrap_or(1))
}

fn days_of(year: i16, month: u8) -> u8 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// One day.
pub fn day(year: i16, month: u8, day: u8) -> Option<Span> {
    let number = day_number(year, month, day)?;
    Some(Span { first: number, last: number })
}

/// A whole month.
pub fn month_of(year: i16, month: u8) -> Option<Span> {
    let first = day_number(year, month, 1)?;
    Some(Span { first, last: first + u32::from(days_of(year, month)) - 1 })
}

/// A calendar year.
pub fn year(year: i16) -> Option<Span> {
    Some(Span { first: day_number(year, 1, 1)?, last: day_number(year, 12, 31)? })
}

/// A financial year, named by the year in whose April it begins.
pub fn financial_year(year: i16) -> Option<Span> {
    Some(Span { first: day_number(year, 4, 1)?, last: day_number(year.checked_add(1)?, 3, 31)? })
}

/// 1 to 12 for a month's name or its first three letters; else 0.
pub fn month(folded: &str) -> u8 {
    let fits = |month: &&str| *month == folded || (folded.len() == 3 && month.starts_with(folded));
    let index = MONTHS.iter().position(fits).or((folded == "sept").then_some(8));
    index.and_then(|index| u8::try_from(index + 1).ok()).unwrap_or(0)
}

/// The day that a chunk of digits means: `14/3/2021`, `14/3/21`, `14.3.2021`, `2021-03-14`.
pub fn of_digits(main: &str) -> Option<Span> {
    let separator = main.chars().find(|letter| !letter.is_ascii_digit())?;
    let parts: Vec<&str> = main.split(separator).collect();
    let [first, second, third] = parts.as_slice() else { return None };
    let number = |part: &str, lengths: std::ops::RangeInclusive<usize>| {
        let fits = lengths.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        if fits { part.parse::<i16>().ok() } else { None }
    };
    let small = |part: &str| number(part, 1..=2).and_then(|number| u8::try_from(number).ok());
    match separator {
        '-' => day(number(first, 4..=4)?, small(second)?, small(third)?),
        '/' if third.len() == 2 => day(2000 + number(third, 2..=2)?, small(second)?, small(first)?),
        '/' | '.' => day(number(third, 4..=4)?, small(second)?, small(first)?),
        _ => None,
    }
}

/// The years of `2021/22`, `2021-22`, `2021/2022`: a financial year.
pub fn of_financial_year(main: &str) -> Option<Span> {
    let (first, second) = main.split_once(['/', '-'])?;
    let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
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
    /// The keys under which a mention of it is found; none for longer than a month.
    pub fn keys(&self) -> Vec<String> {
        let (year, month, day) = civil(self.first);
        let of_month = format!("@{year:04}-{month:02}");
        match self.last - self.first {
            0 => vec![format!("{of_month}-{day:02}"), of_month],
            1..=30 => vec![of_month],
            _ => Vec::new(),
        }
    }

    /// Whether they share a day.
    pub fn overlaps(&self, other: Span) -> bool {
        self.first <= other.last && other.first <= self.last
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_numbered_as_the_calendar_goes() {
        assert_eq!(day_number(1, 1, 1), Some(1));
        assert_eq!(day_number(1970, 1, 1), Some(719_163));
        let mut expected = jiff::civil::date(1999, 12, 1);
        let mut number = day_number(1999, 12, 1).expect("a day");
        while expected.year() < 2005 {
            let month = u8::try_from(expected.month()).expect("1 to 12");
            let day = u8::try_from(expected.day()).expect("1 to 31");
            assert_eq!(day_number(expected.year(), month, day), Some(number));
            assert_eq!(civil(number), (expected.year(), month, day));
            expected = expected.tomorrow().expect("far from the end of time");
            number += 1;
        }
        assert_eq!(day_number(2021, 2, 29), None);
        assert_eq!(day_number(2021, 13, 1), None);
    }

    #[test]
    fn digits_are_dates_only_where_the_calendar_has_the_day() {
        assert_eq!(of_digits("14/3/21"), day(2021, 3, 14));
        assert_eq!(of_digits("14/3/2021"), day(2021, 3, 14));
        for other in ["2021/14", "7.3", "1.2.3", "31/2/2021", "14-3-2021", "1/2/3/4", "99999/1/1"] {
            assert_eq!(of_digits(other), None, "{other}");
        }
        assert_eq!(of_financial_year("2021/22"), financial_year(2021));
        assert_eq!(of_financial_year("1999-00"), financial_year(1999));
        for other in ["2021/14", "2021/23", "21/22", "2021"] {
            assert_eq!(of_financial_year(other), None, "{other}");
        }
    }
}
