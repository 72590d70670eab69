//! The page of a document.
//!
//! Input: a document's id. Output: [`DocumentPage`]. Not here: any kind or field by its name; what is special about a
//! kind is said by its template, which asks for fields and relations by name.

use std::collections::BTreeMap;

use super::facts::{self, Facts};
use super::{body, editions, head, referred};
use crate::kind::Role;
use crate::model::{Address, Date, Document, DocumentId, Published, RelationEnd, Text, Value as Typed, Why};
use crate::query::{self, Filter, Query, Store};
use crate::view::{
    Card, DocumentPage, ExemptionView, Group, Head, HeadingView, Link, MadeView, TombstoneView, View, fragment,
    is_whole, stage,
};

/// A group of relations longer than this leads to its list, where there is one.
const LONGEST_GROUP: usize = 12;

/// Where there is no list of all, a group names so many and counts the others: what a county asked of its police in twenty
/// years is no page to read.
const MOST_WITHOUT_LIST: usize = 60;

/// Up to so many headings, those of the second level stand in the contents too.
const MOST_CONTENTS: usize = 25;

/// The page of `id`.
#[must_use]
pub fn document(view: &View, id: DocumentId) -> (Head, DocumentPage) {
    let document = view.document(id);
    let Facts { shown, all } = facts::facts(view, id);
    let mut head = head::head(view, &document.address, document.title.to_string());
    let summary = match &document.published {
        Published::Whole => view.role_text(id, Role::Summary).map(str::to_owned),
        Published::Exempt(_) | Published::Tombstone(_) => None,
    };
    if let Some(description) = view.summary(id) {
        head.description = Some(description);
    }
    head.kind = view.kind_as_called(id);
    head.sensitive = document.sensitive.then(|| view.sensitive());
    let (previous, next) = neighbours(view, document);
    let text = body::of_document(view, id);
    let page = DocumentPage {
        id: document.id.to_string(),
        summary,
        body: text.html,
        words: view.words(&text.used),
        records: text.below,
        made: made(view, id),
        parts: facts::part_table(view, id),
        follow: view.follow(id),
        language: view.other_language(id),
        contents: contents(&document.body),
        facts: shown,
        fields: all,
        relations: relations(view, id),
        attachments: facts::attachments(view, id),
        stage: stage(document.stage),
        status: view.status(id).filter(|_| document.edition_of.is_none()),
        outcome: view.outcome(id),
        date: view.date_of(document.date),
        changed: view.date_of(document.changed),
        tombstone: tombstone(view, document),
        exemption: exemption(view, document),
        corrections: facts::notes(view, id, Role::Corrections),
        changes: facts::notes(view, id, Role::Changes),
        private: document.private.map(|why| view.language.say(private(why), &[])),
        previous,
        next,
        referred: referred::referred(view, id),
        editions: editions::editions(view, id),
        citation: citation(view, id, head.canonical.as_deref()),
        review_late: is_review_late(view, id),
        problem: problem(view, id, head.canonical.as_deref()),
    };
    (head, page)
}

/// Where a record was made; `None` for any other document.
fn made(view: &View, id: DocumentId) -> Option<MadeView> {
    let place = view.document(id).place.as_ref()?;
    let meeting = view.document(query::made_in(view, id));
    let around = [Some(id), place.inside, Some(place.host), Some(query::made_in(view, id))];
    let capacity = around.into_iter().flatten().find_map(|id| view.role_text(id, Role::Capacity));
    Some(MadeView {
        body: query::body_end(view, id).map(|end| view.end(end)),
        date: view.date_of(meeting.date),
        at: view.source(id)?,
        capacity: capacity.map(str::to_owned),
    })
}

/// The string that says why only a preview shows a document.
fn private(why: Why) -> &'static str {
    match why {
        Why::Draft => "private.draft",
        Why::Embargoed => "private.embargoed",
        Why::Ended => "private.ended",
        Why::Exempt | Why::Passages => "private.exempt",
        Why::Doubt | Why::Unreadable | Why::UnknownKind | Why::Translation => "private.doubt",
    }
}

/// Headings in order, those of a deeper level below the one before them.
fn contents(body: &Text) -> Vec<HeadingView> {
    let deep = body.headings.len() <= MOST_CONTENTS;
    let top = body.headings.iter().map(|heading| heading.level).min().unwrap_or(2);
    let mut contents: Vec<HeadingView> = Vec::new();
    for heading in &body.headings {
        let entry = HeadingView {
            label: heading.label.as_deref().map(str::to_owned),
            title: heading.text.to_string(),
            href: format!("#{}", fragment(&body.anchor(heading.anchor).id)),
            children: Vec::new(),
        };
        match contents.last_mut() {
            Some(above) if heading.level == top + 1 && deep => above.children.push(entry),
            _ if heading.level == top => contents.push(entry),
            _ => {}
        }
    }
    contents
}

/// What the document names in fields that are not among its facts, then what names it, each under its own label.
fn relations(view: &View, id: DocumentId) -> Vec<Group> {
    let document = view.document(id);
    let mut groups = Vec::new();
    for field in view.kinds().get(document.kind).fields.iter().filter(|field| !field.shown && field.role.is_none()) {
        let own = view.relations(id).iter().filter(|relation| *relation.field == *field.name);
        let items: Vec<Card> = own.map(|relation| view.card_of(&relation.end)).collect();
        if !items.is_empty() {
            let total = items.len();
            let (name, label) = (field.name.clone(), field.label.clone());
            groups.push(Group { name, label, items, more: None, total, mixed: true });
        }
    }
    groups.extend(naming(view, id));
    groups
}

/// Documents that name this one in a field, grouped by what their relation calls its other end, in the order of the
/// kinds. What was recorded about something that was considered is told in the order of time; what stands in the text of the
/// page is read there.
fn naming(view: &View, id: DocumentId) -> Vec<Group> {
    let mut groups: Vec<(&str, &str, bool, Vec<DocumentId>)> = Vec::new();
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    let thread = view.kind_of(id).thread;
    for (from, field) in in_schema_order(view, id) {
        let document = view.document(from);
        let kind = view.kinds().get(document.kind);
        let is_about = kind.role(Role::About).is_some_and(|about| about.name == field);
        let Some(relation) = kind.relation(field) else { continue };
        let in_text = document.place.as_ref().is_some_and(|place| place.host == id && place.wording.is_some());
        if in_text && kind.inside_of.as_deref() == Some(field) {
            continue;
        }
        if relation.back.is_empty() || thread && is_about && document.place.is_some() {
            continue;
        }
        let place = *places.entry(&relation.back_name).or_insert_with(|| {
            groups.push((&relation.back_name, &relation.back, field.contains('.'), Vec::new()));
            groups.len() - 1
        });
        groups[place].3.push(from);
    }
    let made = groups.into_iter().map(|(name, label, in_part, ids)| {
        let mut group = group(view, id, name, label.to_owned(), ids);
        // Who sits on a board does so for a time of its own, which is not the board's.
        group.items.iter_mut().filter(|_| in_part).for_each(|card| card.period = None);
        group
    });
    made.collect()
}

/// The relations that lead to a document: kinds in their order, fields in theirs, links in texts last.
fn in_schema_order(view: &View, id: DocumentId) -> Vec<(DocumentId, &str)> {
    let others = view.incoming(id).filter(|(from, _)| *from != id);
    let mut backlinks: Vec<(DocumentId, &str)> = others.map(|(from, relation)| (from, &*relation.field)).collect();
    backlinks.sort_by_key(|(from, field)| {
        let kind = view.document(*from).kind;
        let name = field.split('.').next().unwrap_or(field);
        let place = view.kinds().get(kind).fields.iter().position(|other| other.name == name);
        (place.is_none(), kind, place)
    });
    backlinks
}

fn group(view: &View, id: DocumentId, name: &str, label: String, mut ids: Vec<DocumentId>) -> Group {
    ids.sort_unstable();
    ids.dedup();
    let total = ids.len();
    if ids.iter().all(|id| query::day(view.document(*id)).is_none()) {
        ids.sort_by_cached_key(|id| view.language.sort_key(&view.document(*id).title));
    } else {
        ids.sort_by_key(|id| (std::cmp::Reverse(query::day(view.document(*id))), *id));
    }
    let more = if total > LONGEST_GROUP { list_of_all(view, id, &ids) } else { None };
    ids.truncate(if more.is_some() { LONGEST_GROUP } else { MOST_WITHOUT_LIST });
    let kind = |id: &DocumentId| view.document(*id).kind;
    let mixed = ids.windows(2).any(|two| kind(&two[0]) != kind(&two[1]));
    let mut items = view.cards(&ids);
    // On the page of a body it need not be said of each of its meetings.
    let own = view.href(id);
    for card in &mut items {
        card.body.take_if(|body| body.href.is_some() && body.href == own);
    }
    Group { name: name.to_owned(), label, items, more, total, mixed }
}

/// The list that has every document of a group: those of one kind that belong to this body.
fn list_of_all(view: &View, id: DocumentId, ids: &[DocumentId]) -> Option<Link> {
    let kind = view.document(*ids.first()?).kind;
    let name = view.kinds().get(kind).name.as_str();
    let list = view.list_of(name, id)?;
    let of_body = Filter { kind: Some(name.into()), body: Some(view.document(id).id.clone()), ..Filter::default() };
    let mut all = view.ask(&Query::Documents(of_body)).documents();
    let mut ids = ids.to_vec();
    all.sort_unstable();
    ids.sort_unstable();
    (all == ids).then(|| view.list_link(list))
}

fn tombstone(view: &View, document: &Document) -> Option<TombstoneView> {
    let Published::Tombstone(tombstone) = &document.published else { return None };
    Some(TombstoneView {
        on: view.date_of(tombstone.on),
        reason: tombstone.reason.as_deref().map(str::to_owned),
        withdrawn: tombstone.withdrawn,
        successor: tombstone.successor.map(|id| view.link(id)),
    })
}

fn exemption(view: &View, document: &Document) -> Option<ExemptionView> {
    let Published::Exempt(exemption) = &document.published else { return None };
    let count = exemption.paragraphs.len();
    let paragraphs = view.language.list(&exemption.paragraphs);
    let law = || view.language.count("exempt.law", count as u64, &[("paragraphs", &paragraphs)]);
    Some(ExemptionView {
        law: (count > 0).then(law),
        reason: exemption.reason.as_deref().map(str::to_owned),
        summary: exemption.summary.as_deref().map(str::to_owned),
    })
}

fn neighbours(view: &View, document: &Document) -> (Option<Link>, Option<Link>) {
    if !is_whole(document) {
        return (None, None);
    }
    let (before, after) = view.ask(&Query::Neighbours(document.id.clone())).neighbours();
    (before.map(|id| view.link(id)), after.map(|id| view.link(id)))
}

fn is_review_late(view: &View, id: DocumentId) -> bool {
    let by = query::value(view, id, Role::Review).and_then(Typed::date).and_then(Date::latest);
    by.is_some_and(|by| by < view.today())
}

/// A letter to who keeps the page, else to who keeps the site, that says which page it is about.
fn problem(view: &View, id: DocumentId, canonical: Option<&str>) -> Option<String> {
    let mail = facts::contact_mail(view, id).or(view.config().contact.email.as_deref())?;
    let title = &view.document(id).title;
    let subject = view.language.say("problem.subject", &[("title", title)]);
    let encode = |text: &str| Address::file(text).href().split_off(1);
    let body = canonical.map(|address| format!("&body={}", encode(address))).unwrap_or_default();
    Some(format!("mailto:{mail}?subject={}{body}", encode(&subject)))
}

/// Who, what, when, where: "Safer Partnership Board, Minutes of 12 March 2026, https://…".
fn citation(view: &View, id: DocumentId, canonical: Option<&str>) -> String {
    let document = view.document(id);
    let publisher = match query::body_end(view, id) {
        Some(RelationEnd::Document { document, .. }) => view.document(*document).title.to_string(),
        Some(RelationEnd::Words(words)) => words.to_string(),
        None => view.config().organisation.clone(),
    };
    let kind = view.kinds().get(document.kind);
    let title = document.title.trim_end_matches('.');
    let called = query::called(view, id);
    // A meeting is called by its body and its day: "Safer Marlshire Board, Minutes, 15 March 2022".
    let mut parts = match title.strip_prefix(&*publisher).map(|rest| rest.trim_start_matches([',', ' '])) {
        Some(rest) if !rest.is_empty() && rest.len() + publisher.len() < title.len() => {
            vec![publisher, called.to_owned(), rest.to_owned()]
        }
        _ => vec![publisher, title.to_owned()],
    };
    // What is not the record of a meeting yet is not cited as one.
    let is_said = called == kind.label || parts.iter().any(|part| part.contains(called));
    parts.extend((!is_said).then(|| called.to_owned()));
    parts.extend(editions::cited(view, id));
    // The beginning of a period is no date of a page.
    let dated = kind.role(Role::Date).is_some() || kind.role(Role::From).is_none();
    let dated = dated && editions::first_day(view, id).is_none();
    let date = view.date_of(document.date.filter(|_| dated)).map(|date| date.text);
    parts.extend(date.filter(|date| !document.title.contains(date.as_str())));
    parts.extend(canonical.map(str::to_owned));
    parts.join(view.comma())
}
