//! What somebody typed becomes a query: what must be there, what must not, and when.
//!
//! Input: a text. Output: a [`Query`]. The rules are in FORMAT.md ("Queries"). Not here: the index; which of the choices
//! of a word occurs is found out by `resolve.rs`.

use super::dates::{self, Span};
use super::keys::{NO_KEY, is_asked};
use super::letters::fold;
use super::tables::{
    AFTER_WORDS, BEFORE_WORDS, BETWEEN_WORDS, FIRST_YEAR, LAST_YEAR, LONGEST_QUERY, SINCE_WORDS, TO_WORDS, UNTIL_WORDS,
    WITHIN_WORDS,
};
use super::words::{Reading, Token, Words};

/// What somebody asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// All of them must hold.
    pub clauses: Vec<Clause>,
    /// The date of the page must overlap each.
    pub filters: Vec<Span>,
    /// The questions that fields answer, by their keys: pages that answer them come sooner.
    pub asked: Vec<String>,
    /// Words that say too little to be asked for, and what was typed beyond [`LONGEST_QUERY`] tokens.
    pub left_out: Vec<String>,
}

/// A condition on a passage: one of the atoms must be there, or, if it is excluded, none of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// Alternatives.
    pub atoms: Vec<Atom>,
    /// Whether none of the atoms may be there.
    pub excluded: bool,
}

/// A word, phrase, concept or date that was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Atom {
    /// As it was typed.
    pub typed: String,
    /// What it means.
    pub sense: Sense,
    /// Whether it was typed right after the atom before it.
    pub adjoins: bool,
}

/// What an atom means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sense {
    /// The first of the choices of which every key occurs.
    Word {
        /// Each choice as the names of its keys.
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

/// A part of a query as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Plain(String),
    Quoted(String),
    Not,
    Or,
}

/// Reads a query. Whatever was typed has a meaning: there are no errors.
pub fn read(text: &str, words: &mut Words) -> Query {
    let mut query = Query::default();
    let mut left = LONGEST_QUERY;
    let mut pieces = pieces(text).into_iter().peekable();
    let (mut excluded, mut or) = (false, false);
    while let Some(piece) = pieces.next() {
        let atoms = match piece {
            Piece::Not => {
                excluded = true;
                continue;
            }
            Piece::Or => {
                or = true;
                Vec::new()
            }
            Piece::Quoted(text) => phrase(&text, words, &mut left, &mut query).into_iter().collect(),
            Piece::Plain(mut text) => {
                while let Some(Piece::Plain(next)) = pieces.next_if(|next| !excluded && matches!(next, Piece::Plain(_)))
                {
                    text.push(' ');
                    text.push_str(&next);
                }
                atoms(&text, words, &mut left, &mut query)
            }
        };
        for atom in atoms {
            match query.clauses.last_mut().filter(|last| or && !excluded && !last.excluded) {
                Some(last) => last.atoms.push(atom),
                None => query.clauses.push(Clause { atoms: vec![atom], excluded }),
            }
            or = false;
        }
        excluded = false;
    }
    query
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
        if let Some(after) =
            rest.strip_prefix('-').filter(|after| !after.starts_with(|next| is_space(next) || next == '-'))
        {
            pieces.extend((!after.is_empty()).then_some(Piece::Not));
            rest = after;
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

/// The tokens of a text, as many as may still be read.
fn tokens(text: &str, words: &mut Words, left: &mut usize, query: &mut Query) -> Vec<Token> {
    let mut reading = Reading::default();
    words.read(text, &mut reading);
    if let Some(first) = reading.tokens.get(*left) {
        query.left_out.push(text[first.start as usize..].trim().to_owned());
        reading.tokens.truncate(*left);
    }
    *left -= reading.tokens.len();
    reading.tokens
}

/// What a text in quotes means; `None` if there is nothing in it to ask for.
fn phrase(text: &str, words: &mut Words, left: &mut usize, query: &mut Query) -> Option<Atom> {
    let tokens = tokens(text, words, left, query);
    let mut keys: Vec<(String, u32)> = Vec::new();
    let mut first = None;
    for (index, token) in (0..).zip(&tokens) {
        if token.main != NO_KEY {
            let first = *first.get_or_insert(index);
            keys.push((words.name(token.main).to_owned(), index - first));
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

/// What a text outside quotes and between operators means.
fn atoms(text: &str, words: &mut Words, left: &mut usize, query: &mut Query) -> Vec<Atom> {
    let tokens = tokens(text, words, left, query);
    let mut atoms = Vec::new();
    let mut index = 0;
    let mut end = None;
    while index < tokens.len() {
        if let Some((span, length)) = filter_at(text, words, &tokens, index) {
            query.filters.push(span);
            index += length;
            continue;
        }
        let (meaning, length) = sense_at(text, words, &tokens, index);
        let last = tokens[(index + length).min(tokens.len()) - 1];
        let typed = text[tokens[index].start as usize..last.end as usize].to_owned();
        match meaning {
            Meaning::Sense(sense) => {
                atoms.push(Atom { typed, sense, adjoins: end == Some(index) });
                end = Some(index + length);
            }
            Meaning::Asked(keys) => {
                query.asked.extend(keys);
                query.left_out.push(typed);
            }
            Meaning::Nothing => query.left_out.push(typed),
        }
        index += length;
    }
    atoms
}

/// What tokens mean: something to look for, questions that fields answer, or, of a stop word, nothing.
enum Meaning {
    Sense(Sense),
    Asked(Vec<String>),
    Nothing,
}

/// What the tokens from `index` on mean, and how many they are.
fn sense_at(text: &str, words: &Words, tokens: &[Token], index: usize) -> (Meaning, usize) {
    let concepts = words.concepts_at(text, tokens, index, true);
    if let Some((key, length)) = concepts.first() {
        let name = words.name(*key);
        if !is_asked(name) {
            return (Meaning::Sense(Sense::Concept(name.to_owned())), *length);
        }
        let asked = concepts.iter().filter(|(_, other)| other == length).map(|(key, _)| words.name(*key).to_owned());
        return (Meaning::Asked(asked.collect()), *length);
    }
    if let Some((key, span, length)) = time_at(text, words, tokens, index) {
        return (Meaning::Sense(Sense::Dated(key, span)), length);
    }
    if let Some(section) = words.section_at(text, tokens, index) {
        return (Meaning::Sense(Sense::Word { choices: vec![vec![section]], folded: None }), 2);
    }
    if let Some((number, length)) = words.telephone_at(text, tokens, index) {
        let parts = tokens[index..index + length].iter().map(|token| words.name(token.main).to_owned()).collect();
        return (Meaning::Sense(Sense::Word { choices: vec![vec![number], parts], folded: None }), length);
    }
    (word(words, &tokens[index]).map_or(Meaning::Nothing, Meaning::Sense), 1)
}

fn word(words: &Words, token: &Token) -> Option<Sense> {
    let lexeme = words.lexeme(token);
    let main = (token.main != NO_KEY).then(|| words.name(token.main).to_owned());
    let others: Vec<String> = lexeme.others.iter().map(|key| words.name(*key).to_owned()).collect();
    let mut choices: Vec<Vec<String>> = Vec::new();
    if lexeme.traits.capitals {
        choices.extend(others.first().map(|key| vec![key.clone()]));
    }
    choices.extend(main.iter().map(|key| vec![key.clone()]));
    if lexeme.traits.compound && !others.is_empty() {
        choices.push(others.into_iter().filter(|key| !key.starts_with('=')).collect());
    }
    if lexeme.traits.reference
        && let Some(main) = &main
    {
        for separator in ["/", "-", "."] {
            let other = main.replace(['/', '-', '.'], separator);
            if !choices.iter().any(|choice| choice[0] == other) {
                choices.push(vec![other]);
            }
        }
    }
    let folded = lexeme.folded.as_deref().filter(|_| !lexeme.traits.compound && !lexeme.traits.stop).map(str::to_owned);
    (!choices.is_empty()).then_some(Sense::Word { choices, folded })
}

/// The date, the financial year or the year that begins at this token: its key, its days, and how many tokens say it.
fn time_at(text: &str, words: &Words, tokens: &[Token], index: usize) -> Option<(String, Span, usize)> {
    if let Some((span, length)) = words.date_at(text, tokens, index) {
        return Some((span.keys().into_iter().next()?, span, length));
    }
    let token = tokens.get(index).filter(|token| token.main != NO_KEY)?;
    let (name, traits) = (words.name(token.main), words.lexeme(token).traits);
    let year = Some(traits.year).filter(|year| (FIRST_YEAR..=LAST_YEAR).contains(year));
    let span = year.and_then(dates::year).or_else(|| dates::of_financial_year(name))?;
    Some((name.to_owned(), span, 1))
}

/// A date with a word before it that makes it a condition on the page, and how many tokens that is.
fn filter_at(text: &str, words: &Words, tokens: &[Token], index: usize) -> Option<(Span, usize)> {
    let folded = |at: usize| tokens.get(at).map(|token| fold(&text[token.start as usize..token.end as usize]));
    let before = folded(index)?;
    let (_, span, length) = time_at(text, words, tokens, index + 1)?;
    let end = index + 1 + length;
    let before = before.as_str();
    let range_end = folded(end).filter(|to| BETWEEN_WORDS.contains(&before) && TO_WORDS.contains(&to.as_str()));
    if let Some((_, to, more)) = range_end.and_then(|_| time_at(text, words, tokens, end + 1)) {
        return Some((Span { first: span.first, last: to.last }, 2 + length + more));
    }
    let (first, last) = match before {
        _ if SINCE_WORDS.contains(&before) => (span.first, u32::MAX),
        _ if AFTER_WORDS.contains(&before) => (span.last + 1, u32::MAX),
        _ if BEFORE_WORDS.contains(&before) => (0, span.first - 1),
        _ if UNTIL_WORDS.contains(&before) => (0, span.last),
        _ if WITHIN_WORDS.contains(&before) => (span.first, span.last),
        _ => return None,
    };
    Some((Span { first, last }, 1 + length))
}
