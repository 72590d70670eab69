//! Messages in the form in which programs that look for mistakes exchange what they found: SARIF 2.1.0 (an OASIS standard),
//! `folkmoot check --format sarif`.
//!
//! Input: diagnostics in the order of files and places. Output: one log with one run; every code is a rule with its help,
//! and a change is a fix. Not here: a form of our own (`json.rs`).

use serde::Serialize;

use super::places::{Places, Position};
use super::selection::text_span;
use crate::diagnostic::{CODES, Change, Code, Diagnostic};
use crate::lint;
use crate::model::{is_plain, percent_encode};
use crate::source::{SourceId, Sources, Span};

#[derive(Serialize)]
struct Log {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run {
    tool: Tool,
    column_kind: &'static str,
    results: Vec<SarifResult>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    semantic_version: &'static str,
    rules: Vec<Rule>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule {
    id: &'static str,
    short_description: Message,
    help: Message,
    default_configuration: Configuration,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
struct Message {
    text: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifResult {
    rule_id: &'static str,
    rule_index: usize,
    level: &'static str,
    message: Message,
    locations: Vec<Location>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<Fix>,
}

#[derive(Serialize, Default)]
#[serde(rename_all = "camelCase")]
struct Location {
    #[serde(skip_serializing_if = "Option::is_none")]
    physical_location: Option<PhysicalLocation>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    logical_locations: Vec<LogicalLocation>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Message>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct LogicalLocation {
    fully_qualified_name: String,
}

#[derive(Serialize)]
struct ArtifactLocation {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Fix {
    description: Message,
    artifact_changes: [ArtifactChange; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactChange {
    artifact_location: ArtifactLocation,
    replacements: Vec<Replacement>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement {
    deleted_region: Region,
    inserted_content: Message,
}

/// `diagnostics` as a SARIF log that ends with a line end. `prefix` stands before every path: where the site lies in the
/// repository, so that addresses are relative to that.
pub(crate) fn sarif(diagnostics: &[Diagnostic], sources: &Sources, prefix: &str) -> String {
    let mut printer = Printer { places: Places::new(sources), prefix };
    let driver = Driver {
        name: "Folkmoot",
        semantic_version: env!("CARGO_PKG_VERSION"),
        rules: CODES.iter().map(rule).collect(),
    };
    let results = diagnostics.iter().map(|diagnostic| printer.result(diagnostic)).collect();
    let run = Run { tool: Tool { driver }, column_kind: "unicodeCodePoints", results };
    let log = Log { schema: "https://json.schemastore.org/sarif-2.1.0.json", version: "2.1.0", runs: [run] };
    let json = serde_json::to_string_pretty(&log);
    json.unwrap_or_else(|error| unreachable!("every member can be written: {error}")) + "\n"
}

fn rule(code: &Code) -> Rule {
    let manual = lint(code.code).map_or(code.summary, |lint| lint.manual);
    Rule {
        id: code.code,
        short_description: text(code.summary),
        help: text(manual.trim_end()),
        default_configuration: Configuration { level: code.severity.word() },
    }
}

fn text(text: impl Into<String>) -> Message {
    Message { text: text.into() }
}

struct Printer<'site> {
    places: Places<'site>,
    prefix: &'site str,
}

impl Printer<'_> {
    fn result(&mut self, diagnostic: &Diagnostic) -> SarifResult {
        let title = format!("{}.", diagnostic.title);
        let fix = format!("Fix: {}", diagnostic.fix);
        let sentences = [title.as_str(), &diagnostic.why, &fix];
        let words: Vec<&str> = sentences.into_iter().filter(|words| !words.is_empty()).collect();
        let rule_index = CODES.iter().position(|code| code.code == diagnostic.code);
        SarifResult {
            rule_id: diagnostic.code,
            rule_index: rule_index.unwrap_or_else(|| unreachable!("`{}` is not in CODES", diagnostic.code)),
            // The three levels have the same names there.
            level: diagnostic.severity.word(),
            message: text(words.join("\n")),
            locations: self.location(diagnostic).into_iter().collect(),
            related_locations: diagnostic
                .also
                .iter()
                .map(|(span, label)| Location {
                    physical_location: Some(self.physical(span.source, Some(*span))),
                    message: Some(text(&**label)),
                    ..Location::default()
                })
                .collect(),
            fixes: diagnostic.change.iter().filter_map(|change| self.fix(change, &diagnostic.fix)).collect(),
        }
    }

    /// Where a message stands; `None` if it is about the whole site.
    fn location(&mut self, diagnostic: &Diagnostic) -> Option<Location> {
        let physical_location = diagnostic.span.map(|span| self.physical(span.source, text_span(diagnostic)));
        let in_words = diagnostic.place.iter().map(|place| LogicalLocation { fully_qualified_name: place.to_string() });
        let logical_locations: Vec<LogicalLocation> = in_words.collect();
        let is_somewhere = physical_location.is_some() || !logical_locations.is_empty();
        is_somewhere.then_some(Location { physical_location, logical_locations, message: None })
    }

    fn fix(&mut self, change: &Change, description: &str) -> Option<Fix> {
        let artifact_location = self.artifact(change.source()?);
        let replacements = change.edits.iter().map(|edit| {
            Some(Replacement { deleted_region: self.region(edit.span)?, inserted_content: text(&*edit.with) })
        });
        let artifact_changes =
            [ArtifactChange { replacements: replacements.collect::<Option<_>>()?, artifact_location }];
        Some(Fix { description: text(description), artifact_changes })
    }

    fn physical(&mut self, source: SourceId, span: Option<Span>) -> PhysicalLocation {
        PhysicalLocation { artifact_location: self.artifact(source), region: span.and_then(|span| self.region(span)) }
    }

    fn region(&mut self, span: Span) -> Option<Region> {
        let (start, end): (Position, Position) = self.places.range(span)?;
        Some(Region { start_line: start.line, start_column: start.column, end_line: end.line, end_column: end.column })
    }

    /// The address of a file (RFC 3986): every byte that is no plain part of a path is percent-encoded.
    fn artifact(&self, source: SourceId) -> ArtifactLocation {
        let mut uri = String::new();
        for part in [self.prefix, self.places.path(source)] {
            percent_encode(part, is_plain, &mut uri);
        }
        ArtifactLocation { uri }
    }
}
