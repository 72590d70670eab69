//! The words that this room itself puts on a page, so that a site in another language can bring its own.
//!
//! Enters: nothing. Leaves: [`Phrases`], with the English ones built in. Absent: messages to authors.

/// The room's own words. `{}` stands for a number or a list of numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrases {
    /// The title of a `[!NOTE]`.
    pub note: &'static str,
    /// The title of a `[!TIP]`.
    pub tip: &'static str,
    /// The title of a `[!IMPORTANT]`.
    pub important: &'static str,
    /// The title of a `[!WARNING]`.
    pub warning: &'static str,
    /// The title of a `[!CAUTION]`.
    pub caution: &'static str,
    /// A ticked box, for people who cannot see it.
    pub task_done: &'static str,
    /// An empty box, likewise.
    pub task_open: &'static str,
    /// The name of the part that holds the footnotes.
    pub footnotes: &'static str,
    /// What a reference to a footnote is called.
    pub footnote: &'static str,
    /// What the link from a footnote back to the text is called.
    pub back: &'static str,
    /// What the link of a paragraph or list item to itself is called.
    pub link_to_paragraph: &'static str,
    /// What the link of a heading to itself is called.
    pub link_to_section: &'static str,
    /// What the link of a place in the printed pack is called.
    pub pack_page: &'static str,
    /// In place of a passage that is exempt under one paragraph.
    pub exempt_paragraph: &'static str,
    /// In place of one that is exempt under several.
    pub exempt_paragraphs: &'static str,
    /// In place of one that does not say under which.
    pub exempt: &'static str,
    /// Between the last two of several.
    pub and: &'static str,
}

impl Phrases {
    /// The words in English.
    pub const ENGLISH: Phrases = Phrases {
        note: "Note",
        tip: "Tip",
        important: "Important",
        warning: "Warning",
        caution: "Caution",
        task_done: "Done",
        task_open: "To do",
        footnotes: "Footnotes",
        footnote: "Footnote {}",
        back: "Back to reference {}",
        link_to_paragraph: "Link to this paragraph",
        link_to_section: "Link to this section",
        pack_page: "Page {} of the printed pack begins here",
        exempt_paragraph: "Exempt under paragraph {} of Part 1 of Schedule 12A to the Local Government Act 1972.",
        exempt_paragraphs: "Exempt under paragraphs {} of Part 1 of Schedule 12A to the Local Government Act 1972.",
        exempt: "Exempt.",
        and: "and",
    };

    /// In place of a passage that is exempt under these paragraphs.
    #[must_use]
    pub fn exemption(&self, paragraphs: &[Box<str>]) -> String {
        match paragraphs {
            [] => self.exempt.to_owned(),
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
            Phrases::ENGLISH.exemption(&paragraphs)
        };
        assert_eq!(says(&[]), "Exempt.");
        assert!(says(&["3"]).starts_with("Exempt under paragraph 3 of Part 1 of Schedule 12A"));
        assert!(says(&["1", "3"]).starts_with("Exempt under paragraphs 1 and 3 of"));
        assert!(says(&["1", "2", "7A"]).starts_with("Exempt under paragraphs 1, 2 and 7A of"));
    }
}
