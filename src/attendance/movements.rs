//! Who came later, left, came back, declared an interest or sat in another's place, as the sentences of minutes say it.
//!
//! Input: the leaves of a text, the words of a language. Output: [`Movement`]s, in the order of the text. Not
//! here: at which item a sentence stands (`parse::attendance`), and any phrase (`recognise/en.movements.toml`).
//!
//! A resident who left the gallery stays a word in the text: `parse::attendance` takes only those whom the minutes name as members,
//! officers or guests of the meeting, or by the title of an office.

use super::names::{Form, names};
use super::phrases::sentences;
use super::pieces::plain;
use crate::lexicon::Lexicon;
use crate::markdown::blocks::{Block, BlockKind, Blocks};
use crate::model::Movement;
use crate::recognise::facts::Fact;

/// So many movements of one text are looked for.
const MOST: usize = 200;

/// One sentence moves so many at most.
const MOST_NAMES: usize = 20;

/// The movements that the sentences of a text tell.
pub(crate) fn movements(blocks: &Blocks, lexicon: &Lexicon) -> Vec<Fact<Movement>> {
    let mut found = Vec::new();
    let speaks = |block: &&Block| block.quotes == 0 && !matches!(block.kind, BlockKind::Heading(_));
    for block in blocks.list.iter().filter(speaks) {
        let words = blocks.words_of(block);
        if found.len() >= MOST || !lexicon.fits("movement.hint", words) {
            continue;
        }
        for sentence in sentences(words, lexicon) {
            let typed = blocks.typed(&(block.words.start + sentence.start..block.words.start + sentence.end));
            let moved = in_sentence(without_label(&words[sentence.clone()]), lexicon);
            found.extend(moved.into_iter().map(|value| Fact { value, typed: typed.clone() }));
        }
    }
    found
}

/// A sentence without the number of its paragraph: `7.13 Councillor Low left`.
fn without_label(sentence: &str) -> &str {
    sentence.trim_start_matches(|sign: char| sign.is_whitespace() || sign.is_ascii_digit() || ".()".contains(sign))
}

/// What one sentence tells; nothing if it does not begin with names.
fn in_sentence(said: &str, lexicon: &Lexicon) -> Vec<Movement> {
    if lexicon.fits("movement.nobody", said) {
        return Vec::new();
    }
    let Some((pattern, captures)) = lexicon.find("movement", said) else { return Vec::new() };
    let group = |names: &[&str]| names.iter().find_map(|name| captures.name(name)).map(|group| group.as_str().trim());
    let Some(who) = group(&["who"]) else { return Vec::new() };
    let listed = names(who, Form::Line, MOST_NAMES, lexicon);
    if listed.prose || listed.list.is_empty() {
        return Vec::new();
    }
    let words = group(&["words"]);
    let item = group(&["item", "item2"]).or_else(|| item_in(words?, lexicon));
    let instead = group(&["instead"]).and_then(|instead| one_name(instead, lexicon));
    let movement = |name: String| Movement {
        name: name.into(),
        did: pattern.says.clone().unwrap_or_default(),
        item: item.map(Into::into),
        at: group(&["at"]).map(Into::into),
        instead: instead.clone(),
        words: words.map(Into::into),
    };
    listed.list.into_iter().map(|named| movement(named.name)).collect()
}

/// What stands beside the name of somebody in a list of those who were there: `Councillor Low (from item 4)`.
pub(crate) fn beside(entry: &str, lexicon: &Lexicon) -> Option<Movement> {
    let named = names(entry, Form::Entry, MOST_NAMES, lexicon);
    let [one] = named.list.as_slice() else { return None };
    let (pattern, captures) = lexicon.find("movement.beside", &entry[one.words.start.min(entry.len())..])?;
    let group = |name: &str| captures.name(name).map(|group| group.as_str().trim());
    Some(Movement {
        name: one.name.as_str().into(),
        did: pattern.says.clone()?,
        item: group("item").map(Into::into),
        at: group("at").map(Into::into),
        instead: group("instead").and_then(|instead| one_name(instead, lexicon)),
        words: None,
    })
}

/// An entry of a list of interests that were declared: `Councillor Low is a trustee of the club`. `None` if it begins with no name.
pub(crate) fn declaration(entry: &str, lexicon: &Lexicon) -> Option<Movement> {
    Some(Movement {
        name: first_name(entry, lexicon)?.into(),
        did: "declared".into(),
        item: item_in(entry, lexicon).map(Into::into),
        at: None,
        instead: None,
        words: Some(entry.trim().trim_end_matches('.').into()),
    })
}

/// The name with which an entry of a list begins: in `Councillor Low is a trustee of the club` the first two words.
fn first_name<'entry>(entry: &'entry str, lexicon: &Lexicon) -> Option<&'entry str> {
    let goes_on = |word: &&str| {
        let word = plain(word);
        lexicon.has("presence.particles", word) || word.starts_with(char::is_uppercase)
    };
    let end = entry
        .split_inclusive(char::is_whitespace)
        .take_while(|word| goes_on(&word.trim()))
        .map(str::len)
        .sum::<usize>();
    let words = entry[..end].trim().trim_end_matches([':', ',', '.', '–', '-']).trim();
    let words = words.split([',', ':', '–', '(']).next().unwrap_or(words).trim();
    (!words.is_empty() && !lexicon.fits("movement.nobody", words)).then_some(words)
}

fn item_in<'text>(words: &'text str, lexicon: &Lexicon) -> Option<&'text str> {
    let (_, captures) = lexicon.find("movement.item", words)?;
    captures.name("item").map(|group| group.as_str())
}

fn one_name(words: &str, lexicon: &Lexicon) -> Option<Box<str>> {
    let named = names(words, Form::Line, MOST_NAMES, lexicon);
    named.list.first().map(|one| one.name.as_str().into())
}

/// The names in a list of names: `Councillors Low and Hay` is two. What the words end in besides is left out.
pub(crate) fn several(words: &str, lexicon: &Lexicon) -> Vec<String> {
    names(words, Form::Line, MOST_NAMES, lexicon).list.into_iter().map(|one| one.name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::events::collect;

    fn read(text: &str) -> String {
        let events = collect(text);
        let blocks = Blocks::of(&events.list, 0);
        let lexicon = Lexicon::english();
        let found = movements(&blocks, lexicon).into_iter().map(|fact| {
            let Movement { name, did, item, at, instead, words } = fact.value;
            let more = [item, at, instead, words].into_iter().flatten();
            [name, did].into_iter().chain(more).map(Into::into).collect::<Vec<String>>().join(" ")
        });
        found.collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn clerks_say_who_came_and_went() {
        let mut wrong = Vec::new();
        for (text, said) in [
            ("Councillor Low joined the meeting at 10.15 am.", "Councillor Low joined 10.15 am"),
            ("Councillors Low and Hay left the meeting during item 5.", "Councillor Low left 5; Councillor Hay left 5"),
            ("Councillor Hay left the room during consideration of this item.", "Councillor Hay withdrew"),
            ("Councillor Hay returned to the meeting.", "Councillor Hay returned"),
            (
                "Councillor Low declared a non-pecuniary interest in item 6 as a governor of the school.",
                "Councillor Low declared 6 a non-pecuniary interest in item 6 as a governor of the school",
            ),
            ("Councillor Pim was substituting for Councillor Roe.", "Councillor Pim substituted Councillor Roe"),
            ("No member declared an interest.", ""),
            ("7.13 Councillor Low left the meeting at 8 pm.", "Councillor Low left 8 pm"),
            ("The county left the partnership. Councillor Low joined the partnership.", ""),
            ("Councillor Low said that a tenant had left the room in a bad state.", ""),
            ("> Councillor Low left the meeting.", ""),
        ] {
            let found = read(text);
            wrong.extend((found != said).then(|| format!("{text}\n  is {found}\n  not {said}")));
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn a_list_says_it_beside_the_name() {
        let said = |entry: &str| {
            let Movement { name, did, item, at, instead, .. } = beside(entry, Lexicon::english())?;
            Some(
                [Some(name), Some(did), item, at, instead]
                    .into_iter()
                    .flatten()
                    .map(Into::into)
                    .collect::<Vec<String>>()
                    .join(" "),
            )
        };
        for (entry, told) in [
            (
                "Councillor B Low (substituting for Councillor C Hay)",
                Some("Councillor B Low substituted Councillor C Hay"),
            ),
            ("Councillor B Low (from item 4)", Some("Councillor B Low joined 4")),
            ("Councillor B Low (left at 20:15)", Some("Councillor B Low left 20:15")),
            ("Jo Green, Head of Safer Communities", None),
            ("Councillor B Low", None),
        ] {
            assert_eq!(said(entry).as_deref(), told, "{entry}");
        }
        for (entry, name) in [
            ("Councillor Low is a trustee of the club.", Some("Councillor Low")),
            ("Councillor A Low – item 6 – governor", Some("Councillor A Low")),
            ("None.", None),
            ("There were none.", None),
        ] {
            assert_eq!(first_name(entry, Lexicon::english()), name, "{entry}");
        }
    }
}
