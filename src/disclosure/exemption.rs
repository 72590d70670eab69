//! Passages that are exempt by law (content.md §4): taken out of the text before anything else is made of it.
//!
//! Input: the events of a text. Output: edits that put a notice in the place of each exempt block or section, the
//! footnotes that only exempt text refers to included, and the passages that went. The text is then read again
//! **without them**: no word, link, anchor, definition or footnote of an exempt passage exists afterwards.
//! Not here: what is not sure; that is found in `doubt.rs`, which looks at what is left.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::announced::title_of;
use super::braced;
use super::nested::{Form, bare};
use super::notice::Notice;
use super::phrases::{self, Speaker};
use super::unheeded::{self, Unheeded};
use crate::diagnostic::Diagnostics;
use crate::markdown::attributes;
use crate::markdown::enclosed::{Around, Enclosed};
use crate::markdown::events::{Piece, line_start};
use crate::markdown::extent::without;
use crate::markdown::footnotes::orphaned_notes;
use crate::markdown::prepare::{Edit, NOTICE, Prepared, SHIELD};
use crate::model::{ListedTitle, Looked, PrivateList, WithheldText};
use crate::source::{SourceId, Span};

/// What exemptions there are in a text so far.
#[derive(Debug, Default)]
pub(crate) struct Exemptions {
    /// One for each passage; the text holds its index between two [`NOTICE`] characters.
    pub(crate) notices: Vec<Notice>,
    /// What went, as ranges of the source.
    pub(crate) passages: Vec<Range<usize>>,
    /// To what the links in them lead, each with where it stands in the source.
    links: Vec<(usize, Box<str>)>,
    /// Whether it is not sure how far one of them reaches.
    pub(crate) in_doubt: bool,
    /// What looks like a mark, and holds nothing back.
    pub(crate) unheeded: Vec<Unheeded>,
    /// Whether a person has looked at the file: then its words hold nothing back.
    looked: Looked,
    /// Who speaks in the text.
    speaker: Speaker,
    /// Whether the words of the text were asked.
    asked: bool,
    /// What the text lists as not for everybody, for other files.
    pub(crate) lists: Vec<ListedTitle>,
    /// The containers of the text, which later readings may not have.
    enclosed: Enclosed,
}

impl Exemptions {
    /// None so far, in a text of a file at which a person has looked, or not, and in which a meeting speaks, or not; `title`: that of its
    /// head.
    pub(crate) fn new(looked: Looked, meeting: bool, title: Option<&str>) -> Self {
        Self { looked, speaker: Speaker::of(meeting, title), ..Self::default() }
    }

    /// Looks at a text as it was typed, in its first reading, for what ends where.
    pub(crate) fn look_around(&mut self, prepared: &Prepared<'_>, list: &[Piece<'_>]) {
        self.enclosed = Enclosed::of(prepared, list);
    }

    /// Notes down words that are hidden, and returns what stands in their place: a notice where they have lines of their own.
    pub(crate) fn hidden(&mut self, prepared: &Prepared<'_>, range: &Range<usize>) -> String {
        self.passages.push(prepared.source_range(range));
        let text = &prepared.text;
        if range.start != line_start(text, range.start)
            || !text[range.end..].lines().next().unwrap_or_default().trim().is_empty()
        {
            return String::new();
        }
        self.notices.push(Notice::default());
        format!("\n###### {NOTICE}{}{NOTICE}\n", self.notices.len() - 1)
    }
}

/// One reading of a text, from which what is exempt is taken out.
pub(crate) struct Taking<'run, 'text> {
    pub(crate) prepared: &'run Prepared<'text>,
    pub(crate) list: &'run [Piece<'run>],
    /// What is known of the text so far, from earlier readings too.
    pub(crate) exemptions: &'run mut Exemptions,
    /// Where something stands in the source.
    pub(crate) place: &'run dyn Fn(&Range<usize>) -> Span,
    pub(crate) diagnostics: &'run mut Diagnostics,
}

impl Taking<'_, '_> {
    /// Finds the passages that braces make exempt, and returns the edits that take them out.
    pub(crate) fn by_braces(&mut self) -> Vec<Edit> {
        let text = &self.prepared.text;
        let (mut found, unsure) = braced::passages(self.prepared, self.list, &self.exemptions.enclosed);
        for braces in unsure {
            self.diagnostics.exempt_before_list((self.place)(&braces));
            self.exemptions.in_doubt = true;
        }
        found.sort_by_key(|found| (found.target.start, std::cmp::Reverse(found.target.end)));
        let mut edits = Vec::new();
        let mut gone: Vec<Range<usize>> = Vec::new();
        let mut public: Vec<Range<usize>> = Vec::new();
        for found in found {
            if gone.last().is_some_and(|last| found.target.start < last.end) {
                continue;
            }
            if found.notice.paragraphs.is_empty() {
                self.diagnostics.exemption_without_paragraph((self.place)(&found.braces));
            }
            if found.reaches {
                let lines = text[found.target.clone()].lines().filter(|line| !line.trim().is_empty()).count();
                let next = text[found.target.end..].lines().map(str::trim).find(|line| !line.is_empty()).map(bare);
                self.diagnostics.exemption_reaches((self.place)(&found.braces), lines, next);
            }
            let said = |words: &str| {
                let at = found.braces.start + text[found.braces.clone()].find(words)?;
                Some(at..at + words.len())
            };
            let words = found.notice.words.iter().filter(|words| !words.is_empty());
            public.extend(words.filter_map(|words| said(words)));
            let ends_line = found.target.end == text.len() || text[found.target.end..].starts_with('\n');
            let end = if found.target.is_empty() && !ends_line { "\n" } else { "" };
            let notice = format!("{}###### {NOTICE}{}{NOTICE}{end}", found.prefix, self.exemptions.notices.len());
            // The line that it marks may be one of an agenda.
            let line = &text[line_start(text, found.braces.start)..found.braces.start];
            self.exemptions.lists.extend(title_of(line));
            edits.push(Edit { range: found.target.clone(), text: notice });
            edits.extend(found.kept.map(|text| Edit { range: found.braces, text }));
            self.exemptions.notices.push(found.notice);
            gone.push(found.target);
        }
        self.taken_out(edits, &gone, &public)
    }

    /// Asks the words of the text, once, what of it is not for publication, and returns the edits that take that out. While it is
    /// not sure what braces mean, the whole document is held back whatever its words say.
    /// `listed`: what other files of the meeting list.
    pub(crate) fn by_words(&mut self, braces_are_sure: bool, listed: &[PrivateList]) -> Vec<Edit> {
        if std::mem::replace(&mut self.exemptions.asked, true) {
            return Vec::new();
        }
        self.exemptions.in_doubt |= !braces_are_sure;
        let text = &self.prepared.text;
        let around = Around { prepared: self.prepared, enclosed: &self.exemptions.enclosed };
        let said = phrases::said(around, self.list, self.exemptions.speaker, listed);
        self.exemptions.lists.extend(said.lists);
        let mut settled = said.marks;
        let mut edits: Vec<Edit> = said.open.into_iter().map(|range| Edit { range, text: String::new() }).collect();
        let mut gone = Vec::new();
        let mut told: Option<Range<usize>> = None;
        let holds_back = braces_are_sure && self.exemptions.looked != Looked::AsItIs;
        for passage in said.passages.into_iter().filter(|_| holds_back) {
            settled.extend([passage.words.clone(), passage.target.clone()]);
            if told.as_ref() != Some(&passage.words) {
                let (span, target) = ((self.place)(&passage.words), (self.place)(&passage.target));
                let words = &text[passage.words.clone()].replace(SHIELD, "");
                let looked = self.exemptions.looked;
                match said.listed.iter().find(|(heading, _)| *heading == passage.words) {
                    Some((_, path)) => self.diagnostics.private_as_listed(span, (words, path), target, looked),
                    None => self.diagnostics.private_by_its_words(span, words, target, looked),
                }
                told = Some(passage.words);
            }
            let end = passage.target.start + kept_length(&text[passage.target.clone()]);
            let target = passage.target.start..end;
            let notice = format!("###### {NOTICE}{}{NOTICE}", self.exemptions.notices.len());
            match passage.form {
                Form::Block => edits.push(Edit { range: target.clone(), text: notice }),
                Form::Within => edits.push(Edit { range: target.clone(), text: format!("\n\n{notice}\n\n") }),
                Form::Content => {
                    let parted = text[..target.start].ends_with(['\n', ' ', '\t', '>']);
                    let space = if parted { "" } else { " " };
                    edits.push(Edit { range: target.clone(), text: format!("{space}{notice}") });
                }
                // One notice below the table speaks for all its rows and cells.
                Form::Rows(below) | Form::Cell(below) => {
                    // With the end of the line before it: an empty line would end the table.
                    let is_row = matches!(passage.form, Form::Rows(_));
                    let line = target.start - usize::from(is_row && text[..target.start].ends_with('\n'));
                    edits.push(Edit { range: line..target.end, text: String::new() });
                    let told = edits.iter().any(|edit| edit.range == (below..below));
                    if told {
                        gone.push(target);
                        continue;
                    }
                    edits.push(Edit { range: below..below, text: format!("\n{notice}\n\n") });
                }
            }
            self.exemptions.notices.push(Notice::default());
            gone.push(target);
        }
        if holds_back {
            let told = |place: Range<usize>, excludes| Unheeded {
                span: (self.place)(&place),
                words: text[place].replace(SHIELD, "").into(),
                excludes,
            };
            let marks = unheeded::places(text, self.list, &settled).into_iter().map(|place| told(place, false));
            self.exemptions.unheeded = marks.chain(said.exclusion.map(|place| told(place, true))).collect();
        }
        self.taken_out(edits, &gone, &[])
    }

    /// Notes down the passages that are gone, and returns their edits with those for footnotes that went with them. What was written
    /// for the `public` in their braces stays public.
    fn taken_out(&mut self, mut edits: Vec<Edit>, gone: &[Range<usize>], public: &[Range<usize>]) -> Vec<Edit> {
        let notes = if gone.is_empty() { Vec::new() } else { orphaned_notes(self.list, gone) };
        edits.extend(notes.iter().map(|range| Edit { range: range.clone(), text: String::new() }));
        let parts = gone.iter().chain(&notes).flat_map(|range| without(range, public));
        let went: Vec<Range<usize>> = parts.map(|range| self.prepared.source_range(&range)).collect();
        if !went.is_empty() {
            let links = self.list.iter().filter_map(|(event, range)| match event {
                Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => Some((range.start, dest_url)),
                _ => None,
            });
            let links = links.map(|(at, target)| (self.prepared.source(at), target.as_ref().into()));
            let inside = |at: usize| went.iter().any(|range| range.contains(&at));
            self.exemptions.links.extend(links.filter(|(at, _): &(usize, Box<str>)| inside(*at)));
        }
        self.exemptions.passages.extend(went);
        outermost(edits)
    }
}

/// Edits in the order of the text, without those that lie inside another.
fn outermost(mut edits: Vec<Edit>) -> Vec<Edit> {
    edits.sort_by_key(|edit| (edit.range.start, std::cmp::Reverse(edit.range.end)));
    let mut end = 0;
    edits.retain(|edit| {
        let apart = edit.range.start >= end;
        end = end.max(edit.range.end);
        apart
    });
    edits
}

/// Edits after which `##7. Contract {.exempt}` is the heading that its reader sees in it.
pub(crate) fn headings_without_space(text: &str) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let typed = line.trim_start_matches(' ');
        let hashes = typed.bytes().take_while(|byte| *byte == b'#').count();
        let begins = at + (line.len() - typed.len()) + hashes;
        let stuck = (1..=6).contains(&hashes) && !typed[hashes..].starts_with([' ', '\t', '\n', '\r']);
        if stuck && attributes::at_end(typed.trim_end()).is_some_and(|(_, said)| said.has("exempt")) {
            edits.push(Edit { range: begins..begins, text: " ".to_owned() });
        }
        at += line.len();
    }
    edits
}

/// The length of a passage without the blanks and the empty quoted lines after it.
pub(super) fn kept_length(passage: &str) -> usize {
    passage.trim_end_matches(['\n', ' ', '\t', '>']).len()
}

/// The passages, as the author typed them.
pub(crate) fn passages(text: &str, exemptions: &Exemptions, source: SourceId, offset: usize) -> Vec<WithheldText> {
    let passage = |range: &Range<usize>| WithheldText {
        text: text[range.clone()].into(),
        span: Span::new(source, offset + range.start, offset + range.end),
        leads_to: exemptions
            .links
            .iter()
            .filter(|(at, _)| range.contains(at))
            .map(|(_, target)| target.clone())
            .collect(),
    };
    exemptions.passages.iter().filter(|range| !range.is_empty()).map(passage).collect()
}
