//! A page becomes passages: its head, its headings, and each place of its text that can be linked.
//!
//! Input: a document of the site. Output: a [`Page`] with plain text, cut where the anchors stand; every word of the text
//! is in exactly one passage. Not here: keys, and whatever is not public, since the site does not hold it.

use std::ops::Range;

use crate::kind::{Field, Role, Shape};
use crate::language::Language;
use crate::model::{
    AnchorId, AnchorKind, Document, DocumentId, Element, Landing, NodeId, NoteId, Published, Site, Step, Stretch, Text,
    Value,
};
use crate::query;

/// A page, as search sees it.
#[derive(Debug, Default)]
pub struct Page {
    /// All texts, one after another.
    pub text: String,
    /// The head first.
    pub passages: Vec<Passage>,
    /// Printed numbers of the page itself.
    pub labels: Vec<String>,
    /// Documents that stand in its text, an outer one before an inner one.
    pub records: Vec<Record>,
}

/// A passage.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Passage {
    /// What it is.
    pub sort: Sort,
    /// Its id, without `#`; empty for the head, and for text above the first anchor.
    pub anchor: Box<str>,
    /// Its printed labels: as typed, and in full if that differs. The first is shown.
    pub labels: Vec<Box<str>>,
    /// Its text in [`Page::text`].
    pub text: Range<usize>,
    /// How many passages below it a heading covers.
    pub reach: u32,
    /// The innermost record that it belongs to: an index into [`Page::records`].
    pub record: Option<usize>,
    /// The words of the text from its first to its last.
    words: Stretch,
}

impl Passage {
    /// Adds a printed label, unless it has it already.
    fn label(&mut self, label: Box<str>) {
        if !self.labels.contains(&label) {
            self.labels.push(label);
        }
    }
}

/// What a passage is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sort {
    /// The page itself: its summary and its facts. The title is the document's.
    Head,
    /// A heading of this level.
    Heading(u8),
    /// Anything else.
    #[default]
    Prose,
}

/// A document that stands in the text of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Record {
    /// The document.
    pub document: DocumentId,
    /// Its first passage: an index into [`Page::passages`].
    pub first: u32,
    /// How many passages it has.
    pub count: u32,
    /// How it stands there.
    pub standing: Standing,
}

/// How a record stands in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// As passages of its own.
    Whole,
    /// As some of the words of one passage: that passage is both the page's and the record's.
    InLine,
    /// As a section with a number: its passages keep the kind of the page.
    Section,
}

/// What is the same for all pages.
#[derive(Clone, Copy)]
pub struct View<'site> {
    /// The site.
    pub site: &'site Site,
    /// Its words.
    pub language: &'site Language,
}

/// The documents with a page that search finds, in no order: of several editions the present one. What was withdrawn has a page that says no more than that.
pub fn pages(site: &Site) -> impl Iterator<Item = (DocumentId, &Document)> {
    let has_page = |document: &Document| {
        let kind = site.kinds.get(document.kind);
        let own = kind.page || kind.inside_of.as_ref().is_some_and(|name| document.fields.get(name).is_some());
        document.place.as_ref().map_or(own, |place| place.page || (place.wording.is_none() && own))
    };
    let is_public = |document: &Document| !matches!(document.published, Published::Tombstone(_));
    site.present().filter(move |(_, document)| has_page(document) && is_public(document))
}

/// Reads the page of a document into `page`, whose earlier content is lost; its memory is used again.
pub fn read(view: View<'_>, id: DocumentId, page: &mut Page) {
    let document = view.site.document(id);
    page.text.clear();
    page.passages.clear();
    page.records.clear();
    page.labels = numbers(view.site, document);
    head(view, id, page);
    body(view.site, &document.body, &document.landings, page);
    reaches(&mut page.passages);
    records(view.site, document, page);
}

/// The numbers by which people name a document: the printed one, else the name that somebody gave it, if it has digits.
fn numbers(site: &Site, document: &Document) -> Vec<String> {
    let Some(field) = site.kinds.get(document.kind).role(Role::Number) else { return Vec::new() };
    if let Some(number) = document.fields.get(&field.name).and_then(Value::text) {
        return vec![number.to_owned()];
    }
    let end = document.id.rsplit('/').next().unwrap_or_default();
    let is_named = document.place.as_ref().is_none_or(|place| place.page);
    let is_number = is_named && end.len() <= 24 && end.bytes().any(|byte| byte.is_ascii_digit());
    if is_number { vec![end.to_owned()] } else { Vec::new() }
}

/// The records in a text, and which passages are theirs.
fn records(site: &Site, host: &Document, page: &mut Page) {
    let section = site.kinds.get(host.kind).heading_kind.as_deref();
    for id in host.records.iter().flatten() {
        let record = site.document(*id);
        let wording = record.place.as_ref().and_then(|place| place.wording.as_ref());
        let Some(stretch) = wording.map(|wording| wording.stretch) else { continue };
        let meets = |passage: &Passage| passage.sort != Sort::Head && passage.words.meets(&stretch);
        let Some(first) = page.passages.iter().position(meets) else { continue };
        let count = page.passages[first..].iter().take_while(|passage| meets(passage)).count();
        let inside = |passage: &Passage| stretch.holds(&passage.words);
        let standing = match section {
            Some(section) if site.kinds.get(record.kind).name == section => Standing::Section,
            _ if page.passages[first..first + count].iter().all(inside) => Standing::Whole,
            _ => Standing::InLine,
        };
        let (first, count) = (first as u32, count as u32);
        page.records.push(Record { document: *id, first, count, standing });
        if standing == Standing::Section {
            continue;
        }
        let numbers = if standing == Standing::Whole { numbers(site, record) } else { Vec::new() };
        let passages = &mut page.passages[first as usize..(first + count) as usize];
        numbers.into_iter().for_each(|number| passages[0].label(number.into()));
    }
    // An outer one before an inner one.
    page.records.sort_by_key(|record| (record.first, std::cmp::Reverse(record.count)));
    for (at, passage) in (0..).zip(&mut page.passages) {
        let holds = |record: &Record| {
            record.standing != Standing::Section && (record.first..record.first + record.count).contains(&at)
        };
        passage.record = page.records.iter().rposition(holds);
    }
}

/// What stands between the summary and the facts in the text of a head.
pub const HEAD_PARTS: &str = "\t";

/// The summary and the facts of a document.
fn head(view: View<'_>, id: DocumentId, page: &mut Page) {
    let document = view.site.document(id);
    let (mut first, mut texts) = (Vec::new(), Vec::new());
    let kind = view.site.kinds.get(document.kind);
    if let Published::Exempt(exemption) = &document.published {
        first.extend(exemption.summary.as_deref().map(str::to_owned));
    }
    for field in &kind.fields {
        let Some(value) = document.fields.get(&field.name).filter(|_| is_fact(field)) else { continue };
        let into = if field.role == Some(Role::Summary) { &mut first } else { &mut texts };
        fact(view, field, value, into);
    }
    let contact = query::contact(view.site, id);
    texts.extend(
        contact.iter().flat_map(|contact| REACHED_BY.iter().filter_map(|role| contact.text(*role))).map(on_one_line),
    );
    texts.extend(figures(view, document));
    for text in first.iter().filter(|text| !text.is_empty()) {
        page.text.push_str(if page.text.is_empty() { "" } else { " " });
        page.text.push_str(text);
    }
    // Sentences before it, fields after it.
    page.text.push_str(HEAD_PARTS);
    let facts = page.text.len();
    for text in texts.iter().filter(|text| !text.is_empty()) {
        if page.text.len() > facts {
            page.text.push_str(if page.text.ends_with(['.', '!', '?', ':', ';']) { " " } else { "; " });
        }
        page.text.push_str(text);
    }
    page.passages.push(Passage { sort: Sort::Head, text: 0..page.text.len(), ..Passage::default() });
}

/// What a contact says of whom to ask, and how.
const REACHED_BY: [Role; 5] = [Role::Title, Role::Telephone, Role::Email, Role::PostalAddress, Role::Hours];

/// So many rows of a file of figures are found, at most.
const MOST_ROWS: usize = 60;

/// The rows of a document's own files of figures, with numbers as pages show them.
fn figures<'site>(view: View<'site>, document: &'site Document) -> impl Iterator<Item = String> {
    let tables = query::figures(view.site, document).filter_map(|file| view.site.tables.get(&file));
    let shown = move |column: usize, cell: &str| match column {
        0 => cell.to_owned(),
        _ => view.language.figure(cell),
    };
    tables.flat_map(|table| &table.rows).take(MOST_ROWS).map(move |row| {
        let cells = row.iter().enumerate().map(|(column, cell)| shown(column, cell));
        cells.filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join(" ")
    })
}

/// Fields that say something of the document to a reader who searches; not who keeps the page, or may see it.
fn is_fact(field: &Field) -> bool {
    let aside = [
        Role::Title,
        Role::Aliases,
        Role::Attachments,
        Role::Contact,
        Role::Owner,
        Role::Changes,
        Role::Review,
        Role::Language,
        Role::UrgentUntil,
        Role::Time,
    ];
    !field.decides() && !field.role.is_some_and(|role| aside.contains(&role))
}

fn fact(view: View<'_>, field: &Field, value: &Value, texts: &mut Vec<String>) {
    match value {
        Value::Text(text) | Value::Words(text) => texts.push(on_one_line(text)),
        Value::Landed(text) => texts.push(plain(view.site, &text.body, &text.landings)),
        Value::Markdown(text) => texts.push(plain(view.site, text, &[])),
        Value::Choice(name) => texts.push(choice_label(field, name).to_owned()),
        Value::Date(date) => texts.push(view.language.date(*date)),
        Value::Integer(number) => texts.push(number.to_string()),
        Value::Reference(reference) => {
            texts.extend(view.site.find(&reference.id).map(|id| view.site.document(id).title.to_string()));
        }
        Value::List(items) => items.iter().for_each(|(item, _)| fact(view, field, item, texts)),
        Value::Group(fields) => {
            for part in field.parts().iter().filter(|part| is_fact(part) || part.role == Some(Role::Title)) {
                if let Some(value) = fields.get(&part.name) {
                    fact(view, part, value, texts);
                }
            }
        }
        // What stands in the text of a host is found there.
        Value::Stretch(_) | Value::Passage(..) => {}
        Value::Instant(_) | Value::Boolean(_) | Value::Address(_) | Value::File(_) => {}
    }
}

/// What readers see of a choice.
pub fn choice_label<'field>(field: &'field Field, name: &'field str) -> &'field str {
    let Shape::Choice(choices) = field.shape.one() else { return name };
    choices.iter().find(|choice| choice.value == name).map_or(name, |choice| &choice.label)
}

/// The words of a text in a field, on one line.
fn plain(site: &Site, text: &Text, landings: &[Landing]) -> String {
    on_one_line(&text.plain(text.whole(), |link| site.title_of(landings.get(link.index())?)))
}

fn on_one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The passages of a text.
fn body(site: &Site, text: &Text, landings: &[Landing], page: &mut Page) {
    let mut cutter = Cutter { text, page, pending: Vec::new(), after_heading: false, in_label: false, at: 0 };
    for step in text.steps(text.whole()) {
        match step {
            Step::Words(words) => {
                cutter.words(words, words.len());
                cutter.at += words.len() as u32;
            }
            Step::Open(node) => {
                cutter.begin(node);
                if let Element::Link(link) = text.node(node).element
                    && text.links[link.index()].bare
                    && let Some(title) = landings.get(link.index()).and_then(|landing| site.title_of(landing))
                {
                    cutter.words(title, 0);
                }
            }
            Step::Close(node) => cutter.end(node),
        }
    }
    cutter.close();
}

/// What opens a passage.
#[derive(Clone, Copy)]
enum Opening {
    Anchor(AnchorId),
    Note(NoteId),
}

/// Cuts a text into passages.
struct Cutter<'page> {
    text: &'page Text,
    page: &'page mut Page,
    /// The anchors and notes that were opened since the last words.
    pending: Vec<Opening>,
    /// Whether what comes stands below the heading that is open.
    after_heading: bool,
    /// Whether what comes is a printed label, which is shown beside the text.
    in_label: bool,
    /// How far the words of the text were read, in bytes.
    at: u32,
}

impl Cutter<'_> {
    fn begin(&mut self, id: NodeId) {
        let node = self.text.node(id);
        match node.element {
            Element::Number(Some(_)) => self.in_label = true,
            Element::NoteText(note) => self.pending.push(Opening::Note(note)),
            element if element.is_inline() => {}
            _ => self.pending.extend(node.anchor.map(Opening::Anchor)),
        }
        if !node.element.is_inline() {
            self.space();
        }
    }

    fn end(&mut self, id: NodeId) {
        match self.text.node(id).element {
            Element::Number(_) => self.in_label = false,
            Element::Heading { .. } => {
                self.space();
                self.after_heading = true;
            }
            element if !element.is_inline() => self.space(),
            _ => {}
        }
    }

    /// Words of which `length` bytes are of the text.
    fn words(&mut self, words: &str, length: usize) {
        if self.in_label {
            return;
        }
        for (index, part) in words.split(|letter: char| letter.is_ascii_whitespace()).enumerate() {
            if index > 0 {
                self.space();
            }
            if !part.is_empty() {
                self.open();
                self.page.text.push_str(part);
                if let Some(passage) = self.page.passages.last_mut() {
                    passage.words.end = self.at + length as u32;
                }
            }
        }
    }

    fn space(&mut self) {
        let start = self.page.passages.last().map_or(0, |passage| passage.text.start);
        if self.page.text.len() > start && !self.page.text.ends_with(' ') {
            self.page.text.push(' ');
        }
    }

    /// Begins a new passage if the words that come next do not belong to the one that is open.
    fn open(&mut self) {
        let head_is_open = self.page.passages.len() == 1;
        if self.pending.is_empty() && !self.after_heading && !head_is_open {
            return;
        }
        self.close();
        let start = self.page.text.len();
        let mut passage = match self.page.passages.last().filter(|_| self.after_heading && self.pending.is_empty()) {
            Some(heading) => Passage { sort: Sort::Prose, labels: Vec::new(), ..heading.clone() },
            None => self.opened(),
        };
        passage.text = start..start;
        passage.words = Stretch { first: 0, next: 1, start: self.at, end: self.at };
        self.page.passages.push(passage);
        self.pending.clear();
        self.after_heading = false;
    }

    fn opened(&self) -> Passage {
        let mut passage = Passage::default();
        let mut best = None;
        for opening in &self.pending {
            match *opening {
                Opening::Note(note) => passage.anchor = format!("fn-{}", self.text.notes[note.index()].number).into(),
                Opening::Anchor(index) => {
                    let anchor = self.text.anchor(index);
                    if best.is_none_or(|best| rank(anchor.kind) < best) {
                        best = Some(rank(anchor.kind));
                        passage.anchor = anchor.id.clone();
                    }
                    if anchor.kind != AnchorKind::PackPage {
                        anchor.label.clone().into_iter().for_each(|label| passage.label(label));
                        full_label(anchor.kind, &anchor.id).into_iter().for_each(|label| passage.label(label));
                    }
                    if let Some(heading) = self.text.heading(index) {
                        passage.sort = Sort::Heading(heading.level);
                    }
                }
            }
        }
        passage
    }

    /// Ends the passage that is open, without its own label, which is shown beside it.
    fn close(&mut self) {
        let text = &mut self.page.text;
        if let Some(passage) = self.page.passages.last_mut().filter(|passage| passage.sort != Sort::Head) {
            text.truncate(text.trim_end().len().max(passage.text.start));
            let own = &text[passage.text.start..];
            let own = passage.labels.first().and_then(|label| after_label(own, label));
            passage.text = passage.text.start + own.unwrap_or(0)..text.len();
        }
    }
}

/// Of several anchors at one place, the one that a link should name.
fn rank(kind: AnchorKind) -> u8 {
    match kind {
        AnchorKind::Item => 0,
        AnchorKind::Record => 1,
        AnchorKind::Numbered => 2,
        AnchorKind::Heading => 3,
        AnchorKind::Named => 4,
        AnchorKind::Paragraph => 5,
        AnchorKind::PackPage => 6,
    }
}

/// `7.3.1` of `para-7.3.1`: the label with those above it.
fn full_label(kind: AnchorKind, id: &str) -> Option<Box<str>> {
    let is_label = matches!(kind, AnchorKind::Item | AnchorKind::Numbered);
    let label = id.split_once('-').filter(|_| is_label)?.1;
    Some(label.split_once('~').map_or(label, |(label, _)| label).into())
}

/// Where the words after a label begin: 4 of `7.3 The board`. What closed a label that stands apart goes too.
fn after_label(text: &str, label: &str) -> Option<usize> {
    let rest = text.strip_prefix('(').unwrap_or(text).strip_prefix(label).unwrap_or(text);
    let words = rest.trim_start_matches(['.', ')', ':']).trim_start();
    let parted = rest.len() == text.len() || rest.len() > words.len();
    (parted && !words.is_empty()).then_some(text.len() - words.len())
}

/// How many passages each heading covers: up to the next of its level or above.
fn reaches(passages: &mut [Passage]) {
    for index in 0..passages.len() {
        let Sort::Heading(level) = passages[index].sort else { continue };
        let below = passages[index + 1..].iter();
        let ends = |passage: &&Passage| matches!(passage.sort, Sort::Heading(other) if other <= level);
        let reach = below.take_while(|passage| !ends(passage)).count();
        passages[index].reach = u32::try_from(reach).unwrap_or(u32::MAX);
    }
}
