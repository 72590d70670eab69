//! Tells when what lies in the site's folders is not what it was.
//!
//! Enters: whatever the machine says about changes, taken as "something happened" and no more: what kind of change
//! an editor, a synchroniser or a network drive reports cannot be relied on. Leaves: [`Heard`], after a short quiet,
//! and the [`State`] of the folders, by which a real change is told from a false alarm.
//! Absent: the texts. `public/`, `target/` and everything else beside `content/` and `themes/` is not looked at.

use std::ffi::OsStr;
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant, SystemTime};

use notify::event::{AccessKind, AccessMode};
use notify::{Config, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};
use walkdir::{DirEntry, WalkDir};
use xxhash_rust::xxh3::Xxh3;

/// The folders that a site is made from.
const FOLDERS: [&str; 2] = ["content", "themes"];
/// Editors save in several steps; this much silence means that they are done.
const QUIET: Duration = Duration::from_millis(50);
/// Where there is never silence, this is the longest wait.
const PATIENCE: Duration = Duration::from_millis(500);
/// How often the folders are looked at, whatever was heard: a network drive tells nothing, and a folder that was
/// just made may not be watched yet. Ten thousand files take a few hundredths of a second.
const LOOK: Duration = Duration::from_secs(5);
/// How often where nothing is ever heard.
const LOOK_ALONE: Duration = Duration::from_millis(500);

/// What the wait for changes ended with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heard {
    /// Something happened.
    Change,
    /// Nothing, as far as we were told.
    Silence,
    /// The preview is over.
    End,
}

/// What lies in the folders, as one number: names, lengths and times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct State(u128);

/// Watches the folders of a site.
pub struct Watch {
    root: PathBuf,
    /// The public folder, without links in its path: where it lies in `content`, it is no part of it.
    out: Option<PathBuf>,
    sender: Sender<Heard>,
    receiver: Receiver<Heard>,
    watcher: Option<RecommendedWatcher>,
    /// The folders that the watcher was made for. One that is replaced by another is not watched any more.
    watched: Vec<(PathBuf, u64)>,
    alone: bool,
}

impl Watch {
    /// Watches the site in `root`; `alone`: without asking the machine to tell of changes.
    #[must_use]
    pub fn new(root: &Path, out: &Path, alone: bool) -> Self {
        let root = root.canonicalize().unwrap_or_else(|_| root.to_owned());
        let (sender, receiver) = mpsc::channel();
        Self { out: out.canonicalize().ok(), watched: Vec::new(), watcher: None, root, sender, receiver, alone }
    }

    /// Where to say that something happened, or that the preview is over.
    #[must_use]
    pub fn sender(&self) -> Sender<Heard> {
        self.sender.clone()
    }

    /// Asks the machine to tell of changes, unless that was asked already of the folders that lie there now.
    ///
    /// # Errors
    /// What the machine said. From then on the folders are looked at often instead.
    pub fn listen(&mut self) -> Result<(), String> {
        let folders = self.folders();
        if self.alone || (self.watcher.is_some() && self.watched == folders) {
            return Ok(());
        }
        self.deaf();
        match self.watcher_of(&folders) {
            Ok(watcher) => self.watcher = Some(watcher),
            Err(error) => {
                self.alone = true;
                return Err(error.to_string());
            }
        }
        self.watched = folders;
        Ok(())
    }

    /// Forgets the watcher: it has missed a change, so that it has to be made anew.
    pub fn deaf(&mut self) {
        self.watcher = None;
        self.watched.clear();
    }

    /// How long to wait for news before the folders are looked at anyway.
    #[must_use]
    pub fn pause(&self) -> Duration {
        if self.alone { LOOK_ALONE } else { LOOK }
    }

    /// Waits until something happened, at most for `pause`, and then until all is quiet.
    #[must_use]
    pub fn wait(&self, pause: Duration) -> Heard {
        match self.receiver.recv_timeout(pause) {
            Ok(Heard::Change) => settle(|longest| {
                let start = Instant::now();
                (self.hear(longest), start.elapsed())
            }),
            Ok(other) => other,
            Err(RecvTimeoutError::Timeout) => Heard::Silence,
            Err(RecvTimeoutError::Disconnected) => Heard::End,
        }
    }

    fn hear(&self, longest: Duration) -> Heard {
        self.receiver.recv_timeout(longest).unwrap_or(Heard::Silence)
    }

    /// What lies in the folders now.
    #[must_use]
    pub fn state(&self) -> State {
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
        State(hasher.digest128())
    }

    /// What lies in the folders, once they stay as they are: for a change that nobody told of, so that it is not known
    /// whether it is over.
    #[must_use]
    pub fn steady_state(&self, mut state: State) -> State {
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            std::thread::sleep(QUIET);
            let now = self.state();
            if now == state {
                break;
            }
            state = now;
        }
        state
    }

    fn is_left_out(&self, entry: &DirEntry) -> bool {
        let name = entry.file_name().as_encoded_bytes();
        let is_hidden = entry.depth() > 0 && (name.starts_with(b".") || name.starts_with(b"~$"));
        is_hidden || self.out.as_deref() == Some(entry.path())
    }

    /// The folders that are there, each with a number that another folder of the same name has not.
    fn folders(&self) -> Vec<(PathBuf, u64)> {
        let folders = FOLDERS.iter().map(|folder| self.root.join(folder));
        folders.filter_map(|folder| Some((folder.clone(), identity(&fs::metadata(folder).ok()?)))).collect()
    }

    fn watcher_of(&self, folders: &[(PathBuf, u64)]) -> notify::Result<RecommendedWatcher> {
        let sender = self.sender.clone();
        let tell = move |event: notify::Result<notify::Event>| {
            if is_something(&event) {
                // Nobody listens any more once the preview is over.
                let _ = sender.send(Heard::Change);
            }
        };
        let mut watcher = RecommendedWatcher::new(tell, Config::default().with_follow_symlinks(false))?;
        // The site's folder itself, but nothing in it: there `themes` may be made, and `content` be replaced.
        watcher.watch(&self.root, RecursiveMode::NonRecursive)?;
        for (folder, _) in folders {
            watcher.watch(folder, RecursiveMode::Recursive)?;
        }
        Ok(watcher)
    }
}

/// Any event means that something happened, and so does a failure to tell of one. That a file was opened is none:
/// our own look at the folders opens them, and would never come to an end.
fn is_something(event: &notify::Result<notify::Event>) -> bool {
    let kind = event.as_ref().map(|event| event.kind);
    !matches!(kind, Ok(EventKind::Access(access)) if access != AccessKind::Close(AccessMode::Write))
}

/// Waits until nothing was heard for [`QUIET`], but not longer than [`PATIENCE`]. `hear` waits as long as it is told,
/// and returns what was heard and how long that took.
fn settle(mut hear: impl FnMut(Duration) -> (Heard, Duration)) -> Heard {
    let mut waited = Duration::ZERO;
    while waited < PATIENCE {
        match hear(QUIET.min(PATIENCE - waited)) {
            (Heard::Change, time) => waited += time,
            (Heard::Silence, _) => break,
            (Heard::End, _) => return Heard::End,
        }
    }
    Heard::Change
}

/// Adds one file or folder. A folder's own time changes with every temporary file in it and is left out.
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
            hasher.update(&identity(&metadata).to_le_bytes());
        }
        Err(error) => part(hasher, OsStr::new(&error.kind().to_string())),
    }
}

fn since_1970(time: std::io::Result<SystemTime>) -> u128 {
    let since = time.ok().and_then(|time| time.duration_since(SystemTime::UNIX_EPOCH).ok());
    since.unwrap_or_default().as_nanos()
}

/// Tells a file from another one that has taken its place with the same length and time.
#[cfg(unix)]
fn identity(metadata: &Metadata) -> u64 {
    use std::os::unix::fs::MetadataExt as _;
    metadata.ino()
}

#[cfg(not(unix))]
fn identity(metadata: &Metadata) -> u64 {
    u64::try_from(since_1970(metadata.created()) % u128::from(u64::MAX)).unwrap_or_default()
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
            if gap < longest { (Heard::Change, gap) } else { (Heard::Silence, longest) }
        });
        assert_eq!(heard, Heard::Change);
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
        assert_eq!(settle(|_| (Heard::End, Duration::ZERO)), Heard::End);
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
            let before = watch.state();
            fs::create_dir_all(site.path().join(path).parent().expect("a folder")).expect("a folder for the test");
            fs::write(site.path().join(path), text).expect("a file for the test");
            watch.state() != before
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
        let same = watch.state();
        fs::read(site.path().join("content/minutes/a.md")).expect("the file is there");
        assert!(watch.state() == same, "reading is no change");
    }

    #[test]
    fn replaced_renamed_and_deleted_files_are_changes() {
        let (site, watch) = site();
        let path = |name: &str| site.path().join("content").join(name);
        fs::write(path("a.md"), "one").expect("a file for the test");
        let mut last = watch.state();
        let mut changed = |what: &str| {
            let now = watch.state();
            assert!(now != last, "{what}");
            last = now;
        };
        let time = fs::metadata(path("a.md")).and_then(|metadata| metadata.modified()).expect("the file's time");
        fs::write(path("b.tmp"), "two").expect("a file for the test");
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
        watch.wait(HANGS) == Heard::Change
    }

    /// What was told before is not heard any more: a watcher that is made from now on tells it somewhere else.
    fn forget(watch: &mut Watch) {
        (watch.sender, watch.receiver) = mpsc::channel();
    }

    #[test]
    fn the_machine_tells_of_changes_also_in_new_and_replaced_folders() {
        let (site, mut watch) = site();
        watch.listen().expect("this machine can watch folders");
        fs::write(site.path().join("content/minutes/a.md"), "x").expect("a file for the test");
        assert!(hears(&watch), "a new file");
        forget(&mut watch);
        watch.deaf();
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
        let _ = watch.state();
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
        watch.sender().send(Heard::End).expect("the watch is there");
        assert_eq!(watch.wait(HANGS), Heard::End);
    }
}
