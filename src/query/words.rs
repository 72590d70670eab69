//! The words of a record that is called by what it is about: its title says what was decided on, and they what was decided.
//!
//! Input: a [`Store`] and a document in it. Output: plain words on one line. Not here: their HTML (`render/body.rs`).

use super::facts::Store;
use crate::kind::Role;
use crate::model::{DocumentId, Fields, Landing, Value, first_words};

/// At most so many characters stand in a list; the page has all.
const LONGEST: usize = 320;

/// The words of a record, for lists: a long one's first words. `None` as [`all_words`] says.
#[must_use]
pub fn exact_words(site: &impl Store, id: DocumentId) -> Option<String> {
    let line = all_words(site, id)?;
    let first = first_words(&line, LONGEST);
    Some(if first.len() < line.len() { format!("{first}…") } else { line })
}

/// The words of a record as they stand in the minutes, or of one in a file those of its parts. `None` for a document whose title is made
/// of its words, and for one without any.
#[must_use]
pub fn all_words(site: &impl Store, id: DocumentId) -> Option<String> {
    let document = site.document(id);
    let kind = site.kinds().get(document.kind);
    if !kind.titled_by_matter {
        return None;
    }
    let place = document.place.as_ref().and_then(|place| Some((place.host, place.wording.as_ref()?.stretch)));
    let words = match place {
        Some((host, stretch)) => {
            let host = site.document(host);
            host.body.plain(stretch, |link| match host.landings.get(link.index())? {
                Landing::Document { document, .. } => Some(&*site.document(*document).title),
                _ => None,
            })
        }
        None => {
            let field = kind.role(Role::Parts)?;
            let (text, parts) = (field.part(Role::Summary)?, document.fields.get(&field.name)?.groups());
            let words = |part: &Fields| match part.get(&text.name)? {
                Value::Landed(text) => Some(text.body.plain(text.body.whole(), |_| None)),
                _ => None,
            };
            parts.into_iter().filter_map(words).collect::<Vec<_>>().join(" ")
        }
    };
    on_one_line(&words)
}

fn on_one_line(words: &str) -> Option<String> {
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    (!line.is_empty()).then_some(line)
}

/// The words of a text in a field, on one line.
#[must_use]
pub fn plain_words(site: &impl Store, value: &Value) -> Option<String> {
    match value {
        Value::Landed(text) => on_one_line(&text.body.plain(text.body.whole(), |_| None)),
        Value::Passage(host, stretch) => on_one_line(&site.document(*host).body.plain(*stretch, |_| None)),
        value => on_one_line(value.text()?),
    }
}
