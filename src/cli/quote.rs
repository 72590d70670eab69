//! `folkmoot quote`: whether a sentence stands in the public texts of a website that was made.
//!
//! Input: a quotation. Output: where it stands, with its citation and address; or that it stands in an earlier edition alone; or how
//! the public text differs; or that it stands nowhere. It reads the index of the finished website, its data and its pages, and nothing else. Not here: how texts are compared (`search/quote.rs`).

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;

use super::environment::{CommandError, Environment, Exit};
use super::given;
use super::search::no_answer;
use crate::messages::text;
use crate::{Quoted, QuotedPlace, Side, Verdict, quoted};

/// Say whether a sentence stands in the public website
///
/// Word for word, with its citation and address; in an earlier edition, and no more in the present one; altered, with the difference;
/// or nowhere. Quotation marks, dashes, blanks
/// and line ends may have other forms than on the page. Only what is public is read: the folder `public`.
#[derive(Args)]
#[command(after_help = MORE, after_long_help = MORE)]
pub struct Quote {
    /// The words as somebody quoted them
    #[arg(required = true, value_name = "WORDS")]
    words: Vec<String>,
    /// The folder of the website [default: the folder `public` of the site]
    #[arg(long, value_name = "FOLDER")]
    index: Option<PathBuf>,
    /// For programs: everything that was found, as JSON
    #[arg(long)]
    json: bool,
}

const MORE: &str = "\
Example:
  folkmoot quote \"each priority in the plan has one lead body\"

A sentence that stands in an earlier edition alone is cited with that edition: it held once, and holds no longer.

Exit codes:
  0  it stands there word for word
  1  it stands there in an earlier edition alone, with other words, or nowhere
  2  the command was mistyped, or there is no website in the folder
  3  the machine failed, or a file of the index is broken";

/// Runs the command.
pub fn quote(quote: &Quote, root: Option<&Path>, environment: &mut Environment<'_>) -> Result<Exit, CommandError> {
    let public = given::website(quote.index.as_deref(), root, &environment.folder);
    let words = quote.words.join(" ");
    if !words.chars().any(char::is_alphanumeric) {
        return Err(CommandError::WrongUse("There are no words to look for. Type them in quotation marks:\nfolkmoot quote \"That the plan be adopted\"".into()));
    }
    let fetch = |path: &str| fs::read(public.join(path)).ok();
    let found = quoted(&fetch, &words).map_err(|trouble| no_answer(&trouble, &public))?;
    if quote.json {
        environment.tell_json(&found)?;
    } else {
        environment.tell(&shown(&found, &public, environment.width))?;
    }
    Ok(if found.verdict == Verdict::Verbatim { Exit::Fine } else { Exit::Mistakes })
}

/// What was found, as text for people, in lines of at most `width` characters.
fn shown(found: &Quoted, public: &Path, width: usize) -> String {
    let mut lines = Vec::new();
    match found.verdict {
        Verdict::Verbatim => {
            lines.push(format!("It stands there word for word, at {}:", text::count(found.count, "place")));
            lines.extend(found.places.iter().map(|place| cited(place, public)));
            if found.count > found.places.len() {
                lines.push(format!("\nand at {}", text::count(found.count - found.places.len(), "other place")));
            }
        }
        Verdict::Earlier => {
            lines.push(format!(
                "It stands there word for word in an earlier edition alone, and no more in the present one, at {}:",
                text::count(found.count, "place")
            ));
            lines.extend(found.places.iter().map(|place| cited(place, public)));
        }
        Verdict::Altered => {
            lines.push("It does not stand there in these words. What is most like it, with [- -] around words of the quotation that are \
                        not there, and {+ +} around words that it leaves out:".to_owned());
            for place in &found.places {
                lines.push(format!("\n  {}", compared(place)));
                lines.push(cited(place, public));
            }
        }
        Verdict::Nowhere => lines.push("Nothing like it stands in the public website.".to_owned()),
    }
    text::wrapped(&text::harmless(&lines.join("\n")), width) + "\n"
}

fn compared(place: &QuotedPlace) -> String {
    let pieces = place.pieces.iter().map(|piece| match piece.of {
        Side::Both => piece.words.clone(),
        Side::Public => format!("{{+{}+}}", piece.words),
        Side::Quotation => format!("[-{}-]", piece.words),
    });
    pieces.collect::<Vec<_>>().join(" ")
}

/// Who, what, which paragraph, when, where. What is an agenda or a draft is called so.
fn cited(place: &QuotedPlace, public: &Path) -> String {
    let page = &place.page;
    let kinds = [("item-", "item"), ("para-", "paragraph"), ("sec-", "section")];
    let kind = kinds.iter().find(|(start, _)| place.anchor.starts_with(start)).map_or("part", |(_, kind)| kind);
    let label = (!place.label.is_empty()).then(|| format!("{kind} {}", place.label));
    let mut parts: Vec<String> = Vec::new();
    let mut add = |part: &str| {
        if !part.is_empty() && !parts.iter().any(|known| known.contains(part)) {
            parts.push(part.to_owned());
        }
    };
    [page.title.as_str(), &page.body, &page.kind, &page.date].into_iter().for_each(&mut add);
    parts.extend(label);
    let anchor = if place.anchor.is_empty() { String::new() } else { format!("#{}", place.anchor) };
    format!("\n  {}\n  {}{anchor}", parts.join(", "), address(&page.address, public))
}

/// The whole address of a page as it says itself, or the one below the site's root.
fn address(address: &str, public: &Path) -> String {
    let html = fs::read_to_string(public.join(address.trim_start_matches('/')).join("index.html")).unwrap_or_default();
    let canonical = html.split_once("rel=\"canonical\" href=\"").and_then(|(_, rest)| rest.split_once('"'));
    canonical.map_or_else(|| address.to_owned(), |(canonical, _)| canonical.to_owned())
}
