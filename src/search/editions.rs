//! The texts of earlier editions, for quotations: search leaves them out, since they are in force no longer.
//!
//! Input: `data/editions.json` of the website, which holds what is public and nothing else. Output: a [`PageText`] for each earlier
//! edition. Not here: what the file holds besides (`export/editions.rs`).

use serde::Deserialize;

use super::files::{Fetch, IndexError};
use super::text::{PageHead, PageText, PassageText};

/// Where the file lies below the public folder.
const FILE: &str = "data/editions.json";

#[derive(Deserialize)]
struct File {
    editions: Vec<Edition>,
}

#[derive(Deserialize)]
struct Edition {
    path: String,
    title: String,
    kind: String,
    state: String,
    paragraphs: Vec<Paragraph>,
}

#[derive(Deserialize)]
struct Paragraph {
    #[serde(default)]
    anchor: String,
    #[serde(default)]
    label: String,
    words: String,
}

/// The texts of all earlier editions of a website; none if it has no such file.
///
/// # Errors
/// If the file is broken.
pub fn earlier_editions(fetch: Fetch<'_>) -> Result<Vec<PageText>, IndexError> {
    let Some(bytes) = fetch(FILE) else { return Ok(Vec::new()) };
    let file: File = serde_json::from_slice(&bytes).map_err(|_| IndexError::Broken(FILE.into()))?;
    Ok(file.editions.into_iter().filter(|edition| edition.state == "earlier").map(page).collect())
}

fn page(edition: Edition) -> PageText {
    let Edition { path: address, title, kind, paragraphs, .. } = edition;
    let passage =
        |Paragraph { anchor, label, words }| PassageText { anchor, label, text: words, ..PassageText::default() };
    PageText {
        head: PageHead { address, title, kind, ..PageHead::default() },
        passages: paragraphs.into_iter().map(passage).collect(),
    }
}
