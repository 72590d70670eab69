//! One text, read from its Markdown to the words and nodes that everything is made from.
//!
//! Input: the text of a document after its head, and where it begins in its source. Output: a [`Reading`]: the [`Text`],
//! its title, the records in it, and what was withheld. Not here: where links lead and what embeds show; only the whole
//! site knows that.
//!
//! The order of the steps is written in [`read`]:
//!
//! | step | room | |
//! |---|---|---|
//! | prepare, read, lay out | `markdown` | the text as CommonMark's events; Word's leftovers become ordinary text |
//! | outline | `recognise` | what opens a line is a label, and the line a paragraph; where records begin and end |
//! | withhold | `disclosure` | exempt passages go before anything is made of them; what is left is looked over |
//! | build | here | `title`, `blocks` with `items`, `tables`, `verbatim`, `notes`; `inline`; `numbers`, `anchors`, `code`; `written`, `attribution` |
//!
//! The builders share a [`writer`]; `builder` alone touches the tree. Whenever a step changes the text, it is read again
//! from the start, so that each later step sees one plain text and nothing of an exempt passage survives in any table of
//! the parser. Most texts are read once.

mod anchors;
mod attribution;
mod blocks;
mod builder;
mod code;
mod inline;
mod items;
mod note_numbers;
mod notes;
mod numbers;
mod records;
mod state;
mod tables;
mod title;
mod verbatim;
mod words;
mod writer;
mod written;

#[cfg(test)]
mod tests;

use std::ops::Range;

use crate::diagnostic::Diagnostics;
use crate::disclosure::doubt;
use crate::disclosure::exemption::{self, Exemptions};
use crate::language::{ENGLISH, Invisible, Phrases};
use crate::markdown::events::{self, Events};
use crate::markdown::prepare::{self, Edit, Prepared};
use crate::markdown::{layout, raw_html};
use crate::model::{Text, TextRecord, WithheldText};
use crate::recognise::blocks::Blocks;
use crate::recognise::facts::Facts;
use crate::recognise::outline::Outline;
use crate::recognise::{self, TextRules, Wanted};
use crate::source::{SourceId, Span};
use crate::terms::{Glossary, Statutes};
use title::Title;
use writer::TextContext;

/// How often a text is read again at most. What a step still wants changed afterwards is printed as text.
const READINGS: usize = 12;

/// What a document brings to the reading of its text.
#[derive(Debug, Clone, Copy)]
pub struct Dialect<'a> {
    /// Its title, if the front matter has one.
    pub title: Option<&'a str>,
    /// Whether the first heading may be the title; not so for a field that holds Markdown.
    pub title_from_heading: bool,
    /// What depends on its kind.
    pub rules: TextRules<'a>,
    /// The name of the place where it stands, from which the names of its records are made: its id after the first
    /// folder, with `-` for `/`.
    pub place: &'a str,
    /// The words that the site explains.
    pub glossary: Option<&'a Glossary>,
    /// The Acts to which words lead.
    pub statutes: Option<&'a Statutes>,
    /// The words that a text gets from the program.
    pub phrases: &'a Phrases,
}

impl Default for Dialect<'_> {
    fn default() -> Self {
        Self {
            title: None,
            title_from_heading: false,
            rules: TextRules::default(),
            place: "",
            glossary: None,
            statutes: None,
            phrases: &ENGLISH,
        }
    }
}

/// What one text says, and what is known of it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reading {
    /// What may be shown.
    pub text: Text,
    /// The records in it, in the order in which they begin: [`RecordId`](crate::model::RecordId) is an index into them.
    pub records: Vec<TextRecord>,
    /// The title, if a heading is it. The text does not have it then, if it is the first block.
    pub title: Option<(Box<str>, Span)>,
    /// What it says as a whole; its places are those of the source.
    pub facts: Facts,
    /// What is exempt.
    pub passages: Vec<WithheldText>,
    /// Whether it is not sure what is exempt: then nothing of the document may be published.
    pub in_doubt: bool,
}

/// Reads `text`, which begins at `offset` in `source`.
#[must_use]
pub fn read(
    text: &str,
    source: SourceId,
    offset: usize,
    dialect: &Dialect<'_>,
    diagnostics: &mut Diagnostics,
) -> Reading {
    let (mut prepared, unseen) = prepare::clean(text);
    for (kind, range) in unseen {
        let span = Span::new(source, offset + range.start, offset + range.end);
        match kind {
            Invisible::Direction => diagnostics.direction_character(span),
            Invisible::Control => diagnostics.stray_character(span),
            Invisible::ZeroWidth => diagnostics.zero_width_character(span),
        }
    }
    let mut exemptions = Exemptions::default();
    for reading in 1.. {
        let mut events = events::collect(&prepared.text);
        let place = |range: &Range<usize>| {
            let range = prepared.source_range(range);
            Span::new(source, offset + range.start, offset + range.end)
        };
        let last = reading == READINGS;
        let mut edits = if last { Vec::new() } else { edits(&prepared, &events, &mut exemptions, place, diagnostics) };
        if edits.is_empty() {
            let outlined = outlined(&prepared, &mut events, &exemptions, (source, offset, dialect));
            if events.traits.braces && !last {
                edits = exemption::edits(&prepared, &events.list, &mut exemptions, place, diagnostics);
            }
            if edits.is_empty() {
                return finish(text, &prepared, &events, outlined, exemptions, (source, offset, dialect), diagnostics);
            }
        }
        prepared = prepared.apply(&edits);
    }
    unreachable!("the last reading asks for no edits")
}

/// What the first step that is not content with how the text is laid out wants changed.
fn edits(
    prepared: &Prepared<'_>,
    events: &Events<'_>,
    exemptions: &mut Exemptions,
    place: impl Fn(&Range<usize>) -> Span,
    diagnostics: &mut Diagnostics,
) -> Vec<Edit> {
    let (text, list, traits) = (&*prepared.text, &events.list, events.traits);
    let mut edits = Vec::new();
    if traits.angles && text.contains("<!--") {
        edits = raw_html::open_comments(text, list);
        for edit in edits.iter().take(writer::MOST_TOLD) {
            diagnostics.html_comment(place(&edit.range));
        }
        for doubt in edits.iter().filter_map(|edit| doubt::angle(text, edit.range.start)) {
            diagnostics.unclear_exemption(place(&doubt), &text[doubt]);
            exemptions.in_doubt = true;
        }
    }
    if edits.is_empty() && traits.bullets {
        edits = layout::bullets(text, list);
    }
    if edits.is_empty() && traits.indented {
        edits = layout::indentation(text, list);
    }
    if edits.is_empty() && traits.html {
        edits = raw_html::edits(text, list);
    }
    edits
}

/// The title of a text, what it says as a whole, and its outline. Where a paragraph is two, it is parted.
fn outlined<'text>(
    prepared: &'text Prepared<'_>,
    events: &mut Events<'text>,
    exemptions: &Exemptions,
    (source, offset, dialect): (SourceId, usize, &'text Dialect<'text>),
) -> (Option<Title>, Facts, Outline<'text>) {
    let text = &*prepared.text;
    let (list, traits, notices) = (&*events.list, events.traits, &*exemptions.notices);
    let mut title = title::title(TextContext { text, list, traits, prepared, source, offset, dialect, notices });
    let first = title.as_ref().map_or(0, |title| title.next);
    let facts = match dialect.rules.facts.wanted {
        Wanted::Nothing => Facts::default(),
        Wanted::Date | Wanted::Meeting => recognise::read(&Blocks::of(list, 0), dialect.rules),
    };
    let outline = recognise::outline(text, &events.list, first, traits, dialect.rules);
    if outline.breaks.is_empty() {
        return (title, facts, outline);
    }
    let moved = events::part(&mut events.list, &outline.breaks);
    if let Some(title) = &mut title {
        (title.first, title.next) = (moved[title.first], moved[title.next]);
    }
    (title, facts, outline.moved(|event| moved[event.min(moved.len() - 1)]))
}

/// Looks the text over for what may be exempt, and builds it.
fn finish<'text>(
    typed: &str,
    prepared: &'text Prepared<'_>,
    events: &'text Events<'text>,
    (title, facts, outline): (Option<Title>, Facts, Outline<'text>),
    exemptions: Exemptions,
    (source, offset, dialect): (SourceId, usize, &Dialect<'_>),
    diagnostics: &mut Diagnostics,
) -> Reading {
    let text = &*prepared.text;
    let (list, traits, notices) = (&*events.list, events.traits, &*exemptions.notices);
    let from = TextContext { text, list, traits, prepared, source, offset, dialect, notices };
    let doubts = doubt::places(text, events);
    for doubt in &doubts {
        diagnostics.unclear_exemption(from.span(doubt), &text[doubt.clone()]);
    }
    let passages = exemption::passages(typed, &exemptions, source, offset);
    let in_doubt = exemptions.in_doubt || !doubts.is_empty();
    let (text, records, unclear) = blocks::write(from, title.as_ref(), outline, diagnostics);
    let facts = facts.moved(|range| {
        let range = prepared.source_range(&range);
        offset + range.start..offset + range.end
    });
    let title = match title {
        Some(title) => {
            diagnostics.append(title.said);
            Some((title.words, from.span(&title.range)))
        }
        None => title::main_heading(from).map(|(words, range)| (words, from.span(&range))),
    };
    Reading { text: text.fitted(), records, title, facts, passages, in_doubt: in_doubt || unclear }
}
