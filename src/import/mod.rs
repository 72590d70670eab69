//! Other people's documents → the dialect.
//!
//! Input: the name and the bytes of a Word file, a saved page or a pasted text. Output: its text as a [`Manuscript`], what was
//! dropped and what is in doubt, and what a second reader counts in it. Not here: where the file goes, and what the site makes of it
//! (`stages/import.rs`), and the disk (`cli`).
//!
//! | a document | is read by | is counted by |
//! |---|---|---|
//! | pasted text | `pasted.rs`, by `lines.rs`, `furniture.toml` | `tally_text.rs` |
//! | Word | `word.rs`, by `word_blocks.rs`, `word_runs.rs`, `word_numbers.rs`, `word_styles.rs` on trees (`tree.rs`) | `tally_word.rs` |
//!
//! Each yields the one inner form (`manuscript.rs`), which `markdown.rs` prints; `head.rs` writes what stands above it. A second
//! reader shares no code with the first, so that what the first does not see is missed by nobody.

pub mod counts;
mod escape;
mod furniture;
pub mod head;
mod labels;
mod lines;
mod looks;
pub mod manuscript;
pub mod markdown;
mod marked;
mod nesting;
mod pasted;
mod pieces;
pub mod reread;
pub mod said;
mod sort;
mod tally_text;
mod tally_word;
mod tree;
mod word;
mod word_blocks;
mod word_numbers;
mod word_runs;
mod word_styles;

pub use manuscript::Manuscript;
pub use sort::{Refusal, Sort};

use counts::Tally;
use said::Remarks;

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
        Sort::Text => {
            let text = sort::characters(bytes)?;
            let manuscript = pasted::read(&text, &mut remarks);
            Ok(Document { manuscript, remarks, tally: tally_text::tally(&text) })
        }
    }
}
