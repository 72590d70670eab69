//! HTML of a body without its tags, piece by piece: a tag may begin in one segment and end in the next.
//!
//! Enters: HTML as `markdown` writes it. Leaves: words, spaces, and where headings end. Absent: passages.

use crate::model::{Body, Landing, Segment, Site};

/// Reads HTML.
#[derive(Debug, Default)]
pub struct Prose {
    /// Whether a tag is open,
    in_tag: bool,
    /// with which name so far,
    name: String,
    /// whose name has ended,
    named: bool,
    /// inside this quote.
    quote: Option<u8>,
}

/// A piece of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'html> {
    /// Words as they are, with the spaces between them.
    Words(&'html str),
    /// A character that HTML writes in another way.
    Letter(char),
    /// The end of a block.
    Break,
    /// The end of a heading.
    HeadingEnd,
}

/// Elements whose tags part no words.
const INLINE: [&str; 14] =
    ["a", "abbr", "b", "code", "del", "em", "i", "ins", "kbd", "mark", "span", "strong", "sub", "sup"];

impl Prose {
    /// Whether the tag that is open stands inside a line.
    pub fn in_inline_tag(&self) -> bool {
        self.in_tag && INLINE.contains(&self.name.as_str())
    }

    /// The next piece; takes it from the beginning of `rest`.
    pub fn next<'html>(&mut self, rest: &mut &'html str) -> Option<Piece<'html>> {
        loop {
            if rest.is_empty() {
                return None;
            }
            if self.in_tag {
                if let Some(piece) = self.tag(rest) {
                    return Some(piece);
                }
                continue;
            }
            let end = rest.bytes().position(|byte| matches!(byte, b'<' | b'&')).unwrap_or(rest.len());
            if end > 0 {
                let (words, behind) = rest.split_at(end);
                *rest = behind;
                return Some(Piece::Words(words));
            }
            if rest.starts_with('&') {
                let (letter, length) = entity(rest);
                *rest = &rest[length..];
                return Some(Piece::Letter(letter));
            }
            *rest = &rest[1..];
            self.in_tag = true;
            self.named = false;
            self.name.clear();
        }
    }

    /// Reads on inside a tag; a piece where it ends and parts words.
    fn tag(&mut self, rest: &mut &str) -> Option<Piece<'static>> {
        let html = *rest;
        for (at, byte) in html.bytes().enumerate() {
            match (self.quote, byte) {
                (Some(quote), byte) if quote == byte => self.quote = None,
                (Some(_), _) => {}
                (None, b'"' | b'\'') => self.quote = Some(byte),
                (None, b'>') => {
                    *rest = &html[at + 1..];
                    self.in_tag = false;
                    return self.end();
                }
                (None, b' ' | b'\n') => self.named = true,
                (None, byte) if !self.named => self.name.push(byte as char),
                _ => {}
            }
        }
        *rest = "";
        None
    }

    fn end(&self) -> Option<Piece<'static>> {
        let name = self.name.trim_matches('/');
        if self.name.starts_with("/h") && matches!(name.as_bytes(), [b'h', b'1'..=b'6']) {
            return Some(Piece::HeadingEnd);
        }
        (!INLINE.contains(&name)).then_some(Piece::Break)
    }
}

/// The character at the beginning of `html` and how long it is written.
fn entity(html: &str) -> (char, usize) {
    let Some(end) = html.bytes().take(12).position(|byte| byte == b';') else { return ('&', 1) };
    let letter = match &html[1..end] {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{A0}'),
        other => other.strip_prefix('#').and_then(number),
    };
    letter.map_or(('&', 1), |letter| (letter, end + 1))
}

fn number(digits: &str) -> Option<char> {
    let number = match digits.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16),
        None => digits.parse(),
    };
    number.ok().and_then(char::from_u32)
}

/// The words of a text of a field.
pub fn plain(site: &Site, body: &Body, landings: &[Landing]) -> String {
    let mut text = String::new();
    let mut prose = Prose::default();
    for segment in &body.segments {
        match *segment {
            Segment::Html { start, end } => {
                let mut rest = body.slice(start, end);
                while let Some(piece) = prose.next(&mut rest) {
                    match piece {
                        Piece::Words(words) => text.push_str(words),
                        Piece::Letter(letter) => text.push(letter),
                        Piece::Break | Piece::HeadingEnd => text.push(' '),
                    }
                }
            }
            Segment::Link(link) => {
                let bare = body.links.get(link as usize).is_some_and(|link| link.bare);
                if let (true, Some(Landing::Document { document, .. })) = (bare, landings.get(link as usize)) {
                    text.push_str(&site.document(*document).title);
                }
            }
            _ => {}
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(pieces: &[&str]) -> String {
        let mut prose = Prose::default();
        let mut text = String::new();
        for piece in pieces {
            let mut rest = *piece;
            while let Some(piece) = prose.next(&mut rest) {
                match piece {
                    Piece::Words(words) => text.push_str(words),
                    Piece::Letter(letter) => text.push(letter),
                    Piece::Break => text.push('|'),
                    Piece::HeadingEnd => text.push('#'),
                }
            }
        }
        text
    }

    #[test]
    fn tags_go_and_words_stay() {
        assert_eq!(words(&["<p", ">a <em>b</em>c</p>\n<h2>d</h2>"]), "|a bc|\n|d#");
        assert_eq!(words(&["<p id=\"a>b\" class='", "x>'>c"]), "|c");
        assert_eq!(words(&["a &lt;b&gt; &amp;amp; &#39;&#x2f;&nope; &"]), "a <b> &amp; '/&nope; &");
        assert_eq!(words(&["<br/>a<hr>"]), "|a|");
    }
}
