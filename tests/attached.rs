//! Does the leak gate read what stands in files that documents publish beside their texts?
//!
//! Enters: a site in which a passage is exempt, and a file made for it byte by byte that says the same words, or others. Leaves:
//! whether the build stops, and names both.

use std::io::{Cursor, Write as _};

use flate2::Compression;
use flate2::write::ZlibEncoder;
use folkmoot::diagnostic::{Diagnostic, Diagnostics};
use folkmoot::source::Sources;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::memory::{build, options, sources};

/// What nobody is to read; longer than a line of a page.
const SECRET: &str = "The owners would take four million for the café and the land behind the old depot.";
/// What everybody may read.
const OPEN: &str = "The partnership thanked all who had planted the new hedges along the river path.";
const MINUTES: &str = "content/minutes/2026-03-03.md";

fn site(name: &str, bytes: &[u8], more: &[(&str, &str)]) -> Sources {
    let minutes = format!("---\ntitle: Board\n---\n{OPEN}\n\n{SECRET} {{.exempt paragraphs=3}}\n");
    let page = format!("The [report]({name}) is here.\n");
    let texts = [(MINUTES, &*minutes), ("content/pages/reports.md", &*page)];
    let texts = texts.iter().chain(more).map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec()));
    sources(texts.chain([(format!("content/pages/{name}"), bytes.to_vec())]))
}

/// What the gate says of such a site: the messages, each with the file in which the withheld words stand.
fn leaks(sources: &Sources) -> Vec<(String, Diagnostic)> {
    let built = build(sources, &options());
    let leaks = built.diagnostics.into_iter().filter(|said| said.code == "leak");
    leaks.map(|said| (sources.path(said.span.expect("it has a place").source).to_owned(), said)).collect()
}

fn is_stopped(name: &str, bytes: &[u8]) -> Option<Diagnostic> {
    let mut leaks = leaks(&site(name, bytes, &[]));
    assert!(leaks.len() < 2, "{leaks:?}");
    let (path, said) = leaks.pop()?;
    assert_eq!(path, MINUTES);
    assert!(said.title.contains(&format!("`pages/{name}`")), "{}", said.title);
    let words = [&*said.title, &said.why, &said.fix].concat();
    assert!(!words.contains("million"), "{words}");
    Some(said)
}

/// A file says the secret, and the same file says what is open: one stops the build, the other does not.
fn is_read(name: &str, file: impl Fn(&str) -> Vec<u8>) -> Diagnostic {
    assert_eq!(is_stopped(name, &file(OPEN)), None, "{name} says what is public");
    is_stopped(name, &file(SECRET)).unwrap_or_else(|| panic!("nobody reads {name}"))
}

/// A PDF whose second page paints `content`, packed, with the font `font` and what more it needs, from object 7 on.
fn pdf(content: &str, font: &str, more: &[Vec<u8>]) -> Vec<u8> {
    let stream = |content: &[u8]| {
        let mut packer = ZlibEncoder::new(Vec::new(), Compression::default());
        packer.write_all(content).expect("it is memory");
        let packed = packer.finish().expect("it is memory");
        let head = format!("<< /Length {} /Filter /FlateDecode >>\nstream\n", packed.len());
        [head.as_bytes(), &packed, b"\nendstream"].concat()
    };
    let page = |number: u32| {
        format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {number} 0 R /Resources << /Font << /F 6 0 R >> >> >>"
        )
    };
    let mut objects: Vec<Vec<u8>> = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 >>".to_vec(),
        page(8).into_bytes(),
        page(5).into_bytes(),
        stream(content.as_bytes()),
        font.as_bytes().to_vec(),
    ];
    objects.push(more.first().map_or_else(|| b"null".to_vec(), |more| stream(more)));
    objects.push(stream(b""));
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in (1..).zip(&objects) {
        places.push(format!("{:010} 00000 n \n", bytes.len()));
        bytes.extend(format!("{number} 0 obj\n").bytes().chain(object.iter().copied()).chain(*b"\nendobj\n"));
    }
    let (start, size) = (bytes.len(), objects.len() + 1);
    bytes.extend(format!("xref\n0 {size}\n0000000000 65535 f \n{}", places.concat()).bytes());
    bytes.extend(format!("trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n").bytes());
    bytes
}

const LATIN: &str = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding /FirstChar 32 /LastChar 126 \
                     /Widths [";

/// Helvetica, in which each letter is half as wide as it is high.
fn latin() -> String {
    format!("{LATIN}{}] >>", "500 ".repeat(95))
}

/// A text as a PDF writes it, `é` by its code.
fn typed(text: &str) -> String {
    text.replace('é', "\\351")
}

#[test]
fn words_of_a_pdf_are_read_line_by_line() {
    let said = is_read("plain.pdf", |text| {
        let (first, second) = text.split_at(40);
        let content = format!("BT /F 12 Tf 50 700 Td ({}) Tj 0 -14 Td ({}) Tj ET", typed(first), typed(second));
        pdf(&content, &latin(), &[])
    });
    assert!(said.why.contains("on page 2"), "{}", said.why);
    assert!(said.fix.contains("`content/checked.toml`:\n\"pages/plain.pdf\" = "), "{}", said.fix);
}

#[test]
fn words_of_a_pdf_are_read_where_letters_are_moved_and_no_blank_is_painted() {
    // Pieces of words closer and wider, a gap for a blank, words divided at the end of a line.
    is_read("moved.pdf", |text| {
        let pieces: Vec<String> = text
            .split(' ')
            .map(|word| {
                let half = word.char_indices().nth(word.len() / 2).map_or(0, |(at, _)| at);
                format!("({}) 30 ({}) -280", typed(&word[..half]), typed(&word[half..]))
            })
            .collect();
        let (first, second) = pieces.split_at(pieces.len() / 2);
        let content = format!(
            "BT /F 12 Tf 1 0 0 1 50 700 Tm [{}] TJ 1 0 0 1 50 686 Tm [{}] TJ ET",
            first.join(" "),
            second.join(" ")
        );
        pdf(&content, &latin(), &[])
    });
    is_read("divided.pdf", |text| {
        let (first, second) = text.split_at(text.len() / 2);
        let is_inside = first.ends_with(char::is_alphabetic) && second.starts_with(char::is_alphabetic);
        assert!(is_inside, "‹{first}›‹{second}› are no parts of one word");
        let content = format!("BT /F 12 Tf 14 TL 50 700 Td ({}-) Tj ({}) ' ET", typed(first), typed(second));
        pdf(&content, &latin(), &[])
    });
}

#[test]
fn words_of_a_pdf_are_read_by_what_it_says_of_its_codes() {
    // Codes of two bytes that mean nothing by themselves, as Word writes them: each letter 1000 further.
    let font = "<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /ToUnicode 7 0 R \
                /DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A /DW 500 >>] >>";
    let codes = b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def /CMapType 2 def \
                  1 begincodespacerange <0000> <FFFF> endcodespacerange \
                  1 beginbfrange <0408> <0467> <0020> endbfrange 1 beginbfchar <04D1> <00E9> endbfchar endcmap end end";
    is_read("wide.pdf", |text| {
        let text: String = text.chars().map(|letter| format!("{:04X}", letter as u32 + 1000)).collect();
        pdf(&format!("BT /F 12 Tf 50 700 Td <{text}> Tj ET"), font, &[codes.to_vec()])
    });
    // Shapes by their names, as TeX writes them: `o` stands where `%` would.
    let named = "<< /Type /Font /Subtype /Type1 /BaseFont /A /Encoding << /Differences [37 /o /eacute] >> >>";
    is_read("named.pdf", |text| {
        let text = text.replace('o', "%").replace('é', "&");
        pdf(&format!("BT /F 12 Tf 50 700 Td ({text}) Tj ET"), named, &[])
    });
}

fn archive(parts: &[(&str, String)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, part) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).expect("it is memory");
        writer.write_all(part.as_bytes()).expect("it is memory");
    }
    writer.finish().expect("it is memory").into_inner()
}

/// Cuts a text into runs of seven bytes or so, wherever they end.
fn runs(text: &str, (open, close): (&str, &str)) -> String {
    let letters: Vec<char> = text.chars().collect();
    letters.chunks(7).map(|run| [open, &run.iter().collect::<String>(), close].concat()).collect()
}

#[test]
fn words_of_office_files_are_read() {
    is_read("a.docx", |text| {
        let runs = runs(text, ("<w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">", "</w:t></w:r>"));
        let document =
            |runs: &str| format!("<w:document xmlns:w=\"w\"><w:body><w:p>{runs}</w:p></w:body></w:document>");
        archive(&[("word/document.xml", document(&runs))])
    });
    // A footnote is in another part of the file.
    is_read("note.docx", |text| {
        let note = format!(
            "<w:footnotes xmlns:w=\"w\"><w:footnote><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:footnote></w:footnotes>"
        );
        archive(&[("word/document.xml", "<w:document xmlns:w=\"w\"/>".into()), ("word/footnotes.xml", note)])
    });
    is_read("a.xlsx", |text| {
        let (first, second) = text.split_at(30);
        let shared = format!("<sst><si><t>Item</t></si><si><r><t>{first}</t></r><r><t>{second}</t></r></si></sst>");
        let sheet = "<worksheet><sheetData><row><c r=\"A1\" t=\"s\"><v>1</v></c></row></sheetData></worksheet>";
        let book =
            "<workbook xmlns:r=\"r\"><sheets><sheet name=\"Costs\" sheetId=\"1\" r:id=\"a\"/></sheets></workbook>";
        let relations = "<Relationships><Relationship Id=\"a\" Target=\"worksheets/sheet1.xml\"/></Relationships>";
        archive(&[
            ("xl/workbook.xml", book.into()),
            ("xl/_rels/workbook.xml.rels", relations.into()),
            ("xl/worksheets/sheet1.xml", sheet.into()),
            ("xl/sharedStrings.xml", shared),
        ])
    });
    is_read("a.pptx", |text| {
        let show =
            "<p:presentation xmlns:r=\"r\"><p:sldIdLst><p:sldId id=\"256\" r:id=\"a\"/></p:sldIdLst></p:presentation>";
        let relations = "<Relationships><Relationship Id=\"a\" Target=\"slides/slide1.xml\"/></Relationships>";
        let slide = format!("<p:sld xmlns:a=\"a\"><a:p>{}</a:p></p:sld>", runs(text, ("<a:r><a:t>", "</a:t></a:r>")));
        archive(&[
            ("ppt/presentation.xml", show.into()),
            ("ppt/_rels/presentation.xml.rels", relations.into()),
            ("ppt/slides/slide1.xml", slide),
        ])
    });
    is_read("a.odt", |text| {
        let text = text.replacen(' ', "<text:s/>", 1);
        let content =
            format!("<o:document-content><text:p><text:span>{text}</text:span></text:p></o:document-content>");
        archive(&[("content.xml", content), ("META-INF/manifest.xml", "<m/>".into())])
    });
    is_read("a.epub", |text| {
        let chapter = format!("<html><body><p>{}</p></body></html>", text.replacen(' ', "&nbsp;", 1));
        archive(&[("META-INF/container.xml", "<c/>".into()), ("OEBPS/one.xhtml", chapter)])
    });
}

#[test]
fn words_of_a_text_are_read_and_excuse_nothing() {
    is_read("a.txt", |text| text.as_bytes().to_vec());
    is_read("a.csv", |text| format!("Item,Note\n1,\"{text}\"\n").into_bytes());
}

fn document(text: &str) -> Vec<u8> {
    let text = format!("<w:document xmlns:w=\"w\"><w:p><w:t>{text}</w:t></w:p></w:document>");
    archive(&[("word/document.xml", text)])
}

#[test]
fn words_of_a_text_are_read_in_any_encoding() {
    let little = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    is_read("a.txt", |text| [&[0xFF, 0xFE][..], &little(text)].concat());
    is_read("b.txt", little);
    is_read("c.txt", |text| [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect());
    // One byte a letter; what is no plain letter is no part of the run that is compared.
    is_read("d.txt", |text| text.chars().map(|letter| u8::try_from(u32::from(letter)).expect("Latin")).collect());
}

#[test]
fn words_of_a_drawing_are_read_letter_by_letter() {
    let drawing = |between: &str, text: &str| {
        let word = |word: &str| {
            let letters: Vec<String> = word.chars().map(|letter| format!("<tspan x=\"1\">{letter}</tspan>")).collect();
            format!("<text>{}</text>", letters.join(between))
        };
        let words: String = text.split(' ').map(word).collect();
        format!("<svg xmlns=\"http://www.w3.org/2000/svg\">{words}</svg>").into_bytes()
    };
    is_read("a.svg", |text| drawing("", text));
    is_read("b.svg", |text| drawing("\n", text));
    is_read("c.svg", |text| {
        format!("<svg xmlns=\"http://www.w3.org/2000/svg\"><text>{}</text></svg>", text.replace(' ', "</text><text>"))
            .into_bytes()
    });
}

#[test]
fn a_file_whose_first_words_say_that_it_is_private_is_not_published() {
    let said = |name: &str, bytes: &[u8]| {
        let built = build(&site(name, bytes, &[]), &options());
        built.diagnostics.into_iter().filter(|said| said.code == "withheld-file").count()
    };
    let paper = |first: &str| {
        let paragraph = |text: &str| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>");
        document(&[paragraph("Board"), paragraph(first), paragraph(OPEN)].concat())
    };
    let page = |first: &str| {
        pdf(&format!("BT /F 12 Tf 50 700 Td ({first}) Tj 0 -14 Td ({}) Tj ET", typed(OPEN)), &latin(), &[])
    };
    let by_law = "Not for publication by virtue of paragraph 3 of Schedule 12A";
    for first in ["NOT FOR PUBLICATION", "CONFIDENTIAL", "Confidential", by_law] {
        assert_eq!(said("a.docx", &paper(first)), 1, "{first}");
        assert_eq!(said("a.pdf", &page(first)), 1, "{first}");
    }
    for first in
        ["The private rented sector", "Confidential advice line", "Exemptions from the levy", "Part 2 of the plan"]
    {
        assert_eq!(said("a.docx", &paper(first)), 0, "{first}");
        assert_eq!(said("a.pdf", &page(first)), 0, "{first}");
    }
}

/// The rows of a table, each cell in this element and each row in that.
fn table(rows: &[[&str; 3]], (row, cell): (&str, &str), words: (&str, &str)) -> String {
    let cell = |text: &&str| [&format!("<{cell}>"), words.0, text, words.1, &format!("</{cell}>")].concat();
    let row = |cells: &[&str; 3]| format!("<{row}>{}</{row}>", cells.iter().map(cell).collect::<String>());
    rows.iter().map(row).collect()
}

fn word_table(rows: &[[&str; 3]]) -> Vec<u8> {
    document(&format!("<w:tbl>{}</w:tbl>", table(rows, ("w:tr", "w:tc"), ("<w:p><w:r><w:t>", "</w:t></w:r></w:p>"))))
}

fn open_table(rows: &[[&str; 3]]) -> Vec<u8> {
    let table = table(rows, ("table:table-row", "table:table-cell"), ("<text:p>", "</text:p>"));
    // An empty column stands before the others.
    let gap = "<table:table-row><table:table-cell table:number-columns-repeated=\"2\"/>";
    let table = table.replace("<table:table-row>", gap);
    let content = format!("<o:document-content><table:table>{table}</table:table></o:document-content>");
    archive(&[("content.xml", content), ("META-INF/manifest.xml", "<m/>".into())])
}

fn sheet(rows: &[[&str; 3]]) -> Vec<u8> {
    let rows = table(rows, ("row", "c"), ("<is><t>", "</t></is>"));
    let sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
    let book = "<workbook xmlns:r=\"r\"><sheets><sheet name=\"Costs\" sheetId=\"1\" r:id=\"a\"/></sheets></workbook>";
    let relations = "<Relationships><Relationship Id=\"a\" Target=\"worksheets/sheet1.xml\"/></Relationships>";
    archive(&[
        ("xl/workbook.xml", book.into()),
        ("xl/_rels/workbook.xml.rels", relations.into()),
        ("xl/worksheets/sheet1.xml", sheet),
    ])
}

#[test]
fn a_row_of_a_table_that_says_that_it_is_private_keeps_its_file_back() {
    let rows = [
        ("Decision", "Confidential", "No", "Yes", true),
        ("Decision", "Publish?", "Yes", "No", true),
        ("Decision", "Status", "Agreed", "EXEMPT", true),
        ("Decision", "Access", "Open", "CONFIDENTIAL", true),
        ("Decision", "Public?", "Yes", "No", true),
        ("Decision", "Public?", "Yes", "Yes", false),
        ("Toilet", "Public?", "Yes", "No", false),
        ("Street", "Status", "Closed", "Open", false),
    ];
    for (name, made) in
        [("a.docx", word_table as fn(&[_]) -> _), ("a.ods", open_table), ("a.odt", open_table), ("a.xlsx", sheet)]
    {
        for (first, column, open, last, held) in rows {
            let bytes = made(&[["No.", first, column], ["1", "Paint the hall", open], ["2", "Sell the depot", last]]);
            let built = build(&site(name, &bytes, &[]), &options());
            let said = built.diagnostics.into_iter().any(|said| said.code == "withheld-file");
            assert_eq!(said, held, "{name}: {column} {last}");
        }
    }
}

#[test]
fn a_file_that_a_person_has_looked_at_excuses_itself() {
    let bytes = document(SECRET);
    let hash = folkmoot::source::Attachment::checksum(&bytes);
    let checked = |hash: u128| format!("\"pages/a.docx\" = \"{hash:032x}\"\n");
    assert_eq!(leaks(&site("a.docx", &bytes, &[("content/checked.toml", &checked(hash))])).len(), 0);
    assert_eq!(leaks(&site("a.docx", &bytes, &[("content/checked.toml", &checked(hash ^ 1))])).len(), 1);
}

#[test]
fn a_draft_may_quote_a_file_that_is_public() {
    let bytes = document("We heard that they found the whole of the quay in need of repair, and more.");
    let rest = "Then it was said at some length that nobody had been asked what ought to be done about the steps.";
    let leaks_of = |draft: &str| {
        let draft = format!("---\ndraft: true\ntitle: Quay\n---\n{draft}\n");
        leaks(&site("a.docx", &bytes, &[("content/minutes/2026-05-05.md", &draft)])).len()
    };
    assert_eq!(leaks_of(&format!("{rest}\n\nThe report says: they found the whole of the quay is gone. {rest}")), 0);
    // Half of what it says, or a long sentence.
    assert_eq!(leaks_of("The report says: they found the whole of the quay in need of repair."), 1);
    assert_eq!(leaks_of(&format!("{rest}\n\nThey found the whole of the quay in need of repair, and more.")), 1);
}

#[test]
fn a_website_that_was_made_is_read_as_well() {
    let sources = site("a.docx", &document(OPEN), &[]);
    let assembled = folkmoot::assemble(&sources, &options());
    let told = |bytes: Vec<u8>| {
        let gate = folkmoot::gate(&sources, &assembled);
        folkmoot::look_at_finished(&sources, &assembled, &gate, "old/a.docx", bytes);
        let mut diagnostics = Diagnostics::new();
        gate.report_of_folder(&mut diagnostics);
        diagnostics.sorted()
    };
    assert_eq!(told(document(OPEN)), []);
    let told = told(document(SECRET));
    assert!(told.len() == 1 && told[0].title.contains("`old/a.docx` repeats words"), "{told:?}");
}
