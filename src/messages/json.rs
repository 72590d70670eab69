//! Messages as one JSON document, for programs: `folkmoot check --format json`.
//!
//! Input: diagnostics in the order of files and places. Output: JSON with all of them. What stands in it under one number
//! of `version` stays; members may be added. Not here: the forms that other programs have agreed on (`sarif.rs`,
//! `github.rs`).

use serde::Serialize;

use super::places::{Places, Position};
use super::selection::text_span;
use crate::diagnostic::{Diagnostic, Edit};
use crate::source::{Sources, Span};

/// The version of the form of the document. It changes when a member goes or means something else.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Document<'list> {
    version: u32,
    program: Program,
    messages: Vec<Message<'list>>,
}

#[derive(Serialize)]
struct Program {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct Message<'list> {
    code: &'static str,
    /// `error`, `warning` or `note`.
    level: &'static str,
    #[serde(flatten)]
    place: Place,
    /// The place in words, if it is in no text: `Page /minutes/`.
    place_in_words: Option<&'list str>,
    title: &'list str,
    why: &'list str,
    fix: &'list str,
    /// What `folkmoot check --fix` would offer to do.
    change: Option<Vec<Replacement<'list>>>,
    /// Other places that belong to the message.
    also: Vec<OtherPlace<'list>>,
}

/// A place in a file. Lines and characters are counted from 1; the end is the character after the last one.
#[derive(Serialize)]
struct Place {
    /// Relative to the site's folder.
    path: Option<String>,
    start: Option<LineAndColumn>,
    end: Option<LineAndColumn>,
}

#[derive(Serialize)]
struct LineAndColumn {
    line: usize,
    column: usize,
}

#[derive(Serialize)]
struct Replacement<'list> {
    #[serde(flatten)]
    place: Place,
    with: &'list str,
}

#[derive(Serialize)]
struct OtherPlace<'list> {
    #[serde(flatten)]
    place: Place,
    label: &'list str,
}

/// `diagnostics` as one JSON document that ends with a line end.
pub(crate) fn json(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    let mut places = Places::new(sources);
    let messages = diagnostics.iter().map(|diagnostic| message(diagnostic, &mut places)).collect();
    let program = Program { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") };
    let document = Document { version: VERSION, program, messages };
    let json = serde_json::to_string_pretty(&document);
    json.unwrap_or_else(|error| unreachable!("every member can be written: {error}")) + "\n"
}

fn message<'list>(diagnostic: &'list Diagnostic, places: &mut Places<'_>) -> Message<'list> {
    let place = match text_span(diagnostic) {
        Some(span) => place(span, places),
        None => {
            let path = diagnostic.span.map(|span| places.path(span.source).to_owned());
            Place { path, start: None, end: None }
        }
    };
    let replacement = |Edit { span, with }: &'list Edit, places: &mut Places<'_>| Replacement {
        place: self::place(*span, places),
        with,
    };
    Message {
        code: diagnostic.code,
        level: diagnostic.severity.word(),
        place,
        place_in_words: diagnostic.place.as_deref(),
        title: &diagnostic.title,
        why: &diagnostic.why,
        fix: &diagnostic.fix,
        change: diagnostic
            .change
            .as_ref()
            .map(|change| change.edits.iter().map(|edit| replacement(edit, places)).collect()),
        also: diagnostic
            .also
            .iter()
            .map(|(span, label)| OtherPlace { place: self::place(*span, places), label })
            .collect(),
    }
}

fn place(span: Span, places: &mut Places<'_>) -> Place {
    let range = places.range(span);
    let position = |Position { line, column }| LineAndColumn { line, column };
    Place {
        path: Some(places.path(span.source).to_owned()),
        start: range.map(|(start, _)| position(start)),
        end: range.map(|(_, end)| position(end)),
    }
}
