//! Containers that are none to CommonMark: elements of HTML, blocks of colons or slashes, formulas, indented text. What looks like a
//! heading in one of them is no heading of the text around it.
//!
//! Input: a text as it was typed, with its events. Output: where containers begin and end, in the source, because later readings
//! take their signs out. Not here: what ends where (`disclosure`).

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Tag};

use super::events::Piece;
use super::extent::is_sure_heading;
use super::html_tags::{Meaning, meaning};
use super::prepare::Prepared;

/// Of more containers that were not closed nobody looks for the one that a sign closes.
const DEEPEST: usize = 1000;

/// A name is not longer, in bytes.
const LONGEST_NAME: usize = 40;

/// The containers of a text.
#[derive(Debug, Default)]
pub(crate) struct Enclosed {
    /// They lie apart or in one another, in the order of their beginnings.
    containers: Vec<Container>,
    /// Blocks of indented text, which lie apart.
    indented: Vec<Range<usize>>,
}

#[derive(Debug)]
struct Container {
    range: Range<usize>,
    /// The one around it.
    parent: Option<usize>,
}

/// What opens a container or closes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign<'text> {
    Element(&'text str),
    ElementEnd(&'text str),
    /// A block of colons, of slashes, a formula.
    Block(&'text str),
    BlockEnd(&'text str),
    /// What opens a formula closes it.
    Formula,
    /// What need not have an end, and then holds nothing: `<p>`, `{% note %}`, `{{< note >}}`.
    Loose(&'text str),
    LooseEnd(&'text str),
}

/// A reading of a text, and the containers that its first reading had.
#[derive(Clone, Copy)]
pub(crate) struct Around<'run, 'text> {
    pub(crate) prepared: &'run Prepared<'text>,
    pub(crate) enclosed: &'run Enclosed,
}

impl Around<'_, '_> {
    /// Whether a place lies in a container that began after another place before it.
    pub(crate) fn parts(&self, from: usize, at: usize) -> bool {
        self.enclosed.parts(self.prepared.source(from), self.prepared.source(at))
    }

    /// Whether the heading at this range surely is one, of the text in which the place `from` lies.
    pub(crate) fn heads(&self, from: usize, heading: &Range<usize>) -> bool {
        is_sure_heading(&self.prepared.text[heading.clone()]) && !self.parts(from, heading.start)
    }
}

impl Enclosed {
    /// The containers of a text in its first reading.
    pub(crate) fn of(prepared: &Prepared<'_>, list: &[Piece<'_>]) -> Self {
        let text = &*prepared.text;
        let mut enclosed = Self::default();
        let mut code: Vec<Range<usize>> = Vec::new();
        for (event, range) in list {
            match event {
                Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => {
                    enclosed.indented.push(prepared.source_range(range));
                }
                Event::Start(Tag::CodeBlock(_)) | Event::Code(_) => code.push(range.clone()),
                _ => {}
            }
        }
        if !text.contains(['<', ':', '$', '/', '{']) {
            return enclosed;
        }
        let mut open: Vec<(Sign<'_>, usize)> = Vec::new();
        for (at, sign) in signs(text, &code) {
            let opened = match sign {
                Sign::ElementEnd(name) => Sign::Element(name),
                Sign::BlockEnd(name) => Sign::Block(name),
                Sign::LooseEnd(name) => Sign::Loose(name),
                sign => sign,
            };
            let closes = sign != opened || sign == Sign::Formula;
            let same = |(other, _): &(Sign<'_>, usize)| match (other, opened) {
                (Sign::Element(one), Sign::Element(other)) | (Sign::Loose(one), Sign::Loose(other)) => {
                    one.eq_ignore_ascii_case(other)
                }
                (one, other) => *one == other,
            };
            let far = open.len().saturating_sub(DEEPEST);
            match open[far..].iter().rposition(same).filter(|_| closes).map(|depth| far + depth) {
                Some(depth) => {
                    let end = prepared.source(at);
                    for (_, index) in open.drain(depth..) {
                        enclosed.containers[index].range.end = end;
                    }
                }
                None if sign == opened => {
                    let (start, parent) = (prepared.source(at), open.last().map(|(_, index)| *index));
                    open.push((sign, enclosed.containers.len()));
                    enclosed.containers.push(Container { range: start..usize::MAX, parent });
                }
                None => {}
            }
        }
        // What else was never closed goes on to the end of the text.
        for (sign, index) in open {
            if matches!(sign, Sign::Loose(_)) {
                enclosed.containers[index].range.end = enclosed.containers[index].range.start;
            }
        }
        enclosed
    }

    /// Whether a place lies in a container that began after another place before it, both in the source.
    fn parts(&self, from: usize, at: usize) -> bool {
        let before = self.containers.partition_point(|container| container.range.start < at);
        let mut index = before.checked_sub(1);
        while let Some(container) = index.map(|index| &self.containers[index]) {
            if container.range.start < from {
                break;
            }
            if container.range.end > at {
                return true;
            }
            index = container.parent;
        }
        let before = self.indented.partition_point(|block| block.start <= at);
        self.indented[..before].last().is_some_and(|block| block.start > from && block.end > at)
    }
}

/// The signs in a text that open and close containers, in its order.
fn signs<'text>(text: &'text str, code: &[Range<usize>]) -> Vec<(usize, Sign<'text>)> {
    let is_code = |at: usize| {
        let before = code.partition_point(|range| range.start <= at);
        code[..before].last().is_some_and(|range| range.end > at)
    };
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let begins = start + line.len() - line.trim_start_matches([' ', '\t', '>', '-', '*']).len();
        let typed = text[begins..start + line.len()].trim_end();
        found.extend(block(typed).filter(|_| !is_code(begins)).map(|sign| (begins, sign)));
        start += line.len();
    }
    let mut from = 0;
    while let Some(at) = text[from..].find(['<', '{']).map(|at| from + at) {
        from = at + 1;
        if is_code(at) || text[..at].ends_with('\\') {
            continue;
        }
        if text[at..].starts_with("<!--") {
            from = text[at..].find("-->").map_or(text.len(), |end| at + end);
            continue;
        }
        found.extend(element(&text[at..]).or_else(|| command(&text[at..])).map(|sign| (at, sign)));
    }
    found.sort_by_key(|(at, _)| *at);
    found
}

/// What a line opens or closes.
fn block(line: &str) -> Option<Sign<'_>> {
    for sign in [":::", "///"] {
        if let Some(rest) = line.strip_prefix(sign) {
            let rest = rest.trim_start_matches([':', '/']).trim();
            let ends = rest.is_empty() || rest.eq_ignore_ascii_case("end");
            // One line may be all of it: `::: note :::`.
            let whole = rest.len() > sign.len() && rest.ends_with(sign);
            return (!whole).then_some(if ends { Sign::BlockEnd(sign) } else { Sign::Block(sign) });
        }
    }
    let one = (line.starts_with("$$") || line.ends_with("$$")) && line.matches("$$").count() == 1;
    one.then_some(Sign::Formula)
}

/// What a tag of HTML opens or closes with which a text begins.
fn element(text: &str) -> Option<Sign<'_>> {
    let inside = text.strip_prefix('<')?;
    let (inside, ends) = inside.strip_prefix('/').map_or((inside, false), |inside| (inside, true));
    let length = inside.find(|sign: char| !sign.is_ascii_alphanumeric() && sign != '-')?;
    let name = &inside[..length];
    use Meaning as M;
    let holds = match meaning(name) {
        M::Break | M::Rule | M::Picture => return None,
        M::Block => !name.eq_ignore_ascii_case("p"),
        M::List(_) | M::Quotation | M::Table | M::Preformatted | M::Fold => true,
        _ => false,
    };
    match (holds, ends) {
        _ if name.is_empty() => None,
        (true, false) => Some(Sign::Element(name)),
        (true, true) => Some(Sign::ElementEnd(name)),
        (false, false) => Some(Sign::Loose(name)),
        (false, true) => Some(Sign::LooseEnd(name)),
    }
}

/// What a command of another program opens or closes with which a text begins.
fn command(text: &str) -> Option<Sign<'_>> {
    let inside = ["{%", "{{<", "{{%"].iter().find_map(|sign| text.strip_prefix(sign))?;
    let inside = inside.trim_start_matches(['-', ' ']);
    let name = |inside: &'_ str| {
        let length = inside.find(|sign: char| !sign.is_ascii_alphanumeric() && sign != '-' && sign != '_');
        length.filter(|length| (1..=LONGEST_NAME).contains(length))
    };
    if let Some(rest) = inside.strip_prefix('/').map(str::trim_start) {
        return name(rest).map(|length| Sign::LooseEnd(&rest[..length]));
    }
    let whole = name(inside).map(|length| &inside[..length])?;
    Some(whole.strip_prefix("end").filter(|rest| !rest.is_empty()).map_or(Sign::Loose(whole), Sign::LooseEnd))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::events::collect;

    #[test]
    fn what_lies_in_a_container_is_told_from_what_does_not() {
        // `^` is where something begins, `@` what is asked for.
        for (text, expected) in [
            ("^ <div>\n@\n</div>", true),
            ("^ <div>\n</div>\n@", false),
            ("<div> ^\n@\n</div>", false),
            ("<div>\n^\n</div>\n@", false),
            ("^ <section>\n<DIV>\n</section>\n@", false),
            ("^ <p>\n@", false),
            ("^ <div>\n@", true),
            ("^ `<div>` @", false),
            ("^ \\<div> @", false),
            ("^\n\n```\n<div>\n```\n@", false),
            ("^ <!-- <div> --> @", false),
            ("^\n::: note\n@\n:::", true),
            ("^\n::: note\n:::: a\n::::\n:::\n@", false),
            ("^\n::: note\n:::: a\n::::\n@", true),
            ("^\n/// note\n@\n///", true),
            ("^\n$$\n@\n$$", true),
            ("^\n$$ a $$\n@", false),
            ("^\n$$\na\n$$\n@", false),
            ("^\n\n    @", true),
            ("    ^\n\n    @", false),
            ("^\n{% note %}\n@\n{% endnote %}", true),
            ("^\n{{< figure >}}\n@", false),
            ("^\n{{< note >}}\n@\n{{< /note >}}", true),
        ] {
            let prepared = Prepared::new(text);
            let enclosed = Enclosed::of(&prepared, &collect(text).list);
            let place = |sign| text.find(sign).unwrap_or_default();
            assert_eq!(enclosed.parts(place('^'), place('@')), expected, "{text}");
        }
    }
}
