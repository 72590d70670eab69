//! Writes words so that Markdown reads them as words, whatever signs are in them.
//!
//! Input: words as they are read. Output: the same for a line of Markdown. Not here: blocks and marks that are meant
//! (`markdown.rs`).

/// Where words stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At {
    /// After others.
    Middle,
    /// At the beginning of a line, where more signs mean something, and a number must not become a label.
    Line,
    /// The same in a quotation, in which a dotted number is no label.
    Quotation,
}

/// Appends `words`. `cell`: they stand in a table.
pub fn words(words: &str, at: At, cell: bool, out: &mut String) {
    let (place, line) = (at, at != At::Middle);
    let bytes = words.as_bytes();
    let opening = if line { opening(words, place) } else { None };
    // A run of such signs is taken for a mark of some program even behind one that is escaped.
    let run = opening.map_or(0, |at| words[at..].bytes().take_while(|byte| at == 0 && b":=!?".contains(byte)).count());
    for (at, letter) in words.char_indices() {
        let next = bytes.get(at + letter.len_utf8()).copied();
        let before = words[..at].chars().next_back().or_else(|| out.chars().next_back());
        let means = match letter {
            '\\' | '`' | '*' | '[' | ']' | '<' | '{' | '}' | '~' => true,
            '_' => {
                !(before.is_some_and(char::is_alphanumeric) && next.is_some_and(|next| next.is_ascii_alphanumeric()))
            }
            '|' => cell,
            '&' => is_entity(&words[at..]),
            '!' => next == Some(b'['),
            _ => false,
        };
        if means || (opening == Some(at) && letter.is_ascii()) || at < run {
            out.push('\\');
        } else if opening == Some(at) {
            // Only signs of ASCII can be escaped.
            out.push_str(&format!("&#{};", u32::from(letter)));
            continue;
        }
        out.push(letter);
    }
}

/// Whether `&…;` would be read as a sign.
fn is_entity(text: &str) -> bool {
    let name = text[1..].split(';').next().unwrap_or_default();
    text.len() > name.len() + 1
        && !name.is_empty()
        && name.len() < 34
        && name.bytes().enumerate().all(|(at, byte)| byte.is_ascii_alphanumeric() || (at == 0 && byte == b'#'))
}

/// The sign at the beginning of a line that makes something else of it, if there is one.
fn opening(words: &str, place: At) -> Option<usize> {
    let first = words.chars().next()?;
    let run = words.len() - words.trim_start_matches(first).len();
    let after = words[run..].chars().next();
    let ends = after.is_none_or(char::is_whitespace);
    match first {
        '#' => (run <= 6 && ends).then_some(0),
        '>' => Some(0),
        '-' | '+' => (ends || run > 2).then_some(0),
        '–' | '·' | '•' => ends.then_some(0),
        '=' | ':' | '!' | '?' => ((first == ':' && run == 1 && ends) || run >= 3).then_some(0),
        '0'..='9' => {
            let digits = words.bytes().take_while(u8::is_ascii_digit).count();
            let sign = words[digits..].starts_with(['.', ')']).then_some(digits)?;
            let then = words[sign + 1..].chars().next();
            let word = words.split(char::is_whitespace).next().unwrap_or_default();
            let is_label = word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
            let is_dotted = is_label && then.is_some() && place == At::Line;
            (then.is_none_or(char::is_whitespace) || is_dotted).then_some(sign)
        }
        _ => None,
    }
}

/// An address as it stands between the brackets of a link.
pub fn address(target: &str) -> String {
    let mut out = String::with_capacity(target.len());
    for letter in target.trim().chars() {
        match letter {
            ' ' | '<' | '>' | '(' | ')' | '\\' | '"' | '`' | '|' | '{' | '}' => {
                out.push_str(&format!("%{:02X}", u32::from(letter)));
            }
            letter if letter.is_control() || letter.is_whitespace() => {}
            letter => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_that_mean_something_are_words() {
        for (typed, written) in [
            ("{.exempt}", "\\{.exempt\\}"),
            ("<script>a</script>", "\\<script>a\\</script>"),
            ("a*b* snake_case _x_ y", "a\\*b\\* snake_case \\_x\\_ y"),
            ("[x](javascript:a)", "\\[x\\](javascript:a)"),
            ("# one", "\\# one"),
            ("#1 of them", "#1 of them"),
            ("- a", "\\- a"),
            ("-5 degrees", "-5 degrees"),
            ("1. a", "1\\. a"),
            ("7.1 a", "7\\.1 a"),
            ("7 a", "7 a"),
            ("7.2nd a", "7.2nd a"),
            ("AT&T &amp; &#38; R&D; &", "AT&T \\&amp; \\&#38; R\\&D; &"),
            (":::note", "\\:\\:\\:note"),
            ("> a | b", "\\> a | b"),
            ("=== Present", "\\=\\=\\= Present"),
            (": a", "\\: a"),
            ("– a", "&#8211; a"),
        ] {
            let mut out = String::new();
            words(typed, At::Line, false, &mut out);
            assert_eq!(out, written);
        }
    }

    #[test]
    fn an_address_ends_where_it_ends() {
        assert_eq!(address("a b(c).pdf"), "a%20b%28c%29.pdf");
    }
}
