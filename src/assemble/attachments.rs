//! Which files are published: those that a public document links to, embeds or lists, and no others.

use std::collections::{BTreeMap, BTreeSet};

use super::index::{Index, join};
use super::links::ResolvedLinks;
use super::relations::Bound;
use crate::diagnostic::{Attached, Diagnostics, nearest};
use crate::model::{
    Address, Branding, Cleaned, Element, FileDoubt, FileMeant, Landing, NodeId, Parsed, Target, Text, Value, Withheld,
};
use crate::source::{Attachment, Span};

/// What a look into a file found of it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Inspected {
    /// What is published in its place, if that is not the file as it is.
    pub cleaned: Option<Cleaned>,
    /// Whether it is a picture that is shown turned onto its side.
    pub on_its_side: bool,
}

/// Looks into files that are published, and gives what was found of each.
pub type Inspect<'run> = dyn Fn(&[Attachment], &mut Diagnostics) -> Vec<Inspected> + 'run;

/// What `disclosure` decides of files, by their paths from the site's root.
#[derive(Clone, Copy)]
pub struct FileRules<'run> {
    /// Why one may not be for everybody; `called`: what leads to it calls it by words that say so.
    pub doubt: &'run dyn Fn(&Attachment, Option<&str>) -> Option<FileDoubt>,
    /// Whether the words by which one is called say that it is not for everybody.
    pub private: fn(&str) -> bool,
    /// What one should be called that was meant as a page.
    pub meant: fn(&str) -> Option<FileMeant>,
}

/// The files that are published, and how their positions change from all files to these.
pub struct Published {
    /// Sorted by path, each with its address: its path below `content/`.
    pub list: Vec<(Attachment, Address)>,
    numbers: BTreeMap<u32, u32>,
    /// For each of the list, where it is used first.
    used_at: Vec<Span>,
}

impl Published {
    /// Each file's address, and where it is used first.
    pub fn files(&self) -> Vec<(Address, Span)> {
        self.list.iter().map(|(_, address)| address.clone()).zip(self.used_at.iter().copied()).collect()
    }

    /// Has the files looked into. Those in whose place a copy is published get its length and its hash; a picture that is shown
    /// on its side has its width for its height.
    pub fn inspect(&mut self, inspect: &Inspect<'_>, diagnostics: &mut Diagnostics) -> BTreeMap<u32, Cleaned> {
        let files: Vec<Attachment> = self.list.iter().map(|(file, _)| file.clone()).collect();
        let mut cleaned = BTreeMap::new();
        for ((number, (file, _)), found) in (0..).zip(&mut self.list).zip(inspect(&files, diagnostics)) {
            if found.on_its_side {
                file.facts.pixels = file.facts.pixels.map(|(width, height)| (height, width));
            }
            if let Some(copy) = found.cleaned {
                (file.length, file.hash) = (copy.length, copy.hash);
                cleaned.insert(number, copy);
            }
        }
        cleaned
    }

    /// A landing on a file, as a position among the published ones.
    pub fn renumber(&self, landing: Landing) -> Landing {
        match landing {
            Landing::Attachment(position) => {
                self.numbers.get(&position).map_or(Landing::Nowhere, |number| Landing::Attachment(*number))
            }
            landing => landing,
        }
    }
}

/// Collects what is used. Names what is not used in a warning, and what something withheld uses too in an error.
/// `branding` has the pictures that the settings put on every page. A file that may not be for everybody is not published.
pub fn published(
    index: &Index<'_>,
    files: FileRules<'_>,
    bound: &[Bound],
    links: &[ResolvedLinks],
    branding: &Branding,
    diagnostics: &mut Diagnostics,
) -> Published {
    let mut used = pictures(index, branding, diagnostics);
    for (bound, links) in bound.iter().zip(links) {
        for (position, span) in bound.files.iter().copied().chain(links.attachments()) {
            used.entry(position).or_insert(span);
        }
    }
    let asked: BTreeSet<u32> = used.keys().copied().collect();
    let called = called(index, bound, links, files.private);
    used.retain(|position, span| {
        let file = &index.attachments[*position as usize];
        let path = &file.path;
        let (words, place) = called.get(position).map_or((None, *span), |(words, place)| (Some(&**words), *place));
        let doubt = (files.doubt)(file, words);
        match (&doubt, (files.meant)(path)) {
            (Some(doubt), _) => {
                let at = if matches!(doubt, FileDoubt::Called(_)) { place } else { *span };
                diagnostics.withheld_file(at, Attached { path, hash: file.hash }, doubt);
            }
            (None, Some(FileMeant::Page(meant))) => diagnostics.not_a_page(Some(*span), path, &meant),
            // Somebody wants it to be there to download.
            (None, Some(FileMeant::Import | FileMeant::SaveFirst) | None) => {}
        }
        doubt.is_none()
    });
    let private = used_by_withheld(index);
    for (position, attachment) in (0..).zip(index.attachments) {
        match (used.get(&position), private.get(&position)) {
            (Some(span), Some(withheld)) => {
                diagnostics.attachment_of_withheld(*span, &attachment.path, &withheld.path, withheld.why);
            }
            (None, None) if !asked.contains(&position) => match (files.meant)(&attachment.path) {
                Some(FileMeant::Page(meant)) => diagnostics.not_a_page(None, &attachment.path, &meant),
                Some(meant) => diagnostics.no_page_yet(&attachment.path, meant == FileMeant::Import),
                None => diagnostics.unused_attachment(&attachment.path),
            },
            _ => {}
        }
    }
    let numbers = used.keys().copied().zip(0..).collect();
    let list = used.keys().map(|position| {
        let attachment = index.attachments[*position as usize].clone();
        let address = Address::file(attachment.path.strip_prefix("content/").unwrap_or(&attachment.path));
        (attachment, address)
    });
    Published { list: list.collect(), numbers, used_at: used.values().copied().collect() }
}

/// The files that something public calls by words that are `private`: in the text of a link, or beside the file in a field.
fn called(
    index: &Index<'_>,
    bound: &[Bound],
    links: &[ResolvedLinks],
    private: fn(&str) -> bool,
) -> BTreeMap<u32, (Box<str>, Span)> {
    let mut called = BTreeMap::new();
    for ((shown, bound), links) in index.documents.iter().zip(bound).zip(links) {
        let body = &shown.parsed.body;
        for (node, at) in body.nodes.iter().zip(0..) {
            let Element::Link(link) = node.element else { continue };
            let Some(Landing::Attachment(position)) = links.links.get(link.index()) else { continue };
            let words = body.plain(body.part(NodeId::at(at)), |_| None);
            let title = body.links[link.index()].title.as_deref();
            let words = title.into_iter().chain([words.trim()]).find(|words| private(words));
            if let Some(words) = words {
                called.entry(*position).or_insert_with(|| (words.into(), body.links[link.index()].span));
            }
        }
        for entry in &bound.fields.0 {
            for group in entry.value.groups() {
                let words = group.0.iter().filter_map(|part| Some((part.value.text()?, part.span)));
                let Some((words, span)) = { words }.find(|(words, _)| private(words)) else { continue };
                let files = group.0.iter().filter_map(|part| match &part.value {
                    Value::File(path) => index.attachment(path),
                    _ => None,
                });
                files.for_each(|position| _ = called.entry(position).or_insert_with(|| (words.into(), span)));
            }
        }
    }
    called
}

/// The logo, the crest and the picture for links, each with its place in the settings.
fn pictures(index: &Index<'_>, branding: &Branding, diagnostics: &mut Diagnostics) -> BTreeMap<u32, Span> {
    let mut found = BTreeMap::new();
    for picture in branding.logo.iter().chain(&branding.crest).chain(&branding.share) {
        match index.attachment(&picture.text) {
            Some(position) => drop(found.entry(position).or_insert(picture.span)),
            None => {
                let below = || index.attachments.iter().filter_map(|file| file.path.strip_prefix("content/"));
                let last = |path: &'_ str| path.rsplit('/').next().map(str::to_owned);
                let elsewhere = below().find(|path| last(path) == last(&picture.text));
                let near = elsewhere.or_else(|| nearest(&picture.text, below()));
                diagnostics.no_picture(picture.span, &picture.text, near);
            }
        }
    }
    found
}

/// Files that something withheld uses, or that have the same bytes as one: in a field, in a link, or by its name in an exempt passage.
fn used_by_withheld<'site>(index: &Index<'site>) -> BTreeMap<u32, &'site Withheld> {
    let mut used = BTreeMap::new();
    for withheld in index.withheld {
        if let Some(document) = &withheld.document {
            for path in paths_of(document) {
                let position = join(&document.path, &path).and_then(|path| index.attachment(&path));
                let position = position.or_else(|| index.attachment(path.trim_start_matches(['.', '/'])));
                if let Some(position) = position {
                    used.entry(position).or_insert(withheld);
                }
            }
        }
        if withheld.passages.is_empty() {
            continue;
        }
        let passages: Vec<String> = withheld.passages.iter().map(|passage| as_named(&passage.text)).collect();
        for (position, attachment) in (0..).zip(index.attachments) {
            let name = as_named(attachment.path.rsplit('/').next().unwrap_or_default());
            if passages.iter().any(|passage| passage.contains(&name)) {
                used.entry(position).or_insert(withheld);
            }
        }
    }
    // A copy has another name and the same words.
    let file = |position: u32| &index.attachments[position as usize];
    let hashes: BTreeMap<u128, &Withheld> = used
        .iter()
        .filter(|(position, _)| file(**position).length > 0)
        .map(|(position, held)| (file(*position).hash, *held))
        .collect();
    for (position, attachment) in (0..).zip(index.attachments) {
        if let Some(withheld) = hashes.get(&attachment.hash) {
            used.entry(position).or_insert(*withheld);
        }
    }
    used
}

/// A text in which a file is named, and the name of a file, as they are compared: `bid\_s.pdf`, `bid%5Fs.pdf`, `bid&#95;s.pdf`
/// and `Bid_s.PDF` name one file.
fn as_named(text: &str) -> String {
    let mut named = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(sign) = rest.chars().next() {
        let (read, length) = match sign {
            '\\' => (None, 1),
            '%' => in_base(rest.get(1..3), 16).map_or((Some('%'), 1), |byte| (Some(byte), 3)),
            '&' => entity(rest).map_or((Some('&'), 1), |(read, length)| (Some(read), length)),
            _ => (Some(sign), sign.len_utf8()),
        };
        named.extend(read.into_iter().flat_map(char::to_lowercase));
        rest = &rest[length..];
    }
    named
}

/// The character that an entity at the beginning of `text` stands for, and its bytes.
fn entity(text: &str) -> Option<(char, usize)> {
    let end = text.find(';').filter(|end| *end <= 10)?;
    let name = &text[1..end];
    let read = match name.strip_prefix('#') {
        Some(number) => match number.strip_prefix(['x', 'X']) {
            Some(number) => in_base(Some(number), 16),
            None => in_base(Some(number), 10),
        },
        None => [("amp", '&'), ("lowbar", '_'), ("nbsp", ' '), ("period", '.'), ("hyphen", '-'), ("dash", '-')]
            .into_iter()
            .find_map(|(known, sign)| (known == name).then_some(sign)),
    };
    read.map(|read| (read, end + 1))
}

fn in_base(digits: Option<&str>, base: u32) -> Option<char> {
    char::from_u32(u32::from_str_radix(digits?, base).ok()?)
}

/// Every path that a document's fields and text name.
fn paths_of(document: &Parsed) -> Vec<Box<str>> {
    let mut paths = paths_of_body(&document.body);
    document.fields.each(&mut |value| match value {
        Value::File(path) => paths.push(path.clone()),
        Value::Markdown(body) => paths.extend(paths_of_body(body)),
        _ => {}
    });
    paths
}

fn paths_of_body(body: &Text) -> Vec<Box<str>> {
    let links = body.links.iter().map(|link| &link.target);
    let targets = links.chain(body.embeds.iter().map(|embed| &embed.target));
    let path = |target: &Target| match target {
        Target::Path { path, .. } => Some(path.clone()),
        Target::Outside(_) | Target::Wiki { .. } => None,
    };
    targets.filter_map(path).collect()
}
