//! The forward plan: what is to come before which meeting.
//!
//! Input: none; these are types, filled by `assemble`. Output: [`ComesBack`], [`PlanGroup`]. Not here: which meeting that is
//! (`query/forward.rs`), and which words bring something back (`lexicon/again.rs`).

use jiff::civil;

use super::{Date, DocumentId};

/// Something that is to come before a meeting.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ComesBack {
    /// Why it comes.
    pub cause: Cause,
    /// The record that says so, the document that is looked at again, or the body that has it at each meeting.
    pub of: DocumentId,
    /// Which part of the record, or which of the standing items of the body, from 0; `None` where it is all of it.
    pub part: Option<u32>,
    /// The body before which it comes.
    pub body: MeetingBody,
    /// When.
    pub when: ComesWhen,
}

/// A body that meets: one with a page, or its name.
pub type MeetingBody = Result<DocumentId, Box<str>>;

/// Why something comes before a meeting, in the order in which a page tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cause {
    /// Somebody promised it, or a decision asks for it.
    Due,
    /// Its text is to be looked at again.
    Review,
    /// It is on the agenda of each meeting.
    Standing,
}

impl Cause {
    /// Every one, with its word in data and in strings of the language.
    pub const ALL: [(Self, &'static str); 3] =
        [(Self::Due, "due"), (Self::Review, "review"), (Self::Standing, "standing")];

    /// Its word in data.
    #[must_use]
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(cause, _)| *cause == self).map_or("", |(_, word)| word)
    }
}

/// When something is to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ComesWhen {
    /// At the first meeting on or after the first day of this date that is later than the day on which it was said, if that is known.
    From(Date, Option<civil::Date>),
    /// At the first meeting after this day: "to the next meeting".
    After(civil::Date),
    /// At each meeting.
    Always,
}

impl ComesWhen {
    /// The same, unless its date says that nobody knows it.
    #[must_use]
    pub fn known(self) -> Option<Self> {
        Some(self).filter(|when| !matches!(when, Self::From(Date::Unknown, _)))
    }
}

/// A day on which a body meets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct MeetingDay {
    /// The day.
    pub day: civil::Date,
    /// Its agenda or its minutes, where the site has them.
    pub document: Option<DocumentId>,
}

/// A time at which something is planned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PlanTime {
    /// At a meeting whose day is known.
    Meeting(MeetingDay),
    /// In a month of a year, for which no meeting is known.
    Month(i16, i8),
    /// At a meeting whose day nobody knows.
    Open,
}

impl PlanTime {
    /// What it is sorted by: days and months as they come, a month after the meetings in it, and last what has no day.
    #[must_use]
    pub fn order(self) -> (i16, i8, i8) {
        match self {
            Self::Meeting(MeetingDay { day, .. }) => (day.year(), day.month(), day.day()),
            Self::Month(year, month) => (year, month, i8::MAX),
            Self::Open => (i16::MAX, i8::MAX, i8::MAX),
        }
    }
}

/// What one body has before it at one time.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PlanGroup {
    /// When.
    pub time: PlanTime,
    /// The body.
    pub body: MeetingBody,
    /// What; none for a meeting for which nothing is planned.
    pub entries: Vec<PlanEntry>,
}

/// One line of the plan.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PlanEntry {
    /// What is to come.
    pub comes: ComesBack,
    /// The meeting that has passed at which it was due first, where no answer is recorded.
    pub moved_from: Option<MeetingDay>,
}

impl PlanGroup {
    /// How many lines it takes: one at least, which says that nothing is planned.
    #[must_use]
    pub fn lines(&self) -> usize {
        self.entries.len().max(1)
    }
}

/// The part of a group that stands on one page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlanPart<'site> {
    /// The group.
    pub group: &'site PlanGroup,
    /// Its lines on that page.
    pub entries: &'site [PlanEntry],
    /// Whether others stand on the page before.
    pub goes_on: bool,
}

impl ForwardPlan {
    /// The day of the first meeting that is to come.
    #[must_use]
    pub fn next_day(&self) -> Option<civil::Date> {
        self.groups.iter().find_map(|group| match group.time {
            PlanTime::Meeting(meeting) => Some(meeting.day),
            _ => None,
        })
    }
}

/// The plan of a site.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ForwardPlan {
    /// What is to come, in the order of documents and of the parts in them.
    pub comes: Vec<ComesBack>,
    /// The same at its meetings, in the order of days; each entry stands once, but for standing items, which stand at each meeting.
    pub groups: Vec<PlanGroup>,
}
