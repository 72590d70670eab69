//! Finds documents and files by what an author types: an id, the end of one, a path, an address.
//!
//! Input: what may be shown, what is withheld, the files. Output: a [`Lookup`] for each name that is asked for.
//! Not here: places inside a document (`anchors.rs`).

use std::collections::{BTreeMap, HashMap};

use crate::kind::{Kind, Kinds};
use crate::model::{Address, DocumentId, Named, Parsed, Shown, Standing, Withheld, id_of};
use crate::source::Attachment;

/// All documents and files, by their names. Look-ups only: nothing iterates over the maps.
pub struct Index<'site> {
    /// Sorted by id; a [`DocumentId`] is a position in it.
    pub documents: &'site [Shown],
    /// What its audience may not see.
    pub withheld: &'site [Withheld],
    /// Sorted by path.
    pub attachments: &'site [Attachment],
    /// The schema.
    pub kinds: &'site Kinds,
    /// The address of the site.
    pub own: Option<&'site str>,
    /// Documents by the ids that they had when they were published, if they have others now.
    pub former: BTreeMap<String, DocumentId>,
    /// The present edition of each document that is an earlier one.
    pub present_of: Vec<Option<DocumentId>>,
    by_path: HashMap<&'site str, Lookup>,
    by_name: Named<'site, Lookup>,
    by_address: HashMap<&'site str, Lookup>,
}

/// What a name led to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lookup {
    /// A document.
    Document(DocumentId),
    /// Something withheld: a position in [`Index::withheld`].
    Withheld(usize),
    /// Several documents.
    Several(Vec<DocumentId>),
    /// Nothing.
    Nothing,
}

impl Lookup {
    /// The document, if it is one.
    pub fn document(self) -> Option<DocumentId> {
        match self {
            Self::Document(document) => Some(document),
            _ => None,
        }
    }
}

impl<'site> Index<'site> {
    /// Names everything. Of two documents with one name the first holds; `identity` says that they clash.
    pub fn new(
        documents: &'site [Shown],
        withheld: &'site [Withheld],
        attachments: &'site [Attachment],
        kinds: &'site Kinds,
    ) -> Self {
        let mut index = Self {
            documents,
            withheld,
            attachments,
            kinds,
            own: None,
            former: BTreeMap::new(),
            present_of: vec![None; documents.len()],
            by_path: HashMap::with_capacity(documents.len()),
            by_name: Named::with_capacity(documents.len()),
            by_address: HashMap::with_capacity(documents.len()),
        };
        for (document, shown) in (0..).map(DocumentId).zip(documents) {
            let Parsed { path, id, address, standing, .. } = &shown.parsed;
            index.name((path, id, address), standing.as_deref(), &Lookup::Document(document));
        }
        for (position, Withheld { path, id, address, document, .. }) in withheld.iter().enumerate() {
            let standing = document.as_ref().and_then(|document| document.standing.as_deref());
            index.name((path, id, address), standing, &Lookup::Withheld(position));
        }
        index
    }

    /// Names one document. A record in place shares the path of its host, and its address too unless it has a page of
    /// its own.
    fn name(
        &mut self,
        (path, id, address): (&'site str, &'site str, &'site Address),
        standing: Option<&Standing>,
        found: &Lookup,
    ) {
        if standing.is_none() && path.ends_with(".md") {
            self.by_path.entry(path).or_insert_with(|| found.clone());
        }
        if standing.is_none_or(|standing| standing.page) {
            self.by_address.entry(address.as_str()).or_insert_with(|| found.clone());
        }
        self.by_name.add(id, found);
    }

    /// Whether a document is an earlier edition of another.
    pub fn is_earlier(&self, id: DocumentId) -> bool {
        self.present_of[id.0 as usize].is_some()
    }

    /// The document with exactly this id.
    pub fn at_id(&self, id: &str) -> Option<DocumentId> {
        self.by_name.at_id(id).cloned().and_then(Lookup::document)
    }

    /// The record in the text of `host` whose anchor this is.
    pub fn record_at(&self, host: DocumentId, anchor: &str) -> Option<DocumentId> {
        let host = &self.documents[host.0 as usize].parsed;
        host.records.iter().filter_map(|id| self.at_id(id)).find(|record| {
            let standing = self.documents[record.0 as usize].parsed.standing.as_ref();
            standing.is_some_and(|standing| *standing.anchor == *anchor)
        })
    }

    /// The text in which the places of a document lie: its own, or its host's where it is a record in place.
    pub fn text_of<'a>(&'a self, shown: &'a Shown) -> &'a crate::model::Text {
        let host = shown.parsed.standing.as_ref().and_then(|standing| self.at_id(&standing.host));
        let host = host.map_or(shown, |host| &self.documents[host.0 as usize]);
        &host.parsed.body
    }

    /// The document with this path below `content/`.
    pub fn at_path(&self, path: &str) -> Lookup {
        self.by_path.get(path).cloned().unwrap_or(Lookup::Nothing)
    }

    /// The document with this address, `/minutes/board/2021-09-07/`.
    pub fn at_address(&self, address: &str) -> Lookup {
        self.by_address.get(address).cloned().unwrap_or(Lookup::Nothing)
    }

    /// The document that `typed` names: an id, written with or without `.md`, capitals and spaces; or the end of an
    /// id where only one document ends so.
    pub fn find(&self, typed: &str) -> Lookup {
        self.find_of_kinds(typed, std::iter::empty())
    }

    /// As [`Self::find`], for a field that leads to documents of these kinds: `board` is tried as `bodies/board`.
    pub fn find_of_kinds<'kinds>(&self, typed: &str, kinds: impl Iterator<Item = &'kinds Kind>) -> Lookup {
        let kinds: Vec<&Kind> = kinds.collect();
        let mut found = self.by_name.find(typed, kinds.iter().copied());
        // Where a public document fits, something withheld of the same name is not what was meant.
        if found.iter().any(|found| matches!(found, Lookup::Document(_))) {
            found.retain(|found| matches!(found, Lookup::Document(_)));
        }
        match found.len() {
            0 => self.former(typed, &kinds),
            1 => found.remove(0),
            _ => Lookup::Several(found.into_iter().filter_map(Lookup::document).collect()),
        }
    }

    /// The document that had the id that `typed` names.
    fn former(&self, typed: &str, kinds: &[&Kind]) -> Lookup {
        if self.former.is_empty() {
            return Lookup::Nothing;
        }
        let id = id_of(typed);
        let longer = kinds.iter().map(|kind| format!("{}/{id}", kind.folder));
        let found = std::iter::once(id.clone()).chain(longer).find_map(|id| self.former.get(&id).copied());
        found.map_or(Lookup::Nothing, Lookup::Document)
    }

    /// The file with this path below `content/`: a position in [`Index::attachments`].
    pub fn attachment(&self, path: &str) -> Option<u32> {
        let position = self.attachments.binary_search_by(|attachment| {
            let own = attachment.path.strip_prefix("content/").unwrap_or(&attachment.path);
            own.cmp(path)
        });
        position.ok().and_then(|position| u32::try_from(position).ok())
    }

    /// The public id nearest to `typed`; `None` if none is near enough.
    pub fn nearest(&self, typed: &str) -> Option<&'site str> {
        nearest(typed, self.documents, |shown| &shown.parsed.id)
    }
}

/// The id nearest to `typed` in a `list` that is sorted by id, looked for among those that share its last or its first
/// part, so that a thousand wrong names do not each cost a look at every document.
pub fn nearest<'list, T>(typed: &str, list: &'list [T], id_of_one: impl Fn(&T) -> &str) -> Option<&'list str> {
    let id = id_of(typed);
    let folder = id.split_once('/').map(|(folder, _)| format!("{folder}/"));
    let start = folder.as_ref().map_or(0, |folder| list.partition_point(|one| id_of_one(one) < folder.as_str()));
    let ids = list[start..].iter().map(&id_of_one);
    let ids = ids.take_while(|id| folder.as_ref().is_none_or(|folder| id.starts_with(folder.as_str()))).take(2_000);
    match folder {
        Some(_) => crate::diagnostic::nearest(&id, ids),
        None => {
            let lasts = ids.map(|whole| (whole.rsplit('/').next().unwrap_or(whole), whole)).collect::<Vec<_>>();
            let near = crate::diagnostic::nearest(&id, lasts.iter().map(|(last, _)| *last))?;
            lasts.iter().find(|(last, _)| *last == near).map(|(_, whole)| *whole)
        }
    }
}

/// The path below `content/` that `typed` means in the document at `path`: from its folder, or from the root where it
/// begins with `/`. `None` where it leads out of `content/`.
pub fn join(path: &str, typed: &str) -> Option<String> {
    let typed = typed.split('?').next().unwrap_or(typed);
    let mut parts: Vec<&str> = match typed.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => path.split('/').collect::<Vec<_>>().split_last().map(|(_, folder)| folder.to_vec()).unwrap_or_default(),
    };
    for part in typed.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}
