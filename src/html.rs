//! A text as HTML: the one encoder that pages, checks and tests share, so that they cannot differ.
//!
//! Input: a part of a [`Text`], and a [`Resolve`] that knows what only the whole site can know. Output: HTML, escaped here
//! and nowhere else. Not here: templates, and what a link, a term or a record shows; those are asked for at their nodes.

use std::borrow::Cow;
use std::fmt::Write as _;

use crate::kind::KindId;
use crate::language::Phrases;
use crate::model::{
    AlertKind, Align, AnchorId, AnchorKind, Axis, Element, EmbedId, LinkId, NameId, Node, NodeId, NoteId, RecordId,
    Step, Stretch, TermId, Text, is_plain, percent_encode,
};

/// What the encoder asks for. Each function appends HTML to `out`.
pub trait Resolve {
    /// Begins a link, and returns what ends it: `"</a>"`, or `""` if the link leads nowhere and only its words are
    /// printed. For a link without words of its own (`bare`) it appends them too.
    fn link(&mut self, text: &Text, link: LinkId, out: &mut String) -> Cow<'static, str>;

    /// Shows what is embedded.
    fn embed(&mut self, text: &Text, embed: EmbedId, out: &mut String);

    /// Begins the first use of a word of the glossary, and returns what ends it.
    fn term(&mut self, text: &Text, term: TermId, out: &mut String) -> &'static str;

    /// The name of a kind of record, which is the class of its elements.
    fn kind(&self, kind: KindId) -> &str;

    /// Shows what is known of a record of the text: its outcome, its page, what became of it. Nothing, where only the
    /// words of the text are wanted.
    fn record(&mut self, _text: &Text, _record: RecordId, _out: &mut String) {}

    /// Shows what belongs after an element and is not of the text; after the words of an item, within the item.
    fn after(&mut self, _node: NodeId, _out: &mut String) {}
}

/// The ids that a text is printed with: what can be linked in it, and by which names.
#[derive(Debug, Clone, Copy)]
pub enum Ids<'names> {
    /// The ids of the text itself.
    Own,
    /// No ids, as for a text shown inside another page.
    Nothing,
    /// Others, for a part that has a page of its own: places and the names that they have there, sorted. What is not
    /// among them has none.
    Others(&'names [(AnchorId, Box<str>)]),
}

impl<'names> Ids<'names> {
    /// The id of a place; `None` if it is printed without one.
    fn of<'text: 'names>(self, text: &'text Text, anchor: AnchorId) -> Option<&'names str> {
        match self {
            Self::Own => Some(&text.anchor(anchor).id),
            Self::Nothing => None,
            Self::Others(names) => {
                let found = names.binary_search_by_key(&anchor, |(own, _)| *own).ok()?;
                Some(&names[found].1)
            }
        }
    }

    /// Whether the text is printed with what stands around it: its footnotes, the links of paragraphs to themselves.
    fn own(self) -> bool {
        matches!(self, Self::Own)
    }
}

/// Appends all of `text` to `out`. Without `ids`, as for a text shown inside another page, nothing in it can be linked.
pub fn print(text: &Text, resolve: &mut dyn Resolve, phrases: &Phrases, ids: bool, out: &mut String) {
    let ids = if ids { Ids::Own } else { Ids::Nothing };
    print_part(text, text.whole(), resolve, phrases, ids, out);
}

/// Appends a part of `text` to `out`, such as the words of one record.
pub fn print_part(
    text: &Text,
    part: Stretch,
    resolve: &mut dyn Resolve,
    phrases: &Phrases,
    ids: Ids<'_>,
    out: &mut String,
) {
    let mut printer = Printer { text, resolve, phrases, ids, out, ends: Vec::new(), items: Vec::new() };
    for step in text.steps(part) {
        match step {
            Step::Words(words) => printer.words(words),
            Step::Open(node) => printer.open(node),
            Step::Close(node) => printer.close(node),
        }
    }
}

struct Printer<'run> {
    text: &'run Text,
    resolve: &'run mut dyn Resolve,
    phrases: &'run Phrases,
    ids: Ids<'run>,
    out: &'run mut String,
    /// What ends the links and terms that are open.
    ends: Vec<Cow<'static, str>>,
    /// Of each item that is open, whether its line goes on: a block in it begins on a line of its own.
    items: Vec<bool>,
}

impl Printer<'_> {
    fn words(&mut self, words: &str) {
        self.line_goes_on();
        escape(words, self.out);
    }

    fn line_goes_on(&mut self) {
        if let Some(line) = self.items.last_mut() {
            *line = true;
        }
    }

    fn put(&mut self, html: &str) {
        self.out.push_str(html);
    }

    fn open(&mut self, id: NodeId) {
        let node = self.text.node(id);
        if node.element.is_inline() && !self.stands_alone(node.element) {
            return self.open_inline(id, node);
        }
        let goes_on = self.items.last_mut().filter(|_| !matches!(node.element, Element::Break | Element::Checkbox(_)));
        if goes_on.is_some_and(std::mem::take) {
            self.put("\n");
        }
        self.open_block(id, node);
    }

    fn open_block(&mut self, id: NodeId, node: &Node) {
        match node.element {
            Element::Paragraph => self.tag("<p", id, node, ">"),
            Element::HeadingBox => self.put("<div class=\"heading\">"),
            Element::Heading { level, .. } => self.tag(HEADINGS[usize::from(level.clamp(2, 6) - 2)].0, id, node, ">"),
            Element::Section => self.tag("<section", id, node, ">\n"),
            Element::Quotation => self.tag("<blockquote", id, node, ">\n"),
            Element::Alert(kind) => {
                let _ = writeln!(self.out, "<div class=\"alert alert-{}\" role=\"note\">", alert_class(kind));
            }
            Element::AlertTitle => self.put("<p class=\"alert-title\">"),
            Element::List => self.put("<ul>\n"),
            // The numbers are printed as typed. A list of HTML's own would count for itself, and twice where a page is
            // shown without its style sheet or copied.
            Element::NumberedList => self.put("<div class=\"numbered\" role=\"list\">\n"),
            Element::Item { numbered, .. } => {
                self.tag(if numbered { "<div role=\"listitem\"" } else { "<li" }, id, node, ">");
                self.items.push(true);
            }
            Element::Definitions => self.put("<dl>\n"),
            Element::DefinedTerm => self.put("<dt>"),
            Element::Definition => {
                self.tag("<dd", id, node, ">");
                self.items.push(true);
            }
            Element::Code(language) => self.code(language),
            Element::Rule => self.put("<hr />\n"),
            Element::Table { wide } => self.table(wide),
            Element::Caption => self.tag("<caption", id, node, ">"),
            Element::TableHead => self.put("<thead>\n<tr>\n"),
            Element::TableBody => self.put("<tbody>\n"),
            Element::Row => self.put("<tr>\n"),
            Element::Cell { heads, align } => self.cell(heads, align),
            Element::Notice => self.put("<p class=\"exempt\">"),
            Element::Details => self.put("<details>\n"),
            Element::Summary => self.put("<summary>"),
            Element::PlaceBlock => self.put("<div class=\"place\">"),
            Element::Notes => {
                self.put("<section class=\"footnotes\" role=\"doc-endnotes\"");
                self.attribute("aria-label", &self.phrases.footnotes);
                self.put(">\n<ol>\n");
            }
            Element::NoteText(note) => {
                self.put("<li");
                if self.ids.own() {
                    let name = format!("fn-{}", self.text.notes[note.index()].number);
                    self.attribute("id", &name);
                }
                self.put(">\n");
            }
            Element::Embed(embed) => self.resolve.embed(self.text, embed, self.out),
            Element::Break => self.put("<br />"),
            Element::Checkbox(done) => self.checkbox(done),
            _ => {}
        }
    }

    fn open_inline(&mut self, id: NodeId, node: &Node) {
        if !matches!(node.element, Element::Record(_)) {
            self.line_goes_on();
        }
        match node.element {
            Element::Emphasis => self.put("<em>"),
            Element::Strong => self.put("<strong>"),
            Element::CodeWords => self.put("<code>"),
            Element::Tag(tag) => {
                let _ = write!(self.out, "<{}>", tag.name());
            }
            Element::CodeColour(name) => {
                let class = &self.text.names[name.index()];
                let _ = write!(self.out, "<span class=\"{class}\">");
            }
            Element::Span => self.tag("<span", id, node, ">"),
            Element::PackPage => self.tag("<span class=\"page\"", id, node, ">"),
            Element::Number(anchor) => self.number(anchor),
            Element::Link(link) => {
                let end = self.resolve.link(self.text, link, self.out);
                self.ends.push(end);
            }
            Element::Term(term) => {
                let end = self.resolve.term(self.text, term, self.out);
                self.ends.push(end.into());
            }
            Element::Embed(embed) => self.resolve.embed(self.text, embed, self.out),
            Element::Record(record) => self.resolve.record(self.text, record, self.out),
            Element::Reference { note, count } => self.reference(note, count),
            Element::OwnLink(anchor) if self.ids.own() => self.own_link(anchor),
            Element::NoteBack(note) if self.ids.own() => self.back(note),
            _ => {}
        }
    }

    fn close(&mut self, id: NodeId) {
        let node = self.text.node(id);
        let holds = matches!(node.element, Element::Item { .. } | Element::Definition);
        if holds {
            self.resolve.after(id, self.out);
        }
        let end = match node.element {
            Element::Paragraph | Element::Notice | Element::AlertTitle => "</p>\n",
            Element::HeadingBox | Element::Alert(_) | Element::PlaceBlock => "</div>\n",
            Element::Heading { level, .. } => HEADINGS[usize::from(level.clamp(2, 6) - 2)].1,
            Element::Section => "</section>\n",
            Element::Quotation => "</blockquote>\n",
            Element::List => "</ul>\n",
            Element::NumberedList | Element::Item { numbered: true, .. } => "</div>\n",
            Element::Item { numbered: false, .. } => "</li>\n",
            Element::Definitions => "</dl>\n",
            Element::DefinedTerm => "</dt>\n",
            Element::Definition => "</dd>\n",
            Element::Code(_) => "</code></pre>\n",
            Element::Table { .. } => "</table></div>\n",
            Element::Caption => "</caption>\n",
            Element::TableHead => "</tr>\n</thead>\n",
            Element::TableBody => "</tbody>\n",
            Element::Row => "</tr>\n",
            Element::Cell { heads: Some(_), .. } => "</th>\n",
            Element::Cell { heads: None, .. } => "</td>\n",
            Element::Details => "</details>\n",
            Element::Summary => "</summary>\n",
            Element::Run => "\n",
            Element::Notes => "</ol>\n</section>\n",
            Element::NoteText(_) => "</li>\n",
            Element::Emphasis => "</em>",
            Element::Strong => "</strong>",
            Element::CodeWords => "</code>",
            Element::CodeColour(_) | Element::Span | Element::PackPage => "</span>",
            Element::Number(anchor) => {
                if anchor.and_then(|anchor| self.ids.of(self.text, anchor)).is_some() {
                    "</a>"
                } else {
                    "</span>"
                }
            }
            Element::Embed(_) if self.stands_alone(node.element) => "\n",
            _ => "",
        };
        self.put(end);
        let mut ends_line = end.ends_with('\n');
        match node.element {
            Element::Heading { boxed: false, .. } => {
                self.put("\n");
                ends_line = true;
            }
            Element::Tag(tag) => {
                let _ = write!(self.out, "</{}>", tag.name());
            }
            Element::Link(_) | Element::Term(_) => {
                let end = self.ends.pop().unwrap_or_default();
                self.put(&end);
            }
            Element::Item { .. } | Element::Definition => drop(self.items.pop()),
            _ => {}
        }
        if let Some(line) = self.items.last_mut().filter(|_| ends_line) {
            *line = false;
        }
        if !holds {
            self.resolve.after(id, self.out);
        }
    }

    /// Whether an element of a line is a block of its own here.
    fn stands_alone(&self, element: Element) -> bool {
        matches!(element, Element::Embed(embed) if self.text.embeds[embed.index()].alone)
    }

    /// An opening tag with what every element may have: the class of a record, an id, a language.
    fn tag(&mut self, name: &str, id: NodeId, node: &Node, end: &str) {
        self.put(name);
        let task = matches!(node.element, Element::Item { task: true, .. });
        match self.text.kinds.binary_search_by_key(&id, |(own, _)| *own) {
            Ok(found) => {
                self.put(" class=\"record ");
                let kind = self.text.kinds[found].1;
                escape(self.resolve.kind(kind), self.out);
                self.put(if task { " task\"" } else { "\"" });
            }
            Err(_) if task => self.put(" class=\"task\""),
            Err(_) => {}
        }
        if let Some(name) = node.anchor.and_then(|anchor| self.ids.of(self.text, anchor)) {
            self.attribute("id", name);
        }
        if let Ok(found) = self.text.languages.binary_search_by_key(&id, |(own, _)| *own) {
            self.attribute("lang", &self.text.languages[found].1);
        }
        self.put(end);
        if self.ids.own() {
            for (name, _) in self.text.former.iter().filter(|(_, place)| Some(*place) == node.anchor) {
                self.put("<span");
                self.attribute("id", name);
                self.put("></span>");
            }
        }
    }

    /// Appends ` name="value"`, with the value escaped.
    fn attribute(&mut self, name: &str, value: &str) {
        let _ = write!(self.out, " {name}=\"");
        escape(value, self.out);
        self.put("\"");
    }

    fn code(&mut self, language: Option<NameId>) {
        self.put("<pre><code");
        if let Some(language) = language {
            self.attribute("class", &format!("language-{}", self.text.names[language.index()]));
        }
        self.put(">");
    }

    /// A table scrolls in a box where a screen is narrower: one that may be too wide can be reached with the keyboard,
    /// and says what it is.
    fn table(&mut self, wide: bool) {
        if wide {
            self.put("<div class=\"table\" role=\"group\" tabindex=\"0\"");
            self.attribute("aria-label", &self.phrases.table);
            self.put("><table>\n");
        } else {
            self.put("<div class=\"table\"><table>\n");
        }
    }

    fn cell(&mut self, heads: Option<Axis>, align: Align) {
        self.put(match heads {
            Some(Axis::Column) => "<th scope=\"col\"",
            Some(Axis::Row) => "<th scope=\"row\"",
            None => "<td",
        });
        self.put(match align {
            Align::Left => " class=\"left\">",
            Align::Center => " class=\"center\">",
            Align::Right => " class=\"right\">",
            Align::Figures => " class=\"number\">",
            Align::Unsaid => ">",
        });
    }

    fn checkbox(&mut self, done: bool) {
        let (checked, label) = if done { (" checked", &self.phrases.task_done) } else { ("", &self.phrases.task_open) };
        let _ = write!(self.out, "<input type=\"checkbox\" disabled{checked}");
        self.attribute("aria-label", label);
        self.put(" />");
    }

    /// Begins a printed label, which is a link to its own place; where the place has no id, it is the label alone.
    fn number(&mut self, anchor: Option<AnchorId>) {
        match anchor.and_then(|anchor| self.ids.of(self.text, anchor)) {
            Some(id) => {
                self.put("<a class=\"number\" href=\"#");
                fragment(id, self.out);
                self.put("\">");
            }
            None => self.put("<span class=\"number\">"),
        }
    }

    /// The link of a place to itself: a sign of its own after the words, never around them, with a name that is read
    /// aloud. For a page of the printed pack the sign is its number.
    fn own_link(&mut self, id: AnchorId) {
        let anchor = self.text.anchor(id);
        let page = anchor.label.as_deref().filter(|_| anchor.kind == AnchorKind::PackPage);
        let heading = self.text.headings.binary_search_by_key(&id, |heading| heading.anchor).is_ok();
        let label = match page {
            Some(page) => Cow::Owned(self.phrases.pack_page.replace("{}", page)),
            None if heading || anchor.kind == AnchorKind::Heading => Cow::Borrowed(&*self.phrases.link_to_section),
            None => Cow::Borrowed(&*self.phrases.link_to_paragraph),
        };
        self.put("<a class=\"pilcrow\" href=\"#");
        fragment(&anchor.id, self.out);
        self.put("\"");
        self.attribute("aria-label", &label);
        self.put(">");
        escape(page.unwrap_or("¶"), self.out);
        self.put("</a>");
    }

    fn reference(&mut self, note: NoteId, count: u16) {
        let number = self.text.notes[note.index()].number;
        if !self.ids.own() {
            let _ = write!(self.out, "<sup>{number}</sup>");
            return;
        }
        let label = self.phrases.footnote.replace("{}", &number.to_string());
        let name = reference_name(number, count.into());
        let _ = write!(self.out, "<sup><a href=\"#fn-{number}\" id=\"fnref-{name}\" role=\"doc-noteref\"");
        self.attribute("aria-label", &label);
        let _ = write!(self.out, ">{number}</a></sup>");
    }

    fn back(&mut self, note: NoteId) {
        let note = &self.text.notes[note.index()];
        for count in 1..=note.uses {
            let name = reference_name(note.number, count);
            let label = self.phrases.back.replace("{}", &name);
            let _ = write!(self.out, " <a href=\"#fnref-{name}\" role=\"doc-backlink\"");
            self.attribute("aria-label", &label);
            self.put(">↩</a>");
        }
    }
}

/// The tags of headings of level 2 to 6.
const HEADINGS: [(&str, &str); 5] =
    [("<h2", "</h2>"), ("<h3", "</h3>"), ("<h4", "</h4>"), ("<h5", "</h5>"), ("<h6", "</h6>")];

fn alert_class(kind: AlertKind) -> &'static str {
    match kind {
        AlertKind::Note => "note",
        AlertKind::Tip => "tip",
        AlertKind::Important => "important",
        AlertKind::Warning => "warning",
        AlertKind::Caution => "caution",
    }
}

/// What tells one reference to a footnote from the others: `3`, `3-2`.
fn reference_name(number: u32, count: u32) -> String {
    if count > 1 { format!("{number}-{count}") } else { number.to_string() }
}

/// An id as it stands after `#` in an address.
fn fragment(id: &str, out: &mut String) {
    percent_encode(id, |byte| is_plain(byte) || byte == b':', out);
}

/// Appends `text` to `out`, so that it is itself in HTML, between tags or in a quoted attribute.
pub fn escape(text: &str, out: &mut String) {
    let special = |byte: u8| (byte == b'<') | (byte == b'>') | (byte == b'&') | (byte == b'"');
    let (chunks, _) = text.as_bytes().as_chunks::<32>();
    let mut from = 0;
    // Most stretches of 32 bytes have nothing to escape; they are looked at as a whole.
    let dirty =
        chunks.iter().enumerate().filter(|(_, chunk)| chunk.iter().fold(false, |hit, byte| hit | special(*byte)));
    let last = chunks.len() * 32..text.len();
    for stretch in dirty.map(|(index, _)| index * 32..index * 32 + 32).chain([last]) {
        for at in stretch {
            if let Some(entity) = entity(text.as_bytes()[at]) {
                out.push_str(&text[from..at]);
                out.push_str(entity);
                from = at + 1;
            }
        }
    }
    out.push_str(&text[from..]);
}

/// `text`, so that it is itself in HTML, between tags or in a quoted attribute.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape(text, &mut out);
    out
}

fn entity(byte: u8) -> Option<&'static str> {
    match byte {
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        b'&' => Some("&amp;"),
        b'"' => Some("&quot;"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped() {
        for (text, expected) in [
            ("", ""),
            ("plain words that are longer than sixteen bytes", "plain words that are longer than sixteen bytes"),
            ("a < b & \"c\" > d, é and so on < again", "a &lt; b &amp; &quot;c&quot; &gt; d, é and so on &lt; again"),
        ] {
            let mut out = String::new();
            escape(text, &mut out);
            assert_eq!(out, expected);
        }
    }
}
