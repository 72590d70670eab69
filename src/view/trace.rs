//! What one page was made from: the questions that it asked, each with a fingerprint of the answer.
//!
//! Input: questions, while a page is recorded. Output: [`Trace`]. Not here: how a fingerprint is made.
//!
//! Functions of templates cannot be handed a page of their own, so that what is noted travels in a thread-local, and a page
//! is made on one thread. A usual build records nothing, and a question costs one look at a flag then.

use std::cell::{Cell, RefCell};
use std::collections::HashSet;

use super::fingerprint::{Fingerprint, Spread};
use crate::model::DocumentId;
use crate::query::Query;

/// What pages ask of a document most, several times for each place where it is listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Of {
    Itself,
    Relations,
    Incoming,
    Children,
}

impl Of {
    /// The question about the document of a name.
    pub(super) fn query(self, id: Box<str>) -> Query {
        match self {
            Self::Itself => Query::Document(id),
            Self::Relations => Query::Relations(id),
            Self::Incoming => Query::Incoming(id),
            Self::Children => Query::Children(id),
        }
    }
}

/// What a page was made from. If all of it holds in another build, the page has the same bytes there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    /// Of what is no question to the site: the templates and strings of the theme, what stands around every page, what the
    /// page tells programs, and which page it is.
    pub recipe: Fingerprint,
    /// Every question once, in the order in which they were first asked.
    pub answers: Vec<(Query, Fingerprint)>,
}

/// What has been noted so far.
#[derive(Default)]
struct Notes {
    /// Fingerprints of the questions.
    seen: HashSet<Fingerprint, Spread>,
    /// Those of [`Of`] once more, by the number of the document in this build: most questions are asked again, and nothing has to be
    /// made then to know it.
    asked: HashSet<u64, Spread>,
    answers: Vec<(Query, Fingerprint)>,
    /// Whether a question that is not seen yet is a mistake.
    closed: bool,
}

thread_local! {
    static RECORDS: Cell<bool> = const { Cell::new(false) };
    static NOTES: RefCell<Notes> = RefCell::new(Notes::default());
}

/// Whether this thread records.
pub(super) fn records() -> bool {
    RECORDS.get()
}

/// Whether a question about a document is asked for the first time.
pub(super) fn is_new(of: Of, id: DocumentId) -> bool {
    NOTES.with_borrow_mut(|notes| notes.asked.insert(u64::from(id.0) << 2 | of as u64))
}

/// Notes a question, if it is a new one; `answer` gives the fingerprint of its answer, for the question and its own fingerprint.
///
/// # Panics
/// If only the questions of a trace may be asked and this is none of them.
pub(super) fn note(query: Query, answer: impl FnOnce(&Query, Fingerprint) -> Fingerprint) {
    NOTES.with_borrow_mut(|notes| {
        let question = Fingerprint::of(&query);
        if !notes.seen.insert(question) {
            return;
        }
        assert!(!notes.closed, "{query:?} was not asked when the page was recorded");
        let print = answer(&query, question);
        notes.answers.push((query, print));
    });
}

/// Runs `make` and returns what it asked too.
pub fn recorded<Made>(make: impl FnOnce() -> Made) -> (Made, Vec<(Query, Fingerprint)>) {
    noting(Notes::default(), make)
}

/// Runs `make`, which may ask nothing but what is in `trace`.
///
/// # Panics
/// If it asks anything else.
pub fn replayed<Made>(trace: &Trace, make: impl FnOnce() -> Made) -> Made {
    let seen = trace.answers.iter().map(|(query, _)| Fingerprint::of(query)).collect();
    noting(Notes { seen, closed: true, ..Notes::default() }, make).0
}

fn noting<Made>(notes: Notes, make: impl FnOnce() -> Made) -> (Made, Vec<(Query, Fingerprint)>) {
    struct Off;
    impl Drop for Off {
        fn drop(&mut self) {
            RECORDS.set(false);
        }
    }
    NOTES.set(notes);
    RECORDS.set(true);
    let off = Off;
    let made = make();
    drop(off);
    (made, NOTES.take().answers)
}
