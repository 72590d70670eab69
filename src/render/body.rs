//! A text as HTML, with everything put in that only the whole site knows: where its links lead, what its embeds show.
//!
//! Enters: a body and the landings of its links. Leaves: a string that is safe to print. Absent: Markdown, and the
//! walk over the segments, which is `markdown::print`'s.

use std::borrow::Cow;

use tera::Value;

use super::table;
use super::view::{View, fragment};
use crate::markdown::{Resolve, escape, print, print_segments};
use crate::model::{Body, DocumentId, Embed, LandedText, Landing, RelationEnd, Stretch, Target};
use crate::query;

/// How deep documents may quote one another before a quotation becomes a link.
const DEEPEST_QUOTATION: usize = 3;

/// Endings of files that a browser shows as a picture.
const PICTURES: &[&str] = &["avif", "gif", "jpeg", "jpg", "png", "svg", "webp"];

/// The text of a document, with an id for everything that can be linked; and the entries of the glossary that it uses.
#[must_use]
pub fn of_document(view: &View, id: DocumentId) -> (Value, Vec<u32>) {
    let document = view.site.document(id);
    let mut html = String::with_capacity(document.body.html.len() * 3 / 2);
    let mut resolver =
        Resolver { view, landings: &document.landings, embeds: &document.embeds, within: vec![id], used: Vec::new() };
    print(&document.body, &mut resolver, &view.phrases, true, &mut html);
    (Value::safe_string(&html), resolver.used)
}

/// A formatted text of a field: without ids, because a page may show it twice.
#[must_use]
pub fn of_field(view: &View, text: &LandedText) -> Value {
    let mut html = String::with_capacity(text.body.html.len());
    let mut resolver =
        Resolver { view, landings: &text.landings, embeds: &text.embeds, within: Vec::new(), used: Vec::new() };
    print(&text.body, &mut resolver, &view.phrases, false, &mut html);
    Value::safe_string(&html)
}

/// A stretch of the text of a document, without ids.
#[must_use]
pub fn of_passage(view: &View, host: DocumentId, stretch: Stretch) -> Value {
    let document = view.site.document(host);
    let mut html = String::new();
    let mut resolver =
        Resolver { view, landings: &document.landings, embeds: &document.embeds, within: vec![host], used: Vec::new() };
    let segments = stretch.first as usize..stretch.end as usize;
    print_segments(&document.body, segments, &mut resolver, &view.phrases, false, &mut html);
    Value::safe_string(&html)
}

struct Resolver<'view> {
    view: &'view View,
    landings: &'view [Landing],
    embeds: &'view [Landing],
    /// The document whose page this is, and those quoted in it down to here.
    within: Vec<DocumentId>,
    /// The entries of the glossary that the page has explained so far.
    used: Vec<u32>,
}

impl Resolve for Resolver<'_> {
    fn link(&mut self, body: &Body, index: usize, out: &mut String) -> Cow<'static, str> {
        let (link, landing) = (&body.links[index], &self.landings[index]);
        let (href, title) = self.land(landing, &link.target);
        if let Some(href) = &href {
            open_link(href, link.title.as_deref(), out);
        }
        if link.bare {
            escape(&title, out);
        }
        match (href, landing) {
            (None, _) => Cow::Borrowed(""),
            (Some(_), Landing::Attachment(file)) => Cow::Owned(format!(" ({})</a>", self.view.file(*file).2)),
            (Some(_), _) => Cow::Borrowed("</a>"),
        }
    }

    fn embed(&mut self, body: &Body, index: usize, out: &mut String) {
        let embed = &body.embeds[index];
        match &self.embeds[index] {
            Landing::Attachment(file) if self.is_picture(*file) => self.picture(embed, *file, out),
            Landing::Attachment(file) if embed.alone && self.view.site.tables.contains_key(file) => {
                self.table(embed, *file, out);
            }
            landing @ Landing::Document { document, anchor: None } if embed.alone => {
                self.document(embed, landing, *document, out);
            }
            landing => self.link_instead(embed, landing, out),
        }
    }

    /// What is quoted may use a word that the page has explained above.
    fn term(&mut self, body: &Body, index: usize, out: &mut String) -> &'static str {
        let entry = body.terms[index].entry;
        if self.used.contains(&entry) {
            return "";
        }
        self.used.push(entry);
        out.push_str("<abbr title=\"");
        escape(self.view.site.glossary[entry as usize].gloss(), out);
        out.push_str("\">");
        "</abbr>"
    }
}

impl Resolver<'_> {
    /// Where a landing is and what it is called. A target that leads nowhere is called as it was typed.
    fn land(&self, landing: &Landing, target: &Target) -> (Option<String>, String) {
        let view = self.view;
        match landing {
            Landing::Document { document, anchor } => {
                let link = view.end(&RelationEnd::Document { document: *document, anchor: anchor.clone() });
                let here = self.within.first() == Some(document);
                let href = match anchor {
                    Some(anchor) if here => Some(format!("#{}", fragment(anchor))),
                    _ => link.href,
                };
                // In its own text a place is called by its number or its words; the page's title would say nothing.
                let place = anchor.as_ref().filter(|_| here).and_then(|anchor| view.place_here(*document, anchor));
                (href, place.unwrap_or(link.title))
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

    fn is_picture(&self, file: u32) -> bool {
        let (name, ..) = self.view.file(file);
        let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
        ending.is_some_and(|ending| PICTURES.contains(&ending.as_str()))
    }

    fn may_quote(&self, document: DocumentId) -> bool {
        let quoted = self.view.site.document(document);
        self.within.len() < DEEPEST_QUOTATION && !self.within.contains(&document) && !quoted.body.is_empty()
    }

    /// A file of figures; without a caption it is called as the file.
    fn table(&self, embed: &Embed, file: u32, out: &mut String) {
        let caption = if embed.text.trim().is_empty() { self.view.file(file).0 } else { &embed.text };
        table::figures(self.view, file, caption, None, out);
    }

    /// Another document: its figures, if it has some; else its text; else a link to it.
    fn document(&mut self, embed: &Embed, landing: &Landing, document: DocumentId, out: &mut String) {
        let view = self.view;
        let files: Vec<u32> = query::figures(&view.site, view.site.document(document))
            .filter(|file| view.site.tables.contains_key(file))
            .collect();
        if files.is_empty() && self.may_quote(document) {
            return self.quotation(document, out);
        }
        if files.is_empty() {
            return self.link_instead(embed, landing, out);
        }
        let link = view.link(document);
        let caption = if embed.text.trim().is_empty() { &*link.title } else { &*embed.text };
        let source = link.href.as_deref().map(|href| (href, &*link.title));
        files.iter().for_each(|file| table::figures(view, *file, caption, source, out));
    }

    fn picture(&self, embed: &Embed, file: u32, out: &mut String) {
        if embed.alone {
            out.push_str("<figure>");
        }
        out.push_str("<img src=\"");
        escape(&self.view.file(file).1, out);
        out.push_str("\" alt=\"");
        if !embed.decorative {
            escape(&embed.text, out);
        }
        out.push('"');
        if let Some((width, height)) = self.view.site.attachments[file as usize].0.facts.pixels {
            out.push_str(&format!(" width=\"{width}\" height=\"{height}\""));
        }
        out.push_str(" loading=\"lazy\">");
        if embed.alone {
            if let Some(caption) = &embed.title {
                out.push_str("<figcaption>");
                escape(caption, out);
                out.push_str("</figcaption>");
            }
            out.push_str("</figure>\n");
        }
    }

    /// Another document's text, without ids, and its source below it.
    fn quotation(&mut self, document: DocumentId, out: &mut String) {
        let link = self.view.link(document);
        let href = link.href.unwrap_or_default();
        out.push_str("<figure class=\"quotation\"><blockquote cite=\"");
        escape(&href, out);
        out.push_str("\">\n");
        let quoted = self.view.site.document(document);
        let mut within = self.within.clone();
        within.push(document);
        let used = std::mem::take(&mut self.used);
        let mut inner = Resolver { view: self.view, landings: &quoted.landings, embeds: &quoted.embeds, within, used };
        print(&quoted.body, &mut inner, &self.view.phrases, false, out);
        self.used = inner.used;
        out.push_str("</blockquote><figcaption>");
        open_link(&href, None, out);
        escape(&link.title, out);
        out.push_str("</a></figcaption></figure>\n");
    }

    /// What cannot be shown in place is a link with the words that the author gave it, or the words alone.
    fn link_instead(&self, embed: &Embed, landing: &Landing, out: &mut String) {
        let (href, title) = self.land(landing, &embed.target);
        if embed.alone {
            out.push_str("<p>");
        }
        if let Some(href) = &href {
            open_link(href, None, out);
        }
        escape(if embed.text.is_empty() { &title } else { &embed.text }, out);
        if let Landing::Attachment(file) = landing {
            out.push_str(&format!(" ({})", self.view.file(*file).2));
        }
        if href.is_some() {
            out.push_str("</a>");
        }
        if embed.alone {
            out.push_str("</p>\n");
        }
    }
}

fn open_link(href: &str, title: Option<&str>, out: &mut String) {
    out.push_str("<a href=\"");
    escape(href, out);
    if let Some(title) = title {
        out.push_str("\" title=\"");
        escape(title, out);
    }
    out.push_str("\">");
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
