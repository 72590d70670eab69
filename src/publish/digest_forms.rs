//! The forms of a digest: HTML and plain text for people who read mail, JSON for the program that sends it.
//!
//! Input: a [`Digest`]. Output: files by their names: all of it under `digest`, and what concerns one thing that people follow under the path
//! of its page. Not here: what changed (`digest.rs`). A mail has no style sheet, no picture and no script of ours: many who read mail have
//! them turned off.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use super::digest::{Digest, Followed, Told, What};
use crate::html::escaped;
use crate::language::Language;
use crate::model::Date;

/// The name of the files that hold all of it.
const ALL: &str = "digest";

/// Every file of a digest, by its name below the folder.
#[must_use]
pub fn digest_files(digest: &Digest) -> BTreeMap<String, Vec<u8>> {
    let language = Language::of(&digest.language);
    let mut files = BTreeMap::new();
    let whole: Vec<&Followed> = digest.followed.iter().collect();
    let mut add = |name: &str, title: &str, followed: &[&Followed]| {
        let letter = Letter { digest, language: &language, title, followed };
        files.insert(format!("{name}.html"), letter.html().into_bytes());
        files.insert(format!("{name}.txt"), letter.text().into_bytes());
        files.insert(format!("{name}.json"), letter.json());
    };
    add(ALL, &digest.site, &whole);
    for one in digest.followed.iter().filter(|one| !one.path.is_empty()) {
        add(&format!("by/{}", one.path), &one.title, &[one]);
    }
    files
}

/// What one reader is sent.
struct Letter<'run> {
    digest: &'run Digest,
    language: &'run Language,
    title: &'run str,
    followed: &'run [&'run Followed],
}

impl Letter<'_> {
    /// "Safer Marlshire: what changed between 2 November 2026 and 30 November 2026".
    fn heading(&self) -> String {
        let day = |release: &super::digest::OfRelease| {
            let day = release.time.to_zoned(jiff::tz::TimeZone::UTC).date();
            self.language.date(Date::Day(day))
        };
        match (&self.digest.since, &self.digest.until) {
            (Some(since), Some(until)) => {
                let (from, to) = (day(since), day(until));
                self.language.say("digest.between", &[("title", self.title), ("from", &from), ("to", &to)])
            }
            _ => self.language.say("digest.title", &[("title", self.title)]),
        }
    }

    /// "New: News, 5 May 2026".
    fn facts(&self, told: &Told) -> String {
        let day = told.updated.split('T').next().and_then(Date::parse).map(|day| self.language.date(day));
        let key = if told.what == What::New { "digest.new" } else { "digest.changed" };
        let facts: Vec<&str> = told.kind.as_deref().into_iter().chain(day.as_deref()).collect();
        self.language.say(key, &[("facts", &facts.join(&self.language.say("list.comma", &[])))])
    }

    fn text(&self) -> String {
        let heading = self.heading();
        let mut text = format!("{heading}\n{}\n", "=".repeat(heading.chars().count()));
        for one in self.followed {
            text.push_str(&format!("\n\n{}\n{}\n{}\n", one.title, "-".repeat(one.title.chars().count()), one.page));
            for told in &one.changes {
                text.push_str(&format!("\n* {}\n  {}\n  {}\n", told.title, self.facts(told), told.address));
                let lines = told.text.iter().flat_map(|text| text.lines());
                lines.for_each(|line| text.push_str(&format!("  {line}\n")));
            }
        }
        if self.followed.is_empty() {
            text.push_str(&format!("\n{}\n", self.language.say("digest.none", &[])));
        }
        text
    }

    fn html(&self) -> String {
        let heading = escaped(&self.heading());
        let mut html = format!(
            "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<title>{heading}</title>\n</head>\n<body>\n<h1>{heading}</h1>\n",
            escaped(&self.digest.language)
        );
        for one in self.followed {
            html.push_str(&format!("<h2><a href=\"{}\">{}</a></h2>\n<ul>\n", escaped(&one.page), escaped(&one.title)));
            one.changes.iter().for_each(|told| self.item(told, &mut html));
            html.push_str("</ul>\n");
        }
        if self.followed.is_empty() {
            html.push_str(&format!("<p>{}</p>\n", escaped(&self.language.say("digest.none", &[]))));
        }
        html.push_str("</body>\n</html>\n");
        html
    }

    fn item(&self, told: &Told, html: &mut String) {
        html.push_str(&format!(
            "<li>\n<p><a href=\"{}\">{}</a><br>{}</p>\n",
            escaped(&told.address),
            escaped(&told.title),
            escaped(&self.facts(told))
        ));
        let lines = told.text.iter().flat_map(|text| text.lines());
        lines.for_each(|line| html.push_str(&format!("<p>{}</p>\n", escaped(line))));
        html.push_str("</li>\n");
    }

    fn json(&self) -> Vec<u8> {
        let Digest { site, language, since, until, .. } = self.digest;
        let (subject, followed) = (self.heading(), self.followed);
        let json: Json = json!({
            "subject": subject, "site": site, "language": language, "since": since, "until": until, "followed": followed,
        });
        format!("{json:#}\n").into_bytes()
    }
}
