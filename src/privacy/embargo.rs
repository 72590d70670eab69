//! Lines that say until which day something is not for everybody: "Embargoed until 1 March 2020".
//!
//! Input: a line. Output: its key and its day. Not here: whether that day has come (`disclosure/audience.rs`), and the words (`words.toml`).

use super::words::is_from;
use crate::model::Date;

/// No such line is longer, in bytes.
const LONGEST: usize = 60;

/// The parts of a line that says nothing else. A time of day in it is not understood.
pub(crate) fn embargo(line: &str) -> Option<(&str, &str)> {
    let line = line.trim_matches(|sign: char| !sign.is_alphanumeric());
    if line.len() > LONGEST || line.contains([':', '=']) || !line.contains(|sign: char| sign.is_ascii_digit()) {
        return None;
    }
    let mut parts = line.match_indices(' ').map(|(at, _)| (&line[..at], line[at..].trim()));
    let is_day = |day: &str| Date::parse(day).is_some_and(|day| day.earliest().is_some());
    parts.find(|(key, day)| key.contains(' ') && is_day(day) && is_from(key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn embargoes_are_told_from_other_lines_with_a_day() {
        for line in ["Embargoed until 1 March 2020", "**EMBARGOED UNTIL 2020-03-01**", "Not before 5 May 2020."] {
            assert!(embargo(line).is_some(), "{line}");
        }
        for line in ["Embargo on posts 2020", "Embargoed until 9 am on 1 March 2020", "The plan of 1 March 2020"] {
            assert!(embargo(line).is_none(), "{line}");
        }
    }
}
