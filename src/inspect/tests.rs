//! What is found in files that were made for it, and that nothing stops the program.

use std::collections::BTreeSet;
use std::io::{Read as _, Write as _};

use super::png::chunk;
use super::samples::*;
use super::*;
use crate::source::Sources;

/// The codes of what is said of a file, and the bytes that are published in its place.
fn look(path: &str, bytes: &[u8]) -> (Vec<String>, Option<Vec<u8>>) {
    let path = format!("content/{path}");
    let sources = Sources::in_memory([], [(path.clone(), bytes.to_vec())]);
    let inspection = inspect(&sources.attachments[0], sources.provider.as_ref(), None);
    let said = inspection.diagnostics.sorted();
    for one in &said {
        assert_eq!(one.place.as_deref(), Some(path.as_str()));
        assert!(one.title.len() + one.why.len() + one.fix.len() < 2000, "{one:?}");
    }
    let copy = inspection.cleaned.map(|cleaned| {
        let copy = super::cleaned(&path, cleaned.was, sources.provider.as_ref()).expect("it did not change");
        assert_eq!((cleaned.length, cleaned.hash), (copy.len() as u64, xxh3_128(&copy)));
        copy
    });
    (said.iter().map(|one| format!("{}: {}", one.code, one.why)).collect(), copy)
}

fn codes(path: &str, bytes: &[u8]) -> Vec<String> {
    let codes: BTreeSet<String> =
        look(path, bytes).0.iter().filter_map(|said| Some(said.split_once(':')?.0.to_owned())).collect();
    codes.into_iter().collect()
}

fn none() -> Vec<String> {
    Vec::new()
}

#[test]
fn a_jpeg_keeps_its_scans_its_colours_and_how_the_camera_was_held() {
    let exif = segment(0xE1, &[b"Exif\0\0".as_slice(), &camera()].concat());
    let colours = segment(0xE2, b"ICC_PROFILE\0\x01\x01profile");
    let adobe = segment(0xEE, b"Adobe\0\x64\0\0\0\0\x01");
    let xmp = segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x/>");
    let other = segment(0xED, b"Photoshop 3.0\0by line");
    let comment = segment(0xFE, b"a remark");
    let more = segment(0xE2, b"MPF\0more");
    let whole = jpeg(
        &[exif, colours.clone(), adobe.clone(), xmp, other, comment.clone(), more],
        &[comment],
        b"\xFF\xD8\xFF\xE0 another picture",
    );
    let orientation = segment(0xE1, &[b"Exif\0\0".as_slice(), &camera::only_orientation(6)].concat());
    let expected = jpeg(&[orientation, colours, adobe], &[], b"");
    let (said, copy) = look("a.jpg", &whole);
    assert_eq!(copy, Some(expected.clone()));
    assert_eq!(
        said,
        [
            "picture-details: It said where it was taken, when, by whom and with what it was made, what a person or a program \
          wrote about it and other data behind it. The picture looks as before; your file is not changed."
        ]
    );
    // What was cleaned once is not cleaned again.
    assert_eq!(look("a.jpg", &expected), (none(), None));
    assert_eq!(look("a.jpg", &jpeg(&[], &[], b"\0\0")), (none(), None));
}

#[test]
fn the_small_picture_in_a_jpeg_goes() {
    let plain = jpeg(&[], &[], b"");
    let head = segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\x01\x01abc");
    let with = [&plain[..2], &head, &plain[20..]].concat();
    assert_eq!(look("a.jpg", &with).1, Some(plain));
}

#[test]
fn a_png_keeps_what_says_how_it_looks() {
    let kept = [chunk(b"iCCP", b"colours"), chunk(b"pHYs", b"size"), chunk(b"acTL", b"moves")];
    let gone = [chunk(b"tEXt", b"Author\0Jo"), chunk(b"iTXt", b"x"), chunk(b"zTXt", b"x"), chunk(b"tIME", b"x")];
    let from_camera = chunk(b"eXIf", &camera());
    let whole = png(&[&kept[..], &gone[..], &[from_camera]].concat(), b"behind");
    let orientation = chunk(b"eXIf", &camera::only_orientation(6));
    let expected = png(&[&kept[..], &[orientation]].concat(), b"");
    assert_eq!(look("a.png", &whole).1, Some(expected.clone()));
    assert_eq!(look("a.png", &expected), (none(), None));
}

#[test]
fn a_webp_says_of_itself_what_is_in_it() {
    let whole = webp(0x1C, &[riff(b"EXIF", &camera()), riff(b"XMP ", b"<x/>"), riff(b"ABCD", b"unknown")]);
    let expected = webp(0x18, &[riff(b"EXIF", &camera::only_orientation(6))]);
    assert_eq!(look("a.webp", &whole).1, Some(expected.clone()));
    assert_eq!(look("a.webp", &expected), (none(), None));
    let described = webp(0x04, &[riff(b"XMP ", b"<x/>")]);
    assert_eq!(look("a.webp", &described).1, Some(webp(0, &[])));
}

#[test]
fn a_gif_keeps_how_it_moves() {
    let moves: &[u8] = b"\x21\xFF\x0BNETSCAPE2.0\x03\x01\0\0\0";
    let whole = gif(&[moves, b"\x21\xFE\x06remark\0", b"\x21\xFF\x0BXMP DataXMP\x02<x\0"], b"behind");
    assert_eq!(look("a.gif", &whole).1, Some(gif(&[moves], b"")));
    assert_eq!(look("a.gif", &gif(&[moves], b"")), (none(), None));
}

#[test]
fn a_picture_that_is_not_written_anew_is_named_if_it_says_more() {
    assert_eq!(codes("a.tif", &camera()), ["hidden-in-file"]);
    assert_eq!(codes("a.tif", b"II*\0\x08\0\0\0\0\0\0\0\0\0"), none());
}

const WORDS: &str = "BT /F 12 Tf 50 700 Td (The name of the witness is here) Tj ET";

#[test]
fn words_below_a_box_are_counted_and_not_repeated() {
    let (said, copy) = look("a.pdf", &page(&format!("{WORDS} 0 g 40 690 300 30 re f"), "", "", &[]));
    assert_eq!(copy, None);
    assert_eq!(
        said,
        [
            "covered-words: See page 1: about 5 words are covered there. Everybody who opens the file can read it, copy it and find \
          it with a search."
        ]
    );
    for hides in [
        "0.1 0.1 0.1 rg 40 690 300 30 re f",
        "0 0 0 1 k 40 690 300 30 re B*",
        "1 g 40 690 300 30 re f",
        "q 300 0 0 30 40 690 cm 0 0 1 1 re f Q",
        "40 690 m 340 690 l 340 720 l 40 720 l h f",
        "40 703 m 340 703 l 16 w S",
        "/X Do",
        // Nobody can copy what is covered in a picture, but what is read from it is kept below as letters that do not show.
        "q 0 0 600 800 re W n 40 690 300 30 re f Q",
    ] {
        let form = "<< /Subtype /Form /BBox [0 0 600 800] /Length 24 >>\nstream\n0 g 40 690 300 30 re f\nendstream";
        assert_eq!(codes("a.pdf", &page(&format!("{WORDS} {hides}"), "", "", &[form])), ["covered-words"], "{hides}");
    }
}

#[test]
fn what_shows_is_not_covered() {
    for shows in [
        // Painted before the words: the ground of a page, the head of a table.
        format!("0 g 40 690 300 30 re f 1 g {WORDS}"),
        format!("1 g 0 0 600 800 re f 0 g {WORDS}"),
        // Painted again above.
        format!("{WORDS} 0 g 40 690 300 30 re f 1 g {WORDS}"),
        // A rule below, through and beside them.
        format!("{WORDS} 0 g 40 696 300 2 re f"),
        format!("{WORDS} 0 g 40 703 300 1 re f"),
        format!("{WORDS} 0 g 300 690 300 30 re f"),
        format!("{WORDS} 2 w 40 703 m 340 703 l S"),
        // A frame, as a rectangle without another.
        format!("{WORDS} 0 g 38 688 304 34 re 40 690 300 30 re f*"),
        // Marked with a colour, or seen through.
        format!("{WORDS} 1 1 0 rg 40 690 300 30 re f"),
        format!("{WORDS} /T gs 0 g 40 690 300 30 re f"),
        format!("{WORDS} /M gs 1 g 40 690 300 30 re f"),
        // Outside of the edge within which it is painted.
        format!("{WORDS} q 0 0 600 100 re W n 1 g 0 0 600 790 re f Q"),
        format!("{WORDS} q 0 0 m 9 9 l 0 9 l h W n 0 g 40 690 300 30 re f Q"),
        // The paper.
        format!("{WORDS} 1 g 0 0 600 800 re f"),
        // A line to write on, below the field of a form.
        "BT /F 12 Tf 50 700 Td (......... _________) Tj ET 1 g 40 690 300 30 re f".to_owned(),
    ] {
        assert_eq!(look("a.pdf", &page(&shows, "", "", &[])).0, none(), "{shows}");
    }
}

#[test]
fn notes_in_a_pdf_are_comments_or_cover_words() {
    let with =
        |note: &str| codes("a.pdf", &page(WORDS, &format!("/Annots [<< /Rect [40 690 340 720] {note} >>]"), "", &[]));
    assert_eq!(with("/Subtype /Text /Contents (is that so?)"), ["hidden-in-file"]);
    assert_eq!(with("/Subtype /Highlight /Contents ()"), none());
    assert_eq!(with("/Subtype /Link /Contents (where it leads)"), none());
    assert_eq!(with("/Subtype /Widget /MK << /BG [1] >>"), none());
    assert_eq!(with("/Subtype /Square /IC [0 0 0]"), ["covered-words"]);
    assert_eq!(with("/Subtype /Square /IC [1 1 0]"), none());
    assert_eq!(with("/Subtype /Highlight /C [0 0 0] /QuadPoints [40 720 340 720 40 690 340 690]"), ["covered-words"]);
    assert_eq!(with("/Subtype /Redact"), ["covered-words"]);
    assert_eq!(with("/Subtype /FileAttachment"), ["hidden-in-file"]);
    let form = "<< /Subtype /Form /BBox [0 0 3 3] /Length 18 >>\nstream\n0 g 0 0 3 3 re f\nendstream";
    let look = "/Annots [<< /Rect [40 690 340 720] /Subtype /Stamp /AP << /N 6 0 R >> >>]";
    assert_eq!(codes("a.pdf", &page(WORDS, look, "", &[form])), ["covered-words"]);
}

#[test]
fn a_pdf_names_its_author_its_files_and_its_layers() {
    let with = |root: &str| codes("a.pdf", &page(WORDS, "", root, &["<< >>"]));
    assert_eq!(with("/Names << /EmbeddedFiles << /Kids [<< /Names [(a) 6 0 R] >>] >> >>"), ["hidden-in-file"]);
    assert_eq!(with("/OCProperties << /OCGs [6 0 R] /D << /OFF [6 0 R] >> >>"), ["hidden-in-file"]);
    assert_eq!(with("/OCProperties << /OCGs [6 0 R] /D << /ON [6 0 R] >> >>"), none());
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R >>",
    ];
    let objects = objects.map(str::to_owned);
    assert_eq!(
        codes("a.pdf", &pdf(&objects, "/Info << /Author (Jo Field) /Producer (A printer) >>")),
        ["author-in-file"]
    );
    assert_eq!(codes("a.pdf", &pdf(&objects, "/Info << /Author ( ) /Producer (A printer) >>")), none());
    let xmp = "<x:xmpmeta><dc:creator><rdf:Seq><rdf:li>Jo</rdf:li></rdf:Seq></dc:creator></x:xmpmeta>";
    let xmp = format!("<< /Length {} >>\nstream\n{xmp}\nendstream", xmp.len());
    assert_eq!(codes("a.pdf", &page(WORDS, "", "/Metadata 6 0 R", &[&xmp])), ["author-in-file"]);
}

#[test]
fn a_word_file_says_what_was_changed_hidden_and_blackened() {
    let paragraph = |run: &str| codes("a.docx", &word(&format!("<w:p>{run}</w:p>"), &[]));
    let run = |looks: &str| paragraph(&format!("<w:r><w:rPr>{looks}</w:rPr><w:t>the words</w:t></w:r>"));
    assert_eq!(paragraph("<w:r><w:t>plain</w:t></w:r>"), none());
    assert_eq!(paragraph("<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>"), ["tracked-changes"]);
    assert_eq!(paragraph("<w:moveFrom/>"), ["tracked-changes"]);
    assert_eq!(run("<w:vanish/>"), ["hidden-in-file"]);
    assert_eq!(run("<w:vanish w:val=\"0\"/>"), none());
    assert_eq!(paragraph("<w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr><w:r><w:t>plain</w:t></w:r>"), none());
    assert_eq!(run("<w:highlight w:val=\"black\"/>"), ["covered-words"]);
    assert_eq!(run("<w:highlight w:val=\"black\"/><w:color w:val=\"FFFFFF\"/>"), none());
    assert_eq!(run("<w:highlight w:val=\"yellow\"/>"), none());
    assert_eq!(run("<w:shd w:fill=\"000000\"/><w:color w:val=\"000000\"/>"), ["covered-words"]);
    assert_eq!(run("<w:shd w:fill=\"000000\"/>"), none());
    let with = |name: &str, part: &str| codes("a.docx", &word("", &[(name, part)]));
    assert_eq!(with("word/comments.xml", "<w:comments><w:comment/></w:comments>"), ["hidden-in-file"]);
    assert_eq!(with("word/comments.xml", "<w:comments/>"), none());
    assert_eq!(with("word/embeddings/Microsoft_Excel_Sheet.xlsx", "x"), ["hidden-in-file"]);
    assert_eq!(
        with("docProps/core.xml", "<cp:coreProperties><dc:creator>Jo</dc:creator></cp:coreProperties>"),
        ["author-in-file"]
    );
    assert_eq!(
        with("docProps/core.xml", "<cp:coreProperties><dc:creator/><dc:title>A</dc:title></cp:coreProperties>"),
        none()
    );
    let (said, _) = look("a.docx", &word("<w:p/><w:p><w:ins/></w:p><w:p><w:ins/></w:p>", &[]));
    assert!(said[0].starts_with("tracked-changes: See paragraphs 3 and 4."), "{said:?}");
}

#[test]
fn an_excel_file_says_what_does_not_show() {
    let cells = |sheet: &str| look("a.xlsx", &excel(sheet, "", &[])).0;
    let row = "<c r=\"B2\"><v>1</v></c><c r=\"C2\"><v>2</v></c>";
    assert_eq!(cells(&format!("<row>{row}</row>")), none());
    let hidden =
        "hidden-in-file: See `Costs!B2`. Everybody who opens the file can read it, copy it and find it with a search.";
    assert_eq!(cells(&format!("<row hidden=\"1\">{row}</row>")), [hidden]);
    assert_eq!(cells(&format!("<cols><col min=\"2\" max=\"2\" hidden=\"1\"/></cols><row>{row}</row>")), [hidden]);
    assert_eq!(cells(&format!("<cols><col min=\"2\" max=\"2\" width=\"0\"/></cols><row>{row}</row>")), [hidden]);
    // Nothing is in them.
    assert_eq!(cells(&format!("<cols><col min=\"4\" max=\"16384\" hidden=\"1\"/></cols><row>{row}</row>")), none());
    assert_eq!(cells("<row hidden=\"1\"><c r=\"B2\"/></row>"), none());
    let with = |sheets: &str, more: &[(&str, &str)]| codes("a.xlsx", &excel("", sheets, more));
    assert_eq!(with("<sheet name=\"x\" state=\"veryHidden\"/>", &[]), ["hidden-in-file"]);
    assert_eq!(with("<sheet name=\"x\" state=\"visible\"/>", &[]), none());
    assert_eq!(with("", &[("xl/comments1.xml", "<comments><comment/></comments>")]), ["hidden-in-file"]);
    assert_eq!(with("", &[("xl/threadedComments/t1.xml", "<a><threadedComment/></a>")]), ["hidden-in-file"]);
    assert_eq!(with("", &[("xl/pivotCache/pivotCacheRecords1.xml", "<r/>")]), ["hidden-in-file"]);
    assert_eq!(with("", &[("xl/externalLinks/externalLink1.xml", "<r/>")]), ["hidden-in-file"]);
    assert_eq!(with("", &[("xl/revisions/revisionLog1.xml", "<r/>")]), ["tracked-changes"]);
    let styles = "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\";;;\"/></numFmts>\
                  <cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"164\"/></cellXfs></styleSheet>";
    let sheet = "<row><c r=\"A1\" s=\"0\"><v>1</v></c><c r=\"B2\" s=\"1\"><v>2</v></c></row>";
    assert_eq!(look("a.xlsx", &excel(sheet, "", &[("xl/styles.xml", styles)])).0, [hidden]);
}

#[test]
fn no_message_is_as_long_as_a_name_in_a_file() {
    let long = "A".repeat(100_000);
    let sheets = archive(&[
        ("xl/workbook.xml", &format!("<workbook><sheets><sheet name=\"{long}\" r:id=\"a\"/></sheets></workbook>")),
        ("xl/_rels/workbook.xml.rels", "<R><R Id=\"a\" Target=\"/xl/s.xml\"/></R>"),
        ("xl/s.xml", "<s><row hidden=\"1\"><c r=\"A1\"><v>1</v></c></row></s>"),
    ]);
    // `look` asserts the length of what is said.
    assert_eq!(codes("a.xlsx", &sheets), ["hidden-in-file"]);
    assert_eq!(codes("a.svg", format!("<svg on{long}=\"x\"/>").as_bytes()), ["active-file"]);
}

#[test]
fn slides_say_what_is_not_shown() {
    let number = "<a:fld><a:t>1</a:t></a:fld>";
    assert_eq!(codes("a.pptx", &slides("<p:sld/>", number)), none());
    assert_eq!(codes("a.pptx", &slides("<p:sld show=\"0\"/>", number)), ["hidden-in-file"]);
    let (said, _) = look("a.pptx", &slides("<p:sld/>", "<a:t>say nothing of the cost</a:t>"));
    assert!(said[0].starts_with("hidden-in-file: See slide 1."), "{said:?}");
}

#[test]
fn files_of_libre_office_are_looked_into_alike() {
    let with = |content: &str| codes("a.odt", &open_document(content));
    assert_eq!(with("<text:p>plain</text:p>"), none());
    assert_eq!(
        with(
            "<text:tracked-changes><text:changed-region><text:deletion/></text:changed-region></text:tracked-changes>"
        ),
        ["tracked-changes"]
    );
    assert_eq!(
        with("<text:p><office:annotation><text:p>a remark</text:p></office:annotation></text:p>"),
        ["hidden-in-file"]
    );
    let style = "<style:style style:name=\"T\"><style:text-properties text:display=\"none\"/></style:style>";
    assert_eq!(
        with(&format!("{style}<text:p><text:span text:style-name=\"T\">secret</text:span></text:p>")),
        ["hidden-in-file"]
    );
    assert_eq!(with(&format!("{style}<text:p><text:span text:style-name=\"U\">shown</text:span></text:p>")), none());
    let style = "<style:style style:name=\"ta\"><style:table-properties table:display=\"false\"/></style:style>";
    assert_eq!(with(&format!("{style}<table:table table:style-name=\"ta\"/>")), ["hidden-in-file"]);
    let cells = "<table:table-cell><text:p>1</text:p></table:table-cell>";
    let row = |columns: &str, hidden: &str| {
        with(&format!("<table:table>{columns}<table:table-row {hidden}>{cells}</table:table-row></table:table>"))
    };
    assert_eq!(row("", "table:visibility=\"collapse\""), ["hidden-in-file"]);
    assert_eq!(row("<table:table-column table:visibility=\"collapse\"/>", ""), ["hidden-in-file"]);
    let beyond =
        "<table:table-column/><table:table-column table:visibility=\"collapse\" table:number-columns-repeated=\"99\"/>";
    assert_eq!(row(beyond, ""), none());
    let locked = archive(&[("content.xml", "x"), ("META-INF/manifest.xml", "<m:encryption-data/>")]);
    assert_eq!(codes("a.odt", &locked), ["unread-file"]);
}

#[test]
fn a_drawing_that_could_act_is_refused() {
    let drawing =
        |inside: &str| codes("a.svg", format!("<svg xmlns=\"http://www.w3.org/2000/svg\">{inside}</svg>").as_bytes());
    for inert in [
        "<path d=\"M0 0\"/>",
        "<a href=\"https://example.org/x\"><text>see</text></a>",
        "<a xlink:href=\"../plan.svg#a:b\"/>",
        "<use href=\"#shape\"/>",
        "<image href=\"data:image/png;base64,AAAA\"/>",
        "<style>.a { fill: url(#g) }</style><rect style=\"fill:url(&quot;#g&quot;)\"/>",
        "<metadata><rdf:RDF><dc:title>On the street</dc:title></rdf:RDF></metadata>",
        "<text>a &amp; b</text>",
    ] {
        assert_eq!(drawing(inert), none(), "{inert}");
    }
    for active in [
        "<script>x</script>",
        "<SCRIPT/>",
        "<x:script xmlns:x=\"http://www.w3.org/1999/xhtml\"/>",
        "<rect onload=\"x\"/>",
        "<rect OnClick='x'/>",
        "<foreignObject/>",
        "<a href=\"javascript:x\"/>",
        "<a xlink:href=\"&#106;ava&#10;script:x\"/>",
        "<a href=\" \u{1}JAVASCRIPT:x\"/>",
        "<set attributeName=\"href\" to=\"javascript:x\"/>",
        "<a href=\"data:text/html,x\"/>",
        "<image href=\"https://example.org/a.png\"/>",
        "<use href=\"data:image/svg+xml,x\"/>",
        "<use href=\"other.svg#x\"/>",
        "<style>@import 'https://example.org/a.css';</style>",
        "<rect style=\"fill: url(//example.org/a)\"/>",
        "<style><![CDATA[a { background: URL( 'https://example.org/a' ) }]]></style>",
        "<iframe/>",
        "<a",
    ] {
        assert_eq!(drawing(active), ["active-file"], "{active}");
    }
    let illustrator = "<!DOCTYPE svg [ <!ENTITY ns \"http://ns.adobe.com/Graphs/1.0/\"> ]><svg xmlns:x=\"&ns;\"/>";
    assert_eq!(codes("a.svg", illustrator.as_bytes()), none());
    for active in [
        "<!DOCTYPE svg [ <!ENTITY a \"&#60;script/>\"> ]><svg>&a;</svg>",
        "<!DOCTYPE svg [ <!ENTITY a \"http://x\"> ]><svg><a href=\"&a;\"/></svg>",
        "<?xml-stylesheet href=\"a.xsl\"?><svg/>",
        "<?xml version=\"1.0\" encoding=\"utf-7\"?><svg/>",
    ] {
        assert_eq!(codes("a.svg", active.as_bytes()), ["active-file"], "{active}");
    }
    let wide: Vec<u8> = "\u{FEFF}<svg><script/></svg>".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(codes("a.svg", &wide), ["active-file"]);
    assert_eq!(codes("a.svg", &wide[2..]), ["active-file"]);
    let pack = |text: &[u8]| {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packer.write_all(text).unwrap();
        packer.finish().unwrap()
    };
    assert_eq!(codes("a.svgz", &pack(b"<svg/>")), none());
    assert_eq!(codes("a.svgz", &pack(b"<svg onload='x'/>")), ["active-file"]);
    assert_eq!(codes("a.svgz", &pack(&vec![b' '; 70_000_000])), ["active-file"]);
}

#[test]
fn what_a_browser_takes_for_a_page_is_refused() {
    for (path, text) in [
        ("a.html", "plain"),
        ("A.HTM", ""),
        ("a.mht", ""),
        ("a.php", ""),
        ("a.xml", "<a xmlns:h='http://www.w3.org/1999/xhtml'><h:script/></a>"),
        ("a.xml", "<?xml-stylesheet href='a.xsl'?><a/>"),
        ("LICENCE", "<!doctype HTML><p>"),
        ("a.unknown", "\n <script>"),
    ] {
        assert_eq!(codes(path, text.as_bytes()), ["active-file"], "{path}");
    }
    for (path, text) in [
        ("a.xml", "<record once='1'><script>Latin</script></record>"),
        ("a.txt", "<html>"),
        ("a.csv", "<script>"),
        ("a.unknown", "A text."),
        ("a.unknown", "<article>"),
    ] {
        assert_eq!(codes(path, text.as_bytes()), none(), "{path}");
    }
}

#[test]
fn what_cannot_be_looked_into_is_named() {
    let ole = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
    for (path, bytes) in [
        ("a.doc", ole.as_slice()),
        ("a.xls", ole),
        ("a.docx", ole),
        ("a.rtf", b"{\\rtf1}"),
        ("a.docx", b"PK\x03\x04broken"),
        ("a.pdf", b"%PDF-1.4 nothing"),
        ("a.pdf", b""),
        ("a.jpg", b"\xFF\xD8\xFF\xE1"),
        ("a.zip", &archive(&[("a.txt", "x")])),
        ("a.7z", b"7z"),
    ] {
        assert_eq!(codes(path, bytes), ["unread-file"], "{path}");
    }
}

#[test]
fn a_file_that_is_larger_than_it_says_is_not_unpacked() {
    // Two parts of nothing that together are longer than anything that is read, and one that is longer by itself.
    let long = " ".repeat(70_000_000);
    let bytes = word("", &[("word/header1.xml", &long)]);
    assert!(bytes.len() < 200_000, "{}", bytes.len());
    assert_eq!(codes("a.docx", &bytes), ["unread-file"]);
    // Streams of objects, which a reader must unpack before it knows what is in the file.
    let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::copy(&mut std::io::repeat(b' ').take(300_000_000), &mut packer).unwrap();
    let packed = packer.finish().unwrap();
    for names in ["/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode", "/#4e 1 /Fi#72st 4 /Filter [/FlateDecode]"] {
        let mut bytes = page(WORDS, "", "", &[]);
        bytes.extend(format!("9 0 obj << {names} /Length {} >>\nstream\n", packed.len()).into_bytes());
        bytes.extend(&packed);
        bytes.extend(b"\nendstream endobj");
        assert_eq!(codes("a.pdf", &bytes), ["unread-file"], "{names}");
    }
    let mut bytes = page(WORDS, "", "", &[]);
    bytes.extend(b"9 0 obj << /N 1 /First 4 /Filter [/FlateDecode /FlateDecode] >>\nstream\nx\nendstream endobj");
    assert_eq!(codes("a.pdf", &bytes), ["unread-file"]);
}

#[test]
fn deep_nesting_does_not_fill_the_stack() {
    let deep = |open: &str, close: &str| [open.repeat(100_000), close.repeat(100_000)].concat();
    codes("a.pdf", &page(&deep("[", "]"), &format!("/X {}", deep("<<", ">>")), &format!("/Y {}", deep("[", "]")), &[]));
    codes("a.pdf", &page(&deep("q ", "Q "), "", "", &[]));
    codes("a.svg", deep("<a>", "</a>").as_bytes());
    codes("a.docx", &word(&deep("<w:r>", "</w:r>"), &[]));
    let round = "<< /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >> /Length 11 >>\nstream\n/X Do /X Do\nendstream";
    codes("a.pdf", &page("/X Do", "", "", &[round]));
}

/// Every file, cut off anywhere and with bytes changed, is looked at without a fault and gives the same twice.
#[test]
#[expect(clippy::disallowed_methods, reason = "a test asks how long it may run")]
fn no_damage_stops_the_program() {
    let mut seed = 7_u64;
    let mut random = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % below.max(1)
    };
    let rounds = if std::env::var_os("FOLKMOOT_LONG").is_some() { 5_000 } else { 150 };
    for (path, whole) in all() {
        for _ in 0..rounds {
            let mut bytes = whole[..whole.len() - random(3) * random(whole.len()) / 2].to_vec();
            for _ in 0..random(6) {
                let at = random(bytes.len());
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = random(256) as u8;
                }
            }
            assert_eq!(look(path, &bytes), look(path, &bytes));
        }
    }
}

#[test]
fn each_list_of_formats_is_apart_from_the_others() {
    let ends = &FORMATS.ends;
    let old: BTreeSet<String> = ends.old.keys().cloned().collect();
    let lists =
        [&ends.pages, &ends.programs, &ends.drawings, &ends.markup, &ends.plain, &ends.read, &ends.archives, &old];
    for (index, list) in lists.iter().enumerate() {
        for other in &lists[index + 1..] {
            assert!(list.is_disjoint(other), "{:?}", list.intersection(other).collect::<Vec<_>>());
        }
    }
    assert!(ends.old.values().all(|better| ends.read.contains(better)));
}

#[test]
fn what_was_seen_is_not_looked_at_again() {
    let (path, bytes) = ("content/a.svg".to_owned(), b"<svg onload='x'/>".to_vec());
    let sources = Sources::in_memory([], [(path, bytes)]);
    let seen = Seen::default();
    let first = seen.inspect(&sources.attachments[0], sources.provider.as_ref(), None);
    let nothing = Sources::in_memory([], []);
    let second = seen.inspect(&sources.attachments[0], nothing.provider.as_ref(), None);
    assert!(Arc::ptr_eq(&first, &second));
}
