//! The text that a site makes of Markdown → the inner form again: what is printed and read must be what was printed.
//!
//! Input: a [`Text`]. Output: a [`Manuscript`] without its title. Not here: records, places and terms, which a site adds.

use super::{Block, Inline, Item, Manuscript, plain, tidy};
use crate::model::{AnchorKind, Element, InlineTag, Link, Node, Step, Target, Text};

/// The inner form of a text.
#[must_use]
pub fn reread(text: &Text) -> Manuscript {
    let mut reader =
        Reader { text, frames: vec![Frame::new(Element::Rule)], notes: vec![Vec::new(); text.notes.len()] };
    for step in text.steps(text.whole()) {
        match step {
            Step::Words(words) => reader.inline(Inline::Words(words.to_owned())),
            Step::Open(id) => reader.open(text.node(id)),
            Step::Close(id) => reader.close(text.node(id)),
        }
    }
    let blocks = reader.frames.pop().map(Frame::into_blocks).unwrap_or_default();
    Manuscript { blocks, notes: reader.notes, ..Manuscript::default() }
}

/// An element that is open.
struct Frame {
    element: Element,
    label: Option<String>,
    words: Vec<Inline>,
    blocks: Vec<Block>,
    items: Vec<Item>,
    rows: Vec<Vec<Vec<Inline>>>,
    cells: Vec<Vec<Inline>>,
    /// Of a table: whether it has a row that heads the columns.
    has_head: bool,
}

impl Frame {
    fn new(element: Element) -> Self {
        let (words, blocks, items, rows, cells) = Default::default();
        Self { element, label: None, words, blocks, items, rows, cells, has_head: false }
    }

    /// Words that stand in no paragraph become one.
    fn settle(&mut self) {
        let words = tidy(std::mem::take(&mut self.words));
        if !words.is_empty() {
            self.blocks.push(Block::Paragraph { label: None, words });
        }
    }

    fn into_blocks(mut self) -> Vec<Block> {
        self.settle();
        self.blocks
    }
}

struct Reader<'text> {
    text: &'text Text,
    frames: Vec<Frame>,
    notes: Vec<Vec<Block>>,
}

impl Reader<'_> {
    fn top(&mut self) -> &mut Frame {
        self.frames.last_mut().unwrap_or_else(|| unreachable!("the text itself is never closed"))
    }

    fn inline(&mut self, inline: Inline) {
        self.top().words.push(inline);
    }

    fn block(&mut self, block: Block) {
        let top = self.top();
        top.settle();
        top.blocks.push(block);
    }

    fn open(&mut self, node: &Node) {
        match node.element {
            Element::Rule => self.block(Block::Rule),
            Element::Break => self.inline(Inline::Break),
            Element::Reference { note, .. } => self.inline(Inline::Note(note.index())),
            Element::Embed(embed) => {
                let embed = &self.text.embeds[embed.index()];
                let picture = Inline::Picture(address(&embed.target), embed.text.to_string());
                if embed.alone {
                    self.block(Block::Paragraph { label: None, words: vec![picture] });
                } else {
                    self.inline(picture);
                }
            }
            element if has_frame(element) => self.frames.push(Frame::new(element)),
            _ => {}
        }
    }

    fn close(&mut self, node: &Node) {
        if !has_frame(node.element) {
            return;
        }
        let Some(mut frame) = self.frames.pop() else { return };
        match frame.element {
            Element::Number(_) => self.top().label = Some(plain(&frame.words).trim().to_owned()),
            Element::Emphasis => self.inline(Inline::Emphasis(frame.words)),
            Element::Strong => self.inline(Inline::Strong(frame.words)),
            Element::Tag(tag) => self.inline(Inline::Tag(name(tag), frame.words)),
            Element::Link(link) => {
                let Link { target, .. } = &self.text.links[link.index()];
                self.inline(Inline::Link(address(target), frame.words));
            }
            Element::Heading { level, .. } => {
                let words = tidy(frame.words);
                self.block(Block::Heading { level, label: frame.label, words });
            }
            Element::Paragraph => {
                let mut words = tidy(frame.words);
                let place = node.anchor.map(|place| self.text.anchor(place));
                let named = place.filter(|place| place.kind == AnchorKind::Named);
                words.extend(named.map(|place| Inline::Place(place.id.to_string())));
                self.block(Block::Paragraph { label: frame.label, words });
            }
            Element::List | Element::NumberedList => self.block(Block::List(frame.items)),
            Element::Item { .. } => {
                let label = frame.label.take();
                let blocks = frame.into_blocks();
                self.top().items.push(Item { label, blocks });
            }
            Element::Quotation => {
                let blocks = frame.into_blocks();
                self.block(Block::Quotation(blocks));
            }
            Element::Table { .. } => {
                // A table without heads has an empty first row in Markdown.
                let columns = frame.rows.iter().map(Vec::len).max().unwrap_or_default();
                let empty = (!frame.has_head).then(|| vec![Vec::new(); columns]);
                self.block(Block::Table(empty.into_iter().chain(frame.rows).collect()));
            }
            Element::Row => self.top().rows.push(frame.cells),
            Element::TableHead | Element::TableBody => {
                self.top().has_head |= frame.element == Element::TableHead;
                // The row that heads the columns stands right in the head.
                let head = if frame.cells.is_empty() { None } else { Some(frame.cells) };
                self.top().rows.extend(head.into_iter().chain(frame.rows));
            }
            Element::Cell { .. } => {
                let words = tidy(frame.words);
                self.top().cells.push(words);
            }
            Element::NoteText(note) => self.notes[note.index()] = frame.into_blocks(),
            _ => {}
        }
    }
}

/// Whether something is made of an element when it ends. The others are what a site adds around words, or marks.
fn has_frame(element: Element) -> bool {
    matches!(
        element,
        Element::Number(_)
            | Element::Emphasis
            | Element::Strong
            | Element::Tag(_)
            | Element::Link(_)
            | Element::Heading { .. }
            | Element::Paragraph
            | Element::List
            | Element::NumberedList
            | Element::Item { .. }
            | Element::Quotation
            | Element::Table { .. }
            | Element::TableHead
            | Element::TableBody
            | Element::Row
            | Element::Cell { .. }
            | Element::NoteText(_)
    )
}

fn name(tag: InlineTag) -> &'static str {
    tag.name()
}

/// Where a link leads, as it is typed.
fn address(target: &Target) -> String {
    match target {
        Target::Outside(address) => address.to_string(),
        Target::Path { path, anchor: None } => path.to_string(),
        Target::Path { path, anchor: Some(anchor) } => format!("{path}#{anchor}"),
        Target::Wiki { id, .. } => id.to_string(),
    }
}
