//! Acts of Parliament and their sections, found in running text: "section 17 of the Crime and Disorder Act 1998".
//!
//! Input: the Acts that a site names, once for a site; then stretches of text. Output: where in them a section of an
//! Act stands, and its address on legislation.gov.uk. Not here: any Act that the site does not name, because a title
//! alone does not tell its address.

use std::ops::Range;

use super::forms::{Forms, first_word};
use crate::model;

/// Acts, ready to be looked for.
#[derive(Debug, Clone, Default)]
pub struct Statutes {
    acts: Vec<model::Act>,
    /// Each way to write the title of an Act.
    forms: Forms,
    /// With which bytes a title may begin, as small letters: every word of a site is looked up here.
    begins: Vec<bool>,
}

/// How a division of a law is called in an address, and in a text.
const UNITS: [(&str, &[&str]); 7] = [
    ("section", &["section", "sections", "sec", "ss", "s"]),
    ("schedule", &["schedule", "schedules", "sch"]),
    ("part", &["part", "parts"]),
    ("chapter", &["chapter"]),
    ("paragraph", &["paragraph", "paragraphs", "para", "paras"]),
    ("regulation", &["regulation", "regulations", "reg"]),
    ("article", &["article", "articles", "art"]),
];

/// So many divisions may lie in one another: "paragraph 3 of Part 1 of Schedule 12A to …".
const DEEPEST: usize = 3;

/// Words that lead somewhere: their range in the line, and the address or the end of it.
type Found = (Range<usize>, String);

impl Statutes {
    /// These Acts.
    #[must_use]
    pub fn new(acts: Vec<model::Act>) -> Self {
        let mut begins = vec![false; 256];
        for title in acts.iter().flat_map(|act| std::iter::once(&act.title).chain(&act.aliases)) {
            if let Some(first) = title.trim_start().bytes().next() {
                begins[usize::from(first.to_ascii_lowercase())] = true;
                // A small letter beyond ASCII may begin with another byte than its capital.
                begins[0x80..].iter_mut().for_each(|begins| *begins |= first >= 0x80);
            }
        }
        let names = (0..).zip(&acts).flat_map(|(index, act)| {
            let aliases = act.aliases.iter().map(move |alias| (&**alias, index, true));
            std::iter::once((&*act.title, index, false)).chain(aliases)
        });
        Self { forms: Forms::new(names), begins, acts }
    }

    /// Whether there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.acts.is_empty()
    }

    /// Every place in a line that leads to a law, in order.
    pub(crate) fn find(&self, line: &str) -> Vec<Found> {
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(skipped) = line[at..].find(char::is_alphanumeric) {
            at += skipped;
            let word = at + first_word(&line[at..]).len();
            let joined = line[..at].ends_with(['_', '-', '/', '.', '@', '#']);
            at = match Some(at).filter(|_| !joined).and_then(|at| self.provision(line, at)) {
                Some((links, end)) => {
                    found.extend(links);
                    end
                }
                None => word,
            };
        }
        found
    }

    /// What begins here: divisions of an Act with its title, or its title alone. Returns where it ends.
    fn provision(&self, line: &str, at: usize) -> Option<(Vec<Found>, usize)> {
        if let Some((act, end)) = self.title(line, at) {
            return Some((vec![(at..end, self.acts[act].url.to_string())], end));
        }
        let (unit, numbers) = divisions(line, at)?;
        let mut within: Vec<(&str, String)> = Vec::new();
        let mut next = numbers.last()?.0.end;
        loop {
            let after = after_any(line, next, &["of", "to", "in", "under"]).unwrap_or(next);
            let after = after_any(line, after, &["the"]).unwrap_or(after);
            let after = blanks(line, after);
            if let Some((act, end)) = self.title(line, after) {
                let links = links(&self.acts[act].url, at, unit, &numbers, &within, end)?;
                return Some((links, end));
            }
            let (unit, outer) = divisions(line, after).filter(|_| within.len() < DEEPEST)?;
            let [(range, number)] = &outer[..] else { return None };
            within.insert(0, (unit, number.clone()));
            next = range.end;
        }
    }

    /// The Act whose title begins here, and where the title ends.
    fn title(&self, line: &str, at: usize) -> Option<(usize, usize)> {
        let first = line.as_bytes().get(at)?.to_ascii_lowercase();
        self.begins.get(usize::from(first)).filter(|begins| **begins)?;
        let (length, act) = self.forms.longest(&line[at..], &mut String::new(), |_| true)?;
        Some((act as usize, at + length))
    }
}

/// A link for each number; the last one holds the title too, so that the words of all of them say where they lead.
fn links(
    url: &str,
    start: usize,
    unit: &str,
    numbers: &[Found],
    within: &[(&str, String)],
    end: usize,
) -> Option<Vec<Found>> {
    let link = |(index, (range, number)): (usize, &Found)| {
        let from = if index == 0 { start } else { range.start };
        let to = if index + 1 == numbers.len() { end } else { range.end };
        Some((from..to, format!("{url}{}", path(unit, number, within)?)))
    };
    numbers.iter().enumerate().map(link).collect()
}

/// The path of a division below the address of its Act; `None` for a paragraph that is of no schedule.
fn path(unit: &str, number: &str, within: &[(&str, String)]) -> Option<String> {
    let outer = |wanted: &str| within.iter().find(|(unit, _)| *unit == wanted).map(|(_, number)| number);
    let schedule = outer("schedule").map(|number| format!("/schedule/{number}"));
    let part = outer("part").map(|number| format!("/part/{number}"));
    let above = format!("{}{}", schedule.as_deref().unwrap_or_default(), part.as_deref().unwrap_or_default());
    match unit {
        // Whether a schedule numbers its paragraphs anew in each part, only the site there knows.
        "paragraph" if schedule.is_some() && part.is_some() => Some(above),
        "paragraph" => schedule.map(|schedule| format!("{schedule}/paragraph/{number}")),
        "part" | "chapter" => Some(format!("{above}/{unit}/{number}")),
        _ => Some(format!("/{unit}/{number}")),
    }
}

/// A unit and its numbers: "sections 5, 6(2) and 17A". Each number with its range, as the end of an address: `6/2`.
fn divisions(line: &str, at: usize) -> Option<(&'static str, Vec<Found>)> {
    let word = &line[at..at + line[at..].bytes().take_while(u8::is_ascii_alphabetic).count()];
    let (unit, _) = UNITS.iter().find(|(_, names)| names.iter().any(|name| word.eq_ignore_ascii_case(name)))?;
    let mut next = at + word.len();
    next += usize::from(line[next..].starts_with('.'));
    let first = number(line, blanks(line, next), None)?;
    let mut numbers = vec![first];
    while let Some((range, typed)) = numbers.last() {
        let base = typed.split('/').next();
        let joined = joiner(line, range.end).and_then(|next| number(line, next, base));
        let Some(another) = joined else { break };
        numbers.push(another);
    }
    Some((unit, numbers))
}

/// `17`, `17A`, `6(2)(a)`; after a number with the base `6` also `(3)` alone.
fn number(line: &str, at: usize, base: Option<&str>) -> Option<Found> {
    let digits = line[at..].bytes().take_while(u8::is_ascii_digit).count();
    let letters = line[at + digits..].bytes().take_while(u8::is_ascii_uppercase).count();
    let (mut path, mut end) = match (digits, base) {
        (0, Some(base)) if line[at..].starts_with('(') => (base.to_owned(), at),
        (1..=4, _) if letters <= 3 => (line[at..at + digits + letters].to_owned(), at + digits + letters),
        _ => return None,
    };
    while let Some(inside) = line[end..].strip_prefix('(') {
        let length = inside.bytes().take_while(u8::is_ascii_alphanumeric).count();
        if !(1..=5).contains(&length) || !inside[length..].starts_with(')') {
            break;
        }
        path.push('/');
        path.push_str(&inside[..length]);
        end += length + 2;
    }
    let whole = end > at && !line[end..].starts_with(char::is_alphanumeric) && !is_decimal(&line[end..]);
    whole.then_some((at..end, path))
}

/// `17.5` is a paragraph of ours and no section.
fn is_decimal(rest: &str) -> bool {
    rest.strip_prefix('.').is_some_and(|rest| rest.starts_with(|next: char| next.is_ascii_digit()))
}

/// Where the next number of a list would begin: after a comma, "and", "or", "to" or a dash.
fn joiner(line: &str, at: usize) -> Option<usize> {
    let comma = line[blanks(line, at)..].starts_with(',').then(|| blanks(line, at) + 1);
    let word = after_any(line, comma.unwrap_or(at), &["and", "or", "to"]);
    let dash = ['–', '-', '&'].into_iter().find_map(|sign| {
        let start = blanks(line, at);
        line[start..].starts_with(sign).then(|| start + sign.len_utf8())
    });
    word.or(comma).or(dash).map(|next| blanks(line, next))
}

/// The place after blanks and one of these words, if one stands here.
fn after_any(line: &str, at: usize, words: &[&str]) -> Option<usize> {
    let start = blanks(line, at);
    let word = first_word(&line[start..]);
    (start > at && words.contains(&word.to_lowercase().as_str())).then(|| start + word.len())
}

/// The place after the blanks here.
fn blanks(line: &str, at: usize) -> usize {
    line.len() - line[at..].trim_start().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn statutes() -> Statutes {
        let act = |title: &str, url: &str, aliases: &[&str]| model::Act {
            title: title.into(),
            url: url.into(),
            aliases: aliases.iter().map(|alias| (*alias).into()).collect(),
        };
        Statutes::new(vec![
            act("Crime and Disorder Act 1998", "cda", &["CDA 1998"]),
            act("Crime Act 1998", "ca", &[]),
            act("Local Government Act 1972", "lga", &[]),
        ])
    }

    #[test]
    fn thousands_of_acts_that_begin_alike_cost_no_more_than_a_few() {
        let act = |number: usize| model::Act {
            title: format!("Board Act {number}").into(),
            url: number.to_string().into(),
            aliases: Vec::new(),
        };
        let statutes = Statutes::new((0..20_000).map(act).collect());
        let text = "the board acts of section 1 of the Board Act 19999; the board act 1x, the ".repeat(10_000);
        let found = statutes.find(&text);
        assert_eq!(found.len(), 10_000);
        assert_eq!(&text[found[0].0.clone()], "section 1 of the Board Act 19999");
    }

    #[test]
    fn divisions_of_acts_are_found() {
        let statutes = statutes();
        for (line, expected) in [
            ("the Crime and Disorder Act 1998.", &["Crime and Disorder Act 1998 → cda"][..]),
            (
                "under section 17 of the Crime and Disorder Act 1998,",
                &["section 17 of the Crime and Disorder Act 1998 → cda/section/17"],
            ),
            ("S.17 CDA 1998", &["S.17 CDA 1998 → cda/section/17"]),
            (
                "s17 of the\ncrime and disorder\u{A0}act 1998",
                &["s17 of the\ncrime and disorder\u{A0}act 1998 → cda/section/17"],
            ),
            (
                "sections 5, 6(2)(a) and 17A of the Crime and Disorder Act 1998",
                &[
                    "sections 5 → cda/section/5",
                    "6(2)(a) → cda/section/6/2/a",
                    "17A of the Crime and Disorder Act 1998 → cda/section/17A",
                ],
            ),
            (
                "section 6(1) and (3) of the Crime Act 1998",
                &["section 6(1) → ca/section/6/1", "(3) of the Crime Act 1998 → ca/section/6/3"],
            ),
            (
                "Schedule 12A to the Local Government Act 1972",
                &["Schedule 12A to the Local Government Act 1972 → lga/schedule/12A"],
            ),
            (
                "paragraph 3 of Part 1 of Schedule 12A to the Local Government Act 1972",
                &["paragraph 3 of Part 1 of Schedule 12A to the Local Government Act 1972 → lga/schedule/12A/part/1"],
            ),
            (
                "paragraph 3 of Schedule 12A to the Local Government Act 1972",
                &["paragraph 3 of Schedule 12A to the Local Government Act 1972 → lga/schedule/12A/paragraph/3"],
            ),
            ("Part 4 of the Crime Act 1998", &["Part 4 of the Crime Act 1998 → ca/part/4"]),
            ("section 17 and the Crime Act 1998", &["Crime Act 1998 → ca"]),
            ("paragraph 3 of the Crime Act 1998", &["Crime Act 1998 → ca"]),
            ("section 17.5 of the Crime Act 1998", &["Crime Act 1998 → ca"]),
            ("the Crime Act 19980 and Crime and Disorder Act 1999, x-CDA 1998, cda 1998", &[]),
            ("section 17 of the Act, sections, s, s. and Schedule", &[]),
        ] {
            let found = statutes.find(line);
            let found: Vec<String> =
                found.into_iter().map(|(range, address)| format!("{} → {address}", &line[range])).collect();
            assert_eq!(found, expected, "{line}");
        }
    }
}
