//! Where things are, and what a link to them says: documents, places in their texts, files.
//!
//! Input: a document, a place or a file. Output: [`Link`]s and addresses. Not here: lists (`lists.rs`).

use super::asset::AssetKind;
use super::context::Link;
use super::window::View;
use crate::model::{Address, Anchor, AnchorKind, DocumentId, Published, RelationEnd, fragment};
use crate::query::{self, Store};
use crate::source::Attachment;

impl View {
    /// Where a document is read; `None` for one that stands on no page.
    #[must_use]
    pub fn href(&self, id: DocumentId) -> Option<String> {
        let document = self.document(id);
        let mut href = self.can_be_read(id).then(|| self.url(&document.address))?;
        if let Some(anchor) = document.anchor_on_page() {
            href.push('#');
            href.push_str(&fragment(anchor));
        }
        Some(href)
    }

    /// Where a place in a document is read.
    #[must_use]
    pub fn place_href(&self, id: DocumentId, anchor: Option<&str>) -> Option<String> {
        let mut href = self.href(id)?;
        if let Some(anchor) = anchor {
            href.truncate(href.find('#').unwrap_or(href.len()));
            href.push('#');
            href.push_str(&fragment(anchor));
        }
        Some(href)
    }

    /// The whole address of a page, if the site has one.
    #[must_use]
    pub fn canonical(&self, address: &Address) -> Option<String> {
        self.config().base_url.as_ref().map(|base| format!("{base}{}", address.href()))
    }

    /// A document's title and page.
    #[must_use]
    pub fn link(&self, id: DocumentId) -> Link {
        Link { title: self.document(id).title.to_string(), href: self.href(id) }
    }

    /// One end of a relation: its title with the place in it, or its words.
    #[must_use]
    pub fn end(&self, end: &RelationEnd) -> Link {
        match end {
            RelationEnd::Document { document, anchor: None } => self.link(*document),
            RelationEnd::Document { document, anchor: Some(anchor) } => {
                let title = match self.place(*document, anchor) {
                    Some(place) => format!("{}{}{place}", self.document(*document).title, self.comma()),
                    None => self.document(*document).title.to_string(),
                };
                Link { title, href: self.place_href(*document, Some(anchor)) }
            }
            RelationEnd::Words(words) => Link { title: words.to_string(), href: None },
        }
    }

    /// What a place in a text is called: "item 9", "paragraph 7.13"; without a number, a heading by its words, and a
    /// paragraph as "paragraph beginning “Officers agreed”".
    #[must_use]
    pub fn place(&self, id: DocumentId, anchor: &str) -> Option<String> {
        let body = &self.document(id).body;
        let Some(place) = body.find(anchor) else { return self.part(id, anchor) };
        self.numbered(body.numbered(place)).or_else(|| {
            let words = body.words_at(place)?;
            let heading = body.heading(place).is_some();
            Some(if heading { words } else { self.language.say("place.beginning", &[("words", &words)]) })
        })
    }

    /// What a part of a decision is called that has a page of its own: "part 2".
    fn part(&self, id: DocumentId, anchor: &str) -> Option<String> {
        let name = anchor.strip_prefix("limb-")?;
        let label = self.parts(id).into_iter().find(|part| part.name == name)?.label?;
        Some(self.language.say("place.part", &[("label", label)]))
    }

    /// The same for a link in the text itself: its number, or its words.
    #[must_use]
    pub fn place_here(&self, id: DocumentId, anchor: &str) -> Option<String> {
        let body = &self.document(id).body;
        let place = body.find(anchor)?;
        self.numbered(body.numbered(place)).or_else(|| body.words_at(place))
    }

    /// "item 9", for a place with a printed number.
    #[must_use]
    pub fn numbered(&self, anchor: &Anchor) -> Option<String> {
        let label = anchor.label.as_deref()?;
        let key = match anchor.kind {
            AnchorKind::Item => "place.item",
            AnchorKind::Numbered => "place.paragraph",
            AnchorKind::PackPage => "place.page",
            AnchorKind::Heading => "place.section",
            AnchorKind::Paragraph | AnchorKind::Named | AnchorKind::Record => return Some(label.to_owned()),
        };
        Some(self.language.say(key, &[("label", label)]))
    }

    /// What the place where a record was made is called in its document: "paragraph 7.13".
    #[must_use]
    pub fn paragraph(&self, id: DocumentId) -> Option<String> {
        let place = self.document(id).place.as_ref()?;
        let host = self.document(place.host);
        let label = match &place.wording {
            Some(wording) => wording.label.map(|label| host.body.anchor(label)),
            None => {
                let named = query::named_place(self, id).and_then(|anchor| host.body.find(anchor));
                named.map(|anchor| host.body.anchor(anchor))
            }
        };
        self.numbered(label?)
    }

    /// The place where a record was made: "Minutes of 7 September 2021, paragraph 7.13".
    #[must_use]
    pub fn source(&self, id: DocumentId) -> Option<Link> {
        let place = self.document(id).place.as_ref()?;
        let host = self.document(place.host);
        let mut title = host.title.to_string();
        if let Some(called) = self.paragraph(id) {
            title = format!("{title}{}{called}", self.comma());
        }
        let gone = matches!(host.published, Published::Tombstone(_));
        Some(Link {
            title,
            href: self.place_href(place.host, Some(&place.anchor).filter(|_| !gone).map(|anchor| &**anchor)),
        })
    }

    /// Where the theme's files of a kind are.
    pub fn assets_of(&self, kind: AssetKind) -> impl Iterator<Item = String> {
        self.assets.iter().filter(move |asset| asset.kind == kind).map(|asset| self.url(&asset.address))
    }

    /// A published file: its name, where it is, and "PDF, 1.2 MB".
    #[must_use]
    pub fn file(&self, index: u32) -> (&str, String, String) {
        let (file, address) = self.attachment(index);
        let name = file.path.rsplit('/').next().unwrap_or(&file.path);
        (name, self.url(address), self.file_note(file))
    }

    fn file_note(&self, file: &Attachment) -> String {
        let size = self.language.size(file.length);
        match file.path.rsplit('/').next().and_then(|name| name.rsplit_once('.')) {
            Some((_, extension)) => format!("{}{}{size}", extension.to_uppercase(), self.comma()),
            None => size,
        }
    }
}
