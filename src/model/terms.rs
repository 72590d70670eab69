//! What a site explains beside its documents: the words of its glossary, and the Acts that its documents cite.
//!
//! Input: nothing; these are types, made by `parse` from `content/glossary.toml` and `content/statutes.toml`.
//! Not here: how they are found in a text (`terms`).

/// What a site's glossary says of one word.
#[derive(Debug, Clone, PartialEq, Eq, Default, Hash)]
pub struct GlossaryEntry {
    /// The word, as it is usually written: `ASB`.
    pub term: Box<str>,
    /// What its letters stand for: "anti-social behaviour".
    pub expansion: Option<Box<str>>,
    /// What it is, in plain words.
    pub meaning: Option<Box<str>>,
    /// Other ways to write it.
    pub aliases: Vec<Box<str>>,
    /// Its place in the glossary's page, without `#`; no two entries have the same.
    pub anchor: Box<str>,
}

impl GlossaryEntry {
    /// Every way to say it: the term, its aliases, and what its letters stand for. A search takes them as one.
    pub fn forms(&self) -> impl Iterator<Item = &str> {
        let written = std::iter::once(&self.term).chain(&self.aliases);
        written.chain(&self.expansion).map(AsRef::as_ref)
    }

    /// What a reader is told where the word is used first: what it stands for, else what it is.
    #[must_use]
    pub fn gloss(&self) -> &str {
        self.expansion.as_deref().or(self.meaning.as_deref()).unwrap_or_default()
    }
}

/// An Act of Parliament, or another law, that documents cite.
#[derive(Debug, Clone, PartialEq, Eq, Default, Hash)]
pub struct Act {
    /// Its short title with the year: "Crime and Disorder Act 1998".
    pub title: Box<str>,
    /// Its address on legislation.gov.uk, without a slash at its end.
    pub url: Box<str>,
    /// Other ways to write the title.
    pub aliases: Vec<Box<str>>,
}
