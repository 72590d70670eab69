//! Whether a name has a phrase: at its beginning, or anywhere in it.
//!
//! Input: a name, as `letters::name` makes it of a text, and phrases whose words are joined in the same way. Output: where they stand, and what
//! is around them. Not here: what a phrase says (`words.rs`), and how many of them are looked for at once (`needed.rs`).

/// Whether a name begins with these words.
pub(crate) fn begins(name: &str, words: &str) -> bool {
    name.strip_prefix(words).is_some_and(|rest| rest.is_empty() || rest.starts_with('_'))
}

/// The longest of some words with which a name begins, and what follows them.
pub(super) fn pointed<'list, 'name>(list: &'list [String], name: &'name str) -> Option<(&'list str, &'name str)> {
    let longest = list.iter().filter(|words| begins(name, words)).max_by_key(|words| words.len())?;
    Some((longest, rest_of(name, longest)))
}

/// What follows words with which a name begins.
fn rest_of<'name>(name: &'name str, words: &str) -> &'name str {
    name[words.len()..].trim_start_matches('_')
}

/// Where the words of a name begin.
fn starts(name: &str) -> impl Iterator<Item = usize> {
    std::iter::once(0).chain(name.bytes().enumerate().filter(|(_, sign)| *sign == b'_').map(|(at, _)| at + 1))
}

/// Where a name has a word, or several, as whole words.
pub(super) fn places_of<'all>(name: &'all str, word: &'all str) -> impl Iterator<Item = usize> + 'all {
    starts(name).filter(move |at| begins(&name[*at..], word))
}

/// Whether a name has a word, or several, as whole words.
pub(crate) fn has_word(name: &str, word: &str) -> bool {
    places_of(name, word).next().is_some()
}

/// Whether a name has one of some words.
pub(crate) fn has_one(name: &str, words: &[String]) -> bool {
    starts(name).any(|at| words.iter().any(|word| begins(&name[at..], word)))
}
