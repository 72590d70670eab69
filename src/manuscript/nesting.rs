//! Paragraphs and items one after the other → blocks that hold each other, by the columns in which they begin.
//!
//! Input: blocks and items with their columns. Output: blocks. Not here: what an item or a heading is.

use super::{Block, Inline, Item, paragraph};

/// Builds blocks.
#[derive(Debug, Default)]
pub struct Nesting {
    blocks: Vec<Block>,
    /// The lists that are open: the column in which their items begin, and these.
    open: Vec<(usize, Vec<Item>)>,
}

impl Nesting {
    /// Adds a block that is part of no list.
    pub fn top(&mut self, block: Block) {
        self.close(0);
        // One quotation may have several paragraphs.
        if let (Some(Block::Quotation(before)), Block::Quotation(blocks)) = (self.blocks.last_mut(), &block) {
            before.extend(blocks.iter().cloned());
        } else {
            self.blocks.push(block);
        }
    }

    /// Adds a block, to the item in which it stands if it is moved to the right of it.
    pub fn block(&mut self, column: usize, block: Block) {
        self.close(self.depth(column));
        match self.open.last_mut().and_then(|(_, items)| items.last_mut()) {
            Some(item) => item.blocks.push(block),
            None => self.blocks.push(block),
        }
    }

    /// Adds an item with its printed number, or with a bullet.
    pub fn item(&mut self, column: usize, label: Option<String>, words: Vec<Inline>) {
        let inside = self.depth(column);
        let same = self
            .open
            .get(inside)
            .is_some_and(|(_, items)| items.last().is_some_and(|last| last.label.is_some() == label.is_some()));
        self.close(inside + usize::from(same));
        let item = Item { label, blocks: vec![paragraph(words)] };
        match self.open.last_mut() {
            Some((_, items)) if same => items.push(item),
            _ => self.open.push((column, vec![item])),
        }
    }

    /// All that was added.
    #[must_use]
    pub fn finish(mut self) -> Vec<Block> {
        self.close(0);
        self.blocks
    }

    /// How many open lists a block in this column is inside of.
    fn depth(&self, column: usize) -> usize {
        self.open.iter().take_while(|(own, _)| column > own + 1).count()
    }

    /// Closes the lists from this depth on.
    fn close(&mut self, depth: usize) {
        while self.open.len() > depth {
            let Some((_, items)) = self.open.pop() else { return };
            let list = Block::List(items);
            match self.open.last_mut().and_then(|(_, items)| items.last_mut()) {
                Some(item) => item.blocks.push(list),
                None => self.blocks.push(list),
            }
        }
    }
}
