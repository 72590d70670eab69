//! Messages as commands to the runner of GitHub's workflows, which shows them beside the lines of a change:
//! `folkmoot check --format github`.
//!
//! Input: diagnostics in the order of files and places. Output: one line each, as GitHub's "Workflow commands" say.
//! Not here: how many of them GitHub shows.

use super::places::Places;
use super::selection::text_span;
use super::text::harmless;
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Sources;

/// `diagnostics` as workflow commands. `prefix` stands before every path: where the site lies in the repository.
pub(crate) fn github(diagnostics: &[Diagnostic], sources: &Sources, prefix: &str) -> String {
    let mut places = Places::new(sources);
    diagnostics.iter().map(|diagnostic| command(diagnostic, &mut places, prefix)).collect()
}

fn command(diagnostic: &Diagnostic, places: &mut Places<'_>, prefix: &str) -> String {
    let name = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let mut properties = Vec::new();
    if let Some(span) = diagnostic.span {
        properties.push(("file", format!("{prefix}{}", places.path(span.source))));
    }
    if let Some((start, end)) = text_span(diagnostic).and_then(|span| places.range(span)) {
        properties.push(("line", start.line.to_string()));
        if start.line == end.line {
            properties.push(("col", start.column.to_string()));
            properties.push(("endColumn", end.column.to_string()));
        } else {
            properties.push(("endLine", end.line.to_string()));
        }
    }
    properties.push(("title", format!("{} [{}]", diagnostic.title, diagnostic.code)));
    let properties: Vec<String> =
        properties.into_iter().map(|(name, value)| format!("{name}={}", property(&value))).collect();
    let place = diagnostic.place.as_ref().map(|place| format!("{place}:"));
    let parts = [place.as_deref().unwrap_or_default(), &diagnostic.why, &format!("Fix: {}", diagnostic.fix)];
    let words = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n");
    format!("::{name} {}::{}\n", properties.join(","), data(&words))
}

/// Words after the second pair of colons.
fn data(words: &str) -> String {
    harmless(words).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property, which ends at a comma or at a colon.
fn property(value: &str) -> String {
    data(value).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Diagnostics;
    use crate::source::{SourceId, Span};

    #[test]
    fn no_word_of_a_message_ends_its_command() {
        let text = "one\ntwo [x](y)\nthree\n";
        let sources = Sources::in_memory([("content/a, b: 100%.md".to_owned(), text.into())], []);
        let mut diagnostics = Diagnostics::new();
        let at = |start, end| Some(Span::new(SourceId(0), start, end));
        diagnostics.add("broken-link", at(8, 14), "“a::b”, 5% leads nowhere", "Why: 5%,\nand so on.", "Write:\n[x](z)");
        diagnostics.add("heading-level", at(4, 18), "Two lines", "", "Mend.");
        diagnostics.add("empty-document", Some(Span::whole(SourceId(0))), "Empty", "", "Mend.");
        diagnostics.add("address-clash", None, "A clash\u{1b}[2J", "", "Mend.").place = Some("Page /".into());
        let expected = "\
::error title=A clash\u{FFFD}[2J [address-clash]::Page /:%0AFix: Mend.
::warning file=site/content/a%2C b%3A 100%25.md,title=Empty [empty-document]::Fix: Mend.
::notice file=site/content/a%2C b%3A 100%25.md,line=2,endLine=3,title=Two lines [heading-level]::Fix: Mend.
::warning file=site/content/a%2C b%3A 100%25.md,line=2,col=5,endColumn=11,\
title=“a%3A%3Ab”%2C 5%25 leads nowhere [broken-link]::Why: 5%25,%0Aand so on.%0AFix: Write:%0A[x](z)
";
        assert_eq!(github(&diagnostics.sorted(), &sources, "site/"), expected);
    }
}
