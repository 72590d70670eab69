//! `content/people.csv` → a document of the kind of people for each person in public office.
//!
//! Input: the bytes of the table, of which each row is one term of one person. Output: a [`ParsedFile`], as a folder of files would
//! give it, and a diagnostic for each mistake. Not here: which names in minutes mean whom (`assemble/people.rs`).
//!
//! A row becomes what the head of a file would be, so that one schema, one set of messages and one decision on who may see it hold for
//! both. Who may see a person is not settled by a table: what says that a row is not for everybody, or not yet, holds back all rows
//! of that person, and the message says how to write a file.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::context::{Context, FieldTexts};
use super::front_matter::{self, Schema};
use super::old::lines;
use super::{ParsedFile, Split};
use crate::data::table::column_name;
use crate::data::{Node, Pair, Raw, rows_of};
use crate::diagnostic::{Diagnostics, nearest};
use crate::disclosure::{Decision, speaks_of_privacy};
use crate::kind::{Field, Kind, KindId, Role, Shape};
use crate::lexicon::Lexicon;
use crate::model::{Address, Fields, Looked, Parsed, Value, Visibility, Withheld, WithheldText, slug};
use crate::source::{SourceError, SourceId, Span, decode};

/// The column of the name.
const NAME: &str = "name";

/// The column of the last part of the address, for two people of one name.
const PAGE: &str = "page";

/// What one column holds.
enum Column<'site> {
    Name,
    Page,
    /// A field of the person.
    Own(&'site Field),
    /// A part of a term.
    Part(&'site Field),
    /// Nothing that is known, under this name; it may speak of privacy.
    Unknown(Box<str>),
    /// Nothing: the column has no name and no value.
    Empty,
}

/// A cell with something in it.
#[derive(Clone, Copy)]
struct Cell<'text> {
    text: &'text str,
    span: Span,
}

/// The rows of one person.
struct Person<'text> {
    name: Cell<'text>,
    /// Other names in later rows of the same page.
    others: Vec<Cell<'text>>,
    /// The fields of the person, each with its first value.
    own: Vec<(String, Cell<'text>)>,
    terms: Vec<Node>,
    rows: Vec<Span>,
}

/// Reads the table.
#[must_use]
pub fn people(source: SourceId, bytes: Result<Vec<u8>, SourceError>, context: &Context<'_>) -> ParsedFile {
    let mut file = ParsedFile::default();
    let said = &mut file.diagnostics;
    let found = context.kinds.iter().find(|(_, kind)| kind.role(Role::Terms).is_some());
    let Some((id, kind, terms)) = found.and_then(|(id, kind)| Some((id, kind, kind.role(Role::Terms)?))) else {
        return file;
    };
    let text = match bytes.map(decode) {
        Ok(Ok(text)) => text,
        Ok(Err(_)) => {
            said.people_not_text(Span::whole(source));
            return file;
        }
        // `read` has named a file that cannot be opened.
        Err(_) => return file,
    };
    let lines = lines(&text, source);
    let mut rows = rows_of(&text);
    let Some((_, head)) = rows.next() else { return file };
    let at_line = |line: usize| lines.get(line.wrapping_sub(1)).copied().unwrap_or(Span::whole(source));
    let columns = columns(&head, kind, terms, at_line(1), said);
    if !columns.iter().any(|column| matches!(column, Column::Name)) {
        said.people_without_names(at_line(1));
        return file;
    }
    let rows: Vec<(Span, Vec<Box<str>>)> = rows.map(|(line, cells)| (at_line(line), cells)).collect();
    let table = Table { source, text: &text, id, kind, terms, columns: &columns, context };
    for (page, person) in table.people(&rows, said) {
        let (parsed, withheld) = table.document(&page, person, said);
        file.parsed.extend(parsed);
        file.withheld.extend(withheld);
    }
    file
}

/// What each column holds; a name that is no field's is said once.
fn columns<'site>(
    head: &[Box<str>],
    kind: &'site Kind,
    terms: &'site Field,
    span: Span,
    diagnostics: &mut Diagnostics,
) -> Vec<Column<'site>> {
    let mut columns: Vec<Column<'site>> = Vec::new();
    let mut known: Vec<String> = Vec::new();
    for typed in head {
        let name = column_name(typed);
        let called = |field: &&Field| field.has_name(&name);
        let is_own = |field: &&Field| {
            !field.decides() && field.role != Some(Role::Title) && !matches!(field.shape.one(), Shape::Group(_))
        };
        let own = || kind.fields.iter().filter(is_own).find(called);
        let column = match name.as_str() {
            "" => Column::Empty,
            NAME => Column::Name,
            PAGE => Column::Page,
            _ => match terms.parts().iter().find(called) {
                Some(part) => Column::Part(part),
                None => own().map_or_else(|| Column::Unknown(name.as_str().into()), Column::Own),
            },
        };
        let meant = match &column {
            Column::Own(field) | Column::Part(field) => field.name.clone(),
            _ => name.clone(),
        };
        if !name.is_empty() && known.contains(&meant) {
            diagnostics.people_column_twice(span, typed.trim(), &meant);
            columns.push(Column::Empty);
            continue;
        }
        if let Column::Unknown(name) = &column {
            let names = [NAME, PAGE]
                .into_iter()
                .chain(terms.parts().iter().chain(kind.fields.iter().filter(is_own)).map(|field| &*field.name));
            let names: Vec<&str> = names.collect();
            let parts: Vec<&str> = terms.parts().iter().map(|part| part.name.as_str()).collect();
            diagnostics.unknown_people_column(span, typed.trim(), nearest(name, names.iter().copied()), &parts);
        }
        known.push(meant);
        columns.push(column);
    }
    columns
}

struct Table<'run, 'site> {
    source: SourceId,
    text: &'run str,
    id: KindId,
    kind: &'site Kind,
    terms: &'site Field,
    columns: &'run [Column<'site>],
    context: &'run Context<'site>,
}

impl<'run, 'site> Table<'run, 'site> {
    /// The people of the table by the last parts of their addresses, in the order of those.
    fn people(
        &self,
        rows: &'run [(Span, Vec<Box<str>>)],
        diagnostics: &mut Diagnostics,
    ) -> BTreeMap<String, Person<'run>> {
        let mut people: BTreeMap<String, Person<'run>> = BTreeMap::new();
        for (line, cells) in rows {
            let cells = self.cells(*line, cells);
            let cell = |wanted: fn(&Column<'_>) -> bool| self.columns.iter().position(wanted).and_then(|at| cells[at]);
            let Some(name) = cell(|column| matches!(column, Column::Name)) else {
                diagnostics.person_without_name(*line);
                continue;
            };
            let page = cell(|column| matches!(column, Column::Page));
            let slug = page.map_or_else(|| slug(&without_titles(name.text)), |page| slug(page.text));
            if slug.is_empty() {
                diagnostics.person_without_address(name.span, name.text);
                continue;
            }
            let path = format!("{}/{slug}.md", self.kind.folder);
            if self.context.files.is_there(&path) {
                diagnostics.person_has_file(name.span, name.text, &path);
                continue;
            }
            match people.get_mut(&slug) {
                // Mr and Mrs A Low are two, and each needs an address.
                Some(first) if page.is_none() && !same_name(first.name.text, name.text) => {
                    diagnostics.people_of_one_name(name.span, name.text, (first.name.span, first.name.text), &slug);
                    continue;
                }
                Some(first) if first.name.text != name.text => first.others.push(name),
                Some(_) => {}
                None => {
                    let (others, own, terms, rows) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
                    people.insert(slug.clone(), Person { name, others, own, terms, rows });
                }
            }
            if let Some(person) = people.get_mut(&slug) {
                self.add_row(person, *line, &cells, diagnostics);
            }
        }
        people
    }

    /// Each cell with its place, or none where it is empty; as many as there are columns.
    fn cells(&self, line: Span, cells: &'run [Box<str>]) -> Vec<Option<Cell<'run>>> {
        let (mut at, end) = (line.start as usize, line.end as usize);
        let mut placed: Vec<Option<Cell<'run>>> = Vec::with_capacity(self.columns.len());
        for cell in cells.iter().take(self.columns.len()) {
            let text = cell.trim();
            let found = self.text.get(at..end).and_then(|rest| rest.find(text)).map(|found| at + found);
            let span = found.map_or(line, |start| Span::new(self.source, start, start + text.len()));
            at = found.map_or(at, |start| start + text.len());
            placed.push((!text.is_empty()).then_some(Cell { text, span }));
        }
        placed.resize(self.columns.len(), None);
        placed
    }

    fn add_row(
        &self,
        person: &mut Person<'run>,
        line: Span,
        cells: &[Option<Cell<'run>>],
        diagnostics: &mut Diagnostics,
    ) {
        let mut term = Vec::new();
        for (column, cell) in self.columns.iter().zip(cells) {
            let Some(cell) = cell else { continue };
            match column {
                Column::Part(part) => term.push(pair(&part.name, *cell, self.value_of(part, *cell))),
                Column::Own(field) => match person.own.iter().find(|(name, _)| *name == field.name) {
                    Some((name, first)) if first.text != cell.text => {
                        diagnostics.person_told_twice(cell.span, name, cell.text, (first.span, first.text));
                    }
                    Some(_) => {}
                    None => person.own.push((field.name.clone(), *cell)),
                },
                Column::Unknown(name) => person.own.push((name.to_string(), *cell)),
                Column::Name | Column::Page | Column::Empty => {}
            }
        }
        if !term.is_empty() {
            person.terms.push(Node { span: line, value: Raw::Map(term) });
        }
        person.rows.push(line);
    }

    /// A body that is named as its file is called is that file; anything else is as it was typed.
    fn value_of(&self, field: &Field, Cell { text, span }: Cell<'_>) -> Raw {
        let mut text = text.to_owned();
        if let Some(relation) = field.shape.relation() {
            let kinds = relation.to.iter().filter_map(|name| self.context.kinds.by_name(name));
            let folders = kinds.map(|kind| &self.context.kinds.get(kind).folder);
            let mut ids = folders.map(|folder| format!("{folder}/{}", slug(&text)));
            if let Some(id) = ids.find(|id| self.context.files.is_there(&format!("{id}.md"))) {
                text = id;
            }
        }
        let one = |text: &str| Raw::Scalar { text: text.trim().to_owned(), quoted: false };
        match &field.shape {
            Shape::List(_) => {
                let items = text.split(';').filter(|item| !item.trim().is_empty());
                Raw::List(items.map(|item| Node { span, value: one(item) }).collect())
            }
            _ => one(&text),
        }
    }

    /// The document of a person, or the rows of one that not everybody may see.
    fn document(&self, page: &str, person: Person<'_>, diagnostics: &mut Diagnostics) -> Split {
        let (context, kind) = (self.context, self.kind);
        let (zone, own) = (&context.config.zone, context.config.base_url.as_deref());
        let schema = Schema { kind, kinds: context.kinds, zone, folder: "", own, sensitive: false, in_braces: false };
        let speaks = |name: &str, cell: &Cell<'_>| {
            let node = Node { span: cell.span, value: Raw::Scalar { text: cell.text.to_owned(), quoted: false } };
            kind.field(name).is_some_and(Field::decides)
                || (kind.field(name).is_none() && speaks_of_privacy(name, Some(&node), schema.rules()))
        };
        let (unknown, known): (Vec<_>, Vec<_>) =
            person.own.iter().partition(|(name, _)| kind.field(name).is_none_or(Field::decides));
        let spoken = unknown.iter().find(|(name, cell)| speaks(name, cell));
        let node = self.head(&person, &known);
        let mut decision = Decision::of_head(&node, schema.rules(), diagnostics);
        decision.look_at_names(&node, "", self.source, diagnostics);
        let mut texts = FieldTexts::new(context.phrases, Looked::Never, decision);
        let mut read = |text: &str, span: Span| texts.read(text, span);
        let fields = front_matter::fields(&node, schema, &mut read, diagnostics);
        self.look_at_terms(&fields, diagnostics);
        let parsed = Parsed {
            source: self.source,
            path: "people.csv".into(),
            kind: self.id,
            id: format!("{}/{page}", kind.folder).into(),
            address: Address::page([slug(&kind.folder).as_str(), page]),
            title: person.name.text.into(),
            title_span: person.name.span,
            fields,
            body: Arc::default(),
            visibility: Arc::clone(&texts.decision.visibility),
            standing: None,
            records: Box::default(),
        };
        let is_plain = *parsed.visibility == Visibility { is_open: parsed.visibility.is_open, ..Visibility::default() };
        let (shown, mut withheld) = texts.decided(diagnostics).split(parsed.clone(), Vec::new());
        if let Some((name, cell)) = spoken {
            diagnostics.person_is_private(cell.span, person.name.text, name, &format!("{}/{page}.md", kind.folder));
        } else if is_plain && withheld.is_empty() {
            return (shown, withheld);
        }
        let passage = |span: &Span| {
            let text = self.text.get(span.start as usize..span.end as usize).unwrap_or_default();
            WithheldText { text: text.into(), span: *span, leads_to: Box::default() }
        };
        withheld = vec![Withheld::passages(&parsed, person.rows.iter().map(passage).collect())];
        (Vec::new(), withheld)
    }

    /// What the head of a file of this person would be.
    fn head(&self, person: &Person<'_>, own: &[&(String, Cell<'_>)]) -> Node {
        let mut pairs = Vec::new();
        let mut names: Vec<Node> = Vec::new();
        let scalar =
            |cell: &Cell<'_>| Node { span: cell.span, value: Raw::Scalar { text: cell.text.to_owned(), quoted: true } };
        names.extend(person.others.iter().map(scalar));
        let title = self.kind.role(Role::Title);
        pairs.extend(
            title.map(|field| Pair { value: scalar(&person.name), ..pair(&field.name, person.name, Raw::Null) }),
        );
        let known_as = self.kind.role(Role::KnownAs);
        for (name, cell) in own {
            let Some(field) = self.kind.field(name) else { continue };
            let value = self.value_of(field, *cell);
            match value {
                Raw::List(items) if known_as.is_some_and(|known| known.name == field.name) => names.extend(items),
                value => pairs.push(pair(name, *cell, value)),
            }
        }
        if let Some(field) = known_as.filter(|_| !names.is_empty()) {
            pairs.push(pair(&field.name, person.name, Raw::List(names)));
        }
        if !person.terms.is_empty() {
            pairs.push(pair(&self.terms.name, person.name, Raw::List(person.terms.clone())));
        }
        Node { span: person.name.span, value: Raw::Map(pairs) }
    }

    /// Says which terms end before they begin.
    fn look_at_terms(&self, fields: &Fields, diagnostics: &mut Diagnostics) {
        let Some(Value::List(terms)) = fields.get(&self.terms.name) else { return };
        let parts = self.terms.parts();
        for (term, span) in terms {
            let Value::Group(term) = term else { continue };
            let day = |role: Role| term.with_role(parts, role).and_then(Value::date);
            if let (Some(from), Some(to)) = (day(Role::From), day(Role::To))
                && to.latest() < from.earliest()
            {
                diagnostics.term_ends_before_it_begins(*span);
            }
        }
    }
}

fn pair(name: &str, cell: Cell<'_>, value: Raw) -> Pair {
    Pair { key: name.to_owned(), key_span: cell.span, value: Node { span: cell.span, value } }
}

/// A name without the titles before it: they change, and the address of a person does not.
fn without_titles(name: &str) -> String {
    let lexicon = Lexicon::english();
    let is_title = |word: &&str| lexicon.has("presence.titles", word.trim_end_matches(['.', ',']));
    let words: Vec<&str> = name.split_whitespace().skip_while(is_title).collect();
    if words.is_empty() { name.to_owned() } else { words.join(" ") }
}

/// Whether two names of one page are one, but for the form of their titles: "Cllr A Low" and "Councillor A. Low".
fn same_name(one: &str, other: &str) -> bool {
    let titles = |name: &str| {
        let known = |word: &&str| Lexicon::english().has("presence.office-titles", word.trim_end_matches('.'));
        let kept = name.split_whitespace().filter(|word| !known(word));
        kept.map(|word| word.trim_end_matches('.').to_lowercase()).collect::<Vec<_>>()
    };
    titles(one) == titles(other)
}
