//! The text that a site makes of Markdown → the inner form again: to see that what is printed and read is what was printed, and to give
//! the words of a page to whoever wants them without HTML.
//!
//! Input: a [`Text`], and what is [`Known`] of its links and places. Output: a [`Manuscript`] without its title. Not here: what a site adds
//! to words, such as records and explained terms.

use super::{Block, Inline, Item, Manuscript, paragraph, plain, tidy};
use crate::model::{Anchor, AnchorKind, Element, EmbedId, InlineTag, LinkId, Node, Step, Stretch, Target, Text};

/// What is known of the links and the places of a text.
pub trait Known {
    /// Where a link leads, and what it is called if it has no words of its own; `None` if only its words are printed.
    fn link(&self, text: &Text, link: LinkId) -> Option<(String, Option<String>)>;

    /// Where something that is shown in place is, and what it is called.
    fn embed(&self, text: &Text, embed: EmbedId) -> Inline;

    /// What is printed behind a paragraph, a heading or an item that can be linked.
    fn place(&self, place: &Anchor) -> Vec<Inline>;
}

/// The text alone: links and names as they were typed.
struct AsTyped;

impl Known for AsTyped {
    fn link(&self, text: &Text, link: LinkId) -> Option<(String, Option<String>)> {
        Some((address(&text.links[link.index()].target), None))
    }

    fn embed(&self, text: &Text, embed: EmbedId) -> Inline {
        let embed = &text.embeds[embed.index()];
        Inline::Picture(address(&embed.target), embed.text.to_string())
    }

    fn place(&self, place: &Anchor) -> Vec<Inline> {
        let named = (place.kind == AnchorKind::Named).then(|| Inline::Place(place.id.to_string()));
        named.into_iter().collect()
    }
}

/// The inner form of a text, as it was typed.
#[must_use]
pub fn reread(text: &Text) -> Manuscript {
    reread_part(text, text.whole(), &AsTyped)
}

/// The inner form of a part of a text, with what is known of its links and places.
#[must_use]
pub fn reread_part(text: &Text, part: Stretch, known: &dyn Known) -> Manuscript {
    let frames = vec![Frame::new(Element::Rule)];
    let mut reader = Reader { text, known, frames, notes: vec![Vec::new(); text.notes.len()] };
    for step in text.steps(part) {
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
            self.blocks.push(paragraph(words));
        }
    }

    fn into_blocks(mut self) -> Vec<Block> {
        self.settle();
        self.blocks
    }
}

struct Reader<'text> {
    text: &'text Text,
    known: &'text dyn Known,
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
            Element::Embed(id) => {
                let shown = self.known.embed(self.text, id);
                if self.text.embeds[id.index()].alone {
                    self.block(paragraph(vec![shown]));
                } else {
                    self.inline(shown);
                }
            }
            Element::Checkbox(ticked) => self.inline(Inline::Words(if ticked { "☑ " } else { "☐ " }.to_owned())),
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
            Element::Link(link) => match self.known.link(self.text, link) {
                Some((to, Some(title))) => self.inline(Inline::Link(to, Inline::words(title))),
                Some((to, None)) => self.inline(Inline::Link(to, frame.words)),
                None => frame.words.into_iter().for_each(|words| self.inline(words)),
            },
            Element::Heading { level, .. } => {
                let mut words = tidy(frame.words);
                words.extend(self.place(node));
                self.block(Block::Heading { level, label: frame.label, words });
            }
            Element::Paragraph => {
                let mut words = tidy(frame.words);
                words.extend(self.place(node));
                self.block(Block::Paragraph { label: frame.label, words });
            }
            Element::List | Element::NumberedList => self.block(Block::List(frame.items)),
            Element::Item { .. } => {
                let label = frame.label.take();
                let mut blocks = frame.into_blocks();
                if let Some(Block::Paragraph { words, .. }) = blocks.first_mut() {
                    words.extend(self.place(node));
                }
                self.top().items.push(Item { label, blocks });
            }
            Element::Quotation | Element::Alert(_) => {
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
            Element::Code(_) => self.block(Block::Code(plain(&frame.words))),
            Element::DefinedTerm | Element::Caption | Element::AlertTitle | Element::Summary => {
                self.block(paragraph(vec![Inline::Strong(tidy(frame.words))]));
            }
            _ => frame.into_blocks().into_iter().for_each(|block| self.block(block)),
        }
    }

    fn place(&self, node: &Node) -> Vec<Inline> {
        node.anchor.map(|place| self.known.place(self.text.anchor(place))).unwrap_or_default()
    }
}

/// Whether something is made of an element when it ends. The others are what a site adds around words, or marks.
fn has_frame(element: Element) -> bool {
    use Element::{Emphasis, Link, Number, Strong, Tag};
    let inline = matches!(element, Number(_) | Emphasis | Strong | Tag(_) | Link(_));
    inline || !(element.is_inline() || matches!(element, Element::Break | Element::Checkbox(_) | Element::Rule))
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
