//! A page that a browser saved as one file (MHTML): the page out of it.
//!
//! Input: bytes of a message of several parts (RFC 2557). Output: the bytes of the page, the address from which it came, and how its
//! letters are written. Not here: HTML.

/// A page out of a message.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Saved {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Its address.
    pub address: Option<String>,
    /// The name of the form in which its letters are written.
    pub charset: Option<String>,
}

/// How deep parts may lie in each other.
const DEEPEST: usize = 8;

/// The first page in a message.
#[must_use]
pub fn page(bytes: &[u8]) -> Option<Saved> {
    part(bytes, DEEPEST)
}

fn part(bytes: &[u8], depth: usize) -> Option<Saved> {
    let (head, body) = split(bytes);
    let kind = field(&head, "content-type").unwrap_or_default();
    let lower = kind.to_ascii_lowercase();
    let address = field(&head, "snapshot-content-location").or_else(|| field(&head, "content-location"));
    if lower.starts_with("multipart/") {
        let boundary = format!("--{}", parameter(&kind, "boundary")?);
        let found = parts(body, boundary.as_bytes()).into_iter().find_map(|inner| part(inner, depth.checked_sub(1)?));
        return found.map(|saved| Saved { address: saved.address.clone().or(address), ..saved });
    }
    if !lower.starts_with("text/html") && !lower.starts_with("application/xhtml") {
        return None;
    }
    let form = field(&head, "content-transfer-encoding").unwrap_or_default().to_ascii_lowercase();
    let bytes = match form.trim() {
        "quoted-printable" => quoted_printable(body),
        "base64" => base64(body),
        _ => body.to_vec(),
    };
    Some(Saved { bytes, address, charset: parameter(&kind, "charset") })
}

/// The head of a part, its lines put together, and the body.
fn split(bytes: &[u8]) -> (String, &[u8]) {
    let end = bytes
        .windows(4)
        .position(|part| part == b"\r\n\r\n")
        .map(|at| (at, at + 4))
        .into_iter()
        .chain(bytes.windows(2).position(|part| part == b"\n\n").map(|at| (at, at + 2)))
        .min();
    let (head, body) = end.map_or((bytes.len(), bytes.len()), |found| found);
    let head = String::from_utf8_lossy(&bytes[..head]).replace("\r\n", "\n");
    (head.replace("\n\t", " ").replace("\n ", " "), &bytes[body..])
}

fn field(head: &str, name: &str) -> Option<String> {
    head.lines().find_map(|line| {
        let (own, value) = line.split_once(':')?;
        own.trim().eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
    })
}

fn parameter(value: &str, name: &str) -> Option<String> {
    value.split(';').skip(1).find_map(|part| {
        let (own, value) = part.split_once('=')?;
        own.trim().eq_ignore_ascii_case(name).then(|| value.trim().trim_matches('"').to_owned())
    })
}

/// What stands between the lines that begin with the boundary.
fn parts<'a>(body: &'a [u8], boundary: &[u8]) -> Vec<&'a [u8]> {
    let mut parts = Vec::new();
    let (mut start, mut at) = (None, 0);
    for line in body.split_inclusive(|byte| *byte == b'\n') {
        if line.starts_with(boundary) {
            if let Some(start) = start {
                parts.push(&body[start..at]);
            }
            start = Some(at + line.len());
        }
        at += line.len();
    }
    // A message that was cut off has a last part all the same.
    parts.extend(start.map(|start| &body[start..]).filter(|part| !part.is_empty()));
    parts
}

/// RFC 2045, section 6.7.
fn quoted_printable(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len());
    let mut at = 0;
    while let Some(byte) = body.get(at) {
        at += 1;
        if *byte != b'=' {
            out.push(*byte);
            continue;
        }
        let digit = |byte: Option<&u8>| byte.and_then(|byte| char::from(*byte).to_digit(16));
        match (body.get(at), digit(body.get(at)), digit(body.get(at + 1))) {
            (_, Some(high), Some(low)) => {
                out.push(u8::try_from(high * 16 + low).unwrap_or(b'?'));
                at += 2;
            }
            (Some(b'\r'), ..) if body.get(at + 1) == Some(&b'\n') => at += 2,
            (Some(b'\n'), ..) => at += 1,
            _ => out.push(b'='),
        }
    }
    out
}

/// RFC 2045, section 6.8.
fn base64(body: &[u8]) -> Vec<u8> {
    let (mut out, mut bits, mut count) = (Vec::new(), 0_u32, 0_u32);
    for byte in body {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => continue,
        };
        bits = (bits << 6) | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count & 0xFF) as u8);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_found_in_a_message() {
        let message = "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://a.example/x\r\nContent-Type: multipart/related;\r\n\
             \ttype=\"text/html\";\r\n\tboundary=\"--B--\"\r\n\r\n----B--\r\nContent-Type: text/html; charset=utf-8\r\n\
             Content-Transfer-Encoding: quoted-printable\r\n\r\n<p>caf=C3=A9 =\r\n=3D</p>\r\n----B----\r\n";
        let saved = page(message.as_bytes()).expect("there is a page");
        assert_eq!(String::from_utf8_lossy(&saved.bytes).trim(), "<p>café =</p>");
        assert_eq!((saved.address.as_deref(), saved.charset.as_deref()), (Some("https://a.example/x"), Some("utf-8")));
        assert_eq!(base64(b"PHA+\r\nYTwvcD4="), b"<p>a</p>");
        assert_eq!(page(b"words"), None);
    }
}
