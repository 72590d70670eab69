//! What must not be said, before it is known what others say as well.
//!
//! Input: withheld texts, titles, addresses and files; then what public sources and the program say, from any thread
//! ([`Matter::discount`]). Output: [`Secrets`], which is what none of them says. Not here: which texts those are
//! (`sources.rs`), and finished files (`secrets.rs`).

use std::collections::{BTreeSet, HashMap};
use std::sync::atomic::{AtomicU8, Ordering};

use super::blocks::blocks;
use super::heard::OfFile;
use super::runs::{HashedMap, LEAST_PARTS, RUN, Window, each_path, hash_of, hash_of_parts, strand};
use super::secrets::{Needle, Secrets};
use super::words::{self, Form, Word};
use crate::diagnostic::Leaked;
use crate::source::Span;

/// So many, if one of them is in no public source.
const RARE_RUN: usize = 3;
/// A run is of a sentence if so many of its words begin with a small letter: lists of names and dates have none, and programs
/// make such lists.
const SMALL_WORDS: usize = 3;
/// Of the words of a sentence, so many side by side that the program never says are nobody's but its author's: the program
/// fills names into phrases of its own, "moved by … and seconded by …".
const PAIR: usize = 2;
/// A run of which so many words are said by somebody may be those words and one of the program's before or behind them: "see
/// also", and a title.
const PART: usize = 4;
/// A title is a phrase if it has so many.
const SMALL_WORDS_OF_A_TITLE: usize = 2;
/// A word of fewer letters says nothing by being rare.
const SHORTEST_RARE: u32 = 4;
/// A title of one rare word has at least so many.
const SHORTEST_ALONE: u32 = 8;

/// Who says a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Voice {
    /// A source that is public.
    Public,
    /// The program: its templates, its words on pages, its kinds.
    Program,
    /// A file that is published as it is: its words may stand on pages, and excuse no file, or each would excuse itself.
    File,
}

/// Whether somebody says a word or a run, by who: nobody yet.
#[derive(Debug, Default)]
struct Said(AtomicU8);

impl Said {
    const BY_SOMEBODY: u8 = 1;
    const BY_FILE: u8 = 2;

    fn by(&self, voice: Voice) {
        let bit = if voice == Voice::File { Self::BY_FILE } else { Self::BY_SOMEBODY };
        // Most words are said again and again: a look is cheaper than a change that other threads have to hear of.
        if self.0.load(Ordering::Relaxed) & bit == 0 {
            self.0.fetch_or(bit, Ordering::Relaxed);
        }
    }

    /// Whether anybody says it; where `but_files`, a file alone is nobody.
    fn is_true(&self, but_files: bool) -> bool {
        self.0.load(Ordering::Relaxed) & if but_files { Self::BY_SOMEBODY } else { u8::MAX } != 0
    }
}

/// A text that is withheld.
#[derive(Debug)]
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) form: Form,
    pub(super) leaked: Leaked,
    /// The place of its first byte; of a text that is not a part of its file as it stands, the whole of it.
    pub(super) span: Span,
    /// Whether a byte of the text is a byte of the file.
    pub(super) is_in_file: bool,
    /// Whether it is exempt, and not only held back until it is ready, or since it has ended.
    pub(super) is_exempt: bool,
}

/// What must not be said, and who says it all the same.
#[derive(Debug, Default)]
pub struct Matter {
    /// The path below which the site lies.
    base_path: Box<str>,
    pieces: Vec<Piece>,
    /// Each word of them, with whether somebody says it.
    words: HashedMap<Said>,
    /// Each run of them, with whether somebody says it; of two words, with whether the program says them.
    runs: HashedMap<Said>,
    /// How many words these have.
    lengths: BTreeSet<usize>,
    /// The addresses, as hashes of their parts.
    addresses: HashMap<u64, (Span, Said)>,
    /// The checksums of files.
    files: HashMap<u128, Span>,
}

impl Matter {
    /// Nothing, for a site below `base_path`.
    pub(super) fn new(base_path: &str) -> Self {
        Self { base_path: base_path.into(), ..Self::default() }
    }

    /// Adds a text.
    pub(super) fn add(&mut self, piece: Piece) {
        each_block(&piece, |block| {
            for word in block {
                self.words.entry(word.hash).or_default();
            }
            for run in block.windows(PART).chain(block.windows(PAIR)).chain(whole_title(block, piece.leaked)) {
                self.runs.entry(hash_of(run)).or_default();
                self.lengths.insert(run.len());
            }
        });
        self.pieces.push(piece);
    }

    /// Adds an address, as pages write it.
    pub(super) fn add_address(&mut self, address: &str, span: Span) {
        let parts: Vec<&str> = address.split('/').filter(|part| !part.is_empty()).collect();
        if parts.len() >= LEAST_PARTS {
            self.addresses.entry(hash_of_parts(&parts)).or_insert((span, Said::default()));
        }
    }

    /// Adds a file by the XXH3-128 of its bytes.
    pub(super) fn add_file(&mut self, hash: u128, span: Span) {
        self.files.entry(hash).or_insert(span);
    }

    /// Takes note of what somebody says. `path` tells how the text is written.
    pub fn discount(&self, path: &str, text: &str, voice: Voice) {
        let mut windows = [Window::default(), Window::default()];
        // Of two words side by side it matters only that the program says them.
        let shortest = if voice == Voice::Program { PAIR } else { PAIR + 1 };
        let lengths: Vec<usize> = self.lengths.range(shortest..).copied().collect();
        words::each(text, Form::of(path), |word| {
            let window = strand(&mut windows, word.strand);
            let Some(said) = self.words.get(&word.hash) else { return window.clear() };
            said.by(voice);
            window.push(word.hash, word.is_first);
            for length in &lengths {
                if let Some(said) = window.run(*length).and_then(|run| self.runs.get(&run)) {
                    said.by(voice);
                }
            }
        });
        if !self.addresses.is_empty() {
            // An author may have typed it from the page, from the root, or with the host.
            each_path(text, |parts, _| {
                for first in 0..parts.len() {
                    if let Some((_, said)) = self.addresses.get(&hash_of_parts(&parts[first..])) {
                        said.by(voice);
                    }
                }
            });
        }
    }

    /// What nobody has said.
    #[must_use]
    pub fn finish(self) -> Secrets {
        let mut needles = Vec::new();
        let mut of_files = HashedMap::default();
        for piece in &self.pieces {
            let span = |run: &[Word]| {
                let start = piece.span.start as usize + run[0].start;
                if piece.is_in_file { Span::new(piece.span.source, start, start + 1) } else { piece.span }
            };
            each_block(piece, |block| {
                for run in self.secret_runs(block, piece.leaked) {
                    let needle = Needle { span: span(run), leaked: piece.leaked, length: run.len(), ends: ends(run) };
                    needles.push((hash_of(run), needle));
                }
                for run in block.windows(RUN).filter(|run| self.is_sentence(run, true)) {
                    let secret = OfFile { span: span(run), is_exempt: piece.is_exempt };
                    let known = of_files.entry(hash_of(run)).or_insert(secret);
                    if secret.is_exempt && !known.is_exempt {
                        *known = secret;
                    }
                }
            });
        }
        let kept = self.addresses.into_iter().filter(|(_, (_, said))| !said.is_true(false));
        let addresses = kept.map(|(hash, (span, _))| (hash, span)).collect();
        Secrets::new(needles, addresses, self.files, &self.base_path).with_files(of_files)
    }

    /// The runs of a block that would give it away.
    fn secret_runs<'block>(&self, block: &'block [Word], leaked: Leaked) -> Vec<&'block [Word]> {
        let is_rare = |word: &Word| {
            word.has_letters && word.length >= SHORTEST_RARE && !is_true(self.words.get(&word.hash), false)
        };
        let has_rare = |run: &[Word]| run.iter().any(is_rare);
        let rare = block.windows(RARE_RUN).filter(|run| has_rare(run));
        let long = block.windows(RUN).filter(|run| !has_rare(run) && self.is_sentence(run, false));
        let whole = Some(block).filter(|block| match block {
            [word] => leaked == Leaked::Title && is_rare(word) && word.length >= SHORTEST_ALONE,
            [_, _] => has_rare(block),
            _ => false,
        });
        let title = whole_title(block, leaked)
            .filter(|run| self.is_phrase(run, SMALL_WORDS_OF_A_TITLE, false) && !self.is_said(run, false));
        rare.chain(long).chain(whole).chain(title).collect()
    }

    /// Whether a run is of a sentence that nobody says.
    fn is_sentence(&self, run: &[Word], but_files: bool) -> bool {
        self.is_phrase(run, SMALL_WORDS, but_files) && !run.windows(PART).any(|part| self.is_said(part, but_files))
    }

    /// Whether a run has so many words of sentences, and two side by side that the program never says.
    fn is_phrase(&self, run: &[Word], least: usize, but_files: bool) -> bool {
        let is_own = |pair: &[Word]| pair.iter().all(|word| word.is_small) && !self.is_said(pair, but_files);
        run.iter().filter(|word| word.is_small).count() >= least && run.windows(PAIR).any(is_own)
    }

    fn is_said(&self, run: &[Word], but_files: bool) -> bool {
        is_true(self.runs.get(&hash_of(run)), but_files)
    }
}

fn is_true(said: Option<&Said>, but_files: bool) -> bool {
    said.is_some_and(|said| said.is_true(but_files))
}

/// The words of each part of a piece, those that are read and those that stand aside for themselves.
pub(super) fn each_block(piece: &Piece, mut found: impl FnMut(&[Word])) {
    for range in blocks(&piece.text) {
        let mut strands = [Vec::new(), Vec::new()];
        words::each(&piece.text[range.clone()], piece.form, |word| {
            strands[word.strand as usize].push(Word { start: word.start + range.start, ..word });
        });
        for words in strands {
            words.chunk_by(|_, next| !next.is_first).for_each(&mut found);
        }
    }
}

/// A title that is shorter than a run, and longer than a name.
fn whole_title(block: &[Word], leaked: Leaked) -> Option<&[Word]> {
    (leaked == Leaked::Title && (RARE_RUN..RUN).contains(&block.len())).then_some(block)
}

/// The last word of a run, and the run of its last two words; of one word that word.
fn ends(run: &[Word]) -> [u64; 2] {
    let last = run.last().map_or(0, |word| word.hash);
    [last, hash_of(&run[run.len().saturating_sub(2)..])]
}
