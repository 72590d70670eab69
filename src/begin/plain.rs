//! A section of the manual in a terminal: Markdown as words in lines.
//!
//! Input: Markdown as the manual has it, a width, and how words are put into lines of one. Output: lines. Not here: which section
//! (`manual.rs`), and colours (`cli`). Tables become lists, since a terminal is narrower than they are.

/// Puts a text into lines of at most so many characters.
type Wrap<'run> = &'run dyn Fn(&str, usize) -> String;

/// The text, in lines of at most `width` characters.
#[must_use]
pub fn plain(markdown: &str, width: usize, wrapped: Wrap<'_>) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut fence: Option<usize> = None;
    let mut head: Vec<String> = Vec::new();
    for line in markdown.lines() {
        let marks = line.trim_start().chars().take_while(|sign| *sign == '`').count();
        match fence {
            None if marks >= 3 => fence = Some(marks),
            Some(open) if marks >= open && line.trim().len() == marks => fence = None,
            Some(_) => lines.push(format!("    {line}")),
            None if line.starts_with("<!--") => {}
            None => match cells(line) {
                Some(cells) if cells.iter().all(|cell| is_rule(cell)) => {}
                Some(cells) if head.is_empty() => head = cells,
                Some(cells) => lines.push(row(&head, &cells, width, wrapped)),
                None => {
                    head.clear();
                    lines.push(paragraph(&words(line), width, wrapped));
                }
            },
        }
    }
    let mut text = lines.join("\n");
    while text.contains("\n\n\n") {
        text = text.replace("\n\n\n", "\n\n");
    }
    text.trim_matches('\n').to_owned()
}

/// A paragraph, or an item of a list with its further lines below its first word.
fn paragraph(line: &str, width: usize, wrapped: Wrap<'_>) -> String {
    let rest = line.trim_start().trim_start_matches("- ");
    let indent = line.chars().count() - rest.chars().count();
    let lines = wrapped(rest, width.saturating_sub(indent).max(20));
    let mut lines = lines.lines();
    let first = format!("{}{}", &line[..line.len() - rest.len()], lines.next().unwrap_or_default());
    lines.fold(first, |text, line| format!("{text}\n{}{line}", " ".repeat(indent)))
}

/// A row of a table: its first cell, and below it the others, each with the heading of its column.
fn row(head: &[String], cells: &[String], width: usize, wrapped: Wrap<'_>) -> String {
    let mut text = paragraph(&format!("- {}", words(cells.first().map_or("", String::as_str))), width, wrapped);
    for (cell, head) in cells.iter().zip(head).skip(1).filter(|(cell, _)| !cell.is_empty()) {
        let label = if head.is_empty() { String::new() } else { format!("{}: ", words(head)) };
        let lines = wrapped(&format!("{label}{}", words(cell)), width.saturating_sub(4).max(20));
        lines.lines().for_each(|line| text.push_str(&format!("\n    {line}")));
    }
    text
}

/// The cells of a row of a table; `None` for any other line.
fn cells(line: &str) -> Option<Vec<String>> {
    let inside = line.trim().strip_prefix('|')?.strip_suffix('|')?;
    let inside = inside.replace("\\|", "\u{1}");
    Some(inside.split('|').map(|cell| cell.trim().replace('\u{1}', "|")).collect())
}

fn is_rule(cell: &str) -> bool {
    cell.contains('-') && cell.chars().all(|sign| matches!(sign, '-' | ':'))
}

/// A line without the marks of bold words and of links within the manual. What stands between backticks stays as it is.
fn words(line: &str) -> String {
    let pieces = line
        .split('`')
        .enumerate()
        .map(|(index, piece)| if index % 2 == 1 { piece.to_owned() } else { without_links(&piece.replace("**", "")) });
    pieces.collect::<Vec<_>>().join("`")
}

/// `[part 8](#8-you-have)` → `part 8`; of a link to elsewhere the address stays.
fn without_links(text: &str) -> String {
    let Some((before, rest)) = text.split_once('[') else { return text.to_owned() };
    let Some((label, after)) = rest.split_once("](") else { return text.to_owned() };
    let Some((target, after)) = after.split_once(')') else { return text.to_owned() };
    let target = if target.starts_with('#') { String::new() } else { format!(" ({target})") };
    format!("{before}{label}{target}{}", without_links(after))
}

#[cfg(test)]
mod tests {
    /// Breaks a line where it is too long, between words.
    fn plain(markdown: &str, width: usize) -> String {
        super::plain(markdown, width, &|text: &str, width: usize| {
            let mut lines = vec![String::new()];
            for word in text.split(' ') {
                let last = lines.last_mut().expect("there is a line");
                if !last.is_empty() && last.chars().count() + 1 + word.chars().count() > width {
                    lines.push(word.to_owned());
                } else {
                    *last = format!("{last}{}{word}", if last.is_empty() { "" } else { " " });
                }
            }
            lines.join("\n")
        })
    }

    #[test]
    fn markdown_becomes_lines() {
        let text = "Write **this**, see [part 8](#8) and [x](https://x.example).\n\n```yaml\na: [b](c)\n```\n\n- one two three four five\n";
        let expected =
            "Write this, see part\n8 and x\n(https://x.example).\n\n    a: [b](c)\n\n- one two three four\n  five";
        assert_eq!(plain(text, 20), expected);
    }

    #[test]
    fn tables_become_lists() {
        let text = "<!-- fields:x -->\n| Fact | What | Example |\n|---|---|---|\n| `a` | First. | `b \\| c` |\n<!-- /fields -->\n";
        assert_eq!(plain(text, 80), "- `a`\n    What: First.\n    Example: `b | c`");
    }
}
