//! Whose turn it is to publish to a store: an object that says who is at it, so that a second publisher is told.
//!
//! Input: a bucket. Output: a [`Turn`]. Not here: what is published meanwhile.
//!
//! No store can be trusted to write an object only if it is not there, so the object is written and, after a while, read again: of two
//! who begin at once, the one whose words stand there goes on. Whoever publishes looks again before each step. How old it is the store
//! says by its own clock; one that was not renewed for [`STALE`] seconds is passed over. Whose process was killed goes on at once: its
//! machine knows that the turn was its own.

use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::bucket::{Bucket, Headers};
use super::keys::Variables;
use super::manifest::Sum;
use super::store_error::StoreError;
use crate::cache;

/// The object.
pub(super) const TURN: &str = ".folkmoot/publishing.txt";

const STALE: i64 = 600;
/// How often it is renewed.
const RENEWED: Duration = Duration::from_secs(60);
/// How long somebody else has who began at the same time.
const SETTLES: Duration = Duration::from_millis(400);

const PLAIN: Headers<'_> =
    Headers { media_type: "text/plain; charset=utf-8", cache_control: "no-store", leads_to: None };

/// The turn to publish.
pub(super) struct Turn<'bucket> {
    bucket: &'bucket Bucket,
    words: String,
    renewed: Mutex<Instant>,
}

impl<'bucket> Turn<'bucket> {
    /// Takes it. Beside the cache of the site in `root`, in the note of this name, this machine keeps that it is its own; nobody else
    /// publishes from there at this time.
    ///
    /// # Errors
    /// It is somebody else's, or the store does not answer.
    pub(super) fn take(
        bucket: &'bucket Bucket,
        (root, note): (&Path, &str),
        variables: Variables,
    ) -> Result<Self, StoreError> {
        let own = cache::note(root, note).and_then(|own| String::from_utf8(own).ok()).unwrap_or_default();
        let mut before = String::new();
        if let Some(found) = bucket.get(TURN)? {
            let age = found.age.unwrap_or_default();
            before = String::from_utf8_lossy(&found.bytes).into_owned();
            if age < STALE && (before.is_empty() || !own.contains(&before)) {
                return Err(busy(bucket, &before, age));
            }
        }
        let name = ["USER", "USERNAME", "LOGNAME"].iter().find_map(|name| variables(name)?.into_string().ok());
        let name: String = name.unwrap_or_default().chars().filter(|letter| !letter.is_control()).take(60).collect();
        let name = if name.is_empty() { "somebody".to_owned() } else { name };
        // No two runs come to the same: the folder, the process and the clock are not shared.
        let run = format!("{} {} {:?}", root.display(), std::process::id(), jiff::Timestamp::now());
        let words = format!("{name}\n{}\n", Sum::of(run.as_bytes()));
        // It only saves a wait after a run that was killed; which of the two stands in the store then, nobody knows.
        let _ = cache::keep_note(root, note, format!("{before}{words}").as_bytes());
        let turn = Self { bucket, words, renewed: Mutex::new(Instant::now()) };
        bucket.put(TURN, turn.words.as_bytes(), &PLAIN)?;
        std::thread::sleep(SETTLES);
        turn.is_ours()?;
        Ok(turn)
    }

    /// That it is ours still.
    ///
    /// # Errors
    /// It is somebody else's, or the store does not answer.
    pub(super) fn is_ours(&self) -> Result<(), StoreError> {
        match self.bucket.get(TURN)? {
            Some(found) if found.bytes == self.words.as_bytes() => Ok(()),
            Some(found) => {
                Err(busy(self.bucket, &String::from_utf8_lossy(&found.bytes), found.age.unwrap_or_default()))
            }
            None => Err(busy(self.bucket, "somebody who took the turn from us", 0)),
        }
    }

    /// Says again that we are at it, if that was long ago.
    ///
    /// # Errors
    /// As for [`Turn::is_ours`].
    pub(super) fn renew(&self) -> Result<(), StoreError> {
        // Whoever does not get it goes on working.
        let Ok(mut renewed) = self.renewed.try_lock() else { return Ok(()) };
        if renewed.elapsed() < RENEWED {
            return Ok(());
        }
        self.is_ours()?;
        self.bucket.put(TURN, self.words.as_bytes(), &PLAIN)?;
        *renewed = Instant::now();
        Ok(())
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let renewed = self.renewed.get_mut().unwrap_or_else(PoisonError::into_inner);
        // What was not taken away is passed over after a while, or at once by this machine.
        if renewed.elapsed() < Duration::from_secs(STALE.unsigned_abs()) && self.is_ours().is_ok() {
            let _ = self.bucket.delete(TURN);
        }
    }
}

fn busy(bucket: &Bucket, words: &str, ago: i64) -> StoreError {
    let name = words.lines().next().unwrap_or_default();
    let by = if name.is_empty() { "somebody" } else { name }.to_owned();
    StoreError::Busy { by, object: bucket.shown_object(TURN), ago: ago.max(0), stale: STALE }
}
