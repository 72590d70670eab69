//! What `parse` says to an author.

use super::{Diagnostics, nearest};
use crate::source::{NotText, SourceId, Span};

/// What is said of a document that is not published because it cannot be read.
const HELD_BACK: &str = "Until it is mended, this document is not published; everything else is.";

impl Diagnostics {
    /// The bytes of a file are not text.
    pub fn not_text(&mut self, source: SourceId, trouble: &NotText) {
        let (title, fix) = no_text(trouble);
        self.add("unreadable", Span::whole(source), title, HELD_BACK, fix);
    }

    /// A file has nothing in it.
    pub fn empty_document(&mut self, source: SourceId) {
        let title = "This file is empty";
        let why = "A page with nothing on it helps no reader, so none is made.";
        let fix = "Write the document, or delete the file. To keep it until later, let its name begin with `_`.";
        self.add("empty-document", Span::whole(source), title, why, fix);
    }

    /// A text names more people than are shown; `next` is the first who is not.
    pub fn too_many_names(&mut self, span: Span, shown: usize, next: &str) {
        let title = format!("More than {shown} people are named as present or absent here");
        let why = format!(
            "The table of who was there has the first {shown}. From \u{201c}{next}\u{201d} on they stand in the text alone."
        );
        let fix = "If they are no list of who was there, or another list is meant, type it in the head:\n\
                   present: [Councillor A Smith, Councillor B Jones]";
        self.add("too-many-names", span, title, why, fix);
    }

    /// The head begins and does not end. `only_fence` says that nothing follows.
    pub fn unclosed_front_matter(&mut self, span: Span, fence: &str, only_fence: bool) {
        let title = if only_fence {
            format!("This file has only the line `{fence}`")
        } else {
            format!("The head of this document begins with `{fence}` and never ends")
        };
        let why = format!(
            "Nobody can tell where the fields end and the text begins, nor whether they say that it is a draft. \
             {HELD_BACK}"
        );
        let fix = format!("Put a second line `{fence}` below the last field:\n{fence}\ntitle: …\n{fence}");
        self.add("broken-front-matter", span, title, why, fix);
    }

    /// The head is a list or a sentence instead of fields.
    pub fn front_matter_is_no_map(&mut self, span: Span) {
        let title = "The head of this document has no fields";
        let why = format!("Between the fences each line is a field, a colon and its value. {HELD_BACK}");
        let fix = "Write it like this:\n---\ntitle: Minutes of the board\ndate: 2026-03-12\n---";
        self.add("broken-front-matter", span, title, why, fix);
    }

    /// A document is in a folder that is not the folder of a kind, or is not in a folder.
    /// `meant` is the one that is called so, of all `folders` that are.
    pub fn unknown_kind(
        &mut self,
        source: SourceId,
        folder: Option<&str>,
        path: &str,
        (meant, folders): (Option<&str>, &[&str]),
    ) {
        let span = Span::whole(source);
        let Some(folder) = folder else {
            let title = "This document lies beside the folders instead of in one";
            let why = format!("The folder says what a document is: minutes, a strategy, a priority. {HELD_BACK}");
            let fix = format!(
                "Move it to `content/pages/{path}` if it is an ordinary page, else to the folder of its kind; `folkmoot new` \
                 names them all."
            );
            self.add("unknown-kind", span, title, why, fix);
            return;
        };
        let title = format!("The folder `{folder}` is no kind of document");
        let why = format!("The folder says what a document is, and so what its page shows. {HELD_BACK}");
        let fix = match meant.or_else(|| nearest(folder, folders.iter().copied())) {
            Some(near) => format!("Rename the folder to `{near}`, if that is what is meant."),
            None => format!(
                "Move it to one of {}, or to `pages/{folder}/` if these are ordinary pages. To keep the folder out of \
                 the site, let its name begin with `_`.",
                folders.iter().map(|folder| format!("`{folder}/`")).collect::<Vec<_>>().join(", ")
            ),
        };
        self.add("unknown-kind", span, title, why, fix);
    }

    /// Two places give different days for one document: the one that is shown, and another, each with where it stands and
    /// the line of a head that says it.
    pub fn days_differ(
        &mut self,
        (span, other_span): (Span, Span),
        (one, there): (String, &str),
        (two, elsewhere): (String, &str),
        (line, other_line): (&str, &str),
    ) {
        let title = format!("Two days are given here: {one} {there}, {two} {elsewhere}");
        let why = format!("The page and the lists say {one}. If that is wrong, nobody finds it on the right day.");
        let fix = format!(
            "Write the right one at the top of the file, between its two lines `---`: `{line}` or `{other_line}`. If the \
             other place is wrong, mend it there."
        );
        self.add("days-differ", span, title, why, fix).also.push((other_span, two.into()));
    }

    /// The head, which another program wrote, gives another day than what says when the meeting was.
    pub fn day_of_publishing(&mut self, span: Span, (day, there): (String, &str), published: &str, line: &str) {
        let title = format!("The day is taken from what stands {there}: {day}; the head gives {published}");
        let why =
            "What stands beside the date in the head shows that another program wrote it when it published the text.";
        let fix = format!(
            "If {day} is right, write it in place of the other to be sure: `{line}`. If {published} is right, take out the \
             time or the keys of the other program."
        );
        self.add("day-of-publishing", span, title, why, fix);
    }

    /// A form to be filled in has a day in a head that another program wrote.
    pub fn day_of_form(&mut self, span: Span, day: &str, line: &str) {
        let title = format!("This is a form to fill in; {day} in its head is no day of a meeting");
        let why = "A reader who looks for a meeting on that day would find an empty form.";
        let fix =
            format!("If there was a meeting, fill in the places that are empty, and write `{line}` without a time.");
        self.add("day-of-publishing", span, title, why, fix);
    }

    /// A day in figures could be two; it was read day first.
    pub fn day_first(&mut self, span: Span, day: &str, other: &str, (line, other_line): (&str, &str)) {
        let title = format!("The day was read as {day}; it could be {other}");
        let why = "In this country the day stands before the month.";
        let fix = format!(
            "If it is right, nothing need be done; `{line}` at the top of the file, between its two lines `---`, says it \
             for certain. If the month stands first, write `{other_line}` there."
        );
        self.add("day-first", span, title, why, fix);
    }

    /// A file `name.cy.md`.
    pub fn translation(&mut self, source: SourceId) {
        let title = "This is the name of a translation";
        let why = "Addresses for other languages are kept free, but pages in them are not made yet. The document is \
                   held back, so that its address need not change later.";
        let fix =
            "If it is no translation, take the dot out of its name. If it is one, keep the file; nothing is lost.";
        self.add("translation", Span::whole(source), title, why, fix);
    }

    /// The bytes of a list of words or Acts are not text.
    pub fn entries_not_text(&mut self, source: SourceId, trouble: &NotText) {
        let (title, fix) = no_text(trouble);
        let why = "Until it can be read, none of its entries is used; everything else is published.";
        self.add("unreadable", Span::whole(source), title, why, fix);
    }

    /// A line of a list that belongs to no entry.
    pub fn unknown_table(&mut self, span: Span, typed: &str, table: &str, example: &str) {
        let title = format!("`{typed}` does not begin an entry");
        let why =
            format!("Each entry of this file begins with the line `[[{table}]]`; what stands elsewhere is not used.");
        let fix = format!("Write it like this:\n{example}");
        self.add("wrong-entry", span, title, why, fix);
    }

    /// `[term]` in place of `[[term]]`.
    pub fn single_brackets(&mut self, span: Span, table: &str) {
        let title = format!("`[{table}]` stands in one pair of brackets");
        let why = "It is read, but with a second entry of the kind nothing in this file could be.";
        let fix = format!("Write two pairs: `[[{table}]]`");
        self.add("wrong-entry", span, title, why, fix);
    }

    /// An entry of a list without a name.
    pub fn entry_without_name(&mut self, span: Span, table: &str, key: &str, example: &str) {
        let title = format!("This entry has no `{key}`");
        let why = format!(
            "Nobody can tell what it is about, so it is not used. (An entry goes on until the next `[[{table}]]`.)"
        );
        let fix = format!("Add it:\n{example}");
        self.add("wrong-entry", span, title, why, fix);
    }

    /// An entry of a list that lacks something else.
    pub fn entry_without(&mut self, span: Span, key: &str, name: &str) {
        let title = format!("“{name}” has no `{key}`");
        let why = "The entry is there to tell readers just that.";
        let fix = format!("Add a line to the entry: `{key} = \"…\"`");
        self.add("wrong-entry", span, title, why, fix);
    }

    /// A name that could not be found in any text.
    pub fn entry_without_letters(&mut self, span: Span, name: &str) {
        let title = format!("“{name}” does not begin with a letter or a digit");
        let why = "It is looked for as a whole word, so it would never be found.";
        let fix = "Write the word as it stands in the documents.";
        self.add("wrong-entry", span, title, why, fix);
    }

    /// A name that is longer than any name.
    pub fn entry_too_long(&mut self, span: Span, name: &str, most: usize) {
        let title = format!("“{name}” is longer than a name: more than {most} letters");
        let why = "It is looked for in every text, word by word.";
        let fix = "Write only the words by which it is called; explain them under `meaning`.";
        self.add("wrong-entry", span, title, why, fix);
    }

    /// Two entries with one name.
    pub fn entry_twice(&mut self, second: Span, first: Span, name: &str) {
        let title = format!("“{name}” is explained twice");
        let why = "A reader can be told only one thing where it is used; the first one holds.";
        let fix = "Delete it in one of the two entries, or make one entry of both.";
        let diagnostic = self.add("wrong-entry", second, title, why, fix);
        diagnostic.also.push((first, "it is explained here already".into()));
    }

    /// A value that is not the address of an Act.
    pub fn wrong_act_address(&mut self, span: Span, typed: &str) {
        let typed: String = typed.chars().take(120).collect();
        let title = format!("“{typed}” is not the address of an Act");
        let why = "Links to its sections are made from it, so it must be that of the whole Act on legislation.gov.uk.";
        let fix = "Open the Act there, choose “Table of contents”, and copy the address up to its number: `url = \
                   \"https://www.legislation.gov.uk/ukpga/1998/37\"`";
        self.add("wrong-entry", span, title, why, fix);
    }
}

/// What is wrong with bytes that are not text, and what to do.
fn no_text(trouble: &NotText) -> (String, &'static str) {
    match trouble {
        NotText::Utf8 { position, byte } => (
            format!("Byte {position} of this file (hexadecimal {byte:02X}) is no character of UTF-8"),
            match byte {
                0x80..=0xFF => {
                    "It was probably saved in an older Windows encoding. Open it in Notepad, choose “Save as”, and \
                     choose the encoding “UTF-8”."
                }
                _ => "Open it in an editor and save it with the encoding “UTF-8”.",
            },
        ),
        NotText::Utf16 { position } => (
            format!("This file is saved as UTF-16 and breaks off in the middle of a character at byte {position}"),
            "Open it in Notepad, look whether its end is missing, and save it with the encoding “UTF-8”.",
        ),
        NotText::Nul { position } => (
            format!("Byte {position} of this file is a NUL, which no text has"),
            "If it opens as a text in Notepad, save it with the encoding “UTF-8”; if not, it is another kind of file \
             and its name should not end in `.md`.",
        ),
    }
}
