//! Tells which words that people type YAML's grammar would take for signs of its own: a colon, a `#`, a mark at their
//! beginning.
//!
//! Input: a part of a head. Output: answers, one function for each question. Not here: what is done about it
//! (`repair.rs`).

/// Whether a `#` before `rest` counts something (`Priority #1`) and begins no comment.
pub(super) fn is_number_sign(rest: &str) -> bool {
    rest.starts_with(|next: char| next.is_ascii_digit())
}

/// Whether what stands after a colon makes it the end of a field's name.
pub(super) fn ends_key(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with(is_space)
}

/// Space, tab and the no-break space that a word processor puts in their place.
pub(super) fn is_space(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\u{a0}')
}

/// The byte after the straight quotation mark that closes the one with which `text` begins.
pub(super) fn closing(text: &str, quote: char) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 1;
    while let Some(byte) = bytes.get(at) {
        match (*byte, quote) {
            (b'\\', '"') => at += 1,
            (b'\'', '\'') if bytes.get(at + 1) == Some(&b'\'') => at += 1,
            (b'"', '"') | (b'\'', '\'') => return Some(at + 1),
            _ => {}
        }
        at += 1;
    }
    None
}

/// Whether every backslash of a text in double quotes begins an escape that the grammar knows: `"C:\Users"` has none.
pub(super) fn has_known_escapes(quoted: &str) -> bool {
    let mut rest = quoted;
    while let Some(at) = rest.find('\\') {
        let mut after = rest[at + 1..].chars();
        let width = match after.next() {
            Some('x') => 2,
            Some('u') => 4,
            Some('U') => 8,
            Some(known) if "0abt\tnvfre \"/\\N_LP\n".contains(known) => 0,
            _ => return false,
        };
        let digits: String = after.clone().take(width).collect();
        let code = u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32);
        if width > 0 && (digits.len() != width || code.is_none()) {
            return false;
        }
        rest = after.as_str();
    }
    true
}

/// Whether words cannot stand in the head without quotes.
pub(super) fn needs_quotes(words: &str, in_brackets: bool) -> bool {
    let alone_or_spaced = |mark: char| words.strip_prefix(mark).is_some_and(|rest| rest.is_empty() || ends_key(rest));
    let special = words.starts_with(['@', '`', '%', '*', '&', ',', '[', ']', '{', '}', '|', '>', '#', '"', '\''])
        || (words.starts_with('!') && !words.starts_with("!!"))
        || alone_or_spaced('-')
        || alone_or_spaced('?')
        || words.starts_with(':');
    special || reads_as_grammar(words) || (in_brackets && words.contains(['[', ']', '{', '}', ',']))
}

/// Whether the grammar would see a field or a comment in the middle of words.
pub(super) fn reads_as_grammar(words: &str) -> bool {
    words.ends_with(':')
        || words.match_indices(':').any(|(at, _)| words[at + 1..].starts_with(char::is_whitespace))
        || words.match_indices('#').any(|(at, _)| words[..at].ends_with(char::is_whitespace))
}
