//! What a lint is, and how a message names a page.
//!
//! Input: the path of a page. Output: its address as readers type it. Not here: the lints, of which there is one per file.

use crate::diagnostic::Diagnostic;

/// One thing that is looked for.
pub struct Lint {
    /// One of [`CODES`](crate::diagnostic::CODES), which have its one-line summary too.
    pub code: &'static str,
    /// The manual page: what the lint looks for, why it matters to readers, an example, what to write instead.
    pub manual: &'static str,
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
