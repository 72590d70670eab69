//! How long a message may be. What an author typed is quoted in many messages, and one line of a text can have a megabyte.
//!
//! Input: the words of a message. Output: the same, with the middle left out if they are longer than anybody reads. Not here:
//! the lines of a text that are shown below a message (`cli/excerpt.rs`).

use std::borrow::Cow;

use super::Diagnostic;

/// The longest title, name or place, in characters.
pub const LONGEST_TITLE: usize = 300;
/// The longest reason.
const LONGEST_REASON: usize = 2_000;
/// The longest line of what to type, and the longest of all its lines.
const LONGEST_LINE: usize = 500;
const LONGEST_FIX: usize = 4_000;
/// How many other places a message names.
const PLACES: usize = 20;

impl Diagnostic {
    /// Takes the middle out of what is too long to be read.
    pub(super) fn shorten(&mut self) {
        shorten(&mut self.title, LONGEST_TITLE);
        shorten(&mut self.why, LONGEST_REASON);
        if self.fix.lines().any(|line| line.len() > LONGEST_LINE) {
            let lines: Vec<_> = self.fix.lines().map(|line| shortened(line, LONGEST_LINE)).collect();
            self.fix = lines.join("\n").into();
        }
        shorten(&mut self.fix, LONGEST_FIX);
        if let Some(place) = &mut self.place {
            shorten(place, LONGEST_TITLE);
        }
        self.also.truncate(PLACES);
        self.also.iter_mut().for_each(|(_, label)| shorten(label, LONGEST_TITLE));
    }
}

fn shorten(text: &mut Box<str>, most: usize) {
    if let Cow::Owned(shorter) = shortened(text, most) {
        *text = shorter.into();
    }
}

/// `text` with at most `most` characters and ` … `: if it has more, its beginning and its end, so that a sentence which
/// quotes something endless is still a sentence.
#[must_use]
pub fn shortened(text: &str, most: usize) -> Cow<'_, str> {
    // The middle of the text is looked at only if it may stay.
    if text.len() <= most || text.char_indices().nth(most).is_none() {
        return Cow::Borrowed(text);
    }
    let last = most / 3;
    let head = text.char_indices().nth(most - last).map_or(text.len(), |(at, _)| at);
    let tail = text.char_indices().rev().nth(last.saturating_sub(1)).map_or(text.len(), |(at, _)| at);
    Cow::Owned(format!("{} … {}", text[..head].trim_end(), text[tail..].trim_start()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Diagnostics;

    #[test]
    fn the_beginning_and_the_end_stay() {
        assert_eq!(shortened("short", 5), "short");
        assert_eq!(shortened("ééééé", 5), "ééééé");
        assert_eq!(shortened("one two three four", 9), "one tw … our");
        let endless = format!("`{}` is no field", "é".repeat(100_000));
        let shown = shortened(&endless, LONGEST_TITLE);
        assert!(shown.starts_with("`éé") && shown.ends_with("é` is no field"), "{shown}");
        assert!(shown.chars().count() <= LONGEST_TITLE + 3);
    }

    #[test]
    fn no_message_is_longer_than_a_page() {
        let endless = "word ".repeat(100_000);
        let lines = "a line to paste\n".repeat(10_000);
        let mut diagnostics = Diagnostics::new();
        for fix in [&endless, &lines] {
            let added = diagnostics.add("broken-link", None, endless.clone(), endless.clone(), fix.clone());
            added.place = Some(endless.clone().into());
            let span = crate::source::Span::whole(crate::source::SourceId(0));
            added.also = vec![(span, endless.clone().into()); 1000];
        }
        for message in diagnostics.sorted() {
            let length = format!("{message:?}").len();
            assert!(length < 20_000, "{length}");
        }
    }
}
