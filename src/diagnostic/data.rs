//! What `data` says to an author: mistakes in the grammar of heads and settings, and in keys and values of tables.

use super::{Change, Diagnostics, meant, nearest};
use crate::source::Span;

/// How messages about the keys and values of one sort of file are worded.
#[derive(Debug)]
pub struct TableWording {
    /// The code of a value that cannot be used.
    code: &'static str,
    /// Why such a value matters.
    why: &'static str,
    /// The code of a key that is not known.
    unknown_code: &'static str,
    /// Why such a key matters.
    unknown_why: &'static str,
    /// What a known key is; it ends the sentence "`x` is not …".
    key: &'static str,
}

/// `content/site.toml`.
pub const SETTING: TableWording = TableWording {
    code: "broken-config",
    why: "A site built with a wrong setting would be wrong on every page, so nothing is built.",
    unknown_code: "unknown-setting",
    unknown_why: "It changes nothing about the site.",
    key: "a setting",
};

/// An entry of `content/glossary.toml` or `content/statutes.toml`.
pub const ENTRY: TableWording = TableWording {
    code: "wrong-entry",
    why: "Anything else is not used.",
    unknown_code: "wrong-entry",
    unknown_why: "Readers see nothing of this line.",
    key: "a part of an entry",
};

/// `content/words.toml`.
pub const WORDS: TableWording = TableWording {
    why: "It is not looked for in any text.",
    unknown_why: "Nothing on this line is looked for in any text.",
    key: "a list of words",
    ..ENTRY
};

/// `content/kinds/<kind>.toml`.
pub const KIND: TableWording = TableWording {
    code: "broken-kind",
    why: WHOLE_SITE,
    unknown_code: "broken-kind",
    unknown_why: WHOLE_SITE,
    key: "a word that describes a kind",
};

/// A field in such a file.
pub const KIND_FIELD: TableWording = TableWording { key: "a word that describes a field", ..KIND };

/// A choice of such a field.
pub const KIND_CHOICE: TableWording = TableWording { key: "a word that describes a choice", ..KIND };

/// What a mistake in the description of a kind costs.
pub(super) const WHOLE_SITE: &str =
    "Pages, lists and checks of every document are made from these files, so nothing is built until this is right.";

/// What a head that cannot be read costs.
const HELD_BACK: &str = "Without its head it is not sure what this document is or who may see it, so it is held back.";

/// What the grammar does not allow in the head of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeadMistake {
    /// The head is longer than 64 KB.
    TooLong,
    /// Lists or groups are nested too deep.
    TooDeep,
    /// An anchor, an alias or a tag of YAML: `&name`, `*name`, `!name`.
    Alias,
    /// A line `---` or `...` inside the head.
    SecondDocument,
    /// The head is a list or a sentence.
    NotFields,
    /// A list or a group in the place of a field's name.
    KeyOfParts,
    /// A text begins with a quotation mark and does not end with one: `title: "Minutes`.
    UnclosedQuote,
    /// A line that is neither a field nor part of one.
    LooseLine,
    /// The indentation of a line is not that of any line above.
    Indentation,
    /// A bracket without its partner.
    UnclosedBracket,
    /// Any other line that cannot be understood.
    Other,
}

impl Diagnostics {
    /// A key that a table does not have.
    pub fn unknown_key(&mut self, wording: &TableWording, span: Span, key: &str, known: &[&str]) {
        let title = format!("`{key}` is not {}", wording.key);
        self.add(wording.unknown_code, span, title, wording.unknown_why, one_of(key, known));
    }

    /// A word where only a few are possible; `what` they are ends the sentence "`x` is not …".
    pub fn unknown_word(&mut self, wording: &TableWording, span: Span, what: &str, typed: &str, known: &[&str]) {
        self.wrong_value(wording, span, &format!("`{typed}` is not {what}"), &one_of(typed, known));
    }

    /// Any other value that cannot be used.
    pub fn wrong_value(&mut self, wording: &TableWording, span: Span, title: &str, fix: &str) {
        self.add(wording.code, span, title, wording.why, fix);
    }

    /// A field that is there twice.
    pub fn duplicate_field(&mut self, first: Span, second: Span, key: &str) {
        let title = format!("`{key}` stands twice");
        let why = "Only the first one is used. A reader would see one of two different answers.";
        let fix = format!("Keep the `{key}` that is right and delete the other.");
        let diagnostic = self.add("duplicate-field", second, title, why, fix);
        diagnostic.also.push((first, "the first one, which is used".into()));
    }

    /// A value stands in curly quotes, or (in TOML) in none.
    pub fn wrong_quotes(&mut self, span: Span, text: &str) {
        let straight = if text.contains('"') { format!("'{text}'") } else { format!("\"{text}\"") };
        let title = "The quotes round this text are not straight ones";
        let why = "It was read as if they were. A word processor makes quotes curly, and the next program may not \
                   forgive it.";
        let fix = format!("Type straight quotes: {straight}");
        let diagnostic = self.add("wrong-quotes", span, title, why, fix);
        // What stands there is the text in one pair of curly quotes, which have three bytes each, or in none. Where a
        // straight quote or a backslash in it would need thought, it is left to the author.
        let length = (span.end - span.start) as usize;
        let is_whole = length == text.len() || length == text.len() + 2 * '“'.len_utf8();
        if is_whole && !text.contains(['\n', '\\']) && !(text.contains('"') && text.contains('\'')) {
            diagnostic.offer(Change::replace(span, straight));
        }
    }

    /// A head that the grammar refuses at `span`, whose text is `line`.
    pub fn broken_head(&mut self, mistake: HeadMistake, span: Span, line: &str) {
        let (title, fix) = match mistake {
            HeadMistake::TooLong => (
                "The head of this document is longer than 64 KB",
                "The head holds short facts. Move the text below the second line of dashes.",
            ),
            HeadMistake::TooDeep => (
                "Lists or groups are nested more than 64 deep here",
                "Look for square or curly brackets that open and never close on this line, and take them out.",
            ),
            HeadMistake::Alias => (
                "A value begins with `&`, `*` or `!`, which would copy or mark another value",
                "If these are words, put them in straight quotes: `title: \"*Urgent* repairs\"`. If you meant to copy a \
                 value, type it again here.",
            ),
            HeadMistake::SecondDocument => (
                "The head ends here, and then a second one begins",
                "Keep one line of `---` above the fields and one below them, and delete the others.",
            ),
            HeadMistake::NotFields => (
                "The head holds no fields",
                "Write each field on a line of its own, its name first: `title: Minutes of 7 September`",
            ),
            HeadMistake::KeyOfParts => (
                "The name of a field is missing, or is not a word",
                "Write a word, a colon and a space, then the value: `status: agreed`",
            ),
            HeadMistake::UnclosedQuote => (
                "The quotation mark that opens on this line is not closed",
                "Close it at the end of the text: `{line}\"`",
            ),
            HeadMistake::LooseLine => (
                "This line of the head has no field name",
                "Put a name and a colon before it, as in `title: {line}`. If it goes on from the line above, begin it \
                 with two spaces.",
            ),
            HeadMistake::Indentation => (
                "This line is indented differently from the lines it belongs to",
                "Begin fields at the left margin, and the parts of a field with two spaces each:\n\
                 contact:\n  post: Clerk to the committee\n  email: clerk@example.gov.uk",
            ),
            HeadMistake::UnclosedBracket => (
                "The brackets on this line do not match",
                "A list stands in square brackets, `[first, second]`, a group in curly ones, `{label: Appendix A}`. If \
                 the brackets are part of a text, put the text in straight quotes.",
            ),
            HeadMistake::Other => (
                "This line of the head cannot be understood",
                "Write a word, a colon, a space and the value. Words with unusual marks go in straight quotes: `title: \
                 \"Minutes: 7 March [draft]\"`",
            ),
        };
        self.add("broken-front-matter", span, title, HELD_BACK, fix.replace("{line}", line));
    }

    /// A text in TOML that its grammar refuses, reported under the `code` of what the text is. `says` are the words of
    /// the grammar; they only tell which sentence fits.
    pub fn broken_toml(&mut self, code: &'static str, span: Span, says: &str) {
        let has = |words: &str| says.contains(words);
        let (title, fix) = if has("duplicate key") {
            ("This name stands twice", "Keep the one that is right and delete the other.")
        } else if has("string values must be quoted") || has("invalid basic string") {
            (
                "The text on this line needs straight quotes round it",
                "Write it like this: `title = \"Minutes of 7 March\"`",
            )
        } else if has("recurse") || has("recursion") || has("nested too deep") {
            ("Lists or groups are nested more than 64 deep here", "Look for brackets that open and never close.")
        } else if has("unclosed") || has("array") || has("comma") {
            (
                "The brackets or commas on this line do not match",
                "Write a list like this: `tags = [\"budget\", \"policing\"]`",
            )
        } else if has("key with no value") || has("missing value") || has("unexpected") || has("invalid key") {
            ("This line has no name, no `=` or no value", "Write a name, `=` and the value: `status = \"agreed\"`")
        } else {
            (
                "This line cannot be understood",
                "Write a name, `=` and the value. Words stand in straight quotes: `status = \"agreed\"`",
            )
        };
        let why = match code {
            "broken-front-matter" => HELD_BACK,
            "wrong-entry" => "Until this file can be read, none of its entries is used; everything else is published.",
            _ => "Nothing can be built until this file can be read.",
        };
        self.add(code, span, title, why, fix);
    }
}

/// Which of the known words is meant, or all of them.
fn one_of(typed: &str, known: &[&str]) -> String {
    meant(nearest(typed, known.iter().copied()), format!("Use one of: {}.", known.join(", ")))
}
