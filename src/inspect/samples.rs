//! Files made for tests, byte by byte: pictures, PDFs and files of offices, each with one thing in it that readers should not see.
//!
//! Input: what is to be in them. Output: bytes. Not here: what should be found.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::png::chunk;

/// What a camera writes: how it was held (6), its maker, and where it was.
pub fn camera() -> Vec<u8> {
    let mut tiff = b"II*\0\x08\0\0\0\x03\0".to_vec();
    tiff.extend(b"\x0F\x01\x02\0\x04\0\0\0Nik\0");
    tiff.extend(b"\x12\x01\x03\0\x01\0\0\0\x06\0\0\0");
    tiff.extend(b"\x25\x88\x04\0\x01\0\0\0\x32\0\0\0");
    tiff.extend(b"\0\0\0\0");
    // The directory of the place: north.
    tiff.extend(b"\x01\0\x01\0\x02\0\x02\0\0\0N\0\0\0\0\0\0\0");
    tiff
}

/// A segment of a JPEG.
pub fn segment(marker: u8, body: &[u8]) -> Vec<u8> {
    let length = u16::try_from(body.len() + 2).expect("a segment is short");
    [&[0xFF, marker], length.to_be_bytes().as_slice(), body].concat()
}

/// What every JPEG below has: tables, a frame and two scans, between which there is a comment in one of them.
pub fn jpeg(between_head_and_picture: &[Vec<u8>], between_scans: &[Vec<u8>], behind: &[u8]) -> Vec<u8> {
    let mut bytes = b"\xFF\xD8".to_vec();
    bytes.extend(segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0"));
    bytes.extend(between_head_and_picture.concat());
    bytes.extend(segment(0xDB, &[1; 65]));
    bytes.extend(segment(0xC2, b"\x08\0\x10\0\x10\x01\x01\x11\0"));
    bytes.extend(segment(0xDA, b"\x01\x01\0\0\0\0"));
    bytes.extend(b"first\xFF\0scan\xFF\xD0still");
    bytes.extend(between_scans.concat());
    bytes.extend(segment(0xDA, b"\x01\x01\0\0\0\0"));
    bytes.extend(b"second scan");
    bytes.extend(b"\xFF\xD9");
    bytes.extend(behind);
    bytes
}

/// A PNG with these chunks before its data.
pub fn png(chunks: &[Vec<u8>], behind: &[u8]) -> Vec<u8> {
    let head = chunk(b"IHDR", b"\0\0\0\x01\0\0\0\x01\x08\0\0\0\0");
    [super::png::START, &head, &chunks.concat(), &chunk(b"IDAT", b"data"), &chunk(b"IEND", b""), behind].concat()
}

/// A chunk of a WebP.
pub fn riff(name: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len()).expect("a chunk is short");
    let pad: &[u8] = if body.len() % 2 == 1 { b"\0" } else { b"" };
    [name.as_slice(), &length.to_le_bytes(), body, pad].concat()
}

/// A WebP with these chunks behind its data, of which its list says `flags`.
pub fn webp(flags: u8, chunks: &[Vec<u8>]) -> Vec<u8> {
    let list = riff(b"VP8X", &[flags, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    let body = [b"WEBP".as_slice(), &list, &riff(b"VP8 ", b"odd"), &chunks.concat()].concat();
    riff(b"RIFF", &body)
}

/// A GIF with these blocks before its picture.
pub fn gif(blocks: &[&[u8]], behind: &[u8]) -> Vec<u8> {
    let head = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xFF\xFF\xFF";
    let picture = b"\x2C\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0";
    [head.as_slice(), &blocks.concat(), picture, b"\x3B", behind].concat()
}

/// A PDF of these objects, from 1 on; the first is its root.
pub fn pdf(objects: &[String], trailer: &str) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut offsets = Vec::new();
    for (number, object) in (1..).zip(objects) {
        offsets.push(bytes.len());
        bytes.extend(format!("{number} 0 obj\n{object}\nendobj\n").into_bytes());
    }
    let start = bytes.len();
    bytes.extend(format!("xref\n0 {}\n0000000000 65535 f \n", offsets.len() + 1).into_bytes());
    for offset in offsets {
        bytes.extend(format!("{offset:010} 00000 n \n").into_bytes());
    }
    let size = objects.len() + 1;
    bytes
        .extend(format!("trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n").into_bytes());
    bytes
}

/// A PDF with one page that paints `content`. `page` and `root` are added to their descriptions, `more` are objects from 6 on.
pub fn page(content: &str, page: &str, root: &str, more: &[&str]) -> Vec<u8> {
    let mut objects = vec![
        format!("<< /Type /Catalog /Pages 2 0 R {root} >>"),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> \
             /ExtGState << /T << /ca 0.3 >> /M << /BM /Multiply >> >> /XObject << /X 6 0 R >> >> {page} >>"
        ),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    objects.extend(more.iter().map(|object| (*object).to_owned()));
    pdf(&objects, "")
}

/// An archive with these parts.
pub fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, part) in parts {
        writer.start_file(*name, options).expect("it is memory");
        writer.write_all(part.as_bytes()).expect("it is memory");
    }
    writer.finish().expect("it is memory").into_inner()
}

/// A Word file whose text is `text`.
pub fn word(text: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let document =
        format!("<w:document xmlns:w=\"w\"><w:body><w:p><w:r><w:t>One.</w:t></w:r></w:p>{text}</w:body></w:document>");
    archive(&[&[("word/document.xml", document.as_str())], more].concat())
}

/// An Excel file with one sheet that shows, called Costs, and `sheets` beside it.
pub fn excel(sheet: &str, sheets: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let book = format!(
        "<workbook xmlns:r=\"r\"><sheets><sheet name=\"Costs\" sheetId=\"1\" r:id=\"a\"/>{sheets}</sheets></workbook>"
    );
    let relations = "<Relationships><Relationship Id=\"a\" Target=\"worksheets/sheet1.xml\"/></Relationships>";
    let sheet = format!("<worksheet>{sheet}</worksheet>");
    let own = [
        ("xl/workbook.xml", book.as_str()),
        ("xl/_rels/workbook.xml.rels", relations),
        ("xl/worksheets/sheet1.xml", sheet.as_str()),
    ];
    archive(&[&own, more].concat())
}

/// A PowerPoint file with one slide.
pub fn slides(slide: &str, notes: &str) -> Vec<u8> {
    archive(&[
        (
            "ppt/presentation.xml",
            "<p:presentation xmlns:r=\"r\"><p:sldIdLst><p:sldId id=\"256\" r:id=\"a\"/></p:sldIdLst></p:presentation>",
        ),
        (
            "ppt/_rels/presentation.xml.rels",
            "<Relationships><Relationship Id=\"a\" Target=\"slides/slide1.xml\"/></Relationships>",
        ),
        ("ppt/slides/slide1.xml", slide),
        (
            "ppt/slides/_rels/slide1.xml.rels",
            "<Relationships><Relationship Id=\"n\" Target=\"../notesSlides/notesSlide1.xml\"/></Relationships>",
        ),
        ("ppt/notesSlides/notesSlide1.xml", notes),
    ])
}

/// A file of LibreOffice.
pub fn open_document(content: &str) -> Vec<u8> {
    let content = format!("<office:document-content>{content}</office:document-content>");
    archive(&[
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        ("content.xml", &content),
        ("META-INF/manifest.xml", "<m/>"),
    ])
}

/// One of each, for tests that damage them.
pub fn all() -> Vec<(&'static str, Vec<u8>)> {
    let page = page(
        "BT /F 12 Tf 50 700 Td (The name of the witness is here) Tj ET 0 g 40 690 300 30 re f /X Do",
        "/Annots [<< /Subtype /Text /Rect [0 0 9 9] /Contents (remark) >> << /Subtype /Redact /Rect [0 0 600 800] >>]",
        "/Names << /EmbeddedFiles << /Names [(a) << >>] >> >> /OCProperties << /D << /OFF [7 0 R] >> >>",
        &["<< /Subtype /Form /BBox [0 0 9 9] /Matrix [1 0 0 1 0 0] /Length 3 >>\nstream\nq Q\nendstream"],
    );
    vec![
        ("a.jpg", jpeg(&[segment(0xE1, &[b"Exif\0\0".as_slice(), &camera()].concat())], &[], b"behind")),
        ("a.png", png(&[chunk(b"eXIf", &camera()), chunk(b"tEXt", b"Author\0Jo")], b"")),
        ("a.webp", webp(0x08, &[riff(b"EXIF", &camera())])),
        ("a.gif", gif(&[b"\x21\xFE\x02hi\0"], b"")),
        ("a.tif", camera()),
        ("a.pdf", page),
        ("a.docx", word("<w:p><w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>x</w:t></w:r></w:ins></w:p>", &[])),
        (
            "a.xlsx",
            excel("<cols><col min=\"1\" max=\"2\" hidden=\"1\"/></cols><row><c r=\"A1\"><v>1</v></c></row>", "", &[]),
        ),
        ("a.pptx", slides("<p:sld show=\"0\"/>", "<a:t>x</a:t>")),
        ("a.odt", open_document("<text:tracked-changes><text:changed-region/></text:tracked-changes>")),
        (
            "a.svg",
            b"<svg xmlns=\"http://www.w3.org/2000/svg\"><a href=\"#x\">&amp;</a><style>a{}</style></svg>".to_vec(),
        ),
        ("a.xml", b"<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>".to_vec()),
    ]
}
