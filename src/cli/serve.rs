//! `folkmoot serve`: shows the website while it is written.
//!
//! Input: flags. Output: the address of a preview, and a line for each time that the website was made anew. Not here: the
//! preview itself, which belongs to the room `serve`, and the mistakes, which the pages show.

use std::path::Path;
use std::sync::Arc;

use clap::Args;
use jiff::Timestamp;

use super::environment::{CommandError, Environment, Exit};
use super::given;
use super::given::Moment;
use crate::cache::DiskCache;
use crate::diagnostic::list;
use crate::messages::text::{count, harmless, wrapped};
use crate::model::{Audience, Ledger};
use crate::read::read;
use crate::serve::{AsAt, Banner, BuildOutcome, BuildState, Event, FromDisk, Limits, Messages, Settings, clock_time};
use crate::{Memory, zone};

/// Show the website while you write
///
/// Makes the website in memory, shows it in the browser of this computer, and shows it anew whenever a text is saved.
/// Mistakes are shown in the page. Nothing is written, and nobody else can open it.
#[derive(Args)]
#[command(after_help = MORE, after_long_help = MORE)]
pub struct Serve {
    /// The number in the address, http://localhost:NUMBER/; if another program has it, the next that is free
    #[arg(long, value_name = "NUMBER", default_value_t = 8000)]
    port: u16,
    /// Open it in the browser
    #[arg(long)]
    open: bool,
    /// Show the website as it is at this time: later documents are left out [default: now]
    #[arg(long, value_name = "TIME")]
    as_at: Option<String>,
    /// Show drafts and what is not public yet too; every page says so
    #[arg(long)]
    drafts: bool,
    /// Look for changes twice a second: for network drives, which do not tell of them
    #[arg(long)]
    poll: bool,
}

const MORE: &str = "\
Examples:
  folkmoot serve --open
  folkmoot serve --drafts
  folkmoot serve --as-at \"2026-12-01 09:00\"

TIME is a date, or a date and a time, in the time zone of the site. Ctrl+C ends the preview.

Exit codes:
  2  the command was mistyped, or there is no site in the folder
  3  the machine failed: there is no free number for the address
  130  it was ended with Ctrl+C";

/// Runs the command, until it is stopped.
pub fn serve(serve: &Serve, root: Option<&Path>, environment: &mut Environment<'_>) -> Result<Exit, CommandError> {
    let root = given::root(root, &environment.folder);
    let out = root.join("public");
    // A folder that is no site is said here, and not in a browser.
    let (sources, _) = read(&root, &out).map_err(|error| given::unread(&error))?;
    let moment = given::moment(serve.as_at.as_deref(), environment.epoch.as_deref(), environment.now)?;
    moment.in_zone(&zone(&sources))?;
    drop(sources);

    let is_fixed = serve.as_at.is_some() || environment.epoch.is_some();
    let as_at = if is_fixed { always(moment) } else { Box::new(|_: &_| Ok(Timestamp::now())) };
    let audience = if serve.drafts { Audience::Preview } else { Audience::Public };
    let cache = Arc::new(DiskCache::open(&root));
    let memory = Memory { cache: cache.clone(), ..Memory::default() };
    let made_from = Ledger::default();
    let last = None;
    let builder = FromDisk { root: root.clone(), out: out.clone(), as_at, audience, made_from, memory, cache, last };
    let banner = Banner { drafts: serve.drafts, as_at: serve.as_at.clone() };
    let settings = Settings { root, out, port: serve.port, poll: serve.poll, banner, limits: Limits::default() };

    let mut address = String::new();
    let mut is_first = true;
    let ended = crate::serve::serve(builder, settings, |event| {
        if let Event::Open(port) = event {
            address = format!("http://localhost:{port}/");
        }
        // A terminal that went away is no reason to end the preview.
        let _ = environment.warn(&said(&event, serve.port, environment.width));
        if matches!(event, Event::Built(_)) && std::mem::take(&mut is_first) {
            let _ = environment.tell(&format!("The preview is at  {address}\nTo end it, press Ctrl+C.\n"));
            if serve.open {
                let _ = environment.warn(&opened(&address));
            }
        }
    });
    match ended {
        Ok(()) => Ok(Exit::Fine),
        Err(error) => Err(CommandError::Failed(format!(
            "The preview cannot be shown at the number {}: {error}. Try another:  folkmoot serve --port 8000",
            serve.port
        ))),
    }
}

/// Gives the same moment for every build; the time zone in which it is meant may change with the settings.
fn always(moment: Moment) -> AsAt {
    Box::new(move |sources| {
        moment.in_zone(&zone(sources)).map_err(|stop| match stop {
            CommandError::WrongUse(sentence) | CommandError::Failed(sentence) | CommandError::Stopped(sentence) => {
                sentence
            }
        })
    })
}

/// Opens the browser; gives a sentence if that fails, and nothing if it does not.
fn opened(address: &str) -> String {
    match open::that_detached(address) {
        Ok(()) => String::new(),
        Err(error) => format!("The browser could not be opened ({error}). Type the address into it.\n"),
    }
}

/// What the terminal is told of an event; empty if there is nothing to tell. `wanted` is the port that was asked for.
fn said(event: &Event, wanted: u16, width: usize) -> String {
    let words = match event {
        Event::Open(port) if *port == wanted || wanted == 0 => return String::new(),
        Event::Open(port) => format!("Another program has the number {wanted}, so this preview has {port}."),
        Event::Polling(reason) => {
            format!("This machine does not tell of changes ({}); they are looked for twice a second.", harmless(reason))
        }
        Event::Built(outcome) => format!("{}  {}", outcome.at.strftime("%H:%M:%S"), how(outcome)),
    };
    format!("{}\n", wrapped(&words, width))
}

/// How a build ended, in a sentence.
fn how(outcome: &BuildOutcome) -> String {
    let instead = match &outcome.shown {
        Some(then) => format!("The browser shows why, and the version from {}.", clock_time(then, &outcome.at)),
        None => "The browser shows why.".to_owned(),
    };
    match &outcome.state {
        BuildState::Waiting | BuildState::Fresh => {
            let made = format!("Made {} in {:.1} s.", count(outcome.pages, "page"), outcome.time.as_secs_f64());
            let mistakes = totals(&outcome.messages, false);
            if mistakes.is_empty() { made } else { format!("{made} {mistakes}: see the foot of the pages.") }
        }
        BuildState::Stopped => format!("{}. {instead}", totals(&outcome.messages, true)),
        BuildState::Failed(sentence) => format!("The website cannot be made. {} {instead}", harmless(sentence)),
        BuildState::Bug(sentence) => {
            format!("Folkmoot itself has failed; please report it: “{}” {instead}", harmless(sentence))
        }
    }
}

/// How much is to be mended: `2 errors and 1 warning`. Notes are advice, and are left to `check`.
fn totals(messages: &Messages, with_errors: bool) -> String {
    let errors = (with_errors && messages.errors > 0).then(|| count(messages.errors, "error"));
    let warnings = (messages.warnings > 0).then(|| count(messages.warnings, "warning"));
    list(&errors.into_iter().chain(warnings).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use jiff::Zoned;

    use super::*;

    fn at(hour: i8, minute: i8) -> Zoned {
        let time = jiff::civil::date(2026, 3, 12).at(hour, minute, 5, 0);
        time.in_tz("Europe/London").expect("a time that exists")
    }

    fn built((state, pages): (BuildState, usize), messages: (usize, usize), shown: Option<Zoned>) -> String {
        let messages = Messages { errors: messages.0, warnings: messages.1, ..Messages::default() };
        let time = Duration::from_millis(840);
        said(&Event::Built(BuildOutcome { state, pages, time, at: at(14, 3), messages, shown }), 8000, 100)
    }

    #[test]
    fn a_line_says_how_it_went_and_what_is_shown() {
        let made = built((BuildState::Fresh, 1234), (0, 0), Some(at(14, 3)));
        assert_eq!(made, "14:03:05  Made 1,234 pages in 0.8 s.\n");
        let made = built((BuildState::Fresh, 1), (0, 2), Some(at(14, 3)));
        assert_eq!(made, "14:03:05  Made 1 page in 0.8 s. 2 warnings: see the foot of the pages.\n");
        let stopped = built((BuildState::Stopped, 0), (2, 1), Some(at(14, 2)));
        let expected = "2 errors and 1 warning. The browser shows why, and the version from 14:02.";
        assert_eq!(stopped, format!("14:03:05  {expected}\n"));
        let failed = built((BuildState::Failed("There is no `content`\u{1b}[2J.".into()), 0), (0, 0), None);
        assert!(failed.contains("There is no `content`\u{FFFD}[2J. The browser shows why.\n"), "{failed}");
        let bug = built((BuildState::Bug("two routes".into()), 0), (0, 0), Some(at(14, 2)));
        assert!(bug.contains("please report it: “two routes”"), "{bug}");
    }

    #[test]
    fn another_number_is_said() {
        assert_eq!(said(&Event::Open(8000), 8000, 100), "");
        assert_eq!(said(&Event::Open(41234), 0, 100), "");
        let moved = "Another program has the number 8000, so this preview has 8001.\n";
        assert_eq!(said(&Event::Open(8001), 8000, 100), moved);
    }
}
