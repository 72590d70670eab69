//! Looks at each file, at the site and at each page made, and says what readers would stumble over.
//!
//! Input: what `parse`, `assemble` and `render` made. Output: [`Diagnostics`], and from pages what [`Links`] needs to know.
//! Not here: mistakes that a stage sees anyway while it works (those are the stage's own), repair, and anything that
//! changes what is published.
//!
//! There is one file per lint, named like its code, with its wording and its manual page inside. To add one: the file, its
//! line in [`LINTS`], its call in [`file`], [`site`] or [`output`], its code in `diagnostic/codes.rs`, and a case in `tests/sites/`.

mod broken_link;
mod contact_detail;
mod lint;
mod missing_field;
mod no_contact;
mod no_help;
mod page;
mod page_shape;

pub use broken_link::{Links, PageLinks};
pub use lint::Lint;
pub use page::Page;

use crate::diagnostic::Diagnostics;
use crate::kind::Kinds;
use crate::model::{AsAt, Parsed, Route, Site};

/// Every lint, in the order of the alphabet.
pub const LINTS: &[Lint] =
    &[broken_link::LINT, contact_detail::LINT, missing_field::LINT, no_contact::LINT, no_help::LINT, page_shape::LINT];

/// The lint with this code; `None` if another part of the program gives its messages.
#[must_use]
pub fn lint(code: &str) -> Option<&'static Lint> {
    LINTS.iter().find(|lint| lint.code == code)
}

/// Runs the lints of one file, for a site made for `as_at`.
pub fn file(parsed: &Parsed, kinds: &Kinds, as_at: &AsAt, diagnostics: &mut Diagnostics) {
    missing_field::check(parsed, kinds, as_at, diagnostics);
    contact_detail::check(parsed, kinds, diagnostics);
}

/// Runs the lints of the site as a whole.
pub fn site(site: &Site, diagnostics: &mut Diagnostics) {
    no_contact::check(site, diagnostics);
    no_help::check(site, diagnostics);
}

/// Runs the lints of one page on the bytes of a route, and returns what [`Links`] must know of it; `None` for a file that
/// is not a page.
#[must_use]
pub fn output(route: &Route, bytes: &[u8], diagnostics: &mut Diagnostics) -> Option<PageLinks> {
    if !is_page(&route.path) {
        return None;
    }
    let page = Page::read(bytes);
    page_shape::check(route, &page, diagnostics);
    Some(PageLinks::new(route, page))
}

/// Whether a browser shows the file at `path` as a page.
fn is_page(path: &str) -> bool {
    path.ends_with(".html")
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
}
