//! A change as people compare it: the lines that go after a `-`, the lines that come after a `+`, with their numbers.
//!
//! Input: the lines of a text, and a change of it. Output: a few lines for a terminal; of a long line what lies round the
//! change. Not here: the changes of several messages together.

use annotate_snippets::renderer::{AnsiColor, Style};

use super::ReportOptions;
use super::places::Lines;
use super::text::harmless;
use crate::diagnostic::{Change, Edit};

/// The lines of a text that a change touches, and what they become.
struct Hunk<'text> {
    /// The number of the first line, from 1.
    first: usize,
    old: Vec<&'text str>,
    new: Vec<String>,
}

/// `change` as the lines that go and the lines that come.
pub(crate) fn difference(lines: &Lines, change: &Change, options: ReportOptions) -> String {
    let hunks = hunks(lines, change);
    let last = hunks.iter().map(|hunk| hunk.first + hunk.old.len().max(hunk.new.len())).max().unwrap_or(1);
    let digits = last.to_string().len();
    let room = options.width.saturating_sub(digits + 4).max(20);
    let mut printed = String::new();
    let mut shift = 0;
    for hunk in &hunks {
        let from = if hunk.old.len() == 1 && hunk.new.len() == 1 { window(hunk.old[0], &hunk.new[0], room) } else { 0 };
        let mut print = |sign: &str, style: Style, number: usize, line: &str| {
            let line = format!("{sign} {number:>digits$}  {}", cut(line, from, room));
            let line = line.trim_end();
            printed.push_str(&if options.colour { format!("{style}{line}{style:#}\n") } else { format!("{line}\n") });
        };
        for (number, line) in (hunk.first..).zip(&hunk.old) {
            print("-", AnsiColor::Red.on_default(), number, line);
        }
        for (number, line) in (hunk.first + shift..).zip(&hunk.new) {
            print("+", AnsiColor::Green.on_default(), number, line);
        }
        shift += hunk.new.len().saturating_sub(hunk.old.len());
    }
    printed
}

/// The runs of lines that a change touches.
fn hunks<'text>(lines: &'text Lines, change: &Change) -> Vec<Hunk<'text>> {
    let mut edits: Vec<&Edit> = change.edits.iter().collect();
    edits.sort();
    let mut runs: Vec<(usize, usize, Vec<&Edit>)> = Vec::new();
    for edit in edits {
        let (from, to) = (lines.index(edit.span.start as usize), lines.index(edit.span.end as usize));
        match runs.last_mut() {
            Some((_, last, run)) if from <= *last => {
                *last = to.max(*last);
                run.push(edit);
            }
            _ => runs.push((from, to, vec![edit])),
        }
    }
    runs.into_iter().map(|(from, to, edits)| hunk(lines, from, to, &edits)).collect()
}

/// The lines from `from` to `to` and what `edits` make of them, without those that stay as they are.
fn hunk<'text>(lines: &'text Lines, from: usize, to: usize, edits: &[&Edit]) -> Hunk<'text> {
    let (begin, end) = (lines.begin(from), lines.end(to));
    let mut new = String::new();
    let mut kept = begin;
    for edit in edits {
        new.push_str(&lines.text[kept..edit.span.start as usize]);
        new.push_str(&edit.with);
        kept = edit.span.end as usize;
    }
    new.push_str(lines.text.get(kept..end).unwrap_or_default());
    let mut old: Vec<&str> = lines.text[begin..end].split('\n').collect();
    let mut new: Vec<String> = new.split('\n').map(str::to_owned).collect();
    let first = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
    old.drain(..first);
    new.drain(..first);
    while old.last().zip(new.last()).is_some_and(|(old, new)| old == new) {
        old.pop();
        new.pop();
    }
    Hunk { first: from + first + 1, old, new }
}

/// From which character on two long lines are shown, so that what differs is seen.
fn window(old: &str, new: &str, room: usize) -> usize {
    let longest = old.chars().count().max(new.chars().count());
    if longest <= room {
        return 0;
    }
    let same = old.chars().zip(new.chars()).take_while(|(old, new)| old == new).count();
    // As much as fits before the end of the longer line, where that is in sight of the place.
    same.saturating_sub(room / 2).min(longest.saturating_sub(room - 1))
}

/// The characters of `line` from `from` on that fit into `room`, with an ellipsis where some are left out.
fn cut(line: &str, from: usize, room: usize) -> String {
    let mut shown = if from > 0 { String::from("…") } else { String::new() };
    let left = room - usize::from(from > 0);
    let rest: Vec<char> = line.chars().skip(from).take(left + 1).collect();
    if rest.len() > left {
        shown.extend(&rest[..left - 1]);
        shown.push('…');
    } else {
        shown.extend(&rest);
    }
    harmless(&shown)
}

#[cfg(test)]
mod tests {
    use super::super::Extent;
    use super::*;
    use crate::source::{SourceId, Span};

    fn shown(text: &str, edits: &[(usize, usize, &str)]) -> String {
        let edits = edits
            .iter()
            .map(|(start, end, with)| Edit { span: Span::new(SourceId(0), *start, *end), with: (*with).into() });
        let options = ReportOptions { width: 40, colour: false, extent: Extent::Mistakes };
        difference(&Lines::new(text.to_owned()), &Change { edits: edits.collect() }, options)
    }

    #[test]
    fn lines_that_go_stand_above_lines_that_come() {
        assert_eq!(shown("one\ntwo\nthree", &[(4, 7, "2")]), "- 2  two\n+ 2  2\n");
        assert_eq!(shown("one\ntwo", &[(7, 7, " {skip}")]), "- 2  two\n+ 2  two {skip}\n");
        assert_eq!(shown("one\ntwo", &[(4, 4, "\n")]), "+ 2\n", "only what comes is shown");
        assert_eq!(shown("one\ntwo\nthree", &[(4, 8, "")]), "- 2  two\n");
        assert_eq!(
            shown("one\ntwo", &[(0, 0, "**"), (3, 3, "**"), (7, 7, "!")]),
            "- 1  one\n+ 1  **one**\n- 2  two\n+ 2  two!\n"
        );
        assert_eq!(shown("", &[(0, 0, "x")]), "- 1\n+ 1  x\n");
    }

    #[test]
    fn of_a_long_line_the_changed_part_is_shown() {
        let text = format!("{} end.", "words and ".repeat(20));
        let printed = shown(&text, &[(text.len(), text.len(), " {.resolution}")]);
        assert!(printed.lines().all(|line| line.chars().count() <= 40), "{printed}");
        assert!(printed.ends_with(" end. {.resolution}\n") && printed.starts_with("- 1  …"), "{printed}");
        let printed = shown(&text, &[(0, 5, "WORDS")]);
        assert!(printed.contains("+ 1  WORDS and") && printed.contains("…\n"), "{printed}");
    }
}
