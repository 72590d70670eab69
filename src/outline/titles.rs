//! Titles of items: which words may be one, where one ends, and whether a list of them may stand somewhere.
//!
//! Input: words. Output: whether they are a title, and where it ends. Not here: numbers (`item_labels.rs`).

use crate::lexicon::Lexicon;
use crate::markdown::blocks::BlockKind;

/// How many words a title before a full stop may have.
pub(super) const FEW_WORDS: usize = 8;

/// Whether words may be a title: few, with a capital, and no sentence.
pub(super) fn is_title(words: &str, most: usize) -> bool {
    let words = words.trim();
    let begins = words.starts_with(|first: char| {
        first.is_uppercase() || first.is_ascii_digit() || matches!(first, '“' | '"' | '‘' | '\'' | '[' | '(')
    });
    let count = words.split_whitespace().count();
    let stop = words.ends_with(['.', ';', ',']) && count > 6;
    begins
        && !stop
        && count <= most
        && words.contains(char::is_alphabetic)
        && !Lexicon::english().fits("sentence", words)
}

/// Whether all letters of a title are capitals.
pub(super) fn is_capitals(words: &str) -> bool {
    let letters = words.chars().filter(|letter| letter.is_alphabetic());
    letters.clone().count() > 2 && letters.clone().all(|letter| !letter.is_lowercase())
}

/// The bytes of a line that begins with so many in bold, with a colon or dash that closes them.
pub(super) fn closing(words: &str, bold: usize) -> usize {
    let bold = bold.min(words.len());
    let rest = &words[bold..];
    let blanks = rest.len() - rest.trim_start().len();
    let sign = rest.trim_start().chars().next().filter(|sign| matches!(sign, ':' | '–' | '—'));
    bold + sign.map_or(0, |sign| blanks + sign.len_utf8())
}

/// Where a title of at most so many words ends that a full stop, a colon or a dash parts from what follows.
pub(super) fn run_in(words: &str, most: usize) -> Option<usize> {
    if !words.starts_with(|first: char| first.is_uppercase() || first.is_ascii_digit() || matches!(first, '“' | '"'))
    {
        return None;
    }
    let mut count = 0;
    for (at, sign) in words.char_indices() {
        let rest = &words[at + sign.len_utf8()..];
        count += usize::from(sign.is_whitespace());
        if count > most {
            return None;
        }
        if !matches!(sign, '.' | ':' | '–' | '—' | '-') || !rest.starts_with(char::is_whitespace) || at < 2 {
            continue;
        }
        let after = rest.trim_start();
        let goes_on =
            after.starts_with(|next: char| next.is_alphanumeric() || matches!(next, '£' | '“' | '"' | '‘' | '('));
        let before = words[..at].rsplit(char::is_whitespace).next().unwrap_or_default();
        let ends = match sign {
            '.' => before.chars().count() > 2 && !after.starts_with(char::is_lowercase) && !is_short(before),
            ':' => true,
            _ => before.is_empty(),
        };
        if ends && goes_on {
            return Some(at + sign.len_utf8());
        }
    }
    None
}

/// Where a title ends that no sign parts from what follows: at the end of its capitals, after words that are known to be a
/// title, or before words with which a sentence begins.
pub(super) fn run_on(words: &str) -> Option<usize> {
    let lexicon = Lexicon::english();
    let end = capitals_end(words).or_else(|| {
        let found = ["known-title", "sentence-after-title"].iter().find_map(|name| lexicon.find(name, words));
        found.and_then(|(_, found)| Some(found.name("title")?.end()))
    })?;
    let title = words[..end].trim_end();
    let rest = words[end..].trim_start();
    let last = title.rsplit(char::is_whitespace).next().unwrap_or_default();
    (is_title(title, FEW_WORDS * 2) && !lexicon.has("unfinished", last) && rest.contains(char::is_alphabetic))
        .then(|| words.len() - rest.len())
}

/// Where the words in capitals end with which a line begins and after which it goes on in small letters.
fn capitals_end(words: &str) -> Option<usize> {
    let mut end = 0;
    let mut at = 0;
    for word in words.split_inclusive(char::is_whitespace) {
        if word.chars().any(char::is_lowercase) {
            break;
        }
        at += word.len();
        end = at;
    }
    let title = words[..end].trim_end();
    // A single letter in capitals belongs to what follows: "A resident …", "Cllr P Reed".
    let title =
        title.strip_suffix(|last: char| last.is_uppercase()).filter(|rest| rest.ends_with(' ')).unwrap_or(title);
    let letters = title.chars().filter(|letter| letter.is_alphabetic()).count();
    (letters > 3 && end < words.len()).then_some(title.trim_end().len())
}

/// Whether a full stop after a word belongs to it.
fn is_short(word: &str) -> bool {
    const SHORT: [&str; 8] = ["Cllr", "Cllrs", "Prof", "Rev", "Revd", "Insp", "Supt", "Mrs"];
    SHORT.contains(&word.trim_start_matches('('))
}

/// What stands above a list.
#[derive(Debug, Default)]
pub(super) struct Above {
    /// Whether the heading above is one under which items may stand.
    pub(super) holds: bool,
    /// Whether the paragraph right above says that parts of something follow.
    pub(super) opens: bool,
}

impl Above {
    /// Takes note of a block.
    pub(super) fn see(&mut self, words: &str, kind: BlockKind) {
        let lexicon = Lexicon::english();
        if words.trim().is_empty() {
            return;
        }
        match kind {
            BlockKind::Heading(_) => {
                let other = lexicon.fits("lists-something-else", words);
                self.holds = !other && lexicon.fits("holds-items", words);
                self.opens = false;
            }
            BlockKind::Paragraph => {
                let words = words.trim_end();
                let short = words.len() < 40 && !words.ends_with('.') && lexicon.fits("lists-something-else", words);
                let heads = is_title(words, 3) && lexicon.fits("holds-items", words);
                let last = words.lines().last().unwrap_or_default();
                self.opens = short || (!heads && lexicon.fits("opens-parts", last));
            }
            _ => self.opens = false,
        }
    }
}
