//! Paragraphs and tables one after the other, as a Word file or a page has them → blocks: which are headings by their look, and what
//! stands in what.
//!
//! Input: [`Piece`]s. Output: blocks. Not here: how a piece is marked in its document.

use super::labels::{self, Sort};
use super::looks;
use super::nesting::Nesting;
use super::{Block, Inline, Item, cut_front, paragraph, plain, tidy};

/// A paragraph or a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// How far it is moved to the right; of an item, its bullet or number.
    pub column: usize,
    /// What it is.
    pub sort: PieceSort,
    /// The number before it, as printed.
    pub label: Option<String>,
    /// Its words.
    pub words: Vec<Inline>,
    /// Whether all its words are strong.
    pub is_strong: bool,
}

/// What a piece is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PieceSort {
    /// A paragraph.
    Paragraph,
    /// An item with a bullet.
    Bullet,
    /// A heading by its style: its level from 0, or the title.
    Heading(Option<u8>),
    /// A paragraph of a quotation.
    Quotation,
    /// A table: rows of cells, and of each whether it heads the columns.
    Table(Vec<Vec<Vec<Inline>>>),
}

/// Signs that stand for bullets where people typed them.
const BULLETS: [char; 9] = ['•', '·', '▪', '●', '○', '◦', '‣', '\u{f0b7}', '\u{f0a7}'];

/// Takes a number or a bullet that somebody typed from the front of words.
pub fn typed(words: &mut Vec<Inline>, label: &mut Option<String>, sort: &mut PieceSort) {
    let text = plain(words);
    let first = text.chars().next().unwrap_or_default();
    let rest = &text[first.len_utf8().min(text.len())..];
    let is_bullet = BULLETS.contains(&first) || (matches!(first, '-' | '–' | '*') && !rest.trim().is_empty());
    if *sort == PieceSort::Paragraph && is_bullet && rest.starts_with(char::is_whitespace) {
        cut_front(words, text.len() - rest.trim_start().len());
        *sort = PieceSort::Bullet;
        return;
    }
    let is_heading = matches!(sort, PieceSort::Heading(_));
    let found = labels::label(&text).filter(|label| match &label.sort {
        Sort::Bare(_) => false,
        Sort::Dotted(_) => is_heading || !text[label.length..].starts_with(char::is_lowercase),
        _ => true,
    });
    if let Some(found) = found {
        cut_front(words, found.length);
        *label = Some(found.typed);
    }
}

/// Pieces → blocks: which are headings by their look, and what stands in what.
#[must_use]
pub fn arranged(mut pieces: Vec<Piece>) -> Vec<Block> {
    let has_title = pieces.iter().any(|piece| piece.sort == PieceSort::Heading(None));
    let is_first = |piece: &Piece| matches!(piece.sort, PieceSort::Heading(Some(0)));
    let ones = pieces.iter().filter(|piece| is_first(piece)).count();
    // One heading of the first level that opens the text is its title.
    let shift = if !has_title && ones == 1 && pieces.first().is_some_and(is_first) { 1 } else { 2 };
    // Below a title of its own, the highest headings are of the second level.
    let highest = pieces.iter().filter_map(|piece| match piece.sort {
        PieceSort::Heading(level) => level,
        _ => None,
    });
    let highest = if has_title { highest.min().unwrap_or_default() } else { 0 };
    let by_look: Vec<bool> = (0..pieces.len()).map(|at| heads(&pieces, at)).collect();
    let opens =
        !has_title && shift == 2 && pieces.first().is_some_and(is_title_line) && by_look.iter().any(|heads| *heads);
    let mut nesting = Nesting::default();
    for (at, piece) in pieces.drain(..).enumerate() {
        let level = match piece.sort {
            PieceSort::Heading(None) => Some(1),
            PieceSort::Heading(Some(level)) => Some((level - highest + shift).min(6)),
            _ if at == 0 && opens => Some(1),
            _ if by_look[at] => Some(if matches!(sort_of(&piece), Some(Sort::Dotted(_))) { 3 } else { 2 }),
            _ => None,
        };
        match level {
            Some(level) => nesting.top(headed(level, piece)),
            None => add(piece, &mut nesting),
        }
    }
    nesting.finish()
}

fn sort_of(piece: &Piece) -> Option<Sort> {
    let label = piece.label.as_deref()?;
    labels::label(&format!("{label} X")).map(|label| label.sort)
}

fn is_title_line(piece: &Piece) -> bool {
    let text = plain(&piece.words);
    let is_line = matches!(piece.sort, PieceSort::Paragraph) && piece.label.is_none();
    is_line && piece.is_strong && looks::is_title(&text) && !looks::opens_record(&text)
}

/// Whether a strong line heads what stands below it.
fn heads(pieces: &[Piece], at: usize) -> bool {
    let piece = &pieces[at];
    let text = plain(&piece.words);
    let is_line = matches!(piece.sort, PieceSort::Paragraph) && piece.is_strong;
    let may_be_labelled = !matches!(sort_of(piece), Some(Sort::Bracket | Sort::Letter));
    let next = pieces.get(at + 1);
    let is_below = next.is_some_and(|next| !next.is_strong || next.label.is_some() || piece.label.is_some());
    is_line && may_be_labelled && is_below && looks::is_title(&text) && !looks::opens_record(&text)
}

/// A heading, without marks that a heading has anyway.
fn headed(level: u8, piece: Piece) -> Block {
    let mut words = piece.words;
    while let [Inline::Strong(inner)] = words.as_mut_slice() {
        words = std::mem::take(inner);
    }
    match piece.label {
        Some(label) => Block::Heading { level, label: Some(label), words },
        None => heading(level, words),
    }
}

fn add(piece: Piece, nesting: &mut Nesting) {
    let sort = sort_of(&piece);
    let Piece { column, label, words, .. } = piece;
    match piece.sort {
        PieceSort::Bullet => nesting.item(column, None, words),
        PieceSort::Table(rows) => nesting.top(Block::Table(rows)),
        PieceSort::Quotation => {
            // Its style may make all of it strong; that it is a quotation says as much.
            let words = match words.as_slice() {
                [Inline::Strong(inner) | Inline::Emphasis(inner)] => inner.clone(),
                _ => words,
            };
            let inside = match sort {
                Some(Sort::Number(_)) => Block::List(vec![Item { label, blocks: vec![paragraph(words)] }]),
                _ => Block::Paragraph { label, words },
            };
            nesting.top(Block::Quotation(vec![inside]));
        }
        _ if matches!(sort, Some(Sort::Number(_))) => nesting.item(column, label, words),
        _ if label.is_some() => nesting.block(column, Block::Paragraph { label, words }),
        _ => nesting.block(column, paragraph(words)),
    }
}

/// Whether all words of a line are strong.
#[must_use]
pub fn is_strong(words: &[Inline]) -> bool {
    let is_strong = |inline: &Inline| match inline {
        Inline::Strong(_) | Inline::Break => true,
        Inline::Words(words) => !words.chars().any(char::is_alphanumeric),
        Inline::Link(_, inner) | Inline::Emphasis(inner) | Inline::Tag(_, inner) => {
            inner.iter().all(|inline| matches!(inline, Inline::Strong(_)))
        }
        _ => false,
    };
    !words.is_empty() && words.iter().any(|inline| !matches!(inline, Inline::Break)) && words.iter().all(is_strong)
}

/// What is in a cell, as a line.
#[must_use]
pub fn in_cell(pieces: Vec<Piece>) -> Vec<Inline> {
    let mut words: Vec<Inline> = Vec::new();
    for piece in pieces {
        if !words.is_empty() {
            words.push(Inline::Break);
        }
        match piece.sort {
            PieceSort::Bullet => words.push(Inline::Words("• ".to_owned())),
            PieceSort::Table(rows) => {
                for cell in rows.into_iter().flatten().filter(|cell| !cell.is_empty()) {
                    words.extend(cell);
                    words.push(Inline::Break);
                }
            }
            _ => {}
        }
        words.extend(piece.label.map(|label| Inline::Words(format!("{label} "))));
        words.extend(piece.words);
    }
    tidy(words)
}

/// A table that only places numbers beside words, as many minutes are typed: its words as paragraphs with their numbers, and the words
/// of the row that heads its columns, if there is one. `None`: it is another table.
#[must_use]
pub fn numbered(rows: &[Vec<Vec<Piece>>]) -> Option<(Vec<Piece>, String)> {
    let rows: Vec<&Vec<Vec<Piece>>> = rows.iter().filter(|row| row.iter().any(|cell| !cell.is_empty())).collect();
    let heads = rows.first()?.first().is_some_and(|cell| number_alone(cell).is_none());
    let (head, rows) = rows.split_at(usize::from(heads));
    if rows.len() < 2 {
        return None;
    }
    let mut pieces = Vec::new();
    for row in rows {
        let [first, second] = row.as_slice() else { return None };
        let at = pieces.len();
        pieces.extend(second.iter().cloned());
        let opening: &mut Piece = pieces.get_mut(at)?;
        if opening.label.is_some() || opening.sort != PieceSort::Paragraph {
            return None;
        }
        opening.label = Some(number_alone(first)?);
    }
    let head = head.iter().flat_map(|row| row.iter()).flatten();
    // What stands above numbers is a word or two: a sentence there is no head of columns.
    let head: Vec<String> = head.map(|piece| plain(&piece.words)).collect();
    let is_short = head.iter().all(|words| words.split_whitespace().count() < 5);
    is_short.then(|| (pieces, head.join(" ")))
}

/// The number that is all that stands in a cell.
fn number_alone(cell: &[Piece]) -> Option<String> {
    let [piece] = cell else { return None };
    let words = plain(&piece.words);
    match &piece.label {
        Some(label) if words.is_empty() => Some(label.clone()),
        None => labels::label(&format!("{words} X")).filter(|label| label.typed == words).map(|label| label.typed),
        Some(_) => None,
    }
}

/// What is said of such a table, and of the row that heads its columns.
pub const NUMBERED: &str = "tables that only place numbers beside words; these are paragraphs with their numbers";
/// See [`NUMBERED`].
pub const HEADS: &str = "heads of columns that only place things";

/// A heading, with its number apart and without marks that a heading has anyway.
#[must_use]
pub fn heading(level: u8, mut words: Vec<Inline>) -> Block {
    while let [Inline::Strong(_)] = words.as_slice()
        && let Some(Inline::Strong(inner)) = words.pop()
    {
        words = inner;
    }
    let text = plain(&words);
    let label = labels::label(&text).filter(|label| match label.sort {
        Sort::Dotted(_) | Sort::Number(_) => true,
        Sort::Bare(number) => {
            crate::model::Date::parse(&format!("{number} {} 2000", first(&text[label.length..]))).is_none()
        }
        Sort::Bracket | Sort::Letter => false,
    });
    if let Some(label) = &label {
        cut_front(&mut words, label.length);
    }
    Block::Heading { level, label: label.map(|label| label.typed), words }
}

/// The first word of a text.
#[must_use]
pub fn first(text: &str) -> &str {
    text.split(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default()
}
