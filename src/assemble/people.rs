//! What people in public office did: names in minutes, given to those who have an entry, where one alone fits.
//!
//! Input: the site. Output: [`Parts`], and a note for names that several could have. Not here: how a text says who was there
//! (`attendance`), and how a table of people is read (`parse::people`).
//!
//! What one person did must never stand on the page of another, and a private person has no page. So a name in minutes is somebody's
//! only if all of this holds:
//!
//! 1. it can be the name: the same last name, and no first name or initial that differs; or it is a name that the entry lists;
//! 2. one of the person's terms lasted on the day of the meeting;
//! 3. nobody else who has an entry fits both;
//! 4. something says that it is the office-holder, and nobody of the same name: a seat on this body, the title of an office, the same
//!    post beside the name. A last name alone needs a seat on this body.
//!
//! A name in a motion or a vote is first looked for among those who were there: of three Councillors Low, the one in the room moved.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil;

use super::index::Index;
use crate::diagnostic::Diagnostics;
use crate::kind::{Field, Kind, Role};
use crate::lexicon::Lexicon;
use crate::lexicon::names::{Agrees, PersonName, name_of_entry};
use crate::model::{Did, Document, DocumentId, Fields, Origin, Part, Parts, Published, Reference, Site, Value, slug};
use crate::query;
use crate::source::Span;

/// Takes a list of names apart: `Councillors Low and Hay`.
pub type Names<'run> = dyn Fn(&str) -> Vec<String> + 'run;

/// A name in the record, with what stands beside it.
struct Printed<'text> {
    text: &'text str,
    name: PersonName,
    /// The post or the organisation: `Head of Safer Communities`.
    beside: String,
    span: Span,
}

impl<'text> Printed<'text> {
    fn of(text: &'text str, span: Span, lexicon: &Lexicon) -> Self {
        let named = name_of_entry(text);
        let end = text.find(named).unwrap_or_default() + named.len();
        let beside = text[end..].trim_start_matches([',', '(', ';', ' ', '–']).trim_end_matches([')', ' ']);
        let name = PersonName::of(named, lexicon);
        Self {
            text: named,
            name,
            beside: beside.split([',', ';', '(']).next().unwrap_or_default().trim().to_lowercase(),
            span,
        }
    }
}

/// One office of a person.
struct Term {
    body: Option<DocumentId>,
    role: String,
    from: Option<civil::Date>,
    to: Option<civil::Date>,
}

impl Term {
    fn lasts(&self, day: Option<civil::Date>) -> bool {
        let Some(day) = day else { return true };
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}

/// Somebody who has an entry.
struct Person {
    id: DocumentId,
    names: Vec<PersonName>,
    terms: Vec<Term>,
}

impl Person {
    fn of(site: &Site, id: DocumentId, kind: &Kind, lexicon: &Lexicon) -> Self {
        let document = site.document(id);
        let others = kind.role(Role::KnownAs).and_then(|field| document.fields.get(&field.name));
        let others = texts(others).into_iter().map(|(name, _)| name);
        let names = std::iter::once(&*document.title).chain(others).map(|name| PersonName::of(name, lexicon)).collect();
        let terms = kind.role(Role::Terms);
        let groups = terms.and_then(|field| document.fields.get(&field.name)).map(Value::groups).unwrap_or_default();
        let parts = terms.map(Field::parts).unwrap_or_default();
        let terms = groups.into_iter().map(|group| Term {
            body: match group.with_role(parts, Role::Body) {
                Some(Value::Reference(body)) => site.find(&body.id),
                _ => None,
            },
            role: group.with_role(parts, Role::Capacity).and_then(Value::text).unwrap_or_default().to_lowercase(),
            from: group.with_role(parts, Role::From).and_then(Value::date).and_then(crate::model::Date::earliest),
            to: group.with_role(parts, Role::To).and_then(Value::date).and_then(crate::model::Date::latest),
        });
        Self { id, names, terms: terms.collect() }
    }

    /// How far a printed name can be this person's on a day.
    fn agrees(&self, printed: &Printed<'_>, day: Option<civil::Date>) -> Option<Agrees> {
        let lasts = self.terms.is_empty() || self.terms.iter().any(|term| term.lasts(day));
        let named = self.names.iter().filter_map(|name| name.agrees(&printed.name)).max();
        let by_post = || self.names.iter().any(|name| name.whole == printed.beside).then_some(Agrees::Whole);
        named.or_else(by_post).filter(|_| lasts)
    }

    /// Whether something says that the office-holder is meant.
    fn is_meant(
        &self,
        printed: &Printed<'_>,
        agrees: Agrees,
        (body, day): (Option<DocumentId>, Option<civil::Date>),
    ) -> bool {
        let mut now = self.terms.iter().filter(|term| term.lasts(day));
        let sits = body.is_some() && now.clone().any(|term| term.body == body);
        let office = printed.name.office && self.names.iter().any(|name| name.office);
        let post = !printed.beside.is_empty() && now.any(|term| term.role == printed.beside);
        // A post of several words is that of one: `Head of Safer Communities`, not `Clerk`, whom every body has.
        let by_post = self.names.iter().any(|name| {
            name.post && name.words.len() > 1 && [&printed.name.whole, &printed.beside].contains(&&name.whole)
        });
        match agrees {
            Agrees::Last => sits && (printed.name.office || post),
            Agrees::First | Agrees::Whole => sits || office || post || by_post,
        }
    }
}

/// The texts of a field, each with its place.
fn texts(value: Option<&Value>) -> Vec<(&str, Span)> {
    match value {
        Some(Value::List(list)) => list.iter().filter_map(|(value, span)| Some((value.text()?, *span))).collect(),
        _ => Vec::new(),
    }
}

/// All that people did at the meetings of a site.
pub fn parts(site: &Site, names: &Names<'_>, diagnostics: &mut Diagnostics) -> Parts {
    let kind = site.kinds.iter().find(|(_, kind)| kind.role(Role::Terms).is_some());
    let Some((id, kind)) = kind else { return Parts::default() };
    let lexicon = Lexicon::english();
    let entries = site.ids().filter(|(_, document)| document.kind == id && document.published == Published::Whole);
    let people: Vec<Person> = entries.map(|(id, _)| Person::of(site, id, kind, lexicon)).collect();
    if people.is_empty() {
        return Parts::default();
    }
    let mut records: BTreeMap<DocumentId, Vec<DocumentId>> = BTreeMap::new();
    for (id, _) in site.ids().filter(|(_, document)| document.place.is_some() && document.published == Published::Whole)
    {
        records.entry(query::made_in(site, id)).or_default().push(id);
    }
    let matcher = Matcher { people: &people, by_last: by_last(&people), lexicon };
    let mut several = Several::default();
    let mut list = Vec::new();
    let is_meeting =
        |document: &Document| site.kinds.get(document.kind).role(Role::Present).is_some() && document.place.is_none();
    for (id, document) in
        site.ids().filter(|(_, document)| is_meeting(document) && document.published == Published::Whole)
    {
        if query::day(document).is_some_and(|day| day > site.as_at.day) {
            continue;
        }
        let records = records.get(&id).map(Vec::as_slice).unwrap_or_default();
        let meeting = Meeting {
            site,
            id,
            matcher: &matcher,
            names,
            body: query::body(site, id),
            day: query::day(document),
            records,
        };
        meeting.read(&mut list, &mut several);
    }
    let latest = |part: &Part| std::cmp::Reverse(query::day(site.document(part.meeting)));
    list.sort_by_cached_key(|part| (part.person, latest(part), part.meeting, part.did, part.record, part.item.clone()));
    list.dedup_by(|next, first| {
        let same = |one: &Part, two: &Part| {
            (one.person, one.meeting, one.did, one.record) == (two.person, two.meeting, two.did, two.record)
        };
        same(next, first) && (next.item == first.item || next.item.is_none())
    });
    several.tell(site, diagnostics);
    Parts::new(list)
}

/// The people by the last words of their names, and by their names as a whole.
fn by_last(people: &[Person]) -> BTreeMap<&str, BTreeSet<usize>> {
    let mut by_last: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for (index, person) in people.iter().enumerate() {
        for name in &person.names {
            let last = name.words.last().map(String::as_str);
            for key in last.into_iter().chain([name.whole.as_str()]) {
                by_last.entry(key).or_default().insert(index);
            }
        }
    }
    by_last
}

struct Matcher<'run> {
    people: &'run [Person],
    by_last: BTreeMap<&'run str, BTreeSet<usize>>,
    lexicon: &'run Lexicon,
}

/// Whom a printed name means.
enum Meant {
    One(DocumentId),
    Several(Vec<DocumentId>),
    Nobody,
}

impl Matcher<'_> {
    fn meant(&self, printed: &Printed<'_>, at: (Option<DocumentId>, Option<civil::Date>)) -> Meant {
        let last = printed.name.words.last().map(String::as_str);
        let keys = last.into_iter().chain([printed.name.whole.as_str(), printed.beside.as_str()]);
        let near: BTreeSet<usize> = keys.filter_map(|key| self.by_last.get(key)).flatten().copied().collect();
        let fit = near.into_iter().map(|index| &self.people[index]);
        let fit: Vec<(&Person, Agrees)> =
            fit.filter_map(|person| Some((person, person.agrees(printed, at.1)?))).collect();
        match fit.as_slice() {
            [] => Meant::Nobody,
            [(person, agrees)] if person.is_meant(printed, *agrees, at) => Meant::One(person.id),
            [_] => Meant::Nobody,
            several if several.iter().any(|(person, agrees)| person.is_meant(printed, *agrees, at)) => {
                Meant::Several(several.iter().map(|(person, _)| person.id).collect())
            }
            _ => Meant::Nobody,
        }
    }
}

/// Names that several people could have: each with its first place, whom it fits, and how often it is so.
#[derive(Default)]
struct Several(BTreeMap<String, (Span, Vec<DocumentId>, usize)>);

impl Several {
    fn add(&mut self, printed: &Printed<'_>, fits: Vec<DocumentId>) {
        self.0.entry(printed.text.to_owned()).or_insert((printed.span, fits, 0)).2 += 1;
    }

    fn tell(self, site: &Site, diagnostics: &mut Diagnostics) {
        for (name, (span, fits, count)) in self.0 {
            let fits: Vec<&str> = fits.iter().map(|id| &*site.document(*id).title).collect();
            diagnostics.name_of_several(span, &name, &fits, count - 1);
        }
    }
}

/// One meeting, while it is read.
struct Meeting<'run> {
    site: &'run Site,
    id: DocumentId,
    matcher: &'run Matcher<'run>,
    names: &'run Names<'run>,
    body: Option<DocumentId>,
    day: Option<civil::Date>,
    records: &'run [DocumentId],
}

impl Meeting<'_> {
    fn read(&self, list: &mut Vec<Part>, several: &mut Several) {
        let mut there: Vec<(PersonName, Option<DocumentId>)> = Vec::new();
        let attended = [
            (Role::Chair, Did::Chaired),
            (Role::Present, Did::Present),
            (Role::InAttendance, Did::InAttendance),
            (Role::Apologies, Did::Apologies),
            (Role::Absent, Did::Absent),
        ];
        for (role, did) in attended {
            let value = query::value(self.site, self.id, role);
            let one = value.and_then(Value::text).map(|text| (text, self.span_of(role)));
            for (text, span) in texts(value).into_iter().chain(one) {
                let printed = Printed::of(text, span, self.matcher.lexicon);
                let person = self.alone(&printed, several);
                list.extend(person.map(|person| self.part(person, did, printed.text, (self.id, role))));
                there.push((printed.name, person));
            }
        }
        self.movements(&there, list, several);
        for record in self.records {
            self.record(*record, &there, list, several);
        }
    }

    fn span_of(&self, role: Role) -> Span {
        let document = self.site.document(self.id);
        let entry = self.site.kinds.get(document.kind).role(role).and_then(|field| document.fields.entry(&field.name));
        entry.map_or(Span::whole(document.source), |entry| entry.span)
    }

    fn part(&self, person: DocumentId, did: Did, printed: &str, (said_in, role): (DocumentId, Role)) -> Part {
        let document = self.site.document(said_in);
        let entry = self.site.kinds.get(document.kind).role(role).and_then(|field| document.fields.entry(&field.name));
        let recognised = entry.is_some_and(|entry| entry.origin == Origin::Recognised);
        let (record, item, at, words) = (None, None, None, None);
        Part { person, meeting: self.id, did, record, item, at, words, printed: printed.into(), recognised }
    }

    /// Whom a name means by itself.
    fn alone(&self, printed: &Printed<'_>, several: &mut Several) -> Option<DocumentId> {
        match self.matcher.meant(printed, (self.body, self.day)) {
            Meant::One(person) => Some(person),
            Meant::Several(fits) => {
                several.add(printed, fits);
                None
            }
            Meant::Nobody => None,
        }
    }

    /// Whom a name means in the record of a meeting at which these were: one of those, if any can have it.
    fn among(
        &self,
        text: &str,
        span: Span,
        there: &[(PersonName, Option<DocumentId>)],
        several: &mut Several,
    ) -> Option<DocumentId> {
        let printed = Printed::of(text, span, self.matcher.lexicon);
        let fit: Vec<&(PersonName, Option<DocumentId>)> =
            there.iter().filter(|(name, _)| name.agrees(&printed.name).is_some()).collect();
        match fit.as_slice() {
            [] => self.alone(&printed, several),
            [(_, first), rest @ ..] => first.filter(|first| rest.iter().all(|(_, other)| *other == Some(*first))),
        }
    }

    fn movements(&self, there: &[(PersonName, Option<DocumentId>)], list: &mut Vec<Part>, several: &mut Several) {
        let kind = self.site.kinds.get(self.site.document(self.id).kind);
        let Some(field) = kind.role(Role::Movements) else { return };
        let Some(Value::List(groups)) = self.site.document(self.id).fields.get(&field.name) else { return };
        for (group, span) in groups {
            let Value::Group(group) = group else { continue };
            let said = |role: Role| group.with_role(field.parts(), role).and_then(Value::text);
            let (Some(who), Some(did)) = (said(Role::Title), said(Role::Outcome).and_then(Did::of_word)) else {
                continue;
            };
            let Some(person) = self.among(who, *span, there, several) else { continue };
            let item = said(Role::Number);
            list.push(Part {
                record: item.and_then(|item| self.item(item)),
                item: item.map(Into::into),
                at: said(Role::Time).map(Into::into),
                words: said(Role::Reason).or(said(Role::Successor)).map(Into::into),
                ..self.part(person, did, who, (self.id, Role::Movements))
            });
        }
    }

    /// The item of this number.
    fn item(&self, number: &str) -> Option<DocumentId> {
        let is_it = |id: &&DocumentId| {
            query::is_item(self.site, **id)
                && query::value(self.site, **id, Role::Number).and_then(Value::text) == Some(number)
        };
        self.records.iter().find(is_it).copied()
    }

    fn record(
        &self,
        id: DocumentId,
        there: &[(PersonName, Option<DocumentId>)],
        list: &mut Vec<Part>,
        several: &mut Several,
    ) {
        let span = Span::whole(self.site.document(id).source);
        let mut add = |text: &str, (role, did): (Role, Did), span: Span, several: &mut Several| {
            if let Some(person) = self.among(text, span, there, several) {
                list.push(Part { record: Some(id), ..self.part(person, did, text, (id, role)) });
            }
        };
        for (role, did) in
            [(Role::Presenter, Did::Presented), (Role::Mover, Did::Moved), (Role::Seconder, Did::Seconded)]
        {
            let value = query::value(self.site, id, role);
            let one = value.and_then(Value::text).map(|text| (text, span));
            for (text, span) in texts(value).into_iter().chain(one) {
                add(text, (role, did), span, several);
            }
        }
        let kind = self.site.kinds.get(self.site.document(id).kind);
        let Some(votes) = kind.role(Role::Votes) else { return };
        let groups = query::value(self.site, id, Role::Votes).map(Value::groups).unwrap_or_default();
        for group in groups {
            for (entry, span) in texts(group.with_role(votes.parts(), Role::VotesByName)) {
                let Some((side, names)) = entry.split_once(':') else { continue };
                let Some(did) = side_of(side, votes) else { continue };
                for name in (self.names)(names) {
                    add(&name, (Role::Votes, did), span, several);
                }
            }
        }
    }
}

/// On which side those are whose names stand after this label.
fn side_of(label: &str, votes: &Field) -> Option<Did> {
    let label = label.trim();
    let sides = [(Role::For, Did::For), (Role::Against, Did::Against), (Role::Abstained, Did::Abstained)];
    let called = |field: &Field| {
        let names = [&field.name, &field.label].into_iter().chain(&field.also_said);
        names.into_iter().any(|name| name.eq_ignore_ascii_case(label))
    };
    sides.into_iter().find(|(role, _)| votes.part(*role).is_some_and(called)).map(|(_, did)| did)
}

/// The fields of all documents, with the terms of people given their bodies: a body that is called by its title is that body, where one alone has it.
pub fn with_bodies(index: &Index<'_>, mut fields: Vec<Fields>, diagnostics: &mut Diagnostics) -> Vec<Fields> {
    let kinds = index.kinds;
    for (shown, fields) in index.documents.iter().zip(&mut fields) {
        let Some(terms) = kinds.get(shown.parsed.kind).role(Role::Terms) else { continue };
        let Some(part) = terms.part(Role::Body) else { continue };
        let Some(entry) = fields.0.iter_mut().find(|entry| *entry.name == *terms.name) else { continue };
        let Value::List(groups) = &mut entry.value else { continue };
        for (group, _) in groups {
            let Value::Group(group) = group else { continue };
            let Some(body) = group.0.iter_mut().find(|entry| *entry.name == *part.name) else { continue };
            let Value::Words(words) = &body.value else { continue };
            let wanted = part.relation().map_or(&[][..], |relation| &relation.to);
            let is_body = |kind| wanted.iter().any(|name| kinds.by_name(name) == Some(kind));
            let bodies = index.documents.iter().map(|shown| &shown.parsed).filter(|parsed| is_body(parsed.kind));
            let mut same = bodies.clone().filter(|parsed| slug(&parsed.title) == slug(words));
            match (same.next(), same.next()) {
                (Some(one), None) => {
                    body.value = Value::Reference(Reference { id: one.id.clone(), anchor: None });
                }
                _ => {
                    let near = crate::diagnostic::nearest(words, bodies.map(|parsed| &*parsed.title));
                    diagnostics.body_of_term_without_page(body.span, words, near);
                }
            }
        }
    }
    fields
}
