//! Is what reads like a decision or an action named in a note, and little else?
//!
//! The minutes in `likely/*.md` are made up, in the forms of real ones. In them stands `⟦D:…⟧` round what a careful reader calls a
//! decision, `⟦A:…⟧` round an action. Without these marks they are built; then each must be a record, or be named in a note.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use folkmoot::compose::{self, Dialect};
use folkmoot::diagnostic::Diagnostics;
use folkmoot::recognise::{RecordWords, TextRules};
use folkmoot::source::{SourceId, Span};

/// Of what is no record, so many in a hundred are named in a note at least.
const NAMED: usize = 90;

/// Of the notes, so many in a hundred may be wrong.
const WRONG: usize = 25;

/// A text without its marks, and what stood between them.
fn unmarked(text: &str) -> (String, Vec<(usize, usize)>) {
    let (mut plain, mut wanted, mut open) = (String::new(), Vec::new(), 0);
    let mut rest = text;
    while let Some(at) = rest.find(['⟦', '⟧']) {
        plain.push_str(&rest[..at]);
        let opens = rest[at..].starts_with('⟦');
        rest = &rest[at + '⟦'.len_utf8()..];
        if opens {
            open = plain.len();
            rest = rest.strip_prefix("D:").or_else(|| rest.strip_prefix("A:")).expect("a mark says which it is");
        } else {
            wanted.push((open, plain.len()));
        }
    }
    plain.push_str(rest);
    (plain, wanted)
}

fn span(span: Span) -> (usize, usize) {
    (span.start as usize, span.end as usize)
}

#[test]
fn nothing_that_reads_like_a_decision_or_an_action_is_passed_over_in_silence() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/likely");
    let mut paths: Vec<_> =
        fs::read_dir(folder).expect("it is there").map(|entry| entry.expect("it is read").path()).collect();
    paths.sort();
    let kinds = folkmoot::kind::built_in();
    let (mut missing, mut silent, mut notes, mut wrong) = (0, Vec::new(), 0, Vec::new());
    for path in paths.iter().filter(|path| path.extension().is_some_and(|ending| ending == "md")) {
        let (text, wanted) = unmarked(&fs::read_to_string(path).expect("it is read"));
        let name = path.file_stem().expect("it has a name").to_string_lossy();
        let rules = TextRules {
            heading_kind: kinds.by_name("item"),
            numbers_paragraphs: true,
            decides: true,
            records: Some(RecordWords(&kinds)),
            ..TextRules::default()
        };
        let dialect = Dialect { title_from_heading: true, rules, place: "board", ..Dialect::default() };
        let mut diagnostics = Diagnostics::new();
        let reading = compose::read(&text, SourceId(0), 0, &dialect, &mut diagnostics);
        let records = reading.records.iter().filter(|record| Some(record.kind) != rules.heading_kind);
        let records: Vec<(usize, usize)> = records.map(|record| span(record.place.span)).collect();
        let said = diagnostics.iter().filter(|one| one.code == "likely-decision" || one.code == "likely-action");
        let said: Vec<(usize, usize)> = said.filter_map(|one| one.span.map(span)).collect();
        notes += said.len();
        let meet = |one: &(usize, usize), other: &(usize, usize)| one.0 < other.1 && other.0 < one.1;
        for one in wanted.iter().filter(|one| !records.iter().any(|record| meet(one, record))) {
            missing += 1;
            if !said.iter().any(|note| meet(note, one)) {
                silent.push(format!("{name}: {}", &text[one.0..one.1]));
            }
        }
        let false_notes = said.iter().filter(|note| !wanted.iter().any(|one| meet(note, one)));
        wrong.extend(false_notes.map(|note| format!("{name}: {}", &text[note.0..note.1])));
    }
    let told = BTreeMap::from([("in silence", &silent), ("named although nothing", &wrong)]);
    assert!(missing >= 25, "the texts are no longer about what is only likely: {missing}");
    assert!(silent.len() * 100 <= missing * (100 - NAMED), "{missing} missing: {told:#?}");
    assert!(wrong.len() * 100 <= notes * WRONG, "{notes} notes: {told:#?}");
}
