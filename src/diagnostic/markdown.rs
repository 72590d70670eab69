//! What `markdown` says to an author.

use super::{Change, Diagnostics};
use crate::model::{Looked, first_words};
use crate::source::Span;

/// So many characters of what was typed tell which words are meant.
const ENOUGH: usize = 60;

/// The first words of what was typed, on one line, in quotation marks.
pub(super) fn quoted(typed: &str) -> String {
    let words: Vec<&str> = typed.split_whitespace().collect();
    let words = words.join(" ");
    let shown = first_words(&words, ENOUGH);
    let more = if shown.len() < words.len() { " …" } else { "" };
    format!("“{shown}{more}”")
}

impl Diagnostics {
    /// Braces, a comment or a tag that look like an exemption and are not one.
    pub fn unclear_exemption(&mut self, span: Span, typed: &str) {
        let title = format!("{} looks like an exemption, but it is not sure what it should cover", quoted(typed));
        let why = "Words that are exempt could be published by mistake, so the whole document is held back until this \
                   is clear.";
        let fix = "Write {.exempt paragraphs=3} at the end of the paragraph, list item, quotation or heading that is \
                   exempt. If nothing here is exempt, write it without the braces; to show the braces themselves, put \
                   them alone between two backticks: `{.exempt}`.";
        let code = "Take the backticks away if the words before them are exempt. If the braces are an example, write words or a full \
                    stop behind them: `{.exempt}`.";
        let fix = if typed.starts_with('`') { code } else { fix };
        self.add("unclear-exemption", span, title, why, fix);
    }

    /// Words of the text say that what follows is not for publication.
    pub fn private_by_its_words(&mut self, span: Span, typed: &str, passage: Span, looked: Looked) {
        let typed = quoted(typed.trim_matches(['#', '*', '_', ' ']));
        let title = format!("{typed} says that this is not for publication, so the text is held back");
        self.held_back(span, title, passage, looked);
    }

    /// The agenda of the meeting, or another file of it, lists a title as not for everybody.
    pub fn private_as_listed(&mut self, span: Span, (typed, path): (&str, &str), passage: Span, looked: Looked) {
        let typed = quoted(typed.trim_matches(['#', '*', '_', ' ']));
        let title = format!("`{path}` lists {typed} as not for publication, so the text is held back here");
        self.held_back(span, title, passage, looked);
    }

    fn held_back(&mut self, span: Span, title: String, passage: Span, looked: Looked) {
        let mut why = "Readers see that something was held back in its place. Headings are still shown, and so is the resolution \
                       to exclude the public."
            .to_owned();
        if looked == Looked::BeforeItChanged {
            why =
                format!("A person has looked at this file, and it was changed since then, so the doubt is back. {why}");
        }
        let fix = "If it is private, write {.exempt paragraphs=3} at the end of the heading or paragraph, with the number of \
                   the paragraph of Schedule 12A. If everybody may read it, write {.open} there; or leave the text as it is, \
                   and say with `folkmoot check --accept` and the name of the file that you have looked.";
        let elsewhere = passage.start != span.start;
        let diagnostic = self.add("private-by-its-words", span, title, why, fix);
        if elsewhere {
            diagnostic.also.push((passage, "the text that is held back begins here".into()));
        }
    }

    /// Words look like a mark, and nothing follows from them.
    pub fn mark_holds_nothing_back(&mut self, span: Span, typed: &str) {
        let title =
            format!("{} holds nothing back here: everybody can read these words and those beside them", quoted(typed));
        let why = "It looks like a mark that something is not for publication, and it is not sure of what it speaks: of these words, of a paper \
                   that they name, or of what is below them.";
        let fix = "If something here is private, write {.exempt paragraphs=3} at the end of its heading or paragraph, with the number of the \
                   paragraph of Schedule 12A. If everybody may read it, write {.open} at the end of this line.";
        self.add("words-of-privacy", span, title, why, fix);
    }

    /// Minutes say that the public was excluded, and everybody can read what follows.
    pub fn shown_after_exclusion(&mut self, span: Span) {
        let title = "The public was excluded here, and everybody can read what follows";
        let why =
            "Minutes often print a public account of what was decided in private, so this alone holds nothing back.";
        let fix = "If what follows is private, write {.exempt paragraphs=3} at the end of its heading or paragraph, with the number of the \
                   paragraph of Schedule 12A. If it was written for the public, all is well; {.open} at the end of this line says so.";
        self.add("after-exclusion", span, title, why, fix);
    }

    /// A tag of HTML hides its words.
    pub fn hidden_html(&mut self, span: Span, typed: &str) {
        let title = format!("{} hides its words, so they are held back", quoted(typed));
        let why =
            "Everyone could read them in the source of the page. They are left out, and are in no search and no file.";
        let fix = "If they are private, delete them, or write {.exempt paragraphs=3} at the end of each paragraph. If everybody may \
                   read them, delete the tag and its end.";
        self.add("private-by-its-words", span, title, why, fix);
    }

    /// An exempt paragraph ends with a colon, and a list follows that is not exempt.
    pub fn exempt_before_list(&mut self, span: Span) {
        let title = "This paragraph is exempt, but what it introduces is not";
        let why = "The braces cover the paragraph only. What follows it would be published, so the whole document is \
                   held back until this is clear.";
        let fix = "Put {.exempt paragraphs=3} at the end of the heading above to cover the whole section, or at the \
                   end of each item that is exempt; if only this paragraph is, put a line of words between it and the list.";
        self.add("unclear-exemption", span, title, why, fix);
    }

    /// An exemption reaches further than the paragraph that has its braces, up to the line `next`.
    pub fn exemption_reaches(&mut self, span: Span, lines: usize, next: Option<&str>) {
        let end = next.map_or_else(|| "the end of the text".to_owned(), |line| format!("the line {}", quoted(line)));
        let title = format!("This exemption holds back {lines} lines, up to {end}");
        let why = "The line is short and stands above others as a heading does, or it introduces a list; so what is below it is \
                   held back with it.";
        let fix = "If that is right, make a heading of the line: ## before it, the braces at its end. If less is private, put the braces \
                   at the end of each paragraph that is, and a line of words between it and what everybody may read.";
        self.add("exemption-reach", span, title, why, fix);
    }

    /// An exemption that names no paragraph of the Act.
    pub fn exemption_without_paragraph(&mut self, span: Span) {
        let title = "This exemption does not say under which paragraph of Schedule 12A";
        let why = "Readers are told that something was taken in private, and have a right to know why.";
        let fix = "Name the paragraph: {.exempt paragraphs=3}, or several: {.exempt paragraphs=\"1, 3\"}.";
        self.add("missing-reason", span, title, why, fix);
    }

    /// A heading two or more levels below the one before it.
    pub fn skipped_heading(&mut self, span: Span, from: u8, to: u8) {
        let hashes = "#".repeat(usize::from(from) + 1);
        let title = format!("This heading is of level {to}, and the one before it of level {from}");
        let why =
            "People who listen to a page move from heading to heading; a missing level sounds like a missing part.";
        let fix = format!("Begin the line with {hashes} and a space.");
        self.add("heading-level", span, title, why, fix);
    }

    /// A name of a place that looks like a printed label.
    pub fn reserved_anchor(&mut self, span: Span, name: &str, prefix: &str) {
        let title = format!("The name “{name}” begins with “{prefix}”, as the names of numbers and records do");
        let why = "A link to it could lead to one of those instead, so the place has no name.";
        let fix = format!("Choose another name: {{#about-{name}}}.");
        self.add("reserved-anchor", span, title, why, fix);
    }

    /// Two places with one name.
    pub fn duplicate_anchor(&mut self, span: Span, name: &str, given: &str) {
        let title = format!("Another place of this text is called “{name}” already");
        let why = format!("A link to “{name}” leads to the first of them; this one can be reached as “{given}”.");
        let fix = "Give each place a name of its own.";
        self.add("duplicate-anchor", span, title, why, fix);
    }

    /// Two headings, or two paragraphs, with one printed number.
    pub fn repeated_label(&mut self, span: Span, what: &str, label: &str, given: &str, first: Option<Span>) {
        let title = format!("Another {what} of this text has the number {label} already");
        let why = format!(
            "Somebody who cites “{label}” could mean either. Both are printed as typed; this one is “#{given}”."
        );
        let fix = "If one of the two is a mistake, mend it. If the record itself has both, leave it.";
        let diagnostic = self.add("duplicate-anchor", span, title, why, fix);
        diagnostic.also.extend(first.map(|first| (first, "it stands here first".into())));
    }

    /// A printed number before which one or more are missing.
    pub fn number_gap(&mut self, span: Span, typed: &str, expected: &str) {
        let title = format!("{} stands where {expected} is expected", numbered(typed));
        let why = "Readers who find a number missing cannot tell whether a paragraph is. It is printed as typed.";
        let fix = format!(
            "If a paragraph is missing, add it; if the number is a mistake, mend it. If the record itself leaves a \
             number out, write {{skip}} at the end of the paragraph.{}",
            amount(typed)
        );
        self.add("number-order", span, title, why, fix);
    }

    /// A printed number after one that should follow it.
    pub fn number_back(&mut self, span: Span, typed: &str, last: &str) {
        let title = format!("{} stands behind {last}", numbered(typed));
        let why =
            "Readers look for a number where it belongs in the order. It is printed as typed, and stays where it is.";
        let fix = "If it is a mistake, mend the number. If things were taken in another order than they are numbered, \
                   write at the end of the heading after which item it was taken, {taken_after=9}, or {skip} at the \
                   end of the paragraph.";
        self.add("number-order", span, title, why, fix);
    }

    /// A number that opens a line within a paragraph.
    pub fn doubtful_number(&mut self, span: Span, typed: &str) {
        let fix = typed.replacen('.', "\\.", 1);
        let title = format!("{} opens this line, and may be the number of a paragraph", numbered(typed));
        let why = "It was taken for a part of the sentence, so nobody can link to it.";
        let fix = format!(
            "If a paragraph begins here, put an empty line before it. If it is part of the sentence, write {fix}"
        );
        self.add("doubtful-number", span, title, why, fix);
    }

    /// A word after a dot, in braces, that is not the name of a kind of record. `span` is the word, without its dot.
    pub fn unknown_record(&mut self, span: Span, name: &str, nearest: Option<&str>) {
        let title = format!("“.{name}” is not the name of anything that can be recorded");
        let why = "The words stay in the text, but they appear in no list: nobody who follows up what was promised \
                   will find them.";
        let fix = match nearest {
            Some(nearest) => format!("Is .{nearest} meant?"),
            None => "Write the name of a kind, such as {.resolution} or {.action}, or delete the braces.".to_owned(),
        };
        let diagnostic = self.add("unknown-record", span, title, why, fix);
        if let Some(nearest) = nearest {
            diagnostic.offer(Change::replace(span, nearest));
        }
    }

    /// Attributes on something that is not a record.
    pub fn stray_attributes(&mut self, span: Span) {
        let title = "These braces stand behind something that is no record, so what they say is lost";
        let why =
            "What is in braces is never printed. It is a fact about a decision, an action or an item of a meeting.";
        let fix = "Say in the braces what it is: {.resolution outcome=noted}, {.action by=\"the Chair\"}. What holds \
                   for the whole document stands in the lines at the top of the file.";
        self.add("stray-attributes", span, title, why, fix);
    }

    /// Attributes behind words in which `count` records stand; `last` are the words of the last of them, `typed` the braces.
    pub fn attributes_of_several(&mut self, span: Span, count: usize, last: &str, typed: &str) {
        let records = if count == 2 { "two records".to_owned() } else { format!("{count} records") };
        let title = format!("There are {records} in front of these braces, and they do not say which of them is meant");
        let why = "What the braces say is lost until it is clear which decision or action it is a fact about.";
        let last = last.split_whitespace().collect::<Vec<_>>().join(" ");
        let fix = format!(
            "Make a paragraph of its own of the one that is meant, with an empty line before and after it and the braces \
             at its end. If the last one is meant:\n\n{last} {typed}"
        );
        self.add("stray-attributes", span, title, why, fix);
    }

    /// The language of a text, or of a part of it, that is not given by its code.
    pub fn unknown_language(&mut self, span: Span, typed: &str) {
        let title = format!("“{typed}” is not the code of a language");
        let why = "A screen reader reads these words aloud in the voice of their language, and it knows languages by \
                   their codes.";
        let fix = "Write the code: cy for Welsh, pl for Polish, ur for Urdu. In a text [Bore da]{lang=cy}, or \
                   {lang=cy} at the end of a paragraph; at the top of the file lang: cy for the whole of it.";
        self.add("unknown-language", span, title, why, fix);
    }

    /// A word that opens a record, and nothing after it is part of a record.
    pub fn empty_record(&mut self, span: Span, word: &str) {
        let title = format!("“{word}” opens a decision here, but nothing that follows is part of it");
        let why = "Readers who look for what was decided find a decision without words.";
        let fix = format!(
            "Begin each paragraph that was decided with “That”, or write a list below {word}, or go on behind it: \
             {word}: That the report be noted."
        );
        self.add("empty-record", span, title, why, fix);
    }

    /// A bracket that makes an action of the sentence before it, if there is no such sentence.
    pub fn lone_undertaking(&mut self, span: Span) {
        let title = "No sentence stands before this bracket";
        let why = "It says who acts on the sentence before it, so it appears in no list of actions.";
        let fix = "Put it behind the sentence, in the same paragraph: Officers would write. (Action: the Chair, by 1 \
                   May 2022)";
        self.add("stray-attributes", span, title, why, fix);
    }

    /// An attribute that would withhold a record. A record is as public as its document.
    pub fn record_cannot_withhold(&mut self, span: Span, key: &str, field: &str) {
        let title = format!("`{key}` stands in braces, where nothing can be withheld");
        let why = "A record is never more private than the document in which it stands. What should not be seen could \
                   be published, so the whole document is held back until this is clear.";
        let fix = format!(
            "If the whole document is meant, write `{field}: …` between the lines --- at the top of the file. To keep \
             a passage private, write {{.exempt paragraphs=3}} at its end."
        );
        self.add("unclear-visibility", span, title, why, fix);
    }

    /// A link whose scheme is not one of those that a page may have.
    pub fn unsafe_scheme(&mut self, span: Span, scheme: &str) {
        let scheme: String = scheme.chars().take(40).collect();
        let title = format!("A link begins with “{scheme}:”, which is not safe to follow");
        let why = "Links on a page may lead to web pages, mail addresses, telephone numbers and files of this site.";
        let fix = "Write the address of a web page (https://…), mailto:name@example.gov.uk, tel:+44…, or the path of a \
                   file. If it is a path with a colon in it, begin it with ./";
        self.unsafe_link(span, title, why, fix);
    }

    /// A link to a file of the author's own computer.
    pub fn link_to_a_drive(&mut self, span: Span) {
        let title = "A link leads to a file on your own computer".to_owned();
        let why = "Nobody else can open it.";
        let fix = "Put the file beside the text, in the content folder, and link to its name: [the plan](plan.pdf).";
        self.unsafe_link(span, title, why, fix);
    }

    /// A link that begins with two slashes.
    pub fn link_without_scheme(&mut self, span: Span) {
        let title = "A link begins with // and does not say how to reach the other site".to_owned();
        let why = "Where it leads depends on how the page was opened.";
        let fix = "Begin the address with https://";
        self.unsafe_link(span, title, why, fix);
    }

    /// A link to the web without a site.
    pub fn link_without_host(&mut self, span: Span) {
        let title = "A link to the web does not name a site".to_owned();
        let why = "It leads nowhere.";
        let fix = "Write the whole address, as the browser shows it: https://www.example.gov.uk/page";
        self.unsafe_link(span, title, why, fix);
    }

    fn unsafe_link(&mut self, span: Span, title: String, why: &str, fix: &str) {
        self.add("unsafe-link", span, title, format!("{why} The words are printed without the link."), fix);
    }

    /// A picture that lies on another site.
    pub fn foreign_picture(&mut self, span: Span, address: &str) {
        let address: String = address.chars().take(120).collect();
        let title = "A picture lies on another site, so it is shown as a link";
        let why = "Opening the page would tell the other site who reads it, and the picture can change or vanish.";
        let fix = format!(
            "Save the picture beside this text and name the file: ![what it shows](picture.jpg). It is at {address}"
        );
        self.add("foreign-picture", span, title, why, fix);
    }

    /// A table of figures without words.
    pub fn missing_caption(&mut self, span: Span) {
        let title = "A table of figures has no caption";
        let why = "It is called as its file, which says little to those who listen to the page.";
        let fix = "Say in the square brackets what the figures are: ![Requests by district, 2025/26](requests.csv)";
        self.add("missing-alt", span, title, why, fix);
    }

    /// A picture without words.
    pub fn missing_alt(&mut self, span: Span) {
        let title = "A picture has no text for people who cannot see it";
        let why = "They learn only that there is a picture.";
        let fix = "Say in the square brackets what the picture shows: ![The new crossing at Station \
                   Road](crossing.jpg). If it only decorates, write {decorative} behind it.";
        self.add("missing-alt", span, title, why, fix);
    }

    /// A tag that is printed as text.
    pub fn raw_html(&mut self, span: Span, tag: &str, instead: &str) {
        let tag: String = tag.chars().take(60).collect();
        let title = format!("“{tag}” is HTML, and is printed as it stands");
        let why =
            "Only a few plain tags are read, so that a page cannot be broken or do harm by what is pasted into it.";
        let fix = instead;
        self.add("raw-html", span, title, why, fix);
    }

    /// A tag that is read as what it means, and others beside it.
    pub fn html_read(&mut self, span: Span, tag: &str, instead: &str) {
        let words: Vec<&str> = tag.split_whitespace().collect();
        let tag: String = words.join(" ").chars().take(60).collect();
        let title = format!("“{tag}” is HTML, and was read as what it means");
        let why = "Its words stay, and so do tables, lists, headings, links, pictures and emphasis. Colours, widths \
                   and whatever else it says of looks are dropped.";
        self.add("raw-html", span, title, why, instead);
    }

    /// A script or a style sheet in a text.
    pub fn unseen_html(&mut self, span: Span, typed: &str) {
        let (what, name) = match typed.get(..7) {
            Some(tag) if tag.eq_ignore_ascii_case("<script") => ("A script", "script"),
            _ => ("A style sheet", "style"),
        };
        let title = format!("{what} was left out of the page");
        let why = "Nothing that is pasted into a text is run, and no reader should have to read it.";
        self.add("raw-html", span, title, why, format!("Delete all from <{name}> to </{name}>."));
    }

    /// A comment that is left out.
    pub fn html_comment(&mut self, span: Span) {
        let title = "A comment was left out of the page";
        let why = "Everyone could read it in the source of the page.";
        let fix =
            "Delete it, and keep notes to yourself in another file: one whose name begins with _ is never published.";
        self.add("html-comment", span, title, why, fix);
    }

    /// A comment that does not end.
    pub fn open_comment(&mut self, span: Span) {
        let title = "A comment does not end, so all behind it was left out of the page";
        let why = "It is not sure where the comment should end.";
        let fix = "End it with --> or delete it.";
        self.add("html-comment", span, title, why, fix);
    }

    /// What another program left in a text: what it is and whose, whether it is left out, how often it is there.
    pub fn leftover(&mut self, span: Span, typed: &str, what: (&str, &str), dropped: bool, count: usize, fix: &str) {
        let words: Vec<&str> = typed.split_whitespace().collect();
        let typed: String = words.join(" ").chars().take(60).collect();
        let (is, program) = what;
        let title = format!("“{typed}” was written for {program}: {is}");
        let more = if count > 1 { format!(" It stands {count} times in this text.") } else { String::new() };
        let why = match dropped {
            true => format!("It says nothing to a reader, so it was left out of the page.{more}"),
            false => format!("Readers see it as it stands, and it means nothing to them.{more}"),
        };
        self.add("leftover", span, title, why, fix);
    }

    /// Lines with tabs that look like the rows of a table.
    pub fn pasted_table(&mut self, span: Span, rows: &[Vec<String>]) {
        const SHOWN: usize = 3;
        let row = |cells: &Vec<String>| {
            let cells: Vec<String> = cells.iter().map(|cell| cell.replace('|', "\\|")).collect();
            format!("| {} |", cells.join(" | "))
        };
        let mut lines: Vec<String> = rows.iter().take(SHOWN).map(row).collect();
        lines.insert(1, format!("|{}", "---|".repeat(rows[0].len())));
        let title = format!("These {} lines look like a table that was pasted", rows.len());
        let why = "There are tabs between the cells, and on a page all of it runs on as one paragraph.";
        let more = if rows.len() > SHOWN { "\n…" } else { "" };
        let fix = format!(
            "Type bars between the cells, and a line of hyphens below the first row:\n{}{more}",
            lines.join("\n")
        );
        self.add("pasted-table", span, title, why, fix);
    }

    /// Characters that turn the reading order.
    pub fn direction_character(&mut self, span: Span) {
        self.invisible(span, "turns the reading order of what follows", "the words could be read in a wrong order");
    }

    /// Characters without meaning on a page.
    pub fn stray_character(&mut self, span: Span) {
        self.invisible(span, "means nothing on a page", "some programs stop at it or show a box");
    }

    /// Characters that divide a word and are not seen.
    pub fn zero_width_character(&mut self, span: Span) {
        self.invisible(span, "parts a word without being seen", "a search would not find the word");
    }

    fn invisible(&mut self, span: Span, does: &str, harm: &str) {
        let title = format!("An invisible character here {does}");
        let why = format!("It was taken out, with others of its kind in this text, because {harm}.");
        let fix = "Delete it: place the cursor behind it and press the backspace key once, or type the word again.";
        self.add("control-character", span, title, why, fix);
    }

    /// Quotations or lists that are nested too deep.
    pub fn nested_too_deep(&mut self, span: Span, limit: usize) {
        let title = format!("Quotations or lists lie more than {limit} deep in one another");
        let why = "No page can show that; the words are printed without the deeper levels.";
        let fix = "Delete the marks at the beginning of the line that are not meant: > - *";
        self.add("nested-too-deep", span, title, why, fix);
    }
}

/// A label as a sentence begins with it.
fn numbered(typed: &str) -> &str {
    typed.trim_end_matches('.')
}

/// What to type if a dotted number is not that of a paragraph.
fn amount(typed: &str) -> String {
    match numbered(typed).split_once('.') {
        Some((whole, rest)) => format!(" If it is a time or an amount, write {whole}\\.{rest}"),
        None => String::new(),
    }
}
