//! Texts without marks. Input: titles, values and texts of documents. Output: plain text in which no character can end
//! a line, a tag or a header too early. Not here: the escaping of any one format.

use std::borrow::Cow;

use crate::kind::{Field, Role};
use crate::model::{Document, DocumentId, Landing, Published, RelationEnd, Site, Stretch, Text, Value};

/// A text on one line: line ends, tabs and control characters become single spaces.
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

/// A text without the characters that XML forbids and that other formats cannot have; line ends and tabs stay.
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

/// What a document names in the first field with `role`.
pub fn role_end(site: &Site, id: DocumentId, role: Role) -> Option<&RelationEnd> {
    let field = role_field(site, site.document(id), role)?;
    site.relations[id.0 as usize].iter().find(|relation| *relation.field == *field.name).map(|relation| &relation.end)
}

/// The characters of a value that is a text; of formatted text, its words.
pub fn value(site: &Site, value: &Value) -> Option<String> {
    match value {
        Value::Landed(text) => Some(body(site, &text.body, &text.landings)),
        Value::Markdown(text) => Some(body(site, text, &[])),
        Value::Passage(host, part) => {
            let host = site.document(*host);
            Some(words(site, &host.body, *part, &host.landings))
        }
        value => value.text().map(|text| legal(text).into_owned()),
    }
}

/// The words of a text, a line for each block. A link without words of its own gives the title of what it leads to.
pub fn body(site: &Site, text: &Text, landings: &[Landing]) -> String {
    words(site, text, text.whole(), landings)
}

/// The words of a part of a text.
fn words(site: &Site, text: &Text, part: Stretch, landings: &[Landing]) -> String {
    let plain = text.plain(part, |link| site.title_of(landings.get(link.index())?));
    let lines = plain.lines().map(line).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}
