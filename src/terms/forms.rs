//! Names with all the ways to write them, found where they begin in a text.
//!
//! Input: names, once for a site; then places of a text. Output: the longest name that begins there. Not here: what a name
//! leads to (`glossary.rs`, `statutes.rs`).

use std::collections::HashMap;

/// Names by their first word in small letters; those of one word in the order of their letters.
#[derive(Debug, Clone, Default)]
pub(super) struct Forms(HashMap<Box<str>, Vec<Form>>);

#[derive(Debug, Clone)]
struct Form {
    /// In small letters, with one blank between words.
    folded: Box<str>,
    words: Box<str>,
    /// Whose name it is.
    of: u32,
    /// `ASB` is not `asb`; "Community trigger" is "community trigger".
    as_written: bool,
}

impl Forms {
    /// These names: how each is written, whose it is, and whether its capitals count.
    pub(super) fn new<'names>(names: impl IntoIterator<Item = (&'names str, u32, bool)>) -> Self {
        let mut forms: HashMap<Box<str>, Vec<Form>> = HashMap::new();
        for (name, of, as_written) in names {
            let words: Box<str> = name.split_whitespace().collect::<Vec<_>>().join(" ").into();
            let first = in_small_letters(first_word(&words));
            if !first.is_empty() {
                let form = Form { folded: in_small_letters(&words).into(), words, of, as_written };
                forms.entry(first.into()).or_default().push(form);
            }
        }
        #[expect(clippy::iter_over_hash_type, reason = "each list is sorted for itself")]
        for list in forms.values_mut() {
            list.sort_by(|a, b| a.folded.cmp(&b.folded).then_with(|| a.of.cmp(&b.of)));
        }
        Self(forms)
    }

    /// The longest wanted name with which `text` begins: its length there, and whose it is. Blanks are a blank, be they the
    /// end of a line. `lower` is memory that is used again.
    ///
    /// The text is read letter by letter, and those names stay that go on as it does: thousands that begin with "the" cost
    /// no more than a few.
    pub(super) fn longest(
        &self,
        text: &str,
        lower: &mut String,
        is_wanted: impl Fn(u32) -> bool,
    ) -> Option<(usize, u32)> {
        let word = first_word(text);
        lower.clear();
        lower.extend(word.chars().flat_map(char::to_lowercase));
        let mut left = self.0.get(lower.as_str())?.as_slice();
        let mut depth = lower.len();
        let mut at = word.len();
        let mut longest = None;
        while !left.is_empty() {
            let next = text[at..].chars().next();
            if !next.is_some_and(|next| next.is_alphanumeric() || next == '_') {
                // Those that end here are the first, since a longer one comes after its beginning.
                let ending = left.iter().take_while(|form| form.folded.len() == depth);
                let fits = |form: &&Form| is_wanted(form.of) && (!form.as_written || form.is_as_written(&text[..at]));
                longest = ending.filter(fits).map(|form| (at, form.of)).next().or(longest);
            }
            let Some(next) = next else { break };
            let rest = &text[at..];
            at += if next.is_whitespace() { rest.len() - rest.trim_start().len() } else { next.len_utf8() };
            let next = if next.is_whitespace() { ' ' } else { next };
            for letter in next.to_lowercase() {
                let mut bytes = [0; 4];
                let letter = letter.encode_utf8(&mut bytes).as_bytes();
                let from = left.partition_point(|form| &form.folded.as_bytes()[depth..] < letter);
                let to = left[from..].partition_point(|form| form.folded.as_bytes()[depth..].starts_with(letter));
                left = &left[from..from + to];
                depth += letter.len();
            }
        }
        longest
    }
}

impl Form {
    /// Whether `typed` has its capitals, but for one that a sentence gives to its first word.
    fn is_as_written(&self, typed: &str) -> bool {
        let words = typed.split_whitespace().zip(self.words.split(' '));
        words.enumerate().all(|(index, (typed, word))| typed == word || (index == 0 && begins_sentence(typed, word)))
    }
}

/// "The Commissioner" is "the Commissioner" at the beginning of a sentence.
fn begins_sentence(typed: &str, words: &str) -> bool {
    let (mut typed, mut words) = (typed.chars(), words.chars());
    let raised = |first: char, raised: char| first.is_lowercase() && first.to_uppercase().eq([raised]);
    words.next().zip(typed.next()).is_some_and(|(first, other)| raised(first, other)) && typed.eq(words)
}

pub(super) fn in_small_letters(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).collect()
}

/// Letters and digits from the beginning.
pub(super) fn first_word(text: &str) -> &str {
    &text[..text.find(|character: char| !character.is_alphanumeric()).unwrap_or(text.len())]
}
