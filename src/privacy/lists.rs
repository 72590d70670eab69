//! The lists of `words.toml` that speak of a text, as the file has them; what each is for stands there.
//!
//! Input: the file. Output: [`TextWords`]. Not here: what a line says by them (`spoken.rs`).

use serde::Deserialize;

/// The words of privacy in a text.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TextWords {
    pub(crate) braces: Vec<String>,
    pub(crate) exempt_keys: Vec<String>,
    pub(crate) drawn: Vec<String>,
    pub(crate) limbs: Vec<String>,
    pub(crate) opens: Vec<String>,
    pub(crate) whole: Vec<String>,
    pub(crate) folders: Vec<String>,
    pub(crate) strong: Vec<String>,
    pub(crate) last: Vec<String>,
    pub(crate) sittings: Vec<String>,
    pub(crate) unsettled: Vec<String>,
    pub(crate) shouted: Vec<String>,
    pub(crate) remarks: Vec<String>,
    pub(crate) fillers: Vec<String>,
    pub(crate) loud: Vec<String>,
    pub(crate) marks: Vec<String>,
    pub(crate) meetings: Vec<String>,
    pub(crate) column_things: Vec<String>,
    pub(crate) foreign: Vec<String>,
    pub(crate) foreign_items: Vec<String>,
    pub(crate) foreign_texts: Vec<String>,
    pub(crate) coloured: Vec<String>,
    pub(crate) thirds: Vec<String>,
    pub(crate) narrates: Vec<String>,
    pub(crate) parts: Vec<String>,
    pub(crate) sessions: Vec<String>,
    pub(crate) ends: Vec<String>,
    pub(crate) exclusion: Vec<Vec<String>>,
    pub(crate) within: Vec<String>,
    pub(crate) within_meeting: Vec<String>,
    pub(crate) who: Vec<String>,
    pub(crate) tells: Vec<String>,
    pub(crate) spoilers: Vec<[String; 2]>,
    pub(crate) signs: Vec<String>,
    pub(crate) reopening: Vec<String>,
    pub(crate) rulebooks: Vec<String>,
    pub(crate) topics: Vec<String>,
    pub(crate) ruling: Vec<String>,
    pub(crate) records: Vec<String>,
    pub(crate) items: Vec<String>,
    pub(crate) captions: Vec<String>,
    pub(crate) verbs: Vec<String>,
    pub(crate) sure: Vec<String>,
    pub(crate) law: Vec<String>,
    pub(crate) statutes: Vec<String>,
    pub(crate) papers: Vec<String>,
    pub(crate) ways: Vec<String>,
    pub(crate) subjects: Vec<String>,
    pub(crate) begin: Vec<String>,
    pub(crate) end: Vec<String>,
    pub(crate) nothing: Vec<String>,
    pub(crate) minutes: Vec<String>,
    pub(crate) confirming: Vec<String>,
    pub(crate) nothing_for: Vec<String>,
    pub(crate) excepting: Vec<String>,
    pub(crate) denying: Vec<String>,
    pub(crate) upholding: Vec<String>,
    pub(crate) lifted: Vec<String>,
    pub(crate) lawful: Vec<String>,
    pub(crate) clauses: Vec<String>,
    pub(crate) forms: Vec<String>,
    pub(crate) parts_of_paper: Vec<String>,
    pub(crate) hints: Vec<String>,
    pub(crate) telling: Vec<String>,
    pub(crate) closing: Vec<String>,
    pub(crate) shut: Vec<String>,
    pub(crate) reserving: Vec<String>,
    pub(crate) gatherings: Vec<String>,
    pub(crate) over: Vec<String>,
    pub(crate) sentence: Sentence,
    pub(crate) beside: Beside,
    pub(crate) legend: Legend,
    pub(crate) sitting: Sitting,
    pub(crate) circulation: Circulation,
    pub(crate) composed: Composed,
    pub(crate) asked: AskedWords,
    pub(crate) holding: Holding,
    pub(crate) clock: Clock,
}

/// The words of a time beside a day.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Clock {
    pub(crate) joining: Vec<String>,
    pub(crate) morning: Vec<String>,
    pub(crate) afternoon: Vec<String>,
    pub(crate) noon: Vec<String>,
    pub(crate) midnight: Vec<String>,
}

/// The parts of a sentence that says that a meeting went into a closed session.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Sitting {
    pub(crate) closing: Vec<String>,
    pub(crate) opening: Vec<String>,
    pub(crate) closable: Vec<String>,
    pub(crate) to: Vec<String>,
    pub(crate) turning: Vec<String>,
    pub(crate) turned: Vec<String>,
    pub(crate) turned_back: Vec<String>,
    pub(crate) entering: Vec<String>,
    pub(crate) leaving_from: Vec<String>,
    pub(crate) articles: Vec<String>,
    pub(crate) ending: Vec<String>,
    pub(crate) begun: Vec<String>,
    pub(crate) ended: Vec<String>,
    pub(crate) returning: Vec<String>,
    pub(crate) resumed: Vec<String>,
    pub(crate) between: Vec<String>,
    pub(crate) from: Vec<String>,
    pub(crate) closed: Vec<String>,
    pub(crate) open: Vec<String>,
    pub(crate) began: Vec<String>,
    pub(crate) public: Vec<String>,
    pub(crate) aux: Vec<String>,
    pub(crate) gone: Vec<String>,
    pub(crate) without: Vec<String>,
    pub(crate) back: Vec<String>,
    pub(crate) first: Vec<String>,
    pub(crate) closes: Vec<String>,
    pub(crate) leaving: Vec<String>,
    pub(crate) why: Vec<String>,
    pub(crate) voting: Vec<String>,
}

/// The words of marks of which each is known.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Composed {
    pub(crate) cores: Vec<String>,
    pub(crate) stems: Vec<String>,
    pub(crate) around: Vec<String>,
    pub(crate) weak: Vec<String>,
    pub(crate) about: Vec<String>,
    pub(crate) owning: Vec<String>,
    pub(crate) sure_stems: Vec<String>,
    pub(crate) harmless: Vec<String>,
    pub(crate) forbids: Vec<Forbids>,
}

/// The parts of a sentence that says that there is nothing private in its paper.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Holding {
    pub(crate) none: Vec<String>,
    pub(crate) among: Vec<String>,
}

/// The parts of a clause that asks not to show something.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AskedWords {
    pub(crate) not: Vec<String>,
    pub(crate) nobody: Vec<String>,
    pub(crate) must_not: Vec<String>,
    pub(crate) do_not: Vec<String>,
    pub(crate) staying: Vec<String>,
    pub(crate) may: Vec<String>,
    pub(crate) yours: Vec<String>,
    pub(crate) articles: Vec<String>,
    pub(crate) present: Vec<String>,
    pub(crate) confiding: Vec<String>,
    pub(crate) deferring: Vec<String>,
    pub(crate) will_not: Vec<String>,
    pub(crate) no_consent: Vec<String>,
    pub(crate) ordering: Vec<String>,
    pub(crate) why: Vec<String>,
    pub(crate) to: Vec<String>,
    pub(crate) ahead: Vec<String>,
    pub(crate) must: Vec<String>,
    pub(crate) acts: Vec<String>,
    pub(crate) placed: Vec<String>,
    pub(crate) places: Vec<String>,
    pub(crate) keeping: Vec<String>,
    pub(crate) states: Vec<String>,
    pub(crate) removing: Vec<String>,
    pub(crate) taking: Vec<String>,
    pub(crate) out: Vec<String>,
    pub(crate) before: Vec<String>,
    pub(crate) only: Vec<String>,
    pub(crate) this: Vec<String>,
    pub(crate) next: Vec<String>,
    pub(crate) rest: Vec<String>,
    pub(crate) back: Vec<String>,
    pub(crate) onward: Vec<String>,
    pub(crate) things: Vec<String>,
    pub(crate) told: Vec<String>,
    pub(crate) polite: Vec<String>,
    pub(crate) agents: Vec<String>,
    pub(crate) wishing: Vec<String>,
    pub(crate) around: Vec<String>,
    pub(crate) narrated: Vec<String>,
    pub(crate) reaching: Vec<String>,
    pub(crate) putting: Vec<String>,
    pub(crate) up: Vec<String>,
    pub(crate) rising: Vec<String>,
}

/// How one language says that something is not to be shown: a word of each of three lists, of the second any number.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Forbids {
    pub(crate) not: Vec<String>,
    pub(crate) widely: Vec<String>,
    pub(crate) shown: Vec<String>,
}

/// The parts of a line that says for whom alone a paper is.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Circulation {
    pub(crate) labels: Vec<String>,
    pub(crate) plain: Vec<String>,
    pub(crate) limiting: Vec<String>,
    pub(crate) readers: Vec<String>,
    pub(crate) joining: Vec<String>,
    pub(crate) bodies: Vec<String>,
}

/// The parts of words beside a title that say that it is not for everybody.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Beside {
    pub(crate) kernels: Vec<String>,
    pub(crate) before: Vec<String>,
    pub(crate) joining: Vec<String>,
    pub(crate) after: Vec<String>,
    pub(crate) papers: Vec<String>,
    pub(crate) closed: Vec<String>,
    pub(crate) about: Vec<String>,
    pub(crate) describing: Vec<String>,
    pub(crate) forbidding: Vec<String>,
    pub(crate) showing: Vec<String>,
    pub(crate) shown: Vec<String>,
    pub(crate) asking: Vec<String>,
    pub(crate) removing: Vec<String>,
    pub(crate) taking: Vec<String>,
    pub(crate) out: Vec<String>,
    pub(crate) here: Vec<String>,
    pub(crate) apart: Vec<String>,
    pub(crate) public: Vec<String>,
    pub(crate) acts: Vec<String>,
}

impl TextWords {
    /// Lets "press & public", "press/public" and "press or public" be read as "press and public": a sign is no word of a name.
    pub(super) fn allow_signs_for_and(&mut self) {
        for list in
            [&mut self.opens, &mut self.whole, &mut self.marks, &mut self.sure, &mut self.ways, &mut self.sessions]
        {
            let joined = list.iter().filter(|words| words.contains("_and_"));
            let or = |words: &&String| words.contains("press") && words.contains("public");
            let either = list.iter().filter(or).map(|words| words.replace("_and_", "_or_"));
            let others: Vec<String> = joined.map(|words| words.replace("_and_", "_")).chain(either).collect();
            list.extend(others);
        }
    }
}

/// The parts of a line that says what a sign means.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Legend {
    pub(crate) labels: Vec<String>,
    pub(crate) equals: Vec<String>,
    pub(crate) marked: Vec<String>,
    pub(crate) articles: Vec<String>,
    pub(crate) named: Vec<[String; 2]>,
}

/// The parts of a sentence that says of its own text that it is not for everybody.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Sentence {
    pub(crate) reasons: Vec<String>,
    pub(crate) pointing: Vec<String>,
    pub(crate) noting: Vec<String>,
    pub(crate) noted: Vec<String>,
    pub(crate) onward: Vec<String>,
    pub(crate) back: Vec<String>,
    pub(crate) above: Vec<String>,
    pub(crate) below: Vec<String>,
    pub(crate) following: Vec<String>,
    pub(crate) rest: Vec<String>,
    pub(crate) things: Vec<String>,
    pub(crate) parts: Vec<String>,
    pub(crate) several: Vec<String>,
    pub(crate) wholes: Vec<String>,
    pub(crate) documents: Vec<String>,
    pub(crate) papers: Vec<String>,
    pub(crate) numbered: Vec<String>,
    pub(crate) to: Vec<String>,
    pub(crate) and: Vec<String>,
    pub(crate) being: Vec<String>,
    pub(crate) between: Vec<String>,
    pub(crate) states: Vec<String>,
    pub(crate) behind: Vec<String>,
    pub(crate) from: Vec<String>,
    pub(crate) participles: Vec<String>,
    pub(crate) laws: Vec<String>,
    pub(crate) leaving_for: Vec<String>,
    pub(crate) shall: Vec<String>,
    pub(crate) allowing: Vec<String>,
    pub(crate) only: Vec<String>,
    pub(crate) going: Vec<String>,
    pub(crate) awaiting: Vec<String>,
    pub(crate) kept: Vec<String>,
}

/// Keys that name that from which a document comes.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Hanging {
    pub(super) meetings: Vec<String>,
    pub(super) others: Vec<String>,
    pub(super) gatherings: Vec<String>,
    pub(super) later: Vec<String>,
    pub(super) apart: Vec<String>,
    pub(super) items: Vec<String>,
    pub(super) numbers: Vec<String>,
    pub(super) papers: Vec<String>,
}
