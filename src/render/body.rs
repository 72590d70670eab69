//! A text as HTML: its segments one after another, with everything that only the whole site knows put in: where a
//! link leads, what an embed shows, the words of a permalink.
//!
//! Enters: a body and the landings of its links. Leaves: a string that is safe to print. Absent: Markdown.

use tera::Value;

use super::view::{View, fragment};
use crate::model::{Anchor, AnchorKind, Body, DocumentId, Embed, LandedText, Landing, Segment, Target};

/// How deep documents may quote one another before a quotation becomes a link.
const DEEPEST_QUOTATION: usize = 3;

/// Endings of files that a browser shows as a picture.
const PICTURES: &[&str] = &["avif", "gif", "jpeg", "jpg", "png", "svg", "webp"];

/// The text of a document, with an id for everything that can be linked.
#[must_use]
pub fn of_document(view: &View, id: DocumentId) -> Value {
    let document = view.site.document(id);
    let room = document.body.html.len() * 3 / 2;
    let mut printer = Printer { view, html: String::with_capacity(room), within: vec![id], ids: true };
    printer.print(&document.body, &document.landings, &document.embeds);
    Value::safe_string(&printer.html)
}

/// A formatted text of a field: without ids, because a page may show it twice.
#[must_use]
pub fn of_field(view: &View, text: &LandedText) -> Value {
    let room = text.body.html.len();
    let mut printer = Printer { view, html: String::with_capacity(room), within: Vec::new(), ids: false };
    printer.print(&text.body, &text.landings, &text.embeds);
    Value::safe_string(&printer.html)
}

/// Appends a text with the characters that mean something in HTML replaced.
pub fn escape(text: &str, html: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<', '>', '"', '\'']) {
        html.push_str(&rest[..at]);
        html.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => "&#39;",
        });
        rest = &rest[at + 1..];
    }
    html.push_str(rest);
}

struct Printer<'view> {
    view: &'view View,
    html: String,
    /// The document whose page this is, and those quoted in it down to here.
    within: Vec<DocumentId>,
    /// Ids are unique in a page, so only the page's own text has them.
    ids: bool,
}

impl Printer<'_> {
    fn print(&mut self, body: &Body, landings: &[Landing], embeds: &[Landing]) {
        let mut closings: Vec<String> = Vec::new();
        for segment in &body.segments {
            match *segment {
                Segment::Html { start, end } => self.html.push_str(body.slice(start, end)),
                Segment::Link(index) => {
                    let closing = self.open_link(&body.links[index as usize], &landings[index as usize]);
                    closings.push(closing);
                }
                Segment::LinkEnd(_) => self.html.push_str(&closings.pop().unwrap_or_default()),
                Segment::Anchor(index) if self.ids => self.id(&body.anchors[index as usize].id),
                Segment::Permalink(index) => self.permalink(&body.anchors[index as usize]),
                Segment::Footnote { note, use_number } => {
                    self.footnote(body.notes[note as usize].number, use_number);
                }
                Segment::Embed(index) => {
                    self.embed(&body.embeds[index as usize], &embeds[index as usize]);
                }
                _ => {}
            }
        }
    }

    fn id(&mut self, id: &str) {
        self.html.push_str(" id=\"");
        escape(id, &mut self.html);
        self.html.push('"');
    }

    /// Opens a link and leaves what closes it: nothing, where the text is printed without one.
    fn open_link(&mut self, link: &crate::model::Link, landing: &Landing) -> String {
        let (href, title) = self.land(landing, &link.target);
        let Some(href) = href else {
            if link.bare {
                escape(&title, &mut self.html);
            }
            return String::new();
        };
        self.html.push_str("<a href=\"");
        escape(&href, &mut self.html);
        if let Some(title) = &link.title {
            self.html.push_str("\" title=\"");
            escape(title, &mut self.html);
        }
        self.html.push_str("\">");
        if link.bare {
            escape(&title, &mut self.html);
        }
        match landing {
            Landing::Attachment(file) => format!(" ({})</a>", self.view.file(*file).2),
            _ => "</a>".to_owned(),
        }
    }

    /// Where a landing is and what it is called. A target that leads nowhere is called as it was typed.
    fn land(&self, landing: &Landing, target: &Target) -> (Option<String>, String) {
        let view = self.view;
        match landing {
            Landing::Document { document, anchor } => {
                let end = crate::model::RelationEnd::Document { document: *document, anchor: anchor.clone() };
                let link = view.end(&end);
                let here = self.within.first() == Some(document);
                let href = match anchor {
                    Some(anchor) if here => Some(format!("#{}", fragment(anchor))),
                    _ => link.href,
                };
                (href, link.title)
            }
            Landing::Attachment(file) => {
                let (name, href, _) = view.file(*file);
                (Some(href), name.to_owned())
            }
            Landing::Page { address, anchor } => {
                let mut href = view.site.href(address);
                if let Some(anchor) = anchor {
                    href.push('#');
                    href.push_str(&fragment(anchor));
                }
                (Some(href), typed(target))
            }
            Landing::Outside => match target {
                Target::Outside(address) => (Some(address.to_string()), address.to_string()),
                target => (None, typed(target)),
            },
            Landing::Nowhere => (None, typed(target)),
        }
    }

    /// The printed number is the link; where there is none, a ¶ that shows on hover and focus.
    fn permalink(&mut self, anchor: &Anchor) {
        let label = anchor.label.as_deref();
        if !self.ids {
            if let Some(label) = label {
                self.html.push_str("<span class=\"number\">");
                escape(label, &mut self.html);
                self.html.push_str("</span>");
            }
            return;
        }
        let class = if label.is_some() { "number" } else { "pilcrow" };
        self.html.push_str("<a class=\"");
        self.html.push_str(class);
        self.html.push_str("\" href=\"#");
        self.html.push_str(&fragment(&anchor.id));
        self.html.push_str("\"><span class=\"unseen\">");
        let words = &self.view.permalinks;
        let words = match (anchor.kind, label.is_some()) {
            (AnchorKind::Item, true) => &words.item,
            (AnchorKind::Heading, true) => &words.section,
            (AnchorKind::Heading | AnchorKind::Item, false) => &words.heading,
            (_, true) => &words.paragraph,
            (_, false) => &words.here,
        };
        escape(words, &mut self.html);
        match label {
            Some(label) => {
                self.html.push_str(" </span>");
                escape(label, &mut self.html);
            }
            None => self.html.push_str("</span><span aria-hidden=\"true\">¶</span>"),
        }
        self.html.push_str("</a>");
    }

    fn footnote(&mut self, number: u32, use_number: u32) {
        if self.ids {
            let again = if use_number > 1 { format!("-{use_number}") } else { String::new() };
            self.html.push_str(&format!(
                "<sup><a id=\"fnref-{number}{again}\" href=\"#fn-{number}\" role=\"doc-noteref\">{number}</a></sup>"
            ));
        } else {
            self.html.push_str(&format!("<sup>{number}</sup>"));
        }
    }

    fn embed(&mut self, embed: &Embed, landing: &Landing) {
        match landing {
            Landing::Attachment(file) if self.is_picture(*file) => self.picture(embed, *file),
            Landing::Document { document, anchor: None } if embed.alone && self.may_quote(*document) => {
                self.quotation(*document);
            }
            landing => self.link_instead(embed, landing),
        }
    }

    fn is_picture(&self, file: u32) -> bool {
        let (name, ..) = self.view.file(file);
        let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
        ending.is_some_and(|ending| PICTURES.contains(&ending.as_str()))
    }

    fn may_quote(&self, document: DocumentId) -> bool {
        let quoted = self.view.site.document(document);
        self.within.len() < DEEPEST_QUOTATION && !self.within.contains(&document) && !quoted.body.is_empty()
    }

    fn picture(&mut self, embed: &Embed, file: u32) {
        let (_, href, _) = self.view.file(file);
        if embed.alone {
            self.html.push_str("<figure>");
        }
        self.html.push_str("<img src=\"");
        escape(&href, &mut self.html);
        self.html.push_str("\" alt=\"");
        if !embed.decorative {
            escape(&embed.text, &mut self.html);
        }
        self.html.push('"');
        if let Some((width, height)) = self.view.site.attachments[file as usize].0.facts.pixels {
            self.html.push_str(&format!(" width=\"{width}\" height=\"{height}\""));
        }
        self.html.push_str(" loading=\"lazy\">");
        if embed.alone {
            if let Some(caption) = &embed.title {
                self.html.push_str("<figcaption>");
                escape(caption, &mut self.html);
                self.html.push_str("</figcaption>");
            }
            self.html.push_str("</figure>\n");
        }
    }

    /// Another document's text, without ids, and its source below it.
    fn quotation(&mut self, document: DocumentId) {
        let link = self.view.link(document);
        let href = link.href.unwrap_or_default();
        self.html.push_str("<figure class=\"quotation\"><blockquote cite=\"");
        escape(&href, &mut self.html);
        self.html.push_str("\">\n");
        self.within.push(document);
        let ids = std::mem::replace(&mut self.ids, false);
        let site = std::sync::Arc::clone(&self.view.site);
        let quoted = site.document(document);
        self.print(&quoted.body, &quoted.landings, &quoted.embeds);
        self.ids = ids;
        self.within.pop();
        self.html.push_str("</blockquote><figcaption><a href=\"");
        escape(&href, &mut self.html);
        self.html.push_str("\">");
        escape(&link.title, &mut self.html);
        self.html.push_str("</a></figcaption></figure>\n");
    }

    /// What cannot be shown in place is a link with the words that the author gave it, or the words alone.
    fn link_instead(&mut self, embed: &Embed, landing: &Landing) {
        let (href, title) = self.land(landing, &embed.target);
        let words = if embed.text.is_empty() { title } else { embed.text.to_string() };
        if embed.alone {
            self.html.push_str("<p>");
        }
        if let Some(href) = &href {
            self.html.push_str("<a href=\"");
            escape(href, &mut self.html);
            self.html.push_str("\">");
        }
        escape(&words, &mut self.html);
        if let Landing::Attachment(file) = landing {
            self.html.push_str(&format!(" ({})", self.view.file(*file).2));
        }
        if href.is_some() {
            self.html.push_str("</a>");
        }
        if embed.alone {
            self.html.push_str("</p>\n");
        }
    }
}

/// A target as the author typed it.
fn typed(target: &Target) -> String {
    let (name, place) = match target {
        Target::Outside(address) => (address, None),
        Target::Path { path, anchor } => (path, anchor.as_ref()),
        Target::Wiki { id, place } => (id, place.as_ref()),
    };
    match place {
        Some(place) => format!("{name}#{place}"),
        None => name.to_string(),
    }
}
