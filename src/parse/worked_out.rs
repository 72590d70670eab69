//! What nobody has to type, since the path of a file, its text or its kind says it: date, body, meeting, status, title.
//!
//! Input: the fields that were typed, the place of the file, what its text says. Output: the fields and the title that
//! follow. Not here: how a text says it (`recognise`), which of several days holds (`day.rs`), what records in the text say
//! (`records.rs`).

use super::context::Context;
use super::day;
use super::folders;
use super::place::{Place, in_words};
use crate::data::{Node, Pair};
use crate::diagnostic::Diagnostics;
use crate::kind::{Field, Kind, KindId, Role};
use crate::lexicon::Lexicon;
use crate::lexicon::days;
use crate::model::{Date, Fields, Reference, Value, slug};
use crate::recognise::facts::Facts;
use crate::recognise::meeting;
use crate::source::Span;

/// Fills what the path and the text say and the author therefore need not: the day, the body whose folder it is, the
/// meeting whose folder it is; and the status that the paper says of itself, or that holds where none is said. `title` is
/// where the title stands, if the document says one.
pub(super) fn fields(
    fields: &mut Fields,
    head: &Node,
    (place, facts, title): (&Place, &Facts, Option<Span>),
    kind_id: KindId,
    context: &Context<'_>,
    diagnostics: &mut Diagnostics,
) {
    let kind = context.kinds.get(kind_id);
    let whole = Span::whole(place.source);
    if let Some(field) = kind.role(Role::Date) {
        day::fill(fields, field, head, (place, facts, title, kind.of_meeting), context, diagnostics);
    }
    if let Some(name) = &kind.folder_names
        && let Some((body, span)) = body(place, facts, kind, context)
    {
        fields.fill(name, body, span);
    }
    if let Some(id) = &place.inside {
        let owner = Value::Reference(Reference { id: id.clone(), anchor: None });
        match (place.beside, kind.role(Role::About)) {
            (false, _) => kind.inside_of.iter().for_each(|name| fields.fill(name, owner.clone(), whole)),
            (true, Some(about)) => fields.fill(&about.name, Value::List(vec![(owner, whole)]), whole),
            (true, None) => {}
        }
    }
    if let Some((field, status, span)) = said_status(kind, head, facts, place) {
        fields.recognise(&field.name, status, span);
    }
    if let Some((status, unsaid)) = unsaid_status(kind, head, fields) {
        fields.fill(&status.name, unsaid, whole);
    }
    fields.sort_as(&kind.fields);
}

/// The body that met: the one whose folder it is; in no body's folder, the one that the first lines name.
fn body(place: &Place, facts: &Facts, kind: &Kind, context: &Context<'_>) -> Option<(Value, Span)> {
    let (name, words, span) = match (&place.folder_owner, &facts.body) {
        (Some(folder), _) => (folder.to_string(), in_words(folder), Span::whole(place.source)),
        (None, Some(body)) => {
            let span = Span::new(place.source, body.typed.start, body.typed.end);
            (slug(&body.value), body.value.to_string(), span)
        }
        (None, None) => return None,
    };
    let value = match folders::page_of_body(&name, kind, context.kinds, context.files) {
        Some(folder) => Value::Reference(Reference { id: format!("{folder}/{}", slug(&name)).into(), anchor: None }),
        None => Value::Words(words.into()),
    };
    Some((value, span))
}

/// The status that the paper says of itself, in its text or with a key of its head such as `approved`.
fn said_status<'kind>(
    kind: &'kind Kind,
    head: &Node,
    facts: &Facts,
    place: &Place,
) -> Option<(&'kind Field, Value, Span)> {
    let field = kind.role(Role::Status).filter(|field| kind.of_meeting && is_unsaid(field, head))?;
    let in_head = head.pairs().iter().find_map(|Pair { key, value, key_span }| {
        let key = key.trim().to_lowercase().replace([' ', '-'], "_");
        let day = value.scalar().is_some_and(|text| Date::parse(text).or_else(|| days::typed(text)).is_some());
        let says = meeting::status_of(key.split('_').next().unwrap_or_default())?;
        (day && Lexicon::english().has("approved-key", &key)).then_some((says, *key_span))
    });
    let in_text = || {
        let status = facts.status.as_ref()?;
        Some((status.value.clone(), Span::new(place.source, status.typed.start, status.typed.end)))
    };
    let (says, span) = in_head.or_else(in_text)?;
    Some((field, Value::Choice(field.choice(&says)?.value.as_str().into()), span))
}

/// The field for the status and the status that holds where the author, in `typed`, says none: what another of the
/// `filled` fields implies, else the default of the kind, if it has one. A status that was typed and cannot be understood
/// is not recorded: nobody said that the default holds.
pub(super) fn unsaid_status<'kind>(kind: &'kind Kind, typed: &Node, filled: &Fields) -> Option<(&'kind Field, Value)> {
    let field = kind.role(Role::Status).filter(|field| typed.get(&field.name).is_none_or(Node::is_empty))?;
    let implied = kind.fields.iter().filter(|other| filled.get(&other.name).is_some());
    let implied = implied.filter_map(|other| field.choice(other.implies.as_deref()?)).next();
    let unsaid = implied.map(|choice| choice.value.as_str()).or(field.default.as_deref())?;
    Some((field, Value::Choice(unsaid.into())))
}

fn is_unsaid(field: &Field, typed: &Node) -> bool {
    typed.get(&field.name).is_none_or(Node::is_empty)
}

/// The title that stands in the head. The name of a part of a paper, `Agenda`, is none for a paper of a meeting.
pub(super) fn title_field(fields: &Fields, kind: &Kind) -> Option<(Box<str>, Span)> {
    let name = &kind.role(Role::Title)?.name;
    let entry = fields.entry(name)?;
    let is_title = |text: &&str| !(text.trim().is_empty() || kind.of_meeting && meeting::is_section(text));
    entry.value.text().filter(is_title).map(|text| (text.into(), entry.span))
}

/// What a document is called that says no title: a paper of a meeting by the body and the day, where the name of its file
/// says no more; "Minutes of 7 September 2021" where only the day is known; else the file's name in words.
pub(super) fn title(place: &Place, fields: &Fields, kind_id: KindId, context: &Context<'_>) -> Box<str> {
    let kind = context.kinds.get(kind_id);
    let language = context.language;
    let with_role = |role: Role| kind.role(role).and_then(|field| fields.get(&field.name));
    let date = match with_role(Role::Date) {
        Some(Value::Date(date)) if *date != Date::Unknown => Some(language.date(*date)),
        // A month is no day of a meeting, and yet what its readers call it by.
        _ if kind.of_meeting => place.date.as_ref().map(|day| language.date(day.date)),
        _ => None,
    };
    if place.beside {
        let meeting = place.date.as_ref().map(|day| language.date(day.date));
        let parts = [("name", place.name_in_words.as_str()), ("date", &meeting.unwrap_or_default())];
        return language.say("title-beside", &parts).into();
    }
    let body = match with_role(Role::Body) {
        // A file that is called by its day is called by it here too, and its list says of which body it is.
        Some(Value::Words(body)) if kind.of_meeting && !place.is_date_alone => Some(body),
        _ => None,
    };
    let folder = place.folder_owner.as_deref().unwrap_or_default();
    let name = body.map_or(folder, |body| body);
    let says_nothing = place.is_date_alone || (kind.of_meeting && says_nothing(&place.name, &[folder, name]));
    match (date, body) {
        (Some(date), Some(body)) if says_nothing => {
            language.say("title-from-body", &[("body", body), ("date", &date)]).into()
        }
        (Some(date), None) if says_nothing => {
            language.say("title-from-date", &[("kind", called(kind, fields)), ("date", &date)]).into()
        }
        (None, Some(body)) if says_nothing => body.clone(),
        _ if place.name_in_words.is_empty() => kind.label.as_str().into(),
        // Of two meetings that are called alike the day says which is meant.
        (Some(date), _) if kind.of_meeting => {
            let name = match with_role(Role::Date) {
                Some(Value::Date(day)) => without_figures(&place.name_in_words, *day),
                _ => place.name_in_words.clone(),
            };
            language.say("title-from-body", &[("body", &name), ("date", &date)]).into()
        }
        _ => place.name_in_words.as_str().into(),
    }
}

/// What a paper with these fields is called: by its status an agenda or draft minutes, else as its kind.
fn called<'kind>(kind: &'kind Kind, fields: &Fields) -> &'kind str {
    let status = kind.role(Role::Status).and_then(|field| field.choice(fields.get(&field.name)?.text()?));
    status.and_then(|choice| choice.called.as_deref()).unwrap_or(&kind.label)
}

/// Whether the name of a file has a date, or nothing but numbers, words such as `minutes` and `final`, and those of the
/// folder of its body, in full or by their first letters.
fn says_nothing(name: &str, bodies: &[&str]) -> bool {
    let bodies: Vec<String> = bodies.iter().map(|body| slug(body)).collect();
    let lexicon = Lexicon::english();
    let words = |part: &str| {
        let mut words = part.split(|letter: char| !letter.is_alphabetic()).filter(|word| word.chars().count() > 2);
        let of_body = |word: &str| {
            let word = word.to_lowercase();
            bodies.iter().any(|body| body.split('-').any(|part| *part == word) || are_initials(&word, body))
        };
        words.all(|word| {
            lexicon.has("noise", word) || lexicon.has("weekday", word) || folders::is_month(word) || of_body(word)
        })
    };
    // A day among the words is said by the title as well.
    days::in_name(name).is_some() && folders::without_date(name) == name || words(folders::without_date(name))
}

/// Whether a word is the first letters of the words of a name: `pfc` of `pension-fund-committee`, `lsp` of
/// `local-strategic-partnership-executive`. Little words may be left out, and short ones stand whole.
fn are_initials(word: &str, name: &str) -> bool {
    const FEWEST: usize = 3;
    let mut parts: Vec<&str> = name.split('-').filter(|part| !part.is_empty()).collect();
    parts.retain(|part| !Lexicon::english().has("unfinished", part));
    let mut left = word;
    for part in parts {
        let whole = part.chars().count() < FEWEST && left.starts_with(part);
        let Some(first) = part.chars().next() else { continue };
        match left.strip_prefix(if whole { part } else { &part[..first.len_utf8()] }) {
            Some(rest) => left = rest,
            None => return false,
        }
        if left.is_empty() {
            break;
        }
    }
    left.is_empty() && word.chars().count() >= FEWEST
}

/// Words without a day in six figures, `090709`, that is this one.
fn without_figures(words: &str, date: Date) -> String {
    let Some(date) = date.day() else { return words.to_owned() };
    let two = |number: i16| format!("{:02}", number % 100);
    let [day, month, year] = [i16::from(date.day()), i16::from(date.month()), date.year()].map(two);
    let same = |word: &str| {
        let (one, rest) = (word.get(..2), word.get(2..).filter(|rest| rest.len() == 4));
        let (Some(one), Some(rest)) = (one, rest) else { return false };
        let parts = [one, &rest[..2], &rest[2..]];
        [[&day, &month, &year], [&month, &day, &year], [&year, &month, &day]]
            .iter()
            .any(|form| form.iter().zip(parts).all(|(one, other)| **one == *other))
    };
    let left: Vec<&str> = words.split_whitespace().filter(|word| !(word.is_ascii() && same(word))).collect();
    if left.is_empty() { words.to_owned() } else { left.join(" ") }
}
