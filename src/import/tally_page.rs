//! The second reader of pages: goes through the source from tag to tag, and knows nothing of trees, menus or records.
//!
//! Input: the characters of a page. Output: a [`Tally`]: every word that a browser could show. Not here: which of them are the record.

use crate::manuscript::counts::{Counts, Piece, Tally};

/// Elements whose inside no browser shows.
const UNSHOWN: [&str; 7] = ["script", "style", "noscript", "template", "head", "title", "svg"];
/// Elements that part no words.
const IN_WORDS: [&str; 14] =
    ["a", "abbr", "b", "em", "font", "i", "o:p", "small", "span", "strong", "sub", "sup", "u", "wbr"];

/// Counts.
#[must_use]
pub fn tally(text: &str) -> Tally {
    // Of each piece a second form, in which words are parted at each tag: what is between two tags may be left out and named.
    let mut pieces: Vec<[String; 2]> = Vec::new();
    let mut piece: [String; 2] = Default::default();
    let mut counts = Found::default();
    let mut rest = text;
    while let Some(open) = rest.find('<') {
        piece.iter_mut().for_each(|piece| piece.push_str(&rest[..open]));
        rest = &rest[open..];
        if let Some(after) = rest.strip_prefix("<!--") {
            rest = after.split_once("-->").map_or("", |(_, rest)| rest);
            continue;
        }
        let is_tag = rest[1..].starts_with(|next: char| next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?'));
        if !is_tag {
            piece.iter_mut().for_each(|piece| piece.push('<'));
            rest = &rest[1..];
            continue;
        }
        let end = end_of_tag(rest);
        let tag = &rest[1..end];
        rest = rest.get(end + 1..).unwrap_or_default();
        let name = tag
            .trim_start_matches('/')
            .split(|letter: char| letter.is_whitespace() || letter == '/')
            .next()
            .unwrap_or_default();
        let name = name.to_ascii_lowercase();
        if UNSHOWN.contains(&name.as_str()) && !tag.starts_with('/') && !tag.ends_with('/') {
            rest = from_end_of(rest, &name);
        }
        counts.see(&name, tag);
        if IN_WORDS.contains(&name.as_str()) {
            piece[1].push(' ');
        } else {
            pieces.push(std::mem::take(&mut piece));
        }
    }
    piece.iter_mut().for_each(|piece| piece.push_str(rest));
    pieces.push(piece);
    let pieces = pieces.iter().map(|piece| Piece { words: shown(&piece[0]), apart: Some(shown(&piece[1])) });
    let pieces: Vec<Piece> = pieces.filter(|piece| !piece.words.trim().is_empty()).collect();
    let printed: Vec<String> = pieces.iter().filter_map(|piece| dotted(&piece.words)).collect();
    Tally { counts: counts.finish(), printed, pieces }
}

/// The number of several parts with which a piece begins: `7.13`.
fn dotted(piece: &str) -> Option<String> {
    let mut words = piece.split_whitespace();
    let (first, next) = (words.next()?, words.next()?);
    let parts: Vec<&str> = first.trim_end_matches('.').split('.').collect();
    let is_part = |part: &&str| (1..=3).contains(&part.len()) && part.chars().all(|digit| digit.is_ascii_digit());
    let is_number = parts.len() > 1 && parts[0] != "0" && parts.iter().all(is_part);
    (is_number && !next.starts_with(char::is_lowercase)).then(|| first.to_owned())
}

/// What there is in the whole page, its menus too: which of it is the record only the first reader knows.
#[derive(Default)]
struct Found {
    headings: usize,
    items: usize,
    tables: usize,
    links: usize,
    pictures: usize,
    /// Of each list that is open, whether its items have bullets.
    lists: Vec<bool>,
}

impl Found {
    fn see(&mut self, name: &str, tag: &str) {
        let closes = tag.starts_with('/');
        match name {
            "ul" | "ol" if closes => drop(self.lists.pop()),
            "ul" | "ol" => self.lists.push(name == "ul"),
            _ if closes => {}
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.headings += 1,
            "li" => self.items += usize::from(self.lists.last() != Some(&false)),
            "table" => self.tables += 1,
            "a" => self.links += usize::from(tag.contains("href")),
            "img" => self.pictures += 1,
            _ => {}
        }
    }

    fn finish(self) -> Counts {
        Counts {
            headings: Some(self.headings),
            items: Some(self.items),
            tables: Some(self.tables),
            links: Some(self.links),
            pictures: Some(self.pictures),
            ..Counts::default()
        }
    }
}

/// What follows from the tag on that closes an element of this name; nothing if there is none.
fn from_end_of<'text>(text: &'text str, name: &str) -> &'text str {
    let closes = |at: &usize| text.get(at + 2..at + 2 + name.len()).is_some_and(|own| own.eq_ignore_ascii_case(name));
    text.match_indices("</").map(|(at, _)| at).find(closes).map_or("", |at| &text[at..])
}

/// Where a tag ends: not at a sign in quotes.
fn end_of_tag(text: &str) -> usize {
    let mut quote = None;
    for (at, letter) in text.char_indices().skip(1) {
        match (letter, quote) {
            ('"' | '\'', None) if text[..at].trim_end().ends_with('=') => quote = Some(letter),
            (letter, Some(open)) if letter == open => quote = None,
            ('>', None) => return at,
            _ => {}
        }
    }
    text.len()
}

/// A piece with its signs put right.
fn shown(piece: &str) -> String {
    let mut out = String::new();
    let mut rest = piece;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let name: String =
            rest[at + 1..].chars().take_while(|letter| letter.is_ascii_alphanumeric() || *letter == '#').collect();
        let length = 1 + name.len() + usize::from(rest[at + 1 + name.len()..].starts_with(';'));
        let code = name.strip_prefix('#').and_then(|digits| match digits.strip_prefix(['x', 'X']) {
            Some(digits) => u32::from_str_radix(digits, 16).ok(),
            None => digits.parse().ok(),
        });
        match code {
            // What Windows wrote by numbers that mean something else today are signs between words.
            Some(0x80..=0x9F) => out.push(' '),
            Some(code) => out.extend(char::from_u32(code).filter(|letter| *letter != '\u{ad}')),
            None if name.is_empty() => out.push('&'),
            None if letter(&name).is_some() => out.extend(letter(&name)),
            None if name == "shy" => {}
            None => out.push(' '),
        }
        rest = &rest[at + length..];
    }
    out.push_str(rest);
    out.chars().filter(|letter| !matches!(letter, '\u{ad}' | '\u{200b}' | '\u{feff}')).collect()
}

/// The letter that has this name: `eacute`, `Ouml`, `szlig`.
fn letter(name: &str) -> Option<char> {
    const MARKS: [(&str, char); 8] = [
        ("acute", '\u{301}'),
        ("grave", '\u{300}'),
        ("circ", '\u{302}'),
        ("uml", '\u{308}'),
        ("tilde", '\u{303}'),
        ("cedil", '\u{327}'),
        ("ring", '\u{30a}'),
        ("caron", '\u{30c}'),
    ];
    match name {
        "szlig" => return Some('ß'),
        "aelig" => return Some('æ'),
        "AElig" => return Some('Æ'),
        "oslash" => return Some('ø'),
        "Oslash" => return Some('Ø'),
        _ => {}
    }
    MARKS.iter().find_map(|(end, mark)| {
        let mut letters = name.strip_suffix(end)?.chars();
        let letter = letters.next().filter(|_| letters.next().is_none())?;
        unicode_normalization::char::compose(letter, *mark)
    })
}
