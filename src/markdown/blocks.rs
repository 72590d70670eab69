//! Blocks: paragraphs, headings, lists, quotations, tables, code and footnotes, as HTML.
//!
//! Enters: the events of a text. Leaves: its body, and its title if the first heading is it.
//! Absent: what stands inside a line (`inline.rs`), and which numbers are labels (`outline.rs`).
//!
//! Events are flat and so is this: nothing calls itself, however deep a text nests its quotations.

use std::ops::Range;

use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, Event, Tag, TagEnd};

use super::anchors::Anchors;
use super::code;
use super::events::{covered, end_of, is_inline, run_end};
use super::explained;
use super::labels;
use super::links;
use super::outline::{Below, mark_of, outline};
use super::plan::{Act, Plan, Setting, plan};
use super::prepare::{NOTICE, SHIELD, clean_string};
use super::raw_html::{self, Html, Part};
use super::words::gist;
use super::writer::{Own, Pending, Reader, Writer};
use super::written::{Held, Speaks};
use crate::diagnostic::Diagnostics;
use crate::model::{AnchorKind, Body, Heading, Segment};
use crate::source::Span;

/// How deep quotations and lists may lie in one another on a page.
const DEEPEST: usize = 64;

/// A quotation, list or item that is open.
#[derive(Debug, Clone, Copy)]
pub(super) struct Container {
    kind: Kind,
    /// The anchor of an item that waits for the words of its first paragraph.
    own: Option<u32>,
    /// Whether it is a part of a record.
    limb: bool,
    /// Whether it is a quotation of somebody else's words.
    quotes: bool,
    /// Whether its tags are printed; they are not where it lies too deep.
    printed: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Quotation,
    Alert,
    /// Whether its items have numbers.
    List(bool),
    Item {
        /// Whether it has a number.
        ordered: bool,
    },
    Terms,
    Meaning,
}

/// A text, written.
pub(super) struct Written {
    pub(super) body: Body,
    /// The title, if the first heading is it.
    pub(super) title: Option<(Box<str>, Span)>,
    /// In the order in which they begin.
    pub(super) records: Vec<crate::model::Written>,
    /// Whether an attribute would withhold one of them.
    pub(super) in_doubt: bool,
}

/// Writes a text.
pub(super) fn write(from: Reader<'_>, diagnostics: &mut Diagnostics) -> Written {
    let mut writer = Writer::new(from, diagnostics);
    let (title, first) = writer.title();
    writer.outline = outline(from.text, from.list, first, from.traits, from.dialect);
    writer.labels = vec![None; writer.outline.labels.len()];
    writer.tell_remarks();
    writer.blocks(first..from.list.len());
    writer.close_records(from.list.len());
    writer.footnotes();
    writer.flush();
    Written { body: writer.body, title, records: writer.records.list, in_doubt: writer.records.in_doubt }
}

impl<'a> Writer<'a> {
    /// The title, if the first heading is it, and the index of the event behind it.
    fn title(&mut self) -> (Option<(Box<str>, Span)>, usize) {
        let list = self.from.list;
        let mut at = 0;
        while let Some((Event::Start(Tag::HtmlBlock), _)) = list.get(at)
            && let Html::Comment { .. } = raw_html::block(&list[at + 1..end_of(list, at)])
        {
            at = self.html_block(at);
        }
        let Some((Event::Start(Tag::Heading { level, .. }), range)) = list.get(at) else { return (None, at) };
        let end = run_end(list, at + 1);
        let dialect = self.from.dialect;
        if !dialect.title_from_heading || self.notice_index(at).is_some() {
            return (None, at);
        }
        let words = self.title_words(at + 1..end);
        let same = |title: &str| gist(title, &mut Vec::new()) == gist(&words, &mut Vec::new());
        let is_title = match dialect.title {
            Some(title) => same(title),
            None => *level as u8 == 1 || labels::of_heading(&words).is_none(),
        };
        if words.is_empty() || !is_title {
            return (None, at);
        }
        for (_, braces) in super::plan::at_line_ends(self.from.text, &list[at + 1..end]) {
            self.tell_stray(&braces);
        }
        (Some((words.into(), self.from.span(&covered(&list[at + 1..end])))).filter(|_| !range.is_empty()), end + 1)
    }

    /// The words of the heading that opens the text, leaving the body as it is: empty.
    fn title_words(&mut self, run: Range<usize>) -> String {
        let plan = self.plan(run.clone(), Setting::Heading);
        self.in_title = true;
        self.inline(run, &plan, false);
        self.in_title = false;
        self.take_back(0, 0);
        self.body.links.clear();
        self.body.embeds.clear();
        self.body.anchors.clear();
        self.anchors = Anchors::default();
        let words = self.plain.split_whitespace().collect::<Vec<_>>().join(" ");
        self.plain.clear();
        words
    }

    /// Writes the blocks `events`.
    pub(super) fn blocks(&mut self, events: Range<usize>) {
        let mut at = events.start;
        while at < events.end {
            self.close_records(at);
            self.open_records(at);
            self.begin_block();
            at = self.event(at);
            self.end_block();
        }
    }

    /// Writes the block, or the beginning or end of a container, at `at`. Returns the index of what follows.
    fn event(&mut self, at: usize) -> usize {
        let (event, range) = &self.from.list[at];
        if *event != Event::Start(Tag::Paragraph) && !is_inline(event) {
            self.pending = Pending::default();
        }
        match event {
            Event::Start(Tag::Paragraph) => self.paragraph(at + 1, Some(at)),
            Event::Start(Tag::Heading { level, .. }) => self.heading(at, (*level as u8).max(2)),
            Event::Start(Tag::CodeBlock(kind)) => self.code(at, kind),
            Event::Start(Tag::HtmlBlock) => self.html_block(at),
            Event::Start(Tag::Table(alignments)) => self.table(at, alignments, None),
            Event::Start(Tag::FootnoteDefinition(_)) => self.notes.end(at + 1) + 1,
            Event::Start(Tag::DefinitionListTitle) => self.term(at),
            Event::Start(tag) if !is_inline(event) => self.open(tag, at, range),
            Event::End(tag) if !is_inline(event) => {
                self.close(tag);
                at + 1
            }
            Event::Rule => {
                self.html("<hr />\n");
                at + 1
            }
            _ if is_inline(event) => self.tight(at),
            _ => at + 1,
        }
    }

    /// Looks through a run of inline events.
    pub(super) fn plan(&self, run: Range<usize>, setting: Setting) -> Plan<'a> {
        self.plan_behind(run, setting, None)
    }

    /// Looks through a run of inline events that begins with a label of the outline.
    fn plan_behind(&self, run: Range<usize>, setting: Setting, label: Option<usize>) -> Plan<'a> {
        let (text, list) = (self.from.text, self.from.list);
        let mut plan = plan(text, list, run.clone(), self.from.traits, setting);
        if setting != Setting::Heading {
            let statutes = self.from.dialect.statutes;
            explained::plan(text, &list[run.clone()], statutes, self.terms.as_ref(), &mut plan);
        }
        let whole = covered(&list[run.clone()]);
        let may_act = setting != Setting::Heading && self.quoted == 0 && !self.in_notes;
        if let Some(records) = self.from.dialect.records.filter(|_| may_act && text[whole.clone()].contains('(')) {
            let from = label.map_or(whole.start, |label| self.outline.labels[label].typed.end);
            plan.mark_sentences(text, list, run, from, records);
        }
        plan
    }

    /// Says that a bracket has no sentence before it.
    fn tell_lone(&mut self, plan: &Plan<'_>) {
        for sentence in plan.sentences.iter().filter(|sentence| sentence.words.is_none()) {
            self.diagnostics.lone_undertaking(self.from.span(&sentence.bracket));
        }
    }

    /// Writes a paragraph whose first inline event is `first`; `start` is the event that begins it, if it has one.
    fn paragraph(&mut self, first: usize, start: Option<usize>) -> usize {
        let run = first..run_end(self.from.list, first);
        let next = run.end + usize::from(start.is_some());
        if let Some((Event::Start(Tag::Table(alignments)), _)) = self.from.list.get(next).filter(|_| start.is_some())
            && self.is_caption(run.clone())
        {
            return self.table(next, alignments, Some(run));
        }
        let pending = std::mem::take(&mut self.pending);
        let place = self.outline.place(start.unwrap_or(first)).copied();
        let label = place.and_then(|place| place.label);
        let mut plan = self.plan_behind(run.clone(), Setting::Paragraph, label);
        if self.figure(&run, &plan) {
            return next;
        }
        if !self.is_printed(run.clone(), &plan) {
            self.places(run, &plan);
            return next;
        }
        self.tell_lone(&plan);
        let range = covered(&self.from.list[run.clone()]);
        let anchor = label.and_then(|label| self.label_anchor(label));
        let own = match (anchor, pending) {
            _ if self.note.is_some() => Own::Nothing,
            (Some(anchor), _) => Own::Label(anchor),
            (None, Pending { own: Some(own), .. }) => Own::Item(own),
            (None, Pending { named: true, .. }) => Own::Nothing,
            (None, _) => Own::Words,
        };
        self.nearest = place.map_or(self.nearest, |place| place.nearest);
        let held = self.begin_held(place, &range, pending.speaks);
        self.opening_words = pending.opens || held.opens;
        self.html("<p");
        if let Some(kind) = held.kind {
            self.record_class(kind, "");
        }
        let leaf = self.open_block(&range, &plan, own, &held.anchors, held.speaks);
        self.name_records();
        if let Some((start, end)) = pending.number {
            self.number(&(start..end), leaf.own);
            self.html(" ");
        }
        self.begin_held_words(&held, leaf.own.or(anchor));
        self.link_label(label, anchor.or(leaf.own), &mut plan);
        self.inline(run, &plan, true);
        if let Some(note) = self.note.filter(|note| start.is_some() && note.last_paragraph == start) {
            self.segment(Segment::NoteBack(note.note));
        }
        self.end_held_words(&held);
        if let Some(anchor) = leaf.anchor.filter(|_| label.is_none() && !pending.named) {
            self.segment(Segment::Permalink(anchor));
        }
        let top = self.at_top();
        if let Some(block) = self.block.as_mut() {
            block.paragraph |= top;
        }
        self.lead();
        self.purpose(start, &range);
        self.close_leaf(leaf);
        self.html("</p>\n");
        self.end_held(&held);
        next
    }

    /// Writes a paragraph that is one picture, one table of data or one document to be shown.
    fn figure(&mut self, run: &Range<usize>, plan: &Plan<'_>) -> bool {
        let list = self.from.list;
        if let [cut, others @ ..] = &plan.cuts[..]
            && let Act::Embed(id, words) = cut.act
            && others.iter().all(|cut| cut.act == Act::Drop)
        {
            self.block_places(plan);
            self.embed(links::wiki(id), words, None, false, true, &cut.range);
        } else if let Some((Event::Start(Tag::Image { dest_url, title, .. }), range)) = list.get(run.start)
            && matches!(links::target(dest_url), Ok(crate::model::Target::Path { .. }))
            && list[run.start..run.end].iter().filter(|(_, other)| other.end > range.end).all(|(_, other)| {
                plan.cuts
                    .iter()
                    .any(|cut| cut.act == Act::Drop && cut.range.start <= other.start && cut.range.end >= other.end)
            })
        {
            self.block_places(plan);
            self.picture(run.start, dest_url, title, plan, true);
        } else {
            return false;
        }
        self.html("\n");
        self.plain.clear();
        true
    }

    /// The names and marks of a block that has no element of its own.
    fn block_places(&mut self, plan: &Plan<'_>) {
        for braces in &plan.block {
            self.tell_stray(braces);
            if let Some(named) = self.name(braces) {
                self.place(named);
            }
        }
    }

    /// A paragraph of which nothing is printed: names and pages in it are places.
    fn places(&mut self, run: Range<usize>, plan: &Plan<'_>) {
        let named = plan.block.iter().any(|braces| braces.attributes.id.is_some());
        if named || plan.cuts.iter().any(|cut| matches!(cut.act, Act::Page(_))) {
            self.html("<div class=\"place\">");
            self.block_places(plan);
            self.inline(run, plan, false);
            self.html("</div>\n");
        } else {
            plan.block.iter().for_each(|braces| self.tell_stray(braces));
            self.flush();
            let (html, segments) = (self.body.html.len(), self.body.segments.len());
            self.inline(run, plan, false);
            self.take_back(html, segments);
        }
        self.plain.clear();
    }

    /// Whether a run has anything that is printed.
    fn is_printed(&self, mut run: Range<usize>, plan: &Plan<'_>) -> bool {
        let silent = |act: &Act<'_>| matches!(act, Act::Drop | Act::Page(_));
        run.any(|index| {
            let (event, range) = &self.from.list[index];
            match event {
                Event::Text(text) => {
                    let cut = plan.cuts.partition_point(|cut| cut.range.start <= range.start);
                    let cut = cut.checked_sub(1).map(|cut| &plan.cuts[cut]);
                    // The empty paragraphs of Word hold a no-break space.
                    let blank = text.trim_start_matches(SHIELD).trim().is_empty();
                    !blank && cut.is_none_or(|cut| cut.range.end < range.end || !silent(&cut.act))
                }
                Event::SoftBreak | Event::HardBreak | Event::Start(Tag::Emphasis | Tag::Strong) | Event::End(_) => {
                    false
                }
                Event::InlineHtml(html) => !html.starts_with("<!--"),
                _ => true,
            }
        })
    }

    fn heading(&mut self, at: usize, level: u8) -> usize {
        let run = at + 1..run_end(self.from.list, at + 1);
        let next = run.end + 1;
        if let Some(index) = self.notice_index(at) {
            self.notice(index);
            return next;
        }
        let range = covered(&self.from.list[run.clone()]);
        let mut plan = self.plan(run.clone(), Setting::Heading);
        let typed = self.outline.heading_number(at).filter(|_| !self.in_notes);
        let tag = ["<h2", "<h3", "<h4", "<h5", "<h6"][usize::from(level.clamp(2, 6) - 2)];
        let end = ["</h2>", "</h3>", "</h4>", "</h5>", "</h6>"][usize::from(level.clamp(2, 6) - 2)];
        if !self.is_printed(run.clone(), &plan) {
            self.html(tag);
            self.html(">");
            self.inline(run, &plan, false);
            self.html(end);
            self.html("\n");
            self.plain.clear();
            return next;
        }
        let outline = self.containers.is_empty() && !self.in_notes;
        if outline && level > self.level + 1 {
            self.diagnostics.skipped_heading(self.from.span(&range), self.level, level);
        }
        self.level = if outline { level } else { self.level };
        self.html(if typed.is_some() { "" } else { "<div class=\"heading\">" });
        let opens = self.outline.place(at).is_some_and(|place| place.opens != [None; 2]) && !self.in_notes;
        self.html(tag);
        let speaks = if opens { Speaks::Record } else { Speaks::Nobody };
        let leaf = self.open_block(&range, &plan, Own::Heading, &[], speaks);
        if let Some((typed, own)) = typed.clone().zip(leaf.own) {
            self.print_label(typed, own, &mut plan);
        }
        self.in_heading = true;
        self.inline(run, &plan, false);
        self.in_heading = false;
        self.html(end);
        if let Some(anchor) = leaf.anchor {
            if typed.is_none() {
                self.segment(Segment::Permalink(anchor));
            }
            self.headings.extend(leaf.own.map(|own| (at, own)));
            if outline {
                let words = labels::without_label(&self.plain).split_whitespace();
                let text = words.collect::<Vec<_>>().join(" ").into();
                let span = self.from.span(&range);
                let label = labels::of_heading(&self.plain).map(Into::into);
                self.body.headings.push(Heading { level, text, label, anchor, span });
            }
        }
        self.html(if typed.is_some() { "\n" } else { "</div>\n" });
        let words = labels::without_label(&self.plain).split_whitespace().collect::<Vec<_>>().join(" ");
        let label = labels::of_heading(&self.plain).map(str::to_owned);
        self.close_leaf(leaf);
        if let Some(own) = leaf.own.filter(|_| outline) {
            self.nearest = if label.is_some() { Below::Heading(at) } else { self.nearest };
            self.head_records(at, own, &words, label.as_deref());
        }
        next
    }

    /// Which notice stands in the place of the heading that begins with the event `at`.
    fn notice_index(&self, at: usize) -> Option<usize> {
        match self.from.list.get(at + 1) {
            Some((Event::Text(text), _)) => text.strip_prefix(NOTICE)?.split(NOTICE).next()?.parse().ok(),
            _ => None,
        }
    }

    fn notice(&mut self, index: usize) {
        let phrases = self.from.dialect.phrases;
        let notices = self.from.notices;
        let Some(notice) = notices.get(index) else { return };
        self.html("<p class=\"exempt\">");
        self.escaped(&phrases.exemption(&notice.paragraphs));
        for words in &notice.words {
            self.html(" ");
            self.escaped(words);
        }
        self.html("</p>\n");
    }

    /// Begins a container.
    fn open(&mut self, tag: &Tag<'_>, at: usize, range: &Range<usize>) -> usize {
        match tag {
            Tag::BlockQuote(None) => {
                self.enter(Kind::Quotation, range);
                let printed = self.containers.last().is_some_and(|container| container.printed);
                if self.in_notes || !self.open_quotation(at, printed) {
                    self.quote();
                    self.tag("<blockquote>\n");
                }
            }
            Tag::BlockQuote(Some(kind)) => {
                self.enter(Kind::Alert, range);
                self.quote();
                self.alert(*kind);
            }
            Tag::List(start) => {
                self.enter(Kind::List(start.is_some()), range);
                // The numbers are printed as typed. A list of HTML's own would count for itself, and twice where a
                // page is shown without its style sheet or copied.
                self.tag(if start.is_some() { "<div class=\"numbered\" role=\"list\">\n" } else { "<ul>\n" });
            }
            Tag::DefinitionList => {
                self.enter(Kind::Terms, range);
                self.tag("<dl>\n");
            }
            Tag::Item => return self.item(at, range),
            Tag::DefinitionListDefinition => {
                let printed = self.containers.last().is_none_or(|container| container.printed);
                self.containers.push(Container { limb: false, quotes: false, own: None, printed, kind: Kind::Meaning });
                return self.begin_item(at, ("<dd", ""), printed, None);
            }
            _ => {}
        }
        at + 1
    }

    /// What the innermost container holds is quoted.
    fn quote(&mut self) {
        self.quoted += 1;
        if let Some(container) = self.containers.last_mut() {
            container.quotes = true;
        }
    }

    /// Opens a container that counts for the depth of a page.
    fn enter(&mut self, kind: Kind, range: &Range<usize>) {
        self.depth += 1;
        let printed = self.depth <= DEEPEST;
        if !printed && !self.told.too_deep {
            self.told.too_deep = true;
            self.diagnostics.nested_too_deep(self.from.span(&(range.start..range.start)), DEEPEST);
        }
        self.containers.push(Container { limb: false, quotes: false, own: None, printed, kind });
    }

    /// Prints a tag of the innermost container.
    fn tag(&mut self, tag: &str) {
        if self.containers.last().is_some_and(|container| container.printed) {
            self.html(tag);
        }
    }

    fn alert(&mut self, kind: BlockQuoteKind) {
        let phrases = self.from.dialect.phrases;
        let (name, title) = match kind {
            BlockQuoteKind::Note => ("note", &phrases.note),
            BlockQuoteKind::Tip => ("tip", &phrases.tip),
            BlockQuoteKind::Important => ("important", &phrases.important),
            BlockQuoteKind::Warning => ("warning", &phrases.warning),
            BlockQuoteKind::Caution => ("caution", &phrases.caution),
        };
        self.tag(&format!("<div class=\"alert alert-{name}\" role=\"note\">\n<p class=\"alert-title\">{title}</p>\n"));
    }

    /// Begins a list item; the number is printed as typed.
    fn item(&mut self, at: usize, range: &Range<usize>) -> usize {
        let list = self.from.list;
        let ordered = matches!(self.containers.last(), Some(Container { kind: Kind::List(true), .. }));
        let printed = self.containers.last().is_none_or(|container| container.printed);
        let number = labels::list_number(mark_of(self.from.text, list, at, range)).filter(|_| ordered);
        let number = number.map(|(start, _, typed)| range.start + start..range.start + start + typed.len());
        let task = list[at + 1..].iter().take(2).find(|(event, _)| !matches!(event, Event::Start(Tag::Paragraph)));
        let task = matches!(task, Some((Event::TaskListMarker(_), _)));
        self.containers.push(Container {
            limb: false,
            quotes: false,
            own: None,
            printed,
            kind: Kind::Item { ordered },
        });
        let tag = if ordered { "<div role=\"listitem\"" } else { "<li" };
        self.begin_item(at, (tag, if task { "task" } else { "" }), printed, number)
    }

    /// Writes the opening tag and the number of the item that begins with the event `at`, and its text if it is tight.
    fn begin_item(&mut self, at: usize, tag: (&str, &str), printed: bool, number: Option<Range<usize>>) -> usize {
        let list = self.from.list;
        let first = at + 1;
        let run = first..run_end(list, first);
        let place = self.outline.place(at).copied().filter(|_| !self.in_notes);
        let anchor = place.and_then(|place| place.label).and_then(|label| self.label_anchor(label));
        self.nearest = place.map_or(self.nearest, |place| place.nearest);
        let held = self.begin_held(place, &list[at].1, Speaks::Nobody);
        if let Some(container) = self.containers.last_mut() {
            container.limb = held.limb.is_some();
        }
        if !printed {
            self.place_unprinted(&held, anchor);
            self.begin_held_words(&held, None);
            self.pending.number = number.map(|number| (number.start, number.end));
            return self.tight(first);
        }
        if run.is_empty() {
            return self.begin_loose(first, tag, number, anchor, &held);
        }
        let own_label = self.outline.place(first).and_then(|place| place.label).filter(|_| !self.in_notes);
        let plan = self.plan_behind(run.clone(), Setting::Paragraph, own_label);
        if !self.is_printed(run.clone(), &plan) {
            self.begin_loose(run.end, tag, number, anchor, &held);
            self.places(run.clone(), &plan);
            return run.end;
        }
        self.tell_lone(&plan);
        self.begin_tight(run.clone(), plan, tag, (number, anchor, own_label), &held);
        run.end
    }

    /// Writes a tight item: its opening tag, its number, its text.
    fn begin_tight(
        &mut self,
        run: Range<usize>,
        mut plan: Plan<'_>,
        tag: (&str, &str),
        (number, anchor, own_label): (Option<Range<usize>>, Option<u32>, Option<usize>),
        held: &Held,
    ) {
        let list = self.from.list;
        let own_anchor = own_label.and_then(|label| self.label_anchor(label));
        let own = match anchor.or(own_anchor) {
            _ if self.note.is_some() => Own::Nothing,
            Some(anchor) => Own::Label(anchor),
            None => Own::Words,
        };
        let second = own_anchor.filter(|_| anchor.is_some());
        let others: Vec<u32> = second.into_iter().chain(held.anchors.iter().copied()).collect();
        self.opening_words = held.opens;
        self.item_tag(tag, held);
        let leaf = self.open_block(&covered(&list[run.clone()]), &plan, own, &others, held.speaks);
        self.name_records();
        if let Some(number) = &number {
            self.number(number, anchor.or(leaf.own));
            self.html(" ");
        }
        self.begin_held_words(held, leaf.own.or(anchor));
        self.link_label(own_label, own_anchor.or(leaf.own), &mut plan);
        self.inline(run.clone(), &plan, true);
        self.label_end = None;
        if let Some(anchor) = leaf.anchor.filter(|_| number.is_none() && own_label.is_none()) {
            self.segment(Segment::Permalink(anchor));
        }
        if matches!(list.get(run.end), Some((Event::Start(_), _))) {
            self.html("\n");
        }
        self.lead();
        self.close_leaf(leaf);
    }

    /// The beginning of an item's opening tag, with its class.
    fn item_tag(&mut self, (tag, class): (&str, &str), held: &Held) {
        self.html(tag);
        match held.kind {
            Some(kind) => self.record_class(kind, if class.is_empty() { "" } else { " task" }),
            None if class.is_empty() => {}
            None => self.html(&format!(" class=\"{class}\"")),
        }
    }

    /// The places of an item that lies too deep to have an element.
    fn place_unprinted(&mut self, held: &Held, anchor: Option<u32>) {
        let places: Vec<u32> = anchor.into_iter().chain(held.anchors.iter().copied()).collect();
        if !places.is_empty() {
            self.html("<div class=\"place\">");
            places.into_iter().for_each(|place| self.place(place));
            self.html("</div>\n");
        }
        (self.pending.speaks, self.pending.opens) = (held.speaks, held.opens);
    }

    /// Writes the opening tag and the number of an item whose text, if it has any, is in paragraphs.
    fn begin_loose(
        &mut self,
        first: usize,
        tag: (&str, &str),
        number: Option<Range<usize>>,
        mut anchor: Option<u32>,
        held: &Held,
    ) -> usize {
        let list = self.from.list;
        let paragraph = matches!(list.get(first), Some((Event::Start(Tag::Paragraph), _)));
        let waits = anchor.is_none() && paragraph && self.note.is_none() && (number.is_some() || held.limb.is_some());
        if waits {
            let range = number.clone().unwrap_or_else(|| list[first].1.clone());
            let own = self.add_anchor(String::new(), AnchorKind::Paragraph, &range);
            self.pending.own = Some(own);
            anchor = Some(own);
            if let Some(container) = self.containers.last_mut() {
                container.own = Some(own);
            }
        }
        self.pending.named = anchor.is_some();
        (self.pending.speaks, self.pending.opens) = (held.speaks, held.opens);
        self.item_tag(tag, held);
        let mut anchors: Vec<u32> = anchor.into_iter().chain(held.anchors.iter().copied()).collect();
        if let Some(element) = anchors.pop() {
            self.segment(Segment::Anchor(element));
        }
        self.html(">");
        anchors.into_iter().for_each(|other| self.place(other));
        if let Some(number) = &number {
            self.number(number, anchor);
        }
        let empty = matches!(list.get(first), Some((Event::End(_), _)));
        self.html(if empty { "" } else { "\n" });
        self.begin_held_words(held, anchor);
        first
    }

    /// Text of an item that stands in no paragraph: behind a block of the item, or in an item that lies too deep.
    fn tight(&mut self, at: usize) -> usize {
        let run = at..run_end(self.from.list, at);
        if run.is_empty() {
            return at;
        }
        let labelled = self.outline.place(at).is_some_and(|place| place.label.is_some());
        if labelled || self.containers.last().is_some_and(|container| !container.printed) {
            return self.paragraph(at, None);
        }
        let plan = self.plan(run.clone(), Setting::Paragraph);
        plan.block.iter().for_each(|braces| self.tell_stray(braces));
        self.inline(run.clone(), &plan, true);
        self.html("\n");
        self.count();
        run.end
    }

    /// Counts the words of a stretch of text that is no leaf.
    pub(super) fn count(&mut self) {
        self.body.words += gist(&self.plain, &mut Vec::new()).words;
        self.plain.clear();
    }

    /// Ends a container.
    fn close(&mut self, tag: &TagEnd) {
        let Some(container) = self.containers.last().copied() else { return };
        if container.limb {
            self.close_limb();
        }
        self.quoted -= usize::from(container.quotes);
        match (container.kind, tag) {
            (Kind::Quotation, _) => self.tag("</blockquote>\n"),
            (Kind::Alert, _) => self.tag("</div>\n"),
            (Kind::List(false), _) => self.tag("</ul>\n"),
            (Kind::List(true), _) => self.tag("</div>\n"),
            (Kind::Item { ordered: false }, _) => self.tag("</li>\n"),
            (Kind::Item { ordered: true }, _) => self.tag("</div>\n"),
            (Kind::Terms, _) => self.tag("</dl>\n"),
            (Kind::Meaning, _) => self.tag("</dd>\n"),
        }
        self.containers.pop();
        if let Some(own) = container.own.filter(|own| self.body.anchors[*own as usize].id.is_empty()) {
            // Its first paragraph had no words to name it by.
            self.body.anchors[own as usize].id = self.anchors.of_words(0).into();
        }
        if !matches!(container.kind, Kind::Item { .. } | Kind::Meaning) {
            self.depth -= 1;
        }
    }

    /// The term of a definition.
    fn term(&mut self, at: usize) -> usize {
        let run = at + 1..run_end(self.from.list, at + 1);
        let plan = self.plan(run.clone(), Setting::Cell);
        let printed = self.containers.last().is_none_or(|container| container.printed);
        self.html(if printed { "<dt>" } else { "<p>" });
        self.inline(run.clone(), &plan, false);
        self.html(if printed { "</dt>\n" } else { "</p>\n" });
        self.count();
        run.end + 1
    }

    fn code(&mut self, at: usize, kind: &CodeBlockKind<'_>) -> usize {
        let list = self.from.list;
        let end = end_of(list, at);
        let mut code = String::new();
        for (event, _) in &list[at + 1..end] {
            if let Event::Text(text) = event {
                code.push_str(text);
            }
        }
        match kind {
            CodeBlockKind::Indented => {
                self.html("<p>");
                self.escaped(code.trim());
                self.html("</p>\n");
            }
            CodeBlockKind::Fenced(info) => {
                let info = clean_string(info);
                let language = info.split_whitespace().next().unwrap_or_default();
                self.html("<pre><code");
                if !language.is_empty() {
                    self.html(" class=\"language-");
                    self.escaped(language);
                    self.html("\"");
                }
                self.html(">");
                code::highlight(&code, language, &mut self.coloured, &mut self.body.html);
                self.html("</code></pre>\n");
            }
        }
        self.plain.push_str(&code);
        self.count();
        end + 1
    }

    fn html_block(&mut self, at: usize) -> usize {
        let list = self.from.list;
        let end = end_of(list, at);
        let range = &list[at].1;
        match raw_html::block(&list[at + 1..end]) {
            Html::Comment { closed: true } => self.comment(range),
            Html::Comment { closed: false } => self.diagnostics.open_comment(self.from.span(range)),
            Html::Folding(parts) => parts.into_iter().for_each(|part| self.fold(part, range)),
            Html::Other => {
                let lines = list[at + 1..end].iter().filter_map(|(event, _)| match event {
                    Event::Html(html) => Some(&**html),
                    _ => None,
                });
                let html: String = lines.collect();
                self.as_text(html.trim(), range);
            }
        }
        end + 1
    }

    /// HTML that is printed as text in a paragraph of its own.
    fn as_text(&mut self, html: &str, range: &Range<usize>) {
        self.html("<p>");
        self.escaped(html);
        self.html("</p>\n");
        self.plain.push_str(html);
        self.count();
        self.tell_html(html, range);
    }

    fn fold(&mut self, part: Part<'_>, range: &Range<usize>) {
        match part {
            Part::Open(at) if self.details.binary_search(&at).is_ok() => {
                self.open_details += 1;
                self.html("<details>\n");
            }
            Part::Close(at) if self.details.binary_search(&at).is_ok() => {
                self.open_details = self.open_details.saturating_sub(1);
                self.html("</details>\n");
            }
            Part::Open(_) => self.as_text("<details>", range),
            Part::Close(_) => self.as_text("</details>", range),
            Part::Summary(words) => {
                self.html("<summary>");
                self.escaped(words.trim());
                self.html("</summary>\n");
                self.plain.push_str(&words);
                self.count();
            }
            Part::Words(words, _) => {
                self.html("<p>");
                self.escaped(words);
                self.html("</p>\n");
                self.plain.push_str(words);
                self.count();
            }
        }
    }
}
