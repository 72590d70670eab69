//! Postcodes as people write them, in one form: in capitals, without spaces, parted into what comes first and the rest.
//!
//! Input: what somebody typed, and the country. Output: both parts, or none. Not here: how a country writes them (`postcode.toml`), and
//! in which area one lies. The script of the page does the same with the shapes that it is given (`js/areas/postcode.js`).

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

/// Where nothing is known of a country, so many signs come last and the others first.
const LAST: usize = 2;

/// The shortest and the longest postcode of a country of which nothing is known.
const LENGTHS: std::ops::RangeInclusive<usize> = 3..=10;

static FORMS: LazyLock<Forms> = LazyLock::new(|| {
    toml::from_str(include_str!("postcode.toml")).expect("a file that travels inside the program can be read")
});

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Forms {
    columns: Vec<String>,
    country: BTreeMap<String, Vec<String>>,
}

/// What the column of postcodes may be called.
#[must_use]
pub fn postcode_columns() -> &'static [String] {
    &FORMS.columns
}

/// The shapes of the postcodes of a country (`AA9 9AA`); empty where any is taken.
#[must_use]
pub fn postcode_shapes(country: Option<&str>) -> &'static [String] {
    country.and_then(|country| FORMS.country.get(country)).map_or(&[], Vec::as_slice)
}

/// A postcode as it is typed: what comes first, and the rest. `None` if it has no shape that the country has.
#[must_use]
pub fn postcode(typed: &str, country: Option<&str>) -> Option<(String, String)> {
    let is_mark = |sign: &char| sign.is_whitespace() || matches!(sign, '-' | '.' | '\u{2010}'..='\u{2013}');
    let code: String = typed.chars().filter(|sign| !is_mark(sign)).map(|sign| sign.to_ascii_uppercase()).collect();
    if code.is_empty() || !code.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return None;
    }
    let shapes = postcode_shapes(country);
    let first = if shapes.is_empty() {
        let has_digit = code.bytes().any(|byte| byte.is_ascii_digit());
        (LENGTHS.contains(&code.len()) && has_digit).then(|| code.len() - LAST)?
    } else {
        shapes.iter().find_map(|shape| fits(&code, shape))?
    };
    let (first, rest) = code.split_at(first);
    Some((first.to_owned(), rest.to_owned()))
}

/// How many signs of a code come first, if it has this shape.
fn fits(code: &str, shape: &str) -> Option<usize> {
    let signs: Vec<u8> = shape.bytes().filter(|sign| *sign != b' ').collect();
    let is_one = |(sign, byte): (&u8, u8)| match sign {
        b'A' => byte.is_ascii_alphabetic(),
        b'9' => byte.is_ascii_digit(),
        _ => true,
    };
    let has_shape = signs.len() == code.len() && signs.iter().zip(code.bytes()).all(is_one);
    has_shape.then(|| shape.find(' ').unwrap_or(code.len().saturating_sub(LAST)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The country, what is typed, and both parts of it.
    type Example = (String, String, Option<(String, String)>);

    /// `tests/script/postcodes.json`: what the script is held to as well.
    #[derive(Deserialize)]
    struct Examples {
        shapes: BTreeMap<String, Vec<String>>,
        typed: Vec<Example>,
    }

    #[test]
    fn a_postcode_has_one_form_however_it_is_typed() {
        let text = include_str!("../../tests/script/postcodes.json");
        let Examples { shapes, typed } = serde_json::from_str(text).expect("the examples are JSON");
        for (country, shapes) in &shapes {
            assert_eq!(postcode_shapes(Some(country)), shapes, "{country}");
        }
        for (country, typed, parts) in typed {
            assert_eq!(postcode(&typed, Some(&country)), parts, "{typed} in {country}");
        }
    }

    #[test]
    fn every_shape_has_a_first_part_and_a_rest() {
        for shape in FORMS.country.values().flatten() {
            assert!(shape.bytes().all(|sign| b"A9* ".contains(&sign)) && shape.len() > LAST, "{shape}");
        }
    }
}
