//! What one file lists as not for everybody, for the others of the same meeting: the agenda beside the minutes.
//!
//! Input: –. Output: the types. Not here: who finds and compares them (`disclosure`).

use serde::{Deserialize, Serialize};

use super::Date;

/// The meeting of a file, as far as the file says it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Met {
    /// The day.
    pub day: Date,
    /// The last part of the body's id, or its name as one; `None` if the file names none.
    pub body: Option<Box<str>>,
}

/// A title that is listed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedTitle {
    /// The number before it.
    pub number: Option<u32>,
    /// Its words, as a name.
    pub name: Box<str>,
    /// Whether it is marked as not for everybody; one that is not is kept if another with its words is.
    pub marked: bool,
}

/// What one file lists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrivateList {
    /// Its path below `content/`.
    pub path: Box<str>,
    /// Its meeting.
    pub met: Met,
    /// The titles.
    pub titles: Vec<ListedTitle>,
}

impl PrivateList {
    /// The same for a file of this meeting; `None` if it is another. A file that names no body may be of any meeting of that day, which the
    /// list then says of its own.
    #[must_use]
    pub fn of(&self, met: &Met) -> Option<Self> {
        let same = self.met.body == met.body;
        let may_be = same || self.met.body.is_none() || met.body.is_none();
        let body = self.met.body.clone().filter(|_| same);
        (self.met.day == met.day && may_be).then(|| Self { met: Met { body, ..self.met.clone() }, ..self.clone() })
    }
}
