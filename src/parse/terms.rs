//! `content/glossary.toml` and `content/statutes.toml` → what the site explains: words, and Acts of Parliament.
//!
//! Input: the bytes of a file. Output: entries that can be used as they are, no two of which claim the same words, and
//! a diagnostic for each thing that is not as it should be; what is left of an entry is used.
//! Not here: where the words stand in texts (`terms`).

use std::collections::{BTreeMap, HashMap};

use super::settings::{line, said};
use crate::data::{Node, Pair, Raw, Table, toml_file};
use crate::diagnostic::{Diagnostics, ENTRY};
use crate::disclosure::entry_is_public;
use crate::model::{Act, GlossaryEntry, Said, slug};
use crate::source::{SourceError, SourceId, Span, decode};
use crate::terms::{fold, same_word};

/// The one site whose addresses of sections are known.
const LEGISLATION: &str = "https://www.legislation.gov.uk/";

/// The longest name that is looked for, in characters: a name is no text.
const LONGEST_NAME: usize = 300;

/// A file that is a list of tables with one name: the name, the key that names an entry, and an entry to paste.
struct TableList {
    table: &'static str,
    main: &'static str,
    example: &'static str,
}

const TERMS: TableList = TableList {
    table: "term",
    main: "term",
    example: "[[term]]\nterm = \"ASB\"\nexpansion = \"anti-social behaviour\"\nmeaning = \"Noise, threats or damage.\"",
};

const ACTS: TableList = TableList {
    table: "act",
    main: "title",
    example: "[[act]]\ntitle = \"Crime and Disorder Act 1998\"\nurl = \"https://www.legislation.gov.uk/ukpga/1998/37\"",
};

/// The words that a site explains, in the order of the file.
pub fn glossary(
    source: SourceId,
    bytes: Result<Vec<u8>, SourceError>,
    diagnostics: &mut Diagnostics,
) -> Vec<GlossaryEntry> {
    let mut claimed = ClaimedNames::default();
    let mut anchors = Anchors::default();
    let nodes = tables(source, bytes, &TERMS, diagnostics);
    let entry = |node| {
        Table::read(node, &ENTRY, diagnostics, |table| {
            let name = table.get("term", said);
            let (expansion, meaning) = (table.get("expansion", line), table.get("meaning", line));
            let (term, aliases) = claimed.names(table, &TERMS, name)?;
            if meaning.is_none() {
                report_missing(table, "meaning", &term);
            }
            if expansion.is_none() && meaning.is_none() {
                return None;
            }
            let anchor = anchors.take(&term);
            let (expansion, meaning) = (expansion.map(Into::into), meaning.map(Into::into));
            Some(GlossaryEntry { term, expansion, meaning, aliases, anchor })
        })
    };
    nodes.iter().filter_map(entry).collect()
}

/// The Acts that documents cite, in the order of the file.
pub fn statutes(source: SourceId, bytes: Result<Vec<u8>, SourceError>, diagnostics: &mut Diagnostics) -> Vec<Act> {
    let mut claimed = ClaimedNames::default();
    let nodes = tables(source, bytes, &ACTS, diagnostics);
    let act = |node| {
        Table::read(node, &ENTRY, diagnostics, |table| {
            let name = table.get("title", said);
            let url = table.get("url", said);
            let (title, aliases) = claimed.names(table, &ACTS, name)?;
            let Some(typed) = url else {
                report_missing(table, "url", &title);
                return None;
            };
            let url = address_of_act(&typed.text);
            if url.is_none() {
                table.say(|diagnostics| diagnostics.wrong_act_address(typed.span, &typed.text));
            }
            Some(Act { title, url: url?, aliases })
        })
    };
    nodes.iter().filter_map(act).collect()
}

/// The tables of a file, each a map; of anything else in the file a message.
fn tables(
    source: SourceId,
    bytes: Result<Vec<u8>, SourceError>,
    list: &TableList,
    diagnostics: &mut Diagnostics,
) -> Vec<Node> {
    let text = match bytes.map(decode) {
        Ok(Ok(text)) => text,
        Ok(Err(error)) => {
            diagnostics.entries_not_text(source, &error);
            return Vec::new();
        }
        // `read` has named a file that cannot be opened.
        Err(_) => return Vec::new(),
    };
    let Some(Node { value: Raw::Map(pairs), .. }) = toml_file(&text, source, "wrong-entry", diagnostics) else {
        return Vec::new();
    };
    let mut tables = Vec::new();
    for Pair { key, key_span, value } in pairs {
        let items = match value.value {
            Raw::List(items) if key == list.table => items,
            Raw::Map(_) if key == list.table => {
                diagnostics.single_brackets(key_span, list.table);
                vec![value]
            }
            _ => {
                diagnostics.unknown_table(key_span, &key, list.table, list.example);
                continue;
            }
        };
        for item in items {
            match item.value {
                Raw::Map(_) if entry_is_public(&item, diagnostics) => tables.push(item),
                Raw::Map(_) => {}
                _ => diagnostics.unknown_table(item.span, &key, list.table, list.example),
            }
        }
    }
    tables
}

/// The names that entries have taken, and where: as [`fold`] writes them, so that those which are the same to a reader are
/// found without a look at all the others.
#[derive(Default)]
struct ClaimedNames(HashMap<Box<str>, Span>);

impl ClaimedNames {
    /// What an entry is called: `name`, which is its main key's, and its aliases, as far as no other entry has taken
    /// them. `None` if it is called nothing that can be found in a text. Asks for the last key of the entry.
    fn names(
        &mut self,
        table: &mut Table<'_>,
        list: &TableList,
        name: Option<Said>,
    ) -> Option<(Box<str>, Vec<Box<str>>)> {
        let aliases = table.get("aliases", |value| Some(value.one_or_more(said))).unwrap_or_default();
        if table.lacks(list.main) {
            let span = table.span();
            table.say(|diagnostics| diagnostics.entry_without_name(span, list.table, list.main, list.example));
        }
        let main = self.claim(table, name?)?;
        let own = aliases.into_iter().filter(|alias| !same_word(&alias.text, &main));
        let aliases = own.filter_map(|alias| self.claim(table, alias)).collect();
        Some((main, aliases))
    }

    /// Takes a name. `None`, with a diagnostic, if another entry has it or no text can have it.
    fn claim(&mut self, table: &Table<'_>, Said { text, span }: Said) -> Option<Box<str>> {
        if !text.starts_with(char::is_alphanumeric) {
            table.say(|diagnostics| diagnostics.entry_without_letters(span, &text));
            return None;
        }
        if text.chars().nth(LONGEST_NAME).is_some() {
            table.say(|diagnostics| diagnostics.entry_too_long(span, &text, LONGEST_NAME));
            return None;
        }
        let word = fold(&text);
        if let Some(first) = self.0.get(&*word) {
            table.say(|diagnostics| diagnostics.entry_twice(span, *first, &text));
            return None;
        }
        self.0.insert(word.into(), span);
        Some(text)
    }
}

/// Says that an entry has no `key`.
fn report_missing(table: &Table<'_>, key: &str, name: &str) {
    if table.lacks(key) {
        table.say(|diagnostics| diagnostics.entry_without(table.span(), key, name));
    }
}

/// The places that words have taken in the glossary's page, each with the number that the next of its name may have.
#[derive(Default)]
struct Anchors(BTreeMap<Box<str>, usize>);

impl Anchors {
    /// The place of a word. The prefix keeps it apart from the page's own places.
    fn take(&mut self, term: &str) -> Box<str> {
        let slug = slug(term);
        let first: Box<str> = format!("term-{}", if slug.is_empty() { "word" } else { &slug }).into();
        let mut anchor = first.clone();
        let mut number = self.0.get(&first).copied().unwrap_or(2);
        while self.0.contains_key(&anchor) {
            anchor = format!("{first}-{number}").into();
            number += 1;
        }
        self.0.insert(first, number);
        self.0.entry(anchor.clone()).or_insert(2);
        anchor
    }
}

/// `https://www.legislation.gov.uk/ukpga/1998/37`: the kind of law, its year and its number. What browsers
/// show after it (`/contents`) is cut off.
fn address_of_act(typed: &str) -> Option<Box<str>> {
    let rest = typed.strip_prefix(LEGISLATION).or_else(|| {
        let bare = typed.strip_prefix("https://").or_else(|| typed.strip_prefix("http://")).unwrap_or(typed);
        let bare = bare.strip_prefix("www.").unwrap_or(bare);
        bare.strip_prefix("legislation.gov.uk/")
    })?;
    let rest = rest.strip_prefix("id/").unwrap_or(rest).trim_end_matches('/');
    let rest = rest.strip_suffix("/contents").unwrap_or(rest);
    let parts: Vec<&str> = rest.split('/').collect();
    let plain = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let kind = parts.first().is_some_and(|kind| kind.bytes().all(|byte| byte.is_ascii_lowercase()));
    // Acts before 1963 are counted by the years of a reign: `ukpga/Eliz2/10-11/64`.
    let fits = kind && matches!(parts.len(), 3 | 4) && parts.iter().all(plain);
    fits.then(|| format!("{LEGISLATION}{rest}").into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(diagnostics: &Diagnostics) -> Vec<String> {
        diagnostics.iter().map(|diagnostic| diagnostic.title.to_string()).collect()
    }

    fn words(text: &str) -> (Vec<GlossaryEntry>, Vec<String>) {
        let mut diagnostics = Diagnostics::new();
        let entries = glossary(SourceId(0), Ok(text.into()), &mut diagnostics);
        (entries, said(&diagnostics))
    }

    fn acts(text: &str) -> (Vec<Act>, Vec<String>) {
        let mut diagnostics = Diagnostics::new();
        let acts = statutes(SourceId(0), Ok(text.into()), &mut diagnostics);
        (acts, said(&diagnostics))
    }

    #[test]
    fn entries_are_ready_for_use() {
        let (entries, said) = words(
            "[[term]]\nterm = 'ASB'\nexpansion = 'anti-social behaviour'\nmeaning = '''Noise\nand threats.'''\n\
             aliases = ['antisocial behaviour', 'ASB']\n[[term]]\nterm = 'asb'\nmeaning = 'A word.'\naliases = 'asbs'",
        );
        assert_eq!(said, [""; 0]);
        assert_eq!(entries[0].forms().collect::<Vec<_>>(), ["ASB", "antisocial behaviour", "anti-social behaviour"]);
        assert_eq!(entries[0].meaning.as_deref(), Some("Noise and threats."));
        assert_eq!(entries.iter().map(|entry| &*entry.anchor).collect::<Vec<_>>(), ["term-asb", "term-asb-2"]);
        assert_eq!((entries[1].gloss(), &*entries[1].aliases[0]), ("A word.", "asbs"));
    }

    #[test]
    fn mistakes_in_plain_words() {
        for (text, expected) in [
            ("[[terms]]\nterm = 'x'", vec!["`terms` does not begin an entry"]),
            ("[term]\nterm = 'x'\nmeaning = 'y'", vec!["`[term]` stands in one pair of brackets"]),
            ("term = 'x'", vec!["`term` does not begin an entry"]),
            ("term = ['x']", vec!["`term` does not begin an entry"]),
            ("[[term]]\nmeaning = 'y'", vec!["This entry has no `term`"]),
            ("[[term]]\nterm = 'x'", vec!["“x” has no `meaning`"]),
            ("[[term]]\nterm = 5\nmeaning = 'y'", vec!["`term` should be a text in quotes"]),
            ("[[term]]\nterm = ''\nmeaning = 'y'", vec!["`term` is empty"]),
            ("[[term]]\nterm = '–'\nmeaning = 'y'", vec!["“–” does not begin with a letter or a digit"]),
            ("[[term]]\nterm = 'x'\nmeening = 'y'", vec!["`meening` is not a part of an entry"]),
            (
                "[[term]]\nterm = 'x'\nmeaning = 'y'\naliases = [5, ['z']]",
                vec!["`aliases` should be a text in quotes"; 2],
            ),
            (
                "[[term]]\nterm = 'x'\nmeaning = 'y'\naliases = ['w']\n[[term]]\nterm = 'W'\nmeaning = 'z'",
                vec!["“W” is explained twice"],
            ),
            ("[[term]\nterm = 'x'", vec!["The brackets or commas on this line do not match"]),
            ("[[term]]\nterm = x", vec!["The text on this line needs straight quotes round it"]),
        ] {
            assert_eq!(words(text).1, expected, "{text}");
        }
    }

    #[test]
    fn a_name_is_no_text_and_places_with_one_name_are_numbered() {
        let (entries, said) = words(&format!("[[term]]\nterm = '{}'\nmeaning = 'y'", "the word ".repeat(100)));
        assert!(entries.is_empty() && said[0].ends_with("is longer than a name: more than 300 letters"), "{said:?}");
        let (entries, said) = words(
            "[[term]]\nterm = 'a b'\nmeaning = 'y'\n[[term]]\nterm = 'a-b'\nmeaning = 'y'\n\
                                     [[term]]\nterm = 'a b 2'\nmeaning = 'y'\n[[term]]\nterm = 'a.b'\nmeaning = 'y'",
        );
        assert_eq!(said, [""; 0]);
        let anchors: Vec<&str> = entries.iter().map(|entry| &*entry.anchor).collect();
        assert_eq!(anchors, ["term-a-b", "term-a-b-2", "term-a-b-2-2", "term-a-b-3"]);
    }

    #[test]
    fn acts_have_an_address() {
        for (typed, address) in [
            ("https://www.legislation.gov.uk/ukpga/1998/37", Some("ukpga/1998/37")),
            ("http://legislation.gov.uk/ukpga/1998/37/contents", Some("ukpga/1998/37")),
            ("https://www.legislation.gov.uk/id/uksi/2007/1830/", Some("uksi/2007/1830")),
            ("https://www.legislation.gov.uk/ukpga/Eliz2/10-11/64", Some("ukpga/Eliz2/10-11/64")),
            ("https://www.legislation.gov.uk/ukpga/1998", None),
            ("https://www.legislation.gov.uk/ukpga/1998/37/section/17", None),
            ("https://www.legislation.gov.uk.evil.example/ukpga/1998/37", None),
            ("https://example.org/ukpga/1998/37", None),
            ("javascript:alert(1)", None),
        ] {
            let expected = address.map(|address| format!("{LEGISLATION}{address}").into());
            assert_eq!(address_of_act(typed), expected, "{typed}");
        }
        let (list, said) = acts("[[act]]\ntitle = 'A Act 1998'\nurl = 'x'\n[[act]]\ntitle = 'B Act 2000'");
        assert_eq!((list, said.len()), (Vec::new(), 2));
        assert_eq!(said, ["“x” is not the address of an Act", "“B Act 2000” has no `url`"]);
    }
}
