//! A text as HTML, with everything put in that only the whole site knows: where its links lead, what its embeds show.
//!
//! Input: a text and the landings of its links. Output: a string that is safe to print. Not here: Markdown, and the walk
//! through the text, which is `html::print_part`'s.

use std::borrow::Cow;
use std::collections::BTreeSet;

use tera::Value;

use super::{editions, figure, records, table};
use crate::html::{Ids, Resolve, escape, escaped, print, print_part};
use crate::kind::KindId;
use crate::model::{
    DocumentId, Embed, EmbedId, Flow, InPlace, LandedText, Landing, LinkId, NodeId, RecordId, RelationEnd, Stretch,
    Target, TermId, Text, Wording,
};
use crate::query::{self, Query, Store};
use crate::view::{View, fragment};

/// How deep documents may quote one another before a quotation becomes a link.
const DEEPEST_QUOTATION: usize = 3;

/// Endings of files that a browser shows as a picture.
const PICTURES: &[&str] = &["avif", "gif", "jpeg", "jpg", "png", "svg", "webp"];

/// A text, ready for its page.
pub struct PrintedText {
    /// Its HTML.
    pub html: Value,
    /// What is shown on the page and has no place in the text.
    pub below: Value,
    /// The entries of the glossary that it uses, in the order of the glossary.
    pub used: Vec<u32>,
}

/// The text of a document, with an id for everything that can be linked, and the records that are shown in it. The text
/// of a record in place is a stretch of its host's.
#[must_use]
pub fn of_document(view: &View, id: DocumentId) -> PrintedText {
    let document = view.document(id);
    let mut html = String::with_capacity(document.body.words.len() * 2);
    if let Some((place, wording)) = in_place(view, id) {
        let mut resolver = Resolver { shows_records: true, ..Resolver::new(view, place.host) };
        let text = &view.document(place.host).body;
        // What is known of its parts, and their ids, stand in a table of their own.
        print_part(text, wording.stretch, &mut resolver, &view.phrases, Ids::Nothing, &mut html);
        let html = quoted(view, id, text.flow(wording.stretch), html);
        let below = Value::safe_string(&records::beside(view, id).below);
        return PrintedText { html: Value::safe_string(&html), below, used: resolver.used.into_iter().collect() };
    }
    let mut beside = records::beside(view, id);
    beside.inside.extend(editions::beside(view, id));
    beside.inside.sort_by_key(|(node, _)| *node);
    let mut resolver = Resolver { shows_records: true, beside: beside.inside, ..Resolver::new(view, id) };
    print(&document.body, &mut resolver, &view.phrases, true, &mut html);
    html.push_str(&editions::gone(view, id));
    PrintedText {
        html: Value::safe_string(&html),
        below: Value::safe_string(&beside.below),
        used: resolver.used.into_iter().collect(),
    }
}

/// How many bytes more than others the page of a document may have, for the texts that its author wrote: a long text is no
/// mistake of a template. Each element and each letter may be printed with all that stands around it.
#[must_use]
pub fn room(view: &View, id: DocumentId) -> usize {
    const OF_ELEMENT: usize = 400;
    const OF_LETTER: usize = 6;
    let of = |text: &Text| {
        text.nodes.len().saturating_mul(OF_ELEMENT).saturating_add(text.words.len().saturating_mul(OF_LETTER))
    };
    let document = view.document(id);
    let mut room = of(&document.body);
    if let Some((place, _)) = in_place(view, id) {
        room = room.saturating_add(of(&view.document(place.host).body));
    }
    document.fields.each(&mut |value| {
        if let crate::model::Value::Landed(text) = value {
            room = room.saturating_add(of(&text.body));
        }
    });
    room
}

/// The exact words of a record, as a quotation from its host.
fn quoted(view: &View, id: DocumentId, flow: Flow, html: String) -> String {
    let cite = view.source(id).and_then(|source| source.href).unwrap_or_default();
    format!("<blockquote class=\"exact\" cite=\"{}\">\n{}</blockquote>\n", escaped(&cite), block(flow, html))
}

/// Words of a line stand in a paragraph of their own.
fn block(flow: Flow, html: String) -> String {
    match flow {
        _ if html.trim().is_empty() => html,
        Flow::Blocks => html,
        Flow::Line => format!("<p>{html}</p>\n"),
        Flow::Both => format!("<div>{html}</div>\n"),
    }
}

/// Where a record in place stands, and its words there.
fn in_place(view: &View, id: DocumentId) -> Option<(&InPlace, &Wording)> {
    let place = view.document(id).place.as_deref()?;
    Some((place, place.wording.as_ref()?))
}

/// What a record says, without ids but for its parts, where `parts` is what their ids begin with: a stretch of its
/// host's text, or the parts and the text of its own file.
#[must_use]
pub fn words(view: &View, id: DocumentId, parts: Option<&str>) -> String {
    Resolver::new(view, id).words(id, parts)
}

/// A formatted text of a field: without ids, because a page may show it twice.
#[must_use]
pub fn of_field(view: &View, text: &LandedText) -> Value {
    let mut html = String::with_capacity(text.body.words.len() * 2);
    let mut resolver = Resolver::of_field(view, text);
    print(&text.body, &mut resolver, &view.phrases, false, &mut html);
    Value::safe_string(&html)
}

/// A part of the text of a document, without ids.
#[must_use]
pub fn of_passage(view: &View, host: DocumentId, part: Stretch) -> Value {
    let mut html = String::new();
    let (body, mut resolver) = (&view.document(host).body, Resolver::new(view, host));
    print_part(body, part, &mut resolver, &view.phrases, Ids::Nothing, &mut html);
    Value::safe_string(&html)
}

struct Resolver<'view> {
    view: &'view View,
    landings: &'view [Landing],
    embeds: &'view [Landing],
    /// The document whose page this is, and those quoted in it down to here.
    within: Vec<DocumentId>,
    /// The entries of the glossary that the page has explained so far.
    used: BTreeSet<u32>,
    /// Whether what is known of records is shown after their words.
    shows_records: bool,
    /// HTML that stands after elements of the text, in the order of the elements.
    beside: Vec<(NodeId, String)>,
}

impl<'view> Resolver<'view> {
    fn new(view: &'view View, id: DocumentId) -> Self {
        let document = view.document(id);
        let (landings, embeds) = (&*document.landings, &*document.embeds);
        let within = vec![id];
        Self { view, landings, embeds, within, used: BTreeSet::new(), shows_records: false, beside: Vec::new() }
    }

    fn of_field(view: &'view View, text: &'view LandedText) -> Self {
        let (landings, embeds) = (&*text.landings, &*text.embeds);
        let within = Vec::new();
        Self { view, landings, embeds, within, used: BTreeSet::new(), shows_records: false, beside: Vec::new() }
    }
}

impl Resolve for Resolver<'_> {
    fn link(&mut self, text: &Text, link: LinkId, out: &mut String) -> Cow<'static, str> {
        let (link, landing) = (&text.links[link.index()], &self.landings[link.index()]);
        let (href, title) = self.land(landing, &link.target);
        if let Some(href) = &href {
            open_link(href, link.title.as_deref(), out);
        }
        if link.bare {
            escape(&title, out);
        }
        match (href, landing) {
            (None, _) => Cow::Borrowed(""),
            (Some(_), Landing::Attachment(file)) => {
                Cow::Owned(format!(" <span class=\"file\">({})</span></a>", self.view.file(*file).2))
            }
            (Some(_), _) => Cow::Borrowed("</a>"),
        }
    }

    fn embed(&mut self, text: &Text, id: EmbedId, out: &mut String) {
        let embed = &text.embeds[id.index()];
        match &self.embeds[id.index()] {
            Landing::Attachment(file) if self.is_picture(*file) => self.picture(embed, *file, out),
            Landing::Attachment(file) if embed.alone && self.view.table(*file).is_some() => {
                self.table(embed, *file, out);
            }
            Landing::Document { document, anchor: None } if self.is_made_here(*document, id) => {
                out.push_str(&records::file(self.view, *document));
            }
            landing @ Landing::Document { document, anchor: None } if embed.alone => {
                self.document(embed, landing, *document, out);
            }
            landing => self.link_instead(embed, landing, out),
        }
    }

    /// What is quoted may use a word that the page has explained above.
    fn term(&mut self, text: &Text, term: TermId, out: &mut String) -> &'static str {
        let entry = text.terms[term.index()].entry;
        if !self.used.insert(entry) {
            return "";
        }
        out.push_str(&format!(
            "<abbr title=\"{}\">",
            escaped(self.view.ask(&Query::Glossary).glossary()[entry as usize].gloss())
        ));
        "</abbr>"
    }

    fn kind(&self, kind: KindId) -> &str {
        &self.view.kinds().get(kind).name
    }

    fn record(&mut self, _: &Text, record: RecordId, out: &mut String) {
        let host = self.within.first().filter(|_| self.shows_records && self.within.len() == 1);
        let record = host.and_then(|host| *self.view.document(*host).records.get(record.index())?);
        if let Some(record) = record {
            records::note(self.view, record, out);
        }
    }

    fn after(&mut self, node: NodeId, out: &mut String) {
        let from = self.beside.partition_point(|(after, _)| *after < node);
        self.beside[from..].iter().take_while(|(after, _)| *after == node).for_each(|(_, html)| out.push_str(html));
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
                let mut href = view.url(address);
                if let Target::Path { path, .. } = target {
                    href.push_str(&path[path.find('?').unwrap_or(path.len())..]);
                }
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

    /// Whether this is the place that its author gave to a record in a file: on the page of what it was made in.
    fn is_made_here(&self, record: DocumentId, embed: EmbedId) -> bool {
        let place = self.view.document(record).place.as_ref();
        let page = self.within.first().filter(|_| self.shows_records && self.within.len() == 1);
        page.is_some_and(|page| {
            place.is_some_and(|place| place.host == *page)
                && records::first_embed(self.view, *page, record) == Some(embed)
        })
    }

    fn may_quote(&self, document: DocumentId) -> bool {
        let quoted = self.view.document(document);
        let parts = || super::facts::limbs(self.view, document).next().is_some();
        let has_words = !quoted.body.is_empty() || in_place(self.view, document).is_some() || parts();
        self.within.len() < DEEPEST_QUOTATION && !self.within.contains(&document) && has_words
    }

    /// What a document says, without ids but for the parts of a record.
    fn words(&mut self, id: DocumentId, parts: Option<&str>) -> String {
        let mut out = String::new();
        let view = self.view;
        let (text, part) = match in_place(view, id) {
            Some((place, wording)) => (place.host, wording.stretch),
            None => (id, view.document(id).body.whole()),
        };
        let document = view.document(text);
        (self.landings, self.embeds) = (&document.landings, &document.embeds);
        if text == id {
            out.extend(super::facts::limbs(view, id).map(|limb| limb.print(view, parts)));
        }
        let mut html = String::new();
        print_part(&document.body, part, self, &view.phrases, Ids::Nothing, &mut html);
        out + &block(document.body.flow(part), html)
    }

    /// A file of figures; without a caption it is called as the file.
    fn table(&self, embed: &Embed, file: u32, out: &mut String) {
        let caption = if embed.text.trim().is_empty() { self.view.file(file).0 } else { &embed.text };
        table::figures(self.view, file, caption, None, out);
    }

    /// Another document: its figures, if it has some; else its text; else a link to it.
    fn document(&mut self, embed: &Embed, landing: &Landing, document: DocumentId, out: &mut String) {
        let view = self.view;
        let files: Vec<u32> =
            query::figures(view, view.document(document)).filter(|file| view.table(*file).is_some()).collect();
        if files.is_empty() && self.may_quote(document) {
            return self.quotation(document, out);
        }
        if files.is_empty() {
            return self.link_instead(embed, landing, out);
        }
        let link = view.link(document);
        let caption = if embed.text.trim().is_empty() { &*link.title } else { &*embed.text };
        let source = link.href.as_deref().map(|href| (href, &*link.title));
        for file in files {
            figure::drawing(view, document, file, out);
            table::figures(view, file, caption, source, out);
        }
    }

    fn picture(&self, embed: &Embed, file: u32, out: &mut String) {
        let source = escaped(&self.view.file(file).1);
        let words = if embed.decorative { String::new() } else { escaped(&embed.text) };
        let pixels = self.view.attachment(file).0.facts.pixels;
        let size = pixels.map(|(width, height)| format!(" width=\"{width}\" height=\"{height}\"")).unwrap_or_default();
        let picture = format!("<img src=\"{source}\" alt=\"{words}\"{size} loading=\"lazy\">");
        if !embed.alone {
            return out.push_str(&picture);
        }
        let caption = embed.title.as_ref().map(|title| format!("<figcaption>{}</figcaption>", escaped(title)));
        out.push_str(&format!("<figure>{picture}{}</figure>\n", caption.unwrap_or_default()));
    }

    /// Another document's text, without ids, and its source below it.
    fn quotation(&mut self, document: DocumentId, out: &mut String) {
        let link = self.view.link(document);
        let (href, title) = (escaped(&link.href.unwrap_or_default()), escaped(&link.title));
        let mut within = self.within.clone();
        within.push(document);
        let used = std::mem::take(&mut self.used);
        let mut inner = Resolver { within, used, ..Resolver::new(self.view, document) };
        let words = inner.words(document, None);
        self.used = inner.used;
        out.push_str(&format!(
            "<figure class=\"quotation\"><blockquote cite=\"{href}\">\n{words}</blockquote>\
             <figcaption><a href=\"{href}\">{title}</a></figcaption></figure>\n"
        ));
    }

    /// What cannot be shown in place is a link with the words that the author gave it, or the words alone.
    fn link_instead(&self, embed: &Embed, landing: &Landing, out: &mut String) {
        let (href, title) = self.land(landing, &embed.target);
        let mut words = escaped(if embed.text.is_empty() { &title } else { &embed.text });
        if let Landing::Attachment(file) = landing {
            words.push_str(&format!(" ({})", self.view.file(*file).2));
        }
        let link = href.map(|href| format!("<a href=\"{}\">{words}</a>", escaped(&href))).unwrap_or(words);
        out.push_str(&if embed.alone { format!("<p>{link}</p>\n") } else { link });
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
