//! What must hold of any input, each for one door through which somebody else's bytes come in.
//!
//! Enters: bytes. Leaves: nothing, or a panic that says what does not hold. Absent: where inputs come from. `main.rs` has
//! them from libFuzzer, `../found.rs` those that once broke something and those to begin with.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use folkmoot::compose::{self, Dialect};
use folkmoot::diagnostic::Diagnostics;
use folkmoot::html::{self, Resolve, escape};
use folkmoot::kind::{self, KindId, Kinds};
use folkmoot::language::ENGLISH;
use folkmoot::model::{EmbedId, LinkId, TermId, Text};
use folkmoot::recognise::{RecordWords, TextRules};
use folkmoot::search::{self, Index, IndexError};
use folkmoot::source::SourceId;
use folkmoot::{Changes, Import, Question, assemble, data};
use html5gum::{Token, Tokenizer};

use crate::case::Case;
use crate::cases;
use crate::memory::{self, build, options};

/// A door, and what must hold of whatever comes in.
pub struct Target {
    /// What it is called on the command line and as a folder below `found/`.
    pub name: &'static str,
    /// Panics if it does not hold.
    pub hold: fn(&[u8]),
}

/// All of them.
pub const TARGETS: &[Target] = &[
    Target { name: "text", hold: text },
    Target { name: "file", hold: file },
    Target { name: "head", hold: head },
    Target { name: "site", hold: site },
    Target { name: "table", hold: table },
    Target { name: "index", hold: index },
    Target { name: "question", hold: question },
    Target { name: "import", hold: import },
];

static KINDS: LazyLock<Kinds> = LazyLock::new(kind::built_in);

/// Where a document lies that is looked at by itself.
const PLACE: &str = "content/minutes/board/2021-01-05.md";

/// Minutes as typed: recognition loses no place and no word, and gives no place twice; the HTML is balanced.
fn text(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else { return };
    let read = |plain| {
        let rules = TextRules {
            heading_kind: KINDS.by_name("item"),
            numbers_paragraphs: true,
            decides: true,
            records: Some(RecordWords(&KINDS)),
            plain,
            ..TextRules::default()
        };
        let dialect = Dialect { title_from_heading: true, rules, place: "board", ..Dialect::default() };
        compose::read(text, SourceId(0), 0, &dialect, &mut Diagnostics::new()).text
    };
    let (typed, recognised) = (read(true), read(false));
    let ids = |text: &Text| text.anchors.iter().map(|anchor| anchor.id.clone()).collect::<BTreeSet<_>>();
    let gone: Vec<_> = ids(&typed).difference(&ids(&recognised)).cloned().collect();
    assert!(gone.is_empty(), "{gone:?} land no more in\n{text}");
    assert_eq!(ids(&recognised).len(), recognised.anchors.len(), "two places have one name in\n{text}");
    let letters = |text: &Text| text.words.chars().filter(|letter| letter.is_alphanumeric()).collect::<String>();
    assert_eq!(letters(&typed), letters(&recognised), "other words in\n{text}");
    for text in [typed, recognised] {
        let mut out = String::new();
        html::print(&text, &mut Plain, &ENGLISH, true, &mut out);
        assert_balanced(&out);
    }
}

/// A document of somebody else: what is made of it is printed the same if a site has read it and it is printed again.
fn import(input: &[u8]) {
    let job = Import {
        name: "2026-03-12.txt",
        changes: Some(Changes::Accept),
        settings: &[],
        to: Some("pages"),
        now: options().as_at,
    };
    let Ok(made) = folkmoot::import(input, &job) else { return };
    let head = made.text.strip_prefix("---\n").and_then(|text| text.split_once("\n---\n"));
    let body = head.map_or(made.text.as_str(), |(_, body)| body).trim();
    // A first heading is the title, and no part of the text that is printed again.
    let body = if body.starts_with("# ") { format!("#{body}") } else { body.to_owned() };
    let Some(again) = folkmoot::printed_again(&format!("# Printed\n\n{body}")) else { return };
    assert_eq!(again.trim(), body, "printed otherwise");
}

/// A whole file of a document, in whatever encoding: nothing panics, and what is not withheld is a document.
fn file(input: &[u8]) {
    let sources = memory::sources([(PLACE.to_owned(), input.to_vec())]);
    let assembled = assemble(&sources, &options());
    let made = assembled.site.documents.len() + assembled.withheld.len();
    assert!(made > 0, "the file has vanished");
}

/// What stands in a head before `draft: true`, in each of the languages of heads: the document is never shown.
///
/// The first byte says which language. An input that closes the head itself, so that the word stands elsewhere, is none.
fn head(input: &[u8]) {
    let Some((language, before)) = input.split_first() else { return };
    let Ok(before) = std::str::from_utf8(before) else { return };
    let (fence, end, field) = match language % 3 {
        0 => ("---\n", "---\n", "draft: true\n"),
        1 => ("+++\n", "+++\n", "draft = true\n"),
        _ => ("{\n", "}\n", ",\n\"draft\": true\n"),
    };
    let closes = |line: &str| {
        let line = line.trim();
        line.starts_with("---") || line.starts_with("+++") || line.starts_with("...") || line.starts_with('}')
    };
    if before.split(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}']).any(closes) {
        return;
    }
    let text = format!("{fence}{before}\n{field}{end}\nNumbat and quokka.\n");
    let sources = memory::sources([(PLACE.to_owned(), text.clone().into_bytes())]);
    let shown = assemble(&sources, &options()).site;
    assert!(shown.documents.is_empty(), "a draft is shown:\n{text}");
}

/// A site of several files in the form of a case: it is built, and each page of it is balanced. Text without a file's
/// name is one document.
fn site(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else { return };
    let whole =
        if text.contains("-- content/") { format!("Found.\n{text}") } else { format!("Found.\n-- {PLACE} --\n{text}") };
    let Ok(case) = Case::read(&whole) else { return };
    let mut files: Vec<_> = case.inputs().map(|(path, bytes)| (path.to_owned(), bytes)).collect();
    // No file system has two files of one name, or names like those.
    let mut names = BTreeSet::new();
    files.retain(|(path, _)| is_path(path) && names.insert(path.clone()));
    if !files.iter().any(|(path, _)| path.starts_with("themes/")) {
        files.extend(cases::bare_theme());
        if names.insert("content/site.toml".to_owned()) {
            files.push(("content/site.toml".to_owned(), b"theme = \"bare\"\n".to_vec()));
        }
    }
    let built = build(&memory::sources(files), &options());
    for (path, bytes) in &built.outputs {
        // What a template of the input writes is its own affair; attachments are copied as they are.
        if path.ends_with("index.html") && !text.contains("-- themes/") && !names.contains(&format!("content/{path}")) {
            assert_balanced(&String::from_utf8_lossy(bytes));
        }
    }
}

/// Whether a path is one that `read` would give.
fn is_path(path: &str) -> bool {
    let is_name = |name: &str| !name.is_empty() && !name.starts_with('.') && !name.contains(['\\', '\0', ':']);
    path.len() < 200 && path.contains('/') && path.split('/').all(is_name)
}

/// A file of figures: each row has as many cells as the head.
fn table(input: &[u8]) {
    if let Some(table) = data::csv(input.to_vec(), "figures.csv", &mut Diagnostics::new()) {
        for row in &table.rows {
            assert_eq!(row.len(), table.head.len(), "{table:?}");
        }
    }
    let text = format!(
        "{PLACE} --\n![Figures](figures.csv)\n\n![[indicators/a]]\n-- content/indicators/a.md --\n---\ndata: figures.csv\n---\n"
    );
    let case = Case::read(&format!("Found.\n-- {text}")).expect("it has the form of a case");
    let mut files: Vec<_> = case.inputs().map(|(path, bytes)| (path.to_owned(), bytes)).collect();
    for folder in ["minutes/board", "indicators"] {
        files.push((format!("content/{folder}/figures.csv"), input.to_vec()));
    }
    assert!(!assemble(&memory::sources(files), &options()).site.documents.is_empty(), "the documents are gone");
}

/// The files of a small index, by their paths.
pub static INDEX: LazyLock<BTreeMap<String, Vec<u8>>> = LazyLock::new(|| {
    let files = [
        (
            "content/minutes/board/2021-01-05.md",
            "# Street drinking\n\n## 1. Knife crime {about=priorities/knives}\n\n1.1 The board met the board. RESOLVED: That the knife plan be noted.\n\n1.2 ASB fell by 4% on 3 March 2019; see 2021/14.\n",
        ),
        (
            "content/priorities/knives.md",
            "---\nsummary: Knife crime among the young.\n---\nKnives and young people. Knives and young people again.\n",
        ),
        ("content/pages/about.md", "About the board, its members and the knife plan.\n"),
        ("content/glossary.toml", "[ASB]\nexpansion = \"anti-social behaviour\"\n"),
    ];
    let files = files.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()));
    let built = build(&memory::sources(files), &options());
    built.outputs.into_iter().filter(|(path, _)| path.starts_with("search/") && !path.ends_with(".html")).collect()
});

/// An index of which one file is another: an answer or an error, never a panic, and never more memory than a file explains.
/// The first byte says which file, the second how its bytes were made, so that checks and packing are passed.
fn index(input: &[u8]) {
    let [which, how, bytes @ ..] = input else { return };
    let (path, _) = INDEX.iter().nth(usize::from(*which) % INDEX.len()).expect("there are files");
    let damaged = match how % 4 {
        0 => bytes.to_vec(),
        1 => sealed(bytes),
        2 => sealed(&packed(bytes)),
        _ => block(bytes),
    };
    let fetch = |asked: &str| if asked == path { Some(damaged.clone()) } else { INDEX.get(asked).cloned() };
    for text in ["knife crime", "\"the board\" asb", "knfe", "2019 -plan", "since 2020 2021/14"] {
        let _ = ask(&fetch, text);
    }
}

/// A file of the index with this payload (`src/search/FORMAT.md`).
fn sealed(payload: &[u8]) -> Vec<u8> {
    [b"FMS1", &fnv(payload).to_le_bytes(), payload].concat()
}

/// Bytes as DEFLATE that packs nothing.
fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut packed = Vec::new();
    for chunk in bytes.chunks(usize::from(u16::MAX)) {
        let length = u16::try_from(chunk.len()).expect("a chunk is no longer");
        packed.push(0);
        packed.extend_from_slice(&length.to_le_bytes());
        packed.extend_from_slice(&(!length).to_le_bytes());
        packed.extend_from_slice(chunk);
    }
    // The last block, which is empty.
    packed.extend_from_slice(&[1, 0, 0, 0xFF, 0xFF]);
    packed
}

/// The first block of a file of texts.
fn block(text: &[u8]) -> Vec<u8> {
    let packed = packed(text);
    let mut block = Vec::new();
    let mut length = packed.len();
    while length > 0x7F {
        block.push(0x80 | u8::try_from(length & 0x7F).expect("seven bits"));
        length >>= 7;
    }
    block.push(u8::try_from(length).expect("seven bits"));
    block.extend_from_slice(&fnv(&packed).to_le_bytes());
    block.extend_from_slice(&packed);
    block
}

fn fnv(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811C_9DC5, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
}

/// What somebody typed into the field of the search, and what they chose: an answer.
fn question(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else { return };
    let fetch = |path: &str| INDEX.get(path).cloned();
    ask(&fetch, text).unwrap_or_else(|error| panic!("{error:?} of a sound index for {text:?}"));
}

fn ask(fetch: &dyn Fn(&str) -> Option<Vec<u8>>, text: &str) -> Result<(), IndexError> {
    let index = Index::open(fetch)?;
    let facets = vec![("kind".to_owned(), "minutes".to_owned())];
    for (facets, newest_first) in [(Vec::new(), false), (facets, true)] {
        let question = Question { text: text.to_owned(), facets, newest_first, offset: 0, limit: 20, counts: true };
        search::answer(&index, &question)?;
    }
    Ok(())
}

/// Prints what needs the whole site as its own words.
struct Plain;

impl Resolve for Plain {
    fn link(&mut self, _: &Text, _: LinkId, out: &mut String) -> Cow<'static, str> {
        out.push_str("<a href=\"/\">");
        "</a>".into()
    }

    fn embed(&mut self, text: &Text, embed: EmbedId, out: &mut String) {
        escape(&text.embeds[embed.index()].text, out);
    }

    fn term(&mut self, _: &Text, _: TermId, out: &mut String) -> &'static str {
        out.push_str("<abbr>");
        "</abbr>"
    }

    fn kind(&self, kind: KindId) -> &str {
        &KINDS.get(kind).name
    }
}

/// Elements that have no end.
const VOID: &[&[u8]] =
    &[b"area", b"base", b"br", b"col", b"hr", b"img", b"input", b"link", b"meta", b"source", b"track", b"wbr"];

/// Every element is ended in the one in which it began.
fn assert_balanced(html: &str) {
    let mut open: Vec<Vec<u8>> = Vec::new();
    for token in Tokenizer::new(html) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) if tag.self_closing || VOID.contains(&&**tag.name) => {}
            Token::StartTag(tag) => open.push(tag.name.to_vec()),
            Token::EndTag(tag) => assert_eq!(open.pop().as_deref(), Some(&**tag.name), "not balanced:\n{html}"),
            Token::Error(error) => panic!("{error:?} in\n{html}"),
            _ => {}
        }
    }
    assert!(open.is_empty(), "{open:?} are not ended:\n{html}");
}
