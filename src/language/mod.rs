//! A language: the words of the pages and the forms of dates, times, lists, numbers and plurals, as data in one
//! `<tag>.toml` each; and the order of its alphabet. And words as they look, whatever letters they are
//! spelt with (`letters.rs`).
//!
//! Input: a language tag, and what a theme puts in place of some words. Output: texts. Not here: HTML, and every
//! sentence that is meant for staff (those are in `diagnostic/`).
//!
//! To add a language: one `<tag>.toml` here and its line in [`BUILT_IN`]. A key that it leaves out is taken from
//! English; a key that English leaves out is our bug.

mod dates;
mod invisible;
pub(crate) mod letters;
mod phrases;
mod postcode;
mod pseudo;
mod sort;
mod telephone;
mod words;

pub use invisible::{Invisible, clean_string, next_invisible};
pub use phrases::{ENGLISH, Phrases};
pub use postcode::{postcode, postcode_columns, postcode_shapes};
pub use pseudo::{TAG as PSEUDO, pseudo};
pub use sort::NO_LETTER;
pub use telephone::{countries, dialled};
pub use words::{capital, grouped};

use std::collections::BTreeMap;
use std::ops::Range;

/// The languages inside the program: tag → its strings. The first one fills the gaps of the others.
pub const BUILT_IN: &[(&str, &str)] = &[("en", include_str!("en.toml"))];

/// Whether this is formed as the tag of a language is: `en`, `cy`, `en-GB`, `zh-Hant` (BCP 47, with two or three
/// letters first, as all languages have them that are written today).
#[must_use]
pub fn is_tag(text: &str) -> bool {
    let mut parts = text.split('-');
    let first = parts.next().unwrap_or_default();
    matches!(first.len(), 2 | 3)
        && first.bytes().all(|byte| byte.is_ascii_alphabetic())
        && parts.all(|part| matches!(part.len(), 1..=8) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

/// The words and forms of one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Language {
    /// BCP 47 tag, as the site gives it.
    pub tag: Box<str>,
    texts: BTreeMap<Box<str>, Text>,
    /// The names of the months, once more, because every list prints fifty dates.
    months: [Box<str>; 12],
}

/// One string, with places in braces: `{count} documents`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Text {
    /// The same for any number.
    Plain(Box<str>),
    /// Depends on `{count}`.
    Counted {
        /// For exactly one.
        one: Box<str>,
        /// For every other number.
        other: Box<str>,
    },
}

/// Why a file of strings cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misfit {
    /// The bytes of the file, if they are known.
    pub range: Option<Range<usize>>,
    /// What is wrong.
    pub what: Wrong,
}

/// What is wrong with a file of strings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// The file is not TOML; holds the words of the TOML reader.
    Grammar(Box<str>),
    /// No page has a string with this key; holds the key and the nearest that exists.
    Unknown(Box<str>, Option<Box<str>>),
    /// The value of the key is neither a text nor a pair of `one` and `other`; holds the key.
    NoText(Box<str>),
    /// The text names a place that this string does not have; holds the key and the place.
    Place(Box<str>, Box<str>),
}

impl Language {
    /// The language called `tag`; of a region or script that has no file, its language; else English.
    ///
    /// # Panics
    /// If a file inside the program is no TOML, which a test rules out.
    #[must_use]
    pub fn of(tag: &str) -> Self {
        let mut language = Self { tag: tag.into(), texts: BTreeMap::new(), months: Default::default() };
        let primary = tag.split('-').next().unwrap_or(tag).to_ascii_lowercase();
        for (index, (name, file)) in BUILT_IN.iter().enumerate() {
            if index == 0 || *name == primary {
                let table = read(file).unwrap_or_else(|wrong| unreachable!("the strings of `{name}`: {wrong:?}"));
                language.texts.extend(table.into_iter().filter_map(|(key, text)| Some((key, text?))));
            }
        }
        if tag == PSEUDO {
            language.texts.values_mut().for_each(Text::make_pseudo);
        }
        language.name_months();
        language
    }

    fn name_months(&mut self) {
        self.months = std::array::from_fn(|month| self.say(&format!("month.{}", month + 1), &[]).into());
    }

    /// Replaces strings by those of a theme (`themes/<name>/strings/<tag>.toml`) with the same keys.
    /// Strings that do not fit are left out and returned.
    pub fn replace(&mut self, file: &str) -> Vec<Misfit> {
        let table = match read(file) {
            Ok(table) => table,
            Err(misfit) => return vec![misfit],
        };
        let mut misfits = Vec::new();
        for (key, text) in table {
            match self.fit(&key, text) {
                Ok(text) => drop(self.texts.insert(key, text)),
                Err(what) => misfits.push(Misfit { range: find(file, &key), what }),
            }
        }
        self.name_months();
        misfits
    }

    fn fit(&self, key: &str, text: Option<Text>) -> Result<Text, Wrong> {
        let Some(known) = self.texts.get(key) else {
            let nearest = crate::diagnostic::nearest(key, self.texts.keys().map(AsRef::as_ref));
            return Err(Wrong::Unknown(key.into(), nearest.map(Into::into)));
        };
        let text = text.ok_or_else(|| Wrong::NoText(key.into()))?;
        let places = known.places();
        match text.places().into_iter().find(|place| *place != "count" && !places.contains(place)) {
            Some(place) => Err(Wrong::Place(key.into(), place.into())),
            None => Ok(text),
        }
    }

    /// The string with this key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Text> {
        self.texts.get(key)
    }

    /// Every string, in the order of the keys.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Text)> {
        self.texts.iter().map(|(key, text)| (key.as_ref(), text))
    }

    /// The string with this key, its places filled.
    ///
    /// # Panics
    /// If English has no such string: a key in our own code is misspelt.
    #[must_use]
    pub fn say(&self, key: &str, parts: &[(&str, &str)]) -> String {
        let text = self.texts.get(key).unwrap_or_else(|| unreachable!("the language has no string `{key}`"));
        text.fill(parts, None)
    }

    /// The string with this key for `count` things; `{count}` becomes the number with its commas.
    ///
    /// # Panics
    /// As [`Self::say`].
    #[must_use]
    pub fn count(&self, key: &str, count: u64, parts: &[(&str, &str)]) -> String {
        let text = self.texts.get(key).unwrap_or_else(|| unreachable!("the language has no string `{key}`"));
        let mut all = vec![("count", self.number(count))];
        all.extend(parts.iter().map(|(name, part)| (*name, (*part).to_owned())));
        let all: Vec<(&str, &str)> = all.iter().map(|(name, part)| (*name, part.as_str())).collect();
        text.fill(&all, Some(count))
    }
}

impl Text {
    /// The text for `count`, with `{name}` replaced by its part. A place without a part stays as it is.
    #[must_use]
    pub fn fill(&self, parts: &[(&str, &str)], count: Option<u64>) -> String {
        let mut rest = self.form(count);
        let mut filled = String::with_capacity(rest.len() + 16);
        while let Some(open) = rest.find('{') {
            let Some(close) = rest[open..].find('}').map(|at| open + at) else { break };
            filled.push_str(&rest[..open]);
            match parts.iter().find(|(name, _)| *name == &rest[open + 1..close]) {
                Some((_, part)) => filled.push_str(part),
                None => filled.push_str(&rest[open..=close]),
            }
            rest = &rest[close + 1..];
        }
        filled.push_str(rest);
        filled
    }

    /// The names of its places, each as often as it occurs.
    #[must_use]
    pub fn places(&self) -> Vec<&str> {
        let forms: &[&str] = match self {
            Self::Plain(text) => &[text],
            Self::Counted { one, other } => &[one, other],
        };
        let after_braces = forms.iter().flat_map(|form| form.split('{').skip(1));
        after_braces.filter_map(|rest| rest.split_once('}').map(|(name, _)| name)).collect()
    }

    fn make_pseudo(&mut self) {
        match self {
            Self::Plain(text) => *text = pseudo(text).into(),
            Self::Counted { one, other } => (*one, *other) = (pseudo(one).into(), pseudo(other).into()),
        }
    }

    fn form(&self, count: Option<u64>) -> &str {
        match self {
            Self::Plain(text) => text,
            Self::Counted { one, .. } if count == Some(1) => one,
            Self::Counted { other, .. } => other,
        }
    }
}

/// Strings by their dotted keys; `None` for a key that holds no text.
type Entries = Vec<(Box<str>, Option<Text>)>;

/// The strings of a file.
fn read(file: &str) -> Result<Entries, Misfit> {
    let table: toml::Table = toml::from_str(file).map_err(|error| Misfit {
        range: error.span(),
        what: Wrong::Grammar(error.message().lines().next().unwrap_or_default().into()),
    })?;
    let mut texts = Vec::new();
    flatten(&table, "", &mut texts);
    Ok(texts)
}

fn flatten(table: &toml::Table, before: &str, texts: &mut Entries) {
    for (name, value) in table {
        let key = if before.is_empty() { name.clone() } else { format!("{before}.{name}") };
        match value {
            toml::Value::String(text) => texts.push((key.into(), Some(Text::Plain(text.as_str().into())))),
            toml::Value::Table(inner) => match counted(inner) {
                Some(text) => texts.push((key.into(), Some(text))),
                None => flatten(inner, &key, texts),
            },
            _ => texts.push((key.into(), None)),
        }
    }
}

fn counted(table: &toml::Table) -> Option<Text> {
    match (table.get("one")?, table.get("other")?) {
        (toml::Value::String(one), toml::Value::String(other)) if table.len() == 2 => {
            Some(Text::Counted { one: one.as_str().into(), other: other.as_str().into() })
        }
        _ => None,
    }
}

/// The bytes of the first line that begins with the last part of a key; the table that was read has no places.
fn find(file: &str, key: &str) -> Option<Range<usize>> {
    let name = key.rsplit('.').next().unwrap_or(key);
    let mut start = 0;
    for line in file.split_inclusive('\n') {
        let indent = line.len() - line.trim_start().len();
        let head = line.trim_start().trim_start_matches(['"', '\'']);
        if head.strip_prefix(name).is_some_and(|rest| rest.trim_start_matches(['"', '\'', ' ']).starts_with('=')) {
            return Some(start + indent..start + line.trim_end().len());
        }
        start += line.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_inside_the_program_can_be_read() {
        for (tag, _) in BUILT_IN {
            assert!(Language::of(tag).iter().count() > 50, "{tag}");
        }
    }

    #[test]
    fn places_are_filled_and_numbers_choose_their_form() {
        let language = Language::of("en-GB");
        assert_eq!(language.count("list.count", 1, &[]), "1 entry");
        assert_eq!(language.count("list.count", 12_345, &[]), "12,345 entries");
        let text = Text::Plain("{a} and {b} {".into());
        assert_eq!(text.fill(&[("a", "one")], None), "one and {b} {");
    }

    #[test]
    fn a_theme_replaces_what_fits_and_hears_of_the_rest() {
        let mut language = Language::of("en");
        let file = "[list]\ncount = \"{number} papers\"\npast = \"Earlier\"\nfuture = \"Later\"\n[page]\nskip = 3\n";
        let misfits = language.replace(file);
        assert_eq!(language.say("list.past", &[]), "Earlier");
        let wrong: Vec<_> = misfits.iter().map(|misfit| &misfit.what).collect();
        assert_eq!(
            wrong,
            [
                &Wrong::Place("list.count".into(), "number".into()),
                &Wrong::Unknown("list.future".into(), None),
                &Wrong::NoText("page.skip".into()),
            ]
        );
        assert_eq!(misfits[0].range, Some(7..32));
        assert!(matches!(language.replace("a = ").as_slice(), [Misfit { what: Wrong::Grammar(_), .. }]));
    }
}
