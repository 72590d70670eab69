//! What a lint is, and how a message names a page.
//!
//! Input: the path of a page. Output: its address as readers type it. Not here: the lints, of which there is one per file.

use super::page::Page;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::kind::Kinds;
use crate::model::{Instant, Parsed, Route, Site};

/// One thing that is looked for.
pub struct Lint {
    /// One of [`CODES`](crate::diagnostic::CODES), which have its one-line summary too.
    pub code: &'static str,
    /// The manual page: what the lint looks for, why it matters to readers, an example, what to write instead.
    pub manual: &'static str,
    /// What the lint looks at.
    pub pass: LintPass,
}

/// What a lint looks at, and the function that does it.
pub enum LintPass {
    /// One file, after it was parsed, for a site made for this instant.
    File(fn(&Parsed, &Kinds, &Instant, &mut Diagnostics)),
    /// The whole site.
    Site(fn(&Site, &mut Diagnostics)),
    /// One page, read back.
    Output(fn(&Route, &Page, &mut Diagnostics)),
    /// All pages together: [`Links`](super::Links) runs it, and reports when it has seen the last one.
    Links,
}

/// The address of a page, as readers type it: `minutes/board/index.html` → `/minutes/board/`.
pub(super) fn address(path: &str) -> String {
    match path.strip_suffix("index.html") {
        Some(folder) if folder.is_empty() || folder.ends_with('/') => format!("/{folder}"),
        _ => format!("/{path}"),
    }
}

/// Says that a message is about the page at `path`. A page is not a file of the site's sources, so it has no span.
pub(super) fn on_page(diagnostic: &mut Diagnostic, path: &str) {
    diagnostic.place = Some(format!("Page {}", address(path)).into());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_named_by_its_address() {
        assert_eq!(address("index.html"), "/");
        assert_eq!(address("minutes/board/index.html"), "/minutes/board/");
        assert_eq!(address("404.html"), "/404.html");
        assert_eq!(address("old-index.html"), "/old-index.html");
    }
}
