//! Words of a text as a reader counts and cites them, and the escaping that makes them HTML.
//!
//! Enters: plain text. Leaves: its escaped form; how many words it has and the key they make; its first words.
//! Absent: markup.

/// Appends `text` to `out`, so that it is itself in HTML, between tags or in a quoted attribute.
pub fn escape(text: &str, out: &mut String) {
    let bytes = text.as_bytes();
    let mut from = 0;
    let mut at = 0;
    for chunk in bytes.chunks(16) {
        if chunk.iter().fold(false, |hit, byte| hit | matches!(byte, b'<' | b'>' | b'&' | b'"')) {
            for (inside, byte) in chunk.iter().enumerate() {
                if let Some(entity) = entity(*byte) {
                    out.push_str(&text[from..at + inside]);
                    out.push_str(entity);
                    from = at + inside + 1;
                }
            }
        }
        at += chunk.len();
    }
    out.push_str(&text[from..]);
}

fn entity(byte: u8) -> Option<&'static str> {
    match byte {
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        b'&' => Some("&amp;"),
        b'"' => Some("&quot;"),
        _ => None,
    }
}

/// How many words a stretch of text has, and the key that they make.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Gist {
    /// Runs between blanks that have a letter or a digit.
    pub(super) words: u32,
    /// XXH3 of the words; the same for the same words in other case, punctuation or spacing.
    pub(super) key: u64,
}

/// Counts the words of `plain` and makes their key. `scratch` is overwritten; it saves an allocation a paragraph.
pub(super) fn gist(plain: &str, scratch: &mut Vec<u8>) -> Gist {
    scratch.clear();
    scratch.resize(plain.len() + 1, 0);
    let mut length = 0;
    let mut words = 0;
    let mut between = true;
    for (at, byte) in plain.bytes().enumerate() {
        let folded = FOLDED[byte as usize];
        if folded == OTHER {
            return gist_of_any_script(plain, at, (scratch, length), (words, between));
        }
        // Punctuation is written over by what follows it; a second blank by the first word behind it.
        let blank = folded == b' ';
        scratch[length] = folded;
        words += u32::from(between & (folded != 0) & !blank);
        length += usize::from((folded != 0) & !(blank & between));
        between = (between & (folded == 0)) | blank;
    }
    Gist { words, key: key(&scratch[..length]) }
}

/// Goes on from `at`, where the first letter that is not ASCII stands.
fn gist_of_any_script(
    plain: &str,
    at: usize,
    (scratch, length): (&mut Vec<u8>, usize),
    (mut words, mut between): (u32, bool),
) -> Gist {
    scratch.truncate(length);
    for character in plain[at..].chars() {
        if character.is_whitespace() {
            if !between {
                scratch.push(b' ');
            }
            between = true;
        } else if character.is_alphanumeric() {
            words += u32::from(between);
            between = false;
            let mut buffer = [0; 4];
            if character.is_ascii() {
                scratch.push(character.to_ascii_lowercase() as u8);
            } else {
                for lower in character.to_lowercase() {
                    scratch.extend_from_slice(lower.encode_utf8(&mut buffer).as_bytes());
                }
            }
        }
    }
    Gist { words, key: key(scratch) }
}

fn key(words: &[u8]) -> u64 {
    xxhash_rust::xxh3::xxh3_64(words.strip_suffix(b" ").unwrap_or(words))
}

const OTHER: u8 = 0xFF;

/// Small letters and digits stand for themselves, blanks for one blank, punctuation for nothing.
static FOLDED: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0_u8;
    loop {
        table[byte as usize] = match byte {
            b'a'..=b'z' | b'0'..=b'9' => byte,
            b'A'..=b'Z' => byte + 32,
            b' ' | b'\t' | b'\n' => b' ',
            0x80..=0xFF => OTHER,
            _ => 0,
        };
        if byte == 0xFF {
            break table;
        }
        byte += 1;
    }
};

/// The first words of `plain`: at most `limit` characters, cut between words where there is a blank.
fn first_words(plain: &str, limit: usize) -> &str {
    let plain = plain.trim();
    let Some((cut, _)) = (plain.len() > limit).then(|| plain.char_indices().nth(limit)).flatten() else {
        return plain;
    };
    let cut = if plain[cut..].starts_with(' ') { cut } else { plain[..cut].rfind(' ').unwrap_or(cut) };
    plain[..cut].trim_end_matches([' ', ',', ';', ':', '–', '—', '-'])
}

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
    fn text_is_escaped() {
        for (text, expected) in [
            ("", ""),
            ("plain words that are longer than sixteen bytes", "plain words that are longer than sixteen bytes"),
            ("a < b & \"c\" > d, é and so on < again", "a &lt; b &amp; &quot;c&quot; &gt; d, é and so on &lt; again"),
        ] {
            let mut out = String::new();
            escape(text, &mut out);
            assert_eq!(out, expected);
        }
    }

    #[test]
    fn the_same_words_make_the_same_key() {
        let gist = |text| gist(text, &mut Vec::new());
        let words = gist("The Councils officers agreed and so on");
        assert_eq!(words.words, 7);
        for same in [
            "the council’s officers agreed, and so on",
            " The  councils officers AGREED\nand so on. ",
            "The Council's officers – agreed – and so on!",
        ] {
            assert_eq!(gist(same), words, "{same}");
        }
        assert_ne!(gist("The councils officer agreed and so on"), words);
        assert_eq!(gist("École élémentaire"), gist("école, ÉLÉMENTAIRE"));
        assert_eq!(gist("anti-social – behaviour").words, 2);
        assert_eq!(gist("–").words, 0);
        assert_eq!(gist("").key, gist(" * ").key);
    }

    #[test]
    fn first_words_end_between_words() {
        assert_eq!(first_words("Officers agreed, and left", 16), "Officers agreed");
        assert_eq!(first_words("Officers", 60), "Officers");
        assert_eq!(first_words("ééééé", 3), "ééé");
        let long = "word ".repeat(100);
        assert!(lead(&long).chars().count() <= 300 && lead(&long).ends_with("word…"));
        assert_eq!(&*lead(&"x".repeat(300)), "x".repeat(300));
    }
}
