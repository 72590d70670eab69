//! `content/glossary.toml` and `content/statutes.toml` → what the site explains: words, and Acts of Parliament.
//!
//! Enters: the bytes of a file. Leaves: entries that can be used as they are, no two of which claim the same words, and
//! a diagnostic for each thing that is not as it should be; what is left of an entry is used.
//! Deliberately absent: where the words stand in texts (`markdown`).

use std::collections::BTreeSet;

use crate::data::{Node, Pair, Raw, toml_file};
use crate::diagnostic::{Diagnostics, nearest};
use crate::language::clean_string;
use crate::model::{Act, GlossaryEntry, slug};
use crate::source::{SourceError, SourceId, Span, decode};
use crate::terms::same_word;

use super::front_matter::one_line;

/// The one site whose addresses of sections are known.
const LEGISLATION: &str = "https://www.legislation.gov.uk/";

/// A file that is a list of tables with one name: the name, the keys of each, and one to paste.
struct List {
    table: &'static str,
    keys: &'static [&'static str],
    example: &'static str,
}

const TERMS: List = List {
    table: "term",
    keys: &["term", "expansion", "meaning", "aliases"],
    example: "[[term]]\nterm = \"ASB\"\nexpansion = \"anti-social behaviour\"\nmeaning = \"Noise, threats or damage.\"",
};

const ACTS: List = List {
    table: "act",
    keys: &["title", "url", "aliases"],
    example: "[[act]]\ntitle = \"Crime and Disorder Act 1998\"\nurl = \"https://www.legislation.gov.uk/ukpga/1998/37\"",
};

/// The words that a site explains, in the order of the file.
pub fn glossary(
    source: SourceId,
    bytes: Result<Vec<u8>, SourceError>,
    diagnostics: &mut Diagnostics,
) -> Vec<GlossaryEntry> {
    let mut entries = Vec::new();
    let mut claimed = Claimed::default();
    let mut anchors = BTreeSet::new();
    for node in tables(source, bytes, &TERMS, diagnostics) {
        let mut reader = Reader { list: &TERMS, node: &node, diagnostics };
        let expansion = reader.text("expansion").map(|(text, _)| text);
        let meaning = reader.text("meaning").map(|(text, _)| text);
        let Some((term, aliases)) = reader.names("term", &mut claimed) else { continue };
        if meaning.is_none() {
            reader.without("meaning", &term);
        }
        if expansion.is_none() && meaning.is_none() {
            continue;
        }
        let anchor = anchor(&term, &mut anchors);
        entries.push(GlossaryEntry { term, expansion, meaning, aliases, anchor });
    }
    entries
}

/// The Acts that documents cite, in the order of the file.
pub fn statutes(source: SourceId, bytes: Result<Vec<u8>, SourceError>, diagnostics: &mut Diagnostics) -> Vec<Act> {
    let mut acts = Vec::new();
    let mut claimed = Claimed::default();
    for node in tables(source, bytes, &ACTS, diagnostics) {
        let mut reader = Reader { list: &ACTS, node: &node, diagnostics };
        let url = reader.text("url");
        let Some((title, aliases)) = reader.names("title", &mut claimed) else { continue };
        match url.as_ref().map(|(typed, span)| (address_of_act(typed), typed, span)) {
            Some((Some(url), ..)) => acts.push(Act { title, url, aliases }),
            Some((None, typed, span)) => diagnostics.wrong_act_address(*span, typed),
            None => reader.without("url", &title),
        }
    }
    acts
}

/// The tables of a file, each a map; of anything else in the file a message.
fn tables(
    source: SourceId,
    bytes: Result<Vec<u8>, SourceError>,
    list: &List,
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
                Raw::Map(_) => tables.push(item),
                _ => diagnostics.unknown_table(item.span, &key, list.table, list.example),
            }
        }
    }
    tables
}

/// The names that entries have taken, and where.
#[derive(Default)]
struct Claimed(Vec<(Box<str>, Span)>);

/// One entry.
struct Reader<'node, 'call> {
    list: &'node List,
    node: &'node Node,
    diagnostics: &'call mut Diagnostics,
}

impl Reader<'_, '_> {
    /// A text in one line; nothing where it is absent or cannot be used.
    fn text(&mut self, key: &str) -> Option<(Box<str>, Span)> {
        let value = self.node.get(key)?;
        self.line(key, value).map(|text| (text, value.span))
    }

    fn line(&mut self, key: &str, node: &Node) -> Option<Box<str>> {
        let Raw::Scalar { text, quoted: true } = &node.value else {
            self.diagnostics.entry_wants_text(node.span, key);
            return None;
        };
        let clean = one_line(&clean_string(text));
        if clean.is_empty() {
            self.diagnostics.entry_wants_text(node.span, key);
            return None;
        }
        Some(clean.into())
    }

    /// What the entry is called in its main key and its aliases, as far as no other entry has taken it. Nothing
    /// where it is called nothing that can be found in a text. Looks over the keys, too.
    fn names(&mut self, main: &str, claimed: &mut Claimed) -> Option<(Box<str>, Vec<Box<str>>)> {
        let keys = self.list.keys;
        for Pair { key, key_span, .. } in self.node.pairs() {
            if !keys.contains(&key.as_str()) {
                self.diagnostics.unknown_entry_key(*key_span, key, nearest(key, keys.iter().copied()), keys);
            }
        }
        let name = self.text(main);
        if !self.has(main) {
            self.diagnostics.entry_without_name(self.node.span, self.list.table, main, self.list.example);
        }
        let mut aliases = Vec::new();
        let listed = self.node.get("aliases").map(|node| match &node.value {
            Raw::List(items) => items.as_slice(),
            _ => std::slice::from_ref(node),
        });
        for item in listed.into_iter().flatten() {
            aliases.extend(self.line("aliases", item).map(|alias| (alias, item.span)));
        }
        let (name, span) = name?;
        let main = self.claim(name, span, claimed)?;
        let own = aliases.into_iter().filter(|(alias, _)| !same_word(alias, &main)).collect::<Vec<_>>();
        let aliases = own.into_iter().filter_map(|(alias, span)| self.claim(alias, span, claimed)).collect();
        Some((main, aliases))
    }

    /// Takes a name, unless an entry has it or no text can have it.
    fn claim(&mut self, name: Box<str>, span: Span, claimed: &mut Claimed) -> Option<Box<str>> {
        if !name.starts_with(char::is_alphanumeric) {
            self.diagnostics.entry_without_letters(span, &name);
            return None;
        }
        if let Some((_, first)) = claimed.0.iter().find(|(taken, _)| same_word(taken, &name)) {
            self.diagnostics.entry_twice(span, *first, &name);
            return None;
        }
        claimed.0.push((name.clone(), span));
        Some(name)
    }

    /// Whether the entry has this key, or one that was meant to be it and is said already.
    fn has(&self, key: &str) -> bool {
        let keys = self.list.keys;
        let meant = |typed: &str| !keys.contains(&typed) && nearest(typed, keys.iter().copied()) == Some(key);
        self.node.pairs().iter().any(|pair| pair.key == key || meant(&pair.key))
    }

    fn without(&mut self, key: &str, name: &str) {
        if !self.has(key) {
            self.diagnostics.entry_without(self.node.span, key, name);
        }
    }
}

/// The place of a word in the glossary's page. The prefix keeps it apart from the page's own places.
fn anchor(term: &str, taken: &mut BTreeSet<Box<str>>) -> Box<str> {
    let slug = slug(term);
    let first = format!("term-{}", if slug.is_empty() { "word" } else { &slug });
    let numbered = (2..).map(|number| format!("{first}-{number}"));
    let free = std::iter::once(first.clone()).chain(numbered).find(|anchor| !taken.contains(anchor.as_str()));
    let anchor: Box<str> = free.unwrap_or(first).into();
    taken.insert(anchor.clone());
    anchor
}

/// `https://www.legislation.gov.uk/ukpga/1998/37`: the sort of law, its year and its number. What browsers show behind
/// it (`/contents`) goes.
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
    let sort = parts.first().is_some_and(|sort| sort.bytes().all(|byte| byte.is_ascii_lowercase()));
    // Acts before 1963 are counted by the years of a reign: `ukpga/Eliz2/10-11/64`.
    let fits = sort && matches!(parts.len(), 3 | 4) && parts.iter().all(plain);
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
            ("[[term]]\nterm = 5\nmeaning = 'y'", vec!["`term` should be words in quotes"]),
            ("[[term]]\nterm = ''\nmeaning = 'y'", vec!["`term` should be words in quotes"]),
            ("[[term]]\nterm = '–'\nmeaning = 'y'", vec!["“–” does not begin with a letter or a digit"]),
            ("[[term]]\nterm = 'x'\nmeening = 'y'", vec!["`meening` is no part of an entry"]),
            (
                "[[term]]\nterm = 'x'\nmeaning = 'y'\naliases = [5, ['z']]",
                vec!["`aliases` should be words in quotes"; 2],
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
