//! The first words of something, for names of places and of records.
//!
//! Input: plain text. Output: a piece of it. Not here: what of a text is taken (`walk.rs`).

/// So many characters tell one paragraph from another.
pub(super) const ENOUGH: usize = 60;

/// The first words of `plain`: at most `limit` characters, cut between words where there is a blank.
#[must_use]
pub fn first_words(plain: &str, limit: usize) -> &str {
    let plain = plain.trim();
    let cut = match plain.as_bytes().get(..limit) {
        Some(bytes) if bytes.is_ascii() => Some(limit).filter(|limit| *limit < plain.len()),
        Some(_) => plain.char_indices().nth(limit).map(|(cut, _)| cut),
        None => None,
    };
    let Some(cut) = cut else { return plain };
    let cut = if plain[cut..].starts_with(' ') { cut } else { plain[..cut].rfind(' ').unwrap_or(cut) };
    plain[..cut].trim_end_matches([' ', ',', ';', ':', '–', '—', '-'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_words_end_between_words() {
        assert_eq!(first_words("Officers agreed, and left", 16), "Officers agreed");
        assert_eq!(first_words("Officers", 60), "Officers");
        assert_eq!(first_words("ééééé", 3), "ééé");
    }
}
