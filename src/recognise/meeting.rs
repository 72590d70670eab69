//! What the head and the foot of a paper say of its meeting: the day, the status, the body, and what sort of paper it is.
//!
//! Input: the leaves of a text, the name of its file. Output: [`Facts`] without people. Not here: what names of files and
//! folders say of the day, and which of several days holds (`parse` has both).
//!
//! Only the first leaves are read, up to the first item of the agenda, and the last few for the status: a day that stands
//! further down is that of something else.

use std::borrow::Cow;
use std::ops::Range;

use super::FactRules;
use super::Wanted;
use super::facts::{Day, Fact, Facts, Paper};
use super::statements::without_remarks;
use crate::lexicon::Lexicon;
use crate::lexicon::days;
use crate::lexicon::labels;
use crate::markdown::blocks::{Block, BlockKind, Blocks};

/// How many leaves at the beginning of a paper may say its day.
const HEAD: usize = 24;

/// How many leaves at its end may say its status.
const FOOT: usize = 5;

/// How many leaves are looked through for words by which the sort of a paper is known.
const LOOKED_THROUGH: usize = 400;

/// So far from the beginning a letter greets those to whom it is written.
const SALUTATION: usize = 6;

/// How many headings at the beginning may say what the paper is.
const TITLES: usize = 2;

/// How many lines of the leaves that are looked through are read.
const LINES: usize = 200;

/// How many bytes of a line, and of what stands before and after a day, are looked at.
const LOOKED_AT: usize = 1_000;

/// The longest line, in characters, that is a heading in all but its marks.
const LONGEST_LINE: usize = 160;

/// What a text says of its meeting.
pub(crate) fn read(blocks: &Blocks, rules: FactRules<'_>) -> Facts {
    let reader = Reader { blocks, rules, lexicon: Lexicon::english() };
    let head = &blocks.list[..reader.head()];
    match rules.wanted {
        Wanted::Nothing => Facts::default(),
        Wanted::Date => Facts { days: reader.labelled_days(head), ..Facts::default() },
        Wanted::Meeting => {
            let (paper, called) = reader.paper(head);
            if paper == Paper::Template {
                return Facts { paper, ..Facts::default() };
            }
            let status = called.or_else(|| reader.status(head)).or_else(|| reader.status_in_title(head));
            Facts { paper, days: reader.days(head), status, body: reader.body(head), ..Facts::default() }
        }
    }
}

/// Whether the words of a heading head a part of a paper, and are no title: `Agenda`, `Present:`, `1. Apologies`.
pub(crate) fn is_section(words: &str) -> bool {
    let words = words.trim_matches(|sign: char| !sign.is_alphanumeric());
    let named = words.trim_start_matches(|sign: char| sign.is_ascii_digit() || matches!(sign, '.' | ')' | ' ' | '-'));
    let words = named.split_whitespace().collect::<Vec<_>>().join(" ");
    words.is_empty() || Lexicon::english().has("section", &words)
}

/// Whether words name a meeting or a body that meets.
pub(crate) fn names_meeting(words: &str) -> bool {
    Lexicon::english().fits("names-meeting", words)
}

struct Reader<'text> {
    blocks: &'text Blocks,
    rules: FactRules<'text>,
    lexicon: &'static Lexicon,
}

/// A line of a leaf: its words, where they begin in those of all leaves, and in which leaf it stands.
#[derive(Clone, Copy)]
struct Line<'text> {
    words: &'text str,
    start: usize,
    block: &'text Block,
    index: usize,
}

impl<'text> Reader<'text> {
    /// How many leaves stand before the first item of the agenda.
    fn head(&self) -> usize {
        let list = &self.blocks.list;
        let opens = |block: &Block| match block.kind {
            BlockKind::Heading(_) | BlockKind::Paragraph => is_numbered(self.blocks.words_of(block)),
            BlockKind::Item { numbered, .. } => numbered,
            BlockKind::Cell { .. } | BlockKind::Break => false,
        };
        let first = list.iter().skip(1).position(opens).map_or(list.len(), |at| at + 1);
        first.min(HEAD)
    }

    /// The lines of leaves that no quotation holds.
    fn lines(&self, leaves: &'text [Block]) -> impl Iterator<Item = Line<'text>> {
        let blocks = self.blocks;
        let plain = leaves.iter().enumerate().filter(|(_, block)| block.quotes == 0);
        plain.flat_map(move |(index, block)| {
            let mut start = block.words.start;
            blocks.words_of(block).split('\n').map(move |words| {
                let line = Line { words: &words[..words.floor_char_boundary(LOOKED_AT)], start, block, index };
                start += words.len() + 1;
                line
            })
        })
    }

    fn fact<T>(&self, value: T, words: &Range<usize>) -> Fact<T> {
        Fact { value, typed: self.blocks.typed(words) }
    }

    /// Days after a label, `Date:`, in its line or in the cell before.
    fn labelled_days(&self, head: &'text [Block]) -> Vec<Fact<Day>> {
        let mut found = Vec::new();
        for line in self.lines(head).take(LINES) {
            for day in days::in_text(line.words).into_iter().filter(|day| is_written(line, day)) {
                if self.is_labelled(line, &day) {
                    self.add(&mut found, line.start, &day);
                }
            }
        }
        found
    }

    /// The days that are said to be that of the meeting, by what says it best: labels, headings and the first words; else
    /// sentences; else the name of a body before them; else that they stand alone on their line.
    fn days(&self, head: &'text [Block]) -> Vec<Fact<Day>> {
        let (mut titled, mut said, mut named, mut alone) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for day in self.rules.title.into_iter().flat_map(|title| self.title_days(title)) {
            self.add(&mut titled, 0, &days::Written { range: 0..0, ..day });
        }
        for line in self.lines(head).take(LINES) {
            for day in days::in_text(line.words).into_iter().filter(|day| is_written(line, day)) {
                let (label, said_so) = (self.is_labelled(line, &day), self.is_said(line, &day, "day-before"));
                let titles = matches!(line.block.kind, BlockKind::Heading(_)) || line.index == 0;
                if label || (said_so && titles) {
                    self.add(&mut titled, line.start, &day);
                } else if said_so {
                    self.add(&mut said, line.start, &day);
                } else if self.is_said(line, &day, "names-body") {
                    self.add(&mut named, line.start, &day);
                } else if self.opens_line(line, &day) {
                    self.add(&mut alone, line.start, &day);
                }
            }
        }
        [titled, said, named, alone].into_iter().find(|days| !days.is_empty()).unwrap_or_default()
    }

    /// The days in the title that stands in the head, without those that it says are others: `effective May 1, 2014`.
    fn title_days<'title>(&self, title: &'title str) -> impl Iterator<Item = days::Written> + use<'title, '_, 'text> {
        let all = days::in_text(title).into_iter();
        all.filter(move |day| !self.is_other(&title[..day.range.start], "", true))
    }

    fn add(&self, days: &mut Vec<Fact<Day>>, start: usize, day: &days::Written) {
        if days.iter().all(|known| known.value.date != day.date) {
            let value = Day { date: day.date, swapped: day.swapped };
            let typed = match day.range.is_empty() {
                true => 0..0,
                false => self.blocks.typed(&(start + day.range.start..start + day.range.end)),
            };
            days.push(Fact { value, typed });
        }
    }

    /// Whether a label stands before a day: on its line, or in the cell before it.
    fn is_labelled(&self, line: Line<'_>, day: &days::Written) -> bool {
        let before = &line.words[..day.range.start];
        if self.lexicon.fits("day-label", before) {
            return true;
        }
        let cell_before = line.index.checked_sub(1).and_then(|index| self.blocks.list.get(index));
        let (Some(label), BlockKind::Cell { row, .. }) = (cell_before, line.block.kind) else { return false };
        let same_row = matches!(label.kind, BlockKind::Cell { row: other, .. } if other == row);
        same_row && self.lexicon.fits("day-label", &format!("{}: {before}", self.blocks.words_of(label)))
    }

    /// Whether words of the pattern `name` stand before a day in its sentence, or after it on a line that is a heading, and
    /// none that say that it is another day. The name of a body counts in headings and the first lines alone.
    fn is_said(&self, line: Line<'_>, day: &days::Written, name: &str) -> bool {
        let leaf = self.blocks.words_of(line.block);
        let at = line.start - line.block.words.start + day.range.start;
        let before = sentence_before(&leaf[leaf.ceil_char_boundary(at.saturating_sub(LOOKED_AT))..at]);
        let after = &leaf[at + day.range.len()..];
        let after = &after[..after.floor_char_boundary(LOOKED_AT)];
        let is_heading = matches!(line.block.kind, BlockKind::Heading(_));
        let is_name = (is_heading || line.index < 4) && line.words.chars().count() <= LONGEST_LINE;
        if self.is_other(before, after, is_heading || line.index == 0) || self.opens_line_alone(line, day) {
            return false;
        }
        let opens = line.words[..day.range.start].trim().is_empty();
        let named_after = is_name && opens && self.lexicon.fits(name, &line.words[day.range.end..]);
        let in_list = matches!(line.block.kind, BlockKind::Item { .. } | BlockKind::Cell { .. });
        let fits = !in_list && (is_name || name == "day-before") && self.lexicon.fits(name, before);
        fits || named_after
    }

    /// Whether the words around a day say that it is another meeting's, or something else's.
    fn is_other(&self, before: &str, after: &str, in_title: bool) -> bool {
        let lexicon = self.lexicon;
        let before = &*without_brackets(before);
        let status =
            lexicon.find("lead-status", before).and_then(|(_, found)| found.get(0)).map_or(0, |found| found.end());
        let minutes = lexicon.fits("minutes-name", before) && !in_title;
        lexicon.fits("other-day", &before[status..]) || (minutes && lexicon.fits("other-minutes", after))
    }

    /// Whether a day opens its line, after the day of the week at most, and no sentence goes on after it.
    fn opens_line(&self, line: Line<'_>, day: &days::Written) -> bool {
        let in_list = matches!(line.block.kind, BlockKind::Item { .. } | BlockKind::Cell { .. });
        !in_list && self.opens_line_alone(line, day) && self.lexicon.fits("day-line-end", &line.words[day.range.end..])
    }

    /// Whether nothing but the day of the week stands before a day on its line.
    fn opens_line_alone(&self, line: Line<'_>, day: &days::Written) -> bool {
        let before = line.words[..day.range.start].trim_matches(|sign: char| !sign.is_alphanumeric());
        let first_of_leaf = line.start == line.block.words.start;
        let own_line = first_of_leaf
            || self.blocks.words_of(line.block)[..line.start - line.block.words.start]
                .lines()
                .all(|line| line.chars().count() < LONGEST_LINE / 3);
        own_line && (self.lexicon.has("weekday", before) || self.lexicon.fits("day-opens", before))
    }

    /// What sort of paper it is, and the status that follows from it.
    fn paper(&self, head: &'text [Block]) -> (Paper, Option<Fact<Box<str>>>) {
        let (lexicon, name) = (self.lexicon, &*self.rules.name.replace(['_', '-', '.'], " "));
        let some = &self.blocks.list[..self.blocks.list.len().min(LOOKED_THROUGH)];
        let blanks =
            self.lines(some).filter(|line| lexicon.fits("blank", &without_remarks(lexicon, line.words))).count();
        if blanks >= 3 || (blanks > 0 && lexicon.fits("template-name", name)) {
            return (Paper::Template, None);
        }
        let title = head.iter().find(|block| matches!(block.kind, BlockKind::Heading(_)));
        let title = title.map_or("", |block| self.blocks.words_of(block));
        let title = self.rules.title.unwrap_or(title);
        if lexicon.fits("questions-name", name) || lexicon.fits("questions-name", title) {
            return (Paper::Questions, None);
        }
        let is_minutes = |words: &str| lexicon.fits("minutes-name", words);
        let heads_minutes = |line: &Line<'_>| {
            matches!(line.block.kind, BlockKind::Heading(_)) && is_section(line.words) && is_minutes(line.words)
        };
        let was_held = || self.lines(some).any(|line| lexicon.fits("was-there", line.words) || heads_minutes(&line));
        let held = is_minutes(title) || was_held();
        let titles = head.iter().filter(|block| matches!(block.kind, BlockKind::Heading(_))).take(TITLES);
        let mut titles = titles.map(|block| self.blocks.words_of(block)).chain([title, name]);
        let is_other = |words: &str| lexicon.fits("other-name", words);
        // Words of somebody to others, which may tell of a meeting.
        let is_letter = || {
            let first = &head[..head.len().min(SALUTATION)];
            !is_minutes(title) && self.lines(first).any(|line| lexicon.fits("salutation", line.words))
        };
        if is_letter() || (!held && titles.any(is_other)) {
            return (Paper::Other, None);
        }
        if held || is_minutes(name) {
            return (Paper::Minutes, None);
        }
        let summons = self.lines(head).find_map(|line| {
            let (pattern, found) = lexicon.find("summons", line.words)?;
            let found = found.get(0)?;
            Some((pattern.says.clone()?, line.start + found.start()..line.start + found.end()))
        });
        let by_name = lexicon.find("agenda-name", name).and_then(|(pattern, _)| pattern.says.clone());
        let agenda = by_name.map(|says| (says, 0..0)).or(summons);
        agenda.map_or((Paper::Unknown, None), |(says, words)| (Paper::Agenda, Some(self.fact(says, &words))))
    }

    /// What a line of the head or the foot says of the status.
    fn status(&self, head: &'text [Block]) -> Option<Fact<Box<str>>> {
        let all = &self.blocks.list;
        let foot = &all[all.len().saturating_sub(FOOT).max(head.len())..];
        self.lines(head).take(LINES).chain(self.lines(foot).take(LINES)).find_map(|line| {
            let (pattern, found) = self.lexicon.find("status-line", line.words)?;
            // What became of a topic stands in a cell too; that of the paper has its label in the cell before.
            if matches!(line.block.kind, BlockKind::Cell { .. }) && !self.is_state_of_paper(line) {
                return None;
            }
            let says = match (&pattern.says, found.get(1)) {
                (Some(says), _) => says.clone(),
                (None, Some(typed)) => status_of(typed.as_str())?,
                (None, None) => return None,
            };
            Some(self.fact(says, &(line.start..line.start + line.words.len())))
        })
    }

    /// What the title, or else the name of the file, says of the status.
    fn status_in_title(&self, head: &'text [Block]) -> Option<Fact<Box<str>>> {
        let heading = head.iter().find(|block| matches!(block.kind, BlockKind::Heading(_)));
        let title = self.rules.title.or(heading.map(|block| self.blocks.words_of(block))).unwrap_or_default();
        let name = self.rules.name.replace(['_', '-', '.'], " ");
        let says = |words: &str| self.lexicon.find("status-in-title", words.trim())?.0.says.clone();
        Some(self.fact(says(title).or_else(|| says(&name))?, &(0..0)))
    }

    /// Whether a cell speaks of the minutes, or has a label before it that says that it is their status.
    fn is_state_of_paper(&self, line: Line<'_>) -> bool {
        let list = &self.blocks.list;
        let at = list.partition_point(|block| block.words.start < line.block.words.start);
        let before = at.checked_sub(1).map(|before| self.blocks.words_of(&list[before]).trim());
        let labelled = before.is_some_and(|label| self.lexicon.fits("state-column", label.trim_end_matches(':')));
        labelled || self.lexicon.fits("minutes-name", line.words)
    }

    /// The body that the first lines say has met.
    fn body(&self, head: &'text [Block]) -> Option<Fact<Box<str>>> {
        head.iter().filter(|block| block.quotes == 0).take(4).find_map(|block| {
            let (_, found) = self.lexicon.find("body-that-met", self.blocks.words_of(block))?;
            let name = found.name("body")?;
            let words = name.as_str().split_whitespace().collect::<Vec<_>>().join(" ");
            let start = block.words.start;
            Some(self.fact(words.into(), &(start + name.start()..start + name.end())))
        })
    }
}

/// The status that words alone say: `✅ Approved` is `agreed`. `None` if they say none that is known.
pub(crate) fn status_of(typed: &str) -> Option<Box<str>> {
    Lexicon::english().find("status", typed)?.0.says.clone()
}

/// Whether words begin with the number of an item: `1. Apologies`, `2311.01 Present`, `C/24/15 To receive`.
fn is_numbered(words: &str) -> bool {
    let first = words.split_whitespace().next().unwrap_or_default();
    let digits = first.bytes().filter(u8::is_ascii_digit).count();
    let is_day = days::in_text(words).first().is_some_and(|day| day.range.start <= first.len());
    let marks = first.ends_with(['.', ')', ':']) || first.contains(['.', '/']);
    // "10545 Armstrong Avenue" is where they met.
    let address = !marks && digits > 2 && digits == first.len();
    // "IV. Adjournment"
    let (roman, mark) = first.split_at(first.len().saturating_sub(usize::from(marks && first.is_ascii())));
    let roman = matches!(mark, "." | ")") && !roman.is_empty() && roman.bytes().all(|letter| b"IVX".contains(&letter));
    !is_day && !address && (roman || (digits > 0 && (marks || labels::headed(words).is_some())))
}

/// Whether a day was written by somebody, and not by a program, which adds a time to the second.
fn is_written(line: Line<'_>, day: &days::Written) -> bool {
    !days::is_of_program(&line.words[day.range.end..])
}

/// A text without what stands in round brackets: an aside says nothing of the day after it.
fn without_brackets(text: &str) -> Cow<'_, str> {
    if !text.contains('(') {
        return text.into();
    }
    let mut depth = 0_usize;
    let outside = text.chars().filter(|sign| {
        let was = depth;
        depth = match sign {
            '(' => depth + 1,
            ')' => depth.saturating_sub(1),
            _ => depth,
        };
        was == 0 && depth == 0
    });
    outside.collect::<String>().into()
}

/// The part of a text after the end of its last sentence. A stop after a short word, as in `Cllr.`, ends none.
fn sentence_before(text: &str) -> &str {
    const SHORTEST: usize = 5;
    let ends = text.rmatch_indices([';', '.', '?']).find(|(at, sign)| {
        let word = text[..*at].rsplit(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default();
        let next = text[at + sign.len()..].chars().next();
        next.is_some_and(char::is_whitespace) && (*sign != "." || word.chars().count() >= SHORTEST)
    });
    ends.map_or(text, |(at, sign)| &text[at + sign.len()..])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::events::collect;
    use crate::model::Date;

    fn facts(text: &str, name: &str) -> Facts {
        let events = collect(text);
        read(&Blocks::of(&events.list, 0), FactRules { wanted: Wanted::Meeting, name, title: None })
    }

    fn days_of(text: &str) -> String {
        let days = facts(text, "a").days;
        let days: Vec<String> = days.iter().filter_map(|day| Date::iso(day.value.date)).collect();
        days.join(" ")
    }

    #[test]
    fn the_day_is_read_where_a_paper_says_that_its_meeting_was_held() {
        for (text, day) in [
            ("# Minutes\n\nHeld on Tuesday 5 January 2021 at 7pm\n", "2021-01-05"),
            ("# Board meeting\n\n**Date:** 9 January 2021\n", "2021-01-09"),
            ("# Housing Panel\n\nThursday, 14th September, 2023 6.30 pm\n", "2023-09-14"),
            ("BOARD MEETING HELD AT THE CHURCH TUESDAY 22nd JANUARY 2021\n", "2021-01-22"),
            ("# 2021-01-12 Board meeting\n", "2021-01-12"),
            ("# WG meeting 16-Nov-2023\n\n## Attendance\n", "2023-11-16"),
            ("**MINUTES – TUESDAY 18th JUNE 2019 – 10.00AM**\n", "2019-06-18"),
            ("# Minutes of the meeting\nheld in the hall\non Monday 13th November 2023 at 7.15pm\n", "2023-11-13"),
            ("Minutes of the Panel\nheld in the hall\non Monday 13th November 2023 at 7.15pm\n", "2023-11-13"),
            ("| Date | 3 May 2021 |\n|---|---|\n| Venue | Hall |\n", "2021-05-03"),
            ("# Approved minutes of the meeting held on 3 May 2021\n", "2021-05-03"),
            ("# Town Board\n\n### March 8, 2021\n", "2021-03-08"),
            ("Minutes of the Council meeting in the hall\n\nAt 7.30pm on Monday 8 March 2021\n", "2021-03-08"),
            ("# Fire District\n\n10545 Holt Ave., Suite 2\n\nThursday, March 8, 2021\n", "2021-03-08"),
            ("Meeting started by quill at 14:00:11 UTC, 19 April 2017.\n", "2017-04-19"),
            ("# Vorstandssitzung vom 7. Juni 2021\n", "2021-06-07"),
            ("Cofnodion cyfarfod misol y Cyngor, nos Fercher 12 Mai 2021.\n", "2021-05-12"),
            ("6 June 2025\n\nYou are hereby summoned to attend a meeting on 12 June 2025 at 7pm.\n", "2025-06-12"),
            ("# Council\n\nAnnual meeting of 4 May 2021, continued on 11 May 2021\n", "2021-05-04 2021-05-11"),
        ] {
            assert_eq!(days_of(text), day, "{text}");
        }
    }

    #[test]
    fn a_day_of_something_else_is_not_that_of_the_meeting() {
        for text in [
            "# Council\n\nDate of next meeting: 5 May 2021\n",
            "# Council\n\nThe minutes of the meeting of 5 May 2021 were agreed.\n",
            "# Council\n\nMinutes of the last meeting: 5 May 2021\n",
            "# Council\n\n1. Minutes\n\nHeld on 5 May 2021\n",
            "# Council\n\nD. Rolfe, Clerk to the Council, 6th June 2025\n",
            "# Council\n\nA letter of 5 May 2021 from the meeting was read.\n",
            "# Council\n\n> Minutes of the meeting held on 5 May 2021\n",
            "# Council\n\nMinutes amended on 5 May 2021\n",
            "# Council\n\n5 May 2021 was a wet day.\n",
            "# [Body]\n\nDate: [DD Month YYYY]\n\nPresent: [names]\n\nHeld on 5 May 2021. ______\n",
        ] {
            assert_eq!(days_of(text), "", "{text}");
        }
    }

    #[test]
    fn the_sort_of_a_paper_is_said_only_where_it_is_certain() {
        for (text, name, paper) in [
            ("# Council\n\nPresent: Cllr A Reed\n", "2021-05-04", Paper::Minutes),
            ("# Council\n\n## Apologies\n", "2021-05-04-minutes", Paper::Minutes),
            ("# Council\n\n## Apologies\n", "2021-05-04-agenda", Paper::Agenda),
            ("# Agenda and minutes\n", "2021-05-04-agenda", Paper::Minutes),
            ("# Council\n\nYou are hereby summoned to attend.\n", "2021-05-04", Paper::Agenda),
            ("# Agenda\n\n1. Release\n\n# Present\n\nJS\n", "2021-05-04", Paper::Minutes),
            ("# Council\n\n## Apologies\n", "2021-05-04", Paper::Unknown),
            ("# Committee – public questions and answers\n", "2021-05-04", Paper::Questions),
            ("# Board\n\n## Terms of Reference\n", "2021-05-04", Paper::Other),
            ("# Board\n\nPresent: A Reed\n\n## Terms of Reference\n", "2021-05-04", Paper::Minutes),
            ("# Our summer\n\nDear members,\n\nWe met.\n", "2021-05-04", Paper::Other),
            ("# Minutes of [body]\n\nPresent: [names]\n\nDate: [date]\n", "minutes", Paper::Template),
            ("# Minutes\n\nFor: ____ Against: ____\n", "minutes-template", Paper::Template),
        ] {
            assert_eq!(facts(text, name).paper, paper, "{text}");
        }
    }

    #[test]
    fn a_status_is_what_the_paper_says_of_itself() {
        for (text, status) in [
            ("# Council\n\n*DRAFT – subject to approval at the next meeting*\n", Some("unconfirmed")),
            ("# Council\n\nSTATUS: APPROVED\n", Some("agreed")),
            ("# Council\n\nUNAPPROVED MINUTES\n", Some("unconfirmed")),
            ("# Council\n\nApproved: 23 June 2025\n", Some("agreed")),
            ("# Council\n\nText.\n\n*These minutes are a draft until approved by the Council.*\n", Some("unconfirmed")),
            ("# Council\n\nThe minutes of 5 May were approved.\n", None),
            ("# Council\n\nDraft policy on trees\n", None),
            ("# Council\n\nThe draft minutes were circulated.\n", None),
            ("# Council\n\nApproved\n", Some("agreed")),
        ] {
            assert_eq!(facts(text, "a").status.map(|status| status.value).as_deref(), status, "{text}");
        }
    }

    #[test]
    fn the_body_is_the_one_whose_meeting_it_is_called() {
        let body = |text: &str| facts(text, "a").body.map(|body| body.value);
        let met = body("Minutes of the meeting of Tarn End Parish Council held in the\nSchoolroom.\n");
        assert_eq!(met.as_deref(), Some("Tarn End Parish Council"));
        assert_eq!(body("Minutes of the meeting held on 5 May in the Board Room\n"), None);
    }

    #[test]
    fn parts_of_a_paper_are_no_titles() {
        for words in ["Agenda", "Present:", "1. Apologies", "MINUTES", "12", "", "To do"] {
            assert!(is_section(words), "{words}");
        }
        for words in ["Committee meeting", "Minutes of the Board", "Town Council"] {
            assert!(!is_section(words), "{words}");
        }
    }
}
