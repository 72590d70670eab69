//! What a file's path says: kind, id, address, date, and in whose folder it lies (content.md §1).
//!
//! Input: the path, and which other files there are. Output: a [`Place`]. Not here: anything inside the file.

use std::sync::Arc;

use jiff::civil;

use super::context::Context;
use crate::diagnostic::Diagnostics;
use crate::kind::{Kind, KindId};
use crate::model::{Address, Date, Why, slug};
use crate::source::SourceId;

/// Where a document lies, and what follows from it.
#[derive(Debug, Clone)]
pub struct Place {
    /// The file.
    pub source: SourceId,
    /// Below `content/`.
    pub path: Arc<str>,
    /// Its kind, where the folder is one.
    pub kind: Option<KindId>,
    /// Why it is held back where the folder is none.
    pub why: Why,
    /// Each name of the path as a slug.
    pub id: Box<str>,
    /// Where its page is.
    pub address: Address,
    /// The date that its name begins with.
    pub date: Option<civil::Date>,
    /// Its name in words, without the date.
    pub name_in_words: String,
    /// The folder below the kind's that names a body, as typed.
    pub folder_owner: Option<Box<str>>,
    /// The id of the document in whose folder it lies.
    pub inside: Option<Box<str>>,
}

impl Place {
    /// What the path of `source` says.
    pub fn of(source: SourceId, context: &Context<'_>) -> Self {
        let whole = context.sources.path(source);
        let path = whole.strip_prefix("content/").unwrap_or(whole);
        let mut names: Vec<&str> = path.strip_suffix(".md").unwrap_or(path).split('/').collect();
        if names.len() > 2 && names.last() == Some(&"index") {
            names.pop();
        }
        let folder_kind = if names.len() > 1 { context.kinds.by_folder(names[0]) } else { None };
        let translation = names.last().is_some_and(|name| is_translation(name));
        let inside = folder_kind.and_then(|kind| inside(&names, context.kinds.get(kind), context));
        let kind = match (folder_kind, &inside) {
            (Some(kind), Some(_)) => {
                context.kinds.get(kind).inside_kind.as_deref().and_then(|name| context.kinds.by_name(name))
            }
            (kind, _) => kind,
        };
        let slugs: Vec<String> = names.iter().map(|name| slug_or_hash(name)).collect();
        let in_address = folder_kind.is_none_or(|kind| context.kinds.get(kind).folder_in_address);
        let home = !in_address && slugs.len() == 2 && slugs[1] == "index";
        let parts = if home { &[][..] } else { &slugs[usize::from(!in_address)..] };
        let (date, rest) = date_and_rest(names.last().copied().unwrap_or_default());
        Self {
            source,
            path: path.into(),
            kind: kind.filter(|_| !translation),
            why: if translation { Why::Translation } else { Why::UnknownKind },
            id: slugs.join("/").into(),
            address: Address::page(parts.iter().map(String::as_str)),
            date,
            name_in_words: if home { context.config.title.clone() } else { in_words(rest) },
            folder_owner: folder_owner(&names, folder_kind.map(|kind| context.kinds.get(kind))),
            inside,
        }
    }

    /// The name of the place for the records that stand there: `minutes/board/2021-06-06` → `board-2021-06-06`.
    pub fn name_of_records(&self) -> String {
        self.id.split_once('/').map_or(&*self.id, |(_, rest)| rest).replace('/', "-")
    }

    /// Says why a document outside the folders of kinds is held back.
    pub fn report(&self, source: SourceId, context: &Context<'_>, diagnostics: &mut Diagnostics) {
        if self.why == Why::Translation {
            diagnostics.translation(source);
            return;
        }
        let folder = self.path.split_once('/').map(|(folder, _)| folder);
        let folders: Vec<&str> = context.kinds.list.iter().map(|kind| kind.folder.as_str()).collect();
        diagnostics.unknown_kind(source, folder, &self.path, &folders);
    }
}

/// `about.cy`: the name of a translation, for which addresses are kept free.
fn is_translation(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(stem, tag)| {
        !stem.is_empty() && tag.len() == 2 && tag.bytes().all(|byte| byte.is_ascii_lowercase())
    })
}

/// The id of the document in whose folder a file lies: `minutes/board/2021-09-07/budget.md` lies in its meeting's.
/// A folder is a document's if its name begins with a date, or if the document's own file lies beside or in it.
fn inside(names: &[&str], kind: &Kind, context: &Context<'_>) -> Option<Box<str>> {
    kind.inside_kind.as_ref()?;
    let least = if kind.folder_names.is_some() { 4 } else { 3 };
    let folder = &names[..names.len() - 1];
    if names.len() < least {
        return None;
    }
    let owner = folder.join("/");
    let has_file = |path: String| context.sources.find(&path).is_some();
    let dated = date_and_rest(folder.last()?).0.is_some();
    let owned = dated || has_file(format!("content/{owner}.md")) || has_file(format!("content/{owner}/index.md"));
    owned.then(|| folder.iter().map(|name| slug_or_hash(name)).collect::<Vec<_>>().join("/").into())
}

/// A name of a file or folder as words: `safer-communities_board` → `Safer communities board`.
pub(super) fn in_words(name: &str) -> String {
    let words = name.replace(['-', '_'], " ");
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

/// The name of the folder that says whose document it is, where the kind has such folders.
fn folder_owner(names: &[&str], kind: Option<&Kind>) -> Option<Box<str>> {
    kind?.folder_names.as_ref()?;
    if names.len() > 2 { Some(names[1].into()) } else { None }
}

/// The date at the head of a name, and the rest of it without the marks between.
fn date_and_rest(name: &str) -> (Option<civil::Date>, &str) {
    let Some(head) = name.get(..10) else { return (None, name) };
    let apart = name[10..].chars().next().is_none_or(|next| !next.is_alphanumeric());
    match Date::parse(head) {
        Some(Date::Day(day)) if apart && head.as_bytes()[4] == b'-' => {
            (Some(day), name[10..].trim_start_matches(|mark: char| !mark.is_alphanumeric() && mark != '('))
        }
        _ => (None, name),
    }
}

/// A name as a slug; one that has no letter or digit gets a name made of its bytes, so that it has an address.
fn slug_or_hash(name: &str) -> String {
    let slug = slug(name);
    if slug.is_empty() { format!("x{:08x}", xxhash_rust::xxh3::xxh3_64(name.as_bytes()) >> 32) } else { slug }
}
