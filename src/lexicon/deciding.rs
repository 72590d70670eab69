//! Sentences in which those who meet decide, put together of sets of words: who, how, what they do, and what becomes of a thing.
//!
//! Input: a sentence. Output: [`Deciding`], the verb and where its clause begins. Not here: any word (`recognise/en.deciding.toml`),
//! whether the body is another one than those who meet, what was told of another day, and what it means for a text (`recognise`).
//!
//! A sentence is looked through for a verb of deciding. What stands before the verb says in which shape it decides: a body ("the Board
//! duly approved"), a thing and "was" ("the plan was approved"), a thing alone ("plan approved unanimously"), or nothing ("approved the
//! plan"). So each verb stands in all shapes, and each body before all verbs.

use std::borrow::Cow;
use std::ops::Range;

use super::Lexicon;

/// How a sentence decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// A body did it.
    Active,
    /// It was done to a thing.
    Passive,
    /// Nothing stands before the verb, or a thing without "was".
    Bare,
}

/// A verb of deciding in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Deciding {
    pub(crate) shape: Shape,
    /// Where those who decided, or what was decided on, begin.
    pub(crate) start: usize,
    /// The verb.
    pub(crate) verb: Range<usize>,
    /// The outcome that the verb says by itself, where the kind's own verbs know none.
    pub(crate) says: Option<&'static str>,
}

/// A sentence is looked through up to so many words.
const MOST: usize = 80;

/// What a verb of deciding says where anything may be before it.
const HINT: i16 = 4;

/// So many words may stand between "was" and the verb: "was read, amended and approved".
const CHAIN: usize = 8;

/// What was decided on takes so many words at most, with "was" and without.
const SUBJECT: [usize; 2] = [32, 14];

/// Signs that part a word from the next.
const SIGNS: [char; 10] = [',', ';', ':', '.', ')', '–', '—', '-', '!', '?'];

/// One word of a sentence.
struct Word<'text> {
    /// Where it stands, with its signs.
    at: Range<usize>,
    /// In small letters, without signs around it.
    bare: Cow<'text, str>,
    /// Whether it begins with a capital.
    capital: bool,
    /// Whether it is set in capitals.
    shouted: bool,
    /// The sign that parts it from the next word.
    sign: Option<char>,
}

/// A sentence, and the words that are known.
struct Sentence<'text> {
    lexicon: &'text Lexicon,
    words: Vec<Word<'text>>,
}

/// The first verb in `text` with which those who meet decide something, for certain as far as its shape says.
pub(crate) fn deciding(text: &str, lexicon: &Lexicon) -> Option<Deciding> {
    let sentence = Sentence::of(text, lexicon)?;
    let mut found = (0..sentence.words.len()).filter_map(|at| sentence.decides(at));
    let first = found.next()?;
    // "Noted the report and approved the plan": what was approved says more.
    let noted = |one: &Deciding| lexicon.has("deciding.noted", &text[one.verb.clone()]);
    let more = if noted(&first) { found.find(|one| !noted(one)) } else { None };
    Some(more.map_or(first.clone(), |more| Deciding { start: first.start, ..more }))
}

/// Whether what stands behind a verb says that others than those who meet did it: "by the Lottery Fund".
pub(crate) fn is_by_others(behind: &str, lexicon: &Lexicon) -> bool {
    let sentence = Sentence { lexicon, words: words(behind) };
    sentence.is(0, "by") && !sentence.closes(0)
}

/// How much speaks for it that `text` tells of a decision, wherever in it a verb of deciding stands: with a body before it, or as what
/// became of something.
pub(crate) fn hint(text: &str, lexicon: &Lexicon) -> i16 {
    let sentence = Sentence::of(text, lexicon);
    sentence.map_or(0, |sentence| (0..sentence.words.len()).map(|at| sentence.hint(at)).max().unwrap_or(0))
}

/// The words of a sentence, up to so many.
fn words(text: &str) -> Vec<Word<'_>> {
    let start = text.as_ptr() as usize;
    let words = text.split_whitespace().take(MOST).map(|typed| {
        let from = typed.as_ptr() as usize - start;
        let bare = typed.trim_matches(|sign: char| !sign.is_alphanumeric() && !"&£$€".contains(sign));
        let capital = bare.starts_with(char::is_uppercase);
        let shouted = capital && bare.len() > 4 && !bare.contains(char::is_lowercase);
        let bare = if bare.contains(char::is_uppercase) { bare.to_lowercase().into() } else { Cow::Borrowed(bare) };
        let sign = typed.chars().next_back().filter(|sign| SIGNS.contains(sign) && (*sign != '-' || bare.is_empty()));
        Word { at: from..from + typed.len(), bare, capital, shouted, sign }
    });
    words.collect()
}

impl<'text> Sentence<'text> {
    /// The words of a sentence; `None` if none of them decides.
    fn of(text: &'text str, lexicon: &'text Lexicon) -> Option<Self> {
        let words = words(text);
        let sentence = Self { lexicon, words };
        (0..sentence.words.len()).any(|at| sentence.verb(at).is_some()).then_some(sentence)
    }

    fn has(&self, list: &str, at: usize) -> bool {
        self.words.get(at).is_some_and(|word| self.lexicon.has(list, &word.bare))
    }

    fn ends(&self, at: usize) -> bool {
        self.words.get(at).is_none_or(|word| word.sign.is_some())
    }

    /// The list of the verb that begins with a word, how many words it has, and the verb.
    fn verb(&self, at: usize) -> Option<(&'static str, usize, Cow<'_, str>)> {
        let word = self.words.get(at).filter(|word| word.bare.len() > 2)?;
        let two = (word.sign.is_none() && self.has("deciding.particles", at + 1)).then(|| {
            let next = &self.words[at + 1].bare;
            (2, Cow::Owned(format!("{} {next}", word.bare)))
        });
        let one = (1, Cow::Borrowed(&*word.bare));
        two.into_iter().chain([one]).find_map(|(length, verb)| {
            let lists = ["deciding.firm", "deciding.soft", "deciding.present"];
            let list = lists.into_iter().find(|list| self.lexicon.has(list, &verb))?;
            Some((list, length, verb))
        })
    }

    /// What stands beside a verb: "duly", "unanimously".
    fn is_how(&self, at: usize) -> bool {
        let how = |word: &Word<'_>| self.lexicon.has("deciding.how", &word.bare) || word.bare.ends_with("ly");
        // "In principle" has two words.
        let two = |first: usize| self.is(first, "in") && self.is(first + 1, "principle");
        self.words.get(at).is_some_and(how) || two(at) || at.checked_sub(1).is_some_and(two)
    }

    fn is(&self, at: usize, word: &str) -> bool {
        self.words.get(at).is_some_and(|own| own.bare == word)
    }

    /// The first word of those that say how, before the verb.
    fn before_how(&self, verb: usize) -> usize {
        let how = (0..verb).rev().take_while(|at| self.is_how(*at) && !self.has("deciding.alone", *at)).count();
        verb - how
    }

    /// The first word behind a verb, and behind those that say how.
    fn behind(&self, verb: usize, length: usize) -> usize {
        let from = verb + length;
        if self.ends(from - 1) && !self.is_how(from) {
            return from;
        }
        from + (from..self.words.len()).take_while(|at| self.is_how(*at)).count()
    }

    fn decides(&self, at: usize) -> Option<Deciding> {
        let (list, length, verb) = self.verb(at)?;
        let first = self.before_how(at);
        let (shape, start) = self
            .active(at, first, list, length)
            .map(|start| (Shape::Active, start))
            .or_else(|| Some((Shape::Passive, self.passive(at, first, list, length)?)))
            .or_else(|| Some((Shape::Bare, self.bare(at, first, list, length)?)))?;
        let has = |list: &str| self.lexicon.has(list, &verb);
        let denied = first > 0 && &*self.words[first - 1].bare == "not";
        let says = match () {
            () if denied || has("deciding.rejected") => Some("rejected"),
            () if has("deciding.deferred") => Some("deferred"),
            () => None,
        };
        let last = &self.words[at + length - 1];
        let signs = if last.sign.is_some() { last.at.len() - last.bare.len() } else { 0 };
        let verb = self.words[at].at.start..last.at.end - signs.min(last.at.len());
        Some(Deciding { shape, start: self.words[start].at.start, verb, says })
    }

    // A body.

    /// Where the body begins that did what the verb at `verb` says, if it decides: "the Board", "a majority of members".
    fn active(&self, verb: usize, first: usize, list: &str, length: usize) -> Option<usize> {
        let start = self.body(first.checked_sub(1)?).filter(|start| self.may_begin(*start));
        let start = start.or_else(|| self.body_before(first))?;
        let next = self.behind(verb, length);
        self.has_object(verb, next, list).then_some(start)
    }

    /// Where the name of a body begins that ends with a word.
    fn body(&self, end: usize) -> Option<usize> {
        if self.ends(end) || self.words.is_empty() {
            return None;
        }
        if self.has("deciding.alone", end) {
            let those = end > 0 && self.has("deciding.those", end - 1);
            return if self.has("deciding.there", end) { those.then(|| end - 1) } else { Some(end) };
        }
        if !self.has("deciding.bodies", end) {
            return None;
        }
        let mut start = end;
        while start > 0 && !self.ends(start - 1) {
            let before = start - 1;
            let own = self.has("deciding.bodies", before) || self.has("deciding.before", before);
            let named = self.words[before].capital && (before > 0 || !self.has("deciding.after", before));
            if self.has("deciding.the", before) {
                start = before;
                break;
            }
            if !(own || named) || self.has("deciding.joins", before) && !self.words[start].capital {
                break;
            }
            start = before;
        }
        while start < end && self.has("deciding.within", start) {
            start += 1;
        }
        // "The members of the Board", "a majority of governors", and "the chair of the Board", which is none.
        if start > 1 && &*self.words[start - 1].bare == "of" {
            let of = start - 2;
            let the =
                of > 0 && !self.ends(of - 1) && (self.has("deciding.the", of - 1) || &*self.words[of - 1].bare == "a");
            return self.has("deciding.of", of).then(|| of - usize::from(the));
        }
        Some(start)
    }

    /// Whether those who decide may begin with a word: at the beginning, after a sign, after "and", after what went before them.
    fn may_begin(&self, start: usize) -> bool {
        let Some(before) = start.checked_sub(1) else { return true };
        let told = self.has("deciding.told", before);
        let after = self.has("deciding.after", 0)
            && !(0..start).any(|at| self.has("deciding.told", at) && &*self.words[at].bare != "as");
        !told && (self.ends(before) || self.has("deciding.joins", before) || after)
    }

    /// "The Board heard the report, welcomed it and approved": a body at the beginning, of which more is said before the verb.
    fn body_before(&self, first: usize) -> Option<usize> {
        let join = first.checked_sub(1)?;
        let joins = self.has("deciding.joins-verbs", join);
        // Behind a comma only if the clause before it begins with the body too.
        let end =
            (0..join.min(8)).find(|end| self.body(*end).is_some_and(|start| start == 0 || self.ends(start - 1)))?;
        let did = self
            .words
            .get(end + 1)
            .is_some_and(|did| did.bare.ends_with("ed") || self.is_how(end + 1) || self.has("deciding.did", end + 1));
        // What they did not want may have any reason: "Members did not feel that it was needed and declined".
        let unwanted = self.verb(first).is_some_and(|(_, _, verb)| {
            ["deciding.rejected", "deciding.deferred"].iter().any(|list| self.lexicon.has(list, &verb))
        });
        let told = !unwanted && (end + 1..join).any(|at| self.has("deciding.told", at));
        (joins && did && !told).then(|| self.body(end))?
    }

    /// Whether what stands behind a verb is what was decided, and not with whom or when.
    fn has_object(&self, verb: usize, next: usize, list: &str) -> bool {
        let own = self.has("deciding.own-object", verb);
        let Some(word) = self.words.get(next) else { return false };
        let money = word.bare.starts_with(['£', '$', '€']) || word.bare.starts_with(|sign: char| sign.is_ascii_digit());
        let whole = || &*word.bare == "in" && self.has("deciding.in", next + 1) && self.words[next + 1].bare.len() > 4;
        let opinion = &*word.bare == "that" && self.has("deciding.opinion", verb);
        let name = word.capital && !own;
        // "The Council voted on whether to accept it" tells of a question, and not of its answer.
        let open = own && self.has("deciding.questions", next + 1);
        match list {
            _ if open => false,
            _ if self.words[verb].shouted => true,
            _ if &*self.words[verb].bare == "received" => self.is_paper(next),
            _ if own => money || whole() || self.has("deciding.to", next),
            "deciding.firm" => (!self.has("deciding.no-object", next) && &*word.bare != "in") || whole(),
            _ => !opinion && (money || name || self.has("deciding.what", next) && &*word.bare != "in"),
        }
    }

    /// Whether nothing stands from a word on but a paper that was put to a meeting: "the Treasurer's report".
    fn is_paper(&self, next: usize) -> bool {
        const FEW: usize = 7;
        let paper = (next..self.words.len()).any(|at| self.has("deciding.put", at));
        self.has("deciding.the", next) && paper && self.words.len() - next <= FEW
    }

    // A thing.

    /// Where the thing begins of which the verb says what became of it: "the revised plan was duly approved".
    fn passive(&self, verb: usize, first: usize, list: &str, length: usize) -> Option<usize> {
        let was = self.was(first)?;
        if list == "deciding.present" || !self.closes(self.behind(verb, length)) {
            return None;
        }
        let start = self.subject(was, SUBJECT[0])?;
        let has = |list: &str| (start..was).any(|at| self.has(list, at));
        // Of what others do as well it has to be something that is put to a meeting.
        let soft = || self.has("deciding.becomes", verb) && has("deciding.put");
        (!has("deciding.others") && (list == "deciding.firm" || soft())).then_some(start)
    }

    /// The "was" before a verb; other things done may stand between: "was read, amended and approved".
    fn was(&self, first: usize) -> Option<usize> {
        let before = first.checked_sub(1)?;
        if self.has("deciding.was", before) {
            return Some(before);
        }
        if &*self.words[before].bare == "not" {
            return before.checked_sub(1).filter(|was| self.has("deciding.was", *was));
        }
        if &*self.words[before].bare != "and" {
            return None;
        }
        let done = |at: usize| {
            let word = &self.words[at];
            let small = self.has("deciding.in-chain", at);
            word.bare.ends_with("ed") || word.bare.ends_with("en") || small || word.capital || self.is_how(at)
        };
        let from = before.saturating_sub(CHAIN);
        (from..before).rev().find(|at| self.has("deciding.was", *at)).filter(|was| (was + 1..before).all(done))
    }

    /// Where the thing begins that ends before a word. `None` if nothing stands there, or what is only told.
    fn subject(&self, end: usize, most: usize) -> Option<usize> {
        let told = |from: usize| (from..end).any(|at| self.has("deciding.told", at));
        let sign = |at: &usize| self.words[*at].sign.is_some_and(|sign| !matches!(sign, ',' | '.' | ')'));
        let begins = (0..end).rev().find(sign).map_or(0, |at| at + 1);
        // What went before, or what was told, up to a comma: "After debate, the plan", "He said that it was late, and the plan".
        let comma = (begins..end).rev().find(|at| self.words[*at].sign == Some(',')).map(|at| at + 1);
        let comma = comma.map(|at| at + usize::from(self.has("deciding.joins", at)));
        let whole = Some(begins).filter(|at| !told(*at) && !self.has("deciding.after", *at));
        let start = whole.or(comma.filter(|at| !told(*at)))?;
        let words = self.words.get(start..end).filter(|words| !words.is_empty() && words.len() <= most)?;
        let alone = words.len() == 1 && (self.has("deciding.it", start) || words[0].bare.len() < 3);
        (!alone).then_some(start)
    }

    /// Whether a sentence ends with its verb, or goes on with how, on which condition or by whom it was decided.
    fn closes(&self, next: usize) -> bool {
        let Some(word) = self.words.get(next) else { return true };
        match &*word.bare {
            "" => true,
            "by" => {
                let many = self.is(next + 1, "a") && self.has("deciding.by-a", next + 2);
                let mut ends = next + 1..self.words.len().min(next + 7);
                many || self.has("deciding.by", next + 1) || ends.any(|end| self.body_behind(end, next + 1))
            }
            "in" => self.has("deciding.in", next + 1),
            "at" => self.is_amount(next + 1),
            "on" => !self.is_amount(next + 1),
            _ => !self.has("deciding.elsewhere", next),
        }
    }

    /// Whether a body ends with a word that begins with another.
    fn body_behind(&self, end: usize, start: usize) -> bool {
        self.has("deciding.bodies", end) && self.has("deciding.the", start) && (start..end).all(|at| !self.ends(at))
    }

    fn is_amount(&self, at: usize) -> bool {
        let digit = |word: &Word<'_>| word.bare.starts_with(|sign: char| sign.is_ascii_digit() || "£$€".contains(sign));
        self.words.get(at).is_some_and(digit)
    }

    // Nothing, or a thing without "was".

    /// "Approved the plan", "New plan approved unanimously", "Risk register – approved".
    fn bare(&self, verb: usize, first: usize, list: &str, length: usize) -> Option<usize> {
        let next = self.behind(verb, length);
        let before = first.checked_sub(1);
        let parted =
            before.is_some_and(|at| self.words[at].sign.is_some_and(|sign| matches!(sign, '–' | '—' | '-' | ':')));
        if list != "deciding.firm" && !(parted && self.has("deciding.becomes", verb)) {
            return None;
        }
        let Some(before) = before else {
            // "Agreed" has rules of its own, as it may speak of what stands before it.
            // "Adopted Minutes" is what a paper is called.
            let says_more = self.words.len() > next + 1 || self.words.get(next)?.sign == Some('.');
            let thing = self.has("deciding.what", next) || (self.words.get(next)?.capital && next > verb);
            let opens = self.is_amount(next) || (thing && says_more);
            return (opens && !self.ends(verb + length - 1)).then_some(verb);
        };
        // "The scheme agreed with the owner" tells of a scheme.
        let tails = if self.has("deciding.by-object", verb) { "deciding.tail-agreed" } else { "deciding.tail" };
        let tail =
            self.words.get(next).is_none_or(|word| word.bare.is_empty() || self.has(tails, next) && self.closes(next));
        // "Mr Gow, quad bike: refused, not a community purpose".
        let tail = tail || (parted && matches!(self.words[verb + length - 1].sign, Some(',' | ';' | '.')));
        if !tail || (0..first).any(|at| self.has("deciding.told", at) || self.has("deciding.others", at)) {
            return None;
        }
        if parted {
            return (before > 0 || !self.words[0].bare.is_empty()).then_some(0);
        }
        let body = self.body(before).is_some() || self.has("deciding.no-thing", before);
        let start = self.subject(first, SUBJECT[1]).filter(|start| *start == 0 && !body)?;
        (self.words[start].capital || self.is_amount(start)).then_some(start)
    }

    // Perhaps.

    /// How much a verb says: with a body, with "was", after a sign, or at the beginning.
    fn hint(&self, at: usize) -> i16 {
        let Some((list, length, _)) = self.verb(at) else { return 0 };
        let first = self.before_how(at);
        let (firm, next) = (list == "deciding.firm", self.behind(at, length));
        let more = if firm { HINT } else { HINT - 1 };
        let Some(before) = first.checked_sub(1) else { return if firm { HINT } else { 0 } };
        let body = self.body(before).is_some() || self.body_before(first).is_some();
        match () {
            () if body && self.has_object(at, next, list) => more,
            () if firm && self.has("deciding.is", before) => more,
            () if self.has("deciding.befalls", at) => 0,
            () if self.was(first).is_some() && (firm || self.has("deciding.becomes", at)) => more,
            () if firm && self.words[before].sign.is_some() => HINT,
            () => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What decides: the shape, what stands from its beginning up to the verb, and the verb.
    fn read(text: &str) -> String {
        deciding(text, Lexicon::english()).map_or_else(String::new, |found| {
            let says = found.says.map(|says| format!(" {says}")).unwrap_or_default();
            let before = text[found.start..found.verb.start].trim();
            format!("{:?} [{before}] {}{says}", found.shape, text[found.verb].trim_matches([',', '.', ':']))
        })
    }

    #[test]
    fn each_body_does_and_each_thing_becomes_what_a_verb_says() {
        let mut wrong = Vec::new();
        for (text, says) in [
            ("The Board duly signed off the plan.", "Active [The Board duly] signed off"),
            ("Members formally endorsed the draft strategy.", "Active [Members formally] endorsed"),
            ("After debate, the Working Group agreed to meet monthly.", "Active [the Working Group] agreed"),
            ("Having seen the plans the Committee confirmed the Order.", "Active [the Committee] confirmed"),
            ("The Trustees in principle approved", ""),
            ("A majority of members supported the second option.", "Active [A majority of members] supported"),
            (
                "The Board heard the report and ratified the spending.",
                "Active [The Board heard the report and] ratified",
            ),
            ("All present voted to close the hut.", "Active [All present] voted"),
            ("Governors ratified the pay policy on a show of hands.", "Active [Governors] ratified"),
            ("The Friends Group elected Ann Low as secretary.", "Active [The Friends Group] elected"),
            (
                "The revised reserves policy was signed off without change.",
                "Passive [The revised reserves policy was] signed off",
            ),
            (
                "After discussion, the tender of Holt & Son was approved.",
                "Passive [the tender of Holt & Son was] approved",
            ),
            ("The sums were read, checked and approved.", "Passive [The sums were read, checked and] approved"),
            ("The rota was not approved.", "Passive [The rota was not] approved rejected"),
            ("The signs were put off to May.", "Passive [The signs were] put off deferred"),
            ("Two new swings approved, subject to cost.", "Bare [Two new swings] approved"),
            ("Risk register – approved.", "Bare [Risk register –] approved"),
            ("Approved the accounts for the year.", "Bare [] Approved"),
            ("The chair of the board agreed to write.", ""),
            ("The Clerk said that the Board approved the plan.", ""),
            ("He reported that the fence was approved.", ""),
            ("The plan was approved by the National Lottery Fund in May.", ""),
            ("The plan was approved by a majority of those present.", "Passive [The plan was] approved"),
            ("The offer of a bench was gratefully accepted.", "Passive [The offer of a bench was gratefully] accepted"),
            ("The Board noted the report and approved the plan.", "Active [The Board noted the report and] approved"),
            ("The scheme agreed with the owner runs on.", ""),
            ("The staff handbook, as amended, was adopted.", "Passive [The staff handbook, as amended, was] adopted"),
            ("The plan which was approved has run out.", ""),
            ("The Board had approved the plan.", ""),
            ("The grant was approved in May.", ""),
            ("The Board noted that it was late.", ""),
            ("Members agreed with the Clerk.", ""),
            ("Minutes to be approved.", ""),
            ("Planning permission was approved.", ""),
            ("Nothing of the sort.", ""),
        ] {
            let found = read(text);
            wrong.extend((found != says).then(|| format!("{text}\n  is {found}\n  not {says}")));
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn what_clerks_write_of_what_they_decided_is_put_together() {
        let not: Vec<&str> = [
            "The Trustees NOTED the management accounts to 30 November.",
            "Forum members agreed the bus should stop at Lode Green.",
            "Members voted 4-1 to keep the hall.",
            "The Board approved the strategy for publication by 31 January.",
            "The Board noted the forward plan.",
            "As the hall was full, the Council agreed to move the meeting.",
            "By consensus Council directed the City Manager to obtain three bids.",
            "In the light of the report the Group agreed not to publish.",
            "Having looked at the photographs the Committee confirmed the Order without modification.",
            "Partners agreed in principle to a joint bid.",
            "The board picked Sunday, May 12, for the picnic.",
            "The Board discussed the draft and made small changes, but agreed that the final text would wait until May.",
            "The subscription is due, Council agreed to go on with it.",
            "Parish Council declined the offer.",
            "The Behaviour policy was not approved and will come back in May.",
            "Juggling was not approved (no constitution).",
            "On the proposal of Cllr Fahy, seconded by Cllr Horgan, the Road Works Programme was adopted.",
            "A memorial was reviewed and approved.",
            "Notes of last meeting – agreed as accurate.",
            "Replacing them was agreed to.",
            "CC 22-45 was then adopted on a voice vote.",
            "All payments approved by Council",
            "The following payments were agreed:",
            "Osgood was agreed to be the note taker.",
            "The survey was approved and will go out in July.",
        ]
        .into_iter()
        .filter(|text| read(text).is_empty())
        .collect();
        assert!(not.is_empty(), "{not:?}");
    }
}
