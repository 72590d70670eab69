//! The words of a file that is read, handed on to whoever compares them with something.
//!
//! Input: words, as the reader of a format comes by them. Output: the same for a listener, part by part, with the page if the
//! format has pages. Not here: what is listened for (`leaks`).

use super::formats::FORMATS;
use crate::archive::xml::{Step, walk};
use crate::diagnostic::Unread;

/// A sheet or a table: the number of each row that has anything in it, and its cells.
pub type Rows = Vec<(usize, Vec<Box<str>>)>;

/// Hears words, and on which page they stand.
pub type Hear<'a> = &'a mut dyn FnMut(&str, Option<u32>);

/// How many bytes of words of one file are heard.
const LONGEST: usize = 50_000_000;

/// Hands words on, if somebody listens, and keeps the first of them.
pub struct Spoken<'hear> {
    hear: Option<Hear<'hear>>,
    left: usize,
    opening: String,
    sheets: Vec<Rows>,
}

/// How many bytes of words are kept of the beginning of each file, where it says what it is.
const OPENING: usize = 600;

impl<'hear> Spoken<'hear> {
    /// For this listener; nothing is made ready for none.
    pub fn new(hear: Option<Hear<'hear>>) -> Self {
        Self { hear, left: LONGEST, opening: String::new(), sheets: Vec::new() }
    }

    /// Whether anybody listens, or the beginning was not reached yet.
    pub fn is_heard(&self) -> bool {
        self.hear.is_some() || self.opening.is_empty()
    }

    /// Keeps the rows of sheets or tables, which say of themselves who may see them.
    pub fn keep_sheets(&mut self, sheets: Vec<Rows>) {
        self.sheets = sheets;
    }

    /// The rows that were kept.
    pub fn take_sheets(&mut self) -> Vec<Rows> {
        std::mem::take(&mut self.sheets)
    }

    /// The first words of the file.
    pub fn opening(self) -> Box<str> {
        self.opening.into()
    }

    /// Hands a text on.
    ///
    /// # Errors
    /// The file has more words than are heard.
    pub fn say(&mut self, text: &str, page: Option<u32>) -> Result<(), Unread> {
        if self.opening.is_empty() {
            let words = text.trim_start();
            self.opening = words[..words.floor_char_boundary(OPENING)].to_owned();
        }
        let Some(hear) = &mut self.hear else { return Ok(()) };
        self.left = self.left.checked_sub(text.len()).ok_or(Unread::TooMuch)?;
        hear(text, page);
        Ok(())
    }
}

/// Adds the words of a part of a file of an office to `text`: those between all tags, or of the elements alone that hold words.
/// Of a part that is broken, the words before that place.
pub fn add_words(part: &[u8], are_all_words: bool, text: &mut String) {
    let office = &FORMATS.office;
    let mut open = 0_usize;
    let _ = walk(part, |step| match step {
        _ if text.len() > LONGEST => {}
        Step::Open(element) => {
            let name = element.name();
            open += usize::from(office.words.contains(name));
            if office.pauses.contains(name) {
                text.push('\n');
            }
        }
        Step::Close(name) => {
            open = open.saturating_sub(usize::from(office.words.contains(name)));
            if office.pauses.contains(name) {
                text.push('\n');
            }
        }
        // The name of a sign that is not known is no word.
        Step::Text(words) if words.starts_with('&') && words.ends_with(';') => text.push(' '),
        Step::Text(words) if are_all_words || open > 0 => text.push_str(&words),
        _ => {}
    });
}
