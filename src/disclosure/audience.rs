//! Which documents an audience may see at `as_at` (content.md §4): the one place where a document becomes public.
//!
//! Input: what each file left to be shown and withheld, the audience, the instant. Output: what that audience may see
//! then, and everything else as withheld.
//! Not here: what a tombstone says (`assemble/life.rs`), since it may lead to another document.

use std::sync::Arc;

use crate::diagnostic::Diagnostics;
use crate::hanging;
use crate::kind::{Kinds, Role};
use crate::model::{AsAt, Audience, Fields, Parsed, Shown, Standing, Why, Withheld, Wording};

/// Divides all documents into what the audience may see and what it may not. A preview sees drafts and embargoed
/// documents, and what has ended as the public sees it; what is in doubt or exempt is shown to nobody.
pub fn for_audience(
    parsed: Vec<Parsed>,
    held_back: Vec<Withheld>,
    (kinds, own): (&Kinds, Option<&str>),
    audience: Audience,
    as_at: &AsAt,
    diagnostics: &mut Diagnostics,
) -> (Vec<Shown>, Vec<Withheld>) {
    let mut shown = Vec::with_capacity(parsed.len());
    let mut withheld = Vec::new();
    for held in held_back {
        match held {
            Withheld { why: Why::Draft, document: Some(document), .. } if audience == Audience::Preview => {
                shown.push(Shown { parsed: *document, ended: false, private: Some(Why::Draft) });
            }
            held => withheld.push(held),
        }
    }
    for parsed in parsed {
        if let Some(time) = parsed.visibility.other_times.iter().find(|time| time.ends == as_at.has_come(time.at.at)) {
            let field = kinds.get(parsed.kind).role(if time.ends { Role::Expires } else { Role::PublishAt });
            if let Some(field) = field.filter(|_| parsed.standing.is_none()) {
                if *time.key == *field.name {
                    diagnostics.time_out_of_place(time.span, &time.key, &field.line());
                } else {
                    diagnostics.unclear_key(time.span, &time.key, &field.name, &field.line());
                }
            }
            withheld.push(Withheld::whole(parsed, Why::Doubt));
            continue;
        }
        let embargoed = parsed.visibility.publish_at.is_some_and(|instant| !as_at.has_come(instant.at));
        if embargoed && audience == Audience::Public {
            withheld.push(Withheld::whole(parsed, Why::Embargoed));
        } else if has_ended(&parsed, as_at) {
            // A record without a page leaves nothing behind: the page on which it stood says that it has ended.
            let has_page = parsed.standing.as_ref().is_none_or(|standing| standing.page);
            let buried = has_page.then(|| tombstone_of(&parsed, kinds));
            withheld.push(Withheld::whole(parsed, Why::Ended));
            shown.extend(buried.map(|parsed| Shown { parsed, ended: true, private: None }));
        } else {
            shown.push(Shown { parsed, ended: false, private: embargoed.then_some(Why::Embargoed) });
        }
    }
    let shown = hanging::withhold(shown, &mut withheld, (kinds, own), diagnostics);
    (shown, withheld)
}

fn has_ended(parsed: &Parsed, as_at: &AsAt) -> bool {
    let expired = parsed.visibility.expires.is_some_and(|instant| as_at.has_come(instant.at));
    expired || parsed.visibility.withdrawn.is_some()
}

/// What stays of a document that is public no longer: its kind, title and address, and the old addresses that led to it.
fn tombstone_of(parsed: &Parsed, kinds: &Kinds) -> Parsed {
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
        // Its title may be its first words, which are public no longer; nor is anything left in its host, not the label either.
        Some(standing) => Parsed {
            title: kind.label.as_str().into(),
            standing: Some(Box::new(Standing {
                wording: Wording { in_line: standing.wording.in_line, ..Wording::default() },
                ..Standing::clone(standing)
            })),
            ..buried
        },
    }
}
