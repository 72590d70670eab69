//! The inner form: what every reader of this room makes of a foreign document, and the one printer prints.
//!
//! Input: none; these are types. Output: a [`Manuscript`]: blocks with their words and their printed numbers, apart from each
//! other, so that nothing depends on how a program that wrote the document marks them. Not here: places and addresses. The
//! text of a site (`model::Text`) has those, and `compose` alone may give them; it reads what is printed from this.

pub mod counts;
mod escape;
pub mod labels;
pub mod looks;
pub mod nesting;
pub mod pieces;
pub mod print;
pub mod reread;
pub mod said;

use std::collections::BTreeMap;

use crate::model::slug;
use said::Remarks;

/// A foreign document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Manuscript {
    /// Its text.
    pub blocks: Vec<Block>,
    /// Its footnotes; [`Inline::Note`] is an index into them.
    pub notes: Vec<Vec<Block>>,
    /// What it calls itself outside its text: the title of a page.
    pub title: Option<String>,
    /// The address from which it was saved.
    pub address: Option<String>,
    /// The system that made the page, if it says so.
    pub system: Option<String>,
    /// Its language, if it says so and it is not the usual one (BCP 47).
    pub language: Option<String>,
    /// Files beside it that it leads to and that did not come with it: title and address.
    pub papers: Vec<(String, String)>,
    /// Pictures that came with it.
    pub pictures: Vec<Picture>,
    /// Words beside its text that may say on which day it was: the heads of its pages, the title of a saved page.
    pub beside: Vec<String>,
}

/// A picture in a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// The end of its name: `png`.
    pub end: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// A block of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A heading, with its printed number.
    Heading {
        /// 1 to 6.
        level: u8,
        /// The printed number as typed: `7.`, `1.1`.
        label: Option<String>,
        /// Its words.
        words: Vec<Inline>,
    },
    /// A paragraph.
    Paragraph {
        /// The printed number as typed: `7.13`, `(a)`.
        label: Option<String>,
        /// Its words.
        words: Vec<Inline>,
    },
    /// A list.
    List(Vec<Item>),
    /// A table; the first row heads the columns.
    Table(Vec<Vec<Vec<Inline>>>),
    /// Words of somebody else.
    Quotation(Vec<Block>),
    /// Code, line by line.
    Code(String),
    /// A line across.
    Rule,
}

/// An item of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Digits with `.` or `)`, as printed; `None` for a bullet.
    pub label: Option<String>,
    /// What it holds; the first is a paragraph without a number of its own, unless the item is a bullet.
    pub blocks: Vec<Block>,
}

/// Words in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inline {
    /// Words as they are read, unescaped.
    Words(String),
    /// Strong words.
    Strong(Vec<Inline>),
    /// Stressed words.
    Emphasis(Vec<Inline>),
    /// Words in a tag that passes: `sup`, `sub`, `del`.
    Tag(&'static str, Vec<Inline>),
    /// A link.
    Link(String, Vec<Inline>),
    /// A picture: its address or the name it gets, and what it shows.
    Picture(String, String),
    /// A reference to a footnote.
    Note(usize),
    /// A line break.
    Break,
    /// The name of the place that the paragraph before it is.
    Place(String),
}

impl Item {
    /// An item of one line, behind a bullet.
    #[must_use]
    pub fn line(words: Vec<Inline>) -> Self {
        Self { label: None, blocks: vec![paragraph(words)] }
    }
}

impl Inline {
    /// Words without a mark.
    #[must_use]
    pub fn words(text: impl Into<String>) -> Vec<Self> {
        vec![Self::Words(text.into())]
    }
}

impl Manuscript {
    /// The printed numbers of its blocks, in order.
    #[must_use]
    pub fn labels(&self) -> Vec<String> {
        let mut labels = Vec::new();
        self.blocks.iter().for_each(|block| add_labels(block, &mut labels));
        labels
    }

    /// Gives headings and paragraphs with these numbers a name, since the dialect would not see their numbers as such. Returns the numbers of
    /// those that got one.
    pub fn name_places(&mut self, numbers: &[String]) -> Vec<String> {
        let mut known = BTreeMap::new();
        let mut named = Vec::new();
        let mut name = |label: &Option<String>, words: &mut Vec<Inline>| {
            let Some(label) = label.as_ref().filter(|label| numbers.contains(label)) else { return };
            let own = slug(label).trim_start_matches("no-").to_owned();
            if own.is_empty() || words.iter().any(|inline| matches!(inline, Inline::Place(_))) {
                return;
            }
            let count = known.entry(own.clone()).and_modify(|count| *count += 1).or_insert(1);
            let place = if *count == 1 { format!("no-{own}") } else { format!("no-{own}-{count}") };
            words.push(Inline::Place(place));
            named.push(label.clone());
        };
        self.blocks.iter_mut().for_each(|block| each_labelled(block, &mut name));
        named
    }

    /// Puts names in the place of the numbers of pictures.
    pub fn name_pictures(&mut self, names: &[&str]) {
        let blocks = self.blocks.iter_mut().chain(self.notes.iter_mut().flatten());
        blocks.for_each(|block| each_line(block, &mut |words| name_pictures(words, names)));
    }
}

fn add_labels(block: &Block, labels: &mut Vec<String>) {
    match block {
        Block::Heading { label, .. } | Block::Paragraph { label, .. } => labels.extend(label.clone()),
        Block::List(items) => {
            for item in items {
                labels.extend(item.label.clone());
                item.blocks.iter().for_each(|block| add_labels(block, labels));
            }
        }
        Block::Quotation(blocks) => blocks.iter().for_each(|block| add_labels(block, labels)),
        Block::Table(_) | Block::Code(_) | Block::Rule => {}
    }
}

/// Visits each paragraph with its number.
fn each_labelled(block: &mut Block, visit: &mut dyn FnMut(&Option<String>, &mut Vec<Inline>)) {
    match block {
        // The title of a document is no place in it.
        Block::Heading { level: 1, .. } | Block::Quotation(_) | Block::Table(_) | Block::Code(_) | Block::Rule => {}
        Block::Heading { label, words, .. } | Block::Paragraph { label, words } => visit(label, words),
        Block::List(items) => {
            items.iter_mut().flat_map(|item| &mut item.blocks).for_each(|block| each_labelled(block, visit));
        }
    }
}

/// Visits the words of every line of a block.
fn each_line(block: &mut Block, visit: &mut dyn FnMut(&mut Vec<Inline>)) {
    match block {
        Block::Heading { words, .. } | Block::Paragraph { words, .. } => visit(words),
        Block::List(items) => {
            items.iter_mut().flat_map(|item| &mut item.blocks).for_each(|block| each_line(block, visit));
        }
        Block::Table(rows) => rows.iter_mut().flatten().for_each(visit),
        Block::Quotation(blocks) => blocks.iter_mut().for_each(|block| each_line(block, visit)),
        Block::Code(_) | Block::Rule => {}
    }
}

impl Manuscript {
    /// Puts right what the dialect does not have: a second title, and links that could act or that lead to a machine of somebody.
    pub fn settle(&mut self, remarks: &mut Remarks) {
        for (number, block) in self.blocks.iter_mut().enumerate() {
            if let Block::Heading { level, .. } = block {
                *level = if number == 0 { (*level).clamp(1, 6) } else { (*level).clamp(2, 6) };
            }
        }
        let blocks = self.blocks.iter_mut().chain(self.notes.iter_mut().flatten());
        blocks.for_each(|block| each_line(block, &mut |words| unlink(words, remarks)));
        join_lists(&mut self.blocks);
        self.notes.iter_mut().for_each(join_lists);
    }
}

/// Lists of one sort that follow each other are one: Markdown has no way to tell them apart.
fn join_lists(blocks: &mut Vec<Block>) {
    let mut out: Vec<Block> = Vec::with_capacity(blocks.len());
    for mut block in blocks.drain(..) {
        match &mut block {
            Block::Quotation(inner) => join_lists(inner),
            Block::List(items) => items.iter_mut().for_each(|item| join_lists(&mut item.blocks)),
            _ => {}
        }
        let is_numbered = |items: &[Item]| items.first().is_some_and(|item| item.label.is_some());
        match (out.last_mut(), block) {
            (Some(Block::List(before)), Block::List(items)) if is_numbered(before) == is_numbered(&items) => {
                before.extend(items);
            }
            (_, block) => out.push(block),
        }
    }
    *blocks = out;
}

/// Takes links away that lead to no page, and keeps their words.
fn unlink(words: &mut Vec<Inline>, remarks: &mut Remarks) {
    let mut out = Vec::with_capacity(words.len());
    for inline in words.drain(..) {
        match inline {
            Inline::Link(target, mut inner) => {
                unlink(&mut inner, remarks);
                if is_followed(&target) {
                    out.push(Inline::Link(target, without_links(inner)));
                } else {
                    remarks.dropped("addresses of links that lead to no page", &target);
                    out.extend(inner);
                }
            }
            Inline::Strong(mut inner) => {
                unlink(&mut inner, remarks);
                out.push(Inline::Strong(inner));
            }
            Inline::Emphasis(mut inner) => {
                unlink(&mut inner, remarks);
                out.push(Inline::Emphasis(inner));
            }
            Inline::Tag(name, mut inner) => {
                unlink(&mut inner, remarks);
                out.push(Inline::Tag(name, inner));
            }
            other => out.push(other),
        }
    }
    *words = out;
}

/// Words without links: there is none in a link.
fn without_links(words: Vec<Inline>) -> Vec<Inline> {
    let mut out = Vec::with_capacity(words.len());
    for inline in words {
        match inline {
            Inline::Link(_, inner) => out.extend(without_links(inner)),
            Inline::Strong(inner) => out.push(Inline::Strong(without_links(inner))),
            Inline::Emphasis(inner) => out.push(Inline::Emphasis(without_links(inner))),
            Inline::Tag(name, inner) => out.push(Inline::Tag(name, without_links(inner))),
            other => out.push(other),
        }
    }
    out
}

/// Whether a link leads to something on the web, or to a place or a file of the site.
fn is_followed(target: &str) -> bool {
    let scheme = target.split(['/', '?', '#']).next().unwrap_or_default().split_once(':').map(|(scheme, _)| scheme);
    match scheme {
        Some(scheme) => ["http", "https", "mailto", "tel"].iter().any(|known| scheme.eq_ignore_ascii_case(known)),
        None => !target.trim().is_empty() && !target.contains('\\'),
    }
}

fn name_pictures(words: &mut [Inline], names: &[&str]) {
    for inline in words {
        match inline {
            Inline::Picture(target, _) => {
                let number = target.strip_prefix(PICTURE).and_then(|number| number.parse::<usize>().ok());
                if let Some(name) = number.and_then(|number| names.get(number)) {
                    *target = (*name).to_owned();
                }
            }
            Inline::Strong(inner) | Inline::Emphasis(inner) | Inline::Tag(_, inner) | Inline::Link(_, inner) => {
                name_pictures(inner, names);
            }
            _ => {}
        }
    }
}

/// Begins the address of a picture that has no name yet; its number in [`Manuscript::pictures`] follows.
pub const PICTURE: &str = "picture:";

/// A paragraph without a number.
pub fn paragraph(words: Vec<Inline>) -> Block {
    Block::Paragraph { label: None, words }
}

/// The words of inline elements, as they are read.
#[must_use]
pub fn plain(words: &[Inline]) -> String {
    let mut text = String::new();
    add_plain(words, &mut text);
    text
}

fn add_plain(words: &[Inline], text: &mut String) {
    for inline in words {
        match inline {
            Inline::Words(words) => text.push_str(words),
            Inline::Strong(inner) | Inline::Emphasis(inner) | Inline::Tag(_, inner) | Inline::Link(_, inner) => {
                add_plain(inner, text);
            }
            Inline::Picture(_, shown) => text.push_str(shown),
            Inline::Break => text.push('\n'),
            Inline::Note(_) | Inline::Place(_) => {}
        }
    }
}

/// The same words with blanks as a line has them: none at its ends, one between words; marks that hold nothing are gone, and
/// neighbours that are alike are one.
#[must_use]
pub fn tidy(words: Vec<Inline>) -> Vec<Inline> {
    let mut blank = true;
    let mut words = squeezed(words, &mut blank);
    trim_end(&mut words);
    joined(words)
}

/// Collapses blanks; `blank`: whether what stands before ends with one, or is the beginning of a line.
fn squeezed(words: Vec<Inline>, blank: &mut bool) -> Vec<Inline> {
    let mut out = Vec::with_capacity(words.len());
    for inline in words {
        match inline {
            Inline::Words(words) => {
                let mut text = String::with_capacity(words.len());
                for letter in words.chars() {
                    if letter.is_whitespace() {
                        if !*blank {
                            text.push(' ');
                        }
                        *blank = true;
                    } else {
                        text.push(letter);
                        *blank = false;
                    }
                }
                if !text.is_empty() {
                    out.push(Inline::Words(text));
                }
            }
            Inline::Strong(inner) => out.extend(wrapped(squeezed(inner, blank), Inline::Strong)),
            Inline::Emphasis(inner) => out.extend(wrapped(squeezed(inner, blank), Inline::Emphasis)),
            Inline::Tag(name, inner) => out.extend(wrapped(squeezed(inner, blank), |inner| Inline::Tag(name, inner))),
            Inline::Link(target, inner) => {
                out.extend(wrapped(squeezed(inner, blank), |inner| Inline::Link(target.clone(), inner)));
            }
            Inline::Break => {
                trim_end(&mut out);
                out.push(Inline::Break);
                *blank = true;
            }
            Inline::Note(_) | Inline::Picture(..) | Inline::Place(_) => {
                *blank = false;
                out.push(inline);
            }
        }
    }
    out
}

/// Inline elements in a mark, with the blanks at its ends outside it.
fn wrapped(mut inner: Vec<Inline>, wrap: impl Fn(Vec<Inline>) -> Inline) -> Vec<Inline> {
    let before = starts_blank(&inner);
    if before {
        trim_start(&mut inner);
    }
    let after = ends_blank(&inner);
    trim_end(&mut inner);
    let blank = || Inline::Words(" ".to_owned());
    if inner.is_empty() {
        return if before || after { vec![blank()] } else { Vec::new() };
    }
    let mut out = Vec::new();
    out.extend(before.then(blank));
    out.push(wrap(inner));
    out.extend(after.then(blank));
    out
}

fn starts_blank(words: &[Inline]) -> bool {
    matches!(words.first(), Some(Inline::Words(words)) if words.starts_with(' '))
}

fn ends_blank(words: &[Inline]) -> bool {
    matches!(words.last(), Some(Inline::Words(words)) if words.ends_with(' '))
}

fn trim_start(words: &mut Vec<Inline>) {
    if let Some(Inline::Words(first)) = words.first_mut() {
        *first = first.trim_start().to_owned();
        if first.is_empty() {
            words.remove(0);
        }
    }
}

fn trim_end(words: &mut Vec<Inline>) {
    while let Some(last) = words.last_mut() {
        match last {
            Inline::Words(text) => {
                text.truncate(text.trim_end().len());
                if !text.is_empty() {
                    return;
                }
                words.pop();
            }
            Inline::Break => drop(words.pop()),
            Inline::Strong(inner) | Inline::Emphasis(inner) | Inline::Tag(_, inner) | Inline::Link(_, inner) => {
                trim_end(inner);
                if !inner.is_empty() {
                    return;
                }
                words.pop();
            }
            Inline::Note(_) | Inline::Picture(..) | Inline::Place(_) => return,
        }
    }
}

/// Neighbours that are alike as one: Word parts a line wherever somebody corrected a letter.
fn joined(words: Vec<Inline>) -> Vec<Inline> {
    let mut out: Vec<Inline> = Vec::with_capacity(words.len());
    let mut words = words.into_iter().peekable();
    while let Some(inline) = words.next() {
        // A blank between two strong stretches is one of them.
        if let (Some(last), Inline::Words(blank), Some(next)) = (out.last_mut(), &inline, words.peek())
            && blank == " "
        {
            match (last, next) {
                (Inline::Strong(first), Inline::Strong(_)) | (Inline::Emphasis(first), Inline::Emphasis(_)) => {
                    first.push(inline);
                }
                _ => out.push(inline),
            }
            continue;
        }
        match (out.last_mut(), inline) {
            (Some(Inline::Words(last)), Inline::Words(words)) => last.push_str(&words),
            (Some(Inline::Strong(last)), Inline::Strong(inner))
            | (Some(Inline::Emphasis(last)), Inline::Emphasis(inner)) => last.extend(inner),
            (Some(Inline::Link(own, last)), Inline::Link(target, inner)) if *own == target => last.extend(inner),
            (Some(Inline::Tag(own, last)), Inline::Tag(name, inner)) if *own == name => last.extend(inner),
            (_, inline) => out.push(inline),
        }
    }
    for inline in &mut out {
        if let Inline::Strong(inner) | Inline::Emphasis(inner) | Inline::Tag(_, inner) | Inline::Link(_, inner) = inline
        {
            *inner = joined(std::mem::take(inner));
        }
    }
    out
}

/// Takes `count` bytes of plain words from the end.
pub fn cut_end(words: &mut Vec<Inline>, mut count: usize) {
    while count > 0
        && let Some(last) = words.last_mut()
    {
        match last {
            Inline::Words(text) => {
                let part = count.min(text.len());
                text.truncate(text.len() - part);
                count -= part;
                if text.is_empty() {
                    words.pop();
                }
            }
            Inline::Strong(inner) | Inline::Emphasis(inner) | Inline::Tag(_, inner) | Inline::Link(_, inner) => {
                let length = plain(inner).len();
                cut_end(inner, count);
                count = count.saturating_sub(length);
                if inner.is_empty() {
                    words.pop();
                }
            }
            Inline::Break => {
                count -= 1;
                words.pop();
            }
            Inline::Note(_) | Inline::Picture(..) | Inline::Place(_) => return,
        }
    }
}

/// Takes `count` bytes of plain words from the front.
pub fn cut_front(words: &mut Vec<Inline>, mut count: usize) {
    while count > 0 && !words.is_empty() {
        match &mut words[0] {
            Inline::Words(text) => {
                let part = count.min(text.len());
                text.drain(..part);
                count -= part;
                if text.is_empty() {
                    words.remove(0);
                }
            }
            Inline::Strong(inner) | Inline::Emphasis(inner) | Inline::Tag(_, inner) | Inline::Link(_, inner) => {
                let length = plain(inner).len();
                cut_front(inner, count);
                count = count.saturating_sub(length);
                if inner.is_empty() {
                    words.remove(0);
                }
            }
            Inline::Break => {
                count -= 1;
                words.remove(0);
            }
            Inline::Note(_) | Inline::Picture(..) | Inline::Place(_) => return,
        }
    }
}
