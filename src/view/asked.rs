//! Whom people ask, as pages show them: what they deal with, and links that ring, write and report.
//!
//! Input: a document, or nothing for the site as a whole. Output: [`AskedView`]. Not here: who that is (`query/asked.rs`), and what is
//! dialled (`language/telephone.rs`).

use super::context::{AskedView, ContactView, Link, SensitiveView, TelephoneView};
use super::window::View;
use crate::kind::Role;
use crate::language::dialled;
use crate::model::{Contact, DocumentId};
use crate::query::{self, Asked, Store};

impl View {
    /// Whom people ask about a document; where it names nobody, whom they ask first on the whole site.
    #[must_use]
    pub fn asked_about(&self, id: DocumentId) -> Vec<AskedView> {
        let asked = if query::is_area(self, id) { self.asked_in(id) } else { query::asked(self, id) };
        if asked.is_empty() { self.asked_first() } else { asked.iter().map(|one| self.asked(one, Some(id))).collect() }
    }

    /// How somebody is reached who has a page; empty if it does not say that.
    #[must_use]
    pub fn ways_to(&self, id: DocumentId) -> Option<AskedView> {
        query::reached(self, id).map(|one| self.asked(&one, None))
    }

    /// Whom people ask first: those whom the settings name, else the contact of the site.
    #[must_use]
    pub fn asked_first(&self) -> Vec<AskedView> {
        let config = self.config();
        let named = config.ask.iter().filter_map(|said| self.ways_to(self.find(&said.text)?));
        let named: Vec<AskedView> = named.collect();
        if named.is_empty() { self.of_site(&config.contact).into_iter().collect() } else { named }
    }

    /// What stands on a page that somebody may have to leave in a hurry.
    #[must_use]
    pub fn sensitive(&self) -> SensitiveView {
        let said = &self.config().sensitive;
        SensitiveView {
            title: query::neutral_title(self.config(), &self.language),
            help: said.help.clone(),
            asked: said.ask.iter().filter_map(|said| self.ways_to(self.find(&said.text)?)).collect(),
            leave: said.leave.clone().unwrap_or_else(|| self.language.say("leave.address", &[])),
        }
    }

    /// A number as it is written, with the link that rings.
    #[must_use]
    pub fn telephone(&self, written: &str) -> TelephoneView {
        let number = dialled(written, self.config().country.as_deref());
        TelephoneView { text: written.to_owned(), href: number.map(|number| format!("tel:{number}")) }
    }

    /// How somebody whom the settings name is reached.
    #[must_use]
    pub fn contact(&self, contact: &Contact) -> ContactView {
        ContactView {
            post: contact.post.clone(),
            email: contact.email.clone(),
            telephone: contact.telephone.as_deref().map(|written| self.telephone(written)),
            address: contact.address.clone(),
        }
    }

    fn asked(&self, asked: &Asked<'_>, on: Option<DocumentId>) -> AskedView {
        let Asked { document, own, details } = asked;
        let text = |role: Role| details.text(role).map(str::to_owned);
        let is_here = *own && on == Some(*document);
        let words = || details.text(Role::Title).map(|post| Link { title: post.to_owned(), href: None });
        AskedView {
            who: if *own { Some(self.link(*document)).filter(|_| !is_here) } else { words() },
            deals_with: text(Role::DealsWith).or_else(|| self.summary(*document).filter(|_| *own && !is_here)),
            telephone: details.text(Role::Telephone).map(|written| self.telephone(written)),
            email: text(Role::Email),
            report: text(Role::ReportUrl),
            website: text(Role::Website),
            hours: text(Role::Hours),
            address: text(Role::PostalAddress),
        }
    }

    /// `None` if the settings say neither a number nor an address.
    fn of_site(&self, contact: &Contact) -> Option<AskedView> {
        let ContactView { post, email, telephone, address } = self.contact(contact);
        let is_enough = email.is_some() || telephone.is_some() || address.is_some();
        let title = post.unwrap_or_else(|| self.config().organisation.clone());
        let who = Some(Link { title, href: None });
        is_enough.then(|| AskedView { who, telephone, email, address, ..AskedView::default() })
    }
}
