//! The gate through which every finished file goes.
//!
//! Input: finished files, from any thread. Output: a message for each that gives something withheld away. Not here: what is
//! looked for (`matter.rs`) and how (`secrets.rs`).

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use super::attached::HeardIn;
use super::heard::Heard;
use super::report::{Leak, Leaks};
use super::secrets::Secrets;
use crate::diagnostic::Diagnostics;
use crate::model::Output;

/// The files of the search index in which texts stand. They are packed, and read when all of them are made.
fn holds_texts(path: &str) -> bool {
    path.starts_with("search/text/") || path == "search/index.bin"
}

/// Looks at finished files. By default nothing is withheld, and nothing is looked at.
#[derive(Debug, Default)]
pub struct Gate {
    secrets: Option<Secrets>,
    heard: HeardIn,
    leaks: Mutex<Leaks>,
    index: Mutex<BTreeMap<String, Vec<u8>>>,
}

impl Gate {
    /// A gate for these secrets, and what was heard in files of the site's folder, by their paths there.
    #[must_use]
    pub fn new(secrets: Secrets, heard: HeardIn) -> Self {
        Self { secrets: Some(secrets), heard, ..Self::default() }
    }

    /// A fingerprint of what is looked for: a page that one gate let pass, one with the same fingerprint lets pass. 0 if nothing is.
    #[must_use]
    pub fn fingerprint(&self) -> u128 {
        self.secrets.as_ref().map_or(0, Secrets::fingerprint)
    }

    /// Looks at one finished file: its path below the public folder, and what is in it.
    pub fn look(&self, path: &str, output: &Output) {
        let Some(secrets) = &self.secrets else { return };
        let mut found = Vec::new();
        match output {
            Output::Bytes(bytes) => {
                secrets.look_at_bytes(path, bytes, &mut found);
                if holds_texts(path) {
                    let mut index = self.index.lock().unwrap_or_else(PoisonError::into_inner);
                    index.insert(path.to_owned(), bytes.clone());
                }
            }
            Output::Copy { hash, .. } => secrets.look_at_copy(path, *hash, &mut found),
        }
        self.add(found);
    }

    /// Looks at the words of a file that is published beside the texts: its path below the public folder and in the site's folder, and
    /// the checksum of its bytes.
    pub fn look_at_attached(&self, path: &str, source: &str, hash: u128) {
        if let Some(heard) = self.heard.get(source) {
            self.look_at_heard(path, hash, heard);
        }
    }

    /// Looks at what was heard in a file, whose path is below the public folder, and whose bytes have this checksum.
    pub fn look_at_heard(&self, path: &str, hash: u128, heard: &Heard) {
        let Some(secrets) = &self.secrets else { return };
        let mut found = Vec::new();
        secrets.look_at_heard(path, hash, heard, &mut found);
        self.add(found);
    }

    /// Says what was found in files that this build has made.
    pub fn report(self, diagnostics: &mut Diagnostics) {
        self.leaks().report(false, diagnostics);
    }

    /// Says what was found in files that lie in a folder since an earlier build.
    pub fn report_of_folder(self, diagnostics: &mut Diagnostics) {
        self.leaks().report(true, diagnostics);
    }

    /// Looks at the texts of the search index, and gives all that was found.
    fn leaks(self) -> Leaks {
        let index = self.index.into_inner().unwrap_or_else(PoisonError::into_inner);
        let mut leaks = self.leaks.into_inner().unwrap_or_else(PoisonError::into_inner);
        if let Some(secrets) = &self.secrets {
            let mut found = Vec::new();
            secrets.look_at_index(&|path| index.get(path).cloned(), &mut found);
            leaks.add(found);
        }
        leaks
    }

    fn add(&self, found: Vec<Leak>) {
        if !found.is_empty() {
            self.leaks.lock().unwrap_or_else(PoisonError::into_inner).add(found);
        }
    }
}
