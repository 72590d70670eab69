//! What `data` says to an author: heads and settings whose grammar does not hold.

use super::{Diagnostic, Diagnostics};
use crate::source::Span;

/// What a head that cannot be read costs.
const HELD_BACK: &str = "Without its head it is not sure what this document is or who may see it, so it is held back.";

impl Diagnostics {
    /// A field stands twice.
    pub fn duplicate_field(&mut self, first: Span, second: Span, key: &str) {
        let diagnostic = self.add(
            "duplicate-field",
            Some(second),
            format!("`{key}` stands twice"),
            "Only the first one is used. A reader would see one of two different answers.",
            format!("Keep the `{key}` that is right and delete the other."),
        );
        diagnostic.also.push((first, "the first one, which is used".into()));
    }

    /// A value stands in curly quotes, or (in TOML) in none.
    pub fn wrong_quotes(&mut self, span: Span, text: &str) {
        let straight = if text.contains('"') { format!("'{text}'") } else { format!("\"{text}\"") };
        self.add(
            "wrong-quotes",
            Some(span),
            "The quotes round this text are not straight ones",
            "It was read as if they were. A word processor makes quotes curly, and the next program may not forgive it.",
            format!("Type straight quotes: {straight}"),
        );
    }

    /// A head longer than anyone types.
    pub fn head_too_long(&mut self, span: Span) {
        self.broken_head(
            span,
            "The head of this document is longer than 64 KB",
            "The head holds short facts. Move the text below the second line of dashes.",
        );
    }

    /// Lists in lists in lists.
    pub fn head_too_deep(&mut self, span: Span) {
        self.broken_head(
            span,
            "Lists or groups are nested more than 64 deep here",
            "Look for square or curly brackets that open and never close on this line, and take them out.",
        );
    }

    /// `&name` or `*name`.
    pub fn head_has_alias(&mut self, span: Span) {
        self.broken_head(
            span,
            "A value begins with `&`, `*` or `!`, which would copy or mark another value",
            "If these are words, put them in straight quotes: `title: \"*Urgent* repairs\"`. \
             If you meant to copy a value, type it again here.",
        );
    }

    /// `---` or `...` inside the head.
    pub fn head_has_two_parts(&mut self, span: Span) {
        self.broken_head(
            span,
            "The head ends here, and then a second one begins",
            "Keep one line of `---` above the fields and one below them, and delete the others.",
        );
    }

    /// A head that is a list or a sentence.
    pub fn head_has_no_fields(&mut self, span: Span) {
        self.broken_head(
            span,
            "The head holds no fields",
            "Write each field on a line of its own, its name first: `title: Minutes of 7 September`",
        );
    }

    /// A list or a group where the name of a field belongs.
    pub fn head_key_of_parts(&mut self, span: Span) {
        self.broken_head(
            span,
            "The name of a field is missing, or is not a word",
            "Write a word, a colon and a space, then the value: `status: agreed`",
        );
    }

    /// `title: "Minutes`.
    pub fn head_quote_not_closed(&mut self, span: Span, line: &str) {
        self.broken_head(
            span,
            "The quotation mark that opens on this line is not closed",
            format!("Close it at the end of the text: `{}\"`", line.trim_end()),
        );
    }

    /// A line that is neither a field nor part of one.
    pub fn head_line_without_name(&mut self, span: Span, line: &str) {
        self.broken_head(
            span,
            "This line of the head has no field name",
            format!(
                "Put a name and a colon before it, as in `title: {}`. \
                 If it goes on from the line above, begin it with two spaces.",
                line.trim()
            ),
        );
    }

    /// An indentation that fits nothing above.
    pub fn head_indented_wrongly(&mut self, span: Span) {
        self.broken_head(
            span,
            "This line is indented differently from the lines it belongs to",
            "Begin fields at the left margin, and the parts of a field with two spaces each:\n\
             contact:\n  post: Clerk to the committee\n  email: clerk@example.gov.uk",
        );
    }

    /// A bracket without its partner.
    pub fn head_bracket_not_closed(&mut self, span: Span) {
        self.broken_head(
            span,
            "The brackets on this line do not match",
            "A list stands in square brackets, `[first, second]`, a group in curly ones, `{label: Appendix A}`. \
             If the brackets are part of a text, put the text in straight quotes.",
        );
    }

    /// Anything else.
    pub fn head_does_not_fit(&mut self, span: Span) {
        self.broken_head(
            span,
            "This line of the head cannot be understood",
            "Write a word, a colon, a space and the value. Words with unusual marks go in straight quotes: \
             `title: \"Minutes: 7 March [draft]\"`",
        );
    }

    fn broken_head(&mut self, span: Span, title: &str, fix: impl Into<String>) -> &mut Diagnostic {
        self.add("broken-front-matter", Some(span), title, HELD_BACK, fix)
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
        self.add(code, Some(span), title, why, fix);
    }
}
