//! Every code that a message can carry, with its own level.
//!
//! A code is a slug that reads as a sentence in `[check]`: `broken-link = "error"`.
//! The text of each message is in this folder's file of the stage that finds the mistake.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

use Severity::{Error, Note, Warning};

/// How much a mistake matters (content.md §1, "Three levels").
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum Severity {
    /// Stops the build: something withheld could show, or an address would be lost, or nothing can be built.
    Error,
    /// Degrades safely and must be mended.
    Warning,
    /// Advice.
    Note,
}

impl Severity {
    /// The word for people and for `[check]`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// The name of a code for programs and for `[check]`. An alias, since serde would hold a `&'static str` for a part of what it unpacks.
pub type Slug = &'static str;

/// The slug of a code, as it stands in [`CODES`], where one was packed by serde.
pub(super) fn unpacked<'de, D: Deserializer<'de>>(deserializer: D) -> Result<&'static str, D::Error> {
    let slug = <&str>::deserialize(deserializer)?;
    code(slug).map(|code| code.code).ok_or_else(|| D::Error::custom("there is no such code"))
}

/// One code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code {
    /// The slug.
    pub code: &'static str,
    /// The level, unless the site gives it another.
    pub severity: Severity,
    /// Whether it guards what is withheld (content.md §4), or that nothing goes by accident: then its level cannot be changed.
    pub guards: bool,
    /// What it reports, in one line, for `check --help` and the manual.
    pub summary: &'static str,
}

const fn code_of(code: &'static str, severity: Severity, summary: &'static str) -> Code {
    Code { code, severity, guards: false, summary }
}

const fn guard(code: &'static str, severity: Severity, summary: &'static str) -> Code {
    Code { code, severity, guards: true, summary }
}

/// All codes, in the order of the alphabet.
pub const CODES: &[Code] = &[
    guard("active-file", Error, "A file could run a program at the site's own address; it is not published."),
    code_of("address-clash", Error, "Two documents claim one address."),
    code_of("after-exclusion", Note, "Minutes say that the public was excluded, and what follows is published."),
    code_of("ambiguous-anchor", Note, "A link to a heading, named as other programs do, fits several headings."),
    code_of("ambiguous-reference", Warning, "A short reference fits several documents."),
    code_of("area-circle", Warning, "An area is a part of itself."),
    code_of("area-without-page", Note, "A document or a table names an area that has no page."),
    guard("attachment-of-withheld", Error, "A file is used by a public document and by one that is withheld."),
    code_of("author-in-file", Warning, "A file names who wrote it, in its properties."),
    code_of("body-without-page", Note, "A folder is named after a body that has no page."),
    code_of("broken-config", Error, "The site's settings cannot be read."),
    code_of("broken-front-matter", Warning, "The head of a document cannot be read; the document is held back."),
    code_of("broken-kind", Error, "A file that describes a kind of document is wrong."),
    code_of("broken-link", Warning, "A link leads to a page, a place in a page or a file that is not there."),
    code_of("broken-relation", Warning, "A field names a document that is not there."),
    code_of("broken-table", Warning, "A file of figures is damaged; it is shown as well as can be."),
    code_of("broken-template", Error, "A theme's template cannot be used."),
    code_of("conflict-copy", Warning, "A synchroniser left two versions of one document."),
    code_of("contact-detail", Warning, "A telephone number or mail address cannot be used, or a contact is a person."),
    code_of("control-character", Warning, "An invisible character that can turn the reading order was taken out."),
    guard(
        "copy-of-withheld",
        Warning,
        "A document looks like an old copy of one that is withheld, and is withheld with it.",
    ),
    guard("covered-words", Error, "Words in a file are covered or blackened, and everybody can read them."),
    code_of("day-first", Note, "A date in figures could be two days; the day was taken to stand before the month."),
    code_of(
        "day-of-publishing",
        Note,
        "The day in the head is when the text was published, and not that of the meeting.",
    ),
    code_of("days-differ", Warning, "Two places give different days for one document."),
    guard("documents-gone", Error, "Many documents of the last build are gone; a folder may be missing."),
    code_of("doubtful-number", Warning, "A number that opens a line may be a paragraph's or part of a sentence."),
    code_of("draft-in-name", Note, "The name of a file has the word “draft”, and holds nothing back."),
    code_of("duplicate-anchor", Warning, "Two places of a text have the same name."),
    code_of("duplicate-field", Warning, "A field stands twice in the head of a document."),
    code_of("edition-order", Warning, "It is not clear when the present edition of a document began."),
    guard("edition-says-withheld", Error, "An earlier edition says what a later one withholds."),
    code_of("embed-cycle", Warning, "Documents show one another in a circle."),
    code_of("empty-document", Warning, "A document has no text and no fields; it is held back."),
    code_of("empty-record", Warning, "A word opens a decision, and nothing that follows is part of it."),
    code_of("exemption-reach", Warning, "An exempt line holds back more than itself."),
    code_of("faint-colour", Warning, "A colour of the site cannot be read on its pages; the nearest that can is used."),
    code_of("foreign-picture", Warning, "A picture lies on another site; it is shown as a link."),
    code_of("heading-level", Note, "A heading skips a level."),
    code_of(
        "hidden-in-file",
        Warning,
        "A file has something in it that does not show: comments, hidden sheets, other files.",
    ),
    code_of("html-comment", Warning, "A comment was left out of the page."),
    guard("leak", Error, "A finished file would give away what is withheld; nothing is published."),
    code_of("leftover", Warning, "What another program wrote for itself stands in a text."),
    code_of(
        "likely-action",
        Note,
        "Words read like something that somebody is to do, and stand in no list of actions.",
    ),
    code_of("likely-decision", Note, "Words read like a decision, and stand in no list of decisions."),
    code_of("likely-item", Note, "A line looks like the heading of an item, and is in no list of items."),
    guard("link-to-withheld", Error, "A public document links to one that is withheld."),
    guard("lost-address", Warning, "A page or a file that was published is not there any more."),
    code_of("lost-feed", Note, "A feed or a data file that was published has nothing in it any more."),
    code_of("lost-old-address", Warning, "An address of an older website leads nowhere."),
    guard("lost-place", Warning, "A place of a page that was published is not there any more."),
    guard("made-at-withheld", Warning, "A record in a file was made at something withheld, and is withheld with it."),
    code_of("missing-alt", Warning, "A picture has no text for people who cannot see it."),
    code_of("missing-field", Warning, "A field that readers need is not filled in."),
    code_of("missing-reason", Warning, "A missing value does not say why it is missing."),
    code_of("moved-address", Note, "A page or a place that was published is found somewhere else, and leads on."),
    code_of("name-of-privacy", Warning, "The name of a file sounds as if it held the page back, and does not."),
    code_of("name-of-several", Note, "A name in minutes fits several people in public office, and stays words."),
    code_of("nested-too-deep", Warning, "Quotations or lists are nested deeper than a page can show."),
    code_of("no-base-url", Warning, "Without the site's address there are no feeds and no sitemap."),
    code_of("no-contact", Warning, "Readers are told to ask somebody, and the page does not say how they are reached."),
    code_of("no-help", Warning, "A page is sensitive, and the site names no help that stands on it."),
    code_of("not-a-page", Warning, "A file was meant as a page, and its name does not make it one."),
    code_of("number-order", Warning, "A printed number does not follow the one before it."),
    code_of("old-addresses", Note, "How many addresses of an older website lead somewhere."),
    code_of(
        "page-shape",
        Warning,
        "A page lacks what every page needs: language, title, one main heading, a way past the menu.",
    ),
    guard(
        "paper-of-withheld",
        Warning,
        "A document is a paper of something withheld, and nothing public names it; it is withheld too.",
    ),
    code_of("pasted-table", Warning, "Lines with tabs look like a table, and are shown as one paragraph."),
    code_of("people-table", Warning, "A row or a column of the table of people cannot be used as it stands."),
    code_of("picture-details", Note, "What a picture says of itself is left out of the copy that is published."),
    guard(
        "private-by-its-words",
        Warning,
        "Words of a text say that what follows is not for publication; it is held back.",
    ),
    code_of("raw-html", Warning, "An HTML tag is read as what it means, or printed as text."),
    guard("relation-to-withheld", Warning, "A public document names one that is withheld; the relation is left out."),
    code_of("repeated-old-address", Note, "An address of an older website stands in two rows."),
    code_of("reserved-address", Error, "A document claims an address that the site itself uses."),
    code_of("reserved-anchor", Warning, "The name of a place begins as the names of numbers and records do."),
    code_of("stale-contact", Warning, "The day until which a contact holds is missing or has passed."),
    code_of("stray-attributes", Warning, "What stands in braces is about nothing that is recorded."),
    code_of("too-many-names", Note, "A text names more people than the table of who was there shows."),
    code_of(
        "too-much-shown",
        Warning,
        "A text shows more tables and other texts than a page can hold; the others are links.",
    ),
    code_of("topic-of-privacy", Warning, "A topic sounds as if it held the page back, and does not."),
    guard("tracked-changes", Error, "A file holds changes that were tracked, with what was struck out."),
    code_of("translation", Warning, "A translation is held back: pages in other languages are not made yet."),
    code_of("unclear-addresses", Warning, "A line among the addresses that were published cannot be understood."),
    guard("unclear-exemption", Error, "Words look as if they should be exempt, and it is not sure what is meant."),
    code_of("unclear-old-address", Warning, "A row of the file of old addresses cannot be used."),
    code_of("unclear-postcode", Note, "A row of the table of postcodes cannot be used."),
    guard("unclear-visibility", Error, "It is not sure whether a document may be published; it is withheld."),
    code_of("unknown-field", Warning, "A field is not one of its kind's."),
    code_of("unknown-kind", Warning, "A folder is no kind of document; what is in it is held back."),
    code_of("unknown-language", Warning, "What says the language of a text is not the code of one."),
    code_of("unknown-record", Warning, "A word in braces is no kind of record."),
    code_of("unknown-setting", Warning, "A setting of the site is not known."),
    code_of("unread-file", Warning, "A file that may hide something could not be looked into."),
    code_of("unreadable", Warning, "A file cannot be read; it is held back."),
    guard("unreadable-folder", Error, "A folder cannot be read, and nobody knows what the website would lose."),
    code_of("unsafe-link", Warning, "A link of a kind that is not safe is printed as text."),
    code_of("unused-attachment", Warning, "A file is not published, because no public document refers to it."),
    guard("withheld-file", Error, "A public document uses a file that says that it is not for everybody."),
    code_of(
        "words-of-privacy",
        Warning,
        "Words of a text look like a mark that something is not for publication, and hold nothing back.",
    ),
    code_of(
        "wrong-entry",
        Warning,
        "An entry of the glossary, of the list of Acts, of the site's own words or of the files looked at cannot be used as it stands.",
    ),
    code_of(
        "wrong-quotes",
        Warning,
        "The quotes round a value are curly or missing; it was read as if they were straight.",
    ),
    code_of("wrong-relation", Warning, "A field names a document of another kind than it should."),
    code_of("wrong-value", Warning, "A field's value cannot be understood."),
];

/// The code with this slug.
#[must_use]
pub fn code(slug: &str) -> Option<&'static Code> {
    CODES.iter().find(|code| code.code == slug)
}
