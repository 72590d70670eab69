//! The words of a page without the page: `index.md` beside each document's page has its facts and its text in Markdown. Each paragraph, heading
//! and item ends with a link to its own address, by which it is cited.
//!
//! Input: a document as everybody may read it. Output: Markdown, printed from the text and never copied from the file. Not here: how
//! Markdown is written (`manuscript::print`), and the same words as data (`paragraphs.rs`).

use super::columns::{self, View};
use super::{Export, Subject, beside, has_page, is_public, place_at, plain, whole};
use crate::kind::Role;
use crate::language::Language;
use crate::manuscript::print::print;
use crate::manuscript::reread::{Known, reread_part};
use crate::manuscript::{Block, Inline, Item, Manuscript, paragraph};
use crate::model::{
    Address, Anchor, Document, DocumentId, EmbedId, Landing, LinkId, Published, Site, Stretch, Target, Text,
};

/// This format.
pub const EXPORT: Export = Export {
    name: "twins",
    summary: "The facts and the text of each document beside its page (Markdown).",
    needs_base_url: false,
    plan,
    write,
};

/// What stands for an address of its own where a paragraph has no number.
const OWN_LINK: &str = "¶";

fn plan(site: &Site) -> Vec<(Address, Subject)> {
    let twins = site.ids().filter_map(|(id, _)| Some((address(site, id)?, Subject::Document(id))));
    twins.collect()
}

/// Where the twin of a document is; `None` if it has no page, or no page of its own words.
pub fn address(site: &Site, id: DocumentId) -> Option<Address> {
    let document = site.document(id);
    (is_public(document) && has_page(site, document)).then(|| beside(&document.address, "index.md"))
}

fn write(site: &Site, language: &Language, subject: Subject) -> Vec<u8> {
    let Subject::Document(id) = subject else { unreachable!("only documents are planned") };
    let document = site.document(id);
    let title = Block::Heading { level: 1, label: None, words: Inline::words(plain::line(&document.title)) };
    let stands = document.place.as_ref().and_then(|place| Some((place.host, place.wording.as_ref()?.stretch)));
    let mut twin = match (&document.published, stands) {
        // A record in the text of another document has no other words.
        (Published::Whole, Some((host, part))) => of_part(site, site.document(host), part),
        (Published::Whole, None) => of_part(site, document, document.body.whole()),
        _ => Manuscript::default(),
    };
    let exempt = plain::summary(site, document).filter(|_| document.published != Published::Whole);
    let said = exempt.map(|text| paragraph(Inline::words(text)));
    twin.blocks.splice(0..0, [title, facts(site, language, document)].into_iter().chain(said));
    print(&twin).into_bytes()
}

fn of_part(site: &Site, document: &Document, part: Stretch) -> Manuscript {
    reread_part(&document.body, part, &OfSite { site, document })
}

/// What its kind is called, where it is read, and its fields, an item each.
fn facts(site: &Site, language: &Language, document: &Document) -> Block {
    let view = View { site, language };
    let kind = site.kinds.get(document.kind);
    let page = whole(site, &document.address);
    // What only the site itself needs to know says nothing to a reader.
    let inner = [Role::Aliases, Role::Language, Role::Sensitive];
    let fields = columns::fields(kind).filter(|field| !field.role.is_some_and(|role| inner.contains(&role)));
    let fields = fields.filter_map(|field| {
        let value = view.value(document, field).filter(|value| view.says(value))?;
        let said = view.cells(field, Some(&value)).pop().map(|cell| plain::line(&cell))?;
        (!said.is_empty()).then(|| format!("{}: {said}", field.label))
    });
    let kind = Item::line(Inline::words(kind.label.clone()));
    let read = Item::line(vec![Inline::Link(page.clone(), Inline::words(page))]);
    let fields = fields.map(|field| Item::line(Inline::words(field)));
    Block::List([kind, read].into_iter().chain(fields).collect())
}

/// The links and places of a document, by their addresses on the site.
struct OfSite<'site> {
    site: &'site Site,
    document: &'site Document,
}

impl OfSite<'_> {
    /// Where something leads, and its title; `None` if it leads nowhere.
    fn land(&self, landing: &Landing, target: &Target) -> Option<(String, String)> {
        let at = |page: &Address, anchor: Option<&str>| place_at(self.site, page, anchor);
        let title = self.site.title_of(landing).map(plain::line);
        let address = match landing {
            Landing::Document { document, anchor } => {
                let document = self.site.document(*document);
                at(&document.address, anchor.as_deref().or_else(|| document.anchor_on_page()))
            }
            Landing::Page { address, anchor } => at(address, anchor.as_deref()),
            Landing::Attachment(file) => whole(self.site, &self.site.attachments[*file as usize].1),
            Landing::Outside => match target {
                Target::Outside(address) => address.to_string(),
                _ => return None,
            },
            Landing::Nowhere => return None,
        };
        Some((address.clone(), title.unwrap_or(address)))
    }
}

impl Known for OfSite<'_> {
    fn link(&self, text: &Text, link: LinkId) -> Option<(String, Option<String>)> {
        let (link, landing) = (&text.links[link.index()], self.document.landings.get(link.index())?);
        let (address, title) = self.land(landing, &link.target)?;
        Some((address, link.bare.then_some(title)))
    }

    fn embed(&self, text: &Text, embed: EmbedId) -> Inline {
        let (shown, landing) = (&text.embeds[embed.index()], self.document.embeds.get(embed.index()));
        let Some((address, title)) = landing.and_then(|landing| self.land(landing, &shown.target)) else {
            return Inline::Words(shown.text.to_string());
        };
        let called = if shown.text.is_empty() { title } else { shown.text.to_string() };
        match landing {
            Some(Landing::Attachment(_)) if !crate::data::table::is_table(&address) => Inline::Picture(address, called),
            _ => Inline::Link(address, Inline::words(called)),
        }
    }

    fn place(&self, place: &Anchor) -> Vec<Inline> {
        let address = place_at(self.site, &self.document.address, Some(&place.id));
        let label = place.label.as_deref().unwrap_or(OWN_LINK).to_owned();
        vec![Inline::Words(" ".into()), Inline::Link(address, Inline::words(label))]
    }
}
