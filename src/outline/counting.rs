//! Counting: whether a number or letter that opens a block or a line is a label, by what stands above it, and what is
//! wrong with its order (content.md §3, "Numbers are evidence").
//!
//! Input: a label as `labels.rs` reads it, and the walk through the text so far. Output: the label with what it hangs on,
//! or `None` if it is prose; and remarks for the author. Not here: events, and where blocks begin.

use std::cmp::Ordering;

use super::model::{Label, LabelParent, Remark, What};
use super::walk::{Level, Walk, says};
use crate::lexicon::labels::{self, Lettered, Numbers, Style};
use crate::markdown::plan::{Braces, escaped};

impl<'a> Walk<'a, '_> {
    /// Whether a dotted number that opens a block is a label, and what it hangs on.
    pub(crate) fn dotted(&mut self, at: usize, dotted: labels::Dotted<'_>, attributes: &[Braces<'_>]) -> Option<usize> {
        let typed = at..at + dotted.length;
        let numbers = dotted.numbers;
        let heading = self.numbered_heading(&numbers);
        let near = self.counted.last.is_some_and(|last| numbers.follows(&last) || numbers.is_near(&last));
        if heading.is_none() && !near && dotted.lower {
            return None;
        }
        let seen = !self.counted.seen.insert(numbers);
        let silent = seen | std::mem::take(&mut self.counted.notice) | std::mem::take(&mut self.counted.reordered);
        if !silent
            && let Some(what) = self.out_of_order(numbers, heading)
            && !says(attributes, |key| key == "skip")
        {
            self.out.remarks.push(Remark { typed: typed.clone(), what });
        }
        self.counted.last = Some(numbers);
        self.out.labels.push(Label { typed, label: dotted.label.into(), parent: LabelParent::Text, told: true });
        let label = self.out.labels.len() - 1;
        (self.base, self.levels) = (Some(label), Vec::new());
        Some(label)
    }

    /// The innermost heading above under whose number a label lies.
    fn numbered_heading(&self, numbers: &Numbers) -> Option<Numbers> {
        let headings = self.headings.iter().rev().filter_map(|heading| heading.numbers);
        headings.into_iter().find(|heading| numbers.is_below(heading))
    }

    /// What is wrong with the order of a label.
    fn out_of_order(&self, numbers: Numbers, heading: Option<Numbers>) -> Option<What> {
        let last = self.counted.last.filter(|last| heading.is_none_or(|heading| last.is_below(&heading)));
        let expected = match (last, heading) {
            (Some(last), _) if numbers.follows(&last) => return None,
            (None, Some(heading)) if numbers.all()[heading.all().len()..].iter().all(|number| *number <= 1) => {
                return None;
            }
            (Some(last), _) if numbers < last && numbers.last() > 1 => return Some(What::Back(last.to_string())),
            (Some(_), _) if numbers.last() <= 1 => return None,
            (Some(last), _) if numbers.is_near(&last) => last.cut(&numbers).next(),
            (Some(last), _) => last.next(),
            (None, Some(heading)) => heading.first_below(),
            (None, None) if numbers.last() <= 1 => return None,
            (None, None) => numbers.first_beside(),
        };
        (!self.counted.seen.contains(&expected)).then(|| What::Gap(expected.to_string()))
    }

    /// Whether a letter or number in brackets that opens a block is a label, and what it hangs on.
    pub(crate) fn lettered(&mut self, at: usize, lettered: Lettered<'_>, attributes: &[Braces<'_>]) -> Option<usize> {
        let (depth, style, value, last) = self.level_of(&lettered)?;
        let typed = at..at + lettered.length;
        let text = self.text;
        let as_typed = |value: u16| text[typed.clone()].replacen(lettered.label, &written(style, value), 1);
        let what = match value.cmp(&(last + 1)) {
            Ordering::Greater => Some(What::Gap(as_typed(last + 1))),
            Ordering::Less if value > 1 && value < last => Some(What::Back(as_typed(last))),
            _ => None,
        };
        let silent = std::mem::take(&mut self.counted.notice) || says(attributes, |key| key == "skip");
        if let Some(what) = what.filter(|_| !silent) {
            self.out.remarks.push(Remark { typed: typed.clone(), what });
        }
        self.levels.truncate(depth);
        let parent = match (self.levels.last(), self.base) {
            (Some(level), _) => LabelParent::Label(level.label),
            (None, Some(base)) => LabelParent::Label(base),
            (None, None) => self.below_heading(),
        };
        self.out.labels.push(Label {
            typed,
            label: lettered.label.into(),
            parent,
            told: !matches!(parent, LabelParent::Nothing),
        });
        let label = self.out.labels.len() - 1;
        self.levels.push(Level { style, value, label });
        Some(label)
    }

    /// The depth at which a letter lies, its style and value, and the value before it.
    fn level_of(&self, lettered: &Lettered<'_>) -> Option<(usize, Style, u16, u16)> {
        for (depth, level) in self.levels.iter().enumerate().rev() {
            if lettered.as_style(level.style) == Some(level.value + 1) {
                return Some((depth, level.style, level.value + 1, level.value));
            }
        }
        let depth_of = |style: Style| self.levels.iter().rposition(|level| level.style == style);
        if let Some((style, value)) = lettered.readings().find(|(_, value)| *value == 1) {
            return Some((depth_of(style).unwrap_or(self.levels.len()), style, value, 0));
        }
        let known = lettered.readings().find_map(|(style, value)| depth_of(style).map(|depth| (depth, style, value)));
        match known {
            Some((depth, style, value)) => Some((depth, style, value, self.levels[depth].value)),
            None => lettered.readings().next().map(|(style, value)| (self.levels.len(), style, value, 0)),
        }
    }

    // Lines within a paragraph.

    /// Whether the line after the break `index` is a paragraph of its own.
    pub(crate) fn parts(&mut self, first: usize, index: usize, end: usize) -> bool {
        let Some((at, _)) = self.words(&(index + 1..end), false) else { return false };
        // The words may begin on a later line only.
        let Some((_, next)) = self.list.get(index + 1) else { return false };
        if escaped(self.text, at) {
            return false;
        }
        let line = self.line(at);
        let above = &self.text[self.list[first].1.start..self.list[index].1.start];
        let above = above.trim_end_matches([' ', '\t', '*', '_', '\\']);
        if at < next.start || self.text[next.start..at].contains('\n') {
            return false;
        }
        // What stands above on the same paragraph is not counted yet.
        let known = self.before(first, index);
        if let Some(dotted) = labels::dotted(line) {
            self.parts_at_number(at, dotted, above, known)
        } else if let Some(lettered) = labels::lettered(line) {
            self.parts_at_letter(&lettered, above, known)
        } else {
            false
        }
    }

    /// The label of the stretch of the paragraph from `first` to the break `index`.
    fn before(&self, first: usize, index: usize) -> Option<&'a str> {
        let (at, _) = self.words(&(first..index), false)?;
        Some(self.line(at))
    }

    fn parts_at_number(&mut self, at: usize, dotted: labels::Dotted<'_>, above: &str, opens: Option<&str>) -> bool {
        const JOINS: [&str; 13] =
            ["and", "at", "by", "from", "in", "of", "or", "see", "than", "the", "to", "was", "with"];
        const REFERS: [&str; 8] = ["clause", "item", "page", "para", "paragraph", "paragraphs", "point", "section"];
        let numbers = dotted.numbers;
        let last = opens.and_then(labels::dotted).map(|opens| opens.numbers).or(self.counted.last);
        let near = last.is_some_and(|last| numbers.follows(&last) || numbers.is_near(&last));
        if !near && self.numbered_heading(&numbers).is_none() {
            return false;
        }
        let word = above.rsplit(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default().to_lowercase();
        let ended = above.ends_with(['.', ':', ';', '?', '!', ')', '”', '"']);
        let follows = last.is_some_and(|last| numbers.follows(&last));
        let goes_on = REFERS.contains(&word.as_str()) || (JOINS.contains(&word.as_str()) && !follows);
        let parts = ended || !(dotted.lower || goes_on);
        if !parts {
            self.out.remarks.push(Remark { typed: at..at + dotted.length, what: What::Doubtful });
        }
        parts
    }

    /// Inside a paragraph a `(b)` begins a block only if its `(a)` did.
    fn parts_at_letter(&self, lettered: &Lettered<'_>, above: &str, opens: Option<&str>) -> bool {
        let opened = opens.and_then(labels::lettered);
        let follows = |(style, value): (Style, u16)| {
            let here = opened.and_then(|opened| opened.as_style(style));
            let open = self.levels.iter().any(|level| level.style == style && level.value + 1 == value);
            here.map_or(open, |here| here + 1 == value || open)
        };
        let ended = above.ends_with([':', ';', '.', ',', '–', '—', '?', '!'])
            || [" and", " or"].iter().any(|word| above.ends_with(word));
        let begins = lettered.readings().any(|(_, value)| value == 1);
        lettered.readings().any(follows) || (begins && ended)
    }
}

/// A letter or number as an author would type it.
fn written(style: Style, value: u16) -> String {
    let letter = |first: u8| char::from(first + u8::try_from(value.clamp(1, 26) - 1).unwrap_or_default()).to_string();
    match style {
        Style::Letters => letter(b'a'),
        Style::Capitals => letter(b'A'),
        Style::Numbers => value.to_string(),
        Style::Roman => {
            let mut rest = value;
            let mut roman = String::new();
            while let Some((worth, part)) = labels::ROMAN.iter().find(|(worth, _)| *worth <= rest) {
                roman.push_str(part);
                rest -= worth;
            }
            roman
        }
    }
}
