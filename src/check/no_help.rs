//! `no-help`: a page is sensitive, and the settings name no help for it.
//!
//! Input: the assembled site. Output: one message, at the first such page. Not here: which pages are sensitive
//! (`assemble/sensitive.rs`), and whether those who are named can be reached (`no_contact.rs`).

use super::lint::Lint;
use crate::diagnostic::Diagnostics;
use crate::model::Site;
use crate::source::Span;

/// Sensitive pages offer help.
pub const LINT: Lint = Lint { code: "no-help", manual: MANUAL };

const MANUAL: &str = "\
What it looks for
  A page says `sensitive: true`, or its kind or one of its topics is said to
  be, and content/site.toml has neither a text nor a contact for the box of
  help that stands first on every such page.

Why it matters
  Somebody reads about what happens to them at home, and is told how to leave
  the page, but not whom to ring.

Example
  sensitive: true

Instead
  In content/site.toml:

  [sensitive]
  help = \"If you are in danger now, call 999. If you cannot speak, press 55.\"
  ask = [\"contacts/domestic-abuse-helpline\"]
";

pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    let said = &site.config.sensitive;
    let Some((_, first)) = site.ids().find(|(_, document)| document.sensitive) else { return };
    if said.help.is_none() && said.ask.is_empty() {
        diagnostics.add(
            LINT.code,
            Some(Span::whole(first.source)),
            format!("“{}” is sensitive, and the site names no help for such pages", first.title),
            "Readers are shown how to leave the page, and not whom to ring.",
            "In `content/site.toml`, write:\n[sensitive]\nhelp = \"If you are in danger now, call 999.\"\nask = [\"contacts/helpline\"]",
        );
    }
}
