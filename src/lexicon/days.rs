//! Days as clerks write them: in sentences, in the names of files and folders, in the head of a document.
//!
//! Input: words; the names of months, which the files of the languages have. Output: each day with its place. Not here:
//! which of them is the day of a meeting (`recognise/meeting.rs`).
//!
//! A year stands with four digits, or with two where no other reading is left. Of two figures that could each be a day or a
//! month, the first is the day, as in this country, and the result says so; after a year the month comes first.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use jiff::civil;
use regex::{Captures, Regex, RegexBuilder};

use super::Lexicon;
use crate::model::Date;

/// A day, or a month, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Written {
    /// The day, or the month of a year.
    pub(crate) date: Date,
    /// The words that say it.
    pub(crate) range: Range<usize>,
    /// The day that it is where the month stands before the day, if that is another one.
    pub(crate) swapped: Option<Date>,
}

/// The forms of days, made of the names of months.
struct Forms {
    months: BTreeMap<String, i8>,
    in_text: Regex,
    in_name: Regex,
    month_in_name: Regex,
}

const YEAR: &str = r"(?:1[89]|20)\d\d";

static FORMS: LazyLock<Forms> = LazyLock::new(|| {
    let lexicon = Lexicon::english();
    let mut months = BTreeMap::new();
    for month in 1..=12 {
        months.extend(lexicon.words(&format!("month-{month}")).map(|name| (name.to_owned(), month)));
    }
    let mut names: Vec<String> = months.keys().map(|name| regex::escape(name).replace(' ', r"\s+")).collect();
    // Of two names that begin alike, the longer one is meant.
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    let month = format!("(?:{})", names.join("|"));
    // Converters write what stood above the line between carets: `11^th^ May`.
    let nth = r"(?:\^?(?:st|nd|rd|th|er|fed|ain|eg|ú|\.)\^?)?";
    let of = r"(?:(?:day )?of |de |o |(?:of )?the )?";
    // Year first; day and month in words; month, day, year in words; in figures.
    let text = [
        format!(r"(?P<y1>{YEAR})(?P<apart>[-/.])(?P<n1>\d{{1,2}})[-/.](?P<d1>\d{{1,2}})(?:\b|T)"),
        format!(
            r"(?P<d2>\d{{1,2}})[\s*]*{nth}(?:[\s*]*|[-/]\s?){of}(?P<m2>{month})\.?[\s,.\-/]*(?:de )?(?P<y2>{YEAR})\b"
        ),
        format!(
            r"(?P<m3>{month})\.?[\s\-]*(?:the )?(?P<d3>\d{{1,2}})(?:\^?(?:st|nd|rd|th)\^?)?[\s,\-]+(?P<y3>{YEAR})\b"
        ),
        format!(r"(?P<d4>\d{{1,2}})[-/.](?P<n4>\d{{1,2}})[-/.](?P<y4>{YEAR})\b"),
    ];
    // A year of two digits: in a text after an apostrophe or in figures, in a name after a month.
    let short = [
        format!(r"(?P<d12>\d{{1,2}})\s?{nth}(?:\s*|[-/]\s?)(?P<m12>{month})\.?[\s,\-]*['’](?P<y12>\d\d)\b"),
        r"(?P<d13>\d{1,2})[/.](?P<n13>\d{1,2})[/.](?P<y13>\d\d)\b".to_owned(),
    ];
    let name = [
        format!(r"(?P<d14>\d{{1,2}})\s?{nth}[\s\-]?(?P<m14>{month})[\s\-]['’]?(?P<y14>\d\d)\b"),
        format!(r"(?P<y5>{YEAR})[\s.,\-/]+(?P<m5>{month})[\s.,\-/]+(?P<d5>\d{{1,2}})\b"),
        format!(r"(?P<y6>{YEAR})[\s.,\-/]+(?P<d6>\d{{1,2}}){nth}[\s.,\-/]+(?P<m6>{month})\b"),
        format!(r"(?P<y7>{YEAR})(?P<n7>\d\d)(?P<d7>\d\d)(?:\b|T)"),
        format!(r"(?P<d8>\d\d)(?P<n8>\d\d)(?P<y8>{YEAR})\b"),
    ];
    let month_name = [
        format!(r"(?P<m9>{month})[\s.,\-/]*(?P<y9>{YEAR})\b"),
        format!(r"(?P<y10>{YEAR})[\s.,\-/]+(?P<m10>{month})\b"),
        format!(r"(?P<y11>{YEAR})[-.](?P<n11>\d\d)\b"),
    ];
    let regex = |forms: &[String]| {
        RegexBuilder::new(&format!(r"(?:\b|day)(?:{})", forms.join("|")))
            .case_insensitive(true)
            .build()
            .unwrap_or_else(|error| unreachable!("the forms of days: {error}"))
    };
    let all = [&name[..], &text[..]].concat();
    let text = [&text[..], &short[..]].concat();
    Forms { months, in_text: regex(&text), in_name: regex(&all), month_in_name: regex(&month_name) }
});

/// The days in a text, in its order.
pub(crate) fn in_text(text: &str) -> Vec<Written> {
    // Each form has a year in figures.
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return Vec::new();
    }
    let read = without_misread(text);
    let text = &*read;
    FORMS
        .in_text
        .captures_iter(text)
        .filter_map(|found| written(&found))
        .filter(|day| stands_alone(text, day))
        .collect()
}

/// A text of which the days have figures where a program that read a scanned page saw letters: `l0th`, `3Oth`. Each place stays where it
/// is.
fn without_misread(text: &str) -> Cow<'_, str> {
    let is_like_one = |sign: u8| matches!(sign, b'l' | b'I');
    let is_like_nought = |sign: u8| matches!(sign, b'o' | b'O');
    let may = |pair: &[u8]| {
        (is_like_one(pair[0]) && pair[1].is_ascii_digit())
            || (pair[0].is_ascii_digit() && (is_like_one(pair[1]) || is_like_nought(pair[1])))
    };
    let bytes = text.as_bytes();
    let lexicon = Lexicon::english();
    let ends = |at: usize| {
        let rest = text.get(at..).unwrap_or_default();
        let word = rest.split(|sign: char| !sign.is_alphanumeric()).next().unwrap_or_default();
        !word.is_empty() && lexicon.has("after-day", word)
    };
    let begins = |at: usize| at == 0 || !bytes[at - 1].is_ascii_alphanumeric();
    let pairs = bytes.windows(2).enumerate().filter(|(_, pair)| may(pair)).map(|(at, _)| at);
    let misread: Vec<usize> = pairs.filter(|at| begins(*at) && ends(at + 2)).collect();
    if misread.is_empty() {
        return text.into();
    }
    let mut read = text.to_owned();
    for at in misread {
        let figure = |sign: u8| {
            if is_like_one(sign) {
                '1'
            } else if is_like_nought(sign) {
                '0'
            } else {
                char::from(sign)
            }
        };
        let figures: String = bytes[at..at + 2].iter().map(|sign| figure(*sign)).collect();
        read.replace_range(at..at + 2, &figures);
    }
    read.into()
}

/// The day, or else the month, that the name of a file or folder says. `None` if it says none, or two that differ.
pub(crate) fn in_name(name: &str) -> Option<Written> {
    let name = name.replace('_', "-");
    let all = |forms: &Regex| forms.captures_iter(&name).filter_map(|found| written(&found)).collect::<Vec<_>>();
    let mut days = all(&FORMS.in_name);
    if days.is_empty() {
        // What is left of a day that there is not (`2026-02-31`) is no month.
        let is_whole = |month: &Written| {
            let figures = |sign: char| sign.is_ascii_digit();
            let before = name[..month.range.start].trim_end_matches(['-', ' ', '.', ',']);
            stands_alone(&name, month) && !before.ends_with(figures)
        };
        days = all(&FORMS.month_in_name).into_iter().filter(is_whole).collect();
    }
    let first = days.first()?.clone();
    let leads = name[..first.range.start].trim().is_empty();
    (leads || days.iter().all(|day| day.date == first.date)).then_some(first)
}

/// A day as staff type it in the head: with dots, with the month first in words, or with a time, of which the zone does not
/// matter: the day as typed is the day. What is in figures stands day first.
pub(crate) fn typed(text: &str) -> Option<Date> {
    let day = in_text(text).into_iter().next()?;
    let first = text[day.range.clone()].split(|sign: char| !sign.is_ascii_digit()).next()?;
    let month_first =
        first.len() < 3 && first.parse().is_ok_and(|first: i8| day.date.day().is_some_and(|day| day.day() != first));
    let weekday = text[..day.range.start].trim_end_matches([',', ' ', '.']);
    let rest = text[day.range.end..].trim_start_matches(['T', 't', ',', ' ']);
    let is_time = rest.is_empty() || rest.starts_with(|first: char| first.is_ascii_digit());
    let lexicon = Lexicon::english();
    (!month_first && is_time && (weekday.is_empty() || lexicon.has("weekday", weekday))).then_some(day.date)
}

/// The day that words without a year mean in the record of a meeting on `meeting`: the next one of that name. `None` if they are no
/// day and month, or if it is so long until then that they may speak of one that is over.
pub(crate) fn meant(words: &str, meeting: civil::Date) -> Option<civil::Date> {
    /// A day of the last months is not taken for one of the next year.
    const LONGEST: i32 = 270;
    let lexicon = Lexicon::english();
    let before = |word: &&str| {
        let word = word.trim_end_matches([',', '.']);
        ["weekday", "before-day"].iter().any(|list| lexicon.has(list, word))
    };
    let mut words =
        words.split_whitespace().skip_while(before).map(|word| word.trim_matches([',', '.', '^', '(', ')']));
    let (one, other) = (words.next()?, words.next()?);
    let other = if lexicon.has("between-day-and-month", other) { words.next()? } else { other };
    let day = |word: &str| {
        let figures = word.len() - word.trim_start_matches(|sign: char| sign.is_ascii_digit()).len();
        let (figures, rest) = word.split_at(figures);
        lexicon.has("after-day", rest.trim_matches('^')).then(|| figures.parse::<i8>().ok()).flatten()
    };
    let month = |word: &str| FORMS.months.get(&word.to_lowercase()).copied();
    let (day, month) = day(one).zip(month(other)).or_else(|| day(other).zip(month(one)))?;
    let next = [meeting.year(), meeting.year() + 1]
        .into_iter()
        .filter_map(|year| civil::Date::new(year, month, day).ok())
        .find(|next| *next >= meeting)?;
    let days = next.since(meeting).ok()?.get_days();
    (words.next().is_none() && days <= LONGEST).then_some(next)
}

/// The number of the month that a word names.
pub(crate) fn month_named(word: &str) -> Option<i8> {
    FORMS.months.get(&word.trim().trim_end_matches('.').to_lowercase()).copied()
}

/// Whether a day that was typed has a time or a zone after it, as programs write when something was published.
pub(crate) fn has_time(text: &str) -> bool {
    in_text(text)
        .first()
        .is_some_and(|day| text[day.range.end..].contains(':') || text[day.range.clone()].ends_with('T'))
}

/// Whether a day with a time is written as people write it, the day first and no seconds: `21/03/2024 17:00`. No program
/// publishes so.
pub(crate) fn is_by_hand(text: &str) -> bool {
    let text = text.trim();
    let day = text.find(|sign: char| !sign.is_ascii_digit()).unwrap_or(0);
    let sign = text[day..].starts_with(['/', '.']);
    (1..=2).contains(&day) && sign && text.matches(':').count() == 1 && !text.contains(['T', 'Z', '+'])
}

/// Whether what stands after a day is a time to the second, as programs write it and no clerk.
pub(crate) fn is_of_program(after: &str) -> bool {
    let mut parts = after.trim_start_matches(['T', 't', ',', ' ']).splitn(3, ':');
    let digits = |part: &str| part.len() >= 2 && part.as_bytes()[..2].iter().all(u8::is_ascii_digit);
    let two = |part: Option<&str>| part.is_some_and(|part| part.len() == 2 && digits(part));
    // "10:00–12:15" is from one time to another.
    two(parts.next()) && two(parts.next()) && parts.next().is_some_and(digits)
}

/// What one match says; `None` if it is no day of the calendar.
fn written(found: &Captures<'_>) -> Option<Written> {
    let number = |name: &str| found.name(name)?.as_str().parse::<i16>().ok();
    let form = (1..=14).find(|form| found.name(&format!("y{form}")).is_some())?;
    let year = match number(&format!("y{form}"))? {
        short @ 0..=69 => 2000 + short,
        short @ 70..=99 => 1900 + short,
        year => year,
    };
    let named = found.name(&format!("m{form}")).map(|name| {
        let name = name.as_str().split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        FORMS.months.get(&name).copied().unwrap_or_default()
    });
    let in_figures = named.is_none();
    let month = named.or_else(|| i8::try_from(number(&format!("n{form}"))?).ok())?;
    let range = found.get(0)?.range();
    let Some(day) = number(&format!("d{form}")).and_then(|day| i8::try_from(day).ok()) else {
        // `2019-20` is two years.
        let years = in_figures && i16::from(month) == (year + 1) % 100;
        let is_month = (1..=12).contains(&month) && !years;
        return is_month.then_some(Written { date: Date::Month(year, month), range, swapped: None });
    };
    let day_first = in_figures && ["d4", "d8", "d13"].iter().any(|name| found.name(name).is_some());
    let swapped = day_of(year, day, month).filter(|_| day_first && day != month);
    if form == 13 && swapped.is_some() {
        // With a year of two digits too much is left open: `9/3/15`.
        return None;
    }
    match day_of(year, month, day) {
        Some(date) => Some(Written { date, range, swapped }),
        // There is no thirteenth month: then the month stands first.
        None => swapped.map(|date| Written { date, range, swapped: None }),
    }
}

/// A day of the calendar.
fn day_of(year: i16, month: i8, day: i8) -> Option<Date> {
    Date::parse(&format!("{year:04}-{month:02}-{day:02}"))
}

/// Whether figures are a day, and no part of a longer number: `3.1.12.2020`.
fn stands_alone(text: &str, day: &Written) -> bool {
    let joint = |sign: char| matches!(sign, '-' | '/' | '.');
    let mut before = text[..day.range.start].chars().rev();
    let mut after = text[day.range.end..].chars();
    let glued = |signs: &mut dyn Iterator<Item = char>| {
        signs.next().is_some_and(joint) && signs.next().is_some_and(|next| next.is_ascii_digit())
    };
    !glued(&mut before) && !glued(&mut after)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(date: Option<Date>) -> String {
        date.and_then(Date::iso).unwrap_or_default()
    }

    #[test]
    fn a_day_without_a_year_is_the_next_one_after_the_meeting() {
        let meeting = civil::date(2021, 11, 10);
        for (words, says) in [
            ("19 November", Some("2021-11-19")),
            ("19th November.", Some("2021-11-19")),
            ("before the 1^st^ of June", Some("2022-06-01")),
            ("Friday 14 January", Some("2022-01-14")),
            ("January 3rd", Some("2022-01-03")),
            ("10 November", Some("2021-11-10")),
            ("31 October", None),
            ("30 February", None),
            ("November", None),
            ("the November meeting", None),
            ("19 November at noon", None),
            ("Friday", None),
        ] {
            assert_eq!(meant(words, meeting).map(|day| day.to_string()).as_deref(), says, "{words}");
        }
    }

    #[test]
    fn names_of_files_say_days_in_any_usual_order() {
        for (name, says) in [
            ("2020-01-05", "2020-01-05"),
            ("2020-1-5", "2020-01-05"),
            ("2020_01_06", "2020-01-06"),
            ("07-01-2020", "2020-01-07"),
            ("20200108", "2020-01-08"),
            ("14092023", "2023-09-14"),
            ("2020.01.09", "2020-01-09"),
            ("11 January 2020", "2020-01-11"),
            ("Board minutes 2020-01-12", "2020-01-12"),
            ("minutes-13-january-2020-final", "2020-01-13"),
            ("Minutes_14.01.2020", "2020-01-14"),
            ("January 16, 2020 minutes", "2020-01-16"),
            ("2020 Jan 20", "2020-01-20"),
            ("Minutes_2020-01-21_v2", "2020-01-21"),
            ("Minutes 5th Feb 2019", "2019-02-05"),
            ("cofnodion-12-mai-2021", "2021-05-12"),
            ("2023/05/16", "2023-05-16"),
            ("2023/may-16", "2023-05-16"),
            ("01-21-2020", "2020-01-21"),
            ("January 2020", "2020-01"),
            ("2020-02", "2020-02"),
            ("2020-minutes-feb", ""),
            ("2311-minutes", ""),
            ("week-48", ""),
            ("board-dec-21", ""),
            ("2019-20", ""),
            ("2020-13-01", ""),
            ("2026-02-31-e", ""),
            ("31 February 2020", ""),
            ("committee 7 may 21.txt", "2021-05-07"),
            ("notes 7-may-10am", ""),
            ("Minutes 05.02.25", ""),
            ("from 1 May 2020 to 2 May 2020", ""),
            ("2020-05-02 minutes of 2020-04-01", "2020-05-02"),
        ] {
            assert_eq!(shown(in_name(name).map(|day| day.date)), says, "{name}");
        }
    }

    #[test]
    fn what_could_be_another_day_says_so() {
        let swapped = |name: &str| in_name(name).and_then(|day| day.swapped).and_then(Date::iso);
        assert_eq!(swapped("05-01-2020").as_deref(), Some("2020-05-01"));
        assert_eq!([swapped("05-05-2020"), swapped("17-05-2020"), swapped("2020-05-01")], [None, None, None]);
    }

    #[test]
    fn days_in_sentences_are_found_where_they_stand() {
        for (text, says) in [
            ("Held on Tuesday 5 January 2021 at 7.30 pm", "5 January 2021"),
            ("Thursday, 14th September, 2023 6.30 pm", "14th September, 2023"),
            ("MONDAY, 17TH OCTOBER 2016", "17TH OCTOBER 2016"),
            ("held on Wednesday14th November 2018", "day14th November 2018"),
            ("Tuesday 8****th May 2012", "8****th May 2012"),
            ("on this 5th day of May 2021", "5th day of May 2021"),
            ("February 25, 2019", "February 25, 2019"),
            ("WG meeting 16-Nov-2023", "16-Nov-2023"),
            ("Datum: 19.10.2019, 19:00 Uhr", "19.10.2019"),
            ("vom 7. Juni 2021", "7. Juni 2021"),
            ("séance du samedi 24 avril 2021, 14 heures", "24 avril 2021"),
            ("nos Fercher 12 Mai 2021", "12 Mai 2021"),
            ("14:00:11 UTC, 19 April 2017.", "19 April 2017"),
            ("Fri 7 May '21, 6.30pm", "7 May '21"),
            ("Strategic Group – 10/10/23, 14:00", "10/10/23"),
            ("9/3/15 meeting", ""),
            ("in room 5, May 2021", ""),
            ("clause 3.1.12.2020 of it", ""),
            ("25/00419/FUL", ""),
        ] {
            let found: Vec<&str> = in_text(text).into_iter().map(|day| &text[day.range]).collect();
            assert_eq!(found.join("; "), says, "{text}");
        }
    }

    #[test]
    fn what_is_typed_in_the_head_is_the_day_as_typed() {
        for (text, says, time) in [
            ("20.01.2021", "2021-01-20", false),
            ("January 18, 2021", "2021-01-18", false),
            ("Mon 18 January 2021", "2021-01-18", false),
            ("2021-01-13 10:00:00 -0500", "2021-01-13", true),
            ("2021-01-15 02:00 UTC", "2021-01-15", true),
            ("2022-08-01T18:00:00+02:00", "2022-08-01", true),
            ("01/21/2021", "", false),
            ("5 January 2021 to 6 January 2021", "", false),
            ("the week of 5 January 2021", "", false),
        ] {
            assert_eq!((shown(typed(text)).as_str(), has_time(text)), (says, time), "{text}");
        }
    }
}
