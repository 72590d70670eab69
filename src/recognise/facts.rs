//! What a text says of its meeting as a whole: the day, the status, who was there.
//!
//! Input: none; these are types, filled by the passes that read the leaves of a text. Output: [`Facts`], which `parse` puts
//! into fields that nobody typed. Not here: how they are found.

use std::ops::Range;

use crate::model::{Date, Movement};

/// Something that a text says, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact<T> {
    /// What it says.
    pub value: T,
    /// Where it is said: in the prepared text, and after `compose::read` in the source.
    pub typed: Range<usize>,
}

/// What a text says of its meeting.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    /// What sort of paper it is, as far as that is certain.
    pub paper: Paper,
    /// The days that are said to be that of the meeting, each once, in the order of the text. One alone is certain. One
    /// that stands in the title, in the head of the document, has an empty place.
    pub days: Vec<Fact<Day>>,
    /// The status of the paper as it says of itself: a choice of the field with that role.
    pub status: Option<Fact<Box<str>>>,
    /// The body that met, as the first lines call it.
    pub body: Option<Fact<Box<str>>>,
    /// Who was there and who was not, in the order of the text.
    pub people: Vec<Fact<Person>>,
    /// Who came and went, in the order of the text.
    pub movements: Vec<Fact<Movement>>,
}

/// What sort of paper of a meeting a text is. Only the record of a meeting that was held has decisions.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Paper {
    /// It does not say so for certain, and counts as the record.
    #[default]
    Unknown,
    /// The record of a meeting.
    Minutes,
    /// What a meeting that is to come will be asked.
    Agenda,
    /// A form with places to be filled in.
    Template,
    /// What the public asked, and the answers.
    Questions,
    /// What tells of no one meeting: the rules of a body, a letter, a newsletter.
    Other,
}

impl Paper {
    /// Whether decisions, actions and people in it may be what this meeting decided, undertook and was.
    #[must_use]
    pub fn is_record(self) -> bool {
        matches!(self, Self::Unknown | Self::Minutes)
    }
}

/// A day as a text has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    /// The day.
    pub date: Date,
    /// The day that it is where the month stands before the day: `05-01-2020` can be two days.
    pub swapped: Option<Date>,
}

impl Facts {
    /// The same, with each place moved by `place`.
    #[must_use]
    pub fn moved(mut self, place: impl Fn(Range<usize>) -> Range<usize>) -> Self {
        let all = self.days.iter_mut().map(|day| &mut day.typed);
        let all = all.chain(self.status.as_mut().map(|status| &mut status.typed));
        let all = all.chain(self.body.as_mut().map(|body| &mut body.typed));
        let all = all.chain(self.people.iter_mut().map(|person| &mut person.typed));
        for typed in all.chain(self.movements.iter_mut().map(|movement| &mut movement.typed)) {
            if typed.start < typed.end {
                *typed = place(typed.clone());
            }
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
    /// A member who was not there, of whom no more is said.
    Absent,
    /// Somebody else who was there: an officer, a guest.
    InAttendance,
}

impl Presence {
    /// Whether they were there.
    #[must_use]
    pub fn is_there(self) -> bool {
        matches!(self, Self::Present | Self::InAttendance)
    }
}
