//! `page-shape`: what every page needs, whatever it shows.
//!
//! Input: a page, read back. Output: what it lacks. The title of a message names no page and no document, so that one mistake
//! of a template is one message and not ten thousand. Not here: how a page looks, which only a browser can tell.

use std::collections::BTreeSet;

use super::lint::{Lint, on_page};
use super::page::{Inline, Page, TabStop};
use crate::diagnostic::Diagnostics;
use crate::model::{Route, RouteKind};

/// What every page needs.
pub const LINT: Lint = Lint { code: "page-shape", manual: MANUAL };

const MANUAL: &str = "\
What it looks for
  Each page as it would be published must say its language, have a title, one
  main heading and one main part, and begin with a link that skips the menu.
  No two places on it have the same name. It holds no style or script of its
  own, loads nothing from another site, and says first that it will not.

Why it matters
  People who hear pages or use a keyboard find their way by these things: a
  screen reader speaks in the page's language, names the tab by its title, and
  jumps to the main heading. The law (Public Sector Bodies Accessibility
  Regulations 2018) asks councils for them. Styles and scripts inside a page,
  and anything from another site, are refused by browsers, because the site's
  pages carry a rule that forbids them.

Example
  <html>
    <body>
      <h1>Safer Hallam</h1>
      <h1>Minutes of 12 March 2026</h1>
      <img src=\"https://pictures.example/logo.png\">

Instead
  <html lang=\"en\">
    <meta http-equiv=\"Content-Security-Policy\" content=\"{{ site.policy }}\">
    <title>Minutes of 12 March 2026 – Safer Hallam</title>
    <body>
      <a href=\"#main\">Skip to main content</a>
      <main id=\"main\">
        <h1>Minutes of 12 March 2026</h1>
        <img src=\"/assets/logo.png\" alt=\"Safer Hallam\">

  Folkmoot's own theme does all of this. If you see this message, a template
  of the site's own theme has changed it.
";

pub(super) fn check(route: &Route, page: &Page, diagnostics: &mut Diagnostics) {
    let mut report = Report { route, diagnostics };
    head(page, &mut report);
    if !matches!(route.kind, RouteKind::Redirect(_) | RouteKind::Number(_)) {
        // A page that only leads on is seen for a moment, and has nothing to skip.
        body(page, &mut report);
        skip_link(page, &mut report);
    }
    names(page, &mut report);
    refused(page, &mut report);
}

/// Adds messages about one page.
struct Report<'page> {
    route: &'page Route,
    diagnostics: &'page mut Diagnostics,
}

impl Report<'_> {
    fn add(&mut self, title: impl Into<String>, why: &str, fix: impl Into<String>) {
        on_page(self.diagnostics.add(LINT.code, None, title, why, fix), &self.route.path);
    }
}

/// What stands before the body: the language and the title.
fn head(page: &Page, report: &mut Report<'_>) {
    if page.language.as_deref().is_none_or(str::is_empty) {
        report.add(
            "The page does not say which language it is in",
            "A screen reader may read it aloud in the wrong voice.",
            "In the theme's template, name the language in the first tag:\n<html lang=\"en\">",
        );
    }
    if !page.has_policy {
        report.add(
            "The page does not say first what it may load",
            "Where a server sends no rules of its own, a browser would run a script that somebody slipped into the page.",
            "In the theme's template, put this right behind <meta charset=\"utf-8\">:\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"{{ site.policy }}\">",
        );
    }
    if page.title.is_empty() {
        report.add(
            "The page has no title",
            "The title names the page in browser tabs, in bookmarks and in the results of search engines.",
            "In the theme's template, put the title into the head of the page:\n<title>{{ page.title }}</title>",
        );
    }
}

/// The main heading and the main part, one of each.
fn body(page: &Page, report: &mut Report<'_>) {
    match page.main_headings {
        0 => report.add(
            "The page has no main heading",
            "People who hear the page jump to its main heading to learn where they are.",
            "In the theme's template, make the page's title its main heading:\n<h1>{{ page.title }}</h1>",
        ),
        1 => {}
        count => report.add(
            format!("The page has {count} main headings"),
            "People who hear the page jump to its main heading to learn where they are, and now there is more than one.",
            "In the theme's template, keep <h1> for the page's title, and use <h2> below it.",
        ),
    }
    match page.mains {
        0 => report.add(
            "The page does not mark its main part",
            "People who hear the page use that mark to pass over the menu.",
            "In the theme's template, put what the page is about between these two:\n<main id=\"main\">\n</main>",
        ),
        1 => {}
        _ => report.add(
            "The page marks more than one part as the main one",
            "People who hear the page use that mark to pass over the menu, and cannot know which part is meant.",
            "In the theme's template, keep one <main> on the page.",
        ),
    }
}

/// The link that skips the menu: the first that the Tab key reaches.
fn skip_link(page: &Page, report: &mut Report<'_>) {
    let name = match &page.first_stop {
        Some(TabStop::Link(href)) => href.strip_prefix('#').filter(|name| !name.is_empty()),
        _ => None,
    };
    match name {
        Some(name) if page.ids.iter().any(|id| **id == *name) => {}
        Some(name) => report.add(
            format!("The link that skips the menu leads to `#{name}`, which is not on the page"),
            "People who use a keyboard follow it and stay where they are.",
            format!("In the theme's template, give the main part that name:\n<main id=\"{name}\">"),
        ),
        None => report.add(
            "The page does not begin with a link that skips the menu",
            "People who use a keyboard must go through the whole menu on every page.",
            "In the theme's template, make this the first link, and give the main part the same name:\n\
             <a href=\"#main\">Skip to main content</a>\n<main id=\"main\">",
        ),
    }
}

/// Names that two places share, each reported once.
fn names(page: &Page, report: &mut Report<'_>) {
    let mut seen = BTreeSet::new();
    let mut said = BTreeSet::new();
    for id in &page.ids {
        if !seen.insert(id) && said.insert(id) {
            report.add(
                format!("Two places on the page are both called `{id}`"),
                "A link to that name lands on the first of them, whichever was meant.",
                format!("In the theme's template, change one of the two that say `id=\"{id}\"`"),
            );
        }
    }
}

/// What browsers refuse because of the site's policy: styles and scripts in the page, and whatever lies elsewhere.
fn refused(page: &Page, report: &mut Report<'_>) {
    for inline in &page.inline {
        let what = match inline {
            Inline::StyleAttribute => "a style=\"…\" in a tag",
            Inline::StyleElement => "a <style> block",
            Inline::Script => "a <script> block",
            Inline::Event(name) => &format!("an {name}=\"…\" in a tag"),
            Inline::ScriptAddress => "a link that runs a script",
        };
        report.add(
            format!("The page has {what}, and browsers will ignore it"),
            "Pages carry a rule that forbids styles and scripts inside them, so that nobody can slip one in.",
            "Move it from the theme's template to a style sheet or a script file of the theme.",
        );
    }
    for address in &page.foreign {
        report.add(
            format!("The page loads `{address}` from outside the site"),
            "Browsers refuse it, because each visit would be told to somebody else.",
            "Keep a copy of the file in the theme, and load that one.",
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r##"<!doctype html><html lang="en">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'"><title>A</title><body><a href="#main">Skip</a>
<a href="/">Home</a><main id="main"><h1>A</h1></main>"##;

    fn titles(html: &str, kind: RouteKind) -> Vec<String> {
        let mut diagnostics = Diagnostics::new();
        check(&Route { path: "a/index.html".into(), kind }, &Page::read(html.as_bytes()), &mut diagnostics);
        diagnostics.iter().map(|diagnostic| diagnostic.title.to_string()).collect()
    }

    #[test]
    fn a_good_page_is_left_in_peace() {
        assert_eq!(titles(GOOD, RouteKind::Home), Vec::<String>::new());
    }

    #[test]
    fn an_empty_page_lacks_everything() {
        assert_eq!(
            titles("<p>x", RouteKind::Home),
            [
                "The page does not say which language it is in",
                "The page does not say first what it may load",
                "The page has no title",
                "The page has no main heading",
                "The page does not mark its main part",
                "The page does not begin with a link that skips the menu",
            ]
        );
        let moved = GOOD.split("<body>").next().unwrap_or_default();
        assert_eq!(titles(moved, RouteKind::Redirect(0)), Vec::<String>::new());
    }

    #[test]
    fn each_change_to_a_good_page_is_one_message() {
        for (from, to, title) in [
            ("</h1>", "</h1><h1>B</h1>", "The page has 2 main headings"),
            ("</main>", "</main><main></main>", "The page marks more than one part as the main one"),
            (
                "id=\"main\"",
                "id=\"content\"",
                "The link that skips the menu leads to `#main`, which is not on the page",
            ),
            (
                "<a href=\"#main\">Skip</a>",
                "<button>Menu</button>",
                "The page does not begin with a link that skips the menu",
            ),
            ("<h1>", "<h1 id=\"main\">", "Two places on the page are both called `main`"),
            ("<h1>", "<h1 onclick=\"x()\">", "The page has an onclick=\"…\" in a tag, and browsers will ignore it"),
            ("<meta", "<link rel=\"icon\" href=\"/a.svg\"><meta", "The page does not say first what it may load"),
            ("<h1>", "<script>x()</script><h1>", "The page has a <script> block, and browsers will ignore it"),
            (
                "<h1>",
                "<img src=\"https://x.example/a.png\"><h1>",
                "The page loads `https://x.example/a.png` from outside the site",
            ),
        ] {
            assert_eq!(titles(&GOOD.replace(from, to), RouteKind::Home), [title]);
        }
    }

    #[test]
    fn it_says_which_page() {
        let mut diagnostics = Diagnostics::new();
        let route = Route { path: "minutes/index.html".into(), kind: RouteKind::Home };
        check(&route, &Page::read(GOOD.replace(" lang=\"en\"", "").as_bytes()), &mut diagnostics);
        let places: Vec<_> = diagnostics.iter().map(|diagnostic| diagnostic.place.as_deref()).collect();
        assert_eq!(places, [Some("Page /minutes/")]);
    }
}
