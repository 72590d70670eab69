//! What `assemble` says to an author.

use super::inspect::accepted;
use super::{Attached, Diagnostics, quoted};
use crate::model::{FileDoubt, Why};
use crate::source::{SourceId, Span};

/// Why a document is withheld, as the end of a sentence: "is a draft".
pub fn state(why: Why) -> &'static str {
    match why {
        Why::Draft => "is a draft",
        Why::Embargoed => "is not public before a later day",
        Why::Doubt => "is held back until its mistake is mended",
        Why::Ended => "is public no longer",
        Why::Unreadable => "cannot be read",
        Why::UnknownKind => "lies in a folder that is no kind of document",
        Why::Translation => "is a translation, and those are not published yet",
        Why::Exempt => "is exempt",
        Why::Passages => "has exempt passages",
    }
}

impl Diagnostics {
    /// Two documents claim one address.
    pub fn address_clash(&mut self, span: Span, address: &str, other: Span, other_path: &str) {
        let title = format!("Two documents claim the address {address}");
        let why = "A link to it would lead to the one or to the other by chance, so nothing is published until they \
                   differ. Capitals and accents make no difference to an address.";
        let fix = format!("Rename this file or `{other_path}`. If they are two copies of one document, delete one.");
        self.add("address-clash", span, title, why, fix).also.push((other, "the other one".into()));
    }

    /// A document claims the address of a list.
    pub fn address_of_list(&mut self, span: Span, address: &str) {
        let title = format!("This document and a list of documents claim the address {address}");
        let why =
            "Readers who look for the list would find this page instead, so nothing is published until they differ.";
        let fix = "Rename this file.";
        self.add("address-clash", span, title, why, fix);
    }

    /// A document claims the address of the statement on accessibility.
    pub fn address_of_statement(&mut self, span: Span) {
        let title = "This document and the statement on accessibility claim the address /accessibility/";
        let why = "Readers who look for the statement would find only one of the two, so nothing is published until \
                   they differ.";
        let fix = "Move what is said here into `[accessibility]` of `content/site.toml`, or rename this file.";
        self.add("address-clash", span, title, why, fix);
    }

    /// A file claims the address of another file or of a page.
    pub fn address_of_file(&mut self, span: Span, address: &str) {
        let title =
            format!("The file that is used here claims the address {address}, and so does another file or a page");
        let why = "Only one of the two could be published, so nothing is until they differ. Capitals and accents make \
                   no difference to an address.";
        let fix = "Rename the file, and write its new name here.";
        self.add("address-clash", span, title, why, fix);
    }

    /// A document claims an address of the site itself.
    pub fn reserved_address(&mut self, span: Span, address: &str) {
        let first = address.split('/').nth(1).unwrap_or_default();
        let title = format!("The address {address} belongs to the site itself");
        let why = format!("Addresses that begin with `/{first}/` are kept for pages that the site makes.");
        let fix = "Rename this file.";
        self.add("reserved-address", span, title, why, fix);
    }

    /// An old address is claimed twice.
    pub fn alias_clash(&mut self, span: Span, address: &str, other: Option<Span>, other_path: &str) {
        let title = format!("The old address {address} is also claimed by {other_path}");
        let why = "An old link can lead to one page only, so nothing is published until it is settled to which.";
        let fix = "Take the address out of `aliases` of the document that it does not belong to.";
        let diagnostic = self.add("address-clash", span, title, why, fix);
        diagnostic.also.extend(other.map(|span| (span, "the other one".into())));
    }

    /// A field names a document that is not there.
    pub fn broken_relation(&mut self, span: Span, field: &str, typed: &str, nearest: Option<&str>) {
        let fix = match nearest {
            Some(near) => format!("{field}: {near}"),
            None => format!(
                "Write the path of its file below `content/`, without `.md`. If there is no page for it, write it in \
                 words in quotes, where the field allows that: {field}: \"Eight district councils\""
            ),
        };
        let title = format!("`{field}` names `{typed}`, and there is no such document");
        let why = "Readers see these words, but cannot follow them, and the other page does not know of this one.";
        self.add("broken-relation", span, title, why, fix);
    }

    /// A field names a document of a kind that it should not.
    pub fn wrong_relation(&mut self, span: Span, field: &str, title: &str, kind: &str, allowed: &[&str]) {
        let title = format!("`{field}` names “{title}”, which is of the kind “{kind}”");
        let why = format!("Readers expect here: {}. The page shows it as it is.", allowed.join(", ").to_lowercase());
        let fix = "Name the document that is meant, or use the field `about`, which may name any.";
        self.add("wrong-relation", span, title, why, fix);
    }

    /// A field names something withheld.
    pub fn relation_to_withheld(&mut self, span: Span, field: &str, path: &str, why: Why) {
        let title = format!("`{field}` names `{path}`, which {}", state(why));
        let why = "It is left out here, so that neither its title nor its address shows.";
        let fix =
            "Nothing, if that is as it should be: it appears by itself once the other is public. Else take it out.";
        self.add("relation-to-withheld", span, title, why, fix);
    }

    /// A short reference fits several documents.
    pub fn ambiguous_reference(&mut self, span: Span, typed: &str, ids: &[&str]) {
        let title = format!("`{typed}` could be any of {} documents", ids.len().max(2));
        let why = "A reader would be sent to one of them by chance, so it is printed without a link.";
        let fix = format!("Write the whole of the one that is meant: {}", quoted(&ids[..ids.len().min(5)]));
        self.add("ambiguous-reference", span, title, why, fix);
    }

    /// A link leads nowhere.
    pub fn broken_link(&mut self, span: Span, typed: &str, nearest: Option<Box<str>>) {
        let fix = match nearest {
            Some(near) if near.starts_with('/') => {
                format!("Is `{near}` meant? Write the whole address, from its first `/` on.")
            }
            Some(near) => format!("Is `{near}` meant? Write [[{near}]], or the path to its file."),
            None => {
                "Write the path to the file from here, such as `../strategies/plan.md`, or [[strategies/plan]].".into()
            }
        };
        let title = if typed.is_empty() {
            "This link does not say where it leads".to_owned()
        } else {
            format!("This link leads to `{typed}`, and there is no such page or file")
        };
        let why = "A reader who follows it would find nothing, so its words are printed without a link.";
        self.add("broken-link", span, title, why, fix);
    }

    /// A link leads to a place that is not in the page.
    pub fn broken_anchor(&mut self, span: Span, place: &str, title: &str, nearest: Option<Box<str>>) {
        let fix = match nearest {
            Some(near) => format!("Is `#{near}` meant?"),
            None => {
                "Open the page, choose the sign beside the paragraph, and copy what stands behind `#` in the address."
                    .into()
            }
        };
        let title = format!("“{title}” has no place called `#{place}`");
        let why = "A reader who follows it would land at the top of a page and have to search.";
        self.add("broken-link", span, title, why, fix);
    }

    /// A name of a place, as other programs give it, fits several headings.
    pub fn ambiguous_anchor(&mut self, span: Span, place: &str, title: &str, anchor: &str) {
        let title = format!("`#{place}` fits several headings of “{title}”");
        let why = "Programs that name headings by their words do not agree which of them it is. The link leads to the \
                   first.";
        let fix = format!("If that one is meant, write `#{anchor}`; else the name of the one that is.");
        self.add("ambiguous-anchor", span, title, why, fix);
    }

    /// A field names a file that is not there.
    pub fn broken_file(&mut self, span: Span, typed: &str) {
        let title = format!("There is no file `{typed}`");
        let why = "Readers see its name, but cannot open it.";
        let fix =
            "Write its path from this document or from `content/`. If the file is lost, write `held: false` beside it.";
        self.add("broken-link", span, title, why, fix);
    }

    /// Public text links to something withheld.
    pub fn link_to_withheld(&mut self, span: Span, path: &str, other: &str, why: Why) {
        let title = format!("`{path}` is public and links to `{other}`, which {}", state(why));
        let why = "The link would tell readers that it exists, and perhaps what it is called, so nothing is published.";
        let fix = "Take the link out until the other is public, or hold this document back too.";
        self.add("link-to-withheld", span, title, why, fix);
    }

    /// A record in a file of its own was made at something withheld, in `other`.
    pub fn made_at_withheld(&mut self, span: Span, other: &str, why: Why) {
        let title = format!("This was made at a place in `{other}`, which {}, so it is withheld too", state(why));
        let why = "What was decided or undertaken there would tell what was said there.";
        let fix =
            "If it may be known, leave out where it was made. If not, all is well: it appears when that place does.";
        self.add("made-at-withheld", span, title, why, fix);
    }

    /// A document that something withheld names as a paper, and nothing public does.
    pub fn paper_of_withheld(&mut self, span: Span, path: &str, other: &str, why: Why) {
        let title =
            format!("`{path}` is a paper of something in `{other}`, which {}, so it is withheld too", state(why));
        let why = "A paper tells what was spoken of. Nothing that is public names this one.";
        let fix = "If everybody may read it, write `draft: false` at the top of it. If not, all is well: it appears when that does, \
                   or when a public page names it.";
        self.add("paper-of-withheld", span, title, why, fix);
    }

    /// A file is used by public and by withheld documents.
    pub fn attachment_of_withheld(&mut self, span: Span, path: &str, other: &str, why: Why) {
        let title = format!("`{path}` is used here, and by `{other}`, which {}", state(why));
        let why = "If it belongs to what is withheld, publishing it would give that away, so nothing is published.";
        let fix = "Take it out of one of the two. A copy under another name would say the same.";
        self.add("attachment-of-withheld", span, title, why, fix);
    }

    /// A file that a public document uses, and that may not be for everybody.
    pub fn withheld_file(&mut self, span: Span, file: Attached<'_>, doubt: &FileDoubt) {
        let path = file.path;
        let (title, fix) = match doubt {
            FileDoubt::Row { row, words } => (
                format!("`{path}` is used here, and row {row} of it says that it is not for everybody: “{words}”"),
                "Take what leads to it out, or that row and the column out of it.",
            ),
            FileDoubt::Record { line, words } => (
                format!(
                    "`{path}` is used here, and a record in line {line} of it says that it is not for everybody: “{words}”"
                ),
                "Take what leads to it out, or that record and the key out of it.",
            ),
            FileDoubt::Called(words) => (
                format!("`{path}` is called “{words}” here, which says that it is not for everybody"),
                "Take out what leads to it. If everybody may read the file, call it something else.",
            ),
            FileDoubt::Says { line, words } => (
                format!("`{path}` is used here, and line {line} of it says that it is not for everybody: “{words}”"),
                "Take out what leads to it. If everybody may read the file, take that line out of it. If it should be a page, \
                 of which a part can be held back, let its name end in `.md`.",
            ),
            FileDoubt::Named => (
                format!("`{path}` is used here, and its name says that it is not for everybody"),
                "Take out what leads to it. If everybody may read the file, give it or its folder another name.",
            ),
            FileDoubt::CopyOf { path: other, why } => (
                format!("`{path}` is used here, and looks like a copy of `{other}`, which {}", state(*why)),
                "Take out what leads to it, and delete the copy. If it is something else, give it another name.",
            ),
        };
        let why = "A file is published whole, as it is, so this one is not, and nothing else is until this is clear.";
        let fix = if doubt.may_be_accepted() { accepted(fix, file) } else { fix.to_owned() };
        self.add("withheld-file", span, title, why, fix);
    }

    /// A document that by its name is an old copy of something withheld.
    pub fn copy_of_withheld(&mut self, span: Span, path: &str, other: &str, why: Why) {
        let title = format!("`{path}` looks like a copy of `{other}`, which {}, so it is withheld too", state(why));
        let why = "An old copy has the words that are held back in the other.";
        let fix = "Delete the copy. If it is a document of its own, give it a name of its own.";
        self.add("copy-of-withheld", span, title, why, fix);
    }

    /// A document has the words of something withheld.
    pub fn text_of_withheld(&mut self, span: Span, path: &str, other: &str, why: Why) {
        let title = format!("`{path}` has the words of `{other}`, which {}, so it is withheld too", state(why));
        let why = "Whoever reads the one has read the other.";
        let fix = "Delete one of the two. If everybody may read this one, write `draft: false` at the top of it.";
        self.add("copy-of-withheld", span, title, why, fix);
    }

    /// A file that was meant as a page; `meant` is the name that would make it one.
    pub fn not_a_page(&mut self, span: Option<Span>, path: &str, meant: &str) {
        let title = format!("`{path}` is not a page");
        let why = "Only files whose names end in `.md`, in small letters, become pages. Of any other, readers get the bare \
                   text, and no list and no search has it.";
        let fix = format!("Rename it to `{meant}`. If it is meant as a file, let its name end in `.txt`.");
        let diagnostic = self.add("not-a-page", span, title, why, fix);
        if span.is_none() {
            diagnostic.place = Some(path.into());
        }
    }

    /// A text of another program lies among the pages, and nothing leads to it. `is_read` says whether `folkmoot import` reads it.
    pub fn no_page_yet(&mut self, path: &str, is_read: bool) {
        let title = format!("`{path}` is no page, and nobody sees it");
        let why = "Only files whose names end in `.md` become pages. A file of another program is published only when a page links \
                   to it, shows it or lists it.";
        let import = match is_read {
            true => format!("To make a page of it, type:\nfolkmoot import \"{path}\"\n"),
            false => "To make a page of it, open it in Word or LibreOffice, choose “Save as” and the form “Word document (.docx)”, \
                      and type `folkmoot import` with the name of that file. "
                .to_owned(),
        };
        let fix = format!(
            "{import}To let people download it, list it under `attachments` of the page it belongs to. To keep it out of the \
             site, move it out of `content/`, or let its name begin with `_`."
        );
        self.add("not-a-page", None, title, why, fix).place = Some(path.into());
    }

    /// A folder has the name of a body, and there is no page of that body: the first document in it, how many there are, and what
    /// to type to begin that page.
    pub fn body_without_page(
        &mut self,
        source: SourceId,
        folder: &str,
        (words, count): (&str, usize),
        near: Option<&str>,
        kind: &str,
    ) {
        let title = format!("“{words}” has no page");
        let all = if count == 1 {
            "This document is in its folder".to_owned()
        } else {
            format!("{count} documents are in its folder")
        };
        let why = format!("{all} `{folder}`, and readers who ask who that is find nothing.");
        let begin = format!("`folkmoot new {kind} \"{words}\"` begins its page.");
        let fix = match near {
            Some(near) => format!("If `{near}` is meant, give the folder that name. Else {begin}"),
            None => begin,
        };
        self.add("body-without-page", Span::whole(source), title, why, fix);
    }

    /// A file is not published.
    pub fn unused_attachment(&mut self, path: &str) {
        let title = format!("`{path}` is not published");
        let why = "A file is published only when a public document links to it, shows it or lists it.";
        let fix = "List it under `attachments` of the document it belongs to. If it is not meant for the public, let \
                   its name begin with `_`, or move it out of `content/`.";
        self.add("unused-attachment", None, title, why, fix).place = Some(path.into());
    }

    /// A text shows so much of others that no reader could load it: the first that is too much, and how many are links.
    pub fn too_much_shown(&mut self, span: Span, shown: &str, linked: usize, most: u64) {
        let others = match linked {
            1 => String::new(),
            2 => ", and so is another one below".to_owned(),
            linked => format!(", and so are {} others below", linked - 1),
        };
        let title = format!("“{shown}” is too much to be shown here; it is a link instead{others}");
        let why =
            format!("One text shows at most {most} MB of tables and other texts: a longer page loads on no telephone.");
        let fix = "Show it once and link to it from elsewhere, or divide this text into several documents.";
        self.add("too-much-shown", span, title, why, fix);
    }

    /// An embedded text embeds this text in turn; `others` are the embeds on the way back to it.
    pub fn embed_cycle(&mut self, span: Span, id: &str, title: &str, others: &[Span]) {
        let title = format!("“{title}” is shown here, and shows this text in turn");
        let why = "A page cannot hold itself. Where it would begin again, readers find a link.";
        let fix = format!("Take out one of the two, or make a link of it: [[{id}]]");
        let diagnostic = self.add("embed-cycle", span, title, why, fix);
        diagnostic.also.extend(others.iter().map(|other| (*other, "this is part of the circle too".into())));
    }
}
