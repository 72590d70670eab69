//! Blocks that CommonMark leaves as they are: code, and HTML, of which `details` and `summary` alone are elements.
//!
//! Input: the event that begins such a block. Output: its elements and words. Not here: HTML in a line (`inline.rs`).

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event};

use super::code;
use super::writer::Writer;
use crate::language::clean_string;
use crate::markdown::events::{end_of, plain};
use crate::markdown::raw_html::{self, Html, Part};
use crate::model::Element;

impl Writer<'_> {
    pub(super) fn code(&mut self, at: usize, kind: &CodeBlockKind<'_>) -> usize {
        let list = self.from.list;
        let end = end_of(list, at);
        let code = plain(&list[at + 1..end]);
        match kind {
            CodeBlockKind::Indented => self.out.element(Element::Paragraph, code.trim()),
            CodeBlockKind::Fenced(info) => {
                let info = clean_string(info);
                let language = info.split_whitespace().next().unwrap_or_default();
                let name = (!language.is_empty()).then(|| self.out.name(language));
                let node = self.out.open(Element::Code(name));
                code::highlight(&code, language, &mut self.told.coloured, &mut self.out);
                self.out.close(node);
            }
        }
        self.plain.push_str(&code);
        self.count();
        end + 1
    }

    pub(super) fn html_block(&mut self, at: usize) -> usize {
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

    /// A block of plain words.
    fn plain_block(&mut self, element: Element, words: &str) {
        self.out.element(element, words.trim());
        self.plain.push_str(words);
        self.count();
    }

    /// HTML that is printed as text in a paragraph of its own.
    fn as_text(&mut self, html: &str, range: &Range<usize>) {
        self.plain_block(Element::Paragraph, html);
        self.tell_html(html, range);
    }

    fn fold(&mut self, part: Part<'_>, range: &Range<usize>) {
        match part {
            Part::Open(at) if self.nesting.details.binary_search(&at).is_ok() => {
                let node = self.out.open(Element::Details);
                self.nesting.folds.push(node);
            }
            Part::Close(at) if self.nesting.details.binary_search(&at).is_ok() => {
                let node = self.nesting.folds.pop();
                node.into_iter().for_each(|node| self.out.close(node));
            }
            Part::Open(_) => self.as_text("<details>", range),
            Part::Close(_) => self.as_text("</details>", range),
            Part::Summary(words) => self.plain_block(Element::Summary, &words),
            Part::Words(words, _) => self.plain_block(Element::Paragraph, words),
        }
    }
}
