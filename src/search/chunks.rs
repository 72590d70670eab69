//! A text is cut into chunks: what a reader would call one word, with the hyphens, dots and slashes inside it.
//!
//! Input: a text. Output: where each chunk stands. The rules are in FORMAT.md ("Words"). Not here: what a chunk means
//! (`units.rs`).

use super::letters::{is_letter, is_word};
use super::tables::{APOSTROPHES, DASHES, LONGEST_BRACKET};

/// The next chunk of `text` from the byte `from` on: where it begins and ends. A pound sign right before a chunk belongs
/// to it. `None` if no word follows.
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
    let mut after = text[end..].chars();
    let joiner = after.next()?;
    let first = after.next().filter(|letter| is_word(*letter))?;
    let next = end + joiner.len_utf8();
    let last = text[start..end].chars().next_back()?;
    let joins = match joiner {
        ',' => last.is_ascii_digit() && three_digits(&text[next..run_end(text, next)]),
        '.' | '/' => true,
        _ if APOSTROPHES.contains(&joiner) => is_letter(last) && is_letter(first),
        _ => DASHES.contains(&joiner),
    };
    joins.then_some(next)
}

fn three_digits(run: &str) -> bool {
    run.len() == 3 && run.bytes().all(|byte| byte.is_ascii_digit())
}

fn has_digit(run: &str) -> bool {
    run.bytes().any(|byte| byte.is_ascii_digit())
}

/// How many bytes `(x)` at the beginning of `text` has; `None` if there is no such bracket.
fn bracketed(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('(')?;
    let length = inner.bytes().take(LONGEST_BRACKET + 1).take_while(u8::is_ascii_alphanumeric).count();
    ((1..=LONGEST_BRACKET).contains(&length) && inner[length..].starts_with(')')).then_some(length + 2)
}
