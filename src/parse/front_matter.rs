//! The head of a document → [`Fields`], typed by the schema of its kind.
//!
//! Input: a tree as typed, a kind. Output: the fields that can be understood, in the order of the kind's file, and a
//! diagnostic for each that cannot; such a field is left out, so that a page never shows what nobody meant.
//! Not here: names of kinds and fields (roles are asked for); the five fields that decide who may see a document
//! (`disclosure/`); whether a document that is referred to exists (`assemble/`).

use crate::data::{Node, Pair, Raw, boolean, one_line};
use crate::diagnostic::{Diagnostics, nearest};
use crate::disclosure::{Rules, is_doubtful_status, mentions_privacy, says_private, speaks_of_privacy};
use crate::kind::{Choice, Field, Kind, Kinds, Role, Shape};
use crate::language::clean_string;
use crate::lexicon::days;
use crate::model::{Date, Entry, Fields, Instant, Origin, Reference, Text, Value, Zone, own_path};
use crate::recognise::meeting;
use crate::source::Span;

/// What the head of a document is read by.
#[derive(Debug, Clone, Copy)]
pub struct Schema<'site> {
    /// Its kind.
    pub kind: &'site Kind,
    /// All kinds: their folders tell a document's id from words.
    pub kinds: &'site Kinds,
    /// The site's time zone.
    pub zone: &'site Zone,
    /// The folder below `content/` in which the document lies, without a slash at the end: files are named from there.
    pub folder: &'site str,
    /// The address of the site: a document may be named by it.
    pub own: Option<&'site str>,
    /// Whether the settings say what stands on sensitive pages.
    pub sensitive: bool,
    /// Whether the fields stand in braces after words (`{outcome=noted}`), not in the head of a file.
    pub in_braces: bool,
}

impl<'site> Schema<'site> {
    /// What of it decides who may see the document.
    pub(super) fn rules(&self) -> Rules<'site> {
        Rules { kind: self.kind, kinds: self.kinds, zone: self.zone, own: self.own, sensitive: self.sensitive }
    }

    /// The document that a field names.
    fn reference(&self, text: &str) -> Option<Reference> {
        Reference::parse(own_path(text, self.own).unwrap_or(text), self.kinds)
    }

    /// The line, or what stands in braces, that an author can paste.
    pub(super) fn example(&self, field: &Field) -> String {
        if !self.in_braces {
            return field.line();
        }
        let one = field.example.trim_matches(['[', ']', '"']).split(',').next().unwrap_or_default();
        let quote = if one.contains(' ') { "\"" } else { "" };
        format!("{}={quote}{one}{quote}", field.name)
    }

    /// What stands before a value: `outcome: `, or `outcome=` in braces.
    fn key(&self, field: &Field) -> String {
        format!("{}{}", field.name, if self.in_braces { "=" } else { ": " })
    }
}

/// Reads text in the dialect, which is another room's: the text and where it stands.
pub type ReadMarkdown<'call> = dyn FnMut(&str, Span) -> Text + 'call;

/// The parts of a group: those of `node` that `parts` has and that can be understood.
pub fn parts(
    node: &Node,
    parts: &[Field],
    schema: Schema<'_>,
    markdown: &mut ReadMarkdown<'_>,
    diagnostics: &mut Diagnostics,
) -> Fields {
    match (FieldReader { schema, markdown, diagnostics }).group(parts, node) {
        Some(Value::Group(fields)) => fields,
        _ => Fields::default(),
    }
}

/// Every field of `node` that the schema knows and that can be understood.
pub fn fields(
    node: &Node,
    schema: Schema<'_>,
    markdown: &mut ReadMarkdown<'_>,
    diagnostics: &mut Diagnostics,
) -> Fields {
    let known: Vec<&Field> = schema.kind.fields.iter().filter(|field| !field.decides()).collect();
    let mut reader = FieldReader { schema, markdown, diagnostics };
    reader.report_unknown_keys(node, |key| schema.kind.field(key).is_some(), &known);
    Fields(known.into_iter().filter_map(|field| reader.entry(field, node)).collect())
}

struct FieldReader<'site, 'call, 'markdown> {
    schema: Schema<'site>,
    markdown: &'call mut ReadMarkdown<'markdown>,
    diagnostics: &'call mut Diagnostics,
}

impl FieldReader<'_, '_, '_> {
    /// Names every key of `node` that is not known, with the field of `fields` that may be meant. A key that may have
    /// been meant to withhold the document is reported by `disclosure`.
    fn report_unknown_keys(&mut self, node: &Node, is_known: impl Fn(&str) -> bool, fields: &[&Field]) {
        for Pair { key, key_span, .. } in node.pairs() {
            if is_known(key) || speaks_of_privacy(key, node.get(key), self.schema.rules()) {
                continue;
            }
            let names: Vec<&str> = fields.iter().map(|field| field.name.as_str()).collect();
            let said = |field: &&&Field| field.also_said.iter().any(|name| name.eq_ignore_ascii_case(key));
            let near = || fields.iter().find(|field| nearest(key, names.iter().copied()) == Some(field.name.as_str()));
            let example = fields.iter().find(said).or_else(near).map(|field| self.schema.example(field));
            let stays_public = mentions_privacy(key, node.get(key));
            self.diagnostics.unknown_field(*key_span, key, example.as_deref(), (&names, stays_public));
        }
    }

    /// The field as `map` has it, if it has it and it can be understood.
    fn entry(&mut self, field: &Field, map: &Node) -> Option<Entry> {
        let node = map.get(&field.name).filter(|node| !node.is_empty())?;
        let value = self.value(field, &field.shape, node)?;
        if field.role == Some(Role::Tags)
            && let Value::List(tags) = &value
        {
            let hides =
                |(tag, span): &(Value, Span)| Some((*span, tag.text().filter(|tag| says_private(tag))?.to_owned()));
            tags.iter().filter_map(hides).for_each(|(span, tag)| self.diagnostics.tag_hides_nothing(span, &tag));
        }
        Some(Entry { name: field.name.as_str().into(), value, span: node.span, origin: Origin::Typed })
    }

    fn value(&mut self, field: &Field, shape: &Shape, node: &Node) -> Option<Value> {
        match (shape, &node.value) {
            (Shape::List(inner), _) => self.list(field, inner, node),
            (Shape::Group(parts), Raw::Map(_)) => self.group(parts, node),
            (_, Raw::List(items)) => match items.as_slice() {
                [only] => self.value(field, shape, only),
                _ => self.wrong_shape(field, node),
            },
            (Shape::Group(parts), Raw::Scalar { .. }) => match parts.iter().find(|part| part.alone) {
                Some(part) => {
                    let value = self.value(part, &part.shape, node)?;
                    let (name, span, origin) = (part.name.as_str().into(), node.span, Origin::Typed);
                    Some(Value::Group(Fields(vec![Entry { name, value, span, origin }])))
                }
                None => self.wrong_shape(field, node),
            },
            _ => match words_of(node) {
                Some(text) => self.scalar(field, shape, text.trim(), node.span),
                None => self.wrong_shape(field, node),
            },
        }
    }

    /// Several values; one alone counts as a list of one.
    fn list(&mut self, field: &Field, shape: &Shape, node: &Node) -> Option<Value> {
        let schema = self.schema;
        let text = node.scalar().map(str::trim);
        if let Some(text) = text.filter(|text| text.eq_ignore_ascii_case("none")) {
            return Some(Value::List(vec![(Value::Words(text.into()), node.span)]));
        }
        if let Some(text) = text
            && text.starts_with(['[', '{'])
            && !text.ends_with([']', '}'])
        {
            self.diagnostics.list_not_closed(node.span, &field.name, &schema.example(field));
            return None;
        }
        let several = text.and_then(|text| self.several(field, shape, text));
        let values: Vec<(Value, Span)> = match (&node.value, several) {
            (_, Some(texts)) => {
                let values = texts.into_iter().filter_map(|text| self.scalar(field, shape, text, node.span));
                values.map(|value| (value, node.span)).collect()
            }
            (Raw::List(items), None) => {
                let filled = items.iter().filter(|item| !item.is_empty());
                filled.filter_map(|item| Some((self.value(field, shape, item)?, item.span))).collect()
            }
            _ => vec![(self.value(field, shape, node)?, node.span)],
        };
        (!values.is_empty()).then_some(Value::List(values))
    }

    /// The items of a list that was typed as one text: one per line, or ids and topics with commas between them.
    fn several<'text>(&self, field: &Field, shape: &Shape, text: &'text str) -> Option<Vec<&'text str>> {
        let is_reference = matches!(shape, Shape::Reference(_) | Shape::ReferenceOrWords(_));
        let parts = |separator: char| text.split(separator).map(str::trim).filter(|part| !part.is_empty());
        let are_references = || parts(',').all(|part| self.schema.reference(part).is_some());
        let is_tags = field.role == Some(Role::Tags) && *shape == Shape::Text;
        let by_commas = text.contains(',') && (is_tags || (is_reference && are_references()));
        if by_commas {
            Some(parts(',').collect())
        } else if text.contains('\n') && (is_reference || *shape == Shape::Text) {
            let bullets = ['-', '–', '•', '·', '*'];
            Some(parts('\n').map(|line| line.trim_start_matches(bullets).trim()).collect())
        } else {
            None
        }
    }

    fn group(&mut self, parts: &[Field], node: &Node) -> Option<Value> {
        let known: Vec<&Field> = parts.iter().collect();
        self.report_unknown_keys(node, |key| parts.iter().any(|part| part.name == key), &known);
        let entries: Vec<Entry> = parts.iter().filter_map(|part| self.entry(part, node)).collect();
        (!entries.is_empty()).then_some(Value::Group(Fields(entries)))
    }

    fn scalar(&mut self, field: &Field, shape: &Shape, text: &str, span: Span) -> Option<Value> {
        let schema = self.schema;
        // Text in the dialect is cleaned where it is read, so that its places stay right.
        let cleaned = if *shape == Shape::Markdown { text.into() } else { clean_string(text) };
        if cleaned.len() < text.len() {
            let seen = text.bytes().zip(cleaned.bytes()).take_while(|(typed, kept)| typed == kept).count();
            let exact = span.end - span.start == u32::try_from(text.len()).unwrap_or_default();
            let start = span.start as usize + if exact { seen } else { 0 };
            self.diagnostics.direction_character(Span::new(span.source, start, span.end as usize));
        }
        let text = cleaned.as_ref();
        match shape {
            Shape::Text => Some(Value::Text(one_line(text).into())),
            Shape::Markdown => Some(Value::Markdown(Box::new((self.markdown)(text, span)))),
            Shape::Date => self.date(field, text, span).map(Value::Date),
            Shape::Instant => {
                let instant = Instant::parse(text, self.schema.zone);
                self.or_report(instant.map(Value::Instant), |say| {
                    say.wrong_date(span, &schema.key(field), text, None, &schema.example(field))
                })
            }
            Shape::Boolean => {
                let value = boolean(text).map(Value::Boolean);
                self.or_report(value, |say| say.wrong_boolean(span, &schema.key(field), text))
            }
            Shape::Integer => {
                let value = text.replace(',', "").parse().ok().map(Value::Integer);
                self.or_report(value, |say| say.wrong_integer(span, text, &schema.example(field)))
            }
            Shape::Choice(choices) => self.choice(field, choices, text, span),
            Shape::Address => self.address(field, text, span),
            Shape::File => {
                let path = file_path(text, self.schema.folder).map(|path| Value::File(path.into()));
                self.or_report(path, |say| say.wrong_file(span, text, &schema.example(field)))
            }
            Shape::Reference(_) => {
                let value = schema.reference(text).map(Value::Reference);
                self.or_report(value, |say| say.wrong_reference(span, text, &schema.example(field)))
            }
            Shape::ReferenceOrWords(_) => Some(match schema.reference(text) {
                Some(reference) => Value::Reference(reference),
                None => self.words(field, text, span),
            }),
            Shape::DateOrWords => match (schema.reference(text), Date::parse(text)) {
                (Some(reference), _) => Some(Value::Reference(reference)),
                (None, None) if !looks_like_date(text) => Some(Value::Words(one_line(text).into())),
                _ => self.date(field, text, span).map(Value::Date),
            },
            Shape::List(_) | Shape::Group(_) => {
                unreachable!("a list or a group in a list is no shape of a kind's file")
            }
        }
    }

    /// The value; if there is none, `say` reports why.
    fn or_report(&mut self, value: Option<Value>, say: impl FnOnce(&mut Diagnostics)) -> Option<Value> {
        if value.is_none() {
            say(self.diagnostics);
        }
        value
    }

    fn date(&mut self, field: &Field, text: &str, span: Span) -> Option<Date> {
        let schema = self.schema;
        let date = Date::parse(text).or_else(|| days::typed(text));
        if date.is_none() {
            let swapped = day_and_month_swapped(text);
            self.diagnostics.wrong_date(span, &schema.key(field), text, swapped.as_deref(), &schema.example(field));
        }
        date
    }

    /// A word of the kind's file. A status that may have meant to withhold the document does so, which is said there.
    fn choice(&mut self, field: &Field, choices: &[Choice], text: &str, span: Span) -> Option<Value> {
        let own_status = self.schema.kind.role(Role::Status).is_some_and(|status| std::ptr::eq(status, field));
        let meant = || meeting::status_of(text).filter(|_| own_status && self.schema.kind.of_meeting);
        let found = field.choice(text).or_else(|| field.choice(&meant()?));
        if found.is_none() && !(own_status && is_doubtful_status(text, self.schema.kind)) {
            let words: Vec<&str> = choices.iter().map(|choice| choice.value.as_str()).collect();
            let said = |choice: &&Choice| choice.also_said.iter().any(|word| word.eq_ignore_ascii_case(text));
            let said = choices.iter().find(said).map(|choice| choice.value.as_str());
            let nearest = said.or_else(|| nearest(text, words.iter().copied()));
            self.diagnostics.wrong_choice(span, (&field.name, &self.schema.key(field)), text, nearest, &words);
        }
        found.map(|choice| Value::Choice(choice.value.as_str().into()))
    }

    fn address(&mut self, field: &Field, text: &str, span: Span) -> Option<Value> {
        let schema = self.schema;
        let has_scheme = ["http://", "https://"].iter().any(|scheme| {
            text.get(..scheme.len()).is_some_and(|head| head.eq_ignore_ascii_case(scheme)) && text.len() > scheme.len()
        });
        let clean = !text.contains(|character: char| character.is_whitespace() || character.is_control());
        let is_path = text.starts_with('/') && !text.starts_with("//");
        if clean && (has_scheme || is_path) {
            return Some(Value::Address(text.into()));
        }
        let host = text.split(['/', '?', '#']).next().unwrap_or_default();
        let suggestion = if !clean || text.contains(':') || text.starts_with('/') {
            None
        } else if host.contains('.') && !host.starts_with('.') && !host.ends_with(".html") {
            Some(format!("https://{text}"))
        } else {
            Some(format!("/{}", text.trim_start_matches("./")))
        };
        self.diagnostics.wrong_address(span, &field.name, text, suggestion.as_deref(), &schema.example(field));
        None
    }

    /// Words where no page exists; something that is nearly an id is shown as words too, with a warning.
    fn words(&mut self, field: &Field, text: &str, span: Span) -> Value {
        if let Some((folder, rest)) = text.split_once('/')
            && !text.contains(char::is_whitespace)
            && !text.contains(':')
        {
            let by_kind = self.schema.kinds.by_name(folder).map(|kind| self.schema.kinds.get(kind).folder.as_str());
            let folders = self.schema.kinds.list.iter().map(|kind| kind.folder.as_str());
            if let Some(meant) = by_kind.or_else(|| nearest(folder, folders)) {
                self.diagnostics.nearly_a_reference(span, &field.name, text, &format!("{meant}/{rest}"));
            }
        }
        Value::Words(one_line(text).into())
    }

    fn wrong_shape<T>(&mut self, field: &Field, node: &Node) -> Option<T> {
        let schema = self.schema;
        let is = match &node.value {
            Raw::List(_) => "a list",
            Raw::Map(_) => "a group of parts",
            Raw::Null | Raw::Scalar { .. } => "one value",
        };
        let takes = match &field.shape {
            Shape::List(inner) if matches!(**inner, Shape::Group(_)) => "a list of groups of parts",
            Shape::List(_) => "a list of single values",
            Shape::Group(_) => "a group of parts",
            _ => "one value",
        };
        self.diagnostics.wrong_shape(node.span, &field.name, is, takes, &schema.example(field));
        None
    }
}

/// The characters of a scalar. Words with a colon in a list (`- Councillor Smith: in the chair`) are words too.
fn words_of(node: &Node) -> Option<String> {
    match &node.value {
        Raw::Scalar { text, .. } => Some(text.clone()),
        Raw::Map(pairs) => match pairs.as_slice() {
            [Pair { key, value, .. }] => value.scalar().map(|value| format!("{key}: {value}")),
            _ => None,
        },
        Raw::Null | Raw::List(_) => None,
    }
}

/// The path below `content/` of a file that a field names: beside the document if it is a name alone or begins with
/// `./` or `../`, else from `content/`. `None` where it is an address, or leads out of `content/`.
fn file_path(text: &str, folder: &str) -> Option<String> {
    let path = text.replace('\\', "/");
    if path.contains("://") || path.contains('\n') || path.starts_with("//") || path.get(1..3) == Some(":/") {
        return None;
    }
    let beside = path.starts_with("./") || path.starts_with("../") || !path.contains('/');
    let mut names: Vec<&str> =
        if beside { folder.split('/').filter(|name| !name.is_empty()).collect() } else { Vec::new() };
    let path = if beside { path.as_str() } else { path.trim_start_matches('/') };
    for name in path.strip_prefix("content/").unwrap_or(path).split('/') {
        match name {
            "" | "." => {}
            ".." => drop(names.pop()?),
            name => names.push(name),
        }
    }
    let is_folder = path.ends_with('/') || path.ends_with("/..") || path.ends_with("/.") || matches!(path, "." | "..");
    (!names.is_empty() && !is_folder).then(|| names.join("/"))
}

/// Whether a text can only have been meant as a date: digits with hyphens or slashes between them.
fn looks_like_date(text: &str) -> bool {
    text.contains(['-', '/'])
        && text.starts_with(|first: char| first.is_ascii_digit())
        && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-' || byte == b'/')
}

/// `03/13/2026` and `2026-13-03` with day and month changed over, as an ISO date, if that is one.
fn day_and_month_swapped(text: &str) -> Option<String> {
    let parts: Vec<&str> = text.split(['/', '-', '.']).map(str::trim).collect();
    let swapped = match parts.as_slice() {
        [year, first, second] if year.len() == 4 => format!("{year}-{second:0>2}-{first:0>2}"),
        [first, second, year] if year.len() == 4 => format!("{year}-{first:0>2}-{second:0>2}"),
        _ => return None,
    };
    Date::parse(&swapped).and_then(Date::iso)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data;
    use crate::model::zone_named;
    use crate::source::SourceId;

    /// The fields of a head in one line, and the titles of what was said.
    fn read(kind: &str, head: &str) -> (String, Vec<String>) {
        let kinds = crate::kind::built_in();
        let zone = zone_named("Europe/London").expect("the zone data is inside the binary");
        let kind = kinds.get(kinds.by_name(kind).expect("it is built in"));
        let schema = Schema {
            kind,
            kinds: &kinds,
            zone: &zone,
            folder: "indicators",
            own: None,
            sensitive: false,
            in_braces: false,
        };
        let mut diagnostics = Diagnostics::new();
        let node = data::yaml(head, SourceId(0), 4, &mut diagnostics).expect("the head can be read");
        let mut markdown = |text: &str, _: Span| Text { words: text.to_owned(), ..Text::default() };
        let fields = fields(&node, schema, &mut markdown, &mut diagnostics);
        (shown_all(&fields), diagnostics.iter().map(|diagnostic| diagnostic.title.to_string()).collect())
    }

    fn shown_all(fields: &Fields) -> String {
        fields.0.iter().map(|entry| format!("{}={}", entry.name, shown(&entry.value))).collect::<Vec<_>>().join(" ")
    }

    fn shown(value: &Value) -> String {
        match value {
            Value::Markdown(body) => format!("md:{}", body.words),
            Value::Date(date) => date.iso().unwrap_or_else(|| format!("{date:?}")),
            Value::Boolean(value) => value.to_string(),
            Value::Integer(value) => value.to_string(),
            Value::Instant(instant) => instant.at.to_string(),
            Value::Reference(Reference { id, anchor: None }) => format!("->{id}"),
            Value::Reference(Reference { id, anchor: Some(anchor) }) => format!("->{id}#{anchor}"),
            Value::Words(words) => format!("'{words}'"),
            Value::List(items) => {
                format!("[{}]", items.iter().map(|(item, _)| shown(item)).collect::<Vec<_>>().join("|"))
            }
            Value::Group(fields) => format!("{{{}}}", shown_all(fields)),
            other => other.text().unwrap_or_default().to_owned(),
        }
    }

    #[test]
    fn values_take_the_type_of_the_schema() {
        for (kind, head, read_as) in [
            ("strategy", "edition: 1.10\ntitle: 2021", "edition=1.10 title=2021"),
            (
                "strategy",
                "from: 2015/16\nto: unknown\nadopted: 12 March 2016",
                "from=FinancialYear(2015) to=Unknown adopted=2016-03-12",
            ),
            (
                "strategy",
                "status: In development\npriorities: priorities/road-safety",
                "status=in-development priorities=[->priorities/road-safety]",
            ),
            (
                "minutes",
                "apologies: none\npresent:\n  - Cllr A: Chair\n  - Cllr B",
                "present=[Cllr A: Chair|Cllr B] apologies=['none']",
            ),
            (
                "minutes",
                "body: [[bodies/board]]\nagreed_at: ../minutes/board/2021-10-12.md#item-3",
                "body=->bodies/board agreed_at=->minutes/board/2021-10-12#item-3",
            ),
            (
                "minutes",
                "body: [[board|the board]]\nnext_meeting: to be confirmed",
                "body=->board next_meeting='to be confirmed'",
            ),
            (
                "minutes",
                "body: eight district councils\nnext_meeting: 12/10/2021",
                "body='eight district councils' next_meeting=2021-10-12",
            ),
            ("minutes", "date: 2021-09-07T10:00:00Z\nextract: yes", "date=2021-09-07 extract=true"),
            ("minutes", "venue:\nchair: ''\ntags: []", ""),
            ("minutes", "tags: policing, town centres", "tags=[policing|town centres]"),
            (
                "priority",
                "partners: organisations/police, organisations/fire",
                "partners=[->organisations/police|->organisations/fire]",
            ),
            (
                "priority",
                "partners: [organisations/police, \"eight district councils\"]",
                "partners=[->organisations/police|'eight district councils']",
            ),
            (
                "priority",
                "lead: [bodies/board]\ncycles: [{from: 2015, to: 2018, status: continuing}]",
                "cycles=[{from=2015 to=2018 status=continuing}] lead=[->bodies/board]",
            ),
            (
                "priority",
                "aims: [Fewer: victims]\ncycles: 2015/16",
                "cycles=[{from=FinancialYear(2015)}] aims=[md:Fewer: victims]",
            ),
            (
                "indicator",
                "data: asb.csv\nattachments: [maps/a.pdf, {file: ../b.pdf, held: no}, ./c.pdf]",
                "data=indicators/asb.csv attachments=[{file=maps/a.pdf}|{file=b.pdf held=false}|{file=indicators/c.pdf}]",
            ),
            (
                "report",
                "background_papers: none\nattachments: [{label: Appendix A, held: false}]",
                "background_papers=['none'] attachments=[{label=Appendix A held=false}]",
            ),
            (
                "resolution",
                "votes: {for: 7, against: 2}\nlimbs: [{label: 1, text: Be noted, outcome: noted}]",
                "limbs=[{label=1 text=md:Be noted outcome=noted}] votes={for=7 against=2}",
            ),
            (
                "action",
                "by: Head of Safer Communities\ndue: minutes/board/2021-10-12",
                "by=['Head of Safer Communities'] due=->minutes/board/2021-10-12",
            ),
            (
                "organisation",
                "website: https://www.example.org/\naliases: /old/page.html",
                "website=https://www.example.org/ aliases=[/old/page.html]",
            ),
            (
                "page",
                "source: {system: ModernGov, captured: unknown}\nsummary: \"One\\n  two\"",
                "summary=One two source={system=ModernGov captured=Unknown}",
            ),
            ("page", "draft: true\nexempt: x\ncontact: Clerk", "contact={post=Clerk}"),
        ] {
            assert_eq!(read(kind, head), (read_as.to_owned(), Vec::new()), "{head}");
        }
    }

    #[test]
    fn mistakes_are_said_and_left_out() {
        for (kind, head, read_as, said) in [
            ("minutes", "tittle: x", "", "`tittle` is not a field here"),
            ("minutes", "location: x", "", "`location` is not a field here"),
            ("minutes", "wholly: x", "", "`wholly` is not a field here"),
            ("minutes", "date: 2026-02-30", "", "`2026-02-30` is not a date"),
            ("minutes", "date: 03/13/2026", "", "`03/13/2026` is not a date"),
            ("minutes", "next_meeting: 2026-02-30", "", "`2026-02-30` is not a date"),
            ("minutes", "date: [2026-02-03, 2026-02-04]", "", "`date` is a list, and should be one value"),
            ("minutes", "date: {from: 2021, to: 2022}", "", "`date` is a group of parts, and should be one value"),
            ("minutes", "extract: maybe", "", "`maybe` is neither yes nor no"),
            ("minutes", "present: [Cllr A, Cllr B", "", "The list in `present` is not closed"),
            (
                "minutes",
                "body: bodeis/board",
                "body='bodeis/board'",
                "`bodeis/board` looks like a document's id, but there is no such folder",
            ),
            (
                "minutes",
                "body: body/board",
                "body='body/board'",
                "`body/board` looks like a document's id, but there is no such folder",
            ),
            ("item", "result: considred", "", "`considred` is none of the words for `result`"),
            ("item", "meeting: the last one", "", "`the last one` is not the id of a document"),
            ("priority", "cycles: [{from: 2015, too: 2018}]", "cycles=[{from=2015}]", "`too` is not a field here"),
            (
                "priority",
                "cycles: [{from: 2015, status: continueing}]",
                "cycles=[{from=2015}]",
                "`continueing` is none of the words for `status`",
            ),
            ("resolution", "votes: {for: seven}", "", "`seven` is not a whole number"),
            ("resolution", "votes: seven", "", "`votes` is one value, and should be a group of parts"),
            ("organisation", "website: www.example.org", "", "`www.example.org` is not an address"),
            ("organisation", "website: javascript:alert(1)", "", "`javascript:alert(1)` is not an address"),
            ("indicator", "data: ../../etc/passwd", "", "`../../etc/passwd` is not a file of this site"),
            ("indicator", "data: https://x.example/a.csv", "", "`https://x.example/a.csv` is not a file of this site"),
        ] {
            assert_eq!(read(kind, head), (read_as.to_owned(), vec![said.to_owned()]), "{head}");
        }
    }
}
