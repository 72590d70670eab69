//! Other people's documents → the dialect.
//!
//! Input: the name and the bytes of a Word file, a saved page or a pasted text. Output: its text as a [`Manuscript`], what was
//! dropped and what is in doubt, and what a second reader counts in it. Not here: where the file goes, and what the site makes of it
//! (`stages/import.rs`), and the disk (`cli`).
//!
//! | a document | is read by | is counted by |
//! |---|---|---|
//! | pasted text | `pasted.rs`, by `lines.rs`, `furniture.toml` | `tally_text.rs` |
//! | Word | `word.rs`, by `word_blocks.rs`, `word_runs.rs`, on trees (`archive/tree.rs`) and with what elements mean (`wordml`) | `tally_word.rs` |
//! | a saved page | `page.rs`, by `page_blocks.rs`, `pages.toml` on trees (`html.rs`); out of one file by `mht.rs` | `tally_page.rs` |
//!
//! Each yields the one inner form, a `manuscript`; `head.rs` writes what stands above its print. A second
//! reader shares no code with the first, so that what the first does not see is missed by nobody.

mod furniture;
pub mod head;
mod html;
mod lines;
mod marked;
mod mht;
mod page;
mod page_blocks;
mod page_marks;
mod pasted;
mod sort;
mod tally_page;
mod tally_text;
mod tally_word;
mod word;
mod word_blocks;
mod word_runs;

pub use sort::{Refusal, Sort};

use crate::manuscript::Manuscript;
use crate::manuscript::counts::Tally;
use crate::manuscript::said::Remarks;

/// Which text holds where a document has changes that nobody has accepted or declined, or comments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Changes {
    /// The new text.
    Accept,
    /// The text as it was.
    Reject,
}

/// A document, read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document {
    /// Its text.
    pub manuscript: Manuscript,
    /// What was dropped, and what is in doubt.
    pub remarks: Remarks,
    /// What a second reader counts in it.
    pub tally: Tally,
}

/// Reads a document. `name`: that of its file.
///
/// # Errors
/// Why it is not read.
pub fn read(name: &str, bytes: &[u8], changes: Option<Changes>) -> Result<Document, Refusal> {
    let mut remarks = Remarks::default();
    match sort::sort(name, bytes)? {
        Sort::Word => word::read(bytes, changes),
        Sort::Page => {
            let page = sort::page(bytes);
            let manuscript = page::read(&page.text, page.address, &mut remarks);
            Ok(Document { manuscript, remarks, tally: tally_page::tally(&page.text) })
        }
        Sort::Text => {
            let text = sort::characters(bytes)?;
            let manuscript = pasted::read(&text, &mut remarks);
            Ok(Document { manuscript, remarks, tally: tally_text::tally(&text) })
        }
    }
}
