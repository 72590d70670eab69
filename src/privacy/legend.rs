//! What a sign means in a text, as the text says: "* = exempt", "Items marked (P) are private".
//!
//! Input: a text. Output: its signs, and which lines have one of them. Not here: what is held back by it (`disclosure`), and the words
//! (`words.toml`).

use super::matching::pointed;
use super::words::{TEXT, TextWords};
use crate::language::letters;

/// A line that says what a sign means is not longer, in bytes.
const LONGEST: usize = 200;

/// A sign has so many letters at most.
const LONGEST_SIGN: usize = 3;

/// What may stand around a sign.
const AROUND: [char; 16] = ['(', ')', '[', ']', '"', '\'', '“', '”', '‘', '’', '_', '`', '\\', ',', '.', ':'];

/// The signs that say of what they stand beside that it is private.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Signs {
    signs: Vec<String>,
    /// Those that need no words, where the text has none for them.
    untold: Vec<String>,
    /// Whether the text says that the public was excluded, so that the number of a paragraph of the law beside a title is one.
    clauses: bool,
}

impl Signs {
    /// The signs of a text; `meeting`: one speaks in it, and some signs need no words.
    pub(crate) fn of(text: &str, meeting: bool) -> Self {
        let mut signs: Vec<String> = Vec::new();
        if TEXT.may_speak(text) {
            signs.extend(text.lines().flat_map(explained));
        }
        signs.sort();
        signs.dedup();
        let known = TEXT.signs.iter().filter(|sign| meeting && text.contains(sign.as_str()));
        let untold = known.filter(|sign| !signs.contains(sign)).cloned().collect();
        Self { signs, untold, clauses: meeting && TEXT.excludes(text) }
    }

    /// Whether there is none.
    pub(crate) fn is_empty(&self) -> bool {
        self.signs.is_empty() && self.untold.is_empty() && !self.clauses
    }

    /// The same of a paragraph that heads nothing: of signs that nobody explained only beside a sentence, which is no title of something.
    pub(crate) fn mark_paragraph(&self, paragraph: &str) -> bool {
        let line = paragraph.lines().next().unwrap_or_default();
        let told = Self { untold: Vec::new(), ..self.clone() };
        if is_sentence(paragraph) { self.mark(line) } else { told.mark(line) }
    }

    /// Whether one of them stands beside the words of a line, or is all of it.
    pub(crate) fn mark(&self, line: &str) -> bool {
        !self.is_empty()
            && explained(line).is_empty()
            && (self.signs.iter().chain(&self.untold).any(|sign| has_sign(line, sign))
                || (self.clauses && TEXT.ends_in_clauses(line)))
    }
}

/// Whether words end as a sentence does.
fn is_sentence(words: &str) -> bool {
    words.trim_end().trim_end_matches(['*', '_', ')', ']']).ends_with(['.', '!'])
}

/// Whether a sign stands at the beginning of a line, behind its number, or at its end.
fn has_sign(line: &str, sign: &str) -> bool {
    // What has an equal number of stars has words in bold.
    let stars = line.replace("\\*", "").matches('*').count();
    if sign == "*" && !line.contains("\\*") && stars.is_multiple_of(2) {
        return false;
    }
    let line = line.trim().trim_start_matches(['#', ' ']);
    if !sign.contains(char::is_alphanumeric) {
        let rest = line.trim_start_matches(|before: char| {
            before.is_ascii_digit() || matches!(before, '.' | ')' | '/' | ' ' | '\\')
        });
        let bare = |line: &str| line.trim_matches(|around: char| AROUND.contains(&around) || around == ' ').to_owned();
        let (first, last) = (bare(rest), bare(line));
        // Behind a title, any number of `#` close a heading.
        let closes = sign == "#" && line.split_whitespace().next_back().is_some_and(|token| token.len() > 1);
        let within = || !matches!(sign, "*" | "#") && line.split_whitespace().any(|token| bare(token) == sign);
        return first.starts_with(sign) || (last.ends_with(sign) && !closes) || within();
    }
    let bare = |token: &str| {
        let token = token.trim_matches(|around: char| AROUND.contains(&around) || around == '*');
        token.trim_start_matches(|before: char| before.is_ascii_digit() || matches!(before, '.' | '(')).to_owned()
    };
    let tokens: Vec<&str> = line.split_whitespace().collect();
    let is_number = |token: &&&str| bare(token).is_empty() && token.contains(|sign: char| sign.is_ascii_digit());
    let first = tokens.iter().skip_while(is_number).chain(tokens.first()).take(2).collect::<Vec<_>>();
    // "Items prefixed E are exempt", and a title "E12. Sale"
    let counted = tokens.first().and_then(|token| bare(token).strip_prefix(sign).map(str::to_owned));
    let counts = |rest: &str| {
        let rest = rest.trim_end_matches(['.', ')', ':']);
        !rest.is_empty() && rest.bytes().all(|sign| sign.is_ascii_digit() || sign == b'.')
    };
    if counted.is_some_and(|rest| counts(&rest)) {
        return true;
    }
    let numbered = tokens.first().is_some_and(|token| token.starts_with(|sign: char| sign.is_ascii_digit()));
    let set = |token: &str| token.contains(['(', '[', '*']) || tokens.len() == 1 || numbered;
    let is_first = first.iter().any(|token| bare(token) == sign && set(token)) && !(sign == "A" || sign == "I")
        || tokens.len() == 1 && bare(tokens[0]) == sign;
    is_first || tokens.last().is_some_and(|token| bare(token) == sign)
}

/// The signs that a line says are of what is private.
fn explained(line: &str) -> Vec<String> {
    if line.len() > LONGEST || !TEXT.may_speak(line) {
        return Vec::new();
    }
    line.split([';', ',', '|']).flat_map(|part| part.split(". ")).filter_map(sign_of).collect()
}

/// The sign that some words say is of what is private.
fn sign_of(words: &str) -> Option<String> {
    let mut tokens = words.split_whitespace().peekable();
    // The mark of a list, and a label such as "Key:".
    let is_label = |token: &str| token.contains(':') && TEXT.legend.labels.contains(&letters::name(token));
    while tokens.peek().is_some_and(|token| ["-", "•", ">"].contains(token) || is_label(token)) {
        tokens.next();
    }
    let rest: Vec<&str> = tokens.collect();
    let (first, after) = rest.split_first()?;
    let equals = |token: &str| TEXT.legend.equals.iter().any(|equals| *equals == token.to_lowercase());
    if let Some((token, glued)) = first.split_once('=').filter(|(token, glued)| !token.is_empty() && !glued.is_empty())
    {
        return as_sign(token).filter(|_| TEXT.is_explained(&[&[glued], after].concat().join(" ")));
    }
    let colon = first.ends_with([':', '=']);
    let equal = after.first().is_some_and(|token| equals(token));
    if colon || equal {
        let from = usize::from(equal && !colon);
        let sign = as_sign(first.trim_end_matches(['=', ':']));
        return sign.filter(|_| TEXT.is_explained(&after[from..].join(" ")));
    }
    // "† Exempt item", as a note below a table; a star before a blank is the mark of a list.
    let noted = !first.contains(char::is_alphanumeric) && (first.contains('\\') || !first.contains('*'));
    if noted && let Some(sign) = as_sign(first).filter(|_| TEXT.is_explained(&after.join(" "))) {
        return Some(sign);
    }
    // "Items marked with an asterisk (*) are private"
    let at = rest.iter().position(|token| TEXT.legend.marked.contains(&letters::name(token)))?;
    let behind = &rest[at + 1..];
    let found = behind
        .iter()
        .take(6)
        .enumerate()
        .find_map(|(place, token)| Some((place, as_sign(token).or_else(|| called(token))?)));
    let (place, sign) = found?;
    TEXT.is_explained(&behind[place + 1..].join(" ")).then_some(sign)
}

/// A sign, without what stands around it.
fn as_sign(token: &str) -> Option<String> {
    let bare = if token.chars().all(|sign| matches!(sign, '*' | '\\')) {
        "*"
    } else {
        token.trim_matches(|around: char| AROUND.contains(&around) || around == '*')
    };
    let bare = if bare.is_empty() && token.contains('*') { "*" } else { bare };
    let count = bare.chars().count();
    let letters = bare.starts_with(char::is_uppercase)
        && bare.chars().all(|letter| letter.is_uppercase() || letter.is_ascii_digit());
    let sign = bare
        .chars()
        .all(|sign| !sign.is_alphanumeric() && !matches!(sign, '-' | '–' | '—' | '=' | '|' | '/' | '&' | '>'));
    ((1..=LONGEST_SIGN).contains(&count) && (letters || sign)).then(|| bare.to_owned())
}

/// The sign that a word names: "asterisk".
fn called(token: &str) -> Option<String> {
    let name = letters::name(token);
    TEXT.legend.named.iter().find(|[_, word]| *word == name).map(|[sign, _]| sign.clone())
}

impl TextWords {
    /// Whether words are all that is said of a sign that is of what is private: "exempt", "item is to be taken in private".
    fn is_explained(&self, words: &str) -> bool {
        let name = letters::name(words);
        let mut rest = name.as_str();
        while let Some((_, after)) = pointed(&self.legend.articles, rest).filter(|(_, after)| !after.is_empty()) {
            rest = after;
        }
        let states = self.sentence.states.iter().chain(&self.marks);
        let begins = |state: &&String| {
            rest.strip_prefix(state.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('_'))
        };
        states.into_iter().any(|state| begins(&state)) && rest.split('_').count() <= 10
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_explained_and_found() {
        for (text, line) in [
            ("\\* = exempt", "## 2. Sale *"),
            ("* denotes exempt item", "2. Sale\\*"),
            ("Items marked with an asterisk (*) are confidential.", "Sale *"),
            ("Items marked P are private.", "## 2. Sale (P)"),
            ("Key: E = exempt, O = open", "2. Sale (E)"),
            ("(E) denotes an exempt item", "E"),
            ("Reports marked (C) contain confidential information", "Sale [C]"),
            ("P: private item", "7 P Sale"),
            ("† Not for publication", "Sale †"),
        ] {
            let signs = Signs::of(text, false);
            assert!(signs.mark(line), "{text}: {signs:?} in {line}");
            assert!(!signs.mark(text), "{text}");
            assert!(!signs.mark("## 2. **Sale**") && !signs.mark("The sale of Part P land"), "{text}");
        }
        for text in [
            "A = private sector",
            "* Note: the private sector was there.",
            "Mr P was exempt from charges.",
            "Items marked for review are late",
        ] {
            let signs = Signs::of(text, false);
            assert!(text.starts_with("A =") || signs.is_empty(), "{text} {signs:?}");
        }
        assert!(Signs::of("🔒 Staff", true).mark("## 5. 🔒 Staff") && Signs::of("🔒 Staff", false).is_empty());
    }
}
