//! A body as HTML, once it is known where its links lead.
//!
//! Enters: a [`Body`], and a [`Resolve`] that knows what only the whole site can know. Leaves: HTML. Pages, checks,
//! feeds and tests print through this one function, so that they cannot differ. Absent: templates.

use std::borrow::Cow;
use std::fmt::Write as _;

use super::Phrases;
use super::words::escape;
use crate::model::{AnchorKind, Body, Segment};

/// What the printer asks for. Each function appends HTML to `out`.
pub trait Resolve {
    /// Begins the link `body.links[index]`, and returns what ends it: `"</a>"`, or nothing where the link leads
    /// nowhere and only its words are printed. For a link without words of its own (`bare`) it appends them too.
    fn link(&mut self, body: &Body, index: usize, out: &mut String) -> Cow<'static, str>;

    /// Shows `body.embeds[index]`.
    fn embed(&mut self, body: &Body, index: usize, out: &mut String);

    /// Begins the first use of the term `body.terms[index]`, and returns what ends it.
    fn term(&mut self, body: &Body, index: usize, out: &mut String) -> &'static str;

    /// Shows what is known of the record `index` of the text: its outcome, its page, what became of it. Nothing, where
    /// only the words of the text are wanted.
    fn record(&mut self, _body: &Body, _index: usize, _out: &mut String) {}
}

/// The ids that a text is printed with: what can be linked in it, and by which names.
#[derive(Debug, Clone, Copy)]
pub enum Ids<'names> {
    /// Its own.
    Own,
    /// None, as for a text shown inside another page.
    Nothing,
    /// Others, for a stretch that has a page of its own: pairs of an index into the anchors of the body and the id there,
    /// sorted. What is not among them has none.
    Others(&'names [(u32, Box<str>)]),
}

impl<'names> Ids<'names> {
    /// The id of an anchor.
    fn of<'text: 'names>(self, body: &'text Body, anchor: u32) -> Option<&'names str> {
        match self {
            Self::Own => Some(&body.anchors[anchor as usize].id),
            Self::Nothing => None,
            Self::Others(names) => {
                let found = names.binary_search_by_key(&anchor, |(index, _)| *index).ok()?;
                Some(&names[found].1)
            }
        }
    }

    /// Whether the text is printed with what stands around it: its footnotes, the links of paragraphs to themselves.
    fn own(self) -> bool {
        matches!(self, Self::Own)
    }
}

/// Appends `body` to `out`. Without `ids`, as for a text shown inside another page, nothing in it can be linked.
pub fn print(body: &Body, resolve: &mut dyn Resolve, phrases: &Phrases, ids: bool, out: &mut String) {
    let ids = if ids { Ids::Own } else { Ids::Nothing };
    print_segments(body, 0..body.segments.len(), resolve, phrases, ids, out);
}

/// Appends a part of `body` to `out`, such as the segments of one [`Block`](crate::model::Block).
pub fn print_segments(
    body: &Body,
    segments: std::ops::Range<usize>,
    resolve: &mut dyn Resolve,
    phrases: &Phrases,
    ids: Ids<'_>,
    out: &mut String,
) {
    let mut number_end = "";
    let mut link_end = Cow::Borrowed("");
    let mut term_end = "";
    for segment in &body.segments[segments] {
        match *segment {
            Segment::Html { start, end } => out.push_str(body.slice(start, end)),
            Segment::Link(index) => link_end = resolve.link(body, index as usize, out),
            Segment::LinkEnd(_) => out.push_str(&std::mem::take(&mut link_end)),
            Segment::Term(index) => term_end = resolve.term(body, index as usize, out),
            Segment::TermEnd(_) => out.push_str(std::mem::take(&mut term_end)),
            Segment::Embed(index) => resolve.embed(body, index as usize, out),
            Segment::Record(index) => resolve.record(body, index as usize, out),
            Segment::Footnote { note, .. } if !ids.own() => {
                let _ = write!(out, "<sup>{}</sup>", body.notes[note as usize].number);
            }
            Segment::Footnote { note, use_number } => {
                reference(body.notes[note as usize].number, use_number, phrases, out)
            }
            Segment::Anchor(index) => {
                if let Some(name) = ids.of(body, index) {
                    id(name, out);
                }
            }
            Segment::Note(note) if ids.own() => id(&format!("fn-{}", body.notes[note as usize].number), out),
            Segment::Number(index) => number_end = number(ids.of(body, index), out),
            Segment::NumberEnd(_) => out.push_str(std::mem::take(&mut number_end)),
            Segment::Permalink(index) if ids.own() => permalink(body, index as usize, phrases, out),
            Segment::NoteBack(note) if ids.own() => back(body, note as usize, phrases, out),
            Segment::Note(_) | Segment::Permalink(_) | Segment::NoteBack(_) => {}
        }
    }
}

fn id(id: &str, out: &mut String) {
    out.push_str(" id=\"");
    escape(id, out);
    out.push('"');
}

/// Begins a printed label, which is a link to its own place, and returns what ends it; where the place has no id, it is
/// the label alone.
fn number(id: Option<&str>, out: &mut String) -> &'static str {
    let Some(id) = id else {
        out.push_str("<span class=\"number\">");
        return "</span>";
    };
    out.push_str("<a class=\"number\" href=\"#");
    fragment(id, out);
    out.push_str("\">");
    "</a>"
}

/// The link of a place to itself: a sign of its own behind the words, never around them, with a name that is read
/// aloud. For a page of the printed pack the sign is its number.
fn permalink(body: &Body, index: usize, phrases: &Phrases, out: &mut String) {
    let anchor = &body.anchors[index];
    let page = anchor.label.as_deref().filter(|_| anchor.kind == AnchorKind::PackPage);
    let heading = body.headings.binary_search_by_key(&index, |heading| heading.anchor as usize).is_ok();
    let label = match page {
        Some(page) => phrases.pack_page.replace("{}", page),
        None if heading || anchor.kind == AnchorKind::Heading => phrases.link_to_section.to_string(),
        None => phrases.link_to_paragraph.to_string(),
    };
    out.push_str("<a class=\"pilcrow\" href=\"#");
    fragment(&anchor.id, out);
    out.push_str("\" aria-label=\"");
    escape(&label, out);
    out.push_str("\">");
    escape(page.unwrap_or("¶"), out);
    out.push_str("</a>");
}

/// An id as it stands behind `#` in an address.
fn fragment(id: &str, out: &mut String) {
    for byte in id.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b':' | b'/' => out.push(byte as char),
            _ => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
}

fn reference(number: u32, use_number: u32, phrases: &Phrases, out: &mut String) {
    let label = phrases.footnote.replace("{}", &number.to_string());
    let _ = write!(out, "<sup><a href=\"#fn-{number}\" id=\"");
    reference_id(number, use_number, out);
    out.push_str("\" role=\"doc-noteref\" aria-label=\"");
    escape(&label, out);
    let _ = write!(out, "\">{number}</a></sup>");
}

fn reference_id(number: u32, use_number: u32, out: &mut String) {
    let _ = write!(out, "fnref-{number}");
    if use_number > 1 {
        let _ = write!(out, "-{use_number}");
    }
}

fn back(body: &Body, note: usize, phrases: &Phrases, out: &mut String) {
    let note = &body.notes[note];
    for use_number in 1..=note.uses {
        let mut name = String::new();
        reference_id(note.number, use_number, &mut name);
        let label = phrases.back.replace("{}", name.trim_start_matches("fnref-"));
        let _ = write!(out, " <a href=\"#{name}\" role=\"doc-backlink\" aria-label=\"");
        escape(&label, out);
        out.push_str("\">↩</a>");
    }
}
