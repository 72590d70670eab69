//! Printed numbers at the beginning of a line, in all the forms in which programs and people write them.
//!
//! Input: the words of a line or a paragraph. Output: the number as printed, what it counts, and where the words after it begin.
//! Not here: whether a number that could be a label is one where the dialect reads it (`outline/counting.rs`).

/// A printed number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// As printed, with the signs around it.
    pub typed: String,
    /// What it looks like.
    pub sort: Sort,
    /// How many bytes it takes with the blanks after it.
    pub length: usize,
}

/// What a printed number looks like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sort {
    /// `7.13`, `1.1.2.`
    Dotted(Vec<u32>),
    /// `7.`, `7)`
    Number(u32),
    /// `(a)`, `iv)`, `(2)`
    Bracket,
    /// `a.`, `iv.`
    Letter,
    /// `7` before words that begin with a capital: a label only where something else says so.
    Bare(u32),
}

/// The number with which a line begins.
#[must_use]
pub fn label(line: &str) -> Option<Label> {
    let end = line.find(char::is_whitespace).unwrap_or(line.len());
    let (word, rest) = line.split_at(end);
    let words = rest.trim_start();
    if words.is_empty() {
        return None;
    }
    let length = line.len() - words.len();
    let sort = sort(word, words)?;
    Some(Label { typed: word.to_owned(), sort, length })
}

/// What a word by itself looks like as a number before these words.
fn sort(word: &str, words: &str) -> Option<Sort> {
    if word.len() > 24 || !word.is_ascii() {
        return None;
    }
    if word.starts_with(|first: char| first.is_ascii_digit()) {
        let bare = word.strip_suffix(['.', ')']).unwrap_or(word);
        let parts: Vec<&str> = bare.split('.').collect();
        let is_part = |part: &&str| (1..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        if !parts.iter().all(is_part) || (parts.len() > 1 && word.ends_with(')')) {
            return None;
        }
        let numbers: Vec<u32> = parts.iter().filter_map(|part| part.parse().ok()).collect();
        return match (numbers.as_slice(), bare.len() < word.len()) {
            ([number], true) => Some(Sort::Number(*number)),
            ([number], false) => words.starts_with(char::is_uppercase).then_some(Sort::Bare(*number)),
            ([0, ..], _) => None,
            _ => Some(Sort::Dotted(numbers)),
        };
    }
    let opened = word.starts_with('(');
    let inside = word.strip_prefix('(').unwrap_or(word);
    if let Some(inside) = inside.strip_suffix(')') {
        let is_number = opened && inside.len() <= 3 && inside.bytes().all(|byte| byte.is_ascii_digit());
        let is_sign = inside == "c" && words.starts_with(|next: char| next.is_ascii_digit());
        return ((is_number || is_letters(inside)) && !is_sign && !inside.is_empty()).then_some(Sort::Bracket);
    }
    let inside = inside.strip_suffix('.').filter(|_| !opened)?;
    // A capital before a full stop is the initial of a name.
    (is_letters(inside) && inside.bytes().all(|byte| byte.is_ascii_lowercase())).then_some(Sort::Letter)
}

/// Whether letters count something: one letter, the same one twice, or a Roman number.
fn is_letters(text: &str) -> bool {
    let bytes = text.as_bytes();
    let single = bytes.len() == 1 && bytes[0].is_ascii_alphabetic();
    let twice = bytes.len() == 2 && bytes[0] == bytes[1] && bytes[0].is_ascii_lowercase();
    let roman = (1..=5).contains(&bytes.len()) && text.bytes().all(|byte| b"ivxl".contains(&byte));
    single || twice || roman
}

/// Whether dotted numbers come directly after `last`: 7.2 after 7.1, 8.1 after 7.13, 1.1.1 after 1.1, 1.2 after 1.1.9.
#[must_use]
pub fn follows(numbers: &[u32], last: &[u32]) -> bool {
    let same = numbers.iter().zip(last).take_while(|(own, other)| own == other).count();
    let begins = |from: usize| numbers.iter().skip(from).all(|number| *number == 1);
    match (numbers.get(same), last.get(same)) {
        (Some(own), Some(other)) => *own == other + 1 && begins(same + 1),
        (Some(_), None) => numbers.len() == same + 1 && begins(same),
        (None, _) => false,
    }
}

/// A number that a converter wrote so that it is no list: `7\.13` → `7.13`; the rest of the line stays.
#[must_use]
pub fn without_backslashes(line: &str) -> String {
    let end = line.find(char::is_whitespace).unwrap_or(line.len());
    let (word, rest) = line.split_at(end);
    let is_number = word.starts_with(|first: char| first.is_ascii_digit())
        && word.chars().all(|letter| letter.is_ascii_digit() || matches!(letter, '.' | ')' | '\\'));
    if is_number { format!("{}{rest}", word.replace('\\', "")) } else { line.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_labels_in_many_forms() {
        for (line, typed) in [
            ("7.13 The board", Some("7.13")),
            ("1.1.2. The board", Some("1.1.2.")),
            ("7. Budget", Some("7.")),
            ("7)\u{a0}\u{a0}Budget", Some("7)")),
            ("(a) one", Some("(a)")),
            ("iv) four", Some("iv)")),
            ("(2) two", Some("(2)")),
            ("a. one", Some("a.")),
            ("7 Budget", Some("7")),
            ("7 apples", None),
            ("2015. The year", None),
            ("(c) 2021", None),
            ("A. Smith", None),
            ("0.5 metres", None),
            ("7.13", None),
            ("(note this)", None),
            ("12.5% of", None),
        ] {
            assert_eq!(label(line).map(|label| label.typed).as_deref(), typed, "{line}");
        }
        assert_eq!(without_backslashes("7\\.13 a \\. b"), "7.13 a \\. b");
    }

    #[test]
    fn numbers_follow_each_other() {
        for (own, last, expected) in [
            (&[7, 2][..], &[7, 1][..], true),
            (&[8, 1], &[7, 13], true),
            (&[1, 1, 1], &[1, 1], true),
            (&[1, 2], &[1, 1, 9], true),
            (&[1, 4], &[1, 2], false),
            (&[1, 1], &[1, 1], false),
        ] {
            assert_eq!(follows(own, last), expected, "{own:?} {last:?}");
        }
    }
}
