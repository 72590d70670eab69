//! Tells when what lies in the site's folders is not what it was.
//!
//! Input: whatever the system says about changes, taken as "something happened" and no more: what kind of change an
//! editor, a synchroniser or a network drive reports cannot be relied on. Output: a [`WatchEvent`] when it has been quiet
//! for a moment, and the [`Fingerprint`] of the folders, by which a real change is told from a false alarm. Not here: the
//! texts. `public/`, `target/` and everything else beside `content/` and `themes/` is not looked at.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use notify::event::{AccessKind, AccessMode};
use notify::{Config, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};
use walkdir::{DirEntry, WalkDir};
use xxhash_rust::xxh3::Xxh3;

use crate::platform::file_id;

/// The folders that a site is made from.
const FOLDERS: [&str; 2] = ["content", "themes"];
/// Editors save in several steps; this much silence means that they are done.
const QUIET: Duration = Duration::from_millis(50);
/// The longest wait for silence.
const PATIENCE: Duration = Duration::from_millis(500);
/// How often the folders are looked at, whatever was heard: a network drive tells nothing, and a folder that was just
/// made may not be watched yet. Ten thousand files take a few hundredths of a second.
const LOOK: Duration = Duration::from_secs(5);
/// How often the folders are looked at if the system never tells of changes.
const POLL: Duration = Duration::from_millis(500);

/// What the wait for changes ended with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WatchEvent {
    /// Something happened.
    Change,
    /// Nothing happened, as far as the system told.
    Silence,
    /// The preview is to end.
    End,
}

/// What lies in the folders, as one hash of names, lengths and times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fingerprint(u128);

/// The folders of a site.
#[derive(Debug, Clone)]
struct Folders {
    root: PathBuf,
    /// The public folder, without links in its path: if it lies in `content`, it is left out.
    out: Option<PathBuf>,
}

impl Folders {
    /// The fingerprint of what lies in the folders now.
    fn fingerprint(&self) -> Fingerprint {
        let mut hasher = Xxh3::new();
        for folder in FOLDERS {
            let entries = WalkDir::new(self.root.join(folder)).sort_by_file_name().into_iter();
            for entry in entries.filter_entry(|entry| !self.is_left_out(entry)) {
                match entry {
                    Ok(entry) => note(&mut hasher, &entry),
                    // A folder that cannot be opened, or that has just gone, is a state too.
                    Err(error) => hasher.update(error.to_string().as_bytes()),
                }
            }
        }
        Fingerprint(hasher.digest128())
    }

    fn is_left_out(&self, entry: &DirEntry) -> bool {
        let name = entry.file_name().as_encoded_bytes();
        let is_hidden = entry.depth() > 0 && (name.starts_with(b".") || name.starts_with(b"~$"));
        is_hidden || self.out.as_deref() == Some(entry.path())
    }

    /// The folders that are there, each with a number that tells it from another folder of the same name.
    fn present(&self) -> Vec<(PathBuf, u64)> {
        let folders = FOLDERS.iter().map(|folder| self.root.join(folder));
        folders.filter_map(|folder| Some((folder.clone(), file_id(&fs::metadata(folder).ok()?)))).collect()
    }
}

/// Says that something happened, or that the preview is over.
#[derive(Debug, Clone)]
pub struct Teller {
    sender: Sender<WatchEvent>,
    /// How often something was said.
    times: Arc<AtomicU64>,
}

impl Teller {
    /// Says it. Once the preview is over nobody listens any more.
    pub fn tell(&self, event: WatchEvent) {
        self.times.fetch_add(1, Ordering::Relaxed);
        let _ = self.sender.send(event);
    }
}

/// A time in which nothing happens.
pub struct Quiet {
    times: Arc<AtomicU64>,
    /// How often something had been said when it began.
    began: u64,
    /// Where the system does not tell of changes: the folders, how they were, and when they were looked at.
    looked: Option<(Folders, Fingerprint, Mutex<Instant>)>,
}

impl Quiet {
    /// Whether it lasts. Any number of threads may ask.
    #[must_use]
    pub fn lasts(&self) -> bool {
        let is_as_it_was = |(folders, before, at): &(Folders, Fingerprint, Mutex<Instant>)| {
            let mut at = at.lock().unwrap_or_else(PoisonError::into_inner);
            if at.elapsed() < POLL {
                return true;
            }
            *at = Instant::now();
            folders.fingerprint() == *before
        };
        self.times.load(Ordering::Relaxed) == self.began && self.looked.as_ref().is_none_or(is_as_it_was)
    }
}

/// Watches the folders of a site.
pub struct Watch {
    folders: Folders,
    teller: Teller,
    receiver: Receiver<WatchEvent>,
    watcher: Option<RecommendedWatcher>,
    /// The folders that the watcher was made for. One that is replaced by another is not watched any more.
    watched: Vec<(PathBuf, u64)>,
    /// Whether the system does not tell of changes, so that the folders are looked at often.
    polls: bool,
}

impl Watch {
    /// Watches the site in `root`, but not its public folder `out`. With `polls`, the system is not asked to tell of
    /// changes.
    #[must_use]
    pub fn new(root: &Path, out: &Path, polls: bool) -> Self {
        let root = root.canonicalize().unwrap_or_else(|_| root.to_owned());
        let (sender, receiver) = mpsc::channel();
        let teller = Teller { sender, times: Arc::default() };
        let folders = Folders { root, out: out.canonicalize().ok() };
        Self { folders, watched: Vec::new(), watcher: None, teller, receiver, polls }
    }

    /// Where to say that something happened, or that the preview is over.
    #[must_use]
    pub fn teller(&self) -> Teller {
        self.teller.clone()
    }

    /// How often it was said so far that something happened.
    #[must_use]
    pub fn times(&self) -> u64 {
        self.teller.times.load(Ordering::Relaxed)
    }

    /// The time that began when so often something had been said, and ends when something happens; `fingerprint`: how the folders are.
    #[must_use]
    pub fn quiet(&self, began: u64, fingerprint: Fingerprint) -> Quiet {
        let times = Arc::clone(&self.teller.times);
        let looked = self.polls.then(|| (self.folders.clone(), fingerprint, Mutex::new(Instant::now())));
        Quiet { times, began, looked }
    }

    /// Asks the system to tell of changes, unless it was asked about the folders that lie there now already.
    ///
    /// # Errors
    /// What the system said. From then on the folders are looked at often instead.
    pub fn listen(&mut self) -> Result<(), String> {
        let folders = self.folders.present();
        if self.polls || (self.watcher.is_some() && self.watched == folders) {
            return Ok(());
        }
        self.forget_watcher();
        match self.watcher_of(&folders) {
            Ok(watcher) => self.watcher = Some(watcher),
            Err(error) => {
                self.polls = true;
                return Err(error.to_string());
            }
        }
        self.watched = folders;
        Ok(())
    }

    /// Drops the watcher: it has missed a change, and the next [`Watch::listen`] makes a new one.
    pub fn forget_watcher(&mut self) {
        self.watcher = None;
        self.watched.clear();
    }

    /// How long to wait for an event before the folders are looked at anyway.
    #[must_use]
    pub fn pause(&self) -> Duration {
        if self.polls { POLL } else { LOOK }
    }

    /// Waits until something happens, at most for `pause`, and then until it is quiet.
    #[must_use]
    pub fn wait(&self, pause: Duration) -> WatchEvent {
        match self.receiver.recv_timeout(pause) {
            Ok(WatchEvent::Change) => settle(|longest| {
                let start = Instant::now();
                (self.receiver.recv_timeout(longest).unwrap_or(WatchEvent::Silence), start.elapsed())
            }),
            Ok(other) => other,
            Err(RecvTimeoutError::Timeout) => WatchEvent::Silence,
            Err(RecvTimeoutError::Disconnected) => WatchEvent::End,
        }
    }

    /// The fingerprint of what lies in the folders now.
    #[must_use]
    pub fn fingerprint(&self) -> Fingerprint {
        self.folders.fingerprint()
    }

    /// The fingerprint of the folders as soon as it stays the same: for a change that the system did not tell of, which
    /// may not be over. `fingerprint` is the one that was taken last.
    #[must_use]
    pub fn steady_fingerprint(&self, mut fingerprint: Fingerprint) -> Fingerprint {
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            std::thread::sleep(QUIET);
            let now = self.fingerprint();
            if now == fingerprint {
                break;
            }
            fingerprint = now;
        }
        fingerprint
    }

    fn watcher_of(&self, folders: &[(PathBuf, u64)]) -> notify::Result<RecommendedWatcher> {
        let teller = self.teller();
        let tell = move |event: notify::Result<notify::Event>| {
            if is_something(&event) {
                teller.tell(WatchEvent::Change);
            }
        };
        let mut watcher = RecommendedWatcher::new(tell, Config::default().with_follow_symlinks(false))?;
        // The site's folder itself, but nothing in it: there `themes` may be made, and `content` be replaced.
        watcher.watch(&self.folders.root, RecursiveMode::NonRecursive)?;
        for (folder, _) in folders {
            watcher.watch(folder, RecursiveMode::Recursive)?;
        }
        Ok(watcher)
    }
}

/// Whether an event means that something happened; so does a failure to tell of one. That a file was opened does not: our
/// own look at the folders opens them, and would never come to an end.
fn is_something(event: &notify::Result<notify::Event>) -> bool {
    let kind = event.as_ref().map(|event| event.kind);
    !matches!(kind, Ok(EventKind::Access(access)) if access != AccessKind::Close(AccessMode::Write))
}

/// Waits until nothing was heard for [`QUIET`], but not longer than [`PATIENCE`]. `hear` waits at most as long as it is
/// told, and returns what was heard and how long that took.
fn settle(mut hear: impl FnMut(Duration) -> (WatchEvent, Duration)) -> WatchEvent {
    let mut waited = Duration::ZERO;
    while waited < PATIENCE {
        match hear(QUIET.min(PATIENCE - waited)) {
            (WatchEvent::Change, time) => waited += time,
            (WatchEvent::Silence, _) => break,
            (WatchEvent::End, _) => return WatchEvent::End,
        }
    }
    WatchEvent::Change
}

/// Adds one file or folder to the fingerprint. A folder's own time changes with every temporary file in it and is left
/// out.
fn note(hasher: &mut Xxh3, entry: &DirEntry) {
    let part = |hasher: &mut Xxh3, name: &OsStr| {
        hasher.update(name.as_encoded_bytes());
        hasher.update(b"\0");
    };
    part(hasher, entry.path().as_os_str());
    if entry.file_type().is_dir() {
        return;
    }
    // Of a link, what it leads to: that is what is read.
    match fs::metadata(entry.path()) {
        Ok(metadata) => {
            hasher.update(&metadata.len().to_le_bytes());
            hasher.update(&since_1970(metadata.modified()).to_le_bytes());
            hasher.update(&file_id(&metadata).to_le_bytes());
        }
        Err(error) => part(hasher, OsStr::new(&error.kind().to_string())),
    }
}

/// A time of a file in nanoseconds since 1970; 0 if the file system keeps no times.
fn since_1970(time: std::io::Result<SystemTime>) -> u128 {
    let since = time.ok().and_then(|time| time.duration_since(SystemTime::UNIX_EPOCH).ok());
    since.unwrap_or_default().as_nanos()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What `settle` does when something is heard after each of `gaps`: how often it listened, and for how long.
    fn settled(gaps: &[u64]) -> (usize, Duration) {
        let mut gaps = gaps.iter().map(|gap| Duration::from_millis(*gap));
        let (mut times, mut total) = (0, Duration::ZERO);
        let heard = settle(|longest| {
            times += 1;
            let gap = gaps.next().unwrap_or(Duration::MAX);
            total += gap.min(longest);
            if gap < longest { (WatchEvent::Change, gap) } else { (WatchEvent::Silence, longest) }
        });
        assert_eq!(heard, WatchEvent::Change);
        (times, total)
    }

    #[test]
    fn many_changes_are_one() {
        assert_eq!(settled(&[]), (1, QUIET), "one change waits for quiet");
        assert_eq!(settled(&[10, 20, 49]), (4, Duration::from_millis(79) + QUIET), "each begins the quiet again");
        assert_eq!(settled(&[50, 1, 1]), (1, QUIET), "what comes after the quiet is another change");
    }

    #[test]
    fn a_storm_without_end_is_not_waited_for() {
        let (times, total) = settled(&[10; 1000]);
        assert_eq!((times, total), (50, PATIENCE));
    }

    #[test]
    fn the_end_is_the_end() {
        assert_eq!(settle(|_| (WatchEvent::End, Duration::ZERO)), WatchEvent::End);
    }

    /// A site in a folder that is gone afterwards, watched but not listened to.
    fn site() -> (tempfile::TempDir, Watch) {
        let site = tempfile::tempdir().expect("a folder for the test");
        for folder in ["content/public", "content/minutes", "public", "target"] {
            fs::create_dir_all(site.path().join(folder)).expect("a folder for the test");
        }
        let watch = Watch::new(site.path(), &site.path().join("content/public"), false);
        (site, watch)
    }

    #[test]
    fn a_state_is_of_what_a_site_is_made_from() {
        let (site, watch) = site();
        let write = |path: &str, text: &str| {
            let before = watch.fingerprint();
            fs::create_dir_all(site.path().join(path).parent().expect("a folder")).expect("a folder for the test");
            fs::write(site.path().join(path), text).expect("a file for the test");
            watch.fingerprint() != before
        };
        for (path, counts) in [
            ("content/minutes/a.md", true),
            ("content/minutes/deep/er/b.pdf", true),
            ("themes/own/site.css", true),
            ("content/minutes/.a.md.swp", false),
            ("content/.git/index", false),
            ("content/~$a.docx", false),
            ("content/public/index.html", false),
            ("public/index.html", false),
            ("target/debug/x", false),
            ("README.md", false),
        ] {
            assert_eq!(write(path, "x"), counts, "{path}");
        }
        assert!(write("content/minutes/a.md", "xy"), "longer");
        let same = watch.fingerprint();
        fs::read(site.path().join("content/minutes/a.md")).expect("the file is there");
        assert!(watch.fingerprint() == same, "reading is no change");
    }

    #[test]
    fn replaced_renamed_and_deleted_files_are_changes() {
        let (site, watch) = site();
        let path = |name: &str| site.path().join("content").join(name);
        fs::write(path("a.md"), "one").expect("a file for the test");
        let mut last = watch.fingerprint();
        let mut changed = |what: &str| {
            let now = watch.fingerprint();
            assert!(now != last, "{what}");
            last = now;
        };
        let time = fs::metadata(path("a.md")).and_then(|metadata| metadata.modified()).expect("the file's time");
        // Plain `std` tells files by the time when they were made, and the clock of a file system moves in steps.
        let id = |name: &str| fs::metadata(path(name)).map(|metadata| file_id(&metadata)).expect("the file is there");
        let is_another = || {
            let _ = fs::remove_file(path("b.tmp"));
            fs::write(path("b.tmp"), "two").expect("a file for the test");
            id("b.tmp") != id("a.md")
        };
        assert!((0..100_000).any(|_| is_another()), "this file system does not tell files apart");
        let file = fs::File::options().write(true).open(path("b.tmp")).expect("the file is there");
        file.set_modified(time).expect("a file's time can be set");
        fs::rename(path("b.tmp"), path("a.md")).expect("a file can be renamed");
        changed("replaced by one of the same length and time");
        fs::rename(path("a.md"), path("c.md")).expect("a file can be renamed");
        changed("renamed");
        fs::remove_file(path("c.md")).expect("a file can be deleted");
        changed("deleted");
        fs::remove_dir_all(site.path().join("content")).expect("a folder can be deleted");
        changed("all gone");
    }

    /// After this nothing is waited for any more: far longer than the busiest machine needs.
    const HANGS: Duration = Duration::from_secs(120);

    fn hears(watch: &Watch) -> bool {
        watch.wait(HANGS) == WatchEvent::Change
    }

    /// What was told before is not heard any more: a watcher that is made from now on tells it somewhere else.
    fn forget(watch: &mut Watch) {
        (watch.teller.sender, watch.receiver) = mpsc::channel();
    }

    #[test]
    fn the_machine_tells_of_changes_also_in_new_and_replaced_folders() {
        let (site, mut watch) = site();
        watch.listen().expect("this machine can watch folders");
        fs::write(site.path().join("content/minutes/a.md"), "x").expect("a file for the test");
        assert!(hears(&watch), "a new file");
        forget(&mut watch);
        watch.forget_watcher();
        watch.listen().expect("this machine can watch folders");
        fs::create_dir_all(site.path().join("themes/own")).expect("a folder for the test");
        assert!(hears(&watch), "a new folder beside");
        forget(&mut watch);
        watch.listen().expect("this machine can watch folders");
        fs::write(site.path().join("themes/own/site.css"), "x").expect("a file for the test");
        assert!(hears(&watch), "in the new folder");
    }

    #[test]
    fn our_own_look_is_no_change() {
        let (site, watch) = site();
        let content = site.path().join("content");
        let (sender, events) = mpsc::channel();
        let mut watcher = notify::recommended_watcher(sender).expect("this machine can watch folders");
        watcher.watch(&content, RecursiveMode::Recursive).expect("this machine can watch folders");
        let _ = watch.fingerprint();
        // The machine tells of things in the order in which they happen.
        fs::write(content.join("later.md"), "x").expect("a file for the test");
        let is_later = |event: &notify::Event| event.paths.iter().any(|path| path.ends_with("later.md"));
        loop {
            let event = events.recv_timeout(HANGS).expect("the file that was written last is told of");
            if event.as_ref().is_ok_and(is_later) {
                break;
            }
            assert!(!is_something(&event), "{event:?}");
        }
    }

    #[test]
    fn the_end_wakes_whoever_waits() {
        let (_site, watch) = site();
        watch.teller().tell(WatchEvent::End);
        assert_eq!(watch.wait(HANGS), WatchEvent::End);
    }
}
