//! Prints messages so that the person who wrote the text knows where to look, why it matters and what to type.
//!
//! Input: diagnostics in the order of files and places, and the sources they point into. Output: text for a terminal: notes
//! first, errors last, so that what matters most stands above the prompt. Not here: which messages are shown
//! (`selection.rs`), and the wording of a mistake, which the message brings itself.

use annotate_snippets::renderer::{AnsiColor, Effects, Style};

use super::ReportOptions;
use super::excerpt::excerpt;
use super::selection::{Part, select, text_span};
use super::text::{count, harmless, number, wrapped};
use crate::diagnostic::{Diagnostic, LONGEST_TITLE, Severity, code, list, shortened};
use crate::language::capital;
use crate::model::Names;
use crate::source::{SourceId, Sources, Span, decode, line_at};

/// `diagnostics` as text; empty if there are none. `names` are what staff call the files.
pub(crate) fn report(
    diagnostics: &[Diagnostic],
    names: &Names<'_>,
    sources: &Sources,
    options: ReportOptions,
) -> String {
    let mut printer = Printer { names, sources, options, text: None };
    let mut printed = String::new();
    let mut parts = select(diagnostics, options.extent).into_iter().peekable();
    while let Some(part) = parts.next() {
        printed.push_str(&printer.part(&part));
        let is_listed = |part: &Part<'_>| matches!(part, Part::Notes(..));
        if !(is_listed(&part) && parts.peek().is_some_and(is_listed)) {
            printed.push('\n');
        }
    }
    printed
}

/// How many there are of each severity: `2 errors, 3 warnings and 1 note`, or `no mistakes`.
pub(crate) fn totals(diagnostics: &[Diagnostic]) -> String {
    let of = |severity: Severity| {
        let number = diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count();
        (number > 0).then(|| count(number, severity.word()))
    };
    let counts: Vec<String> = [Severity::Error, Severity::Warning, Severity::Note].into_iter().filter_map(of).collect();
    if counts.is_empty() { "no mistakes".to_owned() } else { list(&counts) }
}

/// Prints the parts of a report.
struct Printer<'site> {
    names: &'site Names<'site>,
    sources: &'site Sources,
    options: ReportOptions,
    /// The text of the file that was shown last: messages come in the order of files.
    text: Option<(SourceId, Option<String>)>,
}

impl Printer<'_> {
    fn part(&mut self, part: &Part<'_>) -> String {
        match part {
            Part::One(diagnostic) => self.one(diagnostic),
            Part::Shared(firsts, hidden) => self.shared(firsts, *hidden),
            Part::Lines(others) => {
                others.iter().map(|one| format!("The same: {}\n", self.place(one.span, one.place.as_deref()))).collect()
            }
            Part::MoreFiles(hidden, example) => format!("… and {}\n", self.more_files(*hidden, example)),
            Part::MoreInFile(hidden) => format!("… and {} more like this in this file\n", number(*hidden)),
            Part::MoreOfCode(hidden, code) => {
                format!("… and {} more about `{code}`; `folkmoot check` shows them\n", number(*hidden))
            }
            Part::Notes(first, places, files) => self.notes(first, *places, *files),
        }
    }

    fn one(&mut self, diagnostic: &Diagnostic) -> String {
        let place = self.place(diagnostic.span, diagnostic.place.as_deref());
        let mut printed = format!("{}\n{}", self.painted(&place, Effects::BOLD.into()), self.title(diagnostic));
        if let Some(span) = text_span(diagnostic) {
            printed.push_str(&self.excerpt(span, diagnostic.severity));
        }
        for (span, label) in &diagnostic.also {
            printed.push_str(&format!("{}: {}\n", one_line(label), self.place(Some(*span), None)));
            printed.push_str(&self.excerpt(*span, diagnostic.severity));
        }
        printed + &self.advice(diagnostic)
    }

    fn shared(&mut self, firsts: &[&Diagnostic], hidden: usize) -> String {
        let mut printed = self.title(firsts[0]);
        for one in firsts {
            printed.push_str(&format!("  {}\n", self.place(one.span, one.place.as_deref())));
        }
        if hidden > 0 {
            printed.push_str(&format!("  and {}\n", self.more_files(hidden, firsts[0])));
        }
        printed + &self.advice(firsts[0])
    }

    /// What stands for all notes of one code: how many there are, where the first is, and what shows the others.
    fn notes(&mut self, first: &Diagnostic, places: usize, files: usize) -> String {
        let word = capital(first.severity.word()) + ":";
        let summary = code(first.code).map_or(first.code, |code| code.summary).trim_end_matches('.');
        let files = if files > 1 { format!(" in {}", count(files, self.noun(first))) } else { String::new() };
        let place = self.path(first.span, first.place.as_deref());
        let line = format!(
            "{word} {summary}: {} times{files}, first in {place}. `folkmoot check --only {}` shows them all.",
            number(places),
            first.code
        );
        let lines = wrapped(&line, self.options.width);
        format!("{}{}\n", self.painted(&word, style(first.severity)), &lines[word.len()..])
    }

    /// What the place of a message is called: a page, a document or another file.
    fn noun(&self, example: &Diagnostic) -> &'static str {
        match example.span {
            None if example.place.as_ref().is_some_and(|place| place.starts_with("Page ")) => "page",
            Some(span) if self.sources.path(span.source).ends_with(".md") => "document",
            _ => "file",
        }
    }

    /// How many more files have the mistake of `example`: `209 more documents; …`.
    fn more_files(&self, hidden: usize, example: &Diagnostic) -> String {
        let more = count(hidden, self.noun(example)).replacen(' ', " more ", 1);
        format!("{more}; `folkmoot check --all` lists all of them")
    }

    /// Where a message stands: `Minutes of 12 March 2026  (content/minutes/2026-03-12.md, line 41, column 1)`.
    fn place(&mut self, span: Option<Span>, place: Option<&str>) -> String {
        let path = self.path(span, place);
        let name = span.and_then(|span| {
            let path = self.sources.path(span.source);
            self.names.get(&span.source).map(|name| one_line(name)).or_else(|| name_of(path))
        });
        name.map_or_else(|| path.clone(), |name| format!("{name}  ({path})"))
    }

    /// The same without what staff call the file: `content/minutes/2026-03-12.md, line 41, column 1`.
    fn path(&mut self, span: Option<Span>, place: Option<&str>) -> String {
        let Some(span) = span else { return one_line(place.unwrap_or("The whole site")) };
        let mut path = one_line(self.sources.path(span.source));
        if let Some(text) = self.text(span.source).filter(|_| span.end > 0) {
            let line = line_at(text, span.start as usize);
            path.push_str(&format!(", line {}, column {}", line.number, line.column));
        }
        path
    }

    fn title(&self, diagnostic: &Diagnostic) -> String {
        let word = capital(diagnostic.severity.word()) + ":";
        let line = format!("{word} {}  [{}]", one_line(&diagnostic.title), diagnostic.code);
        let lines = wrapped(&line, self.options.width);
        format!("{}{}\n", self.painted(&word, style(diagnostic.severity)), &lines[word.len()..])
    }

    fn excerpt(&mut self, span: Span, severity: Severity) -> String {
        let options = self.options;
        self.text(span.source).map_or_else(String::new, |text| {
            excerpt(text, span.start as usize, span.end as usize, severity, options) + "\n"
        })
    }

    /// Why it matters, and what to do. Lines to paste keep their length.
    fn advice(&self, diagnostic: &Diagnostic) -> String {
        let mut printed = String::new();
        if !diagnostic.why.is_empty() {
            printed.push_str(&wrapped(&harmless(&diagnostic.why), self.options.width));
            printed.push('\n');
        }
        let fix = harmless(&diagnostic.fix);
        let mut lines = fix.lines();
        if let Some(first) = lines.next() {
            printed.push_str(&wrapped(&format!("Fix: {first}"), self.options.width));
            printed.push('\n');
        }
        for line in lines {
            printed.push_str(&format!("    {line}\n"));
        }
        printed
    }

    fn painted(&self, text: &str, style: Style) -> String {
        if self.options.colour { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }

    /// The text of a source, if it can be read.
    fn text(&mut self, source: SourceId) -> Option<&str> {
        if self.text.as_ref().is_none_or(|(held, _)| *held != source) {
            let text = self.sources.bytes(source).ok().and_then(|bytes| decode(bytes).ok());
            self.text = Some((source, text));
        }
        self.text.as_ref().and_then(|(_, text)| text.as_deref())
    }
}

fn style(severity: Severity) -> Style {
    let colour = match severity {
        Severity::Error => AnsiColor::Red,
        Severity::Warning => AnsiColor::Yellow,
        Severity::Note => AnsiColor::Cyan,
    };
    colour.on_default().effects(Effects::BOLD)
}

fn one_line(text: &str) -> String {
    harmless(&shortened(text, LONGEST_TITLE)).replace('\n', " ")
}

/// What staff call a file that is not a document; `None` if they have no name for it.
fn name_of(path: &str) -> Option<String> {
    let name = match path.strip_prefix("content/") {
        Some("site.toml") => "The site's settings",
        Some("glossary.toml") => "The glossary",
        Some("statutes.toml") => "The list of Acts",
        Some("checked.toml") => "The list of files that were looked at",
        Some("old-addresses.csv") => "The list of old addresses",
        Some("people.csv") => "The table of people",
        Some("postcodes.csv") => "The table of postcodes",
        Some("words.toml") => "The site's own words",
        Some(path) if path.starts_with("kinds/") => "A kind of document",
        None if path.starts_with("themes/") => "The site's theme",
        _ => return None,
    };
    Some(name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::super::Extent;
    use super::super::selection::{IN_ONE_FILE, LISTED, WARNINGS_OF_ONE_CODE};
    use super::*;
    use crate::diagnostic::Diagnostics;

    const PATH: &str = "content/minutes/board/2026-03-12.md";

    fn sources(texts: &[(&str, &str)]) -> Sources {
        Sources::in_memory(texts.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())), [])
    }

    fn span(sources: &Sources, path: &str, part: &str) -> Span {
        let source = sources.find(path).expect("the file is there");
        let text = decode(sources.bytes(source).expect("the file is there")).expect("it is text");
        let start = text.find(part).expect("the part is in the text");
        Span::new(source, start, start + part.len())
    }

    fn printed(diagnostics: Diagnostics, names: &Names<'_>, sources: &Sources, extent: Extent) -> String {
        report(&diagnostics.sorted(), names, sources, ReportOptions { width: 80, colour: false, extent })
    }

    #[test]
    fn a_message_says_where_what_why_and_what_to_do() {
        let sources = sources(&[(PATH, "3. That the report be noted.\n5. That the Plan be endorsed.\n")]);
        let place = span(&sources, PATH, "5.");
        let names = Names::from([(place.source, "Minutes of 12 March 2026")]);
        let mut diagnostics = Diagnostics::new();
        diagnostics.add(
            "wrong-value",
            Some(place),
            "You typed 5, but the number before it is 3",
            "Councillors cite these numbers, so they are shown exactly as typed and must not jump.",
            "Change 5 to 4, or write  {skip=4}  if paragraph 4 was deliberately removed.",
        );
        let expected = "\
Minutes of 12 March 2026  (content/minutes/board/2026-03-12.md, line 2, column 1)
Warning: You typed 5, but the number before it is 3  [wrong-value]
  |
1 | 3. That the report be noted.
2 | 5. That the Plan be endorsed.
  | ^^
Councillors cite these numbers, so they are shown exactly as typed and must not
jump.
Fix: Change 5 to 4, or write  {skip=4}  if paragraph 4 was deliberately removed.

";
        assert_eq!(printed(diagnostics, &names, &sources, Extent::Examples), expected);
    }

    #[test]
    fn other_places_and_lines_to_paste_are_shown_as_they_are() {
        let sources = sources(&[(PATH, "7.1 One\n\n7.1 Two\n"), ("content/site.toml", "titel = 1\n")]);
        let first = span(&sources, PATH, "7.1");
        let second = Span::new(first.source, 9, 12);
        let mut diagnostics = Diagnostics::new();
        diagnostics.add("wrong-value", Some(second), "7.1 stands twice", "", "Write:\n7.2 Two").also =
            vec![(first, "The other one".into())];
        let setting = span(&sources, "content/site.toml", "titel");
        diagnostics.add("broken-config", Some(setting), "`titel` is no setting", "Nobody reads it.", "Write: title");
        let expected = "\
content/minutes/board/2026-03-12.md, line 3, column 1
Warning: 7.1 stands twice  [wrong-value]
  |
2 |
3 | 7.1 Two
  | ^^^
The other one: content/minutes/board/2026-03-12.md, line 1, column 1
  |
1 | 7.1 One
  | ^^^
Fix: Write:
    7.2 Two

The site's settings  (content/site.toml, line 1, column 1)
Error: `titel` is no setting  [broken-config]
  |
1 | titel = 1
  | ^^^^^
Nobody reads it.
Fix: Write: title

";
        assert_eq!(printed(diagnostics, &Names::new(), &sources, Extent::Examples), expected);
    }

    #[test]
    fn what_many_documents_share_is_said_once() {
        let paths: Vec<String> = (1..=5).map(|number| format!("content/reports/{number}.md")).collect();
        let sources = sources(&paths.iter().map(|path| (path.as_str(), "x")).collect::<Vec<_>>());
        let mut diagnostics = Diagnostics::new();
        for (source, _) in sources.ids() {
            diagnostics.add(
                "missing-field",
                Some(Span::whole(source)),
                "`author` is not filled in",
                "Why.",
                "Type it.",
            );
        }
        let names = Names::from([(SourceId(1), "Road safety")]);
        let expected = "\
Warning: `author` is not filled in  [missing-field]
  content/reports/1.md
  Road safety  (content/reports/2.md)
  content/reports/3.md
  and 2 more documents; `folkmoot check --all` lists all of them
Why.
Fix: Type it.

";
        assert_eq!(printed(diagnostics.clone(), &names, &sources, Extent::Examples), expected);
        let all = expected.replace(
            "  and 2 more documents; `folkmoot check --all` lists all of them",
            "  content/reports/4.md\n  content/reports/5.md",
        );
        assert_eq!(printed(diagnostics, &names, &sources, Extent::Mistakes), all);
    }

    #[test]
    fn the_same_mistake_in_the_texts_of_many_documents_is_shown_three_times() {
        let paths: Vec<String> = (1..=6).map(|number| format!("content/reports/{number}.md")).collect();
        let sources = sources(&paths.iter().map(|path| (path.as_str(), "x <b>y</b>")).collect::<Vec<_>>());
        let mut diagnostics = Diagnostics::new();
        for (source, _) in sources.ids() {
            diagnostics.add("raw-html", Some(Span::new(source, 2, 5)), "<b> is printed as text", "", "Type **y**");
        }
        let build = printed(diagnostics.clone(), &Names::new(), &sources, Extent::Examples);
        assert_eq!(build.matches("Warning:").count(), 3, "{build}");
        assert!(build.ends_with("\n\n… and 3 more documents; `folkmoot check --all` lists all of them\n\n"), "{build}");
        let check = printed(diagnostics, &Names::new(), &sources, Extent::Mistakes);
        let lines = "
The same: content/reports/4.md, line 1, column 3
The same: content/reports/5.md, line 1, column 3
The same: content/reports/6.md, line 1, column 3

";
        assert!(check.ends_with(lines), "{check}");
    }

    #[test]
    fn a_thousand_documents_that_share_a_mistake_are_listed_only_where_all_are_asked_for() {
        let paths: Vec<String> = (1000..2000).map(|number| format!("content/reports/{number}.md")).collect();
        let sources = sources(&paths.iter().map(|path| (path.as_str(), "x <b>y</b>")).collect::<Vec<_>>());
        let mut diagnostics = Diagnostics::new();
        for (source, _) in sources.ids() {
            diagnostics.add("missing-field", Some(Span::whole(source)), "`author` is missing", "", "Type it.");
            diagnostics.add("raw-html", Some(Span::new(source, 2, 5)), "<b> is printed as text", "", "Type **y**");
        }
        let lines = |extent| {
            let printed = printed(diagnostics.clone(), &Names::new(), &sources, extent);
            printed.matches("content/reports/").count()
        };
        assert_eq!(lines(Extent::Examples), 2 * 3);
        assert_eq!(lines(Extent::Mistakes), 2 * LISTED);
        assert_eq!(lines(Extent::Everything), 2 * 1000);
        let check = printed(diagnostics.clone(), &Names::new(), &sources, Extent::Mistakes);
        let more = "980 more documents; `folkmoot check --all` lists all of them";
        assert_eq!(check.replace('\n', " ").matches(more).count(), 2, "{check}");
    }

    #[test]
    fn one_file_is_not_told_the_same_a_hundred_times() {
        let text = "x\n".repeat(34);
        let sources = sources(&[(PATH, &text)]);
        let mut diagnostics = Diagnostics::new();
        for line in 0..34 {
            let place = Span::new(SourceId(0), line * 2, line * 2 + 1);
            diagnostics.add("raw-html", Some(place), format!("Line {line}"), "", "");
        }
        let check = printed(diagnostics.clone(), &Names::new(), &sources, Extent::Mistakes);
        assert_eq!(check.matches("Warning:").count(), IN_ONE_FILE);
        assert!(check.ends_with("… and 14 more like this in this file\n\n"), "{check}");
        let build = printed(diagnostics, &Names::new(), &sources, Extent::Examples);
        assert_eq!(build.matches("Warning:").count(), WARNINGS_OF_ONE_CODE);
    }

    #[test]
    fn a_build_shows_a_few_of_a_code_and_a_check_all() {
        let paths: Vec<String> = (100..160).map(|number| format!("content/reports/{number}.md")).collect();
        let sources = sources(&paths.iter().map(|path| (path.as_str(), "x")).collect::<Vec<_>>());
        let mut diagnostics = Diagnostics::new();
        for (source, file) in sources.ids() {
            diagnostics.add("broken-link", Some(Span::new(source, 0, 1)), format!("Like {}", file.path), "", "");
        }
        let build = printed(diagnostics.clone(), &Names::new(), &sources, Extent::Examples);
        assert_eq!(build.matches("Warning:").count(), WARNINGS_OF_ONE_CODE);
        assert!(build.ends_with("… and 50 more about `broken-link`; `folkmoot check` shows them\n\n"), "{build}");
        assert_eq!(printed(diagnostics, &Names::new(), &sources, Extent::Mistakes).matches("Warning:").count(), 60);
    }

    #[test]
    fn many_groups_of_one_code_do_not_fill_the_screen() {
        let paths: Vec<String> = (100..108).map(|number| format!("content/reports/{number}.md")).collect();
        let sources = sources(&paths.iter().map(|path| (path.as_str(), "x")).collect::<Vec<_>>());
        let mut diagnostics = Diagnostics::new();
        for field in 0..30 {
            for (source, _) in sources.ids() {
                diagnostics.add(
                    "unknown-field",
                    Some(Span::new(source, 0, 1)),
                    format!("`{field}` is no field"),
                    "",
                    "",
                );
            }
        }
        let build = printed(diagnostics.clone(), &Names::new(), &sources, Extent::Examples);
        assert_eq!(build.matches("Warning:").count(), 12, "four groups, with three examples each");
        assert!(build.ends_with("… and 208 more about `unknown-field`; `folkmoot check` shows them\n\n"), "{build}");
        let check = printed(diagnostics, &Names::new(), &sources, Extent::Mistakes);
        assert_eq!(check.matches("Warning:").count(), 30 * 3, "all groups, the other files of each in lines");
    }

    #[test]
    fn many_notes_of_one_kind_are_one_line_unless_all_are_asked_for() {
        let paths: Vec<String> = (100..400).map(|number| format!("content/minutes/board/{number}.md")).collect();
        let sources = sources(&paths.iter().map(|path| (path.as_str(), "x\ny\n")).collect::<Vec<_>>());
        let mut diagnostics = Diagnostics::new();
        for (source, file) in sources.ids() {
            diagnostics.add(
                "heading-level",
                Some(Span::new(source, 2, 3)),
                format!("Like {}", file.path),
                "Why.",
                "Do.",
            );
        }
        diagnostics.add("broken-link", None, "A warning", "", "");
        let printed = |extent| printed(diagnostics.clone(), &Names::new(), &sources, extent);
        let expected = "\
Note: A heading skips a level: 300 times in 300 documents, first in
content/minutes/board/100.md, line 2, column 1. `folkmoot check --only
heading-level` shows them all.

The whole site
Warning: A warning  [broken-link]

";
        assert_eq!(printed(Extent::Mistakes), expected);
        let all = printed(Extent::Everything);
        assert_eq!((all.matches("Note: Like").count(), all.matches("Why.").count()), (300, 300));
    }

    #[test]
    fn errors_stand_last_and_are_counted_first() {
        let mut diagnostics = Diagnostics::new();
        diagnostics.add("address-clash", None, "An error", "", "");
        diagnostics.add("heading-level", None, "A note", "", "");
        diagnostics.add("broken-link", None, "A warning", "", "").place = Some("Page /".into());
        diagnostics.add("broken-link", None, "Another", "", "").place = Some("Page /".into());
        let sorted = diagnostics.sorted();
        assert_eq!(totals(&sorted), "1 error, 2 warnings and 1 note");
        assert_eq!(totals(&[]), "no mistakes");
        let options = ReportOptions { width: 80, colour: false, extent: Extent::Mistakes };
        let printed = report(&sorted, &Names::new(), &sources(&[]), options);
        let expected = "\
The whole site
Note: A note  [heading-level]

Page /
Warning: A warning  [broken-link]

Page /
Warning: Another  [broken-link]

The whole site
Error: An error  [address-clash]

";
        assert_eq!(printed, expected);
    }

    #[test]
    fn colour_only_adds() {
        let sources = sources(&[(PATH, "é [x](y)\n")]);
        let place = span(&sources, PATH, "[x](y)");
        let mut diagnostics = Diagnostics::new();
        diagnostics.add("broken-link", Some(place), "A link \u{1b}[2J leads nowhere", "Why.", "Fix.");
        let sorted = diagnostics.sorted();
        let plain = report(
            &sorted,
            &Names::new(),
            &sources,
            ReportOptions { width: 80, colour: false, extent: Extent::Examples },
        );
        let coloured = report(
            &sorted,
            &Names::new(),
            &sources,
            ReportOptions { width: 80, colour: true, extent: Extent::Examples },
        );
        assert!(coloured.contains('\u{1b}') && !plain.contains('\u{1b}'), "{plain:?}");
        assert_eq!(anstream::adapter::strip_str(&coloured).to_string(), plain);
    }

    #[test]
    fn a_file_that_cannot_be_read_any_more_is_still_named() {
        let mut sources = sources(&[(PATH, "text")]);
        let place = span(&sources, PATH, "text");
        sources.files[0].error = Some(crate::source::SourceError::Vanished);
        let mut diagnostics = Diagnostics::new();
        diagnostics.add("unreadable", Some(place), "It is gone", "", "");
        let expected = format!("{PATH}\nWarning: It is gone  [unreadable]\n\n");
        assert_eq!(printed(diagnostics, &Names::new(), &sources, Extent::Examples), expected);
    }
}
