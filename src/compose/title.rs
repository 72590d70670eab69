//! The title of a text: its first heading, if the document has no other title.
//!
//! Input: the events of a text. Output: the words of the title and where the text goes on. Not here: titles that are made
//! of a path or a date.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::words::digest;
use super::writer::{TextContext, Writer};
use crate::diagnostic::Diagnostics;
use crate::lexicon::labels;
use crate::markdown::events::{covered, end_of, plain, run_end};
use crate::markdown::plan::{Setting, at_line_ends};
use crate::markdown::prepare::NOTICE;
use crate::markdown::raw_html::{self, Html};
use crate::outline;
use crate::recognise::{Wanted, meeting};

/// A heading that is the title.
pub(super) struct Title {
    /// The words of the title.
    pub(super) words: Box<str>,
    /// Where the words stand in the prepared text.
    pub(super) range: Range<usize>,
    /// The event that begins the heading; before it there are comments only.
    pub(super) first: usize,
    /// The event after it.
    pub(super) next: usize,
    /// What its author should mend.
    pub(super) said: Diagnostics,
}

/// The title of a text; `None` if its first block is no heading, or one that is no title.
pub(super) fn title(from: TextContext<'_>) -> Option<Title> {
    let (list, dialect) = (from.list, from.dialect);
    let mut first = 0;
    while let Some((Event::Start(Tag::HtmlBlock), _)) = list.get(first)
        && let Html::Comment { .. } = raw_html::block(&list[first + 1..end_of(list, first)])
    {
        first = end_of(list, first) + 1;
    }
    let Some((Event::Start(Tag::Heading { level, .. }), _)) = list.get(first) else { return None };
    let run = first + 1..run_end(list, first + 1);
    let mut said = Diagnostics::new();
    let mut writer = Writer::of_title(from, &mut said);
    if !dialect.title_from_heading || writer.notice_index(first).is_some() {
        return None;
    }
    // The title is a text of its own: nothing of it stands in the document's.
    let plan = writer.plan(run.clone(), Setting::Heading);
    writer.inline(run.clone(), &plan, false);
    let words = writer.plain.split_whitespace().collect::<Vec<_>>().join(" ");
    // A part of a paper (`Agenda`) says nothing of which meeting it is, and stays where it is.
    if is_meeting(from) && meeting::is_section(&words) {
        return None;
    }
    let key = |words: &str| digest(words, &mut Vec::new());
    let items = dialect.rules.heading_kind.is_some();
    let is_labelled = |words: &str| match items {
        true => outline::item_label(words, dialect.rules.lexicon()).is_some_and(|label| label.is_sure()),
        false => labels::headed(words).is_some(),
    };
    let is_title = match dialect.title {
        Some(title) => key(title) == key(&words),
        None => *level as u8 == 1 || !is_labelled(&words),
    };
    if words.is_empty() || !is_title {
        return None;
    }
    for (_, braces) in at_line_ends(from.text, &list[run.clone()]) {
        writer.tell_stray(&braces);
    }
    Some(Title { words: words.into(), range: covered(&list[run.clone()]), first, next: run.end + 1, said })
}

/// The words of the one heading of the first level that names a meeting, in the text of one that begins with something
/// else; it stays in the text. `None` if there is no such heading or more than one, or the document has a title.
pub(super) fn main_heading(from: TextContext<'_>) -> Option<(Box<str>, Range<usize>)> {
    if !is_meeting(from) || from.dialect.title.is_some() {
        return None;
    }
    let list = from.list;
    let first_level =
        |event: &Event<'_>| matches!(event, Event::Start(Tag::Heading { level, .. }) if *level as u8 == 1);
    let headings = list.iter().enumerate().filter(|(_, (event, _))| first_level(event));
    let mut titles = headings.filter_map(|(at, _)| {
        let run = &list[at + 1..run_end(list, at + 1)];
        let words = plain(run).split_whitespace().collect::<Vec<_>>().join(" ");
        let is_plain = !words.contains([NOTICE, '{', '[']);
        (is_plain && !meeting::is_section(&words)).then(|| (words, covered(run)))
    });
    let (words, range) = titles.next().filter(|(words, _)| meeting::names_meeting(words))?;
    titles.next().is_none().then(|| (words.into(), range))
}

/// Whether the text is a paper of a meeting.
fn is_meeting(from: TextContext<'_>) -> bool {
    from.dialect.rules.facts.wanted == Wanted::Meeting
}
