//! Requests not to show something, of whatever words they are made: "[Ann, please don't put this bit up]", "Names to come out before
//! this goes online", "The remainder of this item is for trustees' eyes only".
//!
//! Input: a paragraph, a heading, an item. Output: the clauses that ask for it, and what each of them speaks of. Not here: phrases that are
//! listed whole (`spoken.rs`), what is held back (`disclosure`), and the words (`words.toml`).
//!
//! A clause asks for it with a word that denies and an act of showing ("must not be shared"), with one that keeps and a state ("keep this
//! between ourselves"), with one that removes and an act or a place ("leave the next paragraph off the site"), or with readers and
//! "only". It is sure if it asks at all and points at its own text, or stands apart and says nothing else; it is in doubt if it speaks of
//! something that a text has; else it is about something else.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use super::clauses::{Clause, clauses};
use super::needed::{ByWord, each_word};
use super::spoken::Phrase;
use super::words::{TEXT, TextWords};
use crate::language::letters;

/// So far behind a word that denies stands what is not to be done.
const NEAR: usize = 8;

/// So far behind an act without a place of its own stands the place.
const PLACED: usize = 6;

/// So far from each other stand, in bytes, the two words without which nothing is asked.
const WITHIN: usize = 120;

/// A clause that stands apart and says nothing else has so many words at most.
const LONGEST: usize = 24;

/// What a word is in a clause that asks for something: a set of these.
type Sorts = u64;
const NOT: Sorts = 1;
const MUST: Sorts = 1 << 1;
const ACT: Sorts = 1 << 2;
const PLACED_ACT: Sorts = 1 << 3;
const PLACE: Sorts = 1 << 4;
const KEEP: Sorts = 1 << 5;
const STATE: Sorts = 1 << 6;
const REMOVE: Sorts = 1 << 7;
const TAKE: Sorts = 1 << 8;
const OUT: Sorts = 1 << 9;
const BEFORE: Sorts = 1 << 10;
const ONLY: Sorts = 1 << 11;
const READER: Sorts = 1 << 12;
const THIS: Sorts = 1 << 13;
const NEXT: Sorts = 1 << 14;
const REST: Sorts = 1 << 15;
const BACK: Sorts = 1 << 16;
const ONWARD: Sorts = 1 << 17;
const THING: Sorts = 1 << 18;
const TOLD: Sorts = 1 << 19;
const POLITE: Sorts = 1 << 20;
const AGENT: Sorts = 1 << 21;
const WISH: Sorts = 1 << 22;
const AROUND: Sorts = 1 << 23;
const NARRATED: Sorts = 1 << 24;
const FOR: Sorts = 1 << 25;
const PUT: Sorts = 1 << 26;
const UP: Sorts = 1 << 27;
const RISES: Sorts = 1 << 28;
const DO: Sorts = 1 << 29;
const SURELY: Sorts = 1 << 30;
const NOBODY: Sorts = 1 << 31;
const STAYS: Sorts = 1 << 32;
const ORDER: Sorts = 1 << 33;
const WHY: Sorts = 1 << 34;
const TO: Sorts = 1 << 35;
const MAY: Sorts = 1 << 36;
const YOURS: Sorts = 1 << 37;
const ARTICLE: Sorts = 1 << 38;
const PRESENT: Sorts = 1 << 39;
const CONFIDES: Sorts = 1 << 40;
const DEFERS: Sorts = 1 << 41;
const FUTURE: Sorts = 1 << 42;
const CONSENT: Sorts = 1 << 43;
const POINTER: Sorts = THIS | NEXT | REST | BACK | ONWARD;

/// All phrases by what they are.
static SORTS: LazyLock<HashMap<&'static str, Sorts>> = LazyLock::new(|| {
    let (text, asked): (&'static TextWords, _) = (&TEXT, &TEXT.asked);
    let lists = [
        (&asked.not, NOT),
        (&asked.nobody, NOT | NOBODY),
        (&asked.must_not, NOT | MUST),
        (&asked.do_not, NOT | DO),
        (&asked.may, MAY),
        (&asked.yours, YOURS),
        (&asked.articles, ARTICLE | AROUND),
        (&asked.present, PRESENT | TOLD),
        (&asked.confiding, CONFIDES | STATE),
        (&asked.deferring, DEFERS),
        (&asked.will_not, NOT | FUTURE),
        (&asked.no_consent, NOT | MUST | CONSENT),
        (&asked.staying, KEEP | STAYS),
        (&asked.ordering, ORDER),
        (&asked.why, WHY),
        (&asked.to, TO),
        (&asked.ahead, BEFORE | SURELY),
        (&asked.must, MUST),
        (&asked.acts, ACT),
        (&asked.placed, PLACED_ACT),
        (&asked.places, PLACE),
        (&asked.keeping, KEEP),
        (&asked.states, STATE),
        (&asked.removing, REMOVE),
        (&asked.taking, TAKE),
        (&asked.out, OUT),
        (&asked.before, BEFORE),
        (&asked.only, ONLY),
        (&text.circulation.readers, READER),
        (&asked.this, THIS),
        (&asked.next, NEXT),
        (&asked.rest, REST),
        (&asked.back, BACK),
        (&asked.onward, ONWARD),
        (&text.sentence.things, THING),
        (&asked.things, THING),
        (&asked.told, TOLD),
        (&asked.polite, POLITE),
        (&asked.agents, AGENT),
        (&asked.wishing, WISH),
        (&asked.around, AROUND),
        (&asked.narrated, NARRATED),
        (&asked.reaching, FOR),
        (&asked.putting, PUT | PLACED_ACT),
        (&asked.up, UP),
        (&asked.rising, RISES | ACT),
    ];
    let mut sorts = HashMap::new();
    for (list, sort) in lists {
        list.iter().for_each(|phrase| *sorts.entry(phrase.as_str()).or_insert(0) |= sort);
    }
    sorts
});

/// What a word of a text is for `may_ask`: what is not to be done, or who alone may read; that something is asked, or "only".
const SHOWN: u8 = 1;
const ASKING: u8 = 1 << 1;
const READS: u8 = 1 << 2;
const ALONE: u8 = 1 << 3;

/// The words of which two have to stand near each other in a text, with what each of them is.
static NEEDED: LazyLock<ByWord<u8>> = LazyLock::new(|| {
    let asked = &TEXT.asked;
    let last = |phrase: &'static String| phrase.rsplit('_').next().unwrap_or_default();
    let first = |phrase: &'static String| phrase.split('_').next().unwrap_or_default();
    let shown = [&asked.acts, &asked.places, &asked.states, &asked.putting]
        .into_iter()
        .flatten()
        .map(|phrase| (last(phrase), SHOWN));
    let asking = [
        &asked.not,
        &asked.nobody,
        &asked.must_not,
        &asked.do_not,
        &asked.keeping,
        &asked.staying,
        &asked.removing,
        &asked.taking,
    ];
    let asking = asking.into_iter().flatten().map(|phrase| (first(phrase), ASKING));
    let asking = asking.chain(asked.deferring.iter().map(|phrase| (last(phrase), ASKING)));
    let confiding = asked.confiding.iter().map(|phrase| (last(phrase), SHOWN | ASKING));
    let alone = asked.only.iter().map(|phrase| (last(phrase), ALONE));
    let readers = TEXT.circulation.bodies.iter().map(|phrase| (last(phrase), READS));
    let mut words = ByWord::<u8>::default();
    for (word, is) in shown.chain(asking).chain(confiding).chain(alone).chain(readers) {
        *words.entry(word.as_bytes().into()).or_insert(0) |= is;
    }
    words
});

/// A clause that asks not to show something.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Asked {
    /// Where it stands.
    pub(crate) place: Range<usize>,
    /// What it speaks of; `None` if that is in doubt.
    pub(crate) phrase: Option<Phrase>,
}

/// One word of a clause, or several that are one phrase.
struct Word {
    sorts: Sorts,
    /// Whether a sign stands before it, or nothing.
    fresh: bool,
}

/// The words by which a clause asks, from the first to the last.
struct Asking {
    from: usize,
    to: usize,
}

impl TextWords {
    /// Whether a text has words by which something may be asked.
    pub(crate) fn may_ask(&self, text: &str) -> bool {
        let mut last: [Option<usize>; 4] = [None; 4];
        // Each sort is needed beside the one with the next number.
        let asks = |word: &[u8], place: Range<usize>| {
            let is = NEEDED.get(word)?;
            [(0, 1), (1, 0), (2, 3), (3, 2)].into_iter().filter(|(sort, _)| is & 1 << sort != 0).find_map(
                |(sort, other)| {
                    let near = last[other].is_some_and(|other: usize| place.start.abs_diff(other) <= WITHIN);
                    last[sort] = Some(place.end);
                    near.then_some(())
                },
            )
        };
        each_word(text.as_bytes(), asks).is_some()
    }

    /// The clauses of a paragraph, or of a heading, that ask not to show something.
    pub(crate) fn asked_in(&self, typed: &str, heading: bool) -> Vec<Asked> {
        if !self.may_ask(typed) || self.denies(typed) {
            return Vec::new();
        }
        let clauses = clauses(typed);
        // "It was not to be published until May; it has since been published."
        let is_lifted = |clause: &Clause| self.is_lifted(&typed[clause.range.clone()]);
        let all = clauses.iter().filter(|clause| is_lifted(clause)).count();
        let lifted = |own: &Clause| all > usize::from(is_lifted(own));
        let asked = clauses.iter().filter_map(|clause| Some((clause, self.asks(typed, clause, heading)?)));
        asked.filter(|(clause, _)| !lifted(clause)).map(|(_, asked)| asked).collect()
    }

    /// What a paragraph that asks not to show something speaks of, if that is sure.
    pub(crate) fn asked(&self, typed: &str, heading: bool) -> Option<Phrase> {
        self.asked_in(typed, heading).into_iter().find_map(|asked| asked.phrase)
    }

    fn asks(&self, typed: &str, clause: &Clause, heading: bool) -> Option<Asked> {
        let words = words(&typed[clause.range.clone()]);
        let asking = asking(&words)?;
        let trimmed = typed[clause.range.clone()].trim_matches(|sign: char| !sign.is_alphanumeric());
        let start = trimmed.as_ptr() as usize - typed.as_ptr() as usize;
        let place = start..start + trimmed.len();
        let all_known = words.len() <= LONGEST && words.iter().all(|word| word.sorts != 0);
        let (bare, has) =
            (&words[asking.from..=asking.to], |sorts: Sorts| words.iter().any(|word| word.sorts & sorts != 0));
        // "Do not share needles" is about something else, "not to be shared until they have met" is not.
        let known = words[..=asking.to].iter().all(|word| word.sorts != 0);
        let goes_on = words.get(asking.to + 1).is_none_or(|word| word.sorts & (WHY | BEFORE) != 0);
        // "The minutes should not be published until they are agreed" may be a rule.
        let definite = words[0].sorts & ARTICLE != 0 && words[..asking.from].iter().any(|word| word.sorts & THING != 0);
        let apart = clause.apart && !definite && (all_known || (known && !heading && (clause.opens || goes_on)));
        let defers = bare.last().is_some_and(|word| word.sorts & DEFERS != 0) && bare[0].sorts & ACT != 0;
        let apart = (apart && !defers) || bare[0].sorts & CONFIDES != 0;
        let pointer = pointer(&words, &asking);
        let ordered = words[..asking.from].iter().any(|word| word.sorts & ORDER != 0);
        let stays = pointer.is_some_and(|at| at < asking.from) && words[asking.from].sorts & STAYS != 0;
        let wish = words[..asking.from].iter().any(|word| word.sorts & WISH != 0);
        let states = pointer.is_some_and(|at| at < asking.from) && words[asking.from].sorts & (REMOVE | KEEP) != 0;
        let states = states && asking.from > 0 && words[asking.from - 1].sorts & PRESENT != 0;
        let told = !ordered && !wish && !states && is_told(&words, &asking);
        let directs = !told && (ordered || stays || states || directs(&words, &asking));
        let onward = pointer.is_some_and(|at| words[at].sorts & (NEXT | REST | ONWARD) != 0);
        let narrated = words[..asking.from].iter().any(|word| word.sorts & (WISH | NARRATED) != 0) && !onward;
        let agent = |word: &Word| word.sorts & AGENT != 0;
        let by_somebody = words.first().is_some_and(agent) || words[..asking.from].last().is_some_and(agent);
        let future = bare[0].sorts & FUTURE != 0;
        let weak = by_somebody || future || (states && !onward);
        if (future && bare.iter().any(|word| word.sorts == 0)) || (defers && pointer.is_none()) {
            return None;
        }
        let yours = bare.iter().any(|word| word.sorts & YOURS != 0);
        let sure = directs && !narrated && !weak && !yours && (pointer.is_some() || apart);
        if sure {
            let phrase = phrase(&words, pointer, clause);
            return Some(Asked { place, phrase: Some(phrase) });
        }
        let is = |at: usize, sorts: Sorts| words[at].sorts & sorts != 0;
        let rises = is(asking.to, RISES) && is(asking.from, NOT);
        // "Remove the old plan from the website" is a task.
        let removes = is(asking.from, REMOVE | TAKE) && !bare.iter().any(|word| word.sorts & SURELY != 0);
        let wished = !told && has(THING | POINTER) && (wish || (narrated && directs));
        let speaks = all_known || (!heading && (has(THING | POINTER) || (clause.set && known)));
        let points = pointer.is_some() || !(by_somebody || future);
        let consent = bare[0].sorts & CONSENT != 0;
        let doubted = !removes && !rises && !yours && (consent || wished || (directs && points && speaks));
        doubted.then_some(Asked { place, phrase: None })
    }
}

/// The words of a clause, phrases as one.
fn words(clause: &str) -> Vec<Word> {
    const LONGEST_PHRASE: usize = 5;
    let mut typed: Vec<(String, bool)> = Vec::new();
    let (mut start, mut fresh) = (None, true);
    let is_inner = |at: usize| clause[at..].chars().nth(1).is_some_and(char::is_alphanumeric);
    for (at, sign) in clause.char_indices().chain([(clause.len(), ' ')]) {
        let inside = sign.is_alphanumeric() || (start.is_some() && matches!(sign, '\'' | '’') && is_inner(at));
        match start {
            None if inside => start = Some(at),
            Some(from) if !inside => {
                typed.push((letters::name(&clause[from..at]), fresh));
                (start, fresh) = (None, false);
            }
            _ => {}
        }
        fresh |= !inside && matches!(sign, ',' | ':' | '"' | '“' | '\n');
    }
    let (mut words, mut at) = (Vec::new(), 0);
    while at < typed.len() {
        let longest = (1..=LONGEST_PHRASE.min(typed.len() - at)).rev();
        let found = longest.into_iter().find_map(|count| {
            let names: Vec<&str> = typed[at..at + count].iter().map(|(name, _)| name.as_str()).collect();
            SORTS.get(names.join("_").as_str()).map(|sorts| (*sorts, count))
        });
        let counts = typed[at].0.bytes().all(|sign| sign.is_ascii_digit());
        let (sorts, count) = found.unwrap_or((if counts { AROUND } else { 0 }, 1));
        words.push(Word { sorts, fresh: typed[at].1 });
        at += count;
    }
    words
}

/// The first word from `from` on, among so many, that is one of these.
fn next(words: &[Word], from: usize, within: usize, sorts: Sorts) -> Option<usize> {
    words.iter().skip(from).take(within).position(|word| word.sorts & sorts != 0).map(|at| from + at)
}

/// The words by which a clause asks not to show something.
fn asking(words: &[Word]) -> Option<Asking> {
    (0..words.len()).find_map(|from| {
        let is = |sorts: Sorts| words[from].sorts & sorts != 0;
        let denied = || {
            let act = next(words, from + 1, NEAR, ACT);
            let placed = || {
                let act = next(words, from + 1, NEAR, PLACED_ACT)?;
                let up = || next(words, act + 1, PLACED, UP).filter(|_| words[act].sorts & PUT != 0);
                // "Nobody outside the board should see this"
                let before = || next(words, from + 1, act - from, PLACE).map(|_| act);
                let following = || next(words, act + 1, 3, NEXT | ONWARD);
                next(words, act + 1, PLACED, PLACE).or_else(up).or_else(before).or_else(following)
            };
            // "Not for the website"
            let place = || {
                let reaches = words.get(from + 1).is_some_and(|word| word.sorts & FOR != 0);
                next(words, from + 1, PLACED, PLACE).filter(|_| reaches)
            };
            act.or_else(placed).or_else(place)
        };
        let kept = || next(words, from + 1, NEAR, STATE);
        let shown = |at: usize| next(words, at + 1, NEAR, ACT | PLACE);
        let removed = || {
            let before = || next(words, from + 1, 2 * NEAR, BEFORE).and_then(shown);
            // "Left out of the published minutes", "website version to omit this item"
            let from_there = || {
                next(words, from + 1, 3, PLACE)
                    .or_else(|| next(words, from.saturating_sub(NEAR), NEAR.min(from), PLACE).map(|_| from))
            };
            before().or_else(from_there)
        };
        let taken = || {
            let out = next(words, from + 1, NEAR, OUT)?;
            next(words, out + 1, 3, PLACE).or_else(|| next(words, out + 1, NEAR, BEFORE).and_then(shown))
        };
        // "For trustees' eyes only"
        let reserved = || {
            let only = next(words, from + 1, NEAR, ONLY)?;
            let between = &words[from + 1..only];
            let readers = between.iter().any(|word| word.sorts & READER != 0);
            (readers && between.iter().all(|word| word.sorts & (READER | AROUND) != 0)).then_some(only)
        };
        // "Publication of this report is deferred until the contract is let"
        let deferred = || {
            let deferring = next(words, from + 1, NEAR, DEFERS)?;
            let told = words[from..deferring].iter().any(|word| word.sorts & (TOLD | PRESENT) == TOLD);
            (!told).then_some(deferring)
        };
        // "Between ourselves, he will lose"
        let confided = from == 0 && is(CONFIDES) && words.get(1).is_some_and(|word| word.fresh);
        let to = is(NOT)
            .then(denied)
            .flatten()
            .or_else(|| is(KEEP).then(kept).flatten())
            .or_else(|| is(REMOVE).then(removed).flatten())
            .or_else(|| is(TAKE).then(taken).flatten())
            .or_else(|| is(FOR).then(reserved).flatten())
            .or_else(|| is(ACT).then(deferred).flatten())
            .or_else(|| confided.then_some(from))?;
        Some(Asking { from, to })
    })
}

/// Whether a clause tells what was not shown, or what is not, and asks for nothing: "It was not published".
fn is_told(words: &[Word], asking: &Asking) -> bool {
    let before = asking.from.checked_sub(1).is_some_and(|before| words[before].sorts & TOLD != 0);
    let orders = words[asking.from..=asking.to].iter().any(|word| word.sorts & MUST != 0);
    let reaches = words.get(asking.from + 1).is_some_and(|word| word.sorts & FOR != 0);
    let reserves = words[asking.from].sorts & FOR != 0;
    let withheld_until = reaches && words[asking.from].sorts & NOT != 0;
    before && !(orders || reserves || withheld_until)
}

/// Whether a clause asks for something: it begins with that, somebody is asked for it, or it must be done; or it has no verb.
fn directs(words: &[Word], asking: &Asking) -> bool {
    let first = &words[asking.from];
    let is = |sorts: Sorts| first.sorts & sorts != 0;
    let before = asking.from.checked_sub(1).map(|before| &words[before]);
    // "Clerk to remove names before uploading"
    let task = is(REMOVE | TAKE | KEEP) && before.is_some_and(|word| word.sorts & TO != 0) && asking.from <= 4;
    let begins = first.fresh || task || before.is_some_and(|word| word.sorts & POLITE != 0);
    // What must be done stands between the same signs.
    let near = (asking.from.saturating_sub(4)..asking.from).rev().take_while(|at| !words[at + 1].fresh);
    // What may be kept private need not be.
    let may = |at: usize| words[at].sorts & MAY != 0;
    let may = is(NOT) && (near.clone().any(may) || (!is(AROUND) && (asking.from..=asking.to).any(may)));
    let must = may || near.chain(asking.from..=asking.to).any(|at| words[at].sorts & MUST != 0);
    let verbless = is(FOR) || words.get(asking.from + 1).is_some_and(|word| word.sorts & FOR != 0);
    let adjacent = asking.to <= asking.from + 2 && words[asking.from..=asking.to].iter().all(|word| word.sorts != 0);
    let told = before.is_some_and(|word| word.sorts & TOLD != 0);
    match () {
        () if is(NOBODY) => must,
        () if is(FUTURE) => true,
        () if is(NOT) && !is(DO | MUST) && is(AROUND) => must || (verbless && (begins || told)),
        () if is(NOT) && !is(DO | MUST) => must || (begins && adjacent),
        () if is(ACT) && !is(KEEP | REMOVE | TAKE) => true,
        () => begins || must || is(FOR),
    }
}

/// The word by which a clause points at its own text, or at what is beside it.
fn pointer(words: &[Word], asking: &Asking) -> Option<usize> {
    let last = (asking.to + 4).min(words.len());
    let points = |at: &usize| {
        let word = &words[*at];
        let thing = || next(words, at + 1, 3, THING).is_some();
        // "This must not be shared", "put this online", "what follows is confidential"
        let alone = || match words.get(at + 1) {
            Some(behind) => behind.sorts & !(THING | READER) != 0,
            None => true,
        };
        match word.sorts & POINTER {
            0 => false,
            ONWARD => true,
            THIS => thing() || alone(),
            // "The details below", "not to report the following"
            _ => thing() || at + 1 == words.len() || *at > 0 && words[at - 1].sorts & THING != 0,
        }
    };
    (0..last).find(points)
}

/// What a clause speaks of that points at something, or at nothing.
fn phrase(words: &[Word], pointer: Option<usize>, clause: &Clause) -> Phrase {
    let alone = if clause.alone { Phrase::Below } else { Phrase::Own };
    let Some(at) = pointer else { return alone };
    let is = |sorts: Sorts| words[at].sorts & sorts != 0;
    match () {
        () if is(ONWARD) => Phrase::Opened,
        () if is(BACK) && clause.alone => Phrase::Before,
        () if is(NEXT) && clause.alone => Phrase::Next,
        () => alone,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_are_understood_whatever_words_they_are_made_of() {
        for typed in [
            "[Ann, please don't put this bit up.]",
            "Names to come out before this goes online: Numbat.",
            "The remainder of this item is for trustees' eyes only.",
            "Please keep this within the committee for now.",
            "Nothing in this section may be repeated outside the room.",
            "The following discussion is not for the minutes.",
            "Nobody outside the board should see this section.",
            "Circulation: Chair, Clerk. No wider sharing.",
            "It is a condition that this paper is not passed to the press.",
            "Between ourselves, Numbat will lose.",
            "Publication of this report is deferred until the contract is let.",
        ] {
            assert!(TEXT.asked(typed, false).is_some(), "{typed}");
        }
        for typed in [
            "Members shall not disclose these papers to the press.",
            "The chair asked that her name not be published.",
            "The minutes should not be published until they have been agreed.",
        ] {
            let asked = TEXT.asked_in(typed, false);
            assert!(asked.len() == 1 && asked[0].phrase.is_none(), "{typed}: {asked:?}");
        }
        for typed in [
            "The report was not published before the meeting.",
            "Personal data must not be put on the website without consent.",
            "Do not share needles.",
            "Please remove personal details from your letter before we publish it.",
            "The bins should not be put out before seven.",
            "Prices should not go up.",
            "Nothing at the forum is off the record.",
            "The pool is for members only on Fridays.",
            "Bins should be shared between flats and not left outside.",
            "Version 24 release delayed.",
        ] {
            assert_eq!(TEXT.asked_in(typed, false), [], "{typed}");
        }
    }
}
