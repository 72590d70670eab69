//! Lines: what stands inside a paragraph, a heading or a cell.
//!
//! Input: a run of inline events and its [`Plan`]. Output: words, and elements for emphasis, links, marked words and terms;
//! in `plain`, the words as they are counted and cited. Not here: the element around them.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::state::{DocumentPart, Line, Marked, OpenLink};
use super::writer::{MOST_TOLD, Writer};
use crate::language::clean_string;
use crate::markdown::events::{end_of, plain};
use crate::markdown::links::{self, Unsafe};
use crate::markdown::plan::{Braces, Cut, CutAction, Plan};
use crate::markdown::prepare::{NOTICE, SHIELD};
use crate::markdown::raw_html;
use crate::model::{AnchorKind, Element, Embed, EmbedId, InlineTag, Link, LinkId, Target, Term, TermId};

/// How deep emphasis may lie in emphasis on a page.
const DEEPEST: usize = 32;

/// How far the plan of a run has been followed.
#[derive(Default)]
struct Progress {
    next: usize,
    skip: usize,
}

impl Writer<'_> {
    /// Builds the events `run`. `glossed` says whether its words may lead to what explains them.
    pub(super) fn inline(&mut self, run: Range<usize>, plan: &Plan<'_>, glossed: bool) {
        self.line = Line { glossed, in_heading: self.line.in_heading, ..Line::default() };
        let mut progress = Progress::default();
        let mut index = run.start;
        while index < run.end {
            index = self.piece(index, plan, &mut progress);
        }
        // A closing bracket can stand where no text is printed (in an entity, after a cell): no element stays open.
        while !self.line.links.is_empty() {
            self.end_link();
        }
        while !self.line.spans.is_empty() {
            self.end_marked();
        }
        while let Some(record) = self.line.sentences.pop() {
            self.out.record(record);
        }
    }

    /// Builds the event `index` and returns the index of the next.
    fn piece(&mut self, index: usize, plan: &Plan<'_>, progress: &mut Progress) -> usize {
        let (event, range) = &self.from.list[index];
        if matches!(event, Event::Start(_) | Event::Code(_) | Event::InlineHtml(_) | Event::FootnoteReference(_)) {
            // A sentence that is a record may begin or end with more than plain text.
            while let Some(cut) = plan.cuts.get(progress.next)
                && cut.range.is_empty()
                && cut.range.start <= range.start
            {
                self.follow(cut, plan, progress);
            }
        }
        match event {
            Event::Text(typed) => self.text(typed, range, plan, progress),
            Event::SoftBreak | Event::HardBreak => {
                while let Some(cut) = plan.cuts.get(progress.next).filter(|cut| cut.range.start <= range.start) {
                    self.follow(cut, plan, progress);
                }
                if range.start >= progress.skip {
                    if *event == Event::HardBreak {
                        self.out.mark(Element::Break);
                    }
                    self.out.say("\n");
                    self.plain.push(' ');
                }
            }
            Event::Code(code) => {
                self.out.element(Element::CodeWords, code);
                self.plain.push_str(code);
            }
            Event::InlineHtml(html) => self.raw(index, html, range, plan),
            Event::FootnoteReference(label) => self.footnote(label),
            Event::TaskListMarker(done) => self.task(*done),
            Event::Start(Tag::Image { dest_url, title, .. }) => {
                return self.picture(index, dest_url, title, plan, false);
            }
            Event::Start(Tag::Link { link_type, dest_url, title, .. }) => self.link(*link_type, dest_url, title, range),
            Event::End(TagEnd::Link) => self.end_link(),
            Event::Start(tag) => self.markup(tag),
            Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough) => self.end_markup(),
            _ => {}
        }
        index + 1
    }

    fn text(&mut self, typed: &str, range: &Range<usize>, plan: &Plan<'_>, progress: &mut Progress) {
        let text = self.from.text;
        let source = &text[range.clone()];
        if source != typed {
            // An entity: it may hide what is taken out of a text that is typed.
            if range.start >= progress.skip {
                self.say(&clean_string(typed));
            }
            return;
        }
        let mut at = range.start.max(progress.skip);
        if source.starts_with([SHIELD, NOTICE]) {
            at = at.max(range.start + SHIELD.len_utf8());
        }
        while let Some(cut) = plan.cuts.get(progress.next).filter(|cut| cut.range.start < range.end) {
            if cut.range.start > at {
                self.say(&text[at..cut.range.start]);
            }
            self.follow(cut, plan, progress);
            at = at.max(cut.range.end);
        }
        if at < range.end {
            self.say(&text[at..range.end]);
        }
    }

    /// Says words.
    fn say(&mut self, words: &str) {
        self.plain.push_str(words);
        self.out.say(words);
    }

    /// Carries out a cut.
    fn follow(&mut self, cut: &Cut<'_>, plan: &Plan<'_>, progress: &mut Progress) {
        progress.next += 1;
        progress.skip = progress.skip.max(cut.range.end);
        match &cut.action {
            CutAction::Drop => {}
            CutAction::Page(number) => self.page(number, &cut.range),
            CutAction::Number(anchor) => {
                if self.line.in_heading {
                    self.plain.push_str(&self.from.text[cut.range.clone()]);
                }
                self.number(&cut.range, Some(*anchor));
                self.labels.end = Some(self.out.position());
            }
            CutAction::Reference(id) | CutAction::Embed(id, _) => {
                self.open_link(links::wiki(id), None, &cut.range);
                self.end_link();
            }
            CutAction::OpenReference(id) => self.open_link(links::wiki(id), None, &cut.range),
            CutAction::EndReference => self.end_link(),
            CutAction::Term { words, entry } => self.explained_word(words, *entry),
            CutAction::Statute { words, address } => self.statute(words, address, &cut.range),
            CutAction::OpenSpan(index) => self.marked(&plan.spans[*index], &cut.range),
            CutAction::EndSpan => self.end_marked(),
            CutAction::OpenItem(kind, number, words) => {
                let (record, node) = self.open_item_words(*kind, number, words);
                self.line.spans.push(Marked::Record { record, node, from: self.plain.len(), bracket: false });
            }
            CutAction::OpenSentence(index) => {
                let sentence = &plan.sentences[*index];
                let words = sentence.words.clone().unwrap_or_else(|| sentence.bracket.clone());
                let (record, node) = self.open_words(sentence.says.kind, None, &words, sentence.found.is_some());
                self.undertaken(record, sentence);
                self.say_of_found(record, plan);
                self.line.spans.push(Marked::Record { record, node, from: self.plain.len(), bracket: true });
                self.line.sentences.push(record);
            }
            CutAction::EndSentence => self.end_marked(),
            CutAction::EndBracket => {
                if let Some(record) = self.line.sentences.pop() {
                    self.out.record(record);
                }
            }
        }
    }

    /// Begins words in brackets with attributes after them.
    fn marked(&mut self, braces: &Braces<'_>, range: &Range<usize>) {
        let is_title = matches!(self.part, DocumentPart::Title);
        let kind = self.kind_named(&braces.attributes).filter(|_| !is_title);
        if let Some(kind) = kind {
            let words = range.start..braces.range.end.max(range.start);
            let (record, node) = self.open_words(kind, Some(braces), &words, false);
            self.line.spans.push(Marked::Record { record, node, from: self.plain.len(), bracket: false });
            return;
        }
        self.tell_stray(braces);
        let (named, language) = (self.name(braces), self.language(braces));
        if named.is_none() && language.is_none() {
            self.line.spans.push(Marked::Words);
            return;
        }
        let node = self.out.open_at(Element::Span, named);
        if let Some(language) = language {
            self.out.in_language(node, language);
        }
        self.line.spans.push(Marked::Place(node));
    }

    /// Ends the marked words, or the sentence, that were begun last.
    fn end_marked(&mut self) {
        match self.line.spans.pop() {
            Some(Marked::Place(node)) => self.out.close(node),
            Some(Marked::Record { record, node, from, bracket }) => {
                self.close_words(record, node, from);
                if !bracket {
                    self.out.record(record);
                }
            }
            Some(Marked::Words) | None => {}
        }
    }

    /// A word of the glossary, as typed; its first use is marked.
    fn explained_word(&mut self, words: &str, entry: u32) {
        let may = self.line.glossed && self.line.links.is_empty();
        if !may || !self.terms.as_mut().is_some_and(|terms| terms.take(entry)) {
            return self.lines(words);
        }
        self.out.text.terms.push(Term { entry });
        let node = self.out.open(Element::Term(TermId::at(self.out.text.terms.len() - 1)));
        self.lines(words);
        self.out.close(node);
    }

    /// A section of an Act, as typed.
    fn statute(&mut self, words: &str, address: &str, range: &Range<usize>) {
        if !self.line.glossed || !self.line.links.is_empty() {
            return self.lines(words);
        }
        self.open_link(Target::Outside(address.into()), None, range);
        self.lines(words);
        self.end_link();
    }

    /// Says words with line ends between them.
    fn lines(&mut self, words: &str) {
        for (index, line) in words.split('\n').enumerate() {
            if index > 0 {
                self.out.say("\n");
                self.plain.push(' ');
            }
            self.say(line);
        }
    }

    /// Where a page of the printed pack begins.
    fn page(&mut self, number: &str, range: &Range<usize>) {
        let Some(id) = self.anchors.of_page(number) else {
            return self.say(&self.from.text[range.clone()]);
        };
        if let Some(anchor) = self.given(id, AnchorKind::PackPage, &format!("page-{number}"), range) {
            self.out.text.anchors[anchor.index()].label = Some(number.into());
            let node = self.out.open_at(Element::PackPage, Some(anchor));
            self.out.mark(Element::OwnLink(anchor));
            self.out.close(node);
        }
    }

    fn markup(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Emphasis => self.nest(Element::Emphasis),
            Tag::Strong => self.nest(Element::Strong),
            Tag::Strikethrough => self.nest(Element::Tag(InlineTag::Del)),
            _ => {}
        }
    }

    /// Begins emphasis or a tag; it has no element if it lies too deep in others.
    fn nest(&mut self, element: Element) {
        let node = (self.line.markup.len() < DEEPEST).then(|| self.out.open(element));
        self.line.markup.push(node);
    }

    /// Ends the emphasis or the tag that was begun last.
    fn end_markup(&mut self) {
        if let Some(Some(node)) = self.line.markup.pop() {
            self.out.close(node);
        }
    }

    fn raw(&mut self, index: usize, html: &str, range: &Range<usize>, plan: &Plan<'_>) {
        let tag = raw_html::tag(html);
        if html.starts_with("<!--") {
            self.comment(range);
        } else if plan.passing.binary_search(&index).is_ok()
            && let Some(tag) = tag
            && let Some(name) = raw_html::inline_name(tag)
        {
            match InlineTag::ALL.into_iter().find(|known| known.name() == name) {
                // `br`, which holds nothing.
                None => {
                    self.out.mark(Element::Break);
                    self.plain.push(' ');
                }
                Some(_) if tag.closing => self.end_markup(),
                Some(name) => self.nest(Element::Tag(name)),
            }
        } else {
            self.say(html);
            self.tell_html(html, range);
        }
    }

    /// Says that a tag is printed as text; its end is not worth a message of its own.
    pub(super) fn tell_html(&mut self, html: &str, range: &Range<usize>) {
        let tag = raw_html::tag(html);
        if tag.is_some_and(|tag| tag.closing) || self.told.html >= MOST_TOLD {
            return;
        }
        self.told.html += 1;
        let instead = raw_html::instead(tag.map_or("", |tag| tag.name));
        self.diagnostics.raw_html(self.from.span(range), html, instead);
    }

    /// Leaves out a comment.
    pub(super) fn comment(&mut self, range: &Range<usize>) {
        if self.told.comments < MOST_TOLD {
            self.told.comments += 1;
            self.diagnostics.html_comment(self.from.span(range));
        }
    }

    fn task(&mut self, done: bool) {
        self.out.mark(Element::Checkbox(done));
        self.out.say(" ");
    }

    /// A reference to a footnote; CommonMark's grammar has none inside a link.
    fn footnote(&mut self, label: &str) {
        if matches!(self.part, DocumentPart::Title) {
            return;
        }
        match self.notes.refer(label) {
            None => {
                let typed = format!("[^{label}]");
                self.say(&typed);
            }
            Some(note) => {
                self.know_note(note);
                let text = &mut self.out.text;
                let uses = &mut text.notes[note.index()].uses;
                *uses += 1;
                let count = u16::try_from(*uses).unwrap_or(u16::MAX);
                self.out.mark(Element::Reference { note, count });
            }
        }
    }

    /// Begins a link of CommonMark's.
    fn link(&mut self, link_type: LinkType, address: &str, title: &str, range: &Range<usize>) {
        if !self.line.links.is_empty() {
            // CommonMark lets `<https://…>` stand in the words of a link; a page cannot.
            return self.line.links.push(None);
        }
        let target = match link_type {
            LinkType::Email => Ok(links::mail(address)),
            _ => links::target(address),
        };
        match target {
            Ok(target) => self.open_link(target, some(title), range),
            Err(reason) => {
                self.tell_unsafe(&reason, range);
                self.line.links.push(None);
            }
        }
    }

    fn tell_unsafe(&mut self, reason: &Unsafe, range: &Range<usize>) {
        let span = self.from.span(range);
        match reason {
            Unsafe::Scheme(scheme) => self.diagnostics.unsafe_scheme(span, scheme),
            Unsafe::Drive => self.diagnostics.link_to_a_drive(span),
            Unsafe::NoScheme => self.diagnostics.link_without_scheme(span),
            Unsafe::NoHost => self.diagnostics.link_without_host(span),
        }
    }

    fn open_link(&mut self, target: Target, title: Option<Box<str>>, range: &Range<usize>) {
        self.out.text.links.push(Link { target, title, bare: false, span: self.from.span(range) });
        let link = LinkId::at(self.out.text.links.len() - 1);
        let node = self.out.open(Element::Link(link));
        self.line.links.push(Some(OpenLink { link, node }));
    }

    /// Ends the link that was begun last; one without words takes those of its target.
    fn end_link(&mut self) {
        let Some(Some(OpenLink { link, node })) = self.line.links.pop() else { return };
        self.out.close(node);
        let text = &mut self.out.text;
        let own = text.node(node);
        if own.start == own.end && own.next as usize == node.index() + 1 {
            let link = &mut text.links[link.index()];
            link.bare = true;
            self.plain.push_str(&links::words(&link.target));
        }
    }

    /// Builds the picture that begins with the event `index`, and returns the index after it.
    pub(super) fn picture(&mut self, index: usize, address: &str, title: &str, plan: &Plan<'_>, alone: bool) -> usize {
        let end = end_of(self.from.list, index);
        let range = &self.from.list[index].1;
        let words = plain(&self.from.list[index + 1..end]);
        let words = clean_string(&words);
        let braces = plan.pictures.binary_search_by_key(&range.end, |braces| braces.range.start);
        let braces = braces.ok().map(|index| &plan.pictures[index]);
        let decorative = braces.is_some_and(|braces| braces.attributes.has("decorative"));
        if let Some(braces) = braces {
            if let Some(named) = self.name(braces) {
                self.out.place(named);
            }
            self.tell_stray(braces);
        }
        match links::target(address) {
            Err(reason) => {
                self.tell_unsafe(&reason, range);
                self.say(&words);
            }
            Ok(target @ Target::Outside(_)) => {
                self.diagnostics.foreign_picture(self.from.span(range), address);
                if self.line.links.is_empty() {
                    self.open_link(target, some(title), range);
                    self.say(&words);
                    self.end_link();
                } else {
                    self.say(&words);
                }
            }
            Ok(target) => {
                if words.trim().is_empty() && !decorative {
                    let span = self.from.span(range);
                    match crate::data::table::is_table(address) {
                        true => self.diagnostics.missing_caption(span),
                        false => self.diagnostics.missing_alt(span),
                    }
                }
                self.plain.push_str(&words);
                self.embed(target, &words, some(title), decorative, alone, range);
            }
        }
        end + 1
    }

    pub(super) fn embed(
        &mut self,
        target: Target,
        words: &str,
        title: Option<Box<str>>,
        decorative: bool,
        alone: bool,
        range: &Range<usize>,
    ) {
        let span = self.from.span(range);
        self.out.text.embeds.push(Embed { target, text: words.into(), title, decorative, alone, span });
        let embed = EmbedId::at(self.out.text.embeds.len() - 1);
        self.out.mark(Element::Embed(embed));
    }
}

fn some(title: &str) -> Option<Box<str>> {
    (!title.trim().is_empty()).then(|| clean_string(title).as_ref().into())
}
