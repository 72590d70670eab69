//! Reading a text: a walk through a part of it, and what can be asked of it.
//!
//! Input: a [`Text`]. Output: steps in reading order, nodes, places, plain words. Not here: how a text is built (`compose`)
//! and printed (`html`).

use super::excerpt::{ENOUGH, first_words};
use super::ids::{AnchorId, LinkId, NodeId};
use super::marks::{Anchor, Heading};
use super::text::{Element, Node, Stretch, Text};

/// One step of a walk through a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step<'text> {
    /// An element begins, or a mark is met (then its end follows at once).
    Open(NodeId),
    /// Words of the innermost element that is open.
    Words(&'text str),
    /// An element ends that began in this walk.
    Close(NodeId),
}

/// A walk through a part of a text, in reading order.
#[derive(Debug, Clone)]
pub struct Steps<'text> {
    text: &'text Text,
    /// The node that is met next.
    at: u32,
    /// The words that are met next.
    word: u32,
    part: Stretch,
    open: Vec<u32>,
}

impl<'text> Iterator for Steps<'text> {
    type Item = Step<'text>;

    fn next(&mut self) -> Option<Step<'text>> {
        let nodes = &self.text.nodes;
        let innermost = self.open.last().map(|open| nodes[*open as usize]);
        let ends = self.at == self.part.next || innermost.is_some_and(|node| node.next <= self.at);
        let until = match innermost {
            Some(node) if ends => node.end.min(self.part.end),
            None if ends => self.part.end,
            _ => nodes[self.at as usize].start,
        };
        if self.word < until {
            let words = &self.text.words[self.word as usize..until as usize];
            self.word = until;
            return Some(Step::Words(words));
        }
        if ends {
            return self.open.pop().map(|open| Step::Close(NodeId::at(open as usize)));
        }
        self.open.push(self.at);
        self.at += 1;
        Some(Step::Open(NodeId::at(self.at as usize - 1)))
    }
}

/// What a part of a text is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flow {
    /// Blocks alone.
    Blocks,
    /// Words of a line, and no block.
    Line,
    /// Words of a line, and blocks after them.
    Both,
}

impl Text {
    /// The node with this id.
    #[must_use]
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.index()]
    }

    /// The place with this id.
    #[must_use]
    pub fn anchor(&self, id: AnchorId) -> &Anchor {
        &self.anchors[id.index()]
    }

    /// The place that is called so in addresses, without `#`; `None` if the text has no such place.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<AnchorId> {
        let own = self.by_name.binary_search_by(|anchor| (*self.anchor(*anchor).id).cmp(name));
        let former = || self.former.binary_search_by(|(former, _)| (**former).cmp(name));
        own.map(|found| self.by_name[found]).or_else(|_| former().map(|found| self.former[found].1)).ok()
    }

    /// All of it.
    #[must_use]
    pub fn whole(&self) -> Stretch {
        let length = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
        Stretch { first: 0, next: length(self.nodes.len()), start: 0, end: length(self.words.len()) }
    }

    /// A node with its subtree and its words.
    #[must_use]
    pub fn part(&self, id: NodeId) -> Stretch {
        let node = self.node(id);
        Stretch { first: id.index() as u32, next: node.next, start: node.start, end: node.end }
    }

    /// Walks through a part of the text. An element that begins before the part is met neither at its beginning nor at its
    /// end; one that ends after the part ends with it.
    #[must_use]
    pub fn steps(&self, part: Stretch) -> Steps<'_> {
        Steps { text: self, at: part.first, word: part.start, part, open: Vec::new() }
    }

    /// The outermost block that holds a node. Sections hold blocks and are none.
    #[must_use]
    pub fn block_of(&self, id: NodeId) -> NodeId {
        let mut at = 0;
        while let Some(node) = self.nodes.get(at) {
            let is_section = node.element == Element::Section && at < id.index();
            if id.index() < node.next as usize && !is_section {
                break;
            }
            at = if is_section && id.index() < node.next as usize { at + 1 } else { node.next as usize };
        }
        NodeId::at(at.min(id.index()))
    }

    /// The last of the elements that stand side by side in a part of the text; `None` if none begins in it.
    #[must_use]
    pub fn last_in(&self, part: Stretch) -> Option<NodeId> {
        let mut last = None;
        let mut at = part.first;
        while at < part.next {
            last = Some(NodeId::at(at as usize));
            at = self.nodes[at as usize].next;
        }
        last
    }

    /// The paragraph or item that holds a part of the text; `None` if that stands in none.
    #[must_use]
    pub fn block_around(&self, part: Stretch) -> Option<NodeId> {
        let holds = |node: &Node| part.next <= node.next && node.start <= part.start && part.end <= node.end;
        let is_block = |node: &Node| matches!(node.element, Element::Paragraph | Element::Item { .. });
        let before = &self.nodes[..part.first as usize];
        before.iter().rposition(|node| is_block(node) && holds(node)).map(NodeId::at)
    }

    /// Whether a part of the text is made of blocks or stands in a line.
    #[must_use]
    pub fn flow(&self, part: Stretch) -> Flow {
        let nodes = &self.nodes[part.first as usize..part.next as usize];
        let is_block = |node: &&Node| match node.element {
            Element::Embed(embed) => self.embeds[embed.index()].alone,
            Element::Break | Element::Checkbox(_) => false,
            element => !element.is_inline(),
        };
        let before = |node: &Node| self.words[part.start as usize..node.start as usize].trim();
        match nodes.iter().find(is_block) {
            Some(node) if before(node).is_empty() => Flow::Blocks,
            Some(_) => Flow::Both,
            None => Flow::Line,
        }
    }

    /// The same place by its printed number, if the author named a place that has one: of `named-officer`, the anchor
    /// `para-4.1`, whose number is the first that is printed there.
    #[must_use]
    pub fn numbered(&self, named: AnchorId) -> &Anchor {
        let own = self.anchor(named);
        let Some(node) = own.node.filter(|_| own.label.is_none()) else { return own };
        let from = self.node(node).start as usize;
        let number = self.nodes[node.index()..].iter().find_map(|node| match node.element {
            Element::Number(anchor) => Some((anchor, node.start as usize)),
            _ => None,
        });
        match number {
            Some((Some(anchor), at)) if self.words[from..at].trim().is_empty() => self.anchor(anchor),
            _ => own,
        }
    }

    /// The words of a part of the text, with a line end where a block ends. A link without words of its own is called
    /// by `title`, if that knows one.
    #[must_use]
    pub fn plain<'site>(&self, part: Stretch, title: impl Fn(LinkId) -> Option<&'site str>) -> String {
        let mut plain = String::with_capacity((part.end - part.start) as usize);
        for step in self.steps(part) {
            match step {
                Step::Words(words) => plain.push_str(words),
                Step::Open(node) => match self.node(node).element {
                    Element::Link(link) if self.links[link.index()].bare => plain.extend(title(link)),
                    element if !element.is_inline() => plain.push('\n'),
                    _ => {}
                },
                Step::Close(node) if !self.node(node).element.is_inline() => plain.push('\n'),
                Step::Close(_) => {}
            }
        }
        plain
    }

    /// The heading that is this place.
    #[must_use]
    pub fn heading(&self, anchor: AnchorId) -> Option<&Heading> {
        let found = self.headings.binary_search_by_key(&anchor, |heading| heading.anchor).ok()?;
        Some(&self.headings[found])
    }

    /// What a place is called that has no number: the words of a heading, else the first words from the place on, with an
    /// ellipsis if there are more. The words of links that are called by their targets' titles are not among them.
    /// `None` for a place after which nothing is said before the next one.
    #[must_use]
    pub fn words_at(&self, anchor: AnchorId) -> Option<String> {
        if let Some(heading) = self.heading(anchor) {
            return Some(heading.text.to_string());
        }
        let node = self.anchor(anchor).node?;
        let part = Stretch { first: node.index() as u32, start: self.node(node).start, ..self.whole() };
        let mut words = String::new();
        let mut in_label = false;
        for step in self.steps(part) {
            match step {
                Step::Open(node) => match self.node(node).element {
                    Element::Number(Some(_)) if words.trim().is_empty() => in_label = true,
                    // The next place has a number or a link of its own.
                    Element::Number(Some(_)) => break,
                    Element::OwnLink(_) if !words.trim().is_empty() => break,
                    element if !element.is_inline() => words.push(' '),
                    _ => {}
                },
                Step::Close(node) if matches!(self.node(node).element, Element::Number(_)) => in_label = false,
                Step::Words(said) if !in_label => words.push_str(said),
                Step::Words(_) | Step::Close(_) => {}
            }
            if words.len() > 8 * ENOUGH {
                break;
            }
        }
        let plain = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let first = first_words(&plain, ENOUGH);
        match first.len() {
            0 => None,
            length if length == plain.len() => Some(plain),
            _ => Some(format!("{first}…")),
        }
    }
}
