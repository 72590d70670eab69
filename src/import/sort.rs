//! What a document is, by its bytes.
//!
//! Input: the name of a file and its bytes. Output: which reader reads it, or a [`Refusal`] that says what it is and how to get
//! something that can be read. Not here: reading.

use std::fmt;

use super::mht;
use crate::archive::Archive;
use crate::source::decode;

/// The forms that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// Characters.
    Text,
    /// A Word file of the form since 2007.
    Word,
    /// A page that a browser saved.
    Page,
}

/// Why a document is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// It is of a form that has no reader here: what it is, and how to get one that has.
    Form {
        /// As it is said to people: "a PDF".
        what: &'static str,
        /// What to do.
        fix: &'static str,
    },
    /// It is damaged or cut off; says where that was seen.
    Damaged(String),
    /// A password is needed.
    Encrypted,
    /// Unpacked it is larger than anything that people read.
    TooMuch,
    /// There are no words in it.
    Empty,
    /// It has no bytes.
    NoBytes,
    /// Nobody has said yet which text holds.
    Undecided {
        /// How many changes are neither accepted nor declined.
        changes: usize,
        /// How many comments there are.
        comments: usize,
    },
}

impl fmt::Display for Refusal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Form { what, fix } => write!(out, "This is {what}, which cannot be read.\n{fix}"),
            Self::Damaged(place) => write!(
                out,
                "The file is damaged or was cut off ({place}), so that a part of it would be missing.\nOpen it in the program that \
                 made it, save it again, or get it once more from where it came from."
            ),
            Self::Encrypted => write!(
                out,
                "The file is locked with a password.\nOpen it in Word, take the password off (File, Info, Protect Document), save it, \
                 and import it again."
            ),
            Self::TooMuch => write!(
                out,
                "Unpacked, the file is larger than any text that people read; it may have been made to do harm.\nOpen it in Word, \
                 copy its text into a new document, and import that."
            ),
            Self::Empty => write!(
                out,
                "There are no words in this file. A paper that was scanned is a picture of words: somebody has to type them, or a \
                 program that reads pictures."
            ),
            Self::NoBytes => write!(
                out,
                "The file is empty: it has no bytes at all. Perhaps it was not copied to its end, or lies on a drive that shows its \
                 name alone. Get it once more from where it came from."
            ),
            Self::Undecided { changes, comments } => undecided(*changes, *comments, out),
        }
    }
}

fn undecided(changes: usize, comments: usize, out: &mut fmt::Formatter<'_>) -> fmt::Result {
    let count = |number: usize, one: &str| format!("{number} {one}{}", if number == 1 { "" } else { "s" });
    let parts: Vec<String> = [(changes, "tracked change"), (comments, "comment")]
        .into_iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, what)| count(number, what))
        .collect();
    write!(
        out,
        "The file has {} that nobody has settled, so it is not certain which text holds.\nType  --accept  to import the new text, or  \
         --reject  to import the text as it was before the changes. Comments are left out in both cases, and named.",
        parts.join(" and ")
    )
}

/// How to get words out of a PDF.
const FROM_PDF: &str = "Ask whoever made it for the Word file, or open it, select all, copy, and paste the words into a file that ends \
     in .txt; the report then shows which numbers were found.";
/// How to get a Word file out of another program's.
const SAVE_AS: &str =
    "Open it in Word or LibreOffice, choose “Save as”, take “Word document (.docx)”, and import that file.";

/// What a document is.
///
/// # Errors
/// It is something that is not read.
pub fn sort(name: &str, bytes: &[u8]) -> Result<Sort, Refusal> {
    let end = name.rsplit_once('.').map(|(_, end)| end.to_ascii_lowercase()).unwrap_or_default();
    let form = |what, fix| Err(Refusal::Form { what, fix });
    if bytes.is_empty() {
        return Err(Refusal::NoBytes);
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Refusal::Empty);
    }
    let start = &bytes[..bytes.len().min(1024)];
    if start.windows(5).any(|part| part == b"%PDF-") {
        return form("a PDF", FROM_PDF);
    }
    if bytes.starts_with(b"{\\rtf") {
        return form("a file in the old exchange form RTF", SAVE_AS);
    }
    if bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        return old_office(&end, bytes);
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return office(bytes);
    }
    if start.contains(&0) && !bytes.starts_with(b"\xFF\xFE") && !bytes.starts_with(b"\xFE\xFF") {
        return form(
            "no text",
            "What can be imported are Word files (.docx), saved pages (.html, .mht) and texts (.txt).",
        );
    }
    Ok(if is_page(bytes) { Sort::Page } else { Sort::Text })
}

/// Whether bytes begin as a page does, or as a message with one in it.
fn is_page(bytes: &[u8]) -> bool {
    let start: Vec<u8> = bytes.iter().take(4096).filter(|byte| **byte != 0).map(u8::to_ascii_lowercase).collect();
    let start = String::from_utf8_lossy(&start);
    let start = start.trim_start_matches('\u{feff}').trim_start();
    let begins = ["<!doctype html", "<html", "<head", "<body", "<?xml", "<!--", "<meta", "<div", "<p>", "<table"];
    let is_message = start.contains("content-type: multipart/related") || start.contains("content-type: text/html");
    (begins.iter().any(|begin| start.starts_with(begin)) && start.contains('>'))
        || (is_message && start.contains("mime-version:"))
}

/// A page, with what stands beside it.
pub struct Page {
    /// Its characters.
    pub text: String,
    /// From where it was saved.
    pub address: Option<String>,
}

/// The characters of a page, in the form that it names.
#[must_use]
pub fn page(bytes: &[u8]) -> Page {
    let saved = mht::page(bytes);
    let (bytes, address, charset) = match saved {
        Some(saved) => (saved.bytes, saved.address, saved.charset),
        None => (bytes.to_vec(), None, None),
    };
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        let (text, _, _) = encoding_rs::UTF_8.decode(&bytes);
        return Page { text: text.into_owned(), address };
    }
    let named = charset.or_else(|| named_charset(&bytes));
    let form = named.and_then(|name| encoding_rs::Encoding::for_label(name.as_bytes()));
    // The letters of UTF-16 may all be letters of UTF-8, with noughts between them.
    let is_utf8 = std::str::from_utf8(&bytes).is_ok() && !bytes.contains(&0);
    let form = if is_utf8 { encoding_rs::UTF_8 } else { form.unwrap_or(encoding_rs::WINDOWS_1252) };
    let (text, _, _) = form.decode(&bytes);
    Page { text: text.into_owned(), address }
}

/// The form of letters that a page names in its head.
fn named_charset(bytes: &[u8]) -> Option<String> {
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).to_ascii_lowercase();
    let (_, after) = start.split_once("charset=")?;
    let name: String = after
        .trim_start_matches(['"', '\''])
        .chars()
        .take_while(|sign| sign.is_ascii_alphanumeric() || "-_".contains(*sign))
        .collect();
    (!name.is_empty()).then_some(name)
}

/// A file of an office, by the parts that it has.
fn office(bytes: &[u8]) -> Result<Sort, Refusal> {
    let Ok(mut archive) = Archive::open(bytes) else {
        return Err(Refusal::Damaged("the end of the archive that it is cannot be found".to_owned()));
    };
    // The folder of its text has this name in most; the list of its parts says what it is in all.
    let list = archive.places("[Content_Types].xml").first().and_then(|place| archive.part(*place).ok());
    let is_listed = list.is_some_and(|list| String::from_utf8_lossy(&list).contains("wordprocessingml"));
    let has = |start: &str| archive.names().iter().any(|name| name.starts_with(start));
    let form = |what, fix| Err(Refusal::Form { what, fix });
    if is_listed || has("word/") {
        return Ok(Sort::Word);
    }
    if has("xl/") {
        return form(
            "an Excel file",
            "Save the sheet as CSV and put it beside a text that shows it, or copy its rows into a text.",
        );
    }
    if has("ppt/") {
        return form("a PowerPoint file", "Copy its words into a text, or attach the file to a text.");
    }
    if has("content.xml") && has("META-INF/") {
        return form("a file of LibreOffice (.odt)", SAVE_AS);
    }
    form("an archive of files", "Unpack it into a folder, and import the folder.")
}

/// A file in the old form of Office: a Word 97 file, or a new one that is locked with a password.
fn old_office(end: &str, bytes: &[u8]) -> Result<Sort, Refusal> {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    if bytes.windows(name.len()).any(|part| part == name) {
        return Err(Refusal::Encrypted);
    }
    let what = match end {
        "docx" | "docm" => "a Word file of the old form (.doc) with a new name",
        "xls" | "ppt" | "msg" => "no text document but another file of Office",
        _ => "a Word file of the old form (.doc)",
    };
    Err(Refusal::Form { what, fix: SAVE_AS })
}

/// The characters of a text: UTF-8, UTF-16 with a mark, or what Windows wrote before.
///
/// # Errors
/// There are none.
pub fn characters(bytes: &[u8]) -> Result<String, Refusal> {
    if let Ok(text) = decode(bytes.to_vec()) {
        return Ok(text);
    }
    let (text, _, _) = encoding_rs::WINDOWS_1252.decode(bytes);
    Ok(text.replace("\r\n", "\n").replace('\r', "\n"))
}
