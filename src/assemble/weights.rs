//! Texts that show so much of others that no reader could load the page: counted before a byte of it is printed.
//!
//! Input: the site, with its tables. Output: what is too much is a link to what it would have shown, and a message at the
//! first of them. Not here: how anything is printed (`render`).
//!
//! What is counted is roughly the HTML. It is decided once for each text, so that its page and those that quote it agree.

use std::sync::Arc;

use crate::data::table::Table;
use crate::diagnostic::Diagnostics;
use crate::model::{Address, DocumentId, Embed, Landing, Site, Text, Value};
use crate::query;
use crate::source::Span;

/// The most that one text may show of others, in bytes: a page of some 1,500 sheets of paper.
const MOST: u64 = 4_000_000;

/// In how many texts, one in the other, something is shown; what lies deeper is a link (`render/body.rs`).
const DEEPEST: usize = 3;

/// So many bytes of marks stand around a cell, a row, an element of a text, a table.
const OF_CELL: u64 = 20;
const OF_ROW: u64 = 12;
const OF_ELEMENT: u64 = 24;
const OF_TABLE: u64 = 400;

/// Makes links of what is too much, and says where.
pub fn limit(site: &mut Site, diagnostics: &mut Diagnostics) {
    if site.documents.iter().all(|document| document.body.embeds.is_empty() && document.fields.0.is_empty()) {
        return;
    }
    let weights = weights(site);
    for index in site.ids().map(|(id, _)| id).collect::<Vec<_>>() {
        let mut budget = Budget { site, weights: &weights, spent: 0, first: None, linked: 0 };
        let body = Arc::clone(&site.document(index).body);
        let instead = budget.of(&body, &site.document(index).embeds);
        let mut fields = Vec::new();
        site.document(index).fields.each(&mut |value| {
            if let Value::Landed(text) = value {
                fields.push(budget.of(&text.body, &text.embeds));
            }
        });
        let Budget { first: Some((span, words)), linked, .. } = budget else { continue };
        diagnostics.too_much_shown(span, &words, linked, MOST / 1_000_000);
        let document = &mut site.documents[index.0 as usize];
        put(instead, &mut document.embeds);
        let mut fields = fields.into_iter();
        document.fields.each_mut(&mut |value| {
            if let Value::Landed(text) = value {
                put(fields.next().unwrap_or_default(), &mut text.embeds);
            }
        });
    }
}

/// Which embeds of a text are links instead, and where those lead.
type Instead = Vec<(usize, Landing)>;

fn put(instead: Instead, embeds: &mut [Landing]) {
    for (index, landing) in instead {
        embeds[index] = landing;
    }
}

/// What one document may show still.
struct Budget<'site> {
    site: &'site Site,
    weights: &'site [u64],
    spent: u64,
    /// The first that is too much: where it stands, and what it is called.
    first: Option<(Span, String)>,
    linked: usize,
}

impl Budget<'_> {
    /// Which embeds of a text are too much, in their order.
    fn of(&mut self, text: &Text, landings: &[Landing]) -> Instead {
        let mut instead = Instead::new();
        for (index, (embed, landing)) in text.embeds.iter().zip(landings).enumerate() {
            let weight = weight(self.site, embed, landing, |shown| self.weights[shown.0 as usize]);
            if weight == 0 {
                continue;
            }
            if self.spent.saturating_add(weight) <= MOST {
                self.spent += weight;
                continue;
            }
            let (address, name) = self.link(landing);
            self.linked += 1;
            self.first.get_or_insert((embed.span, name));
            instead.push((index, Landing::Page { address, anchor: None }));
        }
        instead
    }

    fn link(&self, landing: &Landing) -> (Address, String) {
        match landing {
            Landing::Attachment(file) => {
                let (file, address) = &self.site.attachments[*file as usize];
                (address.clone(), file.path.rsplit('/').next().unwrap_or(&file.path).to_owned())
            }
            Landing::Document { document, .. } => {
                let document = self.site.document(*document);
                (document.address.clone(), document.title.to_string())
            }
            Landing::Page { .. } | Landing::Outside | Landing::Nowhere => unreachable!("these weigh nothing"),
        }
    }
}

/// What each document weighs where another shows it: as many texts deep as a page shows, and below that nothing.
fn weights(site: &Site) -> Vec<u64> {
    let mut weights = vec![0; site.documents.len()];
    for _ in 1..DEEPEST {
        let deeper = site.documents.iter().map(|document| {
            let embeds = document.body.embeds.iter().zip(&document.embeds);
            let shown = embeds.map(|(embed, landing)| weight(site, embed, landing, |shown| weights[shown.0 as usize]));
            // What is too much there is a link there.
            let fits = |spent: u64, weight: u64| Some(spent.saturating_add(weight)).filter(|sum| *sum <= MOST);
            of_text(&document.body) + shown.fold(0, |spent, weight| fits(spent, weight).unwrap_or(spent))
        });
        weights = deeper.collect();
    }
    weights
}

/// What an embed prints; 0 for what is a link or a picture. `of_document`: what another document weighs.
fn weight(site: &Site, embed: &Embed, landing: &Landing, of_document: impl Fn(DocumentId) -> u64) -> u64 {
    let of_file = |file: &u32| site.tables.get(file).map(of_table);
    match landing {
        _ if !embed.alone => 0,
        Landing::Attachment(file) => of_file(file).unwrap_or(0),
        Landing::Document { document, anchor: None } => {
            let figures = query::figures(site, site.document(*document)).filter_map(|file| of_file(&file));
            match figures.reduce(u64::saturating_add) {
                // The table, and a drawing of it.
                Some(figures) => figures.saturating_mul(2),
                None => of_document(*document),
            }
        }
        _ => 0,
    }
}

fn of_table(table: &Table) -> u64 {
    let row = |row: &Vec<Box<str>>| row.iter().map(|cell| cell.len() as u64 + OF_CELL).sum::<u64>() + OF_ROW;
    OF_TABLE + row(&table.head) + table.rows.iter().map(row).sum::<u64>()
}

fn of_text(text: &Text) -> u64 {
    text.words.len() as u64 + text.nodes.len() as u64 * OF_ELEMENT
}
