//! What is said of addresses that were published and are not where they were.

use super::Diagnostics;
use crate::source::Span;

/// So many of the places that are meant are named in one message.
const NAMED: usize = 5;

/// Several places as they are read: `#a, #b and 3 more`.
fn places<'name>(names: impl ExactSizeIterator<Item = &'name str>) -> String {
    listed(names.map(|name| format!("#{name}")))
}

/// The first of several names, and how many others there are.
fn listed(names: impl ExactSizeIterator<Item = String>) -> String {
    let count = names.len();
    let named: Vec<String> = names.take(NAMED).collect();
    let more = count - named.len();
    let named = named.join(", ");
    if more > 0 { format!("{named} and {more} more") } else { named }
}

impl Diagnostics {
    /// Places of a page that was published have other names now, and the old ones lead to them.
    pub fn moved_places(&mut self, span: Span, moved: &[(&str, &str)]) {
        let title = match moved {
            [(old, new)] => format!("The place #{old} of this page is #{new} now"),
            _ => {
                let old = places(moved.iter().map(|(old, _)| *old));
                format!("Places of this page that were published have other names now: {old}")
            }
        };
        let why = "The old links land at the same words still, because the words were found again.";
        let fix = "Nothing has to be done. If the words landed in the wrong place, write the old name at the right one: `{was=7.12}`.";
        self.add("moved-address", span, title, why, fix);
    }

    /// Places of a page that was published are gone.
    pub fn lost_places(&mut self, span: Span, lost: &[&str]) {
        let what = if lost.len() == 1 {
            "A place of this page that was published is"
        } else {
            "Places of this page that were published are"
        };
        let title = format!("{what} not there any more: {}", places(lost.iter().copied()));
        let why = "Somebody may have quoted it with a link, and that link would land at the top of the page.";
        let fix = "Put the paragraph back, or write its old number at the paragraph where its matter is now: `{was=7.12}` at the end \
                   of it. If the whole page may not be read any more, take it back with `withdrawn:` in its head.";
        self.add("lost-place", span, title, why, fix);
    }

    /// A page that was published is found at another address.
    pub fn moved_page(&mut self, span: Span, old: &str, new: &str) {
        let title = format!("The page {old} is {new} now");
        let why = "It was found by its words. The old address leads on to the new one, with all its places.";
        let fix =
            format!("Nothing has to be done. To say it yourself, add `aliases: [{old}]` to the head of this file.");
        self.add("moved-address", span, title, why, &fix);
    }

    /// A page that was published is gone.
    pub fn lost_page(&mut self, span: Span, address: &str) {
        let title = format!("The page {address} was published and is not there any more");
        let why = "Links to it, on paper too, would lead to nothing.";
        let fix = format!(
            "Put the file back. If another page has taken its place, add `aliases: [{address}]` to the head of that one. If nobody \
             should read it any more, put it back with `withdrawn: {{reason: …}}` in its head: then the page says so."
        );
        self.add("lost-address", span, title, why, &fix);
    }

    /// A file that was published has another name now.
    pub fn moved_file(&mut self, span: Span, address: &str, now: &str) {
        let title = format!("The file {address} was published, and is {now} now");
        let why = "It is found under its old address too, so that links to it lead to it still.";
        self.add("moved-address", span, title, why, "Nothing has to be done.");
    }

    /// A file that was published is gone.
    pub fn lost_file(&mut self, span: Span, address: &str) {
        let title = format!("The file {address} was published and is not there any more");
        let why = "Links to it would lead to nothing.";
        let fix = format!(
            "Put the file back under its name, and see that a page leads to it. If a page has taken its place, add \
             `aliases: [{address}]` to the head of that page."
        );
        self.add("lost-address", span, title, why, &fix);
    }

    /// Feeds, calendars and data that the program made and makes no more, since what was in them is gone or has another place.
    pub fn files_not_made(&mut self, span: Span, addresses: &[&str]) {
        let named = listed(addresses.iter().map(|address| (*address).to_owned()));
        let title = format!("These feeds and data files were published and have nothing in them any more: {named}");
        let why = "Whoever follows them hears nothing more.";
        let fix = "Nothing has to be done if that was meant. If a folder was renamed, say on its page where to follow it now, or give it \
                   its old name.";
        self.add("lost-feed", span, title, why, fix);
    }

    /// Lists that were published and have nothing in them any more.
    pub fn lists_not_made(&mut self, span: Span, addresses: &[&str]) {
        let named = listed(addresses.iter().map(|address| (*address).to_owned()));
        let title = format!("These lists were published and are not there any more: {named}");
        let why = "Whoever has kept such an address finds nothing at it.";
        let fix = format!(
            "Nothing has to be done if that was meant. To let it lead on, write a row into content/old-addresses.csv: `{},/minutes/`, with \
             the address of the list that has taken its place.",
            addresses.first().copied().unwrap_or_default()
        );
        self.add("lost-feed", span, title, why, &fix);
    }

    /// Pages that are each recorded as moved to the other.
    pub fn circle_of_addresses(&mut self, span: Span, circle: &[String]) {
        let title = format!("These old addresses lead to each other and to no page: {}", circle.join(", "));
        let why = "Nobody who follows them would arrive anywhere.";
        let fix = "Add one of them to `aliases` in the head of the page that is meant.";
        self.add("lost-address", span, title, why, fix);
    }

    /// A line among the recorded addresses cannot be understood.
    pub fn unclear_address(&mut self, span: Span) {
        let title = "This line records no address";
        let why = "These files are written by the program alone, and what they hold must not be lost: an address that is not recorded \
                   may break in silence.";
        let fix = "If two versions of this file were put together, keep the lines of both and delete the marks between them \
                   (`<<<<<<<`, `=======`, `>>>>>>>`). Else take the file back from your backup.";
        self.add("unclear-addresses", span, title, why, fix);
    }
}
