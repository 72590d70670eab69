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
mod likely;
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
use crate::disclosure::exemption::{self, Exemptions, Taking};
use crate::disclosure::unheeded::Unheeded;
use crate::language::{ENGLISH, Invisible, Phrases};
use crate::markdown::blocks::Blocks;
use crate::markdown::events::{self, Events};
use crate::markdown::html_blocks::{self, Converted, Told};
use crate::markdown::leftovers::{self, Leftover, leftovers};
use crate::markdown::pasted::pasted;
use crate::markdown::prepare::{self, Edit, Prepared, SHIELD};
use crate::markdown::unseen::{Unseen, unseen};
use crate::markdown::{grids, html_inline, layout, raw_html};
use crate::model::{ListedTitle, Looked, PrivateList, Text, TextRecord, WithheldText};
use crate::outline::model::Outline;
use crate::outline::{self, Promoted};
use crate::recognise::facts::{Facts, Paper};
use crate::recognise::findings::Findings;
use crate::recognise::{TextRules, Wanted};
use crate::source::{SourceId, Span};
use crate::terms::{Glossary, Statutes};
use title::Title;
use writer::{FormerPlace, TextContext};

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
    /// Whether a person has looked at the file in which it stands.
    pub looked: Looked,
    /// Whether it is a paper of a meeting, in which words of privacy mean what they mean in its minutes.
    pub of_meeting: bool,
    /// What other files of its meeting list as not for everybody.
    pub listed: &'a [PrivateList],
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
            looked: Looked::Never,
            of_meeting: false,
            listed: &[],
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
    /// What looks like a mark, and holds nothing back.
    pub(crate) unheeded: Vec<Unheeded>,
    /// What it lists as not for everybody, for other files of its meeting.
    pub lists: Vec<ListedTitle>,
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
    let mut exemptions =
        Exemptions::new(dialect.looked, dialect.rules.decides || dialect.of_meeting, dialect.rules.facts.title);
    let mut told = 0;
    for reading in 1.. {
        let mut events = events::collect(&prepared.text);
        if reading == 1 {
            exemptions.look_around(&prepared, &events.list);
        }
        let place = |range: &Range<usize>| {
            let range = prepared.source_range(range);
            Span::new(source, offset + range.start, offset + range.end)
        };
        let last = reading == READINGS;
        let mut edits = if last { Vec::new() } else { edits(&prepared, &events, &mut exemptions, place, diagnostics) };
        if edits.is_empty() && !last && (events.traits.html || events.traits.angles) {
            edits = html(&prepared, &events, place, &mut told, diagnostics);
        }
        if edits.is_empty() && !last {
            edits = left_out(&prepared, &events, place, diagnostics);
        }
        if edits.is_empty() {
            // What is exempt is what its author typed so: nothing that is only recognised moves the end of a section.
            let typed = dialect.rules.recognises().then(|| events.list.clone());
            let plain = Dialect { rules: TextRules { plain: true, ..dialect.rules }, ..*dialect };
            let outlined = outlined(&prepared, &mut events, &exemptions, (source, offset, &plain));
            if !last {
                let list = &events.list;
                let mut taking =
                    Taking { prepared: &prepared, list, exemptions: &mut exemptions, place: &place, diagnostics };
                edits = if events.traits.braces { taking.by_braces() } else { Vec::new() };
                if edits.is_empty() {
                    edits = taking.by_words(doubt::places(&prepared.text, &events).is_empty(), dialect.listed);
                }
            }
            if edits.is_empty() {
                let context = (source, offset, dialect);
                let Some(list) = typed else {
                    let (title, outline) = outlined;
                    let facts = match dialect.rules.facts.wanted {
                        Wanted::Nothing => Facts::default(),
                        Wanted::Date | Wanted::Meeting => outline::facts(&Blocks::of(&events.list, 0), dialect.rules),
                    };
                    let outlined = (title, facts, outline, &[][..]);
                    return finish(text, &prepared, &events, outlined, exemptions, context, diagnostics);
                };
                let former = (&events, outlined);
                return recognised(text, &prepared, former, list, exemptions, context, diagnostics);
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
    let mut edits = hidden(prepared, list, exemptions, &place, diagnostics);
    if edits.is_empty() && traits.angles && text.contains("<!--") {
        edits = raw_html::open_comments(text, list);
        for edit in edits.iter().take(writer::MOST_TOLD) {
            diagnostics.html_comment(place(&edit.range));
        }
        for doubt in edits.iter().filter_map(|edit| doubt::angle(text, edit.range.start)) {
            diagnostics.unclear_exemption(place(&doubt), &text[doubt]);
            exemptions.in_doubt = true;
        }
    }
    if edits.is_empty() && traits.braces {
        edits = exemption::headings_without_space(text);
    }
    if edits.is_empty() && traits.bullets {
        edits = layout::bullets(text, list);
    }
    if edits.is_empty() && traits.indented {
        edits = layout::indentation(text, list);
    }
    if edits.is_empty() && text.contains("+-") && doubt::places(text, events).is_empty() {
        edits = grids::tables(text, list);
    }
    edits
}

/// Edits that take out words which nobody was meant to see.
fn hidden(
    prepared: &Prepared<'_>,
    list: &[events::Piece<'_>],
    exemptions: &mut Exemptions,
    place: impl Fn(&Range<usize>) -> Span,
    diagnostics: &mut Diagnostics,
) -> Vec<Edit> {
    let mut edits = Vec::new();
    for (index, Unseen { range, sign, is_tag }) in
        unseen(&prepared.text, list, doubt::resembles_exemption).into_iter().enumerate()
    {
        if index < writer::MOST_TOLD {
            match is_tag {
                true => diagnostics.hidden_html(place(&sign), &prepared.text[sign]),
                false if prepared.text[range.clone()].starts_with("<!--") => diagnostics.open_comment(place(&sign)),
                false => diagnostics.html_comment(place(&sign)),
            }
        }
        let instead = if is_tag { exemptions.hidden(prepared, &range) } else { String::new() };
        edits.push(Edit { range, text: instead });
    }
    edits
}

/// What HTML means, as edits. As long as anything resembles an exemption, the text stays as it was typed, so that what is
/// exempt is decided before anything is read otherwise; only its lines are read as text.
fn html(
    prepared: &Prepared<'_>,
    events: &Events<'_>,
    place: impl Fn(&Range<usize>) -> Span,
    told: &mut usize,
    diagnostics: &mut Diagnostics,
) -> Vec<Edit> {
    let (text, list) = (&*prepared.text, &events.list);
    let mut converted = if events.traits.html { html_blocks::convert(text, list) } else { Converted::default() };
    if converted.edits.is_empty() {
        converted = html_inline::convert(text, list);
    }
    if converted.edits.is_empty() || !doubt::places(text, events).is_empty() {
        return if events.traits.html { raw_html::edits(text, list) } else { Vec::new() };
    }
    // What an earlier step wrote is not the author's.
    for said in converted.told.into_iter().filter(|said| prepared.as_typed(said.range())) {
        *told += 1;
        if *told > writer::MOST_TOLD {
            break;
        }
        let (span, typed) = (place(said.range()), &text[said.range().clone()]);
        let instead = || raw_html::instead(raw_html::tag(typed).map_or("", |tag| tag.name));
        match said {
            Told::Read(_) => diagnostics.html_read(span, typed, instead()),
            Told::Kept(_) => diagnostics.raw_html(span, typed, instead()),
            Told::Comment(_) => diagnostics.html_comment(span),
            Told::Unseen(_) => diagnostics.unseen_html(span, typed),
        }
    }
    converted.edits
}

/// Edits that leave out what other programs wrote for themselves. As with HTML, what is exempt is decided first.
fn left_out(
    prepared: &Prepared<'_>,
    events: &Events<'_>,
    place: impl Fn(&Range<usize>) -> Span,
    diagnostics: &mut Diagnostics,
) -> Vec<Edit> {
    let found = leftovers(&prepared.text, &events.list);
    let dropped: Vec<&Leftover> = found.iter().filter(|leftover| leftover.pattern.drop).collect();
    let boxes = if prepared.text.contains(":::") { leftovers::boxes(&prepared.text, &events.list) } else { Vec::new() };
    if (dropped.is_empty() && boxes.is_empty()) || !doubt::places(&prepared.text, events).is_empty() {
        return Vec::new();
    }
    if !boxes.is_empty() {
        return boxes;
    }
    tell_leftovers(&dropped, &prepared.text, place, diagnostics);
    dropped.iter().map(|leftover| Edit { range: leftover.range.clone(), text: String::new() }).collect()
}

/// Names what other programs left in a text, each sort of it once.
fn tell_leftovers(
    found: &[&Leftover],
    text: &str,
    place: impl Fn(&Range<usize>) -> Span,
    diagnostics: &mut Diagnostics,
) {
    let mut told: Vec<(&str, &str)> = Vec::new();
    for leftover in found {
        let pattern = leftover.pattern;
        let what = (&*pattern.is, &*pattern.program);
        if !told.contains(&what) {
            told.push(what);
            let same = found.iter().filter(|other| (&*other.pattern.is, &*other.pattern.program) == what).count();
            let typed = text[leftover.range.clone()].trim_start_matches(SHIELD);
            diagnostics.leftover(place(&leftover.range), typed, what, pattern.drop, same, &pattern.fix);
        }
    }
}

/// Builds a text with what is recognised in it. A link to a place that it would have without that still lands.
fn recognised<'text>(
    typed: &str,
    prepared: &'text Prepared<'_>,
    (plain, (title, plain_outline)): (&'text Events<'text>, (Option<Title>, Outline<'text>)),
    list: Vec<events::Piece<'text>>,
    exemptions: Exemptions,
    (source, offset, dialect): (SourceId, usize, &Dialect<'_>),
    diagnostics: &mut Diagnostics,
) -> Reading {
    let (text, traits) = (&*prepared.text, plain.traits);
    let first = title.as_ref().map_or(0, |title| title.next);
    let passes = dialect.rules.passes;
    let promoted = match passes.items {
        true => outline::promote(text, &list, first, dialect.rules),
        false => Promoted::default(),
    };
    let changed = promoted.list.is_some();
    let mut events = Events { list: promoted.list.unwrap_or(list), traits };
    let blocks = Blocks::of(&events.list, 0);
    let (facts, findings) = outline::read(text, &events.list, &blocks, dialect.rules);
    let mut outline = outline_after(title.as_ref(), text, &mut events, dialect.rules, findings);
    if passes.notes {
        let others = match facts.paper {
            Paper::Template | Paper::Questions | Paper::Other => Vec::new(),
            _ => outline::likely_items(text, &events.list, first, dialect.rules, &outline),
        };
        outline.likely_items(promoted.likely, others);
    }
    let mut former = Vec::new();
    if changed || !outline.is_as_typed(&plain_outline) {
        let built = |list, outline| {
            let notices = &*exemptions.notices;
            let from = TextContext { text, list, traits, prepared, source, offset, dialect, notices };
            blocks::write(from, title.as_ref(), &[], outline, &mut Diagnostics::new()).0
        };
        former = former_places(&built(&plain.list, plain_outline), &built(&events.list, outline.clone()));
    }
    let outlined = (title, facts, outline, &former[..]);
    finish(typed, prepared, &events, outlined, exemptions, (source, offset, dialect), diagnostics)
}

/// The places of `old` that `new` does not have.
fn former_places(old: &Text, new: &Text) -> Vec<FormerPlace> {
    let known = |id: &str| new.by_name.binary_search_by(|place| (*new.anchor(*place).id).cmp(id)).is_ok();
    let mut former: Vec<FormerPlace> = old
        .anchors
        .iter()
        .filter(|anchor| !anchor.id.is_empty() && !known(&anchor.id))
        .map(|anchor| FormerPlace { id: anchor.id.clone(), span: anchor.span })
        .collect();
    former.sort_by_key(|place| place.span.start);
    former
}

/// The title of a text and its outline.
fn outlined<'text>(
    prepared: &'text Prepared<'_>,
    events: &mut Events<'text>,
    exemptions: &Exemptions,
    (source, offset, dialect): (SourceId, usize, &Dialect<'text>),
) -> (Option<Title>, Outline<'text>) {
    let text = &*prepared.text;
    let (list, traits, notices) = (&*events.list, events.traits, &*exemptions.notices);
    let title = title::title(TextContext { text, list, traits, prepared, source, offset, dialect, notices });
    let outline = outline_after(title.as_ref(), text, events, dialect.rules, Findings::default());
    (title, outline)
}

/// The outline of a text after its title, which stands before anything that is changed. Where a paragraph is two, it is
/// parted.
fn outline_after<'text>(
    title: Option<&Title>,
    text: &'text str,
    events: &mut Events<'text>,
    rules: TextRules<'text>,
    findings: Findings,
) -> Outline<'text> {
    let first = title.map_or(0, |title| title.next);
    let outline = outline::outline(text, &events.list, first, events.traits, rules, findings);
    if outline.breaks.is_empty() {
        return outline;
    }
    let moved = events::part(&mut events.list, &outline.breaks);
    outline.moved(|event| moved[event.min(moved.len() - 1)])
}

/// Looks the text over for what may be exempt, and builds it.
fn finish<'text>(
    typed: &str,
    prepared: &'text Prepared<'_>,
    events: &'text Events<'text>,
    (title, facts, outline, former): (Option<Title>, Facts, Outline<'text>, &[FormerPlace]),
    exemptions: Exemptions,
    (source, offset, dialect): (SourceId, usize, &Dialect<'_>),
    diagnostics: &mut Diagnostics,
) -> Reading {
    let text = &*prepared.text;
    let (list, traits, notices) = (&*events.list, events.traits, &*exemptions.notices);
    let from = TextContext { text, list, traits, prepared, source, offset, dialect, notices };
    let doubts = doubt::places(text, events);
    for doubt in &doubts {
        diagnostics.unclear_exemption(from.span(doubt), &text[doubt.clone()].replace(SHIELD, ""));
    }
    // Where something may be exempt nobody should be told to delete it.
    let found = if doubts.is_empty() { leftovers(text, list) } else { Vec::new() };
    let kept: Vec<&Leftover> = found.iter().filter(|leftover| !leftover.pattern.drop).collect();
    tell_leftovers(&kept, text, |range| from.span(range), diagnostics);
    if text.contains('\t') {
        pasted(text, list).iter().for_each(|table| diagnostics.pasted_table(from.span(&table.range), &table.rows));
    }
    let passages = exemption::passages(typed, &exemptions, source, offset);
    let in_doubt = exemptions.in_doubt || !doubts.is_empty();
    let (text, records, unclear) = blocks::write(from, title.as_ref(), former, outline, diagnostics);
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
    Reading {
        text: text.fitted(),
        records,
        title,
        facts,
        passages,
        unheeded: exemptions.unheeded,
        lists: exemptions.lists,
        in_doubt: in_doubt || unclear,
    }
}
