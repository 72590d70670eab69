//! Which letters of a page of a PDF stand together as a word.
//!
//! Input: letters in the order in which they are painted, each with where it begins and ends. Output: a text with blanks and ends of
//! lines where a reader sees them: a PDF need not say either. Not here: columns; a program paints them one after the other.

use super::cover::MOST;
use super::geometry::Point;
use super::pdf_letters::Letters;

/// A gap of this part of the height of the writing is a blank; one between two letters of a word is smaller.
const BLANK: f64 = 0.17;
/// Writing that goes up or down by this part of its height, or back by the whole of it, is in another line.
const OTHER_LINE: f64 = 0.4;
/// A word that is divided at the end of a line.
const DIVIDED: [char; 2] = ['-', '\u{AD}'];

/// The words of a page, if they are wanted.
pub struct PageWords {
    text: Option<String>,
    /// Where the last letter ended.
    end: Option<Point>,
}

impl PageWords {
    /// Nothing yet.
    pub fn new(are_wanted: bool) -> Self {
        Self { text: are_wanted.then(String::new), end: None }
    }

    /// Whether anybody wants them.
    pub fn are_wanted(&self) -> bool {
        self.text.is_some()
    }

    /// Adds the letter with this code, from where it begins to where the next one is expected.
    pub fn add(&mut self, letters: &Letters, code: u16, (start, next): (Point, Point), size: f64) {
        let Some(text) = self.text.as_mut().filter(|text| text.len() < MOST) else { return };
        let begun = text.len();
        letters.add(code, text);
        let gap = self.end.replace(next).map_or(Gap::None, |end| gap(end, start, next, size));
        match gap {
            Gap::None => {}
            Gap::Blank => text.insert(begun, ' '),
            Gap::Line => {
                let goes_on = text[begun..].starts_with(char::is_lowercase);
                let sign = text[..begun].chars().next_back().filter(|sign| goes_on && DIVIDED.contains(sign));
                match sign {
                    Some(sign) => text.replace_range(begun - sign.len_utf8()..begun, ""),
                    None => text.insert(begun, '\n'),
                }
            }
        }
    }

    /// Adds a text that stands by itself.
    pub fn add_text(&mut self, words: &str) {
        let Some(text) = self.text.as_mut().filter(|text| text.len() < MOST) else { return };
        text.push('\n');
        text.push_str(words);
        self.end = None;
    }

    /// The words so far.
    pub fn take(&mut self) -> String {
        self.text.take().unwrap_or_default()
    }
}

/// What a reader sees between two letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gap {
    None,
    Blank,
    Line,
}

/// Between a letter that ended at `end` and one from `start` to `next`.
fn gap(end: Point, start: Point, next: Point, size: f64) -> Gap {
    let (x, y) = (next.0 - start.0, next.1 - start.1);
    let width = x.hypot(y);
    // A letter without a width says nothing of the direction.
    let (x, y) = if width > 0.0 { (x / width, y / width) } else { (1.0, 0.0) };
    let (right, up) = (start.0 - end.0, start.1 - end.1);
    let (along, across) = (right * x + up * y, up * x - right * y);
    if across.abs() > OTHER_LINE * size || along < -size {
        Gap::Line
    } else if along > BLANK * size {
        Gap::Blank
    } else {
        Gap::None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_one_word_however_they_are_placed() {
        let at = |x: f64, y: f64| gap((100.0, 50.0), (x, y), (x + 5.0, y), 10.0);
        assert_eq!(at(100.0, 50.0), Gap::None);
        assert_eq!((at(101.0, 50.0), at(98.0, 50.0)), (Gap::None, Gap::None), "a pair of letters was moved closer");
        assert_eq!(at(102.5, 50.0), Gap::Blank);
        assert_eq!((at(20.0, 38.0), at(20.0, 50.0)), (Gap::Line, Gap::Line));
        assert_eq!(at(101.0, 53.0), Gap::None, "a raised letter");
        // The same on a page that lies on its side.
        let upright = |x: f64, y: f64| gap((100.0, 50.0), (x, y), (x, y + 5.0), 10.0);
        assert_eq!(
            (upright(100.0, 50.5), upright(100.0, 52.5), upright(112.0, 20.0)),
            (Gap::None, Gap::Blank, Gap::Line)
        );
    }
}
