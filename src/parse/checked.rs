//! `content/checked.toml` ↔ which files a person has looked at and found fit for the public.
//!
//! Input: the bytes of the file; or its text, and files that were looked at just now. Output: paths, each with the checksum of the bytes
//! that were looked at, and a diagnostic for each line that cannot be used; or the change after which the file names those too.
//! Not here: what is then not said or not held back any more (`lib.rs`, `disclosure`). A file that was changed is another file.

use crate::data::{Pair, Raw, toml_file};
use crate::diagnostic::{Change, Diagnostics, Edit};
use crate::model::{Checked, checked_key, checked_line, checked_sum};
use crate::source::{SourceError, SourceId, Span, decode};

/// Reads the file: a line for each, `"papers/plan.pdf" = "8f2a…"`, as messages offer it.
pub fn checked(source: SourceId, bytes: Result<Vec<u8>, SourceError>, diagnostics: &mut Diagnostics) -> Checked {
    let text = match bytes.map(decode) {
        Ok(Ok(text)) => text,
        Ok(Err(error)) => {
            diagnostics.entries_not_text(source, &error);
            return Checked::default();
        }
        // `read` has named a file that cannot be opened.
        Err(_) => return Checked::default(),
    };
    let mut checked = Checked::default();
    let Some(node) = toml_file(&text, source, "wrong-entry", diagnostics) else { return checked };
    for Pair { key, value, .. } in node.pairs() {
        let sum = match &value.value {
            Raw::Scalar { text, .. } if text.len() == 32 => u128::from_str_radix(text, 16).ok(),
            _ => None,
        };
        match sum {
            Some(sum) => checked.add(&format!("content/{key}"), sum),
            None => diagnostics.no_checksum(value.span, key),
        }
    }
    checked
}

/// The change after which the file, whose text is `text`, names these files too: each on a line of its own, in the order of
/// paths. Whatever else a person wrote into it stays. `None` if it cannot be read, or says something else of one of them.
#[must_use]
pub fn with_checked(text: &str, source: SourceId, files: &Checked) -> Option<Change> {
    let node = toml_file(text, source, "wrong-entry", &mut Diagnostics::new())?;
    let (plain, other): (Vec<&Pair>, Vec<&Pair>) =
        node.pairs().iter().partition(|pair| matches!(pair.value.value, Raw::Scalar { .. }));
    let mut edits = Vec::new();
    let mut put_in: Vec<(usize, String)> = Vec::new();
    for (path, checksum) in files.iter() {
        let key = checked_key(path);
        if other.iter().any(|pair| pair.key == key) {
            return None;
        }
        if let Some(known) = plain.iter().find(|pair| pair.key == key) {
            let quoted = matches!(known.value.value, Raw::Scalar { quoted: true, .. });
            let sum = checked_sum(checksum);
            let with = if quoted { sum } else { format!("\"{sum}\"") };
            edits.push(Edit { span: known.value.span, with: with.into() });
            continue;
        }
        let before = plain.iter().filter(|pair| *pair.key < *key).max_by_key(|pair| &pair.key);
        let at = match (before, plain.first()) {
            (Some(before), _) => next_line(text, before.value.span.end as usize),
            (None, Some(first)) => above(text, first.key_span.start as usize),
            // What stands below the head of a table would be an entry of that table.
            (None, None) if !other.is_empty() => 0,
            (None, None) => text.len(),
        };
        let line = checked_line(path, checksum) + "\n";
        match put_in.iter_mut().find(|(known, _)| *known == at) {
            Some((_, lines)) => lines.push_str(&line),
            None => put_in.push((at, line)),
        }
    }
    edits.extend(put_in.into_iter().map(|(at, lines)| {
        let begun = !text[..at].is_empty() && !text[..at].ends_with('\n');
        let with = if begun { format!("\n{lines}") } else { lines };
        Edit { span: Span::new(source, at, at), with: with.into() }
    }));
    Some(Change { edits })
}

/// Where the line after the one with the byte `at` begins.
fn next_line(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |end| at + end + 1)
}

/// Where the lines of comment begin that stand above the line with the byte `at`, without an empty line between: they are about it.
fn above(text: &str, at: usize) -> usize {
    let mut start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    while let Some(before) = text[..start].strip_suffix('\n') {
        let line = before.rfind('\n').map_or(0, |end| end + 1);
        if !before[line..].trim_start().starts_with('#') {
            break;
        }
        start = line;
    }
    start
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::changed;

    const SOURCE: SourceId = SourceId(0);

    fn looked_at(paths: &[&str]) -> Checked {
        let mut checked = Checked::default();
        paths.iter().for_each(|path| checked.add(&format!("content/{path}"), 0xAB));
        checked
    }

    /// The file `text` after these were looked at, with `…` for what is the same in each line.
    fn after(text: &str, paths: &[&str]) -> Option<String> {
        let bytes = text.as_bytes().to_vec();
        let files = looked_at(paths);
        let change = with_checked(&decode(bytes.clone()).expect("it is text"), SOURCE, &files)?;
        let after = changed(&bytes, [&change]).expect("it fits");
        let mut said = Diagnostics::new();
        let read = checked(SOURCE, Ok(after.clone()), &mut said);
        assert!(files.iter().all(|(path, sum)| read.has(path, sum)), "{}", String::from_utf8_lossy(&after));
        let old = checked(SOURCE, Ok(bytes), &mut Diagnostics::new());
        let kept = |(path, sum)| files.iter().any(|(new, _)| new == path) || read.has(path, sum);
        assert!(old.iter().all(kept), "{}", String::from_utf8_lossy(&after));
        let after = String::from_utf8(after).expect("it is text");
        Some(after.replace(&format!("{:032x}", 0xAB), "…"))
    }

    fn line(path: &str) -> String {
        format!("\"{path}\" = \"{:032x}\"\n", 1)
    }

    #[test]
    fn a_line_is_put_where_it_belongs_and_all_others_stay() {
        let (b, d) = (line("b.md"), line("d.pdf"));
        for (text, paths, expected) in [
            (String::new(), &["b.md", "a.md"][..], "\"a.md\" = \"…\"\n\"b.md\" = \"…\"\n".to_owned()),
            (format!("{b}{d}"), &["a.md"], format!("\"a.md\" = \"…\"\n{b}{d}")),
            (format!("{b}{d}"), &["c.md", "c2.md"], format!("{b}\"c.md\" = \"…\"\n\"c2.md\" = \"…\"\n{d}")),
            (format!("{b}{d}"), &["e.md"], format!("{b}{d}\"e.md\" = \"…\"\n")),
            // A comment stays with the line that it is above or behind.
            (
                format!("# B\n{b}# D\n{d}"),
                &["c.md", "a.md"],
                format!("\"a.md\" = \"…\"\n# B\n{b}\"c.md\" = \"…\"\n# D\n{d}"),
            ),
            (format!("# All\n\n# B\n{b}"), &["a.md"], format!("# All\n\n\"a.md\" = \"…\"\n# B\n{b}")),
            (b.replace('\n', " # B\n"), &["c.md"], format!("{}\"c.md\" = \"…\"\n", b.replace('\n', " # B\n"))),
            ("# None yet".to_owned(), &["a.md"], "# None yet\n\"a.md\" = \"…\"\n".to_owned()),
            (b.trim_end().to_owned(), &["c.md"], format!("{b}\"c.md\" = \"…\"\n")),
            // One that was looked at before it was changed.
            (format!("# B\n{b}{d}"), &["b.md"], format!("# B\n\"b.md\" = \"…\"\n{d}")),
            ("'b.md' = 5 # B\n".to_owned(), &["b.md"], "'b.md' = \"…\" # B\n".to_owned()),
            ("\"b.md\" = \"yes\"\n".to_owned(), &["b.md"], "\"b.md\" = \"…\"\n".to_owned()),
            // A table is none of ours, and a line below its head would be in it.
            (format!("{b}[t]\n{d}"), &["e.md"], format!("{b}\"e.md\" = \"…\"\n[t]\n{d}")),
            (format!("# T\n[t]\n{d}"), &["e.md"], format!("\"e.md\" = \"…\"\n# T\n[t]\n{d}")),
            (
                format!("\u{feff}{}", d.replace('\n', "\r\n")),
                &["e.md"],
                format!("\u{feff}{}\"e.md\" = \"…\"\r\n", d.replace('\n', "\r\n")),
            ),
        ] {
            assert_eq!(after(&text, paths).as_deref(), Some(&*expected), "{text}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_not_changed() {
        for text in ["\"a.md\" = ", "\"a.md\" = 'x'\n\"a.md\" = 'y'\n", "no\n", "[\"b.md\"]\n", "\"b.md\" = ['x']\n"] {
            assert_eq!(after(text, &["b.md"]), None, "{text}");
        }
    }
}
