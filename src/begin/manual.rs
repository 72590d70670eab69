//! The manual for staff, in the program: its sections, and those that answer a question.
//!
//! Input: `content/README.md`, and the kinds, codes and commands of whoever asks; words. Output: [`Section`]s, the best answer first. Not here:
//! how a section is printed (`cli`).

use std::collections::BTreeSet;

/// The manual.
pub const MANUAL: &str = include_str!("../../content/README.md");

/// A part of the manual that can be read by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Its heading.
    pub title: String,
    /// The headings above it.
    pub above: Vec<String>,
    /// Words by which it is asked for beside those in it.
    pub names: Vec<String>,
    /// Its text, in Markdown, without the heading and without the sections below it.
    pub text: String,
    /// Whether it is a part of the manual, which people wrote.
    pub by_hand: bool,
}

/// The sections of a text in Markdown, in its order. A heading in a block of code is none.
#[must_use]
pub fn sections(markdown: &str) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    let mut above: Vec<(usize, String)> = Vec::new();
    let mut fence = None;
    for line in markdown.lines() {
        let marks = line.trim_start().chars().take_while(|sign| *sign == '`').count();
        match fence {
            None if marks >= 3 => fence = Some(marks),
            Some(open) if marks >= open => fence = None,
            _ => {}
        }
        let level = line.chars().take_while(|sign| *sign == '#').count();
        if fence.is_none() && (1..=6).contains(&level) && line[level..].starts_with(' ') {
            let title = line[level..].trim().to_owned();
            above.retain(|(other, _)| *other < level);
            let headings = above.iter().skip(1).map(|(_, title)| title.clone()).collect();
            above.push((level, title.clone()));
            sections.push(Section { title, above: headings, names: Vec::new(), text: String::new(), by_hand: true });
        } else if let Some(section) = sections.last_mut() {
            section.text.push_str(line);
            section.text.push('\n');
        }
    }
    sections
}

/// The name of the kind whose facts stand as a table in a text.
pub(super) fn fields_of(text: &str) -> Option<String> {
    text.split_once("<!-- fields:")?.1.split_once(" -->").map(|(name, _)| name.to_owned())
}

/// The sections in which the words of a question stand, the best answer first. A word in the title or among the names of a
/// section counts for more than one in its text, and one that few sections have for more than one that many have.
#[must_use]
pub fn find<'manual>(sections: &'manual [Section], question: &str) -> Vec<&'manual Section> {
    let mut asked: BTreeSet<String> = words(question).into_iter().filter(|word| !is_small(word)).collect();
    if asked.is_empty() {
        // "Who was there" is a question too.
        asked = words(question).into_iter().collect();
    }
    let read: Vec<Read> = sections.iter().map(Read::of).collect();
    // Sections that are called just that come first, in their own order.
    let called = |index: &usize| {
        let names = sections[*index].names.iter().any(|name| name.eq_ignore_ascii_case(question.trim()));
        names || (!asked.is_empty() && read[*index].title == asked)
    };
    let mut found: Vec<(bool, u64, usize)> = Vec::new();
    for index in 0..sections.len() {
        let score = score(&read, index, &asked);
        if called(&index) {
            found.push((true, 0, index));
        } else if score > 0 {
            found.push((false, score, index));
        }
    }
    found.sort_by_key(|(called, score, index)| (!called, std::cmp::Reverse(*score), *index));
    found.into_iter().map(|(_, _, index)| &sections[index]).collect()
}

/// The words of a section.
struct Read {
    by_hand: bool,
    title: BTreeSet<String>,
    names: BTreeSet<String>,
    text: Vec<String>,
}

impl Read {
    fn of(section: &Section) -> Self {
        let title = words(&section.title).into_iter().filter(|word| !is_small(word) && !is_number(word)).collect();
        let names = section.names.iter().flat_map(|name| words(name)).collect();
        Self { by_hand: section.by_hand, title, names, text: words(&section.text) }
    }

    /// Whether a word heads the section, and how often it stands in it.
    fn has(&self, word: &str) -> (bool, usize) {
        let heads = self.title.contains(word) || self.names.contains(word);
        (heads, self.text.iter().filter(|other| *other == word).count())
    }
}

/// How well a section answers, in whole numbers, so that the order is the same on every machine.
fn score(read: &[Read], index: usize, asked: &BTreeSet<String>) -> u64 {
    let (mut score, mut all) = (0, true);
    // People wrote the manual to be read; what the program says of itself is for who knows the name.
    let weight = if read[index].by_hand { 2 } else { 1 };
    for word in asked {
        let (heads, times) = read[index].has(word);
        let has = read.iter().filter(|other| other.has(word) != (false, 0)).count() as u64;
        let rare = (1 + read.len() as u64 / has.max(1)).ilog2().max(1);
        score += u64::from(rare) * (times.min(4) as u64 + if heads { 12 } else { 0 });
        all &= heads || times > 0;
    }
    weight * if all { score * 4 } else { score }
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}

/// The words of a text, each as one form of its singular.
fn words(text: &str) -> Vec<String> {
    let parts = text.split(|letter: char| !letter.is_alphanumeric() && letter != '_' && letter != '-');
    let mut words = Vec::new();
    for part in parts.filter(|part| !part.is_empty()) {
        words.push(stem(&part.to_lowercase()));
        // `no-record` is one word, and is found by each of its own too.
        if part.contains('-') {
            let own = part.split('-').filter(|own| !own.is_empty());
            words.extend(own.map(|own| stem(&own.to_lowercase())));
        }
    }
    words
}

/// "draft" for "drafts", "publish" for "published" and "publishing", "body" for "bodies".
fn stem(word: &str) -> String {
    for (end, instead) in [("ies", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", "")] {
        if let Some(rest) = word.strip_suffix(end)
            && rest.len() >= 3
            && !word.ends_with("ss")
        {
            return rest.trim_end_matches('e').to_owned() + instead;
        }
    }
    word.trim_end_matches('e').to_owned()
}

/// Words that a question has and that say nothing of what is asked.
fn is_small(word: &str) -> bool {
    SMALL.split_whitespace().any(|small| stem(small) == word)
}

const SMALL: &str = "a about an and are as at be by can could do does for from get had has have how i if in is it me my need not of on \
    or our should tell that the there this to want was we what when where which who why will with would you your";

#[cfg(test)]
mod tests {
    use super::*;

    fn first(question: &str) -> String {
        let all = sections(MANUAL);
        find(&all, question).first().map(|section| section.title.clone()).unwrap_or_default()
    }

    #[test]
    fn headings_in_code_are_no_sections() {
        let all = sections("# M\n\nx\n\n## A\n\n```\n## no\n```\n\n### B\n\ntext\n");
        let shown: Vec<_> = all.iter().map(|section| (section.title.as_str(), section.above.join("/"))).collect();
        assert_eq!(shown, [("M", String::new()), ("A", String::new()), ("B", "A".to_owned())]);
        assert!(all[1].text.contains("## no"));
    }

    #[test]
    fn questions_of_beginners_find_their_section() {
        for (question, title) in [
            ("links", "Links"),
            ("how do I write a decision", "Decisions"),
            ("actions", "Actions"),
            ("dates", "Dates"),
            ("minutes", "Minutes"),
            ("priority", "Priorities"),
            ("no-record", "What is only likely"),
            ("own words", "Your own words"),
            ("I have old minutes", "8. You have minutes already"),
            ("hide a part of a page", "4. What is published when, and what the program refuses to guess"),
            ("zebra", ""),
        ] {
            assert_eq!(first(question), title, "{question}");
        }
        assert!(first("draft embargo publish").starts_with("4. What is published"));
    }
}
