//! What `markdown` says to an author.

use super::Diagnostics;
use crate::source::Span;

impl Diagnostics {
    /// Braces, a comment or a tag that look like an exemption and are none.
    pub fn unclear_exemption(&mut self, span: Span, typed: &str) {
        let words: Vec<&str> = typed.split_whitespace().collect();
        let typed: String = words.join(" ").chars().take(60).collect();
        self.add(
            "unclear-exemption",
            Some(span),
            format!("“{typed}” looks like an exemption, but it is not sure what it should cover"),
            "Words that are exempt could be published by mistake, so the whole document is held back until this is clear.",
            "Write {.exempt paragraphs=3} at the end of the paragraph, list item, quotation or heading that is exempt. \
             If nothing here is exempt, write it without the braces; to show the braces themselves, put them alone \
             between two backticks: `{.exempt}`.",
        );
    }

    /// An exempt paragraph ends with a colon, and a list follows that is not exempt.
    pub fn exempt_before_list(&mut self, span: Span) {
        self.add(
            "unclear-exemption",
            Some(span),
            "This paragraph is exempt, but what it introduces is not",
            "The braces cover the paragraph only. What follows it would be published, so the whole document is held \
             back until this is clear.",
            "Put {.exempt paragraphs=3} at the end of the heading above to cover the whole section, or at the end of \
             each item that is exempt; if only this paragraph is, end it with a full stop.",
        );
    }

    /// An exemption that names no paragraph of the Act.
    pub fn exemption_without_paragraph(&mut self, span: Span) {
        self.add(
            "missing-reason",
            Some(span),
            "This exemption does not say under which paragraph of Schedule 12A",
            "Readers are told that something was taken in private, and have a right to know why.",
            "Name the paragraph: {.exempt paragraphs=3}, or several: {.exempt paragraphs=\"1, 3\"}.",
        );
    }

    /// A heading two or more levels below the one before it.
    pub fn skipped_heading(&mut self, span: Span, from: u8, to: u8) {
        let hashes = "#".repeat(usize::from(from) + 1);
        self.add(
            "heading-level",
            Some(span),
            format!("This heading is of level {to}, and the one before it of level {from}"),
            "People who listen to a page move from heading to heading; a missing level sounds like a missing part.",
            format!("Begin the line with {hashes} and a space."),
        );
    }

    /// A name of a place that looks like a printed label.
    pub fn reserved_anchor(&mut self, span: Span, name: &str, prefix: &str) {
        self.add(
            "reserved-anchor",
            Some(span),
            format!("The name “{name}” begins with “{prefix}”, as the names of numbers and records do"),
            "A link to it could lead to one of those instead, so the place has no name.",
            format!("Choose another name: {{#about-{name}}}."),
        );
    }

    /// Two places with one name.
    pub fn duplicate_anchor(&mut self, span: Span, name: &str, given: &str) {
        self.add(
            "duplicate-anchor",
            Some(span),
            format!("Another place of this text is called “{name}” already"),
            format!("A link to “{name}” leads to the first of them; this one can be reached as “{given}”."),
            "Give each place a name of its own.",
        );
    }

    /// Two headings, or two paragraphs, with one printed number.
    pub fn repeated_label(&mut self, span: Span, what: &str, label: &str, given: &str, first: Option<Span>) {
        let diagnostic = self.add(
            "duplicate-anchor",
            Some(span),
            format!("Another {what} of this text has the number {label} already"),
            format!(
                "Somebody who cites “{label}” could mean either. Both are printed as typed; this one is “#{given}”."
            ),
            "If one of the two is a mistake, mend it. If the record itself has both, leave it.",
        );
        diagnostic.also.extend(first.map(|first| (first, "it stands here first".into())));
    }

    /// A printed number before which one or more are missing.
    pub fn number_gap(&mut self, span: Span, typed: &str, expected: &str) {
        self.add(
            "number-order",
            Some(span),
            format!("{} stands where {expected} is expected", numbered(typed)),
            "Readers who find a number missing cannot tell whether a paragraph is. It is printed as typed.",
            format!(
                "If a paragraph is missing, add it; if the number is a mistake, mend it. If the record itself leaves a number \
                 out, write {{skip}} at the end of the paragraph.{}",
                amount(typed)
            ),
        );
    }

    /// A printed number that stands behind one that should follow it.
    pub fn number_back(&mut self, span: Span, typed: &str, last: &str) {
        self.add(
            "number-order",
            Some(span),
            format!("{} stands behind {last}", numbered(typed)),
            "Readers look for a number where it belongs in the order. It is printed as typed, and stays where it is.",
            "If it is a mistake, mend the number. If things were taken in another order than they are numbered, write at the end \
             of the heading after which item it was taken, {taken_after=9}, or {skip} at the end of the paragraph.",
        );
    }

    /// A number that opens a line within a paragraph.
    pub fn doubtful_number(&mut self, span: Span, typed: &str) {
        let fix = typed.replacen('.', "\\.", 1);
        self.add(
            "doubtful-number",
            Some(span),
            format!("{} opens this line, and may be the number of a paragraph", numbered(typed)),
            "It was taken for a part of the sentence, so nobody can link to it.",
            format!(
                "If a paragraph begins here, put an empty line before it. If it is part of the sentence, write {fix}"
            ),
        );
    }

    /// A word behind a dot, in braces, that is no kind of record.
    pub fn unknown_record(&mut self, span: Span, name: &str, nearest: Option<&str>) {
        self.add(
            "unknown-record",
            Some(span),
            format!("“.{name}” is not the name of anything that can be recorded"),
            "The words stay in the text, but they appear in no list: nobody who follows up what was promised will find them.",
            match nearest {
                Some(nearest) => format!("Is .{nearest} meant?"),
                None => "Write the name of a kind, such as {.resolution} or {.action}, or delete the braces.".to_owned(),
            },
        );
    }

    /// Attributes on something that is no record.
    pub fn stray_attributes(&mut self, span: Span) {
        self.add(
            "stray-attributes",
            Some(span),
            "These braces stand behind something that is no record, so what they say is lost",
            "What is in braces is never printed. It is a fact about a decision, an action or an item of a meeting.",
            "Say in the braces what it is: {.resolution outcome=noted}, {.action by=\"the Chair\"}. What holds for the whole \
             document stands in the lines at the top of the file.",
        );
    }

    /// A text or a part of one is said to be in a language, and not by its code.
    pub fn unknown_language(&mut self, span: Span, typed: &str) {
        self.add(
            "unknown-language",
            Some(span),
            format!("“{typed}” is not the code of a language"),
            "A screen reader reads these words aloud in the voice of their language, and it knows languages by their codes.",
            "Write the code: cy for Welsh, pl for Polish, ur for Urdu. In a text [Bore da]{lang=cy}, or {lang=cy} at the end \
             of a paragraph; at the top of the file lang: cy for the whole of it.",
        );
    }

    /// A word that opens a record, with nothing behind it that is part of one.
    pub fn empty_record(&mut self, span: Span, word: &str) {
        self.add(
            "empty-record",
            Some(span),
            format!("“{word}” opens a decision here, but nothing that follows is part of it"),
            "Readers who look for what was decided find a decision without words.",
            format!(
                "Begin each paragraph that was decided with “That”, or write a list below {word}, or go on behind it: \
                 {word}: That the report be noted."
            ),
        );
    }

    /// A bracket that makes an action of the sentence before it, and there is none.
    pub fn lone_undertaking(&mut self, span: Span) {
        self.add(
            "stray-attributes",
            Some(span),
            "No sentence stands before this bracket",
            "It says who acts on the sentence before it, so it appears in no list of actions.",
            "Put it behind the sentence, in the same paragraph: Officers would write. (Action: the Chair, by 1 May 2022)",
        );
    }

    /// An attribute that would withhold a record; records share the fate of their document.
    pub fn record_cannot_withhold(&mut self, span: Span, key: &str, field: &str) {
        self.add(
            "unclear-visibility",
            Some(span),
            format!("`{key}` stands in braces, where nothing can be withheld"),
            "A record is never more private than the document in which it stands. What should not be seen could be \
             published, so the whole document is held back until this is clear.",
            format!(
                "If the whole document is meant, write `{field}: …` between the lines --- at the top of the file. To keep a \
                 passage private, write {{.exempt paragraphs=3}} at its end."
            ),
        );
    }

    /// A link whose scheme is none of ours.
    pub fn unsafe_scheme(&mut self, span: Span, scheme: &str) {
        let scheme: String = scheme.chars().take(40).collect();
        self.unsafe_link(
            span,
            format!("A link begins with “{scheme}:”, which is not safe to follow"),
            "Links on a page may lead to web pages, mail addresses, telephone numbers and files of this site.",
            "Write the address of a web page (https://…), mailto:name@example.gov.uk, tel:+44…, or the path of a file. If it \
             is a path with a colon in it, begin it with ./",
        );
    }

    /// A link to a file of the author's own computer.
    pub fn link_to_a_drive(&mut self, span: Span) {
        self.unsafe_link(
            span,
            "A link leads to a file on your own computer".to_owned(),
            "Nobody else can open it.",
            "Put the file beside the text, in the content folder, and link to its name: [the plan](plan.pdf).",
        );
    }

    /// A link that begins with two slashes.
    pub fn link_without_scheme(&mut self, span: Span) {
        self.unsafe_link(
            span,
            "A link begins with // and does not say how to reach the other site".to_owned(),
            "Where it leads depends on how the page was opened.",
            "Begin the address with https://",
        );
    }

    /// A link to the web without a site.
    pub fn link_without_host(&mut self, span: Span) {
        self.unsafe_link(
            span,
            "A link to the web does not name a site".to_owned(),
            "It leads nowhere.",
            "Write the whole address, as the browser shows it: https://www.example.gov.uk/page",
        );
    }

    fn unsafe_link(&mut self, span: Span, title: String, why: &str, fix: &str) {
        self.add("unsafe-link", Some(span), title, format!("{why} The words are printed without the link."), fix);
    }

    /// A picture that lies on another site.
    pub fn foreign_picture(&mut self, span: Span, address: &str) {
        let address: String = address.chars().take(120).collect();
        self.add(
            "foreign-picture",
            Some(span),
            "A picture lies on another site, so it is shown as a link",
            "Opening the page would tell the other site who reads it, and the picture can change or vanish.",
            format!(
                "Save the picture beside this text and name the file: ![what it shows](picture.jpg). It is at {address}"
            ),
        );
    }

    /// A table of figures without words.
    pub fn missing_caption(&mut self, span: Span) {
        self.add(
            "missing-alt",
            Some(span),
            "A table of figures has no caption",
            "It is called as its file, which says little to those who listen to the page.",
            "Say in the square brackets what the figures are: ![Requests by district, 2025/26](requests.csv)",
        );
    }

    /// A picture without words.
    pub fn missing_alt(&mut self, span: Span) {
        self.add(
            "missing-alt",
            Some(span),
            "A picture has no text for people who cannot see it",
            "They learn only that there is a picture.",
            "Say in the square brackets what the picture shows: ![The new crossing at Station Road](crossing.jpg). If it \
             only decorates, write {decorative} behind it.",
        );
    }

    /// A tag that is printed as text.
    pub fn raw_html(&mut self, span: Span, tag: &str, instead: &str) {
        let tag: String = tag.chars().take(60).collect();
        self.add(
            "raw-html",
            Some(span),
            format!("“{tag}” is HTML, and is printed as it stands"),
            "Only a few plain tags are read, so that a page cannot be broken or do harm by what is pasted into it.",
            instead,
        );
    }

    /// A comment that is left out.
    pub fn html_comment(&mut self, span: Span) {
        self.add(
            "html-comment",
            Some(span),
            "A comment was left out of the page",
            "Everyone could read it in the source of the page.",
            "Delete it, and keep notes to yourself in another file: one whose name begins with _ is never published.",
        );
    }

    /// A comment that does not end.
    pub fn open_comment(&mut self, span: Span) {
        self.add(
            "html-comment",
            Some(span),
            "A comment does not end, so all behind it was left out of the page",
            "It is not sure where the comment should end.",
            "End it with --> or delete it.",
        );
    }

    /// Characters that turn the reading order.
    pub fn direction_character(&mut self, span: Span) {
        self.invisible(span, "turns the reading order of what follows", "the words could be read in a wrong order");
    }

    /// Characters without meaning on a page.
    pub fn stray_character(&mut self, span: Span) {
        self.invisible(span, "means nothing on a page", "some programs stop at it or show a box");
    }

    /// Characters that part a word without being seen.
    pub fn zero_width_character(&mut self, span: Span) {
        self.invisible(span, "parts a word without being seen", "a search would not find the word");
    }

    fn invisible(&mut self, span: Span, does: &str, harm: &str) {
        self.add(
            "control-character",
            Some(span),
            format!("An invisible character here {does}"),
            format!("It was taken out, with others of its kind in this text, because {harm}."),
            "Delete it: place the cursor behind it and press the backspace key once, or type the word again.",
        );
    }

    /// Quotations or lists that lie too deep.
    pub fn nested_too_deep(&mut self, span: Span, limit: usize) {
        self.add(
            "nested-too-deep",
            Some(span),
            format!("Quotations or lists lie more than {limit} deep in one another"),
            "No page can show that; the words are printed without the deeper levels.",
            "Delete the marks at the beginning of the line that are not meant: > - *",
        );
    }
}

/// A label as a sentence begins with it.
fn numbered(typed: &str) -> &str {
    typed.trim_end_matches('.')
}

/// What to type if a dotted number is none of a paragraph.
fn amount(typed: &str) -> String {
    match numbered(typed).split_once('.') {
        Some((whole, rest)) => format!(" If it is a time or an amount, write {whole}\\.{rest}"),
        None => String::new(),
    }
}
