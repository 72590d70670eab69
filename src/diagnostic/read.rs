//! What `read` says to an author, and the words for every [`SourceError`].
//!
//! Input: paths and errors. `read` reports folders, attachments and conflict copies; a text that cannot be read
//! is reported by the stage that would have read it, with the same words ([`Diagnostics::unreadable`]).

use super::{Diagnostic, Diagnostics};
use crate::source::{SourceError, Span};

impl Diagnostics {
    /// The file at `path` cannot be used. `span` is its source, if it is one.
    pub fn unreadable(&mut self, span: Option<Span>, path: &str, error: &SourceError) -> &mut Diagnostic {
        let why = "What is in it is held back; readers see the site as if the file were not there.";
        let diagnostic = self.add("unreadable", span, seen(path, error), why, fix(error));
        diagnostic.place = span.is_none().then(|| path.into());
        diagnostic
    }

    /// The folder at `path` cannot be used, nor can anything in it.
    pub fn unreadable_folder(&mut self, path: &str, error: &SourceError) {
        let title = match error {
            SourceError::Link(target) => {
                format!("The folder `{path}` is a link to `{target}`, and links to folders are not followed")
            }
            _ => seen(path, error),
        };
        let fix = match error {
            SourceError::Link(_) => "Put a copy of the folder in the place of the link.".to_owned(),
            _ => fix(error),
        };
        let why = "Everything in this folder is held back; readers see the site as if it were not there.";
        self.add("unreadable", None, title, why, fix).place = Some(path.into());
    }

    /// The text at `path` is a second version of `original`, left by a program that keeps folders in step.
    pub fn conflict_copy(&mut self, path: &str, original: &str) {
        let (copy, kept) = (file_name(path), file_name(original));
        let title = format!("`{copy}` looks like a second version of `{kept}`; it is left out");
        let why = "When two people save one document at the same time, OneDrive, Dropbox and the like keep both. \
                   Published side by side, readers could not tell which of the two holds.";
        let fix = format!(
            "Compare the two, bring what is missing into `{kept}`, and delete `{copy}`. If it is a document of its \
             own, give it another name."
        );
        self.add("conflict-copy", None, title, why, fix).place = Some(path.into());
    }
}

fn seen(path: &str, error: &SourceError) -> String {
    match error {
        SourceError::Forbidden => format!("`{path}` may not be opened from this account"),
        SourceError::Vanished => format!("`{path}` was listed, and then it was gone"),
        SourceError::Link(target) => format!("`{path}` is a link to `{target}`, which is no file of this site"),
        SourceError::NotAFile => format!("`{path}` is no file that can be read, but a pipe, a socket or a device"),
        SourceError::TooLong(limit) => {
            format!("`{path}` is longer than {} MB, the most that one text may have", limit / 1_000_000)
        }
        SourceError::Name => format!("The name `{path}` has characters that cannot be read"),
        SourceError::Other(words) => format!("`{path}` cannot be read: {words}"),
    }
}

fn fix(error: &SourceError) -> String {
    match error {
        SourceError::Forbidden => "Give the account that builds the site the right to read it.",
        SourceError::Vanished => "Wait until the program that is changing it has finished, then build again.",
        SourceError::Link(_) => "Put a copy of the file in the place of the link.",
        SourceError::NotAFile => "Delete it, or move it out of `content`.",
        SourceError::TooLong(_) => "Divide it into several documents, or publish it as a file that a page links to.",
        SourceError::Name => "Give it a name of plain letters, digits and hyphens.",
        SourceError::Other(_) => "See whether it opens in an editor; if not, fetch it from a backup.",
    }
    .to_owned()
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
