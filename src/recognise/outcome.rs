//! What the words of a resolution say of its outcome: "That the report be noted" → noted.
//!
//! Input: plain words, and the verbs of a kind. Output: the outcome of the first main verb, or `None`. **In doubt
//! it is `None`**: a register that says "approved" of what was only asked for would be false. Not here: any verb; the
//! kind's file has them.

/// The outcome that `words` tell, or that `word`, which opens them, tells by itself.
pub(crate) fn outcome(words: &str, word: Option<&str>, verbs: &[(String, String)]) -> Option<Box<str>> {
    let of = |verb: &str| verbs.iter().find(|(known, _)| known == verb).map(|(_, outcome)| outcome.as_str().into());
    let said_first = word.and_then(of);
    said_first
        .or_else(|| clauses(words).find_map(|clause| main_verb(&clause, &of)))
        .or_else(|| word.and_then(|word| of(&word.to_lowercase())))
}

/// Whether a word says an outcome by itself.
pub(crate) fn outcome_of(word: &str, verbs: &[(String, String)]) -> bool {
    outcome("", Some(word), verbs).is_some()
}

/// The words of each main clause, in small letters. One begins with a sentence, and with "and that".
fn clauses(words: &str) -> impl Iterator<Item = Vec<String>> {
    let mut clauses = vec![Vec::new()];
    for typed in words.split_whitespace() {
        let word = typed.trim_matches(|sign: char| !sign.is_alphanumeric()).to_lowercase();
        let that = word == "that"
            && clauses.last().and_then(|clause: &Vec<String>| clause.last()).is_some_and(|last| last == "and");
        if that {
            clauses.push(Vec::new());
        } else if !word.is_empty() {
            clauses.last_mut().unwrap_or_else(|| unreachable!("there is always one")).push(word);
        }
        if typed.ends_with(['.', ';', ':']) {
            clauses.push(Vec::new());
        }
    }
    clauses.into_iter()
}

/// The outcome of the main verb of one clause.
fn main_verb(clause: &[String], of: &impl Fn(&str) -> Option<Box<str>>) -> Option<Box<str>> {
    // "until a response is received": what has to come first says nothing of what was decided.
    const UNTIL: [&str; 8] = ["until", "till", "when", "once", "if", "unless", "after", "before"];
    const BE: [&str; 7] = ["be", "is", "are", "was", "were", "been", "being"];
    let words = match clause {
        [that, rest @ ..] if that == "that" => rest,
        _ => clause,
    };
    if let [to, verb, ..] = words
        && to == "to"
        && let Some(outcome) = of(verb)
    {
        return Some(outcome);
    }
    let active = active(words, of);
    let passive = words.iter().position(|word| BE.contains(&word.as_str()));
    if let Some(at) = passive.filter(|at| active.is_none_or(|active| *at < active)) {
        // What had been received before is no outcome either.
        let before = words[at] == "been" && words[..at].iter().any(|word| word == "had");
        if before || words[..at].iter().any(|word| UNTIL.contains(&word.as_str())) {
            return None;
        }
        let verb = words[at + 1..].iter().find(|word| !is_adverb(word))?;
        let before = &words[at.saturating_sub(3)..at];
        return if denied(before) || is_denial(verb) { None } else { of(verb) };
    }
    match words {
        [to, verb, ..] if to == "to" => of(verb),
        [verb, ..] if of(verb).is_some() => of(verb),
        _ => active.filter(|at| !denied(&words[at.saturating_sub(3)..*at])).and_then(|at| of(&words[at])),
    }
}

/// "the Committee note the report": where a verb stands after a short subject, before what it is done to.
fn active(words: &[String], of: &impl Fn(&str) -> Option<Box<str>>) -> Option<usize> {
    const BEFORE_NOUN: [&str; 10] = ["the", "a", "an", "this", "that", "these", "those", "its", "their", "all"];
    let is_before_noun = |word: Option<&String>| word.is_some_and(|word| BEFORE_NOUN.contains(&word.as_str()));
    let end = words.len().min(7);
    let verb = |at: &usize| {
        !is_before_noun(words.get(at - 1)) && is_before_noun(words.get(at + 1)) && of(&words[*at]).is_some()
    };
    (1..end).find(verb)
}

fn denied(words: &[String]) -> bool {
    words.iter().any(|word| is_denial(word))
}

fn is_denial(word: &str) -> bool {
    matches!(word, "not" | "no" | "never" | "neither" | "nor" | "cannot")
}

fn is_adverb(word: &str) -> bool {
    word.ends_with("ly") || matches!(word, "also" | "now" | "then" | "hereby" | "duly" | "therefore" | "and")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kind::built_in;

    #[test]
    fn the_first_main_verb_tells_the_outcome_and_what_is_denied_tells_nothing() {
        let kinds = built_in();
        let verbs =
            kinds.list.iter().find(|kind| !kind.verbs.is_empty()).map(|kind| kind.verbs.clone()).unwrap_or_default();
        for (words, word, expected) in [
            ("That the report be noted.", None, Some("noted")),
            ("That the report and comments made be noted.", None, Some("noted")),
            ("That the report presented be received and noted.", None, Some("received")),
            ("That the plan be formally endorsed and that updates be received", None, Some("endorsed")),
            ("To note the report", None, Some("noted")),
            ("to approve the budget", None, Some("approved")),
            ("That the Committee note the report", None, Some("noted")),
            ("That Members endorse the plan", None, Some("endorsed")),
            ("ECSOSC noted that this was a working document", None, Some("noted")),
            ("Put to the vote, the proposal was lost", None, Some("rejected")),
            ("That the application be deferred", None, Some("deferred")),
            ("That the Board be asked to approve the plan", None, Some("")),
            ("That the Committee ask the Board to approve the plan", None, Some("")),
            ("To invite the police to endorse the plan", None, Some("")),
            ("That the report be withdrawn and replaced", None, None),
            ("That eight flats be leased, and that the report be noted.", None, Some("noted")),
            ("That the plan be approved", Some("RECOMMENDED"), Some("recommended")),
            ("That the plan be approved", Some("RESOLVED"), Some("approved")),
            ("That the plan be adopted", Some("AGREED"), Some("adopted")),
            ("A leaflet", Some("AGREED"), Some("agreed")),
            ("A request had been received for a stone. All agreed.", None, None),
            ("That until an answer is received nothing more be done", None, None),
            ("That the plan be not approved", None, None),
            ("That the plan not be approved", None, None),
            ("That no plan be approved", None, None),
            ("That the Committee do not approve the plan", None, None),
            ("That eight flats be leased, two of them for men.", None, None),
            ("That the Director be instructed to ensure that the plan be approved", None, None),
            ("That the note of the meeting be circulated", None, None),
            ("That the Committee thank the staff", None, None),
            ("That officers report on support available", None, None),
            ("", None, None),
        ] {
            assert_eq!(outcome(words, word, &verbs).as_deref(), expected, "{words}");
        }
    }
}
