//! How much memory a PDF takes when it is opened, before it is.
//!
//! Input: bytes. Output: whether the parts that a reader must unpack to find the others (streams of objects and of references) stay
//! within a limit. Not here: pictures and the content of pages, which are unpacked one by one (`pdf.rs`).
//!
//! Such a stream is known by the keys without which nobody can read it. One that is packed in another way than the one in which
//! every program packs them is refused: it can be made of nothing into anything.

use std::io::Read;

use flate2::read::ZlibDecoder;

use super::find;
use crate::diagnostic::Unread;

/// How many bytes all these streams may have together, unpacked.
const LONGEST: u64 = 256_000_000;
/// The same of a file whose streams are locked, packed.
const LONGEST_LOCKED: u64 = 1_000_000;
/// How far before its data the description of a stream may begin.
const LONGEST_DESCRIPTION: usize = 4096;

/// Says whether a file may be opened.
///
/// # Errors
/// Why not.
pub fn weigh(bytes: &[u8]) -> Result<(), Unread> {
    let is_locked = find(bytes, b"/Encrypt").is_some();
    let mut total = 0;
    let mut at = 0;
    while let Some(found) = find(&bytes[at..], b"stream") {
        let begins = at + found;
        at = begins + b"stream".len();
        let Some(names) = names_before(bytes, begins) else { continue };
        let has = |name: &[u8]| names.iter().any(|own| own == name);
        if !(has(b"First") && has(b"N") || has(b"W") && has(b"Size")) {
            continue;
        }
        let data = &bytes[at..];
        let end = find(data, b"endstream").unwrap_or(data.len());
        let data = data[..end].trim_ascii_start();
        let is_packed = has(b"Filter") || has(b"F");
        let is_plain_packed = names.iter().filter(|name| name.ends_with(b"Decode")).count() == 1 && has(b"FlateDecode");
        total += match (is_packed, is_locked) {
            (false, _) => data.len() as u64,
            (true, true) => data.len() as u64 * (LONGEST / LONGEST_LOCKED),
            (true, false) if is_plain_packed => unpacked(data, LONGEST - total),
            (true, false) => return Err(Unread::TooMuch),
        };
        if total >= LONGEST {
            return Err(if is_locked { Unread::Encrypted } else { Unread::TooMuch });
        }
        at += end;
    }
    Ok(())
}

/// How many bytes come out of what is packed, counted up to `most` without keeping them.
pub fn unpacked(data: &[u8], most: u64) -> u64 {
    std::io::copy(&mut ZlibDecoder::new(data).take(most), &mut std::io::sink()).unwrap_or_default()
}

/// The names in the description that ends at `end`: what stands between the last `obj` and the data.
fn names_before(bytes: &[u8], end: usize) -> Option<Vec<Vec<u8>>> {
    let before = &bytes[end.saturating_sub(LONGEST_DESCRIPTION)..end];
    let before = before.trim_ascii_end();
    if !before.ends_with(b">>") {
        return None;
    }
    let start = before.windows(3).rposition(|three| three == b"obj").unwrap_or_default();
    let parts = before[start..].split(|byte| *byte == b'/').skip(1);
    Some(
        parts
            .map(|part| {
                unescaped(part.split(|byte| b" \t\r\n\0\x0C<>[]()/%".contains(byte)).next().unwrap_or_default())
            })
            .collect(),
    )
}

/// A name in which `#41` stands for `A`.
fn unescaped(name: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(name.len());
    let mut at = 0;
    while at < name.len() {
        let code = name.get(at + 1..at + 3).and_then(|code| std::str::from_utf8(code).ok());
        match code.filter(|_| name[at] == b'#').and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) => {
                plain.push(byte);
                at += 3;
            }
            None => {
                plain.push(name[at]);
                at += 1;
            }
        }
    }
    plain
}
