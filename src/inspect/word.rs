//! Looks for what readers of a Word file were not meant to see.
//!
//! Input: an opened file. Output: diagnostics: tracked changes, words under a black mark, hidden words, comments. A paragraph is
//! counted from the start of its part.

use super::formats::FORMATS;
use super::package::Package;
use crate::archive::xml::{Element, Step, local, walk};
use crate::diagnostic::{Attached, Covered, Diagnostics, Hidden, Places, Unread};

/// What was found in the text.
#[derive(Default)]
struct Found {
    paragraph: usize,
    /// The paragraphs of each.
    tracked: Vec<usize>,
    hidden: Vec<usize>,
    covered: Vec<usize>,
    covered_words: usize,
}

/// How a run of words looks, as far as it can hide them.
#[derive(Default)]
struct Run {
    is_hidden: bool,
    is_marked_black: bool,
    is_on_black: bool,
    colour: Option<String>,
}

/// Looks at each part with words in it.
pub fn look(package: &mut Package<'_>, file: Attached<'_>, diagnostics: &mut Diagnostics) -> Result<(), Unread> {
    let mut found = Found::default();
    let mut comments = 0;
    for name in package.below("word/", ".xml") {
        let own = name.rsplit('/').next().unwrap_or_default();
        let has_words =
            ["document", "header", "footer", "footnotes", "endnotes"].iter().any(|one| own.starts_with(one));
        if name.matches('/').count() != 1 || !(has_words || own == "comments.xml") {
            continue;
        }
        for part in package.parts(&name)? {
            if has_words {
                words(&part, &mut found)?;
            } else {
                walk(&part, |step| {
                    comments += usize::from(matches!(step, Step::Open(one) if one.name() == "comment"))
                })?;
            }
        }
    }
    if !found.tracked.is_empty() {
        diagnostics.tracked_changes(file, &Places::Paragraphs(&found.tracked));
    }
    if !found.covered.is_empty() {
        diagnostics.covered_words(file, Covered::Mark, found.covered_words, &Places::Paragraphs(&found.covered));
    }
    if !found.hidden.is_empty() {
        diagnostics.hidden_in_file(file, Hidden::Words, &Places::Paragraphs(&found.hidden));
    }
    if comments > 0 {
        diagnostics.hidden_in_file(file, Hidden::Comments, &Places::Whole(comments));
    }
    Ok(())
}

fn words(part: &[u8], found: &mut Found) -> Result<(), Unread> {
    let (mut in_run, mut in_words) = (0_usize, false);
    let mut run = Run::default();
    found.paragraph = 0;
    walk(part, |step| match step {
        Step::Open(element) => match element.name() {
            "p" => found.paragraph += 1,
            "r" => {
                in_run += 1;
                run = Run::default();
            }
            "t" => in_words = true,
            name if FORMATS.office.tracked.contains(name) => found.tracked.push(found.paragraph),
            _ if in_run > 0 => run.see(&element),
            _ => {}
        },
        Step::Text(text) if in_words && !text.trim().is_empty() => {
            if run.is_hidden {
                found.hidden.push(found.paragraph);
            } else if run.is_covered() {
                found.covered.push(found.paragraph);
                found.covered_words += text.split_whitespace().count();
            }
        }
        Step::Close("r") => {
            in_run = in_run.saturating_sub(1);
            run = Run::default();
        }
        Step::Close("t") => in_words = false,
        _ => {}
    })?;
    for list in [&mut found.tracked, &mut found.hidden, &mut found.covered] {
        list.dedup();
    }
    Ok(())
}

impl Run {
    fn see(&mut self, element: &Element<'_>) {
        let value = || element.attribute("val");
        match local(element.name()) {
            "vanish" => self.is_hidden = element.is_on("val"),
            "highlight" => self.is_marked_black = value().as_deref() == Some("black"),
            "shd" => self.is_on_black = element.attribute("fill").is_some_and(|fill| is_dark(&fill)),
            "color" => self.colour = value(),
            _ => {}
        }
    }

    /// Words on black are readable if they are light. Without a colour Word makes them so on a shade, and not on a mark.
    fn is_covered(&self) -> bool {
        let is_dark = self.colour.as_deref().map(is_dark);
        (self.is_marked_black && is_dark != Some(false)) || (self.is_on_black && is_dark == Some(true))
    }
}

/// Whether a colour as Word writes it, `1A1A1A`, is nearly black. `auto` is not said to be anything.
fn is_dark(colour: &str) -> bool {
    u32::from_str_radix(colour, 16).is_ok_and(|colour| colour.to_be_bytes().iter().all(|part| *part < 0x40))
}
