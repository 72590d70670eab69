//! The names that other programs give to headings: GitHub, MkDocs, Docusaurus, Hugo, GitLab, Jekyll, Pandoc. Texts that
//! were written for one of them link to `#matters-arising`; the heading is `#h-matters-arising` here.
//!
//! Input: a text with its headings. Output: the headings that a name means. Not here: our own names, which come first
//! (`anchors.rs`).

use std::collections::BTreeMap;

use crate::model::{AnchorId, Text, slug_of_words};

/// How some programs make the name of a heading.
struct SlugRule {
    /// Signs that stay, beside letters, digits and hyphens.
    kept: &'static str,
    /// Whether several blanks or hyphens become one.
    joined: bool,
    /// Whether what stands before the first letter is left out.
    from_letter: bool,
    /// Stands before the number of the second of two equal names, and the number.
    second: (char, u32),
}

/// The rules, by the programs that have them. All write small letters and a hyphen for a blank, and leave other signs out.
const RULES: [SlugRule; 5] = [
    // GitHub, Docusaurus, Hugo and Zola's kin: every blank is a hyphen.
    SlugRule { kept: "_", joined: false, from_letter: false, second: ('-', 1) },
    // GitLab, VitePress.
    SlugRule { kept: "_", joined: true, from_letter: false, second: ('-', 1) },
    // Python-Markdown, which MkDocs uses.
    SlugRule { kept: "_", joined: true, from_letter: false, second: ('_', 1) },
    // kramdown, which Jekyll uses.
    SlugRule { kept: "", joined: false, from_letter: true, second: ('-', 1) },
    // Pandoc.
    SlugRule { kept: "_.", joined: true, from_letter: true, second: ('-', 1) },
];

/// The names that other programs give to the headings of one text.
pub struct ForeignSlugs {
    /// For each name: the positions of the headings that have it, in the order of the text.
    names: BTreeMap<String, Vec<usize>>,
    /// The names of the title of the document.
    title: Vec<String>,
}

/// What a name of another program's means.
#[derive(Debug, PartialEq, Eq)]
pub enum Meant {
    /// The top of the page: its title has this name.
    Title,
    /// A heading: its place, and whether other programs would go to another one.
    Heading(Box<str>, bool),
}

impl ForeignSlugs {
    /// The names of all headings of a text.
    pub fn of(text: &Text, title: &str) -> Self {
        let words: Vec<String> = text.headings.iter().map(|heading| words_of(text, heading.anchor)).collect();
        let mut names: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let mut name = |slug: String, heading: usize| {
            let headings = names.entry(slug).or_default();
            if !headings.contains(&heading) && headings.len() < 8 {
                headings.push(heading);
            }
        };
        for rule in &RULES {
            let mut seen: BTreeMap<String, u32> = BTreeMap::new();
            for (heading, words) in words.iter().enumerate() {
                let slug = rule.slug(words);
                let count = seen.entry(slug.clone()).or_insert(0);
                let (sign, first) = rule.second;
                name(if *count == 0 { slug } else { format!("{slug}{sign}{}", *count - 1 + first) }, heading);
                *count += 1;
            }
        }
        // Letters without their accents, and a hyphen for every other sign.
        for (heading, words) in words.iter().enumerate().rev() {
            let slug = slug_of_words(words);
            let headings = names.entry(slug).or_default();
            if headings.is_empty() {
                headings.push(heading);
            }
        }
        names.remove("");
        names.values_mut().for_each(|headings| headings.sort_unstable());
        let title = RULES.iter().map(|rule| rule.slug(title)).chain([slug_of_words(title)]).collect();
        Self { names, title }
    }

    /// What a name means in this text; words as they stand in a heading are a name too. `None` if it means nothing.
    pub fn find(&self, text: &Text, place: &str) -> Option<Meant> {
        let place = place.trim().to_lowercase();
        let tried = [place.clone(), RULES[0].slug(&place)];
        let headings = tried.iter().find_map(|name| self.names.get(name));
        if let Some(headings) = headings {
            let anchor = text.headings.get(*headings.first()?)?.anchor;
            return Some(Meant::Heading(text.anchor(anchor).id.clone(), headings.len() > 1));
        }
        (!place.is_empty() && self.title.contains(&place)).then_some(Meant::Title)
    }
}

impl SlugRule {
    fn slug(&self, words: &str) -> String {
        let lower = words.trim().to_lowercase();
        let lower =
            if self.from_letter { lower.trim_start_matches(|sign: char| !sign.is_alphabetic()) } else { &lower };
        let mut slug = String::with_capacity(lower.len());
        for sign in lower.chars() {
            match sign {
                sign if sign.is_whitespace() || sign == '-' => {
                    slug.push_str(if self.joined && (slug.is_empty() || slug.ends_with('-')) { "" } else { "-" });
                }
                sign if sign.is_alphanumeric() || self.kept.contains(sign) || is_mark(sign) => slug.push(sign),
                _ => {}
            }
        }
        if self.joined {
            slug.truncate(slug.trim_end_matches('-').len());
        }
        slug
    }
}

/// Whether a character is an accent that stands by itself.
fn is_mark(sign: char) -> bool {
    matches!(sign, '\u{300}'..='\u{36F}')
}

/// The words of a heading, with its printed number.
fn words_of(text: &Text, anchor: AnchorId) -> String {
    let node = text.anchor(anchor).node.map(|node| *text.node(node));
    let words = node.and_then(|node| text.words.get(node.start as usize..node.end as usize)).unwrap_or_default();
    words.split(char::is_whitespace).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_made_as_elsewhere() {
        for (rule, words, expected) in [
            (0, "Tips & Tricks", "tips--tricks"),
            (0, "7. Budget (2021/22)", "7-budget-202122"),
            (0, "Été à l’école_1", "été-à-lécole_1"),
            (1, "Tips & Tricks", "tips-tricks"),
            (3, "7. Budget", "budget"),
            (4, "2.1 Version 2.0", "version-2.0"),
        ] {
            assert_eq!(RULES[rule].slug(words), expected, "{rule} {words}");
        }
    }
}
