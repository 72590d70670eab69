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

    /// The folder at `path` is part of the site, and what is in it cannot be known. The website would lose all of it.
    pub fn closed_folder(&mut self, path: &str, error: &SourceError) {
        let title = match error {
            SourceError::Forbidden => format!("The folder `{path}` may not be opened from this account"),
            SourceError::Vanished => format!("The folder `{path}` was there, and then it was gone"),
            SourceError::Other(words) => format!("The folder `{path}` cannot be read: {words}"),
            SourceError::Link(target) => {
                format!(
                    "In the place of the folder `{path}` is a link to `{target}`, and links to folders are not followed"
                )
            }
            _ => seen(path, error),
        };
        let why = "Nobody knows which documents are in it. If the website were made without them, readers would find \
                   their pages gone.";
        let fix = match error {
            SourceError::Forbidden => "Give the account that builds the site the right to open this folder.",
            SourceError::Vanished => "Wait until the program that is changing it has finished, then build again.",
            SourceError::Link(_) => {
                "Put the folder itself, or a copy of it, in the place of the link. If it is not needed, delete the link."
            }
            SourceError::Name => "Give it a name of plain letters, digits and hyphens.",
            _ => {
                "Connect the drive on which it lies, or see whether the folder opens in another program; if not, fetch \
                 it from a backup. If it is not needed, move it out of `content`."
            }
        };
        self.add("unreadable-folder", None, title, why, fix).place = Some(path.into());
    }

    /// Documents that the last build showed are gone: those read at `addresses`, `of` so many.
    pub fn documents_gone(&mut self, addresses: &[&str], of: usize) -> &mut Diagnostic {
        const NAMED: usize = 20;
        let gone = addresses.len();
        let title = match gone {
            1 => "The only document of the last build is gone from `content`, or cannot be read".to_owned(),
            gone if gone == of => {
                format!("All {gone} documents of the last build are gone from `content`, or cannot be read")
            }
            gone => {
                format!("{gone} of the {of} documents of the last build are gone from `content`, or cannot be read")
            }
        };
        let named: Vec<String> = addresses.iter().take(NAMED).map(|address| format!("`{address}`")).collect();
        let more = gone - named.len();
        let more = if more > 0 { format!(", and {more} more") } else { String::new() };
        let why = format!("These pages would go from the website: {}{more}.", named.join(", "));
        let fix = format!(
            "Is a folder missing or a drive not connected, or is this the folder of another site? Put back what is \
             missing and build again. If they are meant to go, type:\nfolkmoot build --remove {gone}"
        );
        let added = self.add("documents-gone", None, title, why, fix);
        added.place = Some("content".into());
        added
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
