//! Who may be seen at `as_at` (content.md §4): the one place where a document becomes public.

use std::sync::Arc;

use super::Index;
use super::index::Found;
use crate::diagnostic::Diagnostics;
use crate::kind::{Kinds, Role};
use crate::model::{Audience, Date, Fields, Instant, Parsed, Reference, Standing, Tombstone, Why, Withheld, Wording};
use crate::source::Span;

/// A document that its audience may see, before it is bound to others.
#[derive(Debug)]
pub struct Candidate {
    /// What is left of it for the audience: of a tombstone, no fields and no text.
    pub parsed: Parsed,
    /// Whether it has ended or was taken back.
    pub ended: bool,
    /// Why only a preview shows it.
    pub private: Option<Why>,
}

/// Sends each document to the side on which it belongs. A preview sees drafts and embargoed documents, and what has
/// ended as the public sees it; what is in doubt or exempt is shown to nobody.
pub fn split(
    parsed: Vec<Parsed>,
    held_back: Vec<Withheld>,
    kinds: &Kinds,
    audience: Audience,
    as_at: &Instant,
) -> (Vec<Candidate>, Vec<Withheld>) {
    let mut candidates = Vec::with_capacity(parsed.len());
    let mut withheld = Vec::new();
    for held in held_back {
        match held {
            Withheld { why: Why::Draft, document: Some(document), .. } if audience == Audience::Preview => {
                candidates.push(Candidate { parsed: *document, ended: false, private: Some(Why::Draft) });
            }
            held => withheld.push(held),
        }
    }
    for parsed in parsed {
        let embargoed = parsed.visibility.publish_at.is_some_and(|instant| instant.at > as_at.at);
        if embargoed && audience == Audience::Public {
            withheld.push(keep_back(parsed, Why::Embargoed));
        } else if has_ended(&parsed, as_at) {
            // A record without a page leaves nothing behind: the page on which it stood says that it has ended.
            let has_page = parsed.standing.as_ref().is_none_or(|standing| standing.page);
            let buried = has_page.then(|| bury(&parsed, kinds));
            withheld.push(keep_back(parsed, Why::Ended));
            candidates.extend(buried.map(|parsed| Candidate { parsed, ended: true, private: None }));
        } else {
            candidates.push(Candidate { parsed, ended: false, private: embargoed.then_some(Why::Embargoed) });
        }
    }
    (candidates, withheld)
}

fn has_ended(parsed: &Parsed, as_at: &Instant) -> bool {
    let expired = parsed.visibility.expires.is_some_and(|instant| instant.at <= as_at.at);
    expired || parsed.visibility.withdrawn.is_some()
}

/// What stays of a document that is public no longer: its kind, title and address, and the old addresses that led to it.
fn bury(parsed: &Parsed, kinds: &Kinds) -> Parsed {
    let kind = kinds.get(parsed.kind);
    let aliases = kind.role(Role::Aliases).and_then(|field| parsed.fields.entry(&field.name));
    let buried = Parsed {
        fields: Fields(aliases.into_iter().cloned().collect()),
        body: Arc::default(),
        records: Box::default(),
        ..parsed.clone()
    };
    match &parsed.standing {
        None => buried,
        // Its title may be its first words, which are public no longer; nor is anything left of them in its host.
        Some(standing) => Parsed {
            title: kind.label.as_str().into(),
            standing: Some(Box::new(Standing {
                wording: Wording {
                    label: standing.wording.label,
                    in_line: standing.wording.in_line,
                    ..Wording::default()
                },
                ..Standing::clone(standing)
            })),
            ..buried
        },
    }
}

fn keep_back(parsed: Parsed, why: Why) -> Withheld {
    Withheld {
        source: parsed.source,
        path: parsed.path.clone(),
        id: parsed.id.clone(),
        address: parsed.address.clone(),
        why,
        document: Some(Box::new(parsed)),
        passages: Vec::new(),
    }
}

/// What a tombstone says; nothing for a document that has not ended.
pub fn tombstone(candidate: &Candidate, index: &Index<'_>, diagnostics: &mut Diagnostics) -> Option<Tombstone> {
    if !candidate.ended {
        return None;
    }
    let visibility = &candidate.parsed.visibility;
    let mut successor = |reference: &Reference| {
        let found = index.find(&reference.id);
        if let Found::Withheld(position) = found {
            let withheld = &index.withheld[position];
            let span = Span::whole(candidate.parsed.source);
            let field = index.kinds.get(candidate.parsed.kind).role(Role::Withdrawn);
            let name = field.map_or("", |field| field.name.as_str());
            diagnostics.relation_to_withheld(span, name, &withheld.path, withheld.why);
        }
        found.document()
    };
    Some(match &visibility.withdrawn {
        Some(withdrawn) => Tombstone {
            on: withdrawn.on,
            reason: withdrawn.reason.clone(),
            withdrawn: true,
            successor: withdrawn.successor.as_ref().and_then(&mut successor),
        },
        None => Tombstone {
            on: visibility.expires.map(|instant| Date::Day(instant.day)),
            reason: None,
            withdrawn: false,
            successor: None,
        },
    })
}
