//! Whether a text may say anything of who may read it: most say nothing, and are not asked further.
//!
//! Input: a text, a paragraph, a line. Output: whether it has the words of a phrase. Not here: what the phrase says (`spoken.rs`), how many of
//! them are looked for at once (`needed.rs`), and the words (`words.toml`).

use std::sync::LazyLock;

use super::needed::{Needed, SENTENCE};
use super::words::{TEXT, TextWords};

/// The heading of a part of a meeting is not longer, in bytes.
const LONGEST_GATHERING: usize = 120;

/// What a text needs to say any of it.
static NEEDED: LazyLock<Needed> = LazyLock::new(|| {
    let text: &'static TextWords = &TEXT;
    let lists = [
        &text.whole,
        &text.opens,
        &text.loud,
        &text.marks,
        &text.sure,
        &text.ways,
        &text.meetings,
        &text.hints,
        &text.statutes,
        &text.within,
    ];
    let lists = lists.into_iter().chain([&text.sentence.states, &text.sentence.kept, &text.beside.kernels]);
    let lists = lists.chain([
        &text.composed.cores,
        &text.sitting.closes,
        &text.sitting.leaving,
        &text.sitting.closed,
        &text.sitting.began,
        &text.coloured,
    ]);
    let phrases = lists.flatten().map(|phrase| phrase.split('_').collect());
    let last = |phrase: &'static String| phrase.rsplit('_').next().unwrap_or_default();
    let each = |one: &'static [String], other: &'static [String]| {
        one.iter().flat_map(move |one| other.iter().map(move |other| (one, other)))
    };
    // Short words stand everywhere, and to find each of them costs more than to ask once too often.
    let long = |word: &&str| word.len() > 2;
    let words =
        |phrases: &[&'static String]| phrases.iter().flat_map(|phrase| phrase.split('_')).filter(long).collect();
    let leaving =
        each(&text.sitting.public, &text.sitting.gone).map(move |(public, gone)| vec![last(public), last(gone)]);
    let forbids = text.composed.forbids.iter().flat_map(move |language| each(&language.not, &language.shown));
    let forbids = forbids.map(move |(not, shown)| words(&[not, shown]));
    // Whoever forbids to show it there says both.
    let there = each(&text.beside.forbidding, &text.beside.showing)
        .flat_map(move |(not, showing)| text.beside.shown.iter().map(move |place| words(&[not, showing, place])));
    let removing = text.beside.removing.iter().chain(&text.beside.taking);
    let removing = removing.flat_map(move |verb| text.beside.public.iter().map(move |place| words(&[verb, place])));
    let closing = each(&text.sitting.closing, &text.sitting.closable)
        .flat_map(move |(verb, what)| text.sitting.public.iter().map(move |public| words(&[verb, what, public])));
    let turning = each(&text.sitting.closable, &text.sitting.turned).map(move |(what, state)| words(&[what, state]));
    let awaiting = each(&text.sentence.allowing, &text.sentence.going)
        .flat_map(move |(may, going)| text.sentence.awaiting.iter().map(move |time| words(&[may, going, time])));
    let near = there.chain(forbids).chain(leaving).chain(removing).chain(closing).chain(turning).chain(awaiting);
    Needed::of(phrases, (near, SENTENCE), &text.composed.stems)
});

impl TextWords {
    /// Whether a text has a phrase. What has none says nothing here: every answer below but that on names of files needs one whole
    /// phrase.
    pub(crate) fn may_speak(&self, text: &str) -> bool {
        // What was HTML has its signs escaped: then words are looked for on both sides of the signs, and across them.
        NEEDED.are_in(text) || (text.contains('\\') && NEEDED.are_in(&text.replace('\\', "")))
    }

    /// The same of a text of many paragraphs, none of which goes on from another; and in that of a meeting, whether a line may head a
    /// part of it that was private.
    pub(crate) fn may_speak_anywhere(&self, text: &str, meeting: bool) -> bool {
        let gathers = |line: &str| line.len() <= LONGEST_GATHERING && self.gathers(line);
        (self.may_speak(text) && text.split("\n\n").any(|paragraph| self.may_speak(paragraph)))
            || (meeting && text.lines().any(gathers))
    }
}
