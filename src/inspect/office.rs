//! Which sort of office file an archive is, who wrote it, and its words.
//!
//! Input: the bytes of an archive. Output: diagnostics, words for who listens. Not here: what is looked for in each sort (`word.rs`, `excel.rs`, `slides.rs`,
//! `open_document.rs`).

use super::formats::FORMATS;
use super::package::Package;
use super::spoken::Spoken;
use super::{excel, open_document, rows, slides, tables, word};
use crate::archive::xml::{Step, walk};
use crate::diagnostic::{Attached, Diagnostics, Hidden, Places, Unread};

/// Looks into an archive.
pub fn look(bytes: &[u8], file: Attached<'_>, spoken: &mut Spoken<'_>, diagnostics: &mut Diagnostics) {
    let looked = Package::open(bytes, spoken.is_heard()).and_then(|mut package| {
        let looked = into(&mut package, file, spoken, diagnostics);
        // What a format's reader does not look for may have words all the same; and so may a book, which has no reader here.
        let said = package.finish().and_then(|words| spoken.say(&words, None));
        looked.and(said)
    });
    if let Err(unread) = looked {
        diagnostics.unread_file(file, &unread);
    }
}

fn into(
    package: &mut Package<'_>,
    file: Attached<'_>,
    spoken: &mut Spoken<'_>,
    diagnostics: &mut Diagnostics,
) -> Result<(), Unread> {
    if package.has("word/document.xml") {
        word::look(package, file, diagnostics)?;
        keep_tables(package, &["word/document.xml".to_owned()], spoken)?;
    } else if package.has("xl/workbook.xml") {
        excel::look(package, file, diagnostics)?;
        spoken.keep_sheets(rows::read(package)?);
    } else if package.has("ppt/presentation.xml") {
        slides::look(package, file, diagnostics)?;
        keep_tables(package, &package.below("ppt/slides/", ".xml"), spoken)?;
    } else if package.has("content.xml") && package.has("META-INF/manifest.xml") {
        open_document::look(package, file, diagnostics)?;
        keep_tables(package, &["content.xml".to_owned()], spoken)?;
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

/// Keeps the rows of the tables in these parts.
fn keep_tables(package: &mut Package<'_>, parts: &[String], spoken: &mut Spoken<'_>) -> Result<(), Unread> {
    let mut found = Vec::new();
    for name in parts {
        for part in package.parts(name)? {
            found.extend(tables::read(&part)?);
        }
    }
    spoken.keep_sheets(found);
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
