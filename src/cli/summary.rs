//! What a command prints at its end: what the site holds, what was held back, and what to do next.
//!
//! Input: the assembled site and a few counts. Output: text for a terminal. Not here: anything that is written into the
//! public folder; the paths of what is held back are for staff alone.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::schedule::{by_itself, moment};
use crate::Assembled;
use crate::diagnostic::{Diagnostic, Severity};
use crate::language::capital;
use crate::messages::report::totals;
use crate::messages::text::{count, harmless, number};
use crate::model::{Instant, Site, Why, Withheld};
use crate::source::SourceId;
use crate::write::Summary;

/// How many paths are named of what is held back for one reason.
const PATHS: usize = 20;

/// What `build` says of a site, whatever it did to the public folder.
#[derive(Clone, Serialize, Deserialize)]
pub struct Told {
    /// Its documents, and what is held back.
    documents: String,
    /// How many messages there are for authors.
    totals: String,
    /// What to do next.
    next: String,
}

impl Told {
    /// What is said of a site that was assembled, whose folder is `root`, with these messages for authors.
    pub fn of(assembled: &Assembled, diagnostics: &[Diagnostic], root: &Path) -> Self {
        let site = &*assembled.site;
        let next_change = assembled.next.map(|at| {
            by_itself(&Instant::from_timestamp(at, &site.config.zone), root, !site.config.targets.is_empty())
        });
        Self {
            documents: documents(site)
                + &held_back(&assembled.withheld, &shown(site))
                + next_change.as_deref().unwrap_or_default(),
            totals: format!("{}.{}\n", capital(&totals(diagnostics)), where_notes_are(diagnostics)),
            next: next(diagnostics, "put that folder on your web server, or type `folkmoot publish`."),
        }
    }
}

/// What `build` made.
pub struct Built<'site> {
    /// What is said of the site.
    pub told: &'site Told,
    /// What the build did to the public folder.
    pub written: &'site Summary,
    /// How long it took.
    pub time: Duration,
    /// The public folder.
    pub out: &'site Path,
    /// The time for which it was made, if that is not now.
    pub at_another_time: Option<&'site Instant>,
    /// Whether nothing comes after it, so that people are told what they may do next.
    pub is_last: bool,
}

/// What `check` looked at.
pub struct Checked<'site> {
    /// The site.
    pub site: &'site Site,
    /// What is held back from it.
    pub withheld: &'site [Withheld],
    /// The messages for authors.
    pub diagnostics: &'site [Diagnostic],
    /// How long it took.
    pub time: Duration,
}

/// What `build` prints at its end.
pub fn built(built: &Built<'_>) -> String {
    let written = built.written;
    let mut text = built.told.documents.clone();
    if let Some(as_at) = built.at_another_time {
        text.push_str(&format!("Made as it is on {}.\n", moment(as_at)));
    }
    text.push_str(&format!(
        "{} written, {} unchanged, {} removed.\n",
        count(written.written, "file"),
        number(written.unchanged),
        number(written.removed)
    ));
    if written.recovered {
        text.push_str("An earlier build had been stopped while it put its files in place; that was completed first.\n");
    }
    if !written.foreign.is_empty() {
        let foreign = count(written.foreign.len(), "file");
        text.push_str(&format!("Left alone in the same folder: {foreign} that Folkmoot did not make.\n"));
    }
    text.push_str(&built.told.totals);
    text.push_str(&format!(
        "It took {}. The website is in {}\n",
        seconds(built.time),
        harmless(&built.out.to_string_lossy())
    ));
    if built.is_last { text + &built.told.next } else { text }
}

/// What `check` prints at its end.
pub fn checked(checked: &Checked<'_>) -> String {
    let mut text = documents(checked.site) + &held_back(checked.withheld, &shown(checked.site));
    text.push_str(&format!("{}.\n", capital(&totals(checked.diagnostics))));
    text.push_str(&mendable(checked.diagnostics));
    text.push_str(&format!("It took {}. Nothing was written.\n", seconds(checked.time)));
    text + &next(checked.diagnostics, "`folkmoot build` makes the website.")
}

/// The line that says what to do next: to mend the last error, else the last warning, else what is `otherwise` done.
fn next(diagnostics: &[Diagnostic], otherwise: &str) -> String {
    let of = |severity: Severity| diagnostics.iter().rfind(|diagnostic| diagnostic.severity == severity);
    match of(Severity::Error).or_else(|| of(Severity::Warning)) {
        Some(Diagnostic { code, .. }) => {
            format!("Next: mend what is said above. `folkmoot check --explain {code}` says more about one message.\n")
        }
        None => format!("Next: {otherwise}\n"),
    }
}

/// How much of what was found a program can mend; empty if nothing.
fn mendable(diagnostics: &[Diagnostic]) -> String {
    match diagnostics.iter().filter(|diagnostic| diagnostic.change.is_some()).count() {
        0 => String::new(),
        1 => "One of these may be mended for you: `folkmoot check --fix` shows how.\n".to_owned(),
        number => {
            format!("{} of these may be mended for you: `folkmoot check --fix` shows how.\n", self::number(number))
        }
    }
}

fn where_notes_are(diagnostics: &[Diagnostic]) -> &'static str {
    let any = diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Note);
    if any { " Notes are shown by `folkmoot check`." } else { "" }
}

/// How many documents of each kind the site has, one line per kind, numbers below each other.
fn documents(site: &Site) -> String {
    let mut counts = BTreeMap::new();
    for document in &site.documents {
        *counts.entry(document.kind).or_insert(0_usize) += 1;
    }
    let rows: Vec<(&str, String)> = site
        .kinds
        .iter()
        .filter_map(|(id, kind)| counts.get(&id).map(|count| (kind.label_plural.as_str(), number(*count))))
        .collect();
    if rows.is_empty() {
        return "There are no documents yet. The first could be content/pages/about.md\n".to_owned();
    }
    table(&rows)
}

fn table(rows: &[(&str, String)]) -> String {
    let widest = |lengths: &mut dyn Iterator<Item = usize>| lengths.max().unwrap_or(0);
    let labels = widest(&mut rows.iter().map(|(label, _)| label.chars().count()));
    let numbers = widest(&mut rows.iter().map(|(_, number)| number.len()));
    rows.iter().map(|(label, number)| format!("  {label:labels$}  {number:>numbers$}\n")).collect()
}

/// The files of which the site shows something.
fn shown(site: &Site) -> BTreeSet<SourceId> {
    site.documents.iter().map(|document| document.source).collect()
}

/// What is held back, by reason; empty if nothing is. Of what is in `shown`, readers see that it was.
fn held_back(withheld: &[Withheld], shown: &BTreeSet<SourceId>) -> String {
    let mut reasons: BTreeMap<(Why, bool), Vec<&str>> = BTreeMap::new();
    for held in withheld {
        reasons.entry((held.why, shown.contains(&held.source))).or_default().push(&held.path);
    }
    if reasons.is_empty() {
        return String::new();
    }
    let mut text = String::from("Held back, and in no file of the website:\n");
    for ((why, has_notice), mut paths) in reasons {
        // A draft with three decisions in its text is one file.
        paths.sort_unstable();
        paths.dedup();
        text.push_str(&format!("  {} {}\n", number(paths.len()), reason(why, paths.len() == 1, has_notice)));
        for path in paths.iter().take(PATHS) {
            text.push_str(&format!("    content/{}\n", harmless(path)));
        }
        if paths.len() > PATHS {
            text.push_str(&format!("    and {} more\n", number(paths.len() - PATHS)));
        }
    }
    text
}

fn reason(why: Why, one: bool, has_notice: bool) -> &'static str {
    match (why, one) {
        (Why::Draft, true) => "draft",
        (Why::Draft, false) => "drafts",
        (Why::Embargoed, _) => "to be published later (publish_at)",
        (Why::Doubt, _) => "of which it is not sure whether they may be published",
        (Why::Unreadable, _) => "that cannot be read",
        (Why::UnknownKind, _) => "in a folder that is no kind of document",
        (Why::Ended, _) if has_notice => "over or taken back (a notice stands in its place)",
        (Why::Ended, _) => "over or taken back (nothing stands in its place)",
        (Why::Translation, true) => "translation, for which no pages are made yet",
        (Why::Translation, false) => "translations, for which no pages are made yet",
        (Why::Exempt, _) if has_notice => "exempt (a notice stands in its place)",
        (Why::Exempt, _) => "made at something exempt, or a copy of it (nothing stands in its place)",
        (Why::Passages, _) => "with exempt text (a notice stands in its place)",
    }
}

/// How long something took, in words.
fn seconds(time: Duration) -> String {
    match time.as_secs() {
        0..60 => format!("{:.1} seconds", time.as_secs_f64()),
        seconds => format!("{} minutes {} seconds", seconds / 60, seconds % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Address;

    /// One that is shown in part has the first source, any other the second.
    fn held(why: Why, path: &str, shown: bool) -> Withheld {
        Withheld {
            source: SourceId(u32::from(!shown)),
            path: path.into(),
            id: path.into(),
            address: Address::page([]),
            why,
            document: None,
            passages: Vec::new(),
        }
    }

    #[test]
    fn numbers_stand_below_each_other() {
        let rows = [("Minutes", number(24)), ("Priorities", number(7)), ("Resolutions", number(40_000))];
        assert_eq!(table(&rows), "  Minutes          24\n  Priorities        7\n  Resolutions  40,000\n");
    }

    #[test]
    fn what_is_held_back_is_named_with_its_reason() {
        let shown = BTreeSet::from([SourceId(0)]);
        assert_eq!(held_back(&[], &shown), "");
        let withheld = [
            held(Why::Embargoed, "news/plan.md", false),
            held(Why::Draft, "news/b\u{1b}.md", false),
            held(Why::Draft, "news/a.md", false),
            held(Why::Draft, "news/a.md", false),
            held(Why::Exempt, "resolutions/award.md", false),
            held(Why::Exempt, "minutes/board/2026-03-13.md", true),
            held(Why::Passages, "minutes/board/2026-03-12.md", true),
            held(Why::Ended, "actions/mend.md", false),
            held(Why::Ended, "news/old.md", true),
        ];
        let expected = "\
Held back, and in no file of the website:
  2 drafts
    content/news/a.md
    content/news/b\u{FFFD}.md
  1 to be published later (publish_at)
    content/news/plan.md
  1 over or taken back (nothing stands in its place)
    content/actions/mend.md
  1 over or taken back (a notice stands in its place)
    content/news/old.md
  1 made at something exempt, or a copy of it (nothing stands in its place)
    content/resolutions/award.md
  1 exempt (a notice stands in its place)
    content/minutes/board/2026-03-13.md
  1 with exempt text (a notice stands in its place)
    content/minutes/board/2026-03-12.md
";
        assert_eq!(held_back(&withheld, &shown), expected);
    }

    #[test]
    fn a_long_list_of_drafts_is_cut() {
        let drafts: Vec<Withheld> =
            (10..40).map(|number| held(Why::Draft, &format!("news/{number}.md"), false)).collect();
        let text = held_back(&drafts, &BTreeSet::new());
        assert_eq!(text.lines().count(), 2 + PATHS + 1);
        assert!(text.ends_with("    and 10 more\n"), "{text}");
    }

    #[test]
    fn time_is_said_as_people_say_it() {
        assert_eq!(seconds(Duration::from_millis(1250)), "1.2 seconds");
        assert_eq!(seconds(Duration::from_secs(135)), "2 minutes 15 seconds");
    }
}
