//! `no-contact`: a text or the settings say whom to ask, and the page to which that leads does not say how.
//!
//! Input: the assembled site. Output: one message for each such link, and for each name in the settings. Not here: the words that
//! tell somebody to ask (`recognise/en.ask.toml`), and whom a page names (`query/asked.rs`). Minutes tell whom somebody else asked:
//! they are not looked at.

use super::lint::Lint;
use crate::diagnostic::{Diagnostics, nearest};
use crate::kind::{Role, Stage};
use crate::lexicon::Lexicon;
use crate::model::{Document, DocumentId, Element, Landing, Node, Published, Site, Target, Text};
use crate::query;
use crate::source::Span;

/// Whoever is to be asked can be reached.
pub const LINT: Lint = Lint { code: "no-contact", manual: MANUAL };

const MANUAL: &str = "\
What it looks for
  A text says “ask the …”, “contact …”, “ring …” or “report it to …”, and the
  link after these words leads to a page that says no telephone number, no
  mail address, no form and no address for letters. So does a name in the
  setting `ask` of content/site.toml that leads to no page, or to such a page.

Why it matters
  Somebody who has a problem today follows the link, reads what the board is
  for, and still does not know where to ring.

Example
  If nothing has changed, ask the [nuisance group](../bodies/nuisance.md).

Instead
  Write in the head of bodies/nuisance.md how it is reached:

  telephone: 01632 960123
  email: nuisance@example.gov.uk

  Or name somebody who can be reached, with a page of their own in
  content/contacts:  ask: contacts/nuisance-line
";

/// So many bytes before a link are looked at for words that tell somebody to ask.
const NEAR: usize = 60;

pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    named_in_settings(site, diagnostics);
    for (id, document) in site.ids() {
        if is_looked_at(site, document) {
            links(site, id, document, diagnostics);
        }
    }
}

/// A record in a text is looked at where the text is.
fn is_looked_at(site: &Site, document: &Document) -> bool {
    let whole = document.published == Published::Whole && document.stage != Stage::Ended;
    whole && document.place.is_none() && !site.kinds.get(document.kind).of_meeting && !document.landings.is_empty()
}

fn named_in_settings(site: &Site, diagnostics: &mut Diagnostics) {
    let box_of_help = (&site.config.sensitive.ask, "It is left out of the help on sensitive pages.");
    let first =
        (&site.config.ask, "It is left out of “Who to ask”, on the home page and wherever a page names nobody.");
    for (said, why) in [first, box_of_help].into_iter().flat_map(|(list, why)| list.iter().map(move |said| (said, why)))
    {
        let typed = &*said.text;
        let (title, fix) = match site.find(typed) {
            Some(id) if query::reached(site, id).is_some() => continue,
            Some(id) => (format!("`ask` names `{typed}`, and nobody can be reached there"), fix(site, id)),
            None => {
                let near = nearest(typed, site.ids().map(|(_, document)| &*document.id));
                let fix = near.map_or_else(
                    || "Write the path of its file below `content`, without `.md`: `\"contacts/police\"`".to_owned(),
                    |near| format!("Is `{near}` meant?"),
                );
                (format!("`ask` names `{typed}`, and no page that is public is called so"), fix)
            }
        };
        diagnostics.add(LINT.code, Some(said.span), title, why, fix);
    }
}

/// Looks at each link of a text that leads to a document.
fn links(site: &Site, id: DocumentId, document: &Document, diagnostics: &mut Diagnostics) {
    let text = &*document.body;
    for (at, node) in text.nodes.iter().enumerate() {
        let Element::Link(link) = node.element else { continue };
        let Some(Landing::Document { document: to, .. }) = document.landings.get(link.index()) else { continue };
        if *to == id
            || !Lexicon::english().fits("ask-before", words_before(text, at, *node))
            || can_be_reached(site, *to)
        {
            continue;
        }
        say(site, *to, text.links[link.index()].span, diagnostics);
    }
}

/// The words of its block right before a node.
fn words_before(text: &Text, at: usize, node: Node) -> &str {
    let around = |above: &&Node| !above.element.is_inline() && above.next as usize > at;
    let block = text.nodes[..at].iter().rev().find(around).map_or(0, |block| block.start);
    let words = text.words[block as usize..node.start as usize].trim_end();
    let start = words.char_indices().rev().take(NEAR).last().map_or(0, |(start, _)| start);
    &words[start..]
}

/// Whether a page says how somebody is reached: in its head, in that of the body that it belongs to, or in its text.
fn can_be_reached(site: &Site, id: DocumentId) -> bool {
    let text = &site.document(id).body;
    let links_to_them = |target: &Target| match target {
        Target::Outside(url) => url.starts_with("tel:") || url.starts_with("mailto:"),
        _ => false,
    };
    !query::asked(site, id).is_empty()
        || text.links.iter().any(|link| links_to_them(&link.target))
        || Lexicon::english().fits("reached-by", &text.words)
}

fn say(site: &Site, to: DocumentId, span: Span, diagnostics: &mut Diagnostics) {
    let title = format!("Readers are told to ask “{}”, and that page does not say how", site.document(to).title);
    let why = "Whoever follows the link finds no number to ring, no address to write to and no form.";
    diagnostics.add(LINT.code, Some(span), title, why, fix(site, to));
}

/// What to type on a page so that somebody is reached there.
fn fix(site: &Site, to: DocumentId) -> String {
    let document = site.document(to);
    let fields = &site.kinds.get(document.kind).fields;
    let own = fields.iter().find(|field| field.role == Some(Role::Telephone));
    let named = fields.iter().find(|field| field.role == Some(Role::Ask));
    let line = own.or(named).map_or_else(String::new, crate::kind::Field::line);
    format!("At the top of `content/{}`, between its two lines `---`, add a line like this:\n{line}", document.path)
}
