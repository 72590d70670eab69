//! Texts and queries become rows of places, each with the keys under which it is found.
//!
//! Enters: a text. Leaves: [`Place`]s; keys are numbers here, given in the order in which they are first met. What a chunk
//! means is worked out once and remembered, which is most of the speed of this room. Absent: passages and files.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use xxhash_rust::xxh3::Xxh3;

use super::chunks::next_chunk;
use super::concepts::{Concept, Concepts};
use super::dates::{self, Span};
use super::units::{Traits, Unit, amount, units};

/// A key as a number.
pub type Key = u32;

/// No key.
pub const NO_KEY: Key = Key::MAX;

/// A map whose order nobody asks for.
type Map<K, V> = HashMap<K, V, BuildHasherDefault<Xxh3>>;

/// What is known of words.
pub struct Words {
    stem: bool,
    keys: Keys,
    concepts: Concepts,
    /// Chunk → its units, as a range of `senses`.
    chunks: Map<Box<str>, (u32, u32)>,
    senses: Vec<Sense>,
    scratch: String,
}

/// One place of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The first byte,
    pub start: u32,
    /// and the one behind the last.
    pub end: u32,
    /// What stands there.
    pub sense: u32,
    /// The key that a query asks for, or [`NO_KEY`].
    pub main: Key,
}

/// What was read.
#[derive(Debug, Default)]
pub struct Reading {
    /// In order.
    pub places: Vec<Place>,
    /// Keys of rows of places: (index of the first place, key), ascending by place.
    pub rows: Vec<(u32, Key)>,
}

/// A unit with its keys as numbers.
#[derive(Debug)]
pub struct Sense {
    /// Where it stands in its chunk.
    start: u32,
    end: u32,
    /// The key that a query asks for, or [`NO_KEY`].
    pub main: Key,
    /// Other keys.
    pub others: Box<[Key]>,
    /// What it means with its neighbours.
    pub traits: Traits,
    /// By which elements of concepts' forms know it: the main key, or of a stop word the folded word.
    plain: Key,
    /// Whether a form of a concept may begin here.
    begins: bool,
    /// The word in small letters.
    pub folded: Option<Box<str>>,
    /// Its parts in small letters, where it is a compound.
    pub parts: Box<[Box<str>]>,
    /// How often it was read.
    pub uses: u32,
}

/// A date in a text, and how many places say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dated {
    /// When.
    pub span: Span,
    /// Places.
    pub length: usize,
}

#[derive(Default)]
struct Keys {
    numbers: Map<Box<str>, Key>,
    names: Vec<Box<str>>,
}

impl Keys {
    fn number(&mut self, name: &str) -> Key {
        if let Some(key) = self.numbers.get(name) {
            return *key;
        }
        let key = u32::try_from(self.names.len()).unwrap_or(NO_KEY);
        self.numbers.insert(name.into(), key);
        self.names.push(name.into());
        key
    }
}

impl Words {
    /// Nothing read yet.
    pub fn new(stem: bool, concepts: &[Concept]) -> Self {
        let mut keys = Keys::default();
        let concepts = Concepts::new(concepts, &mut |name| keys.number(name));
        Self { stem, keys, concepts, chunks: Map::default(), senses: Vec::new(), scratch: String::new() }
    }

    /// The key with this name.
    pub fn key(&mut self, name: &str) -> Key {
        self.keys.number(name)
    }

    /// The name of a key.
    pub fn name(&self, key: Key) -> &str {
        &self.keys.names[key as usize]
    }

    /// How many keys there are.
    pub fn len(&self) -> usize {
        self.keys.names.len()
    }

    /// What stands at a place.
    pub fn sense(&self, place: &Place) -> &Sense {
        &self.senses[place.sense as usize]
    }

    /// Everything that was read, once each.
    pub fn senses(&self) -> &[Sense] {
        &self.senses
    }

    /// Reads a text. What `reading` held is lost; its room is used again.
    pub fn read(&mut self, text: &str, reading: &mut Reading) {
        reading.places.clear();
        reading.rows.clear();
        let mut at = 0;
        let mut rows = false;
        while let Some((start, end)) = next_chunk(text, at) {
            at = end;
            let (first, last) = self.senses_of(&text[start..end]);
            if last == first + 1 && self.join(text, start, end, first, reading) {
                rows |= self.may_begin(reading.places.len() - 1, reading);
                continue;
            }
            for index in first..last {
                let sense = &mut self.senses[index as usize];
                sense.uses += 1;
                let place = Place {
                    start: start as u32 + sense.start,
                    end: start as u32 + sense.end,
                    sense: index,
                    main: sense.main,
                };
                reading.places.push(place);
                rows |= self.may_begin(reading.places.len() - 1, reading);
            }
        }
        if rows {
            self.rows(text, reading);
        }
    }

    fn senses_of(&mut self, chunk: &str) -> (u32, u32) {
        if let Some(range) = self.chunks.get(chunk) {
            return *range;
        }
        let first = self.senses.len() as u32;
        for unit in units(chunk, self.stem) {
            let sense = self.sense_of(unit);
            self.senses.push(sense);
        }
        let range = (first, self.senses.len() as u32);
        self.chunks.insert(chunk.into(), range);
        range
    }

    fn sense_of(&mut self, unit: Unit) -> Sense {
        let main = unit.main.as_deref().map_or(NO_KEY, |name| self.keys.number(name));
        let others: Box<[Key]> = unit.others.iter().map(|name| self.keys.number(name)).collect();
        let plain = match (&unit.folded, main) {
            (Some(folded), NO_KEY) => self.keys.number(folded),
            _ => main,
        };
        let begins = self.concepts.begins(plain) || others.iter().any(|key| self.concepts.begins(*key));
        Sense {
            start: unit.start as u32,
            end: unit.end as u32,
            main,
            others,
            traits: unit.traits,
            plain,
            begins,
            folded: unit.folded.map(Into::into),
            parts: unit.parts.into_iter().map(Into::into).collect(),
            uses: 0,
        }
    }

    /// Whether the new chunk has become a part of the place before it: `anti social`, `£1.2 million`.
    fn join(&mut self, text: &str, start: usize, end: usize, sense: u32, reading: &mut Reading) -> bool {
        let Some(last) = reading.places.last().copied() else { return false };
        let before = self.senses[last.sense as usize].traits;
        let traits = self.senses[sense as usize].traits;
        let unmultiplied = last.main == self.senses[last.sense as usize].main;
        if before.amount && unmultiplied && traits.zeros > 0 && is_gap(&text[last.end as usize..start]) {
            let key = amount(self.name(last.main).trim_start_matches('£'), usize::from(traits.zeros));
            if let (Some(key), Some(place)) = (key, reading.places.last_mut()) {
                *place = Place { end: end as u32, main: self.keys.number(&key), ..*place };
                return true;
            }
            return false;
        }
        let one_space = matches!(&text[last.end as usize..start], " " | "\u{A0}");
        if !(before.prefix && traits.letters && one_space) {
            return false;
        }
        let mut together = std::mem::take(&mut self.scratch);
        together.clear();
        together.push_str(&text[last.start as usize..last.end as usize]);
        together.push('-');
        together.push_str(&text[start..end]);
        let (first, _) = self.senses_of(&together);
        self.scratch = together;
        // It was counted by itself.
        self.senses[last.sense as usize].uses -= 1;
        let joined = &mut self.senses[first as usize];
        joined.uses += 1;
        if let Some(place) = reading.places.last_mut() {
            *place = Place { start: last.start, end: end as u32, sense: first, main: joined.main };
        }
        true
    }

    fn may_begin(&self, place: usize, reading: &Reading) -> bool {
        let sense = self.sense(&reading.places[place]);
        sense.begins || sense.traits.section || sense.traits.month > 0
    }

    /// The keys of rows of places.
    fn rows(&mut self, text: &str, reading: &mut Reading) {
        let mut found = std::mem::take(&mut reading.rows);
        for index in 0..reading.places.len() {
            let traits = self.sense(&reading.places[index]).traits;
            if traits.section
                && let Some(key) = self.section_at(text, &reading.places, index)
            {
                found.push((index as u32, self.keys.number(&key)));
                if let Some((before, _)) = key.split_once('(') {
                    found.push((index as u32, self.keys.number(before)));
                }
            }
            if (traits.day > 0 || traits.month > 0)
                && let Some(dated) = self.date_at(text, &reading.places, index)
                && dated.length > 1
                && !self.inside_date(text, &reading.places, index)
            {
                let keys = dated.span.keys();
                found.extend(keys.iter().map(|key| (index as u32, self.keys.number(key))));
            }
            if self.sense(&reading.places[index]).begins {
                let forms = self.concepts.at(index, |at, element| self.fits(text, &reading.places, index, at, element));
                found.extend(forms.into_iter().map(|(key, _)| (index as u32, key)));
            }
        }
        reading.rows = found;
    }

    /// `s17` of `section 17`.
    pub fn section_at(&self, text: &str, places: &[Place], index: usize) -> Option<String> {
        let (here, next) = (places.get(index)?, places.get(index + 1)?);
        let number = self.sense(next).main;
        let is_number = number != NO_KEY && self.name(number).starts_with(|first: char| first.is_ascii_digit());
        let is_section = self.sense(here).traits.section && is_number;
        (is_section && adjoin(text, here, next)).then(|| format!("s{}", self.name(number)))
    }

    /// The date that begins at this place: `14 March 2021`, `March 2021`, `14/3/21`.
    pub fn date_at(&self, text: &str, places: &[Place], index: usize) -> Option<Dated> {
        let here = places.get(index)?;
        let traits = self.sense(here).traits;
        if let Some(span) = traits.date {
            return Some(Dated { span, length: 1 });
        }
        let behind = |at: usize| {
            let (one, two) = (places.get(at)?, places.get(at + 1)?);
            adjoin(text, one, two).then(|| self.sense(two).traits)
        };
        let next = behind(index)?;
        if traits.month > 0 && next.year > 0 {
            return Some(Dated { span: dates::month_of(next.year, traits.month)?, length: 2 });
        }
        if traits.day > 0 && next.month > 0 {
            let year = behind(index + 1)?.year;
            return Some(Dated { span: dates::day(year, next.month, traits.day)?, length: 3 });
        }
        None
    }

    /// Whether the place before makes a longer date of this one.
    fn inside_date(&self, text: &str, places: &[Place], index: usize) -> bool {
        let before = index.checked_sub(1).and_then(|before| self.date_at(text, places, before));
        before.is_some_and(|dated| dated.length > 2)
    }

    /// The forms of concepts that begin at this place: (key of the concept, places), the longest first. In a query
    /// (`small`) a word typed in small letters fits one in capitals.
    pub fn concepts_at(&self, text: &str, places: &[Place], index: usize, small: bool) -> Vec<(Key, usize)> {
        self.concepts.at(index, |at, element| {
            self.fits(text, places, index, at, element) || (small && self.fits_small(text, places, index, at, element))
        })
    }

    fn fits(&self, text: &str, places: &[Place], first: usize, at: usize, element: Key) -> bool {
        let Some(place) = places.get(at) else { return false };
        if at > first && !adjoin(text, &places[at - 1], place) {
            return false;
        }
        let sense = self.sense(place);
        sense.plain == element || sense.others.contains(&element)
    }

    fn fits_small(&self, text: &str, places: &[Place], first: usize, at: usize, element: Key) -> bool {
        let Some(place) = places.get(at) else { return false };
        let sense = self.sense(place);
        let capitals = self.name(element).strip_prefix('=');
        (at == first || adjoin(text, &places[at - 1], place))
            && !sense.traits.stop
            && capitals.is_some_and(|name| sense.folded.as_deref().is_some_and(|word| name.eq_ignore_ascii_case(word)))
    }
}

/// Whether nothing but spaces and commas stands between two places.
fn adjoin(text: &str, one: &Place, two: &Place) -> bool {
    let between = &text[one.end as usize..two.start as usize];
    !between.is_empty() && between.chars().all(|letter| matches!(letter, ',' | ' ' | '\t' | '\n' | '\u{A0}'))
}

/// A space, or nothing.
fn is_gap(between: &str) -> bool {
    matches!(between, "" | " " | "\u{A0}")
}

impl Reading {
    /// The keys of rows that begin at this place.
    pub fn rows_at(&self, place: usize) -> impl Iterator<Item = Key> + '_ {
        let first = self.rows.partition_point(|(at, _)| (*at as usize) < place);
        self.rows[first..].iter().take_while(move |(at, _)| *at as usize == place).map(|(_, key)| *key)
    }
}
