//! What `data` says to an author: mistakes in the grammar of heads and settings, and in keys and values of tables.

use super::{Diagnostic, Diagnostics, meant, nearest};
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
        self.add("wrong-quotes", span, title, why, fix);
    }

    /// A head that is longer than 64 KB.
    pub fn head_too_long(&mut self, span: Span) {
        let title = "The head of this document is longer than 64 KB";
        let fix = "The head holds short facts. Move the text below the second line of dashes.";
        self.broken_head(span, title, fix);
    }

    /// Lists or groups that are nested too deep.
    pub fn head_too_deep(&mut self, span: Span) {
        let title = "Lists or groups are nested more than 64 deep here";
        let fix = "Look for square or curly brackets that open and never close on this line, and take them out.";
        self.broken_head(span, title, fix);
    }

    /// An anchor, an alias or a tag of YAML: `&name`, `*name`, `!name`.
    pub fn head_has_alias(&mut self, span: Span) {
        let title = "A value begins with `&`, `*` or `!`, which would copy or mark another value";
        let fix = "If these are words, put them in straight quotes: `title: \"*Urgent* repairs\"`. If you meant to \
                   copy a value, type it again here.";
        self.broken_head(span, title, fix);
    }

    /// `---` or `...` inside the head.
    pub fn head_has_two_parts(&mut self, span: Span) {
        let title = "The head ends here, and then a second one begins";
        let fix = "Keep one line of `---` above the fields and one below them, and delete the others.";
        self.broken_head(span, title, fix);
    }

    /// A head that is a list or a sentence.
    pub fn head_has_no_fields(&mut self, span: Span) {
        let title = "The head holds no fields";
        let fix = "Write each field on a line of its own, its name first: `title: Minutes of 7 September`";
        self.broken_head(span, title, fix);
    }

    /// A list or a group where the name of a field belongs.
    pub fn head_key_of_parts(&mut self, span: Span) {
        let title = "The name of a field is missing, or is not a word";
        let fix = "Write a word, a colon and a space, then the value: `status: agreed`";
        self.broken_head(span, title, fix);
    }

    /// A text that begins with a quotation mark and does not end with one: `title: "Minutes`.
    pub fn head_quote_not_closed(&mut self, span: Span, line: &str) {
        let title = "The quotation mark that opens on this line is not closed";
        let fix = format!("Close it at the end of the text: `{}\"`", line.trim_end());
        self.broken_head(span, title, fix);
    }

    /// A line that is neither a field nor part of one.
    pub fn head_line_without_name(&mut self, span: Span, line: &str) {
        let title = "This line of the head has no field name";
        let fix = format!(
            "Put a name and a colon before it, as in `title: {}`. If it goes on from the line above, begin it with two \
             spaces.",
            line.trim()
        );
        self.broken_head(span, title, fix);
    }

    /// A line whose indentation is not that of any line above.
    pub fn head_indented_wrongly(&mut self, span: Span) {
        let title = "This line is indented differently from the lines it belongs to";
        let fix = "Begin fields at the left margin, and the parts of a field with two spaces each:\n\
                   contact:\n  post: Clerk to the committee\n  email: clerk@example.gov.uk";
        self.broken_head(span, title, fix);
    }

    /// A bracket without its partner.
    pub fn head_bracket_not_closed(&mut self, span: Span) {
        let title = "The brackets on this line do not match";
        let fix = "A list stands in square brackets, `[first, second]`, a group in curly ones, `{label: Appendix A}`. \
                   If the brackets are part of a text, put the text in straight quotes.";
        self.broken_head(span, title, fix);
    }

    /// Any other line of a head that cannot be understood.
    pub fn head_does_not_fit(&mut self, span: Span) {
        let title = "This line of the head cannot be understood";
        let fix = "Write a word, a colon, a space and the value. Words with unusual marks go in straight quotes: \
                   `title: \"Minutes: 7 March [draft]\"`";
        self.broken_head(span, title, fix);
    }

    fn broken_head(&mut self, span: Span, title: &str, fix: impl Into<String>) -> &mut Diagnostic {
        self.add("broken-front-matter", span, title, HELD_BACK, fix)
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
