//! The one grammar of attributes: `{.resolution #2021-14 outcome=endorsed to="the Leader" skip}`.
//!
//! Input: the characters between two braces, or a line of text that may end with such braces. Output: what they
//! say, or `None` if a single word in them does not fit, and then the braces are text (`{broad assent}`,
//! `{2021/22}`). Not here: what a kind or a key means; that is for whoever types an
//! [`Attribute`](crate::model::Attribute).

use std::ops::Range;

/// Words that may stand alone.
const WORDS: [&str; 2] = ["skip", "decorative"];

/// What a pair of braces says, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Attributes<'text> {
    /// The kinds: what stands after a dot.
    pub(crate) kinds: Vec<&'text str>,
    /// The name: what stands after `#`; the first one holds.
    pub(crate) id: Option<&'text str>,
    /// Keys with their values, in the order typed; a word alone has an empty value.
    pub(crate) pairs: Vec<(&'text str, &'text str)>,
}

impl Attributes<'_> {
    /// Whether a kind or a word alone is given.
    pub(crate) fn has(&self, word: &str) -> bool {
        self.kinds.contains(&word) || self.pairs.contains(&(word, ""))
    }
}

/// Reads what stands between two braces.
pub(crate) fn read(inside: &str) -> Option<Attributes<'_>> {
    let mut attributes = Attributes::default();
    let mut rest = inside.trim_matches([' ', '\t']);
    while !rest.is_empty() {
        let length = token_length(rest)?;
        let (token, after) = rest.split_at(length);
        if let Some(kind) = token.strip_prefix('.') {
            attributes.kinds.push(Some(kind).filter(|kind| is_kind(kind))?);
        } else if let Some(id) = token.strip_prefix('#') {
            attributes.id.get_or_insert(Some(id).filter(|id| is_name(id))?);
        } else if let Some((key, value)) = token.split_once('=') {
            attributes.pairs.push((Some(key).filter(|key| is_key(key))?, unquoted(value)?));
        } else {
            attributes.pairs.push((Some(token).filter(|word| WORDS.contains(word))?, ""));
        }
        rest = after.trim_start_matches([' ', '\t']);
    }
    let empty = attributes.kinds.is_empty() && attributes.id.is_none() && attributes.pairs.is_empty();
    (!empty).then_some(attributes)
}

/// The braces with which a stretch of one line ends, if they fit the grammar.
pub(crate) fn at_end(line: &str) -> Option<(Range<usize>, Attributes<'_>)> {
    let inside = line.strip_suffix('}')?;
    let open = inside.rfind('{')?;
    let escaped = line[..open].bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1;
    if escaped { None } else { read(&inside[open + 1..]).map(|attributes| (open..line.len(), attributes)) }
}

/// The braces with which a stretch of one line begins, if they fit the grammar.
pub(crate) fn at_start(line: &str) -> Option<(usize, Attributes<'_>)> {
    let inside = line.strip_prefix('{')?;
    let close = inside.find(['}', '{', '\n'])?;
    inside[close..].starts_with('}').then_some(())?;
    read(&inside[..close]).map(|attributes| (close + 2, attributes))
}

/// The bytes up to the next blank that is in no quotes; `None` if a quote does not close.
fn token_length(text: &str) -> Option<usize> {
    let mut quoted = false;
    for (at, character) in text.char_indices() {
        match character {
            '"' => quoted = !quoted,
            '“' if !quoted => quoted = true,
            '”' if quoted => quoted = false,
            ' ' | '\t' if !quoted => return Some(at),
            '\n' | '{' | '}' => return None,
            _ => {}
        }
    }
    (!quoted).then_some(text.len())
}

/// A value without its quotes, which may be the curly ones that Word makes.
fn unquoted(value: &str) -> Option<&str> {
    let quotes = ['"', '“', '”'];
    let bare = match value.chars().next()? {
        '"' | '“' => value.strip_suffix(['"', '”'])?.get(value.chars().next()?.len_utf8()..)?,
        _ => value,
    };
    (!bare.is_empty() && !bare.contains(quotes)).then_some(bare)
}

fn is_kind(kind: &str) -> bool {
    kind.starts_with(|first: char| first.is_ascii_alphabetic()) && kind.bytes().all(is_word_byte)
}

fn is_key(key: &str) -> bool {
    key.starts_with(|first: char| first.is_ascii_alphabetic())
        && key.bytes().all(|byte| is_word_byte(byte) || byte == b'.')
}

fn is_name(name: &str) -> bool {
    let fits = |character: char| character.is_alphanumeric() || "-_.:/".contains(character);
    name.starts_with(char::is_alphanumeric) && name.chars().all(fits)
}

fn is_word_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fits_is_read() {
        let read = |inside| read(inside).unwrap_or_default();
        let all = read(r#".resolution #2021-14 outcome=endorsed to="the Leader" about=a about=b skip"#);
        assert_eq!(all.kinds, ["resolution"]);
        assert_eq!(all.id, Some("2021-14"));
        let pairs = [("outcome", "endorsed"), ("to", "the Leader"), ("about", "a"), ("about", "b"), ("skip", "")];
        assert_eq!(all.pairs, pairs);
        assert_eq!(read("votes.for=7").pairs, [("votes.for", "7")]);
        assert_eq!(read("to=“the Leader”").pairs, [("to", "the Leader")]);
        assert_eq!(read(" .action ").kinds, ["action"]);
        assert!(read("decorative").has("decorative"));
    }

    #[test]
    fn one_word_that_does_not_fit_makes_it_text() {
        for inside in [
            "",
            " ",
            "broad assent",
            "2021/22",
            "exempt",
            ".a b",
            "=x",
            "a=",
            "a=\"\"",
            "a=\"b",
            ".1",
            "#",
            ". a",
            "a=b\"c",
            ".a{b",
            "7.1=x",
            "skipped",
            ".ex\u{AD}empt",
        ] {
            assert_eq!(read(inside), None, "{inside:?}");
        }
    }

    #[test]
    fn braces_are_found_at_the_ends_of_a_line() {
        let range = |line| at_end(line).map(|(range, _)| range);
        assert_eq!(range("text {.a}"), Some(5..9));
        assert_eq!(range("{.a}"), Some(0..4));
        assert_eq!(range(r"text \{.a}"), None);
        assert_eq!(range(r"text \\{.a}"), Some(7..11));
        assert_eq!(range("text {.a} more"), None);
        assert_eq!(at_start("{.a} more").map(|(end, _)| end), Some(4));
        assert_eq!(at_start("{.a\n}"), None);
    }
}
