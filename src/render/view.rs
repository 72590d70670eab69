//! The window through which everything in this room sees the site: questions, addresses, cards, dates in words.
//!
//! Enters: a site and a theme. Leaves: small values of `context.rs`. Absent: whole pages.
//! Every question that a page asks of the rest of the site passes [`View::ask`], the one place where what a page
//! depends on can be written down.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use tera::Value;

use super::context::{Card, DateView, KindView, Link, StatusView, WordView};
use super::theme::Asset;
use crate::kind::{Choice, Field, KindId, Role, Shape, Stage};
use crate::language::{Language, Text};
use crate::markdown::{Phrases, words_at};
use crate::model::{
    Address, Anchor, AnchorKind, Catalogue, Date, Document, DocumentId, GlossaryEntry, Heading, Listing, ListingFilter,
    Published, RelationEnd, Site, Value as Typed,
};
use crate::query::{self, Answer, Index, Query};
use crate::source::Attachment;

/// What all pages of a build share.
pub struct View {
    /// The site.
    pub site: Arc<Site>,
    /// Lists beside those of the site.
    pub index: Index,
    /// Words and forms.
    pub language: Language,
    /// The theme's files for browsers.
    pub assets: Vec<Asset>,
    /// What data the site publishes; nothing in a preview.
    pub catalogue: Option<Catalogue>,
    /// Strings without places, as templates print them: every page asks for dozens. Only ever looked up.
    plain: HashMap<Box<str>, Value>,
    /// What stands between the parts of a list of words, once more, because every record that is listed has such a list.
    comma: String,
    /// The words inside texts, made once because a page has hundreds of them.
    pub phrases: Phrases,
    /// An entry a kind ([`KindView`]), made once because every card holds one.
    kinds: Vec<Value>,
}

impl View {
    /// Binds a site to the words and files of a theme.
    #[must_use]
    pub fn new(site: Arc<Site>, language: Language, assets: Vec<Asset>, catalogue: Option<Catalogue>) -> Self {
        let index = Index::new(&site, &language);
        let phrases = Phrases::of(&language);
        let plain = language.iter().filter_map(|(key, text)| match text {
            Text::Plain(text) if !text.contains('{') => Some((key.into(), Value::normal_string(text))),
            _ => None,
        });
        let plain = plain.collect();
        let comma = language.say("list.comma", &[]);
        let mut view = Self { site, index, language, assets, catalogue, plain, comma, phrases, kinds: Vec::new() };
        view.kinds = view.site.kinds.iter().map(|(id, _)| Value::from_serializable(&view.kind_view(id))).collect();
        view
    }

    /// Asks the site.
    #[must_use]
    pub fn ask(&self, query: &Query) -> Answer {
        query::answer(&self.site, &self.index, &self.language, query)
    }

    /// The string with this key, if it has no places to be filled.
    #[must_use]
    pub fn plain(&self, key: &str) -> Option<&Value> {
        self.plain.get(key)
    }

    /// A kind as templates see it.
    #[must_use]
    pub fn kind(&self, id: KindId) -> Value {
        self.kinds[id.0 as usize].clone()
    }

    /// The list of all documents of a kind, if it has pages.
    #[must_use]
    pub fn kind_href(&self, id: KindId) -> Option<String> {
        let asked =
            Query::Lists { kind: Some(self.site.kinds.get(id).name.as_str().into()), by: Some(query::By::Kind) };
        let Answer::Lists(lists) = self.ask(&asked) else { return None };
        lists.first().map(|list| self.site.href(&self.site.listings[*list as usize].address))
    }

    fn kind_view(&self, id: KindId) -> KindView {
        let kind = self.site.kinds.get(id);
        KindView {
            name: kind.name.clone(),
            label: kind.label.clone(),
            plural: kind.label_plural.clone(),
            href: self.kind_href(id),
        }
    }

    /// Where a document is read; nothing for one that stands on no page.
    #[must_use]
    pub fn href(&self, id: DocumentId) -> Option<String> {
        let document = self.site.document(id);
        let mut href = self.index.can_be_read(id).then(|| self.site.href(&document.address))?;
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
        self.site.config.base_url.as_ref().map(|base| format!("{base}{}", address.href()))
    }

    /// A document's title and page.
    #[must_use]
    pub fn link(&self, id: DocumentId) -> Link {
        Link { title: self.site.document(id).title.to_string(), href: self.href(id) }
    }

    /// One end of a relation: its title with the place in it, or its words.
    #[must_use]
    pub fn end(&self, end: &RelationEnd) -> Link {
        match end {
            RelationEnd::Document { document, anchor: None } => self.link(*document),
            RelationEnd::Document { document, anchor: Some(anchor) } => {
                let title = match self.place(*document, anchor) {
                    Some(place) => format!("{}{}{place}", self.site.document(*document).title, self.comma()),
                    None => self.site.document(*document).title.to_string(),
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
        let body = &self.site.document(id).body;
        let Some(place) = body.anchor(anchor) else { return self.part(id, anchor) };
        self.numbered(body.numbered(place)).or_else(|| {
            let words = self.words_at(id, anchor)?;
            let heading = body.headings.iter().any(|heading| *body.anchors[heading.anchor as usize].id == *anchor);
            Some(if heading { words } else { self.language.say("place.beginning", &[("words", &words)]) })
        })
    }

    /// What a part of a decision is called that has a page of its own: "part 2".
    fn part(&self, id: DocumentId, anchor: &str) -> Option<String> {
        let name = anchor.strip_prefix("limb-")?;
        let label = super::facts::limbs(self, id).find(|limb| limb.name == name)?.label?;
        Some(self.language.say("place.part", &[("label", &label)]))
    }

    /// The same for a link in the text itself: its number, or its words.
    #[must_use]
    pub fn place_here(&self, id: DocumentId, anchor: &str) -> Option<String> {
        let body = &self.site.document(id).body;
        self.numbered(body.numbered(body.anchor(anchor)?)).or_else(|| self.words_at(id, anchor))
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

    /// The first words of a place; of a heading, all.
    fn words_at(&self, id: DocumentId, anchor: &str) -> Option<String> {
        let body = &self.site.document(id).body;
        let is_here = |heading: &&Heading| *body.anchors[heading.anchor as usize].id == *anchor;
        let heading = body.headings.iter().find(is_here).map(|heading| heading.text.to_string());
        heading.or_else(|| words_at(body, anchor))
    }

    /// When it is due, in words where the record has no date.
    fn due(&self, id: DocumentId) -> Option<DateView> {
        let words = || {
            let words = query::value(&self.site, id, Role::Due)?.text()?;
            Some(DateView { text: words.to_owned(), iso: None })
        };
        self.date_of(query::due(&self.site, id)).or_else(words)
    }

    /// When a record was done.
    fn done(&self, id: DocumentId) -> Option<DateView> {
        let document = self.site.document(id);
        let ended = document.place.is_some() && document.stage == Stage::Ended;
        self.date_of(query::value(&self.site, id, Role::Date).filter(|_| ended).and_then(Typed::date))
    }

    /// The place where a record was made: "Minutes of 7 September 2021, paragraph 7.13".
    #[must_use]
    pub fn source(&self, id: DocumentId) -> Option<Link> {
        let place = self.site.document(id).place.as_ref()?;
        let host = self.site.document(place.host);
        let label = match &place.wording {
            Some(wording) => wording.label.map(|label| &host.body.anchors[label as usize]),
            None => query::named_place(&self.site, id).and_then(|anchor| host.body.anchor(anchor)),
        };
        let mut title = host.title.to_string();
        if let Some(called) = label.and_then(|label| self.numbered(label)) {
            title = format!("{title}{}{called}", self.comma());
        }
        let gone = matches!(host.published, Published::Tombstone(_));
        Some(Link {
            title,
            href: self.place_href(place.host, Some(&place.anchor).filter(|_| !gone).map(|anchor| &**anchor)),
        })
    }

    /// A document as lists show it.
    #[must_use]
    pub fn card(&self, id: DocumentId) -> Card {
        let document = self.site.document(id);
        Card {
            id: Some(document.id.to_string()),
            title: document.title.to_string(),
            href: self.href(id),
            kind: self.kind(document.kind),
            date: self.date_of(document.date),
            period: self.period(id),
            summary: self.summary(id),
            language: self.other_language(id),
            body: query::body_end(&self.site, id).map(|end| self.end(end)),
            stage: stage(document.stage),
            status: self.status(id),
            changed: self.date_of(document.changed),
            time: self.role_text(id, Role::Time).map(|time| self.language.time(time)),
            place: self.role_text(id, Role::Place).map(str::to_owned),
            outcome: self.outcome(id),
            due: self.due(id),
            due_label: self.site.kinds.get(document.kind).role(Role::Due).map(|field| field.label.clone()),
            late: query::due_side(&self.site, id) == Some(query::Due::Passed),
            owner: query::end(&self.site, id, Role::Owner).map(|end| self.end(end)),
            number: document.place.as_ref().and_then(|_| self.role_text(id, Role::Number)).map(str::to_owned),
            source: self.source(id),
            item: query::item_around(&self.site, id).map(|item| self.link(item)),
            overdue: self.overdue(id),
            done: self.done(id),
        }
    }

    /// An end of a relation as lists show it.
    #[must_use]
    pub fn card_of(&self, end: &RelationEnd) -> Card {
        match end {
            RelationEnd::Document { document, .. } => Card { href: self.end(end).href, ..self.card(*document) },
            RelationEnd::Words(words) => Card {
                id: None,
                title: words.to_string(),
                href: None,
                kind: Value::none(),
                date: None,
                period: None,
                summary: None,
                language: None,
                body: None,
                stage: None,
                status: None,
                changed: None,
                time: None,
                place: None,
                outcome: None,
                due: None,
                due_label: None,
                late: false,
                owner: None,
                number: None,
                source: None,
                item: None,
                overdue: None,
                done: None,
            },
        }
    }

    /// Documents as lists show them.
    #[must_use]
    pub fn cards(&self, ids: &[DocumentId]) -> Vec<Card> {
        ids.iter().map(|id| self.card(*id)).collect()
    }

    /// The summary, or the first paragraph; of what is private, what may be known of it.
    #[must_use]
    pub fn summary(&self, id: DocumentId) -> Option<String> {
        let document = self.site.document(id);
        match &document.published {
            Published::Exempt(exemption) => exemption.summary.as_deref().map(str::to_owned),
            Published::Tombstone(_) => None,
            Published::Whole => {
                let lead = Some(document.body.lead.as_ref()).filter(|lead| !lead.is_empty());
                self.role_text(id, Role::Summary).or(lead).map(str::to_owned)
            }
        }
    }

    /// The language of a document's own words, where it is not the site's: screen readers change their voice by it.
    #[must_use]
    pub fn other_language(&self, id: DocumentId) -> Option<String> {
        let said = self.role_text(id, Role::Language)?;
        (said != self.site.config.language).then(|| said.to_owned())
    }

    /// The text of the first field with `role`. Of a formatted text, its first paragraph.
    #[must_use]
    pub fn role_text(&self, id: DocumentId, role: Role) -> Option<&str> {
        match query::value(&self.site, id, role)? {
            Typed::Landed(text) => Some(text.body.lead.as_ref()),
            value => value.text(),
        }
    }

    /// The status in words.
    #[must_use]
    pub fn status(&self, id: DocumentId) -> Option<StatusView> {
        let (field, name) = query::status(&self.site, id)?;
        Some(status_view(field, name))
    }

    /// What was decided, where it is one of a few words; of a decision in several parts, what was decided in each.
    #[must_use]
    pub fn outcome(&self, id: DocumentId) -> Option<StatusView> {
        let outcomes = query::outcomes(&self.site, id);
        let views: Vec<StatusView> = outcomes.into_iter().map(|(field, name)| status_view(field, name)).collect();
        let labels: Vec<&str> = views.iter().map(|view| view.label.as_str()).collect();
        let label = labels.join(self.comma());
        views.first().map(|first| StatusView { name: first.name.clone(), label })
    }

    /// That the day has passed on which it was to be done: "due 31 October 2021, not reported done".
    #[must_use]
    pub fn overdue(&self, id: DocumentId) -> Option<String> {
        let document = self.site.document(id);
        let late = document.place.is_some() && query::due_side(&self.site, id) == Some(query::Due::Passed);
        let due = query::due(&self.site, id).filter(|_| late)?;
        Some(self.language.say("overdue", &[("date", &self.language.date(due))]))
    }

    /// "2021 to 2024": its own period, or that of the several which it is in; nothing for a kind without one.
    #[must_use]
    pub fn period(&self, id: DocumentId) -> Option<String> {
        let own = |role| query::value(&self.site, id, role).and_then(Typed::date);
        self.language.period(own(Role::From), own(Role::To)).or_else(|| {
            let (parts, fields) = query::period(&self.site, id)?;
            let part = |role| parts.iter().find(|part| part.role == Some(role));
            let date = |role| fields.get(&part(role)?.name)?.date();
            // A period of which only the beginning is known, and that is over, began with the end of what it is about.
            match (self.site.document(id).stage, date(Role::From), date(Role::To)) {
                (Stage::Ended, Some(from), None) => self.language.period(None, Some(from)),
                (_, from, to) => self.language.period(from, to),
            }
        })
    }

    /// A date in words and for machines.
    #[must_use]
    pub fn date(&self, date: Date) -> DateView {
        DateView { text: self.language.date(date), iso: date.iso() }
    }

    /// The same for a date that may be absent, or of which the record says that it is not known.
    #[must_use]
    pub fn date_of(&self, date: Option<Date>) -> Option<DateView> {
        date.filter(|date| *date != Date::Unknown).map(|date| self.date(date))
    }

    /// The published file with this path below `content/`.
    #[must_use]
    pub fn attachment(&self, path: &str) -> Option<u32> {
        let path = format!("content/{path}");
        let found = self.site.attachments.binary_search_by(|(file, _)| file.path.as_ref().cmp(path.as_str()));
        found.ok().and_then(|index| u32::try_from(index).ok())
    }

    /// A published file: what is behind `content/`, where it is, and "PDF, 1.2 MB".
    #[must_use]
    pub fn file(&self, index: u32) -> (&str, String, String) {
        let (file, address) = &self.site.attachments[index as usize];
        let name = file.path.rsplit('/').next().unwrap_or(&file.path);
        (name, self.site.href(address), self.file_note(file))
    }

    fn file_note(&self, file: &Attachment) -> String {
        let size = self.language.size(file.length);
        match file.path.rsplit('/').next().and_then(|name| name.rsplit_once('.')) {
            Some((_, extension)) => format!("{}{}{size}", extension.to_uppercase(), self.comma()),
            None => size,
        }
    }

    /// Entries of the glossary as pages show them, by the alphabet.
    #[must_use]
    pub fn words(&self, entries: &[u32]) -> Vec<WordView> {
        let mut entries: Vec<&GlossaryEntry> =
            entries.iter().map(|entry| &self.site.glossary[*entry as usize]).collect();
        entries.sort_by_cached_key(|entry| (self.language.sort_key(&entry.term), entry.anchor.clone()));
        let words = entries.into_iter().map(|entry| WordView {
            term: entry.term.to_string(),
            expansion: entry.expansion.as_deref().map(str::to_owned),
            meaning: entry.meaning.as_deref().map(str::to_owned),
            aliases: entry.aliases.iter().map(|alias| alias.to_string()).collect(),
            anchor: entry.anchor.to_string(),
        });
        words.collect()
    }

    /// What a list is called beside others of its sort: "Scrutiny Committee", "2021", "A", "Housing".
    #[must_use]
    pub fn list_name(&self, listing: &Listing) -> String {
        match &listing.filter {
            ListingFilter::Kind(kind) => self.site.kinds.get(*kind).label_plural.clone(),
            ListingFilter::Body(_, Ok(body)) => self.site.document(*body).title.to_string(),
            ListingFilter::About(document) => {
                let title = &self.site.document(*document).title;
                self.language.say("thread.list", &[("title", title)])
            }
            ListingFilter::Body(_, Err(name)) | ListingFilter::Topic(_, name) => name.to_string(),
            ListingFilter::Year(_, year) => year.to_string(),
            ListingFilter::Letter(_, letter) => self.letter(*letter),
            ListingFilter::Choice(kind, role, name) => {
                let field = self.site.kinds.get(*kind).role(*role);
                field.and_then(|field| choice(field, name)).map_or_else(|| name.to_string(), |one| one.label.clone())
            }
        }
    }

    /// What a list is called on a page of its own: "Minutes: Scrutiny Committee".
    #[must_use]
    pub fn list_title(&self, listing: &Listing) -> String {
        let name = self.list_name(listing);
        match &listing.filter {
            ListingFilter::Kind(_) | ListingFilter::About(_) | ListingFilter::Topic(..) => name,
            ListingFilter::Body(kind, _)
            | ListingFilter::Year(kind, _)
            | ListingFilter::Letter(kind, _)
            | ListingFilter::Choice(kind, ..) => {
                let plural = &self.site.kinds.get(*kind).label_plural;
                self.language.say("list.title", &[("kinds", plural), ("name", &name)])
            }
        }
    }

    /// A letter of an index as readers see it: "A", or "0–9".
    #[must_use]
    pub fn letter(&self, letter: char) -> String {
        if letter == crate::language::NO_LETTER {
            return self.language.say("a-z.no-letter", &[]);
        }
        letter.to_string()
    }

    /// The list of what a body has of the kind of a document.
    #[must_use]
    pub fn list_of_body(&self, id: DocumentId) -> Option<Link> {
        let body = query::body(&self.site, id)?;
        let kind = self.site.kinds.get(self.site.document(id).kind).name.as_str().into();
        self.list(
            Some(kind),
            query::By::Body,
            |filter| matches!(filter, ListingFilter::Body(_, Ok(own)) if *own == body),
        )
    }

    /// The list of where a document was considered.
    #[must_use]
    pub fn list_about(&self, id: DocumentId) -> Option<Link> {
        self.list(None, query::By::About, |filter| *filter == ListingFilter::About(id))
    }

    fn list(&self, kind: Option<Box<str>>, by: query::By, is_it: impl Fn(&ListingFilter) -> bool) -> Option<Link> {
        let Answer::Lists(lists) = self.ask(&Query::Lists { kind, by: Some(by) }) else { return None };
        let listing = lists.iter().map(|list| &self.site.listings[*list as usize]).find(|list| is_it(&list.filter))?;
        Some(Link { title: self.list_title(listing), href: Some(self.site.href(&listing.address)) })
    }

    /// What stands between the parts of a list of words.
    #[must_use]
    pub fn comma(&self) -> &str {
        &self.comma
    }
}

fn status_view(field: &Field, name: &str) -> StatusView {
    let label = choice(field, name).map_or(name, |choice| &choice.label);
    StatusView { name: name.to_owned(), label: label.to_owned() }
}

/// The choice of a field that is typed so.
#[must_use]
pub fn choice<'kind>(field: &'kind Field, name: &str) -> Option<&'kind Choice> {
    match &field.shape {
        Shape::Choice(choices) => choices.iter().find(|choice| choice.value == name),
        _ => None,
    }
}

/// Where in its life a document is, as templates name it.
#[must_use]
pub fn stage(stage: Stage) -> Option<&'static str> {
    match stage {
        Stage::Neither => None,
        Stage::Coming => Some("coming"),
        Stage::InForce => Some("in-force"),
        Stage::Ended => Some("ended"),
    }
}

/// Whether the text of a document may be shown.
#[must_use]
pub fn is_whole(document: &Document) -> bool {
    document.published == Published::Whole
}

/// An anchor as it stands behind `#` in `href`: percent-encoded as the parts of an address are.
#[must_use]
pub fn fragment(anchor: &str) -> Cow<'_, str> {
    if anchor.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte)) {
        return Cow::Borrowed(anchor);
    }
    Cow::Owned(Address::file(anchor).href().split_off(1))
}
