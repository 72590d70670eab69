//! Words for a terminal: lines that fit, numbers as people write them, and no characters from a site's texts that could
//! control the terminal.
//!
//! Input: text. Output: text. Not here: colour.

use crate::diagnostic::is_deceptive;

/// `text` in lines of at most `width` characters. Line ends in it stay; a word that is too long keeps its line.
pub(crate) fn wrapped(text: &str, width: usize) -> String {
    let lines: Vec<String> = text.lines().map(|line| wrapped_line(line, width)).collect();
    lines.join("\n")
}

/// One line, broken. Two spaces hold pasteable words apart (`write  {skip=4}  if …`), so only the space at a line's end
/// is dropped.
fn wrapped_line(line: &str, width: usize) -> String {
    let mut lines = String::with_capacity(line.len());
    let mut column = 0;
    for word in line.split_inclusive(' ') {
        let length = word.trim_end().chars().count();
        if column > 0 && length > 0 && column + length > width {
            lines.truncate(lines.trim_end().len());
            lines.push('\n');
            column = 0;
        }
        lines.push_str(word);
        column += word.chars().count();
    }
    lines.truncate(lines.trim_end().len());
    lines
}

/// `text` without anything that moves the cursor, changes colours or turns the reading order; lines stay lines.
pub(crate) fn harmless(text: &str) -> String {
    text.chars()
        .map(|character| match character {
            '\t' => ' ',
            character if is_deceptive(character) => '\u{FFFD}',
            character => character,
        })
        .collect()
}

/// A number with commas: `10000` → `10,000`.
pub(crate) fn number(value: usize) -> String {
    crate::language::grouped(value as u64, ",")
}

/// `1 page`, `10,000 pages`; `noun` is the singular of a regular word.
pub(crate) fn count(value: usize, noun: &str) -> String {
    format!("{} {noun}{}", number(value), if value == 1 { "" } else { "s" })
}

/// A path as it can be typed in a terminal.
pub(crate) fn pasteable(path: &str) -> String {
    let is_plain = |letter: char| letter.is_alphanumeric() || "/._-".contains(letter);
    let path = harmless(path);
    if path.chars().all(is_plain) { path } else { format!("\"{path}\"") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_broken_between_words_and_nowhere_else() {
        assert_eq!(wrapped("one two three four", 9), "one two\nthree\nfour");
        assert_eq!(wrapped("one\n  two", 80), "one\n  two");
        assert_eq!(wrapped("an-unbreakable-word is kept", 5), "an-unbreakable-word\nis\nkept");
        assert_eq!(wrapped("write  {skip=4}  if", 80), "write  {skip=4}  if");
        assert_eq!(wrapped("", 80), "");
    }

    #[test]
    fn a_title_cannot_move_the_cursor() {
        assert_eq!(harmless("a\u{1b}[2Jb\tc\u{202E}d\u{85}"), "a\u{FFFD}[2Jb c\u{FFFD}d\u{FFFD}");
    }

    #[test]
    fn a_path_with_spaces_is_one_word() {
        assert_eq!(pasteable("content/minutes/a-b_1.md"), "content/minutes/a-b_1.md");
        assert_eq!(pasteable("content/Minutes 14 October (final).md"), "\"content/Minutes 14 October (final).md\"");
    }

    #[test]
    fn numbers_are_written_for_people() {
        let shown: Vec<String> = [0, 999, 1000, 4200, 1_234_567].map(number).into();
        assert_eq!(shown, ["0", "999", "1,000", "4,200", "1,234,567"]);
        assert_eq!(count(1, "page"), "1 page");
        assert_eq!(count(10_000, "page"), "10,000 pages");
        assert_eq!(crate::diagnostic::list(&["a".into(), "b".into(), "c".into()]), "a, b and c");
    }
}
