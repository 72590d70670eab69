//! The texts of pages, for results.
//!
//! Input: a file of texts. Output: what a result shows of each page in it, or [`Broken`]. Not here: which page is where
//! (`core.rs`), and writing these files, which is `index/text.rs`.

use serde::Serialize;

use super::bytes::{Broken, unframed, unpack};

/// What a result shows of a page, beside its passages.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct PageHead {
    /// Its address from the site's root.
    pub address: String,
    /// Its title.
    pub title: String,
    /// What its kind is called.
    pub kind: String,
    /// The body it belongs to; empty if there is none.
    pub body: String,
    /// Its date as pages print it; empty if it has none.
    pub date: String,
    /// Its date as machines read it (ISO 8601); empty if it has none.
    pub iso: String,
    /// Where in its life it is, in words; empty if its kind has no status.
    pub status: String,
}

/// The text of a page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageText {
    /// The first line.
    pub head: PageHead,
    /// Its passages, the head first.
    pub passages: Vec<PassageText>,
}

/// What a result shows of a passage.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PassageText {
    /// What it is: `t`, `1` to `6`, `p`, or `r` and what its kind is called.
    pub kind: String,
    /// Its anchor, without `#`.
    pub anchor: String,
    /// Its label as printed; empty if it has none.
    pub label: String,
    /// Its words; of the head, the summary.
    pub text: String,
    /// The facts of the page; empty for every passage but the head.
    pub facts: String,
}

impl PageHead {
    /// The cells of the first line of a text, in their order.
    pub fn cells(&self) -> [&str; 7] {
        [&self.address, &self.title, &self.kind, &self.body, &self.date, &self.iso, &self.status].map(String::as_str)
    }
}

impl PageText {
    /// Reads the lines of a page.
    ///
    /// # Errors
    /// If there is no line, or one has too few cells.
    pub fn parse(text: &str) -> Result<Self, Broken> {
        let mut lines = text.lines();
        let cells: Vec<String> = lines.next().ok_or(Broken)?.split('\t').map(str::to_owned).collect();
        let [address, title, kind, body, date, iso, status] = cells.try_into().map_err(|_| Broken)?;
        let head = PageHead { address, title, kind, body, date, iso, status };
        let passages = lines.map(PassageText::parse).collect::<Result<_, Broken>>()?;
        Ok(Self { head, passages })
    }
}

impl PassageText {
    fn parse(line: &str) -> Result<Self, Broken> {
        let mut cells = line.splitn(5, '\t').map(str::to_owned);
        let mut next = || cells.next().ok_or(Broken);
        let (kind, anchor, label, text) = (next()?, next()?, next()?, next()?);
        Ok(Self { kind, anchor, label, text, facts: next().unwrap_or_default() })
    }
}

/// The pages of a file of texts.
///
/// # Errors
/// If the file is broken, or what it holds are no pages.
pub fn read_texts(file: &[u8]) -> Result<Vec<PageText>, Broken> {
    let text = String::from_utf8(unpack(unframed(file)?)?).map_err(|_| Broken)?;
    text.trim_end_matches('\n').split("\n\n").map(PageText::parse).collect()
}
