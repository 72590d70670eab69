//! What `assemble` says to an author.

use super::Diagnostics;
use crate::model::Why;
use crate::source::Span;

/// "is a draft", for the end of a sentence.
fn state(why: Why) -> &'static str {
    match why {
        Why::Draft => "is a draft",
        Why::Embargoed => "is not public before a later day",
        Why::Doubt => "is held back until its mistake is mended",
        Why::Ended => "is public no longer",
        Why::Unreadable => "cannot be read",
        Why::UnknownKind => "lies in a folder that is no kind of document",
        Why::Translation => "is a translation, and those are not published yet",
        Why::Exempt => "has exempt passages",
    }
}

fn quoted(ids: &[&str]) -> String {
    ids.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ")
}

impl Diagnostics {
    /// Two documents claim one address.
    pub fn address_clash(&mut self, span: Span, address: &str, other: Span, other_path: &str) {
        self.add(
            "address-clash",
            Some(span),
            format!("Two documents claim the address {address}"),
            "A link to it would lead to the one or to the other by chance, so nothing is published until they differ. \
             Capitals and accents make no difference to an address.",
            format!("Rename this file or `{other_path}`. If they are two copies of one document, delete one."),
        )
        .also
        .push((other, "the other one".into()));
    }

    /// A document claims the address of a list.
    pub fn address_of_list(&mut self, span: Span, address: &str) {
        self.add(
            "address-clash",
            Some(span),
            format!("This document and a list of documents claim the address {address}"),
            "Readers who look for the list would find this page instead, so nothing is published until they differ.",
            "Rename this file.",
        );
    }

    /// A document claims the address of the statement on accessibility.
    pub fn address_of_statement(&mut self, span: Span) {
        self.add(
            "address-clash",
            Some(span),
            "This document and the statement on accessibility claim the address /accessibility/",
            "Readers who look for the statement would find only one of the two, so nothing is published until they differ.",
            "Move what is said here into `[accessibility]` of `content/site.toml`, or rename this file.",
        );
    }

    /// A file claims the address of another file or of a page.
    pub fn address_of_file(&mut self, span: Span, address: &str) {
        self.add(
            "address-clash",
            Some(span),
            format!("The file that is used here claims the address {address}, and so does another file or a page"),
            "Only one of the two could be published, so nothing is until they differ. Capitals and accents make no \
             difference to an address.",
            "Rename the file, and write its new name here.",
        );
    }

    /// A document claims an address of the site itself.
    pub fn reserved_address(&mut self, span: Span, address: &str) {
        let first = address.split('/').nth(1).unwrap_or_default();
        self.add(
            "reserved-address",
            Some(span),
            format!("The address {address} belongs to the site itself"),
            format!("Addresses that begin with `/{first}/` are kept for pages that the site makes."),
            "Rename this file.",
        );
    }

    /// An old address is claimed twice.
    pub fn alias_clash(&mut self, span: Span, address: &str, other: Option<Span>, other_path: &str) {
        let diagnostic = self.add(
            "address-clash",
            Some(span),
            format!("The old address {address} is also claimed by {other_path}"),
            "An old link can lead to one page only, so nothing is published until it is settled to which.",
            "Take the address out of `aliases` of the document that it does not belong to.",
        );
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
        self.add(
            "broken-relation",
            Some(span),
            format!("`{field}` names `{typed}`, and there is no such document"),
            "Readers see these words, but cannot follow them, and the other page does not know of this one.",
            fix,
        );
    }

    /// A field names a document of a kind that it should not.
    pub fn wrong_relation(&mut self, span: Span, field: &str, title: &str, kind: &str, allowed: &[&str]) {
        self.add(
            "wrong-relation",
            Some(span),
            format!("`{field}` names “{title}”, which is of the kind “{kind}”"),
            format!("Readers expect here: {}. The page shows it as it is.", allowed.join(", ").to_lowercase()),
            "Name the document that is meant, or use the field `about`, which may name any.",
        );
    }

    /// A field names something withheld.
    pub fn relation_to_withheld(&mut self, span: Span, field: &str, path: &str, why: Why) {
        self.add(
            "relation-to-withheld",
            Some(span),
            format!("`{field}` names `{path}`, which {}", state(why)),
            "It is left out here, so that neither its title nor its address shows.",
            "Nothing, if that is as it should be: it appears by itself once the other is public. Else take it out.",
        );
    }

    /// A short reference fits several documents.
    pub fn ambiguous_reference(&mut self, span: Span, typed: &str, ids: &[&str]) {
        self.add(
            "ambiguous-reference",
            Some(span),
            format!("`{typed}` could be any of {} documents", ids.len().max(2)),
            "A reader would be sent to one of them by chance, so it is printed without a link.",
            format!("Write the whole of the one that is meant: {}", quoted(&ids[..ids.len().min(5)])),
        );
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
        self.add(
            "broken-link",
            Some(span),
            if typed.is_empty() {
                "This link does not say where it leads".to_owned()
            } else {
                format!("This link leads to `{typed}`, and there is no such page or file")
            },
            "A reader who follows it would find nothing, so its words are printed without a link.",
            fix,
        );
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
        self.add(
            "broken-link",
            Some(span),
            format!("“{title}” has no place called `#{place}`"),
            "A reader who follows it would land at the top of a page and have to search.",
            fix,
        );
    }

    /// A field names a file that is not there.
    pub fn broken_file(&mut self, span: Span, typed: &str) {
        self.add(
            "broken-link",
            Some(span),
            format!("There is no file `{typed}`"),
            "Readers see its name, but cannot open it.",
            "Write its path from this document or from `content/`. If the file is lost, write `held: false` beside it.",
        );
    }

    /// Public text links to something withheld.
    pub fn link_to_withheld(&mut self, span: Span, path: &str, other: &str, why: Why) {
        self.add(
            "link-to-withheld",
            Some(span),
            format!("`{path}` is public and links to `{other}`, which {}", state(why)),
            "The link would tell readers that it exists, and perhaps what it is called, so nothing is published.",
            "Take the link out until the other is public, or hold this document back too.",
        );
    }

    /// A file is used by public and by withheld documents.
    pub fn attachment_of_withheld(&mut self, span: Span, path: &str, other: &str, why: Why) {
        self.add(
            "attachment-of-withheld",
            Some(span),
            format!("`{path}` is used here, and by `{other}`, which {}", state(why)),
            "If it belongs to what is withheld, publishing it would give that away, so nothing is published.",
            "Take it out of one of the two, or give the public document a copy of its own under another name.",
        );
    }

    /// A file is not published.
    pub fn unused_attachment(&mut self, path: &str) {
        self.add(
            "unused-attachment",
            None,
            format!("`{path}` is not published"),
            "A file is published only when a public document links to it, shows it or lists it.",
            "List it under `attachments` of the document it belongs to. If it is not meant for the public, let its name \
             begin with `_`, or move it out of `content/`.",
        )
        .place = Some(path.into());
    }

    /// What is shown in place shows this text in turn; `others` are the embeds on the way back to it.
    pub fn embed_cycle(&mut self, span: Span, id: &str, title: &str, others: &[Span]) {
        let diagnostic = self.add(
            "embed-cycle",
            Some(span),
            format!("“{title}” is shown here, and shows this text in turn"),
            "A page cannot hold itself. Where it would begin again, readers find a link.",
            format!("Take out one of the two, or make a link of it: [[{id}]]"),
        );
        diagnostic.also.extend(others.iter().map(|other| (*other, "this is part of the circle too".into())));
    }
}
