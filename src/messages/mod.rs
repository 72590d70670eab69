//! What is said to authors, as text: for a terminal, and in forms that programs read.
//!
//! Input: diagnostics, sources, words. Output: text. Not here: where it is printed (`cli`), and the wording of messages
//! (`diagnostic`).
//!
//! `report.rs` prints messages for people, with the lines they are about (`excerpt.rs`), as many as fit (`selection.rs`); `difference.rs`
//! shows a change; `json.rs`, `sarif.rs` and `github.rs` are for programs; `text.rs` wraps words and takes out of them what could
//! act in a terminal.

pub(crate) mod difference;
pub(crate) mod excerpt;
pub(crate) mod github;
pub(crate) mod json;
pub(crate) mod places;
pub(crate) mod report;
pub(crate) mod sarif;
pub(crate) mod selection;
pub(crate) mod text;

/// How messages are printed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ReportOptions {
    /// How many characters fit on a line.
    pub(crate) width: usize,
    /// Whether words may be coloured.
    pub(crate) colour: bool,
    /// How many of them are shown.
    pub(crate) extent: Extent,
}

/// How many messages are shown; each shows more than the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Extent {
    /// Examples, with the command that shows more.
    Examples,
    /// Every error and warning; one line for each kind of note that stands at many places, and a score of the files that share
    /// a mistake.
    Mistakes,
    /// Every message.
    Everything,
}
