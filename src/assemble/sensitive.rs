//! Which documents somebody may have to leave in a hurry, and no trace of which may stay behind.
//!
//! Input: the documents, the kinds and the settings. Output: [`Document::sensitive`] of each: as its own head says, else as its kind
//! or one of its topics does, else as the document does in which it stands. Not here: what follows from it for pages, cards and feeds.

use crate::kind::{Kinds, Role};
use crate::model::{Config, Document, Value, slug};

/// Marks them.
pub fn mark(documents: &mut [Document], kinds: &Kinds, config: &Config) {
    let said: Vec<Option<bool>> = documents.iter().map(|document| said(document, kinds, config)).collect();
    for at in 0..documents.len() {
        let host = documents[at].place.as_ref().map(|place| place.host.0 as usize);
        documents[at].sensitive = said[at].or(host.and_then(|host| said[host])).unwrap_or(false);
    }
}

/// What a document itself says, its kind or its topics; `None` if none of them says anything.
fn said(document: &Document, kinds: &Kinds, config: &Config) -> Option<bool> {
    let kind = kinds.get(document.kind);
    let field = |role| document.fields.get(&kind.role(role)?.name);
    if let Some(Value::Boolean(sensitive)) = field(Role::Sensitive) {
        return Some(*sensitive);
    }
    let is_topic = |text: &str| config.sensitive.topics.iter().any(|topic| slug(topic) == slug(text));
    let has_topic = match field(Role::Tags) {
        Some(Value::List(tags)) => tags.iter().filter_map(|(tag, _)| tag.text()).any(is_topic),
        Some(tag) => tag.text().is_some_and(is_topic),
        None => false,
    };
    (kind.sensitive || has_topic).then_some(true)
}
