//! Words that their author typed so that nobody would see them: comments of other programs, HTML that is hidden.
//!
//! Input: the events of a text, and `unseen.toml`. Output: where such words stand. Not here: comments of HTML (`raw_html.rs`), and what
//! it means that they say something (`disclosure`). Where they have anything that looks like an exemption, that is decided first.

use std::ops::Range;
use std::sync::LazyLock;

use pulldown_cmark::{Event, Tag};
use serde::Deserialize;

use super::events::Piece;

/// Signs around words that another program does not show.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Comment {
    begin: String,
    end: String,
    /// Whether the first sign alone is enough: then all that follows it is meant.
    #[serde(default)]
    open: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    comments: Vec<Comment>,
}

static COMMENTS: LazyLock<Vec<Comment>> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("unseen.toml")).expect("unseen.toml is a list of comments");
    file.comments
});

/// A tag is not longer, in bytes.
const LONGEST_TAG: usize = 400;

/// Words that nobody was meant to see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unseen {
    /// Where they stand, with what hides them.
    pub(crate) range: Range<usize>,
    /// What hides them.
    pub(crate) sign: Range<usize>,
    /// Whether a tag of HTML does; else it is a comment.
    pub(crate) is_tag: bool,
}

/// The words of a text that nobody was meant to see, without those that stay as they are; they do not overlap.
pub(crate) fn unseen(text: &str, list: &[Piece<'_>], stays: impl Fn(&str) -> bool) -> Vec<Unseen> {
    let mut found: Vec<Unseen> =
        COMMENTS.iter().flat_map(|pair| comments(text, &pair.begin, &pair.end, pair.open)).collect();
    found.extend(hidden(text));
    found.extend(open_comment(text));
    if found.is_empty() {
        return found;
    }
    let is_code = |(event, _): &&Piece<'_>| matches!(event, Event::Start(Tag::CodeBlock(_)) | Event::Code(_));
    let code: Vec<&Range<usize>> = list.iter().filter(is_code).map(|(_, range)| range).collect();
    found.retain(|unseen| {
        !code.iter().any(|code| code.contains(&unseen.range.start)) && !stays(&text[unseen.range.clone()])
    });
    found.sort_by_key(|unseen| (unseen.range.start, std::cmp::Reverse(unseen.range.end)));
    let mut end = 0;
    found.retain(|unseen| {
        let apart = unseen.range.start >= end;
        end = end.max(unseen.range.end);
        apart
    });
    found
}

/// What stands between two signs; if `open`, also from the last one to the end of the text.
fn comments(text: &str, begin: &str, end: &str, open: bool) -> Vec<Unseen> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(begin).map(|start| at + start) {
        let inside = start + begin.len();
        // `{% comments: false %}` is another word.
        if begin.ends_with(char::is_alphabetic) && text[inside..].starts_with(char::is_alphanumeric) {
            at = inside;
            continue;
        }
        let length = text[inside..].find(end).map(|length| length + end.len());
        let Some(length) = length.or_else(|| open.then_some(text.len() - inside)) else { break };
        at = inside + length;
        found.push(Unseen { range: start..at, sign: start..inside, is_tag: false });
    }
    found
}

/// A comment of HTML that nobody closed: a browser shows nothing of what follows.
fn open_comment(text: &str) -> Option<Unseen> {
    let (begin, end) = ("<!--", "-->");
    let from = text.rfind(end).map_or(0, |last| last + end.len());
    let start = from + text[from..].find(begin)?;
    Some(Unseen { range: start..text.len(), sign: start..start + begin.len(), is_tag: false })
}

/// Elements of HTML that no browser shows.
fn hidden(text: &str) -> Vec<Unseen> {
    let mut found: Vec<Unseen> = Vec::new();
    for (start, _) in text.match_indices('<') {
        if found.last().is_some_and(|last| start < last.range.end) {
            continue;
        }
        let Some(tag) = tag(&text[start..]).filter(|tag| hides(tag)) else { continue };
        let name = &tag[1..tag.find(|sign: char| !sign.is_ascii_alphanumeric() && sign != '<').unwrap_or(tag.len())];
        let sign = start..start + tag.len();
        let end = element_end(text, sign.end, name).unwrap_or(text.len());
        found.push(Unseen { range: start..end, sign, is_tag: true });
    }
    found
}

/// The tag with which a text begins.
fn tag(text: &str) -> Option<&str> {
    let named = text[1..].starts_with(|first: char| first.is_ascii_alphabetic());
    let end = text.find('>').filter(|end| named && *end < LONGEST_TAG)?;
    Some(&text[..=end])
}

/// Whether a tag says that what it holds is not shown.
fn hides(tag: &str) -> bool {
    let small = tag.to_ascii_lowercase();
    let mut words = small.trim_end_matches(['>', '/']).split_ascii_whitespace().skip(1);
    let style: String = small.chars().filter(|sign| !sign.is_whitespace()).collect();
    words.any(|word| word == "hidden" || word.starts_with("hidden="))
        || (style.contains("style=") && ["display:none", "visibility:hidden"].iter().any(|look| style.contains(look)))
}

/// Where an element of this name ends whose tag ends at `from`.
fn element_end(text: &str, from: usize, name: &str) -> Option<usize> {
    let mut depth = 1_usize;
    for (at, _) in text[from..].match_indices('<') {
        let rest = &text[from + at + 1..];
        let (closing, rest) = rest.strip_prefix('/').map_or((false, rest), |rest| (true, rest));
        let same = rest.get(..name.len()).is_some_and(|typed| typed.eq_ignore_ascii_case(name))
            && !rest[name.len()..].starts_with(|next: char| next.is_ascii_alphanumeric() || next == '-');
        match (same, closing) {
            (true, true) => depth -= 1,
            (true, false) => depth += 1,
            _ => {}
        }
        if depth == 0 {
            let end = rest.find('>')? + 1;
            return Some(rest.as_ptr() as usize - text.as_ptr() as usize + end);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::events::collect;

    #[test]
    fn words_that_nobody_was_meant_to_see_are_found() {
        let left = |text: &str| {
            let mut left = text.to_owned();
            for unseen in unseen(text, &collect(text).list, |typed| typed.contains("exempt")).into_iter().rev() {
                left.replace_range(unseen.range, "");
            }
            left
        };
        for (text, expected) in [
            ("a %%b%% c", "a  c"),
            ("a {>>b<<} c {--d--}", "a  c "),
            ("{% comment %}b\n\nc{% endcomment %}d", "d"),
            ("a {# b #} {/* c */}d", "a  d"),
            ("a {>>b\n\nc", "a "),
            ("{% comments: no %} a", "{% comments: no %} a"),
            ("<div hidden>\n\na <div>b</div>\n\n</div>\n\nc", "\n\nc"),
            ("a <span style=\"display: none\">b</span> c", "a  c"),
            ("<p hidden>a", ""),
            ("a <!-- b --> c <!-- d\n\ne", "a <!-- b --> c "),
            ("{% comments: false %} a", "{% comments: false %} a"),
            ("`<!--` is code", "`<!--` is code"),
            ("`{% comment %}` is code", "`{% comment %}` is code"),
            ("5 %% more, {#name}, a -- b", "5 %% more, {#name}, a -- b"),
            ("<p aria-hidden=\"true\">a</p>", "<p aria-hidden=\"true\">a</p>"),
            ("%%{.exempt}%% a", "%%{.exempt}%% a"),
        ] {
            assert_eq!(left(text), expected, "{text}");
        }
    }
}
