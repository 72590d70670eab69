//! Texts and queries become tokens, each with the keys under which it is found.
//!
//! Input: a text. Output: [`Token`]s, with keys as numbers. What a chunk means is worked out once and remembered, which is
//! most of the speed of indexing. Not here: passages and files.

use super::chunks::next_chunk;
use super::concepts::{Concept, Concepts};
use super::dates::{self, Span};
use super::keys::{Key, Keys, Map, NO_KEY};
use super::letters::is_number;
use super::tables::{LONGEST_TELEPHONE, SHORTEST_TELEPHONE};
use super::units::{Traits, Unit, amount, units};

/// Everything that was read so far: the keys that were met, and what each chunk means.
pub struct Words {
    stem: bool,
    keys: Keys,
    concepts: Concepts,
    /// Chunk → its units, as a range of `lexemes`.
    chunks: Map<Box<str>, (u32, u32)>,
    lexemes: Vec<Lexeme>,
}

/// One unit of a text, where it stands. Its number in [`Reading::tokens`] is its position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Where it begins in the text, in bytes.
    pub start: u32,
    /// Where it ends in the text, in bytes.
    pub end: u32,
    /// What it means: an index into [`Words::lexemes`].
    pub lexeme: u32,
    /// The key that a query asks for, or [`NO_KEY`].
    pub main: Key,
}

/// What came of reading one text.
#[derive(Debug, Default)]
pub struct Reading {
    /// The units of the text, in order.
    pub tokens: Vec<Token>,
    /// Keys of rows of tokens: (index of the first token, key), ascending by token.
    pub rows: Vec<(u32, Key)>,
}

/// A unit that was read before, with its keys as numbers.
#[derive(Debug)]
pub struct Lexeme {
    /// Where it begins in its chunk, in bytes.
    start: u32,
    /// Where it ends in its chunk, in bytes.
    end: u32,
    /// The key that a query asks for, or [`NO_KEY`].
    pub main: Key,
    /// Other keys.
    pub others: Box<[Key]>,
    /// What it means with its neighbours.
    pub traits: Traits,
    /// The key by which an element of a concept's form knows it: the main key, or of a stop word the folded word.
    plain: Key,
    /// Whether a form of a concept, or a telephone number in several parts, may begin here.
    begins: bool,
    /// The word in small letters.
    pub folded: Option<Box<str>>,
    /// The parts of a compound in small letters; empty for any other unit.
    pub parts: Box<[Box<str>]>,
    /// How often it was read.
    pub uses: u32,
}

impl Words {
    /// A reader that has read nothing yet. `stem`: whether words are English.
    pub fn new(stem: bool, concepts: &[Concept]) -> Self {
        let mut keys = Keys::default();
        let concepts = Concepts::new(concepts, &mut |name| keys.number(name));
        Self { stem, keys, concepts, chunks: Map::default(), lexemes: Vec::new() }
    }

    /// The key with this name.
    pub fn key(&mut self, name: &str) -> Key {
        self.keys.number(name)
    }

    /// The name of a key.
    pub fn name(&self, key: Key) -> &str {
        self.keys.name(key)
    }

    /// What a token means.
    pub fn lexeme(&self, token: &Token) -> &Lexeme {
        &self.lexemes[token.lexeme as usize]
    }

    /// Each different unit that was read, once.
    pub fn lexemes(&self) -> &[Lexeme] {
        &self.lexemes
    }

    /// Reads a text into `reading`, whose earlier content is lost; its memory is used again.
    pub fn read(&mut self, text: &str, reading: &mut Reading) {
        reading.tokens.clear();
        reading.rows.clear();
        let mut at = 0;
        let mut rows = false;
        while let Some((start, end)) = next_chunk(text, at) {
            at = end;
            let (first, last) = self.lexemes_of(&text[start..end]);
            if last == first + 1 && self.join(text, start, end, first, reading) {
                rows |= self.may_begin(reading.tokens.len() - 1, reading);
                continue;
            }
            for index in first..last {
                let lexeme = &mut self.lexemes[index as usize];
                lexeme.uses += 1;
                let token = Token {
                    start: start as u32 + lexeme.start,
                    end: start as u32 + lexeme.end,
                    lexeme: index,
                    main: lexeme.main,
                };
                reading.tokens.push(token);
                rows |= self.may_begin(reading.tokens.len() - 1, reading);
            }
        }
        if rows {
            self.rows(text, reading);
        }
    }

    fn lexemes_of(&mut self, chunk: &str) -> (u32, u32) {
        if let Some(range) = self.chunks.get(chunk) {
            return *range;
        }
        let first = self.lexemes.len() as u32;
        for unit in units(chunk, self.stem) {
            let lexeme = self.lexeme_of(unit);
            self.lexemes.push(lexeme);
        }
        let range = (first, self.lexemes.len() as u32);
        self.chunks.insert(chunk.into(), range);
        range
    }

    fn lexeme_of(&mut self, unit: Unit) -> Lexeme {
        let main = unit.main.as_deref().map_or(NO_KEY, |name| self.keys.number(name));
        let others: Box<[Key]> = unit.others.iter().map(|name| self.keys.number(name)).collect();
        let plain = match (&unit.folded, main) {
            (Some(folded), NO_KEY) => self.keys.number(folded),
            _ => main,
        };
        let begins = self.concepts.begins(plain) || others.iter().any(|key| self.concepts.begins(*key));
        let begins = begins || unit.main.as_deref().is_some_and(|main| main.starts_with('0') && is_number(main));
        Lexeme {
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

    /// Whether the new chunk has become a part of the token before it: `anti social`, `£1.2 million`.
    fn join(&mut self, text: &str, start: usize, end: usize, lexeme: u32, reading: &mut Reading) -> bool {
        let Some(last) = reading.tokens.last().copied() else { return false };
        let before = self.lexemes[last.lexeme as usize].traits;
        let traits = self.lexemes[lexeme as usize].traits;
        let unmultiplied = last.main == self.lexemes[last.lexeme as usize].main;
        if before.amount && unmultiplied && traits.zeros > 0 && is_gap(&text[last.end as usize..start]) {
            let key = amount(self.name(last.main).trim_start_matches('£'), traits.zeros);
            if let (Some(key), Some(token)) = (key, reading.tokens.last_mut()) {
                *token = Token { end: end as u32, main: self.keys.number(&key), ..*token };
                return true;
            }
            return false;
        }
        if !(before.prefix && traits.letters && is_one_space(&text[last.end as usize..start])) {
            return false;
        }
        let together = format!("{}-{}", &text[last.start as usize..last.end as usize], &text[start..end]);
        let (first, _) = self.lexemes_of(&together);
        // It was counted by itself.
        self.lexemes[last.lexeme as usize].uses -= 1;
        let joined = &mut self.lexemes[first as usize];
        joined.uses += 1;
        if let Some(token) = reading.tokens.last_mut() {
            *token = Token { start: last.start, end: end as u32, lexeme: first, main: joined.main };
        }
        true
    }

    fn may_begin(&self, token: usize, reading: &Reading) -> bool {
        let lexeme = self.lexeme(&reading.tokens[token]);
        lexeme.begins || lexeme.traits.section || lexeme.traits.month > 0
    }

    /// Adds the keys of rows of tokens: sections, dates of several tokens, concepts.
    fn rows(&mut self, text: &str, reading: &mut Reading) {
        for index in 0..reading.tokens.len() {
            let traits = self.lexeme(&reading.tokens[index]).traits;
            if traits.section
                && let Some(key) = self.section_at(text, &reading.tokens, index)
            {
                reading.rows.push((index as u32, self.keys.number(&key)));
                if let Some((before, _)) = key.split_once('(') {
                    reading.rows.push((index as u32, self.keys.number(before)));
                }
            }
            if (traits.day > 0 || traits.month > 0)
                && let Some((span, length)) = self.date_at(text, &reading.tokens, index)
                && length > 1
                && !self.inside_date(text, &reading.tokens, index)
            {
                reading.rows.extend(span.keys().iter().map(|key| (index as u32, self.keys.number(key))));
            }
            if self.lexeme(&reading.tokens[index]).begins {
                let forms = self.concepts_at(text, &reading.tokens, index, false);
                reading.rows.extend(forms.into_iter().map(|(key, _)| (index as u32, key)));
                if let Some((number, _)) = self.telephone_at(text, &reading.tokens, index) {
                    reading.rows.push((index as u32, self.keys.number(&number)));
                }
            }
        }
    }

    /// The key of the section that begins at this token: `s17` of `section 17`. `None` if none does.
    pub fn section_at(&self, text: &str, tokens: &[Token], index: usize) -> Option<String> {
        let (here, next) = (tokens.get(index)?, tokens.get(index + 1)?);
        let number = self.lexeme(next).main;
        let is_number = number != NO_KEY && self.name(number).starts_with(|first: char| first.is_ascii_digit());
        let is_section = self.lexeme(here).traits.section && is_number;
        (is_section && adjoin(text, here, next)).then(|| format!("s{}", self.name(number)))
    }

    /// The telephone number in several parts that begins at this token, written together, and how many tokens it takes.
    pub fn telephone_at(&self, text: &str, tokens: &[Token], index: usize) -> Option<(String, usize)> {
        let digits = |at: usize| {
            let token = tokens.get(at).filter(|token| token.main != NO_KEY)?;
            let parted = at == index || is_one_space(&text[tokens[at - 1].end as usize..token.start as usize]);
            Some(self.name(token.main)).filter(|name| parted && is_number(name))
        };
        digits(index).filter(|first| first.starts_with('0'))?;
        let parts: Vec<&str> = (index..).map_while(digits).collect();
        let number = parts.concat();
        let fits = parts.len() > 1 && (SHORTEST_TELEPHONE..=LONGEST_TELEPHONE).contains(&number.len());
        fits.then_some((number, parts.len()))
    }

    /// The date that begins at this token, `14 March 2021`, `March 2021` or `14/3/21`: its days, and how many tokens say it.
    pub fn date_at(&self, text: &str, tokens: &[Token], index: usize) -> Option<(Span, usize)> {
        let here = tokens.get(index)?;
        let traits = self.lexeme(here).traits;
        if let Some(span) = traits.date {
            return Some((span, 1));
        }
        let following = |at: usize| {
            let (one, two) = (tokens.get(at)?, tokens.get(at + 1)?);
            adjoin(text, one, two).then(|| self.lexeme(two).traits)
        };
        let next = following(index)?;
        if traits.month > 0 && next.year > 0 {
            return Some((dates::month_of(next.year, traits.month)?, 2));
        }
        if traits.day > 0 && next.month > 0 {
            let year = following(index + 1)?.year;
            return Some((dates::day(year, next.month, traits.day)?, 3));
        }
        None
    }

    /// Whether the token before makes a longer date of this one.
    fn inside_date(&self, text: &str, tokens: &[Token], index: usize) -> bool {
        let before = index.checked_sub(1).and_then(|before| self.date_at(text, tokens, before));
        before.is_some_and(|(_, length)| length > 2)
    }

    /// The forms of concepts that begin at this token: (key of the concept, how many tokens it takes), the longest first. In a query
    /// (`small`) a word typed in small letters fits one in capitals.
    pub fn concepts_at(&self, text: &str, tokens: &[Token], index: usize, small: bool) -> Vec<(Key, usize)> {
        self.concepts.at(index, |at, children, after| {
            let Some(lexeme) = self.going_on(text, tokens, index, at) else { return };
            if small {
                let fits = |element: Key| lexeme.says(element) || self.is_small(lexeme, element);
                after.extend(children.iter().filter(|(element, _)| fits(**element)).map(|(_, node)| *node));
            } else {
                let first = after.len();
                for node in std::iter::once(&lexeme.plain).chain(&lexeme.others).filter_map(|key| children.get(key)) {
                    if !after[first..].contains(node) {
                        after.push(*node);
                    }
                }
            }
        })
    }

    /// The token at `at`, if a form that begins at the token `first` can go on to it.
    fn going_on(&self, text: &str, tokens: &[Token], first: usize, at: usize) -> Option<&Lexeme> {
        let token = tokens.get(at)?;
        (at == first || adjoin(text, &tokens[at - 1], token)).then(|| self.lexeme(token))
    }

    /// Whether a word in small letters is one that a form has in capitals.
    fn is_small(&self, lexeme: &Lexeme, element: Key) -> bool {
        let is_same = |capitals: &str| {
            !lexeme.traits.stop && lexeme.folded.as_deref().is_some_and(|word| capitals.eq_ignore_ascii_case(word))
        };
        self.name(element).strip_prefix('=').is_some_and(is_same)
    }
}

impl Lexeme {
    /// Whether an element of a form means this unit.
    fn says(&self, element: Key) -> bool {
        self.plain == element || self.others.contains(&element)
    }
}

/// Whether nothing but spaces and commas stands between two tokens.
fn adjoin(text: &str, one: &Token, two: &Token) -> bool {
    let between = &text[one.end as usize..two.start as usize];
    !between.is_empty() && between.chars().all(|letter| matches!(letter, ',' | ' ' | '\t' | '\n' | '\u{A0}'))
}

/// Whether there is one space between two tokens.
fn is_one_space(between: &str) -> bool {
    matches!(between, " " | "\u{A0}")
}

/// Whether there is one space between two tokens, or nothing.
fn is_gap(between: &str) -> bool {
    matches!(between, "" | " " | "\u{A0}")
}

impl Reading {
    /// The keys of rows that begin at this token.
    pub fn rows_at(&self, token: usize) -> impl Iterator<Item = Key> + '_ {
        let first = self.rows.partition_point(|(at, _)| (*at as usize) < token);
        self.rows[first..].iter().take_while(move |(at, _)| *at as usize == token).map(|(_, key)| *key)
    }
}
