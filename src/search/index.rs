//! The index as its files are asked for: each is fetched once, and only when it is needed.
//!
//! Enters: a function that fetches a file. Leaves: cores, lists and texts; or [`Trouble`], which names the file. Absent:
//! where the files lie, and scores.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use serde::Serialize;

use super::bytes::{Broken, Reader, unframed, unpack};
use super::core::Core;
use super::manifest::{Manifest, PATH, words_of};
use super::shard::{self, Posting};
use super::text::{PageText, read_block};

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// This file is not there.
    Missing(String),
    /// This file is not what it should be, or of a form that this program does not know.
    Broken(String),
}

/// Brings the bytes of a file below the public folder; nothing if it is not there.
pub type Fetch<'fetch> = &'fetch dyn Fn(&str) -> Option<Vec<u8>>;

/// What was asked of a server.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Fetched {
    /// How many answers.
    pub files: usize,
    /// How many bytes a browser takes in for them: of a file of texts, the blocks alone.
    pub bytes: usize,
}

/// An index, open for questions.
pub struct Index<'fetch> {
    fetch: Fetch<'fetch>,
    /// The manifest.
    pub manifest: Manifest,
    cores: Vec<Core>,
    files: RefCell<BTreeMap<String, Rc<Vec<u8>>>>,
    fetched: Cell<Fetched>,
}

/// A word in a segment.
pub struct List {
    /// Its postings.
    pub list: Vec<Posting>,
    /// Which shard it is in, and its number there.
    place: (usize, u32),
}

impl<'fetch> Index<'fetch> {
    /// Fetches the manifest and the cores.
    ///
    /// # Errors
    /// If one of them is missing or broken.
    pub fn open(fetch: Fetch<'fetch>) -> Result<Self, Trouble> {
        let bytes = fetch(PATH).ok_or_else(|| Trouble::Missing(PATH.to_owned()))?;
        let fetched = Cell::new(Fetched { files: 1, bytes: bytes.len() });
        let manifest = Manifest::parse(&bytes).map_err(|_| Trouble::Broken(PATH.to_owned()))?;
        let mut index = Self { fetch, manifest, cores: Vec::new(), files: RefCell::default(), fetched };
        for segment in 0..index.manifest.segments.len() {
            let path = index.path(segment, "core");
            let core = index.read(&path, Core::decode)?;
            let said = &index.manifest.segments[segment];
            if core.sizes.len() != said.pages as usize || core.passages() != said.passages {
                return Err(Trouble::Broken(path));
            }
            index.cores.push(core);
        }
        Ok(index)
    }

    /// The cores of the segments.
    pub fn cores(&self) -> &[Core] {
        &self.cores
    }

    /// What was asked for so far.
    pub fn fetched(&self) -> Fetched {
        self.fetched.get()
    }

    /// The postings of a key in a segment; nothing if it has none.
    pub fn list(&self, segment: usize, key: &str) -> Result<Option<List>, Trouble> {
        let Some(number) = self.cores[segment].shard_of(key) else { return Ok(None) };
        let passages = self.cores[segment].passages();
        self.read(&self.path(segment, &number.to_string()), |file| {
            let Some(found) = shard::find(file, key)? else { return Ok(None) };
            let list = shard::decode(found.data, found.count)?;
            let fits = list.last().is_none_or(|last| last.passage < passages);
            if fits { Ok(Some(List { list, place: (number, found.index) })) } else { Err(Broken) }
        })
    }

    /// The places of a list.
    pub fn places(&self, segment: usize, list: &List) -> Result<Vec<Vec<u32>>, Trouble> {
        let (number, index) = list.place;
        self.read(&self.path(segment, &format!("p{number}")), |file| {
            shard::decode_places(shard::places_of(file, index)?, list.list.len() as u32)
        })
    }

    /// The facets of a segment.
    pub fn facets(&self, segment: usize) -> Result<FacetColumns, Trouble> {
        let passages = self.cores[segment].passages();
        self.read(&self.path(segment, "facets"), |file| FacetColumns::decode(file, passages))
    }

    /// The text of a page.
    pub fn text(&self, segment: usize, page: u32) -> Result<PageText, Trouble> {
        let Some((hash, first, length)) = self.cores[segment].text_of(page) else {
            return Err(Trouble::Broken(self.path(segment, "core")));
        };
        let path = format!("search/text/{hash:016x}.bin");
        let file = self.file(&path, Some(length))?;
        let sample = &self.cores[segment].sample;
        let block = file.get(first..first + length).ok_or(Broken).and_then(|block| read_block(sample, block));
        block.map_err(|_| Trouble::Broken(path))
    }

    /// The words with this first character.
    pub fn words(&self, first: char) -> Result<Vec<(String, u32)>, Trouble> {
        match self.manifest.words.get(&first) {
            Some(name) => self.read(&format!("search/words/{name}.bin"), words_of),
            None => Ok(Vec::new()),
        }
    }

    fn path(&self, segment: usize, file: &str) -> String {
        format!("search/{}/{file}.bin", self.manifest.segments[segment].name)
    }

    fn read<T>(&self, path: &str, decode: impl Fn(&[u8]) -> Result<T, Broken>) -> Result<T, Trouble> {
        let file = self.file(path, None)?;
        decode(&file).map_err(|_| Trouble::Broken(path.to_owned()))
    }

    fn file(&self, path: &str, part: Option<usize>) -> Result<Rc<Vec<u8>>, Trouble> {
        let known = self.files.borrow().get(path).cloned();
        let file = match &known {
            Some(file) => Rc::clone(file),
            None => Rc::new((self.fetch)(path).ok_or_else(|| Trouble::Missing(path.to_owned()))?),
        };
        if known.is_none() || part.is_some() {
            let mut fetched = self.fetched.get();
            fetched.files += 1;
            fetched.bytes += part.unwrap_or(file.len());
            self.fetched.set(fetched);
        }
        self.files.borrow_mut().insert(path.to_owned(), Rc::clone(&file));
        Ok(file)
    }
}

/// What documents say: of each facet the values, or nothing where it is what the document around says.
fn sayings(reader: &mut Reader<'_>, facets: &[(String, Vec<(String, String)>)]) -> Result<Vec<Saying>, Broken> {
    let mut sayings = Vec::new();
    for _ in 0..reader.int()? {
        let mut saying = Vec::new();
        for (_, known) in facets {
            let values = match reader.int()?.checked_sub(1) {
                Some(length) => Some(reader.column(length)?),
                None => None,
            };
            if values.iter().flatten().any(|value| *value as usize >= known.len()) {
                return Err(Broken);
            }
            saying.push(values);
        }
        sayings.push(saying);
    }
    Ok(sayings)
}

/// Of each facet, the values, if they are a document's own.
type Saying = Vec<Option<Vec<u32>>>;

/// The values of each document in the order of facets: its own, or those of the document around it.
fn spelled_out(documents: &[(u32, u32)], says: &[&Saying]) -> Vec<Vec<Vec<u32>>> {
    let mut values: Vec<Vec<Vec<u32>>> = Vec::with_capacity(documents.len());
    let mut open: Vec<usize> = Vec::new();
    for (index, ((first, _), saying)) in documents.iter().zip(says).enumerate() {
        while open.last().is_some_and(|outer| documents[*outer].0 + documents[*outer].1 <= *first) {
            open.pop();
        }
        let outer = open.last().map(|outer| &values[*outer]);
        let of_facet = |(facet, own): (usize, &Option<Vec<u32>>)| match own {
            Some(own) => own.clone(),
            None => outer.map(|outer| outer[facet].clone()).unwrap_or_default(),
        };
        values.push(saying.iter().enumerate().map(of_facet).collect());
        open.push(index);
    }
    values
}

/// The facets of the documents of a segment.
pub struct FacetColumns {
    /// Key, values (key, label) of each facet.
    pub facets: Vec<(String, Vec<(String, String)>)>,
    /// Of each document: its first passage and how many it has, an outer one before an inner one.
    pub documents: Vec<(u32, u32)>,
    /// Of each document, the values of each facet.
    pub values: Vec<Vec<Vec<u32>>>,
}

impl FacetColumns {
    fn decode(file: &[u8], passages: u32) -> Result<Self, Broken> {
        let payload = unpack(unframed(file)?)?;
        let mut reader = Reader::new(&payload);
        let facets: Vec<(String, Vec<(String, String)>)> = serde_json::from_str(reader.text()?).map_err(|_| Broken)?;
        let count = reader.int()?;
        let (firsts, lengths) = (reader.column(count)?, reader.column(count)?);
        let mut documents = Vec::with_capacity(firsts.len());
        let mut first = 0_u32;
        for (step, length) in firsts.into_iter().zip(lengths) {
            first = first.checked_add(step).ok_or(Broken)?;
            first.checked_add(length).filter(|end| *end <= passages).ok_or(Broken)?;
            documents.push((first, length));
        }
        let sayings = sayings(&mut reader, &facets)?;
        let numbers = reader.column(count)?.into_iter();
        let says: Vec<&Saying> =
            numbers.map(|number| sayings.get(number as usize).ok_or(Broken)).collect::<Result<_, _>>()?;
        let values = spelled_out(&documents, &says);
        Ok(Self { facets, documents, values })
    }

    /// The innermost document of each passage.
    pub fn owners(&self, passages: u32) -> Vec<u32> {
        let mut owners = vec![0; passages as usize];
        for (document, (first, count)) in (0..).zip(&self.documents) {
            owners[*first as usize..(*first + *count) as usize].fill(document);
        }
        owners
    }
}
