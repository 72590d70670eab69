//! Publications at a time: one that waits for it, and one that a scheduler asks for again and again.
//!
//! Input: an instant as typed, and what is known of the last publication. Output: whether it is time. Not here: what is published.
//!
//! What is known is kept beside the cache, for its owner alone: it says when something comes out that nobody may know of yet. Where it
//! is missing, a publication is made ready and compared with what is online, which costs only time.

use std::path::Path;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::environment::{CommandError, Environment, Exit, paragraphs};
use super::given;
use super::schedule::moment;
use crate::cache;
use crate::messages::text::count;
use crate::model::{Instant, Zone};
use crate::source::Sources;
use crate::{checksum_of_texts, zone};

/// The folder beside the cache in which a website waits that may not be seen yet.
pub(super) const WAITING: &str = "waiting";

/// The clock is asked so often, since a machine may have slept.
const PAUSE: Duration = Duration::from_secs(20);

/// A scheduler that comes later than this has missed an instant.
const LATE: SignedDuration = SignedDuration::from_mins(30);

/// The instant that was typed behind `--at`, which is to come.
pub(super) fn instant(typed: &str, zone: &Zone, now: Timestamp) -> Result<Timestamp, CommandError> {
    let at = given::typed_moment("--at", typed)?.in_zone(zone)?;
    if at <= now {
        return Err(CommandError::WrongUse(format!(
            "--at {typed} has passed. `folkmoot publish` publishes at once what may be seen by now."
        )));
    }
    Ok(at)
}

/// Waits until it is `at` by the machine's clock, and gives what it is then.
pub(super) fn wait(at: Timestamp, zone: &Zone, environment: &mut Environment<'_>) -> Result<Timestamp, CommandError> {
    let when = moment(&Instant::from_timestamp(at, zone));
    let words = format!(
        "It is ready, and goes online at {when}. Until then nothing leaves this machine, and nothing is recorded. Leave this window open \
         and the machine on; Ctrl+C stops it."
    );
    environment.tell(&paragraphs(&words, environment.width))?;
    loop {
        let now = Timestamp::now();
        match Duration::try_from(at.duration_since(now)) {
            Ok(left) if !left.is_zero() => std::thread::sleep(left.min(PAUSE)),
            _ => return Ok(now),
        }
    }
}

/// What is known of the publications to a target.
pub(super) struct Due<'run> {
    root: &'run Path,
    target: &'run str,
}

#[derive(Serialize, Deserialize)]
struct Known {
    /// Before this instant the same website would come.
    until: Timestamp,
    /// When a scheduler asked last.
    asked: Option<Timestamp>,
    /// Of the texts that were published.
    texts: String,
}

impl<'run> Due<'run> {
    /// That to the target of this name, of the site in `root`.
    pub fn of(root: &'run Path, target: &'run str) -> Self {
        Self { root, target }
    }

    /// How the command ends, after it was said why, if no other website can come by now, or it may not be put online without a question;
    /// `None` if it may.
    pub fn not_yet(
        &self,
        (sources, now): (&Sources, Timestamp),
        may_be_other: bool,
        environment: &mut Environment<'_>,
    ) -> Result<Option<Exit>, CommandError> {
        let Some(mut known) = self.known() else {
            return if may_be_other { Ok(None) } else { Err(CommandError::WrongUse(self.unknown())) };
        };
        let when = |at: Timestamp| moment(&Instant::from_timestamp(at, &zone(sources)));
        let last = known.asked.replace(now).map(|asked| format!(" It was last asked at {}.", when(asked)));
        let last = last.unwrap_or_default();
        let late = now.duration_since(known.until);
        if now < known.until {
            self.keep(&known)?;
            let words = format!("Nothing is due before {}.{last}", when(known.until));
            return environment.say(&words, Exit::Fine).map(Some);
        }
        if late > LATE {
            let late = ago(late);
            let words = format!("The website may have changed at {}, {late} ago.{last}", when(known.until));
            environment.warn(&paragraphs(&words, environment.width))?;
        }
        if !may_be_other && known.texts != texts(sources) {
            let words = "The texts have changed since the last publication, and nobody has said that they are ready, so nothing was \
                         published. `folkmoot publish` shows what changes, and asks; `folkmoot publish --due --yes` publishes them as they are.";
            return environment.refuse(words).map(Some);
        }
        self.keep(&known)?;
        Ok(None)
    }

    /// Keeps that the website of these texts is online, and the same would come before `until`.
    pub fn published(&self, sources: &Sources, until: Timestamp) -> Result<(), CommandError> {
        let asked = self.known().and_then(|known| known.asked);
        self.keep(&Known { until, asked, texts: texts(sources) })
    }

    fn known(&self) -> Option<Known> {
        serde_json::from_slice(&cache::note(self.root, &self.name())?).ok()
    }

    fn keep(&self, known: &Known) -> Result<(), CommandError> {
        let note = serde_json::to_vec(known).unwrap_or_default();
        cache::keep_note(self.root, &self.name(), &note).map_err(|error| {
            CommandError::Failed(format!(
                "When the website changes next could not be written to {}: {error}.",
                cache::FOLDER
            ))
        })
    }

    fn name(&self) -> String {
        format!("published-{}.json", self.target)
    }

    fn unknown(&self) -> String {
        let target = self.target;
        format!(
            "Nothing is known on this machine of a publication to `{target}`, so nothing was published. Publish once by hand: \
             `folkmoot publish {target}`. Where every run begins anew, as at a host of repositories: `folkmoot publish {target} --due --yes`."
        )
    }
}

/// A checksum of the texts.
fn texts(sources: &Sources) -> String {
    format!("{:032x}", checksum_of_texts(sources))
}

/// How long something has been due, as people say it.
fn ago(late: SignedDuration) -> String {
    let minutes = usize::try_from(late.as_mins()).unwrap_or_default();
    match minutes {
        0..120 => count(minutes, "minute"),
        120..2880 => count(minutes / 60, "hour"),
        _ => count(minutes / 1440, "day"),
    }
}
