//! Files that are published as they are: is one of them not for everybody?
//!
//! Input: the name and the bytes of a file to which something public leads, what is withheld, the instant. Output: a
//! [`FileDoubt`], and then the file is not published. Such a file cannot be shown in part, so one place in it is enough.
//! Not here: which files are used (`assemble`), pictures, and what lies inside the formats of other programs.

use std::collections::HashMap;

use super::doubt::{self, places, resembles_exemption};
use super::head::{self, Rules};
use super::lines::{self, FieldLine};
use super::names;
use super::phrases::{self, Speaker};
use super::records::private_record;
use crate::data::{Node, rows_of};
use crate::diagnostic::{Attached, Diagnostics};
use crate::hanging::copies::{folder_of_original, original_of};
use crate::kind::{Kinds, Role};
use crate::language::letters;
use crate::markdown::enclosed::{Around, Enclosed};
use crate::markdown::{events, prepare};
use crate::model::{AsAt, Checked, FileDoubt, FileMeant, Instant, Withheld, Zone};
use crate::privacy::apart::without_blanks;
use crate::privacy::files::{Column, FILES, column, columns_of_business, is_strong_state};
use crate::privacy::words::{self, Meaning, TEXT};
use crate::source::{Attachment, FileProvider, decode};

/// How much of a file is looked at, in bytes: a longer text is a list of data.
const FAR: usize = 16 << 20;

/// The bytes by which a text is told from anything else.
const FIRST: usize = 4096;

/// With these a file begins that may look like a text and is none.
const OTHER_FORMATS: [&[u8]; 4] = [b"%PDF", b"PK\x03\x04", b"{\\rtf", b"\xD0\xCF\x11\xE0"];

/// Decides about files.
pub struct Files<'run> {
    rules: Rules<'run>,
    as_at: &'run AsAt,
    /// At which files a person has looked.
    checked: &'run Checked,
    provider: &'run dyn FileProvider,
    /// Reads the head of a text, as that of a document is read.
    head: fn(&str) -> Option<Node>,
    /// What is withheld, by its folder.
    withheld: HashMap<&'run str, Vec<&'run Withheld>>,
}

/// What a file holds, as far as it matters here.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Holds {
    /// A text for readers.
    Prose,
    /// A text with tags.
    Tags,
    /// Rows of cells.
    Table,
    /// Data for programs.
    Data,
}

impl<'run> Files<'run> {
    /// Decides by these fields of documents and for this instant.
    #[must_use]
    pub fn new(
        (kinds, zone, checked): (&'run Kinds, &'run Zone, &'run Checked),
        as_at: &'run AsAt,
        withheld: &'run [Withheld],
        provider: &'run dyn FileProvider,
        head: fn(&str) -> Option<Node>,
    ) -> Option<Self> {
        // The fields that decide are the same in every kind.
        let (_, kind) = kinds.iter().next()?;
        let mut by_folder: HashMap<&str, Vec<&Withheld>> = HashMap::new();
        for one in withheld {
            by_folder.entry(folder_and_name(&one.path).0).or_default().push(one);
        }
        Some(Self {
            rules: Rules { kind, kinds, zone, own: None, sensitive: false },
            as_at,
            checked,
            provider,
            head,
            withheld: by_folder,
        })
    }

    /// Why a file may not be for everybody; `called`: what leads to it calls it by words that say so.
    #[must_use]
    pub fn doubt(&self, file: &Attachment, called: Option<&str>) -> Option<FileDoubt> {
        let doubt = self.own_doubt(&file.path).or_else(|| called.map(|words| FileDoubt::Called(words.into())));
        doubt.filter(|doubt| !(doubt.may_be_accepted() && self.checked.has(&file.path, file.hash)))
    }

    /// Looks whether a file in which another program says what holds for the pages beside it holds them back: nobody here reads it so, and
    /// whoever wrote it counts on it.
    pub fn look_at_settings(&self, files: &[Attachment], diagnostics: &mut Diagnostics) {
        for file in files.iter().filter(|file| file.is_aside() || is_settings(&file.path)) {
            let Some(text) = self.text(&file.path) else { continue };
            // A file that is all data is the head of nothing.
            let fenced = format!("---\n{text}\n---\n");
            let whole = if file.path.ends_with(".md") || text.trim_start().starts_with('{') { &text } else { &fenced };
            let withholds = (self.head)(whole).is_some_and(|head| self.in_head(&head).is_some());
            if withholds || self.place(&file.path, &text).is_some() {
                diagnostics.unclear_settings(&file.path);
            }
        }
    }

    /// Why the file at `path`, from the site's root, may not be, as its name and its words say.
    fn own_doubt(&self, path: &str) -> Option<FileDoubt> {
        if let Some(doubt) = self.copy_of_withheld(path) {
            return Some(doubt);
        }
        let named = names::private(path.strip_prefix("content/").unwrap_or(path), false);
        if named.is_some() {
            return Some(FileDoubt::Named);
        }
        let text = self.text(path)?;
        if holds(path) == Holds::Table
            && let Some((row, words)) = private_row(rows_of(&text))
        {
            return Some(FileDoubt::Row { row, words: words.chars().take(80).collect::<String>().into() });
        }
        let first = |words: &str| words.chars().take(80).collect::<String>().into();
        let line = |at: usize| text[..at].matches('\n').count();
        if let Some(at) = self.place(path, &text) {
            let words = text.lines().nth(line(at)).unwrap_or_default().trim();
            return Some(FileDoubt::Says { line: line(at) + 1, words: first(words) });
        }
        let said = ends_in(path, &FILES.json).then(|| private_record(&text)).flatten()?;
        Some(FileDoubt::Record { line: line(said.start) + 1, words: first(&text[said].replace('"', "")) })
    }

    fn copy_of_withheld(&self, path: &str) -> Option<FileDoubt> {
        let (folder, name) = folder_and_name(path.strip_prefix("content/").unwrap_or(path));
        let find = |folder: &str, elsewhere: bool| {
            self.withheld.get(folder)?.iter().find(|held| {
                let original = folder_and_name(&held.path).1;
                let is_text = holds(name) == Holds::Prose;
                original_of(name, original).is_some_and(|copy| copy.marked || is_text || elsewhere)
            })
        };
        let held = find(folder, false).or_else(|| find(&folder_of_original(folder)?, true))?;
        Some(FileDoubt::CopyOf { path: held.path.clone(), why: held.why })
    }

    /// The characters of a file, if it is a text in any encoding.
    fn text(&self, path: &str) -> Option<String> {
        let first = self.provider.beginning(path, FIRST as u64).ok()?;
        let utf_16 = first.starts_with(&[0xFF, 0xFE]) || first.starts_with(&[0xFE, 0xFF]);
        if OTHER_FORMATS.iter().any(|format| first.starts_with(format)) || (!utf_16 && first.contains(&0)) {
            return None;
        }
        let bytes = if first.len() < FIRST { first } else { self.provider.beginning(path, FAR as u64).ok()? };
        // What an old editor wrote is read as its own, one byte a character: the words that count are plain.
        let single =
            |bytes: &[u8]| bytes.iter().map(|byte| char::from(*byte)).filter(|letter| *letter != '\0').collect();
        Some(decode(bytes.clone()).unwrap_or_else(|_| single(&bytes)))
    }

    /// Where a text says that it is not for everybody.
    fn place(&self, path: &str, text: &str) -> Option<usize> {
        let holds = holds(path);
        let field = lines::fields(text, self.rules).into_iter().find(|field| self.withholds(field, holds));
        if let Some(FieldLine { line, .. }) = field {
            return Some(line.as_ptr() as usize - text.as_ptr() as usize);
        }
        if let Some(at) = class(path, text) {
            return Some(at);
        }
        let has_head = matches!(holds, Holds::Prose | Holds::Tags);
        if let Some(at) = (self.head)(text).filter(|_| has_head).and_then(|head| self.in_head(&head)) {
            return Some(at);
        }
        match holds {
            Holds::Prose | Holds::Tags => of_prose(text).or_else(|| by_words_between_tags(text)),
            Holds::Table => {
                let says = |(at, line): &(usize, &str)| resembles_exemption(line) || cell_speaks(line, *at == 0);
                lines_of(text).find(says).map(|(at, _)| at)
            }
            Holds::Data => braces(text),
        }
    }

    /// Where a head says that its text is not for everybody at this instant.
    fn in_head(&self, head: &Node) -> Option<usize> {
        let mut said = Diagnostics::new();
        let result = head::read(head, self.rules, &mut said);
        let first = said.sorted().first().and_then(|said| said.span).map(|span| span.start as usize);
        let Ok((draft, visibility)) = result else { return Some(first.unwrap_or_default()) };
        let held = draft
            || visibility.exempt.is_some()
            || visibility.withdrawn.is_some()
            || visibility.publish_at.is_some_and(|from| !self.as_at.has_come(from.at))
            || visibility.expires.is_some_and(|until| self.as_at.has_come(until.at))
            || visibility.other_times.iter().any(|time| time.ends == self.as_at.has_come(time.at.at));
        held.then_some(head.span.start as usize)
    }

    /// Whether a line that reads like a field withholds the file at this instant.
    fn withholds(&self, field: &FieldLine<'_>, holds: Holds) -> bool {
        let own = self.rules.kind.field(&field.key).is_some();
        let indented = field.line.len() - field.line.trim_start().len();
        // In data a key says what it says of one of many things, unless it stands at the top.
        let of_file =
            indented <= 4 && (own || (words::is_yes(words::Value::Words(&field.value)) && data_key(&field.key)));
        if holds == Holds::Table || (holds == Holds::Data && !of_file) {
            return false;
        }
        let time = Instant::parse(&field.value, self.rules.zone);
        match field.says {
            Meaning::Withholds(Role::PublishAt) => time.is_none_or(|from| !self.as_at.has_come(from.at)),
            Meaning::Withholds(Role::Expires) => time.is_none_or(|until| self.as_at.has_come(until.at)),
            Meaning::From(from) => !self.as_at.has_come(from.at),
            Meaning::Until(until) => self.as_at.has_come(until.at),
            Meaning::Withholds(_) => true,
            Meaning::Shows | Meaning::Nothing => false,
        }
    }
}

/// Whether the words by which a file is called say that it is not for everybody: `Appendix 2 (EXEMPT)`.
#[must_use]
pub fn title_is_private(title: &str) -> bool {
    TEXT.may_speak(title) && (TEXT.of_heading(title).is_some() || TEXT.is_stamped(title))
}

/// Looks whether the first words of a file, which stand on the first lines of its first page, say that it is not for everybody; a
/// person may have looked at it before.
pub fn look_at_opening(words: &str, (file, looked_at): (&Attachment, bool), diagnostics: &mut Diagnostics) {
    const LINES: usize = 10;
    // A mark alone in its line stands at the top, or below the name of the body; further down it may be a heading of contents.
    const TOP: usize = 2;
    let spelt = |line: &str| without_blanks(line).unwrap_or_else(|| line.to_owned());
    let lines: Vec<String> =
        words.lines().map(str::trim).filter(|line| !line.is_empty()).take(LINES).map(spelt).collect();
    let stamped = lines.iter().take(TOP).any(|line| TEXT.is_all(line));
    if !looked_at && (stamped || lines.iter().any(|line| TEXT.of_value(line))) {
        diagnostics.private_file(Attached { path: &file.path, hash: file.hash });
    }
}

/// The rows of a sheet that have anything in them: the number of each, and its cells.
type Sheet = Vec<(usize, Vec<Box<str>>)>;

/// Looks whether a row of a sheet says, in a column for it, that not everybody may see it; a person may have looked at the file before. Above
/// the names of the columns a title may stand.
pub fn look_at_rows(sheets: &[Sheet], (file, looked_at): (&Attachment, bool), diagnostics: &mut Diagnostics) {
    const TOP: usize = 6;
    if looked_at {
        return;
    }
    let found = sheets
        .iter()
        .find_map(|rows| (0..rows.len().min(TOP)).find_map(|head| private_row(rows[head..].iter().cloned())));
    if let Some((row, words)) = found {
        diagnostics.private_rows(Attached { path: &file.path, hash: file.hash }, row, &words);
    }
}

/// What a file was meant as that is no page: only names that end in `.md` become pages. Editors that hide the ends of names
/// make `plan.md.txt` of them.
#[must_use]
pub fn meant_as_page(path: &str) -> Option<FileMeant> {
    let (stem, extension) = path.rsplit_once('.')?;
    let is_in = |list: &[String], end: &str| list.contains(&end.to_lowercase());
    let named = |stem: &str| Some(FileMeant::Page(format!("{stem}.md").into()));
    match stem.rsplit_once('.') {
        _ if is_in(&FILES.pages, extension) => named(stem),
        Some((stem, inner)) if is_in(&FILES.texts, extension) && is_in(&FILES.pages, inner) => named(stem),
        _ if is_in(&FILES.imported, extension) => Some(FileMeant::Import),
        _ if is_in(&FILES.unread, extension) => Some(FileMeant::SaveFirst),
        _ => None,
    }
}

/// Whether a file holds what another program adds to the heads of pages: of a folder by its name, or of one page.
fn is_settings(path: &str) -> bool {
    let (folder, name) = folder_and_name(path);
    let of_folder = || {
        let (stem, end) = name.rsplit_once('.').unwrap_or_default();
        end == "json" && folder_and_name(folder).1 == stem
    };
    FILES.settings.iter().any(|end| name.ends_with(end.as_str())) || of_folder()
}

fn holds(path: &str) -> Holds {
    let name = path.to_lowercase();
    if ends_in(path, &FILES.tables) {
        Holds::Table
    } else if ends_in(path, &FILES.data) {
        Holds::Data
    } else if name.ends_with(".html") || name.ends_with(".htm") {
        Holds::Tags
    } else {
        Holds::Prose
    }
}

/// Whether the name of a file ends in one of these.
fn ends_in(path: &str, list: &[String]) -> bool {
    let name = folder_and_name(path).1.to_lowercase();
    name.rsplit_once('.').is_some_and(|(_, extension)| list.iter().any(|one| one == extension))
}

fn of_prose(text: &str) -> Option<usize> {
    let (seen, _) = prepare::clean(text);
    let events = events::collect(&seen.text);
    let doubt = places(&seen.text, &events).first().map(|place| place.start);
    let enclosed = Enclosed::default();
    let around = Around { prepared: &seen, enclosed: &enclosed };
    let said = || {
        phrases::said(around, &events.list, Speaker::default(), &[]).passages.first().map(|passage| passage.words.start)
    };
    doubt.or_else(said).map(|at| seen.source(at))
}

/// Braces that exempt, wherever they stand.
fn braces(text: &str) -> Option<usize> {
    text.match_indices('{').map(|(at, _)| at).find(|at| doubt::braces(text, *at).is_some())
}

/// Words between tags, each run of them a paragraph.
fn by_words_between_tags(text: &str) -> Option<usize> {
    if !text.contains('<') {
        return None;
    }
    let mut at = 0;
    for part in text.split('<') {
        let words = part.split_once('>').map_or(part, |(_, words)| words);
        let start = at + part.len() - words.len();
        let spelt = without_blanks(words.trim());
        if TEXT.of_paragraph(spelt.as_deref().unwrap_or(words).trim()).is_some() {
            return Some(start);
        }
        at += part.len() + 1;
    }
    None
}

/// Whether a key of data says, with a yes, that none of it is for everybody.
fn data_key(key: &str) -> bool {
    FILES.data_keys.contains(&letters::name(key))
}

/// Where an entry of a calendar or a card says that not everybody may see it.
fn class(path: &str, text: &str) -> Option<usize> {
    if !ends_in(path, &FILES.calendars) {
        return None;
    }
    let says = |line: &str| {
        let (key, value) = line.trim().split_once(':')?;
        let key = key.split(';').next()?;
        Some(key.eq_ignore_ascii_case("class") && words::is_closed_word(value))
    };
    lines_of(text).find(|(_, line)| says(line) == Some(true)).map(|(at, _)| at)
}

/// The first row of a table that says in a column for it that not everybody may see it: the number of its line, and the words.
fn private_row(mut rows: impl Iterator<Item = (usize, Vec<Box<str>>)>) -> Option<(usize, String)> {
    let (line, head) = rows.next()?;
    // "Sum (exempt)" and "Confidential notes" speak of a whole column.
    let speaks = |name: &&str| {
        let bracketed = name.ends_with([')', ']']) && TEXT.is_stamped(name);
        bracketed || (name.split_whitespace().count() == 2 && TEXT.is_confided(name))
    };
    if let Some(name) = head.iter().map(|name| &**name).find(speaks) {
        return Some((line, name.to_string()));
    }
    let names: Vec<&str> = head.iter().map(|name| &**name).collect();
    let own = names.iter().enumerate().filter_map(|(at, name)| Some((at, column(name)?)));
    let columns: Vec<(usize, Column)> = own.chain(columns_of_business(&names, false)).collect();
    if columns.is_empty() {
        return None;
    }
    rows.find_map(|(line, cells)| {
        columns.iter().find_map(|(at, column)| {
            let cell = cells.get(*at)?;
            let is_state = column.is_state();
            let says = column.withholds(cell) || (is_state && (TEXT.of_value(cell) || is_strong_state(cell)));
            says.then(|| (line, format!("{}: {cell}", head[*at])))
        })
    })
}

/// Whether a cell of a row says that it is not for everybody, or the row has nothing but such words, in capitals.
fn cell_speaks(line: &str, is_first: bool) -> bool {
    let separators = [',', ';', '\t'];
    let alone = line.trim_matches(|sign: char| separators.contains(&sign) || sign == '"' || sign.is_whitespace());
    let heads =
        (is_first || line.contains(separators)) && !alone.contains(separators) && !alone.contains(char::is_lowercase);
    let cell = |cell: &str| TEXT.of_cell(cell.trim_matches(['"', ' ', '\r', '\n']));
    TEXT.may_speak(line) && ((heads && TEXT.is_all(alone)) || line.split(separators).any(cell))
}

fn lines_of(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split_inclusive('\n').scan(0, |at, line| {
        let start = *at;
        *at += line.len();
        Some((start, line))
    })
}

fn folder_and_name(path: &str) -> (&str, &str) {
    path.rsplit_once('/').unwrap_or(("", path))
}
