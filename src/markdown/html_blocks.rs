//! HTML of Word, WordPress and other programs becomes the Markdown that means the same: paragraphs, headings, lists,
//! tables, quotations, line breaks.
//!
//! Input: the events of a text. Output: edits after which CommonMark reads what the author saw, and what to say of
//! them. The words stay where they were typed. Emphasis, links and pictures stay tags, without what they do not need
//! (`html_inline.rs` reads them next); what no tag here stands for is printed as it is. Not here: which blocks belong
//! together (`html_regions.rs`), and what a table looks like (`html_tables.rs`).

use std::ops::Range;

use super::events::Piece;
use super::html_regions::{Part, Region, regions};
use super::html_tables::{TablePlan, Tables};
use super::html_tags::{HtmlTag, Meaning, Token};
use super::html_writer::{Format, Gap, MarkdownWriter};
use super::prepare::Edit;

/// What a text becomes, and what happened to what was typed.
#[derive(Debug, Default)]
pub(crate) struct Converted {
    /// In the order of the text.
    pub(crate) edits: Vec<Edit>,
    /// In the order of the text.
    pub(crate) told: Vec<Told>,
}

/// What became of a piece of HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Told {
    /// A tag, and others near it, were read as what they mean.
    Read(Range<usize>),
    /// A tag is printed as it stands.
    Kept(Range<usize>),
    /// A comment was left out.
    Comment(Range<usize>),
    /// A script or a style sheet was left out.
    Unseen(Range<usize>),
}

impl Told {
    /// Where it stands.
    pub(crate) fn range(&self) -> &Range<usize> {
        match self {
            Self::Read(range) | Self::Kept(range) | Self::Comment(range) | Self::Unseen(range) => range,
        }
    }
}

/// Turns the blocks of HTML in a text into Markdown.
pub(crate) fn convert(text: &str, list: &[Piece<'_>]) -> Converted {
    let mut converted = Converted::default();
    for region in regions(text, list) {
        Converter::new(text, &region).all(&mut converted);
    }
    converted
}

/// A list that is open.
struct List {
    /// The number of the next item, and the signs before and after it; `None` for bullets.
    next: Option<(u32, Numbers)>,
    /// How many marks of containers stand before its items.
    leads: usize,
    /// Whether no item was begun.
    fresh: bool,
    /// Whether it lies in another.
    nested: bool,
}

/// How the items of a list are counted.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Numbers {
    Digits,
    Letters,
    Roman,
}

struct Converter<'run, 'text> {
    text: &'text str,
    region: &'run Region<'text>,
    out: MarkdownWriter<'text>,
    tables: Tables,
    lists: Vec<List>,
    /// How many marks of containers stood before each quotation that is open.
    quotes: Vec<usize>,
    /// How many blocks are open: in one, words are no Markdown.
    inside: usize,
    preformatted: bool,
    /// Whether a term that a definition may follow is the last block.
    after_term: bool,
    told: Vec<Told>,
}

impl<'run, 'text> Converter<'run, 'text> {
    fn new(text: &'text str, region: &'run Region<'text>) -> Self {
        Self {
            text,
            region,
            out: MarkdownWriter::new(text, region.range.start, region.prefix.clone()),
            tables: Tables::of(&region.parts),
            lists: Vec::new(),
            quotes: Vec::new(),
            inside: 0,
            preformatted: false,
            after_term: false,
            told: Vec::new(),
        }
    }

    fn all(mut self, converted: &mut Converted) {
        self.parts(0..self.region.parts.len());
        let known = |part: &Part<'_>| match part {
            Part::Html(Token::Tag(tag)) => {
                (tag.meaning != Meaning::Unknown && !tag.closing).then(|| Told::Read(tag.range.clone()))
            }
            _ => None,
        };
        converted.told.extend(self.region.parts.iter().find_map(known));
        converted.told.append(&mut self.told);
        converted.edits.extend(self.out.finish(self.region.range.end));
    }

    fn parts(&mut self, range: Range<usize>) {
        let region = self.region;
        let mut index = range.start;
        while index < range.end {
            index = match &region.parts[index] {
                Part::Html(Token::Tag(tag)) if tag.meaning == Meaning::Table && !tag.closing => {
                    match self.tables.plan(self.text, &region.parts, index) {
                        Some(plan) => self.table(&plan),
                        None => {
                            self.out.begin_block();
                            index + 1
                        }
                    }
                }
                part => {
                    self.part(part);
                    index + 1
                }
            };
        }
    }

    fn part(&mut self, part: &Part<'text>) {
        match part {
            Part::Html(Token::Words(range)) => self.words(range, self.inside > 0),
            Part::Html(Token::Tag(tag)) => self.tag(tag),
            Part::Html(Token::Comment(range)) => self.told.push(Told::Comment(range.clone())),
            Part::Html(Token::Unseen(range)) => {
                let kept = self.text[range.clone()].to_ascii_lowercase();
                if kept.starts_with("<script") || kept.starts_with("<style") {
                    self.told.push(Told::Unseen(range.clone()));
                }
            }
            Part::Markdown(range) => self.words(range, false),
            Part::LineEnd => self.out.gap(if self.preformatted { Gap::Line } else { Gap::Space }),
            Part::Parting => self.begin_block(),
        }
    }

    /// Says words, line by line; `literal` if their signs are no Markdown.
    fn words(&mut self, range: &Range<usize>, literal: bool) {
        let mut from = range.start;
        for (index, line) in self.text[range.clone()].split('\n').enumerate() {
            let start = from;
            from += line.len() + 1;
            if index > 0 {
                self.part(&Part::LineEnd);
            }
            self.out.say(start..start + line.len(), literal);
        }
    }

    fn begin_block(&mut self) {
        self.after_term = false;
        self.out.begin_block();
    }

    fn tag(&mut self, tag: &HtmlTag<'text>) {
        if tag.meaning.is_block() && !matches!(tag.meaning, Meaning::Rule) {
            self.inside = if tag.closing { self.inside.saturating_sub(1) } else { self.inside + 1 };
        }
        match tag.meaning {
            Meaning::Nothing | Meaning::Code => {}
            Meaning::Heading(level) if !tag.closing => self.out.begin_heading(level),
            Meaning::Block | Meaning::Heading(_) | Meaning::Fold | Meaning::Caption => self.begin_block(),
            Meaning::Table | Meaning::Rows | Meaning::Row | Meaning::Cell(_) => self.begin_block(),
            Meaning::List(ordered) => self.list(tag, ordered),
            Meaning::Item => self.item(tag),
            Meaning::Term => {
                self.begin_block();
                self.out.begin_line();
                self.after_term = true;
            }
            Meaning::Definition => self.definition(tag.closing),
            Meaning::Quotation => self.quotation(tag.closing),
            Meaning::Break => self.out.line_break(),
            Meaning::Rule => self.out.rule(),
            Meaning::Preformatted => {
                self.begin_block();
                self.preformatted = !tag.closing;
            }
            Meaning::Strong => self.out.format(Format::Tag("strong"), tag.closing),
            Meaning::Emphasis => self.out.format(Format::Tag("em"), tag.closing),
            Meaning::Struck => self.out.format(Format::Tag("s"), tag.closing),
            Meaning::Own => self.out.format(Format::Tag(own_name(tag.name)), tag.closing),
            Meaning::Link => match tag.attribute("href") {
                Some(address) if !tag.closing => self.out.format(Format::Link(address), false),
                _ if tag.closing => self.out.format(Format::Link(String::new()), true),
                _ => {}
            },
            Meaning::Picture => {
                let (words, address) = (tag.attribute("alt"), tag.attribute("src"));
                self.out.picture(&words.unwrap_or_default(), address.as_deref());
            }
            Meaning::Quoted if tag.closing => self.out.insert_at_once("”"),
            Meaning::Quoted => self.out.insert("“"),
            Meaning::Unknown => {
                self.words(&tag.range, true);
                if !tag.closing {
                    self.told.push(Told::Kept(tag.range.clone()));
                }
            }
        }
    }

    fn list(&mut self, tag: &HtmlTag<'_>, ordered: bool) {
        self.begin_block();
        if tag.closing {
            if let Some(list) = self.lists.pop() {
                self.out.leave(list.leads);
            }
            self.out.begin_paragraph();
            return;
        }
        let numbers = match tag.attribute("type").as_deref() {
            Some("a" | "A") => Numbers::Letters,
            Some("i" | "I") => Numbers::Roman,
            _ => Numbers::Digits,
        };
        let start = tag.attribute("start").and_then(|start| start.trim().parse().ok()).unwrap_or(1);
        let next = ordered.then_some((start, numbers));
        let nested = !self.lists.is_empty();
        self.lists.push(List { next, leads: self.out.depth(), fresh: true, nested });
    }

    fn item(&mut self, tag: &HtmlTag<'_>) {
        self.begin_block();
        if self.lists.is_empty() {
            self.lists.push(List { next: None, leads: self.out.depth(), fresh: true, nested: false });
        }
        let Some(list) = self.lists.last_mut() else { return };
        self.out.leave(list.leads);
        if tag.closing {
            return self.out.begin_paragraph();
        }
        if let Some((next, _)) = &mut list.next {
            *next = tag.attribute("value").and_then(|value| value.trim().parse().ok()).unwrap_or(*next);
        }
        let marker = list.next.map_or_else(|| "- ".to_owned(), |(next, numbers)| numbers.marker(next));
        list.next = list.next.map(|(next, numbers)| (next.saturating_add(1), numbers));
        let is_item = list.next.is_none_or(|(_, numbers)| numbers == Numbers::Digits);
        let tight = is_item && (!list.fresh || (list.nested && list.next.is_none()));
        list.fresh = false;
        self.out.begin_marked(&marker, tight, if is_item { " ".repeat(marker.len()) } else { String::new() });
    }

    fn definition(&mut self, closing: bool) {
        let follows = std::mem::take(&mut self.after_term) && !closing;
        let outer = self.lists.last().map_or(0, |list| list.leads);
        self.out.begin_block();
        self.out.leave(outer);
        if follows {
            self.out.begin_marked(": ", true, "  ".to_owned());
        } else {
            self.out.begin_paragraph();
        }
    }

    fn quotation(&mut self, closing: bool) {
        self.begin_block();
        if closing {
            if let Some(depth) = self.quotes.pop() {
                self.out.leave(depth);
            }
            self.out.begin_paragraph();
        } else {
            self.quotes.push(self.out.depth());
            self.out.enter("> ");
        }
    }

    /// Writes a table, and returns the index after its last part.
    fn table(&mut self, plan: &TablePlan) -> usize {
        self.begin_block();
        if let Some(caption) = &plan.caption {
            self.out.begin_line();
            if !plan.caption_is_marked {
                self.out.insert_at_start("Table: ");
            }
            self.inside += 1;
            self.cell(caption);
            self.inside -= 1;
            self.begin_block();
        }
        if plan.head.is_none() {
            self.out.row_start();
            self.out.row_text(&"  |".repeat(plan.columns));
            self.delimiter(plan.columns);
        }
        for (index, row) in plan.rows.iter().enumerate() {
            self.out.row_start();
            for cell in row {
                self.out.row_text(" ");
                if let Some(cell) = cell {
                    self.out.begin_cell(cell.bold);
                    self.inside += 1;
                    self.cell(&cell.parts);
                    self.inside -= 1;
                    self.out.end_cell();
                }
                self.out.row_text(" |");
            }
            if plan.head == Some(index) {
                self.out.row_text(&"  |".repeat(plan.columns.saturating_sub(row.len())));
                self.delimiter(plan.columns);
            }
        }
        self.out.end_rows();
        plan.next
    }

    fn delimiter(&mut self, columns: usize) {
        self.out.row_start();
        self.out.row_text(&"---|".repeat(columns));
    }

    /// The parts of a cell or a caption: tables in it are words like others.
    fn cell(&mut self, parts: &Range<usize>) {
        let region = self.region;
        let inside = self.inside;
        region.parts[parts.clone()].iter().for_each(|part| self.part(part));
        self.inside = inside;
    }
}

impl Numbers {
    fn marker(self, number: u32) -> String {
        const LETTERS: &[u8; 26] = b"abcdefghijklmnopqrstuvwxyz";
        const ROMAN: [&str; 20] = [
            "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi",
            "xvii", "xviii", "xix", "xx",
        ];
        let at = usize::try_from(number).ok().and_then(|number| number.checked_sub(1));
        let letter = at.and_then(|at| LETTERS.get(at)).map(|letter| char::from(*letter).to_string());
        let roman = at.and_then(|at| ROMAN.get(at)).map(|roman| (*roman).to_owned());
        match self {
            Self::Digits => format!("{} ", format_args!("{number}.")),
            Self::Letters => letter.map_or_else(|| format!("{number}. "), |letter| format!("{letter}) ")),
            Self::Roman => roman.map_or_else(|| format!("{number}. "), |roman| format!("{roman}) ")),
        }
    }
}

/// The name of a tag of the dialect's own.
fn own_name(name: &str) -> &'static str {
    const OWN: [&str; 6] = ["sub", "sup", "kbd", "mark", "ins", "del"];
    OWN.into_iter().find(|own| own.eq_ignore_ascii_case(name)).unwrap_or("mark")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::events::collect;
    use crate::markdown::html_inline;
    use crate::markdown::prepare::Prepared;

    /// Applies what is asked for until nothing is, as `read` does.
    fn read(typed: &str) -> String {
        let mut text = typed.to_owned();
        for _ in 0..8 {
            let events = collect(&text);
            let mut converted = convert(&text, &events.list);
            if converted.edits.is_empty() {
                converted = html_inline::convert(&text, &events.list);
            }
            if converted.edits.is_empty() {
                break;
            }
            text = Prepared::new(&text).apply(&converted.edits).text.into_owned();
        }
        text
    }

    #[test]
    fn html_becomes_markdown() {
        for (typed, expected) in [
            ("<p>One</p><p>Two</p>", "One\n\nTwo"),
            ("<div>a<br>b</div>", "a\\\nb"),
            ("<p>a</p>\nb", "a\n\nb"),
            ("Above\n<p>a</p>", "Above\n\na"),
            ("<h3>A <b>b</b></h3>", "### A **b**"),
            ("<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>", "- a\n- b\n  - c"),
            ("<ol start=9><li>a<li value=12>b</ol>", "9. a\n12. b"),
            ("<blockquote><p>a</p><p>b</p></blockquote>c", "> a\n>\n> b\n\nc"),
            ("<p>*a* [b] `c` \\ a_b 1 < 2</p>", "\\*a\\* \\[b\\] \\`c\\` \\\\ a_b 1 \\< 2"),
            ("<p><b>a</b><b>b</b> c</p>", "**ab** c"),
            ("<p><b>a</p><p>b</b> c</p>", "**a**\n\n**b** c"),
            ("<table><tr><th>a<th>b<tr><td>c<td>d|e</table>", "| a | b |\n|---|---|\n| c | d\\|e |"),
            ("<table><tr><td>a<td>b</table>", "|  |  |\n|---|---|\n| a | b |"),
            ("- <p>a</p><p>b</p>", "- a\n\n  b"),
            ("> <p>a</p>\n> <p>b</p>", "> a\n>\n> b"),
            ("<iframe src=x></iframe>", "<iframe src=x></iframe>"),
            ("a<p>b", "a\n\nb"),
        ] {
            assert_eq!(read(typed), expected, "{typed:?}");
        }
    }

    #[test]
    fn no_word_is_lost_and_none_moves() {
        let tags = [
            "<p>",
            "</p>",
            "<b>",
            "</i>",
            "<ul>",
            "<li>",
            "</ul>",
            "<table>",
            "<tr>",
            "<td colspan=2>",
            "</td>",
            "</table>",
            "<th rowspan=3>",
            "<br>",
            "<h2>",
            "</h2>",
            "<a href=x>",
            "</a>",
            "<blockquote>",
            "</blockquote>",
            "<pre>",
            "<caption>",
            "</caption>",
            "<thead>",
            "\n\n",
            "\n",
            "> ",
            "<dl><dt>",
            "<dd>",
            "<x>",
            "&nbsp;",
            "<hr>",
            "</ol>",
        ];
        let mut state = 7_u64;
        for round in 0..400 {
            let mut typed = String::from(if round % 2 == 0 { "<div>" } else { "" });
            let mut words = Vec::new();
            for word in 0..30 {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                typed.push_str(tags[(state >> 33) as usize % tags.len()]);
                if state >> 62 > 0 {
                    words.push(format!("w{word}w"));
                    typed.extend([" ", &format!("w{word}w"), " "]);
                }
            }
            let read = read(&typed);
            let kept: Vec<&str> = read.split(|sign: char| !sign.is_ascii_alphanumeric()).collect();
            let kept: Vec<&str> =
                kept.into_iter().filter(|word| word.starts_with('w') && word.ends_with('w')).collect();
            assert_eq!(kept, words, "{typed:?}\n{read}");
        }
    }

    #[test]
    fn the_time_is_linear() {
        for typed in [
            "<div>",
            "<ul><li>x",
            "<table><tr><td>x",
            "<table>\n\n",
            "<blockquote>x",
            "<b>",
            "<td>a</td>",
            "<b>a</b>",
            "<a href=x>",
            "<ol><li>a\n\n",
            "<td rowspan=9999 colspan=30>a",
            "x<p>y",
        ] {
            for before in ["", "x ", "<table><tr>"] {
                let html = before.to_owned() + &typed.repeat(10_000);
                assert!(read(&html).len() < 20 * html.len() + 1_000, "{typed}");
            }
        }
    }
}
