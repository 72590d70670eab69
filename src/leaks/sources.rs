//! What is withheld of each source, and what of it is public.
//!
//! Input: what `disclosure` kept back, the site that is left, the sources as they were read. Output: [`Matter`], and for each
//! source the texts that everybody may read. Not here: what is looked for in them (`matter.rs`).

use std::collections::{BTreeMap, BTreeSet};

use super::matter::{Matter, Piece, Voice};
use super::words::Form;
use crate::diagnostic::Leaked;
use crate::model::{Document, Exemption, Published, Site, Stretch, Why, Withheld};
use crate::source::{Attachment, SourceId, Sources, Span, decode};

/// Which parts of the sources are public.
#[derive(Debug, Default)]
pub struct Public<'site> {
    /// Files of which nothing is public but what the documents say of themselves.
    withheld: BTreeSet<SourceId>,
    /// Passages that are not, of files that are public otherwise.
    passages: BTreeMap<SourceId, Vec<Span>>,
    /// Records that are not, as parts of the text in which they stand.
    records: BTreeMap<SourceId, Vec<Stretch>>,
    /// The documents that are left of each file.
    documents: BTreeMap<SourceId, Vec<&'site Document>>,
}

/// What must not be said, and which parts of the sources may be.
#[must_use]
pub fn matter<'site>(withheld: &[Withheld], site: &'site Site, sources: &Sources) -> (Matter, Public<'site>) {
    let mut matter = Matter::new(&site.config.base_path);
    let mut public = Public::default();
    for document in &site.documents {
        public.documents.entry(document.source).or_default().push(document);
    }
    let unused = unused(site, sources);
    let (records, files): (Vec<&Withheld>, Vec<&Withheld>) = withheld.iter().partition(|held| is_record(held));
    for held in files {
        let source = held.source;
        if held.document.is_none() && !held.passages.is_empty() {
            for passage in &held.passages {
                matter.add(as_typed(passage.text.to_string(), passage.span, true));
                public.passages.entry(source).or_default().push(passage.span);
            }
        } else if public.withheld.insert(source) {
            add_file(held, site, (sources, &unused), &mut matter);
        }
    }
    for held in records.into_iter().filter(|held| !public.withheld.contains(&held.source)) {
        let Some((document, standing)) = held.document.as_ref().and_then(|one| Some((one, one.standing.as_ref()?)))
        else {
            continue;
        };
        let Some(host) = site.find(&standing.host) else { continue };
        let stretch = standing.wording.stretch;
        let words = site.document(host).body.words.get(stretch.start as usize..stretch.end as usize);
        let text = words.unwrap_or_default().to_owned();
        let span = Span::whole(document.source);
        let is_exempt = held.why == Why::Exempt;
        matter.add(Piece { text, form: Form::Plain, leaked: Leaked::Words, span, is_in_file: false, is_exempt });
        public.records.entry(held.source).or_default().push(stretch);
    }
    // The program makes addresses and ids of names of files.
    for document in &site.documents {
        for name in [&*document.id, &*document.path, document.address.as_str()] {
            matter.discount("", name, Voice::Public);
        }
    }
    (matter, public)
}

/// A withheld file: its text, its title, its address, its bytes, and those of the files that it alone names: nobody is to have
/// them by another name.
fn add_file(held: &Withheld, site: &Site, (sources, unused): (&Sources, &[&Attachment]), matter: &mut Matter) {
    let whole = Span::whole(held.source);
    let Ok(bytes) = sources.bytes(held.source) else { return };
    matter.add_file(Attachment::checksum(&bytes), whole);
    if let Ok(text) = decode(bytes) {
        let name = |file: &Attachment| file.path.rsplit('/').next().is_some_and(|name| text.contains(name));
        unused.iter().filter(|file| name(file)).for_each(|file| matter.add_file(file.hash, whole));
        let span = Span::new(held.source, 0, text.len());
        matter.add(as_typed(text, span, held.why == Why::Exempt));
    }
    // A document that is exempt, or has ended, still has its page, and there its title.
    if site.find(&held.id).is_some() {
        return;
    }
    if let Some(document) = &held.document {
        let text = document.title.to_string();
        matter.add(Piece {
            text,
            form: Form::Plain,
            leaked: Leaked::Title,
            span: whole,
            is_in_file: false,
            is_exempt: false,
        });
    }
    // That of something public is said by it.
    matter.add_address(held.address.as_str(), whole);
}

/// A text of a file as it was typed.
fn as_typed(text: String, span: Span, is_exempt: bool) -> Piece {
    Piece { text, form: Form::Markdown, leaked: Leaked::Words, span, is_in_file: true, is_exempt }
}

/// The texts in which what is withheld stands, and perhaps more: of a passage that passage, else the whole file.
pub(super) fn held_texts<'run>(
    withheld: &'run [Withheld],
    sources: &'run Sources,
) -> impl Iterator<Item = Piece> + 'run {
    let is_passages = |held: &&Withheld| held.document.is_none() && !held.passages.is_empty();
    let passages = withheld.iter().filter(is_passages).flat_map(|held| &held.passages);
    let files: BTreeSet<SourceId> =
        withheld.iter().filter(move |held| !is_passages(held)).map(|held| held.source).collect();
    let text = |source| sources.bytes(source).ok().and_then(|bytes| decode(bytes).ok());
    let whole = move |source| text(source).map(|text| (Span::new(source, 0, text.len()), text));
    let whole = files.into_iter().filter_map(whole).map(|(span, text)| as_typed(text, span, false));
    passages.map(|passage| as_typed(passage.text.to_string(), passage.span, true)).chain(whole)
}

/// The files that nothing public uses.
fn unused<'run>(site: &Site, sources: &'run Sources) -> Vec<&'run Attachment> {
    let is_published =
        |file: &Attachment| site.attachments.binary_search_by(|(one, _)| one.path.cmp(&file.path)).is_ok();
    sources.attachments.iter().filter(|file| file.length > 0 && !file.is_aside() && !is_published(file)).collect()
}

/// Whether something withheld is a record in the text of another document.
fn is_record(held: &Withheld) -> bool {
    held.document.as_ref().is_some_and(|document| document.standing.is_some())
}

/// The texts of a source that everybody may read, as typed.
#[must_use]
pub fn public_text(source: SourceId, sources: &Sources, public: &Public<'_>) -> Vec<String> {
    let Some(text) = sources.bytes(source).ok().and_then(|bytes| decode(bytes).ok()) else { return Vec::new() };
    let path = sources.path(source);
    let is_document = path.ends_with(".md") || path == "content/people.csv";
    let documents = public.documents.get(&source).map(Vec::as_slice).unwrap_or_default();
    if !is_document {
        // Authors write there where old addresses lead and in which area a postcode lies, also of what is withheld still; nobody
        // else ever sees these tables.
        let is_aside = ["content/old-addresses.csv", "content/postcodes.csv"].contains(&path);
        return if is_aside { Vec::new() } else { vec![text] };
    }
    // A file of which no document is left says nothing to anybody, whether or not something of it is withheld.
    if documents.is_empty() {
        return Vec::new();
    }
    let of_themselves = || documents.iter().flat_map(|document| said_of_itself(document, &text));
    if public.withheld.contains(&source) {
        return of_themselves().collect();
    }
    if let Some(records) = public.records.get(&source) {
        let words =
            |document: &'_ &Document| outside(&document.body.words, records.iter().map(|one| (one.start, one.end)));
        return documents.iter().flat_map(words).chain(of_themselves()).collect();
    }
    let passages = public.passages.get(&source).map(Vec::as_slice).unwrap_or_default();
    outside(&text, passages.iter().map(|span| (span.start, span.end)))
}

/// What a document says of itself even where its text is withheld: its title, its fields that are left, why, and what may be
/// said of it.
fn said_of_itself(document: &Document, text: &str) -> Vec<String> {
    let fields =
        document.fields.0.iter().filter_map(|entry| text.get(entry.span.start as usize..entry.span.end as usize));
    let said: Vec<&str> = match &document.published {
        Published::Whole => Vec::new(),
        Published::Exempt(exemption) => {
            let Exemption { paragraphs, reason, summary } = &**exemption;
            paragraphs.iter().chain(reason).chain(summary).map(|said| &**said).collect()
        }
        Published::Tombstone(tombstone) => tombstone.reason.iter().map(|said| &**said).collect(),
    };
    std::iter::once(&*document.title).chain(fields).chain(said).map(str::to_owned).collect()
}

/// What of a text lies outside some parts of it.
fn outside(text: &str, parts: impl Iterator<Item = (u32, u32)>) -> Vec<String> {
    let mut parts: Vec<(usize, usize)> = parts.map(|(start, end)| (start as usize, end as usize)).collect();
    parts.sort_unstable();
    let mut kept = Vec::new();
    let mut at = 0;
    for (start, end) in parts {
        kept.extend(text.get(at..start.max(at)).map(str::to_owned));
        at = at.max(end);
    }
    kept.extend(text.get(at..).map(str::to_owned));
    kept
}
