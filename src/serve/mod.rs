//! The preview: a site in memory, on this computer alone, made anew whenever its texts change.
//!
//! Enters: a [`Builder`], and the folder to watch. Leaves: answers to a browser, and [`News`] for the terminal.
//! Absent: how a site is made (the builder calls the same two functions as every build), and anything on disk:
//! nothing is written, and a file is read only where a route copies it.
//!
//! ```text
//! watch ─changed→ work: Builder → Preview ─the whole at once→ server: request → asked → answer
//! ```
//!
//! Two threads: one makes the site, one answers meanwhile from the last that could be made. A preview may hold what
//! is not public: see `request.rs` for who is answered.

mod answer;
mod build;
mod message;
mod overlay;
mod preview;
mod request;
mod server;
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

pub use build::{AsAt, FromDisk};
pub use message::{Messages, messages};
pub use preview::{About, Pages, Ribbon, Shelf};
use preview::{Preview, State, Version};
pub use server::Limits;
use watch::{Heard, Watch};

/// Makes the site, once for each call, from what lies on the disk at that time.
pub trait Builder: Send + 'static {
    /// Puts every file of the site on the shelf, and says what was seen on the way.
    ///
    /// # Errors
    /// A sentence: what the machine could not do.
    fn build(&mut self, shelf: &Shelf) -> Result<Attempt, String>;
}

/// What came of an attempt to make the site.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Attempt {
    /// The path of the site's address, without a slash at the end; empty at the root.
    pub base_path: String,
    /// What authors should mend. With an error among it, what lies on the shelf is not shown.
    pub messages: Messages,
}

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
    pub ribbon: Ribbon,
    /// How much one client may ask for.
    pub limits: Limits,
}

/// What happens, for the terminal.
#[derive(Debug, Clone)]
pub enum News {
    /// From now on requests are answered, at this port.
    Open(u16),
    /// The machine cannot tell of changes, for this reason: the folders are looked at twice a second.
    Polling(String),
    /// The site was made, or not, and something about it is new.
    Tried(Tried),
}

/// One attempt to make the site.
#[derive(Debug, Clone)]
pub struct Tried {
    /// How it ended.
    pub ending: Ending,
    /// How long it took.
    pub time: Duration,
    /// When it was over.
    pub at: Zoned,
    /// Errors, warnings and notes.
    pub messages: Messages,
    /// What the browser shows instead, where it could not be made: the version from this time.
    pub shown: Option<Zoned>,
}

/// How an attempt to make the site ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ending {
    /// With so many pages.
    Made(usize),
    /// Errors in the texts stop it.
    Stopped,
    /// The machine failed: a sentence.
    Failed(String),
    /// The program failed: its sentence.
    Bug(String),
}

/// Makes the site, shows it, and makes it anew whenever something changes, until the program is stopped.
///
/// # Errors
/// There is no port to be had, or the machine gives no threads.
pub fn serve(builder: impl Builder, settings: Settings, mut tell: impl FnMut(News)) -> io::Result<()> {
    let running = Running::start(builder, settings)?;
    tell(News::Open(running.port));
    running.news.iter().for_each(&mut tell);
    // Both threads go on for as long as the program does.
    Err(io::Error::other("the preview has ended by itself, which is a mistake of Folkmoot's"))
}

/// A preview that goes on until it is dropped.
struct Running {
    port: u16,
    news: Receiver<News>,
    changes: Sender<Heard>,
    _stop: oneshot::Sender<()>,
}

impl Running {
    fn start(builder: impl Builder, settings: Settings) -> io::Result<Self> {
        let sockets = server::open(settings.port)?;
        let port = sockets.port;
        let first = Preview {
            generation: milliseconds_since_1970(),
            version: None,
            state: State::Waiting,
            messages: Messages::default(),
            ribbon: settings.ribbon.clone(),
        };
        let (previews, shown) = latest::channel(Arc::new(first));
        let (tell, news) = mpsc::channel();
        let (stop, stopped) = oneshot::channel();
        let watch = Watch::new(&settings.root, &settings.out, settings.poll);
        let changes = watch.sender();
        let (root, limits) = (settings.root, settings.limits);
        thread::Builder::new()
            .name("answers".into())
            .spawn(move || server::run(sockets, shown, root, limits, stopped))?;
        let worker = Worker { builder, watch, previews, news: tell };
        thread::Builder::new().name("makes the site".into()).spawn(move || worker.work())?;
        Ok(Self { port, news, changes, _stop: stop })
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // A worker that is gone already needs no telling.
        let _ = self.changes.send(Heard::End);
    }
}

/// So that a page which an earlier run of the program has sent is told from the first of this run.
fn milliseconds_since_1970() -> u64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or_default()
}

/// Makes the site again and again.
struct Worker<B> {
    builder: B,
    watch: Watch,
    previews: latest::Sender<Arc<Preview>>,
    news: Sender<News>,
}

impl<B: Builder> Worker<B> {
    fn work(mut self) {
        let mut built = None;
        let mut pause = Duration::ZERO;
        loop {
            // Before the look, so that nothing is missed between the two.
            if let Err(reason) = self.watch.listen() {
                self.tell(News::Polling(reason));
            }
            let heard = self.watch.wait(pause);
            if heard == Heard::End {
                return;
            }
            let mut state = self.watch.state();
            if built == Some(state) {
                pause = self.watch.pause();
                continue;
            }
            if heard == Heard::Silence && !pause.is_zero() {
                state = self.watch.steady_state(state);
                self.watch.deaf();
            }
            // Of the state before the attempt: what changes meanwhile is seen in the next round, at once.
            built = Some(state);
            pause = Duration::ZERO;
            self.attempt();
        }
    }

    /// Makes the site and shows what came of it.
    fn attempt(&mut self) {
        let last = self.previews.borrow().clone();
        let shelf = Shelf::beside(last.version.clone());
        let start = Instant::now();
        let result = catch_unwind(AssertUnwindSafe(|| self.builder.build(&shelf)));
        let next = next(&last, result, shelf);
        if is_same(&last, &next) {
            return;
        }
        let tried = tried(&next, start.elapsed());
        self.previews.send_replace(Arc::new(next));
        self.tell(News::Tried(tried));
    }

    fn tell(&self, news: News) {
        // Whoever does not want to know is no reason to stop.
        let _ = self.news.send(news);
    }
}

/// The preview after `last`.
fn next(last: &Preview, result: Result<Result<Attempt, String>, Box<dyn Any + Send>>, shelf: Shelf) -> Preview {
    let mut next = Preview {
        generation: last.generation + 1,
        version: last.version.clone(),
        state: State::Stopped,
        messages: Messages::default(),
        ribbon: last.ribbon.clone(),
    };
    match result {
        Ok(Ok(attempt)) => {
            next.messages = attempt.messages;
            if next.messages.errors == 0 {
                next.state = State::Fresh;
                let (pages, base_path) = (shelf.into_pages(), attempt.base_path);
                next.version = Some(Arc::new(Version { pages, base_path, made_at: Zoned::now() }));
            }
        }
        Ok(Err(sentence)) => next.state = State::Failed(sentence),
        Err(panic) => next.state = State::Bug(sentence_of(panic.as_ref())),
    }
    next
}

fn sentence_of(panic: &(dyn Any + Send)) -> String {
    let sentence = panic.downcast_ref::<String>().map(String::as_str);
    sentence.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("It does not say why.").to_owned()
}

/// Whether a browser would see no difference.
fn is_same(last: &Preview, next: &Preview) -> bool {
    let is_same_site = match (&last.version, &next.version) {
        (Some(last), Some(next)) => last.pages == next.pages && last.base_path == next.base_path,
        (None, None) => true,
        _ => false,
    };
    is_same_site && last.state == next.state && last.messages == next.messages
}

fn tried(preview: &Preview, time: Duration) -> Tried {
    let version = preview.version.as_deref();
    Tried {
        ending: match &preview.state {
            State::Waiting | State::Fresh => Ending::Made(version.map_or(0, Version::count)),
            State::Stopped => Ending::Stopped,
            State::Failed(sentence) => Ending::Failed(sentence.clone()),
            State::Bug(sentence) => Ending::Bug(sentence.clone()),
        },
        time,
        at: Zoned::now(),
        messages: preview.messages.clone(),
        shown: version.map(|version| version.made_at.clone()),
    }
}

#[cfg(test)]
mod tests;
