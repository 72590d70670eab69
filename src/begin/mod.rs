//! What somebody is given who begins: the files of a new site, the first text of a document, the manual in sections.
//!
//! Input: answers, kinds, what a site knows. Output: [`NewFile`]s, and [`Section`]s of the manual. Not here: asking, and writing to
//! the disk (`cli`, `write`). **What a new site holds is data**: `partnerships.toml` has the sorts of partnership, the other
//! files of this folder are what is written, with `«…»` in the place of an answer. Settings are explained from
//! `model/settings.toml`, heads and headings come from the kinds.

mod answers;
mod document;
mod explained;
mod known;
mod manual;
mod plain;
mod reference;
mod said;
mod schedulers;
mod schemas;
mod site;
mod snippets;
mod words;

pub use answers::{bodies_named, mail_address, sort_named};
pub use document::{Lacks, document};
pub use known::Known;
pub use manual::{MANUAL, Section, find};
pub use plain::plain;
pub use reference::{holds, reference};
pub use said::{Place, Said, is_part_of_text, kind_named, usage};
pub use schedulers::schedulers;
pub use site::{Answers, Sort, made_up_address, new_site, sorts};

/// A file to be written where none is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFile {
    /// From the folder of the site on, with `/` between the names.
    pub path: String,
    /// What it holds.
    pub text: String,
    /// Whether it is an example: a draft to learn from.
    pub example: bool,
}

impl NewFile {
    fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        Self { path: path.into(), text: text.into(), example: false }
    }
}
