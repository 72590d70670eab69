//! Cuts a text into chunks: what a reader would call one word, with the hyphens, dots and slashes inside it.
//!
//! Input: a text. Output: where each chunk stands. The rules are in FORMAT.md ("Words"). Not here: what a chunk means
//! (`units.rs`).

use super::letters::{has_digit, is_letter, is_number, is_word};
use super::tables::{APOSTROPHES, DASHES, LONGEST_BRACKET};

/// The next chunk of `text` from the byte `from` on: where it begins and ends. A pound sign right before a chunk belongs
/// to it. `None` if no word follows.
pub fn next_chunk(text: &str, from: usize) -> Option<(usize, usize)> {
    let start = from + text[from..].find(is_word)?;
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

/// Where the run of word characters that begins at `start` ends.
fn run_end(text: &str, start: usize) -> usize {
    text[start..].find(|letter| !is_word(letter)).map_or(text.len(), |length| start + length)
}

/// Where the run begins that belongs to the chunk `start..end` although one character stands between.
fn joined(text: &str, start: usize, end: usize) -> Option<usize> {
    let mut after = text[end..].chars();
    let joiner = after.next()?;
    let first = after.next().filter(|letter| is_word(*letter))?;
    let next = end + joiner.len_utf8();
    let last = text[start..end].chars().next_back()?;
    let joins = match joiner {
        ',' => last.is_ascii_digit() && is_three_digits(&text[next..run_end(text, next)]),
        '.' | '/' => true,
        _ if APOSTROPHES.contains(&joiner) => is_letter(last) && is_letter(first),
        _ => DASHES.contains(&joiner),
    };
    joins.then_some(next)
}

fn is_three_digits(run: &str) -> bool {
    run.len() == 3 && is_number(run)
}

/// How many bytes `(x)` at the beginning of `text` has; `None` if there is no such bracket.
fn bracketed(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('(')?;
    let length = inner.bytes().take(LONGEST_BRACKET + 1).take_while(u8::is_ascii_alphanumeric).count();
    ((1..=LONGEST_BRACKET).contains(&length) && inner[length..].starts_with(')')).then_some(length + 2)
}
