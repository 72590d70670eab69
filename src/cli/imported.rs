//! The honesty report of an import: how much there was, how much there is, and everything that is not as it was.
//!
//! Input: what was made of a document. Output: words for a terminal. Not here: what is counted, and by whom (`import/counts.rs`).

use crate::messages::text::{count, harmless, number, wrapped};
use crate::{Imported, Remark, Weight};

/// How many words of a document are shown of each remark, and how many places.
const SHOWN: usize = 90;
const PLACES: usize = 6;

/// The report of one file; `sentence` says what became of it.
pub(super) fn report(sentence: &str, made: &Imported, width: usize) -> String {
    let mut lines = vec![sentence.to_owned(), String::new()];
    lines.extend(table(made));
    for (weight, title) in [(Weight::Dropped, "Left out"), (Weight::Doubtful, "Please look at")] {
        let remarks: Vec<&Remark> = made.remarks.0.iter().filter(|remark| remark.weight == weight).collect();
        if !remarks.is_empty() {
            lines.extend([String::new(), format!("{title}:")]);
            lines.extend(remarks.into_iter().flat_map(remark));
        }
    }
    if !made.unplaced.is_empty() {
        let numbers = shortened(&made.unplaced.join(", "));
        lines.extend([String::new(), format!("Printed, but no place that can be linked: {numbers}")]);
    }
    if !made.found.is_empty() {
        let found: Vec<String> = made.found.iter().map(|(label, number)| format!("{number} {label}")).collect();
        lines.extend([String::new(), format!("Found in the text: {}", crate::diagnostic::list(&found))]);
    }
    if made.withheld {
        let words = "By its own words, not all of this text is for everybody: a build keeps that back. `folkmoot check` says what.";
        lines.extend([String::new(), words.to_owned()]);
    }
    lines.push(String::new());
    if made.missing.is_empty() {
        lines.push("Nothing else is missing: every word of the file is in the text or named above.".to_owned());
    } else {
        lines.push(
            "MISSING, and nobody knows why. Please put it back by hand, and tell the makers of Folkmoot:".to_owned(),
        );
        for (words, piece) in made.missing.iter().take(PLACES) {
            lines.push(format!("  {}  in: {}", shortened(words), shortened(piece)));
        }
        if made.missing.len() > PLACES {
            lines.push(format!("  and at {} more", count(made.missing.len() - PLACES, "place")));
        }
    }
    wrapped(&harmless(&lines.join("\n")), width) + "\n\n"
}

/// How much there was and is of each.
fn table(made: &Imported) -> Vec<String> {
    let (read, out) = (&made.read, &made.made);
    let rows = [
        ("words", Some(made.words.0), Some(made.words.1)),
        ("paragraphs", read.paragraphs, out.paragraphs),
        ("  of these headings", read.headings, out.headings),
        ("  with numbers", read.numbers, out.numbers),
        ("  with bullets", read.items, out.items),
        ("tables", read.tables, out.tables),
        ("footnotes", read.notes, out.notes),
        ("links", read.links, out.links),
        ("pictures", read.pictures, out.pictures),
    ];
    let mut lines = vec![format!("  {:<20}{:>12}{:>12}", "", "in the file", "in the text")];
    for (what, before, after) in rows {
        if before.unwrap_or_default() + after.unwrap_or_default() > 0 {
            let shown = |value: Option<usize>| value.map_or_else(|| "?".to_owned(), number);
            lines.push(format!("  {what:<20}{:>12}{:>12}", shown(before), shown(after)));
        }
    }
    lines
}

fn remark(remark: &Remark) -> Vec<String> {
    let words: Vec<&String> = remark.words.iter().filter(|words| !words.is_empty()).collect();
    let mut lines = vec![format!("  {} ({})", remark.what, number(remark.words.len()))];
    for words in words.iter().take(PLACES) {
        lines.push(format!("    {}", shortened(words)));
    }
    if words.len() > PLACES {
        lines.push(format!("    and {} more", number(words.len() - PLACES)));
    }
    lines
}

fn shortened(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.char_indices().nth(SHOWN) {
        Some((at, _)) => format!("{} …", text[..at].trim_end()),
        None => text,
    }
}
