//! How far something reaches that only the letters of a text tell: a block of colons, words that are no sentence, a heading above a line.
//!
//! Input: a text and a place in it. Output: other places. Not here: what it means that something reaches so far (`disclosure`).

use std::ops::Range;

use super::events::line_start;

/// What opens and closes a block of another program.
const FENCE: &str = ":::";

/// Where the line of colons begins that opens a block and in which `at` lies. Below a paragraph its first colon is taken for
/// the mark of a definition, and then `at` lies behind it.
pub(crate) fn fence_start(text: &str, at: usize) -> Option<usize> {
    let line = line_start(text, at);
    let indent = text[line..].len() - text[line..].trim_start_matches([' ', '\t', '>']).len();
    let begins = line + indent;
    let opens = text[begins..].starts_with(FENCE) && (begins..=begins + FENCE.len()).contains(&at);
    opens.then_some(begins)
}

/// A line above hyphens that is longer, in bytes, is a paragraph above a line across the page.
const LONGEST_ABOVE_LINE: usize = 120;

/// Whether what CommonMark takes for a heading surely is one: a line of hyphens below a paragraph makes a heading of all of it,
/// and was often meant as a line across the page.
pub(crate) fn is_sure_heading(typed: &str) -> bool {
    let mut lines = typed.trim_end().lines();
    let (first, below) =
        (lines.next().unwrap_or_default(), lines.next().unwrap_or_default().trim_matches([' ', '\t', '>']));
    let title = !first.trim_end().trim_end_matches(['*', '_']).ends_with(['.', '!', '?', ';', ',', ':']);
    let above_line = || below.starts_with('=') || (title && first.len() <= LONGEST_ABOVE_LINE);
    first.starts_with('#') || (!below.is_empty() && lines.next().is_none() && above_line())
}

/// Whether words are no whole sentence: "RESOLVED", "The board agreed". A list or a "That …" below them is the rest of it.
pub(crate) fn is_unfinished(words: &str) -> bool {
    let words = words.trim_end_matches(|character: char| {
        character.is_whitespace() || matches!(character, '*' | '_' | ')' | ']' | '"' | '\'' | '”' | '’')
    });
    !words.ends_with(['.', '!', '?', '…'])
}

/// Where the block ends whose opening line of colons begins at `start`: after its closing line, which is none in code, in a comment,
/// in a quotation or a list that began inside; where there is none, with the text.
pub(crate) fn fence_end(text: &str, start: usize) -> usize {
    let mut depth = 0_usize;
    let mut at = start;
    let mut code: Option<&str> = None;
    let mut comment = false;
    let level =
        |before: &str| (before.matches('>').count(), before.replace('\t', "    ").trim_start_matches('>').len());
    let (quotes, indent) = level(&text[line_start(text, start)..start]);
    for line in text[start..].split_inclusive('\n') {
        let is_first = at == start;
        at += line.len();
        comment = if comment { !line.contains("-->") } else { line.rfind("<!--") > line.rfind("-->") };
        let before = &line[..line.len() - line.trim_start_matches([' ', '\t', '>']).len()];
        let inside = level(before).0 > quotes || level(before).1 > indent + 1;
        if (comment || inside) && !is_first {
            continue;
        }
        let typed = line.trim_matches([' ', '\t', '>', '\n']);
        match (code, ["```", "~~~"].into_iter().find(|sign| typed.starts_with(sign))) {
            (None, Some(sign)) => code = Some(sign),
            (Some(open), Some(sign)) if open == sign && typed.trim_matches(['`', '~']).is_empty() => code = None,
            _ => {}
        }
        if code.is_some() {
            continue;
        }
        match typed.strip_prefix(FENCE).map(|rest| rest.trim_matches(':')) {
            Some("") => depth = depth.saturating_sub(1),
            Some(_) => depth += 1,
            None => continue,
        }
        if depth == 0 {
            return at;
        }
    }
    text.len()
}

/// What is left of a range without others in it, which are in order.
pub(crate) fn without(range: &Range<usize>, others: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut left = Vec::new();
    let mut at = range.start;
    for other in others.iter().filter(|other| other.start >= range.start && other.end <= range.end) {
        left.push(at..other.start);
        at = other.end;
    }
    left.push(at..range.end);
    left
}
