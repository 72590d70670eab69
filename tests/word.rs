//! Writes Word files for tests, from their parts or from what is to be in them. It shares no code with the program: what it writes by
//! itself is what Word writes, as ECMA-376 has it.
//!
//! Input: parts. Output: an archive whose files are stored as they are. Not here: what is expected of it.

/// What surrounds the body of each part that is written short.
const NAMESPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
    xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
    xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
    xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" \
    xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\" \
    xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\" \
    xmlns:v=\"urn:schemas-microsoft-com:vml\"";

/// The archive of these parts; one that begins with no declaration is the inside of its root.
pub fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let whole: Vec<(String, Vec<u8>)> = parts
        .iter()
        .map(|(name, body)| {
            let text = if body.starts_with("<?xml") || !name.ends_with(".xml") && !name.ends_with(".rels") {
                (*body).to_owned()
            } else {
                wrapped(name, body)
            };
            ((*name).to_owned(), text.into_bytes())
        })
        .collect();
    archive(&whole)
}

/// The root around the inside of a part.
fn wrapped(name: &str, body: &str) -> String {
    let own = name.rsplit('/').next().unwrap_or(name);
    let (root, inner) = match own {
        "document.xml" => ("document", format!("<w:body>{body}</w:body>")),
        "numbering.xml" => ("numbering", body.to_owned()),
        "styles.xml" => ("styles", body.to_owned()),
        "settings.xml" => ("settings", body.to_owned()),
        "footnotes.xml" => ("footnotes", body.to_owned()),
        "endnotes.xml" => ("endnotes", body.to_owned()),
        "comments.xml" => ("comments", body.to_owned()),
        own if own.starts_with("header") => ("hdr", body.to_owned()),
        own if own.starts_with("footer") => ("ftr", body.to_owned()),
        own if own.ends_with(".rels") => {
            return format!(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Relationships \
                 xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{body}</Relationships>"
            );
        }
        _ => return body.to_owned(),
    };
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<w:{root} {NAMESPACES}>{inner}</w:{root}>")
}

/// An archive (APPNOTE.TXT of PKWARE), in which nothing is packed.
pub fn archive(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut directory = Vec::new();
    for (name, body) in files {
        let offset = u32::try_from(bytes.len()).expect("it is short");
        let length = u32::try_from(body.len()).expect("it is short");
        let name_length = u16::try_from(name.len()).expect("it is short");
        let mut head = Vec::new();
        // The version that reads it, no flags, stored, the first day there is.
        for part in [20_u16, 0, 0, 0, 0x21] {
            head.extend(part.to_le_bytes());
        }
        for part in [crc(body), length, length] {
            head.extend(part.to_le_bytes());
        }
        head.extend(name_length.to_le_bytes());
        head.extend([0, 0]);
        bytes.extend(b"PK\x03\x04");
        bytes.extend(&head);
        bytes.extend(name.as_bytes());
        bytes.extend(body);
        directory.extend(b"PK\x01\x02\x14\0");
        directory.extend(&head);
        directory.extend([0; 10]);
        directory.extend(offset.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let (count, start) = (u16::try_from(files.len()).expect("few"), u32::try_from(bytes.len()).expect("short"));
    let length = u32::try_from(directory.len()).expect("it is short");
    bytes.extend(directory);
    bytes.extend(b"PK\x05\x06\0\0\0\0");
    bytes.extend([count.to_le_bytes(), count.to_le_bytes()].concat());
    bytes.extend([length.to_le_bytes(), start.to_le_bytes()].concat());
    bytes.extend([0, 0]);
    bytes
}

/// The checksum of an archive's files (CRC-32).
fn crc(bytes: &[u8]) -> u32 {
    let mut sum = u32::MAX;
    for byte in bytes {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            sum = if sum & 1 == 1 { (sum >> 1) ^ 0xEDB8_8320 } else { sum >> 1 };
        }
    }
    !sum
}
