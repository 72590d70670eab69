//! A part of a file of an office as a tree, read strictly: a part that is cut off would lose its end without a word.
//!
//! Input: bytes. Output: a [`Tree`], or where it is broken. Not here: what the elements mean.

use super::xml::{Step, local, walk};
use crate::diagnostic::Unread;

/// How deep elements may lie in each other, and how many there may be.
const DEEPEST: usize = 400;
const MOST: usize = 3_000_000;

/// An element.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tree {
    /// Its name without a prefix.
    pub name: Box<str>,
    /// Its attributes, their names without prefixes.
    pub attributes: Vec<(Box<str>, Box<str>)>,
    /// What is in it.
    pub inside: Vec<Inside>,
}

/// What is in an element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inside {
    /// An element.
    Tree(Tree),
    /// Words.
    Words(Box<str>),
}

impl Tree {
    /// The value of an attribute.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| **own == *name).map(|(_, value)| &**value)
    }

    /// The attribute that most elements of Word have.
    #[must_use]
    pub fn val(&self) -> Option<&str> {
        self.attribute("val")
    }

    /// The elements right in it.
    pub fn trees(&self) -> impl Iterator<Item = &Self> {
        self.inside.iter().filter_map(|inside| match inside {
            Inside::Tree(tree) => Some(tree),
            Inside::Words(_) => None,
        })
    }

    /// The first element of this name right in it.
    #[must_use]
    pub fn child(&self, name: &str) -> Option<&Self> {
        self.trees().find(|tree| &*tree.name == name)
    }

    /// The first element at the end of a path of names.
    #[must_use]
    pub fn find(&self, path: &[&str]) -> Option<&Self> {
        path.iter().try_fold(self, |tree, name| tree.child(name))
    }

    /// Whether a switch that stands in it is on; `None` if it does not stand there.
    #[must_use]
    pub fn switch(&self, name: &str) -> Option<bool> {
        self.child(name).map(|tree| !matches!(tree.val(), Some("0" | "false" | "off" | "none")))
    }

    /// The number that a value is.
    #[must_use]
    pub fn number(&self, name: &str) -> Option<i64> {
        self.child(name).and_then(Self::val).and_then(|value| value.trim().parse().ok())
    }

    /// Visits this element and all in it, from the outside in.
    pub fn each<'tree>(&'tree self, visit: &mut dyn FnMut(&'tree Self)) {
        visit(self);
        for tree in self.trees() {
            tree.each(visit);
        }
    }

    /// All words in it.
    #[must_use]
    pub fn words(&self) -> String {
        let mut words = String::new();
        self.add_words(&mut words);
        words
    }

    fn add_words(&self, words: &mut String) {
        for inside in &self.inside {
            match inside {
                Inside::Tree(tree) => tree.add_words(words),
                Inside::Words(own) => words.push_str(own),
            }
        }
    }
}

/// Reads a part.
///
/// # Errors
/// It is no whole XML, or larger than any text.
pub fn read(bytes: &[u8]) -> Result<Tree, Unread> {
    let mut open: Vec<Tree> = vec![Tree::default()];
    let (mut broken, mut too_much, mut count) = (false, false, 0);
    let walked = walk(bytes, |step| {
        if broken || too_much {
            return;
        }
        match step {
            Step::Open(element) => {
                count += 1;
                too_much = count > MOST || open.len() > DEEPEST;
                let attributes =
                    element.attributes().map(|(name, value)| (local(name).into(), (*value).into())).collect();
                open.push(Tree { name: element.name().into(), attributes, inside: Vec::new() });
            }
            Step::Text(words) => {
                if let Some(tree) = open.last_mut() {
                    match tree.inside.last_mut() {
                        Some(Inside::Words(own)) => *own = format!("{own}{words}").into(),
                        _ => tree.inside.push(Inside::Words((*words).into())),
                    }
                }
            }
            Step::Close(name) => match (open.pop(), open.last_mut()) {
                (Some(tree), Some(parent)) if &*tree.name == name => parent.inside.push(Inside::Tree(tree)),
                _ => broken = true,
            },
            // No program of an office writes one, and what it says could stand for anything.
            Step::Type(_) => broken = true,
            Step::Instruction(_) => {}
        }
    });
    if too_much {
        return Err(Unread::TooMuch);
    }
    let (Some(root), true, false, 1) = (open.pop(), walked.is_ok(), broken, open.len() + 1) else {
        return Err(Unread::Damaged);
    };
    let mut trees = root.inside.into_iter().filter_map(|inside| match inside {
        Inside::Tree(tree) => Some(tree),
        Inside::Words(_) => None,
    });
    trees.next().ok_or(Unread::Damaged)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_cut_off_or_crossed_is_no_tree() {
        let whole = b"<w:a w:val=\"1\">x<w:b/>y &amp; z</w:a>";
        let tree = read(whole).expect("it is whole");
        assert_eq!((tree.val(), tree.words().as_str(), tree.child("b").is_some()), (Some("1"), "xy & z", true));
        for end in 1..whole.len() - 1 {
            assert!(read(&whole[..end]).is_err(), "{end}");
        }
        for broken in ["<a><b></a></b>", "</a>", "", "words", "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>"] {
            assert!(read(broken.as_bytes()).is_err(), "{broken}");
        }
        let deep = "<a>".repeat(5_000) + &"</a>".repeat(5_000);
        assert_eq!(read(deep.as_bytes()), Err(Unread::TooMuch));
    }
}
