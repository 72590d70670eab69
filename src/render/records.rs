//! Records on the page where they were made: what is known of each stands quietly behind its words; one that is a file
//! is shown whole at its item.
//!
//! Enters: a record, or the document whose page is made. Leaves: HTML, because it stands inside a text. Absent: the
//! words of a record in place, which the text has; and any kind by its name: which facts are shown is its kind's to say.

use super::body;
use super::facts;
use crate::html::escape;
use crate::kind::{Field, Role};
use crate::model::{DocumentId, Element, EmbedId, Landing, NodeId, Published, RecordId, Step, Value};
use crate::query;
use crate::view::{AttachmentView, Cell, Fact, View, choice, limb_name, stage};

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
        for file in files(*record) {
            let mut html = String::new();
            self::file(view, file, &mut html);
            match after(view, host, RecordId::at(index), *record) {
                Some(node) => beside.inside.push((node, html)),
                None => beside.below.push_str(&html),
            }
        }
    }
    for file in files(host) {
        let mut html = String::new();
        self::file(view, file, &mut html);
        match after_place(view, host, file) {
            Some(node) => beside.inside.push((node, html)),
            None => beside.below.push_str(&html),
        }
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
    let mut out = String::from("<div class=\"correction\" role=\"note\">\n<p>");
    let place = correction.words.unwrap_or_default();
    escape(&view.language.say("corrections.beside", &[("place", place)]), &mut out);
    out.push_str("</p>\n");
    rows(view, &correction.facts, &mut out);
    out.push_str("</div>\n");
    out
}

/// What is known of a record of the text, behind its words; right below its heading, for an item of the agenda.
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
    if !line.is_empty() {
        // In a line it stands right behind a word.
        let line = line.join(" ");
        out.push_str(&if in_line {
            format!(" <span class=\"record-note\">{line}</span>")
        } else {
            format!("<p class=\"record-note\">{line}</p>\n")
        });
    }
    votes(view, id, in_line, out);
}

/// What became of an item, who brought it and which papers were before the meeting. One that is procedural is marked for
/// the script that folds it.
fn item(view: &View, id: DocumentId, out: &mut String) {
    let facts = told(view, id);
    if is_procedural(view, id) {
        let say = |key| view.language.say(key, &[("title", &view.document(id).title)]);
        out.push_str("<div class=\"folds\" hidden data-show=\"");
        escape(&say("fold.show"), out);
        out.push_str("\" data-hide=\"");
        escape(&say("fold.hide"), out);
        out.push_str("\"></div>\n");
    }
    let chips = chips(view, id);
    if !chips.is_empty() {
        out.push_str(&format!("<p class=\"record-note\">{}</p>\n", chips.join(" ")));
    }
    if !facts.is_empty() {
        rows(view, &facts, out);
    }
}

fn is_procedural(view: &View, id: DocumentId) -> bool {
    query::value(view, id, Role::Procedural) == Some(&Value::Boolean(true))
}

/// A record that is a file, whole: its title, its words, what is known of it, and what was made in it.
pub fn file(view: &View, id: DocumentId, out: &mut String) {
    shown(view, id, 1, out);
}

fn shown(view: &View, id: DocumentId, depth: usize, out: &mut String) {
    let document = view.document(id);
    let Some(place) = &document.place else { return };
    out.push_str("<div class=\"record-file\" id=\"");
    escape(&place.anchor, out);
    out.push_str("\">\n<p class=\"kind\">");
    escape(&view.kinds().get(document.kind).label, out);
    out.push_str("</p>\n<p class=\"record-title\">");
    titled(view, id, out);
    out.push_str("</p>\n");
    let elsewhere = place.page && query::is_item(view, id);
    if document.published == Published::Whole && !elsewhere {
        let before = out.len();
        body::words(view, id, Some(&place.anchor), out);
        if out.len() > before {
            out.insert_str(before, "<div class=\"record-words\">\n");
            out.push_str("</div>\n");
        }
    }
    let mut line = chips(view, id);
    line.extend(actions(view, id));
    if !line.is_empty() {
        out.push_str(&format!("<p class=\"record-note\">{}</p>\n", line.join(" ")));
    }
    rows(view, &told(view, id), out);
    votes(view, id, false, out);
    if depth < DEEPEST && !place.page {
        for child in view.records_in(id) {
            shown(view, *child, depth + 1, out);
        }
    }
    out.push_str("</div>\n");
}

/// Its number and title, which lead to its page if it has one.
fn titled(view: &View, id: DocumentId, out: &mut String) {
    let document = view.document(id);
    let page = view.href(id).filter(|_| document.anchor_on_page().is_none());
    if let Some(href) = &page {
        out.push_str("<a href=\"");
        escape(href, out);
        out.push_str("\">");
    }
    if let Some(number) = view.role_text(id, Role::Number) {
        out.push_str("<span class=\"number\">");
        escape(number, out);
        out.push_str("</span> ");
    }
    escape(&document.title, out);
    if page.is_some() {
        out.push_str("</a>");
    }
}

/// What became of it, in a word each: what was decided, whether it is done, and that it is late.
fn chips(view: &View, id: DocumentId) -> Vec<String> {
    let document = view.document(id);
    let outcomes = query::outcomes(view, id).into_iter().map(|(field, name)| (field, name, None));
    let status = query::status(view, id).map(|(field, name)| (field, name, stage(document.stage)));
    let mut chips: Vec<String> = outcomes
        .chain(status)
        .map(|(field, name, stage)| {
            let class = stage.map_or_else(String::new, |stage| format!(" {stage}"));
            let label = choice(field, name).map_or(name, |choice| &choice.label);
            format!("<span class=\"status{class}\">{}</span>", escaped(label))
        })
        .collect();
    if let Some(overdue) = view.overdue(id) {
        chips.push(format!("<span class=\"status late\">{}</span>", escaped(&overdue)));
    }
    chips
}

/// The link to the page of its own that a record of a text has.
fn own_page(view: &View, id: DocumentId) -> Option<String> {
    let document = view.document(id);
    let href = view.href(id).filter(|_| document.anchor_on_page().is_none())?;
    let kind = &view.kinds().get(document.kind).label;
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
        let label = choice(field, name).map_or(name, |choice| &choice.label);
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
        Some(Role::Number | Role::Status | Role::Outcome | Role::Votes | Role::About | Role::Title) => true,
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

/// Whether a record in place has the words of a field, or the brackets behind it have them.
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

/// How many voted which way, as a table; in a line, in words.
fn votes(view: &View, id: DocumentId, in_line: bool, out: &mut String) {
    let (counts, others) = facts::votes(view, id);
    if in_line {
        let words: Vec<String> = counts.iter().chain(&others).map(|fact| in_words(view, fact)).collect();
        if !words.is_empty() {
            out.push_str(&format!(" <span class=\"record-note\">{}</span>", words.join(" ")));
        }
        return;
    }
    if !counts.is_empty() {
        out.push_str("<table class=\"votes\">\n<caption>");
        escape(&view.language.say("votes.title", &[]), out);
        out.push_str("</caption>\n<thead><tr>");
        for fact in &counts {
            out.push_str(&format!("<th scope=\"col\">{}</th>", escaped(&fact.label)));
        }
        out.push_str("</tr></thead>\n<tbody><tr>");
        for fact in &counts {
            out.push_str("<td>");
            cells(&fact.values, out);
            out.push_str("</td>");
        }
        out.push_str("</tr></tbody>\n</table>\n");
    }
    rows(view, &others, out);
}

/// Facts one below the other.
fn rows(view: &View, facts: &[Fact], out: &mut String) {
    if facts.is_empty() {
        return;
    }
    out.push_str("<dl class=\"parts record-facts\">\n");
    for fact in facts {
        let label =
            if fact.label.is_empty() { view.language.say("corrections.title", &[]) } else { fact.label.clone() };
        out.push_str(&format!("<div><dt>{}</dt>", escaped(&label)));
        for value in &fact.values {
            out.push_str("<dd>");
            cell(value, out);
            out.push_str("</dd>");
        }
        out.push_str("</div>\n");
    }
    out.push_str("</dl>\n");
}

/// A fact in a line: "Evidence: Minutes of 12 October 2021".
fn in_words(view: &View, fact: &Fact) -> String {
    let mut values = String::new();
    for (index, value) in fact.values.iter().enumerate() {
        if index > 0 {
            escape(view.comma(), &mut values);
        }
        cell(value, &mut values);
    }
    format!("<span>{}: {values}</span>", escaped(&fact.label))
}

fn cells(values: &[Cell], out: &mut String) {
    values.iter().for_each(|value| cell(value, out));
}

fn cell(value: &Cell, out: &mut String) {
    match (&value.html, &value.href, &value.iso) {
        (Some(html), ..) => out.push_str(html.as_str().unwrap_or_default()),
        (_, Some(href), _) => out.push_str(&format!("<a href=\"{}\">{}</a>", escaped(href), escaped(&value.text))),
        (_, _, Some(iso)) => {
            out.push_str(&format!("<time datetime=\"{}\">{}</time>", escaped(iso), escaped(&value.text)));
        }
        _ => escape(&value.text, out),
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape(text, &mut out);
    out
}

/// The id of a part of a record on the record's own page: `limb-2`.
#[must_use]
pub fn limb_id(record: &str, anchor: &str) -> String {
    format!("limb-{}", limb_name(record, anchor))
}
