//! Documents that show one another in a circle: a page cannot hold itself.
//!
//! Input: the site. Output: a message for each circle, at the embed that closes it.

use crate::diagnostic::Diagnostics;
use crate::model::{Document, DocumentId, Landing, Site};
use crate::query;
use crate::source::Span;

/// How far the search has looked at a document.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Seen {
    Not,
    OnPath,
    Done,
}

/// Where the search stands in a document: which of its embeds it looks at next.
struct Step {
    document: DocumentId,
    next: usize,
    /// The embed by which the search came on from here.
    left_by: Span,
}

/// Says where documents show one another in a circle. A chain can be as long as the site, so nothing here calls itself.
pub fn circles(site: &Site, diagnostics: &mut Diagnostics) {
    let mut seen = vec![Seen::Not; site.documents.len()];
    for (start, document) in site.ids().filter(|(_, document)| !document.embeds.is_empty()) {
        let first = Step { document: start, next: 0, left_by: Span::whole(document.source) };
        let mut path = if seen[start.0 as usize] == Seen::Not { vec![first] } else { Vec::new() };
        while let Some(step) = path.last_mut() {
            let Some((shown, span)) = shown_by(site, site.document(step.document), &mut step.next) else {
                seen[step.document.0 as usize] = Seen::Done;
                path.pop();
                continue;
            };
            step.left_by = span;
            seen[step.document.0 as usize] = Seen::OnPath;
            match seen[shown.0 as usize] {
                Seen::Done => {}
                Seen::Not => path.push(Step { document: shown, next: 0, left_by: span }),
                Seen::OnPath => {
                    let begins = path.iter().position(|step| step.document == shown).unwrap_or_default();
                    let others: Vec<Span> = path[begins..path.len() - 1].iter().map(|step| step.left_by).collect();
                    let shown = site.document(shown);
                    diagnostics.embed_cycle(span, &shown.id, &shown.title, &others);
                }
            }
        }
    }
}

/// The next document whose text this one shows in place, and where. Of one with figures, those are shown and no text.
fn shown_by(site: &Site, document: &Document, next: &mut usize) -> Option<(DocumentId, Span)> {
    while let Some((embed, landing)) = document.body.embeds.get(*next).zip(document.embeds.get(*next)) {
        *next += 1;
        if let Landing::Document { document: shown, anchor: None } = landing
            && embed.alone
            && !query::figures(site, site.document(*shown)).any(|file| site.tables.contains_key(&file))
        {
            return Some((*shown, embed.span));
        }
    }
    None
}
