//! Texts without marks. Enters: what authors wrote, and the HTML that `markdown` made of it. Leaves: plain text in
//! which no character can end a line, a tag or a header too early. Absent: the escaping of any one format.

use std::borrow::Cow;

use crate::kind::{Field, Role};
use crate::model::{Body, Document, Landing, Published, Segment, Site, Value};

/// On one line: line ends, tabs and control characters become single spaces.
pub fn line(text: &str) -> String {
    // Nearly every text is one line of plain signs.
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) && !text.contains("  ") {
        return text.trim().to_owned();
    }
    let ends_word = |letter: char| letter.is_whitespace() || letter.is_control();
    if !text.contains(|letter| letter != ' ' && ends_word(letter)) && !text.contains("  ") {
        return legal(text.trim()).into_owned();
    }
    let words = text.split(ends_word).filter(|word| !word.is_empty());
    legal(&words.collect::<Vec<_>>().join(" ")).into_owned()
}

/// Without the characters that XML forbids and other formats choke on; line ends and tabs stay.
pub fn legal(text: &str) -> Cow<'_, str> {
    let forbidden = |letter: char| {
        (letter.is_control() && !matches!(letter, '\n' | '\t')) || matches!(letter, '\u{FFFE}' | '\u{FFFF}')
    };
    if text.contains(forbidden) { Cow::Owned(text.replace(forbidden, " ")) } else { Cow::Borrowed(text) }
}

/// At most `limit` characters, cut between words.
pub fn cut(text: &str, limit: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(limit) else { return text.to_owned() };
    let end = text[..end].rfind(' ').filter(|space| *space > end / 2).unwrap_or(end);
    format!("{}…", text[..end].trim_end())
}

/// The summary of a document, or its first paragraph; of one that is private, what may be known of it.
pub fn summary(site: &Site, document: &Document) -> Option<String> {
    let text = match &document.published {
        Published::Exempt(exemption) => exemption.summary.as_deref().map(str::to_owned),
        Published::Tombstone(_) => None,
        Published::Whole => {
            let lead = Some(document.body.lead.as_ref()).filter(|lead| !lead.is_empty());
            role_text(site, document, Role::Summary).or_else(|| lead.map(str::to_owned))
        }
    };
    text.map(|text| line(&text)).filter(|text| !text.is_empty())
}

/// The text of the first field with `role`.
pub fn role_text(site: &Site, document: &Document, role: Role) -> Option<String> {
    value(site, role_value(site, document, role)?)
}

/// The text of the second field for a time of day, which says when it ends.
pub fn end_time(site: &Site, document: &Document) -> Option<String> {
    let mut times = site.kinds.get(document.kind).fields.iter().filter(|field| field.role == Some(Role::Time));
    value(site, document.fields.get(&times.nth(1)?.name)?)
}

/// The value of the first field with `role`.
pub fn role_value<'site>(site: &'site Site, document: &'site Document, role: Role) -> Option<&'site Value> {
    document.fields.get(&role_field(site, document, role)?.name)
}

/// The first field with `role` of a document's kind.
pub fn role_field<'site>(site: &'site Site, document: &Document, role: Role) -> Option<&'site Field> {
    site.kinds.get(document.kind).role(role)
}

/// The characters of a value that is a text; of formatted text, its words.
pub fn value(site: &Site, value: &Value) -> Option<String> {
    match value {
        Value::Landed(text) => Some(body(site, &text.body, &text.landings)),
        Value::Markdown(text) => Some(body(site, text, &[])),
        Value::Passage(host, stretch) => {
            let host = site.document(*host);
            let segments = stretch.first as usize..stretch.end as usize;
            Some(words(site, &host.body, segments, &host.landings))
        }
        value => value.text().map(|text| legal(text).into_owned()),
    }
}

/// The words of a text, a line for each block. A link without words of its own gives the title of what it leads to.
pub fn body(site: &Site, body: &Body, landings: &[Landing]) -> String {
    words(site, body, 0..body.segments.len(), landings)
}

/// The words of a stretch of a text.
fn words(site: &Site, body: &Body, segments: std::ops::Range<usize>, landings: &[Landing]) -> String {
    let mut words = Words::default();
    for segment in body.segments.get(segments).unwrap_or_default() {
        match segment {
            Segment::Html { start, end } => words.html(body.slice(*start, *end)),
            Segment::Link(link) => {
                let bare = body.links.get(*link as usize).is_some_and(|link| link.bare);
                if let (true, Some(Landing::Document { document, .. })) = (bare, landings.get(*link as usize)) {
                    words.text.push_str(&site.document(*document).title);
                }
            }
            _ => {}
        }
    }
    let lines = words.text.lines().map(line).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

/// HTML read piece by piece: a tag may begin in one piece and end in the next.
#[derive(Default)]
struct Words {
    text: String,
    /// The tag that is open, as far as it was read.
    tag: Option<String>,
    /// The quote inside that tag.
    quote: Option<char>,
}

impl Words {
    /// Inline elements: their tags part no words. All others end a line.
    const INLINE: [&'static str; 14] =
        ["a", "abbr", "b", "code", "del", "em", "i", "ins", "kbd", "mark", "span", "strong", "sub", "sup"];

    fn html(&mut self, html: &str) {
        let mut run = 0;
        for (at, letter) in html.char_indices() {
            match (&mut self.tag, self.quote, letter) {
                (None, _, '<') => {
                    self.push(&html[run..at]);
                    self.tag = Some(String::new());
                }
                (None, ..) => {}
                (Some(_), Some(quote), letter) if quote == letter => self.quote = None,
                (Some(_), Some(_), _) => {}
                (Some(_), None, '"' | '\'') => self.quote = Some(letter),
                (Some(_), None, '>') => {
                    self.end_tag();
                    run = at + 1;
                }
                (Some(tag), None, letter) => tag.push(letter),
            }
        }
        if self.tag.is_none() {
            self.push(&html[run..]);
        }
    }

    fn end_tag(&mut self) {
        let tag = self.tag.take().unwrap_or_default();
        let name = tag.trim_start_matches('/').split([' ', '/', '\n']).next().unwrap_or_default();
        if !Self::INLINE.contains(&name) {
            self.text.push('\n');
        }
    }

    fn push(&mut self, html: &str) {
        match quick_xml::escape::unescape(html) {
            Ok(text) => self.text.push_str(&text),
            Err(_) => self.text.push_str(html),
        }
    }
}
