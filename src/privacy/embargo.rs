//! Lines that say until which day something is not for everybody: "Embargoed until 1 March 2020", "Embargoed until 9 am on 1 March 2020".
//!
//! Input: a line. Output: its key and its day, with the time. Not here: whether it has come (`disclosure/audience.rs`), and the words
//! (`words.toml`).

use std::borrow::Cow;

use super::words::{TEXT, is_from};
use crate::language::letters;
use crate::model::Date;

/// No such line is longer, in bytes.
const LONGEST: usize = 60;

/// The parts of a line that says nothing else.
pub(crate) fn embargo(line: &str) -> Option<(&str, Cow<'_, str>)> {
    let line = line.trim_matches(|sign: char| !sign.is_alphanumeric());
    if line.len() > LONGEST || line.contains('=') || !line.contains(|sign: char| sign.is_ascii_digit()) {
        return None;
    }
    let mut parts = line.match_indices(' ').map(|(at, _)| (&line[..at], line[at..].trim()));
    parts.find_map(|(key, day)| {
        let is_key = key.contains(' ') && !key.contains(':') && is_from(key);
        let moment = || is_day(day).then_some(Cow::Borrowed(day)).or_else(|| moment(day).map(Cow::Owned));
        Some((key, is_key.then(moment)??))
    })
}

fn is_day(day: &str) -> bool {
    !day.contains(':') && Date::parse(day).is_some_and(|day| day.earliest().is_some())
}

/// A day with a time before it or behind it, as a field holds it: `2020-03-01 09:00`.
fn moment(typed: &str) -> Option<String> {
    let is_joining = |word: &&str| TEXT.clock.joining.contains(&letters::name(word));
    let words: Vec<&str> = typed.split([' ', ',']).filter(|word| !word.is_empty() && !is_joining(word)).collect();
    let pairs = [2, 1].into_iter().flat_map(|length| (0..words.len()).map(move |from| (from, from + length)));
    pairs.filter(|(_, to)| *to <= words.len()).find_map(|(from, to)| {
        let (hour, minute) = clock(&words[from..to].join(" "))?;
        let day = [&words[..from], &words[to..]].concat().join(" ");
        let iso = Date::parse(&day)?.day()?;
        Some(format!("{iso} {hour:02}:{minute:02}"))
    })
}

/// The hour and the minute of a time of the day: `0.01`, `9 am`, `12 noon`.
fn clock(typed: &str) -> Option<(u8, u8)> {
    let words = &TEXT.clock;
    let name = letters::name(typed);
    if words.noon.contains(&name) {
        return Some((12, 0));
    }
    if words.midnight.contains(&name) {
        return Some((23, 59));
    }
    let digits = typed.find(|sign: char| !(sign.is_ascii_digit() || matches!(sign, '.' | ':'))).unwrap_or(typed.len());
    let (time, half) = typed.split_at(digits);
    let (hour, minute) = time.trim_end_matches('.').split_once(['.', ':']).unwrap_or((time, ""));
    let (hour, minutes): (u8, u8) = (hour.parse().ok()?, if minute.is_empty() { 0 } else { minute.parse().ok()? });
    let half = letters::name(half);
    let (morning, afternoon) = (words.morning.contains(&half), words.afternoon.contains(&half));
    let hour = match hour {
        12 if morning => 0,
        1..=11 if afternoon => hour + 12,
        hour => hour,
    };
    let is_time = morning || afternoon || (half.is_empty() && minute.len() == 2);
    (is_time && hour < 24 && minutes < 60).then_some((hour, minutes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn embargoes_are_told_from_other_lines_with_a_day() {
        for line in ["Embargoed until 1 March 2020", "**EMBARGOED UNTIL 2020-03-01**", "Not before 5 May 2020."] {
            assert!(embargo(line).is_some(), "{line}");
        }
        for line in ["Embargo on posts 2020", "Embargoed until the vote of 1 March 2020", "The plan of 1 March 2020"] {
            assert!(embargo(line).is_none(), "{line}");
        }
    }

    #[test]
    fn a_time_beside_the_day_is_understood() {
        for (line, moment) in [
            ("Embargoed until 9 am on 1 March 2020", "2020-03-01 09:00"),
            ("EMBARGOED UNTIL 00:01, 1 March 2020", "2020-03-01 00:01"),
            ("Embargoed until 0.01 on 1 March 2020", "2020-03-01 00:01"),
            ("Not for publication before 1 March 2020 at 2.30pm", "2020-03-01 14:30"),
            ("Embargoed until noon on 1 March 2020", "2020-03-01 12:00"),
            ("Embargoed until midnight on 1 March 2020", "2020-03-01 23:59"),
        ] {
            assert_eq!(embargo(line).map(|(_, moment)| moment).as_deref(), Some(moment), "{line}");
        }
    }
}
