//! A second look, by another road than `exemption.rs`: does anything left in a text look as if it should be exempt?
//!
//! Input: the text as it will be printed, exempt passages taken out. Output: the places that resemble `.exempt`
//! (misspelt, not closed, in a place where it cannot apply, hidden in a comment or an HTML tag). One of them is
//! enough to withhold the whole document. Not here: any trust in how a text is structured; only code that is surely
//! code is passed over.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Tag};

use crate::language::letters::{letters, words};
use crate::markdown::attributes;
use crate::markdown::events::{Events, Piece};
use crate::privacy::words::{TEXT, in_braces, is_closed_word, is_harmless_field, is_listed};

/// How far braces or a tag that do not close are looked at.
const FAR: usize = 300;

/// What opens a box in MkDocs, and in Obsidian and on GitHub.
const BOXES: [&str; 5] = ["!!! ", "??? ", "???+ ", "[!", "=== \""];

/// How many places are reported; the author has enough to mend with the first few.
const MOST: usize = 20;

/// The places of `text` that look like an exemption.
pub(crate) fn places(text: &str, events: &Events<'_>) -> Vec<Range<usize>> {
    let in_which = |there: bool| if there { text } else { "" };
    let mut found = Vec::new();
    // One character at a time is looked for many bytes at once.
    for (at, _) in in_which(events.traits.braces).match_indices('{') {
        found.extend(braces(text, at));
    }
    for (at, _) in text.match_indices('｛') {
        found.extend(braces(text, at));
    }
    for (at, _) in in_which(events.traits.angles).match_indices('<') {
        found.extend(angle(text, at));
    }
    for (sign, first) in [(":::", ':'), ("///", '/')] {
        for (at, _) in text.match_indices(sign).filter(|(at, _)| !text[..*at].ends_with(first)) {
            found.extend(fenced(text, at, first));
        }
    }
    found.extend(events.list.iter().filter_map(|(event, range)| named_code(text, event, range)));
    for (at, sign) in BOXES.iter().flat_map(|sign| text.match_indices(sign)) {
        found.extend(named_box(text, at, sign));
    }
    for (at, _) in text.match_indices('x').chain(text.match_indices('X')) {
        found.extend(word_alone(text, at));
    }
    if found.is_empty() {
        return found;
    }
    let code = sure_code(text, &events.list);
    for place in &mut found {
        // The message shows that it is typed as code.
        if text[..place.start].ends_with('`') && text[place.end..].starts_with('`') {
            *place = place.start - 1..place.end + 1;
        }
    }
    found.sort_by_key(|place| (place.start, place.end));
    found.retain(|place| {
        let index = code.partition_point(|range| range.start <= place.start);
        index == 0 || code[index - 1].end < place.end
    });
    found.dedup_by(|second, first| second.start < first.end);
    found.truncate(MOST);
    found
}

/// Whether a value that is no text in the dialect has braces that look like an exemption.
#[must_use]
pub fn resembles_exemption(text: &str) -> bool {
    text.match_indices(['{', '｛']).any(|(at, _)| braces(text, at).is_some())
        || text.match_indices('<').any(|(at, _)| angle(text, at).is_some())
        || text.match_indices(['x', 'X']).any(|(at, _)| word_alone(text, at).is_some())
}

/// A fence of colons or slashes whose name resembles `exempt`, or has nothing behind it but a mark: `::: box exempt`.
fn fenced(text: &str, at: usize, sign: char) -> Option<Range<usize>> {
    let line = first_line(&text[at..]);
    let inside = line.trim_matches([sign, ' ', '\t']);
    // An address has slashes too.
    let begins = sign == ':' || text[..at].trim_end_matches([' ', '\t', '>']).ends_with('\n') || at == 0;
    let first = words(inside).next()?;
    let named = is_near_exempt(&first, if sign == ':' { 2 } else { 1 }) || in_braces(&first);
    let behind = || inside.split_once(' ').is_some_and(|(_, behind)| is_mark(behind));
    (begins && (named || (sign == ':' && is_mark(inside)) || behind())).then(|| at..at + line.len())
}

/// Whether words are a mark and nothing else: the title of a box.
fn is_mark(words: &str) -> bool {
    TEXT.is_mark(words.trim_matches([' ', '"', '\'', '“', '”', '*', '_', '[', ']', '(', ')', '+', '-', '{', '}', '.']))
}

/// A block of code whose language says that it is not for everybody.
fn named_code(text: &str, event: &Event<'_>, range: &Range<usize>) -> Option<Range<usize>> {
    let Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) = event else { return None };
    // Braces in it are looked at as all are.
    let first = words(language).next().filter(|_| !language.trim_start().starts_with('{'))?;
    let named = is_near_exempt(&first, 1) || in_braces(&first) || is_mark(language);
    named.then(|| range.start..range.start + first_line(&text[range.clone()]).len())
}

/// A box of another program whose name says that it is not for everybody: `!!! private`, `[!private]`.
fn named_box(text: &str, at: usize, sign: &str) -> Option<Range<usize>> {
    let line = first_line(&text[at..]);
    let name = line.strip_prefix(sign).filter(|name| name.starts_with(char::is_alphabetic))?;
    let (name, behind) = name.split_once([']', ' ']).unwrap_or((name, ""));
    let first = words(name).next()?;
    let title = behind.trim_start_matches(['-', '+']);
    (is_near_exempt(&first, 1) || in_braces(&first) || is_mark(title)).then(|| at..at + line.len())
}

/// Braces in which a word resembles `exempt`. In braces that fit the grammar of attributes only kinds, keys and the
/// name count: `{about=policies/exempt-information}` is about a document.
pub(super) fn braces(text: &str, at: usize) -> Option<Range<usize>> {
    let from = at + if text[at..].starts_with('{') { 1 } else { '｛'.len_utf8() };
    let inside = first_bytes(&text[from..]);
    let length = inside.find(['}', '{', '｝']).or_else(|| inside.find("\n\n")).unwrap_or(inside.len());
    let inside = &inside[..length];
    let closed = text[from + length..].starts_with(['}', '｝']);
    let mut fields = inside.split([',', '\n']).filter(|field| speaks(field)).peekable();
    if closed && fields.peek().is_some() && fields.all(is_harmless_field) {
        return None;
    }
    // Between words of a sentence one in braces is a word: "the {hidden} costs".
    let ends = |text: &str| text.strip_suffix(' ').is_some_and(|text| text.ends_with(char::is_alphanumeric));
    let begins = |text: &str| text.strip_prefix("} ").is_some_and(|text| text.starts_with(char::is_alphanumeric));
    let in_prose = ends(&text[..at]) && begins(&text[from + length..]);
    let resembles = match attributes::read(inside).filter(|_| closed) {
        Some(attributes) => {
            let keys = attributes.pairs.iter().map(|(key, _)| *key);
            let id = attributes.id.is_some_and(|id| strsim::osa_distance(id, "exempt") <= 1);
            // A class is a list of words; any other value counts as a whole.
            let said = attributes.pairs.iter().flat_map(|(key, value)| {
                let several = key.eq_ignore_ascii_case("class").then(|| value.split([' ', '.']));
                std::iter::once(*value).chain(several.into_iter().flatten())
            });
            let secret = attributes.kinds.iter().copied().chain(said.clone()).any(in_braces);
            let valued = said
                .filter(|value| !value.contains('/'))
                .any(|value| value.len() <= 10 && is_near_exempt(&letters(value).collect::<String>(), 1));
            // A key is in doubt by any of its words: `data-exempt`.
            let in_key = |key: &str| words(key).any(|word| is_near_exempt(&word, 1) || in_braces(&word));
            // The number of a paragraph of the Schedule is of nothing else.
            let numbered =
                || attributes.pairs.iter().any(|(key, _)| TEXT.exempt_keys.contains(&letters(key).collect()));
            let keyed = numbered() || attributes.pairs.iter().any(|(key, _)| in_braces(key) || in_key(key));
            id || secret
                || valued
                || keyed
                || attributes.kinds.iter().copied().chain(keys).any(|word| is_near_exempt(&word.to_lowercase(), 2))
        }
        None => words_resemble(inside) || (closed && !in_prose && in_braces(inside)),
    };
    let close = text[from + length..].chars().next().filter(|_| closed).map_or(0, char::len_utf8);
    resembles.then(|| at..from + length + close)
}

/// In braces that are not attributes the first word may differ in two letters, and any word after a dot; the
/// others, which may be prose, in one.
fn words_resemble(inside: &str) -> bool {
    let joined: String = letters(inside).take(12).collect();
    joined.starts_with("exempt")
        || inside.split_whitespace().enumerate().any(|(index, token)| {
            let distance = if index == 0 || token.contains('.') { 2 } else { 1 };
            let head = token.split(['=', ':', ',', ';', '(']).next().unwrap_or_default();
            is_near_exempt(&letters(head).take(12).collect::<String>(), distance)
                || words(token).any(|word| is_near_exempt(&word, distance))
        })
}

/// A comment that speaks of an exemption, or a tag whose name or attribute does.
pub(crate) fn angle(text: &str, at: usize) -> Option<Range<usize>> {
    let inside = first_bytes(&text[at + 1..]);
    if inside.starts_with("!--") {
        let inside = &inside[..inside.find("-->").unwrap_or(inside.len())];
        let near = |(index, word): (usize, String)| is_near_exempt(&word, if index == 0 { 2 } else { 1 });
        let harmless = |line: &str| is_harmless_field(line.trim_start_matches(['!', '-']));
        let said = (words(inside).enumerate().any(near) && !inside.lines().filter(|line| speaks(line)).all(harmless))
            || TEXT.is_private_comment(inside.get(3..).unwrap_or_default());
        return said.then(|| at..at + 1 + inside.len());
    }
    let inside = &inside[..inside.find(['>', '<']).unwrap_or(inside.len())];
    inside.starts_with(|first: char| first.is_ascii_alphabetic() || matches!(first, '/' | '!' | '?')).then_some(())?;
    let mut tokens = inside.split([' ', '\t', '\n', '=', '"', '\'']).filter(|token| !token.is_empty());
    let name = tokens.next().filter(|name| !name.contains([':', '@']))?;
    let looks = |token: &str| letters(token).take(24).collect::<String>();
    let named = in_braces(name.trim_start_matches('/'));
    let of_data = |token: &str| {
        let key = token.strip_prefix("data-");
        key.is_some_and(|key| is_near_exempt(&looks(key), 1) || in_braces(key))
    };
    (named
        || attributed(inside)
        || is_near_exempt(&looks(name), 2)
        || tokens.any(|token| is_near_exempt(&looks(token), 1) || of_data(token)))
    .then(|| at..at + 1 + inside.len())
}

/// Whether a tag has a class that is a mark, or a datum that says so: `<div class="confidential">`, `<p data-visibility="private">`.
fn attributed(tag: &str) -> bool {
    tag.split('=').zip(tag.split('=').skip(1)).any(|(before, after)| {
        let key = before.rsplit([' ', '\t', '\n', '"', '\'']).next().unwrap_or_default();
        let sign = after.chars().next().filter(|sign| matches!(sign, '"' | '\''));
        let value = match sign {
            Some(sign) => after[1..].split(sign).next(),
            None => after.split([' ', '\t', '\n', '/']).next(),
        };
        let value = value.unwrap_or_default();
        let datum = || key.strip_prefix("data-").is_some_and(is_listed) && is_closed_word(value);
        let class = || key.eq_ignore_ascii_case("class") && value.split(' ').any(|class| TEXT.is_mark(class));
        class() || datum()
    })
}

/// Whether a word in a line of a comment resembles `exempt`.
fn speaks(line: &str) -> bool {
    words(line).any(|word| is_near_exempt(&word, 2))
}

/// The word `exempt` itself, by its `x`, after a dot or another sign, or before `paragraphs=`.
fn word_alone(text: &str, at: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let start = at.checked_sub(1)?;
    let is = bytes.get(start..start + 6).is_some_and(|word| word.eq_ignore_ascii_case(b"exempt"));
    is.then_some(())?;
    let before = text[..start].chars().next_back();
    let signed = match before {
        Some('.') => !text[..start - 1].ends_with(|character: char| character.is_alphanumeric()),
        // The end of an entity, which may be a brace or a dot.
        Some(';') => text[..start].bytes().rev().take(10).any(|byte| byte == b'&'),
        Some(sign) => sign == '\\',
        None => false,
    };
    let after = text[start + 6..].trim_start_matches([' ', '\t']);
    let numbered =
        after.strip_prefix("paragraph").is_some_and(|rest| rest.trim_start_matches('s').trim_start().starts_with('='));
    let open = matches!(before, None | Some('.')) && after.starts_with('}');
    (signed || numbered || open).then(|| start..start + 6)
}

/// Whether a word differs from `exempt` in at most `distance` letters, or begins with it.
fn is_near_exempt(word: &str, distance: usize) -> bool {
    word.starts_with("exempt") || ((4..=8).contains(&word.len()) && strsim::osa_distance(word, "exempt") <= distance)
}

fn first_bytes(text: &str) -> &str {
    let mut end = text.len().min(FAR);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

fn first_line(text: &str) -> &str {
    let text = first_bytes(text);
    &text[..text.find('\n').unwrap_or(text.len())]
}

/// What is code beyond doubt: a closed fence of backticks or with a language, and a span that holds nothing but
/// braces. A stray backtick in a sentence, or a line of tildes, can make code of words that nobody meant as code.
fn sure_code(text: &str, list: &[Piece<'_>]) -> Vec<Range<usize>> {
    let sure = list.iter().filter_map(|(event, range)| {
        let typed = &text[range.clone()];
        let sure = match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) => {
                let sign = typed.chars().next()?;
                let fence = typed.chars().take_while(|character| *character == sign).count();
                let (_, last) = typed.trim_end().rsplit_once('\n')?;
                let closed = last.chars().rev().take_while(|character| *character == sign).count() >= fence;
                let drawn = words(language).next().is_some_and(|first| TEXT.drawn.contains(&first));
                closed && (sign == '`' || !language.is_empty()) && !drawn
            }
            // At the end of a line it may be meant as what it shows.
            Event::Code(inside) => {
                let inside = inside.trim();
                let last = first_line(&text[range.end..]).trim_matches(['*', '_', '#', '|', ' ', '\t']).is_empty();
                inside.starts_with('{') && inside.ends_with('}') && inside.matches('{').count() == 1 && !last
            }
            _ => false,
        };
        // The line that opens a block is no code: `{.exempt}` stands behind the language.
        let start = match event {
            Event::Start(_) => range.start + typed.find('\n').unwrap_or_default(),
            _ => range.start,
        };
        sure.then_some(start..range.end)
    });
    sure.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::events::collect;

    #[test]
    fn what_resembles_an_exemption_is_found() {
        for text in [
            "{exempt}",
            "text {.exmept paragraphs=3}",
            "{ .exempt }",
            "{.exempt",
            "{.exempt\nparagraphs=3}",
            "{.Exempt}",
            "{.EXEMPT}",
            "{.exempt,3}",
            "{: .exempt}",
            "{exempt=true}",
            "{.x .exempted}",
            "{.confidential}",
            "{.resolution .Private}",
            "{ex empt}",
            "{.e\u{AD}xempt}",
            "{.ex\u{200B}empt}",
            "{.еxеmpt}",
            "{.ｅxempt}",
            "{.ex**em**pt}",
            ":::exempt",
            "::: exemt para=3",
            "<!-- exempt -->",
            "<!-- the following is exempt -->",
            "<exempt>",
            "</exempt>",
            "<div class=\"exempt\">",
            "a .exempt b",
            "&#123;.exempt&#125;",
            "&lbrace;exempt",
            "(exempt paragraphs=3)",
            "\\{.exempt}",
            "{{.exempt}}",
            "{not exempt}",
            "`the officer {.exempt} said`",
            "It is so `{.exempt paragraphs=3}`",
            "## Contract `{.exempt}`\n\nIt is so.",
            "`{.exempt}`",
            "It is so. {paragraphs=3}",
            "::: Part 2\nIt is so.\n:::",
            "::: box exempt\nIt is so.\n:::",
            "/// exempt\nIt is so.\n///",
            "/// note | Exempt\nIt is so.\n///",
            "!!! note \"Exempt\"\n    It is so.",
            "??? info \"Not for publication\"\n    It is so.",
            "> [!warning]- Exempt\n> It is so.",
            "``` exempt\nIt is so.\n```",
            "~~~confidential\nIt is so.\n~~~",
            "<section data-exempt>\n\nIt is so.\n\n</section>",
            "```chart\n{.exempt}\na,1\n```",
            "```\nnever closed {.exempt}",
            "~~~~\nsecret {.exempt}\n~~~~",
            "{.ezempt}",
            "| a {.exempt} | b |\n|---|---|",
            "{e x e m p t}",
            "<p exempt>",
            "{#exempt}",
            "{.éxempt}",
        ] {
            assert!(!places(text, &collect(text)).is_empty(), "{text}");
        }
    }

    #[test]
    fn other_words_and_code_are_not() {
        for text in [
            "The item is exempt from publication. Exempt information, exempt: and (exempt).",
            "[exempt](x) **exempt** {broad assent} {2021/22} {.resolution outcome=noted}",
            "`{.exempt paragraphs=3}` and\n\n```\ntext {.exempt}\n```\n\n~~~text\n{.exempt}\n~~~",
            "<https://www.gov.uk/exempt-vat> <a href=\"https://example.org/vat/exempt-goods\">",
            "[x](policy.md#exempt-information) [[policy#exempt]] <exempt@example.org> a;exempt {#exempt-items}",
            "is not public.Exempt items follow: next text",
            "Write `{.exempt}` behind it. So is `{.exempt paragraphs=3}`: read.",
            "::: note Exempt accommodation\nA.\n:::",
            "::: note Private rented homes\nA.\n:::",
            "!!! tip \"Exempt goods\"\n    A.",
            "> [!note] Exempt accommodation\n> A.",
            "https://a.org///exempt and ```yaml\nA.\n```",
            "<div data-id=\"3\">A.</div> {about=policies/paragraphs-3}",
            "{attempt} {empty} {expert} {event} {the attempt to tempt} {about=policies/exempt-information}",
        ] {
            assert_eq!(places(text, &collect(text)).first(), None, "{text}");
        }
    }
}
