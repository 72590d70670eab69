//! What an import tells of itself: what it dropped, and what it is not sure of.
//!
//! Input: remarks of the readers. Output: a list without repetitions. Not here: how it is printed, which `cli` does.

/// Whether something is gone, or only uncertain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// It is not in the file that was made.
    Dropped,
    /// It is there, and somebody should look at it.
    Doubtful,
}

/// One remark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// What became of it.
    pub weight: Weight,
    /// What it is, as a reader would say it: "page numbers".
    pub what: String,
    /// The words it is about, as they stood in the document; one for each place.
    pub words: Vec<String>,
    /// Whether these words are some of those that a second reader counts, and not beside the text, as the heads of pages are.
    pub is_counted: bool,
}

/// The remarks of one import.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Remarks(pub Vec<Remark>);

impl Remarks {
    /// Says that `words` are not in the file that is made.
    pub fn dropped(&mut self, what: &str, words: &str) {
        self.add(Weight::Dropped, what, words, true);
    }

    /// The same of words that stand beside the text, where a second reader does not count them.
    pub fn dropped_beside(&mut self, what: &str, words: &str) {
        self.add(Weight::Dropped, what, words, false);
    }

    /// Says that somebody should look at `words`.
    pub fn doubtful(&mut self, what: &str, words: &str) {
        self.add(Weight::Doubtful, what, words, true);
    }

    fn add(&mut self, weight: Weight, what: &str, words: &str, is_counted: bool) {
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        match self.0.iter_mut().find(|remark| remark.weight == weight && remark.what == what) {
            Some(remark) => remark.words.push(words),
            None => self.0.push(Remark { weight, what: what.to_owned(), words: vec![words], is_counted }),
        }
    }

    /// All words of the text that were dropped.
    pub fn dropped_words(&self) -> impl Iterator<Item = &str> {
        let dropped = self.0.iter().filter(|remark| remark.weight == Weight::Dropped && remark.is_counted);
        dropped.flat_map(|remark| remark.words.iter().map(String::as_str))
    }
}
