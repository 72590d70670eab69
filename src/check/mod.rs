//! Looks at one file, at the whole site and at each page made, and says what readers would stumble over.
//!
//! Enters: what `parse`, `assemble` and `render` made. Leaves: [`Diagnostics`], and from pages what [`Links`] needs
//! to know. Absent: mistakes that a stage sees anyway while it works (those are the stage's own), repair, and
//! anything that changes what is published.
//!
//! One lint a file, named like its code, with its wording and its manual page inside. To add one: the file, its line
//! in [`LINTS`], its code in `diagnostic/codes.rs`, and a case in `tests/sites/`.

mod broken_link;
mod missing_field;
mod page;
mod page_shape;

pub use broken_link::{Links, PageLinks};
pub use page::Page;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::kind::Kinds;
use crate::model::{Instant, Parsed, Route, Site};

/// Every lint, in the order of the alphabet.
pub const LINTS: &[Lint] = &[broken_link::LINT, missing_field::LINT, page_shape::LINT];

/// One thing that is looked for.
pub struct Lint {
    /// One of [`CODES`](crate::diagnostic::CODES), where its one-line summary stands too.
    pub code: &'static str,
    /// Its manual page: what it does, why it matters to readers, an example, what to write instead.
    pub manual: &'static str,
    /// What it looks at.
    pub run: Run,
}

/// What a lint looks at, and the function that does it.
pub enum Run {
    /// One file, after it was parsed, for a site made for this instant.
    File(fn(&Parsed, &Kinds, &Instant, &mut Diagnostics)),
    /// The whole site.
    Site(fn(&Site, &mut Diagnostics)),
    /// One page, read back.
    Output(fn(&Route, &Page, &mut Diagnostics)),
    /// All pages together: [`Links`] runs it, and speaks when it has seen the last one.
    Links,
}

/// The lint with this code.
#[must_use]
pub fn lint(code: &str) -> Option<&'static Lint> {
    LINTS.iter().find(|lint| lint.code == code)
}

/// Looks at one file, for a site made for `as_at`.
pub fn file(parsed: &Parsed, kinds: &Kinds, as_at: &Instant, diagnostics: &mut Diagnostics) {
    for lint in LINTS {
        if let Run::File(run) = lint.run {
            run(parsed, kinds, as_at, diagnostics);
        }
    }
}

/// Looks at the whole site.
pub fn site(site: &Site, diagnostics: &mut Diagnostics) {
    for lint in LINTS {
        if let Run::Site(run) = lint.run {
            run(site, diagnostics);
        }
    }
}

/// Looks at the bytes of one route, and returns what [`Links`] must know of it; nothing for a file that is no page.
#[must_use]
pub fn output(route: &Route, bytes: &[u8], diagnostics: &mut Diagnostics) -> Option<PageLinks> {
    if !is_page(&route.path) {
        return None;
    }
    let page = Page::read(bytes);
    for lint in LINTS {
        if let Run::Output(run) = lint.run {
            run(route, &page, diagnostics);
        }
    }
    Some(PageLinks::new(route, page))
}

/// Whether a browser shows the file at `path` as a page.
fn is_page(path: &str) -> bool {
    path.ends_with(".html")
}

/// The address of a page, as readers type it: `minutes/board/index.html` → `/minutes/board/`.
fn address(path: &str) -> String {
    match path.strip_suffix("index.html") {
        Some(folder) if folder.is_empty() || folder.ends_with('/') => format!("/{folder}"),
        _ => format!("/{path}"),
    }
}

/// Says that a message is about the page at `path`: its text is no file of the site's, so it has no span.
fn on_page(diagnostic: &mut Diagnostic, path: &str) {
    diagnostic.place = Some(format!("Page {}", address(path)).into());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_lint_has_a_code_and_a_manual_with_the_same_four_parts() {
        let codes: Vec<&str> = LINTS.iter().map(|lint| lint.code).collect();
        assert!(codes.is_sorted(), "{codes:?}");
        for lint in LINTS {
            assert!(crate::diagnostic::code(lint.code).is_some(), "{} is not in CODES", lint.code);
            for part in ["What it looks for", "Why it matters", "Example", "Instead"] {
                assert!(lint.manual.lines().any(|line| line == part), "{}: {part}", lint.code);
            }
        }
    }

    #[test]
    fn a_page_is_named_by_its_address() {
        assert_eq!(address("index.html"), "/");
        assert_eq!(address("minutes/board/index.html"), "/minutes/board/");
        assert_eq!(address("404.html"), "/404.html");
        assert_eq!(address("old-index.html"), "/old-index.html");
    }
}
