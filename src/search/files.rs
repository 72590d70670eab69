//! The files of the index: each is fetched once, and only when it is needed.
//!
//! Input: a function that fetches a file. Output: cores, lists and texts; or an [`IndexError`], which names the file. Not
//! here: where the files lie, and scores.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use serde::Serialize;

use super::bucket::{Bucket, Nearby, is_word, name_of};
use super::bytes::{Broken, Reader, unframed, unpack};
use super::core::Core;
use super::facets::FacetColumns;
use super::keys::is_pages_key;
use super::manifest::{Manifest, PATH};
use super::shard::{self, Class, Posting};
use super::text::{PageText, read_texts};

/// Why there is no answer: the path of a file below the public folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IndexError {
    /// This file is not there.
    Missing(String),
    /// This file is not what it should be, or of a form that this program does not know.
    Broken(String),
}

/// Brings the bytes of a file by its path below the public folder; `None` if it is not there.
pub type Fetch<'fetch> = &'fetch dyn Fn(&str) -> Option<Vec<u8>>;

/// How much a browser would have asked of a server.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Fetched {
    /// How many responses.
    pub files: usize,
    /// How many bytes a browser would have read.
    pub bytes: usize,
}

/// An index, open for questions.
pub struct Index<'fetch> {
    fetch: Fetch<'fetch>,
    /// What the manifest says.
    pub manifest: Manifest,
    /// The cores of the segments, in the order of time.
    pub cores: Vec<Core>,
    /// What is known of the words of the latest segment, if it is by itself.
    latest: Option<Bucket>,
    files: RefCell<BTreeMap<String, Rc<Vec<u8>>>>,
    buckets: RefCell<BTreeMap<String, Rc<Bucket>>>,
    /// The file of texts that was read last.
    texts: RefCell<Option<(String, Rc<Vec<PageText>>)>>,
    fetched: Cell<Fetched>,
}

/// The postings of a key in a segment.
pub struct List {
    /// The postings, ascending by passage.
    pub list: Vec<Posting>,
    /// The path of the file of its places, and its number in there.
    place: (String, u32),
}

impl<'fetch> Index<'fetch> {
    /// Fetches the manifest and the cores.
    ///
    /// # Errors
    /// If the file is missing or broken.
    pub fn open(fetch: Fetch<'fetch>) -> Result<Self, IndexError> {
        let bytes = fetch(PATH).ok_or_else(|| IndexError::Missing(PATH.to_owned()))?;
        let fetched = Cell::new(Fetched { files: 1, bytes: bytes.len() });
        let (manifest, cores, latest) = opened(&bytes).map_err(|_| IndexError::Broken(PATH.to_owned()))?;
        let (files, buckets, texts) = (RefCell::default(), RefCell::default(), RefCell::default());
        Ok(Self { fetch, manifest, cores, latest, files, buckets, texts, fetched })
    }

    /// What was asked for so far.
    pub fn fetched(&self) -> Fetched {
        self.fetched.get()
    }

    /// The postings of a key in a segment; `None` if it has none there.
    pub fn list(&self, segment: usize, key: &str) -> Result<Option<List>, IndexError> {
        let core = &self.cores[segment];
        let is_by_page = key.ends_with(' ');
        if let Some((first, _)) = key.split_once(' ').filter(|_| !is_by_page) {
            let Some(first) = self.list(segment, first)? else { return Ok(None) };
            let mut pair = self.stored(segment, key, first.list.len() as u32)?;
            let list = pair.iter_mut().flat_map(|pair| &mut pair.list);
            list.for_each(|posting| *posting = first.list[posting.passage as usize]);
            return Ok(pair);
        }
        if !is_by_page && !is_pages_key(key) {
            return self.stored(segment, key, core.passages());
        }
        let mut pages = self.stored(segment, key, core.sizes.len() as u32)?;
        let starts = core.starts();
        for posting in pages.iter_mut().flat_map(|pages| &mut pages.list) {
            let page = posting.passage as usize;
            posting.passage = starts[page];
            match posting.class {
                _ if !is_by_page => posting.class = Class::Title,
                Class::Title | Class::Name => {}
                _ => {
                    *posting = Posting { class: Class::Heading, reach: core.sizes[page].saturating_sub(1), ..*posting }
                }
            }
        }
        Ok(pages)
    }

    /// Whether the lists of a segment stand in the shards.
    pub fn is_closed(&self, segment: usize) -> bool {
        self.manifest.recent().is_some_and(|recent| segment < recent)
    }

    /// The list of a key in a segment as it is stored: numbers below `limit`.
    fn stored(&self, segment: usize, key: &str, limit: u32) -> Result<Option<List>, IndexError> {
        let read = |shard: &[u8], number: usize, (places, before): (String, u32)| {
            let Some(found) = shard::find(shard, key, number)? else { return Ok(None) };
            let list = shard::decode(found.data, found.count)?;
            let fits = list.last().is_none_or(|last| last.passage < limit);
            if fits { Ok(Some(List { list, place: (places, before + found.index) })) } else { Err(Broken) }
        };
        if let Some(latest) = self.latest.as_ref().filter(|_| segment + 1 == self.cores.len()) {
            return read(&latest.shard, 0, (self.path(segment, "p"), 0))
                .map_err(|_| IndexError::Broken(PATH.to_owned()));
        }
        if Some(segment) == self.manifest.recent() {
            let Some((name, bucket)) = self.bucket(key)? else { return Ok(None) };
            let places = self.path(segment, &format!("p{}", &name[..2]));
            return read(&bucket.shard, 0, (places, bucket.before)).map_err(|_| IndexError::Broken(bucket_path(&name)));
        }
        let shards = &self.manifest.shards;
        let Some(number) = shards.of(key) else { return Ok(None) };
        let places = format!("search/{}/p{number}.bin", shards.name);
        let path = format!("search/{}/{number}.bin", shards.name);
        self.read(&path, |file| read(unframed(file)?, segment, (places.clone(), 0)))
    }

    /// The files in which a key stands, if it does: what a browser would fetch for it.
    pub fn files_of(&self, key: &str) -> impl Iterator<Item = String> {
        name_of(key.as_bytes()).into_iter().chain(self.manifest.shards.of(key).map(|number| format!("shard {number}")))
    }

    /// The places of each posting of a list.
    pub fn places(&self, list: &List) -> Result<Vec<Vec<u32>>, IndexError> {
        let (path, index) = &list.place;
        self.read(path, |file| shard::decode_places(shard::places_of(file, *index)?, list.list.len() as u32))
    }

    /// Whether a key occurs anywhere.
    pub fn occurs(&self, key: &str) -> Result<bool, IndexError> {
        if is_word(key) {
            let is_new = self.latest.as_ref().is_some_and(|latest| latest.keys.contains_key(key));
            return Ok(is_new || self.bucket(key)?.is_some_and(|(_, bucket)| bucket.keys.contains_key(key)));
        }
        for segment in 0..self.cores.len() {
            if self.list(segment, key)?.is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The words of the site that begin as a text does, each with how common it is, and those of which its first letter is the
    /// second.
    pub fn words(&self, text: &str) -> Result<[Vec<(String, u32)>; 2], IndexError> {
        let known = self.bucket(text)?;
        let [mut own, mut further] =
            known.map(|(_, bucket)| [bucket.words.clone(), bucket.further.clone()]).unwrap_or_default();
        let first = text.bytes().next();
        for new in self.latest.iter().flat_map(|latest| &latest.words) {
            match new.0.bytes().take(2).collect::<Vec<_>>().as_slice() {
                [one, ..] if Some(*one) == first => own.push(new.clone()),
                [_, other] if Some(*other) == first && new.0.len() > 3 => further.push(new.clone()),
                _ => {}
            }
        }
        Ok([own, further])
    }

    /// The words of the site that are near to the one with this key; `None` if it is the key of no word that is known.
    pub fn near(&self, key: &str) -> Result<Option<Vec<Nearby>>, IndexError> {
        let known = self.bucket(key)?.and_then(|(_, bucket)| bucket.near.get(key).cloned());
        let new = self.latest.as_ref().and_then(|latest| latest.near.get(key).cloned());
        Ok(if known.is_none() && new.is_none() {
            None
        } else {
            Some([known, new].into_iter().flatten().flatten().collect())
        })
    }

    /// What is known of the keys that begin as `key` does, and the name of its file; `None` if there are none.
    fn bucket(&self, key: &str) -> Result<Option<(String, Rc<Bucket>)>, IndexError> {
        let Some(name) = name_of(key.as_bytes()) else { return Ok(None) };
        let Some(check) = self.manifest.words.get(&name) else { return Ok(None) };
        if let Some(bucket) = self.buckets.borrow().get(&name) {
            return Ok(Some((name, Rc::clone(bucket))));
        }
        let path = bucket_path(&name);
        let bucket = Rc::new(self.read(&path, Bucket::decode)?);
        if bucket.check != *check {
            return Err(IndexError::Broken(path));
        }
        self.buckets.borrow_mut().insert(name.clone(), Rc::clone(&bucket));
        Ok(Some((name, bucket)))
    }

    /// The facets of a segment.
    pub fn facets(&self, segment: usize) -> Result<FacetColumns, IndexError> {
        let passages = self.cores[segment].passages();
        self.read(&self.path(segment, "facets"), |file| FacetColumns::decode(file, passages))
    }

    /// The text of a page of a segment.
    pub fn text(&self, segment: usize, page: u32) -> Result<PageText, IndexError> {
        let place = self.cores[segment].text_of(page);
        let (name, number) = place.ok_or_else(|| IndexError::Broken(PATH.to_owned()))?;
        let path = format!("search/text/{segment}/{name}.bin");
        let known = self.texts.borrow().as_ref().filter(|(of, _)| *of == path).map(|(_, pages)| Rc::clone(pages));
        let pages = match known {
            Some(pages) => pages,
            None => Rc::new(self.read(&path, read_texts)?),
        };
        *self.texts.borrow_mut() = Some((path.clone(), Rc::clone(&pages)));
        pages.get(number).cloned().ok_or(IndexError::Broken(path))
    }

    fn path(&self, segment: usize, file: &str) -> String {
        format!("search/{}/{file}.bin", self.manifest.segments[segment].name)
    }

    fn read<T>(&self, path: &str, decode: impl Fn(&[u8]) -> Result<T, Broken>) -> Result<T, IndexError> {
        let file = self.file(path)?;
        decode(&file).map_err(|_| IndexError::Broken(path.to_owned()))
    }

    fn file(&self, path: &str) -> Result<Rc<Vec<u8>>, IndexError> {
        if let Some(file) = self.files.borrow().get(path) {
            return Ok(Rc::clone(file));
        }
        let file = Rc::new((self.fetch)(path).ok_or_else(|| IndexError::Missing(path.to_owned()))?);
        let Fetched { files, bytes } = self.fetched.get();
        self.fetched.set(Fetched { files: files + 1, bytes: bytes + file.len() });
        self.files.borrow_mut().insert(path.to_owned(), Rc::clone(&file));
        Ok(file)
    }
}

/// The manifest, the cores behind it, each as the manifest says, and the words of the latest segment.
fn opened(file: &[u8]) -> Result<(Manifest, Vec<Core>, Option<Bucket>), Broken> {
    let payload = unpack(unframed(file)?)?;
    let mut reader = Reader::new(&payload);
    let manifest = Manifest::parse(reader.text()?)?;
    let mut cores = Vec::new();
    for segment in &manifest.segments {
        let length = reader.int()? as usize;
        let core = Core::decode(reader.bytes(length)?)?;
        if core.sizes.len() != segment.pages as usize || core.passages() != segment.passages {
            return Err(Broken);
        }
        cores.push(core);
    }
    let latest = if manifest.latest && !cores.is_empty() { Some(Bucket::read(reader.rest)?) } else { None };
    Ok((manifest, cores, latest))
}

fn bucket_path(name: &str) -> String {
    format!("search/words/{name}.bin")
}
