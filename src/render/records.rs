//! Records on the page where they were made: what is known of each stands quietly after its words; one that is a file
//! is shown whole at its item.
//!
//! Input: a record, or the document whose page is made. Output: HTML, because it stands inside a text. Not here: the
//! words of a record in place, which the text has; and any kind by its name: the kind says which facts are shown.

use super::body;
use super::facts;
use crate::html::escaped;
use crate::kind::{Field, Role};
use crate::model::{DocumentId, Element, EmbedId, Landing, NodeId, Published, RecordId, Step, Value};
use crate::query::{self, Store};
use crate::view::{AttachmentView, Cell, Fact, View, label_of, stage};

/// So many blocks of a section are looked through for what need not be said again.
const NEAR: usize = 3;

/// How deep records in files are shown in one another: an action in a decision on an item.
const DEEPEST: usize = 3;

/// What is shown on a page beside its text.
#[derive(Debug, Default)]
pub struct Beside {
    /// HTML after elements of the text, in the order of the elements.
    pub inside: Vec<(NodeId, String)>,
    /// What belongs to no place in it.
    pub below: String,
}

impl Beside {
    fn put(&mut self, after: Option<NodeId>, html: String) {
        match after {
            Some(node) => self.inside.push((node, html)),
            None => self.below.push_str(&html),
        }
    }
}

/// Records in files that are shown on the page of `host`, and corrections to its paragraphs.
#[must_use]
pub fn beside(view: &View, host: DocumentId) -> Beside {
    let mut beside = Beside::default();
    let document = view.document(host);
    // One that the author put into the text stands there.
    let elsewhere = |child: DocumentId| first_embed(view, host, child).is_none();
    let files =
        |id: DocumentId| view.records_in(id).iter().copied().filter(|child| is_file(view, *child) && elsewhere(*child));
    for (index, record) in document.records.iter().enumerate() {
        let Some(record) = record else { continue };
        beside.inside.extend(parts(view, *record));
        for file in files(*record) {
            beside.put(after(view, host, RecordId::at(index), *record), self::file(view, file));
        }
    }
    for file in files(host) {
        beside.put(after_place(view, host, file), self::file(view, file));
    }
    for correction in facts::corrections(view, host) {
        let body = &document.body;
        if let Some(node) = correction.place.and_then(|anchor| body.anchor(anchor).node) {
            beside.inside.push((body.block_of(node), self::correction(view, &correction)));
        }
    }
    beside.inside.sort_by_key(|(node, _)| *node);
    beside
}

/// What is said of the parts of a record in place, each after the words of its part.
#[must_use]
fn parts(view: &View, id: DocumentId) -> Vec<(NodeId, String)> {
    let place = view.document(id).place.as_deref();
    let Some((place, wording)) = place.and_then(|place| Some((place, place.wording.as_ref()?))) else {
        return Vec::new();
    };
    let text = &view.document(place.host).body;
    let said = facts::limbs(view, id).zip(&wording.limbs).filter_map(|(limb, (_, part))| {
        let html = rows(view, &limb.facts);
        Some((text.block_around(*part)?, html)).filter(|(_, html)| !html.is_empty())
    });
    said.collect()
}

fn is_file(view: &View, id: DocumentId) -> bool {
    view.document(id).place.as_ref().is_some_and(|place| place.wording.is_none())
}

/// Which embed of the text of `page` shows this record in a file with all that is known of it: the first one of it.
#[must_use]
pub fn first_embed(view: &View, page: DocumentId, file: DocumentId) -> Option<EmbedId> {
    let place = view.document(page).place.as_ref();
    let in_place = place.and_then(|place| Some((place.host, place.wording.as_ref()?.stretch)));
    let document = view.document(in_place.map_or(page, |(host, _)| host));
    if !is_file(view, file) || document.embeds.is_empty() {
        return None;
    }
    let part = in_place.map_or(document.body.whole(), |(_, part)| part);
    let shows = |embed: EmbedId| {
        let landing = document.embeds.get(embed.index());
        let is_it = matches!(landing, Some(Landing::Document { document, anchor: None }) if *document == file);
        is_it && document.body.embeds.get(embed.index()).is_some_and(|embed| embed.alone)
    };
    document.body.nodes[part.first as usize..part.next as usize].iter().find_map(|node| match node.element {
        Element::Embed(embed) if shows(embed) => Some(embed),
        _ => None,
    })
}

/// The element after which stands what belongs to a record of the text: of a section, its last one.
fn after(view: &View, host: DocumentId, index: RecordId, record: DocumentId) -> Option<NodeId> {
    let body = &view.document(host).body;
    let own = (*body.records.get(index.index())?)?;
    let place = view.document(record).place.as_ref();
    match place.and_then(|place| place.wording.as_ref()) {
        Some(wording) if wording.in_line => Some(body.block_of(own)),
        Some(wording) => body.last_in(wording.stretch).filter(|last| *last > own).or(Some(own)),
        None => Some(own),
    }
}

/// The block that holds the place that a record in a file names as its own, where that is no record.
fn after_place(view: &View, host: DocumentId, file: DocumentId) -> Option<NodeId> {
    let body = &view.document(host).body;
    let anchor = body.find(query::named_place(view, file)?)?;
    body.anchor(anchor).node.map(|node| body.block_of(node))
}

fn correction(view: &View, correction: &facts::Correction<'_>) -> String {
    let title = view.language.say("corrections.beside", &[("place", correction.words.unwrap_or_default())]);
    let (title, facts) = (escaped(&title), rows(view, &correction.facts));
    format!("<div class=\"correction\" role=\"note\">\n<p>{title}</p>\n{facts}</div>\n")
}

/// What is known of a record of the text, after its words; right below its heading, for an item of the agenda.
pub fn note(view: &View, id: DocumentId, out: &mut String) {
    let in_line =
        view.document(id).place.as_ref().and_then(|place| place.wording.as_ref()).is_some_and(|at| at.in_line);
    if query::is_item(view, id) && !in_line {
        return item(view, id, out);
    }
    let mut line = chips(view, id);
    line.extend(own_page(view, id));
    line.extend(told(view, id).iter().map(|fact| in_words(view, fact)));
    line.extend(actions(view, id));
    if in_line {
        note_in_line(&line, out)
    } else {
        note_line(&line, out)
    }
    motion(view, id, in_line, out);
}

/// What became of an item, who brought it and which papers were before the meeting. One that is procedural is marked for
/// the script that folds it.
fn item(view: &View, id: DocumentId, out: &mut String) {
    let facts = told(view, id);
    if is_procedural(view, id) {
        let say = |key| escaped(&view.language.say(key, &[("title", &view.document(id).title)]));
        let (show, hide) = (say("fold.show"), say("fold.hide"));
        out.push_str(&format!("<div class=\"folds\" hidden data-show=\"{show}\" data-hide=\"{hide}\"></div>\n"));
    }
    note_line(&chips(view, id), out);
    out.push_str(&rows(view, &facts));
    out.extend(super::people::room(view, id));
}

/// What is known of a record, in a paragraph of its own.
fn note_line(parts: &[String], out: &mut String) {
    if !parts.is_empty() {
        out.push_str(&format!("<p class=\"record-note\">{}</p>\n", parts.join(" ")));
    }
}

/// The same in a line, right after a word.
fn note_in_line(parts: &[String], out: &mut String) {
    if !parts.is_empty() {
        out.push_str(&format!(" <span class=\"record-note\">{}</span>", parts.join(" ")));
    }
}

fn is_procedural(view: &View, id: DocumentId) -> bool {
    query::value(view, id, Role::Procedural) == Some(&Value::Boolean(true))
}

/// A record that is a file, whole: its title, its words, what is known of it, and what was made in it.
#[must_use]
pub fn file(view: &View, id: DocumentId) -> String {
    let mut out = String::new();
    shown(view, id, 1, &mut out);
    out
}

fn shown(view: &View, id: DocumentId, depth: usize, out: &mut String) {
    let document = view.document(id);
    let Some(place) = &document.place else { return };
    let (anchor, kind) = (escaped(&place.anchor), escaped(&view.kinds().get(document.kind).label));
    out.push_str(&format!("<div class=\"record-file\" id=\"{anchor}\">\n<p class=\"kind\">{kind}</p>\n"));
    out.push_str(&format!("<p class=\"record-title\">{}</p>\n", titled(view, id)));
    let elsewhere = place.page && query::is_item(view, id);
    if document.published == Published::Whole && !elsewhere {
        let words = body::words(view, id, Some(&place.anchor));
        if !words.is_empty() {
            out.push_str(&format!("<div class=\"record-words\">\n{words}</div>\n"));
        }
    }
    note_line(&[chips(view, id), actions(view, id)].concat(), out);
    out.push_str(&rows(view, &told(view, id)));
    motion(view, id, false, out);
    if depth < DEEPEST && !place.page {
        for child in view.records_in(id) {
            shown(view, *child, depth + 1, out);
        }
    }
    out.push_str("</div>\n");
}

/// Its number and title, which lead to its page if it has one.
fn titled(view: &View, id: DocumentId) -> String {
    let number = view.role_text(id, Role::Number).filter(|_| !view.kind_of(id).titled_by_matter);
    let number = number.map(|number| format!("<span class=\"number\">{}</span> ", escaped(number)));
    let title = format!("{}{}", number.unwrap_or_default(), escaped(&view.document(id).title));
    match page_of(view, id) {
        Some(href) => format!("<a href=\"{}\">{title}</a>", escaped(&href)),
        None => title,
    }
}

/// Where the page of its own is that a record has, if it has one.
fn page_of(view: &View, id: DocumentId) -> Option<String> {
    view.href(id).filter(|_| view.document(id).anchor_on_page().is_none())
}

/// What became of it, in a word each: what was decided, whether it is done, and that it is late.
fn chips(view: &View, id: DocumentId) -> Vec<String> {
    let chip = |class: &str, words: &str| format!("<span class=\"{class}\">{}</span>", escaped(words));
    let outcomes = query::outcomes(view, id).into_iter();
    let mut chips: Vec<String> = outcomes.map(|(field, name)| chip("outcome", label_of(&field.shape, name))).collect();
    // What is late says that, and no other state.
    match (view.overdue(id), query::status(view, id)) {
        (Some(overdue), _) => chips.push(chip("status late", &overdue)),
        (None, Some((field, name))) => {
            let class = stage(view.document(id).stage).map_or_else(String::new, |stage| format!(" {stage}"));
            chips.push(chip(&format!("status{class}"), label_of(&field.shape, name)));
        }
        (None, None) => {}
    }
    chips
}

/// The link to the page of its own that a record of a text has.
fn own_page(view: &View, id: DocumentId) -> Option<String> {
    let (href, kind) = (page_of(view, id)?, &view.kind_of(id).label);
    let words = match view.role_text(id, Role::Number) {
        Some(number) => view.language.say("record.numbered", &[("kind", kind), ("number", number)]),
        None => view.language.say("record.page", &[("kind", kind)]),
    };
    Some(format!("<a href=\"{}\">{}</a>", escaped(&href), escaped(&words)))
}

/// The actions that a decision led to: how many there are and how many are in which state.
fn actions(view: &View, id: DocumentId) -> Vec<String> {
    let mut states: Vec<(&str, String, usize)> = Vec::new();
    for child in view.records_in(id) {
        let Some((field, name)) = query::status(view, *child) else { continue };
        let label = label_of(&field.shape, name);
        match states.iter_mut().find(|(known, ..)| *known == label) {
            Some((.., count)) => *count += 1,
            None => {
                let kind = view.kind_of(*child);
                states.push((label, kind.label_plural.clone(), 1));
            }
        }
    }
    let part = |(label, kinds, count): (&str, String, usize)| {
        let count = view.language.number(count as u64);
        let words = view.language.say("record.children", &[("kinds", &kinds), ("state", label), ("count", &count)]);
        format!("<span>{}</span>", escaped(&words))
    };
    states.into_iter().map(part).collect()
}

/// The filled fields of its own that a record shows where it stands. Where it was made, the page says; its purpose, the
/// text, if it has it.
fn told(view: &View, id: DocumentId) -> Vec<Fact> {
    let document = view.document(id);
    let kind = view.kinds().get(document.kind);
    let is_late = view.overdue(id).is_some();
    let elsewhere = |field: &Field| match field.role {
        Some(Role::Number | Role::Status | Role::Outcome | Role::About | Role::Title) => true,
        Some(Role::Mover | Role::Seconder | Role::Votes) => true,
        Some(Role::Due) => is_late || is_in_text(view, id, field),
        Some(Role::Purpose | Role::Owner) => is_in_text(view, id, field),
        _ => kind.inside_of.as_deref() == Some(&*field.name),
    };
    let own = kind.fields.iter().filter(|field| field.shown && !field.common && !elsewhere(field));
    let mut told: Vec<Fact> = own.filter_map(|field| facts::fact(view, id, field)).collect();
    told.retain(|fact| !fact.values.is_empty());
    let files = facts::attachments(view, id);
    if !files.is_empty() {
        let label = view.language.say("attachment.title", &[]);
        let values = files.into_iter().map(|file| file_cell(view, file)).collect();
        told.push(Fact { name: String::new(), label, values, ..Fact::default() });
    }
    told
}

fn file_cell(view: &View, file: AttachmentView) -> Cell {
    let title = match file.label {
        Some(label) => format!("{label}: {}", file.title),
        None => file.title,
    };
    let note = if file.held { file.note } else { Some(view.language.say("attachment.not-held", &[])) };
    let text = match note {
        Some(note) => view.language.say("attachment.name", &[("title", &title), ("note", &note)]),
        None => title,
    };
    Cell { text, href: file.href, ..Cell::default() }
}

/// Whether a record in place has the words of a field, or the brackets after it have them.
fn is_in_text(view: &View, id: DocumentId, field: &Field) -> bool {
    let document = view.document(id);
    let place = document.place.as_ref().and_then(|place| Some((place.host, place.wording.as_ref()?)));
    let (Some((host, wording)), Some(value)) = (place, document.fields.get(&field.name)) else { return false };
    let words = match value {
        Value::List(values) => values.iter().map(|(value, _)| said(view, value)).collect::<Option<Vec<_>>>(),
        value => said(view, value).map(|words| vec![words]),
    };
    let text = &view.document(host).body;
    let (mut part, mut blocks) = (text.whole(), 0);
    (part.first, part.start) = (wording.stretch.first, wording.stretch.start);
    // Up to where this would be shown, and of a long section no more than its beginning.
    let mut near = String::new();
    for step in text.steps(part) {
        match step {
            Step::Words(words) => near.push_str(words),
            Step::Open(node) => {
                let is_mark = matches!(text.node(node).element, Element::Record(_));
                let is_over = node.index() as u32 >= wording.stretch.next;
                if is_over && (is_mark || !text.node(node).element.is_inline()) || blocks > NEAR {
                    break;
                }
                blocks += usize::from(!text.node(node).element.is_inline());
            }
            Step::Close(_) => {}
        }
    }
    words.is_some_and(|words| words.iter().all(|words| near.contains(&**words)))
}

/// What an author typed in words.
fn said(view: &View, value: &Value) -> Option<String> {
    match value {
        Value::Date(date) => Some(view.language.date(*date)),
        Value::Reference(_) => None,
        value => value.text().map(str::to_owned),
    }
}

/// Who moved it, who seconded it, and how many voted which way, in a sentence each; then who voted which way, if that was
/// recorded. Names that stand in the words of the record are not said again.
fn motion(view: &View, id: DocumentId, in_line: bool, out: &mut String) {
    let kind = view.kind_of(id);
    let is_said = |role| kind.role(role).is_some_and(|field| is_in_text(view, id, field));
    let mut motion = query::motion(view, id);
    if is_said(Role::Mover) {
        motion.movers.clear();
    }
    if is_said(Role::Seconder) {
        motion.seconders.clear();
    }
    let sentence = motion.in_words(&view.language).map(|words| format!("<span>{}</span>", escaped(&words)));
    let recorded = facts::recorded_votes(view, id);
    if in_line {
        let recorded = recorded.iter().map(|fact| in_words(view, fact));
        return note_in_line(&sentence.into_iter().chain(recorded).collect::<Vec<_>>(), out);
    }
    if let Some(sentence) = sentence {
        out.push_str(&format!("<p class=\"record-note motion\">{sentence}</p>\n"));
    }
    out.push_str(&rows(view, &recorded));
}

/// Facts one below the other; an empty string if there are none.
#[must_use]
pub fn rows(view: &View, facts: &[Fact]) -> String {
    let row = |fact: &Fact| {
        let label =
            if fact.label.is_empty() { view.language.say("corrections.title", &[]) } else { fact.label.clone() };
        let values = fact.values.iter().map(|value| format!("<dd>{}</dd>", cell(value))).collect::<String>();
        format!("<div><dt>{}</dt>{values}</div>\n", escaped(&label))
    };
    let rows = facts.iter().map(row).collect::<String>();
    if rows.is_empty() { rows } else { format!("<dl class=\"parts record-facts\">\n{rows}</dl>\n") }
}

/// A fact in a line: "Evidence: Minutes of 12 October 2021".
fn in_words(view: &View, fact: &Fact) -> String {
    let values: Vec<String> = fact.values.iter().map(cell).collect();
    format!("<span>{}: {}</span>", escaped(&fact.label), values.join(&escaped(view.comma())))
}

fn cell(value: &Cell) -> String {
    let text = escaped(&value.text);
    match (&value.html, &value.href, &value.iso) {
        (Some(html), ..) => html.as_str().unwrap_or_default().to_owned(),
        (_, Some(href), _) => format!("<a href=\"{}\">{text}</a>", escaped(href)),
        (_, _, Some(iso)) => format!("<time datetime=\"{}\">{text}</time>", escaped(iso)),
        _ => text,
    }
}
