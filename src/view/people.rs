//! What templates see of people in public office (see `context.rs`).

use serde::Serialize;

use super::context::{DateView, Link};

/// What a person did at meetings: the value of `took_part()`.
#[derive(Debug, Serialize)]
pub struct TookPart {
    /// The meetings, the latest first.
    pub items: Vec<MeetingOf>,
    /// How many there are.
    pub total: usize,
    /// How many of them are not among the items.
    pub more: usize,
    /// At how many the person was there, sent apologies, or is not named.
    pub counts: Vec<CountView>,
}

/// A number with what it counts.
#[derive(Debug, Serialize)]
pub struct CountView {
    /// "Present".
    pub label: String,
    /// How many.
    pub count: usize,
}

/// One meeting on the page of a person.
#[derive(Debug, Serialize)]
pub struct MeetingOf {
    /// The meeting.
    pub meeting: Link,
    /// Its day.
    pub date: Option<DateView>,
    /// Who met.
    pub body: Option<Link>,
    /// How the person stood to it: "Present", "In the chair". Empty where the record does not say.
    pub stood: Vec<String>,
    /// What else the person did.
    pub did: Vec<DidView>,
}

/// One thing that a person did at a meeting.
#[derive(Debug, Serialize)]
pub struct DidView {
    /// "Seconded".
    pub did: String,
    /// The item, the time, the nature of an interest; empty if nothing is said.
    pub more: String,
    /// The decision or the item.
    pub of: Option<Link>,
}

/// Who sits on a body: an item of the value of `seats()`.
#[derive(Debug, Serialize)]
pub struct SeatsOf {
    /// The body.
    pub body: Link,
    /// Those of today, by the alphabet.
    pub now: Vec<SeatView>,
    /// Those of the past.
    pub past: Vec<SeatView>,
}

/// A term of a person on a body.
#[derive(Debug, Serialize)]
pub struct SeatView {
    /// The person.
    pub person: Link,
    /// As what.
    pub role: Option<String>,
    /// The ward or the place for which the person sits.
    pub seat: Option<String>,
    /// What else is said of it: the political group.
    pub others: Vec<String>,
    /// "from May 2021".
    pub period: Option<String>,
}
