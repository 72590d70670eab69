//! What is said of files that documents publish beside their texts: what is in them that readers were not meant to see, and what
//! they could do. Such a file is not a source that a span can point into, so the place is given in words.
//!
//! **No message repeats a word of the file**, but for names of sheets that show: messages are printed where others read them too. Places
//! and counts are enough to find it.

use super::{Diagnostics, list};
use crate::model::checked_line;
use crate::source::Span;

/// A file that is about to be published.
#[derive(Debug, Clone, Copy)]
pub struct Attached<'a> {
    /// Its path from the site's root.
    pub path: &'a str,
    /// The XXH3-128 of its bytes.
    pub hash: u128,
}

impl<'a> Attached<'a> {
    /// The end of its name behind the last dot, in small letters where it has capitals; empty if there is none.
    #[must_use]
    pub fn end(&self) -> &'a str {
        let name = self.path.rsplit('/').next().unwrap_or_default();
        name.rsplit_once('.').map_or("", |(_, end)| end)
    }
}

/// What stands in a picture beside the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Detail {
    /// Where it was taken.
    Place,
    /// When, with which camera, by whom.
    Camera,
    /// What somebody or a program wrote about it.
    Description,
    /// A small form of it, which can show what was cut off.
    Preview,
    /// Bytes behind its end: other pictures.
    Behind,
}

/// Where something is in a file.
#[derive(Debug, Clone, Copy)]
pub enum Places<'a> {
    /// It is known how many there are.
    Whole(usize),
    /// On these pages, from 1.
    Pages(&'a [usize]),
    /// In these paragraphs, from 1.
    Paragraphs(&'a [usize]),
    /// On these slides, from 1.
    Slides(&'a [usize]),
    /// From these cells on.
    Cells(&'a [String]),
}

/// What covers words that are still there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Covered {
    /// A box that was drawn over them.
    Box,
    /// A black marker or shade on black letters.
    Mark,
    /// A mark that says that they are to be taken out, which was never done.
    Planned,
}

/// What a reader of a file was perhaps not meant to see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hidden {
    /// Values in rows or columns that do not show.
    Cells,
    /// Comments.
    Comments,
    /// What a picture that is not written anew says of itself.
    Details,
    /// Files inside the file.
    Files,
    /// Layers that do not show.
    Layers,
    /// Notes of a speaker.
    Notes,
    /// Values of other files.
    OtherFiles,
    /// Figures behind a table that sums them up.
    Pivots,
    /// Sheets that do not show.
    Sheets,
    /// Slides that do not show.
    Slides,
    /// Words that are formatted not to show.
    Words,
}

/// Why a file could act in the name of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Active {
    /// It is a page of HTML.
    Page,
    /// Its name does not say what it is, and it begins as a page does.
    LikeAPage,
    /// A server may run it.
    Program,
    /// An element or an attribute that runs something.
    Element(String),
    /// A link that runs something.
    Link,
    /// Something is loaded from elsewhere.
    Outside,
    /// A style sheet makes something else of it.
    Sheet,
    /// It has names for texts that are put together by the browser.
    Entity,
    /// It cannot be told what it does.
    Unreadable,
}

/// Why a file was not looked into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unread {
    /// It cannot be read as what it should be.
    Damaged,
    /// A password is needed.
    Encrypted,
    /// Unpacked it is larger than anything that people read.
    TooMuch,
    /// It is longer than a file that is looked into; holds the limit in bytes.
    TooLong(u64),
    /// It has a form that is not read; holds the end of the name that it should have.
    Old(String),
    /// It is an archive with other files in it.
    Archive,
    /// It could not be opened again.
    Closed,
}

const COPIED: &str = "Everybody who opens the file can read it, copy it and find it with a search.";

impl Diagnostics {
    /// Words are covered, and still there. `words` is about how many.
    pub fn covered_words(&mut self, file: Attached<'_>, how: Covered, words: usize, places: &Places<'_>) {
        let about = if words == 1 { "a word is".to_owned() } else { format!("about {words} words are") };
        let (title, fix) = match how {
            Covered::Box => (
                "Words in this file are covered by a box, and are still there",
                "Redact the file again with a program that takes the words out (Acrobat: “Redact”, then “Apply”), or print the \
                 redacted pages and scan them.",
            ),
            Covered::Mark => (
                "Words in this file are blackened, and are still there",
                "Delete the words in Word, write “[redacted]” in their place, and save the file again.",
            ),
            Covered::Planned => (
                "Words in this file are marked to be redacted, and are still there",
                "Open it in the program with which they were marked, choose “Apply redactions”, and save it again.",
            ),
        };
        let why = format!("{}: {about} covered there. {COPIED}", said_places(places));
        self.about_file("covered-words", file, title, why, &accepted(fix, file));
    }

    /// Changes were tracked and neither accepted nor rejected.
    pub fn tracked_changes(&mut self, file: Attached<'_>, places: &Places<'_>) {
        let title = "This file holds changes that were tracked: what was struck out is still in it";
        let why = format!("{}. Everybody can see what stood there before, and who changed it.", said_places(places));
        let fix = "In Word or LibreOffice accept or reject all changes, and save the file again, best as PDF.";
        self.about_file("tracked-changes", file, title, why, &accepted(fix, file));
    }

    /// A file that a browser would run.
    pub fn active_file(&mut self, file: Attached<'_>, reason: &Active) {
        let as_drawing = "Open it in Inkscape and save it as “Plain SVG”, or save it as PNG.";
        let as_xml = "Publish it in a ZIP file, or as CSV or JSON.";
        let as_file = if file.end().to_lowercase().starts_with("svg") { as_drawing } else { as_xml };
        let (what, fix) = match reason {
            Active::Page => (
                "is a web page of its own".to_owned(),
                "Write what is in it as a document of this site (`folkmoot` makes the page), or print it as PDF and publish that.",
            ),
            Active::LikeAPage => (
                "does not say by its name what it is, and begins like a web page".to_owned(),
                "Give it a name that ends as files of its sort do, such as `.txt`.",
            ),
            Active::Program => (
                "is a program that web servers run".to_owned(),
                "Publish it in a ZIP file, or put `.txt` behind its name.",
            ),
            Active::Element(name) => (format!("has `{}` in it, which can run a program", short(name)), as_file),
            Active::Link => ("has an address in it that runs a program".to_owned(), as_file),
            Active::Outside => ("loads something that does not lie in it".to_owned(), as_file),
            Active::Sheet => ("names a style sheet, which can make a web page of it".to_owned(), as_file),
            Active::Entity => ("names texts that browsers put together".to_owned(), as_file),
            Active::Unreadable => ("cannot be read, so nobody can say what a browser makes of it".to_owned(), as_file),
        };
        let title = format!("This file {what}");
        let why = "Opened at an address of this site it acts in the site's name: it can show readers anything, and ask them \
                   for anything. Such a file is not published.";
        self.about_file("active-file", file, title, why, fix);
    }

    /// Something is in a file that readers were perhaps not meant to see.
    pub fn hidden_in_file(&mut self, file: Attached<'_>, what: Hidden, places: &Places<'_>) {
        let (title, fix) = match what {
            Hidden::Cells => (
                "This file has hidden rows or columns with something in them",
                "Show them, delete what is not for the public, and save the file again; or save what shows as PDF or CSV.",
            ),
            Hidden::Comments => ("This file has comments in it", "Delete the comments and save the file again."),
            Hidden::Details => (
                "This picture says more than it shows, perhaps where it was taken",
                "Save it as JPEG, PNG or WebP: from these the details are taken out when they are published.",
            ),
            Hidden::Files => (
                "This file has other files inside",
                "Look into them. A chart that was pasted from Excel brings its whole workbook: paste it as a picture.",
            ),
            Hidden::Layers => (
                "This file has layers that do not show",
                "Show them in the program that made the file, delete what is not for the public, and save it again.",
            ),
            Hidden::Notes => (
                "This file has notes of the speaker",
                "Delete the notes, or save the slides without notes as PDF, and publish that.",
            ),
            Hidden::OtherFiles => (
                "This file keeps values of other files, to which it is linked",
                "In Excel choose “Data”, “Edit Links”, “Break Link”, and save the file again.",
            ),
            Hidden::Pivots => (
                "This file keeps all figures from which its pivot tables were made",
                "Copy the table, paste its values alone into a new file, and publish that.",
            ),
            Hidden::Sheets => (
                "This file has hidden sheets",
                "Show them, delete what is not for the public, and save the file again.",
            ),
            Hidden::Slides => (
                "This file has hidden slides",
                "Show them, delete what is not for the public, and save the file again.",
            ),
            Hidden::Words => (
                "This file has words that are formatted not to show",
                "Show them (in Word: “Hidden” in the dialogue “Font”), delete what is not for the public, and save the file again.",
            ),
        };
        let why = match what {
            Hidden::Details => COPIED.to_owned(),
            _ => format!("{}. {COPIED}", said_places(places)),
        };
        self.about_file("hidden-in-file", file, title, why, &accepted(fix, file));
    }

    /// A file says who wrote it.
    pub fn author_in_file(&mut self, file: Attached<'_>) {
        let title = "This file names who wrote it, in its properties";
        let why =
            "Readers and search engines see the name of a member of staff, or of whoever had that computer before.";
        let fix = "In Word, Excel or PowerPoint: “File”, “Info”, “Inspect Document”, then save the file again, and the PDF too. If \
                   these names may be known, write into `content/site.toml`:\n[check]\nauthor-in-file = \"off\"";
        self.about_file("author-in-file", file, title, why, fix);
    }

    /// A file was published without a look into it.
    pub fn unread_file(&mut self, file: Attached<'_>, why: &Unread) {
        let (title, fix) = match why {
            Unread::Damaged => (
                "This file could not be looked into, because it is damaged".to_owned(),
                "See whether it opens, and save it again.".to_owned(),
            ),
            Unread::Encrypted => (
                "This file could not be looked into, because it is locked with a password".to_owned(),
                "Readers need the password too: save it without one.".to_owned(),
            ),
            Unread::TooMuch => (
                "This file could not be looked into, because unpacked it is too large".to_owned(),
                "See that nobody sent you a trap. If it is as it should be, publish its figures as CSV.".to_owned(),
            ),
            Unread::TooLong(limit) => (
                format!("This file could not be looked into, because it is longer than {} MB", limit / 1_000_000),
                "Readers on a telephone cannot load it either: make it smaller, or divide it.".to_owned(),
            ),
            Unread::Old(better) => (
                "This file could not be looked into, because it is saved in a form that this program does not read"
                    .to_owned(),
                format!("Save it as `.{better}` or, best for readers, as PDF."),
            ),
            Unread::Archive => (
                "This file could not be looked into, because it is an archive".to_owned(),
                "Look at each file in it before you publish it, or publish them one by one.".to_owned(),
            ),
            Unread::Closed => (
                "This file could not be looked into, because it could not be opened again".to_owned(),
                "Build again when nobody is saving it.".to_owned(),
            ),
        };
        let why =
            "It is published as it is. Comments, earlier words or what is covered in it would be seen by everybody.";
        self.about_file("unread-file", file, title, why, &accepted(&fix, file));
    }

    /// What was left out of the copy of a picture that is published.
    pub fn picture_details(&mut self, file: Attached<'_>, details: impl Iterator<Item = Detail>) {
        let words = |detail| match detail {
            Detail::Place => "where it was taken",
            Detail::Camera => "when, by whom and with what it was made",
            Detail::Description => "what a person or a program wrote about it",
            Detail::Preview => "a small form of it, which can show what was cut off",
            Detail::Behind => "other data behind it",
        };
        let details: Vec<String> = details.map(|detail| words(detail).to_owned()).collect();
        let title = "What this picture says of itself is left out of the copy that is published";
        let why = format!("It said {}. The picture looks as before; your file is not changed.", list(&details));
        let fix = "Nothing.";
        self.about_file("picture-details", file, title, why, fix);
    }

    /// The first words of a file say that it is not for everybody.
    pub fn private_file(&mut self, file: Attached<'_>) {
        let title = "The first words of this file say that it is not for everybody";
        let why = "A file is published whole, as it is, so nothing is published until this is clear.";
        self.about_file("withheld-file", file, title, why, &accepted("Take out what leads to it.", file));
    }

    /// A row of a sheet says that it is not for everybody.
    pub fn private_rows(&mut self, file: Attached<'_>, row: usize, words: &str) {
        let words: String = words.chars().take(80).collect();
        let title = format!("Row {row} of a table in this file says that it is not for everybody: “{words}”");
        let why = "A file is published whole, as it is, so nothing is published until this is clear.";
        let fix = "Take what leads to it out, or that row and the column out of it.";
        self.about_file("withheld-file", file, title, why, &accepted(fix, file));
    }

    /// A line of `content/checked.toml` has no checksum.
    pub fn no_checksum(&mut self, span: Span, path: &str) {
        let title = format!("`{path}` has no checksum here");
        let why = "Only the checksum says that the file is still the one that a person has looked at.";
        let fix = "Copy the line that the message about the file offers. For a text, delete this line and type \
                   `folkmoot check --accept` with the name of the text.";
        self.add("wrong-entry", span, title, why, fix);
    }

    fn about_file(
        &mut self,
        code: &'static str,
        file: Attached<'_>,
        title: impl Into<String>,
        why: impl Into<String>,
        fix: &str,
    ) {
        self.add(code, None, title, why, fix).place = Some(file.path.into());
    }
}

/// What to do, and what to write when a person has looked and it is as it should be.
pub(super) fn accepted(fix: &str, file: Attached<'_>) -> String {
    let line = checked_line(file.path, file.hash);
    format!("{fix} If a person has looked and all of it may be public, write into `content/checked.toml`:\n{line}")
}

fn said_places(places: &Places<'_>) -> String {
    match places {
        Places::Whole(1) => "There is one".to_owned(),
        Places::Whole(count) => format!("There are {count}"),
        Places::Pages(numbers) => numbered("page", numbers),
        Places::Paragraphs(numbers) => numbered("paragraph", numbers),
        Places::Slides(numbers) => numbered("slide", numbers),
        Places::Cells(cells) => {
            format!("See {}", some(cells.iter().map(|cell| format!("`{}`", short(cell))), cells.len()))
        }
    }
}

fn numbered(noun: &str, numbers: &[usize]) -> String {
    let plural = if numbers.len() == 1 { "" } else { "s" };
    format!("See {noun}{plural} {}", some(numbers.iter().map(ToString::to_string), numbers.len()))
}

/// The first few of a list, and how many more there are.
fn some(words: impl Iterator<Item = String>, count: usize) -> String {
    const SHOWN: usize = 5;
    let mut words: Vec<String> = words.take(SHOWN).collect();
    if count > SHOWN {
        words.push(format!("{} more", count - SHOWN));
    }
    list(&words)
}

/// A name as its file has it, which may be of any length.
fn short(name: &str) -> String {
    const LONGEST: usize = 60;
    let mut letters = name.chars();
    let start: String = letters.by_ref().take(LONGEST).collect();
    if letters.next().is_some() { format!("{start}…") } else { start }
}
