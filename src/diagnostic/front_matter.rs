//! What reading the head of a document says to an author: fields, values, and who may see it.

use super::data::SETTING;
use super::{Change, Diagnostic, Diagnostics, meant};
use crate::model::ClockChange;
use crate::source::Span;

/// Why a value that cannot be understood is left out.
const LEFT_OUT: &str = "It is left out of the page until it can be understood, and readers see \"not recorded\".";

/// Why a document of which it is not sure who may see it is withheld.
const WITHHELD: &str =
    "It is not sure whether this document may be published, so it is withheld. Nothing is built until this is clear.";

impl Diagnostics {
    /// A field that the kind does not have. `line` shows the one that is probably meant.
    pub fn unknown_field(&mut self, span: Span, key: &str, line: Option<&str>, (known, stays_public): (&[&str], bool)) {
        let mut fix = meant(line, format!("Use one of: {}. Or delete the line.", known.join(", ")));
        let title = format!("`{key}` is not a field here");
        let why = if stays_public {
            fix = format!("If the page is not for everybody, write `draft: true`. {fix}");
            "It holds nothing back: if nothing else does, everybody can read the page. What it says itself is not shown."
        } else {
            "What it says is not shown to anybody."
        };
        let diagnostic = self.add("unknown-field", span, title, why, fix);
        // A name in quotes, or one that a repair moved, is left to the author.
        let is_bare = (span.end - span.start) as usize == key.len();
        if let Some(name) = line.map(field_name).filter(|name| is_bare && !name.is_empty()) {
            diagnostic.offer(Change::replace(span, name));
        }
    }

    /// A topic that sounds as if it held the page back.
    pub fn tag_hides_nothing(&mut self, span: Span, tag: &str) {
        let title = format!("`{tag}` is a topic here, and holds nothing back");
        let why = "Everybody can read the page, and the topic has a page that lists it.";
        let fix = "If the page is not for everybody, write `draft: true` instead. If everybody may read it, choose another word.";
        self.add("topic-of-privacy", span, title, why, fix);
    }

    /// The name of a file, which has a word that sounds as if it held the page back.
    pub fn name_hides_nothing(&mut self, span: Span, name: &str, word: &str, may_be_title: bool) {
        let name: String = name.chars().take(60).collect();
        let title = format!("`{name}` has “{word}” in its name, which holds nothing back");
        let why = "Everybody can read the page: the word may belong to its title.";
        let fix = "If the page is not for everybody, write `draft: true` at the top of it. If everybody may read it, all is well; `draft: false` \
                   says so.";
        let code = if may_be_title { "draft-in-name" } else { "name-of-privacy" };
        self.add(code, span, title, why, fix);
    }

    /// A value that is not a date; `key` is what stands before it. `swapped` is the date with day and month exchanged,
    /// if that is a date.
    pub fn wrong_date(&mut self, span: Span, key: &str, typed: &str, swapped: Option<&str>, line: &str) {
        let fix = match swapped {
            Some(iso) => format!("If the month stands before the day here, write `{key}{iso}`"),
            None => format!("Write year, month, day, or `unknown`: `{line}`"),
        };
        self.add("wrong-value", span, format!("`{typed}` is not a date"), LEFT_OUT, fix);
    }

    /// A value that is neither yes nor no; `key` is what stands before it.
    pub fn wrong_boolean(&mut self, span: Span, key: &str, typed: &str) {
        let fix = format!("Write `{key}true` or `{key}false`");
        self.add("wrong-value", span, format!("`{typed}` is neither yes nor no"), LEFT_OUT, fix);
    }

    /// A value that is not a whole number.
    pub fn wrong_integer(&mut self, span: Span, typed: &str, line: &str) {
        let fix = format!("Write it in figures: `{line}`");
        self.add("wrong-value", span, format!("`{typed}` is not a whole number"), LEFT_OUT, fix);
    }

    /// A word that is not one of the choices of a field; `key` is what stands before it.
    pub fn wrong_choice(
        &mut self,
        span: Span,
        (name, key): (&str, &str),
        typed: &str,
        nearest: Option<&str>,
        words: &[&str],
    ) {
        let fix = meant(nearest.map(|word| format!("{key}{word}")), format!("Use one of: {}.", words.join(", ")));
        self.add("wrong-value", span, format!("`{typed}` is none of the words for `{name}`"), LEFT_OUT, fix);
    }

    /// A key that decides who may see a document, in braces after some of its words.
    pub fn withheld_in_braces(&mut self, span: Span, key: &str) {
        let title = format!("`{key}` stands in braces behind words of the text");
        let fix = format!(
            "If nobody may read the whole document, write `{key}` in its head, between the two lines `---`. If only \
             these words are private, write `{{.exempt paragraphs=3}}` behind them."
        );
        self.unclear(span, title, &fix);
    }

    /// A value that is not an address on the web.
    pub fn wrong_address(&mut self, span: Span, name: &str, typed: &str, suggestion: Option<&str>, line: &str) {
        let fix = meant(
            suggestion.map(|address| format!("{name}: {address}")),
            format!("Write the whole address, or a path that begins with `/`: `{line}`"),
        );
        self.add("wrong-value", span, format!("`{typed}` is not an address"), LEFT_OUT, fix);
    }

    /// A value that is not the path of a file of the site.
    pub fn wrong_file(&mut self, span: Span, typed: &str, line: &str) {
        let fix = format!(
            "Put the file into the `content` folder and write its name, if it lies beside this document, or its path \
             below `content`: `{line}`"
        );
        self.add("wrong-value", span, format!("`{typed}` is not a file of this site"), LEFT_OUT, fix);
    }

    /// A value that is not the id of a document.
    pub fn wrong_reference(&mut self, span: Span, typed: &str, line: &str) {
        let fix = format!("Write its folder and its file name without `.md`: `{line}`");
        self.add("wrong-value", span, format!("`{typed}` is not the id of a document"), LEFT_OUT, fix);
    }

    /// Words that are nearly an id.
    pub fn nearly_a_reference(&mut self, span: Span, name: &str, typed: &str, meant: &str) {
        let title = format!("`{typed}` looks like a document's id, but there is no such folder");
        let why = "It is shown as words, and nobody can follow it.";
        let fix = format!("Did you mean `{name}: {meant}`? If these are words, put a space round the stroke.");
        self.add("wrong-value", span, title, why, fix);
    }

    /// A list, a group or one value where another of the three should stand.
    pub fn wrong_shape(&mut self, span: Span, name: &str, is: &str, takes: &str, line: &str) {
        let title = format!("`{name}` is {is}, and should be {takes}");
        self.add("wrong-value", span, title, LEFT_OUT, format!("Write it like this: `{line}`"));
    }

    /// `[first, second` without its end.
    pub fn list_not_closed(&mut self, span: Span, name: &str, line: &str) {
        let fix = format!("Close it with `]`: `{line}`");
        self.add("wrong-value", span, format!("The list in `{name}` is not closed"), LEFT_OUT, fix);
    }

    /// A value that decides who may see a document, and cannot be understood.
    pub fn unclear_value(&mut self, span: Span, name: &str, typed: &str, takes: &str, fix: &str) {
        let title = if typed.is_empty() {
            format!("`{name}` is empty, and should be {takes}")
        } else {
            format!("`{name}` should be {takes}, and `{typed}` is not")
        };
        self.unclear(span, title, fix);
    }

    /// `sensitive: true` where it may mean that nobody should see the document.
    pub fn unclear_sensitive(&mut self, span: Span, name: &str, of_meeting: bool) {
        let title =
            format!("`{name}` may mean that this is private, or that somebody may have to leave the page in a hurry");
        let fix = if of_meeting {
            "If nobody may see it, write `draft: true`; else take the line out. The record of a meeting is sensitive by its topic alone."
        } else {
            "If nobody may see it, write `draft: true`. If it is about something that others must not see somebody read, say in \
             `content/site.toml` what stands there first: `[sensitive]` and below it `help = \"If you are in danger now, call 999.\"`"
        };
        self.unclear(span, title, fix);
    }

    /// An unknown field that may have been meant to withhold the document.
    pub fn unclear_key(&mut self, span: Span, key: &str, meant: &str, line: &str) {
        let fix = format!(
            "Write `{line}` if you mean `{meant}`; if you mean something else, use another word or delete the line."
        );
        self.unclear(span, format!("`{key}` is not a field; it may mean `{meant}`"), &fix);
    }

    /// A field that may have been meant to withhold the document, and stands inside another.
    pub fn unclear_inside(&mut self, span: Span, key: &str, line: &str) {
        let fix =
            format!("If it is about the whole document, begin it at the left margin: `{line}`. If not, delete it.");
        self.unclear(span, format!("`{key}` stands inside another field, which has no such part"), &fix);
    }

    /// Braces that exempt, in the value of a field.
    pub fn unclear_exemption_in_value(&mut self, span: Span) {
        let fix = "Exempt the whole document with a field of its own, as in `exempt: {paragraphs: [3], reason: Terms \
                   of a contract, summary: A contract was awarded}`, or take the braces out.";
        self.unclear(span, "Braces in the head of a document cannot exempt anything".into(), fix);
    }

    /// Words that are not for everybody, in a file beside the documents.
    pub fn unclear_exemption_in_entry(&mut self, span: Span) {
        let title = "What stands here says that it is not for everybody";
        let why = "This file can hold nothing back: what is in it stands on pages that everybody reads. It is left out, and \
                   nothing is built until this is clear.";
        let fix = "Take it out of the file. If everybody may read it, write it without the braces or the brackets.";
        self.add("unclear-exemption", span, title, why, fix);
    }

    /// A key that would withhold a document, in a file beside the documents.
    pub fn unclear_key_of_entry(&mut self, span: Span, key: &str) {
        let title = format!("`{key}` says that not everybody may read this, and here nothing can be held back");
        let why = "What is in this file stands on pages that everybody reads. It is left out, and nothing is built until \
                   this is clear.";
        let fix =
            "Take the whole entry out of the file until everybody may read it; if everybody may, delete this line.";
        self.add("unclear-visibility", span, title, why, fix);
    }

    /// The file of another program says of the pages beside it that not everybody may see them.
    pub fn unclear_settings(&mut self, path: &str) {
        let title =
            format!("`{path}` says that not everybody may see the pages beside it, and here it holds nothing back");
        let why = "Other programs read such a file and keep the pages back. Nothing is built until this is clear.";
        let fix = "Write `draft: true` at the top of each page that is not for everybody, and delete the file. If everybody may see them \
                   all, delete it, or the line in it that says otherwise.";
        self.add("unclear-visibility", None, title, why, fix).place = Some(path.into());
    }

    /// An unknown part of a field that decides who may see the document.
    pub fn unclear_part(&mut self, span: Span, name: &str, key: &str, nearest: Option<&str>, known: &[&str]) {
        let fix = meant(nearest, format!("Use one of: {}. Or take it out.", known.join(", ")));
        self.unclear(span, format!("`{key}` is not a part of `{name}`"), &fix);
    }

    /// A field that decides who may see the document and is there twice, with two meanings.
    pub fn unclear_twice(&mut self, first: Span, second: Span, key: &str) {
        let fix = format!("Keep the `{key}` that is right and delete the other.");
        let diagnostic = self.unclear(second, format!("`{key}` stands twice and says two things"), &fix);
        diagnostic.also.push((first, "the first one".into()));
    }

    /// A time that does not exist, or comes twice, because the clocks change.
    pub fn unclear_clock(&mut self, span: Span, name: &str, typed: &str, change: ClockChange) {
        let title = match change {
            ClockChange::Skipped => format!("`{typed}` does not exist: the clocks go forward over it that night"),
            ClockChange::Twice => format!("`{typed}` comes twice: the clocks go back that night"),
        };
        self.unclear(span, title, &format!("Choose another time in `{name}`, an hour earlier or two hours later."));
    }

    /// A status that is not one of its choices.
    pub fn unclear_status(&mut self, span: Span, name: &str, typed: &str, nearest: Option<&str>, words: &[&str]) {
        let fix = meant(nearest.map(|word| format!("{name}: {word}")), format!("Use one of: {}.", words.join(", ")));
        self.unclear(span, format!("`{typed}` is none of the words for `{name}`"), &fix);
    }

    /// `status: draft`, which means two things. `readable` is the line that leaves it public, if the kind has one.
    pub fn unclear_draft(&mut self, span: Span, key: &str, draft: &str, readable: Option<&str>) {
        let fix = match readable {
            Some(readable) => format!(
                "Write `{draft}` if nobody may see it yet. Write `{readable}` if everybody may read it although it is \
                 not final."
            ),
            None => format!("Write `{draft}` if nobody may see it yet. Else delete the line."),
        };
        self.unclear(span, format!("`{key}: draft` can mean two things"), &fix);
    }

    /// A line of the text reads like a field that withholds. `meant` is how that field is written, if the line is not it.
    pub fn field_outside_head(&mut self, span: Span, line: &str, meant: Option<&str>) {
        let line: String = line.chars().take(80).collect();
        let meant = meant.unwrap_or(&line);
        let fix = format!(
            "Fields stand at the very top of the file, between two lines of three hyphens:\n---\n{meant}\n---\nIf it is \
             text, begin the sentence with another word."
        );
        self.unclear(span, format!("`{line}` stands in the text, where it withholds nothing"), &fix);
    }

    /// A title, or the name of a file or folder, that says that what it names is not for everybody.
    pub fn private_by_its_name(&mut self, span: Span, name: &str, line: &str) {
        let name: String = name.chars().take(60).collect();
        let title = format!("“{name}” says that this is not for everybody, and the head does not");
        let fix = format!(
            "If it is private, write `draft: true` at the top of the file, or `{line}`. If everybody may read it, write \
             `draft: false` there, or give it another name."
        );
        self.unclear(span, title, &fix);
    }

    /// A field that holds a time, in the text or inside another field.
    pub fn time_out_of_place(&mut self, span: Span, key: &str, line: &str) {
        let fix = format!(
            "Fields stand at the very top of the file, at the left margin, between two lines of three hyphens:\n---\n{line}\n---\n\
             If it is text, begin the sentence with another word."
        );
        self.unclear(span, format!("`{key}` stands where it withholds nothing"), &fix);
    }

    fn unclear(&mut self, span: Span, title: String, fix: &str) -> &mut Diagnostic {
        self.add("unclear-visibility", span, title, WITHHELD, fix)
    }

    /// An unknown code in `[check]`.
    pub fn unknown_code(&mut self, span: Span, code: &str, nearest: Option<&str>) {
        let fix = meant(nearest, "`folkmoot check --help` lists every code.");
        let title = format!("No message has the code `{code}`");
        self.add("unknown-setting", span, title, "The line changes no message.", fix);
    }

    /// A picture of the settings that is not among the files.
    pub fn no_picture(&mut self, span: Span, path: &str, near: Option<&str>) {
        let fix = meant(near, format!("Put the picture there, or take the line out: `content/{path}`"));
        self.wrong_value(&SETTING, span, &format!("There is no picture `content/{path}`"), &fix);
    }

    /// A level for a message that guards what is withheld.
    pub fn guarded_code(&mut self, span: Span, code: &str) {
        let title = format!("The level of `{code}` cannot be changed");
        let why = "It keeps what is withheld from being published by mistake.";
        let fix = format!("Delete the line with `{code}`, and mend what it reports.");
        self.add("broken-config", span, title, why, fix);
    }
}

/// The name with which a line of a head, or a pair in braces, begins.
fn field_name(line: &str) -> &str {
    let end = line.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_').unwrap_or(line.len());
    &line[..end]
}
