//! What hangs on something withheld: items, decisions and actions in files of their own that were made at a withheld meeting,
//! at an exempt item, or at a decision that is withheld for that reason; papers that nothing public names; and old copies.
//!
//! Input: what an audience may see and what not, so far. Output: the same, with such files among what is withheld, and a
//! warning for each. Not here: records in a text, which go with their text (`decision.rs`), and files that are no documents
//! (`files.rs`).

use std::collections::HashMap;

use super::copies::{folder_of_original, is_public_version, key, keys_of_originals, original_of};
use super::sameness::Texts;
use crate::diagnostic::Diagnostics;
use crate::kind::{Field, Kinds, Role};
use crate::language::letters;
use crate::markdown::attributes::{self, Attributes};
use crate::model::{Fields, Named, Reference, Shown, Value, Why, Withheld, id_of};
use crate::source::Span;

/// Moves to `withheld` what hangs on something withheld, until nothing more does; `own`: the address of the site.
pub(crate) fn withhold(
    mut shown: Vec<Shown>,
    withheld: &mut Vec<Withheld>,
    (kinds, own): (&Kinds, Option<&str>),
    diagnostics: &mut Diagnostics,
) -> Vec<Shown> {
    // Without anything withheld nothing can hang on it.
    while !withheld.is_empty() {
        let known = Known::new(&shown, withheld, (kinds, own));
        let papers = known.papers();
        let found: Vec<(usize, Why)> = shown
            .iter()
            .enumerate()
            .filter_map(|(index, one)| {
                let whole = Span::whole(one.parsed.source);
                if let Some(standing) = &one.parsed.standing {
                    // A record goes with the text in which it stands.
                    return Some((index, known.whole.get(&*standing.host)?.why));
                }
                if let Some(held) = known.original_of(one) {
                    diagnostics.copy_of_withheld(whole, &one.parsed.path, &held.path, held.why);
                    return Some((index, held.why.of_what_hangs_on_it()));
                }
                let held = known.versions_original(one).or_else(|| known.texts.original_of(one));
                if let Some(held) = held.filter(|_| !one.parsed.visibility.is_open) {
                    diagnostics.text_of_withheld(whole, &one.parsed.path, &held.path, held.why);
                    return Some((index, held.why.of_what_hangs_on_it()));
                }
                if let Some((held, span)) = known.place_of(one) {
                    diagnostics.made_at_withheld(span, &held.path, held.why);
                    return Some((index, held.why.of_what_hangs_on_it()));
                }
                let held = papers.get(&*one.parsed.id).filter(|_| !one.parsed.visibility.is_open)?;
                diagnostics.paper_of_withheld(whole, &one.parsed.path, &held.path, held.why);
                Some((index, held.why.of_what_hangs_on_it()))
            })
            .collect();
        if found.is_empty() {
            break;
        }
        let mut kept = Vec::with_capacity(shown.len());
        let mut found = found.into_iter().peekable();
        for (index, one) in shown.into_iter().enumerate() {
            match found.next_if(|(found, _)| *found == index) {
                Some((_, why)) => withheld.push(Withheld::whole(one.parsed, why)),
                None => kept.push(one),
            }
        }
        shown = kept;
    }
    shown
}

fn folder_and_name(path: &str) -> (&str, &str) {
    path.rsplit_once('/').unwrap_or(("", path))
}

/// What is public and what is withheld, so far.
pub(super) struct Known<'a> {
    pub(super) kinds: &'a Kinds,
    /// The address of the site.
    pub(super) own: Option<&'a str>,
    pub(super) shown: &'a [Shown],
    pub(super) withheld: &'a [Withheld],
    pub(super) public: HashMap<&'a str, &'a Shown>,
    pub(super) held: HashMap<&'a str, Vec<&'a Withheld>>,
    pub(super) named: Named<'a, &'a str>,
    /// Texts that are withheld as a whole, which their records are too.
    whole: HashMap<&'a str, &'a Withheld>,
    /// A folder may hold thousands, of which each would be compared with each.
    pub(super) beside: HashMap<(String, String), Vec<usize>>,
    /// The words of what is withheld as a whole.
    texts: Texts<'a>,
}

impl<'a> Known<'a> {
    fn new(shown: &'a [Shown], withheld: &'a [Withheld], (kinds, own): (&'a Kinds, Option<&'a str>)) -> Self {
        let mut held: HashMap<&str, Vec<&Withheld>> = HashMap::new();
        let mut named = Named::with_capacity(shown.len());
        let mut beside: HashMap<(String, String), Vec<usize>> = HashMap::new();
        let mut whole: HashMap<&str, &Withheld> = HashMap::new();
        for (index, one) in withheld.iter().enumerate() {
            held.entry(&*one.id).or_default().push(one);
            named.add(&one.id, &&*one.id);
            if one.document.as_ref().is_some_and(|document| document.standing.is_none()) && one.why != Why::Ended {
                whole.entry(&*one.id).or_insert(one);
            }
            let (folder, name) = folder_and_name(&one.path);
            beside.entry((id_of(folder), key(name))).or_default().push(index);
        }
        let public: HashMap<&str, &Shown> = shown.iter().map(|one| (&*one.parsed.id, one)).collect();
        shown.iter().for_each(|one| named.add(&one.parsed.id, &&*one.parsed.id));
        Self { kinds, own, shown, withheld, public, held, named, whole, beside, texts: Texts::of(withheld) }
    }

    /// What is withheld of which a document is an old copy by its name, or by that of its folder.
    fn original_of(&self, one: &Shown) -> Option<&'a Withheld> {
        let (folder, name) = folder_and_name(&one.parsed.path);
        let keys = keys_of_originals(name);
        let beside = |folder: &str, elsewhere: bool| {
            let near = keys.iter().filter_map(|key| self.beside.get(&(id_of(folder), key.clone()))).flatten();
            let originals = near.filter(|index| {
                let held = &self.withheld[**index];
                let copy = original_of(name, folder_and_name(&held.path).1);
                held.path != one.parsed.path && copy.is_some_and(|copy| copy.marked || elsewhere)
            });
            originals.min().map(|index| &self.withheld[*index])
        };
        beside(folder, false).or_else(|| beside(&folder_of_original(folder)?, true))
    }

    /// What is withheld whose title a document has, with more words behind the same name: `depot-sale-master.md`. The public version of
    /// it is called so.
    fn versions_original(&self, one: &Shown) -> Option<&'a Withheld> {
        if one.parsed.standing.is_some() {
            return None;
        }
        let (folder, name) = folder_and_name(&one.parsed.path);
        let (folder, name) = (id_of(folder), key(name));
        let mut ends = name.match_indices('_').map(|(at, _)| at).filter(|at| !is_public_version(&name[at + 1..]));
        ends.find_map(|at| {
            let originals = self.beside.get(&(folder.clone(), name[..at].to_owned()))?;
            let mut originals = originals.iter().map(|index| &self.withheld[*index]);
            originals.find(|held| {
                let title = held.document.as_ref().map(|document| letters::name(&document.title));
                matches!(held.why, Why::Exempt | Why::Embargoed) && title == Some(letters::name(&one.parsed.title))
            })
        })
    }

    /// What is withheld at the place where a record was made, as its file says, in whatever words.
    fn place_of(&self, one: &Shown) -> Option<(&'a Withheld, Span)> {
        let kind = self.kinds.get(one.parsed.kind);
        let field = kind.field(kind.inside_of.as_deref()?)?;
        let mut places = references(&one.parsed.fields, field).into_iter();
        let typed = places.find_map(|(reference, span)| Some((self.host_of(&reference, field)?, span)));
        typed.or_else(|| self.source_of(one)).or_else(|| self.item_of(one)).or_else(|| self.meeting_by_folder(one))
    }

    /// What is withheld from which a document comes, as a key says that is no field for it.
    pub(super) fn source_of(&self, one: &Shown) -> Option<(&'a Withheld, Span)> {
        let folders = || self.kinds.iter().filter(|(_, kind)| kind.of_meeting || kind.inside_of.is_some());
        let found = |(reference, span): &(Reference, Span)| {
            let meant = self.named.find(&reference.id, folders().map(|(_, kind)| kind));
            let others = meant.into_iter().filter(|id| *id != &*one.parsed.id);
            let mut held = others.filter_map(|id| self.held_at(id, reference.anchor.as_deref()));
            Some((held.find(|held| !self.is_somebody(held))?, *span))
        };
        one.parsed.visibility.hangs_on.iter().find_map(found)
    }

    /// Whether something withheld is about somebody, from whom much comes that everybody may read: a board.
    fn is_somebody(&self, held: &Withheld) -> bool {
        let kind = held.path.split('/').next().and_then(|folder| self.kinds.by_folder(folder));
        let name = kind.map(|kind| &self.kinds.get(kind).name);
        let owners =
            self.kinds.iter().flat_map(|(_, kind)| &kind.fields).filter(|field| field.role == Some(Role::Owner));
        let mut owners = owners.filter_map(|field| field.shape.one().relation()).flat_map(|relation| &relation.to);
        owners.any(|owner| Some(owner) == name)
    }

    /// The documents that a field can mean.
    pub(super) fn meant(&self, reference: &Reference, field: &Field) -> Vec<&'a str> {
        let kinds = field.shape.one().relation().into_iter().flat_map(|relation| &relation.to);
        let kinds = kinds.filter_map(|name| self.kinds.by_name(name)).map(|kind| self.kinds.get(kind));
        self.named.find(&reference.id, kinds)
    }

    /// What is withheld at the place to which a reference leads: the document, or the passage with which that place goes on. Of
    /// several documents that may be meant the withheld one is.
    fn host_of(&self, reference: &Reference, field: &Field) -> Option<&'a Withheld> {
        let meant = self.meant(reference, field);
        if meant.is_empty() {
            return self.names_inside(reference);
        }
        meant.into_iter().find_map(|id| self.held_at(id, reference.anchor.as_deref()))
    }

    pub(super) fn held_at(&self, id: &str, anchor: Option<&str>) -> Option<&'a Withheld> {
        let held = self.held.get(id)?.iter().copied();
        held.filter(|held| held.why != Why::Ended).find(|held| {
            if held.document.is_some() || held.passages.is_empty() {
                return true;
            }
            let Some(wanted) = anchor else { return false };
            let Some(body) = self.public.get(id).map(|host| &host.parsed.body) else { return true };
            // A place that is not there may have been in the passage.
            let Some(place) = body.anchors.iter().find(|anchor| *anchor.id == *wanted) else { return true };
            let follows = |passage: Span| {
                let between = |start: u32| place.span.start < start && start < passage.start;
                passage.start >= place.span.start && !body.anchors.iter().any(|anchor| between(anchor.span.start))
            };
            held.passages.iter().any(|passage| follows(passage.span))
        })
    }

    /// The passage in which a record has the name to which a reference leads; it was taken out before its records were read.
    fn names_inside(&self, reference: &Reference) -> Option<&'a Withheld> {
        let id = id_of(&reference.id);
        let name = id.rsplit('/').next().filter(|name| !name.is_empty())?;
        let is_named = |held: &&Withheld| {
            let mut braces = held.passages.iter().flat_map(|passage| braces(&passage.text));
            braces.any(|braces| braces.id.is_some_and(|own| id_of(own) == name))
        };
        self.withheld.iter().filter(|held| held.why != Why::Ended).find(is_named)
    }

    /// What is withheld below the heading, or of the words, of a record in a text.
    pub(super) fn place_withheld(&self, one: &Shown) -> Option<&'a Withheld> {
        let standing = one.parsed.standing.as_ref()?;
        self.held_at(&standing.host, Some(&standing.anchor))
    }
}

/// The documents that a field names, in words too.
pub(super) fn references(fields: &Fields, field: &Field) -> Vec<(Reference, Span)> {
    let Some(entry) = fields.entry(&field.name) else { return Vec::new() };
    let reference = |value: &Value| match value {
        Value::Reference(reference) => Some(reference.clone()),
        Value::Words(words) => Reference::perhaps(words),
        _ => None,
    };
    match &entry.value {
        Value::List(list) => list.iter().filter_map(|(value, span)| Some((reference(value)?, *span))).collect(),
        value => reference(value).map(|reference| (reference, entry.span)).into_iter().collect(),
    }
}

/// The braces in a text, as far as they can be read.
pub(super) fn braces(text: &str) -> impl Iterator<Item = Attributes<'_>> {
    text.split('{').skip(1).filter_map(|rest| attributes::read(rest.split_once('}')?.0))
}
