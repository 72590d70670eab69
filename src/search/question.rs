//! What somebody typed becomes a query: what must be there, what must not, and when.
//!
//! Enters: a text. Leaves: a [`Query`]. The rules are in FORMAT.md ("Queries"). Absent: the index: which of the choices
//! of a word occurs is found out by `answer.rs`.

use super::dates::{self, Span};
use super::letters::fold;
use super::words::{NO_KEY, Place, Reading, Words};

/// At most so many places are read.
const LONGEST: usize = 24;

/// A query.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// All of them must hold.
    pub clauses: Vec<Clause>,
    /// The date of the page must overlap each.
    pub filters: Vec<Span>,
    /// Words that say too little to be asked for, and what is behind the longest query.
    pub left_out: Vec<String>,
}

/// One of the atoms must be there; or none, where it is excluded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// Alternatives.
    pub atoms: Vec<Atom>,
    /// Whether it must not be there.
    pub excluded: bool,
}

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Atom {
    /// As it was typed.
    pub typed: String,
    /// What it means.
    pub sense: Sense,
    /// Whether it was typed right behind the atom before.
    pub adjoins: bool,
}

/// What an atom means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sense {
    /// The first of the choices of which every key occurs.
    Word {
        /// Names of keys.
        choices: Vec<Vec<String>>,
        /// The word in small letters, if a mistyped one may be corrected.
        folded: Option<String>,
    },
    /// A phrase: keys, each with its distance to the first.
    Phrase(Vec<(String, u32)>),
    /// A concept.
    Concept(String),
    /// A date: its key, or a page of that time.
    Dated(String, Span),
}

/// A part of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Plain(String),
    Quoted(String),
    Not,
    Or,
}

/// A part of a query that is understood.
enum Item {
    Atom(Atom, bool),
    Or,
}

/// Reads a query.
pub fn read(text: &str, words: &mut Words) -> Query {
    let mut query = Query::default();
    let mut items = Vec::new();
    let mut left = LONGEST;
    let mut pieces = pieces(text).into_iter().peekable();
    let mut excluded = false;
    while let Some(piece) = pieces.next() {
        match piece {
            Piece::Not => {
                excluded = true;
                continue;
            }
            Piece::Or => items.push(Item::Or),
            Piece::Quoted(text) => {
                items.extend(phrase(&text, words, &mut left, &mut query).map(|atom| Item::Atom(atom, excluded)))
            }
            Piece::Plain(mut text) => {
                while let Some(Piece::Plain(next)) = pieces.next_if(|next| !excluded && matches!(next, Piece::Plain(_)))
                {
                    text.push(' ');
                    text.push_str(&next);
                }
                let atoms = atoms(&text, words, &mut left, &mut query);
                items.extend(atoms.into_iter().map(|atom| Item::Atom(atom, excluded)));
            }
        }
        excluded = false;
    }
    query.clauses = clauses(items);
    query
}

/// Alternatives are put together.
fn clauses(items: Vec<Item>) -> Vec<Clause> {
    let mut clauses: Vec<Clause> = Vec::new();
    let mut or = false;
    for item in items {
        match item {
            Item::Or => or = true,
            Item::Atom(atom, excluded) => {
                match clauses.last_mut().filter(|last| or && !excluded && !last.excluded) {
                    Some(last) => last.atoms.push(atom),
                    None => clauses.push(Clause { atoms: vec![atom], excluded }),
                }
                or = false;
            }
        }
    }
    clauses
}

fn pieces(text: &str) -> Vec<Piece> {
    let is_quote = |letter: char| matches!(letter, '"' | '“' | '”');
    let mut pieces = Vec::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches(is_space);
        let Some(first) = rest.chars().next() else { return pieces };
        if is_quote(first) {
            let inner = &rest[first.len_utf8()..];
            if let Some(end) = inner.find(is_quote) {
                pieces.push(Piece::Quoted(inner[..end].to_owned()));
                rest = inner[end..].trim_start_matches(is_quote);
            } else {
                rest = inner;
            }
            continue;
        }
        if let Some(behind) =
            rest.strip_prefix('-').filter(|behind| !behind.starts_with(|next| is_space(next) || next == '-'))
        {
            pieces.extend((!behind.is_empty()).then_some(Piece::Not));
            rest = behind;
            continue;
        }
        let end = rest.find(|letter| is_space(letter) || is_quote(letter)).unwrap_or(rest.len());
        match &rest[..end] {
            "NOT" => pieces.push(Piece::Not),
            "OR" | "|" => pieces.push(Piece::Or),
            "AND" => {}
            plain => pieces.push(Piece::Plain(plain.to_owned())),
        }
        rest = &rest[end..];
    }
}

fn is_space(letter: char) -> bool {
    matches!(letter, ' ' | '\t' | '\n' | '\r' | '\u{A0}')
}

/// The places of a text, as many as may still be read.
fn places(text: &str, words: &mut Words, left: &mut usize, query: &mut Query) -> Vec<Place> {
    let mut reading = Reading::default();
    words.read(text, &mut reading);
    if let Some(first) = reading.places.get(*left) {
        query.left_out.push(text[first.start as usize..].trim().to_owned());
        reading.places.truncate(*left);
    }
    *left -= reading.places.len();
    reading.places
}

/// What stands in quotes.
fn phrase(text: &str, words: &mut Words, left: &mut usize, query: &mut Query) -> Option<Atom> {
    let places = places(text, words, left, query);
    let mut keys: Vec<(String, u32)> = Vec::new();
    let mut first = None;
    for (index, place) in (0..).zip(&places) {
        if place.main != NO_KEY {
            let first = *first.get_or_insert(index);
            keys.push((words.name(place.main).to_owned(), index - first));
        }
    }
    let typed = text.trim().to_owned();
    let sense = match keys.as_slice() {
        [] if typed.is_empty() => return None,
        [] => {
            query.left_out.push(typed);
            return None;
        }
        [(key, _)] => Sense::Word { choices: vec![vec![key.clone()]], folded: None },
        _ => Sense::Phrase(keys),
    };
    Some(Atom { typed, sense, adjoins: false })
}

/// What stands outside quotes and between operators.
fn atoms(text: &str, words: &mut Words, left: &mut usize, query: &mut Query) -> Vec<Atom> {
    let places = places(text, words, left, query);
    let mut atoms = Vec::new();
    let mut index = 0;
    let mut end = None;
    while index < places.len() {
        if let Some((span, length)) = filter_at(text, words, &places, index) {
            query.filters.push(span);
            index += length;
            continue;
        }
        let (sense, length) = sense_at(text, words, &places, index);
        let last = places[(index + length).min(places.len()) - 1];
        let typed = text[places[index].start as usize..last.end as usize].to_owned();
        match sense {
            Some(sense) => {
                atoms.push(Atom { typed, sense, adjoins: end == Some(index) });
                end = Some(index + length);
            }
            None => query.left_out.push(typed),
        }
        index += length;
    }
    atoms
}

/// What the places from `index` on mean, and how many they are; nothing for a stop word.
fn sense_at(text: &str, words: &Words, places: &[Place], index: usize) -> (Option<Sense>, usize) {
    if let Some((key, length)) = words.concepts_at(text, places, index, true).first() {
        return (Some(Sense::Concept(words.name(*key).to_owned())), *length);
    }
    if let Some((key, span, length)) = time_at(text, words, places, index) {
        return (Some(Sense::Dated(key, span)), length);
    }
    if let Some(section) = words.section_at(text, places, index) {
        return (Some(Sense::Word { choices: vec![vec![section]], folded: None }), 2);
    }
    (word(words, &places[index]), 1)
}

fn word(words: &Words, place: &Place) -> Option<Sense> {
    let sense = words.sense(place);
    let main = (place.main != NO_KEY).then(|| words.name(place.main).to_owned());
    let others: Vec<String> = sense.others.iter().map(|key| words.name(*key).to_owned()).collect();
    let mut choices: Vec<Vec<String>> = Vec::new();
    if sense.traits.capitals {
        choices.extend(others.first().map(|key| vec![key.clone()]));
    }
    choices.extend(main.iter().map(|key| vec![key.clone()]));
    if sense.traits.compound && !others.is_empty() {
        choices.push(others.into_iter().filter(|key| !key.starts_with('=')).collect());
    }
    if sense.traits.reference
        && let Some(main) = &main
    {
        for separator in ["/", "-", "."] {
            let other = main.replace(['/', '-', '.'], separator);
            if !choices.iter().any(|choice| choice[0] == other) {
                choices.push(vec![other]);
            }
        }
    }
    let folded = sense.folded.as_deref().filter(|_| !sense.traits.compound && !sense.traits.stop).map(str::to_owned);
    (!choices.is_empty()).then_some(Sense::Word { choices, folded })
}

/// A date, a financial year or a year: its key, its days, its places.
fn time_at(text: &str, words: &Words, places: &[Place], index: usize) -> Option<(String, Span, usize)> {
    if let Some(dated) = words.date_at(text, places, index) {
        let key = dated.span.keys().into_iter().next()?;
        return Some((key, dated.span, dated.length));
    }
    let place = places.get(index).filter(|place| place.main != NO_KEY)?;
    let (name, traits) = (words.name(place.main), words.sense(place).traits);
    let year = Some(traits.year).filter(|year| (1900..2100).contains(year));
    let span = year.and_then(dates::year).or_else(|| dates::of_financial_year(name))?;
    Some((name.to_owned(), span, 1))
}

/// A date with a word before it that makes it a condition on the page, and how many places that is.
fn filter_at(text: &str, words: &Words, places: &[Place], index: usize) -> Option<(Span, usize)> {
    let folded = |at: usize| places.get(at).map(|place| fold(&text[place.start as usize..place.end as usize]));
    let before = folded(index)?;
    let (_, span, length) = time_at(text, words, places, index + 1)?;
    let end = index + 1 + length;
    let (first, last) = match before.as_str() {
        "from" | "between" => {
            let to = folded(end).filter(|word| matches!(word.as_str(), "to" | "and" | "until"));
            match to.and_then(|_| time_at(text, words, places, end + 1)) {
                Some((_, to, more)) => {
                    return Some((Span { first: span.first, last: to.last }, 2 + length + more));
                }
                None if before == "from" => (span.first, u32::MAX),
                None => return None,
            }
        }
        "since" => (span.first, u32::MAX),
        "after" => (span.last + 1, u32::MAX),
        "before" => (0, span.first - 1),
        "until" | "till" | "by" => (0, span.last),
        "in" | "during" => (span.first, span.last),
        _ => return None,
    };
    Some((Span { first, last }, 1 + length))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::concepts::Concept;

    fn shown(text: &str) -> String {
        let form = |form: &str| form.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let concept =
            Concept { key: "~asb".into(), name: "ASB".into(), forms: vec![form("=ASB"), form("antisoci behaviour")] };
        let mut words = Words::new(true, &[concept]);
        let query = read(text, &mut words);
        let atom = |atom: &Atom| match &atom.sense {
            Sense::Word { choices, .. } => choices.iter().map(|keys| keys.join("+")).collect::<Vec<_>>().join("?"),
            Sense::Phrase(keys) => {
                let keys: Vec<String> = keys.iter().map(|(key, at)| format!("{key}@{at}")).collect();
                format!("\"{}\"", keys.join(" "))
            }
            Sense::Concept(key) => key.clone(),
            Sense::Dated(key, span) => format!("{key}[{}]", days(*span)),
        };
        let clause = |clause: &Clause| {
            let atoms: Vec<String> = clause.atoms.iter().map(atom).collect();
            format!("{}{}", if clause.excluded { "-" } else { "" }, atoms.join("|"))
        };
        let mut shown: Vec<String> = query.clauses.iter().map(clause).collect();
        shown.extend(query.filters.iter().map(|span| format!("[{}]", days(*span))));
        if !query.left_out.is_empty() {
            shown.push(format!("without {}", query.left_out.join(", ")));
        }
        shown.join(" ")
    }

    fn days(span: Span) -> String {
        let day = |number: u32| match number {
            0 | u32::MAX => String::new(),
            number => {
                let (year, month, day) = dates::civil(number);
                format!("{year}-{month:02}-{day:02}")
            }
        };
        format!("{}..{}", day(span.first), day(span.last))
    }

    #[test]
    fn what_is_typed_is_understood() {
        for (typed, understood) in [
            ("asb", "~asb"),
            ("ASB", "~asb"),
            ("anti social behaviour", "~asb"),
            ("antisocial Behaviour", "~asb"),
            ("anti-social", "antisoci?anti+social"),
            ("what was decided about knife crime", "decid knife crime without what, was, about"),
            ("7.3", "7.3?7/3?7-3"),
            ("2021/14", "2021/14?2021-14?2021.14"),
            ("DHR-2020-07", "dhr2020-07?dhr2020/07?dhr2020.07"),
            ("IT", "=IT"),
            ("it", "without it"),
            ("PCC", "=PCC?pcc"),
            ("\"serious violence duty\" -knife", "\"serious@0 violenc@1 duti@2\" -knife"),
            ("“duty to co-operate”", "\"duti@0 cooper@2\""),
            ("burglary OR theft school", "burglari|theft school"),
            ("NOT knife crime", "-knife crime"),
            ("a -\"b c\" | d", "-\"b@0 c@1\" d without a"),
            ("\"open", "open"),
            ("knife since 2019", "knife [2019-01-01..]"),
            ("from March 2019 to 2021/22", "[2019-03-01..2022-03-31]"),
            ("before 14/3/21 fraud", "fraud [..2021-03-13]"),
            ("March 2021", "@2021-03[2021-03-01..2021-03-31]"),
            ("14th March, 2021", "@2021-03-14[2021-03-14..2021-03-14]"),
            ("2021/22", "2021/22[2021-04-01..2022-03-31]"),
            ("2021", "2021[2021-01-01..2021-12-31]"),
            ("section 17", "s17"),
            ("£1.2 million", "£1200000"),
            ("<img src=x onerror=alert(1)>", "img src x onerror alert 1"),
            ("", ""),
            ("- \" OR |", ""),
        ] {
            assert_eq!(shown(typed), understood, "{typed}");
        }
    }
}
