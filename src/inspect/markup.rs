//! Whether a drawing (SVG) or another file of XML could do something in the name of the site when a reader opens it.
//!
//! Input: bytes. Output: the first reason why it could, or none. Not here: what a browser does with HTML, which nobody can say
//! in advance; such files are refused whole.
//!
//! A drawing in a page cannot run scripts, but every drawing can be opened by itself, and then it is a page of the site.
//! Whatever is not understood is taken to be able to act.

use std::borrow::Cow;
use std::io::Read;

use flate2::read::GzDecoder;

use super::formats::FORMATS;
use crate::archive::xml::{Element, Step, local, walk};
use crate::diagnostic::Active;

/// How many bytes a packed drawing may have, unpacked.
const LONGEST: u64 = 64_000_000;

/// What a file is by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// A drawing.
    Drawing,
    /// XML of any sort, or what looks like it.
    Markup,
}

/// Why the file could act, if it could.
pub fn active(bytes: &[u8], sort: Sort) -> Option<Active> {
    let Some(bytes) = unpacked(bytes) else { return Some(Active::Unreadable) };
    // A byte-order mark says that there are zeros; without one nobody can say how the file is to be read.
    let has_mark = bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF");
    if !has_mark && (bytes.contains(&0) || !has_known_encoding(&bytes)) {
        return Some(Active::Unreadable);
    }
    let mut found: Option<Active> = None;
    let mut speaks = sort == Sort::Drawing;
    let walked = walk(&bytes, |step| {
        let reason = match step {
            Step::Open(element) => {
                let names = |value: &str| FORMATS.active.languages.iter().any(|language| language == value.trim());
                speaks |= element.attributes().any(|(name, value)| name.starts_with("xmlns") && names(&value));
                of_element(&element)
            }
            Step::Text(words) => is_loading_style(&words).then_some(Active::Outside),
            // Which may be a program that makes a page of the rest.
            Step::Instruction(of) if of.trim_start().starts_with("xml-stylesheet") => {
                speaks = true;
                Some(Active::Sheet)
            }
            Step::Type(of) => {
                speaks |= of.contains("svg") || of.contains("html");
                has_open_entities(of).then_some(Active::Entity)
            }
            _ => None,
        };
        if found.is_none() {
            found = reason;
        }
    });
    if walked.is_err() && found.is_none() {
        found = Some(Active::Unreadable);
        let text = String::from_utf8_lossy(&bytes);
        speaks |= FORMATS.active.languages.iter().any(|language| text.contains(language.as_str()));
    }
    found.filter(|_| speaks)
}

/// Whether a browser takes a file whose name does not say what it is for a page.
pub fn looks_like_a_page(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(256)];
    let start = String::from_utf8_lossy(start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(start));
    let start = start.trim_start().to_lowercase();
    FORMATS.active.starts.iter().any(|one| {
        let next = start.strip_prefix(one.as_str()).map(|rest| rest.chars().next());
        next.is_some_and(|next| !one.ends_with(char::is_alphanumeric) || !next.is_some_and(char::is_alphanumeric))
    })
}

fn unpacked(bytes: &[u8]) -> Option<Cow<'_, [u8]>> {
    if !bytes.starts_with(b"\x1F\x8B") {
        return Some(Cow::Borrowed(bytes));
    }
    let mut whole = Vec::new();
    GzDecoder::new(bytes).take(LONGEST + 1).read_to_end(&mut whole).ok()?;
    (whole.len() as u64 <= LONGEST).then_some(Cow::Owned(whole))
}

fn has_known_encoding(bytes: &[u8]) -> bool {
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]).to_lowercase();
    let declaration = start.split("?>").next().unwrap_or_default();
    let Some((_, rest)) = declaration.split_once("encoding") else { return true };
    let value = rest.trim_start_matches(|letter: char| letter.is_whitespace() || letter == '=');
    let name = value.trim_start_matches(['"', '\'']).split(['"', '\'']).next().unwrap_or_default();
    FORMATS.active.encodings.contains(name)
}

fn of_element(element: &Element<'_>) -> Option<Active> {
    let active = &FORMATS.active;
    let name = element.name().to_lowercase();
    if active.elements.contains(&name) {
        return Some(Active::Element(name));
    }
    for (attribute, value) in element.attributes() {
        let own = local(attribute).to_lowercase();
        if attribute.starts_with("xmlns") {
            continue;
        }
        if own.starts_with("on") && own.len() > 2 {
            return Some(Active::Element(own));
        }
        // Blanks in an address count for nothing.
        let address: String = value.chars().filter(|sign| *sign > ' ').collect::<String>().to_lowercase();
        if active.running.iter().any(|start| address.contains(start.as_str())) {
            return Some(Active::Link);
        }
        if value.split_once('&').is_some_and(|(_, rest)| rest.contains(';')) {
            return Some(Active::Entity);
        }
        let begins = |starts: &[String]| starts.iter().any(|start| address.starts_with(start.as_str()));
        let is_anchor = name == active.anchor;
        if active.links.contains(&own) && !address.is_empty() {
            if is_anchor && has_scheme(&address) && !begins(&active.followed) {
                return Some(Active::Link);
            }
            if !is_anchor && !begins(&active.loaded) {
                return Some(Active::Outside);
            }
        }
        if is_loading_style(&value) {
            return Some(Active::Outside);
        }
    }
    None
}

/// Whether an address says what is to be done with it: `tel:`, and not `plan.svg` or `/a:b`.
fn has_scheme(address: &str) -> bool {
    address.find([':', '/', '?', '#']).is_some_and(|at| address[at..].starts_with(':'))
}

/// Whether a style loads something that lies outside the file.
fn is_loading_style(style: &str) -> bool {
    if !style.contains('(') && !style.contains('@') && !style.contains('\\') {
        return false;
    }
    let style: String = style.chars().filter(|sign| *sign > ' ' && !['"', '\''].contains(sign)).collect();
    let style = style.to_lowercase();
    let loads = |rest: &str| !FORMATS.active.loaded.iter().any(|start| rest.starts_with(start.as_str()));
    style.contains("@import") || style.split("url(").skip(1).any(loads)
}

/// Whether a document type names texts that could be anything; addresses of languages, as Illustrator writes them, are none.
fn has_open_entities(of: &str) -> bool {
    of.split("<!").skip(1).filter(|declaration| declaration.trim_start().starts_with("ENTITY")).any(|declaration| {
        let value = declaration.split(['"', '\'']).nth(1).unwrap_or_default();
        let is_address = value.starts_with("http://") || value.starts_with("https://");
        !is_address || value.contains(['<', '&', '%'])
    })
}
