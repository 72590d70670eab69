//! What outlives a run, on the disk: `.folkmoot-cache/` in the site's folder.
//!
//! Input: the site's folder, keys and bytes. Output: a [`Cache`]. Not here: what the bytes mean, and what a key is made of.
//!
//! **It holds words that are withheld**, so that its owner alone may read it, it lies beside `public/` and not in it, and it tells
//! Git and programs for backups to leave it out. It may be deleted at any time.
//!
//! **It is never trusted.** Each run of bytes has a checksum, so has the index, and both are of one version of the program: what
//! is damaged, foreign, half-written or older is as if it were not there, which costs time and nothing else. Nothing here can
//! fail a command.
//!
//! | file | holds |
//! |---|---|
//! | `pack-…` | runs of bytes, one behind the other; never changed when it is complete |
//! | `index` | which program wrote it; for each key the pack, the place in it, the length and the checksum; a checksum of all |

use std::collections::{BTreeSet, HashMap};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::{Xxh3, xxh3_64, xxh3_128};

use crate::model::Cache;
use crate::platform::{create_private_file, make_private_folder, read_at};

/// The name of the folder.
pub const FOLDER: &str = ".folkmoot-cache";

/// With what the index begins.
const MARK: &[u8; 16] = b"folkmoot cache 1";

/// With what the name of a pack begins.
const PACK: &str = "pack-";

/// A pack that no index names is deleted when nobody has touched it for so long: another run may be writing it.
const UNTOUCHED: Duration = Duration::from_secs(60 * 60);

/// Bytes by keys, in a folder.
pub struct DiskCache {
    folder: PathBuf,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    packs: Vec<Pack>,
    /// Only ever looked up; what is written is sorted.
    places: HashMap<u128, Place>,
    /// The keys that were asked for or written in this run.
    used: BTreeSet<u128>,
    /// The length so far of the pack of this run, which is the last one; `None` before there is one.
    fresh: Option<u64>,
    /// Whether the index on the disk says something else.
    is_changed: bool,
}

struct Pack {
    name: Box<str>,
    file: Arc<File>,
}

/// Where a run of bytes lies.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Place {
    /// An index into the packs.
    pack: u32,
    start: u64,
    length: u32,
    /// XXH3-64 of the bytes.
    sum: u64,
}

/// The content of the file `index`.
#[derive(Default, Serialize, Deserialize)]
struct Index {
    packs: Vec<Box<str>>,
    /// Sorted by key.
    places: Vec<(u128, Place)>,
}

impl DiskCache {
    /// What earlier runs kept of the site in `root`, and where this one keeps what it works out. The folder is made when there is
    /// something to be kept; where it cannot be, nothing is.
    #[must_use]
    pub fn open(root: &Path) -> Self {
        let folder = root.join(FOLDER);
        let Index { packs, places } = read_index(&folder).unwrap_or_default();
        let opened =
            packs.into_iter().map(|name| Some(Pack { file: File::open(folder.join(&*name)).ok()?.into(), name }));
        // Another run may have deleted a pack in between; then no place in any is right.
        let opened: Option<Vec<Pack>> = opened.collect();
        let mut state = State::default();
        if let Some(packs) = opened {
            (state.packs, state.places) = (packs, places.into_iter().collect());
        }
        Self { folder, state: Mutex::new(state) }
    }

    /// Lets later runs have what was kept in this one. What cannot be written is lost, which costs them time.
    pub fn save(&self) {
        // A run that has kept nothing, such as a build of what did not change, has asked for little, and does not know what the next
        // one needs.
        if !self.state().is_changed {
            return;
        }
        // Then what is on the disk stays as it is, or is refused by its checksum.
        let _ = self.pack_anew().and_then(|()| self.write_index());
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The place of the bytes with this key, and the pack.
    fn find(&self, key: u128) -> Option<(Place, Arc<File>)> {
        let mut state = self.state();
        let place = *state.places.get(&key)?;
        let pack = state.packs.get(place.pack as usize)?;
        let found = (place, Arc::clone(&pack.file));
        state.used.insert(key);
        Some(found)
    }

    fn write(&self, key: u128, bytes: &[u8]) -> io::Result<()> {
        let length = u32::try_from(bytes.len()).map_err(io::Error::other)?;
        let sum = xxh3_64(bytes);
        let mut state = self.state();
        let start = match state.fresh {
            Some(start) => start,
            None => {
                state.packs.push(self.new_pack()?);
                0
            }
        };
        let pack = state.packs.len() - 1;
        let written = (&*state.packs[pack].file).write_all(bytes);
        // After a write that failed nobody knows where the next bytes would lie.
        state.fresh = written.is_ok().then_some(start + u64::from(length));
        written?;
        let pack = u32::try_from(pack).map_err(io::Error::other)?;
        state.places.insert(key, Place { pack, start, length, sum });
        state.used.insert(key);
        state.is_changed = true;
        Ok(())
    }

    /// An empty pack with a name that no other has.
    fn new_pack(&self) -> io::Result<Pack> {
        make_private_folder(&self.folder)?;
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        let name = format!("{PACK}{}-{:x}", std::process::id(), now.as_nanos());
        let file = create_private_file(&self.folder.join(&name))?;
        Ok(Pack { name: name.into(), file: Arc::new(file) })
    }

    /// Puts what this run has used into one pack, and forgets the rest, if the rest has more bytes.
    fn pack_anew(&self) -> io::Result<()> {
        let wanted: Vec<u128> = {
            let state = self.state();
            let places = state.used.iter().filter_map(|key| state.places.get(key));
            let wanted: u64 = places.map(|place| u64::from(place.length)).sum();
            let all = state.packs.iter().map(|pack| pack.file.metadata().map(|pack| pack.len()));
            if all.sum::<io::Result<u64>>()? <= 2 * wanted {
                return Ok(());
            }
            state.used.iter().copied().filter(|key| state.places.contains_key(key)).collect()
        };
        let anew = Self { folder: self.folder.clone(), state: Mutex::default() };
        for key in wanted {
            if let Some(bytes) = self.get(key) {
                anew.write(key, &bytes)?;
            }
        }
        let mut anew = std::mem::take(&mut *anew.state());
        anew.is_changed = true;
        let before = std::mem::replace(&mut *self.state(), anew);
        // No index names the pack of this run yet.
        let fresh = before.fresh.and_then(|_| before.packs.last().map(|pack| self.folder.join(&*pack.name)));
        fresh.map_or(Ok(()), fs::remove_file)
    }

    fn write_index(&self) -> io::Result<()> {
        let mut state = self.state();
        if !std::mem::take(&mut state.is_changed) {
            return Ok(());
        }
        let mut places: Vec<(u128, Place)> = state.places.iter().map(|(key, place)| (*key, *place)).collect();
        places.sort_unstable_by_key(|(key, _)| *key);
        let packs: Vec<Box<str>> = state.packs.iter().map(|pack| pack.name.clone()).collect();
        let mut bytes = heading();
        bytes.extend(postcard::to_stdvec(&Index { packs: packs.clone(), places }).map_err(io::Error::other)?);
        bytes.extend(xxh3_128(&bytes).to_le_bytes());
        let path = self.folder.join(format!("new-{}", std::process::id()));
        // What an earlier run with this number left lying.
        let _ = fs::remove_file(&path);
        create_private_file(&path)?.write_all(&bytes)?;
        let before = read_index(&self.folder).unwrap_or_default();
        fs::rename(&path, self.folder.join("index"))?;
        for (name, content) in
            [(".gitignore", "*\n"), ("CACHEDIR.TAG", "Signature: 8a477f597d28d172789f06886806bc55\n")]
        {
            if let Ok(mut file) = create_private_file(&self.folder.join(name)) {
                file.write_all(content.as_bytes())?;
            }
        }
        drop(state);
        self.tidy(&packs, &before.packs)
    }

    /// Deletes packs that are not `needed`: those that the last index named, and those that were left lying.
    fn tidy(&self, needed: &[Box<str>], before: &[Box<str>]) -> io::Result<()> {
        for entry in fs::read_dir(&self.folder)? {
            let entry = entry?;
            let name = entry.file_name();
            let Some(name) = name.to_str().filter(|name| name.starts_with(PACK)) else { continue };
            let is = |names: &[Box<str>]| names.iter().any(|known| **known == *name);
            let is_old = || entry.metadata()?.modified()?.elapsed().map_err(io::Error::other);
            if !is(needed) && (is(before) || is_old().is_ok_and(|age| age > UNTOUCHED)) {
                fs::remove_file(entry.path())?;
            }
        }
        Ok(())
    }
}

/// The note of this name that an earlier run has left beside the cache of the site in `root`; `None` if there is none.
#[must_use]
pub fn note(root: &Path, name: &str) -> Option<Vec<u8>> {
    fs::read(root.join(FOLDER).join(name)).ok()
}

/// Leaves a note beside the cache of the site in `root`, for its owner alone, in the place of the last one of this name.
///
/// # Errors
/// It cannot be written.
pub fn keep_note(root: &Path, name: &str, note: &[u8]) -> io::Result<()> {
    let folder = root.join(FOLDER);
    make_private_folder(&folder)?;
    let part = folder.join(format!("{name}.part"));
    let _ = fs::remove_file(&part);
    create_private_file(&part)?.write_all(note)?;
    fs::rename(&part, folder.join(name))
}

/// Deletes all that is kept of the site in `root`, notes too.
///
/// # Errors
/// The folder is there and cannot be removed.
pub fn forget(root: &Path) -> io::Result<()> {
    match fs::remove_dir_all(root.join(FOLDER)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        removed => removed,
    }
}

impl Cache for DiskCache {
    fn get(&self, key: u128) -> Option<Vec<u8>> {
        let (place, file) = self.find(key)?;
        let mut bytes = vec![0; place.length as usize];
        read_at(&file, &mut bytes, place.start).ok()?;
        (xxh3_64(&bytes) == place.sum).then_some(bytes)
    }

    fn put(&self, key: u128, bytes: &[u8]) {
        // Then it is not kept.
        let _ = self.write(key, bytes);
    }
}

/// A run that stops keeps what it has worked out too, and leaves no pack that nothing names.
impl Drop for DiskCache {
    fn drop(&mut self) {
        self.save();
    }
}

/// The index in `folder`; `None` if there is none that this program wrote whole.
fn read_index(folder: &Path) -> Option<Index> {
    // Nothing is read through a link to somebody else's folder.
    let bytes = folder
        .symlink_metadata()
        .ok()
        .filter(fs::Metadata::is_dir)
        .and_then(|_| fs::read(folder.join("index")).ok())?;
    let (rest, sum) = bytes.split_at_checked(bytes.len().checked_sub(16)?)?;
    if sum != xxh3_128(rest).to_le_bytes() {
        return None;
    }
    let index: Index = postcard::from_bytes(rest.strip_prefix(&*heading())?).ok()?;
    // No index leads out of the folder.
    let is_name = |name: &str| name.starts_with(PACK) && !name.contains(['/', '\\']);
    index.packs.iter().all(|name| is_name(name)).then_some(index)
}

/// With what an index of this program begins: the form of the file, and a checksum of the program.
fn heading() -> Vec<u8> {
    static PROGRAM: OnceLock<u128> = OnceLock::new();
    let program = PROGRAM.get_or_init(|| {
        let mut sum = Xxh3::new();
        let read = std::env::current_exe().and_then(File::open).and_then(|mut file| io::copy(&mut file, &mut sum));
        // A program that cannot read itself knows what it wrote in this run alone.
        read.map_or_else(|_| u128::from(std::process::id()) << 64, |_| sum.digest128())
    });
    [&MARK[..], &program.to_le_bytes()].concat()
}
