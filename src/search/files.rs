//! The files of the index: each is fetched once, and only when it is needed.
//!
//! Input: a function that fetches a file. Output: cores, lists and texts; or an [`IndexError`], which names the file. Not
//! here: where the files lie, and scores.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use serde::Serialize;

use super::bytes::Broken;
use super::core::Core;
use super::facets::FacetColumns;
use super::manifest::{Manifest, PATH, words_of};
use super::near::{Nearest, nearest};
use super::shard::{self, Posting};
use super::text::{PageText, read_block};

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
    /// How many bytes a browser would have read: of a file of texts, only the blocks.
    pub bytes: usize,
}

/// An index, open for questions.
pub struct Index<'fetch> {
    fetch: Fetch<'fetch>,
    /// What the manifest says.
    pub manifest: Manifest,
    /// The cores of the segments, in the order of time.
    pub cores: Vec<Core>,
    files: RefCell<BTreeMap<String, Rc<Vec<u8>>>>,
    fetched: Cell<Fetched>,
}

/// The postings of a key in a segment.
pub struct List {
    /// The postings, ascending by passage.
    pub list: Vec<Posting>,
    /// The number of its shard, and its number in there.
    place: (usize, u32),
}

impl<'fetch> Index<'fetch> {
    /// Fetches the manifest and the cores.
    ///
    /// # Errors
    /// If one of them is missing or broken.
    pub fn open(fetch: Fetch<'fetch>) -> Result<Self, IndexError> {
        let bytes = fetch(PATH).ok_or_else(|| IndexError::Missing(PATH.to_owned()))?;
        let fetched = Cell::new(Fetched { files: 1, bytes: bytes.len() });
        let manifest = Manifest::parse(&bytes).map_err(|_| IndexError::Broken(PATH.to_owned()))?;
        let mut index = Self { fetch, manifest, cores: Vec::new(), files: RefCell::default(), fetched };
        for segment in 0..index.manifest.segments.len() {
            let path = index.path(segment, "core");
            let core = index.read(&path, Core::decode)?;
            let said = &index.manifest.segments[segment];
            if core.sizes.len() != said.pages as usize || core.passages() != said.passages {
                return Err(IndexError::Broken(path));
            }
            index.cores.push(core);
        }
        Ok(index)
    }

    /// What was asked for so far.
    pub fn fetched(&self) -> Fetched {
        self.fetched.get()
    }

    /// The postings of a key in a segment; `None` if it has none there.
    pub fn list(&self, segment: usize, key: &str) -> Result<Option<List>, IndexError> {
        let Some(number) = self.cores[segment].shard_of(key) else { return Ok(None) };
        let passages = self.cores[segment].passages();
        self.read(&self.path(segment, &number.to_string()), |file| {
            let Some(found) = shard::find(file, key)? else { return Ok(None) };
            let list = shard::decode(found.data, found.count)?;
            let fits = list.last().is_none_or(|last| last.passage < passages);
            if fits { Ok(Some(List { list, place: (number, found.index) })) } else { Err(Broken) }
        })
    }

    /// The places of each posting of a list.
    pub fn places(&self, segment: usize, list: &List) -> Result<Vec<Vec<u32>>, IndexError> {
        let (number, index) = list.place;
        self.read(&self.path(segment, &format!("p{number}")), |file| {
            shard::decode_places(shard::places_of(file, index)?, list.list.len() as u32)
        })
    }

    /// The facets of a segment.
    pub fn facets(&self, segment: usize) -> Result<FacetColumns, IndexError> {
        let passages = self.cores[segment].passages();
        self.read(&self.path(segment, "facets"), |file| FacetColumns::decode(file, passages))
    }

    /// The text of a page of a segment.
    pub fn text(&self, segment: usize, page: u32) -> Result<PageText, IndexError> {
        let place = self.cores[segment].text_of(page);
        let (hash, first, length) = place.ok_or_else(|| IndexError::Broken(self.path(segment, "core")))?;
        let path = format!("search/text/{hash:016x}.bin");
        let file = self.file(&path, Some(length))?;
        let sample = &self.cores[segment].sample;
        let end = first.saturating_add(length);
        let block = file.get(first..end).ok_or(Broken).and_then(|block| read_block(sample, block));
        block.map_err(|_| IndexError::Broken(path))
    }

    /// The words with this first character, each with how common it is.
    pub fn words(&self, first: char) -> Result<Vec<(String, u32)>, IndexError> {
        match self.manifest.words.get(&first) {
            Some(name) => self.read(&format!("search/words/{name}.bin"), words_of),
            None => Ok(Vec::new()),
        }
    }

    /// The words of the site that are near to the one with this key; `None` if it is the key of no word that is known.
    pub fn near(&self, key: &str) -> Result<Option<Nearest>, IndexError> {
        let near = &self.manifest.near;
        let Some(number) = near.firsts.partition_point(|first| first.as_str() <= key).checked_sub(1) else {
            return Ok(None);
        };
        self.read(&format!("search/near/{}/{number}.bin", near.name), |file| nearest(file, key))
    }

    fn path(&self, segment: usize, file: &str) -> String {
        format!("search/{}/{file}.bin", self.manifest.segments[segment].name)
    }

    fn read<T>(&self, path: &str, decode: impl Fn(&[u8]) -> Result<T, Broken>) -> Result<T, IndexError> {
        let file = self.file(path, None)?;
        decode(&file).map_err(|_| IndexError::Broken(path.to_owned()))
    }

    fn file(&self, path: &str, part: Option<usize>) -> Result<Rc<Vec<u8>>, IndexError> {
        let known = self.files.borrow().get(path).cloned();
        let file = match &known {
            Some(file) => Rc::clone(file),
            None => Rc::new((self.fetch)(path).ok_or_else(|| IndexError::Missing(path.to_owned()))?),
        };
        if known.is_none() || part.is_some() {
            let Fetched { files, bytes } = self.fetched.get();
            self.fetched.set(Fetched { files: files + 1, bytes: bytes + part.unwrap_or(file.len()) });
        }
        self.files.borrow_mut().insert(path.to_owned(), Rc::clone(&file));
        Ok(file)
    }
}
