//! The forms in which Word writes a number: digits, letters, Roman numbers, words, numbers in circles.
//!
//! Input: a number and the name of a form (ECMA-376, Part 1, 17.18.59). Output: the number as Word shows it. Not here: which number
//! it is (`numbers.rs`), and the words themselves (`number_forms.toml`).

use std::sync::LazyLock;

use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    cardinal: Vec<String>,
    ordinal: Vec<String>,
    tens: Vec<String>,
    tens_ordinal: Vec<String>,
    hundred: String,
    hundred_ordinal: String,
    thousand: String,
    thousand_ordinal: String,
}

static FILE: LazyLock<File> = LazyLock::new(|| {
    toml::from_str(include_str!("number_forms.toml"))
        .unwrap_or_else(|error| unreachable!("wordml/number_forms.toml: {error}"))
});

/// A number in one of Word's forms; `None` for one that is not known, or that has no such number.
#[must_use]
pub fn written(number: i64, format: &str) -> Option<String> {
    let positive = usize::try_from(number).ok().filter(|number| *number > 0);
    let digits = || number.to_string();
    Some(match format {
        "decimal" | "decimalHalfWidth" => digits(),
        "none" | "bullet" => String::new(),
        "decimalZero" => format!("{number:02}"),
        "decimalZero3" => format!("{number:03}"),
        "upperRoman" => positive.map_or_else(digits, roman),
        "lowerRoman" => positive.map_or_else(digits, |number| roman(number).to_lowercase()),
        "upperLetter" => positive.map_or_else(digits, letters),
        "lowerLetter" => positive.map_or_else(digits, |number| letters(number).to_lowercase()),
        "ordinal" => format!("{number}{}", ending(number)),
        "cardinalText" => capital(&in_words(positive?, false)?),
        "ordinalText" => capital(&in_words(positive?, true)?),
        "hex" => format!("{number:X}"),
        "chicago" => {
            let number = positive?;
            let sign = ['*', '†', '‡', '§'][(number - 1) % 4];
            std::iter::repeat_n(sign, ((number - 1) / 4 + 1).min(40)).collect()
        }
        "numberInDash" => format!("- {number} -"),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => among_twenty(positive, '①').unwrap_or_else(digits),
        "decimalEnclosedParen" => among_twenty(positive, '⑴').unwrap_or_else(digits),
        "decimalEnclosedFullstop" => among_twenty(positive, '⒈').unwrap_or_else(digits),
        _ => return None,
    })
}

/// One of twenty signs that follow each other, which is all that there are.
fn among_twenty(number: Option<usize>, first: char) -> Option<String> {
    let number = number.and_then(|number| u32::try_from(number).ok()).filter(|number| *number <= 20)?;
    char::from_u32(u32::from(first) + number - 1).map(String::from)
}

/// After z Word writes aa, bb.
fn letters(number: usize) -> String {
    let letter = char::from(b'A' + u8::try_from((number - 1) % 26).unwrap_or_default());
    std::iter::repeat_n(letter, ((number - 1) / 26 + 1).min(40)).collect()
}

fn roman(number: usize) -> String {
    const PARTS: [(usize, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut rest = number.min(30_000);
    let mut roman = String::new();
    while let Some((worth, part)) = PARTS.iter().find(|(worth, _)| *worth <= rest) {
        rest -= worth;
        roman.push_str(part);
    }
    roman
}

/// What follows the digits of 1st, 2nd, 3rd.
fn ending(number: i64) -> &'static str {
    match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    }
}

/// A number in words, up to those of which nobody makes a list.
fn in_words(number: usize, is_ordinal: bool) -> Option<String> {
    let file = &*FILE;
    let last = |is_last: bool, cardinal: &str, ordinal: &str| {
        (if is_last && is_ordinal { ordinal } else { cardinal }).to_owned()
    };
    let mut words = Vec::new();
    let (thousands, hundreds, rest) = (number / 1000, number / 100 % 10, number % 100);
    if thousands > 19 {
        return None;
    }
    if thousands > 0 {
        words.push(file.cardinal[thousands].clone());
        words.push(last(number.is_multiple_of(1000), &file.thousand, &file.thousand_ordinal));
    }
    if hundreds > 0 {
        words.push(file.cardinal[hundreds].clone());
        words.push(last(rest == 0, &file.hundred, &file.hundred_ordinal));
    }
    let (tens, ones) = (rest / 10, rest % 10);
    match rest {
        0 => {}
        1..=19 => words.push(last(true, &file.cardinal[rest], &file.ordinal[rest])),
        _ if ones == 0 => words.push(last(true, &file.tens[tens - 2], &file.tens_ordinal[tens - 2])),
        _ => words.push(format!("{}-{}", file.tens[tens - 2], last(true, &file.cardinal[ones], &file.ordinal[ones]))),
    }
    Some(words.join(" "))
}

/// With a capital at the beginning.
fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_in_words_forms() {
        for (number, format, expected) in [
            (4, "lowerRoman", "iv"),
            (1994, "upperRoman", "MCMXCIV"),
            (26, "lowerLetter", "z"),
            (27, "lowerLetter", "aa"),
            (54, "upperLetter", "BBB"),
            (3, "decimalZero", "03"),
            (11, "ordinal", "11th"),
            (22, "ordinal", "22nd"),
            (0, "lowerRoman", "0"),
            (1, "cardinalText", "One"),
            (21, "cardinalText", "Twenty-one"),
            (112, "ordinalText", "One hundred twelfth"),
            (40, "ordinalText", "Fortieth"),
            (200, "ordinalText", "Two hundredth"),
            (3000, "cardinalText", "Three thousand"),
            (20, "decimalEnclosedCircle", "⑳"),
            (21, "decimalEnclosedCircle", "21"),
            (2, "decimalEnclosedParen", "⑵"),
            (6, "chicago", "††"),
            (10, "hex", "A"),
        ] {
            assert_eq!(written(number, format).as_deref(), Some(expected), "{number} {format}");
        }
        assert_eq!(written(1, "aiueo"), None);
        let file = &*FILE;
        assert_eq!([file.cardinal.len(), file.ordinal.len(), file.tens.len(), file.tens_ordinal.len()], [20, 20, 8, 8]);
    }
}
