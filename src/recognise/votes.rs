//! Who moved, who seconded, and how many voted which way, as a sentence says it.
//!
//! Input: a sentence of the leaves of a text. Output: what it says, as [`Said`]. Not here: of which decision it speaks.

use std::ops::Range;

use super::findings::Said;
use crate::kind::Role;
use crate::lexicon::Lexicon;
use crate::markdown::blocks::Blocks;

/// What the sentence `words` says of mover, seconder and votes.
pub(crate) fn said(blocks: &Blocks, words: &Range<usize>, lexicon: &Lexicon) -> Vec<Said> {
    let text = &blocks.words[words.clone()];
    let place = |at: Range<usize>| words.start + at.start..words.start + at.end;
    let mut said = Vec::new();
    if let Some((_, found)) = lexicon.find("movers", text) {
        for (role, groups) in [(Role::Mover, ["mover", "first"]), (Role::Seconder, ["seconder", "second"])] {
            let range = groups.iter().find_map(|group| found.name(group)).map(|group| place(group.range()));
            said.extend(range.map(|range| Said::words(role, blocks, range)));
        }
    }
    for (role, name) in [(Role::Mover, "mover"), (Role::Seconder, "seconder")] {
        if said.iter().any(|one| one.role == role) {
            continue;
        }
        let who = lexicon.find(name, text).and_then(|(_, found)| found.name("who").map(|who| who.range()));
        let who = who.map(|who| without_stop(text, who, lexicon)).filter(|who| !who.is_empty());
        // "PROPOSED SALE OF LAND" names nobody.
        let titled = |who: &Range<usize>| {
            text[who.clone()]
                .split(' ')
                .any(|word| lexicon.has("no-name-words", word) && word != "the" && word != "The")
        };
        let who = who.filter(|who| !titled(who));
        // "Held on 2nd March", "the second Monday": no seconder.
        let ordinal = |who: &Range<usize>| {
            let before = text[..who.start].trim_end();
            lexicon.words("counts-two").any(|word| before.ends_with(word))
        };
        let who = who.filter(|who| !(ordinal(who) && lexicon.fits("not-seconder", &text[who.clone()])));
        said.extend(who.map(|who| Said::words(role, blocks, place(who))));
    }
    said.extend(
        tally(text, lexicon)
            .into_iter()
            .map(|(role, count, range)| Said::value(role, count.to_string(), blocks, &place(range))),
    );
    said
}

/// A name without the full stop of its sentence, and without words that begin what is said of them.
fn without_stop(text: &str, who: Range<usize>, lexicon: &Lexicon) -> Range<usize> {
    let name = &text[who.clone()];
    // "Mr. Quigley. Vote" is one name, and the next sentence.
    let next = name.match_indices(". ").find(|(at, _)| {
        let word = name[..*at].rsplit(' ').next().unwrap_or_default();
        word.chars().count() > 1 && !word.contains('.') && !lexicon.has("abbreviations", word)
    });
    if let Some((at, _)) = next {
        return who.start..who.start + at;
    }
    // "Cllr Reed and RESOLVED" is one name and what came of it.
    let more = name.rfind(" and ").filter(|at| {
        let word = name[at + " and ".len()..].trim_end_matches('.');
        word.len() > 3 && !word.contains(' ') && (word == word.to_uppercase() || word == "Seconded")
    });
    if let Some(more) = more {
        return who.start..who.start + more;
    }
    // "Moved: Cr Reed Seconded: Cr Hale" is two names.
    let last = name.rfind(' ').filter(|at| lexicon.has("after-names", name[at + 1..].trim_end_matches('.')));
    if let Some(last) = last {
        return who.start..who.start + last;
    }
    let stop = name.ends_with('.') && name.rsplit([' ', '.']).nth(1).is_some_and(|last| last.chars().count() > 1);
    let end = who.end - usize::from(stop);
    who.start..end
}

/// How many voted which way, and where it is said.
pub(crate) fn tally(text: &str, lexicon: &Lexicon) -> Vec<(Role, usize, Range<usize>)> {
    const SIDES: [(Role, &str); 3] = [(Role::For, "for"), (Role::Against, "against"), (Role::Abstained, "abstained")];
    let mut counts: Vec<(Role, usize, Range<usize>)> = Vec::new();
    if let Some((_, found)) = lexicon.find("votes", text) {
        for (role, side) in SIDES {
            let count = found.name(side).and_then(|group| Some((role, count(group.as_str(), lexicon)?, group.range())));
            counts.extend(count);
        }
    }
    // "Lost by three votes to two": those against it are named first.
    if let [(Role::For, more, _), (Role::Against, fewer, _), ..] = counts.as_mut_slice()
        && more > fewer
        && lexicon.fits("lost-by", text)
    {
        std::mem::swap(more, fewer);
    }
    let counted = !counts.is_empty();
    // A roll call names each; counts beside it say more.
    let roll = if counted { Vec::new() } else { roll(text, lexicon) };
    if !roll.is_empty() {
        return roll;
    }
    for (role, side) in SIDES {
        if counts.iter().any(|one| one.0 == role) || (counted && role != Role::Abstained) {
            continue;
        }
        let found = lexicon.worth_trying(side, text).into_iter().find_map(|pattern| {
            let found = pattern.captures(text)?;
            let range = found.get(0)?.range();
            if text[..range.start].to_lowercase().trim_end().ends_with(" no")
                || text[..range.start].to_lowercase().trim_end() == "no"
            {
                return None;
            }
            // "All but Reed in favour": those before are the others. The pattern that begins with "all" counts whom it names.
            if found
                .name("names")
                .is_some_and(|names| lexicon.fits("spared", text[..names.start()].trim_end()) && role == Role::For)
            {
                return None;
            }
            let number = found.name("count").and_then(|group| count(group.as_str(), lexicon));
            let number = number.or_else(|| found.name("names").and_then(|group| names(group.as_str(), lexicon)));
            Some((role, number?, range))
        });
        counts.extend(found);
    }
    counts
}

/// A number in figures or in words.
fn count(word: &str, lexicon: &Lexicon) -> Option<usize> {
    let word = word.to_lowercase();
    word.parse().ok().or_else(|| match word.as_str() {
        "zero" | "none" => Some(0),
        _ => lexicon.position("amounts", &word),
    })
}

/// How many names a list of names has; `None` if it does not name everybody.
fn names(list: &str, lexicon: &Lexicon) -> Option<usize> {
    // A line that ends after a title goes on with its name.
    let list = &list.replace(".\n", ". ");
    let list = list.trim().trim_end_matches(['.', ')']).trim();
    if lexicon.fits("nobody", list) {
        return Some(0);
    }
    let last = list.rsplit(' ').next().unwrap_or_default().to_lowercase();
    if lexicon.fits("everybody", list) || lexicon.has("no-voters", &last) {
        return None;
    }
    let parts = list.split([',', ';', '&', '\n']).flat_map(|part| part.split(" and "));
    let named = |part: &&str| part.trim().starts_with(|first: char| first.is_uppercase() || first == '@');
    let (count, all) = parts
        .filter(|part| !part.trim().is_empty() && !lexicon.has("no-voters", part.trim()))
        .fold((0, true), |(count, all), part| (count + 1, all && named(&part)));
    (all && count > 0).then_some(count)
}

/// The votes of a roll call, one after each name.
fn roll(text: &str, lexicon: &Lexicon) -> Vec<(Role, usize, Range<usize>)> {
    let Some(pattern) = lexicon.worth_trying("roll", text).first().copied() else { return Vec::new() };
    let mut counts = [(Role::For, 0), (Role::Against, 0), (Role::Abstained, 0)];
    for found in pattern.all_captures(text) {
        let side = match found["vote"].to_lowercase().as_bytes() {
            [b'y', ..] | [b'a', b'y', ..] => 0,
            [b'n', ..] => 1,
            [b'a', b'b', b's', b't', ..] => 2,
            _ => continue,
        };
        counts[side].1 += 1;
    }
    let voted = counts.iter().map(|(_, count)| count).sum::<usize>();
    // Two or more names with their votes are a roll call; one is a sentence.
    if voted < 2 {
        return Vec::new();
    }
    counts.into_iter().map(|(role, count)| (role, count, 0..text.len())).collect()
}
