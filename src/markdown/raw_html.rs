//! HTML in a text: which tags pass, how a block of HTML is read as text, and what to write instead of a tag.
//!
//! Input: events of raw HTML. Output: which of them are printed as HTML (a few bare tags, balanced); edits that
//! turn a block of HTML into ordinary text, so that its words are read like all others (links are checked, an
//! exemption in it is seen); and the Markdown for a tag that does not pass.
//! Not here: printing.
//!
//! `details` and `summary` stay blocks of HTML, because they hold other blocks.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::events::{Piece, end_of, line_prefix, line_start};
use super::prepare::{Edit, SHIELD};

/// Tags that pass inside a line, without attributes; all but the first need their end.
const INLINE: [&str; 7] = ["br", "sub", "sup", "kbd", "mark", "ins", "del"];

/// How deep `details` may lie in one another.
const DEEPEST: usize = 16;

/// A tag as typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TypedTag<'text> {
    /// In the case typed.
    pub(crate) name: &'text str,
    /// `</…>`.
    pub(crate) closing: bool,
    /// Whether it has nothing but its name.
    pub(crate) bare: bool,
}

/// Reads a tag from `<` to `>`; `None` for comments, instructions and declarations.
pub(crate) fn tag(html: &str) -> Option<TypedTag<'_>> {
    let inside = html.strip_prefix('<')?.strip_suffix('>')?;
    let (inside, closing) = match inside.strip_prefix('/') {
        Some(inside) => (inside, true),
        None => (inside, false),
    };
    let length = inside.find(|character: char| !character.is_ascii_alphanumeric() && character != '-');
    let (name, rest) = inside.split_at(length.unwrap_or(inside.len()));
    let rest = rest.trim();
    let bare = rest.is_empty() || (rest == "/" && !closing && name.eq_ignore_ascii_case("br"));
    name.starts_with(|first: char| first.is_ascii_alphabetic()).then_some(TypedTag { name, closing, bare })
}

/// The tag in small letters, if it may pass inside a line.
pub(crate) fn inline_name(tag: TypedTag<'_>) -> Option<&'static str> {
    let name = INLINE.into_iter().find(|name| name.eq_ignore_ascii_case(tag.name))?;
    (tag.bare && !(name == "br" && tag.closing)).then_some(name)
}

/// The indices of the events of a run that may be printed as HTML: bare tags that are closed where they are opened.
pub(crate) fn passing(run: &[Piece<'_>]) -> Vec<usize> {
    let mut passing = Vec::new();
    // `None` is markup of CommonMark, which no tag may cross.
    let mut open: Vec<Option<(&str, usize)>> = Vec::new();
    for (index, (event, _)) in run.iter().enumerate() {
        match event {
            Event::Start(_) => open.push(None),
            Event::End(_) => while let Some(Some(_)) = open.pop() {},
            Event::InlineHtml(html) => {
                let Some(tag) = tag(html) else { continue };
                let Some(name) = inline_name(tag) else { continue };
                if name == "br" {
                    passing.push(index);
                } else if !tag.closing {
                    open.push(Some((name, index)));
                } else if let Some(Some((opened, at))) = open.last()
                    && *opened == name
                {
                    passing.extend([*at, index]);
                    open.pop();
                }
            }
            _ => {}
        }
    }
    passing.sort_unstable();
    passing
}

/// What a block of HTML is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Html<'text> {
    /// A comment that ends where the block ends, or not at all.
    Comment { closed: bool },
    /// `details` and `summary`, and what is between them.
    Folding(Vec<Part<'text>>),
    /// Anything else.
    Other,
}

/// A part of a block that folds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Part<'text> {
    /// `<details>`, at this place.
    Open(usize),
    /// `</details>`, at this place.
    Close(usize),
    /// The words of `<summary>…</summary>`.
    Summary(String),
    /// Words outside.
    Words(&'text str, Range<usize>),
}

/// Reads a block of HTML from its lines.
pub(crate) fn block<'text>(lines: &'text [Piece<'_>]) -> Html<'text> {
    let first = lines.iter().map(|(event, _)| html_of(event)).find(|line| !line.trim().is_empty());
    if first.is_some_and(|line| line.trim_start().starts_with("<!--")) {
        let last = lines.last().map_or("", |(event, _)| html_of(event));
        let closed = last.trim_end().ends_with("-->");
        let inside = lines.iter().any(|(event, _)| html_of(event).contains("-->"));
        return if closed || !inside { Html::Comment { closed } } else { Html::Other };
    }
    let mut parts = Vec::new();
    let mut summary: Option<String> = None;
    for (event, range) in lines {
        if fold_line(html_of(event), range.start, &mut parts, &mut summary).is_none() {
            return Html::Other;
        }
    }
    let folds = summary.is_none() && parts.iter().any(|part| !matches!(part, Part::Words(..)));
    if folds { Html::Folding(parts) } else { Html::Other }
}

fn html_of<'event>(event: &'event Event<'_>) -> &'event str {
    match event {
        Event::Html(html) | Event::Text(html) => html,
        _ => "",
    }
}

/// Reads one line of a block that may fold; `None` if it has any other tag.
fn fold_line<'text>(
    line: &'text str,
    at: usize,
    parts: &mut Vec<Part<'text>>,
    summary: &mut Option<String>,
) -> Option<()> {
    let mut rest = line;
    while !rest.is_empty() {
        let start = at + line.len() - rest.len();
        let next = rest.find('<').unwrap_or(rest.len());
        let (words, after) = rest.split_at(next);
        match summary {
            Some(summary) => summary.push_str(words),
            None if words.trim().is_empty() => {}
            None => {
                let from = start + words.len() - words.trim_start().len();
                parts.push(Part::Words(words.trim(), from..from + words.trim().len()));
            }
        }
        if after.is_empty() {
            break;
        }
        let (html, after) = after.split_at(after.find('>')? + 1);
        let tag = tag(html).filter(|tag| tag.bare)?;
        match (tag.name.to_ascii_lowercase().as_str(), tag.closing, summary.is_some()) {
            ("details", false, false) => parts.push(Part::Open(start + next)),
            ("details", true, false) => parts.push(Part::Close(start + next)),
            ("summary", false, false) => *summary = Some(String::new()),
            ("summary", true, true) => parts.push(Part::Summary(summary.take()?)),
            _ => return None,
        }
        rest = after;
    }
    Some(())
}

/// Edits that make text of blocks of HTML: each line that begins with `<` is shielded; words beside `details` and
/// `summary` get a paragraph of their own; so do words after a comment.
pub(crate) fn edits(text: &str, list: &[Piece<'_>]) -> Vec<Edit> {
    let mut edits = Vec::new();
    for (index, (event, range)) in list.iter().enumerate() {
        if !matches!(event, Event::Start(Tag::HtmlBlock)) {
            continue;
        }
        let lines = &list[index + 1..end_of(list, index)];
        match block(lines) {
            Html::Comment { .. } => {}
            Html::Folding(parts) if range.start - line_start(text, range.start) < 256 => {
                part_words(text, range.start, &parts, &mut edits);
            }
            Html::Other if text[range.start..].starts_with("<!--") => part_comment(text, range, &mut edits),
            // Words that lie under hundreds of marks of containers are not parted: each parting repeats the marks.
            Html::Folding(_) | Html::Other => shield(text, lines, &mut edits),
        }
    }
    edits
}

fn shield(text: &str, lines: &[Piece<'_>], edits: &mut Vec<Edit>) {
    for (_, range) in lines {
        let line = &text[range.clone()];
        let at = range.start + line.len() - line.trim_start_matches([' ', '\t']).len();
        if text[at..].starts_with('<') && at < range.end {
            edits.push(Edit { range: at..at, text: SHIELD.to_string() });
        }
    }
}

fn part_words(text: &str, block: usize, parts: &[Part<'_>], edits: &mut Vec<Edit>) {
    let prefix = line_prefix(text, block);
    let parting = format!("\n{prefix}\n{prefix}");
    for (index, part) in parts.iter().enumerate() {
        let Part::Words(_, range) = part else { continue };
        let apart = |other: Option<&Part<'_>>| !matches!(other, None | Some(Part::Words(..)));
        if apart(index.checked_sub(1).map(|before| &parts[before])) {
            edits.push(Edit { range: range.start..range.start, text: parting.clone() });
        }
        if apart(parts.get(index + 1)) {
            edits.push(Edit { range: range.end..range.end, text: parting.clone() });
        }
    }
}

fn part_comment(text: &str, block: &Range<usize>, edits: &mut Vec<Edit>) {
    if let Some(at) = text[block.clone()].find("-->") {
        let end = block.start + at + 3;
        let blank = text[end..].len() - text[end..].trim_start_matches([' ', '\t']).len();
        let prefix = line_prefix(text, block.start);
        edits.push(Edit { range: end..end + blank, text: format!("\n{prefix}") });
    }
}

/// Where `<details>` and `</details>` stand that belong together: in the same container, one for one.
pub(crate) fn balanced_details(list: &[Piece<'_>]) -> Vec<usize> {
    let mut balanced = Vec::new();
    // `None` begins a container.
    let mut open: Vec<Option<usize>> = Vec::new();
    let mut depth = 0_usize;
    for (index, (event, _)) in list.iter().enumerate() {
        match event {
            Event::Start(Tag::HtmlBlock) => {
                let Html::Folding(parts) = block(&list[index + 1..end_of(list, index)]) else { continue };
                for part in parts {
                    match part {
                        Part::Open(at) if depth < DEEPEST => {
                            open.push(Some(at));
                            depth += 1;
                        }
                        Part::Close(at) => {
                            if let Some(Some(start)) = open.last() {
                                balanced.extend([*start, at]);
                                open.pop();
                                depth -= 1;
                            }
                        }
                        _ => {}
                    }
                }
            }
            Event::Start(tag) if is_container(&tag.to_end()) => open.push(None),
            Event::End(tag) if is_container(tag) => {
                while let Some(Some(_)) = open.pop() {
                    depth -= 1;
                }
            }
            _ => {}
        }
    }
    balanced.sort_unstable();
    balanced
}

fn is_container(tag: &TagEnd) -> bool {
    use TagEnd::{BlockQuote, DefinitionListDefinition, FootnoteDefinition, Item};
    matches!(tag, BlockQuote(_) | Item | FootnoteDefinition | DefinitionListDefinition)
}

/// Comments that begin inside a line and end in another block: they are taken out whole, because an author who
/// writes one means all of it. Returns the edits; a comment without an end is left, as text.
pub(crate) fn open_comments(text: &str, list: &[Piece<'_>]) -> Vec<Edit> {
    let mut edits: Vec<Edit> = Vec::new();
    let mut code = false;
    let mut done = 0;
    for (event, range) in list {
        match event {
            Event::Start(Tag::CodeBlock(_)) => code = true,
            Event::End(TagEnd::CodeBlock) => code = false,
            Event::Text(typed) if !code && range.start >= done && typed.starts_with('<') => {
                if !text[range.start..].starts_with("<!--") || super::plan::escaped(text, range.start) {
                    continue;
                }
                let Some(length) = text[range.start..].find("-->") else { break };
                done = range.start + length + 3;
                let prefix = line_start(text, done) > range.start;
                let text = if prefix { "\n" } else { "" };
                edits.push(Edit { range: range.start..done, text: text.to_owned() });
            }
            _ => {}
        }
    }
    edits
}

/// What to write instead of a tag.
pub(crate) fn instead(name: &str) -> &'static str {
    match name.to_ascii_lowercase().as_str() {
        "b" | "strong" => "Write **words** for bold.",
        "i" | "em" | "cite" | "dfn" | "var" => "Write *words* for emphasis.",
        "s" | "strike" => "Write ~~words~~ for words that are struck out.",
        "a" => "Write [words](address) for a link, and {#name} at the end of a paragraph to name a place.",
        "img" | "picture" | "figure" | "figcaption" => "Write ![what the picture shows](file.jpg \"its caption\").",
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => "Begin the line with ## for a heading, ### for one below it.",
        "ul" | "li" | "menu" => "Begin each line of the list with a hyphen and a space.",
        "ol" => "Begin each line of the list with its number and a full stop.",
        "table" | "thead" | "tbody" | "tfoot" | "tr" | "td" | "th" | "caption" | "colgroup" | "col" => {
            "Write a table with | between the cells and |---|---| below the first row."
        }
        "p" | "div" | "span" | "center" | "font" | "section" | "article" | "header" | "footer" | "main" | "u"
        | "o:p" | "small" | "big" | "tt" | "nobr" | "address" => {
            "Delete the tag and leave an empty line between paragraphs."
        }
        "blockquote" | "q" => "Begin each line of the quotation with > and a space.",
        "code" | "samp" => "Write `words` for code.",
        "pre" => "Put ``` on a line of its own before and after the code.",
        "hr" => "Write --- on a line of its own, with an empty line above.",
        "dl" | "dt" | "dd" => "Write the term on one line and its meaning on the next, after a colon and a space.",
        "br" | "sub" | "sup" | "kbd" | "mark" | "ins" | "del" => {
            "Write the tag alone, without attributes, and close it in the same paragraph."
        }
        "details" | "summary" => {
            "Put <details> and </details>, without attributes, on lines of their own, and <summary>words</summary> below \
             the first."
        }
        "abbr" | "acronym" => "Explain the word in the glossary; its first use is marked by itself.",
        "video" | "audio" | "iframe" | "embed" | "object" => "Link to it: [words](address).",
        _ => "Delete the tag; Markdown has what a page needs.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::events::collect;

    #[test]
    fn tags_are_read() {
        let name = |html| tag(html).and_then(inline_name);
        for (html, expected) in [
            ("<sub>", Some("sub")),
            ("</SUP >", Some("sup")),
            ("<br/>", Some("br")),
            ("<br />", Some("br")),
            ("</br>", None),
            ("<sub/>", None),
            ("<sub class=x>", None),
            ("<b>", None),
            ("<details>", None),
            ("<!-- x -->", None),
            ("<? x ?>", None),
        ] {
            assert_eq!(name(html), expected, "{html}");
        }
    }

    #[test]
    fn only_balanced_tags_pass() {
        for (text, expected) in [
            ("H<sub>2</sub>O", 2),
            ("a<br>b", 1),
            ("a <sub>b", 0),
            ("a </sub>b", 0),
            ("a <sub>*b</sub> c*", 0),
            ("a <sub>*b*</sub>", 2),
            ("a <sub>b<sup>c</sub>d</sup>", 2),
            ("a <b>b</b>", 0),
        ] {
            let events = collect(text);
            assert_eq!(passing(&events.list).len(), expected, "{text}");
        }
    }

    #[test]
    fn blocks_are_told_apart() {
        let folds = |text: &str| {
            let list = collect(text).list;
            let lines = list[1..end_of(&list, 0)].to_vec();
            match block(&lines) {
                Html::Folding(parts) => Some(parts.len()),
                _ => None,
            }
        };
        assert_eq!(folds("<details>\n<summary>More</summary>\n\nText\n"), Some(2));
        assert_eq!(folds("<details><summary>More</summary>text</details>"), Some(4));
        assert_eq!(folds("<details open>\n"), None);
        assert_eq!(folds("<details>\n<b>x</b>\n"), None);
        assert_eq!(folds("<summary>never closed\n"), None);
        assert_eq!(folds("<div>x</div>\n"), None);
    }
}
