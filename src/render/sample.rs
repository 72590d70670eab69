//! A site made by hand, for tests: of every kind one document with nothing filled in and one with everything, made
//! from the schema, so that a new field is tried without a word here.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::kind::{Field, Kind, KindId, Kinds, ListBy, Role, Shape, Stage, built_in};
use crate::model::{
    Accessibility, Address, Alias, Anchor, AnchorId, AnchorKind, Audience, Config, Contact, Date, Document, DocumentId,
    Editions, Element, Embed, EmbedId, Entry, Exemption, Fields, GlossaryEntry, Heading, InPlace, Instant, LandedText,
    Landing, LeadsTo, Link, LinkId, Listing, ListingFilter, Meets, Node, NodeId, Note, NoteId, Origin, OwnPages, Parts,
    Problem, Published, Reference, Relation, RelationEnd, Site, Target, Text, Tombstone, Value, Zone, slug,
};
use crate::query;
use crate::source::{Attachment, Facts, SourceId, Span};

/// The last parts of the ids: one with nothing in it, one with everything.
pub const EMPTY: &str = "empty";
/// See [`EMPTY`].
pub const FULL: &str = "full";

/// The site.
#[must_use]
pub fn site() -> Site {
    let kinds = Arc::new(built_in());
    let mut documents = Vec::new();
    for (id, kind) in kinds.iter() {
        documents.push(document(&kinds, id, EMPTY, Fields::default(), Text::default()));
        let mut fields = fields(&kinds, &kind.fields, 0);
        fields.0.retain(|entry| kind.field(&entry.name).is_none_or(|field| field.role != Some(Role::Exempt)));
        documents.push(document(&kinds, id, FULL, fields, Text::default()));
        documents.push(Document {
            published: Published::Exempt(Box::new(Exemption {
                paragraphs: vec!["1".into(), "3".into()],
                reason: Some("Terms of a contract".into()),
                summary: Some("A contract was awarded".into()),
            })),
            ..document(&kinds, id, "private", Fields::default(), Text::default())
        });
        documents.push(Document {
            published: Published::Tombstone(Box::new(Tombstone {
                on: Date::parse("2025-03-31"),
                reason: Some("The figures were wrong".into()),
                withdrawn: true,
                successor: None,
            })),
            ..document(&kinds, id, "withdrawn", Fields::default(), Text::default())
        });
    }
    documents.sort_by(|a, b| a.id.cmp(&b.id));
    assemble(kinds, documents)
}

/// Binds documents together, as `assemble` does.
#[must_use]
pub fn assemble(kinds: Arc<Kinds>, mut documents: Vec<Document>) -> Site {
    let at: BTreeMap<Box<str>, DocumentId> =
        (0..).map(DocumentId).zip(&documents).map(|(at, document)| (document.id.clone(), at)).collect();
    let mut relations: Vec<Vec<Relation>> = Vec::new();
    for (from, document) in (0..).map(DocumentId).zip(&mut documents) {
        let mut named = Vec::new();
        relate(&document.fields, "", &mut |field, end| {
            let end = match end {
                Ok(reference) => {
                    RelationEnd::Document { document: at[&reference.id], anchor: reference.anchor.clone() }
                }
                Err(words) => RelationEnd::Words(words.into()),
            };
            named.push(Relation { from, field: field.into(), end, span: span() });
        });
        if document.id.ends_with(FULL) {
            document.body = std::sync::Arc::new(body());
            document.landings = landings(at[&*format!("pages/{EMPTY}")]);
            document.embeds = vec![Landing::Attachment(1), Landing::Document { document: from, anchor: None }];
            let end = RelationEnd::Document { document: at[&*format!("pages/{EMPTY}")], anchor: None };
            named.push(Relation { from, field: "".into(), end, span: span() });
        }
        relations.push(named);
    }
    let mut backlinks = vec![Vec::new(); documents.len()];
    for (position, relation) in relations.iter().flat_map(|list| (0..).zip(list)) {
        if let RelationEnd::Document { document, .. } = &relation.end
            && *document != relation.from
        {
            backlinks[document.0 as usize].push((relation.from, position));
        }
    }
    let listings = listings(&kinds, &documents, &relations);
    let zone = Zone::UTC;
    let site = Site {
        config: config(),
        audience: Audience::Public,
        as_at: Instant::parse("2026-03-12", &zone).expect("a day"),
        updates: (0..)
            .map(DocumentId)
            .zip(&documents)
            .filter(|(_, one)| one.changed.is_some())
            .map(|(at, _)| at)
            .collect(),
        aliases: (at.get("pages/empty").into_iter())
            .flat_map(|to| {
                [Address::file("/old.pdf"), Address::page(["old"])].map(|address| Alias {
                    address,
                    to: LeadsTo::Document(*to),
                    place: None,
                    row: None,
                    places: [("item-1".into(), None)].into(),
                })
            })
            .collect(),
        questions: Vec::new(),
        attachments: ["content/plan.pdf", "content/street.png"].map(attachment).to_vec(),
        cleaned: BTreeMap::new(),
        tables: BTreeMap::new(),
        glossary: vec![GlossaryEntry {
            term: "ASB".into(),
            expansion: Some("anti-social <behaviour>".into()),
            meaning: Some("Noise & threats.".into()),
            aliases: vec!["nuisance".into()],
            anchor: "term-asb".into(),
        }],
        home: at.get("pages/full").copied(),
        own: OwnPages::default(),
        editions: Editions::default(),
        parts: Parts::default(),
        areas: crate::model::Areas::default(),
        plan: crate::model::ForwardPlan::default(),
        listing_at: (0..).zip(&listings).map(|(at, listing)| (listing.address.clone(), at)).collect(),
        listings,
        relations,
        backlinks,
        documents,
        kinds,
    };
    Site { own: query::own_pages(&site), ..site }
}

/// A document of `kind` called `name`.
#[must_use]
pub fn document(kinds: &Kinds, kind: KindId, name: &str, fields: Fields, body: Text) -> Document {
    let shape = kinds.get(kind);
    let id = format!("{}/{name}", shape.folder);
    let date = |role| match shape.role(role).and_then(|field| fields.get(&field.name)) {
        Some(Value::Date(date)) => Some(*date),
        _ => None,
    };
    let date = date(Role::Date).or_else(|| date(Role::From));
    let folder = shape.folder_in_address.then_some(shape.folder.as_str());
    Document {
        edition_of: None,
        address: Address::page(folder.into_iter().chain([name])),
        path: format!("{id}.md").into(),
        id: id.into(),
        kind,
        source: SourceId(0),
        title: format!("{} <{name}>", shape.label).into(),
        stage: if name == FULL { Stage::Ended } else { Stage::Neither },
        fields,
        body: std::sync::Arc::new(body),
        landings: Vec::new(),
        embeds: Vec::new(),
        published: Published::Whole,
        private: None,
        sensitive: name == FULL,
        date,
        changed: date,
        // What has no page stands on another's.
        place: (!shape.page && name != FULL).then(|| {
            let host = DocumentId(0);
            Box::new(InPlace {
                host,
                inside: None,
                page: false,
                wording: None,
                anchor: "record".into(),
                origin: Origin::Recognised,
            })
        }),
        records: Box::default(),
    }
}

fn config() -> Config {
    Config {
        title: "Safer & Stronger".into(),
        organisation: "The Partnership".into(),
        description: Some("What we decide and do.".into()),
        base_url: Some("https://example.org/records".into()),
        base_path: "/records".into(),
        licence: Some("Open Government Licence".into()),
        licence_url: Some("https://example.org/licence".into()),
        contact: Contact {
            post: Some("The clerk".into()),
            email: Some("clerk@example.org".into()),
            telephone: Some("01632 960000".into()),
            address: Some("The Guildhall".into()),
        },
        page_size: 2,
        accessibility: Some(statement()),
        ..Config::default()
    }
}

fn statement() -> Accessibility {
    let day = Some(jiff::civil::date(2026, 3, 12));
    Accessibility {
        meets: Meets::Partly,
        standard: None,
        prepared: jiff::civil::date(2025, 9, 1),
        reviewed: day,
        tested: day,
        tested_by: Some("We tried it with a keyboard & a screen reader.".into()),
        contact: None,
        answer_within: Some("ten working days".into()),
        enforcement: Some("The <Advisory> Service".into()),
        enforcement_url: Some("https://example.org/advice".into()),
        problems: vec![Problem {
            what: "A map has no description.".into(),
            instead: Some("Ask us for it in words.".into()),
            rule: Some("1.1.1".into()),
            until: day,
            exempt: Some("the map is from 2012".into()),
        }],
    }
}

/// Everything that a field may hold, by its shape.
fn fields(kinds: &Kinds, schema: &[Field], depth: usize) -> Fields {
    let filled = schema.iter().map(|field| Entry {
        name: field.name.as_str().into(),
        value: value(kinds, field, &field.shape, depth),
        span: span(),
        origin: Origin::Typed,
    });
    Fields(filled.collect())
}

fn value(kinds: &Kinds, field: &Field, shape: &Shape, depth: usize) -> Value {
    match shape {
        Shape::Text if field.role == Some(Role::Time) => Value::Text("18:30".into()),
        Shape::Text if field.role == Some(Role::Telephone) => Value::Text("01632 960000".into()),
        Shape::Text => Value::Text(format!("{} & more", field.label).into()),
        Shape::Markdown => Value::Landed(Box::new(LandedText {
            body: Text {
                words: "Formatted".into(),
                nodes: vec![node(Element::Paragraph, None, (0, 9), 1)],
                ..Text::default()
            },
            landings: Vec::new(),
            embeds: Vec::new(),
        })),
        Shape::Date => Value::Date(Date::parse("2026-03-12").expect("a date")),
        Shape::Instant => Value::Instant(Instant::parse("2026-03-12", &Zone::UTC).expect("a day")),
        Shape::Boolean => Value::Boolean(field.role != Some(Role::Minor)),
        Shape::Integer => Value::Integer(7),
        Shape::Choice(choices) => Value::Choice(choices[0].value.as_str().into()),
        Shape::Address => Value::Address("https://example.org/".into()),
        Shape::File => Value::File("plan.pdf".into()),
        Shape::Reference(relation) => Value::Reference(reference(kinds, &relation.to)),
        Shape::ReferenceOrWords(relation) => Value::Reference(reference(kinds, &relation.to)),
        Shape::DateOrWords => Value::Words("after the meeting".into()),
        Shape::List(inner) => Value::List(vec![(value(kinds, field, inner, depth), span()); 2]),
        Shape::Group(parts) => Value::Group(fields(kinds, parts, depth + 1)),
    }
}

fn reference(kinds: &Kinds, to: &[String]) -> Reference {
    let kind: Option<&Kind> = to.first().and_then(|name| kinds.by_name(name)).map(|kind| kinds.get(kind));
    let folder = kind.map_or("pages", |kind| &kind.folder);
    Reference { id: format!("{folder}/{EMPTY}").into(), anchor: None }
}

fn relate(fields: &Fields, above: &str, found: &mut dyn FnMut(&str, Result<&Reference, &str>)) {
    for entry in &fields.0 {
        let dotted = if above.is_empty() { entry.name.to_string() } else { format!("{above}.{}", entry.name) };
        relate_value(&entry.value, &dotted, found);
    }
}

fn relate_value(value: &Value, dotted: &str, found: &mut dyn FnMut(&str, Result<&Reference, &str>)) {
    match value {
        Value::Reference(reference) => found(dotted, Ok(reference)),
        Value::List(items) => items.iter().for_each(|(item, _)| relate_value(item, dotted, found)),
        Value::Group(parts) => relate(parts, dotted, found),
        _ => {}
    }
}

fn listings(kinds: &Kinds, documents: &[Document], relations: &[Vec<Relation>]) -> Vec<Listing> {
    let mut lists: BTreeMap<Address, (ListingFilter, Vec<DocumentId>)> = BTreeMap::new();
    let mut enter = |address: Address, filter: ListingFilter, id: DocumentId| {
        lists.entry(address).or_insert_with(|| (filter, Vec::new())).1.push(id);
    };
    for (id, document) in (0..).map(DocumentId).zip(documents) {
        let kind = kinds.get(document.kind);
        if !kind.in_menu || matches!(document.published, Published::Tombstone(_)) {
            continue;
        }
        enter(Address::page([kind.folder.as_str()]), ListingFilter::Kind(document.kind), id);
        enter(Address::page(["topics", "housing"]), ListingFilter::Topic("housing".into(), "Housing".into()), id);
        if let Some(year) = document.date.and_then(Date::year).filter(|_| kind.lists.contains(&ListBy::Year)) {
            let address = Address::page([kind.folder.as_str(), "year", &year.to_string()]);
            enter(address, ListingFilter::Year(document.kind, year), id);
        }
        let body = kind.role(Role::Body).filter(|_| kind.lists.contains(&ListBy::Body)).map(|field| &field.name);
        for relation in relations[id.0 as usize].iter().filter(|one| Some(&*one.field) == body.map(String::as_str)) {
            let body = match &relation.end {
                RelationEnd::Document { document, .. } => Ok(*document),
                RelationEnd::Words(words) => Err(words.clone()),
            };
            let name = body.as_ref().map_or_else(|words| slug(words), |_| EMPTY.to_owned());
            let address = Address::page([kind.folder.as_str(), "of", &name]);
            enter(address, ListingFilter::Body(document.kind, body), id);
        }
    }
    lists.into_iter().map(|(address, (filter, documents))| Listing { address, filter, documents }).collect()
}

fn attachment(path: &str) -> (Attachment, Address) {
    let name = path.trim_start_matches("content");
    let facts = Facts { pixels: Some((640, 480)).filter(|_| path.ends_with("png")) };
    (Attachment { path: path.into(), length: 1_234_567, hash: 1, facts }, Address::file(name))
}

fn node(element: Element, anchor: Option<AnchorId>, (start, end): (u32, u32), next: u32) -> Node {
    Node { element, anchor, start, end, next }
}

/// A text with one of everything that stays open until the page is made.
#[must_use]
pub fn body() -> Text {
    let anchor = |id: &str, kind, label: Option<&str>, node: Option<usize>| Anchor {
        id: id.into(),
        kind,
        label: label.map(Into::into),
        node: node.map(NodeId::at),
        span: span(),
    };
    let link = |target| Link { target, title: None, bare: true, span: span() };
    let embed = |target, text: &str| Embed {
        target,
        text: text.into(),
        title: Some("A caption".into()),
        decorative: false,
        alone: true,
        span: span(),
    };
    let [item, para, words] = [0, 1, 2].map(AnchorId::at);
    let heading =
        |level, anchor| Heading { level, text: "Budget <1>".into(), label: Some("7".into()), anchor, span: span() };
    Text {
        words: " text  of   and ".into(),
        nodes: vec![
            node(Element::Heading { level: 2, boxed: false }, Some(item), (0, 0), 2),
            node(Element::OwnLink(item), None, (0, 0), 2),
            node(Element::Paragraph, Some(para), (0, 16), 8),
            node(Element::OwnLink(para), None, (0, 0), 4),
            node(Element::OwnLink(words), None, (0, 0), 5),
            node(Element::Link(LinkId::at(0)), None, (6, 6), 6),
            node(Element::Link(LinkId::at(1)), None, (10, 10), 7),
            node(Element::Reference { note: NoteId::at(0), count: 2 }, None, (11, 11), 8),
            node(Element::Embed(EmbedId::at(0)), None, (16, 16), 9),
            node(Element::Embed(EmbedId::at(1)), None, (16, 16), 10),
        ],
        headings: vec![heading(2, item), heading(3, item), heading(2, item), heading(2, item)],
        anchors: vec![
            anchor("item-7", AnchorKind::Item, Some("7"), Some(0)),
            anchor("para-7.1", AnchorKind::Numbered, Some("7.1"), Some(2)),
            anchor("p-abcdef", AnchorKind::Paragraph, None, None),
        ],
        by_name: vec![item, words, para],
        links: vec![
            link(Target::Wiki { id: "pages/empty".into(), place: None }),
            link(Target::Path { path: "nowhere.md".into(), anchor: None }),
        ],
        embeds: vec![
            embed(Target::Path { path: "street.png".into(), anchor: None }, "A street"),
            embed(Target::Wiki { id: "x".into(), place: None }, ""),
        ],
        notes: vec![Note { label: "a".into(), number: 1, uses: 2 }],
        lead: "The first paragraph.".into(),
        count: 4,
        ..Text::default()
    }
}

fn landings(page: DocumentId) -> Vec<Landing> {
    vec![Landing::Document { document: page, anchor: None }, Landing::Nowhere]
}

fn span() -> Span {
    Span::whole(SourceId(0))
}
