//! What can be followed: the site, a list, a document that lasts; and which documents a feed of it holds.
//!
//! Input: a site. Output: subjects, and entries in the order of their last material change. Not here: Atom, JSON and
//! iCalendar (each has its file), and the text of documents: a feed announces, the page tells.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use jiff::civil;

use super::{Subject, beside, has_page, is_public, plain, read_at, said_at};
use crate::kind::{Follow, Kind, KindId, Role};
use crate::language::Language;
use crate::model::pages::plan_page;
use crate::model::{
    Address, Cause, Date, Document, DocumentId, Fields, Instant, ListingFilter, PlanEntry, PlanGroup, PlanTime,
    RelationEnd, RouteKind, Site, Value,
};
use crate::query;

/// The longest feed. What is older is in the lists and in the data.
const LONGEST: usize = 50;

/// The name of an Atom feed beside the page of its subject.
pub const ATOM: &str = "feed.xml";
/// The name of a JSON feed.
pub const JSON: &str = "feed.json";
/// The name of a calendar.
pub const CALENDAR: &str = "calendar.ics";

/// A feed before it is written in any format.
pub struct Feed {
    /// What it is called.
    pub title: String,
    /// The page that it is about.
    pub page: Address,
    /// The latest change first.
    pub entries: Vec<Entry>,
    /// When anything on the site last changed.
    pub changed: String,
}

/// One document that changed.
pub struct Entry {
    /// Its whole address, which is also its id for ever.
    pub href: String,
    /// On one line.
    pub title: String,
    /// The note on the last change, and the summary.
    pub text: Option<String>,
    /// When it last changed, as machines read it.
    pub updated: String,
    /// When it was first dated.
    pub published: Option<String>,
    /// What its kind is called.
    pub kind: String,
    /// Its topics.
    pub tags: Vec<String>,
}

/// The feeds of all subjects that have one, as files called `name` beside their pages.
pub fn files(site: &Site, name: &str) -> Vec<(Address, Subject)> {
    let subjects = subjects(site).filter(|subject| has_feed(site, *subject));
    subjects.map(|subject| (beside(&page(site, subject), name), subject)).collect()
}

/// Everything that may have a feed or a calendar: the site, its lists but for years and letters, and what lasts.
pub fn subjects(site: &Site) -> impl Iterator<Item = Subject> {
    let lists = (0..).zip(&site.listings).map(|(index, _)| Subject::Listing(index));
    let documents = site.present().map(|(id, _)| Subject::Document(id));
    let plans = site.own.iter().filter_map(|(_, kind)| match kind {
        RouteKind::Plan(body, 1) => Some(Subject::Plan(body)),
        _ => None,
    });
    let all = std::iter::once(Subject::Site).chain(lists).chain(documents);
    all.filter(|subject| goes_on(site, *subject)).chain(plans)
}

/// Whether new documents may come to a subject, so that it is worth following under an address of its own.
fn goes_on(site: &Site, subject: Subject) -> bool {
    match subject {
        Subject::Site => true,
        Subject::Document(id) => lasts(site, site.document(id)),
        Subject::Listing(list) => match site.listings[list as usize].filter {
            ListingFilter::Kind(_) | ListingFilter::Topic(..) => true,
            ListingFilter::Body(..) => stand_in(site, subject) == subject,
            ListingFilter::Choice(_, Role::FollowUp, _) => true,
            ListingFilter::Year(..)
            | ListingFilter::Letter(..)
            | ListingFilter::Area(..)
            | ListingFilter::Choice(..)
            | ListingFilter::About(_) => false,
        },
        Subject::Kind { .. } | Subject::Reviews | Subject::Plan(_) | Subject::Year(..) | Subject::Part(_) => false,
    }
}

/// Who meets has a page whose feed and calendar hold all that the list of its meetings could.
pub fn stand_in(site: &Site, subject: Subject) -> Subject {
    let Subject::Listing(list) = subject else { return subject };
    match site.listings[list as usize].filter {
        ListingFilter::Body(_, Ok(body)) if lasts(site, site.document(body)) => Subject::Document(body),
        _ => subject,
    }
}

/// Whether a document stands for something that goes on, such as a board, a priority, a plan: its kind has a period.
/// Records of one day are not followed; they are what followers hear of.
fn lasts(site: &Site, document: &Document) -> bool {
    let has_period = |kind: &Kind| {
        let own = kind.fields.iter().filter(|field| !field.common);
        let mut roles =
            own.flat_map(|field| std::iter::once(field.role).chain(field.parts().iter().map(|part| part.role)));
        roles.any(|role| matches!(role, Some(Role::From | Role::To)))
    };
    is_public(document) && has_page(site, document) && has_period(site.kinds.get(document.kind))
}

/// Documents that belong to a subject: all, those of a list, or those that name the document in a field. The same one
/// may come twice.
pub fn belonging(site: &Site, subject: Subject) -> Box<dyn Iterator<Item = DocumentId> + '_> {
    match subject {
        Subject::Listing(list) => Box::new(site.listings[list as usize].documents.iter().copied()),
        Subject::Document(document) => {
            let names_in_field = move |(from, at): &&(DocumentId, u32)| {
                *from != document && !site.relations[from.0 as usize][*at as usize].field.is_empty()
            };
            let named = site.backlinks[document.0 as usize].iter().filter(names_in_field).map(|(from, _)| *from);
            // Of a person, what happened at meetings.
            let parts = site.parts.of(document).iter();
            let parts = parts.flat_map(|part| std::iter::once(part.meeting).chain(part.record));
            // Of an area, what concerns it or a part of it.
            Box::new(named.chain(parts).chain(site.areas.concerned(document).iter().copied()))
        }
        Subject::Plan(_) => Box::new(std::iter::empty()),
        _ => Box::new(site.present().map(|(id, _)| id)),
    }
}

/// Whether a feed of the subject announces anything. Who waits for an answer follows a list that is still empty.
pub fn has_feed(site: &Site, subject: Subject) -> bool {
    // Who waits for what is planned follows a plan that is still empty.
    let waits = followed(site, subject).is_some() || matches!(subject, Subject::Plan(_));
    waits || belonging(site, subject).any(|id| is_announced(site, subject, id))
}

/// Whether a feed announces a document: its kind says so, and its last change is not still to come. A record without a
/// page of its own is news for who follows the list of its kind; for all others its meeting is.
fn is_announced(site: &Site, subject: Subject, id: DocumentId) -> bool {
    let document = site.document(id);
    if followed(site, subject).is_some() {
        return is_public(document);
    }
    let kind = site.kinds.get(document.kind);
    kind.feed && has_changed(site, document) && (has_page(site, document) || is_register(site, subject, document.kind))
}

/// What became of the documents of a list, if that is what they have in common.
fn followed(site: &Site, subject: Subject) -> Option<Follow> {
    let Subject::Listing(list) = subject else { return None };
    let ListingFilter::Choice(kind, Role::FollowUp, word) = &site.listings[list as usize].filter else { return None };
    site.kinds.get(*kind).role(Role::FollowUp)?.choice(word)?.follow
}

/// The day on which a document came to a list: in that of what is late, the day after it was due.
fn came_on(site: &Site, subject: Subject, id: DocumentId) -> Option<civil::Date> {
    let last = || query::value(site, id, Role::LastHeard)?.date()?.earliest();
    match followed(site, subject) {
        Some(Follow::Late) => {
            query::due(site, id).and_then(Date::latest).and_then(|due| due.tomorrow().ok()).or_else(last)
        }
        Some(_) => last().or_else(|| query::made_on(site, id)),
        None => site.document(id).changed.and_then(Date::earliest),
    }
}

/// Whether a subject is a list of documents of this kind.
fn is_register(site: &Site, subject: Subject, kind: KindId) -> bool {
    let Subject::Listing(list) = subject else { return false };
    matches!(site.listings[list as usize].filter, ListingFilter::Kind(of) | ListingFilter::Body(of, _) if of == kind)
}

fn has_changed(site: &Site, document: &Document) -> bool {
    let day = document.changed.and_then(Date::earliest);
    is_public(document) && day.is_some_and(|day| day <= site.as_at.day)
}

/// The feed of a subject.
pub fn feed(site: &Site, language: &Language, subject: Subject) -> Feed {
    if let Subject::Plan(body) = subject {
        return feed_of_plan(site, language, body);
    }
    let mut ids: Vec<DocumentId> = belonging(site, subject).filter(|id| is_announced(site, subject, *id)).collect();
    if let Subject::Document(own) = subject
        && has_changed(site, site.document(own))
    {
        ids.push(own);
    }
    ids.sort_by_key(|id| (Reverse(came_on(site, subject, *id)), *id));
    // An entry's id may stand only once in a feed.
    let mut seen = BTreeSet::new();
    let ids: Vec<DocumentId> =
        ids.into_iter().filter(|id| seen.insert(read_at(site, site.document(*id)))).take(LONGEST).collect();
    Feed {
        title: title(site, language, subject),
        page: page(site, subject),
        entries: ids.into_iter().filter_map(|id| entry(site, language, (subject, id))).collect(),
        changed: newest(site),
    }
}

/// The feed of a forward plan: what is due and what is to be looked at again, the latest to come into it first. What stands on each agenda
/// is no news.
fn feed_of_plan(site: &Site, language: &Language, body: Option<DocumentId>) -> Feed {
    let groups = plan_of(site, body);
    let lines = groups.flat_map(|group| group.entries.iter().map(move |entry| (group, entry)));
    let lines = lines.filter(|(_, entry)| entry.comes.cause != Cause::Standing);
    let mut lines: Vec<_> = lines.map(|(group, entry)| (planned_since(site, entry), group, entry)).collect();
    lines.sort_by_key(|(since, _, entry)| (Reverse(*since), entry.comes.of, entry.comes.part));
    let mut seen = BTreeSet::new();
    lines.retain(|(_, _, entry)| seen.insert(said_at(site, &entry.comes)));
    let entries = lines.into_iter().take(LONGEST).map(|(since, group, entry)| Entry {
        href: said_at(site, &entry.comes),
        title: language
            .say("plan.entry", &[("date", &plan_time(language, group)), ("title", &plan_title(site, entry))]),
        text: query::words_of(site, &entry.comes).map(|words| plain::line(&words)),
        updated: moment(site, since),
        published: None,
        kind: query::called(site, entry.comes.of).to_owned(),
        tags: tags(site, site.document(entry.comes.of)),
    });
    let subject = Subject::Plan(body);
    let (title, page) = (title(site, language, subject), page(site, subject));
    Feed { title, page, entries: entries.collect(), changed: newest(site) }
}

/// What is planned for all bodies, or for one.
pub fn plan_of(site: &Site, body: Option<DocumentId>) -> impl Iterator<Item = &PlanGroup> {
    site.plan.groups.iter().filter(move |group| body.is_none_or(|body| group.body == Ok(body)))
}

/// The day from which on a line stands in the plan where it stands: after the meeting from which it was moved, else since it was made.
pub fn planned_since(site: &Site, entry: &PlanEntry) -> civil::Date {
    let moved = entry.moved_from.and_then(|meeting| meeting.day.tomorrow().ok());
    let made = || query::made_on(site, entry.comes.of).filter(|_| entry.comes.cause == Cause::Due);
    let changed = || site.document(entry.comes.of).changed.and_then(Date::earliest);
    moved.or_else(made).or_else(changed).unwrap_or_else(|| newest_day(site)).min(site.as_at.day)
}

/// The day of a meeting, or the month, in words.
fn plan_time(language: &Language, group: &PlanGroup) -> String {
    match group.time {
        PlanTime::Meeting(meeting) => language.date(Date::Day(meeting.day)),
        PlanTime::Month(year, month) => {
            language.say("plan.month", &[("date", &language.date(Date::Month(year, month)))])
        }
        PlanTime::Open => language.say("plan.open", &[]),
    }
}

/// What a line of the plan is called, on one line: a standing item by its own words.
pub fn plan_title(site: &Site, entry: &PlanEntry) -> String {
    let own = query::words_of(site, &entry.comes).filter(|_| entry.comes.cause == Cause::Standing);
    plain::line(&own.unwrap_or_else(|| site.document(entry.comes.of).title.to_string()))
}

/// The same with who is to do it, as far as the record names anybody.
pub fn plan_line(site: &Site, language: &Language, entry: &PlanEntry) -> String {
    let title = plan_title(site, entry);
    let name = |end: &RelationEnd| match end {
        RelationEnd::Document { document, .. } => plain::line(&site.document(*document).title),
        RelationEnd::Words(words) => plain::line(words),
    };
    let who: Vec<String> = query::owed_by(site, &entry.comes).iter().map(name).collect();
    if who.is_empty() {
        return title;
    }
    language.say("plan.by", &[("title", &title), ("who", &language.list(&who))])
}

/// When anything on the site last changed: that of a feed which has no entry yet.
fn newest(site: &Site) -> String {
    moment(site, newest_day(site))
}

fn newest_day(site: &Site) -> civil::Date {
    let day = site.updates.first().and_then(|id| site.document(*id).changed.and_then(Date::earliest));
    day.unwrap_or(civil::Date::ZERO)
}

fn entry(site: &Site, language: &Language, (subject, id): (Subject, DocumentId)) -> Option<Entry> {
    let document = site.document(id);
    let updated = came_on(site, subject, id)?;
    let published = match plain::role_value(site, document, Role::Date) {
        Some(Value::Date(Date::Day(day))) if *day <= updated => Some(moment(site, *day)),
        _ => None,
    };
    if document.sensitive {
        return Some(Entry {
            href: read_at(site, document),
            title: query::neutral_title(&site.config, language),
            text: None,
            updated: moment(site, updated),
            published,
            kind: query::called(site, id).to_owned(),
            tags: Vec::new(),
        });
    }
    let note = last_note(site, document).map(|note| language.say("export.changed", &[("note", &note)]));
    let motion = query::motion(site, id).in_words(language).map(|words| plain::line(&words));
    let words = query::exact_words(site, id).map(|words| plain::line(&words));
    let text = note
        .into_iter()
        .chain(plain::summary(site, document))
        .chain(words)
        .chain(motion)
        .collect::<Vec<_>>()
        .join("\n");
    Some(Entry {
        href: read_at(site, document),
        title: plain::line(&document.title),
        text: Some(text).filter(|text| !text.is_empty()),
        updated: moment(site, updated),
        published,
        kind: query::called(site, id).to_owned(),
        tags: tags(site, document),
    })
}

/// The topics of a document, as typed.
pub fn tags(site: &Site, document: &Document) -> Vec<String> {
    let names = match plain::role_value(site, document, Role::Tags) {
        Some(Value::List(list)) => list.iter().filter_map(|(value, _)| value.text()).collect(),
        Some(value) => value.text().into_iter().collect(),
        None => Vec::new(),
    };
    names.into_iter().map(plain::line).filter(|name| !name.is_empty()).collect()
}

/// The dated notes on a document's changes that are not minor.
pub fn notes<'site>(site: &'site Site, document: &'site Document) -> Vec<&'site Fields> {
    let Some(field) = plain::role_field(site, document, Role::Changes) else { return Vec::new() };
    let minor = field.part(Role::Minor).map(|part| part.name.as_str());
    let is_minor = |note: &&Fields| minor.is_some_and(|name| note.get(name) == Some(&Value::Boolean(true)));
    let notes = document.fields.get(&field.name).map(Value::groups).unwrap_or_default();
    notes.into_iter().filter(|note| !is_minor(note)).collect()
}

/// What the note on the last change says.
fn last_note(site: &Site, document: &Document) -> Option<String> {
    let field = plain::role_field(site, document, Role::Changes)?;
    let (on, text) = (&field.part(Role::Date)?.name, &field.part(Role::Summary)?.name);
    let changed = document.changed.map(Value::Date);
    let last = notes(site, document).into_iter().rfind(|note| note.get(on) == changed.as_ref())?;
    last.get(text).and_then(|value| plain::value(site, value)).map(|text| plain::line(&text))
}

/// The page of a subject.
pub fn page(site: &Site, subject: Subject) -> Address {
    match subject {
        Subject::Listing(list) => site.listings[list as usize].address.clone(),
        Subject::Document(document) => site.document(document).address.clone(),
        Subject::Plan(body) => plan_page(body.map(|body| &site.document(body).address)),
        _ => Address::page([]),
    }
}

/// What a subject is called, with the site's name.
pub fn title(site: &Site, language: &Language, subject: Subject) -> String {
    match name(site, language, subject) {
        Some(name) => language.say("export.title", &[("name", &name), ("site", &site.config.title)]),
        None => plain::line(&site.config.title),
    }
}

/// Whether the name of a subject says what a sensitive page is about.
fn is_sensitive(site: &Site, subject: Subject) -> bool {
    match subject {
        Subject::Document(document) => site.document(document).sensitive,
        Subject::Listing(list) => query::is_sensitive_list(site, &site.config, &site.listings[list as usize].filter),
        _ => false,
    }
}

/// What a subject is called; `None` for the site itself.
pub fn name(site: &Site, language: &Language, subject: Subject) -> Option<String> {
    if is_sensitive(site, subject) {
        return Some(query::neutral_title(&site.config, language));
    }
    let name = match subject {
        Subject::Listing(list) => match &site.listings[list as usize].filter {
            ListingFilter::Body(kind, body) => {
                let body = match body {
                    Ok(body) => &site.document(*body).title,
                    Err(name) => name,
                };
                language.say("export.part", &[("kinds", &site.kinds.get(*kind).label_plural), ("part", body)])
            }
            ListingFilter::Area(kind, area) => {
                let area = &site.document(*area).title;
                language.say("export.part", &[("kinds", &site.kinds.get(*kind).label_plural), ("part", area)])
            }
            ListingFilter::Topic(_, name) => name.to_string(),
            ListingFilter::Choice(kind, Role::FollowUp, word) => {
                let kind = site.kinds.get(*kind);
                let label = kind.role(Role::FollowUp).and_then(|field| field.choice(word)).map(|choice| &*choice.label);
                language.say("export.part", &[("kinds", &kind.label_plural), ("part", label.unwrap_or(word))])
            }
            ListingFilter::About(document) => site.document(*document).title.to_string(),
            ListingFilter::Kind(kind)
            | ListingFilter::Year(kind, _)
            | ListingFilter::Letter(kind, _)
            | ListingFilter::Choice(kind, ..) => site.kinds.get(*kind).label_plural.clone(),
        },
        Subject::Document(document) => site.document(document).title.to_string(),
        Subject::Plan(None) => language.say("plan.title", &[]),
        Subject::Plan(Some(body)) => language.say("plan.of", &[("body", &site.document(body).title)]),
        Subject::Reviews => language.say("export.reviews", &[]),
        Subject::Site | Subject::Kind { .. } | Subject::Year(..) | Subject::Part(_) => return None,
    };
    Some(plain::line(&name))
}

/// The moment at which a day begins where the site is: `2026-09-15T00:00:00+01:00`.
pub fn moment(site: &Site, day: civil::Date) -> String {
    let begins = Instant::new(day, None, &site.config.zone);
    begins.map_or_else(|| format!("{day}T00:00:00Z"), |begins| in_zone(site, &begins))
}

/// A moment in the time zone of the site: `2026-09-15T18:30:00+01:00`.
pub fn in_zone(site: &Site, instant: &Instant) -> String {
    instant.at.to_zoned(site.config.zone.clone()).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}
