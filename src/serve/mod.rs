//! The preview: a site on this computer alone, made anew whenever its texts change, of which a page is made when it is looked at.
//!
//! Input: a [`Builder`], and the folder to watch. Output: answers to a browser, and each [`Event`] for the terminal. Not
//! here: how a site is made (the builder calls the same functions as every build), and anything on disk: nothing is
//! written, and a file is read only if a route copies it.
//!
//! ```text
//! watch ─changed→ worker: Builder → Preview ─the whole at once→ server: request → the page → answer
//!                         └ then, until something changes: every page, for what only finished pages tell
//! ```
//!
//! Two threads: one makes the site, one answers meanwhile with pages of the last that could be made. A preview may hold what
//! is not public: see `request.rs` for who is answered.

mod answer;
mod build;
mod change;
mod message;
mod overlay;
mod preview;
mod request;
mod server;
mod shown;
mod watch;

use std::any::Any;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use jiff::Zoned;
use tokio::sync::{oneshot, watch as latest};

pub use build::{AsAt, BuildReport, Builder, Disturbed, FromDisk};
pub use message::{Messages, messages};
pub use overlay::clock_time;
pub use preview::{Banner, BuildState, PageOrigin, ShownSite};
use preview::{Preview, SiteVersion};
pub use server::Limits;
use watch::{Quiet, Teller, Watch, WatchEvent};

/// How to serve.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The site's folder.
    pub root: PathBuf,
    /// The public folder, which is not looked at.
    pub out: PathBuf,
    /// The port to try first; 0 for any.
    pub port: u16,
    /// Whether to look at the folders twice a second instead of being told of changes.
    pub poll: bool,
    /// What every page must say of itself.
    pub banner: Banner,
    /// How much one client may ask for.
    pub limits: Limits,
}

/// What the terminal is told while the preview runs.
#[derive(Debug, Clone)]
pub enum Event {
    /// Requests are answered from now on, at this port.
    Open(u16),
    /// The system cannot tell of changes, for this reason; the folders are looked at twice a second instead.
    Polling(String),
    /// A build has ended, and something about it is new.
    Built(BuildOutcome),
}

/// What came of one build.
#[derive(Debug, Clone)]
pub struct BuildOutcome {
    /// How it ended.
    pub state: BuildState,
    /// How many pages the version has that the browser shows; 0 if it shows none.
    pub pages: usize,
    /// How long it took.
    pub time: Duration,
    /// When it ended.
    pub at: Zoned,
    /// Errors, warnings and notes.
    pub messages: Messages,
    /// When the version was made that the browser shows; `None` if it shows none.
    pub shown: Option<Zoned>,
}

/// Makes the site, shows it, and makes it anew whenever something changes, until the program is stopped.
///
/// # Errors
/// No port is free, or the system gives no threads.
pub fn serve(builder: impl Builder, settings: Settings, mut tell: impl FnMut(Event)) -> io::Result<()> {
    let running = Running::start(builder, settings)?;
    tell(Event::Open(running.port));
    running.events.iter().for_each(&mut tell);
    // Both threads go on for as long as the program does.
    Err(io::Error::other("the preview has ended by itself, which is a mistake of Folkmoot's"))
}

/// A preview that goes on until it is dropped.
struct Running {
    port: u16,
    events: Receiver<Event>,
    changes: Teller,
    _stop: oneshot::Sender<()>,
}

impl Running {
    fn start(builder: impl Builder, settings: Settings) -> io::Result<Self> {
        let sockets = server::open(settings.port)?;
        let port = sockets.port;
        let first = Preview {
            generation: milliseconds_since_1970(),
            version: None,
            state: BuildState::Waiting,
            messages: Messages::default(),
            banner: settings.banner.clone(),
        };
        let (previews, shown) = latest::channel(Arc::new(first));
        let (sender, events) = mpsc::channel();
        let (stop, stopped) = oneshot::channel();
        let watch = Watch::new(&settings.root, &settings.out, settings.poll);
        let changes = watch.teller();
        let (root, limits) = (settings.root, settings.limits);
        thread::Builder::new()
            .name("answers".into())
            .spawn(move || server::run(sockets, shown, root, limits, stopped))?;
        let worker = Worker { builder, watch, previews, events: sender, looks: false };
        thread::Builder::new().name("makes the site".into()).spawn(move || worker.run())?;
        Ok(Self { port, events, changes, _stop: stop })
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.changes.tell(WatchEvent::End);
    }
}

/// The number of the first preview, so that a page which an earlier run of the program has sent is known to be stale.
fn milliseconds_since_1970() -> u64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or_default()
}

/// The thread that makes the site again and again.
struct Worker<B> {
    builder: B,
    watch: Watch,
    previews: latest::Sender<Arc<Preview>>,
    events: Sender<Event>,
    /// Whether there is a site whose pages are to be looked through.
    looks: bool,
}

impl<B: Builder> Worker<B> {
    fn run(mut self) {
        let mut built = None;
        let mut pause = Duration::ZERO;
        loop {
            // It listens before it looks, so that no change between the two is missed.
            if let Err(reason) = self.watch.listen() {
                self.tell(Event::Polling(reason));
            }
            let heard = self.watch.wait(pause);
            if heard == WatchEvent::End {
                return;
            }
            let times = self.watch.times();
            let mut fingerprint = self.watch.fingerprint();
            if built == Some(fingerprint) {
                self.look_through(&self.watch.quiet(times, fingerprint));
                pause = self.watch.pause();
                continue;
            }
            if heard == WatchEvent::Silence && !pause.is_zero() {
                fingerprint = self.watch.steady_fingerprint(fingerprint);
                self.watch.forget_watcher();
            }
            // Taken before the build: what changes meanwhile is seen in the next round, at once.
            built = Some(fingerprint);
            pause = Duration::ZERO;
            self.build();
            self.look_through(&self.watch.quiet(times, fingerprint));
        }
    }

    /// Makes the site and shows what came of it.
    fn build(&mut self) {
        let last = self.previews.borrow().clone();
        let start = Instant::now();
        let result = catch_unwind(AssertUnwindSafe(|| self.builder.build()));
        let next = next(&last, result);
        self.looks = next.state == BuildState::Fresh;
        if is_same(&last, &next) {
            return;
        }
        let outcome = outcome(&next, start.elapsed());
        self.previews.send_replace(Arc::new(next));
        self.tell(Event::Built(outcome));
    }

    /// Makes every page of the site that was built last, while the browser shows them already, and shows what only that tells. When
    /// something happens it is given up, and begun again after a false alarm.
    fn look_through(&mut self, quiet: &Quiet) {
        if !self.looks {
            return;
        }
        let start = Instant::now();
        let looked = catch_unwind(AssertUnwindSafe(|| self.builder.look_through(&|| quiet.lasts())));
        let mut next = Preview::clone(&self.previews.borrow());
        match looked {
            Ok(Err(Disturbed)) => return,
            Ok(Ok(None)) => {}
            Ok(Ok(Some(messages))) => {
                let state = if messages.errors == 0 { BuildState::Fresh } else { BuildState::Stopped };
                (next.messages, next.state) = (messages, state);
            }
            Err(panic) => next.state = BuildState::Bug(sentence_of(panic.as_ref())),
        }
        self.looks = false;
        if is_same(&self.previews.borrow(), &next) {
            return;
        }
        next.generation += 1;
        let outcome = outcome(&next, start.elapsed());
        self.previews.send_replace(Arc::new(next));
        self.tell(Event::Built(outcome));
    }

    fn tell(&self, event: Event) {
        // Whoever does not want to know is no reason to stop.
        let _ = self.events.send(event);
    }
}

/// The preview after `last`, from the `result` of a build.
fn next(last: &Preview, result: Result<Result<BuildReport, String>, Box<dyn Any + Send>>) -> Preview {
    let mut next = Preview {
        generation: last.generation + 1,
        version: last.version.clone(),
        state: BuildState::Stopped,
        messages: Messages::default(),
        banner: last.banner.clone(),
    };
    match result {
        Ok(Ok(report)) => {
            next.messages = report.messages;
            if let Some(site) = report.site {
                next.state = BuildState::Fresh;
                let (made_from, base_path) = (report.made_from, report.base_path);
                next.version = Some(Arc::new(SiteVersion { site, made_from, base_path, made_at: Zoned::now() }));
            }
        }
        Ok(Err(sentence)) => next.state = BuildState::Failed(sentence),
        Err(panic) => next.state = BuildState::Bug(sentence_of(panic.as_ref())),
    }
    next
}

fn sentence_of(panic: &(dyn Any + Send)) -> String {
    let sentence = panic.downcast_ref::<String>().map(String::as_str);
    sentence.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("It does not say why.").to_owned()
}

/// Whether a browser would see no difference between two previews.
fn is_same(last: &Preview, next: &Preview) -> bool {
    let is_same_site = match (&last.version, &next.version) {
        (Some(last), Some(next)) => last.made_from == next.made_from,
        (None, None) => true,
        _ => false,
    };
    is_same_site && last.state == next.state && last.messages == next.messages
}

fn outcome(preview: &Preview, time: Duration) -> BuildOutcome {
    let version = preview.version.as_deref();
    BuildOutcome {
        state: preview.state.clone(),
        pages: version.map_or(0, |version| version.site.count()),
        time,
        at: Zoned::now(),
        messages: preview.messages.clone(),
        shown: version.map(|version| version.made_at.clone()),
    }
}

#[cfg(test)]
mod tests;
