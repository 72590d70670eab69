//! One line that says how far a long build is, for a person who watches; never in a pipe or a log.
//!
//! Input: how many pages or files are done, from any thread. Output: `Made 4,200 of 10,000 pages`, rewritten in place. Not here: how
//! long it will take.

use std::io::Write;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use crate::messages::text::number;

/// A build that takes less says nothing.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often the line is rewritten: often enough to look alive.
const PAUSE: Duration = Duration::from_millis(100);

/// The line that says how far a build is.
pub struct Progress<'stream> {
    watched: bool,
    verb: &'static str,
    things: &'static str,
    line: Mutex<Line<'stream>>,
}

struct Line<'stream> {
    stream: &'stream mut (dyn Write + Send),
    next: Instant,
    /// The highest count that was shown: another thread may come late with a smaller one.
    shown: usize,
}

impl<'stream> Progress<'stream> {
    /// A line on `stream` that begins with `verb` and counts `things`; silent unless somebody watches.
    pub fn new(
        (verb, things): (&'static str, &'static str),
        stream: &'stream mut (dyn Write + Send),
        watched: bool,
    ) -> Self {
        let line = Line { stream, next: Instant::now() + PATIENCE, shown: 0 };
        Self { watched, verb, things, line: Mutex::new(line) }
    }

    /// Says that `done` of `all` are done, if it is time to.
    pub fn show(&self, done: usize, all: usize) {
        if !self.watched {
            return;
        }
        // Whoever does not get the line goes on working; and a broken terminal is no reason to stop a build.
        let Ok(mut line) = self.line.try_lock() else { return };
        if Instant::now() < line.next || done < line.shown {
            return;
        }
        line.next = Instant::now() + PAUSE;
        line.shown = done;
        let _ = write!(line.stream, "\r{} {} of {} {}", self.verb, number(done), number(all), self.things);
        let _ = line.stream.flush();
    }

    /// Removes the line.
    pub fn end(self) {
        let Ok(line) = self.line.into_inner() else { return };
        if line.shown > 0 {
            let _ = write!(line.stream, "\r{:60}\r", "");
            let _ = line.stream.flush();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_build_and_a_pipe_see_nothing() {
        let mut seen = Vec::new();
        let progress = Progress::new(("Made", "pages"), &mut seen, true);
        progress.show(1, 2);
        progress.end();
        let mut piped = Vec::new();
        let progress = Progress::new(("Made", "pages"), &mut piped, false);
        progress.line.lock().expect("one thread").next = Instant::now();
        progress.show(1, 2);
        progress.end();
        assert_eq!((seen.len(), piped.len()), (0, 0));
    }

    #[test]
    fn a_long_build_rewrites_one_line_and_never_counts_back() {
        let mut seen = Vec::new();
        let progress = Progress::new(("Made", "pages"), &mut seen, true);
        for done in [4200, 4100] {
            progress.line.lock().expect("one thread").next = Instant::now();
            progress.show(done, 10_000);
        }
        progress.end();
        let seen = String::from_utf8(seen).expect("our own words");
        assert!(seen.starts_with("\rMade 4,200 of 10,000 pages\r   "), "{seen:?}");
        assert!(!seen.contains("4,100"), "{seen:?}");
    }
}
