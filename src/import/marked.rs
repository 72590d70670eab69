//! Words with the marks of Markdown, as other programs write them: `**strong**`, `[text](address)`, `20<sup>th</sup>`.
//!
//! Input: the words of a paragraph. Output: inline elements. Not here: braces, which are words in any text that was not written
//! for this program, and blocks.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::manuscript::{Inline, tidy};

/// Whether a text has marks of Markdown that no one types by chance.
#[must_use]
pub fn is_marked(text: &str) -> bool {
    let lines = || text.lines().map(str::trim);
    let is_heading = |line: &str| {
        let hashes = line.bytes().take_while(|byte| *byte == b'#').count();
        let title = line[hashes..].strip_prefix(' ').unwrap_or_default().trim_start_matches(['*', ' ']);
        // "# of members" is words.
        (1..=6).contains(&hashes)
            && title.starts_with(|first: char| hashes > 1 || first.is_uppercase() || first.is_numeric())
    };
    let is_strong = |line: &str| {
        let parts: Vec<&str> = line.split("**").collect();
        parts.len() > 2 && !parts[1].is_empty() && parts[1].trim() == parts[1]
    };
    let is_link = |line: &str| {
        line.split_once("](").is_some_and(|(before, after)| {
            before.contains('[') && (after.starts_with("http") || after.starts_with("mailto:"))
        })
    };
    let is_ruled = |line: &str| {
        line.len() > 4
            && line.starts_with('|')
            && line.contains("---")
            && line.chars().all(|sign| "|-: ".contains(sign))
    };
    lines().any(|line| is_heading(line) || is_strong(line) || is_link(line) || is_ruled(line))
}

/// Stands before the words, so that nothing at their beginning is read as a block.
const GUARD: char = '\u{2060}';

/// The inline elements of words with marks.
#[must_use]
pub fn inlines(words: &str) -> Vec<Inline> {
    let guarded = format!("{GUARD}{}", words.replace('\n', "\\\n"));
    let mut stack: Vec<(Kind, Vec<Inline>)> = vec![(Kind::Whole, Vec::new())];
    for event in Parser::new_ext(&guarded, Options::ENABLE_STRIKETHROUGH) {
        match event {
            Event::Start(Tag::Strong) => stack.push((Kind::Strong, Vec::new())),
            Event::Start(Tag::Emphasis) => stack.push((Kind::Emphasis, Vec::new())),
            Event::Start(Tag::Strikethrough) => stack.push((Kind::Tag("del"), Vec::new())),
            Event::Start(Tag::Link { dest_url, .. }) => stack.push((Kind::Link(dest_url.into_string()), Vec::new())),
            Event::Start(Tag::Image { dest_url, .. }) => {
                stack.push((Kind::Picture(dest_url.into_string()), Vec::new()))
            }
            Event::End(TagEnd::Strong | TagEnd::Emphasis | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image) => {
                close(&mut stack);
            }
            Event::InlineHtml(html) => tag(&html, &mut stack),
            Event::Text(text) | Event::Code(text) => add(&mut stack, Inline::Words(text.replace(GUARD, ""))),
            Event::Html(html) => add(&mut stack, Inline::Words(html.replace(GUARD, ""))),
            Event::SoftBreak => add(&mut stack, Inline::Words(" ".to_owned())),
            Event::HardBreak => add(&mut stack, Inline::Break),
            _ => {}
        }
    }
    while stack.len() > 1 {
        close(&mut stack);
    }
    tidy(stack.pop().map(|(_, words)| words).unwrap_or_default())
}

enum Kind {
    Whole,
    Strong,
    Emphasis,
    Tag(&'static str),
    Link(String),
    Picture(String),
}

type Stack = Vec<(Kind, Vec<Inline>)>;

fn add(stack: &mut Stack, inline: Inline) {
    if let Some((_, words)) = stack.last_mut() {
        words.push(inline);
    }
}

fn close(stack: &mut Stack) {
    let Some((kind, words)) = stack.pop() else { return };
    let inline = match kind {
        Kind::Strong => Inline::Strong(words),
        Kind::Emphasis => Inline::Emphasis(words),
        Kind::Tag(name) => Inline::Tag(name, words),
        Kind::Link(target) => Inline::Link(target, words),
        Kind::Picture(target) => Inline::Picture(target, crate::manuscript::plain(&words)),
        Kind::Whole => return stack.push((Kind::Whole, words)),
    };
    add(stack, inline);
}

/// Tags that other programs leave in a line.
fn tag(html: &str, stack: &mut Stack) {
    let name = html.trim_matches(['<', '>', '/', ' ']).to_ascii_lowercase();
    let known = ["sup", "sub"].into_iter().find(|known| *known == name);
    match (name.as_str(), known) {
        ("br", _) => add(stack, Inline::Break),
        (_, Some(known)) if !html.starts_with("</") => stack.push((Kind::Tag(known), Vec::new())),
        (_, Some(known)) if matches!(stack.last(), Some((Kind::Tag(open), _)) if *open == known) => close(stack),
        _ => add(stack, Inline::Words(html.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manuscript::plain;

    #[test]
    fn marks_are_told_from_words() {
        for (text, marked) in [
            ("## A", true),
            ("a **b** c", true),
            ("#1 a", false),
            ("# of members", false),
            ("2 ** 3 ** 4", false),
            ("- a", false),
            ("[a](http://b)", true),
        ] {
            assert_eq!(is_marked(text), marked, "{text}");
        }
        let words = inlines("# 20<sup>th</sup> **May** {.exempt} <script> [a](http://b)");
        assert_eq!(plain(&words), "# 20th May {.exempt} <script> a");
        assert!(words.iter().any(|inline| matches!(inline, Inline::Tag("sup", _))));
    }
}
