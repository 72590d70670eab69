//! The second reader of pasted texts: counts what stands in the characters, line by line, and knows nothing of how they are read.
//!
//! Input: the characters of a text file. Output: a [`Tally`]. Not here: anything that the first reader does (`lines.rs`).

use crate::manuscript::counts::{Counts, Tally};

/// Counts.
#[must_use]
pub fn tally(text: &str) -> Tally {
    let mut numbers = Vec::new();
    let mut items = 0;
    let mut pieces = Vec::new();
    for line in text.split(['\n', '\r', '\u{b}', '\u{c}', '\u{2028}', '\u{2029}']) {
        let piece: String = line.chars().filter(|letter| !is_unseen(*letter)).collect();
        let mut words = piece.split(|letter: char| letter.is_whitespace()).filter(|word| !word.is_empty());
        let Some(first) = words.next().filter(|_| line.contains(char::is_alphanumeric)) else { continue };
        let second = words.next();
        let is_sign = first.chars().count() == 1 && !first.chars().any(char::is_alphanumeric);
        let candidate = if is_sign { second.unwrap_or_default() } else { first };
        let next = if is_sign { line.split_whitespace().nth(2) } else { second };
        // "1.5 million" is an amount.
        let is_amount = next.is_some_and(|next| next.starts_with(char::is_lowercase));
        let has_words = if is_sign { words.next().is_some() } else { second.is_some() };
        if is_sign && second.is_some() && "-*+•·▪–\u{f0b7}".contains(first) && !is_dotted(candidate) {
            items += 1;
        }
        if has_words && ((is_dotted(candidate) && !is_amount) || (!is_sign && is_number(candidate))) {
            numbers.push(candidate.replace(['\\', '*'], ""));
        }
        pieces.push(piece);
    }
    let counts = Counts { numbers: Some(numbers.len()), items: Some(items), ..Counts::default() };
    Tally { counts, printed: numbers, pieces: pieces.into_iter().map(|piece| as_read(&piece).into()).collect() }
}

/// Signs that nobody sees, and that part no word.
fn is_unseen(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{feff}' | '\u{2060}')
}

/// `7.13`, `1.1.2.`: two numbers or more.
fn is_dotted(word: &str) -> bool {
    let word = word.replace(['\\', '*'], "");
    let parts: Vec<&str> = word.trim_end_matches('.').split('.').collect();
    let is_part = |part: &&str| !part.is_empty() && part.len() < 4 && part.chars().all(|digit| digit.is_ascii_digit());
    parts.len() > 1 && parts[0] != "0" && parts.iter().all(is_part)
}

/// `7.`, `7)`, `(a)`, `iv)`.
fn is_number(word: &str) -> bool {
    let word = word.replace(['\\', '*'], "");
    let digits = |text: &str| !text.is_empty() && text.len() < 4 && text.chars().all(|digit| digit.is_ascii_digit());
    if word.strip_suffix('.').is_some_and(digits) {
        return true;
    }
    let Some(inside) = word.strip_suffix(')') else { return false };
    let inside = inside.strip_prefix('(').unwrap_or(inside);
    digits(inside)
        || (inside.len() < 5 && !inside.is_empty() && inside.chars().all(|letter| "ivx".contains(letter)))
        || (inside.chars().count() == 1 && inside.chars().all(|letter| letter.is_ascii_alphabetic()))
}

/// A piece without the addresses of links and the names of tags, which nobody reads in a page.
fn as_read(piece: &str) -> String {
    let mut out = String::new();
    let mut rest = piece;
    while let Some((before, after)) = rest.split_once("](") {
        let address = after.split(')').next().unwrap_or_default();
        let is_address = ["http", "mailto:", "tel:", "/", "#"].iter().any(|start| address.starts_with(start));
        out.push_str(before);
        match after.get(address.len() + 1..) {
            Some(left) if is_address => rest = left,
            _ => {
                out.push(' ');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    for name in ["&amp;", "&lt;", "&gt;", "&nbsp;", "&quot;"] {
        out = out.replace(name, " ");
    }
    for tag in ["<sup>", "</sup>", "<sub>", "</sub>", "<br>", "<br/>", "<br />"] {
        out = out.replace(tag, if tag.starts_with("<br") { " " } else { "" });
    }
    out
}
