//! Papers of what is withheld: the documents that it names, links to, or has as appendices by their names, and that nothing public
//! names.
//!
//! Input: what is public and what is withheld, so far. Output: the papers, each with that on which it hangs. Not here: what comes from
//! something by its own head (`withhold.rs`, `places.rs`).

use std::collections::HashMap;

use super::copies::{papers_of_appendix, papers_of_title};
use super::withhold::{Known, braces, references};
use crate::kind::{Field, Kind, Role};
use crate::language::letters;
use crate::model::{Link, Reference, Shown, Target, Value, Why, Withheld, WithheldText, id_of, own_path};
use crate::privacy::words;
use crate::source::Span;

impl<'a> Known<'a> {
    /// The documents that something withheld names as its papers.
    pub(super) fn papers(&self) -> HashMap<&'a str, &'a Withheld> {
        let mut papers = self.appendices();
        let add = |papers: &mut HashMap<&'a str, &'a Withheld>, named: Vec<(Reference, Span)>, field: &Field, held| {
            let meant = named.iter().flat_map(|(reference, _)| self.meant(reference, field));
            meant.for_each(|id| _ = papers.entry(id).or_insert(held));
        };
        for held in self.withheld.iter().filter(|held| held.why != Why::Ended) {
            if let Some(document) = &held.document {
                let fields = paper_fields(self.kinds.get(document.kind));
                fields.for_each(|field| add(&mut papers, references(&document.fields, field), field, held));
            }
            // Under any key, in a head of any kind; and what only a passage, or a text that is exempt, leads to.
            let document = held.document.as_deref();
            let under_keys = document.into_iter().flat_map(|document| document.visibility.papers.iter().cloned());
            let folder = held.path.rsplit_once('/').map_or("", |(folder, _)| folder);
            let in_passages = held.passages.iter().flat_map(|passage| self.linked(passage, folder));
            let exempt = document.filter(|document| held.why == Why::Exempt && document.standing.is_none());
            let in_text = exempt.into_iter().flat_map(|document| document.body.links.iter());
            let in_text = in_text.filter_map(|link| self.target_of(link));
            for reference in under_keys.chain(in_passages).chain(in_text) {
                let kinds = self.kinds.iter().map(|(_, kind)| kind).filter(|kind| self.is_paper(kind));
                let meant = self.named.find(&reference.id, kinds).into_iter();
                meant.filter(|id| self.is_public_paper(id)).for_each(|id| _ = papers.entry(id).or_insert(held));
            }
            for braces in held.passages.iter().flat_map(|passage| braces(&passage.text)) {
                for (key, value) in &braces.pairs {
                    let fields = || self.kinds.iter().flat_map(|(_, kind)| paper_fields(kind));
                    let known = fields().find(|field| field.name == *key);
                    let under_a_key = || fields().next().filter(|_| words::names_papers(key));
                    let Some(field) = known.or_else(under_a_key) else { continue };
                    let named = value.split([',', '[', ']', ' ']).filter_map(Reference::perhaps);
                    let named = named.map(|reference| (reference, Span::whole(held.source))).collect();
                    add(&mut papers, named, field, held);
                }
            }
        }
        for one in self.shown.iter().filter(|one| one.parsed.standing.is_some()) {
            for field in paper_fields(self.kinds.get(one.parsed.kind)) {
                let named = references(&one.parsed.fields, field);
                if !named.is_empty()
                    && let Some(held) = self.place_withheld(one)
                {
                    add(&mut papers, named, field, held);
                }
            }
        }
        let is_paper = |one: &&Shown| self.is_paper(self.kinds.get(one.parsed.kind));
        for one in self.shown.iter().filter(|one| one.parsed.standing.is_none()).filter(is_paper) {
            if let Some((held, _)) = self.source_of(one).or_else(|| self.item_of(one)) {
                _ = papers.entry(&*one.parsed.id).or_insert(held);
            }
        }
        if !papers.is_empty() {
            self.named_in_public(&papers).iter().for_each(|id| _ = papers.remove(id));
        }
        papers
    }

    /// Whether documents of a kind may be papers of others.
    fn is_paper(&self, paper: &Kind) -> bool {
        self.kinds.iter().any(|(_, kind)| takes(kind, paper))
    }

    fn is_public_paper(&self, id: &str) -> bool {
        self.public.get(id).is_some_and(|one| self.is_paper(self.kinds.get(one.parsed.kind)))
    }

    /// The documents that are appendices of something withheld by their names.
    fn appendices(&self) -> HashMap<&'a str, &'a Withheld> {
        let mut papers = HashMap::new();
        for one in self.shown.iter().filter(|one| one.parsed.standing.is_none()) {
            let (folder, name) = one.parsed.path.rsplit_once('/').unwrap_or(("", &one.parsed.path));
            let originals = papers_of_appendix(folder, name).into_iter();
            let mut held = originals.filter_map(|(folder, key)| self.beside.get(&(id_of(&folder), key))).flatten();
            let whole = |index: &&usize| {
                let held = &self.withheld[**index];
                held.document.is_some() && held.why != Why::Ended
            };
            let held = held.find(whole).copied().or_else(|| self.titled_appendix_of(one, folder));
            if let Some(index) = held {
                papers.insert(&*one.parsed.id, &self.withheld[index]);
            }
        }
        papers
    }

    /// What is withheld as a whole and of which a document is an appendix by its title: by its name in the same folder, or by its title.
    fn titled_appendix_of(&self, one: &Shown, folder: &str) -> Option<usize> {
        let names = papers_of_title(&one.parsed.title);
        if names.is_empty() {
            return None;
        }
        let whole = |held: &Withheld| held.document.is_some() && held.why != Why::Ended;
        let beside = names.iter().filter_map(|name| self.beside.get(&(id_of(folder), name.clone()))).flatten();
        let beside = beside.copied().find(|index| whole(&self.withheld[*index]));
        let has_title = |held: &Withheld| {
            let title = held.document.as_ref().map(|document| letters::name(&document.title)).unwrap_or_default();
            let near = title.contains('_') || held.path.rsplit_once('/').is_some_and(|(own, _)| own == folder);
            near && !title.is_empty() && names.contains(&title)
        };
        beside.or_else(|| self.withheld.iter().position(|held| whole(held) && has_title(held)))
    }

    /// The documents to which a passage has links: as they were read, and those of wikis as they were typed.
    fn linked(&self, passage: &WithheldText, folder: &str) -> Vec<Reference> {
        let wiki = passage.text.split("[[").skip(1).filter_map(|rest| rest.split([']', '|']).next());
        let typed = passage.text.split("](").skip(1).filter_map(|rest| rest.split([')', ' ']).next());
        let read = passage.leads_to.iter().map(|target| &**target);
        let links = read.chain(wiki).chain(typed.map(|target| target.trim_matches(['<', '>'])));
        links.flat_map(|target| self.named_by(target, folder)).collect()
    }

    /// What a target of a link may name: an address of the site, an id, a path from the folder of its text.
    fn named_by(&self, target: &str, folder: &str) -> Vec<Reference> {
        let own = own_path(target, self.own);
        let target = own.unwrap_or(target);
        // Only a path has a sign of one: a word alone is a place in the same text.
        if target.contains("://") || target.starts_with('#') {
            return Vec::new();
        }
        let path = target.split(['?', '#']).next().unwrap_or_default();
        let mut parts: Vec<&str> = folder.split('/').collect();
        for part in path.split('/') {
            match part {
                "." => {}
                ".." => _ = parts.pop(),
                part => parts.push(part),
            }
        }
        let joined = path.starts_with('.').then(|| parts.join("/"));
        [Some(target), joined.as_deref()].into_iter().flatten().filter_map(Reference::perhaps).collect()
    }

    /// The document to which a link leads.
    fn target_of(&self, link: &Link) -> Option<Reference> {
        match &link.target {
            Target::Path { path: typed, .. } | Target::Wiki { id: typed, .. } => Reference::perhaps(typed),
            Target::Outside(url) => Reference::perhaps(own_path(url, self.own)?),
        }
    }

    /// Those of the papers that something public names too, in a field or in a link; what they say of themselves does not count.
    fn named_in_public(&self, papers: &HashMap<&'a str, &'a Withheld>) -> Vec<&'a str> {
        let mut named = Vec::new();
        for one in self.shown {
            let host = one.parsed.standing.as_ref().map_or(&*one.parsed.id, |standing| &*standing.host);
            let mut leads = |typed: &str| {
                let Some(reference) = Reference::perhaps(typed) else { return };
                let meant = self.named.find(&reference.id, std::iter::empty()).into_iter();
                let others = meant.filter(|id| papers.contains_key(id) && *id != host && *id != &*one.parsed.id);
                named.extend(others.filter(|_| self.place_withheld(one).is_none()));
            };
            for link in &one.parsed.body.links {
                match &link.target {
                    Target::Path { path: typed, .. } | Target::Wiki { id: typed, .. } => leads(typed),
                    Target::Outside(url) => own_path(url, self.own).into_iter().for_each(&mut leads),
                }
            }
            // Of what is exempt as a whole, nobody reads these.
            let visibility = Some(&one.parsed.visibility).filter(|visibility| visibility.exempt.is_none());
            visibility.into_iter().flat_map(|visibility| &visibility.papers).for_each(|named| leads(&named.id));
            one.parsed.fields.each(&mut |value| {
                if let Value::Reference(reference) = value {
                    leads(&reference.id);
                }
            });
        }
        named
    }
}

/// The fields of a kind that name papers.
fn paper_fields(kind: &Kind) -> impl Iterator<Item = &Field> {
    kind.fields.iter().filter(|field| matches!(field.role, Some(Role::Papers | Role::Appendices)))
}

/// Whether documents of a kind name those of another as their papers.
fn takes(kind: &Kind, paper: &Kind) -> bool {
    let mut kinds = paper_fields(kind).filter_map(|field| field.shape.one().relation());
    kinds.any(|relation| relation.to.contains(&paper.name))
}
