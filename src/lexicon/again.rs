//! When something comes back, as minutes say it: "to be brought back in September", "to the next meeting", "in six months".
//!
//! Input: words, and the day on which they were said. Output: the words that name the time; the time that they mean. Not here: any
//! phrase (`recognise/en.plan.toml`), and which meeting that is (`query/forward.rs`).

use jiff::{Span, civil};

use super::{Lexicon, days};
use crate::model::Date;

/// A time at which something comes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Again {
    /// At the next meeting.
    Next,
    /// On this day, or in this month.
    On(Date),
}

/// The words that say when something comes back, of a text that says that it does.
pub(crate) fn comes_back(text: &str) -> Option<&str> {
    let (_, found) = Lexicon::english().find("comes-back", text)?;
    found.name("when").map(|when| when.as_str().trim_end_matches('.'))
}

/// The words that say that an item comes back, in a paragraph of its text, and those of them that say when: "The report would be brought
/// back in September."
pub(crate) fn will_come_back(text: &str) -> Option<(&str, &str)> {
    let (_, found) = Lexicon::english().find("will-come-back", text)?;
    let when = found.name("when")?.as_str().trim_end_matches('.');
    Some((found.get(0)?.as_str(), when))
}

/// The time that words mean which were said on the day `said`; `None` if they name none.
pub(crate) fn meant(words: &str, said: civil::Date) -> Option<Again> {
    let words = words.trim().trim_end_matches(['.', ',', ';', ')']);
    let lexicon = Lexicon::english();
    if lexicon.fits("next-meeting", words) {
        return Some(Again::Next);
    }
    if let Some((_, found)) = lexicon.find("time-ahead", words) {
        let count = found.name("count").map_or("", |count| count.as_str());
        return ahead(said, count, found.name("measure")?.as_str()).map(Again::On);
    }
    let (_, found) = lexicon.find("time-named", words)?;
    let named = found.name("named")?.as_str();
    let day = || days::in_text(named).first().map(|day| day.date);
    let typed = || Date::parse(named).filter(|date| *date != Date::Unknown);
    let unsaid = || days::meant(named, said).map(Date::Day);
    day().or_else(typed).or_else(unsaid).or_else(|| next_month(named, said)).map(Again::On)
}

/// The day or the month that lies so many weeks, months or years ahead.
fn ahead(said: civil::Date, count: &str, unit: &str) -> Option<Date> {
    let lexicon = Lexicon::english();
    let count = match count.parse::<i64>() {
        Ok(count) => count,
        // A unit without a number is one of it: "in a year".
        Err(_) => lexicon.position("amounts", &count.to_lowercase()).map_or(1, |at| at as i64),
    };
    let is = |list: &str| lexicon.has(list, unit);
    let weeks = |weeks: i64| said.checked_add(Span::new().try_weeks(weeks).ok()?).ok().map(Date::Day);
    let months = |months: i64| {
        let day = said.checked_add(Span::new().try_months(months).ok()?).ok()?;
        Some(Date::Month(day.year(), day.month()))
    };
    match () {
        () if is("weeks") => weeks(count),
        () if is("fortnights") => weeks(count.checked_mul(2)?),
        () if is("months") => months(count),
        () if is("quarters") => months(count.checked_mul(3)?),
        () if is("years") => months(count.checked_mul(12)?),
        () => None,
    }
}

/// The next month of this name: that in which it is said is not meant, but the same a year later.
fn next_month(name: &str, said: civil::Date) -> Option<Date> {
    let month = days::month_named(name)?;
    let year = if month > said.month() { said.year() } else { said.year() + 1 };
    Some(Date::Month(year, month))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_say_when_something_comes_back() {
        for (text, when) in [
            ("That the scheme be brought back to the Board in September.", "September"),
            ("That it be brought back in September 2026 with costs.", "September 2026"),
            ("that a further report be submitted to the next meeting of the Panel", "the next meeting"),
            ("That the Clerk report back to the Board in six months", "six months"),
            ("The item was deferred to the meeting on 12 June 2026.", "the meeting on 12 June 2026"),
            ("deferred until the March meeting", "the March meeting"),
            ("that an update on the lights be given in three months' time", "three months' time"),
            ("to receive a further report at the October board", "the October board"),
            ("That the review be deferred for 12 weeks", "12 weeks"),
            ("That the Clerk bring a report on costs to the next meeting", "the next meeting"),
        ] {
            assert_eq!(comes_back(text), Some(when), "{text}");
        }
        for text in [
            "That the minutes of the meeting on 12 June 2026 be approved.",
            "That the report of the September meeting be noted.",
            "The March figures were told.",
            "That the lamps be mended by March.",
            "That the books be brought back to the library.",
        ] {
            assert_eq!(comes_back(text), None, "{text}");
        }
    }

    #[test]
    fn a_time_is_the_next_one_that_words_can_mean() {
        let said = civil::date(2026, 6, 16);
        for (words, says) in [
            ("September", "2026-09"),
            ("the September meeting", "2026-09"),
            ("March", "2027-03"),
            ("June", "2027-06"),
            ("late September 2028", "2028-09"),
            ("the meeting on 12 June 2027", "2027-06-12"),
            ("12 October", "2026-10-12"),
            ("six months", "2026-12"),
            ("the next six months", "2026-12"),
            ("three months' time", "2026-09"),
            ("2 weeks", "2026-06-30"),
            ("a fortnight", "2026-06-30"),
            ("a year", "2027-06"),
            ("the next meeting", "next"),
            ("next meeting", "next"),
            ("the next meeting of the Board", "next"),
            ("before the next Council meeting", "next"),
            ("as soon as possible", ""),
            ("publication", ""),
            ("next week", "2026-06-23"),
            ("next time", ""),
        ] {
            let meant = match meant(words, said) {
                Some(Again::Next) => "next".to_owned(),
                Some(Again::On(date)) => date.iso().unwrap_or_default(),
                None => String::new(),
            };
            assert_eq!(meant, says, "{words}");
        }
    }
}
