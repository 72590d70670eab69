//! What people in public office did at meetings, as far as the minutes say it and it is sure who is meant.
//!
//! Input: none; these are types, filled by `assemble`. Output: [`Parts`]. Not here: which name means whom (`assemble/people.rs`).

use std::collections::BTreeMap;

use super::DocumentId;

/// One thing that one person did at one meeting.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Part {
    /// Who, a document of the kind of people.
    pub person: DocumentId,
    /// At which meeting.
    pub meeting: DocumentId,
    /// What.
    pub did: Did,
    /// In which item, or on which decision; `None` where it is of the meeting as a whole, or the minutes do not say it.
    pub record: Option<DocumentId>,
    /// The number of the item, as printed.
    pub item: Option<Box<str>>,
    /// The time of day, as printed.
    pub at: Option<Box<str>>,
    /// What the record says besides: the nature of an interest, in whose place somebody sat.
    pub words: Option<Box<str>>,
    /// The name as the record prints it.
    pub printed: Box<str>,
    /// Whether nobody typed it into a field: it was found in the text by its words.
    pub recognised: bool,
}

/// That somebody came later, left, declared an interest or sat in another's place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Movement {
    /// The name as the record has it.
    pub name: Box<str>,
    /// What they did: a choice of the field for it, `left`.
    pub did: Box<str>,
    /// The number of the item that the words name, if they name one.
    pub item: Option<Box<str>>,
    /// The time of day, as typed.
    pub at: Option<Box<str>>,
    /// In whose place they sat.
    pub instead: Option<Box<str>>,
    /// The nature of an interest, in the words of the record.
    pub words: Option<Box<str>>,
}

/// What somebody did at a meeting, in the order in which pages tell it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Did {
    /// Was in the chair.
    Chaired,
    /// Was there as a member.
    Present,
    /// Was there and is no member.
    InAttendance,
    /// Sent apologies.
    Apologies,
    /// Was not there, of which no more is said.
    Absent,
    /// Sat in another's place.
    Substituted,
    /// Came later.
    Joined,
    /// Went before the end.
    Left,
    /// Went out for one item.
    Withdrew,
    /// Came back.
    Returned,
    /// Declared an interest.
    Declared,
    /// Presented an item.
    Presented,
    /// Moved a decision.
    Moved,
    /// Seconded a decision.
    Seconded,
    /// Voted for it.
    For,
    /// Voted against it.
    Against,
    /// Abstained.
    Abstained,
}

impl Did {
    /// Every one, with its word in data and in strings of the language.
    pub const ALL: [(Self, &'static str); 17] = [
        (Self::Chaired, "chaired"),
        (Self::Present, "present"),
        (Self::InAttendance, "in-attendance"),
        (Self::Apologies, "apologies"),
        (Self::Absent, "absent"),
        (Self::Substituted, "substituted"),
        (Self::Joined, "joined"),
        (Self::Left, "left"),
        (Self::Withdrew, "withdrew"),
        (Self::Returned, "returned"),
        (Self::Declared, "declared"),
        (Self::Presented, "presented"),
        (Self::Moved, "moved"),
        (Self::Seconded, "seconded"),
        (Self::For, "voted-for"),
        (Self::Against, "voted-against"),
        (Self::Abstained, "abstained"),
    ];

    /// Its word in data.
    #[must_use]
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(did, _)| *did == self).map_or("", |(_, word)| word)
    }

    /// The one with this word; `None` if there is none.
    #[must_use]
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, other)| *other == word).map(|(did, _)| *did)
    }

    /// The side that a vote was on, in the words of Popolo; `None` for anything but a vote.
    #[must_use]
    pub fn option(self) -> Option<&'static str> {
        match self {
            Self::For => Some("yes"),
            Self::Against => Some("no"),
            Self::Abstained => Some("abstain"),
            _ => None,
        }
    }

    /// Whether it says how somebody stood to the meeting as a whole: there or not.
    #[must_use]
    pub fn is_attendance(self) -> bool {
        self <= Self::Absent
    }

    /// Whether it says that somebody was at the meeting.
    #[must_use]
    pub fn was_there(self) -> bool {
        self < Self::Apologies
    }
}

/// All that people did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parts {
    /// By person, the latest meeting first, then in the order of [`Did`].
    list: Vec<Part>,
    /// Which of them were at each meeting.
    at: BTreeMap<DocumentId, Vec<u32>>,
}

impl Parts {
    /// Those of `list`, which are sorted by person.
    #[must_use]
    pub fn new(list: Vec<Part>) -> Self {
        let mut at: BTreeMap<DocumentId, Vec<u32>> = BTreeMap::new();
        for (index, part) in (0..).zip(&list) {
            at.entry(part.meeting).or_default().push(index);
        }
        Self { list, at }
    }

    /// All of them.
    #[must_use]
    pub fn all(&self) -> &[Part] {
        &self.list
    }

    /// What one person did, the latest meeting first.
    #[must_use]
    pub fn of(&self, person: DocumentId) -> &[Part] {
        let start = self.list.partition_point(|part| part.person < person);
        let end = self.list.partition_point(|part| part.person <= person);
        &self.list[start..end]
    }

    /// What people did at one meeting, by person.
    #[must_use]
    pub fn at(&self, meeting: DocumentId) -> Vec<&Part> {
        self.at.get(&meeting).into_iter().flatten().map(|index| &self.list[*index as usize]).collect()
    }
}
