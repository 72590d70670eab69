//! Old addresses and where they lead, for the rules of servers. `render` makes a page for each that a page can stand
//! at; one with a question (`/ieListDocuments.aspx?CId=136`) or of a file (`/plan.pdf`) only a server can lead on.
//!
//! Input: aliases. Output: moves in an order in which the first that fits is right. A character that could end a line
//! or a quotation in any server's file keeps the alias out: such an address has never been one.

use std::cmp::Reverse;

use super::policy::escaped;
use super::{is_public, plain};
use crate::diagnostic::Diagnostics;
use crate::kind::Role;
use crate::model::{Address, Document, DocumentId, Site, Value, percent_decoded};
use crate::source::Span;

/// An old address and the page that took its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    /// The old path below the site's own, decoded: `/old page/`.
    pub path: String,
    /// The parts of the question after it, as they were typed: `CId=136`. Any order, and any others beside them, fit.
    pub query: Vec<String>,
    /// The new address from the root of the host, percent-encoded.
    pub to: String,
}

/// Every move of a site, those with the most parts of a question first.
pub fn moves(site: &Site) -> Vec<Move> {
    let paths = site.aliases.iter().map(|alias| (alias.address.as_str(), alias.document));
    let paths = paths.filter(|(_, document)| site.document(*document).private.is_none());
    let mut moves: Vec<Move> =
        paths.filter_map(|(path, document)| to_document(site, decoded(path)?, Vec::new(), document)).collect();
    moves.extend(
        questions(site)
            .into_iter()
            .filter_map(|question| to_document(site, question.path, question.query, question.document)),
    );
    moves.sort_by(|a, b| (&a.path, Reverse(a.query.len()), &a.query).cmp(&(&b.path, Reverse(b.query.len()), &b.query)));
    moves.dedup_by(|second, first| (&second.path, &second.query) == (&first.path, &first.query));
    moves
}

fn to_document(site: &Site, path: String, query: Vec<String>, document: DocumentId) -> Option<Move> {
    let address = &site.document(document).address;
    (path != address.as_str()).then(|| Move { path, query, to: site.href(address) })
}

/// An alias with a question.
struct Question {
    path: String,
    query: Vec<String>,
    document: DocumentId,
    span: Span,
    typed: String,
}

/// Every alias with a question, in the order of documents.
fn questions(site: &Site) -> Vec<Question> {
    let public = site.ids().filter(|(_, document)| is_public(document));
    public.flat_map(|(id, document)| questions_of(site, id, document)).collect()
}

fn questions_of(site: &Site, id: DocumentId, document: &Document) -> Vec<Question> {
    let Some(field) = plain::role_field(site, document, Role::Aliases) else { return Vec::new() };
    let Some(entry) = document.fields.entry(&field.name) else { return Vec::new() };
    let typed = match &entry.value {
        Value::List(list) => list.iter().filter_map(|(value, span)| Some((value.text()?, *span))).collect(),
        value => value.text().map(|text| vec![(text, entry.span)]).unwrap_or_default(),
    };
    let questions = typed.into_iter().filter_map(|(typed, span)| {
        let (path, query) = question(typed)?;
        Some(Question { path, query, document: id, span, typed: plain::line(typed) })
    });
    questions.collect()
}

/// `https://old.example/ieListDocuments.aspx?CId=136&MId=4821` → its path and the parts of its question.
fn question(typed: &str) -> Option<(String, Vec<String>)> {
    let below_host =
        typed.split_once("://").map_or(typed, |(_, rest)| rest.split_once('/').map_or("", |(_, path)| path));
    let (path, query) = below_host.split('#').next().unwrap_or_default().split_once('?')?;
    let path = decoded(&format!("/{}", path.trim_start_matches('/')))?;
    let mut query: Vec<String> = query.split(['&', ';']).filter(|part| !part.is_empty()).map(str::to_owned).collect();
    query.sort();
    query.dedup();
    let harmless =
        |part: &String| part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~%=+,:/".contains(&byte));
    (!query.is_empty() && query.iter().all(harmless)).then_some((path, query))
}

/// A path with its percent signs undone. `None` if it holds what no server's file could.
fn decoded(path: &str) -> Option<String> {
    let path = String::from_utf8(percent_decoded(path)).ok()?;
    let harmful = |letter: char| letter.is_control() || "\"'\\<>{}|^`*?#$".contains(letter);
    let climbs = path.split('/').any(|part| part == "..");
    (!path.contains(harmful) && !climbs).then_some(path)
}

/// Says where two documents claim the same question.
pub fn report_clashes(site: &Site, diagnostics: &mut Diagnostics) {
    let mut questions = questions(site);
    questions.sort_by(|a, b| (&a.path, &a.query, a.document).cmp(&(&b.path, &b.query, b.document)));
    for pair in questions.windows(2) {
        let [first, second] = pair else { continue };
        if (&first.path, &first.query) == (&second.path, &second.query) && first.document != second.document {
            let path = &site.document(first.document).path;
            diagnostics.alias_clash(second.span, &second.typed, Some(first.span), path);
        }
    }
}

impl Move {
    /// The path as it stands in a line: percent-encoded.
    pub fn href(&self) -> String {
        Address::file(&self.path).href()
    }

    /// As a regular expression on the decoded path below the site's own; a slash at its end may be there or not.
    pub fn path_pattern(&self) -> String {
        let path = self.path.trim_start_matches('/');
        match path.strip_suffix('/') {
            Some(path) => format!("^{}/?$", escaped(path)),
            None => format!("^{}$", escaped(path)),
        }
    }

    /// As a regular expression on the question: every part stands somewhere in it. `None` if there is none.
    pub fn query_pattern(&self) -> Option<String> {
        let parts = self.query.iter().map(|part| format!("(?=(?:.*&)?{}(?:&|$))", escaped(part)));
        (!self.query.is_empty()).then(|| format!("^{}", parts.collect::<String>()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_as_they_are_pasted() {
        let read = |typed: &str| question(typed).map(|(path, query)| format!("{path} {}", query.join(" ")));
        for (typed, meant) in [
            ("/ieListDocuments.aspx?MId=4821&CId=136", Some("/ieListDocuments.aspx CId=136 MId=4821")),
            ("https://old.example/a/b.aspx?id=1#top", Some("/a/b.aspx id=1")),
            ("?p=12", Some("/ p=12")),
            ("/old%20page.asp?id=1", Some("/old page.asp id=1")),
            ("/plain/", None),
            ("/a?", None),
            ("/a?x=\n301", None),
            ("/a\n/b /c 301\n?x=1", None),
            ("/a%0A?x=1", None),
            ("/a?x=$(y)", None),
            ("/../a?x=1", None),
        ] {
            assert_eq!(read(typed).as_deref(), meant, "{typed:?}");
        }
    }
}
