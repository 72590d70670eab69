//! CommonMark and the syntax of the dialect (content.md §3): what was typed becomes structure.
//!
//! Input: the text of a document. Output: its events, each with its place in the source, and what a line holds beside
//! CommonMark: attributes, references, marked words. Not here: what the words mean (`recognise`), what may be shown
//! (`disclosure`), and the text that is made of it (`compose`).
//!
//! | step | file | |
//! |---|---|---|
//! | prepare | `prepare` | invisible characters go; every place remembers where it was typed |
//! | read | `events` | CommonMark's grammar; the only file that chooses its options |
//! | lay out | `layout`, `grids`, `leftovers`, `pasted` | Word's bullets and indented text become ordinary text, drawn tables tables; what other programs left is named, and so are tables with tabs |
//! | HTML | `html_blocks` with `html_regions`, `html_tables`, `html_writer`; `html_inline`; `html_tags`, `raw_html` | HTML becomes the Markdown that means the same; what has no such meaning is text |
//! | plan | `plan`, `attributes`, `links` | what a line holds beside CommonMark |
//! | ends | `extent`, `enclosed`, `footnotes` | how far something reaches that CommonMark does not know: blocks of colons, elements of HTML, notes that only a passage refers to |
//! | leaves | `blocks` | headings, paragraphs, items and cells with their words once: what the passes of recognition read |

pub(crate) mod attributes;
pub(crate) mod blocks;
pub(crate) mod enclosed;
pub(crate) mod events;
pub(crate) mod extent;
pub(crate) mod footnotes;
pub(crate) mod layout;
pub(crate) mod leftovers;
pub(crate) mod html_blocks;
pub(crate) mod html_inline;
pub(crate) mod grids;
mod html_regions;
mod html_tables;
mod html_tags;
mod html_writer;
pub(crate) mod links;
pub(crate) mod pasted;
pub(crate) mod plan;
pub(crate) mod prepare;
pub(crate) mod raw_html;
pub(crate) mod unseen;
