//! What Tera says of a template, as messages for the maker of a theme.
//!
//! Input: Tera's errors, of templates that cannot be read and of pages that cannot be made. Output: [`Fault`]s and
//! diagnostics. Not here: the wording, which is in `diagnostic/render.rs`.

use std::collections::BTreeMap;
use std::ops::Range;

use tera::{Error, ErrorKind, ReportError};

use super::graph::{BUNDLED, Knot, Tangle, resolve};
use crate::diagnostic::{Diagnostics, nearest};
use crate::source::{SourceId, Span, line_at};

/// Why a page could not be made. Faults of many pages are shown together ([`Templates::report`]).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// The template in which it was met, as Tera knows it.
    pub template: Box<str>,
    /// The bytes of the template, where they are known.
    pub place: Option<(usize, usize)>,
    /// In Tera's words, or in those of one of our functions.
    pub said: Box<str>,
    /// The page: its path below the public folder.
    pub page: Box<str>,
}

/// The templates of a theme and where they come from.
#[derive(Debug)]
pub struct Templates {
    /// The theme's name.
    pub theme: String,
    /// Name → text, as Tera is given them.
    pub texts: BTreeMap<String, String>,
    /// The sources of the site's own.
    pub sources: BTreeMap<String, SourceId>,
}

impl Fault {
    /// What stopped the making of `page`, which began with `template`.
    #[must_use]
    pub fn new(error: &Error, template: &str, page: &str) -> Self {
        let (template, place, said) = match error.kind() {
            ErrorKind::RenderingError(report) | ErrorKind::SyntaxError(report) => {
                let range = &report.span().range;
                (report.filename(), Some((range.start, range.end)), report.message().to_owned())
            }
            ErrorKind::Io(std::io::ErrorKind::FileTooLarge) => (template, None, TOO_LONG.to_owned()),
            _ => (template, None, error.to_string()),
        };
        Self { template: template.into(), place, said: said.into(), page: page.into() }
    }
}

/// What a fault says of a page that grew beyond the limit.
pub const TOO_LONG: &str = "the page is longer than 20 MB";

impl Templates {
    /// Where a template's mistake is: its characters if it is the site's own, and its place in words.
    fn place(&self, template: &str, range: Option<Range<usize>>) -> (Option<Span>, String) {
        let path = match template.strip_prefix(BUNDLED) {
            Some(name) if !self.sources.contains_key(template) => format!("{name} (default theme)"),
            _ => format!("themes/{}/templates/{template}", self.theme),
        };
        let place = match (&range, self.texts.get(template)) {
            (Some(range), Some(text)) => {
                let line = line_at(text, range.start);
                format!("{path}:{}:{}", line.number, line.column)
            }
            _ => path,
        };
        let range = range.unwrap_or(0..0);
        (self.sources.get(template).map(|source| Span::new(*source, range.start, range.end)), place)
    }

    /// Says that a template cannot be read.
    pub fn syntax(&self, report: &ReportError, diagnostics: &mut Diagnostics) {
        let (span, place) = self.place(report.filename(), Some(report.span().range.clone()));
        diagnostics.template_syntax(span, &place, &in_words(report.message()));
    }

    /// Says what is wrong among templates.
    pub fn knot(&self, knot: &Knot, diagnostics: &mut Diagnostics) {
        let (span, place) = self.place(&knot.template, Some(knot.range.clone()));
        match &knot.what {
            Tangle::Missing(name) => {
                let names = self.texts.keys().map(|name| name.strip_prefix(BUNDLED).unwrap_or(name));
                diagnostics.template_missing(span, &place, name, nearest(name, names));
            }
            Tangle::Circle(chain) => diagnostics.template_circle(span, &place, chain),
            Tangle::Deep(limit) => diagnostics.template_chain(span, &place, *limit),
        }
    }

    /// Says which templates print everything that they are given: Tera does so in another order each time.
    pub fn dumps(&self, diagnostics: &mut Diagnostics) {
        const DUMP: &str = "__tera_context";
        for (name, text) in &self.texts {
            if let Some(at) = text.find(DUMP) {
                let (span, place) = self.place(name, Some(at..at + DUMP.len()));
                diagnostics.template_dump(span, &place);
            }
        }
    }

    /// Says what Tera found when it bound the templates together: one block of lines a mistake.
    /// `names` are the functions and filters that there are.
    pub fn bound(&self, said: &str, names: &[&str], diagnostics: &mut Diagnostics) {
        for block in said.split("\n\nerror: ") {
            let block = block.strip_prefix("error: ").unwrap_or(block);
            let message = block.lines().next().unwrap_or_default();
            let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
            let (template, range) = self.read_place(block).unwrap_or_default();
            let (span, place) = self.place(&template, range);
            match (message.split('`').next().unwrap_or_default().trim(), quoted.as_slice()) {
                ("Unknown template", [name]) => {
                    let found = resolve(&self.texts, name);
                    diagnostics.template_missing(span, &place, name, found);
                }
                ("Block", [block]) => diagnostics.template_block(span, &place, block),
                ("Component", [component, first, second]) => {
                    let (span, place) = self.place(second, None);
                    diagnostics.component_twice(span, &place, component, first);
                }
                (unknown, [name]) if unknown.starts_with("Unknown ") => {
                    let nearest = nearest(name, names.iter().copied());
                    diagnostics.template_name(span, &place, &unknown["Unknown ".len()..], name, nearest);
                }
                _ => diagnostics.template_syntax(span, &place, &in_words(message)),
            }
        }
    }

    /// Reads ` --> minutes.html:12:5` and the marks below the line.
    fn read_place(&self, block: &str) -> Option<(String, Option<Range<usize>>)> {
        let arrow = block.lines().find_map(|line| line.trim_start().strip_prefix("--> "))?;
        let mut parts = arrow.rsplitn(3, ':');
        let column: usize = parts.next()?.parse().ok()?;
        let line: usize = parts.next()?.parse().ok()?;
        let template = parts.next()?;
        let marks = block.lines().last().map_or(0, |marks| marks.matches('^').count());
        let text = self.texts.get(template)?;
        let start: usize = text.split_inclusive('\n').take(line.checked_sub(1)?).map(str::len).sum();
        let offset = |characters: usize| {
            text[start..].char_indices().nth(characters).map_or(text.len(), |(offset, _)| start + offset)
        };
        Some((template.to_owned(), Some(offset(column.checked_sub(1)?)..offset(column - 1 + marks))))
    }

    /// Says why pages could not be made: each mistake once, with the first page that it stops and how many more.
    pub fn report(&self, mut faults: Vec<Fault>, diagnostics: &mut Diagnostics) {
        faults.sort();
        for same in faults.chunk_by(|a, b| (&a.template, a.place, &a.said) == (&b.template, b.place, &b.said)) {
            let first = &same[0];
            let (span, place) = self.place(&first.template, first.place.map(|(start, end)| start..end));
            let more = same.len() - 1;
            if *first.said == *TOO_LONG {
                diagnostics.page_too_long(span, &place, &first.page, more);
            } else if let Some((name, known)) = unknown_name(&first.said) {
                let nearest = nearest(name, known.iter().copied());
                diagnostics.template_value(span, &place, name, &known, nearest, &first.page, more);
            } else {
                diagnostics.template_failed(span, &place, &in_words(&first.said), &first.page, more);
            }
        }
    }
}

/// Reads "Field `x` is not defined. Available fields: a, b".
fn unknown_name(said: &str) -> Option<(&str, Vec<&str>)> {
    let rest = said.strip_prefix("Field `").or_else(|| said.strip_prefix("Variable `"))?;
    let (name, rest) = rest.split_once("` is not defined.").or_else(|| rest.split_once("` is not defined"))?;
    let known = rest.split_once(": ").map(|(_, names)| names.split(", ").collect()).unwrap_or_default();
    Some((name, known))
}

/// Tera's words for values, in those of a theme maker.
fn in_words(said: &str) -> String {
    const WORDS: &[(&str, &str)] = &[
        ("Unexpected end of input", "the file ends inside something that was opened"),
        (
            "This content would be ignored: only `extends`, `block` and `component` are allowed at the top level of a \
             child template.",
            "a template that extends another shows only its blocks, and this stands outside of them",
        ),
        ("Tried to render a variable that is undefined", "Nothing is there to print"),
        ("Maximum render recursion depth for components exceeded.", "A component calls itself without an end"),
    ];
    if let Some((_, ours)) = WORDS.iter().find(|(of_tera, _)| said == *of_tera) {
        return (*ours).to_owned();
    }
    match said.trim_end_matches('.').strip_prefix("Found ").and_then(|rest| rest.split_once(" but expected ")) {
        Some((found, expected)) if expected.starts_with("one of: integer") => {
            format!("a value should stand before {found}")
        }
        Some((found, "identifier")) => format!("a name should stand before {found}"),
        Some((found, expected)) => format!("{} should stand before {found}", expected.trim_start_matches("one of: ")),
        None => said.trim_end_matches('.').to_owned(),
    }
}
