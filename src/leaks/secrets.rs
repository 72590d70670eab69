//! Finished files, looked through for what must not be said.
//!
//! Input: what nobody public says, then one finished file after another, from any thread. Output: [`Leak`]s. Not here: what is
//! withheld (`sources.rs`), and how a leak is told (`report.rs`).

use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;

use xxhash_rust::xxh3::Xxh3;

use super::heard::{Heard, OfFile, Repeated};
use super::report::{Leak, Place};
use super::runs::{Bits, HashedMap, RUN, Window, each_path, hash_of_parts, strand};
use super::words::{self, Form};
use crate::archive::Archive;
use crate::diagnostic::Leaked;
use crate::search::{Fetch, Index};
use crate::source::{Attachment, SourceId, Span};

/// The end of the name of an archive.
const PACKED: &str = ".zip";

/// A run of words that would give something away.
#[derive(Debug, Clone, Copy)]
pub(super) struct Needle {
    pub(super) span: Span,
    pub(super) leaked: Leaked,
    pub(super) length: usize,
    /// Its last word, and the run of its last two; of one word twice that.
    pub(super) ends: [u64; 2],
}

/// What must not be in any finished file.
#[derive(Debug, Default)]
pub struct Secrets {
    runs: HashedMap<Needle>,
    /// How many words runs have.
    lengths: Vec<usize>,
    /// Which words may end one, and which pairs of words: nearly every word of a page costs one look, nearly every other two.
    ends: Bits,
    pairs: Bits,
    addresses: HashMap<u64, Span>,
    files: HashMap<u128, Span>,
    /// Runs of [`RUN`] words that no attached file may have, and how many there are of each source.
    of_files: HashedMap<OfFile>,
    runs_of_sources: HashMap<SourceId, usize>,
    /// The path below which the site lies.
    base_parts: Vec<Box<str>>,
}

impl Secrets {
    pub(super) fn new(
        needles: Vec<(u64, Needle)>,
        addresses: HashMap<u64, Span>,
        files: HashMap<u128, Span>,
        base_path: &str,
    ) -> Self {
        let base_parts = base_path.split('/').filter(|part| !part.is_empty()).map(Box::from).collect();
        let lengths = (1..=RUN).filter(|length| needles.iter().any(|(_, needle)| needle.length == *length)).collect();
        let ends = Bits::of(needles.iter().map(|(_, needle)| needle.ends[0]));
        let pairs = Bits::of(needles.iter().map(|(_, needle)| needle.ends[1]));
        let mut runs = HashedMap::default();
        for (hash, needle) in needles {
            runs.entry(hash).or_insert(needle);
        }
        Self { runs, lengths, ends, pairs, addresses, files, base_parts, ..Self::default() }
    }

    /// The same with what no attached file may say.
    pub(super) fn with_files(self, of_files: HashedMap<OfFile>) -> Self {
        let mut runs_of_sources: HashMap<SourceId, usize> = HashMap::new();
        #[expect(clippy::iter_over_hash_type, reason = "they are counted")]
        for secret in of_files.values() {
            *runs_of_sources.entry(secret.span.source).or_default() += 1;
        }
        Self { of_files, runs_of_sources, ..self }
    }

    /// A fingerprint of what is looked for in files that this program makes.
    pub(super) fn fingerprint(&self) -> u128 {
        let mut all: Vec<(u64, u64)> = self.runs.iter().map(|(hash, needle)| (*hash, needle.length as u64)).collect();
        all.extend(self.addresses.keys().map(|hash| (*hash, u64::MAX)));
        all.extend(self.files.keys().map(|hash| ((*hash >> 64) as u64, *hash as u64)));
        all.sort_unstable();
        let mut fingerprint = Xxh3::new();
        (all, &self.base_parts).hash(&mut fingerprint);
        fingerprint.digest128()
    }

    /// Looks at the name of a file that is copied, and whose bytes they are.
    pub(super) fn look_at_copy(&self, path: &str, hash: u128, leaks: &mut Vec<Leak>) {
        self.look_at_words(path, path, Form::Plain, leaks);
        self.look_at_checksum(path, hash, leaks);
    }

    /// Looks through a file whose bytes are at hand.
    pub(super) fn look_at_bytes(&self, path: &str, bytes: &[u8], leaks: &mut Vec<Leak>) {
        self.look_at_words(path, path, Form::Plain, leaks);
        if !self.files.is_empty() {
            self.look_at_checksum(path, Attachment::checksum(bytes), leaks);
        }
        if path.ends_with(PACKED) {
            self.look_at_parts(path, bytes, leaks);
            return;
        }
        // A picture has no words; the texts of the search index are packed, and read by `look_at_index`.
        if let Ok(text) = std::str::from_utf8(bytes) {
            self.look_at_words(path, text, Form::of(path), leaks);
        }
    }

    /// Looks through the files in an archive that was made.
    fn look_at_parts(&self, path: &str, bytes: &[u8], leaks: &mut Vec<Leak>) {
        let Ok(mut archive) = Archive::open(bytes) else { return };
        for (index, name) in archive.names().to_vec().iter().enumerate() {
            if let Ok(part) = archive.part(index) {
                self.look_at_bytes(&format!("{path} ({name})"), &part, leaks);
            }
        }
    }

    /// Looks through the texts of the search index, as a browser unpacks them. `fetch` brings its files.
    pub(super) fn look_at_index(&self, fetch: Fetch<'_>, leaks: &mut Vec<Leak>) {
        let Ok(index) = Index::open(fetch) else { return };
        for (segment, core) in index.cores.iter().enumerate() {
            for page in 0..core.sizes.len() as u32 {
                let Ok(text) = index.text(segment, page) else { continue };
                let passages =
                    text.passages.iter().map(|passage| [&*passage.label, &*passage.text, &*passage.facts].join(" "));
                let words: Vec<String> =
                    text.head.cells().iter().map(|cell| (*cell).to_owned()).chain(passages).collect();
                let path = format!("search/text (of {})", text.head.address);
                self.look_at_words(&path, &words.join("\n"), Form::Plain, leaks);
            }
        }
    }

    /// Looks at what was heard in an attached file with this checksum; of each withheld file one place is enough.
    pub(super) fn look_at_heard(&self, path: &str, hash: u128, heard: &Heard, leaks: &mut Vec<Leak>) {
        let mut of_sources: BTreeMap<SourceId, Repeated> = BTreeMap::new();
        for run in &heard.0 {
            let Some(secret) = self.of_files.get(&run.hash) else { continue };
            let source = secret.span.source;
            let repeated = of_sources.entry(source).or_default();
            let known = self.runs_of_sources.get(&source).copied().unwrap_or_default();
            if let Some((span, page)) = repeated.hear(run, *secret, known) {
                let place = Place::Attached { page, hash };
                leaks.push(Leak { path: path.into(), place, span, leaked: Leaked::Words });
            }
        }
    }

    fn look_at_checksum(&self, path: &str, hash: u128, leaks: &mut Vec<Leak>) {
        let span = self.files.get(&hash);
        leaks.extend(span.map(|span| Leak {
            path: path.into(),
            place: Place::Whole,
            span: *span,
            leaked: Leaked::File,
        }));
    }

    /// Looks through a text; of each withheld file, the first place that gives it away is enough.
    fn look_at_words(&self, path: &str, text: &str, form: Form, leaks: &mut Vec<Leak>) {
        let mut found: Vec<SourceId> = Vec::new();
        let mut add = |span: Span, leaked: Leaked, start: usize| {
            if !found.contains(&span.source) {
                found.push(span.source);
                let line = || Place::Line(text[..start].matches('\n').count() as u32 + 1);
                let place = if std::ptr::eq(path, text) { Place::Whole } else { line() };
                leaks.push(Leak { path: path.into(), place, span, leaked });
            }
        };
        let mut windows = [Window::default(), Window::default()];
        words::each(text, form, |word| {
            let window = strand(&mut windows, word.strand);
            window.push(word.hash, word.is_first);
            if !self.ends.may_have(word.hash) {
                return;
            }
            let may_end = |length: usize| window.run(length).is_some_and(|end| self.pairs.may_have(end));
            if !may_end(2) && !may_end(1) {
                return;
            }
            for length in &self.lengths {
                let needle = window.run(*length).and_then(|run| self.runs.get(&run));
                if let Some(needle) = needle {
                    add(needle.span, needle.leaked, word.start);
                }
            }
        });
        if !self.addresses.is_empty() {
            each_path(text, |parts, start| {
                let base = self.base_parts.iter().zip(parts).take_while(|(base, part)| ***base == ***part).count();
                let below = if base == self.base_parts.len() { base } else { 0 };
                if let Some(span) = self.addresses.get(&hash_of_parts(&parts[below..])) {
                    add(*span, Leaked::Address, start);
                }
            });
        }
    }
}
