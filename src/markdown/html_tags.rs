//! HTML as it was typed: its tags, its comments and the words between them, and what each tag is to a text.
//!
//! Input: a stretch of HTML. Output: [`Token`]s with their places; the [`Meaning`] of a tag; the values of attributes.
//! Not here: what a text becomes of them (`html_blocks.rs`, `html_inline.rs`), and which tags pass as they are
//! (`raw_html.rs`).
//!
//! The time is linear in the text, whatever is not closed: a tag ends before the next `<`.

use std::ops::Range;

/// A part of a stretch of HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Token<'text> {
    /// Words, with the entities in them.
    Words(Range<usize>),
    /// A tag.
    Tag(HtmlTag<'text>),
    /// A comment.
    Comment(Range<usize>),
    /// What no reader sees: a script or a style sheet from its first tag to its last, `<!doctype …>`.
    Unseen(Range<usize>),
}

/// A tag as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct HtmlTag<'text> {
    /// From `<` to `>`.
    pub(crate) range: Range<usize>,
    /// In the case typed.
    pub(crate) name: &'text str,
    /// `</…>`.
    pub(crate) closing: bool,
    /// What stands after the name.
    pub(crate) attributes: &'text str,
    /// What it is to a text.
    pub(crate) meaning: Meaning,
}

/// What a tag is to a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// Nothing: its words are words.
    Nothing,
    /// Its words are a block of their own.
    Block,
    /// A heading of this level.
    Heading(u8),
    /// A list; whether its items have numbers.
    List(bool),
    Item,
    /// A term that is explained.
    Term,
    /// What explains it.
    Definition,
    Quotation,
    Table,
    /// A head, a body or a foot of a table, which holds rows.
    Rows,
    Row,
    /// A cell; whether it heads a row or a column.
    Cell(bool),
    Caption,
    Break,
    Rule,
    Strong,
    Emphasis,
    /// Struck out.
    Struck,
    Link,
    Picture,
    Code,
    /// Words that are quoted in a line.
    Quoted,
    /// A tag that the dialect has itself: `sub`, `kbd`.
    Own,
    /// `details`, which holds other blocks, and `summary`.
    Fold,
    /// Words whose line ends are kept.
    Preformatted,
    /// It is not known, or means something that no page shows.
    Unknown,
}

/// What a tag with this name is to a text.
pub(crate) fn meaning(name: &str) -> Meaning {
    use Meaning as M;
    match name.to_ascii_lowercase().as_str() {
        "span" | "font" | "u" | "small" | "big" | "tt" | "samp" | "nobr" | "abbr" | "acronym" | "wbr" | "bdi"
        | "bdo" | "label" | "col" | "colgroup" | "data" | "basefont" | "blink" | "ruby" | "rb" | "rp" | "rt"
        | "hgroup" | "picture" | "noscript" => M::Nothing,
        "p" | "div" | "center" | "section" | "article" | "header" | "footer" | "main" | "aside" | "nav" | "address"
        | "figure" | "figcaption" | "html" | "head" | "body" | "title" | "fieldset" | "legend" | "dir" | "menu"
        | "form" => M::Block,
        "h1" => M::Heading(1),
        "h2" => M::Heading(2),
        "h3" => M::Heading(3),
        "h4" => M::Heading(4),
        "h5" => M::Heading(5),
        "h6" => M::Heading(6),
        "ul" | "dl" => M::List(false),
        "ol" => M::List(true),
        "li" => M::Item,
        "dt" => M::Term,
        "dd" => M::Definition,
        "blockquote" => M::Quotation,
        "table" => M::Table,
        "thead" | "tbody" | "tfoot" => M::Rows,
        "tr" => M::Row,
        "td" => M::Cell(false),
        "th" => M::Cell(true),
        "caption" => M::Caption,
        "br" => M::Break,
        "hr" => M::Rule,
        "b" | "strong" => M::Strong,
        "i" | "em" | "cite" | "dfn" | "var" => M::Emphasis,
        "s" | "strike" => M::Struck,
        "a" => M::Link,
        "img" => M::Picture,
        "code" => M::Code,
        "q" => M::Quoted,
        "sub" | "sup" | "kbd" | "mark" | "ins" | "del" => M::Own,
        "details" | "summary" => M::Fold,
        "pre" => M::Preformatted,
        // Word's own: `o:p`, `w:sdt`, `st1:place`.
        name if name.contains(':') => M::Nothing,
        _ => M::Unknown,
    }
}

impl Meaning {
    /// Whether the tag begins or ends something that stands in no line.
    pub(crate) fn is_block(self) -> bool {
        use Meaning as M;
        match self {
            M::Block | M::Heading(_) | M::List(_) | M::Item | M::Term | M::Definition | M::Quotation | M::Table => true,
            M::Rows | M::Row | M::Cell(_) | M::Caption | M::Rule | M::Preformatted => true,
            M::Nothing | M::Break | M::Strong | M::Emphasis | M::Struck | M::Link | M::Picture | M::Code => false,
            M::Quoted | M::Own | M::Fold | M::Unknown => false,
        }
    }
}

/// The parts of `text[range]`, in their order. Words are never empty.
pub(crate) fn tokens<'text>(text: &'text str, range: &Range<usize>) -> Vec<Token<'text>> {
    let mut tokens = Vec::new();
    let (mut words, mut at) = (range.start, range.start);
    // What was looked for in vain is not looked for again.
    let mut missing = [false; 3];
    while let Some(found) = text[at..range.end].find('<') {
        let start = at + found;
        at = start + 1;
        let Some(token) = token(text, start, range.end, &mut missing) else { continue };
        at = place(&token).end;
        if start > words {
            tokens.push(Token::Words(words..start));
        }
        words = at;
        tokens.push(token);
    }
    if range.end > words {
        tokens.push(Token::Words(words..range.end));
    }
    tokens
}

/// Where a part stands.
pub(crate) fn place<'token>(token: &'token Token<'_>) -> &'token Range<usize> {
    match token {
        Token::Tag(tag) => &tag.range,
        Token::Words(range) | Token::Comment(range) | Token::Unseen(range) => range,
    }
}

/// The comment, declaration or tag that begins at `start`; `None` if the sign is a word's.
fn token<'text>(text: &'text str, start: usize, end: usize, missing: &mut [bool; 3]) -> Option<Token<'text>> {
    let rest = &text[start..end];
    if rest.starts_with("<!--") {
        return ending(rest, "-->", &mut missing[0]).map(|length| Token::Comment(start..start + length));
    }
    if starts_with(rest, "<!doctype")
        || starts_with(rest, "<?xml")
        || starts_with(rest, "<![endif]")
        || starts_with(rest, "<![if")
    {
        return tag_length(rest).map(|length| Token::Unseen(start..start + length));
    }
    let tag = tag_at(text, start, end)?;
    for (index, name) in [(1, "script"), (2, "style")] {
        if tag.name.eq_ignore_ascii_case(name) && !tag.closing {
            let close = format!("</{name}");
            let length = ending(rest, &close, &mut missing[index])?;
            let whole = length + tag_length(&rest[length - close.len()..])? - close.len();
            return Some(Token::Unseen(start..start + whole));
        }
    }
    if matches!(&*tag.name.to_ascii_lowercase(), "meta" | "link" | "base") {
        return Some(Token::Unseen(tag.range));
    }
    Some(Token::Tag(tag))
}

/// The bytes up to the end of `wanted`, whose letters may be small or capital.
fn ending(text: &str, wanted: &str, missing: &mut bool) -> Option<usize> {
    if *missing {
        return None;
    }
    let bytes = text.as_bytes();
    let found = bytes.windows(wanted.len()).position(|window| window.eq_ignore_ascii_case(wanted.as_bytes()));
    *missing = found.is_none();
    found.map(|at| at + wanted.len())
}

fn starts_with(text: &str, wanted: &str) -> bool {
    text.as_bytes().get(..wanted.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(wanted.as_bytes()))
}

/// The tag that begins at `start` and ends before `end`.
fn tag_at(text: &str, start: usize, end: usize) -> Option<HtmlTag<'_>> {
    let rest = &text[start + 1..end];
    let (inside, closing) = rest.strip_prefix('/').map_or((rest, false), |inside| (inside, true));
    inside.starts_with(|first: char| first.is_ascii_alphabetic()).then_some(())?;
    let length = inside.find(|sign: char| !sign.is_ascii_alphanumeric() && !matches!(sign, '-' | ':'))?;
    let name = &inside[..length];
    // `<https://…>` and `<mailto:…>` are links.
    let fits = inside[length..].starts_with(|sign: char| sign.is_whitespace() || matches!(sign, '>' | '/'));
    (fits && !name.ends_with(':') && !starts_with(name, "mailto:") && !starts_with(name, "tel:")).then_some(())?;
    let whole = start..start + tag_length(&text[start..end])?;
    let attributes = text[start + 1 + usize::from(closing) + length..whole.end - 1].trim().trim_end_matches('/');
    Some(HtmlTag { range: whole, name, closing, attributes, meaning: meaning(name) })
}

/// The bytes of a tag up to its `>`, which may stand in quotes; `None` if another `<` or the end comes first.
fn tag_length(tag: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in tag.bytes().enumerate().skip(1) {
        match (byte, quote) {
            (b'<', _) => return None,
            (b'>', None) => return Some(at + 1),
            (b'"' | b'\'', None) if tag[..at].trim_end().ends_with('=') => quote = Some(byte),
            (_, Some(open)) if byte == open => quote = None,
            _ => {}
        }
    }
    None
}

impl HtmlTag<'_> {
    /// The value of an attribute, with its entities read; `None` if the tag has no such attribute.
    pub(crate) fn attribute(&self, name: &str) -> Option<String> {
        let mut rest = self.attributes;
        loop {
            rest = rest.trim_start_matches(|sign: char| sign.is_whitespace() || sign == '/');
            let length = rest.find(|sign: char| sign.is_whitespace() || sign == '=').unwrap_or(rest.len());
            let (own, after) = rest.split_at(length);
            if own.is_empty() && after.is_empty() {
                return None;
            }
            let after = after.trim_start();
            let (value, after) = match after.strip_prefix('=').map(str::trim_start) {
                None => ("", after),
                Some(value) => match value.chars().next().filter(|sign| matches!(sign, '"' | '\'')) {
                    Some(quote) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
                    None => value.split_at(value.find(char::is_whitespace).unwrap_or(value.len())),
                },
            };
            if own.eq_ignore_ascii_case(name) {
                return Some(decoded(value));
            }
            rest = after;
        }
    }
}

/// The text of a value in which `&amp;` and the like stand for signs.
fn decoded(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    let mut rest = value;
    while let Some((before, after)) = rest.split_once('&') {
        text.push_str(before);
        let found = after.split_once(';').filter(|(name, _)| name.len() <= 8);
        match found.and_then(|(name, after)| Some((entity(name)?, after))) {
            Some((sign, after)) => {
                text.push(sign);
                rest = after;
            }
            None => {
                text.push('&');
                rest = after;
            }
        }
    }
    text + rest
}

/// The sign that an entity stands for: those that values of attributes have.
fn entity(name: &str) -> Option<char> {
    let number = name.strip_prefix('#');
    let number = number.map(|number| match number.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16),
        None => number.parse(),
    });
    match (number, name) {
        (Some(number), _) => char::from_u32(number.ok()?),
        (None, "amp") => Some('&'),
        (None, "lt") => Some('<'),
        (None, "gt") => Some('>'),
        (None, "quot") => Some('"'),
        (None, "apos") => Some('\''),
        (None, "nbsp") => Some('\u{A0}'),
        (None, "colon") => Some(':'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(html: &str) -> Vec<String> {
        let tokens = tokens(html, &(0..html.len()));
        let name = |token: &Token<'_>| match token {
            Token::Words(range) => html[range.clone()].to_owned(),
            Token::Tag(tag) => format!("{}{:?}", if tag.closing { "/" } else { "" }, tag.meaning),
            Token::Comment(_) => "comment".to_owned(),
            Token::Unseen(range) => format!("unseen {}", &html[range.clone()]),
        };
        tokens.iter().map(name).collect()
    }

    #[test]
    fn tags_and_words_are_told_apart() {
        assert_eq!(read("<p class=x>a < b</P>"), ["Block", "a < b", "/Block"]);
        assert_eq!(read("<TD title=\"a > b\">x"), ["Cell(false)", "x"]);
        assert_eq!(read("<o:p></o:p><st1:place w:st=\"on\">x"), ["Nothing", "/Nothing", "Nothing", "x"]);
        assert_eq!(read("<https://example.org> <a@b.uk> <3"), ["<https://example.org> <a@b.uk> <3"]);
        assert_eq!(read("a<!-- <p> -->b<!-- c"), ["a", "comment", "b<!-- c"]);
        assert_eq!(read("<style>p > b {}</STYLE >x"), ["unseen <style>p > b {}</STYLE >", "x"]);
        assert_eq!(read("<script>never closed"), ["<script>never closed"]);
        assert_eq!(read("don't <p title=it's>x"), ["don't ", "Block", "x"]);
    }

    #[test]
    fn attributes_are_read() {
        let value = |html: &str, name: &str| match tokens(html, &(0..html.len())).swap_remove(0) {
            Token::Tag(tag) => tag.attribute(name),
            _ => None,
        };
        assert_eq!(value("<a class=b href='x y'>", "href").as_deref(), Some("x y"));
        assert_eq!(value("<a HREF = \"a?b&amp;c&#61;d\" >", "href").as_deref(), Some("a?b&c=d"));
        assert_eq!(value("<td nowrap colspan=3>", "colspan").as_deref(), Some("3"));
        assert_eq!(value("<td nowrap>", "nowrap").as_deref(), Some(""));
        assert_eq!(value("<td>", "colspan"), None);
        assert_eq!(value("<img src=a.jpg/>", "src").as_deref(), Some("a.jpg"));
    }

    #[test]
    fn the_time_is_linear() {
        for typed in ["<p>", "<", "<a \"", "<!--", "<script>", "<style", "<td title=\"", "<a <b"] {
            let html = typed.repeat(100_000);
            assert!(tokens(&html, &(0..html.len())).len() <= 200_000, "{typed}");
        }
    }
}
