//! What was found, as messages.
//!
//! Input: [`Leak`]s, from any thread in any order. Output: diagnostics, the same for the same leaks: of each withheld file the
//! first few places that give it away, and how many more there are. Not here: the wording (`diagnostic/leaks.rs`).

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostics, Leaked};
use crate::source::Span;

/// A place in a finished file that gives something withheld away.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Leak {
    /// Where it stands in the source.
    pub(super) span: Span,
    /// What of it.
    pub(super) leaked: Leaked,
    /// The file, below the public folder.
    pub(super) path: Box<str>,
    /// Where in it.
    pub(super) place: Place,
}

/// Where in a finished file something is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// In its name, or it is the file.
    Whole,
    /// In a line.
    Line(u32),
    /// In the words of a file that was attached, which has this checksum.
    Attached {
        /// The page, if it has pages.
        page: Option<u32>,
        /// The XXH3-128 of its bytes.
        hash: u128,
    },
}

/// How many files are named for one withheld file.
const NAMED: usize = 3;

/// Leaks from many files.
#[derive(Debug, Default)]
pub struct Leaks(Vec<Leak>);

impl Leaks {
    /// Adds what was found in one file.
    pub fn add(&mut self, found: Vec<Leak>) {
        self.0.extend(found);
    }

    /// Says what was found in files that were made now, or lay there.
    pub fn report(mut self, lay_there: bool, diagnostics: &mut Diagnostics) {
        self.0.sort_unstable();
        let mut of_files: BTreeMap<u32, Vec<Leak>> = BTreeMap::new();
        for leak in self.0 {
            of_files.entry(leak.span.source.0).or_default().push(leak);
        }
        for leaks in of_files.into_values() {
            let more = leaks.len().saturating_sub(NAMED);
            for leak in leaks.iter().take(NAMED) {
                let line = match leak.place {
                    Place::Whole => None,
                    Place::Line(line) => Some(line),
                    Place::Attached { page, hash } => {
                        diagnostics.leak_of_attached(leak.span, (&leak.path, hash, page), more, lay_there);
                        continue;
                    }
                };
                diagnostics.leak(leak.span, leak.leaked, (&leak.path, line), more, lay_there);
            }
        }
    }
}
