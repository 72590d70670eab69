//! Reads TOML into a [`Node`], with the characters of numbers and dates as typed; and writes a text as TOML has it.
//!
//! Input: a text. Output: a tree, keys in the order typed; or the text in quotes. Not here: TOML's own types: `1.10` is not a number here, and
//! `2021-09` is not a mistake if the schema allows it.

use ::toml::Spanned;
use ::toml::de::{DeTable, DeValue, Error};

use super::{DEEPEST, Node, Pair, Place, Raw, inside_curly_quotes};
use crate::diagnostic::{Diagnostics, HeadMistake};
use crate::source::{SourceId, Span};

/// A head with more mistakes than this is given up.
const MANY: usize = 100;

/// The head of a document, between `+++`. `offset` is where `text` begins in `source`.
/// A text without quotes, or with curly ones, is read as it stands, with a warning.
pub fn toml(text: &str, source: SourceId, offset: usize, diagnostics: &mut Diagnostics) -> Option<Node> {
    let place = Place { source, offset };
    if text.len() > super::LONGEST_HEAD {
        diagnostics.broken_head(HeadMistake::TooLong, place.line(text, 0), "");
        return None;
    }
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut node = node_of(text, place, table.span(), DeValue::Table(table.into_inner()), 0)
        .map_err(|span| diagnostics.broken_head(HeadMistake::TooDeep, span, ""))
        .ok()?;
    if let Some(error) = errors.get(MANY) {
        diagnostics.broken_toml("broken-front-matter", place.line(text, range(error, text).start), error.message());
        return None;
    }
    for error in errors {
        let at = range(&error, text);
        let typed = &text[at.clone()];
        match error.message() {
            message if message.starts_with("duplicate key") => {
                let span = place.span(at.start, at.end);
                if !repeat(&mut node, span, unquoted(typed), diagnostics) {
                    diagnostics.broken_toml("broken-front-matter", place.line(text, at.start), error.message());
                    return None;
                }
            }
            // `draft = ` with nothing after it is a field that nobody filled in.
            message if message.starts_with("string values must be quoted") && typed.is_empty() => {}
            message if message.starts_with("string values must be quoted") && !typed.contains(['"', '{', '[']) => {
                let span = place.span(at.start, at.end);
                diagnostics.wrong_quotes(span, inside_curly_quotes(typed).unwrap_or(typed));
            }
            message => {
                diagnostics.broken_toml("broken-front-matter", place.line(text, at.start), message);
                return None;
            }
        }
    }
    Some(node)
}

/// A whole file: `site.toml`, a kind. Its mistakes are reported under `code`, and any of them makes it unreadable.
pub fn toml_file(text: &str, source: SourceId, code: &'static str, diagnostics: &mut Diagnostics) -> Option<Node> {
    let place = Place { source, offset: 0 };
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in &errors {
        diagnostics.broken_toml(code, place.line(text, range(error, text).start), error.message());
    }
    if !errors.is_empty() {
        return None;
    }
    node_of(text, place, table.span(), DeValue::Table(table.into_inner()), 0)
        .map_err(|span| diagnostics.broken_toml(code, span, "nested too deep"))
        .ok()
}

/// `text` as TOML writes it between quotes, on one line.
#[must_use]
pub fn toml_text(text: &str) -> String {
    let mut written = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => written.extend(['\\', letter]),
            letter if letter.is_control() => written.push_str(&format!("\\u{:04X}", u32::from(letter))),
            letter => written.push(letter),
        }
    }
    written + "\""
}

/// The bytes that an error is about; the end of the text if it does not say.
fn range(error: &Error, text: &str) -> std::ops::Range<usize> {
    let range = error.span().unwrap_or(text.len()..text.len());
    if text.get(range.clone()).is_some() { range } else { text.len()..text.len() }
}

/// The tree below `value`. Fails with the place where it is nested too deep.
fn node_of(
    text: &str,
    place: Place,
    range: std::ops::Range<usize>,
    value: DeValue<'_>,
    depth: usize,
) -> Result<Node, Span> {
    let span = place.span(range.start, range.end);
    if depth > DEEPEST {
        return Err(span);
    }
    let typed = text.get(range).unwrap_or_default();
    Ok(match value {
        DeValue::String(string) => string_node(string.into_owned(), typed, span),
        DeValue::Integer(_) | DeValue::Float(_) | DeValue::Boolean(_) | DeValue::Datetime(_) => {
            Node { span, value: Raw::Scalar { text: typed.to_owned(), quoted: false } }
        }
        DeValue::Array(array) => {
            let items = array.into_iter().map(|item| spanned(text, place, item, depth));
            Node { span, value: Raw::List(items.collect::<Result<_, _>>()?) }
        }
        DeValue::Table(table) => Node { span, value: Raw::Map(pairs(text, place, table, depth)?) },
    })
}

fn spanned(text: &str, place: Place, value: Spanned<DeValue<'_>>, depth: usize) -> Result<Node, Span> {
    node_of(text, place, value.span(), value.into_inner(), depth + 1)
}

/// The pairs of a table in the order typed; the crate hands them over in the order of the alphabet.
fn pairs(text: &str, place: Place, table: DeTable<'_>, depth: usize) -> Result<Vec<Pair>, Span> {
    let mut pairs = Vec::new();
    for (key, value) in table {
        let key_span = place.span(key.span().start, key.span().end);
        pairs.push(Pair { key: key.into_inner().into_owned(), key_span, value: spanned(text, place, value, depth)? });
    }
    pairs.sort_by_key(|pair| pair.key_span.start);
    Ok(pairs)
}

/// A string: its span is what stands between the quotes. One that the crate took without quotes may have curly ones.
fn string_node(string: String, typed: &str, span: Span) -> Node {
    let quotes = ["\"\"\"", "'''", "\"", "'"].into_iter().find(|quotes| typed.starts_with(quotes));
    let Some(quotes) = quotes else {
        let text = inside_curly_quotes(&string).unwrap_or(&string).to_owned();
        return Node { span, value: Raw::Scalar { text, quoted: false } };
    };
    let width = u32::try_from(quotes.len()).unwrap_or_default();
    let (start, end) = (span.start + width, span.end.saturating_sub(width));
    let inside = Span { source: span.source, start, end: end.max(start) };
    Node { span: inside, value: Raw::Scalar { text: string, quoted: true } }
}

fn unquoted(key: &str) -> &str {
    key.trim_matches(['"', '\''])
}

/// Says that `key` stands twice, and keeps the second beside the first without its value, which the crate dropped.
fn repeat(node: &mut Node, second: Span, key: &str, diagnostics: &mut Diagnostics) -> bool {
    let Some(first) = nearest_before(node, second, key) else { return false };
    diagnostics.duplicate_field(first, second, key);
    if let Some(pairs) = pairs_with(node, first) {
        let value = Node { span: second, value: Raw::Null };
        pairs.push(Pair { key: key.to_owned(), key_span: second, value });
    }
    true
}

/// Where the last `key` before `second` stands: the one that it repeats.
fn nearest_before(node: &Node, second: Span, key: &str) -> Option<Span> {
    let own = node.pairs().iter().filter(|pair| pair.key == key && pair.key_span.start < second.start);
    let below = children(node).filter_map(|child| nearest_before(child, second, key));
    own.map(|pair| pair.key_span).chain(below).max_by_key(|span| span.start)
}

fn children(node: &Node) -> Box<dyn Iterator<Item = &Node> + '_> {
    match &node.value {
        Raw::List(items) => Box::new(items.iter()),
        _ => Box::new(node.pairs().iter().map(|pair| &pair.value)),
    }
}

/// The pairs of the map that has a key at `first`.
fn pairs_with(node: &mut Node, first: Span) -> Option<&mut Vec<Pair>> {
    match &mut node.value {
        Raw::Map(pairs) => match pairs.iter().any(|pair| pair.key_span == first) {
            true => Some(pairs),
            false => pairs.iter_mut().find_map(|pair| pairs_with(&mut pair.value, first)),
        },
        Raw::List(items) => items.iter_mut().find_map(|item| pairs_with(item, first)),
        Raw::Null | Raw::Scalar { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (String, Vec<String>) {
        let mut diagnostics = Diagnostics::new();
        let node = toml(text, SourceId(0), 0, &mut diagnostics);
        let shown = |pair: &Pair| match &pair.value.value {
            Raw::Scalar { .. } => {
                let span = pair.value.span;
                let typed = &text[span.start as usize..span.end as usize];
                format!("{}={typed}", pair.key)
            }
            other => format!("{}={}", pair.key, if *other == Raw::Null { "~" } else { "…" }),
        };
        let titles = diagnostics.iter().map(|diagnostic| diagnostic.title.to_string()).collect();
        (node.map_or("nothing".into(), |node| node.pairs().iter().map(shown).collect::<Vec<_>>().join("|")), titles)
    }

    #[test]
    fn scalars_as_typed_in_the_order_typed() {
        for (typed, meant) in [
            ("z = 1.10\na = 2021-09-07", "z=1.10|a=2021-09-07"),
            ("é1 = 'é'", "nothing"),
            ("a = 'é😀'\nb = \"\"\"x\"\"\"", "a=é😀|b=x"),
            ("a = 0x1F\nb = 1_000\nc = 09:30:00", "a=0x1F|b=1_000|c=09:30:00"),
            ("[b]\nx = 1\n[[a]]\ny = 1", "b=…|a=…"),
        ] {
            assert_eq!(read(typed).0, meant, "{typed}");
        }
    }

    #[test]
    fn mistakes_in_plain_words() {
        for (typed, meant, said) in [
            ("title = Minutes of March", "title=Minutes of March", "The quotes round this text are not straight ones"),
            ("title = “Minutes”", "title=“Minutes”", "The quotes round this text are not straight ones"),
            ("title = \nx = 1", "title=|x=1", ""),
            ("draft = false\ndraft = true", "draft=false|draft=~", "`draft` stands twice"),
            ("title \"x\"", "nothing", "This line has no name, no `=` or no value"),
            ("tags = [\"a\"", "nothing", "The brackets or commas on this line do not match"),
        ] {
            let (read, titles) = read(typed);
            assert_eq!((read.as_str(), titles.join("|").as_str()), (meant, said), "{typed}");
        }
        let deep = format!("a = {}", "[".repeat(10_000));
        assert_eq!(read(&deep).1, ["Lists or groups are nested more than 64 deep here"]);
    }
}
