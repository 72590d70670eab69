//! Passages that braces make exempt: a paragraph, a section, an item, a record with its limbs (content.md §4).
//!
//! Input: the events of a text. Output: what goes, with the braces that say so. Not here: how it is taken out (`exemption.rs`).

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::exemption::kept_length;
use super::heads::{self, Head, record};
use super::notice::{Notice, kept_attributes, notice};
use crate::markdown::attributes;
use crate::markdown::enclosed::{Around, Enclosed};
use crate::markdown::events::{Piece, columns, end_of, is_inline, line_prefix, line_start, run_end};
use crate::markdown::extent::{fence_end, fence_start, is_sure_heading, is_unfinished};
use crate::markdown::plan::{Braces, at_line_ends};
use crate::markdown::prepare::Prepared;
use crate::privacy::apart;
use crate::privacy::words::TEXT;

/// A block or section that is exempt.
pub(super) struct ExemptPassage {
    /// What goes.
    pub(super) target: Range<usize>,
    /// The braces that say so.
    pub(super) braces: Range<usize>,
    /// What of the braces stays; only those of a heading lie outside the target.
    pub(super) kept: Option<String>,
    /// Stands before the notice: marks of containers, a line break.
    pub(super) prefix: String,
    pub(super) notice: Notice,
    /// Whether its author may not see from the braces how far it reaches.
    pub(super) reaches: bool,
}

/// The passages, and braces of paragraphs that only introduce what follows them.
pub(super) fn passages(
    prepared: &Prepared<'_>,
    list: &[Piece<'_>],
    enclosed: &Enclosed,
) -> (Vec<ExemptPassage>, Vec<Range<usize>>) {
    let frames = vec![Frame::new(ContainerKind::Other, None)];
    let around = Around { prepared, enclosed };
    let mut walk = ExemptionFinder { prepared, list, around, frames, found: Vec::new(), unsure: Vec::new() };
    walk.all();
    (walk.found, walk.unsure)
}

/// What a container is, as far as an exemption asks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ContainerKind {
    /// A quotation: its opening paragraph speaks for the whole of it, marks included.
    Quotation,
    /// A list item or a footnote: its opening paragraph speaks for all that stands after its mark.
    Marked,
    /// A list: braces on a line of their own, left of its items' words, speak for the whole of it.
    List,
    /// Any other: its paragraphs speak for themselves.
    Other,
}

struct Frame {
    kind: ContainerKind,
    range: Option<Range<usize>>,
    /// Whether a block of it was seen.
    begun: bool,
    /// An exempt heading: its level, where its section begins, and what is known of it.
    section: Option<(u8, usize, ExemptPassage)>,
}

impl Frame {
    fn new(kind: ContainerKind, range: Option<Range<usize>>) -> Self {
        Self { kind, range, begun: false, section: None }
    }
}

struct ExemptionFinder<'walk, 'text> {
    prepared: &'walk Prepared<'text>,
    list: &'walk [Piece<'walk>],
    around: Around<'walk, 'text>,
    frames: Vec<Frame>,
    found: Vec<ExemptPassage>,
    /// Braces of paragraphs that only introduce what follows them.
    unsure: Vec<Range<usize>>,
}

impl<'walk> ExemptionFinder<'walk, '_> {
    fn all(&mut self) {
        let mut index = 0;
        while let Some((event, range)) = self.list.get(index) {
            index = match event {
                Event::Start(Tag::Heading { level, .. }) => self.heading(index, *level as u8),
                Event::Start(Tag::Paragraph) => self.block(index + 1, range.clone()),
                Event::Start(Tag::Table(_) | Tag::CodeBlock(_) | Tag::HtmlBlock) => {
                    self.begin();
                    if matches!(event, Event::Start(Tag::CodeBlock(_))) {
                        self.code(range);
                    }
                    end_of(self.list, index) + 1
                }
                Event::Start(Tag::DefinitionListTitle) => end_of(self.list, index) + 1,
                Event::Start(tag) if !is_inline(event) => {
                    self.open(tag, range);
                    index + 1
                }
                Event::End(tag) if !is_inline(event) && *tag != TagEnd::Paragraph => {
                    self.close();
                    index + 1
                }
                Event::Rule => {
                    self.begin();
                    index + 1
                }
                _ if is_inline(event) => {
                    let run = &self.list[index..run_end(self.list, index)];
                    let end = run.iter().map(|(_, range)| range.end).max().unwrap_or(range.end);
                    self.block(index, range.start..end)
                }
                _ => index + 1,
            };
        }
        while !self.frames.is_empty() {
            self.close();
        }
    }

    /// The innermost container's blocks have begun. Returns whether this is the first of them.
    fn begin(&mut self) -> bool {
        self.frames.last_mut().is_some_and(|frame| !std::mem::replace(&mut frame.begun, true))
    }

    fn open(&mut self, tag: &Tag<'_>, range: &Range<usize>) {
        self.begin();
        let kind = match tag {
            Tag::BlockQuote(_) => ContainerKind::Quotation,
            Tag::List(_) => ContainerKind::List,
            Tag::Item | Tag::FootnoteDefinition(_) | Tag::DefinitionListDefinition => ContainerKind::Marked,
            _ => ContainerKind::Other,
        };
        self.frames.push(Frame::new(kind, Some(range.clone())));
    }

    fn close(&mut self) {
        if let Some(frame) = self.frames.pop()
            && let Some((_, from, found)) = frame.section
        {
            let end = frame.range.map_or(self.prepared.text.len(), |range| range.end);
            self.section(from, end, found);
        }
    }

    /// The section of an exempt heading is all from the line below it up to `end`.
    fn section(&mut self, from: usize, end: usize, mut found: ExemptPassage) {
        let text = &self.prepared.text;
        let end = end.max(from);
        let start = from + text[from..end].len() - text[from..end].trim_start_matches('\n').len();
        if !text[..start].ends_with('\n') {
            found.prefix.insert(0, '\n');
        }
        found.target = start..start + kept_length(&text[start..end]);
        self.found.push(found);
    }

    fn heading(&mut self, index: usize, level: u8) -> usize {
        let end = end_of(self.list, index);
        let range = self.list[index].1.clone();
        self.begin();
        let inside = self.frames.last().and_then(|frame| frame.section.as_ref().map(|(open, from, _)| (*open, *from)));
        // Only what surely is a heading, in no container that began inside the section, ends it.
        if inside
            .is_some_and(|(open, from)| level <= open && self.around.heads(from, &range) && self.closes(from, &range))
            && let Some((_, from, found)) = self.frames.last_mut().and_then(|frame| frame.section.take())
        {
            self.section(from, line_start(&self.prepared.text, range.start), found);
        } else if inside.is_some() {
            return end + 1;
        }
        let text = &self.prepared.text[range.clone()];
        // A line of hyphens below a paragraph makes a heading of it, which is public, and hardly ever is one.
        let sure = text.starts_with('#') || (text.trim_end().ends_with('=') && text.trim_end().lines().count() == 2);
        let Some(braces) = self.exempt_braces(index + 1..end).filter(|_| sure) else { return end + 1 };
        let found = ExemptPassage {
            target: range.end..range.end,
            prefix: line_prefix(&self.prepared.text, range.start),
            notice: notice(&braces.attributes),
            kept: Some(kept_attributes(&braces.attributes)),
            braces: braces.range,
            reaches: false,
        };
        if let Some(frame) = self.frames.last_mut() {
            frame.section = Some((level, range.end, found));
        }
        end + 1
    }

    /// Whether a heading may end the section of the one that ends at `from`. Three hyphens below a line are as often a line across the
    /// page: after a heading with a number, one with a number ends it.
    fn closes(&self, from: usize, heading: &Range<usize>) -> bool {
        let text = &self.prepared.text;
        let typed = |at: usize| text[at..].trim_start();
        let above = from.checked_sub(1).map_or("", |last| typed(line_start(text, last)));
        let last = text[heading.clone()].trim_end().lines().last().unwrap_or_default();
        let hyphens = last.trim_matches([' ', '\t', '>']) == "---";
        let numbered = above.starts_with('#') && Head::is_numbered(above.trim_start_matches(['#', ' ']));
        !(hyphens && numbered) || Head::is_numbered(typed(heading.start))
    }

    /// A block of code with braces behind its language.
    fn code(&mut self, range: &Range<usize>) {
        let text = &self.prepared.text;
        let first = text[range.clone()].lines().next().unwrap_or_default();
        let Some((braces, attributes)) = attributes::at_end(first.trim_end()) else { return };
        let braces = range.start + braces.start..range.start + braces.end;
        if !first.starts_with(['`', '~']) || !attributes.kinds.contains(&"exempt") || !self.prepared.as_typed(&braces) {
            return;
        }
        self.found.push(ExemptPassage {
            target: range.start..range.start + kept_length(&text[range.clone()]),
            prefix: String::new(),
            notice: notice(&attributes),
            kept: None,
            braces,
            reaches: false,
        });
    }

    /// A paragraph, or the text of a tight list item: `first` is its first inline event, `own` its range.
    fn block(&mut self, first: usize, own: Range<usize>) -> usize {
        let end = run_end(self.list, first);
        let opens = self.begin();
        let Some(braces) = self.exempt_braces(first..end) else { return end };
        let text = &self.prepared.text;
        let start = self.list.get(first).map_or(own.start, |(_, range)| range.start.min(own.start));
        let frame = self.frames.last().filter(|_| opens || self.ends_container(end));
        let mut reaches = false;
        let target = match frame.map(|frame| (frame.kind, frame.range.clone())) {
            _ if let Some(fence) = fence_start(text, start) => fence..fence_end(text, fence).max(own.end),
            _ if let Some(whole) = self.written_below(&braces).or_else(|| self.below_limbs(first, &own, &braces)) => {
                whole
            }
            Some((ContainerKind::Quotation, Some(range))) => range,
            Some((ContainerKind::Marked, Some(range))) => {
                self.content_start(&range).unwrap_or(start)..self.item_end(&range)
            }
            _ if let Some(above) = self.continued(first, &own) => above..own.end,
            _ if let Some(above) = self.captioned(first, &own) => {
                above..self.limbs_end(end, &own, &braces).max(own.end)
            }
            _ if let Some((headed, guessed)) = self.headed_end(end, &own, &braces) => {
                reaches = guessed && headed > own.end;
                start..headed.max(own.end)
            }
            _ if braces.attributes.kinds.len() > 1 || record(&text[own.start..braces.range.start]).is_some() => {
                start..self.limbs_end(end, &own, &braces).max(own.end)
            }
            _ => {
                if self.introduces(end, &own, &braces) {
                    self.unsure.push(braces.range.clone());
                    start..own.end
                } else {
                    let rest = self.rest_end(end, &own, &braces);
                    reaches = rest > own.end && !is_unfinished(&text[own.start..braces.range.start]);
                    start..rest.max(own.end)
                }
            }
        };
        let parted = target.start == 0 || text[..target.start].ends_with(['\n', ' ', '\t', '>']);
        self.found.push(ExemptPassage {
            target: target.start..target.start + kept_length(&text[target]),
            prefix: if parted { String::new() } else { " ".to_owned() },
            notice: notice(&braces.attributes),
            kept: None,
            braces: braces.range,
            reaches,
        });
        end
    }

    /// The paragraphs of the same container before the event `first`, from the nearest on.
    fn paragraphs_above(&self, first: usize) -> impl Iterator<Item = &Range<usize>> {
        let mut at = first;
        std::iter::from_fn(move || {
            at = self.list[..at].iter().rposition(|(event, _)| !matches!(event, Event::Start(Tag::Paragraph)))?;
            let Event::End(TagEnd::Paragraph) = self.list[at].0 else { return None };
            at = self.list[..at].iter().rposition(|(event, _)| matches!(event, Event::Start(Tag::Paragraph)))?;
            Some(&self.list[at].1)
        })
    }

    /// The lines that begin with letters or numbers, above braces on a line of their own: to CommonMark they are one paragraph, to a
    /// reader a list, of which the braces speak as they do below any other. Limbs with letters may stand apart.
    fn below_limbs(&self, first: usize, own: &Range<usize>, braces: &Braces<'_>) -> Option<Range<usize>> {
        let text = &self.prepared.text;
        let line = line_start(text, braces.range.start);
        let alone = text[line..braces.range.start].chars().all(|sign| matches!(sign, ' ' | '\t' | '>'));
        if !alone || line <= own.start {
            return None;
        }
        let mut start = own.start;
        for above in self.paragraphs_above(first) {
            let (lines, _) = text[above.start..start].rsplit_once('\n').unwrap_or_default();
            let joined = !lines.split('\n').any(|line| line.trim_matches([' ', '\t', '>']).is_empty());
            let limbs = || apart::has_letter(&text[start..]) && apart::has_letter(&text[above.start..]);
            if !joined && !limbs() {
                break;
            }
            start = above.start;
        }
        (start < own.start).then_some(start..own.end)
    }

    /// Where the paragraph with a number begins of which an indented one below it is the rest.
    fn continued(&self, first: usize, own: &Range<usize>) -> Option<usize> {
        let text = &self.prepared.text;
        let indent = |at: usize| columns(&text[line_start(text, at)..at]);
        let is_label = |at: usize| Head::is_numbered(&text[at..]) || apart::has_letter(&text[at..]);
        let begins = |at: usize| text[line_start(text, at)..at].trim().is_empty();
        if !begins(own.start) || is_label(own.start) {
            return None;
        }
        let mut above = self.paragraphs_above(first).take_while(|above| begins(above.start));
        let above = above.find(|above| indent(above.start) < indent(own.start))?;
        is_label(above.start).then_some(above.start)
    }

    /// The list or quotation around braces that stand on a line of their own below it, left of the words in it: for
    /// CommonMark such a line goes on the last paragraph, for a reader it speaks of all that is above it.
    fn written_below(&self, braces: &Braces<'_>) -> Option<Range<usize>> {
        let text = &self.prepared.text;
        let line = line_start(text, braces.range.start);
        let before = &text[line..braces.range.start];
        before.chars().all(|character| matches!(character, ' ' | '\t' | '>')).then_some(())?;
        let whole = self.frames.iter().find(|frame| {
            let Some(range) = frame.range.as_ref().filter(|range| range.start < line) else { return false };
            let mark = columns(&text[line_start(text, range.start)..range.start]);
            match frame.kind {
                ContainerKind::List => columns(before) <= mark,
                ContainerKind::Quotation => !before.contains('>'),
                ContainerKind::Marked | ContainerKind::Other => false,
            }
        })?;
        let mut range = whole.range.clone()?;
        // In line with the list inside an item, they speak of the words above that list too.
        let depth = self.frames.iter().position(|frame| std::ptr::eq(frame, whole)).unwrap_or_default();
        let item = self.frames[..depth].last().filter(|frame| frame.kind == ContainerKind::Marked);
        if let Some(item) = item.and_then(|frame| frame.range.as_ref()) {
            range.start = self.content_start(item).unwrap_or(range.start);
        }
        Some(range)
    }

    /// Where the words of an item, a note or a definition begin, after its mark.
    fn content_start(&self, container: &Range<usize>) -> Option<usize> {
        let opening = self.list.iter().position(|(event, range)| {
            let marked =
                matches!(event, Event::Start(Tag::Item | Tag::FootnoteDefinition(_) | Tag::DefinitionListDefinition));
            marked && range == container
        })?;
        self.list[opening + 1..]
            .iter()
            .take_while(|(event, _)| !matches!(event, Event::End(_)))
            .take(2)
            .map(|(_, range)| range.start)
            .min()
    }

    /// Whether the block that ends at this index is the last of its container: its braces may mean all of that.
    fn ends_container(&self, end: usize) -> bool {
        let next = self.list[end..].iter().find(|(event, _)| !matches!(event, Event::End(TagEnd::Paragraph)));
        matches!(
            next,
            Some((
                Event::End(
                    TagEnd::Item
                        | TagEnd::BlockQuote(_)
                        | TagEnd::FootnoteDefinition
                        | TagEnd::DefinitionListDefinition
                ),
                _
            ))
        )
    }

    /// Where that ends which the line with these braces heads, with the block after the index `from`, and whether that is a guess;
    /// `None` if it heads nothing. What opens a record heads only what is no limb of it.
    fn headed_end(&self, from: usize, own: &Range<usize>, braces: &Braces<'_>) -> Option<(usize, bool)> {
        let text = &self.prepared.text;
        let line = text[own.start..braces.range.start].trim_matches(['\n', ' ', '\t']);
        let head = Head::of_marked(line).filter(|_| !line.contains('\n'))?;
        let next = self.list[from..].iter().find(|(event, _)| !matches!(event, Event::End(TagEnd::Paragraph)));
        let has_limbs = next.is_some_and(|(event, range)| match event {
            Event::Start(Tag::Paragraph) => apart::opens_limb(&text[range.clone()]),
            event => !matches!(event, Event::Start(Tag::Heading { .. })),
        });
        if head == Head::Record && (has_limbs || !text[braces.range.end..own.end].trim().is_empty()) {
            return None;
        }
        let whole = self.frames.last().and_then(|frame| frame.range.as_ref()).map_or(text.len(), |range| range.end);
        let reached = |head: &Head| head.end(self.around, self.list, from, own.start..whole);
        // Inside an item with a heading, the next line in bold may be a part of what this one heads, or the next thing.
        let widened = if self.frames.len() == 1 && self.has_heading_above(from) { head.inside_item() } else { None };
        let end = widened.as_ref().map_or_else(|| reached(&head), reached);
        let guessed = head == Head::Title || (widened.is_some() && end > reached(&head));
        Some((end, guessed))
    }

    /// Whether a place of the text stands below a heading that is not the title of all of it.
    fn has_heading_above(&self, before: usize) -> bool {
        let is_heading = |(event, range): &&Piece<'_>| {
            matches!(event, Event::Start(Tag::Heading { .. })) && is_sure_heading(&self.prepared.text[range.clone()])
        };
        let mut above = self.list[..before].iter().filter(is_heading);
        let first = above.next();
        let title =
            |(event, _): &Piece<'_>| matches!(event, Event::Start(Tag::Heading { level, .. }) if *level as u8 == 1);
        first.is_some_and(|first| !title(first)) || above.next().is_some()
    }

    /// Where that ends which the item of a numbered list heads in which a block stands; with the item, if it heads nothing.
    fn item_end(&self, item: &Range<usize>) -> usize {
        let at_top = self.frames.len() == 3;
        let of_list = |(event, range): &Piece<'_>| {
            matches!(event, Event::Start(Tag::List(Some(_)))) && Some(range) == self.frames[1].range.as_ref()
        };
        let index = self.list.iter().position(of_list).filter(|_| at_top);
        let title = heads::words_of(&self.prepared.text[item.clone()]);
        let end = index.and_then(|index| heads::item_end(self.around, self.list, (index, item), title));
        end.unwrap_or(item.end)
    }

    /// Where the table, the list or the code begins of which a paragraph below it is the caption.
    fn captioned(&self, first: usize, own: &Range<usize>) -> Option<usize> {
        let text = &self.prepared.text;
        let word = text[own.clone()].trim_start_matches(['*', '_']).split([' ', ':', '.']).next().unwrap_or_default();
        let above = self.list[..first].iter().rev().find(|(event, _)| !matches!(event, Event::Start(Tag::Paragraph)));
        let is_object = |event: &Event<'_>| {
            matches!(event, Event::End(TagEnd::Table | TagEnd::List(_) | TagEnd::CodeBlock | TagEnd::BlockQuote(_)))
        };
        above.filter(|(event, _)| TEXT.is_caption(word) && is_object(event)).map(|(_, range)| range.start)
    }

    /// Where a record ends that begins with a paragraph: its limbs are the lists, quotations and tables after it, and
    /// paragraphs that open as limbs do or are indented; after a colon, the next block whatever it is. A list that goes on
    /// counting paragraphs is none, unless what it lists says "That".
    fn limbs_end(&self, from: usize, own: &Range<usize>, braces: &Braces<'_>) -> usize {
        let text = &self.prepared.text;
        let kinds = braces.attributes.kinds.len();
        let mut announced = text[..braces.range.start].trim_end().ends_with(':');
        let mut end = own.end;
        let mut index = from;
        while let Some((event, range)) = self.list.get(index) {
            let belongs = match event {
                Event::End(TagEnd::Paragraph) => {
                    index += 1;
                    continue;
                }
                Event::Start(Tag::List(Some(first))) => {
                    announced || *first <= 1 || kinds > 1 || apart::goes_on(&text[range.clone()])
                }
                Event::Start(Tag::List(None) | Tag::Table(_) | Tag::BlockQuote(_) | Tag::CodeBlock(_)) => true,
                Event::Start(Tag::Paragraph) => {
                    let typed = &text[range.clone()];
                    let counted = Head::is_numbered(typed) && !Head::counts_on(&text[own.clone()], typed);
                    let limb = counted || apart::has_letter(typed) || apart::goes_on(typed);
                    announced || limb || self.around.parts(own.start, range.start)
                }
                _ => false,
            };
            if !belongs {
                break;
            }
            announced = false;
            end = end.max(range.end);
            index = end_of(self.list, index) + 1;
        }
        end
    }

    /// Where that ends which goes on from the words of a paragraph, or is a list right below it: whoever introduces a list seldom
    /// ends with a colon. A list that goes on counting paragraphs (`5.`) does not, unless what it lists says "That".
    fn rest_end(&self, from: usize, own: &Range<usize>, braces: &Braces<'_>) -> usize {
        let text = &self.prepared.text;
        let next = self.list[from..].iter().find(|(event, _)| !matches!(event, Event::End(TagEnd::Paragraph)));
        let belongs = next.is_some_and(|(event, range)| match event {
            Event::Start(Tag::List(Some(first))) => *first <= 1 || apart::goes_on(&text[range.clone()]),
            Event::Start(Tag::List(None) | Tag::Table(_) | Tag::BlockQuote(_) | Tag::CodeBlock(_)) => true,
            Event::Start(Tag::Paragraph) => {
                let announced = text[..braces.range.start].trim_end().ends_with(':');
                let typed = &text[range.clone()];
                let limbs = apart::has_letter(typed) && !apart::has_letter(&text[own.clone()]);
                announced || limbs || (is_unfinished(&text[own.start..braces.range.start]) && apart::goes_on(typed))
            }
            _ => false,
        });
        if belongs { self.limbs_end(from, own, braces) } else { own.end }
    }

    /// Whether the block after a paragraph seems to belong to it: it follows without an empty line, or the paragraph
    /// ends with a colon.
    fn introduces(&self, end: usize, own: &Range<usize>, braces: &Braces<'_>) -> bool {
        let text = &self.prepared.text;
        let announced = text[..braces.range.start].trim_end().ends_with(':');
        let next = self.list[end..].iter().find(|(event, _)| !matches!(event, Event::End(_)));
        let follows = matches!(
            next,
            Some((Event::Start(Tag::List(_) | Tag::Table(_) | Tag::BlockQuote(_) | Tag::CodeBlock(_)), _))
        );
        let joined = |(_, next): &Piece<'_>| {
            let between = text.get(own.start..next.start).unwrap_or_default();
            let (lines, _) = between.rsplit_once('\n').unwrap_or_default();
            !lines.split('\n').any(|line| line.trim_matches([' ', '\t', '>']).is_empty())
        };
        follows && (announced || next.is_some_and(joined))
    }

    /// The braces at the end of a line of the run that say `.exempt` exactly as it should be.
    fn exempt_braces(&self, run: Range<usize>) -> Option<Braces<'walk>> {
        let run = &self.list[run];
        let braces = at_line_ends(&self.prepared.text, run).into_iter().map(|(_, braces)| braces);
        let alone = |braces: &Braces<'_>| {
            run.iter().all(|(_, range)| range.start >= braces.range.start && range.end <= braces.range.end)
        };
        let mut exact = braces.filter(|braces| braces.attributes.kinds.contains(&"exempt"));
        exact.find(|braces| {
            let escaped = self.prepared.text[..braces.range.start].ends_with('\\');
            self.prepared.as_typed(&braces.range) && !escaped && !alone(braces)
        })
    }
}
