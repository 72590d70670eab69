//! Names of people, as far as names are compared.
//!
//! Input: a name as somebody wrote it, the words of a language. Output: a [`PersonName`]. Not here: whether words are a name
//! (`attendance`), and whether two of one name are one person (`assemble/people.rs`).

use super::Lexicon;

/// A name of a person or of a post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonName {
    /// All of it in small letters, without full stops.
    pub whole: String,
    /// Its words in small letters, without titles and posts.
    pub words: Vec<String>,
    /// Whether it has the title of an office: `Councillor`.
    pub office: bool,
    /// Whether it has a word of a post: `Head of Safer Communities`.
    pub post: bool,
}

/// How far two names agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Agrees {
    /// The last name alone: one of them has no other.
    Last,
    /// The last name, and the first as far as both have it.
    First,
    /// Word for word.
    Whole,
}

impl PersonName {
    /// The name that `text` is.
    #[must_use]
    pub fn of(text: &str, lexicon: &Lexicon) -> Self {
        let plain = text.replace(['’', '‘'], "'").to_lowercase();
        let words: Vec<&str> =
            plain.split(|sign: char| sign.is_whitespace() || sign == '.').filter(|word| !word.is_empty()).collect();
        let is_title = |word: &&&str| ["presence.titles", "presence.posts"].iter().any(|list| lexicon.has(list, word));
        Self {
            whole: words.join(" "),
            words: words.iter().filter(|word| !is_title(word)).map(|word| (*word).to_owned()).collect(),
            office: words.iter().any(|word| lexicon.has("presence.office-titles", word)),
            post: words.iter().any(|word| lexicon.has("presence.posts", word)),
        }
    }

    /// How far it can be the name of one person with `other`; `None` if it cannot.
    #[must_use]
    pub fn agrees(&self, other: &Self) -> Option<Agrees> {
        if !self.whole.is_empty() && self.whole == other.whole {
            return Some(Agrees::Whole);
        }
        let (one, two) = (self.words.last()?, other.words.last()?);
        let (first, second) = (self.words.first()?, other.words.first()?);
        let is_initial = |word: &str| word.chars().count() == 1;
        let either = is_initial(first) || is_initial(second);
        let may_be = first == second || (either && first.chars().next() == second.chars().next());
        match (one == two, self.words.len().min(other.words.len())) {
            (true, 1) => Some(Agrees::Last),
            (true, _) if may_be => Some(Agrees::First),
            _ => None,
        }
    }
}

/// The name in an entry of a list of those who were there, without what stands beside it.
#[must_use]
pub fn name_of_entry(entry: &str) -> &str {
    let end = entry.find([',', '(', ';']).or_else(|| entry.find(" – ")).unwrap_or(entry.len());
    entry[..end].trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_agree_as_far_as_both_say() {
        let name = |text: &str| PersonName::of(text, Lexicon::english());
        for (one, other, agrees) in [
            ("Councillor A Low", "Cllr. Ann Low", Some(Agrees::First)),
            ("Councillor Low", "Councillor Ann Low", Some(Agrees::Last)),
            ("Ann Low", "ann low", Some(Agrees::Whole)),
            ("Ann O’Hay", "A. O'Hay", Some(Agrees::First)),
            ("Councillor Ann Low", "Councillor Bo Low", None),
            ("Councillor Ann Low", "Councillor Ann Hay", None),
            ("Head of Safer Communities", "head of safer communities", Some(Agrees::Whole)),
            ("", "", None),
        ] {
            assert_eq!(name(one).agrees(&name(other)), agrees, "{one}, {other}");
            assert_eq!(name(other).agrees(&name(one)), agrees, "{other}, {one}");
        }
    }
}
