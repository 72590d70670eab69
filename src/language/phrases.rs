//! The words that a text gets from the program: names of links, titles of alerts, the sentence for what is exempt.
//!
//! Input: a language. Output: [`Phrases`], so that a site in another language can bring its own. Not here: messages to
//! authors.

use std::sync::LazyLock;

use super::Language;

/// Words that are put into or beside a text. `{}` stands for a number or a list of numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrases {
    /// The title of a `[!NOTE]`.
    pub note: Box<str>,
    /// The title of a `[!TIP]`.
    pub tip: Box<str>,
    /// The title of a `[!IMPORTANT]`.
    pub important: Box<str>,
    /// The title of a `[!WARNING]`.
    pub warning: Box<str>,
    /// The title of a `[!CAUTION]`.
    pub caution: Box<str>,
    /// A ticked box, for people who cannot see it.
    pub task_done: Box<str>,
    /// An empty box, for people who cannot see it.
    pub task_open: Box<str>,
    /// What the box of a wide table is called.
    pub table: Box<str>,
    /// The name of the part that holds the footnotes.
    pub footnotes: Box<str>,
    /// What a reference to a footnote is called.
    pub footnote: Box<str>,
    /// What the link from a footnote back to the text is called.
    pub back: Box<str>,
    /// What the link of a paragraph or list item to itself is called.
    pub link_to_paragraph: Box<str>,
    /// What the link of a heading to itself is called.
    pub link_to_section: Box<str>,
    /// What the link of a place in the printed pack is called.
    pub pack_page: Box<str>,
    /// The sentence in place of a passage that is exempt under one paragraph.
    pub exempt_paragraph: Box<str>,
    /// The sentence in place of a passage that is exempt under several paragraphs.
    pub exempt_paragraphs: Box<str>,
    /// The sentence in place of a passage that does not say under which paragraph it is exempt.
    pub exempt: Box<str>,
    /// The word between the last two items of a list.
    pub and: Box<str>,
}

/// The words in English, for texts that have no site yet.
pub static ENGLISH: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(&Language::of("en")));

impl Phrases {
    /// The words in a language.
    #[must_use]
    pub fn of(language: &Language) -> Self {
        let word = |key: &str| language.say(key, &[("number", "{}"), ("paragraphs", "{}")]).into_boxed_str();
        Self {
            note: word("text.note"),
            tip: word("text.tip"),
            important: word("text.important"),
            warning: word("text.warning"),
            caution: word("text.caution"),
            task_done: word("text.task-done"),
            task_open: word("text.task-open"),
            table: word("text.table"),
            footnotes: word("text.footnotes"),
            footnote: word("text.footnote"),
            back: word("text.back"),
            link_to_paragraph: word("permalink.here"),
            link_to_section: word("permalink.heading"),
            pack_page: word("text.pack-page"),
            exempt_paragraph: word("text.exempt-paragraph"),
            exempt_paragraphs: word("text.exempt-paragraphs"),
            exempt: word("text.exempt"),
            and: word("text.and"),
        }
    }

    /// The sentence in place of a passage that is exempt under these paragraphs.
    #[must_use]
    pub fn exemption(&self, paragraphs: &[Box<str>]) -> String {
        match paragraphs {
            [] => self.exempt.to_string(),
            [one] => self.exempt_paragraph.replace("{}", one),
            [others @ .., last] => {
                let list = format!("{} {} {last}", others.join(", "), self.and);
                self.exempt_paragraphs.replace("{}", &list)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_exemption_names_its_paragraphs() {
        let says = |paragraphs: &[&str]| {
            let paragraphs: Vec<Box<str>> = paragraphs.iter().map(|paragraph| (*paragraph).into()).collect();
            ENGLISH.exemption(&paragraphs)
        };
        assert_eq!(says(&[]), "Exempt.");
        assert!(says(&["3"]).starts_with("Exempt under paragraph 3 of Part 1 of Schedule 12A"));
        assert!(says(&["1", "3"]).starts_with("Exempt under paragraphs 1 and 3 of"));
        assert!(says(&["1", "2", "7A"]).starts_with("Exempt under paragraphs 1, 2 and 7A of"));
    }
}
