//! Records in a text → documents of their kinds (content.md §3, "Records in place").
//!
//! Input: what `compose` found in the text of a document, and that document. Output: a [`Parsed`] for each record, its
//! fields typed by the schema of its kind like those of a file; what nobody has to type is worked out: where it was
//! made, its title, its parts with their outcomes.
//! Not here: what its links lead to, and what it therefore is about (`assemble/` knows); its words, which stand in the
//! text of its host and nowhere else.

use std::sync::Arc;

use super::context::{Context, FieldTexts};
use super::front_matter::{self, Schema};
use super::worked_out::unsaid_status;
use crate::data::{Node, Pair, Raw};
use crate::diagnostic::Diagnostics;
use crate::kind::{Field, Kind, Role, Stage};
use crate::language::capital;
use crate::lexicon::{Lexicon, again, days};
use crate::model::{
    Address, Attribute, Date, Fields, Limb, Origin, Parsed, Reference, Standing, Stretch, Text, TextRecord, Value,
    Wording, Words, slug,
};
use crate::source::Span;

/// A record's own words are its title, whole, up to so many characters: who reads a list of what was promised must not have to open
/// each. Longer words of a promise are cut.
const LONGEST_WORDS: usize = 280;

/// Makes documents of the records in the text of `host`, in their order.
pub(super) fn documents<'site>(
    found: &[TextRecord],
    host: &Parsed,
    folder: &'site str,
    context: &Context<'site>,
    texts: &mut FieldTexts<'site>,
    diagnostics: &mut Diagnostics,
) -> Vec<Parsed> {
    let ids: Vec<Box<str>> = found.iter().map(|record| id(record, context)).collect();
    let mut builder =
        RecordBuilder { found, ids: &ids, host, no_text: Arc::default(), folder, context, texts, diagnostics };
    found.iter().enumerate().map(|(index, record)| builder.document(index, record)).collect()
}

/// The whole id of a record: `resolutions/2021-14`.
fn id(record: &TextRecord, context: &Context<'_>) -> Box<str> {
    format!("{}/{}", context.kinds.get(record.kind).folder, record.name).into()
}

struct RecordBuilder<'run, 'site> {
    found: &'run [TextRecord],
    ids: &'run [Box<str>],
    host: &'run Parsed,
    /// The text that all of them have: their words stand in the host's.
    no_text: Arc<Text>,
    /// The folder below `content/` in which the host lies.
    folder: &'site str,
    context: &'run Context<'site>,
    texts: &'run mut FieldTexts<'site>,
    diagnostics: &'run mut Diagnostics,
}

impl<'site> RecordBuilder<'_, 'site> {
    fn document(&mut self, index: usize, record: &TextRecord) -> Parsed {
        let kind = self.context.kinds.get(record.kind);
        let page = record.named && kind.page;
        let fields = self.fields(record, kind);
        let title = title(record, &fields, kind);
        Parsed {
            source: self.host.source,
            path: self.host.path.clone(),
            kind: record.kind,
            id: self.ids[index].clone(),
            address: if page { self.address(record, kind) } else { self.host.address.clone() },
            title,
            title_span: record.place.span,
            fields,
            body: Arc::clone(&self.no_text),
            visibility: self.host.visibility.clone(),
            standing: Some(Box::new(self.standing(record, page))),
            records: Box::default(),
        }
    }

    fn address(&self, record: &TextRecord, kind: &Kind) -> Address {
        Address::page([slug(&kind.folder).as_str(), slug(&record.name).as_str()])
    }

    fn standing(&self, record: &TextRecord, page: bool) -> Standing {
        let place = &record.place;
        Standing {
            host: self.host.id.clone(),
            anchor: self.host.body.anchor(place.anchor).id.clone(),
            inside: place.inside.map(|outer| self.ids[outer.index()].clone()),
            page,
            origin: record.origin(),
            wording: Wording {
                label: place.label,
                in_line: place.in_line,
                stretch: place.stretch,
                links: place.links.clone(),
                limbs: record.limbs.iter().map(|limb| (limb.anchor, limb.stretch)).collect(),
            },
        }
    }

    /// The fields that the author gave, then those that follow from where it stands and what it says.
    fn fields(&mut self, record: &TextRecord, kind: &'site Kind) -> Fields {
        let node = node(record.place.span, &self.attributes(record, kind));
        let schema = self.schema(kind);
        let parts = kind.role(Role::Parts).filter(|_| !record.limbs.is_empty());
        let limbs = parts.map(|field| self.limbs(record, field, schema));
        self.texts.decision.look_in_braces(&node, schema.kind, self.diagnostics);
        let mut read = |text: &str, span: Span| self.texts.read(text, span);
        let mut fields = front_matter::fields(&node, schema, &mut read, self.diagnostics);
        said_in_sentence(record, kind).for_each(|(field, ..)| fields.set_origin(&field.name, Origin::Recognised));
        let span = record.place.span;
        let mut recognise = |field: Option<&Field>, value: Option<Value>| {
            if let (Some(field), Some(value)) = (field, value) {
                fields.recognise(&field.name, value, span);
            }
        };
        let text = |words: &str| Value::Text(words.into());
        let number = record.number.clone().or_else(|| number_in_name(record, kind));
        recognise(kind.role(Role::Number), number.as_deref().map(text));
        recognise(kind.role(Role::Purpose), record.purpose.as_ref().map(|purpose| text(&purpose.text)));
        let outcome = known(record.outcome.as_deref()).or_else(|| shared_outcome(record));
        let of_whole = parts.is_none() && kind.role(Role::FollowUp).is_some();
        let of_whole = of_whole && !is_refused(record, None, kind.role(Role::Outcome));
        recognise(kind.role(Role::Due), of_whole.then(|| self.comes_back(record.place.stretch)).flatten());
        recognise(kind.role(Role::Returns), kind.role(Role::Returns).and_then(|_| self.returns(record)));
        recognise(kind.role(Role::Outcome), outcome);
        recognise(parts, limbs);
        if let Some(name) = &kind.inside_of {
            fields.fill(name, self.made_at(record, kind), span);
        }
        if let Some((status, unsaid)) = unsaid_status(kind, &node, &fields) {
            fields.fill(&status.name, unsaid, span);
        }
        fields.sort_as(&kind.fields);
        fields
    }

    /// What braces say, and what a sentence says of who and when, as if it stood in braces.
    fn attributes(&self, record: &TextRecord, kind: &Kind) -> Vec<Attribute> {
        let sentence = said_in_sentence(record, kind).map(|(field, key, words)| {
            let due = (field.role == Some(Role::Due)).then(|| self.day_meant(&words.text)).flatten();
            Attribute { key: key.into(), value: due.unwrap_or_else(|| words.text.clone()), span: words.span }
        });
        record.attributes.iter().cloned().chain(sentence).collect()
    }

    /// The day that words without a year mean, as they stand in the record of a meeting whose day is known.
    fn day_meant(&self, words: &str) -> Option<Box<str>> {
        let host = self.context.kinds.get(self.host.kind);
        let meeting =
            match host.role(Role::Date).filter(|_| host.of_meeting).map(|field| self.host.fields.get(&field.name))?? {
                Value::Date(date) => date.day()?,
                Value::Instant(instant) => instant.day,
                _ => return None,
            };
        days::meant(words, meeting).map(|day| day.to_string().into())
    }

    /// When the words of a decision or a promise in the record of a meeting say that it comes back.
    fn comes_back(&self, words: Stretch) -> Option<Value> {
        let of_meeting = self.context.kinds.get(self.host.kind).of_meeting;
        let words = of_meeting.then(|| self.host.body.plain(words, |_| None))?;
        Some(self.time(again::comes_back(&words)?))
    }

    /// When the text of an item of a meeting says that it comes back, outside the records in it, which say it themselves.
    fn returns(&self, record: &TextRecord) -> Option<Value> {
        let of_meeting = self.context.kinds.get(self.host.kind).of_meeting;
        let plain = |record: &TextRecord| self.host.body.plain(record.place.stretch, |_| None);
        let text = of_meeting.then(|| plain(record))?;
        // Few items come back: one search of all their words says that most do not.
        again::will_come_back(&text)?;
        let inner = self.found.iter().filter(|other| other.place.inside.is_some() && !std::ptr::eq(*other, record));
        let inner = inner.filter(|other| other.place.stretch.meets(&record.place.stretch));
        let told: Vec<String> = inner.map(plain).collect();
        let mut said = text.lines().filter_map(again::will_come_back);
        said.find(|(words, _)| !told.iter().any(|told| told.contains(words))).map(|(_, when)| self.time(when))
    }

    /// Words that name a time, as the field that says when holds them.
    fn time(&self, when: &str) -> Value {
        let when = when.split_whitespace().collect::<Vec<_>>().join(" ");
        let when = self.day_meant(&when).unwrap_or_else(|| when.into());
        Date::parse(&when).map_or_else(|| Value::Words(when), Value::Date)
    }

    /// Files that attributes name lie where the host's do.
    fn schema(&self, kind: &'site Kind) -> Schema<'site> {
        let (kinds, zone) = (self.context.kinds, &self.context.config.zone);
        let own = self.context.config.base_url.as_deref();
        let sensitive = self.context.config.sensitive.is_said();
        Schema { kind, kinds, zone, folder: self.folder, own, sensitive, in_braces: true }
    }

    /// Where it was made: the innermost record around it that its kind may name, else the item, else the document.
    fn made_at(&self, record: &TextRecord, kind: &Kind) -> Value {
        let relation = kind.inside_of.as_deref().and_then(|name| kind.field(name)).and_then(|f| f.shape.relation());
        let allowed = |name: &str| relation.is_some_and(|relation| relation.to.iter().any(|to| to == name));
        let mut around = record.place.inside;
        while let Some(id) = around {
            let outer = &self.found[id.index()];
            if self.context.kinds.get(self.host.kind).heading_kind.as_deref()
                == Some(self.context.kinds.get(outer.kind).name.as_str())
            {
                let anchor = self.host.body.anchor(outer.place.anchor).id.clone();
                return Value::Reference(Reference { id: self.host.id.clone(), anchor: Some(anchor) });
            }
            if allowed(&self.context.kinds.get(outer.kind).name) {
                return Value::Reference(Reference { id: self.ids[id.index()].clone(), anchor: None });
            }
            around = outer.place.inside;
        }
        Value::Reference(Reference { id: self.host.id.clone(), anchor: None })
    }

    /// The parts: what stands in them, with what is said of each.
    fn limbs(&mut self, record: &TextRecord, field: &Field, schema: Schema<'_>) -> Value {
        let parts = field.parts();
        let limbs = record.limbs.iter().map(|limb| {
            let node = node(limb.span, &limb.attributes);
            self.texts.decision.look_in_braces(&node, schema.kind, self.diagnostics);
            let mut read = |text: &str, span: Span| self.texts.read(text, span);
            let mut fields = front_matter::parts(&node, parts, schema, &mut read, self.diagnostics);
            let refused = is_refused(record, Some(limb), field.part(Role::Outcome));
            let due = (!refused).then(|| self.comes_back(limb.stretch)).flatten();
            let mut fill = |role: Role, value: Option<Value>| {
                if let (Some(part), Some(value)) = (field.part(role), value) {
                    fields.recognise(&part.name, value, limb.span);
                }
            };
            fill(Role::Number, limb.label.as_deref().map(|label| Value::Text(label.into())));
            fill(Role::Summary, Some(Value::Stretch(limb.stretch)));
            fill(Role::Due, due);
            fill(Role::Outcome, outcome_of(limb, record));
            fields.sort_as(parts);
            (Value::Group(fields), limb.span)
        });
        Value::List(limbs.collect())
    }
}

/// The fields that a sentence fills (`(Action: Head of Safer Communities, by 31 October 2021)`) and no braces do, with
/// its words.
fn said_in_sentence<'a>(
    record: &'a TextRecord,
    kind: &'a Kind,
) -> impl Iterator<Item = (&'a Field, String, &'a Words)> {
    let filled = record.said.iter().filter_map(|(role, words)| {
        let votes = || kind.role(Role::Votes).and_then(|votes| Some((votes, votes.part(*role)?)));
        let (field, key) = match (kind.role(*role), votes()) {
            (Some(field), _) => (field, field.name.clone()),
            (None, Some((votes, part))) => (votes, format!("{}.{}", votes.name, part.name)),
            (None, None) => return None,
        };
        Some((field, key, words))
    });
    filled.filter(|(field, ..)| {
        let typed = |key: &str| key == field.name || key.split('.').next() == Some(&*field.name);
        !record.attributes.iter().any(|attribute| typed(&attribute.key))
    })
}

/// An outcome as a value; `None` for the empty one of a verb that says that nothing is known of it.
fn known(outcome: Option<&str>) -> Option<Value> {
    outcome.filter(|outcome| !outcome.is_empty()).map(|outcome| Value::Choice(outcome.into()))
}

/// What a part's own verb says.
fn outcome_of(limb: &Limb, record: &TextRecord) -> Option<Value> {
    known(limb.outcome.as_deref().or(record.outcome.as_deref()))
}

/// Whether it was decided against a record or one of its parts, as its author, its verb or the votes say.
fn is_refused(record: &TextRecord, limb: Option<&Limb>, outcomes: Option<&Field>) -> bool {
    let said = record.said.iter().filter(|(role, _)| *role == Role::Outcome).map(|(_, words)| &*words.text);
    let typed = limb.map_or(&[][..], |limb| &limb.attributes).iter().chain(&record.attributes);
    let typed =
        typed.filter(|typed| outcomes.is_some_and(|field| *field.name == *typed.key)).map(|typed| &*typed.value);
    let verbs = [limb.and_then(|limb| limb.outcome.as_deref()), record.outcome.as_deref()].into_iter().flatten();
    let choices = verbs.chain(said).chain(typed).filter_map(|word| outcomes?.choice(word));
    choices.into_iter().any(|choice| choice.stage == Stage::Ended)
}

/// The outcome that all parts share: then it is the record's.
fn shared_outcome(record: &TextRecord) -> Option<Value> {
    let first = record.limbs.first()?.outcome.as_deref()?;
    record.limbs.iter().all(|limb| limb.outcome.as_deref() == Some(first)).then(|| known(Some(first)))?
}

/// The number of a record that has none but in the name that its author gave it: `#2021-14` is 2021/14, for which an address has no
/// stroke. Any other name is no number.
fn number_in_name(record: &TextRecord, kind: &Kind) -> Option<Box<str>> {
    let (year, number) = record.name.split_once('-').filter(|_| record.named && kind.titled_by_matter)?;
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    (is_number(year) && is_number(number)).then(|| format!("{year}/{number}").into())
}

/// The title that was given, else the first words. Of a record that is called by what it is about, its words are the title
/// only where they are short enough to stand in it whole; of a motion those behind the names of its movers.
fn title(record: &TextRecord, fields: &Fields, kind: &Kind) -> Box<str> {
    let given = kind.role(Role::Title).and_then(|field| fields.get(&field.name)).and_then(Value::text);
    let lead = match kind.titled_by_matter {
        true => moved_matter(&record.lead).unwrap_or(&record.lead),
        false => &record.lead,
    };
    let is_long = || lead.trim().chars().count() > LONGEST_WORDS;
    match given {
        Some(given) => given.into(),
        None if lead.trim().is_empty() || kind.titled_by_matter && is_long() => kind.label.as_str().into(),
        None => first_words(lead),
    }
}

/// What was moved, without who moved it.
fn moved_matter(lead: &str) -> Option<&str> {
    let (_, found) = Lexicon::english().find("moved-matter", lead.trim())?;
    Some(found.name("what")?.as_str())
}

/// At most [`LONGEST_WORDS`] characters, cut after a word. Words from the middle of a sentence begin as a title does.
fn first_words(lead: &str) -> Box<str> {
    let lead = lead.trim().trim_end_matches([';', ':', ',']);
    let mut letters = lead.chars();
    let lead = match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if first.is_lowercase() && !second.is_uppercase() => &capital(lead),
        _ => lead,
    };
    if lead.chars().count() <= LONGEST_WORDS {
        return lead.into();
    }
    let end = lead.char_indices().nth(LONGEST_WORDS).map_or(lead.len(), |(at, _)| at);
    let cut = lead[..end].rfind(char::is_whitespace).unwrap_or(end);
    format!("{}…", lead[..cut].trim_end_matches([' ', ',', ';', ':', '–', '.'])).into()
}

/// Attributes as the head of a file would say them: a repeated key is a list, `votes.for=7` fills a group.
fn node(span: Span, attributes: &[Attribute]) -> Node {
    let mut pairs: Vec<Pair> = Vec::new();
    for attribute in attributes {
        let value =
            Node { span: attribute.span, value: Raw::Scalar { text: attribute.value.to_string(), quoted: false } };
        add(&mut pairs, &attribute.key, attribute.span, value);
    }
    Node { span, value: Raw::Map(pairs) }
}

fn add(pairs: &mut Vec<Pair>, key: &str, span: Span, value: Node) {
    let (name, rest) = key.split_once('.').map_or((key, None), |(name, rest)| (name, Some(rest)));
    let position = pairs.iter().position(|pair| pair.key == name).unwrap_or_else(|| {
        let empty = if rest.is_some() { Raw::Map(Vec::new()) } else { Raw::Null };
        pairs.push(Pair { key: name.to_owned(), key_span: span, value: Node { span, value: empty } });
        pairs.len() - 1
    });
    let slot = &mut pairs[position].value;
    match (rest, &mut slot.value) {
        (Some(rest), Raw::Map(parts)) => add(parts, rest, span, value),
        (_, Raw::List(values)) => values.push(value),
        (None, Raw::Null) => *slot = value,
        (_, first) => {
            let first = Node { span: slot.span, value: std::mem::replace(first, Raw::Null) };
            slot.value = Raw::List(vec![first, value]);
        }
    }
}
