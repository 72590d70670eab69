//! `content/old-addresses.csv` → where the addresses of an older website lead now.
//!
//! Input: the bytes of the file. Output: a row for each address, and a diagnostic for each row that cannot be used. Not here: what
//! is at the other end (`assemble/old.rs`).

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::data::rows_of;
use crate::diagnostic::Diagnostics;
use crate::model::{OldAddress, OldRow};
use crate::source::{SourceError, SourceId, Span, decode};

/// Short forms of one program's addresses.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ModernGov {
    /// What a page is called → which part of its question says which one is meant.
    pages: BTreeMap<String, String>,
}

static MODERN_GOV: LazyLock<ModernGov> = LazyLock::new(|| {
    toml::from_str(include_str!("moderngov.toml")).unwrap_or_else(|error| unreachable!("parse/moderngov.toml: {error}"))
});

/// Reads the file: the old address, and in the second column where it leads; other columns are the author's own.
pub fn old(source: SourceId, bytes: Result<Vec<u8>, SourceError>, diagnostics: &mut Diagnostics) -> Vec<OldRow> {
    let text = match bytes.map(decode) {
        Ok(Ok(text)) => text,
        Ok(Err(_)) => {
            diagnostics.old_addresses_not_text(Span::whole(source));
            return Vec::new();
        }
        // `read` has named a file that cannot be opened.
        Err(_) => return Vec::new(),
    };
    let lines = lines(&text, source);
    let mut rows = Vec::new();
    for (number, (line, cells)) in rows_of(&text).enumerate() {
        let span = lines.get(line - 1).copied().unwrap_or(Span::whole(source));
        let cell = |at: usize| cells.get(at).map(|cell| cell.trim()).unwrap_or_default();
        let (typed, to) = (cell(0), cell(1));
        if typed.starts_with('#') || (number == 0 && is_heading(typed)) {
            continue;
        }
        let whole = short_form(typed);
        match OldAddress::read(whole.as_deref().unwrap_or(typed)) {
            _ if cells.len() < 2 => diagnostics.no_second_column(span, typed),
            Some(old) if old.fits_rules() || old.page().is_some() => {
                rows.push(OldRow { old, typed: typed.into(), to: to.into(), span });
            }
            Some(_) => diagnostics.no_rule_for_old_address(span, typed),
            None => diagnostics.no_old_address(span, typed),
        }
    }
    rows
}

/// Whether the first cell of the file names its column: no address is without any of these signs.
fn is_heading(cell: &str) -> bool {
    !cell.contains(['/', '.', '?', '='])
}

/// `mgAi=1234` → `/mgAi.aspx?ID=1234`.
fn short_form(typed: &str) -> Option<String> {
    let (page, number) = typed.split_once('=')?;
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    let (page, key) = MODERN_GOV.pages.iter().find(|(name, _)| name.eq_ignore_ascii_case(page.trim()))?;
    is_number.then(|| format!("/{page}.aspx?{key}={number}"))
}

/// Where each line of a text stands, without its end.
pub(super) fn lines(text: &str, source: SourceId) -> Vec<Span> {
    let mut at = 0;
    let line = |line: &str| {
        let span = Span::new(source, at, at + line.trim_end().len());
        at += line.len();
        span
    };
    text.split_inclusive('\n').map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_of_every_spreadsheet_are_read() {
        let read = |text: &str| {
            let mut diagnostics = Diagnostics::new();
            let rows = old(SourceId(0), Ok(text.as_bytes().to_vec()), &mut diagnostics);
            let rows = rows.iter().map(|row| format!("{} {} > {}", row.old.path, row.old.query.join("&"), row.to));
            (rows.collect::<Vec<String>>(), diagnostics.iter().count())
        };
        for (text, rows, said) in [
            ("old,new\n/a/,pages/a\n", vec!["/a/  > pages/a"], 0),
            ("\u{FEFF}Old address;Where it is now;Who looked\r\n/a/;pages/a;Jo\r\n", vec!["/a/  > pages/a"], 0),
            ("/a/\tpages/a\n\n# later\t\n/b?x=1\t\n", vec!["/a/  > pages/a", "/b x=1 > "], 0),
            (
                "mgAi=1234,minutes/a#item-3\nMGAI=x,a\n",
                vec!["/mgAi.aspx ID=1234 > minutes/a#item-3", "/MGAI=x  > a"],
                0,
            ),
            ("\"/a,b/\",pages/a\n/c/\n,pages/b\n/d?x=$(y),pages/d\n", vec!["/a,b/  > pages/a"], 3),
        ] {
            assert_eq!(read(text), (rows.into_iter().map(str::to_owned).collect(), said), "{text}");
        }
    }

    #[test]
    fn a_message_stands_at_its_line() {
        let mut diagnostics = Diagnostics::new();
        let text = "old,new\n\"/a\n b/\",x\n/c/\n";
        let _ = old(SourceId(0), Ok(text.as_bytes().to_vec()), &mut diagnostics);
        let said: Vec<&str> = diagnostics
            .iter()
            .filter_map(|said| said.span)
            .map(|span| &text[span.start as usize..span.end as usize])
            .collect();
        assert_eq!(said, ["\"/a", "/c/"]);
    }
}
