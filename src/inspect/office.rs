//! Which sort of office file an archive is, and who wrote it.
//!
//! Input: the bytes of an archive. Output: diagnostics. Not here: what is looked for in each sort (`word.rs`, `excel.rs`, `slides.rs`,
//! `open_document.rs`).

use super::formats::FORMATS;
use super::package::Package;
use super::xml::{Broken, Step, walk};
use super::{excel, open_document, slides, word};
use crate::diagnostic::{Attached, Diagnostics, Hidden, Places, Unread};

impl From<Broken> for Unread {
    fn from(_: Broken) -> Self {
        Self::Damaged
    }
}

/// Looks into an archive.
pub fn look(bytes: &[u8], file: Attached<'_>, diagnostics: &mut Diagnostics) {
    let looked = Package::open(bytes).and_then(|mut package| into(&mut package, file, diagnostics));
    if let Err(unread) = looked {
        diagnostics.unread_file(file, &unread);
    }
}

fn into(package: &mut Package<'_>, file: Attached<'_>, diagnostics: &mut Diagnostics) -> Result<(), Unread> {
    if package.has("word/document.xml") {
        word::look(package, file, diagnostics)?;
    } else if package.has("xl/workbook.xml") {
        excel::look(package, file, diagnostics)?;
    } else if package.has("ppt/presentation.xml") {
        slides::look(package, file, diagnostics)?;
    } else if package.has("content.xml") && package.has("META-INF/manifest.xml") {
        open_document::look(package, file, diagnostics)?;
    } else {
        return Err(match FORMATS.ends.old.get(file.end()) {
            Some(better) => Unread::Old(better.clone()),
            None => Unread::Archive,
        });
    }
    let files = ["word/embeddings/", "xl/embeddings/", "ppt/embeddings/"].map(|folder| package.below(folder, "").len());
    let files: usize = files.iter().sum();
    if files > 0 {
        diagnostics.hidden_in_file(file, Hidden::Files, &Places::Whole(files));
    }
    if names_author(package)? {
        diagnostics.author_in_file(file);
    }
    Ok(())
}

fn names_author(package: &mut Package<'_>) -> Result<bool, Unread> {
    let mut is_named = false;
    for part in [package.parts("docProps/core.xml")?, package.parts("meta.xml")?].concat() {
        let mut inside = false;
        walk(&part, |step| match step {
            Step::Open(element) => inside = FORMATS.office.authors.contains(element.name()),
            Step::Text(words) => is_named |= inside && !words.trim().is_empty(),
            Step::Close(_) => inside = false,
            _ => {}
        })?;
    }
    Ok(is_named)
}

/// To which parts a part leads: its ids → their names from the root of the archive.
pub fn relations(package: &mut Package<'_>, part: &str) -> Result<Vec<(String, String)>, Unread> {
    let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
    let mut relations = Vec::new();
    for list in package.parts(&format!("{folder}/_rels/{name}.rels"))? {
        walk(&list, |step| {
            if let Step::Open(element) = step
                && let (Some(id), Some(target)) = (element.attribute("Id"), element.attribute("Target"))
            {
                let target = match target.strip_prefix('/') {
                    Some(target) => target.to_owned(),
                    None => format!("{folder}/{target}"),
                };
                relations.push((id, target));
            }
        })?;
    }
    Ok(relations)
}
