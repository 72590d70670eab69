//! The instant for which a site is made, and how far from it the same site would come.
//!
//! Input: an instant, and each instant that a stage compares with it. Output: whether that has come. Not here: the clock.

use std::sync::{Mutex, PoisonError};

use jiff::{Timestamp, civil};

use super::{Instant, Zone};

/// The instant for which a site is made. It is compared with others by [`AsAt::has_come`] alone, which notes them.
#[derive(Debug)]
pub struct AsAt {
    /// That instant.
    pub instant: Instant,
    span: Mutex<SameSite>,
    /// The first instant ahead with which a stage has compared it.
    next: Mutex<Option<Timestamp>>,
}

/// Instants between which the same site comes: from `from` on, and before `until`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct SameSite {
    /// The first instant.
    pub from: Timestamp,
    /// The first instant at which another site may come.
    pub until: Timestamp,
}

impl SameSite {
    /// Whether the same site comes at this instant.
    #[must_use]
    pub fn has(self, at: Timestamp) -> bool {
        self.from <= at && at < self.until
    }
}

impl AsAt {
    /// This instant, on a day of the time zone `zone`: at midnight another day begins, and with it another site.
    #[must_use]
    pub fn new(at: Timestamp, zone: &Zone) -> Self {
        let instant = Instant::from_timestamp(at, zone);
        let starts = |day: civil::Date| day.to_zoned(zone.clone()).map(|start| start.timestamp());
        let from = starts(instant.day).unwrap_or(at);
        let until = instant.day.tomorrow().and_then(starts).unwrap_or(Timestamp::MAX);
        Self { instant, span: Mutex::new(SameSite { from, until }), next: Mutex::default() }
    }

    /// Whether `at` is not after the instant for which the site is made.
    #[must_use]
    pub fn has_come(&self, at: Timestamp) -> bool {
        let has_come = at <= self.instant.at;
        let mut span = self.span.lock().unwrap_or_else(PoisonError::into_inner);
        if has_come {
            span.from = span.from.max(at);
        } else {
            span.until = span.until.min(at);
            let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
            *next = Some(next.map_or(at, |next| next.min(at)));
        }
        has_come
    }

    /// Notes that on the day after this one another site comes.
    pub fn passes(&self, day: civil::Date, zone: &Zone) {
        let start = day.tomorrow().and_then(|next| next.to_zoned(zone.clone()));
        let _has_come = start.is_ok_and(|start| self.has_come(start.timestamp()));
    }

    /// The first instant ahead at which something becomes public or ends or a meeting has passed, beside the beginnings of days; `None` if nothing does.
    #[must_use]
    pub fn next(&self) -> Option<Timestamp> {
        *self.next.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Between which instants the comparisons so far come out as they did.
    #[must_use]
    pub fn span(&self) -> SameSite {
        *self.span.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_site_comes_until_something_that_was_compared_comes() {
        let zone = super::super::zone_named("Europe/London").unwrap();
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let as_at = AsAt::new(at("2026-06-10T12:00Z"), &zone);
        assert_eq!(as_at.span(), SameSite { from: at("2026-06-09T23:00Z"), until: at("2026-06-10T23:00Z") });
        assert!(as_at.has_come(at("2026-06-10T09:30Z")) && as_at.has_come(at("2026-06-10T08:00Z")));
        assert!(!as_at.has_come(at("2026-06-10T18:00Z")) && !as_at.has_come(at("2026-07-01T00:00Z")));
        assert_eq!(as_at.span(), SameSite { from: at("2026-06-10T09:30Z"), until: at("2026-06-10T18:00Z") });
        assert_eq!(as_at.next(), Some(at("2026-06-10T18:00Z")));
    }
}
