//! The first words of a place in a text, for links that the author gave no words.
//!
//! Enters: a body and one of its anchors. Leaves: plain text. Absent: the words of links whose text is their target's
//! title, which only the whole site knows.

use super::words::first_words;
use crate::model::{Body, Segment};

/// So many characters tell one paragraph from another.
const ENOUGH: usize = 60;

/// The words that follow the anchor with this id in its block; an ellipsis says that there are more.
#[must_use]
pub fn words_at(body: &Body, id: &str) -> Option<String> {
    let anchor = body.anchors.iter().position(|anchor| anchor.id.as_ref() == id)?;
    let is_here = |segment: &Segment| matches!(segment, Segment::Anchor(index) if *index as usize == anchor);
    let start = body.segments.iter().position(is_here)? + 1;
    let mut words = String::new();
    // An anchor stands inside an opening tag.
    let mut in_tag = true;
    let mut in_label = false;
    for segment in &body.segments[start..] {
        match *segment {
            Segment::Number(_) | Segment::NumberEnd(_) if words.trim().is_empty() => {
                in_label = matches!(segment, Segment::Number(_));
            }
            // The next place has a number of its own.
            Segment::Number(_) => break,
            Segment::Html { .. } if in_label => {}
            Segment::Html { start, end } => strip(body.slice(start, end), &mut in_tag, &mut words),
            Segment::Permalink(_) if !words.trim().is_empty() => break,
            _ => {}
        }
        if words.len() > 8 * ENOUGH {
            break;
        }
    }
    let plain = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let first = first_words(&plain, ENOUGH);
    match first.len() {
        0 => None,
        length if length == plain.len() => Some(plain),
        _ => Some(format!("{first}…")),
    }
}

/// Appends the text of a piece of our own HTML.
fn strip(html: &str, in_tag: &mut bool, words: &mut String) {
    let mut rest = html;
    while let Some(at) = rest.find(['<', '>', '&']) {
        let (before, behind) = rest.split_at(at);
        if !*in_tag {
            words.push_str(before);
        }
        let entity = ENTITIES.iter().find(|(entity, _)| behind.starts_with(entity)).filter(|_| !*in_tag);
        match (behind.as_bytes().first(), entity) {
            (_, Some((entity, character))) => {
                words.push(*character);
                rest = &behind[entity.len()..];
                continue;
            }
            (Some(b'<'), _) => {
                *in_tag = true;
                // A line break parts words.
                words.extend(behind.starts_with("<br").then_some(' '));
            }
            (Some(b'>'), _) => *in_tag = false,
            _ => {}
        }
        rest = &behind[1..];
    }
    if !*in_tag {
        words.push_str(rest);
    }
}

/// What our own HTML escapes.
const ENTITIES: [(&str, char); 4] = [("&amp;", '&'), ("&lt;", '<'), ("&gt;", '>'), ("&quot;", '"')];
