//! Labels and sentences in the words of a leaf.
//!
//! Input: words. Output: the label at their beginning, the sentences in them. Not here: whose names follow (`presence`).

use std::collections::BTreeSet;
use std::ops::Range;

use super::pieces::{is_initials, plain};
use crate::lexicon::Lexicon;
use crate::recognise::facts::Presence;

/// What a label or a sentence says of those whom it names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Says {
    /// In which part they are.
    Part(Presence),
    /// "In attendance": others who were there or, where nobody is said to be present, those who were.
    Attended,
    /// That they were in the chair.
    Chair,
    /// That they were there in the place of another.
    Substitute,
    /// That they served the meeting in this post.
    Post(Box<str>),
}

impl Says {
    /// What the word of the lexicon's files means.
    pub(super) fn of(word: &str) -> Self {
        match word {
            "was-there" | "came" => Self::Part(Presence::Present),
            "sent-apologies" => Self::Part(Presence::Apologies),
            "in-attendance" => Self::Part(Presence::InAttendance),
            "attended" => Self::Attended,
            "in-the-chair" => Self::Chair,
            _ => Self::Part(Presence::Absent),
        }
    }
}

/// A label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Label {
    /// What it says.
    pub(super) says: Says,
    /// Where the words after it begin.
    pub(super) rest: usize,
    /// Whether it is sure to be one: a colon, a dash, a tab or the end of the line follows, or it is in bold.
    pub(super) firm: bool,
    /// Whether it counts only in the head of the minutes, or below another.
    pub(super) weak: bool,
    /// Whether a colon follows.
    pub(super) colon: bool,
    /// Whether nothing follows but what a colon may introduce.
    pub(super) ends: bool,
}

/// So many bytes at the beginning of a line may be a label.
const LONGEST_LABEL: usize = 140;

/// The label at the beginning of `text`, of which a colon may follow only on the next line.
pub(super) fn label(text: &str, weak: bool, strong: impl Fn(Range<usize>) -> bool, lexicon: &Lexicon) -> Option<Label> {
    let wrapped = || {
        let (line, next) = text.trim_end().split_once('\n')?;
        let most = next.char_indices().nth(LONGEST_LABEL / 2).map_or(next.len(), |(at, _)| at);
        let joined = (line.len() <= LONGEST_LABEL).then(|| format!("{line} {}", &next[..most]))?;
        label_of_line(&joined, weak, |_| false, lexicon).filter(|label| label.colon && label.rest > line.len())
    };
    let apart = || {
        let (joined, end) = set_apart(text)?;
        let found = label_of_line(&format!("{joined}{}", &text[end..]), weak, |_| false, lexicon)?;
        (found.rest >= joined.len()).then(|| Label { rest: found.rest - joined.len() + end, ..found })
    };
    label_of_line(text, weak, strong, lexicon).or_else(apart).or_else(wrapped)
}

/// The words at the beginning of `text` whose letters were set apart, `P R E S E N T`, without the blanks between, and where they end.
fn set_apart(text: &str) -> Option<(String, usize)> {
    const FEWEST: usize = 5;
    let lead = text.len() - text.trim_start_matches(|c: char| c.is_whitespace() || c == '*').len();
    let (mut joined, mut end, mut letters) = (String::new(), lead, 0);
    let mut rest = text[lead..].char_indices().peekable();
    while let Some((at, letter)) = rest.next().filter(|(_, letter)| letter.is_uppercase()) {
        joined.push(letter);
        letters += 1;
        end = lead + at + letter.len_utf8();
        let mut blanks = 0;
        while rest.next_if(|(_, sign)| matches!(sign, ' ' | '\u{a0}' | '\t')).is_some() {
            blanks += 1;
        }
        let goes_on = rest.peek().is_some_and(|(_, next)| next.is_uppercase());
        match blanks {
            0 if goes_on => return None,
            _ if !goes_on => break,
            1 => {}
            _ => joined.push(' '),
        }
    }
    let ends = !text[end..].starts_with(char::is_alphanumeric);
    (letters >= FEWEST && ends).then_some((joined, end))
}

/// The label at the beginning of `text`; a `weak` one, too, if it may be one here. `strong` says whether a range is in bold.
fn label_of_line(text: &str, weak: bool, strong: impl Fn(Range<usize>) -> bool, lexicon: &Lexicon) -> Option<Label> {
    let lead = text.len() - text.trim_start().len();
    let line = &text[lead..];
    let mut end = line.find('\n').unwrap_or(line.len()).min(LONGEST_LABEL);
    while !line.is_char_boundary(end) {
        end -= 1;
    }
    let line = &line[..end];
    let firmly = lexicon.find("presence.label", line);
    let mut is_weak = firmly.is_none();
    let (pattern, found) = firmly.or_else(|| weak.then(|| lexicon.find("presence.weak", line))?)?;
    // What has to follow a label may be part of its pattern.
    let found = found.name("label").or(found.get(0))?;
    let found_at = found.end();
    let said = pattern.says.as_deref().unwrap_or_default();
    // In the head nothing else is meant by it.
    is_weak &= said != "came";
    let words = line[..found_at].trim();
    let says = if said == "post" { Says::Post(words.into()) } else { Says::of(said) };
    let (after, sign) = stop(line, found_at);
    let bold = strong(lead..lead + found_at);
    let capitals = words.chars().any(char::is_alphabetic) && !words.chars().any(char::is_lowercase);
    let firm =
        sign != Stop::Nothing || (bold && !strong(lead..lead + line.trim_end().len())) || (bold && after == line.len());
    let rest = line[after..].trim_start();
    // A label without a sign: what follows has to begin as a name does, with a title or initials.
    let names = || {
        let mut next = rest.split(char::is_whitespace);
        let first = next.next().unwrap_or_default();
        let title = lexicon.has("presence.titles", plain(first)) || lexicon.fits("presence.plural", first);
        // "Apologies Annie Low, Bo Hay": two words with capitals, and a comma.
        let is_name = |word: &str| {
            word.starts_with(char::is_uppercase)
                && ["presence.no-names", "presence.posts", "presence.modifiers", "presence.orgs"]
                    .iter()
                    .all(|list| !lexicon.has(list, plain(word)))
        };
        let listed = || is_name(first) && next.clone().next().is_some_and(|next| next.ends_with(',') && is_name(next));
        title
            || listed()
            || (capitals && first.starts_with(char::is_uppercase) && is_initials(plain(first)) && next.next().is_some())
    };
    if !(firm || rest.is_empty() || (!is_weak && names()))
        || ((is_weak || said == "came") && sign == Stop::Nothing && !firm)
    {
        return None;
    }
    let colon = matches!(sign, Stop::Colon);
    Some(Label {
        says,
        rest: lead + after,
        firm: firm || rest.is_empty(),
        weak: is_weak,
        colon,
        ends: firm || rest.is_empty(),
    })
}

/// What follows a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stop {
    Colon,
    Sign,
    End,
    Nothing,
}

/// Where the words after a label begin, and what stands between, with a remark in brackets.
fn stop(line: &str, end: usize) -> (usize, Stop) {
    let mut at = end;
    let skip = |at: usize| at + (line[at..].len() - line[at..].trim_start().len());
    if line[at..].trim_start().starts_with(['(', '['])
        && let Some(close) = line[at..].find([')', ']'])
    {
        let after = at + close + 1;
        let rest = line[after..].trim_start();
        if rest.is_empty() || rest.starts_with([':', '–', '-']) {
            at = after;
        }
    }
    let tab = line[at..].trim_start_matches([' ', '\u{a0}']).starts_with('\t') || line[at..].starts_with("   ");
    let next = skip(at);
    let rest = &line[next..];
    let sign = match rest.chars().next() {
        None => return (line.len(), Stop::End),
        Some(':') => Stop::Colon,
        Some('-') if next == at && rest[1..].starts_with(char::is_alphanumeric) => return (next, Stop::Nothing),
        Some('–' | '—' | '-' | '.' | ';' | '|') => Stop::Sign,
        Some('*') => Stop::Nothing,
        _ if tab => return (next, Stop::Sign),
        _ => return (next, Stop::Nothing),
    };
    let signs = rest.len() - rest.trim_start_matches([':', '-', '–', '—', '.', ';', '*', '|']).len();
    let mut after = skip(next + signs);
    // "Present: - Cllr A Low": a dash on its own.
    let dash = line[after..].chars().next().filter(|sign| matches!(sign, '-' | '–' | '—'));
    if let Some(dash) = dash.filter(|dash| line[after + dash.len_utf8()..].starts_with(char::is_whitespace)) {
        after = skip(after + dash.len_utf8());
    }
    (after, sign)
}

/// Whether `text` begins with a label of something else: `Minutes: Pip`, `Time: 7 pm`.
pub(super) fn starts_other_label(text: &str, lexicon: &Lexicon) -> bool {
    const LONGEST: usize = 40;
    let text = text.trim_start().trim_start_matches('*');
    let Some(colon) = text.char_indices().take(LONGEST).find(|(_, sign)| *sign == ':').map(|(at, _)| at) else {
        return false;
    };
    let label = &text[..colon];
    let after = text[colon + 1..].chars().next();
    let first = label.split(char::is_whitespace).next().unwrap_or_default();
    label.starts_with(char::is_uppercase)
        && after.is_none_or(char::is_whitespace)
        && !label.contains([',', ';', '.', '(', '\n', '['])
        && !lexicon.has("presence.titles", plain(first))
        && !is_initials(plain(first))
}

/// Words up to a bracket.
pub(super) fn words_without_brackets(words: &str) -> &str {
    words.split('(').next().unwrap_or(words).trim().trim_end_matches([':', '?'])
}

/// The sentences of a text, without the stop at their end. The stop of a title or of initials ends none.
pub(super) fn sentences(text: &str, lexicon: &Lexicon) -> Vec<Range<usize>> {
    let mut list = Vec::new();
    let inline: BTreeSet<usize> = lexicon.all("presence.inline", text).into_iter().collect();
    let (mut start, mut depth) = (0, 0_usize);
    for (at, sign) in text.char_indices() {
        match sign {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if sign.is_whitespace() && at >= start && inline.contains(&at) {
            list.push(start..at);
            start = at + sign.len_utf8();
        }
        if !matches!(sign, '.' | '!' | '?') || at < start || depth > 0 {
            continue;
        }
        let next = &text[at + 1..];
        let after = next.trim_start();
        let begins = after.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || c == '@' || c == '(');
        // First, because a word of many full stops would else be read again at each of them.
        if !begins || !next.starts_with(char::is_whitespace) {
            continue;
        }
        let word = text[start..at].rsplit(|c: char| c.is_whitespace() || c == '(').next().unwrap_or_default();
        let short = lexicon.has("presence.titles", plain(word))
            || (is_initials(word) && word.len() <= 4)
            || lexicon.fits("presence.plural", word)
            || lexicon.has("presence.particles", plain(word));
        // The label of another part may follow the name: "Warden: Mr. T. Low     Clerk: Miss J. Hay".
        let labelled = || {
            let colon = after.split(['.', '\n']).next().and_then(|next| next.find(':'));
            let end = text.len() - after.len() + colon.unwrap_or(0);
            colon.is_some() && inline.range(at..end).next().is_none()
        };
        if !short || (is_initials(word) && labelled() && !next.starts_with('\n')) {
            list.push(start..at);
            start = at + 1 + (next.len() - after.len());
        }
    }
    let rest = text[start..].trim_end();
    let rest = rest.strip_suffix('.').filter(|rest| !rest.ends_with(char::is_uppercase)).unwrap_or(rest);
    if !rest.is_empty() {
        list.push(start..start + rest.len());
    }
    list
}

/// Where the last word of a line begins, if it is not the first and has a capital.
pub(super) fn capital_at_end(line: &str) -> Option<usize> {
    let line = line.trim_end();
    let (before, word) = line.rsplit_once(char::is_whitespace)?;
    word.starts_with(char::is_uppercase).then(|| line.len() - word.len()).filter(|_| !before.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::{capital_at_end, set_apart};

    #[test]
    fn letters_that_were_set_apart_are_a_word() {
        let of = |text| set_apart(text).map(|(joined, end)| format!("{joined}|{}", &text[end..]));
        assert_eq!(of("P R E S E N T").as_deref(), Some("PRESENT|"));
        assert_eq!(of("**I N  A T T E N D A N C E: A Low").as_deref(), Some("IN ATTENDANCE|: A Low"));
        assert_eq!([of("PRESENT"), of("A B C Low"), of("Present"), of("")], [None, None, None, None]);
    }

    #[test]
    fn a_blank_of_two_bytes_parts_words_too() {
        assert_eq!(capital_at_end("moved by\u{a0}Reed "), Some("moved by\u{a0}".len()));
        assert_eq!(capital_at_end("é –\u{a0}==="), None);
        assert_eq!(capital_at_end("Reed"), None);
    }
}
