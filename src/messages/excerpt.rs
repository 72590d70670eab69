//! The characters that a message is about, in their line, with a caret below.
//!
//! Input: the text of a source and a range of it. Output: a few lines for a terminal. Wide letters, tabs and long lines are
//! the work of `annotate-snippets`; which lines to show is decided here. Not here: headers and reasons.

use annotate_snippets::renderer::{AnsiColor, Effects};
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::ReportOptions;
use crate::diagnostic::Severity;
use crate::source::line_at;

/// The longest line that is shown whole, in bytes: `annotate-snippets` looks at each character of a line, and there are
/// files of one line.
const LONGEST: usize = 2_000;

/// The line in which the byte `start` of `text` lies, with `start..end` underlined up to the line's end, and the line
/// before it if there is room.
pub(crate) fn excerpt(text: &str, start: usize, end: usize, severity: Severity, options: ReportOptions) -> String {
    let line = line_at(text, start);
    let begin = offset_of(text, line.text);
    let from = text.floor_char_boundary(start).clamp(begin, begin + line.text.len()) - begin;
    let to = text.floor_char_boundary(end).clamp(begin + from, begin + line.text.len()) - begin;
    let to = from + seen_length(&line.text[from..to], options.width);
    let (shown, from, to) = window(line.text, from, to);
    let before = line_before(text, begin).filter(|before| fits(before, &shown, to, options));
    let (source, shift, first) = match before {
        Some(before) => (format!("{before}\n{shown}"), before.len() + 1, line.number - 1),
        None => (shown, 0, line.number),
    };
    let snippet = Snippet::source(source)
        .line_start(first)
        .fold(false)
        .annotation(AnnotationKind::Primary.span(from + shift..to + shift));
    let level = match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let renderer = if options.colour {
        Renderer::styled().line_num(AnsiColor::BrightBlack.on_default()).emphasis(Effects::BOLD.into())
    } else {
        Renderer::plain()
    };
    let printed = renderer.term_width(options.width).render(&[Group::with_level(level.no_name()).element(snippet)]);
    printed.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

/// How many bytes of a range are underlined: a range wider than the terminal would draw its carets past the edge,
/// and its beginning is what readers look for.
fn seen_length(range: &str, width: usize) -> usize {
    let most = (width / 2).max(20);
    range.char_indices().nth(most).map_or(range.len(), |(at, _)| at)
}

/// Where `part`, a slice of `text`, begins in it.
fn offset_of(text: &str, part: &str) -> usize {
    part.as_ptr() as usize - text.as_ptr() as usize
}

/// A line, and the range `from..to` in it; a long line is cut to what lies round the range.
fn window(line: &str, from: usize, to: usize) -> (String, usize, usize) {
    if line.len() <= LONGEST {
        return (line.to_owned(), from, to);
    }
    let to = line.floor_char_boundary(to.min(from + LONGEST / 2));
    let first = line.floor_char_boundary(from.saturating_sub(LONGEST / 4));
    let last = line.floor_char_boundary(to + LONGEST / 4);
    (line[first..last].to_owned(), from - first, to - first)
}

/// The line before the one that begins at the byte `begin`; `None` if that is the first.
fn line_before(text: &str, begin: usize) -> Option<&str> {
    let before = text[..begin].strip_suffix('\n')?;
    Some(&before[before.rfind('\n').map_or(0, |at| at + 1)..])
}

/// Whether the line before can be seen: it is cut like the line itself, which must be shown from its first letter.
fn fits(before: &str, shown: &str, to: usize, options: ReportOptions) -> bool {
    let room = options.width.saturating_sub(20);
    before.len() <= LONGEST && shown[..to].chars().count() <= room
}

#[cfg(test)]
mod tests {
    use super::super::Extent;
    use super::*;

    fn shown(text: &str, part: &str) -> String {
        let start = text.find(part).expect("the part is in the text");
        let options = ReportOptions { width: 72, colour: false, extent: Extent::Examples };
        excerpt(text, start, start + part.len(), Severity::Warning, options)
    }

    #[test]
    fn the_caret_stands_under_the_characters() {
        assert_eq!(
            shown("3. That the report be noted.\n5. That the Plan be endorsed.\n", "5."),
            "  |\n1 | 3. That the report be noted.\n2 | 5. That the Plan be endorsed.\n  | ^^"
        );
        assert_eq!(shown("title: A\n", "A"), "  |\n1 | title: A\n  |        ^");
    }

    #[test]
    fn tabs_accents_wide_and_arabic_letters_are_counted_as_they_are_shown() {
        assert_eq!(shown("\tcafé [x](y)", "[x](y)"), "  |\n1 |     café [x](y)\n  |          ^^^^^^");
        assert_eq!(shown("会議 [x](y)", "[x](y)"), "  |\n1 | 会議 [x](y)\n  |      ^^^^^^");
        assert_eq!(shown("👩 [x](y)", "[x](y)"), "  |\n1 | 👩 [x](y)\n  |    ^^^^^^");
        assert_eq!(shown("تقرير [x](y)", "[x](y)"), "  |\n1 | تقرير [x](y)\n  |       ^^^^^^");
    }

    #[test]
    fn a_long_paragraph_is_cut_round_the_place_and_the_line_before_left_out() {
        let text = format!("Before.\n{}[here](x.md) {}", "many words ".repeat(30), "and more ".repeat(30));
        let shown = shown(&text, "[here](x.md)");
        assert!(shown.lines().all(|line| line.chars().count() <= 72), "{shown}");
        assert!(shown.contains("[here](x.md)") && !shown.contains("Before") && shown.contains("..."), "{shown}");
        let endless = format!("{}[here](x.md){}", "é".repeat(400_000), "é".repeat(400_000));
        assert!(self::shown(&endless, "[here]").lines().all(|line| line.chars().count() <= 72));
    }

    #[test]
    fn a_range_wider_than_the_terminal_is_underlined_at_its_beginning() {
        let text = format!("[here]({}x.md) and more", "folder/".repeat(40));
        let end = text.find(" and").expect("it is in the text");
        let shown = shown(&text, &text[..end]);
        assert!(shown.lines().all(|line| line.chars().count() <= 72), "{shown}");
        assert!(shown.contains("[here]") && shown.contains("^^^"), "{shown}");
    }

    #[test]
    fn a_range_of_several_lines_is_underlined_in_its_first() {
        assert_eq!(shown("a\n> one\n> two\n", "> one\n> two"), "  |\n1 | a\n2 | > one\n  | ^^^^^");
    }

    #[test]
    fn a_range_that_is_no_longer_there_is_no_accident() {
        let options = ReportOptions { width: 72, colour: false, extent: Extent::Examples };
        for (start, end) in [(900, 1000), (1, 1), (0, 900), (2, 0)] {
            assert!(excerpt("é\nx", start, end, Severity::Note, options).contains(" | "), "{start}..{end}");
        }
        assert!(excerpt("", 0, 0, Severity::Note, options).contains("1 |"));
    }

    #[test]
    fn nothing_in_a_text_reaches_the_terminal_as_a_command() {
        let printed = shown("a\u{1b}[2J\u{202E}b [x](y)", "[x](y)");
        assert!(!printed.contains('\u{1b}') && !printed.contains('\u{202E}'), "{printed:?}");
    }
}
