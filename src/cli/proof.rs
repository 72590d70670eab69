//! Which of the changes that messages offer may be made in one file: those after which every word that readers see, and every
//! value that was typed, is as it was.
//!
//! Input: the bytes of a file, and the messages about it. Output: a [`Plan`]. Not here: showing changes, and the disk.

use std::collections::{BTreeMap, BTreeSet};

use crate::Reader;
use crate::diagnostic::{Change, Diagnostic, Diagnostics, Edit, Severity, changed};
use crate::model::{Difference, Readable};
use crate::source::{SourceId, Span};

/// How often one file is read to find out which changes may be made. A file whose changes are refused by the hundred needs a
/// person.
const READINGS: usize = 200;

/// What is done with the changes that messages offer for one file.
pub(super) struct Plan<'list> {
    /// The messages whose changes are made.
    pub(super) made: Vec<&'list Diagnostic>,
    /// The messages whose changes are not made, and why.
    pub(super) left: Vec<(&'list Diagnostic, Refusal)>,
    /// The bytes of the file with what is made; what they were if nothing is.
    pub(super) after: Vec<u8>,
}

/// Why a change is not made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Refusal {
    /// Another change, which is made, is about the same characters.
    Meets,
    /// It cannot be put into the bytes of this file.
    DoesNotFit,
    /// Afterwards the file says something else.
    Says(Difference),
    /// Afterwards there is a message that was not there: its code, and its title.
    Brings(&'static str, Box<str>),
    /// It was not tried, since too many before it were refused.
    NotTried,
}

/// Decides about the changes that `offers` hold for the document `source`, whose file has these `bytes`. Of two that meet,
/// the first is made.
pub(super) fn plan<'list>(
    reader: &Reader<'_>,
    source: SourceId,
    bytes: &[u8],
    offers: &[&'list Diagnostic],
) -> Plan<'list> {
    let mut left = Vec::new();
    let mut apart: Vec<Offer<'list>> = Vec::new();
    let (mut known, mut taken) = (BTreeSet::new(), Taken::default());
    for diagnostic in offers.iter().copied() {
        let Some(change) = &diagnostic.change else { continue };
        if change.source() != Some(source) {
            left.push((diagnostic, Refusal::DoesNotFit));
        } else if known.contains(change) {
            // Two messages about one mistake are mended at once.
        } else if change.edits.iter().any(|edit| taken.meets(edit)) {
            left.push((diagnostic, Refusal::Meets));
        } else {
            known.insert(change);
            taken.0.extend(&change.edits);
            apart.push(Offer { diagnostic, change });
        }
    }
    let mut proof = Proof { reader, source, bytes, before: Seen::new(reader, source, bytes.to_vec()), readings: 0 };
    let mut made = Vec::new();
    proof.accept(&apart, &mut made, &mut left);
    left.sort_by_key(|(diagnostic, _)| diagnostic.span);
    let after = changed(bytes, made.iter().map(|offer| offer.change)).unwrap_or_else(|| bytes.to_vec());
    Plan { made: made.into_iter().map(|offer| offer.diagnostic).collect(), left, after }
}

/// A message with the change that it offers.
#[derive(Clone, Copy)]
struct Offer<'list> {
    diagnostic: &'list Diagnostic,
    change: &'list Change,
}

/// Edits that do not meet.
#[derive(Default)]
struct Taken<'list>(BTreeSet<&'list Edit>);

impl Taken<'_> {
    /// Whether one of them meets `edit`. Only the last two that begin before its end can: what is before those ends before
    /// it begins.
    fn meets(&self, edit: &Edit) -> bool {
        let Span { source, end, .. } = edit.span;
        let after = Edit { span: Span { source, start: end, end: u32::MAX }, with: "".into() };
        self.0.range::<&Edit, _>(..=&after).rev().take(2).any(|taken| taken.meets(edit))
    }
}

/// What is seen of one version of a file.
struct Seen {
    readable: Readable,
    diagnostics: Diagnostics,
}

impl Seen {
    fn new(reader: &Reader<'_>, source: SourceId, bytes: Vec<u8>) -> Self {
        let (readable, diagnostics) = reader.read(source, bytes);
        Self { readable, diagnostics }
    }

    /// How many errors and warnings of each code there are.
    fn counts(&self) -> BTreeMap<&'static str, usize> {
        let mut counts = BTreeMap::new();
        for diagnostic in self.diagnostics.iter().filter(|diagnostic| diagnostic.severity != Severity::Note) {
            *counts.entry(diagnostic.code).or_default() += 1;
        }
        counts
    }
}

struct Proof<'run> {
    reader: &'run Reader<'run>,
    source: SourceId,
    bytes: &'run [u8],
    before: Seen,
    readings: usize,
}

impl Proof<'_> {
    /// Adds to `made` what can be made of `offers` beside what is in it already, and the rest to `left`. Most often all of
    /// them can; if not, each half is tried, so that one bad change costs few readings of the file.
    fn accept<'list>(
        &mut self,
        offers: &[Offer<'list>],
        made: &mut Vec<Offer<'list>>,
        left: &mut Vec<(&'list Diagnostic, Refusal)>,
    ) {
        if self.readings == READINGS {
            return left.extend(offers.iter().map(|offer| (offer.diagnostic, Refusal::NotTried)));
        }
        self.readings += 1;
        let tried: Vec<&Change> = made.iter().chain(offers).map(|offer| offer.change).collect();
        match (self.refuse(&tried), offers) {
            (_, []) => {}
            (None, _) => made.extend(offers),
            (Some(refusal), [only]) => left.push((only.diagnostic, refusal)),
            (Some(_), _) => {
                let (first, second) = offers.split_at(offers.len() / 2);
                self.accept(first, made, left);
                self.accept(second, made, left);
            }
        }
    }

    /// Why these changes may not be made together; `None` if they may.
    fn refuse(&self, changes: &[&Change]) -> Option<Refusal> {
        let Some(bytes) = changed(self.bytes, changes.iter().copied()) else { return Some(Refusal::DoesNotFit) };
        let after = Seen::new(self.reader, self.source, bytes);
        if let Some(difference) = self.before.readable.difference(&after.readable) {
            return Some(Refusal::Says(difference));
        }
        let counts = self.before.counts();
        let (code, _) =
            after.counts().into_iter().find(|(code, count)| counts.get(code).is_none_or(|was| was < count))?;
        let titles: Vec<&str> = titles(&self.before.diagnostics, code).collect();
        let title = titles_of_new(&after.diagnostics, code, &titles);
        Some(Refusal::Brings(code, title.into()))
    }
}

fn titles<'list>(diagnostics: &'list Diagnostics, code: &'static str) -> impl Iterator<Item = &'list str> {
    diagnostics.iter().filter(move |diagnostic| diagnostic.code == code).map(|diagnostic| &*diagnostic.title)
}

/// The title of the message with this `code` that was not among those that were `known`.
fn titles_of_new<'list>(diagnostics: &'list Diagnostics, code: &'static str, known: &[&str]) -> &'list str {
    let new = titles(diagnostics, code).find(|title| !known.contains(title));
    new.or_else(|| titles(diagnostics, code).last()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Options;
    use crate::model::Audience;
    use crate::source::Sources;

    const TEXT: &str = "# Minutes\n\nThe board met.\n\nThe plan was endorsed.\n\nIt was noted.\n";

    /// What is done with these changes, each as what goes and what comes: the text afterwards, and why some are not made.
    fn tried(text: &str, changes: &[(&str, &str)]) -> (String, Vec<Refusal>) {
        let path = "content/minutes/board/2021-09-07.md".to_owned();
        let sources = Sources::in_memory([(path, text.as_bytes().to_vec())], []);
        let options = Options { as_at: jiff::Timestamp::UNIX_EPOCH, base_url: None, audience: Audience::Public };
        let reader = Reader::new(&sources, &options);
        let mut diagnostics = Diagnostics::new();
        for (old, new) in changes {
            let start = text.find(old).expect("it is in the text");
            let span = Span::new(SourceId(0), start, start + old.len());
            diagnostics.add("unknown-record", span, *new, "", "").offer(Change::replace(span, *new));
        }
        let diagnostics = diagnostics.sorted();
        let plan = plan(&reader, SourceId(0), text.as_bytes(), &diagnostics.iter().collect::<Vec<_>>());
        let after = String::from_utf8(plan.after).expect("it is text");
        (after, plan.left.into_iter().map(|(_, refusal)| refusal).collect())
    }

    #[test]
    fn marks_may_change() {
        for (old, new) in [
            ("endorsed.", "endorsed. {.resolution outcome=endorsed}"),
            ("The plan", "## The plan"),
            ("It was", "- It was"),
            ("met.\n\nThe plan", "met.\nThe plan"),
        ] {
            let (after, left) = tried(TEXT, &[(old, new)]);
            assert_eq!((after, left), (TEXT.replace(old, new), vec![]), "{new}");
        }
    }

    #[test]
    fn words_audience_and_typed_values_stay() {
        let head = "---\nsummary: One.\n---\nThe plan was endorsed.\n";
        for (text, old, new, refusal) in [
            (TEXT, "endorsed", "adopted", Refusal::Says(Difference::Words)),
            (TEXT, "plan was", "was", Refusal::Says(Difference::Words)),
            (TEXT, "plan was endorsed.", "plan was endorsed. Twice.", Refusal::Says(Difference::Words)),
            (TEXT, "# Minutes", "# Record", Refusal::Says(Difference::Words)),
            (TEXT, "endorsed.", "endorsed. {.exempt paragraphs=3}", Refusal::Says(Difference::Audience)),
            (head, "summary", "draft: true\nsummary", Refusal::Says(Difference::Audience)),
            (head, "One", "Two", Refusal::Says(Difference::Typed("summary".into()))),
            (head, "summary", "sumary", Refusal::Says(Difference::Typed("summary".into()))),
        ] {
            assert_eq!(tried(text, &[(old, new)]), (text.to_owned(), vec![refusal]), "{new}");
        }
    }

    #[test]
    fn one_bad_change_does_not_stop_the_others() {
        let good = ("endorsed.", "endorsed. {.resolution}");
        let (after, left) = tried(TEXT, &[("met", "sat"), good, ("It was", "- It was"), ("noted.", "noted.  ")]);
        assert_eq!(after, TEXT.replace(good.0, good.1).replace("It was", "- It was").replace("noted.", "noted.  "));
        assert_eq!(left, [Refusal::Says(Difference::Words)]);
        let (after, left) = tried(TEXT, &[good, ("endorsed.\n", "endorsed.\n\n")]);
        assert_eq!((after, left), (TEXT.replace(good.0, good.1), vec![Refusal::Meets]));
    }

    #[test]
    fn a_thousand_bad_changes_take_no_long_time() {
        let words: Vec<String> = (1000..2000).map(|number| format!("w{number}")).collect();
        let changes: Vec<(&str, &str)> = words.iter().map(|word| (word.as_str(), "x")).collect();
        let text = words.join(" ");
        let (after, left) = tried(&text, &changes);
        assert_eq!((after, left.len()), (text, 1000));
        assert!(left.contains(&Refusal::NotTried));
    }

    #[test]
    fn what_meets_is_found_among_neighbours() {
        let edit = |start, end| Edit { span: Span::new(SourceId(0), start, end), with: "x".into() };
        let edits = [edit(0, 2), edit(2, 4), edit(6, 6), edit(8, 9)];
        let taken = Taken(edits.iter().collect());
        for start in 0..12 {
            for end in start..12 {
                let tried = edit(start, end);
                let expected = edits.iter().any(|taken| taken.meets(&tried));
                assert_eq!(taken.meets(&tried), expected, "{start}..{end}");
            }
        }
    }
}
