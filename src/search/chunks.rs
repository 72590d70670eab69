//! A text is cut into chunks: what a reader would call one word, with the hyphens, dots and slashes inside it.
//!
//! Enters: a text. Leaves: where each chunk stands. The rules are in FORMAT.md ("Words"). Absent: what a chunk means
//! (`units.rs`).

use super::letters::is_word;

/// What may stand between two runs of one chunk.
const JOINERS: [char; 9] = ['\'', '’', ',', '.', '/', '-', '\u{2010}', '\u{2011}', '\u{2013}'];

/// The next chunk of `text` from `from` on: where it begins and ends. A pound sign right before it belongs to it.
pub fn next_chunk(text: &str, from: usize) -> Option<(usize, usize)> {
    let start = from + first_word_character(&text[from..])?;
    let mut end = run_end(text, start);
    let mut digits = has_digit(&text[start..end]);
    loop {
        let rest = &text[end..];
        // Most chunks end at a space.
        if rest.as_bytes().first().is_none_or(|byte| matches!(byte, b' ' | b'\n')) {
            break;
        }
        if let Some(bracket) = bracketed(rest).filter(|_| digits) {
            end += bracket;
            continue;
        }
        let Some(next) = joined(text, start, end) else { break };
        let next_end = run_end(text, next);
        digits |= has_digit(&text[next..next_end]);
        end = next_end;
    }
    let start = if text[..start].ends_with('£') { start - '£'.len_utf8() } else { start };
    Some((start, end))
}

fn first_word_character(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        if byte.is_ascii_alphanumeric() {
            return Some(at);
        }
        if byte.is_ascii() {
            at += 1;
            continue;
        }
        let letter = text[at..].chars().next()?;
        if is_word(letter) {
            return Some(at);
        }
        at += letter.len_utf8();
    }
    None
}

/// Where the run of word characters that begins at `start` ends.
fn run_end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = start;
    while let Some(byte) = bytes.get(at) {
        if byte.is_ascii_alphanumeric() {
            at += 1;
        } else if byte.is_ascii() {
            break;
        } else {
            match text[at..].chars().next().filter(|letter| is_word(*letter)) {
                Some(letter) => at += letter.len_utf8(),
                None => break,
            }
        }
    }
    at
}

/// Where the run begins that belongs to the chunk `start..end` although one character stands between.
fn joined(text: &str, start: usize, end: usize) -> Option<usize> {
    let mut behind = text[end..].chars();
    let joiner = behind.next().filter(|letter| JOINERS.contains(letter))?;
    let first = behind.next().filter(|letter| is_word(*letter))?;
    let next = end + joiner.len_utf8();
    let last = text[start..end].chars().next_back()?;
    let joins = match joiner {
        '\'' | '’' => is_letter(last) && is_letter(first),
        ',' => last.is_ascii_digit() && three_digits(&text[next..run_end(text, next)]),
        _ => true,
    };
    joins.then_some(next)
}

fn is_letter(letter: char) -> bool {
    is_word(letter) && !letter.is_ascii_digit()
}

fn three_digits(run: &str) -> bool {
    run.len() == 3 && run.bytes().all(|byte| byte.is_ascii_digit())
}

fn has_digit(run: &str) -> bool {
    run.bytes().any(|byte| byte.is_ascii_digit())
}

/// How long `(x)` at the beginning of `text` is.
fn bracketed(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('(')?;
    let length = inner.bytes().take(4).take_while(u8::is_ascii_alphanumeric).count();
    ((1..=3).contains(&length) && inner[length..].starts_with(')')).then_some(length + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    pub fn chunks(text: &str) -> Vec<&str> {
        let mut chunks = Vec::new();
        let mut at = 0;
        while let Some((start, end)) = next_chunk(text, at) {
            chunks.push(&text[start..end]);
            at = end;
        }
        chunks
    }

    #[test]
    fn a_chunk_is_what_a_reader_calls_one_word() {
        for (text, expected) in [
            ("7.3 and 7.30.", vec!["7.3", "and", "7.30"]),
            ("(see 2021/14, DHR-2020-07)", vec!["see", "2021/14", "DHR-2020-07"]),
            ("£12,345 or £1.2m; 1,23", vec!["£12,345", "or", "£1.2m", "1", "23"]),
            ("s.17(1)(a) (b) f(x)", vec!["s.17(1)(a)", "b", "f", "x"]),
            ("O’Brien's 'quoted' dogs'", vec!["O’Brien's", "quoted", "dogs"]),
            ("anti‑social–and/or… x -- y", vec!["anti‑social–and/or", "x", "y"]),
            ("Tŷ  🙂 a\u{301}b", vec!["Tŷ", "a\u{301}b"]),
            ("7(1234) 7()", vec!["7", "1234", "7"]),
            ("", vec![]),
        ] {
            assert_eq!(chunks(text), expected, "{text}");
        }
    }
}
