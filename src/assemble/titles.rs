//! What records are called that are called by what they are about: "Decision 2021/14: Street lights".
//!
//! Input: every shown, sorted by id, with the titles that `parse` gave them. Output: the same with other titles, no two of which
//! are alike among records of one kind: equal ones are told apart by their item, then by their day, then by their body, and
//! at last by their order. Not here: ids, addresses and anchors, which no title changes.

use std::collections::BTreeMap;

use super::records::DEEPEST;
use crate::kind::{Kind, Kinds, Role};
use crate::language::Language;
use crate::lexicon::Lexicon;
use crate::model::{Date, Heading, Parsed, Shown, Value};

/// Gives the documents of every kind that is called by its matter their titles.
pub fn by_matter(shown: &mut [Shown], kinds: &Kinds, language: &Language) {
    let titles = Titles { shown, kinds, language };
    let named = (0..shown.len()).filter(|at| titles.kind(*at).titled_by_matter && !shown[*at].ended);
    let mut alike: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for at in named {
        alike.entry(titles.title(at)).or_default().push(at);
    }
    let mut told = Vec::new();
    for (title, mut group) in alike {
        group.sort_by_key(|at| titles.order(*at));
        titles.tell_apart(title, group, &mut Vec::new(), &DETAILS, &mut told);
    }
    for (at, title) in told {
        shown[at].parsed.title = title.into();
    }
}

/// What tells two records apart, in this order: the number of the item, the day of the meeting, and who met.
const DETAILS: [Role; 3] = [Role::Number, Role::Date, Role::Body];

struct Titles<'run> {
    shown: &'run [Shown],
    kinds: &'run Kinds,
    language: &'run Language,
}

impl<'run> Titles<'run> {
    fn parsed(&self, at: usize) -> &'run Parsed {
        &self.shown[at].parsed
    }

    fn kind(&self, at: usize) -> &'run Kind {
        self.kinds.get(self.parsed(at).kind)
    }

    fn find(&self, id: &str) -> Option<usize> {
        self.shown.binary_search_by(|shown| shown.parsed.id.as_ref().cmp(id)).ok()
    }

    fn value(&self, at: usize, role: Role) -> Option<&'run Value> {
        self.parsed(at).fields.get(&self.kind(at).role(role)?.name)
    }

    /// Its kind, its number where it has one, and its matter.
    fn title(&self, at: usize) -> String {
        let (label, matter) = (self.kind(at).label.as_str(), self.matter(at));
        let number = self.value(at, Role::Number).and_then(Value::text);
        match number {
            // An author who wrote the whole title knows best.
            _ if matter.starts_with(label) => matter.to_owned(),
            Some(number) => {
                self.language.say("title-of-numbered", &[("kind", label), ("number", number), ("matter", matter)])
            }
            None => self.language.say("title-of-matter", &[("kind", label), ("matter", matter)]),
        }
    }

    /// What it is about: the title that its author gave it, else its item or the heading above, else its own words where they are no longer than a sentence,
    /// else the meeting. A heading of an order of business, such as "New business", is taken only where its own words are too long.
    fn matter(&self, at: usize) -> &'run str {
        let parsed = self.parsed(at);
        let item = self.item_around(at).map(|item| &*self.parsed(item).title);
        // What was found above a decision is a title of its own unless it is the heading of the item, with its number.
        let is_of_item = |title: &&str| item.is_some_and(|item| title.ends_with(item));
        let given = self.value(at, Role::Title).and_then(Value::text).filter(|title| !is_of_item(title));
        let file = || parsed.standing.is_none().then_some(&*parsed.title);
        let own = || Some(&*parsed.title).filter(|title| **title != *self.kind(at).label);
        let host = || self.host(at).map(|host| &*self.parsed(host).title);
        let heading = || self.heading_above(at);
        let above = item.or_else(heading);
        let says = above.filter(|title| !Lexicon::english().fits("gathers-matters", title));
        let matter = given.or_else(file).or(says).or_else(own).or(above).or_else(host).unwrap_or(&parsed.title);
        matter.trim().trim_end_matches('.')
    }

    /// The document right around a record: the record in which it stands, else its host; of a file, the one that it names.
    fn around(&self, at: usize) -> Option<usize> {
        let parsed = self.parsed(at);
        if let Some(standing) = &parsed.standing {
            return self.find(standing.inside.as_deref().unwrap_or(&standing.host));
        }
        match parsed.fields.get(self.kind(at).inside_of.as_deref()?)? {
            Value::Reference(reference) => self.find(&reference.id),
            _ => None,
        }
    }

    /// All documents around a record, the innermost first.
    fn outwards(&self, at: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(self.around(at), |outer| self.around(*outer)).take(DEEPEST)
    }

    /// The item of an agenda in which it was made.
    fn item_around(&self, at: usize) -> Option<usize> {
        self.outwards(at).find(|outer| {
            let name = Some(self.kind(*outer).name.as_str());
            let host = self.host(*outer).map(|host| self.kind(host));
            host.is_some_and(|host| host.heading_kind.as_deref() == name || host.inside_kind.as_deref() == name)
        })
    }

    /// The heading of a text without items below which it stands, unless that says no more than that decisions follow.
    fn heading_above(&self, at: usize) -> Option<&'run str> {
        let standing = self.parsed(at).standing.as_deref()?;
        let body = &self.parsed(self.find(&standing.host)?).body;
        let is_above = |heading: &Heading| {
            let node = body.anchor(heading.anchor).node;
            node.is_some_and(|node| (node.index() as u32) < standing.wording.stretch.first)
        };
        let heading = &body.headings[..body.headings.partition_point(is_above)].last()?.text;
        (!Lexicon::english().fits("decision-heading", heading)).then_some(heading)
    }

    /// The document in whose text it stands, outside all records.
    fn host(&self, at: usize) -> Option<usize> {
        self.outwards(at).last()
    }

    /// One of [`DETAILS`] in words; `None` where it is not known.
    fn detail(&self, at: usize, role: Role) -> Option<String> {
        let bearer = if role == Role::Number { self.item_around(at) } else { self.host(at) };
        match (role, self.value(bearer?, role)?) {
            (Role::Number, label) => Some(self.language.say("place.item", &[("label", label.text()?)])),
            (_, Value::Date(Date::Unknown)) => None,
            (_, Value::Date(date)) => Some(self.language.date(*date)),
            (_, Value::Reference(body)) => Some(self.parsed(self.find(&body.id)?).title.to_string()),
            (_, words) => words.text().map(str::to_owned),
        }
    }

    /// Records of one title stand in the order of their meetings and of their places there.
    fn order(&self, at: usize) -> (Option<&'run str>, u32, usize) {
        let standing = self.parsed(at).standing.as_deref();
        let host = self.host(at).map(|host| &*self.parsed(host).id);
        (host, standing.map_or(u32::MAX, |standing| standing.wording.stretch.first), at)
    }

    /// Puts into `told` a title for each of a group that so far have the same one. A detail that all of them share is left out.
    fn tell_apart(
        &self,
        title: String,
        group: Vec<usize>,
        known: &mut Vec<String>,
        details: &[Role],
        told: &mut Vec<(usize, String)>,
    ) {
        let Some((detail, further)) = details.split_first().filter(|_| group.len() > 1) else {
            for (number, at) in (1..).zip(group) {
                let order = (number > 1).then(|| i32::to_string(&number));
                told.push((at, self.with(&title, known.iter().cloned().chain(order).collect())));
            }
            return;
        };
        let mut parted: BTreeMap<Option<String>, Vec<usize>> = BTreeMap::new();
        for at in group {
            parted.entry(self.detail(at, *detail)).or_default().push(at);
        }
        let tells = parted.len() > 1;
        for (said, group) in parted {
            let before = known.len();
            known.extend(said.filter(|_| tells));
            self.tell_apart(title.clone(), group, known, further, told);
            known.truncate(before);
        }
    }

    fn with(&self, title: &str, details: Vec<String>) -> String {
        if details.is_empty() {
            return title.to_owned();
        }
        let details = details.join(&self.language.say("list.comma", &[]));
        self.language.say("title-told-apart", &[("title", title), ("where", &details)])
    }
}
