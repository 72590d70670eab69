//! A text becomes the blocks that are compared: paragraphs, headings, items, rows of tables.
//!
//! Input: a text, and what links are called that have no words of their own. Output: [`Block`]s, in reading order; every word is in
//! exactly one of them. Not here: how they are matched (`matching.rs`).

use crate::model::{AnchorId, Element, LinkId, NodeId, Step, Text};

/// A block of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// The place by which it is cited; `None` if it can only be cited with what stands around it.
    pub anchor: Option<AnchorId>,
    /// Its number as printed; empty if it has none.
    pub label: String,
    /// Its words on one line, without the number.
    pub words: String,
    /// The element after which something about it can be shown: itself, or the table or the list in which it stands.
    pub node: NodeId,
}

/// What a block is: blocks of two kinds are never the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BlockKind {
    /// A heading.
    Heading,
    /// A paragraph, an item, and all else that has words.
    Prose,
    /// A row of a table.
    Row,
}

/// What stands between the cells of a row.
const BETWEEN_CELLS: &str = " | ";

/// The blocks of `text`; a link without words of its own is called by `title`.
#[must_use]
pub fn blocks<'site>(text: &Text, title: impl Fn(LinkId) -> Option<&'site str>) -> Vec<Block> {
    let mut cutter = Cutter { text, blocks: Vec::new(), open: Vec::new(), anchor: None, next: None, in_label: false };
    for step in text.steps(text.whole()) {
        match step {
            Step::Words(words) => cutter.words(words),
            Step::Open(node) => {
                cutter.begin(node);
                if let Element::Link(link) = text.node(node).element
                    && text.links[link.index()].bare
                {
                    title(link).into_iter().for_each(|title| cutter.words(title));
                }
            }
            Step::Close(node) => cutter.end(node),
        }
    }
    cutter.finish()
}

struct Cutter<'text> {
    text: &'text Text,
    blocks: Vec<Block>,
    /// The blocks that are open, the innermost last.
    open: Vec<NodeId>,
    /// The place that was opened since the last words.
    anchor: Option<AnchorId>,
    /// The block that is being filled.
    next: Option<Block>,
    /// Whether what comes is a printed number.
    in_label: bool,
}

impl Cutter<'_> {
    fn begin(&mut self, id: NodeId) {
        let node = self.text.node(id);
        match node.element {
            Element::Number(_) => self.in_label = true,
            Element::Break => self.space(),
            element if element.is_inline() => {}
            Element::Cell { .. } if self.is_in_row() => self.between_cells(),
            _ => {
                if !self.is_in_row() {
                    self.cut();
                }
                self.anchor = node.anchor.or(self.anchor);
                self.open.push(id);
            }
        }
    }

    fn end(&mut self, id: NodeId) {
        if let Element::Number(_) = self.text.node(id).element {
            self.in_label = false;
        }
        if self.open.last() == Some(&id) {
            if self.is_in_row() && !self.is_row(id) {
                self.space();
            } else {
                self.cut();
                self.anchor = None;
            }
            self.open.pop();
        }
    }

    fn is_row(&self, id: NodeId) -> bool {
        matches!(self.text.node(id).element, Element::Row | Element::TableHead)
    }

    fn is_in_row(&self) -> bool {
        self.open.iter().rev().any(|id| self.is_row(*id))
    }

    fn words(&mut self, words: &str) {
        if words.trim().is_empty() && self.next.is_none() {
            return;
        }
        let in_label = self.in_label;
        let block = self.filled();
        if in_label { &mut block.label } else { &mut block.words }.push_str(words);
    }

    fn space(&mut self) {
        self.next.iter_mut().for_each(|block| block.words.push(' '));
    }

    fn between_cells(&mut self) {
        if let Some(block) = self.next.as_mut().filter(|block| !block.words.is_empty()) {
            block.words.push_str(BETWEEN_CELLS);
        }
    }

    /// The block that is being filled, or a new one.
    fn filled(&mut self) -> &mut Block {
        let (text, open, anchor) = (self.text, &self.open, &mut self.anchor);
        self.next.get_or_insert_with(|| Block {
            kind: kind_of(text, open),
            anchor: anchor.take(),
            label: String::new(),
            words: String::new(),
            node: shown_after(text, open),
        })
    }

    fn cut(&mut self) {
        let Some(mut block) = self.next.take() else { return };
        let on_one_line = |words: &str| words.split_whitespace().collect::<Vec<_>>().join(" ");
        (block.label, block.words) = (on_one_line(&block.label), on_one_line(&block.words));
        if !(block.words.is_empty() && block.label.is_empty()) {
            self.blocks.push(block);
        }
    }

    fn finish(mut self) -> Vec<Block> {
        self.cut();
        self.blocks
    }
}

fn kind_of(text: &Text, open: &[NodeId]) -> BlockKind {
    let element = |id: &NodeId| text.node(*id).element;
    if open.iter().any(|id| matches!(element(id), Element::Row | Element::TableHead)) {
        BlockKind::Row
    } else if open.last().is_some_and(|id| matches!(element(id), Element::Heading { .. })) {
        BlockKind::Heading
    } else {
        BlockKind::Prose
    }
}

/// The innermost element after which HTML may stand that is no part of it: a table as a whole, a heading with its box.
fn shown_after(text: &Text, open: &[NodeId]) -> NodeId {
    let table = open.iter().find(|id| matches!(text.node(**id).element, Element::Table { .. }));
    let fits = |id: &&NodeId| {
        matches!(
            text.node(**id).element,
            Element::Paragraph
                | Element::HeadingBox
                | Element::Heading { boxed: false, .. }
                | Element::Item { .. }
                | Element::Definition
                | Element::Code(_)
                | Element::Notice
                | Element::Alert(_)
                | Element::Quotation
                | Element::Details
                | Element::Section
        )
    };
    table.or_else(|| open.iter().rev().find(fits)).or(open.first()).copied().unwrap_or(NodeId::at(0))
}
