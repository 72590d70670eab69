//! Looks for what readers of a PowerPoint file were not meant to see.
//!
//! Input: an opened file. Output: diagnostics: hidden slides, notes of the speaker, comments. Slides have the numbers that readers
//! see.

use super::package::{Package, relations};
use crate::archive::xml::{Step, walk};
use crate::diagnostic::{Attached, Diagnostics, Hidden, Places, Unread};

const SHOW: &str = "ppt/presentation.xml";

/// Looks at each slide, in order.
pub fn look(package: &mut Package<'_>, file: Attached<'_>, diagnostics: &mut Diagnostics) -> Result<(), Unread> {
    let parts = relations(package, SHOW)?;
    let mut ids = Vec::new();
    for show in package.parts(SHOW)? {
        walk(&show, |step| {
            if let Step::Open(element) = step
                && element.name() == "sldId"
            {
                // Of `id` and `r:id` the second leads to the slide.
                ids.extend(element.attributes().find(|(name, _)| name.ends_with(":id")).map(|(_, id)| id.into_owned()));
            }
        })?;
    }
    let (mut hidden, mut with_notes) = (Vec::new(), Vec::new());
    for (number, id) in (1..).zip(ids) {
        let Some((_, part)) = parts.iter().find(|(own, _)| *own == id) else { continue };
        if package.parts(part)?.iter().map(|slide| is_hidden(slide)).collect::<Result<Vec<_>, _>>()?.contains(&true) {
            hidden.push(number);
        }
        for (_, notes) in relations(package, part)?.into_iter().filter(|(_, part)| part.contains("notesSlides/")) {
            let notes = format!("ppt/notesSlides/{}", notes.rsplit('/').next().unwrap_or_default());
            for part in package.parts(&notes)? {
                if has_words(&part)? {
                    with_notes.push(number);
                }
            }
        }
    }
    with_notes.dedup();
    if !hidden.is_empty() {
        diagnostics.hidden_in_file(file, Hidden::Slides, &Places::Slides(&hidden));
    }
    if !with_notes.is_empty() {
        diagnostics.hidden_in_file(file, Hidden::Notes, &Places::Slides(&with_notes));
    }
    let mut comments = 0;
    for name in package.below("ppt/comments/", ".xml") {
        for part in package.parts(&name)? {
            walk(&part, |step| comments += usize::from(matches!(step, Step::Open(one) if one.name() == "cm")))?;
        }
    }
    if comments > 0 {
        diagnostics.hidden_in_file(file, Hidden::Comments, &Places::Whole(comments));
    }
    Ok(())
}

fn is_hidden(slide: &[u8]) -> Result<bool, Unread> {
    let mut is_hidden = false;
    walk(slide, |step| {
        if let Step::Open(element) = step
            && element.name() == "sld"
        {
            is_hidden = !element.is_on("show");
        }
    })?;
    Ok(is_hidden)
}

/// Whether notes say something, beside the number of the slide, which is a field.
fn has_words(notes: &[u8]) -> Result<bool, Unread> {
    let (mut has_words, mut in_field, mut in_words) = (false, false, false);
    walk(notes, |step| match step {
        Step::Open(element) => match element.name() {
            "fld" => in_field = true,
            "t" => in_words = true,
            _ => {}
        },
        Step::Text(words) => has_words |= in_words && !in_field && !words.trim().is_empty(),
        Step::Close("fld") => in_field = false,
        Step::Close("t") => in_words = false,
        _ => {}
    })?;
    Ok(has_words)
}
