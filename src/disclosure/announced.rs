//! Titles that a text says are not for everybody where it lists them, and that head something else in it without a mark: the line of an
//! agenda "3. Sale of the depot (EXEMPT)", and below it "## 3. Sale of the depot".
//!
//! Input: the text, and the signs that it explains; what other files of the meeting list. Output: whether a heading has such a title, and
//! what the text lists for others. Not here: how far it reaches (`reach.rs`).

use super::heads::Head;
use super::nested::cells_of;
use crate::language::letters;
use crate::model::{ListedTitle, PrivateList};
use crate::privacy::files::{columns_of_business, is_ruled};
use crate::privacy::legend::Signs;
use crate::privacy::words::{TEXT, is_open, unnumbered};

/// A title of fewer words may head anything, if its number is not the same.
const FEWEST: usize = 2;

/// A line is no title that has more bytes.
const LONGEST: usize = 200;

/// A title that words are, with the number before it.
pub(super) fn title_of(words: &str) -> Option<ListedTitle> {
    let bare = words.trim().trim_start_matches(['#', ' ', '*', '_', '-', '+']);
    let name = unnumbered(bare);
    let enough = name.contains(char::is_alphabetic) && name.len() >= 4;
    enough.then(|| ListedTitle { number: Head::number(bare), name: name.into(), marked: true })
}

/// Whether two titles are one: with the same number either may have more words.
fn are_one(one: &ListedTitle, other: &ListedTitle) -> bool {
    let same_number = one.number.is_some() && one.number == other.number;
    let longer = |long: &str, short: &str| long.strip_prefix(short).is_some_and(|rest| rest.starts_with('_'));
    let several = one.name.split('_').count() >= FEWEST;
    (one.name == other.name && (several || same_number))
        || (same_number && (longer(&one.name, &other.name) || longer(&other.name, &one.name)))
}

/// The titles that a text marks where it lists them.
#[derive(Debug, Default)]
pub(super) struct Announced(Vec<ListedTitle>);

impl Announced {
    /// Those of the lines of `text` that are no headings.
    pub(super) fn of(text: &str, signs: &Signs, meeting: bool) -> Self {
        let (mut titles, mut at, mut columns) = (Vec::new(), 0, Vec::new());
        for line in text.split_inclusive('\n') {
            at += line.len();
            let typed = line.trim();
            if typed.contains('|') {
                let cells = cells_of(typed);
                if is_ruled(&text[at..]) {
                    columns = columns_of_business(&cells, meeting);
                    continue;
                }
                let by_column =
                    columns.iter().any(|(at, column)| cells.get(*at).is_some_and(|cell| column.withholds(cell)));
                let said =
                    |cell: &&str| TEXT.is_mark(cell) || signs.mark(cell) || without_mark(cell, meeting).is_some();
                if by_column || cells.iter().any(said) {
                    let number = cells.first().and_then(|cell| cell.trim_end_matches('.').parse().ok());
                    let title = cells.iter().filter(|cell| !TEXT.is_mark(cell) && !is_open(cell));
                    let longest = title.max_by_key(|cell| cell.len()).copied().unwrap_or_default();
                    let words = without_mark(longest, meeting).unwrap_or_else(|| longest.to_owned());
                    titles
                        .extend(title_of(&words).map(|title| ListedTitle { number: title.number.or(number), ..title }));
                }
                continue;
            }
            columns.clear();
            if typed.len() > LONGEST || typed.starts_with('#') || typed.is_empty() {
                continue;
            }
            let listed = typed.trim_start_matches(['-', '*', '+', '•', '>', ' ']);
            if let Some(words) = without_mark(listed, meeting) {
                titles.extend(title_of(&words));
            } else if signs.mark(listed) {
                titles.extend(title_of(&without_sign(listed)));
            }
        }
        Self(titles)
    }

    /// Whether a line has one of these titles.
    pub(super) fn has(&self, line: &str) -> bool {
        !self.0.is_empty() && title_of(line).is_some_and(|own| self.0.iter().any(|title| are_one(title, &own)))
    }

    /// What the text lists for other files: these titles, with those of `lines` that are held back or head what is.
    pub(super) fn listed(self, text: &str, lines: &[&str], meeting: bool) -> Vec<ListedTitle> {
        let mut titles = self.0;
        let bare = |line: &&str| title_of(&without_mark(line, meeting).unwrap_or_else(|| (*line).to_owned()));
        titles.extend(lines.iter().filter_map(bare));
        if titles.is_empty() {
            return titles;
        }
        let others = text.lines().filter(|line| line.len() <= LONGEST && !lines.contains(line)).filter_map(title_of);
        let is_twin = |other: &ListedTitle| {
            other.number.is_some()
                && titles.iter().any(|title| title.name == other.name && title.number != other.number)
        };
        let twins: Vec<ListedTitle> =
            others.filter(is_twin).map(|other| ListedTitle { marked: false, ..other }).collect();
        titles.extend(twins);
        titles
    }
}

/// The first of other files that lists the title which a line has; of two items with one title the number says which it is. Where it is not
/// sure that both are of one meeting, the titles must be the same.
pub(super) fn listed_by<'listed>(listed: &'listed [PrivateList], line: &str) -> Option<&'listed str> {
    let own = title_of(line).filter(|_| !listed.is_empty())?;
    let lists = |file: &&PrivateList| {
        let twin =
            file.titles.iter().any(|title| !title.marked && title.name == own.name && title.number == own.number);
        let is_own = |title: &&ListedTitle| title.marked && are_one(title, &own);
        let exact =
            |title: &ListedTitle| title.name == own.name && (title.number == own.number || title.number.is_none());
        let mut marked = file.titles.iter().filter(is_own);
        marked.any(|title| (!twin || title.number == own.number) && (file.met.body.is_some() || exact(title)))
    };
    listed.iter().find(lists).map(|file| &*file.path)
}

/// A title without the mark that stands beside it; `None` if it has none.
fn without_mark(line: &str, meeting: bool) -> Option<String> {
    let line = line.trim_end_matches(['*', '_', ' ']);
    if !TEXT.may_speak(line) || line.ends_with(['.', ';', ',']) {
        return None;
    }
    let apart = TEXT.apart(line).filter(|apart| apart.before.min(apart.after) == 0)?;
    TEXT.of_heading(line).or_else(|| TEXT.of_meeting(line, (true, false)).filter(|_| meeting))?;
    let words = if apart.before == 0 { &line[apart.words.end..] } else { &line[..apart.words.start] };
    let number = if apart.before == 0 { &line[..apart.words.start] } else { "" };
    Some(format!("{number}{}", words.trim_matches(|sign: char| !sign.is_alphanumeric())))
}

/// A title without a sign at its beginning or at its end.
fn without_sign(line: &str) -> String {
    let tokens: Vec<&str> = line.split_whitespace().collect();
    let short = |token: &&&str| letters::name(token).len() <= 1 && !token.contains(|sign: char| sign.is_ascii_digit());
    tokens.iter().filter(|token| !short(token)).copied().collect::<Vec<_>>().join(" ")
}
