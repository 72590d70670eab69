//! Words of a text as a reader counts and cites them.
//!
//! Input: plain text. Output: how many words it has and the key that they make; its first words. Not here: markup.

use crate::model::first_words;

/// How many words a stretch of text has, and the key that they make.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct WordDigest {
    /// Runs between blanks that have a letter or a digit.
    pub(super) words: u32,
    /// XXH3 of the words; the same for the same words in other case, punctuation or spacing.
    pub(super) key: u64,
}

/// Counts the words of `plain` and makes their key. `scratch` is overwritten; it saves an allocation for each paragraph.
///
/// Letters become small, punctuation goes, and blanks become one. Every byte of every paragraph comes by here, so
/// eight are taken at a time, without a branch, wherever they are ASCII.
pub(super) fn digest(plain: &str, scratch: &mut Vec<u8>) -> WordDigest {
    scratch.clear();
    // A letter that is not ASCII can be longer in small letters; there is room for twice each byte.
    scratch.resize(2 * plain.len() + 16, b' ');
    let mut length = 1;
    let mut at = 0;
    while at < plain.len() {
        let eight = plain.as_bytes()[at..].first_chunk::<8>().filter(|bytes| bytes.is_ascii());
        if let Some((bytes, room)) = eight.zip(scratch[length..].first_chunk_mut::<8>()) {
            let mut kept = 0;
            for byte in bytes {
                // Punctuation is written over by what follows it.
                let folded = FOLDED[*byte as usize];
                room[kept % 8] = folded;
                kept += usize::from(folded != 0);
            }
            length += kept;
            at += 8;
        } else if let Some(character) = plain[at..].chars().next() {
            length += fold(character, &mut scratch[length..]);
            at += character.len_utf8();
        }
    }
    scratch.truncate(length);
    let (words, doubles) = starts(scratch);
    if doubles {
        scratch.dedup_by(|second, first| *second == b' ' && *first == b' ');
    }
    let counted = &scratch[1..];
    WordDigest { words, key: xxhash_rust::xxh3::xxh3_64(counted.strip_suffix(b" ").unwrap_or(counted)) }
}

/// Writes a character in small letters, and returns how long it is.
fn fold(character: char, room: &mut [u8]) -> usize {
    match character {
        '\0'..='\x7F' => {
            room[0] = FOLDED[character as usize];
            usize::from(room[0] != 0)
        }
        // The dashes and curly quotes of Word, and what stands near them in Unicode.
        '\u{2010}'..='\u{2027}' => 0,
        _ if character.is_whitespace() => {
            room[0] = b' ';
            1
        }
        _ if character.is_alphanumeric() => {
            character.to_lowercase().fold(0, |length, lower| length + lower.encode_utf8(&mut room[length..]).len())
        }
        _ => 0,
    }
}

/// How many words begin after a blank, and whether two blanks stand together.
fn starts(bytes: &[u8]) -> (u32, bool) {
    let mut words = 0;
    let mut doubles = 0;
    // Few enough at once that a byte can count them.
    for (first, second) in bytes.chunks(255).zip(bytes[1..].chunks(255)) {
        let pairs = first.iter().zip(second);
        let starts = |(first, second): (&u8, &u8)| u8::from((*first == b' ') & (*second != b' '));
        words += u32::from(pairs.clone().map(starts).sum::<u8>());
        doubles |= pairs.fold(0, |doubles, (first, second)| doubles | u8::from((*first == b' ') & (*second == b' ')));
    }
    (words, doubles != 0)
}

/// Small letters and digits stand for themselves, blanks for one blank, punctuation for nothing.
static FOLDED: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 128 {
        table[byte as usize] = match byte {
            b'a'..=b'z' | b'0'..=b'9' => byte,
            b'A'..=b'Z' => byte + 32,
            b' ' | b'\t' | b'\n' | b'\r' => b' ',
            _ => 0,
        };
        byte += 1_u8;
    }
    table
};

/// What lists quote of a text: its first words, with an ellipsis if there are more.
pub(super) fn lead(plain: &str) -> Box<str> {
    let plain = plain.trim();
    let first = first_words(plain, 299);
    if first.len() == plain.len() || plain.chars().count() <= 300 { plain.into() } else { format!("{first}…").into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_words_make_the_same_key() {
        let digest = |text| digest(text, &mut Vec::new());
        let words = digest("The Councils officers agreed and so on");
        assert_eq!(words.words, 7);
        for same in [
            "the council’s officers agreed, and so on",
            " The  councils officers AGREED\nand so on. ",
            "The Council's officers – agreed – and so on!",
        ] {
            assert_eq!(digest(same), words, "{same}");
        }
        assert_ne!(digest("The councils officer agreed and so on"), words);
        assert_eq!(digest("École élémentaire"), digest("école, ÉLÉMENTAIRE"));
        assert_eq!(digest("anti-social – behaviour").words, 2);
        assert_eq!(digest("–").words, 0);
        assert_eq!(digest("").key, digest(" * ").key);
    }

    #[test]
    fn a_lead_ends_between_words() {
        let long = "word ".repeat(100);
        assert!(lead(&long).chars().count() <= 300 && lead(&long).ends_with("word…"));
        assert_eq!(&*lead(&"x".repeat(300)), "x".repeat(300));
    }
}
