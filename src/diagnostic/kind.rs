//! What `kind` says to an author: files that describe a kind of document.

use super::data::WHOLE_SITE;
use super::{Diagnostic, Diagnostics};
use crate::source::Span;

impl Diagnostics {
    /// A setting that a new kind or field cannot do without.
    pub fn kind_missing(&mut self, span: Span, what: &str, key: &str, example: &str) {
        self.broken_kind(span, format!("{what} has no `{key}`"), format!("Add a line: `{key} = {example}`"));
    }

    /// A name that cannot stand in an address or in the head of a document.
    pub fn kind_bad_name(&mut self, span: Span, name: &str, example: &str) {
        let title = format!("`{name}` cannot be a name here");
        let fix = format!("Use small letters and digits, and begin with a letter: `{example}`");
        self.broken_kind(span, title, fix);
    }

    /// A file whose kind has another name than the file.
    pub fn kind_other_name(&mut self, span: Span, name: &str, stem: &str) {
        let title = format!("This file is called `{stem}.toml`, and its kind `{name}`");
        let fix = format!("Rename the file to `{name}.toml`, or leave the line with `name` out.");
        self.broken_kind(span, title, fix);
    }

    /// A field that one file defines twice.
    pub fn kind_field_twice(&mut self, first: Span, second: Span, name: &str) {
        let fix = format!("Keep one of the two descriptions of `{name}`, or give one of them another name.");
        let diagnostic = self.broken_kind(second, format!("The field `{name}` is described twice"), fix);
        diagnostic.also.push((first, "the first one".into()));
    }

    /// A site's file that would make another thing of a field that documents already fill in.
    pub fn kind_other_type(&mut self, span: Span, name: &str, is: &str) {
        let title = format!("The field `{name}` is there already, and its type cannot be changed");
        let fix = format!("Leave the line with `type` out (it is `{is}`), or give your field another name.");
        self.broken_kind(span, title, fix);
    }

    /// A role that would change who may see documents.
    pub fn kind_role_taken(&mut self, span: Span, name: &str) {
        let title = format!("The field `{name}` cannot have another role here");
        let fix = "Leave the line with `role` out: which fields keep a document back is the same on every site.";
        self.broken_kind(span, title, fix);
    }

    /// Two kinds in one folder.
    pub fn kind_folder_taken(&mut self, span: Span, folder: &str, other: &str) {
        let title = format!("The folder `{folder}` belongs to the kind `{other}` already");
        let fix = "Give this kind a folder of its own: `folder = \"projects\"`";
        self.broken_kind(span, title, fix);
    }

    /// A folder whose address the site itself uses.
    pub fn kind_folder_reserved(&mut self, span: Span, folder: &str) {
        let title = format!("The folder `{folder}` is used by the site itself");
        let fix = "Give this kind a folder of its own: `folder = \"projects\"`";
        self.broken_kind(span, title, fix);
    }

    fn broken_kind(&mut self, span: Span, title: String, fix: impl Into<String>) -> &mut Diagnostic {
        self.add("broken-kind", span, title, WHOLE_SITE, fix)
    }
}
