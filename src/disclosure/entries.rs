//! Files beside the documents whose words reach pages: the settings, the glossary, the Acts, kinds of a site, strings of a theme.
//!
//! Input: such a file as read. Output: the same without what is not for everybody, and an error for each such place. None of
//! these files can hold anything back: what it has, everybody sees. Not here: what its keys mean.

use std::sync::LazyLock;

use super::doubt::resembles_exemption;
use super::head::{Rules, withholds};
use crate::data::{Node, Pair, Raw};
use crate::diagnostic::{Diagnostics, code};
use crate::kind::{Kinds, built_in};
use crate::model::Zone;
use crate::privacy::words::TEXT;
use crate::source::Span;

/// The fields that decide who may see a document are the same in every kind.
static KINDS: LazyLock<Kinds> = LazyLock::new(built_in);

/// A place in such a file that is not for everybody.
enum Place {
    /// A value that has braces, or words that say so.
    Words(Span),
    /// A key that withholds a document.
    Key(Span, Box<str>),
}

/// Whether all of an entry is for everybody; an error says why not.
pub fn entry_is_public(entry: &Node, diagnostics: &mut Diagnostics) -> bool {
    match find(entry, &|text| resembles_exemption(text) || TEXT.has_mark(text), true) {
        Some(place) => {
            report(place, diagnostics);
            false
        }
        None => true,
    }
}

/// Takes out of the settings what is not for everybody: whole values of the outermost table.
pub fn drop_private_settings(file: &mut Node, diagnostics: &mut Diagnostics) {
    let Raw::Map(pairs) = &mut file.value else { return };
    pairs.retain(|pair| {
        let words = |text: &str| resembles_exemption(text) || TEXT.has_mark(text);
        // A table of tables says nothing of who may read: `[publish.live]` says where.
        let is_tables = !pair.value.pairs().is_empty()
            && pair.value.pairs().iter().all(|inner| matches!(inner.value.value, Raw::Map(_)));
        let key = || (!is_tables && is_private(pair)).then(|| Place::Key(pair.key_span, pair.key.as_str().into()));
        // A table of settings may have a key of such a name; an entry of a list has none.
        let is_list = matches!(pair.value.value, Raw::List(_));
        match find(&pair.value, &words, is_list).or_else(key) {
            Some(place) => {
                report(place, diagnostics);
                false
            }
            None => true,
        }
    });
}

/// Whether all values of a file of words of the program's own sort are for everybody: only braces count, since such words
/// speak of what is withheld ("Exempt.").
pub fn words_are_public(file: &Node, diagnostics: &mut Diagnostics) -> bool {
    match find(file, &resembles_exemption, false) {
        Some(place) => {
            report(place, diagnostics);
            false
        }
        None => true,
    }
}

fn report(place: Place, diagnostics: &mut Diagnostics) {
    match place {
        Place::Words(span) => diagnostics.unclear_exemption_in_entry(span),
        Place::Key(span, key) => diagnostics.unclear_key_of_entry(span, &key),
    }
}

/// The first place that is not for everybody, in the order of the file.
fn find(node: &Node, speaks: &dyn Fn(&str) -> bool, keys: bool) -> Option<Place> {
    match &node.value {
        Raw::Null => None,
        Raw::Scalar { text, .. } => speaks(text).then_some(Place::Words(node.span)),
        Raw::List(items) => items.iter().find_map(|item| find(item, speaks, keys)),
        Raw::Map(pairs) => pairs.iter().find_map(|pair| {
            let key = || (keys && is_private(pair)).then(|| Place::Key(pair.key_span, pair.key.as_str().into()));
            key().or_else(|| find(&pair.value, speaks, keys))
        }),
    }
}

/// Whether a key would withhold a document. Codes of messages speak of what is withheld, and are settings.
fn is_private(pair: &Pair) -> bool {
    let Some((_, kind)) = KINDS.iter().next() else { return false };
    let rules = Rules { kind, kinds: &KINDS, zone: &Zone::UTC, own: None, sensitive: false };
    code(&pair.key).is_none() && withholds(&pair.key, &pair.value, rules)
}
