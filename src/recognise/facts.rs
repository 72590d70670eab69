//! What a text says of its meeting as a whole: the day, the status, who was there.
//!
//! Input: none; these are types, filled by the passes that read the leaves of a text. Output: [`Facts`], which `parse` puts
//! into fields that nobody typed. Not here: how they are found.

use std::ops::Range;

use crate::model::Date;

/// Something that a text says, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact<T> {
    /// What it says.
    pub value: T,
    /// Where it is said, in the prepared text.
    pub typed: Range<usize>,
}

/// What a text says of its meeting.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    /// The day of the meeting, if one day alone is said to be it.
    pub day: Option<Fact<Date>>,
    /// The status of the paper as it says of itself: a choice of the field with that role.
    pub status: Option<Fact<Box<str>>>,
    /// Who was there and who was not, in the order of the text.
    pub people: Vec<Fact<Person>>,
}

impl Facts {
    /// The same, with every place moved by `place`.
    #[must_use]
    pub(crate) fn moved(mut self, place: impl Fn(Range<usize>) -> Range<usize>) -> Self {
        for person in &mut self.people {
            person.typed = place(person.typed.clone());
        }
        self
    }
}

/// Somebody whom the text names as present or absent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The name as the record has it, with titles: `Cllr A Reed`.
    pub name: Box<str>,
    /// Initials or a handle by which the text calls them later: `AR`.
    pub short: Option<Box<str>>,
    /// The post or the organisation after the name, and remarks such as `from 17:09`: `Clerk`, `Police`.
    pub role: Option<Box<str>>,
    /// In which part the text names them.
    pub part: Presence,
    /// Whether they were in the chair.
    pub chair: bool,
}

/// How somebody stood to a meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// A member who was there.
    Present,
    /// A member who sent apologies.
    Apologies,
    /// Somebody else who was there: an officer, a guest.
    InAttendance,
}
