//! What a file's path says: kind, id, address, date, and in whose folder it lies (content.md §1).
//!
//! Input: the path, and which other files there are. Output: a [`Place`]. Not here: anything inside the file.

use std::sync::Arc;

use super::context::Context;
use super::folders::{self, Folders, Standing};
use crate::diagnostic::Diagnostics;
use crate::kind::{Kind, KindId};
use crate::language::capital;
use crate::lexicon::days::Written;
use crate::model::{Address, Why, slug};
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
    /// The date that its name says, or the folders in which it lies.
    pub date: Option<Written>,
    /// Whether its name is that date and nothing else.
    pub is_date_alone: bool,
    /// Its name, without its ending.
    pub name: Box<str>,
    /// Its name in words, without the date that it begins with.
    pub name_in_words: String,
    /// The folder below the kind's that names a body, as typed.
    pub folder_owner: Option<Box<str>>,
    /// The id of the document in whose folder it lies.
    pub inside: Option<Box<str>>,
    /// Whether it is another paper of that document's meeting, and no part of it.
    pub beside: bool,
}

impl Place {
    /// What the path of `source` says.
    pub fn of(source: SourceId, context: &Context<'_>) -> Self {
        let whole = context.files.path(source);
        let path = whole.strip_prefix("content/").unwrap_or(whole);
        let mut names: Vec<&str> = path.strip_suffix(".md").unwrap_or(path).split('/').collect();
        if names.len() > 2 && names.last() == Some(&"index") {
            names.pop();
        }
        let folder_kind = if names.len() > 1 { context.kinds.by_folder(names[0]) } else { None };
        let translation = names.last().is_some_and(|name| is_translation(name));
        let of_folder = folder_kind.map(|kind| context.kinds.get(kind));
        let folders = of_folder.map(|kind| Folders::of(&names, kind, context.kinds, context.files)).unwrap_or_default();
        let other = match folders.standing {
            Standing::Own => None,
            Standing::Part => of_folder.and_then(|kind| kind.inside_kind.as_deref()),
            Standing::Beside => of_folder.and_then(|kind| kind.beside_kind.as_deref()),
        };
        let kind = other.map_or(folder_kind, |name| context.kinds.by_name(name));
        let slugs: Vec<String> = names.iter().map(|name| slug_or_hash(name)).collect();
        let in_address = folder_kind.is_none_or(|kind| context.kinds.get(kind).folder_in_address);
        let home = !in_address && slugs.len() == 2 && slugs[1] == "index";
        let parts = if home { &[][..] } else { &slugs[usize::from(!in_address)..] };
        let name = names.last().copied().unwrap_or_default();
        let rest = folders::without_date(name);
        Self {
            source,
            path: path.into(),
            kind: kind.filter(|_| !translation),
            why: if translation { Why::Translation } else { Why::UnknownKind },
            id: slugs.join("/").into(),
            address: Address::page(parts.iter().map(String::as_str)),
            is_date_alone: rest.is_empty(),
            date: folders.date,
            name: name.into(),
            name_in_words: if home { context.config.title.clone() } else { in_words(rest) },
            folder_owner: folders.body,
            inside: folders.owner.map(|path| path.split('/').map(slug_or_hash).collect::<Vec<_>>().join("/").into()),
            beside: folders.standing == Standing::Beside,
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
        let kinds = &context.kinds.list;
        let folders: Vec<&str> = kinds.iter().map(|kind| kind.folder.as_str()).collect();
        let called = |kind: &&Kind| {
            let names = [&kind.name, &kind.label, &kind.label_plural].into_iter().chain(&kind.also_said);
            names.into_iter().any(|name| folder.is_some_and(|folder| slug(name) == slug(folder)))
        };
        let meant = kinds.iter().find(called).map(|kind| kind.folder.as_str());
        diagnostics.unknown_kind(source, folder, &self.path, (meant, &folders));
    }
}

/// `about.cy`: the name of a translation, for which addresses are kept free.
fn is_translation(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(stem, tag)| {
        !stem.is_empty() && tag.len() == 2 && tag.bytes().all(|byte| byte.is_ascii_lowercase())
    })
}

/// A name of a file or folder as words: `safer-communities_board` → `Safer communities board`.
pub(super) fn in_words(name: &str) -> String {
    let words = name.replace(['-', '_'], " ");
    capital(&words.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// A name as a slug; one that has no letter or digit gets a name made of its bytes, so that it has an address.
fn slug_or_hash(name: &str) -> String {
    let slug = slug(name);
    if slug.is_empty() { format!("x{:08x}", xxhash_rust::xxh3::xxh3_64(name.as_bytes()) >> 32) } else { slug }
}
