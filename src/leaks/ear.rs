//! The words of files that documents publish beside their texts.
//!
//! Input: what is withheld ([`Ear`]); then the words of each file, part by part, as `inspect` reads them ([`Listener`]). Output: the
//! runs that stand in something withheld too ([`Heard`]), a few numbers where the file may have a million words. Not here: whether
//! somebody public says them as well, which is not known before the site is made, and how much of it is too much (`heard.rs`).
//!
//! In such a file six words in a row count and nothing less: it has words that no text of the site has, and a name or a
//! rare word in it is nobody's secret.

use super::heard::{Heard, HeardRun};
use super::matter::{Piece, each_block};
use super::runs::{HashedSet, RUN, Window, hash_of, strand};
use super::sources::held_texts;
use super::words::{self, Form};
use crate::model::Withheld;
use crate::source::Sources;

/// How many runs of one file are kept.
const MOST: usize = 200_000;

/// Knows the runs of everything withheld.
#[derive(Debug, Default)]
pub struct Ear(HashedSet);

impl Ear {
    /// An ear for what is withheld, whether or not somebody public says it as well.
    #[must_use]
    pub fn new(withheld: &[Withheld], sources: &Sources) -> Self {
        let mut ear = Self::default();
        for piece in held_texts(withheld, sources) {
            ear.learn(&piece);
        }
        ear
    }

    fn learn(&mut self, piece: &Piece) {
        each_block(piece, |block| self.0.extend(block.windows(RUN).map(hash_of)));
    }

    /// Listens to a file.
    #[must_use]
    pub fn listen(&self) -> Listener<'_> {
        Listener { ear: self, windows: [Window::default(); 2], heard: Heard::default(), at: 0 }
    }

    /// Listens to a file that is text; `path` tells how it is written.
    #[must_use]
    pub fn heard_in(&self, path: &str, text: &str) -> Heard {
        let mut listener = self.listen();
        let form = Form::of(path);
        listener.take(text, form, None);
        // A drawing may have each letter in an element of its own.
        if form == Form::Markup
            && let Some(words) = words::without_parts(text)
        {
            listener.take(&words, Form::Plain, None);
        }
        listener.finish()
    }
}

/// Hears one file.
#[derive(Debug)]
pub struct Listener<'ear> {
    ear: &'ear Ear,
    windows: [Window; 2],
    heard: Heard,
    /// How many words were heard.
    at: u32,
}

impl Listener<'_> {
    /// Hears the next words, on this page. Words may go on from one part to the next.
    pub fn hear(&mut self, text: &str, page: Option<u32>) {
        self.take(text, Form::Plain, page);
    }

    fn take(&mut self, text: &str, form: Form, page: Option<u32>) {
        words::each(text, form, |word| {
            let window = strand(&mut self.windows, word.strand);
            window.push(word.hash, word.is_first);
            self.at = self.at.saturating_add(1);
            let run = window.run(RUN).filter(|run| self.ear.0.contains(run));
            if let Some(hash) = run.filter(|_| self.heard.0.len() < MOST) {
                self.heard.0.push(HeardRun { hash, at: self.at, page });
            }
        });
    }

    /// What was heard.
    #[must_use]
    pub fn finish(self) -> Heard {
        self.heard
    }
}
