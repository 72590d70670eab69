//! Telephone numbers as people write them, as a link dials them.
//!
//! Input: a number, and the country in which it is dialled. Output: what `tel:` takes (RFC 3966): `+441632960123`, with
//! `;ext=12` for an extension. Not here: how a country writes its numbers (`telephone.toml`), and whether a number is anybody's.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

/// So many digits a number has at least: that of an emergency.
const SHORTEST: usize = 3;

/// The most that a number has with its country's code (E.164), and what may be dialled before it.
const LONGEST: usize = 18;

/// The habits of countries.
static PLAN: LazyLock<Plan> = LazyLock::new(|| {
    toml::from_str(include_str!("telephone.toml")).expect("a file that travels inside the program can be read")
});

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Plan {
    extension: Vec<String>,
    country: BTreeMap<String, Country>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Country {
    code: String,
    #[serde(default)]
    trunk: String,
    #[serde(default = "exit")]
    exit: String,
    national: Option<usize>,
}

fn exit() -> String {
    "00".to_owned()
}

/// The countries whose habits are known, as ISO 3166 has them: `GB`.
pub fn countries() -> impl Iterator<Item = &'static str> {
    PLAN.country.keys().map(String::as_str)
}

/// What a link dials for a number as it is written; in international form where that is certain, else the digits as written.
/// `None` if it is no number, or more than one.
///
/// `country` is where it is dialled (`GB`). Without one, or with one that is not known, only a number that says its own
/// country's code gets one.
#[must_use]
pub fn dialled(written: &str, country: Option<&str>) -> Option<String> {
    let (number, extension) = without_extension(written.trim());
    let country = country.and_then(|country| PLAN.country.get(country));
    let international = number.starts_with('+');
    // "+44 (0)1632 …": what is dialled inside the country alone.
    let number = if international { number.replace("(0)", "") } else { number.to_owned() };
    let is_mark = |sign: char| sign.is_whitespace() || "()-.\u{2010}\u{2011}\u{2012}\u{2013}".contains(sign);
    let body = number.strip_prefix('+').unwrap_or(&number);
    if !body.chars().all(|sign| sign.is_ascii_digit() || is_mark(sign)) {
        return None;
    }
    let digits: String = body.chars().filter(char::is_ascii_digit).collect();
    if !(SHORTEST..=LONGEST).contains(&digits.len()) {
        return None;
    }
    let number = match country {
        _ if international => format!("+{digits}"),
        Some(country) => country.abroad(&digits),
        None => digits,
    };
    Some(extension.map_or_else(|| number.clone(), |extension| format!("{number};ext={extension}")))
}

impl Country {
    /// Digits that are dialled in this country, as they are from anywhere.
    fn abroad(&self, digits: &str) -> String {
        if let Some(foreign) = digits.strip_prefix(&self.exit) {
            return format!("+{foreign}");
        }
        let is_whole = |digits: &str| self.national.is_none_or(|least| digits.len() >= least);
        if let Some(rest) = digits.strip_prefix(&self.trunk).filter(|rest| !self.trunk.is_empty() && is_whole(rest)) {
            return format!("+{}{rest}", self.code);
        }
        if self.national.is_some() && is_whole(digits) {
            return format!("+{}{digits}", self.code);
        }
        digits.to_owned()
    }
}

/// A number, and the digits after a word for its extension.
fn without_extension(written: &str) -> (&str, Option<&str>) {
    let body = written.trim_end_matches(|sign: char| sign.is_ascii_digit());
    let (digits, body) = (&written[body.len()..], body.trim_end());
    let word = PLAN.extension.iter().find(|word| {
        let start = body.len().checked_sub(word.len());
        start.and_then(|start| body.get(start..)).is_some_and(|end| end.eq_ignore_ascii_case(word))
    });
    match word.filter(|_| !digits.is_empty()) {
        Some(word) => (body[..body.len() - word.len()].trim_end_matches([' ', ',', '(']), Some(digits)),
        None => (written, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_dialled_from_anywhere() {
        for (written, country, link) in [
            ("01632 960123", Some("GB"), Some("+441632960123")),
            ("(01632) 960-123", Some("GB"), Some("+441632960123")),
            ("+44 (0)1632 960 123", Some("DE"), Some("+441632960123")),
            ("0049 30 1234567", Some("GB"), Some("+49301234567")),
            ("0800 1111", Some("GB"), Some("+448001111")),
            ("101", Some("GB"), Some("101")),
            ("116 123", Some("GB"), Some("116123")),
            ("01632 960123 ext. 12", Some("GB"), Some("+441632960123;ext=12")),
            ("01632 960123, x7", Some("GB"), Some("+441632960123;ext=7")),
            ("212-555-0123", Some("US"), Some("+12125550123")),
            ("1 (212) 555-0123", Some("US"), Some("+12125550123")),
            ("911", Some("US"), Some("911")),
            ("06 12345678", Some("IT"), Some("+390612345678")),
            ("112", Some("IT"), Some("112")),
            ("06 1 234 5678", Some("HU"), Some("+3612345678")),
            ("01632 960123", None, Some("01632960123")),
            ("01632 960123", Some("ZZ"), Some("01632960123")),
            ("01632 960123 or 960124", Some("GB"), None),
            ("0800 CRIME", Some("GB"), None),
            ("ask at the desk", Some("GB"), None),
            ("12", Some("GB"), None),
            ("", Some("GB"), None),
        ] {
            assert_eq!(dialled(written, country).as_deref(), link, "{written} in {country:?}");
        }
    }

    #[test]
    fn what_is_dialled_is_dialled_the_same_again() {
        for country in countries() {
            for written in ["01632 960123", "212 555 0123", "112", "0123456789"] {
                let once = dialled(written, Some(country)).expect("it is a number");
                assert_eq!(dialled(&once, Some(country)), Some(once.clone()), "{written} in {country}");
            }
        }
    }
}
