//! `missing-field`: a field that readers need and nobody filled in.
//!
//! Input: one parsed file and its kind. Output: one message per document, with the lines to paste. What was worked out (a
//! title from the first heading, a date from the file's name) counts as filled in. Not here: fields that decide who may see
//! a document (an unclear one withholds it, which is decided by `parse`), and the names of fields, which the kind knows.

use super::lint::Lint;
use crate::diagnostic::{Diagnostics, list};
use crate::kind::{Field, Kinds, Need};
use crate::model::{AsAt, Parsed};
use crate::source::Span;

/// Fields that readers need.
pub const LINT: Lint = Lint { code: "missing-field", manual: MANUAL };

const MANUAL: &str = "\
What it looks for
  Each kind of document has a few fields that are expected: the summary of a
  strategy, the body that met, who keeps the page. The message names those
  that are not there, and the lines to paste. What Folkmoot can work out by
  itself (a title from the first heading, a date from the name of the file) is
  not missing.

Why it matters
  The page says “not recorded” in its place, and the document is left out of
  the lists that go by it: minutes without a date are in no year, a priority
  without a lead is on no body's page. Residents then do not find it.

Example
  ---
  status: adopted
  ---
  # Community Safety Strategy 2026–2029

Instead
  ---
  status: adopted
  summary: What the partnership will do until 2029 to make homes and streets safer.
  from: 2026-04-01
  to: 2029-03-31
  ---
  # Community Safety Strategy 2026–2029

  If nobody knows, a date may say so:  from: unknown
";

pub(super) fn check(parsed: &Parsed, kinds: &Kinds, as_at: &AsAt, diagnostics: &mut Diagnostics) {
    let kind = kinds.get(parsed.kind);
    let in_text = parsed.standing.is_some();
    // A record in a text has no page of its own, and the page of its host has what every page needs.
    let expected = kind.fields.iter().filter(|field| field.need == Need::Expected && !(in_text && field.common));
    let missing: Vec<&Field> = expected.filter(|field| parsed.fields.get(&field.name).is_none()).collect();
    if missing.is_empty() || !is_whole(parsed, as_at) {
        return;
    }
    let is_one = missing.len() == 1;
    let names: Vec<String> = missing.iter().map(|field| format!("`{}`", field.name)).collect();
    let (span, names, fix) = if in_text {
        let keys: Vec<String> = missing.iter().map(|field| format!("{}={}", field.name, field.example)).collect();
        let fix = format!("Write it in braces behind these words: `{{.{} {}}}`", kind.name, keys.join(" "));
        (parsed.title_span, names.join(" and "), fix)
    } else {
        let lines: Vec<String> = missing.iter().map(|field| line(field)).collect();
        let fix = format!(
            "At the top of the file, between its two lines `---` (type them if there are none), add {} like this:\n{}",
            if is_one { "a line" } else { "lines" },
            lines.join("\n")
        );
        (Span::whole(parsed.source), list(&names), fix)
    };
    let reasons: Vec<String> = missing.iter().filter_map(|field| reason(field)).collect();
    let (verb, these) = if is_one { ("is", "its") } else { ("are", "their") };
    diagnostics.add(
        LINT.code,
        Some(span),
        format!("{names} {verb} not filled in ({})", kind.label.to_lowercase()),
        format!("The page says “not recorded” in {these} place. {}", reasons.join(" ")).trim_end(),
        fix,
    );
}

/// Whether readers will see all of the document. If they see a notice in its place, nothing more is expected of it.
fn is_whole(parsed: &Parsed, as_at: &AsAt) -> bool {
    let visibility = &parsed.visibility;
    let ended = visibility.expires.is_some_and(|expires| as_at.has_come(expires.at));
    visibility.exempt.is_none() && visibility.withdrawn.is_none() && !ended
}

/// Why readers need the field, as a sentence; `None` if the kind does not say.
fn reason(field: &Field) -> Option<String> {
    let why = field.why.trim().trim_end_matches('.');
    (!why.is_empty()).then(|| format!("{why}."))
}

/// The line to paste, as YAML. An example of several lines goes below its key.
fn line(field: &Field) -> String {
    let example = field.example.trim_end();
    match (example.is_empty(), example.contains('\n')) {
        (true, _) => format!("{}: …", field.name),
        (false, false) => format!("{}: {}", field.name, example.trim_start()),
        (false, true) => {
            let lines: Vec<String> = example.trim_start_matches('\n').lines().map(|line| format!("  {line}")).collect();
            format!("{}:\n{}", field.name, lines.join("\n"))
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::kind::{Kind, KindId, Order, Shape};
    use crate::model::{Address, Entry, Exemption, Fields, Value, Visibility, Withdrawn, Zone};
    use crate::source::SourceId;

    fn field(name: &str, need: Need, example: &str) -> Field {
        Field {
            name: name.into(),
            label: name.into(),
            shape: Shape::Text,
            need,
            why: "Residents look for it in lists.".into(),
            help: String::new(),
            example: example.into(),
            role: None,
            also_said: Vec::new(),
            answers_to: Vec::new(),
            default: None,
            implies: None,
            alone: false,
            shown: true,
            common: false,
        }
    }

    fn kinds() -> Kinds {
        let fields = vec![
            field("gist", Need::Expected, "What it will do."),
            field("venue", Need::Optional, "Town Hall"),
            field("spans", Need::Expected, "\n- from: 2026\n  to: 2029\n"),
        ];
        let kind = Kind {
            name: "plan".into(),
            folder: "plans".into(),
            label: "Plan".into(),
            label_plural: "Plans".into(),
            help: String::new(),
            page: true,
            page_of_file: false,
            folder_in_address: true,
            template: "document".into(),
            fields,
            order: Order::Title,
            lists: Vec::new(),
            in_menu: true,
            feed: false,
            thread: false,
            editions: false,
            calendar: false,
            schema_org: None,
            opens_with: Vec::new(),
            verbs: Vec::new(),
            sentence_words: Vec::new(),
            search_words: Vec::new(),
            facet: false,
            heading_kind: None,
            numbers_paragraphs: false,
            titled_by_matter: false,
            number_words: Vec::new(),
            looks_back: false,
            folder_names: None,
            of_meeting: false,
            inside_kind: None,
            beside_kind: None,
            inside_of: None,
            sensitive: false,
            new: crate::kind::Scaffold::default(),
            also_said: Vec::new(),
        };
        Kinds { list: vec![kind] }
    }

    fn plan(filled: &[&str], visibility: Visibility) -> Parsed {
        let span = Span::whole(SourceId(0));
        let entry = |name: &&str| Entry {
            name: (*name).into(),
            value: Value::Text("x".into()),
            span,
            origin: crate::model::Origin::Typed,
        };
        Parsed {
            source: SourceId(0),
            path: "plans/a.md".into(),
            kind: KindId(0),
            id: "plans/a".into(),
            address: Address::page(["plans", "a"]),
            title: "A".into(),
            title_span: span,
            fields: Fields(filled.iter().map(entry).collect()),
            body: Arc::default(),
            visibility: Arc::new(visibility),
            standing: None,
            records: Box::default(),
        }
    }

    fn instant(day: &str) -> crate::model::Instant {
        crate::model::Instant::parse(day, &Zone::UTC).expect("it is a day")
    }

    fn said(parsed: &Parsed) -> Diagnostics {
        let mut diagnostics = Diagnostics::new();
        check(parsed, &kinds(), &AsAt::new(instant("2026-03-12").at, &Zone::UTC), &mut diagnostics);
        diagnostics
    }

    #[test]
    fn the_message_has_the_line_to_paste() {
        let diagnostics = said(&plan(&["spans"], Visibility::default()));
        let texts: Vec<_> = diagnostics.iter().map(|one| [&*one.title, &*one.why, &*one.fix].join("\n")).collect();
        let expected = "\
`gist` is not filled in (plan)
The page says “not recorded” in its place. Residents look for it in lists.
At the top of the file, between its two lines `---` (type them if there are none), add a line like this:
gist: What it will do.";
        assert_eq!(texts, [expected]);
        let diagnostics = said(&plan(&["gist"], Visibility::default()));
        assert!(diagnostics.iter().all(|one| one.fix.ends_with("like this:\nspans:\n  - from: 2026\n    to: 2029")));
        assert!(said(&plan(&["gist", "spans"], Visibility::default())).is_empty());
    }

    #[test]
    fn nothing_is_expected_of_a_notice_in_a_documents_place() {
        for (visibility, count) in [
            (Visibility { exempt: Some(Exemption::default()), ..Visibility::default() }, 0),
            (Visibility { withdrawn: Some(Withdrawn::default()), ..Visibility::default() }, 0),
            (Visibility { expires: Some(instant("2026-03-12")), ..Visibility::default() }, 0),
            (Visibility { expires: Some(instant("2026-03-13")), ..Visibility::default() }, 1),
        ] {
            assert_eq!(said(&plan(&[], visibility)).len(), count);
        }
    }
}
